//! Looking at the claims and topics on record.

use std::borrow::Cow;
use std::ops::RangeInclusive;
use std::{fmt, iter};

use super::record::Ledger;
use crate::claim::parts::Parts;
use crate::claim::{Basis, Citation, Claim, Details, Stance, Value};
use crate::confidence::{Confidence, Credibility};
use crate::date::Days;
use crate::entry::{Amendment, ClaimId, ClaimKey, Retraction};
use crate::names;
use crate::period::Period;
use crate::rules::comparable::{Comparable, Taken};
use crate::rules::relation::Relation;
use crate::rules::voices::Statement;
use crate::source::{Source, SourceId};
use crate::time::Moment;
use crate::time::Timestamp;
use crate::topic::{Predicate, Topic};

/// A claim as a ledger holds it, with what the recorder holds of it now; [`as_recorded`](Self::as_recorded) gives it as
/// it came.
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
/// let id = ledger.record(Claim::new(topic, Figure::more_than(4000), &nis))?.id();
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
    /// Whether the claim is looked at without its amendments.
    as_recorded: bool,
}

impl<'a> ClaimRef<'a> {
    pub(super) fn new(ledger: &'a Ledger, handle: u32) -> Self {
        Self { ledger, handle, as_recorded: false }
    }

    /// The claim as it was recorded and as its line has it, without what has amended it since.
    #[must_use]
    pub fn as_recorded(self) -> Self {
        Self { as_recorded: true, ..self }
    }

    /// The amendments of the claim, in the order of the entries.
    pub fn amendments(&self) -> impl Iterator<Item = &'a Amendment> + use<'a> {
        let ledger = self.ledger;
        let amended = ledger.tables.amended_claims.get(&self.handle);
        amended.into_iter().flat_map(move |amended| {
            amended.amendments.iter().map(move |&handle| &ledger.amendments[handle as usize].amendment)
        })
    }

    /// Whether the same claim was recorded again while it was on record and not retracted.
    ///
    /// A repetition is no entry: a file does not tell it, and neither does a ledger of an earlier time or one that was
    /// merged.
    #[must_use]
    pub fn is_repeated(&self) -> bool {
        self.ledger.tables.repeated.contains_key(&self.handle)
    }

    /// When the same claim was last recorded again, if it was and the time is known.
    #[must_use]
    pub fn last_repeated(&self) -> Option<Timestamp> {
        self.ledger.tables.repeated.get(&self.handle).copied().flatten()
    }

    pub(super) fn handle(self) -> u32 {
        self.handle
    }

