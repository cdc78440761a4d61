//! Having small ledgers work as large ones do.

use crate::ledger::Ledger;

/// Has a ledger look through topics of up to `claims` claims one by one, and use an index above; 256 otherwise.
///
/// No answer depends on it. A test that compares answers with and without an index reaches, on a handful of claims, the
/// code that otherwise works on hundreds. What is on record already stays as it is.
///
/// ```
/// use testimony::testing::{affirms, figure, with_scan_limit};
/// use testimony::{Claim, Ledger, Source, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let deaths = Topic::new("market bombing of 3 May", "deaths");
/// let conflicts = [0, 256].map(|claims| {
///     let mut ledger = with_scan_limit(Ledger::new(), claims);
///     for (id, said) in [("ministry", "at least 40"), ("army", "12")] {
///         ledger.add_source(Source::new(id, id)?)?;
///         ledger.record(Claim::from(affirms(id, &deaths, figure(said))))?;
///     }
///     Ok::<_, testimony::Error>(ledger.conflict_count())
/// });
/// let [indexed, scanned] = conflicts;
/// assert_eq!((indexed?, scanned?), (1, 1));
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn with_scan_limit(ledger: Ledger, claims: usize) -> Ledger {
    ledger.with_scan_limit(claims)
}
