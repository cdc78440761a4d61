//! Why two claims relate as they do, in whole sentences, and the report of a conflict (R14).
#![allow(clippy::too_many_lines, reason = "tables of cases are better in one piece")]

mod shorthand;

use testimony::{ClaimId, ClaimRef, Ledger, Measure, Policy, Predicate, RelationKind, Side, Source, SourceKind};

/// A ledger with some sources and the predicate p.
fn ledger(predicate: Predicate, policy: Policy) -> Ledger {
    let mut ledger = Ledger::with_policy(policy);
    let mut add = |source: Source| ledger.add_source(source).unwrap();
    add(Source::new("army", "The army").unwrap());
    let ministry = add(Source::new("ministry", "The ministry").unwrap());
    add(Source::new("office", "Its press office").unwrap().with_part_of(&ministry));
    add(Source::new("aide", "An aide").unwrap().with_kind(SourceKind::ANONYMOUS));
    add(Source::new("ap", "AP").unwrap());
    add(Source::new("bbc", "BBC").unwrap());
    ledger.add_predicate(predicate).unwrap();
    ledger
}

/// Records `ORIGIN [RELAY …]: CLAIM`, with figures in words; see [`shorthand::claim`].
fn record(ledger: &mut Ledger, text: &str) -> ClaimId {
    let (chain, text) = text.split_once(": ").unwrap();
    let mut chain = chain.split(' ').map(|id| ledger.source(id).unwrap().id().clone());
    let claim = shorthand::claim(text, &chain.next().unwrap(), |text| text.parse().unwrap());
    let claim = chain.fold(claim, |claim, relay| claim.with_relay(&relay));
    ledger.record(claim).unwrap().id()
}

/// Why two claims relate as they do, for each pair.
#[track_caller]
fn reasons(predicate: &Predicate, policy: &Policy, cases: &[(&str, &str, &str)]) {
    for (older, newer, because) in cases {
        let mut ledger = ledger(predicate.clone(), policy.clone());
        record(&mut ledger, older);
        record(&mut ledger, newer);
        let found: Vec<String> = ledger.relations().map(|related| related.because()).collect();
        assert_eq!(found, [*because], "{older} / {newer}");
    }
}

fn stock() -> Predicate {
    Predicate::new("p")
}

fn of(measure: Measure) -> Predicate {
    stock().with_measure(measure)
}

#[test]
fn what_agrees_says_how() {
    reasons(
        &stock(),
        &Policy::default(),
        &[
            (
                "army: 30 boats @ 2025-05-01",
                "ministry: 30 boats @ 2025-05-01",
                "Both say 30 boats. Both are about the same days. The two origins are independent of each other.",
            ),
            (
                "ministry: at least 31 @ 2025",
                "office: more than 30 @ 2025-03",
                "At least 31 and more than 30 come to the same. They are about times that overlap and are not the same. The two origins are not independent of each other.",
            ),
            (
                "army: 30",
                "aide: at least 10 @ 2025",
                "Every value of 30 is one of at least 10. The older does not say what time it is about. One origin is anonymous, so whether they are independent is not known.",
            ),
            (
                "aide: at least 10 @ 2025",
                "army: 30",
                "Every value of 30 is one of at least 10. The newer does not say what time it is about. One origin is anonymous, so whether they are independent is not known.",
            ),
            (
                "army: 30 to 40",
                "army: 35 to 50",
                "30–40 and 35–50 have values in common. Neither says what time it is about.",
            ),
            (
                "army: [2025-03-01/2025-03-05]",
                "army: [2025-03-05/2025-03-09]",
                "1–5 March 2025 and 5–9 March 2025 have values in common. Neither says what time it is about.",
            ),
            (
                "army: denies 'decisive' @ 2025-05-01",
                "ministry: denies 'decisive' @ 2025-05-01",
                "Both say that it is not “decisive”. Both are about the same days. The two origins are independent of each other.",
            ),
            (
                "army: 'decisive' @ 2025-05-01",
                "army: 'Decisive' @ 2025-05-01",
                "“decisive” and “Decisive” come to the same. Both are about the same days.",
            ),
        ],
    );
}

