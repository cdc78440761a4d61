//! What is on record, each text once, and what stands. Handles are places in these tables and never leave the ledger.

#[cfg(feature = "serde")]
mod fetch;

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::sync::{Arc, LazyLock};

use indexmap::{IndexMap, IndexSet};

use super::clash::{MAX_IDS, SaidAt, Sight, Spot};
use super::handles::Handles;
use super::standing::{Few, Standing};
use super::{ClaimId, Receipt};
use crate::claim::parts::{Parts, TopicParts, ValueParts};
use crate::claim::{Details, NO_DETAILS, Stance, Value};
use crate::corroboration::Statement;
use crate::error::{Error, ErrorKind};
use crate::figure::FigureParts;
use crate::period::Period;
use crate::policy::Policy;
use crate::relation::{Dependence, Extent, Reading, Relation, Sense, Voice, relate};
use crate::source::{Source, SourceId};
use crate::text;
use crate::time::Moment;
use crate::topic::{Predicate, Topic};

/// The deepest chain of `part_of`.
const MAX_DEPTH: usize = 64;

/// Stands in for a predicate that was never defined.
static UNDEFINED: LazyLock<Predicate> = LazyLock::new(|| Predicate::new(""));

/// The tables of a ledger.
#[derive(Clone, Default)]
pub(super) struct Store {
    sources: IndexMap<SourceId, SourceRow>,
    /// For each name, whether several sources have it.
    names: HashMap<Arc<str>, bool>,
    predicates: IndexMap<Arc<str>, PredicateRow>,
    topics: Vec<TopicRow>,
    topic_handles: Handles,
    /// The relays of one claim after another.
    relays: Vec<u32>,
    /// What claims put forward; claims on one topic that say the same soon after each other share it.
    values: Vec<Value>,
    /// For each value, what stands for its unit or its text as it is compared; 0 for none.
    keys: Vec<u32>,
    /// The details of those claims that have any.
    details: Vec<Details>,
    /// Texts, units, and the forms in which they are compared.
    texts: IndexSet<Arc<str>>,
    claims: Vec<ClaimRow>,
    hasher: RandomState,
    /// How many pairs that stand conflict.
    pub(super) conflicts: u64,
    pub(super) few: Few,
}

#[derive(Clone)]
struct SourceRow {
    source: Source,
    /// The source at the end of the chain of `part_of`.
    root: u32,
    /// How many sources that chain has, this one included.
    depth: usize,
}

#[derive(Clone)]
struct PredicateRow {
    predicate: Predicate,
    /// Whether it was defined, or only used.
    defined: bool,
}

#[derive(Clone)]
struct TopicRow {
    topic: Topic,
    predicate: u32,
    claims: Standing,
}

#[derive(Clone)]
struct ClaimRow {
    topic: u32,
    origin: u32,
    /// Where its relays begin.
    first_relay: u32,
    /// How many it has.
    relays: u8,
    stance: Stance,
    as_of: Option<Period>,
    /// Or [`NONE`].
    value: u32,
    /// Or [`NONE`].
    details: u32,
    fate: Fate,
    /// What brought about its fate, if it does not stand.
    by: u32,
}

/// What became of a claim.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Stands,
    /// By a claim that is not retracted.
    Revised,
    /// By a retraction, whatever had revised it.
    Retracted,
}

/// All that a claim says: two claims are the same if this is.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Said<'a> {
    pub(super) topic: u32,
    origin: u32,
    relays: &'a [u32],
    value: Option<ValueParts<'a>>,
    stance: Stance,
    as_of: Option<Period>,
    details: Option<&'a Details>,
}

/// What is known of a topic that is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sought {
    hash: u64,
    /// Its handle, if that was found.
    found: Option<u32>,
}

/// In place of a handle, where there is none.
const NONE: u32 = u32::MAX;

/// The handle of the place `index` of a table.
pub(super) fn handle(index: impl TryInto<u32>) -> Result<u32, Error> {
    index.try_into().map_err(|_| Error::new(ErrorKind::TooMany { limit: u32::MAX as usize }).at("ledger"))
}

