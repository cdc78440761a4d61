//! Arithmetic between topics (R8, R19): what breaks it, whose figures do, and what does not.

use testimony::{
    Bound, Claim, Constraint, Error, ErrorKind, Figure, Interval, Ledger, Measure, Number, Obstacle, Period, Predicate,
    Source, SourceId, Stance, Topic, ViolationScope,
};

fn topic(predicate: &str) -> Topic {
    Topic::new("troops", predicate)
}

/// A ledger with the origins a and b, and these constraints.
fn ledger(constraints: &[Constraint]) -> (Ledger, SourceId, SourceId) {
    let mut ledger = Ledger::new();
    let [a, b] = ["a", "b"].map(|id| ledger.add_source(Source::new(id, id.to_uppercase()).unwrap()).unwrap());
    ledger.add_predicate(Predicate::new("lost").with_measure(Measure::Cumulative)).unwrap();
    for constraint in constraints {
        ledger.add_constraint(constraint.clone()).unwrap();
    }
    (ledger, a, b)
}

/// Records `predicate: figure [@ as of]`.
fn say(ledger: &mut Ledger, origin: &SourceId, text: &str) {
    let (predicate, figure) = text.split_once(": ").unwrap();
    let (figure, as_of) = figure.split_once(" @ ").map_or((figure, None), |(figure, as_of)| (figure, Some(as_of)));
    let mut claim = Claim::new(topic(predicate), figure.parse::<Figure>().unwrap(), origin);
    if let Some(as_of) = as_of {
        claim = claim.with_as_of(as_of.parse::<Period>().unwrap());
    }
    ledger.record(claim).unwrap();
}

/// The violations as `scope [claims] implied / stated`.
fn violations(ledger: &Ledger) -> Vec<String> {
    let show = |violation: &testimony::Violation<'_>| {
        let claims: Vec<_> = violation.claims().iter().map(|claim| claim.id().number()).collect();
        format!("{} {claims:?} {} / {}", violation.scope(), violation.implied(), violation.stated())
    };
    ledger.violations().map(|violation| show(&violation)).collect()
}

fn ratio() -> Constraint {
    Constraint::Ratio { part: topic("lost"), whole: topic("sent"), ratio: topic("share") }
}

fn at_most() -> Constraint {
    Constraint::AtMost { part: topic("lost"), whole: topic("sent") }
}

fn sum() -> Constraint {
    Constraint::Sum { parts: vec![topic("dead"), topic("wounded")], whole: topic("lost") }
}

#[test]
fn a_share_has_to_be_the_part_of_the_whole() {
    let (mut ledger, a, _) = ledger(&[ratio()]);
    for said in ["lost: more than 4,000", "sent: 16,000", "share: nearly a quarter"] {
        say(&mut ledger, &a, said);
    }
    assert_eq!(violations(&ledger), ["own_word [0, 1, 2] [0.2500625, ∞) / [0.225, 0.25)"]);
    let because = "More than 4,000 (lost) of 16,000 (sent) is more than 25%, and A says nearly 25% (share).";
    assert_eq!(ledger.violations().next().unwrap().because(), because);
    // Figures that fit are no violation: about 3,000 of 11,000 goes with about 30 %.
    let (mut ledger, a, _) = all_three();
    for said in ["lost: about 3,000", "sent: 11,000", "share: about 30%"] {
        say(&mut ledger, &a, said);
    }
    assert!(violations(&ledger).is_empty());
}

fn all_three() -> (Ledger, SourceId, SourceId) {
    ledger(&[ratio(), at_most(), sum()])
}

#[test]
fn a_part_is_not_above_its_whole() {
    let (mut ledger, a, b) = ledger(&[at_most()]);
    say(&mut ledger, &a, "sent: 100");
    say(&mut ledger, &a, "lost: at least 100");
    assert!(violations(&ledger).is_empty());
    say(&mut ledger, &a, "lost: more than 100");
    assert_eq!(violations(&ledger), ["own_word [0, 2] [0, 100] / (100, ∞)"]);
    // The other origin has no word of its own on the whole: it is held against the position there.
    say(&mut ledger, &b, "lost: 130");
    assert_eq!(
        violations(&ledger),
        ["own_word [0, 2] [0, 100] / (100, ∞)", "across_origins [0, 3] [0, 100] / [130, 130]"]
    );
}

#[test]
fn parts_add_up_to_the_whole() {
    let (mut ledger, a, b) = ledger(&[sum()]);
    for said in ["dead: 30", "wounded: about 40", "lost: more than 120"] {
        say(&mut ledger, &a, said);
    }
    assert_eq!(violations(&ledger), ["own_word [0, 1, 2] [66, 74] / (120, ∞)"]);
    say(&mut ledger, &b, "lost: 70");
    assert_eq!(violations(&ledger).len(), 1, "70 is what the parts come to");
    say(&mut ledger, &b, "lost: 75 @ 2025");
    let across = "across_origins [0, 1, 4] [66, 74] / [75, 75]";
    assert_eq!(violations(&ledger), ["own_word [0, 1, 2] [66, 74] / (120, ∞)", across]);
}