#[test]
fn what_is_later_brings_up_to_date_or_follows() {
    reasons(
        &stock(),
        &Policy::default(),
        &[
            (
                "army: 30 @ 2024",
                "army: 40 @ 2025",
                "Each can be true of its own time. The army brings its own word up to a later time, 2025.",
            ),
            (
                "army: 30 @ 2025",
                "ministry: 40 @ 2024",
                "Each can be true of its own time. The army speaks of a later time, 2025.",
            ),
        ],
    );
    reasons(
        &of(Measure::Cumulative),
        &Policy::default(),
        &[
            (
                "army: 30 @ 2024",
                "army: 40 @ 2025",
                "A running total can rise from 30 as of 2024 to 40 as of 2025. The army brings its own word up to a later time, 2025.",
            ),
            (
                "ministry: 40 @ 2025",
                "army: 30 @ 2024",
                "A running total can rise from 30 as of 2024 to 40 as of 2025. The ministry speaks of a later time, 2025.",
            ),
            (
                "army: 30 said 2024-05-01",
                "ministry: 40 said 2025-05-01",
                "A running total can rise from 30 (stated 1 May 2024) to 40 (stated 1 May 2025). The ministry speaks of a later time, 1 May 2025.",
            ),
            (
                "army: 30 @ 2024",
                "army: 30 @ 2024-05",
                "Both say 30. They are about times that overlap and are not the same.",
            ),
            // A denial rises to nothing.
            (
                "army: denies 30 @ 2024",
                "army: denies 30 @ 2025",
                "Both say that it is not 30. The army brings its own word up to a later time, 2025.",
            ),
        ],
    );
    reasons(
        &of(Measure::Fixed),
        &Policy::default(),
        &[("army: 30 @ 2024", "army: 30 @ 2025", "Both say 30. What it asks for is the same at any time.")],
    );
}

#[test]
fn what_clashes_says_why_and_by_how_much() {
    reasons(
        &stock().with_opposites("calm", "tense"),
        &Policy::default(),
        &[
            (
                "army: 30 @ 2025-05-01",
                "ministry: 40 @ 2025-05-01",
                "30 and 40 have no value in common. They lie 10 apart, 33.3% of the smaller. Both are about the same days.",
            ),
            (
                "army: 30 @ 2025-05-01",
                "ministry: 100 @ 2025-05-01",
                "30 and 100 have no value in common. They lie 70 apart, 233% of the smaller. Both are about the same days.",
            ),
            (
                "army: 100,000 @ 2025-05-01",
                "ministry: 100,001 @ 2025-05-01",
                "100,000 and 100,001 have no value in common. They lie 1 apart, less than 0.1% of the smaller. Both are about the same days. The conflict is possible and not certain because both could be true if numbers were taken less exactly.",
            ),
            (
                "army: 0 @ 2025-05-01",
                "ministry: 5 @ 2025-05-01",
                "0 and 5 have no value in common. They lie 5 apart. Both are about the same days.",
            ),
            (
                "army: 30% @ 2025-05-01",
                "ministry: 50% @ 2025-05-01",
                "30% and 50% have no value in common. They lie 19 percentage points apart, 62.3% of the smaller. Both are about the same days. This takes “30%” as 29.5% to less than 30.5% (rounded to its last digit), and “50%” as 49.5% to less than 50.5% (rounded to its last digit).",
            ),
            (
                "army: [2025-03]",
                "ministry: [2025-04-01]",
                "March 2025 and 1 April 2025 have no day in common. Neither says what time it is about, so the conflict is possible and not certain.",
            ),
            (
                "army: 30 @ 2025",
                "ministry: denies at least 20 @ 2025-03",
                "The army affirmed 30, and The ministry denied at least 20, which leaves no value of it. They are about times that overlap and are not the same, so the conflict is possible and not certain.",
            ),
            (
                "army: denies 30 @ 2025-05-01",
                "ministry: 30 @ 2025-05-01",
                "The ministry affirmed 30, and The army denied it. Both are about the same days.",
            ),
            (
                "army: 'decisive' @ 2025-05-01",
                "ministry: denies 'Decisive' @ 2025-05-01",
                "The army affirmed “decisive”, and The ministry denied it. Both are about the same days.",
            ),
            (
                "army: 'calm' @ 2025-05-01",
                "ministry: 'tense' @ 2025-05-01",
                "“calm” and “tense” are opposites. Both are about the same days.",
            ),
        ],
    );
    reasons(
        &stock().single_valued(),
        &Policy::default(),
        &[(
            "army: 'calm' @ 2025-05-01",
            "ministry: 'large' @ 2025-05-01",
            "“calm” and “large” differ, and “p” has one value at a time. Both are about the same days.",
        )],
    );
    reasons(
        &of(Measure::Flow),
        &Policy::default(),
        &[(
            "army: 800 shells @ 2025-01-10",
            "ministry: 500 shells @ 2025-01",
            "800 shells as of 10 January 2025 cannot be part of 500 shells as of January 2025: the one period lies within the other. They lie 300 apart, 60% of the smaller.",
        )],
    );
}

