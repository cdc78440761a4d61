//! Topics as the store keeps them.

use std::borrow::Cow;

use rusqlite::{Connection, Row, Statement, params};
use testimony::{Constraint, Topic};
use unicode_normalization::UnicodeNormalization as _;

use crate::error::StoreError;
use crate::names;

/// The row of a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TopicRow {
    pub(crate) id: i64,
    pub(crate) topic: Topic,
    /// The topics that constraints tie together have one part.
    pub(crate) part: i64,
    /// The row that defines the predicate.
    pub(crate) defined: Option<i64>,
    pub(crate) claims: i64,
    /// Which claims, changes and constraints these are, so that a damaged index is found out: see [`member`].
    pub(crate) members: i64,
    /// How many retractions and amendments its claims have.
    pub(crate) changes: i64,
    /// How many constraints name it.
    pub(crate) ties: i64,
    /// How many conflicts there are now.
    pub(crate) conflicts: i64,
    /// Whether the table of conflicts has those of this topic.
    pub(crate) listed: bool,
}

/// Sets what claims change of a topic, and so what no index has.
pub(crate) const SET_COUNTS: &str =
    "UPDATE topic SET claims = ?2, members = ?3, changes = ?4, conflicts = ?5, listed = ?6, crc = ?7 WHERE id = ?1";

/// Sets all of a topic, of which there may be no row yet.
pub(crate) const SET: &str = "INSERT INTO topic VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
    ON CONFLICT (id) DO UPDATE SET subject = excluded.subject, predicate = excluded.predicate, part = excluded.part,
    defined = excluded.defined, claims = excluded.claims, members = excluded.members, changes = excluded.changes,
    ties = excluded.ties, conflicts = excluded.conflicts, listed = excluded.listed,
    crc = excluded.crc";

const COLUMNS: &str = "id, subject, predicate, part, defined, claims, members, changes, ties, conflicts, listed, crc";

impl TopicRow {
    pub(crate) fn new(id: i64, topic: Topic, defined: Option<i64>) -> Self {
        Self { id, topic, part: id, defined, claims: 0, members: 0, changes: 0, ties: 0, conflicts: 0, listed: true }
    }

    fn crc(&self) -> i64 {
        let Self { id, topic, part, defined, claims, members, changes, ties, conflicts, listed } = self;
        let mut crc = crc32fast::Hasher::new();
        for text in [topic.subject(), topic.predicate()] {
            crc.update(text.as_bytes());
            crc.update(&[0]);
        }
        // No row of a line is -1.
        let numbers =
            [*id, *part, defined.unwrap_or(-1), *claims, *members, *changes, *ties, *conflicts, i64::from(*listed)];
        for number in numbers {
            crc.update(&number.to_be_bytes());
        }
        crc.finalize().into()
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<(Self, i64)> {
        let topic = Topic::new(row.get::<_, String>(1)?, row.get::<_, String>(2)?);
        let read = Self {
            id: row.get(0)?,
            topic,
            part: row.get(3)?,
            defined: row.get(4)?,
            claims: row.get(5)?,
            members: row.get(6)?,
            changes: row.get(7)?,
            ties: row.get(8)?,
            conflicts: row.get(9)?,
            listed: row.get(10)?,
        };
        Ok((read, row.get(11)?))
    }

    /// Counts a retraction or an amendment of a claim.
    pub(crate) fn note_change(&mut self, seq: i64) {
        self.changes += 1;
        self.members ^= member(CHANGE, seq);
    }

    /// Writes what claims change of a row that is there, by [`SET_COUNTS`].
    pub(crate) fn write_counts(&self, set: &mut Statement<'_>) -> Result<(), StoreError> {
        let row = params![self.id, self.claims, self.members, self.changes, self.conflicts, self.listed, self.crc()];
        if set.execute(row)? == 1 { Ok(()) } else { Err(StoreError::Derived { what: "a topic is missing" }) }
    }

    pub(crate) fn write(&self, connection: &Connection) -> Result<(), StoreError> {
        let mut set = connection.prepare_cached(SET)?;
        self.write_whole(&mut set)
    }

    /// Writes a row by [`SET`], whether it is there or not.
    pub(crate) fn write_whole(&self, set: &mut Statement<'_>) -> Result<(), StoreError> {
        set.execute(params![
            self.id,
            self.topic.subject(),
            self.topic.predicate(),
            self.part,
            self.defined,
            self.claims,
            self.members,
            self.changes,
            self.ties,
            self.conflicts,
            self.listed,
            self.crc(),
        ])?;
        Ok(())
    }
}

/// Stands for the number of a claim where a row changes one.
pub(crate) const CHANGE: i64 = -1;
/// Stands for the number of a claim where a row is a constraint.
pub(crate) const TIE: i64 = -2;

/// A row as it counts among those of its topic, which are told by all of these together (by exclusive or).
pub(crate) fn member(number: i64, seq: i64) -> i64 {
    let mut crc = crc32fast::Hasher::new();
    crc.update(&number.to_be_bytes());
    crc.update(&seq.to_be_bytes());
    crc.finalize().into()
}

/// The topics that a condition selects, each of which has to be meant: a damaged index leads to others.
fn select(
    connection: &Connection,
    condition: &str,
    of: impl rusqlite::Params,
    is_meant: impl Fn(&TopicRow) -> bool,
) -> Result<Vec<TopicRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM topic {condition}"))?;
    let mut rows = statement.query(of)?;
    let mut topics = Vec::new();
    while let Some(row) = rows.next()? {
        let damaged = |_| StoreError::Derived { what: "the row of a topic is damaged" };
        let (topic, crc) = TopicRow::from_row(row).map_err(damaged)?;
        if topic.crc() != crc {
            return Err(StoreError::Derived { what: "the row of a topic is damaged" });
        }
        if !is_meant(&topic) {
            return Err(StoreError::Derived { what: "an index leads to another topic" });
        }
        topics.push(topic);
    }
    Ok(topics)
}

