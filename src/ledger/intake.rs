//! Taking in: all is checked first, and only then written into the tables.

use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};

use super::amended::MAX_DEPTH;
use super::compared::{ComparedAs, ComparedCounts};
use super::index::boxes::ClashBoxes;
use super::index::point::{ClaimPoint, MAX_IDS};
use super::index::scoped::NO_SCOPE;
use super::index::topic::Standing;
use super::receipt::Receipt;
use super::tables::{
    Assertion, ClaimRow, Fate, Key, NONE, PredicateRow, Sought, SourceRow, Tables, TopicRow, UNDEFINED, handle, push,
    small,
};
use crate::claim::parts::{Parts, TopicParts, ValueParts};
use crate::claim::{NO_DETAILS, Stance, Value};
use crate::error::{Error, ErrorKind};
use crate::figure::FigureParts;
use crate::names::UnitKind;
use crate::policy::Policy;
use crate::rules::comparable::{Comparable, ComparedValue, Extent};
use crate::source::{Source, SourceId};
use crate::text;
use crate::topic::{Predicate, Topic};

/// The row of a new claim, as far as it is the same for all.
const NEW_ROW: ClaimRow = ClaimRow {
    topic: NONE,
    origin: NONE,
    first_relay: 0,
    relays: 0,
    stance: Stance::Affirms,
    scope: 0,
    as_of: None,
    value: NONE,
    details: NONE,
    fate: Fate::Stands,
    disowned: false,
    by: NONE,
};

impl Tables {
    /// Adds a source; `None` if it is there already.
    pub(super) fn add_source(&mut self, source: Source) -> Result<Option<u32>, Error> {
        source.check()?;
        let new = handle(self.sources.len())?;
        let owner = match source.part_of() {
            None => NONE,
            Some(whole) => self.source_handle(whole.as_str()).map_err(|error| error.at("part_of"))?,
        };
        if let Some(row) = self.sources.get(source.id()) {
            return if row.source == source || row.defined.as_deref() == Some(&source) {
                Ok(None)
            } else {
                Err(Error::new(ErrorKind::Redefined).value(source.id()).at("id"))
            };
        }
        if owner != NONE && self.owners(owner).count() + 1 > MAX_DEPTH {
            let whole = source.part_of().map(SourceId::as_str).unwrap_or_default();
            return Err(Error::new(ErrorKind::TooDeep { limit: MAX_DEPTH }).value(whole).at("part_of"));
        }
        self.sources.insert(source.id().clone(), SourceRow { source, defined: None, owner });
        self.note_name(new);
        if owner != NONE {
            self.grown(owner);
        }
        Ok(Some(new))
    }

    /// Adds a predicate; `None` if it is there already.
    pub(super) fn add_predicate(&mut self, predicate: Predicate) -> Result<Option<u32>, Error> {
        predicate.check()?;
        let name: Arc<str> = text::name(predicate.name()).into();
        match self.predicates.get(&name) {
            None => {
                let new = handle(self.predicates.len())?;
                self.predicates.insert(name, PredicateRow { predicate, defined: true });
                Ok(Some(new))
            }
            Some(row) if !row.defined => Err(Error::new(ErrorKind::DefinedTooLate).value(name).at("name")),
            Some(row) if row.predicate.is_same_as(&predicate) => Ok(None),
            Some(_) => Err(Error::new(ErrorKind::Redefined).value(name).at("name")),
        }
    }

