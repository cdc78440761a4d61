//! Sources that attribute to each other in a circle.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use super::numbered::{Answer, Numbered, Numbering};
use super::word::affirms;
use crate::date::Days;
use crate::entry::ClaimId;
use crate::ledger::{ClaimRef, Ledger, TopicRef, statements};
use crate::report::{list_of_many, paragraph};
use crate::rules::rings::{add_rings, rings_at};
use crate::rules::voices::{RoughSet, rings};
use crate::source::Source;
use crate::topic::{Measure, Topic};

/// Sources that attribute to each other what none of them is the origin of.
///
/// ```
/// use testimony::{Claim, Figure, Ledger, Source, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// let post = ledger.add_source(Source::new("post", "The Post")?)?;
/// let times = ledger.add_source(Source::new("times", "The Times")?)?;
/// let deaths = Topic::new("market bombing", "deaths");
/// ledger.record(Claim::new(deaths.clone(), Figure::exactly(40), &post).with_relay(&times))?;
/// ledger.record(Claim::new(deaths, Figure::exactly(40), &times).with_relay(&post))?;
/// let circles: Vec<_> = ledger.circles().collect();
/// assert_eq!(
///     circles[0].to_string(),
///     "\
/// Circle: market bombing · deaths
///   The Post and The Times attribute to each other what none of them says first,
///   in claims [0] and [1]. They count as one voice.
/// "
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Circle<'a> {
    pub(crate) topic: TopicRef<'a>,
    pub(crate) sources: Vec<&'a Source>,
    pub(crate) claims: Vec<ClaimRef<'a>>,
}

impl<'a> Circle<'a> {
    /// The topic.
    #[must_use]
    pub fn topic(&self) -> &'a Topic {
        self.topic.topic()
    }

    /// The topic with all that is on record about it.
    #[must_use]
    pub fn topic_ref(&self) -> TopicRef<'a> {
        self.topic
    }

    /// The sources, in the order in which they were added to the ledger.
    #[must_use]
    pub fn sources(&self) -> &[&'a Source] {
        &self.sources
    }

    /// The claims in which they attribute to each other, in the order in which they were recorded.
    #[must_use]
    pub fn claims(&self) -> &[ClaimRef<'a>] {
        &self.claims
    }

    /// The circle in plain words, and why it matters: whole sentences on one line, which name ten of the sources at most.
    /// They read the same whichever part of a ledger the circle is found in, and so without the numbers of claims.
    #[must_use]
    pub fn because(&self) -> String {
        self.in_words(&format!("{} claims", self.claims.len()))
    }

    /// The same with other numbers for the claims, such as those of the file that they were read from.
    pub fn numbered<F: Fn(ClaimId) -> u64>(&self, number: F) -> Numbered<'_, Self, F> {
        Numbered::new(self, number)
    }

    fn in_words(&self, claims: &str) -> String {
        let names = self.sources.iter().map(|source| self.topic.ledger().name_of(source));
        let names = list_of_many(names, "more source", "more sources");
        format!("{names} attribute to each other what none of them says first, in {claims}. They count as one voice.")
    }
}

impl Answer for Circle<'_> {
    fn write(&self, f: &mut fmt::Formatter<'_>, number: &Numbering<'_>) -> fmt::Result {
        paragraph(f, &format!("Circle: {}", self.topic()), 0, 2)?;
        let claims = self.claims.iter().map(|claim| format!("[{}]", number(claim.id())));
        let claims = list_of_many(claims, "more", "more");
        paragraph(f, &self.in_words(&format!("claims {claims}")), 2, 2)
    }

    #[cfg(feature = "serde")]
    fn serialize<S: serde::Serializer>(&self, serializer: S, number: &Numbering<'_>) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(&super::data::CircleForm::new(self, number), serializer)
    }
}

/// The most steps that the search for circles on a topic takes, and how many more for each claim there: two seconds for
/// ten megabytes, which can hold circles that name a billion sources together, because a little else is a circle at each
/// of many times. What is found on a topic depends on no other topic, so that it is the same in whichever part of a ledger.
const STEPS: usize = 50_000;
const STEPS_A_CLAIM: usize = 1000;

/// The circles on some topics, found topic by topic as they are asked for.
#[derive(Clone, Debug)]
pub struct Circles<'a> {
    topics: std::vec::IntoIter<TopicRef<'a>>,
    of_topic: std::vec::IntoIter<Circle<'a>>,
    is_whole: bool,
}

impl<'a> Circles<'a> {
    fn of(topics: Vec<TopicRef<'a>>) -> Self {
        Self { topics: topics.into_iter(), of_topic: Vec::new().into_iter(), is_whole: true }
    }

    /// Whether all were found, with all of their claims, on the topics that were come to. The search on a topic ends early
    /// where very many circles there share most of their sources.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }
}

impl<'a> Iterator for Circles<'a> {
    type Item = Circle<'a>;

