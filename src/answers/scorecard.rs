//! Scorecards: how many claims each source has put on record, and how many were disputed, revised or retracted.

use std::collections::HashMap;
use std::fmt;

use super::borne_out::borne_out;
use crate::claim::Stance;
use crate::ledger::{ClaimRef, Ledger, TopicRef};
use crate::report::{count, paragraph};
use crate::source::Source;

/// The record of one source: how many claims it made, and how many were disputed, revised or retracted. No score.
///
/// A source that is often contradicted may be the only one that looks, and one that nobody contradicts may say nothing:
/// what the counts come to is for the reader to say.
///
/// ```
/// use testimony::{Claim, Figure, Ledger, Source, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// let ministry = ledger.add_source(Source::new("moh", "Ministry of Health")?)?;
/// let army = ledger.add_source(Source::new("army", "The army")?)?;
/// let deaths = Topic::new("market bombing", "deaths");
/// let stated = |day: &str| day.parse::<testimony::Moment>();
/// ledger.record(Claim::new(deaths.clone(), Figure::at_least(40), &ministry).with_stated(stated("2025-05-04")?))?;
/// ledger.record(Claim::new(deaths, Figure::exactly(12), &army).with_stated(stated("2025-05-06")?))?;
/// ledger.record(Claim::new(Topic::new("market bombing", "wounded"), Figure::exactly(90), &ministry))?;
///
/// let [of_ministry, of_army] = &ledger.scorecards()[..] else { panic!("there are two sources") };
/// assert_eq!((of_ministry.claims(), of_ministry.disputed(), of_ministry.sole_topics()), (2, 1, 1));
/// assert_eq!((of_ministry.first_topics(), of_army.first_topics()), (1, 0));
/// assert_eq!(of_ministry.lead().expect("it was first once").median_days(), 2);
/// assert_eq!(
///     of_ministry.to_string(),
///     "\
/// Ministry of Health
///   2 claims on 2 topics, on 1 of them alone: 0 corroborated, 1 disputed, 0
///   revised, 0 retracted.
///   First to say something on 1 topic, by 2 days.
/// "
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Scorecard<'a> {
    ledger: &'a Ledger,
    source: &'a Source,
    counts: Counts,
    /// By how many days it was first to say something, for each topic on which it was, the least first.
    leads: Vec<u64>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    claims: usize,
    passed_on: usize,
    topics: usize,
    sole_topics: usize,
    corroborated: usize,
    disputed: usize,
    revised: usize,
    retracted: usize,
}

impl<'a> Scorecard<'a> {
    /// The source.
    #[must_use]
    pub fn source(&self) -> &'a Source {
        self.source
    }

    /// How many claims are its word, the retracted ones included.
    #[must_use]
    pub fn claims(&self) -> usize {
        self.counts.claims
    }

    /// How many claims of others it passed on and nobody took back.
    #[must_use]
    pub fn passed_on(&self) -> usize {
        self.counts.passed_on
    }

    /// On how many topics it has a claim that is not retracted.
    #[must_use]
    pub fn topics(&self) -> usize {
        self.counts.topics
    }

    /// On how many of these nobody else has one.
    #[must_use]
    pub fn sole_topics(&self) -> usize {
        self.counts.sole_topics
    }

    /// On how many topics it was the first to say something: all of its time of saying is before that of anybody else.
    /// A claim was said when it was stated or, where it does not tell, by the time that a document with it was published;
    /// claims without either, those that decline or disown, and those that are retracted or disowned take no part.
    #[must_use]
    pub fn first_topics(&self) -> usize {
        self.leads.len()
    }

    /// By how much it was first, where it was.
    #[must_use]
    pub fn lead(&self) -> Option<Lead> {
        let (first, last) = (self.leads.first()?, self.leads.last()?);
        Some(Lead { least: *first, median: self.leads[self.leads.len() / 2], most: *last })
    }

    /// How many of its standing affirmed claims a claim of another independent voice with a name agrees with, of their own
    /// time. Voices are joined over all that is said on the topic, so that who has once passed on the other's word there
    /// is not independent; a [`Corroboration`](crate::Corroboration) joins those of one time.
    #[must_use]
    pub fn corroborated(&self) -> usize {
        self.counts.corroborated
    }

    /// How many of its standing claims are in a conflict with another one, whosever that is.
    #[must_use]
    pub fn disputed(&self) -> usize {
        self.counts.disputed
    }

    /// How many of its claims a later one of its own revises; retracted ones are not counted here.
    #[must_use]
    pub fn revised(&self) -> usize {
        self.counts.revised
    }

    /// How many of its claims were taken back.
    #[must_use]
    pub fn retracted(&self) -> usize {
        self.counts.retracted
    }
}

/// By how many days a source was first to say something, over the topics on which it was: from its day of saying to that
/// of the next, 0 within one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Lead {
    #[cfg_attr(feature = "serde", serde(rename = "least_days"))]
    least: u64,
    #[cfg_attr(feature = "serde", serde(rename = "median_days"))]
    median: u64,
    #[cfg_attr(feature = "serde", serde(rename = "most_days"))]
    most: u64,
}

impl Lead {
    /// The least.
    #[must_use]
    pub fn least_days(&self) -> u64 {
        self.least
    }

    /// The one in the middle; of two the greater.
    #[must_use]
    pub fn median_days(&self) -> u64 {
        self.median
    }

    /// The greatest.
    #[must_use]
    pub fn most_days(&self) -> u64 {
        self.most
    }
}

