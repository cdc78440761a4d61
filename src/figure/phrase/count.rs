//! Numbers as they stand in a text: in digits, in words, in both, whole or broken.

use super::amount::Amount;
use super::numeral::Numeral;
use super::telling::Telling;
use super::token::{Case, Token, TokenKind};
use crate::error::ErrorKind;
use crate::language::lexicon::{self, Lexicon, Meaning, Scale};

/// A stretch of tokens, read from the front.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) lexicon: &'static Lexicon,
    /// Whether the text is one phrase, and not a text with phrases in it.
    pub(super) whole: bool,
    /// Where the first token of the text starts, in bytes.
    pub(super) first: usize,
    /// Where the figure before the tokens to be read ends, in bytes.
    pub(super) last: usize,
    /// Whether a letter behind digits stands for millions or billions, as it does of money.
    pub(super) money: bool,
    /// The change that the words before tell of.
    pub(super) telling: Telling,
}

/// A number that was read.
#[derive(Clone, Debug)]
pub(super) struct Count {
    pub(super) value: Result<Amount, ErrorKind>,
    /// The token after it.
    pub(super) next: usize,
    /// The value without "thousand", "bn" and the like; `scale` has those.
    pub(super) mantissa: Option<Amount>,
    pub(super) scale: Option<(u64, i64)>,
    /// Whether it is written as parts of a whole: "a third", "3/4".
    pub(super) parts: bool,
    /// The power of ten of the last digit that is written, or would be if the words were digits: 5 of "4.7 million".
    pub(super) last: Option<i64>,
    /// How it would have to be followed to be a figure in running text.
    pub(super) form: Form,
}

impl Count {
    /// Whether a scale word of thousands or more, or a letter for one, shows that it is rounded.
    pub(super) fn is_scaled(&self) -> bool {
        self.scale.is_some_and(|(factor, power)| factor == 1 && power >= 3)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Digits,
    Words,
    /// "half", "a third": a part named without how many.
    Part,
}

/// The find at a place in the text.
#[derive(Clone, Debug)]
pub(super) enum Outcome<T> {
    Found(T),
    /// Something with numbers in it that is no figure: an ordinal, a date. Go on after it.
    Pass(usize),
    Nothing,
}

/// A number in words is read no further than so many groups of words: no number that can be held has more.
const GROUPS: usize = 16;

struct Group {
    value: u64,
    next: usize,
    /// The tens that end it, as in "one hundred thirty".
    tens: u64,
    hundreds: u64,
}

impl<'t> Reader<'t> {
    pub(super) fn at(&self, i: usize) -> Option<&'t Token> {
        self.tokens.get(i)
    }