#[test]
fn a_running_total_is_told_with_its_times() {
    reasons(
        &of(Measure::Cumulative),
        &Policy::default(),
        &[
            (
                "army: 30 @ 2025",
                "ministry: 40 @ 2024",
                "A running total does not fall from 40 as of 2024 to 30 as of 2025. They lie 10 apart, 33.3% of the smaller.",
            ),
            (
                "army: 30 @ 2024",
                "ministry: denies more than 20 @ 2025",
                "A running total of 30 as of 2024 is at least that later, and The ministry denied more than 20 as of 2025, which leaves no value of it.",
            ),
            (
                "army: 30 @ 2025",
                "ministry: denies at most 50 @ 2024",
                "A running total of 30 as of 2025 is at most that earlier, and The ministry denied at most 50 as of 2024, which leaves no value of it.",
            ),
        ],
    );
}

#[test]
fn what_else_is_known_of_two_claims_is_told() {
    reasons(
        &stock(),
        &Policy::default(),
        &[
            (
                "army: 30 held 0.5",
                "ministry: 40",
                "The army calls 30 neither likely nor unlikely (50% likely), which commits to nothing.",
            ),
            (
                "army: denies 30 held icd203:unlikely",
                "ministry: 40",
                "The army denies 30 without calling that likely (unlikely (icd203)), which commits to nothing.",
            ),
            ("army: disowns 30", "ministry ap: 30", "The army says that it never said so, which is no denial of it."),
            (
                "army: 30 counting confirmed",
                "ministry: 40 counting probable",
                "30 (confirmed) and 40 (probable) count different things.",
            ),
            (
                "army: 'x' held 0.1",
                "ministry: denies 'x'",
                "Both speak against “x”. Neither says what time it is about. The two origins are independent of each other.",
            ),
            (
                "army: 31 @ 2025-05-01~",
                "ministry: 42 counting confirmed @ 2025-05-01 said 2025-04-01",
                "31 and 42 have no value in common. They lie 11 apart, 35.5% of the smaller. Both are about the same days. The conflict is possible and not certain because the time of the older, about 1 May 2025, is not given for sure, only the newer says what exactly it counts, “confirmed” and the newer is a forecast, made on 1 April 2025.",
            ),
        ],
    );
    reasons(
        &of(Measure::Fixed),
        &Policy::default(),
        &[(
            "army: [1510~]",
            "ministry: [1512]",
            "About 1510 and 1512 have no day in common. What it asks for is the same at any time. The conflict is possible and not certain because about 1510 is not given for sure.",
        )],
    );
    reasons(
        &of(Measure::Cumulative),
        &Policy::default(),
        &[
            (
                "army: 41 said 2025-05-04T09:00:00Z",
                "ministry: 43 said 2025-05-04T18:00:00Z",
                "A running total can rise from 41 (stated 4 May 2025, 09:00 UTC) to 43 (stated 4 May 2025, 18:00 UTC). The ministry speaks of a later time, 4 May 2025, 18:00 UTC.",
            ),
            (
                "army: 41 @ 2025-05-04 said 2025-05-04T09:00:00Z",
                "ministry: 39 @ 2025-05-04 said 2025-05-04T18:00:00Z",
                "A running total does not fall from 41 (stated 4 May 2025, 09:00 UTC) to 39 (stated 4 May 2025, 18:00 UTC). They lie 2 apart, 5.1% of the smaller.",
            ),
            (
                "army: 4,725 @ 2022-11-10",
                "ministry: 4,733 @ 2022-11-07/2022-11-13",
                "A running total may have grown from 4,725 as of 10 November 2022 to 4,733 as of 7–13 November 2022 within the time that they share.",
            ),
            (
                "army: 4,733 @ 2022-11-07/2022-11-10",
                "ministry: 4,725 @ 2022-11-10/2022-11-13",
                "A running total does not fall from 4,733 as of 7–10 November 2022 to 4,725 as of 10–13 November 2022. They lie 8 apart, 0.2% of the smaller. They are about times that overlap and are not the same.",
            ),
            (
                "army: 41 @ 2025-05-04",
                "ministry: 43 said 2025-05-04T18:00:00Z",
                "41 and 43 have no value in common. They lie 2 apart, 4.9% of the smaller. Both are about the same days. The conflict is possible and not certain because only the newer says at which instant of the day it counted and the newer does not say what time it is about, and the time of saying stands in.",
            ),
        ],
    );
}

