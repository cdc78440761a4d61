//! A story as bytes spell it, a byte a choice, so that a fuzzer can change one choice and leave the others alone.
//!
//! Proptest can draw from given bytes too, but shares them out between the branches of each choice until none are left.

use testimony::{Measure, Stance, Vague};

use super::day::{End, Moment, Period, Shape};
use super::draw::{Deed, Step, Story};
use super::ledger::{Claim, Content, LIKELIHOODS, Predicate, SCOPES, Source, TEXTS, Value};
use super::number::{Hedge, ONE, ROUNDED_TO, Widths};

/// The most that one story does; the model answers every question from the start.
const STEPS: usize = 60;

/// The bytes that are left; behind the last one there are noughts.
struct Choices<'a>(&'a [u8]);

impl Choices<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// One of so many, by its number.
    fn of(&mut self, many: usize) -> usize {
        usize::from(self.byte()) % many
    }

    fn one<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.of(choices.len())].clone()
    }

    /// Yes in so many cases out of ten.
    fn often(&mut self, tenths: usize) -> bool {
        self.of(10) < tenths
    }

    fn maybe<T>(&mut self, tenths: usize, choose: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.often(tenths).then(|| choose(self))
    }

    fn step(&mut self) -> Step {
        let deed = match self.of(19) {
            0..8 => Deed::Append(Content::Claim(self.claim())),
            8 => Deed::Append(self.source()),
            9 => match self.of(4) {
                0 => Deed::Append(self.source_amendment()),
                1 => Deed::Amend(self.of(64), self.often(3), self.maybe(7, Self::credibility), self.cited()),
                _ => Deed::Append(self.predicate()),
            },
            10 => Deed::Retract(self.of(64), self.often(3), self.maybe(3, |choices| choices.of(7))),
            11 => Deed::Repeat(self.of(64), self.maybe(2, |choices| 1 + choices.byte() % 6), self.cited()),
            12 => Deed::Echo(self.of(64), self.of(5)),
            13 => {
                let (number, relays) = (self.of(64), self.of(3));
                Deed::Relay(number, (0..relays).map(|_| self.of(5)).collect())
            }
            14 => Deed::Disown(self.of(64), self.often(3)),
            15 => {
                let (number, hedge) = (self.of(64), self.hedge());
                Deed::Count(number, hedge, self.day(), self.maybe(6, |choices| choices.one(&[0, 9 * 3600, 18 * 3600])))
            }
            16 => Deed::Hold(self.of(64), self.of(5), self.of(LIKELIHOODS.len())),
            17 => Deed::Restate(self.of(64), self.maybe(7, Self::moment)),
            _ => Deed::Redate(self.of(64), self.maybe(8, Self::period), self.stance()),
        };
        let after = self.maybe(3, |choices| i64::from(choices.byte() % 5) - 1);
        Step { deed, after }
    }

    fn source(&mut self) -> Content {
        let (id, name, anonymous) = (self.of(6), self.of(2), self.often(3));
        let part_of = self.maybe(6, |choices| choices.of(id + 1));
        Content::Source(Source { id, name, anonymous, part_of })
    }

    fn source_amendment(&mut self) -> Content {
        let (id, name, anonymous) =
            (self.of(7), self.maybe(4, |choices| choices.of(2)), self.maybe(4, |choices| choices.often(5)));
        let part_of = self.maybe(6, |choices| choices.maybe(8, |choices| choices.of(7)));
        Content::AmendSource { id, name, anonymous, part_of }
    }

    fn credibility(&mut self) -> Option<u8> {
        self.maybe(8, |choices| 1 + choices.byte() % 6)
    }

    fn cited(&mut self) -> Vec<usize> {
        (0..self.of(3)).map(|_| self.of(3)).collect()
    }

    fn predicate(&mut self) -> Content {
        Content::Predicate(Predicate {
            name: self.of(2),
            measure: self.one(Measure::ALL),
            unit: self.one(&[None, Some("persons"), Some("Ratio")]),
            continuous: self.often(3),
            single_valued: self.often(3),
            opposites: self.often(6),
            same: false,
        })
    }

    fn claim(&mut self) -> Claim {
        Claim {
            topic: self.one(&[(0, 0), (0, 1), (0, 0), (1, 0)]),
            value: self.maybe(9, Self::value),
            stance: self.stance(),
            scope: self.maybe(2, |choices| {
                let group = choices.of(SCOPES.len());
                (group, choices.of(SCOPES[group].len()))
            }),
            likelihood: self.maybe(2, |choices| choices.of(LIKELIHOODS.len())),
            origin: self.of(6),
            relays: (0..self.of(4).saturating_sub(1)).map(|_| self.of(6)).collect(),
            as_of: self.maybe(7, Self::period),
            stated: self.maybe(4, Self::moment),
            credibility: self.maybe(1, |choices| 1 + choices.byte() % 6),
            cited: vec![],
        }
    }

    fn stance(&mut self) -> Stance {
        let usual = [Stance::Affirms, Stance::Affirms, Stance::Denies];
        if self.often(9) { self.one(&usual) } else { self.one(Stance::ALL) }
    }

    fn value(&mut self) -> Value {
        match self.of(8) {
            0 => Value::Period(self.period()),
            1 | 2 => {
                let group = self.of(TEXTS.len());
                Value::Text(group, self.of(TEXTS[group].len()))
            }
            _ => Value::Figure(self.hedge(), self.one(&[None, None, Some("persons"), Some("tonnes"), Some("ratio")])),
        }
    }

    /// As far as the model's row of numbers goes.
    fn number(&mut self) -> i64 {
        (i64::from(self.byte() % 38) - 8) * ONE / 2
    }

    fn hedge(&mut self) -> Hedge {
        let (one, other) = (self.number(), self.number());
        let (low, high) = (one.min(other), one.max(other));
        match self.of(16) {
            0 => Hedge::Exactly(one),
            1 => Hedge::MoreThan(one),
            2 => Hedge::AtLeast(one),
            3 => Hedge::LessThan(one),
            4 => Hedge::AtMost(one),
            5 => Hedge::Between(low, high),
            6 => Hedge::Within { low, low_open: self.often(5), high, high_open: self.often(5) },
            7 => Hedge::About(one),
            8 => Hedge::AboutBetween(low, high),
            9 => Hedge::Nearly(one),
            10 => Hedge::JustOver(one),
            11 => Hedge::Vague(self.one(&[Vague::Handful, Vague::Several, Vague::Dozens, Vague::Scores])),
            12 => {
                let to = self.one(&ROUNDED_TO);
                Hedge::Rounded { number: one - one % to, to }
            }
            13 => Hedge::Fraction(self.one(&[ONE / 3, 2 * ONE / 3, ONE / 2])),
            14 => self.one::<fn(i64) -> Hedge>(&[Hedge::Nearly, Hedge::AtLeast, Hedge::MoreThan, Hedge::AtMost])(
                2 * ONE / 3,
            ),
            _ => Hedge::Estimate { low, high, best: low },
        }
    }

    /// Around the turn of January to February 2025.
    fn day(&mut self) -> i64 {
        27 + i64::from(self.byte() % 8)
    }

    fn period(&mut self) -> Period {
        let (one, other) = (self.day(), self.day());
        let (first, last) = (End::Day(one.min(other)), End::Day(one.max(other)));
        let shape = match self.of(10) {
            0 => Shape::January,
            1 => Shape::February,
            2 => Shape::Span(End::Open, last),
            3 => Shape::Span(End::Unknown, last),
            4 => Shape::Span(first, End::Open),
            5 => Shape::Span(first, End::Unknown),
            6 | 7 => Shape::Span(first, last),
            _ => Shape::Day(one),
        };
        Period { shape, mark: self.one(&["", "", "", "?", "~", "%"]) }
    }

    fn moment(&mut self) -> Moment {
        if self.often(5) {
            return Moment::Period(self.period());
        }
        let second = self.one(&[0, 9 * 3600, 18 * 3600 + 61, 86_399]);
        Moment::Time { second: self.day() * 86_400 + second, seoul: self.often(5) }
    }
}

/// The story that the bytes spell.
pub(crate) fn story(bytes: &[u8]) -> Story {
    let mut choices = Choices(bytes);
    let widths = Widths { tolerance: choices.one(&[10, 10, 0, 20, 50]), rounding: !choices.often(5) };
    let days_apart = choices.one(&[0, 0, 1, 3]);
    let mut steps = Vec::new();
    while !choices.0.is_empty() && steps.len() < STEPS {
        steps.push(choices.step());
    }
    Story { widths, days_apart, steps }
}
