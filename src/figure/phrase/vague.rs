//! Magnitudes without a number, couples, and nought of something.

use super::amount::Amount;
use super::count::{Count, Form, Reader};
use super::hedged::Read;
use super::quantity::{Quantity, Unit};
use crate::error::{Error, ErrorKind};
use crate::figure::{Figure, Hedge, Vague};
use crate::language::{After, Before, lexicon};

impl Reader<'_> {
    /// "dozens", "several hundred", with the noun behind it.
    pub(super) fn vague(&self, start: usize, i: usize, hedge: Option<Before>) -> Option<Read> {
        let (magnitude, length) = self.lexicon.vague.find(self.from(i)).or_else(|| self.plural_of_digits(i))?;
        let next = i + length;
        if i > 0 && self.number_at(i - 1) && !self.whole {
            return None;
        }
        let of = self.is(next, lexicon::OF);
        let j = next + usize::from(of);
        // "hundreds of billions" are more than any magnitude that a figure has.
        if of && self.meaning(j).scale.is_some() {
            return Some(Read::unread(start, j + 1, ErrorKind::OutOfRange));
        }
        if self.is(next, lexicon::MORE) {
            let (_, end) = self.unit(&mut many(next + 1), false);
            return Some(Read::unread(start, end.max(next + 1), ErrorKind::Relative));
        }
        let figure = self.vaguely(hedge, magnitude, next);
        let start = if matches!(hedge, None | Some(Before::From | Before::Between)) { i } else { start };
        if let Some((code, after)) = self.lexicon.currencies.find(self.from(j))
            && self.case(j).is_some()
        {
            return Some(self.read(start, j + after, figure, Unit::Currency(code), false));
        }
        if let Some(((), after)) = self.lexicon.measures.find(self.from(j))
            && self.said(j).len() > 2
        {
            let unit = Unit::Measure(self.tokens[j].start, self.tokens[j + after - 1].end);
            return Some(self.read(start, j + after, figure, unit, false));
        }
        let (unit, after) = self.noun(&many(j), j);
        // "he scores goals", "several were killed"
        let verb = self.is(next, lexicon::AUXILIARY) || self.meaning(next).fate.is_some();
        let bare = magnitude == Vague::Scores && length == 1 && !(of || verb);
        let loose = matches!(magnitude, Vague::Several | Vague::Handful) && unit == Unit::Absent && !(of || verb);
        if (bare || loose) && !self.whole {
            return None;
        }
        let after = if unit == Unit::Absent { next } else { after };
        Some(self.read(start, after, figure, unit, false))
    }

    /// "tens of billions", "trillions of cells", "a few people": a magnitude that no figure has, seen and not read.
    pub(super) fn unnamed(&self, start: usize, i: usize) -> Option<Read> {
        if i > 0 && self.number_at(i - 1) && !self.whole {
            return None;
        }
        let few = self.lexicon.few.find(self.from(i));
        let ((), length) = few.or_else(|| self.lexicon.unnamed.find(self.from(i)))?;
        let mut next = i + length;
        while self.meaning(next).scale.is_some()
            || (self.is(next, lexicon::OF) && self.meaning(next + 1).scale.is_some())
        {
            next += 1;
        }
        if self.is(next, lexicon::MORE) {
            let (_, end) = self.unit(&mut many(next + 1), false);
            return Some(Read::unread(start, end.max(next + 1), ErrorKind::Relative));
        }
        let j = next + usize::from(self.is(next, lexicon::OF));
        let (unit, after) = self.noun(&many(j), j);
        let person = self.is(j, lexicon::PERSON);
        // "a few days later" is told of hardly any figure.
        let time = self.is(j, lexicon::DURATION) || self.lexicon.measures.find(self.from(j)).is_some() && !person;
        if few.is_some() && (time || !(person || unit.is_noun() || self.past_fate(next).is_some())) {
            return None;
        }
        let end = if unit.is_noun() {
            after
        } else if person {
            j + 1
        } else {
            next
        };
        Some(Read::unread(start, end, ErrorKind::OutOfRange))
    }

    /// "1000s": thousands.
    fn plural_of_digits(&self, i: usize) -> Option<(Vague, usize)> {
        let number = self.numeral(i)?.value.clone().ok()?.to_u64()?;
        let plural = self.is(i + 1, lexicon::PLURAL_END) && !self.spaced(i + 1);
        let magnitude = match number {
            100 => Vague::Hundreds,
            1_000 => Vague::Thousands,
            10_000 => Vague::TensOfThousands,
            100_000 => Vague::HundredsOfThousands,
            _ => return None,
        };
        plural.then_some((magnitude, 2))
    }

    /// A vague magnitude with the hedge before it: "at least several hundred" are 200 or more.
    fn vaguely(&self, hedge: Option<Before>, magnitude: Vague, next: usize) -> Result<Figure, Error> {
        let (low, end) = magnitude.range();
        // "dozens, if not hundreds"
        if matches!(self.lexicon.after.find(self.from(next)), Some((After::Unheld, _))) {
            return Err(Error::new(ErrorKind::UnknownHedge));
        }
        match hedge {
            None | Some(Before::About | Before::From | Before::Between | Before::Exactly) => {
                Ok(Figure::vague(magnitude))
            }
            Some(Before::AtLeast | Before::MoreThan | Before::JustOver) => Figure::new(Hedge::AtLeast(low.into())),
            Some(Before::AtMost | Before::LessThan) => Figure::new(Hedge::LessThan(end.into())),
            Some(Before::Nearly | Before::Unheld | Before::Passed) => Err(Error::new(ErrorKind::UnknownHedge)),
        }
    }

    /// "no casualties", "no one was killed", "none of the 30 passengers", "not a single person": nought.
    pub(super) fn nought(&self, i: usize) -> Option<Read> {
        let nought = || Ok(Figure::exactly(0));
        if let Some(next) = self.nobody_at(i) {
            return Some(self.read(i, next, nought(), Unit::Absent, true));
        }
        if let Some(((), length)) = self.lexicon.none.find(self.from(i)) {
            let next = i + length;
            let alone = i == 0 && self.at(next).is_none();
            let of = self.is(next, lexicon::OF) && self.is(next + 1, lexicon::THE) && {
                let counted =
                    (next + 2..next + 6).take_while(|k| self.case(*k).is_some() || self.numeral(*k).is_some());
                counted.into_iter().any(|k| self.is_plural(k) || self.numeral(k).is_some())
            };
            let fated = self.past_fate(next).is_some();
            return (alone || of || fated).then(|| self.read(i, next, nought(), Unit::Absent, true));
        }
        if let Some(((), length)) = self.lexicon.not_one.find(self.from(i)) {
            let next = i + length;
            let noun = self.case(next).is_some() && self.spaced(next) && !self.is(next, lexicon::STOP);
            let (unit, after) = if noun { self.bytes(Unit::Noun, next, next + 1) } else { (Unit::Absent, next) };
            return (noun || self.past_fate(next).is_some()).then(|| self.read(i, after, nought(), unit, true));
        }
        if !self.is(i, lexicon::NO) || !self.is(i + 1, lexicon::NOUGHT) {
            return None;
        }
        let token = self.at(i + 1)?;
        Some(self.read(i, i + 2, nought(), Unit::Noun(token.start, token.end), false))
    }

    /// "a couple of weeks"
    pub(super) fn two(&self, i: usize) -> Option<Read> {
        let ((), length) = self.lexicon.twos.find(self.from(i))?;
        if self.meaning(i + length).scale.is_some() {
            return None;
        }
        let alone = self.at(i + length).is_none() && i == 0;
        if length < 3 && !alone {
            return None;
        }
        let count = Count { value: Ok(Amount::decimal(2, 0)), ..many(i + length) };
        let (unit, next) = match self.lexicon.measures.find(self.from(i + length)) {
            Some(((), more)) => {
                let next = i + length + more;
                (Unit::Measure(self.tokens[i + length].start, self.tokens[next - 1].end), next)
            }
            None => self.noun(&count, i + length),
        };
        Some(self.read(i, next, Ok(Figure::exactly(2)), unit, false))
    }

    /// "a couple of hundred people": about 200.
    pub(super) fn couple(&self, start: usize, i: usize, hedge: Option<Before>) -> Option<Read> {
        let ((), length) = self.lexicon.twos.find(self.from(i))?;
        let mut count = self.scaled_couple(i + length)?;
        let (unit, next) = self.unit(&mut count, false);
        let unit_or_of = if unit == Unit::Absent && self.is(next, lexicon::OF) {
            count.next = next + 1;
            self.unit(&mut count, false)
        } else {
            (unit, next)
        };
        let (unit, next) = if unit_or_of.0 == Unit::Absent { (unit, next) } else { unit_or_of };
        let hedge =
            hedge.filter(|hedge| !matches!(hedge, Before::From | Before::Between | Before::Exactly | Before::Passed));
        let quantity = Quantity { count, unit, next, led: false };
        let begin = if hedge.is_some() { start } else { i };
        Some(self.single(begin, Some(hedge.unwrap_or(Before::About)), &quantity))
    }

    /// Two of the scales that begin here.
    fn scaled_couple(&self, i: usize) -> Option<Count> {
        let (mut value, mut next) = (Amount::decimal(2, 0), i);
        while let Some(scale) = self.meaning(next).scale.filter(|_| next < i + 3) {
            value = value.times(scale.factor.into())?.shifted(scale.power.into());
            next += 1;
        }
        (next > i).then(|| Count { value: Ok(value), ..many(next) })
    }
}

/// More than one of whatever stands at a token.
fn many(next: usize) -> Count {
    Count {
        value: Ok(Amount::decimal(100, 0)),
        next,
        mantissa: None,
        scale: None,
        parts: false,
        form: Form::Words,
        last: None,
    }
}
