//! Random histories: at every entry and every time, the store answers as the ledger in memory does.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::Connection;
use testimony::{ClaimRef, Entry, Ledger, Topic, TopicRef, jsonl};
use testimony_sqlite::{Hash, Store, StoreError, leaf_hash, node_hash, verify_consistency, verify_inclusion};

use crate::draw::{self, Dice};
use crate::{cases, folder, seed};

/// The claims that stand, and the pairs that conflict.
#[derive(Clone, Debug, Default, PartialEq)]
struct Known {
    standing: BTreeSet<i64>,
    conflicts: BTreeSet<(i64, i64)>,
}

fn number(claim: ClaimRef<'_>) -> i64 {
    i64::try_from(claim.id().number()).unwrap()
}

impl Known {
    fn of(ledger: &Ledger) -> Self {
        let conflicts = ledger.conflicts().map(|conflict| (number(conflict.older()), number(conflict.newer())));
        Self {
            standing: ledger.claims().filter(ClaimRef::stands).map(number).collect(),
            conflicts: conflicts.collect(),
        }
    }

    /// The knowledge of the tables once a row was there.
    fn at(connection: &Connection, seq: i64) -> Self {
        let numbers = |sql: &str| -> BTreeSet<(i64, i64)> {
            let mut statement = connection.prepare(sql).unwrap();
            let rows = statement.query_map([seq], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
            rows.collect::<Result<_, _>>().unwrap()
        };
        let standing = numbers(
            "SELECT number, 0 FROM claim WHERE seq <= ?1 AND (retracted IS NULL OR retracted > ?1) AND NOT EXISTS
                (SELECT 1 FROM revised WHERE revised.number = claim.number AND from_seq <= ?1
                    AND (until_seq IS NULL OR until_seq > ?1))",
        );
        let conflicts =
            numbers("SELECT older, newer FROM conflict WHERE from_seq <= ?1 AND (until_seq IS NULL OR until_seq > ?1)");
        Self { standing: standing.into_iter().map(|(claim, _)| claim).collect(), conflicts }
    }
}

/// All that a ledger says of a topic.
fn answers(ledger: &Ledger, topic: &Topic) -> String {
    let of = |topic: TopicRef<'_>| {
        let said = topic.claims().map(|claim| {
            let revisers: Vec<_> = claim.superseded_by().map(number).collect();
            let fate = (claim.stands(), claim.is_retracted(), claim.is_disowned(), revisers);
            let record = (claim.credibility(), claim.note(), claim.citations(), claim.amendments().count());
            let label = claim.label();
            format!("{} {label} {claim} {fate:?} {record:?} {}", claim.id(), claim.corroboration())
        });
        let mut dossier = serde_json::to_value(topic.dossier()).unwrap();
        for claim in dossier["claims"].as_array_mut().into_iter().flatten() {
            // In a view of a part, a claim that was taken back goes by its label.
            if let Some(retraction) = claim.get_mut("retraction") {
                retraction["claim"] = serde_json::Value::Null;
            }
        }
        format!(
            "{}\n{}\n{}\n{:?} {:?}\n{}",
            said.collect::<Vec<_>>().join("\n"),
            dossier,
            topic.positions(),
            topic.unmatched_units(),
            topic.timeline().into_iter().map(number).collect::<Vec<_>>(),
            topic.conflicts().map(|conflict| conflict.to_string()).collect::<String>(),
        )
    };
    ledger.topic(topic).map_or_else(|| "nothing".to_owned(), of)
}

/// The sums that do not add up, or could not be checked, of the constraints that another ledger has too.
fn sums(ledger: &Ledger, of: &Ledger) -> Vec<String> {
    let here = |constraint| of.constraints().any(|other| other == constraint);
    let violations = ledger.violations().filter(|violation| here(violation.constraint())).map(|it| it.to_string());
    let unchecked = ledger.unchecked().filter(|unchecked| here(unchecked.constraint())).map(|it| it.to_string());
    violations.chain(unchecked).collect()
}

