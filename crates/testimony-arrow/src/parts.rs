//! The parts of a ledger by their names.

use std::collections::HashMap;

use testimony::{ClaimRef, Constraint, Ledger, Topic};

/// The name of the part that a topic is in, and the place of that part among all of them, by the bytes of their names.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    ledger: &'a Ledger,
    names: Vec<String>,
    places: HashMap<&'a Topic, u32>,
    /// The place of the part of each claim, by the number of the claim.
    of_claims: Vec<u32>,
}

/// The name of a part whose only topic this is: both texts, as JSON. The name of a part is the least of those of its
/// topics.
fn name(topic: &Topic) -> String {
    let name = serde_json::to_string(&[topic.subject(), topic.predicate()]);
    name.expect("two texts are always written")
}

/// The name of the part that has these topics.
pub(crate) fn name_of(topics: &[&Topic]) -> String {
    topics.iter().map(|topic| name(topic)).min().unwrap_or_default()
}

impl<'a> Parts<'a> {
    /// The parts of a ledger whose claims are numbered from 0 on.
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
        let mut of_claims = vec![0; ledger.claims().len()];
        for topic in ledger.topics() {
            let place = places.get(topic.topic()).copied().unwrap_or_default();
            for claim in topic.claims() {
                if let Some(of_claim) = of_claims.get_mut(number(claim)) {
                    *of_claim = place;
                }
            }
        }
        Self { ledger, names, places, of_claims }
    }

    pub(crate) fn name(&self, place: u32) -> &str {
        self.names.get(place as usize).map_or("", String::as_str)
    }

    /// The place of the part of a topic that a claim or a constraint of the ledger names.
    pub(crate) fn place(&self, topic: &Topic) -> u32 {
        let known = self.ledger.topic(topic).map_or(topic, |known| known.topic());
        self.places.get(known).copied().unwrap_or_default()
    }

    /// The place of the part of a claim of the ledger.
    pub(crate) fn place_of_claim(&self, claim: ClaimRef<'_>) -> u32 {
        self.of_claims.get(number(claim)).copied().unwrap_or_default()
    }
}

fn number(claim: ClaimRef<'_>) -> usize {
    usize::try_from(claim.id().number()).unwrap_or(usize::MAX)
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
