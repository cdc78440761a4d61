//! A small piece of analysis code and its tests. `cargo test --example unit_testing` runs the tests; run as a program,
//! it advises on what one newspaper reports.

use std::fmt;
use std::io::Write as _;

use testimony::testing::korea_herald;
use testimony::{ClaimRef, Stance, TopicRef};

/// The advice that an editor gets on a topic.
#[derive(Debug, PartialEq, Eq)]
enum Advice {
    /// Two independent origins say so: print it as a fact.
    Print(String),
    /// One says so: print it, and say who.
    Attribute(String),
    /// Nobody with a name says so, or somebody says otherwise.
    Hold(&'static str),
}

/// Goes by the last claim that somebody affirms and that stands.
fn advice(topic: TopicRef<'_>) -> Advice {
    let affirmed: Vec<ClaimRef<'_>> =
        topic.timeline().into_iter().filter(|claim| claim.stands() && claim.stance() == Stance::Affirms).collect();
    let Some(last) = affirmed.last() else {
        return Advice::Hold("nobody says so");
    };
    if topic.conflicts().next().is_some() {
        return Advice::Hold("it is disputed");
    }
    match last.corroboration().known() {
        0 => Advice::Hold("nobody with a name says so"),
        1 => Advice::Attribute(last.to_string()),
        _ => Advice::Print(last.value().map(ToString::to_string).unwrap_or_default()),
    }
}

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Print(what) => write!(f, "print: {what}"),
            Self::Attribute(who) => write!(f, "attribute: {who}"),
            Self::Hold(why) => write!(f, "hold: {why}"),
        }
    }
}

fn main() {
    for topic in korea_herald().topics() {
        // Whoever has seen enough may close the pipe.
        let _ = writeln!(std::io::stdout(), "{}\n  {}", topic.topic(), advice(topic));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;
    use testimony::testing::{
        ManualClock, affirms, assert_corroborated_by, assert_in_conflict, assert_not_in_conflict, assert_relation,
        denies, figure, ledger_of, strategies, suggests,
    };
    use testimony::{Error, Ledger, Measure, Predicate, RelationKind, Source, SourceKind, Topic};

    use super::*;

    fn deaths() -> Topic {
        Topic::new("market bombing", "deaths")
    }

    fn advice_on(ledger: &Ledger) -> Advice {
        advice(ledger.topic(&deaths()).expect("somebody says something"))
    }

    #[test]
    fn what_two_independent_origins_say_is_printed() {
        let (ledger, [ministry, _]) = ledger_of([
            affirms("ministry", &deaths(), figure("at least 40")).as_of("2025-05-04"),
            affirms("hospital", &deaths(), figure("44")).as_of("2025-05-04"),
        ]);
        assert_corroborated_by(&ledger, ministry, 2);
        assert_eq!(advice_on(&ledger), Advice::Print("44".to_owned()));
    }

    #[test]
    fn two_papers_that_quote_one_ministry_are_one_origin() {
        let (ledger, [post, times]) = ledger_of([
            affirms("ministry", &deaths(), figure("at least 40")).through("post"),
            affirms("ministry", &deaths(), figure("at least 40")).through("times"),
        ]);
        assert_relation(&ledger, times, RelationKind::Repeats, post);
        assert_eq!(advice_on(&ledger), Advice::Attribute("ministry affirmed at least 40".to_owned()));
    }

    #[test]
    fn a_later_total_is_no_reason_to_hold() -> Result<(), Error> {
        let mut ledger = Ledger::new();
        ledger.add_predicate(Predicate::new("deaths").with_measure(Measure::Cumulative))?;
        affirms("ministry", &deaths(), figure("12")).as_of("2025-05-03").record(&mut ledger);
        affirms("hospital", &deaths(), figure("44")).as_of("2025-05-04").record(&mut ledger);
        assert_not_in_conflict(&ledger, &deaths());
        assert_eq!(advice_on(&ledger), Advice::Attribute("hospital affirmed 44".to_owned()));
        Ok(())
    }

    #[test]
    fn what_is_disputed_is_held_until_one_side_gives_way() {
        let clock = ManualClock::at("2025-05-04T09:00:00Z");
        let mut ledger = Ledger::new().with_clock(clock.handle());
        affirms("ministry", &deaths(), figure("44")).as_of("2025-05-04").record(&mut ledger);
        affirms("army", &deaths(), figure("12")).as_of("2025-05-04").stated("2025-05-04").record(&mut ledger);
        assert_in_conflict(&ledger, &deaths());
        assert_eq!(advice_on(&ledger), Advice::Hold("it is disputed"));

        clock.advance(Duration::from_secs(24 * 3600));
        affirms("army", &deaths(), figure("about 45")).as_of("2025-05-04").stated("2025-05-05").record(&mut ledger);
        assert_eq!(advice_on(&ledger), Advice::Print("about 45".to_owned()));
        // The ledger of the evening before has not changed.
        clock.set("2025-05-04T21:00:00Z");
        assert_eq!(advice_on(&ledger.at(clock.now())), Advice::Hold("it is disputed"));
    }

    #[test]
    fn hearsay_is_held() -> Result<(), Error> {
        let mut ledger = Ledger::new();
        ledger.add_source(Source::new("leak", "An official")?.with_kind(SourceKind::ANONYMOUS))?;
        affirms("leak", &deaths(), figure("over 100")).through("post").record(&mut ledger);
        assert_eq!(advice_on(&ledger), Advice::Hold("nobody with a name says so"));

        let (ledger, _) =
            ledger_of([suggests("mayor", &deaths(), figure("dozens")), denies("army", &deaths(), figure("over 100"))]);
        assert_eq!(advice_on(&ledger), Advice::Hold("nobody says so"));
        Ok(())
    }

    proptest! {
        #[test]
        fn what_is_in_conflict_is_never_printed(ledger in strategies::ledgers()) {
            for topic in ledger.topics() {
                if topic.conflicts().next().is_some() {
                    prop_assert!(matches!(advice(topic), Advice::Hold(_)), "{}", topic.dossier());
                }
            }
        }
    }
}
