//! FollowTheMoney: statements as CSV and JSON lines.
#![doc = ""]
#![doc = include_str!("../docs/ftm.md")]

use std::io::{BufRead, Read, Write};

use serde_json::{Map, Value as Json};
use testimony::{Claim, Ledger, Source, SourceKind, Topic, Value};

use crate::json;
use crate::law::{Allowed, Export, Import, Item, Refusal, compare};
use crate::numbered::Numbered;
use crate::sources::Sources;
use crate::uuid::sha1;
use crate::whole;

/// The columns of a statement, in their order.
const COLUMNS: [&str; 14] = [
    "canonical_id",
    "entity_id",
    "prop",
    "prop_type",
    "schema",
    "value",
    "dataset",
    "origin",
    "lang",
    "original_value",
    "external",
    "first_seen",
    "last_seen",
    "id",
];

/// How statements are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// A row each, under a header.
    #[default]
    Csv,
    /// A line of JSON each.
    JsonLines,
}

/// The longest line of JSON that is read, in bytes.
const MAX_LINE: u64 = 1 << 24;

/// The beginning of a note that keeps those fields of a statement that are no part of a claim.
const NOTE: &str = "ftm: ";

/// Reads statements, CSV or JSON lines as the first byte shows.
///
/// # Errors
///
/// A table without the columns of statements. A statement that cannot be read is no error: it is
/// [`refused`](Import::refused), by its row.
///
/// ```
/// use testimony_exchange::ftm;
///
/// let statements = "entity_id,prop,schema,value,dataset\norg1,name,Company,Example Ltd,reuters\n";
/// let import = ftm::read(statements.as_bytes())?;
/// assert_eq!(import.entries.len(), 2, "the dataset and the claim");
/// # Ok::<(), testimony_exchange::Refusal>(())
/// ```
pub fn read(input: impl BufRead) -> Result<Import, Refusal> {
    let mut import = Import::default();
    read_to(input, &mut import)?;
    Ok(import)
}

/// Does as [`read`] does, and hands on what each statement gives once it is read: of a file a row is kept at a time, with
/// the datasets that were met.
///
/// # Errors
///
/// As [`read`].
pub fn read_to(mut input: impl BufRead, to: &mut impl Extend<Item>) -> Result<(), Refusal> {
    let failed = |error: std::io::Error| Refusal::at("the file", format!("could not be read: {error}"));
    let mut reader = Reader::default();
    let first = input.fill_buf().map_err(failed)?.first().copied();
    if first == Some(b'{') {
        let mut line = Vec::new();
        for row in 1.. {
            let Some(statement) = json::line(&mut input, MAX_LINE, &mut line).map_err(failed)? else { break };
            if statement.trim_ascii().is_empty() {
                continue;
            }
            match serde_json::from_slice::<Map<String, Json>>(statement) {
                Ok(fields) => reader.statement(&|name| json_text(fields.get(name)?), row),
                Err(error) => {
                    let message = format!("is no statement: {error}");
                    reader.import.refused.push(Refusal { row: Some(row), column: None, message });
                }
            }
            to.extend(std::mem::take(&mut reader.import));
        }
    } else if first.is_some() {
        csv_rows(input, &mut reader, to)?;
    }
    Ok(())
}

fn json_text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Bool(yes) => Some(if *yes { "t" } else { "f" }.to_owned()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn csv_rows(input: impl Read, reader: &mut Reader, to: &mut impl Extend<Item>) -> Result<(), Refusal> {
    let failed = |error: csv::Error| Refusal::at("the header", format!("could not be read: {error}"));
    let mut rows = Numbered::new(input, b',');
    let mut header = csv::StringRecord::new();
    rows.read(&mut header).map_err(failed)?;
    let place = |name: &str| header.iter().position(|column| column.trim_start_matches('\u{feff}') == name);
    for needed in ["entity_id", "prop", "schema", "value", "dataset"] {
        if place(needed).is_none() {
            return Err(Refusal::at(
                "the header",
                format!("has no column {needed}; a statement has entity_id, prop, schema, value and dataset"),
            ));
        }
    }
    let places: Vec<(&str, Option<usize>)> = COLUMNS.iter().map(|name| (*name, place(name))).collect();
    let mut record = csv::StringRecord::new();
    loop {
        match rows.read(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                let cell = |name: &str| {
                    let (_, place) = places.iter().find(|(column, _)| *column == name)?;
                    Some(record.get((*place)?)?.to_owned())
                };
                reader.statement(&cell, rows.number);
            }
            Err(error) => {
                let is_over = error.is_io_error();
                reader.import.refused.push(Refusal {
                    row: Some(rows.number),
                    column: None,
                    message: error.to_string(),
                });
                if is_over {
                    break;
                }
            }
        }
        to.extend(std::mem::take(&mut reader.import));
    }
    to.extend(std::mem::take(&mut reader.import));
    Ok(())
}

