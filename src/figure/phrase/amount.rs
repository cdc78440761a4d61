//! Numbers while they are being read: a decimal, or a fraction that no decimal is equal to.

use crate::error::ErrorKind;
use crate::number::{Number, Rational};

/// `coefficient` × 10^`exponent` ÷ `divisor`, exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    coefficient: i128,
    exponent: i64,
    divisor: u64,
}

/// How many digits enclose a fraction that has no exact decimal: few enough that a tenth of it, or ten million times
/// as much, can still be held exactly.
const DIGITS: u32 = 16;

impl Amount {
    pub(super) fn decimal(coefficient: i128, exponent: i64) -> Self {
        Self { coefficient, exponent, divisor: 1 }
    }

    pub(super) fn fraction(numerator: u64, divisor: u64) -> Self {
        Self { coefficient: numerator.into(), exponent: 0, divisor: divisor.max(1) }
    }

    pub(super) fn is_below(self, other: Self) -> bool {
        self.minus(other).is_some_and(|difference| difference.coefficient < 0)
    }

    /// Whether it has no fraction.
    pub(super) fn is_whole(self) -> bool {
        self.divisor == 1 && (self.exponent >= 0 || self.enclosed().is_ok_and(|(number, _)| number.is_whole()))
    }

    /// The number as a small integer, where it is one.
    pub(super) fn to_u64(self) -> Option<u64> {
        let power = 10u64.checked_pow(u32::try_from(self.exponent).ok()?)?;
        if self.divisor == 1 { u64::try_from(self.coefficient).ok()?.checked_mul(power) } else { None }
    }

    pub(super) fn negated(self) -> Self {
        Self { coefficient: -self.coefficient, ..self }
    }

    pub(super) fn shifted(self, power: i64) -> Self {
        Self { exponent: self.exponent.saturating_add(power), ..self }
    }

    pub(super) fn times(self, factor: u64) -> Option<Self> {
        Some(Self { coefficient: self.coefficient.checked_mul(factor.into())?, ..self })
    }

    pub(super) fn by(self, other: Self) -> Option<Self> {
        Some(Self {
            coefficient: self.coefficient.checked_mul(other.coefficient)?,
            exponent: self.exponent.saturating_add(other.exponent),
            divisor: self.divisor.checked_mul(other.divisor)?,
        })
    }

    pub(super) fn over(self, divisor: u64) -> Option<Self> {
        if divisor == 0 {
            return None;
        }
        Some(Self { divisor: self.divisor.checked_mul(divisor)?, ..self })
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let part = |amount: Self, divisor: u64| {
            let power = 10i128.checked_pow(u32::try_from(amount.exponent.checked_sub(exponent)?).ok()?)?;
            amount.coefficient.checked_mul(power)?.checked_mul(divisor.into())
        };
        let coefficient = if self.divisor == other.divisor {
            part(self, 1)?.checked_add(part(other, 1)?)?
        } else {
            part(self, other.divisor)?.checked_add(part(other, self.divisor)?)?
        };
        let divisor =
            if self.divisor == other.divisor { self.divisor } else { self.divisor.checked_mul(other.divisor)? };
        Some(Self { coefficient, exponent, divisor })
    }

    pub(super) fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// The number itself, which may have no decimal.
    pub(super) fn rational(self) -> Result<Rational, ErrorKind> {
        Rational::from_terms(self.coefficient, self.exponent, self.divisor.into())
    }

    /// The power of ten of its last digit that is not nought, if it has a decimal: -1 of 2.5.
    pub(super) fn last_digit(self) -> Option<i64> {
        let (number, _) = self.enclosed().ok().filter(|(low, high)| low == high)?;
        Some(number.parts().1)
    }

    /// The number, twice; or the nearest decimals of sixteen digits below and above a fraction that has no decimal.
    pub(super) fn enclosed(self) -> Result<(Number, Number), ErrorKind> {
        let Self { mut coefficient, mut exponent, divisor } = self;
        let mut divisor = i128::from(divisor);
        let common = gcd(coefficient.unsigned_abs(), divisor.unsigned_abs());
        if let Ok(common) = i128::try_from(common)
            && common > 1
        {
            (coefficient, divisor) = (coefficient / common, divisor / common);
        }
        for (factor, other) in [(2, 5), (5, 2)] {
            while divisor % factor == 0 {
                coefficient = coefficient.checked_mul(other).ok_or(ErrorKind::TooPrecise)?;
                (divisor, exponent) = (divisor / factor, exponent.saturating_sub(1));
            }
        }
        if divisor == 1 {
            let number = Number::from_parts(coefficient, exponent)?;
            return Ok((number, number));
        }
        // Widen the coefficient until the quotient has all its digits and one to spare, then cut the quotient.
        while (coefficient / divisor).unsigned_abs() < 10u128.pow(DIGITS) {
            coefficient = coefficient.checked_mul(10).ok_or(ErrorKind::TooPrecise)?;
            exponent = exponent.saturating_sub(1);
        }
        let mut quotient = coefficient.div_euclid(divisor);
        while quotient.unsigned_abs() >= 10u128.pow(DIGITS) {
            (quotient, exponent) = (quotient.div_euclid(10), exponent.saturating_add(1));
        }
        Ok((Number::from_parts(quotient, exponent)?, Number::from_parts(quotient + 1, exponent)?))
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
