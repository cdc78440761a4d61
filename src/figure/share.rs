//! The share that one figure is of another.

use super::Figure;
use crate::error::{Error, ErrorKind};
use crate::names;
use crate::number::Interval;
use crate::policy::Policy;

impl Figure {
    /// The share of `whole` that it is: the quotient of the values that the two allow.
    ///
    /// # Errors
    ///
    /// Refuses figures in two different units, a whole that may be nought, and what [`values`](Figure::values)
    /// refuses.
    ///
    /// ```
    /// use testimony::{Figure, Policy};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let casualties: Figure = "over 4,000".parse()?;
    /// let troops: Figure = "11,000".parse()?;
    /// let share = casualties.share_of(&troops, &Policy::default())?;
    /// assert_eq!(share.to_string(), "(0.3636363636363636363636363636, ∞)");
    ///
    /// let third: Figure = "nearly one-third".parse()?;
    /// assert!(!share.shares_with(&third.values(&Policy::default())?));
    /// # Ok(())
    /// # }
    /// ```
    pub fn share_of(&self, whole: &Self, policy: &Policy) -> Result<Interval, Error> {
        let (own, others) = (self.unit().and_then(names::unit), whole.unit().and_then(names::unit));
        if own.is_some() && others.is_some() && own != others {
            let unit = whole.unit().unwrap_or_default().to_owned();
            return Err(Error::new(ErrorKind::UnitsDiffer { unit }).value(self));
        }
        self.values(policy)?.quotient(&whole.values(policy)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_one_unit() {
        let policy = Policy::default();
        let persons = Figure::exactly(300).with_unit("Persons");
        assert!(persons.share_of(&Figure::exactly(600).with_unit("persons"), &policy).is_ok());
        assert!(persons.share_of(&Figure::exactly(600), &policy).is_ok());
        let error = persons.share_of(&Figure::exactly(600).with_unit("km"), &policy).unwrap_err();
        assert_eq!(error.to_string(), "\"300 Persons\" is reckoned with a figure in another unit, \"km\"");
        let error = persons.share_of(&Figure::at_most(600), &policy).unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::DivisionByZero);
    }
}
