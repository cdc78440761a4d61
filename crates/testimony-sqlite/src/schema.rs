//! The file: how it is made, and which files are refused.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::error::StoreError;

/// `TSTY`, by which SQLite files say whose they are.
pub(crate) const APPLICATION: i64 = 0x5453_5459;
/// The layout of the tables that this release writes.
pub const LAYOUT: i64 = 1;
/// The version of what is worked out from the lines; another one is made anew.
pub(crate) const DERIVED: &str = "4";

const ENTRIES: &str = include_str!("schema.sql");
const BESIDE: &str = include_str!("derived.sql");
/// The tables and views of `derived.sql`, so that they can be taken away.
const DERIVED_TABLES: [&str; 14] = [
    "clock",
    "node",
    "source",
    "source_change",
    "predicate",
    "name",
    "named",
    "topic",
    "tie",
    "claim",
    "change",
    "revised",
    "conflict",
    "used",
];
const DERIVED_VIEWS: [&str; 5] = ["conflicts_now", "citation", "relay", "claims", "entries"];

/// How long a writer waits for another one, unless it was told otherwise.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// The purpose for which a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum For {
    /// Reading and writing; a file that is missing is made.
    Writing,
    /// Reading alone.
    Reading,
}

/// Opens a file, makes the tables where there are none, and refuses what is no store.
pub(crate) fn open(path: &Path, wanted: For, patience: Duration) -> Result<Connection, StoreError> {
    let flags = match wanted {
        For::Writing => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        For::Reading => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let not_a_store = |why: &str| StoreError::NotAStore { path: path.to_owned(), why: why.to_owned() };
    // The database would take a name such as `file:claims.db?mode=memory` or `:memory:` for more than a name.
    let connection = Connection::open_with_flags(std::path::absolute(path)?, flags);
    let connection = connection.map_err(|error| unopened(path, error))?;
    connection.busy_timeout(patience)?;
    // A writer has more statements than are kept without this, and would make them anew again and again.
    connection.set_prepared_statement_cache_capacity(64);
    let pragma = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let application = pragma("application_id").map_err(|error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => not_a_store("it is no SQLite database"),
        _ => unopened(path, error),
    })?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION && (tables > 0 || application != 0) {
        return Err(not_a_store("it is a database of another program"));
    }
    let layout = pragma("user_version")?;
    if layout > LAYOUT {
        return Err(StoreError::NewerLayout { found: layout });
    }
    if application != APPLICATION && wanted == For::Reading {
        return Err(not_a_store("it is empty"));
    }
    if let Some(why) = stranger(&connection)? {
        return Err(not_a_store(&why));
    }
    connection.pragma_update(None, "trusted_schema", false)?;
    if wanted == For::Writing {
        // A file that may not be written is opened for reading, where another process keeps the log.
        if connection.is_readonly(rusqlite::MAIN_DB)? {
            return Err(StoreError::Unopened { path: path.to_owned(), why: UNWRITABLE.to_owned() });
        }
        // Pages that a transaction changes are written once, at its end, as long as there is room. In kibibytes.
        connection.pragma_update(None, "cache_size", -64 * 1024)?;
        make_durable(&connection)?;
        if application != APPLICATION {
            create(&connection)?;
        }
    }
    Ok(connection)
}

/// The reason where a folder may be read and not written.
const UNWRITABLE: &str = "the file or its folder cannot be written, and the log of a store lies beside it; copy both to a \
                          folder that can be, the log with it";

/// Says why the database cannot be opened, which for it is all the same.
fn unopened(path: &Path, error: rusqlite::Error) -> StoreError {
    use rusqlite::ErrorCode::{CannotOpen, ReadOnly};
    if !matches!(error.sqlite_error_code(), Some(CannotOpen | ReadOnly)) {
        return error.into();
    }
    let why = match std::fs::metadata(path) {
        Err(error) => error.to_string(),
        Ok(file) if file.is_dir() => "it is a folder; name the file in it".to_owned(),
        Ok(_) => UNWRITABLE.to_owned(),
    };
    StoreError::Unopened { path: path.to_owned(), why }
}

/// Finds an object that stands where a store has a table, or acts where one is written: whoever made the file could have
/// it run for ever, or do as they please.
fn stranger(connection: &Connection) -> Result<Option<String>, StoreError> {
    let mut statement = connection.prepare("SELECT type, lower(name), ifnull(sql, '') FROM sqlite_schema")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (kind, name, sql): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let is_ours = is_derived(&name) || matches!(&*name, "entry" | "meta");
        let may_be_view = DERIVED_VIEWS.contains(&&*name) && kind == "view";
        let is_plain = may_be_view || kind == "table" && !sql.starts_with("CREATE VIRTUAL");
        if is_ours && !is_plain {
            return Ok(Some(format!("{name:?} is no plain table")));
        }
        // Stores were made with a trigger that gives up a row alone.
        let is_our_trigger = ENTRIES.contains(&sql) || ENTRIES.contains(&sql.replace("(ABORT,", "(ROLLBACK,"));
        if kind == "trigger" && !is_our_trigger {
            return Ok(Some(format!("it has a trigger of its own, {name:?}")));
        }
    }
    Ok(None)
}

/// Sets what makes a commit durable, and reads it back: without a word, a database on some drives has other settings.
fn make_durable(connection: &Connection) -> Result<(), StoreError> {
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::NotDurable { setting: "journal_mode = wal", found: mode });
    }
    connection.pragma_update(None, "synchronous", "full")?;
    let synchronous: i64 = connection.pragma_query_value(None, "synchronous", |row| row.get(0))?;
    if synchronous != 2 {
        return Err(StoreError::NotDurable { setting: "synchronous = full", found: synchronous.to_string() });
    }
    // Where the system has a stronger way to reach the disk, it is taken, for checkpoints too.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    Ok(())
}

fn create(connection: &Connection) -> Result<(), StoreError> {
    let transaction = rusqlite::Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    // Another process may have been quicker.
    let application: i64 = transaction.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application != APPLICATION {
        transaction.execute_batch(ENTRIES)?;
        create_derived(&transaction)?;
        transaction.execute("INSERT INTO meta VALUES ('lines', '0')", [])?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", LAYOUT)?;
    }
    transaction.commit()?;
    Ok(())
}

fn create_derived(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch(BESIDE)?;
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('derived', ?1)", [DERIVED])?;
    Ok(())
}

/// Takes away all that was worked out from the lines, and makes the tables for it anew. Runs within a transaction.
pub(crate) fn recreate_derived(connection: &Connection) -> Result<(), StoreError> {
    // A release may have had a table where this one has a view. Views go first, since they rest on tables.
    let mut statement = connection.prepare(
        "SELECT upper(type), lower(name) FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY type = 'table'",
    )?;
    let found: Vec<(String, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    for (kind, name) in found.iter().filter(|(_, name)| is_derived(name)) {
        connection.execute_batch(&format!("DROP {kind} {name}"))?;
    }
    create_derived(connection)
}

fn is_derived(name: &str) -> bool {
    DERIVED_TABLES.contains(&name) || DERIVED_VIEWS.contains(&name)
}

/// Whether what was worked out from the lines is of this version.
pub(crate) fn is_current(connection: &Connection) -> Result<bool, StoreError> {
    let version =
        connection.query_row("SELECT value FROM meta WHERE key = 'derived'", [], |row| row.get::<_, String>(0));
    match version {
        Ok(version) => Ok(version == DERIVED),
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
