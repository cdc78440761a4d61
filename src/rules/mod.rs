//! The rules: how claims relate, whose word they are, where voices stand. Nothing here knows of a ledger.

pub(crate) mod arithmetic;
pub(crate) mod comparable;
pub(crate) mod position;
pub(crate) mod relation;
pub(crate) mod timeline;
pub(crate) mod timing;
pub(crate) mod voices;

pub use self::position::Stand;
pub use self::relation::{Agreement, Clash, Dependence, Fit, Gap, Mismatch, Origins, Relation, RelationKind, Silence};
pub use self::timing::{Side, Timing};
