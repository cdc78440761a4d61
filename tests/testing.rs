//! The assertions of `testimony::testing`: the whole message of each when it fails, and silence otherwise.
#![cfg(feature = "testing")]
#![allow(clippy::too_many_lines, reason = "tables of cases are better in one piece")]

mod failure;

use testimony::testing::{
    affirms, assert_allows, assert_corroborated_by, assert_covers, assert_excludes, assert_in_conflict,
    assert_no_circles, assert_no_conflicts, assert_no_violations, assert_not_in_conflict, assert_relation,
    declines_to_say, figure, korea_herald, ledger_of, number,
};
use testimony::{ClaimId, Figure, Ledger, Measure, Policy, Predicate, RelationKind, Topic};

use crate::failure::{fails, failure};

fn deaths() -> Topic {
    Topic::new("market bombing", "deaths")
}

/// The ministry and the army disagree; the hospital bears the ministry out.
fn disputed() -> (Ledger, [ClaimId; 3]) {
    ledger_of([
        affirms("ministry", &deaths(), figure("at least 40")).through("agency").as_of("2025-05-04"),
        affirms("army", &deaths(), figure("12")).as_of("2025-05-04"),
        affirms("hospital", &deaths(), figure("about 45")).as_of("2025-05-04"),
    ])
}

/// The claims of [`disputed`] and where they stand, as a failing assertion shows them.
const DISPUTED: &str = "\
market bombing · deaths
  [0] at least 40                                               as of 4 May 2025
      ministry, through agency
  [1] 12                                                        as of 4 May 2025
      army
  [2] about 45                                                  as of 4 May 2025
      hospital
  Where they stand by the last word of each:
  41 to 49                                                 2 independent origins
      ministry, hospital: [0] [2]
  12                                                        1 independent origin
      army: [1]
  Dispute: [0] and [1].
    At least 40 and 12 have no value in common. They lie 28 apart, 233% of the
    smaller. Both are about the same days.
  Dispute: [1] and [2].
    12 and about 45 have no value in common. They lie 29 apart, 242% of the
    smaller. Both are about the same days. This takes “about 45” as 41 to 49 (a
    width of 10%).";

/// A running total.
fn rising() -> (Ledger, [ClaimId; 2]) {
    let mut ledger = Ledger::new();
    ledger.add_predicate(Predicate::new("deaths").with_measure(Measure::Cumulative)).unwrap();
    let first = affirms("ministry", &deaths(), figure("12")).as_of("2025-05-03").record(&mut ledger);
    let second = affirms("ministry", &deaths(), figure("at least 40")).as_of("2025-05-04").record(&mut ledger);
    (ledger, [first, second])
}

#[test]
fn a_topic_is_in_conflict_or_not() {
    let ((disputed, _), (rising, _)) = (disputed(), rising());
    assert_in_conflict(&disputed, &deaths());
    assert_not_in_conflict(&rising, &deaths());
    fails(
        || assert_in_conflict(&rising, &deaths()),
        "\
expected a conflict about market bombing · deaths, found none

market bombing · deaths                                          a running total
  [0] 12                                                        as of 3 May 2025
      ministry
  [1] at least 40                                               as of 4 May 2025
      ministry
      updates [0]
  Where they stand by the last word of each:
  at least 40                                               1 independent origin
      ministry: [1]

[0] and [1], “updates”: A running total can rise from 12 as of 3 May 2025 to at
  least 40 as of 4 May 2025. ministry brings its own word up to a later time, 4
  May 2025.",
    );
    fails(
        || assert_not_in_conflict(&disputed, &deaths()),
        &format!(
            "\
expected no conflict about market bombing · deaths, found 2: [0] and [1], [1]
  and [2]

{DISPUTED}"
        ),
    );
}

