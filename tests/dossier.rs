//! A topic laid out for a reader, as it is printed.

use testimony::{Claim, Error, Figure, Ledger, Measure, Predicate, Source, SourceId, Topic};

fn topic() -> Topic {
    Topic::new("siege", "dead")
}

fn ledger(measure: Measure) -> Result<(Ledger, SourceId), Error> {
    let mut ledger = Ledger::new();
    ledger.add_predicate(Predicate::new("dead").with_measure(measure))?;
    let army = ledger.add_source(Source::new("army", "The army")?)?;
    Ok((ledger, army))
}

#[test]
fn a_claim_updates_the_last_of_its_origin_that_is_wholly_before_it() -> Result<(), Error> {
    let (mut ledger, army) = ledger(Measure::Stock)?;
    let city = ledger.add_source(Source::new("city", "City council")?)?;
    for (source, dead, day) in [
        (&army, 10, "2025-05-01"),
        (&army, 12, "2025-05-02"),
        (&city, 11, "2025-05-02"),
        (&army, 15, "2025-05-04"),
        (&army, 15, "2025-05"),
        (&city, 16, "2025-05-09"),
    ] {
        ledger.record(Claim::new(topic(), Figure::exactly(dead), source).with_as_of(day.parse()?))?;
    }
    let dossier = ledger.topic(&topic()).expect("it is on record").dossier().to_string();
    let updates: Vec<(&str, &str)> = dossier
        .lines()
        .scan("", |claim, line| {
            if line.starts_with("  [") {
                *claim = line.split_whitespace().next().unwrap_or_default();
            }
            Some((*claim, line.trim()))
        })
        .filter(|(_, line)| line.starts_with("updates"))
        .collect();
    assert_eq!(updates, [("[1]", "updates [0]"), ("[3]", "updates [1]"), ("[5]", "updates [2]")], "{dossier}");
    Ok(())
}

#[test]
fn a_dossier_lists_a_hundred_conflicts_and_says_how_many_more_there_are() -> Result<(), Error> {
    for (claims, more) in
        [(14, None), (15, Some("  and 5 more conflicts\n")), (150, Some("  and 11,075 more conflicts\n"))]
    {
        let (mut ledger, _) = ledger(Measure::Fixed)?;
        for dead in 0..claims {
            let source = ledger.add_source(Source::new(format!("s{dead}"), format!("Source {dead}"))?)?;
            ledger.record(Claim::new(topic(), Figure::exactly(dead), &source))?;
        }
        let topic = ledger.topic(&topic()).expect("it is on record");
        assert_eq!(topic.conflict_count(), topic.conflicts().count() as u64);
        let dossier = topic.dossier().to_string();
        let listed = dossier.lines().filter(|line| line.starts_with("  Dispute: ")).count();
        assert_eq!(listed, topic.conflicts().count().min(100));
        assert!(dossier.ends_with(more.unwrap_or_default()), "{dossier}");
        assert_eq!(dossier.contains("more conflict"), more.is_some());
    }
    Ok(())
}

#[test]
fn of_many_claims_that_revise_one_a_dossier_names_eight() -> Result<(), Error> {
    let (mut ledger, army) = ledger(Measure::Fixed)?;
    for day in 1..=20_u64 {
        let claim = Claim::new(topic(), Figure::exactly(day), &army);
        ledger.record(claim.with_stated(format!("2025-05-{day:02}").parse::<testimony::Moment>()?))?;
    }
    let dossier = ledger.topic(&topic()).expect("it is on record").dossier().to_string();
    let revised: Vec<&str> = dossier.lines().filter(|line| line.contains("superseded")).map(str::trim).collect();
    assert_eq!(revised[0], "superseded by [1], [2], [3], [4], [5], [6], [7], [8] and 11 more");
    assert_eq!(revised[11], "superseded by [12], [13], [14], [15], [16], [17], [18], [19]");
    assert_eq!(revised.len(), 19);
    Ok(())
}
