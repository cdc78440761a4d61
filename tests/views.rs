//! Claims and entries on record, which give back what was recorded, and nothing else (R1, R20).

use testimony::{
    AnalyticConfidence, Basis, Citation, Claim, ClaimId, Constraint, Content, ContentRef, Credibility, Entry, Figure,
    Ledger, Moment, Period, Predicate, Retraction, Source, SourceId, Stance, Timestamp, Topic, Value,
};

fn topic() -> Topic {
    Topic::new("s", "p")
}

fn id(text: &str) -> SourceId {
    text.parse().unwrap()
}

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

fn stated() -> Moment {
    "2025-03-27T09:00:00Z".parse().unwrap()
}

fn citation() -> Citation {
    Citation::new().with_url("https://example.org/1")
}

/// A claim with all that a claim can have.
fn full() -> Claim {
    Claim::new(topic(), Figure::exactly(5), id("a"))
        .with_stance(Stance::Denies)
        .with_relay(id("b"))
        .with_relay(id("c"))
        .with_as_of(period("2025-03"))
        .with_stated(stated())
        .with_confidence(AnalyticConfidence::Low)
        .with_basis(Basis::Told)
        .with_credibility(Credibility::new(2).unwrap())
        .with_citation(citation())
        .with_note("a note")
}

fn ledger() -> Ledger {
    let mut ledger = Ledger::new();
    for id in ["a", "b", "c"] {
        ledger.add_source(Source::new(id, id.to_uppercase()).unwrap()).unwrap();
    }
    ledger
}

#[test]
fn a_claim_on_record_has_all_parts_that_it_was_recorded_with() {
    let mut ledger = ledger();
    ledger.record(Claim::new(Topic::new("s", "another"), Value::text("t"), id("b"))).unwrap();
    ledger.record(Claim::declined(topic(), id("b"))).unwrap();
    let recorded = ledger.record(full()).unwrap().id();
    let claim = ledger.claim(recorded).unwrap();
    assert_eq!((claim.id(), claim.id().number(), claim.id().to_string()), (recorded, 2, "2".to_owned()));
    assert_eq!(claim.topic(), &topic());
    assert_eq!(claim.topic_ref().topic(), &topic());
    assert_eq!(claim.value(), Some(&Figure::exactly(5).into()));
    assert_eq!(claim.stance(), Stance::Denies);
    assert_eq!(claim.origin().name(), "A");
    assert_eq!(claim.relays().map(Source::name).collect::<Vec<_>>(), ["B", "C"]);
    assert_eq!((claim.as_of(), claim.stated()), (Some(period("2025-03")), Some(stated())));
    assert_eq!(claim.confidence(), Some(&AnalyticConfidence::Low.into()));
    assert_eq!((claim.basis(), claim.credibility()), (Some(Basis::Told), Some(Credibility::new(2).unwrap())));
    assert_eq!(claim.citations(), [citation()]);
    assert_eq!(claim.note(), Some("a note"));
    assert_eq!(claim.to_claim(), full());
    assert!(
        std::ptr::eq(claim.ledger(), &raw const ledger) && std::ptr::eq(claim.topic_ref().ledger(), &raw const ledger)
    );
    let bare = ledger.claim(ClaimId::new(1)).unwrap();
    assert_eq!((bare.value(), bare.as_of(), bare.stated(), bare.confidence()), (None, None, None, None));
    assert_eq!((bare.basis(), bare.credibility(), bare.citations(), bare.note()), (None, None, &[][..], None));
}

