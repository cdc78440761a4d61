//! `testimony findings`: what is found in the parts of a ledger that an engine sends.

use std::io;

use testimony_arrow::findings_of_stream;

use crate::commands::tables::hush_readers;
use crate::output::{Failure, Lines, Output};

pub(crate) fn run(output: &mut Output) -> Result<u8, Failure> {
    hush_readers();
    let mut lines = Lines::new(output);
    match findings_of_stream(io::stdin().lock(), &mut lines) {
        Ok(()) => Ok(0),
        Err(error) => Err(lines.failure().unwrap_or_else(|| Failure::Unreadable(format!("standard input: {error}")))),
    }
}
