//! Pages and feeds in: who said it, and what a reviewer says of it.

use std::collections::BTreeMap;
use std::io::Read as Input;

use serde_json::value::RawValue;
use serde_json::{Value as Json, json};
use testimony::{Citation, Claim, Error, Label, Moment, Period, Source, SourceId, SourceKind, Timestamp, Topic, Value};

use super::{LONGEST, SAYS, VERDICT, subject};
use crate::json::{self, list, text};
use crate::law::{Import, Item, Loss, LossKind, Of, Refusal};
use crate::sources::Sources;

/// How deep nodes are looked for in a document.
const DEPTH: usize = 16;
/// The longest part that is parsed at once, in bytes, unless it is a review.
const AT_ONCE: usize = 1 << 20;

/// Reads a page (HTML with JSON-LD in scripts), a feed, or a document of JSON-LD.
///
/// # Errors
///
/// Input that cannot be read, and a page or document without a `ClaimReview` or `Claim`. One that cannot be read is no
/// error: it is [`refused`](Import::refused), by its address or its place.
///
/// ```
/// use testimony_exchange::claimreview;
///
/// let page = r#"<script type="application/ld+json">{"@context":"https://schema.org","@type":"ClaimReview",
///     "url":"https://check.example/1","claimReviewed":"The town has 1.25 million people","datePublished":"2026-01-02",
///     "author":{"@type":"Organization","name":"Example Check"},"reviewRating":{"@type":"Rating","alternateName":"False"},
///     "itemReviewed":{"@type":"Claim","author":{"@type":"Person","name":"A. Mayor"}}}</script>"#;
/// let import = claimreview::read(page.as_bytes())?;
/// assert_eq!(import.entries.len(), 4, "the reviewer and the mayor, what he said, and the verdict");
/// # Ok::<(), testimony_exchange::Refusal>(())
/// ```
pub fn read(input: impl Input) -> Result<Import, Refusal> {
    let mut import = Import::default();
    read_to(input, &mut import)?;
    Ok(import)
}

/// Does as [`read`] does, and hands on what each part of a feed gives once it is read. The text is kept, and of what it
/// says a part at a time.
///
/// # Errors
///
/// As [`read`], and a page of more than 1 GiB.
pub fn read_to(input: impl Input, to: &mut impl Extend<Item>) -> Result<(), Refusal> {
    let page = json::whole(Vec::new(), input)?;
    let page = page.trim_start();
    let mut reader = Reader::default();
    if page.starts_with(['{', '[']) {
        let node: &RawValue = json::parse(page)?;
        reader.part(node.get(), "$", DEPTH, to);
    } else {
        for (i, script) in scripts(page).enumerate() {
            let place = format!("script {}", i + 1);
            match serde_json::from_str::<&RawValue>(script) {
                Ok(node) => reader.part(node.get(), &place, DEPTH, to),
                Err(error) => {
                    reader.import.refused.push(Refusal::at(place, format!("is no JSON: {error}")));
                    reader.hand_on(to);
                }
            }
        }
    }
    if reader.nodes == 0 && !reader.has_refused {
        return Err(Refusal::at("the page", "has no ClaimReview and no Claim"));
    }
    Ok(())
}

/// The contents of those scripts of a page that are JSON-LD.
fn scripts(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script").skip(1).filter_map(|script| {
        let (tag, body) = script.split_once('>')?;
        tag.contains("application/ld+json").then(|| body.split("</script").next().unwrap_or(body).trim())
    })
}

#[derive(Default)]
pub(super) struct Reader {
    pub(super) sources: Sources,
    pub(super) import: Import,
    nodes: usize,
    has_refused: bool,
}

/// Who is answerable for a claim, and through whom it came.
struct Said {
    origins: Vec<SourceId>,
    relays: Vec<SourceId>,
    citation: Option<Citation>,
}

type Read<T> = Result<T, String>;

impl Reader {
    /// Reads a part of a document: one that is long by its own parts, since parsed it takes several times the room.
    fn part(&mut self, written: &str, place: &str, depth: usize, to: &mut impl Extend<Item>) {
        let is_long = written.len() > AT_ONCE && depth > 0;
        if let Some(nodes) = is_long.then(|| serde_json::from_str::<Vec<&RawValue>>(written).ok()).flatten() {
            for (i, node) in nodes.iter().enumerate() {
                self.part(node.get(), &format!("{place}[{i}]"), depth - 1, to);
            }
            return;
        }
        if let Some(fields) =
            is_long.then(|| serde_json::from_str::<BTreeMap<String, &RawValue>>(written).ok()).flatten()
        {
            let kind = fields.get("@type").and_then(|kind| serde_json::from_str::<Json>(kind.get()).ok());
            let node = json!({ "@type": kind });
            if !is_a(&node, "ClaimReview") && !is_a(&node, "Claim") {
                for (field, value) in fields.iter().filter(|(_, value)| value.get().starts_with(['{', '['])) {
                    self.part(value.get(), &format!("{place}.{field}"), depth - 1, to);
                }
                return;
            }
        }
        match serde_json::from_str(written) {
            Ok(node) => self.walk(&node, place, depth),
            Err(error) => self.import.refused.push(Refusal::at(place, format!("cannot be read: {error}"))),
        }
        self.hand_on(to);
    }

