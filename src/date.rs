//! Days of the calendar, alone and in a row, and how they are written.

use std::fmt;

use chrono::{Datelike as _, NaiveDate};

use crate::error::{Error, ErrorKind};

/// A day of the Gregorian calendar, from the year −9999 to 9999.
///
/// # Total ordering
///
/// By time.
///
/// ```
/// use testimony::Date;
///
/// # fn main() -> Result<(), testimony::Error> {
/// let day = Date::new(2025, 3, 15)?;
/// assert_eq!(day.to_string(), "2025-03-15");
/// assert_eq!((day.year(), day.month(), day.day()), (2025, 3, 15));
/// let no_leap_year = Date::new(2025, 2, 29).unwrap_err();
/// assert_eq!(no_leap_year.to_string(), "\"2025-02-29\" names a date that does not exist");
/// assert_eq!(Date::new(10_000, 1, 1).unwrap_err().to_string(), "\"10000-01-01\" has a year outside −9999 to 9999");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    pub(crate) year: i16,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

impl Date {
    /// The day of this year, month (1 to 12) and day of the month.
    ///
    /// # Errors
    ///
    /// Refuses a day that does not exist, and a year outside −9999 to 9999.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, Error> {
        Self::checked(year, month, day).map_err(|error| error.value(format!("{year:04}-{month:02}-{day:02}")))
    }

    /// Makes the day as [`new`](Self::new) does, with an error that names no value.
    pub(crate) fn checked(year: i32, month: u8, day: u8) -> Result<Self, Error> {
        let exists = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
        match i16::try_from(year) {
            Ok(year @ -9999..=9999) if exists => Ok(Self { year, month, day }),
            Ok(-9999..=9999) => Err(Error::new(ErrorKind::NoSuchDate)),
            _ => Err(Error::new(ErrorKind::YearOutOfRange)),
        }
    }

    /// The year, in which 0 is 1 BC.
    #[must_use]
    pub fn year(self) -> i32 {
        i32::from(self.year)
    }

    /// The month, from 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }

    /// Days since 31 December of the year 0.
    pub(crate) fn number(self) -> i32 {
        NaiveDate::from(self).num_days_from_ce()
    }

    /// The day of this number.
    fn from_number(days: i32) -> Option<Self> {
        Self::try_from(NaiveDate::from_num_days_from_ce_opt(days)?).ok()
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> Self {
        // A `Date` exists and is well inside of chrono's range.
        NaiveDate::from_ymd_opt(date.year(), u32::from(date.month), u32::from(date.day)).unwrap_or_default()
    }
}

impl TryFrom<NaiveDate> for Date {
    type Error = Error;

    fn try_from(date: NaiveDate) -> Result<Self, Error> {
        let small = |n: u32| u8::try_from(n).unwrap_or(0);
        Self::new(date.year(), small(date.month()), small(date.day()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = DateText::default();
        text.push_date(self.year, self.month, self.day);
        f.pad(text.as_ref())
    }
}

pub(crate) fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A set of days between two ends, as numbers; an open end is the least or the greatest number there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Days {
    pub(crate) first: i32,
    pub(crate) last: i32,
}

impl Days {
    /// Stands for the first of days that have no beginning.
    pub(crate) const NO_FIRST: i32 = i32::MIN;
    /// Stands for the last of days that have no end.
    pub(crate) const NO_LAST: i32 = i32::MAX;

    /// The first and the last day, where there is one.
    pub(crate) fn ends(self) -> (Option<Date>, Option<Date>) {
        (Date::from_number(self.first), Date::from_number(self.last))
    }

    pub(crate) fn is_after(self, other: Self) -> bool {
        self.first > other.last
    }

    pub(crate) fn shares_with(self, other: Self) -> bool {
        !self.is_after(other) && !other.is_after(self)
    }

    pub(crate) fn is_within(self, other: Self) -> bool {
        other.first <= self.first && self.last <= other.last
    }

    /// How many days lie from one to the next: 1 for neighbours, 0 or less if they share a day.
    pub(crate) fn days_apart(self, other: Self) -> i64 {
        let from = |later: Self, earlier: Self| i64::from(later.first) - i64::from(earlier.last);
        from(self, other).max(from(other, self))
    }
}

/// The text of a date, a period or a time: at most 35 characters, all of them ASCII. It is made on the stack and shown
/// in one piece, because dates are written by the million.
pub(crate) struct DateText {
    bytes: [u8; 35],
    length: usize,
}

impl Default for DateText {
    fn default() -> Self {
        Self { bytes: [0; 35], length: 0 }
    }
}

impl DateText {
    #[inline]
    pub(crate) fn push(&mut self, text: &[u8]) {
        let end = self.length + text.len();
        self.bytes[self.length..end].copy_from_slice(text);
        self.length = end;
    }

    /// Adds a date of a year from −9999 to 9999, without its day or its month where that is nought.
    pub(crate) fn push_date(&mut self, year: i16, month: u8, day: u8) {
        if year < 0 {
            self.push(b"-");
        }
        let year = year.unsigned_abs();
        let parts = [year / 100, year, month.into(), day.into()];
        let [[y1, y2], [y3, y4], [m1, m2], [d1, d2]] = parts.map(last_two);
        match (month, day) {
            (0, _) => self.push(&[y1, y2, y3, y4]),
            (_, 0) => self.push(&[y1, y2, y3, y4, b'-', m1, m2]),
            _ => self.push(&[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2]),
        }
    }

    /// Writes `X` over so many of the last digits.
    pub(crate) fn cross_out(&mut self, digits: usize) {
        self.bytes[self.length - digits..self.length].fill(b'X');
    }

    /// Adds a time of day.
    pub(crate) fn push_time(&mut self, hour: u8, minute: u8, second: u8) {
        let [[h1, h2], [m1, m2], [s1, s2]] = [hour, minute, second].map(|part| last_two(part.into()));
        self.push(&[b'T', h1, h2, b':', m1, m2, b':', s1, s2]);
    }
}

/// The number that two digits make.
pub(crate) fn two_digits([tens, ones]: [u8; 2]) -> Option<u8> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + (ones - b'0'))
}

/// The last two digits of a number.
#[inline]
fn last_two(number: u16) -> [u8; 2] {
    const DIGITS: &[u8; 10] = b"0123456789";
    const ALL: [[u8; 2]; 100] = {
        let mut all = [[0; 2]; 100];
        let mut number = 0;
        while number < 100 {
            all[number] = [DIGITS[number / 10], DIGITS[number % 10]];
            number += 1;
        }
        all
    };
    ALL[usize::from(number % 100)]
}

impl AsRef<str> for DateText {
    fn as_ref(&self) -> &str {
        str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}