#[test]
fn what_no_longer_stands_is_in_no_conflict() {
    let (ledger, _) = ledger_of([
        affirms("army", &deaths(), figure("12")).stated("2025-05-04"),
        affirms("hospital", &deaths(), figure("40")),
        affirms("army", &deaths(), figure("40")).stated("2025-05-05"),
    ]);
    fails(
        || assert_in_conflict(&ledger, &deaths()),
        "\
expected a conflict about market bombing · deaths, found none

market bombing · deaths
  [0] 12                                                       stated 4 May 2025
      army
      superseded by [2]
  [2] 40                                                       stated 5 May 2025
      army
  [1] 40
      hospital
  Where they stand by the last word of each:
  40                                                       2 independent origins
      hospital, army: [1] [2]

[0] and [1], “disputes”: 12 and 40 have no value in common. They lie 28 apart,
  233% of the smaller. Neither says what time it is about, so the conflict is
  possible and not certain. That does not count, since [0] does not stand.
[0] and [2], “revises”: 12 and 40 have no value in common. They lie 28 apart,
  233% of the smaller. Neither says what time it is about. army said the newer
  of the two later, and so takes the other back.
[1] and [2], “corroborates”: Both say 40. Neither says what time it is about.
  The two origins are independent of each other.",
    );
}

#[test]
fn a_topic_that_no_claim_is_about_is_neither() {
    let (disputed, _) = disputed();
    let misspelt = Topic::new("market bombing", "death");
    fails(
        || assert_in_conflict(&disputed, &misspelt),
        "\
no claim is about market bombing · death

The ledger has claims about
  market bombing · deaths",
    );
    fails(
        || assert_not_in_conflict(&Ledger::new(), &deaths()),
        "no claim is about market bombing · deaths: the ledger has no claims",
    );
    fails(
        || assert_not_in_conflict(&korea_herald(), &misspelt),
        "\
no claim is about market bombing · death

The ledger has claims about
  North Korean troops in Ukraine · casualties
  North Korean troops in Ukraine · share of the first deployed lost
  North Korean troops in Ukraine · first deployed
  North Korean troops in Ukraine · casualty rate before leaving Kursk
  North Korean troops in Ukraine · sent later
  North Korean troops in Ukraine · weight in the battles of Kursk
  North Korean troops in Ukraine · use
  North Korean troops in Ukraine · among the casualties
  North Korean troops in Ukraine · bodies
  North Korean troops in Ukraine · orders in case of capture
  and 3 more topics",
    );
}

#[test]
fn many_pairs_are_not_all_listed() {
    let mut ledger = Ledger::new();
    for n in 0..6 {
        let origin = format!("s{n}");
        affirms(&origin, &deaths(), Figure::exactly(n)).record(&mut ledger);
    }
    let said = failure(|| assert_not_in_conflict(&ledger, &deaths()));
    let first = "expected no conflict about market bombing · deaths, found 15: [0] and [1], [0]
  and [2], [1] and [2], [0] and [3], [1] and [3], [2] and [3], [0] and [4], [1]
  and [4], [2] and [4], [3] and [4] and 5 more
";
    assert_eq!(said.split_once("\n\n").map(|(first, _)| first), Some(first.trim_end()));

    let mut ledger = Ledger::new();
    for n in 0..6 {
        let origin = format!("s{n}");
        affirms(&origin, &deaths(), Figure::at_least(n)).record(&mut ledger);
    }
    let said = failure(|| assert_in_conflict(&ledger, &deaths()));
    assert!(said.ends_with("\nand 5 more pairs"), "{said}");
}

#[test]
fn many_topics_are_not_all_told() {
    let mut ledger = Ledger::new();
    for n in 0..6 {
        let topic = Topic::new(format!("bombing {n}"), "deaths");
        affirms("army", &topic, figure("12")).record(&mut ledger);
        affirms("ministry", &topic, figure("40")).record(&mut ledger);
    }
    let said = failure(|| assert_no_conflicts(&ledger));
    assert!(said.starts_with("expected no conflicts, found 6 on 6 topics\n\nbombing 0 · deaths\n"), "{said}");
    assert!(said.ends_with("\n\nand 1 more topic"), "{said}");
    assert!(said.contains("\nbombing 4 · deaths\n") && !said.contains("bombing 5"), "{said}");
}

