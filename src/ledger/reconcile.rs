//! Reconciling two ledgers: which of them has the say on what the recorder holds of a source or a claim that both know.
//!
//! Each part of a record (a name, a rating, a note, …) is decided by itself, and the value that was written later
//! stays. So what several ledgers come to does not depend on the order in which they are merged.

use std::collections::HashMap;
use std::sync::Arc;

use super::amended::RecordPart;
use super::places::EntryKind;
use super::record::Ledger;
use super::view::ClaimRef;
use crate::claim::MAX_CITATIONS;
use crate::confidence::Credibility;
use crate::entry::{Amendment, ClaimAmendment, Patch, SourceAmendment};
use crate::error::{Error, ErrorKind};
use crate::source::{Reliability, SourceId, SourceKind};
use crate::time::Timestamp;

/// A write into a part: when it was made, in UTC, and what it wrote. A write without a time was before any other.
type Write = (Option<Timestamp>, Held);

#[derive(Clone, Debug, PartialEq)]
enum Held {
    Nothing,
    Text(Arc<str>),
    Kind(SourceKind),
    Source(SourceId),
    Reliability(Reliability),
    Credibility(Credibility),
}

fn held<T: Clone>(patch: &Patch<T>, hold: impl Fn(T) -> Held) -> Option<Held> {
    match patch {
        Patch::Keep => None,
        Patch::Remove => Some(Held::Nothing),
        Patch::Set(part) => Some(hold(part.clone())),
    }
}

/// The writes into a part that are taken over: none, or all but so many first ones.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Writes(Option<usize>);

impl Writes {
    /// Whether the next write is taken over, if one is made.
    fn takes(&mut self, is_written: bool) -> bool {
        match &mut self.0 {
            Some(0) => is_written,
            Some(passed_over) => {
                *passed_over -= usize::from(is_written);
                false
            }
            None => false,
        }
    }
}

/// The writes that are taken over from the amendments of a source.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct SourceWrites {
    name: Writes,
    kind: Writes,
    part_of: Writes,
    reliability: Writes,
    url: Writes,
}

impl SourceWrites {
    /// The part of the next amendment that is taken over, if there is one. `is_last` says whether it is the last of the
    /// owner: of those only the last is taken over, since those before it may close a circle with owners from
    /// elsewhere.
    pub(super) fn left_of(&mut self, amendment: &SourceAmendment, is_last: bool) -> Option<SourceAmendment> {
        let left = amendment.only([
            self.name.takes(amendment.name().is_some()),
            self.kind.takes(!amendment.kind().is_keep()),
            self.part_of.takes(!amendment.part_of().is_keep()) && is_last,
            self.reliability.takes(!amendment.reliability().is_keep()),
            self.url.takes(!amendment.url().is_keep()),
        ]);
        left.check().is_ok().then_some(left)
    }
}

/// The writes that are taken over from a claim and its amendments, beside citations.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct ClaimWrites {
    credibility: Writes,
    note: Writes,
}

impl ClaimWrites {
    /// The part of what a claim adds by itself that is taken over, if there is one.
    pub(super) fn left_of_claim(
        &mut self,
        claim: ClaimRef<'_>,
        added: Option<ClaimAmendment>,
    ) -> Option<ClaimAmendment> {
        let takes = [self.credibility.takes(claim.credibility().is_some()), self.note.takes(claim.note().is_some())];
        let left = added?.only(takes);
        left.check().is_ok().then_some(left)
    }

    /// The part of the next amendment that is taken over, if there is one.
    pub(super) fn left_of(&mut self, amendment: &ClaimAmendment) -> Option<ClaimAmendment> {
        let left = amendment.only([
            self.credibility.takes(!amendment.credibility().is_keep()),
            self.note.takes(!amendment.note().is_keep()),
        ]);
        left.check().is_ok().then_some(left)
    }
}

