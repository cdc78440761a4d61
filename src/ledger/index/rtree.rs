//! An aggregate R-tree over points: how many lie in a region, and which.
//!
//! The tree knows nothing of claims. It grows as a B-tree does, by splitting one full node at a time, so that no
//! insertion costs more than one path from the root, whatever the order of the points; each node knows how many points
//! it holds, so that a region which encloses its box is counted without looking inside.

use std::ops::ControlFlow;

/// A point, or a corner of a box: some coordinates, each of which is compared by itself.
pub(in crate::ledger) trait Point: Copy + PartialEq {
    /// How many of its coordinates decide which points are kept together.
    const AXES: usize;

    /// Chooses among points by each of their coordinates.
    fn choose(among: &mut Choice<'_, Self>);

    /// Whether no coordinate is above the other's.
    fn is_at_most(&self, other: &Self) -> bool;

    /// Each coordinate lowered to the other's where that is less.
    fn lowered(&self, other: &Self) -> Self;

    /// Each coordinate raised to the other's where that is more.
    fn raised(&self, other: &Self) -> Self;

    /// About where it lies on an axis. What lies higher is never put lower, and that is all it has to be good for: it
    /// decides which points are kept together, and no answer depends on it.
    fn place(&self, axis: usize) -> f64;
}

/// All points between two corners, both included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ledger) struct Region<P> {
    pub(in crate::ledger) min: P,
    pub(in crate::ledger) max: P,
}

impl<P: Point> Region<P> {
    #[inline]
    pub(in crate::ledger) fn contains(&self, point: &P) -> bool {
        self.min.is_at_most(point) && point.is_at_most(&self.max)
    }

    #[inline]
    fn encloses(&self, other: &Self) -> bool {
        self.min.is_at_most(&other.min) && other.max.is_at_most(&self.max)
    }

    #[inline]
    fn meets(&self, other: &Self) -> bool {
        self.min.is_at_most(&other.max) && other.min.is_at_most(&self.max)
    }

    fn joined(&self, other: &Self) -> Self {
        Self { min: self.min.lowered(&other.min), max: self.max.raised(&other.max) }
    }

    /// How far outside a point lies, as a share of the widths of another box, summed over the axes; not summed on where
    /// it is no less than `enough`.
    fn distance(&self, point: &P, widths: &Self, enough: f64) -> f64 {
        let mut distance = 0.0;
        for axis in 0..P::AXES {
            let (min, max, at) = (self.min.place(axis), self.max.place(axis), point.place(axis));
            let beyond = (min - at).max(at - max);
            if beyond > 0.0 {
                distance += beyond / (widths.max.place(axis) - widths.min.place(axis)).max(beyond);
                if distance >= enough {
                    break;
                }
            }
        }
        distance
    }
}

/// The most points of a leaf.
const FULL_LEAF: usize = 32;
/// The most children of a node above.
const FULL_INNER: usize = 12;

/// The tree: what it holds, and the box around that once there is anything.
#[derive(Clone, Debug)]
pub(in crate::ledger) struct Tree<P> {
    bounds: Option<Region<P>>,
    root: Node<P>,
}

#[derive(Clone, Debug)]
enum Node<P> {
    Leaf(Vec<P>),
    Inner(Vec<Child<P>>),
}

#[derive(Clone, Debug)]
struct Child<P> {
    bounds: Region<P>,
    count: usize,
    node: Node<P>,
}

impl<P> Default for Tree<P> {
    fn default() -> Self {
        Self { bounds: None, root: Node::Leaf(Vec::new()) }
    }
}

impl<P: Point> Tree<P> {
    /// Adds a point.
    pub(in crate::ledger) fn insert(&mut self, point: P) {
        let single = Region { min: point, max: point };
        let bounds = self.bounds.map_or(single, |bounds| bounds.joined(&single));
        self.bounds = Some(bounds);
        if let Some(sibling) = self.root.insert(point, &bounds) {
            let first = std::mem::replace(&mut self.root, Node::Inner(Vec::new()));
            self.root = Node::Inner(vec![Child::of(first), Child::of(sibling)]);
        }
    }

    /// Takes a point out; tells whether it was there.
    pub(in crate::ledger) fn remove(&mut self, point: &P) -> bool {
        self.root.remove(point)
    }

    /// How many points lie in a region.
    pub(in crate::ledger) fn count(&self, region: &Region<P>) -> usize {
        self.bounds.map_or(0, |bounds| self.root.count(&bounds, region))
    }

    /// Goes through the points in a region until told to stop.
    pub(in crate::ledger) fn each(
        &self,
        region: &Region<P>,
        act: &mut impl FnMut(&P) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.bounds.map_or(ControlFlow::Continue(()), |bounds| self.root.each(&bounds, region, act))
    }
}

