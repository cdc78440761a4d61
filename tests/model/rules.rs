//! How two claims relate: R9 to R12, R14's distance and R15's dependence, each question answered from the start.

use testimony::{
    Agreement, Clash, Dependence, Fit, Measure, Mismatch, Origins, RelationKind, Side, Silence, Stance, Timing,
};

use super::day::{Moment, Period, apart};
use super::number::{Figure, gap};
use super::set::Set;

/// What a value comes to.
#[derive(Clone, Debug)]
pub(crate) enum Sense {
    Figure(Figure),
    /// Texts that are equal after normalising have one number.
    Text(usize),
    Days(Set),
}

/// A claim, as far as its relation to others goes.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) stance: Stance,
    pub(crate) sense: Option<Sense>,
    pub(crate) origin: usize,
    pub(crate) relays: Vec<usize>,
    pub(crate) as_of: Option<Period>,
    pub(crate) stated: Option<Moment>,
}

/// What the rules need to know of the predicate and the policy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    pub(crate) measure: Measure,
    pub(crate) single_valued: bool,
    /// The numbers of two texts that exclude each other.
    pub(crate) opposites: Option<(usize, usize)>,
    pub(crate) days_apart: usize,
}

/// A relation, part by part.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Verdict {
    pub(crate) kind: RelationKind,
    pub(crate) fit: Fit,
    pub(crate) timing: Timing,
    pub(crate) voice: Origins,
    pub(crate) later: Option<Side>,
    pub(crate) supersedes: Option<Side>,
    pub(crate) certain: bool,
    /// The distance, and the magnitude that it is relative to, in fortieths.
    pub(crate) gap: Option<(i64, i64)>,
}

pub(crate) fn relate(one: &Reading, other: &Reading, dependence: Dependence, terms: Terms) -> Verdict {
    let (timing, later) = timing(one, other, terms);
    let (fit, gap) = fit(one, other, timing, later, terms);
    let voice = if one.origin == other.origin {
        Origins::Same { same_relays: one.relays == other.relays }
    } else {
        Origins::Two(dependence)
    };
    let said_later = said_later(one, other);
    let one_time = terms.measure != Measure::Fixed && timing == Timing::Later;
    let kind = match (fit, voice) {
        (Fit::Silent(_), _) => RelationKind::Silent,
        (Fit::Incomparable(_), _) => RelationKind::Incomparable,
        (Fit::Clashes(_), Origins::Two(_)) => RelationKind::Disputes,
        (Fit::Clashes(_), Origins::Same { .. }) if said_later.is_some() => RelationKind::Revises,
        (Fit::Clashes(_), Origins::Same { same_relays: false }) => RelationKind::Misreports,
        (Fit::Clashes(_), Origins::Same { same_relays: true }) => RelationKind::ContradictsItself,
        (_, Origins::Same { .. }) if one_time => RelationKind::Updates,
        (_, Origins::Two(_)) if one_time => RelationKind::Succeeds,
        (_, Origins::Same { .. }) => RelationKind::Repeats,
        (_, Origins::Two(Dependence::Dependent)) => RelationKind::Echoes,
        (_, Origins::Two(Dependence::Unknown)) => RelationKind::Concurs,
        (_, Origins::Two(Dependence::Independent)) => RelationKind::Corroborates,
    };
    Verdict {
        kind,
        fit,
        timing,
        voice,
        later,
        supersedes: said_later.filter(|_| kind == RelationKind::Revises),
        certain: terms.measure == Measure::Fixed || matches!(timing, Timing::Same | Timing::Later),
        gap,
    }
}

/// Of which days a claim is (R10): for an affirmed running total without an "as of", those on which it was stated.
fn days(claim: &Reading, measure: Measure) -> Option<Set> {
    let stands_in = measure == Measure::Cumulative
        && claim.stance == Stance::Affirms
        && matches!(claim.sense, Some(Sense::Figure(_)));
    let stated = claim.stated.filter(|_| stands_in).map(Moment::days);
    claim.as_of.map(Period::days).or(stated)
}

