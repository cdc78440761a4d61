//! The sums of the tables in a folder, as `sha256sum` writes and checks them.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

use sha2::{Digest, Sha256};
use testimony_arrow::Table;

use crate::open::unreadable;
use crate::output::Failure;

/// The file that has them.
pub(crate) const NAME: &str = "SHA256SUMS";

/// The longest that one is read, in bytes: far more than a line for each table.
const LONGEST: u64 = 64 * 1024;

/// The line of a file.
pub(crate) fn line(file: &mut File, name: &str) -> io::Result<String> {
    file.rewind()?;
    Ok(format!("{}  {name}\n", sum(file)?))
}

fn sum(file: &mut File) -> io::Result<String> {
    let (mut digest, mut bytes) = (Sha256::new(), vec![0; 256 * 1024]);
    loop {
        match file.read(&mut bytes)? {
            0 => break,
            read => digest.update(&bytes[..read]),
        }
    }
    Ok(digest.finalize().iter().fold(String::new(), |mut sum, byte| {
        // A text takes whatever is written to it.
        let _ = write!(sum, "{byte:02x}");
        sum
    }))
}

/// Holds the tables of a ledger in a folder against their sums, if it has some: what an engine wrote has none.
pub(crate) fn check(folder: &Path) -> Result<(), Failure> {
    let sums = match File::open(folder.join(NAME)) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => return Ok(()),
        opened => opened.and_then(|file| io::read_to_string(file.take(LONGEST))),
    };
    let sums = sums.map_err(|error| unreadable(&folder.join(NAME), error))?;
    for name in Table::OF_LEDGER.map(Table::file_name) {
        let said = sums.lines().find_map(|line| {
            let (sum, file) = line.split_once(' ')?;
            // What stands before a name tells text from bytes, on machines where these differ.
            (file.strip_prefix([' ', '*'])? == name).then_some(sum)
        });
        let Some(said) = said else {
            return Err(unreadable(&folder.join(NAME), format_args!("has no sum of {name}")));
        };
        let path = folder.join(&name);
        let is = File::open(&path).and_then(|mut file| sum(&mut file)).map_err(|error| unreadable(&path, error))?;
        if !said.eq_ignore_ascii_case(&is) {
            let why = format_args!(
                "is not the file that was exported: its SHA-256 is {is}, and {NAME} has {said}; \
                 copy the folder again, or remove {NAME} if the change is meant"
            );
            return Err(unreadable(&path, why));
        }
    }
    Ok(())
}
