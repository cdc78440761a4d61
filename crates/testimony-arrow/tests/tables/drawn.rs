//! Ledgers drawn at random, from little, with all that ties claims to each other; and what is found in them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::ControlFlow;

use arrow_array::cast::AsArray as _;
use arrow_array::{Array, RecordBatch};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use testimony::testing::strategies;
use testimony::{Claim, ClaimRef, Ledger, jsonl};

const SUBJECTS: [&str; 4] = ["market bombing", "the bombing", "siege", "flood"];
const SOURCES: [&str; 5] = ["ministry", "army", "hospital", "agency", "post"];
const PREDICATES: [&str; 5] = ["deaths", "injured", "calls", "present", "cause"];

/// One line of a ledger, which may refuse it.
#[derive(Clone, Debug)]
enum Deed {
    Claim(Box<Claim>, usize),
    /// Records the claim again that has this number, counted round.
    Repeat(usize),
    AtMost(usize, usize, usize),
    Sum(usize, usize),
    Retract(usize, bool),
    Credibility(usize, bool, u8),
    Owner(usize, usize),
    Alias(usize),
    Join(usize, usize),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let n = || 0..100_usize;
    let deed = prop_oneof![
        14 => (strategies::claims(), n()).prop_map(|(claim, subject)| Deed::Claim(Box::new(claim), subject)),
        1 => n().prop_map(Deed::Repeat),
        2 => (n(), n(), n()).prop_map(|(part, whole, subject)| Deed::AtMost(part, whole, subject)),
        1 => (n(), n()).prop_map(|(subject, other)| Deed::Sum(subject, other)),
        1 => (n(), any::<bool>()).prop_map(|(claim, label)| Deed::Retract(claim, label)),
        3 => (n(), any::<bool>(), select(vec![1_u8, 1, 4])).prop_map(|(c, label, to)| Deed::Credibility(c, label, to)),
        1 => (n(), n()).prop_map(|(source, owner)| Deed::Owner(source, owner)),
        1 => n().prop_map(Deed::Alias),
        1 => (n(), n()).prop_map(|(subject, other)| Deed::Join(subject, other)),
    ];
    vec(deed, 1..40)
}

/// A claim of a file, by its number or its label.
fn key(ledger: &str, claims: usize, claim: usize, by_label: bool) -> Option<String> {
    let number = claim % claims.max(1);
    if !by_label {
        return (claims > 0).then(|| number.to_string());
    }
    let ledger = jsonl::read(ledger.as_bytes()).ok()?;
    ledger.claim(testimony::ClaimId::new(number as u64)).map(|claim| format!("\"{}\"", claim.label()))
}

fn topic(subject: usize, predicate: &str) -> String {
    format!("{{\"subject\":\"{}\",\"predicate\":\"{predicate}\"}}", SUBJECTS[subject % SUBJECTS.len()])
}

fn line(deed: &Deed, so_far: &str, claims: &mut Vec<String>) -> Option<String> {
    let predicate = |n: usize| PREDICATES[n % PREDICATES.len()];
    let source = |n: usize| SOURCES[n % SOURCES.len()];
    Some(match deed {
        Deed::Claim(claim, subject) => {
            let said = jsonl_claim(claim)
                .replace("market bombing", SUBJECTS[subject % SUBJECTS.len()])
                .replace("\"witness\"", "\"post\"");
            let line = format!("{{\"claim\":{said}}}");
            claims.push(line.clone());
            line
        }
        Deed::Repeat(claim) => {
            let line = claims.get(claim % claims.len().max(1))?.clone();
            claims.push(line.clone());
            line
        }
        Deed::AtMost(part, whole, subject) => format!(
            "{{\"constraint\":{{\"at_most\":{{\"part\":{},\"whole\":{}}}}}}}",
            topic(*subject, predicate(*part)),
            topic(subject / 2, predicate(*whole))
        ),
        Deed::Sum(subject, other) => format!(
            "{{\"constraint\":{{\"sum\":{{\"parts\":[{},{}],\"whole\":{}}}}}}}",
            topic(*subject, "deaths"),
            topic(*subject, "injured"),
            topic(*other, "present")
        ),
        Deed::Retract(claim, label) => {
            format!("{{\"retraction\":{{\"claim\":{}}}}}", key(so_far, claims.len(), *claim, *label)?)
        }
        Deed::Credibility(claim, label, rating) => {
            let claim = key(so_far, claims.len(), *claim, *label)?;
            format!("{{\"amendment\":{{\"claim\":{claim},\"credibility\":{rating}}}}}")
        }
        Deed::Owner(one, owner) => {
            format!("{{\"amendment\":{{\"source\":\"{}\",\"part_of\":\"{}\"}}}}", source(*one), source(*owner))
        }
        Deed::Alias(subject) => {
            let name = SUBJECTS[subject % SUBJECTS.len()];
            format!("{{\"subject\":{{\"name\":\"{name}\",\"aliases\":[\"{name} of May\"]}}}}")
        }
        Deed::Join(subject, other) => format!(
            "{{\"amendment\":{{\"subject\":\"{}\",\"aliases\":[\"{}\"]}}}}",
            SUBJECTS[subject % SUBJECTS.len()],
            SUBJECTS[other % SUBJECTS.len()]
        ),
    })
}

fn jsonl_claim(claim: &Claim) -> String {
    serde_json::to_string(claim).unwrap()
}

