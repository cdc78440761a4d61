//! Looking at what is on record.

use std::fmt;

use super::{ClaimId, Ledger, Retraction};
use crate::claim::{Basis, Citation, Claim, Details, Stance, Value};
use crate::confidence::{Confidence, Credibility};
use crate::conflict::Conflict;
use crate::dossier::Dossier;
use crate::period::Period;
use crate::source::Source;
use crate::text::Shown;
use crate::time::Moment;
use crate::topic::{Predicate, Topic};

/// A claim as a ledger holds it.
///
/// # Equality
///
/// By what the two say, whatever their numbers and ledgers.
///
/// ```
/// use testimony::{Claim, Figure, Ledger, Source, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// let nis = ledger.add_source(Source::new("nis", "National Intelligence Service")?)?;
/// let topic = Topic::new("North Korean troops in Ukraine", "casualties");
/// let id = ledger.record(Claim::new(topic, Figure::more_than(4000), &nis))?.claim();
///
/// let claim = ledger.claim(id).expect("it was just recorded");
/// assert!(claim.stands());
/// assert_eq!(claim.origin().name(), "National Intelligence Service");
/// assert_eq!(claim.to_string(), "National Intelligence Service affirmed more than 4,000");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct ClaimRef<'a> {
    ledger: &'a Ledger,
    handle: u32,
}

impl<'a> ClaimRef<'a> {
    pub(super) fn new(ledger: &'a Ledger, handle: u32) -> Self {
        Self { ledger, handle }
    }

    pub(super) fn handle(self) -> u32 {
        self.handle
    }

    pub(super) fn details(self) -> &'a Details {
        self.ledger.store.details(self.handle)
    }

    /// The ledger that holds it.
    #[must_use]
    pub fn ledger(&self) -> &'a Ledger {
        self.ledger
    }

    /// Its number.
    #[must_use]
    pub fn id(&self) -> ClaimId {
        ClaimId::new(self.handle.into())
    }

    /// The question that it answers.
    #[must_use]
    pub fn topic(&self) -> &'a Topic {
        self.topic_ref().topic()
    }

    /// What else is on record about the question that it answers.
    #[must_use]
    pub fn topic_ref(&self) -> TopicRef<'a> {
        TopicRef::new(self.ledger, self.ledger.store.claim_topic(self.handle))
    }

    /// What it puts forward; a claim that declines may have nothing.
    #[must_use]
    pub fn value(&self) -> Option<&'a Value> {
        self.ledger.store.value(self.handle)
    }

    /// How the origin stands to the value.
    #[must_use]
    pub fn stance(&self) -> Stance {
        self.ledger.store.stance(self.handle)
    }

    /// Who is answerable for it.
    #[must_use]
    pub fn origin(&self) -> &'a Source {
        self.ledger.store.origin(self.handle)
    }

    /// Who passed it on, the one nearest the origin first.
    #[must_use]
    pub fn relays(&self) -> impl ExactSizeIterator<Item = &'a Source> + Clone + use<'a> {
        self.ledger.store.relays(self.handle)
    }

    /// Of which time the value is said to hold.
    #[must_use]
    pub fn as_of(&self) -> Option<Period> {
        self.ledger.store.as_of(self.handle)
    }

    /// When the origin said it.
    #[must_use]
    pub fn stated(&self) -> Option<Moment> {
        self.details().stated
    }

    /// How sure the origin said it was.
    #[must_use]
    pub fn confidence(&self) -> Option<&'a Confidence> {
        self.details().confidence.as_ref()
    }

    /// How the origin knows.
    #[must_use]
    pub fn basis(&self) -> Option<Basis> {
        self.details().basis
    }

    /// How far the recorder believes it.
    #[must_use]
    pub fn credibility(&self) -> Option<Credibility> {
        self.details().credibility
    }

    /// Where it is found.
    #[must_use]
    pub fn citations(&self) -> &'a [Citation] {
        &self.details().citations
    }

    /// A remark of the recorder's.
    #[must_use]
    pub fn note(&self) -> Option<&'a str> {
        self.details().note.as_deref()
    }

    /// Whether it stands: it is not retracted, and no claim that is not retracted revises it.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.ledger.store.stands(self.handle)
    }

    /// Whether it was taken back.
    #[must_use]
    pub fn is_retracted(&self) -> bool {
        self.retraction().is_some()
    }

    /// How it was taken back, if it was.
    #[must_use]
    pub fn retraction(&self) -> Option<&'a Retraction> {
        self.ledger.store.retraction(self.handle).map(|handle| &self.ledger.retractions[handle as usize])
    }

    /// The claims that revise it and are not retracted.
    pub fn superseded_by(&self) -> impl Iterator<Item = ClaimRef<'a>> + use<'a> {
        let ledger = self.ledger;
        ledger.store.revisers(self.handle, &ledger.policy).map(|handle| Self::new(ledger, handle))
    }

    /// A claim of its own that says the same.
    #[must_use]
    pub fn to_claim(&self) -> Claim {
        Claim {
            topic: self.topic().clone(),
            value: self.value().cloned(),
            stance: self.stance(),
            origin: self.origin().id().clone(),
            relays: self.relays().map(|relay| relay.id().clone()).collect(),
            as_of: self.as_of(),
            details: self.details().clone(),
        }
    }
}

