//! Instants, and dates or instants.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike as _, NaiveDate, SecondsFormat, TimeZone, Timelike as _, Utc};

use crate::date::{Date, DateText, Days, two_digits};
use crate::error::{Error, ErrorKind};
use crate::period::Period;
use crate::words::text_form;

/// An instant, to the nanosecond, from the year 0 to 9999.
///
/// # Syntax
///
/// RFC 3339: `2025-03-27T09:00:00Z`, with a fraction of up to nine digits or an offset where there is one. It is kept,
/// compared and written in UTC; the offset it was given with is not kept.
///
/// # Total ordering
///
/// By time.
///
/// # Errors
///
/// Parsing refuses what is written otherwise, a time that does not exist, a fraction of more than nine digits, and a
/// year outside 0 to 9999 in UTC.
///
/// ```
/// use testimony::Timestamp;
///
/// # fn main() -> Result<(), testimony::Error> {
/// let time: Timestamp = "2025-03-27T18:00:00+09:00".parse()?;
/// assert_eq!(time.to_string(), "2025-03-27T09:00:00Z");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(DateTime<Utc>);

impl Timestamp {
    /// The present time, by the system's clock.
    ///
    /// The crate calls it nowhere: a ledger that is to stamp what it records is given it as its clock.
    #[must_use]
    pub fn now() -> Self {
        Self(Utc::now())
    }

    /// Its day in UTC.
    #[must_use]
    pub fn day(&self) -> Date {
        // Its year is one that a date has.
        Date::try_from(self.0.date_naive()).unwrap_or_else(|_| unreachable!("a timestamp is in the years 0 to 9999"))
    }

    /// The day in UTC, and the nanoseconds since it began.
    fn instant(&self) -> Instant {
        let nanos = u64::from(self.0.num_seconds_from_midnight()) * 1_000_000_000 + u64::from(self.0.nanosecond());
        Instant { day: self.0.num_days_from_ce(), nanos }
    }
}

impl<Z: TimeZone> TryFrom<DateTime<Z>> for Timestamp {
    type Error = Error;

    fn try_from(time: DateTime<Z>) -> Result<Self, Error> {
        let time = time.to_utc();
        if (0..=9999).contains(&time.year()) {
            Ok(Self(time))
        } else {
            Err(Error::new(ErrorKind::NotATime).value(time))
        }
    }
}

impl From<Timestamp> for DateTime<Utc> {
    fn from(time: Timestamp) -> Self {
        time.0
    }
}

impl Timestamp {
    pub(crate) fn text(self) -> DateText {
        let mut text = DateText::default();
        let time = self.0.naive_utc();
        if time.nanosecond() > 0 {
            text.push(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true).as_bytes());
            return text;
        }
        // What is below 100 fits.
        let small = |number: u32| u8::try_from(number).unwrap_or_default();
        text.push_date(i16::try_from(time.year()).unwrap_or_default(), small(time.month()), small(time.day()));
        text.push_time(small(time.hour()), small(time.minute()), small(time.second()));
        text.push(b"Z");
        text
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text().as_ref())
    }
}

impl FromStr for Timestamp {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if let Some(time) = parse_plain(text) {
            return Ok(time);
        }
        // A day that there is not is told as one, whatever the time.
        let no_such_date = || {
            let error = Period::from_str(text.get(..10)?).err()?;
            (error.kind() == &ErrorKind::NoSuchDate).then_some(ErrorKind::NoSuchDate)
        };
        let refused = || Error::new(no_such_date().unwrap_or(ErrorKind::NotATime)).value(text);
        let fraction = text.split_once('.').map_or(0, |(_, rest)| rest.bytes().take_while(u8::is_ascii_digit).count());
        // The parser takes a minus sign of another kind too.
        if fraction > 9 || !text.is_ascii() {
            return Err(refused());
        }
        let time = DateTime::parse_from_rfc3339(text).map_err(|_| refused())?;
        Self::try_from(time).map_err(|_| refused())
    }
}

/// Reads the form that most times have, `2025-03-27T09:00:00Z`, without the parser of all that RFC 3339 allows.
fn parse_plain(text: &str) -> Option<Timestamp> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', n1, n2, b':', s1, s2, b'Z'] = text.as_bytes()
    else {
        return None;
    };
    let two = |tens, ones| two_digits([tens, ones]).map(u32::from);
    let year = two(y1, y2)? * 100 + two(y3, y4)?;
    let day = NaiveDate::from_ymd_opt(year.try_into().ok()?, two(m1, m2)?, two(d1, d2)?)?;
    Some(Timestamp(day.and_hms_opt(two(h1, h2)?, two(n1, n2)?, two(s1, s2)?)?.and_utc()))
}

