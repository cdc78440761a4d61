//! How a table is laid out, where nobody has said so: its letters, the sign between its cells, and its header.

use std::collections::HashSet;

use csv::StringRecord;

use super::cells;
use super::hxl;
use super::mapping::{Encoding, Mapping, TableError};

/// The signs that part cells, the usual ones first.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
/// How many rows are looked at.
const ROWS: usize = 40;
/// How many rows may stand above a header.
const ABOVE: usize = 10;

/// A mapping that says how a table is laid out and nothing else, from its first bytes.
pub(super) fn of(sample: &[u8], delimiter: Option<char>) -> Result<Mapping, TableError> {
    if sample.starts_with(&[0xff, 0xfe]) || sample.starts_with(&[0xfe, 0xff]) {
        return Err(TableError("the table is in UTF-16; save it as CSV in UTF-8".to_owned()));
    }
    let (text, encoding) = match std::str::from_utf8(sample) {
        Ok(text) => (text.to_owned(), Encoding::Utf8),
        // The sample ends within a letter.
        Err(error) if error.error_len().is_none() => {
            (String::from_utf8_lossy(&sample[..error.valid_up_to()]).into_owned(), Encoding::Utf8)
        }
        Err(_) => (sample.iter().map(|byte| char::from(*byte)).collect(), Encoding::Windows1252),
    };
    let best = || {
        DELIMITERS.into_iter().max_by_key(|sign| {
            let rows = rows(&text, *sign);
            let width = usual(&rows);
            // Among signs that part as many rows alike, the first: the last of those that are equal is taken.
            let place = DELIMITERS.iter().rev().position(|other| other == sign);
            (width > 1, rows.iter().filter(|row| row.len() == width).count() * 10 / rows.len().max(1), width, place)
        })
    };
    let delimiter = delimiter.or_else(best).unwrap_or(',');
    let rows = rows(&text, delimiter);
    let (skip_rows, header_rows) = header(&rows);
    Ok(Mapping { delimiter, encoding, skip_rows, header_rows, ..Mapping::default() })
}

fn rows(text: &str, delimiter: char) -> Vec<StringRecord> {
    let delimiter = u8::try_from(delimiter).unwrap_or(b',');
    let text = text.trim_start_matches('\u{feff}').as_bytes();
    let mut csv = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text);
    let mut rows: Vec<StringRecord> = csv.records().take(ROWS).filter_map(Result::ok).collect();
    if rows.len() > 2 && rows.len() < ROWS {
        // The sample may end within it.
        rows.pop();
    }
    rows
}

/// How many cells most rows have.
fn usual(rows: &[StringRecord]) -> usize {
    let mut lengths: Vec<usize> = rows.iter().map(StringRecord::len).collect();
    lengths.sort_unstable();
    let count = |length: &usize| lengths.iter().filter(|other| *other == length).count();
    lengths.iter().copied().max_by_key(|length| (count(length), *length)).unwrap_or_default()
}

/// How many rows stand above the header, and how many it has.
fn header(rows: &[StringRecord]) -> (u64, u64) {
    let filled = |row: &StringRecord| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let width = usual(rows);
    // Names have a letter, and are neither numbers nor dates.
    let is_head = |row: &StringRecord| {
        let is_name = |cell: &str| cell.chars().any(char::is_alphabetic) && cells::period(cell, None).is_err();
        filled(row) > 0 && row.iter().map(str::trim).filter(|cell| !cell.is_empty()).all(is_name)
    };
    let begins = |row: &StringRecord| is_head(row) && filled(row) * 2 > width;
    let Some(first) = rows.iter().take(ABOVE).position(begins) else { return (0, 1) };
    let names: HashSet<&str> = rows[first].iter().map(str::trim).collect();
    let is_partial = |row: &StringRecord, names: &HashSet<&str>| filled(row) < width || names.len() < row.len();
    let is_row = |row: Option<&StringRecord>| row.is_some_and(|row| !is_head(row) && !hxl::is_tags(row));
    // Names over several columns stand above those of each, which are either on the next row or were found first.
    let above = first.checked_sub(1).map(|above| &rows[above]);
    if above.is_some_and(|row| row.len() == width && filled(row) > 1 && is_head(row)) {
        return (first as u64 - 1, 2);
    }
    let next = rows.get(first + 1);
    let is_two = is_partial(&rows[first], &names)
        && next.is_some_and(|next| is_head(next) && !hxl::is_tags(next))
        && is_row(rows.get(first + 2));
    (first as u64, if is_two { 2 } else { 1 })
}
