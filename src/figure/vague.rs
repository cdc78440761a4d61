//! Magnitudes that are named without a number.

use crate::number::Number;
use crate::words::vocabulary;

vocabulary! {
    /// A magnitude named without a number.
    ///
    /// Each reaches up to where the next larger one begins: "thousands" is said of 12,000 as well. The numbers are a
    /// convention of this crate, and a verdict that rests on one says so.
    #[derive(PartialOrd, Ord)]
    Vague, "a_handful, several, dozens, scores, hundreds, thousands, tens_of_thousands, hundreds_of_thousands, millions, tens_of_millions, hundreds_of_millions and billions" {
        /// 3 to 9.
        Handful = "a_handful",
        /// 3 to 19.
        Several = "several",
        /// 24 to 199.
        Dozens = "dozens",
        /// 40 to 199.
        Scores = "scores",
        /// 200 to 1,999.
        Hundreds = "hundreds",
        /// 2,000 to 19,999.
        Thousands = "thousands",
        /// 20,000 to 199,999.
        TensOfThousands = "tens_of_thousands",
        /// 200,000 to 1,999,999.
        HundredsOfThousands = "hundreds_of_thousands",
        /// 2,000,000 to 19,999,999.
        Millions = "millions",
        /// 20,000,000 to 199,999,999.
        TensOfMillions = "tens_of_millions",
        /// 200,000,000 to 1,999,999,999.
        HundredsOfMillions = "hundreds_of_millions",
        /// 2,000,000,000 to just below 1,000,000,000,000.
        Billions = "billions",
    }
}

impl Vague {
    /// The least number that it stands for, and the first that is too many.
    ///
    /// ```
    /// use testimony::Vague;
    ///
    /// assert_eq!(Vague::Thousands.range(), (2_000.into(), 20_000.into()));
    /// ```
    #[must_use]
    pub fn range(self) -> (Number, Number) {
        let (low, end): (u64, u64) = match self {
            Self::Handful => (3, 10),
            Self::Several => (3, 20),
            Self::Dozens => (24, 200),
            Self::Scores => (40, 200),
            Self::Hundreds => (200, 2_000),
            Self::Thousands => (2_000, 20_000),
            Self::TensOfThousands => (20_000, 200_000),
            Self::HundredsOfThousands => (200_000, 2_000_000),
            Self::Millions => (2_000_000, 20_000_000),
            Self::TensOfMillions => (20_000_000, 200_000_000),
            Self::HundredsOfMillions => (200_000_000, 2_000_000_000),
            Self::Billions => (2_000_000_000, 1_000_000_000_000),
        };
        (low.into(), end.into())
    }
}
