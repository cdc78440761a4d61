//! Whatever may happen to a file: damage, other writers, an end without warning, a full disk, other releases.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::time::Duration;

use rusqlite::Connection;
use testimony::{
    Claim, ClaimAmendment, ClaimId, Constraint, Content, Entry, Figure, Ledger, Names, Retraction, Source,
    SourceAmendment, SourceId, SubjectAmendment, Topic, jsonl,
};
use testimony_sqlite::{Store, StoreError};

use crate::draw::{self, Dice};
use crate::{cases, folder, seed};

fn deaths() -> Topic {
    Topic::new("market bombing", "deaths")
}

fn wounded() -> Topic {
    Topic::new("market bombing", "wounded")
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

/// The answers of a store, if it gives any.
fn said(path: &std::path::Path) -> Result<(String, Vec<String>), StoreError> {
    let store = Store::open_read_only(path)?;
    let ledger = store.ledger()?;
    let topic = store.topic(&deaths())?.unwrap_or_default();
    let beside = store.subject(wounded().subject())?.unwrap_or_default();
    let renamed = store.topic(&Topic::new("bazaar bombing", "deaths"))?.unwrap_or_default();
    let lines = [&ledger, &topic, &beside, &renamed].map(|ledger| jsonl::to_string(ledger).unwrap()).concat();
    let conflicts = topic.conflicts().map(|conflict| conflict.to_string());
    Ok((lines, conflicts.chain(topic.violations().map(|violation| violation.to_string())).collect()))
}

/// Every 2,003rd bit of a small store, from another one with another `TESTIMONY_SEED`; all of them with
/// `TESTIMONY_CASES=1`, and every second one with 2.
#[test]
fn a_bit_that_turned_over_is_told_or_changes_no_answer() {
    let (_folder, path) = folder();
    // Small pages, of which each table needs one.
    Connection::open(&path).unwrap().execute_batch("PRAGMA page_size = 512; VACUUM").unwrap();
    let mut store = Store::open(&path).unwrap();
    store.append(&sources()).unwrap();
    store.append(&(0..4).map(claim).collect::<Vec<_>>()).unwrap();
    store.append(&[Retraction::new(ClaimId::new(1)).into()]).unwrap();
    let amendment = ClaimAmendment::new(ClaimId::new(2)).with_note("looked at again");
    let named = SourceAmendment::new(&SourceId::new("army").unwrap()).with_name("The army");
    let wounded = Claim::new(wounded(), Figure::exactly(1), SourceId::new("moh").unwrap());
    let constraint = Constraint::AtMost { part: deaths(), whole: wounded.topic().clone() };
    let joined = Claim::new(Topic::new("market attack", "deaths"), Figure::exactly(9), SourceId::new("army").unwrap());
    store
        .append(&[
            // Other names that no claim uses, so that nothing but these rows leads to them.
            Content::Subject(Names::new("market bombing", ["bazaar bombing"])).into(),
            Content::Unit(Names::new("persons", ["people"])).into(),
            // Where a bit of a row's number turns over, an index leads to this topic.
            Claim::new(Topic::new("station fire", "deaths"), Figure::exactly(3), SourceId::new("moh").unwrap()).into(),
            Content::Amendment(amendment.into()).into(),
            Content::Amendment(named.into()).into(),
            Content::Constraint(constraint).into(),
            wounded.into(),
            joined.into(),
            Content::Amendment(SubjectAmendment::new("market bombing").with_alias("market attack").into()).into(),
        ])
        .unwrap();
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
                assert!(answer == whole, "bit {bit}: another answer, and not a word:\n{answer:?}\n{whole:?}");
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
    store.append(&[claim(0), Retraction::new(ClaimId::new(0)).into()]).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("DROP TRIGGER entry_is_final").unwrap();
    // The thing taken back is a claim too, but the line is none.
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

/// The next entry of a history that hangs on nothing but what is on record, and so goes on where it was broken off.
fn next(ledger: &mut Ledger) -> Entry {
    let lines = ledger.len() as u64;
    if let Some(source) = draw::beginning().into_iter().nth(ledger.len()) {
        ledger.append(source.clone()).unwrap();
        return source;
    }
    for attempt in 0.. {
        let entry = draw::entry(&mut Dice::new(lines * 1_000 + attempt), ledger);
        if ledger.append(entry.clone()).is_ok() && ledger.len() as u64 > lines {
            return entry;
        }
    }
    unreachable!("some entry is taken")
}

/// The process that is killed: it says how many lines are on record once they are.
#[test]
#[ignore = "is run by the test that kills it"]
fn a_writer() {
    let Some(path) = std::env::var_os("TESTIMONY_STORE") else { return };
    let mut store = Store::open(path).unwrap();
    let mut ledger = store.ledger().unwrap();
    let mut out = std::io::stderr();
    loop {
        let written = store.append(&[next(&mut ledger)]).unwrap();
        writeln!(out, "said {}", written.lines()).unwrap();
    }
}

/// Four kills, and as many as `TESTIMONY_CASES` says; each 25th time it is another store.
#[test]
fn what_was_acknowledged_is_there_after_a_kill() {
    let (mut folder_and_path, mut acknowledged, mut model) = (folder(), 0, Ledger::new());
    let dice = &mut Dice::new(seed());
    let mut lines_in_all = 0;
    for round in 0..cases(4) {
        if round % 25 == 24 {
            (folder_and_path, acknowledged, model) = (folder(), 0, Ledger::new());
        }
        let path = &folder_and_path.1;
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "harm::a_writer", "--nocapture"])
            .env("TESTIMONY_STORE", path)
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(writer.stderr.take().unwrap()).lines();
        // Some while the store is made, and the others at any moment of a commit.
        for line in lines.map_while(Result::ok).take(dice.roll(24)) {
            acknowledged = line.strip_prefix("said ").unwrap().parse().unwrap();
        }
        std::thread::sleep(Duration::from_micros(dice.roll(2_000) as u64));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let store = Store::open(path).unwrap();
        let lines = store.lines().unwrap();
        assert!(lines >= acknowledged, "round {round}: {lines} lines of {acknowledged}");
        acknowledged = lines;
        lines_in_all += lines.saturating_sub(1) - model.len() as u64;
        while (model.len() as u64) < lines.saturating_sub(1) {
            next(&mut model);
        }
        assert_eq!(store.ledger().unwrap(), model, "round {round}");
        assert_eq!(store.verify().unwrap(), lines);
        for topic in draw::topics().take(4) {
            let of = |ledger: &Ledger| ledger.topic(&topic).map_or(0, |topic| topic.conflicts().count());
            let part = store.topic(&topic).unwrap().unwrap_or_default();
            assert_eq!(of(&part), of(&model), "round {round}, {topic}");
        }
    }
    println!("{} kills, and every one of {lines_in_all} entries is there", cases(4));
}

