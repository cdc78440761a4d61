//! Reckoning with sets of numbers: every number that the operands allow, and as few others as the digits permit.

use std::fmt::Display;

use super::{Bound, ExactBound, Interval, Number};
use crate::error::{Error, ErrorKind};

/// Where an interval ends: at a number, or nowhere.
#[derive(Clone, Copy, Debug)]
enum End {
    Below,
    At(Bound),
    Above,
}

impl End {
    fn of(interval: &Interval) -> [Self; 2] {
        [interval.low().map_or(Self::Below, Self::At), interval.high().map_or(Self::Above, Self::At)]
    }

    fn sign(self) -> i8 {
        match self {
            Self::Below => -1,
            Self::At(bound) if bound.value() == Number::ZERO => 0,
            Self::At(bound) if bound.value().is_negative() => -1,
            Self::At(_) | Self::Above => 1,
        }
    }

    fn infinite(sign: i8) -> Self {
        if sign < 0 { Self::Below } else { Self::Above }
    }
}

fn bound(value: Number, open: bool) -> Bound {
    if open { Bound::open(value) } else { Bound::closed(value) }
}

/// Nought, which belongs to a product or a quotient if the nought that makes it belongs to its operand.
fn nought(open: bool) -> (End, End) {
    let nought = End::At(bound(Number::ZERO, open));
    (nought, nought)
}

/// The interval around what two pairs of ends make. Each pair makes one end to go below, and one to go above.
fn around(corners: impl Iterator<Item = (End, End)>) -> Result<Interval, Error> {
    // The outermost end counts; of two at one number, the closed one.
    let (mut low, mut high) = (None, None);
    let (mut no_low, mut no_high) = (false, false);
    for (least, greatest) in corners {
        match least {
            End::Below => no_low = true,
            End::At(end) => {
                let lower = |kept: &Bound| (end.value(), end.is_open()) < (kept.value(), kept.is_open());
                if low.as_ref().is_none_or(lower) {
                    low = Some(end);
                }
            }
            End::Above => {}
        }
        match greatest {
            End::Above => no_high = true,
            End::At(end) => {
                let higher = |kept: &Bound| (end.value(), !end.is_open()) > (kept.value(), !kept.is_open());
                if high.as_ref().is_none_or(higher) {
                    high = Some(end);
                }
            }
            End::Below => {}
        }
    }
    Interval::new(low.filter(|_| !no_low), high.filter(|_| !no_high))
}

fn too_long(a: impl Display, sign: &str, b: impl Display) -> Error {
    Error::new(ErrorKind::OutOfRange).value(format!("{a} {sign} {b}"))
}

