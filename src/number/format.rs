//! Numbers in the interchange format.
//!
//! A JSON number may have at most 15 significant digits, since what reads JSON makes binary floats of those with a
//! fraction, and up to so many digits a float gives back what was written. Serde hands over the float and not its
//! digits, so that whether there were more is not to be seen here: [`floats_read`] counts the floats on this thread,
//! and the reader of lines, which has the text, looks at the digits of a line only if one was met. The counter is a
//! thread-local because nothing else passes through the code that serde derives; it is read just before and just after
//! a line is, on the thread that reads it, so that no other reader is counted.

use std::cell::Cell;
use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{JSON_DIGITS, Number, Rational};
use crate::error::Error;

/// An integer of up to 15 digits is a number of the format, anything else a string.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.to_json_integer() {
            Some(integer) => serializer.serialize_i64(integer),
            None => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

/// A decimal as a [`Number`], a fraction as a string: `"2/3"`.
impl Serialize for Rational {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.to_number() {
            Some(number) => number.serialize(serializer),
            None => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Rational {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Spelt::deserialize(deserializer).map(|Spelt { value, .. }| value)
    }
}

/// A number with its spelling: "1/2" and 0.5 are one number, but a rounded "1/2" is rounded as a fraction.
pub(crate) struct Spelt {
    pub(crate) value: Rational,
    pub(crate) as_fraction: bool,
}

impl<'de> Deserialize<'de> for Spelt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SpeltVisitor)
    }
}

pub(crate) struct SpeltVisitor;

impl SpeltVisitor {
    fn decimal<E>(number: Result<Number, E>) -> Result<Spelt, E> {
        number.map(|number| Spelt { value: number.into(), as_fraction: false })
    }
}

impl Visitor<'_> for SpeltVisitor {
    type Value = Spelt;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or a number or a fraction in a string")
    }

    fn visit_i64<E: de::Error>(self, n: i64) -> Result<Spelt, E> {
        Self::decimal(NumberVisitor.visit_i64(n))
    }

    fn visit_u64<E: de::Error>(self, n: u64) -> Result<Spelt, E> {
        Self::decimal(NumberVisitor.visit_u64(n))
    }

    fn visit_f64<E: de::Error>(self, n: f64) -> Result<Spelt, E> {
        Self::decimal(NumberVisitor.visit_f64(n))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Spelt, E> {
        let value = text.parse().map_err(Error::into_custom)?;
        Ok(Spelt { value, as_fraction: text.contains('/') })
    }
}

thread_local! {
    static FLOATS: Cell<u64> = const { Cell::new(0) };
}

/// How many numbers were read as binary floats on this thread. All others are exact; whether these are, only the text
/// can tell.
pub(crate) fn floats_read() -> u64 {
    FLOATS.get()
}

pub(crate) struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or a number in a string")
    }

    fn visit_i64<E: de::Error>(self, n: i64) -> Result<Number, E> {
        u64::try_from(n).map_or_else(|_| short_enough(n.into()), |n| self.visit_u64(n))
    }

    fn visit_u64<E: de::Error>(self, n: u64) -> Result<Number, E> {
        if n < 10_u64.pow(JSON_DIGITS) { Ok(n.into()) } else { short_enough(n.into()) }
    }

    /// Reads a float by its shortest form, which is what was written as long as it has no more than 15 digits.
    fn visit_f64<E: de::Error>(self, n: f64) -> Result<Number, E> {
        FLOATS.set(FLOATS.get().wrapping_add(1));
        short_enough(format!("{n:e}").parse().map_err(Error::into_custom)?)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Number, E> {
        text.parse().map_err(Error::into_custom)
    }
}

fn short_enough<E: de::Error>(number: Number) -> Result<Number, E> {
    if number.significant_digits() > JSON_DIGITS {
        return Err(E::custom(format_args!(
            "{number} has more than {JSON_DIGITS} significant digits, which a JSON number cannot carry exactly: write it as a string"
        )));
    }
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_json_number_of_15_digits_is_read_and_a_longer_one_refused() {
        for (json, number) in [
            ("999999999999999", "999999999999999"),
            ("-999999999999999", "-999999999999999"),
            ("1000000000000000", "1000000000000000"),
            ("18000000000000000000", "18000000000000000000"),
            ("-1230000000000000000", "-1230000000000000000"),
            ("0.000123456789012345", "0.000123456789012345"),
            ("1.5e3", "1500"),
            ("0", "0"),
            ("\"1234567890123456\"", "1234567890123456"),
        ] {
            assert_eq!(serde_json::from_str::<Number>(json).unwrap().to_string(), number, "{json}");
        }
        for (json, number) in [
            ("1234567890123456", "1234567890123456"),
            ("-1234567890123456", "-1234567890123456"),
            ("12345678901234567890", "12345678901234567890"),
            ("0.1234567890123456", "0.1234567890123456"),
        ] {
            let error = format!(
                "{number} has more than 15 significant digits, which a JSON number cannot carry exactly: write it as a string at line 1 column {}",
                json.len()
            );
            assert_eq!(serde_json::from_str::<Number>(json).unwrap_err().to_string(), error);
        }
    }

    #[test]
    fn an_integer_of_15_digits_is_written_as_a_number_and_a_longer_one_as_a_string() {
        for (number, json) in [
            ("999999999999999", "999999999999999"),
            ("-999999999999999", "-999999999999999"),
            ("1000000000000000", "\"1000000000000000\""),
            ("-1000000000000000", "\"-1000000000000000\""),
            ("0.5", "\"0.5\""),
            ("-0", "0"),
        ] {
            let number: Number = number.parse().unwrap();
            assert_eq!(serde_json::to_string(&number).unwrap(), json);
        }
    }
}
