//! Reported quantities: what was said, and the numbers that it allows.

mod arithmetic;
mod display;
#[cfg(feature = "serde")]
mod format;
mod phrase;

use std::sync::Arc;

#[cfg(feature = "serde")]
pub(crate) use format::{DraftFigure, floats_read, hedge_of_one};
pub(crate) use phrase::measure;
pub use phrase::{FiguresIn, FoundFigure, figures_in};

use crate::error::{Error, ErrorKind};
use crate::names;
pub(crate) use crate::names::is_ratio;
use crate::number::{Bound, Interval, Number};
use crate::policy::Policy;
use crate::words::vocabulary;

/// The unit of a proportion: `0.3` with it is 30 %.
pub(crate) const RATIO: &str = "ratio";

/// The least width of "about", "nearly" and "just over" for a count.
const LEAST_WIDTH: Number = Number::ONE;

vocabulary! {
    /// A magnitude named without a number.
    ///
    /// The numbers it allows are a convention of this crate, and a verdict that rests on one says so.
    #[derive(PartialOrd, Ord)]
    Vague, "dozens, scores, hundreds, thousands, tens_of_thousands, hundreds_of_thousands and millions" {
        /// 24 to 99.
        Dozens = "dozens",
        /// 40 to 99.
        Scores = "scores",
        /// 200 to 999.
        Hundreds = "hundreds",
        /// 2,000 to 9,999.
        Thousands = "thousands",
        /// 20,000 to 99,999.
        TensOfThousands = "tens_of_thousands",
        /// 200,000 to 999,999.
        HundredsOfThousands = "hundreds_of_thousands",
        /// 2,000,000 to 999,999,999.
        Millions = "millions",
    }
}

impl Vague {
    /// The least and the greatest number that it stands for.
    #[must_use]
    pub fn range(self) -> (Number, Number) {
        let (low, high) = match self {
            Self::Dozens => (24, 99),
            Self::Scores => (40, 99),
            Self::Hundreds => (200, 999),
            Self::Thousands => (2_000, 9_999),
            Self::TensOfThousands => (20_000, 99_999),
            Self::HundredsOfThousands => (200_000, 999_999),
            Self::Millions => (2_000_000, 999_999_999),
        };
        (Number::from(low), Number::from(high))
    }
}

/// How a figure was said: the number or numbers with the words around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Hedge {
    /// "4,000", "exactly 4,000".
    Exactly(Number),
    /// "more than 4,000", "over 4,000".
    MoreThan(Number),
    /// "at least 4,000".
    AtLeast(Number),
    /// "fewer than 4,000", "under 4,000".
    LessThan(Number),
    /// "at most 4,000", "up to 4,000".
    AtMost(Number),
    /// "3,000 to 4,000": both ends belong to it.
    Between(Number, Number),
    /// "more than 100 and fewer than 300", "at least 20 and at most 100": a lower and an upper hedge together.
    Within(Bound, Bound),
    /// "about 3,000".
    About(Number),
    /// "about 10,000 to 12,000": each end is as wide as "about" makes it.
    AboutBetween(Number, Number),
    /// "nearly 3,000".
    Nearly(Number),
    /// "just over 3,000".
    JustOver(Number),
    /// "dozens", "tens of thousands".
    Vague(Vague),
}

impl Hedge {
    /// The numbers said; a vague magnitude says none.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = Number> {
        let (one, two) = match *self {
            Self::Exactly(n)
            | Self::MoreThan(n)
            | Self::AtLeast(n)
            | Self::LessThan(n)
            | Self::AtMost(n)
            | Self::About(n)
            | Self::Nearly(n)
            | Self::JustOver(n) => (Some(n), None),
            Self::Between(low, high) | Self::AboutBetween(low, high) => (Some(low), Some(high)),
            Self::Within(low, high) => (Some(low.value()), Some(high.value())),
            Self::Vague(_) => (None, None),
        };
        one.into_iter().chain(two)
    }

    /// Whether somebody chose where the lower and the upper end of it lie, rather than the one who said it.
    pub(crate) fn chosen_ends(&self) -> (bool, bool) {
        match self {
            Self::About(_) | Self::AboutBetween(..) | Self::Vague(_) => (true, true),
            Self::Nearly(_) => (true, false),
            Self::JustOver(_) => (false, true),
            _ => (false, false),
        }
    }
}

