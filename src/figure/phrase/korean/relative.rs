//! Increments and multiples, whose value rests on another number: "40명 더", "세 배".

use super::found::Found;
use super::scan::Scan;
use crate::error::{Error, ErrorKind};
use crate::language::korean as words;

/// A word that says that a number is added is no longer, in bytes.
const LONGEST_WORD: usize = 36;

/// How many characters are looked through for the word that makes a number a multiple.
const LONGEST_MULTIPLE: usize = 16;

impl Scan<'_> {
    /// "두 배", "2~3배": how many times as much.
    pub(super) fn multiple(&self, start: usize, at: usize) -> Option<Found> {
        // Hardly any number is one, and reading it takes longer than this.
        if !self.rest(at).chars().take(LONGEST_MULTIPLE).any(|c| c == '배') {
            return None;
        }
        let end = self.past_multiple(at).or_else(|| {
            let first = self.count(at)?;
            let (_, at) = self.longest(first.end, &words::RANGES)?;
            self.past_multiple(at)
        })?;
        Some(Self::unread(start, end))
    }

    fn past_multiple(&self, at: usize) -> Option<usize> {
        self.counts(at)?.iter().rev().find_map(|count| {
            let end = self.past(count.end, &words::TIMES)?;
            // "이 배", "한 배": this ship, and one boat.
            let word = count.digit || self.text[at..count.end].ends_with('한');
            (!word && self.ends_word(end)).then_some(end)
        })
    }

    /// A number that is added to another, by the words before or behind it: "추가로 3명", "3명을 더".
    pub(super) fn increment(&self, start: usize, end: usize) -> Option<Found> {
        let behind = self.phrases_at(end, &words::MORE);
        let more = behind.filter(|(phrase, (), end)| phrase.ends_with('…') || !self.is_hangul(*end));
        if let Some(end) = more.map(|(_, (), end)| end).max() {
            return Some(Self::unread(start, end));
        }
        Some(Self::unread(self.added_before(start)?, end))
    }

    /// Where the words before a number begin that say that it is added: "추가로", "추가 병력", "또 다른".
    fn added_before(&self, start: usize) -> Option<usize> {
        let (last, last_at) = self.word_before(start)?;
        if words::ADDED.contains(&last) {
            return Some(last_at);
        }
        let (first, first_at) = self.word_before(last_at)?;
        (first == "추가" || (first, last) == ("또", "다른")).then_some(first_at)
    }

    /// The word of Hangul before a place, and where it begins; a space has to stand between.
    fn word_before(&self, at: usize) -> Option<(&str, usize)> {
        let before = self.text[..at].trim_end_matches(' ');
        if before.len() == at {
            return None;
        }
        let begins = before.char_indices().rev().take_while(|(_, c)| matches!(c, '가'..='힣')).last()?.0;
        Some((&before[begins..], begins)).filter(|(word, _)| word.len() <= LONGEST_WORD)
    }

    fn unread(start: usize, end: usize) -> Found {
        Found::new(start..end, Err(Error::new(ErrorKind::Relative)))
    }
}
