//! Loading some topics as a ledger of their own, without the rest.

use std::collections::{BTreeMap, BTreeSet, HashSet, btree_map};

use rusqlite::{Connection, OptionalExtension as _, Row};
use testimony::{Amendment, Appended, ClaimId, Content, Entry, Ledger, Patch, Policy, SourceId};

use crate::error::StoreError;
use crate::lines::{Line, Times, line, timed};
use crate::topics::{TopicRow, member};

/// The things that are loaded beside the claims.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum With {
    /// The constraints on the topics, all of which are loaded.
    Constraints,
    /// No constraints, for topics that are loaded without those that they are tied to.
    NoConstraints,
}

/// The entries that are to be recorded again, in their order.
#[derive(Default)]
struct Entries {
    /// By the row of each, with the number of a claim.
    found: BTreeMap<i64, (Option<i64>, Entry)>,
    sources: BTreeSet<String>,
    changes: i64,
}

/// A ledger of some topics: with the sources, names, predicates and constraints that these need, and with the numbers that
/// claims have in the store.
pub(crate) fn load(
    connection: &Connection,
    policy: &Policy,
    topics: &[TopicRow],
    with: With,
) -> Result<Ledger, StoreError> {
    let mut entries = Entries::default();
    entries.add_names(connection, topics)?;
    for topic in topics {
        if let Some(seq) = topic.defined {
            entries.add(connection, seq)?;
        }
        if with == With::Constraints {
            let ties = entries.add_all(connection, "SELECT seq FROM tie WHERE topic = ?1", topic.id)?;
            if ties != topic.ties {
                return Err(StoreError::Derived { what: "a constraint of a topic is missing" });
            }
        }
        entries.add_claims(connection, topic)?;
    }
    entries.add_sources(connection)?;
    entries.record(connection, policy, topics)
}

impl Entries {
    fn add(&mut self, connection: &Connection, seq: i64) -> Result<(), StoreError> {
        if let btree_map::Entry::Vacant(place) = self.found.entry(seq) {
            place.insert((None, line(connection, seq)?.entry()?));
        }
        Ok(())
    }

