//! Points by what exactly their claims count: those that say so are compared with those that say the same, and with
//! those that do not say.

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::rtree::{Point, Region, Tree};

/// Stands for the number of a scope where a claim has none.
pub(in crate::ledger) const NO_SCOPE: u32 = 0;

/// A tree of all points, and once one of them has a scope, also a tree for each scope and for those that have none.
#[derive(Clone, Debug)]
pub(in crate::ledger) struct ScopedTree<P> {
    all: Tree<P>,
    apart: Option<HashMap<u32, Tree<P>>>,
}

impl<P> Default for ScopedTree<P> {
    fn default() -> Self {
        Self { all: Tree::default(), apart: None }
    }
}

impl<P: Point> ScopedTree<P> {
    /// Adds a point.
    pub(in crate::ledger) fn insert(&mut self, point: P, scope: u32) {
        if scope != NO_SCOPE && self.apart.is_none() {
            self.apart = Some(HashMap::from([(NO_SCOPE, self.all.clone())]));
        }
        if let Some(apart) = &mut self.apart {
            apart.entry(scope).or_default().insert(point);
        }
        self.all.insert(point);
    }

    /// Takes a point out; tells whether it was there.
    pub(in crate::ledger) fn remove(&mut self, point: &P, scope: u32) -> bool {
        if let Some(tree) = self.apart.as_mut().and_then(|apart| apart.get_mut(&scope)) {
            tree.remove(point);
        }
        self.all.remove(point)
    }

    /// How many points lie in a region that are compared with a claim of this scope.
    pub(in crate::ledger) fn count(&self, scope: u32, region: &Region<P>) -> usize {
        self.compared_with(scope).map(|tree| tree.count(region)).sum()
    }

    /// Goes through the points that `count` counts, in no order, until told to stop.
    pub(in crate::ledger) fn each(
        &self,
        scope: u32,
        region: &Region<P>,
        act: &mut impl FnMut(&P) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.compared_with(scope).try_for_each(|tree| tree.each(region, act))
    }

    /// The trees whose points are compared with a claim of this scope.
    fn compared_with(&self, scope: u32) -> impl Iterator<Item = &Tree<P>> {
        let apart = self.apart.as_ref().filter(|_| scope != NO_SCOPE);
        let trees = match apart {
            None => [Some(&self.all), None],
            Some(apart) => [apart.get(&NO_SCOPE), apart.get(&scope)],
        };
        trees.into_iter().flatten()
    }
}
