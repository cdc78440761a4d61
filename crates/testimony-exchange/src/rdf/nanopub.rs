//! Nanopublications: a claim each, in four graphs.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write;

use testimony::{
    Citation, ClaimId, ClaimRef, ContentRef, Hedge, Ledger, Moment, Source, SourceKind, Stance, Timestamp, Value,
};

use super::{NAMESPACE, encoded, losses};
use crate::law::{Export, Refusal};

const PREFIXES: &str = "@prefix np: <http://www.nanopub.org/nschema#> .\n\
    @prefix npx: <http://purl.org/nanopub/x/> .\n\
    @prefix prov: <http://www.w3.org/ns/prov#> .\n\
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n\
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\
    @prefix dct: <http://purl.org/dc/terms/> .\n\
    @prefix foaf: <http://xmlns.com/foaf/0.1/> .\n\
    @prefix oa: <http://www.w3.org/ns/oa#> .\n\
    @prefix schema: <http://schema.org/> .\n\
    @prefix edtf: <http://id.loc.gov/datatypes/edtf/> .\n";

/// Writes each claim of a ledger as an unsigned nanopublication, in TriG; one that was retracted is followed by the
/// nanopublication that retracts it, and one that revises another says that it supersedes it.
///
/// Names are temporary IRIs by label; to sign and publish is another tool's work.
///
/// # Errors
///
/// A failure to write.
///
/// ```
/// use testimony::{Claim, Figure, Ledger, Source, Topic};
/// use testimony_exchange::rdf::write_nanopubs;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut ledger = Ledger::new();
/// let nis = ledger.add_source(Source::new("nis", "NIS")?)?;
/// ledger.record(Claim::new(Topic::new("troops", "dead"), Figure::more_than(4000), nis))?;
/// let mut trig = Vec::new();
/// write_nanopubs(&ledger, &mut trig)?;
/// let trig = String::from_utf8(trig)?;
/// assert!(trig.contains("prov:wasAttributedTo <urn:testimony:source:nis>"));
/// assert!(trig.contains("hedge> \"more than 4,000\""));
/// # Ok(())
/// # }
/// ```
pub fn write_nanopubs(ledger: &Ledger, mut output: impl Write) -> Result<Export, Refusal> {
    let mut times: HashMap<ClaimId, Timestamp> = HashMap::new();
    let mut retracted: HashMap<ClaimId, Timestamp> = HashMap::new();
    for entry in ledger.entries() {
        let Some(time) = entry.recorded() else { continue };
        match entry.content() {
            ContentRef::Claim(claim) => drop(times.insert(claim.id(), time)),
            ContentRef::Retraction(retraction) => {
                if let Some(claim) = ledger.claim(retraction.claim()) {
                    retracted.insert(claim.id(), time);
                }
            }
            _ => {}
        }
    }
    let mut supersedes: HashMap<ClaimId, Vec<ClaimRef<'_>>> = HashMap::new();
    for claim in ledger.claims() {
        claim.superseded_by().for_each(|newer| supersedes.entry(newer.id()).or_default().push(claim));
    }
    let mut export = Export::default();
    for claim in ledger.claims() {
        let older = supersedes.get(&claim.id()).map_or(&[][..], Vec::as_slice);
        let text = nanopub(&claim, times.get(&claim.id()).copied(), older);
        output.write_all(text.as_bytes()).map_err(Refusal::unwritable)?;
        if claim.is_retracted() {
            let text = retraction(&claim, retracted.get(&claim.id()).copied());
            output.write_all(text.as_bytes()).map_err(Refusal::unwritable)?;
        }
        export.claims.push(claim.label());
    }
    let is_partly = |citation: &Citation| {
        let told = citation.title().is_some() || citation.published().is_some() || citation.accessed().is_some();
        told || citation.start().is_some() || citation.digest().is_some()
    };
    export.losses = losses(ledger, |claim| {
        let is_lost = claim.citations().iter().any(is_partly);
        if is_lost {
            vec![("citations", "an address and a quotation have terms in PROV and Web Annotation")]
        } else {
            Vec::new()
        }
    });
    Ok(export)
}

/// The IRI of a claim's nanopublication. A claim recorded again after it was retracted has another.
fn iri(claim: &ClaimRef<'_>) -> String {
    format!("http://purl.org/nanopub/temp/testimony-{}-{}", claim.label(), claim.id())
}

