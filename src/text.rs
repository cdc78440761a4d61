//! Texts: when two of them say the same, and how long one may be.

use std::borrow::Cow;
use std::sync::LazyLock;

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

/// The form in which two names are compared: NFC, white space trimmed and collapsed, with its case.
pub(crate) fn name(text: &str) -> Cow<'_, str> {
    let is_plain = |word: &[u8]| !word.is_empty() && word.iter().all(|b| matches!(b, b'!'..=b'~'));
    if text.is_empty() || text.as_bytes().split(|b| *b == b' ').all(is_plain) {
        return text.into();
    }
    let is_composed = unicode_normalization::is_nfc_quick(text.chars()) == unicode_normalization::IsNormalized::Yes;
    let composed: Cow<'_, str> = if is_composed { text.into() } else { text.nfc().collect::<String>().into() };
    let is_collapsed = composed.split(' ').all(|word| !word.is_empty() && !word.contains(char::is_whitespace));
    if is_collapsed {
        return composed;
    }
    composed.split_whitespace().collect::<Vec<_>>().join(" ").into()
}

/// The form that two names share if a reader may take one for the other: their skeleton by Unicode's UTS 39, in which a
/// Cyrillic а is a Latin a and what has no look of its own is left out.
pub(crate) fn look(text: &str) -> String {
    /// The skeletons of the ASCII letters, of which most names are made: one letter's does not depend on the next.
    static OF_ASCII: LazyLock<[String; 128]> = LazyLock::new(|| {
        std::array::from_fn(|letter| {
            let letter = u8::try_from(letter).map_or('\0', char::from);
            unicode_security::skeleton(letter.encode_utf8(&mut [0; 4])).collect()
        })
    });
    let text = name(text);
    let mut skeleton = String::with_capacity(2 * text.len());
    if text.is_ascii() {
        text.bytes().for_each(|letter| skeleton.push_str(&OF_ASCII[usize::from(letter)]));
    } else {
        skeleton.extend(unicode_security::skeleton(&text));
    }
    let collapsed = match name(&skeleton) {
        Cow::Borrowed(_) => None,
        Cow::Owned(collapsed) => Some(collapsed),
    };
    collapsed.unwrap_or(skeleton)
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
    fn names_look_alike_whatever_letters_they_are_written_with() {
        for (one, other) in [
            ("Agency", "Аgency"),
            ("Agency", "Agency\u{200b}"),
            ("Agency", " Agency \u{2060}"),
            ("Agency", "Ag\u{ad}ency"),
            ("Illness", "lllness"),
            ("é", "e\u{301}"),
            ("New\u{a0}York", "New York"),
        ] {
            assert_eq!(look(one), look(other), "{one} {other}");
        }
        for (one, other) in [("Agency", "agency"), ("Agency", "Agency 2"), ("resume", "résumé"), ("국", "국방부")]
        {
            assert_ne!(look(one), look(other), "{one} {other}");
        }
    }

    /// ASCII has letters whose look is that of others, or of two others.
    #[test]
    fn the_look_of_ascii_is_its_skeleton() {
        let all: String = (0..128u8).map(char::from).collect();
        let pairs = all.chars().flat_map(|one| all.chars().map(move |two| format!("a{one}{two}b")));
        for text in pairs.chain([all.clone(), "rn m I l 1 0 O".to_owned()]) {
            let skeleton: String = unicode_security::skeleton(&name(&text)).collect();
            assert_eq!(look(&text), name(&skeleton), "{text:?}");
        }
    }

    #[test]
    fn names_are_compared_without_composition_or_spacing_and_with_their_case() {
        assert_eq!(name("  Kyiv\u{a0} \tregion "), "Kyiv region");
        assert_eq!(name("e\u{301}"), name("é"));
        assert_ne!(name("É"), name("é"));
        assert_eq!(name("Київ"), "Київ");
        assert_eq!(name(" \n"), "");
        for kept in ["Kyiv", "Kyiv region", "Київ і область", ""] {
            assert!(matches!(name(kept), Cow::Borrowed(_)), "{kept}");
        }
    }
}