#[test]
fn a_violation_is_reported_with_its_numbers() {
    let (mut ledger, a, _) = ledger(&[at_most()]);
    say(&mut ledger, &a, "sent: 100 @ 2025-01");
    say(&mut ledger, &a, "lost: more than 120 @ 2025-02");
    let violations: Vec<_> = ledger.violations().collect();
    let told = "\
Possibly does not add up, by one origin's own figures: troops · lost ≤ troops ·
  sent
  [0] sent: 100                                               as of January 2025
      A
  [1] lost: more than 120                                    as of February 2025
      A
  100 (sent) is the most it can be, and A says more than 120 (lost).
";
    assert_eq!(violations[0].to_string(), told);
    let numbered = told.replace("[0]", "[7]").replace("[1]", "[8]");
    assert_eq!(violations[0].numbered(|id| id.number() + 7).to_string(), numbered);
}

#[test]
fn figures_of_the_same_time_are_taken_else_the_latest_before() {
    let (mut ledger, a, _) = ledger(&[at_most()]);
    say(&mut ledger, &a, "sent: 50 @ 2024-11");
    say(&mut ledger, &a, "sent: 100 @ 2024-12");
    say(&mut ledger, &a, "sent: 500 @ 2025-02");
    say(&mut ledger, &a, "lost: 200 @ 2025-01");
    say(&mut ledger, &a, "lost: 300 @ 2025-02");
    assert_eq!(violations(&ledger), ["own_word [1, 3] [0, 100] / [200, 200]"]);
}

#[test]
fn what_cannot_be_compared_or_computed_is_no_violation() {
    let (mut ledger, a, b) = ledger(&[ratio(), at_most(), sum()]);
    say(&mut ledger, &a, "sent: 0 persons");
    say(&mut ledger, &a, "share: 50%");
    say(&mut ledger, &a, "lost: 7 tanks");
    assert!(violations(&ledger).is_empty());
    let denied = Claim::new(topic("lost"), Figure::exactly(9).with_unit("persons"), &b).with_stance(Stance::Denies);
    ledger.record(denied).unwrap();
    assert!(violations(&ledger).is_empty());
}

#[test]
fn counts_are_narrowed_to_whole_numbers_and_nothing_else_is() {
    for (said, expected) in [
        // No unit at all is one unit, of counts or of anything.
        (&["dead: 1.5", "wounded: 2.5", "lost: 5"][..], &["own_word [0, 1, 2] [4, 4] / [5, 5]"][..]),
        // A count may go without its unit, a measure may not.
        (&["sent: 10", "lost: 20 persons"], &["own_word [0, 1] [0, 10] / [20, 20]"]),
        (&["sent: 10.5", "lost: 20 persons"], &[]),
        // No count: it may be below nought, and lie between whole numbers.
        (&["sent: 10.5", "lost: 11"], &["own_word [0, 1] (−∞, 10.5] / [11, 11]"]),
        (&["dead: between 1.5 and 2.5", "wounded: 1", "lost: less than 3"], &[]),
        (&["dead: between 2 and 3", "wounded: 1", "lost: less than 3"], &["own_word [0, 1, 2] [3, 4] / [0, 3)"]),
    ] {
        let (mut ledger, a, _) = ledger(&[at_most(), sum()]);
        for text in said {
            say(&mut ledger, &a, text);
        }
        assert_eq!(violations(&ledger), expected, "{said:?}");
    }
}

#[test]
fn a_violation_says_why() {
    for (said, because) in [
        (&["sent: 10", "lost: 20"][..], "10 (sent) is the most it can be, and A says 20 (lost)."),
        (&["dead: 1", "wounded: 2", "lost: 9"], "1 (dead) and 2 (wounded) come to 3, and A says 9 (lost)."),
    ] {
        let (mut ledger, a, _) = ledger(&[at_most(), sum()]);
        for text in said {
            say(&mut ledger, &a, text);
        }
        assert_eq!(ledger.violations().map(|violation| violation.because()).collect::<Vec<_>>(), [because]);
    }
}

#[test]
fn a_violation_has_the_unit_of_its_result() {
    for (said, unit) in [
        (["sent: 10 persons", "lost: 20 persons"], Some("persons")),
        (["sent: 10 persons", "lost: 20"], None),
        (["sent: 10 km", "lost: 20 km"], Some("km")),
    ] {
        let (mut ledger, a, _) = ledger(&[at_most()]);
        for text in said {
            say(&mut ledger, &a, text);
        }
        let units: Vec<_> = ledger.violations().map(|violation| violation.unit()).collect();
        assert_eq!(units, [unit], "{said:?}");
    }
}

