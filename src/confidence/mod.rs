//! How sure the origin said it was, and how far the recorder believes it.

#[cfg(feature = "serde")]
mod format;
mod likelihood;

use std::fmt;

pub use likelihood::{Commitment, Likelihood};

use crate::error::{Error, ErrorKind};
use crate::scales::StixConfidence;
use crate::shown::Shown;
use crate::words::vocabulary;

vocabulary! {
    /// How much confidence an origin has in its own analysis: the quality of what it rests on, not how likely it is.
    ///
    /// ICD 203 (Intelligence Community Directive 203, *Analytic Standards*, 2015) keeps the two apart, and so does
    /// [`Confidence`].
    ///
    /// # Total ordering
    ///
    /// From low to high.
    ///
    /// ```
    /// use testimony::AnalyticConfidence;
    ///
    /// assert!(AnalyticConfidence::Low < AnalyticConfidence::High);
    /// ```
    #[derive(PartialOrd, Ord)]
    AnalyticConfidence, "low, moderate and high" {
        /// Fragmentary or questionable information.
        Low = "low",
        /// Credibly sourced and plausible.
        Moderate = "moderate",
        /// High-quality information.
        High = "high",
    }
}

/// How sure the origin said it was: how likely it called the thing, how much confidence it had in its analysis, the
/// number that it wrote as `confidence` in STIX, or several of these.
///
/// The parts are never mixed: "likely, with low confidence" is a likelihood and a level. The number of STIX is kept as
/// it was written: STIX does not say on which of its scales, so it is no likelihood, and nothing is concluded from it.
///
/// ```
/// use testimony::scales::StixConfidence;
/// use testimony::{AnalyticConfidence, Commitment, Confidence, Likelihood};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let sure = Confidence::from("icd203:likely".parse::<Likelihood>()?).with_level(AnalyticConfidence::Low);
/// assert_eq!(sure.to_string(), "likely (icd203), low confidence");
///
/// let exported = Confidence::from(StixConfidence::new(5)?);
/// assert_eq!(exported.to_string(), "STIX confidence 5");
/// assert_eq!((exported.likelihood(), exported.commitment()), (None, Commitment::AsSaid));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Confidence {
    likelihood: Option<Likelihood>,
    level: Option<AnalyticConfidence>,
    stix: Option<StixConfidence>,
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

    /// Adds the number that the origin wrote as the `confidence` of a STIX object.
    ///
    /// ```
    /// use testimony::scales::StixConfidence;
    /// use testimony::{Confidence, Likelihood};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let sure = Confidence::from("0.55".parse::<Likelihood>()?).with_stix(StixConfidence::new(55)?);
    /// assert_eq!(sure.to_string(), "55% likely, STIX confidence 55");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_stix(mut self, stix: StixConfidence) -> Self {
        self.stix = Some(stix);
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

    /// The number that the origin wrote as the `confidence` of a STIX object, if it did.
    #[must_use]
    pub fn stix(&self) -> Option<StixConfidence> {
        self.stix
    }

    /// How far a claim with this confidence commits to its value, by its likelihood alone (R9): a level and a number of
    /// STIX say how good the evidence is, or nobody knows what, and change nothing.
    ///
    /// ```
    /// use testimony::{AnalyticConfidence, Commitment, Confidence, Likelihood};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let unlikely = Confidence::from("phia:unlikely".parse::<Likelihood>()?).with_level(AnalyticConfidence::High);
    /// assert_eq!(unlikely.commitment(), Commitment::Doubts);
    /// assert_eq!(Confidence::from(AnalyticConfidence::Low).commitment(), Commitment::AsSaid);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn commitment(&self) -> Commitment {
        self.likelihood.as_ref().map_or(Commitment::AsSaid, Likelihood::commitment)
    }
}

impl From<Likelihood> for Confidence {
    fn from(likelihood: Likelihood) -> Self {
        Self { likelihood: Some(likelihood), level: None, stix: None }
    }
}

impl From<AnalyticConfidence> for Confidence {
    fn from(level: AnalyticConfidence) -> Self {
        Self { likelihood: None, level: Some(level), stix: None }
    }
}

impl From<StixConfidence> for Confidence {
    fn from(stix: StixConfidence) -> Self {
        Self { likelihood: None, level: None, stix: Some(stix) }
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before = "";
        if let Some(likelihood) = &self.likelihood {
            match (likelihood.words(), likelihood.scale_name(), likelihood.probabilities()) {
                (Some(words), Some(scale), _) => write!(f, "{} ({})", Shown(words), Shown(scale))?,
                (_, _, Some((low, high))) if low == high => write!(f, "{}% likely", low.grouped(true))?,
                (_, _, Some((low, high))) => write!(f, "{}–{}% likely", low.grouped(true), high.grouped(true))?,
                _ => likelihood.fmt(f)?,
            }
            before = ", ";
        }
        if let Some(level) = self.level {
            write!(f, "{before}{level} confidence")?;
            before = ", ";
        }
        self.stix.map_or(Ok(()), |stix| write!(f, "{before}STIX confidence {stix}"))
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
pub struct Credibility(pub(crate) u8);

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

    /// The meaning of the rating.
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
