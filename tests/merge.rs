//! Merging two ledgers: examples, and the laws that it keeps.

#[cfg(feature = "proptest")]
mod cases;

use std::collections::{BTreeMap, BTreeSet};

use testimony::{
    Claim, ClaimId, ClaimRef, Constraint, Content, Entry, Error, ErrorKind, Figure, Ledger, Measure, Merged, Names,
    Policy, Predicate, Retraction, Source, SourceId, Tally, Timestamp, Topic,
};

fn time(hour: usize) -> Timestamp {
    format!("2025-03-27T{hour:02}:00:00Z").parse().unwrap()
}

fn topic() -> Topic {
    Topic::new("s", "p")
}

fn source(id: &str) -> Source {
    Source::new(id, id.to_uppercase()).unwrap()
}

fn id(id: &str) -> SourceId {
    SourceId::new(id).unwrap()
}

fn exactly(n: u32, origin: &str) -> Claim {
    Claim::new(topic(), Figure::exactly(n), id(origin))
}

/// A ledger with these sources.
fn ledger(sources: &[&str]) -> Ledger {
    let mut ledger = Ledger::new();
    for id in sources {
        ledger.add_source(source(id)).unwrap();
    }
    ledger
}

fn numbers(merged: &Merged, of: &Ledger) -> Vec<u64> {
    of.claims().map(|claim| merged.claim_numbered(claim.id()).unwrap().number()).collect()
}

fn tally(added: usize, already_there: usize) -> Tally {
    Tally { added, already_there }
}

/// Each claim by what it says, and whether it is retracted.
fn said(ledger: &Ledger) -> Vec<(String, bool)> {
    ledger.claims().map(|claim| (claim.to_string(), claim.is_retracted())).collect()
}

#[test]
fn what_only_the_other_has_is_appended() {
    let mut ours = ledger(&["a", "b"]);
    ours.record(exactly(1, "a")).unwrap();
    ours.record(exactly(2, "b")).unwrap();
    let mut theirs = ledger(&["c", "b"]);
    theirs.add_predicate(Predicate::new("q").with_unit("kg")).unwrap();
    theirs.record(exactly(3, "c")).unwrap();
    theirs.record(exactly(2, "b")).unwrap();
    theirs.retract(Retraction::new(ClaimId::new(0)).with_by(id("c")).with_reason("a typing error")).unwrap();
    theirs.add_constraint(Constraint::AtMost { part: topic(), whole: Topic::new("s", "q") }).unwrap();

    let merged = ours.merge(&theirs).unwrap();
    assert_eq!(
        merged.to_string(),
        "sources: 1 added, 1 already there; predicates: 1 added, 0 already there; names: 0 added, 0 already there; \
         claims: 1 added, 1 already there; constraints: 1 added, 0 already there; \
         retractions: 1 added, 0 already there; amendments: 0 added, 0 already there"
    );
    assert_eq!(numbers(&merged, &theirs), [2, 1]);
    assert_eq!(merged.claim_numbered(ClaimId::new(2)), None);
    assert_eq!(
        said(&ours),
        [("A affirmed 1".to_owned(), false), ("B affirmed 2".to_owned(), false), ("C affirmed 3".to_owned(), true)]
    );
    let taken_back = ours.claim(ClaimId::new(2)).unwrap();
    let expected = Retraction::new(ClaimId::new(2)).with_by(id("c")).with_reason("a typing error");
    assert_eq!(taken_back.retraction(), Some(&expected));
    assert_eq!(ours.predicates().map(Predicate::unit).collect::<Vec<_>>(), [Some("kg")]);

    let before = ours.clone();
    let again = ours.merge(&theirs).unwrap();
    assert_eq!(
        [again.sources(), again.predicates(), again.claims(), again.constraints(), again.retractions()],
        [tally(0, 2), tally(0, 1), tally(0, 2), tally(0, 1), tally(0, 1)]
    );
    assert_eq!(numbers(&again, &theirs), [2, 1]);
    assert_eq!(ours, before);
}

