//! Other names on record, and how one is refused.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use smol_str::SmolStr;

use crate::error::{Error, ErrorKind};
use crate::names::Names;
use crate::text;
use crate::topic::Topic;

/// The other names on record. The parts for each kind are made with the first definition of it: most ledgers have none,
/// and pay nothing.
#[derive(Clone, Default)]
pub(super) struct Naming {
    /// Every definition, of whatever kind, in the order in which they were recorded.
    pub(super) definitions: Vec<Names>,
    pub(super) subjects: Option<Box<Subjects>>,
    /// The topics of each subject, once one was asked for where subjects have no other names.
    pub(super) topics: OnceLock<HashMap<SmolStr, Vec<u32>>>,
    pub(super) units: Option<Box<InUse>>,
    pub(super) scopes: Option<Box<InUse>>,
    /// The topics of claims as they came, where these are other words than those of the topic that they are about.
    pub(super) words: HashMap<u32, Topic>,
    /// The topics in the order of their first claims, where some were joined and this is not the order of their
    /// handles.
    pub(super) order: Option<OnceLock<Vec<u32>>>,
}

/// The names of one kind, in the form in which they are compared.
#[derive(Clone, Default)]
pub(super) struct Aliases {
    /// The first name of each other name.
    pub(super) first: HashMap<Arc<str>, Arc<str>>,
    /// The first names, as reports print them.
    pub(super) named: HashMap<Arc<str>, Arc<str>>,
    /// The other names that were in use as names of their own before they were joined.
    pub(super) joined: HashSet<Arc<str>>,
    /// Each name with its other name as they were defined, also where the table of units knew them before.
    given: HashSet<(Arc<str>, Arc<str>)>,
}

#[derive(Clone, Default)]
pub(super) struct Subjects {
    pub(super) aliases: Aliases,
    /// The topics of each subject that has any.
    pub(super) topics: HashMap<SmolStr, Vec<u32>>,
}

/// The other names of units or of scopes, and the names that are in use.
#[derive(Clone, Default)]
pub(super) struct InUse {
    pub(super) aliases: Aliases,
    pub(super) used: HashSet<Arc<str>>,
}

/// A definition of other names, with the form in which each is compared.
pub(super) struct Definition<'a> {
    pub(super) names: &'a Names,
    /// The form of its name, or the name of the built-in unit that it joins.
    pub(super) first: Arc<str>,
    /// The field and the form of each name that is not that, with the words.
    pub(super) others: Vec<(String, Arc<str>, &'a str)>,
}

impl Aliases {
    /// Refuses what would give a name to two things. Nothing is changed before all is checked.
    pub(super) fn define(
        &mut self,
        definition: &Definition<'_>,
        is_used: impl Fn(&str) -> bool,
    ) -> Result<bool, Error> {
        let Definition { names, first, others } = definition;
        if let Some(by) = self.first.get(first) {
            return Err(self.taken("name", names.name(), by));
        }
        for (field, form, words) in others.iter().filter(|(_, form, _)| form != first) {
            match self.first.get(form) {
                Some(by) if by == first => {}
                Some(by) => return Err(self.taken(field, words, by)),
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

    /// Makes names other names of a first one, whether they are in use or not; gives those that were not yet.
    pub(super) fn join(
        &mut self,
        (first, name): (&Arc<str>, &str),
        others: Vec<(String, Arc<str>, &str)>,
    ) -> Result<Vec<Arc<str>>, Error> {
        if let Some(by) = self.first.get(first) {
            return Err(self.taken("subject", name, by));
        }
        let mut new = Vec::new();
        for (field, form, words) in others.into_iter().filter(|(_, form, _)| form != first) {
            match self.first.get(&form) {
                Some(by) if by == first => {}
                Some(by) => return Err(self.taken(&field, words, by)),
                None if self.named.contains_key(&form) => {
                    return Err(Error::new(ErrorKind::HasOtherNames).value(words).at(&field));
                }
                None => new.push(form),
            }
        }
        self.named.entry(Arc::clone(first)).or_insert_with(|| name.into());
        for form in &new {
            self.first.insert(Arc::clone(form), Arc::clone(first));
            self.joined.insert(Arc::clone(form));
            self.given.insert((Arc::clone(first), Arc::clone(form)));
        }
        Ok(new)
    }

    /// The refusal of a name that is another name already, of the first name `by`.
    fn taken(&self, field: &str, words: &str, by: &Arc<str>) -> Error {
        let of = self.named.get(by).unwrap_or(by).to_string();
        Error::new(ErrorKind::NameTaken { of }).value(words).at(field)
    }

    /// The first name of a name.
    pub(super) fn first<'a>(&'a self, form: &str) -> Option<&'a Arc<str>> {
        self.first.get(form)
    }
}

impl Naming {
    pub(super) fn defined(&mut self, is_new: bool, names: Names, handle: u32) -> Option<u32> {
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

/// Refuses aliases of one kind in two ledgers if a name means different things in them.
pub(super) fn check_aliases(
    aliases: [Option<Aliases>; 2],
    used: impl FnOnce() -> [HashSet<Arc<str>>; 2],
) -> Result<(), Error> {
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
                None if aliases[other].named.contains_key(alias) => return taken(first),
                None if used[other].contains(alias) && !aliases[one].joined.contains(alias) => {
                    return Err(Error::new(ErrorKind::DefinedInOne).value(alias));
                }
                Some(_) | None => {}
            }
        }
    }
    Ok(())
}
