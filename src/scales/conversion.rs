//! From the words of one scale to those of another, as intervals, and what that loses.

use std::fmt;

use super::printed::{Percent, named};
use super::scale::{Scale, ScaleWord};
use super::tables::Judgement;
use crate::error::{Error, ErrorKind};
use crate::number::{Bound, Interval, Number};
use crate::words::vocabulary;

vocabulary! {
    /// How a band compares with the band of a word, as sets of numbers.
    ///
    /// ```
    /// use testimony::scales::{BandFit, ScaleWord, Scale};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let sure: ScaleWord = "phia:highly likely".parse()?;
    /// let conversion = sure.convert(Scale::Icd203);
    /// assert_eq!(conversion.matches().iter().map(|m| m.fit()).collect::<Vec<_>>(), [BandFit::Touches, BandFit::Within]);
    /// # Ok(())
    /// # }
    /// ```
    #[derive(PartialOrd, Ord)]
    BandFit, "equal, within, covers, overlaps and touches" {
        /// The band and the word are the same numbers.
        Equal = "equal",
        /// Every number of the band is one of the word's, which has more.
        Within = "within",
        /// Every number of the word is one of the band's, which has more.
        Covers = "covers",
        /// The two share numbers, and each has some that the other has not.
        Overlaps = "overlaps",
        /// The two share one number, an end of both, and nothing else.
        Touches = "touches",
    }
}

impl BandFit {
    /// How the one compares with the other; `None` if they share no number.
    fn of(band: &Interval, word: &Interval) -> Option<Self> {
        let end = |bound: Option<Bound>| bound.map(Bound::value);
        Some(if !band.shares_with(word) {
            return None;
        } else if band == word {
            Self::Equal
        } else if band.is_within(word) {
            Self::Within
        } else if word.is_within(band) {
            Self::Covers
        } else if end(band.high()) == end(word.low()) || end(band.low()) == end(word.high()) {
            Self::Touches
        } else {
            Self::Overlaps
        })
    }
}

/// How a band compares with one word of the scale that it was converted to.
///
/// ```
/// use testimony::scales::{Scale, ScaleWord};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let remote: ScaleWord = "icd203:remote".parse()?;
/// let conversion = remote.convert(Scale::Phia);
/// let chance = &conversion.matches()[0];
/// assert_eq!(chance.word().name(), "remote chance");
/// assert_eq!(chance.added().iter().map(ToString::to_string).collect::<Vec<_>>(), ["(0, 0.01)"]);
/// assert!(chance.dropped().is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordMatch {
    word: ScaleWord,
    fit: BandFit,
    added: Vec<Interval>,
    dropped: Vec<Interval>,
}

impl WordMatch {
    /// The word.
    #[must_use]
    pub fn word(&self) -> ScaleWord {
        self.word
    }

    /// How the band compares with it.
    #[must_use]
    pub fn fit(&self) -> BandFit {
        self.fit
    }

    /// The numbers from 0 to 1 that saying the word instead would add: those of the word and not of the band.
    #[must_use]
    pub fn added(&self) -> &[Interval] {
        &self.added
    }

    /// The numbers from 0 to 1 that saying the word instead would drop: those of the band and not of the word.
    #[must_use]
    pub fn dropped(&self) -> &[Interval] {
        &self.dropped
    }
}

/// One thing that a [`Conversion`] loses.
///
/// ```
/// use testimony::scales::{ConversionLoss, Scale, ScaleWord};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let possible: ScaleWord = "kent:possible".parse()?;
/// let conversion = possible.convert(Scale::Icd203);
/// assert_eq!(conversion.losses(), [ConversionLoss::NoBand]);
/// assert_eq!(conversion.to_string(), "kent possible has no band to compare with icd203");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConversionLoss {
    /// No band to compare, and nothing is put in its place.
    NoBand,
    /// The two scales are about different things.
    Meaning {
        /// The judgement of the words that were converted.
        from: Judgement,
        /// The judgement of the words of the other scale.
        to: Judgement,
    },
    /// Several words share the numbers of the band, and which of them is meant is not known.
    Choice(Vec<ScaleWord>),
    /// Numbers of the band that no word of the other scale has.
    NoWord(Interval),
    /// A word allows numbers that the band does not.
    Added {
        /// The word.
        word: ScaleWord,
        /// The numbers, from the least to the greatest: one stretch of them or two.
        numbers: Vec<Interval>,
    },
}

