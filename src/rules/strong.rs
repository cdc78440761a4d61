//! Strongly connected components: places of a graph that can be reached from each other.

/// For each of some places the number of its component, where an edge leads from the first of a pair to the second: by
/// Tarjan's algorithm, over edges that lie one after another, because this is asked of small graphs thousands of times.
pub(crate) fn strong_components(places: usize, edges: &[(u32, u32)]) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    // The edges from each place end where those from the next one begin.
    let mut next = vec![0; places];
    for (from, _) in edges {
        next[*from as usize] += 1;
    }
    let mut end = 0;
    for next in &mut next {
        end += *next;
        *next = end;
    }
    let ends = next.clone();
    let mut targets = vec![0; edges.len()];
    for (from, to) in edges {
        next[*from as usize] -= 1;
        targets[next[*from as usize]] = *to;
    }
    let (mut order, mut least) = (vec![NONE; places], vec![NONE; places]);
    let mut components = vec![NONE; places];
    let (mut come_to, mut found) = (0, 0);
    let (mut path, mut open) = (Vec::new(), Vec::new());
    for start in (0..).take(places) {
        let mut entered = (order[start as usize] == NONE).then_some(start);
        loop {
            if let Some(place) = entered.take() {
                (order[place as usize], least[place as usize]) = (come_to, come_to);
                come_to += 1;
                path.push(place);
                open.push(place);
            }
            let Some(place) = path.last().map(|place| *place as usize) else { break };
            if next[place] < ends[place] {
                let to = targets[next[place]];
                next[place] += 1;
                if order[to as usize] == NONE {
                    entered = Some(to);
                } else if components[to as usize] == NONE {
                    least[place] = least[place].min(order[to as usize]);
                }
                continue;
            }
            path.pop();
            if let Some(before) = path.last() {
                least[*before as usize] = least[*before as usize].min(least[place]);
            }
            if least[place] == order[place] {
                while let Some(member) = open.pop() {
                    components[member as usize] = found;
                    if member as usize == place {
                        break;
                    }
                }
                found += 1;
            }
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