#[derive(Default)]
struct Reader {
    sources: Sources,
    import: Import,
}

impl Reader {
    fn statement(&mut self, field: &dyn Fn(&str) -> Option<String>, row: u64) {
        match self.claim(field) {
            Ok(claim) => {
                let sources = self.sources.take_new().into_iter().map(|source| Item::Entry(Box::new(source.into())));
                self.import.extend(sources);
                self.import.entries.push(claim.into());
            }
            Err(refusal) => self.import.refused.push(refusal.in_row(row)),
        }
    }

    fn claim(&mut self, field: &dyn Fn(&str) -> Option<String>) -> Result<Claim, Refusal> {
        let needed = |name: &str| {
            field(name)
                .filter(|text| !text.trim().is_empty())
                .ok_or_else(|| Refusal::at(format!("column {name}"), "says nothing"))
        };
        let (entity, prop, schema) = (needed("entity_id")?, needed("prop")?, needed("schema")?);
        if prop.contains(':') || schema.contains(':') {
            return Err(Refusal::at("column prop", "has a colon, which no property has"));
        }
        let dataset = self.sources.named_with(&needed("dataset")?, |source| source.with_kind(SourceKind::DOCUMENT));
        let dataset = dataset.map_err(|error| Refusal::at("column dataset", error))?;
        let topic = Topic::new(&entity, format!("{schema}:{prop}"));
        if topic.subject() != entity {
            return Err(Refusal::at("column entity_id", "has white space, which no id has"));
        }
        let claim = Claim::new(topic, Value::text(needed("value")?), &dataset);
        let note = note(field, &entity);
        Ok(if note.is_empty() { claim } else { claim.with_note(format!("{NOTE}{}", Json::Object(note))) })
    }
}

/// The id of a statement, as FollowTheMoney derives it.
fn key(field: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let part = |name: &str| field(name);
    let base = format!("{}.{}.{}.{}", part("dataset")?, part("entity_id")?, part("prop")?, part("value")?);
    let is_external = field("external").is_some_and(|external| matches!(external.as_str(), "t" | "true"));
    let lang = field("lang").filter(|lang| !lang.is_empty()).map_or_else(String::new, |lang| format!("@{lang}"));
    Some(sha1(&format!("{base}{lang}{}", if is_external { ".ext" } else { "" })))
}

/// The fields of a statement that are no part of a claim, but for those with their default.
fn note(field: &dyn Fn(&str) -> Option<String>, entity: &str) -> Map<String, Json> {
    let mut note = Map::new();
    for name in ["canonical_id", "prop_type", "origin", "lang", "original_value", "external", "first_seen", "last_seen"]
    {
        let usual = match name {
            "canonical_id" => entity,
            "external" => "f",
            _ => "",
        };
        if let Some(text) = field(name).filter(|text| text != usual && !text.is_empty()) {
            note.insert(name.to_owned(), text.into());
        }
    }
    if let Some(id) = field("id").filter(|id| !id.is_empty() && key(field).as_deref() != Some(id)) {
        note.insert("id".to_owned(), id.into());
    }
    note
}

