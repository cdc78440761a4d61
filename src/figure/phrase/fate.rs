//! The fate of those counted: "12 killed", "killed 12".

use super::count::{Outcome, Reader};
use super::quantity::Unit;
use super::token::Case;
use crate::language::Fate;
use crate::language::lexicon::{AND, ARTICLE, AUXILIARY, CLAUSE, NEITHER, OF, PERSON, STOP};

/// At most so many words stand between those counted and what happened to them.
const WORDS: usize = 5;
/// At most so many figures share what happened to the last of them.
const SHARING: usize = 4;
/// At most so many stand between "none" and what happened to none.
const NONE_OF: usize = 8;

impl Reader<'_> {
    /// The fate of those counted by what stands from `start` to `next`.
    pub(super) fn fate(&self, start: usize, next: usize, unit: Unit) -> Option<Fate> {
        // "none of the 17 passengers was hurt" says it of none of them.
        let none = (start.saturating_sub(3)..start).any(|k| self.lexicon.none.find(self.from(k)).is_some());
        if none {
            return None;
        }
        if self.lexicon.none.find(self.from(start)).is_some() && self.is(next, OF) {
            return (next..next + NONE_OF).find_map(|k| self.meaning(k).fate);
        }
        let behind = (next..next + WORDS).find(|k| !self.is(*k, AUXILIARY)).unwrap_or(next);
        // "killed or wounded" tells of nobody which.
        if self.meaning(behind).fate.is_some() && self.is_one_of_two(behind) {
            return None;
        }
        // "thirty wounded soldiers"
        let within = || match unit {
            Unit::Noun(from, _) | Unit::Measure(from, _) => {
                let noun = (start + 1..next).find(|k| self.tokens[*k].start == from)?;
                self.meaning(noun - 1).fate
            }
            _ => None,
        };
        let before = || self.meaning(start.checked_sub(1)?).met;
        let of_persons =
            matches!(unit, Unit::Absent | Unit::Noun(..) | Unit::Ratio) || self.is_of_persons(start, next, unit);
        if !of_persons {
            return None;
        }
        let own = self.meaning(behind).fate.or_else(within).or_else(before);
        own.or_else(|| self.fate_of_next(start, next)).or_else(|| self.fate_of_last(start, next))
    }

    /// Whether what happened here is one of two things.
    fn is_one_of_two(&self, fate: usize) -> bool {
        let joined = self.is(fate + 1, AND | NEITHER) || self.is_sign(fate + 1, &[',', '/']);
        let other = (fate + 2..fate + 2 + WORDS).find(|k| !self.is(*k, AUXILIARY));
        joined && other.is_some_and(|k| self.meaning(k).fate.is_some())
    }

    /// The fate told behind a later "and", which those before it share: "17 children and two teachers were killed".
    fn fate_of_next(&self, start: usize, next: usize) -> Option<Fate> {
        // "he made 3 films and 12 people died" tells of the people alone.
        let subject =
            start.checked_sub(1).is_none_or(|k| self.case(k) != Some(Case::Lower) || self.is(k, AND | CLAUSE));
        if !subject {
            return None;
        }
        let mut at = next;
        for _ in 0..SHARING {
            let ((), length) = self.lexicon.shared.find(self.from(at))?;
            let (_, j) = self.hedges(at + length);
            at = match self.quantity(j) {
                Outcome::Found(quantity) => quantity.next,
                // "and a civilian"
                _ if self.is(j, ARTICLE) => {
                    (j + 1..j + 1 + WORDS).find(|k| self.case(*k).is_none() || self.is(*k, STOP | AUXILIARY))?
                }
                _ => return None,
            };
            let behind = at + usize::from(self.is_sign(at, &[',']));
            if let Some(k) = (behind..behind + WORDS).find(|k| !self.is(*k, AUXILIARY))
                && let Some(fate) = self.meaning(k).fate
            {
                return (!self.is_one_of_two(k)).then_some(fate);
            }
        }
        None
    }

    /// The fate of those before "and", where a verb before them tells it: "killed 17 children and two teachers".
    fn fate_of_last(&self, start: usize, next: usize) -> Option<Fate> {
        let joined = (start.saturating_sub(3)..start).any(|k| {
            let found = self.lexicon.shared.find(&self.tokens[k..start]);
            self.tokens[k].start >= self.last && found.is_some_and(|((), length)| k + length == start)
        });
        if !joined {
            return None;
        }
        // "12 people, including three children, were killed"
        if self.is_sign(next, &[',']) && self.is(next + 1, AUXILIARY) {
            return self.past_fate(next + 1).and_then(|end| self.meaning(end - 1).fate);
        }
        // "killed 12 and 30 fled" tells of the twelve alone.
        let ends = self.case(next).is_none() || (self.is(next, STOP) && !self.is(next, AUXILIARY));
        self.telling.met().filter(|_| ends)
    }

    /// Whether the unit of what stands from `start` to `next` is one of persons: a length is not.
    pub(super) fn is_of_persons(&self, start: usize, next: usize, unit: Unit) -> bool {
        let Unit::Measure(from, _) = unit else { return false };
        (start..next).any(|k| self.at(k).is_some_and(|token| token.start == from) && self.is(k, PERSON))
    }

    /// The token after what happened to those counted, if nothing else stands there: "dead", "were killed".
    pub(super) fn past_fate(&self, i: usize) -> Option<usize> {
        let behind = (i..i + WORDS).find(|k| !self.is(*k, AUXILIARY))?;
        self.meaning(behind).fate.map(|_| behind + 1)
    }

    /// The unit of a phrase without what happened to those counted at its end: "people killed" are people.
    pub(super) fn fate_at_end(&self, from: usize, to: usize) -> usize {
        let Some(last) = to.checked_sub(1).filter(|last| *last >= from && self.meaning(*last).fate.is_some()) else {
            return to;
        };
        let mut end = last;
        while end > from && self.is(end - 1, AUXILIARY) {
            end -= 1;
        }
        end
    }

    /// "No one was killed", "none of the passengers died", "not a single casualty": nought.
    pub(super) fn nobody_at(&self, i: usize) -> Option<usize> {
        let ((), length) = self.lexicon.nobody.find(self.from(i))?;
        self.past_fate(i + length).map(|_| i + length)
    }
}
