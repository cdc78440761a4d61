//! How two claims relate: R9 to R12, R14's distance and R15's dependence, each question answered from the start.

use testimony::{
    Agreement, Clash, Dependence, Fit, Measure, Mismatch, Origins, RelationKind, Side, Silence, Stance, Timing,
    Uncertainty,
};

use super::day::{LAST_POINT, Moment, Period, apart};
use super::number::{Figure, gap};
use super::set::Set;

/// The sense of a value.
#[derive(Clone, Debug)]
pub(crate) enum Sense {
    Figure(Figure),
    /// Texts that are equal after normalising have one number.
    Text(usize),
    Days {
        days: Set,
        qualified: bool,
    },
}

/// The part that a claim plays in the rules (R9): its stance, with what its likelihood makes of that.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Word {
    Affirms,
    Denies,
    /// Calls it unlikely: a denial that is never certain.
    Doubts,
    Suggests,
    /// Declines, or denies without being sure.
    Nothing,
    Disowns,
}

impl Word {
    /// `band` is the least and the greatest probability in hundredths, where there is one.
    pub(crate) fn new(stance: Stance, band: Option<(i64, i64)>) -> Self {
        match (stance, band) {
            (Stance::Affirms, Some((_, high))) if high <= 45 => Self::Doubts,
            (Stance::Affirms, Some((low, _))) if low < 55 => Self::Suggests,
            (Stance::Denies, Some((low, _))) if low < 55 => Self::Nothing,
            (Stance::Affirms, _) => Self::Affirms,
            (Stance::Denies, _) => Self::Denies,
            (Stance::Suggests, _) => Self::Suggests,
            (Stance::Declines, _) => Self::Nothing,
            (Stance::Disowns, _) => Self::Disowns,
        }
    }
}

/// A claim, as far as its relation to others goes.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) word: Word,
    /// Scopes that are equal after normalising have one number.
    pub(crate) scope: Option<usize>,
    pub(crate) sense: Option<Sense>,
    pub(crate) origin: usize,
    pub(crate) relays: Vec<usize>,
    pub(crate) as_of: Option<Period>,
    pub(crate) stated: Option<Moment>,
}

impl Reading {
    /// The same with a figure that is less exact.
    fn less_exact(&self) -> Self {
        let sense = match &self.sense {
            Some(Sense::Figure(figure)) => Some(Sense::Figure(figure.doubtful().clone())),
            sense => sense.clone(),
        };
        Self { sense, ..self.clone() }
    }
}

/// The terms of the predicate and the policy that the rules need.
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
    /// The doubts that make a clash only possible.
    pub(crate) doubts: Vec<Uncertainty>,
    /// The distance, and the magnitude that it is relative to, in fortieths.
    pub(crate) gap: Option<(i64, i64)>,
}

