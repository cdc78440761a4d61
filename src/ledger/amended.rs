//! Amendments as the tables keep them.

use std::collections::{BTreeMap, HashMap};

use crate::claim::Details;
use crate::entry::Amendment;
use crate::time::Timestamp;

/// The deepest chain of `part_of`.
pub(super) const MAX_DEPTH: usize = 64;

/// An amendment on record.
#[derive(Clone)]
pub(super) struct AmendmentRow {
    pub(super) amendment: Amendment,
    /// The source or the claim that is amended, or [`NONE`] for a name.
    pub(super) target: u32,
    /// When it was recorded; where it was merged, in the ledger that it came from.
    pub(super) since: Option<Timestamp>,
}

/// The record of a claim that was amended.
#[derive(Clone)]
pub(super) struct AmendedClaim {
    /// The details as they are now.
    pub(super) details: Details,
    /// The amendments, in their order.
    pub(super) amendments: Vec<u32>,
}

/// The lengths of the chains of `part_of` below each source that has parts. They are kept once an owner was amended:
/// before that, a source has no parts when it is added.
#[derive(Clone, Default)]
pub(super) struct Heights {
    /// For each length of the chains below the parts of a source, the part included, how many parts have it.
    below: HashMap<u32, BTreeMap<usize, usize>>,
}

impl Heights {
    /// How many sources the longest chain from a source down has, itself included.
    pub(super) fn of(&self, source: u32) -> usize {
        let longest = self.below.get(&source).and_then(BTreeMap::last_key_value);
        1 + longest.map_or(0, |(height, _)| *height)
    }

    /// Puts a part of one height in the place of one of another, and tells the owners above as far as that changes
    /// something: no more of them than a chain may have.
    pub(super) fn replace(
        &mut self,
        owner: Option<u32>,
        old: Option<usize>,
        new: Option<usize>,
        owner_of: impl Fn(u32) -> Option<u32>,
    ) {
        let (mut owner, mut old, mut new) = (owner, old, new);
        while let Some(source) = owner {
            let before = self.of(source);
            let below = self.below.entry(source).or_default();
            if let Some(old) = old
                && let Some(count) = below.get_mut(&old)
            {
                *count -= 1;
                if *count == 0 {
                    below.remove(&old);
                }
            }
            if let Some(new) = new {
                *below.entry(new).or_default() += 1;
            }
            let after = self.of(source);
            if before == after {
                return;
            }
            (old, new) = (Some(before), Some(after));
            owner = owner_of(source);
        }
    }
}

/// A part of what is on record of a source or a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum RecordPart {
    Name(u32),
    Kind(u32),
    PartOf(u32),
    Reliability(u32),
    Url(u32),
    Credibility(u32),
    Note(u32),
}
