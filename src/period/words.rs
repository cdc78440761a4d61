//! Periods in plain words.

use super::stamp::{Doubt, Stamp, Unspecified};
use super::{End, Period, Shape};
use crate::date::Date;

impl Period {
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
        let year = year_in_words(self.first());
        let known = match (self.month, self.day) {
            (0, _) => year,
            (_, 0) => format!("{} {year}", self.month_name()),
            (_, day) => format!("{day} {} {year}", self.month_name()),
        };
        match self.unspecified {
            None => format!("{doubt}{known}"),
            Some(Unspecified::YearOfDecade | Unspecified::YearOfCentury) => {
                format!("{doubt}some year from {known} to {}", year_in_words(self.last()))
            }
            Some(Unspecified::Month) => format!("{doubt}some month of {known}"),
            Some(Unspecified::Day | Unspecified::MonthAndDay) => format!("{doubt}some day of {known}"),
        }
    }
}

fn year_in_words(date: Date) -> String {
    match date.year() {
        year @ 1..1000 => format!("AD {year}"),
        year @ 1000.. => year.to_string(),
        before => format!("{} BC", 1 - before),
    }
}

/// Two dates with a dash between them, and what they share said once.
fn span_in_words(from: Stamp, to: Stamp) -> String {
    if from == to {
        return to.in_words();
    }
    let plain = !from.is_qualified() && !to.is_qualified();
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
        return format!("{}–{}", from.in_words(), to.in_words());
    }
    format!("{} – {}", from.in_words(), to.in_words())
}
