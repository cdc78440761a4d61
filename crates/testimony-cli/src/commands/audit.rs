//! `testimony audit`: what conflicts, who quotes each other in a circle, what does not add up.

use std::fmt::{Display, Write as _};

use serde::Serialize;
use testimony::{Conflict, RelationKind, Shown, TopicRef};

use crate::args::{Audit, Kind};
use crate::input::{self, Audited};
use crate::output::{FOUND, Failure, Output, grouped, warn};

/// How many conflicts are looked at, one after the other, where they are counted alone; how many there are in all costs
/// nothing to ask.
const LISTED: u64 = 1_000_000;

/// How many of each kind there are.
#[derive(Clone, Debug, Default, Serialize)]
struct Counts {
    sources: usize,
    topics: usize,
    claims: usize,
    refused_lines: u64,
    conflicts: u64,
    /// The conflicts by their kinds, unless there are too many to look at.
    #[serde(flatten)]
    kinds: Option<Kinds>,
    circles: u64,
    violations: u64,
    unconfirmed: u64,
}

#[derive(Clone, Debug, Default, Serialize)]
struct Kinds {
    disputes: u64,
    misreports: u64,
    contradictions: u64,
    possible: u64,
}

impl Counts {
    /// Whether there are any of a kind.
    fn has(&self, kind: Kind) -> bool {
        let conflicts = |of: fn(&Kinds) -> u64| self.kinds.as_ref().map_or(0, of);
        let found = match kind {
            Kind::Disputes => conflicts(|kinds| kinds.disputes),
            Kind::Misreports => conflicts(|kinds| kinds.misreports),
            Kind::Contradictions => conflicts(|kinds| kinds.contradictions),
            Kind::Violations => self.violations,
            Kind::Circles => self.circles,
            Kind::Unconfirmed => self.unconfirmed,
            Kind::Any => self.conflicts + self.circles + self.violations + self.unconfirmed,
        };
        found > 0
    }

    fn add(&mut self, conflict: &Conflict<'_>) {
        let kinds = self.kinds.get_or_insert_default();
        match conflict.kind() {
            RelationKind::Misreports => kinds.misreports += 1,
            RelationKind::ContradictsItself => kinds.contradictions += 1,
            _ => kinds.disputes += 1,
        }
        kinds.possible += u64::from(!conflict.is_certain());
    }
}

pub(crate) fn run(asked: &Audit, output: &mut Output) -> Result<u8, Failure> {
    let read = input::ledger(&asked.ledgers, &output.interrupt())?;
    let mut counts = Counts {
        sources: read.ledger.sources().len(),
        topics: read.ledger.topics().len(),
        claims: read.ledger.claims().len(),
        refused_lines: read.refused,
        conflicts: read.ledger.conflict_count(),
        kinds: Some(Kinds::default()),
        ..Counts::default()
    };
    let by_kind =
        asked.fail_on.iter().any(|kind| matches!(kind, Kind::Disputes | Kind::Misreports | Kind::Contradictions));
    let mut report = Report { output, read: &read, json: asked.json, silent: asked.count, by_kind };
    if asked.relations {
        report.relations()?;
    }
    if asked.positions {
        report.positions()?;
    }
    // A report asked for by name is given alone; the findings that the command may fail on are counted all the same.
    let listed = !asked.relations && !asked.positions;
    if listed || !asked.fail_on.is_empty() {
        report.silent |= !listed;
        report.findings(&mut counts)?;
    }
    if asked.count {
        if asked.json { output.json(&counts)? } else { output.write(table(&counts))? }
    } else if listed && !asked.json {
        output.write(format_args!("{}\n", summary(&counts)))?;
    }
    let found = asked.fail_on.iter().any(|kind| counts.has(*kind));
    Ok(if found { FOUND } else { read.status() })
}

struct Report<'o, 'r> {
    output: &'o mut Output,
    read: &'r Audited,
    json: bool,
    /// Counts and says nothing.
    silent: bool,
    /// Whether it has to be known of what kinds the conflicts are.
    by_kind: bool,
}

impl Report<'_, '_> {
    fn relations(&mut self) -> Result<(), Failure> {
        let number = |claim| self.read.number(claim);
        for related in self.read.ledger.relations() {
            if self.json {
                self.output.json(&related.numbered(number))?;
            } else {
                let (older, newer) = (number(related.older().id()), number(related.newer().id()));
                let line = format!("[{older}] [{newer}] {}: {}\n", related.relation().kind(), related.because());
                self.output.write(line)?;
            }
        }
        Ok(())
    }

