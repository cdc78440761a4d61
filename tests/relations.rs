//! The tables of R5, R7 and R9 to R12, row by row, each pair in both orders.

mod shorthand;

use testimony::{
    Agreement, Bound, Claim, Clash, Dependence, ErrorKind, Figure, Fit, Measure, Mismatch, Number, Policy, Predicate,
    Relation, RelationKind, Side, Silence, Source, SourceId, Timing, Uncertainty, Vague,
};

fn number(text: &str) -> Number {
    text.parse().unwrap()
}

fn source(id: &str) -> SourceId {
    Source::new(id, id).unwrap().id().clone()
}

/// `> 5`, `3..5`, `about 5`, and so on; a unit after a comma.
fn figure(text: &str) -> Figure {
    let (said, unit) = text.split_once(',').map_or((text, None), |(said, unit)| (said, Some(unit.trim())));
    let said = said.trim();
    let figure = if let Some((low, high)) = said.split_once("..") {
        match low.strip_prefix("about ") {
            Some(low) => Figure::about_between(number(low), number(high)).unwrap(),
            None => Figure::between(number(low), number(high)).unwrap(),
        }
    } else if let Some((low, high)) = said.split_once(" & ") {
        let bound = |text: &str| match text.split_once("= ") {
            Some((_, n)) => Bound::closed(number(n)),
            None => Bound::open(number(&text[2..])),
        };
        Figure::within(bound(low), bound(high)).unwrap()
    } else {
        match said.rsplit_once(' ') {
            None => Figure::exactly(number(said)),
            Some((">", n)) => Figure::more_than(number(n)),
            Some((">=", n)) => Figure::at_least(number(n)),
            Some(("<", n)) => Figure::less_than(number(n)),
            Some(("<=", n)) => Figure::at_most(number(n)),
            Some(("about", n)) => Figure::about(number(n)),
            Some(("nearly", n)) => Figure::nearly(number(n)),
            Some(("just over", n)) => Figure::just_over(number(n)),
            Some(("vague", word)) => Figure::vague(word.parse::<Vague>().unwrap()),
            _ => panic!("no figure: {said}"),
        }
    };
    match unit {
        Some(unit) => figure.with_unit(unit),
        None => figure,
    }
}

/// A claim of a's; see [`shorthand::claim`].
fn claim(text: &str) -> Claim {
    shorthand::claim(text, &source("a"), figure)
}

fn from(claim: &Claim, origin: &str, relays: &[&str]) -> Claim {
    let mut again = match claim.value() {
        Some(value) => Claim::new(claim.topic().clone(), value.clone(), source(origin)).with_stance(claim.stance()),
        None => Claim::disowned(claim.topic().clone(), source(origin)),
    };
    again = claim.scope().map_or(again.clone(), |scope| again.with_scope(scope));
    again = claim.confidence().map_or(again.clone(), |confidence| again.with_confidence(confidence.clone()));
    again = claim.as_of().map_or(again.clone(), |as_of| again.with_as_of(as_of));
    again = claim.stated().map_or(again.clone(), |stated| again.with_stated(stated));
    relays.iter().fold(again, |claim, relay| claim.with_relay(source(relay)))
}

/// How two claims of different origins relate, checked to be the mirror of the other order.
#[track_caller]
fn relate_as(first: &Claim, second: &Claim, predicate: &Predicate, policy: &Policy, who: Dependence) -> Relation {
    let relation = Relation::between(first, second, predicate, policy, who).unwrap();
    let exchanged = Relation::between(second, first, predicate, policy, who).unwrap();
    assert_eq!(relation.mirrored(), exchanged, "{first} / {second}");
    assert_eq!(exchanged.mirrored(), relation, "{first} / {second}");
    relation
}

#[track_caller]
fn relate(first: &str, second: &str, predicate: &Predicate) -> Relation {
    let (first, second) = (from(&claim(first), "a", &[]), from(&claim(second), "b", &[]));
    relate_as(&first, &second, predicate, &Policy::default(), Dependence::Independent)
}

fn stock() -> Predicate {
    Predicate::new("p")
}

fn of(measure: Measure) -> Predicate {
    Predicate::new("p").with_measure(measure)
}

const FIRST: Side = Side::First;
const SECOND: Side = Side::Second;

#[test]
fn a_figure_allows_what_was_said_r5() {
    let policy = Policy::default();
    for (said, values) in [
        ("11000", "[11000, 11000]"),
        ("> 4000", "(4000, ∞)"),
        (">= 4000", "[4000, ∞)"),
        ("< 4000", "[0, 4000)"),
        ("<= 4000", "[0, 4000]"),
        ("< 0.5", "(−∞, 0.5)"),
        ("< 40, ratio", "(−∞, 40)"),
        ("3000..4000", "[3000, 4000]"),
        ("about 3000", "[2700, 3300]"),
        ("about 3", "[2, 4]"),
        ("about 0", "[0, 1]"),
        ("<= 0", "[0, 0]"),
        ("about 3.5", "[3.15, 3.85]"),
        ("about 3.0", "[2, 4]"),
        ("nearly 3000", "[2700, 3000)"),
        ("nearly 3", "[2, 3)"),
        ("nearly 1", "[0, 1)"),
        ("just over 3000", "(3000, 3300]"),
        ("just over 3", "(3, 4]"),
        ("just over 0", "(0, 1]"),
        ("about 10000..12000", "[9000, 13200]"),
        ("about 1..5", "[0, 6]"),
        ("> 100 & < 300", "(100, 300)"),
        (">= 20 & <= 100", "[20, 100]"),
        (">= 5 & <= 5", "[5, 5]"),
        ("about -20", "[-22, -18]"),
        ("nearly -20", "[-22, -20)"),
        ("< -3", "(−∞, -3)"),
        ("-5..5", "[-5, 5]"),
        ("vague a_handful", "[3, 10)"),
        ("vague several", "[3, 20)"),
        ("vague dozens", "[24, 200)"),
        ("vague scores", "[40, 200)"),
        ("vague hundreds", "[200, 2000)"),
        ("vague thousands", "[2000, 20000)"),
        ("vague tens_of_thousands", "[20000, 200000)"),
        ("vague hundreds_of_thousands", "[200000, 2000000)"),
        ("vague millions", "[2000000, 20000000)"),
        ("vague tens_of_millions", "[20000000, 200000000)"),
        ("vague hundreds_of_millions", "[200000000, 2000000000)"),
        ("vague billions", "[2000000000, 1000000000000)"),
        ("about 0.3, ratio", "[0.27, 0.33]"),
        ("about 0, ratio", "[-0.005, 0.005]"),
        ("nearly 0, ratio", "[-0.005, 0)"),
        ("just over 0, ratio", "(0, 0.005]"),
    ] {
        assert_eq!(figure(said).values(&policy).unwrap().to_string(), values, "{said}");
    }
}

