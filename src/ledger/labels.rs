//! Claims by their labels. A label costs a digest, so none is computed before one is asked for: recording and reading
//! take as long as they did.

use super::entries::{ContentRef, EntryRef};
use super::record::Ledger;
use super::view::ClaimRef;
use crate::claim::Label;
use crate::entry::{Amendment, ClaimKey, Content};

impl Ledger {
    /// The claim that was recorded last with a label. The first time all claims are looked at.
    pub(super) fn labelled(&self, label: &Label) -> Option<u32> {
        let labels = self.labels.get_or_init(|| {
            self.tables.claim_handles().map(|claim| (ClaimRef::new(self, claim).label(), claim)).collect()
        });
        labels.get(label).copied()
    }

    /// A retraction or an amendment of a claim, with the claim named by its label, where it is named by a number that is
    /// not its place.
    pub(crate) fn named_by_label(&self, entry: &EntryRef<'_>) -> Option<Content> {
        let label = |key| match key {
            ClaimKey::Number(number) if !self.tables.numbers.are_places() => {
                Some(ClaimRef::new(self, self.tables.claim_handle(number)?).label())
            }
            _ => None,
        };
        match entry.content() {
            ContentRef::Retraction(retraction) => {
                Some(Content::Retraction(retraction.clone().of(label(retraction.claim())?)))
            }
            ContentRef::Amendment(Amendment::Claim(amendment)) => {
                Some(Content::Amendment(amendment.clone().of(label(amendment.claim())?).into()))
            }
            _ => None,
        }
    }

    /// Keeps the label of a claim that was just recorded, if labels were asked for before.
    pub(super) fn keep_label(&mut self, claim: u32) {
        if self.labels.get().is_some() {
            let label = ClaimRef::new(self, claim).label();
            if let Some(labels) = self.labels.get_mut() {
                labels.insert(label, claim);
            }
        }
    }
}

impl ClaimRef<'_> {
    /// The label of the claim: the name that every ledger has for a claim that says the same.
    ///
    /// ```
    /// use testimony::{Claim, Figure, Ledger, Retraction, Source, Topic};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let mut ledger = Ledger::new();
    /// let army = ledger.add_source(Source::new("army", "The army")?)?;
    /// let id = ledger.record(Claim::new(Topic::new("siege", "deaths"), Figure::exactly(12), &army))?.id();
    /// let label = ledger.claim(id).expect("it was just recorded").label();
    /// ledger.retract(Retraction::new(label))?;
    /// assert!(ledger.claim(label).is_some_and(|claim| claim.is_retracted()));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn label(&self) -> Label {
        Label::of(self.canonical())
    }
}
