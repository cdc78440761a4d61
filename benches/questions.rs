//! The cost of each question that can be asked of a whole ledger, a part of it or a topic.
//!
//! ```text
//! cargo bench --bench questions                              everything, at the sizes of the documentation
//! cargo bench --bench questions -- audit then --rounds 9     some of it
//! cargo bench --bench questions -- --sizes 10000 --json FILE
//! cargo bench --bench questions -- dossier --shape hot/flow   one row
//! ```
//!
//! A question about a whole ledger stands beside reading that ledger from memory; the others beside what their rows say.
#![allow(clippy::cast_precision_loss, reason = "counts are printed to three digits")]

#[allow(dead_code, reason = "shared with the other benchmarks, each of which needs a part of it")]
mod harness;
#[allow(dead_code, reason = "shared with the other benchmarks, each of which needs a part of it")]
mod workload;

use std::error::Error;
use std::hint::black_box;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use serde::Serialize;
use testimony::{Claim, Credibility, Figure, Ledger, Moment, Source, Topic, jsonl};

use self::harness::{Must, Report, Row, alternate, read_rows, table, timed};
use self::workload::{Shape, Workload, detector, plain};

const USAGE: &str = "\
usage: questions [WHAT]... [--sizes N,N...] [--shape NAME] [--rounds N] [--json FILE]
       questions table FILE

WHAT: threads, whole, audit, then, part, dossier, circle, unconfirmed; all of them without";

struct Request {
    what: Vec<String>,
    sizes: Option<Vec<usize>>,
    /// The one shape of a hot topic to ask about, where several are.
    shape: Option<String>,
    rounds: usize,
    json: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    // Cargo says so when it runs benchmarks, and does not when it only tests that they run.
    let measuring = args.iter().any(|arg| arg == "--bench");
    args.retain(|arg| arg != "--bench");
    if !measuring {
        return measure(&Request { what: Vec::new(), sizes: Some(vec![100]), shape: None, rounds: 1, json: None });
    }
    if let [table, file] = args.as_slice()
        && table == "table"
    {
        print!("{}", table::markdown(&read_rows(file)?));
        return Ok(());
    }
    measure(&request(&args)?)
}

fn request(args: &[String]) -> Result<Request, Box<dyn Error>> {
    let mut request = Request { what: Vec::new(), sizes: None, shape: None, rounds: 5, json: None };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(USAGE);
        match arg.as_str() {
            "--sizes" => request.sizes = Some(value()?.split(',').map(str::parse).collect::<Result<_, _>>()?),
            "--shape" => request.shape = Some(value()?.clone()),
            "--rounds" => request.rounds = value()?.parse()?,
            "--json" => request.json = Some(value()?.clone()),
            "threads" | "whole" | "audit" | "then" | "part" | "dossier" | "circle" | "unconfirmed" => {
                request.what.push(arg.clone());
            }
            _ => return Err(USAGE.into()),
        }
    }
    Ok(request)
}

fn measure(request: &Request) -> Result<(), Box<dyn Error>> {
    let typical = Shape::named("typical").ok_or("no typical shape")?;
    let rounds = request.rounds;
    let mut report = Report::new(request.json.as_deref())?;
    let sizes = |what: &str, usual: &[usize]| {
        let wanted = request.what.is_empty() || request.what.iter().any(|wanted| wanted == what);
        let sizes = request.sizes.clone().unwrap_or_else(|| usual.to_vec());
        if wanted { sizes } else { Vec::new() }
    };
    let is_asked = |shape: &str| request.shape.as_ref().is_none_or(|asked| asked == shape);
    for size in sizes("threads", &[100_000, 1_000_000]) {
        report.add(Row { must: Some(Must::Ratio(0.75)), ..threads(&Workload::new(typical, size), rounds) })?;
    }
    for size in sizes("whole", &[100_000]) {
        for row in whole(&Workload::new(typical, size), rounds) {
            report.add(row)?;
        }
    }
    for size in sizes("audit", &[100_000]) {
        report.add(Row { must: Some(Must::Ratio(1.2)), ..audit(&Workload::new(typical, size), rounds) })?;
    }
    for size in sizes("then", &[100_000, 1_000_000]) {
        let must = (size >= 1_000_000).then_some(Must::Ratio(1.5));
        report.add(Row { must, ..then(&Workload::new(typical, size), rounds) })?;
    }
    for size in sizes("part", &[100_000, 1_000_000]) {
        report.add(part(&Workload::new(typical, size), rounds))?;
    }
    for size in sizes("dossier", &[4_000]) {
        for shape in Shape::hot().into_iter().filter(|shape| is_asked(&shape.full_name())) {
            report.add(Row { must: Some(Must::Ours(50_000.0)), ..dossier(shape, size, rounds) })?;
        }
    }
    for size in sizes("circle", &[10_000, 100_000]) {
        report.add(circle(size, rounds))?;
    }
    for size in sizes("unconfirmed", &[10_000]) {
        for shape in ["hotdense", "hot", "texts"].into_iter().filter(|shape| is_asked(shape)) {
            report.add(Row { must: Some(Must::Ours(100_000.0)), ..unconfirmed(shape, size, rounds) })?;
        }
    }
    Ok(())
}

