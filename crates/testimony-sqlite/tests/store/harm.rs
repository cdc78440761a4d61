//! Whatever may happen to a file: damage, other writers, an end without warning, a full disk, other releases.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::time::Duration;

use rusqlite::Connection;
use testimony::{Claim, Entry, Figure, Ledger, Retraction, Source, SourceId, Topic, jsonl};
use testimony_sqlite::{Store, StoreError};

use crate::{cases, folder, seed};

fn deaths() -> Topic {
    Topic::new("market bombing", "deaths")
}

fn sources() -> Vec<Entry> {
    ["moh", "army"].iter().map(|id| Source::new(*id, id.to_uppercase()).unwrap().into()).collect()
}

fn claim(number: u64) -> Entry {
    let origin = SourceId::new(if number.is_multiple_of(2) { "moh" } else { "army" }).unwrap();
    Claim::new(deaths(), Figure::exactly(number), origin).into()
}

/// Ends the log beside a file, so that all is in the file itself.
fn settle(path: &std::path::Path) {
    let connection = Connection::open(path).unwrap();
    connection.pragma_update(None, "journal_mode", "delete").unwrap();
}

/// What a store says, if it says anything.
fn said(path: &std::path::Path) -> Result<(String, Vec<String>), StoreError> {
    let store = Store::open_read_only(path)?;
    let ledger = store.ledger()?;
    let topic = store.topic(&deaths())?.unwrap_or_default();
    let conflicts = topic.conflicts().map(|conflict| conflict.to_string()).collect();
    Ok((jsonl::to_string(&ledger).unwrap(), conflicts))
}

/// Every 2,003rd bit of a small store, from another one with another `TESTIMONY_SEED`; all of them with
/// `TESTIMONY_CASES=1`.
#[test]
fn a_bit_that_turned_over_is_told_or_changes_no_answer() {
    let (_folder, path) = folder();
    // Small pages, of which each table needs one.
    Connection::open(&path).unwrap().execute_batch("PRAGMA page_size = 512; VACUUM").unwrap();
    let mut store = Store::open(&path).unwrap();
    store.append(&sources()).unwrap();
    store.append(&(0..4).map(claim).collect::<Vec<_>>()).unwrap();
    store.append(&[Retraction::new(testimony::ClaimId::new(1)).into()]).unwrap();
    drop(store);
    settle(&path);
    let bytes = std::fs::read(&path).unwrap();
    let whole = said(&path).unwrap();
    let damaged = path.with_extension("damaged");
    let step = usize::try_from(cases(2_003)).unwrap().max(1);
    let first = usize::try_from(seed()).unwrap() % step;
    let (mut told, mut same) = (0, 0);
    for bit in (first..bytes.len() * 8).step_by(step) {
        let mut other = bytes.clone();
        other[bit / 8] ^= 1 << (bit % 8);
        std::fs::write(&damaged, &other).unwrap();
        match said(&damaged) {
            Ok(answer) => {
                assert!(answer == whole, "bit {bit}: another answer, and not a word");
                same += 1;
            }
            Err(_) => told += 1,
        }
    }
    assert!(told > 0 && same > 0, "{told} told, {same} the same");
    println!("of {} bytes, {told} bits were told and {same} changed nothing", bytes.len());
}

#[test]
fn a_line_that_was_changed_is_named_also_where_its_checksum_was_made_to_fit() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store.append(&sources()).unwrap();
    store.append(&(0..600).map(claim).collect::<Vec<_>>()).unwrap();
    let published = store.checkpoint("example.org/claims").unwrap();
    let other = Connection::open(&path).unwrap();
    for refused in [
        "UPDATE entry SET line = 'x' WHERE seq = 3",
        "DELETE FROM entry WHERE seq = 3",
        "INSERT OR REPLACE INTO entry SELECT seq, kind, 'x', crc, leaf FROM entry WHERE seq = 3",
        "INSERT INTO entry SELECT seq + 9000, kind, line, crc, leaf FROM entry WHERE seq = 3",
    ] {
        let error = other.execute_batch(refused).unwrap_err().to_string();
        assert!(error.contains("append-only"), "{refused}: {error}");
    }
    assert_eq!(store.verify_since(&published).unwrap(), 603);
    other.execute_batch("DROP TRIGGER entry_is_final").unwrap();
    let line: String = other.query_row("SELECT line FROM entry WHERE seq = 300", [], |row| row.get(0)).unwrap();
    let forged = line.replace("297", "999");
    assert_ne!(line, forged);
    other.execute("UPDATE entry SET line = ?1 WHERE seq = 300", [&forged]).unwrap();
    assert!(matches!(store.verify(), Err(StoreError::Damaged { seq: 300, .. })), "by its checksum");
    assert!(matches!(store.ledger(), Err(StoreError::Damaged { seq: 300, .. })));
    let crc = crc32fast::hash(forged.as_bytes());
    other.execute("UPDATE entry SET crc = ?1 WHERE seq = 300", [crc]).unwrap();
    assert!(matches!(store.verify(), Err(StoreError::Damaged { seq: 300, .. })), "by its hash");
    let leaf = testimony_sqlite::leaf_hash(forged.as_bytes());
    other.execute("UPDATE entry SET leaf = ?1 WHERE seq = 300", [leaf.0]).unwrap();
    assert!(matches!(store.verify(), Err(StoreError::Damaged { seq: 256, .. })), "by the tree from 256 on");
    // Who rewrites the tree too is found by what was published.
    store.rebuild().unwrap();
    assert_eq!(store.verify().unwrap(), 603);
    assert!(matches!(store.verify_since(&published), Err(StoreError::Checkpoint { .. })));
}