/// A plan of what the ledger that takes in learns about what it has already.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// The writes into each source, by its handle in the ledger that takes in.
    pub(super) sources: HashMap<u32, SourceWrites>,
    /// The writes into each claim, by its handle in the ledger that is taken in.
    pub(super) claims: HashMap<u32, ClaimWrites>,
    /// When the other wrote the parts that it wrote last.
    pub(super) later: Vec<(RecordPart, Option<Timestamp>)>,
}

impl Plan {
    /// Decides which of the other's writes into a part are taken over. `own` and `other` are what each wrote there in
    /// its order; `part` is named as in the ledger that takes in.
    fn decide(&mut self, part: RecordPart, own: &[Write], other: &[Write]) -> Result<Writes, ErrorKind> {
        let Some((since, held)) = other.last() else {
            return Ok(Writes(None));
        };
        let passed_over = match own.last() {
            None => 0,
            // The ledger that goes on from where the other ends knows what that one says.
            _ if own.starts_with(other) => return Ok(Writes(None)),
            _ if other.starts_with(own) => own.len(),
            Some((own_since, own_held)) if own_held == held => {
                if since > own_since {
                    self.later.push((part, *since));
                }
                return Ok(Writes(None));
            }
            Some((own_since, _)) if own_since == since => return Err(ErrorKind::AmendedTwice),
            Some((own_since, _)) if own_since > since => return Ok(Writes(None)),
            Some((own_since, _)) => other.iter().take_while(|(since, _)| since <= own_since).count(),
        };
        self.later.push((part, *since));
        Ok(Writes(Some(passed_over)))
    }

    /// Decides on a source that both know.
    pub(super) fn source(&mut self, own: (&Ledger, u32), other: (&Ledger, u32)) -> Result<(), Error> {
        let others = other.0.tables.amended_sources.get(&other.1);
        if others.is_none() {
            return Ok(());
        }
        let mut decide = |field: &str, part: fn(u32) -> RecordPart, written: fn(&SourceAmendment) -> Option<Held>| {
            let writes = |(ledger, handle): (&Ledger, u32)| ledger.source_writes(handle, part(handle), written);
            self.decide(part(own.1), &writes(own), &writes(other)).map_err(|kind| {
                let id = own.0.tables.source(own.1).id();
                Error::new(kind).value(id).at(&format!("source.{field}"))
            })
        };
        let parts = SourceWrites {
            name: decide("name", RecordPart::Name, |to| to.name_to_hold().map(Held::Text))?,
            kind: decide("kind", RecordPart::Kind, |to| held(to.kind(), Held::Kind))?,
            part_of: decide("part_of", RecordPart::PartOf, |to| held(to.part_of(), Held::Source))?,
            reliability: decide("reliability", RecordPart::Reliability, |to| {
                held(to.reliability(), Held::Reliability)
            })?,
            url: decide("url", RecordPart::Url, |to| held(to.url(), Held::Text))?,
        };
        self.sources.insert(own.1, parts);
        Ok(())
    }

    /// Decides on a claim that both know, each with when its claims were recorded.
    pub(super) fn claim(
        &mut self,
        own: (&Ledger, u32, &ClaimTimes),
        other: (&Ledger, u32, &ClaimTimes),
    ) -> Result<(), Error> {
        let (own_record, record) = (own.0.tables.record(own.1), other.0.tables.record(other.1));
        let added = record.citations.iter().filter(|citation| !own_record.citations.contains(citation)).count();
        if own_record.citations.len() + added > MAX_CITATIONS {
            return Err(Error::new(ErrorKind::TooMany { limit: MAX_CITATIONS }).at("claim.citations"));
        }
        let mut decide = |field: &str,
                          part: fn(u32) -> RecordPart,
                          written: fn(&ClaimAmendment) -> Option<Held>,
                          recorded: fn(ClaimRef<'_>) -> Option<Held>| {
            let writes = |(ledger, handle, times): (&Ledger, u32, &ClaimTimes)| {
                let recorded = recorded(ClaimRef::new(ledger, handle).as_recorded());
                ledger.claim_writes(
                    handle,
                    part(handle),
                    written,
                    recorded.map(|held| (times.of(ledger, handle), held)),
                )
            };
            self.decide(part(own.1), &writes(own), &writes(other)).map_err(|kind| {
                let claim = ClaimRef::new(own.0, own.1);
                Error::new(kind).value(claim).at(&format!("claim.{field}"))
            })
        };
        let parts = ClaimWrites {
            credibility: decide(
                "credibility",
                RecordPart::Credibility,
                |to| held(to.credibility(), Held::Credibility),
                |claim| claim.credibility().map(Held::Credibility),
            )?,
            note: decide(
                "note",
                RecordPart::Note,
                |to| held(to.note(), Held::Text),
                |claim| claim.details().note.clone().map(Held::Text),
            )?,
        };
        self.claims.insert(other.1, parts);
        Ok(())
    }
}

