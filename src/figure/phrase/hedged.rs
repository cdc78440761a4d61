//! A figure where it stands: the hedges before and after a number, ranges, and vague magnitudes.

use super::amount::Amount;
use super::context::is_year;
use super::count::{Count, Form, Outcome, Reader};
use super::found::Role;
use super::quantity::{Quantity, Unit};
use super::token::{Case, TokenKind, is_superscript};
use crate::error::{Error, ErrorKind};
use crate::figure::{Figure, Hedge, RATIO};
use crate::language::table::Leads;
use crate::language::{After, Before, Fate, lexicon};
use crate::number::{Number, Rational};

/// Percentage points, which are no proportion: their difference.
const POINTS: &str = "percentage points";

/// A figure as it was read: the tokens it takes, and what it is or why it cannot be held.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub(super) start: usize,
    pub(super) next: usize,
    pub(super) figure: Result<Figure, Error>,
    pub(super) unit: Unit,
    /// Whether a hedge stands behind it.
    pub(super) closed: bool,
    pub(super) role: Option<Role>,
    pub(super) fate: Option<Fate>,
}

impl Read {
    pub(super) fn new(start: usize, next: usize, figure: Result<Figure, Error>, unit: Unit, closed: bool) -> Self {
        Self { start, next, figure, unit, closed, role: None, fate: None }
    }

    /// The tokens from `start` to `next`, seen and not read.
    pub(super) fn unread(start: usize, next: usize, why: ErrorKind) -> Self {
        Self::new(start, next, Err(Error::new(why)), Unit::Absent, true)
    }

    /// The same in a unit that stands elsewhere.
    fn in_unit(self, reader: &Reader<'_>, unit: Unit) -> Self {
        Self { role: self.role, ..reader.read(self.start, self.next, self.figure, unit, self.closed) }
    }

    fn is_at_least_or_most(&self) -> bool {
        matches!(
            self.figure.as_ref().map(Figure::hedge),
            Ok(Hedge::AtLeast(_) | Hedge::AtMost(_) | Hedge::MoreThan(_) | Hedge::LessThan(_))
        )
    }
}

impl Quantity {
    /// The number that was said, exactly.
    fn number(&self) -> Result<Rational, Error> {
        let value = self.count.value.clone().and_then(|value| self.of_unit(value).rational());
        value.map_err(Error::new)
    }

    /// The number in its unit: 0.3 of "30 per cent".
    fn of_unit(&self, value: Amount) -> Amount {
        if self.unit == Unit::Ratio && (!self.count.parts || self.is_percent()) { value.shifted(-2) } else { value }
    }

    /// The number that was said, where it has a decimal.
    pub(super) fn decimal(&self) -> Option<Number> {
        self.number().ok()?.to_number()
    }

    /// The number with no hedge: rounded, where its writing shows it to be.
    fn as_written(&self, n: Rational) -> Result<Figure, Error> {
        let percent = self.unit == Unit::Ratio;
        let rounds = self.count.is_scaled() || (percent && (!self.count.parts || self.is_percent()));
        let last = self.count.last.or_else(|| self.count.value.as_ref().ok()?.last_digit());
        let exact = if self.count.parts && !rounds { n.is_whole() } else { n.to_number().is_some() };
        match (n.to_number(), last) {
            (Some(number), Some(last)) if rounds => {
                let to = Number::from_parts(1, if percent { last - 2 } else { last }).map_err(Error::new)?;
                // "2 thousand dollars 50" is as exact as its cents.
                Ok(Figure::rounded(number, to).unwrap_or_else(|_| Figure::exactly(n)))
            }
            _ if exact => Ok(Figure::exactly(n)),
            _ => Ok(Figure::rounded_fraction(n)),
        }
    }

    /// The number, or the decimals around it.
    pub(super) fn numbers(&self) -> Result<(Number, Number), Error> {
        let value = self.count.value.clone().and_then(|value| self.of_unit(value).enclosed());
        value.map_err(Error::new)
    }
}

