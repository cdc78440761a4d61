//! A date as far as words give it.

use chrono::{Datelike as _, NaiveDate};

use super::reader::{WEEKDAYS, not_a_period};
use crate::error::{Error, ErrorKind};
use crate::period::stamp::{Doubt, Stamp, Unspecified};

/// The part of a month, a year or a decade that is meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Slice {
    Third(u8),
    Half(u8),
    Quarter(u8),
}

/// A date as far as it was written; in a span the other end may have the rest.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Written {
    pub(super) year: Option<i32>,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
    /// The year is the first of a decade that is meant.
    pub(super) decade: bool,
    pub(super) slice: Option<Slice>,
    pub(super) doubt: Option<Doubt>,
    pub(super) unspecified: Option<Unspecified>,
    pub(super) weekday: Option<u8>,
}

impl Written {
    /// The first and the last date of it, which are one where it has no parts.
    pub(super) fn stamps(self) -> Result<(Stamp, Stamp), Error> {
        let year = self.completed()?.year.unwrap_or_default();
        let months = |first, last| Ok((Stamp::new(year, Some(first), None)?, Stamp::new(year, Some(last), None)?));
        let days = |month, first, last| {
            let first = Stamp::new(year, Some(month), Some(first))?;
            let last: Stamp = match last {
                Some(last) => Stamp::new(year, Some(month), Some(last))?,
                None => Stamp::new(year, Some(month), None)?.last().into(),
            };
            Ok((first, last))
        };
        let years = |first, last| Ok((Stamp::new(year + first, None, None)?, Stamp::new(year + last, None, None)?));
        let stamps: Result<(Stamp, Stamp), Error> = match (self.slice, self.month) {
            (None, _) if self.decade => years(0, 9),
            (None, _) => Stamp::new(year, self.month, self.day).map(|stamp| (stamp, stamp)),
            (Some(Slice::Third(third)), None) if self.decade => match third {
                1 => years(0, 3),
                2 => years(4, 6),
                _ => years(7, 9),
            },
            (Some(Slice::Third(third)), None) => months(4 * third - 3, 4 * third),
            (Some(Slice::Half(half)), None) => months(6 * half - 5, 6 * half),
            (Some(Slice::Quarter(quarter)), _) => months(3 * quarter - 2, 3 * quarter),
            (Some(Slice::Third(third)), Some(month)) => days(month, 10 * third - 9, (third < 3).then_some(10 * third)),
            (Some(Slice::Half(half)), Some(month)) => days(month, 15 * half - 14, (half < 2).then_some(15)),
        };
        let (first, last) = stamps?;
        self.check_weekday(first)?;
        let marked = |stamp| Stamp { doubt: self.doubt, unspecified: self.unspecified, ..stamp };
        Ok((marked(first), marked(last)))
    }

    /// Refuses what nothing else completes.
    fn completed(self) -> Result<Self, Error> {
        match self {
            Self { year: None, .. } => Err(Error::new(ErrorKind::NoYear)),
            Self { day: Some(_), month: None, .. } => Err(not_a_period()),
            _ => Ok(self),
        }
    }

    fn check_weekday(self, day: Stamp) -> Result<(), Error> {
        let Some(weekday) = self.weekday else { return Ok(()) };
        let real = NaiveDate::from(day.first()).weekday().num_days_from_monday();
        if self.day.is_none() {
            return Err(Error::new(ErrorKind::NotAPeriod));
        }
        match WEEKDAYS.iter().zip(0..).find(|(_, number)| *number == real) {
            Some((name, _)) if u32::from(weekday) != real => Err(Error::new(ErrorKind::OtherWeekday { weekday: name })),
            _ => Ok(()),
        }
    }

    /// With the month and the year of the other end, where it has none of its own.
    pub(super) fn completed_by(self, other: Self) -> Self {
        let month = if self.day.is_some() || self.month.is_some() { self.month.or(other.month) } else { None };
        Self { year: self.year.or(other.year), month, ..self }
    }
}

/// One half or one quarter of a whole.
pub(super) fn share(number: u8, half: bool) -> Option<Slice> {
    match (number, half) {
        (1..=2, true) => Some(Slice::Half(number)),
        (1..=4, false) => Some(Slice::Quarter(number)),
        _ => None,
    }
}
