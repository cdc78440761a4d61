//! Sets of numbers between two ends.

use std::cmp::Ordering;
use std::fmt;

use super::{Number, Rational};
use crate::error::{Error, ErrorKind};

/// One end of an [`Interval`]: a number, and whether the interval stops short of it.
///
/// ```
/// use testimony::Bound;
///
/// assert_eq!(Bound::closed(4000).value(), 4000.into());
/// assert!(Bound::open(4000).is_open());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bound {
    value: Number,
    open: bool,
}

impl Bound {
    /// An end that belongs to the interval.
    #[must_use]
    pub fn closed(value: impl Into<Number>) -> Self {
        Self { value: value.into(), open: false }
    }

    /// An end that the interval stops short of.
    #[must_use]
    pub fn open(value: impl Into<Number>) -> Self {
        Self { value: value.into(), open: true }
    }

    /// The number at this end.
    #[must_use]
    pub fn value(self) -> Number {
        self.value
    }

    /// Whether the interval stops short of the number.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.open
    }
}

/// One end of an interval as it is held: exactly, also where it is a fraction that no decimal is equal to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ExactBound {
    value: Rational,
    open: bool,
}

impl ExactBound {
    pub(crate) fn closed(value: impl Into<Rational>) -> Self {
        Self { value: value.into(), open: false }
    }

    pub(crate) fn open(value: impl Into<Rational>) -> Self {
        Self { value: value.into(), open: true }
    }

    pub(crate) fn value(self) -> Rational {
        self.value
    }

    pub(crate) fn is_open(self) -> bool {
        self.open
    }

    /// An end of the same kind at another number.
    pub(crate) fn at(self, value: Rational) -> Self {
        Self { value, ..self }
    }

    pub(crate) fn is_below_nought(self) -> bool {
        self.value.is_negative()
    }

    /// Whether the end is a whole number that belongs to the interval.
    pub(crate) fn is_whole_and_closed(self) -> bool {
        !self.open && self.value.is_whole()
    }

    /// The end as a decimal: a fraction is moved to the nearest decimal outside.
    fn outward(self, decimal: fn(Rational) -> Number) -> Bound {
        Bound { value: self.value.to_number().unwrap_or_else(|| decimal(self.value)), open: self.open }
    }
}

impl From<Bound> for ExactBound {
    fn from(Bound { value, open }: Bound) -> Self {
        Self { value: value.into(), open }
    }
}

/// A set of numbers that is never empty: all between two ends, each open, closed or absent.
///
/// # Fractions
///
/// "More than two-thirds" begins at two thirds, and no decimal is equal to that. Such an end is held exactly and is
/// compared exactly, so that it shares no number with "at most two-thirds". Where a number is asked for, in
/// [`low`](Interval::low) and [`high`](Interval::high), in print, in products and in quotients, it is the nearest decimal
/// outside; sums and differences are exact.
///
/// # Equality
///
/// By the numbers in it. There is no order, because of two that share numbers neither is the lesser: sort by
/// [`low`](Interval::low) or [`high`](Interval::high).
///
/// ```
/// use testimony::{Bound, Interval};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let over_4000 = Interval::new(Some(Bound::open(4000)), None)?;
/// assert!(over_4000.contains(4700.into()));
/// assert!(!over_4000.contains(4000.into()));
/// assert_eq!(over_4000.to_string(), "(4000, ∞)");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    low: Option<ExactBound>,
    high: Option<ExactBound>,
}

impl Interval {
    /// All numbers.
    pub const ALL: Self = Self { low: None, high: None };

    /// The numbers from `low` to `high`; without an end where that is `None`.
    ///
    /// # Errors
    ///
    /// Refuses a low end above the high one, and ends that leave no number between them.
    pub fn new(low: Option<Bound>, high: Option<Bound>) -> Result<Self, Error> {
        Self::exactly(low.map(ExactBound::from), high.map(ExactBound::from))
    }

    /// The numbers between two ends that may be fractions; refuses what [`new`](Self::new) does.
    pub(crate) fn exactly(low: Option<ExactBound>, high: Option<ExactBound>) -> Result<Self, Error> {
        if let (Some(low), Some(high)) = (low, high) {
            match low.value.cmp(&high.value) {
                Ordering::Equal if low.open || high.open => return Err(Error::new(ErrorKind::NoValue)),
                Ordering::Less | Ordering::Equal => {}
                Ordering::Greater => return Err(Error::new(ErrorKind::BoundsReversed)),
            }
        }
        Ok(Self { low, high })
    }

