//! Reading: everything, what was known at a time, or a part of it, as a ledger or as lines.

use std::collections::BTreeSet;
use std::io::{BufRead, Read, Write};
use std::ops::ControlFlow;

use rusqlite::{Connection, Rows, Transaction, TransactionBehavior};
use testimony::{Ledger, Timestamp, Topic, jsonl};

use super::Store;
use crate::error::StoreError;
use crate::lines::{self, Line};
use crate::load;
use crate::{names, schema, topics};

impl Store {
    /// A reading that sees one state of the store throughout.
    fn read(&self) -> Result<Transaction<'_>, StoreError> {
        Ok(Transaction::new_unchecked(&self.connection, TransactionBehavior::Deferred)?)
    }

    /// A reading that may use the tables beside the lines.
    pub(super) fn read_tables(&self) -> Result<Transaction<'_>, StoreError> {
        let reading = self.read()?;
        if schema::is_current(&reading)? { Ok(reading) } else { Err(StoreError::Outdated) }
    }

    /// Everything that is on record, as a ledger.
    ///
    /// # Errors
    ///
    /// The first line that is not what was recorded.
    pub fn ledger(&self) -> Result<Ledger, StoreError> {
        let reading = self.read()?;
        let size = lines::size(&reading)?;
        self.first(&reading, size)
    }

    /// Everything that was known at a time, as a ledger. Entries before the first time in the store were always known.
    ///
    /// # Errors
    ///
    /// The first line that is not what was recorded.
    pub fn ledger_at(&self, time: Timestamp) -> Result<Ledger, StoreError> {
        let reading = self.read_tables()?;
        let time = time.to_utc();
        // Times rise with the rows.
        let mut statement = reading.prepare("SELECT seq, written FROM clock ORDER BY seq")?;
        let mut rows = statement.query([])?;
        let mut size = lines::size(&reading)?;
        while let Some(row) = rows.next()? {
            let written: Timestamp = row
                .get::<_, String>(1)?
                .parse()
                .map_err(|_| StoreError::Derived { what: "a time of recording is no time" })?;
            if written.to_utc() > time {
                size = row.get::<_, i64>(0)?.unsigned_abs();
                break;
            }
        }
        self.first(&reading, size)
    }

    /// A ledger of the first so many lines.
    fn first(&self, reading: &Connection, size: u64) -> Result<Ledger, StoreError> {
        let mut failure = None;
        let policy = lines::policy(reading)?.or_else(|| self.policy.clone()).unwrap_or_default();
        let mut refused = None;
        let loaded = {
            let mut statement = reading.prepare("SELECT seq, line, crc FROM entry ORDER BY seq")?;
            let mut rows = statement.query([])?;
            let lines = Lines::new(size);
            let reader = LinesRead { rows: &mut rows, lines, at_hand: Vec::new(), read: 0, failure: &mut failure };
            jsonl::read_into(Ledger::with_policy(policy), reader, |error| {
                refused = Some(error);
                ControlFlow::Break(())
            })
        };
        if let Some(failure) = failure {
            return Err(failure);
        }
        if let Some(error) = refused {
            // Lines of a file are counted from 1.
            let seq = error.line().unwrap_or(1) - 1;
            return Err(StoreError::Damaged { seq, what: "it does not follow from what stands before it" });
        }
        let ledger = loaded.map_err(StoreError::Lines)?.ledger;
        if ledger.len() as u64 != size.saturating_sub(1) {
            return Err(StoreError::Damaged { seq: ledger.len() as u64 + 1, what: "it repeats what stands before it" });
        }
        Ok(ledger)
    }

    /// A topic under any of its names, as a ledger of its own: with all topics that constraints tie to it, and what these
    /// need. What it says of the topic is what the ledger of everything says. Claims have the numbers that they have in the
    /// store. `None` if no claim and no constraint names it.
    ///
    /// # Errors
    ///
    /// A line that is not what was recorded, and tables beside the lines that do not fit them.
    pub fn topic(&self, topic: &Topic) -> Result<Option<Ledger>, StoreError> {
        let reading = self.read_tables()?;
        let topic = topics::named(&reading, topic)?;
        let Some(row) = topics::find(&reading, &topic)? else {
            topics::check_missing(&reading, topic.subject(), Some(topic.predicate()))?;
            return Ok(None);
        };
        let part = topics::of_part(&reading, row.part)?;
        if !part.contains(&row) {
            return Err(StoreError::Derived { what: "a topic is not in its part" });
        }
        Ok(Some(load::to_read(&reading, &self.policy()?, &part)?))
    }

    /// The topics of a subject under any of its names, as a ledger of their own: as [`topic`](Self::topic) gives one.
    ///
    /// # Errors
    ///
    /// As for [`topic`](Self::topic).
    pub fn subject(&self, subject: &str) -> Result<Option<Ledger>, StoreError> {
        let reading = self.read_tables()?;
        let first = names::first_name(&reading, subject)?;
        let of_subject = topics::of_subject(&reading, &first)?;
        let mut rows = Vec::new();
        for part in of_subject.iter().map(|row| row.part).collect::<BTreeSet<_>>() {
            rows.extend(topics::of_part(&reading, part)?);
        }
        if rows.is_empty() {
            topics::check_missing(&reading, &first, None)?;
            return Ok(None);
        }
        Ok(Some(load::to_read(&reading, &self.policy()?, &rows)?))
    }

    /// Writes every line, byte for byte what [`jsonl::write`] gives for the ledger of everything.
    ///
    /// # Errors
    ///
    /// The first line that is not what was recorded, and the failure to write.
    pub fn export(&self, mut output: impl Write) -> Result<(), StoreError> {
        let reading = self.read()?;
        let size = lines::size(&reading)?;
        if size == 0 {
            return jsonl::write(&Ledger::with_policy(self.policy()?), output).map_err(StoreError::Lines);
        }
        let mut statement = reading.prepare("SELECT seq, line, crc FROM entry ORDER BY seq")?;
        let mut rows = statement.query([])?;
        let mut lines = Lines::new(size);
        while let Some(line) = lines.next(&mut rows)? {
            output.write_all(line.text.as_bytes())?;
            output.write_all(b"\n")?;
        }
        Ok(output.flush()?)
    }
}

