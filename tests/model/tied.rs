//! Constraints between topics (R19), by looking at each claim and adding ends up.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use testimony::Measure;

use super::day::{LAST_POINT, Shape};
use super::many::{Many, Position, Stand};
use super::number::{ONE, ends};
use super::rules::{Sense, days, instant, timing_of_days};
use super::set::Set;

type Topic = (usize, usize);

/// A constraint that is declared of the topics of a story.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Constraint {
    Sum { parts: [Topic; 2], whole: Topic },
    AtMost { part: Topic, whole: Topic },
    Ratio { part: Topic, whole: Topic, ratio: Topic },
    Change { flow: Topic, total: Topic },
}

/// The constraints that a story may declare.
pub(crate) const CONSTRAINTS: [Constraint; 4] = [
    Constraint::Sum { parts: [(1, 0), (3, 0)], whole: (0, 0) },
    Constraint::AtMost { part: (1, 0), whole: (0, 1) },
    Constraint::Ratio { part: (1, 0), whole: (0, 0), ratio: (0, 1) },
    Constraint::Change { flow: (0, 1), total: (0, 0) },
];

impl Constraint {
    /// The topics of the inputs, and that of the result.
    fn sides(self) -> (Vec<Topic>, Topic) {
        match self {
            Self::Sum { parts, whole } => (parts.to_vec(), whole),
            Self::AtMost { part, whole } => (vec![whole], part),
            Self::Ratio { part, whole, ratio } => (vec![part, whole], ratio),
            // At the end, and before the start.
            Self::Change { flow, total } => (vec![total, total], flow),
        }
    }
}

/// A fraction with a denominator above nought.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fraction(i128, i128);

impl Fraction {
    const ZERO: Self = Self(0, 1);

    fn compare(self, other: Self) -> Ordering {
        (self.0 * other.1).cmp(&(other.0 * self.1))
    }

    fn sign(self) -> Ordering {
        self.0.cmp(&0)
    }

    /// Whether a decimal is equal to so many parts of [`ONE`].
    fn is_decimal(self) -> bool {
        let mut rest = self.1 * i128::from(ONE);
        for factor in [2, 5] {
            while rest % factor == 0 {
                rest /= factor;
            }
        }
        self.0 % rest == 0
    }

    fn times(self, other: Self) -> Self {
        Self(self.0 * other.0, self.1 * other.1)
    }

    /// In parts of [`ONE`], where it is whole.
    pub(crate) fn parts(self) -> Option<i64> {
        (self.0 % self.1 == 0).then(|| i64::try_from(self.0 / self.1).expect("small numbers"))
    }
}

/// An end of a span: open or not.
type End = Option<(Fraction, bool)>;

/// The numbers between two ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) low: End,
    pub(crate) high: End,
    /// Whether they are whole.
    count: bool,
}

impl Span {
    fn of(set: &Set, count: bool) -> Self {
        let [low, high] = ends(set).map(|end| end.map(|(end, open)| (Fraction(end.into(), 1), open)));
        Self { low, high, count }
    }

    fn is_empty(self) -> bool {
        let (Some((low, low_open)), Some((high, high_open))) = (self.low, self.high) else { return false };
        match low.compare(high) {
            Ordering::Less => false,
            Ordering::Equal => low_open || high_open,
            Ordering::Greater => true,
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            low: higher(self.low, other.low),
            high: mirrored(higher(mirrored(self.high), mirrored(other.high))),
            ..self
        }
    }

    /// From the least of both to the greatest.
    fn hull(self, other: Self) -> Self {
        Self {
            low: lower(self.low, other.low),
            high: mirrored(lower(mirrored(self.high), mirrored(other.high))),
            count: self.count && other.count,
        }
    }

    fn plus(self, other: Self) -> Self {
        let end = |one: End, other: End| {
            let ((a, a_open), (b, b_open)) = (one?, other?);
            Some((Fraction(a.0 * b.1 + b.0 * a.1, a.1 * b.1), a_open || b_open))
        };
        Self { low: end(self.low, other.low), high: end(self.high, other.high), count: self.count && other.count }
    }

