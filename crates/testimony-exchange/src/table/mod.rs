//! Tables: CSV, TSV and the like, with a [`Mapping`] that says what their columns mean.
#![doc = ""]
#![doc = include_str!("../../docs/table.md")]

pub(crate) mod cells;
mod encoding;
mod hxl;
mod layout;
mod mapping;
mod propose;
mod read;
mod row;
mod snapshot;
mod template;
mod write;

pub use self::hxl::from_hxl;
pub use self::mapping::{ClaimColumns, Dates, Encoding, Mapping, Numbers, SnapshotOf, TableError, Zero};
pub use self::propose::{Proposal, propose};
pub use self::read::{Reader, read};
pub use self::snapshot::{Recorded, Snapshots, read_snapshot};
pub use self::template::{Template, Templates};
pub use self::write::write;
