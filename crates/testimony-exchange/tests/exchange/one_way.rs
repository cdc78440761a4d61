//! Formats that are written and not read: all of a claim is in what is written, or is listed as lost. Each has a small
//! reader here, which knows the format and nothing of who wrote it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use testimony::testing::strategies;
use testimony::{Citation, ClaimRef, Confidence, Figure, Ledger, Moment, Value};
use testimony_exchange::{Allowed, Export, Of, rdf, wikibase};

use crate::laws::{holds, rich};

/// The kind of a value, and its words.
fn words(value: &Value) -> (&'static str, String) {
    match value {
        Value::Figure(figure) => ("figure", figure.to_string()),
        Value::Period(period) => ("period", period.to_string()),
        Value::Text(text) => ("text", text.to_string()),
    }
}

/// The parts of a claim that are texts in every format, by the names that they have in ours.
fn texts(claim: &ClaimRef<'_>) -> BTreeMap<&'static str, String> {
    let confidence = claim.confidence();
    let parts = [
        ("subject", Some(claim.topic().subject().to_owned())),
        ("predicate", Some(claim.topic().predicate().to_owned())),
        ("stance", Some(claim.stance().to_string())),
        ("scope", claim.scope().map(str::to_owned)),
        ("as_of", claim.as_of().map(|as_of| as_of.to_string())),
        ("stated", claim.stated().map(|stated| stated.to_string())),
        ("likelihood", confidence.and_then(Confidence::likelihood).map(ToString::to_string)),
        ("level", confidence.and_then(Confidence::level).map(|level| level.to_string())),
        ("stix", confidence.and_then(Confidence::stix).map(|stix| stix.to_string())),
        ("basis", claim.basis().map(|basis| basis.to_string())),
        ("credibility", claim.credibility().map(|credibility| credibility.rating().to_string())),
        ("note", claim.note().map(str::to_owned)),
    ];
    parts.into_iter().filter_map(|(name, part)| Some((name, part?))).collect()
}

/// Who passed a claim on, its origin first.
fn chain(claim: &ClaimRef<'_>) -> Vec<String> {
    std::iter::once(claim.origin()).chain(claim.relays()).map(|source| source.id().to_string()).collect()
}

/// Holds the losses of claims against those that have to be listed, each once.
fn citations_are_lost(ledger: &Ledger, export: &Export, is_lost: fn(&Citation) -> bool) {
    let lost = ledger.claims().filter(|claim| claim.citations().iter().any(is_lost));
    let mut expected: Vec<String> = lost.map(|claim| format!("{} citations", claim.label())).collect();
    let of_claim = |loss: &testimony_exchange::Loss| match loss.of() {
        Of::Claim(label) => Some(format!("{label} {}", loss.field())),
        _ => None,
    };
    let mut listed: Vec<String> = export.losses.iter().filter_map(of_claim).collect();
    expected.sort_unstable();
    listed.sort_unstable();
    assert_eq!(listed, expected);
    let claims: Vec<_> = ledger.claims().map(|claim| claim.label()).collect();
    assert_eq!(export.claims, claims, "each claim is written");
}

/// The name that an encoded one stands for.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).unwrap()
}

/// Records of PROV-JSON of a kind.
fn records<'j>(document: &'j Json, kind: &str) -> impl Iterator<Item = &'j Json> {
    document[kind].as_object().into_iter().flat_map(|records| records.values())
}

fn source_of<'j>(document: &'j Json, entity: &str) -> &'j str {
    let mut agents = records(document, "wasAttributedTo").filter(|record| record["prov:entity"] == entity);
    let agent = agents.next().unwrap()["prov:agent"].as_str().unwrap();
    assert!(agents.next().is_none() && document["agent"][agent].is_object(), "{agent}");
    agent.strip_prefix("t:source-").unwrap()
}

