//! Addresses: what a page is called, so that any name makes a file on any system, and an address once given stays.

use sha2::{Digest as _, Sha256};
use testimony::{Label, Source, Topic, Violation};

/// How many letters of a name are in the name of a file.
const SLUG: usize = 48;
/// How many claims a page has: fixed, so that a claim stays on its page while the ledger grows.
pub(crate) const CLAIMS: usize = 30;

/// The letters of a text that are safe in the name of a file anywhere, in lower case, with a hyphen for what is between.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if slug.len() >= SLUG {
            break;
        }
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Twelve hexadecimal digits that two different lists of texts do not share.
pub(crate) fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        // The length first, so that no two lists run together to one text.
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        hash.update(part);
    }
    let digits = b"0123456789abcdef";
    let bytes = hash.finalize();
    bytes[..6]
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|half| char::from(digits[usize::from(half)]))
        .collect()
}

fn file(folder: &str, name: &str, digest: &str) -> String {
    let slug = slug(name);
    let hyphen = if slug.is_empty() { "" } else { "-" };
    format!("{folder}/{slug}{hyphen}{digest}")
}

/// The address of a topic's pages, without the number and the ending.
pub(crate) fn topic(topic: &Topic) -> String {
    let (subject, predicate) = (topic.subject(), topic.predicate());
    let name = format!("{} {}", slug(subject).chars().take(SLUG / 2).collect::<String>(), slug(predicate));
    file("topic", &name, &digest(&["topic", subject, predicate]))
}

/// The address of a source's pages, without the number and the ending.
pub(crate) fn source(source: &Source) -> String {
    file("source", source.id().as_str(), &digest(&["source", source.id().as_str()]))
}

/// The file of the page with this number, from 1.
pub(crate) fn page(stem: &str, number: usize) -> String {
    if number == 1 { format!("{stem}.html") } else { format!("{stem}-{number}.html") }
}

/// The address of a finding about two claims, within its page.
pub(crate) fn conflict(older: Label, newer: Label) -> String {
    format!("conflict-{older:.12}-{newer:.12}")
}

/// The address of a sum that does not come out, within its page.
pub(crate) fn violation(violation: &Violation<'_>, result: Label) -> String {
    let (sum, scope) = (violation.constraint().to_string(), violation.scope().to_string());
    format!("sum-{}", digest(&["sum", &result.to_string(), &sum, &scope]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_makes_the_name_of_a_file() {
        for (name, slug_of_it) in [
            ("North Korean troops in Ukraine", "north-korean-troops-in-ukraine"),
            ("../../etc/passwd", "etc-passwd"),
            ("한국", ""),
            ("CON", "con"),
            ("a\u{202e}\0b", "a-b"),
            ("  <script>  ", "script"),
        ] {
            assert_eq!(slug(name), slug_of_it);
        }
        assert!(slug(&"x".repeat(1024)).len() <= SLUG);
    }

    #[test]
    fn topics_that_read_alike_have_addresses_of_their_own() {
        let stems: std::collections::HashSet<String> =
            [("a b", "c"), ("a", "b c"), ("A", "b c"), ("a", "bc"), ("한", "국"), ("한국", "")]
                .iter()
                .map(|(subject, predicate)| topic(&Topic::new(subject, predicate)))
                .collect();
        assert_eq!(stems.len(), 6);
        assert_eq!(topic(&Topic::new("한", "국")).len(), "topic/".len() + 12);
    }
}
