//! Who said it and who passed it on (R2), voices, circles and positions (R15 to R18): cases by hand, and brute force over small whole numbers.
#![allow(clippy::many_single_char_names, reason = "sources named a, b, c")]
#![allow(clippy::too_many_lines, reason = "tables of cases are better in one piece")]

use std::collections::BTreeSet;

use testimony::{
    Agreement, Basis, Bound, Claim, ClaimId, Credibility, Figure, Ledger, Likelihood, Measure, Moment, Period,
    Predicate, Retraction, Side, Source, SourceId, SourceKind, Stance, Stand, Topic, Value,
};

fn topic() -> Topic {
    Topic::new("s", "p")
}

fn add(ledger: &mut Ledger, id: &str) -> SourceId {
    ledger.add_source(Source::new(id, id.to_uppercase()).unwrap()).unwrap()
}

fn record(ledger: &mut Ledger, claim: Claim) -> ClaimId {
    ledger.record(claim).unwrap().id()
}

/// How many voices with a name, and how many without, stand behind a claim.
fn backing(ledger: &Ledger, claim: ClaimId) -> (usize, usize) {
    let corroboration = ledger.claim(claim).unwrap().corroboration();
    (corroboration.known(), corroboration.anonymous())
}

/// The positions as `value: claims (known+anonymous)`.
fn positions(ledger: &Ledger, at: Option<&str>) -> Vec<String> {
    let topic = ledger.topic(&topic()).unwrap();
    let laid_out = match at {
        Some(at) => topic.positions_at(at.parse().unwrap()),
        None => topic.positions(),
    };
    let show = |position: &testimony::Position<'_>| {
        let claims: Vec<_> = position.claims().iter().map(|claim| claim.id().number()).collect();
        format!("{}: {claims:?} {}+{}", position.stand(), position.known(), position.anonymous())
    };
    laid_out.positions().iter().map(show).collect()
}

#[test]
fn ten_outlets_that_quote_one_agency_are_one_voice_r15() {
    let mut ledger = Ledger::new();
    let agency = add(&mut ledger, "agency");
    let first = record(&mut ledger, Claim::new(topic(), Figure::exactly(40), &agency));
    for i in 0..10 {
        let outlet = add(&mut ledger, &format!("outlet-{i}"));
        record(&mut ledger, Claim::new(topic(), Figure::exactly(40), &agency).with_relay(&outlet));
    }
    assert_eq!(backing(&ledger, first), (1, 0));
    let corroboration = ledger.claim(first).unwrap().corroboration();
    assert_eq!(corroboration.backings()[0].witnesses().len(), 11);
    assert_eq!(corroboration.backings()[0].witnesses()[10].claim().relays().next().unwrap().name(), "OUTLET-9");
    assert!(!corroboration.is_confirmed());
}

#[test]
fn a_claim_that_does_not_stand_is_confirmed_by_others_and_not_by_its_own_voice_r15() {
    let mut ledger = Ledger::new();
    let agency = add(&mut ledger, "agency");
    let bureau = ledger.add_source(Source::new("bureau", "Bureau").unwrap().with_part_of(&agency)).unwrap();
    let [outlet, ministry] = ["outlet", "ministry"].map(|id| add(&mut ledger, id));
    let first = record(&mut ledger, Claim::new(topic(), Figure::exactly(40), &agency).with_relay(&outlet));
    ledger.retract(Retraction::new(first)).unwrap();
    let is_confirmed = |ledger: &Ledger| {
        let corroboration = ledger.claim(first).unwrap().corroboration();
        (corroboration.known(), corroboration.is_confirmed())
    };
    assert_eq!(is_confirmed(&ledger), (0, false));
    record(&mut ledger, Claim::new(topic(), Figure::exactly(40), &bureau));
    assert_eq!(is_confirmed(&ledger), (1, false), "the agency's own bureau is its voice");
    record(&mut ledger, Claim::new(topic(), Figure::exactly(40), &outlet));
    assert_eq!(is_confirmed(&ledger), (2, false), "the outlet had it from the agency");
    record(&mut ledger, Claim::new(topic(), Figure::exactly(40), &ministry));
    assert_eq!(is_confirmed(&ledger), (3, true));
}

