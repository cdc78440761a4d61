//! ClaimReview and Claim of schema.org, as JSON-LD.
#![doc = ""]
#![doc = include_str!("../../docs/claimreview.md")]

mod read;
mod write;

pub use self::read::{read, read_to};
pub use self::write::write;

/// The predicate of what somebody said, as text.
pub const SAYS: &str = "says";
/// The predicate of whether it is so, as a reviewer rates it.
pub const VERDICT: &str = "is it so";

/// The longest subject of a topic, in bytes.
const LONGEST: usize = 1024;

/// A text as a subject: the first thousand bytes of it.
fn subject(text: &str) -> String {
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ");
    let end = (0..=LONGEST.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    text[..end].trim_end().to_owned()
}
