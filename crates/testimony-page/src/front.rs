//! The front: what is in dispute now, what does not add up, what changed, and the topics by how contested they are.

use maud::{Markup, html};
use testimony::{ClaimRef, Diff, TopicRef};

use crate::frame::finder;
use crate::lists;
use crate::site::{Here, Page, Site};
use crate::text::{NAME, bdi, count, grouped, name, sentence, short, why};
use crate::topic::{finding, stand_in_words, sum, voices};

/// How many topics in dispute, sums, circles and changes the front has.
const DISPUTED: usize = 12;
const SUMS: usize = 8;
const CIRCLES: usize = 6;
const CHANGES: usize = 12;
/// How many topics and sources it lists.
const TOPICS: usize = 60;
/// How many positions of a topic it has.
const POSITIONS: usize = 3;

impl<'a> Site<'a> {
    /// The front: what is in dispute, what does not add up, who quotes each other, what changed, and the topics by how
    /// contested they are.
    ///
    /// # Cost
    ///
    /// The topics that it tells of are laid out, n log n in their claims, and two ledgers are compared where it tells what
    /// changed.
    #[must_use]
    pub fn front(&self) -> Page {
        let here = Here::new(self, "index.html".to_owned());
        let body = html! {
            h1 { bdi { (self.title) } }
            p class="lead" { (self.summary()) }
            (self.disputes(&here))
            (self.sums(&here, SUMS))
            (self.circle_list(&here, CIRCLES, |_| html! { p { a href="graph.html#circles" { "All of them" } } }))
            (self.changes(&here))
            section aria-labelledby="topics" {
                h2 id="topics" { "Topics, the most contested first" }
                (finder("topic-table"))
                (lists::topic_table(&here, &self.topics[..self.topics.len().min(TOPICS)], "topic-table"))
                @if self.topics.len() > TOPICS { p { a href="topics.html" { "All " (grouped(self.topics.len())) " topics" } } }
            }
        };
        here.page(&self.title, true, &body)
    }

    fn summary(&self) -> Markup {
        let ledger = self.ledger;
        let conflicts = usize::try_from(ledger.conflict_count()).unwrap_or(usize::MAX);
        html! {
            (count(ledger.claims().len(), "claim", "claims")) " on " (count(self.topics.len(), "topic", "topics")) " by "
            (count(self.cards.iter().filter(|card| card.claims() > 0).count(), "origin", "origins")) ": "
            (count(conflicts, "conflict", "conflicts")) ", "
            (count(self.violations.len(), "figure that does not add up", "figures that do not add up"))
            @if !self.circles.is_empty() { ", " (count(self.circles.len(), "circle of sources", "circles of sources")) }
            "."
        }
    }

    fn disputes(&self, here: &Here<'_, 'a>) -> Markup {
        let contested: Vec<_> = self.topics.iter().take_while(|topic| topic.conflict_count() > 0).collect();
        html! {
            section aria-labelledby="disputes" {
                h2 id="disputes" { "In dispute now" }
                @if contested.is_empty() { p class="soft" { "No two claims that stand exclude each other." } }
                @for topic in contested.iter().take(DISPUTED) { (dispute(here, topic)) }
                @if contested.len() > DISPUTED {
                    p { a href="topics.html" { "All " (grouped(contested.len())) " topics in dispute" } }
                }
            }
        }
    }

    pub(crate) fn sums(&self, here: &Here<'_, 'a>, most: usize) -> Markup {
        html! {
            section aria-labelledby="sums" {
                h2 id="sums" { "What does not add up" }
                @if self.violations.is_empty() { p class="soft" { "Nothing that was declared to add up fails to." } }
                @for violation in self.violations.iter().take(most) { (sum(here, violation)) }
                @if self.violations.len() > most { p { a href="sums.html" { "All " (grouped(self.violations.len())) } } }
            }
        }
    }

