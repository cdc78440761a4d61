//! A ledger of claims that outlives the process: one SQLite file, which other programs can read.
//!
//! A [`Store`] keeps the entries of a [`Ledger`](testimony::Ledger) as the lines of the interchange format, in a table
//! to which rows are added and never changed. What is appended is on the disk when [`append`](Store::append) returns.
//!
//! ```
//! use testimony::{Claim, Entry, Figure, Source, Topic};
//! use testimony_sqlite::Store;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("claims.db");
//! let mut store = Store::open(&path)?;
//! let deaths = Topic::new("market bombing", "deaths");
//! let (moh, army) = (Source::new("moh", "Ministry of Health")?, Source::new("army", "The army")?);
//! let claims = [
//!     Claim::new(deaths.clone(), Figure::at_least(40), moh.id()).into(),
//!     Claim::new(deaths.clone(), Figure::exactly(12), army.id()).into(),
//! ];
//! store.append(&[moh.into(), army.into()])?;
//! let written = store.append(&claims)?;
//! assert_eq!(written.conflicts(), 1);
//!
//! // Another process, another day.
//! let store = Store::open(&path)?;
//! let topic = store.topic(&deaths)?.expect("there are claims on it");
//! assert_eq!(topic.conflicts().count(), 1);
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]
#![doc = ""]
#![doc = include_str!("../docs/store.md")]
#![doc = ""]
#![doc = include_str!("../docs/schema.md")]

mod cache;
mod checkpoint;
mod error;
mod frame;
mod lines;
mod load;
mod names;
mod rows;
mod schema;
mod standing;
mod store;
mod topics;
mod tree;
mod verify;
mod writer;

pub use self::checkpoint::Checkpoint;
pub use self::error::StoreError;
pub use self::schema::LAYOUT;
pub use self::store::{Imported, Store, Written};
pub use self::tree::{Hash, leaf_hash, node_hash, verify_consistency, verify_inclusion};
