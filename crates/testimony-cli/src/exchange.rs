//! Arguments for reading and writing other formats, and the report of what those lost.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufWriter, Read, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use testimony::Timestamp;
use testimony_exchange::table::TableError;
use testimony_exchange::workbook::Workbook;
use testimony_exchange::{Loss, LossKind, Refusal};

use crate::args::Ledgers;
use crate::open::{named, unreadable};
use crate::output::{Failure, warn};
use crate::safe::{escaped, json};

/// Reads claims from files of another format, and prints them as a ledger.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0; 1 if something was refused (see standard error); 2 if something cannot be read.\n\n\
        Examples:\n  testimony import table events.csv --propose > events.toml\n  \
        testimony import table events.csv --mapping events.toml > claims.jsonl\n  \
        testimony import table today.csv --mapping daily.toml --at 2024-03-01 --into claims.jsonl"
)]
pub(crate) struct Import {
    /// The format of the files.
    pub(crate) format: From,
    /// The files; - stands for standard input, and those packed with gzip or Zstandard are unpacked. Of Parquet, a folder.
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Which column, property or item stands for what: TOML or JSON for a table, JSON for a Wikibase.
    #[arg(long, value_name = "MAPPING")]
    pub(crate) mapping: Option<PathBuf>,
    /// When this was recorded; of a table whose mapping has `[snapshot]`, when its publisher had it so.
    #[arg(long, value_name = "TIME", value_parser = crate::args::time)]
    pub(crate) at: Option<Timestamp>,
    /// Adds what is new to this ledger, and prints nothing.
    #[arg(long, value_name = "LEDGER")]
    pub(crate) into: Option<PathBuf>,
    /// Prints a first mapping of a table, to be edited, and imports nothing.
    #[arg(long, conflicts_with_all = ["mapping", "into"])]
    pub(crate) propose: bool,
    /// The sign between the cells of a table that has no mapping yet; else it is told from the table.
    #[arg(long, value_name = "SIGN", requires = "propose")]
    pub(crate) delimiter: Option<char>,
    /// The sheet of a workbook that is read; else it has to be the only one.
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Option<String>,
    /// Writes what was lost into this file, a line of JSON each.
    #[arg(long, value_name = "FILE")]
    pub(crate) losses: Option<PathBuf>,
}

