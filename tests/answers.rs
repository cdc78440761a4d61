//! Answers as data: the whole JSON form of each, and each form by the schema.
#![cfg(feature = "serde")]

use serde::Serialize;
use serde_json::{Value, json};
use testimony::{
    Citation, Claim, ClaimAmendment, Constraint, Credibility, Entry, Error, Figure, Ledger, Measure, Names, Predicate,
    Retraction, Source, SourceKind, Stance, Topic, Value as Said,
};

const SIEGE: &str = "siege";

fn topic(predicate: &str) -> Topic {
    Topic::new(SIEGE, predicate)
}

/// Two that disagree, a third that supports one of them, an update, and what nobody is the origin of.
fn ledger() -> Result<Ledger, Error> {
    let mut ledger = Ledger::new();
    let army = ledger.add_source(Source::new("army", "The army")?)?;
    let city = ledger.add_source(Source::new("city", "City council")?)?;
    let post = ledger.add_source(Source::new("post", "The Post")?.with_kind(SourceKind::OUTLET))?;
    ledger.add_predicate(Predicate::new("dead").with_measure(Measure::Stock))?;
    let may = "2025-05-04".parse()?;
    ledger.record(Claim::new(topic("dead"), Figure::at_least(40), &city).with_as_of(may))?;
    ledger.record(Claim::new(topic("dead"), Figure::exactly(12), &army).with_as_of(may))?;
    let claim = Claim::new(topic("dead"), Figure::about(50), &post).with_as_of(may);
    ledger.record(claim.with_credibility(Credibility::new(2)?))?;
    ledger.record(Claim::new(topic("mood"), Said::text("grim"), &post).with_relay(&city))?;
    ledger.record(Claim::new(topic("mood"), Said::text("grim"), &city).with_relay(&post))?;
    Ok(ledger)
}

fn data(answer: &impl Serialize) -> Value {
    serde_json::to_value(answer).expect("it serialises")
}

fn label(ledger: &Ledger, claim: u64) -> String {
    ledger.claim(testimony::ClaimId::new(claim)).expect("it is on record").label().to_string()
}

#[test]
fn a_conflict_names_its_claims_by_number_and_label() -> Result<(), Error> {
    let ledger = ledger()?;
    let conflict = ledger.conflicts().next().expect("12 is not at least 40");
    let expected = json!({
        "relation": "disputes",
        "claims": [0, 1],
        "labels": [label(&ledger, 0), label(&ledger, 1)],
        "topic": { "subject": "siege", "predicate": "dead" },
        "timing": "same",
        "certain": true,
        "gap": { "amount": 28, "relative": "2.333333333333333333333333333" },
        "because": "At least 40 and 12 have no value in common. They lie 28 apart, 233% of the smaller. Both are about the \
                    same days.",
    });
    assert_eq!(data(&conflict), expected);
    assert_eq!(data(&*conflict), expected);
    let numbered = data(&conflict.numbered(|claim| claim.number() + 7));
    assert_eq!(numbered["claims"], json!([7, 8]));
    assert_eq!(numbered["labels"], expected["labels"], "a label is the same under any number");
    Ok(())
}

#[test]
fn a_circle_is_told_by_its_sources() -> Result<(), Error> {
    let ledger = ledger()?;
    let circle = ledger.circles().next().expect("each quotes the other");
    let expected = json!({
        "circle": ["city", "post"],
        "topic": { "subject": "siege", "predicate": "mood" },
        "claims": [3, 4],
        "labels": [label(&ledger, 3), label(&ledger, 4)],
        "because": "City council and The Post attribute to each other what none of them says first, in 2 claims. They count \
                    as one voice.",
    });
    assert_eq!(data(&circle), expected);
    Ok(())
}

#[test]
fn positions_have_values_voices_and_claims() -> Result<(), Error> {
    let mut ledger = ledger()?;
    let spokesman = Source::new("spokesman", "a spokesman")?.with_kind(SourceKind::ANONYMOUS);
    let spokesman = ledger.add_source(spokesman)?;
    let may = "2025-05-04".parse()?;
    let claim =
        |value: Figure, stance| Claim::new(topic("dead"), value, &spokesman).with_as_of(may).with_stance(stance);
    ledger.record(claim(Figure::exactly(99), Stance::Denies))?;
    let positions = ledger.topic(&topic("dead")).expect("it is on record").positions();
    let figures = |low: u64, high: Option<u64>| json!({ "low": low, "low_open": false, "high": high, "high_open": false, "unit": null });
    let expected = json!({
        "topic": { "subject": "siege", "predicate": "dead" },
        "positions": [
            {
                "value": figures(45, Some(55)),
                "claims": [0, 2],
                "labels": [label(&ledger, 0), label(&ledger, 2)],
                "independent_origins": 2,
                "anonymous_origins": 0,
            },
            {
                "value": figures(12, Some(12)),
                "claims": [1],
                "labels": [label(&ledger, 1)],
                "independent_origins": 1,
                "anonymous_origins": 0,
            },
        ],
        "excludes": [{ "value": figures(99, Some(99)), "claims": [5], "labels": [label(&ledger, 5)] }],
        "silent": [],
        "silent_labels": [],
        "forecasts": [],
        "forecast_labels": [],
    });
    assert_eq!(data(&positions), expected);
    assert_eq!(data(&positions.positions()[1]), expected["positions"][1]);
    assert_eq!(data(&positions.exclusions()[0]), expected["excludes"][0]);
    Ok(())
}

