//! Dates as Korean has them, whose order is that of the interchange format: 2025년 3월 15일.

use super::reader::{Reader, not_a_period};
use super::token::{DASH, Token};
use super::written::{Slice, Written, share};
use crate::error::{Error, ErrorKind};
use crate::period::stamp::Doubt;
use crate::period::{End, Period, Shape};

const WEEKDAYS: [&str; 7] = ["월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"];
const SHORT_WEEKDAYS: [&str; 7] = ["월", "화", "수", "목", "금", "토", "일"];

impl<'a> Reader<'a> {
    /// Whether a date in Korean begins here.
    pub(super) fn is_korean(&self) -> bool {
        matches!(self.rest, [Token::Digits(_), Token::Word(unit), ..] if ["년", "년대", "년도", "월", "일"].contains(&unit.as_str()))
    }

    /// Reads one date, or the two ends of a span: "2025년 1월부터 3월까지", "2025년 1월~3월", "2025년 3월부터".
    pub(super) fn korean_period(&mut self) -> Result<Period, Error> {
        let from = self.korean_date()?;
        if self.word(&["까지"]) {
            return Period::span(End::Open, End::At(from.stamps()?.1));
        }
        let spelled = self.word(&["부터", "에서"]);
        if spelled && self.rest.is_empty() {
            return Period::span(End::At(from.stamps()?.0), End::Open);
        }
        if spelled || self.mark('~') || self.mark(DASH) || self.mark('-') {
            let to = self.korean_date()?;
            let month = if to.day.is_some() { to.month.or(from.month) } else { to.month };
            let to = Written { year: to.year.or(from.year), month, ..to };
            if !self.word(&["까지", "사이"]) && spelled {
                return Err(not_a_period());
            }
            return Period::span(End::At(from.stamps()?.0), End::At(to.stamps()?.1));
        }
        let (first, last) = from.stamps()?;
        if first == last { Ok(Period(Shape::One(first))) } else { Period::span(End::At(first), End::At(last)) }
    }

    fn korean_date(&mut self) -> Result<Written, Error> {
        let mut written = Written::default();
        if let Some(decade) = self.numbered(&["년대"]) {
            written.year = Some(decade_of(decade)?);
            written.decade = true;
            let third = self.name_of(&["초반", "중반", "후반"]);
            return Ok(Written { slice: third.map(|third| Slice::Third(third + 1)), ..written });
        }
        if let Some(year) = self.numbered(&["년", "년도"]) {
            written.year = Some(year_of(year)?);
        }
        written.month = self.numbered(&["월"]).map(small).transpose()?;
        written.day = self.numbered(&["일"]).map(small).transpose()?;
        if written.day.is_none() {
            written.slice = self.korean_slice(written.month.is_some());
        } else {
            written.weekday = self.korean_weekday();
            if written.year.is_some() {
                self.korean_time()?;
            }
        }
        if (written.year, written.month, written.day) == (None, None, None) {
            return Err(not_a_period());
        }
        let about = self.word(&["경", "쯤"]);
        Ok(Written { doubt: about.then_some(Doubt::Approximate), ..written })
    }

    /// The digits before one of these units, if they stand here.
    fn numbered(&mut self, units: &[&str]) -> Option<&'a str> {
        let [Token::Digits(digits), Token::Word(unit), rest @ ..] = self.rest else { return None };
        if !units.contains(&unit.as_str()) {
            return None;
        }
        self.rest = rest;
        Some(digits)
    }

    /// A third of a month or the beginning of a year, a half or a quarter of a year.
    fn korean_slice(&mut self, of_month: bool) -> Option<Slice> {
        if of_month {
            let third = self.name_of(&["초순", "중순", "하순", "상순", "초"])?;
            return Some(Slice::Third(if third < 3 { third + 1 } else { 1 }));
        }
        if let Some(half) = self.name_of(&["상반기", "하반기"]) {
            return Some(Slice::Half(half + 1));
        }
        if self.word(&["초"]) {
            return Some(Slice::Third(1));
        }
        let [Token::Digits(number), Token::Word(unit), rest @ ..] = self.rest else { return None };
        let quarter = number.parse().ok().and_then(|number| share(number, false)).filter(|_| unit == "분기")?;
        self.rest = rest;
        Some(quarter)
    }

    /// "토요일", "(토)"
    fn korean_weekday(&mut self) -> Option<u8> {
        let before = self.rest;
        if self.mark('(') {
            let day = self.name_of(&SHORT_WEEKDAYS).or_else(|| self.name_of(&WEEKDAYS));
            if day.is_some() && self.mark(')') {
                return day;
            }
            self.rest = before;
            return None;
        }
        self.name_of(&WEEKDAYS)
    }

    /// Passes over a time of day: the day is the one there.
    fn korean_time(&mut self) -> Result<(), Error> {
        let half = self.word(&["오전", "오후"]);
        let Some(hour) = self.numbered(&["시"]) else {
            return if half { Err(not_a_period()) } else { self.time_of_day() };
        };
        let minute = self.numbered(&["분"]).map_or(Ok(0), small)?;
        let exists = small(hour)? <= if half { 12 } else { 24 } && minute < 60;
        if exists { Ok(()) } else { Err(not_a_period()) }
    }
}

fn small(digits: &str) -> Result<u8, Error> {
    digits.parse().map_err(|_| not_a_period())
}

fn year_of(digits: &str) -> Result<i32, Error> {
    match digits.len() {
        4 => digits.parse().map_err(|_| not_a_period()),
        2 => Err(Error::new(ErrorKind::ShortYear)),
        _ => Err(not_a_period()),
    }
}

/// The first year of ten, which is none of a hundred: those may be the ten or the hundred.
fn decade_of(digits: &str) -> Result<i32, Error> {
    let year = year_of(digits)?;
    match (year % 100, year % 10) {
        (0, _) => Err(Error::new(ErrorKind::Century)),
        (_, 0) => Ok(year),
        _ => Err(not_a_period()),
    }
}
