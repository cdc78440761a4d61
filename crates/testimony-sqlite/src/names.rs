//! Other names of subjects, units and scopes as the store keeps them, and how it is told that damage hides one: nothing but
//! these rows leads to a name that no claim uses.

use std::collections::BTreeSet;

use rusqlite::{Connection, Params, Row, params};

use crate::error::StoreError;
use crate::topics::compared;

/// A row of another name, which is as its checksum says.
struct Name {
    seq: i64,
    first: String,
    crc: i64,
}

impl Name {
    /// A name from the columns `kind`, `name`, `seq`, `first` and `crc`.
    fn from_row(row: &Row<'_>) -> Result<Self, StoreError> {
        let damaged = |_| StoreError::Derived { what: "another name is damaged" };
        let (kind, name): (String, String) = (row.get(0).map_err(damaged)?, row.get(1).map_err(damaged)?);
        let (seq, first): (i64, String) = (row.get(2).map_err(damaged)?, row.get(3).map_err(damaged)?);
        let crc = crc(&kind, &name, seq, &first);
        if crc != row.get::<_, i64>(4).map_err(damaged)? {
            return Err(StoreError::Derived { what: "another name is damaged" });
        }
        Ok(Self { seq, first, crc })
    }
}

fn crc(kind: &str, name: &str, seq: i64, first: &str) -> i64 {
    crc32fast::hash(format!("{kind}\0{name}\0{seq}\0{first}").as_bytes()).into()
}

/// Adds another name, and counts it among those of the same thing, which are told by the checksums of all of them together
/// (by exclusive or).
pub(crate) fn add(connection: &Connection, kind: &str, name: &str, seq: i64, first: &str) -> Result<(), StoreError> {
    let crc = crc(kind, name, seq, first);
    let mut statement = connection.prepare_cached("INSERT OR IGNORE INTO name VALUES (?1, ?2, ?3, ?4, ?5)")?;
    if statement.execute(params![kind, name, seq, first, crc])? > 0 {
        let sql = "INSERT INTO named VALUES (?1, ?2, ?3)
            ON CONFLICT (kind, first) DO UPDATE SET members = (members | ?3) - (members & ?3)";
        connection.prepare_cached(sql)?.execute(params![kind, first, crc])?;
    }
    Ok(())
}

/// The entries that give other names of a kind, of which none is missing.
pub(crate) fn of_kind(connection: &Connection, kind: &str) -> Result<BTreeSet<i64>, StoreError> {
    select(connection, "kind = ?1", [kind])
}

/// The entries that give a subject other names, of which none is missing.
pub(crate) fn of_subject(connection: &Connection, first: &str) -> Result<BTreeSet<i64>, StoreError> {
    select(connection, "kind = 'subject' AND first = ?1", [first])
}

/// The entries of the names that a condition selects, which are held against what was counted of them.
fn select(connection: &Connection, condition: &str, of: impl Params + Copy) -> Result<BTreeSet<i64>, StoreError> {
    let sql = format!("SELECT kind, name, seq, first, crc FROM name WHERE {condition}");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(of)?;
    let (mut entries, mut members) = (BTreeSet::new(), 0);
    while let Some(row) = rows.next()? {
        let name = Name::from_row(row)?;
        entries.insert(name.seq);
        members ^= name.crc;
    }
    let mut statement = connection.prepare_cached(&format!("SELECT members FROM named WHERE {condition}"))?;
    let mut rows = statement.query(of)?;
    while let Some(row) = rows.next()? {
        members ^= row.get::<_, i64>(0)?;
    }
    if members == 0 { Ok(entries) } else { Err(StoreError::Derived { what: "another name is missing" }) }
}

/// The first name of a subject.
pub(crate) fn first_name(connection: &Connection, subject: &str) -> Result<String, StoreError> {
    let subject = compared(subject).into_owned();
    let mut statement = connection.prepare_cached(
        "SELECT kind, name, seq, first, crc FROM name WHERE kind = 'subject' AND name = ?1 ORDER BY seq DESC LIMIT 1",
    )?;
    let mut rows = statement.query([&subject])?;
    match rows.next()? {
        Some(row) => Ok(Name::from_row(row)?.first),
        None => Ok(subject),
    }
}
