//! Writing: each entry is put to the ledger of its topic, or to that of what is beside the claims, and what it brings
//! about is written beside its line.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, params};
use testimony::{
    Amendment, Appended, Claim, ClaimAmendment, ClaimId, ClaimKey, Content, ContentRef, Entry, Ledger, Policy,
    Retraction, SourceAmendment, Stance, Timestamp, Topic,
};

use crate::cache::Cache;
use crate::error::StoreError;
use crate::frame::{Frame, names_of_subject};
use crate::lines::timed;
use crate::names;
use crate::rows::{self, Prepared, Rows, Stop};
use crate::standing::superseded;
use crate::topics::{self, TopicRow, compared};

/// The state that a writer holds between transactions.
pub(crate) struct Writer {
    frame: Frame,
    cache: Cache,
    pub(crate) rows: Rows,
    next_topic: i64,
}

/// The failure of what cannot be missing once an entry was taken.
const TAKEN: StoreError = StoreError::Derived { what: "an entry that was taken is not there" };

impl Writer {
    pub(crate) fn load(connection: &Connection, policy: &Policy, limit: usize) -> Result<Self, StoreError> {
        Ok(Self {
            frame: Frame::load(connection, policy)?,
            cache: Cache::new(limit),
            rows: Rows::new(connection)?,
            next_topic: connection.query_row("SELECT ifnull(max(id), 0) + 1 FROM topic", [], |row| row.get(0))?,
        })
    }

    /// A writer that works out anew what stands beside the lines on record.
    pub(crate) fn again(policy: &Policy, limit: usize) -> Self {
        Self { frame: Frame::new(policy), cache: Cache::new(limit), rows: Rows::again(), next_topic: 1 }
    }

    pub(crate) fn begin(&mut self, prepared: &mut Prepared<'_>) -> Result<(), Stop> {
        let policy = self.policy().clone();
        self.rows.begin(prepared, &policy)
    }

    pub(crate) fn policy(&self) -> &Policy {
        self.frame.ledger.policy()
    }

    /// Writes what is left to write before a transaction ends.
    pub(crate) fn finish(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let sql = "UPDATE meta SET value = ?1 WHERE key = 'lines' AND value <> ?1";
        connection.prepare_cached(sql)?.execute([self.rows.next.to_string()])?;
        self.cache.write(connection)
    }

    pub(crate) fn append(&mut self, prepared: &mut Prepared<'_>, entry: Entry) -> Result<Appended, Stop> {
        let time = self.time(&entry)?;
        match entry.into_content() {
            Content::Claim(claim) => self.claim(prepared, claim, time),
            Content::Retraction(retraction) => self.retraction(prepared, retraction, time),
            Content::Amendment(Amendment::Claim(amendment)) => self.amendment(prepared, amendment, time),
            content => self.beside(prepared, &content, time),
        }
    }

    /// When an entry is recorded: at its own time, or when the one before was.
    fn time(&self, entry: &Entry) -> Result<Option<Timestamp>, Stop> {
        match (entry.recorded(), self.rows.time) {
            (Some(time), Some(before)) if time.to_utc() < before.to_utc() => {
                // The refusal is that of a ledger whose last entry was recorded then.
                let mut probe = Ledger::new();
                let _ = probe.append(Entry::from(testimony::Predicate::new("before")).with_recorded(before));
                match probe.append(entry.clone()) {
                    Err(refusal) => Err(refusal.into()),
                    Ok(_) => Err(TAKEN.into()),
                }
            }
            (Some(time), _) => Ok(Some(time)),
            (None, before) => Ok(before),
        }
    }

    fn claim(&mut self, prepared: &mut Prepared<'_>, claim: Claim, time: Option<Timestamp>) -> Result<Appended, Stop> {
        let connection = prepared.connection;
        let topic = self.frame.named(claim.topic());
        let held = self.cache.get(connection, &self.frame, &topic)?;
        self.frame.lend(&claim, &mut held.ledger);
        held.ledger.number_next_claim(ClaimId::new(self.rows.claims))?;
        let disowns = claim.stance() == Stance::Disowns;
        let receipt = match held.ledger.append(timed(Content::Claim(claim), time)) {
            Ok(Appended::Claim(receipt)) => receipt,
            Ok(_) => return Err(TAKEN.into()),
            Err(refusal) => {
                if held.ledger.claims().len() == 0 {
                    self.cache.release_topics(connection, [&topic])?;
                }
                return Err(refusal.into());
            }
        };
        if !receipt.is_new() && !receipt.is_amended() {
            return Ok(Appended::Claim(receipt));
        }
        let last = held.ledger.entries().next_back().ok_or(TAKEN)?;
        let kind = if receipt.is_new() { "claim" } else { "amendment" };
        let seq = match self.rows.push(prepared, kind, &last) {
            Ok(seq) => seq,
            Err(stop) => {
                self.cache.release_topics(connection, [&topic])?;
                return Err(stop);
            }
        };
        if let ContentRef::Claim(added) = last.content() {
            if held.row.id == 0 {
                (held.row.id, held.row.part) = (self.next_topic, self.next_topic);
                self.next_topic += 1;
            }
            held.row.members ^= topics::member(self.rows.claims.cast_signed(), seq);
            self.rows.add_claim(prepared, &mut self.frame, &added, (seq, held.row.id))?;
            held.row.claims += 1;
            if disowns {
                held.compare(connection, seq)?;
            } else {
                held.take_claim(connection, (seq, receipt.id(), receipt.conflicts()))?;
            }
            self.cache.grow();
        } else {
            held.row.note_change(seq);
            note_change(connection, &held.ledger, receipt.id(), seq)?;
        }
        self.cache.note_changed(topic);
        Ok(Appended::Claim(receipt))
    }

