//! The Admiralty code: a letter for the source, a figure for the claim.

use std::fmt;
use std::str::FromStr;

use super::stix::StixConfidence;
use crate::confidence::Credibility;
use crate::error::{Error, ErrorKind};
use crate::source::Reliability;
use crate::text::normal;
use crate::words::text_form;

/// A rating of the Admiralty code (NATO STANAG 2511): how reliable the source is, how credible the claim, or one of
/// the two.
///
/// The two are judged apart: a reliable source can be wrong, and an unreliable one right. Neither is a number, nor are
/// the two together. `F` and `6` say that nothing can be judged; they are no ratings, and not the least ones.
///
/// # Syntax
///
/// A letter from A to F, a figure from 1 to 6, or the one after the other: `B2`, `B`, `2`. It is also read in small
/// letters, with white space, `-` or `/` between the two, and in words with a comma between them ("usually reliable,
/// probably true"). "Cannot be judged" alone could be either, and is refused.
///
/// # Errors
///
/// Parsing refuses everything else: `G2`, `B7`, `2B`, an empty text.
///
/// ```
/// use testimony::{Credibility, Reliability};
/// use testimony::scales::AdmiraltyRating;
///
/// # fn main() -> Result<(), testimony::Error> {
/// let rating: AdmiraltyRating = "B2".parse()?;
/// assert_eq!(rating, AdmiraltyRating::new(Reliability::B, Credibility::new(2)?));
/// assert_eq!(rating.in_words(), "usually reliable, probably true");
/// assert_eq!("usually reliable, probably true".parse::<AdmiraltyRating>()?.to_string(), "B2");
///
/// let source_alone: AdmiraltyRating = "F".parse()?;
/// assert_eq!((source_alone.reliability(), source_alone.credibility()), (Some(Reliability::F), None));
/// assert!("B7".parse::<AdmiraltyRating>().is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AdmiraltyRating(Judged);

/// At least one of the two, which two options could not promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Judged {
    Reliability(Reliability),
    Credibility(Credibility),
    Both(Reliability, Credibility),
}

impl AdmiraltyRating {
    /// Both ratings; `From` takes one alone.
    #[must_use]
    pub fn new(reliability: Reliability, credibility: Credibility) -> Self {
        Self(Judged::Both(reliability, credibility))
    }

    /// How reliable the source is, if that was said; `F` says that it cannot be judged.
    #[must_use]
    pub fn reliability(self) -> Option<Reliability> {
        match self.0 {
            Judged::Reliability(reliability) | Judged::Both(reliability, _) => Some(reliability),
            Judged::Credibility(_) => None,
        }
    }

    /// How credible the claim is, if that was said; `6` says that it cannot be judged.
    #[must_use]
    pub fn credibility(self) -> Option<Credibility> {
        match self.0 {
            Judged::Credibility(credibility) | Judged::Both(_, credibility) => Some(credibility),
            Judged::Reliability(_) => None,
        }
    }

    /// The rating in words, which are read back as the same rating.
    ///
    /// ```
    /// # fn main() -> Result<(), testimony::Error> {
    /// let rating: testimony::scales::AdmiraltyRating = "F6".parse()?;
    /// assert_eq!(rating.in_words(), "reliability cannot be judged, truth cannot be judged");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn in_words(self) -> String {
        let reliability = self.reliability().map(|r| if r.is_rated() { r.in_words() } else { F_ALONE });
        let credibility = self.credibility().map(|c| if c.is_rated() { c.in_words() } else { SIX_ALONE });
        reliability.into_iter().chain(credibility).collect::<Vec<_>>().join(", ")
    }
}

/// `F` in words that cannot be taken for `6`.
const F_ALONE: &str = "reliability cannot be judged";
/// `6` in words that cannot be taken for `F`.
const SIX_ALONE: &str = "truth cannot be judged";

impl From<Reliability> for AdmiraltyRating {
    fn from(reliability: Reliability) -> Self {
        Self(Judged::Reliability(reliability))
    }
}

impl From<Credibility> for AdmiraltyRating {
    fn from(credibility: Credibility) -> Self {
        Self(Judged::Credibility(credibility))
    }
}

impl fmt::Display for AdmiraltyRating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Judged::Reliability(reliability) => write!(f, "{reliability}"),
            Judged::Credibility(credibility) => write!(f, "{credibility}"),
            Judged::Both(reliability, credibility) => write!(f, "{reliability}{credibility}"),
        }
    }
}

impl FromStr for AdmiraltyRating {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let key = normal(text);
        parse_code(&key).or_else(|| parse_words(&key)).map(Self).ok_or_else(|| {
            let expected = "the ratings of the Admiralty code, A to F and 1 to 6, such as B2";
            Error::new(ErrorKind::NotOneOf { expected }).value(text)
        })
    }
}

text_form!(AdmiraltyRating, "a rating of the Admiralty code such as \"B2\"");

/// The reliability of a letter in lower case.
pub(super) fn reliability_of(letter: &str) -> Option<Reliability> {
    Reliability::ALL.iter().copied().find(|r| r.as_str().eq_ignore_ascii_case(letter))
}

