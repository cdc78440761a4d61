//! Checkpoints: what a store was at some moment, in a few lines that can be signed and kept elsewhere.

use std::fmt;
use std::str::FromStr;

use crate::error::StoreError;
use crate::tree::Hash;

/// How many lines a store had, and the root of the tree over them.
///
/// # Syntax
///
/// The text that the [C2SP](https://c2sp.org/tlog-checkpoint) specifies for transparency logs, without signatures: a line
/// with the name of the store, one with the number of lines, one with the root in Base64. Signing is left to whoever has
/// a key; signatures behind a blank line are passed over where a checkpoint is read.
///
/// ```
/// use testimony_sqlite::Store;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// let store = Store::open(folder.path().join("claims.db"))?;
/// let checkpoint = store.checkpoint("example.org/claims")?;
/// assert_eq!(checkpoint.to_string(), "example.org/claims\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the store, as whoever publishes checkpoints calls it.
    pub origin: String,
    /// How many lines the tree has.
    pub size: u64,
    /// The root of the tree.
    pub root: Hash,
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let mut group = [0; 3];
        group[..three.len()].copy_from_slice(three);
        let bits = u32::from_be_bytes([0, group[0], group[1], group[2]]);
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= three.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, base64(&self.root.0))
    }
}

impl FromStr for Checkpoint {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let refused = |why: &str| StoreError::Checkpoint { why: why.to_owned() };
        let mut lines = text.lines();
        let origin =
            lines.next().filter(|line| !line.is_empty()).ok_or_else(|| refused("names no store on its first line"))?;
        let size = lines.next().and_then(|line| {
            let number: u64 = line.parse().ok()?;
            // One way to write each.
            (number.to_string() == line).then_some(number)
        });
        let size = size.ok_or_else(|| refused("has no number of lines on its second line"))?;
        let root = lines
            .next()
            .and_then(unbase64)
            .ok_or_else(|| refused("has no root of 32 bytes in Base64 on its third line"))?;
        Ok(Self { origin: origin.to_owned(), size, root })
    }
}

/// The 32 bytes of a hash.
fn unbase64(text: &str) -> Option<Hash> {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let digit = DIGITS.iter().position(|digit| *digit == byte)?;
        bits = bits << 6 | u32::try_from(digit).ok()?;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 255) as u8);
        }
    }
    let hash = Hash(bytes.try_into().ok()?);
    (base64(&hash.0) == text).then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::leaf_hash;

    #[test]
    fn a_checkpoint_is_read_as_it_is_written() {
        let checkpoint = Checkpoint { origin: "example.org/claims".to_owned(), size: 12, root: leaf_hash(b"line") };
        let text = checkpoint.to_string();
        assert_eq!(text.parse::<Checkpoint>().unwrap(), checkpoint);
        assert_eq!(format!("{text}\n— example.org/claims abc=\n").parse::<Checkpoint>().unwrap(), checkpoint);
        for bad in ["", "\n1\nx\n", "a\n01\n", "a\n-1\n", "a\n1\nAAAA\n"] {
            assert!(bad.parse::<Checkpoint>().is_err(), "{bad:?}");
        }
        assert!(text.replace('=', "").parse::<Checkpoint>().is_err());
        assert_eq!(base64(b"any carnal pleas"), "YW55IGNhcm5hbCBwbGVhcw==");
    }
}
