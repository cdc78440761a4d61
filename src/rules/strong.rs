//! Strongly connected components: places of a graph that can be reached from each other.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

/// For each of some places the number of its component, where an edge leads from the first of a pair to the second.
pub(crate) fn strong_components(places: usize, edges: &[(u32, u32)]) -> Vec<u32> {
    let mut graph = DiGraph::<(), ()>::with_capacity(places, edges.len());
    for _ in 0..places {
        graph.add_node(());
    }
    graph.extend_with_edges(edges);
    let mut components = vec![0; places];
    for (number, component) in (0..).zip(kosaraju_scc(&graph)) {
        for place in component {
            components[place.index()] = number;
        }
    }
    components
}

#[cfg(test)]
mod tests {
    use super::strong_components;

    /// Whether a place can be reached from another, by Warshall's algorithm.
    fn reached(places: usize, edges: &[(u32, u32)]) -> Vec<Vec<bool>> {
        let mut reached = vec![vec![false; places]; places];
        for (place, row) in reached.iter_mut().enumerate() {
            row[place] = true;
        }
        for (from, to) in edges {
            reached[*from as usize][*to as usize] = true;
        }
        for through in 0..places {
            for from in 0..places {
                for to in 0..places {
                    reached[from][to] |= reached[from][through] && reached[through][to];
                }
            }
        }
        reached
    }

    #[test]
    fn places_are_together_that_reach_each_other() {
        let mut seed = 1_u64;
        let mut below = |limit: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % limit
        };
        for _ in 0..2000 {
            let places = below(8);
            let edges: Vec<(u32, u32)> = (0..if places > 0 { below(14) } else { 0 })
                .map(|_| (u32::try_from(below(places)).unwrap(), u32::try_from(below(places)).unwrap()))
                .collect();
            let places = usize::try_from(places).unwrap();
            let (found, reached) = (strong_components(places, &edges), reached(places, &edges));
            for one in 0..places {
                for other in 0..places {
                    assert_eq!(found[one] == found[other], reached[one][other] && reached[other][one], "{edges:?}");
                }
            }
        }
    }

    #[test]
    fn a_long_way_round_is_gone_without_recursion() {
        const PLACES: u32 = 200_000;
        let mut edges: Vec<(u32, u32)> = (1..PLACES).map(|place| (place - 1, place)).collect();
        assert_eq!(strong_components(PLACES as usize, &edges).iter().max(), Some(&(PLACES - 1)));
        edges.push((PLACES - 1, 0));
        assert_eq!(strong_components(PLACES as usize, &edges).iter().max(), Some(&0));
    }
}
