//! Whose word claims are: origins that count as one voice, and sources that attribute to each other in a circle.

use std::collections::HashMap;

use petgraph::unionfind::UnionFind;

use super::strong::strong_components;

/// Who says a claim and who relays it, sources by their numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Statement<'a> {
    pub(crate) origin: u32,
    /// What the origin is part of in the end.
    pub(crate) root: u32,
    pub(crate) anonymous: bool,
    pub(crate) relays: &'a [u32],
}

impl Statement<'_> {
    /// Each relay with the source before it in the chain.
    pub(super) fn attributions(&self) -> impl Iterator<Item = (u32, u32)> {
        let before = std::iter::once(self.origin).chain(self.relays.iter().copied());
        self.relays.iter().copied().zip(before)
    }
}

/// Sources that attribute to each other in a circle, and the claims in which they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ring {
    pub(crate) sources: Vec<u32>,
    /// By their places among the statements.
    pub(crate) claims: Vec<usize>,
}

/// The circles among some statements, by the first of their sources.
pub(crate) fn rings(statements: &[Statement<'_>]) -> Vec<Ring> {
    let mut numbers = HashMap::new();
    let mut sources = Vec::new();
    let mut number = |source| {
        *numbers.entry(source).or_insert_with(|| {
            sources.push(source);
            u32::try_from(sources.len() - 1).expect("a ledger has fewer than 2³² sources")
        })
    };
    let attributions = statements.iter().flat_map(Statement::attributions);
    let edges: Vec<_> = attributions.map(|(relay, before)| (number(relay), number(before))).collect();
    let mut components: Vec<Vec<u32>> = vec![Vec::new(); sources.len()];
    for (source, component) in sources.iter().zip(strong_components(sources.len(), &edges)) {
        components[component as usize].push(*source);
    }
    let mut ring_of = HashMap::new();
    let mut rings = Vec::new();
    for mut sources in components.into_iter().filter(|sources| sources.len() > 1) {
        sources.sort_unstable();
        ring_of.extend(sources.iter().map(|&source| (source, rings.len())));
        rings.push(Ring { sources, claims: Vec::new() });
    }
    for (place, statement) in statements.iter().enumerate() {
        for (relay, before) in statement.attributions() {
            if let (Some(&ring), Some(&same)) = (ring_of.get(&relay), ring_of.get(&before))
                && ring == same
                && rings[ring].claims.last() != Some(&place)
            {
                rings[ring].claims.push(place);
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

/// Which voices depend on an anonymous origin, which joins none of them.
#[derive(Debug, Default)]
pub(crate) struct Dependents {
    by_root: HashMap<u32, Vec<Voice>>,
    /// For each source, the voices of those whose claims it relays.
    relayed: HashMap<u32, Vec<Voice>>,
    /// For each anonymous origin, the voices of those that relay its claims.
    relaying: HashMap<u32, Vec<Voice>>,
    /// For each source in a circle, the voice of those there that have a name.
    in_ring: HashMap<u32, Voice>,
}

impl Dependents {
    pub(crate) fn of(statements: &[Statement<'_>], voices: &Voices) -> Self {
        let mut dependents = Self::default();
        let is_anonymous = statements.iter().any(|statement| statement.anonymous);
        if !is_anonymous {
            return dependents;
        }
        for statement in statements {
            if statement.anonymous {
                let relays = statement.relays.iter().map(|relay| voices.voice(*relay));
                dependents.relaying.entry(statement.origin).or_default().extend(relays);
            } else {
                let voice = voices.voice(statement.origin);
                dependents.by_root.entry(statement.root).or_default().push(voice);
                for relay in statement.relays {
                    dependents.relayed.entry(*relay).or_default().push(voice);
                }
            }
        }
        for ring in rings(statements) {
            // Those of a circle that have a name are one voice.
            let known =
                ring.sources.iter().map(|source| voices.voice(*source)).find(|voice| matches!(voice, Voice::Known(_)));
            dependents.in_ring.extend(ring.sources.iter().filter_map(|source| Some((*source, known?))));
        }
        let lists = [&mut dependents.by_root, &mut dependents.relayed, &mut dependents.relaying];
        for voices in lists.into_iter().flat_map(HashMap::values_mut) {
            voices.sort_unstable();
            voices.dedup();
        }
        dependents
    }

    /// The voices that depend on an anonymous origin of one of the statements.
    pub(crate) fn of_origin(&self, origin: u32, root: u32) -> impl Iterator<Item = Voice> {
        let lists = [self.by_root.get(&root), self.relayed.get(&origin), self.relaying.get(&origin)];
        lists.into_iter().flatten().flatten().chain(self.in_ring.get(&origin)).copied()
    }
}
