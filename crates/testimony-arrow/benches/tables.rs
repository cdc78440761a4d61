//! The cost of tables beside JSON Lines, on disk: `cargo bench -p testimony-arrow`. `TESTIMONY_CLAIMS` says how many claims
//! there are; a million without it.
#![allow(clippy::cast_precision_loss, reason = "counts are printed to three digits")]

use std::fs::{self, File};
use std::io::{BufReader, BufWriter};
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use testimony::{Citation, Claim, Entry, Figure, Ledger, Moment, Source, SourceId, Timestamp, Topic, jsonl};
use testimony_arrow::{Table, read_parquet, write_parquet};

const ROUNDS: usize = 3;

/// Five claims a topic, of sources that cite where they said it, one recorded each second.
fn ledger(claims: u64) -> Ledger {
    let mut ledger = Ledger::new();
    let mut random = 42_u64;
    let mut below = |limit: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % limit
    };
    for n in 0..1000 {
        ledger.add_source(Source::new(format!("source-{n}"), format!("Source {n}")).unwrap()).unwrap();
    }
    let id = |n: u64| SourceId::new(format!("source-{n}")).unwrap();
    for n in 0..claims {
        let topic = Topic::new(format!("battle of town {}", below(claims.div_ceil(5))), "casualties");
        let day = format!("2025-{:02}-{:02}", 1 + below(12), 1 + below(28));
        let citation = Citation::new().with_url(format!("https://news.example/articles/{n}"));
        let (origin, relay) = (below(500), 500 + below(500));
        let claim = Claim::new(topic, Figure::about(4_000 + below(300)).with_unit("persons"), id(origin))
            .with_relay(id(relay))
            .with_as_of(day.parse().unwrap())
            .with_stated(day.parse::<Moment>().unwrap())
            .with_citation(citation.with_excerpt("about four thousand were killed or wounded"));
        let (minute, second) = (n / 60 % 60, n % 60);
        let time: Timestamp = format!(
            "20{:02}-01-{:02}T{:02}:{minute:02}:{second:02}Z",
            26 + n / 2_419_200,
            1 + n / 86_400 % 28,
            n / 3600 % 24
        )
        .parse()
        .unwrap();
        ledger.append(Entry::from(claim).with_recorded(time)).unwrap();
    }
    ledger
}

/// The least time of some rounds.
fn timed<T>(mut act: impl FnMut() -> T) -> Duration {
    let once = |_| {
        let start = Instant::now();
        act();
        start.elapsed()
    };
    (0..ROUNDS).map(once).min().unwrap_or_default()
}

fn all_columns(folder: &Path) -> usize {
    let file = |table: Table| File::open(folder.join(table.file_name())).unwrap();
    let batches = |table| ParquetRecordBatchReaderBuilder::try_new(file(table)).unwrap().build().unwrap();
    Table::OF_LEDGER.into_iter().flat_map(batches).map(|batch| batch.unwrap().num_rows()).sum()
}

fn bytes(folder: &Path) -> u64 {
    Table::OF_LEDGER.iter().map(|table| fs::metadata(folder.join(table.file_name())).unwrap().len()).sum()
}

fn row(what: &str, ours: f64, floor: f64, unit: &str) {
    println!("{what:<62} {ours:>8.2} {floor:>8.2} {unit:<4} {:>6.2}", ours / floor);
}

fn main() {
    // `cargo test` runs it too, to see that it works.
    let measuring = std::env::args().any(|arg| arg == "--bench");
    let claims = std::env::var("TESTIMONY_CLAIMS").ok().and_then(|claims| claims.parse().ok());
    let ledger = ledger(claims.unwrap_or(if measuring { 1_000_000 } else { 500 }));
    let folder = tempfile::tempdir().unwrap();
    let (folder, lines) = (folder.path(), folder.path().join("ledger.jsonl"));

    let write_lines = timed(|| jsonl::write(&ledger, BufWriter::new(File::create(&lines).unwrap())).unwrap());
    let read_lines = timed(|| jsonl::read(BufReader::with_capacity(1 << 18, File::open(&lines).unwrap())).unwrap());
    let threads = std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
    let read_lines_side_by_side = timed(|| {
        let lines = BufReader::with_capacity(1 << 18, File::open(&lines).unwrap());
        jsonl::read_with_threads(Ledger::new(), lines, threads, |_| ControlFlow::Break(())).unwrap()
    });
    let write_tables = timed(|| write_parquet(&ledger, |table| File::create(folder.join(table.file_name()))).unwrap());
    let read_tables = timed(|| all_columns(folder));
    let read_ledger = timed(|| read_parquet(|table| File::open(folder.join(table.file_name()))).unwrap());

    println!(
        "{:<62} {:>8} {:>8} {:<4} {:>6}",
        format!("{} claims", ledger.claims().len()),
        "tables",
        "lines",
        "",
        "ratio"
    );
    let [write_lines, read_lines, read_lines_side_by_side, write_tables, read_tables, read_ledger] =
        [write_lines, read_lines, read_lines_side_by_side, write_tables, read_tables, read_ledger]
            .map(|time| time.as_secs_f64());
    row("write", write_tables, write_lines, "s");
    row("read: all columns, beside the ledger of the lines", read_tables, read_lines, "s");
    row("read: the ledger", read_ledger, read_lines, "s");
    row("read: the ledger, beside lines by as many threads", read_ledger, read_lines_side_by_side, "s");
    row("write and read all columns", write_tables + read_tables, write_lines + read_lines, "s");
    row("write and read the ledger", write_tables + read_ledger, write_lines + read_lines, "s");
    row("bytes", bytes(folder) as f64 / 1e6, fs::metadata(&lines).unwrap().len() as f64 / 1e6, "MB");
}
