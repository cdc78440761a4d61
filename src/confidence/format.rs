//! Confidence and credibility in the interchange format.

use std::fmt;

use serde::de::{self, Visitor};
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::likelihood::{Likelihood, LikelihoodForm};
use super::{AnalyticConfidence, Confidence, Credibility};
use crate::error::Error;
use crate::number::Number;
use crate::scales::StixConfidence;
use crate::shape::{Two, Whole};

/// Writes words as a text, a single probability as a [`Number`], and a range as a list of two.
impl Serialize for Likelihood {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            LikelihoodForm::Words(words) => serializer.serialize_str(words),
            LikelihoodForm::Probability(probability) => probability.serialize(serializer),
            LikelihoodForm::Range(low, high) => [low, high].serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Likelihood {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LikelihoodVisitor)
    }
}

struct LikelihoodVisitor;

impl<'de> Visitor<'de> for LikelihoodVisitor {
    type Value = Likelihood;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("words such as \"icd203:likely\", a probability, or a list of two")
    }

    fn visit_i64<E: de::Error>(self, n: i64) -> Result<Likelihood, E> {
        Likelihood::probability(n.into()).map_err(Error::into_custom)
    }

    fn visit_u64<E: de::Error>(self, n: u64) -> Result<Likelihood, E> {
        Likelihood::probability(n.into()).map_err(Error::into_custom)
    }

    fn visit_f64<E: de::Error>(self, n: f64) -> Result<Likelihood, E> {
        let number = Number::deserialize(de::value::F64Deserializer::new(n))?;
        Likelihood::probability(number).map_err(Error::into_custom)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Likelihood, E> {
        text.parse().map_err(Error::into_custom)
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<Likelihood, A::Error> {
        let Two(low, high) = Deserialize::deserialize(de::value::SeqAccessDeserializer::new(seq))?;
        Likelihood::range(low, high).map_err(Error::into_custom)
    }
}

impl Serialize for Confidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let parts = [self.likelihood.is_some(), self.level.is_some(), self.stix.is_some()];
        let given = parts.iter().filter(|given| **given).count();
        let mut record = serializer.serialize_struct("Confidence", given)?;
        if let Some(likelihood) = &self.likelihood {
            record.serialize_field("likelihood", likelihood)?;
        }
        if let Some(level) = &self.level {
            record.serialize_field("level", level)?;
        }
        if let Some(stix) = &self.stix {
            record.serialize_field("stix", stix)?;
        }
        record.end()
    }
}

impl<'de> Deserialize<'de> for Confidence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ConfidenceVisitor)
    }
}

/// A confidence as a record.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfidenceRecord {
    likelihood: Option<Likelihood>,
    level: Option<AnalyticConfidence>,
    stix: Option<StixConfidence>,
}

struct ConfidenceVisitor;

impl<'de> Visitor<'de> for ConfidenceVisitor {
    type Value = Confidence;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a confidence such as {\"likelihood\":\"icd203:likely\",\"level\":\"low\"}, or one part of it alone",
        )
    }

    fn visit_i64<E: de::Error>(self, n: i64) -> Result<Confidence, E> {
        LikelihoodVisitor.visit_i64(n).map(Confidence::from)
    }

    fn visit_u64<E: de::Error>(self, n: u64) -> Result<Confidence, E> {
        LikelihoodVisitor.visit_u64(n).map(Confidence::from)
    }

    fn visit_f64<E: de::Error>(self, n: f64) -> Result<Confidence, E> {
        LikelihoodVisitor.visit_f64(n).map(Confidence::from)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Confidence, E> {
        match text.parse::<AnalyticConfidence>() {
            Ok(level) => Ok(level.into()),
            Err(_) => LikelihoodVisitor.visit_str(text).map(Confidence::from),
        }
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<Confidence, A::Error> {
        LikelihoodVisitor.visit_seq(seq).map(Confidence::from)
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Confidence, A::Error> {
        let ConfidenceRecord { likelihood, level, stix } =
            Deserialize::deserialize(de::value::MapAccessDeserializer::new(map))?;
        if likelihood.is_none() && level.is_none() && stix.is_none() {
            return Err(de::Error::custom(
                "a confidence without a likelihood, a level or a number of STIX says nothing",
            ));
        }
        Ok(Confidence { likelihood, level, stix })
    }
}

impl Serialize for Credibility {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.0)
    }
}

impl<'de> Deserialize<'de> for Credibility {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A number too large for a rating is refused in the same words as any other.
        let Whole(rating) = Whole::deserialize(deserializer)?;
        Self::new(u8::try_from(rating).unwrap_or(u8::MAX)).map_err(|error| error.value(rating).into_custom())
    }
}
