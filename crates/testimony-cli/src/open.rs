//! Files as they are opened: plain or packed, standard input, and what became of them while they were read.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use flate2::read::MultiGzDecoder;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use ruzstd::decoding::StreamingDecoder;

use crate::output::{Failure, Interrupt, warn};
use crate::safe::escaped;

/// How long reading takes before its progress is shown.
const PATIENCE: Duration = Duration::from_secs(1);
/// How much is read at once: the library looks up together the topics of the lines at hand.
const AT_ONCE: usize = 256 * 1024;

/// The failure of a file, with its name.
pub(crate) fn unreadable(path: &Path, why: impl Display) -> Failure {
    Failure::Unreadable(format!("{}: {why}", named(path)))
}

/// A file as messages name it: what is not UTF-8, or could mislead, escaped.
pub(crate) fn named(path: &Path) -> String {
    if is_standard_input(path) {
        return "standard input".to_owned();
    }
    let mut name = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        name.push_str(&escaped(chunk.valid()));
        name.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")));
    }
    name
}

pub(crate) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// A file, or standard input, that is read, unpacked where it is packed.
pub(crate) struct Opened {
    pub(crate) lines: Box<dyn BufRead + Send>,
    /// The file, as it was when it was opened.
    file: Option<(File, State)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct State {
    length: u64,
    modified: Option<SystemTime>,
}

impl State {
    fn of(file: &File) -> io::Result<Option<Self>> {
        let about = file.metadata()?;
        Ok(about.is_file().then(|| Self { length: about.len(), modified: about.modified().ok() }))
    }
}

/// Opens a file, or standard input for `-`. Whether it is packed is said by its first bytes, whatever its name.
pub(crate) fn open(path: &Path, interrupt: &Interrupt) -> Result<Opened, Failure> {
    let failed = |error: io::Error| unreadable(path, error);
    let mut kept = None;
    let raw: Box<dyn Read + Send> = if is_standard_input(path) {
        Box::new(io::stdin())
    } else {
        let file = File::open(path).map_err(failed)?;
        if file.metadata().map_err(failed)?.is_dir() {
            return Err(Failure::Unreadable(format!("{}: is a folder; name the file in it", named(path))));
        }
        let state = State::of(&file).map_err(failed)?;
        kept = state.map(|state| Ok((file.try_clone()?, state))).transpose().map_err(failed)?;
        Box::new(file)
    };
    let length = kept.as_ref().map(|(_, state)| state.length).filter(|length| *length > 0);
    let mut raw = UpTo::new(Watched::new(raw, named(path), length, interrupt.clone()), length);
    let mut first = Vec::new();
    raw.by_ref().take(4).read_to_end(&mut first).map_err(failed)?;
    let packed = Cursor::new(first.clone()).chain(raw);
    let lines: Box<dyn BufRead + Send> = match first.as_slice() {
        [0x1f, 0x8b, ..] => Box::new(BufReader::with_capacity(AT_ONCE, MultiGzDecoder::new(packed))),
        [0x28, 0xb5, 0x2f, 0xfd] => Box::new(BufReader::with_capacity(AT_ONCE, Zstandard::new(Box::new(packed)))),
        _ => Box::new(BufReader::with_capacity(AT_ONCE, packed)),
    };
    Ok(Opened { lines, file: kept })
}

impl Opened {
    /// Looks, once all is read, what became of the file meanwhile. Lines that were added behind are for the next time;
    /// a file that was written anew is neither the old nor the new one.
    pub(crate) fn was_whole(&self, path: &Path) -> Result<(), Failure> {
        let Some((file, before)) = &self.file else { return Ok(()) };
        let now = State::of(file).map_err(|error| unreadable(path, error))?;
        let Some(now) = now.filter(|now| now != before) else { return Ok(()) };
        if now.length > before.length {
            warn(format_args!("{}: grew while it was read; the new lines are not in what follows", named(path)));
            return Ok(());
        }
        Err(Failure::Unreadable(format!("{}: was changed while it was read; run the command again", named(path))))
    }
}

/// A file up to the length that it had, and from there to the end of the line.
struct UpTo<R> {
    inner: R,
    left: Option<u64>,
    last: u8,
}

impl<R> UpTo<R> {
    fn new(inner: R, length: Option<u64>) -> Self {
        Self { inner, left: length, last: b'\n' }
    }
}

impl<R: Read> Read for UpTo<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(left) = &mut self.left else { return self.inner.read(buffer) };
        let most = match usize::try_from(*left) {
            Ok(0) if self.last == b'\n' => 0,
            Ok(0) => 1,
            Ok(left) => left,
            Err(_) => usize::MAX,
        };
        let most = most.min(buffer.len());
        let n = self.inner.read(&mut buffer[..most])?;
        *left = left.saturating_sub(n as u64);
        if let Some(last) = buffer[..n].last() {
            self.last = *last;
        }
        Ok(n)
    }
}

/// A file of one Zstandard frame after another.
struct Zstandard {
    state: Frames,
}

type Packed = BufReader<Box<dyn Read + Send>>;

enum Frames {
    Between(Packed),
    Within(Box<StreamingDecoder<Packed, ruzstd::decoding::FrameDecoder>>),
    Done,
}

impl Zstandard {
    fn new(packed: Box<dyn Read + Send>) -> Self {
        Self { state: Frames::Between(BufReader::with_capacity(AT_ONCE, packed)) }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_grew_by_is_left_but_for_the_end_of_a_line() {
        for (length, read) in [(2, "a\n"), (3, "a\nbc\n"), (4, "a\nbc\n"), (5, "a\nbc\n"), (9, "a\nbc\nd")] {
            let mut text = String::new();
            UpTo::new("a\nbc\nd".as_bytes(), Some(length)).read_to_string(&mut text).unwrap();
            assert_eq!(text, read, "{length}");
        }
    }

    #[test]
    fn a_file_that_grows_is_read_as_it_was_and_one_that_is_written_anew_is_refused() {
        use std::io::Write as _;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, "a\nb\n").unwrap();
        let interrupt = Interrupt::default();
        let read = |act: &dyn Fn()| {
            let mut opened = open(&path, &interrupt).unwrap();
            act();
            let mut text = String::new();
            opened.lines.read_to_string(&mut text).unwrap();
            opened.was_whole(&path).map(|()| text)
        };
        assert_eq!(read(&|| {}).unwrap(), "a\nb\n");
        let grow = || File::options().append(true).open(&path).unwrap().write_all(b"c\n").unwrap();
        assert_eq!(read(&grow).unwrap(), "a\nb\n");
        assert_eq!(read(&|| {}).unwrap(), "a\nb\nc\n");
        let failure = read(&|| std::fs::write(&path, "x\n").unwrap()).unwrap_err();
        assert!(failure.message().unwrap().ends_with("a.jsonl: was changed while it was read; run the command again"));
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_not_utf_8_is_shown_by_its_bytes() {
        use std::os::unix::ffi::OsStrExt as _;
        let name = std::ffi::OsStr::from_bytes(b"a\xff\xe2\x80\xaeb\n\xc3");
        assert_eq!(named(Path::new(name)), "a\\xff\\u{202e}b\\u{a}\\xc3");
    }
}
