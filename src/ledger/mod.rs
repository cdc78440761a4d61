//! The ledger: what is on record, what stands, and what of it conflicts.

mod again;
mod amend;
mod amended;
mod compared;
mod disown;
mod earlier;
mod entries;
#[cfg(feature = "serde")]
pub(crate) mod format;
mod index;
mod intake;
mod joining;
#[cfg(feature = "serde")]
mod labels;
mod looks;
mod merge;
mod named;
mod naming;
mod numbers;
mod parts;
mod places;
#[cfg(feature = "serde")]
mod prefetch;
mod receipt;
mod reconcile;
mod record;
mod selection;
mod settle;
mod tables;
mod view;

pub use self::entries::{ContentRef, EntryRef};
pub use self::merge::{Merged, Tally};
pub use self::parts::Part;
pub use self::receipt::{Appended, Receipt};
pub use self::record::Ledger;
pub use self::selection::View;
#[cfg(feature = "serde")]
pub(crate) use self::tables::Sought;
pub(crate) use self::view::statements;
pub use self::view::{ClaimRef, TopicRef};
