//! Arithmetic between topics (R19): what breaks it, whose figures do, and what does not.

use testimony::{Claim, Constraint, Figure, Ledger, Measure, Period, Predicate, Source, SourceId, Stance, Topic};

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
    // What fits is no violation: about 3,000 of 11,000 goes with about 30 %.
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
