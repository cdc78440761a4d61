//! Claims: who says what, on whose word, as of when, and how surely.

mod citation;
#[cfg(feature = "serde")]
pub(crate) mod draft;
#[cfg(feature = "serde")]
pub(crate) mod format;
#[cfg(feature = "serde")]
mod label;
pub(crate) mod parts;
mod value;

use std::fmt;
use std::sync::Arc;

pub use self::citation::Citation;
#[cfg(feature = "serde")]
pub use self::label::Label;
pub use self::value::{Basis, Stance, Value};
use crate::confidence::{Confidence, Credibility};
use crate::error::Error;
use crate::period::Period;
use crate::shown::Shown;
use crate::source::SourceId;
use crate::time::Moment;
use crate::topic::Topic;

/// The most relays of a claim.
pub(crate) const MAX_RELAYS: usize = 64;
/// The most citations of a claim.
pub(crate) const MAX_CITATIONS: usize = 64;

/// An origin takes a stance on a value for a topic, as of a period, handed on by relays.
///
/// A claim is what somebody wants to put on record; a [`Ledger`](crate::Ledger) decides whether it can, and gives it a
/// number. The origin is the one answerable, who said it first; relays passed it on and are never second witnesses.
///
/// ```
/// use testimony::{Claim, Figure, Period, Source, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let nis = Source::new("nis", "National Intelligence Service")?;
/// let lee = Source::new("lee", "Rep. Lee Seong-kweun")?;
/// let claim = Claim::new(
///     Topic::new("North Korean troops in Ukraine", "casualties"),
///     Figure::more_than(4000).with_unit("persons"),
///     nis.id(),
/// )
/// .with_relay(lee.id())
/// .with_as_of(Period::mid_month(2025, 3)?);
/// assert_eq!(claim.to_string(), "nis affirms more than 4,000 persons");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Claim {
    pub(crate) topic: Topic,
    pub(crate) value: Option<Value>,
    pub(crate) stance: Stance,
    pub(crate) scope: Option<Arc<str>>,
    pub(crate) origin: SourceId,
    pub(crate) relays: Vec<SourceId>,
    pub(crate) as_of: Option<Period>,
    pub(crate) details: Details,
}

/// The parts of a claim that say nothing about its value, and that most claims have few of.
///
/// Details are fields of the claim where it is read and written (`draft`, `format`). As a record of their own, with the
/// same names, they follow the other fields in a line (`jsonl::canonical`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
pub(crate) struct Details {
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub(crate) stated: Option<Moment>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub(crate) confidence: Option<Confidence>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub(crate) basis: Option<Basis>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub(crate) credibility: Option<Credibility>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub(crate) citations: Vec<Citation>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub(crate) note: Option<Arc<str>>,
}

/// The details that the origin said. The others are what the recorder holds of the claim, and do not make it another
/// claim.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SaidDetails<'a> {
    pub(crate) stated: Option<Moment>,
    pub(crate) confidence: Option<&'a Confidence>,
    pub(crate) basis: Option<Basis>,
}

impl Details {
    /// Whether none of the details is the recorder's.
    pub(crate) fn is_said_only(&self) -> bool {
        let Self { stated: _, confidence: _, basis: _, credibility, citations, note } = self;
        credibility.is_none() && citations.is_empty() && note.is_none()
    }

    /// The details without those that are the recorder's.
    pub(crate) fn said(&self) -> SaidDetails<'_> {
        let Self { stated, confidence, basis, credibility: _, citations: _, note: _ } = self;
        SaidDetails { stated: *stated, confidence: confidence.as_ref(), basis: *basis }
    }
}

impl SaidDetails<'_> {
    /// Details that own their texts, with nothing of the recorder's.
    pub(crate) fn to_details(self) -> Details {
        let Self { stated, confidence, basis } = self;
        let confidence = confidence.cloned();
        Details { stated, confidence, basis, credibility: None, citations: Vec::new(), note: None }
    }
}

/// The details of most claims: none.
pub(crate) const NO_DETAILS: &Details =
    &Details { stated: None, confidence: None, basis: None, credibility: None, citations: Vec::new(), note: None };

impl Claim {
    /// A claim whose origin affirms the value, unless [`with_stance`](Self::with_stance) says otherwise.
    #[must_use]
    pub fn new(topic: Topic, value: impl Into<Value>, origin: impl Into<SourceId>) -> Self {
        Self { value: Some(value.into()), ..Self::without_value(topic, Stance::Affirms, origin.into()) }
    }

    /// A claim whose origin would not answer the question at all; such a claim needs no value.
    #[must_use]
    pub fn declined(topic: Topic, origin: impl Into<SourceId>) -> Self {
        Self::without_value(topic, Stance::Declines, origin.into())
    }

