//! Giving other names, and looking up the first name of each.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use super::named::{Definition, InUse, Subjects, check_aliases};
use super::record::Ledger;
use super::tables::{Tables, handle};
use crate::claim::Value;
use crate::claim::parts::TopicParts;
use crate::constraint::Constraint;
use crate::error::{Error, ErrorKind};
use crate::names::{self, Names, Unit};
use crate::text;
use crate::topic::Topic;

/// The name and the aliases of a definition with the form of each.
fn others(names: &Names, form: impl Fn(&str) -> Arc<str>) -> Vec<(String, Arc<str>, &str)> {
    let aliases = names.aliases().enumerate().map(|(i, alias)| (format!("aliases[{i}]"), form(alias), alias));
    aliases.collect()
}

fn unit_form(words: &str) -> Arc<str> {
    names::unit(words).map_or_else(|| text::normal(words).into(), |unit| unit.name().into())
}

fn built_in(words: &str) -> Option<Unit<'_>> {
    names::unit(words).filter(|unit| unit.to_print().is_some())
}

impl Ledger {
    /// The first name of a subject, if `name` is another name of it.
    ///
    /// ```
    /// use testimony::{Ledger, Names};
    ///
    /// let mut ledger = Ledger::new();
    /// ledger.add_subject(Names::new("Kyiv", ["Kiev"]))?;
    /// assert_eq!(ledger.first_name_of_subject(" Kiev"), Some("Kyiv"));
    /// assert_eq!(ledger.first_name_of_subject("Kyiv"), None);
    /// # Ok::<(), testimony::Error>(())
    /// ```
    #[must_use]
    pub fn first_name_of_subject(&self, name: &str) -> Option<&str> {
        let subjects = self.tables.naming.subjects.as_deref()?;
        subjects.aliases.first(&text::name(name)).map(|first| &**first)
    }

    /// The first name of a unit, if `name` is another name of it by [`add_unit`](Self::add_unit).
    ///
    /// ```
    /// use testimony::{Ledger, Names};
    ///
    /// let mut ledger = Ledger::new();
    /// ledger.add_unit(Names::new("Bags of rice", ["sacks"]))?;
    /// assert_eq!(ledger.first_name_of_unit("Sack"), Some("Bags of rice"));
    /// assert_eq!(ledger.first_name_of_unit("bags of rice"), None);
    /// # Ok::<(), testimony::Error>(())
    /// ```
    #[must_use]
    pub fn first_name_of_unit(&self, name: &str) -> Option<&str> {
        let units = self.tables.naming.units.as_deref()?;
        let first = units.aliases.first(&unit_form(name))?;
        built_in(first).and_then(|unit| unit.to_print()).or_else(|| units.aliases.named.get(first).map(|name| &**name))
    }

    /// The first name of a scope, if `name` is another name of it.
    ///
    /// ```
    /// use testimony::{Ledger, Names};
    ///
    /// let mut ledger = Ledger::new();
    /// ledger.add_scope(Names::new("Confirmed", ["lab-confirmed"]))?;
    /// assert_eq!(ledger.first_name_of_scope("Lab-confirmed"), Some("Confirmed"));
    /// assert_eq!(ledger.first_name_of_scope("confirmed"), None);
    /// # Ok::<(), testimony::Error>(())
    /// ```
    #[must_use]
    pub fn first_name_of_scope(&self, name: &str) -> Option<&str> {
        let scopes = self.tables.naming.scopes.as_deref()?;
        let first = scopes.aliases.first(&text::normal(name))?;
        scopes.aliases.named.get(first).map(|name| &**name)
    }
}

impl Tables {
    /// Gives a subject other names; `None` if it has them.
    pub(super) fn add_subject(&mut self, names: Names) -> Result<Option<u32>, Error> {
        names.check(|field, words| text::check(field, words, text::MAX_NAME))?;
        let new = handle(self.naming.definitions.len())?;
        let form = |words: &str| Arc::from(text::name(words));
        let definition = Definition { names: &names, first: form(names.name()), others: others(&names, form) };
        let mut subjects = self.naming.subjects.take().unwrap_or_else(|| Box::new(self.subjects_in_use()));
        let Subjects { aliases, topics } = &mut *subjects;
        let is_new = aliases.define(&definition, |form| topics.contains_key(form));
        self.naming.subjects = Some(subjects);
        Ok(self.naming.defined(is_new?, names, new))
    }

