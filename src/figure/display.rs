//! Figures as a newspaper prints them, in words that are read back to the same figure.

use std::fmt;

use super::phrase::vague_name;
use super::{Figure, Hedge, RATIO};
use crate::number::Number;
use crate::shown::Shown;

/// Writes the figure as a newspaper prints it; parsing that gives the same figure.
///
/// A proportion is a percentage, or a fraction where it was said as one that no percentage is equal to. A unit that
/// would be read as something else, a blank one for example, is put in typographic quotation marks.
impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.plain();
        if self.unit().is_none() || plain.parse::<Figure>().is_ok_and(|read| read == *self) {
            return f.write_str(&plain);
        }
        write!(f, "{} “{}”", self.numbers_as(|n| n.grouped(false), ""), Escaped(self.unit().unwrap_or_default()))
    }
}

impl Figure {
    /// The figure in print, whether or not it can be read back.
    pub(crate) fn plain(&self) -> String {
        match self.unit() {
            Some(RATIO) => self.fraction().unwrap_or_else(|| self.numbers_as(|n| n.grouped(true), "%")),
            Some(unit) if matches!(self.hedge, Hedge::Vague(_)) => {
                format!("{} of {}", self.numbers_as(|n| n.grouped(false), ""), Shown(unit))
            }
            Some(unit) => format!("{} {}", self.numbers_as(|n| n.grouped(false), ""), Shown(unit)),
            None => self.numbers_as(|n| n.grouped(false), ""),
        }
    }

    /// The hedge around its numbers, each printed by `number`, with `sign` behind it.
    fn numbers_as(&self, number: impl Fn(Number) -> String, sign: &str) -> String {
        let number = |n| number(n) + sign;
        let range = |low, high| {
            let low: String = number(low);
            format!("{}–{}", low.strip_suffix('%').unwrap_or(&low), number(high))
        };
        match self.hedge {
            Hedge::Exactly(n) => number(n),
            Hedge::MoreThan(n) => format!("more than {}", number(n)),
            Hedge::AtLeast(n) => format!("at least {}", number(n)),
            Hedge::LessThan(n) => format!("less than {}", number(n)),
            Hedge::AtMost(n) => format!("at most {}", number(n)),
            Hedge::Between(low, high) => range(low, high),
            Hedge::Within(low, high) => format!(
                "{} {} and {} {}",
                if low.is_open() { "more than" } else { "at least" },
                number(low.value()),
                if high.is_open() { "less than" } else { "at most" },
                number(high.value()),
            ),
            Hedge::About(n) => format!("about {}", number(n)),
            Hedge::AboutBetween(low, high) => format!("about {}", range(low, high)),
            Hedge::Nearly(n) => format!("nearly {}", number(n)),
            Hedge::JustOver(n) => format!("just over {}", number(n)),
            Hedge::Vague(magnitude) => vague_name(magnitude).to_owned(),
        }
    }

    /// The proportion as a fraction, where what it holds are the digits around one: "nearly one-third".
    fn fraction(&self) -> Option<String> {
        const FRACTIONS: [&str; 8] = [
            "one-third",
            "two-thirds",
            "one-sixth",
            "five-sixths",
            "one-seventh",
            "one-ninth",
            "one-eleventh",
            "one-twelfth",
        ];
        let prefix = match self.hedge {
            Hedge::Between(..) => "",
            Hedge::AboutBetween(..) => "about ",
            Hedge::MoreThan(_) => "more than ",
            Hedge::AtLeast(_) => "at least ",
            Hedge::LessThan(_) => "less than ",
            Hedge::AtMost(_) => "at most ",
            Hedge::Nearly(_) => "nearly ",
            Hedge::JustOver(_) => "just over ",
            _ => return None,
        };
        // Only numbers of as many digits as enclose a fraction can be one.
        if self.hedge.numbers().any(|n| n.to_string().len() < 15) {
            return None;
        }
        FRACTIONS
            .iter()
            .map(|fraction| format!("{prefix}{fraction}"))
            .find(|phrase| phrase.parse::<Figure>().is_ok_and(|read| read == *self))
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
