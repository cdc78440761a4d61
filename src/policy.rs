//! What a ledger's owner chooses, once, for every verdict in it.

use crate::error::{Error, ErrorKind};
use crate::number::Number;

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
        if tolerance.is_negative() || tolerance > Number::ONE {
            return Err(Error::new(ErrorKind::NotAShare).value(tolerance).at("tolerance"));
        }
        self.tolerance = tolerance;
        Ok(self)
    }

    /// Sets whether a number that its writing shows to be rounded stands for all that rounds to it, or for itself alone.
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
