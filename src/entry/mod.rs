//! Entries, of which a ledger is made.

mod amendment;
mod key;
mod retraction;

pub use self::amendment::{Amendment, ClaimAmendment, Patch, SourceAmendment, SubjectAmendment};
pub use self::key::{ClaimId, ClaimKey};
pub use self::retraction::Retraction;
use crate::claim::Claim;
use crate::constraint::Constraint;
use crate::names::Names;
use crate::source::Source;
use crate::time::Timestamp;
use crate::topic::Predicate;

/// The content of an entry, which it adds to a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Content {
    /// Defines a source.
    Source(Source),
    /// Defines a predicate.
    Predicate(Predicate),
    /// Gives a subject other names.
    Subject(Names),
    /// Gives a unit other names.
    Unit(Names),
    /// Gives a scope other names.
    Scope(Names),
    /// Records a claim.
    Claim(Claim),
    /// Declares a constraint.
    Constraint(Constraint),
    /// Takes a claim back.
    Retraction(Retraction),
    /// Changes what is on record of a source, a claim or a name.
    Amendment(Amendment),
}

/// One entry for a ledger: what it adds, and when that was recorded.
///
/// With the feature `serde`, an entry is written as a line of the interchange format, the time beside the kind of
/// entry: `{"recorded":"2025-03-27T09:00:00Z","retraction":{"claim":0}}`.
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
    /// Sets when the entry was recorded; without that, it was recorded when the entry before it was.
    #[must_use]
    pub fn with_recorded(mut self, time: Timestamp) -> Self {
        self.recorded = Some(time);
        self
    }

    /// When the entry was recorded, if that is said.
    #[must_use]
    pub fn recorded(&self) -> Option<Timestamp> {
        self.recorded
    }

    /// The content of the entry.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// The content, without the entry around it.
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

impl From<Amendment> for Entry {
    fn from(amendment: Amendment) -> Self {
        Content::Amendment(amendment).into()
    }
}
