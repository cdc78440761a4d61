//! Claims held against the text that they were extracted from.
#![cfg(feature = "serde")]

use testimony::extraction::{
    self, CheckedExcerpt, Coverage, Discrepancy, Document, Finding, Grounding, Suspicion, Variation,
};
use testimony::{Citation, Claim, ClaimId, Figure, Ledger, Predicate, Source, SourceId, SourceKind, Topic, Value};

const TEXT: &str = "PORT ELDA, 14 October 2024 — At least 37 people died in September’s storm, the health \
office\nsaid. Ilse Brandt told reporters that “more than 1,200 houses” had lost their roofs, and that it was 14,000 in \
1998. About 30% of the fleet sank; repairs may cost $45 million. The cafe\u{301} is open. The office is open.";

/// A ledger with sources of every kind, and claims by the health office about one question, through an outlet.
fn ledger(claims: impl IntoIterator<Item = (Value, Option<Citation>)>) -> Ledger {
    let mut ledger = sources();
    let (health, outlet) = (id("health"), id("courier"));
    for (number, (value, citation)) in claims.into_iter().enumerate() {
        let claim = Claim::new(Topic::new("storm", format!("question {number}")), value, &health).with_relay(&outlet);
        ledger.record(citation.into_iter().fold(claim, Claim::with_citation)).unwrap();
    }
    ledger
}

fn sources() -> Ledger {
    let mut ledger = Ledger::new();
    for (id, name, kind) in [
        ("health", "Health Office", SourceKind::GOVERNMENT),
        ("brandt", "Ilse Brandt", SourceKind::PERSON),
        ("police", "Coast Police", SourceKind::GOVERNMENT),
        ("courier", "The Elda Courier", SourceKind::OUTLET),
        ("someone", "An official", SourceKind::ANONYMOUS),
    ] {
        ledger.add_source(Source::new(id, name).unwrap().with_kind(kind)).unwrap();
    }
    ledger
}

fn id(text: &str) -> SourceId {
    text.parse().unwrap()
}

fn words() -> Value {
    Value::text("x")
}

fn figure(phrase: &str) -> Value {
    phrase.parse::<Figure>().unwrap().into()
}

fn excerpt(words: &str) -> Citation {
    Citation::new().with_excerpt(words)
}

