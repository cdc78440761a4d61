//! A ledger in parts: what constraints tie together stays together, and the rest can be looked at apart.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};
use std::fmt;

use indexmap::{IndexMap, IndexSet};
use petgraph::unionfind::UnionFind;

use super::again::ON_RECORD;
use super::entries::ContentRef;
use super::record::Ledger;
use crate::constraint::Constraint;
use crate::entry::{Amendment, ClaimId, ClaimKey, Content, Entry};
use crate::topic::Topic;

/// A set of topics that no constraint ties to others. All that is found in a ledger is found in one of its parts.
///
/// ```
/// use testimony::{Claim, Constraint, Figure, Ledger, Source, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// let army = ledger.add_source(Source::new("army", "The army")?)?;
/// let [dead, present, shots] = ["dead", "present", "shots"].map(|predicate| Topic::new("siege", predicate));
/// for topic in [&dead, &shots, &present] {
///     ledger.record(Claim::new(topic.clone(), Figure::exactly(12), &army))?;
/// }
/// ledger.add_constraint(Constraint::AtMost { part: dead.clone(), whole: present.clone() })?;
///
/// let parts = ledger.parts();
/// assert_eq!(parts.len(), 2);
/// assert_eq!(parts[0].topics(), [&dead, &present]);
/// assert_eq!(parts[0].to_ledger().claims().len(), 2);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Part<'a> {
    ledger: &'a Ledger,
    topics: Vec<&'a Topic>,
}

impl<'a> Part<'a> {
    /// The topics, in the order in which claims were first made on them; then those that constraints alone name.
    #[must_use]
    pub fn topics(&self) -> &[&'a Topic] {
        &self.topics
    }

    /// How many claims there are on the topics.
    #[must_use]
    pub fn claim_count(&self) -> usize {
        let topics = self.topics.iter().filter_map(|topic| self.ledger.topic(topic));
        topics.map(|topic| topic.claims().len()).sum()
    }

    /// A ledger of this part: with all sources, predicates and names, and with those claims and constraints, and what
    /// takes back or amends a claim, that are about its topics. Claims are numbered anew, and have the labels that they
    /// had.
    #[must_use]
    pub fn to_ledger(&self) -> Ledger {
        let mut places = vec![None; self.ledger.tables.topics.len()];
        for topic in self.topics.iter().filter_map(|topic| self.ledger.tables.find_topic(topic.parts())) {
            places[topic as usize] = Some(0);
        }
        let unclaimed: HashSet<&Topic> = self.topics.iter().copied().collect();
        let place_of = |topic: &Topic| match self.ledger.tables.find_topic(topic.parts()) {
            Some(topic) => places[topic as usize],
            None => unclaimed.contains(topic).then_some(0),
        };
        self.ledger.distribute(1, &places, place_of).remove(0)
    }
}

impl fmt::Debug for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part").field("topics", &self.topics).finish_non_exhaustive()
    }
}

/// Topics, and which of them constraints tie together.
struct Tied<'a> {
    /// The topics that only constraints name. Their places follow those of all other topics, whose places are their
    /// handles.
    unclaimed: IndexSet<&'a Topic>,
    first_unclaimed: usize,
    joined: UnionFind<usize>,
}

impl<'a> Tied<'a> {
    /// The place of a topic, under whatever name it is known.
    fn place_of(&self, ledger: &Ledger, topic: &Topic) -> Option<usize> {
        let claimed = ledger.tables.find_topic(topic.parts()).map(|handle| handle as usize);
        claimed.or_else(|| self.unclaimed.get_index_of(topic).map(|index| self.first_unclaimed + index))
    }

    /// All topics with their places: those with claims in the order of the claims, then the others.
    fn topics(&self, ledger: &'a Ledger) -> Vec<(usize, &'a Topic)> {
        let claimed = ledger.tables.topic_handles().map(|topic| (topic as usize, ledger.tables.topic(topic)));
        let unclaimed = (self.first_unclaimed..).zip(self.unclaimed.iter().copied());
        claimed.chain(unclaimed).collect()
    }
}

