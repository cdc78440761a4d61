//! How likely an origin said something was.

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
    /// How far a claim commits to its value, going by how likely its origin called it.
    ///
    /// [`Likelihood::commitment`] and [`Confidence::commitment`](crate::Confidence::commitment) give it. An origin that
    /// calls a thing unlikely has not said that it is so, and the rules take that as a denial; one that calls it an
    /// even chance has committed to nothing.
    ///
    /// ```
    /// use testimony::{Commitment, Likelihood};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// assert_eq!("icd203:unlikely".parse::<Likelihood>()?.commitment(), Commitment::Doubts);
    /// assert_eq!(Commitment::Doubts.as_str(), "doubts");
    /// # Ok(())
    /// # }
    /// ```
    Commitment, "as_said, doubts and open" {
        /// The claim says what its stance says: every probability is 55 % or more, or none is known.
        AsSaid = "as_said",
        /// The claim speaks against its value: every probability is 45 % or less.
        Doubts = "doubts",
        /// The claim leaves its value open: the probabilities reach between 45 and 55 %, or lie there.
        Open = "open",
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
/// A likelihood is kept as it was written, whether or not this crate knows the scale and the scale has the word: a
/// misspelt word must not cost a claim. [`scale`](Self::scale) and [`word`](Self::word) say what is
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
pub struct Likelihood(pub(super) LikelihoodForm);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum LikelihoodForm {
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

    /// The word, if it is one of its scale; `None` for numbers, bare words, an unknown scale, and words that their
    /// scale does not have.
    #[must_use]
    pub fn word(&self) -> Option<ScaleWord> {
        self.scale()?.word(self.words()?)
    }

    /// Whether the likelihood names a known scale with words that the scale does not have.
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

    /// The probabilities that the likelihood allows, from 0 to 1: the published band of a word, or the number or range
    /// itself.
    ///
    /// `None` for bare words, an unknown scale, words that their scale does not have or gives no band on purpose, and
    /// for words of a scale that is not about likelihood ([`Judgement`]): how sure somebody is, or how far somebody
    /// believes a thing, is not how likely it was said to be. On the two scales of STIX that are about likelihood the
    /// numbers are its confidence values, as hundredths.
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
    ///     ("stix-none-low-med-high:high", None),
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
                self.word().filter(|word| word.scale().judgement() == Judgement::Likelihood)?.band()
            }
            LikelihoodForm::Probability(p) => Some(Interval::point(p)),
            LikelihoodForm::Range(low, high) => Interval::new(Some(Bound::closed(low)), Some(Bound::closed(high))).ok(),
        }
    }

    /// How far a claim with this likelihood commits to its value (R9).
    ///
    /// Only the whole [`band`](Self::band) decides. Where it ends at 45 % or below, the claim doubts its value; where
    /// it begins at 55 % or above, the claim is taken as said; any other band leaves the value open. What has no band
    /// (a bare word, a word of an unknown scale, "possible" on Kent's) leaves the claim as it was said.
    ///
    /// ```
    /// use testimony::{Commitment, Likelihood};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// for (text, commitment) in [
    ///     ("icd203:unlikely", Commitment::Doubts), // 20–45 %
    ///     ("phia:realistic possibility", Commitment::Open), // 40–<50 %
    ///     ("ipcc:about as likely as not", Commitment::Open), // 33–66 %
    ///     ("kent:probable", Commitment::AsSaid), // 63–87 %
    ///     ("0.45", Commitment::Doubts),
    ///     ("0.4..0.6", Commitment::Open),
    ///     ("0.55", Commitment::AsSaid),
    ///     ("unlikely", Commitment::AsSaid), // on no scale
    /// ] {
    ///     assert_eq!(text.parse::<Likelihood>()?.commitment(), commitment, "{text}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn commitment(&self) -> Commitment {
        let Some(band) = self.band() else { return Commitment::AsSaid };
        if band.high().is_some_and(|high| high.value() <= Number::hundredths(45)) {
            Commitment::Doubts
        } else if band.low().is_some_and(|low| low.value() >= Number::hundredths(55)) {
            Commitment::AsSaid
        } else {
            Commitment::Open
        }
    }

    /// How the likelihood compares with the words of a scale, and what is lost on the way there; `None` for bare words,
    /// an unknown scale, and words that their scale does not have, of which nothing can be said.
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
