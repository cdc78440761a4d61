//! A ledger as a folder of pages, each made when it is asked for.

use std::collections::{HashMap, HashSet};

use maud::{Markup, html};
use testimony::{Circle, ClaimId, ClaimRef, Label, Ledger, Scorecard, Source, SourceId, Topic, TopicRef, Violation};

use crate::address::{self, CLAIMS};
use crate::look::Look;
use crate::text::{NAME, bdi, dating, name, short, statement};

/// A page: its place within the site, with `/` between folders, and its HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The place, such as `topic/market-bombing-deaths-0f3a….html`: lower-case letters, digits, hyphens and full stops,
    /// whatever the ledger has in its names.
    pub path: String,
    /// The page, whole: it loads nothing.
    pub html: String,
}

/// The place of a source among the others, found once for all pages: its neighbours in chains, and its own topics.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place<'a> {
    /// The claims that are its own word, by number.
    pub(crate) claims: Vec<ClaimId>,
    /// From whom it took claims, with how many.
    pub(crate) from: HashMap<usize, usize>,
    /// Who took claims from it, with how many.
    pub(crate) to: HashMap<usize, usize>,
    /// The topics on which nobody else has a claim that was not taken back.
    pub(crate) alone: Vec<TopicRef<'a>>,
    /// The circles that it is in, by their places.
    pub(crate) circles: Vec<usize>,
}

/// Where a claim stands among those on its topic, and under which label, which takes a digest to find.
#[derive(Clone, Copy, Debug)]
struct Spot {
    nth: usize,
    label: Label,
    /// Whether no claim after it has the same label.
    is_last: bool,
}

/// A ledger, or a view of one, as pages for people.
///
/// [`pages`](Self::pages) gives all of them, one at a time, so that a folder is written without holding more than one;
/// a web service asks for one by its kind. They open from a file, load nothing and are read without a script.
///
/// # Addresses
///
/// A claim is found at its [label](testimony::Label) (`#590c2c…`) on a page of its topic, and stays there while the ledger
/// grows: claims are in the order of recording, so many on each page. A claim that is on record twice, because it was taken
/// back and said again, has its address where it was recorded last.
///
/// # Size
///
/// No page is larger than 300 KB: what is long goes on to a second one, and a text of many pages has its own.
///
/// ```
/// use testimony::testing::korea_herald;
/// use testimony_page::Site;
///
/// let ledger = korea_herald();
/// let site = Site::new(&ledger).with_title("The Korea Herald");
/// let pages: Vec<_> = site.pages().collect();
/// assert_eq!(pages[0].path, "index.html");
/// assert!(pages[0].html.contains("weight in the battles of Kursk"));
/// assert!(pages.iter().any(|page| page.path.starts_with("topic/north-korean-troops-in-u-casualties-")));
/// ```
#[derive(Debug)]
pub struct Site<'a> {
    pub(crate) ledger: &'a Ledger,
    pub(crate) title: String,
    /// The ledger as it was before, and since when that is.
    pub(crate) before: Option<(&'a Ledger, String)>,
    /// The topics, the most contested first.
    pub(crate) topics: Vec<TopicRef<'a>>,
    pub(crate) violations: Vec<Violation<'a>>,
    pub(crate) circles: Vec<Circle<'a>>,
    pub(crate) cards: Vec<Scorecard<'a>>,
    pub(crate) sources: HashMap<&'a SourceId, usize>,
    pub(crate) places: Vec<Place<'a>>,
    broken: HashMap<&'a Topic, Vec<usize>>,
    spots: HashMap<ClaimId, Spot>,
}

/// The most sums that do not come out of which pages tell.
const VIOLATIONS: usize = 10_000;
/// The most circles of which pages tell.
const CIRCLES: usize = 1000;

