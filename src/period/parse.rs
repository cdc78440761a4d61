//! Periods as they are read from EDTF.

use std::str::FromStr;

use super::stamp::{Doubt, Stamp, Unspecified};
use super::{End, Period, Shape};
use crate::date::two_digits;
use crate::error::{Error, ErrorKind};

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

fn parse_stamp(text: &str) -> Result<Stamp, Error> {
    let (date, doubt) = match text.as_bytes().last() {
        Some(b'?') => (&text[..text.len() - 1], Some(Doubt::Uncertain)),
        Some(b'~') => (&text[..text.len() - 1], Some(Doubt::Approximate)),
        Some(b'%') => (&text[..text.len() - 1], Some(Doubt::Both)),
        _ => (text, None),
    };
    let Parts { year, month, day, unspecified } = Parts::split(date).ok_or_else(|| Error::new(why_not(date)))?;
    Ok(Stamp { doubt, unspecified, ..Stamp::new(year, month, day)? })
}

/// Why a text is no date.
fn why_not(text: &str) -> ErrorKind {
    let year = text.strip_prefix('-').unwrap_or(text);
    let digits = year.bytes().take_while(u8::is_ascii_digit).count();
    match (digits, &year.as_bytes()[digits..]) {
        // A date without hyphens has more digits too.
        (5, _) | (6.., [b'-', ..]) => ErrorKind::YearOutOfRange,
        (4, [b'-', b'2'..=b'4', b'0'..=b'9']) => ErrorKind::Season,
        (0, [b'[' | b'{', ..]) => ErrorKind::SetOfDates,
        _ => ErrorKind::NotAPeriod,
    }
}

/// The parts of a date.
struct Parts {
    year: i32,
    month: Option<u8>,
    day: Option<u8>,
    unspecified: Option<Unspecified>,
}

impl Parts {
    fn split(date: &str) -> Option<Self> {
        let (before_christ, digits) = match date.strip_prefix('-') {
            Some(rest) => (true, rest.as_bytes()),
            None => (false, date.as_bytes()),
        };
        let (&[y1, y2, y3, y4], rest) = digits.split_first_chunk::<4>()?;
        let (tens, of_year) = match [y3, y4] {
            [b'X', b'X'] => ([b'0', b'0'], Some(Unspecified::YearOfCentury)),
            [y3, b'X'] => ([y3, b'0'], Some(Unspecified::YearOfDecade)),
            known => (known, None),
        };
        let year = i32::from(two_digits([y1, y2])?) * 100 + i32::from(two_digits(tens)?);
        let (month, day, unspecified) = match *rest {
            [] => (None, None, of_year),
            _ if of_year.is_some() => return None,
            [b'-', b'X', b'X'] => (None, None, Some(Unspecified::Month)),
            [b'-', b'X', b'X', b'-', b'X', b'X'] => (None, None, Some(Unspecified::MonthAndDay)),
            [b'-', m1, m2] => (Some(two_digits([m1, m2])?), None, None),
            [b'-', m1, m2, b'-', b'X', b'X'] => (Some(two_digits([m1, m2])?), None, Some(Unspecified::Day)),
            [b'-', m1, m2, b'-', d1, d2] => (Some(two_digits([m1, m2])?), Some(two_digits([d1, d2])?), None),
            _ => return None,
        };
        // EDTF has seasons, quarters and halves of a year where a month is.
        let season = matches!((month, day), (Some(21..=41), None));
        if season || before_christ && year == 0 {
            return None;
        }
        Some(Self { year: if before_christ { -year } else { year }, month, day, unspecified })
    }
}
