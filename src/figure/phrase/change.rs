//! Changes: what was, what is, and by how much.

use super::count::Reader;
use super::found::Role;
use super::quantity::{Quantity, Unit};
use crate::language::lexicon;
use crate::language::table::{Change, Leads};

impl Reader<'_> {
    /// The part that the figure from `start` on has in a change, where the text tells of one.
    pub(super) fn role(&self, start: usize, quantity: &Quantity) -> Option<Role> {
        if self.whole {
            return None;
        }
        if self.is_earlier(start, quantity) {
            return Some(Role::Was);
        }
        let telling = self.telling;
        let before = self.before_filler(start);
        let leads = before.and_then(|k| self.meaning(k).leads);
        let by_nouns = self.is_amount_of_noun(quantity);
        match (telling.change, leads) {
            // "a rise from 40": whatever stands between, no range is told of in a change.
            (Some(_), Some(Leads::From)) if !telling.has(Role::Was) => Some(Role::Was),
            (Some(_), Some(Leads::To)) if telling.is_near() && !telling.has(Role::Is) => Some(Role::Is),
            (Some(change), Some(Leads::By)) if telling.is_near() && !telling.has(Role::Change) => {
                (change != Change::Noun).then_some(Role::Change)
            }
            (Some(_), Some(Leads::Of)) if telling.is_near() && telling.age <= 1 && !by_nouns => {
                let k = before.and_then(|k| k.checked_sub(1))?;
                (self.meaning(k).change.is_some() || self.is(k, lexicon::CHANGED)).then_some(Role::Change)
            }
            (Some(change), None)
                if !telling.broken && !telling.has(Role::Change) && !telling.has(Role::Is) && self.is_beside(start) =>
            {
                self.is_bare_amount(change, start, quantity).then_some(Role::Change)
            }
            _ => by_nouns.then_some(Role::Change),
        }
    }

    /// Whether the figure is compared with as that of an earlier time: "compared with 40 a year earlier".
    fn is_earlier(&self, start: usize, quantity: &Quantity) -> bool {
        let compared = |back: usize| {
            start.checked_sub(back).is_some_and(|k| {
                self.is(k, lexicon::COMPARED)
                    && self.lexicon.compared.find(&self.tokens[k..start]).is_some_and(|((), length)| length == back)
            })
        };
        if !(1..=3).any(compared) {
            return false;
        }
        let next = quantity.next + usize::from(self.is_sign(quantity.next, &[',']));
        let year =
            self.is(next, lexicon::IN) && self.numeral(next + 1).is_some_and(|year| year.plain && year.digits == 4);
        year || self.lexicon.earlier.find(self.from(next)).is_some()
    }

    /// The token before a figure, past what only says that the number is remarkable: "to a record 43".
    fn before_filler(&self, start: usize) -> Option<usize> {
        let mut k = start.checked_sub(1)?;
        for _ in 0..3 {
            let filler = self.is(k, lexicon::ARTICLE) || self.is(k, lexicon::THE) || self.is(k, lexicon::FILLER);
            if !filler {
                break;
            }
            k = k.checked_sub(1)?;
        }
        Some(k)
    }

    /// Whether the word of the change stands right before the figure, adverbs left out: "rose sharply 3 per cent".
    fn is_beside(&self, start: usize) -> bool {
        let mut k = start;
        for _ in 0..3 {
            let Some(before) = k.checked_sub(1) else { return false };
            k = before;
            if self.meaning(k).change.is_some() {
                return true;
            }
            let adverb = self.lexicon.adverb_ends.iter().any(|end| self.said(k).ends_with(end))
                || self.is(k, lexicon::ARTICLE)
                || self.is(k, lexicon::FILLER);
            if !adverb {
                return false;
            }
        }
        false
    }

    /// Whether the amount behind a word of change is that of the change, and not its object: "cut 300 jobs".
    fn is_bare_amount(&self, change: Change, start: usize, quantity: &Quantity) -> bool {
        let share = matches!(quantity.unit, Unit::Ratio | Unit::Points);
        let goes_on = matches!(self.meaning(quantity.next).leads, Some(Leads::To | Leads::From))
            && self.number_soon(quantity.next + 1);
        match change {
            Change::Rises => true,
            Change::Up => share || goes_on || self.is_set_off(start),
            Change::Cuts => share || goes_on,
            Change::Noun | Change::Multiplies => false,
        }
    }

    /// "43, up 3 on Monday": no part of another verb, but set off from what stands before.
    fn is_set_off(&self, start: usize) -> bool {
        let word = (start.saturating_sub(3)..start).find(|k| self.meaning(*k).change == Some(Change::Up));
        word.and_then(|k| k.checked_sub(1)).is_some_and(|k| self.is_sign(k, &[',', '(', '–', '—']))
    }

    /// Whether a number stands here, or behind a hedge.
    pub(super) fn number_soon(&self, i: usize) -> bool {
        let (_, j) = self.hedges(i);
        let j = j + usize::from(self.is(j, lexicon::ARTICLE) && self.is(j + 1, lexicon::FILLER)) * 2;
        self.number_at(j)
    }

    /// "a 5 per cent rise", "3% higher".
    fn is_amount_of_noun(&self, quantity: &Quantity) -> bool {
        let points = || self.is(quantity.next - 1, lexicon::POINTS) && self.is(quantity.next + 1, lexicon::THAN);
        let share = matches!(quantity.unit, Unit::Ratio | Unit::Points) || points();
        let noun = |k: usize| self.is(k, lexicon::CHANGED) || (k == quantity.next && self.is_share_more_than(quantity));
        let beside = self.case(quantity.next).is_some() && !self.is(quantity.next, lexicon::STOP);
        share && (noun(quantity.next) || (beside && noun(quantity.next + 1)))
    }

    /// Whether "from 40 to 43" tells of two figures here, and not of a range: a change is told of.
    pub(super) fn parts_in_change(&self, start: usize, first: &Quantity) -> bool {
        matches!(self.role(start, first), Some(Role::Was | Role::Change))
    }
}
