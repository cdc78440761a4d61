//! Numbers in digits, in words of Chinese origin, or in both, which count in ten thousands.

use super::number::Count;
use super::scan::Scan;
use crate::error::ErrorKind;
use crate::figure::phrase::amount::Amount;
use crate::figure::phrase::token::{Survey, TokenKind, Tokens};
use crate::language::english;
use crate::language::korean as words;

/// A number is read no further than so many digits and powers of ten: no number that can be held has more.
const TERMS: usize = 24;

/// Digits, and the power of ten up to a thousand behind them; one of them may be missing.
struct Term {
    digits: Option<Result<Amount, ErrorKind>>,
    /// How many of the digits stand behind the point.
    places: i64,
    /// Whether its digits are written as digits, and not as words.
    numeral: bool,
    power: Option<u8>,
    end: usize,
}

/// The terms that were read, added up.
struct Sum {
    start: usize,
    at: usize,
    total: Amount,
    /// The part that the next ten thousand, or power of it, multiplies.
    section: Amount,
    /// The power of ten that the next one has to be below, of all and in this section; `None` if there was none.
    below: Option<u8>,
    below_here: Option<u8>,
    numerals: bool,
    rounds: bool,
    /// The numbers on the way.
    counts: Vec<Count>,
}

impl Scan<'_> {
    /// The numbers that can be read from here, the shortest first: "4천3백21", "1만 1,000", "이십일조".
    pub(super) fn sino(&self, start: usize) -> Option<Vec<Count>> {
        let nought = Amount::decimal(0, 0);
        let mut sum = Sum {
            start,
            at: start,
            total: nought,
            section: nought,
            below: None,
            below_here: None,
            numerals: false,
            rounds: false,
            counts: Vec::new(),
        };
        for _ in 0..TERMS {
            if self.add(&mut sum).is_none() {
                break;
            }
        }
        (!sum.counts.is_empty()).then_some(sum.counts)
    }

    /// Adds the next term to those before it, if it goes on from them.
    fn add(&self, sum: &mut Sum) -> Option<()> {
        let first = sum.counts.is_empty();
        let next = if first { sum.at } else { self.past_space(sum.at) };
        let term = self.term(next, sum)?;
        let power = term.power.unwrap_or(0);
        let value = match term.digits.clone() {
            None => Amount::decimal(1, 0),
            Some(Ok(value)) => value,
            Some(Err(kind)) => {
                sum.counts.push(Count { value: Err(kind), ..Count::new(sum.total, term.end) });
                return None;
            }
        };
        sum.numerals |= term.numeral;
        // "만 명" is ten thousand.
        let myriad_alone = term.digits.is_none() && term.power.is_none();
        if myriad_alone {
            (sum.section, sum.at) = (value, next);
        } else {
            sum.section = sum.section.plus(value.shifted(power.into()))?;
            (sum.at, sum.below_here) = (term.end, Some(power));
            sum.rounds |= power >= 3;
            let step = if power >= 3 { i64::from(power) } else { 0 } - term.places;
            sum.counts.push(self.sum_so_far(sum, sum.total.plus(sum.section)?, step));
        }
        let myriad = self.add_myriad(sum, power, term.places)?;
        if first && let Some(last) = sum.counts.last_mut() {
            let scale = power + myriad;
            last.scaled = (scale > 0).then_some((scale, value));
            let digits = self.text[sum.start..sum.at].bytes().all(|byte| byte.is_ascii_digit());
            last.plain = term.numeral && scale == 0 && digits;
        }
        // Digits without a power of ten end a number.
        (sum.below_here != Some(0)).then_some(())
    }

    /// The term that begins here, if it can follow those before it.
    fn term(&self, next: usize, sum: &Sum) -> Option<Term> {
        let first = sum.counts.is_empty();
        let mut term = Term { digits: None, places: 0, numeral: false, power: None, end: next };
        if let Some((value, places, end)) = self.digits(next) {
            term = Term { digits: Some(value), places, numeral: true, end, ..term };
        } else if let Some((digit, end)) = self.longest(next, &words::DIGITS) {
            // "3천 이상", "백이 넘는", "백이다": the syllable begins the next word.
            if !first && self.goes_on(sum.at, next) {
                return None;
            }
            term = Term { digits: Some(Ok(Amount::decimal(digit.into(), 0))), end, ..term };
        }
        if let Some((power, end)) = self.longest(term.end, &words::TENS) {
            term = Term { power: Some(power), end, ..term };
        }
        if term.digits.is_none() && term.power.is_none() {
            return (first && self.rest(next).starts_with('만')).then_some(term);
        }
        let Some(below) = sum.below_here else { return Some(term) };
        let smaller = match &term.digits {
            Some(Ok(value)) => value.shifted(term.power.unwrap_or(0).into()).is_below(Amount::decimal(1, below.into())),
            _ => true,
        };
        (smaller && term.power.is_none_or(|power| power < below)).then_some(term)
    }

    /// Multiplies the section by the power of ten thousand behind it, if there is one, and gives that.
    fn add_myriad(&self, sum: &mut Sum, power: u8, places: i64) -> Option<u8> {
        let at = self.past_space(sum.at);
        let Some((myriad, end)) = self.longest(at, &words::MYRIADS) else { return Some(0) };
        let joined = at == sum.at || self.ends_word(end) || self.unit(end, &Count::vague(end)).is_some();
        if !joined || sum.below.is_some_and(|below| myriad >= below) {
            return Some(0);
        }
        sum.total = sum.total.plus(sum.section.shifted(myriad.into()))?;
        (sum.section, sum.at) = (Amount::decimal(0, 0), end);
        (sum.below, sum.below_here, sum.rounds) = (Some(myriad), Some(myriad), true);
        sum.counts.push(self.sum_so_far(sum, sum.total, i64::from(power + myriad) - places));
        Some(myriad)
    }

    fn sum_so_far(&self, sum: &Sum, value: Amount, step: i64) -> Count {
        let words = !sum.numerals;
        let single = words && self.text[sum.start..sum.at].chars().count() == 1;
        let digit = single && self.longest(sum.start, &words::DIGITS).is_some();
        let long = words && self.is_long(sum.start, sum.at);
        Count { words, single, digit, long, rounds: sum.rounds, step, ..Count::new(value, sum.at) }
    }

    /// Whether a number in words is so long that it is no other word: three syllables, none of which may be the end of
    /// another number, a particle or "day".
    fn is_long(&self, start: usize, end: usize) -> bool {
        let said = &self.text[start..end];
        let only = said.ends_with('만') && self.rest(end).starts_with(['에', '의']);
        let digit = self.longest(end, &words::DIGITS).is_some() && self.past(end, &words::COPULA).is_none();
        let loose = said.ends_with(['일', '이']) || only || digit;
        said.chars().count() >= 3 && said.chars().all(|c| matches!(c, '가'..='힣')) && !loose
    }

    /// "영점 오", "삼점일사": the places behind a point in words.
    pub(super) fn places_in_words(&self, whole: &Count) -> Option<Count> {
        let Ok(value) = whole.value.clone() else { return None };
        let at = self.past(whole.end, &words::POINT).filter(|_| whole.words)?;
        let (mut end, mut digits, mut places) = (at, 0_i128, 0_i64);
        while let Some((digit, next)) = self.longest(end, &words::PLACES).filter(|_| places < 17) {
            if places > 0 && self.past(end, &words::COPULA).is_some() {
                break;
            }
            (end, digits, places) = (next, digits * 10 + i128::from(digit), places + 1);
        }
        let value = value.plus(Amount::decimal(digits, -places))?;
        (places > 0).then(|| Count { words: true, long: true, step: -places, ..Count::new(value, end) })
    }

    /// Whether a hedge or a form of "to be" follows a number, and no digit.
    fn goes_on(&self, at: usize, next: usize) -> bool {
        let hedge = self.hedge_behind(at).or_else(|| self.hedge_behind(next));
        hedge.is_some() || self.past(at, &words::COPULA).is_some()
    }

    /// Digits with what groups them, how many stand behind the point, and where they end.
    pub(super) fn digits(&self, at: usize) -> Option<(Result<Amount, ErrorKind>, i64, usize)> {
        if !self.rest(at).starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return None;
        }
        // The numeral alone shows no notation of the text.
        let token =
            Tokens { survey: Survey::Done(None), ..Tokens::new(self.rest(at), english(), self.style) }.next()?;
        let TokenKind::Numeral(numeral) = token.kind else { return None };
        let places = i64::try_from(numeral.places).unwrap_or_default();
        Some((numeral.value, places, at + token.end))
    }
}
