//! The boxes of each claim, held against how it relates to others.

use super::super::disowning::Attribution;
use super::*;
use crate::claim::{Claim, Stance, Value};
use crate::figure::Figure;
use crate::number::Bound;
use crate::policy::Policy;
use crate::rules::fit::{Clash, Fit};
use crate::rules::relation::{Origins, Relation, Whose, relate};
use crate::rules::timing::Side;
use crate::source::SourceId;
use crate::text;
use crate::topic::Topic;

/// Units and texts by number, as a ledger has them, from 1.
const IDS: [&str; 5] = ["kg", "persons", "yes", "no", "never"];

fn id_of(text: &str) -> u32 {
    let at = IDS.iter().position(|known| *known == text).expect("one of those that are known");
    1 + u32::try_from(at).expect("few of them")
}

/// A claim with its times, each of them left out where the text is none.
fn dated(mut claim: Claim, as_of: &str, stated: &str) -> Claim {
    if let Ok(as_of) = as_of.parse() {
        claim = claim.with_as_of(as_of);
    }
    if let Ok(stated) = stated.parse::<crate::Moment>() {
        claim = claim.with_stated(stated);
    }
    claim
}

/// Each value, affirmed and denied, about each time; each suggested once.
fn claims(values: &[Value], as_of: &[&str], stated: &[&str]) -> Vec<Claim> {
    let origin = SourceId::new("a").expect("an id");
    let claim = |value: &Value, stance| Claim::new(Topic::new("s", "p"), value.clone(), &origin).with_stance(stance);
    let mut claims = vec![];
    for value in values {
        for stance in [Stance::Affirms, Stance::Denies] {
            for as_of in as_of {
                for stated in stated {
                    claims.push(dated(claim(value, stance), as_of, stated));
                }
            }
        }
        claims.push(claim(value, Stance::Suggests));
    }
    claims
}

/// How two claims of one origin relate.
fn relation(one: &Comparable<'_>, other: &Comparable<'_>, predicate: &Predicate, policy: &Policy) -> Relation {
    let whose = Whose { origins: Origins::Same { same_relays: true }, disowned: false };
    relate(one, other, predicate, policy, whose)
}

/// Holds the boxes of each claim against how it relates to each other one, and to itself.
fn compare(claims: &[Claim], predicate: &Predicate, policy: &Policy) {
    let mut kinds = Classes::default();
    let mut all = vec![];
    for (number, claim) in claims.iter().enumerate() {
        // A claim that allows no value is not recorded.
        let Ok(reading) = Comparable::new(claim, predicate, policy) else { continue };
        let key = match reading.value() {
            Some(ComparedValue::Figure(extent)) => extent.unit.as_ref().map_or(0, |unit| id_of(unit.name())),
            Some(ComparedValue::Text(text)) => id_of(text),
            _ => 0,
        };
        let point = ClaimPoint::new(u32::try_from(number).expect("few claims"), &reading, key);
        kinds.add(&point);
        all.push((claim, reading, point));
    }
    for (claim, reading, point) in &all {
        let opposites = match reading.committed() {
            Some(ComparedValue::Text(text)) => {
                predicate.normal_opposites_of(text).into_iter().flatten().map(|text| id_of(text)).collect()
            }
            _ => vec![],
        };
        let boxes = ClashBoxes::new(*point, reading, kinds, &opposites, predicate, policy.days_apart());
        let [before, after] = [boxes.clashing_before().collect(), boxes.clashing_after().collect::<Vec<_>>()];
        let before: Vec<Region<TimedPoint>> = before;
        for (other_claim, other, other_spot) in &all {
            let relation = relation(reading, other, predicate, policy);
            let what = || format!("{claim:?}\nand {other_claim:?}\nunder {predicate:?}: {relation:?}");
            let clashes = matches!(relation.fit(), Fit::Clashes(_));
            let word = TimedPoint { point: *other_spot, said: other.said() };
            let around = boxes.clashing.iter().filter(|region| region.contains(&word)).count();
            assert_eq!(boxes.clashes_with(other_spot, || other.said()), clashes, "{}", what());
            assert_eq!(around, usize::from(clashes), "{}", what());
            let within =
                |regions: &[Region<TimedPoint>]| regions.iter().filter(|region| region.contains(&word)).count();
            let supersedes = |side| usize::from(relation.supersedes() == Some(side));
            assert_eq!(
                usize::from(clashes && word.said.is_before(boxes.timed.said)),
                supersedes(Side::First),
                "{}",
                what()
            );
            assert!(boxes.in_order || relation.supersedes().is_none(), "in order: {}", what());
            assert_eq!(within(&before), supersedes(Side::First), "before: {}", what());
            assert_eq!(within(&after), supersedes(Side::Second), "after: {}", what());
        }
    }
}

fn policies() -> [Policy; 2] {
    [Policy::default(), Policy::default().with_days_apart(2)]
}

