//! Instants, and dates or instants.

use std::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, Datelike as _, FixedOffset, NaiveDate, Offset as _, SecondsFormat, TimeZone, Timelike as _, Utc,
};

use crate::date::{Date, DateText, Days, two_digits};
use crate::error::{Error, ErrorKind};
use crate::period::Period;
use crate::words::text_form;

/// An instant, to the nanosecond, from the year 0 to 9999, and the offset from UTC that it was written with: what was
/// said half an hour after midnight in Seoul was said on the day that has just begun there, and not on the day that it
/// still is in UTC.
///
/// # Syntax
///
/// RFC 3339: `2025-03-27T09:00:00Z`, with a fraction of up to nine digits or an offset in hours and minutes where there
/// is one. An offset of zero is written `Z`.
///
/// # Equality
///
/// By what was written: the instant and the offset. `18:00:00+09:00` and `09:00:00Z` of one day are two timestamps of
/// one instant; [`to_utc`](Self::to_utc) makes them one. A ledger asks for the instant alone where it compares times.
///
/// # Total ordering
///
/// By the instant; of one instant by the offset, the westernmost first.
///
/// # Errors
///
/// Parsing refuses what is written otherwise, a time that does not exist, a fraction of more than nine digits, and a
/// year outside 0 to 9999 there or in UTC.
///
/// ```
/// use testimony::{Date, Timestamp};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let time: Timestamp = "2025-03-28T00:30:00+09:00".parse()?;
/// assert_eq!(time.to_string(), "2025-03-28T00:30:00+09:00");
/// assert_eq!(time.day(), Date::new(2025, 3, 28)?);
///
/// let utc: Timestamp = "2025-03-27T15:30:00Z".parse()?;
/// assert_ne!(time, utc);
/// assert_eq!(time.to_utc(), utc);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    // The order of the fields is the order of timestamps.
    instant: DateTime<Utc>,
    /// Minutes east of UTC, less than a day of them: RFC 3339 writes no seconds of an offset, and a ledger keeps many
    /// times.
    offset: i16,
}

impl Timestamp {
    /// The present time, by the system's clock, in UTC.
    ///
    /// The crate itself never calls it: a ledger that is to stamp what it records is given it as its clock.
    #[must_use]
    pub fn now() -> Self {
        Self { instant: Utc::now(), offset: 0 }
    }

    /// The day by the clocks of the place whose offset the time was written with.
    #[must_use]
    pub fn day(&self) -> Date {
        // A timestamp's year is one that a date can have.
        Date::try_from(self.there().date_naive())
            .unwrap_or_else(|_| unreachable!("a timestamp is in the years 0 to 9999"))
    }

    /// The instant, written in UTC.
    ///
    /// ```
    /// use testimony::Timestamp;
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let time: Timestamp = "2025-03-27T18:00:00+09:00".parse()?;
    /// assert_eq!(time.to_utc().to_string(), "2025-03-27T09:00:00Z");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn to_utc(self) -> Self {
        Self { offset: 0, ..self }
    }

    fn there(self) -> DateTime<FixedOffset> {
        let offset = FixedOffset::east_opt(i32::from(self.offset) * 60);
        self.instant.with_timezone(&offset.unwrap_or_else(|| unreachable!("an offset is less than a day")))
    }

    /// The day in UTC, and the nanoseconds since it began.
    fn instant(self) -> Instant {
        let time = self.instant;
        let nanos = u64::from(time.num_seconds_from_midnight()) * 1_000_000_000 + u64::from(time.nanosecond());
        Instant { day: time.num_days_from_ce(), nanos }
    }
}

/// Keeps the offset in whole minutes. The seconds that zones had before there was standard time are dropped from it,
/// which does not change the instant.
impl<Z: TimeZone> TryFrom<DateTime<Z>> for Timestamp {
    type Error = Error;

    fn try_from(time: DateTime<Z>) -> Result<Self, Error> {
        let minutes = time.offset().fix().local_minus_utc() / 60;
        // An offset is less than a day.
        let time = Self { instant: time.to_utc(), offset: i16::try_from(minutes).unwrap_or_default() };
        if [time.instant.year(), time.there().year()].iter().all(|year| (0..=9999).contains(year)) {
            Ok(time)
        } else {
            Err(Error::new(ErrorKind::NotATime).value(time.instant))
        }
    }
}

