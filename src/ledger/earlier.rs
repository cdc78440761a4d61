//! A ledger as it was after so many entries, made from what it is now: rows are added and never changed, so that most
//! of it is the first part of each table, and only what has since been revised or taken back is worked out anew.

use std::collections::HashSet;

use super::again::Again;
use super::amended::AmendedClaim;
use super::compared::ComparedCounts;
use super::index::topic::Standing;
use super::named::{InUse, Naming};
use super::places::EntryKind;
use super::record::Ledger;
use super::tables::{ClaimRow, Fate, NONE, SourceRow, Tables, TopicRow, small};
use crate::entry::Amendment;
use crate::policy::Policy;

impl Ledger {
    /// The ledger as it was after the first `known` entries.
    pub(super) fn first(&self, known: usize) -> Self {
        let count = |kind| self.places.count(kind, known);
        // Names that came later, and owners that changed, are everywhere in the tables.
        let names = [EntryKind::Subject, EntryKind::Unit, EntryKind::Scope];
        let names_later = names.into_iter().any(|kind| count(kind) < self.places.count(kind, self.len()));
        let joined = self.amendments.iter().any(|row| matches!(row.amendment, Amendment::Subject(_)));
        if names_later || joined || self.tables.heights.is_some() {
            let claims = (0..count(EntryKind::Claim)).collect();
            return self.again(&Again { known, claims, topics: None });
        }
        let [claims, retractions, amendments] =
            [EntryKind::Claim, EntryKind::Retraction, EntryKind::Amendment].map(count);
        let mut tables = self.tables.first_rows(claims, count(EntryKind::Source), count(EntryKind::Predicate));
        self.take_amendments(&mut tables, amendments);
        let retracted_later = self.retractions[retractions as usize..].iter().map(|row| row.claim);
        let unsettled = retracted_later.filter(|&claim| claim < claims).map(|claim| self.tables.claim_topic(claim));
        tables.take_topics(&self.tables, &unsettled.collect(), retractions, &self.policy);
        let mut first = Self::with_policy(self.policy.clone());
        first.places = self.places.first(known);
        first.times = self.times[..known].to_vec();
        first.constraints = self.constraints.iter().take(count(EntryKind::Constraint) as usize).cloned().collect();
        first.retractions = self.retractions[..retractions as usize].to_vec();
        first.amendments = self.amendments[..amendments as usize].to_vec();
        first.tables = tables;
        first
    }

    /// Applies the first so many amendments to the sources and claims in these tables.
    fn take_amendments(&self, tables: &mut Tables, amendments: u32) {
        let known = |handles: &[u32]| handles[..handles.partition_point(|&handle| handle < amendments)].to_vec();
        for (&source, handles) in &self.tables.amended_sources {
            if let Some((_, row)) = tables.sources.get_index_mut(source as usize) {
                let handles = known(handles);
                let mut amended = self.tables.defined_source(source).clone();
                for &handle in &handles {
                    if let Amendment::Source(amendment) = &self.amendments[handle as usize].amendment {
                        amended = amendment.applied(&amended);
                    }
                }
                *row =
                    SourceRow { source: amended, defined: row.defined.take().filter(|_| !handles.is_empty()), ..*row };
                if !handles.is_empty() {
                    tables.amended_sources.insert(source, handles);
                }
            }
        }
        for (&claim, amended) in &self.tables.amended_claims {
            let amendments = known(&amended.amendments);
            if claim < small(tables.claims.len()) && !amendments.is_empty() {
                for &handle in &amendments {
                    if let Amendment::Claim(amendment) = &self.amendments[handle as usize].amendment
                        && let Ok(Some(details)) = tables.amended(claim, amendment)
                    {
                        tables.amended_claims.insert(claim, AmendedClaim { details, amendments: Vec::new() });
                    }
                }
                if let Some(amended) = tables.amended_claims.get_mut(&claim) {
                    amended.amendments = amendments;
                }
            }
        }
    }
}

