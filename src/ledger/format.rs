//! Entries in the interchange format.

use std::fmt;

use serde::de::{self, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::entries::{ContentRef, EntryRef};
use super::view::ClaimRef;
use crate::claim::draft::Draft;
use crate::claim::format::CanonicalClaim;
use crate::claim::parts::TopicParts;
use crate::entry::{Content, Entry};
use crate::source::{Source, SourceId};
use crate::time::Timestamp;

impl Serialize for ClaimRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.canonical().serialize(serializer)
    }
}

impl<'a> ClaimRef<'a> {
    pub(super) fn canonical(self) -> CanonicalClaim<'a, impl ExactSizeIterator<Item = &'a SourceId> + Clone + use<'a>> {
        CanonicalClaim {
            topic: self.topic(),
            value: self.value(),
            stance: self.stance(),
            scope: self.scope(),
            origin: self.origin().id(),
            relays: self.relays().map(Source::id),
            as_of: self.as_of(),
            details: self.details(),
        }
    }
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let content = match &self.content {
            Content::Source(source) => ContentRef::Source(source),
            Content::Predicate(predicate) => ContentRef::Predicate(predicate),
            Content::Subject(names) => ContentRef::Subject(names),
            Content::Unit(names) => ContentRef::Unit(names),
            Content::Scope(names) => ContentRef::Scope(names),
            Content::Claim(claim) => return write(serializer, self.recorded, "claim", claim),
            Content::Constraint(constraint) => ContentRef::Constraint(constraint),
            Content::Retraction(retraction) => ContentRef::Retraction(retraction),
            Content::Amendment(amendment) => ContentRef::Amendment(amendment),
        };
        EntryRef { sequence: 0, recorded: self.recorded, content }.serialize(serializer)
    }
}

impl Serialize for EntryRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.content {
            ContentRef::Source(source) => write(serializer, self.recorded, "source", source),
            ContentRef::Predicate(predicate) => write(serializer, self.recorded, "predicate", predicate),
            ContentRef::Subject(names) => write(serializer, self.recorded, "subject", names),
            ContentRef::Unit(names) => write(serializer, self.recorded, "unit", names),
            ContentRef::Scope(names) => write(serializer, self.recorded, "scope", names),
            ContentRef::Claim(claim) => write(serializer, self.recorded, "claim", claim),
            ContentRef::Constraint(constraint) => write(serializer, self.recorded, "constraint", constraint),
            ContentRef::Retraction(retraction) => write(serializer, self.recorded, "retraction", retraction),
            ContentRef::Amendment(amendment) => write(serializer, self.recorded, "amendment", amendment),
        }
    }
}

impl EntryRef<'_> {
    /// The entry without the time.
    pub(crate) fn untimed(&self) -> Self {
        Self { recorded: None, ..*self }
    }
}

fn write<S: Serializer>(
    serializer: S,
    recorded: Option<Timestamp>,
    kind: &str,
    content: &impl Serialize,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1 + usize::from(recorded.is_some())))?;
    if let Some(time) = recorded {
        map.serialize_entry("recorded", &time)?;
    }
    map.serialize_entry(kind, content)?;
    map.end()
}

/// An entry as it is read.
#[derive(Debug)]
pub(crate) struct DraftEntry<'a> {
    pub(crate) recorded: Option<Timestamp>,
    pub(crate) content: DraftContent<'a>,
}

/// The content of an entry as it is read: nearly every one is a claim, which is not copied before it is recorded.
#[derive(Debug)]
pub(crate) enum DraftContent<'a> {
    Claim(Draft<'a>),
    Other(Box<Content>),
}

impl From<Content> for DraftContent<'_> {
    fn from(content: Content) -> Self {
        Self::Other(Box::new(content))
    }
}

impl DraftEntry<'_> {
    pub(crate) fn is_claim(&self) -> bool {
        match &self.content {
            DraftContent::Claim(_) => true,
            DraftContent::Other(content) => matches!(**content, Content::Claim(_)),
        }
    }

    /// The topic, if it is a claim.
    pub(crate) fn topic(&self) -> Option<TopicParts<'_>> {
        match &self.content {
            DraftContent::Claim(claim) => Some(claim.topic()),
            DraftContent::Other(content) => match &**content {
                Content::Claim(claim) => Some(claim.topic().parts()),
                _ => None,
            },
        }
    }

    pub(crate) fn into_entry(self) -> Entry {
        let content = match self.content {
            DraftContent::Claim(claim) => Content::Claim(claim.into_claim()),
            DraftContent::Other(content) => *content,
        };
        Entry { recorded: self.recorded, content }
    }
}

impl From<Entry> for DraftEntry<'_> {
    fn from(entry: Entry) -> Self {
        Self { recorded: entry.recorded, content: entry.content.into() }
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        DraftEntry::deserialize(deserializer).map(DraftEntry::into_entry)
    }
}

impl<'de> Deserialize<'de> for DraftEntry<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntryVisitor)
    }
}

struct EntryVisitor;

impl<'de> Visitor<'de> for EntryVisitor {
    type Value = DraftEntry<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an entry such as {\"source\":{…}} or {\"recorded\":\"…\",\"claim\":{…}}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<DraftEntry<'de>, A::Error> {
        let (mut recorded, mut content) = (None, None);
        while let Some(key) = map.next_key::<Key>()? {
            let next = match key {
                Key::Recorded => {
                    if recorded.replace(map.next_value()?).is_some() {
                        return Err(de::Error::duplicate_field("recorded"));
                    }
                    continue;
                }
                Key::Format => {
                    map.next_value::<IgnoredAny>()?;
                    let other =
                        map.next_key::<String>()?.map_or_else(String::new, |key| format!("`{key}` beside it: "));
                    return Err(de::Error::custom(format_args!(
                        "{other}the format is named once, on a first line of its own"
                    )));
                }
                _ if content.is_some() => {
                    return Err(de::Error::custom("a second kind of entry: a line holds one entry"));
                }
                Key::Claim => DraftContent::Claim(map.next_value()?),
                Key::Source => Content::Source(map.next_value()?).into(),
                Key::Predicate => Content::Predicate(map.next_value()?).into(),
                Key::Subject => Content::Subject(map.next_value()?).into(),
                Key::Unit => Content::Unit(map.next_value()?).into(),
                Key::Scope => Content::Scope(map.next_value()?).into(),
                Key::Constraint => Content::Constraint(map.next_value()?).into(),
                Key::Retraction => Content::Retraction(map.next_value()?).into(),
                Key::Amendment => Content::Amendment(map.next_value()?).into(),
            };
            content = Some(next);
        }
        let content = content.ok_or_else(|| {
            de::Error::custom(
                "no entry: one of source, predicate, subject, unit, scope, claim, constraint, retraction or amendment is \
                 expected",
            )
        })?;
        Ok(DraftEntry { recorded, content })
    }
}

/// The keys of an entry.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case", field_identifier)]
enum Key {
    Format,
    Recorded,
    Source,
    Predicate,
    Subject,
    Unit,
    Scope,
    Claim,
    Constraint,
    Retraction,
    Amendment,
}