#[test]
fn two_claims_relate_as_given() {
    let (disputed, [ministry, army, hospital]) = disputed();
    assert_relation(&disputed, ministry, RelationKind::Disputes, army);
    assert_relation(&disputed, army, RelationKind::Disputes, ministry);
    assert_relation(&disputed, hospital, RelationKind::Corroborates, ministry);
    fails(
        || assert_relation(&disputed, army, RelationKind::Corroborates, ministry),
        &format!(
            "\
expected the relation “corroborates” from [1] to [0], found “disputes”

[0] and [1], “disputes”: At least 40 and 12 have no value in common. They lie 28
  apart, 233% of the smaller. Both are about the same days.

{DISPUTED}"
        ),
    );
    fails(
        || assert_relation(&disputed, army, RelationKind::Repeats, ClaimId::new(7)),
        "no claim is [7]: the ledger has 3, numbered from 0",
    );
    let (lonely, [army]) = ledger_of([declines_to_say("army", &deaths())]);
    fails(
        || assert_relation(&lonely, army, RelationKind::Repeats, army),
        "\
expected the relation “repeats” from [0] to [0], but they are one claim

market bombing · deaths
  [0] declined to say
      army
      silent: to decline is not to deny",
    );
    let herald = korea_herald();
    fails(
        || assert_relation(&herald, ClaimId::new(3), RelationKind::Corroborates, ClaimId::new(4)),
        "\
expected the relation “corroborates” from [3] to [4], but [3] is about North
  Korean troops in Ukraine · first deployed, and [4] about North Korean troops
  in Ukraine · casualty rate before leaving Kursk

North Korean troops in Ukraine · first deployed             the same at any time
  [3] 11,000 persons
      The Korea Herald

North Korean troops in Ukraine · casualty rate before leaving Kursk
  [4] about 30%                                               as of January 2025
      Rep. Lee Seong-kweun, through The Korea Herald",
    );
}

#[test]
fn what_comes_later_relates_to_what_comes_earlier() {
    let (mut ledger, [first, second]) = rising();
    assert_relation(&ledger, second, RelationKind::Updates, first);
    fails(
        || assert_relation(&ledger, first, RelationKind::Updates, second),
        "\
expected the relation “updates” from [0] to [1], found it from [1] to [0]

[0] and [1], “updates”: A running total can rise from 12 as of 3 May 2025 to at
  least 40 as of 4 May 2025. ministry brings its own word up to a later time, 4
  May 2025.

market bombing · deaths                                          a running total
  [0] 12                                                        as of 3 May 2025
      ministry
  [1] at least 40                                               as of 4 May 2025
      ministry
      updates [0]
  Where they stand by the last word of each:
  at least 40                                               1 independent origin
      ministry: [1]",
    );
    let other = affirms("hospital", &deaths(), figure("44")).as_of("2025-05-05").record(&mut ledger);
    let lower = affirms("ministry", &deaths(), figure("39")).as_of("2025-05-06").record(&mut ledger);
    assert_relation(&ledger, other, RelationKind::Succeeds, second);
    assert_relation(&ledger, lower, RelationKind::Revises, second);
    for (earlier, kind, later) in [(second, RelationKind::Succeeds, other), (second, RelationKind::Revises, lower)] {
        let said = failure(|| assert_relation(&ledger, earlier, kind, later));
        let first = format!("expected the relation “{kind}” from [1] to [{later}], found it from [{later}] to [1]");
        assert_eq!(said.lines().next(), Some(first.as_str()));
    }
}

#[test]
fn a_claim_is_corroborated() {
    let (disputed, [ministry, army, hospital]) = disputed();
    assert_corroborated_by(&disputed, ministry, 2);
    assert_corroborated_by(&disputed, hospital, 2);
    assert_corroborated_by(&disputed, army, 1);
    fails(
        || assert_corroborated_by(&disputed, ministry, 3),
        &format!(
            "\
expected [0] to be corroborated by at least 3 independent origins, found 2
  independent origins

[0] at least 40: 2 independent origins
  [0] at least 40, the same: ministry, through agency
  [2] about 45, within it: hospital

[0] and [1], “disputes”: At least 40 and 12 have no value in common. They lie 28
  apart, 233% of the smaller. Both are about the same days.
[0] and [2], “corroborates”: Every value of about 45 is one of at least 40. Both
  are about the same days. The two origins are independent of each other. This
  takes “about 45” as 41 to 49 (a width of 10%).

{DISPUTED}"
        ),
    );
    fails(
        || assert_corroborated_by(&disputed, ClaimId::new(3), 1),
        "no claim is [3]: the ledger has 3, numbered from 0",
    );
}

