//! Claims that stand and pairs that conflict, as they change from entry to entry.

use std::collections::HashSet;

use rusqlite::{Connection, params};
use testimony::{ClaimId, ClaimRef, Conflict, Ledger};

use crate::cache::Held;
use crate::error::StoreError;

/// How many pairs of claims the table has for one topic at most. A topic with more is counted and not listed, because
/// claims that all contradict each other are many pairs.
pub(crate) const LISTED: i64 = 10_000;

fn number(claim: ClaimId) -> i64 {
    claim.number().cast_signed()
}

impl Held {
    /// Takes a claim that was just added, which disowns nothing, into account: the claims that it revises no longer stand.
    pub(crate) fn take_claim(
        &mut self,
        connection: &Connection,
        (seq, claim, conflicts): (i64, ClaimId, usize),
    ) -> Result<(), StoreError> {
        let Some(added) = self.ledger.claim(claim) else { return Ok(()) };
        let (revised, by): (Vec<ClaimId>, Option<ClaimId>) = (
            added.superseded().map(|other| other.id()).collect(),
            if added.stands() { None } else { added.first_superseded_by(1).0.next().map(|other| other.id()) },
        );
        if let Some(by) = by {
            fall(connection, claim, seq, by)?;
        }
        for other in revised {
            fall(connection, other, seq, claim)?;
            self.end_conflicts(connection, other, seq)?;
        }
        if conflicts > 0 {
            self.begin_conflicts(connection, claim, seq)?;
        }
        self.count();
        Ok(())
    }

    /// Takes the retraction of a claim, which had disowned nothing, into account; `revised` are the claims that did not
    /// stand because of it.
    pub(crate) fn take_retraction(
        &mut self,
        connection: &Connection,
        (seq, claim): (i64, ClaimId),
        revised: &[ClaimId],
    ) -> Result<(), StoreError> {
        self.end_conflicts(connection, claim, seq)?;
        rise(connection, claim, seq)?;
        for other in revised {
            let stands = self.ledger.claim(*other).is_some_and(|claim| claim.stands());
            if stands {
                rise(connection, *other, seq)?;
                self.begin_conflicts(connection, *other, seq)?;
            }
        }
        self.count();
        Ok(())
    }

    /// Holds all that stands and conflicts on the topic against the tables: what disowns a claim or joins topics may
    /// change any of it. Takes as long as there are claims on the topic, and conflicts up to [`LISTED`].
    pub(crate) fn compare(&mut self, connection: &Connection, seq: i64) -> Result<(), StoreError> {
        let sql = "SELECT number FROM claim JOIN revised USING (number) WHERE topic = ?1 AND until_seq IS NULL";
        let before: HashSet<i64> = numbers(connection, sql, self.row.id)?.into_iter().collect();
        let mut fallen = HashSet::new();
        for claim in self.ledger.claims() {
            if claim.stands() || claim.is_retracted() {
                continue;
            }
            fallen.insert(number(claim.id()));
            if !before.contains(&number(claim.id()))
                && let Some(by) = claim.first_superseded_by(1).0.next()
            {
                fall(connection, claim.id(), seq, by.id())?;
            }
        }
        let mut risen: Vec<&i64> = before.difference(&fallen).collect();
        risen.sort_unstable();
        for claim in risen {
            rise(connection, ClaimId::new(claim.unsigned_abs()), seq)?;
        }
        if self.row.listed && self.ledger.conflict_count() > LISTED.unsigned_abs() {
            self.unlist(connection)?;
        }
        if self.row.listed {
            self.compare_conflicts(connection, seq)?;
        }
        if self.pairs > LISTED {
            self.unlist(connection)?;
        }
        self.count();
        Ok(())
    }