#[test]
fn a_doubt_and_a_disowned_quote_are_reported_whole() {
    let report = |claims: &[&str]| {
        let mut ledger = ledger(stock(), Policy::default());
        for text in claims {
            record(&mut ledger, text);
        }
        ledger.conflicts().map(|conflict| conflict.to_string()).collect::<String>()
    };
    assert_eq!(
        report(&["army: 'group Z' held icd203:almost certain", "ministry: 'group Z' held icd203:almost no chance"]),
        "\
Possible dispute: s · p
  [0] “group Z”
      The army
  [1] “group Z”
      The ministry
  The army affirmed “group Z”, and The ministry doubted it. Neither says what
  time it is about, so the conflict is possible and not certain. It is also only
  possible because The ministry only calls “group Z” unlikely (almost no chance
  (icd203)), which is a doubt and no denial.
"
    );
    assert_eq!(
        report(&["army ap: 15,000 said 2025-03-01", "army: disowns 15,000 said 2025-03-03"]),
        "\
Misreport: s · p
  [0] 15,000                                                 stated 1 March 2025
      The army, through AP
  [1] disowned: 15,000                                       stated 3 March 2025
      The army
  AP hands on 15,000 as the word of The army, which says that it never said so.
  One of them has The army wrong.
"
    );
    assert_eq!(
        report(&[
            "army ap: 15,000 said 2025-03-01",
            "army: 900 said 2025-03-02",
            "army: disowns 15,000 said 2025-03-03",
        ]),
        "\
Possible misreport: s · p
  [0] 15,000                                                 stated 1 March 2025
      The army, through AP
  [1] 900                                                    stated 2 March 2025
      The army
  15,000 and 900 have no value in common. They lie 14,100 apart, 1,567% of the
  smaller. Neither says what time it is about, so the conflict is possible and
  not certain. The army says that it never said the older, so neither takes the
  other back.
Misreport: s · p
  [0] 15,000                                                 stated 1 March 2025
      The army, through AP
  [2] disowned: 15,000                                       stated 3 March 2025
      The army
  AP hands on 15,000 as the word of The army, which says that it never said so.
  One of them has The army wrong.
"
    );
}

#[test]
fn what_is_silent_or_cannot_be_compared_says_so() {
    reasons(
        &stock(),
        &Policy::default(),
        &[
            ("army: 30", "ministry: suggests 40", "The ministry only suggested 40, which commits to nothing."),
            ("army: declines", "ministry: 40", "The army declined to say, which is no denial."),
            (
                "army: declines",
                "ministry: suggests 'many'",
                "The army declined to say, which is no denial. The ministry only suggested “many”, which commits to nothing.",
            ),
            (
                "army: 'calm'",
                "ministry: 'large'",
                "“calm” and “large” are different texts, and the one says nothing of the other.",
            ),
            ("army: denies 30", "ministry: denies 40", "Both deny, and not the same: 30 and 40."),
            ("army: 30 to 50", "ministry: denies 40", "Not every value of 30–50 is denied by denying 40."),
            ("ministry: denies 40", "army: 30 to 50", "Not every value of 30–50 is denied by denying 40."),
            ("army: 30", "ministry: 'many'", "A figure and a text cannot be compared."),
            ("army: [2025]", "ministry: 30", "A period and a figure cannot be compared."),
            ("army: 30%", "ministry: 30 boats", "30% (a proportion) and 30 boats (in “boats”) cannot be compared."),
            (
                "army: 2.5 tonnes",
                "ministry: 2.5",
                "2.5 tonnes (in “tonnes”) and 2.5 (without a unit) cannot be compared.",
            ),
        ],
    );
    reasons(
        &of(Measure::Flow),
        &Policy::default(),
        &[(
            "army: 30 @ 2025",
            "ministry: 20 @ 2025-03",
            "30 as of 2025 and 20 as of March 2025 happened in different periods.",
        )],
    );
    reasons(
        &stock().with_unit("boats"),
        &Policy::default(),
        &[("army: 30", "ministry: 30 ships", "30 boats (in “boats”) and 30 ships (in “ships”) cannot be compared.")],
    );
}