#[test]
fn a_kind_that_is_not_that_of_the_line_is_named() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store.append(&sources()).unwrap();
    store.append(&[claim(0), Retraction::new(testimony::ClaimId::new(0)).into()]).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("DROP TRIGGER entry_is_final").unwrap();
    // What is taken back is a claim too, but the line is none.
    for (kind, seq) in [("claim", 4_u32), ("subject", 3)] {
        let right: String = other.query_row("SELECT kind FROM entry WHERE seq = ?1", [seq], |row| row.get(0)).unwrap();
        other.execute("UPDATE entry SET kind = ?1 WHERE seq = ?2", (kind, seq)).unwrap();
        assert!(
            matches!(store.verify(), Err(StoreError::Damaged { seq: named, .. }) if named == u64::from(seq)),
            "{kind}"
        );
        other.execute("UPDATE entry SET kind = ?1 WHERE seq = ?2", (right, seq)).unwrap();
    }
    assert_eq!(store.verify().unwrap(), 5);
}

#[test]
fn a_second_writer_waits_and_then_is_told_and_readers_go_on() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store.append(&sources()).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    store.set_patience(Duration::from_millis(50)).unwrap();
    assert!(matches!(store.append(&[claim(1)]), Err(StoreError::Locked)));
    assert_eq!(Store::open_read_only(&path).unwrap().ledger().unwrap().len(), 2);
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(store.append(&[claim(1)]).unwrap().lines(), 4);
    // Two stores that write in turn see what the other wrote.
    let mut second = Store::open(&path).unwrap();
    for number in 2..20 {
        let writer = if number % 2 == 0 { &mut second } else { &mut store };
        assert_eq!(writer.append(&[claim(number)]).unwrap().lines(), number + 3);
    }
    let ledger = store.ledger().unwrap();
    assert_eq!(ledger.conflict_count(), store.topic(&deaths()).unwrap().unwrap().conflict_count());
}

/// The process that is killed: it says each number once it is on record.
#[test]
#[ignore = "is run by the test that kills it"]
fn a_writer() {
    let Some(path) = std::env::var_os("TESTIMONY_STORE") else { return };
    let mut store = Store::open(path).unwrap();
    let first = store.lines().unwrap();
    if first == 0 {
        store.append(&sources()).unwrap();
    }
    let mut out = std::io::stderr();
    for number in store.ledger().unwrap().claims().len() as u64.. {
        store.append(&[claim(number)]).unwrap();
        writeln!(out, "said {number}").unwrap();
    }
}

#[test]
fn what_was_acknowledged_is_there_after_a_kill() {
    let (_folder, path) = folder();
    let mut acknowledged = 0;
    for round in 0..cases(4) {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "harm::a_writer", "--nocapture"])
            .env("TESTIMONY_STORE", &path)
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(writer.stderr.take().unwrap()).lines();
        // Some are killed after a number of acknowledgements, in the midst of the next.
        for line in lines.map_while(Result::ok).take(1 + usize::try_from(round * 7 % 23).unwrap()) {
            acknowledged = line.strip_prefix("said ").unwrap().parse::<u64>().unwrap() + 1;
        }
        writer.kill().unwrap();
        writer.wait().unwrap();
        let store = Store::open(&path).unwrap();
        let ledger = store.ledger().unwrap();
        let claims = ledger.claims().len() as u64;
        assert!(claims >= acknowledged, "round {round}: {claims} of {acknowledged}");
        let mut model = Ledger::new();
        for entry in sources().into_iter().chain((0..claims).map(claim)) {
            model.append(entry).unwrap();
        }
        assert_eq!(ledger, model, "round {round}");
        assert_eq!(store.verify().unwrap(), claims + 3);
        let topic = store.topic(&deaths()).unwrap().unwrap();
        assert_eq!(topic.conflict_count(), model.conflict_count());
    }
}

#[test]
fn what_is_no_store_and_what_is_of_a_later_release_is_refused() {
    let (folder, path) = folder();
    std::fs::write(&path, "{\"format\":\"testimony/1\"}\n".repeat(40)).unwrap();
    assert!(Store::open(&path).unwrap_err().to_string().ends_with("is no store of claims: it is no SQLite database"));
    assert!(!Store::is_database(&path).unwrap());
    let other = folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE notes (text)").unwrap();
    let error = Store::open(&other).unwrap_err().to_string();
    assert!(error.ends_with("is no store of claims: it is a database of another program"), "{error}");
    let later = folder.path().join("later.db");
    drop(Store::open(&later).unwrap());
    Connection::open(&later).unwrap().pragma_update(None, "user_version", 7).unwrap();
    let error = Store::open(&later).unwrap_err().to_string();
    assert_eq!(error, "the store has layout 7, and this release knows layouts up to 1; use a later release");
}

