//! A part of what is on record, recorded again as a ledger of its own.

use std::collections::HashSet;

use super::amended::AmendmentRow;
use super::entries::ContentRef;
use super::places::EntryKind;
use super::record::Ledger;
use super::tables::small;
use super::view::ClaimRef;
use crate::entry::{Amendment, ClaimKey, Content, Entry, Patch};
use crate::source::{Source, SourceId};
use crate::time::Timestamp;

/// The reason why nothing is refused while entries are recorded again in their order.
pub(super) const ON_RECORD: &str = "what is on record can be recorded";

/// A choice of the entries to record again.
pub(super) struct Again {
    /// How many entries are taken from the beginning.
    pub(super) known: usize,
    /// The claims, in their order.
    pub(super) claims: Vec<u32>,
    /// The topics that they were chosen by, if they were: what is about no such topic is left out.
    pub(super) topics: Option<HashSet<u32>>,
}

impl Ledger {
    /// Records some entries again. The claims keep their numbers.
    pub(super) fn again(&self, again: &Again) -> Self {
        let mut part = Self::with_policy(self.policy.clone());
        part.tables.scan_limit = self.tables.scan_limit;
        part.tables.numbers = self.tables.numbers.of_part(&again.claims);
        for sequence in self.sequences(again) {
            let entry = self.entry(sequence);
            match entry.content() {
                ContentRef::Claim(claim) => part.claim_again(claim, entry.recorded()),
                ContentRef::Retraction(_) => part.retract_again(self, sequence),
                ContentRef::Amendment(_) => part.amend_again(self, sequence),
                _ => {
                    part.append(entry.to_entry()).expect(ON_RECORD);
                }
            }
        }
        part
    }

    /// The entries that are recorded again, in their order.
    fn sequences(&self, again: &Again) -> Vec<usize> {
        let Again { known, claims, topics } = again;
        let tables = &self.tables;
        let of = |kind, handle| self.places.sequence(kind, handle);
        let mut sequences: Vec<usize> = claims.iter().map(|&claim| of(EntryKind::Claim, claim)).collect();
        let mut amendments = Vec::new();
        for &claim in claims {
            sequences.extend(tables.retraction(claim).map(|retraction| of(EntryKind::Retraction, retraction)));
            amendments.extend(tables.amended_claims.get(&claim).into_iter().flat_map(|amended| &amended.amendments));
        }
        let sources =
            topics.as_ref().map_or_else(|| (0..small(tables.sources.len())).collect(), |_| self.named_in(claims));
        for source in sources {
            sequences.push(of(EntryKind::Source, source));
            amendments.extend(tables.amended_sources.get(&source).into_iter().flatten());
        }
        let joins = (0..).zip(&self.amendments).filter(|(_, row)| matches!(row.amendment, Amendment::Subject(_)));
        sequences.extend(
            amendments
                .into_iter()
                .copied()
                .chain(joins.map(|(handle, _)| handle))
                .map(|amendment| of(EntryKind::Amendment, amendment)),
        );
        let predicates: HashSet<u32> = match topics {
            Some(topics) => topics.iter().map(|&topic| tables.topics[topic as usize].predicate).collect(),
            None => (0..small(tables.predicates.len())).collect(),
        };
        let defined = predicates.into_iter().filter(|&predicate| tables.predicates[predicate as usize].defined);
        sequences.extend(defined.map(|predicate| of(EntryKind::Predicate, predicate)));
        for kind in [EntryKind::Subject, EntryKind::Unit, EntryKind::Scope] {
            sequences.extend(self.places.sequences_of(kind, *known));
        }
        let is_meant = |topics: &HashSet<u32>, handle: u32| {
            let named = self.constraints[handle as usize].topics();
            named.iter().all(|(_, topic)| tables.find_topic(topic.parts()).is_some_and(|topic| topics.contains(&topic)))
        };
        let constraints = (0..small(self.constraints.len()))
            .filter(|&handle| topics.as_ref().is_none_or(|topics| is_meant(topics, handle)));
        sequences.extend(constraints.map(|constraint| of(EntryKind::Constraint, constraint)));
        sequences.retain(|sequence| sequence < known);
        sequences.sort_unstable();
        sequences
    }

