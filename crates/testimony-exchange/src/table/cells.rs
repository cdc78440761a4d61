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
    dates.map(|dates| match dates {
        Dates::DayFirst => DayOrder::DayFirst,
        Dates::MonthFirst => DayOrder::MonthFirst,
    })
}

pub(super) fn period(cell: &str, dates: Option<Dates>) -> Result<Period, String> {
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
