//! Bands, and words with their bands, as publications print them.

use std::fmt;

use super::scale::ScaleWord;
use crate::number::Interval;

/// A band as publications print it: `55–80%`, `>0–5%`, `40–<50%`; for STIX, the values without the sign.
pub(super) struct Percent {
    pub(super) band: Interval,
    pub(super) stix: bool,
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (low, high) = (self.band.low(), self.band.high());
        if let Some(low) = low {
            write!(f, "{}{}", if low.is_open() { ">" } else { "" }, low.value().grouped(true))?;
        }
        if low != high {
            f.write_str("–")?;
            if let Some(high) = high {
                write!(f, "{}{}", if high.is_open() { "<" } else { "" }, high.value().grouped(true))?;
            }
        }
        f.write_str(if self.stix { "" } else { "%" })
    }
}

/// A word with its band.
pub(super) fn named(word: ScaleWord) -> String {
    match word.band() {
        Some(band) => format!("{} ({})", word.name(), Percent { band, stix: word.scale().is_stix() }),
        None => word.name().to_owned(),
    }
}
