//! A claim as it is on record: who said it and through whom, when, where to look it up, and what it meets.

use maud::{Markup, html};
use testimony::{Citation, ClaimRef, Conflict, RelationKind, Stance};

use crate::address;
use crate::look::Looks;
use crate::picture::Said;
use crate::site::{Here, Page, Site};
use crate::text::{NAME, TEXT, bdi, grouped, is_cut, name, sentence, short, statement};

/// How many relays and citations a claim shows on the page of its topic.
const RELAYS: usize = 8;
const CITATIONS: usize = 2;
/// How many conflicts of a claim are told beside it.
const CONFLICTS: usize = 3;
/// How many bytes the texts of a claim take of the page of its topic at most; a longer one has a page of its own.
const BYTES: usize = 3600;
/// How many bytes of a claim's texts one page has.
const PIECE: usize = 100_000;

/// The page and the looks that all claims on it share.
pub(crate) struct Telling<'s, 'a> {
    pub(crate) here: &'s Here<'s, 'a>,
    pub(crate) looks: &'s Looks<'a>,
}

impl<'a> Telling<'_, 'a> {
    /// The claim as part of the page of its topic.
    pub(crate) fn card(&self, claim: &ClaimRef<'a>) -> Markup {
        if !is_long(claim) {
            return self.whole_card(claim);
        }
        html! {
            article class="claim" id=(self.here.site.anchor(claim)) {
                h3 {
                    (self.here.source(claim.origin(), Some(self.looks.look(claim.origin().id())))) ": "
                    bdi { (short(&statement(claim), NAME)) } (badge(claim))
                }
                p class="meta" { (dates(claim)) }
                (self.to_whole(claim))
            }
        }
    }

    fn whole_card(&self, claim: &ClaimRef<'a>) -> Markup {
        let said = Said::of(claim);
        let class = matches!(said, Said::Retracted | Said::Disowned).then_some("gone");
        html! {
            article class="claim" id=(self.here.site.anchor(claim)) {
                h3 {
                    span class="by" { (bdi(&name(claim.ledger(), claim.origin()))) ": " }
                    bdi class=[class] { (statement(claim)) } (badge(claim))
                }
                (self.chain(claim))
                p class="meta" { (dates(claim)) }
                @for citation in claim.citations().iter().take(CITATIONS) { (citation_card(citation)) }
                @if let Some(note) = claim.note() { p { span class="soft" { "Note: " } bdi { (short(note, TEXT)) } } }
                (self.ties(claim))
                @if is_shortened(claim) { (self.to_whole(claim)) }
                p class="meta" { a class="id" href={ "#" (self.here.site.anchor(claim)) } { "#" (self.here.site.label(claim)) } }
            }
        }
    }

    fn to_whole(&self, claim: &ClaimRef<'_>) -> Markup {
        let path = format!("{}claim/{}.html", self.here.root(), self.here.site.anchor(claim));
        html! { p class="meta" { a href=(path) { "The whole of this claim" } " – it is longer than shown here." } }
    }

    /// Who said it and through whom it came.
    pub(crate) fn chain(&self, claim: &ClaimRef<'a>) -> Markup {
        let look = self.looks.look(claim.origin().id());
        let more = claim.relays().len().saturating_sub(RELAYS);
        html! {
            ol class="chain" aria-label="Said by, then passed on by" {
                li { (self.here.source(claim.origin(), Some(look))) }
                @for relay in claim.relays().take(RELAYS) { li { (self.here.source(relay, None)) } }
                @if more > 0 { li { "and " (grouped(more)) " more" } }
            }
        }
    }

    /// The fate of a claim: revised, retracted, in conflict and why.
    fn ties(&self, claim: &ClaimRef<'a>) -> Markup {
        let revisers: Vec<_> = claim.superseded_by().take(CONFLICTS).collect();
        let conflicts: Vec<_> = claim.ledger().conflicts_of(claim.id()).take(CONFLICTS + 1).collect();
        let retraction = claim.retraction();
        let has_any =
            !revisers.is_empty() || !conflicts.is_empty() || retraction.is_some() || confidence(claim).is_some();
        html! {
            @if has_any {
                ul class="ties" {
                    @if let Some(confidence) = confidence(claim) { li { (confidence) } }
                    @if let Some(retraction) = retraction {
                        li {
                            "Retracted"
                            @if let Some(by) = retraction.by().and_then(|by| claim.ledger().source(by)) {
                                " by " (self.here.source(by, None))
                            }
                            @if let Some(reason) = retraction.reason() { ": " bdi { (short(reason, TEXT)) } } "."
                        }
                    }
                    @for reviser in &revisers {
                        li { "Revised by its origin: " (self.here.claim(reviser)) "." }
                    }
                    @for conflict in conflicts.iter().take(CONFLICTS) {
                        @let other = if conflict.older().id() == claim.id() { conflict.newer() } else { conflict.older() };
                        li {
                            strong { (title(conflict)) } ": "
                            a href=(self.here.to_claim(&other)) {
                                (bdi(&name(claim.ledger(), other.origin()))) ", " bdi { (short(&statement(&other), NAME)) }
                            }
                            ". " (sentence(&conflict.because(), &[conflict.older(), conflict.newer()]))
                        }
                    }
                    @if conflicts.len() > CONFLICTS { li { "It is in more conflicts than these." } }
                }
            }
        }
    }
}

