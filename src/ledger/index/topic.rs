//! The claims on a topic, and the index of those that are not retracted where it has many.

use std::collections::HashMap;
use std::ops::{ControlFlow, RangeInclusive};

use super::boxes::ClashBoxes;
use super::disowning::AttributedClaims;
use super::handles::Handles;
use super::point::{ClaimPoint, Classes, TimedPoint};
use super::rtree::Region;
use super::scoped::ScopedTree;

/// A topic of up to so many claims is looked through one by one; above, an index is quicker.
#[derive(Clone, Copy)]
pub(in crate::ledger) struct ScanLimit(pub(in crate::ledger) usize);

impl Default for ScanLimit {
    fn default() -> Self {
        Self(256)
    }
}

/// The claims on a topic.
#[derive(Clone, Default)]
pub(in crate::ledger) struct Standing {
    /// All claims, in the order in which they were recorded.
    pub(in crate::ledger) points: Vec<ClaimPoint>,
    pub(in crate::ledger) classes: Classes,
    /// How many pairs that stand conflict.
    pub(in crate::ledger) conflicts: u64,
    pub(in crate::ledger) index: Option<Box<Index>>,
}

/// The claims that are not retracted, of a topic that has many.
#[derive(Clone, Default)]
pub(in crate::ledger) struct Index {
    /// The claims that stand and that can clash.
    pub(in crate::ledger) standing: StandingPoints,
    pub(in crate::ledger) origins: HashMap<u32, OriginClaims>,
    /// The claims that each is known to revise, and some that it did once.
    pub(in crate::ledger) revised_by: HashMap<u32, Vec<u32>>,
    /// The claims by what they say.
    pub(in crate::ledger) said: Handles,
    /// The claims that disown or may be disowned, once one of them disowns something.
    pub(in crate::ledger) attributed: Option<Box<AttributedClaims>>,
}

/// Claims that stand: running totals as of an instant apart, because that is one more thing by which they clash.
#[derive(Clone, Default)]
pub(in crate::ledger) struct StandingPoints {
    whenever: ScopedTree<ClaimPoint>,
    at_instants: ScopedTree<TimedPoint>,
}

impl StandingPoints {
    pub(in crate::ledger) fn insert(&mut self, boxes: &ClashBoxes) {
        if boxes.timed.point.is_at_instant() {
            self.at_instants.insert(boxes.timed, boxes.scope);
        } else {
            self.whenever.insert(boxes.timed.point, boxes.scope);
        }
    }

    pub(in crate::ledger) fn remove(&mut self, boxes: &ClashBoxes) {
        if boxes.timed.point.is_at_instant() {
            self.at_instants.remove(&boxes.timed, boxes.scope);
        } else {
            self.whenever.remove(&boxes.timed.point, boxes.scope);
        }
    }

    /// How many of them clash with a claim.
    pub(in crate::ledger) fn count_clashing(&self, boxes: &ClashBoxes) -> usize {
        let count = |region: &Region<TimedPoint>| {
            if region.is_at_instants() {
                self.at_instants.count(boxes.scope, region)
            } else {
                self.whenever.count(boxes.scope, &region.points())
            }
        };
        boxes.clashing.iter().map(count).sum()
    }

    /// The claims among some that clash with a claim, in no order.
    pub(in crate::ledger) fn clashing(&self, boxes: &ClashBoxes, among: &RangeInclusive<u32>) -> Vec<u32> {
        let mut found = Vec::new();
        for mut region in boxes.clashing.iter().copied() {
            (region.min.point.claim, region.max.point.claim) = (*among.start(), *among.end());
            let _ = if region.is_at_instants() {
                self.at_instants.each(boxes.scope, &region, &mut |timed| {
                    found.push(timed.point.claim);
                    ControlFlow::Continue(())
                })
            } else {
                self.whenever.each(boxes.scope, &region.points(), &mut |point| {
                    found.push(point.claim);
                    ControlFlow::Continue(())
                })
            };
        }
        found
    }
}

/// The claims of one origin that may be said before or after others that they clash with; none that it disowns.
#[derive(Clone, Default)]
pub(in crate::ledger) struct OriginClaims {
    pub(in crate::ledger) standing: ScopedTree<TimedPoint>,
    pub(in crate::ledger) revised: ScopedTree<TimedPoint>,
}

impl Standing {
    /// Claims between which there is no conflict.
    pub(in crate::ledger) fn of(points: &[ClaimPoint]) -> Self {
        let mut classes = Classes::default();
        for point in points {
            classes.add(point);
        }
        Self { points: points.to_vec(), classes, ..Self::default() }
    }

    pub(in crate::ledger) fn push(&mut self, point: ClaimPoint) {
        self.classes.add(&point);
        if self.points.len() == self.points.capacity() {
            // Most topics with an index have few claims above the limit, and no need of room for as many again.
            self.points.reserve_exact(self.points.len() / 4 + 2);
        }
        self.points.push(point);
    }

    pub(in crate::ledger) fn classes(&self) -> Classes {
        self.classes
    }

    pub(in crate::ledger) fn all(&self) -> impl ExactSizeIterator<Item = &ClaimPoint> + DoubleEndedIterator {
        self.points.iter()
    }
}
