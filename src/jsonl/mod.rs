//! Reading and writing the interchange format: JSON Lines, one ledger entry a line.
//!
//! [`read`] and [`write`](fn@write) are for a whole ledger; [`read_into`] reads on where a line is refused, and
//! [`Reader`] gives the entries one by one. Reading is one pass over a stream, never asks a clock, and holds no more
//! than the ledger and some lines.
//!
//! The first line names the format, and the [policy](crate::Policy) where it is not the default:
//! `{"format":"testimony/1","policy":{"about":"0.1","rounding":false,"days_apart":0}}`. A ledger that is read has the
//! policy of its file, unless another was chosen for it.
//!
//! The output is canonical: the same ledger is the same bytes. `recorded` is written where it differs from the
//! entry before. A canonical file that is read and written comes out as the same bytes. Fields may be read in any
//! order and with any white space; lines that are laid out as they are written are read in less time than others.
//!
//! Each type of the crate can also be serialised by itself, as JSON, CBOR or whatever else describes itself. Formats
//! that do not, such as postcard or bincode, are not supported: a figure may be a number, a string or a record, and
//! only the data can say which. A JSON number passes through serde as a binary float if it has a fraction; the
//! functions here look at the digits of each that a float may not carry, so that one which is too long is refused and
//! not rounded.
//!
//! ```
//! use testimony::jsonl;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let lines = r#"{"format":"testimony/1"}
//! {"source":{"id":"moh","name":"Ministry of Health"}}
//! {"source":{"id":"army","name":"The army"}}
//! {"claim":{"topic":{"subject":"market bombing","predicate":"deaths"},"value":{"figure":{"at_least":40}},"origin":"moh"}}
//! {"claim":{"topic":{"subject":"market bombing","predicate":"deaths"},"value":{"figure":{"exactly":12}},"origin":"army"}}
//! "#;
//! let ledger = jsonl::read(lines.as_bytes())?;
//! assert_eq!(ledger.conflicts().count(), 1);
//!
//! let mut written = Vec::new();
//! jsonl::write(&ledger, &mut written)?;
//! assert_eq!(written, lines.as_bytes());
//! # Ok(())
//! # }
//! ```

mod canonical;
mod line;
mod numbered;
mod reader;
mod threads;

use std::io::{self, BufRead, Write};
use std::ops::{ControlFlow, Range};

use numbered::{in_numbers_of_file, later, numbered};
use reader::Line;
pub use reader::Reader;
pub use threads::read_with_threads;

use crate::claim::Label;
use crate::entry::{ClaimId, Content, Entry};
use crate::error::{Error, ErrorKind};
use crate::ledger::format::{DraftContent, DraftEntry};
use crate::ledger::{Appended, EntryRef, Ledger, Sought};
use crate::policy::Policy;
use crate::time::Timestamp;

/// The name and version of the format, as its first line gives it.
pub const FORMAT: &str = "testimony/1";

/// The longest line, in bytes.
pub const MAX_LINE: usize = 1024 * 1024;

/// Reads a ledger, and stops at the first line that is refused.
///
/// # Errors
///
/// The first refusal, with its line, field and value; or the failure to read.
pub fn read(input: impl BufRead) -> Result<Ledger, Error> {
    let mut refused = None;
    let loaded = read_into(Ledger::new(), input, |error| {
        refused = Some(error);
        ControlFlow::Break(())
    })?;
    refused.map_or(Ok(loaded.ledger), Err)
}

/// Reads entries into a ledger. Each line that is refused goes to `on_refusal`, which says whether to read on; what
/// was read before and after it is kept.
///
/// Claims are numbered as the file has them, refused and repeated ones included, so that a retraction hits the claim
/// that was meant; [`Loaded::claim_numbered`] and [`Loaded::number_in_file`] translate.
///
/// # Errors
///
/// The failure to read, a format version that this release does not know, and a file whose policy differs from the one
/// that was chosen for the ledger.
///
/// ```
/// use std::ops::ControlFlow;
/// use testimony::{Ledger, jsonl};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let lines = "{\"source\":{\"id\":\"a\",\"name\":\"A\"}}\n{\"source\":{\"id\":\"a b\",\"name\":\"B\"}}\n";
/// let mut refused = Vec::new();
/// let loaded = jsonl::read_into(Ledger::new(), lines.as_bytes(), |error| {
///     refused.push(error.to_string());
///     ControlFlow::Continue(())
/// })?;
/// assert_eq!(loaded.ledger.sources().len(), 1);
/// assert_eq!(
///     refused,
///     ["line 2: source.id: \"a b\" has white space or a control character, which an id may not have"]
/// );
/// # Ok(())
/// # }
/// ```
pub fn read_into(
    ledger: Ledger,
    input: impl BufRead,
    on_refusal: impl FnMut(Error) -> ControlFlow<()>,
) -> Result<Loaded, Error> {
    let mut reader = Reader::new(input);
    let mut recording = Recording::new(ledger, &mut reader, on_refusal)?;
    while let Some(whole) = reader.advance() {
        let flow = recording.take(vec![reader.line(whole?)]);
        if flow.is_break() || reader.lines_at_hand(|lines| recording.take(lines))?.is_break() {
            break;
        }
    }
    Ok(recording.loaded)
}

