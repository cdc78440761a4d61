//! The laws that a ledger keeps, whatever is recorded in it. `TESTIMONY_CASES` says how much is drawn.
#![cfg(feature = "proptest")]

#[path = "../cases/mod.rs"]
mod cases;
mod draw;
mod naive;
mod scorecards;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use testimony::testing::with_scan_limit;
use testimony::{
    Claim, ClaimRef, Dependence, Entry, Ledger, Measure, Names, Origins, Relation, RelationKind, Retraction,
    SubjectAmendment, Timestamp, Topic, TopicRef,
};

use crate::cases::cases;
use crate::draw::{Step, Story, story};
use crate::naive::{Naive, mirrors};
use crate::scorecards::{Card, plainly};

/// The topics of more claims than this are looked through with an index: all of them, all but the smallest, and none.
const SCAN_LIMITS: [usize; 3] = [0, 4, 10_000];

/// Follows a story with a ledger and with the naive computation, and compares them at every step.
fn follow(story: &Story, scan_limit: usize) -> Result<(), TestCaseError> {
    let mut ledger = story.empty(scan_limit);
    let mut naive = Naive::default();
    for (at, step) in story.steps.iter().enumerate() {
        let receipt = step.take(&mut ledger);
        naive.follow(&ledger);
        if let Some(receipt) = receipt {
            prop_assert_eq!(receipt.conflicts(), naive.newest(), "of step {}", at);
            let claims = ledger.claims().filter(|claim| !claim.is_retracted());
            let kinds = claims.filter_map(|claim| ledger.related(claim.id(), receipt.id()).map(|it| it.kind()));
            let incomparable = kinds.filter(|kind| *kind == RelationKind::Incomparable).count();
            prop_assert_eq!(receipt.not_compared(), incomparable, "of step {}", at);
        }
        prop_assert_eq!(ledger.conflict_count(), naive.count(), "after step {}", at);
        if at % 64 == 63 {
            naive.agrees_with(&ledger)?;
        }
    }
    naive.agrees_with(&ledger)
}

/// A claim by all that it says.
fn content(claim: ClaimRef<'_>) -> String {
    format!("{:?}", claim.to_claim())
}

/// The claims that stand, and the pairs that conflict and how, whatever the numbers.
fn known(ledger: &Ledger) -> BTreeSet<String> {
    let standing = ledger.claims().filter(ClaimRef::stands).map(content);
    let conflicts = ledger.conflicts().map(|conflict| {
        let mut pair = [conflict.older(), conflict.newer()].map(content);
        pair.sort();
        format!("{} {} {pair:?}", conflict.kind(), conflict.is_certain())
    });
    standing.chain(conflicts).collect()
}

/// The claim on another topic.
fn about(claim: &Claim, topic: Topic) -> Claim {
    let mut other = match claim.value() {
        Some(value) => Claim::new(topic, value.clone(), claim.origin()),
        None => Claim::declined(topic, claim.origin()),
    };
    other = other.with_stance(claim.stance());
    other = claim.relays().iter().fold(other, Claim::with_relay);
    other = claim.scope().into_iter().fold(other, Claim::with_scope);
    other = claim.as_of().into_iter().fold(other, Claim::with_as_of);
    other = claim.stated().into_iter().fold(other, Claim::with_stated);
    other = claim.confidence().cloned().into_iter().fold(other, Claim::with_confidence);
    claim.credibility().into_iter().fold(other, Claim::with_credibility)
}

/// All that a ledger says about some topics, but for history.
fn answers(ledger: &Ledger, topics: &[Topic]) -> Vec<String> {
    let about = |topic: TopicRef<'_>| {
        let numbers = |claims: Vec<ClaimRef<'_>>| claims.iter().map(|claim| claim.id().number()).collect::<Vec<_>>();
        let standing: Vec<_> = topic.standing().collect();
        let behind: Vec<_> = standing.iter().map(|claim| claim.corroboration().to_string()).collect();
        format!(
            "{:?} {:?} {:?} {behind:?} {:?} {} {:?}",
            topic.unmatched_units(),
            numbers(standing.clone()),
            numbers(topic.timeline()),
            topic.conflicts().map(|conflict| conflict.to_string()).collect::<Vec<_>>(),
            topic.positions(),
            topic.circles().map(|circle| circle.to_string()).collect::<Vec<_>>(),
        )
    };
    topics.iter().map(|topic| ledger.topic(topic).map_or_else(|| "nothing".to_owned(), about)).collect()
}

