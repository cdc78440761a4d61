//! Ledgers of claims as tables of Apache Arrow, and what is found in them, part by part.
#![doc = ""]
#![doc = include_str!("../docs/tables.md")]

mod budget;
mod claims;
mod columns;
mod entries;
mod error;
mod findings;
mod guard;
mod kept;
mod pages;
mod parquet;
mod parts;
mod rows;
mod schema;
mod stream;
mod tables;

pub use self::error::TableError;
pub use self::findings::findings;
pub use self::parquet::{read_parquet, write_findings, write_parquet};
pub use self::schema::{LAYOUT, Table};
pub use self::stream::findings_of_stream;
pub use self::tables::{from_batches, to_batches};
