//! A figure where it stands: the hedges before and after a number, ranges, and vague magnitudes.

use super::amount::Amount;
use super::context::is_year;
use super::count::{Count, Form, Outcome, Reader};
use super::quantity::{Quantity, Unit};
use super::token::{Case, TokenKind};
use crate::error::{Error, ErrorKind};
use crate::figure::{Figure, Hedge, RATIO};
use crate::language::{After, Before, lexicon};
use crate::number::{Bound, Number};

/// Percentage points, which are no proportion: their difference.
const POINTS: &str = "percentage points";

/// A figure as it was read: the tokens it takes, and what it is or why it cannot be held.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub(super) start: usize,
    pub(super) next: usize,
    pub(super) figure: Result<Figure, Error>,
    pub(super) unit: Unit,
    /// A hedge stands behind it.
    pub(super) closed: bool,
}

impl Read {
    fn is_at_least_or_most(&self) -> bool {
        matches!(
            self.figure.as_ref().map(Figure::hedge),
            Ok(Hedge::AtLeast(_) | Hedge::AtMost(_) | Hedge::MoreThan(_) | Hedge::LessThan(_))
        )
    }
}

/// The two ends of what was said, as numbers or as what encloses them.
#[derive(Clone, Copy, Debug)]
struct Ends {
    low: (Number, Number),
    high: Option<(Number, Number)>,
}

impl Quantity {
    /// The number, or the decimals around it.
    fn numbers(&self) -> Result<(Number, Number), Error> {
        let value = self.count.value.clone().and_then(|value| match self.unit {
            Unit::Ratio if !self.count.parts || self.is_percent() => value.shifted(-2).enclosed(),
            _ => value.enclosed(),
        });
        value.map_err(Error::new)
    }
}

