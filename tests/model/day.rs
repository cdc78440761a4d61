//! Periods as sets of days, and times of saying as spans of seconds.

use super::set::Set;

/// The days from 1 January to 28 February 2025, by number from 0, and a point on either side for all the others.
const DAYS: i64 = 59;
const JANUARY: i64 = 31;
const POINTS: usize = 61;
/// Stands for all days after those; the first point, 0, for all before.
pub(crate) const LAST_POINT: usize = POINTS - 1;

/// By how many seconds the clocks of Seoul are ahead.
pub(crate) const SEOUL: i64 = 9 * 3600;

/// An end of a span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum End {
    Day(i64),
    Open,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Shape {
    Day(i64),
    January,
    February,
    Span(End, End),
}

/// A period as it was written. Two that are written differently are two, even if they are the same days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Period {
    pub(crate) shape: Shape,
    /// Nothing, `?`, `~` or `%`, after the last date of it.
    pub(crate) mark: &'static str,
}

impl Period {
    /// The first and the last day, where it has them.
    fn ends(self) -> (Option<i64>, Option<i64>) {
        let day = |end| if let End::Day(day) = end { Some(day) } else { None };
        match self.shape {
            Shape::Day(day) => (Some(day), Some(day)),
            Shape::January => (Some(0), Some(JANUARY - 1)),
            Shape::February => (Some(JANUARY), Some(DAYS - 1)),
            Shape::Span(first, last) => (day(first), day(last)),
        }
    }

    /// Whether it is marked as uncertain or approximate (R10).
    pub(crate) fn is_qualified(self) -> bool {
        !self.mark.is_empty()
    }

    /// Its days; an end that is unknown counts as an open one (R10).
    pub(crate) fn days(self) -> Set {
        let (first, last) = self.ends();
        Set::of(POINTS, |point| {
            let day = i64::try_from(point).unwrap() - 1;
            first.is_none_or(|first| first <= day) && last.is_none_or(|last| day <= last)
        })
    }

    /// The seconds from the beginning of the first day to the end of the last.
    pub(crate) fn seconds(self) -> (i64, i64) {
        let (first, last) = self.ends();
        (first.map_or(i64::MIN, |day| day * 86_400), last.map_or(i64::MAX, |day| day * 86_400 + 86_399))
    }

    pub(crate) fn text(self) -> String {
        let mark = self.mark;
        let end = |end| match end {
            End::Day(day) => date(day),
            End::Open => "..".to_owned(),
            End::Unknown => String::new(),
        };
        match self.shape {
            Shape::Day(day) => format!("{}{mark}", date(day)),
            Shape::January => format!("2025-01{mark}"),
            Shape::February => format!("2025-02{mark}"),
            Shape::Span(first, last @ End::Day(_)) => format!("{}/{}{mark}", end(first), end(last)),
            Shape::Span(first, last) => format!("{}{mark}/{}", end(first), end(last)),
        }
    }
}

fn date(day: i64) -> String {
    if day < JANUARY { format!("2025-01-{:02}", day + 1) } else { format!("2025-02-{:02}", day - JANUARY + 1) }
}

/// When something was said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Moment {
    Period(Period),
    /// By the seconds since 1 January 2025 in UTC; it may be written with the offset of Seoul, and is of the day there.
    Time {
        second: i64,
        seoul: bool,
    },
}

impl Moment {
    pub(crate) fn days(self) -> Set {
        match self {
            Self::Period(period) => period.days(),
            Self::Time { second, seoul } => {
                let there = if seoul { second + SEOUL } else { second };
                Period { shape: Shape::Day(there / 86_400), mark: "" }.days()
            }
        }
    }

    pub(crate) fn seconds(self) -> (i64, i64) {
        match self {
            Self::Period(period) => period.seconds(),
            Self::Time { second, .. } => (second, second),
        }
    }

    pub(crate) fn text(self) -> String {
        match self {
            Self::Period(period) => period.text(),
            Self::Time { second, seoul } => time(second, seoul),
        }
    }
}

/// A time by the seconds since 1 January 2025 in UTC, as it is written there or in Seoul.
pub(crate) fn time(second: i64, seoul: bool) -> String {
    let (second, offset) = if seoul { (second + SEOUL, "+09:00") } else { (second, "Z") };
    let (hour, minute) = (second / 3600 % 24, second / 60 % 60);
    format!("{}T{hour:02}:{minute:02}:{:02}{offset}", date(second / 86_400), second % 60)
}

/// How many days lie between the nearest days of two periods that share none, the later of them included; and whether
/// the first of the two is the later one.
pub(crate) fn apart(one: &Set, other: &Set) -> (usize, bool) {
    if one.first() > other.last() { (one.first() - other.last(), true) } else { (other.first() - one.last(), false) }
}

/// The first and the last day of some, where they have them.
pub(crate) fn ends(days: &Set) -> [Option<String>; 2] {
    let day = |point: usize| date(i64::try_from(point).expect("few days") - 1);
    [days.first(), days.last()].map(|point| (point != 0 && point != LAST_POINT).then(|| day(point)))
}
