//! The reasons of a relation, in plain words.

use super::conflict::Related;
use crate::claim::{Stance, Value};
use crate::figure::{Figure, is_ratio};
use crate::ledger::ClaimRef;
use crate::names::Unit;
use crate::number::{Bound, Number};
use crate::policy::Policy;
use crate::report::{brief, capital, outward};
use crate::rules::comparable::Extent;
use crate::rules::relation::{Agreement, Clash, Fit, Gap, Mismatch, RelationKind, Silence};
use crate::rules::timing::Side;
use crate::rules::timing::Timing;
use crate::shown::Quoted;
use crate::topic::Measure;

impl Related<'_> {
    /// Why they relate so, in plain words: whole sentences on one line.
    #[must_use]
    pub fn because(&self) -> String {
        let mut sentences = vec![values(self)];
        sentences.extend(gap(self));
        sentences.extend(times(self));
        sentences.extend(voices(self));
        sentences.extend(widths(self));
        sentences.join(" ")
    }
}

fn name(claim: ClaimRef<'_>) -> String {
    claim.ledger().name_of(claim.origin())
}

fn value(claim: ClaimRef<'_>) -> String {
    brief(&claim).unwrap_or_else(|| "nothing".to_owned())
}

/// `more than 4,000 as of March 2025`, or without the time where there is none.
fn value_then(claim: ClaimRef<'_>) -> String {
    match (claim.as_of(), claim.stated()) {
        (Some(period), _) => format!("{} as of {}", value(claim), period.in_words()),
        (None, Some(stated)) => format!("{} (stated {})", value(claim), stated.in_words()),
        (None, None) => value(claim),
    }
}

/// Whether the two values can both be true.
fn values(related: &Related<'_>) -> String {
    let (a, b) = (related.older(), related.newer());
    match related.relation().fit() {
        Fit::Clashes(clash) => clashing(related, clash),
        Fit::Agrees(_) if is_total_at_two_times(related) => {
            let (earlier, later) = if related.relation().later() == Some(Side::First) { (b, a) } else { (a, b) };
            format!("A running total can rise from {} to {}.", value_then(earlier), value_then(later))
        }
        Fit::Agrees(Agreement::Equal) => match (a.stance(), a.value(), b.value()) {
            (_, Some(one), Some(other)) if one == other => format!("Both say {}.", stanced(a)),
            _ => format!("{} and {} come to the same.", capital(&value(a)), value(b)),
        },
        Fit::Agrees(Agreement::Within(side)) => {
            let (inner, outer) = (related.side(side), related.side(side.other()));
            format!("Every value of {} is one of {}.", value(inner), value(outer))
        }
        Fit::Agrees(Agreement::Overlapping) => {
            format!("{} and {} have values in common.", capital(&value(a)), value(b))
        }
        Fit::Fits => "Each can be true of its own time.".to_owned(),
        Fit::Silent(silence) => silent(related, silence),
        Fit::Incomparable(Mismatch::Kinds) => {
            format!("{} and {} cannot be compared.", capital(kind(a)), kind(b))
        }
        Fit::Incomparable(Mismatch::Units) => format!("{} and {} cannot be compared.", capital(&unit(a)), unit(b)),
    }
}

/// Whether two values that agree are a running total at two times. Nothing else that is affirmed agrees across times,
/// but for what is fixed; and what agrees has one stance.
fn is_total_at_two_times(related: &Related<'_>) -> bool {
    related.relation().later().is_some()
        && related.older().topic_ref().predicate().measure() == Measure::Cumulative
        && related.older().stance() == Stance::Affirms
}

fn stanced(claim: ClaimRef<'_>) -> String {
    match claim.stance() {
        Stance::Denies => format!("that it is not {}", value(claim)),
        _ => value(claim),
    }
}

