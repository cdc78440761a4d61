//! testimony
mod claim;
mod confidence;
mod conflict;
mod constraint;
mod dossier;
mod error;
mod figure;
#[cfg(feature = "serde")]
pub mod jsonl;
mod ledger;
mod period;
mod policy;
mod relation;
mod report;
mod source;
mod text;
mod time;
mod topic;
mod words;
pub use claim::{Basis, Citation, Claim, Stance, Value};
pub use confidence::{AnalyticConfidence, Confidence, Credibility, Likelihood};
pub use conflict::{Conflict, Related};
pub use constraint::Constraint;
pub use dossier::Dossier;
pub use error::{Error, ErrorKind};
pub use figure::{Bound, Figure, Hedge, Interval, Number, Vague};
pub use ledger::*;
pub use period::{Date, Period};
pub use policy::Policy;
pub use relation::*;
pub use source::*;
pub use time::{Moment, Timestamp};
pub use topic::*;

#[doc = include_str!("../docs/rules.md")]
pub mod rules {}