#[test]
fn what_was_taken_back_in_either_is_taken_back() {
    let said_by_both = || {
        let mut ledger = ledger(&["a"]);
        ledger.record(exactly(1, "a")).unwrap();
        ledger
    };
    let mut here = said_by_both();
    let mut there = said_by_both();
    there.retract(Retraction::new(ClaimId::new(0)).with_reason("theirs")).unwrap();
    assert_eq!(here.clone().merge(&there).unwrap().retractions(), tally(1, 0));
    // The one that comes second finds it done, and its reason is not kept.
    here.retract(Retraction::new(ClaimId::new(0)).with_reason("ours")).unwrap();
    assert_eq!(here.merge(&there).unwrap().retractions(), tally(0, 1));
    assert_eq!(here.claim(ClaimId::new(0)).unwrap().retraction().unwrap().reason(), Some("ours"));
    assert_eq!(there.merge(&said_by_both()).unwrap().claims(), tally(0, 1));
    assert_eq!(said(&there), [("A affirmed 1".to_owned(), true)]);
}

#[test]
fn the_longer_history_of_a_claim_goes_on_from_where_the_shorter_ends() {
    // Recorded, taken back, recorded again and so on, this many times in all.
    let history = |length: u64| {
        let mut ledger = ledger(&["a"]);
        for step in 0..length {
            if step % 2 == 0 {
                ledger.record(exactly(1, "a")).unwrap();
            } else {
                ledger.retract(Retraction::new(ClaimId::new(step / 2))).unwrap();
            }
        }
        ledger
    };
    for here in 0..6 {
        for there in 0..6 {
            let (mut merged, other) = (history(here), history(there));
            let told = merged.merge(&other).unwrap();
            assert_eq!(merged, history(here.max(there)), "{here} and {there}");
            let theirs: Vec<u64> = (0..there.div_ceil(2)).collect();
            assert_eq!(numbers(&told, &other), theirs, "{here} and {there}");
            let added = usize::try_from(there.saturating_sub(here)).unwrap();
            assert_eq!(told.claims().added + told.retractions().added, added, "{here} and {there}");
        }
    }
}

#[test]
fn what_clashes_is_refused_whole() {
    let with = |add: &dyn Fn(&mut Ledger)| {
        let mut ledger = ledger(&["a"]);
        add(&mut ledger);
        // Something new before and behind what clashes.
        ledger.add_source(source("z")).unwrap();
        ledger.record(Claim::new(Topic::new("new", "r"), Figure::exactly(1), id("z"))).unwrap();
        ledger
    };
    let defined = |predicate: Predicate| with(&|ledger| ledger.add_predicate(predicate.clone()).unwrap());
    let used = with(&|ledger| {
        ledger.record(exactly(1, "a")).unwrap();
    });
    let cumulative = defined(Predicate::new("p").with_measure(Measure::Cumulative));
    let flow = defined(Predicate::new("p").with_measure(Measure::Flow));
    let one = with(&|ledger| {
        ledger.add_source(Source::new("b", "One").unwrap()).unwrap();
    });
    let other = with(&|ledger| {
        ledger.add_source(Source::new("b", "Other").unwrap()).unwrap();
    });
    let strict = Ledger::with_policy(Policy::default().with_days_apart(1));
    let defined_in_one =
        "predicate.name: \"p\" is defined in one of the ledgers, and used without that definition in the other";
    for (first, second, message, kind) in [
        (&one, &other, "source.id: \"b\" is already defined, and differently", ErrorKind::Redefined),
        (&cumulative, &flow, "predicate.name: \"p\" is already defined, and differently", ErrorKind::Redefined),
        (&cumulative, &used, defined_in_one, ErrorKind::DefinedInOne),
        (&one, &strict, "policy is not the same in both ledgers", ErrorKind::PoliciesDiffer),
    ] {
        for (own, other) in [(first, second), (second, first)] {
            let mut ledger = own.clone();
            let error = ledger.merge(other).unwrap_err();
            assert_eq!((error.to_string().as_str(), error.kind()), (message, &kind));
            assert_eq!(&ledger, own);
            assert_eq!(ledger.topics().len(), own.topics().len());
        }
    }
    // A definition that says no more than none does is no clash, whichever comes first.
    let plain = defined(Predicate::new("p"));
    for (own, other, predicates) in [(&plain, &used, 1), (&used, &plain, 0)] {
        let mut ledger = own.clone();
        ledger.merge(other).unwrap();
        assert_eq!((ledger.claims().len(), ledger.predicates().count()), (2, predicates));
    }
}

