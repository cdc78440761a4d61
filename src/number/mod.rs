//! Exact decimal numbers.

mod arithmetic;
mod conversion;
#[cfg(feature = "serde")]
mod format;
mod interval;
mod rational;
mod text;
mod written;

use std::hash::{Hash, Hasher};

#[cfg(feature = "serde")]
pub(crate) use format::{NumberVisitor, Spelt, SpeltVisitor, floats_read};
pub(crate) use interval::ExactBound;
pub use interval::{Bound, Interval};
pub use rational::Rational;
use rust_decimal::Decimal;
pub(crate) use text::parts;
pub use written::NumberStyle;
pub(crate) use written::digit;

use crate::error::{Error, ErrorKind};

/// An exact decimal number of at most 28 significant digits and 28 decimal places.
///
/// A number is never a binary float and is never rounded: what does not fit is refused. Its magnitude is
/// below 2⁹⁶, about 7.9 × 10²⁸.
///
/// # Syntax
///
/// An optional sign, digits, an optional fraction and an optional exponent: `-1250`, `0.5`, `1.2e6`. There are
/// digits on both sides of a point, and no separators. [`Display`](std::fmt::Display) writes the shortest form, without
/// an exponent, and is read back to the same number.
///
/// # Equality
///
/// By value: `3.0` is `3`, and `-0` is `0`.
///
/// # Errors
///
/// Parsing refuses what is written otherwise (`.5`, `1,000`, `NaN`, an empty text), more than 28 significant digits,
/// and what is too large or too small (`1e400`, `1e-29`). [`read`](Number::read) takes what people write.
///
/// # Integers and floats
///
/// Integers of up to 64 bits are numbers (`From`), wider ones where they fit, and floats as the decimals that they print
/// (`TryFrom`). Back go whole numbers that fit, and with [`to_f64`](Number::to_f64) the nearest float of any.
///
/// ```
/// use testimony::{ErrorKind, Number};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let tenth: Number = "0.1".parse()?;
/// let fifth: Number = "0.20".parse()?;
/// assert_eq!(tenth.checked_add(fifth), Some("0.3".parse()?));
/// assert_eq!("1.15e6".parse::<Number>()?, Number::from(1_150_000));
/// assert_eq!("1e400".parse::<Number>().unwrap_err().kind(), &ErrorKind::OutOfRange);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(Decimal);

/// The most significant digits a number may have.
const DIGITS: u32 = 28;
/// The most decimal places a number may have.
const PLACES: i64 = 28;
/// The most significant digits of a JSON number: what a binary float carries without loss.
pub(crate) const JSON_DIGITS: u32 = 15;
/// The least number of `DIGITS` + 1 digits.
const TOO_LONG: u128 = 10u128.pow(DIGITS);

impl Number {
    /// Nought.
    pub const ZERO: Self = Self(Decimal::ZERO);
    /// One.
    pub const ONE: Self = Self(Decimal::ONE);

    /// `coefficient` × 10^`exponent`, where that fits.
    pub(crate) fn from_parts(mut coefficient: i128, mut exponent: i64) -> Result<Self, ErrorKind> {
        if coefficient == 0 {
            return Ok(Self::ZERO);
        }
        if exponent == 0 && coefficient.unsigned_abs() < TOO_LONG {
            return Decimal::try_from_i128_with_scale(coefficient, 0).map(Self).map_err(|_| ErrorKind::OutOfRange);
        }
        while coefficient % 10 == 0 {
            coefficient /= 10;
            exponent += 1;
        }
        if coefficient.unsigned_abs() >= TOO_LONG {
            return Err(ErrorKind::TooPrecise);
        }
        if let Ok(up) = u32::try_from(exponent) {
            coefficient =
                10i128.checked_pow(up).and_then(|power| coefficient.checked_mul(power)).ok_or(ErrorKind::OutOfRange)?;
            exponent = 0;
        }
        let scale = u32::try_from(-exponent).map_err(|_| ErrorKind::OutOfRange)?;
        Decimal::try_from_i128_with_scale(coefficient, scale).map(Self).map_err(|_| ErrorKind::OutOfRange)
    }