    /// The claim that a key names, and its topic; `None` if no claim has it.
    fn find(&mut self, connection: &Connection, key: ClaimKey) -> Result<Option<(ClaimId, Topic)>, StoreError> {
        self.cache.write(connection)?;
        let found: Option<(i64, i64)> = match key {
            ClaimKey::Number(number) => {
                let Ok(number) = i64::try_from(number.number()) else { return Ok(None) };
                let mut statement = connection.prepare_cached("SELECT number, topic FROM claim WHERE number = ?1")?;
                statement.query_row([number], |row| Ok((row.get(0)?, row.get(1)?))).optional()?
            }
            ClaimKey::Label(label) => {
                // Most stores are never asked, and pay nothing.
                connection.prepare_cached("CREATE INDEX IF NOT EXISTS claim_label ON claim (label)")?.execute([])?;
                let sql = "SELECT number, topic FROM claim WHERE label = ?1 ORDER BY number DESC LIMIT 1";
                let mut statement = connection.prepare_cached(sql)?;
                statement.query_row([rows::label_bytes(label)], |row| Ok((row.get(0)?, row.get(1)?))).optional()?
            }
            _ => None,
        };
        let Some((number, topic)) = found else { return Ok(None) };
        Ok(Some((ClaimId::new(number.unsigned_abs()), topics::by_id(connection, topic)?.topic)))
    }

    fn retraction(
        &mut self,
        prepared: &mut Prepared<'_>,
        retraction: Retraction,
        time: Option<Timestamp>,
    ) -> Result<Appended, Stop> {
        let connection = prepared.connection;
        let by = retraction.by().cloned();
        let Some((claim, topic)) = self.find(connection, retraction.claim())? else {
            return Err(of_no_claim(Content::Retraction(retraction)));
        };
        let held = self.cache.get(connection, &self.frame, &topic)?;
        let disowns = held.ledger.claim(claim).is_some_and(|claim| claim.stance() == Stance::Disowns);
        let revised = superseded(&held.ledger, claim);
        let part = by.and_then(|by| self.frame.entitle(&by, claim, &mut held.ledger));
        let pushed = match held.ledger.append(timed(Content::Retraction(retraction), time)) {
            Ok(_) => {
                let last = held.ledger.entries().next_back().ok_or(TAKEN)?;
                Ok(self.rows.push(prepared, "retraction", &last))
            }
            Err(refusal) => Err(refusal),
        };
        if let Some(part) = part {
            let free = SourceAmendment::new(&part).without_part_of();
            held.ledger.append(Content::Amendment(free.into()).into())?;
        }
        let seq = match pushed? {
            Ok(seq) => seq,
            Err(stop) => {
                self.cache.release_topics(connection, [&topic])?;
                return Err(stop);
            }
        };
        held.row.note_change(seq);
        note_change(connection, &held.ledger, claim, seq)?;
        if disowns {
            held.compare(connection, seq)?;
        } else {
            held.take_retraction(connection, (seq, claim), &revised)?;
        }
        self.cache.note_changed(topic);
        Ok(Appended::Added)
    }

    fn amendment(
        &mut self,
        prepared: &mut Prepared<'_>,
        amendment: ClaimAmendment,
        time: Option<Timestamp>,
    ) -> Result<Appended, Stop> {
        let connection = prepared.connection;
        let Some((claim, topic)) = self.find(connection, amendment.claim())? else {
            return Err(of_no_claim(Content::Amendment(amendment.into())));
        };
        let held = self.cache.get(connection, &self.frame, &topic)?;
        let appended = held.ledger.append(timed(Content::Amendment(amendment.into()), time))?;
        if appended == Appended::Added {
            let last = held.ledger.entries().next_back().ok_or(TAKEN)?;
            let seq = match self.rows.push(prepared, "amendment", &last) {
                Ok(seq) => seq,
                Err(stop) => {
                    self.cache.release_topics(connection, [&topic])?;
                    return Err(stop);
                }
            };
            held.row.note_change(seq);
            note_change(connection, &held.ledger, claim, seq)?;
            self.cache.note_changed(topic);
        }
        Ok(appended)
    }

