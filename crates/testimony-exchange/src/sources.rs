//! Sources as they are met in the input, by name.

use std::collections::{BTreeMap, HashMap};

use testimony::{Error, Source, SourceId, SourceKind};

/// The sources that a reader knows, and those of them that are not in its output yet.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    by_id: BTreeMap<SourceId, Source>,
    by_name: HashMap<String, SourceId>,
    new: Vec<Source>,
    /// The next number to try behind the beginning of a slug: all below it are taken.
    numbers: HashMap<String, u64>,
}

impl Sources {
    /// Takes a source as its definition has it.
    pub(crate) fn define(&mut self, source: Source) {
        if !self.by_id.contains_key(source.id()) {
            self.by_name.entry(folded(source.name())).or_insert_with(|| source.id().clone());
            self.by_id.insert(source.id().clone(), source.clone());
            self.new.push(source);
        }
    }

    /// The source that an id or a name means. One that is not known is made, with the name's slug as its id, or with a
    /// number behind it where another source has that.
    pub(crate) fn named(&mut self, name: &str, kind: SourceKind) -> Result<SourceId, Error> {
        self.named_with(name, |source| source.with_kind(kind))
    }

    /// Does as [`named`](Self::named) does, and completes the source where it is new.
    pub(crate) fn named_with(&mut self, name: &str, with: impl FnOnce(Source) -> Source) -> Result<SourceId, Error> {
        if let Some(known) = self.by_id.get(name).map(Source::id).or_else(|| self.by_name.get(&folded(name))) {
            return Ok(known.clone());
        }
        let id = self.free(&SourceId::slug(name))?;
        self.define(with(Source::new(&id, name)?));
        Ok(id)
    }

    /// The source with this id. One that is not known is made.
    pub(crate) fn with_id(&mut self, id: &SourceId, source: impl FnOnce() -> Source) -> SourceId {
        if !self.by_id.contains_key(id) {
            self.define(source());
        }
        id.clone()
    }

    fn free(&mut self, slug: &SourceId) -> Result<SourceId, Error> {
        if !self.by_id.contains_key(slug) {
            return Ok(slug.clone());
        }
        // An id has at most 128 bytes.
        let stem: String = slug.as_str().chars().take(24).collect();
        let number = self.numbers.entry(stem.clone()).or_insert(2);
        loop {
            let id = SourceId::new(format!("{stem}-{number}"))?;
            if !self.by_id.contains_key(&id) {
                return Ok(id);
            }
            *number += 1;
        }
    }

    pub(crate) fn get(&self, id: &SourceId) -> Option<&Source> {
        self.by_id.get(id)
    }

    /// The sources that were met since this was asked last.
    pub(crate) fn take_new(&mut self) -> Vec<Source> {
        std::mem::take(&mut self.new)
    }

    /// Forgets the sources that were met since they were asked for last, and gives them.
    pub(crate) fn forget_new(&mut self) -> Vec<Source> {
        let forgotten = self.take_new();
        for source in &forgotten {
            self.by_id.remove(source.id());
            let name = folded(source.name());
            if self.by_name.get(&name) == Some(source.id()) {
                self.by_name.remove(&name);
            }
            self.numbers.clear();
        }
        forgotten
    }
}

/// Names are one if they differ in case and white space alone.
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