#[test]
fn dependent_origins_are_one_voice_and_so_on_through_others_r15() {
    let mut ledger = Ledger::new();
    let state = add(&mut ledger, "state");
    let ministry = |id: &str| Source::new(id, id).unwrap().with_part_of(&state);
    let (interior, defence) =
        (ledger.add_source(ministry("interior")).unwrap(), ledger.add_source(ministry("defence")).unwrap());
    let (paper, other) = (add(&mut ledger, "paper"), add(&mut ledger, "other"));
    let leak = Source::new("leak", "A leak").unwrap().with_kind(SourceKind::ANONYMOUS).with_part_of(&paper);
    let leak = ledger.add_source(leak).unwrap();
    let said = |origin: &SourceId| Claim::new(topic(), Figure::exactly(40), origin);
    let first = record(&mut ledger, said(&interior));
    record(&mut ledger, said(&defence));
    assert_eq!(backing(&ledger, first), (1, 0), "two ministries of one government");
    // The paper speaks for itself …
    record(&mut ledger, said(&paper));
    assert_eq!(backing(&ledger, first), (2, 0));
    // … until it turns out that it also passes on what the ministry says.
    record(&mut ledger, said(&defence).with_relay(&paper));
    assert_eq!(backing(&ledger, first), (1, 0));
    let anonymous = record(&mut ledger, said(&leak).with_relay(&paper));
    record(&mut ledger, said(&other));
    assert_eq!(backing(&ledger, first), (2, 1), "who is anonymous joins no other, and is counted apart");
    assert_eq!(backing(&ledger, anonymous), (2, 1));
    let corroboration = ledger.claim(first).unwrap().corroboration();
    let voices: Vec<_> = corroboration
        .backings()
        .iter()
        .map(|voice| (voice.is_anonymous(), voice.origins().iter().map(|origin| origin.name()).collect::<Vec<_>>()))
        .collect();
    let expected = [(false, vec!["interior", "defence", "PAPER"]), (true, vec!["A leak"]), (false, vec!["OTHER"])];
    assert_eq!(voices, expected, "each origin once, though the ministry is on record twice");
}

#[test]
fn witnesses_agree_at_the_same_time_and_say_how_r15() {
    let mut ledger = Ledger::new();
    ledger.add_predicate(Predicate::new("p").with_measure(Measure::Cumulative)).unwrap();
    let [a, b, c, d, e] = ["a", "b", "c", "d", "e"].map(|id| add(&mut ledger, id));
    let said = |figure, origin: &SourceId, as_of: &str| {
        Claim::new(topic(), figure, origin).with_as_of(as_of.parse::<Period>().unwrap())
    };
    let claim = record(&mut ledger, said(Figure::exactly(11_000), &a, "2025-03"));
    record(&mut ledger, said(Figure::at_least(1), &b, "2025-03-15"));
    record(&mut ledger, said(Figure::exactly(12_000), &c, "2025-04"));
    record(&mut ledger, said(Figure::exactly(9_000), &d, "2025-03"));
    record(&mut ledger, Claim::new(topic(), Figure::about(11_000), &e));
    let corroboration = ledger.claim(claim).unwrap().corroboration();
    let voices: Vec<_> = corroboration
        .backings()
        .iter()
        .flat_map(|voice| voice.witnesses().iter().map(|witness| (witness.claim().id().number(), witness.agreement())))
        .collect();
    let around = Agreement::Within(Side::Second);
    assert_eq!(voices, [(0, Agreement::Equal), (1, around), (4, around)]);
    assert_eq!(
        corroboration.to_string(),
        "\
[0] 11,000: 3 independent origins
  [0] 11,000, the same: A
  [1] at least 1, around it: B
  [4] about 11,000, around it: E
"
    );
}

#[test]
fn circles_of_two_three_and_five_are_found_r16() {
    for size in [2_usize, 3, 5] {
        let mut ledger = Ledger::new();
        let ring: Vec<_> = (0..size).map(|i| add(&mut ledger, &format!("r{i}"))).collect();
        let outside = add(&mut ledger, "outside");
        let mut claims = Vec::new();
        for i in 0..size {
            let claim = Claim::new(topic(), Figure::exactly(40), &ring[i]).with_relay(&ring[(i + 1) % size]);
            claims.push(record(&mut ledger, claim.with_relay(&outside)));
        }
        let free = record(&mut ledger, Claim::new(topic(), Figure::exactly(40), &outside));
        let circles: Vec<_> = ledger.circles().collect();
        assert_eq!(circles.len(), 1);
        let sources: Vec<_> = circles[0].sources().iter().map(|source| source.id().clone()).collect();
        assert_eq!(sources, ring);
        let found: Vec<_> = circles[0].claims().iter().map(testimony::ClaimRef::id).collect();
        assert_eq!(found, claims);
        // The circle is one voice; the one outside relays it all, and so depends on it.
        assert_eq!(backing(&ledger, free), (1, 0));
        // Two of them still corroborate or echo each other as before: a circle changes the count alone.
        let kind = ledger.related(claims[0], claims[1]).unwrap().kind();
        assert_eq!(kind, testimony::RelationKind::Echoes);
    }
}

