//! Who really says so: voices behind a claim, and sources that quote each other in a circle.

use std::collections::HashMap;
use std::fmt;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use petgraph::unionfind::UnionFind;

use crate::ledger::{ClaimId, ClaimRef, TopicRef};
use crate::relation::{Agreement, Side};
use crate::report::{Written, attribution, count, paragraph, statement};
use crate::source::Source;
use crate::topic::Topic;

/// Who says a claim and who relays it, as a ledger numbers sources and claims.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Statement<'a> {
    pub(crate) claim: u32,
    pub(crate) origin: u32,
    /// What the origin is part of in the end.
    pub(crate) root: u32,
    pub(crate) anonymous: bool,
    pub(crate) relays: &'a [u32],
}

impl Statement<'_> {
    /// Each relay with the source before it in the chain.
    fn attributions(&self) -> impl Iterator<Item = (u32, u32)> {
        let before = std::iter::once(self.origin).chain(self.relays.iter().copied());
        self.relays.iter().copied().zip(before)
    }
}

/// Sources that attribute to each other in a circle, and the claims in which they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ring {
    pub(crate) sources: Vec<u32>,
    pub(crate) claims: Vec<u32>,
}

/// The circles among some statements, by the first of their sources.
pub(crate) fn rings(statements: &[Statement<'_>]) -> Vec<Ring> {
    let mut graph = DiGraph::<u32, ()>::new();
    let mut nodes = HashMap::new();
    for (relay, before) in statements.iter().flat_map(Statement::attributions) {
        let mut node = |source| *nodes.entry(source).or_insert_with(|| graph.add_node(source));
        let (relay, before) = (node(relay), node(before));
        graph.add_edge(relay, before, ());
    }
    let mut ring_of = HashMap::new();
    let mut rings = Vec::new();
    for component in kosaraju_scc(&graph) {
        if component.len() > 1 {
            let mut sources: Vec<u32> = component.iter().map(|&node| graph[node]).collect();
            sources.sort_unstable();
            ring_of.extend(sources.iter().map(|&source| (source, rings.len())));
            rings.push(Ring { sources, claims: Vec::new() });
        }
    }
    for statement in statements {
        for (relay, before) in statement.attributions() {
            if let (Some(&ring), Some(&same)) = (ring_of.get(&relay), ring_of.get(&before))
                && ring == same
                && rings[ring].claims.last() != Some(&statement.claim)
            {
                rings[ring].claims.push(statement.claim);
            }
        }
    }
    rings.sort_by_key(|ring| ring.sources[0]);
    rings
}

/// Which origins are one voice.
#[derive(Debug)]
pub(crate) struct Voices(HashMap<u32, Voice>);

/// The voice of an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Voice {
    Known(usize),
    Anonymous(u32),
}

impl Voices {
    /// Joins the known origins of some statements that depend on each other or are in one circle.
    pub(crate) fn of(statements: &[Statement<'_>]) -> Self {
        let mut places = HashMap::new();
        for statement in statements.iter().filter(|statement| !statement.anonymous) {
            let next = places.len();
            places.entry(statement.origin).or_insert(next);
        }
        let mut joined = UnionFind::new(places.len());
        let mut roots = HashMap::new();
        for statement in statements.iter().filter(|statement| !statement.anonymous) {
            let place = places[&statement.origin];
            joined.union(place, *roots.entry(statement.root).or_insert(place));
            for relay in statement.relays.iter().filter_map(|relay| places.get(relay)) {
                joined.union(place, *relay);
            }
        }
        for ring in rings(statements) {
            let mut origins = ring.sources.iter().filter_map(|source| places.get(source));
            if let Some(first) = origins.next() {
                origins.for_each(|other| {
                    joined.union(*first, *other);
                });
            }
        }
        let voice = |statement: &Statement<'_>| match places.get(&statement.origin) {
            Some(&place) => Voice::Known(joined.find(place)),
            None => Voice::Anonymous(statement.origin),
        };
        Self(statements.iter().map(|statement| (statement.origin, voice(statement))).collect())
    }

    /// The voice of an origin of one of the statements.
    pub(crate) fn voice(&self, origin: u32) -> Voice {
        self.0.get(&origin).copied().unwrap_or(Voice::Anonymous(origin))
    }
}

