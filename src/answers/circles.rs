//! Sources that attribute to each other in a circle.

use std::collections::BTreeMap;
use std::fmt;

use crate::claim::Stance;
use crate::date::Days;
use crate::entry::ClaimId;
use crate::ledger::{ClaimRef, Ledger, TopicRef, statements};
use crate::report::{Printed, list, paragraph};
use crate::rules::voices::rings;
use crate::source::Source;
use crate::topic::Topic;

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

    /// The report with other numbers for the claims, such as those of the file that they were read from.
    pub fn numbered(&self, number: impl Fn(ClaimId) -> u64) -> impl fmt::Display {
        Printed(move |f: &mut fmt::Formatter<'_>| self.write(f, &number))
    }

    fn in_words(&self, claims: &str) -> String {
        let names = list(self.sources.iter().map(|source| self.topic.ledger().name_of(source)));
        format!("{names} attribute to each other what none of them says first, in {claims}. They count as one voice.")
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, number: &dyn Fn(ClaimId) -> u64) -> fmt::Result {
        paragraph(f, &format!("Circle: {}", self.topic()), 0, 2)?;
        let claims = list(self.claims.iter().map(|claim| format!("[{}]", number(claim.id()))));
        paragraph(f, &self.in_words(&format!("claims {claims}")), 2, 2)
    }
}

impl fmt::Display for Circle<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, &ClaimId::number)
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
        let affirmed = |view: Vec<ClaimRef<'a>>| -> Vec<ClaimRef<'a>> {
            view.into_iter().filter(|claim| claim.stance() == Stance::Affirms).collect()
        };
        // No attribution, no circle: most topics have none.
        if self.claims().all(|claim| claim.relays().len() == 0) {
            return Vec::new();
        }
        let mut times: Vec<Option<Days>> =
            affirmed(self.standing().collect()).iter().map(|claim| claim.comparable().days()).collect();
        times.sort_unstable_by_key(|days| days.map(|days| (days.first, days.last)));
        times.dedup();
        let views = times.into_iter().map(|days| self.together_with(days));
        let mut found: BTreeMap<Vec<u32>, BTreeMap<ClaimId, ClaimRef<'a>>> = BTreeMap::new();
        for view in std::iter::once(self.last_words()).chain(views) {
            let view = affirmed(view);
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