#[test]
fn what_the_policy_and_the_voices_decide_is_told() {
    reasons(
        &stock().single_valued(),
        &Policy::default().with_days_apart(5),
        &[
            (
                "army: 'calm' @ 2025-03-01",
                "ministry: 'large' @ 2025-03-05",
                "“calm” and “large” differ, and “p” has one value at a time. They are about times that overlap, or are as near as the policy allows, so the conflict is possible and not certain.",
            ),
            (
                "army ap: 'calm' @ 2025-05-01",
                "army bbc: 'large' @ 2025-05-01",
                "“calm” and “large” differ, and “p” has one value at a time. Both are about the same days. Both are said to be the word of The army, by different relays: one of them has it wrong.",
            ),
            (
                "army: 'calm' @ 2025-05-01",
                "army: 'large' @ 2025-05-01",
                "“calm” and “large” differ, and “p” has one value at a time. Both are about the same days. Both are the word of The army, and it is not known which was said later.",
            ),
            (
                "army: 'calm' @ 2025 said 2025-03-01",
                "army: 'large' @ 2025 said 2025-03-02",
                "“calm” and “large” differ, and “p” has one value at a time. Both are about the same days. The army said the newer of the two later, and so takes the other back.",
            ),
            (
                "army: 'calm' @ 2025 said 2025-03-02",
                "army: 'large' @ 2025 said 2025-03-01",
                "“calm” and “large” differ, and “p” has one value at a time. Both are about the same days. The army said the older of the two later, and so takes the other back.",
            ),
            (
                "army: 'calm' @ 2025-05-01",
                "army: denies 'calm' @ 2025-05-01",
                "The army both affirmed and denied “calm”. Both are about the same days. Both are the word of The army, and it is not known which was said later.",
            ),
        ],
    );
}

