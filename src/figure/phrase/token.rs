//! Running text cut into words, numerals and signs.

use super::numeral::Numeral;
use crate::language::lexicon::{self, Lexicon, Phrases, WordId};
use crate::number::{NumberStyle, digit};

/// A word, a numeral or a sign, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    /// White space stands before it, or nothing at all.
    pub(super) spaced: bool,
    pub(super) word: WordId,
    pub(super) kind: TokenKind,
}

impl Token {
    /// Whether a figure can begin with it, before the token given.
    pub(super) fn begins(&self, next: Option<&Self>, lexicon: &Lexicon) -> bool {
        match self.kind {
            TokenKind::Numeral(_) | TokenKind::Fraction(..) => true,
            TokenKind::Opaque => false,
            // "MEUR": millions of a currency.
            TokenKind::Word(case) if self.word == 0 => case == Case::Upper && self.end - self.start == 4,
            TokenKind::Word(_) | TokenKind::Sign(_) => {
                let meaning = lexicon.meaning(self.word);
                // "a" and "not" begin nothing before a word that no table has: most of them are passed over here.
                let leads_on = lexicon::ARTICLE | lexicon::NO | lexicon::NEGATION;
                let unknown = |next: &Self| next.word == 0 && matches!(next.kind, TokenKind::Word(_));
                meaning.is(lexicon::STARTS) && !(meaning.is(leads_on) && next.is_some_and(unknown))
            }
        }
    }

    /// Whether it is a hyphen written against the token before it.
    pub(super) fn is_hyphen(&self) -> bool {
        !self.spaced && matches!(self.kind, TokenKind::Sign('-' | '‐' | '‑'))
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    Word(Case),
    Numeral(Numeral),
    /// "½", as a numerator and a denominator.
    Fraction(u8, u8),
    Sign(char),
    /// A time, a version, an address, a name with digits in it: nothing that holds a figure.
    Opaque,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Lower,
    /// The first letter is a capital.
    Title,
    Upper,
}

/// Whether the numbers of the whole text were looked through for its notation, and what came of it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Survey {
    Due,
    Done(Option<NumberStyle>),
}

/// Reads token after token, each byte of the text a bounded number of times.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) lexicon: &'static Lexicon,
    /// The notation that the caller gave.
    pub(super) style: Option<NumberStyle>,
    /// The notation that the text was found to show, once it was looked through.
    pub(super) survey: Survey,
}

/// The notation that the numbers of a text show, if they show one and only one.
pub(super) fn style_of(text: &str, lexicon: &'static Lexicon) -> Option<NumberStyle> {
    Tokens::new(text, lexicon, None).style_of_text()
}

/// The mark of a footnote in brackets is no longer than so many bytes.
const LONGEST_MARK: usize = 24;

