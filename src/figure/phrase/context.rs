//! Numbers that count nothing: dates, times, years, names, scores and telephone numbers.

use super::count::{Form, Reader};
use super::quantity::{Quantity, Unit};
use super::token::{Case, TokenKind};
use crate::language::{Before, lexicon};

impl Reader<'_> {
    /// Something with a number in it that is no figure, hedge or none: where to go on.
    pub(super) fn no_figure(&self, i: usize, hedged: bool, quantity: &Quantity) -> Option<usize> {
        let next = quantity.count.next;
        if self.is_date(i, quantity) || self.is_clock(quantity) {
            return Some(next);
        }
        if quantity.led {
            return None;
        }
        // The point of "c.1,000" is the hedge's.
        let abbreviated = hedged && self.is_sign(i - 1, &['.']);
        if !self.whole && self.is_attached(i) && !abbreviated {
            return Some(next);
        }
        if let Some(next) = self.past_name_of_size(quantity) {
            return Some(next);
        }
        // "1980s", "747s"; "11a", "3-D"
        if self.numeral(next.saturating_sub(1)).is_some() && !self.spaced(next) && quantity.next == next {
            let plural = |k: usize| self.is(k, lexicon::PLURAL_END);
            let decade = plural(next) || (self.is_sign(next, &['\'', '’']) && plural(next + 1));
            let name = matches!(self.at(next)?.kind, TokenKind::Opaque)
                || (self.case(next).is_some() && self.lexicon.after.find(self.from(next)).is_none() && !self.whole);
            if self.is_sign(next, &['^']) && !self.whole {
                let signs = (next + 1..next + 3).take_while(|k| self.is_sign(*k, &['-', '+', '−'])).count();
                return Some(next + 2 + signs);
            }
            let artifact = self.is_sign(next, &['♠']) && !self.spaced(next + 1);
            if decade || name || artifact {
                return Some(next + 1);
            }
            let letter = self.hyphen(next) && self.said(next + 1).len() == 1 && self.case(next + 1).is_some();
            if letter && !self.spaced(next + 1) && !self.whole {
                return Some(next + 2);
            }
            if self.is_sign(next, &['/', '∕']) && self.numeral(next + 1).is_some() && !self.spaced(next + 1) {
                return Some(self.past_chain(next));
            }
        }
        None
    }

    /// "a six-figure sum", "a two-way street": past what a number and a hyphen make the name of something.
    fn past_name_of_size(&self, quantity: &Quantity) -> Option<usize> {
        let next = quantity.count.next;
        let small = quantity.count.scale.is_none()
            && quantity.count.value.clone().is_ok_and(|n| n.to_u64().is_some_and(|n| n < 100));
        let j = self.past_hyphen(next);
        let digits = self.is(j, lexicon::DIGITS);
        let joined = j > next && !self.spaced(next) && !self.spaced(j);
        let code = digits && (joined || self.is_plural(next));
        (small && (code || joined && self.is(j, lexicon::NOT_COUNTED))).then_some(j + 1)
    }

    /// Whether a sign and more digits are written against what was read.
    pub(super) fn chained(&self, i: usize) -> bool {
        self.is_sign(i, &['-', '‐', '‑', '–', '/', '.'])
            && !self.spaced(i)
            && !self.spaced(i + 1)
            && self.numeral(i + 1).is_some()
    }

    /// Past a chain of digits such as a telephone number or a date.
    pub(super) fn past_chain(&self, i: usize) -> usize {
        let mut j = i;
        while self.chained(j) {
            j += 2;
        }
        j
    }

    /// Whether a number with a month beside it is a day.
    pub(super) fn is_date(&self, i: usize, quantity: &Quantity) -> bool {
        if quantity.led {
            return false;
        }
        let Some(day) = self.bare_digits(quantity, i) else { return false };
        let month = |k: usize| self.is(k, lexicon::MONTH) && self.case(k) != Some(Case::Lower);
        let before = i > 0 && (month(i - 1) || (i > 1 && self.is_sign(i - 1, &['.', ',']) && month(i - 2)));
        let next = quantity.count.next;
        let after = month(next) || (self.is(next, lexicon::OF) && month(next + 1));
        let later = i > 2 && self.is_sign(i - 1, &[',']) && self.numeral(i - 2).is_some() && month(i - 3);
        (day <= 31 && (before || after)) || (is_year(day) && (before || later))
    }

    pub(super) fn is_clock(&self, quantity: &Quantity) -> bool {
        let next = quantity.count.next;
        if quantity.led || quantity.count.scale.is_some() || self.lexicon.clocks.find(self.from(next)).is_none() {
            return false;
        }
        let places = next.checked_sub(1).and_then(|last| self.numeral(last)).map_or(0, |numeral| numeral.places);
        matches!(places, 0 | 2)
    }

    /// Whether two small numbers with a dash between them are the score of a game.
    pub(super) fn is_score(&self, i: usize, k: usize, a: u64, b: u64) -> bool {
        let near = |from: usize, to: usize| (from..to).any(|k| self.is(k, lexicon::SPORT));
        // "6–4, 5–7, 6–4"
        let set = |dash: usize| self.is_sign(dash, &['-', '–']) && self.numeral(dash + 1).is_some();
        let sets = i > 3 && self.is_sign(i - 1, &[',']) && set(i - 3) || self.is_sign(k + 1, &[',']) && set(k + 3);
        a < 100 && b < 100 && (sets || near(i.saturating_sub(3), i) || near(k + 1, k + 3))
    }

    /// A number without a hedge that names, orders or dates something: where to go on.
    pub(super) fn not_counted(
        &self,
        start: usize,
        i: usize,
        hedge: Option<Before>,
        quantity: &Quantity,
    ) -> Option<usize> {
        if self.whole {
            return None;
        }
        let next = quantity.count.next;
        let firm = hedge.is_some_and(|hedge| !matches!(hedge, Before::Between | Before::From));
        let weak = matches!(hedge, Some(Before::About));
        let known = !matches!(quantity.unit, Unit::Absent | Unit::Noun(..));
        if quantity.is_fraction() {
            return (!self.is_proportion(i, firm, quantity)).then_some(next);
        }
        if known {
            return self.is_named_in_words(i, quantity).then_some(next);
        }
        let digits = self.bare_digits(quantity, i);
        if digits.is_some_and(is_year) && (!firm || weak) && self.is_a_year(i, quantity) {
            return Some(next);
        }
        // "over one of the towns" is above it.
        let place = i == start + 1 && matches!(hedge, Some(Before::MoreThan | Before::LessThan | Before::About));
        if place && self.lexicon.is_one(self.at(i)?.word) && self.is(next, lexicon::OF) {
            return Some(next);
        }
        if firm {
            return None;
        }
        let first = start.min(i);
        if quantity.count.form == Form::Digits && self.numeral(i).is_some_and(|n| n.plain && n.digits > 15) {
            return Some(next);
        }
        if self.lexicon.is_one(self.at(i)?.word) && next == i + 1 {
            let noun = self.case(next).is_some();
            let before = i > 0 && self.is(i - 1, lexicon::BEFORE_ONE);
            let alone = i == 0 && self.at(next).is_none();
            if before || (!alone && (!noun || self.is(next, lexicon::AFTER_ONE))) {
                return Some(next);
            }
        }
        (digits.is_some() || self.numeral(i).is_none())
            .then(|| self.is_name(first, i, quantity).then_some(next))
            .flatten()
    }

    /// Whether parts of a whole are meant: "half" and "a third" are said of many things.
    fn is_proportion(&self, i: usize, hedged: bool, quantity: &Quantity) -> bool {
        if quantity.count.form != Form::Part {
            return true;
        }
        let next = quantity.count.next;
        let of = self.is(next, lexicon::OF);
        let ends = self.at(next).is_none() || self.is_sign(next, &['.', ',', ';', ')', '!', '?']);
        let article = self.is(i, lexicon::ARTICLE);
        let determined = self.is(next, lexicon::THE);
        let ordinal = i > 0 && self.is(i - 1, lexicon::ORDINAL | lexicon::RANKED);
        hedged
            || self.lexicon.after.find(self.from(next)).is_some()
            || (of && !ordinal)
            || (ends && article)
            || (determined && !article && !ordinal)
            || (i == 0 && self.at(next).is_none())
    }

    /// Whether four digits are a year.
    fn is_a_year(&self, i: usize, quantity: &Quantity) -> bool {
        if quantity.unit == Unit::Absent {
            return true;
        }
        let before = i.checked_sub(1);
        before.is_some_and(|k| {
            self.is(k, lexicon::YEAR_BEFORE)
                || self.is(k, lexicon::MONTH)
                || self.is_sign(k, &[','])
                || (self.case(k) == Some(Case::Title) && !self.begins(k))
        })
    }

    /// Whether a sentence begins with the token.
    fn begins(&self, i: usize) -> bool {
        match i.checked_sub(1) {
            None => self.is_first(i),
            Some(k) if self.is_sign(k, &['"', '“', '‘', '\'']) => {
                k == 0 || self.is_sign(k - 1, &['.', '!', '?', ':', ';', ','])
            }
            Some(k) => self.is_sign(k, &['.', '!', '?', ':', ';', '(', '•', '*', '>', '|']),
        }
    }

    /// Whether a number in words and its unit are both written as names are: "the Six-Day War".
    fn is_named_in_words(&self, i: usize, quantity: &Quantity) -> bool {
        let (Unit::Measure(from, _) | Unit::Noun(from, _)) = quantity.unit else { return false };
        let capital = self.text.get(from..).is_some_and(|unit| unit.starts_with(char::is_uppercase));
        capital && self.case(i) == Some(Case::Title) && !self.begins(i)
    }

    /// Whether what begins here is numbered by the word before it: "page 5", "Boeing 737-800".
    pub(super) fn is_labelled(&self, first: usize) -> bool {
        let labelled = |back: usize| {
            first.checked_sub(back).is_some_and(|k| {
                self.lexicon.labels.find(&self.tokens[k..first]).is_some_and(|((), length)| length == back)
            })
        };
        labelled(1) || labelled(2)
    }

    /// Whether the number is part of a name: "Boeing 747", "page 5", "the Big Ten".
    fn is_name(&self, start: usize, i: usize, quantity: &Quantity) -> bool {
        let first = start.min(i);
        if self.is_labelled(first) {
            return true;
        }
        let capital = |k: usize| matches!(self.case(k), Some(Case::Title | Case::Upper));
        let next = quantity.count.next;
        if (next..next + 3).take_while(|k| capital(*k)).any(|k| k > next && self.is(k, lexicon::STREET)) {
            return true;
        }
        let Some(before) = first.checked_sub(1) else { return false };
        let in_words = self.numeral(i).is_none();
        let shouted = self.case(i) == Some(Case::Upper);
        let noun = quantity.unit.is_noun();
        if in_words {
            return self.is_named_in_words(i, quantity) || (capital(i) && !shouted && !self.begins(i) && !noun);
        }
        // "the Group of 20"
        let group = before > 0 && self.is(before, lexicon::OF) && capital(before - 1) && !self.begins(before - 1);
        if group && !noun {
            return true;
        }
        let named =
            capital(before) && !self.begins(before) && self.said(before).len() > 1 && !self.is(before, lexicon::STOP);
        named && !noun && self.spaced(first)
    }
}

/// Whether a number is one that years have.
pub(super) fn is_year(n: u64) -> bool {
    (1100..2100).contains(&n)
}
