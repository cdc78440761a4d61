//! JSON-LD out: a `Claim` for what was said, a `ClaimReview` for each verdict on it.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::{Value as Json, json};
use testimony::{Claim, ClaimRef, Ledger, Moment, Source, SourceKind, Timestamp};

use super::read::Reader;
use super::{SAYS, VERDICT};
use crate::law::{Allowed, Export, Refusal, compare};
use crate::whole;

/// Writes the claims of a ledger that are not retracted, if they are what somebody [`SAYS`], or a [`VERDICT`] on that,
/// as a document of JSON-LD that may stand in a script: `<` is escaped.
///
/// # Errors
///
/// A failure to write.
pub fn write(ledger: &Ledger, allowed: &Allowed, mut output: impl Write) -> Result<Export, Refusal> {
    let mut export = Export::default();
    let mut nodes = Vec::new();
    let mut reader = Reader::default();
    for claim in ledger.claims().filter(|claim| !claim.is_retracted()) {
        let owned = claim.to_claim();
        let node = node(&claim);
        reader.import.entries.clear();
        reader.import.losses.clear();
        if let Some(node) = &node {
            reader.walk(node, "$", 1);
        }
        let claims: Vec<&Claim> = reader
            .import
            .entries
            .iter()
            .filter_map(|entry| match entry.content() {
                testimony::Content::Claim(claim) => Some(claim),
                _ => None,
            })
            .collect();
        let read = if let [one] = claims.as_slice() { Some(*one) } else { None };
        let verdict = compare(&owned, read, ledger.policy(), allowed, because);
        export.losses.extend(verdict.losses);
        if let Some(node) = node.filter(|_| verdict.is_written) {
            export.claims.push(owned.label());
            nodes.push((owned, node));
        }
    }
    let nodes = linked(nodes);
    export.losses.extend(whole::losses(ledger, |id| reader.sources.get(id), |_| None, because));
    let document = json!({ "@context": "https://schema.org", "@graph": nodes });
    let text = document.to_string().replace('<', "\\u003c");
    let written = writeln!(output, "{text}");
    written.map_err(Refusal::unwritable)?;
    Ok(export)
}

/// The nodes, with the claims that a review is of as its items, by their ids.
fn linked(nodes: Vec<(Claim, Json)>) -> Vec<Json> {
    let mut said: BTreeMap<String, Vec<Json>> = BTreeMap::new();
    for (claim, node) in nodes.iter().filter(|(claim, _)| claim.topic().predicate() == SAYS) {
        said.entry(claim.topic().subject().to_owned())
            .or_default()
            .push(json!({ "@type": "Claim", "@id": node["@id"] }));
    }
    let linked = nodes.into_iter().map(|(claim, mut node)| {
        let items = said.get(claim.topic().subject()).filter(|_| claim.topic().predicate() == VERDICT);
        if let Some(items) = items {
            node["itemReviewed"] = items.clone().into();
        }
        node
    });
    linked.collect()
}

fn node(claim: &ClaimRef<'_>) -> Option<Json> {
    match claim.topic().predicate() {
        SAYS => said(claim),
        VERDICT => review(claim),
        _ => None,
    }
}

fn who(source: &Source) -> Json {
    let kind = if *source.kind() == SourceKind::PERSON { "Person" } else { "Organization" };
    let mut node = json!({ "@type": kind, "name": source.name(), "identifier": format!("testimony:{}", source.id()) });
    if let Some(url) = source.url() {
        node["url"] = url.into();
    }
    node
}

/// A date or a time as schema.org has it: whole, with a day or less.
fn iso(moment: Moment) -> Option<String> {
    let text = moment.to_string();
    let is_day = text.bytes().all(|b| b.is_ascii_digit() || b == b'-') && text.len() == 10;
    (is_day || text.parse::<Timestamp>().is_ok()).then_some(text)
}

fn said(claim: &ClaimRef<'_>) -> Option<Json> {
    let text = claim.value()?.as_text()?;
    let mut node = json!({
        "@type": "Claim", "@id": format!("urn:testimony:{}", claim.label()), "text": text,
        "about": { "@type": "Thing", "name": claim.topic().subject() },
    });
    // Nobody's name is no name.
    if !claim.origin().is_anonymous() {
        node["author"] = who(claim.origin());
    }
    if let Some(stated) = claim.stated().and_then(iso) {
        node["datePublished"] = stated.into();
    }
    if let Some(as_of) = claim.as_of() {
        node["temporalCoverage"] = as_of.to_string().into();
    }
    let citation = claim.citations().first();
    let relays: Vec<Json> = claim.relays().map(who).collect();
    let mut appearance = json!({ "@type": "CreativeWork" });
    if let Some(url) = citation.and_then(testimony::Citation::url) {
        appearance["url"] = url.into();
    }
    if let Some(title) = citation.and_then(testimony::Citation::title) {
        appearance["headline"] = title.into();
    }
    if let Some(published) = citation.and_then(testimony::Citation::published).and_then(iso) {
        appearance["datePublished"] = published.into();
    }
    match relays.as_slice() {
        [] => {}
        [one] => appearance["publisher"] = one.clone(),
        [first, second, ..] => {
            appearance["author"] = first.clone();
            appearance["publisher"] = second.clone();
        }
    }
    if appearance.as_object().is_some_and(|fields| fields.len() > 1) {
        node["appearance"] = appearance;
    }
    Some(node)
}

/// A verdict, with what it is on: the claims of others on the same subject are nodes of their own.
fn review(claim: &ClaimRef<'_>) -> Option<Json> {
    let url = claim.citations().first()?.url()?;
    let mut node = json!({
        "@type": "ClaimReview", "url": url, "claimReviewed": claim.topic().subject(), "author": who(claim.origin()),
        "reviewRating": { "@type": "Rating", "alternateName": claim.value()?.as_text()? },
    });
    if let Some(stated) = claim.stated().and_then(iso) {
        node["datePublished"] = stated.into();
    }
    Some(node)
}

/// Why JSON-LD of schema.org does not hold a part.
fn because(field: &str) -> &'static str {
    match field {
        "claim" => "only what somebody says, as a text, and a verdict on it that has an address have types there",
        "stance" => "the author of a claim affirms it: who denies or declines has no place",
        "relays" => "an appearance has an author and a publisher, which makes two at most",
        "as_of" => "a review is as of the day that it was published",
        "stated" => "a date there is a day, or a time of one",
        "citations" => "an appearance has an address, a headline and a date",
        "origin" => "the author would be read as another source",
        "retraction" => "what was taken back is not written",
        "predicate" => "the two predicates have no definition there",
        "kind" | "part_of" | "reliability" => "an author is a person or an organization, with a name and an address",
        "source" => "no claim that is written names the source",
        _ => whole::usual(field).unwrap_or("schema.org has no place for it"),
    }
}
