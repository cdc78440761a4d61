//! The values that a figure allows.

use std::sync::Arc;

use super::{Figure, Hedge};
use crate::error::{Error, ErrorKind};
use crate::names;
use crate::number::{ExactBound, Interval, Number, Rational};
use crate::policy::Policy;

/// The least width of "about", "nearly" and "just over" for a count.
const LEAST_WIDTH: Number = Number::ONE;

/// The parts of a figure, wherever its unit is held.
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

    /// Whether the lower and the upper end lie where the policy or this crate puts them, and not where the source did.
    pub(crate) fn chosen_ends(self, policy: &Policy) -> (bool, bool) {
        match self.hedge {
            Hedge::About(_) | Hedge::AboutBetween(..) | Hedge::Vague(_) => (true, true),
            Hedge::Rounded { .. } | Hedge::RoundedFraction(_) => (policy.rounding(), policy.rounding()),
            Hedge::Nearly(_) => (true, false),
            Hedge::JustOver(_) => (false, true),
            _ => (false, false),
        }
    }

    /// The rule that puts the chosen ends where they are: `a width of 10%`, `the least width of a count, 1`,
    /// `rounded to its last digit`, `by convention`.
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
    let (open, closed) = (ExactBound::open, ExactBound::closed);
    if half == Rational::ZERO {
        return Some((Some(closed(number)), Some(closed(number))));
    }
    let (least, greatest) = (number.checked_sub(half)?, number.checked_add(half)?);
    let (low, high) = match number.cmp(&Rational::ZERO) {
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
        n.to_number().zip(step).map_or(Some(Rational::ZERO), |(n, step)| {
            Some(half(step)?.min(n.abs().checked_mul(Number::hundredths(5))?).into())
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Vague;
    use crate::number::Bound;

    #[track_caller]
    fn number(text: &str) -> Number {
        text.parse().unwrap()
    }

    #[track_caller]
    fn rational(text: &str) -> Rational {
        text.parse().unwrap()
    }

    fn rounded(number: &str, to: &str) -> Hedge {
        Hedge::Rounded { number: self::number(number), to: self::number(to) }
    }

    fn fraction(text: &str) -> Hedge {
        Hedge::RoundedFraction(rational(text))
    }

    /// How the values of a figure are looked at.
    #[derive(Clone, Copy, PartialEq)]
    enum As {
        Count,
        Ratio,
        Real,
    }
    use As::{Count, Ratio, Real};

    #[track_caller]
    fn extent(hedge: Hedge, kind: As, policy: &Policy) -> Result<Interval, Error> {
        FigureParts { hedge, unit: None }.extent(policy, kind == Ratio, kind == Count)
    }

    #[track_caller]
    fn doubtful(hedge: Hedge, kind: As, policy: &Policy) -> Interval {
        FigureParts { hedge, unit: None }.doubtful_extent(policy, kind == Ratio, kind == Count).unwrap()
    }

    #[test]
    fn a_rounded_number_allows_half_of_its_last_digit_to_either_side() {
        for (number, to, kind, values) in [
            // The end that is farther from nought is left out.
            ("4700000", "100000", Count, "[4650000, 4750000)"),
            ("4700000", "100000", Real, "[4650000, 4750000)"),
            ("-4700000", "100000", Count, "(-4750000, -4650000]"),
            ("12000000", "1000000", Count, "[11500000, 12500000)"),
            ("10000000", "1000000", Count, "[9500000, 10500000)"),
            // A number of one digit: 5 % of it is less.
            ("1000000", "1000000", Count, "[950000, 1050000)"),
            ("9000000", "1000000", Count, "[8550000, 9450000)"),
            ("500000", "100000", Count, "[475000, 525000)"),
            ("-3000", "1000", Count, "(-3150, -2850]"),
            // Nought of a million has no width.
            ("0", "1000000", Count, "[0, 0]"),
            ("3", "0.1", Count, "[2.95, 3.05)"),
            // A percentage has no such limit.
            ("0.27", "0.01", Ratio, "[0.265, 0.275)"),
            ("0.01", "0.01", Ratio, "[0.005, 0.015)"),
            ("0.333", "0.001", Ratio, "[0.3325, 0.3335)"),
            ("-0.05", "0.01", Ratio, "(-0.055, -0.045]"),
            ("4", "0.01", Ratio, "[3.995, 4.005)"),
            // No negative number, and so no negative value.
            ("0", "0.01", Ratio, "[0, 0.005)"),
            (
                "9999999999999999999999999999",
                "1",
                Count,
                "[9999999999999999999999999998.5, 9999999999999999999999999999.5)",
            ),
        ] {
            let policy = Policy::default();
            let result = extent(rounded(number, to), kind, &policy);
            if number.len() == 28 {
                assert_eq!(result.unwrap_err().kind(), &ErrorKind::TooPrecise);
            } else {
                assert_eq!(result.unwrap().to_string(), values, "{number} to {to}");
            }
            let literal = extent(rounded(number, to), kind, &policy.with_rounding(false)).unwrap();
            assert_eq!(literal, Interval::point(self::number(number)), "{number} to {to}");
        }
    }

    #[test]
    fn a_number_is_rounded_to_the_unit_of_one_of_its_digits() {
        for (number, to) in
            [("4700000", "0"), ("4700000", "-1"), ("4712300", "1000"), ("12", "5"), ("0.3", "1"), ("7", "0.3")]
        {
            let refused = Figure::new(rounded(number, to)).unwrap_err();
            assert_eq!(refused.code(), "not-a-step", "{number} to {to}");
        }
        for (number, to) in [("0", "1000"), ("4712300", "100"), ("4712300", "1"), ("-3", "0.001")] {
            assert!(Figure::new(rounded(number, to)).is_ok(), "{number} to {to}");
        }
    }

    #[test]
    fn a_fraction_allows_a_twentieth_of_it_to_either_side_and_one_point_of_a_proportion() {
        for (text, kind, values) in [
            ("1/2", Ratio, "[0.49, 0.51)"),
            ("1/5", Ratio, "[0.19, 0.21)"),
            ("1/10", Ratio, "[0.095, 0.105)"),
            ("1/3", Ratio, "[0.3233333333333333333333333333, 0.3433333333333333333333333334)"),
            ("-1/2", Ratio, "(-0.51, -0.49]"),
            ("0/5", Ratio, "[0, 0]"),
            ("1/2", Real, "[0.475, 0.525)"),
            ("2/3", Real, "[0.6333333333333333333333333333, 0.7)"),
        ] {
            assert_eq!(extent(fraction(text), kind, &Policy::default()).unwrap().to_string(), values, "{text}");
            let literal = extent(fraction(text), kind, &Policy::default().with_rounding(false)).unwrap();
            let exactly = extent(Hedge::Exactly(rational(text)), kind, &Policy::default()).unwrap();
            assert_eq!(literal, exactly, "{text}");
        }
    }

    #[test]
    fn hedges_of_a_fraction_are_reckoned_from_the_fraction_itself() {
        let third = rational("2/3");
        let of = |hedge| extent(hedge, Ratio, &Policy::default()).unwrap();
        let nearly = of(Hedge::Nearly(third));
        assert_eq!(nearly.to_string(), "[0.6, 0.6666666666666666666666666667)");
        assert!(nearly.contains(number("0.6")));
        let (over, under) = (of(Hedge::MoreThan(third)), of(Hedge::LessThan(third)));
        let (least, most) = (of(Hedge::AtLeast(third)), of(Hedge::AtMost(third)));
        let exactly = of(Hedge::Exactly(third));
        for (a, b, shares) in [
            (nearly, least, false),
            (nearly, most, true),
            (over, most, false),
            (under, least, false),
            (over, under, false),
            (least, most, true),
            (exactly, least, true),
            (exactly, over, false),
            (exactly, nearly, false),
        ] {
            assert_eq!(a.shares_with(&b), shares, "{a} and {b}");
            assert_eq!(b.shares_with(&a), shares, "{b} and {a}");
        }
        assert!(exactly.is_within(&least) && exactly.is_within(&most) && !exactly.is_within(&over));
        assert!(nearly.is_within(&under) && !least.is_within(&over) && over.is_within(&least));
        // No decimal is two thirds, and those next to it lie on its two sides.
        assert!(!most.contains(number("0.6666666666666666666666666667")));
        assert!(under.contains(number("0.6666666666666666666666666666")));
    }

    #[test]
    fn about_a_percentage_reaches_half_its_last_digit_at_least() {
        let of = |hedge, policy: &Policy| extent(hedge, Ratio, policy).unwrap().to_string();
        let (usual, literal) = (Policy::default(), Policy::default().with_rounding(false));
        let narrow = Policy::default().with_tolerance(Number::ZERO).unwrap();
        for (hedge, rounding, none, zero) in [
            (Hedge::About(rational("0.01")), "[0.005, 0.015]", "[0.009, 0.011]", "[0.005, 0.015]"),
            (Hedge::About(rational("0.3")), "[0.27, 0.33]", "[0.27, 0.33]", "[0.295, 0.305]"),
            (Hedge::About(rational("0.015")), "[0.0135, 0.0165]", "[0.0135, 0.0165]", "[0.0145, 0.0155]"),
            (Hedge::About(rational("0")), "[-0.005, 0.005]", "[0, 0]", "[-0.005, 0.005]"),
            (Hedge::About(rational("2")), "[1.8, 2.2]", "[1.8, 2.2]", "[1.995, 2.005]"),
            (Hedge::JustOver(rational("0.02")), "(0.02, 0.025]", "(0.02, 0.022]", "(0.02, 0.025]"),
            (Hedge::AboutBetween(number("0.01"), number("0.2")), "[0.005, 0.22]", "[0.009, 0.22]", "[0.005, 0.205]"),
        ] {
            assert_eq!(of(hedge, &usual), rounding, "{hedge:?}");
            assert_eq!(of(hedge, &literal), none, "{hedge:?}");
            assert_eq!(of(hedge, &narrow), zero, "{hedge:?}");
        }
    }

    #[test]
    fn a_count_has_a_width_of_one_at_least_and_no_negative_value() {
        let of = |hedge| extent(hedge, Count, &Policy::default()).map(|values| values.to_string());
        for (hedge, values) in [
            (Hedge::About(rational("3")), "[2, 4]"),
            (Hedge::About(rational("0")), "[0, 1]"),
            (Hedge::AtMost(rational("0")), "[0, 0]"),
            (Hedge::LessThan(rational("-8")), "(−∞, -8)"),
            (Hedge::Estimate { low: number("10"), high: number("80"), best: number("25.5") }, "[10, 80]"),
            (Hedge::Vague(Vague::Handful), "[3, 10)"),
            (Hedge::Vague(Vague::Billions), "[2000000000, 1000000000000)"),
        ] {
            assert_eq!(of(hedge), Ok(values.to_owned()), "{hedge:?}");
        }
        for hedge in [
            Hedge::LessThan(rational("0")),
            Hedge::Nearly(rational("0")),
            Hedge::Within(Bound::open(4), Bound::open(5)),
        ] {
            assert_eq!(of(hedge).unwrap_err().kind(), &ErrorKind::NoValue, "{hedge:?}");
        }
        let refused = extent(Hedge::Vague(Vague::Several), Ratio, &Policy::default()).unwrap_err();
        assert_eq!(refused.kind(), &ErrorKind::VagueRatio);
    }

    #[test]
    fn doubt_doubles_what_was_chosen_and_nothing_else() {
        let (usual, literal) = (Policy::default(), Policy::default().with_rounding(false));
        for (hedge, kind, values) in [
            (Hedge::About(rational("3000")), Count, "[2400, 3600]"),
            (Hedge::About(rational("3")), Count, "[1, 5]"),
            (Hedge::About(rational("1")), Count, "[0, 3]"),
            (Hedge::About(rational("0.01")), Ratio, "[0, 0.02]"),
            (Hedge::Nearly(rational("3000")), Count, "[2400, 3000)"),
            (Hedge::JustOver(rational("3000")), Count, "(3000, 3600]"),
            (Hedge::AboutBetween(number("100"), number("200")), Count, "[80, 240]"),
            (Hedge::Nearly(rational("2/3")), Ratio, "[0.5333333333333333333333333333, 0.6666666666666666666666666667)"),
            (rounded("4700000", "100000"), Count, "[4600000, 4800000)"),
            (rounded("1000000", "1000000"), Count, "[900000, 1100000)"),
            (rounded("0.01", "0.01"), Ratio, "[0, 0.02)"),
            (rounded("0", "0.01"), Ratio, "[0, 0.01)"),
            (fraction("1/2"), Ratio, "[0.48, 0.52)"),
            (Hedge::Vague(Vague::Dozens), Count, "[12, 398]"),
            (Hedge::Vague(Vague::Handful), Count, "[1.5, 18]"),
            (Hedge::Vague(Vague::Handful), Real, "[1.5, 20)"),
            // A number that ends in noughts may be rounded, which is not doubled.
            (Hedge::Exactly(rational("4000")), Count, "[3800, 4200)"),
            (Hedge::Exactly(rational("4100")), Count, "[4050, 4150)"),
            (Hedge::Exactly(rational("-50")), Count, "(-52.5, -47.5]"),
            (Hedge::Exactly(rational("4712")), Count, "[4712, 4712]"),
            (Hedge::Exactly(rational("0")), Count, "[0, 0]"),
            (
                Hedge::Exactly(rational("1/3")),
                Ratio,
                "[0.3333333333333333333333333333, 0.3333333333333333333333333334]",
            ),
            (Hedge::MoreThan(rational("4000")), Count, "(4000, ∞)"),
            (Hedge::AtMost(rational("4000")), Count, "[0, 4000]"),
            (Hedge::Between(number("3000"), number("4000")), Count, "[3000, 4000]"),
            (Hedge::Estimate { low: number("10"), high: number("80"), best: number("30") }, Count, "[10, 80]"),
        ] {
            let values_in_doubt = doubtful(hedge, kind, &usual);
            assert_eq!(values_in_doubt.to_string(), values, "{hedge:?}");
            assert!(extent(hedge, kind, &usual).unwrap().is_within(&values_in_doubt), "{hedge:?}");
        }
        // Where nothing is taken as rounded, what ends in noughts may still have been.
        assert_eq!(doubtful(Hedge::Exactly(rational("4000")), Count, &literal).to_string(), "[3800, 4200)");
        assert_eq!(doubtful(rounded("4700000", "100000"), Count, &literal).to_string(), "[4650000, 4750000)");
        assert_eq!(doubtful(fraction("1/2"), Ratio, &literal).to_string(), "[0.5, 0.5]");
    }

    #[test]
    fn the_width_that_was_chosen_is_told_in_words() {
        let policy = Policy::default();
        for (hedge, kind, words) in [
            (Hedge::About(rational("3000")), Count, "a width of 10%"),
            (Hedge::About(rational("3")), Count, "the least width of a count, 1"),
            (Hedge::About(rational("0.3")), Ratio, "a width of 10%"),
            (Hedge::About(rational("0.01")), Ratio, "a width of half its last digit"),
            (Hedge::AboutBetween(number("3"), number("3000")), Count, "a width of 10%, and at least 1"),
            (
                Hedge::AboutBetween(number("0.01"), number("0.3")),
                Ratio,
                "a width of 10%, and at least half the last digit",
            ),
            (rounded("4700000", "100000"), Count, "rounded to its last digit"),
            (rounded("0.01", "0.01"), Ratio, "rounded to its last digit"),
            (rounded("1000000", "1000000"), Count, "rounded, by 5% at most"),
            (fraction("1/2"), Ratio, "rounded, by 1 percentage point at most"),
            (fraction("1/10"), Ratio, "rounded, by 5% at most"),
            (Hedge::Vague(Vague::Dozens), Count, "by convention"),
        ] {
            let parts = FigureParts { hedge, unit: None };
            assert_eq!(parts.width_in_words(&policy, kind == Ratio, kind == Count), words, "{hedge:?}");
        }
    }
}
