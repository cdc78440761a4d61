//! Asserting that a ledger holds what a text says.

use super::assertions::Failure;
use crate::extraction::{self, Document};
use crate::ledger::Ledger;
use crate::report::count;

/// Asserts that each figure in a text is covered by a claim of the ledger: one that puts the same values forward, in
/// the same kind of unit, and cites the place or none. [`extraction::check`] says more.
///
/// ```
/// use testimony::testing::{affirms, assert_covers, figure, ledger_of};
/// use testimony::Topic;
///
/// let deaths = Topic::new("market bombing of 3 May", "deaths");
/// let (ledger, _) = ledger_of([affirms("ministry", &deaths, figure("at least 40"))]);
/// assert_covers(&ledger, "The ministry said that at least 40 people were killed.");
/// ```
///
/// # Panics
///
/// If a figure is not covered, with the whole report of the check, which ends with each such figure and where it
/// begins.
#[track_caller]
pub fn assert_covers<'a>(ledger: &'a Ledger, document: impl Into<Document<'a>>) {
    let report = extraction::check(ledger, document);
    let uncovered = report.uncovered().count();
    if uncovered > 0 {
        let figures = count(uncovered, "figure", "figures");
        Failure::new(format!("expected a claim for each figure of the text, found none for {figures}"))
            .with(&report)
            .raise();
    }
}
