//! Views: looking at a part of what is on record, as it was known at a time, as far as it was said by a day, or on some
//! topics.

use std::collections::HashSet;
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use super::again::Again;
use super::amended::AmendmentRow;
use super::places::EntryKind;
use super::record::Ledger;
use super::view::ClaimRef;
use crate::claim::Citation;
use crate::entry::Amendment;
use crate::period::Period;
use crate::source::SourceId;
use crate::time::{Moment, Timestamp};
use crate::topic::Topic;

/// A part of a ledger, of which everything can be asked that can be asked of a ledger: it is looked at as if nothing
/// else were on record. Claims keep their numbers and their labels.
///
/// [`Ledger::view`] gives the whole, and each method narrows it. A view borrows, and costs nothing to make. The part
/// that is selected is worked out once, when the first question is asked. For the whole ledger that costs nothing, for
/// an earlier time at most what reading that part would cost, and for a subject or a topic as much as is on record of
/// it, beside a look at every constraint and every other name; a selection by source, day or period looks through all
/// claims. The first question for a subject makes a table of all.
///
/// # What belongs together
///
/// A claim that is left out revises nothing and conflicts with nothing. The retraction and the amendments of a claim
/// come with it, as far as they were known. A constraint is there if all its topics are.
///
/// ```
/// use testimony::{Claim, Figure, Ledger, Moment, Source, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// let ministry = ledger.add_source(Source::new("moh", "Ministry of Health")?)?;
/// let army = ledger.add_source(Source::new("army", "The army")?)?;
/// let deaths = Topic::new("market bombing", "deaths");
/// let (may, june): (Moment, Moment) = ("2025-05-04".parse()?, "2025-06-01".parse()?);
/// ledger.record(Claim::new(deaths.clone(), Figure::exactly(12), &army).with_stated(may))?;
/// ledger.record(Claim::new(deaths.clone(), Figure::at_least(40), &ministry).with_stated(june))?;
///
/// assert_eq!(ledger.view().of_topic(deaths).conflicts().count(), 1);
/// assert_eq!(ledger.view().said_by("2025-05-31".parse::<Moment>()?).conflicts().count(), 0);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct View<'a> {
    whole: &'a Ledger,
    at: Option<Timestamp>,
    said_by: Option<Moment>,
    /// The topics that any of these selects, if any are given; else all.
    of: Vec<Of>,
    about: Option<Period>,
    part: OnceLock<Box<Ledger>>,
}

/// A criterion by which topics are selected.
#[derive(Clone, Debug)]
enum Of {
    Subject(String),
    Topic(Topic),
    Source(SourceId),
}

impl View<'_> {
    /// Selects what was known at a time: what was recorded then or before. Entries before the first time in the ledger
    /// were always known.
    #[must_use]
    pub fn at(self, time: Timestamp) -> Self {
        Self { at: Some(time), part: OnceLock::new(), ..self }
    }

    /// Selects what was said by a day or an instant: the claims that were wholly said by the end of it. A claim was
    /// said when it was `stated`, or, where it has no such time, when the earliest of its citations was published. A
    /// claim with neither time is left out, since nobody knows when it was said.
    #[must_use]
    pub fn said_by(self, last: impl Into<Moment>) -> Self {
        Self { said_by: Some(last.into()), part: OnceLock::new(), ..self }
    }

    /// Selects the topics of a subject, under any of its names, beside those that other calls select.
    #[must_use]
    pub fn of_subject(self, subject: impl Into<String>) -> Self {
        self.of(Of::Subject(subject.into()))
    }

    /// Selects a topic, beside those that other calls select.
    #[must_use]
    pub fn of_topic(self, topic: Topic) -> Self {
        self.of(Of::Topic(topic))
    }

    /// Selects the topics on which a source is the origin or a relay of a claim, with all that others say there, beside
    /// the topics that other calls select. All claims are looked through for them.
    #[must_use]
    pub fn of_source(self, source: impl Into<SourceId>) -> Self {
        self.of(Of::Source(source.into()))
    }

    fn of(mut self, of: Of) -> Self {
        self.of.push(of);
        Self { part: OnceLock::new(), ..self }
    }

    /// Selects the claims that are about a time with a day in this period; where a claim is about no time, the day on
    /// which it was stated stands in. A claim with neither is left out.
    #[must_use]
    pub fn about(self, period: Period) -> Self {
        Self { about: Some(period), part: OnceLock::new(), ..self }
    }

    /// A ledger of its own with what is selected. Its claims keep their numbers, and in a file the claims that are
    /// taken back or amended go by their labels.
    #[must_use]
    pub fn into_ledger(mut self) -> Ledger {
        self.ledger();
        self.part.take().map_or_else(|| self.whole.clone(), |part| *part)
    }

    /// The part that is selected, or the whole.
    fn ledger(&self) -> &Ledger {
        if let Some(part) = self.part.get() {
            return part;
        }
        let whole = self.whole;
        let known = self.at.map_or(whole.len(), |time| whole.known_at(time));
        let is_all = self.said_by.is_none() && self.of.is_empty() && self.about.is_none();
        if is_all && known == whole.len() {
            return whole;
        }
        self.part.get_or_init(|| Box::new(if is_all { whole.first(known) } else { self.selected(known) }))
    }

    fn selected(&self, known: usize) -> Ledger {
        let whole = self.whole;
        let claims = whole.places.count(EntryKind::Claim, known);
        let topics = self.topics(claims);
        // Names that mean one subject by now may have been several subjects then, and it is then that the topics are to
        // be found.
        let anew = topics.is_some() && whole.names_subjects_after(known);
        let is_selected = |claim: &u32| anew || self.is_said(*claim, known) && self.is_about(*claim);
        let mut chosen: Vec<u32> = match &topics {
            None => (0..claims).filter(is_selected).collect(),
            Some(topics) => {
                let of_topics = topics.iter().flat_map(|&topic| whole.tables.topic_claims(topic));
                of_topics.filter(|claim| *claim < claims).filter(is_selected).collect()
            }
        };
        chosen.sort_unstable();
        let part = whole.again(&Again { known, claims: chosen, topics });
        if !anew {
            return part;
        }
        let then = View { said_by: self.said_by, of: self.of.clone(), about: self.about, ..part.view() };
        then.selected(part.len())
    }

    /// The topics that are selected among the first `claims`, if not all are.
    fn topics(&self, claims: u32) -> Option<HashSet<u32>> {
        if self.of.is_empty() {
            return None;
        }
        let tables = &self.whole.tables;
        let (mut topics, mut sources) = (HashSet::new(), HashSet::new());
        for of in &self.of {
            match of {
                Of::Subject(subject) => topics.extend(tables.topics_of(subject)),
                Of::Topic(topic) => topics.extend(tables.find_topic(topic.parts())),
                Of::Source(source) => sources.extend(tables.source_handle(source.as_str())),
            }
        }
        if !sources.is_empty() {
            let says = |claim: &u32| {
                sources.contains(&tables.origin_handle(*claim))
                    || tables.relay_handles(*claim).iter().any(|relay| sources.contains(relay))
            };
            topics.extend((0..claims).filter(says).map(|claim| tables.claim_topic(claim)));
        }
        Some(topics)
    }

    fn is_said(&self, claim: u32, known: usize) -> bool {
        let Some(last) = self.said_by else { return true };
        let said = self.whole.said_or_published(claim, known);
        said.is_some_and(|said| said.to_instants().ends()[1] <= last.to_instants().ends()[1])
    }

    fn is_about(&self, claim: u32) -> bool {
        let Some(period) = self.about else { return true };
        let days = self.whole.tables.as_of(claim).map(Period::to_days);
        let days = days.or_else(|| self.whole.tables.details(claim).stated.map(Moment::to_days));
        let period = period.to_days();
        days.is_some_and(|days| !days.is_after(period) && !period.is_after(days))
    }
}