/// `disowned` says whether a claim that is not retracted disowns one of the two.
pub(crate) fn relate(one: &Reading, other: &Reading, dependence: Dependence, disowned: bool, terms: Terms) -> Verdict {
    let (timing, later) = timing(one, other, terms);
    let disowning = disowning(one, other);
    let (fit, gap) = match disowning {
        Some(side) => (Fit::Clashes(Clash::Disowned(side)), None),
        None => fit(one, other, timing, later, terms),
    };
    let voice = if one.origin == other.origin {
        Origins::Same { same_relays: one.relays == other.relays }
    } else {
        Origins::Two(dependence)
    };
    let said_later = said_later(one, other).filter(|_| !disowned && disowning.is_none());
    let one_time = terms.measure != Measure::Fixed && timing == Timing::Later;
    let kind = match (fit, voice) {
        (Fit::Silent(_), _) => RelationKind::Silent,
        (Fit::Incomparable(_), _) => RelationKind::Incomparable,
        (Fit::Clashes(_), Origins::Two(_)) => RelationKind::Disputes,
        (Fit::Clashes(Clash::Disowned(_)), _) => RelationKind::Misreports,
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
    let doubts = match fit {
        Fit::Clashes(clash) if disowning.is_none() => {
            let mut found = doubts([one, other], clash, timing, terms);
            let less_exact = [one, other].map(Reading::less_exact);
            if !matches!(self::fit(&less_exact[0], &less_exact[1], timing, later, terms).0, Fit::Clashes(_)) {
                found.push(Uncertainty::Widths);
            }
            found
        }
        _ => vec![],
    };
    let certain = match fit {
        Fit::Clashes(_) => doubts.is_empty(),
        _ => terms.measure == Measure::Fixed || matches!(timing, Timing::Same | Timing::Later),
    };
    Verdict {
        kind,
        fit,
        timing,
        voice,
        later,
        supersedes: said_later.filter(|_| kind == RelationKind::Revises),
        certain,
        doubts,
        gap,
    }
}

/// Which of the two says that its origin never said the other (the first row of R9).
fn disowning(one: &Reading, other: &Reading) -> Option<Side> {
    if one.origin != other.origin {
        None
    } else if disowns(one, other) {
        Some(Side::First)
    } else if disowns(other, one) {
        Some(Side::Second)
    } else {
        None
    }
}

/// Whether the first says that it never said the second, of two of one origin.
pub(crate) fn disowns(one: &Reading, other: &Reading) -> bool {
    let agrees = match (&one.sense, other.sense.as_ref()) {
        (None, _) => true,
        (Some(Sense::Figure(one)), Some(Sense::Figure(other))) => {
            let [a, b] = one.compared(other);
            one.has_unit_of(other) && a.shares_with(b)
        }
        (Some(Sense::Text(one)), Some(Sense::Text(other))) => one == other,
        (Some(Sense::Days { days: one, .. }), Some(Sense::Days { days: other, .. })) => one.shares_with(other),
        _ => false,
    };
    one.word == Word::Disowns
        && matches!(other.word, Word::Affirms | Word::Suggests)
        && !other.relays.is_empty()
        && agrees
        && said_later(one, other) != Some(Side::Second)
}

fn is_total(claim: &Reading, measure: Measure) -> bool {
    measure == Measure::Cumulative && claim.word == Word::Affirms && matches!(claim.sense, Some(Sense::Figure(_)))
}

/// Of which days a claim is (R10): for an affirmed running total without an "as of", those on which it was stated.
pub(crate) fn days(claim: &Reading, measure: Measure) -> Option<Set> {
    let stated = claim.stated.filter(|_| is_total(claim, measure)).map(Moment::days);
    claim.as_of.map(Period::days).or(stated)
}

/// The one day that a running total is about, if it is marked by no doubt.
fn plain_day(claim: &Reading, measure: Measure) -> Option<usize> {
    let marked = match (claim.as_of, claim.stated) {
        (Some(as_of), _) => as_of.is_qualified(),
        (None, Some(Moment::Period(stated))) => stated.is_qualified(),
        _ => false,
    };
    let days = days(claim, measure).filter(|_| is_total(claim, measure) && !marked)?;
    // The outermost points stand for many days.
    (days.first() == days.last() && days.first() != 0 && days.first() != LAST_POINT).then_some(days.first())
}

/// The second at which a running total was stated on the one day that it is about.
pub(crate) fn instant(claim: &Reading, measure: Measure) -> Option<i64> {
    let day = plain_day(claim, measure)?;
    let Some(stated @ Moment::Time { second, .. }) = claim.stated else { return None };
    (stated.days().first() == day).then_some(second)
}

fn timing(one: &Reading, other: &Reading, terms: Terms) -> (Timing, Option<Side>) {
    let (Some(a), Some(b)) = (days(one, terms.measure), days(other, terms.measure)) else {
        return (Timing::Unknown, None);
    };
    let later = |first: bool| (Timing::Later, Some(if first { Side::First } else { Side::Second }));
    let totals = is_total(one, terms.measure) && is_total(other, terms.measure);
    if a == b {
        return match (instant(one, terms.measure), instant(other, terms.measure)) {
            (Some(x), Some(y)) if x != y => later(x > y),
            _ => (Timing::Same, None),
        };
    }
    if totals && a.first() == b.first() && a.first() != 0 {
        return later(a.last() > b.last());
    }
    timing_of_days(&a, &b, terms.days_apart)
}

/// How two periods lie to each other by their days alone.
pub(crate) fn timing_of_days(one: &Set, other: &Set, days_apart: usize) -> (Timing, Option<Side>) {
    if one == other {
        return (Timing::Same, None);
    }
    if one.shares_with(other) {
        return (Timing::Overlapping, None);
    }
    match apart(one, other) {
        (days, _) if days <= days_apart => (Timing::Overlapping, None),
        (_, first) => (Timing::Later, Some(if first { Side::First } else { Side::Second })),
    }
}

/// The doubts that make the clash of two claims possible and not certain (R10), in the order of the variants.
fn doubts(claims: [&Reading; 2], clash: Clash, timing: Timing, terms: Terms) -> Vec<Uncertainty> {
    let measure = terms.measure;
    let fixed = measure == Measure::Fixed;
    let days = claims.map(|claim| days(claim, measure));
    let mut found = vec![];
    let looked_at = matches!(clash, Clash::PartAboveWhole(_) | Clash::TotalFell(_));
    match timing {
        _ if fixed => {}
        Timing::Unknown => found.push(Uncertainty::Times),
        Timing::Overlapping if !looked_at => found.push(Uncertainty::Times),
        Timing::Same => {
            let one_day = days[0].as_ref().is_some_and(|days| days.first() == days.last());
            let denied = claims.iter().any(|claim| matches!(claim.word, Word::Denies | Word::Doubts));
            if !one_day && !denied && measure != Measure::Flow {
                found.push(Uncertainty::SeveralDays);
            }
        }
        Timing::Overlapping | Timing::Later => {}
    }
    let sides = [(claims[0], claims[1], Side::First), (claims[1], claims[0], Side::Second)];
    let mut each = |make: fn(Side) -> Uncertainty, holds: &dyn Fn(&Reading, &Reading) -> bool| {
        found.extend(sides.iter().filter(|(own, other, _)| holds(own, other)).map(|(_, _, side)| make(*side)));
    };
    each(Uncertainty::QualifiedTime, &|own, _| !fixed && own.as_of.is_some_and(Period::is_qualified));
    each(Uncertainty::QualifiedValue, &|own, _| matches!(own.sense, Some(Sense::Days { qualified: true, .. })));
    each(Uncertainty::OneInstant, &|own, other| {
        let day = plain_day(own, measure);
        day.is_some()
            && day == plain_day(other, measure)
            && instant(own, measure).is_some()
            && instant(other, measure).is_none()
    });
    each(Uncertainty::StatedStandsIn, &|own, _| is_total(own, measure) && own.as_of.is_none() && own.stated.is_some());
    each(Uncertainty::OneScope, &|own, other| own.scope.is_some() && other.scope.is_none());
    each(Uncertainty::Forecast, &|own, _| is_forecast(own, measure));
    each(Uncertainty::Doubted, &|own, _| own.word == Word::Doubts);
    found
}

/// Whether a claim is about days more than one after that on which it was stated; of a flow its last day counts, where
/// it has one (R17).
pub(crate) fn is_forecast(claim: &Reading, measure: Measure) -> bool {
    let (Some(as_of), Some(stated)) = (claim.as_of, claim.stated) else { return false };
    let (as_of, stated) = (as_of.days(), stated.days());
    let day = if measure == Measure::Flow && as_of.last() != LAST_POINT { as_of.last() } else { as_of.first() };
    stated.last() != LAST_POINT && day > stated.last() + 1
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
    let uncommitted = |claim: &Reading| matches!(claim.word, Word::Suggests | Word::Nothing | Word::Disowns);
    let silence = match (uncommitted(one), uncommitted(other)) {
        (true, true) => Some(Silence::BothUncommitted),
        (true, false) => Some(Silence::Uncommitted(Side::First)),
        (false, true) => Some(Silence::Uncommitted(Side::Second)),
        (false, false) => None,
    };
    if let Some(silence) = silence {
        return (Fit::Silent(silence), None);
    }
    if one.scope.is_some() && other.scope.is_some() && one.scope != other.scope {
        return (Fit::Incomparable(Mismatch::Scopes), None);
    }
    let stances = [one, other].map(|claim| if claim.word == Word::Affirms { Stance::Affirms } else { Stance::Denies });
    match (one.sense.as_ref().unwrap(), other.sense.as_ref().unwrap()) {
        (Sense::Figure(one), Sense::Figure(other)) if !one.has_unit_of(other) => {
            (Fit::Incomparable(Mismatch::Units), None)
        }
        (Sense::Figure(a), Sense::Figure(b)) => match (terms.measure, timing) {
            (Measure::Cumulative, Timing::Later) => totals(stances, [a, b], later.unwrap()),
            (Measure::Cumulative, Timing::Overlapping) if stances == [Stance::Affirms; 2] => {
                let days = [days(one, terms.measure).unwrap(), days(other, terms.measure).unwrap()];
                grown(a.compared(b), &days)
            }
            (Measure::Flow, Timing::Overlapping) if stances != [Stance::Denies; 2] => {
                let days = [days(one, terms.measure).unwrap(), days(other, terms.measure).unwrap()];
                nested(stances, [a, b], &days)
            }
            (measure, _) => {
                let fit = over_time(sets(stances, a.compared(b)), timing, measure);
                (fit, distance(fit, stances, a.compared(b)))
            }
        },
        (Sense::Days { days: one, .. }, Sense::Days { days: other, .. }) => {
            (over_time(sets(stances, [one, other]), timing, terms.measure), None)
        }
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

/// The fit of two values that agree or clash when one is of a later time (R11). A running total comes here only
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
        Fit::Agrees(_) if stances == [Stance::Affirms; 2] => Fit::Agrees(Agreement::Risen(carried)),
        Fit::Clashes(Clash::NothingShared) => Fit::Clashes(Clash::TotalFell(carried)),
        Fit::Clashes(Clash::AllDenied(side)) => Fit::Clashes(Clash::CarriedAllDenied(side)),
        fit => fit,
    };
    (fit, distance(fit, stances, one.compared(&other)))
}

/// Two affirmed totals of times that overlap and begin on different days, or that the policy takes for such (R11).
fn grown([one, other]: [&Set; 2], days: &[Set; 2]) -> (Fit, Option<(i64, i64)>) {
    let stances = [Stance::Affirms; 2];
    if one.shares_with(other) {
        return (sets(stances, [one, other]), None);
    }
    let (greater, [more, less]) = if one.first() > other.first() {
        (Side::First, [&days[0], &days[1]])
    } else {
        (Side::Second, [&days[1], &days[0]])
    };
    if less.first() != 0 && more.last() <= less.first() {
        let fit = Fit::Clashes(Clash::TotalFell(greater));
        (fit, distance(fit, stances, [one, other]))
    } else {
        (Fit::Silent(Silence::MayHaveGrown(greater.other())), None)
    }
}

/// The fit of two flows whose periods share days and are not the same, or that the policy takes for such (R11).
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
