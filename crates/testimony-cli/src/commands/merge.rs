//! `testimony merge`: several ledgers as one.

use std::io;

use testimony::jsonl;

use crate::args::Merge;
use crate::input;
use crate::output::{Failure, Output};
use crate::safe::json_shown;
use crate::write::write_beside;

pub(crate) fn run(asked: &Merge, output: &mut Output) -> Result<u8, Failure> {
    let read = input::merged(&asked.files, None, &output.interrupt())?;
    if let Some(path) = &asked.out {
        write_beside(&read.ledger, path, output)?;
        return Ok(read.status());
    }
    let mut lines = Lines { output, failure: None };
    match jsonl::write(&read.ledger, &mut lines) {
        Ok(()) => Ok(read.status()),
        Err(error) => Err(lines.failure.unwrap_or_else(|| Failure::Unreadable(error.to_string()))),
    }
}

/// Standard output, to which the writer hands whole lines on. A terminal gets them with everything escaped that could
/// drive it, a file or a program as they are read back.
struct Lines<'a> {
    output: &'a mut Output,
    failure: Option<Failure>,
}

impl io::Write for Lines<'_> {
    fn write(&mut self, lines: &[u8]) -> io::Result<usize> {
        let written = match std::str::from_utf8(lines) {
            Ok(text) if self.output.is_terminal() => self.output.write(json_shown(text)),
            _ => self.output.bytes(lines),
        };
        written.map(|()| lines.len()).map_err(|failure| {
            self.failure = Some(failure);
            io::Error::other("standard output")
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