fn is_in_prov(ledger: &Ledger) {
    let mut written = Vec::new();
    let export = rdf::write_prov(ledger, &mut written).unwrap();
    let document: Json = serde_json::from_slice(&written).unwrap();
    for claim in ledger.claims() {
        let name = format!("t:claim-{}-{}", claim.label(), claim.id());
        let entity = document["entity"][&name].as_object().unwrap();
        for (part, text) in texts(&claim) {
            assert_eq!(entity.get(&format!("t:{part}")).and_then(Json::as_str), Some(text.as_str()), "{part}");
        }
        let said = ["t:kind", "prov:value"].map(|part| entity.get(part).map(|said| said.as_str().unwrap().to_owned()));
        let expected = claim.value().map(words);
        assert_eq!(said, [expected.as_ref().map(|(kind, _)| (*kind).to_owned()), expected.map(|(_, words)| words)]);
        let derived = |used: &str, kind: &str| -> Vec<&str> {
            let is_it = |record: &&Json| record["prov:usedEntity"] == used && record["prov:type"]["$"] == kind;
            let records = records(&document, "wasDerivedFrom").filter(is_it);
            records.map(|record| record["prov:generatedEntity"].as_str().unwrap()).collect()
        };
        let mut passed = vec![name.as_str()];
        while let [next] = derived(passed.last().unwrap(), "prov:Quotation").as_slice() {
            passed.push(next);
        }
        let passed: Vec<String> = passed.into_iter().map(|entity| decoded(source_of(&document, entity))).collect();
        assert_eq!(passed, chain(&claim));
        let sources = records(&document, "wasDerivedFrom").filter(|record| {
            record["prov:generatedEntity"] == name && record["prov:type"]["$"] == "prov:PrimarySource"
        });
        let places = sources.map(|record| &document["entity"][record["prov:usedEntity"].as_str().unwrap()]);
        let read: BTreeSet<&str> = places.map(|place| place["prov:location"].as_str().unwrap()).collect();
        assert_eq!(read, claim.citations().iter().filter_map(Citation::url).collect());
        let of_it = |kind: &'static str| records(&document, kind).filter(|record| record["prov:entity"] == name);
        let generated = of_it("wasGeneratedBy").next().and_then(|record| record["prov:time"].as_str());
        let instant = claim.stated().and_then(|stated| if let Moment::Time(time) = stated { Some(time) } else { None });
        assert_eq!(generated.map(str::to_owned), instant.map(|time| time.to_string()));
        assert_eq!(of_it("wasInvalidatedBy").count(), usize::from(claim.is_retracted()));
        for newer in claim.superseded_by() {
            let newer = format!("t:claim-{}-{}", newer.label(), newer.id());
            assert!(derived(&name, "prov:Revision").contains(&newer.as_str()));
        }
    }
    citations_are_lost(ledger, &export, |citation| {
        citation.url().is_none_or(|url| *citation != Citation::new().with_url(url))
    });
}

/// The triples of a graph, by subject and predicate.
type Triples = BTreeMap<(String, String), Vec<String>>;

/// Reads a nanopublication as it stands in a file: a triple a line, in four graphs.
fn triples(nanopub: &str) -> BTreeMap<&str, Triples> {
    let mut graphs: BTreeMap<&str, Triples> = BTreeMap::new();
    let mut graph = "";
    for line in nanopub.lines() {
        if let Some(name) = line.strip_suffix(" {") {
            graph = name;
        } else if let Some(triple) = line.strip_prefix("  ").and_then(|line| line.strip_suffix(" .")) {
            let (subject, rest) = triple.split_once(' ').unwrap();
            let (predicate, object) = rest.split_once(' ').unwrap();
            let of = (subject.to_owned(), predicate.to_owned());
            graphs.entry(graph).or_default().entry(of).or_default().push(object.to_owned());
        }
    }
    graphs
}

/// The text of a literal and its type, as `TriG` escapes it.
fn literal(object: &str) -> (String, &str) {
    let inner = object.strip_prefix('"').unwrap_or_else(|| panic!("{object} is no literal"));
    let (mut text, mut signs) = (String::new(), inner.char_indices());
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' => return (text, inner[at + 1..].trim_start_matches("^^")),
            '\\' => match signs.next().unwrap().1 {
                'n' => text.push('\n'),
                'r' => text.push('\r'),
                't' => text.push('\t'),
                'u' => {
                    let digits: String = signs.by_ref().take(4).map(|(_, digit)| digit).collect();
                    text.push(char::from_u32(u32::from_str_radix(&digits, 16).unwrap()).unwrap());
                }
                escaped => text.push(escaped),
            },
            sign => text.push(sign),
        }
    }
    panic!("{object} does not end");
}

