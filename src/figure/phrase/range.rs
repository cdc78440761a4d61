//! Ranges: two ends with what they share, and hedges on both sides.

use super::amount::Amount;
use super::context::is_year;
use super::count::{Form, Outcome, Reader};
use super::found::Role;
use super::hedged::{Read, hedged, is_unheld};
use super::quantity::{Quantity, Unit};
use super::token::Case;
use crate::error::{Error, ErrorKind};
use crate::figure::{Figure, Hedge};
use crate::language::table::Leads;
use crate::language::{After, Before, lexicon};
use crate::number::{Bound, Number};

/// The two ends of a range, those of a fraction without a decimal put outward.
#[derive(Clone, Copy, Debug)]
struct Ends {
    low: Number,
    high: Number,
}

impl Reader<'_> {
    pub(super) fn same_unit(&self, a: Unit, b: Unit) -> bool {
        let text = |from, to| self.text.get(from..to).unwrap_or_default();
        match (a, b) {
            (Unit::Measure(a, b) | Unit::Noun(a, b), Unit::Measure(c, d) | Unit::Noun(c, d)) => {
                text(a, b).eq_ignore_ascii_case(text(c, d))
                    || text(a, b).trim_end_matches('s').eq_ignore_ascii_case(text(c, d).trim_end_matches('s'))
            }
            _ => a == b,
        }
    }

    /// The two ends of a range share a unit and a multiplier that only one of them has.
    fn shared(&self, low: &mut Quantity, high: &mut Quantity) -> Option<Unit> {
        let unit = match (low.unit, high.unit) {
            (Unit::Absent, unit) => unit,
            (unit, Unit::Absent) if !unit.is_noun() => unit,
            (_, unit) if low.is_fraction() => unit,
            (unit, Unit::Noun(..)) if matches!(unit, Unit::Currency(_)) => unit,
            (a, b) if self.same_unit(a, b) => b,
            _ => return None,
        };
        // "three to four hundred thousand" is 300 thousand to 400 thousand.
        let words = low.count.form == Form::Words && high.count.form == Form::Words && low.count.scale.is_none();
        if let (true, Ok(value), Some(mantissa)) = (words, low.count.value.clone(), high.count.mantissa)
            && value.is_below(Amount::decimal(10, 0))
            && value.shifted(2).is_below(mantissa)
            && mantissa.shifted(-2).is_whole()
        {
            low.count.value = Ok(value.shifted(2));
        }
        // "10 to 12 thousand" is 10 thousand to 12 thousand; "500 to 1 million" is not.
        if let (None, Some((factor, power)), Some(mantissa)) = (low.count.scale, high.count.scale, high.count.mantissa)
            && let Ok(value) = low.count.value.clone()
            && (value.is_below(mantissa) || mantissa.times(10).is_some_and(|ten| value.is_below(ten)))
        {
            low.count.value = value.times(factor).map(|value| value.shifted(power)).ok_or(ErrorKind::OutOfRange);
            low.count.scale = Some((factor, power));
            low.count.last = low.count.last.filter(|_| factor == 1).map(|last| last + power);
        }
        if unit == Unit::Ratio {
            let percent = low.is_percent() || high.is_percent();
            // "a quarter to 30 per cent", but "half to one per cent".
            let values = low.count.value.clone().ok().zip(high.count.value.clone().ok());
            let proportion =
                low.count.parts && values.is_some_and(|(a, b)| !low.is_percent() && a.shifted(2).is_below(b));
            for (end, whole) in [(low, proportion), (high, false)] {
                let parts = end.count.parts && (whole || !percent);
                end.unit = Unit::Ratio;
                end.count.parts = parts;
            }
        }
        Some(unit)
    }

    /// Two numbers with "to" or a dash between them, or "between" and "and" around them; `i` is where their hedge
    /// begins, and `j` where the first number does.
    pub(super) fn range(
        &self,
        i: usize,
        j: usize,
        (hedge, about): (Option<Before>, bool),
        first: &Quantity,
    ) -> Option<Outcome<Read>> {
        let (link, dashed) = self.link(first, hedge)?;
        let told = hedge != Some(Before::Between) && self.meaning(link - 1).leads == Some(Leads::To);
        let start = if matches!(hedge, None | Some(Before::From)) { j } else { i };
        let parted = told && self.parts_in_change(start, first);
        let (inner, k) = self.hedges(link);
        if inner.is_some_and(|inner| !matches!(inner, Before::About | Before::Exactly)) && !parted {
            return None;
        }
        let of_range = Self { money: self.money || matches!(first.unit, Unit::Currency(_)), ..*self };
        let Outcome::Found(mut second) = of_range.quantity(k) else { return None };
        // Bare parts and years are no ends; a day and a month are a date, to which there may be three months.
        if self.is_date(k, &second) || self.is_clock(&second) {
            if matches!(first.unit, Unit::Measure(..)) {
                return None;
            }
            return Some(Outcome::Pass(second.next.max(second.count.next)));
        }
        let mut low = first.clone();
        let unit = self.shared(&mut low, &mut second);
        if parted {
            return self.before_change((start, j), hedge, first, (low, unit), &second);
        }
        let tight = dashed && !self.spaced(first.next) && !self.spaced(link);
        if let Some(next) = self.past_no_range((j, &low), (k, &second), unit, (hedge, dashed, tight)) {
            return Some(Outcome::Pass(next));
        }
        let unit = unit?;
        let about = about || inner == Some(Before::About) || hedge == Some(Before::About);
        second.unit = if unit == Unit::Ratio { Unit::Ratio } else { second.unit };
        let ends = match low.numbers().and_then(|low| Ok((low, second.numbers()?))) {
            Ok((low, high)) if low.0 <= high.1 => Ends { low: low.0, high: high.1 },
            Ok((high, low)) => {
                // "9–7 lakh": the ends come in either order; but "$17 million to five workers" has none.
                let shared_scale = first.count.scale.is_none() && second.count.scale.is_some();
                let either = shared_scale || matches!(hedge, Some(Before::Between | Before::From));
                let counted = unit != Unit::Absent && first.unit == Unit::Absent && first.count.scale.is_none();
                if !(either || (tight && counted)) {
                    return None;
                }
                Ends { low: low.0, high: high.1 }
            }
            Err(error) => return Some(Outcome::Found(self.read(i, second.next, Err(error), unit, false))),
        };
        let before = if about { Some(Before::About) } else { hedge };
        let start = if hedge.is_some() { i } else { j };
        Some(Outcome::Found(self.with_hedge_behind(start, before, ends, unit, &second)))
    }

    /// Where the second end of a range begins, if there is one, and whether a dash stands before it.
    fn link(&self, first: &Quantity, hedge: Option<Before>) -> Option<(usize, bool)> {
        if hedge == Some(Before::Between) && self.is(first.next, lexicon::AND) {
            return Some((first.next + 1, false));
        }
        let ((), length) = self.lexicon.ranges.find(self.from(first.next))?;
        let link = first.next + length;
        // "18- to 24-year-olds" has a hyphen, and is no dash.
        let Some(sign) = self.sign(first.next).filter(|_| length == 1) else { return Some((link, false)) };
        if self.spaced(first.next) != self.spaced(link) && self.spaced(link) {
            return None;
        }
        Some((link, matches!(sign, '-' | '‐' | '‑' | '−' | '–' | '—')))
    }

    /// Past two numbers that are no range: names, telephone numbers, years, scores and votes.
    fn past_no_range(
        &self,
        (j, low): (usize, &Quantity),
        (k, high): (usize, &Quantity),
        unit: Option<Unit>,
        (hedge, dashed, tight): (Option<Before>, bool, bool),
    ) -> Option<usize> {
        let hedged = hedge.is_some_and(|hedge| hedge != Before::From);
        // "7-Eleven", "three-nought-four"
        let falling = matches!((&low.count.value, &high.count.value), (Ok(a), Ok(b)) if b.is_below(*a));
        let in_words = self.numeral(j).is_none() || self.numeral(k).is_none();
        if tight && in_words && (falling || self.case(k) == Some(Case::Title)) && high.count.scale.is_none() {
            return Some(high.next);
        }
        if tight && self.chained(high.count.next) {
            return Some(self.past_chain(high.count.next));
        }
        if !hedged && self.is_labelled(j) {
            return Some(high.next);
        }
        let (a, b) = self.bare_digits(low, j).zip(self.bare_digits(high, k))?;
        if !dashed && !matches!(hedge, None | Some(Before::From | Before::Between)) {
            return None;
        }
        let counted = matches!(unit, Some(unit) if unit != Unit::Absent);
        let years = is_year(a) && (is_year(b) || (tight && b < 100)) && !counted;
        // "rejected, 135 to 105": the votes for and against.
        let votes = a > b && hedge.is_none() && unit == Some(Unit::Absent) && !self.whole;
        let score = (a > b && !counted) || (!self.whole && (a == b || (!counted && self.is_score(j, k, a, b))));
        (years || votes || (tight && !hedged && score)).then_some(high.next)
    }

    /// A range with the hedge behind it, if there is one: "20 to 30 or more men".
    fn with_hedge_behind(&self, start: usize, before: Option<Before>, ends: Ends, unit: Unit, high: &Quantity) -> Read {
        let (after, next) = match self.after(high.next) {
            Some((after, next)) => (Some(after), next),
            None => (None, high.next),
        };
        let unit = match (unit, after) {
            (Unit::Absent, Some(_)) => self.noun(&high.count, next).0,
            _ => unit,
        };
        let next = if let Unit::Noun(_, end) = unit {
            (next..self.tokens.len()).take(NOUN_REACH).find(|k| self.tokens[*k].end == end).map_or(next, |k| k + 1)
        } else {
            next
        };
        self.read(start, next, hedged_range(before, after, ends), unit, after.is_some())
    }

    /// The number in front of "to" where that is no range but a change: the number before it, with the unit and the
    /// multiplier that it shares with the number after it, or the amount of the change.
    fn before_change(
        &self,
        (start, j): (usize, usize),
        hedge: Option<Before>,
        first: &Quantity,
        (mut low, unit): (Quantity, Option<Unit>),
        second: &Quantity,
    ) -> Option<Outcome<Read>> {
        // "rose 3 to 5 per cent" is a range, "rose 3 to 43 per cent" is none.
        let values = first.count.value.clone().ok().zip(second.count.value.clone().ok());
        let close = values.is_some_and(|(a, b)| a.is_below(b) && a.times(4).is_some_and(|four| !four.is_below(b)));
        let share = matches!(second.unit, Unit::Ratio | Unit::Points) && first.unit == Unit::Absent;
        if self.role(start, first) == Some(Role::Change) {
            return (share && close).then(|| self.plain_range(start, first, second)).flatten();
        }
        let years = self.bare_digits(first, j).is_some_and(is_year)
            && self.bare_digits(second, second.count.next - 1).is_some_and(is_year);
        if years && !matches!(unit, Some(unit) if unit != Unit::Absent) {
            return Some(Outcome::Pass(second.next));
        }
        low.unit = unit.unwrap_or(first.unit);
        let figure = hedged(hedge.filter(|hedge| *hedge != Before::From), None, &low);
        Some(Outcome::Found(self.read(start, first.next, figure, low.unit, false)))
    }

    /// Two numbers that share a unit as a range with no hedge.
    fn plain_range(&self, start: usize, first: &Quantity, second: &Quantity) -> Option<Outcome<Read>> {
        let (mut low, mut high) = (first.clone(), second.clone());
        let unit = self.shared(&mut low, &mut high)?;
        (low.unit, high.unit) = (unit, unit);
        let ends = low.numbers().and_then(|low| Ok(Ends { low: low.0, high: high.numbers()?.1 }));
        let figure = ends.and_then(|ends| hedged_range(None, None, ends));
        Some(Outcome::Found(self.read(start, second.next, figure, unit, false)))
    }

    /// A second hedge on the other side, joined to the first: "at least 20 and at most 100".
    pub(super) fn both_hedges(&self, first: &Read) -> Option<Read> {
        if first.closed {
            return None;
        }
        let ((), length) = self.lexicon.joins.find(self.from(first.next))?;
        let i = first.next + length;
        let (before, j) = self.hedges(i);
        // "not fewer than 3 nor more than 9" denies both.
        let neither = self.is(i - 1, lexicon::NEITHER);
        let denied = neither && self.is(first.start, lexicon::NEGATION);
        if neither && !denied {
            return None;
        }
        let before = match before? {
            Before::MoreThan if denied => Before::AtMost,
            Before::LessThan if denied => Before::AtLeast,
            before => before,
        };
        let Outcome::Found(quantity) = self.quantity(j) else { return None };
        let second = self.single(i, Some(before), &quantity);
        let (a, b) = (first.figure.as_ref().ok()?, second.figure.as_ref().ok()?);
        let (low, high) = together(a.hedge(), b.hedge())?;
        let unit = match (first.unit, second.unit) {
            (Unit::Absent, unit) | (unit, Unit::Absent) => unit,
            (a, b) if self.same_unit(a, b) => a,
            _ => return None,
        };
        let percent = unit == Unit::Ratio;
        let scaled = |bound: Bound, own: Unit| {
            let value = if percent && own != Unit::Ratio {
                bound.value().checked_mul(Number::from_parts(1, -2).ok()?)?
            } else {
                bound.value()
            };
            Some(if bound.is_open() { Bound::open(value) } else { Bound::closed(value) })
        };
        let lower_first = matches!(a.hedge(), Hedge::MoreThan(_) | Hedge::AtLeast(_));
        let (low_unit, high_unit) = if lower_first { (first.unit, second.unit) } else { (second.unit, first.unit) };
        let figure = Figure::within(scaled(low, low_unit)?, scaled(high, high_unit)?).ok()?;
        if low.value() == high.value() && (low.is_open() || high.is_open()) && !self.whole {
            return None;
        }
        Some(self.read(first.start, second.next, Ok(figure), unit, true))
    }
}

