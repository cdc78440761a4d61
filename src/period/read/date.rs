//! One date in words or in numbers.

use super::reader::{DayOrder, Reader, WEEKDAYS, abbreviated, not_a_period};
use super::token::{DASH, Token};
use super::written::{Slice, Written, share};
use crate::error::{Error, ErrorKind};
use crate::period::stamp::{Doubt, Unspecified};
use crate::period::words::MONTHS;

impl Reader<'_> {
    pub(super) fn date(&mut self) -> Result<Written, Error> {
        let doubt = self.doubt();
        let weekday = self.name(&WEEKDAYS);
        if weekday.is_some() {
            self.mark(',');
        }
        self.word(&["the"]);
        let written = self.unspecified().or_else(|| self.slice()).unwrap_or_else(|| self.whole())?;
        if written.day.is_some() && written.year.is_some() {
            self.time_of_day()?;
        }
        Ok(Written { doubt, weekday, ..written })
    }

    fn doubt(&mut self) -> Option<Doubt> {
        let perhaps = self.word(&["perhaps", "possibly", "maybe"]);
        let short = self.word(&["c", "ca"]);
        if short {
            self.mark('.');
        }
        let about = short || self.word(&["about", "around", "approximately", "roughly", "circa"]);
        match (perhaps, about) {
            (true, true) => Some(Doubt::Both),
            (true, false) => Some(Doubt::Uncertain),
            (false, true) => Some(Doubt::Approximate),
            (false, false) => None,
        }
    }

    /// Reads what [`Period::in_words`] gives for unspecified digits.
    fn unspecified(&mut self) -> Option<Result<Written, Error>> {
        if self.words(&["some", "year", "from"]) {
            return Some(self.some_year());
        }
        let month = self.words(&["some", "month", "of"]);
        if !month && !self.words(&["some", "day", "of"]) {
            return None;
        }
        Some(self.whole().and_then(|written| {
            let unspecified = match (month, written.month, written.day) {
                (true, None, None) => Unspecified::Month,
                (false, None, None) => Unspecified::MonthAndDay,
                (false, Some(_), None) => Unspecified::Day,
                _ => return Err(not_a_period()),
            };
            Ok(Written { unspecified: Some(unspecified), ..written })
        }))
    }

    fn some_year(&mut self) -> Result<Written, Error> {
        let (from, to) = (self.year()?, if self.word(&["to"]) { self.year()? } else { return Err(not_a_period()) });
        // The digits count from the year 0, and so backwards before it.
        let year = if to < 0 { to } else { from };
        let unspecified = match (to - from, year % 100, year % 10) {
            (9, _, 0) => Unspecified::YearOfDecade,
            (99, 0, _) => Unspecified::YearOfCentury,
            _ => return Err(not_a_period()),
        };
        Ok(Written { year: Some(year), unspecified: Some(unspecified), ..Written::default() })
    }

    /// Reads a part of a month, of a year or of a decade, if one is named.
    fn slice(&mut self) -> Option<Result<Written, Error>> {
        let before = self.rest;
        let slice = self.named_slice();
        if slice.is_none() {
            self.rest = before;
            return None;
        }
        if !self.word(&["of", "in"]) {
            // "mid-March", "Q1, 2025"
            let _ = self.mark('-') || self.mark(DASH) || self.mark(',');
        }
        self.word(&["the"]);
        Some(self.whole().and_then(|written| {
            let fits = match slice {
                Some(Slice::Quarter(_)) => written.month.is_none() && !written.decade,
                Some(Slice::Half(_)) => !written.decade,
                _ => true,
            };
            if !fits || written.day.is_some() {
                return Err(not_a_period());
            }
            Ok(Written { slice, ..written })
        }))
    }

    fn named_slice(&mut self) -> Option<Slice> {
        if let Some(third) = self.name_of(&["early", "mid", "late"]) {
            return Some(Slice::Third(third + 1));
        }
        if let Some(number) = self.name_of(&["first", "second", "third", "fourth"]) {
            return self.named_share(number + 1, &["half"], &["quarter"]);
        }
        if let [Token::Word(kind), Token::Digits(number), ..] | [Token::Digits(number), Token::Word(kind), ..] =
            self.rest
            && let Ok(number) = number.parse()
        {
            let ordinal = matches!(kind.as_str(), "st" | "nd" | "rd" | "th");
            if ordinal || matches!(kind.as_str(), "h" | "q") {
                self.rest = &self.rest[if ordinal { 2 } else { 0 }..];
                if ordinal {
                    return self.named_share(number, &["half"], &["quarter"]);
                }
                let slice = share(number, kind == "h");
                self.rest = &self.rest[2..];
                return slice;
            }
        }
        None
    }

    fn named_share(&mut self, number: u8, half: &[&str], quarter: &[&str]) -> Option<Slice> {
        if self.word(half) {
            share(number, true)
        } else if self.word(quarter) {
            share(number, false)
        } else {
            None
        }
    }

    /// Reads a date without words around it, as far as it goes.
    fn whole(&mut self) -> Result<Written, Error> {
        if let Some(written) = self.in_numbers()? {
            return Ok(written);
        }
        if let Some(day) = self.day_of_month() {
            self.word(&["of"]);
            let month = self.month();
            let year = self.year_after_comma()?;
            return Ok(Written { day: Some(day), month, year, ..Written::default() });
        }
        if let Some(month) = self.month() {
            let day = self.day_of_month();
            let year = if self.word(&["of"]) { Some(self.year()?) } else { self.year_after_comma()? };
            return Ok(Written { day, month: Some(month), year, ..Written::default() });
        }
        let year = self.year()?;
        let before = self.rest;
        self.mark('\'');
        if self.word(&["s"]) {
            return match (year % 100, year % 10) {
                (0, _) => Err(Error::new(ErrorKind::Century)),
                (_, 0) => Ok(Written { year: Some(year), decade: true, ..Written::default() }),
                _ => Err(not_a_period()),
            };
        }
        self.rest = before;
        self.mark('-');
        if let [Token::Word(kind), Token::Digits(number), rest @ ..] = self.rest
            && matches!(kind.as_str(), "h" | "q")
        {
            self.rest = rest;
            let slice = number.parse().ok().and_then(|number| share(number, kind == "h")).ok_or_else(not_a_period)?;
            return Ok(Written { year: Some(year), slice: Some(slice), ..Written::default() });
        }
        self.rest = before;
        let month = self.month();
        let day = if month.is_some() { self.day_of_month() } else { None };
        Ok(Written { year: Some(year), month, day, ..Written::default() })
    }

    /// Reads a date in which the month is no word, or stands between hyphens.
    fn in_numbers(&mut self) -> Result<Option<Written>, Error> {
        let two = |part: &str| if part.len() <= 2 { part.parse::<u8>().ok() } else { None };
        let four = |part: &str| if part.len() == 4 { part.parse::<i32>().ok() } else { None };
        let full =
            |year, month, day| Written { year: Some(year), month: Some(month), day: Some(day), ..Written::default() };
        if let [
            Token::Digits(a),
            Token::Mark(mark @ ('/' | '.' | '-')),
            Token::Digits(b),
            Token::Mark(other),
            Token::Digits(c),
            rest @ ..,
        ] = self.rest
            && mark == other
            && let Some(middle) = two(b)
        {
            let written = match (four(a), two(a), two(c), four(c)) {
                (Some(year), _, Some(day), _) => full(year, middle, day),
                (_, Some(first), _, Some(year)) => match self.order {
                    Some(DayOrder::DayFirst) => full(year, middle, first),
                    Some(DayOrder::MonthFirst) => full(year, first, middle),
                    None => return Err(Error::new(ErrorKind::DayOrderUnknown)),
                },
                (_, Some(_), Some(_), _) => return Err(Error::new(ErrorKind::ShortYear)),
                _ => return Ok(None),
            };
            self.rest = rest;
            return Ok(Some(written));
        }
        if let [
            Token::Digits(day),
            Token::Mark('-'),
            Token::Word(month),
            Token::Mark('-'),
            Token::Digits(year),
            rest @ ..,
        ] = self.rest
            && let (Some(day), Some(month), Some(year)) = (two(day), abbreviated(month, &MONTHS), four(year))
        {
            self.rest = rest;
            return Ok(Some(full(year, month + 1, day)));
        }
        let (year, month, rest) = match self.rest {
            [Token::Digits(year), Token::Mark('-'), Token::Digits(month), rest @ ..]
            | [Token::Digits(month), Token::Mark('/'), Token::Digits(year), rest @ ..] => (year, month, rest),
            [Token::Digits(date), rest @ ..] if date.len() == 8 => {
                self.rest = rest;
                let (year, month, day) = (four(&date[..4]), two(&date[4..6]), two(&date[6..]));
                return Ok(year.zip(month).zip(day).map(|((year, month), day)| full(year, month, day)));
            }
            _ => return Ok(None),
        };
        let (Some(year), Some(month @ 1..=12)) = (four(year), two(month)) else { return Ok(None) };
        self.rest = rest;
        Ok(Some(Written { year: Some(year), month: Some(month), ..Written::default() }))
    }
}
