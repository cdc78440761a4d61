//! Ledgers: the entries that they keep, the claims that stand, and what was known when (R13, R15, R20 to R22).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use testimony::{
    Appended, Claim, ClaimId, ClaimRef, Constraint, ContentRef, Entry, ErrorKind, Figure, Ledger, Measure, Policy,
    Predicate, RelationKind, Retraction, Source, SourceId, SourceKind, Stance, Timestamp, Topic, Value,
};

fn time(hour: usize) -> Timestamp {
    format!("2025-03-27T{hour:02}:00:00Z").parse().unwrap()
}

fn topic() -> Topic {
    Topic::new("s", "p")
}

/// A ledger with the sources a, b and c, and the predicate p of this measure.
fn ledger(measure: Measure) -> (Ledger, [SourceId; 3]) {
    let mut ledger = Ledger::new();
    let ids = ["a", "b", "c"].map(|id| ledger.add_source(Source::new(id, id.to_uppercase()).unwrap()).unwrap());
    ledger.add_predicate(Predicate::new("p").with_measure(measure)).unwrap();
    (ledger, ids)
}

fn exactly(n: u32, origin: &SourceId, as_of: &str) -> Claim {
    Claim::new(topic(), Figure::exactly(n), origin).with_as_of(as_of.parse().unwrap())
}

fn standing(ledger: &Ledger) -> Vec<u64> {
    ledger.claims().filter(ClaimRef::stands).map(|claim| claim.id().number()).collect()
}

fn conflicts(ledger: &Ledger) -> Vec<(u64, u64)> {
    ledger.conflicts().map(|conflict| (conflict.older().id().number(), conflict.newer().id().number())).collect()
}

fn kind(ledger: &Ledger, first: u64, second: u64) -> Option<RelationKind> {
    ledger.related(ClaimId::new(first), ClaimId::new(second)).map(|pair| pair.kind())
}

#[test]
fn an_update_supersedes_nothing_r13() {
    let (mut ledger, [a, ..]) = ledger(Measure::Cumulative);
    ledger.record(exactly(3000, &a, "2025-01")).unwrap();
    ledger.record(exactly(4000, &a, "2025-03")).unwrap();
    assert_eq!(kind(&ledger, 0, 1), Some(RelationKind::Updates));
    assert_eq!(standing(&ledger), [0, 1]);
    assert_eq!(conflicts(&ledger), []);
}

/// Whichever are fewer are looked through, the texts that are named or the claims on the topic.
#[cfg(feature = "testing")]
#[test]
fn a_text_clashes_with_all_that_are_named_as_its_opposites_r9() {
    for scan_limit in [0, 1000] {
        let mut ledger = testimony::testing::with_scan_limit(Ledger::new(), scan_limit);
        let [a, b] = ["a", "b"].map(|id| ledger.add_source(Source::new(id, id).unwrap()).unwrap());
        let opposites = ["tense", "hostile", "violent"];
        ledger
            .add_predicate(opposites.iter().fold(Predicate::new("p"), |p, &text| p.with_opposites("calm", text)))
            .unwrap();
        for (said, conflicts) in [
            (&["quiet"][..], 0),
            (&["hostile"], 1),
            (&["Tense", "tense"], 2),
            (&["quiet", "violent"], 1),
            (&["tense", "hostile", "quiet", "violent"], 3),
        ] {
            let claim = |text, origin| Claim::new(Topic::new(said.join(", "), "p"), Value::text(text), origin);
            for &text in said {
                assert_eq!(ledger.record(claim(text, &a)).unwrap().conflicts(), 0, "{said:?}");
            }
            assert_eq!(ledger.record(claim("Calm", &b)).unwrap().conflicts(), conflicts, "{said:?}");
        }
    }
}

