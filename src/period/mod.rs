//! Periods as EDTF (ISO 8601-2) writes them.

mod parse;
mod read;
mod stamp;
mod words;

use std::fmt;

use chrono::{DateTime, NaiveDate, TimeZone};

use crate::date::{Date, DateText, Days};
use crate::error::{Error, ErrorKind};
use crate::words::text_form;

pub use read::DayOrder;
use stamp::Stamp;
pub(crate) use words::MONTHS;

/// One end of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum End {
    At(Stamp),
    Open,
    Unknown,
}

impl End {
    fn stamp(self) -> Option<Stamp> {
        match self {
            Self::At(stamp) => Some(stamp),
            Self::Open | Self::Unknown => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Shape {
    One(Stamp),
    Span(End, End),
}

/// A day, a month, a year or a span of them, with an open or unknown end where it has one.
///
/// # Syntax
///
/// EDTF, level 1, as far as it names days, months, years and intervals: `2025`, `2025-03`, `2025-03-15`,
/// `2025-01-10/2025-03-20`, `../2025-03` (open), `2025-03/` (unknown, which is treated as open), `199X`, `19XX`,
/// `2004-XX`, `2004-05-XX`, `2004-XX-XX` (some year, month or day of these, and all that it may be are its days), and
/// after each date `?` (uncertain), `~` (approximate) or `%` (both). The marks are kept and shown, and do not change
/// the days. [`Display`](fmt::Display) writes the same text back. [`read`](Self::read) takes what people write as well.
///
/// # Equality
///
/// By what was written: `2025-03` and `2025-03-01/2025-03-31` are the same days, and two periods. There is no order: of
/// two that overlap neither is the earlier. Sort by [`first_day`](Self::first_day) or [`last_day`](Self::last_day).
///
/// # Errors
///
/// Refuses what is written otherwise (seasons, sets, times, `X` or a mark elsewhere than at the end of a date), a day
/// that does not exist, a year outside −9999 to 9999, a span with no date in it, and one that ends before it starts.
///
/// ```
/// use testimony::{Date, Period};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let spring: Period = "2025-03~/2025-05".parse()?;
/// assert_eq!(spring.first_day(), Some(Date::new(2025, 3, 1)?));
/// assert_eq!(spring.last_day(), Some(Date::new(2025, 5, 31)?));
/// assert_eq!(spring.to_string(), "2025-03~/2025-05");
/// assert_eq!(Period::mid_month(2025, 3)?.to_string(), "2025-03-11/2025-03-20");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period(Shape);

impl Period {
    /// One year.
    ///
    /// # Errors
    ///
    /// Refuses a year outside −9999 to 9999.
    pub fn year(year: i32) -> Result<Self, Error> {
        let stamp = Stamp::new(year, None, None).map_err(|error| error.value(format!("{year:04}")))?;
        Ok(Self(Shape::One(stamp)))
    }

    /// One month, from 1 to 12.
    ///
    /// # Errors
    ///
    /// Refuses a month that does not exist, and a year outside −9999 to 9999.
    pub fn month(year: i32, month: u8) -> Result<Self, Error> {
        let stamp = Stamp::new(year, Some(month), None);
        Ok(Self(Shape::One(stamp.map_err(|error| error.value(format!("{year:04}-{month:02}")))?)))
    }

    /// One day.
    ///
    /// # Errors
    ///
    /// Refuses a day that does not exist, and a year outside −9999 to 9999.
    pub fn day(year: i32, month: u8, day: u8) -> Result<Self, Error> {
        Ok(Self::from(Date::new(year, month, day)?))
    }

    /// The days from one to another, both included.
    ///
    /// # Errors
    ///
    /// Refuses a span that ends before it starts.
    pub fn days(first: Date, last: Date) -> Result<Self, Error> {
        Self::span(End::At(first.into()), End::At(last.into()))
    }

    /// The first to the tenth day of a month ("early March").
    ///
    /// # Errors
    ///
    /// Refuses a month that does not exist, and a year outside −9999 to 9999.
    pub fn early_month(year: i32, month: u8) -> Result<Self, Error> {
        Self::days(Date::new(year, month, 1)?, Date::new(year, month, 10)?)
    }

    /// The eleventh to the twentieth day of a month ("mid-March").
    ///
    /// # Errors
    ///
    /// Refuses a month that does not exist, and a year outside −9999 to 9999.
    pub fn mid_month(year: i32, month: u8) -> Result<Self, Error> {
        Self::days(Date::new(year, month, 11)?, Date::new(year, month, 20)?)
    }

    /// The twenty-first to the last day of a month ("late March").
    ///
    /// # Errors
    ///
    /// Refuses a month that does not exist, and a year outside −9999 to 9999.
    pub fn late_month(year: i32, month: u8) -> Result<Self, Error> {
        Self::days(Date::new(year, month, 21)?, Stamp::new(year, Some(month), None)?.last())
    }

    fn span(start: End, end: End) -> Result<Self, Error> {
        let period = Self(Shape::Span(start, end));
        let reversed = match (start.stamp(), end.stamp()) {
            (None, None) => return Err(Error::new(ErrorKind::NotAPeriod).value(period)),
            (Some(start), Some(end)) => start.first() > end.last(),
            _ => false,
        };
        if reversed {
            return Err(Error::new(ErrorKind::EndsBeforeItStarts).value(period));
        }
        Ok(period)
    }

    /// The first day; `None` if the start is open or unknown.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use testimony::Period;
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let period: Period = "2025-02/..".parse()?;
    /// assert_eq!(period.first_day().map(NaiveDate::from), NaiveDate::from_ymd_opt(2025, 2, 1));
    /// assert_eq!(period.last_day(), None);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn first_day(&self) -> Option<Date> {
        match self.0 {
            Shape::One(stamp) => Some(stamp.first()),
            Shape::Span(start, _) => start.stamp().map(Stamp::first),
        }
    }

    /// The last day; `None` if the end is open or unknown.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        match self.0 {
            Shape::One(stamp) => Some(stamp.last()),
            Shape::Span(_, end) => end.stamp().map(Stamp::last),
        }
    }

