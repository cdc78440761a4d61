//! How large the pages of a file are, as far as their headers say. The reader of Parquet takes a page to be as large as
//! its header says and unpacks it whole, up to 2 GiB: a file of some kilobytes could ask for that.

use std::fs::File;
use std::io::Read as _;

use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};
use parquet::file::reader::ChunkReader as _;

use crate::error::TableError;

/// The largest page that is unpacked. Writers make pages of a megabyte, and some of a hundred.
const LARGEST: i64 = 256 * 1024 * 1024;

/// The longest header of a page; it may hold two values, the least and the greatest.
const LONGEST_HEADER: u64 = 8 * 1024 * 1024;

/// How much is read for a header at first.
const USUAL_HEADER: u64 = 1024;

/// Refuses a file with a page that is too large among those of the columns of these names.
pub(crate) fn check(file: &File, metadata: &ParquetMetaData, columns: &[&str]) -> Result<(), TableError> {
    for group in metadata.row_groups() {
        for column in group.columns() {
            if column.column_path().parts().first().is_some_and(|name| columns.contains(&name.as_str())) {
                check_column(file, column)?;
            }
        }
    }
    Ok(())
}

fn check_column(file: &File, column: &ColumnChunkMetaData) -> Result<(), TableError> {
    let (mut at, length) = column.byte_range();
    let end = at.saturating_add(length);
    while at < end {
        let header = header(file, at, end - at)?;
        if header.unpacked > LARGEST || header.packed < 0 {
            return Err(TableError::page("a page unpacks to more than 256 MiB"));
        }
        at = at.saturating_add(header.length).saturating_add(header.packed.unsigned_abs());
    }
    Ok(())
}

/// The size of a page, as its header has it.
#[derive(Default)]
struct Header {
    unpacked: i64,
    packed: i64,
    /// How long the header itself is.
    length: u64,
}

fn header(file: &File, at: u64, most: u64) -> Result<Header, TableError> {
    let mut length = USUAL_HEADER.min(most);
    loop {
        let mut bytes = Vec::new();
        file.get_read(at)?.take(length).read_to_end(&mut bytes)?;
        if let Some(header) = Fields(&bytes).header(bytes.len()) {
            return Ok(header);
        }
        if length >= most.min(LONGEST_HEADER) || (bytes.len() as u64) < length {
            return Err(TableError::page("a page has no header"));
        }
        length = (length * 16).min(most).min(LONGEST_HEADER);
    }
}

/// Fields as the compact protocol of Thrift has them; `None` where the bytes end before they do.
struct Fields<'a>(&'a [u8]);

/// How deep a header goes at most: statistics in the header of the data in that of the page.
const DEEPEST: u32 = 8;

impl Fields<'_> {
    /// Reads a header out of so many bytes.
    fn header(mut self, bytes: usize) -> Option<Header> {
        let mut header = Header::default();
        let mut id = 0;
        while let Some(kind) = self.field(&mut id)? {
            match (id, kind) {
                (2, 5) => header.unpacked = self.integer()?,
                (3, 5) => header.packed = self.integer()?,
                _ => self.skip(kind, DEEPEST)?,
            }
        }
        header.length = (bytes - self.0.len()) as u64;
        Some(header)
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn integer(&mut self) -> Option<i64> {
        let value = self.varint()?;
        Some((value >> 1).cast_signed() ^ -(value & 1).cast_signed())
    }

    /// The kind of the next field, whose number is left in `id`; `Some(None)` behind the last.
    #[expect(clippy::option_option, reason = "the bytes may end, and so may the fields")]
    fn field(&mut self, id: &mut i64) -> Option<Option<u8>> {
        let byte = self.byte()?;
        if byte == 0 {
            return Some(None);
        }
        *id = match byte >> 4 {
            0 => self.integer()?,
            more => id.checked_add(more.into())?,
        };
        Some(Some(byte & 0x0f))
    }

    /// Passes over a value of a kind.
    fn skip(&mut self, kind: u8, depth: u32) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        match kind {
            // True and false are in the kind.
            1 | 2 => {}
            3 => drop(self.byte()?),
            4..=6 => drop(self.varint()?),
            7 => self.0 = self.0.get(8..)?,
            8 => {
                let length = usize::try_from(self.varint()?).ok()?;
                self.0 = self.0.get(length..)?;
            }
            9 | 10 => {
                let head = self.byte()?;
                let many = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
                for _ in 0..many {
                    // In a list a truth takes a byte.
                    match head & 0x0f {
                        1 | 2 => drop(self.byte()?),
                        kind => self.skip(kind, depth)?,
                    }
                }
            }
            12 => {
                let mut id = 0;
                while let Some(kind) = self.field(&mut id)? {
                    self.skip(kind, depth)?;
                }
            }
            _ => return None,
        }
        Some(())
    }
}
