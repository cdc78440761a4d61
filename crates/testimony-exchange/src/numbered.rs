//! Rows of CSV with the numbers that they have in a spreadsheet.

use std::io::{self, BufRead, BufReader, Read};

use csv::StringRecord;

/// How many bytes of a row are read at all: behind a quotation mark that is not closed the rest of a file is one cell.
const MAX_CELLS: usize = 1 << 26;

/// Rows, counted with the empty lines between them, which `csv` passes over.
pub(crate) struct Numbered<R> {
    csv: csv::Reader<Lines<BufReader<R>>>,
    /// The number of the last row: the first line is row 1.
    pub(crate) number: u64,
    /// How many lines the rows so far have.
    lines: u64,
}

impl<R: Read> Numbered<R> {
    pub(crate) fn new(input: R, delimiter: u8) -> Self {
        let lines = Lines { inner: BufReader::new(input), begun: 0, is_within: false, left: MAX_CELLS };
        let mut builder = csv::ReaderBuilder::new();
        let csv = builder.delimiter(delimiter).flexible(true).has_headers(false).from_reader(lines);
        Self { csv, number: 0, lines: 0 }
    }

    /// The next row that is not empty; gives whether there is one.
    pub(crate) fn read(&mut self, record: &mut StringRecord) -> csv::Result<bool> {
        self.csv.get_mut().left = MAX_CELLS;
        let read = self.csv.read_record(record);
        if matches!(read, Ok(false)) {
            return read;
        }
        let begun = self.csv.get_ref().begun;
        let lines = begun - self.lines;
        self.lines = begun;
        let in_cells = record.as_slice().bytes().filter(|byte| *byte == b'\n').count() as u64;
        // How many lines are in the cells of a row that cannot be read is not known.
        let rows = if read.is_ok() { lines.saturating_sub(in_cells) } else { 1 };
        self.number += rows.max(1);
        read
    }
}

/// Hands on one line at a time, so that no more lines are begun than the reader has come to.
struct Lines<R> {
    inner: R,
    begun: u64,
    is_within: bool,
    /// How many more bytes the row may have.
    left: usize,
}

impl<R: BufRead> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ahead = self.inner.fill_buf()?;
        let ahead = &ahead[..ahead.len().min(buffer.len())];
        let line = ahead.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
        buffer[..line.len()].copy_from_slice(line);
        if !line.is_empty() {
            self.begun += u64::from(!self.is_within);
            self.is_within = !line.ends_with(b"\n");
        }
        let n = line.len();
        self.left = self.left.checked_sub(n).ok_or_else(|| {
            io::Error::other(format!("has more than {MAX_CELLS} bytes; is a quotation mark not closed?"))
        })?;
        self.inner.consume(n);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_the_numbers_of_a_spreadsheet() {
        for (table, numbers) in [
            ("a\nb\nc", vec![1, 2, 3]),
            ("a\n\n\nb\nc\n", vec![1, 4, 5]),
            ("\n\na\nb\n\nc", vec![3, 4, 6]),
            ("a\n\"b\n\nb\"\n\nc\n", vec![1, 2, 4]),
            ("\"a\na\"\n\n\"b\nb\"\n\n", vec![1, 3]),
            ("a,b\n,\n\n\"\"\nc\n", vec![1, 2, 4, 5]),
            ("a\rb\rc", vec![1, 2, 3]),
            ("\n\n", vec![]),
        ] {
            for table in [table.to_owned(), table.replace('\n', "\r\n")] {
                let mut rows = Numbered::new(table.as_bytes(), b',');
                let (mut record, mut read) = (StringRecord::new(), Vec::new());
                while rows.read(&mut record).unwrap() {
                    read.push(rows.number);
                }
                assert_eq!(read, numbers, "{table:?}");
            }
        }
        let mut rows = Numbered::new(&b"a\n\xff\n\nb\n"[..], b',');
        let mut record = StringRecord::new();
        assert!(rows.read(&mut record).unwrap() && rows.read(&mut record).is_err() && rows.number == 2);
        assert!(rows.read(&mut record).unwrap() && rows.number == 4);
    }
}
