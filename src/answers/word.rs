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
    // Most say nothing of one of the two, and their texts need not be brought into the form in which they are compared.
    claim.as_of().is_some()
        && claim.stated().is_some()
        && claim.comparable().is_forecast(claim.topic_ref().predicate().measure())
}

impl ClaimRef<'_> {
    /// Whether the claim is a forecast: about days more than one day after that on which it was stated; of an amount
    /// within a period the last day counts, where there is one.
    ///
    /// ```
    /// use testimony::{Claim, Figure, Ledger, Moment, Source, Topic};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let mut ledger = Ledger::new();
    /// let bank = ledger.add_source(Source::new("bank", "Central bank")?)?;
    /// let claim = Claim::new(Topic::new("Mali", "inflation"), "4%".parse::<Figure>()?, &bank);
    /// let claim = claim.with_as_of("2026".parse()?).with_stated("2025-06-01".parse::<Moment>()?);
    /// let id = ledger.record(claim)?.id();
    /// assert!(ledger.claim(id).is_some_and(|claim| claim.is_forecast()));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn is_forecast(&self) -> bool {
        is_forecast(self)
    }
}
