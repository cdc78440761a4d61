//! Best estimates with their ranges: "25 (95% CI 10–80)".

use super::count::{Outcome, Reader};
use super::hedged::Read;
use super::quantity::{Quantity, Unit};
use crate::figure::Figure;
use crate::language::{Before, lexicon};

/// So many words may stand between an estimate and its range.
const WORDS_BETWEEN: usize = 3;

impl Reader<'_> {
    /// "95% CI": past how sure an interval is.
    pub(super) fn past_certainty(&self, quantity: &Quantity) -> Option<usize> {
        let ((), length) = self.lexicon.certainties.find(self.from(quantity.next))?;
        (quantity.unit == Unit::Ratio && quantity.is_percent()).then_some(quantity.next + length)
    }

    /// A best estimate with its range in brackets: "25 (95% CI 10–80)", "25 [range 10 to 80]".
    pub(super) fn estimate(&self, start: usize, first: &Quantity) -> Option<Read> {
        let mut i = first.next;
        i += usize::from(self.is_sign(i, &[',']));
        if i > first.next
            && let (Some(Before::AtLeast), j) = self.hedges(i)
            && let Outcome::Found(low) = self.quantity(j)
            && let Some(((), length)) = self.lexicon.joins.find(self.from(low.next))
            && let (Some(Before::AtMost), k) = self.hedges(low.next + length)
            && let Outcome::Found(high) = self.quantity(k)
        {
            return self.within(start, high.next, first, &low, &high, true);
        }
        let open = self.is_sign(i, &['(', '[']) || {
            // "94.5% effective (95% CI 86.5–97.8)"
            let words = (i..i + WORDS_BETWEEN).take_while(|k| self.case(*k).is_some()).count();
            let sure = self.is_sign(i + words, &['(', '[']) && {
                let certainty = self.quantity(i + words + 1);
                matches!(certainty, Outcome::Found(sure) if self.past_certainty(&sure).is_some())
            };
            i += if sure { words } else { 0 };
            sure
        };
        i += usize::from(open);
        let mut marked = false;
        if let Outcome::Found(sure) = self.quantity(i)
            && let Some(next) = self.past_certainty(&sure)
        {
            (i, marked) = (next, true);
        }
        if let Some(((), length)) = self.lexicon.spans.find(self.from(i)) {
            (i, marked) = (i + length, true);
        }
        if !open && !marked {
            return None;
        }
        i += usize::from(self.is_sign(i, &[':', '=', ',']));
        let inner = open && self.is_sign(i, &['[', '(']);
        i += usize::from(inner);
        i = self.hedges(i).1;
        let Outcome::Found(low) = self.quantity(i) else { return None };
        let link = self.lexicon.ranges.find(self.from(low.next)).map(|((), length)| low.next + length);
        let link = link.or_else(|| {
            (self.is_sign(low.next, &[',', ';']) || self.is(low.next, lexicon::AND)).then_some(low.next + 1)
        })?;
        let Outcome::Found(high) = self.quantity(link) else { return None };
        let mut next = high.next;
        for _ in 0..=usize::from(inner) {
            if open {
                if !self.is_sign(next, &[')', ']']) {
                    return None;
                }
                next += 1;
            }
        }
        self.within(start, next, first, &low, &high, marked)
    }

    /// A best estimate within the range of two other numbers, which have its scale if none of their own.
    fn within(
        &self,
        start: usize,
        next: usize,
        best: &Quantity,
        low: &Quantity,
        high: &Quantity,
        marked: bool,
    ) -> Option<Read> {
        let count = best.count.clone();
        let unit = if best.unit == Unit::Absent { high.unit } else { best.unit };
        let number = |quantity: &Quantity| {
            let fits = quantity.unit == Unit::Absent || quantity.unit == unit || quantity.unit.is_noun();
            let own = Quantity { unit, next: quantity.next.max(quantity.count.next + 1), ..quantity.clone() };
            let value = if fits { own.decimal() } else { None }?;
            Some(value)
        };
        let (low, high, best) = (number(low)?, number(high)?, number(best)?);
        let between = low < best && best < high;
        if !marked && !between {
            return None;
        }
        let figure = Figure::estimate(low, high, best).ok()?;
        // "25 (95% CI 10–80) deaths"
        let (unit, next) = if unit == Unit::Absent { self.noun(&count, next) } else { (unit, next) };
        Some(self.read(start, next, Ok(figure), unit, true))
    }
}
