//! The lines of a file as plain structs, as one would derive them by hand: what parsing and printing cost at least.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// Every field that a line of a workload has, owned.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Line {
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recorded: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    predicate: Option<Predicate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    claim: Option<Claim>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Source {
    id: String,
    name: String,
}

#[derive(Debug, Deserialize, Serialize)]
struct Predicate {
    name: String,
    measure: String,
}

#[derive(Debug, Deserialize, Serialize)]
struct Claim {
    topic: Topic,
    value: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    stance: Option<String>,
    origin: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    relays: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Topic {
    subject: String,
    predicate: String,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Value {
    Figure(Figure),
    Text(String),
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Figure {
    Exactly(Number),
    AtLeast(Number),
    AtMost(Number),
    Between([Number; 2]),
    About(Number),
}

/// An integer, or a decimal in a string.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Number {
    Whole(i64),
    Decimal(String),
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // By hand, because a derived untagged enum first copies what it reads.
        deserializer.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_u64<E: de::Error>(self, n: u64) -> Result<Number, E> {
        i64::try_from(n).map(Number::Whole).map_err(E::custom)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Number, E> {
        Ok(Number::Decimal(text.to_owned()))
    }
}

/// The lines of a file, kept.
pub(crate) fn read(lines: &[&[u8]]) -> Vec<Line> {
    let mut read = Vec::new();
    for line in lines {
        read.push(serde_json::from_slice(line).unwrap());
    }
    read
}

/// The same lines again.
pub(crate) fn write(lines: &[Line]) -> Vec<u8> {
    let mut written = Vec::new();
    for line in lines {
        serde_json::to_writer(&mut written, line).unwrap();
        written.push(b'\n');
    }
    written
}
