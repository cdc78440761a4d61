//! The findings of the parts are those of the whole.

use std::collections::BTreeMap;

use arrow_array::RecordBatch;
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use proptest::prelude::*;
use testimony::{Ledger, jsonl};
use testimony_arrow::{findings, findings_of_stream};

use crate::drawn::{Found, Row, batch, found_by_library, found_in, ledgers, rows};

/// The rows that go to every part, and those of each part.
fn in_parts(rows: Vec<Row>) -> (Vec<Row>, BTreeMap<String, Vec<Row>>) {
    let mut parts: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    let mut every = Vec::new();
    for row in rows {
        match row.part.clone() {
            None => every.push(row),
            Some(part) => parts.entry(part).or_default().push(row),
        }
    }
    (every, parts)
}

/// The findings of groups of rows, each by itself.
fn found_apart(every: &[Row], groups: impl IntoIterator<Item = Vec<Row>>) -> Found {
    let mut found = Found::new();
    for group in groups {
        let batches = [batch(every), batch(&group)];
        for (one, times) in found_in(&findings(&batches).unwrap()) {
            *found.entry(one).or_default() += times;
        }
    }
    found
}

pub(crate) fn stream(batches: &[RecordBatch]) -> Vec<u8> {
    let mut writer = StreamWriter::try_new(Vec::new(), &batches[0].schema()).unwrap();
    for batch in batches {
        writer.write(batch).unwrap();
    }
    writer.into_inner().unwrap()
}

/// Shuffled by a number, the same for the same number.
fn shuffled(mut rows: Vec<Row>, seed: u64) -> Vec<Row> {
    rows.sort_by_key(|row| {
        (row.seq.unsigned_abs() + 1).wrapping_mul(seed | 1).rotate_left(17).wrapping_mul(0x9e37_79b9)
    });
    rows
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_in_any_groups_and_any_order(ledger in ledgers(), groups in 1..5_usize, seed: u64) {
        let whole = found_by_library(&ledger);
        let rows = shuffled(rows(&ledger), seed);
        prop_assert_eq!(found_in(&findings(&[batch(&rows)]).unwrap()), whole.clone());
        let (every, parts) = in_parts(rows);
        let mut grouped = vec![Vec::new(); groups];
        for (place, (_, rows)) in parts.into_iter().enumerate() {
            // Some rows come twice, as they do where a task is done again.
            let again: Vec<Row> = rows.iter().filter(|row| row.seq % 3 == 0).cloned().collect();
            grouped[place.wrapping_mul(7) % groups].extend(rows.into_iter().chain(again));
        }
        prop_assert_eq!(found_apart(&every, grouped), whole);
    }

    #[test]
    fn parts_of_a_stream_however_it_is_cut(ledger in ledgers(), cut in 1..9_usize, seed: u64) {
        let mut rows = shuffled(rows(&ledger), seed);
        rows.sort_by(|one, other| one.part.cmp(&other.part));
        let batches: Vec<RecordBatch> = rows.chunks(cut).map(batch).collect();
        let mut output = Vec::new();
        findings_of_stream(stream(&batches).as_slice(), &mut output).unwrap();
        let found: Vec<RecordBatch> = StreamReader::try_new(output.as_slice(), None).unwrap().map(Result::unwrap).collect();
        prop_assert_eq!(found_in(&found), found_by_library(&ledger));
    }

    #[test]
    fn parts_are_those_of_the_library(ledger in ledgers()) {
        let (_, parts) = in_parts(rows(&ledger));
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for (_, rows) in parts {
            let claims = rows.iter().filter(|row| row.line.contains("\"claim\":{")).count();
            if claims > 0 { ours.push(claims) }
        }
        theirs.extend(ledger.parts().iter().map(testimony::Part::claim_count).filter(|claims| *claims > 0));
        ours.sort_unstable();
        theirs.sort_unstable();
        prop_assert_eq!(ours, theirs);
    }
}

