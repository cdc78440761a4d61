//! Strongly connected components: places of a graph that can be reached from each other.

/// For each of some places the number of its component, where an edge leads from the first of a pair to the second
/// (Tarjan's algorithm, without recursion).
pub(crate) fn strong_components(places: usize, edges: &[(u32, u32)]) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    let mut starts = vec![0_u32; places + 1];
    for (from, _) in edges {
        starts[*from as usize + 1] += 1;
    }
    for place in 0..places {
        starts[place + 1] += starts[place];
    }
    let mut filled = starts.clone();
    let mut targets = vec![0_u32; edges.len()];
    for (from, to) in edges {
        targets[filled[*from as usize] as usize] = *to;
        filled[*from as usize] += 1;
    }

    let mut component = vec![NONE; places];
    // When a place was come to, and the earliest that can be come back to from it.
    let (mut seen, mut low) = (vec![NONE; places], vec![NONE; places]);
    let (mut time, mut components) = (0, 0);
    let (mut path, mut open): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    // From here on, where each place is in its edges.
    let mut next = starts.clone();
    for root in (0..).take(places) {
        if seen[root as usize] != NONE {
            continue;
        }
        path.push(root);
        while let Some(&place) = path.last() {
            let at = place as usize;
            if seen[at] == NONE {
                (seen[at], low[at]) = (time, time);
                time += 1;
                open.push(place);
            }
            if next[at] < starts[at + 1] {
                let target = targets[next[at] as usize];
                next[at] += 1;
                if seen[target as usize] == NONE {
                    path.push(target);
                } else if component[target as usize] == NONE {
                    low[at] = low[at].min(seen[target as usize]);
                }
                continue;
            }
            path.pop();
            if let Some(&before) = path.last() {
                low[before as usize] = low[before as usize].min(low[at]);
            }
            if low[at] == seen[at] {
                while let Some(member) = open.pop() {
                    component[member as usize] = components;
                    if member == place {
                        break;
                    }
                }
                components += 1;
            }
        }
    }
    component
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