    fn negative(self) -> Self {
        Self { low: mirrored(self.high), high: mirrored(self.low), ..self }
    }

    /// All quotients of the two; none where the divisor may be nought.
    fn over(self, divisor: Self) -> Option<Self> {
        let zero = Self { low: Some((Fraction::ZERO, false)), high: Some((Fraction::ZERO, false)), count: false };
        if !divisor.and(zero).is_empty() {
            return None;
        }
        if divisor.low.is_none_or(|(low, _)| low.sign() == Ordering::Less) {
            return self.negative().over(divisor.negative());
        }
        // Of a positive divisor: one by it is between nought and no end.
        let inverse = |end: End| end.filter(|(end, _)| end.0 != 0).map(|(end, open)| (Fraction(end.1, end.0), open));
        let least = inverse(divisor.high).unwrap_or((Fraction::ZERO, true));
        let greatest = inverse(divisor.low);
        let low = |low: End| {
            let (low, open) = low?;
            match low.sign() {
                Ordering::Equal => Some((low, open)),
                Ordering::Greater => Some((low.times(least.0), open || least.1)),
                Ordering::Less => greatest.map(|(greatest, other)| (low.times(greatest), open || other)),
            }
        };
        Some(Self { low: low(self.low), high: mirrored(low(mirrored(self.high))), count: false })
    }

    /// The whole numbers of a span whose ends are in parts of one.
    fn whole(self) -> Self {
        let low = |end: End| {
            let one = i128::from(ONE);
            end.map(|(end, open)| {
                (Fraction((end.0.div_euclid(one) + i128::from(open || end.0 % one != 0)) * one, 1), false)
            })
        };
        Self { low: low(self.low), high: mirrored(low(mirrored(self.high))), ..self }
    }

    /// Numbers in parts of one.
    fn in_parts(self) -> Self {
        let parts = |end: End| end.map(|(end, open)| (end.times(Fraction(ONE.into(), 1)), open));
        Self { low: parts(self.low), high: parts(self.high), ..self }
    }

    fn is_never_negative(self) -> bool {
        self.low.is_some_and(|(low, _)| low.sign() != Ordering::Less)
    }

    /// Without what is below nought, where it counts what cannot be.
    fn floored(self, floor: bool) -> Self {
        if floor { Self { low: higher(self.low, Some((Fraction::ZERO, false))), ..self } } else { self }
    }
}

/// The same of a low end and of a high one.
fn mirrored(end: End) -> End {
    end.map(|(end, open)| (Fraction(-end.0, end.1), open))
}

/// The higher of two low ends.
fn higher(one: End, other: End) -> End {
    let (Some((a, a_open)), Some((b, b_open))) = (one, other) else { return one.or(other) };
    match a.compare(b) {
        Ordering::Greater => one,
        Ordering::Less => other,
        Ordering::Equal => Some((a, a_open || b_open)),
    }
}

/// The lower of two low ends.
fn lower(one: End, other: End) -> End {
    let ((a, a_open), (b, b_open)) = (one?, other?);
    match a.compare(b) {
        Ordering::Less => one,
        Ordering::Greater => other,
        Ordering::Equal => Some((a, a_open && b_open)),
    }
}

/// An affirmed figure that takes part.
#[derive(Clone, Debug)]
struct Row {
    claim: usize,
    origin: usize,
    days: Option<Set>,
    /// Of a running total of one day.
    instant: Option<i64>,
    scope: Option<usize>,
    unit: Option<String>,
    count: bool,
    /// As it was said, and narrowed to whole numbers where it is a count.
    said: Span,
    values: Span,
}

/// A violation of a constraint: claims that do not go together under it.
#[derive(Debug)]
pub(crate) struct Violation {
    pub(crate) across: bool,
    pub(crate) result: usize,
    /// All of it, by number.
    pub(crate) claims: Vec<usize>,
    pub(crate) certain: bool,
    pub(crate) by_default: bool,
    pub(crate) implied: Span,
}

/// When an input is asked for.
struct Time {
    days: Set,
    instant: Option<i64>,
    /// Whether both are running totals.
    totals: bool,
}