#[test]
fn a_circle_reads_well_r16() {
    let mut ledger = Ledger::new();
    let ring = ["a", "b", "c"].map(|id| add(&mut ledger, id));
    for i in 0..3 {
        record(&mut ledger, Claim::new(topic(), Figure::exactly(40), &ring[i]).with_relay(&ring[(i + 1) % 3]));
    }
    let circle = ledger.circles().next().unwrap();
    assert_eq!(
        circle.because(),
        "A, B and C attribute to each other what none of them says first, in 3 claims. They count as one voice."
    );
    assert_eq!(
        circle.to_string(),
        "\
Circle: s · p
  A, B and C attribute to each other what none of them says first, in claims
  [0], [1] and [2]. They count as one voice.
"
    );
    assert_eq!(
        circle.numbered(|id| 10 * id.number() + 5).to_string(),
        "\
Circle: s · p
  A, B and C attribute to each other what none of them says first, in claims
  [5], [15] and [25]. They count as one voice.
"
    );
    assert_eq!((circle.topic(), circle.topic_ref().claims().len()), (&topic(), 3));
}

#[test]
fn a_long_circle_is_named_in_short_r16() {
    let mut ledger = Ledger::new();
    let ring: Vec<_> = (0..1012).map(|i| add(&mut ledger, &format!("s{i}"))).collect();
    for i in 0..ring.len() {
        let relayed = Claim::new(topic(), Figure::exactly(40), &ring[i]).with_relay(&ring[(i + 1) % ring.len()]);
        record(&mut ledger, relayed);
    }
    assert_eq!(
        ledger.circles().next().unwrap().to_string(),
        "\
Circle: s · p
  S0, S1, S2, S3, S4, S5, S6, S7, S8, S9 and 1,002 more sources attribute to
  each other what none of them says first, in claims [0], [1], [2], [3], [4],
  [5], [6], [7], [8], [9] and 1,002 more. They count as one voice.
"
    );
}

#[test]
fn no_circle_without_a_way_back_or_at_another_time_r16() {
    let mut ledger = Ledger::new();
    let [a, b, c] = ["a", "b", "c"].map(|id| add(&mut ledger, id));
    let said = |origin: &SourceId| Claim::new(topic(), Figure::exactly(40), origin);
    record(&mut ledger, said(&a).with_relay(&b).with_relay(&c));
    record(&mut ledger, said(&b).with_relay(&c));
    assert_eq!(ledger.circles().count(), 0);
    // A denial and a suggestion hand nothing on that is affirmed.
    record(&mut ledger, said(&c).with_relay(&a).with_stance(Stance::Suggests));
    assert_eq!(ledger.circles().count(), 0);
    record(&mut ledger, said(&c).with_relay(&a));
    let circles: Vec<_> = ledger.circles().collect();
    assert_eq!(circles[0].claims().iter().map(|claim| claim.id().number()).collect::<Vec<_>>(), [0, 1, 3]);
    ledger.retract(testimony::Retraction::new(ClaimId::new(3))).unwrap();
    assert_eq!(ledger.circles().count(), 0);
}

#[test]
fn a_rating_of_confirmed_is_held_against_the_record_r3() {
    let mut ledger = Ledger::new();
    let [a, b] = ["a", "b"].map(|id| add(&mut ledger, id));
    let rated = Claim::new(topic(), Figure::exactly(40), &a).with_credibility(Credibility::new(1).unwrap());
    let claim = record(&mut ledger, rated);
    assert_eq!(ledger.unconfirmed().map(|found| found.claim().id()).collect::<Vec<_>>(), [claim]);
    record(&mut ledger, Claim::new(topic(), Figure::at_least(30), &b));
    assert_eq!(ledger.unconfirmed().count(), 0);
}

/// An anonymous origin is no voice of those with a name, and yet some of them are known to depend on it (R4, R15).
#[test]
fn what_depends_on_an_anonymous_origin_does_not_confirm_it_r15() {
    let mut ledger = Ledger::new();
    let [post, times, desk, ministry] = ["post", "times", "desk", "ministry"].map(|id| add(&mut ledger, id));
    let insider = Source::new("insider", "Insider").unwrap().with_kind(SourceKind::ANONYMOUS).with_part_of(&post);
    let insider = ledger.add_source(insider).unwrap();
    let said = |origin: &SourceId| Claim::new(topic(), Figure::exactly(40), origin);
    let first = record(&mut ledger, said(&insider).with_relay(&times));
    let is_confirmed = |ledger: &Ledger| {
        let corroboration = ledger.claim(first).unwrap().corroboration();
        (corroboration.known(), corroboration.anonymous(), corroboration.is_confirmed())
    };
    record(&mut ledger, said(&post));
    assert_eq!(is_confirmed(&ledger), (1, 1, false), "the outlet that it belongs to");
    record(&mut ledger, said(&times));
    assert_eq!(is_confirmed(&ledger), (2, 1, false), "the outlet that passed it on");
    record(&mut ledger, said(&desk).with_relay(&post));
    assert_eq!(is_confirmed(&ledger), (2, 1, false), "one voice with the outlet that it belongs to");
    record(&mut ledger, said(&ministry));
    assert_eq!(is_confirmed(&ledger), (3, 1, true));
}

