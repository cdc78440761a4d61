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
    /// The runs of each kind.
    of_kind: [Vec<u32>; EntryKind::COUNT],
}

impl EntryKind {
    const COUNT: usize = 9;
}

impl Places {
    /// Adds the place of an entry that so many are before.
    pub(super) fn push(&mut self, sequence: usize, place: EntryPlace) {
        if self.runs.last().is_none_or(|(_, first)| first.kind != place.kind) {
            self.of_kind[place.kind as usize].push(tables::small(self.runs.len()));
            self.runs.push((sequence, place));
        }
        debug_assert_eq!(self.get(sequence), place, "entries of one kind in a row have handles in a row");
    }

    /// The runs of one kind: the handle of the first of each, and its sequence.
    pub(super) fn runs_of(&self, kind: EntryKind) -> impl Iterator<Item = (u32, usize)> {
        self.of_kind[kind as usize]
            .iter()
            .map(|&run| &self.runs[run as usize])
            .map(|(before, first)| (first.handle, *before))
    }

    /// The sequences of the entries of one kind among the first `known`.
    pub(super) fn sequences_of(&self, kind: EntryKind, known: usize) -> impl Iterator<Item = usize> {
        self.of_kind[kind as usize].iter().flat_map(move |&run| {
            let end = self.runs.get(run as usize + 1).map_or(known, |(before, _)| known.min(*before));
            self.runs[run as usize].0..end
        })
    }

    /// How many entries of one kind are among the first `known`.
    pub(super) fn count(&self, kind: EntryKind, known: usize) -> u32 {
        let of_kind = &self.of_kind[kind as usize];
        let runs = of_kind.partition_point(|&run| self.runs[run as usize].0 < known);
        let Some(&run) = of_kind[..runs].last() else { return 0 };
        let (before, first) = self.runs[run as usize];
        let end = self.runs.get(run as usize + 1).map_or(known, |(before, _)| known.min(*before));
        first.handle + tables::small(end - before)
    }

    /// The sequence of an entry, which is one of those on record.
    pub(super) fn sequence(&self, kind: EntryKind, handle: u32) -> usize {
        let of_kind = &self.of_kind[kind as usize];
        let run = of_kind.partition_point(|&run| self.runs[run as usize].1.handle <= handle) - 1;
        let (before, first) = self.runs[of_kind[run] as usize];
        before + (handle - first.handle) as usize
    }

    /// The places of the first `known` entries.
    pub(super) fn first(&self, known: usize) -> Self {
        let count = self.runs.partition_point(|(before, _)| *before < known);
        let of_kind =
            self.of_kind.each_ref().map(|runs| runs[..runs.partition_point(|run| (*run as usize) < count)].to_vec());
        Self { runs: self.runs[..count].to_vec(), of_kind }
    }

    pub(super) fn get(&self, sequence: usize) -> EntryPlace {
        let run = self.runs.partition_point(|(before, _)| *before <= sequence) - 1;
        let (before, first) = self.runs[run];
        EntryPlace { handle: first.handle + tables::small(sequence - before), ..first }
    }
}
