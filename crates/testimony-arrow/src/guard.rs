//! Readers that panic on what is damaged.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::TableError;

/// Reads with a reader of arrow or parquet, and makes a failure of its panic. They panic on some damaged input (an offset
/// beyond a buffer, a length below zero) wherever they come to it, and offer no look at it beforehand; so there is no
/// other way to end in a message. What was read with is dropped behind it, and never looked at again.
pub(crate) fn guarded<T, E: Into<TableError>>(read: impl FnOnce() -> Result<T, E>) -> Result<T, TableError> {
    let read = catch_unwind(AssertUnwindSafe(read));
    read.map_err(|_| TableError::Damaged)?.map_err(Into::into)
}
