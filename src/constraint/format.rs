//! Constraints as the interchange format has them.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

use super::Constraint;
use crate::shape::{List, Record};
use crate::topic::Topic;

#[derive(serde::Deserialize)]
#[serde(rename_all = "snake_case", field_identifier)]
enum ConstraintField {
    Ratio,
    AtMost,
    Sum,
    Change,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Quotient {
    part: Topic,
    whole: Topic,
    ratio: Topic,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct AtMost {
    part: Topic,
    whole: Topic,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Sum {
    parts: List<Topic>,
    whole: Topic,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    flow: Topic,
    total: Topic,
}

impl<'de> Deserialize<'de> for Constraint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OneConstraint)
    }
}

struct OneConstraint;

impl<'de> Visitor<'de> for OneConstraint {
    type Value = Constraint;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a constraint, as {\"ratio\":{…}}, {\"at_most\":{…}}, {\"sum\":{…}} or {\"change\":{…}}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Constraint, A::Error> {
        let mut constraint = None;
        while let Some(kind) = map.next_key()? {
            let next = match kind {
                ConstraintField::Ratio => {
                    let Record(Quotient { part, whole, ratio }) = map.next_value()?;
                    Constraint::Ratio { part, whole, ratio }
                }
                ConstraintField::AtMost => {
                    let Record(AtMost { part, whole }) = map.next_value()?;
                    Constraint::AtMost { part, whole }
                }
                ConstraintField::Sum => {
                    let Record(Sum { parts: List(parts), whole }) = map.next_value()?;
                    Constraint::Sum { parts, whole }
                }
                ConstraintField::Change => {
                    let Record(Change { flow, total }) = map.next_value()?;
                    Constraint::Change { flow, total }
                }
            };
            if constraint.replace(next).is_some() {
                return Err(A::Error::custom("an entry has one constraint: a ratio, at_most, a sum or a change"));
            }
        }
        constraint.ok_or_else(|| A::Error::custom("no constraint in it: ratio, at_most, sum or change is expected"))
    }
}
