//! Snapshots of a table (R27): what was known when.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;
use testimony::{Citation, Claim, ClaimAmendment, Figure, Ledger, Timestamp, Topic, jsonl};
use testimony_exchange::table::{Mapping, Snapshots, read_snapshot};

const MAPPING: &str = "[snapshot]\ntable = \"https://health.example/t.csv\"\npublisher = \"ministry\"\nkey = \"{key}\"\nwhole = true\n\
    [[claim]]\nsubject = \"{key}\"\npredicate = \"killed\"\nnumber = \"{killed}\"\norigin = \"ministry\"\nas_of = \"{date}\"\n\
    [[claim]]\nsubject = \"{key}\"\npredicate = \"injured\"\nnumber = \"{injured}\"\norigin = \"hospital\"\nas_of = \"{date}\"\n";

fn day(n: usize) -> Timestamp {
    format!("20{:02}-{:02}-{:02}T00:00:00Z", 10 + n / 336, n / 28 % 12 + 1, n % 28 + 1).parse().unwrap()
}

/// The claims that stand, a line for each.
fn standing(ledger: &Ledger) -> Vec<String> {
    let mut lines: Vec<String> = ledger
        .claims()
        .filter(|claim| !claim.is_retracted())
        .map(|claim| format!("{} {:?} {:?}", claim.topic(), claim.value(), claim.as_of()))
        .collect();
    lines.sort();
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    /// At the time of each snapshot the ledger is that of the snapshot alone, whether the last one is remembered or found
    /// again in the ledger.
    #[test]
    fn at_each_time_the_ledger_is_that_snapshot(
        tables in proptest::collection::vec(proptest::collection::btree_map(0..6_u8, (0..3_u8, 0..3_u8), 0..6), 1..7),
        again in any::<bool>(),
    ) {
        let mapping = Mapping::from_toml(MAPPING).unwrap();
        let mut ledger = Ledger::new();
        let mut snapshots = Snapshots::new(&ledger, &mapping).unwrap();
        let text = |rows: &BTreeMap<u8, (u8, u8)>| {
            let mut text = String::from("key,date,killed,injured\n");
            for (key, (killed, injured)) in rows {
                // One of the values may be missing.
                let injured = if *injured == 0 { String::new() } else { injured.to_string() };
                writeln!(text, "r{key},2024-01-{:02},{killed},{injured}", key + 1).unwrap();
            }
            text
        };
        for (n, rows) in tables.iter().enumerate() {
            if again {
                read_snapshot(&mut ledger, text(rows).as_bytes(), &mapping, day(n)).unwrap();
            } else {
                snapshots.record(&mut ledger, text(rows).as_bytes(), day(n)).unwrap();
            }
        }
        for (n, rows) in tables.iter().enumerate() {
            let mut alone = Ledger::new();
            read_snapshot(&mut alone, text(rows).as_bytes(), &mapping, day(n)).unwrap();
            prop_assert_eq!(standing(&ledger.at(day(n))), standing(&alone));
        }
        // A ledger that is written and read again is the same.
        let lines = jsonl::to_string(&ledger).unwrap();
        prop_assert_eq!(&jsonl::read(lines.as_bytes()).unwrap(), &ledger);
    }
}

#[test]
fn the_entries_of_a_snapshot_make_the_same_ledger() {
    let mapping = Mapping::from_toml(MAPPING).unwrap();
    let mut ledger = Ledger::new();
    let mut entries = Vec::new();
    for (n, table) in
        ["key,date,killed,injured\na,2024-01-01,1,2\nb,2024-01-01,1,\n", "key,date,killed,injured\na,2024-01-01,3,2\n"]
            .iter()
            .enumerate()
    {
        let recorded = read_snapshot(&mut ledger, table.as_bytes(), &mapping, day(n)).unwrap();
        entries.extend(recorded.entries);
    }
    let mut other = Ledger::new();
    for entry in entries {
        other.append(entry).unwrap();
    }
    assert_eq!(other, ledger);
    let reasons: Vec<&str> = ledger.claims().filter_map(|claim| claim.retraction()?.reason()).collect();
    assert_eq!(
        reasons,
        [
            "reads otherwise in the snapshot of 2010-01-02T00:00:00Z",
            "no longer listed in the snapshot of 2010-01-02T00:00:00Z"
        ]
    );
}

#[test]
fn a_row_as_of_another_time_takes_nothing_back() {
    let mapping = Mapping::from_toml(MAPPING).unwrap();
    let mut ledger = Ledger::new();
    for (n, table) in
        ["key,date,killed,injured\na,2024-01-01,1,\n", "key,date,killed,injured\na,2024-01-02,1,\n"].iter().enumerate()
    {
        read_snapshot(&mut ledger, table.as_bytes(), &mapping, day(n)).unwrap();
    }
    assert_eq!(standing(&ledger).len(), 2);
}

#[test]
fn what_came_from_elsewhere_too_is_not_taken_back_for_being_gone() {
    let mapping = Mapping::from_toml(MAPPING).unwrap();
    let mut ledger = Ledger::new();
    let header = "key,date,killed,injured\n";
    read_snapshot(&mut ledger, format!("{header}a,2024-01-01,1,\nb,2024-01-01,5,\n").as_bytes(), &mapping, day(0))
        .unwrap();
    let label = ledger.claims().next().unwrap().label();
    ledger.amend(ClaimAmendment::new(label).with_citation(Citation::new().with_title("a newspaper"))).unwrap();
    // Recorded by hand before the table had it.
    let by_hand =
        Claim::new(Topic::new("c", "killed"), Figure::exactly(7), testimony::SourceId::new("ministry").unwrap())
            .with_as_of("2024-01-01".parse().unwrap())
            .with_citation(Citation::new().with_title("a speech"));
    ledger.record(by_hand).unwrap();
    read_snapshot(&mut ledger, format!("{header}c,2024-01-01,7,\n").as_bytes(), &mapping, day(1)).unwrap();
    let last = read_snapshot(&mut ledger, header.as_bytes(), &mapping, day(2)).unwrap();
    assert_eq!(last.withdrawn, 0);
    assert_eq!(standing(&ledger).len(), 2, "{:?}", standing(&ledger));
}

#[test]
fn a_row_that_cannot_be_read_takes_nothing_back() {
    let mapping = Mapping::from_toml(MAPPING).unwrap();
    let mut ledger = Ledger::new();
    read_snapshot(
        &mut ledger,
        "key,date,killed,injured\na,2024-01-01,1,2\nb,2024-01-01,5,\n".as_bytes(),
        &mapping,
        day(0),
    )
    .unwrap();
    let next =
        read_snapshot(&mut ledger, "key,date,killed,injured\na,2024-01-01,?,2\n".as_bytes(), &mapping, day(1)).unwrap();
    assert_eq!((next.refused.len(), next.withdrawn), (1, 1));
    assert_eq!(standing(&ledger).len(), 2);
}

#[test]
fn an_earlier_snapshot_is_refused() {
    let mapping = Mapping::from_toml(MAPPING).unwrap();
    let mut ledger = Ledger::new();
    let table = "key,date,killed,injured\na,2024-01-01,1,2\n";
    read_snapshot(&mut ledger, table.as_bytes(), &mapping, day(5)).unwrap();
    let error = read_snapshot(&mut ledger, table.replace(",1,", ",2,").as_bytes(), &mapping, day(1)).unwrap_err();
    assert!(error.to_string().contains("before the time of the entry before it"), "{error}");
}
