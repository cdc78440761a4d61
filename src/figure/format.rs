//! Numbers and figures in the interchange format.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::sync::Arc;

use serde::de::{self, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Figure, Hedge, Vague};
use crate::error::Error;
use crate::number::{Bound, JSON_DIGITS, Number};
use crate::shape::{Text, Two};

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

thread_local! {
    static FLOATS: Cell<u64> = const { Cell::new(0) };
}

/// How many numbers were read as binary floats on this thread. All others are exact; of these only the text can say.
pub(crate) fn floats_read() -> u64 {
    FLOATS.get()
}

struct NumberVisitor;

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

    /// What a float was written as is its shortest form, as long as that has no more than 15 digits.
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

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self.hedge {
            Hedge::Exactly(n) => map.serialize_entry("exactly", &n)?,
            Hedge::MoreThan(n) => map.serialize_entry("more_than", &n)?,
            Hedge::AtLeast(n) => map.serialize_entry("at_least", &n)?,
            Hedge::LessThan(n) => map.serialize_entry("less_than", &n)?,
            Hedge::AtMost(n) => map.serialize_entry("at_most", &n)?,
            Hedge::Between(low, high) => map.serialize_entry("between", &[low, high])?,
            Hedge::Within(low, high) => {
                map.serialize_entry(if low.is_open() { "more_than" } else { "at_least" }, &low.value())?;
                map.serialize_entry(if high.is_open() { "less_than" } else { "at_most" }, &high.value())?;
            }
            Hedge::About(n) => map.serialize_entry("about", &n)?,
            Hedge::AboutBetween(low, high) => map.serialize_entry("about", &[low, high])?,
            Hedge::Nearly(n) => map.serialize_entry("nearly", &n)?,
            Hedge::JustOver(n) => map.serialize_entry("just_over", &n)?,
            Hedge::Vague(magnitude) => map.serialize_entry("vague", &magnitude)?,
        }
        if let Some(unit) = self.unit() {
            map.serialize_entry("unit", unit)?;
        }
        map.end()
    }
}

/// A figure as it is read: a hedge that a figure may have, and a unit that is borrowed where it can be.
#[derive(Debug)]
pub(crate) struct DraftFigure<'a> {
    pub(crate) hedge: Hedge,
    pub(crate) unit: Option<Cow<'a, str>>,
}

impl DraftFigure<'_> {
    pub(crate) fn into_figure(self) -> Figure {
        Figure { hedge: self.hedge, unit: self.unit.map(Arc::from) }
    }
}

impl From<Figure> for DraftFigure<'_> {
    fn from(figure: Figure) -> Self {
        Self { hedge: figure.hedge, unit: figure.unit.map(|unit| Cow::Owned(String::from(&*unit))) }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for DraftFigure<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FigureVisitor)
    }
}

impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        DraftFigure::deserialize(deserializer).map(DraftFigure::into_figure)
    }
}

struct FigureVisitor;

const FIELDS: &[&str] = &[
    "exactly",
    "more_than",
    "at_least",
    "less_than",
    "at_most",
    "between",
    "about",
    "nearly",
    "just_over",
    "vague",
    "unit",
];

