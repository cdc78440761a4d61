//! The parts of a claim, wherever its texts are held: by a claim of its own, or by the line that it is read from.

use indexmap::Equivalent;

use super::{Claim, Details, MAX_CITATIONS, MAX_RELAYS, Stance, Value};
use crate::error::{Error, ErrorKind};
use crate::figure::FigureParts;
use crate::period::Period;
use crate::source::SourceId;
use crate::text;
use crate::topic::Topic;

/// The parts of a claim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Parts<'a, I> {
    pub(crate) topic: TopicParts<'a>,
    pub(crate) value: Option<ValueParts<'a>>,
    pub(crate) stance: Stance,
    pub(crate) scope: Option<&'a str>,
    pub(crate) origin: &'a str,
    pub(crate) relays: &'a [I],
    pub(crate) as_of: Option<Period>,
    pub(crate) details: &'a Details,
}

/// The parts of a topic. Hashes as the topic does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct TopicParts<'a> {
    pub(crate) subject: &'a str,
    pub(crate) predicate: &'a str,
}

/// The parts of a value. Hashes as the value does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ValueParts<'a> {
    Figure(FigureParts<'a>),
    Text(&'a str),
    Period(Period),
}

impl Equivalent<Topic> for TopicParts<'_> {
    fn equivalent(&self, topic: &Topic) -> bool {
        *self == topic.parts()
    }
}

impl Equivalent<Value> for ValueParts<'_> {
    fn equivalent(&self, value: &Value) -> bool {
        *self == value.parts()
    }
}

impl Topic {
    pub(crate) fn parts(&self) -> TopicParts<'_> {
        TopicParts { subject: self.subject(), predicate: self.predicate() }
    }
}

impl Value {
    pub(crate) fn parts(&self) -> ValueParts<'_> {
        match self {
            Self::Figure(figure) => ValueParts::Figure(figure.parts()),
            Self::Text(text) => ValueParts::Text(text),
            Self::Period(period) => ValueParts::Period(*period),
        }
    }
}

impl Claim {
    pub(crate) fn parts(&self) -> Parts<'_, SourceId> {
        Parts {
            topic: self.topic.parts(),
            value: self.value.as_ref().map(Value::parts),
            stance: self.stance,
            scope: self.scope.as_deref(),
            origin: self.origin.as_str(),
            relays: &self.relays,
            as_of: self.as_of,
            details: &self.details,
        }
    }
}

impl ValueParts<'_> {
    fn check(self) -> Result<(), Error> {
        match self {
            Self::Figure(figure) => figure.check().map_err(|error| error.at("figure")),
            Self::Text(text) => text::check("text", text, text::MAX_TEXT),
            Self::Period(_) => Ok(()),
        }
    }
}

impl<I: AsRef<str>> Parts<'_, I> {
    /// Refuses what no ledger would take, whatever else is in it.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let TopicParts { subject, predicate } = self.topic;
        text::check("subject", subject, text::MAX_NAME)
            .and_then(|()| text::check("predicate", predicate, text::MAX_NAME))
            .map_err(|error| error.at("topic"))?;
        match self.value {
            Some(value) => value.check().map_err(|error| error.at("value"))?,
            None if self.stance.needs_no_value() => {}
            None => {
                let why = "only a claim that declines or disowns may be without one";
                return Err(Error::new(ErrorKind::Missing { why }).at("value"));
            }
        }
        self.scope.map_or(Ok(()), |scope| text::check("scope", scope, text::MAX_NAME))?;
        if self.relays.len() > MAX_RELAYS {
            return Err(Error::new(ErrorKind::TooMany { limit: MAX_RELAYS }).at("relays"));
        }
        for (i, relay) in self.relays.iter().map(AsRef::as_ref).enumerate() {
            if relay == self.origin || self.relays[..i].iter().any(|other| other.as_ref() == relay) {
                return Err(Error::new(ErrorKind::NamedTwice).value(relay).at(&format!("relays[{i}]")));
            }
        }
        let Details { citations, note, .. } = self.details;
        if citations.len() > MAX_CITATIONS {
            return Err(Error::new(ErrorKind::TooMany { limit: MAX_CITATIONS }).at("citations"));
        }
        for (i, citation) in citations.iter().enumerate() {
            citation.check().map_err(|error| error.at(&format!("citations[{i}]")))?;
        }
        text::check_length("note", note.as_deref().unwrap_or_default(), text::MAX_TEXT)
    }
}

#[cfg(test)]
mod tests {
    use std::hash::{BuildHasher as _, RandomState};

    use super::*;
    use crate::figure::Figure;

    #[test]
    fn parts_hash_as_the_whole_does() -> Result<(), Error> {
        let hasher = RandomState::new();
        for value in [
            Figure::about(3000).into(),
            Figure::at_least(1).with_unit("persons").into(),
            Value::text("decisive"),
            Value::Period("2025-03".parse()?),
        ] {
            assert_eq!(hasher.hash_one(&value), hasher.hash_one(value.parts()), "{value}");
            assert!(value.parts().equivalent(&value), "{value}");
        }
        let topic = Topic::new("market bombing", "deaths");
        assert_eq!(hasher.hash_one(&topic), hasher.hash_one(topic.parts()));
        assert!(topic.parts().equivalent(&topic));
        Ok(())
    }
}
