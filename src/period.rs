//! Periods as EDTF (ISO 8601-2) writes them.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use crate::date::{Date, DateText, Days, days_in_month};
use crate::error::{Error, ErrorKind};
use crate::words::text_form;

/// How sure a date is, as EDTF marks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Doubt {
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

/// A year, a month or a day, as it was written; nought stands for a month or a day that was not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Stamp {
    year: i16,
    month: u8,
    day: u8,
    doubt: Option<Doubt>,
}

impl Stamp {
    fn new(year: i32, month: Option<u8>, day: Option<u8>, doubt: Option<Doubt>) -> Result<Self, Error> {
        let first = Date::checked(year, month.unwrap_or(1), day.unwrap_or(1))?;
        Ok(Self { year: first.year, month: month.unwrap_or(0), day: day.unwrap_or(0), doubt })
    }

    fn first(self) -> Date {
        Date { year: self.year, month: self.month.max(1), day: self.day.max(1) }
    }

    fn last(self) -> Date {
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day == 0 { days_in_month(self.year.into(), month) } else { self.day };
        Date { year: self.year, month, day }
    }
}

impl From<Date> for Stamp {
    fn from(Date { year, month, day }: Date) -> Self {
        Self { year, month, day, doubt: None }
    }
}

impl Stamp {
    fn write(self, text: &mut DateText) {
        text.push_date(self.year, self.month, self.day);
        if let Some(doubt) = self.doubt {
            text.push(doubt.mark().as_bytes());
        }
    }
}

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
/// `2025-01-10/2025-03-20`, `../2025-03` (open), `2025-03/` (unknown, which is treated as open), and after each date
/// `?` (uncertain), `~` (approximate) or `%` (both). The marks are kept and shown, and do not change the days.
/// [`Display`](fmt::Display) writes the same text back.
///
/// # Equality
///
/// By what was written: `2025-03` and `2025-03-01/2025-03-31` are the same days, and two periods. There is no order: of
/// two that overlap neither is the earlier. Sort by [`first_day`](Self::first_day) or [`last_day`](Self::last_day).
///
/// # Errors
///
/// Refuses what is written otherwise (seasons, `201X`, times, qualifiers elsewhere than at the end), a day that does
/// not exist, a year outside −9999 to 9999, a span with no date in it, and one that ends before it starts.
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
        let stamp = Stamp::new(year, None, None, None).map_err(|error| error.value(format!("{year:04}")))?;
        Ok(Self(Shape::One(stamp)))
    }

    /// One month, from 1 to 12.
    ///
    /// # Errors
    ///
    /// Refuses a month that does not exist, and a year outside −9999 to 9999.
    pub fn month(year: i32, month: u8) -> Result<Self, Error> {
        let stamp = Stamp::new(year, Some(month), None, None);
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
        Self::days(Date::new(year, month, 21)?, Stamp::new(year, Some(month), None, None)?.last())
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

    /// Its first day; `None` if its start is open or unknown.
    #[must_use]
    pub fn first_day(&self) -> Option<Date> {
        match self.0 {
            Shape::One(stamp) => Some(stamp.first()),
            Shape::Span(start, _) => start.stamp().map(Stamp::first),
        }
    }

    /// Its last day; `None` if its end is open or unknown.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        match self.0 {
            Shape::One(stamp) => Some(stamp.last()),
            Shape::Span(_, end) => end.stamp().map(Stamp::last),
        }
    }

    pub(crate) fn to_days(self) -> Days {
        Days {
            first: self.first_day().map_or(Days::NO_FIRST, Date::number),
            last: self.last_day().map_or(Days::NO_LAST, Date::number),
        }
    }

    /// The period in plain words, for a reader.
    ///
    /// ```
    /// use testimony::Period;
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// assert_eq!(Period::mid_month(2025, 3)?.in_words(), "11–20 March 2025");
    /// assert_eq!("2025-01~/..".parse::<Period>()?.in_words(), "since about January 2025");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn in_words(&self) -> String {
        match self.0 {
            Shape::One(stamp) => stamp.in_words(),
            Shape::Span(End::At(from), End::At(to)) => span_in_words(from, to),
            Shape::Span(End::At(from), End::Open) => format!("since {}", from.in_words()),
            Shape::Span(End::At(from), _) => format!("from {}, end unknown", from.in_words()),
            Shape::Span(End::Open, End::At(to)) => format!("up to {}", to.in_words()),
            Shape::Span(_, End::At(to)) => format!("to {}, start unknown", to.in_words()),
            Shape::Span(..) => self.to_string(),
        }
    }
}

pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Stamp {
    fn month_name(self) -> &'static str {
        MONTHS.get(usize::from(self.month).wrapping_sub(1)).unwrap_or(&"")
    }

    fn in_words(self) -> String {
        let doubt = match self.doubt {
            None => "",
            Some(Doubt::Uncertain) => "perhaps ",
            Some(Doubt::Approximate) => "about ",
            Some(Doubt::Both) => "perhaps about ",
        };
        let year = match self.year {
            1.. => self.year.to_string(),
            before => format!("{} BC", 1 - i32::from(before)),
        };
        match (self.month, self.day) {
            (0, _) => format!("{doubt}{year}"),
            (_, 0) => format!("{doubt}{} {year}", self.month_name()),
            (_, day) => format!("{doubt}{day} {} {year}", self.month_name()),
        }
    }
}