/// A text as a literal.
fn literal(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(literal, "\\u{:04X}", u32::from(c));
            }
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// An address as an IRI: what an IRI cannot have, by its bytes.
fn address(url: &str) -> String {
    let mut iri = String::new();
    for c in url.chars() {
        if c <= ' ' || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`') || c.is_control() {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(iri, "%{byte:02X}");
            }
        } else {
            iri.push(c);
        }
    }
    // A relative address would be one of the file's own.
    if iri.contains(':') { iri } else { format!("{NAMESPACE}address:{}", encoded(url)) }
}

fn source_iri(source: &Source) -> String {
    format!("<{NAMESPACE}source:{}>", encoded(source.id().as_str()))
}

/// A graph, line by line.
struct Graph(String);

impl Graph {
    fn add(&mut self, subject: &str, predicate: &str, object: &str) {
        let _ = writeln!(self.0, "  {subject} {predicate} {object} .");
    }

    fn own(&mut self, subject: &str, term: &str, object: &str) {
        self.add(subject, &format!("<{NAMESPACE}{term}>"), object);
    }
}

fn begin(iri: &str) -> String {
    format!(
        "{PREFIXES}@prefix this: <{iri}> .\n@prefix sub: <{iri}#> .\n\nsub:Head {{\n  this: a np:Nanopublication .\n  \
         this: np:hasAssertion sub:assertion .\n  this: np:hasProvenance sub:provenance .\n  this: np:hasPublicationInfo \
         sub:pubinfo .\n}}\n\n"
    )
}

fn nanopub(claim: &ClaimRef<'_>, recorded: Option<Timestamp>, older: &[ClaimRef<'_>]) -> String {
    let mut text = begin(&iri(claim));
    for (name, graph) in [
        ("assertion", assertion(claim)),
        ("provenance", provenance(claim)),
        ("pubinfo", publication(claim, recorded, older)),
    ] {
        let _ = write!(text, "sub:{name} {{\n{}}}\n\n", graph.0);
    }
    text
}

fn assertion(claim: &ClaimRef<'_>) -> Graph {
    let mut graph = Graph(String::new());
    let subject = format!("<{NAMESPACE}subject:{}>", encoded(claim.topic().subject()));
    let predicate = format!("<{NAMESPACE}predicate:{}>", encoded(claim.topic().predicate()));
    let object = claim.value().map(|value| object(value, claim, &mut graph));
    // Only what is affirmed is asserted; of all else it is said what it is that is denied, suggested or declined.
    if let (Some(object), Stance::Affirms) = (&object, claim.stance()) {
        graph.add(&subject, &predicate, object);
    }
    graph.add("sub:claim", "a", "rdf:Statement");
    graph.add("sub:claim", "rdf:subject", &subject);
    graph.add("sub:claim", "rdf:predicate", &predicate);
    if let Some(object) = &object {
        graph.add("sub:claim", "rdf:object", object);
    }
    graph.own("sub:claim", "stance", &literal(&claim.stance().to_string()));
    graph.add(&subject, "rdfs:label", &literal(claim.topic().subject()));
    graph.add(&predicate, "rdfs:label", &literal(claim.topic().predicate()));
    if let Some(as_of) = claim.as_of() {
        graph.own("sub:claim", "as_of", &format!("{}^^edtf:EDTF", literal(&as_of.to_string())));
    }
    if let Some(scope) = claim.scope() {
        graph.own("sub:claim", "scope", &literal(scope));
    }
    graph
}

fn object(value: &Value, claim: &ClaimRef<'_>, graph: &mut Graph) -> String {
    let figure = match value {
        Value::Text(text) => return literal(text),
        Value::Period(period) => return format!("{}^^edtf:EDTF", literal(&period.to_string())),
        Value::Figure(figure) => figure,
    };
    let plain = |number: testimony::Number| format!("\"{number}\"^^xsd:decimal");
    if let (Hedge::Exactly(number), None) = (figure.hedge(), figure.unit())
        && let Some(number) = number.to_number()
    {
        return plain(number);
    }
    graph.add("sub:value", "a", "schema:QuantitativeValue");
    graph.own("sub:value", "hedge", &literal(&figure.to_string()));
    if let Ok(values) = figure.values(claim.ledger().policy()) {
        for (bound, closed, open) in
            [(values.low(), "schema:minValue", "above"), (values.high(), "schema:maxValue", "below")]
        {
            match bound {
                Some(bound) if bound.is_open() => graph.own("sub:value", open, &plain(bound.value())),
                Some(bound) => graph.add("sub:value", closed, &plain(bound.value())),
                None => {}
            }
        }
    }
    if let Hedge::Estimate { best, .. } = figure.hedge() {
        graph.add("sub:value", "schema:value", &plain(*best));
    }
    if let Some(unit) = figure.unit() {
        graph.add("sub:value", "schema:unitText", &literal(unit));
    }
    "sub:value".to_owned()
}

fn provenance(claim: &ClaimRef<'_>) -> Graph {
    let mut graph = Graph(String::new());
    graph.add("sub:assertion", "prov:wasAttributedTo", &source_iri(claim.origin()));
    source(&mut graph, claim.origin());
    match claim.stated() {
        Some(Moment::Time(time)) => {
            graph.add("sub:assertion", "prov:generatedAtTime", &format!("\"{time}\"^^xsd:dateTime"));
        }
        Some(Moment::Period(period)) => {
            graph.own("sub:assertion", "stated", &format!("{}^^edtf:EDTF", literal(&period.to_string())));
        }
        None => {}
    }
    let mut before = "sub:assertion".to_owned();
    for (i, relay) in claim.relays().enumerate() {
        let quote = format!("sub:quote-{}", i + 1);
        graph.add(&quote, "prov:wasQuotedFrom", &before);
        graph.add(&quote, "prov:wasAttributedTo", &source_iri(relay));
        source(&mut graph, relay);
        before = quote;
    }
    for (i, citation) in claim.citations().iter().enumerate() {
        if let Some(url) = citation.url() {
            graph.add("sub:assertion", "prov:hadPrimarySource", &format!("<{}>", address(url)));
        }
        if let Some(excerpt) = citation.excerpt() {
            let selector = format!("sub:selector-{}", i + 1);
            graph.own("sub:assertion", "selector", &selector);
            graph.add(&selector, "a", "oa:TextQuoteSelector");
            graph.add(&selector, "oa:exact", &literal(excerpt));
            citation.prefix().into_iter().for_each(|prefix| graph.add(&selector, "oa:prefix", &literal(prefix)));
            citation.suffix().into_iter().for_each(|suffix| graph.add(&selector, "oa:suffix", &literal(suffix)));
        }
    }
    if let Some(confidence) = claim.confidence() {
        let parts = [
            ("likelihood", confidence.likelihood().map(ToString::to_string)),
            ("level", confidence.level().map(|level| level.to_string())),
            ("stix", confidence.stix().map(|stix| stix.to_string())),
        ];
        for (term, said) in parts {
            if let Some(said) = said {
                graph.own("sub:assertion", term, &literal(&said));
            }
        }
    }
    if let Some(basis) = claim.basis() {
        graph.own("sub:assertion", "basis", &literal(&basis.to_string()));
    }
    graph
}

fn source(graph: &mut Graph, source: &Source) {
    let iri = source_iri(source);
    graph.add(&iri, "foaf:name", &literal(source.name()));
    let kind = if *source.kind() == SourceKind::PERSON { "prov:Person" } else { "prov:Organization" };
    if source.is_anonymous() {
        graph.add(&iri, "a", "prov:Agent");
    } else {
        graph.add(&iri, "a", kind);
    }
    graph.own(&iri, "kind", &literal(source.kind().as_str()));
    if let Some(owner) = source.part_of() {
        graph.add(&iri, "prov:actedOnBehalfOf", &format!("<{NAMESPACE}source:{}>", encoded(owner.as_str())));
    }
    if let Some(reliability) = source.reliability() {
        graph.own(&iri, "reliability", &literal(&reliability.to_string()));
    }
    if let Some(url) = source.url() {
        graph.add(&iri, "foaf:homepage", &format!("<{}>", address(url)));
    }
}

fn publication(claim: &ClaimRef<'_>, recorded: Option<Timestamp>, older: &[ClaimRef<'_>]) -> Graph {
    let mut graph = Graph(String::new());
    graph.own("this:", "label", &literal(&claim.label().to_string()));
    if let Some(time) = recorded {
        graph.add("this:", "dct:created", &format!("\"{time}\"^^xsd:dateTime"));
    }
    for older in older {
        graph.add("this:", "npx:supersedes", &format!("<{}>", iri(older)));
    }
    if let Some(credibility) = claim.credibility() {
        graph.own("this:", "credibility", &format!("\"{}\"", credibility.rating()));
    }
    if let Some(note) = claim.note() {
        graph.add("this:", "rdfs:comment", &literal(note));
    }
    graph
}

/// The nanopublication that takes another back.
fn retraction(claim: &ClaimRef<'_>, recorded: Option<Timestamp>) -> String {
    let of = iri(claim);
    let mut text = begin(&format!("{of}-retraction"));
    let by = claim.retraction().and_then(|retraction| claim.ledger().source(retraction.by()?));
    let by = by.map_or_else(|| format!("<{NAMESPACE}recorder>"), source_iri);
    let _ = write!(text, "sub:assertion {{\n  {by} npx:retracts <{of}> .\n}}\n\n");
    let _ = write!(text, "sub:provenance {{\n  sub:assertion prov:wasAttributedTo {by} .\n}}\n\n");
    let mut graph = Graph(String::new());
    graph.own("this:", "label", &literal(&claim.label().to_string()));
    if let Some(time) = recorded {
        graph.add("this:", "dct:created", &format!("\"{time}\"^^xsd:dateTime"));
    }
    if let Some(reason) = claim.retraction().and_then(testimony::Retraction::reason) {
        graph.add("this:", "rdfs:comment", &literal(reason));
    }
    let _ = write!(text, "sub:pubinfo {{\n{}}}\n\n", graph.0);
    text
}