/// A ledger with these measures and claims, `origin predicate: figure [@ as of] [! stated] [# scope]`.
fn told(measures: &[(&str, Measure)], constraint: Constraint, claims: &[&str]) -> Ledger {
    let mut ledger = Ledger::new();
    for (predicate, measure) in measures {
        ledger.add_predicate(Predicate::new(*predicate).with_measure(*measure)).unwrap();
    }
    ledger.add_constraint(constraint).unwrap();
    for claim in claims {
        let (origin, claim) = claim.split_once(' ').unwrap();
        let origin = ledger.add_source(Source::new(origin, origin.to_uppercase()).unwrap()).unwrap();
        let (claim, scope) = claim.split_once(" # ").map_or((claim, None), |(claim, scope)| (claim, Some(scope)));
        let (claim, stated) = claim.split_once(" ! ").map_or((claim, None), |(claim, stated)| (claim, Some(stated)));
        let (predicate, figure) = claim.split_once(": ").unwrap();
        let (figure, as_of) = figure.split_once(" @ ").map_or((figure, None), |(figure, as_of)| (figure, Some(as_of)));
        let mut claim = Claim::new(topic(predicate), figure.parse::<Figure>().unwrap(), &origin);
        if let Some(as_of) = as_of {
            claim = claim.with_as_of(as_of.parse::<Period>().unwrap());
        }
        if let Some(stated) = stated {
            claim = claim.with_stated(stated.parse::<testimony::Moment>().unwrap());
        }
        if let Some(scope) = scope {
            claim = claim.with_scope(scope);
        }
        ledger.record(claim).unwrap();
    }
    ledger
}

/// The same as [`violations`], with a question mark behind those that are possible.
fn found(ledger: &Ledger) -> Vec<String> {
    let marks = ledger.violations().map(|violation| if violation.is_certain() { "" } else { "?" }.to_owned());
    violations(ledger).into_iter().zip(marks).map(|(violation, mark)| violation + &mark).collect()
}

fn unchecked(ledger: &Ledger) -> Vec<(ViolationScope, Obstacle)> {
    ledger.unchecked().map(|unchecked| (unchecked.scope(), unchecked.obstacle())).collect()
}

#[test]
fn what_an_origin_said_of_another_time_counts_by_its_measure() {
    use Measure::{Cumulative, Fixed, Flow, Stock};
    for (measure, claims, expected) in [
        // A total was no less since, and no more before.
        (Cumulative, &["a sent: 10 @ 2025-01", "a lost: 20 @ 2025-06"][..], &[][..]),
        (Cumulative, &["a sent: 10 @ 2025-09", "a lost: 20 @ 2025-06"], &["own_word [0, 1] [0, 10] / [20, 20]"]),
        (
            Cumulative,
            &["a sent: 5 @ 2025-01", "a sent: 10 @ 2025-09", "a sent: 40 @ 2025-12", "a lost: 20 @ 2025-06"],
            &["own_word [0, 1, 3] [0, 10] / [20, 20]"],
        ),
        // Two totals that contradict each other say nothing.
        (Cumulative, &["a sent: 15 @ 2025-01 ! 2026", "a sent: 10 @ 2025-09 ! 2026", "a lost: 20 @ 2025-06"], &[]),
        // Totals that begin on one day are as of their last days.
        (Cumulative, &["a sent: 10 @ 2025-01-01/2025-01-31", "a lost: 20 @ 2025-01-01/2025-06-30"], &[]),
        (
            Cumulative,
            &["a sent: 10 @ 2025-01-01/2025-06-30", "a lost: 20 @ 2025-01-01/2025-01-31"],
            &["own_word [0, 1] [0, 10] / [20, 20]"],
        ),
        (
            Cumulative,
            &["a sent: 10 @ 2025-01-02/2025-01-31", "a lost: 20 @ 2025-01-01/2025-06-30"],
            &["own_word [0, 1] [0, 10] / [20, 20]"],
        ),
        // A stock may have changed since, and says nothing of before.
        (Stock, &["a sent: 10 @ 2025-01", "a lost: 20 @ 2025-06"], &["own_word [0, 1] [0, 10] / [20, 20]?"]),
        (Stock, &["a sent: 10 @ 2025-09", "a lost: 20 @ 2025-06"], &[]),
        (
            Stock,
            &["a sent: 30 @ 2025-01", "a sent: 10 @ 2025-02", "a lost: 20 @ 2025-06"],
            &["own_word [1, 2] [0, 10] / [20, 20]?"],
        ),
        // Events of other days are something else.
        (Flow, &["a sent: 10 @ 2025-05", "a lost: 20 @ 2025-06"], &[]),
        (Flow, &["a sent: 10 @ 2025-06-15", "a lost: 20 @ 2025-06"], &[]),
        (Flow, &["a sent: 10", "a lost: 20 @ 2025-06"], &[]),
        (Flow, &["a sent: 10 @ 2025-06", "a lost: 20 @ 2025-06"], &["own_word [0, 1] [0, 10] / [20, 20]"]),
        (
            Flow,
            &["a sent: 10 @ 2025-06", "a sent: 30 @ 2025-06-15", "a lost: 20 @ 2025-06"],
            &["own_word [0, 2] [0, 10] / [20, 20]"],
        ),
        // A fixed quantity is the same at any time; a figure for the time itself comes first.
        (Fixed, &["a sent: 10 @ 2025-09", "a lost: 20 @ 2025-06"], &["own_word [0, 1] [0, 10] / [20, 20]"]),
        (Fixed, &["a sent: 10 @ 2025-09 ! 2026", "a sent: 30 @ 2025-01 ! 2026", "a lost: 20 @ 2025-06"], &[]),
        (
            Fixed,
            &["a sent: 10 @ 2025-06 ! 2026", "a sent: 30 @ 2025-01 ! 2026", "a lost: 20 @ 2025-06"],
            &["own_word [0, 2] [0, 10] / [20, 20]"],
        ),
        // No choice among several of one time may mend it.
        (Stock, &["a sent: 10", "a sent: 15", "a lost: 20 @ 2025-06"], &["own_word [0, 1, 2] [0, 15] / [20, 20]"]),
        (Stock, &["a sent: 10", "a sent: 25", "a lost: 20 @ 2025-06"], &[]),
    ] {
        let ledger = told(&[("sent", measure), ("lost", Cumulative)], at_most(), claims);
        assert_eq!(found(&ledger), expected, "{measure}: {claims:?}");
    }
}

