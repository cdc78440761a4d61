//! JSON of other people: what is where, without trust.

use std::io::Read;

use serde_json::Value;

use crate::law::Refusal;

/// The longest document that is read whole, in bytes.
pub(crate) const MAX_DOCUMENT: u64 = 1 << 30;

/// A document, read whole.
pub(crate) fn document(input: impl Read) -> Result<Value, Refusal> {
    let mut text = String::new();
    let read = input.take(MAX_DOCUMENT).read_to_string(&mut text);
    read.map_err(|error| Refusal::at("the document", format!("could not be read: {error}")))?;
    parse(text.trim_start_matches('\u{feff}'))
}

pub(crate) fn parse(text: &str) -> Result<Value, Refusal> {
    serde_json::from_str(text).map_err(|error| Refusal::at("the document", format!("is no JSON: {error}")))
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
