//! Importing a file of lines.

use std::cell::RefCell;
use std::io::BufRead;
use std::ops::ControlFlow;

use testimony::{Appended, ClaimId, Entry, Error, Timestamp, jsonl};

use super::{Store, refused_at};
use crate::error::StoreError;
use crate::rows::Stop;

/// The outcome of [importing](Store::import) lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// How many entries were added.
    pub added: u64,
    /// How many changed nothing, because the same was there.
    pub already_there: u64,
    /// How many lines were refused.
    pub refused: u64,
    /// How many conflicts the claims brought.
    pub conflicts: u64,
}

impl Store {
    /// Appends the lines of a file, in one transaction. Each line that is refused goes to `on_refusal`, which says whether
    /// to read on; where it says no, nothing is appended.
    ///
    /// Claims are numbered as the file has them, so that a retraction in it hits the claim that was meant.
    ///
    /// # Errors
    ///
    /// The failure to read, a format that this release does not know, and another policy than that of the store.
    pub fn import(
        &mut self,
        input: impl BufRead,
        mut on_refusal: impl FnMut(Error) -> ControlFlow<()>,
    ) -> Result<Imported, StoreError> {
        let mut reader = jsonl::Reader::new(input);
        let of_file = reader.read_policy().map_err(StoreError::Lines)?.cloned();
        self.write(of_file, |writer, prepared| {
            writer.begin(prepared).map_err(|stop| refused_at(0, stop))?;
            let mut imported = Imported::default();
            let (failure, mut stopped, mut refused) = (RefCell::new(None), None, 0);
            let take = |entry: Entry| -> Result<Option<ClaimId>, Error> {
                let before = writer.rows.next;
                let outcome = match writer.append(prepared, entry) {
                    Ok(outcome) => outcome,
                    Err(Stop::Refused(refusal)) => return Err(refusal),
                    Err(Stop::Failed(error)) => {
                        failure.replace(Some(error));
                        return Err(given_up());
                    }
                };
                *(if writer.rows.next > before { &mut imported.added } else { &mut imported.already_there }) += 1;
                let Appended::Claim(receipt) = outcome else { return Ok(None) };
                imported.conflicts += receipt.conflicts() as u64;
                Ok(Some(receipt.id()))
            };
            let on_refusal = |refusal: Error| {
                if failure.borrow().is_some() {
                    return ControlFlow::Break(());
                }
                refused += 1;
                let go_on = on_refusal(refusal.clone());
                if go_on.is_break() {
                    stopped = Some(refusal);
                }
                go_on
            };
            jsonl::read_each(reader, take, on_refusal).map_err(StoreError::Lines)?;
            if let Some(failure) = failure.into_inner() {
                return Err(failure);
            }
            imported.refused = refused;
            stopped.map_or(Ok(imported), |refusal| Err(StoreError::Lines(refusal)))
        })
    }
}

/// Stands in for a failure of the store where lines are read, and is told to nobody.
fn given_up() -> Error {
    "".parse::<Timestamp>().expect_err("no time is written without a sign")
}