/// A reported quantity: the hedge it was said with, its number or numbers, and its unit.
///
/// A figure stands for a set of possible values and never for one number: "over 4,000" agrees with 4,700. The set
/// that it allows depends on the [`Policy`], and [`values`](Figure::values) gives it.
///
/// # Counts
///
/// A figure is a count of whole things unless it is a ratio, has a unit that measures (kilometres, days, euros) or a
/// fraction in one of its numbers, or belongs to a predicate that is continuous. A count with no negative number in it allows no negative value, and what "about",
/// "nearly" and "just over" add or take is at least 1.
///
/// # Equality
///
/// Two figures are equal if the same was said: the same hedge, numbers and unit. Whether they allow the same values is
/// another question, which the relation of two claims answers.
///
/// ```
/// use testimony::{Figure, Policy};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let casualties = Figure::more_than(4000).with_unit("persons");
/// assert_eq!(casualties.to_string(), "more than 4,000 persons");
/// assert_eq!(casualties.values(&Policy::default())?.to_string(), "(4000, ∞)");
///
/// let share = Figure::nearly("0.3".parse::<testimony::Number>()?).with_unit("ratio");
/// assert_eq!(share.to_string(), "nearly 30%");
/// assert_eq!(share.values(&Policy::default())?.to_string(), "[0.27, 0.3)");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Figure {
    hedge: Hedge,
    unit: Option<Arc<str>>,
}

impl Figure {
    /// A figure said with this hedge.
    ///
    /// # Errors
    ///
    /// Refuses a lower bound above the upper one.
    pub fn new(hedge: Hedge) -> Result<Self, Error> {
        if let Hedge::Between(low, high) | Hedge::AboutBetween(low, high) = hedge
            && low > high
        {
            return Err(Error::new(ErrorKind::BoundsReversed).value(format!("{low} to {high}")));
        }
        if let Hedge::Within(low, high) = hedge
            && low.value() > high.value()
        {
            let value = format!("from {} to {}", low.value(), high.value());
            return Err(Error::new(ErrorKind::BoundsReversed).value(value));
        }
        Ok(Self { hedge, unit: None })
    }

    /// Exactly so many, or a number said without any hedge.
    #[must_use]
    pub fn exactly(number: impl Into<Number>) -> Self {
        Self { hedge: Hedge::Exactly(number.into()), unit: None }
    }

    /// "more than", "over": the number itself is left out.
    #[must_use]
    pub fn more_than(number: impl Into<Number>) -> Self {
        Self { hedge: Hedge::MoreThan(number.into()), unit: None }
    }

    /// "at least", "no fewer than": the number itself belongs to it.
    #[must_use]
    pub fn at_least(number: impl Into<Number>) -> Self {
        Self { hedge: Hedge::AtLeast(number.into()), unit: None }
    }

    /// "less than", "under": the number itself is left out.
    #[must_use]
    pub fn less_than(number: impl Into<Number>) -> Self {
        Self { hedge: Hedge::LessThan(number.into()), unit: None }
    }

    /// "at most", "up to": the number itself belongs to it.
    #[must_use]
    pub fn at_most(number: impl Into<Number>) -> Self {
        Self { hedge: Hedge::AtMost(number.into()), unit: None }
    }

    /// "about", "some", "roughly".
    #[must_use]
    pub fn about(number: impl Into<Number>) -> Self {
        Self { hedge: Hedge::About(number.into()), unit: None }
    }

    /// "nearly", "almost": below the number, and close to it.
    #[must_use]
    pub fn nearly(number: impl Into<Number>) -> Self {
        Self { hedge: Hedge::Nearly(number.into()), unit: None }
    }

    /// "just over": above the number, and close to it.
    #[must_use]
    pub fn just_over(number: impl Into<Number>) -> Self {
        Self { hedge: Hedge::JustOver(number.into()), unit: None }
    }

