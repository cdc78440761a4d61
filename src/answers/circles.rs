//! Sources that attribute to each other in a circle.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use indexmap::IndexSet;

use super::numbered::{Answer, Numbered, Numbers};
use super::word::affirms;
use crate::date::Days;
use crate::entry::ClaimId;
use crate::ledger::{ClaimRef, Ledger, TopicRef, statements};
use crate::report::{list, paragraph};
use crate::rules::timeline::{Piece, Time, Timeline};
use crate::rules::voices::rings;
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

    /// What else is on record about the topic.
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

    /// What it means, in plain words: whole sentences on one line. They read the same whichever part of a ledger the
    /// circle is found in, and so without the numbers of claims.
    #[must_use]
    pub fn because(&self) -> String {
        self.in_words(&format!("{} claims", self.claims.len()))
    }

    /// The same with other numbers for the claims, such as those of the file that they were read from.
    pub fn numbered<F: Fn(ClaimId) -> u64>(&self, number: F) -> Numbered<'_, Self, F> {
        Numbered::new(self, number)
    }

    fn in_words(&self, claims: &str) -> String {
        let names = list(self.sources.iter().map(|source| self.topic.ledger().name_of(source)));
        format!("{names} attribute to each other what none of them says first, in {claims}. They count as one voice.")
    }
}

impl Answer for Circle<'_> {
    fn write(&self, f: &mut fmt::Formatter<'_>, number: &Numbers<'_>) -> fmt::Result {
        paragraph(f, &format!("Circle: {}", self.topic()), 0, 2)?;
        let claims = list(self.claims.iter().map(|claim| format!("[{}]", number(claim.id()))));
        paragraph(f, &self.in_words(&format!("claims {claims}")), 2, 2)
    }

    #[cfg(feature = "serde")]
    fn serialize<S: serde::Serializer>(&self, serializer: S, number: &Numbers<'_>) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(&super::data::CircleForm::new(self, number), serializer)
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
    pub fn circles(&self) -> Vec<Circle<'a>> {
        let relayed: Vec<ClaimRef<'a>> =
            self.standing().filter(|claim| claim.relays().len() > 0 && affirms(claim)).collect();
        if !may_have_rings(&relayed) {
            return Vec::new();
        }
        // A circle of one time is one of all times, and made by claims that make those. Few claims do.
        let mut ringed: Vec<usize> = rings(&statements(&relayed)).into_iter().flat_map(|ring| ring.claims).collect();
        if ringed.is_empty() {
            return Vec::new();
        }
        ringed.sort_unstable();
        ringed.dedup();
        let ringed: Vec<ClaimRef<'a>> = ringed.into_iter().map(|place| relayed[place]).collect();
        let mut found: BTreeMap<Vec<u32>, BTreeMap<ClaimId, ClaimRef<'a>>> = BTreeMap::new();
        for view in self.views(&ringed) {
            for ring in rings(&statements(&view)) {
                let claims = ring.claims.into_iter().map(|place| (view[place].id(), view[place]));
                found.entry(ring.sources).or_default().extend(claims);
            }
        }
        let circle = |(sources, claims): (Vec<u32>, BTreeMap<ClaimId, ClaimRef<'a>>)| Circle {
            topic: *self,
            sources: sources.into_iter().map(|source| self.ledger().source_numbered(source)).collect(),
            claims: claims.into_values().collect(),
        };
        found.into_iter().map(circle).collect()
    }

    /// Those of some claims, in order, that are last words, and those that are together with each affirmed claim, each
    /// set of them once.
    fn views(self, claims: &[ClaimRef<'a>]) -> Vec<Vec<ClaimRef<'a>>> {
        let last: HashSet<ClaimId> = self.last_words().iter().map(ClaimRef::id).collect();
        let mut views = IndexSet::new();
        views.insert((0..claims.len()).filter(|place| last.contains(&claims[*place].id())).collect::<Vec<_>>());
        let days = |place: usize| claims[place].comparable().days();
        let mut timed: Vec<(Days, usize)> = (0..claims.len()).filter_map(|place| Some((days(place)?, place))).collect();
        timed.sort_by_key(|(days, _)| (days.first, days.last));
        let timeline = Timeline::new(timed.iter().map(|(days, _)| *days).collect());
        let untimed: Vec<usize> = (0..claims.len()).filter(|place| days(*place).is_none()).collect();
        let asked: HashSet<Option<Days>> =
            self.standing().filter(affirms).map(|claim| claim.comparable().days()).collect();
        let apart = self.ledger().policy().days_apart();
        let is_fixed = self.predicate().measure() == Measure::Fixed;
        for time in asked {
            let Some(days) = time.filter(|_| !is_fixed) else {
                views.insert((0..claims.len()).collect());
                continue;
            };
            let mut view = untimed.clone();
            timeline.together(Time { days, apart, totals: false }, &mut |piece| match piece {
                Piece::Row(place) => view.push(timed[place].1),
                Piece::Node(node) => timeline.each_row_of(node, |place| {
                    view.push(timed[place].1);
                    true
                }),
            });
            view.sort_unstable();
            views.insert(view);
        }
        views.into_iter().map(|view| view.into_iter().map(|place| claims[place]).collect()).collect()
    }
}

/// Whether a source relays somebody and is itself relayed: without one there is no circle, and most topics have none.
fn may_have_rings(relayed: &[ClaimRef<'_>]) -> bool {
    let (mut relaying, mut before) = (Vec::new(), Vec::new());
    for statement in relayed.iter().map(|claim| claim.statement()) {
        before.push(statement.origin);
        let (_, handing_on) = statement.relays.split_last().unwrap_or((&0, &[]));
        before.extend(handing_on);
        relaying.extend(statement.relays);
    }
    before.sort_unstable();
    before.dedup();
    relaying.iter().any(|source| before.binary_search(source).is_ok())
}

impl Ledger {
    /// Sources that quote each other in a circle, on every topic.
    ///
    /// # Order
    ///
    /// By topic, then by the first of their sources.
    pub fn circles(&self) -> impl Iterator<Item = Circle<'_>> {
        self.topics().flat_map(|topic| topic.circles())
    }
}