/// A noun behind a range and its hedge is at most so many tokens away.
const NOUN_REACH: usize = 12;

/// A lower and an upper hedge, in either order, as two ends.
fn together(a: &Hedge, b: &Hedge) -> Option<(Bound, Bound)> {
    let low = |hedge: &Hedge| match *hedge {
        Hedge::MoreThan(n) => n.to_number().map(Bound::open),
        Hedge::AtLeast(n) => n.to_number().map(Bound::closed),
        _ => None,
    };
    let high = |hedge: &Hedge| match *hedge {
        Hedge::LessThan(n) => n.to_number().map(Bound::open),
        Hedge::AtMost(n) => n.to_number().map(Bound::closed),
        _ => None,
    };
    low(a).zip(high(b)).or_else(|| low(b).zip(high(a)))
}

/// The figure of a range, from the hedges before and after it.
fn hedged_range(before: Option<Before>, after: Option<After>, Ends { low, high }: Ends) -> Result<Figure, Error> {
    if is_unheld(before, after) {
        return Err(Error::new(ErrorKind::UnknownHedge));
    }
    Figure::new(match (before, after) {
        (Some(Before::MoreThan), Some(After::OrEqual)) | (Some(Before::AtLeast), _) => Hedge::AtLeast(low.into()),
        (Some(Before::LessThan), Some(After::OrEqual)) | (Some(Before::AtMost), _) => Hedge::AtMost(high.into()),
        (Some(Before::MoreThan), _) => Hedge::MoreThan(low.into()),
        (Some(Before::LessThan), _) => Hedge::LessThan(high.into()),
        (_, Some(After::AtLeast)) => Hedge::AtLeast(low.into()),
        (_, Some(After::AtMost)) => Hedge::AtMost(high.into()),
        (Some(Before::About | Before::Nearly | Before::JustOver), _) | (_, Some(After::About | After::JustOver)) => {
            Hedge::AboutBetween(low, high)
        }
        _ => Hedge::Between(low, high),
    })
}
