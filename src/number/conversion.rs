//! Numbers from integers and binary floats, and back.

use rust_decimal::Decimal;

use super::Number;
use crate::error::{Error, ErrorKind};

/// Every integer of up to 64 bits has at most 20 digits, and so is a number.
macro_rules! from_integers {
    ($($integer:ty)*) => {
        $(impl From<$integer> for Number {
            fn from(n: $integer) -> Self {
                Self(Decimal::from(n))
            }
        })*
    };
}
from_integers!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

/// Fails for more than 28 significant digits, and for what is out of range.
impl TryFrom<i128> for Number {
    type Error = Error;

    fn try_from(n: i128) -> Result<Self, Error> {
        Self::from_parts(n, 0).map_err(|kind| Error::new(kind).value(n))
    }
}

/// Fails for more than 28 significant digits, and for what is out of range.
impl TryFrom<u128> for Number {
    type Error = Error;

    fn try_from(n: u128) -> Result<Self, Error> {
        let number = i128::try_from(n).map_err(|_| ErrorKind::OutOfRange).and_then(|n| Self::from_parts(n, 0));
        number.map_err(|kind| Error::new(kind).value(n))
    }
}

/// Converts a number that is whole and fits.
macro_rules! to_integers {
    ($($integer:ty)*) => {
        $(
            /// Fails for a number with a fraction, and for one that does not fit.
            impl TryFrom<Number> for $integer {
                type Error = Error;

                fn try_from(number: Number) -> Result<Self, Error> {
                    let whole = number.is_whole().then(|| number.whole()).and_then(|n| n.try_into().ok());
                    whole.ok_or_else(|| Error::new(ErrorKind::NotAnInteger(stringify!($integer))).value(number))
                }
            }
        )*
    };
}
to_integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

/// The shortest decimal that is read back as the same float, which is the one that it prints: 0.1 is 0.1, and not the
/// float's exact value of 55 digits.
///
/// Fails for what is no number or infinite, and for what is too large or too small.
///
/// ```
/// use testimony::{ErrorKind, Number};
///
/// # fn main() -> Result<(), testimony::Error> {
/// assert_eq!(Number::try_from(0.1)?, "0.1".parse()?);
/// assert_eq!(Number::try_from(0.1 + 0.2)?, "0.30000000000000004".parse()?);
/// assert_eq!(Number::try_from(f64::NAN).unwrap_err().kind(), &ErrorKind::NotANumber);
/// # Ok(())
/// # }
/// ```
impl TryFrom<f64> for Number {
    type Error = Error;

    fn try_from(n: f64) -> Result<Self, Error> {
        // With an exponent, because the digits of 1e300 are not needed to see that it does not fit.
        format!("{n:e}").parse()
    }
}

impl Number {
    /// The nearest float, for a chart: what is computed with it is no longer exact.
    ///
    /// ```
    /// use testimony::Number;
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// assert_eq!("0.1".parse::<Number>()?.to_f64(), 0.1);
    /// assert_eq!("12345678901234567890".parse::<Number>()?.to_f64(), 12345678901234567000.0);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn to_f64(self) -> f64 {
        // Reading decimals gives the nearest float there is, which dividing one float by another does not.
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// A whole number as an integer.
    fn whole(self) -> i128 {
        self.0.mantissa()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        text.parse().unwrap()
    }

    #[test]
    fn integers_of_every_width_are_numbers_and_back() {
        assert_eq!(Number::from(-1_i8), number("-1"));
        assert_eq!(Number::from(isize::MIN), number("-9223372036854775808"));
        assert_eq!(Number::from(u64::MAX), number("18446744073709551615"));
        let most = 9_999_999_999_999_999_999_999_999_999_i128;
        assert_eq!(Number::try_from(most), Ok(number("9999999999999999999999999999")));
        assert_eq!(Number::try_from(10_i128.pow(28)), Ok(number("1e28")));
        assert_eq!(Number::try_from(10_i128.pow(28) + 1).unwrap_err().kind(), &ErrorKind::TooPrecise);
        assert_eq!(Number::try_from(i128::MIN).unwrap_err().kind(), &ErrorKind::TooPrecise);
        assert_eq!(Number::try_from(u128::MAX).unwrap_err().kind(), &ErrorKind::OutOfRange);
        assert_eq!(Number::try_from(10_u128.pow(38)).unwrap_err().kind(), &ErrorKind::OutOfRange);

        assert_eq!(u8::try_from(number("255")), Ok(255));
        assert_eq!(i64::try_from(number("-5")), Ok(-5));
        assert_eq!(u128::try_from(number("1e28")), Ok(10_u128.pow(28)));
        assert_eq!(usize::try_from(number("3.0")), Ok(3));
        for (text, told) in [
            ("256", "\"256\" is no whole number that fits into u8"),
            ("-1", "\"-1\" is no whole number that fits into u8"),
            ("0.5", "\"0.5\" is no whole number that fits into u8"),
        ] {
            assert_eq!(u8::try_from(number(text)).unwrap_err().to_string(), told);
        }
    }

    #[test]
    fn floats_are_the_decimals_that_they_print() {
        for (float, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (0.1, "0.1"),
            (-2.5, "-2.5"),
            (1e22, "1e22"),
            (1.7e-9, "0.0000000017"),
            (123_456_789.123_456_79, "123456789.12345679"),
        ] {
            let read = Number::try_from(float).unwrap();
            assert_eq!(read, number(text));
            assert!(read.to_f64().total_cmp(&(float + 0.0)).is_eq(), "{float}");
        }
        for (float, kind) in [
            (f64::NAN, ErrorKind::NotANumber),
            (f64::INFINITY, ErrorKind::NotANumber),
            (f64::NEG_INFINITY, ErrorKind::NotANumber),
            (f64::MAX, ErrorKind::OutOfRange),
            (1e-300, ErrorKind::OutOfRange),
        ] {
            assert_eq!(Number::try_from(float).unwrap_err().kind(), &kind, "{float}");
        }
    }
}
