//! Findings as JSON, one object a line, with the numbers that claims have for the user beside their labels.

use serde::Serialize;
use testimony::{
    Bound, Circle, ClaimRef, Corroboration, Gap, Interval, Label, Number, Positions, Related, RelationKind, SourceId,
    Stance, Stand, Timing, Topic, TopicRef, Violation, ViolationScope,
};

use crate::input::Audited;

/// Two claims and how they relate.
#[derive(Serialize)]
pub(crate) struct Pair<'a> {
    relation: RelationKind,
    claims: [u64; 2],
    labels: [Label; 2],
    topic: &'a Topic,
    timing: Timing,
    certain: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    later: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    supersedes: Option<u64>,
    gap: Option<Gap>,
    because: String,
}

impl<'a> Pair<'a> {
    pub(crate) fn new(related: &Related<'a>, read: &Audited) -> Self {
        let (older, newer) = (related.older(), related.newer());
        let relation = related.relation();
        Self {
            relation: relation.kind(),
            claims: [older, newer].map(|claim| read.number(claim.id())),
            labels: [older, newer].map(|claim| claim.label()),
            topic: older.topic_ref().topic(),
            timing: relation.timing(),
            certain: relation.is_certain(),
            later: related.later().map(|claim| read.number(claim.id())),
            supersedes: related.superseding().map(|claim| read.number(claim.id())),
            gap: relation.gap(),
            because: related.because(),
        }
    }
}

/// Sources that quote each other.
#[derive(Serialize)]
pub(crate) struct Ring<'a> {
    circle: Vec<&'a SourceId>,
    topic: &'a Topic,
    claims: Vec<u64>,
    labels: Vec<Label>,
    because: String,
}

impl<'a> Ring<'a> {
    pub(crate) fn new(circle: &Circle<'a>, read: &Audited) -> Self {
        Self {
            circle: circle.sources().iter().map(|source| source.id()).collect(),
            topic: circle.topic(),
            claims: numbers(circle.claims(), read),
            labels: labels(circle.claims()),
            because: circle.because(),
        }
    }
}

/// A figure that is not what a constraint makes of others.
#[derive(Serialize)]
pub(crate) struct Broken<'a> {
    violation: &'static str,
    scope: ViolationScope,
    certain: bool,
    topic: &'a Topic,
    claims: Vec<u64>,
    labels: Vec<Label>,
    implied: Values<'a>,
    stated: Values<'a>,
    because: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    positions: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    more_claims: Option<usize>,
}

impl<'a> Broken<'a> {
    pub(crate) fn new(violation: &Violation<'a>, read: &Audited) -> Self {
        let across = violation.scope() == ViolationScope::AcrossOrigins;
        let by = if violation.is_by_last_words() { "by_last_words" } else { "at_its_time" };
        Self {
            violation: violation.constraint().kind(),
            scope: violation.scope(),
            certain: violation.is_certain(),
            topic: violation.result().topic_ref().topic(),
            claims: numbers(&violation.claims(), read),
            labels: labels(&violation.claims()),
            implied: Values::new(&violation.implied(), violation.unit()),
            stated: Values::new(&violation.stated(), violation.unit()),
            because: violation.because(),
            positions: across.then_some(by),
            more_claims: Some(violation.left_out()).filter(|more| *more > 0),
        }
    }
}

/// A claim rated as confirmed that no other independent voice bears out.
#[derive(Serialize)]
pub(crate) struct Unconfirmed<'a> {
    credibility: u8,
    topic: &'a Topic,
    claims: [u64; 1],
    labels: [Label; 1],
    independent_origins: usize,
    anonymous_origins: usize,
    because: &'static str,
}

/// Why a rating of 1 is reported.
pub(crate) const NOT_CONFIRMED: &str =
    "It is rated as confirmed by other independent sources, and none on record says so.";

impl<'a> Unconfirmed<'a> {
    pub(crate) fn new(corroboration: &Corroboration<'a>, read: &Audited) -> Self {
        let claim = corroboration.claim();
        Self {
            credibility: 1,
            topic: claim.topic_ref().topic(),
            claims: [read.number(claim.id())],
            labels: [claim.label()],
            independent_origins: corroboration.known(),
            anonymous_origins: corroboration.anonymous(),
            because: NOT_CONFIRMED,
        }
    }
}

/// Where the voices on a topic stand.
#[derive(Serialize)]
pub(crate) struct Stands<'a> {
    topic: &'a Topic,
    positions: Vec<Position<'a>>,
    excludes: Vec<Exclusion<'a>>,
    silent: Vec<u64>,
    forecasts: Vec<u64>,
}

#[derive(Serialize)]
struct Position<'a> {
    value: Value<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'a str>,
    claims: Vec<u64>,
    labels: Vec<Label>,
    independent_origins: usize,
    anonymous_origins: usize,
}

#[derive(Serialize)]
struct Exclusion<'a> {
    value: Value<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'a str>,
    claims: Vec<u64>,
    labels: Vec<Label>,
}

impl<'a> Stands<'a> {
    pub(crate) fn new(topic: TopicRef<'a>, positions: &Positions<'a>, read: &Audited) -> Self {
        let position = |position: &testimony::Position<'a>| Position {
            value: Value::new(position.stand()),
            scope: position.scope(),
            claims: numbers(position.claims(), read),
            labels: labels(position.claims()),
            independent_origins: position.known(),
            anonymous_origins: position.anonymous(),
        };
        let exclusion = |exclusion: &testimony::Exclusion<'a>| Exclusion {
            value: Value::new(exclusion.stand()),
            scope: exclusion.scope(),
            claims: numbers(exclusion.claims(), read),
            labels: labels(exclusion.claims()),
        };
        Self {
            topic: topic.topic(),
            positions: positions.positions().iter().map(position).collect(),
            excludes: positions.exclusions().iter().map(exclusion).collect(),
            silent: numbers(positions.uncommitted(), read),
            forecasts: numbers(positions.forecasts(), read),
        }
    }
}

/// A set of numbers with its unit.
#[derive(Serialize)]
struct Values<'a> {
    low: Option<Number>,
    low_open: bool,
    high: Option<Number>,
    high_open: bool,
    unit: Option<&'a str>,
}

impl<'a> Values<'a> {
    fn new(values: &Interval, unit: Option<&'a str>) -> Self {
        let open = |end: Option<Bound>| end.is_some_and(Bound::is_open);
        Self {
            low: values.low().map(Bound::value),
            low_open: open(values.low()),
            high: values.high().map(Bound::value),
            high_open: open(values.high()),
            unit,
        }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Value<'a> {
    Figures(Values<'a>),
    Days { first: Option<String>, last: Option<String> },
    Text { text: &'a str, stance: Stance },
    Other,
}

impl<'a> Value<'a> {
    fn new(stand: &Stand<'a>) -> Self {
        match stand {
            Stand::Figures { values, unit } => Self::Figures(Values::new(values, *unit)),
            Stand::Days { first, last } => {
                Self::Days { first: first.map(|day| day.to_string()), last: last.map(|day| day.to_string()) }
            }
            Stand::Text { text, stance } => Self::Text { text, stance: *stance },
            _ => Self::Other,
        }
    }
}

fn numbers(claims: &[ClaimRef<'_>], read: &Audited) -> Vec<u64> {
    claims.iter().map(|claim| read.number(claim.id())).collect()
}

fn labels(claims: &[ClaimRef<'_>]) -> Vec<Label> {
    claims.iter().map(ClaimRef::label).collect()
}
