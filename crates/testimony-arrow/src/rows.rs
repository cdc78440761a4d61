//! Rows of a ledger as batches bring them: of all columns only those that decide.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Int32Type, Int64Type, UInt32Type, UInt64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use testimony::jsonl::MAX_LINE;

use crate::error::TableError;

/// A column of texts, however it is laid out.
pub(crate) struct Texts<'a> {
    values: Layout<'a>,
    /// The place of each text among the values, where they are kept once.
    keys: Option<(&'a dyn Array, Vec<usize>)>,
}

enum Layout<'a> {
    Short(&'a arrow_array::StringArray),
    Long(&'a arrow_array::LargeStringArray),
    View(&'a arrow_array::StringViewArray),
    /// A column in which nothing is.
    Null,
}

impl<'a> Texts<'a> {
    pub(crate) fn new(batch: &'a RecordBatch, column: &'static str) -> Result<Self, TableError> {
        let array = batch.column_by_name(column).ok_or_else(|| TableError::column(column, "is missing"))?;
        let (values, keys) = match array.as_any_dictionary_opt() {
            Some(dictionary) if !dictionary.values().is_empty() => {
                (dictionary.values(), Some((array.as_ref(), dictionary.normalized_keys())))
            }
            _ => (array, None),
        };
        let values = match values.data_type() {
            DataType::Utf8 => Layout::Short(values.as_string()),
            DataType::LargeUtf8 => Layout::Long(values.as_string()),
            DataType::Utf8View => Layout::View(values.as_string_view()),
            DataType::Null => Layout::Null,
            // Without values there are no keys.
            DataType::Dictionary(_, _) if array.null_count() == array.len() => Layout::Null,
            other => return Err(TableError::column(column, format!("holds {other}; make it a column of texts"))),
        };
        Ok(Self { values, keys })
    }

    pub(crate) fn get(&self, row: usize) -> Option<&'a str> {
        let place = match &self.keys {
            Some((array, _)) if array.is_null(row) => return None,
            Some((_, keys)) => keys[row],
            None => row,
        };
        match self.values {
            Layout::Short(values) => values.is_valid(place).then(|| values.value(place)),
            Layout::Long(values) => values.is_valid(place).then(|| values.value(place)),
            Layout::View(values) => values.is_valid(place).then(|| values.value(place)),
            Layout::Null => None,
        }
    }
}

/// A column of whole numbers, of whatever width.
struct Integers<'a>(&'a dyn Array);

impl<'a> Integers<'a> {
    /// The column of that name; `None` if there is none.
    fn find(batch: &'a RecordBatch, column: &'static str) -> Result<Option<Self>, TableError> {
        let Some(array) = batch.column_by_name(column) else { return Ok(None) };
        match array.data_type() {
            DataType::Int64 | DataType::Int32 | DataType::UInt64 | DataType::UInt32 | DataType::Null => {
                Ok(Some(Self(array)))
            }
            other => Err(TableError::column(column, format!("holds {other}; make it a column of whole numbers"))),
        }
    }

    fn get(&self, row: usize) -> Option<i64> {
        if self.0.is_null(row) {
            return None;
        }
        match self.0.data_type() {
            DataType::Int64 => Some(self.0.as_primitive::<Int64Type>().value(row)),
            DataType::Int32 => Some(self.0.as_primitive::<Int32Type>().value(row).into()),
            DataType::UInt64 => i64::try_from(self.0.as_primitive::<UInt64Type>().value(row)).ok(),
            DataType::UInt32 => Some(self.0.as_primitive::<UInt32Type>().value(row).into()),
            _ => None,
        }
    }
}

/// The rows of a batch, by the columns that decide.
pub(crate) struct RowColumns<'a> {
    part: Option<Texts<'a>>,
    seq: Integers<'a>,
    number: Option<Integers<'a>>,
    line: Texts<'a>,
    rows: usize,
}

/// A row: a line of a ledger.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    /// The part that it belongs to; `None` if it goes to every part.
    pub(crate) part: Option<&'a str>,
    /// The place of the line in the ledger.
    pub(crate) seq: i64,
    /// The number of the claim in the ledger, if the row says one.
    pub(crate) number: Option<i64>,
    pub(crate) line: &'a str,
}

impl<'a> RowColumns<'a> {
    /// Finds the columns; without one of parts all rows go to every part.
    pub(crate) fn new(batch: &'a RecordBatch) -> Result<Self, TableError> {
        let part = batch.column_by_name("part").map(|_| Texts::new(batch, "part")).transpose()?;
        let seq = Integers::find(batch, "seq")?.ok_or_else(|| TableError::column("seq", "is missing"))?;
        let number = Integers::find(batch, "number")?;
        Ok(Self { part, seq, number, line: Texts::new(batch, "line")?, rows: batch.num_rows() })
    }

    /// The rows, in their order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Result<Row<'a>, TableError>> {
        (0..self.rows).map(|row| self.row(row))
    }

    fn row(&self, row: usize) -> Result<Row<'a>, TableError> {
        let part = self.part.as_ref().and_then(|parts| parts.get(row));
        let refused =
            |seq: Option<i64>, why: &str| TableError::Row { seq, part: part.map(str::to_owned), why: why.to_owned() };
        let seq = self.seq.get(row).filter(|seq| *seq >= 0);
        let seq = seq.ok_or_else(|| refused(None, "has no seq, which is its place in the ledger, from 0"))?;
        let line = self.line.get(row).ok_or_else(|| refused(Some(seq), "has no line"))?;
        if line.len() > MAX_LINE {
            return Err(refused(Some(seq), "its line is longer than a line can be"));
        }
        // Two lines in one row would be two entries, and shift the numbers of the claims behind them.
        let line = line.strip_suffix('\n').unwrap_or(line);
        if line.contains('\n') {
            return Err(refused(Some(seq), "its line is more than one"));
        }
        let number = self.number.as_ref().and_then(|numbers| numbers.get(row));
        Ok(Row { part, seq, number, line })
    }
}
