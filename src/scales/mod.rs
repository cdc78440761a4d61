//! The published scales, and what other formats make of them.

mod admiralty;
mod conversion;
mod lookup;
mod misp;
mod printed;
mod scale;
mod stix;
mod tables;

pub use admiralty::AdmiraltyRating;
pub(crate) use conversion::convert_band;
pub use conversion::{BandFit, Conversion, ConversionLoss, WordMatch};
pub use lookup::Placement;
pub use misp::MispTag;
pub use scale::{Scale, ScaleWord};
pub use stix::StixConfidence;
pub use tables::Judgement;
