//! The lines of a file, one by one or where they lie.

use std::io::{self, BufRead, Read as _};
use std::ops::ControlFlow;

use super::line::{self, Header};
use super::{FORMAT, MAX_LINE, failure};
use crate::entry::Entry;
use crate::error::{Error, ErrorKind};
use crate::ledger::format::DraftEntry;
use crate::policy::Policy;

/// The entries of a file, one by one, as an iterator.
///
/// Each comes as it is written, without a ledger to check it against; the claim number of a retraction is the file's.
/// After a line that is refused the next one is read; after a failure to read, or a format version that this release
/// does not know, there is nothing more.
///
/// ```
/// use testimony::{Content, jsonl};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let line = "{\"source\":{\"id\":\"nis\",\"name\":\"NIS\"}}\n";
/// for entry in jsonl::Reader::new(line.as_bytes()) {
///     let entry = entry?;
///     assert!(matches!(entry.content(), Content::Source(_)));
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Reader<R> {
    input: R,
    buffer: Vec<u8>,
    number: u64,
    /// Whether a line that is not blank was seen.
    started: bool,
    /// The policy that the first line names.
    policy: Option<Policy>,
    pub(super) header_line: u64,
    /// Whether the line that the reader has come to is whole, if it was not given yet.
    ahead: Option<bool>,
    done: bool,
}

/// A line that holds something.
pub(super) struct Line<'a> {
    pub(super) number: u64,
    /// Whether it holds a claim, as far as can be seen: also one that is refused has a number.
    pub(super) is_claim: bool,
    pub(super) entry: Result<DraftEntry<'a>, Error>,
}

impl<'a> Line<'a> {
    /// A line of these bytes, which are all of it, or as much of it as the limit allows.
    fn new(number: u64, bytes: &'a [u8], whole: bool) -> Self {
        let entry = if whole {
            line::parse(bytes)
        } else {
            Err(Error::new(ErrorKind::TooLong { limit: MAX_LINE }).at("the line"))
        };
        let is_claim = match &entry {
            Ok(entry) => entry.is_claim(),
            Err(_) => line::is_claim(bytes),
        };
        Self { number, is_claim, entry }
    }
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

/// The bytes of whole lines, read at once to be parsed elsewhere.
pub(super) struct Block {
    /// The number of its first line.
    number: u64,
    /// Whether its last line is all there, and not cut at the limit.
    whole: bool,
    pub(super) is_last: bool,
    /// Why nothing comes after it, if reading failed.
    pub(super) failure: Option<Error>,
}

impl Block {
    /// Its lines that hold something, so many at a time.
    pub(super) fn handfuls<'a>(&self, bytes: &'a [u8], size: usize) -> impl Iterator<Item = Vec<Line<'a>>> {
        let ends = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let mut rest = (!bytes.is_empty()).then_some(ends);
        let (mut number, whole) = (self.number, self.whole);
        let mut lines = std::iter::from_fn(move || {
            loop {
                let bytes = rest?;
                let end = memchr::memchr(b'\n', bytes);
                let line = &bytes[..end.unwrap_or(bytes.len())];
                rest = end.map(|end| &bytes[end + 1..]);
                let is_whole = whole || rest.is_some();
                let own = number;
                number += 1;
                if !is_blank(line) || !is_whole {
                    return Some(Line::new(own, line, is_whole));
                }
            }
        });
        std::iter::from_fn(move || {
            Some(lines.by_ref().take(size).collect::<Vec<_>>()).filter(|lines| !lines.is_empty())
        })
    }
}

impl<R: BufRead> Reader<R> {
    /// Reads from a buffered stream.
    pub fn new(input: R) -> Self {
        Self {
            input,
            buffer: Vec::new(),
            number: 0,
            started: false,
            policy: None,
            header_line: 0,
            ahead: None,
            done: false,
        }
    }

    /// The policy that the first line of the file names, once an entry was asked for.
    pub fn policy(&self) -> Option<&Policy> {
        self.policy.as_ref()
    }

