//! The ledger: what is on record, what stands, and what of it conflicts.

mod clash;
mod entry;
#[cfg(feature = "serde")]
pub(crate) mod format;
mod handles;
mod merge;
mod standing;
mod store;
mod tree;
mod view;

use std::fmt;
#[cfg(feature = "serde")]
use std::ops::Range;
use std::sync::Arc;

pub use entry::{ClaimId, Content, ContentRef, Entry, EntryRef, Retraction};
use indexmap::IndexSet;
pub use merge::{Merged, Tally};
pub use view::{ClaimRef, TopicRef};

use self::standing::Few;
pub(crate) use self::store::Sought;
use self::store::Store;
use crate::claim::Claim;
#[cfg(feature = "serde")]
use crate::claim::draft::Draft;
use crate::claim::parts::Parts;
#[cfg(feature = "serde")]
use crate::claim::parts::TopicParts;
use crate::conflict::{Conflict, Related};
use crate::constraint::Constraint;
use crate::corroboration::{Circle, Corroboration};
use crate::error::{Error, ErrorKind};
use crate::policy::Policy;
use crate::relation::Relation;
use crate::source::{Source, SourceId};
use crate::text::{self, Shown};
use crate::time::Timestamp;
use crate::topic::{Predicate, Topic};
use crate::violation::{self, Violation};

/// What recording a claim did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    claim: ClaimId,
    is_new: bool,
    conflicts: usize,
}

impl Receipt {
    /// The claim's number; the number of the first, if the same claim was on record already.
    #[must_use]
    pub fn id(&self) -> ClaimId {
        self.claim
    }

    /// Whether the claim is new; one that is on record already changes nothing.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// How many conflicts the claim brought. [`Ledger::conflicts_of`] lists them.
    #[must_use]
    pub fn conflicts(&self) -> usize {
        self.conflicts
    }
}

/// What appending an entry did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appended {
    /// The entry is the ledger's last.
    Added,
    /// The same was defined before: nothing changed.
    AlreadyThere,
    /// The entry was a claim, and this is what became of it.
    Claim(Receipt),
}

/// Where an entry of a ledger is kept: the place in the table for its kind.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    kind: Kind,
    handle: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Source,
    Predicate,
    Claim,
    Constraint,
    Retraction,
}

/// The places of the entries in their order, as runs of one kind that lie one after another: a million claims in a row
/// take no more room than one.
#[derive(Clone, Default)]
struct Places {
    /// The place of the first of each run, and how many entries are before it.
    runs: Vec<(usize, Place)>,
}

impl Places {
    /// Adds the place of an entry that so many are before.
    fn push(&mut self, sequence: usize, place: Place) {
        if self.runs.last().is_none_or(|(_, first)| first.kind != place.kind) {
            self.runs.push((sequence, place));
        }
        debug_assert_eq!(self.get(sequence), place, "entries of one kind in a row have handles in a row");
    }

    fn get(&self, sequence: usize) -> Place {
        let run = self.runs.partition_point(|(before, _)| *before <= sequence) - 1;
        let (before, first) = self.runs[run];
        Place { handle: first.handle + store::small(sequence - before), ..first }
    }
}

#[derive(Clone)]
struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

/// A record of claims that keeps those that disagree side by side, and says which of them truly conflict and why.
///
/// A ledger is append-only: recording and retracting add entries, and nothing is edited or removed. A source is added
/// before what names it, a predicate before the first claim that uses it. What is refused is refused whole, and leaves
/// the ledger as it was.
///
/// # Order
///
/// Entries, sources, predicates, claims and topics come out in the order in which they came in. Conflicts come by the
/// newer claim, then the older.
///
/// # Times
///
/// A claim has the time that it is about, the time at which it was stated, and the time at which it was recorded.
/// [`at`](Ledger::at) gives the ledger as it was known at a time of the third kind. A ledger asks no clock unless it
/// was given one with [`with_clock`](Ledger::with_clock).
///
/// # Equality
///
/// Two ledgers are equal if they have the same policy and the same entries, recorded at the same times.
///
/// ```
/// use testimony::{Claim, Figure, Ledger, Source, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// let ministry = ledger.add_source(Source::new("moh", "Ministry of Health")?)?;
/// let army = ledger.add_source(Source::new("army", "The army")?)?;
///
/// let deaths = Topic::new("market bombing of 3 May", "deaths");
/// ledger.record(Claim::new(deaths.clone(), Figure::at_least(40), &ministry))?;
/// let receipt = ledger.record(Claim::new(deaths, Figure::exactly(12), &army))?;
/// assert_eq!(receipt.conflicts(), 1);
///
/// for conflict in ledger.conflicts() {
///     println!("{conflict}");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct Ledger {
    policy: Policy,
    clock: Option<Clock>,
    places: Places,
    /// When each entry was recorded.
    times: Vec<Option<Timestamp>>,
    store: Store,
    constraints: IndexSet<Constraint>,
    retractions: Vec<Retraction>,
}

