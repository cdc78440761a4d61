//! The ledger, and recording: what is added to it.

use std::collections::HashMap;
use std::sync::Arc;
#[cfg(feature = "serde")]
use std::sync::OnceLock;

use indexmap::IndexSet;

use super::amended::{AmendmentRow, RecordPart};
use super::places::{EntryKind, EntryPlace, Places};
use super::receipt::{Appended, Receipt};
use super::tables::{self, Sought, Tables};
use crate::claim::Claim;
#[cfg(feature = "serde")]
use crate::claim::Label;
#[cfg(feature = "serde")]
use crate::claim::draft::Draft;
use crate::claim::parts::Parts;
#[cfg(feature = "serde")]
use crate::claim::parts::TopicParts;
use crate::constraint::Constraint;
use crate::entry::{Amendment, ClaimId, Content, Entry, Retraction};
use crate::error::{Error, ErrorKind};
use crate::names::Names;
use crate::policy::Policy;
use crate::shown::Shown;
use crate::source::{Source, SourceId};
use crate::text;
use crate::time::Timestamp;
use crate::topic::Predicate;

/// The reason why a claim that was just recorded is found by its number.
const NUMBERED: &str = "what is on record has its number";

#[derive(Clone)]
pub(super) struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

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
    pub(super) policy: Policy,
    /// Whether whoever made the ledger chose the policy, so that a file has no say in it.
    #[cfg_attr(not(feature = "serde"), expect(dead_code, reason = "files alone ask"))]
    policy_is_chosen: bool,
    pub(super) clock: Option<Clock>,
    pub(super) places: Places,
    /// When each entry was recorded.
    pub(super) times: Vec<Option<Timestamp>>,
    pub(super) tables: Tables,
    pub(super) constraints: IndexSet<Constraint>,
    pub(super) retractions: Vec<RetractionRow>,
    pub(super) amendments: Vec<AmendmentRow>,
    /// When the parts were written last whose entry does not tell: what was merged is recorded later than it was.
    pub(super) since: HashMap<RecordPart, Option<Timestamp>>,
    /// The claim that was recorded last with each label, once one was asked for.
    #[cfg(feature = "serde")]
    pub(super) labels: OnceLock<HashMap<Label, u32>>,
}