/// Two dates with a dash between them, and what they share said once.
fn span_in_words(from: Stamp, to: Stamp) -> String {
    if from == to {
        return to.in_words();
    }
    let plain = from.doubt.is_none() && to.doubt.is_none();
    if plain && from.year == to.year && from.day > 0 && to.day > 0 {
        if from.month == to.month {
            return format!("{}–{}", from.day, to.in_words());
        }
        return format!("{} {} – {}", from.day, from.month_name(), to.in_words());
    }
    if plain && from.year == to.year && from.month > 0 && to.month > 0 && from.day == 0 && to.day == 0 {
        return format!("{}–{}", from.month_name(), to.in_words());
    }
    if plain && from.month == 0 && to.month == 0 && from.year > 0 {
        return format!("{}–{}", from.year, to.year);
    }
    format!("{} – {}", from.in_words(), to.in_words())
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

impl FromStr for Period {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let stamp = |date| parse_stamp(date).map_err(|error| error.value(text));
        let end = |part| match part {
            "" => Ok(End::Unknown),
            ".." => Ok(End::Open),
            date => stamp(date).map(End::At),
        };
        match text.bytes().position(|byte| byte == b'/') {
            None => stamp(text).map(|stamp| Self(Shape::One(stamp))),
            Some(slash) => Self::span(end(&text[..slash])?, end(&text[slash + 1..])?),
        }
    }
}

text_form!(Period, "a period such as \"2025-03\" or \"2025-01-10/2025-03-20\"", text);

fn parse_stamp(text: &str) -> Result<Stamp, Error> {
    let refused = || if has_long_year(text) { ErrorKind::YearOutOfRange } else { ErrorKind::NotAPeriod };
    let (year, [month, day], doubt) = parse_parts(text).ok_or_else(|| Error::new(refused()))?;
    Stamp::new(year, month, day, doubt)
}

/// Whether a date begins with a year of more than four digits, and not with a date without hyphens.
fn has_long_year(text: &str) -> bool {
    let year = text.strip_prefix('-').unwrap_or(text);
    let digits = year.bytes().take_while(u8::is_ascii_digit).count();
    digits == 5 || (digits > 5 && year.as_bytes().get(digits) == Some(&b'-'))
}

/// The year, the month and the day that a date is made of, and the mark after it.
fn parse_parts(text: &str) -> Option<(i32, [Option<u8>; 2], Option<Doubt>)> {
    let (date, doubt) = match text.as_bytes().last()? {
        b'?' => (&text[..text.len() - 1], Some(Doubt::Uncertain)),
        b'~' => (&text[..text.len() - 1], Some(Doubt::Approximate)),
        b'%' => (&text[..text.len() - 1], Some(Doubt::Both)),
        _ => (text, None),
    };
    let (before_christ, digits) = match date.strip_prefix('-') {
        Some(rest) => (true, rest.as_bytes()),
        None => (false, date.as_bytes()),
    };
    let (year, rest) = digits.split_first_chunk::<4>()?;
    let (month, rest) = split_part(rest)?;
    let (day, rest) = split_part(rest)?;
    if !rest.is_empty() {
        return None;
    }
    let [y1, y2, y3, y4] = *year;
    let year = i32::from(two_digits([y1, y2])?) * 100 + i32::from(two_digits([y3, y4])?);
    // EDTF has seasons and quarters where a month is.
    let season = matches!((month, day), (Some(21..=41), None));
    if season || before_christ && year == 0 {
        return None;
    }
    Some((if before_christ { -year } else { year }, [month, day], doubt))
}

/// Takes a hyphen and two digits off the front, if there is anything left.
fn split_part(text: &[u8]) -> Option<(Option<u8>, &[u8])> {
    match text {
        [] => Some((None, text)),
        [b'-', tens, ones, rest @ ..] => Some((Some(two_digits([*tens, *ones])?), rest)),
        _ => None,
    }
}

/// The number that two digits make.
pub(crate) fn two_digits([tens, ones]: [u8; 2]) -> Option<u8> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + (ones - b'0'))
}

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
            "201X",
            "2001-21",
            "2001-41",
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
            "[1667,1668]",
            "２０２５",
            "2025-03-15 ",
            "?",
            "é",
        ] {
            assert_eq!(text.parse::<Period>().unwrap_err().kind(), &ErrorKind::NotAPeriod, "{text:?}");
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
        ] {
            let error = text.parse::<Period>().unwrap_err();
            assert_eq!(error.to_string(), format!("\"{text}\" names a date that does not exist"));
            let help = "months go from 01 to 12, and days to the last of the month in that year";
            assert_eq!((error.code(), error.help()), ("no-such-date", Some(help)));
        }
        for text in ["2025-03-20/2025-03-10", "2025/2024", "2025-04/2025-03-31", "0001/-0001"] {
            assert_eq!(text.parse::<Period>().unwrap_err().kind(), &ErrorKind::EndsBeforeItStarts, "{text}");
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
            ("0000/0002", "1 BC – 2"),
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
            ("0000", "1 BC"),
            ("-0043-03-15", "15 March 44 BC"),
        ] {
            assert_eq!(period(text).in_words(), words, "{text}");
        }
    }
}
