//! Ledgers as files of Parquet, in a folder.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::panic;
use std::path::Path;

use tempfile::NamedTempFile;
use testimony::{Ledger, jsonl};
use testimony_arrow::{Table, TableError, read_parquet, write_findings, write_parquet};

use crate::exchange::Import;
use crate::open::unreadable;
use crate::output::{Failure, Lines, Output, grouped};
use crate::sums;
use crate::write::{Stopping, new_file};

/// Writes the tables of a ledger into a folder with their sums, and what is found in it if that is asked for: each file
/// beside the one that is to be, and all of them put in their places once all are whole.
pub(crate) fn export(ledger: &Ledger, folder: &Path, findings: bool, output: &mut Output) -> Result<(), Failure> {
    let interrupt = output.interrupt();
    let failed = |error: TableError| {
        if interrupt.is_pressed() { Failure::Interrupted } else { unreadable(folder, error) }
    };
    let create = |_| Ok(Stopping { file: beside(folder)?, interrupt: &interrupt });
    fs::create_dir_all(folder).map_err(|error| unreadable(folder, error))?;
    // A signal waits until this is done, so that what is half written is taken away again.
    output.uncut(|| -> Result<(), Failure> {
        let mut written = write_parquet(ledger, create).map_err(failed)?;
        if findings {
            let found = create(Table::Findings).map_err(|error| failed(error.into()))?;
            written.push((Table::Findings, write_findings(ledger, found).map_err(failed)?));
        } else {
            // Those of another time would look like findings of these tables.
            match fs::remove_file(folder.join(Table::Findings.file_name())) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error.into())),
                _ => {}
            }
        }
        let mut files: Vec<_> = written.into_iter().map(|(table, to)| (table.file_name(), to.file)).collect();
        let mut lines = beside(folder).map_err(|error| failed(error.into()))?;
        for (name, file) in &mut files {
            let line = sums::line(file.as_file_mut(), name).and_then(|line| lines.write_all(line.as_bytes()));
            line.map_err(|error| failed(error.into()))?;
        }
        files.push((sums::NAME.to_owned(), lines));
        for (name, file) in files {
            file.as_file().sync_all().map_err(|error| failed(error.into()))?;
            file.persist(folder.join(name)).map_err(|error| failed(error.error.into()))?;
        }
        Ok(())
    })?;
    let claims = ledger.claims().len();
    let what = if claims == 1 { "claim" } else { "claims" };
    output.write(format_args!("{}: {} {what}\n", crate::open::named(folder), grouped(claims as u64)))
}

/// A file in a folder that is gone unless it is put in a place.
fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut beside = tempfile::Builder::new();
    beside.prefix(".testimony-");
    #[cfg(unix)]
    beside.permissions(new_file());
    beside.tempfile_in(folder)
}

/// Leaves it to the failure to say that tables are damaged: where their readers panic on them, that is caught, and what is
/// printed about it would read as a fault of the command. Other panics are printed as ever.
pub(crate) fn hush_readers() {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |panicked| {
        let file = panicked.location().map_or("", |location| location.file());
        let is_of_reader =
            ["arrow-", "parquet-"].iter().any(|of| file.split(['/', '\\']).any(|name| name.starts_with(of)));
        if !is_of_reader {
            print(panicked);
        }
    }));
}

/// Prints the ledger that the tables in a folder were made of.
pub(crate) fn import(asked: &Import, output: &mut Output) -> Result<u8, Failure> {
    let [folder] = asked.files.as_slice() else {
        return Err(Failure::Unreadable(
            "the tables in a folder are one ledger; name one folder, and merge".to_owned(),
        ));
    };
    if folder.is_file() {
        return Err(unreadable(folder, "is a file; name the folder that the tables are in"));
    }
    if asked.into.is_some() || asked.at.is_some() || asked.mapping.is_some() {
        let why =
            "tables are read as the ledger that they were made of; leave --into, --at and --mapping out, and merge";
        return Err(Failure::Unreadable(why.to_owned()));
    }
    sums::check(folder)?;
    hush_readers();
    let open = |table: Table| File::open(folder.join(table.file_name()));
    let ledger = read_parquet(open).map_err(|error| unreadable(folder, error))?;
    let mut lines = Lines::new(output);
    match jsonl::write(&ledger, &mut lines) {
        Ok(()) => Ok(0),
        Err(error) => Err(lines.failure().unwrap_or_else(|| Failure::Unreadable(error.to_string()))),
    }
}
