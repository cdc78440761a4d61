//! Retractions: taking a claim back.

use std::sync::Arc;

use super::key::ClaimKey;
use crate::source::SourceId;
use crate::words::record_form;

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
    claim: ClaimKey,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    by: Option<SourceId>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    reason: Option<Arc<str>>,
}

record_form!(Retraction, "a retraction, as a record with named fields");

impl Retraction {
    /// Takes back the claim of this number or label.
    #[must_use]
    pub fn new(claim: impl Into<ClaimKey>) -> Self {
        Self { claim: claim.into(), by: None, reason: None }
    }

    /// Sets who takes it back: the claim's origin, one of its relays, or an owner of one of these (what it is a part
    /// of, however far up). Without it the recorder does, who mends the record.
    #[must_use]
    pub fn with_by(mut self, source: impl Into<SourceId>) -> Self {
        self.by = Some(source.into());
        self
    }

    /// Sets the reason.
    #[must_use]
    pub fn with_reason(mut self, reason: impl Into<Arc<str>>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// The retraction with another claim in place of its own.
    pub(crate) fn of(mut self, claim: impl Into<ClaimKey>) -> Self {
        self.claim = claim.into();
        self
    }

    /// The number or label of the claim that is taken back.
    #[must_use]
    pub fn claim(&self) -> ClaimKey {
        self.claim
    }

    /// The source that takes it back, if that is said.
    #[must_use]
    pub fn by(&self) -> Option<&SourceId> {
        self.by.as_ref()
    }

    /// The reason, if one is given.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}
