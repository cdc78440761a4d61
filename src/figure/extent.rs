//! The values that a figure allows.

use std::sync::Arc;

use super::{Figure, Hedge};
use crate::error::{Error, ErrorKind};
use crate::names;
use crate::number::{ExactBound, Interval, Number, Rational};
use crate::policy::Policy;

/// The least width of "about", "nearly" and "just over" for a count.
const LEAST_WIDTH: Number = Number::ONE;

/// What a figure is made of, wherever its unit is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct FigureParts<'a> {
    pub(crate) hedge: Hedge,
    pub(crate) unit: Option<&'a str>,
}

/// How far the ends lie that somebody chose.
#[derive(Clone, Copy)]
struct Widths<'a> {
    policy: &'a Policy,
    ratio: bool,
    count: bool,
    /// Whether the question is what could be meant if every one of them were twice as wide.
    doubled: bool,
}

/// The low and the high end of a set, each if it has one.
type Ends = (Option<ExactBound>, Option<ExactBound>);

impl FigureParts<'_> {
    pub(crate) fn to_figure(self) -> Figure {
        Figure { hedge: self.hedge, unit: self.unit.map(Arc::from) }
    }

    pub(crate) fn check(self) -> Result<(), Error> {
        self.unit.map_or(Ok(()), |unit| names::check_unit("unit", unit))
    }

    /// Whether none of its numbers has a fraction.
    pub(crate) fn is_of_whole_numbers(self) -> bool {
        self.hedge.numbers().all(Rational::is_whole)
    }

    /// Whether one of its numbers is negative.
    pub(crate) fn has_negative(self) -> bool {
        self.hedge.numbers().any(Rational::is_negative)
    }

    /// The values that it allows as a ratio or not and as a count or not, which the predicate has a say in.
    pub(crate) fn extent(self, policy: &Policy, ratio: bool, count: bool) -> Result<Interval, Error> {
        let widths = Widths { policy, ratio, count, doubled: false };
        let ends = self.ends(widths).ok_or_else(|| self.error(ErrorKind::TooPrecise))?;
        self.between(ends, widths)
    }

    /// The values that it would allow if every width that somebody chose were twice as wide, the first number of a
    /// vague magnitude half and its last twice as large, and a number said as "exactly" that ends in noughts rounded to
    /// its last other digit, whatever the policy says of rounding.
    ///
    /// Never fewer values than those of [`extent`](Self::extent). A conflict that is none between such values is
    /// possible, and not certain.
    ///
    /// # Errors
    ///
    /// As those of [`extent`](Self::extent); an end that cannot be held exactly is left out instead.
    pub(crate) fn doubtful_extent(self, policy: &Policy, ratio: bool, count: bool) -> Result<Interval, Error> {
        let widths = Widths { policy, ratio, count, doubled: true };
        match self.ends(widths) {
            Some(ends) => self.between(ends, widths),
            None => self.between((None, None), widths),
        }
    }

    /// The values between the ends: none below nought where a count or a rounded number cannot be, and at least one.
    fn between(self, (mut low, high): Ends, widths: Widths<'_>) -> Result<Interval, Error> {
        if widths.ratio && matches!(self.hedge, Hedge::Vague(_)) {
            return Err(self.error(ErrorKind::VagueRatio));
        }
        let rounded = matches!(self.hedge, Hedge::Rounded { .. } | Hedge::RoundedFraction(_));
        let never_negative = (widths.count || rounded) && !self.has_negative();
        if never_negative && low.is_none_or(ExactBound::is_below_nought) {
            low = Some(ExactBound::closed(0));
        }
        let no_value = |_| self.error(ErrorKind::NoValue);
        let values = Interval::exactly(low, high).map_err(no_value)?;
        // An end that is whole and closed is a value, and beyond an end there always is one.
        let has_whole_end = [low, high].into_iter().any(|end| end.is_none_or(ExactBound::is_whole_and_closed));
        if widths.count && !has_whole_end && values.whole().is_none() {
            return Err(self.error(ErrorKind::NoValue));
        }
        Ok(values)
    }

    /// The two ends as the hedge puts them; `None` where one does not fit.
    fn ends(self, widths: Widths<'_>) -> Option<Ends> {
        let below = |n: Rational| n.checked_sub(widths.about(n)?);
        let above = |n: Rational| n.checked_add(widths.about(n)?);
        let open = |n: Rational| Some(ExactBound::open(n));
        let closed = |n: Rational| Some(ExactBound::closed(n));
        Some(match self.hedge {
            Hedge::Exactly(n) => rounded(n, widths.noughts(n)?)?,
            Hedge::Rounded { number, to } => rounded(number.into(), widths.last_digit(number, to)?)?,
            Hedge::RoundedFraction(n) => rounded(n, widths.fraction(n)?)?,
            Hedge::MoreThan(n) => (open(n), None),
            Hedge::AtLeast(n) => (closed(n), None),
            Hedge::LessThan(n) => (None, open(n)),
            Hedge::AtMost(n) => (None, closed(n)),
            Hedge::Between(low, high) | Hedge::Estimate { low, high, .. } => (closed(low.into()), closed(high.into())),
            Hedge::Within(low, high) => (Some(low.into()), Some(high.into())),
            Hedge::About(n) => (closed(below(n)?), closed(above(n)?)),
            Hedge::AboutBetween(low, high) => (closed(below(low.into())?), closed(above(high.into())?)),
            Hedge::Nearly(n) => (closed(below(n)?), open(n)),
            Hedge::JustOver(n) => (open(n), closed(above(n)?)),
            Hedge::Vague(magnitude) => {
                let (low, end) = magnitude.range();
                widths.vague(low.into(), end.into())?
            }
        })
    }

    /// Whether somebody chose where the lower and the upper end of it lie, rather than the one who said it.
    pub(crate) fn chosen_ends(self, policy: &Policy) -> (bool, bool) {
        match self.hedge {
            Hedge::About(_) | Hedge::AboutBetween(..) | Hedge::Vague(_) => (true, true),
            Hedge::Rounded { .. } | Hedge::RoundedFraction(_) => (policy.rounding(), policy.rounding()),
            Hedge::Nearly(_) => (true, false),
            Hedge::JustOver(_) => (false, true),
            _ => (false, false),
        }
    }

    /// What makes the ends that somebody chose lie as far out as they do: `a width of 10%`, `the least width of a
    /// count, 1`, `rounded to its last digit`, `by convention`.
    pub(crate) fn width_in_words(self, policy: &Policy, ratio: bool, count: bool) -> String {
        let widths = Widths { policy, ratio, count, doubled: false };
        let is_least =
            |n: Rational| n.abs().checked_mul(policy.tolerance()).is_some_and(|share| widths.least(n) > share);
        let share = format!("a width of {}%", policy.tolerance().grouped(true));
        let least = |exact: bool| match (ratio, exact) {
            (true, true) => "a width of half its last digit".to_owned(),
            (true, false) => format!("{share}, and at least half the last digit"),
            (false, true) => format!("the least width of a count, {LEAST_WIDTH}"),
            (false, false) => format!("{share}, and at least {LEAST_WIDTH}"),
        };
        match self.hedge {
            Hedge::Vague(_) => "by convention".to_owned(),
            Hedge::Rounded { number, to } if ratio || is_ten_times(number, to) => {
                "rounded to its last digit".to_owned()
            }
            Hedge::RoundedFraction(n) if ratio && n.abs() > Rational::from(Number::hundredths(20)) => {
                "rounded, by 1 percentage point at most".to_owned()
            }
            Hedge::Rounded { .. } | Hedge::RoundedFraction(_) => "rounded, by 5% at most".to_owned(),
            Hedge::AboutBetween(low, high) if is_least(low.into()) != is_least(high.into()) => least(false),
            hedge if hedge.numbers().all(is_least) => least(true),
            _ => share,
        }
    }

    fn error(self, kind: ErrorKind) -> Error {
        Error::new(kind).value(self.to_figure())
    }
}

