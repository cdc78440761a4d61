//! Reads a ledger in the interchange format and prints what conflicts in it.
//!
//! ```text
//! cargo run --example audit -- FILE                 conflicts, for a reader
//! cargo run --example audit -- --json FILE          one JSON object a line
//! cargo run --example audit -- --json --relations - every pair on one topic that is not retracted
//! cargo run --example audit -- --positions FILE     where the voices on each topic stand
//! ```

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;

use serde::Serialize;
use serde_json::{Value as Json, json};
use testimony::jsonl::{self, Loaded};
use testimony::{
    Bound, Circle, ClaimId, ClaimRef, Corroboration, Date, Exclusion, Gap, Interval, Ledger, Policy, Position, Related,
    RelationKind, Stand, Timestamp, Timing, Topic, TopicRef, Violation, ViolationScope,
};

const USAGE: &str = "\
usage: audit [options] FILE        (- for standard input)

  --json           one JSON object a line, for machines
  --relations      every pair of claims on one topic that are not retracted, whatever the relation
  --positions      where the voices on each topic stand, one JSON object a topic
  --at TIME        as known at that time: RFC 3339, or a date for the end of that day in UTC
  --about SHARE    how wide “about” is, as a share of the number; 0.1 by default
  --no-rounding    take “4.7 million” and “27%” for themselves alone, and not for what rounds to them
  --days-apart N   count periods as overlapping that are at most N days apart; 0 by default

A file that names its policy is read under that, and not under another.

Claims are numbered as in the file, from 0. In JSON, `later` is the number of the claim about the later
time, and `supersedes` the number of the claim that takes the other one back.

Exit status: 0; 1 if a line was refused (see standard error); 2 if the file cannot be read.";

/// What was asked for.
#[derive(Default)]
struct Request {
    file: String,
    json: bool,
    relations: bool,
    positions: bool,
    at: Option<Timestamp>,
    /// The policy to read under, whatever the file says.
    policy: Option<Policy>,
}

impl Request {
    /// The policy as far as it was chosen.
    fn policy(&self) -> Policy {
        self.policy.clone().unwrap_or_default()
    }
}

/// Two claims and how they relate, as a line of JSON.
#[derive(Serialize)]
struct Finding<'a> {
    relation: RelationKind,
    claims: [u64; 2],
    topic: &'a Topic,
    timing: Timing,
    certain: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    later: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    supersedes: Option<u64>,
    gap: Option<Gap>,
    because: String,
}

fn main() -> ExitCode {
    let request = match parse(std::env::args().skip(1)) {
        Ok(Some(request)) => request,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(message) => {
            eprintln!("audit: {message}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match audit(&request) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        // A reader that has seen enough, such as `head`, is no failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("audit: {error}");
            ExitCode::from(2)
        }
    }
}

fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Option<Request>, String> {
    let mut request = Request::default();
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--help" | "-h" => return Ok(None),
            "--json" => request.json = true,
            "--relations" => request.relations = true,
            "--positions" => request.positions = true,
            "--at" => {
                let text = value()?;
                let end_of_day = format!("{text}T23:59:59.999999999Z");
                let time = text.parse().or_else(|error| end_of_day.parse().map_err(|_| error));
                request.at = Some(time.map_err(|error: testimony::Error| error.to_string())?);
            }
            "--about" => {
                let tolerance = value()?.parse().and_then(|share| request.policy().with_tolerance(share));
                request.policy = Some(tolerance.map_err(|error| error.to_string())?);
            }
            "--no-rounding" => request.policy = Some(request.policy().with_rounding(false)),
            "--days-apart" => {
                let days = value()?.parse().map_err(|_| "--days-apart needs a whole number of days")?;
                request.policy = Some(request.policy().with_days_apart(days));
            }
            option if option.starts_with("--") => return Err(format!("there is no option {option}")),
            file if request.file.is_empty() => file.clone_into(&mut request.file),
            _ => return Err("one file at a time".to_owned()),
        }
    }
    if request.file.is_empty() { Err("which file?".to_owned()) } else { Ok(Some(request)) }
}

