//! Loading some topics as a ledger of their own, without the rest.

use std::collections::{BTreeMap, BTreeSet, HashSet, btree_map};

use rusqlite::{Connection, OptionalExtension as _, Row};
use testimony::{
    Amendment, Appended, Claim, ClaimId, Content, Entry, Ledger, Patch, Policy, Retraction, SourceId, Topic,
};

use crate::error::StoreError;
use crate::frame::{Frame, SCOPE, UNIT};
use crate::lines::{Line, Times, line, timed};
use crate::names;
use crate::topics::{self, CHANGE, TIE, TopicRow, member};

/// The entries that are to be recorded again, in their order.
#[derive(Default)]
struct Entries {
    /// By the row of each, with the number of a claim.
    found: BTreeMap<i64, (Option<i64>, Entry)>,
    sources: BTreeSet<String>,
}

/// A ledger of some topics: with the sources, names, predicates and constraints that these need, and with the numbers that
/// claims have in the store.
pub(crate) fn to_read(connection: &Connection, policy: &Policy, topics: &[TopicRow]) -> Result<Ledger, StoreError> {
    let mut entries = Entries::default();
    entries.add_names(connection, topics)?;
    for topic in topics {
        let ties = entries.add_topic(connection, topic)?;
        entries.add_all(connection, ties)?;
    }
    entries.check_parts(connection, topics)?;
    entries.add_sources(connection)?;
    entries.record(connection, policy, topics, |_, _| {})
}

/// A ledger of one topic that is to be written to, without constraints: what is beside its claims is lent by what the
/// writer holds of it.
pub(crate) fn to_write(connection: &Connection, frame: &Frame, topic: &TopicRow) -> Result<Ledger, StoreError> {
    let mut entries = Entries::default();
    entries.add_topic(connection, topic)?;
    let names = frame.names_used(entries.found.values().filter_map(|(_, entry)| match entry.content() {
        Content::Claim(claim) => Some(claim),
        _ => None,
    }));
    for (_, entry) in entries.found.values_mut() {
        // Who took a claim back was looked at when the retraction came, and what is a part of what may have changed since.
        if let Content::Retraction(retraction) = entry.content() {
            *entry = Entry::from(Retraction::new(retraction.claim()));
        }
    }
    entries.found.extend(names.into_iter().map(|(seq, content)| (seq, (None, content.into()))));
    entries.record(connection, frame.ledger.policy(), std::slice::from_ref(topic), |claim, ledger| {
        frame.lend_sources(claim, ledger);
        frame.lend_terms(claim, ledger);
    })
}

impl Entries {
    fn add(&mut self, connection: &Connection, seq: i64) -> Result<(), StoreError> {
        if let btree_map::Entry::Vacant(place) = self.found.entry(seq) {
            place.insert((None, line(connection, seq)?.entry()?));
        }
        Ok(())
    }

    fn add_all(&mut self, connection: &Connection, rows: impl IntoIterator<Item = i64>) -> Result<(), StoreError> {
        rows.into_iter().try_for_each(|seq| self.add(connection, seq))
    }

    /// Adds the other names of units and scopes, of which any may be used, and those of the subjects.
    fn add_names(&mut self, connection: &Connection, topics: &[TopicRow]) -> Result<(), StoreError> {
        for kind in [UNIT, SCOPE] {
            self.add_all(connection, names::of_kind(connection, kind)?)?;
        }
        let subjects: BTreeSet<&str> = topics.iter().map(|row| row.topic.subject()).collect();
        subjects.into_iter().try_for_each(|subject| self.add_all(connection, names::of_subject(connection, subject)?))
    }

    /// Adds what is on record about a topic but the constraints on it; gives their rows.
    fn add_topic(&mut self, connection: &Connection, topic: &TopicRow) -> Result<Vec<i64>, StoreError> {
        if let Some(seq) = topic.defined {
            self.add(connection, seq)?;
        }
        let ties = rows(connection, "SELECT seq FROM tie WHERE topic = ?1", topic.id)?;
        if counted(ties.len()) != topic.ties {
            return Err(StoreError::Derived { what: "a constraint of a topic is missing" });
        }
        let members = self.add_claims(connection, topic)?;
        if ties.iter().fold(members, |members, seq| members ^ member(TIE, *seq)) != topic.members {
            return Err(StoreError::Derived { what: "what belongs to a topic is not what was recorded" });
        }
        Ok(ties)
    }

    /// Adds the claims on a topic with what takes them back or amends them, and gives them as they count together.
    fn add_claims(&mut self, connection: &Connection, topic: &TopicRow) -> Result<i64, StoreError> {
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
        if claims != topic.claims {
            return Err(StoreError::Derived { what: "a claim of a topic is missing" });
        }
        let sql = "SELECT change.seq FROM claim JOIN change USING (number) WHERE topic = ?1";
        let changes = self::rows(connection, sql, topic.id)?;
        if counted(changes.len()) != topic.changes {
            return Err(StoreError::Derived { what: "a retraction or an amendment of a claim is missing" });
        }
        let members = changes.iter().fold(members, |members, seq| members ^ member(CHANGE, *seq));
        self.add_all(connection, changes)?;
        Ok(members)
    }

    /// Looks whether all topics that are tied to these by constraints are among them.
    fn check_parts(&self, connection: &Connection, topics: &[TopicRow]) -> Result<(), StoreError> {
        let known: HashSet<&Topic> = topics.iter().map(|row| &row.topic).collect();
        for (_, entry) in self.found.values() {
            let Content::Constraint(constraint) = entry.content() else { continue };
            for topic in topics::of_constraint(constraint) {
                if !known.contains(&topics::named(connection, topic)?) {
                    return Err(StoreError::Derived { what: "a topic that is tied to another is missing" });
                }
            }
        }
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
            let amendments: BTreeSet<i64> = statement.query_map([&id], |row| row.get(0))?.collect::<Result<_, _>>()?;
            if counted(amendments.len()) != changes {
                return Err(StoreError::Derived { what: "an amendment of a source is missing" });
            }
            for seq in std::iter::once(seq).chain(amendments) {
                self.add(connection, seq)?;
                if !self.found.get(&seq).is_some_and(|(_, entry)| is_about(entry, &id)) {
                    return Err(StoreError::Derived { what: "the row of a source leads to another entry" });
                }
                let owner = self.found.get(&seq).and_then(|(_, entry)| owner(entry));
                left.extend(owner.map(|owner| owner.as_str().to_owned()));
            }
        }
        Ok(())
    }

    /// Records the entries again, each claim once `lend` gave the ledger what it needs for it, and looks whether all is as
    /// it was.
    fn record(
        self,
        connection: &Connection,
        policy: &Policy,
        topics: &[TopicRow],
        lend: impl Fn(&Claim, &mut Ledger),
    ) -> Result<Ledger, StoreError> {
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
            if let Content::Claim(claim) = entry.content() {
                lend(claim, &mut ledger);
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

/// The rows that a query names.
fn rows(connection: &Connection, sql: &str, of: impl rusqlite::ToSql) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_map([of], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Whether an entry defines or amends a source.
fn is_about(entry: &Entry, source: &str) -> bool {
    match entry.content() {
        Content::Source(defined) => defined.id().as_str() == source,
        Content::Amendment(Amendment::Source(amendment)) => amendment.source().as_str() == source,
        _ => false,
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