#[test]
fn figures_of_one_scope_go_with_those_without() {
    for (claims, expected) in [
        (&["a sent: 10 # confirmed", "a lost: 20 # suspected"][..], &[][..]),
        (&["a sent: 10 # Confirmed", "a lost: 20 # confirmed "], &["own_word [0, 1] [0, 10] / [20, 20]"]),
        (&["a sent: 10", "a lost: 20 # confirmed"], &["own_word [0, 1] [0, 10] / [20, 20]"]),
        // Each scope by itself, and what was found for one scope not twice.
        (
            &["a sent: 10 # x", "a sent: 15 # y", "a lost: 20"],
            &["own_word [0, 2] [0, 10] / [20, 20]", "own_word [1, 2] [0, 15] / [20, 20]"],
        ),
        (&["a sent: 10 # x", "a sent: 30 # y", "a lost: 20"], &["own_word [0, 2] [0, 10] / [20, 20]"]),
        (&["a sent: 10 # x", "b lost: 20 # y"], &[]),
        (&["a sent: 10 # x", "b lost: 20 # x"], &["across_origins [0, 1] [0, 10] / [20, 20]"]),
    ] {
        let ledger = told(&[], at_most(), claims);
        assert_eq!(found(&ledger), expected, "{claims:?}");
    }
}

#[test]
fn what_happened_is_the_change_of_the_total() {
    use Measure::{Cumulative, Flow};
    let change = || Constraint::Change { flow: topic("new"), total: topic("all") };
    for (claims, expected) in [
        (&["a all: 1000 @ 2021-01-07", "a all: 1394 @ 2021-01-08", "a new: 394 @ 2021-01-08"][..], &[][..]),
        (
            &["a all: 1000 @ 2021-01-07", "a all: 1394 @ 2021-01-08", "a new: 402 @ 2021-01-08"],
            &["own_word [0, 1, 2] [394, 394] / [402, 402]"],
        ),
        // From the day before the first to the last, whatever lies between.
        (
            &["a all: 10 @ 2021-01-31", "a all: 99 @ 2021-02-15", "a all: 14 @ 2021-02-28", "a new: 5 @ 2021-02"],
            &["own_word [0, 2, 3] [4, 4] / [5, 5]"],
        ),
        // A total of a period is as of its last day, one without a time takes no part.
        (
            &["a all: 10 @ 2021-01", "a all: 14 @ 2021-02", "a all: 500", "a new: 5 @ 2021-02"],
            &["own_word [0, 1, 3] [4, 4] / [5, 5]"],
        ),
        // Carried where the day itself is missing: at most 14 less at least 10.
        (
            &["a all: 10 @ 2021-01-20", "a all: 14 @ 2021-03-05", "a new: 5 @ 2021-02"],
            &["own_word [0, 1, 2] [-4, 4] / [5, 5]"],
        ),
        (&["a all: 10 @ 2021-01-31", "a new: 5 @ 2021-02"], &[]),
        (&["a all: 10 @ 2021-01-31", "a all: 14 @ 2021-02-28", "a new: 5 @ 2021-02/.."], &[]),
        (&["a all: 10 @ 2021-01-31", "a all: 14 @ 2021-02-28", "a new: 5"], &[]),
        (
            &["a all: 10 @ 2021-01-31", "b all: 14 @ 2021-02-28", "c new: 5 @ 2021-02"],
            &["across_origins [0, 1, 2] [4, 4] / [5, 5]"],
        ),
    ] {
        let ledger = told(&[("all", Cumulative), ("new", Flow)], change(), claims);
        assert_eq!(found(&ledger), expected, "{claims:?}");
    }
    let claims = ["a all: 10 @ 2021-01-31", "a all: 14 @ 2021-02-28", "a new: 5 @ 2021-02"];
    let ledger = told(&[("all", Cumulative), ("new", Flow)], change(), &claims);
    assert_eq!(
        ledger.violations().next().unwrap().because(),
        "From 10 (all) to 14 (all) is a change of 4, and A says 5 (new)."
    );
}