    /// Reads up to the first entry, and gives the policy that the first line of the file names. No entry is passed over.
    ///
    /// # Errors
    ///
    /// The failure to read, and a format version that this release does not know.
    ///
    /// ```
    /// use testimony::jsonl;
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let lines = "{\"format\":\"testimony/1\",\"policy\":{\"days_apart\":2}}\n{\"source\":{\"id\":\"a\",\"name\":\"A\"}}\n";
    /// let mut reader = jsonl::Reader::new(lines.as_bytes());
    /// assert_eq!(reader.read_policy()?.map(|policy| policy.days_apart()), Some(2));
    /// assert_eq!(reader.count(), 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn read_policy(&mut self) -> Result<Option<&Policy>, Error> {
        if !self.started {
            self.ahead = self.advance().transpose()?;
        }
        Ok(self.policy.as_ref())
    }

    /// The next line that is not blank and not the format line; `Err` if there is no reading on.
    fn next_line(&mut self) -> Option<Result<Line<'_>, Error>> {
        let whole = match self.advance()? {
            Ok(whole) => whole,
            Err(error) => return Some(Err(error)),
        };
        Some(Ok(self.line(whole)))
    }

    /// The line that the reader has come to.
    pub(super) fn line(&self, whole: bool) -> Line<'_> {
        Line::new(self.number, self.bytes(), whole)
    }

    /// Gives the lines that the input has at hand, some at a time and where they lie, until told to stop. A line of
    /// which it has only a part, or which is too long, is left to [`next_line`](Self::next_line).
    pub(super) fn lines_at_hand(
        &mut self,
        mut take: impl FnMut(Vec<Line<'_>>) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, Error> {
        const AT_A_TIME: usize = 32;
        loop {
            let bytes = match self.input.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.done = true;
                    return Err(failure("the input", "read", error));
                }
            };
            let mut lines = Vec::with_capacity(AT_A_TIME);
            let mut rest = bytes;
            while lines.len() < AT_A_TIME
                && let Some(length) = memchr::memchr(b'\n', rest).filter(|length| *length <= MAX_LINE)
            {
                let line = &rest[..length];
                rest = &rest[length + 1..];
                self.number += 1;
                if !is_blank(line) {
                    lines.push(Line::new(self.number, line, true));
                }
            }
            let used = bytes.len() - rest.len();
            if used == 0 {
                return Ok(ControlFlow::Continue(()));
            }
            let flow = take(lines);
            self.input.consume(used);
            if flow.is_break() {
                return Ok(flow);
            }
        }
    }

    /// Reads the lines that come next, at least one if there is one.
    pub(super) fn block(&mut self, bytes: &mut Vec<u8>) -> Block {
        bytes.clear();
        let result = self.fill_block(bytes);
        if result.is_err() {
            // Of the line that it broke off in nothing is taken.
            bytes.truncate(memchr::memrchr(b'\n', bytes).map_or(0, |end| end + 1));
        }
        let number = self.number + 1;
        self.number += memchr::memchr_iter(b'\n', bytes).count() as u64;
        // A terminal that is at its end would be read on.
        let (whole, is_last) = *result.as_ref().unwrap_or(&(true, true));
        if !whole {
            self.number += 1;
        }
        self.done = is_last;
        let failure = result.err().map(|error| failure("the input", "read", error));
        Block { number, whole, is_last, failure }
    }

    /// Adds lines; whether the last of them is whole, or was cut at the limit, and whether the input is at its end.
    fn fill_block(&mut self, bytes: &mut Vec<u8>) -> io::Result<(bool, bool)> {
        const BLOCK: u64 = 64 * 1024;
        let is_last = (self.input.by_ref().take(BLOCK).read_to_end(bytes)? as u64) < BLOCK;
        let start = memchr::memrchr(b'\n', bytes).map_or(0, |end| end + 1);
        if is_last || start == bytes.len() {
            return Ok((true, is_last));
        }
        let limit = (start + MAX_LINE + 1 - bytes.len()) as u64;
        self.input.by_ref().take(limit).read_until(b'\n', bytes)?;
        if bytes.last() == Some(&b'\n') || bytes.len() - start <= MAX_LINE {
            return Ok((true, false));
        }
        bytes.pop();
        self.input.skip_until(b'\n')?;
        Ok((false, false))
    }

    /// Goes to the next line that is not blank and not the format line, and tells whether it is whole.
    pub(super) fn advance(&mut self) -> Option<Result<bool, Error>> {
        if let Some(whole) = self.ahead.take() {
            return Some(Ok(whole));
        }
        while !self.done {
            let whole = match self.fill() {
                Ok(Some(whole)) => whole,
                Ok(None) => break,
                Err(error) => {
                    self.done = true;
                    return Some(Err(failure("the input", "read", error)));
                }
            };
            self.number += 1;
            let bytes = self.bytes();
            if is_blank(bytes) && whole {
                continue;
            }
            if self.started {
                return Some(Ok(whole));
            }
            let header = line::header(bytes);
            self.started = true;
            let refusal = match header {
                None => return Some(Ok(whole)),
                Some(Ok(Header { format, policy })) if format == FORMAT => {
                    (self.policy, self.header_line) = (policy, self.number);
                    continue;
                }
                Some(Ok(Header { format, .. })) => Error::new(ErrorKind::UnknownFormat).value(format).at("format"),
                Some(Err(error)) => error,
            };
            self.done = true;
            return Some(Err(refusal.on_line(self.number)));
        }
        None
    }

    /// The line, without its end and without a mark of the byte order.
    fn bytes(&self) -> &[u8] {
        let bytes = self.buffer.as_slice();
        if self.number == 1 { bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes) } else { bytes }
    }

    /// Reads a line into the buffer, without its end, and passes over what is beyond the limit: whether it is whole, or
    /// `None` at the end of the input.
    fn fill(&mut self) -> io::Result<Option<bool>> {
        self.buffer.clear();
        let limit = MAX_LINE as u64 + 1;
        if self.input.by_ref().take(limit).read_until(b'\n', &mut self.buffer)? == 0 {
            return Ok(None);
        }
        if self.buffer.last() == Some(&b'\n') {
            self.buffer.pop();
        } else if self.buffer.len() > MAX_LINE {
            self.buffer.pop();
            self.input.skip_until(b'\n')?;
            return Ok(Some(false));
        }
        Ok(Some(true))
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Entry, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.next_line()?;
        Some(line.and_then(|Line { number, entry, .. }| {
            entry.map(DraftEntry::into_entry).map_err(|error| error.on_line(number))
        }))
    }
}