impl Store {
    /// Adds a source; `None` if it is there already.
    pub(super) fn add_source(&mut self, source: Source) -> Result<Option<u32>, Error> {
        source.check()?;
        let new = handle(self.sources.len())?;
        let (root, depth) = match source.part_of() {
            None => (new, 1),
            Some(whole) => {
                let row =
                    &self.sources[self.source_handle(whole.as_str()).map_err(|error| error.at("part_of"))? as usize];
                (row.root, row.depth + 1)
            }
        };
        if let Some(row) = self.sources.get(source.id()) {
            return if row.source == source {
                Ok(None)
            } else {
                Err(Error::new(ErrorKind::Redefined).value(source.id()).at("id"))
            };
        }
        if depth > MAX_DEPTH {
            let whole = source.part_of().map(SourceId::as_str).unwrap_or_default();
            return Err(Error::new(ErrorKind::TooDeep { limit: MAX_DEPTH }).value(whole).at("part_of"));
        }
        self.names.entry(source.name_to_hold()).and_modify(|several| *several = true).or_insert(false);
        self.sources.insert(source.id().clone(), SourceRow { source, root, depth });
        Ok(Some(new))
    }

    /// Adds a predicate; `None` if it is there already.
    pub(super) fn add_predicate(&mut self, predicate: Predicate) -> Result<Option<u32>, Error> {
        predicate.check()?;
        let name: Arc<str> = predicate.name().into();
        match self.predicates.get(&name) {
            None => {
                let new = handle(self.predicates.len())?;
                self.predicates.insert(name, PredicateRow { predicate, defined: true });
                Ok(Some(new))
            }
            Some(row) if !row.defined => Err(Error::new(ErrorKind::DefinedTooLate).value(name).at("name")),
            Some(row) if row.predicate == predicate => Ok(None),
            Some(_) => Err(Error::new(ErrorKind::Redefined).value(name).at("name")),
        }
    }

    /// Adds a claim of which these are the parts, unless the same is there and not retracted.
    /// `topic` is what is known of its topic, if that was looked up already.
    pub(super) fn add_claim<I: AsRef<str>>(
        &mut self,
        claim: &Parts<'_, I>,
        topic: Option<Sought>,
        policy: &Policy,
    ) -> Result<Receipt, Error> {
        claim.check()?;
        let new = handle(self.claims.len())?;
        if self.texts.len() + 3 >= MAX_IDS {
            return Err(Error::new(ErrorKind::TooMany { limit: MAX_IDS }).at("the texts of the ledger"));
        }
        let origin = self.source_handle(claim.origin).map_err(|error| error.at("origin"))?;
        let mut relays = Vec::with_capacity(claim.relays.len());
        for (i, relay) in claim.relays.iter().enumerate() {
            relays.push(self.source_handle(relay.as_ref()).map_err(|error| error.at(&format!("relays[{i}]")))?);
        }
        handle(self.relays.len() + relays.len())?;
        let Sought { hash, found } = topic.unwrap_or_else(|| Sought { hash: self.hash(&claim.topic), found: None });
        let topic = found.or_else(|| self.topic_of(hash, claim.topic));
        let defined = match topic {
            Some(topic) => Some(self.topics[topic as usize].predicate),
            None => self.predicates.get_index_of(claim.topic.predicate).map(small),
        };
        let predicate = defined.map_or(&*UNDEFINED, |handle| &self.predicates[handle as usize].predicate);
        let sense = match claim.value {
            Some(ValueParts::Figure(figure)) => {
                let extent = Extent::new(figure, predicate, policy).map_err(|error| error.at("figure").at("value"))?;
                Some(Sense::Figure(extent))
            }
            Some(ValueParts::Text(text)) => Some(Sense::Text(text::normal(text))),
            Some(ValueParts::Period(period)) => Some(Sense::Period(period.to_days())),
            None => None,
        };
        // Nothing can be refused from here on.
        let key = match &sense {
            Some(Sense::Figure(extent)) => extent.unit.as_deref(),
            Some(Sense::Text(text)) => Some(&**text),
            Some(Sense::Period(_)) | None => None,
        };
        let key = key.map_or(0, |key| intern(&mut self.texts, key));
        let reading = Reading::from_parts(claim.stance, sense, claim.as_of, claim.details.stated, predicate.measure());
        let spot = Spot::new(new, &reading, key);
        // The first on its topic clashes with none.
        let sight = match topic {
            Some(topic) => self.sight_from(topic, spot, &reading, predicate, policy),
            None => Sight::of_only(spot, &reading, predicate, policy.days_apart()),
        };
        let topic = topic.unwrap_or_else(|| self.add_topic(hash, claim.topic, defined));
        let details = Some(claim.details).filter(|details| *details != NO_DETAILS);
        let Parts { value, stance, as_of, .. } = *claim;
        let said = Said { topic, origin, relays: &relays, value, stance, as_of, details };
        let hash = self.hash_of(&said);
        if let Some(same) = self.find_same(&said, &spot, hash) {
            return Ok(Receipt { claim: ClaimId::new(same.into()), is_new: false, conflicts: 0 });
        }
        let value = value.map_or(NONE, |value| self.share(value, topic, &spot, key));
        let details = details.map_or(NONE, |details| {
            push(&mut self.details, details.clone());
            small(self.details.len() - 1)
        });
        let first_relay = small(self.relays.len());
        for &relay in &relays {
            push(&mut self.relays, relay);
        }
        let row = ClaimRow {
            topic,
            origin,
            first_relay,
            relays: u8::try_from(relays.len()).unwrap_or(u8::MAX),
            stance,
            as_of,
            value,
            details,
            fate: Fate::Stands,
            by: NONE,
        };
        push(&mut self.claims, row);
        let conflicts = self.settle(topic, new, &sight, hash, policy);
        Ok(Receipt { claim: ClaimId::new(new.into()), is_new: true, conflicts })
    }

