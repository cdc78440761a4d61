//! Passages of a text: where they are, and how an excerpt is found.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memmem;

use super::normal::{Normal, Variation, variations};
use crate::claim::Citation;

/// How many code points before and after a passage tell it from others.
pub(super) const CONTEXT: usize = 32;
/// A code point is counted for every so many bytes, so that no place is far from a counted one.
const STEP: usize = 4096;
/// How many places are tried for the beginning of an excerpt that is not in the text.
const TRIED: usize = 16;
/// With so many words an excerpt is long enough to be known by its first two and its last two.
const KNOWN_BY: usize = 4;

/// A passage of a text, by its words and by its place.
///
/// The parts are those of the W3C Web Annotation Data Model (2017): a text quote selector (exact, prefix, suffix) and a
/// text position selector (start, end), which counts code points.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Passage<'t> {
    exact: &'t str,
    prefix: &'t str,
    suffix: &'t str,
    start: u64,
    end: u64,
    /// The place in bytes.
    #[cfg_attr(feature = "serde", serde(skip))]
    span: (usize, usize),
}

impl<'t> Passage<'t> {
    /// The words of the text, to the letter.
    #[must_use]
    pub fn exact(&self) -> &'t str {
        self.exact
    }

    /// Up to 32 code points before the passage.
    #[must_use]
    pub fn prefix(&self) -> &'t str {
        self.prefix
    }

    /// Up to 32 code points after the passage.
    #[must_use]
    pub fn suffix(&self) -> &'t str {
        self.suffix
    }

    /// The start of the passage, in code points from the beginning of the text.
    #[must_use]
    pub fn start(&self) -> u64 {
        self.start
    }

    /// The end of the passage, in code points.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.end
    }

    /// The place of the passage in the text, in bytes.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.span.0..self.span.1
    }

    /// The citation with this passage as its excerpt, context and position.
    ///
    /// ```
    /// use testimony::{Citation, Ledger, extraction};
    ///
    /// let text = "The mayor spoke of over 4,000 evacuated.";
    /// let ledger = Ledger::new();
    /// let report = extraction::check(&ledger, text);
    /// let citation = report.figures()[0].passage().select(Citation::new().with_title("Bulletin"));
    /// assert_eq!((citation.excerpt(), citation.start(), citation.end()), (Some("over 4,000"), Some(19), Some(29)));
    /// ```
    #[must_use]
    pub fn select(&self, citation: Citation) -> Citation {
        citation.with_excerpt(self.exact).with_context(self.prefix, self.suffix).with_position(self.start, self.end)
    }
}

/// The outcome of looking for an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Finding<'t> {
    /// The excerpt is in the text word for word.
    Found(Passage<'t>),
    /// The excerpt is in the text but for these variations.
    Varied(Passage<'t>, Vec<Variation>),
    /// The beginning and the end of the excerpt are in the text, in two places.
    Joined(Passage<'t>, Passage<'t>),
    /// The excerpt is not in the text; a passage begins or ends as the excerpt does.
    Altered(Passage<'t>),
    /// Nothing like the excerpt is in the text.
    Missing,
    /// The excerpt has no words.
    Blank,
}

impl<'t> Finding<'t> {
    /// The passage that the excerpt is, if it is there.
    #[must_use]
    pub fn passage(&self) -> Option<&Passage<'t>> {
        match self {
            Self::Found(passage) | Self::Varied(passage, _) => Some(passage),
            _ => None,
        }
    }
}

/// An excerpt of a citation, and where it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CheckedExcerpt<'a> {
    excerpt: &'a str,
    finding: Finding<'a>,
    occurrences: usize,
    placed: Option<bool>,
}

impl<'a> CheckedExcerpt<'a> {
    /// The excerpt as it was cited.
    #[must_use]
    pub fn excerpt(&self) -> &'a str {
        self.excerpt
    }

    /// The outcome of looking for the excerpt.
    #[must_use]
    pub fn finding(&self) -> &Finding<'a> {
        &self.finding
    }

    /// How often the excerpt is in the text; of two that overlap the first counts.
    #[must_use]
    pub fn occurrences(&self) -> usize {
        self.occurrences
    }

    /// Whether the excerpt is where its citation says, by position or by context; `None` if the citation gives neither.
    #[must_use]
    pub fn is_placed(&self) -> Option<bool> {
        self.placed
    }

    /// Whether the excerpt could be any of several passages.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        self.occurrences > 1 && self.placed != Some(true)
    }
}

/// A text made ready for looking things up in it.
pub(super) struct Searched<'t> {
    text: &'t str,
    normal: Normal,
    /// How many code points there are before each `STEP` bytes.
    counted: Vec<usize>,
    /// The places of excerpts that were looked for before, so that none is searched for twice.
    found: HashMap<&'t str, Occurrences>,
}

