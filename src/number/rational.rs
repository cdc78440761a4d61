//! Numbers as they are said: decimals, and fractions that no decimal is equal to.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::Number;
use crate::error::{Error, ErrorKind};

/// A number as it is said: a decimal, or a fraction such as a third, which no decimal is equal to.
///
/// The hedges of a figure are said of one of these, so that "nearly two-thirds" needs no decimal to stand for the two
/// thirds. Every [`Number`] is one.
///
/// # Syntax
///
/// A [`Number`], or two whole numbers with a slash between them: `0.5`, `2/3`, `-1/7`. [`Display`](fmt::Display)
/// writes the decimal where there is one, and else the fraction in its lowest terms.
///
/// # Equality
///
/// By value: `2/6` is `1/3`, and `1/2` is `0.5`.
///
/// # Errors
///
/// Parsing refuses what is written otherwise, a nought below the slash, and a fraction that is too long to be held: the
/// factors of ten apart, what stands below the slash is at most 1,000,000.
///
/// ```
/// use testimony::{Number, Rational};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let third: Rational = "2/6".parse()?;
/// assert_eq!(third, Rational::fraction(1, 3)?);
/// assert_eq!(third.to_string(), "1/3");
/// assert_eq!(third.to_number(), None);
///
/// let half: Rational = "1/2".parse()?;
/// assert_eq!(half.to_number(), Some("0.5".parse::<Number>()?));
/// assert!(third < half && half < Rational::from(1));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rational {
    numerator: Number,
    /// The divisor of the numerator: 1 for a decimal. It has no factor in common with ten or with the numerator, so
    /// that one value is written in one way.
    divisor: u32,
}

/// The largest divisor. Two fractions with such divisors then differ within the digits of a [`Number`].
const MAX_DIVISOR: u128 = 1_000_000;

impl Rational {
    /// Nought.
    pub(crate) const ZERO: Self = Self { numerator: Number::ZERO, divisor: 1 };

    /// The fraction of two whole numbers.
    ///
    /// # Errors
    ///
    /// Refuses to divide by nought, and a fraction that is too long to be held.
    ///
    /// ```
    /// use testimony::{ErrorKind, Rational};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// assert_eq!(Rational::fraction(2, 3)?.to_string(), "2/3");
    /// let error = Rational::fraction(1, 0).unwrap_err();
    /// assert_eq!(error.kind(), &ErrorKind::DivisionByZero);
    /// # Ok(())
    /// # }
    /// ```
    pub fn fraction(numerator: i64, denominator: u64) -> Result<Self, Error> {
        Self::from_terms(numerator.into(), 0, denominator.into())
            .map_err(|kind| Error::new(kind).value(format!("{numerator}/{denominator}")))
    }

    /// `numerator` × 10^`exponent` ÷ `denominator`, exactly.
    pub(crate) fn from_terms(numerator: i128, exponent: i64, denominator: u128) -> Result<Self, ErrorKind> {
        if denominator == 0 {
            return Err(ErrorKind::DivisionByZero);
        }
        if denominator == 1 {
            return Number::from_parts(numerator, exponent).map(Self::from);
        }
        let common = gcd(numerator.unsigned_abs(), denominator);
        let (mut coefficient, mut exponent) = (numerator / common.cast_signed(), exponent);
        let mut divisor = denominator / common;
        // A factor of two below is a factor of five above, and of ten below.
        for (factor, other) in [(10, 1), (2, 5), (5, 2)] {
            while divisor.is_multiple_of(factor) {
                coefficient = coefficient.checked_mul(other).ok_or(ErrorKind::TooPrecise)?;
                (divisor, exponent) = (divisor / factor, exponent.saturating_sub(1));
            }
        }
        if divisor > MAX_DIVISOR {
            return Err(ErrorKind::TooPrecise);
        }
        let divisor = u32::try_from(divisor).map_err(|_| ErrorKind::TooPrecise)?;
        Self { numerator: Number::from_parts(coefficient, exponent)?, divisor }.held().ok_or(ErrorKind::TooPrecise)
    }

    /// The number itself, if the decimals around it can be held.
    fn held(self) -> Option<Self> {
        if self.divisor == 1 {
            return Some(self);
        }
        self.enclosing().map(|_| self)
    }

    /// The decimal that the number is equal to, if there is one.
    #[must_use]
    pub fn to_number(self) -> Option<Number> {
        (self.divisor == 1).then_some(self.numerator)
    }

