//! Looking at what is on record.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use indexmap::IndexMap;

use super::{ClaimId, Ledger, Retraction};
use crate::claim::{Basis, Citation, Claim, Details, Stance, Value};
use crate::confidence::{Confidence, Credibility};
use crate::conflict::Conflict;
use crate::corroboration::{Backing, Circle, Corroboration, Statement, Voice, Voices, Witness, rings};
use crate::date::Days;
use crate::dossier::Dossier;
use crate::period::Period;
use crate::position::{self, Exclusion, Held, Position, Positions, Stand};
use crate::relation::{Agreement, Fit, Reading, Sense};
use crate::source::Source;
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
}

impl<'a> ClaimRef<'a> {
    pub(super) fn new(ledger: &'a Ledger, handle: u32) -> Self {
        Self { ledger, handle }
    }

    pub(super) fn handle(self) -> u32 {
        self.handle
    }

    pub(crate) fn details(self) -> &'a Details {
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

    /// The days that it is about, those on which it was stated standing in where there are none.
    fn as_of_or_stated(self) -> Option<Days> {
        self.as_of().map(Period::to_days).or_else(|| self.stated().map(Moment::to_days))
    }

    /// The unit of its figure: its own, or the one that its predicate lends it.
    pub(crate) fn unit(self) -> Option<&'a str> {
        let figure = self.value().and_then(Value::as_figure)?;
        figure.unit().or(self.topic_ref().predicate().unit())
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
        ledger.store.revisers(self.handle, &ledger.policy).into_iter().map(|handle| Self::new(ledger, handle))
    }

    /// Its conflicts with claims recorded before it, in their order.
    pub(super) fn conflicts_with_older(self) -> impl Iterator<Item = Conflict<'a>> + use<'a> {
        let ledger = self.ledger;
        let older = ledger.store.clashing(self.handle, self.handle, &ledger.policy);
        older.into_iter().filter_map(move |older| ledger.conflict(Self::new(ledger, older), self))
    }

    /// How many voices stand behind it: the standing affirmed claims that agree with it, of its own time, by voice.
    #[must_use]
    pub fn corroboration(&self) -> Corroboration<'a> {
        let topic = self.topic_ref();
        let days = self.reading().days();
        let view = topic.together_with(days);
        let affirmed: Vec<_> = view.into_iter().filter(|claim| claim.stance() == Stance::Affirms).collect();
        let store = &self.ledger.store;
        let statements = topic.statements(&affirmed);
        let voices = Voices::of(&statements);
        let mut backings: IndexMap<Voice, Backing<'a>> = IndexMap::new();
        for claim in affirmed {
            let agreement = if claim.id() == self.id() {
                Agreement::Equal
            } else {
                match self.ledger.relation_of(claim, *self).fit() {
                    Fit::Agrees(agreement) => agreement,
                    _ => continue,
                }
            };
            let witness = Witness { claim, agreement };
            let voice = voices.voice(store.origin_handle(claim.handle));
            let anonymous = matches!(voice, Voice::Anonymous(_));
            let new = || Backing { anonymous, witnesses: Vec::new() };
            backings.entry(voice).or_insert_with(new).witnesses.push(witness);
        }
        // What depends on its origin does not confirm it, also where the origin is in no voice: a claim that does not
        // stand is left out of them, and an anonymous origin joins none.
        let own = store.statement(self.handle);
        let as_named = |statement: Statement<'a>| Statement {
            anonymous: statement.anonymous && statement.origin != own.origin,
            ..statement
        };
        let joined = Voices::of(&statements.into_iter().chain([own]).map(as_named).collect::<Vec<_>>());
        let is_other =
            |witness: &Witness<'_>| joined.voice(store.origin_handle(witness.claim.handle)) != joined.voice(own.origin);
        let confirmed = backings.values().any(|backing| !backing.anonymous && backing.witnesses.iter().all(is_other));
        Corroboration { claim: *self, backings: backings.into_values().collect(), confirmed }
    }

    /// What its relations look at.
    pub(crate) fn reading(self) -> Reading<'a> {
        let store = &self.ledger.store;
        store.reading(self.handle, self.topic_ref().predicate(), &self.ledger.policy)
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

