//! Sources that attribute to each other in a circle, at each of many times.
//!
//! The times are halved again and again. A part of them is looked at no further where nothing can be a circle, and what
//! is one at all of its times is taken together there, so that a circle costs little however long it lasts.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use fixedbitset::FixedBitSet;

use super::strong::StrongComponents;
use super::voices::{Ring, Statement};
use crate::date::Days;

/// The circles among some statements at each of some times, every circle once with all claims that make it at some time,
/// by their sources. A statement with days takes part at the times that are no more than `apart` days from them, one
/// without at every time.
///
/// Takes from `steps` what it costs. Once there are none left some circles are not found, or not with all of their claims:
/// where a few others make a circle at each time, all of them together are as many as the square of the claims.
pub(crate) fn rings_at(
    statements: &[Statement<'_>],
    days: &[Option<Days>],
    times: &[Days],
    apart: u32,
    steps: &mut usize,
) -> BTreeMap<Vec<u32>, Vec<usize>> {
    // Circles are found with the one half of the steps, and laid out with the other.
    let (to_look, mut to_lay_out) = (*steps / 2, *steps - *steps / 2);
    let (mut search, graph) = Search::new(statements, days, times, apart, to_look);
    search.look(0..search.times.len(), &graph, true);
    let left = search.steps;
    let found = search.found(&mut to_lay_out);
    *steps = if left == 0 || to_lay_out == 0 { 0 } else { left + to_lay_out };
    found
}

/// The circles of one time as those of several.
pub(crate) fn add_rings(found: &mut BTreeMap<Vec<u32>, Vec<usize>>, rings: Vec<Ring>) {
    for ring in rings {
        let claims = found.entry(ring.sources).or_default();
        claims.extend(ring.claims);
        claims.sort_unstable();
        claims.dedup();
    }
}

/// The place of what is not looked at.
const NOWHERE: u32 = u32::MAX;

/// A time, by its rank among the days at which claims begin and end to take part.
type Rank = [u32; 2];

/// The times at which a claim takes part: those of a rank above the first and not above the second.
type Span = Rank;

/// One source attributes to another, in a claim.
#[derive(Clone, Copy, Debug)]
struct Edge {
    /// Their places among the members of a graph.
    ends: [u32; 2],
    claim: u32,
    /// That of the claim.
    span: Span,
}

/// Sources and groups of them, by number, and who attributes to whom.
#[derive(Debug)]
struct Graph {
    members: Vec<u32>,
    edges: Vec<Edge>,
}

/// Sources and groups that are in one circle.
#[derive(Debug, Default)]
struct Group {
    parts: Vec<u32>,
    /// Claims in which the parts attribute to each other, at one time or another.
    claims: Vec<u32>,
    /// The parts of the times at which it is a circle by itself.
    at: Vec<Range<usize>>,
}

struct Search {
    /// In their order.
    sources: Vec<u32>,
    spans: Vec<Span>,
    times: Vec<Rank>,
    /// Numbered after the sources.
    groups: Vec<Group>,
    by_parts: HashMap<Vec<u32>, u32>,
    components: StrongComponents,
    /// How many more sources, claims and times may be looked at.
    steps: usize,
}

/// Takes so many steps; all that are left where they do not suffice, which is not enough then.
fn spend(left: &mut usize, steps: usize) -> bool {
    let suffice = *left > steps;
    *left = left.saturating_sub(steps);
    suffice
}

/// Whether a claim with this span takes part at a time with these ranks.
fn is_on(span: Span, first: u32, last: u32) -> bool {
    span[0] < first && span[1] >= last
}

/// Those of some edges that are to be kept, in a list that does not grow: there are thousands of them.
fn kept(edges: &[Edge], is_kept: impl Fn(&Edge) -> bool) -> Vec<Edge> {
    let mut kept = Vec::with_capacity(edges.len());
    kept.extend(edges.iter().filter(|edge| is_kept(edge)));
    kept
}

/// How many components there are at most, where each place is in the component of this number.
fn component_count(component: &[u32]) -> usize {
    component.iter().max().map_or(0, |most| *most as usize + 1)
}

impl Search {
    /// The search, and the graph of all statements.
    fn new(
        statements: &[Statement<'_>],
        days: &[Option<Days>],
        times: &[Days],
        apart: u32,
        steps: usize,
    ) -> (Self, Graph) {
        let attributions = statements.iter().flat_map(Statement::attributions);
        let mut sources: Vec<u32> = attributions.flat_map(|(relay, before)| [relay, before]).collect();
        sources.sort_unstable();
        sources.dedup();
        let number = |source: u32| {
            let before = sources.partition_point(|other| *other < source);
            u32::try_from(before).expect("a ledger has fewer than 2³² sources")
        };
        let apart = i64::from(apart);
        let ends = days.iter().map(|days| match days {
            Some(days) => [i64::from(days.first) - apart, i64::from(days.last) + apart],
            None => [i64::MIN, i64::MAX],
        });
        let ends: Vec<[i64; 2]> = ends.collect();
        let [firsts, lasts] = [0, 1].map(|end| {
            let mut sorted: Vec<i64> = ends.iter().map(|ends| ends[end]).collect();
            sorted.sort_unstable();
            sorted
        });
        let rank = |sorted: &[i64], is_below: &dyn Fn(i64) -> bool| {
            u32::try_from(sorted.partition_point(|day| is_below(*day))).expect("a ledger has fewer than 2³² claims")
        };
        let span = |[from, to]: [i64; 2]| [rank(&firsts, &|day| day < from), rank(&lasts, &|day| day < to)];
        let time = |days: &Days| {
            let (first, last) = (i64::from(days.first), i64::from(days.last));
            [rank(&firsts, &|day| day <= last), rank(&lasts, &|day| day < first)]
        };
        let mut times: Vec<Rank> = times.iter().map(time).collect();
        times.sort_unstable();
        times.dedup();
        let spans: Vec<Span> = ends.into_iter().map(span).collect();
        let mut edges = Vec::new();
        for ((claim, statement), span) in (0..).zip(statements).zip(&spans) {
            edges.extend(statement.attributions().map(|(relay, before)| {
                let ends = [number(relay), number(before)];
                Edge { ends, claim, span: *span }
            }));
        }
        let members = (0..).take(sources.len()).collect();
        let (groups, by_parts, components) = (Vec::new(), HashMap::new(), StrongComponents::default());
        (Self { sources, spans, times, groups, by_parts, components, steps }, Graph { members, edges })
    }

    /// The least and the greatest rank of some times.
    fn bounds(&self, part: &Range<usize>) -> [Rank; 2] {
        let times = &self.times[part.clone()];
        times.iter().fold([[u32::MAX; 2], [0; 2]], |[least, most], time| {
            [[least[0].min(time[0]), least[1].min(time[1])], [most[0].max(time[0]), most[1].max(time[1])]]
        })
    }

    /// Finds what is a circle at some of a part of the times, where the groups among the members are in one at all of them.
    /// The graph is looked at for circles each second time that the times are halved: more often costs more than it saves.
    fn look(&mut self, part: Range<usize>, graph: &Graph, is_due: bool) {
        if part.is_empty() || graph.members.is_empty() {
            return;
        }
        if !spend(&mut self.steps, part.len() + graph.members.len() + graph.edges.len()) {
            return;
        }
        let [least, most] = self.bounds(&part);
        let edges = kept(&graph.edges, |edge| is_on(edge.span, most[0], least[1]));
        let graph = Graph { members: graph.members.clone(), edges };
        let graph = if least == most {
            // These claims are together at all of the times: what is a circle among them is one by itself.
            let component = self.components_by(&graph.members, &graph.edges);
            for member in self.contract(&graph, &component).members {
                self.keep_circle(&part, member);
            }
            return;
        } else if is_due {
            self.narrowed(&part, graph, [least, most])
        } else {
            graph
        };
        // The half with the wider ranks is cut, so that claims take part in all of a half as often as may be.
        let axis = usize::from(most[1] - least[1] > most[0] - least[0]);
        let middle = part.len() / 2;
        self.times[part.clone()].select_nth_unstable_by_key(middle, |time| time[axis]);
        self.look(part.start..part.start + middle, &graph, !is_due);
        self.look(part.start + middle..part.end, &graph, !is_due);
    }

    /// The rest of a graph that is still to be looked at, of the claims of a part of the times, which are between these two.
    fn narrowed(&mut self, part: &Range<usize>, graph: Graph, [least, most]: [Rank; 2]) -> Graph {
        // Only what is in one circle where all of these claims are together can be in one at some of the times.
        let component = self.components_by(&graph.members, &graph.edges);
        let (graph, whole) = self.set_alone_aside(part, graph, &component);
        // Sources that are in one circle at all of the times are one place from now on.
        let always = kept(&graph.edges, |edge| is_on(edge.span, least[0], most[1]));
        if always.is_empty() {
            return graph;
        }
        let component = self.components_by(&graph.members, &always);
        let graph = self.contract(&graph, &component);
        let mut whole_of = vec![0; graph.members.len()];
        for (component, whole) in component.iter().zip(whole) {
            whole_of[*component as usize] = whole;
        }
        self.set_alone_aside(part, graph, &whole_of).0
    }

    /// The number of a group among all, if it is none of the sources.
    fn group_number(&self, member: u32) -> Option<usize> {
        (member as usize).checked_sub(self.sources.len())
    }

    /// Keeps that a member, if it is a group, is a circle by itself at a part of the times.
    fn keep_circle(&mut self, part: &Range<usize>, member: u32) {
        if let Some(group) = self.group_number(member) {
            self.groups[group].at.push(part.clone());
        }
    }

    /// The component of each of some members by the edges between them.
    fn components_by(&mut self, members: &[u32], edges: &[Edge]) -> Vec<u32> {
        self.components.of(members.len(), edges.iter().map(|edge| edge.ends.into()))
    }

    /// The part of a graph that is in components of several members, with the component of each. A group that is alone in
    /// one is a circle by itself at this part of the times.
    fn set_alone_aside(&mut self, part: &Range<usize>, graph: Graph, component: &[u32]) -> (Graph, Vec<u32>) {
        let mut sizes = vec![0_u32; component_count(component)];
        for component in component {
            sizes[*component as usize] += 1;
        }
        let mut places = vec![NOWHERE; graph.members.len()];
        let room = || Vec::with_capacity(graph.members.len());
        let (mut members, mut components) = (room(), room());
        for ((member, component), place) in graph.members.iter().zip(component).zip(&mut places) {
            if sizes[*component as usize] > 1 {
                *place = u32::try_from(members.len()).expect("there are fewer than 2³²");
                members.push(*member);
                components.push(*component);
            } else {
                self.keep_circle(part, *member);
            }
        }
        let mut edges = graph.edges;
        edges.retain_mut(|edge| {
            let [one, other] = edge.ends.map(|end| component[end as usize]);
            edge.ends = edge.ends.map(|end| places[end as usize]);
            one == other
        });
        (Graph { members, edges }, components)
    }

    /// The graph of the components of another: a component is the member that is alone in it, or the group of its members.
    /// An edge within a component goes to its group.
    fn contract(&mut self, graph: &Graph, component: &[u32]) -> Graph {
        let components = component_count(component);
        let mut members = vec![NOWHERE; components];
        // The members of each component that has several.
        let mut parts: Vec<Vec<u32>> = vec![Vec::new(); components];
        for (member, component) in graph.members.iter().zip(component) {
            let (first, parts) = (&mut members[*component as usize], &mut parts[*component as usize]);
            if *first == NOWHERE {
                *first = *member;
                continue;
            }
            if parts.is_empty() {
                parts.push(*first);
            }
            parts.push(*member);
        }
        for (member, mut parts) in members.iter_mut().zip(parts).filter(|(_, parts)| !parts.is_empty()) {
            parts.sort_unstable();
            let next = u32::try_from(self.sources.len() + self.groups.len()).expect("there are fewer than 2³²");
            let group = *self.by_parts.entry(parts.clone()).or_insert(next);
            if group == next {
                self.groups.push(Group { parts, ..Group::default() });
            }
            *member = group;
        }
        let mut edges = Vec::with_capacity(graph.edges.len());
        for edge in &graph.edges {
            let ends = edge.ends.map(|end| component[end as usize]);
            if ends[0] == ends[1] {
                let group = members[ends[0] as usize] as usize - self.sources.len();
                self.groups[group].claims.push(edge.claim);
            } else {
                edges.push(Edge { ends, ..*edge });
            }
        }
        Graph { members, edges }
    }

    /// Each group that is a circle by itself, with the claims that make it at one of those times.
    fn found(mut self, left: &mut usize) -> BTreeMap<Vec<u32>, Vec<usize>> {
        // A group has a claim once for each part of the times at which it was found.
        let mut last_in = vec![usize::MAX; self.spans.len()];
        for (number, group) in self.groups.iter_mut().enumerate() {
            group.claims.retain(|claim| std::mem::replace(&mut last_in[*claim as usize], number) != number);
        }
        let mut found: BTreeMap<Vec<u32>, Vec<usize>> = BTreeMap::new();
        // As sets, because to sort these lists takes longer than to find them.
        let mut places = FixedBitSet::with_capacity(self.sources.len());
        let mut claims = FixedBitSet::with_capacity(self.spans.len());
        for group in self.groups.iter().filter(|group| !group.at.is_empty()) {
            if self.lay_out(group, &mut places, &mut claims, left).is_none() {
                break;
            }
            let sources = places.ones().map(|place| self.sources[place]).collect();
            let all = found.entry(sources).or_default();
            claims.extend(all.drain(..));
            all.extend(claims.ones());
            places.clear();
            claims.clear();
        }
        found
    }

    /// Puts the sources of a group, by their places, and the claims that make it a circle by itself into sets; `None` if the
    /// steps do not suffice.
    fn lay_out(
        &self,
        group: &Group,
        sources: &mut FixedBitSet,
        claims: &mut FixedBitSet,
        left: &mut usize,
    ) -> Option<()> {
        let parts: Vec<(Range<usize>, [Rank; 2])> =
            group.at.iter().map(|part| (part.clone(), self.bounds(part))).collect();
        let mut is_made_by = |claim: u32| {
            let [from, to] = self.spans[claim as usize];
            let at_all = |(_, [least, most]): &(_, [Rank; 2])| from < least[0] && to >= most[1];
            let at_some = |(part, [least, most]): &(Range<usize>, [Rank; 2])| {
                from < most[0]
                    && to >= least[1]
                    && spend(left, part.len())
                    && self.times[part.clone()].iter().any(|time| from < time[0] && to >= time[1])
            };
            let is_made = parts.iter().any(at_all) || parts.iter().any(at_some);
            spend(left, parts.len()).then_some(is_made)
        };
        let mut open = vec![group];
        while let Some(group) = open.pop() {
            for claim in &group.claims {
                if is_made_by(*claim)? {
                    claims.insert(*claim as usize);
                }
            }
            for part in &group.parts {
                match self.group_number(*part) {
                    Some(group) => open.push(&self.groups[group]),
                    None => sources.insert(*part as usize),
                }
            }
        }
        spend(left, sources.count_ones(..)).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{add_rings, rings_at};
    use crate::date::Days;
    use crate::rules::voices::{Statement, rings};

    #[test]
    fn circles_are_those_of_each_time_by_itself() {
        let mut seed = 7_u64;
        let mut below = |limit: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            i32::try_from((seed >> 33) % limit).unwrap()
        };
        for round in 0..3000 {
            let claims = 2 + below(12);
            let chains: Vec<Vec<u32>> = (0..claims)
                .map(|_| {
                    let mut chain: Vec<u32> = (0..2 + below(3)).map(|_| below(6).unsigned_abs()).collect();
                    chain.sort_unstable();
                    chain.dedup();
                    let turned = below(6).unsigned_abs() as usize % chain.len();
                    chain.rotate_left(turned);
                    chain
                })
                .collect();
            let statement = |chain: &'static [u32]| Statement {
                origin: chain[0],
                root: chain[0],
                anonymous: false,
                relays: &chain[1..],
            };
            let statements: Vec<_> = chains.into_iter().map(|chain| statement(chain.leak())).collect();
            let mut drawn = |unknown: bool| {
                let first = below(10);
                let days = Days { first, last: first + below(4) };
                (!unknown || below(6) > 0).then_some(days)
            };
            let days: Vec<Option<Days>> = statements.iter().map(|_| drawn(true)).collect();
            let times: Vec<Days> = (0..round % 6).filter_map(|_| drawn(false)).collect();
            for apart in [0, 1] {
                let mut expected = BTreeMap::new();
                for time in &times {
                    let is_on = |days: &Option<Days>| days.is_none_or(|days| days.days_apart(*time) <= apart.into());
                    let on: Vec<usize> = (0..statements.len()).filter(|claim| is_on(&days[*claim])).collect();
                    let view: Vec<_> = on.iter().map(|claim| statements[*claim]).collect();
                    let mut found = rings(&view);
                    found.iter_mut().flat_map(|ring| &mut ring.claims).for_each(|claim| *claim = on[*claim]);
                    add_rings(&mut expected, found);
                }
                let mut steps = usize::MAX;
                assert_eq!(
                    rings_at(&statements, &days, &times, apart, &mut steps),
                    expected,
                    "{statements:?} {days:?} {times:?}"
                );
            }
        }
    }

    /// A chain of links, of which another part is closed to a circle on each day.
    #[test]
    fn a_search_without_steps_left_gives_some_circles_and_says_so() {
        const LINKS: u32 = 60;
        let relays: Vec<[u32; 1]> = (1..LINKS).chain((1..LINKS).map(|_| 0)).map(|relay| [relay]).collect();
        let origins = (0..LINKS - 1).chain(1..LINKS);
        let statement =
            |(origin, relays): (u32, &'static [u32; 1])| Statement { origin, root: origin, anonymous: false, relays };
        let statements: Vec<_> = origins.zip(relays.leak().iter()).map(statement).collect();
        let day = |day: u32| Days { first: day.cast_signed(), last: day.cast_signed() };
        let days: Vec<Option<Days>> = (1..LINKS).map(|_| None).chain((1..LINKS).map(|last| Some(day(last)))).collect();
        let times: Vec<Days> = (1..LINKS).map(day).collect();
        let mut steps = 100_000;
        let all = rings_at(&statements, &days, &times, 0, &mut steps);
        assert_eq!(all.len(), LINKS as usize - 1);
        assert!(steps > 0);
        let costs = 100_000 - steps;
        for part in [4, 3, 2] {
            let mut steps = costs / part;
            let some = rings_at(&statements, &days, &times, 0, &mut steps);
            assert_eq!(steps, 0);
            assert!((1..all.len()).contains(&some.len()), "{} of {} with 1/{part}", some.len(), all.len());
            for (sources, claims) in some {
                assert!(claims.iter().all(|claim| all[&sources].contains(claim)), "{sources:?}");
            }
        }
    }
}
