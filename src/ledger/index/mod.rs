//! The index of a topic with many claims: where each claim lies, and where those lie that it clashes with.

pub(super) mod boxes;
pub(super) mod handles;
pub(super) mod rtree;
pub(super) mod topic;
