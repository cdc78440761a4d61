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

/// What stands between the two ends of a span.
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
            tokens.push(Token::Word(rest[..end].to_lowercase()));
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
