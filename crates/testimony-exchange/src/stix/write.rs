//! Bundles out: a relationship where one can hold the claim, and else a note that carries it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Write;

use serde_json::{Value as Json, json};
use testimony::{Claim, ClaimId, ClaimRef, ContentRef, Ledger, Source, SourceId, SourceKind, Stance, Timestamp, Value};

use super::read::Reader;
use super::{EXTENSION, SUBJECT, is_id};
use crate::law::{Allowed, Export, Refusal, compare};
use crate::uuid::uuid5;
use crate::whole;

/// When an object was made, where the ledger does not say when its claim was recorded.
const UNTIMED: &str = "1970-01-01T00:00:00.000Z";

/// Writes the claims of a ledger that are not retracted as a bundle.
///
/// Ids are UUIDs of version 5, derived from the labels of claims and the ids of sources, so that the same ledger is the
/// same bundle. A claim whose subject and value are ids of STIX objects is a relationship, if that holds all of it; every
/// other is a note, with a sentence for people, and the claim itself in an extension, which keeps all of it.
///
/// # Errors
///
/// A failure to write.
///
/// ```
/// use testimony::{Claim, Figure, Ledger, Source, Topic};
/// use testimony_exchange::{Allowed, stix};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut ledger = Ledger::new();
/// let nis = ledger.add_source(Source::new("nis", "NIS")?)?;
/// ledger.record(Claim::new(Topic::new("troops", "dead"), Figure::more_than(4000), nis))?;
/// let mut bundle = Vec::new();
/// let export = stix::write(&ledger, &Allowed::nothing(), &mut bundle)?;
/// assert!(export.losses.is_empty());
/// let import = stix::read(bundle.as_slice())?;
/// let read = import.entries.iter().any(|entry| matches!(entry.content(), testimony::Content::Claim(claim)
///     if claim.label() == export.claims[0]));
/// assert!(read);
/// # Ok(())
/// # }
/// ```
pub fn write(ledger: &Ledger, allowed: &Allowed, output: impl Write) -> Result<Export, Refusal> {
    let mut export = Export::default();
    let mut bundle = Bundle::default();
    let mut wrote = Vec::new();
    let times = times(ledger);
    let names = names(ledger);
    for claim in ledger.claims().filter(|claim| !claim.is_retracted()) {
        let owned = claim.to_claim();
        let time = instant(times.get(&claim.id()).copied());
        let origin = identity(claim.origin());
        let judged = |object: Json| {
            let read = read_back(&object, &origin);
            (compare(&owned, read.as_ref(), ledger.policy(), allowed, because), object)
        };
        let ends = [owned.topic().subject(), owned.value().and_then(Value::as_text).unwrap_or_default()];
        let has_ends = ends.iter().all(|end| bundle.stub(end, &names));
        let related = relationship(&owned, &time)
            .filter(|_| has_ends)
            .map(judged)
            .filter(|(verdict, _)| verdict.losses.is_empty());
        let (verdict, object) = related.unwrap_or_else(|| judged(note(&claim, &owned, &time, &mut bundle)));
        if verdict.is_written {
            wrote.push((time, owned.label(), object.to_string()));
        }
        export.losses.extend(verdict.losses);
    }
    // Versions are read in this order.
    wrote.sort_by(|one, other| one.0.cmp(&other.0));
    export.claims = wrote.iter().map(|(_, label, _)| *label).collect();
    let used = used(ledger);
    let source = |id: &SourceId| used.contains(id).then(|| ledger.source(id)).flatten();
    export.losses.extend(whole::losses(ledger, source, |_| None, because));
    let labels: Vec<String> = export.claims.iter().map(ToString::to_string).collect();
    let id = format!("bundle--{}", uuid5(&format!("bundle {}", labels.join(" "))));
    let identities = ledger.sources().filter(|source| used.contains(source.id())).map(identity);
    let around = [definition(), maker()].into_iter().chain(identities).chain(bundle.subjects.into_values());
    let objects = around.map(|object| object.to_string()).chain(wrote.into_iter().map(|(.., object)| object));
    write_bundle(&id, objects, output).map_err(Refusal::unwritable)?;
    Ok(export)
}

/// Writes a bundle with an object a line.
fn write_bundle(id: &str, objects: impl Iterator<Item = String>, mut output: impl Write) -> std::io::Result<()> {
    write!(output, "{{\"type\":\"bundle\",\"id\":\"{id}\",\"objects\":[")?;
    for (i, object) in objects.enumerate() {
        write!(output, "{}\n{object}", if i > 0 { "," } else { "" })?;
    }
    writeln!(output, "\n]}}")
}