    /// Lines of JSON; where somebody looks, each topic with the values that most voices allow first.
    fn positions(&mut self) -> Result<(), Failure> {
        let number = |claim| self.read.number(claim);
        for topic in self.read.ledger.topics() {
            let positions = topic.positions();
            if self.json || !self.output.is_terminal() {
                self.output.json(&positions.numbered(number))?;
            } else {
                self.output.finding(format_args!(
                    "{}\n{:2$}",
                    topic.topic(),
                    positions.numbered(number),
                    self.output.width()
                ))?;
            }
        }
        Ok(())
    }

    fn findings(&mut self, counts: &mut Counts) -> Result<(), Failure> {
        let ledger = &self.read.ledger;
        let number = |claim| self.read.number(claim);
        if self.silent && !self.by_kind && ledger.conflict_count() > LISTED {
            counts.kinds = None;
        } else {
            for conflict in ledger.conflicts() {
                counts.add(&conflict);
                self.tell(&conflict.numbered(number))?;
            }
        }
        let mut circles = ledger.circles();
        for circle in circles.by_ref() {
            counts.circles += 1;
            self.tell(&circle.numbered(number))?;
        }
        if !circles.is_whole() {
            warn("there are more circles than were looked for");
        }
        for violation in ledger.violations() {
            counts.violations += 1;
            self.tell(&violation.numbered(number))?;
        }
        let mut unconfirmed = ledger.unconfirmed();
        for corroboration in unconfirmed.by_ref() {
            counts.unconfirmed += 1;
            if self.silent || self.json {
                self.tell(&corroboration.numbered(number))?;
                continue;
            }
            let claim = corroboration.claim();
            let said = self.output.paragraph(&format!("[{}] {claim}", number(claim.id())), 2, 6);
            let why = self.output.paragraph(&corroboration.because(), 2, 2);
            let topic = claim.topic_ref().topic();
            self.output.finding(format_args!("Credibility 1, not confirmed: {topic}\n{said}\n{why}\n"))?;
        }
        if !unconfirmed.is_whole() {
            warn("not all claims that are rated as confirmed were looked at");
        }
        if !self.silent && !self.json {
            for note in ledger.topics().filter_map(not_compared) {
                let note = self.output.paragraph(&note, 0, 2);
                self.output.write(format_args!("{note}\n\n"))?;
            }
        }
        Ok(())
    }

    fn tell(&mut self, finding: &(impl Serialize + Display)) -> Result<(), Failure> {
        match (self.silent, self.json) {
            (true, _) => self.output.go_on(),
            (false, true) => self.output.json(finding),
            (false, false) => self.output.finding(finding),
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

/// `1 conflict, 2 circles and 1 figure that does not add up among 5 claims on 5 topics.`: the conflicts, and what else was
/// found.
fn summary(counts: &Counts) -> String {
    let mut found = vec![count(counts.conflicts, "conflict", "conflicts")];
    let others = [
        (counts.circles, "circle", "circles"),
        (counts.violations, "figure that does not add up", "figures that do not add up"),
        (counts.unconfirmed, "rating that is not confirmed", "ratings that are not confirmed"),
    ];
    found.extend(others.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| count(n, one, many)));
    let last = found.pop().unwrap_or_default();
    let found = if found.is_empty() { last } else { format!("{} and {last}", found.join(", ")) };
    let (claims, topics) = (counts.claims as u64, counts.topics as u64);
    format!("{found} among {} on {}.", count(claims, "claim", "claims"), count(topics, "topic", "topics"))
}

/// Each count on a line of its own, the numbers aligned.
fn table(counts: &Counts) -> String {
    let mut rows = vec![
        ("sources", counts.sources as u64),
        ("topics", counts.topics as u64),
        ("claims", counts.claims as u64),
        ("lines refused", counts.refused_lines),
        ("conflicts", counts.conflicts),
    ];
    if let Some(kinds) = &counts.kinds {
        rows.extend([
            ("  disputes", kinds.disputes),
            ("  misreports", kinds.misreports),
            ("  self-contradictions", kinds.contradictions),
            ("  possible ones of these", kinds.possible),
        ]);
    }
    rows.extend([
        ("circles", counts.circles),
        ("figures that do not add up", counts.violations),
        ("rated as confirmed, and not", counts.unconfirmed),
    ]);
    let width = rows.iter().map(|(_, n)| grouped(*n).len()).max().unwrap_or_default();
    rows.iter().fold(String::new(), |mut table, (name, n)| {
        let _ = writeln!(table, "{name:<27}  {:>width$}", grouped(*n));
        table
    })
}