    /// From one number to another, both included.
    ///
    /// # Errors
    ///
    /// Refuses a lower bound above the upper one.
    ///
    /// ```
    /// use testimony::Figure;
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// assert_eq!(Figure::between(3000, 4000)?.to_string(), "3,000–4,000");
    /// let error = Figure::between(4000, 3000).unwrap_err();
    /// assert_eq!(error.to_string(), "\"4000 to 3000\" has a lower bound above the upper");
    /// # Ok(())
    /// # }
    /// ```
    pub fn between(low: impl Into<Number>, high: impl Into<Number>) -> Result<Self, Error> {
        Self::new(Hedge::Between(low.into(), high.into()))
    }

    /// "about so many to so many", each end as wide as "about" makes it.
    ///
    /// # Errors
    ///
    /// Refuses a lower bound above the upper one.
    pub fn about_between(low: impl Into<Number>, high: impl Into<Number>) -> Result<Self, Error> {
        Self::new(Hedge::AboutBetween(low.into(), high.into()))
    }

    /// A lower and an upper hedge together, an open end for "more than" or "less than", a closed one for "at least"
    /// or "at most".
    ///
    /// # Errors
    ///
    /// Refuses a lower bound above the upper one.
    ///
    /// ```
    /// use testimony::{Bound, Figure};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let figure = Figure::within(Bound::open(100), Bound::open(300))?;
    /// assert_eq!(figure.to_string(), "more than 100 and less than 300");
    /// # Ok(())
    /// # }
    /// ```
    pub fn within(low: Bound, high: Bound) -> Result<Self, Error> {
        Self::new(Hedge::Within(low, high))
    }

    /// A magnitude without a number, such as "dozens".
    #[must_use]
    pub fn vague(magnitude: Vague) -> Self {
        Self { hedge: Hedge::Vague(magnitude), unit: None }
    }

    /// Adds the unit; `ratio` is the unit of proportions, in which 0.3 is 30 %.
    #[must_use]
    pub fn with_unit(mut self, unit: impl Into<Arc<str>>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// What was said, and how.
    #[must_use]
    pub fn hedge(&self) -> &Hedge {
        &self.hedge
    }

    /// The unit as it was given, if it was.
    #[must_use]
    pub fn unit(&self) -> Option<&str> {
        self.unit.as_deref()
    }

    /// Whether its own unit makes it a proportion.
    #[must_use]
    pub fn is_ratio(&self) -> bool {
        self.unit().is_some_and(is_ratio)
    }

    /// The values that it allows, taken by itself: a count unless it is a ratio, is measured or has a fraction in it. The ends are
    /// as said, before a count is narrowed to whole numbers ([`Interval::whole`] does that).
    ///
    /// # Errors
    ///
    /// Refuses a figure that allows no value ("fewer than 0"), a vague magnitude of a ratio, and ends that do not fit
    /// into a [`Number`].
    pub fn values(&self, policy: &Policy) -> Result<Interval, Error> {
        self.parts().extent(policy, self.is_ratio(), self.is_count())
    }

    /// Whether it counts whole things, taken by itself.
    pub(crate) fn is_count(&self) -> bool {
        let counted = self.unit().and_then(names::unit).is_none_or(|unit| unit.is_counted());
        counted && self.parts().is_of_whole_numbers()
    }

    /// Its parts, to be looked at without owning them.
    pub(crate) fn parts(&self) -> FigureParts<'_> {
        FigureParts { hedge: self.hedge, unit: self.unit() }
    }
}

/// What a figure is made of, wherever its unit is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct FigureParts<'a> {
    pub(crate) hedge: Hedge,
    pub(crate) unit: Option<&'a str>,
}