#[test]
fn a_revision_supersedes_until_it_is_retracted_r13() {
    let (mut ledger, [a, b, _]) = ledger(Measure::Cumulative);
    ledger.record(exactly(50, &a, "2025-01")).unwrap();
    assert_eq!(ledger.record(exactly(60, &b, "2025-01")).unwrap().conflicts(), 1);
    // The total falls: the origin takes its first word back, and with it goes the dispute.
    assert_eq!(ledger.record(exactly(40, &a, "2025-02")).unwrap().conflicts(), 1);
    assert_eq!(kind(&ledger, 0, 2), Some(RelationKind::Revises));
    assert_eq!(standing(&ledger), [1, 2]);
    assert_eq!(conflicts(&ledger), [(1, 2)]);
    let superseded = ledger.claim(ClaimId::new(0)).unwrap();
    assert_eq!(superseded.superseded_by().map(|claim| claim.id().number()).collect::<Vec<_>>(), [2]);

    ledger.retract(Retraction::new(ClaimId::new(2))).unwrap();
    assert_eq!(standing(&ledger), [0, 1]);
    assert_eq!(conflicts(&ledger), [(0, 1)]);
    assert_eq!(ledger.claim(ClaimId::new(0)).unwrap().superseded_by().count(), 0);
}

#[test]
fn a_claim_that_is_itself_revised_still_revises_r13() {
    let (mut ledger, [a, ..]) = ledger(Measure::Stock);
    let said = |n, day| {
        Claim::new(topic(), Figure::exactly(n), &a)
            .with_stated(format!("2025-03-0{day}").parse::<testimony::Period>().unwrap())
    };
    // Recorded out of order: the one said last comes second.
    ledger.record(said(1, 1)).unwrap();
    ledger.record(said(3, 3)).unwrap();
    let receipt = ledger.record(said(2, 2)).unwrap();
    assert_eq!((receipt.id(), receipt.conflicts()), (ClaimId::new(2), 0));
    assert_eq!(standing(&ledger), [1]);
    ledger.retract(Retraction::new(ClaimId::new(1))).unwrap();
    assert_eq!(standing(&ledger), [2]);
    ledger.retract(Retraction::new(ClaimId::new(2))).unwrap();
    assert_eq!(standing(&ledger), [0]);
    ledger.retract(Retraction::new(ClaimId::new(0))).unwrap();
    assert!(standing(&ledger).is_empty());
}

/// Found by the laws: with its reviser retracted, a retracted claim was counted among those that stand.
#[cfg(feature = "testing")]
#[test]
fn a_retracted_claim_does_not_stand_again_r13() {
    for limit in [0, 1000] {
        let (ledger, [a, b, _]) = ledger(Measure::Stock);
        let mut ledger = testimony::testing::with_scan_limit(ledger, limit);
        let said = |n, origin, day: &str| {
            Claim::new(topic(), Figure::exactly(n), origin).with_stated(day.parse::<testimony::Period>().unwrap())
        };
        ledger.record(said(1, &a, "2025-03-01")).unwrap();
        ledger.record(said(2, &a, "2025-03-02")).unwrap();
        ledger.record(said(3, &b, "2025-03-03")).unwrap();
        for claim in [0, 1] {
            ledger.retract(Retraction::new(ClaimId::new(claim))).unwrap();
        }
        assert_eq!(standing(&ledger), [2]);
        assert_eq!((conflicts(&ledger), ledger.conflict_count()), (vec![], 0));
    }
}

#[test]
fn conflicts_come_by_the_newer_claim_then_the_older() {
    let (mut ledger, [a, b, c]) = ledger(Measure::Stock);
    for (n, origin) in [(1, &a), (2, &b), (1, &c), (3, &c)] {
        ledger.record(exactly(n, origin, "2025")).unwrap();
    }
    let other = Topic::new("t", "p");
    ledger.record(Claim::new(other.clone(), Value::text("x"), &a)).unwrap();
    ledger.record(Claim::new(other, Value::text("X"), &b).with_stance(Stance::Denies)).unwrap();
    assert_eq!(conflicts(&ledger), [(0, 1), (1, 2), (0, 3), (1, 3), (2, 3), (4, 5)]);
    let of = |id| -> Vec<(u64, u64)> {
        let pairs = ledger.conflicts_of(ClaimId::new(id));
        pairs.map(|conflict| (conflict.older().id().number(), conflict.newer().id().number())).collect()
    };
    assert_eq!(of(1), [(0, 1), (1, 2), (1, 3)]);
    assert_eq!(of(5), [(4, 5)]);
    assert_eq!(of(6), []);
    assert_eq!(kind(&ledger, 2, 3), Some(RelationKind::ContradictsItself));
    let on_topic = ledger.topic(&topic()).unwrap();
    assert_eq!(on_topic.conflicts().count(), 5);
    assert_eq!(ledger.relations().count(), 7);
    assert_eq!(kind(&ledger, 0, 4), None);
    assert_eq!(kind(&ledger, 0, 0), None);
    assert_eq!(kind(&ledger, 0, 99), None);
}