impl Ledger {
    /// An empty ledger with the default policy and no clock.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty ledger with this policy, which is fixed from then on.
    #[must_use]
    pub fn with_policy(policy: Policy) -> Self {
        Self { policy, ..Self::default() }
    }

    /// Looks through a topic of up to so many claims one by one, and uses an index above. No answer depends on it: it is
    /// for tests that want the index used on small ledgers.
    #[doc(hidden)]
    #[must_use]
    pub fn with_scan_limit(mut self, claims: usize) -> Self {
        self.store.few = Few(claims);
        self
    }

    /// Gives the ledger a clock, with which it stamps what is recorded without a time; [`Timestamp::now`] is one.
    #[must_use]
    pub fn with_clock(mut self, clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.clock = Some(Clock(Arc::new(clock)));
        self
    }

    /// The policy that its verdicts rest on.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Adds a source, and gives its id back. The same source again changes nothing.
    ///
    /// # Errors
    ///
    /// Refuses a blank or overlong name, an id that already names another source, and a `part_of` that names no source
    /// or makes a chain more than 64 sources deep.
    pub fn add_source(&mut self, source: Source) -> Result<SourceId, Error> {
        let id = source.id().clone();
        self.append_now(source.into())?;
        Ok(id)
    }

    /// Adds a predicate. The same predicate again changes nothing.
    ///
    /// # Errors
    ///
    /// Refuses a blank or overlong text, a predicate that is already defined differently, and one that a claim on
    /// record has already used.
    pub fn add_predicate(&mut self, predicate: Predicate) -> Result<(), Error> {
        self.append_now(predicate.into()).map(|_| ())
    }

    /// Adds a constraint between topics. The same constraint again changes nothing.
    ///
    /// # Errors
    ///
    /// Refuses a blank or overlong text, a constraint that names a topic twice, and a sum without parts.
    pub fn add_constraint(&mut self, constraint: Constraint) -> Result<(), Error> {
        self.append_now(constraint.into()).map(|_| ())
    }

    /// Records a claim, and tells whether it is new and how many conflicts it brought.
    ///
    /// # Errors
    ///
    /// Refuses a claim that names a source which is not in the ledger, names one source twice in its chain, has no
    /// value although it does not decline, has a figure that allows no value, or has a text or a list beyond its limit;
    /// and any claim once the ledger has 2²⁸ different texts and units, or 2³² claims or relays.
    #[expect(clippy::needless_pass_by_value, reason = "what is on record is no longer the caller's")]
    pub fn record(&mut self, claim: Claim) -> Result<Receipt, Error> {
        let time = self.time(self.stamp())?;
        self.append_claim(&claim.parts(), None, time)
    }

    /// Takes a claim back. It stays on record, and no longer stands.
    ///
    /// # Errors
    ///
    /// Refuses a number that no claim has, a claim that is already retracted, a source that is not in the ledger, and
    /// an overlong reason.
    pub fn retract(&mut self, retraction: Retraction) -> Result<(), Error> {
        self.append_now(retraction.into()).map(|_| ())
    }

    /// Appends an entry, without asking a clock: one without a time was recorded when the entry before it was.
    ///
    /// # Errors
    ///
    /// Refuses what the method for its kind does, and a time before that of the entry before it.
    pub fn append(&mut self, entry: Entry) -> Result<Appended, Error> {
        let time = self.time(entry.recorded)?;
        match entry.content {
            Content::Source(source) => {
                let added = self.store.add_source(source).map_err(|error| error.at("source"))?;
                Ok(self.added(Kind::Source, added, time))
            }
            Content::Predicate(predicate) => {
                let added = self.store.add_predicate(predicate).map_err(|error| error.at("predicate"))?;
                Ok(self.added(Kind::Predicate, added, time))
            }
            Content::Claim(claim) => self.append_claim(&claim.parts(), None, time).map(Appended::Claim),
            Content::Constraint(constraint) => {
                constraint.check().map_err(|error| error.at("constraint"))?;
                let handle = store::handle(self.constraints.len())?;
                let is_new = self.constraints.insert(constraint);
                Ok(self.added(Kind::Constraint, is_new.then_some(handle), time))
            }
            Content::Retraction(retraction) => {
                let handle = self.apply(retraction).map_err(|error| error.at("retraction"))?;
                Ok(self.added(Kind::Retraction, Some(handle), time))
            }
        }
    }

