//! Taking in another ledger, and many entries at once.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;

use super::amended::{AmendmentRow, RecordPart};
use super::entries::ContentRef;
use super::numbers::Numbers;
use super::receipt::Appended;
use super::reconcile::{ClaimTimes, Plan};
use super::record::Ledger;
use super::tables;
use super::view::{ClaimRef, TopicRef};
use crate::claim::Claim;
use crate::entry::{Amendment, ClaimId, Content, Entry, Retraction};
use crate::error::{Error, ErrorKind};
use crate::text;
use crate::time::Timestamp;
use crate::topic::Predicate;

/// The reason why nothing can be refused while a ledger is taken in.
const CHECKED: &str = "what clashes is refused before anything is added";

/// Counts of the entries of one kind, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Tally {
    /// How many were added.
    pub added: usize,
    /// How many changed nothing, because the same was there.
    pub already_there: usize,
}

impl Tally {
    fn count(&mut self, added: bool) {
        if added {
            self.added += 1;
        } else {
            self.already_there += 1;
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} added, {} already there", self.added, self.already_there)
    }
}

/// The outcome of [merging](Ledger::merge) another ledger.
///
/// ```
/// use testimony::{Claim, ClaimId, Figure, Ledger, Source, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ours = Ledger::new();
/// let army = ours.add_source(Source::new("army", "The army")?)?;
/// let mut theirs = ours.clone();
/// let deaths = Topic::new("market bombing of 3 May", "deaths");
/// ours.record(Claim::new(deaths.clone(), Figure::exactly(12), &army))?;
/// theirs.record(Claim::new(deaths, Figure::at_least(10), &army))?;
///
/// let merged = ours.merge(&theirs)?;
/// assert_eq!(merged.claim_numbered(ClaimId::new(0)), Some(ClaimId::new(1)));
/// assert_eq!(
///     merged.to_string(),
///     "sources: 0 added, 1 already there; predicates: 0 added, 0 already there; names: 0 added, 0 already there; \
///      claims: 1 added, 0 already there; constraints: 0 added, 0 already there; \
///      retractions: 0 added, 0 already there; amendments: 0 added, 0 already there"
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Merged {
    sources: Tally,
    predicates: Tally,
    names: Tally,
    claims: Tally,
    constraints: Tally,
    retractions: Tally,
    amendments: Tally,
    #[cfg_attr(feature = "serde", serde(skip))]
    numbers: Vec<ClaimId>,
    /// The numbers in the other ledger.
    #[cfg_attr(feature = "serde", serde(skip))]
    others: Numbers,
}

impl Merged {
    /// The count of the sources.
    #[must_use]
    pub fn sources(&self) -> Tally {
        self.sources
    }

    /// The count of the predicates.
    #[must_use]
    pub fn predicates(&self) -> Tally {
        self.predicates
    }

    /// The count of the other names of subjects, units and scopes.
    #[must_use]
    pub fn names(&self) -> Tally {
        self.names
    }

    /// The count of the claims.
    #[must_use]
    pub fn claims(&self) -> Tally {
        self.claims
    }

    /// The count of the constraints.
    #[must_use]
    pub fn constraints(&self) -> Tally {
        self.constraints
    }

    /// The count of the retractions. A retraction of a claim that was taken back already is there already, whatever
    /// reason either gives: a claim is taken back once, and the first reason stays.
    #[must_use]
    pub fn retractions(&self) -> Tally {
        self.retractions
    }

    /// The count of the amendments. One is there already if what is on record here was written later, or is the same; a
    /// claim that is there already and has a citation, a credibility or a note that is new here adds one.
    #[must_use]
    pub fn amendments(&self) -> Tally {
        self.amendments
    }

    /// The number here of the claim that had this number in the other ledger.
    #[must_use]
    pub fn claim_numbered(&self, other: ClaimId) -> Option<ClaimId> {
        self.numbers.get(self.others.place(other)? as usize).copied()
    }
}

impl fmt::Display for Merged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sources, predicates, names, claims, constraints, retractions, amendments, .. } = self;
        write!(
            f,
            "sources: {sources}; predicates: {predicates}; names: {names}; claims: {claims}; constraints: {constraints}; \
             retractions: {retractions}; amendments: {amendments}"
        )
    }
}

