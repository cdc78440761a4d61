//! Amendments: what the recorder holds of sources and claims changes, and what was held before stays on record.

#[cfg(feature = "serde")]
mod format;

use std::sync::Arc;

use super::key::ClaimKey;
use crate::claim::{Citation, MAX_CITATIONS};
use crate::confidence::Credibility;
use crate::error::{Error, ErrorKind};
use crate::source::{Reliability, Source, SourceId, SourceKind};
use crate::text;

/// A change to a part that may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// Leaves it as it is.
    #[default]
    Keep,
    /// Takes it away; in the interchange format `null`.
    Remove,
    /// Puts this in its place.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether it leaves the part as it is.
    #[must_use]
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }
}

impl<T: Clone> Patch<T> {
    /// The change if it is meant, and else none.
    fn only(&self, is_meant: bool) -> Self {
        if is_meant { self.clone() } else { Self::Keep }
    }

    /// Changes a part.
    pub(crate) fn apply(&self, part: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Remove => *part = None,
            Self::Set(changed) => *part = Some(changed.clone()),
        }
    }
}

/// Changes what is on record of a source, a claim or a name, from then on.
///
/// The recorder's own part of the record may change: of a source its name, kind, owner, reliability and address, of a
/// claim its credibility, a note and citations. The words of an origin are never amended: they take a retraction and a
/// new claim.
///
/// ```
/// use testimony::{Ledger, Reliability, Source, SourceAmendment};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// let herald = ledger.add_source(Source::new("herald", "The Herald")?.with_reliability(Reliability::B))?;
/// let poor = SourceAmendment::new(&herald).with_reliability(Reliability::D).with_reason("three corrections in a month");
/// ledger.amend(poor)?;
/// assert_eq!(ledger.source("herald").and_then(Source::reliability), Some(Reliability::D));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Amendment {
    /// Changes a source.
    Source(SourceAmendment),
    /// Changes a claim.
    Claim(ClaimAmendment),
    /// Changes the names of a subject.
    Subject(SubjectAmendment),
}

impl Amendment {
    /// The reason, if one is given.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Source(source) => source.reason(),
            Self::Claim(claim) => claim.reason(),
            Self::Subject(subject) => subject.reason(),
        }
    }
}

impl From<SourceAmendment> for Amendment {
    fn from(amendment: SourceAmendment) -> Self {
        Self::Source(amendment)
    }
}

impl From<ClaimAmendment> for Amendment {
    fn from(amendment: ClaimAmendment) -> Self {
        Self::Claim(amendment)
    }
}

impl From<SubjectAmendment> for Amendment {
    fn from(amendment: SubjectAmendment) -> Self {
        Self::Subject(amendment)
    }
}

fn check_reason(reason: Option<&Arc<str>>) -> Result<(), Error> {
    text::check_length("reason", reason.map_or("", |reason| &**reason), text::MAX_TEXT)
}

fn nothing_amended() -> Error {
    Error::new(ErrorKind::Missing { why: "an amendment changes something" })
}

/// Changes what is on record of a source: the parts that are named, and no others.
///
/// ```
/// use testimony::{SourceAmendment, SourceId};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let sold = SourceAmendment::new(&SourceId::new("gazette")?).without_part_of().with_reason("sold in March");
/// assert!(!sold.part_of().is_keep());
/// assert!(sold.url().is_keep());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SourceAmendment {
    source: SourceId,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    name: Option<Arc<str>>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Patch::is_keep"))]
    kind: Patch<SourceKind>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Patch::is_keep"))]
    part_of: Patch<SourceId>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Patch::is_keep"))]
    reliability: Patch<Reliability>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Patch::is_keep"))]
    url: Patch<Arc<str>>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    reason: Option<Arc<str>>,
}

impl SourceAmendment {
    /// An amendment of this source that changes nothing yet; as such it is refused.
    #[must_use]
    pub fn new(source: &SourceId) -> Self {
        Self {
            source: source.clone(),
            name: None,
            kind: Patch::Keep,
            part_of: Patch::Keep,
            reliability: Patch::Keep,
            url: Patch::Keep,
            reason: None,
        }
    }

    /// Gives the source another name.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<Arc<str>>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Gives the source another kind.
    #[must_use]
    pub fn with_kind(mut self, kind: SourceKind) -> Self {
        self.kind = Patch::Set(kind);
        self
    }