#[test]
fn each_conflict_of_a_claim_is_found_among_thousands() {
    let (mut ledger, sources) = ledger(Measure::Stock);
    // Claims on another topic lie between those on this one.
    let topics = [topic(), Topic::new("t", "p")];
    for n in 0..3000u32 {
        let topic = &topics[usize::from(n % 7 == 3)];
        ledger.record(Claim::new(topic.clone(), Figure::exactly(n / 3), &sources[n as usize % 3])).unwrap();
    }
    for number in [0, 1, 3, 255, 256, 257, 1500, 2999] {
        let id = ClaimId::new(number);
        let other = |one: ClaimId, two: ClaimId| if one == id { two } else { one };
        let found = ledger.conflicts_of(id).map(|conflict| other(conflict.older().id(), conflict.newer().id()));
        let clashes = |other: &ClaimId| ledger.related(id, *other).is_some_and(|related| related.kind().is_conflict());
        let wanted: Vec<_> = ledger.claims().map(|claim| claim.id()).filter(clashes).collect();
        assert!(wanted.len() > 200);
        assert_eq!(found.collect::<Vec<_>>(), wanted, "{number}");
    }
}

#[test]
fn origins_depend_on_each_other_by_what_they_belong_to_and_what_they_relay_r15() {
    let mut ledger = Ledger::new();
    let source = |id: &str| Source::new(id, id).unwrap();
    let rok = ledger.add_source(source("rok")).unwrap();
    let nis = ledger.add_source(source("nis").with_part_of(&rok)).unwrap();
    let desk = ledger.add_source(source("desk").with_part_of(&nis)).unwrap();
    let mod_ = ledger.add_source(source("mod").with_part_of(&rok)).unwrap();
    let paper = ledger.add_source(source("paper").with_kind(SourceKind::OUTLET)).unwrap();
    let leak = ledger.add_source(source("leak").with_kind(SourceKind::ANONYMOUS).with_part_of(&paper)).unwrap();
    let un = ledger.add_source(source("un")).unwrap();
    let claim = |origin: &SourceId| Claim::new(topic(), Figure::exactly(5), origin);
    for (first, second, kind) in [
        (claim(&nis), claim(&rok), RelationKind::Echoes),
        (claim(&desk), claim(&mod_), RelationKind::Echoes),
        (claim(&leak), claim(&paper), RelationKind::Echoes),
        (claim(&leak), claim(&un), RelationKind::Concurs),
        (claim(&nis), claim(&paper), RelationKind::Corroborates),
        (claim(&nis).with_relay(&paper), claim(&paper), RelationKind::Echoes),
        (claim(&paper), claim(&nis).with_relay(&un).with_relay(&paper), RelationKind::Echoes),
        // A relay in common is no dependence: the paper may well quote two that know nothing of each other.
        (claim(&nis).with_relay(&paper), claim(&un).with_relay(&paper), RelationKind::Corroborates),
        (claim(&nis).with_relay(&rok), claim(&un), RelationKind::Corroborates),
    ] {
        let mut ledger = ledger.clone();
        let (first, second) = (ledger.record(first).unwrap().id(), ledger.record(second).unwrap().id());
        assert_eq!(ledger.related(first, second).unwrap().kind(), kind);
        assert_eq!(ledger.related(second, first).unwrap().kind(), kind);
    }
}

