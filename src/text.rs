//! Texts: when two of them say the same, how one is shown safely, and how long one may be.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use unicode_normalization::UnicodeNormalization as _;

use crate::error::{Error, ErrorKind};

/// Longest id, in bytes.
pub(crate) const MAX_ID: usize = 128;
/// Longest name, subject, predicate or unit, in bytes.
pub(crate) const MAX_NAME: usize = 1024;
/// Longest text, excerpt, note or reason, in bytes.
pub(crate) const MAX_TEXT: usize = 64 * 1024;

/// The form in which two texts are compared: NFC, case folded, NFC again, white space trimmed and collapsed.
pub(crate) fn normal(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let plain = |b: &u8| matches!(b, b'!'..=b'~') && !b.is_ascii_uppercase();
    if bytes.split(|b| *b == b' ').all(|word| !word.is_empty() && word.iter().all(plain)) {
        return text.into();
    }
    let composed: String = text.nfc().collect();
    let folded: String = caseless::default_case_fold_str(&composed).nfc().collect();
    let mut words = folded.split_whitespace();
    let mut out = String::with_capacity(folded.len());
    if let Some(first) = words.next() {
        out.push_str(first);
    }
    for word in words {
        out.push(' ');
        out.push_str(word);
    }
    out.into()
}

/// The form in which two units are compared: trimmed and case folded.
pub(crate) fn unit_key(unit: &str) -> Cow<'_, str> {
    let trimmed = unit.trim();
    if trimmed.is_ascii() && !trimmed.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Borrowed(trimmed)
    } else {
        Cow::Owned(caseless::default_case_fold_str(trimmed))
    }
}

/// Refuses a text that is blank or longer than `limit` bytes.
pub(crate) fn check(field: &str, text: &str, limit: usize) -> Result<(), Error> {
    check_length(field, text, limit)?;
    let blank = |c: char| c.is_whitespace();
    if text.chars().all(blank) {
        return Err(Error::new(ErrorKind::Blank).value(text).at(field));
    }
    Ok(())
}

/// Refuses a text that is longer than `limit` bytes.
pub(crate) fn check_length(field: &str, text: &str, limit: usize) -> Result<(), Error> {
    if text.len() > limit {
        return Err(Error::new(ErrorKind::TooLong { limit }).value(text).at(field));
    }
    Ok(())
}

/// Shows a text with everything escaped that could break a line, hide a letter or turn the reading order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown<'a>(pub(crate) &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            if misleads(c) {
                write!(f, "{}", c.escape_unicode())?;
            } else {
                f.write_char(c)?;
            }
        }
        Ok(())
    }
}

/// A text shown as by [`Shown`], in typographic quotation marks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}”", Shown(self.0))
    }
}

/// Control characters, line and paragraph separators, and the invisible characters that reorder or hide text.
pub(crate) fn misleads(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{061c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_without_case_composition_or_spacing() {
        assert_eq!(normal("  Straße\u{a0} \tX "), "strasse x");
        assert_eq!(normal("e\u{301}"), normal("É"));
        assert_eq!(normal("ΌΣΟΣ"), normal("όσος"));
        assert_ne!(normal("resume"), normal("résumé"));
        assert_eq!(normal(" \n"), "");
        assert_eq!(normal(""), "");
        assert_eq!(normal("a b"), "a b");
        assert_eq!(normal("a  b "), "a b");
        assert_eq!(normal("a B"), "a b");
    }

    #[test]
    fn units_are_compared_trimmed_and_folded_only() {
        assert_eq!(unit_key(" Persons "), "persons");
        assert_eq!(unit_key("persons"), "persons");
        assert_ne!(unit_key("metric  tons"), unit_key("metric tons"));
    }

    #[test]
    fn what_could_mislead_a_reader_is_escaped() {
        let shown = Shown("a\nb\u{202e}c\u{200b}\u{1b}[31m é 한국").to_string();
        assert_eq!(shown, "a\\u{a}b\\u{202e}c\\u{200b}\\u{1b}[31m é 한국");
    }
}
