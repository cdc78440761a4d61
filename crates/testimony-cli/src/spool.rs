//! Answers that are kept in a file until they are whole, however long they are.

use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Write};

use tempfile::SpooledTempFile;

use crate::output::{Failure, Output};

/// How much is kept in memory before a file is made.
const AT_HAND: usize = 1 << 20;

/// Output held back until all of it is written: half a document or half an import would say something else.
pub(crate) struct Spool(BufWriter<SpooledTempFile>);

impl Spool {
    pub(crate) fn new() -> Self {
        Self(BufWriter::new(tempfile::spooled_tempfile(AT_HAND)))
    }

    /// All that was written, from its beginning.
    pub(crate) fn read(self) -> io::Result<SpooledTempFile> {
        let mut file = self.0.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        Ok(file)
    }

    /// Prints what was written.
    pub(crate) fn print(self, output: &mut Output) -> Result<(), Failure> {
        let mut file = self.read().map_err(unkept)?;
        let mut chunk = vec![0; 64 * 1024];
        loop {
            match file.read(&mut chunk).map_err(unkept)? {
                0 => return Ok(()),
                n => output.bytes(&chunk[..n])?,
            }
        }
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// The failure to keep an answer.
#[expect(clippy::needless_pass_by_value, reason = "an error is mapped by it")]
pub(crate) fn unkept(error: io::Error) -> Failure {
    Failure::Unreadable(format!("a temporary file in {}: {error}", std::env::temp_dir().display()))
}
