//! Columns that are filled row by row.

use std::fmt::{Display, Write as _};
use std::sync::Arc;

use arrow_array::builder::{Date32Builder, Decimal128Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::DataType;
use chrono::{Datelike as _, NaiveDate};
use testimony::Date;

use crate::error::TableError;
use crate::schema::{PRECISION, SCALE, Table, item};

/// The day that has the number 0 in a column of days, as chrono numbers days.
const EPOCH: i32 = 719_163;

/// A batch of a table, of all its columns in their order.
pub(crate) fn batch(table: Table, columns: Vec<ArrayRef>) -> Result<RecordBatch, TableError> {
    Ok(RecordBatch::try_new(table.schema(), columns)?)
}

pub(crate) fn array(array: impl arrow_array::Array + 'static) -> ArrayRef {
    Arc::new(array)
}

/// A column of lists of texts.
pub(crate) fn lists() -> ListBuilder<StringBuilder> {
    ListBuilder::new(StringBuilder::new()).with_field(item(DataType::Utf8))
}

/// Fills a row of lists with texts.
pub(crate) fn append_texts<T: AsRef<str>>(lists: &mut ListBuilder<StringBuilder>, texts: impl IntoIterator<Item = T>) {
    for text in texts {
        lists.values().append_value(text);
    }
    lists.append(true);
}

/// Fills a row with what is displayed, without a text of its own for it.
pub(crate) fn append_displayed(column: &mut StringBuilder, value: Option<impl Display>) {
    let Some(value) = value else { return column.append_null() };
    // A column takes whatever is written into it.
    let _ = write!(column, "{value}");
    column.append_value("");
}

pub(crate) fn append_day(days: &mut Date32Builder, day: Option<Date>) {
    days.append_option(day.map(|day| NaiveDate::from(day).num_days_from_ce() - EPOCH));
}

pub(crate) fn decimals() -> Decimal128Builder {
    Decimal128Builder::new().with_data_type(DataType::Decimal128(PRECISION, SCALE))
}

/// A number as the decimals of a column have it; `None` if they do not hold it exactly.
pub(crate) fn decimal(number: &str) -> Option<i128> {
    let scale = usize::try_from(SCALE).ok()?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let missing = scale.checked_sub(fraction.len())?;
    let digits = whole.trim_start_matches('-').trim_start_matches('0').len();
    if digits + scale > usize::from(PRECISION) {
        return None;
    }
    format!("{whole}{fraction}{:0<missing$}", "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn decimals_are_exact_or_absent() {
        let most = "9".repeat(28);
        for (number, held) in [
            ("0", Some(0)),
            ("1", Some(10_000_000_000)),
            ("-0.5", Some(-5_000_000_000)),
            ("0.0000000001", Some(1)),
            ("-0.00000000011", None),
            ("0.00000000001", None),
            ("4000.25", Some(40_002_500_000_000)),
            (&*most, Some((10i128.pow(28) - 1) * 10i128.pow(10))),
            (&*format!("-{most}.9999999999"), Some(1 - 10i128.pow(38))),
            (&*format!("1{}", "0".repeat(28)), None),
            ("79228162514264337593543950335", None),
        ] {
            assert_eq!(decimal(number), held, "{number}");
        }
    }
}
