//! Ledgers as they are read: from files or standard input, plain, gzip or Zstandard, one or several merged.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use flate2::read::MultiGzDecoder;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use ruzstd::decoding::StreamingDecoder;
use testimony::jsonl::{self, Loaded};
use testimony::{ClaimId, Ledger, Policy};

use crate::args::Ledgers;
use crate::output::{Failure, Interrupt};
use crate::safe::escaped;

/// How long reading takes before its progress is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// A ledger as it was read, and how many lines of its files were refused.
pub(crate) struct Audited {
    pub(crate) ledger: Ledger,
    pub(crate) refused: u64,
    /// What the claims are numbered by, where one file was read.
    file: Option<Loaded>,
}

impl Audited {
    /// The number that a claim has for the user: that of its file, or of the ledger where several were merged.
    pub(crate) fn number(&self, claim: ClaimId) -> u64 {
        self.file.as_ref().and_then(|file| file.number_in_file(claim)).unwrap_or(claim.number())
    }
}

/// Reads ledgers and merges them, as known at the time that was asked for. Refused lines go to standard error with
/// their file and number.
pub(crate) fn ledger(asked: &Ledgers, interrupt: &Interrupt) -> Result<Audited, Failure> {
    let policy = asked.policy();
    let mut read = merged(&asked.files, policy.as_ref(), interrupt)?;
    if let Some(time) = asked.at {
        let known = read.ledger.at(time);
        if known.is_empty() && !read.ledger.is_empty() {
            eprintln!("nothing was on record yet at {time}");
        }
        read.ledger = known;
    }
    Ok(read)
}

/// Reads one ledger.
pub(crate) fn one(path: &Path, interrupt: &Interrupt) -> Result<Audited, Failure> {
    merged(&[path.to_owned()], None, interrupt)
}

/// Reads ledgers and merges them.
pub(crate) fn merged(paths: &[PathBuf], policy: Option<&Policy>, interrupt: &Interrupt) -> Result<Audited, Failure> {
    let several = paths.len() > 1;
    let mut refused = 0;
    let mut ledger: Option<Ledger> = None;
    for path in paths {
        let loaded = read(path, policy, several, &mut refused, interrupt)?;
        if !several {
            return Ok(Audited { ledger: loaded.ledger.clone(), refused, file: Some(loaded) });
        }
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

fn read(
    path: &Path,
    policy: Option<&Policy>,
    several: bool,
    refused: &mut u64,
    interrupt: &Interrupt,
) -> Result<Loaded, Failure> {
    let empty = policy.map_or_else(Ledger::new, |policy| Ledger::with_policy(policy.clone()));
    let loaded = jsonl::read_into(empty, open(path, interrupt)?, |error| {
        *refused += 1;
        let file = if several { format!("{}: ", named(path)) } else { String::new() };
        let help = error.help().map_or_else(String::new, |help| format!("; {help}"));
        eprintln!("{file}{error}{help}");
        ControlFlow::Continue(())
    });
    loaded.map_err(|error| {
        if interrupt.is_pressed() {
            Failure::Interrupted
        } else {
            Failure::Unreadable(format!("{}: {error}", named(path)))
        }
    })
}

/// A file as messages name it.
pub(crate) fn named(path: &Path) -> String {
    if is_standard_input(path) { "standard input".to_owned() } else { escaped(&path.to_string_lossy()) }
}

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The text of a file, or of standard input.
pub(crate) fn text(path: &Path, interrupt: &Interrupt) -> Result<String, Failure> {
    let mut text = String::new();
    open(path, interrupt)?
        .read_to_string(&mut text)
        .map_err(|error| Failure::Unreadable(format!("{}: {error}", named(path))))?;
    Ok(text)
}

/// Opens a file, or standard input for `-`, and unpacks it where its first bytes say that it is packed, whatever its
/// name.
pub(crate) fn open(path: &Path, interrupt: &Interrupt) -> Result<Box<dyn BufRead>, Failure> {
    let failed = |error: io::Error| Failure::Unreadable(format!("{}: {error}", named(path)));
    let (raw, length): (Box<dyn Read>, Option<u64>) = if is_standard_input(path) {
        (Box::new(io::stdin().lock()), None)
    } else {
        let file = File::open(path).map_err(failed)?;
        let about = file.metadata().map_err(failed)?;
        if about.is_dir() {
            return Err(Failure::Unreadable(format!("{}: is a folder, not a ledger", named(path))));
        }
        (Box::new(file), Some(about.len()).filter(|_| about.is_file()))
    };
    let mut raw = Watched::new(raw, named(path), length, interrupt.clone());
    let mut first = Vec::new();
    raw.by_ref().take(4).read_to_end(&mut first).map_err(failed)?;
    let packed = Cursor::new(first.clone()).chain(raw);
    Ok(match first.as_slice() {
        [0x1f, 0x8b, ..] => Box::new(BufReader::new(MultiGzDecoder::new(packed))),
        [0x28, 0xb5, 0x2f, 0xfd] => Box::new(BufReader::new(Zstandard::new(BufReader::new(Box::new(packed))))),
        _ => Box::new(BufReader::with_capacity(256 * 1024, packed)),
    })
}

/// A file of one Zstandard frame after another.
struct Zstandard {
    state: Frames,
}

type Packed = BufReader<Box<dyn Read>>;

enum Frames {
    Between(Packed),
    Within(Box<StreamingDecoder<Packed, ruzstd::decoding::FrameDecoder>>),
    Done,
}

impl Zstandard {
    fn new(packed: Packed) -> Self {
        Self { state: Frames::Between(packed) }
    }
}

impl Read for Zstandard {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match std::mem::replace(&mut self.state, Frames::Done) {
                Frames::Done => return Ok(0),
                Frames::Between(mut packed) => {
                    if packed.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    let decoder = StreamingDecoder::new(packed).map_err(io::Error::other)?;
                    self.state = Frames::Within(Box::new(decoder));
                }
                Frames::Within(mut decoder) => match decoder.read(buffer)? {
                    0 if !buffer.is_empty() => self.state = Frames::Between(decoder.into_inner()),
                    n => {
                        self.state = Frames::Within(decoder);
                        return Ok(n);
                    }
                },
            }
        }
    }
}

/// A file while it is read: progress on standard error where that takes long and somebody watches, and an end when the
/// user presses Ctrl-C.
struct Watched<R> {
    inner: R,
    interrupt: Interrupt,
    begun: Instant,
    bar: ProgressBar,
    shown: bool,
}

impl<R> Watched<R> {
    fn new(inner: R, name: String, length: Option<u64>, interrupt: Interrupt) -> Self {
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::hidden()).with_message(name);
        let template = match length {
            Some(_) => "{msg}: {bytes} of {total_bytes} read, {bytes_per_sec}, {eta} left",
            None => "{msg}: {bytes} read, {bytes_per_sec}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { inner, interrupt, begun: Instant::now(), bar, shown: false }
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.interrupt.is_pressed() {
            return Err(io::Error::other("interrupted"));
        }
        let n = self.inner.read(buffer)?;
        self.bar.inc(n as u64);
        if !self.shown && self.begun.elapsed() > PATIENCE {
            self.shown = true;
            // Draws nothing where standard error is no terminal.
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        if n == 0 && !buffer.is_empty() {
            self.bar.finish_and_clear();
        }
        Ok(n)
    }
}

impl<R> Drop for Watched<R> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