    /// The coefficient, which does not end in nought unless it is nought, and the power of ten that it is taken by.
    pub(crate) fn parts(self) -> (i128, i64) {
        let (mut coefficient, mut exponent) = (self.0.mantissa(), -i64::from(self.0.scale()));
        while coefficient != 0 && coefficient % 10 == 0 {
            coefficient /= 10;
            exponent += 1;
        }
        (coefficient, exponent)
    }

    /// The place of the number in the order of all numbers, as an integer below 2¹⁰⁴ in magnitude: equal numbers have
    /// one place, and a lesser number has one that is less by ten or more.
    pub(crate) fn order(self) -> i128 {
        /// Digits that the coefficient is brought to: it is below 2⁹⁶, and has 29 at most, of which the last is nought.
        const DIGITS: u32 = 29;
        /// Two to this power is above every coefficient of so many digits.
        const STEP_BITS: u32 = 97;
        /// The powers of ten with at most so many digits.
        const POWERS: [u128; DIGITS as usize] = {
            let mut powers = [1; DIGITS as usize];
            let mut power = 1;
            while power < powers.len() {
                powers[power] = powers[power - 1] * 10;
                power += 1;
            }
            powers
        };
        let coefficient = self.0.mantissa().unsigned_abs();
        // Most coefficients fit into 64 bits, whose logarithm is found sooner.
        let log = u64::try_from(coefficient).map_or_else(|_| coefficient.checked_ilog10(), u64::checked_ilog10);
        let Some(log) = log else {
            return 0;
        };
        // The place of the first digit, above that of the least number there is; then the digits.
        let place = i128::from(log) - i128::from(self.0.scale()) + i128::from(PLACES);
        let digits = coefficient * POWERS[(DIGITS - 1 - log) as usize];
        let order = (place << STEP_BITS) + digits.cast_signed();
        if self.is_negative() { -order } else { order }
    }

