//! Where answers go: whole findings to standard output, and never half of one.

use std::fmt;
use std::io::{self, IsTerminal as _, Write};
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use serde::Serialize;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::safe::json;

/// Exit status where a line of a ledger was refused, or something is wrong with an extraction.
pub(crate) const REFUSED: u8 = 1;
/// Exit status where something could not be read or written, or the arguments are wrong.
pub(crate) const UNREADABLE: u8 = 2;
/// Exit status where `--fail-on` found what it names.
pub(crate) const FOUND: u8 = 3;
/// Exit status after a signal, to which its number is added, as shells have it.
const SIGNALLED: i32 = 128;

/// A refusal with what to do about it.
pub(crate) fn with_help(error: &testimony::Error) -> String {
    match error.help() {
        Some(help) => format!("{error}; {help}"),
        None => error.to_string(),
    }
}

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
            Self::Interrupted => u8::try_from(SIGNALLED + SIGINT).unwrap_or(UNREADABLE),
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

/// Says something on standard error; whoever closed it does not want to know.
pub(crate) fn warn(message: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "{message}");
}

/// Whether the user has pressed Ctrl-C.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    pub(crate) fn is_pressed(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Output that is written and has not gone out yet: whole findings alone.
type Pending = Arc<Mutex<Vec<u8>>>;

fn locked(pending: &Pending) -> MutexGuard<'_, Vec<u8>> {
    pending.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets what is pending go out.
fn let_out(pending: &mut Vec<u8>) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    let done = stdout.write_all(pending).and_then(|()| stdout.flush());
    pending.clear();
    done
}

/// Ends the program when the user presses Ctrl-C or the system asks for it, with what is pending written out. Whoever
/// writes at that moment ends it himself, once that is whole; a second signal ends it at once.
fn end_on_signals(pending: &Pending, interrupt: &Interrupt) -> io::Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    let (pending, interrupt) = (Arc::clone(pending), interrupt.clone());
    thread::Builder::new().spawn(move || {
        for signal in signals.forever() {
            let again = interrupt.0.swap(true, Ordering::Relaxed);
            if let Ok(mut pending) = pending.try_lock() {
                let _ = let_out(&mut pending);
                process::exit(SIGNALLED + signal);
            }
            if again {
                process::exit(SIGNALLED + signal);
            }
        }
    })?;
    Ok(())
}

/// Standard output. What is written is kept until it is whole, so that whoever cuts the pipe or presses Ctrl-C has whole
/// lines.
pub(crate) struct Output {
    pending: Pending,
    interrupt: Interrupt,
    has_colour: bool,
    is_terminal: bool,
    width: Option<usize>,
}

/// `12,345`.
pub(crate) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The first line of a finding, where the terminal has colour.
const HEADING: anstyle::Style = anstyle::Style::new().bold();

/// How much is kept before it goes out.
const KEPT: usize = 64 * 1024;

/// How wide reports are where there is no terminal.
const WIDTH: usize = 80;
/// How wide reports are at most: longer lines are hard to read, however wide the terminal.
const WIDEST: usize = 120;
/// How wide reports are at least.
const NARROWEST: usize = 40;

impl Output {
    pub(crate) fn new() -> io::Result<Self> {
        let (pending, interrupt) = (Pending::default(), Interrupt::default());
        end_on_signals(&pending, &interrupt)?;
        let has_colour = anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
        let terminal = terminal_size::terminal_size_of(io::stdout());
        let width = terminal.map(|(terminal_size::Width(columns), _)| usize::from(columns));
        Ok(Self { pending, interrupt, has_colour, is_terminal: io::stdout().is_terminal(), width })
    }

    pub(crate) fn interrupt(&self) -> Interrupt {
        self.interrupt.clone()
    }

    /// Whether somebody looks at it.
    pub(crate) fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    /// How many columns reports have.
    pub(crate) fn width(&self) -> usize {
        self.width.map_or(WIDTH, |columns| columns.clamp(NARROWEST, WIDEST))
    }

    /// How many columns a table may have.
    pub(crate) fn columns(&self) -> usize {
        self.width.unwrap_or(WIDTH)
    }

    /// Writes what has an end of its own, whole.
    pub(crate) fn write(&mut self, text: impl fmt::Display) -> Result<(), Failure> {
        self.add(|pending| write!(pending, "{text}"))
    }

    /// Writes a report of several lines, its first line marked, and a blank line behind it.
    pub(crate) fn finding(&mut self, report: impl fmt::Display) -> Result<(), Failure> {
        let text = format!("{report:width$}", width = self.width());
        if !self.has_colour {
            return self.write(format_args!("{text}\n"));
        }
        let (title, rest) = text.split_once('\n').unwrap_or((&text, ""));
        self.write(format_args!("{HEADING}{title}{HEADING:#}\n{rest}\n"))
    }

    /// Writes a line, marked as the head of what follows.
    pub(crate) fn heading(&mut self, text: impl fmt::Display) -> Result<(), Failure> {
        if self.has_colour {
            self.write(format_args!("{HEADING}{text}{HEADING:#}\n"))
        } else {
            self.write(format_args!("{text}\n"))
        }
    }

    /// A paragraph as wide as reports are, its first line indented by `first` columns and the others by `rest`.
    pub(crate) fn paragraph(&self, text: &str, first: usize, rest: usize) -> String {
        let (first, rest) = (" ".repeat(first), " ".repeat(rest));
        textwrap::fill(text, textwrap::Options::new(self.width()).initial_indent(&first).subsequent_indent(&rest))
    }

    /// Looks whether to stop, where nothing is written for long.
    pub(crate) fn go_on(&mut self) -> Result<(), Failure> {
        self.add(|_| Ok(()))
    }

    /// Writes what is whole already.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.add(|pending| pending.write_all(bytes))
    }

    /// Writes a line of JSON.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        let mut line = json(value)?;
        line.push(b'\n');
        self.bytes(&line)
    }

    fn add(&mut self, write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Result<(), Failure> {
        let mut pending = locked(&self.pending);
        write(&mut pending)?;
        if self.interrupt.is_pressed() {
            let_out(&mut pending)?;
            return Err(Failure::Interrupted);
        }
        if pending.len() >= KEPT { Ok(let_out(&mut pending)?) } else { Ok(()) }
    }

    /// Does what must not be cut short by a signal, such as writing a file, which looks itself whether to stop.
    pub(crate) fn uncut<T>(&self, work: impl FnOnce() -> T) -> T {
        let _pending = locked(&self.pending);
        work()
    }

    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        Ok(let_out(&mut locked(&self.pending))?)
    }
}

/// Standard output for what writes into a stream, and writes what is whole: lines, or messages.
pub(crate) struct Lines<'a> {
    output: &'a mut Output,
    failure: Option<Failure>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(output: &'a mut Output) -> Self {
        Self { output, failure: None }
    }

    /// Why standard output failed, if it did: whoever writes into a stream learns only that it failed.
    pub(crate) fn failure(self) -> Option<Failure> {
        self.failure
    }
}

impl Write for Lines<'_> {
    fn write(&mut self, lines: &[u8]) -> io::Result<usize> {
        self.output.bytes(lines).map(|()| lines.len()).map_err(|failure| {
            self.failure = Some(failure);
            io::Error::other("standard output")
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