impl PartialEq for ClaimRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.topic() == other.topic()
            && self.value() == other.value()
            && self.stance() == other.stance()
            && self.origin().id() == other.origin().id()
            && self.relays().map(Source::id).eq(other.relays().map(Source::id))
            && self.as_of() == other.as_of()
            && self.details() == other.details()
    }
}

/// Who said what, in one line: the origin by name, its stance, and the value.
impl fmt::Display for ClaimRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = match self.stance() {
            Stance::Affirms => "affirmed",
            Stance::Denies => "denied",
            Stance::Suggests => "suggested",
            Stance::Declines => "declined to say",
        };
        write!(f, "{} {said}", Shown(self.origin().name()))?;
        self.value().map_or(Ok(()), |value| write!(f, " {value}"))
    }
}

impl fmt::Debug for ClaimRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClaimRef").field("id", &self.id().number()).field("claim", &self.to_claim()).finish()
    }
}

/// What is on record about one topic.
///
/// ```
/// use testimony::{Claim, Ledger, Source, Topic, Value};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// let nis = ledger.add_source(Source::new("nis", "National Intelligence Service")?)?;
/// let topic = Topic::new("North Korean troops", "use");
/// ledger.record(Claim::new(topic.clone(), Value::text("expendable"), &nis))?;
///
/// let topic = ledger.topic(&topic).expect("it was just used");
/// assert_eq!(topic.standing().count(), 1);
/// assert_eq!(topic.conflicts().count(), 0);
/// println!("{}", topic.dossier());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct TopicRef<'a> {
    ledger: &'a Ledger,
    handle: u32,
}

impl<'a> TopicRef<'a> {
    pub(super) fn new(ledger: &'a Ledger, handle: u32) -> Self {
        Self { ledger, handle }
    }

    /// The topic itself.
    #[must_use]
    pub fn topic(&self) -> &'a Topic {
        self.ledger.store.topic(self.handle)
    }

    /// Its predicate, with the defaults if it was never defined.
    #[must_use]
    pub fn predicate(&self) -> &'a Predicate {
        self.ledger.store.topic_predicate(self.handle)
    }

    /// The ledger that holds it.
    #[must_use]
    pub fn ledger(&self) -> &'a Ledger {
        self.ledger
    }

    /// Every claim about it, whether it stands or not, in the order in which they were recorded.
    #[must_use]
    pub fn claims(&self) -> impl ExactSizeIterator<Item = ClaimRef<'a>> + DoubleEndedIterator + use<'a> {
        let ledger = self.ledger;
        ledger.store.topic_claims(self.handle).iter().map(move |&handle| ClaimRef::new(ledger, handle))
    }

    /// The claims about it that stand, in the order in which they were recorded.
    pub fn standing(&self) -> impl Iterator<Item = ClaimRef<'a>> + use<'a> {
        self.claims().filter(ClaimRef::stands)
    }

    /// The conflicts about it.
    ///
    /// # Order
    ///
    /// By the claim recorded last, then by the other.
    pub fn conflicts(&self) -> impl Iterator<Item = Conflict<'a>> + use<'a> {
        let topic = *self;
        self.standing().flat_map(move |newer| {
            let older = topic.claims().take_while(move |older| older.id() < newer.id());
            older.filter_map(move |older| topic.ledger.conflict(older, newer))
        })
    }

    /// The claims about it that are not retracted, as time went by.
    ///
    /// # Order
    ///
    /// By the last day that a claim is about, then the first, with the day stated standing in where there is none; those
    /// without a time last; of equals the one recorded first.
    #[must_use]
    pub fn timeline(&self) -> Vec<ClaimRef<'a>> {
        let mut claims: Vec<_> = self.claims().filter(|claim| !claim.is_retracted()).collect();
        claims.sort_by_key(|claim| {
            let days = claim.as_of().map(Period::to_days).or_else(|| claim.stated().map(Moment::to_days));
            days.map_or((true, 0, 0), |days| (false, days.last, days.first))
        });
        claims
    }

    /// The units of standing figures that could not be compared with each other, as they were given or lent by the
    /// predicate, `None` for no unit; empty if all could.
    ///
    /// # Order
    ///
    /// By the first claim of each.
    #[must_use]
    pub fn unmatched_units(&self) -> Vec<Option<&'a str>> {
        self.ledger.store.unmatched_units(self.handle, &self.ledger.policy)
    }

    /// All of it laid out for a reader.
    #[must_use]
    pub fn dossier(&self) -> Dossier<'a> {
        Dossier::new(*self)
    }
}

impl fmt::Debug for TopicRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TopicRef").field("topic", self.topic()).field("claims", &self.claims().len()).finish()
    }
}
