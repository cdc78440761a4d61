//! Differences between two ledgers, as data and as a digest.
#![cfg(feature = "serde")]

use testimony::{
    Citation, Claim, ClaimAmendment, Credibility, Figure, Ledger, Moment, Reliability, Retraction, Source,
    SourceAmendment, Topic,
};

/// A ministry and an army that disagree on one topic, and what was known before the army spoke.
fn ledgers() -> (Ledger, Ledger) {
    let mut ledger = Ledger::new();
    let ministry = ledger.add_source(Source::new("moh", "Ministry of Health").unwrap()).unwrap();
    let army = ledger.add_source(Source::new("army", "The army").unwrap()).unwrap();
    let deaths = Topic::new("market bombing", "deaths");
    let claim = |figure, origin| Claim::new(deaths.clone(), figure, origin).with_as_of("2025-05-04".parse().unwrap());
    let early = claim(Figure::at_least(40), &ministry).with_stated("2025-05-04".parse::<Moment>().unwrap());
    ledger.record(early).unwrap();
    ledger.record(Claim::new(Topic::new("market bombing", "wounded"), Figure::exactly(90), &ministry)).unwrap();
    let before = ledger.clone();
    ledger.record(claim(Figure::exactly(12), &army)).unwrap();
    (before, ledger)
}

/// Asserts that the listed conflicts are those of the two ledgers without those that both have.
fn listed_is_what_changed(before: &Ledger, after: &Ledger) {
    let labels = |ledger: &Ledger| -> Vec<[testimony::Label; 2]> {
        let pair = |conflict: testimony::Conflict<'_>| [conflict.older().label(), conflict.newer().label()];
        ledger.conflicts().map(pair).collect()
    };
    let (were, are) = (labels(before), labels(after));
    let diff = before.diff(after);
    let listed = |conflicts: &[testimony::Conflict<'_>]| -> Vec<[testimony::Label; 2]> {
        conflicts.iter().map(|conflict| [conflict.older().label(), conflict.newer().label()]).collect()
    };
    let only = |these: &[[testimony::Label; 2]], others: &[[testimony::Label; 2]]| -> Vec<_> {
        these.iter().filter(|pair| !others.contains(pair)).copied().collect()
    };
    assert_eq!(listed(diff.newly_disputed()), only(&are, &were));
    assert_eq!(listed(diff.settled()), only(&were, &are));
}

/// A story in which figures are revised, taken back, stand again and come to one topic, looked at from every hour to
/// every other.
#[test]
fn every_conflict_that_came_or_went_between_two_times_is_listed() {
    let mut ledger = Ledger::new();
    let time = |hour: usize| format!("2025-05-04T{hour:02}:00:00Z").parse::<testimony::Timestamp>().unwrap();
    let sources = ["a", "b", "c"].map(|id| ledger.add_source(Source::new(id, id).unwrap()).unwrap());
    let say = |subject: &str, source: usize, dead: u64, stated: u32| {
        let claim = Claim::new(Topic::new(subject, "dead"), Figure::exactly(dead), &sources[source]);
        let stated = format!("2025-05-{stated:02}").parse::<Moment>().unwrap();
        testimony::Entry::from(claim.with_as_of("2025-05".parse().unwrap()).with_stated(stated))
    };
    let steps = [
        say("siege", 0, 40, 1),
        say("siege", 1, 12, 1),
        say("siege", 0, 12, 2),
        say("Siege", 2, 99, 1),
        testimony::Amendment::from(testimony::SubjectAmendment::new("siege").with_alias("Siege")).into(),
        testimony::Entry::from(Retraction::new(testimony::ClaimId::new(2))),
        say("siege", 1, 40, 3),
        testimony::Entry::from(Retraction::new(testimony::ClaimId::new(3))),
    ];
    for (hour, step) in steps.into_iter().enumerate() {
        ledger.append(step.with_recorded(time(hour))).unwrap();
    }
    for (from, to) in (0..8).flat_map(|from| (0..8).map(move |to| (from, to))) {
        listed_is_what_changed(&ledger.at(time(from)), &ledger.at(time(to)));
    }
}

#[test]
fn no_more_than_ten_thousand_conflicts_are_listed_as_new() {
    let mut ledger = Ledger::new();
    let before = ledger.clone();
    for dead in 0..150_u64 {
        let source = ledger.add_source(Source::new(format!("s{dead}"), "A source").unwrap()).unwrap();
        ledger.record(Claim::new(Topic::new("siege", "dead"), Figure::exactly(dead), &source)).unwrap();
    }
    assert_eq!(ledger.conflict_count(), 11_175);
    let diff = before.diff(&ledger);
    assert_eq!((diff.newly_disputed().len(), diff.has_more_disputed(), diff.has_more_settled()), (10_000, true, false));
    assert_eq!(diff.to_string().lines().next(), Some("At least 10,000 pairs of claims newly in conflict:"));
    let settled = ledger.diff(&before);
    assert_eq!((settled.settled().len(), settled.has_more_settled()), (10_000, true));
}

