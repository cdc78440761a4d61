//! Ids that are derived from what they name, so that exporting twice gives the same bytes.

use std::fmt::Write as _;

use sha1::{Digest as _, Sha1};

/// The namespace of this crate's ids, itself a UUID. It never changes, since every id that was written follows from it.
const NAMESPACE: [u8; 16] =
    [0x0f, 0x53, 0xb7, 0x3f, 0x6d, 0x63, 0x5c, 0x3b, 0xb1, 0x8f, 0xef, 0xf2, 0x92, 0xc2, 0xaa, 0xe0];

/// A UUID of version 5 (RFC 9562).
#[cfg(any(feature = "stix", feature = "wikibase"))]
pub(crate) fn uuid5(name: &str) -> String {
    let mut digest = Sha1::new();
    digest.update(NAMESPACE);
    digest.update(name.as_bytes());
    let mut bytes = digest.finalize();
    bytes[6] = bytes[6] & 0x0f | 0x50;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = hex(&bytes[..16]);
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// The SHA-1 of a text, in hexadecimal digits.
#[cfg(any(feature = "ftm", feature = "wikibase"))]
pub(crate) fn sha1(text: &str) -> String {
    hex(&Sha1::digest(text.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