#[test]
fn a_writer_waits_for_one_that_ends() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store.append(&sources()).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let ending = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        other.execute_batch("ROLLBACK").unwrap();
    });
    let started = std::time::Instant::now();
    assert_eq!(store.append(&[claim(1)]).unwrap().lines(), 4);
    assert!(started.elapsed() > Duration::from_millis(100), "it had to wait");
    ending.join().unwrap();
}

#[test]
#[cfg(unix)]
fn a_link_leads_to_the_store_and_to_its_log() {
    let (folder, path) = folder();
    let link = folder.path().join("elsewhere");
    std::fs::create_dir(&link).unwrap();
    let link = link.join("link.db");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let mut store = Store::open(&link).unwrap();
    store.append(&sources()).unwrap();
    // While the log is in use, under both names.
    assert_eq!(Store::open_read_only(&path).unwrap().lines().unwrap(), 3);
    Store::open(&path).unwrap().append(&[claim(1)]).unwrap();
    assert_eq!(store.append(&[claim(2)]).unwrap().lines(), 5);
    assert_eq!(Store::open_read_only(&link).unwrap().verify().unwrap(), 5);
    assert!(!folder.path().join("elsewhere/link.db-wal").exists());
}

/// A copy without the log is the store as it was before the log, whole; a checkpoint tells that lines are gone.
#[test]
fn a_store_without_its_log_is_an_earlier_one() {
    let (folder, path) = folder();
    let file = |path: &std::path::Path, end: &str| std::path::PathBuf::from(format!("{}{end}", path.display()));
    drop(Store::open(&path).unwrap());
    let mut store = Store::open(&path).unwrap();
    store.append(&sources()).unwrap();
    drop(store);
    let mut store = Store::open(&path).unwrap();
    store.append(&[claim(1)]).unwrap();
    let published = store.checkpoint("example.org/claims").unwrap();
    let whole = store.ledger().unwrap();
    // As a process that ended without a word leaves it: the log is in none of the tables yet.
    for (name, copied) in
        [("all", &["", "-wal", "-shm"][..]), ("no-shm", &["", "-wal"]), ("no-wal", &["", "-shm"]), ("alone", &[""])]
    {
        let copy = folder.path().join(name);
        for end in copied {
            std::fs::copy(file(&path, end), file(&copy, end)).unwrap();
        }
        let other = Store::open(&copy).unwrap();
        if copied.contains(&"-wal") {
            assert_eq!(other.ledger().unwrap(), whole, "{name}");
            assert_eq!(other.verify_since(&published).unwrap(), 4, "{name}");
        } else {
            assert_eq!(other.verify().unwrap(), 3, "{name}");
            let error = other.verify_since(&published).unwrap_err().to_string();
            assert!(error.contains("lines that were on record are gone"), "{name}: {error}");
        }
    }
}