#[test]
fn claims_on_record_are_equal_if_they_say_the_same() {
    let with = |topic: Topic, value: Value, origin: &str, relays: &[&str], as_of: &str| {
        let claim = Claim::new(topic, value, id(origin)).with_as_of(period(as_of)).with_note("n");
        relays.iter().fold(claim, |claim, relay| claim.with_relay(id(relay)))
    };
    let five = || Value::from(Figure::exactly(5));
    let claim = with(topic(), five(), "a", &["b"], "2025");
    let differ = [
        with(Topic::new("s", "another"), five(), "a", &["b"], "2025"),
        with(topic(), Value::text("5"), "a", &["b"], "2025"),
        claim.clone().with_stance(Stance::Denies),
        with(topic(), five(), "c", &["b"], "2025"),
        with(topic(), five(), "a", &["c"], "2025"),
        with(topic(), five(), "a", &["b"], "2024"),
        claim.clone().with_basis(Basis::Told),
    ];
    let (mut one, mut other) = (ledger(), ledger());
    let recorded = one.record(claim.clone()).unwrap().id();
    let recorded = one.claim(recorded).unwrap();
    for claim in differ {
        let different = other.record(claim).unwrap().id();
        assert_ne!(recorded, other.claim(different).unwrap());
    }
    let same = other.record(claim).unwrap().id();
    assert_eq!(same, ClaimId::new(7));
    assert_eq!(recorded, other.claim(same).unwrap());
}

#[test]
fn a_claim_reads_as_who_said_what() {
    let mut ledger = ledger();
    for (stance, said) in [
        (Stance::Affirms, "A affirmed 5"),
        (Stance::Denies, "A denied 5"),
        (Stance::Suggests, "A suggested 5"),
        (Stance::Declines, "A declined to say 5"),
    ] {
        let claim = Claim::new(topic(), Figure::exactly(5), id("a")).with_stance(stance);
        let claim = ledger.record(claim).unwrap().id();
        assert_eq!(ledger.claim(claim).unwrap().to_string(), said);
    }
    let claim = ledger.record(Claim::declined(topic(), id("a"))).unwrap().id();
    assert_eq!(ledger.claim(claim).unwrap().to_string(), "A declined to say");
}

#[test]
fn an_entry_is_given_back_as_it_was_appended() {
    let time: Timestamp = "2025-03-27T09:00:00Z".parse().unwrap();
    let source = Source::new("d", "D").unwrap();
    let predicate = Predicate::new("p").with_unit("boats");
    let constraint = Constraint::AtMost { part: topic(), whole: Topic::new("s", "all") };
    let retraction = Retraction::new(ClaimId::new(0)).with_by(id("d")).with_reason("a slip of the pen");
    assert_eq!(retraction.claim(), ClaimId::new(0).into());
    assert_eq!((retraction.by(), retraction.reason()), (Some(&id("d")), Some("a slip of the pen")));
    let claim = Claim::new(topic(), Figure::exactly(5), id("d"));
    let entries = [
        (Entry::from(source.clone()), Content::Source(source.clone())),
        (Entry::from(predicate.clone()), Content::Predicate(predicate.clone())),
        (Entry::from(claim.clone()), Content::Claim(claim.clone())),
        (Entry::from(constraint.clone()), Content::Constraint(constraint.clone())),
        (Entry::from(retraction.clone()), Content::Retraction(retraction.clone())),
    ];
    let mut ledger = Ledger::new();
    for (entry, content) in entries.clone() {
        assert_eq!(entry, Entry::from(content.clone()));
        assert_eq!((entry.content(), entry.recorded()), (&content, None));
        assert_eq!(entry.clone().into_content(), content);
        let entry = entry.with_recorded(time);
        assert_eq!(entry.recorded(), Some(time));
        ledger.append(entry).unwrap();
    }
    let found: Vec<_> = ledger.entries().map(|entry| (entry.sequence(), entry.recorded(), entry.to_entry())).collect();
    let expected = entries.into_iter().zip(0..).map(|((entry, _), i)| (i, Some(time), entry.with_recorded(time)));
    assert_eq!(found, expected.collect::<Vec<_>>());
    let contents: Vec<_> = ledger.entries().map(|entry| entry.content()).collect();
    let claim = ledger.claim(ClaimId::new(0)).unwrap();
    assert_eq!(
        contents,
        [
            ContentRef::Source(&source),
            ContentRef::Predicate(&predicate),
            ContentRef::Claim(claim),
            ContentRef::Constraint(&constraint),
            ContentRef::Retraction(&retraction),
        ]
    );
    assert!(claim.is_retracted() && !claim.stands());
    assert_eq!(claim.retraction(), Some(&retraction));
}