impl<'a> Site<'a> {
    /// The pages of a ledger. All that is asked of the whole of it is asked here, n log n in its claims.
    #[must_use]
    pub fn new(ledger: &'a Ledger) -> Self {
        let mut topics: Vec<_> = ledger.topics().collect();
        topics.sort_by_key(|topic| std::cmp::Reverse((topic.conflict_count(), topic.claims().len())));
        let violations: Vec<_> = ledger.violations().take(VIOLATIONS).collect();
        let mut broken: HashMap<&Topic, Vec<usize>> = HashMap::new();
        for (n, violation) in violations.iter().enumerate() {
            for claim in violation.claims() {
                let there = broken.entry(claim.topic_ref().topic()).or_default();
                if there.last() != Some(&n) {
                    there.push(n);
                }
            }
        }
        let sources: HashMap<_, _> = ledger.sources().enumerate().map(|(n, source)| (source.id(), n)).collect();
        let mut places = vec![Place::default(); sources.len()];
        let mut spots = HashMap::with_capacity(ledger.claims().len());
        for topic in ledger.topics() {
            // Equal claims are on one topic.
            let mut seen = HashSet::new();
            for (n, claim) in topic.claims().enumerate().collect::<Vec<_>>().into_iter().rev() {
                let label = claim.label();
                spots.insert(claim.id(), Spot { nth: n, label, is_last: seen.insert(label) });
            }
            let mut origins = topic.claims().filter(|claim| !claim.is_retracted()).map(|claim| claim.origin().id());
            if let Some(only) = origins.next()
                && origins.all(|origin| origin == only)
            {
                places[sources[only]].alone.push(topic);
            }
        }
        let circles: Vec<_> = ledger.circles().take(CIRCLES).collect();
        for (n, circle) in circles.iter().enumerate() {
            for member in circle.sources() {
                places[sources[member.id()]].circles.push(n);
            }
        }
        for claim in ledger.claims() {
            let mut nearer = sources[claim.origin().id()];
            places[nearer].claims.push(claim.id());
            for relay in claim.relays() {
                let relay = sources[relay.id()];
                *places[relay].from.entry(nearer).or_default() += 1;
                *places[nearer].to.entry(relay).or_default() += 1;
                nearer = relay;
            }
        }
        Self {
            ledger,
            title: "What is on record".to_owned(),
            before: None,
            topics,
            violations,
            circles,
            cards: ledger.scorecards(),
            sources,
            places,
            broken,
            spots,
        }
    }

    /// Sets the name of the whole, which each page bears.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.title = short(&title.into(), NAME);
        self
    }

    /// Sets the ledger as it was before, so that the front tells what changed; `since` says when that was, as people do.
    #[must_use]
    pub fn with_before(mut self, before: &'a Ledger, since: impl Into<String>) -> Self {
        self.before = Some((before, short(&since.into(), NAME)));
        self
    }

    /// All pages, the front first. Each is made when it is asked for.
    pub fn pages(&self) -> impl Iterator<Item = Page> {
        self.share_of_pages(0, 1)
    }

    /// One of so many shares of the pages, counted from 0: threads make them side by side, each its own share. Together
    /// they are [`pages`](Self::pages). Of no shares, the first is all.
    ///
    /// ```
    /// use testimony::testing::korea_herald;
    /// use testimony_page::Site;
    ///
    /// let ledger = korea_herald();
    /// let site = Site::new(&ledger);
    /// assert_eq!((0..3).map(|share| site.share_of_pages(share, 3).count()).sum::<usize>(), site.pages().count());
    /// ```
    pub fn share_of_pages(&self, share: usize, shares: usize) -> impl Iterator<Item = Page> {
        let step = shares.max(1);
        let own = self.ledger.topics().skip(share).step_by(step).flat_map(|topic| self.topic_pages(topic));
        let sources = self.ledger.sources().skip(share).step_by(step).flat_map(|source| self.source_pages(source));
        let claims = self.ledger.claims().skip(share).step_by(step).flat_map(|claim| self.claim_pages(&claim));
        let first = (share == 0).then(|| {
            std::iter::once_with(|| self.front()).chain(self.list_pages()).chain(std::iter::once_with(|| self.graph()))
        });
        first.into_iter().flatten().chain(own).chain(sources).chain(claims)
    }

    /// The sums that do not come out in which a topic takes part.
    pub(crate) fn broken(&self, topic: &TopicRef<'a>) -> impl Iterator<Item = &Violation<'a>> {
        self.broken.get(topic.topic()).into_iter().flatten().map(|n| &self.violations[*n])
    }

    pub(crate) fn source_at(&self, place: usize) -> &'a Source {
        self.cards[place].source()
    }

    /// The address of a claim within its page.
    pub(crate) fn anchor(&self, claim: &ClaimRef<'_>) -> String {
        match self.spots.get(&claim.id()) {
            Some(Spot { label, is_last: false, .. }) => format!("{label}-{}", claim.id().number()),
            _ => self.label(claim).to_string(),
        }
    }

    pub(crate) fn label(&self, claim: &ClaimRef<'_>) -> Label {
        self.spots.get(&claim.id()).map_or_else(|| claim.label(), |spot| spot.label)
    }

    /// The page that a claim is on.
    pub(crate) fn page_of(&self, claim: &ClaimRef<'_>) -> String {
        let nth = self.spots.get(&claim.id()).map_or(0, |spot| spot.nth);
        address::page(&address::topic(claim.topic_ref().topic()), nth / CLAIMS + 1)
    }
}

