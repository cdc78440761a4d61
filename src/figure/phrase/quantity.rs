//! A number with its unit: a currency, a proportion, a measure, or the noun behind it.

use super::amount::Amount;
use super::count::{Count, Form, Outcome, Reader};
use super::token::{Case, TokenKind};
use crate::error::ErrorKind;
use crate::language::lexicon;

/// The unit of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Absent,
    Ratio,
    Points,
    Currency(&'static str),
    /// A measure, as said: the bytes of it.
    Measure(usize, usize),
    /// The noun behind the number, with the words before it.
    Noun(usize, usize),
}

impl Unit {
    pub(super) fn is_noun(self) -> bool {
        matches!(self, Self::Noun(..))
    }
}

/// A number with its unit.
#[derive(Clone, Debug)]
pub(super) struct Quantity {
    pub(super) count: Count,
    pub(super) unit: Unit,
    /// The token after it.
    pub(super) next: usize,
    /// Whether a sign or a word for the currency stands before the number.
    pub(super) led: bool,
}

impl Quantity {
    /// Whether a proportion was said as a percentage, and not as parts of a whole.
    pub(super) fn is_percent(&self) -> bool {
        self.next > self.count.next
    }

    /// Whether it was said as parts of a whole, and not as a percentage.
    pub(super) fn is_fraction(&self) -> bool {
        self.count.parts && self.unit == Unit::Ratio && !self.is_percent()
    }
}

/// A noun has at most so many words before it.
const NOUN_WORDS: usize = 4;