    /// Adds what is no claim and not about one.
    fn beside(
        &mut self,
        prepared: &mut Prepared<'_>,
        content: &Content,
        time: Option<Timestamp>,
    ) -> Result<Appended, Stop> {
        let connection = prepared.connection;
        self.show_use(connection, content)?;
        let appended = self.frame.append(content, time, self.rows.next.cast_signed())?;
        if appended != Appended::Added {
            return Ok(appended);
        }
        let last = self.frame.ledger.entries().next_back().ok_or(TAKEN)?;
        let seq = match self.rows.push(prepared, kind(content), &last) {
            Ok(seq) => seq,
            // The ledger has what the store has not.
            Err(Stop::Refused(refusal)) => {
                let policy = self.frame.ledger.policy().clone();
                self.frame = Frame::load(connection, &policy)?;
                return Err(refusal.into());
            }
            Err(stop) => return Err(stop),
        };
        match content {
            Content::Source(source) => rows::add_source(connection, source, seq)?,
            Content::Amendment(Amendment::Source(amendment)) => {
                if let Some(source) = self.frame.ledger.source(amendment.source()) {
                    rows::add_source(connection, source, seq)?;
                }
                let mut statement = connection.prepare_cached("INSERT INTO source_change VALUES (?1, ?2)")?;
                statement.execute(params![amendment.source().as_str(), seq])?;
            }
            Content::Predicate(predicate) => {
                let name = compared(predicate.name());
                rows::add_predicate(connection, &name, predicate, seq)?;
                for row in topics::unclaimed_of_predicate(connection, &name)? {
                    TopicRow { defined: Some(seq), ..row }.write(connection)?;
                }
            }
            Content::Unit(names) | Content::Scope(names) => {
                for alias in names.aliases() {
                    names::add(connection, kind(content), alias, seq, names.name())?;
                }
            }
            Content::Constraint(constraint) => {
                let named: Vec<Topic> =
                    topics::of_constraint(constraint).into_iter().map(|topic| self.frame.named(topic)).collect();
                self.tie(connection, &named, seq)?;
            }
            _ => self.name_subject(connection, content, seq)?,
        }
        Ok(appended)
    }

    /// Gives a subject other names, under which there may be topics.
    fn name_subject(&mut self, connection: &Connection, content: &Content, seq: i64) -> Result<(), StoreError> {
        let (first, others) = names_of_subject(content);
        for other in &others {
            names::add(connection, "subject", other, seq, &first)?;
        }
        self.cache.write(connection)?;
        let is_join = matches!(content, Content::Amendment(_));
        for other in others.iter().filter(|other| **other != first) {
            self.rename(connection, (other, &first), seq, is_join)?;
        }
        Ok(())
    }

    /// Makes the ledger of what is beside the claims know which names of a subject are in use, by one topic of each.
    fn show_use(&mut self, connection: &Connection, content: &Content) -> Result<(), StoreError> {
        let mut in_use = Vec::new();
        if matches!(content, Content::Subject(_)) {
            self.cache.write(connection)?;
            let (first, others) = names_of_subject(content);
            for name in others.iter().chain([&first]) {
                in_use.extend(topics::claimed_of_subject(connection, name)?);
            }
        }
        for row in in_use {
            self.frame.show_topic(&row.topic);
        }
        Ok(())
    }

    /// Ties topics together.
    fn tie(&mut self, connection: &Connection, named: &[Topic], seq: i64) -> Result<(), StoreError> {
        self.cache.release_topics(connection, named)?;
        let mut parts = BTreeSet::new();
        for topic in named {
            let row = topics::find(connection, topic)?.unwrap_or_else(|| {
                self.next_topic += 1;
                let predicate = self.frame.predicates.get(topic.predicate());
                TopicRow::new(self.next_topic - 1, topic.clone(), predicate.map(|(_, seq)| *seq))
            });
            let mut statement = connection.prepare_cached("INSERT INTO tie VALUES (?1, ?2)")?;
            parts.insert(row.part);
            statement.execute(params![row.id, seq])?;
            let members = row.members ^ topics::member(topics::TIE, seq);
            TopicRow { ties: row.ties.saturating_add(1), members, ..row }.write(connection)?;
        }
        self.unite(connection, &parts)
    }

