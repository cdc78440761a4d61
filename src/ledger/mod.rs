//! The ledger: what is on record, what stands, and what of it conflicts.

mod amend;
mod amended;
mod compared;
mod disown;
#[cfg(feature = "serde")]
pub(crate) mod format;
mod index;
mod intake;
mod joining;
#[cfg(feature = "serde")]
mod labels;
mod merge;
mod named;
mod naming;
mod parts;
mod places;
#[cfg(feature = "serde")]
mod prefetch;
mod receipt;
mod reconcile;
mod record;
mod settle;
mod tables;
mod view;

pub use self::merge::{Merged, Tally};
pub use self::parts::Part;
pub use self::receipt::{Appended, Receipt};
pub use self::record::Ledger;
#[cfg(feature = "serde")]
pub(crate) use self::tables::Sought;
pub(crate) use self::view::statements;
pub use self::view::{ClaimRef, ContentRef, EntryRef, TopicRef};
