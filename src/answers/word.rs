//! What a claim comes to as somebody's word: whether it affirms, denies or commits to nothing.

use crate::claim::Stance;
use crate::confidence::{Commitment, Confidence};
use crate::date::Days;
use crate::ledger::ClaimRef;
use crate::period::Period;
use crate::time::Moment;
use crate::topic::Measure;

/// What a claim comes to. Who calls a thing unlikely denies it, and who calls it as likely as not says nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Affirms,
    /// Or doubts.
    Denies,
    Suggests,
    Declines,
    Disowns,
}

impl Word {
    pub(super) fn of(claim: ClaimRef<'_>) -> Self {
        let commitment = claim.confidence().map_or(Commitment::AsSaid, Confidence::commitment);
        match (claim.stance(), commitment) {
            (Stance::Affirms, Commitment::AsSaid) => Self::Affirms,
            (Stance::Affirms, Commitment::Doubts) | (Stance::Denies, Commitment::AsSaid) => Self::Denies,
            (Stance::Affirms | Stance::Denies | Stance::Suggests, _) => Self::Suggests,
            (Stance::Declines, _) => Self::Declines,
            (Stance::Disowns, _) => Self::Disowns,
        }
    }
}

pub(super) fn affirms(claim: &ClaimRef<'_>) -> bool {
    Word::of(*claim) == Word::Affirms
}

/// Whether it is about days more than one day after that on which it was stated; of what happened in a time the last day
/// counts, where it has one.
pub(super) fn is_forecast(claim: &ClaimRef<'_>) -> bool {
    let (Some(as_of), Some(stated)) = (claim.as_of().map(Period::to_days), claim.stated().map(Moment::to_days)) else {
        return false;
    };
    let by_last = claim.topic_ref().predicate().measure() == Measure::Flow && as_of.last != Days::NO_LAST;
    let day = if by_last { as_of.last } else { as_of.first };
    i64::from(day) > i64::from(stated.last) + 1
}
