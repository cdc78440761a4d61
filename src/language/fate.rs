//! The fate of those who are counted.

use crate::words::vocabulary;

vocabulary! {
    /// The fate of those who are counted, which is no unit: "12 killed" is 12 without one.
    ///
    /// A pipeline chooses the predicate of a claim by it.
    ///
    /// ```
    /// use testimony::{Fate, Figure, figures_in};
    ///
    /// let found = figures_in("12 killed").next().unwrap();
    /// assert_eq!(found.fate(), Some(Fate::Killed));
    /// assert_eq!(found.figure(), &Figure::exactly(12));
    /// ```
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    Fate, "dead, killed, wounded, injured, missing and arrested" {
        /// Died, whatever of.
        Dead = "dead",
        /// Was killed.
        Killed = "killed",
        /// Was wounded.
        Wounded = "wounded",
        /// Was injured or hurt.
        Injured = "injured",
        /// Is missing.
        Missing = "missing",
        /// Was arrested or detained.
        Arrested = "arrested",
    }
}
