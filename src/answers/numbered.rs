//! Answers with other numbers for the claims that they name.

use std::fmt;

use crate::entry::ClaimId;

/// The function that gives a claim the number by which it is told.
pub(crate) type Numbering<'n> = dyn Fn(ClaimId) -> u64 + 'n;

/// An answer that names claims by their numbers.
pub(crate) trait Answer {
    /// Writes a report for a reader.
    fn write(&self, f: &mut fmt::Formatter<'_>, number: &Numbering<'_>) -> fmt::Result;

    /// Serialises the answer's JSON form.
    #[cfg(feature = "serde")]
    fn serialize<S: serde::Serializer>(&self, serializer: S, number: &Numbering<'_>) -> Result<S::Ok, S::Error>;
}

/// An answer with other numbers for its claims, such as those of the file that they were read from: what
/// [`Conflict::numbered`](crate::Conflict::numbered) and the like give. It prints and serialises as the answer does.
///
/// ```
/// use testimony::{Claim, Figure, Ledger, Source, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// for (id, dead) in [("moh", 40), ("army", 12)] {
///     let source = ledger.add_source(Source::new(id, id)?)?;
///     ledger.record(Claim::new(Topic::new("market bombing", "deaths"), Figure::exactly(dead), &source))?;
/// }
/// let conflict = ledger.conflicts().next().expect("the two cannot both be true");
/// let numbered = conflict.numbered(|claim| claim.number() + 7);
/// assert!(numbered.to_string().contains("[8] 12"));
/// # Ok(())
/// # }
/// ```
pub struct Numbered<'r, T, F> {
    answer: &'r T,
    number: F,
}

impl<'r, T, F: Fn(ClaimId) -> u64> Numbered<'r, T, F> {
    pub(crate) fn new(answer: &'r T, number: F) -> Self {
        Self { answer, number }
    }
}

impl<T: fmt::Debug, F> fmt::Debug for Numbered<'_, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Numbered").field("answer", self.answer).finish_non_exhaustive()
    }
}

impl<T: Answer, F: Fn(ClaimId) -> u64> fmt::Display for Numbered<'_, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.answer.write(f, &self.number)
    }
}

#[cfg(feature = "serde")]
impl<T: Answer, F: Fn(ClaimId) -> u64> serde::Serialize for Numbered<'_, T, F> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.answer.serialize(serializer, &self.number)
    }
}
