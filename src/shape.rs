//! The shapes that the interchange format is made of beside texts: whole numbers, lists and records, each with plain
//! words for what is expected. Serde's own are those of a programmer: "u64", "a sequence", "a tuple of size 2".

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};

/// A text as it is read, wherever it stands.
#[derive(serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

/// A whole number from 0.
pub(crate) struct Whole(pub(crate) u64);

impl Whole {
    /// Reads a whole number that may be missing.
    pub(crate) fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
        Ok(Option::deserialize(deserializer)?.map(|Self(number)| number))
    }
}

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;
        impl Visitor<'_> for Number {
            type Value = Whole;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number")
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Whole, E> {
                Ok(Whole(number))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Whole, E> {
                let invalid = |_| E::invalid_value(Unexpected::Signed(number), &"a whole number from 0");
                u64::try_from(number).map(Whole).map_err(invalid)
            }
        }
        deserializer.deserialize_u64(Number)
    }
}

/// A list.
pub(crate) struct List<T>(pub(crate) Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Items<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Items<T> {
            type Value = List<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<List<T>, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(List(list))
            }
        }
        deserializer.deserialize_seq(Items(PhantomData))
    }
}

/// A list of two.
pub(crate) struct Two<T>(pub(crate) T, pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Two<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pair<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Pair<T> {
            type Value = Two<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of two")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Two<T>, A::Error> {
                let first = items.next_element()?.ok_or_else(|| A::Error::invalid_length(0, &self))?;
                let second = items.next_element()?.ok_or_else(|| A::Error::invalid_length(1, &self))?;
                let mut length = 2;
                while items.next_element::<IgnoredAny>()?.is_some() {
                    length += 1;
                }
                if length > 2 {
                    return Err(A::Error::invalid_length(length, &self));
                }
                Ok(Two(first, second))
            }
        }
        deserializer.deserialize_seq(Pair(PhantomData))
    }
}

/// A record with named fields: the code that serde derives would take a list of its fields in order as well.
pub(crate) struct Record<T>(pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Record<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
            type Value = Record<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a record with named fields")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Record<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Record)
            }
        }
        deserializer.deserialize_map(Fields(PhantomData))
    }
}