#[expect(clippy::too_many_lines, reason = "a claim has many parts, and each is looked for")]
fn is_in_nanopubs(ledger: &Ledger) {
    let mut written = Vec::new();
    let export = rdf::write_nanopubs(ledger, &mut written).unwrap();
    let written = String::from_utf8(written).unwrap();
    let own = |term: &str| format!("<urn:testimony:{term}>");
    for claim in ledger.claims() {
        let begin =
            format!("@prefix this: <http://purl.org/nanopub/temp/testimony-{}-{}> .", claim.label(), claim.id());
        let (_, nanopub) = written.split_once(&begin).unwrap();
        let graphs = triples(nanopub.split("@prefix np:").next().unwrap());
        assert_eq!(graphs.len(), 4);
        let get = |graph: &str, subject: &str, predicate: &str| -> Vec<&str> {
            let of = (subject.to_owned(), predicate.to_owned());
            graphs[graph].get(&of).into_iter().flatten().map(String::as_str).collect()
        };
        let one = |graph: &str, subject: &str, predicate: &str| match get(graph, subject, predicate).as_slice() {
            [] => None,
            [one] => Some((*one).to_owned()),
            several => panic!("{subject} {predicate} {several:?}"),
        };
        let text = |graph: &str, subject: &str, predicate: &str| {
            one(graph, subject, predicate).map(|object| literal(&object).0)
        };
        let [subject, predicate] =
            ["rdf:subject", "rdf:predicate"].map(|of| one("sub:assertion", "sub:claim", of).unwrap());
        let stated = text("sub:provenance", "sub:assertion", "prov:generatedAtTime");
        let read = [
            ("subject", text("sub:assertion", &subject, "rdfs:label")),
            ("predicate", get("sub:assertion", &predicate, "rdfs:label").last().map(|label| literal(label).0)),
            ("stance", text("sub:assertion", "sub:claim", &own("stance"))),
            ("scope", text("sub:assertion", "sub:claim", &own("scope"))),
            ("as_of", text("sub:assertion", "sub:claim", &own("as_of"))),
            ("stated", stated.or_else(|| text("sub:provenance", "sub:assertion", &own("stated")))),
            ("likelihood", text("sub:provenance", "sub:assertion", &own("likelihood"))),
            ("level", text("sub:provenance", "sub:assertion", &own("level"))),
            ("stix", text("sub:provenance", "sub:assertion", &own("stix"))),
            ("basis", text("sub:provenance", "sub:assertion", &own("basis"))),
            ("credibility", text("sub:pubinfo", "this:", &own("credibility"))),
            ("note", text("sub:pubinfo", "this:", "rdfs:comment")),
        ];
        let read: BTreeMap<&str, String> = read.into_iter().filter_map(|(name, part)| Some((name, part?))).collect();
        assert_eq!(read, texts(&claim));
        let object = one("sub:assertion", "sub:claim", "rdf:object");
        let said = object.as_deref().map(|object| match object {
            "sub:value" => ("figure", text("sub:assertion", "sub:value", &own("hedge")).unwrap()),
            object => match literal(object) {
                (text, "xsd:decimal") => {
                    ("figure", Figure::exactly(text.parse::<testimony::Number>().unwrap()).to_string())
                }
                (text, "edtf:EDTF") => ("period", text),
                (text, _) => ("text", text),
            },
        });
        assert_eq!(said, claim.value().map(words));
        let asserted = get("sub:assertion", &subject, &predicate);
        let is_affirmed = claim.stance() == testimony::Stance::Affirms && object.is_some();
        assert_eq!(asserted, object.as_deref().filter(|_| is_affirmed).into_iter().collect::<Vec<_>>());
        let mut passed = vec!["sub:assertion".to_owned()];
        let mut quotes = 1..;
        while one("sub:provenance", &format!("sub:quote-{}", quotes.start), "prov:wasQuotedFrom").as_ref()
            == passed.last()
        {
            passed.push(format!("sub:quote-{}", quotes.next().unwrap()));
        }
        let by = |part: &String| one("sub:provenance", part, "prov:wasAttributedTo").unwrap();
        let id = |iri: String| decoded(iri.strip_prefix("<urn:testimony:source:").unwrap().strip_suffix('>').unwrap());
        assert_eq!(passed.iter().map(by).map(id).collect::<Vec<_>>(), chain(&claim));
        let urls: BTreeSet<String> =
            claim.citations().iter().filter_map(Citation::url).map(|url| format!("<{url}>")).collect();
        let places = get("sub:provenance", "sub:assertion", "prov:hadPrimarySource");
        assert_eq!(places.into_iter().map(str::to_owned).collect::<BTreeSet<_>>(), urls);
        let selectors = get("sub:provenance", "sub:assertion", &own("selector"));
        let exact = selectors.iter().map(|selector| text("sub:provenance", selector, "oa:exact").unwrap());
        let excerpts = claim.citations().iter().filter_map(Citation::excerpt);
        assert_eq!(exact.collect::<Vec<_>>(), excerpts.collect::<Vec<_>>());
        let retraction = format!("testimony-{}-{}-retraction>", claim.label(), claim.id());
        assert_eq!(written.contains(&retraction), claim.is_retracted());
        for newer in claim.superseded_by() {
            let begin = format!("this: <http://purl.org/nanopub/temp/testimony-{}-{}> .", newer.label(), newer.id());
            let (_, newer) = written.split_once(&begin).unwrap();
            let of = format!(
                "this: npx:supersedes <http://purl.org/nanopub/temp/testimony-{}-{}> .",
                claim.label(),
                claim.id()
            );
            assert!(newer.split("@prefix np:").next().unwrap().contains(&of));
        }
    }
    citations_are_lost(ledger, &export, |citation| {
        let mut kept = Citation::new();
        kept = citation.url().into_iter().fold(kept, Citation::with_url);
        kept = citation.excerpt().into_iter().fold(kept, Citation::with_excerpt);
        if let (Some(before), Some(after)) = (citation.prefix(), citation.suffix()) {
            kept = kept.with_context(before, after);
        }
        kept != *citation
    });
}

