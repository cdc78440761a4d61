//! When two claims are about: how their days lie to each other.

use crate::date::Days;
use crate::policy::Policy;
use crate::words::vocabulary;

vocabulary! {
    /// How the times that two claims are about lie to each other, by the day.
    #[derive(PartialOrd, Ord)]
    Timing, "same, overlapping, later and unknown" {
        /// The same days.
        Same = "same",
        /// A day in common, or as near to it as the policy lets count, and not the same days.
        Overlapping = "overlapping",
        /// One wholly after the other.
        Later = "later",
        /// One of them, or both, does not say.
        Unknown = "unknown",
    }
}

/// One of the two claims of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The one named first.
    First,
    /// The one named second.
    Second,
}

impl Side {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::First => Self::Second,
            Self::Second => Self::First,
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
