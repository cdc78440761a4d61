#![doc = include_str!("../../docs/testing.md")]

mod assertions;
mod builders;
mod clock;
mod covering;
mod fixtures;
mod scanning;
#[cfg(feature = "proptest")]
pub mod strategies;

#[cfg(feature = "serde")]
pub use assertions::assert_unchanged;
pub use assertions::{
    Allowed, assert_allows, assert_corroborated_by, assert_excludes, assert_in_conflict, assert_no_circles,
    assert_no_conflicts, assert_no_violations, assert_not_in_conflict, assert_relation,
};
pub use builders::{
    Said, affirms, declines, declines_to_say, denies, disowns, figure, ledger_of, number, period, suggests,
};
pub use clock::ManualClock;
pub use covering::assert_covers;
pub use fixtures::korea_herald;
pub use scanning::with_scan_limit;
