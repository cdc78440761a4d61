//! Labels: names of claims that are made of what they say.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::Claim;
use super::format::CanonicalClaim;
use crate::error::{Error, ErrorKind};
use crate::source::SourceId;
use crate::words::text_form;

/// How many bytes of the digest a label has.
const LENGTH: usize = 16;

/// A name for a claim that is made of what it says: equal claims have equal labels in every ledger and on every
/// machine.
///
/// The first 16 bytes of the SHA-256 of the claim's canonical line, without the end of the line, without `recorded`,
/// and without what is the recorder's: `citations`, `credibility` and `note`. So a label stays when the record of the
/// claim grows. A retraction and an amendment may name a claim by its label.
///
/// # Syntax
///
/// 32 hexadecimal digits in lower case.
///
/// # Errors
///
/// Refuses another number of digits, and capital letters.
///
/// ```
/// use testimony::{Citation, Claim, Figure, Label, SourceId, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let claim = Claim::new(Topic::new("tunnel fire", "deaths"), Figure::exactly(7), &SourceId::new("ministry")?)
///     .with_relay(&SourceId::new("gazette")?)
///     .with_as_of("2025-05-04".parse()?);
/// let label: Label = "7d390b6e087fbfd37da040bdbf58068c".parse()?;
/// assert_eq!(claim.label(), label);
/// assert_eq!(claim.with_citation(Citation::new().with_title("The Gazette")).label(), label);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label([u8; LENGTH]);

/// The line of a claim, with nothing beside it.
#[derive(Serialize)]
struct Line<C> {
    claim: C,
}

impl Label {
    /// The label of a claim; its parts that are the recorder's are passed over.
    pub(crate) fn of<'a, R: ExactSizeIterator<Item = &'a SourceId> + Clone>(claim: CanonicalClaim<'a, R>) -> Self {
        let details = claim.details.said().to_details();
        let line = serde_json::to_vec(&Line { claim: CanonicalClaim { details: &details, ..claim } });
        let line = line.expect("a claim is always written: its texts are strings, and its maps have strings for keys");
        Self::cut_from(&Sha256::digest(line))
    }

    /// The label of a claim by its record in a line, up to what is the recorder's, and without the brace at its end.
    pub(crate) fn of_said(record: &[u8]) -> Self {
        let line = Sha256::new().chain_update("{\"claim\":").chain_update(record).chain_update("}}");
        Self::cut_from(&line.finalize())
    }

    fn cut_from(digest: &[u8]) -> Self {
        let mut bytes = [0; LENGTH];
        bytes.copy_from_slice(&digest[..LENGTH]);
        Self(bytes)
    }
}

impl Claim {
    /// The label of the claim, the same in every ledger.
    #[must_use]
    pub fn label(&self) -> Label {
        Label::of(self.canonical())
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // In one piece: an answer names many claims.
        let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
        let digits = self.0.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
        f.pad(&digits.collect::<String>())
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Label {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let refused = || Error::new(ErrorKind::NotALabel).value(text);
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Ok(byte - b'0'),
            b'a'..=b'f' => Ok(byte - b'a' + 10),
            _ => Err(refused()),
        };
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != LENGTH || !rest.is_empty() {
            return Err(refused());
        }
        let mut bytes = [0; LENGTH];
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = 16 * digit(*high)? + digit(*low)?;
        }
        Ok(Self(bytes))
    }
}

text_form!(Label, "the label of a claim");