impl From<Timestamp> for DateTime<Utc> {
    fn from(time: Timestamp) -> Self {
        time.instant
    }
}

impl From<Timestamp> for DateTime<FixedOffset> {
    fn from(time: Timestamp) -> Self {
        time.there()
    }
}

impl Timestamp {
    pub(crate) fn text(self) -> DateText {
        let mut text = DateText::default();
        let time = self.instant.naive_utc();
        if self.offset != 0 || time.nanosecond() > 0 {
            text.push(self.there().to_rfc3339_opts(SecondsFormat::AutoSi, true).as_bytes());
            return text;
        }
        // Numbers below 100 fit.
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
        // A day that does not exist is reported as such, whatever time stands beside it.
        let no_such_date = || {
            let error = Period::from_str(text.get(..10)?).err()?;
            (error.kind() == &ErrorKind::NoSuchDate).then_some(ErrorKind::NoSuchDate)
        };
        let refused = || Error::new(no_such_date().unwrap_or(ErrorKind::NotATime)).value(text);
        let fraction = text.split_once('.').map_or(0, |(_, rest)| rest.bytes().take_while(u8::is_ascii_digit).count());
        // The parser would take a typographic minus sign as well.
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
    let instant = day.and_hms_opt(two(h1, h2)?, two(n1, n2)?, two(s1, s2)?)?.and_utc();
    Some(Timestamp { instant, offset: 0 })
}

text_form!(Timestamp, "an RFC 3339 time such as \"2025-03-27T09:00:00Z\"", text);

/// When something was said or published: a date as far as it is known, or an instant.
///
/// # Syntax
///
/// A moment is written as a [`Period`] or as a [`Timestamp`].
///
/// # Equality
///
/// By what was written, the offset of an instant included. There is no order, since there is none of periods: sort by
/// [`first_day`](Self::first_day) or [`last_day`](Self::last_day).
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
    /// The first day; of an instant, the day [there](Timestamp::day). `None` if the start is open or unknown.
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