#[test]
fn a_time_of_recording_never_goes_back() {
    let at_hours = |hours: &[(u32, Option<usize>)]| {
        let mut ledger = ledger(&["a"]);
        for (n, hour) in hours {
            let entry = Entry::from(exactly(*n, "a"));
            ledger.append(hour.iter().fold(entry, |entry, &hour| entry.with_recorded(time(hour)))).unwrap();
        }
        ledger
    };
    let times = |ledger: &Ledger| ledger.entries().skip(1).map(|entry| entry.recorded()).collect::<Vec<_>>();
    let theirs = at_hours(&[(1, Some(2)), (2, Some(4)), (3, Some(6))]);

    let mut ours = at_hours(&[(4, Some(5))]);
    ours.merge(&theirs).unwrap();
    assert_eq!(times(&ours), [5, 5, 5, 6].map(|hour| Some(time(hour))));
    let mut without = at_hours(&[(4, None)]);
    without.merge(&theirs).unwrap();
    assert_eq!(times(&without), [None, Some(time(2)), Some(time(4)), Some(time(6))]);
    let mut ours = at_hours(&[(4, Some(5))]);
    ours.merge(&at_hours(&[(1, None)])).unwrap();
    assert_eq!(times(&ours), [Some(time(5)), Some(time(5))]);

    // Of one instant it keeps what was written.
    let seoul: Timestamp = "2025-03-27T18:00:00+09:00".parse().unwrap();
    for (own, their) in [(time(9), seoul), (seoul, time(9))] {
        let at = |n, time| {
            let mut ledger = ledger(&["a"]);
            ledger.append(Entry::from(exactly(n, "a")).with_recorded(time)).unwrap();
            ledger
        };
        let mut ours = at(4, own);
        ours.merge(&at(1, their)).unwrap();
        assert_eq!(times(&ours), [Some(own), Some(their)]);
    }

    // Not only claims have a time.
    let mut other = at_hours(&[(1, Some(2))]);
    other.append(Entry::from(source("b")).with_recorded(time(3))).unwrap();
    other.append(Entry::from(Retraction::new(ClaimId::new(0))).with_recorded(time(4))).unwrap();
    let mut ours = at_hours(&[]);
    ours.merge(&other).unwrap();
    assert_eq!(times(&ours), [2, 3, 4].map(|hour| Some(time(hour))));

    // With a clock, all of it was recorded at one time, and that is now.
    let mut ours = at_hours(&[(4, Some(5))]).with_clock(|| time(7));
    ours.merge(&theirs).unwrap();
    assert_eq!(times(&ours), [5, 7, 7, 7].map(|hour| Some(time(hour))));
    let mut ours = at_hours(&[(4, Some(5))]).with_clock(|| time(3));
    let before = ours.clone();
    let error = ours.merge(&theirs).unwrap_err();
    assert_eq!(
        error.to_string(),
        "recorded: \"2025-03-27T03:00:00Z\" is before the time of the entry before it, 2025-03-27T05:00:00Z"
    );
    assert_eq!(ours, before);
}

#[test]
fn entries_are_appended_until_one_is_refused() {
    let mut ledger = Ledger::new();
    let entries = [
        Entry::from(source("a")),
        exactly(1, "a").into(),
        exactly(1, "a").into(),
        exactly(2, "b").into(),
        exactly(3, "a").into(),
    ];
    assert_eq!(ledger.clone().extend(entries[..3].to_vec()), Ok(2));
    let error = ledger.extend(entries).unwrap_err();
    assert_eq!(error.to_string(), "entries[3].claim.origin: \"b\" is no source defined so far");
    assert_eq!(said(&ledger), [("A affirmed 1".to_owned(), false)]);
    assert_eq!(ledger.extend([source("b").into(), source("a").into(), exactly(2, "b").into()]), Ok(2));
}

/// The record but for order, numbers and times: each history of a claim by its length, the other entries, and
/// what stands and conflicts.
#[derive(Debug, PartialEq)]
struct Known {
    defined: BTreeSet<String>,
    histories: BTreeMap<String, usize>,
    standing: BTreeSet<String>,
    conflicts: BTreeSet<[String; 2]>,
}

/// A claim by all that it says.
fn content(claim: ClaimRef<'_>) -> String {
    format!("{:?}", claim.to_claim())
}

fn histories(ledger: &Ledger) -> BTreeMap<String, usize> {
    let mut histories = BTreeMap::new();
    for claim in ledger.claims() {
        *histories.entry(claim.label().to_string()).or_default() += 1 + usize::from(claim.is_retracted());
    }
    histories
}