/// The objects that notes are about.
#[derive(Default)]
struct Bundle {
    subjects: BTreeMap<String, Json>,
}

/// The types of objects that a name is enough for.
const NAMED: [&str; 7] =
    ["attack-pattern", "campaign", "course-of-action", "intrusion-set", "threat-actor", "tool", "vulnerability"];

impl Bundle {
    /// Puts an object with nothing but its name into the bundle, so that what refers to it does not refer to nothing;
    /// gives whether it could.
    fn stub(&mut self, id: &str, names: &HashMap<String, String>) -> bool {
        let kind = id.split_once("--").map_or("", |(kind, _)| kind);
        let Some(name) = names.get(id).filter(|_| is_id(id) && NAMED.contains(&kind)) else { return false };
        self.subjects.entry(id.to_owned()).or_insert_with(|| {
            json!({
                "type": kind, "spec_version": "2.1", "id": id, "created": UNTIMED, "modified": UNTIMED, "name": name,
                "labels": [SUBJECT],
            })
        });
        true
    }
}

/// The names of subjects that have ids: the first alias, or what is claimed to be the name.
fn names(ledger: &Ledger) -> HashMap<String, String> {
    let mut names = HashMap::new();
    for entry in ledger.entries() {
        if let ContentRef::Subject(subject) = entry.content()
            && let Some(alias) = subject.aliases().next()
        {
            names.entry(subject.name().to_owned()).or_insert_with(|| alias.to_owned());
        }
    }
    for claim in ledger.claims().filter(|claim| claim.topic().predicate() == "name" && !claim.is_retracted()) {
        if let Some(name) = claim.value().and_then(Value::as_text) {
            names.entry(claim.topic().subject().to_owned()).or_insert_with(|| name.to_owned());
        }
    }
    names
}

/// When each claim was recorded, where that is known.
fn times(ledger: &Ledger) -> HashMap<ClaimId, Timestamp> {
    let claim = |entry: testimony::EntryRef<'_>| match entry.content() {
        ContentRef::Claim(claim) => Some((claim.id(), entry.recorded()?)),
        _ => None,
    };
    ledger.entries().filter_map(claim).collect()
}

/// The sources that the claims which are written name, and their owners.
fn used(ledger: &Ledger) -> BTreeSet<SourceId> {
    let mut used = BTreeSet::new();
    for claim in ledger.claims().filter(|claim| !claim.is_retracted()) {
        for source in std::iter::once(claim.origin()).chain(claim.relays()) {
            let mut next = Some(source);
            while let Some(source) = next {
                if !used.insert(source.id().clone()) {
                    break;
                }
                next = source.part_of().and_then(|owner| ledger.source(owner));
            }
        }
    }
    used
}

fn read_back(object: &Json, origin: &Json) -> Option<Claim> {
    let mut reader = Reader::new("bundle");
    reader.meet(origin);
    reader.object(object).ok()?;
    reader.import.entries.into_iter().find_map(|entry| match entry.into_content() {
        testimony::Content::Claim(claim) => Some(claim),
        _ => None,
    })
}

fn identity_id(source: &SourceId) -> String {
    format!("identity--{}", uuid5(&format!("source {source}")))
}

