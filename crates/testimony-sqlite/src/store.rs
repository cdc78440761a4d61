//! The store.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::io::{BufRead, Cursor, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use testimony::{Appended, ClaimId, Entry, Error, Ledger, Policy, Timestamp, Topic, jsonl};

use crate::checkpoint::Checkpoint;
use crate::error::StoreError;
use crate::lines::{self, Line};
use crate::load::{With, load};
use crate::rows::Stop;
use crate::schema::{self, For};
use crate::topics;
use crate::tree::{self, Hash};
use crate::verify;
use crate::writer::Writer;

/// How many claims a writer keeps at hand, of the topics that it used last, unless it was told otherwise.
const AT_HAND: usize = 500_000;

/// A ledger of claims in a file.
///
/// # Durability
///
/// What [`append`](Self::append) and [`import`](Self::import) were given is on the disk when they return: the database
/// writes ahead into a log beside the file (`-wal`), and waits for the disk at each commit. Both settings are read back
/// when a store is opened, and a store on a drive that does not take them is refused.
///
/// # Several processes
///
/// Any number may read while one writes; each question sees whole transactions, as of when it was asked. A second writer
/// waits for five seconds, or for [as long as it was told](Self::set_patience), and then gets [`StoreError::Locked`].
///
/// # Memory
///
/// A writer holds what is beside the claims (sources, predicates, names, constraints), and the topics that it used last,
/// up to 500,000 claims. [`topic`](Self::topic) and [`subject`](Self::subject) hold what they give, and
/// [`ledger`](Self::ledger) holds everything.
pub struct Store {
    connection: Connection,
    path: PathBuf,
    /// The policy of a store that has no line yet.
    policy: Option<Policy>,
    writer: Option<Writer>,
    is_writable: bool,
    at_hand: usize,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("path", &self.path)
            .field("is_writable", &self.is_writable)
            .finish_non_exhaustive()
    }
}

/// The outcome of [appending](Store::append): what became of each entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    outcomes: Vec<Appended>,
    lines: u64,
}

impl Written {
    /// What became of each entry, in the order in which they were given.
    #[must_use]
    pub fn outcomes(&self) -> &[Appended] {
        &self.outcomes
    }

    /// How many conflicts the claims brought.
    #[must_use]
    pub fn conflicts(&self) -> u64 {
        let brought = self.outcomes.iter().map(|outcome| match outcome {
            Appended::Claim(receipt) => receipt.conflicts() as u64,
            _ => 0,
        });
        brought.sum()
    }

    /// How many lines the store has now.
    #[must_use]
    pub fn lines(&self) -> u64 {
        self.lines
    }
}

/// The outcome of [importing](Store::import) lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// How many entries were added.
    pub added: u64,
    /// How many changed nothing, because the same was there.
    pub already_there: u64,
    /// How many lines were refused.
    pub refused: u64,
    /// How many conflicts the claims brought.
    pub conflicts: u64,
}