fn timing(one: &Reading, other: &Reading, terms: Terms) -> (Timing, Option<Side>) {
    let (Some(one), Some(other)) = (days(one, terms.measure), days(other, terms.measure)) else {
        return (Timing::Unknown, None);
    };
    if one == other {
        return (Timing::Same, None);
    }
    if one.shares_with(&other) {
        return (Timing::Overlapping, None);
    }
    match apart(&one, &other) {
        (days, _) if days <= terms.days_apart => (Timing::Overlapping, None),
        (_, true) => (Timing::Later, Some(Side::First)),
        (_, false) => (Timing::Later, Some(Side::Second)),
    }
}

/// Which of the two was said later, where all of the one saying is after all of the other (R12).
fn said_later(one: &Reading, other: &Reading) -> Option<Side> {
    let (one, other) = match (one.stated, other.stated) {
        (Some(one), Some(other)) => (one.seconds(), other.seconds()),
        (None, None) => (one.as_of?.seconds(), other.as_of?.seconds()),
        _ => return None,
    };
    if one.0 > other.1 {
        Some(Side::First)
    } else if other.0 > one.1 {
        Some(Side::Second)
    } else {
        None
    }
}

/// Whether both values can be true (R9), and how far two affirmed figures are from it.
fn fit(one: &Reading, other: &Reading, timing: Timing, later: Option<Side>, terms: Terms) -> (Fit, Option<(i64, i64)>) {
    let uncommitted = |claim: &Reading| matches!(claim.stance, Stance::Suggests | Stance::Declines);
    let silence = match (uncommitted(one), uncommitted(other)) {
        (true, true) => Some(Silence::BothUncommitted),
        (true, false) => Some(Silence::Uncommitted(Side::First)),
        (false, true) => Some(Silence::Uncommitted(Side::Second)),
        (false, false) => None,
    };
    if let Some(silence) = silence {
        return (Fit::Silent(silence), None);
    }
    let stances = [one.stance, other.stance];
    match (one.sense.as_ref().unwrap(), other.sense.as_ref().unwrap()) {
        (Sense::Figure(one), Sense::Figure(other)) if !one.has_unit_of(other) => {
            (Fit::Incomparable(Mismatch::Units), None)
        }
        (Sense::Figure(a), Sense::Figure(b)) => match (terms.measure, timing) {
            (Measure::Cumulative, Timing::Later) => totals(stances, [a, b], later.unwrap()),
            (Measure::Flow, Timing::Overlapping) if stances != [Stance::Denies; 2] => {
                let days = [days(one, terms.measure).unwrap(), days(other, terms.measure).unwrap()];
                nested(stances, [a, b], &days)
            }
            (measure, _) => {
                let fit = over_time(sets(stances, a.compared(b)), timing, measure);
                (fit, distance(fit, stances, a.compared(b)))
            }
        },
        (Sense::Days(one), Sense::Days(other)) => (over_time(sets(stances, [one, other]), timing, terms.measure), None),
        (Sense::Text(one), Sense::Text(other)) => {
            (over_time(texts(stances, *one, *other, terms), timing, terms.measure), None)
        }
        _ => (Fit::Incomparable(Mismatch::Kinds), None),
    }
}

/// Two sets of values of one time (R11, stock together; R9 for two denials).
fn sets(stances: [Stance; 2], [one, other]: [&Set; 2]) -> Fit {
    let denied = |side, affirmed: &Set, denied: &Set| {
        if affirmed.is_within(denied) {
            Fit::Clashes(Clash::AllDenied(side))
        } else {
            Fit::Silent(Silence::NotAllDenied)
        }
    };
    match stances {
        [Stance::Affirms, Stance::Affirms] if !one.shares_with(other) => Fit::Clashes(Clash::NothingShared),
        [Stance::Affirms, Stance::Affirms] => Fit::Agrees(agreement(one, other)),
        [Stance::Affirms, _] => denied(Side::First, one, other),
        [_, Stance::Affirms] => denied(Side::Second, other, one),
        _ if one == other => Fit::Agrees(Agreement::Equal),
        _ => Fit::Silent(Silence::DifferentDenials),
    }
}