/// The ends of a number that may have been as much as `half` nearer to nought, and not quite as much farther from it.
fn rounded(number: Rational, half: Rational) -> Option<Ends> {
    let (least, greatest) = (number.checked_sub(half)?, number.checked_add(half)?);
    let (open, closed) = (ExactBound::open, ExactBound::closed);
    let (low, high) = match number.cmp(&Rational::ZERO) {
        _ if least == greatest => (closed(number), closed(number)),
        std::cmp::Ordering::Less => (open(least), closed(greatest)),
        std::cmp::Ordering::Equal => (open(least), open(greatest)),
        std::cmp::Ordering::Greater => (closed(least), open(greatest)),
    };
    Some((Some(low), Some(high)))
}

/// Whether a number has two digits at least, up to the one with this unit: half of that is then at most 5 % of it.
fn is_ten_times(number: Number, unit: Number) -> bool {
    unit.checked_mul(Number::from(10)).is_some_and(|ten| number.abs() >= ten)
}

impl Widths<'_> {
    /// The width, or twice as much where that is the question.
    fn times(self, width: Rational) -> Option<Rational> {
        if self.doubled { width.checked_mul(2) } else { Some(width) }
    }

    /// How far "about" reaches from a number at least: 1 for a count, and half a unit of the last digit of a percentage.
    fn least(self, n: Rational) -> Rational {
        if self.count {
            return LEAST_WIDTH.into();
        }
        let half = n.to_number().filter(|_| self.ratio && self.policy.rounding()).and_then(|n| half(n.percent_step()));
        half.map_or(Rational::ZERO, Rational::from)
    }

    /// How far "about", "nearly" and "just over" reach from a number.
    fn about(self, n: Rational) -> Option<Rational> {
        self.times(n.abs().checked_mul(self.policy.tolerance())?.max(self.least(n)))
    }

    /// How far a number may lie from what was rounded to it, with `to` the unit of its last digit.
    fn last_digit(self, number: Number, to: Number) -> Option<Rational> {
        if self.policy.rounding() { self.times(self.half_a_unit(number, to)?) } else { self.noughts(number.into()) }
    }

    /// How far a fraction may lie from what was rounded to it.
    fn fraction(self, n: Rational) -> Option<Rational> {
        if !self.policy.rounding() {
            return Some(Rational::ZERO);
        }
        let share = n.abs().checked_mul(Number::hundredths(5))?;
        self.times(if self.ratio { share.min(Number::hundredths(1).into()) } else { share })
    }

    /// How far a number that was said as "exactly" may lie from what was rounded to it, if that is the question: it may
    /// have been rounded where it ends in noughts.
    fn noughts(self, n: Rational) -> Option<Rational> {
        let step = n.to_number().filter(|_| self.doubled).and_then(Number::step_of_noughts);
        n.to_number().zip(step).map_or(Some(Rational::ZERO), |(n, step)| self.half_a_unit(n, step))
    }

    /// Half the unit of the last digit; but 5 % of the number, if that is less and it is no percentage.
    fn half_a_unit(self, number: Number, to: Number) -> Option<Rational> {
        let half = if self.ratio || is_ten_times(number, to) {
            half(to)?
        } else {
            half(to)?.min(number.abs().checked_mul(Number::hundredths(5))?)
        };
        Some(half.into())
    }

    /// The ends of a vague magnitude, which are whole.
    fn vague(self, low: Rational, end: Rational) -> Option<Ends> {
        let (low, end) = match (self.doubled, self.count) {
            (false, _) => (low, ExactBound::open(end)),
            (true, false) => (low.checked_mul(half(Number::ONE)?)?, ExactBound::open(end.checked_mul(2)?)),
            (true, true) => {
                let last = end.checked_sub(Number::ONE.into())?;
                (low.checked_mul(half(Number::ONE)?)?, ExactBound::closed(last.checked_mul(2)?))
            }
        };
        Some((Some(ExactBound::closed(low)), Some(end)))
    }
}

fn half(n: Number) -> Option<Number> {
    n.checked_mul(Number::hundredths(50))
}
