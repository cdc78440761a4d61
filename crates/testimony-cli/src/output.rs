//! Where answers go: whole findings to standard output, and never half of one.

use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use crate::safe::json;

/// Exit status where a line of a ledger was refused, or something is wrong with an extraction.
pub(crate) const REFUSED: u8 = 1;
/// Exit status where something could not be read or written, or the arguments are wrong.
const UNREADABLE: u8 = 2;
/// Exit status where `--fail-on` found what it names.
pub(crate) const FOUND: u8 = 3;
/// Exit status after an interrupt, as shells have it.
const INTERRUPTED: u8 = 130;

/// Why a command ended before it was done.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something could not be read or written; the message says what.
    Unreadable(String),
    /// Nobody reads what is written any more, such as `head` that has seen enough.
    Closed,
    /// The user interrupted it.
    Interrupted,
}

impl Failure {
    pub(crate) fn message(&self) -> Option<&str> {
        match self {
            Self::Unreadable(message) => Some(message),
            Self::Closed | Self::Interrupted => None,
        }
    }

    pub(crate) fn status(&self) -> u8 {
        match self {
            Self::Unreadable(_) => UNREADABLE,
            Self::Closed => 0,
            Self::Interrupted => INTERRUPTED,
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Unreadable(format!("standard output: {error}")),
        }
    }
}

/// Whether the user has pressed Ctrl-C. A second time ends the program at once.
#[derive(Clone, Debug)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    fn new() -> io::Result<Self> {
        let pressed = Arc::new(AtomicBool::new(false));
        let signal = signal_hook::consts::SIGINT;
        signal_hook::flag::register_conditional_shutdown(signal, INTERRUPTED.into(), Arc::clone(&pressed))?;
        signal_hook::flag::register(signal, Arc::clone(&pressed))?;
        Ok(Self(pressed))
    }

    pub(crate) fn is_pressed(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Standard output. What is written is kept until it is whole, so that whoever cuts the pipe or presses Ctrl-C has whole
/// lines.
pub(crate) struct Output {
    stream: anstream::AutoStream<io::StdoutLock<'static>>,
    whole: Vec<u8>,
    interrupt: Interrupt,
}

/// The first line of a finding, where the terminal has colour.
const HEADING: anstyle::Style = anstyle::Style::new().bold();

/// How much is kept before it is written.
const KEPT: usize = 64 * 1024;

impl Output {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self { stream: anstream::stdout().lock(), whole: Vec::new(), interrupt: Interrupt::new()? })
    }

    pub(crate) fn interrupt(&self) -> Interrupt {
        self.interrupt.clone()
    }

    /// Writes what has an end of its own, whole.
    pub(crate) fn write(&mut self, text: impl fmt::Display) -> Result<(), Failure> {
        write!(self.whole, "{text}")?;
        self.pass_on()
    }

    /// Writes a finding of several lines, its first line marked, and a blank line behind it.
    pub(crate) fn finding(&mut self, text: &str) -> Result<(), Failure> {
        let (title, rest) = text.split_once('\n').unwrap_or((text, ""));
        writeln!(self.whole, "{HEADING}{title}{HEADING:#}\n{rest}")?;
        self.pass_on()
    }

    /// Looks whether to stop, where nothing is written for long.
    pub(crate) fn go_on(&mut self) -> Result<(), Failure> {
        self.pass_on()
    }

    /// Writes what is whole already.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.whole.extend(bytes);
        self.pass_on()
    }

    /// Writes a line of JSON.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        self.whole.extend(json(value)?);
        self.whole.push(b'\n');
        self.pass_on()
    }

    fn pass_on(&mut self) -> Result<(), Failure> {
        if self.interrupt.is_pressed() {
            self.flush()?;
            return Err(Failure::Interrupted);
        }
        if self.whole.len() >= KEPT { self.flush() } else { Ok(()) }
    }

    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        self.stream.write_all(&self.whole)?;
        self.whole.clear();
        Ok(self.stream.flush()?)
    }
}