/// The finding about one excerpt.
#[track_caller]
fn find<T>(text: &str, citation: Citation, look: impl FnOnce(&CheckedExcerpt<'_>) -> T) -> T {
    let ledger = ledger([(words(), Some(citation))]);
    look(&extraction::check(&ledger, text).claims()[0].excerpts()[0])
}

/// The words of the text that an excerpt was found to be, and in what the two differ.
#[track_caller]
fn found(text: &str, words: &str) -> Option<(String, Vec<Variation>)> {
    find(text, excerpt(words), |excerpt| match excerpt.finding() {
        Finding::Found(passage) => Some((passage.exact().to_owned(), vec![])),
        Finding::Varied(passage, variations) => Some((passage.exact().to_owned(), variations.clone())),
        _ => None,
    })
}

#[test]
fn an_excerpt_is_found_whatever_its_typography() {
    use Variation::{Case, Dashes, Ellipses, Invisible, Quotes, UnicodeForm, WhiteSpace};
    for (words, exact, variations) in [
        ("37 people died", "37 people died", vec![]),
        (" 37 people died\n", "37 people died", vec![]),
        ("at least 37", "At least 37", vec![Case]),
        ("September's storm", "September’s storm", vec![Quotes]),
        ("the health office said", "the health office\nsaid", vec![WhiteSpace]),
        ("37\u{a0}people", "37 people", vec![WhiteSpace]),
        ("2024 - At least", "2024 — At least", vec![Dashes]),
        ("The café is", "The cafe\u{301} is", vec![UnicodeForm]),
        ("re\u{ad}pairs\u{200b} may", "repairs may", vec![Invisible]),
        ("\u{1}37 people", "37 people", vec![Invisible]),
        // Quotation marks of the extractor's own.
        ("“37 people died”", "37 people died", vec![Quotes]),
        ("\"More than 1,200 houses\" had", "“more than 1,200 houses” had", vec![Quotes, Case]),
    ] {
        assert_eq!(found(TEXT, words), Some((exact.to_owned(), variations)), "{words:?}");
    }
    assert_eq!(found("So… yes", "So... yes"), Some(("So… yes".to_owned(), vec![Ellipses])));
}

#[test]
fn half_a_number_is_another_number() {
    for (text, words) in [("14,000", "4,000"), ("14,000", "14"), ("1.5", "1"), ("4,000,000", "4,000"), ("café", "cafe")]
    {
        assert_eq!(found(text, words), None, "{words} in {text}");
    }
    assert_eq!(found("14,000 of 4,000.", "4,000"), Some(("4,000".to_owned(), vec![])));
}

#[test]
fn a_passage_is_selected_as_annotations_are() {
    find(TEXT, excerpt("1,200 houses"), |excerpt| {
        let passage = excerpt.finding().passage().unwrap();
        assert_eq!(
            (passage.prefix(), passage.suffix()),
            (" told reporters that “more than ", "” had lost their roofs, and that")
        );
        let before: String = TEXT.chars().take(usize::try_from(passage.start()).unwrap()).collect();
        assert_eq!(before.len(), passage.span().start);
        assert_eq!(passage.end() - passage.start(), 12);
        assert_eq!(&TEXT[passage.span()], "1,200 houses");
        let selected = passage.select(Citation::new());
        assert_eq!((selected.prefix(), selected.start()), (Some(passage.prefix()), Some(passage.start())));
    });
}

#[test]
fn what_is_not_there_is_shown_with_what_is() {
    let pieces = |text: &str, words: &str| {
        find(text, excerpt(words), |excerpt| match excerpt.finding() {
            Finding::Joined(first, last) => format!("{} | {}", first.exact(), last.exact()),
            Finding::Altered(passage) => passage.exact().to_owned(),
            other => format!("{other:?}"),
        })
    };
    for (words, there) in [
        // Two places joined, with and without a sign of it.
        ("At least 37 people died in 1998. About 30%", "At least 37 people died in | in 1998. About 30%"),
        ("37 people died ... the fleet sank", "37 people died | the fleet sank"),
        // A word changed, one left out, one added.
        ("that “more than 1,200 houses” have lost their roofs", "that “more than 1,200 houses” had lost their roofs"),
        ("Ilse Brandt told that “more than 1,200", "Ilse Brandt told reporters that “more than 1,200"),
        ("the fleet surely sank; repairs may", "the fleet sank; repairs may"),
        // Only the beginning, only the end.
        ("repairs may cost nothing at all", "repairs may cost"),
        ("It is said that the office is open", "The office is open"),
        ("nothing of the kind was said", "Missing"),
        ("rumours", "Missing"),
        ("", "Blank"),
        (" \u{200b}…", "Blank"),
    ] {
        assert_eq!(pieces(TEXT, words), there, "{words:?}");
    }
}

#[test]
fn what_occurs_twice_is_told_apart_by_position_or_context() {
    let text = "The office is open. The office is shut. The OFFICE is open.";
    let at = |citation: Citation| {
        find(text, citation, |excerpt| {
            let start = excerpt.finding().passage().unwrap().start();
            (start, excerpt.occurrences(), excerpt.is_placed(), excerpt.is_ambiguous())
        })
    };
    let office = || excerpt("office");
    assert_eq!(at(office()), (4, 3, None, true));
    assert_eq!(at(excerpt("OFFICE")), (44, 3, None, true), "the one to the letter comes first");
    assert_eq!(at(office().with_position(24, 30)), (24, 3, Some(true), false));
    assert_eq!(at(office().with_context("The ", " is shut")), (24, 3, Some(true), false));
    assert_eq!(at(office().with_context("The", "is shut")), (24, 3, Some(true), false), "without the spaces");
    assert_eq!(at(office().with_context("shut. The ", "")), (44, 3, Some(true), false));
    // Wrong ones.
    assert_eq!(at(office().with_position(23, 29)), (4, 3, Some(false), true));
    assert_eq!(at(office().with_position(4000, 5000)), (4, 3, Some(false), true));
    assert_eq!(at(office().with_context("Our ", "")), (4, 3, Some(false), true));
    assert_eq!(at(excerpt("shut").with_position(0, 4)), (34, 1, Some(false), false));
}

/// Where the figure of a claim is, and what of the figures of the text is in the claim.
#[track_caller]
fn ground(text: &str, phrase: &str, cited: Option<&str>) -> (Grounding, Vec<Coverage>) {
    let ledger = ledger([(figure(phrase), cited.map(excerpt))]);
    let report = extraction::check(&ledger, text);
    (report.claims()[0].figure().unwrap(), report.figures().iter().map(extraction::CheckedFigure::coverage).collect())
}

#[test]
fn a_figure_is_held_against_its_excerpt() {
    use Discrepancy::{AddedHedge, Hedge, Unit};
    let text = "Over 4,000 troops of 11,000 fell; 30% fled, and $5 million and 4,000 kg went.";
    let this = ClaimId::new(0);
    let all = |place: usize, coverage: Coverage| {
        let mut all = vec![Coverage::Uncovered; 5];
        all[place] = coverage;
        all
    };
    let (covered, elsewhere) = (Coverage::Covered(this), Coverage::Elsewhere(this));
    let near = |discrepancy| Coverage::Near(this, discrepancy);
    for (phrase, cited, grounding, coverage) in [
        ("over 4,000", "Over 4,000 troops", Grounding::Said(0), all(0, covered)),
        // The topic says what is counted, and the excerpt may be too short for the hedge.
        ("more than 4,000 persons", "4,000 troops", Grounding::Said(0), all(0, covered)),
        ("at least 4,001", "Over 4,000 troops", Grounding::Said(0), all(0, covered)),
        ("4,000", "Over 4,000 troops", Grounding::Differs(0, Hedge), all(0, near(Hedge))),
        ("4,000 troops", "4,000 troops", Grounding::Differs(0, Hedge), all(0, near(Hedge))),
        ("11,000", "Over 4,000 troops", Grounding::Elsewhere(1), all(1, Coverage::Uncovered)),
        ("12,000", "Over 4,000 troops", Grounding::Absent, all(1, Coverage::Uncovered)),
        ("about 11,000", "of 11,000 fell", Grounding::Differs(1, AddedHedge), all(1, near(AddedHedge))),
        ("30%", "30% fled", Grounding::Said(2), all(2, covered)),
        ("5 million euros", "$5 million", Grounding::Differs(3, Unit), all(3, near(Unit))),
        ("5 million dollars", "$5 million", Grounding::Said(3), all(3, covered)),
        ("4,000 kg", "4,000 kg went", Grounding::Said(4), all(4, covered)),
        ("4,000 tonnes", "4,000 kg went", Grounding::Differs(4, Unit), all(4, near(Unit))),
    ] {
        assert_eq!(ground(text, phrase, Some(cited)), (grounding, coverage), "{phrase}, {cited}");
    }
    // Said twice, cited once.
    let (grounding, coverage) = ground("It was 12. Was it 12? Was it 13?", "12", Some("It was 12"));
    assert_eq!((grounding, coverage), (Grounding::Said(0), vec![covered, elsewhere, Coverage::Uncovered]));
}

#[test]
fn without_a_passage_a_figure_may_be_anywhere() {
    use Discrepancy::{Hedge, Unit};
    let this = ClaimId::new(0);
    let text = "Over 4,000 troops, 30% and 12.";
    for cited in [None, Some("of which nothing is there")] {
        for (phrase, place, found) in
            [("over 4,000", 0, None), ("4,000", 0, Some(Hedge)), ("30%", 1, None), ("12 km", 2, Some(Unit))]
        {
            let (grounding, coverage) = ground(text, phrase, cited);
            let (expected, covered) = match found {
                None => (Grounding::Said(place), Coverage::Covered(this)),
                Some(how) => (Grounding::Differs(place, how), Coverage::Near(this, how)),
            };
            assert_eq!((grounding, coverage[place]), (expected, covered), "{phrase}");
            assert_eq!(coverage.iter().filter(|coverage| **coverage == Coverage::Uncovered).count(), 2);
        }
        assert_eq!(ground(text, "13", cited).0, Grounding::Absent);
    }
}

#[test]
fn a_unit_may_come_from_the_predicate_and_a_percentage_is_a_ratio() {
    let report_of = |predicate: Predicate, figure: Figure| {
        let mut ledger = sources();
        ledger.add_predicate(predicate).unwrap();
        ledger.record(Claim::new(Topic::new("fleet", "sunk"), figure, id("health"))).unwrap();
        let report = extraction::check(&ledger, "About 30% sank.");
        (report.claims()[0].figure().unwrap(), report.is_clean())
    };
    let three_tenths = || Figure::about("0.3".parse::<testimony::Number>().unwrap());
    let plain = || Predicate::new("sunk");
    assert_eq!(report_of(plain().with_unit("ratio"), three_tenths()), (Grounding::Said(0), true));
    assert_eq!(report_of(plain(), three_tenths().with_unit("ratio")), (Grounding::Said(0), true));
    let misnamed = (Grounding::Differs(0, Discrepancy::Unit), false);
    assert_eq!(report_of(plain(), Figure::about(30).with_unit("pct")), misnamed);
    assert_eq!(report_of(plain(), three_tenths()), misnamed);
}

#[test]
fn any_stance_covers_and_a_claim_taken_back_does_not() {
    let mut ledger = ledger([(figure("37"), None)]);
    assert_eq!(extraction::check(&ledger, "37 died").uncovered().count(), 0);
    ledger.retract(testimony::Retraction::new(ClaimId::new(0))).unwrap();
    let report = extraction::check(&ledger, "37 died");
    assert_eq!((report.claims().len(), report.uncovered().count()), (0, 1));
    let denial = Claim::new(Topic::new("s", "p"), Figure::exactly(37), id("health"));
    ledger.record(denial.with_stance(testimony::Stance::Denies)).unwrap();
    assert_eq!(extraction::check(&ledger, "37 died").uncovered().count(), 0);
}

#[test]
fn of_several_documents_only_the_one_that_is_meant_counts() {
    let from = |url: &str| Some(Citation::new().with_url(url).with_excerpt("37 died"));
    let ledger = ledger([(figure("37"), from("a")), (figure("38"), from("b")), (figure("39"), None)]);
    let claims = |document: Document<'_>| -> Vec<u64> {
        extraction::check(&ledger, document).claims().iter().map(|claim| claim.id().number()).collect()
    };
    assert_eq!(claims(Document::new("37 died")), [0, 1, 2]);
    assert_eq!(claims(Document::new("37 died").with_url("a")), [0, 2]);
}

