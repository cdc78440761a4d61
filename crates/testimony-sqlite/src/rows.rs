//! Rows as they are added: the lines, and what is worked out from one line alone.

use std::collections::HashMap;
use std::collections::hash_map;

use rusqlite::{CachedStatement, Connection, params};
use testimony::{Bound, ClaimRef, EntryRef, Error, Figure, Label, Policy, Predicate, Source, Timestamp, Value, jsonl};

use crate::error::StoreError;
use crate::frame::{Frame, PREDICATE, SCOPE, UNIT};
use crate::lines;
use crate::topics::compared;
use crate::tree::{self, Hash, Hashes as _, LEVELS, WIDTH};

/// Why an entry was not added.
pub(crate) enum Stop {
    /// The ledger refused it, and nothing changed.
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

/// The statements of most rows, which are looked up once in a transaction.
pub(crate) struct Prepared<'c> {
    pub(crate) connection: &'c Connection,
    line: CachedStatement<'c>,
    claim: CachedStatement<'c>,
}

impl<'c> Prepared<'c> {
    pub(crate) fn new(connection: &'c Connection) -> Result<Self, StoreError> {
        let claim =
            "INSERT INTO claim VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
            ?18, ?19, ?20, NULL)";
        Ok(Self {
            connection,
            // What fails gives up the transaction in any case.
            line: connection.prepare_cached("INSERT OR ROLLBACK INTO entry VALUES (?1, ?2, ?3, ?4, ?5)")?,
            claim: connection.prepare_cached(claim)?,
        })
    }
}

/// A figure as the columns of a claim have it.
struct FigureColumns {
    text: String,
    low: Option<(String, bool)>,
    high: Option<(String, bool)>,
}

impl FigureColumns {
    fn new(figure: &Figure, policy: &Policy) -> Result<Self, Error> {
        let interval = figure.values(policy)?;
        let end = |bound: Option<Bound>| bound.map(|bound| (bound.value().to_string(), bound.is_open()));
        Ok(Self { text: figure.to_string(), low: end(interval.low()), high: end(interval.high()) })
    }
}

