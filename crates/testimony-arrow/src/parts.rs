//! The parts of a ledger by their names.

use std::collections::HashMap;

use testimony::{Constraint, Ledger, Topic};

/// The name of the part that a topic is in, and the place of that part among all of them, by the bytes of their names.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    ledger: &'a Ledger,
    names: Vec<String>,
    places: HashMap<&'a Topic, u32>,
}

/// The name of a part whose only topic this is: both texts, as JSON. The name of a part is the least of those of its
/// topics.
fn name(topic: &Topic) -> String {
    serde_json::json!([topic.subject(), topic.predicate()]).to_string()
}

/// The name of the part that has these topics.
pub(crate) fn name_of(topics: &[&Topic]) -> String {
    topics.iter().map(|topic| name(topic)).min().unwrap_or_default()
}

impl<'a> Parts<'a> {
    pub(crate) fn of(ledger: &'a Ledger) -> Self {
        let found = ledger.parts();
        let mut sorted: Vec<(String, Vec<&'a Topic>)> =
            found.iter().map(|part| (name_of(part.topics()), part.topics().to_vec())).collect();
        sorted.sort_unstable();
        let mut places = HashMap::with_capacity(ledger.topics().len());
        let mut names = Vec::with_capacity(sorted.len());
        for (place, (name, topics)) in (0..).zip(sorted) {
            places.extend(topics.into_iter().map(|topic| (topic, place)));
            names.push(name);
        }
        Self { ledger, names, places }
    }

    pub(crate) fn name(&self, place: u32) -> &str {
        self.names.get(place as usize).map_or("", String::as_str)
    }

    /// The place of the part of a topic that a claim or a constraint of the ledger names.
    pub(crate) fn place(&self, topic: &Topic) -> u32 {
        let known = self.ledger.topic(topic).map_or(topic, |known| known.topic());
        self.places.get(known).copied().unwrap_or_default()
    }

    /// The place of the part of a topic by the name that the ledger has for it.
    pub(crate) fn place_of_known(&self, topic: &Topic) -> u32 {
        self.places.get(topic).copied().unwrap_or_default()
    }
}

/// The topics of a constraint, each with its role.
pub(crate) fn topics(constraint: &Constraint) -> Vec<(&'static str, &Topic)> {
    match constraint {
        Constraint::Ratio { part, whole, ratio } => vec![("part", part), ("whole", whole), ("ratio", ratio)],
        Constraint::AtMost { part, whole } => vec![("part", part), ("whole", whole)],
        Constraint::Sum { parts, whole } => parts.iter().map(|part| ("part", part)).chain([("whole", whole)]).collect(),
        Constraint::Change { flow, total } => vec![("flow", flow), ("total", total)],
    }
}