fn clashing(related: &Related<'_>, clash: Clash) -> String {
    let (a, b) = (related.older(), related.newer());
    match clash {
        Clash::NothingShared => {
            let (thing, one) = match a.value() {
                Some(Value::Period(_)) => ("day", capital(&value(a))),
                _ => ("value", capital(&value(a))),
            };
            format!("{one} and {} have no {thing} in common.", value(b))
        }
        Clash::TotalFell(earlier) => {
            let (earlier, later) = (related.side(earlier), related.side(earlier.other()));
            format!("A running total does not fall from {} to {}.", value_then(earlier), value_then(later))
        }
        Clash::PartAboveWhole(part) => {
            let (part, whole) = (related.side(part), related.side(part.other()));
            format!(
                "{} cannot be part of {}: the one period lies within the other.",
                capital(&value_then(part)),
                value_then(whole)
            )
        }
        Clash::AllDenied(side) => {
            let (affirmed, denied) = (related.side(side), related.side(side.other()));
            if affirmed.value() == denied.value() {
                return text_denied(affirmed, denied);
            }
            format!(
                "{} affirmed {}, and {} denied {}, which leaves no value of it.",
                name(affirmed),
                value(affirmed),
                name(denied),
                value(denied)
            )
        }
        Clash::CarriedAllDenied(side) => {
            let (affirmed, denied) = (related.side(side), related.side(side.other()));
            let carried =
                if related.relation().later() == Some(side) { "at most that earlier" } else { "at least that later" };
            format!(
                "A running total of {} is {carried}, and {} denied {}, which leaves no value of it.",
                value_then(affirmed),
                name(denied),
                value_then(denied)
            )
        }
        Clash::SingleValued => format!(
            "{} and {} differ, and {} has one value at a time.",
            capital(&value(a)),
            value(b),
            Quoted(a.topic().predicate())
        ),
        Clash::Opposites => format!("{} and {} are opposites.", capital(&value(a)), value(b)),
        Clash::TextDenied(side) => text_denied(related.side(side), related.side(side.other())),
    }
}

fn text_denied(affirmed: ClaimRef<'_>, denied: ClaimRef<'_>) -> String {
    if affirmed.origin().id() == denied.origin().id() {
        return format!("{} both affirmed and denied {}.", name(affirmed), value(affirmed));
    }
    format!("{} affirmed {}, and {} denied it.", name(affirmed), value(affirmed), name(denied))
}

fn silent(related: &Related<'_>, silence: Silence) -> String {
    let (a, b) = (related.older(), related.newer());
    match silence {
        Silence::Uncommitted(side) => uncommitted(related.side(side)),
        Silence::BothUncommitted => format!("{} {}", uncommitted(a), uncommitted(b)),
        Silence::DifferentTexts => {
            format!(
                "{} and {} are different texts, and the one says nothing of the other.",
                capital(&value(a)),
                value(b)
            )
        }
        Silence::DifferentDenials => format!("Both deny, and not the same: {} and {}.", value(a), value(b)),
        Silence::NotAllDenied => {
            let (affirmed, denied) = if a.stance() == Stance::Affirms { (a, b) } else { (b, a) };
            format!("Not every value of {} is denied by denying {}.", value(affirmed), value(denied))
        }
        Silence::DifferentPeriods => {
            format!("{} and {} happened in different periods.", capital(&value_then(a)), value_then(b))
        }
    }
}

fn uncommitted(claim: ClaimRef<'_>) -> String {
    match claim.stance() {
        Stance::Declines => format!("{} declined to say, which is no denial.", name(claim)),
        Stance::Disowns => format!("{} says that it never said so, which is no denial of it.", name(claim)),
        _ => format!("{} only suggested {}, which commits to nothing.", name(claim), value(claim)),
    }
}