    /// Adds a claim of which these are the parts, unless the same is there and not retracted. `topic` is what is known
    /// of its topic, if that was looked up already.
    pub(super) fn add_claim<I: AsRef<str>>(
        &mut self,
        claim: &Parts<'_, I>,
        topic: Option<Sought>,
        policy: &Policy,
    ) -> Result<Receipt, Error> {
        claim.check()?;
        let new = handle(self.claims.len())?;
        if self.texts.len() + 5 >= MAX_IDS {
            return Err(Error::new(ErrorKind::TooMany { limit: MAX_IDS }).at("the texts of the ledger"));
        }
        let (origin, relays) = self.chain(claim)?;
        let given = claim.topic;
        let Sought { mut hash, found: mut topic } = self.sought(given, topic);
        // A topic that is on record under its words as they are needs no other words.
        let named = if topic.is_none() { Some(self.topic_named(given)) } else { None };
        let named = named.as_ref().map_or(given, |(subject, predicate)| TopicParts { subject, predicate });
        if named != given {
            hash = self.hash(&named);
            topic = self.topic_of(hash, named);
        }
        let defined = match topic {
            Some(topic) => Some(self.topics[topic as usize].predicate),
            None => self.predicates.get_index_of(named.predicate).map(small),
        };
        let predicate = defined.map_or(&*UNDEFINED, |handle| &self.predicates[handle as usize].predicate);
        let sense = self.compared_value(claim.value, predicate, policy)?;
        // Nothing can be refused from here on.
        let scope = claim.scope.map(|words| (words, self.scope_of(words).into_owned()));
        let (name, kind) = name_and_kind(sense.as_ref());
        let id = name.map_or(0, |name| intern(&mut self.texts, name));
        let (scope, scope_key) = match scope {
            Some((words, compared)) => keep_scope(&mut self.scopes, &mut self.texts, words, &compared),
            None => (0, NO_SCOPE),
        };
        let reading = Comparable::from_parts(claim.into(), sense, predicate.measure());
        let point = ClaimPoint::new(new, &reading, id);
        let compared = ComparedAs::new(&reading, scope_key, id);
        // The first on its topic clashes with none.
        let boxes = match topic {
            Some(topic) => self.boxes_from(topic, point, id, scope_key, &reading, policy),
            None => {
                ClashBoxes { scope: scope_key, ..ClashBoxes::of_only(point, &reading, predicate, policy.days_apart()) }
            }
        };
        let topic = topic.unwrap_or_else(|| self.add_topic(hash, named, defined));
        let Parts { value, stance, as_of, details, .. } = *claim;
        let words = (named != given).then_some(given);
        let (relays, details) = (&*relays, details.said());
        let said = Assertion { topic, words, origin, relays, value, stance, scope: claim.scope, as_of, details };
        let hash = self.hash_of(&said);
        if let Some(same) = self.find_same(&said, &point, hash) {
            return Ok(Receipt::of_known(self.number(same)));
        }
        let value = value.map_or(NONE, |value| self.share(value, topic, &point, Key::new(id, kind)));
        self.keep_row(claim, relays, ClaimRow { topic, origin, stance, scope, as_of, value, ..NEW_ROW });
        if let Some(words) = words {
            self.keep_words(new, words);
        }
        let is_figure = matches!(claim.value, Some(ValueParts::Figure(_)));
        self.note_use(Some(id).filter(|id| is_figure && *id != 0), claim.scope);
        self.count_compared(topic, policy);
        let counts = &mut self.topics[topic as usize].compared;
        let not_compared = compared.map_or(0, |compared| counts.not_compared(compared));
        if let Some(compared) = compared {
            counts.add(compared);
        }
        let conflicts = self.settle(topic, new, &boxes, hash, policy);
        Ok(Receipt { claim: self.number(new), is_new: true, is_amended: false, conflicts, not_compared })
    }

    /// A topic under the words as they are; `known` is what was found of it before, which may go by another name by
    /// now.
    fn sought(&self, words: TopicParts<'_>, known: Option<Sought>) -> Sought {
        let Sought { hash, found } = known.unwrap_or_else(|| Sought { hash: self.hash(&words), found: None });
        let found = found.filter(|&topic| !self.naming.has_subjects() || self.topic(topic).parts() == words);
        Sought { hash, found: found.or_else(|| self.topic_of(hash, words)) }
    }

    /// The origin and the relays of a claim.
    fn chain<I: AsRef<str>>(&self, claim: &Parts<'_, I>) -> Result<(u32, Vec<u32>), Error> {
        let origin = self.source_handle(claim.origin).map_err(|error| error.at("origin"))?;
        let mut relays = Vec::with_capacity(claim.relays.len());
        for (i, relay) in claim.relays.iter().enumerate() {
            relays.push(self.source_handle(relay.as_ref()).map_err(|error| error.at(&format!("relays[{i}]")))?);
        }
        handle(self.relays.len() + relays.len())?;
        Ok((origin, relays))
    }