impl<P: Point> Child<P> {
    fn of(node: Node<P>) -> Self {
        Self { bounds: node.bounds(), count: node.len(), node }
    }
}

impl<P: Point> Node<P> {
    fn len(&self) -> usize {
        match self {
            Self::Leaf(points) => points.len(),
            Self::Inner(children) => children.iter().map(|child| child.count).sum(),
        }
    }

    /// The box around all that a node holds, which is never nothing.
    fn bounds(&self) -> Region<P> {
        match self {
            Self::Leaf(points) => {
                let first = Region { min: points[0], max: points[0] };
                points.iter().fold(first, |bounds, &point| bounds.joined(&Region { min: point, max: point }))
            }
            Self::Inner(children) => {
                children.iter().fold(children[0].bounds, |bounds, child| bounds.joined(&child.bounds))
            }
        }
    }

    /// Adds a point; gives the other half where that made the node too full. `bounds` is the box around it all.
    fn insert(&mut self, point: P, bounds: &Region<P>) -> Option<Self> {
        match self {
            Self::Leaf(points) => {
                points.push(point);
                (points.len() > FULL_LEAF)
                    .then(|| Self::Leaf(part(points, FULL_LEAF, |point| Region { min: *point, max: *point })))
            }
            Self::Inner(children) => {
                let nearest = nearest(children, &point, bounds);
                let child = &mut children[nearest];
                child.bounds = child.bounds.joined(&Region { min: point, max: point });
                child.count += 1;
                if let Some(sibling) = child.node.insert(point, &child.bounds) {
                    (child.bounds, child.count) = (child.node.bounds(), child.node.len());
                    children.push(Child::of(sibling));
                    return (children.len() > FULL_INNER)
                        .then(|| Self::Inner(part(children, FULL_INNER, |child| child.bounds)));
                }
                None
            }
        }
    }

    fn remove(&mut self, point: &P) -> bool {
        match self {
            Self::Leaf(points) => match points.iter().position(|other| other == point) {
                Some(at) => {
                    points.swap_remove(at);
                    true
                }
                None => false,
            },
            Self::Inner(children) => {
                let holder = |child: &mut Child<P>| child.bounds.contains(point) && child.node.remove(point);
                let Some(at) = children.iter_mut().position(holder) else {
                    return false;
                };
                let child = &mut children[at];
                child.count -= 1;
                if child.count > 0 {
                    child.bounds = child.node.bounds();
                } else if children.len() > 1 {
                    children.swap_remove(at);
                } else {
                    *self = Self::Leaf(Vec::new());
                }
                true
            }
        }
    }

    /// `bounds` is the box around all that the node holds.
    fn count(&self, bounds: &Region<P>, region: &Region<P>) -> usize {
        match self {
            Self::Leaf(points) => Choice::of(points, bounds, region).count(),
            Self::Inner(children) => {
                let of = |child: &Child<P>| {
                    if !region.meets(&child.bounds) {
                        0
                    } else if region.encloses(&child.bounds) {
                        child.count
                    } else {
                        child.node.count(&child.bounds, region)
                    }
                };
                children.iter().map(of).sum()
            }
        }
    }

    /// `bounds` is the box around all that the node holds.
    fn each(
        &self,
        bounds: &Region<P>,
        region: &Region<P>,
        act: &mut impl FnMut(&P) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        match self {
            Self::Leaf(points) => Choice::of(points, bounds, region).points().try_for_each(act),
            Self::Inner(children) => {
                let mut within = children.iter().filter(|child| region.meets(&child.bounds));
                within.try_for_each(|child| child.node.each(&child.bounds, region, act))
            }
        }
    }
}

/// A choice of the points of a leaf that lie in a region.
pub(in crate::ledger) struct Choice<'a, P> {
    points: &'a [P],
    /// A box around the points.
    bounds: &'a Region<P>,
    region: &'a Region<P>,
    within: [bool; FULL_LEAF],
}

impl<'a, P: Point> Choice<'a, P> {
    /// The points of a leaf that lie in a region; `bounds` is a box around them all.
    fn of(points: &'a [P], bounds: &'a Region<P>, region: &'a Region<P>) -> Self {
        let mut within = [false; FULL_LEAF];
        within[..points.len()].fill(true);
        let mut among = Self { points, bounds, region, within };
        P::choose(&mut among);
        among
    }

    fn count(&self) -> usize {
        self.within.iter().map(|within| usize::from(*within)).sum()
    }