/// A band put to another scale: every word that shares numbers with it, how, and what is lost.
///
/// Two bands are compared as the sets of numbers they are; nothing is ever put at its midpoint, and no word is
/// chosen for the user. Where the other scale has a word with just this band, nothing is lost (unless the scales are
/// about different things). Between a scale of STIX, whose values are whole, and any other, a difference with no whole
/// per cent in it is none.
///
/// [`ScaleWord::convert`], [`Scale::words_for_band`] and [`Likelihood::convert`](crate::Likelihood::convert) give it.
///
/// # Order
///
/// Words come from the least to the greatest.
///
/// ```
/// use testimony::scales::{BandFit, ConversionLoss, Scale, ScaleWord};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let likely: ScaleWord = "phia:likely".parse()?;
/// let conversion = likely.convert(Scale::Icd203);
/// assert_eq!(conversion.matches().iter().map(|m| (m.word().name(), m.fit())).collect::<Vec<_>>(), [
///     ("roughly even chance", BandFit::Touches),
///     ("likely", BandFit::Within),
/// ]);
/// assert!(!conversion.is_exact());
/// assert_eq!(
///     conversion.to_string(),
///     "phia likely or probable (55–75%) touches icd203 roughly even chance (45–55%) and is within icd203 likely \
///      (55–80%); lost: likely adds >75–80%"
/// );
/// assert!(likely.convert(Scale::Phia).is_exact());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion {
    from: Option<ScaleWord>,
    band: Option<Interval>,
    to: Scale,
    matches: Vec<WordMatch>,
    losses: Vec<ConversionLoss>,
}

impl Conversion {
    /// The word that was converted; `None` if it was numbers.
    #[must_use]
    pub fn word(&self) -> Option<ScaleWord> {
        self.from
    }

    /// The band that was converted, from 0 to 1; `None` for a word without one.
    #[must_use]
    pub fn band(&self) -> Option<Interval> {
        self.band
    }

    /// The scale that it was converted to.
    #[must_use]
    pub fn scale(&self) -> Scale {
        self.to
    }

    /// Every word that shares a number with the band, from the least to the greatest.
    #[must_use]
    pub fn matches(&self) -> &[WordMatch] {
        &self.matches
    }

    /// The losses; empty if nothing is lost.
    #[must_use]
    pub fn losses(&self) -> &[ConversionLoss] {
        &self.losses
    }

    /// Whether nothing is lost.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.losses.is_empty()
    }
}

impl Scale {
    /// How a band of numbers from 0 to 1 compares with the words of this scale, as intervals, and what is lost.
    ///
    /// # Errors
    ///
    /// Refuses a band that reaches below 0 or above 1.
    ///
    /// ```
    /// use testimony::{Bound, Interval};
    /// use testimony::scales::{BandFit, Scale};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let band = Interval::new(Some(Bound::closed("0.6".parse::<testimony::Number>()?)), Some(Bound::open(1)))?;
    /// let conversion = Scale::Ipcc.words_for_band(band)?;
    /// let fits: Vec<_> = conversion.matches().iter().map(|m| (m.word().name(), m.fit())).collect();
    /// assert_eq!(
    ///     fits,
    ///     [
    ///         ("about as likely as not", BandFit::Overlaps),
    ///         ("likely", BandFit::Overlaps),
    ///         ("very likely", BandFit::Overlaps),
    ///         ("virtually certain", BandFit::Overlaps),
    ///     ]
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn words_for_band(self, band: Interval) -> Result<Conversion, Error> {
        let all = Interval::new(Some(Bound::closed(Number::ZERO)), Some(Bound::closed(Number::ONE)))?;
        if band.is_within(&all) {
            Ok(convert_band(band, None, self))
        } else {
            Err(Error::new(ErrorKind::NotAProbability).value(band))
        }
    }
}

impl ScaleWord {
    /// How the word compares with those of another scale, and what is lost on the way there.
    ///
    /// ```
    /// use testimony::scales::{Scale, ScaleWord};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let likely: ScaleWord = "icd203:likely".parse()?;
    /// assert_eq!(
    ///     likely.convert(Scale::Phia).to_string(),
    ///     "icd203 likely (55–80%) covers phia likely or probable (55–75%) and touches phia highly likely (80–90%); \
    ///      lost: >75–<80% has no word on phia"
    /// );
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn convert(self, to: Scale) -> Conversion {
        convert(Some(self), Some(self.scale().judgement()), self.band(), to)
    }
}

/// Compares numbers with the words of a scale; what they measure may not be known.
pub(crate) fn convert_band(band: Interval, judgement: Option<Judgement>, to: Scale) -> Conversion {
    convert(None, judgement, Some(band), to)
}