impl<'de> Visitor<'de> for FigureVisitor {
    type Value = DraftFigure<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a figure such as {\"more_than\":4000,\"unit\":\"persons\"}, a number, or a phrase in a string")
    }

    fn visit_i64<E: de::Error>(self, n: i64) -> Result<DraftFigure<'de>, E> {
        NumberVisitor.visit_i64(n).map(|n| Figure::exactly(n).into())
    }

    fn visit_u64<E: de::Error>(self, n: u64) -> Result<DraftFigure<'de>, E> {
        NumberVisitor.visit_u64(n).map(|n| Figure::exactly(n).into())
    }

    fn visit_f64<E: de::Error>(self, n: f64) -> Result<DraftFigure<'de>, E> {
        NumberVisitor.visit_f64(n).map(|n| Figure::exactly(n).into())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<DraftFigure<'de>, E> {
        text.parse().map(Figure::into).map_err(Error::into_custom)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<DraftFigure<'de>, A::Error> {
        let (mut hedge, mut unit) = (None, None);
        while let Some(Field(field)) = map.next_key()? {
            if field == "unit" {
                if unit.replace(map.next_value::<Text<'_>>()?.0).is_some() {
                    return Err(de::Error::duplicate_field("unit"));
                }
                continue;
            }
            let said = match field {
                "between" => {
                    let Two(low, high) = map.next_value()?;
                    Hedge::Between(low, high)
                }
                "about" => match map.next_value()? {
                    OneOrTwo::One(n) => Hedge::About(n),
                    OneOrTwo::Two(low, high) => Hedge::AboutBetween(low, high),
                },
                _ => match hedge_of_one(field) {
                    Some(hedge) => hedge(map.next_value()?),
                    None => Hedge::Vague(map.next_value::<Vague>()?),
                },
            };
            hedge = Some(match hedge {
                None => said,
                Some(before) => together(before, said).ok_or_else(|| {
                    de::Error::custom(format_args!(
                        "`{field}` cannot stand beside another hedge: a figure has one, or a lower (more_than, at_least) and an upper (less_than, at_most)"
                    ))
                })?,
            });
        }
        let hedge = hedge.ok_or_else(|| de::Error::custom("a figure without a number: one of exactly, more_than, at_least, less_than, at_most, between, about, nearly, just_over or vague is expected"))?;
        let Figure { hedge, .. } = Figure::new(hedge).map_err(Error::into_custom)?;
        Ok(DraftFigure { hedge, unit })
    }
}

/// The hedge of a field that has one number.
pub(crate) fn hedge_of_one(field: &str) -> Option<fn(Number) -> Hedge> {
    Some(match field {
        "exactly" => Hedge::Exactly,
        "more_than" => Hedge::MoreThan,
        "at_least" => Hedge::AtLeast,
        "less_than" => Hedge::LessThan,
        "at_most" => Hedge::AtMost,
        "about" => Hedge::About,
        "nearly" => Hedge::Nearly,
        "just_over" => Hedge::JustOver,
        _ => return None,
    })
}

/// A lower and an upper hedge, in either order, as one.
fn together(a: Hedge, b: Hedge) -> Option<Hedge> {
    let low = |hedge| match hedge {
        Hedge::MoreThan(n) => Some(Bound::open(n)),
        Hedge::AtLeast(n) => Some(Bound::closed(n)),
        _ => None,
    };
    let high = |hedge| match hedge {
        Hedge::LessThan(n) => Some(Bound::open(n)),
        Hedge::AtMost(n) => Some(Bound::closed(n)),
        _ => None,
    };
    match (low(a), high(b), low(b), high(a)) {
        (Some(low), Some(high), _, _) | (_, _, Some(low), Some(high)) => Some(Hedge::Within(low, high)),
        _ => None,
    }
}

/// The name of a field of a figure.
struct Field(&'static str);

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = Field;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a hedge, or `unit`")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Field, E> {
                FIELDS
                    .iter()
                    .find(|field| **field == text)
                    .map(|field| Field(field))
                    .ok_or_else(|| E::unknown_field(text, FIELDS))
            }
        }
        deserializer.deserialize_identifier(Name)
    }
}

/// One number, or two in a list.
enum OneOrTwo {
    One(Number),
    Two(Number, Number),
}

impl<'de> Deserialize<'de> for OneOrTwo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = OneOrTwo;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, or a list of two")
            }

            fn visit_i64<E: de::Error>(self, n: i64) -> Result<OneOrTwo, E> {
                NumberVisitor.visit_i64(n).map(OneOrTwo::One)
            }

            fn visit_u64<E: de::Error>(self, n: u64) -> Result<OneOrTwo, E> {
                NumberVisitor.visit_u64(n).map(OneOrTwo::One)
            }

            fn visit_f64<E: de::Error>(self, n: f64) -> Result<OneOrTwo, E> {
                NumberVisitor.visit_f64(n).map(OneOrTwo::One)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOrTwo, E> {
                NumberVisitor.visit_str(text).map(OneOrTwo::One)
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<OneOrTwo, A::Error> {
                let Two(low, high) = Deserialize::deserialize(de::value::SeqAccessDeserializer::new(seq))?;
                Ok(OneOrTwo::Two(low, high))
            }
        }
        deserializer.deserialize_any(Either)
    }
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