#[test]
fn a_violation_has_what_is_implied_and_stated() -> Result<(), Error> {
    let mut ledger = ledger()?;
    let constraint = Constraint::AtMost { part: topic("dead"), whole: topic("present") };
    ledger.add_constraint(constraint)?;
    let army = ledger.source("army").expect("it is on record").clone();
    ledger.record(Claim::new(topic("present"), Figure::exactly(10), &army).with_as_of("2025-05-04".parse()?))?;
    let is_own = |violation: &testimony::Violation<'_>| violation.scope() == testimony::ViolationScope::OwnWord;
    let violation = ledger.violations().find(is_own).expect("12 of 10");
    let figures = |low: Value, high: Value| json!({ "low": low, "low_open": false, "high": high, "high_open": false, "unit": null });
    let expected = json!({
        "violation": "at_most",
        "scope": "own_word",
        "certain": true,
        "topic": { "subject": "siege", "predicate": "dead" },
        "claims": [1, 5],
        "labels": [label(&ledger, 1), label(&ledger, 5)],
        "implied": figures(0.into(), 10.into()),
        "stated": figures(12.into(), 12.into()),
        "because": "10 (present) is the most it can be, and The army says 12 (dead).",
    });
    assert_eq!(data(&violation), expected);
    let unchecked = ledger.unchecked().next().expect("the city says nothing of those present");
    assert_eq!(
        data(&unchecked),
        json!({
            "unchecked": "at_most",
            "scope": "own_word",
            "topic": { "subject": "siege", "predicate": "dead" },
            "claims": [0],
            "labels": [label(&ledger, 0)],
            "obstacle": "no_figure",
            "missing": { "subject": "siege", "predicate": "present" },
            "because": "nothing on siege · present is known of its time.",
        })
    );
    Ok(())
}

#[test]
fn corroboration_tells_each_voice() -> Result<(), Error> {
    let ledger = ledger()?;
    let corroboration = ledger.claim(testimony::ClaimId::new(2)).expect("it is on record").corroboration();
    let voice = |source: &str, claim: u64, value: &str| {
        json!({
            "origins": [source],
            "anonymous": false,
            "claims": [claim],
            "labels": [label(&ledger, claim)],
            "values": [value],
        })
    };
    let expected = json!({
        "credibility": 2,
        "topic": { "subject": "siege", "predicate": "dead" },
        "claims": [2],
        "labels": [label(&ledger, 2)],
        "independent_origins": 2,
        "anonymous_origins": 0,
        "confirmed": true,
        "voices": [voice("city", 0, "around"), voice("post", 2, "equal")],
        "because": "It is said by 2 independent origins.",
    });
    assert_eq!(data(&corroboration), expected);
    assert_eq!(data(&corroboration.backings()[1]), expected["voices"][1]);
    let witness = corroboration.backings()[0].witnesses()[0];
    assert_eq!(data(&witness), json!({ "claim": 0, "label": label(&ledger, 0), "value": "around" }));
    Ok(())
}

#[test]
fn a_relation_says_what_it_rests_on() -> Result<(), Error> {
    let ledger = ledger()?;
    let relation = ledger.conflicts().next().expect("12 is not at least 40").relation();
    assert_eq!(
        data(&relation),
        json!({
            "relation": "disputes",
            "fit": { "clashes": "nothing_shared" },
            "timing": "same",
            "origins": { "two": "independent" },
            "certain": true,
            "uncertainties": [],
            "gap": { "amount": 28, "relative": "2.333333333333333333333333333" },
        })
    );
    Ok(())
}

