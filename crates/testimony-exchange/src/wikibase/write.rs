//! Entities out: a statement with one reference for each claim.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::{Value as Json, json};
use testimony::{Claim, Figure, Hedge, Ledger, Moment, Number, Period, SourceKind, Value};

use super::read::Reader;
use super::time::snak_value;
use super::{
    ACCESSED, END, Mapping, POINT_IN_TIME, PUBLISHED, QUOTATION, SCOPE, START, STATED_IN, TITLE, URL, id_of, is_id,
};
use crate::law::{Allowed, Export, Refusal, Verdict, compare};
use crate::uuid::{sha1, uuid5};
use crate::whole;

/// Writes the claims of a ledger that are not retracted as `{"entities":{…}}`, a statement with one reference each.
///
/// # Errors
///
/// A failure to write, and a base that is no id of a source.
pub fn write(ledger: &Ledger, mapping: &Mapping, allowed: &Allowed, mut output: impl Write) -> Result<Export, Refusal> {
    let (export, statements) = statements(ledger, mapping, allowed)?;
    let mut entities: BTreeMap<String, BTreeMap<String, Vec<Json>>> = BTreeMap::new();
    for (_, statement) in statements {
        let Statement { entity, property, json } = statement;
        entities.entry(entity).or_default().entry(property).or_default().push(json);
    }
    let entities: serde_json::Map<String, Json> = entities
        .into_iter()
        .map(|(id, claims)| {
            let name = mapping.entities.get(&id);
            let labels = name.map_or(
                json!({}),
                |name| json!({ &mapping.language: { "language": mapping.language, "value": name } }),
            );
            let entity = json!({
                "type": "item", "id": id, "lastrevid": 0, "labels": labels, "descriptions": {}, "aliases": {},
                "sitelinks": {}, "claims": claims,
            });
            (id, entity)
        })
        .collect();
    let written = serde_json::to_writer(&mut output, &json!({ "entities": entities })).map_err(std::io::Error::from);
    let written = written.and_then(|()| output.write_all(b"\n"));
    written.map_err(Refusal::unwritable)?;
    Ok(export)
}

/// A statement and where it belongs.
pub(super) struct Statement {
    pub(super) entity: String,
    pub(super) property: String,
    pub(super) json: Json,
}

/// The statements of all claims that can be written, with their losses.
pub(super) fn statements(
    ledger: &Ledger,
    mapping: &Mapping,
    allowed: &Allowed,
) -> Result<(Export, Vec<(Claim, Statement)>), Refusal> {
    let (mut export, mut statements) = (Export::default(), Vec::new());
    let mut reader = Reader::new(mapping)?;
    for claim in ledger.claims().filter(|claim| !claim.is_retracted()) {
        let claim = claim.to_claim();
        let statement = statement(ledger, &claim, mapping);
        let verdict = match &statement {
            Some(statement) => {
                reader.import.entries.clear();
                reader.import.refused.clear();
                let claims = json!({ &statement.property: [&statement.json] });
                reader.entity(&json!({ "id": statement.entity, "claims": claims }));
                let read = reader.import.entries.iter().find_map(|entry| match entry.content() {
                    testimony::Content::Claim(claim) => Some(claim),
                    _ => None,
                });
                compare(&claim, read, ledger.policy(), allowed, because)
            }
            None => compare(&claim, None, ledger.policy(), allowed, because),
        };
        let Verdict { is_written, losses } = verdict;
        export.losses.extend(losses);
        if let Some(statement) = statement.filter(|_| is_written) {
            export.claims.push(claim.label());
            statements.push((claim, statement));
        }
    }
    // Statements are grouped by entity and property: this is the order in which they are read.
    let mut order: Vec<usize> = (0..statements.len()).collect();
    order.sort_by(|a, b| {
        let key = |i: &usize| (&statements[*i].1.entity, &statements[*i].1.property);
        key(a).cmp(&key(b))
    });
    export.claims = order.iter().map(|i| export.claims[*i]).collect();
    export.losses.extend(whole::losses(ledger, |id| reader.sources.get(id), |_| None, because));
    Ok((export, statements))
}

fn snak(property: &str, kind: &str, datatype: &str, value: &Json) -> Json {
    let mut snak = json!({
        "snaktype": "value", "property": property, "datatype": datatype,
        "datavalue": { "value": value, "type": kind },
    });
    // Readers want one; that of a base follows from how PHP would write the snak.
    snak["hash"] = sha1(&snak.to_string()).into();
    snak
}

