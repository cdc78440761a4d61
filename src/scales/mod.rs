//! The published scales, and what other formats make of them.

mod admiralty;
mod conversion;
mod misp;
mod reading;
mod scale;
mod stix;
mod tables;

pub use admiralty::AdmiraltyRating;
pub(crate) use conversion::convert_band;
pub use conversion::{BandFit, Conversion, ConversionLoss, WordMatch};
pub use misp::MispTag;
pub use reading::NumberReading;
pub use scale::{Judgement, Scale, ScaleWord};
pub use stix::StixConfidence;
