//! How sure the origin said it was, and how far the recorder believes it.

mod admiralty;
#[cfg(feature = "serde")]
mod format;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

pub use admiralty::AdmiraltyRating;

use crate::error::{Error, ErrorKind};
use crate::figure::Number;
use crate::text::{self, Shown};
use crate::words::vocabulary;

vocabulary! {
    /// How much confidence an origin has in its own analysis: the quality of what it rests on, not how likely it is.
    ///
    /// ICD 203 (Intelligence Community Directive 203, *Analytic Standards*, 2015) keeps the two apart, and so does
    /// [`Confidence`].
    AnalyticConfidence, "low, moderate and high" {
        /// Fragmentary or questionable information.
        Low = "low",
        /// Credibly sourced and plausible.
        Moderate = "moderate",
        /// High-quality information.
        High = "high",
    }
}

/// How likely an origin said something was: in words, as a probability, or as a range of them.
///
/// # Syntax
///
/// Words, with the scale that they belong to in front where there is one (`icd203:likely`); a number from 0 to 1
/// (`0.7`); or two of them with `..` between (`0.55..0.8`). Words without a scale are kept as words and stand for no
/// number.
///
/// ```
/// use testimony::Likelihood;
///
/// # fn main() -> Result<(), testimony::Error> {
/// let likely: Likelihood = "icd203:likely".parse()?;
/// assert_eq!((likely.scale_name(), likely.words()), (Some("icd203"), Some("likely")));
/// assert_eq!("0.70".parse::<Likelihood>()?.to_string(), "0.7");
/// assert_eq!("1.5".parse::<Likelihood>().unwrap_err().to_string(), "\"1.5\" is not a probability from 0 to 1");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Likelihood(Kind);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Words(Arc<str>),
    Probability(Number),
    Range(Number, Number),
}

impl Likelihood {
    /// One probability, from 0 to 1.
    ///
    /// # Errors
    ///
    /// Refuses a number below 0 or above 1.
    pub fn probability(probability: Number) -> Result<Self, Error> {
        Ok(Self(Kind::Probability(checked(probability)?)))
    }

    /// A range of probabilities, both ends included.
    ///
    /// # Errors
    ///
    /// Refuses a number below 0 or above 1, and a lower bound above the upper.
    pub fn range(low: Number, high: Number) -> Result<Self, Error> {
        if checked(low)? > checked(high)? {
            return Err(Error::new(ErrorKind::BoundsReversed).value(format!("{low} to {high}")));
        }
        Ok(Self(Kind::Range(low, high)))
    }

    /// The words, without the scale in front; `None` for a probability.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        let text = self.text()?;
        Some(text.split_once(':').map_or(text, |(_, words)| words))
    }

    /// The name of the scale that the words belong to, where they name one.
    #[must_use]
    pub fn scale_name(&self) -> Option<&str> {
        Some(self.text()?.split_once(':')?.0)
    }

    /// The least and the greatest probability it was put at in numbers; `None` for words.
    #[must_use]
    pub fn probabilities(&self) -> Option<(Number, Number)> {
        match self.0 {
            Kind::Words(_) => None,
            Kind::Probability(p) => Some((p, p)),
            Kind::Range(low, high) => Some((low, high)),
        }
    }

    fn text(&self) -> Option<&str> {
        match &self.0 {
            Kind::Words(text) => Some(text),
            _ => None,
        }
    }
}

fn checked(probability: Number) -> Result<Number, Error> {
    if probability.is_negative() || probability > Number::ONE {
        return Err(Error::new(ErrorKind::NotAProbability).value(probability));
    }
    Ok(probability)
}

impl fmt::Display for Likelihood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Words(text) => Shown(text).fmt(f),
            Kind::Probability(p) => p.fmt(f),
            Kind::Range(low, high) => write!(f, "{low}..{high}"),
        }
    }
}