    /// Whether the number is below nought.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.numerator.is_negative()
    }

    /// Whether the number has no fraction.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.divisor == 1 && self.numerator.is_whole()
    }

    /// The nearest decimals below and above it; for a decimal, the decimal itself twice.
    fn enclosing(self) -> Option<(Number, Number)> {
        if self.divisor == 1 {
            return Some((self.numerator, self.numerator));
        }
        self.numerator.enclosing_quotient(self.divisor.into())
    }

    /// The greatest decimal that is not above it.
    pub(crate) fn below(self) -> Number {
        self.enclosing().map_or(self.numerator, |(low, _)| low)
    }

    /// The least decimal that is not below it.
    pub(crate) fn above(self) -> Number {
        self.enclosing().map_or(self.numerator, |(_, high)| high)
    }

    /// The place of the number in the order of all numbers: that of a decimal is [`Number::order`], and that of a
    /// fraction lies between those of the decimals around it.
    pub(crate) fn order(self) -> i128 {
        self.below().order() + if self.divisor == 1 { 0 } else { 5 }
    }

    pub(crate) fn abs(self) -> Self {
        Self { numerator: self.numerator.abs(), ..self }
    }

    /// The product with a decimal, where that fits.
    pub(crate) fn checked_mul(self, factor: impl Into<Number>) -> Option<Self> {
        let numerator = self.numerator.checked_mul(factor.into())?;
        if self.divisor == 1 {
            return Some(numerator.into());
        }
        let (coefficient, _) = numerator.parts();
        let common = gcd(coefficient.unsigned_abs(), self.divisor.into());
        let common = u32::try_from(common).ok()?;
        let (numerator, rest) = numerator.enclosing_quotient(common.into())?;
        if numerator != rest {
            return None;
        }
        Self { numerator, divisor: self.divisor / common }.held()
    }

    /// The exact sum, where it fits, with a decimal or a fraction of the same divisor.
    pub(crate) fn checked_add(self, other: Self) -> Option<Self> {
        if let (Some(number), Some(other)) = (self.to_number(), other.to_number()) {
            return number.checked_add(other).map(Self::from);
        }
        if self.divisor == other.divisor {
            let sum = Self { numerator: self.numerator.checked_add(other.numerator)?, ..self };
            return sum.checked_mul(Number::ONE);
        }
        let widened = |n: Self, by: u32| n.numerator.checked_mul(by.into());
        let sum = widened(self, other.divisor)?.checked_add(widened(other, self.divisor)?)?;
        let divisor = self.divisor.checked_mul(other.divisor).filter(|divisor| u128::from(*divisor) <= MAX_DIVISOR)?;
        Self { numerator: sum, divisor }.checked_mul(Number::ONE)
    }

    pub(crate) fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(other.negated())
    }

    pub(crate) fn negated(self) -> Self {
        Self { numerator: -self.numerator, ..self }
    }

    /// The numerator and the denominator of the number as a fraction in its lowest terms.
    fn terms(self) -> (i128, u128) {
        let (mut coefficient, mut exponent) = self.numerator.parts();
        let mut denominator = u128::from(self.divisor);
        while exponent > 0 {
            (coefficient, exponent) = (coefficient * 10, exponent - 1);
        }
        while exponent < 0 {
            (denominator, exponent) = (denominator * 10, exponent + 1);
        }
        let common = gcd(coefficient.unsigned_abs(), denominator);
        (coefficient / common.cast_signed(), denominator / common)
    }

    /// The number written as a fraction, also where a decimal is equal to it: `1/2`.
    pub(crate) fn as_fraction(self) -> String {
        let (numerator, denominator) = self.terms();
        format!("{numerator}/{denominator}")
    }
}

impl<T: Into<Number>> From<T> for Rational {
    fn from(number: T) -> Self {
        Self { numerator: number.into(), divisor: 1 }
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.divisor == other.divisor {
            return self.numerator.cmp(&other.numerator);
        }
        let sign = |n: &Self| i32::from(!n.numerator.is_negative());
        let ((a, a_exp), (b, b_exp)) = (self.numerator.parts(), other.numerator.parts());
        if a == 0 || b == 0 || sign(self) != sign(other) {
            return self.numerator.cmp(&other.numerator);
        }
        // Both numbers are multiplied by both divisors and put in units of the lesser power of ten. A coefficient has
        // 28 digits and a divisor six, so that a number which has too many once it is widened is the greater, whatever
        // the other is.
        let widen = |n: i128, divisor: u32, exponent: i64| {
            let power = u32::try_from(exponent - a_exp.min(b_exp)).ok().and_then(|power| 10i128.checked_pow(power))?;
            n.checked_mul(divisor.into())?.checked_mul(power)
        };
        let larger = |is_first: bool| if is_first == (a > 0) { Ordering::Greater } else { Ordering::Less };
        match (widen(a, other.divisor, a_exp), widen(b, self.divisor, b_exp)) {
            (Some(a), Some(b)) => a.cmp(&b),
            (None, _) => larger(true),
            (Some(_), None) => larger(false),
        }
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_number() {
            Some(number) => number.fmt(f),
            None => f.pad(&self.as_fraction()),
        }
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Rational {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let Some((numerator, denominator)) = text.split_once('/') else {
            return text.parse::<Number>().map(Self::from);
        };
        parse(numerator, denominator).map_err(|kind| Error::new(kind).value(text))
    }
}

fn parse(numerator: &str, denominator: &str) -> Result<Rational, ErrorKind> {
    let whole = |text: &str| {
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(ErrorKind::NotANumber);
        }
        text.parse::<i128>().map_err(|_| ErrorKind::TooPrecise)
    };
    let denominator = u128::try_from(whole(denominator)?).map_err(|_| ErrorKind::NotANumber)?;
    Rational::from_terms(whole(numerator)?, 0, denominator)
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn rational(text: &str) -> Rational {
        text.parse().unwrap()
    }

