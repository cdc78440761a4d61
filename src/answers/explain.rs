//! The reasons of a relation, in plain words.

use super::conflict::Related;
use super::possible::{doubts, times};
use super::told::{name, value, value_at, value_then};
use crate::claim::{Stance, Value};
use crate::figure::{Figure, is_ratio};
use crate::ledger::ClaimRef;
use crate::names::Unit;
use crate::number::{Bound, Number};
use crate::policy::Policy;
use crate::report::{capital, list, outward};
use crate::rules::comparable::{Extent, Taken};
use crate::rules::fit::{Agreement, Clash, Fit, Mismatch, Silence};
use crate::rules::relation::{Gap, RelationKind};
use crate::rules::timing::Side;
use crate::shown::{Quoted, Shown};

impl Related<'_> {
    /// Why they relate so, in plain words: whole sentences on one line.
    #[must_use]
    pub fn because(&self) -> String {
        let mut sentences = vec![values(self)];
        sentences.extend(gap(self));
        sentences.extend(times(self));
        sentences.extend(doubts(self));
        sentences.extend(voices(self));
        sentences.extend(widths(self));
        sentences.join(" ")
    }
}

/// Whether the two values can both be true.
fn values(related: &Related<'_>) -> String {
    let (a, b) = (related.older(), related.newer());
    match related.relation().fit() {
        Fit::Clashes(clash) => clashing(related, clash),
        Fit::Agrees(Agreement::Risen(side)) => {
            let (earlier, later) = (related.side(side), related.side(side.other()));
            format!("A running total can rise from {} to {}.", value_at(related, earlier), value_at(related, later))
        }
        Fit::Agrees(Agreement::Equal) => match (a.value(), b.value()) {
            (Some(one), Some(other)) if one == other => format!("Both {}.", said(a, b)),
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
        Fit::Incomparable(Mismatch::Scopes) => {
            format!("{} and {} count different things.", capital(&scoped(a)), scoped(b))
        }
        Fit::Incomparable(Mismatch::Kinds) => {
            format!("{} and {} cannot be compared.", capital(kind(a)), kind(b))
        }
        Fit::Incomparable(Mismatch::Units) => format!("{} and {} cannot be compared.", capital(&unit(a)), unit(b)),
    }
}

/// The words that two claims of one value share: `say 40`, `say that it is not 40`, `doubt 40`, `speak against 40`.
fn said(one: ClaimRef<'_>, other: ClaimRef<'_>) -> String {
    match (one.taken(), other.taken()) {
        (Taken::Denied, Taken::Denied) => format!("say that it is not {}", value(one)),
        (Taken::Doubted, Taken::Doubted) => format!("doubt {}", value(one)),
        (Taken::Denied | Taken::Doubted, _) => format!("speak against {}", value(one)),
        _ => format!("say {}", value(one)),
    }
}

/// `denied`, or `doubted` where it is only called unlikely.
fn denied(claim: ClaimRef<'_>) -> &'static str {
    if claim.taken() == Taken::Doubted { "doubted" } else { "denied" }
}

/// `1,500 (confirmed)`.
fn scoped(claim: ClaimRef<'_>) -> String {
    match claim.scope() {
        Some(scope) => format!("{} ({})", value(claim), Shown(scope)),
        None => value(claim),
    }
}

fn clashing(related: &Related<'_>, clash: Clash) -> String {
    let (a, b) = (related.older(), related.newer());
    match clash {
        Clash::NothingShared => {
            let thing = if matches!(a.value(), Some(Value::Period(_))) { "day" } else { "value" };
            format!("{} and {} have no {thing} in common.", capital(&value(a)), value(b))
        }
        Clash::TotalFell(earlier) => {
            let (earlier, later) = (related.side(earlier), related.side(earlier.other()));
            format!(
                "A running total does not fall from {} to {}.",
                value_at(related, earlier),
                value_at(related, later)
            )
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
            let (affirmed, against) = (related.side(side), related.side(side.other()));
            if affirmed.value() == against.value() {
                return text_denied(affirmed, against);
            }
            format!(
                "{} affirmed {}, and {} {} {}, which leaves no value of it.",
                name(affirmed),
                value(affirmed),
                name(against),
                denied(against),
                value(against)
            )
        }
        Clash::CarriedAllDenied(side) => carried_denied(related, side),
        Clash::SingleValued => format!(
            "{} and {} differ, and {} has one value at a time.",
            capital(&value(a)),
            value(b),
            Quoted(a.topic().predicate())
        ),
        Clash::Opposites => format!("{} and {} are opposites.", capital(&value(a)), value(b)),
        Clash::TextDenied(side) => text_denied(related.side(side), related.side(side.other())),
        Clash::Disowned(side) => disowned(related.side(side), related.side(side.other())),
    }
}

/// Why no value of an affirmed running total is left by a denial of another time.
fn carried_denied(related: &Related<'_>, side: Side) -> String {
    let (affirmed, against) = (related.side(side), related.side(side.other()));
    let carried = if related.relation().later() == Some(side) { "at most that earlier" } else { "at least that later" };
    format!(
        "A running total of {} is {carried}, and {} {} {}, which leaves no value of it.",
        value_then(affirmed),
        name(against),
        denied(against),
        value_then(against)
    )
}

fn text_denied(affirmed: ClaimRef<'_>, against: ClaimRef<'_>) -> String {
    if affirmed.origin().id() == against.origin().id() {
        return format!("{} both affirmed and {} {}.", name(affirmed), denied(against), value(affirmed));
    }
    format!("{} affirmed {}, and {} {} it.", name(affirmed), value(affirmed), name(against), denied(against))
}

/// `Minister says that it never said 15,000, which Gazette hands on as its word.`
fn disowned(disowning: ClaimRef<'_>, attributed: ClaimRef<'_>) -> String {
    let ledger = attributed.ledger();
    let relays = list(attributed.relays().map(|relay| ledger.name_of(relay)));
    let verb = if attributed.relays().len() == 1 { "hands" } else { "hand" };
    let never = if disowning.value().is_some() { "it never said so" } else { "it never said anything of the kind" };
    format!("{relays} {verb} on {} as the word of {}, which says that {never}.", value(attributed), name(disowning))
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
            let (affirmed, against) = if a.taken() == Taken::Affirmed { (a, b) } else { (b, a) };
            format!("Not every value of {} is denied by denying {}.", value(affirmed), value(against))
        }
        Silence::MayHaveGrown(side) => {
            let (less, more) = (related.side(side), related.side(side.other()));
            format!(
                "A running total may have grown from {} to {} within the time that they share.",
                value_then(less),
                value_then(more)
            )
        }
        Silence::DifferentPeriods => {
            format!("{} and {} happened in different periods.", capital(&value_then(a)), value_then(b))
        }
    }
}

