//! The times that two claims are about, and which of the two was said later.

use std::cmp::Ordering;

use crate::date::Days;
use crate::policy::Policy;
use crate::time::{Instants, Moment};
use crate::words::vocabulary;

vocabulary! {
    /// How the times that two claims are about lie to each other, by the day.
    #[derive(PartialOrd, Ord)]
    Timing, "same, overlapping, later and unknown" {
        /// The same days.
        Same = "same",
        /// A day in common, or as near to it as the policy lets count, and not the same days.
        Overlapping = "overlapping",
        /// One after the other: all its days, for running totals the last of them, or the instant within one day.
        Later = "later",
        /// One of them, or both, does not say.
        Unknown = "unknown",
    }
}

/// One of the two claims of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Side {
    /// The one named first.
    First,
    /// The one named second.
    Second,
}

impl Side {
    /// Both sides, in order.
    pub(crate) const BOTH: [Self; 2] = [Self::First, Self::Second];

    /// The other side.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
        }
    }

    /// The side whose value is the greater one.
    pub(super) fn of_greater<T: Ord>(first: &T, second: &T) -> Option<Self> {
        match first.cmp(second) {
            Ordering::Greater => Some(Self::First),
            Ordering::Less => Some(Self::Second),
            Ordering::Equal => None,
        }
    }
}

/// How the days of two claims lie to each other, and which of them is later.
pub(crate) fn timing(first: Option<Days>, second: Option<Days>, policy: &Policy) -> (Timing, Option<Side>) {
    let (Some(first), Some(second)) = (first, second) else {
        return (Timing::Unknown, None);
    };
    if first == second {
        (Timing::Same, None)
    } else if first.days_apart(second) <= i64::from(policy.days_apart()) {
        (Timing::Overlapping, None)
    } else if first.is_after(second) {
        (Timing::Later, Some(Side::First))
    } else {
        (Timing::Later, Some(Side::Second))
    }
}

/// The timing of two running totals, which can be later than each other in two more ways: periods that begin on one day
/// count as of their last days, and two totals of one day, each given with an instant, count as of these. An open
/// beginning is no day.
pub(super) fn timing_of_totals(first: &TotalTime, second: &TotalTime, policy: &Policy) -> (Timing, Option<Side>) {
    let by_days = timing(first.days, second.days, policy);
    let later = match (by_days.0, first.days, second.days) {
        (Timing::Same, ..) => first.instant.zip(second.instant).and_then(|(a, b)| Side::of_greater(&a, &b)),
        (Timing::Overlapping, Some(a), Some(b)) if a.first == b.first && a.first != Days::NO_FIRST => {
            Side::of_greater(&a.last, &b.last)
        }
        _ => None,
    };
    later.map_or(by_days, |later| (Timing::Later, Some(later)))
}

/// The time of a running total.
pub(super) struct TotalTime {
    pub(super) days: Option<Days>,
    /// The instant of the day that the total is about, where it was stated at one.
    pub(super) instant: Option<i128>,
}

/// From when to when a claim was said, as numbers in the order of time.
///
/// Where it is not stated, its "as of" stands in for others that are not stated either: such times are moved far away
/// from those that are stated, and a time that is not known at all is endless, so that two are in order here only where
/// the rules put them in order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SaidAt {
    pub(crate) first: i128,
    pub(crate) last: i128,
}

/// How far times taken from "as of" are moved; stated ones lie nearer to 0 than half of it.
const AS_OF: i128 = 1 << 100;

impl SaidAt {
    /// Before and after every time of saying.
    pub(crate) const NEVER: i128 = -(1 << 106);
    pub(crate) const FOREVER: i128 = 1 << 106;
    /// Between the times that are stated, which lie below, and those taken from "as of".
    pub(crate) const TAKEN: i128 = AS_OF / 2;

    pub(crate) fn new(stated: Option<Moment>, as_of: Option<Days>) -> Self {
        let [first, last] = match (stated, as_of) {
            (Some(stated), _) => stated.to_instants().ends(),
            (None, Some(as_of)) => Instants::from(as_of).ends().map(|end| end + AS_OF),
            (None, None) => [Self::NEVER, Self::FOREVER],
        };
        Self { first, last }
    }

    /// The first and the last instant.
    pub(crate) fn ends(self) -> [i128; 2] {
        [self.first, self.last]
    }

    /// Whether its "as of" stands in for when it was said.
    pub(crate) fn is_taken_from_as_of(self) -> bool {
        self.first > Self::TAKEN
    }

    /// The range in which a time ends that is known to be wholly before this one; `None` if no time can be.
    pub(crate) fn last_before(self) -> Option<[i128; 2]> {
        let from = if self.is_taken_from_as_of() { Self::TAKEN } else { Self::NEVER };
        (self.first > Self::NEVER).then(|| [from, self.first - 1])
    }

    /// The range in which a time begins that is known to be wholly after this one; `None` if no time can be.
    pub(crate) fn first_after(self) -> Option<[i128; 2]> {
        let to = if self.last < Self::TAKEN { Self::TAKEN } else { Self::FOREVER };
        (self.last < Self::FOREVER).then(|| [self.last + 1, to])
    }

    /// Whether all of it is known to be before all of the other.
    pub(crate) fn is_before(self, other: Self) -> bool {
        other.last_before().is_some_and(|[from, to]| from <= self.last && self.last <= to)
    }
}
