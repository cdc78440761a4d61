//! The published scales: which words they have, and the band that each word stands for.

use std::fmt;

use super::tables::{self, Band, Judgement, Row, Table};
use crate::number::{Bound, Interval, Number};
use crate::words::vocabulary;

vocabulary! {
    /// A published scale: words, and the band of numbers that each of them stands for.
    ///
    /// A word has a band only on its scale: "likely" is 55–80 % in ICD 203 and 55–75 % on the PHIA yardstick. The
    /// text of a scale (`icd203`) is what a [`Likelihood`](crate::Likelihood) has in front of its words.
    ///
    /// # Units
    ///
    /// Every band is an [`Interval`] between 0 and 1, exact and with its ends open or closed as published. On the
    /// scales of the probability of something, 0.55 is 55 %. The five scales of STIX map words to its `confidence`, a
    /// whole number from 0 to 100, which is held as hundredths so that bands can be compared: 0.55 is 55, and the
    /// numbers between two neighbouring words (0.195, say) belong to neither of them.
    ///
    /// # Order
    ///
    /// Words are listed from the least to the greatest, those without a band after all others.
    ///
    /// # Scales without numbers
    ///
    /// The Admiralty code itself gives no numbers, and so it is no `Scale`: it is
    /// [`AdmiraltyRating`](crate::scales::AdmiraltyRating). What STIX makes of its second half is
    /// [`StixAdmiralty`](Scale::StixAdmiralty).
    ///
    /// ```
    /// use testimony::scales::Scale;
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// assert_eq!(Scale::Icd203.band("Probable").map(|band| band.to_string()), Some("[0.55, 0.8]".into()));
    /// assert_eq!(Scale::Phia.words_for("0.22".parse()?)?.words(), []);
    /// assert_eq!("kent".parse::<Scale>()?, Scale::Kent);
    /// # Ok(())
    /// # }
    /// ```
    #[non_exhaustive]
    #[derive(PartialOrd, Ord)]
    Scale, "icd203, phia, kent, ipcc, stix-none-low-med-high, stix-0-10, stix-admiralty, stix-wep and stix-dni" {
        /// Intelligence Community Directive 203, *Analytic Standards* (2015): seven rows of two wordings each. The
        /// bands share their edges, and 0 and 100 % belong to none.
        Icd203 = "icd203",
        /// The probability yardstick of the Professional Head of Intelligence Assessment (2025): seven words with gaps
        /// between them, on purpose.
        Phia = "phia",
        /// Sherman Kent, *Words of Estimative Probability* (1964): so many per cent, give or take so many. "Possible"
        /// is a word of it, and has no band on purpose.
        Kent = "kent",
        /// The IPCC's guidance on uncertainty for its Fourth Assessment Report (2005): words nested in each other, so
        /// that one number can have several.
        Ipcc = "ipcc",
        /// STIX 2.1 (2021): none, low, med, high.
        StixNoneLowMedHigh = "stix-none-low-med-high",
        /// STIX 2.1 (2021): 0 to 10.
        StixZeroToTen = "stix-0-10",
        /// STIX 2.1 (2021): the credibility of the Admiralty code, 1 to 6, where 6 has no value.
        StixAdmiralty = "stix-admiralty",
        /// STIX 2.1 (2021): words of estimative probability.
        StixWep = "stix-wep",
        /// STIX 2.1 (2021): the words of the Director of National Intelligence. They are those of ICD 203, and the
        /// ranges are not.
        StixDni = "stix-dni",
    }
}