#[test]
fn what_recording_and_merging_did_is_data() -> Result<(), Error> {
    let mut ledger = ledger()?;
    let army = ledger.source("army").expect("it is on record").clone();
    let claim = Claim::new(topic("dead"), Figure::exactly(70), &army).with_as_of("2025-05-04".parse()?);
    let receipt = ledger.record(claim.clone())?;
    assert_eq!(data(&receipt), json!({ "claim": 5, "new": true, "amended": false, "conflicts": 2, "not_compared": 0 }));
    let appended = ledger.append(Entry::from(claim))?;
    let repeated = json!({ "claim": 5, "new": false, "amended": false, "conflicts": 0, "not_compared": 0 });
    assert_eq!(data(&appended), json!({ "claim": repeated }));
    let merged = ledger.merge(&ledger.clone())?;
    let tally = |n: usize| json!({ "added": 0, "already_there": n });
    assert_eq!(
        data(&merged),
        json!({
            "sources": tally(3), "predicates": tally(1), "names": tally(0), "claims": tally(6), "constraints": tally(0),
            "retractions": tally(0), "amendments": tally(0),
        })
    );
    let parts: Vec<Value> = ledger.parts().iter().map(data).collect();
    assert_eq!(parts[1], json!({ "topics": [{ "subject": "siege", "predicate": "mood" }], "claims": 2 }));
    Ok(())
}

/// Every answer of a ledger that has all of them is what the schema says, and nothing that it does not.
#[cfg(feature = "schema")]
#[test]
fn every_answer_is_of_the_schema() -> Result<(), Error> {
    let schema = testimony::schema::findings();
    let validator = jsonschema::draft202012::new(schema.as_value()).expect("it is a schema");
    let mut found = std::collections::BTreeMap::<String, usize>::new();
    let mut check = |what: &str, answer: &dyn Fn() -> Value| {
        let answer = answer();
        let errors: Vec<String> = validator.iter_errors(&answer).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new(), "{what}: {answer}");
        *found.entry(what.to_owned()).or_default() += 1;
    };
    let before = ledger()?;
    let mut ledger = before.clone();
    ledger.add_unit(Names::new("heads", ["mouths"]))?;
    ledger.add_constraint(Constraint::AtMost { part: topic("dead"), whole: topic("present") })?;
    let army = ledger.source("army").expect("it is on record").clone();
    let may = "2025-05-04".parse()?;
    ledger.record(Claim::new(topic("present"), Figure::exactly(10), &army).with_as_of(may))?;
    ledger.record(Claim::new(topic("Present"), Figure::exactly(10).with_unit("T-72"), &army))?;
    ledger.record(Claim::new(topic("present"), Figure::exactly(10).with_unit("T72"), &army))?;
    ledger.record(Claim::new(topic("present"), Said::Period("2025-03".parse()?), &army).with_stance(Stance::Denies))?;
    ledger.record(Claim::new(topic("mood"), Said::text("fine"), &army).with_stance(Stance::Declines))?;
    let rated = Claim::new(topic("rated"), Figure::exactly(1), &army).with_credibility(Credibility::new(1)?);
    let rated = ledger.record(rated)?.id();
    ledger.amend(ClaimAmendment::new(rated).with_citation(Citation::new().with_title("a letter")))?;
    ledger.retract(Retraction::new(testimony::ClaimId::new(1)).with_reason("a typing error"))?;
    for related in ledger.relations() {
        check("relation", &|| data(&related));
    }
    for circle in ledger.circles() {
        check("circle", &|| data(&circle));
    }
    for violation in before_retraction(&ledger)?.violations() {
        check("violation", &|| data(&violation));
    }
    for unchecked in ledger.unchecked() {
        check("unchecked", &|| data(&unchecked));
    }
    for corroboration in ledger.unconfirmed() {
        check("unconfirmed", &|| data(&corroboration));
    }
    for topic in ledger.topics() {
        check("positions", &|| data(&topic.positions()));
        check("dossier", &|| data(&topic.dossier()));
    }
    for scorecard in ledger.scorecards() {
        check("scorecard", &|| data(&scorecard));
    }
    check("diff", &|| data(&before.diff(&ledger)));
    check("look-alikes", &|| data(&ledger.look_alikes()));
    assert!(found.values().all(|found| *found > 0), "{found:?}");
    assert_eq!(found.len(), 10, "{found:?}");
    for wrong in [json!({}), json!({ "relation": "disputes" }), data(&ledger.claims().next().expect("it has claims"))] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
    Ok(())
}

/// The same with the claim that was taken back.
#[cfg(feature = "schema")]
fn before_retraction(ledger: &Ledger) -> Result<Ledger, Error> {
    let mut before = Ledger::new();
    before.extend(ledger.entries().map(|entry| entry.to_entry()).take(ledger.len() - 1))?;
    Ok(before)
}