/// Lines in their order, of which none is missing.
struct Lines {
    next: u64,
    size: u64,
}

impl Lines {
    fn new(size: u64) -> Self {
        Self { next: 0, size }
    }

    fn next(&mut self, rows: &mut Rows<'_>) -> Result<Option<Line>, StoreError> {
        if self.next == self.size {
            return Ok(None);
        }
        let missing = StoreError::Damaged { seq: self.next, what: "it is missing" };
        let Some(row) = rows.next()? else { return Err(missing) };
        let line = Line::from_row(row)?;
        if line.seq != self.next {
            return Err(missing);
        }
        self.next += 1;
        Ok(Some(line))
    }
}

/// Lines as a file has them.
struct LinesRead<'a, 'r> {
    rows: &'a mut Rows<'r>,
    lines: Lines,
    /// Lines that were taken from the table and not read yet.
    at_hand: Vec<u8>,
    read: usize,
    failure: &'a mut Option<StoreError>,
}

impl Read for LinesRead<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.fill_buf()?.read(buffer)?;
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for LinesRead<'_, '_> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        // The library looks up the topics of the lines at hand side by side.
        const AT_ONCE: usize = 64 * 1024;
        if self.read == self.at_hand.len() {
            self.at_hand.clear();
            self.read = 0;
            while self.at_hand.len() < AT_ONCE && self.failure.is_none() {
                match self.lines.next(self.rows) {
                    Ok(Some(line)) => {
                        self.at_hand.extend_from_slice(line.text.as_bytes());
                        self.at_hand.push(b'\n');
                    }
                    Ok(None) => break,
                    Err(failure) => *self.failure = Some(failure),
                }
            }
        }
        Ok(&self.at_hand[self.read..])
    }

    fn consume(&mut self, length: usize) {
        self.read += length;
    }
}