#[test]
fn the_same_again_changes_nothing_r21() {
    let (mut ledger, [a, b, _]) = ledger(Measure::Stock);
    let claim = exactly(5, &a, "2025").with_relay(&b);
    let first = ledger.record(claim.clone()).unwrap();
    assert!(first.is_new());
    let before = ledger.clone();
    let again = ledger.record(claim.clone()).unwrap();
    assert_eq!((again.id(), again.is_new(), again.conflicts()), (ClaimId::new(0), false, 0));
    // The same canonical line, differently spelt.
    let figure = Figure::exactly("5.00".parse::<testimony::Number>().unwrap());
    let spelt = Claim::new(topic(), figure, &a).with_relay(&b).with_as_of("2025".parse().unwrap());
    assert!(!ledger.record(spelt).unwrap().is_new());
    for same in [Entry::from(Source::new("a", "A").unwrap()), Predicate::new("p").into(), claim.clone().into()] {
        ledger.append(same).unwrap();
    }
    let constraint = Constraint::AtMost { part: Topic::new("x", "p"), whole: Topic::new("y", "p") };
    assert_eq!(ledger, before);
    assert_eq!(ledger.append(constraint.clone().into()).unwrap(), Appended::Added);
    assert_eq!(ledger.append(constraint.into()).unwrap(), Appended::AlreadyThere);
    // Not quite the same is another claim.
    for other in [
        claim.clone().with_basis(testimony::Basis::Told),
        exactly(5, &a, "2025"),
        exactly(5, &a, "2025-01/2025-12").with_relay(&b),
        Claim::new(topic(), Figure::exactly(5).with_unit("kg"), &a).with_relay(&b).with_as_of("2025".parse().unwrap()),
    ] {
        assert!(ledger.record(other).unwrap().is_new());
    }
    // Retracted, it can be said again, and has another number.
    ledger.retract(Retraction::new(ClaimId::new(0))).unwrap();
    let again = ledger.record(claim).unwrap();
    assert_eq!((again.id(), again.is_new()), (ClaimId::new(5), true));
}

#[test]
fn what_is_refused_leaves_the_ledger_as_it_was_r21() {
    let (mut ledger, [a, b, _]) = ledger(Measure::Stock);
    ledger.append(Entry::from(exactly(5, &a, "2025")).with_recorded(time(9))).unwrap();
    let before = ledger.clone();
    let stranger = Source::new("z", "Z").unwrap().id().clone();
    let new_topic = Topic::new("never seen", "never used");
    let source = |id: &str, name: &str| Entry::from(Source::new(id, name).unwrap());
    for (entry, field, kind) in [
        (exactly(5, &stranger, "2025").into(), "claim.origin", ErrorKind::UnknownSource),
        (exactly(5, &a, "2025").with_relay(&stranger).into(), "claim.relays[0]", ErrorKind::UnknownSource),
        (exactly(5, &a, "2025").with_relay(&b).with_relay(&b).into(), "claim.relays[1]", ErrorKind::NamedTwice),
        (Claim::new(new_topic.clone(), Figure::less_than(0), &a).into(), "claim.value.figure", ErrorKind::NoValue),
        (
            Claim::declined(new_topic, &a).with_stance(Stance::Denies).into(),
            "claim.value",
            ErrorKind::Missing { why: "only a claim that declines or disowns may be without one" },
        ),
        (source("a", "Another"), "source.id", ErrorKind::Redefined),
        (source("n", " \u{a0}"), "source.name", ErrorKind::Blank),
        (Source::new("n", "N").unwrap().with_part_of(&stranger).into(), "source.part_of", ErrorKind::UnknownSource),
        (Predicate::new("p").with_unit("kg").into(), "predicate.name", ErrorKind::Redefined),
        (Retraction::new(ClaimId::new(1)).into(), "retraction.claim", ErrorKind::UnknownClaim),
        (Retraction::new(ClaimId::new(u64::MAX)).into(), "retraction.claim", ErrorKind::UnknownClaim),
        (Retraction::new(ClaimId::new(0)).with_by(&stranger).into(), "retraction.by", ErrorKind::UnknownSource),
        (
            Entry::from(exactly(6, &a, "2025")).with_recorded(time(8)),
            "recorded",
            ErrorKind::TimeGoesBack { before: "2025-03-27T09:00:00Z".to_owned() },
        ),
    ] {
        let error = ledger.append(entry).unwrap_err();
        assert_eq!((error.field(), error.kind()), (Some(field), &kind), "{error}");
        assert_eq!(ledger, before);
        assert_eq!(ledger.topics().len(), 1);
    }
    ledger.retract(Retraction::new(ClaimId::new(0))).unwrap();
    let twice = ledger.retract(Retraction::new(ClaimId::new(0))).unwrap_err();
    assert_eq!(twice.to_string(), "retraction.claim: \"0\" is already retracted");
}

#[test]
fn a_predicate_is_defined_before_it_is_used_or_never_r21() {
    let mut ledger = Ledger::new();
    let a = ledger.add_source(Source::new("a", "A").unwrap()).unwrap();
    ledger.record(Claim::new(topic(), Figure::exactly(1), &a)).unwrap();
    let error = ledger.add_predicate(Predicate::new("p").with_measure(Measure::Fixed)).unwrap_err();
    assert_eq!(error.to_string(), "predicate.name: \"p\" is defined after a claim has already used it");
    assert_eq!(ledger.add_predicate(Predicate::new("p")).unwrap_err().kind(), &ErrorKind::DefinedTooLate);
    assert_eq!(ledger.predicates().count(), 0);
    assert_eq!(ledger.topic(&topic()).unwrap().predicate(), &Predicate::new("p"));
}

