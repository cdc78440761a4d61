//! Ledgers drawn at random, from little, so that their claims collide.

use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::select;
use testimony::{Measure, Stance, Vague};

use super::day::{End, Moment, Period, Shape};
use super::ledger::{Claim, Content, LIKELIHOODS, Predicate, SCOPES, Source, TEXTS, Value};
use super::number::{Hedge, ONE, ROUNDED_TO, TOLERANCES, Widths};
use super::tied::{CONSTRAINTS, Constraint};

/// The sources that every ledger starts with, unless one is refused; those with the next two numbers are defined
/// late, and never.
pub(crate) const SOURCES: usize = 5;

/// The times for which every ledger is asked.
pub(crate) fn asked() -> [Period; 3] {
    let days = |shape| Period { shape, mark: "" };
    [days(Shape::Day(31)), days(Shape::Span(End::Day(29), End::Day(30))), days(Shape::January)]
}

/// One thing done to a ledger.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) deed: Deed,
    /// The seconds since the last time in the ledger, if the entry has a time.
    pub(crate) after: Option<i64>,
}

#[derive(Clone, Debug)]
pub(crate) enum Deed {
    Append(Content),
    /// Records the claim once more that has this number, counted round, with this credibility and these citations beside.
    Repeat(usize, Option<u8>, Vec<usize>),
    /// Records it with a time in it written with another offset, which is another claim.
    Elsewhere(usize),
    /// Records one like it, with another origin, other relays, another time of saying, or another time and stance.
    Echo(usize, usize),
    Relay(usize, Vec<usize>),
    Restate(usize, Option<Moment>),
    Redate(usize, Option<Period>, Stance),
    /// Records one like it of another number, about a day, with or without the hour of it,
    /// there or in Seoul.
    Count(usize, Hedge, i64, Option<i64>),
    /// Records one like it of another origin, that calls it so likely.
    Hold(usize, usize, usize),
    /// Records that its origin never said it, or anything of the kind.
    Disown(usize, bool),
    /// Takes the claim back that has this number, counted round and one beyond the last, or its label.
    Retract(usize, bool, Option<usize>),
    /// Amends it.
    Amend(usize, bool, Option<Option<u8>>, Vec<usize>),
}

/// A policy and what is done under it.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    pub(crate) widths: Widths,
    pub(crate) days_apart: usize,
    pub(crate) steps: Vec<Step>,
}

pub(crate) fn story() -> impl Strategy<Value = Story> {
    let tolerance = prop_oneof![1 => Just(TOLERANCES[0]), 1 => select(TOLERANCES.to_vec())];
    let widths = (tolerance, weighted(0.8, Just(())))
        .prop_map(|(tolerance, rounding)| Widths { tolerance, rounding: rounding.is_some() });
    let days_apart = prop_oneof![4 => Just(0), 1 => Just(1), 1 => Just(3)];
    let sources = (0..SOURCES).map(|id| timeless(source(Just(id)))).collect::<Vec<_>>();
    let predicates = (timeless(predicate(Just(0))), weighted(0.7, timeless(predicate(Just(1)))));
    (widths, days_apart, sources, predicates, vec(step(claim().boxed()), 1..40)).prop_map(
        |(widths, days_apart, sources, (one, other), steps)| {
            let steps = sources.into_iter().chain([one]).chain(other).chain(steps).collect();
            Story { widths, days_apart, steps }
        },
    )
}

/// A story on topics that are tied together, and the number of the constraint that ties them.
pub(crate) fn tied_story() -> impl Strategy<Value = (usize, Story)> {
    let ties = (0..CONSTRAINTS.len()).prop_flat_map(|number| {
        let (one, other) = match CONSTRAINTS[number] {
            Constraint::Change { .. } => (Just(Measure::Cumulative).boxed(), Just(Measure::Flow).boxed()),
            _ => (measure().boxed(), measure().boxed()),
        };
        let ratio = matches!(CONSTRAINTS[number], Constraint::Ratio { .. });
        let predicates = (predicate(Just(0)), one, predicate(Just(1)), other).prop_map(
            move |(mut first, one, mut second, other)| {
                for (content, measure) in [(&mut first, one), (&mut second, other)] {
                    let Content::Predicate(predicate) = content else { continue };
                    predicate.measure = measure;
                    if predicate.unit == Some("Ratio") {
                        predicate.unit = None;
                    }
                    if ratio && predicate.name == 1 {
                        predicate.unit = Some("Ratio");
                    }
                }
                [first, second]
            },
        );
        (Just(number), predicates, vec(step(tied_claim(number).boxed()), 5..30))
    });
    (story(), ties).prop_map(|(story, (number, predicates, said))| {
        let timeless = |content| Step { deed: Deed::Append(content), after: None };
        let defined = predicates.into_iter().chain([Content::Constraint(number)]).map(timeless);
        let sources = story.steps[..SOURCES].to_vec();
        let steps = sources.into_iter().chain(defined).chain(said).collect();
        (number, Story { steps, ..story })
    })
}

