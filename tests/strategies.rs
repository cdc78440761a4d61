//! The strategies of `testimony::testing::strategies`: the values that they draw, and what holds of all of them.
#![cfg(feature = "proptest")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use testimony::testing::{ledger_of, strategies};
use testimony::{ContentRef, Period, RelationKind};

/// So many values, the same in every run.
fn drawn<T: std::fmt::Debug>(strategy: &impl Strategy<Value = T>, many: usize) -> Vec<T> {
    let mut runner = TestRunner::deterministic();
    (0..many).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

#[test]
fn the_claims_of_a_ledger_collide() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut count = |what, n| *seen.entry(what).or_default() += n;
    for ledger in drawn(&strategies::ledgers(), 500) {
        for related in ledger.relations() {
            count(related.relation().kind().as_str(), 1);
        }
        count("circles", ledger.circles().count());
        count("violations", ledger.violations().count());
        count("retracted", ledger.claims().filter(testimony::ClaimRef::is_retracted).count());
        let amendments = ledger.entries().filter(|entry| matches!(entry.content(), ContentRef::Amendment(_)));
        count("amended", amendments.count());
        count("by another name", ledger.claims().filter(|claim| claim.topic().subject() != "market bombing").count());
        count("timed", ledger.entries().filter(|entry| entry.recorded().is_some()).count());
        count("confirmed", ledger.claims().filter(|claim| claim.corroboration().is_confirmed()).count());
    }
    let expected = RelationKind::ALL.iter().map(|kind| kind.as_str());
    for what in
        expected.chain(["circles", "violations", "retracted", "amended", "by another name", "timed", "confirmed"])
    {
        assert!(seen.get(what).is_some_and(|n| *n >= 5), "{what} is hardly ever drawn: {seen:?}");
    }
}

#[test]
fn a_ledger_that_was_drawn_shows_what_is_on_record() {
    let ledger = drawn(&strategies::ledgers(), 20).into_iter().find(|ledger| ledger.topics().len() > 1).unwrap();
    let shown = format!("{ledger:?}");
    let dossiers: Vec<String> = ledger.topics().map(|topic| format!("\n{}", topic.dossier())).collect();
    assert!(shown.ends_with(&dossiers.concat()), "{shown}");
    assert!(shown.starts_with("a ledger with a tolerance of "), "{shown}");
    assert_eq!(ledger.clone().into_ledger(), *ledger);
}

proptest! {
    #[test]
    fn no_line_of_a_report_is_wider_than_a_terminal(ledger in strategies::ledgers()) {
        let violations: Vec<_> = ledger.violations().collect();
        let dossiers = ledger.topics().map(|topic| topic.dossier().to_string());
        let reports = dossiers
            .chain(ledger.conflicts().map(|conflict| conflict.to_string()))
            .chain(ledger.circles().map(|circle| circle.to_string()))
            .chain(violations.iter().map(ToString::to_string));
        for report in reports {
            prop_assert!(report.lines().all(|line| line.chars().count() <= 80), "{}", report);
        }
    }

    #[test]
    fn what_is_known_at_last_is_all_there_is(ledger in strategies::ledgers()) {
        let last = ledger.entries().last().and_then(|entry| entry.recorded());
        let time = last.unwrap_or_else(|| "2025-05-01T00:00:00Z".parse().unwrap());
        prop_assert_eq!(&*ledger.at(time), &*ledger);
    }

    #[test]
    fn a_claim_alone_stands_and_conflicts_with_nothing(claim in strategies::claims()) {
        let (ledger, [id]) = ledger_of([claim.clone()]);
        prop_assert_eq!(ledger.claim(id).map(|claim| (claim.stands(), claim.to_claim())), Some((true, claim)));
        prop_assert_eq!(ledger.conflicts().count(), 0);
    }

    #[test]
    fn a_period_is_written_as_it_is_read(period in strategies::periods()) {
        prop_assert_eq!(period.to_string().parse::<Period>(), Ok(period));
    }

    #[test]
    fn a_period_in_words_is_read_as_the_same_days_in_the_same_doubt(period in strategies::periods()) {
        let read = Period::read(&period.in_words())?;
        prop_assert_eq!((read.first_day(), read.last_day()), (period.first_day(), period.last_day()));
        prop_assert_eq!(read.is_qualified(), period.is_qualified());
        // A span of one date to itself is that date in words.
        let one = period.to_string();
        let same = one.split_once('/').is_some_and(|(from, to)| from == to);
        prop_assert!(same || read == period, "{:?} is read from {:?} as {:?}", period, period.in_words(), read);
    }

    #[test]
    fn any_words_are_read_or_refused_as_a_period(
        words in proptest::collection::vec(proptest::sample::select(vec![
            "5", "11", "20", "2024", "44", "1990", "June", "mar.", "-", "–", " ", ",", ".", "/", "'", "s", "th", "of", "Q", "1",
            "H2", "early", "mid", "late", "half", "quarter", "first", "since", "until", "before", "after", "between", "and",
            "to", "from", "on", "BC", "AD", "about", "perhaps", "some", "year", "day", "month", "14:30", "UTC", "+09:00", "pm",
            "Wed", "the", "in", "XX", "~", "20240605", "2024-06-05", "T", "9999", "10000", "é",
        ]), 0..9),
        glue in proptest::sample::select(vec!["", " "]),
    ) {
        let text = words.join(glue);
        for read in [Period::read(&text), Period::read_with(&text, testimony::DayOrder::DayFirst)] {
            match read {
                Ok(period) => prop_assert_eq!(period.to_string().parse::<Period>(), Ok(period)),
                Err(error) => prop_assert!(error.to_string().starts_with('"')),
            }
        }
    }
}

#[cfg(feature = "serde")]
proptest! {
    #[test]
    fn a_ledger_is_written_as_it_is_read(ledger in strategies::ledgers()) {
        let mut written = Vec::new();
        testimony::jsonl::write(&ledger, &mut written)?;
        let empty = testimony::Ledger::with_policy(ledger.policy().clone());
        let read = testimony::jsonl::read_into(empty, written.as_slice(), |error| panic!("{error}"))?.ledger;
        prop_assert_eq!(&read, &*ledger);
    }
}
