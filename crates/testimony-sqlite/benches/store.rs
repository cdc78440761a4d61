//! The costs of a store, beside rows of the same lines in a plain table with the same settings: `cargo bench -p
//! testimony-sqlite`. `TESTIMONY_CLAIMS` says how many claims the large store has; a million without it, and none with 0.

use std::time::{Duration, Instant};

use rusqlite::Connection;
use testimony::{Citation, Claim, Entry, Figure, Ledger, Moment, Source, SourceId, Topic, jsonl};
use testimony_sqlite::Store;

const TOPICS: u64 = 10_000;

fn sources() -> Vec<Entry> {
    (0..50).map(|n| Source::new(format!("source-{n}"), format!("Source {n}")).expect("an id").into()).collect()
}

fn claim(n: u64, topics: u64) -> Entry {
    let topic = Topic::new(format!("battle of town {}", n % topics), "casualties");
    let id = |n: u64| SourceId::new(format!("source-{n}")).expect("an id");
    let day = format!("2025-{:02}-{:02}", 1 + n / topics % 12, 1 + n % 28);
    let citation = Citation::new().with_url(format!("https://news.example/articles/{n}"));
    Claim::new(topic, Figure::about(4_000 + n % 300).with_unit("persons"), id(n % 25))
        .with_relay(id(25 + n % 25))
        .with_as_of(day.parse().expect("a day"))
        .with_stated(day.parse::<Moment>().expect("a day"))
        .with_citation(citation.with_excerpt("about four thousand were killed or wounded"))
        .into()
}

fn claims(from: u64, count: u64, topics: u64) -> Vec<Entry> {
    (from..from + count).map(|n| claim(n, topics)).collect()
}

fn timed<T>(act: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let done = act();
    (start.elapsed(), done)
}

fn lines(entries: &[Entry]) -> Vec<String> {
    let mut ledger = Ledger::new();
    for entry in sources().iter().chain(entries) {
        ledger.append(entry.clone()).expect("an entry");
    }
    jsonl::to_string(&ledger).expect("lines").lines().skip(51).map(str::to_owned).collect()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Appends in transactions of so many, here and in a plain table in turn, and gives the median time of each.
fn beside(store: &mut Store, plain: &mut Connection, entries: &[Entry], at_once: usize) -> (Duration, Duration) {
    let texts = lines(entries);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for (entries, texts) in entries.chunks(at_once).zip(texts.chunks(at_once)) {
        ours.push(timed(|| store.append(entries).expect("claims")).0);
        let plain_rows = timed(|| {
            let rows = plain.transaction().expect("a transaction");
            for line in texts {
                let mut insert = rows.prepare_cached("INSERT INTO line (line) VALUES (?1)").expect("a statement");
                insert.execute([line]).expect("a row");
            }
            rows.commit().expect("a commit");
        });
        theirs.push(plain_rows.0);
    }
    (median(ours), median(theirs))
}

fn main() {
    let large = std::env::var("TESTIMONY_CLAIMS").ok().and_then(|claims| claims.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir_in(".").expect("a folder");
    let path = folder.path().join("claims.db");
    let mut store = Store::open(&path).expect("a store");
    store.append(&sources()).expect("sources");
    let mut plain = Connection::open(folder.path().join("plain.db")).expect("a database");
    plain.pragma_update(None, "journal_mode", "wal").expect("a log");
    plain.pragma_update(None, "synchronous", "full").expect("a wait");
    plain.execute_batch("CREATE TABLE line (seq INTEGER PRIMARY KEY, line TEXT NOT NULL)").expect("a table");
    for (from, count, at_once) in [(0, 300, 1), (1_000, 20_000, 1_000)] {
        let (ours, theirs) = beside(&mut store, &mut plain, &claims(from, count, TOPICS), at_once);
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        println!(
            "{at_once} a commit: {ours:?} each, {ratio:.2} times plain rows ({theirs:?}); medians of {}",
            count / at_once as u64
        );
    }
    if large == 0 {
        return;
    }
    let mut hot = Store::open(folder.path().join("hot.db")).expect("a store");
    hot.append(&sources()).expect("sources");
    for n in 0..(large / 10_000).max(10) {
        let took = timed(|| hot.append(&claims(n * 1_000, 1_000, 1)).expect("claims")).0;
        if n % 10 == 9 {
            println!("on a topic of {} claims: {:?} each", (n + 1) * 1_000, took / 1_000);
        }
    }
    let mut next = 21_000;
    let took = timed(|| {
        while next < large {
            store.append(&claims(next, 10_000, TOPICS)).expect("claims");
            next += 10_000;
        }
    });
    println!("up to {next} claims: {:?}", took.0);
    drop(store);
    // As root, on Linux: what the system has read before is forgotten.
    let is_cold = std::fs::write("/proc/sys/vm/drop_caches", "3").is_ok();
    let state = if is_cold { "cold" } else { "as the system has it at hand" };
    let (took, store) = timed(|| Store::open(&path).expect("a store"));
    println!("opening it, {state}: {took:?}");
    let topic = Topic::new("battle of town 7321", "casualties");
    let (took, found) = timed(|| store.topic(&topic).expect("a topic").map(|part| part.conflicts().count()));
    println!("conflicts of one topic, the first question: {took:?} ({found:?})");
    println!("root: {:?}", timed(|| store.root().expect("a root")).0);
    let mut exported = Vec::new();
    store.export(&mut exported).expect("lines");
    drop(store);
    let size = std::fs::metadata(&path).expect("a file").len();
    println!("bytes: {size}, {} hundredths of the lines", size * 100 / exported.len() as u64);
}