impl FigureParts<'_> {
    pub(crate) fn to_figure(self) -> Figure {
        Figure { hedge: self.hedge, unit: self.unit.map(Arc::from) }
    }

    pub(crate) fn check(self) -> Result<(), Error> {
        self.unit.map_or(Ok(()), |unit| names::check_unit("unit", unit))
    }

    /// Whether none of its numbers has a fraction.
    pub(crate) fn is_of_whole_numbers(self) -> bool {
        self.hedge.numbers().all(Number::is_whole)
    }

    /// Whether one of its numbers is negative.
    pub(crate) fn has_negative(self) -> bool {
        self.hedge.numbers().any(Number::is_negative)
    }

    /// The values that it allows as a ratio or not and as a count or not, which the predicate has a say in.
    pub(crate) fn extent(self, policy: &Policy, ratio: bool, count: bool) -> Result<Interval, Error> {
        if ratio && matches!(self.hedge, Hedge::Vague(_)) {
            return Err(self.error(ErrorKind::VagueRatio));
        }
        let (low, high) = self.ends(policy, count).ok_or_else(|| self.error(ErrorKind::TooPrecise))?;
        let (mut low, no_value) = (low, |_| self.error(ErrorKind::NoValue));
        if count && !self.has_negative() && low.is_none_or(|end| end.value().is_negative()) {
            low = Some(Bound::closed(0));
        }
        let values = Interval::new(low, high).map_err(no_value)?;
        // An end that is whole and closed is a value, and beyond an end there always is one.
        let whole = |end: Option<Bound>| end.is_none_or(|end| !end.is_open() && end.value().is_whole());
        if count && !whole(low) && !whole(high) && values.whole().is_none() {
            return Err(self.error(ErrorKind::NoValue));
        }
        Ok(values)
    }

    /// The two ends as the hedge puts them; `None` where one does not fit.
    fn ends(self, policy: &Policy, count: bool) -> Option<(Option<Bound>, Option<Bound>)> {
        let width = |n: Number| {
            let share = n.abs().checked_mul(policy.tolerance())?;
            Some(if count { share.max(LEAST_WIDTH) } else { share })
        };
        let below = |n: Number| n.checked_sub(width(n)?);
        let above = |n: Number| n.checked_add(width(n)?);
        let (open, closed) = (|n: Number| Some(Bound::open(n)), |n: Number| Some(Bound::closed(n)));
        Some(match self.hedge {
            Hedge::Exactly(n) => (closed(n), closed(n)),
            Hedge::MoreThan(n) => (open(n), None),
            Hedge::AtLeast(n) => (closed(n), None),
            Hedge::LessThan(n) => (None, open(n)),
            Hedge::AtMost(n) => (None, closed(n)),
            Hedge::Between(low, high) => (closed(low), closed(high)),
            Hedge::Within(low, high) => (Some(low), Some(high)),
            Hedge::About(n) => (closed(below(n)?), closed(above(n)?)),
            Hedge::AboutBetween(low, high) => (closed(below(low)?), closed(above(high)?)),
            Hedge::Nearly(n) => (closed(below(n)?), open(n)),
            Hedge::JustOver(n) => (open(n), closed(above(n)?)),
            Hedge::Vague(magnitude) => {
                let (low, high) = magnitude.range();
                (closed(low), closed(high))
            }
        })
    }

    /// What makes the ends that somebody chose lie as far out as they do, where that is a width and no convention:
    /// `a width of 10%`, or `the least width of a count, 1`.
    pub(crate) fn width_in_words(self, policy: &Policy, count: bool) -> String {
        let tolerance = policy.tolerance();
        let is_least = |n: Number| count && n.abs().checked_mul(tolerance).is_some_and(|share| share < LEAST_WIDTH);
        let (least, share) = (format!("the least width of a count, {LEAST_WIDTH}"), tolerance.grouped(true));
        match self.hedge {
            Hedge::AboutBetween(low, high) if is_least(low) != is_least(high) => {
                format!("a width of {share}%, and at least {LEAST_WIDTH}")
            }
            hedge if hedge.numbers().all(is_least) => least,
            _ => format!("a width of {share}%"),
        }
    }

    fn error(self, kind: ErrorKind) -> Error {
        Error::new(kind).value(self.to_figure())
    }
}

impl From<Number> for Figure {
    fn from(number: Number) -> Self {
        Self::exactly(number)
    }
}
