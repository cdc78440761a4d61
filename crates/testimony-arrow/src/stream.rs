//! Findings of a stream of batches that another process sends.

use std::cmp::Ordering;
use std::io::{BufReader, Read, Write};

use arrow_array::RecordBatch;
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;

use crate::budget::Budget;
use crate::error::TableError;
use crate::findings::{find, push_to_every};
use crate::guard::guarded;
use crate::kept::Kept;
use crate::rows::{Row, RowColumns};
use crate::schema::Table;

/// How many rows are kept, and how many bytes of lines, before what is found in them is handed on, whole parts alone.
const ROWS: usize = 32 * 1024;
const BYTES: usize = 16 * 1024 * 1024;

/// Reads a stream of Arrow IPC with rows of a ledger, sorted by `part` with those first that have none, and writes what
/// is found in the parts as such a stream. A part is done when the next one begins; of the parts that are done no more
/// is kept, so that memory grows with the largest part and not with the ledger.
///
/// The columns are those of [`findings`](crate::findings()). Parts are sorted by the bytes of their names, as most
/// engines sort texts; so none comes twice. Within a part the rows are in any order.
///
/// # Errors
///
/// As [`findings`](crate::findings()) has them; a stream that is no Arrow, or is cut short; and rows that are not sorted
/// by part. What was found before is written.
pub fn findings_of_stream(input: impl Read, output: impl Write) -> Result<(), TableError> {
    let mut reader = guarded(|| StreamReader::try_new(BufReader::new(input), None))?;
    let mut writer = StreamWriter::try_new(output, &Table::Findings.schema())?;
    let mut intake = Intake { budget: Budget::new(), every: Kept::default(), kept: Kept::default(), part: None };
    while let Some(batch) = guarded(|| reader.next().transpose())? {
        intake.take(&batch, |found| Ok(writer.write(&found)?))?;
        writer.flush()?;
    }
    intake.finish(|found| Ok(writer.write(&found)?))?;
    Ok(writer.finish()?)
}

/// Rows as they come, sorted by part.
struct Intake {
    budget: Budget,
    every: Kept,
    kept: Kept,
    /// The part that came last.
    part: Option<String>,
}

impl Intake {
    fn take(
        &mut self,
        batch: &RecordBatch,
        mut hand_on: impl FnMut(RecordBatch) -> Result<(), TableError>,
    ) -> Result<(), TableError> {
        self.budget.add(batch.get_array_memory_size() as u64);
        for row in RowColumns::new(batch)?.rows() {
            let row = row?;
            self.budget.take(&row)?;
            self.row(row, &mut hand_on)?;
        }
        Ok(())
    }

    fn row(
        &mut self,
        row: Row<'_>,
        hand_on: &mut impl FnMut(RecordBatch) -> Result<(), TableError>,
    ) -> Result<(), TableError> {
        match row.part.cmp(&self.part.as_deref()) {
            Ordering::Equal => {}
            Ordering::Less => {
                let why = "comes too late: rows come sorted by part, with those first that have none, so that each part \
                           comes whole";
                return Err(TableError::row(row.seq, row.part, why));
            }
            Ordering::Greater => {
                // As much as goes to every part, so that it is not read for a few others each time.
                let is_enough = self.kept.len() >= ROWS || self.kept.bytes() >= BYTES;
                if is_enough && self.kept.bytes() >= self.every.bytes() {
                    find(&self.kept, &self.every, &mut *hand_on)?;
                    self.kept.clear();
                }
                self.part = row.part.map(str::to_owned);
            }
        }
        if row.part.is_none() {
            return push_to_every(&mut self.every, row);
        }
        self.kept.push(row);
        Ok(())
    }

    fn finish(self, hand_on: impl FnMut(RecordBatch) -> Result<(), TableError>) -> Result<(), TableError> {
        find(&self.kept, &self.every, hand_on)
    }
}