    /// Gives the source another owner, which counts for its earlier claims too: a newspaper that was sold.
    #[must_use]
    pub fn with_part_of(mut self, whole: &SourceId) -> Self {
        self.part_of = Patch::Set(whole.clone());
        self
    }

    /// Makes the source a part of nothing.
    #[must_use]
    pub fn without_part_of(mut self) -> Self {
        self.part_of = Patch::Remove;
        self
    }

    /// Rates the source anew.
    #[must_use]
    pub fn with_reliability(mut self, reliability: Reliability) -> Self {
        self.reliability = Patch::Set(reliability);
        self
    }

    /// Takes the rating away.
    #[must_use]
    pub fn without_reliability(mut self) -> Self {
        self.reliability = Patch::Remove;
        self
    }

    /// Gives the source another address.
    #[must_use]
    pub fn with_url(mut self, url: impl Into<Arc<str>>) -> Self {
        self.url = Patch::Set(url.into());
        self
    }

    /// Takes the address away.
    #[must_use]
    pub fn without_url(mut self) -> Self {
        self.url = Patch::Remove;
        self
    }

    /// Sets the reason.
    #[must_use]
    pub fn with_reason(mut self, reason: impl Into<Arc<str>>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// The source that is amended.
    #[must_use]
    pub fn source(&self) -> &SourceId {
        &self.source
    }

    /// The new name, if there is one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The change to the kind; a source whose kind is removed is an organization.
    #[must_use]
    pub fn kind(&self) -> &Patch<SourceKind> {
        &self.kind
    }

    /// The change to the owner.
    #[must_use]
    pub fn part_of(&self) -> &Patch<SourceId> {
        &self.part_of
    }

    /// The change to the rating.
    #[must_use]
    pub fn reliability(&self) -> &Patch<Reliability> {
        &self.reliability
    }

    /// The change to the address.
    #[must_use]
    pub fn url(&self) -> &Patch<Arc<str>> {
        &self.url
    }

    /// The reason, if one is given.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// The new name, shared and not copied.
    pub(crate) fn name_to_hold(&self) -> Option<Arc<str>> {
        self.name.clone()
    }

    /// The amendment of these parts alone, as far as it changes them.
    pub(crate) fn only(&self, [name, kind, part_of, reliability, url]: [bool; 5]) -> Self {
        Self {
            source: self.source.clone(),
            name: self.name.clone().filter(|_| name),
            kind: self.kind.only(kind),
            part_of: self.part_of.only(part_of),
            reliability: self.reliability.only(reliability),
            url: self.url.only(url),
            reason: self.reason.clone(),
        }
    }

    /// Refuses what no ledger would take, whatever else is in it.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if *self == (Self { reason: self.reason.clone(), ..Self::new(&self.source) }) {
            return Err(nothing_amended());
        }
        check_reason(self.reason.as_ref())
    }

    /// The source as it is from then on.
    pub(crate) fn applied(&self, source: &Source) -> Source {
        let mut source = source.clone();
        if let Some(name) = &self.name {
            source.name = Arc::clone(name);
        }
        match &self.kind {
            Patch::Keep => {}
            Patch::Remove => source.kind = SourceKind::default(),
            Patch::Set(kind) => source.kind = kind.clone(),
        }
        self.part_of.apply(&mut source.part_of);
        self.reliability.apply(&mut source.reliability);
        self.url.apply(&mut source.url);
        source
    }
}

/// Changes what the recorder holds of a claim: how far it is believed, a note, where else it is found.
///
/// ```
/// use testimony::{ClaimAmendment, ClaimId, Credibility};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let graded = ClaimAmendment::new(ClaimId::new(0)).with_credibility(Credibility::new(1)?).with_reason("photographs");
/// assert!(graded.note().is_keep());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ClaimAmendment {
    claim: ClaimKey,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Patch::is_keep"))]
    credibility: Patch<Credibility>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Patch::is_keep"))]
    note: Patch<Arc<str>>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    citations: Vec<Citation>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    reason: Option<Arc<str>>,
}

impl ClaimAmendment {
    /// An amendment of the claim of this number or label that changes nothing yet; as such it is refused.
    #[must_use]
    pub fn new(claim: impl Into<ClaimKey>) -> Self {
        Self { claim: claim.into(), credibility: Patch::Keep, note: Patch::Keep, citations: Vec::new(), reason: None }
    }

    /// Sets how far the recorder believes the claim from then on.
    #[must_use]
    pub fn with_credibility(mut self, credibility: Credibility) -> Self {
        self.credibility = Patch::Set(credibility);
        self
    }