    /// Adds the rows that a query names, and gives how many these are.
    fn add_all(&mut self, connection: &Connection, sql: &str, of: impl rusqlite::ToSql) -> Result<i64, StoreError> {
        let mut statement = connection.prepare_cached(sql)?;
        let rows: Vec<i64> = statement.query_map([of], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for seq in &rows {
            self.add(connection, *seq)?;
        }
        Ok(counted(rows.len()))
    }

    /// Adds the other names of units and scopes, of which any may be used, and those of the subjects.
    fn add_names(&mut self, connection: &Connection, topics: &[TopicRow]) -> Result<(), StoreError> {
        self.add_all(connection, "SELECT DISTINCT seq FROM name WHERE kind = ?1", "unit")?;
        self.add_all(connection, "SELECT DISTINCT seq FROM name WHERE kind = ?1", "scope")?;
        let subjects: HashSet<&str> = topics.iter().map(|row| row.topic.subject()).collect();
        for subject in subjects {
            self.add_all(connection, "SELECT seq FROM name WHERE kind = 'subject' AND first = ?1", subject)?;
        }
        Ok(())
    }

    /// Adds the claims on a topic with what takes them back or amends them.
    fn add_claims(&mut self, connection: &Connection, topic: &TopicRow) -> Result<(), StoreError> {
        let sql = "SELECT entry.seq, line, crc, number FROM claim JOIN entry ON entry.seq = claim.seq WHERE topic = ?1";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query([topic.id])?;
        let (mut claims, mut members) = (0, 0);
        while let Some(row) = rows.next()? {
            let (seq, entry, number) = claim(row)?;
            if let Content::Claim(claim) = entry.content() {
                let said = std::iter::once(claim.origin()).chain(claim.relays());
                self.sources.extend(said.map(|source| source.as_str().to_owned()));
            }
            self.found.insert(seq, (Some(number), entry));
            claims += 1;
            members ^= member(number, seq);
        }
        if (claims, members) != (topic.claims, topic.members) {
            return Err(StoreError::Derived { what: "a claim of a topic is missing, or has another number" });
        }
        let sql = "SELECT change.seq FROM claim JOIN change USING (number) WHERE topic = ?1";
        let changes = self.add_all(connection, sql, topic.id)?;
        if changes != topic.changes {
            return Err(StoreError::Derived { what: "a retraction or an amendment of a claim is missing" });
        }
        self.changes += changes;
        Ok(())
    }

    /// Adds the sources that are named, with those that they are or were parts of, and their amendments.
    fn add_sources(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let by = self.found.values().filter_map(|(_, entry)| match entry.content() {
            Content::Retraction(retraction) => retraction.by().map(|by| by.as_str().to_owned()),
            _ => None,
        });
        let mut left: Vec<String> = by.chain(std::mem::take(&mut self.sources)).collect();
        let mut seen = HashSet::new();
        while let Some(id) = left.pop() {
            if !seen.insert(id.clone()) {
                continue;
            }
            let mut statement = connection.prepare_cached("SELECT seq, changes FROM source WHERE id = ?1")?;
            let found: Option<(i64, i64)> =
                statement.query_row([&id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            let (seq, changes) = found.ok_or(StoreError::Derived { what: "a source is missing" })?;
            let mut statement = connection.prepare_cached("SELECT seq FROM source_change WHERE id = ?1")?;
            let amendments: Vec<i64> = statement.query_map([&id], |row| row.get(0))?.collect::<Result<_, _>>()?;
            if counted(amendments.len()) != changes {
                return Err(StoreError::Derived { what: "an amendment of a source is missing" });
            }
            for seq in std::iter::once(seq).chain(amendments) {
                self.add(connection, seq)?;
                let owner = self.found.get(&seq).and_then(|(_, entry)| owner(entry));
                left.extend(owner.map(|owner| owner.as_str().to_owned()));
            }
        }
        Ok(())
    }

    /// Records the entries again, and looks whether all is as it was.
    fn record(self, connection: &Connection, policy: &Policy, topics: &[TopicRow]) -> Result<Ledger, StoreError> {
        let mut ledger = Ledger::with_policy(policy.clone());
        let mut times = Times::default();
        for (seq, (number, entry)) in self.found {
            let does_not_fit = StoreError::Derived { what: "what belongs to a topic does not fit together" };
            let recorded = match entry.recorded() {
                Some(recorded) => Some(recorded),
                None => times.of(connection, seq)?,
            };
            if let Some(number) = number.and_then(|number| u64::try_from(number).ok())
                && ledger.number_next_claim(ClaimId::new(number)).is_err()
            {
                return Err(does_not_fit);
            }
            match ledger.append(timed(entry.into_content(), recorded)) {
                Ok(Appended::Added) if number.is_none() => {}
                Ok(Appended::Claim(receipt)) if number.is_some() && receipt.is_new() => {}
                _ => return Err(does_not_fit),
            }
        }
        let claims = |row: &TopicRow| ledger.topic(&row.topic).map_or(0, |topic| counted(topic.claims().len()));
        if topics.iter().any(|row| claims(row) != row.claims) {
            return Err(StoreError::Derived { what: "a claim is kept with another topic than its own" });
        }
        Ok(ledger)
    }
}

/// A count as the tables have it.
fn counted(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}

fn claim(row: &Row<'_>) -> Result<(i64, Entry, i64), StoreError> {
    let line = Line::from_row(row)?;
    let entry = line.entry()?;
    if !matches!(entry.content(), Content::Claim(_)) {
        return Err(StoreError::Derived { what: "the row of a claim leads to another entry" });
    }
    Ok((line.seq.cast_signed(), entry, row.get(3)?))
}

/// The source that an entry makes another one a part of.
fn owner(entry: &Entry) -> Option<&SourceId> {
    match entry.content() {
        Content::Source(source) => source.part_of(),
        Content::Amendment(Amendment::Source(amendment)) => match amendment.part_of() {
            Patch::Set(owner) => Some(owner),
            _ => None,
        },
        _ => None,
    }
}