    /// Whether one of its dates is marked as uncertain or approximate, or has unspecified digits.
    ///
    /// Such a period has the days that it would have without the marks, but nobody vouches for them: two claims that
    /// clash only if it is taken at its word make a possible conflict and no certain one.
    ///
    /// ```
    /// use testimony::Period;
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// assert!("199X".parse::<Period>()?.is_qualified());
    /// assert!("2025-03~/..".parse::<Period>()?.is_qualified());
    /// assert!(!"1990/1999".parse::<Period>()?.is_qualified());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn is_qualified(&self) -> bool {
        match self.0 {
            Shape::One(stamp) => stamp.is_qualified(),
            Shape::Span(start, end) => [start, end].iter().any(|end| end.stamp().is_some_and(Stamp::is_qualified)),
        }
    }

    pub(crate) fn to_days(self) -> Days {
        let (first_day, last_day) = (self.first_day(), self.last_day());
        let first = first_day.map_or(Days::NO_FIRST, Date::number);
        // Most periods are one day.
        let last = if first_day.is_some() && first_day == last_day {
            first
        } else {
            last_day.map_or(Days::NO_LAST, Date::number)
        };
        Days { first, last }
    }
}

impl From<Date> for Period {
    fn from(date: Date) -> Self {
        Self(Shape::One(date.into()))
    }
}

impl TryFrom<NaiveDate> for Period {
    type Error = Error;

    fn try_from(date: NaiveDate) -> Result<Self, Error> {
        Date::try_from(date).map(Self::from)
    }
}

/// The day in the time zone that the time is in.
impl<Z: TimeZone> TryFrom<DateTime<Z>> for Period {
    type Error = Error;

