//! Strategies for property tests, for the crate `proptest`.
//!
//! Enable the feature `proptest`, and depend on `proptest` itself for its macros. [`numbers`], [`hedges`], [`figures`]
//! and [`periods`] draw from all that there is; [`claims`] and [`ledgers`] from little, so that claims collide.
//!
//! ```
//! use proptest::prelude::*;
//! use testimony::testing::strategies;
//!
//! // every conflict is between claims that stand
//! proptest!(|(ledger in strategies::ledgers())| {
//!     for conflict in ledger.conflicts() {
//!         prop_assert!(conflict.older().stands() && conflict.newer().stands());
//!     }
//! });
//! ```

use std::fmt;
use std::ops::Deref;

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::claim::{Claim, Stance, Value};
use crate::confidence::Credibility;
use crate::constraint::Constraint;
use crate::entry::{Amendment, ClaimAmendment, ClaimId, Entry, Retraction, SourceAmendment};
use crate::error::Error;
use crate::figure::{Figure, Hedge, Vague};
use crate::ledger::Ledger;
use crate::names::Names;
use crate::number::{Bound, Number, Rational};
use crate::period::Period;
use crate::policy::Policy;
use crate::source::{Source, SourceId, SourceKind};
use crate::time::{Moment, Timestamp};
use crate::topic::{Measure, Predicate, Topic};

use super::builders::{number, parsed, period};

/// The sources of [`ledgers`]: id, kind, and what it is part of.
const SOURCES: [(&str, SourceKind, Option<&str>); 6] = [
    ("ministry", SourceKind::GOVERNMENT, None),
    ("army", SourceKind::GOVERNMENT, None),
    ("hospital", SourceKind::ORGANIZATION, Some("ministry")),
    ("agency", SourceKind::OUTLET, None),
    ("post", SourceKind::OUTLET, None),
    ("witness", SourceKind::ANONYMOUS, Some("post")),
];

/// Any number: mostly short, some of as many digits as there can be.
pub fn numbers() -> impl Strategy<Value = Number> {
    let digits = prop_oneof![0i128..1000, 0i128..10_000_000, 0i128..10i128.pow(28)];
    let scale = prop_oneof![Just(0u32), 0u32..4, 0u32..29];
    let decimal = (digits, scale, any::<bool>()).prop_filter_map("more digits than a number has", |parts| {
        let (digits, scale, minus) = parts;
        format!("{}{digits}e-{scale}", if minus { "-" } else { "" }).parse().ok()
    });
    // The decimals next to a third and to two thirds are printed in words.
    let third = select(vec!["0.3333333333333333", "0.3333333333333334", "0.6666666666666667", "79e27"]);
    prop_oneof![9 => decimal, 1 => third.prop_map(number)]
}

/// Any hedge with any numbers, also one that allows no value, such as "fewer than 0".
pub fn hedges() -> impl Strategy<Value = Hedge> {
    prop_oneof![3 => hedges_of(numbers), 1 => rounded_hedges()]
}

/// Hedges that are rounded, said of a fraction, or have a best estimate.
fn rounded_hedges() -> impl Strategy<Value = Hedge> {
    let rounded = (-999i128..=9999, -6i32..=9).prop_map(|(digits, places)| Hedge::Rounded {
        number: number(&format!("{digits}e{places}")),
        to: number(&format!("1e{places}")),
    });
    let fraction = || {
        (1i64..=11, 1u64..=11).prop_map(|(n, more)| {
            let of = n.unsigned_abs() + more;
            Rational::fraction(n, of).unwrap_or_else(|_| n.into())
        })
    };
    let said: [fn(Rational) -> Hedge; 5] =
        [Hedge::RoundedFraction, Hedge::Nearly, Hedge::AtLeast, Hedge::MoreThan, Hedge::Exactly];
    let estimate = (numbers(), numbers(), numbers()).prop_map(|(a, b, c)| {
        let mut three = [a, b, c];
        three.sort_unstable();
        let [low, best, high] = three;
        Hedge::Estimate { low, high, best }
    });
    prop_oneof![2 => rounded, 2 => (select(said.to_vec()), fraction()).prop_map(|(hedge, n)| hedge(n)), 1 => estimate]
}