#[test]
fn positions_are_where_most_voices_meet_r17() {
    let mut ledger = Ledger::new();
    let [a, b, c, d] = ["a", "b", "c", "d"].map(|id| add(&mut ledger, id));
    let said = |figure, origin: &SourceId| Claim::new(topic(), figure, origin);
    record(&mut ledger, said(Figure::between(3000, 4000).unwrap(), &a));
    record(&mut ledger, said(Figure::between(3900, 9000).unwrap(), &b));
    record(&mut ledger, said(Figure::exactly(8000), &c));
    // Nothing is grouped by chaining: the second meets the first and the third, and the two do not meet.
    assert_eq!(positions(&ledger, None), ["3,900 to 4,000: [0, 1] 2+0", "8,000: [2] 1+0"]);
    record(&mut ledger, said(Figure::more_than(5000), &d).with_stance(Stance::Denies));
    let laid_out = ledger.topic(&topic()).unwrap().positions();
    let exclusion = &laid_out.exclusions()[0];
    assert_eq!(exclusion.claims()[0].id(), ClaimId::new(3));
    assert_eq!(exclusion.stand().to_string(), "at least 5,001");
}

#[test]
fn each_origin_has_its_last_word_r17() {
    let mut ledger = Ledger::new();
    let [a, b, c] = ["a", "b", "c"].map(|id| add(&mut ledger, id));
    let said = |n: u32, origin: &SourceId| Claim::new(topic(), Figure::exactly(n), origin);
    let on = |claim: Claim, as_of: &str| claim.with_as_of(as_of.parse::<Period>().unwrap());
    record(&mut ledger, on(said(1, &a), "2025-03"));
    record(&mut ledger, on(said(2, &a), "2025-01"));
    record(&mut ledger, on(said(3, &b), "2025-01-31"));
    record(&mut ledger, said(4, &b));
    record(&mut ledger, said(5, &c));
    record(&mut ledger, said(5, &c).with_basis(Basis::Told));
    assert_eq!(positions(&ledger, None), ["1: [0] 1+0", "3: [2] 1+0", "5: [5] 1+0"]);
    // At a time: what is said of it, and what is said without a time.
    let january = ["2: [1] 1+0", "3: [2] 1+0", "4: [3] 1+0", "5: [4, 5] 1+0"];
    assert_eq!(positions(&ledger, Some("2025-01")), january);
}

/// A claim from `origin figure [@ as of] [! stated] [# scope] [% likelihood]`.
fn said(ledger: &mut Ledger, text: &str) -> ClaimId {
    let mut parts = text.split(' ');
    let origin: SourceId = parts.next().unwrap().parse().unwrap();
    if ledger.source(&origin).is_none() {
        ledger.add_source(Source::new(origin.as_str(), origin.as_str().to_uppercase()).unwrap()).unwrap();
    }
    let figure: Figure = parts.next().unwrap().replace('_', " ").parse().unwrap();
    let mut claim = Claim::new(topic(), figure, &origin);
    while let (Some(mark), Some(part)) = (parts.next(), parts.next()) {
        claim = match mark {
            "@" => claim.with_as_of(part.parse::<Period>().unwrap()),
            "!" => claim.with_stated(part.parse::<Moment>().unwrap()),
            "#" => claim.with_scope(part),
            "%" => claim.with_confidence(part.parse::<Likelihood>().unwrap()),
            "=" => claim.with_stance(part.parse().unwrap()),
            mark => panic!("{mark}"),
        };
    }
    record(ledger, claim)
}

fn ledger_of(claims: &[&str]) -> Ledger {
    let mut ledger = Ledger::new();
    for claim in claims {
        said(&mut ledger, claim);
    }
    ledger
}

#[test]
fn of_equals_the_one_stated_last_is_the_last_word_r17() {
    for (claims, last) in [
        (&["a 1 @ 2025-03 ! 2025-04-02", "a 2 @ 2025-03 ! 2025-04-01"][..], "1: [0] 1+0"),
        // Who does not say when comes before who does, and the last recorded after the others.
        (&["a 1 @ 2025-03 ! 2025-04-01", "a 2 @ 2025-03"], "1: [0] 1+0"),
        (&["a 1 @ 2025-03", "a 2 @ 2025-03"], "2: [1] 1+0"),
        // By the last moment of a time of saying, a date as a day in UTC.
        (&["a 1 @ 2025-03 ! 2025-04", "a 2 @ 2025-03 ! 2025-04-20"], "1: [0] 1+0"),
        (&["a 1 @ 2025-03 ! 2025-04-01T20:00:00-05:00", "a 2 @ 2025-03 ! 2025-04-01"], "1: [0] 1+0"),
        (&["a 1 @ 2025-03 ! 2025-04-01", "a 2 @ 2025-03 ! 2025-04-01T23:00:00Z"], "1: [0] 1+0"),
        // The last day that it is about comes first.
        (&["a 1 @ 2025-03-02 ! 2025-04-01", "a 2 @ 2025-03-01 ! 2025-04-20"], "1: [0] 1+0"),
    ] {
        assert_eq!(positions(&ledger_of(claims), None), [last], "{claims:?}");
    }
}

