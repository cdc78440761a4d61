//! The `confidence` of STIX 2.1, and the words that its five scales give it.

use std::fmt;
use std::str::FromStr;

use super::scale::{Scale, ScaleWord};
use crate::error::{Error, ErrorKind};
use crate::number::Number;

/// The `confidence` of a STIX 2.1 object: a whole number from 0 to 100.
///
/// An object without the property leaves its confidence unspecified, which is no number: `Option` says so here.
/// STIX Version 2.1 (OASIS, 2021) has five scales to write it from and to read it on; a word is written as one value
/// and read from a range of them.
///
/// # Syntax
///
/// The number, in digits, as [`Display`](fmt::Display) writes it; an integer in serde.
///
/// # Errors
///
/// Parsing refuses what is no whole number from 0 to 100.
///
/// ```
/// use testimony::scales::{Scale, ScaleWord, StixConfidence};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let likely: ScaleWord = "stix-dni:likely".parse()?;
/// assert_eq!(likely.stix_confidence(), Some(StixConfidence::new(70)?));
///
/// let value = StixConfidence::new(79)?;
/// assert_eq!(value.word(Scale::StixDni), Some(likely));
/// assert_eq!(value.word(Scale::StixNoneLowMedHigh).map(|word| word.name()), Some("high"));
/// assert_eq!(value.word(Scale::Icd203), None); // no scale of STIX
/// assert!(StixConfidence::new(101).is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StixConfidence(pub(super) u8);

const EXPECTED: &str = "the whole numbers from 0 to 100";

impl StixConfidence {
    /// The value, from 0 to 100.
    ///
    /// # Errors
    ///
    /// Refuses a number above 100.
    pub fn new(value: u8) -> Result<Self, Error> {
        if value <= 100 {
            Ok(Self(value))
        } else {
            Err(Error::new(ErrorKind::NotOneOf { expected: EXPECTED }).value(value))
        }
    }

    /// The value, from 0 to 100.
    #[must_use]
    pub fn value(self) -> u8 {
        self.0
    }

    /// The word that one of the five scales of STIX reads it as; `None` for any other scale.
    ///
    /// Each of the five has exactly one word for every value.
    #[must_use]
    pub fn word(self, scale: Scale) -> Option<ScaleWord> {
        if !scale.is_stix() {
            return None;
        }
        let number = Number::hundredths(self.0);
        scale.words().find(|word| word.band().is_some_and(|band| band.contains(number)))
    }
}

impl fmt::Display for StixConfidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for StixConfidence {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let refused = || Error::new(ErrorKind::NotOneOf { expected: EXPECTED }).value(text);
        Self::new(text.parse().map_err(|_| refused())?).map_err(|_| refused())
    }
}

impl ScaleWord {
    /// The value that STIX writes for a word of one of its scales; `None` for a word that has no value (Admiralty 6),
    /// which is left out, and for a word of another scale, which has to be [converted](ScaleWord::convert) first.
    ///
    /// ```
    /// # fn main() -> Result<(), testimony::Error> {
    /// let unrated: testimony::scales::ScaleWord = "stix-admiralty:6".parse()?;
    /// assert_eq!(unrated.stix_confidence(), None);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn stix_confidence(self) -> Option<StixConfidence> {
        self.stix_value().map(StixConfidence)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for StixConfidence {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.0)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for StixConfidence {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A number too large for a byte is refused in the same words as any other.
        let crate::shape::Whole(value) = serde::Deserialize::deserialize(deserializer)?;
        Self::new(u8::try_from(value).unwrap_or(u8::MAX)).map_err(|error| error.value(value).into_custom())
    }
}