/// The tables that were worked out, as other programs see them.
fn tables(path: &Path) -> Vec<String> {
    let connection = Connection::open(path).unwrap();
    let mut dump = Vec::new();
    for sql in [
        "SELECT * FROM clock ORDER BY seq",
        "SELECT * FROM source ORDER BY id",
        "SELECT * FROM source_change ORDER BY id, seq",
        "SELECT * FROM predicate ORDER BY name",
        "SELECT * FROM name ORDER BY kind, name, seq",
        "SELECT subject, predicate, claims, members, changes, ties, conflicts, listed, defined FROM topic ORDER BY subject, predicate",
        "SELECT * FROM claims ORDER BY number",
        "SELECT * FROM relay ORDER BY number, place",
        "SELECT * FROM change ORDER BY number, seq",
        "SELECT number, from_seq, until_seq FROM revised ORDER BY number, from_seq",
        "SELECT older, newer, from_seq, until_seq, kind, certain, because FROM conflict ORDER BY older, newer, from_seq",
        "SELECT * FROM used ORDER BY kind, name",
        "SELECT * FROM citation ORDER BY number, seq, title",
    ] {
        let mut statement = connection.prepare(sql).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells: Vec<String> = (0..columns).map(|at| format!("{:?}", row.get_ref(at).unwrap())).collect();
            dump.push(format!("{} {}", &sql[14..24], cells.join(" | ")));
        }
    }
    dump
}

fn plain_root(leaves: &[Hash]) -> Hash {
    if let [one] = leaves {
        return *one;
    }
    let left = leaves.len().next_power_of_two() / 2;
    node_hash(plain_root(&leaves[..left]), plain_root(&leaves[left..]))
}

fn proofs_hold(store: &Store, lines: &str, dice: &mut Dice) {
    let leaves: Vec<Hash> = lines.lines().map(|line| leaf_hash(line.as_bytes())).collect();
    let root = store.root().unwrap();
    assert_eq!(root, plain_root(&leaves));
    let size = leaves.len();
    let (line, old) = (dice.roll(size), 1 + dice.roll(size));
    let path = store.inclusion_proof(line as u64, size as u64).unwrap();
    assert!(verify_inclusion(leaves[line], line as u64, size as u64, &path, root));
    let path = store.consistency_proof(old as u64, size as u64).unwrap();
    assert!(verify_consistency(old as u64, plain_root(&leaves[..old]), size as u64, root, &path));
    assert_eq!(store.verify().unwrap(), size as u64);
}

fn follow(seed: u64) {
    let dice = &mut Dice::new(seed);
    let (_folder, path) = folder();
    let policy = draw::policy(dice);
    let mut whole = Ledger::with_policy(policy.clone());
    let mut store = Store::open(&path).unwrap();
    store.set_policy(policy).unwrap();
    store.set_at_hand(dice.roll(40));
    let mut known = vec![Known::default()];
    let mut begin = draw::beginning();
    let steps = 20 + dice.roll(80);
    for step in 0..steps {
        let count = if dice.one_in(5) { 3 } else { 1 };
        let mut batch: Vec<Entry> = Vec::new();
        let mut then = whole.clone();
        let (mut knowns, mut outcomes) = (Vec::new(), Ok(Vec::new()));
        for _ in 0..count {
            let entry = begin.pop().unwrap_or_else(|| draw::entry(dice, &then));
            batch.push(entry.clone());
            match (then.append(entry), &mut outcomes) {
                (Ok(outcome), Ok(outcomes)) => outcomes.push(outcome),
                (Err(error), Ok(_)) => outcomes = Err((batch.len() - 1, error.to_string())),
                _ => {}
            }
            while knowns.len() + known.len() <= then.len() {
                knowns.push(Known::of(&then));
            }
        }
        let written = store.append(&batch);
        match (written, outcomes) {
            (Ok(written), Ok(outcomes)) => {
                assert_eq!(written.outcomes(), outcomes, "seed {seed}, step {step}: {batch:?}");
                assert_eq!(written.lines(), then.len() as u64 + 1);
                whole = then;
                known.extend(knowns);
            }
            (Err(StoreError::Refused { index, error }), Err(refused)) => {
                assert_eq!((index, error.to_string()), refused, "seed {seed}, step {step}: {batch:?}");
            }
            (written, outcomes) => panic!("seed {seed}, step {step}: {written:?} and {outcomes:?} of {batch:?}"),
        }
        if dice.one_in(20) {
            store = Store::open(&path).unwrap();
            store.set_at_hand(dice.roll(40));
        }
    }
    hold(seed, (&mut store, &path), (&whole, &known), dice);
}

