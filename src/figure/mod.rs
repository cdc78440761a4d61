//! Reported quantities: what was said, and the numbers that it allows.

mod display;
mod extent;
#[cfg(feature = "serde")]
mod format;
mod hedge;
mod phrase;
mod share;
mod vague;

use std::sync::Arc;

pub(crate) use extent::FigureParts;
#[cfg(feature = "serde")]
pub(crate) use format::{DraftFigure, hedge_of_one};
pub use hedge::Hedge;
pub(crate) use phrase::measure;
pub use phrase::{FigureReader, FiguresIn, FoundFigure, Role, Seen, SeenIn, Unread, WhyUnread, figures_in};
pub use vague::Vague;

use crate::error::Error;
use crate::names;
pub(crate) use crate::names::is_ratio;
use crate::number::{Bound, Interval, Number, Rational};
use crate::policy::Policy;

/// The unit of a proportion: `0.3` with it is 30 %.
pub(crate) const RATIO: &str = "ratio";

/// A reported quantity: the hedge it was said with, its number or numbers, and its unit.
///
/// A figure stands for a set of possible values and never for one number: "over 4,000" agrees with 4,700. The set
/// that it allows depends on the [`Policy`], and [`values`](Figure::values) gives it.
///
/// # Counts
///
/// A figure is a count of whole things unless it is a ratio, has a unit that measures (kilometres, days, euros) or a
/// fraction in one of its numbers, or belongs to a predicate that is continuous. A count with no negative number in it
/// allows no negative value, and its "about", "nearly" and "just over" are at least 1 wide.
///
/// # Equality
///
/// Two figures are equal if the same was said: the same hedge, numbers and unit. Whether they allow the same values is
/// another question, which the relation of two claims answers. There is no order, because of "over 4,000" and "about
/// 5,000" neither is the lesser: sort by the ends of [`values`](Figure::values).
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
    /// Refuses a lower bound above the upper one, a best estimate outside its range, and a number that is rounded to
    /// what is not the unit of one of its digits.
    pub fn new(hedge: Hedge) -> Result<Self, Error> {
        hedge.check()?;
        Ok(Self::said(hedge))
    }

    fn said(hedge: Hedge) -> Self {
        Self { hedge, unit: None }
    }

    /// Exactly so many, or a number said without any hedge.
    #[must_use]
    pub fn exactly(number: impl Into<Rational>) -> Self {
        Self::said(Hedge::Exactly(number.into()))
    }

    /// A number that its writing shows to be rounded: 4,700,000 and the unit of its last written digit, 100,000, for
    /// "4.7 million"; 0.27 and 0.01, with the unit `ratio`, for "27%".
    ///
    /// Its values lie as far as half that unit to either side, the end that is farther from nought left out; those of
    /// what is no proportion lie no farther than 5 % of the number.
    ///
    /// # Errors
    ///
    /// Refuses a unit that is no power of ten, and a number that is not so many of them.
    ///
    /// ```
    /// use testimony::{Figure, Policy};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let affected = Figure::rounded(4_700_000, 100_000)?;
    /// assert_eq!(affected.values(&Policy::default())?.to_string(), "[4650000, 4750000)");
    /// let dead = Figure::rounded(1_000_000, 1_000_000)?;
    /// assert_eq!(dead.values(&Policy::default())?.to_string(), "[950000, 1050000)");
    /// let error = Figure::rounded(4_712_300, 1_000_000).unwrap_err();
    /// assert_eq!(error.code(), "not-a-step");
    /// # Ok(())
    /// # }
    /// ```
    pub fn rounded(number: impl Into<Number>, to: impl Into<Number>) -> Result<Self, Error> {
        Self::new(Hedge::Rounded { number: number.into(), to: to.into() })
    }

    /// A fraction in words or signs, which is rounded: "two-thirds", "½", "one in five".
    ///
    /// Its values lie as far as 5 % of it to either side; those of a proportion at most one percentage point.
    ///
    /// ```
    /// use testimony::{Figure, Policy, Rational};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let fifth = Figure::rounded_fraction(Rational::fraction(1, 5)?).with_unit("ratio");
    /// assert_eq!(fifth.values(&Policy::default())?.to_string(), "[0.19, 0.21)");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn rounded_fraction(fraction: Rational) -> Self {
        Self::said(Hedge::RoundedFraction(fraction))
    }

    /// "more than", "over": the number itself is left out.
    #[must_use]
    pub fn more_than(number: impl Into<Rational>) -> Self {
        Self::said(Hedge::MoreThan(number.into()))
    }

    /// "at least", "no fewer than": the number itself belongs to it.
    #[must_use]
    pub fn at_least(number: impl Into<Rational>) -> Self {
        Self::said(Hedge::AtLeast(number.into()))
    }

    /// "less than", "under": the number itself is left out.
    #[must_use]
    pub fn less_than(number: impl Into<Rational>) -> Self {
        Self::said(Hedge::LessThan(number.into()))
    }

    /// "at most", "up to": the number itself belongs to it.
    #[must_use]
    pub fn at_most(number: impl Into<Rational>) -> Self {
        Self::said(Hedge::AtMost(number.into()))
    }

    /// "about", "some", "roughly".
    #[must_use]
    pub fn about(number: impl Into<Rational>) -> Self {
        Self::said(Hedge::About(number.into()))
    }

    /// "nearly", "almost": below the number, and close to it.
    #[must_use]
    pub fn nearly(number: impl Into<Rational>) -> Self {
        Self::said(Hedge::Nearly(number.into()))
    }

    /// "just over": above the number, and close to it.
    #[must_use]
    pub fn just_over(number: impl Into<Rational>) -> Self {
        Self::said(Hedge::JustOver(number.into()))
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

    /// From one number to another, both included, with a best estimate that is kept and decides nothing: "25, at least
    /// 10 and at most 80".
    ///
    /// # Errors
    ///
    /// Refuses a lower bound above the upper one, and a best estimate that is not between them.
    ///
    /// ```
    /// use testimony::{Figure, Policy};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let deaths = Figure::estimate(10, 80, 25)?;
    /// assert_eq!(deaths.values(&Policy::default())?.to_string(), "[10, 80]");
    /// let error = Figure::estimate(10, 80, 90).unwrap_err();
    /// assert_eq!(error.to_string(), "\"90\" is a best estimate outside its range, 10 to 80");
    /// # Ok(())
    /// # }
    /// ```
    pub fn estimate(low: impl Into<Number>, high: impl Into<Number>, best: impl Into<Number>) -> Result<Self, Error> {
        Self::new(Hedge::Estimate { low: low.into(), high: high.into(), best: best.into() })
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
        Self::said(Hedge::Vague(magnitude))
    }

    /// Adds the unit; `ratio` is the unit of proportions, in which 0.3 is 30 %.
    #[must_use]
    pub fn with_unit(mut self, unit: impl Into<Arc<str>>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// The hedge it was said with, and its number or numbers.
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

    /// The values that it allows, taken by itself: a count unless it is a ratio, is measured or has a fraction in it.
    /// The ends are as said, before a count is narrowed to whole numbers ([`Interval::whole`] does that).
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

impl From<Number> for Figure {
    fn from(number: Number) -> Self {
        Self::exactly(number)
    }
}