/// Interval arithmetic.
///
/// A result allows every number that a number of the one operand and a number of the other make, and no others; but
/// where an end of a quotient has no exact decimal of 28 digits, it is the nearest one outside, and left out.
impl Interval {
    /// The numbers with the other sign.
    ///
    /// ```
    /// use testimony::{Bound, Interval};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let losses = Interval::new(Some(Bound::open(4000)), None)?;
    /// assert_eq!(losses.negated().to_string(), "(−∞, -4000)");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn negated(&self) -> Self {
        let turn = |end: ExactBound| end.at(end.value().negated());
        let (low, high) = self.ends();
        // The ends of a set that is not empty, turned, are the ends of one.
        Self::exactly(high.map(turn), low.map(turn)).unwrap_or(Self::ALL)
    }

    /// A number of the one and a number of the other, added.
    ///
    /// # Errors
    ///
    /// Refuses a sum that does not fit into a [`Number`] exactly.
    ///
    /// ```
    /// use testimony::{Bound, Interval};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let killed = Interval::new(Some(Bound::closed(300)), Some(Bound::closed(400)))?;
    /// let wounded = Interval::new(Some(Bound::open(2700)), None)?;
    /// assert_eq!(killed.sum(&wounded)?.to_string(), "(3000, ∞)");
    /// # Ok(())
    /// # }
    /// ```
    pub fn sum(&self, other: &Self) -> Result<Self, Error> {
        let add = |a: Option<ExactBound>, b: Option<ExactBound>| match a.zip(b) {
            None => Ok(None),
            Some((a, b)) => match a.value().checked_add(b.value()) {
                Some(sum) => Ok(Some(if b.is_open() { b.at(sum) } else { a.at(sum) })),
                None => Err(too_long(a.value(), "+", b.value())),
            },
        };
        let ((low, high), (other_low, other_high)) = (self.ends(), other.ends());
        Self::exactly(add(low, other_low)?, add(high, other_high)?)
    }

    /// A number of the one less a number of the other.
    ///
    /// # Errors
    ///
    /// Refuses a difference that does not fit into a [`Number`] exactly.
    ///
    /// ```
    /// use testimony::Interval;
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let left = Interval::point(11_000).difference(&Interval::point(4000))?;
    /// assert_eq!(left, Interval::point(7000));
    /// # Ok(())
    /// # }
    /// ```
    pub fn difference(&self, other: &Self) -> Result<Self, Error> {
        self.sum(&other.negated())
    }

    /// A number of the one times a number of the other.
    ///
    /// # Errors
    ///
    /// Refuses a product that does not fit into a [`Number`] exactly.
    ///
    /// ```
    /// use testimony::{Bound, Interval};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let share = Interval::new(Some(Bound::closed("0.27".parse::<testimony::Number>()?)), None)?;
    /// assert_eq!(share.product(&Interval::point(11_000))?.to_string(), "[2970, ∞)");
    /// # Ok(())
    /// # }
    /// ```
    pub fn product(&self, other: &Self) -> Result<Self, Error> {
        let mut corners = Vec::with_capacity(4);
        for a in End::of(self) {
            for b in End::of(other) {
                corners.push(times(a, b)?);
            }
        }
        around(corners.into_iter())
    }

    /// Every number times `factor`.
    ///
    /// # Errors
    ///
    /// Refuses an end that does not fit into a [`Number`] exactly.
    ///
    /// ```
    /// use testimony::{Bound, Interval};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let dozens = Interval::new(Some(Bound::closed(2)), Some(Bound::open(8)))?;
    /// assert_eq!(dozens.scaled(12)?.to_string(), "[24, 96)");
    /// # Ok(())
    /// # }
    /// ```
    pub fn scaled(&self, factor: impl Into<Number>) -> Result<Self, Error> {
        self.product(&Self::point(factor))
    }

    /// A number of the one divided by a number of the other.
    ///
    /// An end that has more than 28 digits or 28 decimal places is rounded outward, and then left out, since no
    /// quotient is equal to it.
    ///
    /// # Errors
    ///
    /// Refuses a divisor that may be nought, and an end that is too large for a [`Number`].
    ///
    /// ```
    /// use testimony::{Bound, ErrorKind, Interval};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let over_4000 = Interval::new(Some(Bound::open(4000)), None)?;
    /// let share = over_4000.quotient(&Interval::point(11_000))?;
    /// assert_eq!(share.to_string(), "(0.3636363636363636363636363636, ∞)");
    ///
    /// let error = over_4000.quotient(&Interval::ALL).unwrap_err();
    /// assert_eq!(error.kind(), &ErrorKind::DivisionByZero);
    /// # Ok(())
    /// # }
    /// ```
    pub fn quotient(&self, other: &Self) -> Result<Self, Error> {
        if other.contains(Number::ZERO) {
            return Err(Error::new(ErrorKind::DivisionByZero).value(self));
        }
        let positive = other.is_above(&Self::point(0));
        let mut corners = Vec::with_capacity(4);
        for a in End::of(self) {
            for b in End::of(other) {
                corners.push(over(a, b, if positive { 1 } else { -1 })?);
            }
        }
        around(corners.into_iter())
    }
}