    /// Takes the recorder's judgement away.
    #[must_use]
    pub fn without_credibility(mut self) -> Self {
        self.credibility = Patch::Remove;
        self
    }

    /// Sets the recorder's remark, in place of one that the claim may have.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<Arc<str>>) -> Self {
        self.note = Patch::Set(note.into());
        self
    }

    /// Takes the recorder's remark away.
    #[must_use]
    pub fn without_note(mut self) -> Self {
        self.note = Patch::Remove;
        self
    }

    /// Adds another place where the claim is found.
    #[must_use]
    pub fn with_citation(mut self, citation: Citation) -> Self {
        self.citations.push(citation);
        self
    }

    /// Sets the reason.
    #[must_use]
    pub fn with_reason(mut self, reason: impl Into<Arc<str>>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// The number or label of the claim that is amended.
    #[must_use]
    pub fn claim(&self) -> ClaimKey {
        self.claim
    }

    /// The change to how far the claim is believed.
    #[must_use]
    pub fn credibility(&self) -> &Patch<Credibility> {
        &self.credibility
    }

    /// The change to the recorder's remark.
    #[must_use]
    pub fn note(&self) -> &Patch<Arc<str>> {
        &self.note
    }

    /// The places that are added to those where the claim is found.
    #[must_use]
    pub fn citations(&self) -> &[Citation] {
        &self.citations
    }

    /// The reason, if one is given.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// The amendment of these parts alone, as far as it changes them, and of the citations.
    pub(crate) fn only(&self, [credibility, note]: [bool; 2]) -> Self {
        let (credibility, note) = (self.credibility.only(credibility), self.note.only(note));
        Self { credibility, note, ..self.clone() }
    }

    /// The amendment with another claim in place of its own.
    pub(crate) fn of(mut self, claim: impl Into<ClaimKey>) -> Self {
        self.claim = claim.into();
        self
    }

    /// Refuses what no ledger would take, whatever else is in it.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.credibility.is_keep() && self.note.is_keep() && self.citations.is_empty() {
            return Err(nothing_amended());
        }
        if self.citations.len() > MAX_CITATIONS {
            return Err(Error::new(ErrorKind::TooMany { limit: MAX_CITATIONS }).at("citations"));
        }
        for (i, citation) in self.citations.iter().enumerate() {
            citation.check().map_err(|error| error.at(&format!("citations[{i}]")))?;
        }
        if let Patch::Set(note) = &self.note {
            text::check_length("note", note, text::MAX_TEXT)?;
        }
        check_reason(self.reason.as_ref())
    }
}

/// Joins names: from then on the aliases are other names of the subject, though claims on both are on record.
///
/// ```
/// use testimony::SubjectAmendment;
///
/// let joined = SubjectAmendment::new("Kyiv").with_alias("Kiev");
/// assert_eq!(joined.aliases().collect::<Vec<_>>(), ["Kiev"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SubjectAmendment {
    subject: Arc<str>,
    aliases: Vec<Arc<str>>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    reason: Option<Arc<str>>,
}

impl SubjectAmendment {
    /// An amendment of this subject that joins nothing to it yet; as such it is refused.
    #[must_use]
    pub fn new(subject: impl Into<Arc<str>>) -> Self {
        Self { subject: subject.into(), aliases: Vec::new(), reason: None }
    }

    /// Adds another name of the subject.
    #[must_use]
    pub fn with_alias(mut self, alias: impl Into<Arc<str>>) -> Self {
        self.aliases.push(alias.into());
        self
    }

    /// Sets the reason.
    #[must_use]
    pub fn with_reason(mut self, reason: impl Into<Arc<str>>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// The name of the subject.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The names that become other names of the subject.
    #[must_use]
    pub fn aliases(&self) -> impl ExactSizeIterator<Item = &str> {
        self.aliases.iter().map(|alias| &**alias)
    }

    /// The reason, if one is given.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// Refuses what no ledger would take, whatever else is in it.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.aliases.is_empty() {
            return Err(nothing_amended());
        }
        text::check("subject", &self.subject, text::MAX_NAME)?;
        for (i, alias) in self.aliases.iter().enumerate() {
            text::check("", alias, text::MAX_NAME).map_err(|error| error.at(&format!("aliases[{i}]")))?;
        }
        check_reason(self.reason.as_ref())
    }
}