/// The suspicions about a claim that is sound but for what is done to it.
#[track_caller]
fn suspicions(change: impl FnOnce(Claim) -> Claim) -> Vec<Suspicion> {
    let mut ledger = sources();
    let claim = Claim::new(Topic::new("storm", "deaths"), Figure::at_least(37), id("health"));
    ledger.record(change(claim)).unwrap();
    let citation = excerpt("1,200 houses");
    let other = Claim::new(Topic::new("storm", "houses"), Figure::more_than(1200), id("brandt"));
    ledger.record(other.with_relay(id("courier")).with_citation(citation)).unwrap();
    let report = extraction::check(&ledger, TEXT);
    assert!(report.claims()[1].suspicions().iter().all(|suspicion| matches!(suspicion, Suspicion::OtherWayRound(_))));
    report.claims()[0].suspicions().to_vec()
}

#[test]
fn a_swapped_chain_is_doubted() {
    let cited = |claim: Claim| claim.with_citation(excerpt("At least 37 people"));
    assert_eq!(suspicions(|claim| cited(claim.with_relay(id("courier")))), []);
    let chain = |origin: &str, relays: &[&str]| {
        let claim = Claim::new(Topic::new("storm", "deaths"), Figure::at_least(37), id(origin));
        cited(relays.iter().fold(claim, |claim, relay| claim.with_relay(id(relay))))
    };
    assert_eq!(suspicions(|_| chain("courier", &["health"])), [Suspicion::OutletPassedOnBy(id("health"))]);
    assert_eq!(suspicions(|_| chain("health", &["brandt", "courier"])), []);
    assert_eq!(
        suspicions(|_| chain("courier", &["brandt"])),
        [Suspicion::OutletPassedOnBy(id("brandt")), Suspicion::OtherWayRound(ClaimId::new(1))]
    );
    assert_eq!(suspicions(|_| chain("police", &["courier"])), [Suspicion::NotNamed(id("police"))]);
    assert_eq!(suspicions(|_| chain("health", &["police", "courier"])), [Suspicion::NotNamed(id("police"))]);
    assert_eq!(suspicions(|_| chain("someone", &["courier"])), []);
}