impl Scale {
    pub(super) fn table(self) -> &'static Table {
        match self {
            Self::Icd203 => &tables::ICD_203,
            Self::Phia => &tables::PHIA,
            Self::Kent => &tables::KENT,
            Self::Ipcc => &tables::IPCC,
            Self::StixNoneLowMedHigh => &tables::STIX_NONE_LOW_MED_HIGH,
            Self::StixZeroToTen => &tables::STIX_0_10,
            Self::StixAdmiralty => &tables::STIX_ADMIRALTY,
            Self::StixWep => &tables::STIX_WEP,
            Self::StixDni => &tables::STIX_DNI,
        }
    }

    /// The publication of the scale: title, publisher and year.
    ///
    /// ```
    /// assert!(testimony::scales::Scale::Kent.publication().contains("1964"));
    /// ```
    #[must_use]
    pub fn publication(self) -> &'static str {
        self.table().publication
    }

    /// The judgement that the words express.
    #[must_use]
    pub fn judgement(self) -> Judgement {
        self.table().judgement
    }

    /// Whether the scale is one of the five of STIX 2.1, whose bands are ranges of whole values from 0 to 100.
    ///
    /// ```
    /// use testimony::scales::Scale;
    ///
    /// assert_eq!(Scale::ALL.iter().filter(|scale| scale.is_stix()).count(), 5);
    /// ```
    #[must_use]
    pub fn is_stix(self) -> bool {
        match self {
            Self::Icd203 | Self::Phia | Self::Kent | Self::Ipcc => false,
            Self::StixNoneLowMedHigh | Self::StixZeroToTen | Self::StixAdmiralty | Self::StixWep | Self::StixDni => {
                true
            }
        }
    }

    /// The words of the scale, from the least to the greatest, those without a band after all others.
    ///
    /// ```
    /// use testimony::scales::Scale;
    ///
    /// let words: Vec<_> = Scale::StixNoneLowMedHigh.words().map(|word| word.name()).collect();
    /// assert_eq!(words, ["none", "low", "med", "high"]);
    /// ```
    pub fn words(self) -> impl Iterator<Item = ScaleWord> {
        self.table().rows.iter().map(move |row| ScaleWord { scale: self, row })
    }
}

/// A word of a scale.
///
/// # Syntax
///
/// The scale, a colon and the word: `icd203:likely`. It is written with the first wording of its row, and read with
/// any of them, whatever their case and white space.
///
/// # Equality
///
/// By row: `icd203:likely` is `icd203:probable`. The same word on two scales is two words.
///
/// # Errors
///
/// Parsing refuses an unknown scale, and a word that the scale does not have. A
/// [`Likelihood`](crate::Likelihood) refuses neither.
///
/// ```
/// use testimony::scales::{Scale, ScaleWord};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let word: ScaleWord = "icd203:Probable".parse()?;
/// assert_eq!((word.scale(), word.name()), (Scale::Icd203, "likely"));
/// assert_eq!(word.wordings(), ["likely", "probable"]);
/// assert_eq!(word.to_string(), "icd203:likely");
/// assert_eq!(
///     "icd203:maybe".parse::<ScaleWord>().unwrap_err().to_string(),
///     "\"maybe\" is none of the words of ICD 203"
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ScaleWord {
    scale: Scale,
    pub(super) row: &'static Row,
}

impl ScaleWord {
    /// The scale that it is a word of.
    #[must_use]
    pub fn scale(self) -> Scale {
        self.scale
    }

    /// The word, in its first wording.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row.wordings.first().copied().unwrap_or_default()
    }

    /// All wordings that the publication gives, the first being the one that is shown.
    #[must_use]
    pub fn wordings(self) -> &'static [&'static str] {
        self.row.wordings
    }

    /// The band, from 0 to 1; `None` where the publication gives none on purpose.
    ///
    /// ```
    /// # fn main() -> Result<(), testimony::Error> {
    /// let chance: testimony::scales::ScaleWord = "phia:realistic possibility".parse()?;
    /// assert_eq!(chance.band().map(|band| band.to_string()), Some("[0.4, 0.5)".into()));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn band(self) -> Option<Interval> {
        let Band { low, low_open, high, high_open } = self.row.band?;
        let end = |hundredths, open| {
            let number = Number::hundredths(hundredths);
            Some(if open { Bound::open(number) } else { Bound::closed(number) })
        };
        Interval::new(end(low, low_open), end(high, high_open)).ok()
    }

    /// The value that STIX writes for the word.
    pub(super) fn stix_value(self) -> Option<u8> {
        self.row.stix
    }
}

impl fmt::Debug for ScaleWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ScaleWord({self})")
    }
}

impl fmt::Display for ScaleWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.scale, self.name())
    }
}