    /// Gives a unit other names; `None` if it has them.
    pub(super) fn add_unit(&mut self, names: Names) -> Result<Option<u32>, Error> {
        names.check(names::check_other_name)?;
        let new = handle(self.naming.definitions.len())?;
        let form = unit_form(names.name());
        let mut others = others(&names, unit_form);
        // Of names that the built-in table knows there may be those of one unit, which all the others join.
        let mut first = built_in(names.name());
        for (field, _, words) in &others {
            match (&first, built_in(words)) {
                (Some(one), Some(other)) if *one != other => {
                    let of = other.name().to_owned();
                    return Err(Error::new(ErrorKind::NameTaken { of }).value(*words).at(field));
                }
                (None, Some(other)) => first = Some(other),
                _ => {}
            }
        }
        let first = first.map_or_else(|| Arc::clone(&form), |unit| unit.name().into());
        if form != first {
            others.insert(0, ("name".to_owned(), form, names.name()));
        }
        let definition = Definition { names: &names, first, others };
        let mut units = self.naming.units.take().unwrap_or_else(|| Box::new(self.units_in_use()));
        let InUse { aliases, used } = &mut *units;
        let is_new = aliases.define(&definition, |form| used.contains(form));
        self.naming.units = Some(units);
        Ok(self.naming.defined(is_new?, names, new))
    }

    /// Gives a scope other names; `None` if it has them.
    pub(super) fn add_scope(&mut self, names: Names) -> Result<Option<u32>, Error> {
        names.check(|field, words| text::check(field, words, text::MAX_NAME))?;
        let new = handle(self.naming.definitions.len())?;
        let form = |words: &str| Arc::from(text::normal(words));
        let definition = Definition { names: &names, first: form(names.name()), others: others(&names, form) };
        let mut scopes = self.naming.scopes.take().unwrap_or_else(|| Box::new(self.scopes_in_use()));
        let InUse { aliases, used } = &mut *scopes;
        let is_new = aliases.define(&definition, |form| used.contains(form));
        self.naming.scopes = Some(scopes);
        Ok(self.naming.defined(is_new?, names, new))
    }

    pub(super) fn subjects_in_use(&self) -> Subjects {
        let mut subjects = Subjects::default();
        for topic in self.topic_handles() {
            subjects.topics.entry(self.topic(topic).subject().into()).or_default().push(topic);
        }
        subjects
    }

    pub(super) fn units_in_use(&self) -> InUse {
        let figures = self.values.iter().zip(&self.keys).filter(|(value, _)| matches!(value, Value::Figure(_)));
        let texts = figures.filter_map(|(_, key)| self.texts.get_index((key.id() as usize).checked_sub(1)?));
        InUse { used: texts.map(Arc::clone).collect(), ..InUse::default() }
    }

    pub(super) fn scopes_in_use(&self) -> InUse {
        let scopes = self.claim_handles().filter_map(|claim| self.scope(claim));
        InUse { used: scopes.map(|scope| text::normal(scope).into()).collect(), ..InUse::default() }
    }

    /// Refuses the names of another ledger where a name would mean another thing in the one than in the other: what is
    /// another name here may not be in use there as a name of its own.
    pub(super) fn check_names(&self, other: &Self) -> Result<(), Error> {
        let subjects = |of: &Self| of.naming.subjects.as_deref().map(|subjects| subjects.aliases.clone());
        let is_subject = |of: &Self| of.subjects_in_use().topics.into_keys().map(|name| Arc::from(&*name)).collect();
        check_aliases([self, other].map(subjects), || [self, other].map(is_subject))
            .map_err(|error| error.at("subject"))?;
        let units = |of: &Self| of.naming.units.as_deref().map(|units| units.aliases.clone());
        check_aliases([self, other].map(units), || [self, other].map(|of| of.units_in_use().used))
            .map_err(|error| error.at("unit"))?;
        let scopes = |of: &Self| of.naming.scopes.as_deref().map(|scopes| scopes.aliases.clone());
        check_aliases([self, other].map(scopes), || [self, other].map(|of| of.scopes_in_use().used))
            .map_err(|error| error.at("scope"))
    }

    /// A definition of other names.
    pub(super) fn names_at(&self, handle: u32) -> &Names {
        &self.naming.definitions[handle as usize]
    }

