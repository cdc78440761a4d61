//! A claim as it is read: its texts are borrowed from the input where they can be, so that a claim which is recorded
//! at once is never copied first.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::parts::{Parts, TopicParts, ValueParts};
use super::{Claim, Details, NO_DETAILS, Stance, Value};
use crate::error::Error;
use crate::figure::{DraftFigure, FigureParts};
use crate::period::Period;
use crate::shape::{List, Text};
use crate::source::SourceId;
use crate::topic::Topic;

/// A claim as it is read.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) topic: DraftTopic<'a>,
    pub(crate) value: Option<DraftValue<'a>>,
    pub(crate) stance: Stance,
    /// Boxed, since few claims have a scope, and the others are smaller for it.
    pub(crate) scope: Option<Box<Cow<'a, str>>>,
    pub(crate) origin: DraftId<'a>,
    pub(crate) relays: Vec<DraftId<'a>>,
    pub(crate) as_of: Option<Period>,
    /// `None` for a claim without details: most have none, and these cost nothing then.
    pub(crate) details: Option<Box<Details>>,
}

impl Draft<'_> {
    pub(crate) fn topic(&self) -> TopicParts<'_> {
        TopicParts { subject: &self.topic.subject, predicate: &self.topic.predicate }
    }

    pub(crate) fn parts(&self) -> Parts<'_, DraftId<'_>> {
        Parts {
            topic: self.topic(),
            value: self.value.as_ref().map(|value| match value {
                DraftValue::Figure(DraftFigure { hedge, unit }) => {
                    ValueParts::Figure(FigureParts { hedge: *hedge, unit: unit.as_deref() })
                }
                DraftValue::Text(text) => ValueParts::Text(text),
                DraftValue::Period(period) => ValueParts::Period(*period),
            }),
            stance: self.stance,
            scope: self.scope.as_deref().map(AsRef::as_ref),
            origin: &self.origin,
            relays: &self.relays,
            as_of: self.as_of,
            details: self.details.as_deref().unwrap_or(NO_DETAILS),
        }
    }

    pub(crate) fn into_claim(self) -> Claim {
        Claim {
            topic: self.topic.into_topic(),
            value: self.value.map(DraftValue::into_value),
            stance: self.stance,
            scope: self.scope.map(|scope| (*scope).into()),
            origin: self.origin.into_id(),
            relays: self.relays.into_iter().map(DraftId::into_id).collect(),
            as_of: self.as_of,
            details: self.details.map_or_else(Details::default, |details| *details),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Draft<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(DraftVisitor)
    }
}

impl<'de> Deserialize<'de> for Claim {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(DraftVisitor).map(Draft::into_claim)
    }
}

/// A field of a claim, in the order of the format.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case", field_identifier)]
enum Field {
    Topic,
    Value,
    Stance,
    Scope,
    Origin,
    Relays,
    AsOf,
    Stated,
    Confidence,
    Basis,
    Credibility,
    Citations,
    Note,
}

impl Field {
    const fn name(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Value => "value",
            Self::Stance => "stance",
            Self::Scope => "scope",
            Self::Origin => "origin",
            Self::Relays => "relays",
            Self::AsOf => "as_of",
            Self::Stated => "stated",
            Self::Confidence => "confidence",
            Self::Basis => "basis",
            Self::Credibility => "credibility",
            Self::Citations => "citations",
            Self::Note => "note",
        }
    }
}

/// A claim has named fields: a list of them in order is refused.
struct DraftVisitor;

impl<'de> Visitor<'de> for DraftVisitor {
    type Value = Draft<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a claim, as a record with named fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Draft<'de>, A::Error> {
        let (mut topic, mut value, mut origin, mut as_of) = (None, None, None, None);
        let (mut stance, mut scope, mut relays) = (Stance::Affirms, None, Vec::new());
        let mut details: Option<Box<Details>> = None;
        let mut seen = 0_u16;
        while let Some(field) = map.next_key::<Field>()? {
            let bit = 1 << field as u16;
            if seen & bit != 0 {
                return Err(de::Error::duplicate_field(field.name()));
            }
            seen |= bit;
            match field {
                Field::Topic => topic = Some(map.next_value()?),
                Field::Value => value = map.next_value()?,
                Field::Stance => stance = map.next_value()?,
                Field::Scope => scope = map.next_value::<Option<Text<'_>>>()?.map(|Text(scope)| Box::new(scope)),
                Field::Origin => origin = Some(map.next_value()?),
                Field::Relays => List(relays) = map.next_value()?,
                Field::AsOf => as_of = map.next_value()?,
                Field::Stated => details.get_or_insert_default().stated = map.next_value()?,
                Field::Confidence => details.get_or_insert_default().confidence = map.next_value()?,
                Field::Basis => details.get_or_insert_default().basis = map.next_value()?,
                Field::Credibility => details.get_or_insert_default().credibility = map.next_value()?,
                Field::Citations => List(details.get_or_insert_default().citations) = map.next_value()?,
                Field::Note => details.get_or_insert_default().note = map.next_value()?,
            }
        }
        let missing = |field: Field| de::Error::missing_field(field.name());
        Ok(Draft {
            topic: topic.ok_or_else(|| missing(Field::Topic))?,
            value,
            stance,
            scope,
            origin: origin.ok_or_else(|| missing(Field::Origin))?,
            relays,
            as_of,
            details,
        })
    }
}

