//! Numbers in Korean: in digits, in words, and in both.

use std::ops::Range;

use super::scan::Scan;
use crate::error::{Error, ErrorKind};
use crate::figure::phrase::amount::Amount;
use crate::figure::{Figure, RATIO};
use crate::language::korean as words;
use crate::number::{Number, Rational};

/// The name of a unit, or where in the text it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Unit {
    Known(&'static str),
    Said(Range<usize>),
}

/// A number that was read.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about how the number is written")]
pub(super) struct Count {
    pub(super) value: Result<Amount, ErrorKind>,
    pub(super) end: usize,
    /// Whether it has no digits.
    pub(super) words: bool,
    /// Whether it is digits and nothing else.
    pub(super) plain: bool,
    /// Whether it is one syllable, which is a word of its own too.
    pub(super) single: bool,
    /// Whether it is one digit in words, which in a text is another word: "이 사람" is this person.
    pub(super) digit: bool,
    /// Whether it is in words, and so long that it can be no other word.
    pub(super) long: bool,
    /// Whether its form only stands before what is counted.
    pub(super) short: bool,
    /// Whether it is written as parts of a whole.
    pub(super) parts: bool,
    /// The other one of two numbers in one word.
    pub(super) pair: Option<u8>,
    /// Whether it is written with a power of ten from a thousand on.
    pub(super) rounds: bool,
    /// The power of ten of its last digit.
    pub(super) step: i64,
    /// The power of ten that multiplies its only digits, and these digits.
    pub(super) scaled: Option<(u8, Amount)>,
}

impl Count {
    pub(super) fn new(value: Amount, end: usize) -> Self {
        Self {
            value: Ok(value),
            end,
            words: false,
            plain: false,
            single: false,
            digit: false,
            long: false,
            short: false,
            parts: false,
            pair: None,
            scaled: None,
            rounds: false,
            step: 0,
        }
    }

    /// A stand-in for the number where what is counted is counted vaguely.
    pub(super) fn vague(end: usize) -> Self {
        Self { words: true, ..Self::new(Amount::decimal(0, 0), end) }
    }

    pub(super) fn to_u64(&self) -> Option<u64> {
        self.value.clone().ok()?.to_u64()
    }

    /// Whether it is less than one, in parts of a whole.
    pub(super) fn is_ratio(&self) -> bool {
        let one = Amount::decimal(1, 0);
        self.parts && self.value.clone().is_ok_and(|value| value.is_below(one) && value.negated().is_below(one))
    }

    fn is_percent(&self, unit: Option<&Unit>) -> bool {
        unit == Some(&Unit::Known(RATIO)) && !self.parts
    }

    /// The number that is meant with this unit.
    pub(super) fn number(&self, unit: Option<&Unit>) -> Result<Rational, Error> {
        let power = if self.is_percent(unit) { -2 } else { 0 };
        self.value.clone().and_then(|value| value.shifted(power).rational()).map_err(Error::new)
    }

    /// The number where nothing hedges it: rounded to its last digit if it is a percentage, parts of a whole, or
    /// written with a power of ten from a thousand on.
    pub(super) fn unhedged(&self, unit: Option<&Unit>) -> Result<Figure, Error> {
        let number = self.number(unit)?;
        let step = match (self.is_percent(unit), self.rounds) {
            (true, _) => Some(self.step - 2),
            (false, true) if self.step > 0 => Some(self.step),
            // "3만 4,567" is written out.
            (false, _) => None,
        };
        match (number.to_number(), step) {
            _ if self.is_ratio() => Ok(Figure::rounded_fraction(number)),
            (Some(number), Some(step)) => Figure::rounded(number, Number::from_parts(1, step).map_err(Error::new)?),
            _ => Ok(Figure::exactly(number)),
        }
    }

    /// "3~4천" is 3천 to 4천: takes over what multiplies the upper end.
    pub(super) fn share_scale(&mut self, high: &Self) {
        if let (Ok(value), None, Some((power, mantissa))) = (self.value.clone(), self.scaled, high.scaled)
            && power > 0
            && value.is_below(mantissa)
        {
            self.value = Ok(value.shifted(power.into()));
        }
    }
}

/// The most digits and spaces before the slash in parts of a whole.
const LONGEST_PARTS: usize = 40;