/// Lines as they are recorded one after another.
struct Recording<F> {
    loaded: Loaded,
    /// When the last of them was recorded.
    time: Option<Timestamp>,
    on_refusal: F,
}

impl<F: FnMut(Error) -> ControlFlow<()>> Recording<F> {
    /// Begins with the policy of a file.
    fn new(ledger: Ledger, reader: &mut Reader<impl BufRead>, on_refusal: F) -> Result<Self, Error> {
        let first = ledger.claims().len();
        let mut loaded = Loaded { ledger, first, numbers: Vec::new(), claims: Vec::new() };
        if let Some(policy) = reader.read_policy()?.cloned() {
            take_policy(&mut loaded.ledger, policy).map_err(|error| error.on_line(reader.header_line))?;
        }
        Ok(Self { loaded, time: None, on_refusal })
    }

    fn take(&mut self, lines: Vec<Line<'_>>) -> ControlFlow<()> {
        // The topics of all lines are looked up at once, so that cache misses overlap: see `Ledger::find_topics`.
        let topics = self.loaded.ledger.find_topics(lines.iter().map(|line| line.entry.as_ref().ok()?.topic()));
        for (Line { number, is_claim, entry }, topic) in lines.into_iter().zip(topics) {
            let result = entry.and_then(|entry| self.loaded.append(entry, topic, &mut self.time));
            if is_claim {
                self.loaded.number(result.as_ref().ok().and_then(|done| *done));
            }
            if let Err(error) = result {
                (self.on_refusal)(error.on_line(number))?;
            }
        }
        ControlFlow::Continue(())
    }
}

/// The first line of a file, which names the policy where it is not the default.
fn header(policy: &Policy) -> String {
    if *policy == Policy::default() {
        return format!("{{\"format\":\"{FORMAT}\"}}\n");
    }
    format!("{{\"format\":\"{FORMAT}\",\"policy\":{}}}\n", json_of(policy))
}

fn json_of(policy: &Policy) -> String {
    serde_json::to_string(policy).unwrap_or_default()
}

/// Gives a ledger the policy of a file, unless the caller chose another.
fn take_policy(ledger: &mut Ledger, policy: Policy) -> Result<(), Error> {
    ledger.take_policy(policy).map_err(|policy| {
        Error::new(ErrorKind::PolicyOfFile { chosen: json_of(ledger.policy()) }).value(json_of(&policy)).at("policy")
    })
}

/// The result of [`read_into`]: the ledger, and which claim of the file is which of the ledger.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The ledger with what was read in it.
    pub ledger: Ledger,
    /// The number of claims in the ledger before anything was read.
    first: usize,
    /// The number in the file of each claim that reading added to the ledger.
    numbers: Vec<u64>,
    /// The number in the ledger of each claim of the file, unless it was refused.
    claims: Vec<Option<ClaimId>>,
}

impl Loaded {
    /// The claim of the ledger that a claim number of the file means; `None` if that claim was refused.
    #[must_use]
    pub fn claim_numbered(&self, number_in_file: u64) -> Option<ClaimId> {
        *self.claims.get(usize::try_from(number_in_file).ok()?)?
    }

    /// The number in the file of a claim of the ledger; of a repeated claim, the number of the first. `None` for a
    /// claim that did not come from the file.
    #[must_use]
    pub fn number_in_file(&self, claim: ClaimId) -> Option<u64> {
        let index = usize::try_from(claim.number()).ok()?.checked_sub(self.first)?;
        self.numbers.get(index).copied()
    }

    /// Appends an entry of the file; gives the claim that it recorded or repeated.
    fn append(
        &mut self,
        entry: DraftEntry<'_>,
        topic: Option<Sought>,
        time: &mut Option<Timestamp>,
    ) -> Result<Option<ClaimId>, Error> {
        let recorded = later(entry.recorded, *time)?;
        let appended = match entry.content {
            DraftContent::Claim(claim) => Appended::Claim(self.ledger.append_draft(&claim, topic, recorded)?),
            DraftContent::Other(content) => self.append_content(*content, recorded)?,
        };
        *time = recorded;
        Ok(match appended {
            Appended::Claim(receipt) => Some(receipt.id()),
            Appended::Added | Appended::AlreadyThere => None,
        })
    }

