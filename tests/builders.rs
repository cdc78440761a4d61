//! The builders, the clock and the fixture of `testimony::testing`, and what they say when a test is wrong.
#![cfg(feature = "testing")]

mod failure;

use std::time::Duration;

use testimony::testing::{
    ManualClock, affirms, assert_relation, declines, declines_to_say, denies, figure, korea_herald, ledger_of, number,
    period, suggests,
};
use testimony::{Claim, ClaimId, Ledger, Moment, RelationKind, Source, Stance, Topic, Value};

use crate::failure::fails;

fn deaths() -> Topic {
    Topic::new("market bombing", "deaths")
}

#[test]
fn what_cannot_be_built_says_why() {
    fails(
        || drop(figure("aboot 3")),
        "\"aboot 3\" is not a figure; write a number with or without a hedge and a unit, such as over 4,000 troops or about 30%",
    );
    fails(
        || _ = period("yesterday"),
        "\"yesterday\" is not a period; write 2025, 2025-03, 2025-03-15, a span such as 2025-01/2025-03, .. for an open end, and ? ~ or % after a date in doubt",
    );
    fails(
        || _ = number("a lot"),
        "\"a lot\" is not a number; write digits, with an optional sign, fraction and exponent: -1250, 0.5, 1.2e6",
    );
    fails(
        || drop(affirms("the army", &deaths(), figure("3"))),
        "\"the army\" has white space or a control character, which an id may not have",
    );
    fails(
        || drop(affirms("army", &deaths(), figure("3")).as_of("yesterday")),
        "\"yesterday\" is not a period; write 2025, 2025-03, 2025-03-15, a span such as 2025-01/2025-03, .. for an open end, and ? ~ or % after a date in doubt",
    );
    fails(
        || drop(affirms("army", &deaths(), figure("3")).stated("2025-13")),
        "\"2025-13\" names a date that does not exist; months go from 01 to 12, and days to the last of the month in that year",
    );
    fails(|| drop(affirms("army", &deaths(), figure("3")).through("")), "\"\" is blank");
    let circular = || affirms("army", &deaths(), figure("3")).through("army");
    let refused = "“army affirms 3” is refused: claim.relays[0]: \"army\" is named twice in one chain of attribution; \
                   name the origin once, and each relay once, the one nearest the origin first";
    fails(|| _ = circular().record(&mut Ledger::new()), refused);
    fails(|| _ = ledger_of([circular()]), refused);
}

#[test]
fn a_claim_in_short_is_the_claim_in_full() {
    let id = |id: &str| Source::new(id, id).unwrap().id().clone();
    let text = || Value::text("decisive");
    let full = |stance| Claim::new(deaths(), text(), id("nis")).with_stance(stance);
    for (short, stance) in [
        (affirms("nis", &deaths(), text()), Stance::Affirms),
        (denies("nis", &deaths(), text()), Stance::Denies),
        (suggests("nis", &deaths(), text()), Stance::Suggests),
        (declines("nis", &deaths(), text()), Stance::Declines),
    ] {
        assert_eq!(Claim::from(short), full(stance));
    }
    assert_eq!(Claim::from(declines_to_say("nis", &deaths())), Claim::declined(deaths(), id("nis")));
    let short = affirms("nis", &deaths(), text())
        .through("lee")
        .through("herald")
        .as_of("2025-03")
        .stated("2025-03-26T09:00:00Z")
        .with(|claim| claim.with_note("n"));
    let full = full(Stance::Affirms)
        .with_relay(id("lee"))
        .with_relay(id("herald"))
        .with_as_of(period("2025-03"))
        .with_stated("2025-03-26T09:00:00Z".parse::<Moment>().unwrap())
        .with_note("n");
    assert_eq!(Claim::from(short), full);
}

#[test]
fn recording_adds_the_sources_that_are_missing_and_leaves_the_others() {
    let mut ledger = Ledger::new();
    ledger.add_source(Source::new("nis", "The service").unwrap()).unwrap();
    let said = |figure| affirms("nis", &deaths(), figure).through("lee");
    let ids = ["3", "3", "4"].map(|phrase| said(figure(phrase)).record(&mut ledger).number());
    assert_eq!(ids, [0, 0, 1]);
    let sources: Vec<_> = ledger.sources().map(|source| (source.id().as_str(), source.name())).collect();
    assert_eq!(sources, [("nis", "The service"), ("lee", "lee")]);
}

#[test]
fn the_clock_shows_what_it_was_set_to() {
    let clock = ManualClock::at("2025-05-04T09:00:00Z");
    let ask = clock.handle();
    assert_eq!(ask().to_string(), "2025-05-04T09:00:00Z");
    clock.advance(Duration::from_millis(1500));
    assert_eq!(ask().to_string(), "2025-05-04T09:00:01.500Z");
    clock.clone().set("2025-01-01T00:00:00+09:00");
    assert_eq!((ask().to_string(), clock.now()), ("2025-01-01T00:00:00+09:00".to_owned(), ask()));
    fails(
        || clock.set("noon"),
        "\"noon\" is not an RFC 3339 time; write 2025-03-27T09:00:00Z, or with an offset such as +09:00",
    );
    fails(
        || drop(ManualClock::at("noon")),
        "\"noon\" is not an RFC 3339 time; write 2025-03-27T09:00:00Z, or with an offset such as +09:00",
    );
    fails(
        || clock.advance(Duration::MAX),
        "18446744073709551615.999999999s after 2025-01-01T00:00:00+09:00 is beyond the year 9999",
    );
    assert_eq!(clock.now(), ask());
}

#[test]
fn the_korea_herald_reports_fifteen_claims_and_one_dispute() {
    let ledger = korea_herald();
    assert_eq!((ledger.claims().len(), ledger.violations().count()), (15, 1));
    let disputed: Vec<_> = ledger.conflicts().map(|c| (c.older().id().number(), c.newer().id().number())).collect();
    assert_eq!(disputed, [(6, 7)]);
    assert_relation(&ledger, ClaimId::new(1), RelationKind::Updates, ClaimId::new(0));
    let stances: Vec<_> =
        ledger.claims().filter(|claim| claim.stance() != Stance::Affirms).map(|c| c.id().number()).collect();
    assert_eq!(stances, [7, 9, 12]);
}
