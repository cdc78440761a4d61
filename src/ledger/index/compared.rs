//! Sets of numbers as they are compared with others, by the places of their ends.

use std::ops::RangeInclusive;

use super::point::{LEAST, MOST, at, ends};
use crate::number::{Bound, Interval, Number};
use crate::rules::comparable::Extent;

/// The values of a claim as those in one lane are compared with them.
#[derive(Clone, Copy)]
pub(super) struct Compared {
    pub(super) values: [i128; 2],
    /// Whether the sets are compared as whole numbers; the ends of the others are as they were said all the same.
    wholes: bool,
}

impl Compared {
    /// A value with its least and its greatest at these places, compared as it was said.
    pub(super) fn of_ends(values: [i128; 2]) -> Self {
        Self { values, wholes: false }
    }

    /// A count compared with counts; its ends as they were said are at these places.
    pub(super) fn wholes(extent: &Extent<'_>, values: [i128; 2]) -> Self {
        let whole = if extent.values.is_whole() { None } else { extent.values.whole() };
        Self { values: whole.map_or(values, |whole| ends(&whole)), wholes: true }
    }

    /// The least low end and the greatest high end that a set inside of these values has. Of whole numbers, a set is
    /// inside if it begins above the whole number before the least and ends below the one after the greatest.
    pub(super) fn inner(&self, values: &Interval) -> [i128; 2] {
        let [low, high] = self.values;
        let whole = values.whole().filter(|_| self.wholes);
        // An end that is still open is one whose next whole number is too long to be held: the number at the end then
        // stands in for the one beyond.
        let beside = |end: Bound, next: Option<Number>| if end.is_open() { Some(end.value()) } else { next };
        let before =
            whole.and_then(|whole| whole.low()).and_then(|low| beside(low, low.value().checked_sub(Number::ONE)));
        let after =
            whole.and_then(|whole| whole.high()).and_then(|high| beside(high, high.value().checked_add(Number::ONE)));
        [before.map_or(low, |before| at(before) + 1), after.map_or(high, |after| at(after) - 1)]
    }
}

/// Some of the pairs of a first and a last, of values, of days or of times: where each of the two may lie.
pub(super) type Range<T> = [RangeInclusive<T>; 2];

/// Sets that share one of the values.
pub(super) fn sharing(compared: &Compared) -> Range<i128> {
    [LEAST..=compared.values[1], compared.values[0]..=MOST]
}
