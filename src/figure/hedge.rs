//! How a figure was said.

use super::Vague;
use crate::error::{Error, ErrorKind};
use crate::number::{Bound, Number, Rational};

/// How a figure was said: the number or numbers with the words around them.
///
/// A hedge of one number may be of a fraction ("nearly two-thirds"), which is held exactly. The ends of a range are
/// decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Hedge {
    /// "4,712", "exactly 4,000".
    Exactly(Rational),
    /// A number that its writing shows to be rounded: "4.7 million", "27%".
    Rounded {
        /// The number.
        number: Number,
        /// The unit of its last written digit: 100,000 of "4.7 million", 0.01 of "27%".
        to: Number,
    },
    /// A fraction in words or signs: "two-thirds", "½", "one in five".
    RoundedFraction(Rational),
    /// "more than 4,000", "over 4,000".
    MoreThan(Rational),
    /// "at least 4,000".
    AtLeast(Rational),
    /// "fewer than 4,000", "under 4,000".
    LessThan(Rational),
    /// "at most 4,000", "up to 4,000".
    AtMost(Rational),
    /// "3,000 to 4,000": both ends belong to it.
    Between(Number, Number),
    /// "25, at least 10 and at most 80": a range with the best estimate within it, which is kept and decides nothing.
    Estimate {
        /// The low end of the range, which belongs to it.
        low: Number,
        /// The high end of the range, which belongs to it.
        high: Number,
        /// The best estimate, one of the numbers of the range.
        best: Number,
    },
    /// "more than 100 and fewer than 300", "at least 20 and at most 100": a lower and an upper hedge together.
    Within(Bound, Bound),
    /// "about 3,000".
    About(Rational),
    /// "about 10,000 to 12,000": each end is as wide as "about" makes it.
    AboutBetween(Number, Number),
    /// "nearly 3,000".
    Nearly(Rational),
    /// "just over 3,000".
    JustOver(Rational),
    /// "dozens", "tens of thousands".
    Vague(Vague),
}

impl Hedge {
    /// Refuses what no figure can have: ends in the wrong order, a best estimate outside of them, and a step to which
    /// its number is not rounded.
    pub(super) fn check(&self) -> Result<(), Error> {
        match *self {
            Self::Between(low, high) | Self::AboutBetween(low, high) | Self::Estimate { low, high, .. }
                if low > high =>
            {
                Err(Error::new(ErrorKind::BoundsReversed).value(format!("{low} to {high}")))
            }
            Self::Within(low, high) if low.value() > high.value() => {
                Err(Error::new(ErrorKind::BoundsReversed).value(format!("from {} to {}", low.value(), high.value())))
            }
            Self::Estimate { low, high, best } if best < low || best > high => {
                let range = format!("{low} to {high}");
                Err(Error::new(ErrorKind::OutsideRange { range }).value(best))
            }
            Self::Rounded { number, to } if !number.is_rounded_to(to) => {
                Err(Error::new(ErrorKind::NotAStep { number: number.to_string() }).value(to))
            }
            _ => Ok(()),
        }
    }

    /// The numbers that its values follow from; a vague magnitude has none.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = Rational> {
        let (one, two) = match *self {
            Self::Exactly(n)
            | Self::RoundedFraction(n)
            | Self::MoreThan(n)
            | Self::AtLeast(n)
            | Self::LessThan(n)
            | Self::AtMost(n)
            | Self::About(n)
            | Self::Nearly(n)
            | Self::JustOver(n) => (Some(n), None),
            Self::Rounded { number, .. } => (Some(number.into()), None),
            Self::Between(low, high) | Self::AboutBetween(low, high) | Self::Estimate { low, high, .. } => {
                (Some(low.into()), Some(high.into()))
            }
            Self::Within(low, high) => (Some(low.value().into()), Some(high.value().into())),
            Self::Vague(_) => (None, None),
        };
        one.into_iter().chain(two)
    }

    /// The numbers that were said: those that its values follow from, and the best estimate.
    pub(crate) fn said(&self) -> impl Iterator<Item = Rational> {
        let best = if let Self::Estimate { best, .. } = *self { Some(best.into()) } else { None };
        self.numbers().chain(best)
    }
}