fn hedges_of<S: Strategy<Value = Number> + 'static>(one: impl Fn() -> S) -> impl Strategy<Value = Hedge> {
    let two = || {
        prop_oneof![
            9 => (one(), one()).prop_map(|(a, b)| (a.min(b), a.max(b))),
            1 => one().prop_map(|n| (n, n)),
        ]
    };
    let bound = |open: bool, n| if open { Bound::open(n) } else { Bound::closed(n) };
    prop_oneof![
        one().prop_map(|n| Hedge::Exactly(n.into())),
        one().prop_map(|n| Hedge::MoreThan(n.into())),
        one().prop_map(|n| Hedge::AtLeast(n.into())),
        one().prop_map(|n| Hedge::LessThan(n.into())),
        one().prop_map(|n| Hedge::AtMost(n.into())),
        one().prop_map(|n| Hedge::About(n.into())),
        one().prop_map(|n| Hedge::Nearly(n.into())),
        one().prop_map(|n| Hedge::JustOver(n.into())),
        two().prop_map(|(low, high)| Hedge::Between(low, high)),
        two().prop_map(|(low, high)| Hedge::AboutBetween(low, high)),
        (two(), any::<bool>(), any::<bool>())
            .prop_map(move |((low, high), a, b)| Hedge::Within(bound(a, low), bound(b, high))),
        select(Vague::ALL).prop_map(Hedge::Vague),
    ]
}

/// Any figure that allows a value under the default policy, with or without a unit.
///
/// ```
/// use proptest::prelude::*;
/// use testimony::Figure;
/// use testimony::testing::strategies;
///
/// // what is printed can be read
/// proptest!(|(figure in strategies::figures())| {
///     prop_assert_eq!(figure.to_string().parse::<Figure>()?, figure);
/// });
/// ```
pub fn figures() -> impl Strategy<Value = Figure> {
    let units = select(vec![None, Some("ratio"), Some("persons"), Some("km"), Some("USD")]);
    figures_of(hedges_of(numbers), units)
}

fn figures_of(
    hedges: impl Strategy<Value = Hedge>,
    units: impl Strategy<Value = Option<&'static str>>,
) -> impl Strategy<Value = Figure> {
    (hedges, units).prop_filter_map("a figure that allows no value", |(hedge, unit)| {
        let figure = Figure::new(hedge).ok()?;
        let figure = unit.into_iter().fold(figure, Figure::with_unit);
        figure.values(&Policy::default()).is_ok().then_some(figure)
    })
}

/// Any period: years, months, days and spans of them, with open ends, marks of doubt and unspecified digits.
///
/// ```
/// use proptest::prelude::*;
/// use testimony::testing::strategies;
///
/// // no period ends before it starts
/// proptest!(|(period in strategies::periods())| {
///     if let (Some(first), Some(last)) = (period.first_day(), period.last_day()) {
///         prop_assert!(first <= last);
///     }
/// });
/// ```
pub fn periods() -> impl Strategy<Value = Period> {
    let year = prop_oneof![9 => 1900..2100_i32, 1 => -9999_i32..=9999];
    let date = (year, 1..=12_u8, 1..=28_u8, 0..24_u8).prop_map(|(year, month, day, precision)| {
        let year = if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") };
        match precision {
            0..7 => year,
            7..14 => format!("{year}-{month:02}"),
            14 => format!("{year}-XX"),
            15 => format!("{year}-{month:02}-XX"),
            16 => format!("{year}-XX-XX"),
            17 | 18 if year.len() == 4 => format!("{}X", &year[..3]),
            19 if year.len() == 4 => format!("{}XX", &year[..2]),
            _ => format!("{year}-{month:02}-{day:02}"),
        }
    });
    let date = (date, select(vec!["", "", "", "", "?", "~", "%"])).prop_map(|(date, mark)| date + mark).boxed();
    let span = (date.clone(), date.clone()).prop_filter_map("ends before it starts", |(one, other)| {
        [format!("{one}/{other}"), format!("{other}/{one}")].iter().find_map(|span| span.parse().ok())
    });
    let half = (date.clone(), select(vec![("../", ""), ("/", ""), ("", "/.."), ("", "/")]))
        .prop_map(|(date, (before, after))| period(&format!("{before}{date}{after}")));
    prop_oneof![4 => date.prop_map(|date: String| period(&date)), 2 => span, 1 => half]
}

/// The subject of the claims.
const SUBJECT: &str = "market bombing";
/// The other name of the subject, in [`ledgers`].
const ALIAS: &str = "bombing of the market";

