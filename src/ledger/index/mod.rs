//! The index of a topic with many claims: where each claim lies, and where those lie that it clashes with.

pub(super) mod boxes;
mod compared;
pub(super) mod disowning;
pub(super) mod handles;
pub(super) mod point;
pub(super) mod rtree;
pub(super) mod scoped;
pub(super) mod topic;