#[test]
fn a_figure_that_allows_no_value_is_refused_r5() {
    let policy = Policy::default();
    for (said, kind) in [
        ("nearly 0", ErrorKind::NoValue),
        ("< 0", ErrorKind::NoValue),
        ("> 3 & < 4", ErrorKind::NoValue),
        ("> 5 & < 5", ErrorKind::NoValue),
        (">= 5 & < 5", ErrorKind::NoValue),
        ("vague dozens, Ratio ", ErrorKind::VagueRatio),
        ("about 9999999999999999999999999999", ErrorKind::TooPrecise),
    ] {
        assert_eq!(figure(said).values(&policy).unwrap_err().kind(), &kind, "{said}");
    }
    assert_eq!(figure("> 3.0 & < 4.5").values(&policy).unwrap().to_string(), "(3, 4.5)");
    let continuous = stock().continuous();
    let narrow = claim("> 3 & < 4");
    assert!(Relation::between(&narrow, &narrow, &continuous, &policy, Dependence::Unknown).is_ok());
    assert!(Relation::between(&narrow, &narrow, &stock(), &policy, Dependence::Unknown).is_err());
}

#[test]
fn the_policy_says_how_wide_about_is_r5() {
    let policy = Policy::default().with_tolerance(number("0.25")).unwrap();
    assert_eq!(figure("about 3000").values(&policy).unwrap().to_string(), "[2250, 3750]");
    assert_eq!(figure("about 2").values(&policy).unwrap().to_string(), "[1, 3]");
    let exact = Policy::default().with_tolerance(Number::ZERO).unwrap();
    assert_eq!(figure("about 3000").values(&exact).unwrap().to_string(), "[2999, 3001]");
    assert_eq!(figure("about 2.5").values(&exact).unwrap().to_string(), "[2.5, 2.5]");
    assert!(Policy::default().with_tolerance(number("1.01")).is_err());
    assert!(Policy::default().with_tolerance(number("-0.01")).is_err());
}

#[test]
fn fit_follows_stances_and_values_r9() {
    let agrees = Fit::Agrees;
    let clashes = Fit::Clashes;
    let silent = Fit::Silent;
    for (first, second, fit) in [
        // Whoever suggests or declines says nothing about the value, whatever it is.
        ("suggests 5", "5", silent(Silence::Uncommitted(FIRST))),
        ("5", "declines 5", silent(Silence::Uncommitted(SECOND))),
        ("suggests 'x'", "declines 5", silent(Silence::BothUncommitted)),
        ("denies 'x'", "suggests 'x'", silent(Silence::Uncommitted(SECOND))),
        ("suggests 5, kg", "5, m", silent(Silence::Uncommitted(FIRST))),
        // Kinds and units.
        ("5", "'5'", Fit::Incomparable(Mismatch::Kinds)),
        ("'2025'", "[2025]", Fit::Incomparable(Mismatch::Kinds)),
        ("denies 5", "[2025]", Fit::Incomparable(Mismatch::Kinds)),
        ("5, kg", "5, m", Fit::Incomparable(Mismatch::Units)),
        ("denies 5, kg", "denies 5, m", Fit::Incomparable(Mismatch::Units)),
        // Figures, both affirmed: whole numbers if both are counts.
        ("> 4000", "4700", agrees(Agreement::Within(SECOND))),
        ("> 4000", ">= 4001", agrees(Agreement::Equal)),
        ("3000..4000", "3900..9000", agrees(Agreement::Overlapping)),
        ("> 4000", "4000", clashes(Clash::NothingShared)),
        ("> 4000", "< 4001", clashes(Clash::NothingShared)),
        ("> 4000", "< 4001.5", agrees(Agreement::Overlapping)),
        ("> 4000", "< 4000.5", agrees(Agreement::Overlapping)),
        ("< 4001", "<= 4000", agrees(Agreement::Equal)),
        ("about 3", "4.0", agrees(Agreement::Within(SECOND))),
        ("nearly 3", "2", agrees(Agreement::Equal)),
        ("-5", "< 5", clashes(Clash::NothingShared)),
        ("-5", "-9..5", agrees(Agreement::Within(FIRST))),
        // Figures, one denied.
        ("4700", "denies > 4000", clashes(Clash::AllDenied(FIRST))),
        ("denies > 4000", ">= 4001", clashes(Clash::AllDenied(SECOND))),
        (">= 4000", "denies > 4000", silent(Silence::NotAllDenied)),
        ("5", "denies 6", silent(Silence::NotAllDenied)),
        ("> 3 & < 5", "denies 4", clashes(Clash::AllDenied(FIRST))),
        // Figures, both denied.
        ("denies > 4000", "denies >= 4001", agrees(Agreement::Equal)),
        ("denies > 4000", "denies > 4001", silent(Silence::DifferentDenials)),
        // Texts.
        ("'Decisive'", "'  decisive '", agrees(Agreement::Equal)),
        ("'Straße  x'", "'STRASSE x'", agrees(Agreement::Equal)),
        ("'e\u{301}t\u{e9}'", "'\u{c9}TE\u{301}'", agrees(Agreement::Equal)),
        ("'one'", "'other'", silent(Silence::DifferentTexts)),
        ("'x'", "denies 'X'", clashes(Clash::TextDenied(FIRST))),
        ("'x'", "denies 'y'", silent(Silence::DifferentTexts)),
        ("denies 'x'", "denies 'X'", agrees(Agreement::Equal)),
        ("denies 'x'", "denies 'y'", silent(Silence::DifferentDenials)),
        // Periods.
        ("[2025-03]", "[2025-03-15]", agrees(Agreement::Within(SECOND))),
        ("[2025-03]", "[2025-03-01/2025-03-31]", agrees(Agreement::Equal)),
        ("[2025-03?]", "[2025-03~]", agrees(Agreement::Equal)),
        ("[2025-03]", "[2025-04-01]", clashes(Clash::NothingShared)),
        ("[2025-03/..]", "[2025-04]", agrees(Agreement::Within(SECOND))),
        ("[2025-03/]", "[2025-03/..]", agrees(Agreement::Equal)),
        ("[2025-03-15]", "denies [2025-03]", clashes(Clash::AllDenied(FIRST))),
        ("[2025-03]", "denies [2025-03-15]", silent(Silence::NotAllDenied)),
        ("denies [2025]", "denies [2025-01/2025-12]", agrees(Agreement::Equal)),
        ("denies [2025]", "denies [2024]", silent(Silence::DifferentDenials)),
    ] {
        assert_eq!(relate(first, second, &stock()).fit(), fit, "{first} / {second}");
    }
}

#[test]
fn one_text_at_a_time_or_named_opposites_clash_r9() {
    let single = stock().single_valued();
    assert_eq!(relate("'Paris'", "'Lyon'", &single).fit(), Fit::Clashes(Clash::SingleValued));
    assert_eq!(relate("'Paris'", "' paris'", &single).fit(), Fit::Agrees(Agreement::Equal));
    assert_eq!(relate("'Paris'", "denies 'Lyon'", &single).fit(), Fit::Silent(Silence::DifferentTexts));
    let opposed = stock().with_opposites("Decisive ", "marginal");
    for (first, second) in [("'decisive'", "'MARGINAL'"), ("'marginal'", "'decisive'")] {
        assert_eq!(relate(first, second, &opposed).fit(), Fit::Clashes(Clash::Opposites));
    }
    assert_eq!(relate("'decisive'", "'large'", &opposed).fit(), Fit::Silent(Silence::DifferentTexts));
    assert_eq!(relate("denies 'decisive'", "'marginal'", &opposed).fit(), Fit::Silent(Silence::DifferentTexts));
}

