//! What is on record, each text once, and what stands. Handles are places in these tables and never leave the ledger.

use std::borrow::Cow;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;

use hashbrown::HashTable;
use indexmap::{IndexMap, IndexSet};

use super::clash::{MAX_IDS, SaidAt, Sight, Spot};
use super::standing::{Few, Standing};
use super::{ClaimId, Receipt};
use crate::claim::{Claim, Details, Stance, Value};
use crate::corroboration::Statement;
use crate::error::{Error, ErrorKind};
use crate::period::Period;
use crate::policy::Policy;
use crate::relation::{Dependence, Extent, Reading, Relation, Sense, Voice, relate};
use crate::source::{Source, SourceId};
use crate::text;
use crate::time::Moment;
use crate::topic::{Predicate, Topic};

/// The deepest chain of `part_of`.
const MAX_DEPTH: usize = 64;

/// The tables of a ledger.
#[derive(Clone, Default)]
pub(super) struct Store {
    sources: IndexMap<SourceId, SourceRow>,
    predicates: IndexMap<Arc<str>, PredicateRow>,
    topics: IndexMap<Topic, TopicRow>,
    /// Lists of relays.
    chains: IndexSet<Box<[u32]>>,
    values: IndexSet<Value>,
    /// Texts, units, and the forms in which they are compared.
    texts: IndexSet<Arc<str>>,
    claims: Vec<ClaimRow>,
    /// The claims that are not retracted, by what they say.
    said: HashTable<u32>,
    hasher: RandomState,
    /// How many pairs that stand conflict.
    pub(super) conflicts: u64,
    /// Whether what stands is worked out once many claims were added, and not after each.
    pub(super) settles_later: bool,
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
    predicate: u32,
    claims: Standing,
}

#[derive(Clone)]
struct ClaimRow {
    said: Said,
    /// Stands for the unit or the text as it is compared; 0 for none.
    key: u32,
    /// The retraction that took it back, or [`NONE`].
    retraction: u32,
    /// A claim that revises it and is not retracted, or [`NONE`].
    reviser: u32,
}

/// All that a claim says: two claims are the same if this is.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Said {
    topic: u32,
    origin: u32,
    relays: u32,
    /// Or [`NONE`].
    value: u32,
    stance: Stance,
    as_of: Option<Period>,
    details: Option<Box<Details>>,
}

/// In place of a handle, where there is none.
const NONE: u32 = u32::MAX;

const NO_DETAILS: &Details =
    &Details { stated: None, confidence: None, basis: None, credibility: None, citations: Vec::new(), note: None };

/// The handle of the place `index` of a table.
pub(super) fn handle(index: impl TryInto<u32>) -> Result<u32, Error> {
    index.try_into().map_err(|_| Error::new(ErrorKind::TooMany { limit: u32::MAX as usize }).at("ledger"))
}

impl ClaimRow {
    fn stands(&self) -> bool {
        !self.is_retracted() && self.reviser == NONE
    }

    fn is_retracted(&self) -> bool {
        self.retraction != NONE
    }
}