    /// The last day; of an instant, the day [there](Timestamp::day). `None` if the end is open or unknown.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        self.to_days().ends().1
    }

    /// The days of the moment; of an instant, the day there.
    pub(crate) fn to_days(self) -> Days {
        match self {
            Self::Period(period) => period.to_days(),
            Self::Time(time) => Period::from(time.day()).to_days(),
        }
    }

    /// The first and the last instant; a day is as long as it is in UTC.
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
    /// assert_eq!("2025-03-28T00:30:00+09:00".parse::<Moment>()?.in_words(), "28 March 2025, 00:30 UTC+09:00");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Self::Period(period) => period.in_words(),
            Self::Time(time) => {
                let there = time.there();
                let clock = if there.second() == 0 && there.nanosecond() == 0 { "%H:%M" } else { "%H:%M:%S%.f" };
                let offset = if time.offset == 0 { "" } else { "%:z" };
                let day = Period::from(time.day()).in_words();
                format!("{day}, {} UTC{}", there.format(clock), there.format(offset))
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

/// Keeps the instant with its offset, as a [`Timestamp`] does; fails for a year outside 0 to 9999.
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

/// An instant as its day in UTC and the nanoseconds since that day began.
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
    fn a_time_keeps_its_offset_and_is_written_shortest() {
        for (text, shown) in [
            ("2025-03-27T09:00:00Z", "2025-03-27T09:00:00Z"),
            ("2025-03-27T00:30:00+09:00", "2025-03-27T00:30:00+09:00"),
            ("2025-03-27t00:30:00.50-00:30", "2025-03-27T00:30:00.500-00:30"),
            ("2025-03-27T00:30:00.123456789-23:59", "2025-03-27T00:30:00.123456789-23:59"),
            ("2025-03-27 09:00:00+00:00", "2025-03-27T09:00:00Z"),
            ("2025-03-27T09:00:00-00:00", "2025-03-27T09:00:00Z"),
            ("2017-01-01T08:59:60+09:00", "2017-01-01T08:59:60+09:00"),
            ("9999-12-31T23:59:59+00:01", "9999-12-31T23:59:59+00:01"),
            ("2025-03-27T09:00:00.500Z", "2025-03-27T09:00:00.500Z"),
            ("2025-03-27T09:00:00.123456789Z", "2025-03-27T09:00:00.123456789Z"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z"),
            ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
        ] {
            let time: Timestamp = text.parse().unwrap();
            assert_eq!(time.to_string(), shown);
            assert_eq!(shown.parse(), Ok(time));
            assert_eq!(Timestamp::try_from(DateTime::<FixedOffset>::from(time)).unwrap(), time);
            assert_eq!(Timestamp::try_from(DateTime::<Utc>::from(time)).unwrap(), time.to_utc());
        }
        for text in [
            "",
            "2025-03-27",
            "2025-03-27T09:00:00",
            "2025-03-27T25:00:00Z",
            "2025-13",
            "2025-1é-01T00:00:00Z",
            "9999-12-31T23:59:59-01:00",
            "0000-01-01T00:00:00+00:01",
            "2025-03-27T09:00:00+24:00",
            "2025-03-27T09:00:00+09:60",
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
            ("2025-03-27T00:30:00+09:00", "27 March 2025, 00:30 UTC+09:00"),
            ("2025-03-27T19:30:01-03:30", "27 March 2025, 19:30:01 UTC-03:30"),
        ] {
            let moment: Moment = text.parse().unwrap();
            assert_eq!(moment.to_string(), text);
            assert_eq!(moment.in_words(), words);
        }
    }

    #[test]
    fn the_types_of_chrono_become_moments() {
        let seoul = DateTime::parse_from_rfc3339("2025-03-28T00:30:00+09:00").unwrap();
        assert_eq!(Moment::try_from(seoul).unwrap().to_string(), "2025-03-28T00:30:00+09:00");
        assert_eq!(Moment::try_from(seoul.to_utc()).unwrap().to_string(), "2025-03-27T15:30:00Z");
        // Seoul until 1908. Its seconds are no part of what RFC 3339 writes.
        let local = FixedOffset::east_opt(8 * 3600 + 27 * 60 + 52).unwrap();
        let local = Timestamp::try_from(seoul.with_timezone(&local)).unwrap();
        assert_eq!(local.to_string(), "2025-03-27T23:57:00+08:27");
        assert_eq!(local.to_utc().to_string(), "2025-03-27T15:30:00Z");
        let before_the_year_0 = "0000-01-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap();
        let west = before_the_year_0.with_timezone(&FixedOffset::west_opt(60).unwrap());
        assert_eq!(Timestamp::try_from(west).unwrap_err().kind(), &ErrorKind::NotATime);
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
    fn the_day_of_an_instant_is_the_day_there() {
        for (text, day) in [
            ("2025-05-05T00:30:00Z", "2025-05-05"),
            ("2025-05-05T00:30:00+09:00", "2025-05-05"),
            ("2025-05-04T23:30:00-05:00", "2025-05-04"),
            ("2025-12-31T23:59:60-11:00", "2025-12-31"),
            ("0000-01-01T12:00:00-11:00", "0000-01-01"),
            ("9999-12-31T12:00:00+11:59", "9999-12-31"),
        ] {
            let Ok(moment @ Moment::Time(time)) = text.parse() else { panic!("{text} is a time") };
            let day: Period = day.parse().unwrap();
            assert_eq!((moment.first_day(), moment.last_day()), (day.first_day(), day.last_day()), "{text}");
            assert_eq!(Some(time.day()), day.first_day());
            assert_eq!(moment.to_days(), Moment::from(day).to_days());
        }
    }

    #[test]
    fn timestamps_are_in_order_by_instant_and_then_by_offset() {
        let times = [
            "2025-05-05T00:30:00+09:00",
            "2025-05-04T12:00:00-05:00",
            "2025-05-04T17:00:00Z",
            "2025-05-05T02:00:00+09:00",
            "2025-05-04T12:00:00.1-05:00",
        ]
        .map(|text| text.parse::<Timestamp>().unwrap());
        assert!(times.is_sorted_by(|a, b| a < b));
        assert!(times[1..4].iter().all(|time| time.to_utc() == times[2]));
    }

    #[test]
    fn the_offset_takes_no_more_than_four_bytes() {
        assert_eq!((size_of::<Timestamp>(), size_of::<Option<Timestamp>>()), (16, 16));
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
        // A date alone is that day in UTC.
        assert!(!after("2025-03-28T00:30:00+09:00", "2025-03-27"));
        assert!(after("2025-03-28", "2025-03-28T00:30:00+09:00"));
        assert!(!after("2025-03-27T23:30:00-05:00", "2025-03-27T23:45:00-05:00"));
        assert!(after("2025-03-27T23:30:00-05:00", "2025-03-27"));
    }
}