/// The topic of a first name of a subject and a predicate, both as they are compared.
pub(crate) fn find(connection: &Connection, topic: &Topic) -> Result<Option<TopicRow>, StoreError> {
    let names = (topic.subject(), topic.predicate());
    let found = select(connection, "WHERE subject = ?1 AND predicate = ?2", names, |row| row.topic == *topic)?;
    Ok(found.into_iter().next())
}

pub(crate) fn by_id(connection: &Connection, id: i64) -> Result<TopicRow, StoreError> {
    let found = select(connection, "WHERE id = ?1", [id], |row| row.id == id)?;
    found.into_iter().next().ok_or(StoreError::Derived { what: "a topic is missing" })
}

/// The constraints that name both of two topics.
pub(crate) fn ties_of_both(connection: &Connection, one: i64, other: i64) -> Result<Vec<i64>, StoreError> {
    let sql = "SELECT seq FROM tie WHERE topic = ?1 AND seq IN (SELECT seq FROM tie WHERE topic = ?2)";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_map([one, other], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

pub(crate) fn of_subject(connection: &Connection, subject: &str) -> Result<Vec<TopicRow>, StoreError> {
    select(connection, "WHERE subject = ?1 ORDER BY id", [subject], |row| row.topic.subject() == subject)
}

/// The topics of a predicate on which there is no claim.
pub(crate) fn unclaimed_of_predicate(connection: &Connection, predicate: &str) -> Result<Vec<TopicRow>, StoreError> {
    let is_meant = |row: &TopicRow| row.topic.predicate() == predicate && row.claims == 0;
    select(connection, "WHERE predicate = ?1 AND claims = 0 ORDER BY id", [predicate], is_meant)
}

/// A topic of a subject on which there are claims, if there is one.
pub(crate) fn claimed_of_subject(connection: &Connection, subject: &str) -> Result<Option<TopicRow>, StoreError> {
    let is_meant = |row: &TopicRow| row.topic.subject() == subject;
    let found = select(connection, "WHERE subject = ?1 AND claims > 0 ORDER BY id LIMIT 1", [subject], is_meant)?;
    Ok(found.into_iter().next())
}

/// The first so many topics of a part.
pub(crate) fn first_of_part(connection: &Connection, part: i64, most: usize) -> Result<Vec<TopicRow>, StoreError> {
    // A topic that is tied to no other is a part of its own, and not in the index.
    let condition = format!(
        "WHERE id = ?1 AND part = ?1 UNION ALL SELECT {COLUMNS} FROM topic WHERE part = ?1 AND part <> id
            ORDER BY id LIMIT ?2"
    );
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    select(connection, &condition, (part, most), |row| row.part == part)
}

pub(crate) fn of_part(connection: &Connection, part: i64) -> Result<Vec<TopicRow>, StoreError> {
    first_of_part(connection, part, usize::MAX)
}

/// The topics that a constraint ties together.
pub(crate) fn of_constraint(constraint: &Constraint) -> Vec<&Topic> {
    match constraint {
        Constraint::Ratio { part, whole, ratio } => vec![part, whole, ratio],
        Constraint::AtMost { part, whole } => vec![part, whole],
        Constraint::Sum { parts, whole } => parts.iter().chain([whole]).collect(),
        Constraint::Change { flow, total } => vec![flow, total],
    }
}

/// Looks at every topic and every other name for a subject, of which nothing was found by the indexes: these may be
/// damaged.
pub(crate) fn check_missing(connection: &Connection, subject: &str, predicate: Option<&str>) -> Result<(), StoreError> {
    let is_meant = |row: &TopicRow| {
        row.topic.subject() == subject && predicate.is_none_or(|predicate| row.topic.predicate() == predicate)
    };
    if select(connection, "NOT INDEXED", [], |_| true)?.iter().any(is_meant) {
        return Err(StoreError::Derived { what: "a topic is missing in an index" });
    }
    names::of_kind(connection, "subject").map(|_| ())
}

/// A name as names of subjects and predicates are compared: NFC, white space trimmed and collapsed.
pub(crate) fn compared(name: &str) -> Cow<'_, str> {
    let is_plain = |b: u8| matches!(b, b' '..=b'~');
    if name.bytes().all(is_plain) && !name.contains("  ") && name.trim_ascii().len() == name.len() {
        return name.into();
    }
    let composed: String = name.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ").into()
}

/// A topic by the first name of its subject, and as topics are compared.
pub(crate) fn named(connection: &Connection, topic: &Topic) -> Result<Topic, StoreError> {
    Ok(Topic::new(names::first_name(connection, topic.subject())?, compared(topic.predicate())))
}
