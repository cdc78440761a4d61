//! The pages of a topic: a picture first, beside it where the voices stand, below it what conflicts and the claims as they
//! are on record.

use maud::{Markup, html};
use testimony::{
    ClaimRef, Conflict, Exclusion, Measure, Period, Position, Positions, Stance, Stand, TopicRef, Violation,
    ViolationScope,
};

use crate::address::{self, CLAIMS};
use crate::claims::{Telling, badge, title};
use crate::frame::pages;
use crate::look::Looks;
use crate::picture::{DRAWN, Room, Said, Scene, keys};
use crate::site::{Here, Page, Site};
use crate::text::{NAME, TEXT, bdi, count, dating, grouped, is_cut, name, sentence, short, statement, topic_name, why};

/// How many positions, conflicts and sums the first page of a topic has.
const POSITIONS: usize = 16;
const CONFLICTS: usize = 10;
const SUMS: usize = 6;
/// How many of each one of the pages after it has, and of how many conflicts they tell.
const MORE: usize = 40;
const MOST_CONFLICTS: usize = 1000;
/// How many claims a position names.
const NAMED: usize = 8;

/// A topic with what is asked of it once for all its pages.
struct Told<'s, 'a> {
    site: &'s Site<'a>,
    topic: TopicRef<'a>,
    claims: Vec<ClaimRef<'a>>,
    stem: String,
    looks: Looks<'a>,
    positions: Positions<'a>,
}

impl<'a> Site<'a> {
    /// The pages of a topic, the first with the picture.
    ///
    /// # Cost
    ///
    /// The positions and looks that all pages share are found first, n log n in the claims on the topic; each page then
    /// takes as long as what it shows.
    pub fn topic_pages(&self, topic: TopicRef<'a>) -> impl Iterator<Item = Page> {
        let positions = topic.positions();
        let stem = address::topic(topic.topic());
        let told =
            Told { site: self, topic, claims: topic.claims().collect(), stem, looks: Looks::of(&topic), positions };
        let claims = told.claims.len().div_ceil(CLAIMS).max(1);
        let stands = told.stands().saturating_sub(POSITIONS).div_ceil(MORE);
        let conflicts = match usize::try_from(topic.conflict_count()).unwrap_or(usize::MAX) {
            ..=CONFLICTS => 0,
            more => more.min(MOST_CONFLICTS).div_ceil(MORE),
        };
        (0..claims + stands + conflicts).map(move |n| match n {
            0 => told.first(claims),
            n if n < claims => told.more_claims(n + 1, claims),
            n if n < claims + stands => told.more_positions(n - claims + 1, stands),
            n => told.more_conflicts(n - claims - stands + 1, conflicts),
        })
    }

    /// The first page of a topic, for a service that shows one at a time.
    #[must_use]
    pub fn topic(&self, topic: TopicRef<'a>) -> Option<Page> {
        self.topic_pages(topic).next()
    }
}