impl Tables {
    /// The first rows of each table but those of topics, as they were recorded.
    fn first_rows(&self, claims: u32, sources: u32, defined: u32) -> Self {
        let rows = self.claims[..claims as usize].to_vec();
        let beyond = |place: fn(&ClaimRow) -> u32| {
            let places = rows.iter().map(place).filter(|&place| place != NONE);
            places.max().map_or(0, |last| last as usize + 1)
        };
        let (values, details) = (beyond(|row| row.value), beyond(|row| row.details));
        let relays = rows.last().map_or(0, |row| row.first_relay as usize + usize::from(row.relays));
        let topics = self.topics_of_first(claims);
        let used = self.topics[..topics].iter().map(|row| row.predicate + 1).max().unwrap_or_default();
        let words = self.naming.words.iter().filter(|(claim, _)| **claim < claims);
        let naming = Naming {
            definitions: self.naming.definitions.clone(),
            subjects: self.naming.subjects.clone(),
            units: self.naming.units.clone(),
            scopes: self.naming.scopes.clone(),
            words: words.map(|(claim, topic)| (*claim, topic.clone())).collect(),
            ..Naming::default()
        };
        let first = |(id, row): (&_, &SourceRow)| (Clone::clone(id), row.clone());
        let mut tables = Self {
            sources: self.sources.iter().take(sources as usize).map(first).collect(),
            predicates: self
                .predicates
                .iter()
                .take(used.max(defined) as usize)
                .map(|(name, row)| (name.clone(), row.clone()))
                .collect(),
            relays: self.relays[..relays].to_vec(),
            values: self.values[..values].to_vec(),
            keys: self.keys[..values].to_vec(),
            details: self.details[..details].to_vec(),
            texts: self.texts.clone(),
            scopes: self.scopes.clone(),
            numbers: self.numbers.of_first(claims),
            claims: rows,
            naming,
            hasher: self.hasher.clone(),
            scan_limit: self.scan_limit,
            topics: Vec::with_capacity(topics),
            ..Self::default()
        };
        if let Some(subjects) = &mut tables.naming.subjects {
            subjects.topics.values_mut().for_each(|of| of.retain(|topic| (*topic as usize) < topics));
            subjects.topics.retain(|_, of| !of.is_empty());
        }
        let used = [
            tables.naming.units.is_some().then(|| tables.units_in_use().used),
            tables.naming.scopes.is_some().then(|| tables.scopes_in_use().used),
        ];
        for (names, used) in [&mut tables.naming.units, &mut tables.naming.scopes].into_iter().zip(used) {
            if let (Some(names), Some(used)) = (names, used) {
                **names = InUse { used, aliases: names.aliases.clone() };
            }
        }
        tables
    }

    /// How many topics the first so many claims are on.
    fn topics_of_first(&self, claims: u32) -> usize {
        self.topics.partition_point(|row| row.claims.all().next().is_some_and(|first| first.claim < claims))
    }

    /// Takes the topics of the claims in these tables, as far as these are on them. The fates on a topic that is
    /// unsettled, or on which a later claim revises or conflicts, are worked out anew.
    fn take_topics(&mut self, whole: &Self, unsettled: &HashSet<u32>, retractions: u32, policy: &Policy) {
        let claims = small(self.claims.len());
        let topics = small(whole.topics_of_first(claims));
        self.topic_handles = whole.topic_handles.below(topics);
        for topic in 0..topics {
            let row = &whole.topics[topic as usize];
            let known = row.claims.points.partition_point(|point| point.claim < claims);
            let is_whole = known == row.claims.points.len();
            if is_whole && !unsettled.contains(&topic) {
                self.conflicts += row.claims.conflicts;
                self.topics.push(row.clone());
                continue;
            }
            self.topics.push(TopicRow {
                claims: Standing::default(),
                compared: ComparedCounts::Uncounted,
                topic: row.topic.clone(),
                predicate: row.predicate,
            });
            let is_plain = |claim: u32| whole.stands(claim) && !whole.claims[claim as usize].disowned;
            let points = &row.claims.points;
            if row.claims.conflicts == 0 && points.iter().all(|point| is_plain(point.claim)) {
                *self.standing_mut(topic) = Standing::of(&points[..known]);
                if known > self.scan_limit.0 {
                    self.build_index(topic, policy);
                }
                continue;
            }
            for point in &points[..known] {
                let row = &mut self.claims[point.claim as usize];
                row.disowned = false;
                if row.fate == Fate::Retracted && row.by < retractions {
                    self.standing_mut(topic).push(*point);
                } else {
                    self.set_reviser(point.claim, None);
                    let boxes = self.boxes(point.claim, policy);
                    let hash = self.hash_of(&self.said(point.claim));
                    self.settle(topic, point.claim, &boxes, hash, policy);
                }
            }
        }
    }
}
