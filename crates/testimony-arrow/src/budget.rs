//! How much may come out of what was read.

use crate::error::TableError;
use crate::rows::Row;

/// How many times as much may come out as was read: one text may stand for a million rows, and lines that people write
/// shrink to a twentieth.
const TIMES: u64 = 1000;

/// How many bytes of lines are taken of the smallest file, and the most that one of this size may hold for each.
const AT_LEAST: u64 = 64 * 1024 * 1024;

/// The bytes of lines that are still taken.
#[derive(Debug)]
pub(crate) struct Budget(u64);

impl Budget {
    pub(crate) fn new() -> Self {
        Self(AT_LEAST)
    }

    /// Takes note of so many bytes that were read.
    pub(crate) fn add(&mut self, read: u64) {
        self.0 = self.0.saturating_add(read.saturating_mul(TIMES));
    }

    /// Refuses a row that is beyond what may come out.
    pub(crate) fn take(&mut self, row: &Row<'_>) -> Result<(), TableError> {
        let left = self.0.checked_sub(row.line.len() as u64);
        self.0 = left.ok_or_else(|| {
            TableError::row(row.seq, row.part, format!("with it the lines are more than {TIMES} times what was read"))
        })?;
        Ok(())
    }
}
