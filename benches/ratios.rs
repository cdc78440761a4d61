//! The cost of the ledger, as multiples of what one would have to do anyway.
//!
//! ```text
//! cargo bench --bench ratios                             everything, at the sizes of the documentation
//! cargo bench --bench ratios -- load write --rounds 9    some of it
//! cargo bench --bench ratios -- hot --shapes hot,series/fixed --sizes 1000,10000 --json FILE
//! cargo bench --bench ratios -- table FILE               the tables of the documentation
//! cargo bench --bench ratios -- plot FILE SVG            the plot of the documentation
//! cargo bench --bench ratios -- claims typical 1000000 FILE    a workload, for another program
//! ```
//!
//! Both sides of a ratio work in turn in one process, and processor time counts. What a side works on is made before
//! the clock starts, and what it gives is dropped after it has stopped; what it takes by value it drops itself.
#![allow(clippy::cast_precision_loss, reason = "counts are printed to three digits")]

mod harness;
#[allow(dead_code, reason = "shared with the other benchmarks, each of which needs a part of it")]
mod workload;

use std::error::Error;
use std::time::Duration;

use cpu_time::ProcessTime;
use indexmap::IndexMap;
use testimony::{Claim, ClaimId, Ledger, jsonl};

use self::harness::{Must, Report, Row, alternate, plot, read_rows, table, timed};
use self::workload::{Shape, Workload, detector, plain};

const USAGE: &str = "\
usage: ratios [WHAT]... [--sizes N,N...] [--shapes NAME,NAME...] [--rounds N] [--json FILE]
       ratios table FILE
       ratios plot FILE SVG
       ratios claims SHAPE SIZE FILE

WHAT: record, load, write, hot, list, worst; all of them without";

/// How often something is measured.
#[derive(Clone, Copy)]
struct Effort {
    rounds: usize,
    /// Work on fewer claims than this is repeated within a round.
    claims: usize,
}

impl Effort {
    fn times(self, size: usize) -> usize {
        (self.claims / size).clamp(1, 100)
    }
}

/// The measurements that were asked for.
struct Request {
    what: Vec<String>,
    sizes: Option<Vec<usize>>,
    shapes: Vec<Shape>,
    effort: Effort,
    json: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    // Cargo says so when it runs benchmarks, and does not when it only tests that they run.
    let measuring = args.iter().any(|arg| arg == "--bench");
    args.retain(|arg| arg != "--bench");
    if !measuring {
        let once = Effort { rounds: 1, claims: 1 };
        return measure(&Request { sizes: Some(vec![100]), effort: once, ..request(&[])? });
    }
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["table", file] => print!("{}", table::markdown(&read_rows(file)?)),
        ["plot", file, svg] => std::fs::write(svg, plot::svg(&read_rows(file)?))?,
        ["claims", shape, size, file] => {
            let shape = Shape::named(shape).ok_or(USAGE)?;
            std::fs::write(file, Workload::new(shape, size.parse()?).jsonl())?;
        }
        _ => measure(&request(&args)?)?,
    }
    Ok(())
}

fn request(args: &[String]) -> Result<Request, Box<dyn Error>> {
    let effort = Effort { rounds: 5, claims: 100_000 };
    let mut request = Request { what: Vec::new(), sizes: None, shapes: Shape::hot(), effort, json: None };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(USAGE);
        match arg.as_str() {
            "--sizes" => request.sizes = Some(value()?.split(',').map(str::parse).collect::<Result<_, _>>()?),
            "--shapes" => {
                request.shapes = value()?.split(',').map(Shape::named).collect::<Option<_>>().ok_or("no such shape")?;
            }
            "--rounds" => request.effort.rounds = value()?.parse()?,
            "--json" => request.json = Some(value()?.clone()),
            "record" | "load" | "write" | "hot" | "list" | "worst" => request.what.push(arg.clone()),
            _ => return Err(USAGE.into()),
        }
    }
    Ok(request)
}