/// Where most claims have two sources one way round, the others are doubted.
#[test]
fn the_rarer_way_round_is_doubted() {
    let mut ledger = sources();
    for (number, (origin, relay)) in
        [("health", "brandt"), ("brandt", "health"), ("health", "brandt")].iter().enumerate()
    {
        let claim = Claim::new(Topic::new("storm", format!("question {number}")), words(), id(origin));
        ledger.record(claim.with_relay(id(relay)).with_citation(excerpt("storm"))).unwrap();
    }
    let report = extraction::check(&ledger, TEXT);
    let suspicions: Vec<&[Suspicion]> = report.claims().iter().map(extraction::CheckedClaim::suspicions).collect();
    assert_eq!(suspicions, [&[][..], &[Suspicion::OtherWayRound(ClaimId::new(0))], &[]]);
}

/// A verb may say something of a figure that is not read.
#[test]
fn a_hedge_that_may_be_in_a_verb_is_only_looked_at() {
    let ledger = ledger([(figure("over 4,000"), Some(excerpt("losses dwarfed 4,000")))]);
    let report = extraction::check(&ledger, "Health Office: losses dwarfed 4,000.");
    assert!(report.is_clean());
    assert_eq!(
        report.to_string(),
        "\
1 claim, held against a text of 36 characters. 1 claim has something to look at.
The one excerpt is in the text word for word.

[0] storm · question 0: more than 4,000
    Health Office, through The Elda Courier
    Look at: the text says “4,000” (at 30), with no hedge that can be read; the
    claim has “more than”.

The one figure of the text is in a claim.
"
    );
}