    /// The circles, at most so many, and what is said of those that are left out.
    pub(crate) fn circle_list(&self, here: &Here<'_, 'a>, most: usize, others: impl FnOnce(usize) -> Markup) -> Markup {
        html! {
            @if !self.circles.is_empty() {
                section aria-labelledby="circles" {
                    h2 id="circles" { "Sources that quote each other" }
                    ul class="ties" {
                        @for circle in self.circles.iter().take(most) {
                            li { (here.topic(&circle.topic_ref())) ": " (why(circle)) }
                        }
                    }
                    @if self.circles.len() > most { (others(self.circles.len() - most)) }
                }
            }
        }
    }

    fn changes(&self, here: &Here<'_, 'a>) -> Markup {
        let Some((before, since)) = &self.before else { return html! {} };
        let diff = before.diff(self.ledger);
        html! {
            section aria-labelledby="changes" {
                h2 id="changes" { "What changed since " bdi { (since) } }
                @if diff.is_empty() {
                    p class="soft" { "Nothing was recorded since then." }
                } @else {
                    (changed(here, &diff))
                }
            }
        }
    }
}

/// A topic in dispute: its leading positions, and one of its conflicts in words.
fn dispute(here: &Here<'_, '_>, topic: &TopicRef<'_>) -> Markup {
    let positions = topic.positions();
    let conflict = topic.conflicts().next();
    let stands = positions.positions();
    html! {
        article class="finding" {
            h3 { (here.topic(topic)) }
            ul class="sides" {
                @for position in stands.iter().take(POSITIONS) {
                    li {
                        b { bdi { (stand_in_words(position.stand(), NAME)) } }
                        span class="soft" {
                            " – " (voices(position.known(), position.anonymous())) ": "
                            @for (i, claim) in position.claims().iter().take(POSITIONS).enumerate() {
                                @if i > 0 { ", " }
                                (bdi(&name(claim.ledger(), claim.origin())))
                            }
                            @if position.claims().len() > POSITIONS { " and others" }
                        }
                    }
                }
                @if stands.len() > POSITIONS { li class="soft" { "and " (count(stands.len() - POSITIONS, "more position", "more positions")) } }
            }
            @if let Some(conflict) = &conflict {
                p { (sentence(&conflict.because(), &[conflict.older(), conflict.newer()])) }
                @if topic.conflict_count() > 1 { p class="meta" { "One of " (grouped(topic.conflict_count())) " conflicts." } }
            }
        }
    }
}

fn changed(here: &Here<'_, '_>, diff: &Diff<'_>) -> Markup {
    let claims = |what: &str, claims: &[ClaimRef<'_>]| {
        html! {
            @if !claims.is_empty() {
                h3 { (count(claims.len(), "claim", "claims")) " " (what) }
                ul class="sides" {
                    // The newest first.
                    @for claim in claims.iter().rev().take(CHANGES) { (change(here, claim)) }
                    @if claims.len() > CHANGES { li class="soft" { "and " (grouped(claims.len() - CHANGES)) " more" } }
                }
            }
        }
    };
    html! {
        @if !diff.newly_disputed().is_empty() {
            h3 { (count(diff.newly_disputed().len(), "pair of claims", "pairs of claims")) " newly in conflict" }
            @for conflict in diff.newly_disputed().iter().take(POSITIONS) { (finding(here, conflict, None)) }
        }
        @if !diff.settled().is_empty() {
            p { (count(diff.settled().len(), "pair of claims is", "pairs of claims are")) " no longer in conflict." }
        }
        (claims("new", diff.new_claims()))
        (claims("taken back", diff.withdrawn()))
        (claims("revised by a later one of its origin", diff.revised()))
        (claims("on record anew", diff.reinstated()))
        @if !diff.amended_claims().is_empty() {
            p { (count(diff.amended_claims().len(), "claim was", "claims were")) " amended by the recorder." }
        }
        @if !diff.new_sources().is_empty() { p { (count(diff.new_sources().len(), "source is", "sources are")) " new." } }
    }
}

fn change(here: &Here<'_, '_>, claim: &ClaimRef<'_>) -> Markup {
    html! {
        li {
            bdi { (short(claim.topic().subject(), NAME)) } " · " bdi { (short(claim.topic().predicate(), NAME)) } ": "
            (here.said(claim))
        }
    }
}
