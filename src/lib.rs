//! testimony
mod claim;
mod confidence;
mod error;
mod figure;
mod ledger;
mod period;
mod policy;
mod relation;
mod source;
mod text;
mod time;
mod topic;
mod words;
pub use claim::{Basis, Citation, Claim, Stance, Value};
pub use confidence::{
    AdmiraltyRating, AnalyticConfidence, BandFit, Confidence, Conversion, ConversionLoss, Credibility, Likelihood,
    Measures, MispTag, Reading, Scale, ScaleWord, StixConfidence, WordMatch,
};
pub use error::{Error, ErrorKind};
pub use figure::{Bound, Figure, Hedge, Interval, Number, Vague};
pub use period::{Date, Period};
pub use policy::Policy;
pub use relation::*;
pub use source::*;
pub use time::{Moment, Timestamp};
pub use topic::*;

#[doc = include_str!("../docs/scales.md")]
pub mod scales {}