/// A share that is broken across two topics, a claim that its origin revised, and one that was taken back.
fn broken() -> Ledger {
    let claim = |predicate: &str, value: u32, stated: &str| {
        format!(
            "{{\"claim\":{{\"topic\":{{\"subject\":\"siege\",\"predicate\":\"{predicate}\"}},\
             \"value\":{{\"figure\":{{\"exactly\":{value}}}}},\"origin\":\"army\",\"as_of\":\"2025-05-01\",\"stated\":\"{stated}\"}}}}"
        )
    };
    let of_court = |predicate: &str, value: u32| claim(predicate, value, "2025-05-03").replace("army", "court");
    let lines = [
        "{\"source\":{\"id\":\"army\",\"name\":\"The army\"}}".to_owned(),
        "{\"source\":{\"id\":\"court\",\"name\":\"The court\"}}".to_owned(),
        claim("dead", 12, "2025-05-02"),
        claim("present", 7, "2025-05-02"),
        "{\"constraint\":{\"at_most\":{\"part\":{\"subject\":\"siege\",\"predicate\":\"dead\"},\
          \"whole\":{\"subject\":\"siege\",\"predicate\":\"present\"}}}}"
            .to_owned(),
        claim("shots", 3, "2025-05-02"),
        claim("shots", 5, "2025-05-04"),
        of_court("shots", 5),
        of_court("present", 8),
        "{\"retraction\":{\"claim\":5}}".to_owned(),
    ];
    jsonl::read(lines.join("\n").as_bytes()).unwrap()
}

#[test]
fn what_is_no_whole_part_has_other_findings() {
    let ledger = broken();
    let whole = found_by_library(&ledger);
    assert_eq!(whole.len(), 1, "{whole:?}");
    let (every, parts) = in_parts(rows(&ledger));
    assert_eq!(found_apart(&every, parts.clone().into_values()), whole);

    // By topic: what ties two of them is on one side alone.
    let mut topics: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in parts.values().flatten() {
        let predicate = ["dead", "shots", "present"].into_iter().find(|name| row.line.contains(name));
        topics.entry(predicate.unwrap_or("present").to_owned()).or_default().push(row.clone());
    }
    assert_ne!(found_apart(&every, topics.clone().into_values()), whole);
    // Of topics that come together it can be seen.
    for (topic, rows) in &mut topics {
        for row in rows {
            row.part = Some(topic.clone());
        }
    }
    let together: Vec<Row> = every.iter().cloned().chain(topics.into_values().flatten()).collect();
    assert_eq!(
        findings(&[batch(&together)]).unwrap_err().to_string(),
        "the parts \"dead\" and \"present\" are one: they share a topic, or a constraint ties them"
    );

    // By batch: what was revised seems to stand.
    let shots = &parts["[\"siege\",\"shots\"]"];
    let batches = [shots[..1].iter().chain(&shots[2..]).cloned().collect(), vec![shots[1].clone()]];
    assert!(shots.iter().all(|row| row.line.contains("shots")));
    assert!(!found_apart(&every, batches).is_empty());
}

#[test]
fn rows_are_sorted_by_their_seq() {
    let ledger = broken();
    let mut rows = rows(&ledger);
    rows.reverse();
    assert_eq!(found_in(&findings(&[batch(&rows)]).unwrap()), found_by_library(&ledger));
    // With other places it is another ledger, if it is one at all.
    for (seq, row) in (0..).zip(&mut rows) {
        row.seq = seq;
    }
    let refused = findings(&[batch(&rows)]).unwrap_err().to_string();
    assert!(refused.starts_with("seq 0 of the part"), "{refused}");
}

#[test]
fn a_search_that_ended_early_is_said_in_a_row() {
    // A circle of a thousand sources at all times, and at each of a thousand times one more of two.
    let source = |n: usize| format!("{{\"source\":{{\"id\":\"s{n}\",\"name\":\"s{n}\"}}}}");
    let claim = |origin: usize, relay: usize, as_of: &str| {
        format!(
            "{{\"claim\":{{\"topic\":{{\"subject\":\"siege\",\"predicate\":\"dead\"}},\"value\":{{\"figure\":\
             {{\"exactly\":7}}}},\"origin\":\"s{origin}\",\"relays\":[\"s{relay}\"]{as_of}}}}}"
        )
    };
    let many = 1000;
    let mut lines: Vec<String> = (0..=many).map(source).collect();
    lines.extend((0..many).map(|n| claim(n, (n + 1) % many, "")));
    for n in 0..many {
        let as_of = format!(",\"as_of\":\"{:04}-{:02}-01\"", 1000 + n, 1 + n % 12);
        lines.push(claim(n, many, &as_of));
        lines.push(claim(many, (n + 2) % many, &as_of));
    }
    let ledger = jsonl::read(lines.join("\n").as_bytes()).unwrap();
    let mut circles = ledger.circles();
    assert!(circles.by_ref().count() > 0 && !circles.is_whole());
    let found = found_in(&findings(&[batch(&rows(&ledger))]).unwrap());
    let unfinished: Vec<_> = found.iter().filter(|(row, _)| row.starts_with("unfinished ")).collect();
    let [(row, 1)] = unfinished[..] else { panic!("{unfinished:?}") };
    assert!(row.ends_with("  there are more circles than were looked for"), "{row}");
}