impl Store {
    /// Opens a store for reading and writing; a file that is missing or empty becomes one.
    ///
    /// A store in which another release worked out what stands beside the lines has that worked out anew, which takes
    /// about as long as importing its lines.
    ///
    /// # Errors
    ///
    /// Refuses a file that is no store, a store of a later release, and a drive on which nothing is durable.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::open_for(path.as_ref(), For::Writing)
    }

    /// Opens a store for reading alone. Nothing is made, and nothing in the file is changed.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), and refuses a file that is missing or empty.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::open_for(path.as_ref(), For::Reading)
    }

    fn open_for(path: &Path, wanted: For) -> Result<Self, StoreError> {
        let connection = schema::open(path, wanted, schema::PATIENCE)?;
        let is_writable = wanted == For::Writing;
        let path = path.to_owned();
        let mut store = Self { connection, path, policy: None, writer: None, is_writable, at_hand: AT_HAND };
        lines::policy(&store.connection)?;
        if is_writable && !schema::is_current(&store.connection)? {
            store.rebuild()?;
        }
        Ok(store)
    }

    /// Whether a file begins as databases of SQLite do, so that it may be a store and is no file of lines.
    ///
    /// # Errors
    ///
    /// The failure to read.
    pub fn is_database(path: impl AsRef<Path>) -> std::io::Result<bool> {
        let mut first = Vec::new();
        std::fs::File::open(path)?.take(16).read_to_end(&mut first)?;
        Ok(first == b"SQLite format 3\0")
    }

    /// Chooses the policy of a store that has no line yet. Without this it has that of the first file that is imported, or
    /// the default.
    ///
    /// # Errors
    ///
    /// Refuses another policy than the one that the store has.
    pub fn set_policy(&mut self, policy: Policy) -> Result<(), StoreError> {
        match lines::policy(&self.connection)? {
            Some(of_store) if of_store != policy => {
                Err(StoreError::PoliciesDiffer { of_store: first_line(&of_store), other: first_line(&policy) })
            }
            Some(_) => Ok(()),
            None => {
                self.policy = Some(policy);
                self.writer = None;
                Ok(())
            }
        }
    }

    /// The policy that the verdicts rest on.
    ///
    /// # Errors
    ///
    /// The failure to read.
    pub fn policy(&self) -> Result<Policy, StoreError> {
        Ok(lines::policy(&self.connection)?.or_else(|| self.policy.clone()).unwrap_or_default())
    }

    /// Sets for how long a writer waits for another one.
    ///
    /// # Errors
    ///
    /// The failure of the database.
    pub fn set_patience(&mut self, patience: Duration) -> Result<(), StoreError> {
        Ok(self.connection.busy_timeout(patience)?)
    }

    /// Sets how many claims a writer keeps at hand.
    pub fn set_at_hand(&mut self, claims: usize) {
        self.at_hand = claims;
        self.writer = None;
    }

    /// How many lines the store has, the one that names the format included.
    ///
    /// # Errors
    ///
    /// The failure to read.
    pub fn lines(&self) -> Result<u64, StoreError> {
        lines::size(&self.connection)
    }

    /// Appends entries, all or none of them. When it returns, they are on the disk.
    ///
    /// An entry without a time was recorded when the one before it was, as in a ledger. A retraction or an amendment may
    /// name a claim by its number in the store, or by its label.
    ///
    /// # Errors
    ///
    /// The first entry that is refused, for the reasons for which a ledger would; another writer that does not end; a
    /// full disk, or another failure of the database.
    pub fn append(&mut self, entries: &[Entry]) -> Result<Written, StoreError> {
        let (outcomes, lines) = self.write(|writer, connection| {
            let mut outcomes = Vec::with_capacity(entries.len());
            writer.begin(connection).map_err(|stop| refused_at(0, stop))?;
            for (index, entry) in entries.iter().enumerate() {
                let outcome = writer.append(connection, entry.clone());
                outcomes.push(outcome.map_err(|stop| refused_at(index, stop))?);
            }
            Ok((outcomes, writer.rows.next))
        })?;
        Ok(Written { outcomes, lines })
    }

    /// Appends the lines of a file, in one transaction. Each line that is refused goes to `on_refusal`, which says whether
    /// to read on; where it says no, nothing is appended.
    ///
    /// Claims are numbered as the file has them, so that a retraction in it hits the claim that was meant.
    ///
    /// # Errors
    ///
    /// The failure to read, a format that this release does not know, and another policy than that of the store.
    pub fn import(
        &mut self,
        input: impl BufRead,
        mut on_refusal: impl FnMut(Error) -> ControlFlow<()>,
    ) -> Result<Imported, StoreError> {
        let (policy, input) = with_policy(input)?;
        if let Some(policy) = policy {
            self.set_policy(policy)?;
        }
        self.write(|writer, connection| {
            writer.begin(connection).map_err(|stop| refused_at(0, stop))?;
            let mut imported = Imported::default();
            let (failure, mut stopped, mut refused) = (RefCell::new(None), None, 0);
            let take = |entry: Entry| -> Result<Option<ClaimId>, Error> {
                let before = writer.rows.next;
                let outcome = match writer.append(connection, entry) {
                    Ok(outcome) => outcome,
                    Err(Stop::Refused(refusal)) => return Err(refusal),
                    Err(Stop::Failed(error)) => {
                        failure.replace(Some(error));
                        return Err(given_up());
                    }
                };
                *(if writer.rows.next > before { &mut imported.added } else { &mut imported.already_there }) += 1;
                let Appended::Claim(receipt) = outcome else { return Ok(None) };
                imported.conflicts += receipt.conflicts() as u64;
                Ok(Some(receipt.id()))
            };
            let on_refusal = |refusal: Error| {
                if failure.borrow().is_some() {
                    return ControlFlow::Break(());
                }
                refused += 1;
                let go_on = on_refusal(refusal.clone());
                if go_on.is_break() {
                    stopped = Some(refusal);
                }
                go_on
            };
            jsonl::read_each(input, |_| Ok(()), take, on_refusal).map_err(StoreError::Lines)?;
            if let Some(failure) = failure.into_inner() {
                return Err(failure);
            }
            imported.refused = refused;
            stopped.map_or(Ok(imported), |refusal| Err(StoreError::Lines(refusal)))
        })
    }

    /// Runs a transaction, which is the only writer while it lasts, and gives it up if it fails.
    fn write<T>(
        &mut self,
        act: impl FnOnce(&mut Writer, &Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let policy = self.policy.clone();
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let on_record = lines::policy(&transaction)?;
        // What a writer holds is of use as long as nobody else wrote.
        let size = lines::size(&transaction)?;
        let policy = on_record.or(policy).unwrap_or_default();
        let mut writer = match self.writer.take().filter(|writer| writer.rows.next == size) {
            Some(writer) => writer,
            None => Writer::load(&transaction, &policy, self.at_hand)?,
        };
        let done = act(&mut writer, &transaction)?;
        writer.finish(&transaction)?;
        transaction.commit()?;
        self.writer = Some(writer);
        Ok(done)
    }

    /// Works out anew all that stands beside the lines. No line is changed.
    ///
    /// # Errors
    ///
    /// The first line that is not what was recorded, or does not follow from those before it.
    pub fn rebuild(&mut self) -> Result<(), StoreError> {
        self.writer = None;
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let policy = lines::policy(&transaction)?.unwrap_or_default();
        schema::recreate_derived(&transaction)?;
        let mut writer = Writer::again(&policy, self.at_hand);
        {
            let mut statement = transaction.prepare("SELECT seq, line, crc FROM entry ORDER BY seq")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let line = Line::from_row(row)?;
                let does_not_follow =
                    StoreError::Damaged { seq: line.seq, what: "it does not follow from what stands before it" };
                if line.seq != writer.rows.next {
                    return Err(StoreError::Damaged { seq: writer.rows.next, what: "it is missing" });
                }
                let added = match line.seq {
                    0 => writer.begin(&transaction),
                    _ => writer.append(&transaction, line.entry()?).map(|_| ()),
                };
                match added {
                    Ok(()) if writer.rows.next == line.seq + 1 => {}
                    Err(Stop::Failed(error)) => return Err(error),
                    _ => return Err(does_not_follow),
                }
            }
        }
        writer.finish(&transaction)?;
        transaction.commit()?;
        Ok(())
    }

    /// A reading that sees one state of the store throughout.
    fn read(&self) -> Result<Transaction<'_>, StoreError> {
        Ok(Transaction::new_unchecked(&self.connection, TransactionBehavior::Deferred)?)
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
        let reading = self.read()?;
        Self::current(&reading)?;
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

    fn current(reading: &Connection) -> Result<(), StoreError> {
        if schema::is_current(reading)? { Ok(()) } else { Err(StoreError::Outdated) }
    }

    /// A topic under any of its names, as a ledger of its own: with all topics that constraints tie to it, and what these
    /// need. What it says of the topic is what the ledger of everything says. Claims have the numbers that they have in the
    /// store. `None` if no claim and no constraint names it.
    ///
    /// # Errors
    ///
    /// A line that is not what was recorded, and tables beside the lines that do not fit them.
    pub fn topic(&self, topic: &Topic) -> Result<Option<Ledger>, StoreError> {
        let reading = self.read()?;
        Self::current(&reading)?;
        let topic = topics::named(&reading, topic)?;
        let Some(row) = topics::find(&reading, &topic)? else {
            topics::check_missing(&reading, topic.subject(), Some(topic.predicate()))?;
            return Ok(None);
        };
        let part = topics::of_part(&reading, row.part)?;
        if !part.contains(&row) {
            return Err(StoreError::Derived { what: "a topic is not in its part" });
        }
        Ok(Some(load(&reading, &self.policy()?, &part, With::Constraints)?))
    }

    /// The topics of a subject under any of its names, as a ledger of their own: as [`topic`](Self::topic) gives one.
    ///
    /// # Errors
    ///
    /// As for [`topic`](Self::topic).
    pub fn subject(&self, subject: &str) -> Result<Option<Ledger>, StoreError> {
        let reading = self.read()?;
        Self::current(&reading)?;
        let first = topics::first_name(&reading, subject)?;
        let of_subject = topics::of_subject(&reading, &first)?;
        let mut rows = Vec::new();
        for part in of_subject.iter().map(|row| row.part).collect::<BTreeSet<_>>() {
            rows.extend(topics::of_part(&reading, part)?);
        }
        if rows.is_empty() {
            topics::check_missing(&reading, &first, None)?;
            return Ok(None);
        }
        Ok(Some(load(&reading, &self.policy()?, &rows, With::Constraints)?))
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

    /// The root of the Merkle tree over the lines (RFC 6962): it changes if any line does. Each line is a leaf, without its
    /// end, the one that names the format included, so that anybody can work it out from an exported file.
    ///
    /// # Errors
    ///
    /// The failure to read.
    pub fn root(&self) -> Result<Hash, StoreError> {
        let reading = self.read()?;
        let size = lines::size(&reading)?;
        tree::subtree(&*reading, 0, size)
    }

    /// The number of lines and the root, as a text that can be signed and kept elsewhere; `origin` names the store.
    ///
    /// # Errors
    ///
    /// The failure to read.
    pub fn checkpoint(&self, origin: &str) -> Result<Checkpoint, StoreError> {
        let reading = self.read()?;
        let size = lines::size(&reading)?;
        Ok(Checkpoint { origin: origin.to_owned(), size, root: tree::subtree(&*reading, 0, size)? })
    }

    /// The hashes that show that a line is among the first `size`, for [`verify_inclusion`](crate::verify_inclusion).
    ///
    /// # Errors
    ///
    /// Refuses a line that is not among them, and more lines than there are.
    pub fn inclusion_proof(&self, line: u64, size: u64) -> Result<Vec<Hash>, StoreError> {
        let reading = self.read()?;
        let has = lines::size(&reading)?;
        if size > has || line >= size {
            let why = format!("cannot be of line {line} among the first {size}: the store has {has} lines");
            return Err(StoreError::Checkpoint { why });
        }
        tree::inclusion(&*reading, line, size)
    }

    /// The hashes that show that the first `old` lines are the beginning of the first `new`, for
    /// [`verify_consistency`](crate::verify_consistency).
    ///
    /// # Errors
    ///
    /// Refuses more lines than there are.
    pub fn consistency_proof(&self, old: u64, new: u64) -> Result<Vec<Hash>, StoreError> {
        let reading = self.read()?;
        let has = lines::size(&reading)?;
        if new > has || old > new {
            let why = format!("cannot be of {old} lines and {new}: the store has {has}");
            return Err(StoreError::Checkpoint { why });
        }
        tree::consistency(&*reading, old, new)
    }

    /// Looks at every line, and gives their number: none is missing, each is what was recorded, and they are what the tree
    /// is over. Whoever can write into the file can make all of that fit to other lines; against that helps a checkpoint
    /// that is kept elsewhere.
    ///
    /// # Errors
    ///
    /// The first line that is not what was recorded ([`StoreError::Damaged`]).
    pub fn verify(&self) -> Result<u64, StoreError> {
        verify::verify(&*self.read()?)
    }

    /// Looks at every line as [`verify`](Self::verify) does, and whether the first of them are those that a checkpoint was
    /// made of.
    ///
    /// # Errors
    ///
    /// As for [`verify`](Self::verify), and a checkpoint with another root or more lines ([`StoreError::Checkpoint`]).
    pub fn verify_since(&self, checkpoint: &Checkpoint) -> Result<u64, StoreError> {
        let reading = self.read()?;
        let lines = verify::verify(&reading)?;
        verify::holds(&reading, checkpoint)?;
        Ok(lines)
    }
}