fn item_value(id: &str) -> Json {
    let number: u64 = id.get(1..).and_then(|digits| digits.parse().ok()).unwrap_or_default();
    json!({ "entity-type": "item", "id": id, "numeric-id": number })
}

fn statement(ledger: &Ledger, claim: &Claim, mapping: &Mapping) -> Option<Statement> {
    let entity = id_of(&mapping.entities, claim.topic().subject());
    let property = id_of(&mapping.properties, claim.topic().predicate());
    if !is_id(entity, &['Q', 'P', 'L']) || !is_id(property, &['P']) {
        return None;
    }
    let main = match claim.value()? {
        Value::Figure(figure) => snak(property, "quantity", "quantity", &quantity(figure, mapping)?),
        Value::Period(period) => snak(property, "time", "time", &snak_value(&period.to_string())?),
        Value::Text(text) => {
            let id = id_of(&mapping.entities, text);
            if is_id(id, &['Q']) {
                snak(property, "wikibase-entityid", "wikibase-item", &item_value(id))
            } else {
                snak(property, "string", "string", &text.as_ref().into())
            }
        }
    };
    // The id of a statement that came from the base is in the name of who is not named.
    let old = claim.origin().as_str().strip_prefix("unsourced-").filter(|id| id.contains('$'));
    let id = old.map_or_else(|| format!("{entity}${}", uuid5(&claim.label().to_string())), str::to_owned);
    let rank = claim.note().and_then(|note| note.strip_prefix("rank: "));
    let rank = rank.filter(|rank| matches!(*rank, "preferred" | "deprecated")).unwrap_or("normal");
    let mut json = json!({ "type": "statement", "id": id, "rank": rank, "mainsnak": main });
    let qualifiers = qualifiers(claim);
    if !qualifiers.is_empty() {
        json["qualifiers-order"] = qualifiers.keys().cloned().collect();
        json["qualifiers"] = qualifiers.into();
    }
    let reference = reference(ledger, claim, mapping);
    if !reference.is_empty() {
        let order: Json = reference.keys().cloned().collect();
        let hash = sha1(&Json::from(reference.clone()).to_string());
        json["references"] = json!([{ "hash": hash, "snaks": reference, "snaks-order": order }]);
    }
    Some(Statement { entity: entity.to_owned(), property: property.to_owned(), json })
}

/// A quantity has an amount always, and both bounds or none.
fn quantity(figure: &Figure, mapping: &Mapping) -> Option<Json> {
    let unit = match figure.unit() {
        None => "1".to_owned(),
        Some(unit) => format!(
            "http://www.wikidata.org/entity/{}",
            Some(id_of(&mapping.units, unit)).filter(|id| is_id(id, &['Q']))?
        ),
    };
    let signed = |number: Number| {
        let plain = number.to_string();
        if plain.starts_with('-') { plain } else { format!("+{plain}") }
    };
    let bounded = |amount: Number, low: Number, high: Number| json!({ "amount": signed(amount), "lowerBound": signed(low), "upperBound": signed(high), "unit": unit });
    Some(match figure.hedge() {
        Hedge::Exactly(number) => json!({ "amount": signed(number.to_number()?), "unit": unit }),
        Hedge::Estimate { low, high, best } => bounded(*best, *low, *high),
        // Their centre is nobody's word; it is written only where that is allowed.
        Hedge::Between(low, high) => {
            let sum = low.checked_add(*high)?;
            bounded(sum.checked_mul("0.5".parse().ok()?)?, *low, *high)
        }
        Hedge::MoreThan(n)
        | Hedge::AtLeast(n)
        | Hedge::LessThan(n)
        | Hedge::AtMost(n)
        | Hedge::About(n)
        | Hedge::Nearly(n)
        | Hedge::JustOver(n) => json!({ "amount": signed(n.to_number()?), "unit": unit }),
        Hedge::Rounded { number, .. } => json!({ "amount": signed(*number), "unit": unit }),
        _ => return None,
    })
}