text_form!(Timestamp, "an RFC 3339 time such as \"2025-03-27T09:00:00Z\"", text);

/// When something was said or published: a date as far as it is known, or an instant.
///
/// # Syntax
///
/// That of [`Period`], or that of [`Timestamp`].
///
/// # Equality
///
/// By what was written. There is no order, since there is none of periods: sort by [`first_day`](Self::first_day) or
/// [`last_day`](Self::last_day).
///
/// ```
/// use testimony::Moment;
///
/// # fn main() -> Result<(), testimony::Error> {
/// assert!(matches!("2025-03".parse()?, Moment::Period(_)));
/// assert!(matches!("2025-03-27T09:00:00Z".parse()?, Moment::Time(_)));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// A day, a month, a year or a span of them.
    Period(Period),
    /// An instant.
    Time(Timestamp),
}

impl Moment {
    /// Its first day, an instant's in UTC; `None` if its start is open or unknown.
    ///
    /// ```
    /// use testimony::{Date, Moment};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let said: Moment = "2025-03/..".parse()?;
    /// assert_eq!((said.first_day(), said.last_day()), (Some(Date::new(2025, 3, 1)?), None));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn first_day(&self) -> Option<Date> {
        self.to_days().ends().0
    }

    /// Its last day, an instant's in UTC; `None` if its end is open or unknown.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        self.to_days().ends().1
    }

    /// Its days in UTC.
    pub(crate) fn to_days(self) -> Days {
        match self {
            Self::Period(period) => period.to_days(),
            Self::Time(time) => Period::from(time.day()).to_days(),
        }
    }

    /// Its first and last instant.
    pub(crate) fn to_instants(self) -> Instants {
        match self {
            Self::Period(period) => period.to_days().into(),
            Self::Time(time) => Instants { first: time.instant(), last: time.instant() },
        }
    }

    /// The moment in plain words, for a reader.
    ///
    /// ```
    /// use testimony::Moment;
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// assert_eq!("2025-03-27".parse::<Moment>()?.in_words(), "27 March 2025");
    /// assert_eq!("2025-03-27T09:00:00Z".parse::<Moment>()?.in_words(), "27 March 2025, 09:00 UTC");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Self::Period(period) => period.in_words(),
            Self::Time(time) => {
                let clock = if time.0.second() == 0 && time.0.nanosecond() == 0 { "%H:%M" } else { "%H:%M:%S%.f" };
                format!("{}, {} UTC", Period::from(time.day()).in_words(), time.0.format(clock))
            }
        }
    }
}

impl From<Period> for Moment {
    fn from(period: Period) -> Self {
        Self::Period(period)
    }
}

impl From<Date> for Moment {
    fn from(date: Date) -> Self {
        Self::Period(date.into())
    }
}

/// Fails for a year outside −9999 to 9999.
impl TryFrom<NaiveDate> for Moment {
    type Error = Error;

    fn try_from(date: NaiveDate) -> Result<Self, Error> {
        Period::try_from(date).map(Self::Period)
    }
}

/// The instant; fails for a year outside 0 to 9999.
impl<Z: TimeZone> TryFrom<DateTime<Z>> for Moment {
    type Error = Error;

    fn try_from(time: DateTime<Z>) -> Result<Self, Error> {
        Timestamp::try_from(time).map(Self::Time)
    }
}

impl From<Timestamp> for Moment {
    fn from(time: Timestamp) -> Self {
        Self::Time(time)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Period(period) => period.fmt(f),
            Self::Time(time) => time.fmt(f),
        }
    }
}

impl FromStr for Moment {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if text.contains([':', 'T', 't']) { text.parse().map(Self::Time) } else { text.parse().map(Self::Period) }
    }
}

text_form!(Moment, "a date such as \"2025-03-27\", or an RFC 3339 time");

/// A point in time that can be told from others of its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Instant {
    day: i32,
    nanos: u64,
}

/// All the time from one instant to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Instants {
    first: Instant,
    last: Instant,
}

impl Instants {
    /// The first and the last as numbers, in the order of time and below 2⁹⁶ in magnitude.
    pub(crate) fn ends(self) -> [i128; 2] {
        [self.first, self.last].map(|instant| (i128::from(instant.day) << 64) + i128::from(instant.nanos))
    }
}

