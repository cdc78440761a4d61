//! Stories about one topic or two, drawn from so little that most of what is said collides.

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use testimony::testing::with_scan_limit;
use testimony::{
    Bound, Claim, ClaimId, Credibility, Figure, Hedge, Ledger, Measure, Moment, Number, Period, Policy, Predicate,
    Receipt, Retraction, Source, SourceId, SourceKind, Stance, Topic, Vague, Value,
};

/// Id, kind, and what it is part of.
const SOURCES: [(&str, SourceKind, Option<&str>); 5] = [
    ("ministry", SourceKind::GOVERNMENT, None),
    ("hospital", SourceKind::ORGANIZATION, Some("ministry")),
    ("post", SourceKind::OUTLET, None),
    ("witness", SourceKind::ANONYMOUS, Some("post")),
    ("army", SourceKind::GOVERNMENT, None),
];

/// A policy, a predicate, and what is done on topics of it.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    pub(crate) policy: Policy,
    pub(crate) predicate: Predicate,
    pub(crate) steps: Vec<Step>,
}

#[derive(Clone, Debug)]
pub(crate) enum Step {
    Record(Box<Claim>),
    /// Takes a claim back, counted round, unless it was.
    Retract(Index),
}

impl Story {
    /// A ledger with the sources and the predicate, that uses its index on topics of more than so many claims.
    pub(crate) fn empty(&self, scan_limit: usize) -> Ledger {
        let mut ledger = with_scan_limit(Ledger::with_policy(self.policy.clone()), scan_limit);
        for (id, kind, part_of) in SOURCES {
            let source = Source::new(id, id).unwrap().with_kind(kind);
            let whole = part_of.map(|whole| SourceId::new(whole).unwrap());
            ledger.add_source(whole.iter().fold(source, Source::with_part_of)).unwrap();
        }
        ledger.add_predicate(self.predicate.clone()).unwrap();
        ledger
    }

    /// The claims that this ledger takes, each once.
    pub(crate) fn claims(&self) -> Vec<Claim> {
        let mut ledger = self.empty(1000);
        let mut claims = vec![];
        for step in &self.steps {
            if let Step::Record(claim) = step
                && ledger.record(*claim.clone()).is_ok_and(|receipt| receipt.is_new())
            {
                claims.push(*claim.clone());
            }
        }
        claims
    }

    pub(crate) fn ledger(&self, scan_limit: usize) -> Ledger {
        let mut ledger = self.empty(scan_limit);
        for step in &self.steps {
            step.take(&mut ledger);
        }
        ledger
    }
}

impl Step {
    /// Does it; what is refused is left out. Gives the receipt of a new claim.
    pub(crate) fn take(&self, ledger: &mut Ledger) -> Option<Receipt> {
        match self {
            Self::Record(claim) => {
                let receipt = ledger.record((**claim).clone()).ok()?;
                receipt.is_new().then_some(receipt)
            }
            Self::Retract(index) => {
                let claims = ledger.claims().len();
                let claim = ClaimId::new(index.index(claims.max(1)) as u64);
                ledger.retract(Retraction::new(claim)).ok()?;
                None
            }
        }
    }
}

/// Of up to so many steps.
pub(crate) fn story(steps: usize) -> impl Strategy<Value = Story> {
    (policy(), kind()).prop_flat_map(move |(policy, kind)| {
        let step = prop_oneof![
            8 => claim(kind).prop_map(|claim| Step::Record(Box::new(claim))),
            1 => any::<Index>().prop_map(Step::Retract),
        ];
        (Just(policy), predicate(kind), vec(step, steps / 2..=steps)).prop_map(|(policy, predicate, steps)| Story {
            policy,
            predicate,
            steps,
        })
    })
}

fn policy() -> impl Strategy<Value = Policy> {
    (select(vec!["0", "0.1", "0.5"]), select(vec![0, 0, 1, 3])).prop_map(|(tolerance, days)| {
        Policy::default().with_tolerance(tolerance.parse().unwrap()).unwrap().with_days_apart(days)
    })
}

/// The subject that most of a story is about.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Figures,
    Texts,
    Periods,
    All,
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![5 => Just(Kind::Figures), 2 => Just(Kind::Texts), 1 => Just(Kind::Periods), 1 => Just(Kind::All)]
}

fn predicate(kind: Kind) -> impl Strategy<Value = Predicate> {
    let measures = match kind {
        Kind::Figures => Measure::ALL.to_vec(),
        _ => vec![Measure::Stock, Measure::Fixed],
    };
    let unit = select(vec![None, None, Some("persons"), Some("ratio")]);
    (select(measures), unit, prop::bool::weighted(0.2), any::<[bool; 3]>()).prop_map(
        |(measure, unit, continuous, [single_valued, opposites, same])| {
            let mut predicate = Predicate::new("p").with_measure(measure);
            if let Some(unit) = unit {
                predicate = predicate.with_unit(unit);
            }
            if continuous {
                predicate = predicate.continuous();
            }
            if opposites {
                predicate = predicate.with_opposites("yes", " NO ").with_opposites("no", "never");
            }
            if same {
                predicate = predicate.with_same(["yes", "Perhaps"]).with_same(["NEVER", "not at all"]);
            }
            if single_valued { predicate.single_valued() } else { predicate }
        },
    )
}