fn measure(request: &Request) -> Result<(), Box<dyn Error>> {
    let typical = Shape::named("typical").ok_or("no typical shape")?;
    let hot = Shape::named("hot").ok_or("no hot shape")?;
    let effort = request.effort;
    let mut report = Report::new(request.json.as_deref())?;
    let sizes = |what: &str, usual: &[usize]| {
        let wanted = request.what.is_empty() || request.what.iter().any(|wanted| wanted == what);
        let sizes = request.sizes.clone().unwrap_or_else(|| usual.to_vec());
        if wanted { sizes } else { Vec::new() }
    };
    for size in sizes("record", &[10_000, 100_000, 1_000_000]) {
        let must = (size >= 100_000).then_some(Must::Ratio(3.0));
        let [row, _] = record(typical, "record and detect", size, effort, least);
        report.add(Row { must, ..row })?;
    }
    for size in sizes("load", &[10_000, 100_000, 1_000_000]) {
        let [detect, list, spaced] = load(&Workload::new(typical, size), effort);
        report.add(Row { must: (size >= 1_000_000).then_some(Must::Ratio(1.6)), ..detect })?;
        report.add(list)?;
        report.add(spaced)?;
    }
    for size in sizes("write", &[10_000, 100_000, 1_000_000]) {
        report.add(Row {
            must: (size >= 10_000).then_some(Must::Ratio(1.3)),
            ..write(&Workload::new(typical, size), effort)
        })?;
    }
    for size in sizes("list", &[100_000]) {
        for shape in [typical, hot] {
            for row in list(shape, size, effort) {
                report.add(row)?;
            }
        }
    }
    for size in sizes("worst", &[100_000]) {
        for row in worst(hot, size, effort) {
            report.add(Row { must: (size >= 10_000).then_some(Must::Ours(10_000.0)), ..row })?;
        }
    }
    for size in sizes("hot", &[1_000, 10_000, 100_000, 1_000_000]) {
        for shape in &request.shapes {
            let [all, last] = record(*shape, table::HOT, size, effort, insertion);
            report.add(Row { must: (size >= 1_000_000).then_some(Must::Ratio(20.0)), ..all })?;
            report.add(last)?;
        }
    }
    for line in table::growth_lines(report.rows()) {
        println!("{line}");
    }
    Ok(())
}

/// Recording claims that were built before and are dropped as they are recorded, against a floor: all of them, and the
/// last tenth by itself.
fn record(shape: Shape, what: &str, size: usize, effort: Effort, floor: fn(&Workload) -> Duration) -> [Row; 2] {
    let workload = Workload::new(shape, size);
    let times = effort.times(size);
    let first = size - size / 10;
    let mut last_tenths = Vec::new();
    let ours = || {
        let claims: Vec<Claim> = workload.claims().collect();
        let mut ledger = workload.ledger();
        let mut last_tenth = Duration::ZERO;
        let taken = timed(claims, |claims| {
            let mut claims = claims.into_iter();
            let before: usize = claims.by_ref().take(first).map(|claim| new_conflicts(&mut ledger, claim)).sum();
            let start = ProcessTime::now();
            let after: usize = claims.map(|claim| new_conflicts(&mut ledger, claim)).sum();
            last_tenth = start.elapsed();
            before + after
        });
        last_tenths.push(last_tenth.as_secs_f64());
        let recorded = ledger.claims().len();
        assert!(recorded * 100 >= size * 99, "only {recorded} of {size} claims differ");
        taken
    };
    let all = alternate(effort.rounds, times, ours, || floor(&workload));
    let each_round = last_tenths.chunks(times).map(|round| round.iter().sum::<f64>() / times as f64);
    // The cost of an insertion is the mean of all of them: the last tenth may or may not see its table grow.
    let tenth = (size - first) as f64 / size as f64;
    let last = harness::Rounds { ours: each_round.collect(), floor: all.floor.iter().map(|all| all * tenth).collect() };
    let name = shape.full_name();
    [all.row(what, &name, size, size), last.row(table::LAST_TENTH, &name, size, size - first)]
}

fn new_conflicts(ledger: &mut Ledger, claim: Claim) -> usize {
    ledger.record(claim).unwrap().conflicts()
}

/// The floor of recording: an id of 22 bytes for each claim into a map that grows, with the hasher of the standard
/// library. Each id is made beside its claim: ids that lay in a row in memory would be quicker to get at than claims.
fn insertion(workload: &Workload) -> Duration {
    let (claims, ids): (Vec<Claim>, Vec<String>) = workload.claims().zip(ids()).unzip();
    let taken = timed(ids, |ids| {
        let mut map = IndexMap::new();
        for (place, id) in (0_u32..).zip(ids) {
            map.insert(id, place);
        }
        map
    });
    drop(claims);
    taken
}

/// The floor of recording and detecting: the least that finds conflicts.
fn least(workload: &Workload) -> Duration {
    timed(detector::claims(workload), detector::detect)
}

fn ids() -> impl Iterator<Item = String> {
    (0..).map(|place: u64| format!("claim-{place:016}"))
}

/// Reading a file in memory and counting all conflicts, or listing them, against parsing its lines into plain structs
/// that are kept; and the same of a file with spaces in its lines, which is not laid out as a ledger is written.
fn load(workload: &Workload, effort: Effort) -> [Row; 3] {
    let size = workload.size();
    let file = workload.jsonl();
    let spaced = String::from_utf8_lossy(&file).replace("\":", "\": ").replace(",\"", ", \"").into_bytes();
    let times = effort.times(size);
    let compare = |what, file: &[u8], find: fn(&Ledger) -> u64| {
        let lines = lines(file);
        let ours = || {
            timed(file, |file| {
                let ledger = jsonl::read(file).unwrap();
                let conflicts = find(&ledger);
                (ledger, conflicts)
            })
        };
        let floor = || timed(lines.as_slice(), plain::read);
        alternate(effort.rounds, times, ours, floor).row(what, "typical", size, size)
    };
    [
        compare("load and count conflicts", &file, Ledger::conflict_count),
        compare("load and list conflicts", &file, |ledger| ledger.conflicts().count() as u64),
        compare("load and count, spaced", &spaced, Ledger::conflict_count),
    ]
}