#[test]
fn a_ledger_has_no_conflicts_circles_or_violations() {
    let ((disputed, _), (rising, _)) = (disputed(), rising());
    assert_no_conflicts(&rising);
    fails(
        || assert_no_conflicts(&disputed),
        &format!(
            "\
expected no conflicts, found 2 on 1 topic

{DISPUTED}"
        ),
    );

    assert_no_circles(&korea_herald());
    let (circular, _) = ledger_of([
        affirms("post", &deaths(), figure("40")).through("times"),
        affirms("times", &deaths(), figure("40")).through("post"),
    ]);
    fails(
        || assert_no_circles(&circular),
        "\
expected no circles, found 1 on 1 topic

market bombing · deaths
  [0] 40
      post, through times
  [1] 40
      times, through post
  Where they stand by the last word of each:
  40                                                        1 independent origin
      post, times: [0] [1]
  Circle: post and times attribute to each other what none of them says first,
    in 2 claims. They count as one voice.",
    );

    assert_no_violations(&disputed);
    fails(
        || assert_no_violations(&korea_herald()),
        "\
expected no violations, found 1

Does not add up, across origins, by the last word of each: North Korean troops
  in Ukraine · share of the first deployed lost = North Korean troops in Ukraine
  · casualties ÷ North Korean troops in Ukraine · first deployed
  [1] casualties: more than 4,000 persons                 as of 11–20 March 2025
      National Intelligence Service, through Rep. Lee Seong-kweun, then The
      Korea Herald
  [2] share of the first deployed lost: nearly one-third
      The Korea Herald
  [3] first deployed: 11,000 persons
      The Korea Herald
  More than 4,000 persons (casualties) of 11,000 persons (first deployed) is
  more than 36.37%, and The Korea Herald says nearly one-third (share of the
  first deployed lost).

North Korean troops in Ukraine · casualties                      a running total
  [0] about 3,000 persons                                     as of January 2025
      National Intelligence Service, through Rep. Lee Seong-kweun, then The
      Korea Herald
  [1] more than 4,000 persons                             as of 11–20 March 2025
      National Intelligence Service, through Rep. Lee Seong-kweun, then The
      Korea Herald
      updates [0]
  Where they stand by the last word of each:
  at least 4,001 persons                                    1 independent origin
      National Intelligence Service: [1]

North Korean troops in Ukraine · share of the first deployed lost
  [2] nearly one-third
      The Korea Herald

North Korean troops in Ukraine · first deployed             the same at any time
  [3] 11,000 persons
      The Korea Herald",
    );
}

#[test]
fn a_figure_allows_some_values_and_excludes_others() {
    assert_allows(&figure("over 4,000"), 4700);
    assert_excludes(&figure("over 4,000"), 4000);
    assert_excludes(&figure("over 4,000"), number("4000.5"));
    assert_allows(&figure("over 4,000.5 tonnes"), number("4000.6"));
    fails(
        || assert_allows(&figure("over 4,000"), 4000),
        "expected more than 4,000 to allow 4,000, but it allows at least 4,001",
    );
    fails(
        || assert_allows(&figure("about 3,000 persons"), 4000),
        "\
expected about 3,000 persons to allow 4,000 persons, but it allows 2,700 to
  3,300 persons, by a width of 10%",
    );
    fails(
        || assert_excludes(&figure("about 3,000"), 3000),
        "\
expected about 3,000 to exclude 3,000, but it allows 2,700 to 3,300, by a width
  of 10%",
    );
    fails(
        || assert_allows(&figure("nearly one-third"), number("0.36")),
        "\
expected nearly one-third to allow 36%, but it allows at least 30% and less than
  33.34%, by a width of 10%",
    );
    fails(
        || assert_allows(&figure("about 3"), 5),
        "\
expected about 3 to allow 5, but it allows 2 to 4, by the least width of a
  count, 1",
    );
    fails(
        || assert_allows(&figure("about 2.5 tonnes"), 5),
        "\
expected about 2.5 tonnes to allow 5 tonnes, but it allows 2.25 to 2.75 tonnes,
  by a width of 10%",
    );
    fails(|| assert_allows(&figure("12"), number("12.5")), "expected 12 to allow 12.5, but it does not");
    fails(
        || assert_allows(&figure("dozens"), 12),
        "expected dozens to allow 12, but it allows 24 to 199, by convention",
    );
    fails(|| assert_allows(&Figure::less_than(0), 12), "\"less than 0\" allows no value at all");
    fails(|| assert_excludes(&Figure::less_than(0), 12), "\"less than 0\" allows no value at all");
    let share = figure("over 4,000").share_of(&figure("11,000"), &Policy::default()).unwrap();
    assert_allows(share, number("0.37"));
    fails(|| assert_excludes(share, number("0.37")), "expected more than 0.3636 to exclude 0.37, but it does not");
}

