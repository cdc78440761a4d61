//! The lines on record, as they are read and checked.

use rusqlite::{Connection, OptionalExtension as _, Row};
use testimony::{Content, Entry, Policy, Timestamp, jsonl};

use crate::error::StoreError;
use crate::tree::{Hash, Hashes};

/// A line that is as its checksum says.
pub(crate) struct Line {
    pub(crate) seq: u64,
    pub(crate) text: String,
}

impl Line {
    /// A line from the columns `seq`, `line` and `crc`, which stand first; refused if it was damaged.
    pub(crate) fn from_row(row: &Row<'_>) -> Result<Self, StoreError> {
        let seq = row.get::<_, i64>(0)?.unsigned_abs();
        // A damaged text may be no UTF-8, or of another type.
        let damaged = |_| StoreError::Damaged { seq, what: "its line is not what was recorded" };
        let text: String = row.get(1).map_err(damaged)?;
        let crc: i64 = row.get(2).map_err(damaged)?;
        if i64::from(crc32fast::hash(text.as_bytes())) != crc {
            return Err(StoreError::Damaged { seq, what: "its line is not what was recorded" });
        }
        Ok(Self { seq, text })
    }

    /// The kind of its entry, which is its first field but for the time.
    pub(crate) fn kind(&self) -> Option<&str> {
        let fields = self.text.strip_prefix("{\"")?;
        let fields = match fields.strip_prefix("recorded\":\"") {
            Some(time) => time.split_once("\",\"")?.1,
            None => fields,
        };
        fields.split('"').next()
    }

    pub(crate) fn entry(&self) -> Result<Entry, StoreError> {
        let unreadable = StoreError::Damaged { seq: self.seq, what: "its line is no entry" };
        jsonl::Reader::new(self.text.as_bytes()).next().and_then(Result::ok).ok_or(unreadable)
    }
}

/// The line of a row.
pub(crate) fn line(connection: &Connection, seq: i64) -> Result<Line, StoreError> {
    let mut statement = connection.prepare_cached("SELECT seq, line, crc FROM entry WHERE seq = ?1")?;
    let mut rows = statement.query([seq])?;
    match rows.next()? {
        Some(row) => Line::from_row(row),
        None => Err(StoreError::Damaged { seq: seq.unsigned_abs(), what: "it is missing" }),
    }
}

/// The number of rows, which is the seq of the next one. It is kept apart too, since nothing follows the last row from
/// which one could tell that it is gone.
pub(crate) fn size(connection: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT ifnull(max(seq), -1) + 1, (SELECT value FROM meta WHERE key = 'lines') FROM entry";
    let mut statement = connection.prepare_cached(sql)?;
    let (rows, kept): (i64, Option<String>) = statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let rows = rows.unsigned_abs();
    match kept.and_then(|kept| kept.parse::<u64>().ok()) {
        Some(kept) if kept == rows => Ok(rows),
        Some(kept) if kept < rows => Err(StoreError::Damaged { seq: kept, what: "it was not added by a store" }),
        _ => Err(StoreError::Damaged { seq: rows, what: "it is missing" }),
    }
}

/// The policy that the first line names; `None` where there is no line yet.
pub(crate) fn policy(connection: &Connection) -> Result<Option<Policy>, StoreError> {
    if size(connection)? == 0 {
        return Ok(None);
    }
    let first = line(connection, 0)?;
    match jsonl::read(first.text.as_bytes()) {
        Ok(ledger) if ledger.is_empty() => Ok(Some(ledger.policy().clone())),
        Err(error) if error.code() == "unknown-format" => {
            Err(StoreError::NewerFormat { found: error.refused_value().unwrap_or_default().to_owned() })
        }
        _ => Err(StoreError::Damaged { seq: 0, what: "it names no format" }),
    }
}

/// When entries were recorded, for entries that are asked for in their order.
#[derive(Default)]
pub(crate) struct Times {
    time: Option<Timestamp>,
    /// The row from which on another time holds.
    until: i64,
}

impl Times {
    pub(crate) fn of(&mut self, connection: &Connection, seq: i64) -> Result<Option<Timestamp>, StoreError> {
        if seq >= self.until {
            let mut statement =
                connection.prepare_cached("SELECT written FROM clock WHERE seq <= ?1 ORDER BY seq DESC LIMIT 1")?;
            let written: Option<String> = statement.query_row([seq], |row| row.get(0)).optional()?;
            let derived = |_| StoreError::Derived { what: "a time of recording is no time" };
            self.time = written.map(|written| written.parse().map_err(derived)).transpose()?;
            let mut statement = connection.prepare_cached("SELECT min(seq) FROM clock WHERE seq > ?1")?;
            self.until = statement.query_row([seq], |row| row.get::<_, Option<i64>>(0))?.unwrap_or(i64::MAX);
        }
        Ok(self.time)
    }
}

/// An entry with the time at which it is recorded, if there is one.
pub(crate) fn timed(content: Content, time: Option<Timestamp>) -> Entry {
    time.into_iter().fold(Entry::from(content), Entry::with_recorded)
}

impl Hashes for Connection {
    type Error = StoreError;

    fn hashes(&self, level: u32, places: std::ops::Range<u64>) -> Result<Vec<Hash>, StoreError> {
        let sql = if level == 0 {
            "SELECT leaf FROM entry WHERE ?3 = 0 AND seq >= ?1 AND seq < ?2 ORDER BY seq"
        } else {
            "SELECT hash FROM node WHERE level = ?3 AND place >= ?1 AND place < ?2 ORDER BY place"
        };
        let mut statement = self.prepare_cached(sql)?;
        let range = (places.start.cast_signed(), places.end.cast_signed(), level);
        let hashes: Vec<Hash> = statement.query_map(range, |row| row.get(0).map(Hash))?.collect::<Result<_, _>>()?;
        if hashes.len() as u64 != places.end - places.start {
            return Err(StoreError::Derived { what: "a hash of the tree is missing" });
        }
        Ok(hashes)
    }
}