/// The lines of a file, without their ends.
fn lines(file: &[u8]) -> Vec<&[u8]> {
    file.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect()
}

/// Writing a ledger into memory, against printing plain structs of the same content.
fn write(workload: &Workload, effort: Effort) -> Row {
    let size = workload.size();
    let file = workload.jsonl();
    let ledger = jsonl::read(file.as_slice()).unwrap();
    let plain = plain::read(&lines(&file));
    let times = effort.times(size);
    let ours = || {
        timed(&ledger, |ledger| {
            let mut written = Vec::new();
            jsonl::write(ledger, &mut written).unwrap();
            written
        })
    };
    let mut by_ours = Vec::new();
    jsonl::write(&ledger, &mut by_ours).unwrap();
    assert!(by_ours == file && plain::write(&plain) == file, "both sides write the file that was read");
    alternate(effort.rounds, times, ours, || timed(plain.as_slice(), plain::write)).row("write", "typical", size, size)
}

/// Listing what conflicts and what is related, for each that is listed; and what conflicts with one claim, for each
/// claim asked for. Beside them stands an insertion into a map of as many ids as there are claims.
fn list(shape: Shape, size: usize, effort: Effort) -> Vec<Row> {
    /// The pairs of a hot topic are too many to list.
    const MOST_PAIRS: usize = 10_000_000;
    const ASKED: usize = 100;
    let workload = Workload::new(shape, size);
    let ledger = workload.recorded();
    let name = shape.full_name();
    let floor = || insertion(&workload);
    let mut rows = Vec::new();
    let mut add = |what, listed: usize, ours: &mut dyn FnMut() -> Duration| {
        let mut taken = alternate(effort.rounds, 1, ours, floor);
        let scale = listed as f64 / size as f64;
        taken.floor.iter_mut().for_each(|taken| *taken *= scale);
        rows.push(taken.row(what, &name, size, listed));
    };
    let conflicts = ledger.conflicts().count();
    if conflicts > 0 {
        add("list conflicts", conflicts, &mut || timed(&ledger, |ledger| ledger.conflicts().count()));
    }
    let pairs: usize = ledger.topics().map(|topic| topic.claims().len() * (topic.claims().len() - 1) / 2).sum();
    if pairs <= MOST_PAIRS {
        add("list relations", pairs, &mut || timed(&ledger, |ledger| ledger.relations().count()));
    }
    let asked: Vec<ClaimId> = ledger.claims().step_by((size / ASKED).max(1)).map(|claim| claim.id()).collect();
    add("conflicts of a claim", asked.len(), &mut || {
        timed(&ledger, |ledger| asked.iter().map(|id| ledger.conflicts_of(*id).count()).sum::<usize>())
    });
    rows
}

/// The claim that takes longest to record, against the id that takes longest to insert, in microseconds. A claim takes
/// the least that it took in any of the runs: what else the machine did meanwhile is no property of it. The second row
/// leaves out the claims at which a table with a place for each claim has to grow, which the floor's has to as well.
fn worst(shape: Shape, size: usize, effort: Effort) -> [Row; 2] {
    let workload = Workload::new(shape, size);
    let [mut ours, mut floor] = [vec![f64::INFINITY; size], vec![f64::INFINITY; size]];
    for _ in 0..effort.rounds {
        let claims: Vec<Claim> = workload.claims().collect();
        let mut ledger = workload.ledger();
        for (least, claim) in ours.iter_mut().zip(claims) {
            let taken = timed(claim, |claim| new_conflicts(&mut ledger, claim));
            *least = least.min(taken.as_secs_f64());
        }
        let mut map = IndexMap::new();
        for (place, (least, id)) in floor.iter_mut().zip(ids()).enumerate() {
            let taken = timed(id, |id| map.insert(id, place));
            *least = least.min(taken.as_secs_f64());
        }
    }
    let worst = |taken: &[f64], counts: &dyn Fn(usize) -> bool| {
        let counted = taken.iter().enumerate().filter(|(place, _)| counts(*place));
        counted.map(|(_, taken)| *taken).fold(0.0, f64::max) * 1e6
    };
    let row = |what: &str, counts: &dyn Fn(usize) -> bool| {
        let (ours, floor) = (worst(&ours, counts), worst(&floor, counts));
        let ratio = ours / floor;
        let (what, shape, unit) = (what.to_owned(), shape.full_name(), "µs".to_owned());
        Row { what, shape, size, unit, ours, floor, range: [ratio, ratio], must: None }
    };
    [row("worst single record", &|_| true), row("worst, no table grows", &|place| !table_grows(place))]
}

/// Whether a table with so many entries is full: a vector at a power of two, a hash table at seven eighths of one.
fn table_grows(entries: usize) -> bool {
    entries.is_power_of_two() || (entries.is_multiple_of(7) && (entries / 7).is_power_of_two())
}