#[test]
fn a_time_that_cannot_be_is_doubted() {
    let day = |text: &str| text.parse::<testimony::Moment>().unwrap();
    let of = |as_of: Option<&str>, stated: Option<&str>, published: Option<&str>, words: &str| {
        suspicions(|claim| {
            let claim = as_of.into_iter().fold(claim, |claim, text| claim.with_as_of(text.parse().unwrap()));
            let claim = stated.into_iter().fold(claim, |claim, text| claim.with_stated(day(text)));
            let citation =
                published.into_iter().fold(excerpt(words), |citation, text| citation.with_published(day(text)));
            claim.with_citation(citation)
        })
    };
    let died = "At least 37 people died";
    assert_eq!(of(Some("2024-10-11"), Some("2024-10-13"), Some("2024-10-14"), died), []);
    assert_eq!(of(Some("2024-10"), Some("2024-10-13"), None, died), [], "the month has begun");
    assert_eq!(of(Some("2024-11"), Some("2024-10-13"), None, died), [Suspicion::AboutTheFuture(day("2024-10-13"))]);
    assert_eq!(of(Some("2025"), None, Some("2024-10-14"), died), [Suspicion::AboutAfterPublication(day("2024-10-14"))]);
    assert_eq!(
        of(None, Some("2024-10-15"), Some("2024-10-14"), died),
        [Suspicion::StatedAfterPublication(day("2024-10-14"))]
    );
    for (stated, published, is_doubted) in [
        ("2025-05-05T00:30:00+09:00", "2025-05-04T16:00:00Z", false),
        ("2025-05-05T00:30:00+09:00", "2025-05-05", false),
        ("2025-05-05", "2025-05-05T00:30:00+09:00", false),
        ("2025-05-05T01:30:00+09:00", "2025-05-04T16:00:00Z", true),
    ] {
        let expected = is_doubted.then(|| Suspicion::StatedAfterPublication(day(published)));
        assert_eq!(of(None, Some(stated), Some(published), died), Vec::from_iter(expected), "{stated} / {published}");
    }
    let named = |words: &[&str]| vec![Suspicion::OtherTimeNamed(words.iter().map(|word| (*word).to_owned()).collect())];
    let in_september = "At least 37 people died in September’s storm";
    assert_eq!(of(Some("2024-09"), None, None, in_september), []);
    assert_eq!(of(Some("2023/2024"), None, None, in_september), []);
    assert_eq!(of(Some("2024-09-30/2024-10-02"), None, None, in_september), []);
    assert_eq!(of(Some("2024-10-14"), None, None, in_september), named(&["September"]));
    assert_eq!(of(Some("2025-03"), None, None, "14 October 2024"), named(&["October", "2024"]));
    assert_eq!(of(Some("2025-10"), None, None, "14 October 2024"), []);
    // A verb, a figure, an end that is open.
    assert_eq!(of(Some("2025-10"), None, None, "repairs may cost"), []);
    assert_eq!(of(Some("2025-10"), None, None, "it was 14,000 in 1998"), named(&["1998"]));
    assert_eq!(of(Some("2025-10/.."), None, None, "it was 14,000 in 1998"), []);
    assert_eq!(suspicions(|claim| claim), [Suspicion::NoExcerpt]);
}