/// Holds a store against the ledger in memory.
fn hold(seed: u64, (store, path): (&mut Store, &Path), (whole, known): (&Ledger, &[Known]), dice: &mut Dice) {
    assert_eq!(store.ledger().unwrap(), *whole, "seed {seed}");
    let lines = jsonl::to_string(whole).unwrap();
    let mut exported = Vec::new();
    store.export(&mut exported).unwrap();
    assert_eq!(String::from_utf8(exported).unwrap(), lines, "seed {seed}");
    let mut parts = Vec::new();
    for topic in draw::topics() {
        let part = store.topic(&topic).unwrap_or_else(|error| panic!("seed {seed}, {topic}: {error}"));
        let part = part.unwrap_or_default();
        assert_eq!(answers(&part, &topic), answers(whole, &topic), "seed {seed}, {topic}");
        assert_eq!(sums(&part, &part), sums(whole, &part), "seed {seed}, {topic}");
        let subject = store.subject(topic.subject()).unwrap().unwrap_or_default();
        assert_eq!(answers(&subject, &topic), answers(whole, &topic), "seed {seed}, {topic}");
        // A part is a ledger that can be written and read.
        let read = jsonl::read(jsonl::to_string(&part).unwrap().as_bytes())
            .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        assert_eq!(read.conflict_count(), part.conflict_count(), "seed {seed}");
        parts.push((topic, part));
    }
    let connection = Connection::open(path).unwrap();
    for (entries, known) in known.iter().enumerate() {
        let seq = i64::try_from(entries).unwrap();
        assert_eq!(Known::at(&connection, seq), *known, "seed {seed}, after entry {entries}");
    }
    let mut times: Vec<_> = whole.entries().filter_map(|entry| entry.recorded()).collect();
    times.dedup();
    for (turn, time) in times.into_iter().enumerate() {
        let then = whole.at(time).into_ledger();
        assert_eq!(store.ledger_at(time).unwrap(), then, "seed {seed} at {time}");
        for (topic, part) in parts.iter().skip(turn % 4).step_by(4) {
            let part = part.at(time).into_ledger();
            assert_eq!(answers(&part, topic), answers(&then, topic), "seed {seed}, {topic} at {time}");
            assert_eq!(sums(&part, &part), sums(&then, &part), "seed {seed}, {topic} at {time}");
        }
        // The other clock: of what was known then, the claims that had been said by a day.
        let by: testimony::Moment = "2025-05-02".parse().unwrap();
        let said = store.ledger_at(time).unwrap().view().said_by(by).into_ledger();
        assert_eq!(said, whole.at(time).said_by(by).into_ledger(), "seed {seed} at {time}, by {by}");
    }
    proofs_hold(store, &lines, dice);
    let before = tables(path);
    store.rebuild().unwrap();
    let after = tables(path);
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before, after, "seed {seed}");
    }
    assert_eq!(before.len(), after.len(), "seed {seed}");
    assert_eq!(store.ledger().unwrap(), *whole, "seed {seed}");
}

#[test]
fn a_store_answers_as_the_ledger_in_memory() {
    for case in 0..cases(8) {
        follow(seed() * 1_000_000 + case);
    }
}
