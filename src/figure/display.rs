//! Figures as a newspaper prints them, in words that are read back to the same figure.

use std::fmt;

use super::phrase::vague_name;
use super::{Figure, Hedge, RATIO};
use crate::number::{Number, Rational};
use crate::shown::Shown;

/// Writes the figure as a newspaper prints it; parsing that gives the same figure.
///
/// A proportion is a percentage, or a fraction where it was said as one that no percentage is equal to. A unit that
/// would be read as something else, a blank one for example, is put in typographic quotation marks. What is rounded has
/// a scale word or a percent sign, and is read back if a newspaper can write it so: a dozen rounded to tens is `10`.
impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.plain();
        let is_read_back = |text: &str| text.parse::<Figure>().is_ok_and(|read| read == *self);
        // Neither can be taken for anything else.
        let simple = self.unit().is_none() && self.hedge.numbers().all(|n| n.to_number().is_some());
        if simple || is_read_back(&plain) {
            return f.write_str(&plain);
        }
        // "27%" is rounded, and "a half" is; but not "exactly 27%". "5/13" could be a day.
        let exactly = if matches!(self.hedge, Hedge::Exactly(_)) { "exactly " } else { "" };
        for other in [format!("{exactly}{plain}"), format!("{exactly}{}", plain.replace('/', " out of "))] {
            if other != plain && is_read_back(&other) {
                return f.write_str(&other);
            }
        }
        match self.unit() {
            None => f.write_str(&plain),
            Some(RATIO) if !matches!(self.hedge, Hedge::Vague(_)) => f.write_str(&plain),
            Some(unit) => write!(f, "{} “{}”", self.numbers_as(false, ""), Escaped(unit)),
        }
    }
}

impl Figure {
    /// The figure in print, whether or not it can be read back.
    pub(crate) fn plain(&self) -> String {
        match self.unit() {
            Some(RATIO) => self.fraction().unwrap_or_else(|| self.numbers_as(true, "%")),
            Some(unit) if matches!(self.hedge, Hedge::Vague(_)) => {
                format!("{} of {}", self.numbers_as(false, ""), Shown(unit))
            }
            Some(unit) => format!("{} {}", self.numbers_as(false, ""), Shown(unit)),
            None => self.numbers_as(false, ""),
        }
    }

    /// The hedge around its numbers, each as a percentage or not, with `sign` behind it.
    fn numbers_as(&self, percent: bool, sign: &str) -> String {
        let decimal = |n: Number| unambiguous(n.grouped(percent)) + sign;
        let number = |n: Rational| n.to_number().map_or_else(|| n.to_string(), decimal);
        let range = |low, high| {
            let low: String = decimal(low);
            format!("{}–{}", low.strip_suffix('%').unwrap_or(&low), decimal(high))
        };
        match self.hedge {
            Hedge::Exactly(n) => number(n),
            Hedge::Rounded { number, to } if percent => with_exponent(number.grouped_to(to, 2)) + sign,
            Hedge::Rounded { number, to } => scaled(number, to),
            Hedge::RoundedFraction(n) => mixed(n),
            Hedge::MoreThan(n) => format!("more than {}", number(n)),
            Hedge::AtLeast(n) => format!("at least {}", number(n)),
            Hedge::LessThan(n) => format!("less than {}", number(n)),
            Hedge::AtMost(n) => format!("at most {}", number(n)),
            Hedge::Between(low, high) => range(low, high),
            Hedge::Estimate { low, high, best } => {
                format!("{}, at least {} and at most {}", decimal(best), decimal(low), decimal(high))
            }
            Hedge::Within(low, high) => format!(
                "{} {} and {} {}",
                if low.is_open() { "more than" } else { "at least" },
                decimal(low.value()),
                if high.is_open() { "less than" } else { "at most" },
                decimal(high.value()),
            ),
            Hedge::About(n) => format!("about {}", number(n)),
            Hedge::AboutBetween(low, high) => format!("about {}", range(low, high)),
            Hedge::Nearly(n) => format!("nearly {}", number(n)),
            Hedge::JustOver(n) => format!("just over {}", number(n)),
            Hedge::Vague(magnitude) => vague_name(magnitude).to_owned(),
        }
    }