/// A retraction on record.
#[derive(Clone)]
pub(super) struct RetractionRow {
    pub(super) retraction: Retraction,
    /// The claim that it takes back.
    pub(super) claim: u32,
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
        Self { policy, policy_is_chosen: true, ..Self::default() }
    }

    /// Takes the policy that a file names, unless another was chosen for the ledger or has been used in it.
    #[cfg(feature = "serde")]
    pub(crate) fn take_policy(&mut self, policy: Policy) -> Result<(), Policy> {
        if policy != self.policy && (self.policy_is_chosen || self.entries().len() > 0) {
            return Err(policy);
        }
        self.policy = policy;
        Ok(())
    }

    /// Sets up to how many claims a topic is looked through one by one; above, it has an index.
    #[cfg(any(test, feature = "testing"))]
    #[must_use]
    pub(crate) fn with_scan_limit(mut self, claims: usize) -> Self {
        self.tables.scan_limit = super::index::topic::ScanLimit(claims);
        self
    }

    /// Gives the ledger a clock, with which it stamps what is recorded without a time; [`Timestamp::now`] is one.
    #[must_use]
    pub fn with_clock(mut self, clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.clock = Some(Clock(Arc::new(clock)));
        self
    }

    /// Numbers the next claim that is new, for a ledger that holds a part of what is kept elsewhere, such as in a store:
    /// its claims have the numbers that they have there, and an entry may name them so. In a file they go by their
    /// labels, as in a [view](crate::View).
    ///
    /// # Errors
    ///
    /// Refuses a number that is not above those of the claims before, or not below 2³².
    ///
    /// ```
    /// use testimony::{Claim, ClaimId, Figure, Ledger, Source, Topic};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let mut part = Ledger::new();
    /// let army = part.add_source(Source::new("army", "The army")?)?;
    /// part.number_next_claim(ClaimId::new(1_200))?;
    /// let receipt = part.record(Claim::new(Topic::new("siege", "deaths"), Figure::exactly(12), &army))?;
    /// assert_eq!(receipt.id(), ClaimId::new(1_200));
    /// # Ok(())
    /// # }
    /// ```
    pub fn number_next_claim(&mut self, number: ClaimId) -> Result<(), Error> {
        let claims = self.tables.claims.len();
        let next = self.tables.numbers.number_next(tables::small(claims), number);
        next.ok_or_else(|| Error::new(ErrorKind::NumberTaken).value(number).at("the number of a claim"))
    }

    /// The policy that the verdicts rest on.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// How many entries the ledger has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.times.len()
    }

    /// Whether the ledger has no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    /// Every source, in the order in which they were added.
    #[must_use]
    pub fn sources(&self) -> impl ExactSizeIterator<Item = &Source> {
        self.tables.sources()
    }

    /// The source of this id.
    #[must_use]
    pub fn source(&self, id: impl AsRef<str>) -> Option<&Source> {
        self.tables.find_source(id.as_ref())
    }

    /// The source of this number, as [`Statement`](crate::rules::voices::Statement) has it.
    pub(crate) fn source_numbered(&self, number: u32) -> &Source {
        self.tables.source(number)
    }

    /// A source as reports name it: by its name, with its id where another source of the ledger has a name that is the
    /// same or looks like it (by Unicode's UTS 39), and with everything escaped that could mislead ([`Shown`]).
    ///
    /// ```
    /// use testimony::{Ledger, Source};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let mut ledger = Ledger::new();
    /// ledger.add_source(Source::new("ap", "Agency Press")?)?;
    /// ledger.add_source(Source::new("fake", "Аgency Press")?)?; // its first letter is Cyrillic
    /// ledger.add_source(Source::new("army", "The army")?)?;
    /// let names: Vec<_> = ledger.sources().map(|source| ledger.name_of(source)).collect();
    /// assert_eq!(names, ["Agency Press (ap)", "Аgency Press (fake)", "The army"]);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn name_of(&self, source: &Source) -> String {
        if self.tables.is_told_by_name(source) {
            Shown(source.name()).to_string()
        } else {
            format!("{} ({})", Shown(source.name()), Shown(source.id().as_str()))
        }
    }

    /// Every predicate that was defined, in the order in which they were added.
    pub fn predicates(&self) -> impl Iterator<Item = &Predicate> {
        self.tables.defined_predicates()
    }

    /// Every constraint, in the order in which they were added.
    #[must_use]
    pub fn constraints(&self) -> impl ExactSizeIterator<Item = &Constraint> {
        self.constraints.iter()
    }

    /// How many conflicts there are between two claims that stand, which costs nothing to ask.
    #[must_use]
    pub fn conflict_count(&self) -> u64 {
        self.tables.conflicts
    }
}

impl Ledger {
    /// Adds a source, and gives its id back. The same source again changes nothing, whether it is given as it was
    /// defined or as it is on record by now.
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

    /// Gives a subject other names, so that claims on any of them are on one topic; each keeps the words that it came
    /// with. The same again changes nothing.
    ///
    /// # Errors
    ///
    /// Refuses a blank or overlong text, a list without an alias, an alias that a claim has already used, that is
    /// another name of something else, or that has other names itself, and a name that is itself an alias.
    pub fn add_subject(&mut self, names: Names) -> Result<(), Error> {
        self.append_now(Content::Subject(names).into()).map(|_| ())
    }

    /// Gives a unit other names, so that figures in any of them are compared. One of the names may be that of a unit
    /// that everybody knows, which the others join. The same again changes nothing.
    ///
    /// # Errors
    ///
    /// Refuses what [`add_subject`](Self::add_subject) does, names of two units that everybody knows, and what is no
    /// unit: `%`, `ratio`, and what happened to those counted.
    ///
    /// ```
    /// use testimony::{Claim, Figure, Ledger, Names, Source, Topic};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let mut ledger = Ledger::new();
    /// let city = ledger.add_source(Source::new("city", "City council")?)?;
    /// ledger.add_unit(Names::new("heads", ["people", "mouths"]))?;
    /// let fed = Topic::new("shelter", "fed");
    /// for unit in ["persons", "Mouths", "head"] {
    ///     ledger.record(Claim::new(fed.clone(), Figure::exactly(12).with_unit(unit), &city))?;
    /// }
    /// assert!(ledger.topic(&fed).is_some_and(|topic| topic.unmatched_units().is_empty()));
    /// # Ok(())
    /// # }
    /// ```
    pub fn add_unit(&mut self, names: Names) -> Result<(), Error> {
        self.append_now(Content::Unit(names).into()).map(|_| ())
    }