fn refused_at(index: usize, stop: Stop) -> StoreError {
    match stop {
        Stop::Refused(error) => StoreError::Refused { index, error },
        Stop::Failed(error) => error,
    }
}

/// Stands in for a failure of the store where lines are read, and is told to nobody.
fn given_up() -> Error {
    "".parse::<Timestamp>().expect_err("no time is written without a sign")
}

/// The policy that a file names, with the file from its beginning.
fn with_policy<R: BufRead>(mut input: R) -> Result<(Option<Policy>, impl BufRead), StoreError> {
    let mut first = Vec::new();
    let longest = jsonl::MAX_LINE as u64 + 1;
    while first.iter().all(u8::is_ascii_whitespace) && input.by_ref().take(longest).read_until(b'\n', &mut first)? > 0 {
    }
    let mut reader = jsonl::Reader::new(first.as_slice());
    let _ = reader.next();
    let policy = reader.policy().cloned();
    Ok((policy, Cursor::new(first).chain(input)))
}

/// A policy as the first line of a file names it.
fn first_line(policy: &Policy) -> String {
    let line = jsonl::to_string(&Ledger::with_policy(policy.clone())).unwrap_or_default();
    line.trim_end().to_owned()
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

    fn next(&mut self, rows: &mut rusqlite::Rows<'_>) -> Result<Option<Line>, StoreError> {
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
    rows: &'a mut rusqlite::Rows<'r>,
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

#[cfg(test)]
mod tests {
    use testimony::{Claim, Figure, Source, SourceId};

    use super::*;

    #[test]
    fn a_full_disk_is_told_and_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path().join("claims.db")).unwrap();
        let moh = SourceId::new("moh").unwrap();
        let claim = |n: u64| Claim::new(Topic::new("flood", "deaths"), Figure::exactly(n), &moh).into();
        store.append(&[Source::new("moh", "MOH").unwrap().into()]).unwrap();
        let pages: i64 = store.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        store.connection.pragma_update(None, "max_page_count", pages + 2).unwrap();
        let mut taken = 0;
        let failure = (0..1_000).find_map(|n| store.append(&[claim(n)]).inspect(|_| taken += 1).err());
        assert!(failure.unwrap().to_string().contains("full"));
        assert_eq!(store.ledger().unwrap().claims().len() as u64, taken);
        store.connection.pragma_update(None, "max_page_count", 1_000_000).unwrap();
        store.append(&[claim(99_999)]).unwrap();
        assert_eq!(store.verify().unwrap(), taken + 3);
    }
}
