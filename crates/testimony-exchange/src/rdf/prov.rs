//! PROV-JSON: claims as entities, sources as agents, relays as quotations.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::{Map, Value as Json, json};
use testimony::{ClaimRef, ContentRef, Ledger, Moment, Source, SourceKind, Value};

use super::{NAMESPACE, encoded, losses};
use crate::law::{Export, Refusal};

/// Writes the claims of a ledger as a PROV-JSON document.
///
/// An entity is a claim; a relay's quotation of it is another, derived from the one before it. A revision is derived from
/// what it revises, and a retraction invalidates, at its time. A time that is no instant is no time of PROV, and is an
/// attribute.
///
/// # Errors
///
/// A failure to write.
///
/// ```
/// use testimony::{Claim, Ledger, Source, Topic, Value};
/// use testimony_exchange::rdf::write_prov;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut ledger = Ledger::new();
/// let nis = ledger.add_source(Source::new("nis", "NIS")?)?;
/// let lee = ledger.add_source(Source::new("lee", "Lee")?)?;
/// ledger.record(Claim::new(Topic::new("troops", "weight"), Value::text("decisive"), nis).with_relay(lee))?;
/// let mut document = Vec::new();
/// write_prov(&ledger, &mut document)?;
/// assert!(String::from_utf8(document)?.contains("prov:Quotation"));
/// # Ok(())
/// # }
/// ```
pub fn write_prov(ledger: &Ledger, mut output: impl Write) -> Result<Export, Refusal> {
    let mut document = Document::default();
    ledger.sources().for_each(|source| document.source(source));
    let mut export = Export::default();
    for claim in ledger.claims() {
        document.claim(&claim);
        export.claims.push(claim.label());
    }
    for entry in ledger.entries() {
        match entry.content() {
            ContentRef::Claim(claim) => {
                let entity = json!({ "prov:entity": entity(&claim) });
                document.timed("wasGeneratedBy", entity, claim.stated().and_then(instant));
                if let Some(time) = entry.recorded() {
                    document.attribute(&entity_name(&claim), "t:recorded", time.to_string());
                }
            }
            ContentRef::Retraction(retraction) => {
                let Some(claim) = ledger.claim(retraction.claim()) else { continue };
                let mut invalidated = json!({ "prov:entity": entity(&claim) });
                if let Some(reason) = retraction.reason() {
                    invalidated["t:reason"] = reason.into();
                }
                let time = entry.recorded().map(|time| time.to_string());
                document.timed("wasInvalidatedBy", invalidated, time);
            }
            _ => {}
        }
    }
    let written = serde_json::to_writer_pretty(&mut output, &document.json()).map_err(std::io::Error::from);
    let written = written.and_then(|()| output.write_all(b"\n"));
    written.map_err(Refusal::unwritable)?;
    export.losses = losses(ledger, |claim| {
        let is_partly = claim.citations().iter().any(|citation| {
            citation
                .url()
                .is_none_or(|_| citation != &testimony::Citation::new().with_url(citation.url().unwrap_or_default()))
        });
        let told = "PROV has a term for the address alone";
        if is_partly { vec![("citations", told)] } else { Vec::new() }
    });
    Ok(export)
}

/// An instant, where it is one.
fn instant(moment: Moment) -> Option<String> {
    if let Moment::Time(time) = moment { Some(time.to_string()) } else { None }
}

fn entity_name(claim: &ClaimRef<'_>) -> String {
    format!("t:claim-{}-{}", claim.label(), claim.id())
}

fn entity(claim: &ClaimRef<'_>) -> Json {
    entity_name(claim).into()
}

fn agent_name(id: &str) -> String {
    format!("t:source-{}", encoded(id))
}

/// The kind of a value: the same words may be any of them.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Figure(_) => "figure",
        Value::Period(_) => "period",
        Value::Text(_) => "text",
    }
}

fn words(value: &Value) -> String {
    match value {
        Value::Figure(figure) => figure.to_string(),
        Value::Period(period) => period.to_string(),
        Value::Text(text) => text.to_string(),
    }
}

/// A name of PROV as a value: a bare text would only be a text.
fn term(name: &str) -> Json {
    json!({ "$": name, "type": "prov:QUALIFIED_NAME" })
}

#[derive(Default)]
struct Document {
    kinds: BTreeMap<&'static str, Map<String, Json>>,
    numbered: usize,
}

impl Document {
    fn json(self) -> Json {
        let mut json = json!({ "prefix": { "t": NAMESPACE } });
        for (kind, records) in self.kinds {
            json[kind] = records.into();
        }
        json
    }

