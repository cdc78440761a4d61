//! The store.

mod import;
mod proofs;
mod reading;

use std::fmt;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use testimony::{Appended, Entry, Ledger, Policy, jsonl};

pub use self::import::Imported;
use crate::error::StoreError;
use crate::lines::{self, Line};
use crate::rows::{Prepared, Stop};
use crate::schema::{self, For};
use crate::writer::Writer;

/// How many claims a writer keeps at hand, of the topics that it used last, unless it was told otherwise.
const AT_HAND: usize = 500_000;

/// A ledger of claims in a file.
///
/// # Durability
///
/// Entries that [`append`](Self::append) and [`import`](Self::import) were given are on the disk when they return: the
/// database writes ahead into a log beside the file (`-wal`), and waits for the disk at each commit. Both settings are read back
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
/// up to 500,000 claims or [what it was told](Self::set_at_hand). [`topic`](Self::topic) and [`subject`](Self::subject)
/// hold what they give, and [`ledger`](Self::ledger) holds everything.
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
    /// The outcome of each entry, in the order in which they were given.
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
        // A damaged first line, or one of a later format, is told at once.
        store.policy()?;
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
        if let Some(of_store) = lines::policy(&self.connection)? {
            return check_policy(&of_store, &policy);
        }
        self.policy = Some(policy);
        Ok(())
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

    /// Sets how many claims a writer keeps at hand, of the topics that it used last: 500,000 without this. Fewer take less
    /// memory, and a topic that is not at hand is loaded again where a claim comes to it.
    ///
    /// ```
    /// use testimony_sqlite::Store;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// let mut store = Store::open(folder.path().join("claims.db"))?;
    /// store.set_at_hand(10_000);
    /// assert_eq!(store.append(&[testimony::Source::new("moh", "Ministry of Health")?.into()])?.lines(), 2);
    /// # Ok(())
    /// # }
    /// ```
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
        let (outcomes, lines) = self.write(None, |writer, prepared| {
            let mut outcomes = Vec::with_capacity(entries.len());
            writer.begin(prepared).map_err(|stop| refused_at(0, stop))?;
            for (index, entry) in entries.iter().enumerate() {
                let outcome = writer.append(prepared, entry.clone());
                outcomes.push(outcome.map_err(|stop| refused_at(index, stop))?);
            }
            Ok((outcomes, writer.rows.next))
        })?;
        Ok(Written { outcomes, lines })
    }

    /// Runs a transaction, which is the only writer while it lasts, and gives it up if it fails. `of_file` is the policy of
    /// what is written.
    fn write<T>(
        &mut self,
        of_file: Option<Policy>,
        act: impl FnOnce(&mut Writer, &mut Prepared<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let size = lines::size(&transaction)?;
        // The state of a writer is of use as long as nobody else wrote.
        let at_hand = self.writer.take().filter(|writer| size > 0 && writer.rows.next == size);
        let of_store = match &at_hand {
            Some(writer) => Some(writer.policy().clone()),
            None => lines::policy(&transaction)?.or_else(|| self.policy.clone()),
        };
        let policy = match (of_store, of_file) {
            (Some(of_store), Some(of_file)) => {
                check_policy(&of_store, &of_file)?;
                of_store
            }
            (of_store, of_file) => of_store.or(of_file).unwrap_or_default(),
        };
        let mut writer = match at_hand {
            Some(writer) => writer,
            None => Writer::load(&transaction, &policy, self.at_hand)?,
        };
        let done = act(&mut writer, &mut Prepared::new(&transaction)?)?;
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
            let mut prepared = Prepared::new(&transaction)?;
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
                    0 => writer.begin(&mut prepared),
                    _ => writer.append(&mut prepared, line.entry()?).map(|_| ()),
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
}

fn refused_at(index: usize, stop: Stop) -> StoreError {
    match stop {
        Stop::Refused(error) => StoreError::Refused { index, error },
        Stop::Failed(error) => error,
    }
}

/// Refuses another policy than that of a store.
fn check_policy(of_store: &Policy, other: &Policy) -> Result<(), StoreError> {
    if of_store == other {
        return Ok(());
    }
    Err(StoreError::PoliciesDiffer { of_store: first_line(of_store), other: first_line(other) })
}

/// A policy as the first line of a file names it.
fn first_line(policy: &Policy) -> String {
    let line = jsonl::to_string(&Ledger::with_policy(policy.clone())).unwrap_or_default();
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use testimony::{Claim, Figure, Source, SourceId, Topic};

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
