//! Workbooks (XLSX): each sheet is a table.
//!
//! A sheet is read as the rows of a table, by the [`Mapping`] of one: what its cells hold is written as text, row by row.
//!
//! | a cell with | reads as |
//! | --- | --- |
//! | a number | its digits, all fifteen that a spreadsheet keeps, without signs between thousands or of a currency |
//! | a number shown as a percentage | the number per cent: 0.125 is `12.5%` |
//! | a date | `2024-03-05`; a month `2024-03` and a year `2024` where no more is shown |
//! | a date with a time | `2024-03-05 14:30:00` |
//! | a formula | its last result |
//! | an error | as it is shown: `#N/A` |
//!
//! Rows and columns in messages are those of the sheet. A workbook is held packed; of its parts only the texts that cells
//! share are kept, and no part grows beyond what is said here, whatever the file claims.

mod cell;
mod xml;

use std::collections::HashMap;
use std::fmt;
use std::io::{self, Cursor, Read};
use std::sync::Arc;

use quick_xml::events::Event;
use zip::ZipArchive;

use self::cell::{Format, shown};
use self::xml::{Xml, attribute, is_named};
use crate::table::{Mapping, TableError};

/// The longest file that is taken, packed, in bytes.
const MAX_FILE: u64 = 256 << 20;
/// The longest sheet, unpacked, in bytes, and the longest table of it: cells share texts, so that a table may be longer.
const MAX_SHEET: u64 = 1 << 30;
/// The longest row, in bytes: as long as one of any table.
const MAX_ROW: usize = 1 << 20;
/// The longest list of texts, unpacked, in bytes: it is kept.
const MAX_TEXTS: u64 = 256 << 20;
/// The longest of all other parts, unpacked, in bytes.
const MAX_PART: u64 = 64 << 20;
/// The rows and columns of a sheet.
const MAX_ROWS: u32 = 1_048_576;
const MAX_COLUMNS: u32 = 16_384;

/// A workbook, whose sheets are tables.
///
/// ```no_run
/// use std::fs::File;
/// use testimony_exchange::{table::{self, Mapping}, workbook::Workbook};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mapping = Mapping::from_toml(&std::fs::read_to_string("events.toml")?)?;
/// let mut workbook = Workbook::new(File::open("events.xlsx")?)?;
/// let import = table::read(workbook.sheet(Some("2024"), &mapping)?, &mapping)?;
/// # Ok(())
/// # }
/// ```
pub struct Workbook {
    zip: ZipArchive<Cursor<Vec<u8>>>,
    /// In which the list of sheets is, and from which its parts are named.
    folder: String,
    sheets: Vec<Listed>,
    texts: Texts,
    formats: Vec<Format>,
    is_1904: bool,
}

/// A part that another one points at.
struct Relation {
    /// An address, of which the end says what the part is.
    kind: String,
    id: String,
    /// From the folder of the part that points at it, or from the top after a stroke.
    target: Arc<str>,
}

/// The first part of a kind.
fn of_kind<'r>(relations: &'r [Relation], kind: &str) -> Option<&'r str> {
    relations.iter().find(|relation| relation.kind.ends_with(kind)).map(|relation| &*relation.target)
}

/// A sheet in the list of them.
struct Listed {
    name: String,
    /// As a relation has it: many sheets may be listed with one part.
    target: Arc<str>,
    is_hidden: bool,
}

/// The texts that cells share, one behind the other, and where each ends.
#[derive(Default)]
struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    fn get(&self, i: usize) -> Option<&str> {
        let start = if i == 0 { 0 } else { *self.ends.get(i - 1)? };
        self.text.get(start as usize..*self.ends.get(i)? as usize)
    }
}

impl fmt::Debug for Workbook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Workbook").field("sheets", &self.sheets().collect::<Vec<_>>()).finish_non_exhaustive()
    }
}

fn unreadable(error: impl fmt::Display) -> TableError {
    TableError::new(format!("the workbook cannot be read: {error}"))
}