#[test]
fn what_is_counted_is_whole_whoever_says_it() {
    let ratio_of = |claims: &[&str]| {
        let mut claims: Vec<String> = claims.iter().map(|&claim| claim.to_owned()).collect();
        claims.push("d share: 90%".to_owned());
        let claims: Vec<&str> = claims.iter().map(String::as_str).collect();
        let mut ledger = told(&[], ratio(), &claims);
        ledger.retract(testimony::Retraction::new(testimony::ClaimId::new(claims.len() as u64 - 1))).unwrap();
        let share = Figure::exactly("0.9".parse::<testimony::Number>().unwrap()).with_unit("ratio");
        ledger.record(Claim::new(topic("share"), share, "d".parse::<SourceId>().unwrap())).unwrap();
        ledger.violations().count()
    };
    assert_eq!(ratio_of(&["a sent: 5", "b lost: more than 4"]), 1);
    assert_eq!(ratio_of(&["a sent: 5", "b lost: more than 4", "c lost: more than 4"]), 1);
    assert_eq!(ratio_of(&["a sent: 5", "b lost: more than 3"]), 0);
    let ledger = told(&[], sum(), &["a dead: more than 4", "a wounded: more than 5", "a lost: 10"]);
    assert_eq!(found(&ledger), ["own_word [0, 1, 2] [11, ∞) / [10, 10]"]);
}

#[test]
fn positions_are_those_of_the_time_and_say_so() {
    use Measure::{Cumulative, Fixed, Stock};
    for (measure, result, by_last_words) in
        [(Stock, "c lost: 20 @ 2025-06", false), (Stock, "c lost: 20", true), (Fixed, "c lost: 20 @ 2025-06", true)]
    {
        let claims = ["a sent: 10 @ 2025-06", "b sent: 10 @ 2025-06", "b sent: 12 @ 2025-05", result];
        let ledger = told(&[("sent", measure), ("lost", Cumulative)], at_most(), &claims);
        let violation = ledger.violations().next().unwrap();
        assert_eq!((violation.is_by_last_words(), violation.is_certain()), (by_last_words, true), "{measure} {result}");
        let claims: Vec<_> = violation.claims().iter().map(|claim| claim.id().number()).collect();
        assert_eq!(claims, [0, 1, 3]);
    }
    // The first position that has the unit.
    let ledger = told(&[], at_most(), &["a sent: 10 km", "b sent: 10 km", "c sent: 5 persons", "d lost: 7 persons"]);
    assert_eq!(found(&ledger), ["across_origins [2, 3] [0, 5] / [7, 7]"]);
    // One unit for the part and the whole of a ratio.
    let claims = ["a lost: 1 km", "b lost: 1 km", "c lost: 5 persons", "d sent: 10 persons", "e share: exactly 10%"];
    let ledger = told(&[], ratio(), &claims);
    assert_eq!(found(&ledger), ["across_origins [2, 3, 4] [0.5, 0.5] / [0.1, 0.1]"]);
}

#[test]
fn what_could_not_be_checked_is_listed_with_the_reason() {
    use Measure::{Cumulative, Flow};
    use ViolationScope::{AcrossOrigins, OwnWord};
    for (claims, expected) in [
        (&["b sent: 10", "a lost: 5"][..], &[(OwnWord, Obstacle::NoFigure)][..]),
        (
            &["a sent: 10 @ 2025-01 ! 2026", "a sent: 5 @ 2025-12 ! 2026", "a lost: 5 @ 2025-06"],
            &[(OwnWord, Obstacle::TotalsDisagree), (AcrossOrigins, Obstacle::NoFigure)],
        ),
        (&["a sent: 10 km", "a lost: 5 persons"], &[(OwnWord, Obstacle::NoFigure), (AcrossOrigins, Obstacle::Units)]),
        (&["a sent: 10", "a lost: 5"], &[]),
    ] {
        let ledger = told(&[("sent", Cumulative), ("lost", Cumulative)], at_most(), claims);
        assert_eq!(unchecked(&ledger), expected, "{claims:?}");
    }
    let change = Constraint::Change { flow: topic("new"), total: topic("all") };
    let ledger = told(&[("all", Cumulative), ("new", Flow)], change, &["a all: 1 @ 2025", "a new: 2"]);
    assert_eq!(unchecked(&ledger), [(OwnWord, Obstacle::NoTime), (AcrossOrigins, Obstacle::NoTime)]);
    let ledger = told(&[], ratio(), &["a lost: 1", "a sent: 0 to 3", "a share: exactly 5%"]);
    assert_eq!(unchecked(&ledger)[0], (OwnWord, Obstacle::NotComputed));
}

#[test]
fn a_finding_lists_so_many_claims_and_says_how_many_more() {
    let mut claims: Vec<String> = (0..40).map(|n| format!("a sent: {}", 10 + n)).collect();
    claims.push("a lost: 100".to_owned());
    let claims: Vec<&str> = claims.iter().map(String::as_str).collect();
    let ledger = told(&[], at_most(), &claims);
    let violation = ledger.violations().next().unwrap();
    assert_eq!(violation.claims().len() + violation.left_out(), 41);
    assert!(violation.claims().len() <= 19, "{}", violation.claims().len());
    let listed: Vec<u64> = violation.claims().iter().map(|claim| claim.id().number()).collect();
    assert!(listed.contains(&0) && listed.contains(&39) && listed.contains(&40), "{listed:?}");
    assert!(violation.to_string().contains("more claims"), "{violation}");
    assert_eq!(violation.because(), "10 to 49 (sent) is the most it can be, and A says 100 (lost).");
}

