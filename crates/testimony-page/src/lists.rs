//! Lists of all there is: topics, sources, and sums that do not come out.

use maud::{Markup, html};
use testimony::{ClaimRef, Position, Scorecard, TopicRef};

use crate::address;
use crate::claims::badge;
use crate::frame::{finder, pages};
use crate::site::{Here, Page, Site};
use crate::text::{NAME, bdi, count, dating, grouped, name, short, statement};
use crate::topic::{stand_in_words, sum};

/// How many rows one page has.
const ROWS: usize = 100;
const SUMS: usize = 60;

impl<'a> Site<'a> {
    /// All topics, all sources and all sums that do not come out, in so many pages each.
    pub(crate) fn list_pages(&self) -> impl Iterator<Item = Page> {
        let pages = |rows: usize, on_one: usize| (1..=rows.div_ceil(on_one).max(1), rows.div_ceil(on_one).max(1));
        let (topics, all_topics) = pages(self.topics.len(), ROWS);
        let (sources, all_sources) = pages(self.cards.len(), ROWS);
        let (sums, all_sums) = pages(self.violations.len(), SUMS);
        topics
            .map(move |n| self.topic_list(n, all_topics))
            .chain(sources.map(move |n| self.source_list(n, all_sources)))
            .chain(sums.map(move |n| self.sum_list(n, all_sums)))
    }

    fn list(
        &self,
        stem: &str,
        title: &str,
        this: usize,
        all: usize,
        table: impl FnOnce(&Here<'_, 'a>) -> Markup,
    ) -> Page {
        let here = Here::new(self, address::page(stem, this));
        let of = if all > 1 { format!(", page {this} of {all}") } else { String::new() };
        let body = html! {
            h1 { (title) (of) }
            (table(&here))
            (pages(this, all, |n| address::page(stem, n), "Pages of this list"))
        };
        here.page(&format!("{title}{of}"), true, &body)
    }

    fn topic_list(&self, this: usize, all: usize) -> Page {
        let rows: Vec<_> = self.topics.iter().skip((this - 1) * ROWS).take(ROWS).copied().collect();
        self.list("topics", "Topics, the most contested first", this, all, |here| {
            html! { (finder("topic-table")) (topic_table(here, &rows, "topic-table")) }
        })
    }

    fn source_list(&self, this: usize, all: usize) -> Page {
        self.list("sources", "Sources", this, all, |here| {
            html! {
                p class="lead" { "Counts, and no score: what each said, and what became of it." }
                (finder("source-table"))
                (source_table(here, self.cards.iter().skip((this - 1) * ROWS).take(ROWS), "source-table"))
            }
        })
    }

    fn sum_list(&self, this: usize, all: usize) -> Page {
        self.list("sums", "What does not add up", this, all, |here| {
            html! {
                @if self.violations.is_empty() { p class="lead" { "Nothing that was declared to add up fails to." } }
                @for violation in self.violations.iter().skip((this - 1) * SUMS).take(SUMS) { (sum(here, violation)) }
            }
        })
    }
}

/// Topics with how much is said on them and in how many conflicts.
pub(crate) fn topic_table(here: &Here<'_, '_>, topics: &[TopicRef<'_>], id: &str) -> Markup {
    html! {
        table class="rows" id=(id) {
            thead { tr { th scope="col" { "Topic" }
                    th scope="col" { "What is said" } th class="num" scope="col" { "Claims" } th class="num" scope="col" { "Conflicts" } } }
            tbody {
                @for topic in topics {
                    tr {
                        th scope="row" { (here.topic(topic)) }
                        td { (said_on(here, topic)) }
                        td class="num" data-of="claims" { (grouped(topic.claims().len())) }
                        td class="num" data-of="conflicts" { (grouped(topic.conflict_count())) }
                    }
                }
            }
        }
    }
}

/// How many claims a topic may have to be told claim by claim, and how many positions are told of others.
const FEW: usize = 3;
const POSITIONS: usize = 2;

/// A topic in a line or two: its claims as time went by where they are few, else the positions with most voices.
fn said_on(here: &Here<'_, '_>, topic: &TopicRef<'_>) -> Markup {
    let lines: Vec<(String, ClaimRef<'_>, usize)> = if topic.claims().len() <= FEW {
        topic.timeline().into_iter().map(|claim| (short(&statement(&claim), NAME), claim, 0)).collect()
    } else {
        let positions = topic.positions();
        let held = positions.positions().iter().take(POSITIONS);
        let line = |position: &Position<'_>| -> Option<_> {
            let (first, others) = position.claims().split_first()?;
            let said =
                if others.is_empty() { short(&statement(first), NAME) } else { stand_in_words(position.stand(), NAME) };
            Some((said, topic.ledger().claim(first.id())?, others.len()))
        };
        held.filter_map(line).collect()
    };
    html! {
        ul class="said" {
            @for (said, claim, others) in &lines {
                li {
                    bdi { (said) }
                    @if *others == 0 { @if let Some(dating) = dating(claim) { ", " (dating) } }
                    span class="soft" {
                        " – " (bdi(&name(here.site.ledger, claim.origin())))
                        @if *others > 0 { " and " (count(*others, "other", "others")) } @else {
                            @for relay in claim.relays().take(FEW) { " → " (bdi(&name(here.site.ledger, relay))) }
                        }
                    }
                    (badge(claim))
                }
            }
        }
    }
}

/// Sources with what they said and what became of it.
pub(crate) fn source_table<'c, 'a: 'c>(
    here: &Here<'_, '_>,
    cards: impl Iterator<Item = &'c Scorecard<'a>>,
    id: &str,
) -> Markup {
    let columns = ["Claims", "Topics", "Borne out", "Disputed", "Revised", "Taken back", "Passed on"];
    html! {
        table class="rows" id=(id) {
            thead { tr { th scope="col" { "Source" } @for column in columns { th class="num" scope="col" { (column) } } } }
            tbody {
                @for card in cards {
                    @let counts = [card.claims(), card.topics(), card.corroborated(), card.disputed(), card.revised(), card.retracted(), card.passed_on()];
                    tr {
                        th scope="row" { (here.source(card.source(), None)) }
                        @for (column, n) in columns.iter().zip(counts) {
                            td class="num" data-of=(column.to_lowercase()) { (grouped(n)) }
                        }
                    }
                }
            }
        }
    }
}