fn convert(from: Option<ScaleWord>, judgement: Option<Judgement>, band: Option<Interval>, to: Scale) -> Conversion {
    let whole_values = to.is_stix() || from.is_some_and(|word| word.scale().is_stix());
    let mut losses = Vec::new();
    if let Some(judged) = judgement.filter(|judged| *judged != to.judgement()) {
        losses.push(ConversionLoss::Meaning { from: judged, to: to.judgement() });
    }
    let Some(band) = band else {
        losses.push(ConversionLoss::NoBand);
        return Conversion { from, band: None, to, matches: Vec::new(), losses };
    };
    let kept = |parts: Vec<Interval>| {
        parts.into_iter().filter(|part| !whole_values || holds_a_whole_value(part)).collect::<Vec<_>>()
    };
    let mut matches = Vec::new();
    let mut wordless = vec![band];
    for word in to.words() {
        let Some(other) = word.band() else { continue };
        let Some(fit) = BandFit::of(&band, &other) else { continue };
        wordless = wordless.iter().flat_map(|part| without(part, &other)).collect();
        let (added, dropped) = (kept(without(&other, &band)), kept(without(&band, &other)));
        matches.push(WordMatch { word, fit, added, dropped });
    }
    // A word with the very band says it all, whatever else lies around it or is nested in it.
    if !matches.iter().any(|m| m.fit == BandFit::Equal) {
        let sharing: Vec<_> = matches.iter().filter(|m| m.fit != BandFit::Touches).collect();
        if sharing.len() > 1 {
            losses.push(ConversionLoss::Choice(sharing.iter().map(|m| m.word).collect()));
        }
        losses.extend(kept(wordless).into_iter().map(ConversionLoss::NoWord));
        for m in sharing.into_iter().filter(|m| !m.added.is_empty()) {
            losses.push(ConversionLoss::Added { word: m.word, numbers: m.added.clone() });
        }
    }
    Conversion { from, band: Some(band), to, matches, losses }
}

/// The numbers of the one that are not of the other, from the least to the greatest.
fn without(one: &Interval, other: &Interval) -> Vec<Interval> {
    if !one.shares_with(other) {
        return vec![*one];
    }
    // Where the other stops short of its end, the rest starts with it, and the other way round.
    let flip = |end: Bound| if end.is_open() { Bound::closed(end.value()) } else { Bound::open(end.value()) };
    let rest = |low, high| Interval::new(low, high).ok(); // an empty rest is none
    let below = other.low().and_then(|end| rest(one.low(), Some(flip(end))));
    let above = other.high().and_then(|end| rest(Some(flip(end)), one.high()));
    below.into_iter().chain(above).collect()
}

/// Whether a band has a whole number of hundredths in it.
fn holds_a_whole_value(band: &Interval) -> bool {
    let times_100 = |end: Bound| {
        let value = end.value().checked_mul(Number::from(100))?;
        Some(if end.is_open() { Bound::open(value) } else { Bound::closed(value) })
    };
    let hundredths = Interval::new(band.low().and_then(times_100), band.high().and_then(times_100));
    hundredths.is_ok_and(|band| band.whole().is_some())
}

impl fmt::Display for Conversion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Numbers lost are numbers of both scales: they are values of STIX only if both are STIX's.
        let stix = self.to.is_stix() && self.from.is_some_and(|word| word.scale().is_stix());
        match (self.from, self.band) {
            (Some(word), _) => write!(f, "{} {}", word.scale(), named(word))?,
            (None, Some(band)) => write!(f, "{}", Percent { band, stix })?,
            (None, None) => f.write_str("nothing")?,
        }
        if self.band.is_none() {
            write!(f, " has no band to compare with {}", self.to)?;
        } else if self.matches.is_empty() {
            write!(f, " has no word on {}", self.to)?;
        }
        for (i, m) in self.matches.iter().enumerate() {
            let fit = match m.fit {
                BandFit::Equal => "is equal to",
                BandFit::Within => "is within",
                BandFit::Covers => "covers",
                BandFit::Overlaps => "overlaps",
                BandFit::Touches => "touches",
            };
            let before = match i {
                0 => "",
                _ if i + 1 == self.matches.len() => " and",
                _ => ",",
            };
            write!(f, "{before} {fit} {} {}", self.to, named(m.word))?;
        }
        let mut before = "; lost: ";
        for loss in &self.losses {
            let text = match loss {
                ConversionLoss::Meaning { from, to } => format!("{from} is not {to}"),
                ConversionLoss::Choice(words) => {
                    let words: Vec<_> = words.iter().map(|word| word.name()).collect();
                    format!("which of {} is not known", words.join(", "))
                }
                ConversionLoss::NoWord(band) if !self.matches.is_empty() => {
                    format!("{} has no word on {}", Percent { band: *band, stix }, self.to)
                }
                ConversionLoss::Added { word, numbers } => {
                    let numbers: Vec<_> =
                        numbers.iter().map(|band| Percent { band: *band, stix }.to_string()).collect();
                    format!("{} adds {}", word.name(), numbers.join(" and "))
                }
                // The sentence began with these: there is no band, or no word at all.
                ConversionLoss::NoBand | ConversionLoss::NoWord(_) => continue,
            };
            write!(f, "{before}{text}")?;
            before = ", ";
        }
        Ok(())
    }
}
