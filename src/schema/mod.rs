//! JSON Schema (2020-12) of the interchange format, for programs that ask a language model for claims, and of the
//! answers that a ledger gives ([`findings`]).
//!
//! Two schemas describe one entry, which is one line of a file. [`line()`] takes all that [`jsonl`](crate::jsonl)
//! reads: a bare number, a phrase in a string, `null` for what is left out. [`extraction`] takes one form for each
//! thing, the one that is written, and so leaves a model nothing to choose but what to say. Every field of both says in
//! words what belongs into it, since a model reads them.
//!
//! A schema says less than the reader does. It cannot know whether a source was defined, whether a chain of
//! attribution names one source twice, or whether a day exists. What a model sends back is still read with
//! [`jsonl`](crate::jsonl), and an error names what is wrong with it.
//!
//! Most services want a record as the outermost thing. Either schema can be put into another, since neither refers to
//! any other part of itself:
//!
//! ```
//! use testimony::schema;
//!
//! let answer = schemars::json_schema!({
//!     "type": "object",
//!     "properties": { "entries": { "type": "array", "items": schema::extraction() } },
//!     "required": ["entries"],
//!     "additionalProperties": false,
//! });
//! let kinds = answer.pointer("/properties/entries/items/anyOf").and_then(|kinds| kinds.as_array());
//! assert_eq!(kinds.map(Vec::len), Some(9));
//! ```
//!
//! [`Entry`] implements [`JsonSchema`] too, so that a type of your own may hold entries. It follows the
//! contract that the generator is asked for: what is read is [`line()`], what is written is [`extraction`].
//!
//! ```
//! use schemars::{JsonSchema, generate::SchemaSettings};
//! use testimony::{Entry, schema};
//!
//! let settings = SchemaSettings::draft2020_12().for_serialize();
//! let entries = settings.into_generator().into_root_schema_for::<Vec<Entry>>();
//! assert_eq!(entries.pointer("/items"), Some(schema::extraction().as_value()));
//! ```

// The schemas are written by hand, next to each other and in the order of the format. A derive would describe the
// fields of the Rust types, and most of what the reader takes is not there: it is in visitors, because a figure may be
// a number, a phrase or a record. A test holds both schemas against the reader.

mod entries;
mod findings;
mod values;

use schemars::generate::Contract;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::entry::Entry;

/// The forms of the format that a schema takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Lines as they may be read.
    Read,
    /// Lines as they are written, and defaults that are spelled out.
    Written,
}

impl Form {
    /// A field that may be left out; as `null` too, where that is read.
    fn optional(self, schema: Value) -> Value {
        match self {
            Self::Read => json!({ "anyOf": [schema, { "type": "null" }] }),
            Self::Written => schema,
        }
    }
}

/// The schema of a line, in all the forms that the reader takes.
///
/// A number of more than 15 significant digits and a phrase that is no figure are among the things that it cannot
/// refuse.
///
/// ```
/// let schema = testimony::schema::line();
/// assert_eq!(schema.get("title").and_then(|title| title.as_str()), Some("A line of testimony/1"));
/// ```
#[must_use]
pub fn line() -> Schema {
    let mut kinds = entries::kinds(Form::Read);
    kinds.push(json!({
        "type": "object",
        "description": "The first line of a file, which names the format.",
        "properties": {
            "format": { "type": "string", "const": crate::jsonl::FORMAT },
            "policy": values::policy(),
        },
        "required": ["format"],
        "additionalProperties": false,
    }));
    entry("A line of testimony/1", kinds)
}

/// The schema of an entry in the one form that is written, to ask a language model for.
///
/// Nothing is used in it but types, closed records, lists, `anyOf` between records that differ by a field they must
/// have, limits, and the constant null for what an amendment takes away. A service that knows fewer words can be given
/// the schema without them: [`schemars::transform`] takes them out, and reading what comes back refuses whatever then
/// slips through.
///
/// ```
/// let schema = testimony::schema::extraction();
/// let text = schema.to_value().to_string();
/// assert!(["oneOf", "$ref", "null", "if"].iter().all(|word| !text.contains(&format!("\"{word}\""))));
/// ```
#[must_use]
pub fn extraction() -> Schema {
    entry("An entry of testimony/1", entries::kinds(Form::Written))
}

/// The schema of what is found in a ledger: of each answer that serialises, the one form that it has. The forms differ
/// by the fields that they must have.
///
/// A claim goes by its number and its label. Numbers are exact: an integer of up to 15 digits is a JSON integer, and
/// anything else a string, since what reads JSON makes binary floats of the rest. For a chart,
/// [`Number::to_f64`](crate::Number::to_f64) gives the nearest float.
///
/// ```
/// let forms = testimony::schema::findings();
/// let forms = forms.pointer("/anyOf").and_then(|forms| forms.as_array()).map(Vec::as_slice).unwrap_or_default();
/// let required = |form: &serde_json::Value| form["required"][0].as_str().unwrap_or_default().to_owned();
/// assert_eq!(forms[..3].iter().map(required).collect::<Vec<_>>(), ["relation", "circle", "violation"]);
/// ```
#[must_use]
pub fn findings() -> Schema {
    let mut map = Map::new();
    map.insert("title".into(), "What is found in a ledger".into());
    map.insert("description".into(), "One answer, as data.".into());
    map.insert("anyOf".into(), findings::forms().into());
    map.into()
}

fn entry(title: &str, kinds: Vec<Value>) -> Schema {
    let mut map = Map::new();
    map.insert("title".into(), title.into());
    map.insert(
        "description".into(),
        "One thing to put on record. Define every source before the first claim that names it. Make one claim of \
         every assertion of the document, and nothing that the document does not say."
            .into(),
    );
    map.insert("anyOf".into(), kinds.into());
    map.into()
}

impl JsonSchema for Entry {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Entry".into()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        "testimony::Entry".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        if *generator.contract() == Contract::Serialize { extraction() } else { line() }
    }
}

/// A record with these fields and no others.
fn record<const N: usize>(description: &str, required: &[&str], fields: [(&str, Value); N]) -> Value {
    let properties: Map<String, Value> = fields.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    json!({
        "type": "object",
        "description": description,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// A text of at most so many bytes. Schemas count code points, of which there are never more than bytes.
fn text(description: &str, limit: usize) -> Value {
    json!({ "type": "string", "description": description, "maxLength": limit })
}

/// A text that says something.
fn words(description: &str, limit: usize) -> Value {
    json!({ "type": "string", "description": description, "maxLength": limit, "pattern": r"\S" })
}

fn one_of(description: &str, words: impl IntoIterator<Item = &'static str>) -> Value {
    json!({ "type": "string", "description": description, "enum": words.into_iter().collect::<Vec<_>>() })
}

/// A whole number that counts something.
fn position(description: &str) -> Value {
    json!({ "type": "integer", "description": description, "minimum": 0 })
}

fn list(description: &str, items: &Value, limit: usize) -> Value {
    json!({ "type": "array", "description": description, "items": items, "maxItems": limit })
}