impl FromStr for Likelihood {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if let Ok(probability) = text.parse() {
            return Self::probability(probability);
        }
        if let Some((low, high)) = text.split_once("..")
            && let (Ok(low), Ok(high)) = (low.parse(), high.parse())
        {
            return Self::range(low, high);
        }
        text::check("", text, text::MAX_NAME)?;
        Ok(Self(Kind::Words(text.into())))
    }
}

/// How sure the origin said it was: how likely it called the thing, how much confidence it had in its analysis, or
/// both.
///
/// The two are never mixed: "likely, with low confidence" is a likelihood and a level.
///
/// ```
/// use testimony::{AnalyticConfidence, Confidence};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let sure = Confidence::from("icd203:likely".parse::<testimony::Likelihood>()?).with_level(AnalyticConfidence::Low);
/// assert_eq!(sure.to_string(), "likely (icd203), low confidence");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Confidence {
    likelihood: Option<Likelihood>,
    level: Option<AnalyticConfidence>,
}

impl Confidence {
    /// Adds how likely the origin called it.
    #[must_use]
    pub fn with_likelihood(mut self, likelihood: Likelihood) -> Self {
        self.likelihood = Some(likelihood);
        self
    }

    /// Adds how much confidence the origin has in its analysis.
    #[must_use]
    pub fn with_level(mut self, level: AnalyticConfidence) -> Self {
        self.level = Some(level);
        self
    }

    /// How likely the origin called it, if it did.
    #[must_use]
    pub fn likelihood(&self) -> Option<&Likelihood> {
        self.likelihood.as_ref()
    }

    /// How much confidence the origin has in its analysis, if it said so.
    #[must_use]
    pub fn level(&self) -> Option<AnalyticConfidence> {
        self.level
    }
}

impl From<Likelihood> for Confidence {
    fn from(likelihood: Likelihood) -> Self {
        Self { likelihood: Some(likelihood), level: None }
    }
}

impl From<AnalyticConfidence> for Confidence {
    fn from(level: AnalyticConfidence) -> Self {
        Self { likelihood: None, level: Some(level) }
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(likelihood) = &self.likelihood {
            match (likelihood.words(), likelihood.scale_name(), likelihood.probabilities()) {
                (Some(words), Some(scale), _) => write!(f, "{} ({})", Shown(words), Shown(scale))?,
                (_, _, Some((low, high))) if low == high => write!(f, "{}% likely", low.grouped(true))?,
                (_, _, Some((low, high))) => write!(f, "{}–{}% likely", low.grouped(true), high.grouped(true))?,
                _ => likelihood.fmt(f)?,
            }
            if self.level.is_some() {
                f.write_str(", ")?;
            }
        }
        self.level.map_or(Ok(()), |level| write!(f, "{level} confidence"))
    }
}

/// How far the recorder believes a claim, apart from how reliable its source is.
///
/// The information credibility of the Admiralty code (NATO STANAG 2511), 1 to 6.
///
/// ```
/// use testimony::Credibility;
///
/// # fn main() -> Result<(), testimony::Error> {
/// let credibility = Credibility::new(2)?;
/// assert_eq!(credibility.rating(), 2);
/// assert_eq!(credibility.in_words(), "probably true");
/// assert!(Credibility::new(7).is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Credibility(u8);

impl Credibility {
    /// A rating from 1 (confirmed by other independent sources) to 5 (improbable), or 6 (cannot be judged).
    ///
    /// # Errors
    ///
    /// Refuses any other number.
    pub fn new(rating: u8) -> Result<Self, Error> {
        if (1..=6).contains(&rating) {
            Ok(Self(rating))
        } else {
            Err(Error::new(ErrorKind::NotOneOf { expected: "1, 2, 3, 4, 5 and 6" }).value(rating))
        }
    }

    /// The rating, from 1 to 6; 6 is no rating, and not the least.
    #[must_use]
    pub fn rating(self) -> u8 {
        self.0
    }

    /// What the rating means.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self.0 {
            1 => "confirmed by other independent sources",
            2 => "probably true",
            3 => "possibly true",
            4 => "doubtful",
            5 => "improbable",
            _ => "cannot be judged",
        }
    }
}

impl fmt::Display for Credibility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
