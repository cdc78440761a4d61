//! A date as far as it was written: a year, a month or a day, with what marks it as doubtful.

use crate::date::{Date, DateText, days_in_month};
use crate::error::Error;

/// How sure a date is, as EDTF marks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Doubt {
    Uncertain,
    Approximate,
    Both,
}

impl Doubt {
    fn mark(self) -> &'static str {
        match self {
            Self::Uncertain => "?",
            Self::Approximate => "~",
            Self::Both => "%",
        }
    }
}

/// The digits that are written as `X`, because nobody knows which they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Unspecified {
    /// The last digit of the year: `199X`.
    YearOfDecade,
    /// The last two digits of the year: `19XX`.
    YearOfCentury,
    /// The month: `2004-XX`.
    Month,
    /// The day: `2004-05-XX`.
    Day,
    /// The month and the day: `2004-XX-XX`.
    MonthAndDay,
}

/// A year, a month or a day, as it was written; nought stands for a month or a day that was not, or is unspecified, and
/// for the unspecified digits of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Stamp {
    pub(super) year: i16,
    pub(super) month: u8,
    pub(super) day: u8,
    pub(super) doubt: Option<Doubt>,
    pub(super) unspecified: Option<Unspecified>,
}

impl Stamp {
    pub(super) fn new(year: i32, month: Option<u8>, day: Option<u8>) -> Result<Self, Error> {
        let first = Date::checked(year, month.unwrap_or(1), day.unwrap_or(1))?;
        let (month, day) = (month.unwrap_or(0), day.unwrap_or(0));
        Ok(Self { year: first.year, month, day, doubt: None, unspecified: None })
    }

    pub(super) fn first(self) -> Date {
        let year = self.year - if self.year < 0 { self.other_years() } else { 0 };
        Date { year, month: self.month.max(1), day: self.day.max(1) }
    }

    pub(super) fn last(self) -> Date {
        let year = self.year + if self.year < 0 { 0 } else { self.other_years() };
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day == 0 { days_in_month(year.into(), month) } else { self.day };
        Date { year, month, day }
    }

    /// How many years farther from the year 0 the unspecified digits can lead.
    fn other_years(self) -> i16 {
        match self.unspecified {
            Some(Unspecified::YearOfDecade) => 9,
            Some(Unspecified::YearOfCentury) => 99,
            _ => 0,
        }
    }

    /// Whether the date is marked as uncertain or approximate, or has unspecified digits.
    pub(super) fn is_qualified(self) -> bool {
        self.doubt.is_some() || self.unspecified.is_some()
    }

    pub(super) fn write(self, text: &mut DateText) {
        text.push_date(self.year, self.month, self.day);
        match self.unspecified {
            None => {}
            Some(Unspecified::YearOfDecade) => text.cross_out(1),
            Some(Unspecified::YearOfCentury) => text.cross_out(2),
            Some(Unspecified::Month | Unspecified::Day) => text.push(b"-XX"),
            Some(Unspecified::MonthAndDay) => text.push(b"-XX-XX"),
        }
        if let Some(doubt) = self.doubt {
            text.push(doubt.mark().as_bytes());
        }
    }
}

impl From<Date> for Stamp {
    fn from(Date { year, month, day }: Date) -> Self {
        Self { year, month, day, doubt: None, unspecified: None }
    }
}