#[derive(Clone, Copy)]
struct Occurrences {
    count: usize,
    /// The first occurrence to the letter, or else the first.
    best: Option<(usize, usize)>,
}

impl<'t> Searched<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut counted = vec![0];
        for chunk in text.as_bytes().chunks(STEP) {
            let starts = chunk.iter().filter(|byte| !is_continuation(**byte)).count();
            counted.push(counted[counted.len() - 1] + starts);
        }
        Self { text, normal: Normal::new(text), counted, found: HashMap::new() }
    }

    /// How many code points there are before a byte.
    pub(super) fn code_points(&self, at: usize) -> usize {
        let step = at / STEP;
        let rest = self.text.as_bytes()[step * STEP..at].iter();
        self.counted[step] + rest.filter(|byte| !is_continuation(**byte)).count()
    }

    /// The byte at which a code point starts; the end of the text stands for all beyond.
    fn byte(&self, code_point: u64) -> usize {
        let Ok(wanted) = usize::try_from(code_point) else { return self.text.len() };
        let step = self.counted.partition_point(|count| *count <= wanted).saturating_sub(1);
        let mut left = wanted - self.counted[step];
        let bytes = self.text.as_bytes();
        let mut at = (step * STEP).min(bytes.len());
        while at < bytes.len() && (left > 0 || is_continuation(bytes[at])) {
            left -= usize::from(!is_continuation(bytes[at]));
            at += 1;
        }
        at
    }

    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    pub(super) fn passage(&self, start: usize, end: usize) -> Passage<'t> {
        let text = self.text;
        let before = text[..start].char_indices().rev().take(CONTEXT).last().map_or(start, |(at, _)| at);
        let after = text[end..].char_indices().nth(CONTEXT).map_or(text.len(), |(at, _)| end + at);
        Passage {
            exact: &text[start..end],
            prefix: &text[before..start],
            suffix: &text[end..after],
            start: self.code_points(start) as u64,
            end: self.code_points(end) as u64,
            span: (start, end),
        }
    }

    /// Whether a name is in the text, whatever its letters are like.
    pub(super) fn names(&self, name: &str) -> bool {
        let needle = Normal::needle(name);
        !needle.is_empty() && memmem::find(self.normal.as_str().as_bytes(), needle.as_bytes()).is_some()
    }

    pub(super) fn excerpt(&mut self, citation: &'t Citation, excerpt: &'t str) -> CheckedExcerpt<'t> {
        let mut needle = Normal::needle(excerpt);
        let checked = |finding, occurrences, placed| CheckedExcerpt { excerpt, finding, occurrences, placed };
        if needle.chars().all(|c| !c.is_alphanumeric()) {
            return checked(Finding::Blank, 0, None);
        }
        let mut words = excerpt.trim();
        let mut found = self.search(&needle, excerpt);
        // Quotation marks around it may be the extractor's own.
        let within = |mark: char| Some(needle.strip_prefix(mark)?.strip_suffix(mark)?.trim_matches(' ').to_owned());
        if found.best.is_none()
            && let Some(bare) = within('"').or_else(|| within('\''))
        {
            needle = bare;
            // One character at each end, whichever mark that is.
            words = words.strip_prefix(|_| true).and_then(|words| words.strip_suffix(|_| true)).unwrap_or(words);
            found = self.occurrences(&needle, words);
        }
        let Some(best) = found.best else { return checked(self.pieces(&needle), 0, None) };
        let wanted = self.at_position(citation, &needle).or_else(|| self.in_context(citation, words, &needle));
        let by_position = citation.start().is_some() && citation.end().is_some();
        let says = by_position || citation.prefix().is_some() || citation.suffix().is_some();
        let (start, end) = wanted.unwrap_or(best);
        let passage = self.passage(start, end);
        let finding = if passage.exact == excerpt.trim() {
            Finding::Found(passage)
        } else {
            let mut variations = variations(passage.exact, words);
            if words != excerpt.trim() && !variations.contains(&Variation::Quotes) {
                variations.push(Variation::Quotes);
                variations.sort();
            }
            Finding::Varied(passage, variations)
        };
        checked(finding, found.count, says.then_some(wanted.is_some()))
    }

    fn search(&mut self, needle: &str, excerpt: &'t str) -> Occurrences {
        if let Some(found) = self.found.get(excerpt) {
            return *found;
        }
        let found = self.occurrences(needle, excerpt);
        self.found.insert(excerpt, found);
        found
    }

    fn occurrences(&self, needle: &str, excerpt: &str) -> Occurrences {
        let excerpt = excerpt.trim();
        let mut occurrences = Occurrences { count: 0, best: None };
        let mut to_the_letter = false;
        for at in memmem::find_iter(self.normal.as_str().as_bytes(), needle.as_bytes()) {
            occurrences.count += 1;
            if to_the_letter {
                continue;
            }
            let (start, end) = self.original(at, at + needle.len());
            to_the_letter = &self.text[start..end] == excerpt;
            if to_the_letter || occurrences.best.is_none() {
                occurrences.best = Some((start, end));
            }
        }
        occurrences
    }

    /// A place of the normal form in the text itself.
    fn original(&self, start: usize, end: usize) -> (usize, usize) {
        let (start, end) = (floor(self.text, self.normal.start(start)), ceil(self.text, self.normal.end(end)));
        (start, end.max(start))
    }

    /// The passage at the position that a citation gives, if it is the excerpt.
    fn at_position(&self, citation: &Citation, needle: &str) -> Option<(usize, usize)> {
        let (start, end) = (self.byte(citation.start()?), self.byte(citation.end()?));
        (Normal::needle(self.text.get(start..end)?) == needle).then_some((start, end))
    }

    /// The excerpt between what its citation says stands before and after it.
    fn in_context(&self, citation: &Citation, excerpt: &str, needle: &str) -> Option<(usize, usize)> {
        let (prefix, suffix) = (citation.prefix().unwrap_or_default(), citation.suffix().unwrap_or_default());
        if prefix.is_empty() && suffix.is_empty() {
            return None;
        }
        // With a space at the joints too, which is easily lost.
        ["", " "].into_iter().find_map(|joint| {
            let whole = Normal::needle(&[prefix, excerpt, suffix].join(joint));
            let at = memmem::find(self.normal.as_str().as_bytes(), whole.as_bytes())?;
            let skipped = Normal::needle(&format!("{prefix}{joint}{excerpt}")).len().checked_sub(needle.len())?;
            let start = at + skipped;
            let is_it = self.normal.as_str().get(start..start + needle.len()) == Some(needle);
            is_it.then(|| self.original(start, start + needle.len()))
        })
    }

    /// Looks for the beginning and the end of an excerpt that is not in the text.
    fn pieces(&self, needle: &str) -> Finding<'t> {
        let starts: Vec<usize> =
            needle.split(' ').map(|word| word.as_ptr() as usize - needle.as_ptr() as usize).collect();
        if starts.len() < KNOWN_BY {
            return Finding::Missing;
        }
        let hay = self.normal.as_str().as_bytes();
        let (head, tail) = (&needle[..starts[2] - 1], &needle[starts[starts.len() - 2]..]);
        let agree_on = |at: usize| hay[at..].iter().zip(needle.as_bytes()).take_while(|(a, b)| a == b).count();
        let agree_up_to =
            |at: usize| hay[..at].iter().rev().zip(needle.bytes().rev()).take_while(|(a, b)| *a == b).count();
        let opening = memmem::find_iter(hay, head.as_bytes())
            .take(TRIED)
            .map(|at| (agree_on(at), at))
            .max_by_key(|(length, at)| (*length, usize::MAX - at));
        let ending = memmem::find_iter(hay, tail.as_bytes())
            .take(TRIED)
            .map(|at| (agree_up_to(at + tail.len()), at + tail.len()))
            .max_by_key(|(length, at)| (*length, usize::MAX - at));
        // Whole words only.
        let opening = opening.map(|(length, at)| {
            let length =
                if length == needle.len() { length } else { needle[..floor(needle, length)].rfind(' ').unwrap_or(0) };
            (length, at)
        });
        let ending = ending.map(|(length, end)| {
            let from = ceil(needle, needle.len() - length);
            let length = needle[from..].find(' ').map_or(0, |space| needle.len() - from - space - 1);
            (length, end)
        });
        let place = |start: usize, end: usize| {
            let (start, end) = self.original(start, end);
            self.passage(start, end)
        };
        match (opening, ending) {
            (Some((first, at)), Some((last, end))) => {
                let between = needle.get(first..needle.len() - last).unwrap_or_default();
                if at + first <= end && end - at < 2 * needle.len() {
                    Finding::Altered(place(at, end))
                } else if between.chars().all(|c| !c.is_alphanumeric()) {
                    Finding::Joined(place(at, at + first), place(end - last, end))
                } else {
                    Finding::Altered(place(at, at + first))
                }
            }
            (Some((length, at)), None) => Finding::Altered(place(at, at + length)),
            (None, Some((length, end))) => Finding::Altered(place(end - length, end)),
            (None, None) => Finding::Missing,
        }
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