impl Store {
    /// Adds a source; `None` if it is there already.
    pub(super) fn add_source(&mut self, source: Source) -> Result<Option<u32>, Error> {
        source.check()?;
        let new = handle(self.sources.len())?;
        let (root, depth) = match source.part_of() {
            None => (new, 1),
            Some(whole) => {
                let row = &self.sources[self.source_handle(whole).map_err(|error| error.at("part_of"))? as usize];
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

    /// Adds a claim, unless the same is there and not retracted.
    pub(super) fn add_claim(&mut self, claim: Claim, policy: &Policy) -> Result<Receipt, Error> {
        claim.check()?;
        let new = handle(self.claims.len())?;
        if self.texts.len() + 3 >= MAX_IDS {
            return Err(Error::new(ErrorKind::TooMany { limit: MAX_IDS }).at("the texts of the ledger"));
        }
        let origin = self.source_handle(claim.origin()).map_err(|error| error.at("origin"))?;
        let mut relays = Vec::with_capacity(claim.relays().len());
        for (i, relay) in claim.relays().iter().enumerate() {
            relays.push(self.source_handle(relay).map_err(|error| error.at(&format!("relays[{i}]")))?);
        }
        let mut key = 0;
        match claim.value() {
            Some(Value::Figure(figure)) => {
                let name = claim.topic().predicate();
                let undefined = Predicate::new("");
                let predicate = self.predicates.get(name).map_or(&undefined, |row| &row.predicate);
                let extent = Extent::new(figure, predicate, policy).map_err(|error| error.at("figure").at("value"))?;
                if let Some(unit) = extent.unit.map(Cow::into_owned) {
                    key = self.intern(&unit);
                }
            }
            Some(Value::Text(text)) => key = self.intern(&text::normal(text)),
            Some(Value::Period(_)) | None => {}
        }
        // Nothing can be refused from here on.
        let said = self.say(claim, origin, relays);
        let hash = self.hasher.hash_one(&said);
        if let Some(&same) = self.said.find(hash, |&other| self.claims[other as usize].said == said) {
            return Ok(Receipt { claim: ClaimId::new(same.into()), is_new: false, conflicts: 0 });
        }
        let topic = said.topic;
        self.claims.push(ClaimRow { said, key, retraction: NONE, reviser: NONE });
        let (claims, hasher) = (&self.claims, &self.hasher);
        self.said.insert_unique(hash, new, |&other| hasher.hash_one(&claims[other as usize].said));
        let spot = Spot::new(new, &self.reading(new, self.topic_predicate(topic), policy), key);
        self.topics[topic as usize].claims.push(spot);
        let conflicts = if self.settles_later { 0 } else { self.settle(topic, policy) };
        Ok(Receipt { claim: ClaimId::new(new.into()), is_new: true, conflicts })
    }

    /// Whether there is room for all of another ledger.
    pub(super) fn check_room_for(&self, other: &Self) -> Result<(), Error> {
        if self.texts.len() + other.texts.len() + 3 >= MAX_IDS {
            return Err(Error::new(ErrorKind::TooMany { limit: MAX_IDS }).at("the texts of the ledger"));
        }
        handle(self.claims.len() + other.claims.len())?;
        handle(self.sources.len() + other.sources.len())?;
        handle(self.predicates.len() + other.predicates.len())?;
        Ok(())
    }

    /// What a claim says, with every text on record once.
    fn say(&mut self, claim: Claim, origin: u32, relays: Vec<u32>) -> Said {
        let Claim { topic, value, stance, as_of, details, .. } = claim;
        let value = value.map_or(NONE, |value| self.share(value));
        let topic = if let Some(topic) = self.topics.get_index_of(&topic) {
            topic
        } else {
            let name: Arc<str> = topic.predicate().into();
            let entry = self.predicates.entry(Arc::clone(&name));
            let predicate = entry.index();
            entry.or_insert_with(|| PredicateRow { predicate: Predicate::new(name), defined: false });
            self.topics.insert_full(topic, TopicRow { predicate: small(predicate), claims: Standing::default() }).0
        };
        let relays = self.chains.get_index_of(&*relays).unwrap_or_else(|| self.chains.insert_full(relays.into()).0);
        let details = (details != *NO_DETAILS).then(|| Box::new(details));
        Said { topic: small(topic), origin, relays: small(relays), value, stance, as_of, details }
    }

    /// The number of a text, from 1.
    fn intern(&mut self, text: &str) -> u32 {
        1 + small(self.texts.get_index_of(text).unwrap_or_else(|| self.texts.insert_full(text.into()).0))
    }

    fn share(&mut self, value: Value) -> u32 {
        if let Some(index) = self.values.get_index_of(&value) {
            return small(index);
        }
        let value = match value {
            Value::Text(text) => Value::Text(self.shared(&text)),
            Value::Figure(figure) => Value::Figure(match figure.shared_unit().map(|unit| self.shared(unit)) {
                Some(unit) => figure.with_unit(unit),
                None => figure,
            }),
            Value::Period(period) => Value::Period(period),
        };
        small(self.values.insert_full(value).0)
    }

    fn shared(&mut self, text: &Arc<str>) -> Arc<str> {
        let (index, _) = self.texts.insert_full(Arc::clone(text));
        Arc::clone(&self.texts[index])
    }

    /// Takes a claim back, and lets what it alone revised stand again.
    pub(super) fn retract(&mut self, id: ClaimId, retraction: u32, policy: &Policy) -> Result<(), Error> {
        let Some(claim) = self.claim_handle(id) else {
            return Err(Error::new(ErrorKind::UnknownClaim).value(id).at("claim"));
        };
        if self.claims[claim as usize].is_retracted() {
            return Err(Error::new(ErrorKind::AlreadyRetracted).value(id).at("claim"));
        }
        let hash = self.hasher.hash_one(&self.claims[claim as usize].said);
        if let Ok(found) = self.said.find_entry(hash, |&other| other == claim) {
            found.remove();
        }
        let stood = self.stands(claim);
        self.claims[claim as usize].retraction = retraction;
        self.withdraw(claim, stood, policy);
        Ok(())
    }

    /// How two claims on one topic relate.
    pub(super) fn relation(&self, first: u32, second: u32, policy: &Policy) -> Relation {
        let predicate = self.topic_predicate(self.claims[first as usize].said.topic);
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
        let ClaimRow { said, key, .. } = &self.claims[claim as usize];
        let key = || &*self.texts[*key as usize - 1];
        let value = self.value(claim).map(|value| match value {
            Value::Figure(figure) => Sense::Figure(
                Extent::new(figure, predicate, policy).expect("a figure that allows no value is refused when recorded"),
            ),
            Value::Text(_) => Sense::Text(key().into()),
            Value::Period(period) => Sense::Period(period.to_days()),
        });
        let stated = self.details(claim).stated;
        Reading::from_parts(said.stance, value, said.as_of, stated, predicate.measure())
    }

    fn voice(&self, first: u32, second: u32) -> Voice {
        let (a, b) = (&self.claims[first as usize].said, &self.claims[second as usize].said);
        if a.origin == b.origin {
            return Voice::SameOrigin { same_relays: a.relays == b.relays };
        }
        let row = |source: u32| &self.sources[source as usize];
        let relays = |said: &Said, source| self.chains[said.relays as usize].contains(&source);
        let dependent = row(a.origin).root == row(b.origin).root || relays(a, b.origin) || relays(b, a.origin);
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
        let said = &self.claims[claim as usize].said;
        let SourceRow { source, root, .. } = &self.sources[said.origin as usize];
        Statement {
            claim,
            origin: said.origin,
            root: *root,
            anonymous: source.is_anonymous(),
            relays: &self.chains[said.relays as usize],
        }
    }

    /// The units of standing figures on a topic that could not be compared with each other.
    pub(super) fn unmatched_units(&self, topic: u32, policy: &Policy) -> Vec<Option<&str>> {
        let predicate = self.topic_predicate(topic);
        let mut met: Vec<(Extent<'_>, Option<&str>, bool)> = Vec::new();
        for claim in self.topic_claims(topic) {
            let row = &self.claims[claim as usize];
            let (true, Some(Value::Figure(figure))) = (row.stands(), self.value(claim)) else {
                continue;
            };
            let Ok(extent) = Extent::new(figure, predicate, policy) else {
                continue;
            };
            if met.iter().any(|(other, ..)| other.unit == extent.unit && other.count == extent.count) {
                continue;
            }
            let mut unmatched = false;
            for (other, _, other_unmatched) in &mut met {
                if !other.is_comparable_with(&extent) {
                    (unmatched, *other_unmatched) = (true, true);
                }
            }
            met.push((extent, figure.unit().or(predicate.unit()), unmatched));
        }
        met.into_iter().filter(|(.., unmatched)| *unmatched).map(|(_, unit, _)| unit).collect()
    }

    /// Where a claim lies, and where those lie that it clashes with.
    pub(super) fn sight(&self, claim: u32, policy: &Policy) -> Sight {
        let predicate = self.topic_predicate(self.claim_topic(claim));
        let reading = self.reading(claim, predicate, policy);
        let opposites: Vec<u32> = match reading.committed() {
            Some(Sense::Text(text)) => {
                let known = |text: &str| self.texts.get_index_of(text).map(|index| 1 + small(index));
                predicate.normal_opposites_of(text).filter_map(known).collect()
            }
            _ => Vec::new(),
        };
        let spot = Spot::new(claim, &reading, self.claims[claim as usize].key);
        let classes = self.standing(self.claim_topic(claim)).classes();
        Sight::new(spot, &reading, classes, &opposites, predicate, policy.days_apart())
    }

    /// When a claim was said.
    pub(super) fn said_at(&self, claim: u32) -> SaidAt {
        let said = &self.claims[claim as usize].said;
        SaidAt::new(self.details(claim).stated.map(Moment::to_instants), said.as_of.map(Period::to_days))
    }

    pub(super) fn standing(&self, topic: u32) -> &Standing {
        &self.topics[topic as usize].claims
    }

    pub(super) fn standing_mut(&mut self, topic: u32) -> &mut Standing {
        &mut self.topics[topic as usize].claims
    }

    pub(super) fn is_retracted(&self, claim: u32) -> bool {
        self.claims[claim as usize].is_retracted()
    }

    /// A claim that revises it and is not retracted.
    pub(super) fn reviser(&self, claim: u32) -> Option<u32> {
        Some(self.claims[claim as usize].reviser).filter(|&reviser| reviser != NONE)
    }

    pub(super) fn set_reviser(&mut self, claim: u32, reviser: Option<u32>) {
        self.claims[claim as usize].reviser = reviser.unwrap_or(NONE);
    }

    pub(super) fn origin_handle(&self, claim: u32) -> u32 {
        self.claims[claim as usize].said.origin
    }

    pub(super) fn source_handle(&self, id: &SourceId) -> Result<u32, Error> {
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

    pub(super) fn topic_handle(&self, topic: &Topic) -> Option<u32> {
        self.topics.get_index_of(topic).map(small)
    }

    pub(super) fn topic_handles(&self) -> impl ExactSizeIterator<Item = u32> + use<> {
        (0..self.topics.len()).map(small)
    }

    pub(super) fn topic(&self, handle: u32) -> &Topic {
        self.topics.get_index(handle as usize).expect("a handle is a place in its table").0
    }

    pub(super) fn topic_predicate(&self, topic: u32) -> &Predicate {
        self.predicate(self.topics[topic as usize].predicate)
    }

    pub(super) fn topic_claims(&self, topic: u32) -> impl ExactSizeIterator<Item = u32> + DoubleEndedIterator + '_ {
        self.topics[topic as usize].claims.all().map(|spot| spot.claim)
    }

    pub(super) fn claim_topic(&self, claim: u32) -> u32 {
        self.claims[claim as usize].said.topic
    }

    pub(super) fn origin(&self, claim: u32) -> &Source {
        self.source(self.claims[claim as usize].said.origin)
    }

    pub(super) fn relays(&self, claim: u32) -> impl ExactSizeIterator<Item = &Source> + Clone {
        self.chains[self.claims[claim as usize].said.relays as usize].iter().map(|&relay| self.source(relay))
    }

    pub(super) fn stance(&self, claim: u32) -> Stance {
        self.claims[claim as usize].said.stance
    }

    pub(super) fn value(&self, claim: u32) -> Option<&Value> {
        self.values.get_index(self.claims[claim as usize].said.value as usize)
    }

    pub(super) fn as_of(&self, claim: u32) -> Option<Period> {
        self.claims[claim as usize].said.as_of
    }

    pub(super) fn details(&self, claim: u32) -> &Details {
        self.claims[claim as usize].said.details.as_deref().unwrap_or(NO_DETAILS)
    }

    pub(super) fn stands(&self, claim: u32) -> bool {
        self.claims[claim as usize].stands()
    }

    pub(super) fn retraction(&self, claim: u32) -> Option<u32> {
        Some(self.claims[claim as usize].retraction).filter(|&retraction| retraction != NONE)
    }
}

/// A place in a table, none of which has more than `u32::MAX`: there is no more of anything than there are claims with
/// their relays, texts and units, and those are counted.
#[expect(clippy::cast_possible_truncation, reason = "checked against the number of claims when one is recorded")]
fn small(index: usize) -> u32 {
    index as u32
}
