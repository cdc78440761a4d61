//! The tables of a ledger: what is on record, each text once, and what stands. Handles are places in these tables and
//! never leave the ledger.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::sync::{Arc, LazyLock, OnceLock};

use indexmap::{IndexMap, IndexSet};

use super::amended::{AmendedClaim, Heights};
use super::compared::{ComparedAs, ComparedCounts};
use super::index::handles::Handles;
use super::index::point::ID_BITS;
use super::index::scoped::NO_SCOPE;
use super::index::topic::{ScanLimit, Standing};
use super::looks::Looks;
use super::named::Naming;
use super::numbers::Numbers;
use crate::claim::parts::{TopicParts, ValueParts};
use crate::claim::{Details, NO_DETAILS, SaidDetails, Stance, Value};
use crate::entry::ClaimId;
use crate::error::{Error, ErrorKind};
use crate::names::{Unit, UnitKind};
use crate::period::Period;
use crate::policy::Policy;
use crate::rules::comparable::{Comparable, ComparedValue, Extent, Saying};
use crate::rules::relation::{Dependence, Origins, Relation, Whose, relate};
use crate::rules::voices::Statement;
use crate::source::{Source, SourceId};
use crate::time::Timestamp;
use crate::topic::{Predicate, Topic};

/// Stands in for a predicate that was never defined.
pub(super) static UNDEFINED: LazyLock<Predicate> = LazyLock::new(|| Predicate::new(""));

/// The tables of a ledger.
#[derive(Clone, Default)]
pub(super) struct Tables {
    pub(super) sources: IndexMap<SourceId, SourceRow>,
    /// Kept once a report has named a source.
    pub(super) looks: OnceLock<Looks>,
    /// The lengths of chains of owners, kept once the owner of a source was amended.
    pub(super) heights: Option<Heights>,
    pub(super) predicates: IndexMap<Arc<str>, PredicateRow>,
    pub(super) topics: Vec<TopicRow>,
    pub(super) topic_handles: Handles,
    /// The relays of one claim after another.
    pub(super) relays: Vec<u32>,
    /// The values that claims put forward; claims on one topic that say the same soon after each other share one.
    pub(super) values: Vec<Value>,
    /// The key of each value, under which it is compared.
    pub(super) keys: Vec<Key>,
    /// The details of those claims that have any.
    pub(super) details: Vec<Details>,
    /// Texts, units, and the forms in which they are compared.
    pub(super) texts: IndexSet<Arc<str>>,
    /// The scopes of claims, each in its own words, with the number that stands for it as it is compared.
    pub(super) scopes: IndexMap<Arc<str>, u32>,
    pub(super) claims: Vec<ClaimRow>,
    pub(super) numbers: Numbers,
    /// The amendments of each source that has any, in their order.
    pub(super) amended_sources: HashMap<u32, Vec<u32>>,
    pub(super) amended_claims: HashMap<u32, AmendedClaim>,
    /// The claims that were recorded again, with the last time at which they were.
    pub(super) repeated: HashMap<u32, Option<Timestamp>>,
    pub(super) naming: Naming,
    pub(super) hasher: RandomState,
    /// How many pairs that stand conflict.
    pub(super) conflicts: u64,
    pub(super) scan_limit: ScanLimit,
}

#[derive(Clone)]
pub(super) struct SourceRow {
    pub(super) source: Source,
    /// The source as it was defined, if it was amended since.
    pub(super) defined: Option<Box<Source>>,
    /// The source that it is a part of, or [`NONE`].
    pub(super) owner: u32,
}

#[derive(Clone)]
pub(super) struct PredicateRow {
    pub(super) predicate: Predicate,
    /// Whether the predicate was defined, or only used.
    pub(super) defined: bool,
}

#[derive(Clone)]
pub(super) struct TopicRow {
    pub(super) topic: Topic,
    pub(super) predicate: u32,
    pub(super) claims: Standing,
    pub(super) compared: ComparedCounts,
}

#[derive(Clone)]
pub(super) struct ClaimRow {
    pub(super) topic: u32,
    pub(super) origin: u32,
    /// The place where the relays begin.
    pub(super) first_relay: u32,
    /// How many relays the claim has.
    pub(super) relays: u8,
    pub(super) stance: Stance,
    /// The place of the scope, from 1; 0 for none.
    pub(super) scope: u32,
    pub(super) as_of: Option<Period>,
    /// The place of the value, or [`NONE`].
    pub(super) value: u32,
    /// The place of the details, or [`NONE`].
    pub(super) details: u32,
    pub(super) fate: Fate,
    /// Whether the claim is not retracted, and its origin says in another such claim that it never said so.
    pub(super) disowned: bool,
    /// The claim or the retraction that brought about the fate, if the claim does not stand.
    pub(super) by: u32,
}

