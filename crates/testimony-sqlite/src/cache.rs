//! The topics that a writer has at hand: each as a ledger of its own, loaded once and kept as long as there is room.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;
use testimony::{Ledger, Policy, Topic};

use crate::error::StoreError;
use crate::frame::Frame;
use crate::load;
use crate::topics::{self, TopicRow};

/// How many topics are kept at most.
const TOPICS: usize = 16_384;

/// A topic with its claims.
pub(crate) struct Held {
    pub(crate) row: TopicRow,
    pub(crate) ledger: Ledger,
    /// How many rows the table of conflicts has of this topic.
    pub(crate) pairs: i64,
    /// When it was used last.
    used: u64,
    /// Whether the table has its row, with the same names and the same claim to be defined.
    is_written: bool,
}

/// The topics at hand.
pub(crate) struct Cache {
    /// Each in a place of its own, since they are large and the table moves as it grows.
    held: HashMap<Topic, Box<Held>>,
    /// Those whose rows differ from the ones in the table.
    changed: HashSet<Topic>,
    /// How many claims are kept at most.
    limit: usize,
    claims: usize,
    now: u64,
}

impl Cache {
    pub(crate) fn new(limit: usize) -> Self {
        Self { held: HashMap::new(), changed: HashSet::new(), limit, claims: 0, now: 0 }
    }

    /// The topic of this name, as it is compared: loaded if it is not at hand, and empty if there is none.
    pub(crate) fn get(
        &mut self,
        connection: &Connection,
        frame: &Frame,
        topic: &Topic,
    ) -> Result<&mut Held, StoreError> {
        self.now += 1;
        let now = self.now;
        if !self.held.contains_key(topic) {
            self.make_room(connection)?;
            let held = match topics::find(connection, topic)? {
                Some(row) => Held::load(connection, frame, row)?,
                None => Held::new(frame, TopicRow::new(0, topic.clone(), None)),
            };
            self.claims += held.ledger.claims().len();
            self.held.insert(topic.clone(), Box::new(held));
        }
        let held = self.held.get_mut(topic).ok_or(StoreError::Derived { what: "a topic is missing" })?;
        held.used = now;
        Ok(held)
    }

    /// Notes that a topic at hand has a row to write.
    pub(crate) fn note_changed(&mut self, topic: Topic) {
        self.changed.insert(topic);
    }

    /// Counts a claim that was added to a topic at hand.
    pub(crate) fn grow(&mut self) {
        self.claims += 1;
    }

    /// Writes the rows of the topics that changed.
    pub(crate) fn write(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let Self { held, changed, .. } = self;
        let mut topics: Vec<Topic> = changed.drain().collect();
        // In their order, so that the same input gives the same file.
        topics.sort_by_cached_key(|topic| held.get(topic).map(|held| held.row.id));
        let mut counts = connection.prepare_cached(topics::SET_COUNTS)?;
        let mut whole = connection.prepare_cached(topics::SET)?;
        for topic in &topics {
            let Some(held) = held.get_mut(topic) else { continue };
            if held.is_written {
                held.row.write_counts(&mut counts)?;
            } else {
                held.row.write_whole(&mut whole)?;
                held.is_written = true;
            }
        }
        Ok(())
    }

    /// Lets go of topics, with all rows written, also those of which nothing is on record.
    pub(crate) fn release_topics<'a>(
        &mut self,
        connection: &Connection,
        topics: impl IntoIterator<Item = &'a Topic>,
    ) -> Result<(), StoreError> {
        self.write(connection)?;
        for held in topics.into_iter().filter_map(|topic| self.held.remove(topic)) {
            self.claims = self.claims.saturating_sub(held.ledger.claims().len());
        }
        Ok(())
    }

    fn make_room(&mut self, connection: &Connection) -> Result<(), StoreError> {
        if self.held.len() < TOPICS && self.claims <= self.limit {
            return Ok(());
        }
        // Half of all, so that it is not asked for each topic.
        let mut used: Vec<u64> = self.held.values().map(|held| held.used).collect();
        let middle = used.len() / 2;
        let (_, median, _) = used.select_nth_unstable(middle);
        let median = *median;
        self.write(connection)?;
        self.held.retain(|_, held| held.used > median);
        self.claims = self.held.values().map(|held| held.ledger.claims().len()).sum();
        Ok(())
    }
}

impl Held {
    fn new(frame: &Frame, row: TopicRow) -> Self {
        let policy: &Policy = frame.ledger.policy();
        let mut ledger = Ledger::with_policy(policy.clone());
        let mut row = row;
        if let Some((predicate, seq)) = frame.predicates.get(row.topic.predicate()) {
            let _ = ledger.append(predicate.clone().into());
            row.defined = Some(*seq);
        }
        Self { row, ledger, pairs: 0, used: 0, is_written: false }
    }

    fn load(connection: &Connection, frame: &Frame, row: TopicRow) -> Result<Self, StoreError> {
        if row.claims == 0 {
            return Ok(Self::new(frame, row));
        }
        let ledger = load::to_write(connection, frame, &row)?;
        let mut statement = connection.prepare_cached("SELECT count(*) FROM conflict WHERE topic = ?1")?;
        let pairs = statement.query_row([row.id], |counted| counted.get(0))?;
        Ok(Self { row, ledger, pairs, used: 0, is_written: true })
    }
}
