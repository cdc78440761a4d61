//! Entities in: a claim for each reference of each statement.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use serde::Deserialize;
use serde_json::Value as Json;
use serde_json::value::RawValue;
use testimony::{
    Citation, Claim, Entry, Error, Figure, Moment, Names, Number, Period, Retraction, Source, SourceId, SourceKind,
    Topic, Value,
};

use super::time;
use super::{
    ACCESSED, END, IMPORTED_FROM, Mapping, POINT_IN_TIME, PUBLISHED, PUBLISHER, QUOTATION, REASON_DEPRECATED, SCOPE,
    START, STATED_IN, TITLE, URL, WITHDRAWN, is_id, named,
};
use crate::json::{self, list, text};
use crate::law::{Import, Item, Loss, LossKind, Of, Refusal};
use crate::sources::Sources;

/// The longest line of a dump, in bytes: several times that of the longest entity of Wikidata.
const MAX_LINE: u64 = 1 << 26;

/// Reads entities: one, what the API gives for several, or a dump with one a line.
///
/// # Errors
///
/// Input that is no JSON, or has no entities. A statement that cannot be read is no error: it is
/// [`refused`](Import::refused).
///
/// ```
/// use testimony_exchange::wikibase::{self, Mapping};
///
/// let entity = r#"{"id":"Q1040","labels":{"en":{"language":"en","value":"Karlsruhe"}},"claims":{"P1082":[{
///     "mainsnak":{"snaktype":"value","property":"P1082","datavalue":{"type":"quantity","value":{"amount":"+307755","unit":"1"}}},
///     "id":"Q1040$1","rank":"normal"}]}}"#;
/// let import = wikibase::read(entity.as_bytes(), &Mapping::default())?;
/// assert_eq!(import.entries.len(), 4, "the base, the entity's name, who is not named, and the claim");
/// # Ok::<(), testimony_exchange::Refusal>(())
/// ```
pub fn read(input: impl BufRead, mapping: &Mapping) -> Result<Import, Refusal> {
    let mut import = Import::default();
    read_to(input, mapping, &mut import)?;
    Ok(import)
}

/// Does as [`read`] does, and hands on what each entity gives once it is read: of a dump a line is kept at a time, with
/// the sources and names that were met.
///
/// # Errors
///
/// As [`read`].
pub fn read_to(mut input: impl BufRead, mapping: &Mapping, to: &mut impl Extend<Item>) -> Result<(), Refusal> {
    let mut reader = Reader::new(mapping)?;
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        to.extend(std::mem::take(&mut reader.import));
        let failed = |error: std::io::Error| Refusal::at("the document", format!("could not be read: {error}"));
        let Some(entity) = json::line(&mut input, MAX_LINE, &mut line).map_err(failed)? else { break };
        number += 1;
        let entity = entity.trim_ascii();
        let entity = entity.strip_suffix(b",").unwrap_or(entity);
        if matches!(entity, b"" | b"[" | b"]") {
            continue;
        }
        match serde_json::from_slice::<Json>(entity) {
            Ok(entity) => reader.document(&entity),
            Err(_) if number <= 2 && reader.entities == 0 => {
                let whole = json::whole(std::mem::take(&mut line), &mut input)?;
                let whole = if number == 2 { format!("[{whole}") } else { whole };
                reader.whole(&whole, to)?;
                break;
            }
            Err(error) => {
                let message = format!("is no entity: {error}");
                reader.import.refused.push(Refusal { row: Some(number), column: None, message });
            }
        }
    }
    if reader.entities == 0 {
        return Err(Refusal::at("the document", "has no entities"));
    }
    to.extend(reader.import);
    Ok(())
}

pub(super) struct Reader<'m> {
    mapping: &'m Mapping,
    base: SourceId,
    pub(super) sources: Sources,
    names: BTreeSet<String>,
    pub(super) import: Import,
    entities: usize,
}

type Read<T> = Result<T, String>;

impl<'m> Reader<'m> {
    pub(super) fn new(mapping: &'m Mapping) -> Result<Self, Refusal> {
        let base = SourceId::new(&mapping.base).map_err(|error| Refusal::at("base", error))?;
        let mut sources = Sources::default();
        if let Ok(source) = Source::new(&base, &*mapping.base) {
            sources.define(source);
        }
        let mut reader =
            Self { mapping, base, sources, names: BTreeSet::new(), import: Import::default(), entities: 0 };
        reader.flush();
        Ok(reader)
    }

    /// Hands on the sources that are new, so that they stand before what names them.
    fn flush(&mut self) {
        let sources = self.sources.take_new().into_iter();
        self.import.extend(sources.map(|source| Item::Entry(Box::new(source.into()))));
    }

