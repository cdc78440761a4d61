//! STIX 2.1: bundles.
#![doc = ""]
#![doc = include_str!("../../docs/stix.md")]

mod read;
mod write;

pub use self::read::{read, read_to};
pub use self::write::write;

/// The extension by which a note carries a claim, and an identity a source, as the interchange format has them.
const EXTENSION: &str = "extension-definition--0f53b73f-6d63-5c3b-b18f-eff292c2aae0";

/// The label of an object that stands for the subject of a claim, and says nothing itself.
const SUBJECT: &str = "testimony-subject";

/// Whether a text is the id of an object: a type, two hyphens and a UUID.
fn is_id(text: &str) -> bool {
    let Some((kind, uuid)) = text.split_once("--") else { return false };
    let is_kind = !kind.is_empty() && kind.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let lengths = uuid.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
    is_kind && lengths && uuid.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}