/// Reads the file, says which lines were refused, and reports; how many lines were refused.
fn audit(request: &Request) -> io::Result<u64> {
    let (loaded, refused) = read(request)?;
    let ledger = match request.at {
        Some(time) => &loaded.ledger.at(time),
        None => &loaded.ledger,
    };
    let mut output = BufWriter::new(io::stdout().lock());
    match (request.json, request.relations) {
        _ if request.positions => {
            for topic in ledger.topics() {
                write_line(&mut output, &positions(topic, &loaded))?;
            }
        }
        (true, false) => write_findings(&mut output, ledger, &loaded)?,
        (false, false) => print_findings(&mut output, ledger, &loaded)?,
        (true, true) => {
            for related in ledger.relations() {
                write_json(&mut output, &loaded, &related)?;
            }
        }
        (false, true) => {
            for related in ledger.relations() {
                let (older, newer) = (number(&loaded, related.older().id()), number(&loaded, related.newer().id()));
                writeln!(output, "[{older}] [{newer}] {}: {}", related.relation().kind(), related.because())?;
            }
        }
    }
    output.flush()?;
    Ok(refused)
}

/// Reads the file, and says on standard error which lines were refused; how many these are.
fn read(request: &Request) -> io::Result<(Loaded, u64)> {
    let input: Box<dyn BufRead> = match request.file.as_str() {
        "-" => Box::new(io::stdin().lock()),
        path => Box::new(BufReader::new(
            File::open(path).map_err(|error| io::Error::new(error.kind(), format!("{path}: {error}")))?,
        )),
    };
    let mut refused = 0;
    let ledger = request.policy.clone().map_or_else(Ledger::new, Ledger::with_policy);
    let loaded = jsonl::read_into(ledger, input, |error| {
        refused += 1;
        match error.help() {
            Some(help) => eprintln!("{error}; {help}"),
            None => eprintln!("{error}"),
        }
        ControlFlow::Continue(())
    });
    Ok((loaded.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?, refused))
}

/// Writes what is found as JSON, one finding a line.
fn write_findings(output: &mut impl Write, ledger: &Ledger, loaded: &Loaded) -> io::Result<()> {
    for conflict in ledger.conflicts() {
        write_json(output, loaded, &conflict.related())?;
    }
    for circle in ledger.circles() {
        let sources: Vec<_> = circle.sources().iter().map(|source| source.id()).collect();
        let claims = numbers(loaded, circle.claims());
        let (topic, because) = (circle.topic(), in_circle(&circle));
        write_line(output, &json!({"circle": sources, "topic": topic, "claims": claims, "because": because}))?;
    }
    for violation in ledger.violations() {
        write_line(output, &violation_line(&violation, loaded))?;
    }
    for corroboration in ledger.unconfirmed() {
        write_line(output, &unconfirmed(&corroboration, loaded))?;
    }
    Ok(())
}

/// Prints what is found for a reader.
fn print_findings(output: &mut impl Write, ledger: &Ledger, loaded: &Loaded) -> io::Result<()> {
    let mut conflicts = 0;
    for conflict in ledger.conflicts() {
        conflicts += 1;
        writeln!(output, "{}", conflict.numbered(|claim| number(loaded, claim)))?;
    }
    for circle in ledger.circles() {
        writeln!(output, "{}", circle.numbered(|claim| number(loaded, claim)))?;
    }
    for violation in ledger.violations() {
        writeln!(output, "{}", violation.numbered(|claim| number(loaded, claim)))?;
    }
    for corroboration in ledger.unconfirmed() {
        let claim = corroboration.claim();
        let number = number(loaded, claim.id());
        writeln!(output, "Credibility 1, not confirmed: {}\n  [{number}] {claim}\n  {NOT_CONFIRMED}\n", claim.topic())?;
    }
    for topic in ledger.topics() {
        let units = topic.unmatched_units();
        if !units.is_empty() {
            let unit = |unit: Option<&str>| unit.map_or("no unit".to_owned(), |unit| format!("{unit:?}"));
            let units: Vec<_> = units.into_iter().map(unit).collect();
            writeln!(output, "Not compared on {}: figures in {}.\n", topic.topic(), units.join(" and "))?;
        }
    }
    writeln!(output, "{}", summary(ledger, conflicts))
}

const NOT_CONFIRMED: &str = "It is rated as confirmed by other independent sources, and none on record says so.";