impl Ledger {
    /// The sets of topics that constraints tie together; a topic that no constraint names is a part of its own.
    ///
    /// # Order
    ///
    /// By the first topic of each, as [`Part::topics`] has them.
    #[must_use]
    pub fn parts(&self) -> Vec<Part<'_>> {
        let mut tied = self.tied();
        let mut parts: IndexMap<usize, Part<'_>> = IndexMap::new();
        for (place, topic) in tied.topics(self) {
            let part = parts.entry(tied.joined.find_mut(place));
            part.or_insert_with(|| Part { ledger: self, topics: Vec::new() }).topics.push(topic);
        }
        parts.into_values().collect()
    }

    /// The ledger split into so many ledgers or fewer, with about as many claims in each. Each has whole
    /// [parts](Self::parts), so that what is found in all of them together is what is found here. There is at least
    /// one, whatever is asked.
    ///
    /// Every one of them has all sources, predicates and names, so that nothing reads differently there.
    ///
    /// ```
    /// use testimony::{Claim, Figure, Ledger, Source, Topic};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let mut ledger = Ledger::new();
    /// let army = ledger.add_source(Source::new("army", "The army")?)?;
    /// for town in ["Avd", "Bakh", "Kup"] {
    ///     ledger.record(Claim::new(Topic::new(town, "dead"), Figure::exactly(12), &army))?;
    /// }
    /// let claims: Vec<_> = ledger.split(2).iter().map(|part| part.claims().len()).collect();
    /// assert_eq!(claims, [2, 1]);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn split(&self, ledgers: usize) -> Vec<Self> {
        let mut tied = self.tied();
        let mut claims: IndexMap<usize, u64> = IndexMap::new();
        for (place, topic) in tied.topics(self) {
            let on_it = self.topic(topic).map_or(0, |topic| topic.claims().len() as u64);
            *claims.entry(tied.joined.find_mut(place)).or_default() += on_it;
        }
        let ledgers = ledgers.clamp(1, claims.len().max(1));
        // Each part goes to the ledger that has the fewest claims so far, the first of several.
        let mut loads: BinaryHeap<Reverse<(u64, usize)>> = (0..ledgers).map(|ledger| Reverse((0, ledger))).collect();
        let mut ledger_of: IndexMap<usize, usize> = IndexMap::new();
        for (part, claims) in claims {
            if let Some(Reverse((load, ledger))) = loads.pop() {
                ledger_of.insert(part, ledger);
                loads.push(Reverse((load + claims, ledger)));
            }
        }
        let nodes = tied.joined.len();
        let places: Vec<Option<usize>> =
            (0..nodes).map(|place| ledger_of.get(&tied.joined.find_mut(place)).copied()).collect();
        self.distribute(ledgers, &places, |topic| places[tied.place_of(self, topic)?])
    }

    /// Every topic that a claim or a constraint names, and which of them constraints tie together.
    fn tied(&self) -> Tied<'_> {
        let named = self.constraints.iter().flat_map(Constraint::topics).map(|(_, topic)| topic);
        let unclaimed: IndexSet<&Topic> =
            named.filter(|topic| self.tables.find_topic(topic.parts()).is_none()).collect();
        let first_unclaimed = self.tables.topics.len();
        let apart = UnionFind::new(first_unclaimed + unclaimed.len());
        let mut tied = Tied { unclaimed, first_unclaimed, joined: apart };
        for constraint in &self.constraints {
            let topics = constraint.topics();
            let places: Vec<usize> = topics.iter().filter_map(|(_, topic)| tied.place_of(self, topic)).collect();
            for pair in places.windows(2) {
                tied.joined.union(pair[0], pair[1]);
            }
        }
        tied
    }

    /// Records every entry again, in so many ledgers: a claim and what is about it in the ledger that `places` gives
    /// for its topic, a constraint in the one that `place_of` gives, and all else in each.
    fn distribute(
        &self,
        ledgers: usize,
        places: &[Option<usize>],
        place_of: impl Fn(&Topic) -> Option<usize>,
    ) -> Vec<Self> {
        let mut parts = vec![Self::with_policy(self.policy.clone()); ledgers];
        // The ledger and the number there of each claim.
        let mut claims: Vec<Option<(usize, ClaimId)>> = Vec::with_capacity(self.claims().len());
        let (mut retractions, mut amendments) = (self.retractions.iter(), self.amendments.iter());
        for entry in self.entries() {
            let recorded = entry.recorded();
            let again = |ledger: &mut Self, content: Content| {
                ledger.append(Entry { recorded, content }).expect(ON_RECORD);
            };
            let key = |key: ClaimKey, number: ClaimId| match key {
                ClaimKey::Number(_) => ClaimKey::Number(number),
                #[cfg(feature = "serde")]
                ClaimKey::Label(label) => ClaimKey::from(label),
            };
            match entry.content() {
                ContentRef::Claim(claim) => {
                    let place = places[self.tables.claim_topic(claim.handle()) as usize];
                    claims.push(place.map(|place| {
                        let number = ClaimId::new(parts[place].claims().len() as u64);
                        again(&mut parts[place], Content::Claim(claim.to_claim()));
                        (place, number)
                    }));
                }
                ContentRef::Constraint(constraint) => {
                    let place = constraint.topics().first().and_then(|(_, topic)| place_of(topic));
                    if let Some(place) = place {
                        again(&mut parts[place], Content::Constraint(constraint.clone()));
                    }
                }
                ContentRef::Retraction(retraction) => {
                    let row = retractions.next().expect("an entry has a row");
                    if let Some((place, number)) = claims[row.claim as usize] {
                        let retraction = retraction.clone().of(key(retraction.claim(), number));
                        again(&mut parts[place], Content::Retraction(retraction));
                    }
                }
                ContentRef::Amendment(amendment) => {
                    let row = amendments.next().expect("an entry has a row");
                    match amendment {
                        Amendment::Claim(amendment) => {
                            if let Some((place, number)) = claims[row.target as usize] {
                                let amendment = amendment.clone().of(key(amendment.claim(), number));
                                again(&mut parts[place], Content::Amendment(amendment.into()));
                            }
                        }
                        Amendment::Source(_) | Amendment::Subject(_) => {
                            for part in &mut parts {
                                again(part, Content::Amendment(amendment.clone()));
                            }
                        }
                    }
                }
                _ => {
                    for part in &mut parts {
                        again(part, entry.to_entry().content);
                    }
                }
            }
        }
        parts
    }
}
