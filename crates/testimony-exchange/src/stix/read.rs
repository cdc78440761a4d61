//! Bundles in: what each producer says of each object.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::Read as Input;

use serde::Deserialize;
use serde_json::Value as Json;
use serde_json::value::RawValue;
use testimony::scales::StixConfidence;
use testimony::{
    Citation, Claim, Content, Date, Figure, Label, Names, Period, Retraction, Source, SourceId, SourceKind, Stance,
    Timestamp, Topic, Value,
};

use super::{EXTENSION, SUBJECT, is_id};
use crate::json::{self, list, text};
use crate::law::{Import, Item, Loss, LossKind, Of, Refusal};
use crate::sources::Sources;

/// Properties that are the object's own or are read apart, and what is lost with those that are neither.
const OWN: [&str; 16] = [
    "type",
    "spec_version",
    "id",
    "created",
    "modified",
    "created_by_ref",
    "confidence",
    "external_references",
    "revoked",
    "extensions",
    "object_marking_refs",
    "granular_markings",
    "lang",
    "labels",
    "extension_type",
    "defanged",
];

/// Reads a bundle, or a list of objects.
///
/// # Errors
///
/// Input that is no JSON, or has no objects. An object that cannot be read is no error: it is
/// [`refused`](Import::refused), by its id.
///
/// ```
/// use testimony_exchange::stix;
///
/// let bundle = r#"{"type":"bundle","id":"bundle--44af6c39-c09b-49c5-9de2-394224b04982","objects":[
///     {"type":"relationship","spec_version":"2.1","id":"relationship--eca24e47-2259-4850-9705-fd1065c77236",
///      "created":"2014-09-09T19:58:39.609Z","modified":"2014-09-09T19:58:39.609Z","relationship_type":"indicates",
///      "source_ref":"indicator--c43a0a05-e8d2-4f64-ae37-3f3fb153f8d9",
///      "target_ref":"campaign--b549a58c-afd9-4847-85c3-5be13d56d3cc","confidence":70}]}"#;
/// let import = stix::read(bundle.as_bytes())?;
/// assert_eq!(import.entries.len(), 3, "the bundle, whoever made the relationship, and the claim");
/// # Ok::<(), testimony_exchange::Refusal>(())
/// ```
pub fn read(input: impl Input) -> Result<Import, Refusal> {
    let mut import = Import::default();
    read_to(input, &mut import)?;
    Ok(import)
}

/// A bundle, its objects as they are written: parsed they would take several times the room.
#[derive(Deserialize)]
struct Bundle<'t> {
    id: Option<Json>,
    #[serde(borrow)]
    objects: Option<Vec<&'t RawValue>>,
}

/// Does as [`read`] does, and hands on what each object gives once it is read. The text of the bundle is kept, since who
/// made what stands anywhere in it, and its identities; of the rest an object at a time.
///
/// # Errors
///
/// As [`read`], and a bundle of more than 1 GiB.
pub fn read_to(input: impl Input, to: &mut impl Extend<Item>) -> Result<(), Refusal> {
    let bundle = json::whole(Vec::new(), input)?;
    let bundle = if bundle.trim_start().starts_with('[') {
        Bundle { id: None, objects: Some(json::parse(&bundle)?) }
    } else {
        json::parse(&bundle)?
    };
    let objects = bundle.objects.ok_or_else(|| Refusal::at("the document", "has no list of objects"))?;
    let mut reader = Reader::new(bundle.id.as_ref().and_then(Json::as_str).unwrap_or("bundle"));
    // A later version of an object stands for the earlier one; opinions come when what they are of is known.
    let mut order = Vec::with_capacity(objects.len());
    for (i, written) in objects.iter().enumerate() {
        match serde_json::from_str::<Json>(written.get()) {
            Ok(object) => {
                reader.meet(&object);
                let modified = text(&object, "modified").unwrap_or_default();
                order.push((text(&object, "type") == Some("opinion"), modified.to_owned(), i));
            }
            Err(error) => {
                reader.import.refused.push(Refusal::at(format!("objects[{i}]"), format!("cannot be read: {error}")));
            }
        }
    }
    order.sort_unstable();
    for (_, _, i) in order {
        let object: Json = json::parse(objects[i].get())?;
        if let Err(message) = reader.object(&object) {
            let place = text(&object, "id").map_or_else(|| format!("objects[{i}]"), str::to_owned);
            reader.import.refused.push(Refusal::at(place, message));
        }
        to.extend(std::mem::take(&mut reader.import));
    }
    to.extend(reader.import);
    Ok(())
}