    pub(crate) fn details(self) -> &'a Details {
        let tables = &self.ledger.tables;
        if self.as_recorded { tables.details(self.handle) } else { tables.record(self.handle) }
    }

    /// The ledger that holds the claim.
    #[must_use]
    pub fn ledger(&self) -> &'a Ledger {
        self.ledger
    }

    /// The number of the claim.
    #[must_use]
    pub fn id(&self) -> ClaimId {
        self.ledger.tables.number(self.handle)
    }

    /// The question that the claim answers, in the words that the claim came with: [`topic_ref`](Self::topic_ref) has
    /// those that all claims on the topic share.
    #[must_use]
    pub fn topic(&self) -> &'a Topic {
        self.ledger.tables.topic_as_given(self.handle)
    }

    /// All that is on record about the question that the claim answers.
    #[must_use]
    pub fn topic_ref(&self) -> TopicRef<'a> {
        TopicRef::new(self.ledger, self.ledger.tables.claim_topic(self.handle))
    }

    /// The value put forward; a claim that declines or disowns may have none.
    #[must_use]
    pub fn value(&self) -> Option<&'a Value> {
        self.ledger.tables.value(self.handle)
    }

    /// How the origin stands to the value.
    #[must_use]
    pub fn stance(&self) -> Stance {
        self.ledger.tables.stance(self.handle)
    }

    /// The scope: what exactly is counted, in the origin's words.
    #[must_use]
    pub fn scope(&self) -> Option<&'a str> {
        self.ledger.tables.scope(self.handle)
    }

    /// The scope as it is compared.
    pub(crate) fn scope_compared(self) -> Option<Cow<'a, str>> {
        self.scope().map(|scope| self.ledger.tables.scope_of(scope))
    }

    /// The source that is answerable for the claim.
    #[must_use]
    pub fn origin(&self) -> &'a Source {
        self.ledger.tables.origin(self.handle)
    }

    /// The sources that passed the claim on, the one nearest the origin first.
    #[must_use]
    pub fn relays(&self) -> impl ExactSizeIterator<Item = &'a Source> + Clone + use<'a> {
        self.ledger.tables.relays(self.handle)
    }

    /// The period that the value is about.
    #[must_use]
    pub fn as_of(&self) -> Option<Period> {
        self.ledger.tables.as_of(self.handle)
    }

    /// When the origin said it.
    #[must_use]
    pub fn stated(&self) -> Option<Moment> {
        self.ledger.tables.details(self.handle).stated
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

    /// How far the recorder believes the claim.
    #[must_use]
    pub fn credibility(&self) -> Option<Credibility> {
        self.details().credibility
    }

    /// The places where the claim is found.
    #[must_use]
    pub fn citations(&self) -> &'a [Citation] {
        &self.details().citations
    }

    /// The recorder's remark.
    #[must_use]
    pub fn note(&self) -> Option<&'a str> {
        self.details().note.as_deref()
    }

    /// The days that the claim is about; where there are none, those on which it was stated stand in.
    pub(crate) fn as_of_or_stated(self) -> Option<Days> {
        self.as_of().map(Period::to_days).or_else(|| self.stated().map(Moment::to_days))
    }

    /// The unit of the figure in the words that it came with: its own, or the one that the predicate lends it.
    pub(crate) fn unit(self) -> Option<&'a str> {
        let figure = self.value().and_then(Value::as_figure)?;
        let units = [figure.unit(), self.topic_ref().predicate().unit()];
        units.into_iter().flatten().find(|unit| !names::is_fate_only(unit))
    }

    /// The number that stands for the unit as it is compared, if there is one.
    pub(crate) fn unit_number(self) -> Option<u32> {
        Some(self.ledger.tables.key(self.handle)).filter(|number| *number != 0)
    }

    /// The unit of the figure by its first name, if it has several.
    pub(crate) fn unit_to_print(self) -> Option<&'a str> {
        self.ledger.tables.unit_to_print(self.handle).or_else(|| self.unit())
    }

    /// Whether the claim stands: it is not retracted, and no claim that is not retracted revises it.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.ledger.tables.stands(self.handle)
    }

    /// Whether the origin says that it never said so, in a claim that is not retracted ([`Stance::Disowns`]). A
    /// disowned claim is nobody's word: it revises nothing, and nothing revises it.
    #[must_use]
    pub fn is_disowned(&self) -> bool {
        self.ledger.tables.is_disowned(self.handle, &self.ledger.policy)
    }

    /// How the rules take the stance, together with how likely the origin called the value.
    #[must_use]
    pub fn taken(&self) -> Taken {
        Taken::new(self.stance(), self.confidence())
    }

    /// Whether the claim was taken back.
    #[must_use]
    pub fn is_retracted(&self) -> bool {
        self.retraction().is_some()
    }

    /// The retraction of the claim, if it was taken back.
    #[must_use]
    pub fn retraction(&self) -> Option<&'a Retraction> {
        self.ledger.tables.retraction(self.handle).map(|handle| &self.ledger.retractions[handle as usize].retraction)
    }

    /// The claims that revise this one and are not retracted, in the order in which they were recorded; to ask for the
    /// [first few](Self::first_superseded_by) takes less time.
    pub fn superseded_by(&self) -> impl Iterator<Item = ClaimRef<'a>> + use<'a> {
        let ledger = self.ledger;
        let mut revisers = ledger.tables.revisers(self.handle, &ledger.policy);
        revisers.sort_unstable();
        revisers.into_iter().map(|handle| Self::new(ledger, handle))
    }

    /// The first few of the claims that revise this one and are not retracted, and how many more there are: a claim can
    /// have thousands, which take longer to list than to count.
    ///
    /// ```
    /// use testimony::{Claim, Figure, Ledger, Moment, Source, Topic};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let mut ledger = Ledger::new();
    /// let city = ledger.add_source(Source::new("city", "City council")?)?;
    /// let homes = Topic::new("the flood", "homes lost");
    /// for day in 1..=9 {
    ///     let claim = Claim::new(homes.clone(), Figure::exactly(day), &city);
    ///     ledger.record(claim.with_stated(format!("2025-05-0{day}").parse::<Moment>()?))?;
    /// }
    /// let first = ledger.claims().next().expect("nine were recorded");
    /// let (by, more) = first.first_superseded_by(2);
    /// assert_eq!(by.map(|claim| claim.id().number()).collect::<Vec<_>>(), [1, 2]);
    /// assert_eq!(more, 6);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn first_superseded_by(&self, few: usize) -> (impl ExactSizeIterator<Item = ClaimRef<'a>> + use<'a>, usize) {
        let ledger = self.ledger;
        let (revisers, more) = ledger.tables.first_revisers(self.handle, few, &ledger.policy);
        (revisers.into_iter().map(|handle| Self::new(ledger, handle)), more)
    }

    /// The claims that do not stand because of this one. Where several claims revise one, it is the one that was seen to
    /// first, among those that are not retracted.
    ///
    /// ```
    /// use testimony::{Claim, Figure, Ledger, Moment, Source, Topic};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let mut ledger = Ledger::new();
    /// let city = ledger.add_source(Source::new("city", "City council")?)?;
    /// let homes = Topic::new("the flood", "homes lost");
    /// for (day, count) in [("2025-05-04", 12), ("2025-05-06", 40)] {
    ///     let claim = Claim::new(homes.clone(), Figure::exactly(count), &city);
    ///     ledger.record(claim.with_stated(day.parse::<Moment>()?))?;
    /// }
    /// let last = ledger.claims().next_back().expect("two were recorded");
    /// assert_eq!(last.superseded().map(|claim| claim.id().number()).collect::<Vec<_>>(), [0]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn superseded(&self) -> impl Iterator<Item = ClaimRef<'a>> + use<'a> {
        let ledger = self.ledger;
        ledger.tables.superseded(self.handle).into_iter().map(|handle| Self::new(ledger, handle))
    }

    /// The claims that stand and clash with this one, if it stands itself, in the order in which they were recorded.
    ///
    /// They are sought among the first few claims on the topic and then among ever more, so that who asks for the first of
    /// them does not wait for all.
    pub(crate) fn clashing(self) -> impl Iterator<Item = ClaimRef<'a>> + use<'a> {
        const FEW: usize = 256;
        let (tables, topic) = (&self.ledger.tables, self.topic_ref().handle);
        let mut next = Some((0, FEW));
        let spans = iter::from_fn(move || {
            let (first, nth) = next?;
            let beyond = tables.nth_claim(topic, nth);
            next = beyond.map(|beyond| (beyond, nth.saturating_mul(4)));
            Some(first..=beyond.map_or(u32::MAX, |beyond| beyond - 1))
        });
        spans.flat_map(move |span| self.clashing_among(&span))
    }

    /// Those of them that were recorded before it.
    pub(crate) fn clashing_before(self) -> impl Iterator<Item = ClaimRef<'a>> + use<'a> {
        self.clashing_among(&(0..=self.handle))
    }

    fn clashing_among(self, among: &RangeInclusive<u32>) -> impl Iterator<Item = ClaimRef<'a>> + use<'a> {
        let ledger = self.ledger;
        ledger.tables.clashing(self.handle, among, &ledger.policy).into_iter().map(|other| Self::new(ledger, other))
    }

    /// Whether it stands and clashes with another claim that does.
    pub(crate) fn clashes(self) -> bool {
        self.ledger.tables.is_in_conflict(self.handle, &self.ledger.policy)
    }

    /// The sources that say and relay the claim.
    pub(crate) fn statement(self) -> Statement<'a> {
        self.ledger.tables.statement(self.handle)
    }

    /// The origin and the relays of the claim, by number.
    pub(crate) fn chain(self) -> (u32, &'a [u32]) {
        (self.ledger.tables.origin_handle(self.handle), self.ledger.tables.relay_handles(self.handle))
    }

    /// The claim as relations look at it.
    pub(crate) fn comparable(self) -> Comparable<'a> {
        self.ledger.tables.reading(self.handle, self.topic_ref().predicate(), &self.ledger.policy)
    }

    /// The days that the claim is about, as the rules take them.
    pub(crate) fn days(self) -> Option<Days> {
        self.ledger.tables.saying(self.handle).days(self.topic_ref().predicate().measure())
    }

    /// The parts of the claim; the relays are given, since they are nowhere in one piece.
    pub(super) fn parts<'p>(self, relays: &'p [&'p SourceId]) -> Parts<'p, &'p SourceId>
    where
        'a: 'p,
    {
        Parts {
            topic: self.topic().parts(),
            value: self.value().map(Value::parts),
            stance: self.stance(),
            scope: self.scope(),
            origin: self.origin().id().as_str(),
            relays,
            as_of: self.as_of(),
            details: self.details(),
        }
    }

    /// A claim of its own that says the same, without what is the recorder's.
    pub(crate) fn said(self) -> Claim {
        self.to_claim().said()
    }

    /// A claim of its own that says the same.
    #[must_use]
    pub fn to_claim(&self) -> Claim {
        Claim {
            topic: self.topic().clone(),
            value: self.value().cloned(),
            stance: self.stance(),
            scope: self.scope().map(Into::into),
            origin: self.origin().id().clone(),
            relays: self.relays().map(|relay| relay.id().clone()).collect(),
            as_of: self.as_of(),
            details: self.details().clone(),
        }
    }
}