/// The process of a user who may read the folder and not write it, as which the test below runs it.
#[test]
#[ignore = "is run by the test of a folder that cannot be written"]
fn a_reader() {
    let Some(path) = std::env::var_os("TESTIMONY_STORE") else { return };
    let said = match Store::open_read_only(&path).and_then(|store| store.verify()) {
        Ok(lines) => format!("{lines} lines"),
        Err(error) => error.to_string(),
    };
    let writing = Store::open(&path).and_then(|mut store| store.append(&[claim(3)])).unwrap_err();
    write!(std::io::stderr(), "{said}; {writing}").unwrap();
}

/// As root, who may write everywhere, in a process of another user; otherwise in one of this user.
#[test]
#[cfg(unix)]
fn a_folder_that_cannot_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;

    let (folder, path) = folder();
    let mode = |mode: u32| std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(mode)).unwrap();
    let mut store = Store::open(&path).unwrap();
    store.append(&sources()).unwrap();
    mode(0o555);
    let is_root = std::fs::write(folder.path().join("probe"), "").is_ok();
    let read = || {
        let mut reader = Command::new(std::env::current_exe().unwrap());
        reader.args(["--ignored", "--exact", "harm::a_reader", "--nocapture"]).env("TESTIMONY_STORE", &path);
        if is_root {
            reader.uid(65_534).gid(65_534);
        }
        reader.stdout(Stdio::null()).output().map(|output| String::from_utf8(output.stderr).unwrap())
    };
    // While the store is open, and so its log there; and once it is closed.
    let (open, closed) = (read(), {
        drop(store);
        read()
    });
    mode(0o755);
    let (Ok(open), Ok(closed)) = (open, closed) else {
        println!("skipped: another user cannot run {:?}", std::env::current_exe());
        return;
    };
    let cannot = format!("{}: cannot be opened: the file or its folder cannot be written, and", path.display());
    let told = |said: &str| said.matches(&cannot).count();
    assert_eq!(told(&closed), 2, "{closed}");
    assert!(told(&open) == 2 || open.starts_with("3 lines; ") && told(&open) == 1, "{open}");
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

/// A release had a table where this one has a view, and kept less in an index.
#[test]
fn what_another_release_worked_out_is_worked_out_anew() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store.append(&sources()).unwrap();
    store.append(&[claim(0), claim(1)]).unwrap();
    drop(store);
    let other = Connection::open(&path).unwrap();
    other
        .execute_batch(
            "DROP VIEW relay; CREATE TABLE relay (number INTEGER, place INTEGER, source TEXT);
             DROP INDEX claim_topic; CREATE INDEX claim_topic ON claim (topic);
             UPDATE meta SET value = '1' WHERE key = 'derived'",
        )
        .unwrap();
    let reading = Store::open_read_only(&path).unwrap();
    assert!(matches!(reading.topic(&deaths()), Err(StoreError::Outdated)));
    assert_eq!(reading.ledger().unwrap().len(), 4);
    let store = Store::open(&path).unwrap();
    assert_eq!(store.topic(&deaths()).unwrap().unwrap().conflict_count(), 1);
    let kind: String =
        other.query_row("SELECT type FROM sqlite_schema WHERE name = 'relay'", [], |row| row.get(0)).unwrap();
    assert_eq!(kind, "view");
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
