//! Entries that depend on their place in a file: claims named by number, and times left to the line before.

use crate::entry::{Amendment, ClaimId, ClaimKey, Content};
use crate::error::{Error, ErrorKind};
use crate::time::Timestamp;

/// Names the claim that is taken back or amended as the ledger numbers it; gives the number of the file too. A number is
/// the file's, and a label is the same everywhere.
pub(super) fn numbered(content: Content, claims: &[Option<ClaimId>]) -> Result<(Option<ClaimId>, Content), Error> {
    let claim_of_file = |number: ClaimId| {
        let refused = |kind| Err(Error::new(kind).value(number).at("claim"));
        match usize::try_from(number.number()).ok().and_then(|index| claims.get(index)) {
            None => refused(ErrorKind::UnknownClaim),
            Some(None) => refused(ErrorKind::RefusedClaim),
            Some(Some(claim)) => Ok(*claim),
        }
    };
    Ok(match content {
        Content::Retraction(retraction) => match retraction.claim() {
            ClaimKey::Number(number) => {
                let claim = claim_of_file(number).map_err(|error| error.at("retraction"))?;
                (Some(number), Content::Retraction(retraction.of(claim)))
            }
            ClaimKey::Label(_) => (None, Content::Retraction(retraction)),
        },
        Content::Amendment(Amendment::Claim(amendment)) => match amendment.claim() {
            ClaimKey::Number(number) => {
                let claim = claim_of_file(number).map_err(|error| error.at("amendment"))?;
                (Some(number), Content::Amendment(amendment.of(claim).into()))
            }
            ClaimKey::Label(_) => (None, Content::Amendment(amendment.into())),
        },
        content => (None, content),
    })
}

/// A refusal that names the file's number of a claim, which whoever wrote the file knows, and not the ledger's.
pub(super) fn in_numbers_of_file(error: Error, number: Option<ClaimId>) -> Error {
    match (error.field(), number) {
        (Some("retraction.claim" | "amendment.claim"), Some(number)) => error.value(number),
        _ => error,
    }
}

/// The time of an entry of a file: one without a time was recorded when the line before it was, even if that one was
/// there already. A line that was refused has no say.
pub(super) fn later(recorded: Option<Timestamp>, before: Option<Timestamp>) -> Result<Option<Timestamp>, Error> {
    match (recorded, before) {
        (Some(recorded), Some(before)) if recorded.to_utc() < before.to_utc() => {
            let kind = ErrorKind::TimeGoesBack { before: before.to_string() };
            Err(Error::new(kind).value(recorded).at("recorded"))
        }
        _ => Ok(recorded.or(before)),
    }
}
