//! Times as Wikibase has them: an ISO 8601 date with noughts for what is not known, and a precision.

use serde_json::{Value, json};
use testimony::Period;

use crate::json::text;

const GREGORIAN: &str = "http://www.wikidata.org/entity/Q1985727";
const JULIAN: &str = "http://www.wikidata.org/entity/Q1985786";

/// The period that a time is, as its precision says: 11 the day, 10 the month, 9 the year, 8 the decade, 7 the century, 6
/// the millennium. Days of the Julian calendar are given in the Gregorian one.
pub(super) fn period(time: &Value) -> Result<Period, String> {
    let written = text(time, "time").ok_or("has no time")?;
    let not = || format!("{written:?} is no time");
    let (sign, rest) = (written.starts_with('-'), written.get(1..).ok_or_else(not)?);
    let date = rest.split('T').next().unwrap_or_default();
    let mut parts = date.split('-').map(|part| part.parse::<i64>().ok().filter(|_| part.len() <= 16));
    let (Some(Some(year)), Some(Some(month)), Some(Some(day))) = (parts.next(), parts.next(), parts.next()) else {
        return Err(not());
    };
    // There is no year 0 in the JSON of Wikibase: 1 before Christ is -1.
    let year = if sign { 1 - year } else { year };
    if !(-9999..=9999).contains(&year) {
        return Err(format!("{written:?} has a year outside −9999 to 9999"));
    }
    let is_julian = text(time, "calendarmodel") == Some(JULIAN);
    let precision = time.get("precision").and_then(Value::as_u64);
    let edtf = match precision {
        Some(11) if is_julian => {
            let (year, month, day) = gregorian(year, month, day);
            format!("{}-{month:02}-{day:02}", padded(year))
        }
        Some(10 | 11) if month == 0 => padded(year),
        Some(11) if day == 0 => format!("{}-{month:02}", padded(year)),
        Some(11) => format!("{}-{month:02}-{day:02}", padded(year)),
        Some(10) => format!("{}-{month:02}", padded(year)),
        Some(9) => padded(year),
        Some(8) if year >= 0 => format!("{}X", &padded(year)[..3]),
        Some(7) if year >= 1 => span(year, 100),
        Some(6) if year >= 1 => span(year, 1000),
        Some(precision) => {
            return Err(format!("{written:?} has the precision {precision}; 6 (a millennium) to 11 (a day) are read"));
        }
        None => return Err(format!("{written:?} has no precision")),
    };
    edtf.parse().map_err(|error: testimony::Error| error.to_string())
}

fn padded(year: i64) -> String {
    if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") }
}

/// The years from one to a hundred or a thousand, among which the year is.
fn span(year: i64, years: i64) -> String {
    let first = (year - 1) / years * years + 1;
    format!("{}/{}", padded(first), padded((first + years - 1).min(9999)))
}

/// A day of the Julian calendar in the Gregorian one, by its Julian day number. Years are counted from March.
fn gregorian(year: i64, month: i64, day: i64) -> (i64, i64, i64) {
    let early = (14 - month) / 12;
    let shifted = year + 4800 - early;
    let days = day + (153 * (month + 12 * early - 3) + 2) / 5 + 365 * shifted + shifted.div_euclid(4) - 32083;
    let since = days + 32044;
    let century = (4 * since + 3).div_euclid(146_097);
    let left = since - (146_097 * century).div_euclid(4);
    let of_century = (4 * left + 3).div_euclid(1461);
    let left = left - (1461 * of_century).div_euclid(4);
    let shifted = (5 * left + 2) / 153;
    let day = left - (153 * shifted + 2) / 5 + 1;
    (100 * century + of_century - 4800 + shifted / 10, shifted + 3 - 12 * (shifted / 10), day)
}

/// The value of a time snak for a date in EDTF: a day, a month, a year or a decade; `None` for all else.
pub(super) fn snak_value(date: &str) -> Option<Value> {
    let date = date.trim_end_matches(['?', '~', '%']);
    let (sign, rest) = match date.strip_prefix('-') {
        Some(rest) => ('-', rest),
        None => ('+', date),
    };
    let mut parts = rest.split('-');
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    let (year, precision) = match (year.strip_suffix('X'), month, day) {
        (Some(decade), None, None) if decade.len() == 3 && !decade.contains('X') && sign == '+' => {
            (format!("{decade}0"), 8)
        }
        (Some(_), ..) => return None,
        (None, None, _) => (year.to_owned(), 9),
        (None, Some(_), None) => (year.to_owned(), 10),
        (None, Some(_), Some(_)) => (year.to_owned(), 11),
    };
    if rest.contains('X') && precision != 8 || year.len() != 4 {
        return None;
    }
    let (sign, year) = match (sign, year.parse::<i64>().ok()?) {
        ('-', year) => ('-', year + 1),
        (_, 0) => ('-', 1),
        (sign, year) => (sign, year),
    };
    let time = format!("{sign}{year:04}-{}-{}T00:00:00Z", month.unwrap_or("00"), day.unwrap_or("00"));
    Some(json!({
        "time": time, "timezone": 0, "before": 0, "after": 0, "precision": precision, "calendarmodel": GREGORIAN,
    }))
}