#[test]
fn units_decide_what_can_be_compared_r7() {
    let units = Fit::Incomparable(Mismatch::Units);
    let same = Fit::Agrees(Agreement::Equal);
    let persons = stock().with_unit("persons");
    let tonnes = stock().with_unit("tonnes").continuous();
    for (first, second, predicate, fit) in [
        ("5, persons", "5, Persons ", &stock(), same),
        ("5, persons", "5, people", &stock(), same),
        ("5, explosions", "5, Explosion", &stock(), same),
        ("5, soldiers", "5, people", &stock(), units),
        ("5, dead", "5, killed", &stock(), same),
        ("5, dead", "5, goats", &stock(), same),
        ("5, dead", "5, people", &persons, same),
        ("5, dead", "5, groups", &persons, units),
        ("5, US dollars", "5, USD", &stock(), same),
        ("5, USD", "5, EUR", &stock(), units),
        ("5, days", "5", &stock(), units),
        ("5, persons", "5", &stock(), same),
        ("5.5, kg", "5.5", &stock(), units),
        ("5, kg", "5.5", &stock(), units),
        ("5.5", "5.5", &stock(), same),
        ("0.5, ratio", "0.5", &stock(), units),
        ("1, ratio", "1", &stock(), units),
        ("5", "5, PERSONS", &persons, same),
        ("5, groups", "5", &persons, units),
        ("5", "5, tonnes", &tonnes, same),
        ("5, kg", "5, kg", &stock().continuous(), same),
        ("5, kg", "5", &stock().continuous(), units),
    ] {
        assert_eq!(relate(first, second, predicate).fit(), fit, "{first} / {second}");
    }
    // A continuous predicate has no whole numbers in it, and neither has a unit that measures.
    assert_eq!(relate("> 4, goats", "< 5, goats", &stock().continuous()).fit(), Fit::Agrees(Agreement::Overlapping));
    assert_eq!(relate("> 4, t", "< 5, tonnes", &stock()).fit(), Fit::Agrees(Agreement::Overlapping));
    assert_eq!(relate("> 4, goats", "< 5, goat", &stock()).fit(), Fit::Clashes(Clash::NothingShared));
    // The predicate's unit can make a ratio, which is no count.
    assert_eq!(relate("0", "< 0.5", &stock().with_unit("ratio")).fit(), Fit::Agrees(Agreement::Within(FIRST)));
}

#[test]
fn timing_goes_by_the_days_r10() {
    for (first, second, timing, later) in [
        ("1 @ 2025-03", "1 @ 2025-03", Timing::Same, None),
        ("1 @ 2025-03", "1 @ 2025-03-01/2025-03-31", Timing::Same, None),
        ("1 @ 2025-03?", "1 @ 2025-03%", Timing::Same, None),
        ("1 @ 2025-03/", "1 @ 2025-03/..", Timing::Same, None),
        ("1 @ 2025-03", "1 @ 2025-03-31", Timing::Overlapping, None),
        ("1 @ 2025-03-31", "1 @ 2025-03-31/2025-04-02", Timing::Overlapping, None),
        ("1 @ 2025-03/..", "1 @ 2026", Timing::Overlapping, None),
        ("1 @ 2025-03", "1 @ 2025-04", Timing::Later, Some(SECOND)),
        ("1 @ 2025-04-01", "1 @ 2025-03", Timing::Later, Some(FIRST)),
        ("1 @ ../2025-03", "1 @ 2025-04/..", Timing::Later, Some(SECOND)),
        ("1 @ 2025-03", "1", Timing::Unknown, None),
        ("1", "1", Timing::Unknown, None),
        // Only a running total that is affirmed is taken to be as of the days on which it was stated.
        ("1 said 2025-03", "1 said 2025-03", Timing::Unknown, None),
    ] {
        let relation = relate(first, second, &stock());
        assert_eq!((relation.timing(), relation.later()), (timing, later), "{first} / {second}");
    }
}

#[test]
fn the_day_stated_stands_in_for_a_running_total_r10() {
    let total = of(Measure::Cumulative);
    for (first, second, timing) in [
        ("1 said 2025-03-01", "1 said 2025-03-01T23:00:00-02:00", Timing::Same),
        ("1 said 2025-05-05", "1 said 2025-05-05T00:30:00+09:00", Timing::Same),
        ("1 said 2025-05-04", "1 said 2025-05-05T00:30:00+09:00", Timing::Later),
        ("1 said 2025-03-01", "1 said 2025-03-01T12:00:00Z", Timing::Same),
        ("1 said 2025-03-02", "1 @ 2025-03", Timing::Overlapping),
        ("1 @ 2025-02 said 2025-03-01", "1 @ 2025-02", Timing::Same),
        ("1", "1 said 2025-03-01", Timing::Unknown),
        ("denies 1 said 2025-03-01", "1 said 2025-03-01", Timing::Unknown),
        ("'x' said 2025-03-01", "'x' said 2025-03-01", Timing::Unknown),
        ("[2025] said 2025-03-01", "[2025] said 2025-03-01", Timing::Unknown),
    ] {
        assert_eq!(relate(first, second, &total).timing(), timing, "{first} / {second}");
    }
    for measure in [Measure::Stock, Measure::Flow, Measure::Fixed] {
        let relation = relate("1 said 2025-03-01", "1 said 2025-03-01", &of(measure));
        assert_eq!(relation.timing(), Timing::Unknown);
    }
}

#[test]
fn the_policy_lets_near_periods_overlap_r10() {
    let timing = |first: &str, second: &str, days| {
        let policy = Policy::default().with_days_apart(days);
        relate_as(&claim(first), &claim(second), &stock(), &policy, Dependence::Unknown).timing()
    };
    assert_eq!(timing("1 @ 2025-03-01", "1 @ 2025-03-02", 0), Timing::Later);
    assert_eq!(timing("1 @ 2025-03-01", "1 @ 2025-03-02", 1), Timing::Overlapping);
    assert_eq!(timing("1 @ 2025-03-01", "1 @ 2025-03-04", 2), Timing::Later);
    assert_eq!(timing("1 @ 2025-03-01", "1 @ 2025-03-04", 3), Timing::Overlapping);
    assert_eq!(timing("1 @ ../2025-03-01", "1 @ 2025-03-04/..", 3), Timing::Overlapping);
    assert_eq!(timing("1 @ 2025-03-01", "1 @ 2025-03-01", 3), Timing::Same);
    assert_eq!(timing("1 @ ../0001", "1 @ 9999/..", u32::MAX), Timing::Overlapping);
}

