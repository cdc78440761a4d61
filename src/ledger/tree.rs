//! A balanced tree of points with boxes around them: how many lie in a region, and which.
//!
//! Knows nothing of claims. It grows as a B-tree does, by parting one full node at a time, so that no insertion costs
//! more than one path from the root, whatever the order of the points; each node knows how many points it holds, so
//! that a region which encloses its box is counted without looking inside.

use std::ops::ControlFlow;

/// A point, or a corner of a box: some coordinates, each of which is compared by itself.
pub(super) trait Point: Copy + PartialEq {
    /// How many of its coordinates decide which points are kept together.
    const AXES: usize;

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
pub(super) struct Region<P> {
    pub(super) min: P,
    pub(super) max: P,
}

impl<P: Point> Region<P> {
    pub(super) fn contains(&self, point: &P) -> bool {
        self.min.is_at_most(point) && point.is_at_most(&self.max)
    }

    fn encloses(&self, other: &Self) -> bool {
        self.min.is_at_most(&other.min) && other.max.is_at_most(&self.max)
    }

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

/// The most points of a leaf, and the most children of a node above.
const FULL: usize = 24;

/// The tree: what it holds, and the box around that once there is anything.
#[derive(Clone, Debug)]
pub(super) struct Tree<P> {
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
    pub(super) fn insert(&mut self, point: P) {
        let single = Region { min: point, max: point };
        let bounds = self.bounds.map_or(single, |bounds| bounds.joined(&single));
        self.bounds = Some(bounds);
        if let Some(sibling) = self.root.insert(point, &bounds) {
            let first = std::mem::replace(&mut self.root, Node::Inner(Vec::new()));
            self.root = Node::Inner(vec![Child::of(first), Child::of(sibling)]);
        }
    }

    /// Takes a point out; whether it was there.
    pub(super) fn remove(&mut self, point: &P) -> bool {
        self.root.remove(point)
    }

    /// How many points lie in a region.
    pub(super) fn count(&self, region: &Region<P>) -> usize {
        self.root.count(region)
    }

    /// Goes through the points in a region until told to stop.
    pub(super) fn each(&self, region: &Region<P>, act: &mut impl FnMut(&P) -> ControlFlow<()>) -> ControlFlow<()> {
        self.root.each(region, act)
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
                (points.len() > FULL).then(|| Self::Leaf(part(points, |point| Region { min: *point, max: *point })))
            }
            Self::Inner(children) => {
                let nearest = nearest(children, &point, bounds);
                let child = &mut children[nearest];
                child.bounds = child.bounds.joined(&Region { min: point, max: point });
                child.count += 1;
                if let Some(sibling) = child.node.insert(point, &child.bounds) {
                    (child.bounds, child.count) = (child.node.bounds(), child.node.len());
                    children.push(Child::of(sibling));
                    return (children.len() > FULL).then(|| Self::Inner(part(children, |child| child.bounds)));
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

    fn count(&self, region: &Region<P>) -> usize {
        match self {
            Self::Leaf(points) => points.iter().filter(|point| region.contains(point)).count(),
            Self::Inner(children) => {
                let of = |child: &Child<P>| match () {
                    () if !region.meets(&child.bounds) => 0,
                    () if region.encloses(&child.bounds) => child.count,
                    () => child.node.count(region),
                };
                children.iter().map(of).sum()
            }
        }
    }

    fn each(&self, region: &Region<P>, act: &mut impl FnMut(&P) -> ControlFlow<()>) -> ControlFlow<()> {
        match self {
            Self::Leaf(points) => points.iter().filter(|point| region.contains(point)).try_for_each(act),
            Self::Inner(children) => {
                let mut within = children.iter().filter(|child| region.meets(&child.bounds));
                within.try_for_each(|child| child.node.each(region, act))
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

/// Parts a full list in two at its middle, along the axis that leaves the halves smallest; gives the upper half.
fn part<P: Point, T>(items: &mut Vec<T>, bounds: impl Fn(&T) -> Region<P>) -> Vec<T> {
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
        items.sort_by(|a, b| middle(a, axis).total_cmp(&middle(b, axis)));
        let halves = [around(&items[..half]), around(&items[half..])];
        let share = |axis| halves.iter().map(|region| width(region, axis)).sum::<f64>() / width(&all, axis);
        let cost = (0..P::AXES).filter(|&axis| width(&all, axis) > 0.0).map(share).sum();
        if cost < best.1 {
            best = (axis, cost);
        }
    }
    items.sort_by(|a, b| middle(a, best.0).total_cmp(&middle(b, best.0)));
    items.split_off(half)
}