/// How many figures are remembered at most.
const FIGURES: usize = 4_096;

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
    /// The label of the claim in it, if it has one.
    label: Option<Label>,
    /// Figures that were said before, since many claims give the same.
    figures: HashMap<Figure, FigureColumns>,
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
            label: None,
            figures: HashMap::new(),
        })
    }

    /// Rows for lines that are on record already.
    pub(crate) fn again() -> Self {
        Self {
            next: 0,
            claims: 0,
            time: None,
            leaves: Vec::new(),
            again: true,
            line: Vec::new(),
            label: None,
            figures: HashMap::new(),
        }
    }

    /// Adds the line that names the format and the policy, where there is none yet.
    pub(crate) fn begin(&mut self, prepared: &mut Prepared<'_>, policy: &Policy) -> Result<(), Stop> {
        if self.next == 0 {
            self.line.clear();
            jsonl::write(&testimony::Ledger::with_policy(policy.clone()), &mut self.line)?;
            self.line.pop();
            self.insert(prepared, "format")?;
        }
        Ok(())
    }

    /// Adds the line of an entry; gives its row.
    pub(crate) fn push(&mut self, prepared: &mut Prepared<'_>, kind: &str, entry: &EntryRef<'_>) -> Result<i64, Stop> {
        self.line.clear();
        self.label = jsonl::add_line_with_label(&mut self.line, entry, self.time)?;
        self.line.pop();
        let seq = self.next.cast_signed();
        if entry.recorded() != self.time
            && let Some(time) = entry.recorded()
        {
            // Without the Z, texts of different lengths stand in the order of the times.
            let (utc, written) = (time.to_utc().to_string(), time.to_string());
            let mut statement = prepared.connection.prepare_cached("INSERT INTO clock VALUES (?1, ?2, ?3)")?;
            statement.execute(params![seq, utc.trim_end_matches('Z'), written])?;
        }
        self.insert(prepared, kind)?;
        self.time = entry.recorded();
        Ok(seq)
    }

    fn insert(&mut self, prepared: &mut Prepared<'_>, kind: &str) -> Result<(), Stop> {
        let seq = self.next.cast_signed();
        let leaf = tree::leaf_hash(&self.line);
        let text = str::from_utf8(&self.line).map_err(|_| StoreError::Derived { what: "a line is no text" })?;
        if self.again {
            if lines::line(prepared.connection, seq)?.text != text {
                return Err(
                    StoreError::Damaged { seq: self.next, what: "its line is not laid out as lines are" }.into()
                );
            }
        } else {
            prepared.line.execute(params![seq, kind, text, crc32fast::hash(&self.line), leaf.0])?;
        }
        self.next += 1;
        self.leaves.push(leaf);
        if self.leaves.len() as u64 == WIDTH {
            self.add_nodes(prepared.connection)?;
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

    /// Writes the row of a claim that was just added.
    pub(crate) fn add_claim(
        &mut self,
        prepared: &mut Prepared<'_>,
        frame: &mut Frame,
        claim: &ClaimRef<'_>,
        (seq, topic): (i64, i64),
    ) -> Result<(), Stop> {
        let number = self.claims.cast_signed();
        let label = label_bytes(self.label.unwrap_or_else(|| claim.label()));
        let lent = claim.topic_ref().predicate().unit();
        let value = claim.value();
        let unit = value.and_then(Value::as_figure).and_then(|figure| figure.unit().or(lent));
        let day = |date: Option<testimony::Date>| date.map(|date| date.to_string());
        let ends = |period: Option<&testimony::Period>| {
            (day(period.and_then(testimony::Period::first_day)), day(period.and_then(testimony::Period::last_day)))
        };
        let other;
        let (kind, columns) = match value {
            None => (None, None),
            Some(Value::Figure(figure)) => (Some("figure"), Some(self.figure(figure, claim.ledger().policy())?)),
            Some(Value::Text(text)) => {
                other = FigureColumns { text: text.to_string(), low: None, high: None };
                (Some("text"), Some(&other))
            }
            // Of a value that is a period, the ends are its first and its last day.
            Some(Value::Period(period)) => {
                let (first, last) = ends(Some(period));
                let end = |day: Option<String>| day.map(|day| (day, false));
                other = FigureColumns { text: period.to_string(), low: end(first), high: end(last) };
                (Some("period"), Some(&other))
            }
        };
        let low = columns.and_then(|columns| columns.low.as_ref());
        let high = columns.and_then(|columns| columns.high.as_ref());
        let (as_of_from, as_of_to) = ends(claim.as_of().as_ref());
        let likelihood = claim.confidence().and_then(|confidence| confidence.likelihood()).map(ToString::to_string);
        prepared.claim.execute(params![
            number,
            seq,
            topic,
            claim.origin().id().as_str(),
            claim.stance().as_str(),
            kind,
            columns.map(|columns| &columns.text),
            unit,
            low.map(|(value, _)| value),
            low.map(|(_, is_open)| is_open),
            high.map(|(value, _)| value),
            high.map(|(_, is_open)| is_open),
            claim.scope(),
            claim.as_of().map(|period| period.to_string()),
            as_of_from,
            as_of_to,
            claim.stated().map(|stated| stated.to_string()),
            claim.credibility().map(testimony::Credibility::rating),
            likelihood,
            label,
        ])?;
        note_names(prepared.connection, frame, claim, unit)?;
        self.claims += 1;
        Ok(())
    }

    /// A figure as the columns have it, which is worked out once as long as it is remembered.
    fn figure(&mut self, figure: &Figure, policy: &Policy) -> Result<&FigureColumns, Error> {
        if self.figures.len() == FIGURES && !self.figures.contains_key(figure) {
            self.figures.clear();
        }
        match self.figures.entry(figure.clone()) {
            hash_map::Entry::Occupied(known) => Ok(known.into_mut()),
            hash_map::Entry::Vacant(place) => Ok(place.insert(FigureColumns::new(figure, policy)?)),
        }
    }
}

/// The bytes of a label, which prints as their 32 hexadecimal digits.
pub(crate) fn label_bytes(label: Label) -> [u8; 16] {
    u128::from_str_radix(&label.to_string(), 16).unwrap_or_default().to_be_bytes()
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