fn tied_claim(constraint: usize) -> impl Strategy<Value = Claim> {
    let topics = match CONSTRAINTS[constraint] {
        Constraint::Sum { parts: [one, other], whole } => vec![one, other, whole, whole, (2, 0)],
        Constraint::AtMost { part, whole } => vec![part, whole, (2, 1)],
        Constraint::Ratio { part, whole, ratio } => vec![part, whole, ratio],
        Constraint::Change { flow, total } => vec![flow, total, total],
    };
    let ratio = matches!(CONSTRAINTS[constraint], Constraint::Ratio { .. });
    let fraction = select(vec![ONE / 3, ONE / 2, 2 * ONE / 3, ONE, 3 * ONE / 2])
        .prop_flat_map(|n| select(vec![Hedge::Exactly(n), Hedge::MoreThan(n), Hedge::Nearly(n), Hedge::Fraction(n)]));
    let of_topic = move |topic: (usize, usize)| {
        let value = if ratio && topic == (0, 1) {
            fraction.clone().prop_map(|hedge| Value::Figure(hedge, None)).boxed()
        } else {
            value(30, 0, 0).boxed()
        };
        (Just(topic), value)
    };
    // Mostly plain figures of a few days, or little would be held against anything.
    let hedges: Vec<fn(i64) -> Hedge> = vec![Hedge::Exactly, Hedge::MoreThan, Hedge::AtMost, Hedge::About];
    let plain = weighted(0.6, (number(), select(hedges)).prop_map(|(number, hedge)| hedge(number)));
    let day = weighted(0.6, (30_i64..33).prop_map(|day| Period { shape: Shape::Day(day), mark: "" }));
    let unit = weighted(0.2, select(vec!["persons", "people", "soldiers", "T."]));
    let said = (claim_about(select(topics).prop_flat_map(of_topic)), plain, day, unit, prop::bool::weighted(0.8));
    said.prop_map(move |(mut claim, plain, day, unit, affirmed)| {
        // Few origins, so that each says much.
        claim.origin %= 3;
        if let Some(hedge) = plain.filter(|_| !(ratio && claim.topic == (0, 1))) {
            claim.value = Some(Value::Figure(hedge, unit));
        }
        claim.as_of = day.or(claim.as_of);
        if affirmed {
            claim.stance = Stance::Affirms;
            claim.likelihood = None;
        }
        claim
    })
}

fn measure() -> impl Strategy<Value = Measure> {
    prop_oneof![
        2 => Just(Measure::Stock),
        4 => Just(Measure::Cumulative),
        3 => Just(Measure::Flow),
        1 => Just(Measure::Fixed),
    ]
}

fn timeless(content: impl Strategy<Value = Content>) -> impl Strategy<Value = Step> {
    content.prop_map(|content| Step { deed: Deed::Append(content), after: None })
}

fn step(claim: BoxedStrategy<Claim>) -> impl Strategy<Value = Step> {
    let deed = prop_oneof![
        16 => claim.prop_map(|claim| Deed::Append(Content::Claim(claim))),
        2 => (any::<usize>(), weighted(0.3, 1..=6_u8), vec(0..3_usize, 0..3))
            .prop_map(|(number, credibility, cited)| Deed::Repeat(number, credibility, cited)),
        1 => any::<usize>().prop_map(Deed::Elsewhere),
        2 => (any::<usize>(), 0..SOURCES).prop_map(|(number, origin)| Deed::Echo(number, origin)),
        2 => (any::<usize>(), vec(0..SOURCES, 0..2)).prop_map(|(number, relays)| Deed::Relay(number, relays)),
        2 => (any::<usize>(), of(moment())).prop_map(|(number, stated)| Deed::Restate(number, stated)),
        6 => (any::<usize>(), weighted(0.8, period()), stance())
            .prop_map(|(number, as_of, stance)| Deed::Redate(number, as_of, stance)),
        2 => (any::<usize>(), hedge(), 31_i64..33, weighted(0.6, select(vec![0, 9 * 3600, 18 * 3600 + 61])))
            .prop_map(|(number, hedge, day, second)| Deed::Count(number, hedge, day, second)),
        1 => (any::<usize>(), 0..SOURCES, 0..LIKELIHOODS.len())
            .prop_map(|(number, origin, likelihood)| Deed::Hold(number, origin, likelihood)),
        1 => any::<(usize, bool)>().prop_map(|(number, bare)| Deed::Disown(number, bare)),
        3 => (any::<usize>(), prop::bool::weighted(0.3), weighted(0.5, 0..SOURCES + 2))
            .prop_map(|(number, label, by)| Deed::Retract(number, label, by)),
        1 => (any::<usize>(), prop::bool::weighted(0.3), weighted(0.8, weighted(0.7, 1..=3_u8)), vec(0..3_usize, 0..2))
            .prop_map(|(number, label, credibility, cited)| Deed::Amend(number, label, credibility, cited)),
        2 => source_amendment().prop_map(Deed::Append),
        1 => select(vec![Content::Alias, Content::Join]).prop_map(Deed::Append),
        1 => source(0..SOURCES + 1).prop_map(Deed::Append),
        1 => predicate(0_usize..2).prop_map(Deed::Append),
    ];
    let after = weighted(0.3, prop_oneof![1 => Just(-1_i64), 9 => 0_i64..4]);
    (deed, after).prop_map(|(deed, after)| Step { deed, after })
}