impl Reader<'_> {
    /// The figure that begins here, with its part in a change and what happened to those counted.
    pub(super) fn figure(&self, i: usize) -> Outcome<Read> {
        match self.hedged_figure(i) {
            Outcome::Found(mut read) => {
                read.fate = read.fate.or_else(|| self.fate(read.start, read.next, read.unit));
                Outcome::Found(read)
            }
            other => other,
        }
    }

    fn hedged_figure(&self, i: usize) -> Outcome<Read> {
        // "rose from $3m to 4m": what is has the currency of what was.
        if let Some(code) = self.telling.currency().filter(|_| self.leads_to(i)) {
            let reader = Self { money: true, telling: self.telling.without_currency(), ..*self };
            return match reader.hedged_figure(i) {
                Outcome::Found(read) if read.unit == Unit::Absent => {
                    Outcome::Found(read.in_unit(self, Unit::Currency(code)))
                }
                other => other,
            };
        }
        let (hedge, j) = self.hedges(i);
        // "between about 10 and 12": the inner hedge widens both ends, as one in front of them would.
        let ends = matches!(hedge, Some(Before::Between | Before::From));
        let inner = if ends { self.hedges(j) } else { (None, j) };
        let inner_start = j;
        let (about, j) = if inner.0 == Some(Before::About) { (true, inner.1) } else { (false, j) };
        if let Some(found) = self.width(i) {
            return Outcome::Found(found);
        }
        if let Some(found) = self.unnumbered(i, j, hedge) {
            return found;
        }
        let first = match self.quantity(j) {
            Outcome::Found(first) => first,
            Outcome::Pass(next) => return Outcome::Pass(next),
            // "17% more than a year earlier"
            Outcome::Nothing if self.is(i, lexicon::MORE) && self.follows_figure(i) => return Outcome::Nothing,
            Outcome::Nothing => {
                let firm = hedge.is_some_and(|hedge| !matches!(hedge, Before::Between | Before::From | Before::Passed));
                let Some(one) = self.one_unit(j, firm) else { return Outcome::Nothing };
                return Outcome::Found(self.single(i, hedge, &one));
            }
        };
        if let Some(outcome) = self.not_read((i, j), hedge, &first) {
            return outcome;
        }
        let hedge = if hedge == Some(Before::Passed) { self.passed(&first) } else { hedge };
        // "rose from 40 to 43" are two figures.
        let start = if matches!(hedge, None | Some(Before::From)) { j } else { i };
        let role = self.role(start, &first);
        if let Some(outcome) = self.range(i, j, (hedge, about), &first) {
            return with_role(outcome, role);
        }
        let value = role.is_some() && self.is_value(&first);
        if let Some(next) = self.not_counted(i, j, hedge, &first).filter(|_| !value) {
            return Outcome::Pass(next);
        }
        let (hedge, start) = match hedge {
            None | Some(Before::Between | Before::From) if about => (Some(Before::About), i.max(inner_start)),
            None | Some(Before::Between | Before::From) => (None, j),
            hedge => (hedge, i),
        };
        with_role(Outcome::Found(self.one_number(start, hedge, &first)), role)
    }

    /// One number with its hedges, and a second bound or a range behind it.
    fn one_number(&self, start: usize, hedge: Option<Before>, first: &Quantity) -> Read {
        if hedge.is_none()
            && let Some(estimate) = self.estimate(start, first)
        {
            return estimate;
        }
        let found = self.single(start, hedge, first);
        let both = if found.is_at_least_or_most() { self.both_hedges(&found) } else { None };
        both.unwrap_or(found)
    }

    /// A number that is no figure, or none that may be read, by what stands around it.
    fn not_read(&self, (i, j): (usize, usize), hedge: Option<Before>, first: &Quantity) -> Option<Outcome<Read>> {
        if self.is_power_behind(first) {
            return Some(Outcome::Found(Read::unread(i, first.count.next + 1, ErrorKind::AmbiguousNumber)));
        }
        if self.is_letter_behind(first) && !self.is_attached(j) {
            return Some(Outcome::Found(Read::unread(i, first.count.next + 1, ErrorKind::AmbiguousNumber)));
        }
        if self.is_of_millions((i, j), hedge, first) {
            return Some(Outcome::Found(Read::unread(i, first.next, ErrorKind::AmbiguousNumber)));
        }
        if let Some(next) = self.no_figure(j, j > i, first).or_else(|| self.past_certainty(first)) {
            return Some(Outcome::Pass(next));
        }
        if self.is_span(i, j, first) {
            return Some(Outcome::Nothing);
        }
        if self.is_dated(i, j, first) {
            return Some(Outcome::Pass(first.next));
        }
        if let Some(next) = self.relative_behind(first) {
            let start = if hedge == Some(Before::From) { j } else { i };
            return Some(Outcome::Found(Read::unread(start, next, ErrorKind::Relative)));
        }
        (hedge == Some(Before::Unheld)).then(|| match self.not_counted(i, j, None, first) {
            Some(next) => Outcome::Pass(next),
            None => Outcome::Found(Read::unread(i, first.next, ErrorKind::UnknownHedge)),
        })
    }

    /// Whether a small digit behind the digits may be a power or the mark of a footnote: "10²".
    fn is_power_behind(&self, first: &Quantity) -> bool {
        let next = first.count.next;
        self.sign(next).is_some_and(is_superscript) && !self.spaced(next) && self.numeral(next - 1).is_some()
    }

    /// Whether a letter behind the digits may stand for millions, or be a unit or part of a name: "10 M", "1.2b".
    fn is_letter_behind(&self, first: &Quantity) -> bool {
        let next = first.count.next;
        let letter = self.meaning(next).suffix.is_some() && self.said(next).len() == 1;
        let capital = self.case(next) != Some(Case::Lower) || !self.spaced(next);
        let digits = first.count.form == Form::Digits && self.numeral(next - 1).is_some();
        letter && capital && digits && first.next == next && !self.is_sign(next + 1, &['.', '\'', '’', '&'])
    }

    /// Whether the "m" against the digits may as well stand for millions: "sales topped 1.5m", "rose to 3m".
    fn is_of_millions(&self, (i, j): (usize, usize), hedge: Option<Before>, first: &Quantity) -> bool {
        let letter = first.count.next;
        let metres = first.next == letter + 1 && self.said(letter) == "m" && !self.spaced(letter);
        let by_verb = hedge == Some(Before::Passed) || (j > i && self.is_past(j - 1));
        let start = if matches!(hedge, None | Some(Before::From)) { j } else { i };
        metres && !self.whole && (by_verb || self.role(start, first).is_some())
    }

    /// A phrase without a number of its own, or with none that may be read: vague magnitudes, noughts, increments and
    /// multiples.
    fn unnumbered(&self, i: usize, j: usize, hedge: Option<Before>) -> Option<Outcome<Read>> {
        let without = |k: usize| self.is(k, lexicon::UNNUMBERED) || self.numeral(k).is_some_and(|n| n.plain);
        if !without(i) && !without(j) {
            return None;
        }
        if matches!(hedge, None | Some(Before::Unheld))
            && let Some(found) = self.nought(i).or_else(|| self.two(i))
        {
            return Some(Outcome::Found(found));
        }
        if let Some(relative) = self.relative(i, j) {
            return Some(Outcome::Found(relative));
        }
        if let Some(couple) = self.couple(i, j, hedge) {
            return Some(Outcome::Found(couple));
        }
        self.vague(i, j, hedge).or_else(|| self.unnamed(i, j)).map(Outcome::Found)
    }

    /// The hedge that "passed" puts on a number: "more than" where a level was passed, and none where other things are
    /// counted ("passed 3 bills").
    fn passed(&self, quantity: &Quantity) -> Option<Before> {
        let level = self.lexicon.levels.find(self.from(quantity.count.next)).is_some();
        let counted = quantity.unit.is_noun() && !level;
        let small = quantity.count.value.clone().is_ok_and(|value| value.is_below(Amount::decimal(10, 0)));
        let duration = matches!(quantity.unit, Unit::Measure(..)) && self.is(quantity.next - 1, lexicon::DURATION);
        (!counted && !duration && (!small || quantity.unit != Unit::Absent)).then_some(Before::MoreThan)
    }

    /// Whether even what looks like a year is a value of a change: "rose from 1500 in 2010 to 2200".
    fn is_value(&self, quantity: &Quantity) -> bool {
        let next = quantity.next;
        let year = |k: usize| {
            self.numeral(k).filter(|n| n.plain).and_then(|n| n.value.clone().ok()?.to_u64()).is_some_and(is_year)
        };
        let dated = self.is(next, lexicon::IN) && year(next + 1);
        let to = |k: usize| self.meaning(k).leads == Some(Leads::To) && self.number_soon(k + 1) && !year(k + 1);
        dated || to(next)
    }

    /// Whether the number is the year in which something was: "from 1500 in 2010 to 2200".
    fn is_dated(&self, i: usize, j: usize, first: &Quantity) -> bool {
        let year = self.bare_digits(first, j).is_some_and(is_year);
        year && i == j && self.telling.has_number() && i.checked_sub(1).is_some_and(|k| self.is(k, lexicon::IN))
    }

    fn leads_to(&self, i: usize) -> bool {
        i.checked_sub(1).is_some_and(|k| self.meaning(k).leads == Some(Leads::To))
    }

    /// Whether "over" only says what the figure before it is spread over: "$5bn over five years".
    fn is_span(&self, i: usize, j: usize, quantity: &Quantity) -> bool {
        if !self.follows_figure(i) {
            return false;
        }
        // "a man over 60 years old" is older than that.
        let spans = match quantity.unit {
            Unit::Measure(..) => {
                let unit = quantity.next - 1;
                self.is(unit, lexicon::DURATION) && self.lexicon.of_age.find(self.from(unit + 1)).is_none()
            }
            unit => unit.is_noun(),
        };
        let over = (j == i + 1 && self.is(i, lexicon::OVER)) || self.is(i, lexicon::MORE);
        over && spans
    }

    /// Whether a figure ends right before a token, or in brackets before it.
    fn follows_figure(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        let before = if self.is_sign(before, &[')']) { before.saturating_sub(1) } else { before };
        self.tokens[before].end == self.last
    }

    /// The hedges in front of a number, as one, and where the number is.
    pub(super) fn hedges(&self, i: usize) -> (Option<Before>, usize) {
        let (mut hedge, mut j) = (None, i);
        for _ in 0..3 {
            let Some((before, length)) = self.lexicon.before.find(self.from(j)) else { break };
            let weak = |hedge| matches!(hedge, Before::About | Before::Exactly);
            hedge = match hedge {
                None => Some(before),
                Some(Before::Unheld) => return (Some(Before::Unheld), j),
                Some(Before::Passed) if weak(before) => Some(Before::Passed),
                Some(outer) if weak(outer) => Some(before),
                Some(outer) if weak(before) && !matches!(outer, Before::Between | Before::From) => Some(outer),
                Some(outer) => return (Some(outer), j),
            };
            j += length;
            // "passed the 500 mark"
            j += usize::from(before == Before::Passed && self.is(j, lexicon::THE));
            if let Some(((), length)) = self.lexicon.fillers.find(self.from(j)) {
                j += length;
            }
        }
        (hedge, j)
    }

    /// One number with at most one hedge on either side.
    pub(super) fn single(&self, start: usize, before: Option<Before>, first: &Quantity) -> Read {
        let mut next = first.next;
        let mut unit = first.unit;
        let mut quantity = first.clone();
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
                quantity = Quantity { count, unit: of, next: end, led: false };
                (unit, next) = (of, end);
            }
        }
        let figure = match more_or_less {
            Some(width) => quantity.numbers().and_then(|low| give_or_take(first, low, unit, &width)),
            None => hedged(before, after, &quantity),
        };
        self.read(start, next, figure, unit, after.is_some())
    }

    pub(super) fn read(
        &self,
        start: usize,
        next: usize,
        figure: Result<Figure, Error>,
        unit: Unit,
        closed: bool,
    ) -> Read {
        let figure = figure.map(|figure| match unit {
            Unit::Absent => figure,
            Unit::Ratio => figure.with_unit(RATIO),
            Unit::Points => figure.with_unit(POINTS),
            Unit::Currency(code) => figure.with_unit(code),
            Unit::Measure(from, to) | Unit::Noun(from, to) => {
                figure.with_unit(self.text.get(from..to).unwrap_or_default())
            }
        });
        Read::new(start, next, figure, unit, closed)
    }

    /// A hedge behind a number.
    pub(super) fn after(&self, i: usize) -> Option<(After, usize)> {
        let (after, length) = self.lexicon.after.find(self.from(i))?;
        let next = i + length;
        let against = self.is(i, lexicon::AGAINST);
        if against && self.spaced(i) {
            return None;
        }
        // "200 or greater than 190", "killed 8 and over 30 hurt", "5 plus 3": it goes with what follows.
        let with_next =
            self.is(next, lexicon::THAN) || self.meaning(next).leads == Some(Leads::To) || self.number_at(next);
        (!with_next).then_some((after, next))
    }

    /// A hedge behind a number and a noun: "10 percent risk or higher".
    fn after_one_word(&self, i: usize) -> Option<(After, usize)> {
        let word = self.case(i) == Some(Case::Lower) && !self.is(i, lexicon::STOP) && self.is(i + 1, lexicon::NEITHER);
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
        let ((), length) = self.lexicon.give_or_take.find(self.from(i))?;
        // "give or take" hedges the number behind it.
        if self.lexicon.before.find(self.from(i)).is_some() {
            return None;
        }
        let Outcome::Found(width) = self.quantity(i + length) else { return None };
        let figure = width.numbers().and_then(|(_, width)| {
            let low = Number::from(0).checked_sub(width.abs());
            Figure::between(low.ok_or_else(|| Error::new(ErrorKind::TooPrecise))?, width.abs())
        });
        Some(self.read(i, width.next, figure, width.unit, true))
    }
}