    fn append_now(&mut self, entry: Entry) -> Result<Appended, Error> {
        self.append(Entry { recorded: self.stamp(), ..entry })
    }

    fn stamp(&self) -> Option<Timestamp> {
        self.clock.as_ref().map(|clock| clock.0())
    }

    /// The time of an entry that says it was recorded then, or says nothing.
    fn time(&self, recorded: Option<Timestamp>) -> Result<Option<Timestamp>, Error> {
        let before = self.times.last().copied().flatten();
        match (recorded, before) {
            (Some(time), Some(before)) if time < before => {
                Err(Error::new(ErrorKind::TimeGoesBack { before: before.to_string() }).value(time).at("recorded"))
            }
            (Some(time), _) => Ok(Some(time)),
            (None, before) => Ok(before),
        }
    }

    /// `topic` is what is known of the claim's topic, if that was looked up already.
    fn append_claim<I: AsRef<str>>(
        &mut self,
        claim: &Parts<'_, I>,
        topic: Option<Sought>,
        time: Option<Timestamp>,
    ) -> Result<Receipt, Error> {
        let receipt = self.store.add_claim(claim, topic, &self.policy).map_err(|error| error.at("claim"))?;
        if receipt.is_new {
            self.added(Kind::Claim, Some(store::handle(receipt.claim.number())?), time);
        }
        Ok(receipt)
    }

    /// Takes a claim back, and keeps what says so.
    fn apply(&mut self, retraction: Retraction) -> Result<u32, Error> {
        if let Some(by) = retraction.by() {
            self.store.source_handle(by.as_str()).map_err(|error| error.at("by"))?;
        }
        text::check_length("reason", retraction.reason().unwrap_or_default(), text::MAX_TEXT)?;
        let handle = store::handle(self.retractions.len())?;
        self.store.retract(retraction.claim, handle, &self.policy)?;
        self.retractions.push(retraction);
        Ok(handle)
    }

    fn added(&mut self, kind: Kind, handle: Option<u32>, time: Option<Timestamp>) -> Appended {
        let Some(handle) = handle else {
            return Appended::AlreadyThere;
        };
        self.places.push(self.times.len(), Place { kind, handle });
        store::push(&mut self.times, time);
        Appended::Added
    }