#[test]
fn a_forecast_is_nobodys_last_word_r17() {
    let forecasts = |ledger: &Ledger, at: Option<&str>| -> Vec<u64> {
        let topic = ledger.topic(&topic()).unwrap();
        let laid_out = at.map_or_else(|| topic.positions(), |at| topic.positions_at(at.parse().unwrap()));
        laid_out.forecasts().iter().map(|claim| claim.id().number()).collect()
    };
    let ledger =
        ledger_of(&["a 3 @ 2025-03-10 ! 2025-03-11", "a 9 @ 2025-12 ! 2025-03-11", "b 4 @ 2025-03-12 ! 2025-03-11"]);
    assert_eq!(positions(&ledger, None), ["3: [0] 1+0", "4: [2] 1+0"], "the day after is not far enough");
    assert_eq!(forecasts(&ledger, None), [1]);
    // At a time where there is nothing else it takes part, and else it does not.
    assert_eq!(
        (positions(&ledger, Some("2025-12")), forecasts(&ledger, Some("2025-12"))),
        (vec!["9: [1] 1+0".to_owned()], vec![])
    );
    let ledger = ledger_of(&["a 9 @ 2025-12 ! 2025-03-11", "b 4 @ 2025-12-03"]);
    assert_eq!(
        (positions(&ledger, Some("2025-12")), forecasts(&ledger, Some("2025-12"))),
        (vec!["4: [1] 1+0".to_owned()], vec![0])
    );
    // Of what happens within a time the last day counts.
    for (measure, expected) in [(Measure::Flow, 0), (Measure::Stock, 1)] {
        let mut ledger = Ledger::new();
        ledger.add_predicate(Predicate::new("p").with_measure(measure)).unwrap();
        said(&mut ledger, "a 3 @ 2025-03-01/2025-03-31 ! 2025-03-11");
        assert_eq!(positions(&ledger, None).len(), expected, "{measure}");
    }
}

#[test]
fn scopes_are_laid_out_apart_r17() {
    let ledger = ledger_of(&["a 5 # confirmed", "b 5 # Confirmed", "c 5", "d 5_to_6 # suspected", "e 4_to_5"]);
    assert_eq!(positions(&ledger, None), ["5: [0, 1] 2+0", "5: [2, 4] 2+0", "5 to 6: [3] 1+0"]);
    let laid_out = ledger.topic(&topic()).unwrap().positions();
    assert_eq!(laid_out.positions()[0].scope(), Some("confirmed"));
    assert!(laid_out.to_string().starts_with("  5 (confirmed)    "), "{laid_out}");
}

#[test]
fn who_calls_a_value_unlikely_excludes_it_r17() {
    let ledger = ledger_of(&["a 5 % icd203:unlikely", "b 5 = denies", "c 6", "d 7 % 0.5", "e 8 % 0.9"]);
    assert_eq!(positions(&ledger, None), ["6: [2] 1+0", "8: [4] 1+0"]);
    let laid_out = ledger.topic(&topic()).unwrap().positions();
    let excluded: Vec<_> = laid_out.exclusions()[0].claims().iter().map(|claim| claim.id().number()).collect();
    assert_eq!(excluded, [0, 1]);
    assert_eq!(laid_out.uncommitted().iter().map(|claim| claim.id().number()).collect::<Vec<_>>(), [3]);
    assert!(laid_out.to_string().contains("denied or doubted"), "{laid_out}");
}

#[test]
fn texts_stand_by_text_and_stance_and_units_apart_r17() {
    let mut ledger = Ledger::new();
    let [a, b, c, d] = ["a", "b", "c", "d"].map(|id| add(&mut ledger, id));
    let e = Source::new("e", "E").unwrap().with_kind(SourceKind::ANONYMOUS);
    let e = ledger.add_source(e).unwrap();
    let text = |text: &str, origin: &SourceId| Claim::new(topic(), Value::text(text), origin);
    record(&mut ledger, text("decisive", &a).with_stance(Stance::Denies));
    record(&mut ledger, text("Decisive ", &b));
    record(&mut ledger, text("decisive", &e));
    record(&mut ledger, text("large", &c));
    record(&mut ledger, Claim::new(topic(), Figure::exactly(5).with_unit("kg"), &d));
    let expected = ["“Decisive ”: [1, 2] 1+1", "not “decisive”: [0] 1+0", "“large”: [3] 1+0", "5 kg: [4] 1+0"];
    assert_eq!(positions(&ledger, None), expected);
}