    fn relate(&mut self, kind: &'static str, record: Json) {
        self.numbered += 1;
        self.kinds.entry(kind).or_default().insert(format!("_:r{}", self.numbered), record);
    }

    /// A relation that says something by its time, or by more than its entity.
    fn timed(&mut self, kind: &'static str, mut record: Json, time: Option<String>) {
        let is_said = time.is_some() || kind == "wasInvalidatedBy";
        if let Some(time) = time {
            record["prov:time"] = time.into();
        }
        if is_said {
            self.relate(kind, record);
        }
    }

    fn attribute(&mut self, entity: &str, name: &str, value: String) {
        if let Some(entity) = self.kinds.entry("entity").or_default().get_mut(entity) {
            entity[name] = value.into();
        }
    }

    fn source(&mut self, source: &Source) {
        let kind = match source.kind() {
            kind if *kind == SourceKind::PERSON => term("prov:Person"),
            kind if *kind == SourceKind::ANONYMOUS => term("t:Anonymous"),
            _ => term("prov:Organization"),
        };
        let mut agent = json!({ "prov:type": kind, "prov:label": source.name(), "t:kind": source.kind().as_str() });
        if let Some(reliability) = source.reliability() {
            agent["t:reliability"] = reliability.to_string().into();
        }
        if let Some(url) = source.url() {
            agent["t:url"] = url.into();
        }
        let name = agent_name(source.id().as_str());
        self.kinds.entry("agent").or_default().insert(name.clone(), agent);
        if let Some(owner) = source.part_of() {
            let owner = agent_name(owner.as_str());
            self.relate("actedOnBehalfOf", json!({ "prov:delegate": name, "prov:responsible": owner }));
        }
    }

    fn claim(&mut self, claim: &ClaimRef<'_>) {
        let name = entity_name(claim);
        let mut entity = json!({
            "prov:type": term("t:Claim"), "t:subject": claim.topic().subject(), "t:predicate": claim.topic().predicate(),
            "t:stance": claim.stance().to_string(),
        });
        let confidence = claim.confidence();
        let parts = [
            ("prov:value", claim.value().map(words)),
            ("t:kind", claim.value().map(|value| kind(value).to_owned())),
            ("t:scope", claim.scope().map(str::to_owned)),
            ("t:as_of", claim.as_of().map(|as_of| as_of.to_string())),
            ("t:stated", claim.stated().map(|stated| stated.to_string())),
            ("t:likelihood", confidence.and_then(|confidence| confidence.likelihood()).map(ToString::to_string)),
            ("t:level", confidence.and_then(testimony::Confidence::level).map(|level| level.to_string())),
            ("t:stix", confidence.and_then(testimony::Confidence::stix).map(|stix| stix.to_string())),
            ("t:basis", claim.basis().map(|basis| basis.to_string())),
            ("t:credibility", claim.credibility().map(|credibility| credibility.rating().to_string())),
            ("t:note", claim.note().map(str::to_owned)),
        ];
        for (field, text) in parts {
            if let Some(text) = text {
                entity[field] = text.into();
            }
        }
        self.kinds.entry("entity").or_default().insert(name.clone(), entity);
        let agent = agent_name(claim.origin().id().as_str());
        self.relate("wasAttributedTo", json!({ "prov:entity": name, "prov:agent": agent }));
        let mut before = name.clone();
        for (i, relay) in claim.relays().enumerate() {
            let quote = format!("{name}-quote-{}", i + 1);
            let kind = json!({ "prov:type": term("t:Quotation") });
            self.kinds.entry("entity").or_default().insert(quote.clone(), kind);
            let agent = agent_name(relay.id().as_str());
            self.relate("wasAttributedTo", json!({ "prov:entity": quote, "prov:agent": agent }));
            self.derive(&quote, &before, "prov:Quotation");
            before = quote;
        }
        for citation in claim.citations() {
            let Some(url) = citation.url() else { continue };
            let place = format!("t:address-{}", encoded(url));
            let place_json = json!({ "prov:location": url });
            self.kinds.entry("entity").or_default().insert(place.clone(), place_json);
            self.derive(&name, &place, "prov:PrimarySource");
        }
        for newer in claim.superseded_by() {
            self.derive(&entity_name(&newer), &name, "prov:Revision");
        }
    }

    fn derive(&mut self, from: &str, of: &str, kind: &str) {
        let record = json!({ "prov:generatedEntity": from, "prov:usedEntity": of, "prov:type": term(kind) });
        self.relate("wasDerivedFrom", record);
    }
}