impl<'a> Told<'_, 'a> {
    /// How many positions there are, with what is denied.
    fn stands(&self) -> usize {
        self.positions.positions().len() + self.positions.exclusions().len()
    }

    fn page(&self, path: String, title: &str, body: impl FnOnce(&Here<'_, 'a>) -> Markup) -> Page {
        let here = Here::new(self.site, path);
        let body = body(&here);
        here.page(title, false, &body)
    }

    fn first(&self, claims: usize) -> Page {
        let path = address::page(&self.stem, 1);
        self.page(path, &topic_name(&self.topic), |here| {
            html! {
                (self.heading(here, None))
                div class="split" {
                    section aria-labelledby="picture" {
                        h2 id="picture" { "The picture" }
                        (self.pictures(here))
                    }
                    section aria-labelledby="positions" {
                        h2 id="positions" { "Where they stand" }
                        (self.positions(here))
                    }
                }
                (self.conflicts(here))
                (self.sums(here))
                (self.circles(here))
                (self.claim_list(here, 1, claims))
            }
        })
    }

    fn heading(&self, here: &Here<'_, 'a>, part: Option<&str>) -> Markup {
        let topic = self.topic.topic();
        let kind = match self.topic.predicate().measure() {
            Measure::Stock => None,
            Measure::Cumulative => Some("a running total"),
            Measure::Flow => Some("so many in each period"),
            Measure::Fixed => Some("the same at any time"),
        };
        html! {
            h1 {
                small { bdi { (short(topic.subject(), NAME)) } }
                bdi { (short(topic.predicate(), NAME)) }
                @if let Some(part) = part { ": " (part) }
            }
            @match part {
                None => {
                    @let (all, standing) = (self.claims.len(), self.topic.standing().count());
                    p class="lead" {
                        (count(all, "claim", "claims"))
                        @if standing < all { ", " (grouped(standing)) " of them standing" }
                        @if let Some(kind) = kind { "; " (kind) }
                        "."
                    }
                    @if is_cut(topic.subject(), NAME) || is_cut(topic.predicate(), NAME) {
                        details {
                            summary { "The whole name" }
                            p class="whole" { bdi { (testimony::Shown::new(topic.subject())) } " · " bdi { (testimony::Shown::new(topic.predicate())) } }
                        }
                    }
                }
                Some(_) => p class="lead" { a href=(here.to_topic(&self.topic)) { "To the picture and the positions" } },
            }
        }
    }

    fn pictures(&self, here: &Here<'_, 'a>) -> Markup {
        let lead = |claim: &ClaimRef<'_>| Some(here.to_claim(claim));
        let scene = Scene { topic: self.topic, looks: &self.looks, lead: &lead };
        html! {
            @for kind in scene.kinds() {
                @let (wide, narrow) = (scene.draw(kind, Room::Wide), scene.draw(kind, Room::Narrow));
                figure {
                    (wide.in_page(Room::Wide))
                    (narrow.in_page(Room::Narrow))
                    figcaption {
                        (keys::list(&wide.keys))
                        @if wide.left_out > 0 { p class="soft" { (keys::not_drawn(wide.left_out)) } }
                    }
                }
            }
            (self.table(here))
        }
    }

    /// The pictures as a table, for readers who cannot see them.
    fn table(&self, here: &Here<'_, 'a>) -> Markup {
        html! {
            details {
                summary { "The picture as a table" }
                table class="rows" {
                    thead { tr { th scope="col" { "Said by" } th scope="col" { "What" } th scope="col" { "When" } th scope="col" { "What became of it" } } }
                    tbody {
                        @for claim in self.claims.iter().take(DRAWN) {
                            tr {
                                th scope="row" { (bdi(&name(claim.ledger(), claim.origin()))) }
                                td { (here.claim(claim)) }
                                td { (dating(claim).unwrap_or_default()) }
                                td { (Said::of(claim).note().unwrap_or("stands")) }
                            }
                        }
                    }
                }
                @if self.claims.len() > DRAWN { p class="meta" { "The first " (DRAWN) " on record; all are below." } }
            }
        }
    }

    fn positions(&self, here: &Here<'_, 'a>) -> Markup {
        let positions = &self.positions;
        let more = self.stands().saturating_sub(POSITIONS);
        let silent = positions.uncommitted();
        html! {
            @if self.stands() == 0 { p class="soft" { "Nobody commits to a value." } }
            ul class="stand" {
                @for part in self.standing(0, POSITIONS) { (self.stand(here, &part)) }
                @if !silent.is_empty() {
                    li {
                        span class="soft" { "Committed to nothing" }
                        (self.voices(here, silent, true))
                    }
                }
                @if !positions.forecasts().is_empty() {
                    li {
                        span class="soft" { "Forecasts" }
                        (self.voices(here, positions.forecasts(), false))
                    }
                }
            }
            @if more > 0 {
                p { a href={ (here.root()) (self.stem) "-positions.html" } { (count(more, "more position", "more positions")) } }
            }
            @if self.stands() > 1 {
                p class="meta" { "By the last word of each. More independent voices come first; that makes none of them right." }
            }
        }
    }

    /// Some of the positions, and then of what is denied.
    fn standing(&self, from: usize, most: usize) -> Vec<Part<'_, 'a>> {
        let (held, excluded) = (self.positions.positions(), self.positions.exclusions());
        let held_from = from.min(held.len());
        let excluded_from = (from - held_from).min(excluded.len());
        let parts = held[held_from..].iter().map(Part::Held);
        parts.chain(excluded[excluded_from..].iter().map(Part::Excluded)).take(most).collect()
    }

    fn stand(&self, here: &Here<'_, 'a>, part: &Part<'_, 'a>) -> Markup {
        let (stand, claims, scope) = match part {
            Part::Held(position) => (position.stand(), position.claims(), position.scope()),
            Part::Excluded(exclusion) => (exclusion.stand(), exclusion.claims(), exclusion.scope()),
        };
        html! {
            li {
                b {
                    @if let Part::Excluded(_) = part { "not " }
                    bdi { (stand_in_words(stand, TEXT)) }
                }
                @if let Some(scope) = scope { " (" bdi { (short(scope, NAME)) } ")" }
                span class="votes" {
                    @match part {
                        Part::Held(position) => (voices(position.known(), position.anonymous())),
                        Part::Excluded(exclusion) => (denial(exclusion)),
                    }
                }
                (self.voices(here, claims, false))
            }
        }
    }

    /// Whose claims they are, each leading to the claim, with what it is where that is not said of all of them.
    fn voices(&self, here: &Here<'_, 'a>, claims: &[ClaimRef<'a>], with_badge: bool) -> Markup {
        let more = claims.len().saturating_sub(NAMED);
        html! {
            ul class="who" {
                @for claim in claims.iter().take(NAMED) {
                    li {
                        (self.looks.look(claim.origin().id()).inline("s"))
                        a href=(here.to_claim(claim)) { (bdi(&name(claim.ledger(), claim.origin()))) }
                        @if let Some(dating) = dating(claim) { span class="soft" { ", " (dating) } }
                        @if with_badge { ": " bdi { (short(&statement(claim), NAME)) } (badge(claim)) }
                    }
                }
                @if more > 0 { li class="soft" { "and " (count(more, "more claim", "more claims")) } }
            }
        }
    }

    fn conflicts(&self, here: &Here<'_, 'a>) -> Markup {
        let all = self.topic.conflict_count();
        if all == 0 {
            return html! {};
        }
        let shown: Vec<_> = self.topic.conflicts().take(CONFLICTS).collect();
        html! {
            section aria-labelledby="conflicts" {
                h2 id="conflicts" { "What cannot both be true" }
                @for conflict in &shown { (finding(here, conflict, Some(&self.looks))) }
                @if all > CONFLICTS as u64 {
                    p { a href={ (here.root()) (self.stem) "-conflicts.html" } { "All " (grouped(all)) " conflicts" } }
                }
            }
        }
    }

    fn sums(&self, here: &Here<'_, 'a>) -> Markup {
        let broken: Vec<_> = self.site.broken(&self.topic).take(SUMS + 1).collect();
        html! {
            @if !broken.is_empty() {
                section aria-labelledby="sums" {
                    h2 id="sums" { "What does not add up" }
                    @for violation in broken.iter().take(SUMS) { (sum(here, violation)) }
                    @if broken.len() > SUMS { p { a href={ (here.root()) "sums.html" } { "All that does not add up" } } }
                }
            }
        }
    }

    fn circles(&self, here: &Here<'_, 'a>) -> Markup {
        let circles: Vec<_> = self.topic.circles().take(SUMS).collect();
        html! {
            @if !circles.is_empty() {
                section aria-labelledby="circles" {
                    h2 id="circles" { "Sources that quote each other" }
                    @for circle in &circles {
                        p { (why(circle)) }
                        ul class="who" {
                            @for source in circle.sources().iter().take(NAMED) { li { (here.source(source, None)) } }
                        }
                    }
                }
            }
        }
    }

    fn claim_list(&self, here: &Here<'_, 'a>, this: usize, all: usize) -> Markup {
        let telling = Telling { here, looks: &self.looks };
        html! {
            section aria-labelledby="claims" {
                h2 id="claims" { @if all == 1 { "The claims as on record" } @else { "The claims as on record, " (this) " of " (all) } }
                @for claim in self.claims.iter().skip((this - 1) * CLAIMS).take(CLAIMS) { (telling.card(claim)) }
                (pages(this, all, |n| format!("../{}", address::page(&self.stem, n)), "Pages of claims"))
            }
        }
    }

    fn more_claims(&self, this: usize, all: usize) -> Page {
        let title = format!("{}, claims {this} of {all}", topic_name(&self.topic));
        self.page(address::page(&self.stem, this), &title, |here| {
            html! { (self.heading(here, Some("claims"))) (self.claim_list(here, this, all)) }
        })
    }

    fn more_positions(&self, this: usize, all: usize) -> Page {
        let stem = format!("{}-positions", self.stem);
        let title = format!("{}, positions {this} of {all}", topic_name(&self.topic));
        self.page(address::page(&stem, this), &title, |here| {
            html! {
                (self.heading(here, Some("more positions")))
                ul class="stand" {
                    @for part in self.standing(POSITIONS + (this - 1) * MORE, MORE) { (self.stand(here, &part)) }
                }
                (pages(this, all, |n| format!("../{}", address::page(&stem, n)), "Pages of positions"))
            }
        })
    }

    fn more_conflicts(&self, this: usize, all: usize) -> Page {
        let stem = format!("{}-conflicts", self.stem);
        let title = format!("{}, conflicts {this} of {all}", topic_name(&self.topic));
        let left = self.topic.conflict_count().saturating_sub(MOST_CONFLICTS as u64);
        self.page(address::page(&stem, this), &title, |here| {
            html! {
                (self.heading(here, Some("conflicts")))
                @for conflict in self.topic.conflicts().take(MOST_CONFLICTS).skip((this - 1) * MORE).take(MORE) {
                    (finding(here, &conflict, Some(&self.looks)))
                }
                (pages(this, all, |n| format!("../{}", address::page(&stem, n)), "Pages of conflicts"))
                @if left > 0 {
                    p class="soft" { "And " (grouped(left)) " more, which " code { "testimony audit" } " lists." }
                }
            }
        })
    }
}

