//! The frame of every page: its head, a policy that lets it load nothing, and the way to the other pages.

use std::iter;
use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use crate::site::{Here, Page};

/// The style sheet, which is in each page because a page loads nothing.
const STYLE: &str = concat!(include_str!("style.css"), include_str!("picture.css"));
/// The script that finds rows in a long table as one types. A page can be read without it.
const SCRIPT: &str = include_str!("find.js");

/// The content security policy of a page: only its own style and, where it has one, its script, by their digests.
fn policy(finds: bool) -> &'static str {
    static POLICIES: OnceLock<[String; 2]> = OnceLock::new();
    let digest = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    let policies = POLICIES.get_or_init(|| {
        let common = format!("default-src 'none'; style-src {}; base-uri 'none'; form-action 'none'", digest(STYLE));
        let finding = format!("{common}; script-src {}", digest(SCRIPT));
        [common, finding]
    });
    &policies[usize::from(finds)]
}

impl Here<'_, '_> {
    /// The page with its frame; `finds` where it has tables to find rows in.
    pub(crate) fn page(self, title: &str, finds: bool, body: &Markup) -> Page {
        let (root, of) = (self.root(), self.site.title.as_str());
        let page = html! {
            (DOCTYPE)
            html lang="en" dir="ltr" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy(finds));
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="referrer" content="no-referrer";
                    meta name="color-scheme" content="light dark";
                    title { (title) @if title != of { " – " (of) } }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    a class="skip" href="#main" { "To the content" }
                    header class="top" {
                        b { bdi { (of) } }
                        nav aria-label="Pages" {
                            a href={ (root) "index.html" } { "Front" } " "
                            a href={ (root) "topics.html" } { "Topics" } " "
                            a href={ (root) "sources.html" } { "Sources" } " "
                            a href={ (root) "graph.html" } { "Who quotes whom" }
                        }
                    }
                    main id="main" tabindex="-1" { (body) }
                    footer { p { "Made from a ledger of claims by testimony. It lays out who says what; it does not say who is right." } }
                    @if finds { script { (PreEscaped(SCRIPT)) } }
                }
            }
        };
        Page { html: page.into_string(), path: self.path }
    }
}

/// A field that finds rows of the table with this id, for those whose browser runs it.
pub(crate) fn finder(table: &str) -> Markup {
    html! {
        p class="find" hidden data-find=(table) {
            label { "Find in this table " input type="search" autocomplete="off" spellcheck="false"; }
            " " span role="status" {}
        }
    }
}

/// The way to the other pages of a list; nothing where it has one.
pub(crate) fn pages(this: usize, all: usize, address: impl Fn(usize) -> String, what: &str) -> Markup {
    if all < 2 {
        return html! {};
    }
    // The first, the last and those about this one.
    let near = this.saturating_sub(3).max(1)..=(this + 3).min(all);
    let mut shown: Vec<usize> = iter::once(1).chain(near).chain([all]).collect();
    shown.dedup();
    html! {
        nav class="pages" aria-label=(what) {
            span { (what) ":" }
            @for (i, n) in shown.iter().enumerate() {
                @if i > 0 && shown[i - 1] + 1 < *n { span { "…" } }
                @if *n == this {
                    a href=(address(*n)) aria-current="page" { (n) }
                } @else {
                    a href=(address(*n)) { (n) }
                }
            }
        }
    }
}