#[test]
fn a_stock_is_true_of_its_own_time_r11() {
    for (first, second, fit) in [
        ("5 @ 2025-01", "6 @ 2025-02", Fit::Fits),
        ("5 @ 2025-01", "5 @ 2025-02", Fit::Fits),
        ("5 @ 2025-01", "denies 5 @ 2025-02", Fit::Fits),
        ("5 @ 2025-01", "denies 6 @ 2025-02", Fit::Silent(Silence::NotAllDenied)),
        ("denies 5 @ 2025-01", "denies 5 @ 2025-02", Fit::Fits),
        ("denies 5 @ 2025-01", "denies 6 @ 2025-02", Fit::Silent(Silence::DifferentDenials)),
        ("5, kg @ 2025-01", "6, m @ 2025-02", Fit::Incomparable(Mismatch::Units)),
        ("5 @ 2025-01", "6 @ 2025-01", Fit::Clashes(Clash::NothingShared)),
        ("5 @ 2025-01", "6 @ 2025-01-15/2025-02", Fit::Clashes(Clash::NothingShared)),
        ("5 @ 2025-01", "6", Fit::Clashes(Clash::NothingShared)),
    ] {
        assert_eq!(relate(first, second, &stock()).fit(), fit, "{first} / {second}");
    }
    // Texts and periods behave as stock under every measure but fixed.
    for measure in [Measure::Stock, Measure::Cumulative, Measure::Flow] {
        let predicate = of(measure).single_valued();
        for (first, second, fit) in [
            ("'x' @ 2025-01", "'y' @ 2025-02", Fit::Fits),
            ("'x' @ 2025-01", "denies 'x' @ 2025-02", Fit::Fits),
            ("'x' @ 2025-01", "denies 'y' @ 2025-02", Fit::Silent(Silence::DifferentTexts)),
            ("denies 'x' @ 2025-01", "denies 'x' @ 2025-02", Fit::Fits),
            ("'x' @ 2025-01", "'y' @ 2025-01-15/2025-02", Fit::Clashes(Clash::SingleValued)),
            ("[2020] @ 2025-01", "[2021] @ 2025-02", Fit::Fits),
            ("[2020] @ 2025-01", "[2021] @ 2025-01/2025-02", Fit::Clashes(Clash::NothingShared)),
        ] {
            assert_eq!(relate(first, second, &predicate).fit(), fit, "{measure}: {first} / {second}");
        }
    }
}

#[test]
fn a_running_total_is_carried_to_the_other_time_r11() {
    let total = of(Measure::Cumulative);
    let fell = |side| Fit::Clashes(Clash::TotalFell(side));
    let risen = |side| Fit::Agrees(Agreement::Risen(side));
    let denied = |side| Fit::Clashes(Clash::CarriedAllDenied(side));
    for (first, second, fit) in [
        ("about 3000 @ 2025-01", "> 4000 @ 2025-03", risen(FIRST)),
        ("5 @ 2025-01", "5 @ 2025-02", risen(FIRST)),
        ("5 @ 2025-01", ">= 5 @ 2025-02", risen(FIRST)),
        ("5181 @ 2022-10-12", "5167 @ 2022-10-13", fell(FIRST)),
        ("5167 @ 2022-10-13", "5181 @ 2022-10-12", fell(SECOND)),
        ("> 5 @ 2025-01", "5 @ 2025-02", fell(FIRST)),
        (">= 5 @ 2025-01", "<= 5 @ 2025-02", risen(FIRST)),
        ("<= 5 @ 2025-01", "0 @ 2025-02", risen(FIRST)),
        ("<= 5.5 @ 2025-01", "-7.5 @ 2025-02", risen(FIRST)),
        // A denial of a later total is met by what the earlier one says of it: at least so many.
        ("5 @ 2025-01", "denies > 3 @ 2025-02", denied(FIRST)),
        ("5 @ 2025-01", "denies 5 @ 2025-02", Fit::Silent(Silence::NotAllDenied)),
        ("5 @ 2025-01", "denies > 5 @ 2025-02", Fit::Silent(Silence::NotAllDenied)),
        ("> 5 @ 2025-01", "denies > 5 @ 2025-02", denied(FIRST)),
        // A denial of an earlier total is met by what the later one says of it: at most so many.
        ("denies <= 5 @ 2025-01", "5 @ 2025-02", denied(SECOND)),
        ("denies 0..7 @ 2025-01", "5 @ 2025-02", denied(SECOND)),
        ("denies 1..7 @ 2025-01", "5 @ 2025-02", Fit::Silent(Silence::NotAllDenied)),
        ("denies <= 5 @ 2025-01", "> 5 @ 2025-02", Fit::Silent(Silence::NotAllDenied)),
        ("denies <= 5.5 @ 2025-01", "5.5 @ 2025-02", denied(SECOND)),
        ("denies 0.0..5.5 @ 2025-01", "5.5 @ 2025-02", Fit::Silent(Silence::NotAllDenied)),
        ("denies -9..7 @ 2025-01", "-1..5 @ 2025-02", Fit::Silent(Silence::NotAllDenied)),
        // Together it is as a stock, and two denials are never carried.
        ("5 @ 2025-01", "6 @ 2025-01", Fit::Clashes(Clash::NothingShared)),
        ("5", "6 @ 2025-01", Fit::Clashes(Clash::NothingShared)),
        ("denies 5 @ 2025-01", "denies 5 @ 2025-02", Fit::Agrees(Agreement::Equal)),
        ("denies 5 @ 2025-01", "denies 6 @ 2025-02", Fit::Silent(Silence::DifferentDenials)),
    ] {
        assert_eq!(relate(first, second, &total).fit(), fit, "{first} / {second}");
    }
}

#[test]
fn a_part_of_the_time_does_not_have_more_than_the_whole_r11() {
    let flow = of(Measure::Flow);
    let apart = Fit::Silent(Silence::DifferentPeriods);
    for (first, second, fit) in [
        ("500 @ 2025-01", "800 @ 2025-01", Fit::Clashes(Clash::NothingShared)),
        ("500 @ 2025-01", "800", Fit::Clashes(Clash::NothingShared)),
        ("500 @ 2025-01", "denies 500", Fit::Clashes(Clash::AllDenied(FIRST))),
        ("500 @ 2025-01", "800 @ 2025-02", Fit::Fits),
        ("500 @ 2025-01", "denies 600 @ 2025-02", Fit::Silent(Silence::NotAllDenied)),
        ("800 @ 2025-01-10/2025-01-12", "500 @ 2025-01", Fit::Clashes(Clash::PartAboveWhole(FIRST))),
        ("500 @ 2025-01", "> 500 @ 2025-01-31", Fit::Clashes(Clash::PartAboveWhole(SECOND))),
        ("500 @ 2025-01", ">= 500 @ 2025-01-31", apart),
        ("500 @ 2025-01", "400 @ 2025-01-31", apart),
        ("500 @ 2025-01", "800 @ 2025-01-31/2025-02-01", apart),
        ("500 @ 2025-01", "denies > 400 @ 2025-01-31", apart),
        ("denies 500 @ 2025-01", "denies 500 @ 2025-01-31", Fit::Agrees(Agreement::Equal)),
        ("-9..-5 @ 2025-01", "0 @ 2025-01-31", apart),
        ("< 500.5 @ 2025-01", "800 @ 2025-01-31", apart),
        ("500 @ 2025-01/..", "800 @ 2026", Fit::Clashes(Clash::PartAboveWhole(SECOND))),
    ] {
        assert_eq!(relate(first, second, &flow).fit(), fit, "{first} / {second}");
    }
    // Periods that only count as overlapping are not one within the other.
    let policy = Policy::default().with_days_apart(2);
    let relation =
        relate_as(&claim("500 @ 2025-01-01"), &claim("800 @ 2025-01-02"), &flow, &policy, Dependence::Unknown);
    assert_eq!((relation.timing(), relation.fit()), (Timing::Overlapping, apart));
}

