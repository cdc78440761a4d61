//! Cells: what number, date or hedge is written in one.

use std::collections::BTreeMap;

use testimony::{DayOrder, Error, Figure, Hedge, Moment, Number, NumberStyle, Period, Timestamp};

use super::mapping::{Dates, Numbers};

/// The signs by which spreadsheets know a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell that no spreadsheet takes for a formula: one that looks like it has an apostrophe before it.
pub(crate) fn defused(cell: &str) -> String {
    if cell.trim_start_matches('\'').starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

/// A cell without the apostrophe that [`defused`] gave it.
pub(crate) fn fused(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest,
        _ => cell,
    }
}

pub(super) fn style(numbers: Option<Numbers>) -> Option<NumberStyle> {
    numbers.map(|numbers| match numbers {
        Numbers::Point => NumberStyle::DecimalPoint,
        Numbers::Comma => NumberStyle::DecimalComma,
    })
}

fn order(dates: Option<Dates>) -> Option<DayOrder> {
    dates.and_then(|dates| match dates {
        Dates::DayFirst => Some(DayOrder::DayFirst),
        Dates::MonthFirst => Some(DayOrder::MonthFirst),
        Dates::Serial => None,
    })
}

/// Without the time of day behind a date: `2024-03-01 14:30` and `2024-03-01T14:30:00`.
fn day_of_time(cell: &str) -> &str {
    let Some((day, time)) = cell.split_once([' ', 'T']) else { return cell };
    let (hour, rest) = time.split_once(':').unwrap_or_default();
    let is_time = (1..=2).contains(&hour.len())
        && hour.bytes().all(|b| b.is_ascii_digit())
        && rest.len() >= 2
        && rest.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'));
    if is_time && day.bytes().filter(u8::is_ascii_digit).count() >= 6 { day } else { cell }
}

/// The day that a spreadsheet keeps as a number, from 1900-01-01 or from 1904-01-01. In the calendar of 1900 there is a
/// 29th of February that never was.
pub(crate) fn day_of_serial(serial: i64, is_1904: bool) -> Option<(i64, i64, i64)> {
    if !(1..=2_958_465).contains(&(serial + i64::from(is_1904))) {
        return None;
    }
    // Days from 1970-01-01, and from 0000-03-01: years are counted from March, so that a leap day is the last of its year.
    let days = match (is_1904, serial) {
        (true, day) => day - 24_107,
        (false, ..60) => serial - 25_568,
        (false, 60) => return None,
        (false, day) => day - 25_569,
    } + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    Some((era * 400 + year + i64::from(month <= 2), month, day))
}

/// Reads a date in any way of writing it, or the day of a time without a zone.
pub(super) fn period(cell: &str, dates: Option<Dates>) -> Result<Period, String> {
    let cell = day_of_time(cell.trim());
    if dates == Some(Dates::Serial)
        && let Ok(day) = cell.parse::<i64>()
        && !(1000..=9999).contains(&day)
    {
        let (year, month, day) =
            day_of_serial(day, false).ok_or_else(|| format!("{cell} is no day of a spreadsheet"))?;
        return format!("{year:04}-{month:02}-{day:02}").parse().map_err(|error| told(&error));
    }
    let read = match order(dates) {
        Some(order) => Period::read_with(cell, order),
        None => Period::read(cell),
    };
    read.map_err(|error| match error.code() {
        "day-order-unknown" => format!("{error}; write dates = \"day_first\" or \"month_first\" into the mapping"),
        _ => told(&error),
    })
}

/// A time, or a date as [`period`] reads it.
pub(super) fn moment(cell: &str, dates: Option<Dates>) -> Result<Moment, String> {
    match cell.trim().parse::<Timestamp>() {
        Ok(time) => Ok(time.into()),
        Err(_) => period(cell, dates).map(Into::into),
    }
}

pub(super) fn told(error: &Error) -> String {
    match error.help() {
        Some(help) => format!("{error}; {help}"),
        None => error.to_string(),
    }
}

