//! `testimony merge`.

use std::io::{BufWriter, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;
use testimony::{Ledger, jsonl};

use crate::args::Merge;
use crate::input::{self, named};
use crate::output::{Failure, Output, REFUSED};

pub(crate) fn run(asked: &Merge, output: &mut Output) -> Result<u8, Failure> {
    let read = input::merged(&asked.files, None, &output.interrupt())?;
    match &asked.out {
        Some(path) => write_beside(&read.ledger, path)?,
        None => {
            let mut lines = Vec::new();
            jsonl::write(&read.ledger, &mut lines).map_err(std::io::Error::other)?;
            output.bytes(&lines)?;
        }
    }
    Ok(if read.refused == 0 { 0 } else { REFUSED })
}

/// Writes a ledger beside the file that is to be and then puts it in its place, so that the file is whole at any time.
pub(crate) fn write_beside(ledger: &Ledger, path: &Path) -> Result<(), Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::Unreadable(format!("{}: {error}", named(path)));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(folder).map_err(|error| failed(&error))?;
    let mut buffered = BufWriter::new(&mut file);
    jsonl::write(ledger, &mut buffered).map_err(|error| failed(&error))?;
    buffered.flush().map_err(|error| failed(&error))?;
    drop(buffered);
    file.persist(path).map_err(|error| failed(&error))?;
    Ok(())
}