    fn points(&self) -> impl Iterator<Item = &'a P> {
        self.points.iter().zip(self.within).filter(|(_, within)| *within).map(|(point, _)| point)
    }

    /// Leaves out the points that a coordinate puts outside of the region. Only where the region cuts the box around
    /// the points is there anything to compare, and that is done for all alike: a branch for each would be foreseen
    /// wrongly every other time.
    #[inline]
    pub(in crate::ledger) fn by<T: PartialOrd>(&mut self, coordinate: impl Fn(&P) -> T) {
        let (least, greatest) = (coordinate(&self.region.min), coordinate(&self.region.max));
        if least > coordinate(&self.bounds.min) {
            for (within, point) in self.within.iter_mut().zip(self.points) {
                *within &= coordinate(point) >= least;
            }
        }
        if greatest < coordinate(&self.bounds.max) {
            for (within, point) in self.within.iter_mut().zip(self.points) {
                *within &= coordinate(point) <= greatest;
            }
        }
    }
}

/// The child to which a point is nearest, in a box around them all.
fn nearest<P: Point>(children: &[Child<P>], point: &P, bounds: &Region<P>) -> usize {
    if let Some(around) = children.iter().position(|child| child.bounds.contains(point)) {
        return around;
    }
    let mut best = (0, f64::INFINITY);
    for (at, child) in children.iter().enumerate() {
        let distance = child.bounds.distance(point, bounds, best.1);
        if distance < best.1 {
            best = (at, distance);
        }
    }
    best.0
}