#[test]
fn what_is_fixed_is_the_same_at_any_time_r11() {
    let fixed = of(Measure::Fixed);
    for (first, second, kind) in [
        ("5 @ 2025-01", "6 @ 2025-02", RelationKind::Disputes),
        ("5 @ 2025-01", "5 @ 2025-02", RelationKind::Corroborates),
        ("5 @ 2025-01", "denies 5 @ 2025-02", RelationKind::Disputes),
        ("denies 5 @ 2025-01", "denies 5 @ 2025-02", RelationKind::Corroborates),
        ("'x' @ 2025-01", "denies 'x' @ 2025-02", RelationKind::Disputes),
        ("'x' @ 2025-01", "'x' @ 2025-02", RelationKind::Corroborates),
        ("[1920] @ 2025-01", "[1921] @ 2025-02", RelationKind::Disputes),
    ] {
        let relation = relate(first, second, &fixed);
        assert_eq!((relation.kind(), relation.timing()), (kind, Timing::Later), "{first} / {second}");
        assert!(relation.is_certain());
    }
    assert!(relate("5", "6", &fixed).is_certain());
    assert!(relate("5 @ 2025-01", "6 @ 2025-01-31", &fixed).is_certain());
}

#[test]
fn the_relation_follows_fit_timing_and_voice_r12() {
    use Dependence::{Dependent, Independent, Unknown};
    let policy = Policy::default();
    let total = of(Measure::Cumulative);
    let (agrees, clashes) = (("5 @ 2025-01", "5 @ 2025-01"), ("5 @ 2025-01", "6 @ 2025-01"));
    let (later, fell) = (("5 @ 2025-01", "6 @ 2025-02"), ("6 @ 2025-01", "5 @ 2025-02"));
    for ((first, second), who, kind) in [
        (agrees, Dependent, RelationKind::Echoes),
        (agrees, Unknown, RelationKind::Concurs),
        (agrees, Independent, RelationKind::Corroborates),
        (later, Dependent, RelationKind::Succeeds),
        (later, Unknown, RelationKind::Succeeds),
        (later, Independent, RelationKind::Succeeds),
        (clashes, Dependent, RelationKind::Disputes),
        (clashes, Unknown, RelationKind::Disputes),
        (clashes, Independent, RelationKind::Disputes),
        (fell, Independent, RelationKind::Disputes),
    ] {
        let (first, second) = (from(&claim(first), "a", &[]), from(&claim(second), "b", &[]));
        let relation = relate_as(&first, &second, &total, &policy, who);
        assert_eq!((relation.kind(), relation.supersedes()), (kind, None), "{first} / {second}");
        assert_eq!(kind.is_conflict(), kind == RelationKind::Disputes);
    }
}

#[test]
fn one_origin_repeats_updates_revises_or_contradicts_itself_r12() {
    let policy = Policy::default();
    let same: &[&str] = &["r", "s"];
    for (measure, first, second, relays, kind, supersedes) in [
        (Measure::Stock, "5 @ 2025-01", "5 @ 2025-01", same, RelationKind::Repeats, None),
        (Measure::Stock, "5", "5", &[], RelationKind::Repeats, None),
        (Measure::Stock, "5 @ 2025-01", "9 @ 2025-02", &[], RelationKind::Updates, None),
        (Measure::Cumulative, "5 @ 2025-01", "9 @ 2025-02", same, RelationKind::Updates, None),
        // Said later: by when it was stated, …
        (
            Measure::Stock,
            "5 @ 2025 said 2025-03-01",
            "6 @ 2025 said 2025-03-02",
            same,
            RelationKind::Revises,
            Some(SECOND),
        ),
        (Measure::Stock, "5 said 2025-03-02", "6 said 2025-03-01", &[], RelationKind::Revises, Some(FIRST)),
        (
            Measure::Stock,
            "5 said 2025-03-01T09:00:00Z",
            "6 said 2025-03-01T09:00:01Z",
            same,
            RelationKind::Revises,
            Some(SECOND),
        ),
        // … or, where neither says, by what it is about; …
        (Measure::Cumulative, "6 @ 2025-01", "5 @ 2025-02", &[], RelationKind::Revises, Some(SECOND)),
        (Measure::Fixed, "6 @ 2025-02", "5 @ 2025-01", &[], RelationKind::Revises, Some(FIRST)),
        (
            Measure::Cumulative,
            "6 @ 2025-01 said 2025-03-02",
            "5 @ 2025-02 said 2025-03-01",
            same,
            RelationKind::Revises,
            Some(FIRST),
        ),
        // … and where only one says, or the times overlap, it is not known.
        (Measure::Cumulative, "6 @ 2025-01 said 2025-01", "5 @ 2025-02", same, RelationKind::ContradictsItself, None),
        (Measure::Stock, "5 said 2025-03", "6 said 2025-03-02", same, RelationKind::ContradictsItself, None),
        (Measure::Stock, "5 said 2025-03-01", "6 said 2025-03-01T09:00:00Z", &[], RelationKind::Misreports, None),
        (Measure::Stock, "5 @ 2025-01", "6 @ 2025-01", same, RelationKind::ContradictsItself, None),
        (Measure::Stock, "5", "6", &[], RelationKind::Misreports, None),
        (Measure::Stock, "5 @ 2025-01", "6", &["s", "r"], RelationKind::Misreports, None),
        (Measure::Stock, "5", "suggests 6", same, RelationKind::Silent, None),
        (Measure::Stock, "5", "'6'", same, RelationKind::Incomparable, None),
    ] {
        let (first, second) = (from(&claim(first), "a", &["r", "s"]), from(&claim(second), "a", relays));
        let relation = relate_as(&first, &second, &of(measure), &policy, Dependence::Independent);
        assert_eq!((relation.kind(), relation.supersedes()), (kind, supersedes), "{first} / {second}");
    }
}