pub(super) struct Reader {
    bundle: SourceId,
    identities: HashMap<String, Json>,
    /// The sources of ours that identities carry, by their ids.
    ours: HashMap<String, Json>,
    /// The ids of the objects that opinions are about.
    judged: HashSet<String>,
    /// The relationships among them.
    relationships: HashMap<String, Json>,
    pub(super) sources: Sources,
    names: BTreeSet<String>,
    /// The claims that stand of each object, so that its next version takes back what it says no more.
    said: HashMap<String, Vec<(Label, SourceId)>>,
    pub(super) import: Import,
}

type Read<T> = Result<T, String>;

impl Reader {
    pub(super) fn new(bundle: &str) -> Self {
        let mut sources = Sources::default();
        let id = SourceId::slug(bundle);
        if let Ok(source) = Source::new(&id, bundle) {
            sources.define(source.with_kind(SourceKind::DOCUMENT));
        }
        Self {
            bundle: id,
            identities: HashMap::new(),
            ours: HashMap::new(),
            judged: HashSet::new(),
            relationships: HashMap::new(),
            sources,
            names: BTreeSet::new(),
            said: HashMap::new(),
            import: Import::default(),
        }
    }

    /// Keeps what other objects name, wherever they stand, before any is read.
    pub(super) fn meet(&mut self, object: &Json) {
        if let Some((source, id)) = ours(object).and_then(|source| Some((source, text(source, "id")?))) {
            self.ours.insert(id.to_owned(), source.clone());
        }
        match (text(object, "type"), text(object, "id")) {
            (Some("identity"), Some(id)) => drop(self.identities.insert(id.to_owned(), object.clone())),
            (Some("opinion"), _) => {
                let of = list(object, "object_refs").iter().filter_map(Json::as_str);
                self.judged.extend(of.map(str::to_owned));
            }
            _ => {}
        }
    }

    pub(super) fn object(&mut self, object: &Json) -> Read<()> {
        let kind = text(object, "type").ok_or("has no type")?;
        let id = text(object, "id").filter(|id| is_id(id)).ok_or("has no id such as note--… with a UUID")?;
        if matches!(kind, "extension-definition" | "marking-definition" | "bundle" | "language-content") {
            if kind != "extension-definition" || id != EXTENSION {
                self.lose(id, kind, "it says nothing of the world");
            }
            return Ok(());
        }
        let extension = object.get("extensions").and_then(|extensions| extensions.get(EXTENSION));
        if let Some(claim) = extension.and_then(|extension| extension.get("claim")) {
            let claim: Claim = serde_json::from_value(claim.clone()).map_err(|error| error.to_string())?;
            for id in std::iter::once(claim.origin()).chain(claim.relays()) {
                self.by_id(id);
            }
            self.put(id, vec![claim], object);
            return Ok(());
        }
        if is_ours(object) || kind == "identity" && extension.is_some() {
            // The topic of a claim of ours, or a source: the claims name them.
            return Ok(());
        }
        if kind == "relationship" && self.judged.contains(id) {
            self.relationships.insert(id.to_owned(), object.clone());
        }
        let origin = self.creator(object, id)?;
        let claims = match kind {
            "relationship" => vec![self.relationship(object, &origin)?],
            "sighting" => self.sightings(object, &origin)?,
            "opinion" => self.opinions(object, &origin)?,
            _ => self.properties(object, id, &origin),
        };
        let confidence = object.get("confidence").filter(|value| !value.is_null());
        let confidence = confidence.map(|value| {
            let number = value.as_u64().and_then(|value| u8::try_from(value).ok());
            let number = number.ok_or_else(|| format!("confidence {value} is no number from 0 to 100"))?;
            StixConfidence::new(number).map_err(|error| format!("confidence: {error}"))
        });
        let confidence = confidence.transpose()?;
        let citations = citations(object);
        let claims = claims.into_iter().map(|claim| {
            let claim = confidence.into_iter().fold(claim, Claim::with_confidence);
            citations.iter().cloned().fold(claim, Claim::with_citation)
        });
        let claims = claims.collect();
        self.put(id, claims, object);
        Ok(())
    }

    fn lose(&mut self, id: &str, field: &str, because: &'static str) {
        self.import.losses.push(Loss::new(Of::Input(id.to_owned()), field.to_owned(), LossKind::Dropped, because));
    }