impl Ledger {
    /// Takes in another ledger, and tells what that added. What either knows is known afterwards.
    ///
    /// Merging is by content. The same source, predicate, constraint or claim in both is one. Entries that only the
    /// other has are appended in their order, and no claim here changes its number. Which claims stand and which
    /// conflict is the same whichever of two ledgers takes in the other, in whatever order several are, and however
    /// often.
    ///
    /// # Retractions
    ///
    /// A claim that was taken back in either is taken back. Where it was recorded and taken back several times, the
    /// longer history goes on from where the shorter ends: recorded again after it was taken back, it stands, unless
    /// the other ledger knows of a second retraction.
    ///
    /// # Times
    ///
    /// An entry that is appended is recorded now if the ledger has a clock. Without one it keeps its time, or takes
    /// that of the last entry here if its own is before that, since a time of recording never goes back. So
    /// [`at`](Ledger::at) never shows what came from the other ledger before that knew it.
    ///
    /// # Errors
    ///
    /// Refuses the whole, and leaves the ledger as it was, where the two have different policies, define a source or a
    /// predicate differently, or hold amendments of one part of a record that differ, neither of them the later one;
    /// where the one gives a predicate a meaning and the other uses it without; and where a name is another name of
    /// something in the one and not in the other, which uses it. A ledger of another policy can be [read
    /// again](Ledger::extend) under this one.
    ///
    /// ```
    /// use testimony::{Claim, Figure, Ledger, Source, Topic};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let deaths = Topic::new("market bombing of 3 May", "deaths");
    /// let mut ours = Ledger::new();
    /// let ministry = ours.add_source(Source::new("moh", "Ministry of Health")?)?;
    /// ours.record(Claim::new(deaths.clone(), Figure::at_least(40), &ministry))?;
    ///
    /// let mut theirs = Ledger::new();
    /// let army = theirs.add_source(Source::new("army", "The army")?)?;
    /// theirs.record(Claim::new(deaths, Figure::exactly(12), &army))?;
    ///
    /// assert_eq!(ours.merge(&theirs)?.claims().added, 1);
    /// assert_eq!(ours.conflict_count(), 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn merge(&mut self, other: &Self) -> Result<Merged, Error> {
        if self.policy != other.policy {
            return Err(Error::new(ErrorKind::PoliciesDiffer).at("policy"));
        }
        let mut plan = Plan::default();
        for (handle, source) in (0..).zip(other.sources()) {
            if let Ok(own) = self.tables.source_handle(source.id().as_str()) {
                let known = [self.tables.defined_source(own), self.tables.source(own)];
                if !known.contains(&source) && !known.contains(&other.tables.defined_source(handle)) {
                    return Err(Error::new(ErrorKind::Redefined).value(source.id()).at("source.id"));
                }
                plan.source((self, own), (other, handle))?;
            }
        }
        let known = self.check_predicates(other)?;
        self.tables.check_names(&other.tables)?;
        self.tables.check_room_for(&other.tables)?;
        tables::handle(self.constraints.len() + other.constraints.len())?;
        tables::handle(self.amendments.len() + other.amendments.len() + other.claims().len())?;
        let now = self.stamp();
        self.time(now)?;
        let histories = histories(self, other);
        self.plan_claims(other, &histories, &mut plan)?;
        // Owners that were amended may close a circle here, or not entitle who took a claim back there; names that were
        // joined there may be those of others here.
        let joins = |row: &AmendmentRow| matches!(row.amendment, Amendment::Subject(_));
        let may_fail =
            [&*self, other].iter().any(|ledger| ledger.tables.heights.is_some()) || other.amendments.iter().any(joins);
        if may_fail {
            let mut merging = self.clone();
            let merged = merging.take_in(other, &known, histories, plan, now)?;
            *self = merging;
            Ok(merged)
        } else {
            self.take_in(other, &known, histories, plan, now)
        }
    }

    /// Appends entries one after another, as [`append`](Ledger::append) does, and tells how many were added.
    ///
    /// # Errors
    ///
    /// Stops at the first that is refused; those before it stay.
    ///
    /// ```
    /// use testimony::{Ledger, Policy, Source};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let mut ledger = Ledger::new();
    /// ledger.add_source(Source::new("army", "The army")?)?;
    ///
    /// // The same entries under another policy.
    /// let mut strict = Ledger::with_policy(Policy::default().with_tolerance("0.05".parse()?)?);
    /// assert_eq!(strict.extend(ledger.entries().map(|entry| entry.to_entry()))?, 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn extend(&mut self, entries: impl IntoIterator<Item = Entry>) -> Result<usize, Error> {
        let before = self.len();
        for (i, entry) in entries.into_iter().enumerate() {
            self.append(entry).map_err(|error| error.at(&format!("entries[{i}]")))?;
        }
        Ok(self.len() - before)
    }

    /// Appends entries in the order of the times at which they were recorded, whatever order they come in, and tells how
    /// many were added.
    ///
    /// Logs of several recorders are one ledger this way, which [`extend`](Self::extend) would refuse because times go
    /// backwards. An entry without a time stays behind the one that it follows, and those before the first time come first
    /// of all; entries of one time stay in their order. A retraction or an amendment that names a claim by its number means
    /// the number in this ledger: name it by its label.
    ///
    /// # Errors
    ///
    /// Stops at the first that is refused, and names its place among those given; those before it in time stay. An entry
    /// that was recorded before the last one in the ledger is refused.
    ///
    /// ```
    /// use testimony::{Entry, Ledger, Source};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let at = |time: &str| Ok::<_, testimony::Error>(time.parse()?);
    /// let late = Entry::from(Source::new("army", "The army")?).with_recorded(at("2025-03-27T09:00:00Z")?);
    /// let early = Entry::from(Source::new("nis", "NIS")?).with_recorded(at("2025-03-26T09:00:00Z")?);
    ///
    /// let mut ledger = Ledger::new();
    /// assert_eq!(ledger.extend_by_time([late, early])?, 2);
    /// let ids: Vec<&str> = ledger.sources().map(|source| source.id().as_str()).collect();
    /// assert_eq!(ids, ["nis", "army"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn extend_by_time(&mut self, entries: impl IntoIterator<Item = Entry>) -> Result<usize, Error> {
        let before = self.len();
        let mut time = None;
        let mut timed: Vec<_> = (0..)
            .zip(entries)
            .map(|(i, entry): (usize, _)| {
                time = entry.recorded().or(time);
                (time, i, entry)
            })
            .collect();
        timed.sort_by_key(|(time, i, _)| (time.map(Timestamp::to_utc), *i));
        for (time, i, entry) in timed {
            // An entry without a time of its own was recorded when the one before it was.
            let entry = Entry { recorded: time, ..entry };
            self.append(entry).map_err(|error| error.at(&format!("entries[{i}]")))?;
        }
        Ok(self.len() - before)
    }

    /// Whether every predicate means the same in both, defined or not; gives the names of those that both know.
    fn check_predicates<'a>(&self, other: &'a Self) -> Result<HashSet<&'a str>, Error> {
        let (own, others) = (self.meanings(), other.meanings());
        let mut known = HashSet::new();
        for predicate in other.predicates().chain(other.topics().map(|topic| topic.predicate())) {
            let name = predicate.name();
            let Some((meaning, defined)) = own.get(&*text::name(name)) else {
                continue;
            };
            if !meaning.is_same_as(predicate) {
                let both = *defined && others[&*text::name(name)].1;
                let kind = if both { ErrorKind::Redefined } else { ErrorKind::DefinedInOne };
                return Err(Error::new(kind).value(name).at("predicate.name"));
            }
            known.insert(name);
        }
        Ok(known)
    }

    /// Each predicate that was defined or used, by its name, and whether it was defined.
    fn meanings(&self) -> HashMap<Cow<'_, str>, (&Predicate, bool)> {
        let mut meanings: HashMap<_, _> =
            self.predicates().map(|defined| (text::name(defined.name()), (defined, true))).collect();
        for used in self.topics().map(|topic| topic.predicate()) {
            meanings.entry(text::name(used.name())).or_insert((used, false));
        }
        meanings
    }

    /// Decides whose word counts on each claim of the other that is on record here too.
    fn plan_claims(&self, other: &Self, histories: &HashMap<Claim, History>, plan: &mut Plan) -> Result<(), Error> {
        let (own_times, times) = (ClaimTimes::new(self), ClaimTimes::new(other));
        let mut met: HashMap<Claim, usize> = HashMap::new();
        for handle in other.tables.claim_handles() {
            let claim = ClaimRef::new(other, handle);
            let is_plain = other.tables.record(handle).is_said_only() && claim.amendments().next().is_none();
            if is_plain && histories.is_empty() {
                continue;
            }
            let said = claim.said();
            let own = match histories.get(&said) {
                Some(history) => {
                    let met = met.entry(said).or_default();
                    *met += 1;
                    history.numbers.get(*met - 1).and_then(|number| self.tables.claim_handle(*number))
                }
                None if is_plain => None,
                None => self.tables.find_claim_like(&said.parts()),
            };
            if let Some(own) = own.filter(|_| !is_plain) {
                plan.claim((self, own, &own_times), (other, handle, &times))?;
            }
        }
        Ok(())
    }

    /// Appends the entries that the other has and this does not; only those that rest on amended owners or joined names
    /// can be refused.
    fn take_in(
        &mut self,
        other: &Self,
        known: &HashSet<&str>,
        histories: HashMap<Claim, History>,
        plan: Plan,
        now: Option<Timestamp>,
    ) -> Result<Merged, Error> {
        let mut merging = Merging::new(other, histories, plan);
        for entry in other.entries() {
            let last = self.times.last().copied().flatten();
            let later = [last, entry.recorded()].into_iter().max_by_key(|time| time.map(Timestamp::to_utc)).flatten();
            let recorded = now.or(later);
            let append = |ledger: &mut Self, content: Content| {
                ledger.append(Entry { recorded, content }).expect(CHECKED) == Appended::Added
            };
            match entry.content() {
                ContentRef::Source(source) => {
                    let is_new = self.source(source.id()).is_none();
                    if is_new {
                        append(self, Content::Source(source.clone()));
                    }
                    merging.merged.sources.count(is_new);
                }
                ContentRef::Predicate(predicate) => {
                    let is_new = !known.contains(predicate.name());
                    if is_new {
                        append(self, Content::Predicate(predicate.clone()));
                    }
                    merging.merged.predicates.count(is_new);
                }
                ContentRef::Subject(_) | ContentRef::Unit(_) | ContentRef::Scope(_) => {
                    merging.merged.names.count(append(self, entry.to_entry().content));
                }
                ContentRef::Constraint(constraint) => {
                    merging.merged.constraints.count(append(self, Content::Constraint(constraint.clone())));
                }
                ContentRef::Claim(claim) => merging.claim(self, claim, recorded),
                ContentRef::Retraction(retraction) => merging.retraction(self, retraction, recorded)?,
                ContentRef::Amendment(amendment) => merging.amendment(self, amendment, recorded)?,
            }
        }
        self.since.extend(merging.plan.later);
        Ok(merging.merged)
    }

    /// Keeps when a claim was recorded elsewhere, as far as amendments of it come before or after that.
    fn written_since(&mut self, number: ClaimId, claim: &Claim, since: Option<Timestamp>) {
        let Some(own) = self.tables.claim_handle(number) else {
            return;
        };
        if claim.credibility().is_some() {
            self.since.insert(RecordPart::Credibility(own), since);
        }
        if claim.note().is_some() {
            self.since.insert(RecordPart::Note(own), since);
        }
    }

    /// For each source whose owner was amended, the place of the last amendment that did.
    fn last_owners(&self) -> HashMap<u32, usize> {
        let amends_owner =
            |row: &AmendmentRow| matches!(&row.amendment, Amendment::Source(to) if !to.part_of().is_keep());
        let rows = self.amendments.iter().enumerate().filter(|(_, row)| amends_owner(row));
        rows.map(|(place, row)| (row.target, place)).collect()
    }

    /// Appends an amendment that was recorded elsewhere.
    fn amend_as_of(
        &mut self,
        amendment: Amendment,
        recorded: Option<Timestamp>,
        since: Option<Timestamp>,
    ) -> Result<Appended, Error> {
        let appended = self.append(Entry { recorded, ..amendment.into() })?;
        if appended == Appended::Added
            && let Some(row) = self.amendments.last_mut()
        {
            row.since = since;
        }
        Ok(appended)
    }
}

