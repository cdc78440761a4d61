//! Assertions, builders and fixtures for those who test code that works on ledgers.
//!
//! Enable the feature `testing` where it is meant to be used, in `[dev-dependencies]`.
//!
//! ```
//! use testimony::testing::{affirms, assert_in_conflict, assert_relation, figure, ledger_of};
//! use testimony::{RelationKind, Topic};
//!
//! let deaths = Topic::new("market bombing of 3 May", "deaths");
//! let (ledger, [ministry, army]) = ledger_of([
//!     affirms("ministry", &deaths, figure("at least 40")).through("agency").as_of("2025-05-04"),
//!     affirms("army", &deaths, figure("12")).as_of("2025-05-04"),
//! ]);
//!
//! assert_in_conflict(&ledger, &deaths);
//! assert_relation(&ledger, army, RelationKind::Disputes, ministry);
//! ```

mod assertions;
mod builders;
mod clock;
mod fixtures;

pub use assertions::{
    Allowed, assert_allows, assert_corroborated_by, assert_excludes, assert_in_conflict, assert_no_circles,
    assert_no_conflicts, assert_no_violations, assert_not_in_conflict, assert_relation,
};
pub use builders::{Said, affirms, declines, declines_to_say, denies, figure, ledger_of, number, period, suggests};
pub use clock::ManualClock;
pub use fixtures::korea_herald;