fn known(ledger: &Ledger) -> Known {
    let sources = ledger.sources().map(|source| format!("{source:?}"));
    let predicates = ledger.predicates().map(|predicate| format!("{predicate:?}"));
    let constraints = ledger.constraints().map(|constraint| format!("{constraint:?}"));
    Known {
        defined: sources.chain(predicates).chain(constraints).collect(),
        histories: histories(ledger),
        standing: ledger.claims().filter(ClaimRef::stands).map(content).collect(),
        conflicts: conflicts(ledger),
    }
}

fn conflicts(ledger: &Ledger) -> BTreeSet<[String; 2]> {
    let pair = |one: ClaimRef<'_>, other: ClaimRef<'_>| {
        let mut pair = [content(one), content(other)];
        pair.sort();
        pair
    };
    ledger.conflicts().map(|conflict| pair(conflict.older(), conflict.newer())).collect()
}

#[cfg(feature = "proptest")]
mod laws {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use testimony::testing::strategies;

    use super::cases::cases;
    use super::*;

    /// Ledgers of which a few claims are recorded and taken back over and over.
    fn ledgers() -> impl Strategy<Value = Ledger> {
        (strategies::ledgers(), vec((0_u32..4, 0_u32..3), 0..20)).prop_map(|(drawn, steps)| {
            let mut ledger = Ledger::new();
            ledger.extend(drawn.entries().map(|entry| entry.to_entry())).unwrap();
            let origin = ledger.sources().next().unwrap().id().clone();
            for (figure, retracts) in steps {
                let claim = Claim::new(Topic::new("market bombing", "deaths"), Figure::exactly(figure), &origin);
                let receipt = ledger.record(claim).unwrap();
                if !receipt.is_new() && retracts > 0 {
                    ledger.retract(Retraction::new(receipt.id())).unwrap();
                }
            }
            ledger
        })
    }

    /// The same without the definitions of its predicates.
    fn undefined(ledger: &Ledger) -> Ledger {
        let mut bare = Ledger::new();
        let entries = ledger.entries().map(|entry| entry.to_entry());
        bare.extend(entries.filter(|entry| !matches!(entry.content(), Content::Predicate(_)))).unwrap();
        bare
    }

    /// Whether amendments of one part of a record differ, neither of them the later one: all else that is drawn agrees.
    fn differ(one: &Ledger, other: &Ledger) -> bool {
        let refused = one.clone().merge(other).map_err(|error| error.code());
        assert!(matches!(refused, Ok(_) | Err("amended-twice")), "{refused:?}");
        refused.is_err()
    }

    fn merged(one: &Ledger, other: &Ledger) -> Ledger {
        let mut merged = one.clone();
        let told = merged.merge(other).unwrap();
        for claim in other.claims() {
            let here = merged.claim(told.claim_numbered(claim.id()).unwrap()).unwrap();
            assert_eq!(here.label(), claim.label());
        }
        let entries = [told.sources(), told.predicates(), told.claims(), told.constraints(), told.retractions()];
        let added = [entries.as_slice(), &[told.names(), told.amendments()]].concat();
        assert_eq!(merged.len(), one.len() + added.iter().map(|tally| tally.added).sum::<usize>());
        assert_eq!(other.len(), added.iter().map(|tally| tally.added + tally.already_there).sum::<usize>());
        merged
    }

