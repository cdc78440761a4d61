//! The claims on a topic, and the index of those that are not retracted where it has many.

use std::collections::HashMap;

use super::boxes::{ClaimPoint, Classes, TimedPoint};
use super::handles::Handles;
use super::rtree::Tree;

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
    /// All, in the order in which they were recorded.
    pub(in crate::ledger) points: Vec<ClaimPoint>,
    pub(in crate::ledger) classes: Classes,
    /// How many pairs that stand conflict.
    pub(in crate::ledger) conflicts: u64,
    pub(in crate::ledger) index: Option<Box<Index>>,
}

/// The claims that are not retracted, of a topic that has many.
#[derive(Clone, Default)]
pub(in crate::ledger) struct Index {
    pub(in crate::ledger) standing: Tree<ClaimPoint>,
    pub(in crate::ledger) origins: HashMap<u32, OriginClaims>,
    /// The claims that each is known to revise, and some that it did once.
    pub(in crate::ledger) revised_by: HashMap<u32, Vec<u32>>,
    /// All of them by what they say.
    pub(in crate::ledger) said: Handles,
}

/// Those of one origin that may be said before or after others that they clash with.
#[derive(Clone, Default)]
pub(in crate::ledger) struct OriginClaims {
    pub(in crate::ledger) standing: Tree<TimedPoint>,
    pub(in crate::ledger) revised: Tree<TimedPoint>,
}

impl Standing {
    pub(in crate::ledger) fn push(&mut self, point: ClaimPoint) {
        self.classes.add(&point);
        if self.points.len() == self.points.capacity() {
            // Most topics have scan_limit claims, and no room for as many again.
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