/// Pseudo-random numbers that are the same in every run (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> i64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        i64::try_from((z ^ (z >> 31)) % n).unwrap()
    }
}

/// A figure of the plain model: whole numbers from one to another, of days from one to another; 99 is no end.
#[derive(Clone, Debug)]
struct Plain {
    number: u64,
    topic: usize,
    origin: usize,
    low: i64,
    high: i64,
    days: Option<(i64, i64)>,
    scope: usize,
}

const NO_END: i64 = 99;

/// The values of some figures of one origin and scope at a time, one by one; whether for certain; and their claims.
fn plainly(
    claims: &[&Plain],
    measure: Measure,
    totals: bool,
    days: Option<(i64, i64)>,
) -> Option<(i64, i64, bool, Vec<u64>)> {
    // −1, 0, 1: before the time that is asked for, together with it, after it.
    let side = |claim: &&&Plain| match (claim.days, days) {
        (Some(own), Some(asked)) if totals && own.0 == asked.0 => (own.1 - asked.1).signum(),
        (Some(own), Some(asked)) if own.1 < asked.0 => -1,
        (Some(own), Some(asked)) if own.0 > asked.1 => 1,
        _ => 0,
    };
    let of = |wanted: i64| -> Vec<&Plain> { claims.iter().filter(|claim| side(claim) == wanted).copied().collect() };
    let hull = |claims: &[&Plain]| {
        let (low, high) = (claims.iter().map(|claim| claim.low).min()?, claims.iter().map(|claim| claim.high).max()?);
        Some((low, high, claims.iter().map(|claim| claim.number).collect::<Vec<_>>()))
    };
    let latest = |claims: Vec<&Plain>| -> Vec<Plain> {
        let last = claims.iter().map(|claim| claim.days.unwrap().1).max();
        claims.into_iter().filter(|claim| Some(claim.days.unwrap().1) == last).cloned().collect()
    };
    if measure == Measure::Flow {
        let same: Vec<&Plain> =
            claims.iter().filter(|claim| claim.days.is_some() && claim.days == days).copied().collect();
        return hull(&same).map(|(low, high, claims)| (low, high, true, claims));
    }
    if let Some((low, high, claims)) = hull(&of(0)) {
        return Some((low, high, true, claims));
    }
    match measure {
        Measure::Fixed => hull(claims).map(|(low, high, claims)| (low, high, true, claims)),
        Measure::Stock => {
            let before = latest(of(-1));
            hull(&before.iter().collect::<Vec<_>>()).map(|(low, high, claims)| (low, high, false, claims))
        }
        _ => {
            let from = |claim: &Plain| match (claim.days, days) {
                (Some(own), Some(asked)) if totals && own.0 == asked.0 => own.1,
                (own, _) => own.unwrap().0,
            };
            let before = latest(of(-1));
            let after = of(1);
            let first = after.iter().map(|claim| from(claim)).min();
            let after: Vec<&Plain> = after.into_iter().filter(|claim| Some(from(claim)) == first).collect();
            let (before, after) = (hull(&before.iter().collect::<Vec<_>>()), hull(&after));
            if before.is_none() && after.is_none() {
                return None;
            }
            let (low, mut listed) = before.map_or((0, vec![]), |(low, _, claims)| (low, claims));
            let (high, more) = after.map_or((NO_END, vec![]), |(_, high, claims)| (high, claims));
            listed.extend(more);
            (low <= high).then_some((low, high, true, listed))
        }
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "the rules once more, in one piece")]
fn own_figures_are_held_against_constraints_as_looking_at_each_would() {
    let mut seen = 0;
    let measures = [Measure::Stock, Measure::Cumulative, Measure::Flow, Measure::Fixed];
    for seed in 0..1200 {
        let mut random = Random(seed);
        let kind = usize::try_from(random.below(3)).unwrap();
        let mut measure = || measures[usize::try_from(random.below(4)).unwrap()];
        let measures = [measure(), measure(), measure()];
        let topics = ["x", "y", "z"];
        let mut ledger = Ledger::new();
        for (name, measure) in topics.iter().zip(measures) {
            ledger.add_predicate(Predicate::new(*name).with_measure(measure)).unwrap();
        }
        let constraint = match kind {
            0 => Constraint::AtMost { part: topic("z"), whole: topic("x") },
            1 => Constraint::Sum { parts: vec![topic("x"), topic("y")], whole: topic("z") },
            _ => Constraint::Change { flow: topic("z"), total: topic("x") },
        };
        ledger.add_constraint(constraint).unwrap();
        let mut claims: Vec<Plain> = Vec::new();
        for _ in 0..4 + random.below(9) {
            let (origin, of) = (usize::try_from(random.below(2)).unwrap(), usize::try_from(random.below(3)).unwrap());
            let low = random.below(9);
            let high = if random.below(4) == 0 { NO_END } else { low + random.below(3) };
            let first = 1 + random.below(8);
            let days = (random.below(6) > 0)
                .then(|| (first, if random.below(2) == 0 { first } else { first + random.below(4) }));
            let scope = usize::try_from(random.below(6)).unwrap().saturating_sub(3);
            let id = ledger.add_source(Source::new(["a", "b"][origin], "S").unwrap()).unwrap();
            let figure = if high == NO_END { Figure::at_least(low) } else { Figure::between(low, high).unwrap() };
            let mut claim =
                Claim::new(topic(topics[of]), figure, &id).with_stated("2026".parse::<testimony::Moment>().unwrap());
            if let Some((first, last)) = days {
                claim = claim.with_as_of(format!("2025-03-0{first}/2025-03-{last:02}").parse::<Period>().unwrap());
            }
            if scope > 0 {
                claim = claim.with_scope(["x", "y"][scope - 1]);
            }
            let recorded = ledger.record(claim).unwrap();
            // Without an "as of" the day stated stands in for affirmed totals: far from all others, a year later.
            let days = days.or((measures[of] == Measure::Cumulative).then_some((300, 665)));
            if recorded.is_new() {
                claims.push(Plain { number: recorded.id().number(), topic: of, origin, low, high, days, scope });
            }
        }
        claims.retain(|claim| ledger.claim(testimony::ClaimId::new(claim.number)).unwrap().stands());
        let mut expected: Vec<(u64, Vec<u64>, bool)> = Vec::new();
        for result in claims.iter().filter(|claim| claim.topic == 2) {
            let inputs: &[usize] = if kind == 1 { &[0, 1] } else { &[0] };
            let own =
                |topic: usize| claims.iter().filter(move |claim| claim.topic == topic && claim.origin == result.origin);
            let mut scopes: Vec<usize> = inputs.iter().flat_map(|topic| own(*topic)).map(|claim| claim.scope).collect();
            scopes.retain(|scope| *scope > 0);
            if result.scope > 0 {
                scopes = vec![result.scope];
            } else if scopes.is_empty() {
                scopes = vec![0];
            }
            scopes.sort_unstable();
            scopes.dedup();
            for scope in scopes {
                let ask = |topic: usize, days: Option<(i64, i64)>, change: bool| {
                    let mut of: Vec<Plain> =
                        own(topic).filter(|claim| claim.scope == 0 || claim.scope == scope).cloned().collect();
                    if change {
                        of.retain(|claim| claim.days.is_some());
                        for claim in &mut of {
                            claim.days = claim.days.map(|(_, last)| (last, last));
                        }
                    }
                    let totals =
                        !change && measures[topic] == Measure::Cumulative && measures[2] == Measure::Cumulative;
                    plainly(&of.iter().collect::<Vec<_>>(), measures[topic], totals, days)
                };
                let parts: Option<Vec<_>> = match (kind, result.days) {
                    (2, None) => None,
                    (2, Some((first, last))) => {
                        [(last, last), (first - 1, first - 1)].into_iter().map(|day| ask(0, Some(day), true)).collect()
                    }
                    _ => inputs.iter().map(|topic| ask(*topic, result.days, false)).collect(),
                };
                let Some(parts) = parts else { continue };
                let end = |n: i64| if n == NO_END { None } else { Some(n) };
                let (low, high) = match (kind, parts.as_slice()) {
                    (0, [(_, high, ..)]) => (Some(0), end(*high)),
                    (1, [one, other]) => (Some(one.0 + other.0), end(one.1).zip(end(other.1)).map(|(a, b)| a + b)),
                    (_, [after, before]) => {
                        (end(before.1).map(|high| after.0 - high), end(after.1).map(|high| high - before.0))
                    }
                    _ => unreachable!(),
                };
                let above = high.is_some_and(|high| result.low > high);
                let below = low.is_some_and(|low| result.high < low);
                if above || below {
                    let mut listed: Vec<u64> =
                        parts.iter().flat_map(|part| part.3.clone()).chain([result.number]).collect();
                    listed.sort_unstable();
                    listed.dedup();
                    let certain = parts.iter().all(|part| part.2);
                    if !expected.iter().any(|(number, other, _)| (number, other) == (&result.number, &listed)) {
                        expected.push((result.number, listed, certain));
                    }
                }
            }
        }
        let mut found: Vec<(u64, Vec<u64>, bool)> = ledger
            .violations()
            .filter(|violation| violation.scope() == ViolationScope::OwnWord)
            .map(|violation| {
                let claims = violation.claims().iter().map(|claim| claim.id().number()).collect();
                (violation.result().id().number(), claims, violation.is_certain())
            })
            .collect();
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "seed {seed}, kind {kind}, {measures:?}: {claims:#?}");
        seen += found.len();
    }
    assert!(seen > 300, "only {seen} violations were drawn");
}