/// A ledger that is being taken in, entry by entry.
struct Merging<'a> {
    other: &'a Ledger,
    histories: HashMap<Claim, History>,
    plan: Plan,
    /// When the claims of the other ledger were recorded.
    times: ClaimTimes,
    /// For each source whose owner was amended, the place of the last amendment that did.
    last_owners: HashMap<u32, usize>,
    /// How many retractions and amendments were met.
    met: [usize; 2],
    merged: Merged,
}

impl<'a> Merging<'a> {
    fn new(other: &'a Ledger, histories: HashMap<Claim, History>, plan: Plan) -> Self {
        let (times, last_owners) = (ClaimTimes::new(other), other.last_owners());
        let merged = Merged { others: other.tables.numbers.clone(), ..Merged::default() };
        Self { other, histories, plan, times, last_owners, met: [0, 0], merged }
    }

    fn claim(&mut self, ledger: &mut Ledger, claim: ClaimRef<'_>, recorded: Option<Timestamp>) {
        let (handle, since) = (claim.handle(), self.times.of(self.other, claim.handle()));
        let said = claim.to_claim();
        let history = if self.histories.is_empty() { None } else { self.histories.get_mut(&said.clone().said()) };
        let before = history.as_ref().and_then(|history| history.numbers.get(history.met).copied());
        let (number, is_new) = if let Some(number) = before {
            (number, false)
        } else {
            let receipt = ledger.take_claim(&said.parts(), None, recorded).expect(CHECKED);
            (receipt.id(), receipt.is_new())
        };
        if is_new && since != recorded {
            ledger.written_since(number, &said, since);
        }
        if let (Some(writes), Some(own)) = (self.plan.claims.get_mut(&handle), ledger.tables.claim_handle(number)) {
            let added = ledger.tables.added_by(own, &said.details);
            if let Some(added) = writes.left_of_claim(claim, added) {
                ledger.amend_as_of(added.into(), recorded, since).expect(CHECKED);
                self.merged.amendments.count(true);
            }
        }
        if let Some(history) = history {
            history.met += 1;
            if is_new {
                history.numbers.push(number);
            }
        }
        self.merged.numbers.push(number);
        self.merged.claims.count(is_new);
    }

