//! What a ledger is made of.

use std::fmt;
use std::sync::Arc;

use crate::claim::Claim;
use crate::constraint::Constraint;
#[cfg(feature = "serde")]
use crate::shape::Whole;
use crate::source::{Source, SourceId};
use crate::time::Timestamp;
use crate::topic::Predicate;
use crate::words::record_form;

/// The number of a claim in its ledger: the first is 0.
///
/// What a ledger lends gives claims and sources as it holds them; a record that stands alone, such as a [`Claim`] or a
/// [`Retraction`], names others by their ids.
///
/// ```
/// use testimony::ClaimId;
///
/// assert_eq!(ClaimId::new(3).number(), 3);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct ClaimId(u64);

impl ClaimId {
    /// The claim of this number, in whatever ledger it is looked up.
    #[must_use]
    pub fn new(number: u64) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for ClaimId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Whole::deserialize(deserializer).map(|Whole(number)| Self(number))
    }
}

impl fmt::Display for ClaimId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Takes a claim back; it stays on record as retracted.
///
/// ```
/// use testimony::{ClaimId, Retraction};
///
/// let retraction = Retraction::new(ClaimId::new(0)).with_reason("a typing error");
/// assert_eq!(retraction.reason(), Some("a typing error"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(remote = "Self", deny_unknown_fields)
)]
pub struct Retraction {
    claim: ClaimId,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    by: Option<SourceId>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    reason: Option<Arc<str>>,
}

record_form!(Retraction, "a retraction, as a record with named fields");

impl Retraction {
    /// Takes back the claim of this number.
    #[must_use]
    pub fn new(claim: ClaimId) -> Self {
        Self { claim, by: None, reason: None }
    }

    /// Says who takes it back.
    #[must_use]
    pub fn with_by(mut self, source: &SourceId) -> Self {
        self.by = Some(source.clone());
        self
    }

    /// Says why.
    #[must_use]
    pub fn with_reason(mut self, reason: impl Into<Arc<str>>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// The same for another claim number.
    pub(crate) fn renumbered(mut self, claim: ClaimId) -> Self {
        self.claim = claim;
        self
    }

    /// The number of the claim that is taken back.
    #[must_use]
    pub fn claim(&self) -> ClaimId {
        self.claim
    }

    /// Who takes it back, if that is said.
    #[must_use]
    pub fn by(&self) -> Option<&SourceId> {
        self.by.as_ref()
    }

    /// Why, if that is said.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

/// What an entry adds to a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Content {
    /// Defines a source.
    Source(Source),
    /// Defines a predicate.
    Predicate(Predicate),
    /// Records a claim.
    Claim(Claim),
    /// Declares a constraint.
    Constraint(Constraint),
    /// Takes a claim back.
    Retraction(Retraction),
}

/// One entry for a ledger: what it adds, and when that was recorded.
///
/// With the feature `serde` it is written as a line of the interchange format, the time beside the kind of entry:
/// `{"recorded":"2025-03-27T09:00:00Z","retraction":{"claim":0}}`.
///
/// ```
/// use testimony::{Entry, Source};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let entry = Entry::from(Source::new("nis", "NIS")?).with_recorded("2025-03-27T09:00:00Z".parse()?);
/// assert!(entry.recorded().is_some());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub(crate) recorded: Option<Timestamp>,
    pub(crate) content: Content,
}

impl Entry {
    /// Says when it was recorded; without that, when the entry before it was.
    #[must_use]
    pub fn with_recorded(mut self, time: Timestamp) -> Self {
        self.recorded = Some(time);
        self
    }

    /// When it was recorded, if that is said.
    #[must_use]
    pub fn recorded(&self) -> Option<Timestamp> {
        self.recorded
    }

    /// What it adds.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// What it adds, without the entry around it.
    #[must_use]
    pub fn into_content(self) -> Content {
        self.content
    }
}

impl From<Content> for Entry {
    fn from(content: Content) -> Self {
        Self { recorded: None, content }
    }
}

impl From<Source> for Entry {
    fn from(source: Source) -> Self {
        Content::Source(source).into()
    }
}

impl From<Predicate> for Entry {
    fn from(predicate: Predicate) -> Self {
        Content::Predicate(predicate).into()
    }
}

impl From<Claim> for Entry {
    fn from(claim: Claim) -> Self {
        Content::Claim(claim).into()
    }
}

impl From<Constraint> for Entry {
    fn from(constraint: Constraint) -> Self {
        Content::Constraint(constraint).into()
    }
}

impl From<Retraction> for Entry {
    fn from(retraction: Retraction) -> Self {
        Content::Retraction(retraction).into()
    }
}