#[test]
fn figures_are_seen_to_clash_as_they_do() {
    let number = |text: &str| text.parse::<Number>().expect("a number");
    let within = |low, high| Figure::within(low, high).expect("some numbers");
    let figures = [
        Figure::exactly(0),
        Figure::exactly(2),
        Figure::exactly(2).with_unit("kg"),
        Figure::exactly(number("1.5")),
        Figure::more_than(1),
        Figure::more_than(-1),
        Figure::at_least(2).with_unit("persons"),
        Figure::less_than(3),
        Figure::at_most(number("-0.5")),
        within(Bound::open(0), Bound::closed(3)),
        within(Bound::closed(-2), Bound::open(number("2.5"))),
        Figure::more_than(number("9999999999999999999999999999")),
        Figure::exactly(number("1e28")),
        Figure::more_than(number("1e28")),
        Figure::less_than(number("-1e28")),
        within(Bound::open(number("-1e28")), Bound::open(number("1e28"))),
        Figure::less_than(number("1e-28")),
        Figure::exactly(number("1e-28")),
        Figure::exactly(number("2e-28")),
        // The next number after 1, and the one after that.
        Figure::less_than(number("1.000000000000000000000000001")),
        Figure::exactly(number("1.000000000000000000000000001")),
        within(Bound::open(1), Bound::open(number("1.000000000000000000000000002"))),
    ];
    let as_of = ["-", "2025-05-01", "2025-05-02", "2025-05-01/2025-05-03", "2025-05-04", "2025-05-02/.."];
    let claims = claims(&figures.map(Value::Figure), &as_of, &["-"]);
    for &measure in Measure::ALL {
        for (policy, unit) in policies().iter().zip([None, Some("kg")]) {
            let mut predicate = Predicate::new("p").with_measure(measure);
            if let Some(unit) = unit {
                predicate = predicate.with_unit(unit);
            }
            compare(&claims, &predicate, policy);
        }
    }
}

/// Totals of days and of longer times, as of instants and not, with open ends and without.
#[test]
fn totals_are_seen_to_clash_as_they_do() {
    let figures = [Figure::exactly(1), Figure::exactly(3), Figure::more_than(2)].map(Value::Figure);
    let as_of = [
        "-",
        "2025-05-01",
        "2025-05-02",
        "2025-05-02~",
        "2025-05-01/2025-05-02",
        "2025-05-01/2025-05-03",
        "2025-05-02/2025-05-04",
        "2025-05-02/..",
        "2025-05-01/..",
        "../2025-05-02",
        "../2025-05-01",
        "../..",
    ];
    let stated = ["-", "2025-05-02", "2025-05-02T09:00:00Z", "2025-05-02T18:00:00Z", "2025-05-01T18:00:00Z"];
    let claims = claims(&figures, &as_of, &stated);
    for policy in policies() {
        compare(&claims, &Predicate::new("p").with_measure(Measure::Cumulative), &policy);
        compare(&claims[..200], &Predicate::new("p").with_measure(Measure::Flow), &policy);
    }
}

/// Unlikely claims lie where denials do, and those that commit to nothing nowhere.
#[test]
fn doubts_are_seen_to_clash_as_they_do() {
    let values = [Value::Figure(Figure::exactly(1)), Value::Figure(Figure::more_than(0)), Value::text("yes")];
    let mut all = claims(&values, &["-", "2025-05-01", "2025-05-02"], &["-", "2025-05-01T09:00:00Z"]);
    let said: Vec<Claim> = all.clone();
    for likelihood in ["0.1", "0.5", "0.9"] {
        let likelihood: crate::Likelihood = likelihood.parse().expect("a likelihood");
        all.extend(said.iter().map(|claim| claim.clone().with_confidence(likelihood.clone())));
    }
    for &measure in Measure::ALL {
        compare(&all, &Predicate::new("p").with_measure(measure), &policies()[0]);
    }
}

