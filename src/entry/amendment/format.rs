//! Amendments in the interchange format.

use std::fmt;
use std::sync::Arc;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::{Amendment, ClaimAmendment, Patch, SourceAmendment, SubjectAmendment};
use crate::claim::Citation;
use crate::confidence::Credibility;
use crate::entry::key::ClaimKey;
use crate::shape::List;
use crate::source::{Reliability, SourceId, SourceKind};

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Set(part) => part.serialize(serializer),
            Self::Keep | Self::Remove => serializer.serialize_none(),
        }
    }
}

/// Reads a field that is there; a part whose field is missing stays as it is.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Remove, Self::Set))
    }
}

impl Serialize for Amendment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Source(source) => source.serialize(serializer),
            Self::Claim(claim) => claim.serialize(serializer),
            Self::Subject(subject) => subject.serialize(serializer),
        }
    }
}

/// The fields of any amendment; whether they belong together is checked once all are read.
#[derive(Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Fields {
    source: Option<SourceId>,
    claim: Option<ClaimKey>,
    subject: Option<Arc<str>>,
    name: Patch<Arc<str>>,
    kind: Patch<SourceKind>,
    part_of: Patch<SourceId>,
    reliability: Patch<Reliability>,
    url: Patch<Arc<str>>,
    credibility: Patch<Credibility>,
    note: Patch<Arc<str>>,
    citations: Option<List<Citation>>,
    aliases: Option<List<Arc<str>>>,
    reason: Option<Arc<str>>,
}

impl Fields {
    /// The amendment that they make up, or what is wrong with them.
    fn into_amendment(self) -> Result<Amendment, String> {
        let of_source = [
            ("name", !self.name.is_keep()),
            ("kind", !self.kind.is_keep()),
            ("part_of", !self.part_of.is_keep()),
            ("reliability", !self.reliability.is_keep()),
            ("url", !self.url.is_keep()),
        ];
        let of_claim = [
            ("credibility", !self.credibility.is_keep()),
            ("note", !self.note.is_keep()),
            ("citations", self.citations.is_some()),
        ];
        let of_subject = [("aliases", self.aliases.is_some())];
        let refuse =
            |others: &[&[(&str, bool)]], what: &str| match others.iter().copied().flatten().find(|(_, given)| *given) {
                Some((field, _)) => Err(format!("`{field}` is no part of {what} that an amendment changes")),
                None => Ok(()),
            };
        match (self.source, self.claim, self.subject) {
            (Some(source), None, None) => {
                refuse(&[&of_claim, &of_subject], "a source")?;
                let name = match self.name {
                    Patch::Keep => None,
                    Patch::Remove => return Err("`name` cannot be taken away: a source has one".to_owned()),
                    Patch::Set(name) => Some(name),
                };
                let Self { kind, part_of, reliability, url, reason, .. } = self;
                Ok(SourceAmendment { source, name, kind, part_of, reliability, url, reason }.into())
            }
            (None, Some(claim), None) => {
                refuse(&[&of_source, &of_subject], "a claim")?;
                let Self { credibility, note, reason, .. } = self;
                let citations = self.citations.map_or_else(Vec::new, |List(citations)| citations);
                Ok(ClaimAmendment { claim, credibility, note, citations, reason }.into())
            }
            (None, None, Some(subject)) => {
                refuse(&[&of_source, &of_claim], "a subject")?;
                let aliases = self.aliases.map_or_else(Vec::new, |List(aliases)| aliases);
                Ok(SubjectAmendment { subject, aliases, reason: self.reason }.into())
            }
            _ => Err("an amendment names one thing: a source, a claim or a subject".to_owned()),
        }
    }
}

impl<'de> Deserialize<'de> for Amendment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Record;
        impl<'de> Visitor<'de> for Record {
            type Value = Amendment;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an amendment, as a record with named fields")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Amendment, A::Error> {
                let fields = Fields::deserialize(de::value::MapAccessDeserializer::new(map))?;
                fields.into_amendment().map_err(de::Error::custom)
            }
        }
        deserializer.deserialize_map(Record)
    }
}