    /// Hands claims on, after the sources that they name, and takes back what an earlier version said and this does not.
    fn put(&mut self, id: &str, claims: Vec<Claim>, object: &Json) {
        let sources = self.sources.take_new().into_iter().map(|source| Item::Entry(Box::new(source.into())));
        self.import.extend(sources);
        let is_revoked = object.get("revoked").and_then(Json::as_bool) == Some(true);
        let now: Vec<(Label, SourceId)> = claims.iter().map(|claim| (claim.label(), claim.origin().clone())).collect();
        let labels: HashSet<Label> = now.iter().map(|(label, _)| *label).collect();
        let before = self.said.insert(id.to_owned(), if is_revoked { Vec::new() } else { now }).unwrap_or_default();
        for (label, origin) in &before {
            if !labels.contains(label) {
                let reason = "not in the later version of the object";
                self.import.entries.push(Retraction::new(*label).with_by(origin).with_reason(reason).into());
            }
        }
        let before: HashSet<Label> = before.into_iter().map(|(label, _)| label).collect();
        for claim in claims {
            let label = claim.label();
            let revoked = is_revoked.then(|| Retraction::new(label).with_by(claim.origin()).with_reason("revoked"));
            if !before.contains(&label) {
                self.import.entries.push(claim.into());
            }
            self.import.entries.extend(revoked.map(Into::into));
        }
    }

    /// The source that an id of ours means, as an identity of the bundle defines it.
    fn by_id(&mut self, id: &SourceId) {
        let mut chain = vec![id.clone()];
        let mut found = Vec::new();
        while let Some(id) = chain.pop() {
            if self.sources.get(&id).is_some() || found.len() > 64 {
                continue;
            }
            let defined = self.ours.get(id.as_str()).and_then(|source| serde_json::from_value(source.clone()).ok());
            let Some(source) = defined.or_else(|| Source::new(&id, id.as_str()).ok()) else { continue };
            chain.extend(source.part_of().cloned());
            found.push(source);
        }
        found.into_iter().rev().for_each(|source| self.sources.define(source));
    }

    /// Who made an object: an identity, or somebody whom the bundle does not name.
    fn creator(&mut self, object: &Json, id: &str) -> Read<SourceId> {
        let Some(creator) = text(object, "created_by_ref") else {
            let bundle = self.bundle.clone();
            let anonymous = SourceId::new(format!("maker-of-{id}")).map_err(|error| error.to_string())?;
            let source = Source::new(&anonymous, format!("whoever made {id}")).map_err(|error| error.to_string())?;
            let source = source.with_kind(SourceKind::ANONYMOUS).with_part_of(&bundle);
            return Ok(self.sources.with_id(&anonymous, || source));
        };
        self.identity(creator)
    }

    fn identity(&mut self, creator: &str) -> Read<SourceId> {
        let known = self.identities.get(creator);
        if let Some(id) = known.and_then(ours).and_then(|source| text(source, "id")) {
            let id = SourceId::new(id).map_err(|error| error.to_string())?;
            self.by_id(&id);
            return Ok(id);
        }
        let id = SourceId::new(creator).map_err(|error| error.to_string())?;
        let name = known.and_then(|identity| text(identity, "name")).unwrap_or(creator);
        let kind = match known.and_then(|identity| text(identity, "identity_class")) {
            Some("individual") => SourceKind::PERSON,
            _ => SourceKind::ORGANIZATION,
        };
        let source = Source::new(&id, name).map_err(|error| error.to_string())?.with_kind(kind);
        Ok(self.sources.with_id(&id, || source))
    }

    fn relationship(&mut self, object: &Json, origin: &SourceId) -> Read<Claim> {
        let claim = relationship(object, origin)?;
        let id = text(object, "id").unwrap_or_default().to_owned();
        if text(object, "description").is_some() {
            self.lose(&id, "description", "a claim has no remark of its origin's");
        }
        Ok(claim)
    }

    fn sightings(&mut self, object: &Json, origin: &SourceId) -> Read<Vec<Claim>> {
        let of = text(object, "sighting_of_ref").ok_or("has no sighting_of_ref")?;
        let as_of = span(object, "first_seen", "last_seen")?;
        let mut claims = Vec::new();
        let seers: Vec<&str> = list(object, "where_sighted_refs").iter().filter_map(Json::as_str).collect();
        let seers = if seers.is_empty() { vec![None] } else { seers.into_iter().map(Some).collect() };
        for seer in seers {
            let who = seer.map_or(Ok(origin.clone()), |seer| self.identity(seer))?;
            let complete = |claim: Claim| {
                let claim = if who == *origin { claim } else { claim.with_relay(origin) };
                as_of.into_iter().fold(claim, Claim::with_as_of)
            };
            claims.push(complete(Claim::new(Topic::new(of, "sighted"), Value::text("yes"), &who)));
            if let Some(count) = object.get("count").and_then(Json::as_u64).and_then(|count| i64::try_from(count).ok())
            {
                claims.push(complete(Claim::new(Topic::new(of, "sightings"), Figure::exactly(count), &who)));
            }
        }
        Ok(claims)
    }

