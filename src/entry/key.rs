//! How an entry names a claim.

use std::fmt;

#[cfg(feature = "serde")]
use crate::claim::Label;
#[cfg(feature = "serde")]
use crate::shape::Whole;

/// The number of a claim in its ledger: the first is 0.
///
/// A record that stands alone, such as a [`Claim`](crate::Claim) or a [`Retraction`](crate::Retraction), names claims
/// and sources by their ids. A reference that a ledger lends gives them as the ledger holds them.
///
/// ```
/// use testimony::ClaimId;
///
/// assert_eq!(ClaimId::new(3).number(), 3);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct ClaimId(u64);

impl ClaimId {
    /// The claim of this number, in whatever ledger it is looked up.
    #[must_use]
    pub fn new(number: u64) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for ClaimId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Whole::deserialize(deserializer).map(|Whole(number)| Self(number))
    }
}

impl fmt::Display for ClaimId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How a retraction or an amendment names a claim.
///
/// In the interchange format a number or a text: `0`, `"7d390b6e087fbfd37da040bdbf58068c"`.
///
/// ```
/// use testimony::{ClaimId, ClaimKey};
///
/// assert_eq!(ClaimKey::from(ClaimId::new(3)).to_string(), "3");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(untagged))]
#[non_exhaustive]
pub enum ClaimKey {
    /// By its number: in a file, the place of its line among those of claims; in a ledger, its number there.
    Number(ClaimId),
    /// By its label: the claim that was recorded last with it.
    #[cfg(feature = "serde")]
    Label(Label),
}

impl From<ClaimId> for ClaimKey {
    fn from(number: ClaimId) -> Self {
        Self::Number(number)
    }
}

#[cfg(feature = "serde")]
impl From<Label> for ClaimKey {
    fn from(label: Label) -> Self {
        Self::Label(label)
    }
}

impl fmt::Display for ClaimKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            #[cfg(feature = "serde")]
            Self::Label(label) => label.fmt(f),
        }
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for ClaimKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Key;
        impl serde::de::Visitor<'_> for Key {
            type Value = ClaimKey;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the number of a claim or its label")
            }

            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<ClaimKey, E> {
                Ok(ClaimId::new(number).into())
            }

            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<ClaimKey, E> {
                let below = serde::de::Unexpected::Signed(number);
                let number = u64::try_from(number).map_err(|_| E::invalid_value(below, &"a whole number from 0"))?;
                self.visit_u64(number)
            }

            fn visit_str<E: serde::de::Error>(self, label: &str) -> Result<ClaimKey, E> {
                label.parse().map(ClaimKey::Label).map_err(crate::error::Error::into_custom)
            }
        }
        deserializer.deserialize_any(Key)
    }
}
