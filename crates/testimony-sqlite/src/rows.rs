//! Rows as they are added: the lines, and what is worked out from one line alone.

use rusqlite::{Connection, params};
use testimony::{ClaimRef, EntryRef, Error, Policy, Predicate, Source, Timestamp, Value, jsonl};

use crate::error::StoreError;
use crate::frame::{Frame, PREDICATE, SCOPE, UNIT};
use crate::lines;
use crate::topics::{compared, crc_of_name};
use crate::tree::{self, Hash, Hashes as _, LEVELS, WIDTH};

/// Why an entry was not added.
pub(crate) enum Stop {
    /// It was refused, and nothing changed.
    Refused(Error),
    /// The store failed, and what is being written has to be given up.
    Failed(StoreError),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Where the next row goes.
pub(crate) struct Rows {
    /// The row of the next line.
    pub(crate) next: u64,
    /// The number of the next claim.
    pub(crate) claims: u64,
    /// When the last entry was recorded.
    pub(crate) time: Option<Timestamp>,
    /// The hashes of the lines behind the last whole subtree.
    leaves: Vec<Hash>,
    /// Whether the lines are on record already, and only what is worked out from them is written.
    again: bool,
    /// The line that is being added.
    line: Vec<u8>,
}

impl Rows {
    pub(crate) fn new(connection: &Connection) -> Result<Self, StoreError> {
        let next = lines::size(connection)?;
        let claims = connection.query_row("SELECT ifnull(max(number), -1) + 1 FROM claim", [], |row| row.get(0))?;
        let written: Option<String> =
            connection.query_row("SELECT max(seq), written FROM clock", [], |row| row.get(1))?;
        let time = written.map(|written| written.parse()).transpose();
        Ok(Self {
            next,
            claims: i64::unsigned_abs(claims),
            time: time.map_err(|_: Error| StoreError::Derived { what: "a time of recording is no time" })?,
            leaves: connection.hashes(0, next / WIDTH * WIDTH..next)?,
            again: false,
            line: Vec::new(),
        })
    }

    /// Rows for lines that are on record already.
    pub(crate) fn again() -> Self {
        Self { next: 0, claims: 0, time: None, leaves: Vec::new(), again: true, line: Vec::new() }
    }

    /// Adds the line that names the format and the policy, where there is none yet.
    pub(crate) fn begin(&mut self, connection: &Connection, policy: &Policy) -> Result<(), Stop> {
        if self.next == 0 {
            self.line.clear();
            jsonl::write(&testimony::Ledger::with_policy(policy.clone()), &mut self.line)?;
            self.line.pop();
            self.insert(connection, "format")?;
        }
        Ok(())
    }

    /// Adds the line of an entry; gives its row.
    pub(crate) fn push(&mut self, connection: &Connection, kind: &str, entry: &EntryRef<'_>) -> Result<i64, Stop> {
        self.line.clear();
        jsonl::add_line(&mut self.line, entry, self.time)?;
        self.line.pop();
        let seq = self.next.cast_signed();
        if entry.recorded() != self.time
            && let Some(time) = entry.recorded()
        {
            // Without the Z, texts of different lengths stand in the order of the times.
            let (utc, written) = (time.to_utc().to_string(), time.to_string());
            let mut statement = connection.prepare_cached("INSERT INTO clock VALUES (?1, ?2, ?3)")?;
            statement.execute(params![seq, utc.trim_end_matches('Z'), written])?;
        }
        self.insert(connection, kind)?;
        self.time = entry.recorded();
        Ok(seq)
    }

    fn insert(&mut self, connection: &Connection, kind: &str) -> Result<(), Stop> {
        let seq = self.next.cast_signed();
        let leaf = tree::leaf_hash(&self.line);
        let text = str::from_utf8(&self.line).map_err(|_| StoreError::Derived { what: "a line is no text" })?;
        if self.again {
            if lines::line(connection, seq)?.text != text {
                return Err(
                    StoreError::Damaged { seq: self.next, what: "its line is not laid out as lines are" }.into()
                );
            }
        } else {
            let mut statement = connection.prepare_cached("INSERT INTO entry VALUES (?1, ?2, ?3, ?4, ?5)")?;
            statement.execute(params![seq, kind, text, crc32fast::hash(&self.line), leaf.0])?;
        }
        self.next += 1;
        self.leaves.push(leaf);
        if self.leaves.len() as u64 == WIDTH {
            self.add_nodes(connection)?;
        }
        Ok(())
    }

    /// Keeps the subtrees that became whole.
    fn add_nodes(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let mut hash = tree::root_of(&self.leaves);
        self.leaves.clear();
        for level in 1.. {
            let place = (self.next >> (LEVELS * level)) - 1;
            let mut statement = connection.prepare_cached("INSERT INTO node VALUES (?1, ?2, ?3)")?;
            statement.execute(params![level, place.cast_signed(), hash.0])?;
            if !(place + 1).is_multiple_of(WIDTH) {
                break;
            }
            hash = tree::root_of(&connection.hashes(level, place + 1 - WIDTH..place + 1)?);
        }
        Ok(())
    }

