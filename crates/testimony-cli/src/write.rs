//! Files as they are written: beside the one that is to be, and then put in its place.

use std::fmt::Display;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use testimony::{Ledger, jsonl};

use crate::open::unreadable;
use crate::output::{Failure, Interrupt, Output};

/// Writes a ledger into a file that is whole at any time: the old one until the new one is complete.
pub(crate) fn write_beside(ledger: &Ledger, path: &Path, output: &Output) -> Result<(), Failure> {
    let interrupt = output.interrupt();
    let failed = |error: &dyn Display| {
        if interrupt.is_pressed() { Failure::Interrupted } else { unreadable(path, error) }
    };
    let write = |file: &mut File| {
        jsonl::write(ledger, Stopping { file, interrupt: &interrupt }).map_err(|error| failed(&error))
    };
    // The file that a link leads to is written, and the link stays.
    let place = fs::canonicalize(path);
    let place = place.as_deref().unwrap_or(path);
    let before = fs::metadata(place).ok();
    if before.as_ref().is_some_and(|about| !about.is_file()) {
        // A pipe or a device has no place to put a file in.
        let mut device = File::options().write(true).open(place).map_err(|error| failed(&error))?;
        return write(&mut device);
    }
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A signal waits until this is done, so that what is half written is taken away again.
    output.uncut(|| {
        let mut beside = tempfile::Builder::new();
        beside.prefix(".testimony-");
        #[cfg(unix)]
        beside.permissions(before.map_or_else(new_file, |about| about.permissions()));
        let mut file = beside.tempfile_in(folder).map_err(|error| failed(&error))?;
        write(file.as_file_mut())?;
        file.as_file().sync_all().map_err(|error| failed(&error))?;
        file.persist(place).map_err(|error| failed(&error))?;
        Ok(())
    })
}

/// Who may read and write a new file, but for what the user's mask takes away.
#[cfg(unix)]
pub(crate) fn new_file() -> fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}

/// Writes into a file, and fails once the user has pressed Ctrl-C.
pub(crate) struct Stopping<'a, W> {
    pub(crate) file: W,
    pub(crate) interrupt: &'a Interrupt,
}

impl<W: Write> Write for Stopping<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.interrupt.is_pressed() {
            return Err(io::Error::other("interrupted"));
        }
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