#[test]
fn a_claim_allows_values_as_its_ledger_has_it() {
    let policy = Policy::default().with_tolerance(number("0.5")).unwrap();
    let mut ledger = Ledger::with_policy(policy);
    ledger.add_predicate(Predicate::new("deaths").with_unit("persons")).unwrap();
    let army = affirms("army", &deaths(), figure("about 30")).record(&mut ledger);
    let mayor = declines_to_say("mayor", &deaths()).record(&mut ledger);
    let claim = |id| ledger.claim(id).unwrap();
    assert_allows(claim(army), 15);
    assert_excludes(claim(army), 14);
    fails(
        || assert_allows(claim(army), 14),
        "\
expected [0] about 30 persons to allow 14 persons, but it allows 15 to 45
  persons, by a width of 50%

market bombing · deaths
  [0] about 30 persons
      army
  [1] declined to say
      mayor
      silent: to decline is not to deny
  Where they stand by the last word of each:
  15 to 45 persons                                          1 independent origin
      army: [0]
  silent:
      mayor: [1]",
    );
    fails(
        || assert_excludes(claim(mayor), 14),
        "\
[1] declined to say is no figure

market bombing · deaths
  [0] about 30 persons
      army
  [1] declined to say
      mayor
      silent: to decline is not to deny
  Where they stand by the last word of each:
  15 to 45 persons                                          1 independent origin
      army: [0]
  silent:
      mayor: [1]",
    );
}

#[test]
fn a_ledger_covers_the_figures_of_a_text_or_not() {
    let (ledger, _) = ledger_of([affirms("ministry", &deaths(), figure("at least 40"))]);
    assert_covers(&ledger, "At least 40 people were killed on 3 May 2025.");
    fails(
        || assert_covers(&ledger, "At least 40 people were killed, and 120 hurt."),
        "\
expected a claim for each figure of the text, found none for 1 figure

1 claim, held against a text of 45 characters. 1 claim has something to look at.

[0] market bombing · deaths: at least 40
    ministry
    Doubt: the text does not name ministry.
    Doubt: it cites no words of the text.

Of 2 figures in the text, 1 is in no claim:
  “120” at 36: 40 people were killed, and 120 hurt.",
    );
}

#[cfg(feature = "serde")]
#[test]
fn what_changed_is_told_as_a_digest() {
    use testimony::testing::assert_unchanged;

    let (ledger, _) = disputed();
    assert_unchanged(&ledger, &ledger.clone());
    let (before, _) = ledger_of([affirms("ministry", &deaths(), figure("at least 40")).as_of("2025-05-04")]);
    let (after, _) = ledger_of([affirms("ministry", &deaths(), figure("41")).as_of("2025-05-04")]);
    let digest = before.diff(&after).to_string();
    assert!(digest.contains("market bombing · deaths: 41") && digest.contains("at least 40"), "{digest}");
    assert_eq!(
        failure(|| assert_unchanged(&before, &after)),
        format!("expected nothing to change\n\n{}", digest.trim_end())
    );
}

/// A report is as wide as its format says, and no wider than 80 columns where that says nothing.
#[test]
fn reports_are_as_wide_as_their_format_says() {
    let (ledger, _) = disputed();
    let conflict = ledger.conflicts().next().expect("the two disagree");
    let topic = conflict.older().topic_ref();
    for (width, reports) in [
        (40, [format!("{conflict:40}"), format!("{:40}", topic.dossier()), format!("{:40}", topic.positions())]),
        (80, [format!("{conflict}"), format!("{}", topic.dossier()), format!("{}", topic.positions())]),
        (120, [format!("{conflict:120}"), format!("{:120}", topic.dossier()), format!("{:120}", topic.positions())]),
    ] {
        for report in reports {
            let widest = report.lines().map(|line| line.chars().count()).max();
            assert!(widest.is_some_and(|widest| widest <= width && widest > width - 12), "{width}: {report}");
        }
    }
}