#[test]
fn a_report_is_data_too() {
    let ledger = ledger([(figure("37"), Some(excerpt("at least 37")))]);
    let report = extraction::check(&ledger, "At least 37 died.");
    let expected = r#"{"length":17,"claims":[{"claim":0,"excerpts":[{"excerpt":"at least 37","finding":{"varied":[{"exact":"At least 37","prefix":"","suffix":" died.","start":0,"end":11},["case"]]},"occurrences":1,"placed":null}],"figure":{"differs":[0,"hedge"]},"suspicions":[{"not_named":"health"}]}],"figures":[{"passage":{"exact":"At least 37","prefix":"","suffix":" died.","start":0,"end":11},"figure":{"at_least":37},"coverage":{"near":[0,"hedge"]}}]}"#;
    assert_eq!(serde_json::to_string(&report).unwrap(), expected);
}

#[test]
fn a_report_says_when_there_is_nothing_to_say() {
    let nothing = Ledger::new();
    assert_eq!(
        extraction::check(&nothing, "").to_string(),
        "0 claims, held against a text of 0 characters.\n\nThere is no figure in the text.\n"
    );
    let text = "Health office: 1,234 ill.".repeat(100);
    let ledger = ledger([(figure("1,234"), None)]);
    let report = extraction::check(&ledger, text.as_str());
    assert!(report.is_clean());
    assert_eq!(
        report.to_string(),
        "\
1 claim, held against a text of 2,500 characters. 1 claim has something to look
at.

[0] storm · question 0: 1,234
    Health Office, through The Elda Courier
    Doubt: it cites no words of the text.

The 100 figures of the text are all in claims.
"
    );
}

#[test]
fn a_report_shows_nothing_that_misleads() {
    let ledger = ledger([(words(), Some(excerpt("so\u{202e} \u{1b}[31m\nred")))]);
    let report = extraction::check(&ledger, "7\u{202e} days \u{1b}[").to_string();
    assert_eq!(
        report,
        "\
1 claim, held against a text of 10 characters. 1 claim has something wrong.
Of 1 excerpt, 1 is not there.

[0] storm · question 0: “x”
    Health Office, through The Elda Courier
    Wrong: “so\\u{202e} \\u{1b}[31m red” is not in the text.
    Doubt: the text does not name Health Office.

Of 1 figure in the text, 1 is in no claim:
  “7” at 0: 7\\u{202e} days \\u{1b}[
"
    );
}

/// Each of these takes minutes if something grows with the square of the text or of an excerpt.
#[test]
fn what_repeats_itself_takes_no_longer() {
    const LENGTH: usize = 60_000;
    for (text, piece) in [
        ("a".repeat(LENGTH), "a"),
        ("11 ".repeat(LENGTH / 3), "11 "),
        ("1".repeat(LENGTH), "1"),
        ("\u{301}".repeat(LENGTH / 2), "\u{301}"),
        ("a \u{a0}É".repeat(LENGTH / 6), "a É"),
        ("“".repeat(LENGTH / 3), "“"),
    ] {
        let claims = (0..20).map(|n| {
            let long = piece.repeat(20_000 / piece.len() - n);
            let citation = if n % 2 == 0 { excerpt(&long) } else { excerpt(&format!("{long} b b b b")) };
            (
                if n % 3 == 0 { figure("11") } else { words() },
                Some(citation.with_context(piece.repeat(1000), format!("{}b", piece.repeat(1000)))),
            )
        });
        let ledger = ledger(claims);
        let report = extraction::check(&ledger, text.as_str());
        assert_eq!(report.claims().len(), 20);
        assert!(report.to_string().len() > 100);
    }
}
