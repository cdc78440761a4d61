//! Joining subjects that are both in use: their claims come to be on one topic for each predicate.

use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;

use super::index::topic::Standing;
use super::tables::Tables;
use crate::claim::parts::TopicParts;
use crate::entry::SubjectAmendment;
use crate::error::Error;
use crate::policy::Policy;
use crate::text;
use crate::topic::Topic;

impl Tables {
    /// Makes names other names of a subject from now on; `false` if they are that already.
    pub(super) fn join_subjects(&mut self, amendment: &SubjectAmendment, policy: &Policy) -> Result<bool, Error> {
        let first: Arc<str> = text::name(amendment.subject()).into();
        let mut subjects = self.naming.subjects.take().unwrap_or_else(|| Box::new(self.subjects_in_use()));
        let aliases = amendment.aliases().enumerate();
        let aliases =
            aliases.map(|(i, alias)| (format!("aliases[{i}]"), Arc::from(text::name(alias)), alias)).collect();
        let joined = subjects.aliases.join((&first, amendment.subject()), aliases);
        let mut topics = Vec::new();
        for alias in joined.iter().flatten() {
            topics.extend(subjects.topics.remove(&**alias).unwrap_or_default());
        }
        let own = subjects.topics.remove(&*first).unwrap_or_default();
        self.naming.subjects = Some(subjects);
        let joined = joined?;
        let left = self.join_topics(&first, own, topics, policy);
        if let Some(subjects) = &mut self.naming.subjects {
            subjects.topics.insert((&*first).into(), left);
        }
        Ok(!joined.is_empty())
    }

    /// Puts the claims on some topics on those of a subject with the same predicates, and gives these.
    fn join_topics(&mut self, subject: &str, own: Vec<u32>, others: Vec<u32>, policy: &Policy) -> Vec<u32> {
        if others.is_empty() {
            return own;
        }
        let mut by_predicate: IndexMap<u32, Vec<u32>> = IndexMap::new();
        for topic in own.into_iter().chain(others) {
            by_predicate.entry(self.topics[topic as usize].predicate).or_default().push(topic);
        }
        self.naming.order = Some(OnceLock::new());
        let groups = by_predicate.into_values();
        groups.map(|topics| self.join_one(subject, &topics, policy)).collect()
    }

    /// Joins topics with one predicate: the claims of the smaller ones move to the largest, so that many that are
    /// joined one after another cost no more than their claims.
    fn join_one(&mut self, subject: &str, topics: &[u32], policy: &Policy) -> u32 {
        let size = |topic: &u32| (Reverse(self.standing(*topic).all().len()), *topic);
        let largest = topics.iter().copied().min_by_key(size).unwrap_or_default();
        for &topic in topics {
            self.keep_words_of(topic, subject);
            let hash = self.hash(&self.topic(topic).parts());
            self.topic_handles.remove(hash, topic);
        }
        let name = Topic::new(subject, self.topic(largest).predicate());
        let mut claims = Vec::new();
        for &topic in topics.iter().filter(|topic| **topic != largest) {
            let row = &mut self.topics[topic as usize];
            // A blank subject belongs to no claim, so that nothing finds this topic any more.
            row.topic = Topic::new("", "");
            let standing = std::mem::take(&mut row.claims);
            self.conflicts -= standing.conflicts;
            claims.extend(standing.all().map(|point| point.claim));
        }
        let hash = self.hash(&name.parts());
        self.topic_handles.insert(hash, largest);
        let renamed = self.topics[largest as usize].topic != name;
        self.topics[largest as usize].topic = name;
        if renamed && self.standing(largest).index.is_some() {
            // The index finds claims by what they say, their words included.
            self.build_index(largest, policy);
        }
        claims.sort_unstable();
        self.absorb(largest, &claims, policy);
        largest
    }

    /// Has the claims on a topic keep the words that they came with, before it goes by another subject.
    fn keep_words_of(&mut self, topic: u32, subject: &str) {
        let words = self.topic(topic).clone();
        if words.subject() == subject {
            return;
        }
        let claims: Vec<u32> = self.topic_claims(topic).collect();
        let TopicParts { subject, predicate } = words.parts();
        for claim in claims {
            if self.other_words(claim).is_none() {
                self.keep_words(claim, TopicParts { subject, predicate });
            }
        }
    }

    /// Puts claims of other topics on this one, as if they had been recorded on it when they were.
    fn absorb(&mut self, topic: u32, claims: &[u32], policy: &Policy) {
        for &claim in claims {
            self.claims[claim as usize].topic = topic;
            let retracted = self.is_retracted(claim);
            if !retracted {
                self.set_reviser(claim, None);
            }
            let boxes = self.boxes(claim, policy);
            if retracted {
                self.standing_mut(topic).push(boxes.timed.point);
            } else {
                if let Some(compared) = self.compared_as(claim, policy) {
                    self.topics[topic as usize].compared.add(compared);
                }
                let hash = self.hash_of(&self.said(claim));
                self.settle(topic, claim, &boxes, hash, policy);
            }
        }
        let Standing { points, .. } = self.standing_mut(topic);
        points.sort_by_key(|point| point.claim);
    }
}