#[test]
fn only_one_day_flows_denials_and_later_make_it_certain_r10() {
    use Measure::{Cumulative, Fixed, Flow, Stock};
    let times = Some(Uncertainty::Times);
    let several = Some(Uncertainty::SeveralDays);
    for (measure, first, second, doubt) in [
        (Stock, "5 @ 2025-01-31", "6 @ 2025-01-31", None),
        (Stock, "5 @ 2025-01", "6 @ 2025-01", several),
        (Stock, "5 @ 2025-01", "denies > 4 @ 2025-01", None),
        (Stock, "'x' @ 2025-01", "denies 'x' @ 2025-01", None),
        (Stock, "[2024] @ 2025-01", "[2023] @ 2025-01", several),
        (Stock, "5 @ 2025-01", "6 @ 2025-01-31", times),
        (Stock, "5 @ 2025-01", "6", times),
        (Stock, "5", "6", times),
        (Cumulative, "5 @ 2025-01-31", "6 @ 2025-01-31", None),
        (Cumulative, "5 @ 2025-01", "6 @ 2025-01", several),
        (Cumulative, "6 @ 2025-01", "5 @ 2025-02", None),
        (Cumulative, "6 @ 2025-01", "5 @ 2025-01-31/2025-02", None),
        (Cumulative, "6 @ 2025-01", "denies > 5 @ 2025-01-31", times),
        (Cumulative, "6 @ 2025-01", "denies > 5", times),
        (Flow, "5 @ 2025-01", "6 @ 2025-01", None),
        (Flow, "5 @ 2025-01", "6 @ 2025-01-31", None),
        (Flow, "5 @ 2025-01", "6", times),
        (Fixed, "5 @ 2025-01", "6 @ 2025-01", None),
        (Fixed, "5 @ 2025-01", "6 @ 2025-01-31", None),
        (Fixed, "5", "6 @ 2025-02", None),
    ] {
        let relation = relate(first, second, &of(measure));
        assert!(matches!(relation.fit(), Fit::Clashes(_)), "{measure}: {first} / {second}");
        assert_eq!(
            relation.uncertainties().collect::<Vec<_>>(),
            Vec::from_iter(doubt),
            "{measure}: {first} / {second}"
        );
        assert_eq!(relation.is_certain(), doubt.is_none(), "{measure}: {first} / {second}");
    }
}

#[test]
fn what_else_makes_a_clash_only_possible_is_named_r10() {
    use Measure::{Cumulative, Fixed, Flow, Stock};
    use Uncertainty as U;
    for (measure, first, second, doubts) in [
        (Stock, "5 @ 2025-01-31~", "6 @ 2025-01-31", vec![U::QualifiedTime(FIRST)]),
        (Stock, "5 @ 2025-01-31?", "6 @ 2025-01-31%", vec![U::QualifiedTime(FIRST), U::QualifiedTime(SECOND)]),
        (Stock, "5 @ 199X", "denies 5 @ 199X", vec![U::QualifiedTime(FIRST), U::QualifiedTime(SECOND)]),
        (Cumulative, "6 @ 2025-01~", "5 @ 2025-02", vec![U::QualifiedTime(FIRST)]),
        // A fixed quantity does not ask when; its own value may still be no more than about so.
        (Fixed, "5 @ 2025-01-31~", "6 @ 2025-01-31", vec![]),
        (Fixed, "[1510~]", "[1512]", vec![U::QualifiedValue(FIRST)]),
        (Fixed, "[199X]", "denies [199X]", vec![U::QualifiedValue(FIRST), U::QualifiedValue(SECOND)]),
        (Cumulative, "5 @ 2025-01-31", "6 @ 2025-01-31 said 2025-01-31T09:00:00Z", vec![U::OneInstant(SECOND)]),
        (Cumulative, "5 @ 2025-01-31~", "6 @ 2025-01-31 said 2025-01-31T09:00:00Z", vec![U::QualifiedTime(FIRST)]),
        (Cumulative, "5 @ 2025-01-31", "6 @ 2025-01-31 said 2025-02-01T09:00:00Z", vec![]),
        (Cumulative, "5 @ 2025-01-31", "6 said 2025-01-31", vec![U::StatedStandsIn(SECOND)]),
        (
            Cumulative,
            "5 @ 2025-01-31",
            "6 said 2025-01-31T09:00:00Z",
            vec![U::OneInstant(SECOND), U::StatedStandsIn(SECOND)],
        ),
        (Stock, "5 counting confirmed @ 2025-01-31", "6 @ 2025-01-31", vec![U::OneScope(FIRST)]),
        (Stock, "5 counting confirmed @ 2025-01-31", "6 counting Confirmed @ 2025-01-31", vec![]),
        (Stock, "5 @ 2025-01-31 said 2025-01-29", "6 @ 2025-01-31", vec![U::Forecast(FIRST)]),
        (Stock, "5 @ 2025-01-31 said 2025-01-30", "6 @ 2025-01-31", vec![]),
        (Stock, "denies 5 @ 2025-01 said 2024-12-30", "5 @ 2025-01", vec![U::Forecast(FIRST)]),
        (Stock, "denies 5 @ 2025-01 said 2025-01-02", "5 @ 2025-01", vec![]),
        // Of what happens within a period, the last day counts.
        (Flow, "5 @ 2025-01 said 2025-01-29", "6 @ 2025-01", vec![U::Forecast(FIRST)]),
        (Flow, "5 @ 2025-01 said 2025-01-30", "6 @ 2025-01", vec![]),
        (Flow, "5 @ 2025-01/.. said 2025-01-03", "6 @ 2025-01/..", vec![]),
        (Stock, "'x' held 0.05 @ 2025-01-31", "'x' @ 2025-01-31", vec![U::Doubted(FIRST)]),
        (Stock, "'x' @ 2025-01", "'x' held icd203:unlikely @ 2025-01", vec![U::Doubted(SECOND)]),
    ] {
        let relation = relate(first, second, &of(measure));
        assert!(matches!(relation.fit(), Fit::Clashes(_)), "{measure}: {first} / {second}: {relation:?}");
        assert_eq!(relation.uncertainties().collect::<Vec<_>>(), doubts, "{measure}: {first} / {second}");
        assert_eq!(relation.is_certain(), doubts.is_empty(), "{measure}: {first} / {second}");
    }
}

#[test]
fn how_likely_it_was_called_decides_what_it_says_r9() {
    let denied = |side| Fit::Clashes(Clash::TextDenied(side));
    let silent = |side| Fit::Silent(Silence::Uncommitted(side));
    let same = Fit::Agrees(Agreement::Equal);
    for (first, second, fit) in [
        ("'x' held 0.55", "'x' held icd203:almost certain", same),
        ("'x' held 0.45", "'x'", denied(SECOND)),
        ("'x' held icd203:almost no chance", "'x' held icd203:almost certain", denied(SECOND)),
        ("'x' held 0.1..0.45", "denies 'x'", same),
        ("'x' held 0.1", "'x' held 0.2", same),
        ("'x' held 0.46", "'x'", silent(FIRST)),
        ("'x' held 0.3..0.6", "denies 'x'", silent(FIRST)),
        ("'x' held 0.54", "'x' held 0.5", Fit::Silent(Silence::BothUncommitted)),
        // Of a denial it is the denial that is likely.
        ("denies 'x' held 0.55", "'x'", denied(SECOND)),
        ("denies 'x' held 0.54", "'x'", silent(FIRST)),
        ("denies 'x' held 0.1", "'x'", silent(FIRST)),
        ("suggests 'x' held 0.9", "'x'", silent(FIRST)),
        // A word that no scale gives a band leaves it as it was said, and so do a level and a word of credibility.
        ("'x' held unlikely", "'x'", same),
        ("'x' held house-style:unlikely", "'x'", same),
        ("'x' held stix-none-low-med-high:low", "'x'", same),
    ] {
        assert_eq!(relate(first, second, &stock()).fit(), fit, "{first} / {second}");
    }
    // A doubted total is no total that the day stated stands in for.
    let relation = relate("5 held 0.1 said 2025-01-01", "5 @ 2025-01-01", &of(Measure::Cumulative));
    assert_eq!((relation.timing(), relation.fit()), (Timing::Unknown, Fit::Clashes(Clash::AllDenied(SECOND))));
}

