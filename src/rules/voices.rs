//! Whose word claims are: origins that count as one voice, and sources that attribute to each other in a circle.

use std::collections::HashMap;

use petgraph::unionfind::UnionFind;

use super::strong::{StrongComponents, strong_components};

/// Who says a claim and who relays it, sources by their numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Statement<'a> {
    pub(crate) origin: u32,
    /// The whole that the origin is part of in the end.
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

/// A set of some sources, and now and then of another that shares a bit with one of them: it takes next to no time, and
/// tells most sources apart where there are few.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RoughSet([u64; 4]);

impl RoughSet {
    fn place(source: u32) -> (usize, u64) {
        let bit = source.wrapping_mul(0x9E37_79B9) >> (u32::BITS - 8);
        ((bit / 64) as usize, 1 << (bit % 64))
    }

    pub(crate) fn insert(&mut self, source: u32) {
        let (word, bit) = Self::place(source);
        self.0[word] |= bit;
    }

    /// Whether the source may be one of them.
    pub(crate) fn may_have(&self, source: u32) -> bool {
        let (word, bit) = Self::place(source);
        self.0[word] & bit != 0
    }

    /// Whether a source may be one of both.
    pub(crate) fn may_meet(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).any(|(one, other)| one & other != 0)
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
    let claims = (0..).zip(statements);
    let mut attributions: Vec<(usize, (u32, u32))> =
        claims.flat_map(|(place, statement)| statement.attributions().map(move |ends| (place, ends))).collect();
    set_ends_aside(&mut attributions);
    let mut sources: Vec<u32> = attributions.iter().flat_map(|(_, (relay, before))| [*relay, *before]).collect();
    sources.sort_unstable();
    sources.dedup();
    let number = |source: u32| sources.partition_point(|other| *other < source);
    let small = |number: usize| u32::try_from(number).expect("a ledger has fewer than 2³² sources");
    let edges: Vec<(u32, u32)> =
        attributions.iter().map(|(_, (relay, before))| (small(number(*relay)), small(number(*before)))).collect();
    let component = strong_components(sources.len(), &edges);
    let mut sizes = vec![0_u32; sources.len()];
    for component in &component {
        sizes[*component as usize] += 1;
    }
    let mut rings: Vec<Ring> = Vec::new();
    let mut ring_of: Vec<Option<usize>> = vec![None; sources.len()];
    for (source, component) in sources.iter().zip(&component).filter(|(_, component)| sizes[**component as usize] > 1) {
        let ring = *ring_of[*component as usize].get_or_insert(rings.len());
        if ring == rings.len() {
            rings.push(Ring { sources: Vec::new(), claims: Vec::new() });
        }
        rings[ring].sources.push(*source);
    }
    for ((place, _), (relay, before)) in attributions.into_iter().zip(edges) {
        let [of, other] = [relay, before].map(|end| component[end as usize]);
        if let Some(ring) = ring_of[of as usize]
            && of == other
            && rings[ring].claims.last() != Some(&place)
        {
            rings[ring].claims.push(place);
        }
    }
    rings
}

/// Leaves out what ends a chain of attributions, and then most often all: in a circle each source relays another and is
/// relayed itself.
fn set_ends_aside(attributions: &mut Vec<(usize, (u32, u32))>) {
    const TIMES: usize = 3;
    for _ in 0..TIMES {
        let (mut relaying, mut relayed) = (RoughSet::default(), RoughSet::default());
        for (_, (relay, before)) in attributions.iter() {
            relaying.insert(*relay);
            relayed.insert(*before);
        }
        attributions.retain(|(_, (relay, before))| relayed.may_have(*relay) && relaying.may_have(*before));
    }
}

/// The voice of each origin: known origins of one number are one voice.
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

/// Some statements with their sources numbered one after another, of which one part after another is joined into voices.
#[derive(Debug, Default)]
pub(crate) struct Chains {
    /// The origin, and what stands for its root, of each.
    origins: Vec<[u32; 2]>,
    /// The relays of all, and where those of each end.
    relays: Vec<u32>,
    relays_end: Vec<usize>,
    /// Who attributes to whom, as far as the two may be in a circle, and where that of each ends.
    attributions: Vec<(u32, u32)>,
    attributions_end: Vec<usize>,
    sources: usize,
}

