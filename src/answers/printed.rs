//! Answers printed and serialised with the numbers that their claims have in the ledger.

use std::fmt;

use super::circles::Circle;
use super::conflict::{Conflict, Related};
use super::corroboration::Corroboration;
use super::dossier::Dossier;
use super::numbered::Answer;
use super::positions::Positions;
use super::violations::{Unchecked, Violation};
use crate::entry::ClaimId;

macro_rules! answers {
    ($($answer:ident),*) => {$(
        impl fmt::Display for $answer<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.write(f, &ClaimId::number)
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $answer<'_> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Answer::serialize(self, serializer, &ClaimId::number)
            }
        }
    )*};
}

answers!(Related, Conflict, Circle, Violation, Unchecked, Corroboration, Positions, Dossier);