    /// The proportion with its fraction in words, where it is said of one that has a name: "nearly one-third". A range
    /// that is the digits around one has its name as well.
    fn fraction(&self) -> Option<String> {
        const FRACTIONS: [(&str, i64, u64); 9] = [
            ("one-third", 1, 3),
            ("two-thirds", 2, 3),
            ("one-sixth", 1, 6),
            ("five-sixths", 5, 6),
            ("one-seventh", 1, 7),
            ("one-ninth", 1, 9),
            ("one-eleventh", 1, 11),
            ("one-twelfth", 1, 12),
            ("one-half", 1, 2),
        ];
        let prefix = match self.hedge {
            Hedge::Between(..) | Hedge::RoundedFraction(_) => "",
            Hedge::Exactly(_) => "exactly ",
            Hedge::About(_) | Hedge::AboutBetween(..) => "about ",
            Hedge::MoreThan(_) => "more than ",
            Hedge::AtLeast(_) => "at least ",
            Hedge::LessThan(_) => "less than ",
            Hedge::AtMost(_) => "at most ",
            Hedge::Nearly(_) => "nearly ",
            Hedge::JustOver(_) => "just over ",
            _ => return None,
        };
        let mut numbers = self.hedge.numbers();
        let fraction =
            numbers.next().filter(|n| n.to_number().is_none() || matches!(self.hedge, Hedge::RoundedFraction(_)));
        if let Some(fraction) = fraction {
            let named = |(_, n, d): &&(&str, i64, u64)| Rational::fraction(*n, *d).is_ok_and(|named| named == fraction);
            return FRACTIONS.iter().find(named).map(|(name, ..)| format!("{prefix}{name}"));
        }
        // Only numbers of as many digits as enclose a fraction can be one.
        if self.hedge.numbers().any(|n| n.to_string().len() < 15) {
            return None;
        }
        FRACTIONS
            .iter()
            .map(|(fraction, ..)| format!("{prefix}{fraction}"))
            .find(|phrase| phrase.parse::<Figure>().is_ok_and(|read| read == *self))
    }
}

/// A fraction with its whole part before it: `2 1/3`, which is no day.
fn mixed(fraction: Rational) -> String {
    let whole = fraction.abs().below().floor();
    let rest = fraction.abs().checked_sub(whole.into()).filter(|rest| *rest > Rational::ZERO && whole > Number::ZERO);
    let sign = if fraction.is_negative() { "-" } else { "" };
    rest.map_or_else(|| fraction.as_fraction(), |rest| format!("{sign}{} {}", whole.grouped(false), rest.as_fraction()))
}

/// The digits with a nought behind them where three places could be taken for thousands: `1.5000` is not `1,500`.
fn unambiguous(mut digits: String) -> String {
    if looks_grouped(&digits) {
        digits.push('0');
    }
    digits
}

/// The same for a number that is rounded, which a nought behind it would make more precise: `1500e-3`.
fn with_exponent(digits: String) -> String {
    if looks_grouped(&digits) { digits.replace('.', "") + "e-3" } else { digits }
}

fn looks_grouped(digits: &str) -> bool {
    digits.split_once('.').is_some_and(|(whole, places)| {
        let whole = whole.trim_start_matches(['-', '−']);
        places.len() == 3 && whole.len() <= 3 && !whole.starts_with('0')
    })
}

/// A number with the scale word that shows it rounded to the digit with this unit: `4.7 million`. The largest word that
/// is not above it, or the least that has such a digit; without one, the number as it is.
fn scaled(number: Number, to: Number) -> String {
    const SCALES: [(&str, u32); 4] = [("trillion", 12), ("billion", 9), ("million", 6), ("thousand", 3)];
    let power = |scale: u32| Number::from(10u64.pow(scale));
    // Three places could be taken for thousands.
    let three_places = |scale: u32| to.checked_mul(Number::from(1000)) == Some(power(scale));
    let mut scales = SCALES.iter().filter(|(_, scale)| to <= power(*scale) && !three_places(*scale));
    let fitting = scales.clone().find(|(_, scale)| power(*scale) <= number.abs());
    match fitting.or(scales.next_back()) {
        Some((name, scale)) => format!("{} {name}", number.grouped_to(to, -i64::from(*scale))),
        None => unambiguous(number.grouped(false)),
    }
}

/// A unit for quotation marks: what would not show, and what ends it, as `\u{…}`.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(['\\', '“', '”']) {
            let (front, marked) = rest.split_at(at);
            write!(f, "{}", Shown(front))?;
            let mut chars = marked.chars();
            if let Some(c) = chars.next() {
                write!(f, "{}", c.escape_unicode())?;
            }
            rest = chars.as_str();
        }
        write!(f, "{}", Shown(rest))
    }
}