    /// Reads a document of several lines, an entity at a time.
    fn whole(&mut self, document: &str, to: &mut impl Extend<Item>) -> Result<(), Refusal> {
        #[derive(Deserialize)]
        struct Several<'t> {
            #[serde(borrow)]
            entities: Option<BTreeMap<String, &'t RawValue>>,
        }
        let entities: Vec<&RawValue> = if document.trim_start().starts_with('[') {
            json::parse(document)?
        } else {
            let several: Several<'_> = json::parse(document)?;
            match several.entities {
                Some(entities) => entities.into_values().collect(),
                None => vec![json::parse(document)?],
            }
        };
        for entity in entities {
            self.document(&json::parse(entity.get())?);
            to.extend(std::mem::take(&mut self.import));
        }
        Ok(())
    }

    fn document(&mut self, document: &Json) {
        if let Some(entities) = document.get("entities").and_then(Json::as_object) {
            entities.values().for_each(|entity| self.entity(entity));
        } else if let Some(entities) = document.as_array() {
            for entity in entities {
                self.entity(entity);
            }
        } else {
            self.entity(document);
        }
    }

    pub(super) fn entity(&mut self, entity: &Json) {
        let Some(id) = text(entity, "id") else { return };
        self.entities += 1;
        let subject = named(&self.mapping.entities, id);
        let label = entity.get("labels").and_then(|labels| labels.get(&self.mapping.language));
        if let Some(name) = label.and_then(|label| text(label, "value")).filter(|name| *name != subject) {
            if self.names.insert(name.to_owned()) && !self.names.contains(subject) {
                let names = Names::new(subject, [name]);
                self.import.entries.push(testimony::Content::Subject(names).into());
            } else {
                let because = "another entity has the same name";
                self.import.losses.push(Loss::new(Of::Input(id.to_owned()), "label", LossKind::Dropped, because));
            }
        }
        for field in ["aliases", "descriptions", "sitelinks"] {
            let is_empty = |value: &Json| value.as_object().is_none_or(serde_json::Map::is_empty);
            if entity.get(field).is_some_and(|value| !is_empty(value)) {
                let because = "who says so is not told";
                self.import.losses.push(Loss::new(Of::Input(id.to_owned()), field, LossKind::Dropped, because));
            }
        }
        let groups = entity.get("claims").or_else(|| entity.get("statements")).and_then(Json::as_object);
        for statement in groups.into_iter().flat_map(|groups| groups.values()).filter_map(Json::as_array).flatten() {
            let place = text(statement, "id").unwrap_or(id).to_owned();
            if let Err(message) = self.statement(subject, statement, &place) {
                self.import.refused.push(Refusal::at(place, message));
            }
        }
    }

    fn statement(&mut self, subject: &str, statement: &Json, place: &str) -> Read<()> {
        let snak = statement.get("mainsnak").ok_or("has no mainsnak")?;
        let property = text(snak, "property").ok_or("has no property")?;
        let (value, mut lost) = self.value(snak)?;
        let topic = Topic::new(subject, named(&self.mapping.properties, property));
        let mut claim = Claim::new(topic, value, &self.base);
        let qualifiers = statement.get("qualifiers");
        if let Some(as_of) = as_of(qualifiers)? {
            claim = claim.with_as_of(as_of);
        }
        let scope = scope(qualifiers);
        if !scope.is_empty() {
            claim = claim.with_scope(scope);
        }
        let known = [POINT_IN_TIME, START, END, REASON_DEPRECATED];
        for property in qualifiers.and_then(Json::as_object).into_iter().flat_map(|all| all.keys()) {
            if !known.contains(&property.as_str()) && !SCOPE.contains(&property.as_str()) {
                lost.push((format!("qualifier {property}"), "no part of a claim is this"));
            }
        }
        let rank = text(statement, "rank").unwrap_or("normal");
        let reason = snaks(qualifiers, REASON_DEPRECATED).find_map(item);
        if rank != "normal" {
            let reason = reason.map_or_else(String::new, |reason| format!(", {REASON_DEPRECATED} {reason}"));
            claim = claim.with_note(format!("rank: {rank}{reason}"));
        }
        let is_withdrawn = rank == "deprecated" && reason == Some(WITHDRAWN);
        let references = list(statement, "references");
        if references.is_empty() {
            let claim = self.unsourced(&claim, place).map_err(|error| error.to_string())?;
            self.push(&claim, &lost, is_withdrawn);
        }
        for reference in references {
            let mut lost = lost.clone();
            let claim = self.referenced(&claim, reference, place, &mut lost)?;
            self.push(&claim, &lost, is_withdrawn);
        }
        Ok(())
    }

    fn push(&mut self, claim: &Claim, lost: &[(String, &'static str)], is_withdrawn: bool) {
        self.flush();
        let label = claim.label();
        self.import.entries.push(claim.clone().into());
        let losses =
            lost.iter().map(|(field, because)| Loss::new(Of::Claim(label), field.clone(), LossKind::Dropped, *because));
        self.import.losses.extend(losses);
        if is_withdrawn {
            let retraction = Retraction::new(label).with_by(&self.base).with_reason("deprecated: withdrawn");
            self.import.entries.push(Entry::from(retraction));
        }
    }

    /// A statement without a reference is by somebody whom the base does not name.
    fn unsourced(&mut self, claim: &Claim, place: &str) -> Result<Claim, Error> {
        let id = SourceId::new(format!("unsourced-{place}")).unwrap_or_else(|_| SourceId::slug(place));
        let base = self.base.clone();
        let source =
            Source::new(&id, format!("whoever said {place}"))?.with_kind(SourceKind::ANONYMOUS).with_part_of(&base);
        let id = self.sources.with_id(&id, || source);
        Ok(of(claim, &id).with_relay(&base))
    }

    fn referenced(
        &mut self,
        claim: &Claim,
        reference: &Json,
        place: &str,
        lost: &mut Vec<(String, &'static str)>,
    ) -> Read<Claim> {
        let group = reference.get("snaks");
        let first = |property: &str| snaks(group, property).next();
        let who = [STATED_IN, PUBLISHER, IMPORTED_FROM]
            .iter()
            .find_map(|property| Some((*property, item(first(property)?)?)));
        let url = first(URL).and_then(|snak| snak.pointer("/datavalue/value")?.as_str());
        let mut claim = match (who, url) {
            (Some((property, item)), _) if property != IMPORTED_FROM || url.is_none() => {
                lost.retain(|(field, _)| field != property);
                let id = named(&self.mapping.sources, item).to_owned();
                let id = self.sources.named(&id, SourceKind::ORGANIZATION).map_err(|error| error.to_string())?;
                of(claim, &id).with_relay(&self.base)
            }
            (_, Some(url)) => {
                let host = host(url).ok_or_else(|| format!("the address {url:?} has no host"))?;
                let kind = SourceKind::ORGANIZATION;
                let id = self.sources.named(host, kind).map_err(|error| error.to_string())?;
                of(claim, &id).with_relay(&self.base)
            }
            _ => self.unsourced(claim, place).map_err(|error| error.to_string())?,
        };
        let mut citation = Citation::new();
        if let Some(url) = url {
            citation = citation.with_url(url);
        }
        if let Some(title) = first(TITLE).and_then(monolingual) {
            citation = citation.with_title(title);
        }
        if let Some(excerpt) = first(QUOTATION).and_then(monolingual) {
            citation = citation.with_excerpt(excerpt);
        }
        if let Some(accessed) = first(ACCESSED).map(snak_period).transpose()? {
            citation = citation.with_accessed(accessed);
        }
        if let Some(published) = first(PUBLISHED).map(snak_period).transpose()? {
            claim = claim.with_stated(Moment::from(published));
        }
        if citation != Citation::new() {
            claim = claim.with_citation(citation);
        }
        let known = [URL, TITLE, QUOTATION, ACCESSED, PUBLISHED];
        for property in group.and_then(Json::as_object).into_iter().flat_map(|group| group.keys()) {
            let is_who = who.is_some_and(|(who, _)| who == property && (who != IMPORTED_FROM || url.is_none()));
            if !is_who && !known.contains(&property.as_str()) {
                lost.push((format!("reference {property}"), "no part of a claim is this"));
            }
        }
        Ok(claim)
    }

    /// The value of a snak, and what of it is lost.
    fn value(&self, snak: &Json) -> Read<(Value, Vec<(String, &'static str)>)> {
        match text(snak, "snaktype") {
            Some("value") => {}
            Some("somevalue") => return Err("is an unknown value, which no claim can hold".to_owned()),
            Some("novalue") => return Err("says that there is none, which no value can hold".to_owned()),
            _ => return Err("has no snaktype".to_owned()),
        }
        let kind = snak.pointer("/datavalue/type").and_then(Json::as_str).unwrap_or_default();
        let value = snak.pointer("/datavalue/value").ok_or("has no value")?;
        let none = Vec::new();
        match kind {
            "quantity" => Ok((self.figure(value)?.into(), none)),
            "time" => {
                let mut lost = none;
                if ["before", "after"].iter().any(|side| value.get(side).and_then(Json::as_u64).unwrap_or(0) > 0) {
                    lost.push(("before and after".to_owned(), "a period has no width beside its own"));
                }
                Ok((time::period(value)?.into(), lost))
            }
            "string" => Ok((Value::text(value.as_str().ok_or("has no text")?), none)),
            "monolingualtext" => {
                let lost = vec![("language".to_owned(), "a text has no language")];
                Ok((Value::text(text(value, "text").ok_or("has no text")?), lost))
            }
            "wikibase-entityid" => {
                let id = entity_id(value).ok_or("names no entity")?;
                Ok((Value::text(named(&self.mapping.entities, &id)), none))
            }
            other => Err(format!("has a value of the kind {other:?}, which no claim can hold")),
        }
    }

    fn figure(&self, quantity: &Json) -> Read<Figure> {
        let number = |field: &str| -> Read<Option<Number>> {
            let Some(written) = quantity.get(field) else { return Ok(None) };
            let written = written.as_str().ok_or_else(|| format!("{field} is no text"))?;
            written.parse().map(Some).map_err(|error: Error| error.to_string())
        };
        let amount = number("amount")?.ok_or("has no amount")?;
        let figure = match (number("lowerBound")?, number("upperBound")?) {
            (None, None) => Figure::exactly(amount),
            (Some(low), Some(high)) if low == amount && high == amount => Figure::exactly(amount),
            (Some(low), Some(high)) => Figure::estimate(low, high, amount).map_err(|error| error.to_string())?,
            _ => return Err("has one bound without the other".to_owned()),
        };
        Ok(match text(quantity, "unit") {
            None | Some("1") => figure,
            Some(unit) => figure.with_unit(named(&self.mapping.units, unit.rsplit('/').next().unwrap_or(unit))),
        })
    }
}

/// The claim with another origin.
fn of(claim: &Claim, origin: &SourceId) -> Claim {
    let fresh = match claim.value() {
        Some(value) => Claim::new(claim.topic().clone(), value.clone(), origin),
        None => Claim::declined(claim.topic().clone(), origin),
    };
    let fresh = claim.scope().into_iter().fold(fresh, Claim::with_scope);
    let fresh = claim.as_of().into_iter().fold(fresh, Claim::with_as_of);
    claim.note().into_iter().fold(fresh, Claim::with_note)
}

fn snaks<'j>(group: Option<&'j Json>, property: &str) -> impl Iterator<Item = &'j Json> {
    group.and_then(|group| group.get(property)).and_then(Json::as_array).into_iter().flatten()
}

fn entity_id(value: &Json) -> Option<String> {
    let id = text(value, "id").map(str::to_owned);
    id.or_else(|| Some(format!("Q{}", value.get("numeric-id")?.as_u64()?)))
}

fn item(snak: &Json) -> Option<&str> {
    snak.pointer("/datavalue/value/id")?.as_str().filter(|id| is_id(id, &['Q']))
}

fn monolingual(snak: &Json) -> Option<&str> {
    let value = snak.pointer("/datavalue/value")?;
    value.as_str().or_else(|| text(value, "text"))
}

fn snak_period(snak: &Json) -> Read<Period> {
    time::period(snak.pointer("/datavalue/value").ok_or("has no time")?)
}

fn as_of(qualifiers: Option<&Json>) -> Read<Option<Period>> {
    let first = |property: &str| snaks(qualifiers, property).find(|snak| text(snak, "snaktype") == Some("value"));
    if let Some(point) = first(POINT_IN_TIME) {
        return snak_period(point).map(Some);
    }
    let edge = |property: &str| first(property).map(snak_period).transpose();
    let (start, end) = (edge(START)?, edge(END)?);
    let first = |period: Period| period.to_string().split('/').next().unwrap_or_default().to_owned();
    let last = |period: Period| period.to_string().rsplit('/').next().unwrap_or_default().to_owned();
    let span = match (start, end) {
        (None, None) => return Ok(None),
        (Some(start), Some(end)) => format!("{}/{}", first(start), last(end)),
        (Some(start), None) => format!("{}/..", first(start)),
        (None, Some(end)) => format!("../{}", last(end)),
    };
    span.parse().map(Some).map_err(|error: Error| error.to_string())
}

/// The qualifiers of [`SCOPE`] as a text, so that statements about different parts are not compared.
fn scope(qualifiers: Option<&Json>) -> String {
    let said = SCOPE.iter().flat_map(|property| {
        snaks(qualifiers, property).filter_map(move |snak| {
            let value = snak.pointer("/datavalue/value")?;
            Some(format!("{property} {}", entity_id(value).or_else(|| value.as_str().map(str::to_owned))?))
        })
    });
    said.collect::<Vec<_>>().join("; ")
}

fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    let host = host.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}
