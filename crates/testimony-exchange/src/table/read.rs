//! Tables in, row by row.

use std::collections::{HashMap, VecDeque};
use std::io::Read;

use csv::StringRecord;
use testimony::Shown;

use super::encoding::Decoded;
use super::hxl;
use super::mapping::{Mapping, TableError};
use super::row::{Header, Row};
use crate::law::{Import, Item, Refusal};
use crate::numbered::Numbered;
use crate::sources::Sources;

/// The longest row that is read, in bytes: as long as a line of the interchange format.
const MAX_ROW: usize = 1024 * 1024;

/// Reads a table whole.
///
/// # Errors
///
/// A table without a header, and a mapping that names a column which it has not. What is wrong with a row is no error:
/// it is [`refused`](Import::refused), with its row and column.
///
/// ```
/// use testimony_exchange::table::{self, Mapping};
///
/// let mapping = Mapping::from_toml(
///     "[[claim]]\nsubject = \"{place}\"\npredicate = \"deaths\"\nfigure = \"{deaths}\"\norigin = \"{source}\"",
/// )?;
/// let table = "place,deaths,source\nAleppo,over 40,SOHR\nHoms,many,SOHR\n";
/// let import = table::read(table.as_bytes(), &mapping)?;
/// assert_eq!(import.entries.len(), 2);
/// assert_eq!(import.refused[0].to_string(), "row 3, column deaths: \"many\" is not a figure; write a number with or \
///     without a hedge and a unit, such as over 4,000 troops or about 30%");
/// # Ok::<(), table::TableError>(())
/// ```
///
/// [`Import::refused`]: crate::Import::refused
pub fn read(input: impl Read, mapping: &Mapping) -> Result<Import, TableError> {
    Ok(Reader::new(input, mapping)?.collect())
}

/// Rows as they come out of the file, with their header.
pub(super) struct Rows<R> {
    numbered: Numbered<Decoded<R>>,
    pub(super) header: Header,
    /// The row of HXL tags, if there is one.
    pub(super) tags: Option<StringRecord>,
    /// The first row behind the header, where it was looked at already.
    ahead: Option<csv::Result<StringRecord>>,
    is_done: bool,
}

impl<R: Read> Rows<R> {
    pub(super) fn new(input: R, mapping: &Mapping) -> Result<Self, TableError> {
        let delimiter = u8::try_from(mapping.delimiter).unwrap_or(b',');
        let numbered = Numbered::new(Decoded::new(input, mapping.encoding), delimiter);
        let mut rows = Self { numbered, header: Header::default(), tags: None, ahead: None, is_done: false };
        let names = rows.names(mapping)?;
        let mut times: HashMap<&str, (usize, usize)> = HashMap::new();
        for name in &names {
            times.entry(name).or_default().0 += 1;
        }
        for (i, name) in names.iter().enumerate() {
            let (all, so_far) = times.entry(name).or_default();
            *so_far += 1;
            let name = if *all == 1 { name.clone() } else { format!("{name} ({so_far})") };
            rows.header.0.entry(name).or_insert(i);
        }
        let mut second = StringRecord::new();
        match rows.numbered.read(&mut second) {
            Ok(true) if hxl::is_tags(&second) => rows.tags = Some(second),
            Ok(true) => rows.ahead = Some(Ok(second)),
            Ok(false) => {}
            Err(error) => rows.ahead = Some(Err(error)),
        }
        for (i, claim) in mapping.claims.iter().enumerate() {
            rows.knows(claim.columns(), &format!("claim {} of the mapping", i + 1))?;
        }
        Ok(rows)
    }

    /// The names of the columns: blank ones have the number of the column, and those of several rows are joined.
    fn names(&mut self, mapping: &Mapping) -> Result<Vec<String>, TableError> {
        let mut record = StringRecord::new();
        let mut names: Vec<String> = Vec::new();
        let last = mapping.skip_rows.saturating_add(mapping.header_rows);
        let mut bytes = 0;
        for row in 1..=last {
            if !self.numbered.read(&mut record).map_err(|error| TableError(told(&error)))? {
                let which = if row == 1 { "first".to_owned() } else { format!("{last}th") };
                let short = if row == 1 { "empty" } else { "over before its header" };
                return Err(TableError(format!("the table is {short}; its {which} row names the columns")));
            }
            if row <= mapping.skip_rows {
                continue;
            }
            let mut over = "";
            for (i, name) in record.iter().enumerate() {
                let name = if row == 1 && i == 0 { name.trim_start_matches('\u{feff}') } else { name }.trim();
                // A name over several columns is written over the first of them.
                over = if name.is_empty() && row < last { over } else { name };
                bytes += over.len() + 1;
                if bytes > MAX_ROW {
                    return Err(TableError(format!("the names of the columns have more than {MAX_ROW} bytes")));
                }
                if names.len() == i {
                    names.push(String::new());
                }
                if !names[i].is_empty() && !over.is_empty() {
                    names[i].push(' ');
                }
                names[i].push_str(over);
            }
        }
        for (i, name) in names.iter_mut().enumerate().filter(|(_, name)| name.is_empty()) {
            *name = format!("column {}", i + 1);
        }
        Ok(names)
    }