    /// Writes the rows of a claim that was just added.
    pub(crate) fn add_claim(
        &mut self,
        connection: &Connection,
        frame: &mut Frame,
        claim: &ClaimRef<'_>,
        (seq, topic): (i64, i64),
    ) -> Result<(), Stop> {
        let number = self.claims.cast_signed();
        let policy = claim.ledger().policy();
        let lent = claim.topic_ref().predicate().unit();
        let value = claim.value();
        let figure = value.and_then(Value::as_figure);
        let unit = figure.and_then(|figure| figure.unit().or(lent));
        let period = value.and_then(Value::as_period);
        let (kind, text) = match value {
            None => (None, None),
            Some(Value::Figure(figure)) => (Some("figure"), Some(figure.to_string())),
            Some(Value::Text(text)) => (Some("text"), Some(text.to_string())),
            Some(Value::Period(period)) => (Some("period"), Some(period.to_string())),
        };
        let interval = figure.map(|figure| figure.values(policy)).transpose()?;
        let (low, high) = interval.map_or((None, None), |interval| (interval.low(), interval.high()));
        let day = |date: Option<testimony::Date>| date.map(|date| date.to_string());
        // Of a value that is a period, the ends are its first and its last day.
        let end = |bound: Option<testimony::Bound>, date: Option<testimony::Date>| {
            bound.map(|bound| bound.value().to_string()).or_else(|| day(date))
        };
        let likelihood = claim.confidence().and_then(|confidence| confidence.likelihood()).map(ToString::to_string);
        let mut statement = connection.prepare_cached(
            "INSERT INTO claim VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
                unhex(?20), NULL)",
        )?;
        statement.execute(params![
            number,
            seq,
            topic,
            claim.origin().id().as_str(),
            claim.stance().as_str(),
            kind,
            text,
            unit,
            end(low, period.and_then(|period| period.first_day())),
            low.map(testimony::Bound::is_open),
            end(high, period.and_then(|period| period.last_day())),
            high.map(testimony::Bound::is_open),
            claim.scope(),
            claim.as_of().map(|period| period.to_string()),
            day(claim.as_of().and_then(|period| period.first_day())),
            day(claim.as_of().and_then(|period| period.last_day())),
            claim.stated().map(|stated| stated.to_string()),
            claim.credibility().map(testimony::Credibility::rating),
            likelihood,
            claim.label().to_string(),
        ])?;
        for (place, relay) in (0_i64..).zip(claim.relays()) {
            let mut statement = connection.prepare_cached("INSERT INTO relay VALUES (?1, ?2, ?3)")?;
            statement.execute(params![number, place, relay.id().as_str()])?;
        }
        note_names(connection, frame, claim, unit)?;
        self.claims += 1;
        Ok(())
    }
}

/// Notes which names a claim uses, of which `unit` may be lent by the predicate.
fn note_names(
    connection: &Connection,
    frame: &mut Frame,
    claim: &ClaimRef<'_>,
    unit: Option<&str>,
) -> Result<(), StoreError> {
    let predicate = compared(claim.topic().predicate());
    for (kind, name) in [(UNIT, unit), (SCOPE, claim.scope()), (PREDICATE, Some(&*predicate))] {
        if let Some(name) = name
            && frame.note_use(kind, name)
        {
            let mut statement = connection.prepare_cached("INSERT OR IGNORE INTO used VALUES (?1, ?2)")?;
            statement.execute(params![kind, name])?;
        }
    }
    Ok(())
}

pub(crate) fn add_source(connection: &Connection, source: &Source, seq: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO source VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0) ON CONFLICT (id) DO UPDATE SET
        name = excluded.name, kind = excluded.kind, part_of = excluded.part_of, reliability = excluded.reliability,
        url = excluded.url, changes = changes + 1";
    connection.prepare_cached(sql)?.execute(params![
        source.id().as_str(),
        seq,
        source.name(),
        source.kind().as_str(),
        source.part_of().map(testimony::SourceId::as_str),
        source.reliability().map(|reliability| reliability.to_string()),
        source.url(),
    ])?;
    Ok(())
}

pub(crate) fn add_predicate(
    connection: &Connection,
    name: &str,
    predicate: &Predicate,
    seq: i64,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached("INSERT INTO predicate VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    let measure = predicate.measure().as_str();
    let (continuous, single) = (predicate.is_continuous(), predicate.is_single_valued());
    statement.execute(params![name, seq, measure, predicate.unit(), continuous, single])?;
    Ok(())
}

pub(crate) fn add_name(
    connection: &Connection,
    kind: &str,
    name: &str,
    seq: i64,
    first: &str,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached("INSERT OR IGNORE INTO name VALUES (?1, ?2, ?3, ?4, ?5)")?;
    statement.execute(params![kind, name, seq, first, crc_of_name(kind, name, seq, first)])?;
    Ok(())
}
