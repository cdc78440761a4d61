//! Texts: when two of them say the same, and how long one may be.

use std::borrow::Cow;

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
    if text.chars().all(char::is_whitespace) {
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
}