/// Prints the claims of a ledger in another format.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0; 1 if a claim was not written (see standard error); 2 if something cannot be read.\n\n\
        Examples:\n  testimony export stix claims.jsonl > bundle.json\n  \
        testimony export table claims.jsonl --propose > mapping.toml\n  \
        testimony export parquet claims.jsonl --out tables"
)]
pub(crate) struct Export {
    /// The format.
    pub(crate) format: To,
    #[command(flatten)]
    pub(crate) ledgers: Ledgers,
    /// Which column, property or item stands for what: TOML or JSON for a table, JSON for a Wikibase.
    #[arg(long, value_name = "MAPPING")]
    pub(crate) mapping: Option<PathBuf>,
    /// Prints the mapping by which a table of this ledger is read back, and exports nothing.
    #[arg(long, conflicts_with = "mapping")]
    pub(crate) propose: bool,
    /// Writes claims although they lose this: value.widened, value.narrowed, value.unit, value.best, value.replaced, stance.
    #[arg(long, value_name = "LOSS", value_parser = clap::builder::PossibleValuesParser::new(testimony_exchange::Allowed::NAMES))]
    pub(crate) allow: Vec<String>,
    /// The folder that the files of Parquet go to.
    #[arg(long, value_name = "DIR", required_if_eq("format", "parquet"))]
    pub(crate) out: Option<PathBuf>,
    /// Writes what is found in the ledger too, as a file of Parquet.
    #[arg(long, requires = "out")]
    pub(crate) findings: bool,
    /// Writes statements as lines of JSON, and not as a table.
    #[arg(long)]
    pub(crate) lines: bool,
    /// Writes what was lost into this file, a line of JSON each.
    #[arg(long, value_name = "FILE")]
    pub(crate) losses: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum From {
    /// CSV, TSV or a sheet of a workbook (XLSX), by a mapping.
    Table,
    /// Entities of Wikidata or its like, as JSON.
    Wikibase,
    /// STIX 2.1.
    Stix,
    /// Statements of `FollowTheMoney`.
    Ftm,
    /// Pages or feeds with `ClaimReview`.
    Claimreview,
    /// A folder of tables as files of Parquet: the ledger that they were made of.
    Parquet,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum To {
    /// CSV, by a mapping or with a column for each part of a claim.
    Table,
    /// Entities of Wikidata or its like, as JSON.
    Wikibase,
    /// Commands of `QuickStatements`.
    Quickstatements,
    /// STIX 2.1.
    Stix,
    /// Statements of `FollowTheMoney`.
    Ftm,
    /// JSON-LD with `Claim` and `ClaimReview`.
    Claimreview,
    /// Unsigned nanopublications, in `TriG`.
    Nanopub,
    /// PROV-JSON.
    Prov,
    /// Tables for engines and data frames, as files of Parquet in a folder.
    Parquet,
}

/// The mapping of a table, of a file: JSON by its name, and else TOML.
pub(crate) fn table_mapping(path: &Path) -> Result<testimony_exchange::table::Mapping, Failure> {
    use testimony_exchange::table::Mapping;
    let text = mapping_text(path)?;
    let is_json = path.extension().is_some_and(|extension| extension == "json");
    let mapping = if is_json { Mapping::from_json(&text) } else { Mapping::from_toml(&text) };
    mapping.map_err(|error| unreadable(path, error))
}

/// The mapping of a Wikibase; that without names where there is no file.
pub(crate) fn wikibase_mapping(path: Option<&Path>) -> Result<testimony_exchange::wikibase::Mapping, Failure> {
    let Some(path) = path else { return Ok(testimony_exchange::wikibase::Mapping::default()) };
    let mapping = serde_json::from_str(&mapping_text(path)?);
    mapping.map_err(|error| unreadable(path, error))
}

/// Reads a table, whichever file it is in: text, or a sheet of a workbook, which its first bytes show.
pub(crate) fn with_table<T>(
    path: &Path,
    mut lines: impl BufRead,
    sheet: Option<&str>,
    mapping: &testimony_exchange::table::Mapping,
    read: impl FnOnce(&mut dyn Read) -> Result<T, TableError>,
) -> Result<T, Failure> {
    let failed = |error: &dyn std::fmt::Display| unreadable(path, error);
    let first = lines.fill_buf().map_err(|error| failed(&error))?;
    if first.starts_with(b"PK\x03\x04") || first.starts_with(b"\xd0\xcf\x11\xe0") {
        let mut workbook = Workbook::new(lines).map_err(|error| failed(&error))?;
        let mut sheet = workbook.sheet(sheet, mapping).map_err(|error| failed(&error))?;
        return read(&mut sheet).map_err(|error| failed(&error));
    }
    if sheet.is_some() {
        return Err(failed(&"is no workbook; leave --sheet out"));
    }
    read(&mut lines).map_err(|error| failed(&error))
}

fn mapping_text(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| unreadable(path, error))
}

/// Says what was refused, each by its place.
pub(crate) fn tell_refused(path: &Path, refused: &[Refusal]) {
    for refusal in refused {
        warn(format_args!("{}: {}", named(path), escaped(&refusal.to_string())));
    }
}

/// Losses, counted by kind; each is written into a file where one is named.
pub(crate) struct Losses<'a> {
    file: Option<(&'a Path, BufWriter<File>)>,
    kinds: BTreeMap<(String, LossKind, String), usize>,
    failure: Option<Failure>,
}

impl<'a> Losses<'a> {
    pub(crate) fn new(file: Option<&'a Path>) -> Result<Self, Failure> {
        let create = |path: &'a Path| match File::create(path) {
            Ok(file) => Ok((path, BufWriter::new(file))),
            Err(error) => Err(unreadable(path, error)),
        };
        Ok(Self { file: file.map(create).transpose()?, kinds: BTreeMap::new(), failure: None })
    }

    pub(crate) fn add(&mut self, loss: &Loss) {
        let kind = (loss.field().to_owned(), loss.kind(), loss.because().to_owned());
        *self.kinds.entry(kind).or_default() += 1;
        let Some((path, file)) = self.file.as_mut().filter(|_| self.failure.is_none()) else { return };
        let written = json(loss).and_then(|mut line| {
            line.push(b'\n');
            file.write_all(&line)
        });
        self.failure = written.err().map(|error| unreadable(path, error));
    }

    /// Says what was lost, a line for each kind.
    pub(crate) fn tell(&mut self) -> Result<(), Failure> {
        if let Some((path, file)) = &mut self.file {
            file.flush().map_err(|error| unreadable(path, error))?;
        }
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        let width = self.kinds.keys().map(|(field, ..)| field.chars().count()).max().unwrap_or_default();
        for ((field, kind, because), times) in &self.kinds {
            warn(format_args!("{times:>7} × {:width$}  {kind:7}  {}", escaped(field), escaped(because)));
        }
        Ok(())
    }
}