/// A claim that bears another one out, and how their values lie to each other.
#[derive(Clone, Copy, Debug)]
pub struct Witness<'a> {
    pub(crate) claim: ClaimRef<'a>,
    pub(crate) agreement: Agreement,
}

impl<'a> Witness<'a> {
    /// The claim.
    #[must_use]
    pub fn claim(&self) -> ClaimRef<'a> {
        self.claim
    }

    /// How its value, the first side, lies to that of the claim it bears out, the second: "at least 1" agrees with
    /// 11,000, and says little.
    #[must_use]
    pub fn agreement(&self) -> Agreement {
        self.agreement
    }
}

/// One voice: an origin, or several that count as one, with the claims of theirs that bear a claim out.
#[derive(Clone, Debug)]
pub struct Backing<'a> {
    pub(crate) anonymous: bool,
    pub(crate) witnesses: Vec<Witness<'a>>,
}

impl<'a> Backing<'a> {
    /// Whether it is somebody who is not named, of whom nobody knows whether they are independent.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        self.anonymous
    }

    /// The claims, in the order in which they were recorded.
    #[must_use]
    pub fn witnesses(&self) -> &[Witness<'a>] {
        &self.witnesses
    }

    /// The origins, each once.
    #[must_use]
    pub fn origins(&self) -> Vec<&'a Source> {
        let mut origins: Vec<&Source> = Vec::new();
        for witness in &self.witnesses {
            if origins.iter().all(|origin| origin.id() != witness.claim.origin().id()) {
                origins.push(witness.claim.origin());
            }
        }
        origins
    }
}

/// How many voices stand behind a claim, and which.
///
/// A voice is one origin, or several that depend on each other or quote each other in a circle. Relays are listed with
/// each claim and are not counted; anonymous origins are counted apart, because nobody knows whether they are
/// independent.
///
/// ```
/// use testimony::{Claim, Figure, Ledger, Source, SourceKind, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// let agency = ledger.add_source(Source::new("agency", "Agency")?.with_kind(SourceKind::OUTLET))?;
/// let ministry = ledger.add_source(Source::new("moh", "Ministry of Health")?)?;
/// let deaths = Topic::new("market bombing", "deaths");
/// let first = ledger.record(Claim::new(deaths.clone(), Figure::exactly(40), &agency))?.id();
/// for i in 0..10 {
///     let outlet = ledger.add_source(Source::new(format!("outlet-{i}"), format!("Outlet {i}"))?)?;
///     ledger.record(Claim::new(deaths.clone(), Figure::exactly(40), &agency).with_relay(&outlet))?;
/// }
/// let claim = ledger.claim(first).expect("it was recorded");
/// assert_eq!(claim.corroboration().known(), 1, "ten outlets that quote one agency are one witness");
/// ledger.record(Claim::new(deaths, Figure::more_than(30), &ministry))?;
/// # let claim = ledger.claim(first).expect("it was recorded");
/// assert_eq!(claim.corroboration().known(), 2);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Corroboration<'a> {
    pub(crate) claim: ClaimRef<'a>,
    pub(crate) backings: Vec<Backing<'a>>,
    pub(crate) confirmed: bool,
}

impl<'a> Corroboration<'a> {
    /// The claim that is borne out.
    #[must_use]
    pub fn claim(&self) -> ClaimRef<'a> {
        self.claim
    }

    /// The voices by the first claim of each, the claim's own among them if it stands.
    #[must_use]
    pub fn backings(&self) -> &[Backing<'a>] {
        &self.backings
    }

    /// How many independent voices with a name say so.
    #[must_use]
    pub fn known(&self) -> usize {
        self.backings.iter().filter(|voice| !voice.anonymous).count()
    }

    /// How many more say so that are anonymous.
    #[must_use]
    pub fn anonymous(&self) -> usize {
        self.backings.len() - self.known()
    }

    /// Whether another independent voice with a name than the claim's own says so. Of an anonymous origin, the outlet
    /// that it belongs to and those that pass the claim on are none.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        self.confirmed
    }
}