    /// The unit of a figure as it is compared: the one that it names, or else the one that its predicate lends it.
    pub(super) fn unit_of<'a>(&self, own: Option<&'a str>, lent: Option<&'a str>) -> Option<Unit<'a>> {
        let unit = names::unit_of(own, lent)?;
        let first = self.naming.units.as_ref().and_then(|units| units.aliases.first(unit.name()));
        Some(match first {
            Some(first) => {
                let kind = names::unit(first).map(|unit| unit.kind()).unwrap_or_default();
                Unit::from_name(first.to_string(), kind)
            }
            None => unit,
        })
    }

    /// The name that reports print for a unit, where it has several.
    pub(super) fn unit_printed(&self, unit: &Unit<'_>) -> Option<&str> {
        let defined = || self.naming.units.as_ref()?.aliases.named.get(unit.name()).map(|name| &**name);
        unit.to_print().or_else(defined)
    }

    /// A scope as it is compared.
    pub(super) fn scope_of<'a>(&'a self, words: &'a str) -> Cow<'a, str> {
        let form = text::normal(words);
        let first = self.naming.scopes.as_ref().and_then(|scopes| scopes.aliases.first(&form));
        first.map_or(form, |first| Cow::Borrowed(&**first))
    }

    /// The words by which a topic goes, found from any words for it: those of the first name of its subject, without
    /// white space that says nothing.
    pub(super) fn topic_named<'a>(&self, topic: TopicParts<'a>) -> (Cow<'a, str>, Cow<'a, str>) {
        let subject = text::name(topic.subject);
        let first = self.naming.subjects.as_ref().and_then(|subjects| subjects.aliases.first(&subject));
        let subject = first.map_or(subject, |first| first.to_string().into());
        (subject, text::name(topic.predicate))
    }

    /// Refuses a constraint that names one topic under several names.
    pub(super) fn check_topics(&self, constraint: &Constraint) -> Result<(), Error> {
        let mut seen = HashSet::new();
        for (field, topic) in constraint.topics() {
            if !seen.insert(self.topic_named(topic.parts())) {
                return Err(Error::new(ErrorKind::SameTopic).value(topic).at(&field));
            }
        }
        Ok(())
    }

    /// Keeps the words of a claim that are not those of its topic.
    pub(super) fn keep_words(&mut self, claim: u32, topic: TopicParts<'_>) {
        self.naming.words.insert(claim, Topic::new(topic.subject, topic.predicate));
    }

    /// The words of a claim, where they are not those of its topic.
    pub(super) fn other_words(&self, claim: u32) -> Option<&Topic> {
        if self.naming.words.is_empty() { None } else { self.naming.words.get(&claim) }
    }

    /// The topic of a claim in the words that the claim came with.
    pub(super) fn topic_as_given(&self, claim: u32) -> &Topic {
        self.other_words(claim).unwrap_or_else(|| self.topic(self.claim_topic(claim)))
    }

    /// The topics of a subject, under whatever name it is known.
    pub(super) fn topics_of(&self, subject: &str) -> &[u32] {
        let name = text::name(subject);
        let topics = match &self.naming.subjects {
            Some(subjects) => subjects.topics.get(subjects.aliases.first(&name).map_or(&*name, |first| &**first)),
            None => self.naming.topics.get_or_init(|| self.subjects_in_use().topics).get(&*name),
        };
        topics.map_or(&[], Vec::as_slice)
    }

    /// Notes that a topic is new, where the topics of subjects are known.
    pub(super) fn note_topic(&mut self, topic: u32) {
        let subject = || self.topics[topic as usize].topic.subject().into();
        if let Some(subjects) = &mut self.naming.subjects {
            subjects.topics.entry(subject()).or_default().push(topic);
        } else if let Some(topics) = self.naming.topics.get_mut() {
            topics.entry(subject()).or_default().push(topic);
        }
        if let Some(order) = self.naming.order.as_mut().and_then(OnceLock::get_mut) {
            order.push(topic);
        }
    }

    /// Notes that a claim uses a unit, by the number of its text, and a scope, where these have other names.
    pub(super) fn note_use(&mut self, unit: Option<u32>, scope: Option<&str>) {
        if let (Some(units), Some(unit)) = (&mut self.naming.units, unit) {
            let text = &self.texts[unit as usize - 1];
            if !units.used.contains(text) {
                units.used.insert(Arc::clone(text));
            }
        }
        if let (Some(scopes), Some(scope)) = (&mut self.naming.scopes, scope) {
            let form = text::normal(scope);
            let form = scopes.aliases.first(&form).map_or_else(|| Arc::from(form), Arc::clone);
            scopes.used.insert(form);
        }
    }
}
