//! The other names that a ledger was given, and what each of them means.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use smol_str::SmolStr;

use super::tables::{Tables, handle};
use crate::claim::Value;
use crate::claim::parts::TopicParts;
use crate::constraint::Constraint;
use crate::error::{Error, ErrorKind};
use crate::names::{self, Names, Unit};
use crate::text;
use crate::topic::Topic;

/// What is on record of other names. The parts for each kind are made with the first definition of it: most ledgers have
/// none, and pay nothing.
#[derive(Clone, Default)]
pub(super) struct Naming {
    /// Every definition, of whatever kind, in the order in which they were recorded.
    pub(super) definitions: Vec<Names>,
    subjects: Option<Box<Subjects>>,
    units: Option<Box<InUse>>,
    scopes: Option<Box<InUse>>,
    /// The topics of claims as they came, where these are other words than those of the topic that they are about.
    words: HashMap<u32, Topic>,
}

/// The names of one kind, in the form in which they are compared.
#[derive(Clone, Default)]
struct Aliases {
    /// The first name of each other name.
    first: HashMap<Arc<str>, Arc<str>>,
    /// The first names, as reports print them.
    named: HashMap<Arc<str>, Arc<str>>,
    /// What was defined, also where the table of units knew it before.
    given: HashSet<(Arc<str>, Arc<str>)>,
}

#[derive(Clone, Default)]
struct Subjects {
    aliases: Aliases,
    /// The topics of each subject that has any.
    topics: HashMap<SmolStr, Vec<u32>>,
}

/// Units or scopes.
#[derive(Clone, Default)]
struct InUse {
    aliases: Aliases,
    used: HashSet<Arc<str>>,
}

/// What a name has to be to become another name of something.
struct Definition<'a> {
    names: &'a Names,
    /// The form of its name, or the name of the built-in unit that it joins.
    first: Arc<str>,
    /// The field and the form of each name that is not that, with the words.
    others: Vec<(String, Arc<str>, &'a str)>,
}

impl Aliases {
    /// Refuses what would give a name to two things. Nothing is changed before all is checked.
    fn define(&mut self, definition: &Definition<'_>, is_used: impl Fn(&str) -> bool) -> Result<bool, Error> {
        let Definition { names, first, others } = definition;
        let taken = |field: &str, words: &str, by: &Arc<str>| {
            let of = self.named.get(by).unwrap_or(by).to_string();
            Err(Error::new(ErrorKind::NameTaken { of }).value(words).at(field))
        };
        if let Some(by) = self.first.get(first) {
            return taken("name", names.name(), by);
        }
        for (field, form, words) in others.iter().filter(|(_, form, _)| form != first) {
            match self.first.get(form) {
                Some(by) if by == first => continue,
                Some(by) => return taken(field, words, by),
                None if self.named.contains_key(form) => {
                    return Err(Error::new(ErrorKind::HasOtherNames).value(words).at(field));
                }
                None if is_used(form) => return Err(Error::new(ErrorKind::NamedTooLate).value(words).at(field)),
                None => {}
            }
        }
        self.named.entry(Arc::clone(first)).or_insert_with(|| names.name().into());
        let mut is_new = false;
        for (_, form, words) in others {
            if form != first {
                self.first.insert(Arc::clone(form), Arc::clone(first));
            }
            is_new |= self.given.insert((Arc::clone(first), text::name(words).into()));
        }
        Ok(is_new)
    }

    /// The first name of a name.
    fn first<'a>(&'a self, form: &str) -> Option<&'a Arc<str>> {
        self.first.get(form)
    }
}

/// The name and the aliases of a definition with the form of each.
fn others<'a>(names: &'a Names, form: impl Fn(&str) -> Arc<str>) -> Vec<(String, Arc<str>, &'a str)> {
    let aliases = names.aliases().enumerate().map(|(i, alias)| (format!("aliases[{i}]"), form(alias), alias));
    aliases.collect()
}

/// Refuses aliases of one kind in two ledgers if a name means different things in them.
fn check_aliases(aliases: [Option<Aliases>; 2], used: impl FnOnce() -> [HashSet<Arc<str>>; 2]) -> Result<(), Error> {
    if aliases.iter().all(Option::is_none) {
        return Ok(());
    }
    let (aliases, used) = (aliases.map(Option::unwrap_or_default), used());
    for (one, other) in [(0, 1), (1, 0)] {
        let mut firsts: Vec<_> = aliases[one].first.iter().collect();
        firsts.sort_unstable();
        for (alias, first) in firsts {
            let taken = |of: &Arc<str>| Err(Error::new(ErrorKind::NameTaken { of: of.to_string() }).value(alias));
            match aliases[other].first.get(alias) {
                Some(by) if by != first => return taken(by),
                Some(_) => {}
                None if aliases[other].named.contains_key(alias) => return taken(first),
                None if used[other].contains(alias) => {
                    return Err(Error::new(ErrorKind::DefinedInOne).value(alias));
                }
                None => {}
            }
        }
    }
    Ok(())
}

fn unit_form(words: &str) -> Arc<str> {
    names::unit(words).map_or_else(|| text::normal(words).into(), |unit| unit.name().into())
}

fn built_in(words: &str) -> Option<Unit<'_>> {
    names::unit(words).filter(|unit| unit.to_print().is_some())
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

    fn subjects_in_use(&self) -> Subjects {
        let mut subjects = Subjects::default();
        for topic in self.topic_handles() {
            subjects.topics.entry(self.topic(topic).subject().into()).or_default().push(topic);
        }
        subjects
    }

    fn units_in_use(&self) -> InUse {
        let figures = self.values.iter().zip(&self.keys).filter(|(value, _)| matches!(value, Value::Figure(_)));
        let texts = figures.filter_map(|(_, key)| self.texts.get_index((key.id() as usize).checked_sub(1)?));
        InUse { used: texts.map(Arc::clone).collect(), ..InUse::default() }
    }

    fn scopes_in_use(&self) -> InUse {
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
    #[expect(dead_code, reason = "what scopes decide is on its way")]
    pub(super) fn scope_of<'a>(&'a self, words: &'a str) -> Cow<'a, str> {
        let form = text::normal(words);
        let first = self.naming.scopes.as_ref().and_then(|scopes| scopes.aliases.first(&form));
        first.map_or(form, |first| Cow::Borrowed(&**first))
    }

    /// The words by which a topic goes, for other words of it: those of the first name of its subject, without white space
    /// that says nothing.
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

    /// Its topic in the words that it came with.
    pub(super) fn topic_as_given(&self, claim: u32) -> &Topic {
        self.other_words(claim).unwrap_or_else(|| self.topic(self.claim_topic(claim)))
    }

    /// Notes that a topic is new, where subjects have other names.
    pub(super) fn note_topic(&mut self, topic: u32) {
        let subject = self.topics[topic as usize].topic.subject().into();
        if let Some(subjects) = &mut self.naming.subjects {
            subjects.topics.entry(subject).or_default().push(topic);
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

impl Naming {
    fn defined(&mut self, is_new: bool, names: Names, handle: u32) -> Option<u32> {
        is_new.then(|| {
            self.definitions.push(names);
            handle
        })
    }

    /// Whether subjects have other names.
    pub(super) fn has_subjects(&self) -> bool {
        self.subjects.is_some()
    }
}