    /// A value as it is compared under a predicate.
    fn compared_value<'v>(
        &self,
        value: Option<ValueParts<'v>>,
        predicate: &'v Predicate,
        policy: &Policy,
    ) -> Result<Option<ComparedValue<'v>>, Error> {
        Ok(match value {
            Some(ValueParts::Figure(figure)) => {
                let unit = self.unit_of(figure.unit, predicate.unit());
                let extent = Extent::in_unit(figure, unit, predicate, policy);
                Some(ComparedValue::Figure(extent.map_err(|error| error.at("figure").at("value"))?))
            }
            Some(ValueParts::Text(text)) => Some(ComparedValue::Text(predicate.compared(text))),
            Some(ValueParts::Period(period)) => Some(ComparedValue::Period(period.to_days())),
            None => None,
        })
    }

    /// Keeps the row of a new claim, with its relays and whatever else it says.
    fn keep_row<I>(&mut self, claim: &Parts<'_, I>, relays: &[u32], mut row: ClaimRow) {
        if claim.details != NO_DETAILS {
            push(&mut self.details, claim.details.clone());
            row.details = small(self.details.len() - 1);
        }
        row.first_relay = small(self.relays.len());
        for &relay in relays {
            push(&mut self.relays, relay);
        }
        row.relays = u8::try_from(relays.len()).unwrap_or(u8::MAX);
        push(&mut self.claims, row);
    }

    /// The claim that says the same as one of which these are the parts, if that is on record and not retracted.
    pub(super) fn find_claim_like<I: AsRef<str>>(&self, claim: &Parts<'_, I>) -> Option<u32> {
        let topic = self.find_topic(claim.topic)?;
        let origin = self.source_handle(claim.origin).ok()?;
        let relays = claim.relays.iter().map(|relay| self.source_handle(relay.as_ref()));
        let relays = relays.collect::<Result<Vec<u32>, Error>>().ok()?;
        let Parts { value, stance, scope, as_of, details, .. } = *claim;
        let words = Some(claim.topic).filter(|words| *words != self.topic(topic).parts());
        let details = details.said();
        let said = Assertion { topic, words, origin, relays: &relays, value, stance, scope, as_of, details };
        let is_same = |claim: u32| self.said(claim) == said && !self.is_retracted(claim);
        match (&self.standing(topic).index, self.hash_of(&said)) {
            (Some(index), Some(hash)) => index.said.find(hash, is_same),
            _ => self.topic_claims(topic).find(|&claim| is_same(claim)),
        }
    }

    /// Whether there is room for all of another ledger.
    pub(super) fn check_room_for(&self, other: &Self) -> Result<(), Error> {
        if self.texts.len() + other.texts.len() + 3 >= MAX_IDS {
            return Err(Error::new(ErrorKind::TooMany { limit: MAX_IDS }).at("the texts of the ledger"));
        }
        let counts = |of: &Self| [of.claims.len(), of.relays.len(), of.sources.len(), of.predicates.len()];
        counts(self).into_iter().zip(counts(other)).try_for_each(|(own, others)| handle(own + others).map(|_| ()))
    }

    /// Adds a topic; `predicate` is the handle of its predicate, if that has one already.
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
        push(
            &mut self.topics,
            TopicRow { topic, predicate, claims: Standing::default(), compared: ComparedCounts::default() },
        );
        self.note_topic(handle);
        handle
    }

    /// The place of a value: that of an earlier claim on the topic which put the same value forward, or a new one.
    fn share(&mut self, value: ValueParts<'_>, topic: u32, point: &ClaimPoint, key: Key) -> u32 {
        const LOOKED_BACK: usize = 64;
        let alike = self.standing(topic).all().rev().take(LOOKED_BACK).filter(|other| other.is_like(point));
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

    /// Counts what the claims on a topic are compared as, if that was put off.
    fn count_compared(&mut self, topic: u32, policy: &Policy) {
        if matches!(self.topics[topic as usize].compared, ComparedCounts::Uncounted) {
            let mut counts = ComparedCounts::default();
            for claim in self.topic_claims(topic).filter(|&claim| !self.is_retracted(claim)) {
                self.compared_as(claim, policy).into_iter().for_each(|compared| counts.add(compared));
            }
            self.topics[topic as usize].compared = counts;
        }
    }

    /// Takes a claim back that is not retracted, and lets what it alone revised stand again.
    pub(super) fn retract(&mut self, claim: u32, retraction: u32, policy: &Policy) {
        if let Some(compared) = self.compared_as(claim, policy) {
            let topic = self.claim_topic(claim) as usize;
            self.topics[topic].compared.remove(compared);
        }
        let stood = self.stands(claim);
        self.set_fate(claim, Fate::Retracted, retraction);
        self.withdraw(claim, stood, policy);
    }
}

/// The unit or the text that a value is compared by, and the kind of the unit.
fn name_and_kind<'v>(value: Option<&'v ComparedValue<'_>>) -> (Option<&'v str>, UnitKind) {
    match value {
        Some(ComparedValue::Figure(Extent { unit: Some(unit), .. })) => (Some(unit.name()), unit.kind()),
        Some(ComparedValue::Text(text)) => (Some(&**text), UnitKind::default()),
        _ => (None, UnitKind::default()),
    }
}

/// The number of a text, from 1.
fn intern(texts: &mut IndexSet<Arc<str>>, text: &str) -> u32 {
    1 + small(texts.get_index_of(text).unwrap_or_else(|| texts.insert_full(text.into()).0))
}

/// The place of a scope, from 1, and the number of its text as it is compared.
fn keep_scope(
    scopes: &mut IndexMap<Arc<str>, u32>,
    texts: &mut IndexSet<Arc<str>>,
    scope: &str,
    compared: &str,
) -> (u32, u32) {
    if let Some((place, _, key)) = scopes.get_full(scope) {
        return (1 + small(place), *key);
    }
    let key = intern(texts, compared);
    (1 + small(scopes.insert_full(scope.into(), key).0), key)
}

/// A text as it is on record.
fn shared(texts: &mut IndexSet<Arc<str>>, text: &str) -> Arc<str> {
    let number = intern(texts, text);
    Arc::clone(&texts[number as usize - 1])
}