fn source(id: impl Strategy<Value = usize>) -> impl Strategy<Value = Content> {
    let name = prop_oneof![9 => Just(0), 1 => Just(1_usize)];
    let whole = weighted(0.5, 0..=SOURCES);
    (id, name, prop::bool::weighted(0.25), whole).prop_map(|(id, name, anonymous, whole)| {
        // Now and then of itself, and so of one that is unknown.
        let part_of = whole.filter(|whole| *whole <= id);
        Content::Source(Source { id, name, anonymous, part_of })
    })
}

fn source_amendment() -> impl Strategy<Value = Content> {
    let part_of = weighted(0.7, weighted(0.8, 0..=SOURCES));
    (0..=SOURCES, weighted(0.3, 0..2_usize), weighted(0.3, any::<bool>()), part_of)
        .prop_map(|(id, name, anonymous, part_of)| Content::AmendSource { id, name, anonymous, part_of })
}

fn predicate(name: impl Strategy<Value = usize>) -> impl Strategy<Value = Content> {
    let unit = prop_oneof![5 => Just(None), 2 => Just(Some("persons")), 1 => Just(Some("Ratio"))];
    let flags =
        (prop::bool::weighted(0.2), prop::bool::weighted(0.3), prop::bool::weighted(0.6), prop::bool::weighted(0.2));
    (name, measure(), unit, flags).prop_map(|(name, measure, unit, (continuous, single_valued, opposites, same))| {
        Content::Predicate(Predicate { name, measure, unit, continuous, single_valued, opposites, same })
    })
}

fn stance() -> impl Strategy<Value = Stance> {
    prop_oneof![
        12 => Just(Stance::Affirms),
        6 => Just(Stance::Denies),
        1 => Just(Stance::Suggests),
        1 => Just(Stance::Declines),
        1 => Just(Stance::Disowns),
    ]
}

fn claim() -> impl Strategy<Value = Claim> {
    // Mostly figures under the one predicate, all kinds of value under the other.
    let about = prop_oneof![
        8 => (Just((0, 0)), value(30, 1, 1)),
        5 => (Just((0, 1)), value(2, 5, 2)),
        1 => (Just((1, 0)), value(1, 1, 1)),
        1 => (Just((2, 0)), value(30, 1, 1)),
    ];
    claim_about(about)
}

fn claim_about(about: impl Strategy<Value = ((usize, usize), Value)>) -> impl Strategy<Value = Claim> {
    let about = (about, prop::bool::weighted(0.03));
    let origin = prop_oneof![20 => 0_usize..3, 8 => 3..SOURCES, 1 => SOURCES..SOURCES + 2];
    let relay = prop_oneof![20 => 0..SOURCES, 1 => SOURCES..SOURCES + 2];
    let relays = prop_oneof![5 => Just(vec![]), 2 => vec(relay, 1..3)];
    let times = (weighted(0.7, period()), weighted(0.4, moment()));
    let record = (weighted(0.25, select(vec![1, 1, 1, 2, 6_u8])), vec(0..3_usize, 0..2));
    let scope = (0..SCOPES.len(), any::<prop::sample::Index>())
        .prop_map(|(group, place)| (group, place.index(SCOPES[group].len())));
    let manner = (stance(), weighted(0.1, scope), weighted(0.12, 0..LIKELIHOODS.len()));
    (about, manner, origin, relays, times, record).prop_map(
        |(
            ((topic, value), bare),
            (stance, scope, likelihood),
            origin,
            relays,
            (as_of, stated),
            (credibility, cited),
        )| Claim {
            topic,
            value: Some(value).filter(|_| !bare),
            stance,
            scope,
            likelihood,
            origin,
            relays,
            as_of,
            stated,
            credibility,
            cited,
        },
    )
}