/// Everything that can be asked of a ledger can be asked of a view.
impl Deref for View<'_> {
    type Target = Ledger;

    fn deref(&self) -> &Ledger {
        self.ledger()
    }
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, said_by, of, about, .. } = self;
        f.debug_struct("View")
            .field("at", at)
            .field("said_by", said_by)
            .field("of", of)
            .field("about", about)
            .finish_non_exhaustive()
    }
}

impl ClaimRef<'_> {
    /// When it was stated, or else first published.
    pub(crate) fn said_or_published(self) -> Option<Moment> {
        self.ledger().said_or_published(self.handle(), self.ledger().len())
    }
}

impl Ledger {
    /// A view of the whole ledger, to be narrowed.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        View { whole: self, at: None, said_by: None, of: Vec::new(), about: None, part: OnceLock::new() }
    }

    /// The ledger as it was known at a time: short for [`view`](Self::view) and [`View::at`].
    #[must_use]
    pub fn at(&self, time: Timestamp) -> View<'_> {
        self.view().at(time)
    }

    /// How many entries were recorded at a time or before.
    fn known_at(&self, time: Timestamp) -> usize {
        let time = time.to_utc();
        self.times.partition_point(|recorded| recorded.is_none_or(|recorded| recorded.to_utc() <= time))
    }

    /// Whether subjects were given other names after the first `known` entries.
    fn names_subjects_after(&self, known: usize) -> bool {
        let amendments = self.places.count(EntryKind::Amendment, known) as usize;
        let joins = |row: &AmendmentRow| matches!(row.amendment, Amendment::Subject(_));
        self.places.sequences_of(EntryKind::Subject, self.len()).any(|sequence| sequence >= known)
            || self.amendments[amendments..].iter().any(joins)
    }

    /// When a claim was stated, or else first published as far as the first `known` entries tell.
    fn said_or_published(&self, claim: u32, known: usize) -> Option<Moment> {
        let tables = &self.tables;
        let details = tables.details(claim);
        details.stated.or_else(|| {
            let amendments = self.places.count(EntryKind::Amendment, known);
            let amended = tables.amended_claims.get(&claim).into_iter().flat_map(|amended| &amended.amendments);
            let rows = amended.filter(|&&handle| handle < amendments).map(|&handle| &self.amendments[handle as usize]);
            let added = rows.filter_map(|row| match &row.amendment {
                Amendment::Claim(amendment) => Some(amendment.citations()),
                _ => None,
            });
            let citations = details.citations.iter().chain(added.flatten());
            citations.filter_map(Citation::published).min_by_key(|published| published.to_instants().ends()[1])
        })
    }
}