fn uncommitted(claim: ClaimRef<'_>) -> String {
    let (name, value) = (name(claim), value(claim));
    let likelihood = claim.confidence().map(ToString::to_string).unwrap_or_default();
    match claim.stance() {
        Stance::Declines => format!("{name} declined to say, which is no denial."),
        Stance::Disowns => format!("{name} says that it never said so, which is no denial of it."),
        Stance::Affirms => {
            format!("{name} calls {value} neither likely nor unlikely ({likelihood}), which commits to nothing.")
        }
        Stance::Denies => {
            format!("{name} denies {value} without calling that likely ({likelihood}), which commits to nothing.")
        }
        Stance::Suggests => format!("{name} only suggested {value}, which commits to nothing."),
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

/// Whose words they are, where that decides something.
fn voices(related: &Related<'_>) -> Option<String> {
    let origin = name(related.older());
    let is_disowned = |side| related.side(side).is_disowned();
    Some(match related.relation().kind() {
        RelationKind::Misreports if matches!(related.relation().fit(), Fit::Clashes(Clash::Disowned(_))) => {
            format!("One of them has {origin} wrong.")
        }
        RelationKind::Misreports | RelationKind::ContradictsItself if Side::BOTH.into_iter().any(is_disowned) => {
            let which = match [Side::First, Side::Second].map(is_disowned) {
                [true, true] => "either of them",
                [true, false] => "the older",
                _ => "the newer",
            };
            format!("{origin} says that it never said {which}, so neither takes the other back.")
        }
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

/// The widths that the verdict rests on and that nobody said.
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