impl Scan<'_> {
    pub(super) fn count(&self, at: usize) -> Option<Count> {
        self.counts(at)?.pop()
    }

    /// The numbers that can be read from here, the shortest first: a syllable may be a digit or begin the next word.
    pub(super) fn counts(&self, at: usize) -> Option<Vec<Count>> {
        let minus = if self.rest(at).starts_with(['-', '−']) {
            Some(at + self.rest(at).chars().next().map_or(0, char::len_utf8))
        } else {
            self.past(at, &words::NEGATIVE)
        };
        let mut counts = self.unsigned(minus.map_or(at, |end| self.past_space(end)))?;
        if minus.is_some() {
            for count in &mut counts {
                count.value = count.value.clone().map(Amount::negated);
                // "음수이다": the syllable is a particle.
                let spaced = !self.is_hangul(at) || minus != Some(self.past_space(minus.unwrap_or(at)));
                count.words = false;
                (count.single, count.digit) = (count.single && !spaced, count.digit && !spaced);
            }
        }
        Some(counts)
    }

    fn unsigned(&self, at: usize) -> Option<Vec<Count>> {
        if let Some(end) = self.past(at, &words::HALF) {
            let count = Count { parts: true, words: true, ..Count::new(Amount::fraction(1, 2), end) };
            // "반" alone is a school class too, and much else; "주민의 반이" is half of them.
            let said = &self.text[at..end];
            let of = at == 0 || self.text[..at].trim_end().ends_with('의');
            let alone = said == "반" && !self.whole && !of && self.hedge_behind(end).is_none();
            return (!alone && self.ends_word(end)).then(|| vec![count]);
        }
        if let Some(count) = self.slashed(at) {
            return Some(vec![count]);
        }
        let nought = || {
            let end = self.past(at, &words::NOUGHT)?;
            self.places_in_words(&Count { words: true, ..Count::new(Amount::decimal(0, 0), end) })
        };
        if let Some(count) = nought() {
            return Some(vec![count]);
        }
        let whole = self.native(at).or_else(|| self.sino(at))?;
        let mut counts = Vec::new();
        for count in whole {
            if let Some(places) = self.places_in_words(&count) {
                counts.push(places);
            }
            if let Some(parts) = self.parts(&count) {
                counts.push(parts);
            } else if let Some(mixed) = self.mixed(&count) {
                counts.push(mixed);
            } else {
                counts.push(count);
            }
        }
        counts.sort_by_key(|count| count.end);
        Some(counts)
    }

    /// "3분의 1": the number is that of the parts.
    fn parts(&self, of: &Count) -> Option<Count> {
        let at = self.past(of.end, &words::PARTS)?;
        let of = of.to_u64()?;
        let minus = self.past(at, &words::NEGATIVE).map(|end| self.past_space(end));
        let read = self.sino(minus.unwrap_or(at))?;
        // Behind the digits "만" may be no ten thousand, but "only".
        let many = read.iter().rev().find(|count| {
            let ten_thousand = self.text[..count.end].ends_with('만');
            let only = ten_thousand && count.to_u64().is_some_and(|many| many > of || many == 10_000);
            let counted = self.longest(count.end, &words::UNITS).is_some_and(|(_, end)| self.ends_word(end));
            !only && (counted || self.ends_word(count.end))
        })?;
        let value = many.value.clone().ok()?.over(of)?;
        let value = if minus.is_some() { value.negated() } else { value };
        Some(Count { parts: true, ..Count::new(value, many.end) })
    }

    /// "2와 2분의 1"
    fn mixed(&self, whole: &Count) -> Option<Count> {
        let at = self.past(whole.end, &words::AND)?;
        let parts = self.sino(at)?.iter().rev().find_map(|of| self.parts(of))?;
        let value = whole.value.clone().ok()?.plus(parts.value.clone().ok()?)?;
        Some(Count { value: Ok(value), ..parts })
    }

    /// "3/4", "2 1/4"
    fn slashed(&self, at: usize) -> Option<Count> {
        let digits = self.rest(at).bytes().take(LONGEST_PARTS).find(|byte| !matches!(byte, b'0'..=b'9' | b' '));
        if digits != Some(b'/') {
            return None;
        }
        let (first, _, end) = self.digits(at)?;
        let next = self.past_space(end);
        let (whole, many, end) = if next > end {
            let (many, _, end) = self.digits(next)?;
            (first.ok()?, many.ok()?, end)
        } else {
            (Amount::decimal(0, 0), first.ok()?, end)
        };
        let (of, _, end) = if self.rest(end).starts_with('/') { self.digits(end + 1)? } else { return None };
        let of = of.ok()?.to_u64().filter(|of| matches!(of, 2..=10 | 12 | 16 | 20 | 25 | 32 | 64 | 100 | 1000))?;
        let proper = many.to_u64().is_some_and(|many| many > 0 && many < of);
        let value = whole.plus(many.over(of)?)?;
        (proper && !self.rest(end).starts_with('/')).then(|| Count { parts: true, ..Count::new(value, end) })
    }

    /// A number in native words: "열두", "스물한", "서너".
    fn native(&self, at: usize) -> Option<Vec<Count>> {
        if let Some(((low, high), end)) = self.longest(at, &words::PAIRS) {
            let low = Count::new(Amount::decimal(low.into(), 0), end);
            return Some(vec![Count { words: true, short: true, pair: Some(high), ..low }]);
        }
        let tens = self.longest(at, &words::NATIVE_TENS);
        let ones = self.longest(tens.map_or(at, |(_, end)| end), &words::NATIVE_ONES);
        let end = ones.or(tens)?.1;
        let value = tens.map_or(0, |(tens, _)| tens) + ones.map_or(0, |(ones, _)| ones);
        let said = &self.text[at..end];
        let single = said.chars().count() == 1;
        let short = ["한", "두", "세", "석", "네", "넉", "스무"].iter().any(|form| said.ends_with(form));
        let count = Count::new(Amount::decimal(value.into(), 0), end);
        Some(vec![Count { words: true, single, short, ..count }])
    }
}
