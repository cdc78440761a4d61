//! JSON of other people: what is where, without trust.

use std::io::{self, BufRead, Read};

use serde::Deserialize;
use serde_json::Value;

use crate::law::Refusal;

/// The longest document that is read, in bytes.
const MAX_DOCUMENT: u64 = 1 << 30;

/// The text of a document, of which a beginning may have been read.
pub(crate) fn whole(begun: Vec<u8>, input: impl Read) -> Result<String, Refusal> {
    let mut bytes = begun;
    let failed = |error: std::io::Error| Refusal::at("the document", format!("could not be read: {error}"));
    input.take(MAX_DOCUMENT + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_DOCUMENT {
        return Err(Refusal::at("the document", format!("has more than {MAX_DOCUMENT} bytes; divide it")));
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(Refusal::at("the document", "is in UTF-16; save it as UTF-8"));
    }
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| not_utf8("the document", error.as_bytes(), &error.utf8_error()))
}

/// Says on which line the first byte is that is not UTF-8.
fn not_utf8(what: &str, bytes: &[u8], error: &std::str::Utf8Error) -> Refusal {
    let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
    Refusal::at(what, format!("is not UTF-8 on its line {line}; save it as UTF-8"))
}

/// A document, or a part of one; whoever reads it goes no deeper than 128 levels.
pub(crate) fn parse<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(|error| Refusal::at("the document", format!("cannot be read as JSON: {error}")))
}

/// A line of a file that has a document on each, which is read with its end. Gives nothing at the end of the file.
#[cfg(any(feature = "ftm", feature = "wikibase"))]
pub(crate) fn line<'l>(input: &mut impl BufRead, longest: u64, line: &'l mut Vec<u8>) -> io::Result<Option<&'l [u8]>> {
    line.clear();
    let read = input.by_ref().take(longest).read_until(b'\n', line)?;
    Ok((read > 0).then_some(line.as_slice()))
}

/// The text of a field.
pub(crate) fn text<'v>(value: &'v Value, field: &str) -> Option<&'v str> {
    value.get(field)?.as_str().filter(|text| !text.trim().is_empty())
}

/// A field that may have one thing or a list of them.
pub(crate) fn list<'v>(value: &'v Value, field: &str) -> &'v [Value] {
    match value.get(field) {
        None | Some(Value::Null) => &[],
        Some(Value::Array(list)) => list,
        Some(one) => std::slice::from_ref(one),
    }
}