/// Scratch for joining statements into voices: the sources that are origins in a part, and those they are joined to.
#[derive(Debug, Default)]
pub(crate) struct Joining {
    part: u32,
    of_part: Vec<u32>,
    joined_to: Vec<u32>,
    /// The first origin of each root, with the part that it is of.
    first: Vec<(u32, u32)>,
    /// The place of each source that may be in a circle among these, with the part that it is of.
    number: Vec<(u32, u32)>,
    components: StrongComponents,
}

impl Joining {
    fn begin(&mut self, sources: usize) {
        self.part += 1;
        self.of_part.resize(sources, 0);
        self.joined_to.resize(sources, 0);
        self.first.resize(sources, (0, 0));
        self.number.resize(sources, (0, 0));
    }

    fn add_origin(&mut self, source: u32) {
        self.of_part[source as usize] = self.part;
        self.joined_to[source as usize] = source;
    }

    fn is_origin(&self, source: u32) -> bool {
        self.of_part[source as usize] == self.part
    }

    fn find(&mut self, mut source: u32) -> u32 {
        while self.joined_to[source as usize] != source {
            let next = self.joined_to[source as usize];
            self.joined_to[source as usize] = self.joined_to[next as usize];
            source = next;
        }
        source
    }

    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.find(one), self.find(other));
        self.joined_to[one.max(other) as usize] = one.min(other);
    }
}

impl Chains {
    /// Of statements of which none has an anonymous origin.
    pub(crate) fn new(statements: &[Statement<'_>]) -> Self {
        let mut numbers: HashMap<u32, u32> = HashMap::new();
        let mut number = |source| {
            let next = u32::try_from(numbers.len()).expect("a ledger has fewer than 2³² sources");
            *numbers.entry(source).or_insert(next)
        };
        let mut chains = Self::default();
        for statement in statements {
            chains.origins.push([number(statement.origin), number(statement.root)]);
            chains.relays.extend(statement.relays.iter().map(|relay| number(*relay)));
            chains.relays_end.push(chains.relays.len());
        }
        chains.sources = numbers.len();
        let all: Vec<(u32, u32)> = (0..statements.len()).flat_map(|place| chains.all_attributions_of(place)).collect();
        let component = strong_components(chains.sources, &all);
        let is_in_ring = |(relay, before): &(u32, u32)| component[*relay as usize] == component[*before as usize];
        for place in 0..statements.len() {
            let in_ring: Vec<_> = chains.all_attributions_of(place).filter(is_in_ring).collect();
            chains.attributions.extend(in_ring);
            chains.attributions_end.push(chains.attributions.len());
        }
        chains
    }

    /// The numbers of the relays of a statement.
    pub(super) fn relays_of(&self, place: usize) -> &[u32] {
        &self.relays[before(&self.relays_end, place)..self.relays_end[place]]
    }

    fn all_attributions_of(&self, place: usize) -> impl Iterator<Item = (u32, u32)> {
        let relays = self.relays_of(place);
        let before = std::iter::once(self.origins[place][0]).chain(relays.iter().copied());
        relays.iter().copied().zip(before)
    }

    /// Each relay of a statement with the source before it, where the two may be in a circle.
    pub(super) fn attributions_of(&self, place: usize) -> &[(u32, u32)] {
        &self.attributions[before(&self.attributions_end, place)..self.attributions_end[place]]
    }

    /// The voice of each of a part of the statements, as [`Voices::of`] has it.
    pub(crate) fn voices(&self, part: &[u32], joining: &mut Joining) -> Vec<Voice> {
        joining.begin(self.sources);
        for place in part {
            joining.add_origin(self.origins[*place as usize][0]);
        }
        for place in part {
            self.join_dependent(*place as usize, joining);
        }
        self.voices_in_rings(part, joining)
    }

    /// The voice of each of a part of the statements, where it is known which origin stands for those that depend on each
    /// other.
    pub(super) fn voices_of_dependent(
        &self,
        part: &[u32],
        joining: &mut Joining,
        standing_for: impl Fn(u32) -> u32,
    ) -> Vec<Voice> {
        joining.begin(self.sources);
        for place in part {
            let origin = self.origins[*place as usize][0];
            joining.add_origin(origin);
            joining.joined_to[origin as usize] = standing_for(*place);
        }
        self.voices_in_rings(part, joining)
    }

    /// The voice of each of a part of the statements, once those are joined that depend on each other.
    fn voices_in_rings(&self, part: &[u32], joining: &mut Joining) -> Vec<Voice> {
        let part = || part.iter().map(|place| *place as usize);
        self.join_rings(part(), joining);
        part().map(|place| Voice::Known(joining.find(self.origins[place][0]) as usize)).collect()
    }

    /// Joins the origin of a statement with those that depend on it.
    fn join_dependent(&self, place: usize, joining: &mut Joining) {
        let [origin, root] = self.origins[place];
        let first = &mut joining.first[root as usize];
        if first.0 == joining.part {
            let first = first.1;
            joining.join(origin, first);
        } else {
            *first = (joining.part, origin);
        }
        for relay in self.relays_of(place) {
            if joining.is_origin(*relay) {
                joining.join(origin, *relay);
            }
        }
    }

    /// How many sources there are, numbered from 0.
    pub(super) fn sources(&self) -> usize {
        self.sources
    }

    /// The number of the origin of a statement, and that of its root.
    pub(super) fn origin_and_root(&self, place: u32) -> [u32; 2] {
        self.origins[place as usize]
    }

    /// Joins the origins that are in one circle.
    fn join_rings(&self, part: impl Iterator<Item = usize>, joining: &mut Joining) {
        let mut sources: Vec<u32> = Vec::new();
        let mut number = |source: u32| {
            let (part, number) = &mut joining.number[source as usize];
            if *part != joining.part {
                (*part, *number) = (joining.part, u32::try_from(sources.len()).expect("fewer than all sources"));
                sources.push(source);
            }
            *number
        };
        let attributions = part.flat_map(|place| self.attributions_of(place));
        let edges: Vec<_> = attributions.map(|(relay, before)| (number(*relay), number(*before))).collect();
        let components = joining.components.of(sources.len(), edges.iter().copied());
        let mut first: Vec<Option<u32>> = vec![None; sources.len()];
        for (source, component) in sources.iter().zip(components) {
            if joining.is_origin(*source) {
                let first = *first[component as usize].get_or_insert(*source);
                joining.join(first, *source);
            }
        }
    }
}

/// The beginning of the items of a place, from the ends of those of each place.
fn before(ends: &[usize], place: usize) -> usize {
    place.checked_sub(1).map_or(0, |before| ends[before])
}

/// The voices that depend on an anonymous origin, which itself joins none of them.
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

#[cfg(test)]
pub(super) mod tests {
    use super::{Chains, Joining, Statement, Voices};