fn claim(kind: Kind) -> impl Strategy<Value = Claim> {
    let stance = prop_oneof![
        12 => Just(Stance::Affirms),
        6 => Just(Stance::Denies),
        1 => Just(Stance::Suggests),
        1 => Just(Stance::Declines),
    ];
    // Nearly all of it about one subject, by few.
    let subject = prop_oneof![20 => Just("s"), 1 => Just("t")];
    let origin = prop_oneof![3 => 0..SOURCES.len(), 2 => Just(0)];
    let relay = weighted(0.2, 0..SOURCES.len());
    let times = (weighted(0.75, period()), weighted(0.6, moment()));
    let credibility = weighted(0.1, 1..=3_u8);
    (subject, value(kind), stance, origin, relay, times, credibility).prop_map(
        |(subject, value, stance, origin, relay, (as_of, stated), credibility)| {
            let id = |source: usize| SourceId::new(SOURCES[source].0).unwrap();
            let claim = Claim::new(Topic::new(subject, "p"), value, id(origin)).with_stance(stance);
            let claim =
                relay.filter(|relay| *relay != origin).iter().fold(claim, |it, &relay| it.with_relay(id(relay)));
            let claim = as_of.into_iter().fold(claim, Claim::with_as_of);
            let claim = stated.into_iter().fold(claim, Claim::with_stated);
            credibility.into_iter().fold(claim, |it, rating| it.with_credibility(Credibility::new(rating).unwrap()))
        },
    )
}

fn value(kind: Kind) -> BoxedStrategy<Value> {
    let text = || {
        select(vec!["yes", "Yes ", "no", "NO", "never", "not at all", "perhaps", "Stra\u{df}e", "STRASSE"])
            .prop_map(Value::text)
    };
    let figure = || {
        (hedge(), unit()).prop_filter_map("no figure", |(hedge, unit)| {
            let figure = Figure::new(hedge).ok()?;
            Some(Value::Figure(unit.into_iter().fold(figure, Figure::with_unit)))
        })
    };
    let days = || period().prop_map(Value::Period);
    match kind {
        Kind::Figures => figure().boxed(),
        Kind::Texts => text().boxed(),
        Kind::Periods => days().boxed(),
        Kind::All => prop_oneof![figure(), text(), days()].boxed(),
    }
}

fn unit() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![
        12 => Just(None),
        3 => select(vec![Some("persons"), Some(" PEOPLE"), Some("killed")]),
        1 => select(vec![Some("tonnes"), Some("t"), Some("ratio")]),
    ]
}

fn number() -> impl Strategy<Value = Number> {
    let some = prop_oneof![
        8 => (0..6).prop_map(|n: i32| n.to_string()),
        2 => (-3..0).prop_map(|n: i32| n.to_string()),
        2 => (-1..5).prop_map(|n| format!("{n}.5")),
        // The ends of what there is.
        1 => select(vec!["9999999999999999999999999999", "-9999999999999999999999999999", "1e-28", "1e28", "-1e28"])
            .prop_map(str::to_owned),
    ];
    some.prop_map(|text| text.parse().unwrap())
}

fn hedge() -> impl Strategy<Value = Hedge> {
    let two = || (number(), number()).prop_map(|(one, other)| (one.min(other), one.max(other)));
    let bound = |open: bool, n| if open { Bound::open(n) } else { Bound::closed(n) };
    prop_oneof![
        4 => number().prop_map(|n| Hedge::Exactly(n.into())),
        3 => number().prop_map(|n| Hedge::MoreThan(n.into())),
        2 => number().prop_map(|n| Hedge::AtLeast(n.into())),
        3 => number().prop_map(|n| Hedge::LessThan(n.into())),
        2 => number().prop_map(|n| Hedge::AtMost(n.into())),
        1 => number().prop_map(|n| Hedge::About(n.into())),
        1 => number().prop_map(|n| Hedge::Nearly(n.into())),
        1 => number().prop_map(|n| Hedge::JustOver(n.into())),
        2 => two().prop_map(|(low, high)| Hedge::Between(low, high)),
        3 => (two(), any::<[bool; 2]>())
            .prop_map(move |((low, high), [a, b])| Hedge::Within(bound(a, low), bound(b, high))),
        1 => Just(Hedge::Vague(Vague::Dozens)),
    ]
}

pub(crate) fn period() -> impl Strategy<Value = Period> {
    let day = || 1..6_u8;
    let span = (day(), day()).prop_map(|(a, b)| format!("2025-05-{:02}/2025-05-{:02}", a.min(b), a.max(b)));
    let written = prop_oneof![
        6 => day().prop_map(|day| format!("2025-05-{day:02}")),
        3 => span,
        1 => select(vec!["2025-05", "2025-05-03/..", "../2025-05-02", "2025-05-04/", "../2025-05-05~", "2025-05-02?"])
            .prop_map(str::to_owned),
        1 => select(vec!["-9999", "9999-12-31", "../-9999-01-01", "9999/.."]).prop_map(str::to_owned),
    ];
    written.prop_map(|text| text.parse().unwrap())
}

fn moment() -> impl Strategy<Value = Moment> {
    let time = (1..6_u8, select(vec!["00:00:00Z", "23:59:59Z", "12:00:00Z", "01:00:00+09:00"]))
        .prop_map(|(day, time)| format!("2025-05-{day:02}T{time}").parse::<Moment>().unwrap());
    prop_oneof![2 => period().prop_map(Moment::from), 1 => time]
}
