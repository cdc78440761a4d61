//! Stores as they are opened and read.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use testimony::Ledger;
use testimony::jsonl::{self, Loaded};
use testimony_sqlite::{Store, StoreError};

use crate::open::{is_standard_input, unreadable};
use crate::output::{Failure, with_help};

/// Whether a file is a store, by how it begins.
pub(crate) fn is_store(path: &Path) -> bool {
    !is_standard_input(path) && matches!(Store::is_database(path), Ok(true))
}

/// The failure of a store, which is named once.
pub(crate) fn failed(path: &Path, error: StoreError) -> Failure {
    match error {
        StoreError::NotAStore { why, .. } => unreadable(path, format!("is no store of claims: {why}")),
        StoreError::Unopened { why, .. } => unreadable(path, format!("cannot be opened: {why}")),
        error => unreadable(path, error),
    }
}

/// Opens a store for reading, which has to be there.
pub(crate) fn for_reading(path: &Path) -> Result<Store, Failure> {
    fs::metadata(path).map_err(|error| unreadable(path, error))?;
    Store::open_read_only(path).map_err(|error| failed(path, error))
}

/// The lines of a store, as a file has them.
pub(crate) fn lines(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut lines = Vec::new();
    for_reading(path)?.export(&mut lines).map_err(|error| failed(path, error))?;
    Ok(lines)
}

/// Reads a store, as the file of lines that it is.
pub(crate) fn read(path: &Path, empty: Ledger) -> Result<Loaded, Failure> {
    let lines = lines(path)?;
    let mut refused = None;
    let loaded = jsonl::read_into(empty, lines.as_slice(), |error| {
        refused = Some(error);
        ControlFlow::Break(())
    });
    match (loaded, refused) {
        (Ok(loaded), None) => Ok(loaded),
        (Err(error), _) | (_, Some(error)) => Err(unreadable(path, with_help(&error))),
    }
}