#[test]
fn a_width_that_somebody_chose_is_told() {
    let narrow = Policy::default().with_tolerance("0.05".parse().unwrap()).unwrap();
    reasons(
        &stock(),
        &narrow,
        &[
            (
                "army: about 300 @ 2025-05-01",
                "ministry: nearly 400 @ 2025-05-01",
                "About 300 and nearly 400 have no value in common. They lie 65 apart, 20.6% of the smaller. Both are about the same days. This takes “about 300” as 285 to 315 (a width of 5%), and “nearly 400” as 380 to 399 (a width of 5%).",
            ),
            (
                "army: dozens @ 2025-05-01",
                "ministry: 200 @ 2025-05-01",
                "Dozens and 200 have no value in common. They lie 1 apart, 0.5% of the smaller. Both are about the same days. The conflict is possible and not certain because both could be true if numbers were taken less exactly. This takes “dozens” as 24 to 199 (by convention).",
            ),
            (
                "army: 50% @ 2025-05-01",
                "ministry: about 40% @ 2025-05-01",
                "50% and about 40% have no value in common. They lie 7.5 percentage points apart, 17.9% of the smaller. Both are about the same days. This takes “50%” as 49.5% to less than 50.5% (rounded to its last digit), and “about 40%” as 38% to 42% (a width of 5%).",
            ),
            (
                "army: about 2.5 tonnes @ 2025-05-01",
                "ministry: 3 tonnes @ 2025-05-01",
                "About 2.5 tonnes and 3 tonnes have no value in common. They lie 0.375 apart, 14.3% of the smaller. Both are about the same days. This takes “about 2.5 tonnes” as 2.375 to 2.625 (a width of 5%).",
            ),
            (
                "army: about 20 @ 2025-05-01",
                "ministry: 30 @ 2025-05-01",
                "About 20 and 30 have no value in common. They lie 9 apart, 42.9% of the smaller. Both are about the same days. This takes “about 20” as 19 to 21 (a width of 5%).",
            ),
            (
                "army: about 19 @ 2025-05-01",
                "ministry: 30 @ 2025-05-01",
                "About 19 and 30 have no value in common. They lie 10 apart, 50% of the smaller. Both are about the same days. This takes “about 19” as 18 to 20 (the least width of a count, 1).",
            ),
            (
                "army: nearly 5 @ 2025-05-01",
                "ministry: 3 @ 2025-05-01",
                "Nearly 5 and 3 have no value in common. They lie 1 apart, 33.3% of the smaller. Both are about the same days. The conflict is possible and not certain because both could be true if numbers were taken less exactly. This takes “nearly 5” as 4 (the least width of a count, 1).",
            ),
            (
                "army: about 3 to 40 @ 2025-05-01",
                "ministry: 50 @ 2025-05-01",
                "About 3–40 and 50 have no value in common. They lie 8 apart, 19% of the smaller. Both are about the same days. This takes “about 3–40” as 2 to 42 (a width of 5%, and at least 1).",
            ),
            (
                "army: about 3 to 4 @ 2025-05-01",
                "ministry: 50 @ 2025-05-01",
                "About 3–4 and 50 have no value in common. They lie 45 apart, 900% of the smaller. Both are about the same days. This takes “about 3–4” as 2 to 5 (the least width of a count, 1).",
            ),
            (
                "army: about 2.5 @ 2025-05-01",
                "ministry: 3.5 @ 2025-05-01",
                "About 2.5 and 3.5 have no value in common. They lie 0.875 apart, 33.3% of the smaller. Both are about the same days. This takes “about 2.5” as 2.375 to 2.625 (a width of 5%).",
            ),
        ],
    );
}

#[test]
fn a_conflict_is_reported_with_its_numbers() {
    let mut ledger = ledger(stock(), Policy::default());
    record(&mut ledger, "army: 1 @ 2024");
    record(&mut ledger, "army ap bbc: 30 @ 2025 said 2025-03-01");
    record(&mut ledger, "aide: about 40 @ 2025-03");
    let conflict = ledger.conflicts().next().unwrap();
    assert_eq!(
        conflict.to_string(),
        "\
Possible dispute: s · p
  [1] 30                                         as of 2025, stated 1 March 2025
      The army, through AP, then BBC
  [2] about 40                                                  as of March 2025
      An aide (anonymous)
  30 and about 40 have no value in common. They lie 6 apart, 20% of the smaller.
  They are about times that overlap and are not the same, so the conflict is
  possible and not certain. This takes “about 40” as 36 to 44 (a width of 10%).
"
    );
    assert_eq!(
        conflict.numbered(|id| id.number() + 7).to_string(),
        conflict.to_string().replace("[1]", "[8]").replace("[2]", "[9]")
    );
}

#[cfg(feature = "serde")]
#[test]
fn a_relation_is_written_for_machines_too() {
    use serde_json::json;

    let mut ledger = ledger(of(Measure::Cumulative), Policy::default());
    for claim in ["army: 30 @ 2025", "army: 40 @ 2024", "ministry: 50 @ 2023"] {
        record(&mut ledger, claim);
    }
    let topic = json!({"subject": "s", "predicate": "p"});
    let relations: Vec<_> = ledger.relations().map(|related| serde_json::to_value(related).unwrap()).collect();
    let label = |claim| ledger.claim(ClaimId::new(claim)).unwrap().label().to_string();
    let revises = json!({
        "relation": "revises",
        "claims": [0, 1],
        "labels": [label(0), label(1)],
        "topic": topic,
        "timing": "later",
        "certain": true,
        "later": 0,
        "supersedes": 0,
        "gap": {"amount": 10, "relative": "0.3333333333333333333333333333"},
        "because": "A running total does not fall from 40 as of 2024 to 30 as of 2025. They lie 10 apart, 33.3% of the smaller. The army said the older of the two later, and so takes the other back.",
    });
    let disputes = json!({
        "relation": "disputes",
        "claims": [0, 2],
        "labels": [label(0), label(2)],
        "topic": topic,
        "timing": "later",
        "certain": true,
        "later": 0,
        "gap": {"amount": 20, "relative": "0.6666666666666666666666666667"},
        "because": "A running total does not fall from 50 as of 2023 to 30 as of 2025. They lie 20 apart, 66.7% of the smaller.",
    });
    assert_eq!(relations[..2], [revises, disputes.clone()]);
    let conflicts: Vec<_> = ledger.conflicts().map(|conflict| serde_json::to_value(conflict).unwrap()).collect();
    assert_eq!(conflicts, [disputes]);
}