/// A count without a unit goes with the counts of the unit that most voices give; nothing else goes across units.
#[test]
fn a_count_without_a_unit_joins_the_counts_of_one_unit_r17() {
    for (figures, expected) in [
        (&["5", "5 boats", "5 ships"][..], &["5 boats: [0, 1] 2+0", "5 ships: [2] 1+0"][..]),
        (&["5", "5 boats", "5 ships", "4 to 6 ships"], &["5 ships: [0, 2, 3] 3+0", "5 boats: [1] 1+0"]),
        (&["5 boats", "5 ships", "4 to 5"], &["5 boats: [0, 2] 2+0", "5 ships: [1] 1+0"]),
        (&["5", "5.5 boats", "5 boats"], &["5: [0] 1+0", "5 boats: [2] 1+0", "5.5 boats: [1] 1+0"]),
        (&["5.5", "5.5 boats"], &["5.5: [0] 1+0", "5.5 boats: [1] 1+0"]),
    ] {
        let mut ledger = Ledger::new();
        for (i, figure) in figures.iter().enumerate() {
            let origin = add(&mut ledger, &format!("s{i}"));
            record(&mut ledger, Claim::new(topic(), figure.parse::<Figure>().unwrap(), &origin));
        }
        assert_eq!(positions(&ledger, None), expected, "{figures:?}");
    }
}

#[test]
fn of_as_many_voices_the_lower_comes_first_r17() {
    for (values, expected) in [
        (&["9", "3"][..], &["3: [1] 1+0", "9: [0] 1+0"][..]),
        (&["9", "3", "8 to 10"], &["9: [0, 2] 2+0", "3: [1] 1+0"]),
        (&["3.5", "less than 2.5"], &["less than 2.5: [1] 1+0", "3.5: [0] 1+0"]),
        (&["more than 3.5", "3.5"], &["3.5: [1] 1+0", "more than 3.5: [0] 1+0"]),
        // As long as one of them is no count, what lies between two whole numbers is possible; then it no longer is.
        (&["more than 4", "less than 5", "4.5"], &["4.5: [0, 1, 2] 3+0"]),
        (&["more than 4", "less than 5", "3.5"], &["3.5: [1, 2] 2+0", "at least 5: [0] 1+0"]),
        (&["[2026-05-01]", "[2025-05-01]"], &["2025-05-01: [1] 1+0", "2026-05-01: [0] 1+0"]),
        (&["[2026-05-01/..]", "[../2025]"], &["until 2025-12-31: [1] 1+0", "from 2026-05-01: [0] 1+0"]),
        (&["'b'", "'a'"], &["“b”: [0] 1+0", "“a”: [1] 1+0"]),
        // Across kinds the claims decide, and the lower figure comes before the higher all the same.
        (&["9", "'a'", "3"], &["“a”: [1] 1+0", "3: [2] 1+0", "9: [0] 1+0"]),
        (&["9", "'a'", "3", "'A'"], &["“a”: [1, 3] 2+0", "3: [2] 1+0", "9: [0] 1+0"]),
        (
            &["9", "[2025]", "'a'", "3"],
            &["2025-01-01 to 2025-12-31: [1] 1+0", "“a”: [2] 1+0", "3: [3] 1+0", "9: [0] 1+0"],
        ),
    ] {
        let mut ledger = Ledger::new();
        for (i, text) in values.iter().enumerate() {
            let origin = add(&mut ledger, &format!("s{i}"));
            let value = match text.trim_end_matches([']', '\'']).split_at(1) {
                ("'", text) => Value::text(text),
                ("[", period) => period.parse::<Period>().unwrap().into(),
                _ => text.parse::<Figure>().unwrap().into(),
            };
            record(&mut ledger, Claim::new(topic(), value, &origin));
        }
        assert_eq!(positions(&ledger, None), expected, "{values:?}");
    }
}