fn kind(claim: ClaimRef<'_>) -> &'static str {
    match claim.value() {
        Some(Value::Figure(_)) => "a figure",
        Some(Value::Text(_)) => "a text",
        Some(Value::Period(_)) => "a period",
        None => "no value",
    }
}

fn unit(claim: ClaimRef<'_>) -> String {
    match claim.unit() {
        Some(unit) if is_ratio(unit) => format!("{} (a proportion)", value(claim)),
        Some(unit) => format!("{} (in {})", value(claim), Quoted(unit)),
        None => format!("{} (without a unit)", value(claim)),
    }
}

/// How far apart two figures are.
fn gap(related: &Related<'_>) -> Option<String> {
    let Gap { amount, relative } = related.relation().gap()?;
    let apart = if related.older().unit().is_some_and(is_ratio) {
        format!("{} percentage points", amount.grouped(true))
    } else {
        amount.grouped(false)
    };
    Some(match relative {
        Some(relative) => format!("They lie {apart} apart, {} of the smaller.", percent(relative)),
        None => format!("They lie {apart} apart."),
    })
}

/// A share for a reader, with no more digits than help.
fn percent(share: Number) -> String {
    let hundredth = share.rounded_to_places(if share < Number::ONE { 3 } else { 2 });
    if hundredth == Number::ZERO { "less than 0.1%".to_owned() } else { format!("{}%", hundredth.grouped(true)) }
}

/// What the times of the two make of it.
fn times(related: &Related<'_>) -> Option<String> {
    let (a, b) = (related.older(), related.newer());
    let relation = related.relation();
    if matches!(relation.fit(), Fit::Silent(_) | Fit::Incomparable(_)) {
        return None;
    }
    let possible = if relation.kind().is_conflict() { ", so the conflict is possible and not certain" } else { "" };
    if a.topic_ref().predicate().measure() == Measure::Fixed {
        return Some("What it asks for is the same at any time.".to_owned());
    }
    Some(match relation.timing() {
        Timing::Same => "Both are about the same days.".to_owned(),
        Timing::Overlapping if a.ledger().policy().days_apart() > 0 => {
            format!("They are about times that overlap, or are as near as the policy allows{possible}.")
        }
        Timing::Overlapping => format!("They are about times that overlap and are not the same{possible}."),
        Timing::Later => return later(related),
        Timing::Unknown => match (a.as_of(), b.as_of()) {
            (None, None) => format!("Neither says what time it is about{possible}."),
            (None, _) => format!("The older does not say what time it is about{possible}."),
            _ => format!("The newer does not say what time it is about{possible}."),
        },
    })
}

fn later(related: &Related<'_>) -> Option<String> {
    let later = related.later()?;
    let said = match related.relation().kind() {
        RelationKind::Updates => format!("{} brings its own word up to a later time", name(later)),
        RelationKind::Succeeds => format!("{} speaks of a later time", name(later)),
        _ => return None,
    };
    Some(match later.as_of() {
        Some(period) => format!("{said}, {}.", period.in_words()),
        None => format!("{said}."),
    })
}

/// Whose words they are, where that decides something.
fn voices(related: &Related<'_>) -> Option<String> {
    let origin = name(related.older());
    Some(match related.relation().kind() {
        RelationKind::Misreports => {
            format!("Both are said to be the word of {origin}, by different relays: one of them has it wrong.")
        }
        RelationKind::ContradictsItself => {
            format!("Both are the word of {origin}, and it is not known which was said later.")
        }
        RelationKind::Revises => {
            let superseding = related.superseding()?;
            let which = if superseding.id() == related.newer().id() { "newer" } else { "older" };
            format!("{origin} said the {which} of the two later, and so takes the other back.")
        }
        RelationKind::Echoes => "The two origins are not independent of each other.".to_owned(),
        RelationKind::Concurs => "One origin is anonymous, so whether they are independent is not known.".to_owned(),
        RelationKind::Corroborates => "The two origins are independent of each other.".to_owned(),
        _ => return None,
    })
}

/// What the verdict rests on that nobody said.
fn widths(related: &Related<'_>) -> Option<String> {
    let policy = related.older().ledger().policy();
    let rests = |side: Side| {
        let figure = related.side(side).value().and_then(Value::as_figure)?;
        related.relation().rests_on_chosen_width(side).then(|| taken_as(related.side(side), figure, policy))?
    };
    let taken: Vec<String> = [Side::First, Side::Second].into_iter().filter_map(rests).collect();
    if taken.is_empty() { None } else { Some(format!("This takes {}.", taken.join(", and "))) }
}

/// `“about 3,000” as 2,700 to 3,300 (a width of 10%)`.
fn taken_as(claim: ClaimRef<'_>, figure: &Figure, policy: &Policy) -> Option<String> {
    let extent = Extent::new(figure.parts(), claim.topic_ref().predicate(), policy).ok()?;
    let values = if extent.count { extent.values.whole()? } else { extent.values };
    let ratio = extent.unit.as_ref().is_some_and(Unit::is_ratio);
    let values = outward(&values);
    let number = |end: Bound| format!("{}{}", end.value().grouped(ratio), if ratio { "%" } else { "" });
    let (low, high) = (values.low()?, values.high()?);
    let taken = if low == high {
        number(low)
    } else {
        let above = if low.is_open() { "more than " } else { "" };
        let below = if high.is_open() { "less than " } else { "" };
        format!("{above}{} to {below}{}", number(low), number(high))
    };
    let by = figure.parts().width_in_words(policy, ratio, extent.count);
    Some(format!("“{}” as {taken} ({by})", value(claim)))
}
