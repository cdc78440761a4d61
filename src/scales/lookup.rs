//! Looking up the words and bands of a scale: a word by its text, the words of a number.

use std::fmt;
use std::str::FromStr;

use super::printed::{Percent, named};
use super::scale::{Scale, ScaleWord};
use crate::error::{Error, ErrorKind};
use crate::number::{Interval, Number};
use crate::text::normal;
use crate::words::text_form;

impl Scale {
    /// The scale of this name, whatever its case and the white space around it.
    pub(crate) fn named(name: &str) -> Option<Self> {
        normal(name).parse().ok()
    }

    /// The word of this scale that the text is, whatever its case and white space; `None` if it is none.
    ///
    /// Any wording that the publication gives is read, and so are several wordings of one word with `/`, `or` or a
    /// dash between spaces between them ("Likely / Probable", "2 - Probably true").
    ///
    /// ```
    /// use testimony::scales::Scale;
    ///
    /// assert_eq!(Scale::Icd203.word(" Roughly  even ODDS "), Scale::Icd203.word("roughly even chance"));
    /// assert_eq!(Scale::Icd203.word("maybe"), None);
    /// ```
    #[must_use]
    pub fn word(self, text: &str) -> Option<ScaleWord> {
        let text = normal(text);
        self.words().find(|word| word.has_wording(&text))
    }

    /// The band of a word, from 0 to 1; `None` if the scale does not have the word, or gives it no band
    /// ([`word`](Self::word) tells which).
    ///
    /// ```
    /// use testimony::Interval;
    /// use testimony::scales::Scale;
    ///
    /// assert_eq!(Scale::Kent.band("certain"), Some(Interval::point(1)));
    /// assert_eq!(Scale::Kent.band("possible"), None);
    /// assert!(Scale::Kent.word("possible").is_some());
    /// ```
    #[must_use]
    pub fn band(self, word: &str) -> Option<Interval> {
        self.word(word)?.band()
    }

    /// All words whose band holds the number, which is from 0 to 1: none in a gap, two on an edge that two bands
    /// share, several where bands are nested.
    ///
    /// # Errors
    ///
    /// Refuses a number below 0 or above 1.
    ///
    /// ```
    /// use testimony::scales::Scale;
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// assert_eq!(
    ///     Scale::Icd203.words_for("0.2".parse()?)?.to_string(),
    ///     "20% is very unlikely (5–20%) or unlikely (20–45%) on icd203"
    /// );
    /// assert_eq!(
    ///     Scale::Phia.words_for("0.22".parse()?)?.to_string(),
    ///     "22% has no word on phia; it lies between highly unlikely (10–20%) and unlikely (25–35%)"
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn words_for(self, number: Number) -> Result<Placement, Error> {
        let point = Interval::point(number.as_probability()?);
        let banded = || self.words().filter_map(|word| Some((word, word.band()?)));
        Ok(Placement {
            scale: self,
            number,
            words: banded().filter(|(_, band)| band.contains(number)).map(|(word, _)| word).collect(),
            below: banded().filter(|(_, band)| band.is_below(&point)).last().map(|(word, _)| word),
            above: banded().find(|(_, band)| band.is_above(&point)).map(|(word, _)| word),
        })
    }
}

impl ScaleWord {
    /// Whether a normalised text is a wording of the word, or several of them.
    fn has_wording(self, text: &str) -> bool {
        let known = |part: &str| self.row.wordings.contains(&part.trim());
        known(text)
            || ["/", " or ", " - ", " – "]
                .iter()
                .any(|between| text.contains(between) && text.split(between).all(known))
    }
}

impl FromStr for ScaleWord {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (scale, word) = text.split_once(':').unwrap_or((text, ""));
        let scale = match Scale::named(scale) {
            Some(scale) => scale,
            None => scale.parse()?,
        };
        scale.word(word).ok_or_else(|| Error::new(ErrorKind::NotOneOf { expected: scale.table().expected }).value(word))
    }
}

text_form!(ScaleWord, "a word of a scale such as \"icd203:likely\"");

/// The words that a number has on a scale: none, one, or several.
///
/// [`Scale::words_for`] gives one. A number that no word holds is never moved to the nearest word: the words that it
/// lies between are told instead.
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
pub struct Placement {
    scale: Scale,
    number: Number,
    words: Vec<ScaleWord>,
    below: Option<ScaleWord>,
    above: Option<ScaleWord>,
}

impl Placement {
    /// The scale that the number was looked up on.
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

impl fmt::Display for Placement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::Bound;

    #[test]
    fn every_table_is_in_order_and_in_the_form_that_texts_are_compared_in() {
        for scale in Scale::ALL {
            let words: Vec<_> = scale.words().collect();
            for (i, word) in words.iter().enumerate() {
                assert_eq!(word.row.band.is_some(), word.band().is_some(), "{word}");
                for wording in word.wordings() {
                    assert_eq!(normal(wording), *wording);
                    assert_eq!(scale.word(wording), Some(*word), "{scale}: {wording} is in two rows");
                }
                let Some(next) = words.get(i + 1).and_then(|next| next.band()) else { continue };
                let band = word.band().expect("a word without a band stands behind all with one");
                let low = |band: &Interval| band.low().map(Bound::value);
                let high = |band: &Interval| band.high().map(Bound::value);
                assert!(low(&band) <= low(&next) && high(&band) <= high(&next), "{word}");
            }
        }
    }
}
