//! A reader that takes the parts of a date off the front of its tokens.

use super::token::{DASH, Token};
use crate::error::{Error, ErrorKind};
use crate::period::words::MONTHS;

/// The order of day and month where a date is written in numbers with its year last: `05/06/2024` is 5 June or May 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayOrder {
    /// The day, as in most of the world.
    DayFirst,
    /// The month, as in the United States.
    MonthFirst,
}

pub(super) const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Reads tokens from the front; what has failed may have taken some, so that its caller gives up or goes back.
#[derive(Clone)]
pub(super) struct Reader<'a> {
    pub(super) rest: &'a [Token<'a>],
    pub(super) order: Option<DayOrder>,
}

impl Reader<'_> {
    /// Reads one or two digits that are not a year, and the ending of an ordinal behind them.
    pub(super) fn day_of_month(&mut self) -> Option<u8> {
        let [Token::Digits(digits), rest @ ..] = self.rest else { return None };
        let mut after = Reader { rest, order: None };
        if digits.len() > 2 || after.word(&["bc", "bce", "ad", "ce"]) || after.mark(':') {
            return None;
        }
        after.word(&["st", "nd", "rd", "th"]);
        self.rest = after.rest;
        digits.parse().ok()
    }

    pub(super) fn month(&mut self) -> Option<u8> {
        self.name(&MONTHS).map(|month| month + 1)
    }

    /// Reads a year, with or without a comma before it, if there is one.
    pub(super) fn year_after_comma(&mut self) -> Result<Option<i32>, Error> {
        let before = self.rest;
        self.mark(',');
        let short = self.mark('\'');
        match self.rest {
            [Token::Digits(_), Token::Mark(':'), ..] => {}
            [Token::Digits(digits), rest @ ..] => {
                let era = matches!(rest.first(), Some(Token::Word(word)) if ["bc", "bce", "ad", "ce"].contains(&word.as_str()));
                if digits.len() == 2 && !era {
                    return Err(Error::new(ErrorKind::ShortYear));
                }
                if !short {
                    return self.year().map(Some);
                }
            }
            [Token::Word(era), ..] if era == "ad" => return self.year().map(Some),
            _ => {}
        }
        self.rest = before;
        Ok(None)
    }

    /// Reads a year of four digits, or one that says from when it counts.
    pub(super) fn year(&mut self) -> Result<i32, Error> {
        let era = self.word(&["ad"]);
        let [Token::Digits(digits), rest @ ..] = self.rest else { return Err(not_a_period()) };
        self.rest = rest;
        let year = digits.parse::<i32>().map_err(|_| Error::new(ErrorKind::YearOutOfRange))?;
        if !era && self.word(&["bc", "bce"]) {
            return if year > 0 { Ok(1 - year) } else { Err(not_a_period()) };
        }
        let era = era || self.word(&["ad", "ce"]);
        match digits.len() {
            5 => Err(Error::new(ErrorKind::YearOutOfRange)),
            4 => Ok(year),
            ..4 if era && year > 0 => Ok(year),
            _ => Err(not_a_period()),
        }
    }

    /// Takes a time of day, with its zone, off the front: the day is the one there.
    pub(super) fn time_of_day(&mut self) -> Result<(), Error> {
        let before = self.rest;
        if !self.mark(',') {
            self.word(&["at", "t"]);
        }
        let Some((hour, minute)) = self.hour_and_minute() else {
            self.rest = before;
            return Ok(());
        };
        let second = if self.mark(':') { self.number() } else { Some(0) };
        if self.mark('.') && self.number().is_none() {
            return Err(not_a_period());
        }
        let hours = if self.word(&["am", "pm"]) { 1..=12 } else { 0..=23 };
        let exists = hours.contains(&hour) && minute < 60 && second.is_some_and(|second| second <= 60);
        self.word(&["z", "utc", "gmt"]);
        if self.mark('+') || self.mark('-') || self.mark(DASH) {
            let offset = self.hour_and_minute().is_some() || self.number().is_some();
            return if exists && offset { Ok(()) } else { Err(not_a_period()) };
        }
        if exists { Ok(()) } else { Err(not_a_period()) }
    }

    fn hour_and_minute(&mut self) -> Option<(u32, u32)> {
        let [Token::Digits(hour), Token::Mark(':'), Token::Digits(minute), rest @ ..] = self.rest else { return None };
        self.rest = rest;
        Some((hour.parse().ok()?, minute.parse().ok()?))
    }

    fn number(&mut self) -> Option<u32> {
        let [Token::Digits(digits), rest @ ..] = self.rest else { return None };
        self.rest = rest;
        digits.parse().ok()
    }

    /// Takes one of these words off the front.
    pub(super) fn word(&mut self, words: &[&str]) -> bool {
        self.name_of(words).is_some()
    }

    /// Takes one of these words off the front, and tells which.
    pub(super) fn name_of(&mut self, words: &[&str]) -> Option<u8> {
        let [Token::Word(word), rest @ ..] = self.rest else { return None };
        let (_, number) = words.iter().zip(0..).find(|(other, _)| *other == word)?;
        self.rest = rest;
        Some(number)
    }

    /// Takes one of these names off the front, which may be shortened, and tells which.
    pub(super) fn name(&mut self, names: &[&str]) -> Option<u8> {
        let [Token::Word(word), rest @ ..] = self.rest else { return None };
        let number = abbreviated(word, names)?;
        self.rest = rest;
        if word.len() < 6 {
            self.mark('.');
        }
        Some(number)
    }

    /// Takes all of these words off the front, or none.
    pub(super) fn words(&mut self, words: &[&str]) -> bool {
        let before = self.rest;
        let all = words.iter().all(|word| self.word(&[word]));
        if !all {
            self.rest = before;
        }
        all
    }

    pub(super) fn mark(&mut self, mark: char) -> bool {
        match self.rest {
            [Token::Mark(other), rest @ ..] if *other == mark => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }
}

/// The number of the month or day that a word names, in full or shortened as is usual.
pub(super) fn abbreviated(word: &str, names: &[&str]) -> Option<u8> {
    let usual = word.len() == 3 || ["sept", "tues", "thur", "thurs"].contains(&word);
    let is = |name: &str| name.eq_ignore_ascii_case(word) || usual && name.to_lowercase().starts_with(word);
    names.iter().zip(0..).find(|(name, _)| is(name)).map(|(_, number)| number)
}

pub(super) fn not_a_period() -> Error {
    Error::new(ErrorKind::NotAPeriod)
}