/// Writes the claims of a ledger that are not retracted as statements.
///
/// A predicate has to be a schema and a property of FollowTheMoney, `Company:name`: its model is closed. A value is a
/// text; a figure with bounds has no place there, and is refused.
///
/// # Errors
///
/// A failure to write.
pub fn write(ledger: &Ledger, form: Form, allowed: &Allowed, mut output: impl Write) -> Result<Export, Refusal> {
    let failed = |error: std::io::Error| Refusal::at("the output", format!("could not be written: {error}"));
    let mut export = Export::default();
    let mut reader = Reader::default();
    let mut csv = csv::Writer::from_writer(Vec::new());
    if form == Form::Csv {
        csv.write_record(COLUMNS).map_err(|error| failed(error.into()))?;
    }
    for claim in ledger.claims().filter(|claim| !claim.is_retracted()) {
        let claim = claim.to_claim();
        let statement = statement(ledger, &claim);
        let cell = |name: &str| COLUMNS.iter().position(|column| *column == name).map(|i| statement[i].clone());
        let read = reader.claim(&cell).ok();
        let verdict = compare(&claim, read.as_ref(), ledger.policy(), allowed, because);
        export.losses.extend(verdict.losses);
        if !verdict.is_written {
            continue;
        }
        export.claims.push(claim.label());
        match form {
            Form::Csv => {
                csv.write_record(&statement).map_err(|error| failed(error.into()))?;
                csv.flush().map_err(failed)?;
                output.write_all(csv.get_ref()).map_err(failed)?;
                csv = csv::Writer::from_writer(Vec::new());
            }
            Form::JsonLines => {
                let fields: Map<String, Json> = COLUMNS
                    .iter()
                    .zip(&statement)
                    .filter(|(_, cell)| !cell.is_empty())
                    .map(|(name, cell)| match *name {
                        "external" => ((*name).to_owned(), (cell == "t").into()),
                        _ => ((*name).to_owned(), cell.clone().into()),
                    })
                    .collect();
                writeln!(output, "{}", Json::Object(fields)).map_err(failed)?;
            }
        }
    }
    csv.flush().map_err(failed)?;
    output.write_all(csv.get_ref()).map_err(failed)?;
    export.losses.extend(whole::losses(ledger, |id| reader.sources.get(id), |_| None, because));
    Ok(export)
}

/// The cells of a statement.
fn statement(ledger: &Ledger, claim: &Claim) -> [String; 14] {
    let (schema, prop) = claim.topic().predicate().split_once(':').unwrap_or_default();
    let note = claim.note().and_then(|note| note.strip_prefix(NOTE));
    let kept: Map<String, Json> = note.and_then(|note| serde_json::from_str(note).ok()).unwrap_or_default();
    let kept = |name: &str| kept.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let value = match claim.value() {
        Some(Value::Text(text)) => text.to_string(),
        Some(Value::Period(period)) => period.to_string(),
        Some(Value::Figure(figure)) => figure.to_string().replace(',', ""),
        None => String::new(),
    };
    let entity = claim.topic().subject().to_owned();
    let by_name = |source: &&Source| testimony::SourceId::slug(source.name()) == *claim.origin();
    let dataset = ledger.source(claim.origin()).filter(by_name).map_or(claim.origin().as_str(), Source::name);
    let or = |text: String, usual: &str| if text.is_empty() { usual.to_owned() } else { text };
    let mut cells = [
        or(kept("canonical_id"), &entity),
        entity,
        prop.to_owned(),
        or(kept("prop_type"), if prop == "id" { "id" } else { "" }),
        schema.to_owned(),
        value,
        dataset.to_owned(),
        kept("origin"),
        kept("lang"),
        kept("original_value"),
        or(kept("external"), "f"),
        kept("first_seen"),
        kept("last_seen"),
        String::new(),
    ];
    let cell = |name: &str| COLUMNS.iter().position(|column| *column == name).map(|i| cells[i].clone());
    let id = or(kept("id"), &key(&cell).unwrap_or_default());
    cells[13] = id;
    cells
}

/// Why FollowTheMoney does not hold a part.
fn because(field: &str) -> &'static str {
    match field {
        "claim" => {
            "a statement needs a schema and a property (Company:name), an entity without white space, and a value"
        }
        "value" | "value.hedge" | "value.unit" | "value.best" => {
            "a value is a text: ranges and hedges are refused by its model"
        }
        "stance" => "a statement affirms: who denies or declines has no place",
        "origin" => "the dataset would be read as another source",
        "relays" => "a statement has a dataset and nobody between",
        "stated" | "as_of" => "first_seen and last_seen are the clock of who collects",
        "note" => "what a statement keeps beside its value has fixed columns",
        "retraction" => "a statement that is gone is not written; last_seen is the clock of who collects",
        "name" | "kind" | "part_of" | "reliability" | "url" => "a dataset is a name alone",
        "source" => "no statement is of this dataset",
        "predicate" => "its model defines properties",
        _ => whole::usual(field).unwrap_or("a statement has no place for it"),
    }
}