    /// An opinion of a relationship is a stance on it; of another object it is one on whether that is so.
    fn opinions(&mut self, object: &Json, origin: &SourceId) -> Read<Vec<Claim>> {
        let id = text(object, "id").unwrap_or_default().to_owned();
        let opinion = text(object, "opinion").ok_or("has no opinion")?;
        let stance = match opinion {
            "strongly-agree" | "agree" => Stance::Affirms,
            "strongly-disagree" | "disagree" => Stance::Denies,
            "neutral" => {
                self.lose(&id, "opinion", "who is neutral takes no stance");
                return Ok(Vec::new());
            }
            other => {
                return Err(format!(
                    "{other:?} is no opinion: strongly-disagree, disagree, neutral, agree, strongly-agree"
                ));
            }
        };
        if opinion.starts_with("strongly") {
            self.lose(&id, "opinion", "a stance has no strength");
        }
        let explanation = text(object, "explanation").map(str::to_owned);
        let claims = list(object, "object_refs").iter().filter_map(Json::as_str).map(|of| {
            let claim = match self.relationships.get(of) {
                Some(relationship) => self::relationship(relationship, origin)?,
                None => Claim::new(Topic::new(of, "is it so"), Value::text("yes"), origin),
            };
            let claim = claim.with_stance(stance);
            Ok(explanation.iter().fold(claim, |claim, explanation| claim.with_note(explanation.as_str())))
        });
        claims.collect()
    }

    /// A claim for each property of an object that has a text, a number or a time, or a list of these.
    fn properties(&mut self, object: &Json, id: &str, origin: &SourceId) -> Vec<Claim> {
        let name = text(object, "name");
        if let Some(name) = name.filter(|name| self.names.insert((*name).to_owned()))
            && !self.said.contains_key(id)
        {
            self.import.entries.push(Content::Subject(Names::new(id, [name])).into());
        }
        let mut claims = Vec::new();
        for property in object.as_object().into_iter().flat_map(|object| object.keys()) {
            if OWN.contains(&property.as_str()) {
                if matches!(
                    property.as_str(),
                    "labels" | "lang" | "object_marking_refs" | "granular_markings" | "extensions"
                ) {
                    self.lose(id, property, "no part of a claim is this");
                }
                continue;
            }
            for value in list(object, property) {
                let value: Value = match value {
                    Json::String(text) => match text.parse::<Timestamp>() {
                        Ok(time) => time.day().into(),
                        Err(_) => Value::text(text.as_str()),
                    },
                    Json::Number(number) => match number.to_string().parse::<testimony::Number>() {
                        Ok(number) => Figure::exactly(number).into(),
                        Err(_) => continue,
                    },
                    Json::Bool(yes) => Value::text(if *yes { "yes" } else { "no" }),
                    _ => {
                        self.lose(id, property, "a value is a text, a number or a time");
                        continue;
                    }
                };
                claims.push(Claim::new(Topic::new(id, property), value, origin));
            }
        }
        claims
    }
}

/// The source of ours that an identity carries.
fn ours(identity: &Json) -> Option<&Json> {
    identity.get("extensions")?.get(EXTENSION)?.get("source")
}

fn is_ours(object: &Json) -> bool {
    list(object, "labels").iter().any(|label| label == SUBJECT)
}

fn relationship(object: &Json, origin: &SourceId) -> Read<Claim> {
    let part = |name: &str| text(object, name).ok_or_else(|| format!("has no {name}"));
    let topic = Topic::new(part("source_ref")?, part("relationship_type")?);
    let claim = Claim::new(topic, Value::text(part("target_ref")?), origin);
    Ok(span(object, "start_time", "stop_time")?.into_iter().fold(claim, Claim::with_as_of))
}

/// The days from one instant to another.
fn span(object: &Json, first: &str, last: &str) -> Read<Option<Period>> {
    let day = |field: &str| -> Read<Option<Date>> {
        let Some(written) = text(object, field) else { return Ok(None) };
        let time: Timestamp = written.parse().map_err(|error| format!("{field}: {error}"))?;
        Ok(Some(time.day()))
    };
    let edtf = match (day(first)?, day(last)?) {
        (None, None) => return Ok(None),
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first}/{last}"),
        (Some(first), None) => format!("{first}/.."),
        (None, Some(last)) => format!("../{last}"),
    };
    edtf.parse().map(Some).map_err(|error: testimony::Error| error.to_string())
}

fn citations(object: &Json) -> Vec<Citation> {
    let references = list(object, "external_references").iter().take(64);
    let citations = references.filter_map(|reference| {
        let mut citation = Citation::new();
        if let Some(url) = text(reference, "url") {
            citation = citation.with_url(url);
        }
        let (name, id) = (text(reference, "source_name")?, text(reference, "external_id"));
        citation = citation.with_title(id.map_or_else(|| name.to_owned(), |id| format!("{name} {id}")));
        if let Some(digest) = reference.get("hashes").and_then(|hashes| text(hashes, "SHA-256")) {
            citation = citation.with_digest(format!("sha256:{digest}"));
        }
        Some(citation)
    });
    citations.collect()
}