    fn append_content(&mut self, content: Content, recorded: Option<Timestamp>) -> Result<Appended, Error> {
        let (number, content) = numbered(content, &self.claims)?;
        let appended = self.ledger.append(Entry { recorded, content });
        appended.map_err(|error| in_numbers_of_file(error, number))
    }

    /// Gives the next claim of the file its number.
    fn number(&mut self, claim: Option<ClaimId>) {
        let number = self.claims.len() as u64;
        self.claims.push(claim);
        if let Some(claim) = claim
            && claim.number() == (self.first + self.numbers.len()) as u64
        {
            self.numbers.push(number);
        }
    }
}

/// Reads entries for a ledger that is kept elsewhere, such as in a store: what [`read_into`] does, but that `take` is
/// given each entry and says which claim it recorded or repeated, if any. The policy is the caller's to look at, by
/// [`Reader::read_policy`].
///
/// An entry comes with the time that it was recorded at, as far as the file says one, and with the claim that it takes
/// back or amends by the number that `take` gave.
///
/// # Errors
///
/// The failure to read, and a format version that this release does not know.
///
/// ```
/// use std::ops::ControlFlow;
/// use testimony::{Appended, Ledger, jsonl};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let lines = "{\"source\":{\"id\":\"a\",\"name\":\"A\"}}\n{\"retraction\":{\"claim\":7}}\n";
/// let (mut ledger, mut refused) = (Ledger::new(), Vec::new());
/// let take = |entry| match ledger.append(entry)? {
///     Appended::Claim(receipt) => Ok(Some(receipt.id())),
///     _ => Ok(None),
/// };
/// jsonl::read_each(jsonl::Reader::new(lines.as_bytes()), take, |error| {
///     refused.push(error.to_string());
///     ControlFlow::Continue(())
/// })?;
/// assert_eq!(refused, ["line 2: retraction.claim: \"7\" is the number of no claim so far"]);
/// # Ok(())
/// # }
/// ```
pub fn read_each(
    mut reader: Reader<impl BufRead>,
    mut take: impl FnMut(Entry) -> Result<Option<ClaimId>, Error>,
    mut on_refusal: impl FnMut(Error) -> ControlFlow<()>,
) -> Result<(), Error> {
    let (mut claims, mut time) = (Vec::new(), None);
    while let Some(whole) = reader.advance() {
        let Line { number, is_claim, entry } = reader.line(whole?);
        let taken = entry.and_then(|entry| {
            let recorded = later(entry.recorded, time)?;
            let (of_file, content) = numbered(entry.into_entry().content, &claims)?;
            let claim = take(Entry { recorded, content }).map_err(|error| in_numbers_of_file(error, of_file))?;
            time = recorded;
            Ok(claim)
        });
        if is_claim {
            claims.push(taken.as_ref().ok().and_then(|claim| *claim));
        }
        if let Err(error) = taken
            && on_refusal(error.on_line(number)).is_break()
        {
            break;
        }
    }
    Ok(())
}

/// Writes a ledger, canonically: the format line, then every entry. The output needs no buffer of its own.
///
/// # Errors
///
/// The failure to write ([`ErrorKind::Io`], with the [`io::Error`] as its `source`); and an entry whose line would be
/// longer than [`MAX_LINE`], which no reader would take: a claim with many long citations, or a constraint on very many
/// topics. What stands before it is written.
pub fn write(ledger: &Ledger, mut output: impl Write) -> Result<(), Error> {
    // Lines are handed on by the thousand, whatever the output is.
    const HANDFUL: usize = 64 * 1024;
    const FETCHED: usize = 32;
    let mut hand_on = |lines: &[u8]| output.write_all(lines).map_err(|error| failure("the output", "written", error));
    let mut lines = header(ledger.policy()).into_bytes();
    lines.reserve(2 * HANDFUL);
    let mut before = None;
    for (place, entry) in ledger.entries().enumerate() {
        if place % FETCHED == 0 {
            ledger.fetch(place..place + FETCHED);
        }
        let time = entry.recorded();
        let start = lines.len();
        let written = if let Some(named) = ledger.named_by_label(&entry) {
            // Where numbers are not places, a file has others.
            let recorded = time.filter(|_| time != before);
            end_line(&mut lines, |lines| serde_json::to_writer(lines, &Entry { recorded, content: named }))
        } else {
            let entry = if time == before { entry.untimed() } else { entry };
            end_line(&mut lines, |lines| canonical::write(&entry, lines)).map(|_| ())
        };
        if let Err(error) = written {
            hand_on(&lines[..start])?;
            return Err(error.at(&format!("the line of entry {place}")));
        }
        if lines.len() >= HANDFUL {
            hand_on(&lines)?;
            lines.clear();
        }
        before = time;
    }
    hand_on(&lines)
}

