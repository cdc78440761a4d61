//! Tables that are not in UTF-8.

use std::io::{self, Read};

use super::mapping::Encoding;

/// The letters of Windows-1252 from 0x80 to 0x9f; all others have the number of their byte.
const LETTERS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// A table as UTF-8.
pub(super) struct Decoded<R> {
    inner: R,
    encoding: Encoding,
    /// Text that was decoded and is not handed on yet.
    ready: io::Cursor<Vec<u8>>,
}

impl<R> Decoded<R> {
    pub(super) fn new(inner: R, encoding: Encoding) -> Self {
        Self { inner, encoding, ready: io::Cursor::default() }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.encoding == Encoding::Utf8 {
            return self.inner.read(buffer);
        }
        let n = self.ready.read(buffer)?;
        if n > 0 || buffer.is_empty() {
            return Ok(n);
        }
        let mut bytes = [0; 8192];
        let n = self.inner.read(&mut bytes)?;
        let text: String = bytes[..n].iter().map(|byte| letter(*byte)).collect();
        self.ready = io::Cursor::new(text.into_bytes());
        self.ready.read(buffer)
    }
}

fn letter(byte: u8) -> char {
    match byte {
        0x80..=0x9f => LETTERS[usize::from(byte - 0x80)],
        _ => byte.into(),
    }
}