/// The fate of a claim: what became of it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Fate {
    Stands,
    /// Revised by a claim that is not retracted.
    Revised,
    /// Taken back by a retraction, whatever had revised it.
    Retracted,
}

/// The key under which a value is compared: the unit of a figure, or a text.
#[derive(Clone, Copy, Default)]
pub(super) struct Key(u32);

impl Key {
    /// The key of a unit or a text, for which `id` stands, 0 for none.
    pub(super) fn new(id: u32, kind: UnitKind) -> Self {
        Self(((kind as u32) << ID_BITS) | id)
    }

    pub(super) fn id(self) -> u32 {
        self.0 & ((1 << ID_BITS) - 1)
    }

    fn kind(self) -> UnitKind {
        match self.0 >> ID_BITS {
            1 => UnitKind::Measured,
            2 => UnitKind::Currency,
            3 => UnitKind::Ratio,
            _ => UnitKind::Counted,
        }
    }
}

/// All that a claim says: two claims are the same if this is, whatever the recorder holds of them.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Assertion<'a> {
    pub(super) topic: u32,
    /// The words that it came with, where these are not those of the topic.
    pub(super) words: Option<TopicParts<'a>>,
    pub(super) origin: u32,
    pub(super) relays: &'a [u32],
    pub(super) value: Option<ValueParts<'a>>,
    pub(super) stance: Stance,
    pub(super) scope: Option<&'a str>,
    pub(super) as_of: Option<Period>,
    pub(super) details: SaidDetails<'a>,
}

/// A topic that was looked for, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sought {
    pub(super) hash: u64,
    /// The handle, if that was found.
    pub(super) found: Option<u32>,
}

/// Stands for a handle where there is none.
pub(super) const NONE: u32 = u32::MAX;

/// The handle of the place `index` of a table.
pub(super) fn handle(index: impl TryInto<u32>) -> Result<u32, Error> {
    index.try_into().map_err(|_| Error::new(ErrorKind::TooMany { limit: u32::MAX as usize }).at("ledger"))
}

impl Tables {
    pub(super) fn hash(&self, value: &impl Hash) -> u64 {
        self.hasher.hash_one(value)
    }