fn qualifiers(claim: &Claim) -> serde_json::Map<String, Json> {
    let mut qualifiers = serde_json::Map::new();
    let mut put = |property: &str, snak: Json| {
        let group = qualifiers.entry(property).or_insert_with(|| json!([]));
        group.as_array_mut().into_iter().for_each(|group| group.push(snak.clone()));
    };
    for part in claim.scope().into_iter().flat_map(|scope| scope.split("; ")) {
        match part.split_once(' ') {
            Some((property, value)) if SCOPE.contains(&property) && is_id(value, &['Q']) => {
                put(property, snak(property, "wikibase-entityid", "wikibase-item", &item_value(value)));
            }
            Some((property, value)) if SCOPE.contains(&property) => {
                put(property, snak(property, "string", "string", &value.into()));
            }
            _ => {}
        }
    }
    let mut date = |property: &str, date: &str| {
        if let Some(value) = snak_value(date) {
            put(property, snak(property, "time", "time", &value));
        }
    };
    if let Some(as_of) = claim.as_of().map(|as_of: Period| as_of.to_string()) {
        match as_of.split_once('/') {
            None => date(POINT_IN_TIME, &as_of),
            Some((start, end)) => {
                date(START, start);
                date(END, end);
            }
        }
    }
    qualifiers
}

fn reference(ledger: &Ledger, claim: &Claim, mapping: &Mapping) -> serde_json::Map<String, Json> {
    let mut snaks = serde_json::Map::new();
    let mut put = |property: &str, snak: Json| {
        snaks.insert(property.to_owned(), json!([snak]));
    };
    let is_anonymous = ledger.source(claim.origin()).is_some_and(|source| *source.kind() == SourceKind::ANONYMOUS);
    // Ids of items are kept in lower case where they came in as names of sources.
    let name = ledger.source(claim.origin()).map_or("", testimony::Source::name);
    let item = [id_of(&mapping.sources, claim.origin().as_str()), name].into_iter().find(|id| is_id(id, &['Q']));
    if let Some(item) = item.filter(|_| !is_anonymous) {
        put(STATED_IN, snak(STATED_IN, "wikibase-entityid", "wikibase-item", &item_value(item)));
    }
    let citation = claim.citations().first();
    if let Some(url) = citation.and_then(testimony::Citation::url) {
        put(URL, snak(URL, "string", "url", &url.into()));
    }
    let said = |text: &str| json!({ "text": text, "language": mapping.language });
    if let Some(title) = citation.and_then(testimony::Citation::title) {
        put(TITLE, snak(TITLE, "monolingualtext", "monolingualtext", &said(title)));
    }
    if let Some(excerpt) = citation.and_then(testimony::Citation::excerpt) {
        put(QUOTATION, snak(QUOTATION, "monolingualtext", "monolingualtext", &said(excerpt)));
    }
    let day = |moment: Moment| match moment {
        Moment::Period(period) => snak_value(&period.to_string()),
        Moment::Time(time) => snak_value(&time.day().to_string()),
    };
    if let Some(accessed) = citation.and_then(testimony::Citation::accessed).and_then(day) {
        put(ACCESSED, snak(ACCESSED, "time", "time", &accessed));
    }
    if let Some(stated) = claim.stated().and_then(day) {
        put(PUBLISHED, snak(PUBLISHED, "time", "time", &stated));
    }
    snaks
}

/// Why a Wikibase does not hold a part.
pub(super) fn because(field: &str) -> &'static str {
    match field {
        "claim" => {
            "a statement needs an entity (Q…), a property (P…), and a value with an item as its unit; a quantity has an \
             amount, and a time is a day, a month, a year or a decade"
        }
        "stance" => "a statement affirms: who denies, suggests or declines has no place",
        "value" => "a quantity has an amount, and both bounds or none: “over” and “about” have no place",
        "value.best" => "a quantity has an amount, and the centre of a range is nobody's word",
        "value.unit" => "the unit is no item",
        "origin" => "a reference names an item or an address, and this origin would be read as another",
        "relays" => "a reference is a bag of one hop, and the base hands all of it on",
        "as_of" => "a qualifier is a day, a month, a year or a decade, without doubt",
        "stated" => "a date of publication has no time of day",
        "citations" => "one reference has an address, a title, a quotation and when it was read",
        "note" => "a statement has no remark but its rank",
        "scope" => "only qualifiers such as P518 say what is counted",
        "retraction" => "what was taken back is not written; a deprecated rank is the editors' verdict",
        "predicate" => "a property is defined by its base",
        "source" => "no reference names the source",
        _ => whole::usual(field).unwrap_or("a statement has no place for it"),
    }
}