/// A letter, a figure, or the one after the other.
fn parse_code(key: &str) -> Option<Judged> {
    let (letter, rest) = key.split_at_checked(1)?;
    let Some(reliability) = reliability_of(letter) else { return key.parse().ok().map(Judged::Credibility) };
    if rest.is_empty() {
        return Some(Judged::Reliability(reliability));
    }
    let rest = rest.trim_start();
    let figure = rest.strip_prefix(['-', '/']).unwrap_or(rest).trim_start();
    Some(Judged::Both(reliability, figure.parse().ok()?))
}

/// A rating in words: one of the two, or the reliability before the credibility.
fn parse_words(key: &str) -> Option<Judged> {
    let reliability = |words: &str| {
        Reliability::ALL.iter().copied().find(|r| r.in_words() == words || (*r == Reliability::F && words == F_ALONE))
    };
    let credibility = |words: &str| {
        let found = (1..=6).map(Credibility).find(|c| c.in_words() == words);
        match words {
            "confirmed by other sources" => Some(Credibility(1)),
            SIX_ALONE => Some(Credibility(6)),
            _ => found,
        }
    };
    if let Some((first, second)) = key.split_once(',') {
        return Some(Judged::Both(reliability(first.trim())?, credibility(second.trim())?));
    }
    match (reliability(key), credibility(key)) {
        (Some(reliability), None) => Some(Judged::Reliability(reliability)),
        (None, Some(credibility)) => Some(Judged::Credibility(credibility)),
        _ => None,
    }
}

impl Reliability {
    /// Whether the letter rates the source: `F` does not.
    ///
    /// ```
    /// assert!(testimony::Reliability::E.is_rated());
    /// assert!(!testimony::Reliability::F.is_rated());
    /// ```
    #[must_use]
    pub fn is_rated(self) -> bool {
        self != Self::F
    }
}

impl Credibility {
    /// Whether the figure rates the claim: 6 does not.
    ///
    /// ```
    /// # fn main() -> Result<(), testimony::Error> {
    /// assert!(testimony::Credibility::new(5)?.is_rated());
    /// assert!(!testimony::Credibility::new(6)?.is_rated());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn is_rated(self) -> bool {
        self.0 != 6
    }
}

impl StixConfidence {
    /// The credibility that the value is read as; never 6, which has no value.
    ///
    /// ```
    /// use testimony::Credibility;
    /// use testimony::scales::StixConfidence;
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// assert_eq!(StixConfidence::new(65)?.credibility(), Credibility::new(2)?);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn credibility(self) -> Credibility {
        Credibility(match self.0 {
            0..20 => 5,
            20..40 => 4,
            40..60 => 3,
            60..80 => 2,
            _ => 1,
        })
    }
}

impl Credibility {
    /// The value that STIX writes for the rating; `None` for 6, which is left out.
    ///
    /// ```
    /// use testimony::Credibility;
    /// use testimony::scales::StixConfidence;
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// assert_eq!(Credibility::new(2)?.stix_confidence(), Some(StixConfidence::new(70)?));
    /// assert_eq!(Credibility::new(6)?.stix_confidence(), None);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn stix_confidence(self) -> Option<StixConfidence> {
        Some(StixConfidence(match self.0 {
            1 => 90,
            2 => 70,
            3 => 50,
            4 => 30,
            5 => 10,
            _ => return None,
        }))
    }
}

impl FromStr for Credibility {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text {
            "1" => Ok(Self(1)),
            "2" => Ok(Self(2)),
            "3" => Ok(Self(3)),
            "4" => Ok(Self(4)),
            "5" => Ok(Self(5)),
            "6" => Ok(Self(6)),
            _ => Err(Error::new(ErrorKind::NotOneOf { expected: "1, 2, 3, 4, 5 and 6" }).value(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rating_is_read_back_from_its_code_and_its_words() {
        let credibilities = || (1..=6).map(Credibility);
        let mut all: Vec<AdmiraltyRating> = credibilities().map(AdmiraltyRating::from).collect();
        for reliability in Reliability::ALL {
            all.push((*reliability).into());
            all.extend(credibilities().map(|credibility| AdmiraltyRating::new(*reliability, credibility)));
        }
        assert_eq!(all.len(), 6 + 6 + 36);
        for rating in all {
            for text in [rating.to_string(), rating.to_string().to_lowercase(), rating.in_words()] {
                assert_eq!(text.parse::<AdmiraltyRating>().unwrap(), rating, "{text}");
            }
        }
    }

    #[test]
    fn other_spellings_of_a_rating_are_read_and_what_is_none_is_refused() {
        for text in ["B-2", "b / 2", " B 2 ", "B/2", "Usually reliable,  PROBABLY true"] {
            assert_eq!(text.parse::<AdmiraltyRating>().unwrap().to_string(), "B2", "{text}");
        }
        assert_eq!("cannot be judged, cannot be judged".parse::<AdmiraltyRating>().unwrap().to_string(), "F6");
        assert_eq!("Confirmed by other sources".parse::<AdmiraltyRating>().unwrap().to_string(), "1");
        for text in [
            "",
            " ",
            "G",
            "G2",
            "B7",
            "B0",
            "2B",
            "BB",
            "22",
            "B22",
            "B--2",
            "B-",
            "-2",
            "é2",
            "cannot be judged",
            "reliable",
            "probably true, usually reliable",
            "usually reliable,",
            "B,",
        ] {
            let error = text.parse::<AdmiraltyRating>().unwrap_err();
            assert_eq!(error.code(), "not-one-of", "{text:?}");
        }
    }
}
