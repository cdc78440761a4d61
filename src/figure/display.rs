//! Figures as a newspaper prints them.

use std::fmt;

use super::{Figure, Hedge, Number, Vague};
use crate::text::Shown;

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = self.is_ratio();
        let number = |n: Number| n.grouped(ratio);
        let percent = if ratio { "%" } else { "" };
        match self.hedge {
            Hedge::Exactly(n) => write!(f, "{}{percent}", number(n)),
            Hedge::MoreThan(n) => write!(f, "more than {}{percent}", number(n)),
            Hedge::AtLeast(n) => write!(f, "at least {}{percent}", number(n)),
            Hedge::LessThan(n) => write!(f, "less than {}{percent}", number(n)),
            Hedge::AtMost(n) => write!(f, "at most {}{percent}", number(n)),
            Hedge::Between(low, high) => write!(f, "{}–{}{percent}", number(low), number(high)),
            Hedge::Within(low, high) => write!(
                f,
                "{} {}{percent} and {} {}{percent}",
                if low.is_open() { "more than" } else { "at least" },
                number(low.value()),
                if high.is_open() { "less than" } else { "at most" },
                number(high.value()),
            ),
            Hedge::About(n) => write!(f, "about {}{percent}", number(n)),
            Hedge::AboutBetween(low, high) => write!(f, "about {}–{}{percent}", number(low), number(high)),
            Hedge::Nearly(n) => write!(f, "nearly {}{percent}", number(n)),
            Hedge::JustOver(n) => write!(f, "just over {}{percent}", number(n)),
            Hedge::Vague(magnitude) => f.write_str(match magnitude {
                Vague::Dozens => "dozens",
                Vague::Scores => "scores",
                Vague::Hundreds => "hundreds",
                Vague::Thousands => "thousands",
                Vague::TensOfThousands => "tens of thousands",
                Vague::HundredsOfThousands => "hundreds of thousands",
                Vague::Millions => "millions",
            }),
        }?;
        match (self.unit(), self.hedge) {
            (Some(unit), Hedge::Vague(_)) => write!(f, " of {}", Shown(unit)),
            (Some(unit), _) if !ratio => write!(f, " {}", Shown(unit)),
            _ => Ok(()),
        }
    }
}