    fn hand_on(&mut self, to: &mut impl Extend<Item>) {
        self.has_refused |= !self.import.refused.is_empty();
        to.extend(std::mem::take(&mut self.import));
    }

    /// Looks for reviews and claims, wherever in a document they stand.
    pub(super) fn walk(&mut self, node: &Json, place: &str, depth: usize) {
        match node {
            Json::Array(nodes) if depth > 0 => {
                for (i, node) in nodes.iter().enumerate() {
                    self.walk(node, &format!("{place}[{i}]"), depth - 1);
                }
            }
            Json::Object(fields) => {
                let done = if is_a(node, "ClaimReview") {
                    self.review(node)
                } else if is_a(node, "Claim") {
                    self.nodes += 1;
                    self.claim(node, None, None).map(drop)
                } else {
                    if depth > 0 {
                        for (field, value) in fields.iter().filter(|(_, value)| value.is_object() || value.is_array()) {
                            self.walk(value, &format!("{place}.{field}"), depth - 1);
                        }
                    }
                    return;
                };
                if let Err(message) = done {
                    self.import.refused.push(Refusal::at(text(node, "url").unwrap_or(place), message));
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, claim: Claim) -> Label {
        let sources = self.sources.take_new().into_iter().map(|source| Item::Entry(Box::new(source.into())));
        self.import.extend(sources);
        let label = claim.label();
        self.import.entries.push(claim.into());
        label
    }

    fn lose(&mut self, label: Label, field: &'static str, because: &'static str) {
        self.import.losses.push(Loss::new(Of::Claim(label), field, LossKind::Dropped, because));
    }

    fn review(&mut self, node: &Json) -> Read<()> {
        self.nodes += 1;
        let reviewer =
            list(node, "author").iter().chain(list(node, "publisher")).find_map(|author| self.who(author).transpose());
        let reviewer = reviewer.transpose()?.ok_or("has no author: nobody says what the verdict is")?;
        let wording = text(node, "claimReviewed");
        let items = list(node, "itemReviewed");
        let mut subjects = Vec::new();
        for item in items {
            subjects.extend(self.claim(item, wording, Some(&reviewer))?);
        }
        if items.is_empty() {
            subjects.push(subject(wording.ok_or("has no claimReviewed and no itemReviewed")?));
        }
        subjects.dedup();
        let rating = node.get("reviewRating").unwrap_or(&Json::Null);
        let verdict = text(rating, "alternateName").or_else(|| text(rating, "name"));
        let verdict = verdict.ok_or("has a rating without a word for it: a number is on each publisher's own scale")?;
        for subject in subjects {
            let mut claim = Claim::new(Topic::new(subject, VERDICT), Value::text(verdict), &reviewer);
            if let Some(stated) = date(node, "datePublished")? {
                claim = claim.with_stated(stated);
            }
            if let Some(url) = text(node, "url") {
                claim = claim.with_citation(Citation::new().with_url(url));
            }
            let label = self.push(claim);
            if rating.get("ratingValue").is_some() {
                self.lose(label, "ratingValue", "the scale is the publisher's own, and may run either way");
            }
            if node.get("reviewBody").is_some() {
                self.lose(label, "reviewBody", "a claim has no remark of its origin's");
            }
        }
        Ok(())
    }

    /// Records what somebody said; gives what it is about, a subject for each text.
    fn claim(&mut self, item: &Json, wording: Option<&str>, reviewer: Option<&SourceId>) -> Read<Vec<String>> {
        let is_reference = item.get("@id").is_some()
            && ["text", "name", "author", "appearance"].iter().all(|part| item.get(*part).is_none());
        if let (true, Some(wording)) = (is_reference, wording) {
            // The claim is a node of its own.
            return Ok(vec![subject(wording)]);
        }
        let own = text(item, "text").or_else(|| is_a(item, "Claim").then(|| text(item, "name")).flatten());
        let said = own.or(wording).ok_or("says nothing: it has no text, and no claimReviewed")?;
        let about = list(item, "about").iter().find_map(|about| about.as_str().or_else(|| text(about, "name")));
        let about = subject(about.unwrap_or(said));
        let carrier = self.said(item, reviewer)?;
        for origin in &carrier.origins {
            let mut claim = Claim::new(Topic::new(&about, SAYS), Value::text(said), origin);
            // A claim without wording of its own is in the words of the reviewer.
            let reworded = own.is_none().then_some(reviewer).flatten();
            for relay in carrier.relays.iter().chain(reworded) {
                if relay != origin && !claim.relays().contains(relay) {
                    claim = claim.with_relay(relay);
                }
            }
            if let Some(stated) = date(item, "datePublished")? {
                claim = claim.with_stated(stated);
            }
            if let Some(as_of) = text(item, "temporalCoverage") {
                claim = claim.with_as_of(as_of.parse::<Period>().map_err(|error| error.to_string())?);
            }
            claim = carrier.citation.clone().into_iter().fold(claim, Claim::with_citation);
            let label = self.push(claim);
            if said.len() > LONGEST && about == subject(said) {
                self.lose(label, "subject", "a subject has at most 1,024 bytes");
            }
        }
        Ok(vec![about])
    }

    fn said(&mut self, item: &Json, reviewer: Option<&SourceId>) -> Read<Said> {
        let mut origins = Vec::new();
        for author in list(item, "author").iter().chain(list(item, "creator")) {
            origins.extend(self.who(author)?);
        }
        let appearances = list(item, "firstAppearance").iter().chain(list(item, "appearance"));
        let appearance = appearances.clone().find(|appearance| appearance.is_object());
        let mut relays = Vec::new();
        for carrier in
            appearance.into_iter().flat_map(|node| list(node, "author").iter().chain(list(node, "publisher")))
        {
            relays.extend(self.who(carrier)?);
        }
        if origins.is_empty() {
            let carrier = relays.first().or(reviewer).cloned();
            let owner = carrier.as_ref().map_or("nobody", SourceId::as_str);
            let id = SourceId::slug(&format!(
                "unnamed {owner} {}",
                text(item, "url").or_else(|| text(item, "text")).unwrap_or_default()
            ));
            let source = Source::new(&id, "somebody who is not named").map_err(|error| error.to_string())?;
            let source = source.with_kind(SourceKind::ANONYMOUS);
            let source = carrier.into_iter().fold(source, |source, carrier| source.with_part_of(&carrier));
            origins.push(self.sources.with_id(&id, || source));
        }
        let url = appearances.clone().find_map(|node| node.as_str().or_else(|| text(node, "url")));
        let mut citation = url.map(|url| Citation::new().with_url(url));
        let title = appearance.and_then(|node| text(node, "headline").or_else(|| text(node, "name")));
        let title = title.or_else(|| (!is_a(item, "Claim")).then(|| text(item, "name")).flatten());
        if let Some(title) = title {
            citation = Some(citation.unwrap_or_default().with_title(title));
        }
        if let Some(published) = appearance.map(|node| date(node, "datePublished")).transpose()?.flatten() {
            citation = Some(citation.unwrap_or_default().with_published(published));
        }
        Ok(Said { origins, relays, citation })
    }

    /// The source that a person or an organization is, by its name or else its address.
    fn who(&mut self, node: &Json) -> Read<Option<SourceId>> {
        let name =
            node.as_str().or_else(|| text(node, "name")).or_else(|| text(node, "url")).or_else(|| text(node, "@id"));
        let Some(name) = name else { return Ok(None) };
        let ours = text(node, "identifier").and_then(|id| id.strip_prefix("testimony:"));
        let kind = if is_a(node, "Person") { SourceKind::PERSON } else { SourceKind::ORGANIZATION };
        let complete = |source: Source| {
            let source = source.with_kind(kind.clone());
            text(node, "url").into_iter().fold(source, Source::with_url)
        };
        let id = match ours.map(SourceId::new) {
            Some(Ok(id)) => {
                let source = Source::new(&id, name).map_err(|error| error.to_string())?;
                Ok(self.sources.with_id(&id, || complete(source)))
            }
            _ => self.sources.named_with(name, complete),
        };
        id.map(Some).map_err(|error: Error| error.to_string())
    }
}

/// Whether a node has a type, with or without the address of schema.org before it.
fn is_a(node: &Json, kind: &str) -> bool {
    list(node, "@type").iter().filter_map(Json::as_str).any(|name| name.rsplit(['/', ':']).next() == Some(kind))
}

/// A date or a time of ISO 8601.
fn date(node: &Json, field: &str) -> Read<Option<Moment>> {
    let Some(written) = text(node, field) else { return Ok(None) };
    if let Ok(time) = written.parse::<Timestamp>() {
        return Ok(Some(time.into()));
    }
    Period::read(written).map(|period| Some(period.into())).map_err(|error| format!("{field}: {error}"))
}