impl Eq for ClaimRef<'_> {}

/// Who said what, in one line: the origin by name, with its id where another source has that name, its stance, and the
/// value.
impl fmt::Display for ClaimRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = match self.stance() {
            Stance::Affirms => "affirmed",
            Stance::Denies => "denied",
            Stance::Suggests => "suggested",
            Stance::Declines => "declined to say",
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
        ledger.store.topic_claims(self.handle).map(move |handle| ClaimRef::new(ledger, handle))
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
        self.claims().flat_map(ClaimRef::conflicts_with_older)
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
        claims.sort_by_key(|claim| claim.as_of_or_stated().map_or((true, 0, 0), |days| (false, days.last, days.first)));
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

    /// Where the voices stand by the last word of each origin: of its standing claims the one about the latest time, by
    /// the last day, the day stated standing in where there is none; of equals the one recorded last.
    #[must_use]
    pub fn positions(&self) -> Positions<'a> {
        self.positions_of(&self.last_words())
    }

    /// Where the voices stand at a time, by the standing claims about it and those without a time.
    #[must_use]
    pub fn positions_at(&self, time: Period) -> Positions<'a> {
        self.positions_of(&self.together_with(Some(time.to_days())))
    }

    /// The sources that attribute to each other in a circle, among the standing affirmed claims: each origin's last
    /// word, and those of the time of each claim.
    ///
    /// # Order
    ///
    /// By the first of their sources.
    #[must_use]
    pub fn circles(&self) -> Vec<Circle<'a>> {
        let affirmed = |view: Vec<ClaimRef<'a>>| -> Vec<ClaimRef<'a>> {
            view.into_iter().filter(|claim| claim.stance() == Stance::Affirms).collect()
        };
        // No attribution, no circle: most topics have none.
        if self.claims().all(|claim| claim.relays().len() == 0) {
            return Vec::new();
        }
        let mut times: Vec<Option<Days>> =
            affirmed(self.standing().collect()).iter().map(|claim| claim.reading().days()).collect();
        times.sort_unstable_by_key(|days| days.map(|days| (days.first, days.last)));
        times.dedup();
        let views = times.into_iter().map(|days| self.together_with(days));
        let mut found: BTreeMap<Vec<u32>, BTreeSet<u32>> = BTreeMap::new();
        for view in std::iter::once(self.last_words()).chain(views) {
            for ring in rings(&self.statements(&affirmed(view))) {
                found.entry(ring.sources).or_default().extend(ring.claims);
            }
        }
        found.into_iter().map(|(sources, claims)| self.circle(&sources, claims)).collect()
    }

    fn circle(self, sources: &[u32], claims: BTreeSet<u32>) -> Circle<'a> {
        Circle {
            topic: self,
            sources: sources.iter().map(|&source| self.ledger.store.source(source)).collect(),
            claims: claims.into_iter().map(|claim| ClaimRef::new(self.ledger, claim)).collect(),
        }
    }

    /// The standing claims about a time, and those without one.
    pub(crate) fn together_with(self, days: Option<Days>) -> Vec<ClaimRef<'a>> {
        let (predicate, policy) = (self.predicate(), &self.ledger.policy);
        self.standing().filter(|claim| claim.reading().is_together_with(days, predicate, policy)).collect()
    }

    /// The last word of each origin.
    fn last_words(self) -> Vec<ClaimRef<'a>> {
        let mut last: BTreeMap<u32, (i64, ClaimRef<'a>)> = BTreeMap::new();
        for claim in self.standing() {
            let day = claim.as_of_or_stated().map_or(i64::MIN, |days| days.last.into());
            let origin = self.ledger.store.statement(claim.handle).origin;
            let word = last.entry(origin).or_insert((day, claim));
            if day >= word.0 {
                *word = (day, claim);
            }
        }
        let mut words: Vec<_> = last.into_values().map(|(_, claim)| claim).collect();
        words.sort_unstable_by_key(ClaimRef::id);
        words
    }

    fn statements(self, claims: &[ClaimRef<'a>]) -> Vec<Statement<'a>> {
        claims.iter().map(|claim| self.ledger.store.statement(claim.handle)).collect()
    }

    fn voices(self, claims: &[ClaimRef<'a>]) -> Voices {
        Voices::of(&self.statements(claims))
    }

    pub(crate) fn positions_of(self, view: &[ClaimRef<'a>]) -> Positions<'a> {
        let of =
            |stance| -> Vec<ClaimRef<'a>> { view.iter().copied().filter(|claim| claim.stance() == stance).collect() };
        let (affirmed, denied) = (of(Stance::Affirms), of(Stance::Denies));
        let voices = self.voices(&affirmed);
        let held: Vec<Held<'a>> = affirmed.iter().filter_map(|claim| self.held(*claim)).collect();
        let mut positions = position::of_values(held, &voices);
        positions.extend(self.texts(&affirmed, &voices));
        positions.extend(self.texts(&denied, &self.voices(&denied)));
        position::put_in_order(&mut positions);
        let uncommitted = view
            .iter()
            .copied()
            .filter(|claim| matches!(claim.stance(), Stance::Suggests | Stance::Declines))
            .collect();
        Positions { held: positions, exclusions: self.exclusions(&denied), uncommitted }
    }

    /// A figure or a period as positions look at it.
    fn held(self, claim: ClaimRef<'a>) -> Option<Held<'a>> {
        let sense = claim.reading().value()?.clone();
        let origin = self.ledger.store.statement(claim.handle).origin;
        (!matches!(sense, Sense::Text(_))).then_some(Held { claim, origin, sense, unit: claim.unit() })
    }

    /// The texts of some claims of one stance, each with those that say it.
    fn texts(self, claims: &[ClaimRef<'a>], voices: &Voices) -> Vec<Position<'a>> {
        let mut groups: IndexMap<String, Vec<ClaimRef<'a>>> = IndexMap::new();
        for claim in claims {
            if let Some(Sense::Text(normal)) = claim.reading().value() {
                groups.entry(normal.clone().into_owned()).or_default().push(*claim);
            }
        }
        let position = |claims: Vec<ClaimRef<'a>>| {
            let text = claims[0].value().and_then(Value::as_text).unwrap_or_default();
            let said: BTreeSet<Voice> =
                self.statements(&claims).iter().map(|statement| voices.voice(statement.origin)).collect();
            let known = said.iter().filter(|voice| matches!(voice, Voice::Known(_))).count();
            let stand = Stand::Text { text, stance: claims[0].stance() };
            Position { stand, claims, known, anonymous: said.len() - known }
        };
        groups.into_values().map(position).collect()
    }

    /// What some denials of figures and periods exclude, the same sets together.
    fn exclusions(self, denied: &[ClaimRef<'a>]) -> Vec<Exclusion<'a>> {
        let mut exclusions: IndexMap<Stand<'a>, Vec<ClaimRef<'a>>> = IndexMap::new();
        for held in denied.iter().filter_map(|claim| self.held(*claim)) {
            let stand = match &held.sense {
                Sense::Figure(extent) => {
                    let values = extent.values.whole().filter(|_| extent.count).unwrap_or(extent.values);
                    Stand::Figures { values, unit: held.unit }
                }
                Sense::Period(days) => {
                    let (first, last) = days.ends();
                    Stand::Days { first, last }
                }
                Sense::Text(_) => continue,
            };
            exclusions.entry(stand).or_default().push(held.claim);
        }
        exclusions.into_iter().map(|(stand, claims)| Exclusion { stand, claims }).collect()
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
