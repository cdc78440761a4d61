//! Taking in another ledger, and many entries at once.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::receipt::Appended;
use super::record::Ledger;
use super::tables;
use super::view::ContentRef;
use crate::claim::Claim;
use crate::entry::{ClaimId, Entry};
use crate::error::{Error, ErrorKind};
use crate::time::Timestamp;
use crate::topic::{Predicate, Topic};

/// Why nothing can be refused while a ledger is taken in.
const CHECKED: &str = "what clashes is refused before anything is added";

/// What became of the entries of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
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

/// What [merging](Ledger::merge) another ledger did.
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
///     "sources: 0 added, 1 already there; predicates: 0 added, 0 already there; claims: 1 added, 0 already there; \
///      constraints: 0 added, 0 already there; retractions: 0 added, 0 already there"
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    sources: Tally,
    predicates: Tally,
    claims: Tally,
    constraints: Tally,
    retractions: Tally,
    numbers: Vec<ClaimId>,
}

impl Merged {
    /// What became of the sources.
    #[must_use]
    pub fn sources(&self) -> Tally {
        self.sources
    }

    /// What became of the predicates.
    #[must_use]
    pub fn predicates(&self) -> Tally {
        self.predicates
    }

    /// What became of the claims.
    #[must_use]
    pub fn claims(&self) -> Tally {
        self.claims
    }

    /// What became of the constraints.
    #[must_use]
    pub fn constraints(&self) -> Tally {
        self.constraints
    }

    /// What became of the retractions. One of a claim that was taken back already is there already, whatever reason
    /// either gives: a claim is taken back once, and the first reason stays.
    #[must_use]
    pub fn retractions(&self) -> Tally {
        self.retractions
    }

    /// The number here of the claim that had this number in the other ledger.
    #[must_use]
    pub fn claim_numbered(&self, other: ClaimId) -> Option<ClaimId> {
        self.numbers.get(usize::try_from(other.number()).ok()?).copied()
    }
}

impl fmt::Display for Merged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sources, predicates, claims, constraints, retractions, .. } = self;
        write!(
            f,
            "sources: {sources}; predicates: {predicates}; claims: {claims}; constraints: {constraints}; \
             retractions: {retractions}"
        )
    }
}

impl Ledger {
    /// Takes in another ledger, and tells what that added. What either knows is known afterwards.
    ///
    /// Merging is by content. The same source, predicate, constraint or claim in both is one; what only the other
    /// has is appended in its order, and no claim here changes its number. Which claims stand and which conflict is
    /// the same whichever of two ledgers takes in the other, in whatever order several are, and however often.
    ///
    /// # Retractions
    ///
    /// A claim that was taken back in either is taken back. Where it was recorded and taken back several times, the
    /// longer history goes on from where the shorter ends: recorded again after it was taken back, it stands, unless
    /// the other ledger knows of a second retraction.
    ///
    /// # Times
    ///
    /// What is appended is recorded now if the ledger has a clock. Without one it keeps its time, or takes that of
    /// the last entry here if its own is before that, since a time of recording never goes back. So
    /// [`at`](Ledger::at) never shows what came from the other ledger before that knew it.
    ///
    /// # Errors
    ///
    /// Refuses the whole, and leaves the ledger as it was, where the two have different policies, define a source or
    /// a predicate differently, or where the one gives a predicate a meaning and the other uses it without. A ledger
    /// of another policy can be [read again](Ledger::extend) under this one.
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
        for source in other.sources() {
            if self.source(source.id()).is_some_and(|own| own != source) {
                return Err(Error::new(ErrorKind::Redefined).value(source.id()).at("source.id"));
            }
        }
        let known = self.check_predicates(other)?;
        self.tables.check_room_for(&other.tables)?;
        tables::handle(self.constraints.len() + other.constraints.len())?;
        let now = self.stamp();
        self.time(now)?;
        Ok(self.take_in(other, &known, now))
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