/// A ratio is of figures with a unit of their own, and in a ledger with several constraints no other is taken for it.
#[test]
fn a_ratio_across_origins_is_found_whatever_its_parts_are_counted_in() -> Result<(), Error> {
    for (unit, sent) in [(None, "11,000.5"), (Some("tonnes"), "11,000"), (Some("persons"), "11,000")] {
        let mut ledger = Ledger::new();
        let [army, paper] = ["army", "paper"].map(|id| Source::new(id, id));
        let (army, paper) = (ledger.add_source(army?)?, ledger.add_source(paper?)?);
        let [lost, whole, share] = ["lost", "sent", "share lost"].map(|predicate| Topic::new("troops", predicate));
        for (topic, figure, origin) in [(&lost, "more than 4,000", &army), (&whole, sent, &army)] {
            let figure = figure.parse::<Figure>()?;
            let figure = unit.into_iter().fold(figure, Figure::with_unit);
            ledger.record(Claim::new(topic.clone(), figure, origin))?;
        }
        ledger.record(Claim::new(share.clone(), "nearly one-third".parse::<Figure>()?, &paper))?;
        // Its topics are gone through first, and so their units are known before that of the ratio.
        ledger.add_constraint(Constraint::AtMost { part: lost.clone(), whole: whole.clone() })?;
        ledger.add_constraint(Constraint::Ratio { part: lost, whole, ratio: share })?;
        let scopes: Vec<_> = ledger.violations().map(|violation| violation.scope()).collect();
        assert_eq!(scopes, [ViolationScope::AcrossOrigins], "in {unit:?}");
    }
    Ok(())
}