#[test]
fn positions_read_well_r17() {
    use Stance::{Affirms, Denies, Suggests};
    let mut ledger = Ledger::new();
    let ids = ["a", "b", "c", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n"].map(|id| add(&mut ledger, id));
    let [a, b, c, e, f, g, h, i, j, k, l, m, n] = ids;
    let d = ledger.add_source(Source::new("d", "D").unwrap().with_kind(SourceKind::ANONYMOUS)).unwrap();
    let figure = |text: &str| Value::from(text.parse::<Figure>().unwrap());
    let days = |text: &str| Value::from(text.parse::<Period>().unwrap());
    let text = Value::text("decisive");
    for (origin, stance, value) in [
        (&a, Affirms, figure("30 to 40 persons")),
        (&a, Affirms, figure("33 to 38 persons")),
        (&b, Affirms, figure("more than 35 persons")),
        (&c, Affirms, figure("12 tonnes")),
        (&d, Affirms, days("2025-03")),
        (&e, Affirms, days("2025-03-10/..")),
        (&f, Affirms, days("../2025-02")),
        (&g, Denies, days("2024-01-05")),
        (&h, Denies, text),
        (&i, Denies, figure("more than 5,000 persons")),
        (&j, Denies, days("2024")),
        (&k, Denies, figure("more than 5,000 persons")),
        (&l, Denies, days("2026/")),
        (&m, Suggests, figure("99")),
    ] {
        record(&mut ledger, Claim::new(topic(), value, origin).with_stance(stance));
    }
    record(&mut ledger, Claim::declined(topic(), &n));
    let laid_out = ledger.topic(&topic()).unwrap().positions_at("2025".parse().unwrap());
    assert_eq!(
        laid_out.to_string(),
        "  36 to 38 persons                                         2 independent origins
      A, B: [0] [1] [2]
  2025-03-10 to 2025-03-31                  1 independent origin and 1 anonymous
      D, E: [4] [5]
  12 tonnes                                                 1 independent origin
      C: [3]
  until 2025-02-28                                          1 independent origin
      F: [6]
  not “decisive”                                            1 independent origin
      H: [8]
  not: 2024-01-05                                                         denied
      G: [7]
  not: at least 5,001 persons                                             denied
      I, K: [9] [11]
  not: 2024-01-01 to 2024-12-31                                           denied
      J: [10]
  not: from 2026-01-01                                                    denied
      L: [12]
  silent:
      M, N: [13] [14]
"
    );
    let exclusion = &laid_out.exclusions()[1];
    let denying: Vec<_> = exclusion.claims().iter().map(|claim| claim.id().number()).collect();
    assert_eq!((exclusion.stand().to_string().as_str(), denying), ("at least 5,001 persons", vec![9, 11]));
    let uncommitted: Vec<_> = laid_out.uncommitted().iter().map(|claim| claim.id().number()).collect();
    assert_eq!(uncommitted, [13, 14]);
}

/// Pseudo-random numbers that are the same in every run (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }
}

/// A claim of the brute-force model: who says it, who relays it, and which of the quarters 0, ¼, ½ … it allows.
struct Said {
    origin: usize,
    relays: Vec<usize>,
    allows: Vec<bool>,
    whole: bool,
}

const LINE: usize = 120;

/// The voices of the origins: joined again and again until nothing changes.
fn joined(said: &[Said], root: &[usize], anonymous: &[bool]) -> Vec<usize> {
    let mut voice: Vec<usize> = (0..root.len()).collect();
    let reaches = |from: usize, to: usize| {
        let mut seen = BTreeSet::from([from]);
        loop {
            let before = seen.len();
            for claim in said {
                let chain: Vec<usize> = std::iter::once(claim.origin).chain(claim.relays.iter().copied()).collect();
                for pair in chain.windows(2) {
                    if seen.contains(&pair[1]) {
                        seen.insert(pair[0]);
                    }
                }
            }
            if seen.len() == before {
                return seen.contains(&to);
            }
        }
    };
    let origins: BTreeSet<usize> = said.iter().map(|claim| claim.origin).filter(|origin| !anonymous[*origin]).collect();
    for &a in &origins {
        for &b in &origins {
            let relays = said.iter().any(|claim| claim.origin == a && claim.relays.contains(&b));
            let circle = a != b && reaches(a, b) && reaches(b, a);
            if root[a] == root[b] || relays || circle {
                let (from, to) = (voice[a], voice[b]);
                voice.iter_mut().filter(|voice| **voice == from).for_each(|voice| *voice = to);
            }
        }
    }
    voice
}

