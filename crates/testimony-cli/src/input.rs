//! Ledgers as they are read: from files or standard input, one or several merged.

use std::io::Read as _;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::thread;

use testimony::jsonl::{self, Loaded};
use testimony::{ClaimId, ErrorKind, Ledger, Policy, Timestamp};

use crate::args::Ledgers;
use crate::open::{is_standard_input, named, open, unreadable};
use crate::output::{Failure, Interrupt, REFUSED, warn, with_help};
use crate::stored;

/// After how many lines a file of which none is an entry is given up.
const NO_LEDGER: u64 = 10;

/// A ledger as it was read, and how many lines of its files were refused.
pub(crate) struct Audited {
    pub(crate) ledger: Ledger,
    pub(crate) refused: u64,
    /// The file that numbers the claims, where one was read.
    file: Option<Loaded>,
}

impl Audited {
    /// The number that a claim has for the user: that of its file, or of the ledger where several were merged.
    pub(crate) fn number(&self, claim: ClaimId) -> u64 {
        self.file.as_ref().and_then(|file| file.number_in_file(claim)).unwrap_or(claim.number())
    }

    /// The exit status where nothing else is to be said.
    pub(crate) fn status(&self) -> u8 {
        if self.refused == 0 { 0 } else { REFUSED }
    }
}

/// Reads ledgers and merges them, as known at the time and said by the day that were asked for. Refused lines go to standard error with
/// their file and number.
pub(crate) fn ledger(asked: &Ledgers, interrupt: &Interrupt) -> Result<Audited, Failure> {
    let policy = asked.policy();
    let mut read = merged(&asked.files, policy.as_ref(), interrupt)?;
    let mut view = read.ledger.view();
    if let Some(time) = asked.at {
        view = view.at(time);
        tell_if_empty(&view, &read.ledger, asked.at);
    }
    if let Some(day) = asked.said_by {
        view = view.said_by(day);
        if view.claims().len() == 0 && read.ledger.claims().len() > 0 {
            warn(format_args!("nothing was said yet by {}", day.in_words()));
        }
    }
    if asked.at.is_some() || asked.said_by.is_some() {
        read.ledger = view.into_ledger();
    }
    Ok(read)
}

/// Says so where nothing was on record yet at the time that was asked for.
pub(crate) fn tell_if_empty(known: &Ledger, whole: &Ledger, time: Option<Timestamp>) {
    if let Some(time) = time.filter(|_| known.is_empty() && !whole.is_empty()) {
        warn(format_args!("nothing was on record yet at {time}"));
    }
}

/// Reads one ledger.
pub(crate) fn one(path: &Path, interrupt: &Interrupt) -> Result<Audited, Failure> {
    merged(&[path.to_owned()], None, interrupt)
}

/// Reads ledgers and merges them.
pub(crate) fn merged(paths: &[PathBuf], policy: Option<&Policy>, interrupt: &Interrupt) -> Result<Audited, Failure> {
    reads_standard_input_once(paths)?;
    let mut refused = 0;
    if let [path] = paths {
        let mut loaded = read(path, policy, &mut refused, interrupt)?;
        let ledger = std::mem::take(&mut loaded.ledger);
        return Ok(Audited { ledger, refused, file: Some(loaded) });
    }
    let mut ledger: Option<Ledger> = None;
    for path in paths {
        let loaded = read(path, policy, &mut refused, interrupt)?;
        match &mut ledger {
            None => ledger = Some(loaded.ledger),
            Some(before) => {
                let merged = before.merge(&loaded.ledger);
                merged.map_err(|error| Failure::Unreadable(format!("{}: cannot be merged: {error}", named(path))))?;
            }
        }
    }
    Ok(Audited { ledger: ledger.unwrap_or_default(), refused, file: None })
}

/// Refuses `-` twice: what was read is gone.
pub(crate) fn reads_standard_input_once(paths: &[PathBuf]) -> Result<(), Failure> {
    match paths.iter().filter(|path| is_standard_input(path)).count() {
        0 | 1 => Ok(()),
        _ => Err(Failure::Unreadable("standard input can be read once; write - once".to_owned())),
    }
}

fn read(path: &Path, policy: Option<&Policy>, refused: &mut u64, interrupt: &Interrupt) -> Result<Loaded, Failure> {
    let empty = policy.map_or_else(Ledger::new, |policy| Ledger::with_policy(policy.clone()));
    if stored::is_store(path) {
        return stored::read(path, empty);
    }
    let mut opened = open(path, interrupt)?;
    let (refused_before, mut strange, mut is_ledger) = (*refused, 0, true);
    let loaded = jsonl::read_with_threads(empty, &mut opened.lines, threads(), |error| {
        *refused += 1;
        warn(format_args!("{}: {}", named(path), with_help(&error)));
        strange += u64::from(matches!(error.kind(), ErrorKind::Malformed { .. }));
        is_ledger = strange < NO_LEDGER || error.line() > Some(strange);
        if is_ledger { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    let loaded = loaded.map_err(|error| {
        if interrupt.is_pressed() { Failure::Interrupted } else { unreadable(path, with_help(&error)) }
    })?;
    // A ledger that is cut short has a source at least.
    if !is_ledger || strange > 1 && strange == *refused - refused_before && loaded.ledger.is_empty() {
        let why = "no line of it is an entry, as far as it was read; a ledger is JSON Lines (testimony schema line)";
        return Err(Failure::Unreadable(format!("{}: is no ledger: {why}", named(path))));
    }
    opened.was_whole(path)?;
    Ok(loaded)
}

/// Two where there are two cores: one records while the other parses, and more would wait.
fn threads() -> NonZero<usize> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    NonZero::<usize>::MIN.saturating_add(usize::from(cores > 1))
}

/// The text of a file, or of standard input.
pub(crate) fn text(path: &Path, interrupt: &Interrupt) -> Result<String, Failure> {
    let mut opened = open(path, interrupt)?;
    let mut text = String::new();
    let read = opened.lines.read_to_string(&mut text);
    read.map_err(|error| unreadable(path, error))?;
    opened.was_whole(path)?;
    Ok(text)
}