/// Claims that collide: about five topics, one in ten by another name, by six sources, with small numbers, within a few days.
///
/// Every ledger takes them that has the sources `ministry`, `army`, `hospital`, `agency`, `post` and `witness`, and
/// [`Said::record`](super::Said::record) adds those that are missing.
///
/// ```
/// use proptest::prelude::*;
/// use testimony::testing::{ledger_of, strategies};
///
/// // a claim alone is in no conflict
/// proptest!(|(claim in strategies::claims())| {
///     let (ledger, _) = ledger_of([claim]);
///     prop_assert_eq!(ledger.conflicts().count(), 0);
/// });
/// ```
pub fn claims() -> impl Strategy<Value = Claim> {
    let counted = select(vec!["deaths", "deaths", "deaths", "injured", "injured", "calls", "present"]);
    let cause = select(vec!["a bomb", "a gas leak", "an accident", "a bomb "]).prop_map(Value::text);
    let about = prop_oneof![
        5 => (counted, small_figures().prop_map(Value::Figure)),
        1 => (Just("cause"), cause),
    ];
    let stance = prop_oneof![
        12 => Just(Stance::Affirms),
        3 => Just(Stance::Denies),
        1 => Just(Stance::Suggests),
        1 => Just(Stance::Declines),
        1 => Just(Stance::Disowns),
    ];
    let source = || (0..SOURCES.len()).prop_map(|i| SOURCES[i].0);
    // Two of them speak most often, so that they come back to what they said.
    let origin = prop_oneof![1 => source(), 1 => (0..2_usize).prop_map(|i| SOURCES[i].0)];
    let relays = prop_oneof![2 => Just(Vec::new()), 1 => vec(source(), 1..3)];
    let scope =
        weighted(0.2, select(vec!["confirmed", "Confirmed", "confirmed or probable", "confirmed and probable"]));
    let times = (weighted(0.7, small_periods()), weighted(0.4, small_moments()));
    let subject = prop_oneof![9 => Just(SUBJECT), 1 => Just(ALIAS)];
    ((subject, about), stance, scope, origin, relays, times).prop_map(
        |((subject, (predicate, value)), stance, scope, origin, relays, (as_of, stated))| {
            let topic = Topic::new(subject, predicate);
            let mut claim = Claim::new(topic, value, parsed::<SourceId>(origin)).with_stance(stance);
            for relay in relays.iter().map(|relay| parsed::<SourceId>(relay)) {
                // No chain names a source twice.
                if claim.origin() != &relay && !claim.relays().contains(&relay) {
                    claim = claim.with_relay(&relay);
                }
            }
            let claim = scope.into_iter().fold(claim, Claim::with_scope);
            let claim = as_of.into_iter().fold(claim, Claim::with_as_of);
            stated.into_iter().fold(claim, Claim::with_stated)
        },
    )
}

fn topic(predicate: &str) -> Topic {
    Topic::new(SUBJECT, predicate)
}

fn small_figures() -> impl Strategy<Value = Figure> {
    let numbers =
        || prop_oneof![9 => (0..12).prop_map(Number::from), 1 => (0..12).prop_map(|n| number(&format!("{n}.5")))];
    let hedges = prop_oneof![4 => hedges_of(numbers), 1 => rounded_hedges()];
    figures_of(hedges, select(vec![None, None, None, None, None, Some("persons")]))
}

fn small_periods() -> impl Strategy<Value = Period> {
    let day = || 1..5_u8;
    let span = (day(), day()).prop_map(|(a, b)| format!("2025-05-{:02}/2025-05-{:02}", a.min(b), a.max(b)));
    let written = prop_oneof![
        6 => day().prop_map(|day| format!("2025-05-{day:02}")),
        1 => span,
        1 => select(vec!["2025-05", "2025-05-03/..", "../2025-05-02"]).prop_map(str::to_owned),
    ];
    written.prop_map(|text: String| period(&text))
}

/// Days of May, and instants at their ends here and there: some are of another day in UTC.
fn small_moments() -> impl Strategy<Value = Moment> {
    let instants = (1..5_u8, select(vec!["00:30:00+09:00", "15:30:00Z", "23:30:00-05:00"]))
        .prop_map(|(day, time)| parsed(&format!("2025-05-{day:02}T{time}")));
    prop_oneof![3 => small_periods().prop_map(Moment::from), 1 => instants]
}

/// An event after a claim is recorded, to one on record or to a source.
#[derive(Clone, Copy, Debug)]
enum Act {
    Retracted(Index),
    Rated(Index, u8),
    Noted(Index),
    /// An outlet gets another owner, or is its own master.
    Sold(Option<usize>),
}

fn acts() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => any::<Index>().prop_map(Act::Retracted),
        1 => (any::<Index>(), 1..=6_u8).prop_map(|(claim, rating)| Act::Rated(claim, rating)),
        1 => any::<Index>().prop_map(Act::Noted),
        1 => weighted(0.8, 0..4_usize).prop_map(Act::Sold),
    ]
}

