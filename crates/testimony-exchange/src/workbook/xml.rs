//! XML of strangers: an event at a time, none longer, deeper or more than there is a limit for.

use std::io::{self, BufReader, Cursor, Read};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;
use zip::result::ZipError;

/// The longest piece between two signs of markup, in bytes: far above what a cell may hold.
const MAX_EVENT: u64 = 4 << 20;
/// How deep elements stand in each other, at most.
const MAX_DEPTH: usize = 64;
/// The longest text of one cell, in bytes.
const MAX_CELL: usize = 1 << 20;

/// A part of a workbook.
pub(super) struct Xml<'w> {
    reader: Reader<BufReader<Limited<'w>>>,
    buffer: Vec<u8>,
    depth: usize,
}

/// A part as it is unpacked, which fails where it is longer than it may be.
struct Limited<'w> {
    inner: Box<dyn Read + 'w>,
    /// How much more of the part may come.
    left: u64,
    /// How much more may come before an event is complete.
    of_event: u64,
}

impl Read for Limited<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        let over = |what: &str| io::Error::other(format!("a part of it has {what} than it may have"));
        self.left = self.left.checked_sub(n as u64).ok_or_else(|| over("more bytes"))?;
        self.of_event = self.of_event.checked_sub(n as u64).ok_or_else(|| over("a longer piece"))?;
        Ok(n)
    }
}

impl<'w> Xml<'w> {
    /// A part of this name, if it is there.
    pub(super) fn of(zip: &'w mut ZipArchive<Cursor<Vec<u8>>>, part: &str, longest: u64) -> io::Result<Option<Self>> {
        let inner = match zip.by_name(part) {
            Ok(file) => Box::new(file),
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(io::Error::other(error)),
        };
        let mut reader = Reader::from_reader(BufReader::new(Limited { inner, left: longest, of_event: MAX_EVENT }));
        reader.config_mut().expand_empty_elements = true;
        Ok(Some(Self { reader, buffer: Vec::new(), depth: 0 }))
    }

    pub(super) fn next(&mut self) -> io::Result<Event<'_>> {
        self.buffer.clear();
        self.reader.get_mut().get_mut().of_event = MAX_EVENT;
        let event = self.reader.read_event_into(&mut self.buffer).map_err(io::Error::other)?;
        match &event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > MAX_DEPTH {
            return Err(io::Error::other("elements stand too deep in each other"));
        }
        Ok(event)
    }

    /// Appends the text within an element, to its end.
    pub(super) fn text(&mut self, element: &str, text: &mut String) -> io::Result<()> {
        let start = text.len();
        loop {
            match self.next()? {
                Event::Text(part) => text.push_str(&part.xml10_content()),
                Event::CData(part) => text.push_str(&part.xml10_content()),
                Event::GeneralRef(reference) => {
                    let known = quick_xml::escape::resolve_predefined_entity(&reference);
                    match (reference.resolve_char_ref().map_err(io::Error::other)?, known) {
                        (Some(c), _) => text.push(c),
                        (None, Some(known)) => text.push_str(known),
                        (None, None) => return Err(io::Error::other("a sign is named that XML has not")),
                    }
                }
                Event::End(tag) if tag.local_name().as_ref() == element => return Ok(()),
                Event::Eof => return Err(io::Error::other("a part ends within a text")),
                _ => {}
            }
            if text.len() - start > MAX_CELL {
                return Err(io::Error::other("a cell has more than 1,048,576 bytes"));
            }
        }
    }

    /// Appends what stands in the texts within an element, without how it is pronounced.
    pub(super) fn rich_text(&mut self, element: &str, text: &mut String) -> io::Result<()> {
        let mut is_phonetic = false;
        let start = text.len();
        loop {
            match self.next()? {
                Event::Start(tag) if is_named(&tag, "rPh") => is_phonetic = true,
                Event::End(tag) if tag.local_name().as_ref() == "rPh" => is_phonetic = false,
                Event::Start(tag) if is_named(&tag, "t") && !is_phonetic => self.text("t", text)?,
                Event::End(tag) if tag.local_name().as_ref() == element => return Ok(()),
                Event::Eof => return Err(io::Error::other("a part ends within a text")),
                _ => {}
            }
            if text.len() - start > MAX_CELL {
                return Err(io::Error::other("a cell has more than 1,048,576 bytes"));
            }
        }
    }
}

pub(super) fn is_named(tag: &BytesStart<'_>, name: &str) -> bool {
    tag.local_name().as_ref() == name
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> io::Result<Option<String>> {
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(io::Error::other)?;
        if attribute.key.local_name().as_ref() == name {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(io::Error::other)?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}
