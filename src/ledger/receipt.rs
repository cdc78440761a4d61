//! Receipts: what recording did.

use crate::entry::ClaimId;

/// The outcome of recording a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Receipt {
    pub(super) claim: ClaimId,
    #[cfg_attr(feature = "serde", serde(rename = "new"))]
    pub(super) is_new: bool,
    #[cfg_attr(feature = "serde", serde(rename = "amended"))]
    pub(super) is_amended: bool,
    pub(super) conflicts: usize,
    pub(super) not_compared: usize,
}

impl Receipt {
    /// The receipt for a claim that is on record already.
    pub(super) fn of_known(claim: ClaimId) -> Self {
        Self { claim, is_new: false, is_amended: false, conflicts: 0, not_compared: 0 }
    }

    /// The claim's number; the number of the first, if the same claim was on record already.
    #[must_use]
    pub fn id(&self) -> ClaimId {
        self.claim
    }

    /// Whether the claim is new, and not one that is on record already.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// Whether a claim that is on record already was amended, since it came with a citation that is new, or with
    /// another credibility or note.
    #[must_use]
    pub fn is_amended(&self) -> bool {
        self.is_amended
    }

    /// How many conflicts the claim brought. [`Ledger::conflicts_of`](crate::Ledger::conflicts_of) lists them.
    #[must_use]
    pub fn conflicts(&self) -> usize {
        self.conflicts
    }

    /// How many claims on the topic, of those that are not retracted, the claim could not be compared with, because
    /// they are of another kind, in another unit, or count something else; none for a claim that commits to nothing, or
    /// is on record already. [`TopicRef::unmatched_units`](crate::TopicRef::unmatched_units) names the units.
    ///
    /// ```
    /// use testimony::{Claim, Figure, Ledger, Source, Topic};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let mut ledger = Ledger::new();
    /// let city = ledger.add_source(Source::new("city", "City council")?)?;
    /// let lost = Topic::new("flood at Varn", "lost");
    /// ledger.record(Claim::new(lost.clone(), Figure::exactly(12).with_unit("homes"), &city))?;
    /// let receipt = ledger.record(Claim::new(lost, Figure::exactly(40).with_unit("persons"), &city))?;
    /// assert_eq!(receipt.not_compared(), 1);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn not_compared(&self) -> usize {
        self.not_compared
    }
}

/// The outcome of appending an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Appended {
    /// The entry is the ledger's last.
    Added,
    /// The same entry was there before: nothing changed.
    AlreadyThere,
    /// The entry was a claim, and this is what became of it.
    Claim(Receipt),
}