fn value(figures: u32, texts: u32, periods: u32) -> impl Strategy<Value = Value> {
    let units =
        ["persons", " Persons ", "people", "soldiers", "tonnes", "T.", "shell", "Shells", "killed", "dead or missing"];
    let unit = weighted(0.25, prop_oneof![8 => select(units.to_vec()), 1 => Just("ratio")]).boxed();
    let text = (0..TEXTS.len(), any::<prop::sample::Index>())
        .prop_map(|(group, place)| Value::Text(group, place.index(TEXTS[group].len())));
    prop_oneof![
        figures => (hedge(), unit).prop_map(|(hedge, unit)| Value::Figure(hedge, unit)),
        texts => text,
        periods => period().prop_map(Value::Period),
    ]
}

fn number() -> impl Strategy<Value = i64> {
    prop_oneof![
        12 => (0_i64..8).prop_map(|n| n * ONE),
        3 => (8_i64..15).prop_map(|n| n * ONE),
        2 => (-4_i64..0).prop_map(|n| n * ONE),
        3 => (-5_i64..16).prop_map(|halves| halves * ONE / 2),
    ]
}

fn hedge() -> impl Strategy<Value = Hedge> {
    let two = || (number(), number()).prop_map(|(one, other)| (one.min(other), one.max(other)));
    let fraction = || select(vec![ONE / 3, 2 * ONE / 3, 2 * ONE / 3, ONE / 2, -ONE / 3, 4 * ONE / 3, 0]);
    let hedges = [Hedge::Exactly, Hedge::MoreThan, Hedge::AtLeast, Hedge::LessThan, Hedge::AtMost, Hedge::About];
    let hedges = hedges.into_iter().chain([Hedge::Nearly, Hedge::JustOver, Hedge::Fraction, Hedge::Fraction]);
    let of_fraction = (select(hedges.collect::<Vec<fn(i64) -> Hedge>>()), fraction());
    let rounded = (number(), select(ROUNDED_TO.to_vec()))
        .prop_map(|(number, to)| Hedge::Rounded { number: number - number % to, to });
    prop_oneof![
        2 => of_fraction.prop_map(|(hedge, n)| hedge(n)),
        2 => rounded,
        1 => (two(), any::<bool>()).prop_map(|((low, high), first)| Hedge::Estimate {
            low,
            high,
            best: if first { low } else { high },
        }),
        4 => number().prop_map(Hedge::Exactly),
        3 => number().prop_map(Hedge::MoreThan),
        2 => number().prop_map(Hedge::AtLeast),
        3 => number().prop_map(Hedge::LessThan),
        2 => number().prop_map(Hedge::AtMost),
        2 => two().prop_map(|(low, high)| Hedge::Between(low, high)),
        2 => (two(), any::<(bool, bool)>())
            .prop_map(|((low, high), (low_open, high_open))| Hedge::Within { low, low_open, high, high_open }),
        2 => number().prop_map(Hedge::About),
        1 => two().prop_map(|(low, high)| Hedge::AboutBetween(low, high)),
        1 => number().prop_map(Hedge::Nearly),
        1 => number().prop_map(Hedge::JustOver),
        2 => select(vec![Vague::Handful, Vague::Several, Vague::Dozens, Vague::Scores]).prop_map(Hedge::Vague),
    ]
}

/// Around the turn of January to February 2025.
fn day() -> impl Strategy<Value = i64> {
    27_i64..35
}

fn period() -> impl Strategy<Value = Period> {
    let span = (day(), day(), 0..10).prop_map(|(one, other, ends)| {
        let (first, last) = (End::Day(one.min(other)), End::Day(one.max(other)));
        match ends {
            0 => Shape::Span(End::Open, last),
            1 => Shape::Span(End::Unknown, last),
            2 => Shape::Span(first, End::Open),
            3 => Shape::Span(first, End::Unknown),
            _ => Shape::Span(first, last),
        }
    });
    let shape = prop_oneof![
        4 => day().prop_map(Shape::Day),
        1 => Just(Shape::January),
        1 => Just(Shape::February),
        3 => span,
    ];
    let mark = prop_oneof![9 => Just(""), 1 => select(vec!["?", "~", "%"])];
    (shape, mark).prop_map(|(shape, mark)| Period { shape, mark })
}

fn moment() -> impl Strategy<Value = Moment> {
    let time = (day(), select(vec![0, 9 * 3600, 18 * 3600 + 61, 86_399]), any::<bool>())
        .prop_map(|(day, second, seoul)| Moment::Time { second: day * 86_400 + second, seoul });
    prop_oneof![period().prop_map(Moment::Period), time]
}