#[test]
fn only_what_counts_the_same_is_compared_r9() {
    for (first, second, fit) in [
        ("5 counting confirmed", "6 counting probable", Fit::Incomparable(Mismatch::Scopes)),
        ("5 counting confirmed", "'x' counting probable", Fit::Incomparable(Mismatch::Scopes)),
        ("5 counting confirmed", "5 counting  CONFIRMED ", Fit::Agrees(Agreement::Equal)),
        ("5 counting confirmed", "6", Fit::Clashes(Clash::NothingShared)),
        ("5 counting confirmed", "suggests 6 counting probable", Fit::Silent(Silence::Uncommitted(SECOND))),
    ] {
        assert_eq!(relate(first, second, &stock()).fit(), fit, "{first} / {second}");
    }
}

#[test]
fn an_origin_disowns_what_is_handed_on_as_its_word_r9() {
    let policy = Policy::default();
    let disowned = Fit::Clashes(Clash::Disowned(FIRST));
    let silent = Fit::Silent(Silence::Uncommitted(FIRST));
    let both = Fit::Silent(Silence::BothUncommitted);
    let gazette: &[&str] = &["gazette"];
    for (disowning, other, relays, fit) in [
        ("disowns 15000", "15000", gazette, disowned),
        ("disowns 15000", "suggests > 14000", gazette, disowned),
        ("disowns 15000", "15000 held 0.5", gazette, disowned),
        ("disowns", "15000 @ 2025-03 said 2025-01", gazette, disowned),
        ("disowns", "'x'", gazette, disowned),
        ("disowns 'X'", "'x' @ 2025-03-01", gazette, disowned),
        ("disowns [2025]", "[2025-03]", gazette, disowned),
        ("disowns 15000 said 2025-03-03", "15000 said 2025-03-03", gazette, disowned),
        ("disowns 15000 said 2025-03-03", "15000", gazette, disowned),
        // Whatever it counts and whenever it was, and for certain.
        ("disowns 15000 counting dead @ 2025-03", "15000 counting lost @ 2024-03~", gazette, disowned),
        ("disowns 15000 said 2025-03-03", "15000 said 2025-03-04", gazette, silent),
        ("disowns 15000 @ 2025-03-03", "15000 @ 2025-03-04", gazette, silent),
        ("disowns 15000", "14000", gazette, silent),
        ("disowns 15000", "15000, persons", gazette, disowned),
        ("disowns 15000, kg", "15000, m", gazette, silent),
        ("disowns 15000", "'x'", gazette, silent),
        ("disowns 15000", "denies 15000", gazette, silent),
        ("disowns 15000", "15000 held 0.1", gazette, silent),
        ("disowns 15000", "15000", &[], silent),
        ("disowns 15000", "suggests 15000", &[], both),
        ("disowns 15000", "disowns 15000", gazette, both),
    ] {
        let claims = (claim(disowning), shorthand::claim(other, &source("a"), figure));
        let other_claim = relays.iter().fold(claims.1, |claim, relay| claim.with_relay(source(relay)));
        let relation = relate_as(&claims.0, &other_claim, &of(Measure::Cumulative), &policy, Dependence::Independent);
        assert_eq!(relation.fit(), fit, "{disowning} / {other}");
        if fit == disowned {
            assert_eq!(
                (relation.kind(), relation.supersedes()),
                (RelationKind::Misreports, None),
                "{disowning} / {other}"
            );
            assert!(relation.is_certain(), "{disowning} / {other}");
        }
        // An origin does not disown the word of another.
        let others = relays.iter().fold(from(&other_claim, "b", &[]), |claim, relay| claim.with_relay(source(relay)));
        let relation = relate_as(&claims.0, &others, &of(Measure::Cumulative), &policy, Dependence::Independent);
        assert!(matches!(relation.fit(), Fit::Silent(_)), "{disowning} / {other}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn totals_of_one_day_or_of_times_that_overlap_may_have_grown_r10_r11() {
    let total = of(Measure::Cumulative);
    let agrees = |agreement| Fit::Agrees(agreement);
    let (risen, fell) = (|side| agrees(Agreement::Risen(side)), |side| Fit::Clashes(Clash::TotalFell(side)));
    let grown = |side| Fit::Silent(Silence::MayHaveGrown(side));
    let clash = Fit::Clashes(Clash::NothingShared);
    let (later, overlapping, same) = (Timing::Later, Timing::Overlapping, Timing::Same);
    for (first, second, timing, fit) in [
        // As of the instants of one day.
        ("40 said 2025-05-04T09:00:00Z", "43 said 2025-05-04T18:00:00Z", later, risen(FIRST)),
        ("43 said 2025-05-04T09:00:00Z", "40 said 2025-05-04T18:00:00Z", later, fell(FIRST)),
        ("40 @ 2025-05-04 said 2025-05-04T09:00:00Z", "43 said 2025-05-04T18:00:00Z", later, risen(FIRST)),
        ("40 said 2025-05-04T09:00:00Z", "43 said 2025-05-04T09:00:00Z", same, clash),
        // An instant is of the day there, and after another by the instant.
        ("40 @ 2025-05-05 said 2025-05-05T00:30:00+09:00", "43 said 2025-05-05T00:30:00Z", later, risen(FIRST)),
        ("40 said 2025-05-05T00:30:00+09:00", "43 said 2025-05-05T18:00:00+09:00", later, risen(FIRST)),
        ("40 said 2025-05-05T09:00:00+09:00", "43 said 2025-05-05T00:00:00Z", same, clash),
        ("40 said 2025-05-05T23:00:00-05:00", "43 said 2025-05-05T23:00:00Z", later, fell(SECOND)),
        ("40 said 2025-05-04T15:30:00Z", "43 said 2025-05-05T00:30:00+09:00", later, risen(FIRST)),
        ("40 @ 2025-05-04 said 2025-05-05T00:30:00+09:00", "43 said 2025-05-04T18:00:00Z", same, clash),
        ("40 said 2025-05-04T09:00:00Z", "43 said 2025-05-04", same, clash),
        ("40 @ 2025-05-04~ said 2025-05-04T09:00:00Z", "43 said 2025-05-04T18:00:00Z", same, clash),
        ("40 @ 2025-05-03 said 2025-05-04T09:00:00Z", "43 @ 2025-05-03 said 2025-05-04T18:00:00Z", same, clash),
        (
            "43 @ 2025-05-04 said 2025-05-04T09:00:00Z",
            "denies > 40 @ 2025-05-04 said 2025-05-04T18:00:00Z",
            same,
            Fit::Clashes(Clash::AllDenied(FIRST)),
        ),
        // As of the last days, where they begin on one.
        ("40 @ 2025-05-01/2025-05-03", "43 @ 2025-05-01/2025-05-05", later, risen(FIRST)),
        ("43 @ 2025-05-01/2025-05-03", "40 @ 2025-05-01/2025-05-05", later, fell(FIRST)),
        ("43 @ 2025-05-01", "40 @ 2025-05-01/..", later, fell(FIRST)),
        ("43 @ ../2025-05-03", "40 @ ../2025-05-05", overlapping, grown(SECOND)),
        (
            "43 @ 2025-05-01/2025-05-03",
            "denies > 40 @ 2025-05-01/2025-05-05",
            overlapping,
            Fit::Clashes(Clash::AllDenied(FIRST)),
        ),
        // Else the greater may come later, unless its last day is not after the first of the other.
        ("4725 @ 2022-11-10", "4733 @ 2022-11-07/2022-11-13", overlapping, grown(FIRST)),
        ("4733 @ 2022-11-10", "4725 @ 2022-11-07/2022-11-13", overlapping, grown(SECOND)),
        ("4733 @ 2022-11-07/2022-11-10", "4725 @ 2022-11-10/2022-11-13", overlapping, fell(FIRST)),
        ("4725 @ 2022-11-07/2022-11-10", "4733 @ 2022-11-10/2022-11-13", overlapping, grown(FIRST)),
        ("> 4700 @ 2022-11-10", "4733 @ 2022-11-07/2022-11-13", overlapping, agrees(Agreement::Within(SECOND))),
        ("43 @ ../2025-05-03", "40 @ 2025-05-03/..", overlapping, fell(FIRST)),
        ("40 @ 2025-05-03", "43", Timing::Unknown, clash),
    ] {
        let relation = relate(first, second, &total);
        assert_eq!((relation.timing(), relation.fit()), (timing, fit), "{first} / {second}");
        let side = match relation.fit() {
            Fit::Agrees(Agreement::Risen(side)) => Some(side.other()),
            Fit::Clashes(Clash::TotalFell(side)) if timing == Timing::Later => Some(side.other()),
            _ => None,
        };
        assert_eq!(relation.later(), side, "{first} / {second}");
    }
    // Whatever the policy lets overlap, the instants of a day are later than each other.
    let policy = Policy::default().with_days_apart(3);
    let apart = |first: &str, second: &str| {
        let relation = relate_as(&claim(first), &from(&claim(second), "b", &[]), &total, &policy, Dependence::Unknown);
        (relation.timing(), relation.fit())
    };
    assert_eq!(apart("40 said 2025-05-04T09:00:00Z", "43 said 2025-05-04T18:00:00Z"), (later, risen(FIRST)));
    assert_eq!(apart("40 @ 2025-05-04", "43 @ 2025-05-06"), (overlapping, grown(FIRST)));
    assert_eq!(apart("43 @ 2025-05-04", "40 @ 2025-05-06"), (overlapping, fell(FIRST)));
}

#[test]
fn the_gap_lies_between_the_nearest_values_r14() {
    let gap = |first, second, predicate: &Predicate| {
        let gap = relate(first, second, predicate).gap()?;
        Some((gap.amount.to_string(), gap.relative.map(|relative| relative.to_string())))
    };
    let some = |amount: &str, relative: &str| Some((amount.to_owned(), Some(relative.to_owned())));
    assert_eq!(gap("300", "330", &stock()), some("30", "0.1"));
    assert_eq!(gap("3000", "> 4000", &stock()), some("1001", "0.3336666666666666666666666667"));
    assert_eq!(gap("3000, t", "> 4000, t", &stock().continuous()), some("1000", "0.3333333333333333333333333333"));
    assert_eq!(gap("> 4000", "< 4001", &stock()), some("1", "0.00025"));
    assert_eq!(gap("< 4000.5", "> 4000.5", &stock()), some("0", "0"));
    assert_eq!(gap("-10..-8", "-4", &stock()), some("4", "1"));
    assert_eq!(gap("0", "3", &stock()), Some(("3".to_owned(), None)));
    assert_eq!(gap("about 100", "200", &stock()), some("90", "0.8181818181818181818181818182"));
    assert_eq!(gap("5 @ 2025-01", "3..4 @ 2025-02", &of(Measure::Cumulative)), some("1", "0.25"));
    assert_eq!(gap("80 @ 2025-01-05", "50 @ 2025-01", &of(Measure::Flow)), some("30", "0.6"));
    for (first, second) in
        [("5", "5"), ("5", "denies 5"), ("'x'", "denies 'x'"), ("[2024]", "[2025]"), ("5", "suggests 6")]
    {
        assert_eq!(gap(first, second, &stock()), None, "{first} / {second}");
    }
}

#[test]
fn a_verdict_knows_whose_hedge_it_rests_on_r14() {
    let rests = |first, second, predicate: &Predicate| {
        let relation = relate(first, second, predicate);
        (relation.rests_on_chosen_width(FIRST), relation.rests_on_chosen_width(SECOND))
    };
    for (first, second, sides) in [
        ("about 3000", "4000", (true, false)),
        ("4000", "vague dozens", (false, true)),
        ("about 3000", "about 5000", (true, true)),
        // Apart: only the end that faces the other counts.
        ("nearly 3000", "4000", (false, false)),
        ("nearly 3000", "2000", (true, false)),
        ("just over 3000", "4000", (true, false)),
        ("just over 3000", "2000", (false, false)),
        ("3000", "> 4000", (false, false)),
        // Within a denial: the ends that the denial has.
        ("about 3000", "denies > 2000", (true, false)),
        ("just over 3000", "denies > 2000", (false, false)),
        ("3000", "denies about 3000", (false, true)),
        // Agreement rests on every end.
        ("about 3000", "3100", (true, false)),
        ("suggests about 3000", "3100", (false, false)),
        ("about 3000, kg", "3100, m", (false, false)),
        // The same twice is the same however wide it is, and a stock of another time is no contradiction.
        ("about 3000", "about 3000", (false, false)),
        ("about 3000", "denies about 3000", (false, false)),
        ("about 300 @ 2025-01", "500 @ 2025-02", (false, false)),
        ("about 300 @ 2025-01", "denies > 200 @ 2025-02", (true, false)),
    ] {
        assert_eq!(rests(first, second, &stock()), sides, "{first} / {second}");
    }
    let total = of(Measure::Cumulative);
    assert_eq!(rests("about 3000 @ 2025-01", "4000 @ 2025-02", &total), (true, false));
    assert_eq!(rests("just over 3000 @ 2025-01", "4000 @ 2025-02", &total), (false, false));
    // Carried back, a total keeps its high end alone.
    assert_eq!(rests("about 3000 @ 2025-02", "denies < 5000 @ 2025-01", &total), (true, false));
    assert_eq!(rests("nearly 3000 @ 2025-02", "denies < 5000 @ 2025-01", &total), (false, false));
}
