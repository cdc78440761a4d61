//! The pages of a source: what it said and what became of it, whom it passes on, who passes it on, and what only it says.

use std::collections::HashMap;

use maud::{Markup, html};
use testimony::{ClaimRef, Scorecard, Source, TopicRef};

use crate::address;
use crate::claims::badge;
use crate::frame::pages;
use crate::site::{Here, Page, Place, Site};
use crate::text::{NAME, bdi, count, dating, grouped, is_cut, name, short, why};

/// How many claims one page of a source has, and how many other sources it names.
const CLAIMS: usize = 100;
const NAMED: usize = 24;
const CIRCLES: usize = 6;

impl<'a> Site<'a> {
    /// The pages of a source, the first with its scorecard. A source that is in no ledger of this site has none.
    ///
    /// # Cost
    ///
    /// Each takes as long as what it shows, the first also n log n in the sources that it quotes or that quote it.
    pub fn source_pages(&self, source: &Source) -> impl Iterator<Item = Page> {
        let place = self.sources.get(source.id()).copied();
        let all = place.map_or(0, |place| self.places[place].claims.len().div_ceil(CLAIMS).max(1));
        let place = place.unwrap_or(0);
        (1..=all).map(move |n| self.source_page(place, n, all))
    }

    /// The first page of a source, for a service that shows one at a time.
    #[must_use]
    pub fn source(&self, source: &Source) -> Option<Page> {
        self.source_pages(source).next()
    }

    fn source_page(&self, at: usize, this: usize, all: usize) -> Page {
        let (source, place, card) = (self.source_at(at), &self.places[at], &self.cards[at]);
        let stem = address::source(source);
        let here = Here::new(self, address::page(&stem, this));
        let title = name(self.ledger, source);
        let of = if all > 1 { format!(", page {this} of {all}") } else { String::new() };
        let body = html! {
            h1 { small { (source.kind()) } bdi { (title) } (of) }
            @if this == 1 { (self.about(&here, source, card, place)) }
            section aria-labelledby="claims" {
                h2 id="claims" { "What it says" }
                (self.own_claims(&here, place, this))
                (pages(this, all, |n| format!("../{}", address::page(&stem, n)), "Pages of this source"))
            }
        };
        here.page(&format!("{title}{of}"), false, &body)
    }

    fn about(&self, here: &Here<'_, 'a>, source: &'a Source, card: &Scorecard<'_>, place: &Place<'a>) -> Markup {
        let owner = source.part_of().and_then(|owner| self.ledger.source(owner));
        html! {
            p class="lead" {
                "Known here as " code { bdi { (testimony::Shown::new(source.id().as_str())) } }
                @if let Some(owner) = owner { ", a part of " (here.source(owner, None)) }
                @if source.is_anonymous() { ", anonymous: whether it is independent of others cannot be known" }
                @if let Some(reliability) = source.reliability() { "; held to be " (reliability.in_words()) }
                "."
            }
            @if is_cut(source.name(), NAME) {
                details { summary { "The whole name" } p class="whole" { bdi { (testimony::Shown::new(source.name())) } } }
            }
            (scorecard(card))
            div class="split" {
                section aria-labelledby="alone" {
                    h2 id="alone" { "What only it says" }
                    (Self::alone(here, &place.alone))
                }
                section aria-labelledby="chains" {
                    h2 id="chains" { "Whose word it carries" }
                    (self.neighbours(here, &place.from, "It passes on nobody."))
                    h2 { "Who carries its word" }
                    (self.neighbours(here, &place.to, "Nobody passes it on."))
                    (self.circles_of(here, place))
                }
            }
        }
    }

    /// The topics on which nobody else has a claim that is not retracted.
    fn alone(here: &Here<'_, 'a>, topics: &[TopicRef<'a>]) -> Markup {
        html! {
            @if topics.is_empty() { p class="soft" { "Nothing: on each of its topics somebody else speaks as well." } }
            ul class="sides" {
                @for topic in topics.iter().take(NAMED) { li { (here.topic(topic)) } }
                @if topics.len() > NAMED { li class="soft" { "and " (grouped(topics.len() - NAMED)) " more" } }
            }
        }
    }

    fn neighbours(&self, here: &Here<'_, 'a>, neighbours: &HashMap<usize, usize>, none: &str) -> Markup {
        let mut sorted: Vec<_> = neighbours.iter().map(|(place, n)| (*place, *n)).collect();
        sorted.sort_by_key(|(place, n)| (std::cmp::Reverse(*n), *place));
        html! {
            @if sorted.is_empty() { p class="soft" { (none) } }
            ul class="who" {
                @for (place, n) in sorted.iter().take(NAMED) {
                    li { (here.source(self.source_at(*place), None)) span class="soft" { ", " (count(*n, "claim", "claims")) } }
                }
                @if sorted.len() > NAMED { li class="soft" { "and " (grouped(sorted.len() - NAMED)) " more" } }
            }
        }
    }

    fn circles_of(&self, here: &Here<'_, 'a>, place: &Place<'a>) -> Markup {
        let circles: Vec<_> = place.circles.iter().take(CIRCLES).map(|n| &self.circles[*n]).collect();
        html! {
            @if !circles.is_empty() {
                h2 { "The circle it is in" }
                ul class="ties" {
                    @for circle in &circles { li { (here.topic(&circle.topic_ref())) ": " (why(circle)) } }
                }
            }
        }
    }

    fn own_claims(&self, here: &Here<'_, 'a>, place: &Place<'a>, this: usize) -> Markup {
        let claims: Vec<_> = place
            .claims
            .iter()
            .skip((this - 1) * CLAIMS)
            .take(CLAIMS)
            .filter_map(|id| self.ledger.claim(*id))
            .collect();
        html! {
            @if claims.is_empty() { p class="soft" { "No claim is its own word." } } @else {
                table class="rows" {
                    thead { tr { th scope="col" { "What" } th scope="col" { "On" } th scope="col" { "When" } } }
                    tbody {
                        @for claim in &claims {
                            tr {
                                th scope="row" {
                                    (here.claim(claim))
                                    (badge(claim))
                                }
                                td { (topic_cell(claim)) }
                                td { (dating(claim).unwrap_or_default()) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn topic_cell(claim: &ClaimRef<'_>) -> Markup {
    let topic = claim.topic();
    html! { (bdi(&short(topic.subject(), NAME))) " · " (bdi(&short(topic.predicate(), NAME))) }
}

fn scorecard(card: &Scorecard<'_>) -> Markup {
    let first = card.lead().map(|lead| {
        let days = |days: u64| count(usize::try_from(days).unwrap_or(usize::MAX), "day", "days");
        format!("by {} in the middle", days(lead.median_days()))
    });
    let rows = [
        ("Claims", card.claims(), None),
        (
            "Topics",
            card.topics(),
            (card.sole_topics() > 0).then(|| format!("alone on {}", grouped(card.sole_topics()))),
        ),
        ("First to say", card.first_topics(), first),
        ("Borne out", card.corroborated(), Some("by an independent voice".to_owned())),
        ("Disputed", card.disputed(), None),
        ("Revised", card.revised(), None),
        ("Taken back", card.retracted(), None),
        ("Passed on", card.passed_on(), Some("claims of others".to_owned())),
    ];
    html! {
        dl class="card" {
            @for (name, n, more) in rows {
                div { dt { (name) } dd { (grouped(n)) @if let Some(more) = more { small { (more) } } } }
            }
        }
        p class="meta" { "Counts, and no score." }
    }
}