    /// Whether there is room for all of another ledger.
    pub(super) fn check_room_for(&self, other: &Self) -> Result<(), Error> {
        if self.texts.len() + other.texts.len() + 3 >= MAX_IDS {
            return Err(Error::new(ErrorKind::TooMany { limit: MAX_IDS }).at("the texts of the ledger"));
        }
        let counts = |of: &Self| [of.claims.len(), of.relays.len(), of.sources.len(), of.predicates.len()];
        counts(self).into_iter().zip(counts(other)).try_for_each(|(own, others)| handle(own + others).map(|_| ()))
    }

    /// `predicate` is the handle of its predicate, if that has one already.
    fn add_topic(&mut self, hash: u64, topic: TopicParts<'_>, predicate: Option<u32>) -> u32 {
        let predicate = predicate.unwrap_or_else(|| {
            let name: Arc<str> = topic.predicate.into();
            let row = PredicateRow { predicate: Predicate::new(Arc::clone(&name)), defined: false };
            small(self.predicates.insert_full(name, row).0)
        });
        let name = Arc::clone(self.predicates.get_index(predicate as usize).expect("it was found or just added").0);
        let topic = Topic::from_texts(topic.subject.into(), name.into());
        let handle = small(self.topics.len());
        self.topic_handles.insert(hash, handle);
        push(&mut self.topics, TopicRow { topic, predicate, claims: Standing::default() });
        handle
    }

    /// The topic with this hash.
    fn topic_of(&self, hash: u64, topic: TopicParts<'_>) -> Option<u32> {
        self.topic_handles.find(hash, |handle| self.topic(handle).parts() == topic)
    }

    pub(super) fn find_topic(&self, topic: TopicParts<'_>) -> Option<u32> {
        self.topic_of(self.hash(&topic), topic)
    }

    /// The place of a value: that of an earlier claim on the topic which put the same forward, or a new one.
    fn share(&mut self, value: ValueParts<'_>, topic: u32, spot: &Spot, key: u32) -> u32 {
        const LOOKED_BACK: usize = 64;
        let alike = self.standing(topic).all().rev().take(LOOKED_BACK).filter(|other| other.is_like(spot));
        let mut claims = alike.map(|other| other.claim);
        let same = claims.find(|&other| self.value(other).map(Value::parts) == Some(value));
        drop(claims);
        if let Some(same) = same {
            return self.claims[same as usize].value;
        }
        let value = match value {
            ValueParts::Figure(FigureParts { hedge, unit }) => {
                let figure = FigureParts { hedge, unit: None }.to_figure();
                Value::Figure(match unit {
                    Some(unit) => figure.with_unit(shared(&mut self.texts, unit)),
                    None => figure,
                })
            }
            ValueParts::Text(text) => Value::Text(shared(&mut self.texts, text)),
            ValueParts::Period(period) => Value::Period(period),
        };
        push(&mut self.values, value);
        push(&mut self.keys, key);
        small(self.values.len() - 1)
    }

    pub(super) fn hash(&self, value: &impl Hash) -> u64 {
        self.hasher.hash_one(value)
    }