impl fmt::Display for Scorecard<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts { claims, passed_on, topics, sole_topics, corroborated, disputed, revised, retracted } = self.counts;
        paragraph(f, &self.ledger.name_of(self.source), 0, 2)?;
        if claims > 0 {
            let alone = match sole_topics {
                0 => String::new(),
                sole => format!(", on {sole} of them alone"),
            };
            let became = format!(
                "{} on {}{alone}: {corroborated} corroborated, {disputed} disputed, {revised} revised, {retracted} retracted.",
                count(claims, "claim", "claims"),
                count(topics, "topic", "topics"),
            );
            paragraph(f, &became, 2, 2)?;
        }
        if let Some(lead) = self.lead() {
            let days = |days: u64| count(usize::try_from(days).unwrap_or(usize::MAX), "day", "days");
            let by = match lead {
                Lead { least, most, .. } if least == most => days(most),
                Lead { least, median, most } => format!("{least} to {}, in the middle {median}", days(most)),
            };
            let topics = count(self.first_topics(), "topic", "topics");
            paragraph(f, &format!("First to say something on {topics}, by {by}."), 2, 2)?;
        }
        match passed_on {
            0 if claims == 0 => paragraph(f, "No claims.", 2, 2),
            0 => Ok(()),
            _ => paragraph(f, &format!("Passed on {} of others.", count(passed_on, "claim", "claims")), 2, 2),
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Scorecard<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;

        let mut record = serializer.serialize_struct("Scorecard", 12)?;
        record.serialize_field("source", self.source.id())?;
        record.serialize_field("name", self.source.name())?;
        record.serialize_field("claims", &self.counts.claims)?;
        record.serialize_field("passed_on", &self.counts.passed_on)?;
        record.serialize_field("topics", &self.counts.topics)?;
        record.serialize_field("sole_topics", &self.counts.sole_topics)?;
        record.serialize_field("first_topics", &self.first_topics())?;
        record.serialize_field("lead", &self.lead())?;
        record.serialize_field("corroborated", &self.counts.corroborated)?;
        record.serialize_field("disputed", &self.counts.disputed)?;
        record.serialize_field("revised", &self.counts.revised)?;
        record.serialize_field("retracted", &self.counts.retracted)?;
        record.end()
    }
}

impl Ledger {
    /// Counts the claims of each source, and those disputed, revised or retracted; see [`Scorecard`].
    ///
    /// # Order
    ///
    /// That of the sources, those without a claim included.
    ///
    /// # Cost
    ///
    /// Each topic is looked at once, n log n in its claims, unless they are made to defeat that.
    #[must_use]
    pub fn scorecards(&self) -> Vec<Scorecard<'_>> {
        let blank = |source| Scorecard { ledger: self, source, counts: Counts::default(), leads: Vec::new() };
        let mut cards: Vec<Scorecard<'_>> = self.sources().map(blank).collect();
        for topic in self.topics() {
            count_topic(&mut cards, topic);
        }
        for card in &mut cards {
            card.leads.sort_unstable();
        }
        cards
    }
}

fn count_topic<'a>(cards: &mut [Scorecard<'a>], topic: TopicRef<'a>) {
    let mut origins: HashMap<usize, Option<FirstSaid>> = HashMap::new();
    for claim in topic.claims() {
        let origin = claim.statement().origin as usize;
        let counts = &mut cards[origin].counts;
        counts.claims += 1;
        if claim.is_retracted() {
            counts.retracted += 1;
            continue;
        }
        counts.revised += usize::from(!claim.stands());
        counts.disputed += usize::from(claim.clashes());
        let said = origins.entry(origin).or_default();
        *said = FirstSaid::of(claim).map_or(*said, |this| Some(said.map_or(this, |before| before.earliest(this))));
        for relay in claim.statement().relays {
            cards[*relay as usize].counts.passed_on += 1;
        }
    }
    for origin in origins.keys() {
        cards[*origin].counts.topics += 1;
    }
    if let [only] = origins.keys().collect::<Vec<_>>()[..] {
        cards[*only].counts.sole_topics += 1;
        return;
    }
    if let Some((first, lead)) = first_to_say(&origins) {
        cards[first].leads.push(lead);
    }
    for claim in borne_out(topic) {
        cards[claim.statement().origin as usize].counts.corroborated += 1;
    }
}

/// The instants between which somebody first said something on a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FirstSaid {
    first: i128,
    last: i128,
}

impl FirstSaid {
    /// When a claim was said, if it puts something forward as its origin's word and tells when.
    fn of(claim: ClaimRef<'_>) -> Option<Self> {
        let puts_forward = matches!(claim.stance(), Stance::Affirms | Stance::Denies | Stance::Suggests);
        if !puts_forward || claim.is_disowned() {
            return None;
        }
        let [first, last] = claim.said_or_published()?.to_instants().ends();
        Some(Self { first, last })
    }

    fn earliest(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.min(other.last) }
    }

    /// The days from the last instant of this one to the first of a later one.
    fn days_before(self, other: Self) -> u64 {
        u64::try_from((other.first >> 64) - (self.last >> 64)).unwrap_or(0)
    }
}

/// Who was surely the first to say something, and by how many days, if anybody was; the order of the table is of no
/// matter, since at most one was.
fn first_to_say(origins: &HashMap<usize, Option<FirstSaid>>) -> Option<(usize, u64)> {
    let said = || origins.iter().filter_map(|(origin, said)| Some((*origin, (*said)?)));
    let (first, own) = said().min_by_key(|(_, said)| said.last)?;
    let (_, next) = said().filter(|(origin, _)| *origin != first).min_by_key(|(_, said)| said.first)?;
    (own.last < next.first).then(|| (first, own.days_before(next)))
}