#[test]
fn one_instant_is_recorded_with_many_offsets_r22() {
    let (mut ledger, [a, ..]) = ledger(Measure::Stock);
    let times = ["2025-03-27T13:00:00+09:00", "2025-03-27T04:00:00Z", "2025-03-26T21:00:00-07:00"]
        .map(|text| text.parse::<Timestamp>().unwrap());
    for (n, time) in (0..).zip(times) {
        ledger.append(Entry::from(exactly(n, &a, "2025")).with_recorded(time)).unwrap();
    }
    let recorded: Vec<_> = ledger.entries().filter_map(|entry| entry.recorded()).collect();
    assert_eq!(recorded, times, "as it was written");
    for time in times {
        assert_eq!(*ledger.at(time), ledger);
    }
    #[cfg(feature = "serde")]
    {
        let written = testimony::jsonl::to_string(&ledger).unwrap();
        let read = testimony::jsonl::read(written.as_bytes()).unwrap();
        assert_eq!(read, ledger);
    }
    let earlier: Timestamp = "2025-03-27T12:59:59+09:00".parse().unwrap();
    let error = ledger.append(Entry::from(exactly(9, &a, "2025")).with_recorded(earlier)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "recorded: \"2025-03-27T12:59:59+09:00\" is before the time of the entry before it, 2025-03-26T21:00:00-07:00"
    );
}

#[test]
fn the_ledger_is_known_as_of_any_time_r20() {
    let (mut ledger, [a, b, _]) = ledger(Measure::Cumulative);
    for (entry, hour) in [
        (Entry::from(exactly(50, &a, "2025-01")), 1),
        (exactly(60, &b, "2025-01").into(), 2),
        (exactly(40, &a, "2025-02").into(), 3),
        (Retraction::new(ClaimId::new(2)).into(), 4),
    ] {
        ledger.append(entry.with_recorded(time(hour))).unwrap();
    }
    let known = |hour| {
        let then = ledger.at(time(hour));
        (then.len(), standing(&then), conflicts(&then))
    };
    assert_eq!(known(0), (4, vec![], vec![]));
    assert_eq!(known(1), (5, vec![0], vec![]));
    assert_eq!(known(2), (6, vec![0, 1], vec![(0, 1)]));
    assert_eq!(known(3), (7, vec![1, 2], vec![(1, 2)]));
    assert_eq!(known(4), (8, vec![0, 1], vec![(0, 1)]));
    assert_eq!(*ledger.at(time(4)), ledger);
    // By the instant, wherever it was written.
    for text in ["2025-03-27T13:00:00+09:00", "2025-03-26T21:00:00-07:00"] {
        assert_eq!(*ledger.at(text.parse().unwrap()), *ledger.at(time(4)), "{text}");
    }
    let just_before = ledger.at("2025-03-27T02:59:59.999999999Z".parse().unwrap());
    assert_eq!(*just_before, *ledger.at(time(2)));
}

#[test]
fn entries_have_their_sequence_and_the_time_of_the_one_before_r22() {
    let (mut ledger, [a, ..]) = ledger(Measure::Stock);
    ledger.append(Entry::from(exactly(1, &a, "2025")).with_recorded(time(1))).unwrap();
    ledger.append(exactly(2, &a, "2024").into()).unwrap();
    ledger.append(Entry::from(exactly(3, &a, "2023")).with_recorded(time(1))).unwrap();
    let times: Vec<_> = ledger.entries().map(|entry| (entry.sequence(), entry.recorded())).collect();
    let one = Some(time(1));
    assert_eq!(times, [(0, None), (1, None), (2, None), (3, None), (4, one), (5, one), (6, one)]);
    assert!(
        matches!(ledger.entries().next_back().unwrap().content(), ContentRef::Claim(claim) if claim.id().number() == 2)
    );
    let copied: Vec<_> = ledger.entries().map(|entry| entry.to_entry()).collect();
    let mut again = Ledger::new();
    for entry in copied {
        again.append(entry).unwrap();
    }
    assert_eq!(again, ledger);
}