    /// Gives a scope other names, so that claims with any of them count the same. The same again changes nothing.
    ///
    /// # Errors
    ///
    /// Refuses what [`add_subject`](Self::add_subject) does.
    pub fn add_scope(&mut self, names: Names) -> Result<(), Error> {
        self.append_now(Content::Scope(names).into()).map(|_| ())
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
    /// value although it neither declines nor disowns, has a figure that allows no value, or has a text or a list
    /// beyond its limit; and any claim once the ledger has 2²⁸ different texts and units, or 2³² claims or relays.
    #[expect(clippy::needless_pass_by_value, reason = "what is on record is no longer the caller's")]
    pub fn record(&mut self, claim: Claim) -> Result<Receipt, Error> {
        let time = self.time(self.stamp())?;
        self.append_claim(&claim.parts(), None, time)
    }

    /// Takes a claim back. It stays on record, and no longer stands.
    ///
    /// # Errors
    ///
    /// Refuses a number or a label that no claim has, a claim that is already retracted, a source that is not in the
    /// ledger, one that may not take the claim back, and an overlong reason. The claim's origin may, each of its
    /// relays, and whoever owns one of these (what it is a part of, however far up); anybody else who contradicts a
    /// claim makes one.
    pub fn retract(&mut self, retraction: Retraction) -> Result<(), Error> {
        self.append_now(retraction.into()).map(|_| ())
    }

    /// Changes what is on record of a source, a claim or a name, from then on; tells whether anything changed.
    ///
    /// The amendment is an entry like any other, and the ledger [at](Ledger::at) an earlier time has what was on record
    /// then.
    ///
    /// # Errors
    ///
    /// Refuses an amendment of nothing, of a source or a claim that is not in the ledger, one by which a source would
    /// be a part of itself or of a chain more than 64 sources deep, and a text or a list beyond its limit.
    ///
    /// ```
    /// use testimony::{Citation, Claim, ClaimAmendment, Credibility, Figure, Ledger, Source, Topic};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let mut ledger = Ledger::new();
    /// let herald = ledger.add_source(Source::new("herald", "The Herald")?)?;
    /// let claim = Claim::new(Topic::new("strike 17", "deaths"), Figure::exactly(5), &herald);
    /// let id = ledger.record(claim.with_credibility(Credibility::new(4)?))?.id();
    /// assert!(ledger.amend(ClaimAmendment::new(id).with_credibility(Credibility::new(1)?).with_reason("photographs"))?);
    ///
    /// let claim = ledger.claim(id).expect("it was just recorded");
    /// assert_eq!(claim.credibility().map(Credibility::rating), Some(1));
    /// assert_eq!(claim.as_recorded().credibility().map(Credibility::rating), Some(4));
    /// # Ok(())
    /// # }
    /// ```
    pub fn amend(&mut self, amendment: impl Into<Amendment>) -> Result<bool, Error> {
        let amendment: Amendment = amendment.into();
        Ok(self.append_now(amendment.into())? == Appended::Added)
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
                let added = self.tables.add_source(source).map_err(|error| error.at("source"))?;
                Ok(self.added(EntryKind::Source, added, time))
            }
            Content::Predicate(predicate) => {
                let added = self.tables.add_predicate(predicate).map_err(|error| error.at("predicate"))?;
                Ok(self.added(EntryKind::Predicate, added, time))
            }
            Content::Subject(names) => {
                let added = self.tables.add_subject(names).map_err(|error| error.at("subject"))?;
                Ok(self.added(EntryKind::Subject, added, time))
            }
            Content::Unit(names) => {
                let added = self.tables.add_unit(names).map_err(|error| error.at("unit"))?;
                Ok(self.added(EntryKind::Unit, added, time))
            }
            Content::Scope(names) => {
                let added = self.tables.add_scope(names).map_err(|error| error.at("scope"))?;
                Ok(self.added(EntryKind::Scope, added, time))
            }
            Content::Claim(claim) => self.append_claim(&claim.parts(), None, time).map(Appended::Claim),
            Content::Constraint(constraint) => {
                constraint
                    .check()
                    .and_then(|()| self.tables.check_topics(&constraint))
                    .map_err(|error| error.at("constraint"))?;
                let handle = tables::handle(self.constraints.len())?;
                let is_new = self.constraints.insert(constraint);
                Ok(self.added(EntryKind::Constraint, is_new.then_some(handle), time))
            }
            Content::Retraction(retraction) => {
                let handle = self.apply(retraction).map_err(|error| error.at("retraction"))?;
                Ok(self.added(EntryKind::Retraction, Some(handle), time))
            }
            Content::Amendment(amendment) => {
                let handle = self.apply_amendment(amendment, time).map_err(|error| error.at("amendment"))?;
                Ok(self.added(EntryKind::Amendment, handle, time))
            }
        }
    }

    fn append_now(&mut self, entry: Entry) -> Result<Appended, Error> {
        self.append(Entry { recorded: self.stamp(), ..entry })
    }

    pub(super) fn stamp(&self) -> Option<Timestamp> {
        self.clock.as_ref().map(|clock| clock.0())
    }

    /// The time of an entry that says it was recorded then, or says nothing.
    pub(super) fn time(&self, recorded: Option<Timestamp>) -> Result<Option<Timestamp>, Error> {
        let before = self.times.last().copied().flatten();
        match (recorded, before) {
            (Some(time), Some(before)) if time.to_utc() < before.to_utc() => {
                Err(Error::new(ErrorKind::TimeGoesBack { before: before.to_string() }).value(time).at("recorded"))
            }
            (Some(time), _) => Ok(Some(time)),
            (None, before) => Ok(before),
        }
    }

    /// Appends a claim; `topic` is what is known of its topic, if that was looked up already.
    pub(super) fn append_claim<I: AsRef<str>>(
        &mut self,
        claim: &Parts<'_, I>,
        topic: Option<Sought>,
        time: Option<Timestamp>,
    ) -> Result<Receipt, Error> {
        let mut receipt = self.take_claim(claim, topic, time)?;
        if !receipt.is_new {
            let same = self.tables.claim_handle(receipt.claim).expect(NUMBERED);
            if let Some(amendment) = self.tables.added_by(same, claim.details) {
                let handle = self.apply_amendment(amendment.into(), time).map_err(|error| error.at("claim"))?;
                receipt.is_amended = self.added(EntryKind::Amendment, handle, time) == Appended::Added;
            }
            self.tables.repeated.insert(same, time);
        }
        Ok(receipt)
    }

    /// Appends a claim, unless the same is there: of that nothing changes.
    pub(super) fn take_claim<I: AsRef<str>>(
        &mut self,
        claim: &Parts<'_, I>,
        topic: Option<Sought>,
        time: Option<Timestamp>,
    ) -> Result<Receipt, Error> {
        let receipt = self.tables.add_claim(claim, topic, &self.policy).map_err(|error| error.at("claim"))?;
        if receipt.is_new {
            let handle = self.tables.claim_handle(receipt.claim).expect(NUMBERED);
            self.added(EntryKind::Claim, Some(handle), time);
            #[cfg(feature = "serde")]
            self.keep_label(handle);
        }
        Ok(receipt)
    }

    /// Takes a claim back, and keeps the retraction.
    fn apply(&mut self, retraction: Retraction) -> Result<u32, Error> {
        text::check_length("reason", retraction.reason().unwrap_or_default(), text::MAX_TEXT)?;
        let claim = self.find_claim(retraction.claim()).map_err(|error| error.at("claim"))?;
        if self.tables.is_retracted(claim) {
            return Err(Error::new(ErrorKind::AlreadyRetracted).value(retraction.claim()).at("claim"));
        }
        if let Some(by) = retraction.by() {
            let source = self.tables.source_handle(by.as_str()).map_err(|error| error.at("by"))?;
            if !self.tables.is_entitled(source, claim) {
                return Err(Error::new(ErrorKind::NotEntitled).value(by).at("by"));
            }
        }
        self.take_back(claim, retraction)
    }

    /// Takes back a claim that may be taken back.
    pub(super) fn take_back(&mut self, claim: u32, retraction: Retraction) -> Result<u32, Error> {
        let handle = tables::handle(self.retractions.len())?;
        self.tables.retract(claim, handle, &self.policy);
        self.retractions.push(RetractionRow { retraction, claim });
        Ok(handle)
    }

    pub(super) fn added(&mut self, kind: EntryKind, handle: Option<u32>, time: Option<Timestamp>) -> Appended {
        let Some(handle) = handle else {
            return Appended::AlreadyThere;
        };
        self.places.push(self.times.len(), EntryPlace { kind, handle });
        tables::push(&mut self.times, time);
        Appended::Added
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
        self.tables.find_topics(topics)
    }
}
