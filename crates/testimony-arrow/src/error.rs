//! Failures of tables.

use arrow_schema::ArrowError;
use parquet::errors::ParquetError;

/// A failure of tables.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// A column is missing, or has a type that is not read.
    #[error("the column {column:?} {why}")]
    Column {
        /// The name of the column.
        column: &'static str,
        /// The fault.
        why: String,
    },
    /// A row is none of a ledger, or stands where it cannot.
    #[error("{}: {why}", row(*.seq, .part.as_deref()))]
    Row {
        /// The `seq` of the row, if it has one.
        seq: Option<i64>,
        /// The part of the row; `None` for one that goes to every part.
        part: Option<String>,
        /// The fault.
        why: String,
    },
    /// The line of a row was refused.
    #[error("{}: {}", row(Some(*.seq), .part.as_deref()), without_line(.error))]
    Refused {
        /// The `seq` of the row.
        seq: i64,
        /// The part of the row; `None` for one that goes to every part.
        part: Option<String>,
        /// Why it was refused.
        error: testimony::Error,
    },
    /// Rows that belong to one part have different ones.
    #[error("the parts {one:?} and {other:?} are one: they share a topic, or a constraint ties them")]
    NotApart {
        /// A part.
        one: String,
        /// The other.
        other: String,
    },
    /// Something is wrong with a table.
    #[error("{table}: {error}")]
    Table {
        /// The name of the table.
        table: &'static str,
        /// The fault.
        error: Box<Self>,
    },
    /// A table was written by a later release.
    #[error("has layout {found}, and this release knows layouts up to {}; use a later release", crate::LAYOUT)]
    NewerLayout {
        /// The layout of the table.
        found: String,
    },
    /// A file has another table than the one that was asked for.
    #[error("is a table of {found}")]
    OtherTable {
        /// The name of the table.
        found: String,
    },
    /// A file that is no Parquet, or that cannot be made.
    #[error("parquet: {0}")]
    Parquet(#[from] ParquetError),
    /// Input so damaged that not even its reader could say where.
    #[error("is damaged")]
    Damaged,
    /// A file of Parquet asks for more memory than it is given, or is damaged.
    #[error("{why}")]
    Page {
        /// The fault of a page of it.
        why: &'static str,
    },
    /// The ledger cannot be written as lines.
    #[error(transparent)]
    Ledger(#[from] testimony::Error),
    /// Input that is no Arrow, or a batch that cannot be made.
    #[error("arrow: {0}")]
    Arrow(#[from] ArrowError),
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl TableError {
    pub(crate) fn column(column: &'static str, why: impl Into<String>) -> Self {
        Self::Column { column, why: why.into() }
    }

    pub(crate) fn page(why: &'static str) -> Self {
        Self::Page { why }
    }

    pub(crate) fn row(seq: i64, part: Option<&str>, why: impl Into<String>) -> Self {
        Self::Row { seq: Some(seq), part: part.map(str::to_owned), why: why.into() }
    }
}

fn row(seq: Option<i64>, part: Option<&str>) -> String {
    let seq = seq.map_or_else(|| "a row".to_owned(), |seq| format!("seq {seq}"));
    part.map_or_else(|| seq.clone(), |part| format!("{seq} of the part {part:?}"))
}

/// The text of a refusal without the number of the line, which is that of no file.
fn without_line(error: &testimony::Error) -> String {
    let text = error.to_string();
    let numbered = error.line().map(|line| format!("line {line}: "));
    numbered.and_then(|line| text.strip_prefix(&line).map(str::to_owned)).unwrap_or(text)
}