impl PartialEq for ClaimRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        let [own, others] = [self, other].map(|claim| claim.relays().map(Source::id).collect::<Vec<_>>());
        self.parts(&own) == other.parts(&others)
    }
}

impl Eq for ClaimRef<'_> {}

/// Writes who said what, in one line: the origin by name, with its id where another source has that name, its stance,
/// and the value.
impl fmt::Display for ClaimRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = match self.stance() {
            Stance::Affirms => "affirmed",
            Stance::Denies => "denied",
            Stance::Suggests => "suggested",
            Stance::Declines => "declined to say",
            Stance::Disowns => "disowned",
        };
        write!(f, "{} {said}", self.ledger.name_of(self.origin()))?;
        self.value().map_or(Ok(()), |value| write!(f, " {value}"))
    }
}

impl fmt::Debug for ClaimRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClaimRef").field("id", &self.id().number()).field("claim", &self.to_claim()).finish()
    }
}

/// The claims on record about one topic, and what is asked of them.
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

    /// A number that no other topic of the ledger has.
    pub(crate) fn number(self) -> u32 {
        self.handle
    }

    /// The topic itself, under the first name of its subject where that has several.
    #[must_use]
    pub fn topic(&self) -> &'a Topic {
        self.ledger.tables.topic(self.handle)
    }

    /// The predicate, with the defaults if it was never defined.
    #[must_use]
    pub fn predicate(&self) -> &'a Predicate {
        self.ledger.tables.topic_predicate(self.handle)
    }

    /// The ledger that holds the topic.
    #[must_use]
    pub fn ledger(&self) -> &'a Ledger {
        self.ledger
    }

    /// Every claim about the topic, whether it stands or not, in the order in which they were recorded.
    #[must_use]
    pub fn claims(&self) -> impl ExactSizeIterator<Item = ClaimRef<'a>> + DoubleEndedIterator + use<'a> {
        let ledger = self.ledger;
        ledger.tables.topic_claims(self.handle).map(move |handle| ClaimRef::new(ledger, handle))
    }

    /// The claims about the topic that stand, in the order in which they were recorded.
    pub fn standing(&self) -> impl Iterator<Item = ClaimRef<'a>> + use<'a> {
        self.claims().filter(ClaimRef::stands)
    }

    /// How many conflicts there are on the topic, which costs nothing to ask.
    #[must_use]
    pub fn conflict_count(&self) -> u64 {
        self.ledger.tables.standing(self.handle).conflicts
    }

    /// The claims about the topic that are not retracted, as time went by.
    ///
    /// # Order
    ///
    /// By the last day that a claim is about, then the first, with the day stated standing in where there is none;
    /// those without a time last; of equals the one recorded first.
    #[must_use]
    pub fn timeline(&self) -> Vec<ClaimRef<'a>> {
        let mut claims: Vec<_> = self.claims().filter(|claim| !claim.is_retracted()).collect();
        claims.sort_by_cached_key(|claim| {
            claim.as_of_or_stated().map_or((true, 0, 0), |days| (false, days.last, days.first))
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
        self.ledger.tables.unmatched_units(self.handle, &self.ledger.policy)
    }
}