    fn retraction(
        &mut self,
        ledger: &mut Ledger,
        retraction: &Retraction,
        recorded: Option<Timestamp>,
    ) -> Result<(), Error> {
        let row = &self.other.retractions[self.met[0]];
        self.met[0] += 1;
        let claim = self.merged.numbers[row.claim as usize];
        let is_new = ledger.claim(claim).is_some_and(|claim| !claim.is_retracted());
        if is_new {
            ledger.append(Entry { recorded, content: Content::Retraction(retraction.clone().of(claim)) })?;
        }
        self.merged.retractions.count(is_new);
        Ok(())
    }

    fn amendment(
        &mut self,
        ledger: &mut Ledger,
        amendment: &Amendment,
        recorded: Option<Timestamp>,
    ) -> Result<(), Error> {
        let place = self.met[1];
        self.met[1] += 1;
        let row = &self.other.amendments[place];
        let left = match amendment {
            Amendment::Source(amendment) => {
                let own = ledger.tables.source_handle(amendment.source().as_str())?;
                let is_last = self.last_owners.get(&row.target) == Some(&place);
                match self.plan.sources.get_mut(&own) {
                    Some(writes) => writes.left_of(amendment, is_last).map(Amendment::from),
                    None => Some(amendment.clone().into()),
                }
            }
            Amendment::Claim(amendment) => {
                let amendment = amendment.clone().of(self.merged.numbers[row.target as usize]);
                match self.plan.claims.get_mut(&row.target) {
                    Some(writes) => writes.left_of(&amendment).map(Amendment::from),
                    None => Some(amendment.into()),
                }
            }
            Amendment::Subject(_) => Some(amendment.clone()),
        };
        let appended = left.map(|left| ledger.amend_as_of(left, recorded, row.since)).transpose()?;
        self.merged.amendments.count(appended == Some(Appended::Added));
        Ok(())
    }
}

/// The recordings of a claim that was taken back at least once: they and its retractions take turns.
#[derive(Default)]
struct History {
    /// The numbers in the ledger that takes in.
    numbers: Vec<ClaimId>,
    /// How many recordings were met in the ledger that is taken in.
    met: usize,
}

/// The histories of all claims that were taken back in either ledger.
fn histories(own: &Ledger, other: &Ledger) -> HashMap<Claim, History> {
    let retracted = |ledger: &Ledger| {
        ledger.retractions.iter().map(|row| ClaimRef::new(ledger, row.claim).said()).collect::<Vec<_>>()
    };
    let mut histories: HashMap<Claim, History> =
        [own, other].into_iter().flat_map(retracted).map(|claim| (claim, History::default())).collect();
    // One topic may go by several names.
    let topics = histories.keys().filter_map(|claim| own.topic(claim.topic()));
    let topics: HashMap<u32, TopicRef<'_>> = topics.map(|topic| (topic.number(), topic)).collect();
    for claim in topics.values().flat_map(TopicRef::claims) {
        if let Some(history) = histories.get_mut(&claim.said()) {
            history.numbers.push(claim.id());
        }
    }
    histories
}