/// When the claims of a ledger were recorded.
pub(super) struct ClaimTimes(Vec<(u32, usize)>);

impl ClaimTimes {
    pub(super) fn new(ledger: &Ledger) -> Self {
        Self(ledger.places.runs_of(EntryKind::Claim).collect())
    }

    pub(super) fn of(&self, ledger: &Ledger, claim: u32) -> Option<Timestamp> {
        let run = self.0.partition_point(|(first, _)| *first <= claim).checked_sub(1)?;
        let (first, sequence) = self.0[run];
        ledger.times[sequence + (claim - first) as usize]
    }
}

impl Ledger {
    /// The writes of amendments into a part of the record of a source.
    fn source_writes(
        &self,
        source: u32,
        part: RecordPart,
        written: fn(&SourceAmendment) -> Option<Held>,
    ) -> Vec<Write> {
        let amendments = self.tables.amended_sources.get(&source).into_iter().flatten();
        let writes = amendments.filter_map(|&handle| {
            let row = &self.amendments[handle as usize];
            let Amendment::Source(amendment) = &row.amendment else {
                return None;
            };
            written(amendment).map(|held| (row.since, held))
        });
        self.dated(part, writes.collect())
    }

    /// The writes of a claim and its amendments into a part of its record.
    fn claim_writes(
        &self,
        claim: u32,
        part: RecordPart,
        written: fn(&ClaimAmendment) -> Option<Held>,
        recorded: Option<Write>,
    ) -> Vec<Write> {
        let amendments = self.tables.amended_claims.get(&claim).into_iter().flat_map(|amended| &amended.amendments);
        let writes = amendments.filter_map(|&handle| {
            let row = &self.amendments[handle as usize];
            let Amendment::Claim(amendment) = &row.amendment else {
                return None;
            };
            written(amendment).map(|held| (row.since, held))
        });
        self.dated(part, recorded.into_iter().chain(writes).collect())
    }

    /// The writes with the time of the last as merging found it, and all in UTC, since it is the instants that are
    /// compared.
    fn dated(&self, part: RecordPart, mut writes: Vec<Write>) -> Vec<Write> {
        if let (Some((since, _)), Some(found)) = (writes.last_mut(), self.since.get(&part)) {
            *since = *found;
        }
        for (since, _) in &mut writes {
            *since = since.map(Timestamp::to_utc);
        }
        writes
    }

    /// Forgets when parts were written elsewhere that an amendment writes anew.
    pub(super) fn written_anew(&mut self, amendment: &Amendment, target: u32) {
        if self.since.is_empty() {
            return;
        }
        let parts = match amendment {
            Amendment::Source(to) => vec![
                (RecordPart::Name(target), to.name().is_some()),
                (RecordPart::Kind(target), !to.kind().is_keep()),
                (RecordPart::PartOf(target), !to.part_of().is_keep()),
                (RecordPart::Reliability(target), !to.reliability().is_keep()),
                (RecordPart::Url(target), !to.url().is_keep()),
            ],
            Amendment::Claim(to) => vec![
                (RecordPart::Credibility(target), !to.credibility().is_keep()),
                (RecordPart::Note(target), !to.note().is_keep()),
            ],
            Amendment::Subject(_) => Vec::new(),
        };
        for (part, _) in parts.into_iter().filter(|(_, is_written)| *is_written) {
            self.since.remove(&part);
        }
    }
}