/// A position, or what is denied.
enum Part<'p, 'a> {
    Held(&'p Position<'a>),
    Excluded(&'p Exclusion<'a>),
}

/// A position's values in print, of which a text may have many pages.
pub(crate) fn stand_in_words(stand: &Stand<'_>, most: usize) -> String {
    let days = |first, last| Period::days(first, last).map(|period| period.in_words());
    let in_words = match stand {
        Stand::Days { first: Some(first), last: Some(last) } if first == last => Period::from(*first).in_words(),
        Stand::Days { first: Some(first), last: Some(last) } => days(*first, *last).unwrap_or_default(),
        Stand::Days { first: Some(first), last: None } => format!("since {}", Period::from(*first).in_words()),
        Stand::Days { first: None, last: Some(last) } => format!("up to {}", Period::from(*last).in_words()),
        stand => stand.to_string(),
    };
    // The words were escaped when they were printed.
    match in_words.char_indices().nth(most) {
        Some((cut, _)) => format!("{}…", &in_words[..cut]),
        None => in_words,
    }
}

/// `2 independent voices and 1 anonymous`.
pub(crate) fn voices(known: usize, anonymous: usize) -> String {
    let known_in_words = count(known, "independent voice", "independent voices");
    match (known, anonymous) {
        (_, 0) => known_in_words,
        (0, anonymous) => count(anonymous, "anonymous voice", "anonymous voices"),
        (_, anonymous) => format!("{known_in_words} and {} anonymous", grouped(anonymous)),
    }
}