impl Reader<'_> {
    pub(super) fn starts(&self, i: usize) -> bool {
        match &self.tokens[i].kind {
            TokenKind::Numeral(_) | TokenKind::Fraction(..) => true,
            TokenKind::Opaque => false,
            TokenKind::Word(_) | TokenKind::Sign(_) => {
                self.is(i, lexicon::STARTS) || self.tokens[i].word == 0 && self.maybe_money(i)
            }
        }
    }

    fn maybe_money(&self, i: usize) -> bool {
        self.case(i) == Some(Case::Upper) && self.said(i).len() == 4
    }

    /// The figure that begins here.
    pub(super) fn figure(&self, i: usize) -> Outcome<Read> {
        let (hedge, j) = self.hedges(i);
        // "between about 10 and 12": the inner hedge widens both ends, as one in front of them would.
        let ends = matches!(hedge, Some(Before::Between | Before::From));
        let inner = if ends { self.hedges(j) } else { (None, j) };
        let inner_start = j;
        let (about, j) = if inner.0 == Some(Before::About) { (true, inner.1) } else { (false, j) };
        if let Some(found) = self.width(i) {
            return Outcome::Found(found);
        }
        if let Some(vague) = self.vague(j) {
            return Outcome::Found(vague);
        }
        if hedge.is_none()
            && let Some(found) = self.nought(i).or_else(|| self.two(i))
        {
            return Outcome::Found(found);
        }
        let first = match self.quantity(j) {
            Outcome::Found(first) => first,
            Outcome::Pass(next) => return Outcome::Pass(next),
            Outcome::Nothing => {
                let firm = hedge.is_some_and(|hedge| !matches!(hedge, Before::Between | Before::From));
                let Some(one) = self.one_unit(j, firm) else { return Outcome::Nothing };
                return Outcome::Found(self.single(i, hedge, &one));
            }
        };
        if let Some(next) = self.no_figure(j, j > i, &first) {
            return Outcome::Pass(next);
        }
        if self.is_span(i, j, &first) {
            return Outcome::Nothing;
        }
        if let Some(outcome) = self.range(i, j, (hedge, about), &first) {
            return outcome;
        }
        if let Some(next) = self.not_counted(i, j, hedge, &first) {
            return Outcome::Pass(next);
        }
        let (hedge, start) = match hedge {
            None | Some(Before::Between | Before::From) if about => (Some(Before::About), i.max(inner_start)),
            None | Some(Before::Between | Before::From) => (None, j),
            hedge => (hedge, i),
        };
        let mut found = self.single(start, hedge, &first);
        if found.is_at_least_or_most()
            && let Some(both) = self.both_hedges(&found)
        {
            found = both;
        }
        Outcome::Found(found)
    }

    /// Whether "over" only says what the figure before it is spread over: "$5bn over five years".
    fn is_span(&self, i: usize, j: usize, quantity: &Quantity) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        let before = if self.is_sign(before, &[')']) { before.saturating_sub(1) } else { before };
        // "a man over 60 years old" is older than that.
        let spans = match quantity.unit {
            Unit::Measure(..) => {
                let unit = quantity.next - 1;
                self.is(unit, lexicon::DURATION) && !(self.said(unit + 1) == "of" && self.said(unit + 2) == "age")
            }
            unit => unit.is_noun(),
        };
        self.tokens[before].end == self.last && j == i + 1 && self.said(i) == "over" && spans
    }

    /// The hedges in front of a number, as one, and where the number is.
    fn hedges(&self, i: usize) -> (Option<Before>, usize) {
        let (mut hedge, mut j) = (None, i);
        for _ in 0..3 {
            let Some((before, length)) = self.lexicon.before.find(self.from(j)) else { break };
            let weak = |hedge| matches!(hedge, Before::About | Before::Exactly);
            hedge = match hedge {
                None => Some(before),
                Some(outer) if weak(outer) => Some(before),
                Some(outer) if weak(before) && !matches!(outer, Before::Between | Before::From) => Some(outer),
                Some(outer) => return (Some(outer), j),
            };
            j += length;
            if let Some(((), length)) = self.lexicon.fillers.find(self.from(j)) {
                j += length;
            }
        }
        (hedge, j)
    }

    /// One number with at most one hedge on either side.
    fn single(&self, start: usize, before: Option<Before>, first: &Quantity) -> Read {
        let mut next = first.next;
        let mut unit = first.unit;
        let mut numbers = first.numbers();
        let mut more_or_less = None;
        if let Some((width, after, of)) = self.give_or_take(first) {
            more_or_less = Some(width);
            (next, unit) = (after, of);
        }
        let mut after = None;
        if let Some((hedge, end)) = self.after(next) {
            (after, next) = (Some(hedge), end);
        } else if first.unit.is_noun() {
            // "300 or more persons" ends before the noun: the noun was not read then.
        } else if let Some((hedge, end)) = self.after_one_word(next) {
            (after, next) = (Some(hedge), end);
        }
        if after.is_some() && unit == Unit::Absent && more_or_less.is_none() {
            // "30-odd per cent", "20 or more persons"
            let mut count = Count { next, ..first.count.clone() };
            let (of, end) = self.unit(&mut count, false);
            if of != Unit::Absent {
                numbers = Quantity { count, unit: of, next: end, led: false }.numbers();
                (unit, next) = (of, end);
            }
        }
        let figure = numbers.and_then(|low| match more_or_less {
            Some(width) => give_or_take(first, low, unit, &width),
            None => hedged(before, after, Ends { low, high: None }),
        });
        self.read(start, next, figure, unit, after.is_some())
    }

    fn read(&self, start: usize, next: usize, figure: Result<Figure, Error>, unit: Unit, closed: bool) -> Read {
        let figure = figure.map(|figure| match unit {
            Unit::Absent => figure,
            Unit::Ratio => figure.with_unit(RATIO),
            Unit::Points => figure.with_unit(POINTS),
            Unit::Currency(code) => figure.with_unit(code),
            Unit::Measure(from, to) | Unit::Noun(from, to) => {
                figure.with_unit(self.text.get(from..to).unwrap_or_default())
            }
        });
        Read { start, next, figure, unit, closed }
    }

    /// A hedge behind a number.
    fn after(&self, i: usize) -> Option<(After, usize)> {
        let (after, length) = self.lexicon.after.find(self.from(i))?;
        let next = i + length;
        let said = self.said(i);
        let against = matches!(said, "+" | "ish" | "-" | "‐");
        if against && self.spaced(i) {
            return None;
        }
        // "200 or greater than 190", "killed 8 and over 30 hurt", "5 plus 3": it goes with what follows.
        let with_next = self.said(next) == "than" || self.said(next) == "to" || self.number_at(next);
        (!with_next).then_some((after, next))
    }

    /// A hedge behind a number and a noun: "10 percent risk or higher".
    fn after_one_word(&self, i: usize) -> Option<(After, usize)> {
        let word = self.case(i) == Some(Case::Lower) && !self.is(i, lexicon::STOP) && self.said(i + 1) == "or";
        if word { self.after(i + 1) } else { None }
    }

    pub(super) fn number_at(&self, i: usize) -> bool {
        match self.at(i).map(|token| &token.kind) {
            Some(TokenKind::Numeral(_) | TokenKind::Fraction(..)) => true,
            Some(TokenKind::Sign(c)) => matches!(c, '$' | '£' | '€' | '¥' | '₹'),
            _ => {
                self.meaning(i).cardinal.is_some()
                    || (self.is(i, lexicon::ARTICLE) && self.meaning(i + 1).scale.is_some())
            }
        }
    }

    /// "± 5", "plus or minus 5%": the width, the token after it, and the unit of both.
    fn give_or_take(&self, first: &Quantity) -> Option<(Quantity, usize, Unit)> {
        let ((), length) = self.lexicon.give_or_take.find(self.from(first.next))?;
        let Outcome::Found(width) = self.quantity(first.next + length) else { return None };
        let unit = match (first.unit, width.unit) {
            (Unit::Absent, Unit::Ratio) => Unit::Absent,
            (Unit::Absent, unit) | (unit, Unit::Absent | Unit::Noun(..) | Unit::Ratio) => unit,
            (Unit::Ratio, Unit::Points) => Unit::Ratio,
            (a, b) if self.same_unit(a, b) => a,
            _ => return None,
        };
        let next = width.next;
        Some((width, next, unit))
    }

    /// "±3%" with no number before it: anything from three below to three above.
    fn width(&self, i: usize) -> Option<Read> {
        let ((), length) = self.lexicon.give_or_take.find(self.from(i)).filter(|_| self.said(i) != "give")?;
        let Outcome::Found(width) = self.quantity(i + length) else { return None };
        let figure = width.numbers().and_then(|(_, width)| {
            let low = Number::from(0).checked_sub(width.abs());
            Figure::between(low.ok_or_else(|| Error::new(ErrorKind::TooPrecise))?, width.abs())
        });
        Some(self.read(i, width.next, figure, width.unit, true))
    }

    fn same_unit(&self, a: Unit, b: Unit) -> bool {
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
            && value.is_below(mantissa)
        {
            low.count.value = value.times(factor).map(|value| value.shifted(power)).ok_or(ErrorKind::OutOfRange);
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

    /// Two numbers with "to" or a dash between them, or "between" and "and" around them.
    fn range(
        &self,
        i: usize,
        j: usize,
        (hedge, about): (Option<Before>, bool),
        first: &Quantity,
    ) -> Option<Outcome<Read>> {
        let between = hedge == Some(Before::Between);
        let link = self.lexicon.ranges.find(self.from(first.next)).map(|((), length)| first.next + length);
        let link = if between && self.is(first.next, lexicon::AND) { Some(first.next + 1) } else { link };
        let link = link?;
        let mut dashed = false;
        // "18- to 24-year-olds" has a hyphen, and is no dash.
        if let Some(dash) = self.sign(first.next).filter(|_| link == first.next + 1) {
            dashed = matches!(dash, '-' | '‐' | '‑' | '−' | '–' | '—');
            if self.spaced(first.next) != self.spaced(link) && self.spaced(link) {
                return None;
            }
        }
        let (inner, k) = self.hedges(link);
        if inner.is_some_and(|inner| !matches!(inner, Before::About | Before::Exactly)) {
            return None;
        }
        let Outcome::Found(mut second) = self.quantity(k) else { return None };
        // Bare parts and years are no ends; a day and a month are a date.
        if self.is_date(k, &second) || self.is_clock(&second) {
            return Some(Outcome::Pass(second.next.max(second.count.next)));
        }
        let mut low = first.clone();
        let unit = self.shared(&mut low, &mut second);
        let tight = dashed && !self.spaced(first.next) && !self.spaced(link);
        let bare = self.bare_digits(&low, j).zip(self.bare_digits(&second, k));
        let hedged = hedge.is_some_and(|hedge| hedge != Before::From);
        if tight && self.chained(second.count.next) {
            return Some(Outcome::Pass(self.past_chain(second.count.next)));
        }
        if !hedged && self.is_labelled(j) {
            return Some(Outcome::Pass(second.next));
        }
        if let (Some((a, b)), true) = (bare, dashed || hedge == Some(Before::From) || between || hedge.is_none()) {
            let years = is_year(a) && (is_year(b) || (tight && b < 100));
            let counted = matches!(unit, Some(unit) if unit != Unit::Absent);
            if years && !counted {
                return Some(Outcome::Pass(second.next));
            }
            // "rejected, 135 to 105": the votes for and against.
            if a > b && hedge.is_none() && unit == Some(Unit::Absent) && !self.whole {
                return Some(Outcome::Pass(second.next));
            }
            if tight
                && !hedged
                && (a > b || (a == b && !self.whole) || (!counted && !self.whole && self.is_score(j, k, a, b)))
            {
                return Some(Outcome::Pass(second.next));
            }
        }
        let unit = unit?;
        let about = about || inner == Some(Before::About) || hedge == Some(Before::About);
        let low_numbers = low.numbers();
        second.unit = if unit == Unit::Ratio { Unit::Ratio } else { second.unit };
        let high_numbers = second.numbers();
        let (low_numbers, high_numbers) = match (low_numbers, high_numbers) {
            (Ok(low), Ok(high)) => (low, high),
            (Err(error), _) | (_, Err(error)) => {
                return Some(Outcome::Found(self.read(i, second.next, Err(error), unit, false)));
            }
        };
        if low_numbers.0 > high_numbers.1 {
            return None;
        }
        let (after, next) = match self.after(second.next) {
            Some((after, next)) => (Some(after), next),
            None => (None, second.next),
        };
        let ends = Ends { low: low_numbers, high: Some(high_numbers) };
        let before = if about { Some(Before::About) } else { hedge };
        let unit = match (unit, after) {
            (Unit::Absent, Some(_)) => self.noun(&second.count, next).0,
            _ => unit,
        };
        let next = if let Unit::Noun(_, end) = unit {
            (next..self.tokens.len()).take(NOUN_REACH).find(|k| self.tokens[*k].end == end).map_or(next, |k| k + 1)
        } else {
            next
        };
        let start = if hedge.is_some() { i } else { j };
        Some(Outcome::Found(self.read(start, next, self::hedged(before, after, ends), unit, after.is_some())))
    }

    /// A second hedge on the other side, joined to the first: "at least 20 and at most 100".
    fn both_hedges(&self, first: &Read) -> Option<Read> {
        if first.closed {
            return None;
        }
        let ((), length) = self.lexicon.joins.find(self.from(first.next))?;
        let i = first.next + length;
        let (before, j) = self.hedges(i);
        let Outcome::Found(quantity) = self.quantity(j) else { return None };
        let second = self.single(i, Some(before?), &quantity);
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

    /// "dozens", "several hundred", with the noun behind it.
    fn vague(&self, i: usize) -> Option<Read> {
        let (magnitude, length) = self.lexicon.vague.find(self.from(i))?;
        let next = i + length;
        if i > 0 && self.number_at(i - 1) && !self.whole {
            return None;
        }
        let of = self.said(next) == "of";
        // "hundreds of billions" are more than any magnitude that a figure has.
        if of && self.meaning(next + 1).scale.is_some() {
            return None;
        }
        let verb =
            matches!(self.said(next), "are" | "were" | "have" | "more" | "dead" | "killed" | "injured" | "wounded");
        if self.said(i).eq_ignore_ascii_case("scores") && !(of || verb || self.whole) {
            return None;
        }
        let j = next + usize::from(of);
        let figure = Ok(Figure::vague(magnitude));
        if let Some((code, after)) = self.lexicon.currencies.find(self.from(j))
            && self.case(j).is_some()
        {
            return Some(self.read(i, j + after, figure, Unit::Currency(code), false));
        }
        if let Some(((), after)) = self.lexicon.measures.find(self.from(j))
            && self.said(j).len() > 2
        {
            let unit = Unit::Measure(self.tokens[j].start, self.tokens[j + after - 1].end);
            return Some(self.read(i, j + after, figure, unit, false));
        }
        let many = Count {
            value: Ok(Amount::decimal(100, 0)),
            next: j,
            mantissa: None,
            scale: None,
            parts: false,
            form: Form::Words,
        };
        let (unit, after) = self.noun(&many, j);
        let after = if unit == Unit::Absent { next } else { after };
        Some(self.read(i, after, figure, unit, false))
    }

    /// "no casualties"
    fn nought(&self, i: usize) -> Option<Read> {
        if !self.is(i, lexicon::NO) || !self.is(i + 1, lexicon::NOUGHT) {
            return None;
        }
        let token = self.at(i + 1)?;
        Some(self.read(i, i + 2, Ok(Figure::exactly(0)), Unit::Noun(token.start, token.end), false))
    }

    /// "a couple of weeks"
    fn two(&self, i: usize) -> Option<Read> {
        let ((), length) = self.lexicon.twos.find(self.from(i))?;
        let alone = self.at(i + length).is_none() && i == 0;
        if length < 3 && !alone {
            return None;
        }
        let count = Count {
            value: Ok(Amount::decimal(2, 0)),
            next: i + length,
            mantissa: None,
            scale: None,
            parts: false,
            form: Form::Words,
        };
        let (unit, next) = match self.lexicon.measures.find(self.from(i + length)) {
            Some(((), more)) => {
                let next = i + length + more;
                (Unit::Measure(self.tokens[i + length].start, self.tokens[next - 1].end), next)
            }
            None => self.noun(&count, i + length),
        };
        Some(self.read(i, next, Ok(Figure::exactly(2)), unit, false))
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

/// What was said, from the hedges before and after a number or a range.
///
/// A fraction that has no decimal comes as the decimals around it. An end that the speaker set is put outward, so that
/// nothing that was said is left out; an end that the policy sets follows from it.
fn hedged(before: Option<Before>, after: Option<After>, ends: Ends) -> Result<Figure, Error> {
    let (low, least) = ends.low;
    let high = ends.high.map_or(least, |(_, high)| high);
    let exact = ends.high.is_none() && low == high;
    Figure::new(match (before, after) {
        (Some(Before::MoreThan), Some(After::OrEqual)) | (Some(Before::AtLeast), _) => Hedge::AtLeast(low.into()),
        (Some(Before::LessThan), Some(After::OrEqual)) | (Some(Before::AtMost), _) => Hedge::AtMost(high.into()),
        (Some(Before::MoreThan), _) => Hedge::MoreThan(low.into()),
        (Some(Before::LessThan), _) => Hedge::LessThan(high.into()),
        (_, Some(After::AtLeast)) => Hedge::AtLeast(low.into()),
        (_, Some(After::AtMost)) => Hedge::AtMost(high.into()),
        (Some(Before::Nearly), _) if ends.high.is_none() => Hedge::Nearly(high.into()),
        (Some(Before::JustOver), _) | (_, Some(After::JustOver)) if ends.high.is_none() => Hedge::JustOver(low.into()),
        (Some(Before::About | Before::Nearly | Before::JustOver), _) | (_, Some(After::About | After::JustOver)) => {
            if exact {
                Hedge::About(low.into())
            } else {
                Hedge::AboutBetween(low, high)
            }
        }
        _ if exact => Hedge::Exactly(low.into()),
        _ => Hedge::Between(low, high),
    })
}

/// "100 ± 5" as a range; a width in per cent of something else is a share of the number.
fn give_or_take(first: &Quantity, low: (Number, Number), unit: Unit, width: &Quantity) -> Result<Figure, Error> {
    let amount = width.count.value.clone().map_err(Error::new)?;
    let amount = match (unit, width.unit) {
        // "5 ± ½", "½ ± ¼"; but "20% ± ½" is half of one per cent.
        _ if width.is_fraction() && (unit != Unit::Ratio || first.is_fraction()) => Some(amount),
        (Unit::Ratio, _) => Some(amount.shifted(-2)),
        (_, Unit::Ratio) => {
            let middle = first.count.value.clone().map_err(Error::new)?;
            middle.by(amount.shifted(-2))
        }
        _ => Some(amount),
    };
    let (_, width) = amount.ok_or_else(|| Error::new(ErrorKind::TooPrecise))?.enclosed().map_err(Error::new)?;
    let width = width.abs();
    let ends = low.0.checked_sub(width).zip(low.1.checked_add(width));
    let (low, high) = ends.ok_or_else(|| Error::new(ErrorKind::TooPrecise))?;
    Figure::between(low, high)
}