#[test]
fn only_a_ledger_with_a_clock_stamps_r22() {
    let ticks = Arc::new(AtomicUsize::new(0));
    let clock = {
        let ticks = Arc::clone(&ticks);
        move || time(ticks.fetch_add(1, Ordering::Relaxed))
    };
    let mut ledger = Ledger::new().with_clock(clock);
    let a = ledger.add_source(Source::new("a", "A").unwrap()).unwrap();
    ledger.record(exactly(1, &a, "2025")).unwrap();
    ledger.append(exactly(2, &a, "2024").into()).unwrap();
    let times: Vec<_> = ledger.entries().map(|entry| entry.recorded()).collect();
    assert_eq!(times, [Some(time(0)), Some(time(1)), Some(time(1))]);
    assert_eq!(ticks.load(Ordering::Relaxed), 2, "appending never asks the clock");
    // A clock that goes back is refused like any other time that does.
    ticks.store(0, Ordering::Relaxed);
    assert!(matches!(ledger.record(exactly(3, &a, "2023")).unwrap_err().kind(), ErrorKind::TimeGoesBack { .. }));
}

#[test]
fn a_timeline_goes_by_the_last_day_r17() {
    let (mut ledger, [a, b, _]) = ledger(Measure::Stock);
    for as_of in ["2025-03", "2025-01", "2025-02-15/2025-03-31", "2025-02/.."] {
        ledger.record(exactly(5, &a, as_of)).unwrap();
    }
    ledger.record(Claim::new(topic(), Figure::exactly(5), &b)).unwrap();
    ledger
        .record(
            Claim::new(topic(), Figure::exactly(5), &b).with_stated("2025-01-15".parse::<testimony::Period>().unwrap()),
        )
        .unwrap();
    let order: Vec<_> = ledger.topic(&topic()).unwrap().timeline().iter().map(|claim| claim.id().number()).collect();
    assert_eq!(order, [5, 1, 2, 0, 3, 4]);
}

#[test]
fn a_ledger_is_a_value_of_its_own() {
    fn is_a_value<T: Clone + std::fmt::Debug + Default + Eq + Send + Sync>() {}
    is_a_value::<Ledger>();
    let (ledger, _) = ledger(Measure::Stock);
    assert_ne!(ledger, Ledger::with_policy(Policy::default().with_days_apart(1)));
    assert_eq!(
        format!("{ledger:?}"),
        "Ledger { policy: Policy { tolerance: 0.1, rounding: true, days_apart: 0 }, clock: false, entries: 4, sources: 3, topics: 0, claims: 0, .. }"
    );
}

/// R7: what could not be compared is named, in the order in which it was met.
#[test]
fn units_that_met_and_did_not_match_are_named() -> Result<(), testimony::Error> {
    for (figures, expected) in [
        (&["4", "5"][..], &[][..]),
        (&["4 persons", "5 Persons"], &[]),
        (&["4", "5 persons"], &[]),
        (&["4.5", "5 persons"], &[None, Some("persons")]),
        (&["4.5 persons", "5 persons"], &[]),
        (&["4 persons", "5 tonnes"], &[Some("persons"), Some("t")]),
        (&["4 persons", "5", "6 tonnes"], &[Some("persons"), None, Some("t")]),
        (&["4 persons", "5", "6 goats"], &[Some("persons"), Some("goats")]),
        (&["4 persons", "5.5 persons", "6"], &[Some("persons"), None]),
        (&["4", "4.5", "5 persons"], &[None, Some("persons")]),
        (&["4", "4.5", "5 persons", "5.5 Persons"], &[None, Some("persons")]),
        (&["4 people", "5 persons", "6 killed", "7 goats", "8 Goat"], &[Some("persons"), Some("goats")]),
        (&["4.5 persons", "5 persons", "6 tonnes"], &[Some("persons"), Some("t")]),
    ] {
        let mut ledger = Ledger::new();
        let army = ledger.add_source(Source::new("army", "The army")?)?;
        let topic = Topic::new("the siege", "losses");
        for figure in figures {
            ledger.record(Claim::new(topic.clone(), figure.parse::<Figure>()?, &army))?;
        }
        assert_eq!(ledger.topic(&topic).expect("it was recorded").unmatched_units(), expected, "{figures:?}");
    }
    Ok(())
}
