//! Claims in the few words that a sentence about two of them has room for.

use super::conflict::Related;
use crate::ledger::ClaimRef;
use crate::report::brief;
use crate::rules::timing::Timing;

pub(super) fn name(claim: ClaimRef<'_>) -> String {
    claim.ledger().name_of(claim.origin())
}

pub(super) fn value(claim: ClaimRef<'_>) -> String {
    brief(&claim).unwrap_or_else(|| "nothing".to_owned())
}

/// `more than 4,000 as of March 2025`, or without the time where there is none.
pub(super) fn value_then(claim: ClaimRef<'_>) -> String {
    match (claim.as_of(), claim.stated()) {
        (Some(period), _) => format!("{} as of {}", value(claim), period.in_words()),
        (None, Some(stated)) => format!("{} (stated {})", value(claim), stated.in_words()),
        (None, None) => value(claim),
    }
}

/// The same, with the time of saying where two totals of one day are told apart by it.
pub(super) fn value_at(related: &Related<'_>, claim: ClaimRef<'_>) -> String {
    let (one, other) = (related.older(), related.newer());
    match claim.stated().filter(|_| one.as_of() == other.as_of() && related.relation().timing() == Timing::Later) {
        Some(stated) => format!("{} (stated {})", value(claim), stated.in_words()),
        None => value_then(claim),
    }
}