    fn next(&mut self) -> Option<Circle<'a>> {
        loop {
            if let Some(circle) = self.of_topic.next() {
                return Some(circle);
            }
            let topic = self.topics.next()?;
            let mut steps = STEPS + STEPS_A_CLAIM * topic.claims().count();
            self.of_topic = topic.find_circles(&mut steps).into_iter();
            self.is_whole &= steps > 0;
        }
    }
}

impl<'a> TopicRef<'a> {
    /// The sources that attribute to each other in a circle, among the standing affirmed claims: each origin's last
    /// word, and those of the time of each claim.
    ///
    /// # Order
    ///
    /// By the first of their sources.
    #[must_use]
    pub fn circles(&self) -> Circles<'a> {
        Circles::of(vec![*self])
    }

    fn find_circles(self, steps: &mut usize) -> Vec<Circle<'a>> {
        let is_relayed = |claim: &ClaimRef<'_>| !claim.chain().1.is_empty() && claim.stands();
        let mut relayed: Vec<ClaimRef<'a>> = self.claims().filter(is_relayed).collect();
        relayed.retain(affirms);
        // A circle of one time is one of all times, and made by claims that make those. Few claims do.
        let of_all_times = rings(&statements(&relayed));
        let mut ringed: Vec<usize> = of_all_times.iter().flat_map(|ring| &ring.claims).copied().collect();
        if ringed.is_empty() {
            return Vec::new();
        }
        ringed.sort_unstable();
        ringed.dedup();
        let ringed: Vec<ClaimRef<'a>> = ringed.into_iter().map(|place| relayed[place]).collect();
        let circle = |(sources, claims): (Vec<u32>, Vec<usize>)| Circle {
            topic: self,
            sources: sources.into_iter().map(|source| self.ledger().source_numbered(source)).collect(),
            claims: claims.into_iter().map(|place| ringed[place]).collect(),
        };
        self.rings_of(&ringed, steps).into_iter().map(circle).collect()
    }

    /// The circles among the last words, and among the claims of the time of each affirmed claim, of the claims that can
    /// make one.
    fn rings_of(self, ringed: &[ClaimRef<'a>], steps: &mut usize) -> BTreeMap<Vec<u32>, Vec<usize>> {
        let all = statements(ringed);
        let is_fixed = self.predicate().measure() == Measure::Fixed;
        let asked = self.standing().filter(affirms).map(|claim| claim.days().filter(|_| !is_fixed));
        let asked: HashSet<Option<Days>> = asked.collect();
        let times: Vec<Days> = asked.iter().copied().flatten().collect();
        let days: Vec<Option<Days>> = ringed.iter().map(|claim| claim.days()).collect();
        let mut found = rings_at(&all, &days, &times, self.ledger().policy().days_apart(), steps);
        if asked.contains(&None) {
            add_rings(&mut found, rings(&all));
        }
        let last: HashSet<ClaimId> = self.last_words().iter().map(ClaimRef::id).collect();
        let last: Vec<usize> = (0..ringed.len()).filter(|place| last.contains(&ringed[*place].id())).collect();
        let mut of_last = rings(&last.iter().map(|place| all[*place]).collect::<Vec<_>>());
        of_last.iter_mut().flat_map(|ring| &mut ring.claims).for_each(|place| *place = last[*place]);
        add_rings(&mut found, of_last);
        found
    }
}

impl Ledger {
    /// Sources that quote each other in a circle, on every topic.
    ///
    /// # Order
    ///
    /// By topic, then by the first of their sources.
    #[must_use]
    pub fn circles(&self) -> Circles<'_> {
        let traces = self.traces();
        Circles::of(self.topics().filter(move |topic| traces.may_have_rings(topic.number())).collect())
    }

    fn traces(&self) -> Traces {
        let mut traces = Traces(Vec::new());
        for claim in self.claims() {
            let (origin, relays) = claim.chain();
            let Some((_, handing_on)) = relays.split_last() else { continue };
            let trace = traces.of_topic(claim.topic_ref().number());
            for relay in relays {
                trace.relaying.insert(*relay);
            }
            for source in handing_on.iter().chain([&origin]) {
                trace.relayed.insert(*source);
            }
        }
        traces
    }
}

/// For each topic the sources that relay somebody there, and those that are relayed: in the order in which claims lie in
/// memory, most topics are found to have no circle much sooner than one by one.
struct Traces(Vec<Trace>);

impl Traces {
    fn of_topic(&mut self, topic: u32) -> &mut Trace {
        if self.0.len() <= topic as usize {
            self.0.resize(topic as usize + 1, Trace::default());
        }
        &mut self.0[topic as usize]
    }

    /// Whether a source may relay somebody on a topic and be relayed there itself: without one there is no circle.
    fn may_have_rings(&self, topic: u32) -> bool {
        self.0.get(topic as usize).is_some_and(|Trace { relaying, relayed }| relaying.may_meet(relayed))
    }
}

/// Some of the sources on a topic.
#[derive(Clone, Default)]
struct Trace {
    relaying: RoughSet,
    relayed: RoughSet,
}
