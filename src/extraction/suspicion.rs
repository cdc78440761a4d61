//! Suspicions: reasons to look at a claim again that may turn out to be nothing.

use std::collections::HashMap;
use std::ops::Range;

use super::Document;
use super::figures::Matcher;
use super::passage::Searched;
use crate::claim::{Citation, Value};
use crate::date::Date;
use crate::entry::ClaimId;
use crate::ledger::{ClaimRef, Ledger};
use crate::period::{MONTHS, Period};
use crate::source::{SourceId, SourceKind};
use crate::time::Moment;

/// Something in a claim that looks wrong and may be right, because the library cannot know: a name may be written
/// otherwise, and a forecast is of a time to come.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Suspicion {
    /// An outlet is the origin, and one that is no outlet passed it on last: the two may be swapped.
    OutletPassedOnBy(SourceId),
    /// In that claim, and in as many or more than have it like this one, the origin of this one passes on what a relay
    /// of this one says: the two may be swapped in one of them.
    OtherWayRound(ClaimId),
    /// The text does not name the origin or a relay, neither by name nor by id. Outlets and anonymous sources need not
    /// be named.
    NotNamed(SourceId),
    /// The claim is about a time after the origin said so.
    AboutTheFuture(Moment),
    /// The claim is about a time after the document was published, and does not tell when the origin said so.
    AboutAfterPublication(Moment),
    /// The origin is said to have said so after the document was published.
    StatedAfterPublication(Moment),
    /// The excerpt names months or years, and the claim is about none of them.
    OtherTimeNamed(Vec<String>),
    /// The claim cites no excerpt of the text.
    NoExcerpt,
}

/// The attributions met so far and the names found in the text, kept from claim to claim.
pub(super) struct Attributions<'a> {
    /// The first claim in which the second source passes on what the first says, and how many there are.
    passed_on: HashMap<(&'a SourceId, &'a SourceId), (ClaimId, usize)>,
    named: HashMap<&'a SourceId, bool>,
}

impl<'a> Attributions<'a> {
    pub(super) fn new(ledger: &'a Ledger, document: &Document<'_>) -> Self {
        let mut passed_on = HashMap::new();
        for claim in ledger.claims().filter(|claim| !claim.is_retracted() && document.citations(claim).is_some()) {
            for relay in claim.relays() {
                passed_on.entry((claim.origin().id(), relay.id())).or_insert((claim.id(), 0)).1 += 1;
            }
        }
        Self { passed_on, named: HashMap::new() }
    }

    pub(super) fn about(
        &mut self,
        claim: &ClaimRef<'a>,
        citations: &[&Citation],
        passages: &[Range<usize>],
        searched: &Searched<'_>,
        matcher: &Matcher<'_>,
    ) -> Vec<Suspicion> {
        let mut suspicions = Vec::new();
        let is_outlet = |kind: &SourceKind| *kind == SourceKind::OUTLET;
        if let Some(last) = claim.relays().last()
            && is_outlet(claim.origin().kind())
            && !is_outlet(last.kind())
        {
            suspicions.push(Suspicion::OutletPassedOnBy(last.id().clone()));
        }
        let passed_on = |origin, relay| self.passed_on.get(&(origin, relay)).copied();
        let other_way = claim.relays().find_map(|relay| {
            let (_, like_this) = passed_on(claim.origin().id(), relay.id())?;
            passed_on(relay.id(), claim.origin().id()).filter(|(_, other_way)| *other_way >= like_this)
        });
        if let Some((other, _)) = other_way {
            suspicions.push(Suspicion::OtherWayRound(other));
        }
        for source in std::iter::once(claim.origin()).chain(claim.relays()) {
            let expected = !is_outlet(source.kind()) && !source.is_anonymous();
            let named = self.named.entry(source.id());
            let named = named.or_insert_with(|| {
                searched.names(source.name()) || searched.names(&source.id().as_str().replace(['-', '_'], " "))
            });
            if expected && !*named {
                suspicions.push(Suspicion::NotNamed(source.id().clone()));
            }
        }
        let published = citations.iter().find_map(|citation| citation.published());
        suspicions.extend(times(claim, published));
        if let Some(as_of) = claim.as_of()
            && claim.value().and_then(Value::as_period).is_none()
        {
            suspicions.extend(other_time(as_of, passages, searched.text(), matcher));
        }
        if citations.iter().all(|citation| citation.excerpt().is_none()) {
            suspicions.push(Suspicion::NoExcerpt);
        }
        suspicions
    }
}

/// Looks for times that were still to come when the claim was said or printed.
fn times(claim: &ClaimRef<'_>, published: Option<Moment>) -> Option<Suspicion> {
    let as_of = claim.as_of().map(Period::to_days);
    let after = |moment: Moment| as_of.is_some_and(|as_of| as_of.is_after(moment.to_days()));
    match (claim.stated(), published) {
        // By the day and by the instant: one instant is of two days in two places, and a date alone of the day in both.
        (Some(stated), Some(published))
            if stated.to_days().is_after(published.to_days())
                && stated.to_instants().ends()[0] > published.to_instants().ends()[1] =>
        {
            Some(Suspicion::StatedAfterPublication(published))
        }
        (Some(stated), _) if after(stated) => Some(Suspicion::AboutTheFuture(stated)),
        (None, Some(published)) if after(published) => Some(Suspicion::AboutAfterPublication(published)),
        _ => None,
    }
}

/// Looks for months and years that the passages name, where the claim is about none of them.
fn other_time(as_of: Period, passages: &[Range<usize>], text: &str, matcher: &Matcher<'_>) -> Option<Suspicion> {
    let (first, last) = (as_of.first_day()?, as_of.last_day()?);
    let mut named: Vec<String> = Vec::new();
    for passage in passages {
        let mut before = "";
        for (at, word) in words(&text[passage.clone()]) {
            let place = passage.start + at..passage.start + at + word.len();
            let month = MONTHS.iter().position(|month| *month == word).filter(|_| word != "May" || dates(before));
            let year = word.parse().ok().filter(|year| word.len() == 4 && (1800..2200).contains(year));
            let year = year.filter(|_| !matcher.has_figure_at(&place));
            let fits = match (month, year) {
                (Some(month), _) => has_month(first, last, month),
                (None, Some(year)) => (first.year()..=last.year()).contains(&year),
                (None, None) => {
                    before = word;
                    continue;
                }
            };
            if fits {
                return None;
            }
            if !named.iter().any(|other| other == word) {
                named.push(word.to_owned());
            }
            before = word;
        }
    }
    (!named.is_empty()).then_some(Suspicion::OtherTimeNamed(named))
}

/// Whether what follows is a month, and no verb: "in May", "3 May".
fn dates(before: &str) -> bool {
    const IN: [&str; 13] =
        ["in", "of", "since", "by", "until", "till", "from", "to", "mid", "early", "late", "last", "this"];
    IN.contains(&before.to_lowercase().as_str()) || before.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether one of the days is in a month, counted from 0.
fn has_month(first: Date, last: Date, month: usize) -> bool {
    let months = |date: Date| date.year() * 12 + i32::from(date.month()) - 1;
    (months(first)..=months(last)).take(12).any(|at| usize::try_from(at.rem_euclid(12)) == Ok(month))
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let offset = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(move |word| (offset(word), word))
}
