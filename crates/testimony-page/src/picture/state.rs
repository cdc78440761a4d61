//! The fate of a claim, as a picture shows it.

use testimony::{ClaimRef, Stance, Taken};

/// How a claim counts, as far as its mark shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Said {
    /// Affirmed, and it stands.
    Held,
    /// Denied, or called unlikely.
    Denied,
    /// Raised as possible, or not committed to.
    Suggested,
    /// Neither confirmed nor denied.
    Declined,
    /// Of days that were still to come.
    Forecast,
    /// Its origin says that it never said so, or says so of another claim.
    Disowned,
    /// A later claim of its origin took its place.
    Revised,
    /// Taken back.
    Retracted,
}

impl Said {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Denied => "denied",
            Self::Suggested => "suggested",
            Self::Declined => "declined",
            Self::Forecast => "forecast",
            Self::Disowned => "disowned",
            Self::Revised => "revised",
            Self::Retracted => "retracted",
        }
    }

    /// The word for it where it is not what one takes a claim for.
    pub(crate) fn note(self) -> Option<&'static str> {
        Some(match self {
            Self::Held | Self::Declined => return None,
            Self::Denied => "denied",
            Self::Suggested => "not committed to",
            Self::Forecast => "a forecast",
            Self::Disowned => "disowned",
            Self::Revised => "revised since",
            Self::Retracted => "retracted",
        })
    }
}

impl Said {
    pub(crate) fn of(claim: &ClaimRef<'_>) -> Self {
        if claim.is_retracted() {
            Self::Retracted
        } else if claim.is_disowned() || claim.stance() == Stance::Disowns {
            Self::Disowned
        } else if !claim.stands() {
            Self::Revised
        } else if claim.is_forecast() {
            Self::Forecast
        } else {
            match claim.taken() {
                Taken::Affirmed => Self::Held,
                Taken::Denied | Taken::Doubted => Self::Denied,
                Taken::Open if claim.stance() == Stance::Declines => Self::Declined,
                _ => Self::Suggested,
            }
        }
    }
}