    /// Draws a chain of up to four of so many sources, each of them once, in any order.
    pub(in crate::rules) fn chain(below: &mut impl FnMut(u64) -> u32, sources: u64) -> Vec<u32> {
        let mut chain: Vec<u32> = (0..=below(3)).map(|_| below(sources)).collect();
        chain.sort_unstable();
        chain.dedup();
        let turned = below(6) as usize % chain.len();
        chain.rotate_left(turned);
        chain
    }

    #[test]
    fn parts_are_joined_as_each_by_itself() {
        let mut seed = 3_u64;
        let mut below = |limit: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            u32::try_from((seed >> 33) % limit).unwrap()
        };
        for _ in 0..2000 {
            let chains: Vec<Vec<u32>> = (0..=below(9)).map(|_| chain(&mut below, 8)).collect();
            // Two of the sources are parts of another.
            let root = |source: u32| if source < 2 { 7 } else { source };
            let statements: Vec<Statement<'_>> = chains
                .iter()
                .map(|chain| Statement {
                    origin: chain[0],
                    root: root(chain[0]),
                    anonymous: false,
                    relays: &chain[1..],
                })
                .collect();
            let of_parts = Chains::new(&statements);
            let mut joining = Joining::default();
            for _ in 0..4 {
                let part: Vec<u32> = (0..).take(statements.len()).filter(|_| below(3) > 0).collect();
                let of_part: Vec<_> = part.iter().map(|place| statements[*place as usize]).collect();
                let expected = Voices::of(&of_part);
                let found = of_parts.voices(&part, &mut joining);
                for one in 0..part.len() {
                    for other in 0..part.len() {
                        let same = expected.voice(of_part[one].origin) == expected.voice(of_part[other].origin);
                        assert_eq!(found[one] == found[other], same, "{of_part:?}");
                    }
                }
            }
        }
    }
}
