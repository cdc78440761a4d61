//! Strongly connected components: places of a graph that can be reached from each other.

/// For each of some places the number of its component, where an edge leads from the first of a pair to the second.
pub(crate) fn strong_components(places: usize, edges: &[(u32, u32)]) -> Vec<u32> {
    StrongComponents::default().of(places, edges.iter().copied())
}

/// The search for strong components, with room that is kept from one graph to the next, because small graphs are searched
/// thousands of times.
#[derive(Clone, Debug, Default)]
pub(crate) struct StrongComponents {
    places: Vec<Place>,
    /// Where the edges lead that begin in one place after another.
    targets: Vec<u32>,
    /// The places on the way to where the search has come.
    path: Vec<u32>,
    /// The places that were come to whose component is not known yet.
    open: Vec<u32>,
}

/// A place, as far as it is known.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The next of its edges to be followed, and the end of them.
    next: u32,
    end: u32,
    /// When it was come to.
    order: u32,
    /// The first place in order that it is known to reach and that is open.
    least: u32,
    component: u32,
}

const NONE: u32 = u32::MAX;

impl Place {
    /// Notes that the place reaches an open one.
    fn reach(&mut self, order: u32) {
        self.least = self.least.min(order);
    }
}

impl StrongComponents {
    /// For each of some places the number of its component, by Tarjan's algorithm; see [`strong_components`].
    pub(crate) fn of(&mut self, places: usize, edges: impl Iterator<Item = (u32, u32)> + Clone) -> Vec<u32> {
        self.lay_out(places, edges);
        let Self { places, targets, path, open } = self;
        let (mut come_to, mut found) = (0, 0);
        for start in (0..).take(places.len()) {
            let mut entered = (places[start as usize].order == NONE).then_some(start);
            loop {
                if let Some(place) = entered.take() {
                    let row = &mut places[place as usize];
                    (row.order, row.least) = (come_to, come_to);
                    come_to += 1;
                    path.push(place);
                    open.push(place);
                }
                let Some(&place) = path.last() else { break };
                let row = &mut places[place as usize];
                if row.next < row.end {
                    let to = targets[row.next as usize];
                    row.next += 1;
                    let Place { order, component, .. } = places[to as usize];
                    if order == NONE {
                        entered = Some(to);
                    } else if component == NONE {
                        places[place as usize].reach(order);
                    }
                    continue;
                }
                let Place { order, least, .. } = *row;
                path.pop();
                if let Some(&before) = path.last() {
                    places[before as usize].reach(least);
                }
                if least == order {
                    while let Some(member) = open.pop() {
                        places[member as usize].component = found;
                        if member == place {
                            break;
                        }
                    }
                    found += 1;
                }
            }
        }
        places.iter().map(|place| place.component).collect()
    }

    /// Lays the edges out one after another, by the places where they begin.
    fn lay_out(&mut self, places: usize, edges: impl Iterator<Item = (u32, u32)> + Clone) {
        self.places.clear();
        self.places.resize(places, Place { next: 0, end: 0, order: NONE, least: NONE, component: NONE });
        for (from, _) in edges.clone() {
            self.places[from as usize].end += 1;
        }
        let mut end = 0;
        for place in &mut self.places {
            end += place.end;
            (place.next, place.end) = (end, end);
        }
        self.targets.clear();
        self.targets.resize(end as usize, NONE);
        for (from, to) in edges {
            let place = &mut self.places[from as usize];
            place.next -= 1;
            self.targets[place.next as usize] = to;
        }
    }
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