impl Workbook {
    /// Opens a workbook.
    ///
    /// # Errors
    ///
    /// Input that is no workbook: also one of the old kind (`.xls`) or with a password; and one that is packed so that
    /// a part of it would unpack to more than a machine should hold.
    pub fn new(input: impl Read) -> Result<Self, TableError> {
        let mut bytes = Vec::new();
        input.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 > MAX_FILE {
            return Err(unreadable(format!("it has more than {MAX_FILE} bytes; save the sheet as CSV")));
        }
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(unreadable("it is of the old kind (.xls), or has a password; save it as .xlsx without one"));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
        let mut workbook = Self {
            zip,
            folder: String::new(),
            sheets: Vec::new(),
            texts: Texts::default(),
            formats: Vec::new(),
            is_1904: false,
        };
        workbook.parts().map_err(unreadable)?;
        if workbook.sheets.is_empty() {
            return Err(unreadable("it has no sheets; a workbook is an .xlsx file"));
        }
        Ok(workbook)
    }

    /// The names of its sheets, in their order.
    pub fn sheets(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().map(|sheet| sheet.name.as_str())
    }

    /// Reads a sheet as a table: the one with this name, or else the only one that is not hidden. Its rows are written
    /// with the delimiter of the mapping and with numbers as the mapping says, so that they are read by it.
    ///
    /// # Errors
    ///
    /// A name that no sheet has, and several sheets of which none is named. The error lists them.
    pub fn sheet(&mut self, name: Option<&str>, mapping: &Mapping) -> Result<Sheet<'_>, TableError> {
        let mut fitting = self.sheets.iter().filter(|sheet| name.map_or(!sheet.is_hidden, |name| sheet.name == name));
        let (first, second) = (fitting.next(), fitting.next());
        let (Some(sheet), None) = (first, second) else {
            let names: Vec<String> = self.sheets().map(|name| format!("{name:?}")).collect();
            let names = names.join(", ");
            return Err(TableError::new(match name {
                Some(name) => format!("no sheet is named {name:?}; the workbook has {names}"),
                None => format!("the workbook has several sheets, and none is named; name one of {names}"),
            }));
        };
        let part = self.name(&sheet.target);
        let xml = Xml::of(&mut self.zip, &part, MAX_SHEET).map_err(unreadable)?;
        let xml = xml.ok_or_else(|| unreadable(format!("its part {part} is not there")))?;
        Ok(Sheet {
            xml,
            texts: &self.texts,
            formats: &self.formats,
            is_1904: self.is_1904,
            delimiter: mapping.delimiter,
            numbers: mapping.numbers,
            written: 0,
            row: 0,
            ready: Cursor::new(Vec::new()),
            left: MAX_SHEET,
            is_done: false,
        })
    }

    fn parts(&mut self) -> io::Result<()> {
        let root = self.relations("_rels/.rels")?;
        let book =
            of_kind(&root, "/officeDocument").map_or_else(|| "xl/workbook.xml".to_owned(), |part| self.name(part));
        let (folder, file) = book.rsplit_once('/').unwrap_or(("", &book));
        folder.clone_into(&mut self.folder);
        let relations = self.relations(&format!("{folder}/_rels/{file}.rels"))?;
        self.book(&book, &relations)?;
        if let Some(part) = of_kind(&relations, "/styles") {
            self.styles(&self.name(part))?;
        }
        if let Some(part) = of_kind(&relations, "/sharedStrings") {
            self.shared(&self.name(part))?;
        }
        Ok(())
    }

    /// The name of a part, given where it is pointed at.
    fn name(&self, target: &str) -> String {
        match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None if self.folder.is_empty() => target.to_owned(),
            None => format!("{}/{target}", self.folder),
        }
    }

    /// The parts that a part points at.
    fn relations(&mut self, part: &str) -> io::Result<Vec<Relation>> {
        let mut relations = Vec::new();
        let Some(mut xml) = Xml::of(&mut self.zip, part, MAX_PART)? else { return Ok(relations) };
        loop {
            match xml.next()? {
                Event::Start(tag) if is_named(&tag, "Relationship") => {
                    relations.push(Relation {
                        kind: attribute(&tag, "Type")?.unwrap_or_default(),
                        id: attribute(&tag, "Id")?.unwrap_or_default(),
                        target: attribute(&tag, "Target")?.unwrap_or_default().into(),
                    });
                }
                Event::Eof => return Ok(relations),
                _ => {}
            }
        }
    }

    fn book(&mut self, part: &str, relations: &[Relation]) -> io::Result<()> {
        // Charts are listed among the sheets too.
        let sheets = relations.iter().filter(|relation| relation.kind.ends_with("/worksheet"));
        let targets: HashMap<&str, &Arc<str>> = sheets.map(|sheet| (sheet.id.as_str(), &sheet.target)).collect();
        let Some(mut xml) = Xml::of(&mut self.zip, part, MAX_PART)? else { return Ok(()) };
        loop {
            match xml.next()? {
                Event::Start(tag) if is_named(&tag, "workbookPr") => {
                    self.is_1904 = attribute(&tag, "date1904")?.is_some_and(|is| is == "1" || is == "true");
                }
                Event::Start(tag) if is_named(&tag, "sheet") => {
                    let id = attribute(&tag, "id")?.unwrap_or_default();
                    if let Some(target) = targets.get(id.as_str()) {
                        self.sheets.push(Listed {
                            name: attribute(&tag, "name")?.unwrap_or_default(),
                            target: Arc::clone(target),
                            is_hidden: attribute(&tag, "state")?.is_some_and(|state| state != "visible"),
                        });
                    }
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn styles(&mut self, part: &str) -> io::Result<()> {
        let Some(mut xml) = Xml::of(&mut self.zip, part, MAX_PART)? else { return Ok(()) };
        let mut own = HashMap::new();
        let mut is_used = false;
        loop {
            match xml.next()? {
                Event::Start(tag) if is_named(&tag, "numFmt") => {
                    let id = attribute(&tag, "numFmtId")?.unwrap_or_default();
                    own.insert(id, Format::of_code(&attribute(&tag, "formatCode")?.unwrap_or_default()));
                }
                Event::Start(tag) if is_named(&tag, "cellXfs") => is_used = true,
                Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => is_used = false,
                Event::Start(tag) if is_used && is_named(&tag, "xf") => {
                    let id = attribute(&tag, "numFmtId")?.unwrap_or_default();
                    self.formats.push(own.get(&id).copied().unwrap_or_else(|| Format::of_id(&id)));
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn shared(&mut self, part: &str) -> io::Result<()> {
        let Some(mut xml) = Xml::of(&mut self.zip, part, MAX_TEXTS)? else { return Ok(()) };
        loop {
            match xml.next()? {
                Event::Start(tag) if is_named(&tag, "si") => {
                    xml.rich_text("si", &mut self.texts.text)?;
                    let end = u32::try_from(self.texts.text.len()).map_err(io::Error::other)?;
                    self.texts.ends.push(end);
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }
}

/// A sheet as a table of text, which [`table::read`](crate::table::read), [`propose`](crate::table::propose) and
/// snapshots take like any other.
pub struct Sheet<'w> {
    xml: Xml<'w>,
    texts: &'w Texts,
    formats: &'w [Format],
    is_1904: bool,
    delimiter: char,
    numbers: Option<crate::table::Numbers>,
    /// How many rows were written.
    written: u32,
    /// The row that is read, from 0.
    row: u32,
    ready: Cursor<Vec<u8>>,
    /// How many bytes may still be written.
    left: u64,
    is_done: bool,
}

impl fmt::Debug for Sheet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sheet").field("row", &self.row).finish_non_exhaustive()
    }
}

impl Read for Sheet<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let n = self.ready.read(buffer)?;
            if n > 0 || self.is_done || buffer.is_empty() {
                return Ok(n);
            }
            self.ready.get_mut().clear();
            self.ready.set_position(0);
            self.next_row()?;
        }
    }
}

impl Sheet<'_> {
    /// Writes the next row that has cells, and an empty line for each row before it that has none, so that rows keep
    /// their numbers.
    fn next_row(&mut self) -> io::Result<()> {
        let mut cells: Vec<(u32, String)> = Vec::new();
        let (mut column, mut bytes) = (0, 0);
        loop {
            match self.xml.next()? {
                Event::Start(tag) if is_named(&tag, "row") => {
                    column = 0;
                    if let Some(number) = attribute(&tag, "r")? {
                        let number: u32 = number.parse().map_err(|_| wrong(format!("{number:?} is no row")))?;
                        self.row = number.checked_sub(1).ok_or_else(|| wrong("rows begin with 1"))?;
                    }
                }
                Event::Start(tag) if is_named(&tag, "c") => {
                    if let Some(place) = attribute(&tag, "r")? {
                        column = column_of(&place).ok_or_else(|| wrong(format!("{place:?} is no place of a cell")))?;
                    }
                    let kind = attribute(&tag, "t")?.unwrap_or_default();
                    let style = attribute(&tag, "s")?.and_then(|style| style.parse().ok()).unwrap_or(0);
                    let text = self.cell(&kind, style)?;
                    if !text.is_empty() {
                        if column >= MAX_COLUMNS || cells.last().is_some_and(|(before, _)| *before >= column) {
                            return Err(wrong(format!(
                                "row {} has its cells out of order",
                                self.row.saturating_add(1)
                            )));
                        }
                        bytes += text.len();
                        if bytes > MAX_ROW {
                            return Err(wrong(format!(
                                "row {} has more than {MAX_ROW} bytes",
                                self.row.saturating_add(1)
                            )));
                        }
                        cells.push((column, text));
                    }
                    column += 1;
                }
                Event::End(tag) if tag.local_name().as_ref() == "row" => {
                    if !cells.is_empty() {
                        self.write(&cells)?;
                        self.row += 1;
                        return Ok(());
                    }
                    self.row = self.row.saturating_add(1);
                }
                Event::Eof => {
                    self.is_done = true;
                    return Ok(());
                }
                _ => {}
            }
        }
    }

    /// The text of a cell, whose beginning was read: of several values the last, so that it is no longer than one.
    fn cell(&mut self, kind: &str, style: usize) -> io::Result<String> {
        let mut text = String::new();
        loop {
            match self.xml.next()? {
                Event::Start(tag) if is_named(&tag, "v") => {
                    text.clear();
                    self.xml.text("v", &mut text)?;
                }
                Event::Start(tag) if is_named(&tag, "is") => {
                    text.clear();
                    self.xml.rich_text("is", &mut text)?;
                }
                Event::End(tag) if tag.local_name().as_ref() == "c" => break,
                Event::Eof => return Err(wrong("it ends within a cell")),
                _ => {}
            }
        }
        Ok(match kind {
            "s" => {
                let shared = text.trim().parse().ok().and_then(|i| self.texts.get(i));
                shared.ok_or_else(|| wrong(format!("no text has the number {text:?}")))?.to_owned()
            }
            "b" => if text.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            "" | "n" => {
                let format = self.formats.get(style).copied().unwrap_or_default();
                shown(text.trim(), format, self.is_1904, self.numbers)
            }
            _ => text,
        })
    }

    fn write(&mut self, cells: &[(u32, String)]) -> io::Result<()> {
        if self.row >= MAX_ROWS || self.row < self.written {
            return Err(wrong(format!("row {} is out of order", self.row.saturating_add(1))));
        }
        let line = self.ready.get_mut();
        for _ in self.written..self.row {
            line.extend(b"\"\"\n");
        }
        self.written = self.row + 1;
        let mut at = 0;
        for (column, text) in cells {
            let gap = *column - at;
            at = *column;
            line.extend((0..gap).map(|_| u8::try_from(self.delimiter).unwrap_or(b',')));
            line.push(b'"');
            line.extend(text.replace('"', "\"\"").bytes());
            line.push(b'"');
        }
        line.push(b'\n');
        let left = self.left.checked_sub(line.len() as u64);
        self.left = left.ok_or_else(|| wrong(format!("its rows have more than {MAX_SHEET} bytes")))?;
        Ok(())
    }
}

fn wrong(what: impl fmt::Display) -> io::Error {
    io::Error::other(format!("the sheet cannot be read: {what}"))
}

/// The column of a place such as `AB12`, from 0.
fn column_of(place: &str) -> Option<u32> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let column =
        letters.take(4).fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    column.checked_sub(1).filter(|column| *column < MAX_COLUMNS)
}