#[test]
fn a_conflict_is_what_its_relation_is() {
    let mut ledger = ledger(of(Measure::Cumulative), Policy::default());
    record(&mut ledger, "army: 30 @ 2025");
    record(&mut ledger, "ministry: 50 @ 2024");
    record(&mut ledger, "army: 40 said 2026-01-01");
    let related: Vec<_> = ledger.relations().collect();
    let numbers = |claims: &[ClaimRef<'_>]| claims.iter().map(|claim| claim.id().number()).collect::<Vec<_>>();
    let [falls, rises, falls_again] = related.as_slice() else { panic!("{related:?}") };
    assert_eq!(numbers(&[falls.older(), falls.newer(), falls.later().unwrap()]), [0, 1, 0]);
    assert_eq!(numbers(&[rises.older(), rises.newer(), rises.later().unwrap()]), [0, 2, 2]);
    assert_eq!(numbers(&[falls_again.side(Side::First), falls_again.side(Side::Second)]), [1, 2]);
    assert!(falls.superseding().is_none());
    let conflict = ledger.conflicts().next().unwrap();
    assert_eq!(numbers(&[conflict.older(), conflict.newer()]), [0, 1]);
    assert_eq!((conflict.kind(), conflict.relation()), (RelationKind::Disputes, falls.relation()));
    assert_eq!(numbers(&[conflict.older(), conflict.newer()]), [0, 1]);
    assert_eq!(conflict.because(), falls.because());
    assert!(conflict.is_certain());
}

#[test]
fn a_conflict_is_called_by_its_kind_and_certainty() {
    for (older, newer, title) in [
        ("army: 30 @ 2025-05-01", "ministry: 40 @ 2025-05-01", "Dispute"),
        ("army: 30 @ 2025", "ministry: 40", "Possible dispute"),
        ("army ap: 30 @ 2025-05-01", "army bbc: 40 @ 2025-05-01", "Misreport"),
        ("army ap: 30 @ 2025", "army bbc: 40", "Possible misreport"),
        ("army: 30 @ 2025-05-01", "army: 40 @ 2025-05-01", "Self-contradiction"),
        ("army: 30 @ 2025", "army: 40", "Possible self-contradiction"),
    ] {
        let mut ledger = ledger(stock(), Policy::default());
        record(&mut ledger, older);
        record(&mut ledger, newer);
        let reports: Vec<String> = ledger.conflicts().map(|conflict| conflict.to_string()).collect();
        let [report] = reports.as_slice() else { panic!("{older} / {newer}: {reports:?}") };
        assert_eq!(report.lines().next(), Some(format!("{title}: s · p").as_str()), "{older} / {newer}");
    }
}

#[test]
fn sources_of_one_name_are_told_apart_by_their_ids() {
    let mut ledger = ledger(stock(), Policy::default());
    for id in ["army-north", "army\u{200b}"] {
        ledger.add_source(Source::new(id, "The army").unwrap()).unwrap();
    }
    record(&mut ledger, "army ministry: 30 boats @ 2025-05-01");
    record(&mut ledger, "army-north army\u{200b}: 40 boats @ 2025-05-01");
    let conflict = ledger.conflicts().next().unwrap();
    assert_eq!(
        conflict.to_string(),
        "\
Dispute: s · p
  [0] 30 boats                                                  as of 1 May 2025
      The army (army), through The ministry
  [1] 40 boats                                                  as of 1 May 2025
      The army (army-north), through The army (army\\u{200b})
  30 boats and 40 boats have no value in common. They lie 10 apart, 33.3% of the
  smaller. Both are about the same days.
"
    );
    assert_eq!(conflict.newer().to_string(), "The army (army-north) affirmed 40 boats");
}