    pub(super) fn said(&self, claim: u32) -> Said<'_> {
        let ClaimRow { topic, origin, stance, as_of, .. } = self.claims[claim as usize];
        let details = self.details.get(self.claims[claim as usize].details as usize);
        let value = self.value(claim).map(Value::parts);
        Said { topic, origin, relays: self.relay_handles(claim), value, stance, as_of, details }
    }

    fn relay_handles(&self, claim: u32) -> &[u32] {
        let ClaimRow { first_relay, relays, .. } = self.claims[claim as usize];
        &self.relays[first_relay as usize..][..relays.into()]
    }

    /// Takes a claim back, and lets what it alone revised stand again.
    pub(super) fn retract(&mut self, id: ClaimId, retraction: u32, policy: &Policy) -> Result<(), Error> {
        let Some(claim) = self.claim_handle(id) else {
            return Err(Error::new(ErrorKind::UnknownClaim).value(id).at("claim"));
        };
        if self.is_retracted(claim) {
            return Err(Error::new(ErrorKind::AlreadyRetracted).value(id).at("claim"));
        }
        let stood = self.stands(claim);
        self.set_fate(claim, Fate::Retracted, retraction);
        self.withdraw(claim, stood, policy);
        Ok(())
    }

    /// How two claims on one topic relate.
    pub(super) fn relation(&self, first: u32, second: u32, policy: &Policy) -> Relation {
        let predicate = self.topic_predicate(self.claims[first as usize].topic);
        let voice = self.voice(first, second);
        relate(
            &self.reading(first, predicate, policy),
            &self.reading(second, predicate, policy),
            predicate,
            policy,
            voice,
        )
    }

    pub(super) fn reading<'a>(&'a self, claim: u32, predicate: &'a Predicate, policy: &Policy) -> Reading<'a> {
        let ClaimRow { stance, as_of, .. } = &self.claims[claim as usize];
        let key = || &*self.texts[self.key(claim) as usize - 1];
        let value = self.value(claim).map(|value| match value {
            Value::Figure(figure) => Sense::Figure(
                Extent::new(figure.parts(), predicate, policy)
                    .expect("a figure that allows no value is refused when recorded"),
            ),
            Value::Text(_) => Sense::Text(key().into()),
            Value::Period(period) => Sense::Period(period.to_days()),
        });
        let stated = self.details(claim).stated;
        Reading::from_parts(*stance, value, *as_of, stated, predicate.measure())
    }

    fn voice(&self, first: u32, second: u32) -> Voice {
        let (a, b) = (&self.claims[first as usize], &self.claims[second as usize]);
        if a.origin == b.origin {
            return Voice::SameOrigin { same_relays: self.relay_handles(first) == self.relay_handles(second) };
        }
        let row = |source: u32| &self.sources[source as usize];
        let dependent = row(a.origin).root == row(b.origin).root
            || self.relay_handles(first).contains(&b.origin)
            || self.relay_handles(second).contains(&a.origin);
        let anonymous = || row(a.origin).source.is_anonymous() || row(b.origin).source.is_anonymous();
        Voice::TwoOrigins(if dependent {
            Dependence::Dependent
        } else if anonymous() {
            Dependence::Unknown
        } else {
            Dependence::Independent
        })
    }

    /// Who says a claim, and who relays it.
    pub(super) fn statement(&self, claim: u32) -> Statement<'_> {
        let origin = self.claims[claim as usize].origin;
        let SourceRow { source, root, .. } = &self.sources[origin as usize];
        Statement { claim, origin, root: *root, anonymous: source.is_anonymous(), relays: self.relay_handles(claim) }
    }

    /// The units of standing figures on a topic that could not be compared with each other.
    pub(super) fn unmatched_units(&self, topic: u32, policy: &Policy) -> Vec<Option<&str>> {
        let predicate = self.topic_predicate(topic);
        // Units as they are compared, of counts and of others, with the words of the first that has each.
        let mut met: IndexMap<(u32, bool), Option<&str>> = IndexMap::new();
        for claim in self.topic_claims(topic) {
            if let (true, Some(Value::Figure(figure))) = (self.stands(claim), self.value(claim))
                && let Ok(extent) = Extent::new(figure.parts(), predicate, policy)
            {
                met.entry((self.key(claim), extent.count)).or_insert(figure.unit().or(predicate.unit()));
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

    /// Where a claim lies, and where those lie that it clashes with.
    pub(super) fn sight(&self, claim: u32, policy: &Policy) -> Sight {
        let topic = self.claim_topic(claim);
        let predicate = self.topic_predicate(topic);
        let reading = self.reading(claim, predicate, policy);
        let spot = Spot::new(claim, &reading, self.key(claim));
        self.sight_from(topic, spot, &reading, predicate, policy)
    }

    fn sight_from(
        &self,
        topic: u32,
        spot: Spot,
        reading: &Reading<'_>,
        predicate: &Predicate,
        policy: &Policy,
    ) -> Sight {
        let named = match reading.committed() {
            Some(Sense::Text(text)) => predicate.normal_opposites_of(text),
            _ => None,
        };
        let opposites = named.map_or_else(Vec::new, |named| self.texts_among(named, topic));
        Sight::new(spot, reading, self.standing(topic).classes(), &opposites, predicate, policy.days_apart())
    }

    /// The numbers of the texts of some that may be on a topic: whichever are fewer are looked through, the texts or the
    /// claims.
    fn texts_among(&self, named: &HashSet<String>, topic: u32) -> Vec<u32> {
        let claims = self.standing(topic).all();
        if named.len() <= claims.len() {
            let known = |text: &String| self.texts.get_index_of(text.as_str()).map(|index| 1 + small(index));
            return named.iter().filter_map(known).collect();
        }
        let is_named = |id: &u32| named.contains(&*self.texts[*id as usize - 1]);
        let mut found: Vec<u32> = claims.filter_map(Spot::text).filter(is_named).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// When a claim was said.
    pub(super) fn said_at(&self, claim: u32) -> SaidAt {
        let as_of = self.claims[claim as usize].as_of;
        SaidAt::new(self.details(claim).stated.map(Moment::to_instants), as_of.map(Period::to_days))
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

    /// A claim that revises it and is not retracted.
    pub(super) fn reviser(&self, claim: u32) -> Option<u32> {
        self.caused(claim, Fate::Revised)
    }

    pub(super) fn set_reviser(&mut self, claim: u32, reviser: Option<u32>) {
        match reviser {
            Some(reviser) => self.set_fate(claim, Fate::Revised, reviser),
            None => self.set_fate(claim, Fate::Stands, NONE),
        }
    }

    fn set_fate(&mut self, claim: u32, fate: Fate, by: u32) {
        let row = &mut self.claims[claim as usize];
        (row.fate, row.by) = (fate, by);
    }

    /// What brought about the fate of a claim, if it is this one.
    fn caused(&self, claim: u32, fate: Fate) -> Option<u32> {
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

    /// Whether no other source has its name.
    pub(super) fn is_told_by_name(&self, source: &Source) -> bool {
        !self.names.get(source.name()).is_some_and(|several| *several)
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

    pub(super) fn claim_handle(&self, id: ClaimId) -> Option<u32> {
        u32::try_from(id.number()).ok().filter(|&handle| (handle as usize) < self.claims.len())
    }

    pub(super) fn claim_handles(&self) -> impl ExactSizeIterator<Item = u32> + DoubleEndedIterator + use<> {
        (0..self.claims.len()).map(small)
    }

    pub(super) fn topic_handles(&self) -> impl ExactSizeIterator<Item = u32> + use<> {
        (0..self.topics.len()).map(small)
    }

    pub(super) fn topic(&self, handle: u32) -> &Topic {
        &self.topics[handle as usize].topic
    }

    pub(super) fn topic_predicate(&self, topic: u32) -> &Predicate {
        self.predicate(self.topics[topic as usize].predicate)
    }

    pub(super) fn topic_claims(&self, topic: u32) -> impl ExactSizeIterator<Item = u32> + DoubleEndedIterator + '_ {
        self.topics[topic as usize].claims.all().map(|spot| spot.claim)
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

    pub(super) fn value(&self, claim: u32) -> Option<&Value> {
        self.values.get(self.claims[claim as usize].value as usize)
    }

    /// What stands for the unit or the text of its value as it is compared; 0 for none.
    fn key(&self, claim: u32) -> u32 {
        self.keys.get(self.claims[claim as usize].value as usize).copied().unwrap_or_default()
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

/// The number of a text, from 1.
fn intern(texts: &mut IndexSet<Arc<str>>, text: &str) -> u32 {
    1 + small(texts.get_index_of(text).unwrap_or_else(|| texts.insert_full(text.into()).0))
}

/// A text as it is on record.
fn shared(texts: &mut IndexSet<Arc<str>>, text: &str) -> Arc<str> {
    let number = intern(texts, text);
    Arc::clone(&texts[number as usize - 1])
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
