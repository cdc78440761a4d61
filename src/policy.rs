//! The choices of a ledger's owner, made once for every verdict in it.

use crate::error::{Error, ErrorKind};
use crate::number::Number;
#[cfg(feature = "serde")]
use crate::shape::Record;

/// The choices that verdicts rest on, fixed when a ledger is made.
///
/// | choice | default |
/// | --- | --- |
/// | how wide "about", "nearly" and "just over" are, as a share of the number | a tenth |
/// | whether a number that its writing shows to be rounded ("4.7 million", "27%") stands for all that rounds to it | yes |
/// | how many days apart two periods may be and still count as overlapping | 0 |
///
/// ```
/// use testimony::{Figure, Policy};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let figure = Figure::about(3000);
/// assert_eq!(figure.values(&Policy::default())?.to_string(), "[2700, 3300]");
/// let wider = Policy::default().with_tolerance("0.2".parse()?)?;
/// assert_eq!(figure.values(&wider)?.to_string(), "[2400, 3600]");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Policy {
    tolerance: Number,
    rounding: bool,
    days_apart: u32,
}

impl Default for Policy {
    fn default() -> Self {
        let tenth = Number::ONE.rounded_ratio(Number::from(10)).unwrap_or(Number::ZERO);
        Self { tolerance: tenth, rounding: true, days_apart: 0 }
    }
}

impl Policy {
    /// Sets the width of "about", "nearly" and "just over", as a share of the number's magnitude.
    ///
    /// # Errors
    ///
    /// Refuses a share below 0 or above 1.
    ///
    /// ```
    /// use testimony::Policy;
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let error = Policy::default().with_tolerance(10.into()).unwrap_err();
    /// assert_eq!(error.to_string(), "tolerance: \"10\" is not a share from 0 to 1");
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_tolerance(mut self, tolerance: Number) -> Result<Self, Error> {
        self.tolerance = share(tolerance).map_err(|error| error.at("tolerance"))?;
        Ok(self)
    }

    /// Sets whether a number that its writing shows to be rounded stands for all that rounds to it, or for itself
    /// alone.
    ///
    /// ```
    /// use testimony::{Figure, Policy};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let figure = Figure::rounded(4_700_000, 100_000)?;
    /// assert_eq!(figure.values(&Policy::default())?.to_string(), "[4650000, 4750000)");
    /// let literal = Policy::default().with_rounding(false);
    /// assert_eq!(figure.values(&literal)?.to_string(), "[4700000, 4700000]");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_rounding(mut self, rounding: bool) -> Self {
        self.rounding = rounding;
        self
    }

    /// Sets how many days apart two periods may be and still count as overlapping.
    #[must_use]
    pub fn with_days_apart(mut self, days: u32) -> Self {
        self.days_apart = days;
        self
    }

    /// The width of "about", "nearly" and "just over", as a share of the number's magnitude.
    #[must_use]
    pub fn tolerance(&self) -> Number {
        self.tolerance
    }

    /// Whether a number that its writing shows to be rounded stands for all that rounds to it.
    #[must_use]
    pub fn rounding(&self) -> bool {
        self.rounding
    }

    /// How many days apart two periods may be and still count as overlapping.
    #[must_use]
    pub fn days_apart(&self) -> u32 {
        self.days_apart
    }
}

fn share(number: Number) -> Result<Number, Error> {
    if number.is_negative() || number > Number::ONE {
        return Err(Error::new(ErrorKind::NotAShare).value(number));
    }
    Ok(number)
}

/// Writes a record with the name of each choice. In a record that is read, a choice that is left out is the default.
///
/// ```
/// use testimony::Policy;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let policy = Policy::default().with_rounding(false);
/// let json = r#"{"about":"0.1","rounding":false,"days_apart":0}"#;
/// assert_eq!(serde_json::to_string(&policy)?, json);
/// assert_eq!(serde_json::from_str::<Policy>(r#"{"rounding":false}"#)?, policy);
/// # Ok(())
/// # }
/// ```
#[cfg(feature = "serde")]
impl serde::Serialize for Policy {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;

        let mut record = serializer.serialize_struct("Policy", 3)?;
        record.serialize_field("about", &self.tolerance)?;
        record.serialize_field("rounding", &self.rounding)?;
        record.serialize_field("days_apart", &self.days_apart)?;
        record.end()
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Policy {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Choices {
            about: Option<Number>,
            rounding: Option<bool>,
            days_apart: Option<u32>,
        }
        let Record(Choices { about, rounding, days_apart }) = Record::deserialize(deserializer)?;
        let mut policy = Self::default();
        if let Some(about) = about {
            policy.tolerance = share(about).map_err(|error| error.at("about").into_custom())?;
        }
        if let Some(rounding) = rounding {
            policy = policy.with_rounding(rounding);
        }
        if let Some(days) = days_apart {
            policy = policy.with_days_apart(days);
        }
        Ok(policy)
    }
}