impl fmt::Debug for TopicRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TopicRef").field("topic", self.topic()).field("claims", &self.claims().len()).finish()
    }
}

/// The sources that say and relay each of some claims.
pub(crate) fn statements<'a>(claims: &[ClaimRef<'a>]) -> Vec<Statement<'a>> {
    claims.iter().map(|claim| claim.statement()).collect()
}

impl Ledger {
    /// Every claim, whether it stands or not, in the order in which they were recorded.
    #[must_use]
    pub fn claims(&self) -> impl ExactSizeIterator<Item = ClaimRef<'_>> + DoubleEndedIterator {
        self.tables.claim_handles().map(|handle| ClaimRef::new(self, handle))
    }

    /// The claim of this number, or the last that was recorded with this label.
    #[must_use]
    pub fn claim(&self, key: impl Into<ClaimKey>) -> Option<ClaimRef<'_>> {
        self.find_claim(key.into()).ok().map(|handle| ClaimRef::new(self, handle))
    }

    /// Every topic that a claim is about, in the order of the first claims.
    #[must_use]
    pub fn topics(&self) -> impl ExactSizeIterator<Item = TopicRef<'_>> {
        self.tables.topic_handles().map(|handle| TopicRef::new(self, handle))
    }

    /// The claims on record about a topic, if there are any.
    #[must_use]
    pub fn topic(&self, topic: &Topic) -> Option<TopicRef<'_>> {
        self.tables.find_topic(topic.parts()).map(|handle| TopicRef::new(self, handle))
    }

    /// How two claims on one topic relate.
    pub(crate) fn relation_of(&self, first: ClaimRef<'_>, second: ClaimRef<'_>) -> Relation {
        self.tables.relation(first.handle(), second.handle(), &self.policy)
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
