//! A topic laid out for a reader.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::numbered::{Answer, Numbered, Numbering};
use crate::claim::Stance;
use crate::date::Days;
use crate::entry::ClaimId;
use crate::ledger::{ClaimRef, TopicRef};
use crate::report::{attribution, count, dating, paragraph, statement, two_sided, unmatched_units};
use crate::rules::relation::RelationKind;
use crate::shown::Shown;
use crate::source::SourceId;
use crate::topic::{Measure, Topic};

/// The most conflicts that a dossier lists, and the most circles.
pub(super) const LISTED: usize = 100;

/// The most claims that a dossier names of those that revise one.
const NAMED: usize = 8;

/// All that is on record about a topic, laid out for a reader: who says what and through whom, as time went by, who
/// updated or revised what, who is silent, where the voices stand, and what conflicts and why.
///
/// [`TopicRef::dossier`] gives it; [`Display`](fmt::Display) writes lines of at most 80 columns. Each of its parts is to be
/// had as data from the topic.
///
/// ```
/// use testimony::testing::korea_herald;
///
/// let ledger = korea_herald();
/// let dossier = ledger.topics().next().expect("the report has topics").dossier();
/// assert!(dossier.to_string().starts_with(&dossier.topic().to_string()));
/// assert_eq!(dossier.topic_ref().conflicts().count(), 0);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Dossier<'a>(TopicRef<'a>);

impl<'a> Dossier<'a> {
    pub(crate) fn new(topic: TopicRef<'a>) -> Self {
        Self(topic)
    }

    /// The topic laid out.
    #[must_use]
    pub fn topic(&self) -> &'a Topic {
        self.0.topic()
    }

    /// The topic with what is on record about it.
    #[must_use]
    pub fn topic_ref(&self) -> TopicRef<'a> {
        self.0
    }

    /// How many conflicts a dossier does not list: it has a hundred, and [`TopicRef::conflicts`] has all.
    #[must_use]
    pub fn more_conflicts(&self) -> Option<usize> {
        let all = usize::try_from(self.0.conflict_count()).unwrap_or(usize::MAX);
        all.checked_sub(LISTED).filter(|more| *more > 0)
    }

    /// The same with other numbers for the claims, such as those of the file that they were read from.
    pub fn numbered<F: Fn(ClaimId) -> u64>(&self, number: F) -> Numbered<'_, Self, F> {
        Numbered::new(self, number)
    }
}

impl Answer for Dossier<'_> {
    fn write(&self, f: &mut fmt::Formatter<'_>, number: &Numbering<'_>) -> fmt::Result {
        let topic = self.0;
        let predicate = topic.predicate();
        let kind = match predicate.measure() {
            Measure::Stock => "",
            Measure::Cumulative => "a running total",
            Measure::Flow => "so many in each period",
            Measure::Fixed => "the same at any time",
        };
        two_sided(f, &topic.topic().to_string(), kind, 0, 2)?;
        let timeline = topic.timeline();
        let mut earlier = Earlier::default();
        let mut found = topic.unconfirmed();
        let unconfirmed: HashSet<ClaimId> = found.by_ref().map(|found| found.claim().id()).collect();
        for claim in &timeline {
            write_claim(f, claim, unconfirmed.contains(&claim.id()), number)?;
            if let Some(updated) = earlier.updated_by(claim) {
                paragraph(f, &format!("updates [{}]", number(updated.id())), 6, 6)?;
            }
        }
        for claim in topic.claims().filter(ClaimRef::is_retracted) {
            write_retracted(f, &claim, number)?;
        }
        if !found.is_whole() {
            paragraph(f, "Not all claims that are rated as confirmed were looked at.", 2, 4)?;
        }
        if topic.standing().nth(1).is_some() {
            paragraph(f, "Where they stand by the last word of each:", 2, 4)?;
            topic.positions().write(f, number)?;
        }
        let mut circles = topic.circles();
        for circle in circles.by_ref().take(LISTED) {
            paragraph(f, &format!("Circle: {}", circle.because()), 2, 4)?;
        }
        let more = circles.by_ref().count();
        if more > 0 {
            let least = if circles.is_whole() { "" } else { "at least " };
            paragraph(f, &format!("and {least}{}", count(more, "more circle", "more circles")), 2, 4)?;
        }
        if let Some(note) = unmatched_units(&topic) {
            paragraph(f, &note, 2, 4)?;
        }
        for conflict in topic.conflicts().take(LISTED) {
            let (older, newer) = (number(conflict.older().id()), number(conflict.newer().id()));
            paragraph(f, &format!("{}: [{older}] and [{newer}].", conflict.title()), 2, 4)?;
            paragraph(f, &conflict.because(), 4, 4)?;
        }
        if let Some(more) = self.more_conflicts() {
            paragraph(f, &format!("and {}", count(more, "more conflict", "more conflicts")), 2, 4)?;
        }
        Ok(())
    }

    #[cfg(feature = "serde")]
    fn serialize<S: serde::Serializer>(&self, serializer: S, number: &Numbering<'_>) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(&super::data::DossierForm::new(self, number), serializer)
    }
}

