//! What happened to those counted: "12 killed", "killed 12".

use super::count::Reader;
use super::quantity::Unit;
use crate::language::Fate;
use crate::language::lexicon::{AUXILIARY, OF, PERSON};

/// At most so many words stand between those counted and what happened to them.
const WORDS: usize = 5;
/// At most so many stand between "none" and what happened to none.
const NONE_OF: usize = 8;

impl Reader<'_> {
    /// What happened to those counted by what stands from `start` to `next`.
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
        // "thirty wounded soldiers"
        let within = || match unit {
            Unit::Noun(from, _) | Unit::Measure(from, _) => {
                let noun = (start + 1..next).find(|k| self.tokens[*k].start == from)?;
                self.meaning(noun - 1).fate
            }
            _ => None,
        };
        let before = || self.meaning(start.checked_sub(1)?).met;
        let fate = self.meaning(behind).fate.or_else(within).or_else(before)?;
        let of_persons =
            matches!(unit, Unit::Absent | Unit::Noun(..) | Unit::Ratio) || self.is_of_persons(start, next, unit);
        of_persons.then_some(fate)
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
