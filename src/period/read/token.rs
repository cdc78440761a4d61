//! The words, digits and marks of a date.

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    Digits(&'a str),
    /// In lower case.
    Word(String),
    /// Any other character but white space; a hyphen joins what is on its sides, and every other dash, or one with space
    /// beside it, is [`DASH`].
    Mark(char),
}

/// The parts that a word of Hangul is cut into, from its beginning on; longer ones come first.
#[rustfmt::skip]
const KOREAN_PARTS: [&str; 31] = [
    "월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일", "년대", "년도", "년", "월", "일", "초순", "상순", "중순", "하순",
    "초반", "중반", "후반", "상반기", "하반기", "분기", "부터", "에서", "까지", "사이", "초", "경", "쯤", "오전", "오후",
];

/// A word, or the parts that a Korean one is put together from.
fn push_words(tokens: &mut Vec<Token<'_>>, word: &str) {
    let mut rest = word;
    while let Some(part) = KOREAN_PARTS.iter().find(|part| rest.starts_with(**part)) {
        tokens.push(Token::Word((*part).to_owned()));
        rest = &rest[part.len()..];
    }
    if !rest.is_empty() {
        tokens.push(Token::Word(rest.to_lowercase()));
    }
}

/// The sign between the two ends of a span.
pub(super) const DASH: char = '–';

pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let digit = |c: char| c.is_ascii_digit();
        let run = |kind: fn(char) -> bool| rest.find(|c| !kind(c)).unwrap_or(rest.len());
        let length = if digit(c) {
            let end = run(|c| c.is_ascii_digit());
            tokens.push(Token::Digits(&rest[..end]));
            end
        } else if c.is_alphabetic() {
            let end = run(char::is_alphabetic);
            push_words(&mut tokens, &rest[..end]);
            end
        } else {
            let joins = |beside: &str| !beside.is_empty() && beside.trim() == beside;
            let before = &text[..text.len() - rest.len()];
            match c {
                '-' | '\u{2010}' | '\u{2011}' if joins(before) && joins(&rest[c.len_utf8()..]) => {
                    tokens.push(Token::Mark('-'));
                }
                '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => tokens.push(Token::Mark(DASH)),
                '\u{2019}' => tokens.push(Token::Mark('\'')),
                c if c.is_whitespace() => {}
                c => tokens.push(Token::Mark(c)),
            }
            c.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}