impl From<Days> for Instants {
    /// From the beginning of the first day to the end of the last.
    fn from(days: Days) -> Self {
        Self { first: Instant { day: days.first, nanos: 0 }, last: Instant { day: days.last, nanos: u64::MAX } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_kept_in_utc_and_written_shortest() {
        for (text, shown) in [
            ("2025-03-27T09:00:00Z", "2025-03-27T09:00:00Z"),
            ("2025-03-27T00:30:00+09:00", "2025-03-26T15:30:00Z"),
            ("2025-03-27T09:00:00.500Z", "2025-03-27T09:00:00.500Z"),
            ("2025-03-27T09:00:00.123456789Z", "2025-03-27T09:00:00.123456789Z"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z"),
            ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
        ] {
            let time: Timestamp = text.parse().unwrap();
            assert_eq!(time.to_string(), shown);
            assert_eq!(Timestamp::try_from(DateTime::from(time)).unwrap(), time);
        }
        for text in [
            "",
            "2025-03-27",
            "2025-03-27T09:00:00",
            "2025-03-27T25:00:00Z",
            "2025-13",
            "2025-1é-01T00:00:00Z",
            "9999-12-31T23:59:59-01:00",
            "2025-03-27T09:00:00.1234567891Z",
            "2025-03-27T09:00:00−09:00",
        ] {
            assert_eq!(text.parse::<Timestamp>().unwrap_err().kind(), &ErrorKind::NotATime, "{text}");
        }
        for text in ["2025-02-30T00:00:00Z", "2025-13-01T09:00:00+09:00", "2025-02-30T25:00:00.5Z"] {
            let told = format!("\"{text}\" names a date that does not exist");
            assert_eq!(text.parse::<Timestamp>().unwrap_err().to_string(), told);
            assert_eq!(text.parse::<Moment>().unwrap_err().to_string(), told);
        }
        assert_eq!(
            "2025-02-30".parse::<Moment>().unwrap_err().to_string(),
            "\"2025-02-30\" names a date that does not exist"
        );
    }

    #[test]
    fn a_moment_is_written_as_it_was_and_reads_well_in_words() {
        for (text, words) in [
            ("2025-03", "March 2025"),
            ("2025-03-27T09:00:00Z", "27 March 2025, 09:00 UTC"),
            ("2025-03-27T09:00:30Z", "27 March 2025, 09:00:30 UTC"),
            ("2025-03-27T09:00:00.500Z", "27 March 2025, 09:00:00.500 UTC"),
        ] {
            let moment: Moment = text.parse().unwrap();
            assert_eq!(moment.to_string(), text);
            assert_eq!(moment.in_words(), words);
        }
    }

    #[test]
    fn the_types_of_chrono_become_moments() {
        let seoul = DateTime::parse_from_rfc3339("2025-03-28T00:30:00+09:00").unwrap();
        assert_eq!(Moment::try_from(seoul).unwrap().to_string(), "2025-03-27T15:30:00Z");
        assert_eq!(Moment::try_from(seoul.to_utc()), Moment::try_from(seoul));
        assert_eq!(Period::try_from(seoul).unwrap().to_string(), "2025-03-28");
        assert_eq!(Period::try_from(seoul.to_utc()).unwrap().to_string(), "2025-03-27");
        assert_eq!(Moment::try_from(seoul.date_naive()).unwrap().to_string(), "2025-03-28");
        for far in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            assert_eq!(Moment::try_from(far).unwrap_err().kind(), &ErrorKind::NotATime);
            assert_eq!(Period::try_from(far).unwrap_err().kind(), &ErrorKind::YearOutOfRange);
            assert_eq!(Moment::try_from(far.date_naive()).unwrap_err().kind(), &ErrorKind::YearOutOfRange);
        }
    }

    #[test]
    fn all_of_one_time_can_be_after_all_of_another() {
        let after = |a: &str, b: &str| {
            let ends = |text: &str| text.parse::<Moment>().unwrap().to_instants().ends();
            ends(a)[0] > ends(b)[1]
        };
        assert!(after("2025-03-28", "2025-03-27"));
        assert!(!after("2025-03-27", "2025-03-27"));
        assert!(after("2025-03-27T10:00:00Z", "2025-03-27T09:00:00Z"));
        assert!(!after("2025-03-27T10:00:00Z", "2025-03-27T10:00:00Z"));
        assert!(after("2025-03-27T10:00:01Z", "2025-03-27T10:00:00.5Z"));
        assert!(after("2025-03-27T10:00:00.2Z", "2025-03-27T10:00:00.1Z"));
        assert!(!after("2025-03-27T10:00:00Z", "2025-03-27"));
        assert!(!after("2025-03-27", "2025-03-27T10:00:00Z"));
        assert!(after("2025-03-28T00:00:00Z", "2025-03-27"));
        assert!(after("2025-03-28", "2025-03-27T23:59:59.999999999Z"));
        assert!(!after("2025-03-28", "2025-03-27/.."));
        assert!(!after("../2025-03-28", "2025-03-27"));
    }
}