/// Microseconds for one thing.
fn in_micros(row: Row) -> Row {
    Row { unit: "µs".to_owned(), ours: row.ours / 1e3, floor: row.floor / 1e3, ..row }
}

/// The time that passes while work on an input is done, however many threads do it.
fn lasted<I, O>(input: I, work: impl FnOnce(I) -> O) -> Duration {
    let input = black_box(input);
    let start = Instant::now();
    let output = black_box(work(input));
    let taken = start.elapsed();
    drop(output);
    taken
}

/// Reading with two threads beside reading with one, by the time that passes.
fn threads(workload: &Workload, rounds: usize) -> Row {
    let (file, size) = (workload.jsonl(), workload.size());
    let with = |threads| {
        lasted(file.as_slice(), |file| {
            let threads = NonZero::new(threads).unwrap();
            jsonl::read_with_threads(Ledger::new(), file, threads, |_| ControlFlow::Break(())).unwrap()
        })
    };
    alternate(rounds, 1, || with(2), || with(1)).row("load, 2 threads beside 1", "typical", size, size)
}

/// Each question about a whole ledger, by claim, beside reading the ledger.
fn whole(workload: &Workload, rounds: usize) -> Vec<Row> {
    let file = workload.jsonl();
    let ledger = jsonl::read(file.as_slice()).unwrap();
    let (half, _) = file.split_at(file.len() / 2);
    let half = &half[..=half.iter().rposition(|byte| *byte == b'\n').unwrap()];
    let before = jsonl::read(half).unwrap();
    let day: Moment = "2026-06-30".parse().unwrap();
    let read = || timed(file.as_slice(), |file| jsonl::read(file).unwrap());
    let questions: [(&str, &dyn Fn() -> usize); 9] = [
        ("conflicts", &|| ledger.conflicts().count()),
        ("circles", &|| ledger.circles().count()),
        ("unconfirmed", &|| ledger.unconfirmed().count()),
        ("violations", &|| ledger.violations().count()),
        ("positions", &|| ledger.topics().map(|topic| topic.positions().positions().len()).sum()),
        ("corroboration", &|| ledger.claims().map(|claim| claim.corroboration().known()).sum()),
        ("look-alikes", &|| ledger.look_alikes().topics().len()),
        ("diff", &|| before.diff(&ledger).new_claims().len()),
        ("said by a day", &|| ledger.view().said_by(day).claims().len()),
    ];
    let size = workload.size();
    let row = |(what, ask): (&str, &dyn Fn() -> usize)| {
        let must = (what == "circles").then_some(Must::Ours(200.0));
        let row = alternate(rounds, 1, || timed((), |()| ask()), read).row(what, "typical", size, size);
        Row { must, ..row }
    };
    questions.into_iter().map(row).collect()
}

/// All that an audit does with a file, beside parsing it into plain structs and the least that finds conflicts.
fn audit(workload: &Workload, rounds: usize) -> Row {
    let (file, size) = (workload.jsonl(), workload.size());
    let lines: Vec<&[u8]> = file.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    let ours = || {
        timed(file.as_slice(), |file| {
            let ledger = jsonl::read(file).unwrap();
            let mut out = Vec::new();
            ledger.conflicts().for_each(|conflict| line(&mut out, &conflict));
            ledger.circles().for_each(|circle| line(&mut out, &circle));
            ledger.violations().for_each(|violation| line(&mut out, &violation));
            ledger.unconfirmed().for_each(|claim| line(&mut out, &claim));
            (ledger.claims().len(), out)
        })
    };
    let floor = || timed(lines.as_slice(), plain::read) + timed(detector::claims(workload), detector::detect);
    alternate(rounds, 1, ours, floor).row("all of an audit", "typical", size, size)
}