fn write_claim(
    f: &mut fmt::Formatter<'_>,
    claim: &ClaimRef<'_>,
    is_unconfirmed: bool,
    number: &Numbering<'_>,
) -> fmt::Result {
    two_sided(f, &format!("[{}] {}", number(claim.id()), statement(claim)), &dating(claim), 2, 6)?;
    paragraph(f, &attribution(claim), 6, 6)?;
    if let Some(confidence) = claim.confidence() {
        paragraph(f, &format!("said how surely: {confidence}"), 6, 6)?;
    }
    if let Some(basis) = claim.basis() {
        paragraph(f, &format!("said how it knows: {basis}"), 6, 6)?;
    }
    if let Some(credibility) = claim.credibility() {
        paragraph(f, &format!("held by the recorder to be: {}", credibility.in_words()), 6, 6)?;
        if is_unconfirmed {
            paragraph(f, "but no other independent origin on record says so", 6, 6)?;
        }
    }
    if let Some(note) = claim.note() {
        paragraph(f, &format!("note: {}", Shown(note)), 6, 8)?;
    }
    match claim.stance() {
        Stance::Suggests => paragraph(f, "silent: a suggestion commits to nothing", 6, 6)?,
        Stance::Declines => paragraph(f, "silent: to decline is not to deny", 6, 6)?,
        Stance::Disowns => paragraph(f, "silent: to say that one never said it is not to deny it", 6, 6)?,
        Stance::Affirms | Stance::Denies => {}
    }
    let (superseding, more) = claim.first_superseded_by(NAMED);
    let named: Vec<String> = superseding.map(|other| format!("[{}]", number(other.id()))).collect();
    if !named.is_empty() {
        let more = if more > 0 { format!(" and {}", count(more, "more", "more")) } else { String::new() };
        paragraph(f, &format!("superseded by {}{more}", named.join(", ")), 6, 6)?;
    }
    Ok(())
}

/// The standing claims of each origin that came before one in time, in the order of their last days.
#[derive(Default)]
struct Earlier<'a>(HashMap<&'a SourceId, Vec<(Days, ClaimRef<'a>)>>);

impl<'a> Earlier<'a> {
    /// The last claim of its origin that a claim updates, which is then one of those before the next. Of those that are
    /// wholly before it no more are asked than a reader would look through.
    fn updated_by(&mut self, claim: &ClaimRef<'a>) -> Option<ClaimRef<'a>> {
        const ASKED: usize = 64;
        let days = claim.as_of_or_stated()?;
        let own = self.0.entry(claim.origin().id()).or_default();
        let before = own.partition_point(|(other, _)| other.last < days.first);
        let is_updated = |earlier: &&(Days, ClaimRef<'a>)| {
            let related = claim.ledger().related(earlier.1.id(), claim.id());
            related.is_some_and(|related| related.kind() == RelationKind::Updates)
        };
        let updated = own[..before].iter().rev().take(ASKED).find(is_updated).map(|(_, earlier)| *earlier);
        if claim.stands() {
            own.push((days, *claim));
        }
        updated
    }
}

fn write_retracted(f: &mut fmt::Formatter<'_>, claim: &ClaimRef<'_>, number: &Numbering<'_>) -> fmt::Result {
    two_sided(f, &format!("[{}] {}", number(claim.id()), statement(claim)), &dating(claim), 2, 6)?;
    paragraph(f, &attribution(claim), 6, 6)?;
    let retraction = claim.retraction();
    let by = retraction.and_then(|retraction| retraction.by()).and_then(|id| claim.ledger().source(id));
    let by = by.map(|source| format!(" by {}", claim.ledger().name_of(source))).unwrap_or_default();
    let reason = retraction.and_then(|retraction| retraction.reason());
    let reason = reason.map(|reason| format!(": {}", Shown(reason))).unwrap_or_default();
    paragraph(f, &format!("retracted{by}{reason}"), 6, 6)
}

impl<'a> TopicRef<'a> {
    /// All that is on record about the topic, laid out for a reader.
    #[must_use]
    pub fn dossier(&self) -> Dossier<'a> {
        Dossier::new(*self)
    }
}