    pub(super) fn said(&self, claim: u32) -> Assertion<'_> {
        let ClaimRow { topic, origin, stance, as_of, .. } = self.claims[claim as usize];
        let details = self.details(claim).said();
        let value = self.value(claim).map(Value::parts);
        let scope = self.scope(claim);
        let words = self.other_words(claim).map(Topic::parts);
        Assertion { topic, words, origin, relays: self.relay_handles(claim), value, stance, scope, as_of, details }
    }

    pub(super) fn relay_handles(&self, claim: u32) -> &[u32] {
        let ClaimRow { first_relay, relays, .. } = self.claims[claim as usize];
        &self.relays[first_relay as usize..][..relays.into()]
    }

    /// The topic with this hash.
    pub(super) fn topic_of(&self, hash: u64, topic: TopicParts<'_>) -> Option<u32> {
        self.topic_handles.find(hash, |handle| self.topic(handle).parts() == topic)
    }

    pub(super) fn find_topic(&self, topic: TopicParts<'_>) -> Option<u32> {
        self.topic_of(self.hash(&topic), topic).or_else(|| {
            let (subject, predicate) = self.topic_named(topic);
            let topic = TopicParts { subject: &subject, predicate: &predicate };
            self.topic_of(self.hash(&topic), topic)
        })
    }

    /// How two claims on one topic relate.
    pub(super) fn relation(&self, first: u32, second: u32, policy: &Policy) -> Relation {
        let predicate = self.topic_predicate(self.claims[first as usize].topic);
        let origins = self.origins(first, second);
        relate(
            &self.reading(first, predicate, policy),
            &self.reading(second, predicate, policy),
            predicate,
            policy,
            Whose { origins, disowned: self.is_disowned(first, policy) || self.is_disowned(second, policy) },
        )
    }

    pub(super) fn reading<'a>(&'a self, claim: u32, predicate: &'a Predicate, policy: &Policy) -> Comparable<'a> {
        let value = self.value(claim).map(|value| match value {
            Value::Figure(figure) => ComparedValue::Figure(
                Extent::in_unit(figure.parts(), self.unit(claim), predicate, policy)
                    .expect("a figure that allows no value is refused when recorded"),
            ),
            Value::Text(_) => ComparedValue::Text(self.key_text(claim).unwrap_or_default().into()),
            Value::Period(period) => ComparedValue::Period(period.to_days()),
        });
        Comparable::from_parts(self.saying(claim), value, predicate.measure())
    }

    pub(super) fn saying(&self, claim: u32) -> Saying<'_> {
        let ClaimRow { stance, as_of, relays, .. } = self.claims[claim as usize];
        let Details { stated, confidence, .. } = self.details(claim);
        Saying {
            value: self.value(claim).map(Value::parts),
            stance,
            confidence: confidence.as_ref(),
            scope: self.compared_scope(claim).map(Cow::Borrowed),
            relayed: relays > 0,
            as_of,
            stated: *stated,
        }
    }

    pub(super) fn origins(&self, first: u32, second: u32) -> Origins {
        let (a, b) = (&self.claims[first as usize], &self.claims[second as usize]);
        if a.origin == b.origin {
            return Origins::Same { same_relays: self.relay_handles(first) == self.relay_handles(second) };
        }
        let dependent = self.root(a.origin) == self.root(b.origin)
            || self.relay_handles(first).contains(&b.origin)
            || self.relay_handles(second).contains(&a.origin);
        let anonymous = || self.source(a.origin).is_anonymous() || self.source(b.origin).is_anonymous();
        Origins::Two(if dependent {
            Dependence::Dependent
        } else if anonymous() {
            Dependence::Unknown
        } else {
            Dependence::Independent
        })
    }

    /// The sources that say and relay a claim.
    pub(super) fn statement(&self, claim: u32) -> Statement<'_> {
        let origin = self.claims[claim as usize].origin;
        let anonymous = self.source(origin).is_anonymous();
        Statement { origin, root: self.root(origin), anonymous, relays: self.relay_handles(claim) }
    }

    /// The units of standing figures on a topic that could not be compared with each other.
    pub(super) fn unmatched_units(&self, topic: u32, policy: &Policy) -> Vec<Option<&str>> {
        let predicate = self.topic_predicate(topic);
        // Units as they are compared, of counts and of others, with the words of the first that has each.
        let mut met: IndexMap<(u32, bool), Option<&str>> = IndexMap::new();
        for claim in self.topic_claims(topic) {
            if let (true, Some(Value::Figure(figure))) = (self.stands(claim), self.value(claim))
                && let Ok(extent) = Extent::in_unit(figure.parts(), self.unit(claim), predicate, policy)
            {
                let given = || figure.unit().or(predicate.unit()).filter(|_| self.key(claim) != 0);
                met.entry((self.key(claim), extent.count)).or_insert_with(|| self.unit_to_print(claim).or_else(given));
            }
        }
        let of_one_unit = |key| [false, true].into_iter().filter(|&count| met.contains_key(&(key, count))).count();
        let counts_of_units = met.keys().filter(|(key, count)| *key != 0 && *count).count();
        let is_unmatched = |(key, count): (u32, bool)| {
            let across = match (key, count) {
                (_, false) => 0,
                (0, true) => counts_of_units,
                (_, true) => usize::from(met.contains_key(&(0, true))),
            };
            of_one_unit(key) + across < met.len()
        };
        // Each once, whether of counts, of others or of both.
        let mut unmatched = IndexMap::new();
        for (class, unit) in met.iter().filter(|(class, _)| is_unmatched(**class)) {
            unmatched.entry(class.0).or_insert(*unit);
        }
        unmatched.into_values().collect()
    }

    pub(super) fn standing(&self, topic: u32) -> &Standing {
        &self.topics[topic as usize].claims
    }

    pub(super) fn standing_mut(&mut self, topic: u32) -> &mut Standing {
        &mut self.topics[topic as usize].claims
    }

    pub(super) fn is_retracted(&self, claim: u32) -> bool {
        self.claims[claim as usize].fate == Fate::Retracted
    }

    /// A claim that revises this one and is not retracted.
    pub(super) fn reviser(&self, claim: u32) -> Option<u32> {
        self.caused(claim, Fate::Revised)
    }

    pub(super) fn set_reviser(&mut self, claim: u32, reviser: Option<u32>) {
        match reviser {
            Some(reviser) => self.set_fate(claim, Fate::Revised, reviser),
            None => self.set_fate(claim, Fate::Stands, NONE),
        }
    }

    pub(super) fn set_fate(&mut self, claim: u32, fate: Fate, by: u32) {
        let row = &mut self.claims[claim as usize];
        (row.fate, row.by) = (fate, by);
    }

    /// The handle of what brought about the fate of a claim, if it has this fate.
    pub(super) fn caused(&self, claim: u32, fate: Fate) -> Option<u32> {
        let row = &self.claims[claim as usize];
        (row.fate == fate).then_some(row.by)
    }

    pub(super) fn origin_handle(&self, claim: u32) -> u32 {
        self.claims[claim as usize].origin
    }

    pub(super) fn source_handle(&self, id: &str) -> Result<u32, Error> {
        match self.sources.get_index_of(id) {
            Some(index) => Ok(small(index)),
            None => Err(Error::new(ErrorKind::UnknownSource).value(id)),
        }
    }

    pub(super) fn find_source(&self, id: &str) -> Option<&Source> {
        self.sources.get(id).map(|row| &row.source)
    }

    pub(super) fn source(&self, handle: u32) -> &Source {
        &self.sources[handle as usize].source
    }

    /// Whether no other source has a name that looks like that of this one.
    pub(super) fn is_told_by_name(&self, source: &Source) -> bool {
        let looks = self.looks.get_or_init(|| Looks::of(self.sources().map(Source::name)));
        match self.sources.get_full(source.id()) {
            Some((place, _, row)) if row.source.name() == source.name() => looks.is_alone(place),
            _ => looks.is_unshared(source.name()),
        }
    }

    /// Notes the name of a source that was added or amended.
    pub(super) fn note_name(&mut self, source: u32) {
        if let Some(looks) = self.looks.get_mut() {
            looks.name(source as usize, self.sources[source as usize].source.name());
        }
    }

    pub(super) fn sources(&self) -> impl ExactSizeIterator<Item = &Source> {
        self.sources.values().map(|row| &row.source)
    }

    pub(super) fn predicate(&self, handle: u32) -> &Predicate {
        &self.predicates[handle as usize].predicate
    }

    pub(super) fn defined_predicates(&self) -> impl Iterator<Item = &Predicate> {
        self.predicates.values().filter(|row| row.defined).map(|row| &row.predicate)
    }

    pub(super) fn number(&self, claim: u32) -> ClaimId {
        self.numbers.of(claim)
    }

    pub(super) fn claim_handle(&self, id: ClaimId) -> Option<u32> {
        self.numbers.place(id).filter(|&handle| (handle as usize) < self.claims.len())
    }

    pub(super) fn claim_handles(&self) -> impl ExactSizeIterator<Item = u32> + DoubleEndedIterator + use<> {
        (0..self.claims.len()).map(small)
    }

    /// Every topic that a claim is about, in the order of the first claims.
    pub(super) fn topic_handles(&self) -> impl ExactSizeIterator<Item = u32> + use<'_> {
        let order = self.naming.order.as_ref().map(|order| order.get_or_init(|| self.topics_by_first_claim()));
        let count = order.map_or(self.topics.len(), Vec::len);
        (0..count).map(move |place| order.map_or(small(place), |order| order[place]))
    }

    fn topics_by_first_claim(&self) -> Vec<u32> {
        let first = |topic: &u32| self.topics[*topic as usize].claims.all().next().map(|point| point.claim);
        let mut topics: Vec<u32> = (0..self.topics.len()).map(small).filter(|topic| first(topic).is_some()).collect();
        topics.sort_unstable_by_key(first);
        topics
    }

    pub(super) fn topic(&self, handle: u32) -> &Topic {
        &self.topics[handle as usize].topic
    }

    pub(super) fn topic_predicate(&self, topic: u32) -> &Predicate {
        self.predicate(self.topics[topic as usize].predicate)
    }

    pub(super) fn topic_claims(&self, topic: u32) -> impl ExactSizeIterator<Item = u32> + DoubleEndedIterator + '_ {
        self.topics[topic as usize].claims.all().map(|point| point.claim)
    }

    /// The claim that was recorded on a topic after so many others.
    pub(super) fn nth_claim(&self, topic: u32, nth: usize) -> Option<u32> {
        self.topics[topic as usize].claims.points.get(nth).map(|point| point.claim)
    }

    pub(super) fn claim_topic(&self, claim: u32) -> u32 {
        self.claims[claim as usize].topic
    }

    pub(super) fn origin(&self, claim: u32) -> &Source {
        self.source(self.claims[claim as usize].origin)
    }

    pub(super) fn relays(&self, claim: u32) -> impl ExactSizeIterator<Item = &Source> + Clone {
        self.relay_handles(claim).iter().map(|&relay| self.source(relay))
    }

    pub(super) fn stance(&self, claim: u32) -> Stance {
        self.claims[claim as usize].stance
    }

    /// The scope of a claim, in the words that it came with.
    pub(super) fn scope(&self, claim: u32) -> Option<&str> {
        let place = self.claims[claim as usize].scope.checked_sub(1)?;
        self.scopes.get_index(place as usize).map(|(scope, _)| &**scope)
    }

    /// The number that stands for the scope of a claim as it is compared, or [`NO_SCOPE`].
    pub(super) fn scope_key(&self, claim: u32) -> u32 {
        let place = self.claims[claim as usize].scope.checked_sub(1);
        place.map_or(NO_SCOPE, |place| self.scopes[place as usize])
    }

    /// The scope of a claim as it is compared.
    fn compared_scope(&self, claim: u32) -> Option<&str> {
        let text = self.scope_key(claim).checked_sub(1)?;
        Some(&*self.texts[text as usize])
    }

    pub(super) fn value(&self, claim: u32) -> Option<&Value> {
        self.values.get(self.claims[claim as usize].value as usize)
    }

    /// The number that stands for the unit or the text of a claim's value as it is compared; 0 for none.
    pub(super) fn key(&self, claim: u32) -> u32 {
        self.value_key(claim).id()
    }

    fn value_key(&self, claim: u32) -> Key {
        self.keys.get(self.claims[claim as usize].value as usize).copied().unwrap_or_default()
    }

    /// The unit or the text of a claim's value as it is compared.
    fn key_text(&self, claim: u32) -> Option<&str> {
        let place = (self.key(claim) as usize).checked_sub(1)?;
        Some(&self.texts[place])
    }

    /// The unit of a claim's figure as it is compared.
    fn unit(&self, claim: u32) -> Option<Unit<'_>> {
        self.key_text(claim).map(|name| Unit::from_name(name, self.value_key(claim).kind()))
    }

    /// The scope and kind that a claim is compared as, if it commits to anything.
    pub(super) fn compared_as(&self, claim: u32, policy: &Policy) -> Option<ComparedAs> {
        let reading = self.reading(claim, self.topic_predicate(self.claim_topic(claim)), policy);
        ComparedAs::new(&reading, self.scope_key(claim), self.key(claim))
    }

    /// The first name of the unit of a claim's figure, where it has several.
    pub(super) fn unit_to_print(&self, claim: u32) -> Option<&str> {
        self.unit_printed(&self.unit(claim)?)
    }

    pub(super) fn as_of(&self, claim: u32) -> Option<Period> {
        self.claims[claim as usize].as_of
    }

    pub(super) fn details(&self, claim: u32) -> &Details {
        self.details.get(self.claims[claim as usize].details as usize).unwrap_or(NO_DETAILS)
    }

    pub(super) fn stands(&self, claim: u32) -> bool {
        self.claims[claim as usize].fate == Fate::Stands
    }

    pub(super) fn retraction(&self, claim: u32) -> Option<u32> {
        self.caused(claim, Fate::Retracted)
    }
}

/// A list that has become long grows by a quarter, where doubling could leave half of it unused.
pub(super) fn push<T>(list: &mut Vec<T>, item: T) {
    const LONG: usize = 1 << 16;
    if list.len() == list.capacity() && list.len() >= LONG {
        list.reserve_exact(list.len() / 4);
    }
    list.push(item);
}

/// A place in a table, none of which has more than `u32::MAX`: there is no more of anything than there are claims with
/// their relays, texts and units, and those are counted.
#[expect(clippy::cast_possible_truncation, reason = "checked against the number of claims when one is recorded")]
pub(super) fn small(index: usize) -> u32 {
    index as u32
}
