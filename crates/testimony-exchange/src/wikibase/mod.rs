//! Wikibase: entities of Wikidata and its like as JSON, and QuickStatements.
#![doc = ""]
#![doc = include_str!("../../docs/wikibase.md")]

mod quickstatements;
mod read;
mod time;
mod write;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::quickstatements::write_quickstatements;
pub use self::read::{read, read_to};
pub use self::write::write;

/// Names for ids. All are optional: entities, properties and units without one have their ids as names.
///
/// ```
/// use testimony_exchange::wikibase::Mapping;
///
/// let mapping: Mapping = serde_json::from_str(r#"{"properties":{"P1082":"population"}}"#)?;
/// assert_eq!((mapping.base.as_str(), mapping.language.as_str()), ("wikidata", "en"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    /// The id of the source that the base itself is: it hands on what its references say.
    pub base: String,
    /// The language of names.
    pub language: String,
    /// The subjects that entities are called, by their ids.
    pub entities: BTreeMap<String, String>,
    /// The predicates that properties are called, by their ids.
    pub properties: BTreeMap<String, String>,
    /// The units that items are called, by their ids.
    pub units: BTreeMap<String, String>,
    /// The ids of sources, by the items that they are.
    pub sources: BTreeMap<String, String>,
}

impl Default for Mapping {
    fn default() -> Self {
        Self {
            base: "wikidata".to_owned(),
            language: "en".to_owned(),
            entities: BTreeMap::new(),
            properties: BTreeMap::new(),
            units: BTreeMap::new(),
            sources: BTreeMap::new(),
        }
    }
}

/// The name that a mapping gives an id, or the id.
fn named<'m>(names: &'m BTreeMap<String, String>, id: &'m str) -> &'m str {
    names.get(id).map_or(id, String::as_str)
}

/// The id that has a name, or the name.
fn id_of<'m>(names: &'m BTreeMap<String, String>, name: &'m str) -> &'m str {
    names.iter().find(|(_, known)| *known == name).map_or(name, |(id, _)| id)
}

/// Whether a text is the id of an item or a property.
fn is_id(text: &str, letters: &[char]) -> bool {
    let mut chars = text.chars();
    let digits = |rest: &str| !rest.is_empty() && !rest.starts_with('0') && rest.bytes().all(|b| b.is_ascii_digit());
    chars.next().is_some_and(|letter| letters.contains(&letter)) && digits(chars.as_str())
}

const POINT_IN_TIME: &str = "P585";
const START: &str = "P580";
const END: &str = "P582";
const STATED_IN: &str = "P248";
const PUBLISHER: &str = "P123";
const IMPORTED_FROM: &str = "P143";
const URL: &str = "P854";
const TITLE: &str = "P1476";
const ACCESSED: &str = "P813";
const PUBLISHED: &str = "P577";
const QUOTATION: &str = "P1683";
const REASON_DEPRECATED: &str = "P2241";
/// The item "withdrawn identifier value".
const WITHDRAWN: &str = "Q21441764";
/// The qualifiers that say what exactly is counted: applies to part, determination method, criterion used, of.
const SCOPE: [&str; 4] = ["P518", "P459", "P1013", "P642"];