fn denial(exclusion: &Exclusion<'_>) -> &'static str {
    let doubts = exclusion.claims().iter().filter(|claim| claim.stance() == Stance::Affirms).count();
    match doubts {
        0 => "denied",
        doubts if doubts == exclusion.claims().len() => "called unlikely",
        _ => "denied, or called unlikely",
    }
}

/// Two claims that cannot both be true, and why.
pub(crate) fn finding(here: &Here<'_, '_>, conflict: &Conflict<'_>, looks: Option<&Looks<'_>>) -> Markup {
    let claims = [conflict.older(), conflict.newer()];
    html! {
        article class="finding" id=(address::conflict(here.site.label(&claims[0]), here.site.label(&claims[1]))) {
            h3 {
                (title(conflict)) ": "
                (bdi(&name(conflict.older().ledger(), conflict.older().origin())))
                @if conflict.older().origin().id() != conflict.newer().origin().id() {
                    " and " (bdi(&name(conflict.newer().ledger(), conflict.newer().origin())))
                }
            }
            ul class="sides" {
                @for claim in &claims {
                    li {
                        @if let Some(looks) = looks { (looks.look(claim.origin().id()).inline("s")) }
                        (here.said(claim))
                    }
                }
            }
            p { (sentence(&conflict.because(), &claims)) }
        }
    }
}

/// A sum that does not come out, with the claims that it is made of.
pub(crate) fn sum(here: &Here<'_, '_>, violation: &Violation<'_>) -> Markup {
    let claims = violation.claims();
    let scope = match violation.scope() {
        ViolationScope::OwnWord => "By one origin’s own figures",
        ViolationScope::AcrossOrigins if violation.is_by_last_words() => "Across origins, by the last word of each",
        ViolationScope::AcrossOrigins => "Across origins, at the time of the claim",
    };
    html! {
        article class="finding" id=(address::violation(violation, here.site.label(&violation.result()))) {
            h3 { (sentence(&violation.because(), &claims)) }
            p class="meta" { (scope) @if !violation.is_certain() { ", and possibly" } ". " (short(&violation.constraint().to_string(), TEXT)) }
            ul class="sides" {
                @for claim in claims.iter().take(NAMED) {
                    li {
                        bdi { (short(claim.topic().predicate(), NAME)) } ": "
                        (here.said(claim))
                    }
                }
                @let more = claims.len().saturating_sub(NAMED) + violation.left_out();
                @if more > 0 { li class="soft" { "and " (count(more, "more claim", "more claims")) } }
            }
        }
    }
}