    /// Makes one part of several: all go to the largest, of which little more is read than of the others, since it may be
    /// most of the store. So a topic moves only where its part at least doubles.
    fn unite(&mut self, connection: &Connection, parts: &BTreeSet<i64>) -> Result<(), StoreError> {
        let mut whole: Vec<(i64, Vec<TopicRow>)> = Vec::new();
        let mut larger: Vec<i64> = parts.iter().copied().collect();
        let mut most = 1;
        while larger.len() > 1 {
            for part in std::mem::take(&mut larger) {
                let rows = topics::first_of_part(connection, part, most + 1)?;
                if rows.len() > most {
                    larger.push(part);
                } else {
                    whole.push((part, rows));
                }
            }
            most *= 2;
        }
        let largest_read = || whole.iter().max_by_key(|(part, rows)| (rows.len(), -part)).map(|(part, _)| *part);
        let Some(largest) = larger.first().copied().or_else(largest_read) else { return Ok(()) };
        let moved: Vec<TopicRow> =
            whole.into_iter().filter(|(part, _)| *part != largest).flat_map(|(_, rows)| rows).collect();
        self.cache.release_topics(connection, moved.iter().map(|row| &row.topic))?;
        for row in moved {
            TopicRow { part: largest, ..row }.write(connection)?;
        }
        Ok(())
    }

    /// Moves the topics of a subject to another name of it, which may have a topic of the same predicate already.
    fn rename(
        &mut self,
        connection: &Connection,
        (from, to): (&str, &str),
        seq: i64,
        is_join: bool,
    ) -> Result<(), StoreError> {
        for row in topics::of_subject(connection, from)? {
            let topic = Topic::new(to, row.topic.predicate());
            self.cache.release_topics(connection, [&row.topic, &topic])?;
            let Some(target) = topics::find(connection, &topic)? else {
                TopicRow { topic, ..row }.write(connection)?;
                continue;
            };
            let tied_to_both = topics::ties_of_both(connection, row.id, target.id)?;
            for sql in [
                "UPDATE claim SET topic = ?2 WHERE topic = ?1",
                "UPDATE conflict SET topic = ?2 WHERE topic = ?1",
                "UPDATE OR REPLACE tie SET topic = ?2 WHERE topic = ?1",
                "DELETE FROM topic WHERE id = ?1 AND ?2 > 0",
            ] {
                connection.prepare_cached(sql)?.execute(params![row.id, target.id])?;
            }
            let mut statement = connection.prepare_cached("SELECT count(*) FROM tie WHERE topic = ?1")?;
            let parts = BTreeSet::from([row.part, target.part]);
            let joined = TopicRow {
                claims: row.claims.saturating_add(target.claims),
                members: tied_to_both
                    .iter()
                    .fold(row.members ^ target.members, |members, seq| members ^ topics::member(topics::TIE, *seq)),
                changes: row.changes.saturating_add(target.changes),
                ties: statement.query_row([target.id], |counted| counted.get(0))?,
                listed: row.listed && target.listed,
                ..target
            };
            joined.write(connection)?;
            self.unite(connection, &parts)?;
            if is_join && joined.claims > 0 {
                let held = self.cache.get(connection, &self.frame, &topic)?;
                if !held.row.listed {
                    connection.execute("DELETE FROM conflict WHERE topic = ?1", [held.row.id])?;
                }
                held.compare(connection, seq)?;
                self.cache.note_changed(topic);
            }
        }
        Ok(())
    }
}

/// The refusal of what is about a claim that is not on record.
fn of_no_claim(content: Content) -> Stop {
    match Ledger::new().append(content.into()) {
        Err(refusal) => refusal.into(),
        Ok(_) => TAKEN.into(),
    }
}

fn kind(content: &Content) -> &'static str {
    match content {
        Content::Source(_) => "source",
        Content::Predicate(_) => "predicate",
        Content::Subject(_) => "subject",
        Content::Unit(_) => "unit",
        Content::Scope(_) => "scope",
        Content::Claim(_) => "claim",
        Content::Constraint(_) => "constraint",
        Content::Retraction(_) => "retraction",
        Content::Amendment(_) => "amendment",
    }
}

/// Notes what takes back or amends a claim.
fn note_change(connection: &Connection, ledger: &Ledger, claim: ClaimId, seq: i64) -> Result<(), StoreError> {
    let number = claim.number().cast_signed();
    connection.prepare_cached("INSERT INTO change VALUES (?1, ?2)")?.execute([number, seq])?;
    let Some(claim) = ledger.claim(claim) else { return Ok(()) };
    let retracted = claim.is_retracted().then_some(seq);
    let credibility = claim.credibility().map(testimony::Credibility::rating);
    let sql = "UPDATE claim SET retracted = ifnull(retracted, ?2), credibility = ?3 WHERE number = ?1";
    connection.prepare_cached(sql)?.execute(params![number, retracted, credibility])?;
    Ok(())
}