    pub(super) fn from(&self, i: usize) -> &'t [Token] {
        self.tokens.get(i..).unwrap_or_default()
    }

    /// The meaning of the word at a token by itself; that of an unknown word where no word stands.
    pub(super) fn meaning(&self, i: usize) -> &'static Meaning {
        self.lexicon.meaning(self.at(i).map_or(0, |token| token.word))
    }

    pub(super) fn is(&self, i: usize, flag: u64) -> bool {
        self.meaning(i).is(flag)
    }

    pub(super) fn said(&self, i: usize) -> &'t str {
        self.at(i).and_then(|token| self.text.get(token.start..token.end)).unwrap_or_default()
    }

    pub(super) fn spaced(&self, i: usize) -> bool {
        self.at(i).is_none_or(|token| token.spaced)
    }

    pub(super) fn sign(&self, i: usize) -> Option<char> {
        if let TokenKind::Sign(c) = self.at(i)?.kind { Some(c) } else { None }
    }

    pub(super) fn is_sign(&self, i: usize, signs: &[char]) -> bool {
        self.sign(i).is_some_and(|c| signs.contains(&c))
    }

    pub(super) fn hyphen(&self, i: usize) -> bool {
        self.is_sign(i, &['-', '‐', '‑'])
    }

    pub(super) fn case(&self, i: usize) -> Option<Case> {
        if let TokenKind::Word(case) = self.at(i)?.kind { Some(case) } else { None }
    }

    pub(super) fn numeral(&self, i: usize) -> Option<&'t Numeral> {
        if let TokenKind::Numeral(numeral) = &self.at(i)?.kind { Some(numeral) } else { None }
    }

    /// The token after a hyphen, if there is one, or the one given.
    pub(super) fn past_hyphen(&self, i: usize) -> usize {
        if self.hyphen(i) { i + 1 } else { i }
    }

    /// A number below a hundred in words.
    fn small(&self, i: usize) -> Option<Group> {
        let value = self.meaning(i).cardinal?;
        let mut group = Group { value: value.into(), next: i + 1, tens: 0, hundreds: 0 };
        if value >= 20 {
            group.tens = group.value;
            let j = self.past_hyphen(i + 1);
            if let Some(unit @ 1..=9) = self.meaning(j).cardinal {
                group = Group { value: group.value + u64::from(unit), next: j + 1, ..group };
                group.tens = 0;
            }
        }
        Some(group)
    }

    fn hundred(&self, i: usize) -> Option<usize> {
        let j = self.past_hyphen(i);
        (self.meaning(j).scale == Some(Scale { factor: 1, power: 2 })).then_some(j + 1)
    }

    /// A number below a thousand in words, or some hundreds below a hundred.
    fn group(&self, i: usize) -> Option<Group> {
        let first = if self.is(i, lexicon::ARTICLE) {
            self.scale(i + 1)?;
            Group { value: 1, next: i + 1, tens: 0, hundreds: 0 }
        } else if self.hundred(i).is_some() && !self.hyphen(i) && self.scale(i + 1).is_some() {
            // "hundred thousand"
            Group { value: 1, next: i, tens: 0, hundreds: 0 }
        } else {
            self.small(i)?
        };
        let Some(next) = self.hundred(first.next) else {
            // "one twenty-two" is 122, where nothing else is said.
            if self.whole_or_first(i)
                && (1..10).contains(&first.value)
                && let Some(rest) = self.small(first.next).filter(|rest| rest.value >= 20 && rest.tens == 0)
            {
                return Some(Group { value: first.value * 100 + rest.value, ..rest });
            }
            return Some(first);
        };
        let hundreds = first.value * 100;
        let and = self.is(next, lexicon::AND);
        let j = next + usize::from(and);
        if let Some(rest) = self.small(j)
            && self.hundred(rest.next).is_none()
            && !(and && self.part(self.past_hyphen(rest.next)).is_some())
        {
            return Some(Group { value: hundreds + rest.value, next: rest.next, tens: rest.tens, hundreds });
        }
        Some(Group { value: hundreds, next, tens: 0, hundreds: 0 })
    }

    fn whole_or_first(&self, i: usize) -> bool {
        self.whole || self.is_first(i)
    }

    /// Whether nothing stands before the token.
    pub(super) fn is_first(&self, i: usize) -> bool {
        self.at(i).is_some_and(|token| token.start <= self.first)
    }

    /// A word that multiplies the number before it, and the token after that word.
    fn scale(&self, i: usize) -> Option<(Scale, usize)> {
        let j = if self.hyphen(i) && !self.spaced(i) { i + 1 } else { i };
        Some((self.meaning(j).scale?, j + 1))
    }

    /// A letter that multiplies the digits before it: after a currency, and before what is counted.
    fn suffix(&self, i: usize) -> Option<(Scale, usize)> {
        let power = self.meaning(i).suffix?;
        let said = self.said(i);
        let found = Some((Scale { factor: 1, power }, i + 1));
        let money = self.money
            || (i >= 2 && self.currency(i - 2).is_some_and(|(_, next)| next == i - 1))
            || self.currency(i + 1).is_some_and(|_| self.case(i + 1).is_some() || self.sign(i + 1).is_some());
        let square = self.is_sign(i + 1, &['²', '³']);
        // Only a letter may also be a unit or part of a name; "mm" is a length, and millions of money.
        let is_letter = said.len() == 1 || said.eq_ignore_ascii_case("mm") || said.eq_ignore_ascii_case("mil");
        if self.spaced(i) {
            // Spaced letters are more often metres and grams.
            let letter = matches!(said, "k" | "K" | "m" | "M" | "b" | "B" | "t" | "T") && money;
            let thousands = matches!(said, "k" | "K") && self.is_after_thousands(i + 1);
            return found.filter(|_| letter || thousands || !is_letter);
        }
        let joined = self.hyphen(i + 1) && self.case(i + 2).is_some();
        // "$3m-$4m" and "a $3m-a-year post", but "a $5m-long wall" is none of either.
        let goes_on = money || self.number_at(i + 2) || self.lexicon.after.find(self.from(i + 1)).is_some();
        if joined && !goes_on {
            return None;
        }
        if money {
            return found.filter(|_| !(said == "g" || said == "t" && square));
        }
        if !is_letter {
            return found;
        }
        let behind = self.lexicon.after.find(self.from(i + 1)).map_or(i + 1, |(_, length)| i + 1 + length);
        match said {
            "k" | "K" => found.filter(|_| self.is_after_thousands(behind)),
            "m" | "M" | "b" | "B" if !square => found.filter(|_| self.is_counted_in_millions(behind)),
            _ => None,
        }
    }

    /// Whether what follows a "k" lets it be thousands: "10k people", but not "a 10k run" or "4K television".
    fn is_after_thousands(&self, i: usize) -> bool {
        self.case(i).is_none()
            || !self.spaced(i)
            || self.is(i, lexicon::STOP)
            || self.is(i, lexicon::AND)
            || self.meaning(i).fate.is_some()
            || (i..i + 3)
                .take_while(|k| self.case(*k).is_some() && !self.is(*k, lexicon::STOP))
                .any(|k| self.is_plural(k))
    }

    /// Whether what follows an "m" or "b" is counted in millions, so that the letter is no unit.
    fn is_counted_in_millions(&self, i: usize) -> bool {
        (i..i + 3).take_while(|k| self.case(*k).is_some() && self.spaced(*k)).any(|k| {
            let said = self.said(k);
            self.is(k, lexicon::COUNTED)
                || (self.case(k) != Some(Case::Upper) && self.lexicon.people.iter().any(|end| said.ends_with(end)))
        })
    }

    /// The name of a part: into how many, whether in the plural, and the token after it.
    fn part(&self, i: usize) -> Option<(u64, bool, usize)> {
        let meaning = self.meaning(i);
        if let Some((parts, plural)) = meaning.part {
            return Some((parts, plural, i + 1));
        }
        let first = u64::from(meaning.cardinal?);
        let j = self.past_hyphen(i + 1);
        // "ten-thousandths"
        if matches!(first, 1 | 10)
            && let Some((power, plural)) = self.meaning(j).part.filter(|(parts, _)| *parts >= 100)
        {
            return Some((first * power, plural, j + 1));
        }
        // "hundred-fifths", "twenty-firsts"
        let (rest, j) = match self.hundred(i + 1) {
            Some(next) if first < 10 => (first * 100, self.past_hyphen(next)),
            _ if first >= 20 => (first, j),
            _ => return None,
        };
        let (unit, plural) = self.meaning(j).ordinal?;
        Some((rest + u64::from(unit), plural, j + 1))
    }

    /// Parts of a whole: "a third", "two-thirds", "half", "1/2", "½".
    pub(super) fn parts(&self, i: usize) -> Option<(Amount, usize, Form)> {
        if let TokenKind::Fraction(numerator, denominator) = self.at(i)?.kind {
            return Some((Amount::fraction(numerator.into(), denominator.into()), i + 1, Form::Digits));
        }
        if let Some(found) = self.slashed(i) {
            return Some(found);
        }
        if self.is(i, lexicon::HALF) {
            let (parts, _, next) = self.part(i)?;
            return Some((Amount::fraction(1, parts), next, Form::Part));
        }
        if self.is(i, lexicon::ARTICLE) {
            let (parts, plural, next) = self.part(self.past_hyphen(i + 1))?;
            return (!plural && parts > 1).then(|| (Amount::fraction(1, parts), next, Form::Part));
        }
        let group = self.small(i)?;
        let j = self.past_hyphen(group.next);
        let (parts, plural, next) = self.part(j)?;
        let joined = j > group.next && !self.spaced(group.next);
        // "three quarter hours"
        let measured = parts == 4 && group.value < parts && self.measure_at(next).is_some();
        (group.tens == 0 && (plural == (group.value != 1) || joined || measured))
            .then(|| (Amount::fraction(group.value, parts), next, Form::Words))
    }

    /// "3/4": only parts that are usual, for "9/11" is a date.
    fn slashed(&self, i: usize) -> Option<(Amount, usize, Form)> {
        let (numerator, denominator) = (self.numeral(i)?, self.numeral(i + 2)?);
        if !(self.is_sign(i + 1, &['/', '⁄', '∕']) && numerator.plain && denominator.plain) {
            return None;
        }
        let (value, parts) = (numerator.value.clone().ok()?, denominator.value.clone().ok()?.to_u64()?);
        let usual = matches!(parts, 2..=10 | 12 | 16 | 20 | 25 | 32 | 64 | 100 | 1000 | 10_000);
        // No day of a month has such a number.
        let no_date = self.whole && (parts > 31 || (parts > 12 && value.to_u64().is_some_and(|n| n > 12)));
        let usual = usual || no_date;
        let tight = !self.spaced(i + 1) && !self.spaced(i + 2);
        let ends = !self.is_sign(i + 3, &['/']) || self.spaced(i + 3);
        let proper = value.to_u64().is_some_and(|n| n > 0 && n < parts);
        (usual && tight && ends && proper).then_some((value.over(parts)?, i + 3, Form::Digits))
    }

    /// "point seventy-one", "point nought four": the places behind a point in words.
    fn places(&self, i: usize) -> Option<(Amount, usize)> {
        if !self.is(i, lexicon::POINT) {
            return None;
        }
        let mut j = i + 1;
        if let Some(numeral) = self.numeral(j) {
            let places = i64::try_from(numeral.digits).ok()?;
            return numeral.plain.then_some((numeral.value.clone().ok()?.shifted(-places), j + 1));
        }
        let (mut digits, mut places) = (0u64, 0i64);
        while let Some(group) = self.small(j).filter(|_| places < 17) {
            let width = if group.value < 10 { 1 } else { 2 };
            digits = digits * 10u64.pow(width) + group.value;
            (places, j) = (places + i64::from(width), group.next);
        }
        (places > 0).then(|| (Amount::decimal(digits.into(), -places), j))
    }

    /// A whole number or a decimal, in digits, words or both, with what multiplies it.
    fn cardinal(&self, i: usize) -> Option<(Count, u64)> {
        let mut count = self.chunk(i)?;
        let tens = count.1;
        for _ in 0..GROUPS {
            let Some(scale) = count.0.scale else { break };
            let Ok(total) = count.0.value.clone() else { break };
            let Some((more, next)) = self.further(count.0.next, scale) else { break };
            let Some(sum) = total.plus(more.value.clone().ok()?) else { break };
            let (scale, last) = (more.scale, more.last);
            count = (Count { value: Ok(sum), next, scale, last, mantissa: None, ..count.0 }, 0);
        }
        Some((count.0, tens))
    }

    /// The smaller number in words that goes on from one with that scale, with "and", a comma or nothing between.
    fn further(&self, i: usize, scale: (u64, i64)) -> Option<(Count, usize)> {
        let and = self.is(i, lexicon::AND);
        let comma = self.is_sign(i, &[',']);
        let (more, _) = self.chunk(i + usize::from(and || comma))?;
        let unit = Amount::decimal(scale.0.into(), scale.1);
        let value = more.value.clone().ok()?;
        if !value.is_below(unit) || value.negated().is_below(value) == value.is_below(value.negated()) {
            return None;
        }
        let digits = more.form == Form::Digits;
        let fits = match (and, comma, digits) {
            (true, _, true) => more.scale.is_none() && value.is_below(Amount::decimal(100, 0)) && scale.1 <= 3,
            (true, _, false) => {
                value.is_below(Amount::decimal(1000, 0)) && self.part(self.past_hyphen(more.next)).is_none()
            }
            (_, true, true) => false,
            (_, true, false) => more.value.clone().ok()?.is_below(unit),
            (_, _, true) => more.scale.is_some(),
            (_, _, false) => true,
        };
        // "three hundred" goes no further by itself: what follows it was already read with it.
        (fits && (and || scale != (1, 2))).then(|| (more.clone(), more.next))
    }

    /// One number and the scales behind it.
    fn chunk(&self, i: usize) -> Option<(Count, u64)> {
        let (mut value, mut next, form, mut tens, mut hundreds) = if let Some(numeral) = self.numeral(i) {
            (numeral.value.clone(), i + 1, Form::Digits, 0, 0)
        } else {
            let group = self.group(i)?;
            (Ok(Amount::decimal(group.value.into(), 0)), group.next, Form::Words, group.tens, group.hundreds)
        };
        let mut places_said = 0;
        if let Some((places, after)) = self.places(next) {
            places_said = places.last_digit().unwrap_or(0).min(0);
            value = value.and_then(|value| value.plus(places).ok_or(ErrorKind::TooPrecise));
            (next, tens, hundreds) = (after, 0, 0);
        }
        // The last digit is that of the number in digits: "three hundred thousand" is 300 thousand.
        let written = self.numeral(i).map_or(0, |numeral| numeral.last);
        let mut last = Some(written.min(places_said));
        let hundred = form == Form::Words && self.hundred(next.saturating_sub(1)).is_some();
        let mut scale = hundred.then_some((1, 2));
        let suffix = if form == Form::Digits { self.suffix(next) } else { None };
        let mut found = suffix.or_else(|| self.scale(next));
        let hundreds_alone = hundred && found.is_none();
        let mantissa = value.clone().ok().map(|value| value.shifted(if hundreds_alone { -2 } else { 0 }));
        for _ in 0..4 {
            let Some((Scale { factor, power }, after)) = found else { break };
            let (factor, power) = (u64::from(factor), i64::from(power));
            value = value.and_then(|value| {
                // "three hundred and two dozen" is three hundred, and two dozen.
                let base = if factor > 1 && hundreds > 0 {
                    Amount::decimal(hundreds.into(), 0)
                } else {
                    Amount::decimal(0, 0)
                };
                let many = value.minus(base).and_then(|value| value.times(factor));
                many.and_then(|value| value.shifted(power).plus(base)).ok_or(ErrorKind::OutOfRange)
            });
            let (by, to) = scale.filter(|_| !hundred).unwrap_or((1, 0));
            scale = Some((by * factor, to + power));
            last = last.filter(|_| factor == 1).map(|last| last + power);
            (next, tens) = (after, 0);
            found = self.scale(next);
        }
        Some((Count { value, next, mantissa, scale, parts: false, form, last }, tens))
    }

    /// "of a million", "a million", "million" behind parts: half a million, three quarters of a million.
    fn scale_of_parts(&self, i: usize) -> Option<(Scale, usize)> {
        self.scale(self.past_article(i))
    }

    /// Past "a", "of a" and "-a-" behind parts, if one of them is there.
    pub(super) fn past_article(&self, i: usize) -> usize {
        let joins = self.is(i, lexicon::OF) || (self.hyphen(i) && !self.spaced(i) && !self.spaced(i + 1));
        let j = i + usize::from(joins);
        if self.is(j, lexicon::ARTICLE) { j + 1 } else { i }
    }

    /// Any number, with its sign. `bare` parts ("quarter million") are read as well.
    pub(super) fn count(&self, i: usize) -> Outcome<Count> {
        let minus = self.is_sign(i, &['-', '−']) || (self.is(i, lexicon::NEGATIVE) && self.spaced(i + 1));
        if minus {
            let word = self.case(i).is_some();
            let alone = self.whole_or_first(i);
            let follows = if word { true } else { !self.spaced(i + 1) || alone };
            if !follows {
                return Outcome::Nothing;
            }
            return match self.unsigned(i + 1) {
                Outcome::Found(count) => Outcome::Found(Count {
                    value: count.value.map(Amount::negated),
                    mantissa: count.mantissa.map(Amount::negated),
                    ..count
                }),
                other => other,
            };
        }
        let plus = self.is_sign(i, &['+']) && !self.spaced(i + 1);
        self.unsigned(i + usize::from(plus))
    }

    fn unsigned(&self, i: usize) -> Outcome<Count> {
        let broken = |value, next, form| Count {
            value: Ok(value),
            next,
            mantissa: None,
            scale: None,
            parts: true,
            form,
            last: None,
        };
        let scaled = |value: Amount, next, (scale, after): (Scale, usize)| {
            let last = value.last_digit().map(|last| last + i64::from(scale.power)).filter(|_| scale.factor == 1);
            let value = value.times(scale.factor.into()).map(|value| value.shifted(scale.power.into()));
            let scale = Some((u64::from(scale.factor), i64::from(scale.power)));
            let value = value.ok_or(ErrorKind::OutOfRange);
            debug_assert!(after > next);
            Count { value, next: after, mantissa: None, scale, parts: false, form: Form::Words, last }
        };
        let bare_quarter = || {
            let (parts, plural, next) = self.part(i)?;
            let scale = self.scale(next)?;
            (!plural && parts == 4).then(|| (Amount::fraction(1, parts), next, scale))
        };
        if let Some((value, next, scale)) = bare_quarter() {
            return Outcome::Found(scaled(value, next, scale));
        }
        if let Some((value, next, form)) = self.parts(i) {
            // "the one hundredth victim"
            let hundredth = self.meaning(next - 1).part.is_some_and(|(parts, plural)| !plural && parts >= 100);
            let joined = next >= 2 && self.hyphen(next - 2);
            if hundredth && !self.whole && !joined && form == Form::Words && !self.is(next, lexicon::OF) {
                return Outcome::Pass(next);
            }
            if let Some(scale) = self.scale_of_parts(next) {
                return Outcome::Found(scaled(value, next, scale));
            }
            return Outcome::Found(broken(value, next, form));
        }
        let Some((count, tens)) = self.cardinal(i) else { return Outcome::Nothing };
        let Ok(value) = count.value.clone() else { return Outcome::Found(count) };
        if let Some(broken) = self.broken(i, &count, value, tens) {
            return broken;
        }
        if self.is_ordinal(&count) {
            return Outcome::Pass(self.past_hyphen(count.next) + 1);
        }
        Outcome::Found(self.mixed(count, value))
    }

    /// A count that goes on as the name of a part, or as an ordinal: "one hundred thirty fifths", "twenty-first".
    fn broken(&self, i: usize, count: &Count, value: Amount, tens: u64) -> Option<Outcome<Count>> {
        if count.form == Form::Digits {
            return None;
        }
        let j = self.past_hyphen(count.next);
        let found = |value: Option<Amount>, next| {
            let value = value.ok_or(ErrorKind::OutOfRange);
            let count = Count { value, next, mantissa: None, scale: None, parts: true, form: Form::Words, last: None };
            Some(Outcome::Found(count))
        };
        if tens > 0
            && let Some((unit, plural)) = self.meaning(j).ordinal
        {
            let rest = value.minus(Amount::decimal(tens.into(), 0))?;
            if plural && rest.to_u64() != Some(0) {
                return found(rest.over(tens + u64::from(unit)), j + 1);
            }
            return if plural { found(value.over(unit.into()), j + 1) } else { Some(Outcome::Pass(j + 1)) };
        }
        let (parts, plural, next) = self.part(j)?;
        let article = self.is(i, lexicon::ARTICLE);
        // "the one hundredth victim" is a rank, "one hundredth of a second" a part.
        let rank = parts >= 100 && !self.whole && !plural && j == count.next && !self.is(next, lexicon::OF);
        if rank {
            return Some(Outcome::Pass(next));
        }
        if plural || (value.to_u64() == Some(1) && !article) {
            return found(value.over(parts), next);
        }
        None
    }

    /// Whether an ordinal goes on from the number before it: "21st", "one hundred and first".
    fn is_ordinal(&self, count: &Count) -> bool {
        let i = count.next;
        let suffix = self.is(i, lexicon::ORDINAL_END) && !self.spaced(i);
        let hyphen = self.hyphen(i) && !self.spaced(i);
        // "one and third" are two.
        let and = self.is(i, lexicon::AND) && count.form == Form::Words && count.scale.is_some();
        // "two hundredth", "twenty fifth"
        let spaced = count.form == Form::Words
            && self.is(i, lexicon::ORDINAL)
            && self.meaning(i).part.is_some_and(|(parts, plural)| !plural && parts >= 100);
        suffix || spaced || ((hyphen || and) && self.is(i + 1, lexicon::ORDINAL))
    }

    /// Adds the parts behind a whole number: "two and a half", "2 1/2", "a million and a half".
    fn mixed(&self, count: Count, value: Amount) -> Count {
        // "one-and-a-half"
        let joined = self.past_hyphen(count.next);
        let joined = if self.is(joined, lexicon::AND) { joined } else { count.next };
        let and = self.is(joined, lexicon::AND);
        let digits = count.form == Form::Digits && count.scale.is_none();
        let j = if and { self.past_hyphen(joined + 1) } else { joined };
        let Some((more, next, form)) = self.parts(j) else { return count };
        if !(and || (digits && form == Form::Digits)) {
            return count;
        }
        let own = self.scale_of_parts(next);
        let (factor, power) = match (own, count.scale) {
            (Some((scale, _)), _) => (u64::from(scale.factor), i64::from(scale.power)),
            (None, Some((_, 2)) | None) => (1, 0),
            (None, Some(scale)) => scale,
        };
        // "two and a half million" multiplies both.
        let both = own.is_some() && count.scale.is_none();
        let next = own.map_or(next, |(_, after)| after);
        let many = |value: Amount| value.times(factor).map(|value| value.shifted(power));
        let base = if both { many(value) } else { Some(value) };
        let sum = base.and_then(|base| base.plus(many(more)?));
        let scale = if both { Some((factor, power)) } else { count.scale };
        let mantissa = if both { value.plus(more) } else { None };
        let last = more.last_digit().map(|last| if power == 0 { last } else { last + power }).filter(|_| factor == 1);
        Count { value: sum.ok_or(ErrorKind::TooPrecise), next, mantissa, scale, last, ..count }
    }
}