/// The values that some figures leave to another topic.
struct Input {
    claims: Vec<usize>,
    values: Span,
    certain: bool,
    unitless: bool,
}

/// The scope, the unit if one is settled, and whether all are counts.
type Known = (Option<usize>, Option<Option<String>>, bool);

impl Many<'_> {
    /// The affirmed figures on a topic that take part in a constraint.
    fn rows(&self, topic: Topic, by_last_day: bool) -> Vec<Row> {
        let row = |number: usize| {
            let reading = self.readings[number];
            let Some(Sense::Figure(figure)) = &reading.sense else { return None };
            let mut days = days(reading, self.measure(topic));
            if by_last_day {
                days = Some(last_day(&days?)?);
            }
            let wide = |whole| Span::of(figure.as_counts(whole), figure.is_count());
            Some(Row {
                claim: number,
                origin: reading.origin,
                days,
                instant: instant(reading, self.measure(topic)),
                scope: reading.scope,
                unit: figure.unit.clone(),
                count: figure.is_count(),
                said: wide(false),
                values: wide(figure.is_count()),
            })
        };
        self.affirmed(&self.standing_on(topic)).into_iter().filter_map(row).collect()
    }

    /// Everything that does not go with a constraint, by the number of the result.
    pub(crate) fn violations(&self, constraint: Constraint) -> Vec<Violation> {
        let (inputs, result) = constraint.sides();
        let used = |topic: &Topic| {
            let named =
                |claim: &&super::ledger::Claim| self.ledger.first_named(claim.topic) == self.ledger.first_named(*topic);
            self.answers.claims.iter().any(named)
        };
        let is_change = matches!(constraint, Constraint::Change { .. });
        let is_ratio = matches!(constraint, Constraint::Ratio { .. });
        if !inputs.iter().chain([&result]).all(used) {
            return vec![];
        }
        let mut found = vec![];
        for row in self.rows(result, false) {
            if is_change && row.days.as_ref().is_none_or(|days| days.first() == 0 || days.last() == LAST_POINT) {
                continue;
            }
            if is_ratio && row.unit.as_deref() != Some("ratio") {
                continue;
            }
            self.own_word(constraint, &inputs, result, &row, &mut found);
            found.extend(self.across(constraint, &inputs, result, &row));
        }
        found
    }

    /// The time for which an input is asked.
    fn time(&self, constraint: Constraint, place: usize, inputs: &[Topic], result: Topic, row: &Row) -> Option<Time> {
        let days = row.days.clone()?;
        if matches!(constraint, Constraint::Change { .. }) {
            let day = if place == 0 { days.last() } else { days.first() - 1 };
            return Some(Time { days: one_day(day), instant: None, totals: false });
        }
        let totals = [inputs[place], result].iter().all(|topic| self.measure(*topic) == Measure::Cumulative);
        Some(Time { days, instant: row.instant.filter(|_| totals), totals })
    }

    fn own_word(&self, constraint: Constraint, inputs: &[Topic], result: Topic, row: &Row, found: &mut Vec<Violation>) {
        let is_change = matches!(constraint, Constraint::Change { .. });
        let is_ratio = matches!(constraint, Constraint::Ratio { .. });
        let own: Vec<Vec<Row>> = inputs
            .iter()
            .map(|topic| self.rows(*topic, is_change).into_iter().filter(|it| it.origin == row.origin).collect())
            .collect();
        let all = || own.iter().flatten();
        // Each scope by itself, with what has none.
        let scopes: BTreeSet<Option<usize>> = match row.scope {
            Some(_) => [row.scope].into(),
            None => all().filter(|it| it.scope.is_some()).map(|it| it.scope).collect(),
        };
        let scopes = if scopes.is_empty() { [None].into() } else { scopes };
        // Each unit by itself, with the counts that have none.
        let units: BTreeSet<Option<String>> = if is_ratio {
            all().filter(|it| it.unit.is_some() || !it.count).map(|it| it.unit.clone()).collect()
        } else if row.unit.is_none() && row.count {
            // A figure that is no count goes with figures in its own unit alone.
            all().filter(|it| it.unit.is_some() == it.count).map(|it| it.unit.clone()).collect()
        } else {
            [row.unit.clone()].into()
        };
        let units = if units.is_empty() { [None].into() } else { units };
        let mut seen: Vec<Vec<Vec<usize>>> = vec![];
        for scope in &scopes {
            for unit in &units {
                let goes_with = |it: &&Row| {
                    let of_scope = it.scope.is_none() || it.scope == *scope;
                    // A count without a unit goes with the counts of each.
                    let of_unit = match (&it.unit, unit) {
                        (Some(own), Some(unit)) => own == unit && (is_ratio || row.unit.is_some() || it.count),
                        (None, None) => is_ratio || row.count == it.count || it.count || row.unit.is_none(),
                        (None, Some(_)) => it.count && (is_ratio || row.count),
                        (Some(_), None) => false,
                    };
                    of_scope && of_unit
                };
                let mut taken = vec![];
                for (place, topic) in inputs.iter().enumerate() {
                    let rows: Vec<&Row> = own[place].iter().filter(goes_with).collect();
                    let time = self.time(constraint, place, inputs, result, row);
                    taken.push(self.input(&rows, time.as_ref(), self.measure(*topic)));
                }
                let Some(taken) = taken.into_iter().collect::<Option<Vec<Input>>>() else { continue };
                let mixed = taken.iter().any(|it| it.unitless) && unit.is_some();
                if mixed && !taken.iter().all(|it| it.values.count) {
                    continue;
                }
                let Some(implied) = broken(constraint, taken.iter().map(|it| it.values), row) else { continue };
                let claims: Vec<Vec<usize>> = taken.iter().map(|it| it.claims.clone()).collect();
                if seen.contains(&claims) {
                    continue;
                }
                seen.push(claims.clone());
                let certain = taken.iter().all(|it| it.certain);
                found.push(Violation {
                    across: false,
                    result: row.claim,
                    claims: together(claims, row),
                    certain,
                    by_default: false,
                    implied,
                });
            }
        }
    }

    /// The values that figures of one origin on a topic allow at a time.
    fn input(&self, rows: &[&Row], time: Option<&Time>, measure: Measure) -> Option<Input> {
        let gathered = |rows: &[&Row]| Input {
            claims: rows.iter().map(|row| row.claim).collect(),
            values: rows.iter().map(|row| row.values).reduce(Span::hull).expect("there are some"),
            certain: true,
            unitless: rows.iter().any(|row| row.unit.is_none()),
        };
        let Some(time) = time else {
            return (!rows.is_empty() && measure != Measure::Flow).then(|| gathered(rows));
        };
        if measure == Measure::Flow {
            let same: Vec<&Row> = rows.iter().copied().filter(|row| row.days.as_ref() == Some(&time.days)).collect();
            return (!same.is_empty()).then(|| gathered(&same));
        }
        // Less where it is of an earlier time, greater of a later.
        let order = |row: &Row| {
            let Some(days) = &row.days else { return Ordering::Equal };
            if *days == time.days {
                return match (row.instant, time.instant) {
                    (Some(own), Some(asked)) => own.cmp(&asked),
                    _ => Ordering::Equal,
                };
            }
            if time.totals && days.first() == time.days.first() && days.first() != 0 {
                return days.last().cmp(&time.days.last());
            }
            match timing_of_days(days, &time.days, self.ledger.days_apart).1 {
                None => Ordering::Equal,
                Some(testimony::Side::First) => Ordering::Greater,
                Some(testimony::Side::Second) => Ordering::Less,
            }
        };
        let of = |wanted: Ordering| -> Vec<&Row> { rows.iter().copied().filter(|row| order(row) == wanted).collect() };
        let now = of(Ordering::Equal);
        if !now.is_empty() {
            return Some(gathered(&now));
        }
        if measure == Measure::Fixed {
            return (!rows.is_empty()).then(|| gathered(rows));
        }
        let when_last = |row: &&Row| (row.days.as_ref().map(Set::last), row.instant.filter(|_| time.totals));
        // A period that begins with the one asked for counts as of its last day.
        let when_first = |row: &&Row| {
            let begins_so = |days: &Set| days.first() == time.days.first() && time.totals;
            let day = row.days.as_ref().map(|days| if begins_so(days) { days.last() } else { days.first() });
            (day, row.instant.filter(|_| time.totals))
        };
        let (earlier, later) = (of(Ordering::Less), of(Ordering::Greater));
        let latest = earlier.iter().map(when_last).max();
        let latest: Vec<&Row> = earlier.into_iter().filter(|row| Some(when_last(row)) == latest).collect();
        let earliest = later.iter().map(when_first).min();
        let earliest: Vec<&Row> = later.into_iter().filter(|row| Some(when_first(row)) == earliest).collect();
        let [before, after] = [&latest, &earliest].map(|rows| (!rows.is_empty()).then(|| gathered(rows)));
        if measure == Measure::Stock {
            return before.map(|before| Input { certain: false, ..before });
        }
        let everything = Span { low: None, high: None, count: true };
        let mut values = everything;
        for input in before.iter().chain(&after) {
            values.count &= input.values.count;
        }
        if let Some(before) = &before {
            values.low = before.values.low;
        }
        if let Some(after) = &after {
            let floor = after.values.count && after.values.is_never_negative();
            values = Span { high: after.values.high, ..values }.floored(floor);
        }
        let both = [before, after].into_iter().flatten().reduce(|one, other| Input {
            claims: one.claims.iter().chain(&other.claims).copied().collect(),
            unitless: one.unitless || other.unitless,
            ..one
        })?;
        (!values.is_empty()).then_some(Input { values, ..both })
    }

    fn across(&self, constraint: Constraint, inputs: &[Topic], result: Topic, row: &Row) -> Option<Violation> {
        let is_change = matches!(constraint, Constraint::Change { .. });
        let is_ratio = matches!(constraint, Constraint::Ratio { .. });
        let mut by_default = false;
        let mut all: Vec<Vec<Position>> = vec![];
        for (place, topic) in inputs.iter().enumerate() {
            let measure = self.measure(*topic);
            let time = self.time(constraint, place, inputs, result, row);
            let found = match time {
                None if measure == Measure::Flow => return None,
                Some(time) if measure == Measure::Flow => {
                    let mut view = self.standing_on(*topic);
                    view.retain(|number| days(self.readings[*number], measure).as_ref() == Some(&time.days));
                    self.positions_of(*topic, &view)
                }
                Some(time) if is_change => {
                    let mut view = self.standing_on(*topic);
                    view.retain(|number| {
                        let last = days(self.readings[*number], measure).and_then(|days| last_day(&days));
                        last.is_some_and(|day| timing_of_days(&day, &time.days, self.ledger.days_apart).1.is_none())
                    });
                    self.positions_of(*topic, &view)
                }
                Some(time) if measure != Measure::Fixed => {
                    let mut view = self.standing_on(*topic);
                    view.retain(|number| {
                        let Some(own) = days(self.readings[*number], measure) else { return true };
                        let one_start = time.totals && own.first() == time.days.first() && own.first() != 0;
                        own == time.days
                            || !one_start && timing_of_days(&own, &time.days, self.ledger.days_apart).1.is_none()
                    });
                    self.positions_of(*topic, &view)
                }
                _ => {
                    by_default = true;
                    self.positions(*topic)
                }
            };
            let mut figures = found.held;
            figures.retain(|position| matches!(position.stand, Stand::Figures(_)));
            figures.sort_by_key(|it| (std::cmp::Reverse(it.voices), it.values.as_ref().map(Set::first), it.claims[0]));
            all.push(figures);
        }
        // The first on each that goes with the result and with those before it.
        let is_count = |position: &Position| {
            position.claims.iter().all(|number| match &self.readings[*number].sense {
                Some(Sense::Figure(figure)) => figure.is_count(),
                _ => false,
            })
        };
        let unit = |position: &Position| match &position.stand {
            Stand::Figures(unit) => unit.clone(),
            _ => None,
        };
        let goes = |known: &Known, position: &Position| -> Option<Known> {
            let (scope, settled, counts) = known;
            let of_scope = scope.is_none() || position.scope.is_none() || *scope == position.scope;
            let both_counts = is_count(position) && (*counts || settled.is_none());
            let own = unit(position);
            let of_unit = match settled {
                None => true,
                Some(settled) => *settled == own || both_counts && (settled.is_none() || own.is_none()),
            };
            let settled = settled.clone().flatten().or(own);
            (of_scope && of_unit).then(|| (scope.or(position.scope), Some(settled), both_counts))
        };
        let mut known: Known = (row.scope, (!is_ratio).then(|| row.unit.clone()), row.count);
        let mut chosen: Vec<&Position> = vec![];
        for (place, positions) in all.iter().enumerate() {
            let fits = |position: &&Position| {
                let Some(known) = goes(&known, position) else { return false };
                // One unit for part and whole.
                !(is_ratio && place == 0) || all[1].iter().any(|whole| goes(&known, whole).is_some())
            };
            let first = positions.iter().find(fits)?;
            known = goes(&known, first)?;
            chosen.push(first);
        }
        let origins: BTreeSet<usize> =
            chosen.iter().flat_map(|it| &it.claims).map(|number| self.readings[*number].origin).collect();
        if origins == [row.origin].into() {
            return None;
        }
        let spans = chosen.iter().map(|it| {
            let span = Span::of(it.values.as_ref().expect("figures have values"), is_count(it));
            // A position of counts among other figures was laid out as of reals.
            if is_count(it) { span.whole() } else { span }
        });
        let implied = broken(constraint, spans, row)?;
        let claims = together(chosen.iter().map(|it| it.claims.clone()).collect(), row);
        Some(Violation { across: true, result: row.claim, claims, certain: true, by_default, implied })
    }
}