#[test]
fn positions_and_voices_agree_with_brute_force() {
    let mut several = 0;
    for seed in 0..600 {
        let mut random = Random(seed);
        let mut below = |n: usize| usize::try_from(random.below(n as u64)).unwrap();
        let mut ledger = Ledger::new();
        let (mut ids, mut root, mut anonymous): (Vec<SourceId>, Vec<usize>, Vec<bool>) = (vec![], vec![], vec![]);
        for i in 0..6 {
            let mut source = Source::new(format!("s{i}"), "S").unwrap();
            let part_of = (i > 0 && below(4) == 0).then(|| below(i));
            if let Some(whole) = part_of {
                source = source.with_part_of(&ids[whole]);
            }
            anonymous.push(below(5) == 0);
            if anonymous[i] {
                source = source.with_kind(SourceKind::ANONYMOUS);
            }
            root.push(part_of.map_or(i, |whole| root[whole]));
            ids.push(ledger.add_source(source).unwrap());
        }
        let mut said: Vec<Said> = Vec::new();
        for _ in 0..=below(7) {
            let origin = below(6);
            if said.iter().any(|claim| claim.origin == origin) {
                continue; // so that every claim is a last word
            }
            let mut relays: Vec<usize> = Vec::new();
            for _ in 0..below(3) {
                let relay = below(6);
                if relay != origin && !relays.contains(&relay) {
                    relays.push(relay);
                }
            }
            // Ends are halves at most, so that a quarter stands for what lies between two of them.
            let halves = below(6) == 0;
            let (low, high) = (4 * below(10) + 2 * usize::from(halves), 4 * below(10) + 2 * usize::from(halves));
            let number =
                |place: usize| format!("{}.{}", place / 4, 5 * (place % 4 / 2)).parse::<testimony::Number>().unwrap();
            let (figure, range) = match below(5) {
                0 => (Figure::exactly(number(low)), low..low + 1),
                1 => (Figure::at_least(number(low)), low..LINE),
                2 => (Figure::more_than(number(low)), low + 1..LINE),
                3 => {
                    let (low, high) = (low.min(high), low.max(high) + 4);
                    (Figure::within(Bound::open(number(low)), Bound::closed(number(high))).unwrap(), low + 1..high + 1)
                }
                _ => {
                    let (low, high) = (low.min(high), low.max(high));
                    (Figure::between(number(low), number(high)).unwrap(), low..high + 1)
                }
            };
            let mut claim = Claim::new(topic(), figure, &ids[origin]);
            for relay in &relays {
                claim = claim.with_relay(&ids[*relay]);
            }
            record(&mut ledger, claim);
            let allows = (0..LINE).map(|place| range.contains(&place)).collect();
            said.push(Said { origin, relays, allows, whole: !halves });
        }
        let voice = joined(&said, &root, &anonymous);
        let mut left: Vec<usize> = (0..said.len()).collect();
        let mut expected = Vec::new();
        while !left.is_empty() {
            let whole = left.iter().all(|claim| said[*claim].whole);
            let behind = |place: usize| {
                let allow = || left.iter().filter(|claim| said[**claim].allows[place]);
                let known: BTreeSet<_> = allow()
                    .filter(|claim| !anonymous[said[**claim].origin])
                    .map(|claim| voice[said[*claim].origin])
                    .collect();
                let hidden: BTreeSet<_> =
                    allow().map(|claim| said[*claim].origin).filter(|origin| anonymous[*origin]).collect();
                (known.len(), hidden.len())
            };
            let places: Vec<usize> = (0..LINE).filter(|place| !whole || place % 4 == 0).collect();
            let most = places.iter().map(|place| behind(*place)).max().unwrap();
            let lowest = places.into_iter().find(|place| behind(*place) == most).unwrap();
            let (taken, rest): (Vec<usize>, Vec<usize>) = left.iter().partition(|claim| said[**claim].allows[lowest]);
            expected.push((taken, most));
            left = rest;
        }
        let laid_out = ledger.topic(&topic()).unwrap().positions();
        let found: Vec<(Vec<usize>, (usize, usize))> = laid_out
            .positions()
            .iter()
            .map(|position| {
                let claims = position.claims().iter().map(|claim| usize::try_from(claim.id().number()).unwrap());
                (claims.collect(), (position.known(), position.anonymous()))
            })
            .collect();
        let sorted = |mut list: Vec<(Vec<usize>, (usize, usize))>| {
            list.sort();
            list
        };
        assert_eq!(sorted(found.clone()), sorted(expected), "seed {seed}");
        assert!(found.windows(2).all(|pair| pair[0].1 >= pair[1].1), "seed {seed}: {found:?}");
        for position in laid_out.positions() {
            let Stand::Figures { values, .. } = position.stand() else { panic!("figures only") };
            assert!(values.low().is_some());
        }
        several += usize::from(found.iter().any(|(_, (known, _))| *known > 1));
    }
    assert!(several > 100, "only {several} ledgers had a position of several voices");
}

/// R2: one origin through ten outlets is one origin, and an outlet that passes a claim on bears nothing out.
#[test]
fn passing_on_is_not_saying() {
    let mut ledger = Ledger::new();
    let agency = add(&mut ledger, "agency");
    let other = add(&mut ledger, "other");
    let first = record(&mut ledger, Claim::new(topic(), Figure::exactly(40), &agency));
    for n in 0..10 {
        let outlet = add(&mut ledger, &format!("outlet-{n}"));
        let passed_on = record(&mut ledger, Claim::new(topic(), Figure::exactly(40), &agency).with_relay(&outlet));
        let pair = ledger.related(first, passed_on).unwrap();
        assert_eq!(pair.relation().kind(), testimony::RelationKind::Repeats, "the same origin says it again");
        assert_eq!(backing(&ledger, first), (1, 0), "after {} outlets", n + 1);
    }
    record(&mut ledger, Claim::new(topic(), Figure::exactly(40), &other));
    assert_eq!(backing(&ledger, first), (2, 0), "another origin is another witness");
}
