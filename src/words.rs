//! Small vocabularies, and the text forms of scalars.

/// An enum whose variants are words: `as_str`, `Display`, `FromStr` and serde all say the same. Where it derives an
/// order, to be the key of a sorted map, that is the order in which the words are listed.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident, $expected:literal { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant),+
        }

        impl $name {
            /// Every one of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word for it, as the interchange format has it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::error::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::error::Error::new($crate::error::ErrorKind::NotOneOf { expected: $expected })
                        .value(text)),
                }
            }
        }

        $crate::words::text_form!($name, concat!("one of ", $expected), as_str);
    };
}
pub(crate) use vocabulary;

/// Serialises a type as the text that `Display` writes and `FromStr` reads. A type that has the text at hand, or makes
/// it in one piece, names the method that gives it.
macro_rules! text_form {
    (@write $value:ident, $serializer:ident) => {
        $serializer.collect_str($value)
    };
    (@write $value:ident, $serializer:ident, $as_str:ident) => {
        $serializer.serialize_str($value.$as_str().as_ref())
    };
    ($name:ty, $expected:expr $(, $as_str:ident)?) => {
        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::words::text_form!(@write self, serializer $(, $as_str)?)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;
                impl serde::de::Visitor<'_> for Text {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str($expected)
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err($crate::error::Error::into_custom)
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }
    };
}
pub(crate) use text_form;

/// Serialises a type as a record with named fields, and reads nothing else: the code that serde derives would take a
/// list of its fields in order as well. The type derives with `remote = "Self"`.
macro_rules! record_form {
    ($name:ident, $expected:literal) => {
        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $name::serialize(self, serializer)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Fields;
                impl<'de> serde::de::Visitor<'de> for Fields {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str($expected)
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<$name, A::Error> {
                        $name::deserialize(serde::de::value::MapAccessDeserializer::new(map))
                    }
                }
                deserializer.deserialize_map(Fields)
            }
        }
    };
}
pub(crate) use record_form;

#[cfg(test)]
mod tests {
    use crate::rules::relation::RelationKind;

    #[test]
    fn a_word_that_is_none_of_them_is_told_all_of_them() {
        let words = "repeats, echoes, concurs, corroborates, updates, succeeds, disputes, revises, misreports, \
            contradicts_itself, silent and incomparable";
        assert_eq!("agrees".parse::<RelationKind>().unwrap_err().to_string(), format!("\"agrees\" is none of {words}"));
        #[cfg(feature = "serde")]
        assert_eq!(
            serde_json::from_str::<RelationKind>("5").unwrap_err().to_string(),
            format!("invalid type: integer `5`, expected one of {words} at line 1 column 1")
        );
    }
}
