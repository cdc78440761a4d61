//! Increments and multiples, whose value rests on another number: "40 more", "three times as many".

use super::count::{Outcome, Reader};
use super::hedged::Read;
use super::quantity::{Quantity, Unit};
use crate::error::ErrorKind;
use crate::language::lexicon;
use crate::language::table::Change;

impl Reader<'_> {
    /// "another 40", "twice the 750,000", "doubled".
    pub(super) fn relative(&self, i: usize, j: usize) -> Option<Read> {
        if let Some(((), length)) = self.lexicon.increments.find(self.from(j)) {
            let k = self.hedges(j + length).1;
            let next = match self.quantity(k) {
                Outcome::Found(quantity) => quantity.next,
                _ => k + self.lexicon.vague.find(self.from(k))?.1,
            };
            return Some(Read::unread(i, next, ErrorKind::Relative));
        }
        if let Some(((), length)) = self.lexicon.multiples.find(self.from(j)) {
            return Some(Read::unread(i, self.past_multiple(j + length), ErrorKind::Relative));
        }
        let doubled = self.meaning(j).change == Some(Change::Multiplies) && !self.whole;
        doubled.then(|| Read::unread(i, j + 1, ErrorKind::Relative))
    }

    /// Past "as many as", "the" and the number that is multiplied.
    fn past_multiple(&self, i: usize) -> usize {
        let mut next = i;
        for _ in 0..3 {
            if let Some(((), length)) = self.lexicon.as_many_as.find(self.from(next)) {
                next += length;
            }
            if self.is(next, lexicon::THE) {
                next += 1;
            }
        }
        let as_ = usize::from(self.lexicon.times_what.find(self.from(next)).is_some());
        let k = self.hedges(next + as_).1;
        match self.quantity(k) {
            Outcome::Found(quantity) if quantity.unit == Unit::Absent || !self.is(k - 1, lexicon::STOP) => {
                quantity.next
            }
            Outcome::Found(quantity) if k == next + as_ => quantity.next,
            _ => next,
        }
    }

    /// Whether the number is an increment or a multiple by what follows it, and where that ends.
    pub(super) fn relative_behind(&self, quantity: &Quantity) -> Option<usize> {
        // "17% more than a year earlier" is by how much something changed.
        if self.is_share_more_than(quantity) {
            return None;
        }
        let next = quantity.count.next;
        if quantity.led || quantity.count.parts {
            return self.more_at(quantity.next);
        }
        if let Some(((), length)) = self.lexicon.times.find(self.from(next)) {
            let after = next + length;
            let against = !self.spaced(next);
            let fold = self.hyphen(next) || (against && length == 1 && self.case(next).is_some());
            if let Some(((), what)) = self.lexicon.times_what.find(self.from(after)) {
                return Some(self.past_multiple(after + what));
            }
            return fold.then_some(after);
        }
        // "20 more people", "two fewer days"
        if self.is(next, lexicon::MORE) {
            let mut count = quantity.count.clone();
            count.next = next + 1;
            let (_, end) = self.unit(&mut count, false);
            return Some(end.max(next + 1));
        }
        self.more_at(quantity.next)
    }

    /// Whether a share is that by which something is more or less than something else.
    pub(super) fn is_share_more_than(&self, quantity: &Quantity) -> bool {
        let share = matches!(quantity.unit, Unit::Ratio | Unit::Points) && !quantity.is_fraction();
        share && self.is(quantity.next, lexicon::MORE) && self.is(quantity.next + 1, lexicon::THAN)
    }

    /// "20 people more", and where it ends.
    fn more_at(&self, i: usize) -> Option<usize> {
        (self.is(i, lexicon::MORE) && self.spaced(i)).then_some(i + 1)
    }
}