    #[test]
    fn a_fraction_is_read_in_its_lowest_terms_or_as_the_decimal_that_it_is() {
        for (text, shown) in [
            ("1/3", "1/3"),
            ("4/6", "2/3"),
            ("-2/14", "-1/7"),
            ("0/7", "0"),
            ("1/2", "0.5"),
            ("7/1", "7"),
            ("9/3", "3"),
            ("100/3", "100/3"),
            ("1/3000000", "1/3000000"),
            ("1/30", "1/30"),
            ("1/999999", "1/999999"),
            ("1/1048576", "0.00000095367431640625"),
            ("-5.50", "-5.5"),
            ("1000000000000000000000000000/3", "1000000000000000000000000000/3"),
        ] {
            assert_eq!(rational(text).to_string(), shown, "{text}");
            assert_eq!(rational(shown), rational(text), "{text}");
            assert_eq!(rational(&rational(text).as_fraction()), rational(text), "{text}");
        }
        assert_eq!(rational("1/2").as_fraction(), "1/2");
        assert_eq!(rational("3").as_fraction(), "3/1");
    }

    #[test]
    fn what_is_no_fraction_is_refused() {
        for (text, kind) in [
            ("1/0", ErrorKind::DivisionByZero),
            ("1/", ErrorKind::NotANumber),
            ("/3", ErrorKind::NotANumber),
            ("1/-3", ErrorKind::NotANumber),
            ("1/+3", ErrorKind::NotANumber),
            ("1/3/5", ErrorKind::NotANumber),
            ("1.5/3", ErrorKind::NotANumber),
            ("1 / 3", ErrorKind::NotANumber),
            ("1/1000001", ErrorKind::TooPrecise),
            ("1/536870912", ErrorKind::OutOfRange),
            ("1/99999999999999999999999999999999999999999", ErrorKind::TooPrecise),
            ("10000000000000000000000000001/3", ErrorKind::TooPrecise),
        ] {
            assert_eq!(text.parse::<Rational>().unwrap_err().kind(), &kind, "{text}");
        }
        let refused = Rational::fraction(i64::MIN, u64::MAX).unwrap_err();
        assert_eq!(refused.kind(), &ErrorKind::TooPrecise);
    }

    #[test]
    fn fractions_are_ordered_among_decimals() {
        let rising = [
            "-79228162514264000000000000000",
            "-1/3",
            "-0.3333333333333333333333333333",
            "-1/999999",
            "0",
            "1/999999",
            "0.3333333333333333333333333333",
            "1/3",
            "0.3333333333333333333333333334",
            "333334/1000000",
            "1",
            "4/3",
            "1000000000000000000000000000/3",
            "79228162514264000000000000000",
        ];
        for (i, low) in rising.iter().enumerate() {
            for high in &rising[i + 1..] {
                let (low, high) = (rational(low), rational(high));
                assert!(low < high, "{low} {high}");
                assert!(low.order() < high.order(), "{low} {high}");
            }
        }
    }

    #[test]
    fn sums_and_products_of_fractions_are_exact() {
        let tenth: Number = "0.1".parse().unwrap();
        assert_eq!(rational("2/3").checked_mul(tenth), Some(rational("1/15")));
        assert_eq!(rational("1/3").checked_mul(3), Some(rational("1")));
        assert_eq!(rational("1/3").checked_add(rational("2/3")), Some(rational("1")));
        assert_eq!(rational("2/3").checked_sub(rational("1/15")), Some(rational("0.6")));
        assert_eq!(rational("1/3").checked_sub(rational("0.01")), Some(rational("97/300")));
        assert_eq!(rational("1/999999").checked_add(rational("1/7")), None);
    }

    proptest! {
        #[test]
        fn fractions_of_whole_numbers_are_reckoned_with_as_such(
            (a, b) in (-2000i64..2000, 1i64..400), (c, d) in (-2000i64..2000, 1i64..400),
        ) {
            let fraction = |n: i64, d: i64| Rational::fraction(n, d.unsigned_abs()).unwrap();
            let (one, other) = (fraction(a, b), fraction(c, d));
            prop_assert_eq!(one.cmp(&other), (a * d).cmp(&(c * b)));
            prop_assert_eq!(one == other, a * d == c * b);
            prop_assert_eq!(one.checked_add(other), Some(fraction(a * d + c * b, b * d)));
            prop_assert_eq!(one.checked_mul(c), Some(fraction(a * c, b)));
            prop_assert_eq!(one.to_string().parse::<Rational>(), Ok(one));
            prop_assert!(Rational::from(one.below()) <= one && one <= Rational::from(one.above()));
        }
    }
}