/// Writes an answer as a line.
fn line(out: &mut Vec<u8>, answer: &impl Serialize) {
    serde_json::to_writer(&mut *out, answer).unwrap();
    out.push(b'\n');
}

/// The conflicts as known before the last tenth was recorded, beside those of now.
fn then(workload: &Workload, rounds: usize) -> Row {
    let file = workload.jsonl();
    let ledger = jsonl::read(file.as_slice()).unwrap();
    let time = ledger.entries().nth(ledger.len() - workload.size() / 10).unwrap().recorded().unwrap();
    let ours = || timed(&ledger, |ledger| ledger.at(time).conflicts().count());
    let now = || timed(&ledger, |ledger| ledger.conflicts().count());
    let size = workload.size();
    alternate(rounds, 1, ours, now).row("then and its conflicts", "typical", size, size)
}

/// The conflicts of one subject by a view of it, for each of a hundred, beside asking its topics of the ledger.
fn part(workload: &Workload, rounds: usize) -> Row {
    const ASKED: usize = 100;
    let ledger = workload.recorded();
    let every = (ledger.topics().len() / ASKED).max(1);
    let topics: Vec<Topic> = ledger.topics().step_by(every).map(|topic| topic.topic().clone()).collect();
    // The table of subjects is made with the first question.
    let _ = ledger.view().of_subject("none").claims().len();
    let ours = || {
        timed(&topics, |topics| {
            let view = |topic: &Topic| ledger.view().of_topic(topic.clone()).conflicts().count();
            topics.iter().map(view).sum::<usize>()
        })
    };
    let floor = || {
        timed(&topics, |topics| {
            topics.iter().filter_map(|topic| ledger.topic(topic)).map(|topic| topic.conflicts().count()).sum::<usize>()
        })
    };
    in_micros(alternate(rounds, 1, ours, floor).row("a view of one topic", "typical", workload.size(), topics.len()))
}

/// The dossier of a topic, printed, beside recording its claims.
fn dossier(shape: Shape, size: usize, rounds: usize) -> Row {
    let workload = Workload::new(shape, size);
    let ledger = workload.recorded();
    let ours = || {
        timed(&ledger, |ledger| ledger.topics().take(1).map(|topic| topic.dossier().to_string().len()).sum::<usize>())
    };
    let floor = || timed(&workload, Workload::recorded);
    in_micros(alternate(rounds, 1, ours, floor).row("a dossier", &shape.full_name(), size, 1))
}

/// The circles of a hot topic with one, by claim, beside recording the claims.
fn circle(size: usize, rounds: usize) -> Row {
    let record = || {
        let mut ledger = Ledger::new();
        let sources: Vec<_> =
            (0..100).map(|i| ledger.add_source(Source::new(format!("s{i}"), "A source").unwrap()).unwrap()).collect();
        for place in 0..size {
            let origin = place % 100;
            let day = 1 + place % 28;
            let claim = Claim::new(Topic::new("siege", "deaths"), Figure::at_least(1_u64), &sources[origin]);
            let claim = claim.with_as_of(format!("2025-{:02}-{day:02}", 1 + place / 28 % 12).parse().unwrap());
            let relay = &sources[(origin + 1) % 100];
            let told = Moment::from(format!("{:04}", 1000 + place / 336 % 1000).parse::<testimony::Period>().unwrap());
            ledger.record(claim.with_relay(relay).with_stated(told)).unwrap();
        }
        ledger
    };
    let ledger = record();
    let ours = || timed(&ledger, |ledger| ledger.circles().count());
    alternate(rounds, 1, ours, || timed((), |()| record())).row("circles, with one", "one topic", size, size)
}

/// The claims of a hot topic, all of which are rated as confirmed, beside recording them; in microseconds for all.
fn unconfirmed(shape: &str, size: usize, rounds: usize) -> Row {
    let rated = |claim: Claim| claim.with_credibility(Credibility::new(1).unwrap());
    let workload = Workload::new(Shape::named(shape).unwrap(), size);
    let record = || -> Ledger {
        let mut ledger = workload.ledger();
        for claim in workload.claims() {
            ledger.record(rated(claim)).unwrap();
        }
        ledger
    };
    let ledger = record();
    let ours = || -> Duration { timed(&ledger, |ledger| ledger.unconfirmed().count()) };
    in_micros(alternate(rounds, 1, ours, || timed((), |()| record())).row("unconfirmed, all rated 1", shape, size, 1))
}