/// Gives a figure its part in a change.
fn with_role(outcome: Outcome<Read>, role: Option<Role>) -> Outcome<Read> {
    match outcome {
        Outcome::Found(mut read) => {
            read.role = role;
            Outcome::Found(read)
        }
        other => other,
    }
}

/// Whether hedges on both sides say what no figure can hold: "up to 30 or more", "about 30 or more".
pub(super) fn is_unheld(before: Option<Before>, after: Option<After>) -> bool {
    matches!(
        (before, after),
        (_, Some(After::Unheld))
            | (Some(Before::AtMost | Before::LessThan | Before::Nearly), Some(After::AtLeast))
            | (Some(Before::AtLeast | Before::MoreThan | Before::JustOver), Some(After::AtMost))
    )
}

/// The figure of one number, from the hedges before and after it.
pub(super) fn hedged(before: Option<Before>, after: Option<After>, quantity: &Quantity) -> Result<Figure, Error> {
    if is_unheld(before, after) {
        return Err(Error::new(ErrorKind::UnknownHedge));
    }
    let n = quantity.number()?;
    Figure::new(match (before, after) {
        (Some(Before::MoreThan), Some(After::OrEqual)) | (Some(Before::AtLeast), _) => Hedge::AtLeast(n),
        (Some(Before::LessThan), Some(After::OrEqual)) | (Some(Before::AtMost), _) => Hedge::AtMost(n),
        (Some(Before::MoreThan), _) => Hedge::MoreThan(n),
        (Some(Before::LessThan), _) => Hedge::LessThan(n),
        (_, Some(After::AtLeast)) => Hedge::AtLeast(n),
        (_, Some(After::AtMost)) => Hedge::AtMost(n),
        (Some(Before::Nearly), _) => Hedge::Nearly(n),
        (Some(Before::JustOver), _) | (_, Some(After::JustOver)) => Hedge::JustOver(n),
        (Some(Before::About), _) | (_, Some(After::About)) => Hedge::About(n),
        (Some(Before::Exactly), _) => Hedge::Exactly(n),
        _ => return quantity.as_written(n),
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
