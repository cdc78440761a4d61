//! Claims as the interchange format writes them; `draft` reads them.

use serde::ser::{SerializeMap as _, SerializeStruct as _};
use serde::{Serialize, Serializer};

use super::{Claim, Details, Stance, Value};
use crate::period::Period;
use crate::source::SourceId;
use crate::topic::Topic;

/// A claim as it is written, whoever holds it: its parts in the order of the format, without the defaults.
pub(crate) struct CanonicalClaim<'a, R> {
    pub(crate) topic: &'a Topic,
    pub(crate) value: Option<&'a Value>,
    pub(crate) stance: Stance,
    pub(crate) scope: Option<&'a str>,
    pub(crate) origin: &'a SourceId,
    pub(crate) relays: R,
    pub(crate) as_of: Option<Period>,
    pub(crate) details: &'a Details,
}

impl<'a, R: ExactSizeIterator<Item = &'a SourceId> + Clone> Serialize for CanonicalClaim<'_, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { topic, value, stance, scope, origin, relays, as_of, details } = self;
        let Details { stated, confidence, basis, credibility, citations, note } = details;
        let stance = Some(*stance).filter(|stance| *stance != Stance::Affirms);
        let relays = Some(relays.clone()).filter(|relays| relays.len() > 0).map(List);
        let citations = Some(citations).filter(|citations| !citations.is_empty());
        let parts = [
            value.is_some(),
            stance.is_some(),
            scope.is_some(),
            relays.is_some(),
            as_of.is_some(),
            stated.is_some(),
            confidence.is_some(),
            basis.is_some(),
            credibility.is_some(),
            citations.is_some(),
            note.is_some(),
        ];
        let optional = parts.into_iter().filter(|present| *present).count();
        let mut record = serializer.serialize_struct("Claim", 2 + optional)?;
        record.serialize_field("topic", topic)?;
        optional_field(&mut record, "value", *value)?;
        optional_field(&mut record, "stance", stance)?;
        optional_field(&mut record, "scope", *scope)?;
        record.serialize_field("origin", origin)?;
        optional_field(&mut record, "relays", relays)?;
        optional_field(&mut record, "as_of", *as_of)?;
        optional_field(&mut record, "stated", stated.as_ref())?;
        optional_field(&mut record, "confidence", confidence.as_ref())?;
        optional_field(&mut record, "basis", basis.as_ref())?;
        optional_field(&mut record, "credibility", credibility.as_ref())?;
        optional_field(&mut record, "citations", citations)?;
        optional_field(&mut record, "note", note.as_ref())?;
        record.end()
    }
}

fn optional_field<R: serde::ser::SerializeStruct>(
    record: &mut R,
    name: &'static str,
    value: Option<impl Serialize>,
) -> Result<(), R::Error> {
    match value {
        Some(value) => record.serialize_field(name, &value),
        None => Ok(()),
    }
}

/// The items of an iterator, written as a list.
struct List<I>(I);

impl<I: Iterator<Item: Serialize> + Clone> Serialize for List<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

impl Claim {
    pub(super) fn canonical(&self) -> CanonicalClaim<'_, std::slice::Iter<'_, SourceId>> {
        CanonicalClaim {
            topic: &self.topic,
            value: self.value.as_ref(),
            stance: self.stance,
            scope: self.scope.as_deref(),
            origin: &self.origin,
            relays: self.relays.iter(),
            as_of: self.as_of,
            details: &self.details,
        }
    }
}

impl Serialize for Claim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.canonical().serialize(serializer)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Self::Figure(figure) => map.serialize_entry("figure", figure)?,
            Self::Text(text) => map.serialize_entry("text", text)?,
            Self::Period(period) => map.serialize_entry("period", period)?,
        }
        map.end()
    }
}
