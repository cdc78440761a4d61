//! The entries on record, as the ledger holds them.

use super::places::{EntryKind, EntryPlace};
use super::record::Ledger;
use super::view::ClaimRef;
use crate::constraint::Constraint;
use crate::entry::{Amendment, Content, Entry, Retraction};
use crate::names::Names;
use crate::source::Source;
use crate::time::Timestamp;
use crate::topic::Predicate;

/// An entry as a ledger holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryRef<'a> {
    pub(super) sequence: u64,
    pub(super) recorded: Option<Timestamp>,
    pub(super) content: ContentRef<'a>,
}

/// The content that an entry added, as the ledger holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentRef<'a> {
    /// Defined a source.
    Source(&'a Source),
    /// Defined a predicate.
    Predicate(&'a Predicate),
    /// Gave a subject other names.
    Subject(&'a Names),
    /// Gave a unit other names.
    Unit(&'a Names),
    /// Gave a scope other names.
    Scope(&'a Names),
    /// Recorded a claim.
    Claim(ClaimRef<'a>),
    /// Declared a constraint.
    Constraint(&'a Constraint),
    /// Took a claim back.
    Retraction(&'a Retraction),
    /// Changed what is on record of a source, a claim or a name.
    Amendment(&'a Amendment),
}

impl<'a> EntryRef<'a> {
    /// The place of the entry in the ledger: the first has 0.
    #[must_use]
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// When the entry was recorded; `None` if that was before any time in the ledger.
    #[must_use]
    pub fn recorded(&self) -> Option<Timestamp> {
        self.recorded
    }

    /// The content that the entry added.
    #[must_use]
    pub fn content(&self) -> ContentRef<'a> {
        self.content
    }

    /// An entry of its own that says the same.
    #[must_use]
    pub fn to_entry(&self) -> Entry {
        let content = match self.content {
            ContentRef::Source(source) => Content::Source(source.clone()),
            ContentRef::Predicate(predicate) => Content::Predicate(predicate.clone()),
            ContentRef::Subject(names) => Content::Subject(names.clone()),
            ContentRef::Unit(names) => Content::Unit(names.clone()),
            ContentRef::Scope(names) => Content::Scope(names.clone()),
            ContentRef::Claim(claim) => Content::Claim(claim.to_claim()),
            ContentRef::Constraint(constraint) => Content::Constraint(constraint.clone()),
            ContentRef::Retraction(retraction) => Content::Retraction(retraction.clone()),
            ContentRef::Amendment(amendment) => Content::Amendment(amendment.clone()),
        };
        Entry { recorded: self.recorded, content }
    }
}

impl Ledger {
    /// Every entry, in the order in which they were recorded.
    #[must_use]
    pub fn entries(&self) -> impl ExactSizeIterator<Item = EntryRef<'_>> + DoubleEndedIterator {
        (0..self.len()).map(|sequence| self.entry(sequence))
    }

    /// The entry at a place, which is one of those on record.
    pub(super) fn entry(&self, sequence: usize) -> EntryRef<'_> {
        let EntryPlace { kind, handle } = self.places.get(sequence);
        let content = match kind {
            EntryKind::Source => ContentRef::Source(self.tables.defined_source(handle)),
            EntryKind::Predicate => ContentRef::Predicate(self.tables.predicate(handle)),
            EntryKind::Subject => ContentRef::Subject(self.tables.names_at(handle)),
            EntryKind::Unit => ContentRef::Unit(self.tables.names_at(handle)),
            EntryKind::Scope => ContentRef::Scope(self.tables.names_at(handle)),
            EntryKind::Claim => ContentRef::Claim(ClaimRef::new(self, handle).as_recorded()),
            EntryKind::Constraint => ContentRef::Constraint(&self.constraints[handle as usize]),
            EntryKind::Retraction => ContentRef::Retraction(&self.retractions[handle as usize].retraction),
            EntryKind::Amendment => ContentRef::Amendment(&self.amendments[handle as usize].amendment),
        };
        EntryRef { sequence: sequence as u64, recorded: self.times[sequence], content }
    }
}