/// A ledger of what is drawn, as its canonical file gives it.
fn ledger(deeds: &[Deed], timed: bool) -> Ledger {
    let mut file =
        "{\"format\":\"testimony/1\",\"policy\":{\"about\":\"0.1\",\"rounding\":true,\"days_apart\":1}}\n".to_owned();
    for source in SOURCES {
        let _ = writeln!(file, "{{\"source\":{{\"id\":\"{source}\",\"name\":\"{source}\"}}}}");
    }
    file.push_str("{\"predicate\":{\"name\":\"deaths\",\"measure\":\"cumulative\"}}\n");
    file.push_str("{\"predicate\":{\"name\":\"calls\",\"measure\":\"flow\"}}\n");
    file.push_str("{\"predicate\":{\"name\":\"present\",\"measure\":\"fixed\"}}\n");
    let mut claims = Vec::new();
    for (hour, deed) in deeds.iter().enumerate() {
        let Some(mut line) = line(deed, &file, &mut claims) else { continue };
        if timed && hour % 3 == 0 {
            line.insert_str(1, &format!("\"recorded\":\"2025-05-{:02}T{:02}:00:00Z\",", 1 + hour / 24, hour % 24));
        }
        file.push_str(&line);
        file.push('\n');
    }
    let mut refused = 0;
    let loaded = jsonl::read_into(Ledger::new(), file.as_bytes(), |_| {
        refused += 1;
        ControlFlow::Continue(())
    });
    jsonl::read(jsonl::to_string(&loaded.unwrap().ledger).unwrap().as_bytes()).unwrap()
}

pub(crate) fn ledgers() -> impl Strategy<Value = Ledger> {
    (deeds(), any::<bool>()).prop_map(|(deeds, timed)| ledger(&deeds, timed))
}

/// How many times each finding is there.
pub(crate) type Found = BTreeMap<String, usize>;

fn count(found: impl IntoIterator<Item = String>) -> Found {
    let mut counts = Found::new();
    for one in found {
        *counts.entry(one).or_default() += 1;
    }
    counts
}

/// The findings of the library in a whole ledger.
pub(crate) fn found_by_library(ledger: &Ledger) -> Found {
    let labels = |claims: &[ClaimRef<'_>]| claims.iter().map(|claim| claim.label().to_string()).collect::<Vec<_>>();
    let row = |kind: &str, claims: &[ClaimRef<'_>], because: String| {
        format!("{kind} {} {} {because}", claims[0].topic_ref().topic(), labels(claims).join(","))
    };
    let conflicts = ledger.conflicts().map(|found| row("conflict", &[found.older(), found.newer()], found.because()));
    let circles = ledger.circles().map(|found| row("circle", found.claims(), found.because()));
    let violations = ledger.violations().map(|found| {
        format!(
            "violation {} {} {}",
            found.result().topic_ref().topic(),
            labels(&found.claims()).join(","),
            found.because()
        )
    });
    let unconfirmed = ledger.unconfirmed().map(|found| row("unconfirmed", &[found.claim()], found.because()));
    count(conflicts.chain(circles).chain(violations).chain(unconfirmed))
}

/// The findings in a table of them.
pub(crate) fn found_in<'a>(batches: impl IntoIterator<Item = &'a RecordBatch>) -> Found {
    let mut rows = Vec::new();
    for batch in batches {
        let text =
            |name: &str, row: usize| batch.column_by_name(name).unwrap().as_string::<i32>().value(row).to_owned();
        let labels = batch.column_by_name("labels").unwrap().as_list::<i32>();
        for row in 0..batch.num_rows() {
            let labels = labels.value(row);
            let labels: Vec<&str> = labels.as_string::<i32>().iter().flatten().collect();
            let topic = testimony::Topic::new(text("subject", row), text("predicate", row));
            rows.push(format!("{} {topic} {} {}", text("kind", row), labels.join(","), text("because", row)));
        }
    }
    count(rows)
}

/// A row of a ledger.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Row {
    pub(crate) part: Option<String>,
    pub(crate) seq: i64,
    pub(crate) number: Option<i64>,
    pub(crate) line: String,
}

/// The rows of all tables, in no order in particular.
pub(crate) fn rows(ledger: &Ledger) -> Vec<Row> {
    let mut rows = Vec::new();
    for (_, batch) in testimony_arrow::to_batches(ledger).unwrap() {
        let part = batch.column_by_name("part").unwrap().as_string::<i32>().clone();
        let seq = batch.column_by_name("seq").unwrap().as_primitive::<arrow_array::types::Int64Type>().clone();
        let line = batch.column_by_name("line").unwrap().as_string::<i32>().clone();
        let number = batch.column_by_name("number").map(|n| n.as_primitive::<arrow_array::types::Int64Type>().clone());
        for row in 0..batch.num_rows() {
            rows.push(Row {
                part: part.is_valid(row).then(|| part.value(row).to_owned()),
                seq: seq.value(row),
                number: number.as_ref().filter(|n| n.is_valid(row)).map(|n| n.value(row)),
                line: line.value(row).to_owned(),
            });
        }
    }
    rows
}

/// Rows as a batch, with the columns that decide alone.
pub(crate) fn batch(rows: &[Row]) -> RecordBatch {
    let part: arrow_array::StringArray = rows.iter().map(|row| row.part.as_deref()).collect();
    let seq: arrow_array::Int64Array = rows.iter().map(|row| Some(row.seq)).collect();
    let number: arrow_array::Int64Array = rows.iter().map(|row| row.number).collect();
    let line: arrow_array::StringArray = rows.iter().map(|row| Some(row.line.as_str())).collect();
    let columns: [(&str, arrow_array::ArrayRef); 4] = [
        ("part", std::sync::Arc::new(part)),
        ("seq", std::sync::Arc::new(seq)),
        ("number", std::sync::Arc::new(number)),
        ("line", std::sync::Arc::new(line)),
    ];
    RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true))).unwrap()
}