    proptest! {
        #![proptest_config(cases(64))]

        #[test]
        fn merging_is_commutative_idempotent_and_associative((a, b, c) in (ledgers(), ledgers(), ledgers())) {
            prop_assert_eq!(differ(&a, &b), differ(&b, &a));
            prop_assume!(!differ(&a, &b));
            let (ab, ba) = (merged(&a, &b), merged(&b, &a));
            prop_assert_eq!(known(&ab), known(&ba));
            prop_assert_eq!(&merged(&ab, &b), &ab);
            prop_assert_eq!(&merged(&ab, &a), &ab);
            prop_assert_eq!(&merged(&a, &a), &a);
            prop_assume!(!differ(&b, &c) && !differ(&a, &c));
            prop_assert_eq!(known(&merged(&ab, &c)), known(&merged(&a, &merged(&b, &c))));
        }

        #[test]
        fn what_is_refused_is_refused_by_both((a, b) in (ledgers(), ledgers())) {
            let b = undefined(&b);
            let (mut ab, mut ba) = (a.clone(), b.clone());
            // All but one of the predicates that are drawn mean more than none does.
            let clash = b.topics().any(|topic| topic.topic().predicate() != "injured");
            prop_assume!(clash || !differ(&a, &b));
            let (told, mirrored) = (ab.merge(&b), ba.merge(&a));
            prop_assert_eq!([told.is_err(), mirrored.is_err()], [clash, clash]);
            if clash {
                prop_assert_eq!((ab, ba), (a, b));
            } else {
                prop_assert_eq!(known(&ab), known(&ba));
            }
        }

        #[test]
        fn a_merged_ledger_knows_what_either_knew((a, b) in (ledgers(), ledgers())) {
            prop_assume!(!differ(&a, &b));
            let ab = merged(&a, &b);
            let mut longest = histories(&a);
            for (claim, length) in histories(&b) {
                let longer = longest.entry(claim).or_default();
                *longer = length.max(*longer);
            }
            prop_assert_eq!(histories(&ab), longest);
            // A ledger of what is left of it conflicts in the same way.
            let mut anew = Ledger::new();
            anew.extend(ab.sources().cloned().map(Entry::from)).unwrap();
            anew.extend(ab.predicates().cloned().map(Entry::from)).unwrap();
            let is_name = |entry: &Entry| matches!(entry.content(), Content::Subject(_) | Content::Scope(_));
            anew.extend(ab.entries().map(|entry| entry.to_entry()).filter(is_name)).unwrap();
            let left: Vec<_> = ab.claims().filter(|claim| !claim.is_retracted()).collect();
            anew.extend(left.iter().rev().map(|claim| claim.to_claim().into())).unwrap();
            prop_assert_eq!(conflicts(&anew), conflicts(&ab));
        }
    }
}

/// The topic goes by two names, and both are looked up.
#[test]
fn a_claim_on_a_topic_with_two_names_is_taken_back_as_often_as_either_knows() -> Result<(), Error> {
    let ministry = Source::new("moh", "Ministry of Health")?;
    let claim = |subject: &str| Claim::new(Topic::new(subject, "deaths"), Figure::exactly(2), ministry.id());
    let mut ours = Ledger::new();
    ours.add_source(ministry.clone())?;
    ours.add_subject(Names::new("Varn", ["Warn"]))?;
    let mut theirs = ours.clone();
    ours.record(claim("Varn"))?;
    let other_name = theirs.record(claim("Warn"))?.id();
    theirs.retract(Retraction::new(other_name))?;
    for _ in 0..2 {
        let recorded = theirs.record(claim("Varn"))?.id();
        theirs.retract(Retraction::new(recorded))?;
    }
    ours.merge(&theirs)?;
    assert_eq!(ours.claims().map(|claim| claim.is_retracted()).collect::<Vec<_>>(), [true, true, true]);
    Ok(())
}

/// Three logs, each in order, that were written at the same time.
#[test]
fn entries_in_any_order_are_taken_by_their_times() -> Result<(), testimony::Error> {
    let source = |id: &str| Entry::from(Source::new(id, id).unwrap());
    let at = |hour: u32, entry: Entry| entry.with_recorded(format!("2025-03-27T{hour:02}:00:00Z").parse().unwrap());
    let ids = |ledger: &Ledger| ledger.sources().map(|source| source.id().to_string()).collect::<Vec<_>>();

    let mut ledger = Ledger::new();
    let log = [source("a"), at(9, source("d")), source("e"), at(7, source("b")), source("c"), at(9, source("f"))];
    assert_eq!(ledger.extend_by_time(log)?, 6);
    assert_eq!(ids(&ledger), ["a", "b", "c", "d", "e", "f"]);

    // The day is another one there, and the instant the same.
    let there = source("h").with_recorded("2025-03-27T19:00:00+09:00".parse()?);
    assert_eq!(ledger.extend_by_time([at(11, source("g")), there])?, 2);
    assert_eq!(ids(&ledger)[6..], ["h", "g"]);

    let late = [at(12, source("i")), at(8, source("j"))];
    let error = ledger.extend_by_time(late).unwrap_err();
    assert_eq!(error.field(), Some("entries[1].recorded"));
    assert_eq!(ledger.sources().count(), 8);
    Ok(())
}