/// Where a page stands, for the links on it.
pub(crate) struct Here<'s, 'a> {
    pub(crate) site: &'s Site<'a>,
    pub(crate) path: String,
}

impl<'s, 'a> Here<'s, 'a> {
    pub(crate) fn new(site: &'s Site<'a>, path: String) -> Self {
        Self { site, path }
    }

    /// The way to the front.
    pub(crate) fn root(&self) -> &'static str {
        if self.path.contains('/') { "../" } else { "" }
    }

    /// The way to a claim.
    pub(crate) fn to_claim(&self, claim: &ClaimRef<'_>) -> String {
        let (page, anchor) = (self.site.page_of(claim), self.site.anchor(claim));
        if page == self.path { format!("#{anchor}") } else { format!("{}{page}#{anchor}", self.root()) }
    }

    pub(crate) fn to_topic(&self, topic: &TopicRef<'_>) -> String {
        format!("{}{}", self.root(), address::page(&address::topic(topic.topic()), 1))
    }

    pub(crate) fn to_source(&self, source: &Source) -> String {
        format!("{}{}", self.root(), address::page(&address::source(source), 1))
    }

    /// A topic by its name, as a link to it.
    pub(crate) fn topic(&self, topic: &TopicRef<'_>) -> Markup {
        let (subject, predicate) = (topic.topic().subject(), topic.topic().predicate());
        html! {
            a href=(self.to_topic(topic)) { bdi { (short(subject, NAME)) } " · " bdi { (short(predicate, NAME)) } }
        }
    }

    /// The statement of a claim, as a link to it.
    pub(crate) fn claim(&self, claim: &ClaimRef<'_>) -> Markup {
        html! { a href=(self.to_claim(claim)) { bdi { (short(&statement(claim), NAME)) } } }
    }

    /// The statement of a claim as a link to it, with its origin and its time.
    pub(crate) fn said(&self, claim: &ClaimRef<'_>) -> Markup {
        html! {
            (self.claim(claim))
            span class="soft" {
                " – " (bdi(&name(self.site.ledger, claim.origin())))
                @if let Some(dating) = dating(claim) { ", " (dating) }
            }
        }
    }

    /// A source by its name, as a link to it, with its mark where it has one here.
    pub(crate) fn source(&self, source: &Source, look: Option<Look>) -> Markup {
        html! {
            @if let Some(look) = look { (look.inline("s")) }
            a href=(self.to_source(source)) { (bdi(&name(self.site.ledger, source))) }
            @if source.is_anonymous() { span class="soft" { " (anonymous)" } }
        }
    }
}
