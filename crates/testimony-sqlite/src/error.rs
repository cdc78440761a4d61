//! Failures of stores.

use std::path::PathBuf;

use crate::LAYOUT;

/// A failure of a store. Each says what to do where there is something to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// An entry was refused, and with it all that was to be appended with it: the store is as it was.
    #[error("entry {index}: {error}")]
    Refused {
        /// The place of the entry among those that were given, from 0.
        index: usize,
        /// Why it was refused.
        error: testimony::Error,
    },
    /// A file of lines cannot be imported.
    #[error(transparent)]
    Lines(testimony::Error),
    /// Another process was writing for as long as this one was willing to wait.
    #[error("another process is writing to the store; try again once it is done")]
    Locked,
    /// The file is no store: it is no database, or one of another program.
    #[error("{}: is no store of claims: {why}", .path.display())]
    NotAStore {
        /// The file.
        path: PathBuf,
        /// The thing that it is instead.
        why: String,
    },
    /// The file cannot be opened.
    #[error("{}: cannot be opened: {why}", .path.display())]
    Unopened {
        /// The file.
        path: PathBuf,
        /// The thing that is in the way.
        why: String,
    },
    /// The store was written by a later release.
    #[error("the store has layout {found}, and this release knows layouts up to {LAYOUT}; use a later release")]
    NewerLayout {
        /// The layout of the file.
        found: i64,
    },
    /// The lines of the store are of a version of the interchange format that this release does not know.
    #[error("the lines of the store have the format {found:?}, and this release knows {:?}", testimony::jsonl::FORMAT)]
    NewerFormat {
        /// The format of the lines.
        found: String,
    },
    /// A line on record is not the one that was recorded.
    #[error("entry {seq}: {what}")]
    Damaged {
        /// The number of the row in the table `entry`: the line of an exported file, from 0.
        seq: u64,
        /// The defect.
        what: &'static str,
    },
    /// The tables that were worked out from the lines do not fit them.
    #[error("{what}: the tables beside the lines are damaged; `Store::rebuild` works them out anew")]
    Derived {
        /// The part that does not fit.
        what: &'static str,
    },
    /// The tables beside the lines are of another version, and the store was opened for reading alone.
    #[error(
        "the tables beside the lines are of another release; open the store once for writing, which works them out anew"
    )]
    Outdated,
    /// A file or a caller has another policy than the store.
    #[error("the store has the policy {of_store}, and {other} was asked for; a store has one policy")]
    PoliciesDiffer {
        /// The policy of the store, as JSON.
        of_store: String,
        /// The other.
        other: String,
    },
    /// The database refused a setting without which nothing is durable.
    #[error("the database would not take {setting}, and has {found}; is the file on a network drive?")]
    NotDurable {
        /// The setting that was asked for.
        setting: &'static str,
        /// The setting that the database has.
        found: String,
    },
    /// A checkpoint is no checkpoint, or is not of this store.
    #[error("the checkpoint {why}")]
    Checkpoint {
        /// The defect.
        why: String,
    },
    /// The database failed.
    #[error("the database: {0}")]
    Database(rusqlite::Error),
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
        match error.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => Self::Locked,
            _ => Self::Database(error),
        }
    }
}