/// An instant as STIX has it: in UTC, to the millisecond, with a Z.
fn instant(time: Option<Timestamp>) -> String {
    let Some(time) = time else { return UNTIMED.to_owned() };
    let written = time.to_utc().to_string();
    let seconds = written.trim_end_matches('Z');
    let (seconds, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    format!("{seconds}.{fraction:0<3.3}Z")
}

fn identity(source: &Source) -> Json {
    let class = match source.kind() {
        kind if *kind == SourceKind::PERSON => "individual",
        kind if *kind == SourceKind::ANONYMOUS => "unknown",
        _ => "organization",
    };
    json!({
        "type": "identity", "spec_version": "2.1", "id": identity_id(source.id()), "created": UNTIMED, "modified": UNTIMED,
        "name": source.name(), "identity_class": class,
        "extensions": { EXTENSION: { "extension_type": "property-extension", "source": source } },
    })
}

/// Who defines the extension.
fn maker() -> Json {
    json!({
        "type": "identity", "spec_version": "2.1", "id": maker_id(), "created": UNTIMED, "modified": UNTIMED,
        "name": "testimony", "identity_class": "system", "labels": [SUBJECT],
        "extensions": { EXTENSION: { "extension_type": "property-extension", "maker": true } },
    })
}

fn maker_id() -> String {
    format!("identity--{}", uuid5("maker"))
}

fn definition() -> Json {
    json!({
        "type": "extension-definition", "spec_version": "2.1", "id": EXTENSION, "created": UNTIMED, "modified": UNTIMED,
        "created_by_ref": maker_id(), "name": "testimony claim",
        "description": "A claim or a source as the interchange format testimony/1 has it.",
        "schema": "What `testimony schema line` prints, under `claim` and `source`.", "version": "1.0.0", "extension_types": ["property-extension"],
    })
}

/// A claim between two objects. An origin that is an identity's id is that identity.
fn relationship(owned: &Claim, time: &str) -> Option<Json> {
    let (from, kind) = (owned.topic().subject(), owned.topic().predicate());
    let to = owned.value()?.as_text()?;
    let is_kind = kind.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') && !kind.is_empty();
    if !is_id(from) || !is_id(to) || !is_kind || owned.stance() != Stance::Affirms {
        return None;
    }
    let mut object = json!({
        "type": "relationship", "spec_version": "2.1", "id": format!("relationship--{}", uuid5(&owned.label().to_string())),
        "created": time, "modified": time, "created_by_ref": identity_id(owned.origin()), "relationship_type": kind,
        "source_ref": from, "target_ref": to,
    });
    if let Some(stix) = owned.confidence().and_then(testimony::Confidence::stix) {
        object["confidence"] = stix.value().into();
    }
    Some(object)
}

fn note(claim: &ClaimRef<'_>, owned: &Claim, time: &str, bundle: &mut Bundle) -> Json {
    let subject = owned.topic().subject();
    let about = if bundle.subjects.contains_key(subject) {
        subject.to_owned()
    } else {
        let id = format!("identity--{}", uuid5(&format!("subject {subject}")));
        bundle.subjects.entry(id.clone()).or_insert_with(|| {
            json!({
                "type": "identity", "spec_version": "2.1", "id": id, "created": UNTIMED, "modified": UNTIMED,
                "name": subject, "identity_class": "unknown", "labels": [SUBJECT],
            })
        });
        id
    };
    let mut object = json!({
        "type": "note", "spec_version": "2.1", "id": format!("note--{}", uuid5(&owned.label().to_string())),
        "created": time, "modified": time, "created_by_ref": identity_id(owned.origin()),
        "content": sentence(claim, owned), "object_refs": [about],
        "extensions": { EXTENSION: { "extension_type": "property-extension", "claim": owned_json(owned) } },
    });
    let confidence = owned.confidence().and_then(|confidence| {
        let word = || confidence.likelihood()?.word()?.stix_confidence();
        confidence.stix().or_else(word)
    });
    if let Some(stix) = confidence {
        object["confidence"] = stix.value().into();
    }
    object
}

fn owned_json(claim: &Claim) -> Json {
    serde_json::to_value(claim).unwrap_or_default()
}

/// The claim for people.
fn sentence(claim: &ClaimRef<'_>, owned: &Claim) -> String {
    let (topic, stance) = (owned.topic(), owned.stance());
    let said = format!("{} · {}: {} {stance}", topic.subject(), topic.predicate(), claim.origin().name());
    let value = owned.value().map_or_else(String::new, |value| format!(" {value}"));
    let as_of = owned.as_of().map_or_else(String::new, |as_of| format!(", as of {}", as_of.in_words()));
    let relays: Vec<&str> = claim.relays().map(Source::name).collect();
    let through = if relays.is_empty() { String::new() } else { format!(", through {}", relays.join(", then ")) };
    format!("{said}{value}{as_of}{through}")
}

/// Why STIX does not hold a part.
fn because(field: &str) -> &'static str {
    match field {
        "retraction" => "only who made an object can revoke it, and what was taken back is not written",
        "recorded" => "created and modified are the object's, and stand for the claim's",
        "predicate" => "a bundle has no place for what kind of quantity is meant",
        "source" => "no claim that is written names the source",
        _ => whole::usual(field).unwrap_or("a bundle has no place for it"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_to_the_millisecond() {
        for (time, written) in [
            ("2024-03-05T10:00:00Z", "2024-03-05T10:00:00.000Z"),
            ("2024-03-05T10:00:00+09:00", "2024-03-05T01:00:00.000Z"),
            ("2024-03-05T10:00:00.5Z", "2024-03-05T10:00:00.500Z"),
            ("2024-03-05T10:00:00.123456789Z", "2024-03-05T10:00:00.123Z"),
        ] {
            assert_eq!(instant(Some(time.parse().unwrap())), written);
        }
    }
}
