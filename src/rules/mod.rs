//! The rules: how claims relate, whose word they are, where voices stand, and what figures on one topic leave to
//! another. Nothing here knows of a ledger.

pub(crate) mod arithmetic;
pub(crate) mod certainty;
pub(crate) mod comparable;
pub(crate) mod fit;
pub(crate) mod moments;
pub(crate) mod position;
pub(crate) mod relation;
pub(crate) mod rings;
mod strong;
pub(crate) mod timeline;
pub(crate) mod timing;
pub(crate) mod voices;

pub use self::certainty::Uncertainty;
pub use self::comparable::Taken;
pub use self::fit::{Agreement, Clash, Fit, Mismatch, Silence};
pub use self::position::Stand;
pub use self::relation::{Dependence, Gap, Origins, Relation, RelationKind};
pub use self::timing::{Side, Timing};
