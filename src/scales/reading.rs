//! Which words a number has on a scale.

use std::fmt;

use super::conversion::{self, Percent};
use super::scale::{Scale, ScaleWord};
use crate::number::{Interval, Number};

/// The words that a number has on a scale: none, one, or several.
///
/// [`Scale::words_for`] gives it. That a number has no word is said, with the words it lies between; it is never
/// moved to the nearest of them.
///
/// ```
/// use testimony::scales::Scale;
///
/// # fn main() -> Result<(), testimony::Error> {
/// let none = Scale::Icd203.words_for(0.into())?;
/// assert!(none.is_gap());
/// assert_eq!(none.neighbours().1.map(|word| word.name()), Some("almost no chance"));
/// assert_eq!(none.to_string(), "0% has no word on icd203; it lies below almost no chance (1–5%)");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberReading {
    scale: Scale,
    number: Number,
    words: Vec<ScaleWord>,
    below: Option<ScaleWord>,
    above: Option<ScaleWord>,
}

impl NumberReading {
    pub(super) fn new(
        scale: Scale,
        number: Number,
        words: Vec<ScaleWord>,
        below: Option<ScaleWord>,
        above: Option<ScaleWord>,
    ) -> Self {
        Self { scale, number, words, below, above }
    }

    /// The scale that was read.
    #[must_use]
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// The number, from 0 to 1.
    #[must_use]
    pub fn number(&self) -> Number {
        self.number
    }

    /// All words whose band holds the number, from the least to the greatest.
    #[must_use]
    pub fn words(&self) -> &[ScaleWord] {
        &self.words
    }

    /// Whether no word holds the number.
    #[must_use]
    pub fn is_gap(&self) -> bool {
        self.words.is_empty()
    }

    /// The nearest words whose bands are wholly below and wholly above the number.
    #[must_use]
    pub fn neighbours(&self) -> (Option<ScaleWord>, Option<ScaleWord>) {
        (self.below, self.above)
    }
}

impl fmt::Display for NumberReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = conversion::named;
        write!(f, "{} ", Percent { band: Interval::point(self.number), stix: self.scale.is_stix() })?;
        if !self.words.is_empty() {
            let words: Vec<String> = self.words.iter().map(|word| named(*word)).collect();
            return write!(f, "is {} on {}", words.join(" or "), self.scale);
        }
        write!(f, "has no word on {}", self.scale)?;
        match (self.below, self.above) {
            (Some(below), Some(above)) => write!(f, "; it lies between {} and {}", named(below), named(above)),
            (Some(below), None) => write!(f, "; it lies above {}", named(below)),
            (None, Some(above)) => write!(f, "; it lies below {}", named(above)),
            (None, None) => Ok(()),
        }
    }
}
