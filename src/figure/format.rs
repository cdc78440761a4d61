//! Figures in the interchange format.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::de::{self, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Figure, Hedge, Vague};
use crate::error::Error;
use crate::number::{Bound, Number, NumberVisitor, Rational, Spelt, SpeltVisitor};
use crate::shape::{Text, Two};

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self.hedge {
            Hedge::Exactly(n) => map.serialize_entry("exactly", &n)?,
            Hedge::Rounded { number, to } => {
                map.serialize_entry("rounded", &number)?;
                map.serialize_entry("to", &to)?;
            }
            Hedge::RoundedFraction(n) => map.serialize_entry("rounded", &n.as_fraction())?,
            Hedge::MoreThan(n) => map.serialize_entry("more_than", &n)?,
            Hedge::AtLeast(n) => map.serialize_entry("at_least", &n)?,
            Hedge::LessThan(n) => map.serialize_entry("less_than", &n)?,
            Hedge::AtMost(n) => map.serialize_entry("at_most", &n)?,
            Hedge::Between(low, high) => map.serialize_entry("between", &[low, high])?,
            Hedge::Estimate { low, high, best } => {
                map.serialize_entry("between", &[low, high])?;
                map.serialize_entry("best", &best)?;
            }
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
    "rounded",
    "to",
    "more_than",
    "at_least",
    "less_than",
    "at_most",
    "between",
    "best",
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
        let mut parts = Parts::default();
        let mut unit = None;
        while let Some(Field(field)) = map.next_key()? {
            let twice = match field {
                "unit" => unit.replace(map.next_value::<Text<'_>>()?.0).is_some(),
                "to" => parts.to.replace(map.next_value()?).is_some(),
                "best" => parts.best.replace(map.next_value()?).is_some(),
                "rounded" => parts.rounded.replace(map.next_value()?).is_some(),
                _ => {
                    parts.say(field, said(field, &mut map)?)?;
                    false
                }
            };
            if twice {
                return Err(de::Error::duplicate_field(field));
            }
        }
        let Figure { hedge, .. } = parts.hedge().and_then(|hedge| Figure::new(hedge).map_err(Error::into_custom))?;
        Ok(DraftFigure { hedge, unit })
    }
}

/// Reads what a hedge has beside its name.
fn said<'de, A: MapAccess<'de>>(field: &str, map: &mut A) -> Result<Hedge, A::Error> {
    Ok(match field {
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
    })
}

/// The parts of a figure's hedge, which come in any order.
#[derive(Default)]
struct Parts {
    hedge: Option<Hedge>,
    rounded: Option<Spelt>,
    to: Option<Number>,
    best: Option<Number>,
}

impl Parts {
    /// Adds a hedge with its numbers.
    fn say<E: de::Error>(&mut self, field: &str, said: Hedge) -> Result<(), E> {
        self.hedge = Some(match self.hedge {
            None => said,
            Some(before) => together(before, said).ok_or_else(|| beside_another(field))?,
        });
        Ok(())
    }

    /// The hedge that the parts make.
    fn hedge<E: de::Error>(self) -> Result<Hedge, E> {
        match (self.hedge, self.rounded, self.to, self.best) {
            (Some(_), Some(_), ..) => Err(beside_another("rounded")),
            (None, Some(Spelt { value, as_fraction: true }), None, None) => Ok(Hedge::RoundedFraction(value)),
            (None, Some(Spelt { value, as_fraction: false }), Some(to), None) => {
                let number = value.to_number().unwrap_or_default();
                Ok(Hedge::Rounded { number, to })
            }
            (None, Some(Spelt { as_fraction: true, .. }), Some(_), _) => {
                Err(E::custom("`to` cannot stand beside a fraction, which has no last digit"))
            }
            (None, Some(_), None, _) => Err(E::custom(
                "`rounded` without `to`, the unit of its last written digit: \"4.7 million\" is {\"rounded\":4700000,\"to\":100000}",
            )),
            (_, None, Some(_), _) => {
                Err(E::custom("`to` without `rounded`, whose last written digit it is the unit of"))
            }
            (Some(Hedge::Between(low, high)), None, None, Some(best)) => Ok(Hedge::Estimate { low, high, best }),
            (_, _, _, Some(_)) => {
                Err(E::custom("`best` stands beside `between` alone: {\"between\":[10,80],\"best\":25}"))
            }
            (Some(hedge), None, None, None) => Ok(hedge),
            (None, None, None, None) => Err(E::custom(
                "a figure without a number: one of exactly, rounded, more_than, at_least, less_than, at_most, between, about, nearly, just_over or vague is expected",
            )),
        }
    }
}

fn beside_another<E: de::Error>(field: &str) -> E {
    E::custom(format_args!(
        "`{field}` cannot stand beside another hedge: a figure has one, or a lower (more_than, at_least) and an upper (less_than, at_most)"
    ))
}

/// The hedge of a field that has one number.
pub(crate) fn hedge_of_one(field: &str) -> Option<fn(Rational) -> Hedge> {
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
        Hedge::MoreThan(n) => n.to_number().map(Bound::open),
        Hedge::AtLeast(n) => n.to_number().map(Bound::closed),
        _ => None,
    };
    let high = |hedge| match hedge {
        Hedge::LessThan(n) => n.to_number().map(Bound::open),
        Hedge::AtMost(n) => n.to_number().map(Bound::closed),
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
    One(Rational),
    Two(Number, Number),
}

impl OneOrTwo {
    fn one(Spelt { value, .. }: Spelt) -> Self {
        Self::One(value)
    }
}

impl<'de> Deserialize<'de> for OneOrTwo {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = OneOrTwo;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, a fraction in a string, or a list of two numbers")
            }

            fn visit_i64<E: de::Error>(self, n: i64) -> Result<OneOrTwo, E> {
                SpeltVisitor.visit_i64(n).map(OneOrTwo::one)
            }

            fn visit_u64<E: de::Error>(self, n: u64) -> Result<OneOrTwo, E> {
                SpeltVisitor.visit_u64(n).map(OneOrTwo::one)
            }

            fn visit_f64<E: de::Error>(self, n: f64) -> Result<OneOrTwo, E> {
                SpeltVisitor.visit_f64(n).map(OneOrTwo::one)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOrTwo, E> {
                SpeltVisitor.visit_str(text).map(OneOrTwo::one)
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<OneOrTwo, A::Error> {
                let Two(low, high) = Deserialize::deserialize(de::value::SeqAccessDeserializer::new(seq))?;
                Ok(OneOrTwo::Two(low, high))
            }
        }
        deserializer.deserialize_any(Either)
    }
}