impl fmt::Display for Corroboration<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = format!(
            "[{}] {}: {}",
            self.claim.id(),
            statement(&self.claim),
            voice_count(self.known(), self.anonymous())
        );
        paragraph(f, &line, 0, 4)?;
        for voice in &self.backings {
            for (i, witness) in voice.witnesses.iter().enumerate() {
                let agreement = match witness.agreement {
                    Agreement::Equal => "the same",
                    Agreement::Within(Side::First) => "within it",
                    Agreement::Within(Side::Second) => "around it",
                    Agreement::Overlapping => "overlapping it",
                };
                let claim = &witness.claim;
                let line = format!("[{}] {}, {agreement}: {}", claim.id(), statement(claim), attribution(claim));
                paragraph(f, &line, if i == 0 { 2 } else { 4 }, 6)?;
            }
        }
        Ok(())
    }
}

/// `2 independent origins and 1 anonymous`.
pub(crate) fn voice_count(known: usize, anonymous: usize) -> String {
    match (known, anonymous) {
        (known, 0) => count(known, "independent origin", "independent origins"),
        (0, anonymous) => count(anonymous, "anonymous origin", "anonymous origins"),
        (known, anonymous) => {
            format!("{} and {anonymous} anonymous", count(known, "independent origin", "independent origins"))
        }
    }
}

/// Sources that attribute to each other what none of them is the origin of.
///
/// ```
/// use testimony::{Claim, Figure, Ledger, Source, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// let post = ledger.add_source(Source::new("post", "The Post")?)?;
/// let times = ledger.add_source(Source::new("times", "The Times")?)?;
/// let deaths = Topic::new("market bombing", "deaths");
/// ledger.record(Claim::new(deaths.clone(), Figure::exactly(40), &post).with_relay(&times))?;
/// ledger.record(Claim::new(deaths, Figure::exactly(40), &times).with_relay(&post))?;
/// let circles: Vec<_> = ledger.circles().collect();
/// assert_eq!(
///     circles[0].to_string(),
///     "\
/// Circle: market bombing · deaths
///   The Post and The Times attribute to each other what none of them says first,
///   in claims [0] and [1]. They count as one voice.
/// "
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Circle<'a> {
    pub(crate) topic: TopicRef<'a>,
    pub(crate) sources: Vec<&'a Source>,
    pub(crate) claims: Vec<ClaimRef<'a>>,
}

impl<'a> Circle<'a> {
    /// The topic.
    #[must_use]
    pub fn topic(&self) -> &'a Topic {
        self.topic.topic()
    }

    /// What else is on record about the topic.
    #[must_use]
    pub fn topic_ref(&self) -> TopicRef<'a> {
        self.topic
    }

    /// The sources, in the order in which they were added to the ledger.
    #[must_use]
    pub fn sources(&self) -> &[&'a Source] {
        &self.sources
    }

    /// The claims in which they attribute to each other, in the order in which they were recorded.
    #[must_use]
    pub fn claims(&self) -> &[ClaimRef<'a>] {
        &self.claims
    }

    /// What it means, in plain words: whole sentences on one line.
    #[must_use]
    pub fn because(&self) -> String {
        self.in_words(&ClaimId::number)
    }

    /// The report with other numbers for the claims, such as those of the file that they were read from.
    pub fn numbered(&self, number: impl Fn(ClaimId) -> u64) -> impl fmt::Display {
        Written(move |f: &mut fmt::Formatter<'_>| self.write(f, &number))
    }

    fn in_words(&self, number: &dyn Fn(ClaimId) -> u64) -> String {
        let names = list(self.sources.iter().map(|source| self.topic.ledger().name_of(source)));
        let claims = list(self.claims.iter().map(|claim| format!("[{}]", number(claim.id()))));
        format!(
            "{names} attribute to each other what none of them says first, in claims {claims}. They count as one voice."
        )
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, number: &dyn Fn(ClaimId) -> u64) -> fmt::Result {
        paragraph(f, &format!("Circle: {}", self.topic()), 0, 2)?;
        paragraph(f, &self.in_words(number), 2, 2)
    }
}

impl fmt::Display for Circle<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, &ClaimId::number)
    }
}

/// `a, b and c`.
pub(crate) fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    match items.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}
