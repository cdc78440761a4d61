//! Numerals as they stand in a text: what groups their digits, and what stands before their places.

use super::amount::Amount;
use super::numeral::Numeral;
use super::token::{Survey, Token, TokenKind, Tokens};
use crate::error::ErrorKind;
use crate::language::lexicon::{CLOCK, LABEL};
use crate::number::{self, NumberStyle, digit};

/// Where the parts of a numeral end, in bytes.
struct Parts {
    /// Behind the last digit before the point.
    whole: usize,
    end: usize,
    /// Digits behind the point.
    places: usize,
    /// The sign between its groups.
    separator: Option<char>,
    shows: Option<NumberStyle>,
    /// Whether it has a lone point that may group or not.
    ambiguous: bool,
}

/// The numeral before its digits are read, or that what stands there is none.
enum Scanned {
    Parts(Parts),
    /// A version, a date, a time or an address, and where it ends.
    Opaque(usize),
}

/// The signs that may stand between groups of digits, besides a point.
const SEPARATORS: [char; 9] = [',', '，', '\'', '’', '_', ' ', '\u{a0}', '\u{2009}', '\u{202f}'];

const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// The most characters of a numeral in the digits of another script: a longer one holds no figure.
const LONGEST_FOREIGN: usize = 100;

/// The digit or sign of a numeral in ASCII.
fn in_ascii(c: char) -> Option<char> {
    match c {
        '，' | '٬' => Some(','),
        '．' | '٫' => Some('.'),
        '\'' | '’' => Some('\''),
        ',' | '.' => Some(c),
        _ => digit(c).map(|digit| char::from(b'0' + digit)),
    }
}