/// Parts a list that has one more than the most it may have, at its middle, along the axis that leaves the halves
/// smallest; gives the upper half.
fn part<P: Point, T>(items: &mut Vec<T>, most: usize, bounds: impl Fn(&T) -> Region<P>) -> Vec<T> {
    let around = |items: &[T]| {
        let first = bounds(&items[0]);
        items.iter().fold(first, |around, item| around.joined(&bounds(item)))
    };
    let all = around(items);
    let width = |region: &Region<P>, axis| region.max.place(axis) - region.min.place(axis);
    let half = items.len() / 2;
    let middle = |item: &T, axis| bounds(item).min.place(axis) + bounds(item).max.place(axis);
    let mut best = (0, f64::INFINITY);
    for axis in (0..P::AXES).filter(|&axis| width(&all, axis) > 0.0) {
        items.select_nth_unstable_by(half, |a, b| middle(a, axis).total_cmp(&middle(b, axis)));
        let halves = [around(&items[..half]), around(&items[half..])];
        let share = |axis| halves.iter().map(|region| width(region, axis)).sum::<f64>() / width(&all, axis);
        let cost = (0..P::AXES).filter(|&axis| width(&all, axis) > 0.0).map(share).sum();
        if cost < best.1 {
            best = (axis, cost);
        }
    }
    items.select_nth_unstable_by(half, |a, b| middle(a, best.0).total_cmp(&middle(b, best.0)));
    let mut upper = items.split_off(half);
    // Room for what comes until it is parted itself, and not for twice as many.
    upper.reserve_exact(most + 1 - upper.len());
    upper
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use proptest::prelude::*;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

    use super::{Choice, FULL_INNER, FULL_LEAF, Node, Point, Region, Tree};

    /// A point with a number, so that two at one place can be told apart.
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct At([i64; 3]);

    impl Point for At {
        const AXES: usize = 3;

        fn choose(among: &mut Choice<'_, Self>) {
            for axis in 0..3 {
                among.by(|point| point.0[axis]);
            }
        }

        fn is_at_most(&self, other: &Self) -> bool {
            (0..3).all(|axis| self.0[axis] <= other.0[axis])
        }

        fn lowered(&self, other: &Self) -> Self {
            Self([0, 1, 2].map(|axis| self.0[axis].min(other.0[axis])))
        }

        fn raised(&self, other: &Self) -> Self {
            Self([0, 1, 2].map(|axis| self.0[axis].max(other.0[axis])))
        }

        #[expect(clippy::cast_precision_loss, reason = "a place on an axis is only about right")]
        fn place(&self, axis: usize) -> f64 {
            self.0[axis] as f64
        }
    }

    /// `ScanLimit` places, and the ends of what there is.
    fn coordinate() -> impl Strategy<Value = i64> {
        prop_oneof![6 => -4_i64..5, 2 => -1000_i64..1000, 1 => prop::sample::select(vec![i64::MIN, i64::MAX])]
    }

    fn point() -> impl Strategy<Value = At> {
        // Now and then all on one line, or all at one place.
        let low = prop_oneof![4 => coordinate(), 1 => Just(0)];
        (coordinate(), low, 0_i64..3).prop_map(|(x, y, z)| At([x, y, z]))
    }

    fn region() -> impl Strategy<Value = Region<At>> {
        // A region may also be the wrong way round, and so have no point in it.
        prop_oneof![
            6 => (point(), point()).prop_map(|(a, b)| Region { min: a.lowered(&b), max: a.raised(&b) }),
            1 => (point(), point()).prop_map(|(min, max)| Region { min, max }),
            1 => Just(Region { min: At([i64::MIN; 3]), max: At([i64::MAX; 3]) }),
        ]
    }

    fn sorted(mut points: Vec<At>) -> Vec<At> {
        points.sort_unstable_by_key(|point| point.0);
        points
    }

    fn found(tree: &Tree<At>, region: &Region<At>) -> Vec<At> {
        let mut points = vec![];
        let flow = tree.each(region, &mut |point| {
            points.push(*point);
            ControlFlow::Continue(())
        });
        assert_eq!(flow, ControlFlow::Continue(()));
        sorted(points)
    }

    fn root(tree: &Tree<At>) -> &Node<At> {
        &tree.root
    }

    /// Whether every node has what it says it has, and none is overfull; gives how deep it is.
    fn check(node: &Node<At>) -> usize {
        match node {
            Node::Leaf(points) => {
                assert!(points.len() <= FULL_LEAF);
                0
            }
            Node::Inner(children) => {
                assert!((1..=FULL_INNER).contains(&children.len()));
                let depths = children.iter().map(|child| {
                    assert!(child.count > 0, "an empty child");
                    assert_eq!((child.count, child.bounds), (child.node.len(), child.node.bounds()));
                    check(&child.node)
                });
                1 + depths.max().unwrap_or(0)
            }
        }
    }

    /// Adds and removes points, and compares with a list after every few.
    fn follow(steps: &[(At, u8)], regions: &[Region<At>]) {
        let mut tree = Tree::default();
        let mut list: Vec<At> = vec![];
        for (step, (point, what)) in steps.iter().enumerate() {
            // One in four takes out, mostly what is there.
            match what {
                0 if !list.is_empty() => {
                    let point = list.swap_remove(step % list.len());
                    assert!(tree.remove(&point));
                }
                1 => {
                    let held = list.iter().position(|other| other == point);
                    assert_eq!(tree.remove(point), held.is_some());
                    held.map(|at| list.swap_remove(at));
                }
                _ => {
                    tree.insert(*point);
                    list.push(*point);
                }
            }
            if step % 97 == 0 || step + 1 == steps.len() {
                let depth = check(root(&tree));
                assert!(depth <= 4, "{depth} levels for {} points", list.len());
                for region in regions {
                    let expected: Vec<At> = list.iter().filter(|point| region.contains(point)).copied().collect();
                    assert_eq!(tree.count(region), expected.len());
                    assert_eq!(found(&tree, region), sorted(expected));
                }
            }
        }
        // All of it can be taken out again.
        for (left, point) in list.iter().enumerate().rev() {
            assert!(tree.remove(point));
            check(root(&tree));
            assert_eq!(root(&tree).len(), left);
        }
        assert!(list.first().is_none_or(|point| !tree.remove(point)));
    }

    fn runner(cases: u32) -> TestRunner {
        let config = Config { cases, failure_persistence: None, ..Config::default() };
        TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[0; 32]))
    }

    #[test]
    fn a_tree_holds_what_a_list_holds() {
        let steps = prop::collection::vec((point(), 0_u8..8), 1..2000);
        let story = (steps, prop::collection::vec(region(), 8));
        let result = runner(6).run(&story, |(steps, regions)| {
            follow(&steps, &regions);
            Ok(())
        });
        assert_eq!(result, Ok(()));
    }

    #[test]
    fn points_may_come_in_order_or_all_at_one_place() {
        let all = Region { min: At([i64::MIN; 3]), max: At([i64::MAX; 3]) };
        let middle = Region { min: At([700, 0, 0]), max: At([1299, 5000, 0]) };
        let places: [fn(i64) -> At; 4] =
            [|n| At([n, 0, 0]), |n| At([2000 - n, n, 0]), |_| At([1000, 1000, 0]), |n| At([n % 2 * 3000, n, 0])];
        for place in places {
            follow(&(0..2000).map(|n| (place(n), 2)).collect::<Vec<_>>(), &[all, middle]);
        }
    }

    #[test]
    fn going_through_stops_when_told_to() {
        let mut tree = Tree::default();
        (0..500).for_each(|n| tree.insert(At([n, 0, 0])));
        let mut seen = 0;
        let flow = tree.each(&Region { min: At([100, 0, 0]), max: At([400, 0, 0]) }, &mut |_| {
            seen += 1;
            if seen == 7 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!((flow, seen), (ControlFlow::Break(()), 7));
    }
}