    /// How many entries it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.times.len()
    }

    /// Whether it has no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    /// Every entry, in the order in which they were recorded.
    #[must_use]
    pub fn entries(&self) -> impl ExactSizeIterator<Item = EntryRef<'_>> + DoubleEndedIterator {
        self.times.iter().enumerate().map(|(sequence, recorded)| {
            let Place { kind, handle } = self.places.get(sequence);
            let content = match kind {
                Kind::Source => ContentRef::Source(self.store.source(handle)),
                Kind::Predicate => ContentRef::Predicate(self.store.predicate(handle)),
                Kind::Claim => ContentRef::Claim(ClaimRef::new(self, handle)),
                Kind::Constraint => ContentRef::Constraint(&self.constraints[handle as usize]),
                Kind::Retraction => ContentRef::Retraction(&self.retractions[handle as usize]),
            };
            EntryRef { sequence: sequence as u64, recorded: *recorded, content }
        })
    }

    /// Every source, in the order in which they were added.
    #[must_use]
    pub fn sources(&self) -> impl ExactSizeIterator<Item = &Source> {
        self.store.sources()
    }

    /// The source of this id.
    #[must_use]
    pub fn source(&self, id: impl AsRef<str>) -> Option<&Source> {
        self.store.find_source(id.as_ref())
    }

    /// A source as reports name it: by its name, with its id where another source has that name too.
    pub(crate) fn name_of(&self, source: &Source) -> String {
        if self.store.is_told_by_name(source) {
            Shown(source.name()).to_string()
        } else {
            format!("{} ({})", Shown(source.name()), Shown(source.id().as_str()))
        }
    }

    /// Every predicate that was defined, in the order in which they were added.
    pub fn predicates(&self) -> impl Iterator<Item = &Predicate> {
        self.store.defined_predicates()
    }

    /// Every constraint, in the order in which they were added.
    #[must_use]
    pub fn constraints(&self) -> impl ExactSizeIterator<Item = &Constraint> {
        self.constraints.iter()
    }

    /// Every claim, whether it stands or not, in the order in which they were recorded.
    #[must_use]
    pub fn claims(&self) -> impl ExactSizeIterator<Item = ClaimRef<'_>> + DoubleEndedIterator {
        self.store.claim_handles().map(|handle| ClaimRef::new(self, handle))
    }

    /// The claim of this number.
    #[must_use]
    pub fn claim(&self, id: ClaimId) -> Option<ClaimRef<'_>> {
        self.store.claim_handle(id).map(|handle| ClaimRef::new(self, handle))
    }

    /// Every topic that a claim is about, in the order of the first claims.
    #[must_use]
    pub fn topics(&self) -> impl ExactSizeIterator<Item = TopicRef<'_>> {
        self.store.topic_handles().map(|handle| TopicRef::new(self, handle))
    }

    /// What is on record about a topic, if anything is.
    #[must_use]
    pub fn topic(&self, topic: &Topic) -> Option<TopicRef<'_>> {
        self.store.find_topic(topic.parts()).map(|handle| TopicRef::new(self, handle))
    }

    /// Every conflict between two claims that stand.
    ///
    /// # Order
    ///
    /// By the claim recorded last, then by the other.
    pub fn conflicts(&self) -> impl Iterator<Item = Conflict<'_>> {
        self.claims().flat_map(ClaimRef::conflicts_with_older)
    }

    /// How many conflicts there are between two claims that stand, which costs nothing to ask.
    #[must_use]
    pub fn conflict_count(&self) -> u64 {
        self.store.conflicts
    }

    /// Every conflict of one claim; none if it does not stand, or is not in the ledger.
    ///
    /// # Order
    ///
    /// By the number of the other claim.
    pub fn conflicts_of(&self, id: ClaimId) -> impl Iterator<Item = Conflict<'_>> {
        self.claim(id).into_iter().flat_map(move |claim| {
            let others = self.store.clashing(claim.handle(), u32::MAX, &self.policy);
            others.into_iter().map(|other| ClaimRef::new(self, other)).filter_map(move |other| {
                if other.id() < id { self.conflict(other, claim) } else { self.conflict(claim, other) }
            })
        })
    }

    fn conflict<'a>(&'a self, older: ClaimRef<'a>, newer: ClaimRef<'a>) -> Option<Conflict<'a>> {
        let conflict = Conflict::new(Related::new(older, newer, self.relation_of(older, newer)));
        debug_assert!(conflict.is_some(), "what stands and clashes conflicts: {older:?}, {newer:?}");
        conflict
    }

    /// How two claims relate, whether they stand or not; `None` if they are about different topics, are one claim, or
    /// are not both in the ledger.
    #[must_use]
    pub fn relation(&self, first: ClaimId, second: ClaimId) -> Option<Relation> {
        let (first, second) = (self.claim(first)?, self.claim(second)?);
        let related = first.topic() == second.topic() && first.id() != second.id();
        related.then(|| self.relation_of(first, second))
    }

    /// Two claims with how they relate and why, whether they stand or not; `None` where [`relation`](Self::relation)
    /// gives none.
    ///
    /// ```
    /// use testimony::{Claim, Figure, Ledger, Source, Topic};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let mut ledger = Ledger::new();
    /// let ministry = ledger.add_source(Source::new("moh", "Ministry of Health")?)?;
    /// let army = ledger.add_source(Source::new("army", "The army")?)?;
    /// let deaths = Topic::new("market bombing", "deaths");
    /// let many = ledger.record(Claim::new(deaths.clone(), Figure::more_than(4000), &ministry))?.id();
    /// let more = ledger.record(Claim::new(deaths, Figure::exactly(4700), &army))?.id();
    /// let related = ledger.related(more, many).expect("they are about one topic");
    /// assert_eq!(related.older().id(), many);
    /// assert_eq!(
    ///     related.because(),
    ///     "Every value of 4,700 is one of more than 4,000. Neither says what time it is about. The two origins are independent of each other."
    /// );
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn related(&self, one: ClaimId, other: ClaimId) -> Option<Related<'_>> {
        let (older, newer) = (one.min(other), one.max(other));
        let relation = self.relation(older, newer)?;
        Some(Related::new(self.claim(older)?, self.claim(newer)?, relation))
    }

    fn relation_of(&self, first: ClaimRef<'_>, second: ClaimRef<'_>) -> Relation {
        self.store.relation(first.handle(), second.handle(), &self.policy)
    }

    /// Every pair of claims on one topic that are not retracted, with how they relate.
    ///
    /// # Order
    ///
    /// By the claim recorded last, then by the other.
    pub fn relations(&self) -> impl Iterator<Item = Related<'_>> {
        self.claims().filter(|newer| !newer.is_retracted()).flat_map(move |newer| {
            let earlier = newer.topic_ref().claims().take_while(move |older| older.id() < newer.id());
            earlier
                .filter(|older| !older.is_retracted())
                .map(move |older| Related::new(older, newer, self.relation_of(older, newer)))
        })
    }

    /// Sources that quote each other in a circle, on every topic.
    ///
    /// # Order
    ///
    /// By topic, then by the first of their sources.
    pub fn circles(&self) -> impl Iterator<Item = Circle<'_>> {
        self.topics().flat_map(|topic| topic.circles())
    }

    /// The standing claims that the recorder holds to be confirmed by other independent sources (credibility 1), and
    /// that no other independent voice on record bears out. Nothing is corrected.
    ///
    /// # Order
    ///
    /// By number.
    pub fn unconfirmed(&self) -> impl Iterator<Item = Corroboration<'_>> {
        let confirmed = |claim: &ClaimRef<'_>| claim.credibility().is_some_and(|credibility| credibility.rating() == 1);
        let rated = self.claims().filter(move |claim| claim.stands() && confirmed(claim));
        rated.map(|claim| claim.corroboration()).filter(|corroboration| !corroboration.is_confirmed())
    }

    /// The standing figures that break a constraint: each origin's own figures first, then each figure against the first
    /// position on the other topics. Where an origin gave a topic several figures that go with its result, each
    /// combination of them is tried, up to 4,096 for one result.
    ///
    /// # Order
    ///
    /// By constraint, then by the number of the claim on the result (the ratio, the whole of a sum, the part).
    #[must_use]
    pub fn violations(&self) -> Vec<Violation<'_>> {
        violation::violations(self)
    }

    /// The ledger as it was known at a time: with what was recorded then or before, and without a clock.
    ///
    /// What was recorded before any time in the ledger was always known.
    #[must_use]
    pub fn at(&self, time: Timestamp) -> Self {
        let mut then = Self::with_policy(self.policy.clone());
        for entry in self.entries().take_while(|entry| entry.recorded().is_none_or(|recorded| recorded <= time)) {
            let replayed = then.append(entry.to_entry());
            debug_assert!(replayed.is_ok(), "what is on record can be recorded: {replayed:?}");
        }
        then
    }

    /// Has what some entries refer to at hand before they are gone through; see [`Store::fetch`].
    #[cfg(feature = "serde")]
    pub(crate) fn fetch(&self, entries: Range<usize>) {
        let places = entries.take_while(|&entry| entry < self.len()).map(|entry| self.places.get(entry));
        // Claims are numbered in the order of the entries.
        let mut claims = places.filter(|place| place.kind == Kind::Claim).map(|place| place.handle);
        if let Some(first) = claims.next() {
            self.store.fetch(first..=claims.last().unwrap_or(first));
        }
    }

    /// Records a claim that was just read, as [`append`](Ledger::append) does.
    #[cfg(feature = "serde")]
    pub(crate) fn append_draft(
        &mut self,
        draft: &Draft<'_>,
        topic: Option<Sought>,
        recorded: Option<Timestamp>,
    ) -> Result<Receipt, Error> {
        let time = self.time(recorded)?;
        self.append_claim(&draft.parts(), topic, time)
    }

    /// The topics of claims that are about to be recorded, as far as they are known already.
    #[cfg(feature = "serde")]
    pub(crate) fn find_topics<'a>(&self, topics: impl Iterator<Item = Option<TopicParts<'a>>>) -> Vec<Option<Sought>> {
        self.store.find_topics(topics)
    }
}

impl PartialEq for Ledger {
    fn eq(&self, other: &Self) -> bool {
        self.policy == other.policy && self.entries().eq(other.entries())
    }
}

impl Eq for Ledger {}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger")
            .field("policy", &self.policy)
            .field("clock", &self.clock.is_some())
            .field("entries", &self.len())
            .field("sources", &self.sources().len())
            .field("topics", &self.topics().len())
            .field("claims", &self.claims().len())
            .finish_non_exhaustive()
    }
}