pub(super) fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str, lexicon: &'static Lexicon, style: Option<NumberStyle>) -> Self {
        Self { text, at: 0, lexicon, style, survey: Survey::Due }
    }

    pub(super) fn bytes_at(&self, at: usize) -> &'t [u8] {
        self.text.as_bytes().get(at..).unwrap_or_default()
    }

    pub(super) fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    pub(super) fn digits_from(&self, at: usize) -> usize {
        self.bytes_at(at).iter().take_while(|byte| byte.is_ascii_digit()).count()
    }

    /// Whether exactly so many digits stand there.
    pub(super) fn group_at(&self, at: usize, length: usize) -> bool {
        let bytes = self.bytes_at(at);
        bytes.iter().take(length + 1).take_while(|byte| byte.is_ascii_digit()).count() == length
    }

    pub(super) fn token(&mut self, start: usize, end: usize, spaced: bool, kind: TokenKind) -> Token {
        self.at = end;
        let word = match kind {
            TokenKind::Word(_) | TokenKind::Sign(_) | TokenKind::Fraction(..) => {
                self.lexicon.id(self.text.get(start..end).unwrap_or_default())
            }
            _ => 0,
        };
        Token { start, end, spaced, word, kind }
    }

    fn word(&mut self, start: usize, spaced: bool) -> Token {
        let plain = self.bytes_at(start).iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = &self.bytes_at(start)[..plain];
        // Most words have letters of ASCII and nothing else.
        let (end, letters, capitals, first) = if let Some(b'\'' | 0x80..) = self.bytes_at(start + plain).first() {
            self.letters(start)
        } else {
            let capitals = word.iter().filter(|byte| byte.is_ascii_uppercase()).count();
            (start + plain, plain, capitals, word.first().is_some_and(u8::is_ascii_uppercase))
        };
        let case = match (first, capitals == letters && letters > 1) {
            (_, true) => Case::Upper,
            (true, false) => Case::Title,
            (false, false) => Case::Lower,
        };
        let rest = self.bytes_at(end);
        if rest.starts_with(b"://") {
            let end = self.text[end..].find(char::is_whitespace).map_or(self.text.len(), |length| end + length);
            return self.token(start, end, spaced, TokenKind::Opaque);
        }
        // "USD115" is money; "G20", "A321" and "co2" are names.
        if (rest.first().is_some_and(u8::is_ascii_digit) || rest.first() == Some(&b'_'))
            && !self.names_money(start, end)
        {
            let end = self.text[end..]
                .find(|c: char| !(c.is_alphanumeric() || c == '_' || is_mark(c)))
                .map_or(self.text.len(), |length| end + length);
            return self.token(start, end, spaced, TokenKind::Opaque);
        }
        self.token(start, end, spaced, TokenKind::Word(case))
    }

    /// Where a word in any letters ends, how many it has, how many capitals among them, and whether it begins with one.
    fn letters(&self, start: usize) -> (usize, usize, usize, bool) {
        let (mut end, mut capitals, mut letters, mut first) = (start, 0, 0, false);
        let mut chars = self.text[start..].char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            let joins = |c: char| matches!(c, '\'' | '’');
            if c.is_alphabetic() || is_mark(c) {
                if c.is_uppercase() {
                    capitals += 1;
                    first |= letters == 0;
                }
                letters += 1;
            } else if !(joins(c) && chars.peek().is_some_and(|(_, next)| next.is_alphabetic())) {
                break;
            }
            end = start + offset + c.len_utf8();
        }
        (end, letters, capitals, first)
    }

    /// Where the mark of a footnote that begins here ends: "[2]", "[a]", "[note 1]", "†", and "¹" behind a word.
    fn footnote(&self, start: usize, c: char, spaced: bool) -> Option<usize> {
        let before = || self.text[..start].chars().next_back();
        match c {
            '[' => {
                let rest = self.text.get(start + 1..)?;
                let end = rest.bytes().take(LONGEST_MARK).position(|b| b == b']')?;
                let inner = &rest[..end];
                let numbered = |inner: &str| {
                    let numbers =
                        |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
                    // "95% CI [10, 80]" has a space before it.
                    if spaced { numbers(inner) } else { inner.split(',').all(|part| numbers(part.trim())) }
                };
                let lettered = inner.len() == 1 && inner.bytes().all(|b| b.is_ascii_lowercase());
                let mut words = inner.split(' ');
                let note =
                    words.next().is_some_and(|word| self.lexicon.meaning(self.lexicon.id(word)).is(lexicon::NOTE));
                (numbered(inner) || lettered || note).then_some(start + 1 + end + 1)
            }
            '†' | '‡' => Some(start + c.len_utf8()),
            // "m²" is an area.
            c if is_superscript(c) && !spaced => {
                let text = &self.text[..start];
                let word = text.chars().rev().take_while(|c| c.is_alphabetic()).take(3).count();
                let closed = before().is_some_and(|b| matches!(b, '.' | ',' | ';' | ')' | '"' | '”'));
                // "4,000²": nobody multiplies that by itself, nor anything by nothing but itself; "10²" may be a hundred.
                let number = text.bytes().rev().take_while(|b| matches!(b, b'0'..=b'9' | b',')).take(3).count();
                let noted = number > 2 || (number > 0 && c == '¹');
                let digits = self.text[start..].chars().take_while(|c| is_superscript(*c));
                (word > 2 || closed || noted).then(|| start + digits.map(char::len_utf8).sum::<usize>())
            }
            '*' if !spaced && before().is_some_and(char::is_alphanumeric) => {
                let next = self.char_at(start + 1);
                next.is_none_or(|c| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ')')).then_some(start + 1)
            }
            _ => None,
        }
    }

    fn names_money(&self, start: usize, end: usize) -> bool {
        let word = &self.text[start..end];
        let probe = |word: &str| {
            let probe = Token { start, end, spaced: true, word: self.lexicon.id(word), kind: TokenKind::Opaque };
            self.lexicon.currencies.find(&[probe]).is_some()
        };
        match word.len() {
            2 | 3 => probe(word),
            4 => word.strip_prefix('M').is_some_and(probe),
            _ => false,
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let mut spaced = self.at == 0;
        let (start, c) = loop {
            let c = self.char_at(self.at)?;
            if !c.is_whitespace() {
                let Some(end) = self.footnote(self.at, c, spaced) else { break (self.at, c) };
                self.at = end;
                continue;
            }
            spaced = true;
            self.at += c.len_utf8();
        };
        if c.is_ascii_digit() {
            return Some(self.numeral(start, spaced));
        }
        if c.is_alphabetic() {
            return Some(self.word(start, spaced));
        }
        if !c.is_ascii() && digit(c).is_some() {
            return Some(self.foreign_numeral(start, spaced));
        }
        let before = self.text[..start].chars().next_back();
        if c == '.'
            && self.bytes_at(start + 1).first().is_some_and(u8::is_ascii_digit)
            && before.is_none_or(|b| {
                b.is_whitespace() || matches!(b, '-' | '−' | '+' | '(' | '$' | '£' | '€' | '~' | '>' | '<' | '=')
            })
        {
            return Some(self.numeral(start, spaced));
        }
        let kind = match fraction(c) {
            Some((numerator, denominator)) => TokenKind::Fraction(numerator, denominator),
            None => TokenKind::Sign(c),
        };
        Some(self.token(start, start + c.len_utf8(), spaced, kind))
    }
}

/// The fractions that are one character.
fn fraction(c: char) -> Option<(u8, u8)> {
    Some(match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅐' => (1, 7),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        '⅑' => (1, 9),
        '⅒' => (1, 10),
        _ => return None,
    })
}
impl<T: Copy> Phrases<T> {
    /// The longest phrase that the tokens begin with, and how many tokens it takes.
    pub(super) fn find(&self, tokens: &[Token]) -> Option<(T, usize)> {
        let first = tokens.first()?;
        let candidates = self.starting_with(first.word);
        candidates.iter().find_map(|(words, meaning)| {
            let mut length = 0;
            for word in words {
                // "at-least": a hyphen joins two words as a space does.
                if tokens.get(length)?.word != *word && tokens[length].is_hyphen() {
                    length += usize::from(tokens.get(length + 1).is_some_and(|token| !token.spaced));
                }
                if tokens.get(length)?.word != *word {
                    return None;
                }
                length += 1;
            }
            Some((*meaning, length))
        })
    }
}