/// The kind of a conflict in words, and whether it is certain.
pub(crate) fn title(conflict: &Conflict<'_>) -> &'static str {
    match (conflict.kind(), conflict.is_certain()) {
        (RelationKind::Misreports, true) => "Reported differently",
        (RelationKind::Misreports, false) => "Possibly reported differently",
        (RelationKind::ContradictsItself, true) => "Contradicts itself",
        (RelationKind::ContradictsItself, false) => "Possibly contradicts itself",
        (_, true) => "In dispute",
        (_, false) => "Possibly in dispute",
    }
}

/// The fate of a claim in a word or two, where the statement does not tell it.
pub(crate) fn badge(claim: &ClaimRef<'_>) -> Markup {
    let said = Said::of(claim);
    let hot = matches!(said, Said::Retracted | Said::Disowned | Said::Revised);
    let note = match (said, claim.stance()) {
        (Said::Denied, Stance::Affirms) => Some("called unlikely"),
        (Said::Denied | Said::Suggested, stance) if stance != Stance::Affirms => None,
        _ => said.note(),
    };
    html! {
        @if let Some(note) = note { " " span class={ "badge" @if hot { " hot" } } { (note) } }
    }
}

fn confidence(claim: &ClaimRef<'_>) -> Option<Markup> {
    let said =
        claim.confidence().map(|confidence| html! { "Said how surely: " (short(&confidence.to_string(), NAME)) ". " });
    let basis = claim.basis().map(|basis| html! { "How it knows: " (basis) ". " });
    let held = claim.credibility().map(|held| html! { "Held by the recorder to be: " (held.in_words()) "." });
    (said.is_some() || basis.is_some() || held.is_some())
        .then(|| html! { @for part in [said, basis, held].iter().flatten() { (part) } })
}

/// When a claim is about and when it was said.
fn dates(claim: &ClaimRef<'_>) -> Markup {
    html! {
        @match claim.as_of() {
            Some(period) => { "as of " time { (period.in_words()) } }
            None => { "no time given" }
        }
        @if let Some(stated) = claim.stated() { " · stated " time { (stated.in_words()) } }
        @if claim.is_repeated() { " · recorded again" }
    }
}

/// Where a claim is found, with the words there.
fn citation_card(citation: &Citation) -> Markup {
    let published = citation.published().map(|published| published.in_words());
    let has_place = citation.url().is_some() || citation.title().is_some() || published.is_some();
    html! {
        @if let Some(excerpt) = citation.excerpt() { blockquote { bdi { (short(excerpt, TEXT)) } } }
        @if has_place {
            p class="meta" {
                cite { (place(citation)) }
                @if let Some(published) = published { " · published " (published) }
            }
        }
    }
}

/// The place that a citation names, as a link where it is one of the web.
fn place(citation: &Citation) -> Markup {
    let shown = citation.title().or(citation.url()).map(|text| short(text, NAME));
    html! {
        @match (citation.url().filter(|url| is_web(url)), shown) {
            (Some(url), Some(shown)) => { a href=(url) rel="noreferrer" { bdi { (shown) } } }
            (_, Some(shown)) => { bdi { (shown) } }
            _ => {}
        }
    }
}

/// Whether an address leads to the web, and is short enough to be written out: nothing else is made a link.
fn is_web(url: &str) -> bool {
    let scheme = url.split(':').next().unwrap_or_default();
    url.len() <= 1000
        && (scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http"))
        && url[scheme.len()..].starts_with("://")
}

/// Whether the page of its topic leaves out something of a claim.
fn is_shortened(claim: &ClaimRef<'_>) -> bool {
    let citation = |citation: &Citation| {
        let places = [
            citation.title().unwrap_or_default(),
            citation.url().filter(|_| citation.title().is_none()).unwrap_or_default(),
        ];
        places.iter().any(|text| is_cut(text, NAME))
            || is_cut(citation.excerpt().unwrap_or_default(), TEXT)
            || citation.url().is_some_and(|url| !is_web(url) && citation.title().is_some())
    };
    claim.value().and_then(testimony::Value::as_text).is_some_and(|text| is_cut(text, TEXT))
        || is_cut(claim.scope().unwrap_or_default(), NAME)
        || is_cut(claim.note().unwrap_or_default(), TEXT)
        || claim.relays().len() > RELAYS
        || claim.citations().len() > CITATIONS
        || claim.citations().iter().any(citation)
        || claim.retraction().and_then(|retraction| retraction.reason()).is_some_and(|reason| is_cut(reason, TEXT))
}

/// Whether a claim takes more of its topic's page than it may, though nothing in it is cut: names of many letters that
/// have to be escaped, and conflicts that take long to tell.
fn is_long(claim: &ClaimRef<'_>) -> bool {
    const LINK: usize = 120;
    let named = |source: &testimony::Source| bytes(&name(claim.ledger(), source)) + LINK;
    let relays: usize = claim.relays().take(RELAYS).map(named).sum();
    let mut taken = 2 * named(claim.origin())
        + relays
        + bytes(&statement(claim))
        + bytes(&short(claim.note().unwrap_or_default(), TEXT));
    for citation in claim.citations().iter().take(CITATIONS) {
        let texts = [
            citation.title().or(citation.url()).unwrap_or_default(),
            citation.url().filter(|url| is_web(url)).unwrap_or_default(),
        ];
        taken += bytes(&short(citation.excerpt().unwrap_or_default(), TEXT))
            + texts.iter().map(|text| bytes(text)).sum::<usize>();
    }
    if taken < BYTES {
        let conflicts = claim.ledger().conflicts_of(claim.id()).take(CONFLICTS);
        taken += conflicts.map(|conflict| bytes(&short(&conflict.because(), TEXT)) + 3 * LINK).sum::<usize>();
    }
    taken > BYTES
}

/// All that is on record of a claim, by the names that people give to its parts.
fn fields(claim: &ClaimRef<'_>) -> Vec<(String, String)> {
    let shown = |text: &str| testimony::Shown::new(text).to_string();
    let mut fields = vec![("Topic".to_owned(), claim.topic().to_string())];
    let mut add = |name: &str, text: Option<String>| fields.extend(text.map(|text| (name.to_owned(), text)));
    let value = claim.value().map(|value| match value.as_text() {
        Some(text) => shown(text),
        None => value.to_string(),
    });
    add("What it says", value);
    add("Stance", Some(claim.stance().to_string()));
    add("What exactly it counts", claim.scope().map(shown));
    add("Said by", Some(claim.ledger().name_of(claim.origin())));
    for relay in claim.relays() {
        add("Passed on by", Some(claim.ledger().name_of(relay)));
    }
    add("As of", claim.as_of().map(|period| period.in_words()));
    add("Stated", claim.stated().map(|stated| stated.in_words()));
    add("How surely", claim.confidence().map(ToString::to_string));
    add("How it knows", claim.basis().map(|basis| basis.to_string()));
    add("Held by the recorder to be", claim.credibility().map(|held| held.in_words().to_owned()));
    add("Note", claim.note().map(shown));
    for citation in claim.citations() {
        add("Found at", citation.url().map(shown));
        add("Title", citation.title().map(shown));
        add("Published", citation.published().map(|at| at.in_words()));
        add("Looked up", citation.accessed().map(|at| at.in_words()));
        add("Excerpt", citation.excerpt().map(shown));
        add("Before it", citation.prefix().map(shown));
        add("After it", citation.suffix().map(shown));
        let position = citation.start().zip(citation.end()).map(|(start, end)| format!("characters {start} to {end}"));
        add("Position", position);
        add("Digest", citation.digest().map(shown));
    }
    add("Retracted", claim.retraction().and_then(|retraction| retraction.reason()).map(shown));
    fields
}

/// How many bytes a text takes as HTML.
fn bytes(text: &str) -> usize {
    text.chars().map(|c| if matches!(c, '&' | '<' | '>' | '"') { 6 } else { c.len_utf8() }).sum()
}

/// The parts of a claim in pieces, each small enough for a page.
fn pieces(fields: Vec<(String, String)>) -> Vec<Vec<(String, String)>> {
    let (mut pages, mut taken) = (vec![Vec::new()], 0);
    for (name, text) in fields {
        let mut rest = text.as_str();
        loop {
            let mut size = 0;
            let end = rest.char_indices().find(|(_, c)| {
                size += bytes(c.encode_utf8(&mut [0; 4]));
                size > PIECE
            });
            let (piece, left) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
            let size = bytes(piece) + 200;
            if taken + size > PIECE + 1000 && taken > 0 {
                pages.push(Vec::new());
                taken = 0;
            }
            taken += size;
            pages.last_mut().expect("there is one from the start").push((name.clone(), piece.to_owned()));
            rest = left;
            if rest.is_empty() {
                break;
            }
        }
    }
    pages
}

impl<'a> Site<'a> {
    /// The pages of a claim that is longer than the page of its topic shows; none for the others.
    pub(crate) fn claim_pages(&self, claim: &ClaimRef<'a>) -> Vec<Page> {
        if !is_shortened(claim) && !is_long(claim) {
            return Vec::new();
        }
        let pages = pieces(fields(claim));
        let stem = format!("claim/{}", self.anchor(claim));
        let all = pages.len();
        let title = format!("A claim of {}", name(self.ledger, claim.origin()));
        let page = |n: usize, fields: &[(String, String)]| {
            let here = Here::new(self, address::page(&stem, n + 1));
            let body = html! {
                h1 { small { "The whole of a claim" } bdi { (short(&statement(claim), NAME)) } }
                p class="lead" {
                    "By " (here.source(claim.origin(), None)) ", on " (here.topic(&claim.topic_ref())) ". "
                    a href=(here.to_claim(claim)) { "Where it stands" }
                }
                @for (name, text) in fields {
                    h2 { (name) }
                    p class="whole" { bdi { (text) } }
                }
                (crate::frame::pages(n + 1, all, |n| format!("../{}", address::page(&stem, n)), "Pages of this claim"))
            };
            here.page(&title, false, &body)
        };
        pages.iter().enumerate().map(|(n, fields)| page(n, fields)).collect()
    }
}