/// The product of two ends: an end to go below, and an end to go above.
fn times(a: End, b: End) -> Result<(End, End), Error> {
    let (End::At(x), End::At(y)) = (a, b) else {
        let sign = a.sign() * b.sign();
        if sign != 0 {
            let end = End::infinite(sign);
            return Ok((end, end));
        }
        let open = [a, b].into_iter().all(|end| match end {
            End::At(end) => end.is_open(),
            End::Below | End::Above => true,
        });
        return Ok(nought(open));
    };
    // A nought that belongs to one of them makes nought whatever the other is.
    if x.value() == Number::ZERO || y.value() == Number::ZERO {
        let has_nought = |end: Bound| end.value() == Number::ZERO && !end.is_open();
        return Ok(nought(!has_nought(x) && !has_nought(y)));
    }
    let product = x.value().checked_mul(y.value()).ok_or_else(|| too_long(x.value(), "×", y.value()))?;
    let end = End::At(bound(product, x.is_open() || y.is_open()));
    Ok((end, end))
}

/// The quotient of two ends, as `times` gives their product; `side` is the sign of all divisors.
fn over(a: End, b: End, side: i8) -> Result<(End, End), Error> {
    let End::At(y) = b else {
        // Ever larger divisors make the quotient ever smaller; nought is reached only by dividing nought.
        return Ok(nought(!matches!(a, End::At(x) if x.value() == Number::ZERO && !x.is_open())));
    };
    let End::At(x) = a else {
        let end = End::infinite(a.sign() * side);
        return Ok((end, end));
    };
    if x.value() == Number::ZERO {
        return Ok(nought(x.is_open()));
    }
    if y.value() == Number::ZERO {
        let end = End::infinite(a.sign() * side);
        return Ok((end, end));
    }
    let (low, high) = x.value().enclosing_quotient(y.value()).ok_or_else(|| too_long(x.value(), "÷", y.value()))?;
    let open = x.is_open() || y.is_open() || low != high;
    Ok((End::At(bound(low, open)), End::At(bound(high, open))))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every interval with ends among some whole numbers, open, closed and absent.
    fn intervals() -> Vec<Interval> {
        let mut ends = vec![None];
        for n in -2..=2 {
            ends.push(Some(Bound::closed(n)));
            ends.push(Some(Bound::open(n)));
        }
        let pairs = ends.iter().flat_map(|low| ends.iter().map(move |high| (*low, *high)));
        pairs.filter_map(|(low, high)| Interval::new(low, high).ok()).collect()
    }

    /// Quarters, numbers very close to each whole number, and very large ones: as ratios of whole numbers.
    fn samples() -> Vec<(i64, i64)> {
        let mut samples: Vec<(i64, i64)> = (-12..=12).map(|n| (n, 4)).collect();
        for n in -2..=2 {
            samples.extend([(n * 1000 - 1, 1000), (n * 1000 + 1, 1000)]);
        }
        samples.extend([(1000, 1), (-1000, 1), (1_000_000, 1), (-1_000_000, 1)]);
        samples
    }

    fn number((a, b): (i64, i64)) -> Number {
        let (low, high) = Number::from(a).enclosing_quotient(Number::from(b)).unwrap();
        assert_eq!(low, high);
        low
    }

    /// A numerator and a denominator.
    type Ratio = (i64, i64);

    /// Compares with what the samples make, reckoned as fractions of whole numbers.
    #[track_caller]
    fn check(operation: fn(&Interval, &Interval) -> Result<Interval, Error>, model: fn(Ratio, Ratio) -> Option<Ratio>) {
        let samples: Vec<_> = samples().into_iter().map(|ratio| (ratio, number(ratio))).collect();
        for a in intervals() {
            for b in intervals() {
                let from =
                    |set: Interval| samples.iter().filter(move |(_, n)| set.contains(*n)).map(|(ratio, _)| *ratio);
                let made: Option<Vec<(i64, i64)>> =
                    from(a).flat_map(|x| from(b).map(move |y| (x, y))).map(|(x, y)| model(x, y)).collect();
                let result = operation(&a, &b);
                let Some(made) = made else {
                    assert_eq!(result.unwrap_err().kind(), &ErrorKind::DivisionByZero, "{a} {b}");
                    continue;
                };
                let Ok(result) = result else {
                    assert!(b.contains(Number::ZERO), "{a} {b}: {result:?}");
                    continue;
                };
                let near = number((2, 100));
                let close =
                    |n: Number, end: Number| n > end.checked_sub(near).unwrap() && n < end.checked_add(near).unwrap();
                let mut made: Vec<(Number, Number)> = made
                    .into_iter()
                    .map(|(n, d)| Number::from(n).enclosing_quotient(Number::from(d)).unwrap())
                    .collect();
                made.sort_unstable();
                made.dedup();
                for (low, high) in &made {
                    assert!(result.contains(*low) || result.contains(*high), "{a} {b} make {low}, not in {result}");
                }
                let large = Number::from(500);
                match result.low() {
                    None => assert!(made[0].0 < -large, "{a} {b}: {result}"),
                    Some(end) => {
                        let reached = made.iter().any(|(low, high)| low == high && *low == end.value());
                        assert_eq!(reached, !end.is_open(), "{a} {b}: {result}");
                        assert!(made.iter().any(|(low, _)| close(*low, end.value())), "{a} {b}: {result}");
                    }
                }
                match result.high() {
                    None => assert!(made[made.len() - 1].1 > large, "{a} {b}: {result}"),
                    Some(end) => {
                        let reached = made.iter().any(|(low, high)| low == high && *low == end.value());
                        assert_eq!(reached, !end.is_open(), "{a} {b}: {result}");
                        assert!(made.iter().any(|(_, high)| close(*high, end.value())), "{a} {b}: {result}");
                    }
                }
            }
        }
    }

    #[test]
    fn sums_are_what_the_numbers_make() {
        check(Interval::sum, |(a, b), (c, d)| Some((a * d + c * b, b * d)));
    }

    #[test]
    fn differences_are_what_the_numbers_make() {
        check(Interval::difference, |(a, b), (c, d)| Some((a * d - c * b, b * d)));
    }

    #[test]
    fn products_are_what_the_numbers_make() {
        check(Interval::product, |(a, b), (c, d)| Some((a * c, b * d)));
    }

    #[test]
    fn quotients_are_what_the_numbers_make() {
        check(Interval::quotient, |(a, b), (c, d)| if c == 0 { None } else { Some((a * d, b * c)) });
    }

    #[track_caller]
    fn interval(low: &str, high: &str) -> Interval {
        let end = |text: &str| {
            let open = text.starts_with('(') || text.ends_with(')');
            let digits = text.trim_matches(['(', ')', '[', ']']);
            (!digits.is_empty()).then(|| bound(digits.parse().unwrap(), open))
        };
        Interval::new(end(low), end(high)).unwrap()
    }

    #[test]
    fn the_ends_of_a_quotient_are_rounded_outward_and_left_out() {
        for (a, b, quotient) in [
            ("1", "3", "(0.3333333333333333333333333333, 0.3333333333333333333333333334)"),
            ("-1", "3", "(-0.3333333333333333333333333334, -0.3333333333333333333333333333)"),
            ("2", "-3", "(-0.6666666666666666666666666667, -0.6666666666666666666666666666)"),
            ("1", "8", "[0.125, 0.125]"),
            ("1e-28", "3", "(0, 0.0000000000000000000000000001)"),
            ("-1e-28", "1e20", "(-0.0000000000000000000000000001, 0)"),
            ("9999999999999999999999999999", "7", "(1428571428571428571428571428, 1428571428571428571428571429)"),
            ("5e28", "1e28", "[5, 5]"),
        ] {
            let point = |text: &str| Interval::point(text.parse::<Number>().unwrap());
            assert_eq!(point(a).quotient(&point(b)).unwrap().to_string(), quotient, "{a} / {b}");
        }
        let share = interval("[1", "2)").quotient(&interval("[3", "")).unwrap();
        assert_eq!(share.to_string(), "(0, 0.6666666666666666666666666667)");
    }

    #[test]
    fn sums_of_fractions_are_exact() {
        let of = |text: &str| {
            let end = Some(ExactBound::open(text.parse::<crate::number::Rational>().unwrap()));
            Interval::exactly(end, None).unwrap()
        };
        assert_eq!(of("1/3").sum(&of("2/3")).unwrap().to_string(), "(1, ∞)");
        assert_eq!(of("1/3").negated().negated(), of("1/3"));
        let third =
            Interval::exactly(Some(ExactBound::closed("1/3".parse::<crate::number::Rational>().unwrap())), None);
        let left = Interval::point(9).difference(&third.unwrap()).unwrap();
        assert_eq!(left.ends().1, Some(ExactBound::closed("26/3".parse::<crate::number::Rational>().unwrap())));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let large = Interval::point("7e28".parse::<Number>().unwrap());
        let small = Interval::point("1e-28".parse::<Number>().unwrap());
        let kind = |result: Result<Interval, Error>| result.unwrap_err().kind().clone();
        assert_eq!(kind(large.sum(&large)), ErrorKind::OutOfRange);
        assert_eq!(kind(large.sum(&small)), ErrorKind::OutOfRange);
        assert_eq!(kind(large.product(&large)), ErrorKind::OutOfRange);
        assert_eq!(kind(small.product(&small)), ErrorKind::OutOfRange);
        assert_eq!(kind(large.quotient(&small)), ErrorKind::OutOfRange);
        assert_eq!(
            large.quotient(&Interval::point(0)).unwrap_err().to_string(),
            "\"[70000000000000000000000000000, 70000000000000000000000000000]\" is divided by what may be 0"
        );
    }

    fn any_interval() -> impl Strategy<Value = Interval> {
        let end = || {
            proptest::option::of((-1000i64..1000, 0u32..3, any::<bool>()))
                .prop_map(|end| end.map(|(n, scale, open)| bound(format!("{n}e-{scale}").parse().unwrap(), open)))
        };
        (end(), end()).prop_filter_map("an interval", |(low, high)| Interval::new(low, high).ok())
    }

    proptest! {
        #[test]
        fn sums_commute(a in any_interval(), b in any_interval()) {
            prop_assert_eq!(a.sum(&b), b.sum(&a));
        }

        #[test]
        fn sums_associate(a in any_interval(), b in any_interval(), c in any_interval()) {
            prop_assert_eq!(a.sum(&b)?.sum(&c), a.sum(&b.sum(&c)?));
        }

        #[test]
        fn products_commute(a in any_interval(), b in any_interval()) {
            prop_assert_eq!(a.product(&b), b.product(&a));
        }

        #[test]
        fn products_associate(a in any_interval(), b in any_interval(), c in any_interval()) {
            prop_assert_eq!(a.product(&b)?.product(&c), a.product(&b.product(&c)?));
        }

        #[test]
        fn products_of_sums_are_within_sums_of_products(a in any_interval(), b in any_interval(), c in any_interval()) {
            let (left, right) = (a.product(&b.sum(&c)?)?, a.product(&b)?.sum(&a.product(&c)?)?);
            prop_assert!(left.is_within(&right));
        }

        #[test]
        fn nought_and_one_change_nothing(a in any_interval()) {
            prop_assert_eq!(a.sum(&Interval::point(0))?, a);
            prop_assert_eq!(a.scaled(1)?, a);
            prop_assert_eq!(a.quotient(&Interval::point(1))?, a);
            prop_assert_eq!(a.scaled(-1)?, a.negated());
        }

        #[test]
        fn what_is_within_stays_within(a in any_interval(), b in any_interval(), c in any_interval()) {
            prop_assume!(a.is_within(&b));
            prop_assert!(a.sum(&c)?.is_within(&b.sum(&c)?));
            prop_assert!(a.product(&c)?.is_within(&b.product(&c)?));
            if let Ok(wider) = b.quotient(&c) {
                prop_assert!(a.quotient(&c)?.is_within(&wider));
            }
        }

        #[test]
        fn a_quotient_times_the_divisor_has_the_dividend(a in -10_000i64..10_000, b in 1i64..10_000) {
            let (low, high) = Number::from(a).enclosing_quotient(Number::from(b)).unwrap();
            let exact = low == high;
            if exact {
                prop_assert_eq!(low.checked_mul(b.into()), Some(a.into()));
            } else {
                prop_assert!(high.checked_sub(low).unwrap() <= "1e-24".parse().unwrap());
                let one = Interval::point(a).quotient(&Interval::point(b))?;
                prop_assert_eq!(one, Interval::new(Some(Bound::open(low)), Some(Bound::open(high)))?);
            }
        }
    }
}
