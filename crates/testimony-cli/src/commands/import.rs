//! `testimony import`: other people's formats as a ledger.

use std::fs::{self, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use testimony::{Entry, Ledger, jsonl};
use testimony_exchange::table::{self, Mapping, Snapshots};
use testimony_exchange::{Loss, Refusal, claimreview, ftm, stix, wikibase};
use testimony_sqlite::Store;

use crate::exchange::{From, Import, table_mapping, tell_losses, tell_refused, wikibase_mapping, with_table};
use crate::input;
use crate::open::{named, open, unreadable};
use crate::output::{Failure, Output, REFUSED, warn};
use crate::safe::json;

pub(crate) fn run(asked: &Import, output: &mut Output) -> Result<u8, Failure> {
    input::reads_standard_input_once(&asked.files)?;
    if asked.propose {
        return propose(asked, output);
    }
    let mut status = 0;
    let ledger = match asked.into.as_deref().filter(|path| path.exists()) {
        Some(path) => {
            let read = input::one(path, &output.interrupt())?;
            status = read.status();
            read.ledger
        }
        None => Ledger::new(),
    };
    let mut importing = Importing { asked, ledger, new: Vec::new(), losses: Vec::new(), refused: 0 };
    importing.files(output)?;
    tell_losses(&importing.losses, asked.losses.as_deref())?;
    let mut lines = Vec::new();
    for entry in &importing.new {
        lines.append(&mut json(entry)?);
        lines.push(b'\n');
    }
    if let Some(path) = asked.into.as_deref().filter(|path| Store::is_database(path).is_ok_and(|is| is)) {
        let appended = Store::open(path).and_then(|mut store| store.append(&importing.new));
        appended.map_err(|error| unreadable(path, error))?;
    } else if let Some(path) = &asked.into {
        append(path, &lines).map_err(|error| unreadable(path, error))?;
    } else {
        output.write(format_args!("{{\"format\":\"{}\"}}\n", jsonl::FORMAT))?;
        output.bytes(&lines)?;
    }
    Ok(if importing.refused > 0 { REFUSED } else { status })
}

fn propose(asked: &Import, output: &mut Output) -> Result<u8, Failure> {
    let [path] = asked.files.as_slice() else {
        return Err(Failure::Unreadable("a mapping is proposed for one table; name one file".to_owned()));
    };
    if asked.format != From::Table {
        return Err(Failure::Unreadable("only a table needs a mapping".to_owned()));
    }
    let opened = open(path, &output.interrupt())?;
    let proposal = with_table(path, opened.lines, asked.sheet.as_deref(), &Mapping::default(), |table| {
        table::propose(table, asked.delimiter)?.to_toml()
    });
    output.write(proposal?)?;
    Ok(0)
}

/// A ledger with what is being added to it.
struct Importing<'a> {
    asked: &'a Import,
    ledger: Ledger,
    /// The entries that it had not had.
    new: Vec<Entry>,
    losses: Vec<Loss>,
    refused: u64,
}

impl Importing<'_> {
    fn files(&mut self, output: &Output) -> Result<(), Failure> {
        let mapping = match (self.asked.format, &self.asked.mapping) {
            (From::Table, Some(path)) => Some(table_mapping(path)?),
            (From::Table, None) => {
                let help = "print a first one with --propose, edit it, and name it with --mapping";
                return Err(Failure::Unreadable(format!("a table needs a mapping; {help}")));
            }
            _ => None,
        };
        for path in &self.asked.files {
            let opened = open(path, &output.interrupt())?;
            let import = match &mapping {
                Some(mapping) if mapping.snapshot.is_some() => {
                    self.snapshot(path, mapping, opened.lines)?;
                    continue;
                }
                Some(mapping) => with_table(path, opened.lines, self.asked.sheet.as_deref(), mapping, |table| {
                    table::read(table, mapping)
                })?,
                None => {
                    let import = match self.asked.format {
                        From::Wikibase => {
                            wikibase::read(opened.lines, &wikibase_mapping(self.asked.mapping.as_deref())?)
                        }
                        From::Stix => stix::read(opened.lines),
                        From::Ftm => ftm::read(opened.lines),
                        _ => claimreview::read(opened.lines),
                    };
                    import.map_err(|error| unreadable(path, error))?
                }
            };
            self.tell(path, &import.refused);
            self.losses.extend(import.losses);
            for entry in import.entries {
                self.add(path, entry);
            }
        }
        Ok(())
    }

    fn tell(&mut self, path: &Path, refused: &[Refusal]) {
        self.refused += refused.len() as u64;
        tell_refused(path, refused);
    }

    fn snapshot(&mut self, path: &Path, mapping: &Mapping, lines: impl std::io::BufRead) -> Result<(), Failure> {
        let failed = |error: table::TableError| unreadable(path, error);
        let missing = || "a snapshot is of a time: name it with --at, such as --at 2024-03-01".to_owned();
        let at = self.asked.at.ok_or_else(|| Failure::Unreadable(missing()))?;
        let mut snapshots = Snapshots::new(&self.ledger, mapping).map_err(failed)?;
        let (ledger, sheet) = (&mut self.ledger, self.asked.sheet.as_deref());
        let recorded = with_table(path, lines, sheet, mapping, |table| snapshots.record(ledger, table, at))?;
        self.tell(path, &recorded.refused);
        self.new.extend(recorded.entries);
        let (added, revised, withdrawn) = (recorded.added, recorded.revised, recorded.withdrawn);
        let unchanged = recorded.unchanged;
        warn(format_args!(
            "{}: {added} new, {revised} revised, {withdrawn} withdrawn, {unchanged} unchanged",
            named(path)
        ));
        Ok(())
    }

    /// Adds an entry; one that the ledger refuses is told, and the next is tried.
    fn add(&mut self, path: &Path, entry: Entry) {
        let entry = match self.asked.at {
            Some(at) => entry.with_recorded(at),
            None => entry,
        };
        let before = self.ledger.len();
        match self.ledger.append(entry.clone()) {
            Ok(_) if self.ledger.len() > before => self.new.push(entry),
            Ok(_) => {}
            Err(error) => {
                self.refused += 1;
                warn(format_args!("{}: {error}", named(path)));
            }
        }
    }
}

/// Adds lines to a file, whose last line is ended first; a new one begins with the line of the format.
fn append(path: &Path, lines: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    let mut added = Vec::new();
    if fs::metadata(path)?.len() == 0 {
        added.extend(format!("{{\"format\":\"{}\"}}\n", jsonl::FORMAT).bytes());
    } else {
        let mut first = Vec::new();
        std::io::Read::take(&file, 4).read_to_end(&mut first)?;
        if matches!(first.as_slice(), [0x1f, 0x8b, ..] | [0x28, 0xb5, 0x2f, 0xfd]) {
            return Err(std::io::Error::other("is packed, and lines cannot be added to it; unpack it first"));
        }
        let mut last = [0];
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
        if last != [b'\n'] {
            added.push(b'\n');
        }
    }
    added.extend(lines);
    file.write_all(&added)?;
    file.sync_all()
}
