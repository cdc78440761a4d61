//! `testimony audit`: what conflicts, who quotes each other in a circle, what does not add up.

use std::fmt::{Display, Write as _};

use serde::Serialize;
use testimony::{Conflict, Ledger, RelationKind, Shown, TopicRef};

use crate::args::{Audit, Kind};
use crate::findings::{Broken, NOT_CONFIRMED, Pair, Ring, Stands, Unconfirmed};
use crate::input::{self, Audited};
use crate::output::{FOUND, Failure, Output, grouped};

/// How many of each kind there are.
#[derive(Clone, Debug, Default, Serialize)]
struct Counts {
    sources: usize,
    topics: usize,
    claims: usize,
    refused_lines: u64,
    disputes: u64,
    misreports: u64,
    contradictions: u64,
    possible: u64,
    circles: u64,
    violations: u64,
    unconfirmed: u64,
}

impl Counts {
    fn of(&self, kind: Kind) -> u64 {
        match kind {
            Kind::Disputes => self.disputes,
            Kind::Misreports => self.misreports,
            Kind::Contradictions => self.contradictions,
            Kind::Violations => self.violations,
            Kind::Circles => self.circles,
            Kind::Unconfirmed => self.unconfirmed,
            Kind::Any => self.conflicts() + self.circles + self.violations + self.unconfirmed,
        }
    }

    fn conflicts(&self) -> u64 {
        self.disputes + self.misreports + self.contradictions
    }

    fn add(&mut self, conflict: &Conflict<'_>) {
        match conflict.kind() {
            RelationKind::Misreports => self.misreports += 1,
            RelationKind::ContradictsItself => self.contradictions += 1,
            _ => self.disputes += 1,
        }
        self.possible += u64::from(!conflict.is_certain());
    }
}

pub(crate) fn run(asked: &Audit, output: &mut Output) -> Result<u8, Failure> {
    let read = input::ledger(&asked.ledgers, &output.interrupt())?;
    let mut counts = Counts {
        sources: read.ledger.sources().len(),
        topics: read.ledger.topics().len(),
        claims: read.ledger.claims().len(),
        refused_lines: read.refused,
        ..Counts::default()
    };
    let mut report = Report { output, read: &read, json: asked.json, silent: asked.count };
    if asked.relations {
        report.relations()?;
    }
    if asked.positions {
        report.positions()?;
    }
    // What was asked for by name is given alone; what it may fail on is counted all the same.
    let listed = !asked.relations && !asked.positions;
    if listed || !asked.fail_on.is_empty() {
        report.silent |= !listed;
        report.findings(&mut counts)?;
    }
    if asked.count {
        if asked.json { output.json(&counts)? } else { output.write(table(&counts))? }
    } else if listed && !asked.json {
        output.write(format_args!("{}\n", summary(&read.ledger, &counts)))?;
    }
    let found = asked.fail_on.iter().any(|kind| counts.of(*kind) > 0);
    Ok(if found { FOUND } else { read.status() })
}

struct Report<'o, 'r> {
    output: &'o mut Output,
    read: &'r Audited,
    json: bool,
    /// Counts and says nothing.
    silent: bool,
}

impl Report<'_, '_> {
    fn relations(&mut self) -> Result<(), Failure> {
        for related in self.read.ledger.relations() {
            if self.json {
                self.output.json(&Pair::new(&related, self.read))?;
            } else {
                let (older, newer) = (self.read.number(related.older().id()), self.read.number(related.newer().id()));
                let line = format!("[{older}] [{newer}] {}: {}\n", related.relation().kind(), related.because());
                self.output.write(line)?;
            }
        }
        Ok(())
    }

    /// Lines of JSON; where somebody looks, each topic with the values that most voices allow first.
    fn positions(&mut self) -> Result<(), Failure> {
        for topic in self.read.ledger.topics() {
            let positions = topic.positions();
            if self.json || !self.output.is_terminal() {
                self.output.json(&Stands::new(topic, &positions, self.read))?;
            } else {
                self.output.heading(topic.topic())?;
                self.output.write(format_args!("{positions:width$}\n", width = self.output.width()))?;
            }
        }
        Ok(())
    }

    fn findings(&mut self, counts: &mut Counts) -> Result<(), Failure> {
        let read = self.read;
        let number = |claim| read.number(claim);
        for conflict in read.ledger.conflicts() {
            counts.add(&conflict);
            self.tell(|| Pair::new(&conflict, read), || conflict.numbered(number))?;
        }
        for circle in read.ledger.circles() {
            counts.circles += 1;
            self.tell(|| Ring::new(&circle, read), || circle.numbered(number))?;
        }
        for violation in read.ledger.violations() {
            counts.violations += 1;
            self.tell(|| Broken::new(&violation, read), || violation.numbered(number))?;
        }
        for corroboration in read.ledger.unconfirmed() {
            counts.unconfirmed += 1;
            let claim = corroboration.claim();
            let said = format!("[{}] {claim}", read.number(claim.id()));
            let (said, why) = (self.output.paragraph(&said, 2, 6), self.output.paragraph(NOT_CONFIRMED, 2, 2));
            let text = || format!("Credibility 1, not confirmed: {}\n{said}\n{why}\n", claim.topic_ref().topic());
            self.tell(|| Unconfirmed::new(&corroboration, read), text)?;
        }
        if !self.silent && !self.json {
            for note in read.ledger.topics().filter_map(not_compared) {
                let note = self.output.paragraph(&note, 0, 2);
                self.output.write(format_args!("{note}\n\n"))?;
            }
        }
        Ok(())
    }

    fn tell<T: Serialize, R: Display>(&mut self, json: impl Fn() -> T, text: impl Fn() -> R) -> Result<(), Failure> {
        match (self.silent, self.json) {
            (true, _) => self.output.go_on(),
            (false, true) => self.output.json(&json()),
            (false, false) => self.output.finding(text()),
        }
    }
}

/// Which units met on a topic and were not compared.
fn not_compared(topic: TopicRef<'_>) -> Option<String> {
    let units = topic.unmatched_units();
    let unit = |unit: Option<&str>| unit.map_or("no unit".to_owned(), |unit| format!("“{}”", Shown::new(unit)));
    let units: Vec<_> = units.into_iter().map(unit).collect();
    (!units.is_empty()).then(|| format!("Not compared on {}: figures in {}.", topic.topic(), units.join(" and ")))
}

fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

fn summary(ledger: &Ledger, counts: &Counts) -> String {
    format!(
        "{} among {} on {}.",
        count(counts.conflicts(), "conflict", "conflicts"),
        count(ledger.claims().len() as u64, "claim", "claims"),
        count(ledger.topics().len() as u64, "topic", "topics"),
    )
}

/// Each count on a line of its own, the numbers aligned.
fn table(counts: &Counts) -> String {
    let rows = [
        ("sources", counts.sources as u64),
        ("topics", counts.topics as u64),
        ("claims", counts.claims as u64),
        ("lines refused", counts.refused_lines),
        ("disputes", counts.disputes),
        ("misreports", counts.misreports),
        ("self-contradictions", counts.contradictions),
        ("  of these possible", counts.possible),
        ("circles", counts.circles),
        ("figures that do not add up", counts.violations),
        ("rated as confirmed, and not", counts.unconfirmed),
    ];
    let width = rows.iter().map(|(_, n)| grouped(*n).len()).max().unwrap_or_default();
    rows.iter().fold(String::new(), |mut table, (name, n)| {
        let _ = writeln!(table, "{name:<27}  {:>width$}", grouped(*n));
        table
    })
}