impl Tokens<'_> {
    /// Reads a numeral that begins with a digit, or with a point and a digit.
    pub(super) fn numeral(&mut self, start: usize, spaced: bool) -> Token {
        let parts = match self.scan(start) {
            Scanned::Parts(parts) => parts,
            Scanned::Opaque(end) => return self.token(start, end, spaced, TokenKind::Opaque),
        };
        let Parts { whole, end, places, separator, shows, ambiguous } = parts;
        let (exponent, length) = self.exponent(end);
        let value = if ambiguous {
            Err(ErrorKind::AmbiguousNumber)
        } else {
            // Most numerals are written as numbers are.
            let written = self.text.get(start..end).unwrap_or_default();
            let as_number =
                length == 0 && whole > start && !written.contains(|c: char| !c.is_ascii_digit() && c != '.');
            let parts = if as_number && separator.is_none() {
                number::parts(written)
            } else {
                number::parts(&self.digits((start, whole, end), places, &exponent))
            };
            parts.map(|(coefficient, exponent)| Amount::decimal(coefficient, exponent))
        };
        let plain = separator.is_none() && end == whole && length == 0;
        let power: i64 = exponent.parse().unwrap_or(0);
        let last = power.saturating_sub(i64::try_from(places).unwrap_or(0));
        let numeral = Numeral { value, plain, digits: whole - start, places, last, shows };
        self.token(start, end + length, spaced, TokenKind::Numeral(numeral))
    }

    /// The digits of a numeral as a number is written: without what groups them, and with a point.
    fn digits(&self, (start, whole, end): (usize, usize, usize), places: usize, exponent: &str) -> String {
        let mut digits = String::from(if whole == start { "0" } else { "" });
        let written = self.text.get(start..whole).unwrap_or_default();
        digits.extend(written.chars().filter(char::is_ascii_digit));
        if places > 0 {
            digits.push('.');
            digits.push_str(self.text.get(end - places..end).unwrap_or_default());
        }
        if !exponent.is_empty() {
            digits.push('e');
            digits.push_str(exponent);
        }
        digits
    }

    /// Reads a numeral in the digits of another script, as the same in ASCII.
    pub(super) fn foreign_numeral(&mut self, start: usize, spaced: bool) -> Token {
        let mut ascii = String::new();
        let mut ends = vec![start];
        let mut end = start;
        for c in self.text[start..].chars() {
            let Some(written) = in_ascii(c).filter(|_| ends.len() <= LONGEST_FOREIGN) else { break };
            ascii.push(written);
            end += c.len_utf8();
            ends.push(end);
        }
        if ends.len() > LONGEST_FOREIGN {
            let rest = self.text[start..].find(|c| in_ascii(c).is_none()).unwrap_or(self.text.len() - start);
            return self.token(start, start + rest, spaced, TokenKind::Opaque);
        }
        // The digits by themselves show no notation that the whole text does not.
        let mut inner =
            Tokens { survey: Survey::Done(self.style_of_text()), ..Tokens::new(&ascii, self.lexicon, self.style) };
        let read = inner.numeral(0, spaced);
        let end = ends.get(read.end).copied().unwrap_or(end);
        self.token(start, end, spaced, read.kind)
    }

    /// The notation of the whole text, if its numbers show one and only one; they are looked through once.
    pub(super) fn style_of_text(&mut self) -> Option<NumberStyle> {
        if let Survey::Done(shown) = self.survey {
            return shown;
        }
        let tokens = Tokens { survey: Survey::Done(None), ..Tokens::new(self.text, self.lexicon, None) };
        let (mut point, mut comma, mut labelled) = (false, false, false);
        let mut last = None;
        let lexicon = self.lexicon;
        let mut count = |shows| {
            point |= shows == Some(NumberStyle::DecimalPoint);
            comma |= shows == Some(NumberStyle::DecimalComma);
        };
        for token in tokens {
            let meaning = lexicon.meaning(token.word);
            // "at 10.30 am", "section 2.5"
            if !meaning.is(CLOCK) {
                count(last.take());
            }
            last = None;
            if let TokenKind::Numeral(numeral) = &token.kind
                && !labelled
            {
                last = numeral.shows;
            }
            labelled = meaning.is(LABEL);
        }
        count(last);
        let shown = match (point, comma) {
            (true, false) => Some(NumberStyle::DecimalPoint),
            (false, true) => Some(NumberStyle::DecimalComma),
            _ => None,
        };
        self.survey = Survey::Done(shown);
        shown
    }

    /// Finds the parts of a numeral, without reading them.
    fn scan(&mut self, start: usize) -> Scanned {
        let first = self.digits_from(start);
        let mut parts = self.grouped(start, first);
        if parts.separator.is_none() {
            self.point_groups(start, first, &mut parts);
        }
        if parts.places == 0 && !parts.ambiguous {
            self.decimals(start, first, &mut parts);
        }
        // A second point, or a colon, makes it a version, a date or a time.
        let follows = |mark: u8| {
            let rest = self.bytes_at(parts.end);
            rest.first() == Some(&mark) && rest.get(1).is_some_and(u8::is_ascii_digit)
        };
        if follows(b':') || follows(b'.') {
            let rest = self.bytes_at(parts.end);
            let length = rest.iter().take_while(|b| b.is_ascii_digit() || matches!(b, b':' | b'.')).count();
            return Scanned::Opaque(parts.end + length);
        }
        if parts.ambiguous {
            match self.style.or_else(|| self.style_of_text()) {
                Some(NumberStyle::DecimalPoint) => {
                    (parts.whole, parts.places, parts.separator) = (start + first, 3, None);
                    parts.ambiguous = false;
                }
                Some(NumberStyle::DecimalComma) => parts.ambiguous = false,
                None => {}
            }
        }
        Scanned::Parts(parts)
    }

    /// The digits before the point, with commas, apostrophes or spaces between groups of three.
    fn grouped(&self, start: usize, first: usize) -> Parts {
        let mut end = start + first;
        let mut found = None;
        let comma_is_decimal = self.style == Some(NumberStyle::DecimalComma);
        if (1..=3).contains(&first)
            && let Some(separator) = self.char_at(end).filter(|c| SEPARATORS.contains(c))
            && (!separator.is_whitespace() || !self.bytes_at(start).starts_with(b"0"))
            && !(separator == ',' && comma_is_decimal)
        {
            let width = separator.len_utf8();
            while self.char_at(end) == Some(separator) && self.group_at(end + width, 3) {
                (end, found) = (end + width + 3, Some(separator));
            }
            // 12,34,567: as grouped in India. A number has 28 digits at most; what goes on for longer is a list, and is
            // not looked through again from each of its members.
            if found.is_none() && first <= 2 {
                let pair =
                    |group: &usize| self.char_at(end + 3 * group) == Some(',') && self.group_at(end + 3 * group + 1, 2);
                let last = end + 3 * (0..14).take_while(pair).count();
                if self.char_at(last) == Some(',') && self.group_at(last + 1, 3) {
                    (end, found) = (last + 4, Some(','));
                }
            }
        }
        let shows = found.filter(|c| matches!(c, ',' | '，')).map(|_| NumberStyle::DecimalPoint);
        Parts { whole: end, end, places: 0, separator: found, shows, ambiguous: false }
    }

    /// Points between groups of three: "12.345.678", "1.500,75", and "3.000", which may be three.
    fn point_groups(&self, start: usize, first: usize, parts: &mut Parts) {
        if !(1..=3).contains(&first) || self.bytes_at(start).starts_with(b"0") {
            return;
        }
        let mut end = parts.end;
        let mut groups = 0;
        while groups < 14 && self.char_at(end) == Some('.') && self.group_at(end + 1, 3) {
            (end, groups) = (end + 4, groups + 1);
        }
        if groups == 0 || (groups == 3 && self.is_address(start, end)) {
            return;
        }
        let goes_on = |at: usize| {
            let rest = self.bytes_at(at);
            matches!(rest.first(), Some(b'.' | b':')) && rest.get(1).is_some_and(u8::is_ascii_digit)
        };
        if goes_on(end) {
            return;
        }
        let comma = if self.char_at(end) == Some(',') { self.digits_from(end + 1) } else { 0 };
        let listed = comma == 3 && groups == 1 || goes_on(end + 1 + comma);
        if groups > 1 || (comma > 0 && !listed) {
            *parts = Parts { whole: end, end, separator: Some('.'), shows: Some(NumberStyle::DecimalComma), ..*parts };
        } else {
            *parts = Parts { whole: end, end, separator: Some('.'), ambiguous: true, ..*parts };
        }
    }

    /// Whether four numbers with points between them are the address of a machine.
    fn is_address(&self, start: usize, end: usize) -> bool {
        let written = self.text.get(start..end).unwrap_or_default();
        written.split('.').all(|part| part.parse::<u8>().is_ok())
    }

    /// The digits behind the point, or behind a comma where that can be neither a group nor a list.
    fn decimals(&self, start: usize, first: usize, parts: &mut Parts) {
        let end = parts.end;
        let fraction = self.digits_from(end + 1);
        let mark = self.char_at(end).filter(|_| fraction > 0);
        let by_comma = match (mark, parts.separator) {
            (Some('.'), Some('.')) | (Some(','), Some(',' | '，')) => return,
            (Some('.'), _) => false,
            (Some(','), Some(_)) => true,
            (Some(','), None) => match fraction {
                1 | 2 => true,
                3 => self.style == Some(NumberStyle::DecimalComma),
                _ => first <= 3 && fraction < 10,
            },
            _ => return,
        };
        if by_comma {
            let list = matches!(self.bytes_at(end + 1 + fraction).first(), Some(b',' | b'.'))
                && self.digits_from(end + 2 + fraction) > 0;
            if list || self.text[..start].ends_with(',') {
                return;
            }
        }
        let shows = if by_comma { NumberStyle::DecimalComma } else { NumberStyle::DecimalPoint };
        *parts = Parts { end: end + 1 + fraction, places: fraction, shows: Some(shows), ..*parts };
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