    /// The sources that some claims name, and those that these are or were parts of.
    fn named_in(&self, claims: &[u32]) -> Vec<u32> {
        let tables = &self.tables;
        let (mut found, mut left) = (HashSet::new(), Vec::new());
        let handle = |id: &SourceId| tables.source_handle(id.as_str()).ok();
        for &claim in claims {
            left.push(tables.origin_handle(claim));
            left.extend_from_slice(tables.relay_handles(claim));
            let retraction =
                tables.retraction(claim).map(|retraction| &self.retractions[retraction as usize].retraction);
            left.extend(retraction.and_then(|retraction| handle(retraction.by()?)));
        }
        while let Some(source) = left.pop() {
            if !found.insert(source) {
                continue;
            }
            left.extend(tables.defined_source(source).part_of().and_then(handle));
            for &amendment in tables.amended_sources.get(&source).into_iter().flatten() {
                if let Amendment::Source(amendment) = &self.amendments[amendment as usize].amendment
                    && let Patch::Set(owner) = amendment.part_of()
                {
                    left.extend(handle(owner));
                }
            }
        }
        found.into_iter().collect()
    }

    fn claim_again(&mut self, claim: ClaimRef<'_>, recorded: Option<Timestamp>) {
        let relays: Vec<&SourceId> = claim.relays().map(Source::id).collect();
        let receipt = self.take_claim(&claim.parts(&relays), None, recorded).expect(ON_RECORD);
        debug_assert!(receipt.is_new() && receipt.id() == claim.id(), "{receipt:?} of {claim:?}");
    }

    fn retract_again(&mut self, whole: &Self, sequence: usize) {
        let row = &whole.retractions[whole.places.get(sequence).handle as usize];
        let claim = self.tables.claim_handle(whole.tables.number(row.claim)).expect(ON_RECORD);
        let retraction = row.retraction.clone().of(key_again(
            ClaimRef::new(whole, row.claim),
            row.retraction.claim(),
            self.tables.numbers.are_places(),
        ));
        let handle = self.take_back(claim, retraction).expect(ON_RECORD);
        self.added(EntryKind::Retraction, Some(handle), whole.times[sequence]);
    }

    fn amend_again(&mut self, whole: &Self, sequence: usize) {
        let AmendmentRow { amendment, target, since } = &whole.amendments[whole.places.get(sequence).handle as usize];
        let recorded = whole.times[sequence];
        let Amendment::Claim(amendment) = amendment else {
            self.append(Entry { recorded, content: Content::Amendment(amendment.clone()) }).expect(ON_RECORD);
            return;
        };
        let claim = self.tables.claim_handle(whole.tables.number(*target)).expect(ON_RECORD);
        let amendment = amendment.clone().of(key_again(
            ClaimRef::new(whole, *target),
            amendment.claim(),
            self.tables.numbers.are_places(),
        ));
        let handle = small(self.amendments.len());
        let changed = self.amend_record(claim, &amendment, handle).expect(ON_RECORD);
        debug_assert!(changed.is_some(), "what changed something does so again: {amendment:?}");
        self.amendments.push(AmendmentRow { amendment: amendment.into(), target: claim, since: *since });
        self.added(EntryKind::Amendment, Some(handle), recorded);
    }
}

/// The key by which a claim is named by what takes it back or amends it. Where numbers are not places it is the label,
/// since the numbers of a file are places.
#[cfg(feature = "serde")]
fn key_again(claim: ClaimRef<'_>, key: ClaimKey, are_places: bool) -> ClaimKey {
    if are_places { key } else { claim.label().into() }
}

/// The key of a claim where there are no files, and so no labels.
#[cfg(not(feature = "serde"))]
fn key_again(_: ClaimRef<'_>, key: ClaimKey, _: bool) -> ClaimKey {
    key
}
