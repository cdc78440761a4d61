//! Amending: changing what the recorder holds of sources and claims.

use std::sync::Arc;

use super::amended::{AmendedClaim, AmendmentRow, Heights, MAX_DEPTH};
use super::record::Ledger;
use super::tables::{NONE, Tables, small};
use crate::claim::{Details, MAX_CITATIONS};
use crate::entry::{Amendment, ClaimAmendment, ClaimKey, SourceAmendment};
use crate::error::{Error, ErrorKind};
use crate::source::Source;
use crate::time::Timestamp;

impl Tables {
    /// The source that a source is a part of.
    pub(super) fn owner(&self, source: u32) -> Option<u32> {
        Some(self.sources[source as usize].owner).filter(|owner| *owner != NONE)
    }

    /// A source, the one that it is a part of, and so on up.
    pub(super) fn owners(&self, source: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(source), |&source| self.owner(source))
    }

    /// The source at the end of the chain of `part_of`.
    pub(super) fn root(&self, source: u32) -> u32 {
        self.owners(source).last().unwrap_or(source)
    }

    /// A source as it was defined.
    pub(super) fn defined_source(&self, source: u32) -> &Source {
        let row = &self.sources[source as usize];
        row.defined.as_deref().unwrap_or(&row.source)
    }

    /// The details of a claim: what its origin said beside the value, and what the recorder holds of it now.
    pub(super) fn record(&self, claim: u32) -> &Details {
        self.amended_claims.get(&claim).map_or_else(|| self.details(claim), |amended| &amended.details)
    }

    /// Whether a source may take a claim back: it is the origin, one of the relays, or an owner of one of these.
    pub(super) fn is_entitled(&self, source: u32, claim: u32) -> bool {
        let chain = std::iter::once(self.origin_handle(claim)).chain(self.relay_handles(claim).iter().copied());
        chain.flat_map(|said| self.owners(said)).any(|owner| owner == source)
    }

    /// Amends a source; `None` if it is like that already.
    pub(super) fn amend_source(&mut self, amendment: &SourceAmendment) -> Result<Option<u32>, Error> {
        amendment.check()?;
        let handle = self.source_handle(amendment.source().as_str()).map_err(|error| error.at("source"))?;
        let amended = amendment.applied(self.source(handle));
        amended.check()?;
        let owner = match amended.part_of() {
            Some(whole) => Some(self.source_handle(whole.as_str()).map_err(|error| error.at("part_of"))?),
            None => None,
        };
        if amended == *self.source(handle) {
            return Ok(None);
        }
        if owner != self.owner(handle) {
            self.give(handle, owner).map_err(|error| match amended.part_of() {
                Some(whole) => error.value(whole).at("part_of"),
                None => error,
            })?;
        }
        let row = &mut self.sources[handle as usize];
        let before = std::mem::replace(&mut row.source, amended);
        row.defined.get_or_insert_with(|| Box::new(before));
        self.note_name(handle);
        Ok(Some(handle))
    }

    /// Makes a source a part of another, or of none.
    fn give(&mut self, source: u32, owner: Option<u32>) -> Result<(), Error> {
        if self.heights.is_none() {
            let mut heights = Heights::default();
            // A source is added after its owner.
            for part in 0..small(self.sources.len()) {
                heights.replace(self.owner(part), None, Some(1), |source| self.owner(source));
            }
            self.heights = Some(heights);
        }
        let mut heights = self.heights.take().unwrap_or_default();
        let height = heights.of(source);
        let refused = match owner {
            Some(owner) if self.owners(owner).any(|above| above == source) => Some(ErrorKind::OwnsItself),
            Some(owner) if self.owners(owner).count() + height > MAX_DEPTH => {
                Some(ErrorKind::TooDeep { limit: MAX_DEPTH })
            }
            _ => None,
        };
        if refused.is_none() {
            heights.replace(self.owner(source), Some(height), None, |source| self.owner(source));
            self.sources[source as usize].owner = owner.unwrap_or(NONE);
            heights.replace(owner, None, Some(height), |source| self.owner(source));
        }
        self.heights = Some(heights);
        refused.map_or(Ok(()), |kind| Err(Error::new(kind)))
    }

    /// Keeps the heights of chains where a source was added.
    pub(super) fn grown(&mut self, owner: u32) {
        if let Some(mut heights) = self.heights.take() {
            heights.replace(Some(owner), None, Some(1), |source| self.owner(source));
            self.heights = Some(heights);
        }
    }

    /// The details of a claim as they are after an amendment; `None` if they are like that already.
    pub(super) fn amended(&self, claim: u32, amendment: &ClaimAmendment) -> Result<Option<Details>, Error> {
        let mut details = self.record(claim).clone();
        amendment.credibility().apply(&mut details.credibility);
        amendment.note().apply(&mut details.note);
        for citation in amendment.citations() {
            if !details.citations.contains(citation) {
                details.citations.push(citation.clone());
            }
        }
        if details.citations.len() > MAX_CITATIONS {
            return Err(Error::new(ErrorKind::TooMany { limit: MAX_CITATIONS }).at("citations"));
        }
        Ok(Some(details).filter(|details| details != self.record(claim)))
    }

    /// The amendment that a claim which is recorded again makes to what is on record of it.
    pub(super) fn added_by(&self, claim: u32, details: &Details) -> Option<ClaimAmendment> {
        let record = self.record(claim);
        let mut amendment = ClaimAmendment::new(self.number(claim));
        if let Some(credibility) = details.credibility
            && record.credibility != Some(credibility)
        {
            amendment = amendment.with_credibility(credibility);
        }
        if let Some(note) = &details.note
            && record.note.as_ref() != Some(note)
        {
            amendment = amendment.with_note(Arc::clone(note));
        }
        for citation in &details.citations {
            if !record.citations.contains(citation) && !amendment.citations().contains(citation) {
                amendment = amendment.with_citation(citation.clone());
            }
        }
        amendment.check().is_ok().then_some(amendment)
    }
}