#[test]
fn what_is_disowned_is_seen_to_be() {
    let values: Vec<Option<Value>> = [
        Some(Figure::exactly(1).into()),
        Some(Figure::more_than(1).with_unit("kg").into()),
        Some(Figure::less_than(2).into()),
        Some(Figure::exactly("1.5".parse::<Number>().expect("a number")).into()),
        Some(Value::text("yes")),
        Some(Value::text("no")),
        Some(Value::Period("2025-05".parse().expect("a period"))),
        None,
    ]
    .into();
    let origin = SourceId::new("a").expect("an id");
    let relay = SourceId::new("b").expect("an id");
    let times = ["-", "2025-05-01", "2025-05-02T09:00:00Z", "2025-05-01/..", "../2025-05-02"];
    let mut claims = vec![];
    for value in &values {
        for stance in [Stance::Affirms, Stance::Suggests, Stance::Denies, Stance::Disowns] {
            for as_of in ["-", "2025-05-01", "2025-05-03"] {
                for stated in times {
                    let claim = match (value, stance) {
                        (Some(value), _) => {
                            Claim::new(Topic::new("s", "p"), value.clone(), &origin).with_stance(stance)
                        }
                        (None, Stance::Disowns) => Claim::disowned(Topic::new("s", "p"), &origin),
                        (None, _) => continue,
                    };
                    let claim = dated(claim, as_of, stated);
                    claims.push(claim.clone().with_relay(&relay));
                    claims.push(claim);
                }
            }
        }
    }
    let predicate = Predicate::new("p").with_measure(Measure::Cumulative);
    let policy = Policy::default();
    let all: Vec<_> = claims
        .iter()
        .map(|claim| {
            let reading = Comparable::new(claim, &predicate, &policy).expect("it is one");
            let key = match reading.value() {
                Some(ComparedValue::Figure(extent)) => extent.unit.as_ref().map_or(0, |unit| id_of(unit.name())),
                Some(ComparedValue::Text(text)) => id_of(text),
                _ => 0,
            };
            let attribution = Attribution::new(0, &reading, key);
            (claim, reading, attribution)
        })
        .collect();
    let mut disowned = 0;
    for (claim, reading, attribution) in &all {
        for (other_claim, other, others) in &all {
            let relation = relation(reading, other, &predicate, &policy);
            let side = match relation.fit() {
                Fit::Clashes(Clash::Disowned(side)) => Some(side),
                _ => None,
            };
            disowned += usize::from(side.is_some());
            let within = attribution.iter().zip(others).filter(|(own, other)| own.disowns != other.disowns);
            let around: usize = within
                .map(|(own, other)| own.across.iter().filter(|region| region.contains(&other.timed)).count())
                .sum();
            assert_eq!(around, usize::from(side.is_some()), "{claim:?}\nand {other_claim:?}: {relation:?}");
        }
    }
    assert!(disowned > 1000, "{disowned}");
}

#[test]
fn what_is_said_later_is_seen_to_be_later() {
    let figures = [Figure::exactly(1), Figure::more_than(1)].map(Value::Figure);
    let as_of = ["-", "2025-05-01", "2025-05-01/2025-05-02", "2025-05-03/..", "../2025-05-02", "-9999", "9999"];
    let stated =
        ["-", "2025-05-01", "2025-05-01T23:59:59Z", "2025-05-02T00:00:00Z", "2025-05", "../2025-04", "9999/.."];
    let claims = claims(&figures, &as_of, &stated);
    for measure in [Measure::Fixed, Measure::Cumulative] {
        compare(&claims, &Predicate::new("p").with_measure(measure), &policies()[0]);
    }
}

/// The order of saying shows in no answer: claims without one are not kept by when they were said.
#[test]
fn only_what_may_be_said_before_or_after_others_is_in_order() {
    let one = [Value::Figure(Figure::exactly(1))];
    let all = claims(&one, &["-", "2025-05-01"], &["-", "2025-05-01"]);
    for (measure, by_as_of) in [
        (Measure::Stock, [false, true]),
        (Measure::Cumulative, [true, true]),
        (Measure::Flow, [false, true]),
        (Measure::Fixed, [true, true]),
    ] {
        let predicate = Predicate::new("p").with_measure(measure);
        for (policy, by_as_of) in policies().iter().zip(by_as_of) {
            let in_order = |claim: &Claim| {
                let reading = Comparable::new(claim, &predicate, policy).expect("it is one");
                ClashBoxes::of_only(ClaimPoint::new(0, &reading, 0), &reading, &predicate, policy.days_apart()).in_order
            };
            // Without a time, stated, about a day, and both.
            let times = [false, true, by_as_of, true];
            for (claim, expected) in all.iter().zip([times, times].concat()) {
                assert_eq!(in_order(claim), expected, "{claim:?} under {predicate:?}");
                let suggested = claim.clone().with_stance(Stance::Suggests);
                assert!(!in_order(&suggested), "{suggested:?} under {predicate:?}");
            }
        }
    }
}

#[test]
fn texts_and_periods_are_seen_to_clash_as_they_do() {
    let texts = ["yes", "No", "never"].map(Value::text);
    let days = ["2025-05-01", "2025-05-01/2025-05-03", "2025-05-03/..", "../2025-05-01", "2025-05", "9999"];
    let days = days.map(|text| Value::Period(text.parse().expect("a period")));
    let figure = Value::Figure(Figure::exactly(1));
    let values: Vec<Value> = texts.into_iter().chain(days).chain([figure]).collect();
    assert!(IDS.iter().all(|text| text::normal(text) == *text));
    let claims = claims(&values, &["-", "2025-05-01", "2025-05-02/2025-05-04", "2025-05-06"], &["-"]);
    for &measure in Measure::ALL {
        let plain = Predicate::new("p").with_measure(measure);
        let opposites = plain.clone().with_opposites("YES", "no").with_opposites("never", "yes");
        for (predicate, policy) in
            [&plain, &opposites, &opposites.clone().single_valued()].into_iter().zip(policies().iter().cycle())
        {
            compare(&claims, predicate, policy);
        }
    }
}

/// The page on performance says so.
#[test]
fn a_claim_holds_its_place_in_48_bytes() {
    assert_eq!(size_of::<ClaimPoint>(), 48);
}