/// A subject of 500 claims that all conflict gets another name, and all pairs conflict as they did.
#[test]
fn of_more_pairs_than_can_be_looked_at_the_digest_says_so() {
    let mut ledger = Ledger::new();
    let sources: Vec<_> =
        (0..500_u64).map(|i| ledger.add_source(Source::new(format!("s{i}"), "A source").unwrap()).unwrap()).collect();
    for (dead, source) in (0_u64..).zip(&sources) {
        ledger.record(Claim::new(Topic::new("siege", "dead"), Figure::exactly(dead), source)).unwrap();
    }
    let before = ledger.clone();
    ledger.amend(testimony::SubjectAmendment::new("the siege").with_alias("siege")).unwrap();
    let diff = before.diff(&ledger);
    assert_eq!((diff.newly_disputed().len(), diff.has_more_disputed(), diff.is_empty()), (0, true, false));
    assert_eq!(
        diff.to_string(),
        "\
Pairs of claims may be newly in conflict: there are too many to look at.
Pairs of claims may be no longer in conflict: there are too many to look at.
"
    );
}

#[test]
fn nothing_changed_says_so() {
    let (before, _) = ledgers();
    assert!(before.diff(&before).is_empty());
    assert_eq!(before.diff(&before).to_string(), "Nothing changed.\n");
}

#[test]
fn a_new_dispute_is_told_with_its_two_sides() {
    let (before, after) = ledgers();
    let diff = before.diff(&after);
    assert_eq!((diff.new_claims().len(), diff.newly_disputed().len(), diff.settled().len()), (1, 1, 0));
    assert_eq!(
        diff.to_string(),
        "\
1 pair of claims newly in conflict:
  market bombing · deaths
    at least 40                              as of 4 May 2025, stated 4 May 2025
        Ministry of Health
    12                                                          as of 4 May 2025
        The army
1 claim new:
  market bombing · deaths: 12                                   as of 4 May 2025
      The army
"
    );
    let back = after.diff(&before);
    assert_eq!((back.missing().len(), back.settled().len(), back.new_claims().len()), (1, 1, 0));
}

#[test]
fn what_was_taken_back_revised_and_amended_is_told_apart() {
    let (_, mut ledger) = ledgers();
    let before = ledger.clone();
    let [first, wounded, army]: [_; 3] =
        ledger.claims().map(|claim| claim.id()).collect::<Vec<_>>().try_into().unwrap();
    let army_id = ledger.source("army").unwrap().id().clone();
    ledger.retract(Retraction::new(army).with_by(&army_id).with_reason("counted one house alone")).unwrap();
    let deaths = Topic::new("market bombing", "deaths");
    let ministry = ledger.source("moh").unwrap().id().clone();
    let later = Claim::new(deaths, Figure::exactly(38), &ministry).with_as_of("2025-05-04".parse().unwrap());
    ledger.record(later.with_stated("2025-05-09".parse::<Moment>().unwrap())).unwrap();
    let amendment = ClaimAmendment::new(wounded).with_credibility(Credibility::new(2).unwrap());
    ledger.amend(amendment.with_citation(Citation::new().with_title("Bulletin"))).unwrap();
    ledger.amend(SourceAmendment::new(&army_id).with_reliability(Reliability::C)).unwrap();

    let diff = before.diff(&ledger);
    assert_eq!(diff.revised().iter().map(testimony::ClaimRef::id).collect::<Vec<_>>(), [first]);
    assert_eq!(
        diff.to_string(),
        "\
1 pair of claims no longer in conflict:
  market bombing · deaths
    at least 40                              as of 4 May 2025, stated 4 May 2025
        Ministry of Health
    12                                                          as of 4 May 2025
        The army
1 claim new:
  market bombing · deaths: 38                as of 4 May 2025, stated 9 May 2025
      Ministry of Health
1 claim taken back:
  market bombing · deaths: 12                                   as of 4 May 2025
      The army
      reason: counted one house alone
1 claim revised by a later one of its origin:
  market bombing · deaths: at least 40       as of 4 May 2025, stated 4 May 2025
      Ministry of Health
1 claim amended by the recorder:
  market bombing · wounded: 90
      Ministry of Health
      credibility: 2, probably true, and was not on record
      1 citation, and had 0
1 source amended:
  The army (army)
      reliability: C, fairly reliable, and was not on record
"
    );
}

#[test]
fn claims_are_told_by_what_they_say_and_not_by_number() {
    let (before, after) = ledgers();
    let mut other = Ledger::new();
    other.merge(&after).unwrap();
    let mut reversed = Ledger::new();
    for source in ["army", "moh"].map(|id| after.source(id).unwrap().clone()) {
        reversed.add_source(source).unwrap();
    }
    for claim in after.claims().rev() {
        reversed.record(claim.to_claim()).unwrap();
    }
    assert!(after.diff(&reversed).is_empty() && reversed.diff(&other).is_empty());
    assert_eq!(before.diff(&reversed).newly_disputed().len(), 1);
}