impl Ledger {
    /// Changes what is on record, and keeps the amendment; `None` if nothing changes.
    pub(super) fn apply_amendment(
        &mut self,
        amendment: Amendment,
        time: Option<Timestamp>,
    ) -> Result<Option<u32>, Error> {
        let handle = super::tables::handle(self.amendments.len())?;
        let target = match &amendment {
            Amendment::Source(source) => {
                let target = self.tables.amend_source(source)?;
                if let Some(target) = target {
                    self.tables.amended_sources.entry(target).or_default().push(handle);
                }
                target
            }
            Amendment::Claim(claim) => {
                claim.check()?;
                let target = self.find_claim(claim.claim()).map_err(|error| error.at("claim"))?;
                self.amend_record(target, claim, handle)?
            }
            Amendment::Subject(subject) => {
                subject.check()?;
                self.tables.join_subjects(subject, &self.policy)?.then_some(NONE)
            }
        };
        let Some(target) = target else {
            return Ok(None);
        };
        self.written_anew(&amendment, target);
        self.amendments.push(AmendmentRow { amendment, target, since: time });
        Ok(Some(handle))
    }

    /// Changes what is on record of a claim; `handle` is that of the amendment.
    pub(super) fn amend_record(
        &mut self,
        claim: u32,
        amendment: &ClaimAmendment,
        handle: u32,
    ) -> Result<Option<u32>, Error> {
        Ok(self.tables.amended(claim, amendment)?.map(|details| {
            let row = self.tables.amended_claims.entry(claim);
            let row = row.or_insert_with(|| AmendedClaim { details: details.clone(), amendments: Vec::new() });
            row.details = details;
            row.amendments.push(handle);
            claim
        }))
    }

    /// The claim that a number or a label names.
    pub(super) fn find_claim(&self, key: ClaimKey) -> Result<u32, Error> {
        match key {
            ClaimKey::Number(number) => {
                self.tables.claim_handle(number).ok_or_else(|| Error::new(ErrorKind::UnknownClaim).value(number))
            }
            #[cfg(feature = "serde")]
            ClaimKey::Label(label) => {
                self.labelled(&label).ok_or_else(|| Error::new(ErrorKind::UnknownLabel).value(label))
            }
        }
    }
}
