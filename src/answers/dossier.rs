//! A topic laid out for a reader.

use std::fmt;

use super::numbered::{Answer, Numbered, Numbers};
use crate::claim::Stance;
use crate::entry::ClaimId;
use crate::ledger::{ClaimRef, TopicRef};
use crate::report::{attribution, dating, paragraph, statement, two_sided, unmatched_units};
use crate::rules::relation::RelationKind;
use crate::shown::Shown;
use crate::topic::{Measure, Topic};

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

    /// The same with other numbers for the claims, such as those of the file that they were read from.
    pub fn numbered<F: Fn(ClaimId) -> u64>(&self, number: F) -> Numbered<'_, Self, F> {
        Numbered::new(self, number)
    }
}

impl Answer for Dossier<'_> {
    fn write(&self, f: &mut fmt::Formatter<'_>, number: &Numbers<'_>) -> fmt::Result {
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
        for (i, claim) in timeline.iter().enumerate() {
            write_claim(f, claim, &timeline[..i], number)?;
        }
        for claim in topic.claims().filter(ClaimRef::is_retracted) {
            write_retracted(f, &claim, number)?;
        }
        if topic.standing().nth(1).is_some() {
            paragraph(f, "Where they stand by the last word of each:", 2, 4)?;
            topic.positions().write(f, number)?;
        }
        for circle in topic.circles() {
            paragraph(f, &format!("Circle: {}", circle.because()), 2, 4)?;
        }
        if let Some(note) = unmatched_units(&topic) {
            paragraph(f, &note, 2, 4)?;
        }
        for conflict in topic.conflicts() {
            let (older, newer) = (number(conflict.older().id()), number(conflict.newer().id()));
            paragraph(f, &format!("{}: [{older}] and [{newer}].", conflict.title()), 2, 4)?;
            paragraph(f, &conflict.because(), 4, 4)?;
        }
        Ok(())
    }

    #[cfg(feature = "serde")]
    fn serialize<S: serde::Serializer>(&self, serializer: S, number: &Numbers<'_>) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(&super::data::DossierForm::new(self, number), serializer)
    }
}

fn write_claim(
    f: &mut fmt::Formatter<'_>,
    claim: &ClaimRef<'_>,
    before: &[ClaimRef<'_>],
    number: &Numbers<'_>,
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
        if credibility.rating() == 1 && claim.stands() && !claim.corroboration().is_confirmed() {
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
    let superseding: Vec<String> = claim.superseded_by().map(|other| format!("[{}]", number(other.id()))).collect();
    if !superseding.is_empty() {
        paragraph(f, &format!("superseded by {}", superseding.join(", ")), 6, 6)?;
    }
    let updated = before.iter().rev().find(|earlier| {
        let relation = claim.ledger().related(earlier.id(), claim.id());
        earlier.origin().id() == claim.origin().id()
            && earlier.stands()
            && relation.is_some_and(|relation| relation.kind() == RelationKind::Updates)
    });
    match updated {
        Some(earlier) => paragraph(f, &format!("updates [{}]", number(earlier.id())), 6, 6),
        None => Ok(()),
    }
}

fn write_retracted(f: &mut fmt::Formatter<'_>, claim: &ClaimRef<'_>, number: &Numbers<'_>) -> fmt::Result {
    two_sided(f, &format!("[{}] {}", number(claim.id()), statement(claim)), &dating(claim), 2, 6)?;
    paragraph(f, &attribution(claim), 6, 6)?;
    let retraction = claim.retraction();
    let by = retraction.and_then(|retraction| retraction.by()).and_then(|id| claim.ledger().source(id));
    let by = by.map(|source| format!(" by {source}")).unwrap_or_default();
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