    /// The one number.
    #[must_use]
    pub fn point(value: impl Into<Number>) -> Self {
        let end = Some(ExactBound::closed(value.into()));
        Self { low: end, high: end }
    }

    /// The low end, if there is one.
    #[must_use]
    pub fn low(&self) -> Option<Bound> {
        self.low.map(|end| end.outward(Rational::below))
    }

    /// The high end, if there is one.
    #[must_use]
    pub fn high(&self) -> Option<Bound> {
        self.high.map(|end| end.outward(Rational::above))
    }

    /// The ends as they are held.
    pub(crate) fn ends(&self) -> (Option<ExactBound>, Option<ExactBound>) {
        (self.low, self.high)
    }

    /// The places of the ends in an order of all numbers ([`Rational::order`]), and whether each end is open.
    pub(crate) fn places(&self) -> [Option<(i128, bool)>; 2] {
        let place = |end: Option<ExactBound>| end.map(|end| (end.value.order(), end.open));
        let low = place(self.low);
        // Most figures are one number.
        [low, if self.low == self.high { low } else { place(self.high) }]
    }

    /// Whether the number is one of the set.
    #[must_use]
    pub fn contains(&self, value: Number) -> bool {
        !self.is_above(&Self::point(value)) && !self.is_below(&Self::point(value))
    }

    /// Whether every number of this set is below every number of the other.
    #[must_use]
    pub fn is_below(&self, other: &Self) -> bool {
        match (self.high, other.low) {
            (Some(high), Some(low)) => match high.value.cmp(&low.value) {
                Ordering::Less => true,
                Ordering::Equal => high.open || low.open,
                Ordering::Greater => false,
            },
            _ => false,
        }
    }

    /// How far the interval lies below the other, between the ends that face each other, and the smaller magnitude of
    /// these ends; in decimals rounded down where they are fractions. `None` where there is no such end, or the
    /// distance does not fit.
    pub(crate) fn distance_below(&self, other: &Self) -> Option<(Number, Number)> {
        let (low, high) = (self.high?.value, other.low?.value);
        let amount = high.checked_sub(low)?.below();
        Some((amount, low.abs().min(high.abs()).below()))
    }

    /// Whether every number of this set is above every number of the other.
    #[must_use]
    pub fn is_above(&self, other: &Self) -> bool {
        other.is_below(self)
    }

    /// Whether the two sets share a number.
    #[must_use]
    pub fn shares_with(&self, other: &Self) -> bool {
        !self.is_below(other) && !self.is_above(other)
    }

    /// Whether every number of this set is one of the other.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        let low = match (self.low, other.low) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(a), Some(b)) => a.value > b.value || (a.value == b.value && (a.open || !b.open)),
        };
        let high = match (self.high, other.high) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(a), Some(b)) => a.value < b.value || (a.value == b.value && (a.open || !b.open)),
        };
        low && high
    }

    /// The whole numbers of the set, between closed ends; `None` if there is no whole number in it.
    ///
    /// An open end beyond which the next whole number does not fit stays as it is.
    #[must_use]
    pub fn whole(&self) -> Option<Self> {
        if self.is_whole() {
            return Some(*self);
        }
        let low = self.low().map(|end| {
            let next = if end.open { end.value.floor().checked_add(Number::ONE) } else { Some(end.value.ceil()) };
            next.map_or(end, Bound::closed)
        });
        let high = self.high().map(|end| {
            let next = if end.open { end.value.ceil().checked_sub(Number::ONE) } else { Some(end.value.floor()) };
            next.map_or(end, Bound::closed)
        });
        Self::new(low, high).ok()
    }

    /// Whether each end that the interval has is closed and a whole number.
    pub(crate) fn is_whole(&self) -> bool {
        let is_whole = |end: Option<ExactBound>| end.is_none_or(ExactBound::is_whole_and_closed);
        is_whole(self.low) && is_whole(self.high)
    }

    /// Everything from the low end up.
    pub(crate) fn upward(&self) -> Self {
        Self { low: self.low, high: None }
    }

    /// Everything from the high end down; not below `floor`, if there is one.
    pub(crate) fn downward(&self, floor: Option<Number>) -> Self {
        Self { low: floor.map(ExactBound::closed), high: self.high }
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.low() {
            None => f.write_str("(−∞")?,
            Some(low) => write!(f, "{}{}", if low.open { '(' } else { '[' }, low.value)?,
        }
        match self.high() {
            None => f.write_str(", ∞)"),
            Some(high) => write!(f, ", {}{}", high.value, if high.open { ')' } else { ']' }),
        }
    }
}