    /// A claim whose origin says that it never said anything of what is attributed to it; such a claim needs no value.
    #[must_use]
    pub fn disowned(topic: Topic, origin: impl Into<SourceId>) -> Self {
        Self::without_value(topic, Stance::Disowns, origin.into())
    }

    fn without_value(topic: Topic, stance: Stance, origin: SourceId) -> Self {
        Self {
            topic,
            value: None,
            stance,
            scope: None,
            origin,
            relays: Vec::new(),
            as_of: None,
            details: Details::default(),
        }
    }

    /// Sets how the origin stands to the value.
    #[must_use]
    pub fn with_stance(mut self, stance: Stance) -> Self {
        self.stance = stance;
        self
    }

    /// Sets what exactly is counted, where sources count differently: "laboratory-confirmed". Claims with different
    /// scopes are not compared.
    #[must_use]
    pub fn with_scope(mut self, scope: impl Into<Arc<str>>) -> Self {
        self.scope = Some(scope.into());
        self
    }

    /// Adds a source that passed the claim on; the one nearest the origin is added first.
    #[must_use]
    pub fn with_relay(mut self, relay: impl Into<SourceId>) -> Self {
        self.relays.push(relay.into());
        self
    }

    /// Sets the period that the value is about.
    #[must_use]
    pub fn with_as_of(mut self, as_of: Period) -> Self {
        self.as_of = Some(as_of);
        self
    }

    /// Sets when the origin said it. The day on which a relay published it belongs in the citation.
    #[must_use]
    pub fn with_stated(mut self, stated: impl Into<Moment>) -> Self {
        self.details.stated = Some(stated.into());
        self
    }

    /// Sets how sure the origin said it was.
    #[must_use]
    pub fn with_confidence(mut self, confidence: impl Into<Confidence>) -> Self {
        self.details.confidence = Some(confidence.into());
        self
    }

    /// Sets how the origin knows.
    #[must_use]
    pub fn with_basis(mut self, basis: Basis) -> Self {
        self.details.basis = Some(basis);
        self
    }

    /// Sets how far the recorder believes the claim.
    #[must_use]
    pub fn with_credibility(mut self, credibility: Credibility) -> Self {
        self.details.credibility = Some(credibility);
        self
    }

    /// Adds a place where the claim is found.
    #[must_use]
    pub fn with_citation(mut self, citation: Citation) -> Self {
        self.details.citations.push(citation);
        self
    }

    /// Sets the recorder's remark.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<Arc<str>>) -> Self {
        self.details.note = Some(note.into());
        self
    }

    /// The question that the claim answers.
    #[must_use]
    pub fn topic(&self) -> &Topic {
        &self.topic
    }

    /// The value put forward; a claim that declines or disowns may have none.
    #[must_use]
    pub fn value(&self) -> Option<&Value> {
        self.value.as_ref()
    }

    /// How the origin stands to the value.
    #[must_use]
    pub fn stance(&self) -> Stance {
        self.stance
    }

    /// The scope: what exactly is counted, in the origin's words.
    #[must_use]
    pub fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }

    /// The source that is answerable for the claim.
    #[must_use]
    pub fn origin(&self) -> &SourceId {
        &self.origin
    }

    /// The sources that passed the claim on, the one nearest the origin first.
    #[must_use]
    pub fn relays(&self) -> &[SourceId] {
        &self.relays
    }

    /// The period that the value is about.
    #[must_use]
    pub fn as_of(&self) -> Option<Period> {
        self.as_of
    }

    /// When the origin said it.
    #[must_use]
    pub fn stated(&self) -> Option<Moment> {
        self.details.stated
    }

    /// How sure the origin said it was.
    #[must_use]
    pub fn confidence(&self) -> Option<&Confidence> {
        self.details.confidence.as_ref()
    }

    /// How the origin knows.
    #[must_use]
    pub fn basis(&self) -> Option<Basis> {
        self.details.basis
    }

    /// How far the recorder believes the claim.
    #[must_use]
    pub fn credibility(&self) -> Option<Credibility> {
        self.details.credibility
    }

    /// The places where the claim is found.
    #[must_use]
    pub fn citations(&self) -> &[Citation] {
        &self.details.citations
    }

    /// The recorder's remark.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.details.note.as_deref()
    }

    /// The claim without what is the recorder's: two claims are one if they are equal so.
    pub(crate) fn said(mut self) -> Self {
        self.details = self.details.said().to_details();
        self
    }

    /// Refuses what no ledger would take, whatever else is in it.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.parts().check()
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", Shown(self.origin.as_str()), self.stance)?;
        self.value.as_ref().map_or(Ok(()), |value| write!(f, " {value}"))
    }
}
