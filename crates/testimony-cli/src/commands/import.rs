//! `testimony import`: other people's formats as a ledger.

use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek as _, SeekFrom, Write as _};
use std::ops::ControlFlow;
use std::path::Path;

use testimony::{Entry, Ledger, jsonl};
use testimony_exchange::table::{self, Mapping, Snapshots};
use testimony_exchange::{Item, Refusal, claimreview, ftm, stix, wikibase};
use testimony_sqlite::Store;

use crate::commands::tables;
use crate::exchange::{From, Import, Losses, table_mapping, tell_refused, wikibase_mapping, with_table};
use crate::input;
use crate::open::{named, open, unreadable};
use crate::output::{Failure, Output, REFUSED, warn};
use crate::safe::json;
use crate::spool::{Spool, unkept};
use crate::stored::{failed, is_store};

pub(crate) fn run(asked: &Import, output: &mut Output) -> Result<u8, Failure> {
    input::reads_standard_input_once(&asked.files)?;
    if asked.propose {
        return propose(asked, output);
    }
    if asked.format == From::Parquet {
        return tables::import(asked, output);
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
    let losses = Losses::new(asked.losses.as_deref())?;
    let mut importing = Importing { asked, ledger, new: Spool::new(), losses, refused: 0, failure: None };
    importing.files(output)?;
    importing.losses.tell()?;
    match asked.into.as_deref() {
        Some(path) if is_store(path) => {
            store(path, BufReader::new(importing.new.read().map_err(unkept)?))?;
        }
        Some(path) => {
            let lines = importing.new.read().map_err(unkept)?;
            output.uncut(|| append(path, lines)).map_err(|error| unreadable(path, error))?;
        }
        None => {
            output.write(format_args!("{{\"format\":\"{}\"}}\n", jsonl::FORMAT))?;
            importing.new.print(output)?;
        }
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

/// A ledger with what is being added to it. The ledger is kept, since it refuses and drops what it has already; each
/// entry that it had not had is written when it comes.
struct Importing<'a> {
    asked: &'a Import,
    ledger: Ledger,
    /// The lines of the entries that it had not had.
    new: Spool,
    losses: Losses<'a>,
    refused: u64,
    /// Why what is new can be kept no more.
    failure: Option<Failure>,
}

impl Importing<'_> {
    fn files(&mut self, output: &Output) -> Result<(), Failure> {
        let asked = self.asked;
        let (format, mapping) = (asked.format, asked.mapping.as_deref());
        let table = match (format, mapping) {
            (From::Table, Some(path)) => table_mapping(path)?,
            (From::Table, None) => {
                let help = "print a first one with --propose, edit it, and name it with --mapping";
                return Err(Failure::Unreadable(format!("a table needs a mapping; {help}")));
            }
            _ => Mapping::default(),
        };
        let items = if format == From::Wikibase { wikibase_mapping(mapping)? } else { wikibase::Mapping::default() };
        for path in &asked.files {
            let opened = open(path, &output.interrupt())?;
            if format == From::Table && table.snapshot.is_some() {
                self.snapshot(path, &table, opened.lines)?;
            } else {
                self.file(path, opened.lines, &table, &items)?;
            }
            if let Some(failure) = self.failure.take() {
                return Err(failure);
            }
        }
        Ok(())
    }

    fn file(
        &mut self,
        path: &Path,
        lines: impl BufRead,
        table: &Mapping,
        items: &wikibase::Mapping,
    ) -> Result<(), Failure> {
        let asked = self.asked;
        let mut to = Adding { importing: self, path };
        let read = match asked.format {
            From::Table => {
                return with_table(path, lines, asked.sheet.as_deref(), table, |rows| {
                    to.extend(table::Reader::new(rows, table)?);
                    Ok(())
                });
            }
            From::Wikibase => wikibase::read_to(lines, items, &mut to),
            From::Ftm => ftm::read_to(lines, &mut to),
            From::Stix => stix::read_to(lines, &mut to),
            From::Claimreview => claimreview::read_to(lines, &mut to),
            // Tables are a ledger as a whole, and were printed before.
            From::Parquet => Ok(()),
        };
        read.map_err(|error| unreadable(path, error))
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
        recorded.entries.iter().for_each(|entry| self.keep(entry));
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
            Ok(_) if self.ledger.len() > before => self.keep(&entry),
            Ok(_) => {}
            Err(error) => {
                self.refused += 1;
                warn(format_args!("{}: {error}", named(path)));
            }
        }
    }

    fn keep(&mut self, entry: &Entry) {
        if self.failure.is_none() {
            let kept = json(entry).and_then(|mut line| {
                line.push(b'\n');
                self.new.write_all(&line)
            });
            self.failure = kept.err().map(unkept);
        }
    }
}

/// Where what a file gives goes, one thing after another.
struct Adding<'i, 'a> {
    importing: &'i mut Importing<'a>,
    path: &'i Path,
}

impl Extend<Item> for Adding<'_, '_> {
    fn extend<I: IntoIterator<Item = Item>>(&mut self, items: I) {
        for item in items {
            match item {
                Item::Entry(entry) => self.importing.add(self.path, *entry),
                Item::Loss(loss) => self.importing.losses.add(&loss),
                Item::Refused(refusal) => self.importing.tell(self.path, &[refusal]),
            }
        }
    }
}

/// Adds lines to a store, all of them or none.
fn store(path: &Path, lines: impl BufRead) -> Result<(), Failure> {
    let mut store = Store::open(path).map_err(|error| failed(path, error))?;
    let added = store.import(lines, |_| ControlFlow::Break(()));
    added.map(drop).map_err(|error| failed(path, error))
}

/// Adds lines to a file, whose last line is ended first; a new one begins with the line of the format. Where they cannot
/// be added whole, the file is again what it was.
fn append(path: &Path, mut lines: impl Read) -> io::Result<()> {
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    let before = fs::metadata(path)?.len();
    let mut first = Vec::new();
    Read::take(&file, 4).read_to_end(&mut first)?;
    if matches!(first.as_slice(), [0x1f, 0x8b, ..] | [0x28, 0xb5, 0x2f, 0xfd]) {
        return Err(io::Error::other("is packed, and lines cannot be added to it; unpack it first"));
    }
    let mut last = [b'\n'];
    if before > 0 {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    let begin = match (before, last) {
        (0, _) => format!("{{\"format\":\"{}\"}}\n", jsonl::FORMAT),
        (_, [b'\n']) => String::new(),
        _ => "\n".to_owned(),
    };
    let added =
        file.write_all(begin.as_bytes()).and_then(|()| io::copy(&mut lines, &mut file)).and_then(|_| file.sync_all());
    if added.is_err() {
        file.set_len(before)?;
    }
    added
}