/// Makes a statement of a command of `QuickStatements`, as the JSON of an entity.
fn entity_of(command: &str) -> Json {
    fn snak(property: &str, value: &str) -> Json {
        let unquoted = |text: &str| text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).map(str::to_owned);
        let is_item = |text: &str| text.strip_prefix('Q').is_some_and(|digits| digits.parse::<u64>().is_ok());
        let (kind, value) = if let Some(text) = unquoted(value) {
            ("string", text.into())
        } else if let Some((time, precision)) = value.split_once('/') {
            let precision: u64 = precision.parse().unwrap();
            let calendar = "http://www.wikidata.org/entity/Q1985727";
            let value = json!({ "time": time, "precision": precision, "timezone": 0, "before": 0, "after": 0,
                "calendarmodel": calendar });
            ("time", value)
        } else if let Some((language, text)) = value.split_once(':') {
            ("monolingualtext", json!({ "language": language, "text": unquoted(text).unwrap() }))
        } else if is_item(value) {
            ("wikibase-entityid", json!({ "entity-type": "item", "id": value }))
        } else {
            let (number, unit) = value.split_once('U').map_or((value, None), |(number, unit)| (number, Some(unit)));
            let (amount, width) =
                number.split_once('~').map_or((number, None), |(amount, width)| (amount, Some(width)));
            let [amount, width] =
                [Some(amount), width].map(|part| part.map(|part| part.parse::<testimony::Number>().unwrap()));
            let unit = unit.map_or("1".to_owned(), |unit| format!("http://www.wikidata.org/entity/Q{unit}"));
            let mut value = json!({ "amount": amount.unwrap().to_string(), "unit": unit });
            if let (Some(amount), Some(width)) = (amount, width) {
                value["lowerBound"] = amount.checked_sub(width).unwrap().to_string().into();
                value["upperBound"] = amount.checked_add(width).unwrap().to_string().into();
            }
            ("quantity", value)
        };
        json!({ "snaktype": "value", "property": property, "datavalue": { "type": kind, "value": value } })
    }
    let parts: Vec<&str> = command.split('\t').collect();
    let [entity, property, value, rest @ ..] = parts.as_slice() else { panic!("{command}") };
    let (mut qualifiers, mut reference) = (json!({}), json!({}));
    for pair in rest.chunks(2) {
        let (of, property) = match pair[0].strip_prefix('S') {
            Some(number) => (&mut reference, format!("P{number}")),
            None => (&mut qualifiers, pair[0].to_owned()),
        };
        let snaks = of.as_object_mut().unwrap().entry(property.clone()).or_insert_with(|| json!([]));
        snaks.as_array_mut().unwrap().push(snak(&property, pair[1]));
    }
    let references = if reference == json!({}) { json!([]) } else { json!([{ "snaks": reference }]) };
    json!({ "id": entity, "claims": { *property: [{ "mainsnak": snak(property, value), "type": "statement",
        "id": format!("{entity}$1"), "rank": "normal", "qualifiers": qualifiers, "references": references }] } })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn prov_has_all_of_a_claim_or_lists_it(ledger in rich()) {
        is_in_prov(&ledger);
    }

    #[test]
    fn nanopublications_have_all_of_a_claim_or_list_it(ledger in rich()) {
        is_in_nanopubs(&ledger);
    }

    #[test]
    fn a_past_is_in_prov_and_nanopublications(ledger in strategies::ledgers()) {
        is_in_prov(&ledger);
        is_in_nanopubs(&ledger);
    }

    #[test]
    fn commands_lose_what_they_say(ledger in rich(), allow in any::<bool>()) {
        let mapping = crate::laws::wikibase_mapping();
        let allowed = if allow { Allowed::NAMES.into_iter().fold(Allowed::nothing(), Allowed::and) } else { Allowed::nothing() };
        let mut written = Vec::new();
        let export = wikibase::write_quickstatements(&ledger, &mapping, &allowed, &mut written).unwrap();
        let entities: Vec<Json> = std::str::from_utf8(&written).unwrap().lines().map(entity_of).collect();
        prop_assert_eq!(entities.len(), export.claims.len(), "each claim written is one command");
        if !entities.is_empty() {
            let import = wikibase::read(Json::from(entities).to_string().as_bytes(), &mapping).unwrap();
            holds(&ledger, &export, &import);
        }
    }
}
