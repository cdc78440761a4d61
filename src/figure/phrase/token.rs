//! Running text cut into words, numerals and signs.

use super::amount::Amount;
use crate::error::ErrorKind;
use crate::language::lexicon::{Lexicon, Phrases, WordId};
use crate::number;

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

/// Digits with what belongs to them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Numeral {
    /// Its value, or why it cannot be held.
    pub(super) value: Result<Amount, ErrorKind>,
    /// Nothing but digits.
    pub(super) plain: bool,
    pub(super) digits: usize,
    /// How many digits stand behind the point.
    pub(super) places: usize,
}

/// Reads token after token, each byte of the text a bounded number of times.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    lexicon: &'static Lexicon,
}

const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// What may stand between groups of digits.
const SEPARATORS: [char; 8] = [',', '\'', '’', '_', ' ', '\u{a0}', '\u{2009}', '\u{202f}'];

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str, lexicon: &'static Lexicon) -> Self {
        Self { text, at: 0, lexicon }
    }

    fn bytes_at(&self, at: usize) -> &'t [u8] {
        self.text.as_bytes().get(at..).unwrap_or_default()
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn digits_from(&self, at: usize) -> usize {
        self.bytes_at(at).iter().take_while(|byte| byte.is_ascii_digit()).count()
    }

    /// Whether exactly so many digits stand there.
    fn group_at(&self, at: usize, length: usize) -> bool {
        let bytes = self.bytes_at(at);
        bytes.iter().take(length + 1).take_while(|byte| byte.is_ascii_digit()).count() == length
    }

    fn token(&mut self, start: usize, end: usize, spaced: bool, kind: TokenKind) -> Token {
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

    /// Reads a numeral that begins with a digit, or with a point and a digit.
    fn numeral(&mut self, start: usize, spaced: bool) -> Token {
        let mut digits = String::new();
        let first = self.digits_from(start);
        let mut end = start + first;
        let mut grouped = false;
        if (1..=3).contains(&first)
            && let Some(separator) = self.char_at(end).filter(|c| SEPARATORS.contains(c))
            && (!separator.is_whitespace() || !self.bytes_at(start).starts_with(b"0"))
        {
            let width = separator.len_utf8();
            while self.char_at(end) == Some(separator) && self.group_at(end + width, 3) {
                (end, grouped) = (end + width + 3, true);
            }
            // 12,34,567: as grouped in India. A number has 28 digits at most; what goes on for longer is a list, and is
            // not looked through again from each of its members.
            if !grouped && first <= 2 {
                let pair =
                    |group: &usize| self.char_at(end + 3 * group) == Some(',') && self.group_at(end + 3 * group + 1, 2);
                let last = end + 3 * (0..14).take_while(pair).count();
                if self.char_at(last) == Some(',') && self.group_at(last + 1, 3) {
                    (end, grouped) = (last + 4, true);
                }
            }
        }
        let whole = end;
        let mut places = 0;
        // "1,3 million": a comma for a point, where it can be neither a group nor a list.
        let comma = !grouped
            && self.char_at(end) == Some(',')
            && first <= 3
            && (self.group_at(end + 1, 1) || self.group_at(end + 1, 2));
        if comma {
            let fraction = self.digits_from(end + 1);
            let list = matches!(self.bytes_at(end + 1 + fraction).first(), Some(b',' | b'.'))
                && self.digits_from(end + 2 + fraction) > 0;
            let listed = self.text[..start].ends_with(',');
            if !list && !listed {
                places = fraction;
                end += 1 + fraction;
            }
        } else if self.char_at(end) == Some('.') {
            places = self.digits_from(end + 1);
            if places > 0 {
                end += 1 + places;
            }
        }
        // A second point, or a colon, makes it a version, a date or a time.
        let follows = |mark: u8| {
            let rest = self.bytes_at(end);
            rest.first() == Some(&mark) && rest.get(1).is_some_and(u8::is_ascii_digit)
        };
        if follows(b':') || follows(b'.') {
            let length =
                self.bytes_at(end).iter().take_while(|b| b.is_ascii_digit() || matches!(b, b':' | b'.')).count();
            return self.token(start, end + length, spaced, TokenKind::Opaque);
        }
        if first == 0 {
            digits.push('0');
        }
        let written = self.text.get(start..whole).unwrap_or_default();
        digits.extend(written.chars().filter(char::is_ascii_digit));
        if places > 0 {
            digits.push('.');
            digits.push_str(self.text.get(end - places..end).unwrap_or_default());
        }
        let plain = !grouped && end == whole;
        let (exponent, length) = self.exponent(end);
        if length > 0 {
            digits.push('e');
            digits.push_str(&exponent);
        }
        let value = number::parts(&digits).map(|(coefficient, exponent)| Amount::decimal(coefficient, exponent));
        let numeral = Numeral { value, plain: plain && length == 0, digits: whole - start, places };
        self.token(start, end + length, spaced, TokenKind::Numeral(numeral))
    }

    /// An exponent (`e6`, `x 10^6`, `×10⁶`), and the bytes it takes.
    fn exponent(&self, at: usize) -> (String, usize) {
        let none = (String::new(), 0);
        let bytes = self.bytes_at(at);
        if matches!(bytes.first(), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(1), Some(b'+' | b'-')));
            let count = self.digits_from(at + 1 + sign);
            let length = 1 + sign + count;
            let ends = self.char_at(at + length).is_none_or(|c| !c.is_alphanumeric());
            return if count > 0 && ends { (self.text[at + 1..at + length].to_owned(), length) } else { none };
        }
        let rest = &self.text[at..];
        let Some(rest) = rest.strip_prefix(' ').unwrap_or(rest).strip_prefix(['x', '×', 'X', '*']) else {
            return none;
        };
        let Some(rest) = rest.strip_prefix(' ').unwrap_or(rest).strip_prefix("10") else { return none };
        let length = |rest: &str| self.text.len() - rest.len() - at;
        if let Some(rest) = rest.strip_prefix('^') {
            let unsigned = rest.strip_prefix(['-', '+', '−']).unwrap_or(rest);
            let count = unsigned.bytes().take_while(u8::is_ascii_digit).count();
            let minus = if rest.starts_with(['-', '−']) { "-" } else { "" };
            return if count > 0 {
                (format!("{minus}{}", &unsigned[..count]), length(&unsigned[count..]))
            } else {
                none
            };
        }
        let mut power = String::new();
        let mut end = rest;
        for c in rest.chars() {
            match SUPERSCRIPTS.iter().zip('0'..='9').find(|(superscript, _)| **superscript == c) {
                Some((_, digit)) => power.push(digit),
                None if c == '⁻' && power.is_empty() => power.push('-'),
                None => break,
            }
            end = &end[c.len_utf8()..];
        }
        if power.is_empty() || power == "-" { none } else { (power, length(end)) }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let mut spaced = self.at == 0;
        let (start, c) = loop {
            let c = self.char_at(self.at)?;
            if !c.is_whitespace() {
                break (self.at, c);
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