    fn try_from(time: DateTime<Z>) -> Result<Self, Error> {
        Self::try_from(time.date_naive())
    }
}

impl Period {
    pub(crate) fn text(self) -> DateText {
        let mut text = DateText::default();
        let end = |text: &mut DateText, end| match end {
            End::At(stamp) => stamp.write(text),
            End::Open => text.push(b".."),
            End::Unknown => {}
        };
        match self.0 {
            Shape::One(stamp) => stamp.write(&mut text),
            Shape::Span(start, last) => {
                end(&mut text, start);
                text.push(b"/");
                end(&mut text, last);
            }
        }
        text
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text().as_ref())
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Period({self})")
    }
}

text_form!(Period, "a period such as \"2025-03\" or \"2025-01-10/2025-03-20\"", text);

#[cfg(test)]
mod tests {
    use chrono::Datelike as _;

    use super::*;

    #[track_caller]
    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[track_caller]
    fn bounds(text: &str) -> (String, String) {
        let end = |day: Option<Date>| day.map_or("none".to_owned(), |day| day.to_string());
        (end(period(text).first_day()), end(period(text).last_day()))
    }

    #[test]
    fn a_period_knows_its_days() {
        for (text, first, last) in [
            ("2025", "2025-01-01", "2025-12-31"),
            ("2025-02", "2025-02-01", "2025-02-28"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("1900-02", "1900-02-01", "1900-02-28"),
            ("2000-02", "2000-02-01", "2000-02-29"),
            ("2025-04", "2025-04-01", "2025-04-30"),
            ("2025-03-15", "2025-03-15", "2025-03-15"),
            ("2025-01-10/2025-03-20", "2025-01-10", "2025-03-20"),
            ("2025-03/2025-03-10", "2025-03-01", "2025-03-10"),
            ("../2025-03", "none", "2025-03-31"),
            ("/2025-03", "none", "2025-03-31"),
            ("2025-03/..", "2025-03-01", "none"),
            ("2025-03/", "2025-03-01", "none"),
            ("2025-03~", "2025-03-01", "2025-03-31"),
            ("1984?/2004%", "1984-01-01", "2004-12-31"),
            ("-0999", "-0999-01-01", "-0999-12-31"),
            ("0000", "0000-01-01", "0000-12-31"),
            ("-0004-02", "-0004-02-01", "-0004-02-29"),
            ("-9999/9999", "-9999-01-01", "9999-12-31"),
            ("199X", "1990-01-01", "1999-12-31"),
            ("19XX", "1900-01-01", "1999-12-31"),
            ("000X", "0000-01-01", "0009-12-31"),
            ("-001X", "-0019-01-01", "-0010-12-31"),
            ("-99XX", "-9999-01-01", "-9900-12-31"),
            ("2004-XX", "2004-01-01", "2004-12-31"),
            ("2004-XX-XX", "2004-01-01", "2004-12-31"),
            ("2004-02-XX", "2004-02-01", "2004-02-29"),
            ("2003-02-XX?", "2003-02-01", "2003-02-28"),
            ("199X~/20XX", "1990-01-01", "2099-12-31"),
            ("2004-05-XX/..", "2004-05-01", "none"),
        ] {
            assert_eq!(bounds(text), (first.to_owned(), last.to_owned()), "{text}");
            assert_eq!(period(text).to_string(), text);
        }
    }

    #[test]
    fn a_period_and_a_date_are_padded_as_asked() {
        assert_eq!(format!("{:>10}|{:<9}|", period("2025-03"), period("2025?")), "   2025-03|2025?    |");
        assert_eq!(format!("{:^14}", Date::new(2025, 3, 15).unwrap()), "  2025-03-15  ");
        assert_eq!(format!("{:?}", period("2025-03~/..")), "Period(2025-03~/..)");
    }

    #[test]
    fn what_names_no_days_is_refused() {
        for text in [
            "",
            "25",
            "2025-3",
            "20250315",
            "2025-03-15T09:00:00Z",
            "2X",
            "2XXX",
            "XXXX",
            "20X5",
            "199X-03",
            "199X-XX",
            "2004-X",
            "2004-0X",
            "2004-05-1X",
            "2004-XX-05",
            "199x",
            "-000X",
            "-00XX",
            "Y17E7",
            "-0000",
            "+2025",
            "202503",
            "20250315/20250320",
            "2004?-06",
            "?2004",
            "2025??",
            "../..",
            "/",
            "../",
            "/..",
            "2025/2026/2027",
            "２０２５",
            "2025-03-15 ",
            "?",
            "é",
        ] {
            assert_eq!(text.parse::<Period>().unwrap_err().kind(), &ErrorKind::NotAPeriod, "{text:?}");
        }
        for text in ["2001-21", "2001-41", "2001-21~", "2001-21/2001-22"] {
            let error = text.parse::<Period>().unwrap_err();
            let message = format!("\"{text}\" names a season or another part of a year, and not its months");
            assert_eq!(error.to_string(), message);
            assert_eq!((error.code(), error.help()), ("season", Some("write the months, such as 2025-03/2025-05")));
        }
        for text in ["[1667,1668]", "{1667,1668-12}", "[1667..1668]", "{1960,1961-12}/2000"] {
            let error = text.parse::<Period>().unwrap_err();
            assert_eq!(error.to_string(), format!("\"{text}\" is a set of dates"));
            let help = "write one claim for each, or the span from the first to the last, such as 1667/1668";
            assert_eq!((error.code(), error.help()), ("set-of-dates", Some(help)));
        }
        for text in ["10000", "-10000", "12025-02-30", "12025~", "170000-01", "2025/12025-03-15"] {
            let message = format!("\"{text}\" has a year outside −9999 to 9999");
            assert_eq!(text.parse::<Period>().unwrap_err().to_string(), message);
        }
        for (refused, message) in [
            (Period::year(10_000), "\"10000\" has a year outside −9999 to 9999"),
            (Period::month(-10_000, 13), "\"-10000-13\" has a year outside −9999 to 9999"),
            (Period::month(2025, 13), "\"2025-13\" names a date that does not exist"),
            (Period::day(2025, 13, 1), "\"2025-13-01\" names a date that does not exist"),
        ] {
            assert_eq!(refused.unwrap_err().to_string(), message);
        }
        for text in [
            "2025-13",
            "2025-00",
            "2025-20",
            "2025-42",
            "2025-21-01",
            "2025-02-30",
            "2025-02-29~",
            "2025-03-00",
            "2025-04-31/..",
            "2025-01/2025-02-30",
            "-0001-02-29",
            "2025-13-XX",
        ] {
            let error = text.parse::<Period>().unwrap_err();
            assert_eq!(error.to_string(), format!("\"{text}\" names a date that does not exist"));
            let help = "months go from 01 to 12, and days to the last of the month in that year";
            assert_eq!((error.code(), error.help()), ("no-such-date", Some(help)));
        }
        for text in ["2025-03-20/2025-03-10", "2025/2024", "2025-04/2025-03-31", "0001/-0001", "200X/199X"] {
            assert_eq!(text.parse::<Period>().unwrap_err().kind(), &ErrorKind::EndsBeforeItStarts, "{text}");
        }
    }

    #[test]
    fn a_period_in_doubt_anywhere_is_qualified() {
        for text in ["2025?", "2025-03~", "2025%/..", "../2025-03-01?", "2025/2026~", "199X", "2004-XX/", "1990/199X"] {
            assert!(period(text).is_qualified(), "{text}");
        }
        for text in ["2025", "2025-03-15", "2025/2026", "../2025", "2025/", "1990/1999"] {
            assert!(!period(text).is_qualified(), "{text}");
        }
    }

    #[test]
    fn parts_of_a_month_have_constructors() {
        assert_eq!(Period::early_month(2025, 3).unwrap(), period("2025-03-01/2025-03-10"));
        assert_eq!(Period::mid_month(2025, 3).unwrap(), period("2025-03-11/2025-03-20"));
        assert_eq!(Period::late_month(2025, 2).unwrap(), period("2025-02-21/2025-02-28"));
        assert_eq!(Period::late_month(2024, 2).unwrap(), period("2024-02-21/2024-02-29"));
        assert!(Period::mid_month(2025, 13).is_err());
        assert!(Period::year(10_000).is_err());
        assert!(Period::day(2025, 4, 31).is_err());
    }

    #[test]
    fn days_agree_with_the_calendar() {
        let mut day = NaiveDate::from_ymd_opt(-401, 1, 1).unwrap();
        while day.year() < 2101 {
            let date = Date::try_from(day).unwrap();
            assert_eq!(NaiveDate::from(date), day);
            assert_eq!(
                (date.year(), u32::from(date.month()), u32::from(date.day())),
                (day.year(), day.month(), day.day())
            );
            let days = Days { first: day.num_days_from_ce(), last: day.num_days_from_ce() };
            assert_eq!(Period::from(date).to_days(), days);
            assert_eq!(days.ends(), (Some(date), Some(date)));
            day = day + chrono::Days::new(17);
        }
    }

    #[test]
    fn a_period_reads_well_in_words() {
        for (text, words) in [
            ("2025", "2025"),
            ("2025-03", "March 2025"),
            ("2025-03-05", "5 March 2025"),
            ("2025-03-11/2025-03-20", "11–20 March 2025"),
            ("2025-03-11/2025-03-11", "11 March 2025"),
            ("2025-01/2025-01", "January 2025"),
            ("2025~/2025~", "about 2025"),
            ("2025-01-10/2025-03-20", "10 January – 20 March 2025"),
            ("2024-12-30/2025-01-02", "30 December 2024 – 2 January 2025"),
            ("2025-01/2025-03", "January–March 2025"),
            ("2024-11/2025-03", "November 2024 – March 2025"),
            ("2022/2025", "2022–2025"),
            ("2022~/2025", "about 2022 – 2025"),
            ("0000/0002", "1 BC – AD 2"),
            ("-0043/-0040", "44 BC – 41 BC"),
            ("2025-03-05/2025-03", "5 March 2025 – March 2025"),
            ("2025-03/2025-03-05", "March 2025 – 5 March 2025"),
            ("2025-03/2025", "March 2025 – 2025"),
            ("2025/2025-03", "2025 – March 2025"),
            ("2022/2025-03", "2022 – March 2025"),
            ("2022-03/2025", "March 2022 – 2025"),
            ("2025-03~", "about March 2025"),
            ("2025?", "perhaps 2025"),
            ("2025-03-01%/2025-03-05", "perhaps about 1 March 2025 – 5 March 2025"),
            ("2025-03/..", "since March 2025"),
            ("2025-03/", "from March 2025, end unknown"),
            ("../2025-03", "up to March 2025"),
            ("/2025-03", "to March 2025, start unknown"),
            ("199X", "some year from 1990 to 1999"),
            ("19XX?", "perhaps some year from 1900 to 1999"),
            ("000X", "some year from 1 BC to AD 9"),
            ("-001X", "some year from 20 BC to 11 BC"),
            ("2004-XX", "some month of 2004"),
            ("2004-05-XX", "some day of May 2004"),
            ("2004-XX-XX~", "about some day of 2004"),
            ("199X/2004-XX", "some year from 1990 to 1999 – some month of 2004"),
            ("2004-XX/2004-05-XX", "some month of 2004 – some day of May 2004"),
            ("2004-04-XX/2004-05", "some day of April 2004 – May 2004"),
            ("2004-05-XX/..", "since some day of May 2004"),
            ("0000", "1 BC"),
            ("-0043-03-15", "15 March 44 BC"),
        ] {
            assert_eq!(period(text).in_words(), words, "{text}");
        }
    }
}