fn agreement(one: &Set, other: &Set) -> Agreement {
    if one == other {
        Agreement::Equal
    } else if one.is_within(other) {
        Agreement::Within(Side::First)
    } else if other.is_within(one) {
        Agreement::Within(Side::Second)
    } else {
        Agreement::Overlapping
    }
}

fn texts(stances: [Stance; 2], one: usize, other: usize, terms: Terms) -> Fit {
    let equal = one == other;
    let opposites = terms.opposites.is_some_and(|pair| pair == (one, other) || pair == (other, one));
    match stances {
        [Stance::Affirms, Stance::Affirms] | [Stance::Denies, Stance::Denies] if equal => Fit::Agrees(Agreement::Equal),
        [Stance::Affirms, Stance::Affirms] if terms.single_valued => Fit::Clashes(Clash::SingleValued),
        [Stance::Affirms, Stance::Affirms] if opposites => Fit::Clashes(Clash::Opposites),
        [Stance::Affirms, Stance::Denies] if equal => Fit::Clashes(Clash::TextDenied(Side::First)),
        [Stance::Denies, Stance::Affirms] if equal => Fit::Clashes(Clash::TextDenied(Side::Second)),
        [Stance::Denies, Stance::Denies] => Fit::Silent(Silence::DifferentDenials),
        _ => Fit::Silent(Silence::DifferentTexts),
    }
}

/// What becomes of two values that agree or clash when one is of a later time (R11). A running total comes here only
/// with a value that time does to as to a stock, with a denial of the same, or together.
fn over_time(fit: Fit, timing: Timing, measure: Measure) -> Fit {
    let changes = measure != Measure::Fixed && timing == Timing::Later;
    if changes && matches!(fit, Fit::Agrees(_) | Fit::Clashes(_)) { Fit::Fits } else { fit }
}

/// Two running totals, one of a later time (R11).
fn totals(stances: [Stance; 2], [one, other]: [&Figure; 2], later: Side) -> (Fit, Option<(i64, i64)>) {
    // An affirmed total is carried to the time of the other claim, of two affirmed ones the earlier.
    let carried = match stances {
        [Stance::Affirms, Stance::Affirms] => later.other(),
        [Stance::Affirms, _] => Side::First,
        [_, Stance::Affirms] => Side::Second,
        _ => return (sets(stances, one.compared(other)), None),
    };
    let carry = |side, figure: &Figure| match side == carried {
        false => figure.clone(),
        true if carried == later => figure.carried_back(),
        true => figure.carried_forward(),
    };
    let (one, other) = (carry(Side::First, one), carry(Side::Second, other));
    let fit = match sets(stances, one.compared(&other)) {
        Fit::Clashes(Clash::NothingShared) => Fit::Clashes(Clash::TotalFell(carried)),
        Fit::Clashes(Clash::AllDenied(side)) => Fit::Clashes(Clash::CarriedAllDenied(side)),
        fit => fit,
    };
    (fit, distance(fit, stances, one.compared(&other)))
}

/// What happened in two periods that share days and are not the same, or that the policy takes for such (R11, flow).
fn nested(stances: [Stance; 2], figures: [&Figure; 2], days: &[Set; 2]) -> (Fit, Option<(i64, i64)>) {
    let comparable = stances == [Stance::Affirms; 2] && figures.iter().all(|figure| figure.is_never_negative());
    let values = figures[0].compared(figures[1]);
    let part = if days[0].is_within(&days[1]) {
        Some((Side::First, values[0].first() > values[1].last()))
    } else if days[1].is_within(&days[0]) {
        Some((Side::Second, values[1].first() > values[0].last()))
    } else {
        None
    };
    let fit = match part {
        Some((side, true)) if comparable => Fit::Clashes(Clash::PartAboveWhole(side)),
        _ => Fit::Silent(Silence::DifferentPeriods),
    };
    (fit, distance(fit, stances, values))
}

fn distance(fit: Fit, stances: [Stance; 2], [one, other]: [&Set; 2]) -> Option<(i64, i64)> {
    let clash = stances == [Stance::Affirms; 2] && matches!(fit, Fit::Clashes(_));
    clash.then(|| gap(one, other))
}