/// Adds the line of one entry, with its end, to lines: as [`write`](fn@write) writes it behind an entry that was
/// recorded at `before`. A claim that is taken back or amended goes by the key that it was named by.
///
/// # Errors
///
/// A line longer than [`MAX_LINE`], which no reader would take: nothing is added.
///
/// ```
/// use testimony::{Ledger, Source, jsonl};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// ledger.add_source(Source::new("nis", "NIS")?)?;
/// let mut lines = Vec::new();
/// for entry in ledger.entries() {
///     jsonl::add_line(&mut lines, &entry, None)?;
/// }
/// assert_eq!(lines, b"{\"source\":{\"id\":\"nis\",\"name\":\"NIS\"}}\n");
/// # Ok(())
/// # }
/// ```
pub fn add_line(lines: &mut Vec<u8>, entry: &EntryRef<'_>, before: Option<Timestamp>) -> Result<(), Error> {
    add_line_with_place(lines, entry, before).map(|_| ())
}

/// Adds the line of one entry as [`add_line`] does, and gives the label of the claim that it records, if it records one.
/// To ask the claim for its label would be to write most of the line again.
///
/// # Errors
///
/// A line longer than [`MAX_LINE`], which no reader would take: nothing is added.
///
/// ```
/// use testimony::{Claim, Figure, Ledger, Source, Topic, jsonl};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// let nis = ledger.add_source(Source::new("nis", "NIS")?)?;
/// ledger.record(Claim::new(Topic::new("siege", "deaths"), Figure::exactly(12), &nis))?;
/// let (mut lines, mut labels) = (Vec::new(), Vec::new());
/// for entry in ledger.entries() {
///     labels.extend(jsonl::add_line_with_label(&mut lines, &entry, None)?);
/// }
/// assert_eq!(labels, ledger.claims().map(|claim| claim.label()).collect::<Vec<_>>());
/// # Ok(())
/// # }
/// ```
pub fn add_line_with_label(
    lines: &mut Vec<u8>,
    entry: &EntryRef<'_>,
    before: Option<Timestamp>,
) -> Result<Option<Label>, Error> {
    let said = add_line_with_place(lines, entry, before)?;
    Ok(said.map(|said| Label::of_said(&lines[said])))
}

fn add_line_with_place(
    lines: &mut Vec<u8>,
    entry: &EntryRef<'_>,
    before: Option<Timestamp>,
) -> Result<Option<Range<usize>>, Error> {
    let entry = if entry.recorded() == before { entry.untimed() } else { *entry };
    end_line(lines, |lines| canonical::write(&entry, lines)).map_err(|error| error.at("the line"))
}

fn end_line<T>(lines: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>) -> serde_json::Result<T>) -> Result<T, Error> {
    let start = lines.len();
    let written = write(lines).map_err(|error| failure("the output", "written", error.into()))?;
    if lines.len() - start > MAX_LINE {
        lines.truncate(start);
        return Err(Error::new(ErrorKind::TooLong { limit: MAX_LINE }));
    }
    lines.push(b'\n');
    Ok(written)
}

/// Writes a ledger into a text, as [`write`](fn@write) does into a stream.
///
/// # Errors
///
/// An entry whose line would be longer than [`MAX_LINE`].
///
/// ```
/// use testimony::{Ledger, Source, jsonl};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut ledger = Ledger::new();
/// ledger.add_source(Source::new("nis", "NIS")?)?;
/// let lines = "{\"format\":\"testimony/1\"}\n{\"source\":{\"id\":\"nis\",\"name\":\"NIS\"}}\n";
/// assert_eq!(jsonl::to_string(&ledger)?, lines);
/// # Ok(())
/// # }
/// ```
pub fn to_string(ledger: &Ledger) -> Result<String, Error> {
    let mut written = Vec::new();
    write(ledger, &mut written)?;
    String::from_utf8(written).map_err(|error| failure("the output", "written", io::Error::other(error)))
}

/// A failure of the system, on the input or the output.
fn failure(stream: &str, done: &str, error: io::Error) -> Error {
    Error::io(done, error).at(stream)
}
