//! How sure the origin said it was, and how far the recorder believes it.

#[cfg(feature = "serde")]
mod format;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::error::{Error, ErrorKind};
use crate::number::{Bound, Interval, Number};
use crate::scales::{self, Conversion, Judgement, Scale, ScaleWord};
use crate::shown::Shown;
use crate::text;
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

/// How likely an origin said something was: in words, as a probability, or as a range of them.
///
/// # Syntax
///
/// Words, with the scale that they belong to in front where there is one (`icd203:likely`); a number from 0 to 1
/// (`0.7`); or two of them with `..` between (`0.55..0.8`). Words without a scale are kept as words and stand for no
/// number, and so is what is written otherwise, such as `70%`.
///
/// # Errors
///
/// Parsing refuses a number below 0 or above 1 or that cannot be held exactly, a range whose lower end is above the
/// upper, and a text that is blank or longer than 1,024 bytes.
///
/// # Scales
///
/// What the origin said is kept as it was written, whether or not this crate knows the scale in front of it, and the
/// scale the word: a misspelt word must not cost a claim. [`scale`](Self::scale) and [`word`](Self::word) say what is
/// known of it, and [`is_off_scale`](Self::is_off_scale) that the scale is known and does not have the word. Only a
/// word of a known scale has a [`band`](Self::band).
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
pub struct Likelihood(LikelihoodForm);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum LikelihoodForm {
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
        Ok(Self(LikelihoodForm::Probability(probability.as_probability()?)))
    }

    /// A range of probabilities, both ends included.
    ///
    /// # Errors
    ///
    /// Refuses a number below 0 or above 1, and a lower bound above the upper.
    pub fn range(low: Number, high: Number) -> Result<Self, Error> {
        if low.as_probability()? > high.as_probability()? {
            return Err(Error::new(ErrorKind::BoundsReversed).value(format!("{low} to {high}")));
        }
        Ok(Self(LikelihoodForm::Range(low, high)))
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
            LikelihoodForm::Words(_) => None,
            LikelihoodForm::Probability(p) => Some((p, p)),
            LikelihoodForm::Range(low, high) => Some((low, high)),
        }
    }

    /// The scale that the words belong to, where they name one that is known, whatever its case.
    ///
    /// ```
    /// use testimony::Likelihood;
    /// use testimony::scales::Scale;
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// assert_eq!("icd203:likely".parse::<Likelihood>()?.scale(), Some(Scale::Icd203));
    /// assert_eq!("house-style:likely".parse::<Likelihood>()?.scale(), None);
    /// assert_eq!("likely".parse::<Likelihood>()?.scale(), None);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn scale(&self) -> Option<Scale> {
        Scale::named(self.scale_name()?)
    }

    /// The word of its scale that it is; `None` for numbers, bare words, an unknown scale, and words that their scale
    /// does not have.
    #[must_use]
    pub fn word(&self) -> Option<ScaleWord> {
        self.scale()?.word(self.words()?)
    }

    /// Whether it names a known scale with words that the scale does not have.
    ///
    /// ```
    /// use testimony::Likelihood;
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// assert!("icd203:maybe".parse::<Likelihood>()?.is_off_scale());
    /// for fine in ["icd203:likely", "house-style:maybe", "maybe", "0.7"] {
    ///     assert!(!fine.parse::<Likelihood>()?.is_off_scale());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn is_off_scale(&self) -> bool {
        self.scale().is_some() && self.word().is_none()
    }

    /// The probabilities that it allows, from 0 to 1: the published band of a word, or the number or range itself.
    ///
    /// `None` for bare words, an unknown scale, words that their scale does not have or gives no band on purpose, and
    /// for words of a scale of credibility ([`Judgement::Credibility`]): how far somebody believes a thing is not how
    /// likely it was said to be. On the scales of STIX the numbers are its confidence values, as hundredths.
    ///
    /// ```
    /// use testimony::Likelihood;
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// for (text, band) in [
    ///     ("icd203:likely", Some("[0.55, 0.8]")),
    ///     ("phia:likely", Some("[0.55, 0.75]")),
    ///     ("stix-dni:likely", Some("[0.6, 0.79]")),
    ///     ("0.7", Some("[0.7, 0.7]")),
    ///     ("0.55..0.8", Some("[0.55, 0.8]")),
    ///     ("likely", None),
    ///     ("70%", None),
    ///     ("house-style:likely", None),
    ///     ("kent:possible", None),
    ///     ("stix-admiralty:2", None),
    /// ] {
    ///     let likelihood: Likelihood = text.parse()?;
    ///     assert_eq!(likelihood.band().map(|band| band.to_string()).as_deref(), band, "{text}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn band(&self) -> Option<Interval> {
        match self.0 {
            LikelihoodForm::Words(_) => {
                self.word().filter(|word| word.scale().judgement() != Judgement::Credibility)?.band()
            }
            LikelihoodForm::Probability(p) => Some(Interval::point(p)),
            LikelihoodForm::Range(low, high) => Interval::new(Some(Bound::closed(low)), Some(Bound::closed(high))).ok(),
        }
    }

    /// How it compares with the words of a scale, and what is lost on the way there; `None` for bare words, an unknown
    /// scale, and words that their scale does not have, of which nothing can be said.
    ///
    /// ```
    /// use testimony::Likelihood;
    /// use testimony::scales::Scale;
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let likelihood: Likelihood = "0.76..0.79".parse()?;
    /// let conversion = likelihood.convert(Scale::Phia);
    /// assert_eq!(conversion.map(|c| c.to_string()).as_deref(), Some("76–79% has no word on phia"));
    /// assert_eq!("likely".parse::<Likelihood>()?.convert(Scale::Phia), None);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn convert(&self, to: Scale) -> Option<Conversion> {
        match self.0 {
            LikelihoodForm::Words(_) => Some(self.word()?.convert(to)),
            _ => Some(scales::convert_band(self.band()?, Some(Judgement::Likelihood), to)),
        }
    }

    fn text(&self) -> Option<&str> {
        match &self.0 {
            LikelihoodForm::Words(text) => Some(text),
            _ => None,
        }
    }
}

/// The number that a text is written as, if it is; refuses one that cannot be held exactly.
fn number(text: &str) -> Result<Option<Number>, Error> {
    match text.parse() {
        Ok(number) => Ok(Some(number)),
        Err(error) if *error.kind() == ErrorKind::NotANumber => Ok(None),
        Err(error) => Err(error),
    }
}

/// The word as it is written: `icd203:likely`.
impl From<ScaleWord> for Likelihood {
    fn from(word: ScaleWord) -> Self {
        Self(LikelihoodForm::Words(word.to_string().into()))
    }
}

impl fmt::Display for Likelihood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            LikelihoodForm::Words(text) => Shown(text).fmt(f),
            LikelihoodForm::Probability(p) => p.fmt(f),
            LikelihoodForm::Range(low, high) => write!(f, "{low}..{high}"),
        }
    }
}

impl FromStr for Likelihood {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if let Some(probability) = number(text)? {
            return Self::probability(probability);
        }
        if let Some((low, high)) = text.split_once("..")
            && let (Some(low), Some(high)) = (number(low)?, number(high)?)
        {
            return Self::range(low, high);
        }
        text::check("", text, text::MAX_NAME)?;
        Ok(Self(LikelihoodForm::Words(text.into())))
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