/// Small ledgers whose claims collide: with disputes and revisions, echoes and circles, retractions and amendments, other
/// names of the subject, of a scope and of a text, figures that break constraints, and for half of them with times of
/// recording, an hour apart from `2025-05-01T00:00:00Z` on, every third written as in Seoul.
pub fn ledgers() -> impl Strategy<Value = Drawn> {
    let policy = (select(vec!["0.1", "0.2"]), 0_u32..2);
    let step = (claims(), weighted(0.2, acts()));
    (policy, any::<bool>(), vec(step, 0..16)).prop_map(|((tolerance, days_apart), timed, steps)| {
        match ledger(number(tolerance), days_apart, timed, &steps) {
            Ok(ledger) => Drawn(ledger),
            Err(error) => unreachable!("only what a ledger takes is drawn: {error}"),
        }
    })
}

fn ledger(tolerance: Number, days_apart: u32, timed: bool, steps: &[(Claim, Option<Act>)]) -> Result<Ledger, Error> {
    let mut ledger = Ledger::with_policy(Policy::default().with_tolerance(tolerance)?.with_days_apart(days_apart));
    for (id, kind, part_of) in SOURCES {
        let source = Source::new(id, id)?.with_kind(kind);
        ledger.add_source(match part_of {
            Some(whole) => source.with_part_of(&SourceId::new(whole)?),
            None => source,
        })?;
    }
    for (name, measure) in [
        ("deaths", Measure::Cumulative),
        ("calls", Measure::Flow),
        ("present", Measure::Fixed),
        ("cause", Measure::Fixed),
    ] {
        let predicate = Predicate::new(name).with_measure(measure);
        let one_cause = |predicate: Predicate| predicate.single_valued().with_same(["a gas leak", "an accident"]);
        ledger.add_predicate(if name == "cause" { one_cause(predicate) } else { predicate })?;
    }
    ledger.add_subject(Names::new(SUBJECT, [ALIAS]))?;
    ledger.add_scope(Names::new("confirmed or probable", ["confirmed and probable"]))?;
    ledger.add_constraint(Constraint::AtMost { part: topic("deaths"), whole: topic("present") })?;
    ledger.add_constraint(Constraint::Change { flow: topic("calls"), total: topic("deaths") })?;
    for (hour, (claim, act)) in steps.iter().enumerate() {
        let written = if hour % 3 == 2 {
            format!("2025-05-{:02}T{:02}:00:00+09:00", 1 + (hour + 9) / 24, (hour + 9) % 24)
        } else {
            format!("2025-05-01T{hour:02}:00:00Z")
        };
        let time: Option<Timestamp> = timed.then(|| parsed(&written));
        let timed = |entry: Entry| time.into_iter().fold(entry, Entry::with_recorded);
        ledger.append(timed(claim.clone().into()))?;
        let chosen = |index: &Index| ClaimId::new(index.index(ledger.claims().len()) as u64);
        let then = match act {
            None => None,
            Some(Act::Retracted(index)) => {
                let is_there = ledger.claim(chosen(index)).is_some_and(|claim| !claim.is_retracted());
                is_there.then(|| Entry::from(Retraction::new(chosen(index))))
            }
            Some(Act::Rated(index, rating)) => {
                let rated = ClaimAmendment::new(chosen(index)).with_credibility(Credibility::new(*rating)?);
                Some(Amendment::from(rated).into())
            }
            Some(Act::Noted(index)) => {
                Some(Amendment::from(ClaimAmendment::new(chosen(index)).with_note("seen")).into())
            }
            Some(Act::Sold(owner)) => {
                let post = SourceAmendment::new(&SourceId::new("post")?);
                let sold = match owner {
                    Some(owner) => post.with_part_of(&SourceId::new(SOURCES[*owner].0)?),
                    None => post.without_part_of(),
                };
                Some(Amendment::from(sold).into())
            }
        };
        if let Some(then) = then {
            ledger.append(timed(then))?;
        }
    }
    Ok(ledger)
}

/// A ledger that was drawn. It is used as a [`Ledger`], and shows itself by the dossiers of its topics, so that the
/// report of a failed property can be read.
#[derive(Clone)]
pub struct Drawn(Ledger);

impl Drawn {
    /// The ledger itself, to record more in.
    #[must_use]
    pub fn into_ledger(self) -> Ledger {
        self.0
    }
}

impl Deref for Drawn {
    type Target = Ledger;

    fn deref(&self) -> &Ledger {
        &self.0
    }
}

impl fmt::Debug for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (tolerance, days) = (self.policy().tolerance().grouped(true), self.policy().days_apart());
        writeln!(f, "a ledger with a tolerance of {tolerance}%, and periods up to {days} days apart together")?;
        for topic in self.topics() {
            write!(f, "\n{}", topic.dossier())?;
        }
        Ok(())
    }
}
