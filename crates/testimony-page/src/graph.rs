//! Who quotes whom: those who are quoted on one side, those who quote them on the other, a line for each pair.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::frame::finder;
use crate::picture::Px;
use crate::site::{Here, Page, Site};
use crate::text::{bdi, count, grouped, isolated, name, short};

/// How many names either side of the picture has, and how many pairs the table has.
const SIDE: usize = 24;
const PAIRS: usize = 500;
const CIRCLES: usize = 40;
const ROW: f64 = 26.0;
const WIDTH: f64 = 720.0;

impl<'a> Site<'a> {
    /// Who quotes whom, as a picture and as a table; n log n in the pairs of sources.
    #[must_use]
    pub fn graph(&self) -> Page {
        let here = Here::new(self, "graph.html".to_owned());
        let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
        for (relay, place) in self.places.iter().enumerate() {
            pairs.extend(place.from.iter().map(|(nearer, n)| (*nearer, relay, *n)));
        }
        pairs.sort_by_key(|(nearer, relay, n)| (std::cmp::Reverse(*n), *nearer, *relay));
        let body = html! {
            h1 { "Who quotes whom" }
            p class="lead" { "Whoever passes on a claim is no second witness: ten that quote one are one voice." }
            @if pairs.is_empty() { p { "No claim on record was passed on." } } @else {
                figure {
                    (self.drawn(&here, &pairs))
                    figcaption { p class="meta" { "On the left who is quoted, on the right who quotes; the wider the line, the more claims." } }
                }
                section aria-labelledby="pairs" {
                    h2 id="pairs" { "The same as a table" }
                    (finder("pair-table"))
                    (self.table(&here, &pairs))
                }
            }
            (self.circle_list(&here, CIRCLES, |others| html! { p class="soft" { "and " (grouped(others)) " more, on the pages of their topics" } }))
        };
        here.page("Who quotes whom", true, &body)
    }

    fn drawn(&self, here: &Here<'_, 'a>, pairs: &[(usize, usize, usize)]) -> Markup {
        let (left, right) =
            (rows(pairs.iter().map(|pair| (pair.0, pair.2))), rows(pairs.iter().map(|pair| (pair.1, pair.2))));
        let places = |rows: &[usize]| -> BTreeMap<usize, usize> {
            rows.iter().enumerate().map(|(row, place)| (*place, row)).collect()
        };
        let (on_left, on_right) = (places(&left), places(&right));
        #[expect(clippy::cast_precision_loss, reason = "either side has few rows")]
        let y = |row: usize| 34.0 + ROW * row as f64;
        let height = y(left.len().max(right.len()));
        let (from, to) = (WIDTH * 0.4, WIDTH * 0.6);
        let curve = |one: f64, other: f64| {
            let middle = Px(f64::midpoint(from, to));
            format!("M{} {}C{middle} {} {middle} {} {} {}", Px(from), Px(one), Px(one), Px(other), Px(to), Px(other))
        };
        html! {
            svg class="pic graph" viewBox=(format!("0 0 {WIDTH} {}", Px(height))) role="group" aria-labelledby="graph-title graph-desc" {
                title id="graph-title" { "Who quotes whom" }
                desc id="graph-desc" { (self.described(pairs)) }
                text class="t strong end" x=(Px(from - 10.0)) y="14" { "said by, or taken from" }
                text class="t strong" x=(Px(to + 10.0)) y="14" { "passed on by" }
                @for (nearer, relay, n) in pairs {
                    @if let (Some(one), Some(other)) = (on_left.get(nearer), on_right.get(relay)) {
                        path class="flow" stroke-width=(thickness(*n)) d=(curve(y(*one), y(*other))) {
                            title { (self.named(*nearer)) " → " (self.named(*relay)) ": " (count(*n, "claim", "claims")) }
                        }
                    }
                }
                @for (side, rows) in [("end", &left), ("start", &right)] {
                    @for (row, place) in rows.iter().enumerate() {
                        @let x = if side == "end" { from - 10.0 } else { to + 10.0 };
                        a href=(here.to_source(self.source_at(*place))) {
                            circle class="knot" cx=(Px(if side == "end" { from } else { to })) cy=(Px(y(row))) r="4" {}
                            text class={ "who " (side) } x=(Px(x)) y=(Px(y(row) + 4.5)) { (isolated(&short(&self.named(*place), 36))) }
                        }
                    }
                }
            }
            @let more = self.places.iter().filter(|place| !place.to.is_empty()).count().saturating_sub(SIDE);
            @if more > 0 { p class="soft" { "The " (SIDE) " that are quoted and that quote most." } }
        }
    }

    fn named(&self, place: usize) -> String {
        name(self.ledger, self.source_at(place))
    }

    fn described(&self, pairs: &[(usize, usize, usize)]) -> String {
        let told: Vec<String> = pairs
            .iter()
            .take(5)
            .map(|(nearer, relay, n)| {
                format!("{} passes on {} of {}", self.named(*relay), count(*n, "claim", "claims"), self.named(*nearer))
            })
            .collect();
        format!("{}: {}.", count(pairs.len(), "pair of sources", "pairs of sources"), told.join("; "))
    }

    fn table(&self, here: &Here<'_, 'a>, pairs: &[(usize, usize, usize)]) -> Markup {
        html! {
            table class="rows" id="pair-table" {
                thead { tr { th scope="col" { "Said by, or taken from" } th scope="col" { "Passed on by" } th class="num" scope="col" { "Claims" } } }
                tbody {
                    @for (nearer, relay, n) in pairs.iter().take(PAIRS) {
                        tr {
                            th scope="row" { (here.source(self.source_at(*nearer), None)) }
                            td { "→ " a href=(here.to_source(self.source_at(*relay))) { (bdi(&self.named(*relay))) } }
                            td class="num" data-of="claims" { (grouped(*n)) }
                        }
                    }
                }
            }
            @if pairs.len() > PAIRS { p class="soft" { "and " (grouped(pairs.len() - PAIRS)) " more pairs, on the pages of the sources" } }
        }
    }
}

/// The sources of one side, those with the most claims first.
fn rows(counts: impl Iterator<Item = (usize, usize)>) -> Vec<usize> {
    let mut sums: BTreeMap<usize, usize> = BTreeMap::new();
    for (place, n) in counts {
        *sums.entry(place).or_default() += n;
    }
    let mut rows: Vec<_> = sums.into_iter().collect();
    rows.sort_by_key(|(place, n)| (std::cmp::Reverse(*n), *place));
    rows.into_iter().take(SIDE).map(|(place, _)| place).collect()
}

/// How wide the line of so many claims is: it grows with their number, ever more slowly.
fn thickness(n: usize) -> String {
    let doublings = n.max(1).ilog2();
    (f64::from(doublings.min(12)) * 1.2 + 1.5).to_string()
}