fn together(claims: Vec<Vec<usize>>, row: &Row) -> Vec<usize> {
    let all: BTreeSet<usize> = claims.into_iter().flatten().chain([row.claim]).collect();
    all.into_iter().collect()
}

/// The values that the inputs leave to a result, if it has none of them.
fn broken(constraint: Constraint, inputs: impl Iterator<Item = Span>, row: &Row) -> Option<Span> {
    let inputs: Vec<Span> = inputs.collect();
    // Where an earlier and a later total leave nothing to one between them, nothing is known.
    if inputs.iter().any(|input| input.is_empty()) {
        return None;
    }
    let mut inputs = inputs.into_iter();
    let first = inputs.next()?;
    let floor = row.count && row.values.is_never_negative();
    let implied = match constraint {
        Constraint::Sum { .. } => inputs.fold(first, Span::plus),
        Constraint::AtMost { .. } => Span { low: None, ..first }.floored(floor),
        Constraint::Ratio { .. } => first.over(inputs.next()?)?.in_parts(),
        Constraint::Change { .. } => first.plus(inputs.next()?.negative()),
    };
    let stated = if implied.count && row.count { row.values } else { row.said };
    // An end of a quotient that is no decimal goes outward, and so reaches what begins there (R8).
    let is_reached = |end: End, other: End| {
        let touching = end.zip(other).filter(|((end, _), (other, _))| end.compare(*other) == Ordering::Equal);
        matches!(constraint, Constraint::Ratio { .. }) && touching.is_some_and(|((end, _), _)| !end.is_decimal())
    };
    let reached = is_reached(implied.high, stated.low) || is_reached(implied.low, stated.high);
    (implied.and(stated).is_empty() && !reached).then_some(implied)
}

fn one_day(point: usize) -> Set {
    let day = i64::try_from(point).expect("few days") - 1;
    super::day::Period { shape: Shape::Day(day), mark: "" }.days()
}

fn last_day(days: &Set) -> Option<Set> {
    (days.last() != LAST_POINT).then(|| one_day(days.last()))
}

/// Whether an end is the one that the library has, as far as it is a decimal in print.
pub(crate) fn is_end(own: End, other: Option<testimony::Bound>) -> bool {
    match own {
        None => other.is_none(),
        Some((end, open)) => match end.parts().filter(|parts| parts % (ONE / 1000) == 0) {
            Some(parts) => super::laid_out::is_end(Some((parts, open)), other),
            None => other.is_some(),
        },
    }
}
