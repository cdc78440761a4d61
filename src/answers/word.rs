//! A claim as somebody's word: whether it affirms, denies or commits to nothing.

use crate::claim::Stance;
use crate::ledger::ClaimRef;
use crate::rules::comparable::Taken;

/// A claim as its origin's word. To call a thing unlikely is to deny it; to call it as likely as not says nothing.
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
        match claim.taken() {
            Taken::Affirmed => Self::Affirms,
            Taken::Denied | Taken::Doubted => Self::Denies,
            Taken::Open if claim.stance() == Stance::Declines => Self::Declines,
            Taken::Suggested | Taken::Open => Self::Suggests,
            Taken::Disowned => Self::Disowns,
        }
    }
}

/// Whether it affirms its value, and its origin does not say that it never did.
pub(super) fn affirms(claim: &ClaimRef<'_>) -> bool {
    Word::of(*claim) == Word::Affirms && !claim.is_disowned()
}

/// Whether it is about days more than one day after that on which it was stated.
pub(super) fn is_forecast(claim: &ClaimRef<'_>) -> bool {
    claim.comparable().is_forecast(claim.topic_ref().predicate().measure())
}