/// The numbers of claims in the file, the smaller first.
fn numbers(loaded: &Loaded, claims: &[ClaimRef<'_>]) -> Vec<u64> {
    claims.iter().map(|claim| number(loaded, claim.id())).collect()
}

/// What a circle means.
fn in_circle(circle: &Circle<'_>) -> String {
    let names: Vec<String> = circle.sources().iter().map(ToString::to_string).collect();
    format!(
        "{} attribute to each other what none of them says first, in {} claims.",
        names.join(", "),
        circle.claims().len()
    )
}

fn unconfirmed(corroboration: &Corroboration<'_>, loaded: &Loaded) -> Json {
    let claim = corroboration.claim();
    json!({
        "credibility": 1,
        "topic": claim.topic(),
        "claims": [number(loaded, claim.id())],
        "independent_origins": corroboration.known(),
        "anonymous_origins": corroboration.anonymous(),
        "because": NOT_CONFIRMED,
    })
}

/// Where the voices on a topic stand, as a line of JSON.
fn positions(topic: TopicRef<'_>, loaded: &Loaded) -> Json {
    let laid_out = topic.positions();
    let position = |position: &Position<'_>| {
        json!({
            "value": stand(position.stand()),
            "claims": numbers(loaded, position.claims()),
            "independent_origins": position.known(),
            "anonymous_origins": position.anonymous(),
        })
    };
    let exclusion = |exclusion: &Exclusion<'_>| json!({"value": stand(exclusion.stand()), "claims": numbers(loaded, exclusion.claims())});
    json!({
        "topic": topic.topic(),
        "positions": laid_out.positions().iter().map(position).collect::<Vec<_>>(),
        "excludes": laid_out.exclusions().iter().map(exclusion).collect::<Vec<_>>(),
    })
}

fn violation_line(violation: &Violation<'_>, loaded: &Loaded) -> Json {
    let mut line = json!({
        "violation": violation.constraint().kind(),
        "scope": violation.scope(),
        "certain": violation.is_certain(),
        "topic": violation.result().topic(),
        "claims": numbers(loaded, &violation.claims()),
        "implied": values(&violation.implied(), violation.unit()),
        "stated": values(&violation.stated(), violation.unit()),
        "because": violation.because(),
    });
    if violation.scope() == ViolationScope::AcrossOrigins {
        line["positions"] = if violation.is_by_last_words() { "by_last_words" } else { "at_its_time" }.into();
    }
    if violation.left_out() > 0 {
        line["more_claims"] = violation.left_out().into();
    }
    line
}

fn values(values: &Interval, unit: Option<&str>) -> Json {
    let open = |end: Option<Bound>| end.is_some_and(Bound::is_open);
    json!({
        "low": values.low().map(Bound::value), "low_open": open(values.low()),
        "high": values.high().map(Bound::value), "high_open": open(values.high()),
        "unit": unit,
    })
}

fn stand(stand: &Stand<'_>) -> Json {
    match stand {
        Stand::Figures { values: set, unit } => values(set, *unit),
        Stand::Days { first, last } => {
            let date = |date: &Option<Date>| date.map(|date| date.to_string());
            json!({"first": date(first), "last": date(last)})
        }
        Stand::Text { text, stance } => json!({"text": text, "stance": stance}),
        _ => Json::Null,
    }
}

fn write_line(output: &mut impl Write, line: &Json) -> io::Result<()> {
    serde_json::to_writer(&mut *output, line)?;
    writeln!(output)
}

fn write_json(output: &mut impl Write, loaded: &Loaded, related: &Related<'_>) -> io::Result<()> {
    let relation = related.relation();
    let finding = Finding {
        relation: relation.kind(),
        claims: [number(loaded, related.older().id()), number(loaded, related.newer().id())],
        topic: related.older().topic_ref().topic(),
        timing: relation.timing(),
        certain: relation.is_certain(),
        later: related.later().map(|claim| number(loaded, claim.id())),
        supersedes: related.superseding().map(|claim| number(loaded, claim.id())),
        gap: relation.gap(),
        because: related.because(),
    };
    serde_json::to_writer(&mut *output, &finding)?;
    writeln!(output)
}

/// The number of a claim in the file.
fn number(loaded: &Loaded, claim: ClaimId) -> u64 {
    loaded.number_in_file(claim).unwrap_or(claim.number())
}

fn summary(ledger: &Ledger, conflicts: usize) -> String {
    let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    format!(
        "{} among {} on {}.",
        count(conflicts, "conflict", "conflicts"),
        count(ledger.claims().len(), "claim", "claims"),
        count(ledger.topics().len(), "topic", "topics"),
    )
}