/// R19: a claim that its origin disowns makes nobody dependent on anybody, and no position.
#[test]
fn what_is_disowned_joins_no_voices_across_origins() -> Result<(), Error> {
    let (mut ledger, a, b) = ledger(&[sum()]);
    let c = ledger.add_source(Source::new("c", "C")?)?;
    let of_march = |predicate: &str, figure, origin: &SourceId| -> Result<Claim, Error> {
        Ok(Claim::new(topic(predicate), figure, origin).with_as_of("2025-03".parse()?))
    };
    for claim in [
        of_march("dead", Figure::exactly(13), &a)?,
        of_march("dead", Figure::more_than(2), &b)?,
        // A claim that b hands on as the word of a makes them one voice, and then the lower value comes first.
        of_march("dead", Figure::exactly(13), &a)?.with_relay(&b),
        of_march("wounded", Figure::exactly(5), &c)?,
        of_march("lost", Figure::between(3, 5)?, &c)?,
    ] {
        ledger.record(claim)?;
    }
    assert_eq!(violations(&ledger), ["across_origins [1, 3, 4] [8, ∞) / [3, 5]"]);
    ledger.record(of_march("dead", Figure::exactly(13), &a)?.with_stance(Stance::Disowns))?;
    assert_eq!(violations(&ledger), ["across_origins [0, 1, 3, 4] [18, 18] / [3, 5]"]);
    let positions = ledger.topic(&topic("dead")).unwrap().positions_at("2025-03".parse()?);
    assert_eq!(positions.positions().iter().map(testimony::Position::known).collect::<Vec<_>>(), [2]);
    Ok(())
}

/// R19: the part of a ratio is the first position that has one in its unit on the whole, and not another without a unit.
#[test]
fn the_part_of_a_ratio_is_one_that_its_whole_goes_with() -> Result<(), Error> {
    let (mut ledger, a, b) = ledger(&[ratio()]);
    let c = ledger.add_source(Source::new("c", "C")?)?;
    // A figure that is no count goes with no persons, and comes first as the lower value.
    for (origin, said) in [(&a, "lost: 0.5"), (&b, "lost: 4"), (&c, "sent: 11 persons"), (&c, "share: 90%")] {
        say(&mut ledger, origin, said);
    }
    assert_eq!(
        violations(&ledger),
        ["across_origins [1, 2, 3] (0.3636363636363636363636363636, 0.3636363636363636363636363637) / [0.895, 0.905)"]
    );
    Ok(())
}

/// R8: a result allows every value that the operands allow and no others; a quotient's ends go outward, and what may be
/// nought divides nothing.
#[test]
fn arithmetic_keeps_the_range() -> Result<(), Error> {
    let span = |text: &str| {
        let end = |text: &str| -> Result<Option<Bound>, Error> {
            let open = text.starts_with('(') || text.ends_with(')');
            let digits = text.trim_matches(['(', ')', '[', ']']);
            let number = if digits.is_empty() { None } else { Some(digits.parse::<Number>()?) };
            Ok(number.map(|number| if open { Bound::open(number) } else { Bound::closed(number) }))
        };
        let (low, high) = text.split_once(' ').expect("two ends");
        Interval::new(end(low)?, end(high)?)
    };
    for (one, sign, other, result) in [
        ("(4000 )", "÷", "[11000 11000]", "(0.3636363636363636363636363636, ∞)"),
        ("[1 2)", "÷", "[-4 -2]", "(-1, -0.25]"),
        ("[300 400]", "+", "(2700 )", "(3000, ∞)"),
        ("[10 12)", "−", "[3 4]", "[6, 9)"),
        ("[-2 3]", "×", "(4 5]", "[-10, 15]"),
    ] {
        let (one, other) = (span(one)?, span(other)?);
        let found = match sign {
            "+" => one.sum(&other)?,
            "−" => one.difference(&other)?,
            "×" => one.product(&other)?,
            _ => one.quotient(&other)?,
        };
        assert_eq!(found.to_string(), result, "{one} {sign} {other}");
    }
    let may_be_nought = span("[0 5]")?;
    assert_eq!(Interval::point(1).quotient(&may_be_nought).unwrap_err().kind(), &ErrorKind::DivisionByZero);
    Ok(())
}
