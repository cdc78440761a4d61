//! Places in a text, and the words of a table that stand there.

use crate::language::Before;
use crate::language::korean::{self as words, Table};
use crate::number::NumberStyle;

/// A text, and whether it is one phrase and not a text with phrases in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scan<'t> {
    pub(super) text: &'t str,
    pub(super) whole: bool,
    /// How its numbers are written, where the caller said so or other numbers show it.
    pub(super) style: Option<NumberStyle>,
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '가'..='힣')
}

impl<'t> Scan<'t> {
    pub(super) fn rest(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or_default()
    }

    pub(super) fn char_at(&self, at: usize) -> Option<char> {
        self.rest(at).chars().next()
    }

    pub(super) fn is_hangul(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(is_hangul)
    }

    pub(super) fn is_space(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(is_space)
    }

    pub(super) fn past_space(&self, at: usize) -> usize {
        // Most places have none, as their first byte shows.
        if !matches!(self.text.as_bytes().get(at), Some(b' ' | b'\t' | 0xc2 | 0xe2 | 0xe3)) {
            return at;
        }
        let rest = self.rest(at);
        at + rest.find(|c| !is_space(c)).unwrap_or(rest.len())
    }

    fn past_hangul(&self, at: usize) -> usize {
        let rest = self.rest(at);
        at + rest.find(|c| !is_hangul(c)).unwrap_or(rest.len())
    }

    /// The end of a phrase of the tables, if the text has it here.
    pub(super) fn phrase(&self, at: usize, phrase: &str) -> Option<usize> {
        let mut end = at;
        for c in phrase.chars() {
            end = match c {
                '…' => return Some(self.past_hangul(end)),
                ' ' => self.past_space(end),
                _ if self.char_at(end) == Some(c) => end + c.len_utf8(),
                _ => return None,
            };
        }
        Some(end)
    }

    /// The longest of the phrases that stands here, what it means and where it ends.
    pub(super) fn longest<T: Copy>(&self, at: usize, table: &'static Table<T>) -> Option<(T, usize)> {
        self.phrases_at(at, table).map(|(_, meaning, end)| (meaning, end)).max_by_key(|(_, end)| *end)
    }

    /// The end of the longest of the phrases that stands here.
    pub(super) fn past(&self, at: usize, table: &'static Table<()>) -> Option<usize> {
        self.longest(at, table).map(|((), end)| end)
    }

    /// The phrases of a table that stand here, what they mean and where they end.
    pub(super) fn phrases_at<T: Copy>(
        &self,
        at: usize,
        table: &'static Table<T>,
    ) -> impl Iterator<Item = (&'static str, T, usize)> {
        let first = self.char_at(self.past_space(at)).unwrap_or(' ');
        let phrases = table.starting_with(first);
        phrases.filter_map(move |(phrase, meaning)| Some((*phrase, *meaning, self.phrase(at, phrase)?)))
    }

    /// The hedge behind a number, and where it ends: where a word does, but for one that takes endings.
    pub(super) fn hedge_behind(&self, at: usize) -> Option<(Before, usize)> {
        let hedges = self.phrases_at(at, &words::AFTER);
        let ended = hedges.filter(|(phrase, _, end)| {
            // "10 > 5" is another matter than "100 >=".
            let sign = !phrase.ends_with(char::is_alphabetic);
            let compared = sign && self.char_at(self.past_space(*end)).is_some_and(|c| c.is_ascii_digit());
            phrase.ends_with('…') || (self.begins_particle(*end) && !compared)
        });
        ended.map(|(_, hedge, end)| (hedge, end)).max_by_key(|(_, end)| *end)
    }

    /// Whether a word ends here, or a particle or a hedge begins that is written against it.
    pub(super) fn ends_word(&self, at: usize) -> bool {
        self.begins_particle(at) || self.is_hangul(at) && self.hedge_behind(at).is_some()
    }

    fn begins_particle(&self, at: usize) -> bool {
        match self.char_at(at) {
            Some(c) if is_hangul(c) => self.past(at, &words::PARTICLES).is_some(),
            Some(c) => !c.is_alphanumeric(),
            None => true,
        }
    }

    /// Past the letters or the digits that stand here, or past one sign.
    pub(super) fn past_word(&self, at: usize) -> usize {
        let rest = self.rest(at);
        let Some(first) = rest.chars().next() else { return at + 1 };
        let length = if is_hangul(first) {
            rest.find(|c| !is_hangul(c))
        } else if first.is_alphanumeric() {
            rest.find(|c: char| is_hangul(c) || !(c.is_alphanumeric() || matches!(c, '_' | '.' | ',' | ':')))
        } else {
            Some(first.len_utf8())
        };
        at + length.unwrap_or(rest.len())
    }

    /// Past all that is written against the digits of an address or a number to call.
    pub(super) fn past_chain(&self, at: usize) -> usize {
        let rest = self.rest(at);
        let chain = |c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | '^' | '+');
        let length = if rest.starts_with(['-', '/', '^']) { rest.find(|c| !chain(c)).unwrap_or(rest.len()) } else { 0 };
        at + length
    }

    /// The next place where a figure can begin: a number, a sign before one, or the beginning of a word.
    pub(super) fn next_start(&self, at: &mut usize) -> Option<usize> {
        loop {
            let start = *at;
            let c = self.char_at(start)?;
            let before = self.text[..start].chars().next_back();
            let free = !before.is_some_and(|before| before.is_ascii_alphanumeric());
            let starts = match c {
                '.' => free && self.rest(start + 1).starts_with(|c: char| c.is_ascii_digit()),
                '-' | '−' => before.is_none_or(|before| !before.is_alphanumeric()),
                '0'..='9' | '<' | '>' | '≤' | '≥' | '~' | '≈' | '$' | '₩' | '€' | '£' | '¥' => true,
                _ => is_hangul(c) && !before.is_some_and(is_hangul),
            };
            if starts {
                return Some(start);
            }
            *at = if c.is_alphanumeric() { self.past_word(start) } else { start + c.len_utf8() };
        }
    }
}
