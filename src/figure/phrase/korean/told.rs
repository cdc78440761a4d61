//! The words around a figure: they tell its part in a change, and the fate of those counted.

use super::found::{Found, Outcome};
use super::scan::Scan;
use crate::figure::phrase::found::Role;
use crate::figure::{Figure, RATIO};
use crate::language::Fate;
use crate::language::korean as words;

/// A bracket between an amount and the word of its change is no longer than so many bytes: "35포인트(1.3%) 오른".
const LONGEST_BRACKET: usize = 40;

/// All that the figures before tell of those that follow.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Told {
    /// The start of the number after a change, behind the one before it: "40명에서 43명으로".
    is_at: Option<usize>,
    /// The end of a word of change before the number after it: "20명 늘어난 63명".
    changed_at: Option<usize>,
    /// The end of the word for the fate of those before, which is not the fate of those behind it.
    fate_end: usize,
    /// The fate of those before.
    fate: Option<Fate>,
}

impl Told {
    /// Adds to a figure what is told of it, and takes note of what it tells of the next one.
    pub(super) fn tell(&mut self, scan: &Scan<'_>, found: &mut Found) {
        let before = std::mem::take(self);
        let (start, end) = (found.span.start, found.span.end);
        let unit = found.figure.as_ref().ok().and_then(Figure::unit);
        let change = scan.change(end, unit);
        self.changed_at = change.filter(|at| scan.ends_in_n(*at)).map(|at| scan.past_space(at));
        if found.figure.is_err() {
            return;
        }
        let follows = |at: Option<usize>| at == Some(start);
        let to = scan.past(end, &words::TO);
        self.is_at = scan.is_behind(end, unit);
        found.role = if follows(before.changed_at) || (follows(before.is_at) && to.is_some()) {
            Some(Role::Is)
        } else if self.is_at.is_some() || scan.is_exceeded(end, unit) {
            Some(Role::Was)
        } else if scan.is_changed_to(end) {
            Some(Role::Is)
        } else {
            change.map(|_| Role::Change)
        };
        if matches!(unit, None | Some("persons")) && found.fate.is_none() {
            let (fate, word_end) = scan.fate(start, end, before.fate_end);
            let shared = before.fate.filter(|_| follows(before.is_at));
            (found.fate, self.fate_end, self.fate) = (fate.or(shared), word_end, fate);
        }
    }
}

impl Scan<'_> {
    /// The end of the word of change that an amount stands before: "20명이 늘어난", "3% 증가".
    fn change(&self, end: usize, unit: Option<&str>) -> Option<usize> {
        let share = matches!(unit, Some(RATIO | "percentage points"));
        let object = self.past(end, &words::OBJECT);
        // "300명을 감축했다": those are what was cut.
        if object.is_some() && !share {
            return None;
        }
        let mut at = self.past_space(end + usize::from(self.rest(end).starts_with(')')));
        if self.rest(at).starts_with('(') {
            let rest = self.rest(at).as_bytes();
            let close = rest.iter().take(LONGEST_BRACKET).position(|byte| *byte == b')')?;
            at = self.past_space(at + close + 1);
        }
        at = object.or_else(|| self.past(at, &words::AMOUNT)).unwrap_or(at);
        at = self.past(at, &words::ADVERBS).unwrap_or(at);
        if self.past(at, &words::NO_CHANGES).is_some() {
            return None;
        }
        let length = matches!(unit, Some("km" | "m" | "cm" | "mm"));
        let away = length && self.rest(at).starts_with("떨어");
        let compared = || if share { self.past(at, &words::COMPARED) } else { None };
        self.past(at, &words::CHANGES).filter(|_| !away).or_else(compared)
    }

    /// Whether "to" and a word of change stand here: "50명으로 늘었다".
    pub(super) fn is_changed_to(&self, end: usize) -> bool {
        self.past(end, &words::TO).is_some_and(|at| self.change(at, None).is_some())
    }

    /// Whether the word that ends here is joined to the noun behind it: its last syllable ends in "n".
    fn ends_in_n(&self, at: usize) -> bool {
        let last = self.text[..at].chars().next_back();
        last.is_some_and(|c| matches!(c, '가'..='힣') && (u32::from(c) - 0xac00) % 28 == 4)
    }

    /// Where the figure behind "from" begins that "to" stands behind: "40명에서 43명으로".
    fn is_behind(&self, end: usize, unit: Option<&str>) -> Option<usize> {
        let at = self.past(end, &words::FROM)?;
        let (end, same) = self.figure_with(at, unit)?;
        (same && self.past(end, &words::TO).is_some()).then_some(at)
    }

    /// Whether a figure is compared with one behind it by which it has changed: "40명보다 3명 늘어난".
    fn is_exceeded(&self, end: usize, unit: Option<&str>) -> bool {
        let amount = self.past(end, &words::THAN).and_then(|at| self.figure_with(at, unit));
        amount.is_some_and(|(end, _)| self.change(end, unit).is_some())
    }

    /// Where the figure ends that begins here, and whether it has this unit.
    fn figure_with(&self, at: usize, unit: Option<&str>) -> Option<(usize, bool)> {
        let starts = self.char_at(at).is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '−' | '$' | '₩'));
        let Outcome::Found(found) = (if starts { self.figure(at) } else { return None }) else { return None };
        let other = found.figure.as_ref().ok()?.unit();
        Some((found.span.end, other.is_none() || other == unit))
    }

    /// The fate of those counted, and where the word for it ends, if it stands behind them.
    fn fate(&self, start: usize, end: usize, used: usize) -> (Option<Fate>, usize) {
        let particle = self.past(end, &words::OBJECT).or_else(|| self.past(end, &words::SUBJECT));
        let at = particle.unwrap_or_else(|| self.past_space(end));
        let at = self.past(at, &words::ADVERBS).unwrap_or(at);
        let behind =
            self.longest(at, &words::FATES).map(|(fate, end)| (fate.filter(|_| !self.is_one_of_two(end)), end));
        let before = || self.fate_before(start).filter(|(_, end)| *end > used).map(|(fate, _)| fate);
        match (behind, particle) {
            // "부상자 3명이 숨졌다": the verb tells more than the noun.
            (Some((fate, end)), Some(_)) => (fate, end),
            (behind, _) => match (before(), behind) {
                (Some(fate), _) => (fate, 0),
                (None, Some((fate, end))) => (fate, end),
                (None, None) => (None, 0),
            },
        }
    }

    /// Whether one thing or another happened: "숨지거나 다쳤다", "사망·실종".
    fn is_one_of_two(&self, end: usize) -> bool {
        self.text[..end].ends_with("거나") || self.past(end, &words::OR).is_some()
    }

    /// The fate that the noun right before a figure tells of those counted, and where the noun ends: "사망자 수는 12명".
    fn fate_before(&self, start: usize) -> Option<(Option<Fate>, usize)> {
        let before = self.text[..start].trim_end();
        let ending = words::TOPICS.iter().find(|ending| before.ends_with(**ending)).map_or(0, |ending| ending.len());
        let before = before[..before.len() - ending].trim_end();
        let (noun, fate) = words::FATED.iter().find(|(noun, _)| before.ends_with(*noun))?;
        let front = &before[..before.len() - noun.len()];
        // "사망·부상자 12명"
        let two = front.ends_with(['·', '/', '와', '과', '및']) || front.trim_end().ends_with("및");
        Some((fate.filter(|_| !two), before.len()))
    }
}