    pub(super) fn knows<'m>(&self, mut columns: impl Iterator<Item = &'m str>, who: &str) -> Result<(), TableError> {
        let Some(unknown) = columns.find(|name| !self.header.0.contains_key(*name)) else { return Ok(()) };
        let mut names: Vec<String> = self.header.0.keys().map(|name| Shown::new(name).to_string()).collect();
        names.sort_unstable();
        let names = names.join(", ");
        Err(TableError(format!("{who} names the column {unknown:?}, and the table has these: {names}")))
    }

    /// The number of the last row, as a spreadsheet shows it: the first line is row 1, and empty lines are rows.
    pub(super) fn number(&self) -> u64 {
        self.numbered.number
    }

    /// The next row; a row that cannot be read is refused, and so is one that is too long.
    pub(super) fn next(&mut self, record: &mut StringRecord) -> Option<Result<(), Refusal>> {
        if self.is_done {
            return None;
        }
        let read = match self.ahead.take() {
            Some(ahead) => ahead.map(|ahead| {
                *record = ahead;
                true
            }),
            None => self.numbered.read(record),
        };
        let row = Some(self.number());
        let refused = |message| Some(Err(Refusal { row, column: None, message }));
        match read {
            Ok(false) => {
                self.is_done = true;
                None
            }
            Ok(true) if record.as_slice().len() > MAX_ROW => refused(format!("has more than {MAX_ROW} bytes")),
            Ok(true) => Some(Ok(())),
            Err(error) => {
                self.is_done = error.is_io_error();
                refused(told(&error))
            }
        }
    }
}

pub(super) fn told(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Utf8 { err, .. } => {
            format!(
                "cell {} is not UTF-8; write encoding = \"windows-1252\" into the mapping, or save the table as UTF-8",
                err.field() + 1
            )
        }
        _ => error.to_string(),
    }
}

/// The entries of a table, its losses and what is refused, one after another; nothing of a row is kept but the sources.
pub struct Reader<'m, R> {
    rows: Rows<R>,
    mapping: &'m Mapping,
    sources: Sources,
    record: StringRecord,
    ready: VecDeque<Item>,
}

impl<R> std::fmt::Debug for Reader<'_, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("row", &self.rows.numbered.number).finish_non_exhaustive()
    }
}

impl<'m, R: Read> Reader<'m, R> {
    /// A reader of a table.
    ///
    /// # Errors
    ///
    /// As [`read`].
    pub fn new(input: R, mapping: &'m Mapping) -> Result<Self, TableError> {
        let rows = Rows::new(input, mapping)?;
        let mut sources = Sources::default();
        mapping.sources.iter().cloned().for_each(|source| sources.define(source));
        let mut ready: VecDeque<Item> = VecDeque::new();
        ready.extend(sources.take_new().into_iter().map(|source| Item::Entry(Box::new(source.into()))));
        ready.extend(mapping.predicates.iter().map(|predicate| Item::Entry(Box::new(predicate.clone().into()))));
        Ok(Self { rows, mapping, sources, record: StringRecord::new(), ready })
    }
}

impl<R: Read> Iterator for Reader<'_, R> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while self.ready.is_empty() {
            if let Err(refusal) = self.rows.next(&mut self.record)? {
                return Some(Item::Refused(refusal));
            }
            let row = Row { header: &self.rows.header, cells: &self.record, mapping: self.mapping };
            if row.is_blank() {
                continue;
            }
            for columns in &self.mapping.claims {
                match row.claims(columns, &mut self.sources) {
                    Ok(claims) => {
                        let sources = self.sources.take_new().into_iter().map(Into::into);
                        let entries = sources.chain(claims.into_iter().map(Into::into));
                        self.ready.extend(entries.map(|entry| Item::Entry(Box::new(entry))));
                    }
                    Err(refusal) => {
                        // Several claims may be made of one cell that is wrong.
                        let refused = Item::Refused(refusal.in_row(self.rows.number()));
                        if !self.ready.contains(&refused) {
                            self.ready.push_back(refused);
                        }
                    }
                }
            }
        }
        self.ready.pop_front()
    }
}