    /// The exact sum, or `None` where it does not fit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.is_whole() && other.is_whole() {
            // Whole numbers, which most are, need no common place.
            return Self::from_parts(self.0.mantissa() + other.0.mantissa(), 0).ok();
        }
        let ((a, a_exp), (b, b_exp)) = (self.parts(), other.parts());
        // If one coefficient cannot be widened to the other's last place, the sum has more digits than fit.
        let exponent = a_exp.min(b_exp);
        let widen = |n: i128, exp: i64| n.checked_mul(10i128.checked_pow(u32::try_from(exp - exponent).ok()?)?);
        let sum = widen(a, a_exp)?.checked_add(widen(b, b_exp)?)?;
        Self::from_parts(sum, exponent).ok()
    }

    /// The exact difference, or `None` where it does not fit.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(-other)
    }

    /// The exact product, or `None` where it does not fit.
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let ((mut a, a_exp), (mut b, b_exp)) = (self.parts(), other.parts());
        if a == 0 || b == 0 {
            return Some(Self::ZERO);
        }
        // Twos of the one and fives of the other make tens, which cost no digit: take them out before multiplying.
        let mut tens = 0;
        for (two, five) in [(2, 5), (5, 2)] {
            while a % two == 0 && b % five == 0 {
                (a, b, tens) = (a / two, b / five, tens + 1);
            }
        }
        Self::from_parts(a.checked_mul(b)?, a_exp + b_exp + tens).ok()
    }

    /// The quotient by `other`, as the nearest numbers of 28 digits and 28 places below and above it: the same number
    /// twice where it is exact. `None` where `other` is nought or the quotient too large.
    #[must_use]
    pub(crate) fn enclosing_quotient(self, other: Self) -> Option<(Self, Self)> {
        let ((a, a_exp), (b, b_exp)) = (self.parts(), other.parts());
        let (dividend, divisor) = (a.unsigned_abs(), b.unsigned_abs());
        let mut exponent = a_exp - b_exp;
        let (mut quotient, mut rest) = (dividend.checked_div(divisor)?, dividend % divisor);
        while rest != 0 && quotient < TOO_LONG / 10 && exponent > -PLACES {
            rest *= 10;
            quotient = quotient * 10 + rest / divisor;
            rest %= divisor;
            exponent -= 1;
        }
        let mut exact = rest == 0;
        while exponent < -PLACES {
            exact &= quotient.is_multiple_of(10);
            quotient /= 10;
            exponent += 1;
        }
        let number = |coefficient: u128| {
            let coefficient = i128::try_from(coefficient).ok()?;
            let coefficient = if (a < 0) == (b < 0) { coefficient } else { -coefficient };
            Self::from_parts(coefficient, exponent).ok()
        };
        let near = number(quotient)?;
        let far = if exact { near } else { number(quotient + 1)? };
        Some((near.min(far), near.max(far)))
    }

    /// The quotient by `other`, to 28 digits; `None` where `other` is nought or the result is out of range.
    ///
    /// The one operation that rounds (half to even), for showing a proportion: no verdict rests on it.
    #[must_use]
    pub(crate) fn rounded_ratio(self, other: Self) -> Option<Self> {
        let ratio = self.0.checked_div(other.0)?.normalize();
        let digits = ratio.mantissa().unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
        Some(Self(if digits > DIGITS { ratio.round_sf(DIGITS)?.normalize() } else { ratio }))
    }

    /// The number to so many decimal places, rounded half away from nought: for showing a proportion only.
    pub(crate) fn rounded_to_places(self, places: u32) -> Self {
        let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
        Self(self.0.round_dp_with_strategy(places, strategy).normalize())
    }

    /// The largest number of so many decimal places that is not above it.
    pub(crate) fn rounded_down(self, places: u32) -> Self {
        let strategy = rust_decimal::RoundingStrategy::ToNegativeInfinity;
        Self(self.0.round_dp_with_strategy(places, strategy).normalize())
    }

    /// The magnitude, without the sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// Whether the number is below nought.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// Whether the number has no fraction.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.0.is_zero() || self.0.scale() == 0
    }

    /// The largest whole number that is not above it.
    #[must_use]
    pub fn floor(self) -> Self {
        if self.is_whole() { self } else { Self(self.0.floor().normalize()) }
    }

    /// The smallest whole number that is not below it.
    #[must_use]
    pub fn ceil(self) -> Self {
        if self.is_whole() { self } else { Self(self.0.ceil().normalize()) }
    }

    /// The number, refused where it is no probability: below 0 or above 1.
    pub(crate) fn as_probability(self) -> Result<Self, Error> {
        if self.is_negative() || self > Self::ONE {
            return Err(Error::new(ErrorKind::NotAProbability).value(self));
        }
        Ok(self)
    }

    /// Whether the number can be one that was rounded to the digit with this unit: the unit is a power of ten, and the
    /// number is so many of them.
    pub(crate) fn is_rounded_to(self, unit: Self) -> bool {
        let exact = |(low, high): (Self, Self)| low == high && low.is_whole();
        unit.parts().0 == 1 && self.enclosing_quotient(unit).is_some_and(exact)
    }

    /// The unit of the last digit of a proportion when it is written as a percentage without noughts to spare: 0.01 for
    /// 2%, and 0.001 for 2.5%.
    pub(crate) fn percent_step(self) -> Self {
        let (_, exponent) = self.parts();
        Self::from_parts(1, exponent.min(-2)).unwrap_or(Self::ZERO)
    }

    /// The unit of the last digit that is not nought, where the number ends in noughts: 1,000 for 4,000.
    pub(crate) fn step_of_noughts(self) -> Option<Self> {
        let (coefficient, exponent) = self.parts();
        if coefficient == 0 || exponent <= 0 { None } else { Self::from_parts(1, exponent).ok() }
    }

    /// So many hundredths: 55 is 0.55.
    pub(crate) fn hundredths(n: u8) -> Self {
        Self(Decimal::new(n.into(), 2).normalize())
    }

    /// The number as an `i64`, where it is whole and fits.
    #[must_use]
    pub fn to_i64(self) -> Option<i64> {
        if self.is_whole() { self.0.mantissa().try_into().ok() } else { None }
    }

    /// How many digits the number has, not counting noughts before the first or after the last that is not nought.
    #[cfg(feature = "serde")]
    pub(crate) fn significant_digits(self) -> u32 {
        self.parts().0.unsigned_abs().checked_ilog10().map_or(1, |log| log + 1)
    }

    /// The number as an integer that JSON can carry anywhere: whole, and of at most 15 digits.
    #[cfg(feature = "serde")]
    pub(crate) fn to_json_integer(self) -> Option<i64> {
        self.to_i64().filter(|n| n.unsigned_abs() < 10_u64.pow(JSON_DIGITS))
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.order().hash(state);
    }
}