/// The ledger with an entry an hour, as far as a day goes.
fn timed(ledger: &Ledger) -> Ledger {
    let mut timed = with_scan_limit(Ledger::with_policy(ledger.policy().clone()), 4);
    for (at, entry) in ledger.entries().enumerate() {
        timed.append(entry.to_entry().with_recorded(hour(at.min(23)))).unwrap();
    }
    timed
}

fn hour(hour: usize) -> Timestamp {
    format!("2025-06-01T{hour:02}:00:00Z").parse().unwrap()
}

#[test]
fn what_is_drawn_collides() {
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeMap::<_, usize>::new();
    for _ in 0..100 {
        let story = story(60).new_tree(&mut runner).unwrap().current();
        let ledger = story.ledger(4);
        for related in ledger.relations() {
            *seen.entry(format!("{} {}", story.predicate.measure(), related.relation().kind())).or_default() += 1;
        }
        let refused = story.steps.len() - (ledger.len() - ledger.sources().len() - 1);
        let retracted = ledger.claims().filter(ClaimRef::is_retracted).count();
        for (what, count) in [("refused or repeated", refused), ("retracted", retracted)] {
            *seen.entry(what.to_owned()).or_default() += count;
        }
    }
    for (&measure, &kind) in
        Measure::ALL.iter().flat_map(|measure| RelationKind::ALL.iter().map(move |kind| (measure, kind)))
    {
        // A quantity that never changes is not updated, and a later claim on it follows nothing.
        let never = measure == Measure::Fixed && matches!(kind, RelationKind::Updates | RelationKind::Succeeds);
        let count = seen.get(&format!("{measure} {kind}")).copied().unwrap_or(0);
        assert_eq!(count < 10, never, "{measure} {kind} of {seen:#?}");
    }
    assert!(seen["refused or repeated"] > 100 && seen["retracted"] > 300, "{seen:#?}");
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn scorecards_are_what_each_claim_comes_to_alone(story in story(40)) {
        for scan_limit in SCAN_LIMITS {
            let ledger = story.ledger(scan_limit);
            for (card, source) in ledger.scorecards().iter().zip(ledger.sources()) {
                let counts = [
                    card.claims(), card.passed_on(), card.topics(), card.sole_topics(), card.corroborated(),
                    card.disputed(), card.revised(), card.retracted(),
                ];
                let leads = card.lead().map(|lead| {
                    [lead.least_days(), lead.median_days(), lead.most_days()].map(|days| i64::try_from(days).unwrap())
                });
                let got = Card { counts, leads, first_topics: card.first_topics() };
                prop_assert_eq!(got, plainly(&ledger, source), "{}", source);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(3))]

    #[test]
    fn a_hot_topic_is_answered_as_if_all_pairs_were_looked_at(story in story(300)) {
        follow(&story, 16)?;
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn the_index_answers_as_if_all_pairs_were_looked_at(story in story(60), limit in 0..SCAN_LIMITS.len()) {
        follow(&story, SCAN_LIMITS[limit])?;
    }

    #[test]
    fn the_order_of_recording_does_not_change_what_conflicts(
        (first, second) in story(40).prop_flat_map(|story| {
            let claims = story.claims();
            (Just((story.clone(), claims.clone())), (Just(story), Just(claims).prop_shuffle()))
        }),
        limit in 0..SCAN_LIMITS.len(),
    ) {
        let ledger = |(story, claims): &(Story, Vec<Claim>)| {
            let mut ledger = story.empty(SCAN_LIMITS[limit]);
            ledger.extend(claims.iter().cloned().map(Entry::from)).unwrap();
            ledger
        };
        let (first, second) = (ledger(&first), ledger(&second));
        prop_assert_eq!(first.conflict_count(), second.conflict_count());
        prop_assert_eq!(known(&first), known(&second));
    }

    #[test]
    fn taking_back_undoes_all_but_history_and_numbers(story in story(30), limit in 0..SCAN_LIMITS.len()) {
        let mut story = story;
        let last = story.steps.pop();
        let before = story.ledger(SCAN_LIMITS[limit]);
        let mut after = before.clone();
        if let Some(Step::Record(claim)) = last && let Ok(receipt) = after.record(*claim) && receipt.is_new() {
            after.retract(Retraction::new(receipt.id())).unwrap();
            let topics: Vec<_> = before.topics().map(|topic| topic.topic().clone()).collect();
            prop_assert_eq!(answers(&before, &topics), answers(&after, &topics));
            prop_assert_eq!(before.conflict_count(), after.conflict_count());
            prop_assert_eq!(before.relations().count(), after.relations().count());
            prop_assert_eq!(after.len(), before.len() + 2);
            Naive::of(&after).agrees_with(&after)?;
        }
    }

    #[test]
    fn the_view_at_the_present_is_the_ledger(story in story(30), at in 0..24_usize) {
        let ledger = timed(&story.ledger(4));
        let present = ledger.at(hour(23));
        prop_assert_eq!(&*present, &ledger);
        prop_assert_eq!(known(&present), known(&ledger));
        let then = ledger.at(hour(at));
        prop_assert_eq!(then.len(), if at == 23 { ledger.len() } else { ledger.len().min(at + 1) });
        prop_assert!(then.entries().eq(ledger.entries().take(then.len())));
        Naive::of(&then).agrees_with(&then)?;
    }

    #[test]
    fn subjects_that_are_joined_are_as_if_they_always_had_been(
        story in story(40),
        alias in vec(any::<bool>(), 40),
        at in any::<Index>(),
        limit in 0..SCAN_LIMITS.len(),
    ) {
        let claims = story.claims();
        let renamed = |place: usize, claim: &Claim| {
            if alias[place] { about(claim, Topic::new("alias", "p")) } else { claim.clone() }
        };
        let claims: Vec<Claim> = claims.iter().enumerate().map(|(place, claim)| renamed(place, claim)).collect();
        let (at, limit) = (at.index(claims.len() + 1), SCAN_LIMITS[limit]);
        let (mut joined, mut always) = (story.empty(limit), story.empty(limit));
        always.add_subject(Names::new("s", ["alias"])).unwrap();
        let join = |ledger: &mut Ledger| ledger.amend(SubjectAmendment::new("s").with_alias("alias")).unwrap();
        for (place, claim) in claims.iter().enumerate() {
            if place == at {
                join(&mut joined);
            }
            let (one, other) = (joined.record(claim.clone()).unwrap(), always.record(claim.clone()).unwrap());
            prop_assert_eq!(one.is_new(), other.is_new());
            if place % 7 == 6 {
                let taken_back = joined.retract(Retraction::new(one.id())).is_ok();
                prop_assert_eq!(taken_back, always.retract(Retraction::new(other.id())).is_ok());
            }
        }
        if at == claims.len() {
            join(&mut joined);
        }
        prop_assert_eq!(known(&joined), known(&always));
        let topics: Vec<_> = always.topics().map(|topic| topic.topic().clone()).collect();
        prop_assert_eq!(joined.topics().map(|topic| topic.topic().clone()).collect::<Vec<_>>(), topics.clone());
        prop_assert_eq!(answers(&joined, &topics), answers(&always, &topics));
        Naive::of(&joined).agrees_with(&joined)?;
        for claim in &claims {
            let again = joined.record(claim.clone()).unwrap();
            let expected = always.record(claim.clone()).unwrap();
            prop_assert_eq!((again.is_new(), again.id()), (expected.is_new(), expected.id()));
        }
        Naive::of(&joined).agrees_with(&joined)?;
    }

    #[test]
    fn a_relation_is_the_same_from_its_other_side(story in story(16)) {
        let ledger = story.ledger(4);
        for pair in ledger.relations().filter(|pair| !pair.older().is_disowned() && !pair.newer().is_disowned()) {
            let dependence = match pair.relation().origins() {
                Origins::Two(dependence) => dependence,
                Origins::Same { .. } => Dependence::Independent,
            };
            let [one, other] = [pair.older(), pair.newer()].map(|claim| claim.to_claim());
            let (predicate, policy) = (&story.predicate, &story.policy);
            let mirrored = Relation::between(&other, &one, predicate, policy, dependence).unwrap();
            mirrors(&pair.relation(), &mirrored)?;
        }
    }
}

#[cfg(feature = "serde")]
proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn what_was_written_is_read_as_it_was(story in story(40), limit in 0..SCAN_LIMITS.len(), hourly in any::<bool>()) {
        let ledger = story.ledger(4);
        let ledger = if hourly { timed(&ledger) } else { ledger };
        let bytes = |ledger: &Ledger| {
            let mut written = Vec::new();
            testimony::jsonl::write(ledger, &mut written).unwrap();
            String::from_utf8(written).unwrap()
        };
        let written = bytes(&ledger);
        let empty = with_scan_limit(Ledger::with_policy(story.policy.clone()), SCAN_LIMITS[limit]);
        let read = testimony::jsonl::read_into(empty, written.as_bytes(), |error| panic!("{error}")).unwrap().ledger;
        prop_assert_eq!(&read, &ledger);
        prop_assert_eq!(bytes(&read), written);
        // Equal ledgers have the same entries; what stands is worked out in another way when reading.
        Naive::of(&ledger).agrees_with(&read)?;
    }
}