    fn compare_conflicts(&mut self, connection: &Connection, seq: i64) -> Result<(), StoreError> {
        let sql = "SELECT older, newer FROM conflict WHERE topic = ?1 AND until_seq IS NULL";
        let mut statement = connection.prepare_cached(sql)?;
        let before: HashSet<(i64, i64)> =
            statement.query_map([self.row.id], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        let mut now = HashSet::new();
        for conflict in self.ledger.conflicts() {
            let pair = (number(conflict.older().id()), number(conflict.newer().id()));
            now.insert(pair);
            if !before.contains(&pair) {
                self.pairs += insert(connection, &conflict, seq, self.row.id)?;
            }
        }
        let mut ended: Vec<&(i64, i64)> = before.difference(&now).collect();
        ended.sort_unstable();
        for (older, newer) in ended {
            let sql = "UPDATE conflict SET until_seq = ?3 WHERE older = ?1 AND newer = ?2 AND until_seq IS NULL";
            connection.prepare_cached(sql)?.execute(params![older, newer, seq])?;
        }
        Ok(())
    }

    fn count(&mut self) {
        self.row.conflicts = self.ledger.conflict_count().cast_signed();
    }

    fn begin_conflicts(&mut self, connection: &Connection, claim: ClaimId, seq: i64) -> Result<(), StoreError> {
        if !self.row.listed {
            return Ok(());
        }
        let room = LISTED - self.pairs;
        let brought: Vec<Conflict<'_>> =
            self.ledger.conflicts_of(claim).take(usize::try_from(room + 1).unwrap_or(0)).collect();
        if i64::try_from(brought.len()).unwrap_or(i64::MAX) > room {
            return self.unlist(connection);
        }
        let mut added = 0;
        for conflict in brought {
            added += insert(connection, &conflict, seq, self.row.id)?;
        }
        self.pairs += added;
        Ok(())
    }

    fn end_conflicts(&mut self, connection: &Connection, claim: ClaimId, seq: i64) -> Result<(), StoreError> {
        if self.row.listed && self.pairs > 0 {
            let sql = "UPDATE conflict SET until_seq = ?2 WHERE (older = ?1 OR newer = ?1) AND until_seq IS NULL";
            connection.prepare_cached(sql)?.execute(params![number(claim), seq])?;
        }
        Ok(())
    }

    fn unlist(&mut self, connection: &Connection) -> Result<(), StoreError> {
        connection.prepare_cached("DELETE FROM conflict WHERE topic = ?1")?.execute([self.row.id])?;
        self.row.listed = false;
        self.pairs = 0;
        Ok(())
    }
}

fn insert(connection: &Connection, conflict: &Conflict<'_>, seq: i64, topic: i64) -> Result<i64, StoreError> {
    let sql = "INSERT OR IGNORE INTO conflict VALUES (?1, ?2, ?3, NULL, ?4, ?5, ?6, ?7)";
    let (older, newer) = (number(conflict.older().id()), number(conflict.newer().id()));
    let row = params![older, newer, seq, topic, conflict.kind().as_str(), conflict.is_certain(), conflict.because()];
    Ok(i64::from(connection.prepare_cached(sql)?.execute(row)? > 0))
}

/// Notes that a claim no longer stands.
fn fall(connection: &Connection, claim: ClaimId, seq: i64, by: ClaimId) -> Result<(), StoreError> {
    let sql = "INSERT INTO revised VALUES (?1, ?2, NULL, ?3)";
    connection.prepare_cached(sql)?.execute(params![number(claim), seq, number(by)])?;
    Ok(())
}

/// Notes that nothing revises a claim any more, or that it does not matter.
fn rise(connection: &Connection, claim: ClaimId, seq: i64) -> Result<(), StoreError> {
    // The last time alone can go on, and a claim may have fallen thousands of times.
    let sql = "UPDATE revised SET until_seq = ?2 WHERE number = ?1 AND until_seq IS NULL
        AND from_seq = (SELECT max(from_seq) FROM revised WHERE number = ?1)";
    connection.prepare_cached(sql)?.execute(params![number(claim), seq])?;
    Ok(())
}

fn numbers(connection: &Connection, sql: &str, of: i64) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_map([of], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The claims that do not stand because of one.
pub(crate) fn superseded(ledger: &Ledger, claim: ClaimId) -> Vec<ClaimId> {
    let of = |claim: ClaimRef<'_>| claim.superseded().map(|other| other.id()).collect();
    ledger.claim(claim).map(of).unwrap_or_default()
}