    /// Whether every predicate means the same in both, defined or not; gives the names of those that both know.
    fn check_predicates<'a>(&self, other: &'a Self) -> Result<HashSet<&'a str>, Error> {
        let (own, others) = (self.meanings(), other.meanings());
        let mut known = HashSet::new();
        for predicate in other.predicates().chain(other.topics().map(|topic| topic.predicate())) {
            let name = predicate.name();
            let Some((meaning, defined)) = own.get(name) else {
                continue;
            };
            if *meaning != predicate {
                let both = *defined && others[name].1;
                let kind = if both { ErrorKind::Redefined } else { ErrorKind::DefinedInOne };
                return Err(Error::new(kind).value(name).at("predicate.name"));
            }
            known.insert(name);
        }
        Ok(known)
    }

    /// What each predicate is that was defined or used, and whether it was defined.
    fn meanings(&self) -> HashMap<&str, (&Predicate, bool)> {
        let mut meanings: HashMap<_, _> = self.predicates().map(|defined| (defined.name(), (defined, true))).collect();
        for used in self.topics().map(|topic| topic.predicate()) {
            meanings.entry(used.name()).or_insert((used, false));
        }
        meanings
    }

    /// Appends what the other has and this does not, of which nothing can be refused.
    fn take_in(&mut self, other: &Self, known: &HashSet<&str>, now: Option<Timestamp>) -> Merged {
        let mut histories = histories(self, other);
        let mut merged = Merged::default();
        for entry in other.entries() {
            let last = self.times.last().copied().flatten();
            let recorded = now.or_else(|| entry.recorded().max(last));
            let append = |ledger: &mut Self, entry: Entry| ledger.append(Entry { recorded, ..entry }).expect(CHECKED);
            match entry.content() {
                ContentRef::Source(source) => {
                    merged.sources.count(append(self, source.clone().into()) == Appended::Added);
                }
                ContentRef::Predicate(predicate) => {
                    let is_new = !known.contains(predicate.name());
                    if is_new {
                        append(self, predicate.clone().into());
                    }
                    merged.predicates.count(is_new);
                }
                ContentRef::Claim(claim) => {
                    let claim = claim.to_claim();
                    let history = histories.get_mut(&claim);
                    let before = history.as_ref().and_then(|history| history.numbers.get(history.met).copied());
                    let (number, is_new) = if let Some(number) = before {
                        (number, false)
                    } else {
                        let receipt = self.append_claim(&claim.parts(), None, recorded).expect(CHECKED);
                        (receipt.id(), receipt.is_new())
                    };
                    if let Some(history) = history {
                        history.met += 1;
                        if is_new {
                            history.numbers.push(number);
                        }
                    }
                    merged.numbers.push(number);
                    merged.claims.count(is_new);
                }
                ContentRef::Constraint(constraint) => {
                    merged.constraints.count(append(self, constraint.clone().into()) == Appended::Added);
                }
                ContentRef::Retraction(retraction) => {
                    let claim =
                        merged.claim_numbered(retraction.claim()).expect("what is taken back was recorded before");
                    let is_new = self.claim(claim).is_some_and(|claim| !claim.is_retracted());
                    if is_new {
                        append(self, retraction.clone().renumbered(claim).into());
                    }
                    merged.retractions.count(is_new);
                }
            }
        }
        merged
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
        let claims = ledger.retractions.iter().filter_map(|retraction| ledger.claim(retraction.claim()));
        claims.map(|claim| claim.to_claim()).collect::<Vec<_>>()
    };
    let mut histories: HashMap<Claim, History> =
        [own, other].into_iter().flat_map(retracted).map(|claim| (claim, History::default())).collect();
    let topics: HashSet<Topic> = histories.keys().map(|claim| claim.topic().clone()).collect();
    for claim in topics.iter().filter_map(|topic| own.topic(topic)).flat_map(|topic| topic.claims()) {
        if let Some(history) = histories.get_mut(&claim.to_claim()) {
            history.numbers.push(claim.id());
        }
    }
    histories
}