/// A file that says that it is a store, and was made by somebody who means ill.
#[test]
fn a_file_that_only_looks_like_a_store_is_refused() {
    let cases = [
        (
            "DROP TABLE used; CREATE VIEW used AS WITH RECURSIVE n(kind, name) AS
                (SELECT 'unit', 'a' UNION ALL SELECT kind, name || 'a' FROM n) SELECT kind, name FROM n",
            "is no store of claims: \"used\" is no plain table",
        ),
        (
            "DROP TABLE claim; CREATE VIRTUAL TABLE claim USING rtree(number, low, high)",
            "is no store of claims: \"claim\" is no plain table",
        ),
        (
            "CREATE TRIGGER more AFTER INSERT ON entry BEGIN DELETE FROM claim; END",
            "is no store of claims: it has a trigger of its own, \"more\"",
        ),
        (
            "DROP TRIGGER entry_is_kept;
             CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry BEGIN DELETE FROM claim; END",
            "is no store of claims: it has a trigger of its own, \"entry_is_kept\"",
        ),
    ];
    for (sql, refusal) in cases {
        let (_folder, path) = folder();
        let mut store = Store::open(&path).unwrap();
        store.append(&sources()).unwrap();
        drop(store);
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        for error in [Store::open(&path).unwrap_err(), Store::open_read_only(&path).unwrap_err()] {
            assert!(error.to_string().ends_with(refusal), "{error}");
        }
    }
    // Columns of other types, and none.
    for sql in [
        "DROP TABLE topic; CREATE TABLE topic (id, subject, predicate, part, defined, claims, changes, ties, conflicts,
             listed, crc); INSERT INTO topic VALUES ('x', 1, x'00', 2.5, NULL, 'y', 0, 0, 0, 0, 0)",
        "DROP TABLE meta; CREATE TABLE meta (key, value); INSERT INTO meta VALUES ('lines', x'ff'), ('derived', '1')",
        "DROP TABLE claim; CREATE TABLE claim (number)",
        "DROP TABLE entry; CREATE TABLE entry (seq, kind, line, crc, leaf);
         INSERT INTO entry VALUES (9223372036854775807, 1, zeroblob(9000000), 'x', NULL)",
    ] {
        let (_folder, path) = folder();
        let mut store = Store::open(&path).unwrap();
        store.append(&sources()).unwrap();
        drop(store);
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let outcome = Store::open(&path).and_then(|mut store| {
            store.topic(&deaths())?;
            store.append(&[claim(1)])
        });
        assert!(outcome.is_err(), "{sql}");
    }
}

#[test]
fn a_name_is_no_more_than_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("file:claims.db?mode=memory");
    Store::open(&other).unwrap().append(&sources()).unwrap();
    assert!(Store::is_database(&other).unwrap());
    assert!(matches!(Store::open(""), Err(StoreError::Io(_))));
    let missing = folder.path().join("missing.db");
    let error = Store::open_read_only(&missing).unwrap_err().to_string();
    assert!(error.starts_with(&format!("{}: cannot be opened: ", missing.display())), "{error}");
    let error = Store::open(folder.path()).unwrap_err().to_string();
    assert!(error.ends_with("cannot be opened: it is a folder; name the file in it"), "{error}");
}

/// The store of layout 1, as the release that brought it wrote it. It is never written anew.
#[test]
fn a_store_of_layout_1_is_read() {
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/layout-1");
    let (_folder, path) = folder();
    if std::env::var_os("BLESS_LAYOUT_1").is_some() {
        let lines = std::fs::read(format!("{golden}.jsonl")).unwrap();
        let mut store = Store::open(&path).unwrap();
        store.import(lines.as_slice(), |refusal| panic!("{refusal}")).unwrap();
        let mut exported = Vec::new();
        store.export(&mut exported).unwrap();
        std::fs::write(format!("{golden}.jsonl"), exported).unwrap();
        drop(store);
        settle(&path);
        std::fs::copy(&path, format!("{golden}.db")).unwrap();
    }
    std::fs::copy(format!("{golden}.db"), &path).unwrap();
    let store = Store::open(&path).unwrap();
    let mut lines = Vec::new();
    store.export(&mut lines).unwrap();
    assert_eq!(lines, std::fs::read(format!("{golden}.jsonl")).unwrap());
    assert_eq!(store.ledger().unwrap().conflict_count(), 1);
    let root = "18b21edf5b9f0843c300bba991a886555e560e1daa0967245f18c9052731cd11";
    assert_eq!(store.root().unwrap().to_string(), root);
    assert!(store.verify().is_ok());
}
