//! Prefetching: rows that are needed soon are touched now, many side by side, so that their cache misses overlap. Where
//! a ledger does not fit into the processor's caches, a step that needs what the step before it found waits each time.

use std::hint::black_box;
use std::ops::{Range, RangeInclusive};

use super::places::EntryKind;
use super::record::Ledger;
use super::tables::{Sought, Tables};
use crate::claim::Value;
use crate::claim::parts::TopicParts;

impl Tables {
    /// Fetches what claims refer to that are about to be gone through.
    pub(in crate::ledger) fn fetch(&self, claims: RangeInclusive<u32>) {
        let rows = &self.claims[*claims.start() as usize..=*claims.end() as usize];
        let topics = || rows.iter().map(|row| &self.topics[row.topic as usize]);
        black_box(topics().map(|row| row.predicate).max());
        black_box(topics().map(|row| row.topic.subject().as_bytes().first()).max());
        let values = rows.iter().filter_map(|row| self.values.get(row.value as usize));
        black_box(values.filter(|value| matches!(value, Value::Text(_))).count());
    }

    /// The topics of claims that are about to be recorded, as far as they are known already; with what is on record
    /// about them fetched.
    pub(in crate::ledger) fn find_topics<'a>(
        &self,
        topics: impl Iterator<Item = Option<TopicParts<'a>>>,
    ) -> Vec<Option<Sought>> {
        const POINTS: usize = 16;
        const LATEST: usize = 4;
        let topics: Vec<_> = topics.map(|topic| topic.map(|topic| (topic, self.hash(&topic)))).collect();
        // A topic with the same hash is nearly always the one that is looked for, so that all that is needed of it is
        // fetched before it is compared.
        let likely: Vec<Option<u32>> =
            topics.iter().map(|topic| self.topic_handles.find((*topic)?.1, |_| true)).collect();
        let rows = || likely.iter().flatten().map(|&topic| &self.topics[topic as usize]);
        black_box(rows().map(|row| row.claims.all().len()).max());
        black_box(rows().map(|row| row.topic.subject().as_bytes().first()).max());
        black_box(rows().flat_map(|row| row.claims.all().take(POINTS)).map(|point| point.claim).max());
        let latest = || {
            rows().flat_map(|row| row.claims.all().rev().take(LATEST)).map(|point| &self.claims[point.claim as usize])
        };
        black_box(latest().map(|row| row.value).max());
        let values = latest().filter_map(|row| self.values.get(row.value as usize));
        black_box(values.filter(|value| matches!(value, Value::Text(_))).count());
        let sought = topics.iter().zip(likely).map(|(topic, likely)| {
            let (topic, hash) = (*topic)?;
            Some(Sought { hash, found: likely.filter(|&handle| self.topic(handle).parts() == topic) })
        });
        sought.collect()
    }
}

impl Ledger {
    /// Fetches what some entries refer to before they are gone through; see [`Tables::fetch`].
    pub(crate) fn fetch(&self, entries: Range<usize>) {
        let places = entries.take_while(|&entry| entry < self.len()).map(|entry| self.places.get(entry));
        // Claims are numbered in the order of the entries.
        let mut claims = places.filter(|place| place.kind == EntryKind::Claim).map(|place| place.handle);
        if let Some(first) = claims.next() {
            self.tables.fetch(first..=claims.last().unwrap_or(first));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::claim::Claim;
    use crate::figure::Figure;
    use crate::ledger::Ledger;
    use crate::source::Source;
    use crate::topic::Topic;

    /// Prefetching shows in no answer: a topic that is not found here is looked up again.
    #[test]
    fn topics_are_found_as_far_as_they_are_known() {
        let mut ledger = Ledger::new();
        let army = ledger.add_source(Source::new("army", "The army").unwrap()).unwrap();
        let [one, two, three] = ["one", "two", "three"].map(|subject| Topic::new(subject, "deaths"));
        for topic in [&one, &two] {
            ledger.record(Claim::new(topic.clone(), Figure::exactly(1), &army)).unwrap();
        }
        let topics = [Some(two.parts()), None, Some(three.parts()), Some(one.parts()), Some(two.parts())];
        let sought = ledger.tables.find_topics(topics.into_iter());
        let found: Vec<_> = sought.iter().map(|sought| sought.map(|sought| sought.found)).collect();
        assert_eq!(found, [Some(Some(1)), None, Some(None), Some(Some(0)), Some(Some(1))]);
    }
}