impl std::ops::Neg for Number {
    type Output = Self;

    fn neg(self) -> Self {
        if self.0.is_zero() { self } else { Self(-self.0) }
    }
}

impl Default for Number {
    fn default() -> Self {
        Self::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn number(text: &str) -> Number {
        text.parse().unwrap()
    }

    #[test]
    fn sums_and_products_are_exact_or_none() {
        assert_eq!(number("0.1").checked_add(number("0.2")), Some(number("0.3")));
        assert_eq!(number("1e28").checked_add(number("1e-28")), None);
        assert_eq!(number("9999999999999999999999999999").checked_add(Number::ONE), Some(number("1e28")));
        assert_eq!(number("1e28").checked_add(Number::ONE), None);
        assert_eq!(number("5").checked_sub(number("5.5")), Some(number("-0.5")));
        assert_eq!(number("4e28").checked_mul(number("2.5e-27")), Some(number("100")));
        assert_eq!(number("0.0000000000000000000000000002").checked_mul(number("0.5")), Some(number("1e-28")));
        assert_eq!(number("1e-28").checked_mul(number("0.5")), None);
        let power: Number = Number::from(1u64 << 62);
        assert_eq!(power.checked_mul(power), None);
        assert_eq!(number("1073741824").checked_mul(number("9.31322574615478515625")), Some(number("1e10")));
        // 2⁹⁰ and 5³⁹, whose product has 55 digits before its noughts are gone.
        let (twos, fives) = (number("1237940039285380274899124224"), number("0.1818989403545856475830078125"));
        for (a, b) in [(twos, fives), (fives, twos)] {
            assert_eq!(a.checked_mul(b), Some(number("225179981368524800000000000")));
        }
        assert_eq!(Number::ZERO.checked_mul(number("5")), Some(Number::ZERO));
        assert_eq!(number("5").checked_mul(Number::ZERO), Some(Number::ZERO));
    }

    #[test]
    fn a_quotient_is_enclosed_by_28_digits() {
        for (a, b, low, high) in [
            ("1", "8", "0.125", "0.125"),
            ("3000000000000000000000000001", "3", "1e27", "1000000000000000000000000001"),
            ("-1", "3", "-0.3333333333333333333333333334", "-0.3333333333333333333333333333"),
            ("1", "3e20", "0.0000000000000000000033333333", "0.0000000000000000000033333334"),
        ] {
            let quotient = number(a).enclosing_quotient(number(b));
            assert_eq!(quotient, Some((number(low), number(high))), "{a} ÷ {b}");
        }
        assert_eq!(Number::ONE.enclosing_quotient(Number::ZERO), None);
    }

    #[test]
    fn a_ratio_is_rounded_to_28_digits() {
        for (a, b, ratio) in [
            ("1", "3", "0.3333333333333333333333333333"),
            ("5", "3", "1.666666666666666666666666667"),
            ("-5", "3", "-1.666666666666666666666666667"),
            ("50", "8", "6.25"),
            ("0", "3", "0"),
        ] {
            assert_eq!(number(a).rounded_ratio(number(b)), Some(number(ratio)), "{a} ÷ {b}");
        }
        assert_eq!(Number::ONE.rounded_ratio(Number::ZERO), None);
    }

    #[test]
    fn numbers_are_ordered_as_whole_numbers_ten_apart() {
        let rising = [
            "-79228162514264000000000000000",
            "-1e28",
            "-10.1",
            "-10",
            "-9.999999999999999999999999999",
            "-1e-28",
            "0",
            "1e-28",
            "1.1e-27",
            "0.9",
            "0.99",
            "1",
            "1.000000000000000000000000001",
            "9",
            "10",
            "18446744073709551615",
            "18446744073709551616",
            "1e28",
            "79228162514264000000000000000",
        ];
        for pair in rising.windows(2) {
            let [low, high] = [pair[0], pair[1]].map(|text| number(text).order());
            assert!(high - low >= 10, "{pair:?}: {low} {high}");
        }
        assert_eq!(number("3.0").order(), Number::from(3).order());
        assert_eq!(Number::ZERO.order(), 0);
        assert!(number("79228162514264000000000000000").order() < 1 << 104);
    }
}
