//! Where each entry is kept.

use super::tables;

/// Where an entry of a ledger is kept: the place in the table for its kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct EntryPlace {
    pub(super) kind: EntryKind,
    pub(super) handle: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum EntryKind {
    Source,
    Predicate,
    Subject,
    Unit,
    Scope,
    Claim,
    Constraint,
    Retraction,
    Amendment,
}

/// The places of the entries in their order, as runs of one kind that lie one after another: a million claims in a row
/// take no more room than one.
#[derive(Clone, Default)]
pub(super) struct Places {
    /// The place of the first of each run, and how many entries are before it.
    runs: Vec<(usize, EntryPlace)>,
}

impl Places {
    /// Adds the place of an entry that so many are before.
    pub(super) fn push(&mut self, sequence: usize, place: EntryPlace) {
        if self.runs.last().is_none_or(|(_, first)| first.kind != place.kind) {
            self.runs.push((sequence, place));
        }
        debug_assert_eq!(self.get(sequence), place, "entries of one kind in a row have handles in a row");
    }

    /// The runs of one kind: the handle of the first of each, and its sequence.
    pub(super) fn runs_of(&self, kind: EntryKind) -> impl Iterator<Item = (u32, usize)> {
        self.runs.iter().filter(move |(_, first)| first.kind == kind).map(|(before, first)| (first.handle, *before))
    }

    pub(super) fn get(&self, sequence: usize) -> EntryPlace {
        let run = self.runs.partition_point(|(before, _)| *before <= sequence) - 1;
        let (before, first) = self.runs[run];
        EntryPlace { handle: first.handle + tables::small(sequence - before), ..first }
    }
}