/// A topic as it is read.
#[derive(Debug, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub(crate) struct DraftTopic<'a> {
    #[serde(borrow)]
    pub(crate) subject: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) predicate: Cow<'a, str>,
}

impl<'de: 'a, 'a> Deserialize<'de> for DraftTopic<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(TopicVisitor)
    }
}

/// A topic has named fields: a list of them in order is refused.
struct TopicVisitor;

impl<'de> Visitor<'de> for TopicVisitor {
    type Value = DraftTopic<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a topic, as {\"subject\":\"…\",\"predicate\":\"…\"}")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DraftTopic<'de>, A::Error> {
        DraftTopic::deserialize(MapAccessDeserializer::new(map))
    }
}

impl DraftTopic<'_> {
    fn into_topic(self) -> Topic {
        Topic::new(self.subject, self.predicate)
    }
}

impl<'de> Deserialize<'de> for Topic {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(TopicVisitor).map(DraftTopic::into_topic)
    }
}

/// The value of a claim as it is read.
#[derive(Debug)]
pub(crate) enum DraftValue<'a> {
    Figure(DraftFigure<'a>),
    Text(Cow<'a, str>),
    Period(Period),
}

impl DraftValue<'_> {
    pub(super) fn into_value(self) -> Value {
        match self {
            Self::Figure(figure) => Value::Figure(figure.into_figure()),
            Self::Text(text) => Value::Text(text.into()),
            Self::Period(period) => Value::Period(period),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OneValue).map(DraftValue::into_value)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for DraftValue<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OneValue)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", field_identifier)]
enum ValueField {
    Figure,
    Text,
    Period,
}

struct OneValue;

impl<'de> Visitor<'de> for OneValue {
    type Value = DraftValue<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value, as {\"figure\":…}, {\"text\":…} or {\"period\":…}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<DraftValue<'de>, A::Error> {
        let mut value = None;
        while let Some(kind) = map.next_key()? {
            let next = match kind {
                ValueField::Figure => DraftValue::Figure(map.next_value()?),
                ValueField::Text => DraftValue::Text(map.next_value::<Text<'_>>()?.0),
                ValueField::Period => DraftValue::Period(map.next_value()?),
            };
            if value.replace(next).is_some() {
                return Err(de::Error::custom("a claim has one value: a figure, a text or a period"));
            }
        }
        value.ok_or_else(|| de::Error::custom("no value in it: a figure, a text or a period is expected"))
    }
}

/// The id of a source as it is read: one that a [`SourceId`] may have.
#[derive(Debug)]
pub(crate) struct DraftId<'a>(Cow<'a, str>);

impl<'a> DraftId<'a> {
    /// Refuses what [`SourceId::new`] does.
    pub(crate) fn new(id: &'a str) -> Result<Self, Error> {
        SourceId::check(id)?;
        Ok(Self(id.into()))
    }

    fn into_id(self) -> SourceId {
        SourceId::checked(self.0)
    }
}

impl AsRef<str> for DraftId<'_> {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Deref for DraftId<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for DraftId<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Id;
        impl<'de> Visitor<'de> for Id {
            type Value = DraftId<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the id of a source")
            }

            fn visit_borrowed_str<E: de::Error>(self, id: &'de str) -> Result<DraftId<'de>, E> {
                DraftId::new(id).map_err(Error::into_custom)
            }

            fn visit_str<E: de::Error>(self, id: &str) -> Result<DraftId<'de>, E> {
                SourceId::check(id).map_err(Error::into_custom)?;
                Ok(DraftId(id.to_owned().into()))
            }
        }
        deserializer.deserialize_str(Id)
    }
}