/// Reads a number that is written in digits alone. A point or a comma that may group digits or part them is read as
/// the mapping says, and otherwise not at all.
pub(super) fn number(cell: &str, numbers: Option<Numbers>) -> Result<Number, String> {
    let cell = cell.trim();
    let signs: Vec<char> = cell.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let point = match (numbers, signs.as_slice()) {
        (Some(Numbers::Comma), _) => ',',
        (Some(Numbers::Point), _) | (None, []) => '.',
        (None, [one]) if is_grouped(cell, *one) => {
            let help = "write numbers = \"point\" (1,234.5) or \"comma\" (1.234,5) into the mapping";
            return Err(format!("{cell:?} has a number that can be read in two ways; {help}"));
        }
        (None, [one]) => *one,
        (None, [first, .., last]) if first != last => *last,
        (None, [one, ..]) => {
            if *one == '.' {
                ','
            } else {
                '.'
            }
        }
    };
    let not = || format!("{cell:?} is no number");
    let (whole, places) = match cell.split_once(point) {
        Some((whole, places)) => (whole, Some(places)),
        None => (cell, None),
    };
    let group = if point == '.' { ',' } else { '.' };
    let is_space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' | '\u{2019}');
    let groups: Vec<&str> = whole.split(|c| c == group || is_space(c)).collect();
    let digits = groups[0].trim_start_matches(['-', '+', '\u{2212}']);
    if groups.len() > 1 {
        let is_head = (1..=3).contains(&digits.len()) && !digits.starts_with('0');
        if !is_head || groups[1..].iter().any(|group| group.len() != 3 || !group.bytes().all(|b| b.is_ascii_digit())) {
            return Err(not());
        }
    }
    let mut plain = groups.concat().replace('\u{2212}', "-");
    if let Some(places) = places {
        plain.push('.');
        plain.push_str(places);
    }
    plain.parse().map_err(|error: Error| if error.code() == "not-a-number" { not() } else { told(&error) })
}

/// Whether the sign stands between one to three digits and exactly three, so that it may group them.
fn is_grouped(cell: &str, sign: char) -> bool {
    let Some((before, after)) = cell.split_once(sign) else { return false };
    let before = before.trim_start_matches(['-', '+', '\u{2212}']);
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    (1..=3).contains(&before.len()) && before != "0" && after.len() == 3 && is_digits(before) && is_digits(after)
}

/// The usual words of columns that have nothing but a hedge.
const HEDGES: [(&str, &str); 28] = [
    ("exactly", "exactly"),
    ("=", "exactly"),
    ("more", "more_than"),
    ("more than", "more_than"),
    ("over", "more_than"),
    (">", "more_than"),
    ("at least", "at_least"),
    ("min", "at_least"),
    (">=", "at_least"),
    ("≥", "at_least"),
    ("+", "at_least"),
    ("less", "less_than"),
    ("less than", "less_than"),
    ("fewer than", "less_than"),
    ("under", "less_than"),
    ("<", "less_than"),
    ("at most", "at_most"),
    ("up to", "at_most"),
    ("max", "at_most"),
    ("<=", "at_most"),
    ("≤", "at_most"),
    ("about", "about"),
    ("around", "about"),
    ("approximately", "about"),
    ("~", "about"),
    ("circa", "about"),
    ("nearly", "nearly"),
    ("just over", "just_over"),
];

/// A number with the word for its hedge, which is one of the format's, a usual one, or one that the mapping explains.
pub(super) fn hedged(number: Number, word: &str, own: &BTreeMap<String, String>) -> Result<Figure, String> {
    let word = word.trim().to_lowercase();
    let usual = || HEDGES.iter().find(|(usual, _)| *usual == word).map(|(_, hedge)| *hedge);
    let hedge = own.get(&word).map(String::as_str).or_else(usual).unwrap_or(&word);
    let n = number.into();
    let hedge = match hedge {
        "exactly" => Hedge::Exactly(n),
        "more_than" => Hedge::MoreThan(n),
        "at_least" => Hedge::AtLeast(n),
        "less_than" => Hedge::LessThan(n),
        "at_most" => Hedge::AtMost(n),
        "about" => Hedge::About(n),
        "nearly" => Hedge::Nearly(n),
        "just_over" => Hedge::JustOver(n),
        _ => {
            let help = "write it into the mapping: hedges = { \"the word\" = \"about\" }, or more_than, at_least, \
                        less_than, at_most, nearly, just_over, exactly";
            return Err(format!("{word:?} is no hedge that is known; {help}"));
        }
    };
    Figure::new(hedge).map_err(|error| told(&error))
}