impl Reader<'_> {
    /// A currency that the tokens begin with.
    pub(super) fn currency(&self, i: usize) -> Option<(&'static str, usize)> {
        let (code, length) = self.lexicon.currencies.find(self.from(i))?;
        let said = self.said(i);
        if length == 1 && self.case(i).is_some() && self.case(i) != Some(Case::Upper) && said.len() <= 3 {
            // Most codes are also words, or parts of them.
            if !self.lexicon.small_currencies.contains(&said.to_ascii_lowercase().as_str()) {
                return None;
            }
        }
        if length > 1 && said.len() == 1 && said != "c" && (self.case(i) == Some(Case::Lower) || self.spaced(i + 1)) {
            return None;
        }
        Some((code, i + length))
    }

    /// A currency in front of a number: its code, the power of ten in front of the code, and where the number is.
    fn leading_currency(&self, i: usize) -> Option<(&'static str, i64, usize)> {
        // "Euro 2016" is a tournament.
        let named = self.case(i) == Some(Case::Title) && self.said(i).len() > 3;
        if let Some((code, j)) = self.currency(i).filter(|_| !named) {
            return Some((code, 0, j));
        }
        let (code, power) = self.millions_of(i)?;
        Some((code, power, i + 1))
    }

    /// "MEUR": millions of a currency.
    fn millions_of(&self, i: usize) -> Option<(&'static str, i64)> {
        let said = self.said(i);
        if self.case(i) != Some(Case::Upper) || said.len() != 4 || !said.is_ascii() {
            return None;
        }
        let power = if said.starts_with('M') { 6 } else { return None };
        let mut token = self.at(i)?.clone();
        token.word = self.lexicon.id(&said[1..]);
        let (code, _) = self.lexicon.currencies.find(&[token])?;
        Some((code, power))
    }

    /// A number with its unit, if one begins here.
    pub(super) fn quantity(&self, i: usize) -> Outcome<Quantity> {
        let minus = self.is_sign(i, &['-', '−']) && !self.spaced(i + 1);
        let lead = self.leading_currency(if minus { i + 1 } else { i });
        let (start, power) = lead.map_or((i, 0), |(_, power, j)| (j, power));
        let mut count = match self.count(start) {
            Outcome::Found(count) => count,
            Outcome::Pass(next) => return Outcome::Pass(next),
            Outcome::Nothing => return Outcome::Nothing,
        };
        if lead.is_some() && minus {
            count.value = count.value.map(Amount::negated);
        }
        count.value = count.value.map(|value| value.shifted(power));
        if lead.is_none()
            && let Some(proportion) = self.proportion(i, &count)
        {
            return Outcome::Found(proportion);
        }
        let (unit, next) = if let Some((code, ..)) = lead {
            self.after_currency(code, count.next, &mut count, true, i == 0)
        } else {
            count.next = self.past_repeated(&count);
            self.unit(&mut count, i == 0)
        };
        Outcome::Found(Quantity { count, unit, next, led: lead.is_some() })
    }

    /// "one out of three", "one in five", and where nothing else is said, "1 over three".
    fn proportion(&self, start: usize, count: &Count) -> Option<Quantity> {
        if count.parts || count.scale.is_some() {
            return None;
        }
        let many = count.value.clone().ok()?;
        let out_of = self.lexicon.out_of.find(self.from(count.next)).map(|((), length)| count.next + length);
        let over = (self.is_first(start) && self.is(count.next, lexicon::OVER)).then_some(count.next + 1);
        let one = many.to_u64() == Some(1);
        let in_ = self.is(count.next, lexicon::IN);
        let one_in = (in_ || self.is(count.next, lexicon::PER)).then_some(count.next + 1);
        let j = out_of.or(over).or(one_in)?;
        let j = j + usize::from(self.is(j, lexicon::EVERY));
        let Outcome::Found(of) = self.count(j) else { return None };
        let whole = of.value.clone().ok()?.to_u64().filter(|whole| *whole > 1 && !of.parts)?;
        let mut digits = whole;
        while digits % 10 == 0 {
            digits /= 10;
        }
        let round = digits <= 10;
        let proper = many.is_below(Amount::decimal(whole.into(), 0));
        let usual = match (over, out_of) {
            (Some(_), _) => self.at(of.next).is_none(),
            (_, Some(_)) => proper,
            // "killed 2 in 3 attacks" are two figures.
            _ => round && proper && (one || !in_ || (of.form == count.form && !self.is_done_to(start))),
        };
        // "one in five years" is no proportion of the years.
        if !usual || (one_in.is_some() && self.is(of.next, lexicon::DURATION)) {
            return None;
        }
        let value = many.over(whole).ok_or(ErrorKind::OutOfRange);
        let count =
            Count { value, next: of.next, mantissa: None, scale: None, parts: true, form: Form::Words, last: None };
        let unit = if proper { Unit::Ratio } else { Unit::Absent };
        Some(Quantity { next: count.next, count, unit, led: false })
    }

    /// Whether a verb before the number has it for its object: "scored 2 in 3 games".
    fn is_done_to(&self, start: usize) -> bool {
        start.checked_sub(1).is_some_and(|k| self.meaning(k).met.is_some() || self.is_past(k))
    }

    /// Takes all that may follow a currency: millions, its name again, and cents.
    fn after_currency(&self, code: &'static str, i: usize, count: &mut Count, led: bool, first: bool) -> (Unit, usize) {
        let mut next = i;
        if let Some(scale) = self.meaning(next).scale.filter(|_| !led && count.scale.is_none()) {
            let (factor, power) = (u64::from(scale.factor), i64::from(scale.power));
            let value =
                count.value.clone().ok().and_then(|value| value.times(factor)).map(|value| value.shifted(power));
            count.value = value.ok_or(ErrorKind::OutOfRange);
            next += 1;
        }
        if led
            && self.case(next).is_some()
            && let Some((_, after)) = self.currency(next)
        {
            // "$10 dollars", but not "$10 CAD": another currency is not the name of this one.
            if self.currency(next).is_some_and(|(again, _)| again == code) {
                next = after;
            }
        }
        if let Some((cents, after)) = self.cents(next, count, led, first) {
            let hundredths = Amount::decimal(cents.into(), -2);
            if let Some(sum) = count.value.clone().ok().and_then(|value| value.plus(hundredths)) {
                count.value = Ok(sum);
                next = after;
            }
        }
        (Unit::Currency(code), next)
    }

    /// "and forty-five cents", "45 cents", "fifty": hundredths of the currency before them.
    fn cents(&self, i: usize, count: &Count, led: bool, first: bool) -> Option<(u64, usize)> {
        let whole = count.value.clone().ok()?.to_u64().is_some() && count.scale.is_none_or(|(_, power)| power < 6);
        let and = self.is(i, lexicon::AND);
        let j = i + usize::from(and);
        // No sign and no currency of its own.
        if !whole || self.case(j).is_none() && self.numeral(j).is_none() {
            return None;
        }
        let Outcome::Found(more) = self.count(j) else { return None };
        let cents = more.value.ok()?.to_u64().filter(|cents| (1..100).contains(cents) && !more.parts)?;
        if self.is(more.next, lexicon::MINOR) {
            return Some((cents, more.next + 1));
        }
        let ends = self.at(more.next).is_none() || self.is_sign(more.next, &['.', ',', ';', ')', '!', '?']);
        let more_of_it = self.is(more.next, lexicon::MORE) && !and;
        let alone = first && self.at(more.next).is_none();
        let bare = alone || (!and && !led && (ends || more_of_it));
        (bare && !self.is_sign(i, &[','])).then_some((cents, more.next))
    }

    /// Past the same number again in brackets: "forty-five (45)".
    fn past_repeated(&self, count: &Count) -> usize {
        if !self.is_sign(count.next, &['(']) {
            return count.next;
        }
        match self.count(count.next + 1) {
            Outcome::Found(again) if again.value == count.value && self.is_sign(again.next, &[')']) => again.next + 1,
            _ => count.next,
        }
    }

    /// "a dollar", "an hour": one of it, which a figure is only with a hedge, or where nothing else is said.
    pub(super) fn one_unit(&self, i: usize, hedged: bool) -> Option<Quantity> {
        if !self.is(i, lexicon::ARTICLE) || self.case(i + 1) == Some(Case::Upper) {
            return None;
        }
        let mut count = Count {
            value: Ok(Amount::decimal(1, 0)),
            next: i + 1,
            mantissa: None,
            scale: None,
            parts: false,
            form: Form::Words,
            last: Some(0),
        };
        let (unit, next) = if let Some((code, next)) = self.currency(i + 1).filter(|_| self.case(i + 1).is_some()) {
            self.after_currency(code, next, &mut count, false, i == 0)
        } else {
            let next = self.measure_at(i + 1)?;
            self.bytes(Unit::Measure, i + 1, next)
        };
        let (half, after) = self.and_a_half(&mut count, i + 1, next);
        let alone = i == 0 && self.at(after).is_none();
        (hedged || alone || half).then_some(Quantity { count, unit, next: after, led: false })
    }

    /// The unit behind a number, and the token after it.
    pub(super) fn unit(&self, count: &mut Count, first: bool) -> (Unit, usize) {
        let i = count.next;
        // "half a percent", "a quarter of one percentage point"
        let mut k = i;
        if count.parts {
            k += usize::from(self.is(k, lexicon::OF));
            k += usize::from(
                self.is(k, lexicon::ARTICLE) || self.at(k).is_some_and(|token| self.lexicon.is_one(token.word)),
            );
        }
        if let Some(((), length)) = self.lexicon.points.find(self.from(k)) {
            return (Unit::Points, k + length);
        }
        if let Some(((), length)) = self.lexicon.percent.find(self.from(k)) {
            return (Unit::Ratio, k + length);
        }
        let dashed = self.hyphen(i) && !self.spaced(i) && !self.spaced(i + 1);
        let j = i + usize::from(dashed);
        if let Some((code, power)) = self.millions_of(j) {
            count.value = count.value.clone().map(|value| value.shifted(power));
            return (Unit::Currency(code), j + 1);
        }
        if let Some((code, next)) = self.currency(j) {
            // "20 $30 notes": the sign belongs to what follows.
            let leads = self.case(j).is_none() && self.spaced(j) && !self.spaced(next) && self.numeral(next).is_some();
            if !leads {
                return self.after_currency(code, next, count, false, first);
            }
        }
        if let Some((code, length)) = self.lexicon.large_currencies.find(self.from(j)) {
            let hundred = Amount::decimal(100, 0);
            if count.value.clone().is_ok_and(|value| !value.is_below(hundred)) {
                return (Unit::Currency(code), j + length);
            }
        }
        if self.is(j, lexicon::MINOR) && (self.said(j).len() > 1 || !self.spaced(j)) {
            return self.bytes(Unit::Measure, j, j + 1);
        }
        let (unit, next) = self.measure(count, i, j);
        if let Unit::Measure(..) = unit {
            return (unit, self.and_a_half(count, j, next).1);
        }
        (unit, next)
    }

    /// The token after a measure of more than one letter.
    pub(super) fn measure_at(&self, i: usize) -> Option<usize> {
        let ((), length) = self.lexicon.measures.find(self.from(i))?;
        (self.said(i).len() > 1).then_some(i + length)
    }

    /// Adds the "and a half" of "an hour and a half", if it is there; and gives the token to go on with.
    fn and_a_half(&self, count: &mut Count, unit: usize, next: usize) -> (bool, usize) {
        let none = (false, next);
        let Ok(value) = count.value.clone() else { return none };
        let one = value.to_u64() == Some(1);
        if count.parts || !(one || self.is(unit, lexicon::DURATION)) || !self.is(next, lexicon::AND) {
            return none;
        }
        let Some((part, after, form)) = self.parts(next + 1) else { return none };
        let usual = self.meaning(after - 1).part.is_some_and(|(parts, _)| matches!(parts, 2 | 4));
        let ends = self.at(after).is_none() || self.is_sign(after, &['.', ',', ';', ')', '!', '?']);
        let article = self.is(next + 1, lexicon::ARTICLE);
        // "a year and a quarter of the next"
        let of_another = self.is(after, lexicon::OF) && (self.is(after + 1, lexicon::STOP) || !article);
        if form == Form::Digits || !usual || !(article || ends) || of_another {
            return none;
        }
        let Some(sum) = value.plus(part) else { return none };
        count.value = Ok(sum);
        (true, after)
    }

    pub(super) fn bytes(&self, unit: fn(usize, usize) -> Unit, from: usize, to: usize) -> (Unit, usize) {
        let start = self.at(from).map_or(0, |token| token.start);
        let end = self.at(to.saturating_sub(1)).map_or(start, |token| token.end);
        (unit(start, end), to)
    }

    fn measure(&self, count: &Count, i: usize, j: usize) -> (Unit, usize) {
        // "half an hour", "three-quarters of a mile"
        let past = self.past_article(i);
        let k = if count.parts && past > i { self.past_hyphen(past) } else { j };
        // "a quarter of a point"; "at one point" counts none.
        if count.parts && self.is(k, lexicon::POINT) {
            return self.bytes(Unit::Measure, k, k + 1);
        }
        if let Some(((), length)) = self.lexicon.measures.find(self.from(k)) {
            let said = self.said(k);
            let is_letter = length == 1 && said.len() == 1;
            let capital = is_letter && self.case(k) != Some(Case::Lower) && self.sign(k).is_none();
            let article_only = k > j && is_letter;
            if !capital && !article_only {
                let (unit, next) = self.bytes(Unit::Measure, k, k + length);
                return (unit, self.past_hyphenated(next));
            }
        }
        if j > i {
            // "four-game suspension"
            let word = self.case(j) == Some(Case::Lower)
                && self.meaning(j).cardinal.is_none()
                && !self.is(j, lexicon::STOP)
                && !self.is(j, lexicon::ORDINAL);
            let other = self.is(j, lexicon::NO_UNIT) || self.meaning(j).part.is_some();
            let word = word && !self.is(j, lexicon::NOT_COUNTED);
            if word && !other && self.said(j).len() > 1 {
                let (unit, next) = self.bytes(Unit::Measure, j, j + 1);
                return (unit, self.past_hyphenated(next));
            }
            if !count.parts {
                return (Unit::Absent, i);
            }
        }
        if count.parts {
            let proper = count.value.clone().is_ok_and(|value| value.is_below(Amount::decimal(1, 0)));
            return (if proper { Unit::Ratio } else { Unit::Absent }, i);
        }
        self.noun(count, i)
    }

    /// Past "-old", "-a-share" and the like, behind a unit written with a hyphen.
    fn past_hyphenated(&self, i: usize) -> usize {
        let mut j = i;
        for _ in 0..3 {
            if self.hyphen(j) && !self.spaced(j) && !self.spaced(j + 1) && self.case(j + 1) == Some(Case::Lower) {
                j += 2;
            }
        }
        j
    }

    /// Whether the word ends as verbs do of what was done.
    pub(super) fn is_past(&self, i: usize) -> bool {
        self.lexicon.past_ends.iter().any(|end| self.said(i).ends_with(end))
    }

    /// Whether the word names many of something.
    pub(super) fn is_plural(&self, i: usize) -> bool {
        let said = self.said(i);
        let ends = said.ends_with('s') && !self.lexicon.no_plural_ends.iter().any(|end| said.ends_with(end));
        self.is(i, lexicon::PLURAL)
            || (self.case(i) == Some(Case::Lower) && ends && said.len() > 3)
            // "NGOs", "SUVs"
            || said.strip_suffix('s').is_some_and(|name| name.len() > 1 && name.chars().all(char::is_uppercase))
    }

    /// The words up to the plural noun that the number counts; nothing if there is none close by.
    pub(super) fn noun(&self, count: &Count, i: usize) -> (Unit, usize) {
        let absent = (Unit::Absent, i);
        let one = count.value.clone().is_ok_and(|value| value.to_u64() == Some(1));
        if one {
            // "one man acquitted"
            let ends = self.case(i + 1).is_none() || self.is(i + 1, lexicon::STOP) || self.is_past(i + 1);
            let stops = self.is(i, lexicon::STOP) || self.meaning(i).cardinal.is_some();
            let noun = self.case(i) == Some(Case::Lower) && self.spaced(i) && !stops && ends;
            return if noun && self.said(i).len() > 2 { self.bytes(Unit::Noun, i, i + 1) } else { absent };
        }
        // "a magnitude 8.3 earthquake strikes": what is counted is whole.
        let broken = count.scale.is_none() && count.value.clone().is_ok_and(|value| !value.is_whole());
        if broken {
            return absent;
        }
        // "20 other people" are people, and so are "20 dead people".
        let i = i + usize::from(self.is(i, lexicon::OTHER));
        let behind = i + usize::from(self.meaning(i).fate.is_some() && self.case(i + 1).is_some());
        let noun = behind > i && self.spaced(behind) && !self.is(behind, lexicon::STOP) && self.is_plural(behind);
        let i = if noun { behind } else { i };
        let mut last = None;
        let mut j = i;
        for _ in 0..NOUN_WORDS {
            let hyphens = j > i && self.hyphen(j) && !self.spaced(j) && !self.spaced(j + 1);
            let k = j + usize::from(hyphens);
            let stops = self.is(k, lexicon::STOP) || self.meaning(k).cardinal.is_some() || self.is(k, lexicon::MONTH);
            let joined = hyphens || self.spaced(k);
            if self.case(k).is_none() || stops || !joined || self.lexicon.after.find(self.from(k)).is_some() {
                break;
            }
            j = k + 1;
            if self.is_plural(k) {
                last = Some(j);
            } else if last.is_some() {
                break;
            }
        }
        // In capitals only what a newspaper writes so: "11,000 Icelanders".
        if last.is_none() && self.case(i) == Some(Case::Title) {
            let said = self.said(i);
            let alone = self.case(i + 1) != Some(Case::Title);
            if said.ends_with('s') && !said.ends_with("ss") && alone && self.spaced(i) && !self.is(i, lexicon::MONTH) {
                last = Some(i + 1);
            }
        }
        last.map_or(absent, |last| self.bytes(Unit::Noun, i, last))
    }

    /// Whether the text of a number is written as digits and nothing else: it could be a year, a date or a name.
    pub(super) fn bare_digits(&self, quantity: &Quantity, i: usize) -> Option<u64> {
        let numeral = self.numeral(i)?;
        let bare = numeral.plain && quantity.count.form == Form::Digits && quantity.count.scale.is_none();
        let alone = bare && !quantity.count.parts && quantity.count.next == i + 1;
        numeral.value.clone().ok()?.to_u64().filter(|_| alone)
    }

    /// Whether something with a figure in it is written against the token before it.
    pub(super) fn is_attached(&self, i: usize) -> bool {
        if i == 0 || self.spaced(i) {
            return false;
        }
        match self.tokens[i - 1].kind {
            TokenKind::Word(_) | TokenKind::Opaque | TokenKind::Numeral(_) | TokenKind::Fraction(..) => true,
            TokenKind::Sign(c) => {
                let joins = matches!(
                    c,
                    '-' | '‐' | '‑' | '–' | '/' | '.' | '_' | '&' | '^' | '\'' | '’' | '=' | '*' | '+' | '\\'
                );
                joins
                    && !self.spaced(i - 1)
                    && i >= 2
                    && matches!(self.tokens[i - 2].kind, TokenKind::Word(_) | TokenKind::Opaque | TokenKind::Numeral(_))
            }
        }
    }
}
