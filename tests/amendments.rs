//! Amendments of sources and claims, and who may take a claim back (R20, R21, R24, R25, R26).

use std::fmt::Write as _;

use testimony::{
    Basis, Citation, Claim, ClaimAmendment, ClaimId, ClaimKey, ClaimRef, Constraint, Credibility, Entry, Error, Figure,
    Ledger, Reliability, Retraction, Source, SourceAmendment, SourceId, SourceKind, SubjectAmendment, Timestamp, Topic,
    Value,
};

fn id(id: &str) -> SourceId {
    SourceId::new(id).unwrap()
}

fn topic(predicate: &str) -> Topic {
    Topic::new("tunnel fire", predicate)
}

fn said(origin: &str, figure: u64) -> Claim {
    Claim::new(topic("deaths"), Figure::exactly(figure), id(origin))
}

fn rated(rating: u8) -> Credibility {
    Credibility::new(rating).unwrap()
}

fn cited(title: &str) -> Citation {
    Citation::new().with_title(title)
}

fn time(hour: u32) -> Timestamp {
    format!("2025-03-27T{hour:02}:00:00Z").parse().unwrap()
}

/// A ledger with these sources; `desk<paper` is a part of `paper`, which stands before it.
fn ledger(sources: &str) -> Ledger {
    let mut ledger = Ledger::new();
    for source in sources.split_whitespace() {
        let (name, whole) = source.split_once('<').map_or((source, None), |(name, whole)| (name, Some(whole)));
        let source = Source::new(name, name.to_uppercase()).unwrap();
        ledger.add_source(whole.into_iter().fold(source, |source, whole| source.with_part_of(&id(whole)))).unwrap();
    }
    ledger
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    result.unwrap_err().to_string()
}

/// Appends what is refused, and sees that the ledger is as it was.
#[track_caller]
fn assert_refused(ledger: &Ledger, entry: impl Into<Entry>, message: &str) {
    let mut after = ledger.clone();
    assert_eq!(refused(after.append(entry.into())), message);
    assert_eq!(&after, ledger);
    assert!(after.sources().eq(ledger.sources()));
    assert!(after.claims().eq(ledger.claims()));
}

fn amendment(amendment: impl Into<testimony::Amendment>) -> Entry {
    amendment.into().into()
}

#[test]
fn a_claim_is_taken_back_by_its_chain_and_who_owns_one_of_it() {
    let mut ledger = ledger("group paper<group desk<paper agency reporter<agency rival group2");
    ledger.record(said("desk", 7).with_relay(id("reporter"))).unwrap();
    for by in ["desk", "paper", "group", "reporter", "agency"] {
        ledger.clone().retract(Retraction::new(ClaimId::new(0)).with_by(id(by))).expect(by);
    }
    ledger.clone().retract(Retraction::new(ClaimId::new(0))).expect("the recorder");
    for by in ["rival", "group2"] {
        let message = format!(
            "retraction.by: \"{by}\" may not take the claim back: it is neither its origin, nor one of its relays, nor an \
             owner of one of these"
        );
        let retraction = Retraction::new(ClaimId::new(0)).with_by(id(by));
        assert_refused(&ledger, retraction.clone(), &message);
        let error = ledger.clone().retract(retraction).unwrap_err();
        assert_eq!(
            error.help(),
            Some("record what it says as a claim of its own, or leave out `by` to mend the record")
        );
        assert_eq!(error.code(), "not-entitled");
    }
    // A source owned by one that may retract may not do so itself: a desk does not speak for its paper.
    ledger.record(said("paper", 9)).unwrap();
    assert!(ledger.clone().retract(Retraction::new(ClaimId::new(1)).with_by(id("desk"))).is_err());
    // Who owns it now decides.
    ledger.amend(SourceAmendment::new(&id("paper")).with_part_of(&id("group2"))).unwrap();
    assert!(ledger.clone().retract(Retraction::new(ClaimId::new(0)).with_by(id("group"))).is_err());
    ledger.retract(Retraction::new(ClaimId::new(0)).with_by(id("group2"))).unwrap();
}

#[test]
fn a_source_is_amended_in_the_parts_that_are_named() {
    let mut ledger = ledger("group paper");
    let herald = Source::new("herald", "The Herald").unwrap().with_kind(SourceKind::OUTLET);
    let herald = herald.with_part_of(&id("paper")).with_reliability(Reliability::B).with_url("https://h.example");
    ledger.add_source(herald.clone()).unwrap();
    let amend = || SourceAmendment::new(&id("herald"));
    let now = |ledger: &Ledger| ledger.source("herald").unwrap().clone();

    let steps: [(SourceAmendment, Source); 7] = [
        (amend().with_reliability(Reliability::D), herald.clone().with_reliability(Reliability::D)),
        (amend().with_part_of(&id("group")), herald.clone().with_part_of(&id("group"))),
        (amend().with_url("https://i.example"), herald.clone().with_url("https://i.example")),
        (amend().with_kind(SourceKind::DOCUMENT), herald.clone().with_kind(SourceKind::DOCUMENT)),
        (
            amend().without_url().without_part_of().without_reliability(),
            Source::new("herald", "The Herald").unwrap().with_kind(SourceKind::OUTLET),
        ),
        (
            amend().with_name("The Daily Herald"),
            Source::new("herald", "The Daily Herald")
                .unwrap()
                .with_kind(SourceKind::OUTLET)
                .with_part_of(&id("paper"))
                .with_reliability(Reliability::B)
                .with_url("https://h.example"),
        ),
        (
            amend().with_name("H").with_reliability(Reliability::F),
            Source::new("herald", "H")
                .unwrap()
                .with_kind(SourceKind::OUTLET)
                .with_part_of(&id("paper"))
                .with_reliability(Reliability::F)
                .with_url("https://h.example"),
        ),
    ];
    for (amendment, expected) in steps {
        let mut ledger = ledger.clone();
        assert!(ledger.amend(amendment.clone()).unwrap());
        assert_eq!(now(&ledger), expected);
        let length = ledger.len();
        assert!(!ledger.amend(amendment).unwrap(), "it is like that already");
        // The same definition again changes nothing: as it was, or as it is.
        ledger.add_source(herald.clone()).unwrap();
        ledger.add_source(expected).unwrap();
        assert_eq!(ledger.len(), length);
        let other = herald.clone().with_reliability(Reliability::A);
        assert_eq!(refused(ledger.add_source(other)), "source.id: \"herald\" is already defined, and differently");
    }
}

#[test]
fn an_earlier_time_has_what_was_on_record_then() {
    let mut ledger = ledger("group rival");
    let paper = Source::new("paper", "The Paper").unwrap().with_part_of(&id("group")).with_reliability(Reliability::B);
    ledger.append(Entry::from(paper).with_recorded(time(1))).unwrap();
    ledger.append(Entry::from(said("paper", 7).with_credibility(rated(4))).with_recorded(time(2))).unwrap();
    ledger.append(Entry::from(said("rival", 7)).with_recorded(time(2))).unwrap();
    let amend = || SourceAmendment::new(&id("paper"));
    for (hour, amendment) in [
        (3, amendment(amend().with_reliability(Reliability::D))),
        (4, amendment(ClaimAmendment::new(ClaimId::new(0)).with_credibility(rated(1)).with_citation(cited("x")))),
        (5, amendment(amend().with_part_of(&id("rival")).with_name("The New Paper"))),
        (6, amendment(ClaimAmendment::new(ClaimId::new(0)).without_credibility().with_note("n"))),
    ] {
        ledger.append(amendment.with_recorded(time(hour))).unwrap();
    }
    let told = |ledger: &Ledger| {
        let (paper, claim) = (ledger.source("paper").unwrap(), ledger.claim(ClaimId::new(0)).unwrap());
        let mut told = String::new();
        let rating = claim.credibility().map_or(0, Credibility::rating);
        let (owner, reliability) = (paper.part_of().unwrap(), paper.reliability().unwrap());
        write!(told, "{paper}, {owner}, {reliability}, {rating}, {:?}", claim.note()).unwrap();
        write!(told, ", {} cited, {} voices", claim.citations().len(), claim.corroboration().known()).unwrap();
        told
    };
    for (hour, expected) in [
        (2, "The Paper, group, B, 4, None, 0 cited, 2 voices"),
        (3, "The Paper, group, D, 4, None, 0 cited, 2 voices"),
        (4, "The Paper, group, D, 1, None, 1 cited, 2 voices"),
        (5, "The New Paper, rival, D, 1, None, 1 cited, 1 voices"),
        (6, "The New Paper, rival, D, 0, Some(\"n\"), 1 cited, 1 voices"),
    ] {
        assert_eq!(told(&ledger.at(time(hour))), expected, "{hour}");
    }
    assert_eq!(*ledger.at(time(6)), ledger);
    let claim = ledger.claim(ClaimId::new(0)).unwrap();
    assert_eq!(claim.amendments().count(), 2);
    assert_eq!(claim.as_recorded().to_claim(), said("paper", 7).with_credibility(rated(4)));
}

#[test]
fn no_source_is_a_part_of_itself_however_far_up() {
    let mut ledger = ledger("a b<a c<b d");
    for (source, whole) in [("a", "a"), ("a", "b"), ("a", "c"), ("b", "c")] {
        let circle = SourceAmendment::new(&id(source)).with_part_of(&id(whole));
        assert_refused(
            &ledger,
            amendment(circle),
            &format!("amendment.part_of: \"{whole}\" is a part of the source itself"),
        );
    }
    // Once the owner is amended, the other way round is no circle.
    ledger.amend(SourceAmendment::new(&id("b")).without_part_of()).unwrap();
    ledger.amend(SourceAmendment::new(&id("a")).with_part_of(&id("c"))).unwrap();
    assert_refused(
        &ledger,
        amendment(SourceAmendment::new(&id("b")).with_part_of(&id("a"))),
        "amendment.part_of: \"a\" is a part of the source itself",
    );
}

#[test]
fn a_chain_of_owners_has_a_depth_with_all_that_hangs_below() {
    // Two chains of 40, joined at the top of the one.
    let chain = |name: &str| (1..40).fold(format!("{name}0"), |chain, n| format!("{chain} {name}{n}<{name}{}", n - 1));
    let mut ledger = ledger(&format!("{} {}", chain("x"), chain("y")));
    let hang = |whole: usize| SourceAmendment::new(&id("y0")).with_part_of(&id(&format!("x{whole}")));
    let too_deep =
        |whole: usize| format!("amendment.part_of: \"x{whole}\" is part of a chain more than 64 sources deep");
    assert_refused(&ledger, amendment(hang(39)), &too_deep(39));
    assert_refused(&ledger, amendment(hang(24)), &too_deep(24));
    ledger.amend(hang(23)).unwrap();
    // The deepest is full, and one above it is not.
    let below = |whole: &str| Source::new("z", "Z").unwrap().with_part_of(&id(whole));
    assert_refused(&ledger, below("y39"), "source.part_of: \"y39\" is part of a chain more than 64 sources deep");
    ledger.clone().add_source(below("y38")).unwrap();
    // Sources that were cut off below no longer count.
    ledger.amend(SourceAmendment::new(&id("y30")).without_part_of()).unwrap();
    ledger.clone().amend(hang(33)).unwrap();
    assert_refused(&ledger, amendment(hang(34)), &too_deep(34));
}

#[test]
fn an_amendment_that_makes_no_sense_is_refused_whole() {
    let mut ledger = ledger("a");
    ledger.record(said("a", 7)).unwrap();
    let long = "x".repeat(64 * 1024 + 1);
    let full = (0..64).fold(ClaimAmendment::new(ClaimId::new(0)), |full, n| full.with_citation(cited(&n.to_string())));
    let of = |source: &str| SourceAmendment::new(&id(source));
    let claim = |number: u64| ClaimAmendment::new(ClaimId::new(number));
    for (entry, message) in [
        (amendment(of("a")), "amendment is missing: an amendment changes something"),
        (amendment(of("a").with_reason("r")), "amendment is missing: an amendment changes something"),
        (amendment(claim(0)), "amendment is missing: an amendment changes something"),
        (amendment(SubjectAmendment::new("s")), "amendment is missing: an amendment changes something"),
        (amendment(of("b").with_name("B")), "amendment.source: \"b\" is no source defined so far"),
        (amendment(of("a").with_part_of(&id("b"))), "amendment.part_of: \"b\" is no source defined so far"),
        (amendment(of("a").with_name(" ")), "amendment.name: \" \" is blank"),
        (amendment(of("a").with_url("u").with_reason(long.as_str())), "amendment.reason is longer than 65536 bytes"),
        (amendment(claim(1).with_note("n")), "amendment.claim: \"1\" is the number of no claim so far"),
        (amendment(claim(0).with_note(long.as_str())), "amendment.note is longer than 65536 bytes"),
        (
            amendment(claim(0).with_citation(Citation::new())),
            "amendment.citations[0] is missing: a citation has at least one part",
        ),
        (amendment(full.clone().with_citation(cited("64"))), "amendment.citations has more than 64 entries"),
    ] {
        let mut after = ledger.clone();
        let error = after.append(entry).unwrap_err();
        let told = error.to_string();
        let told = told.find("xxx").map_or(told.as_str(), |_| message);
        assert_eq!(told, message);
        assert_eq!(after, ledger);
    }
    // Full is full, whichever way more come.
    ledger.amend(full).unwrap();
    assert_refused(
        &ledger,
        amendment(claim(0).with_citation(cited("64"))),
        "amendment.citations has more than 64 entries",
    );
    assert_refused(
        &ledger,
        said("a", 7).with_citation(cited("64")).with_note("n"),
        "claim.citations has more than 64 entries",
    );
}

#[test]
fn the_same_claim_again_adds_what_is_new() {
    let mut ledger = ledger("a b");
    ledger.append(Entry::from(said("a", 7).with_citation(cited("one"))).with_recorded(time(1))).unwrap();
    let length = ledger.len();
    // A repeated claim and what comes with it, and then what is on record.
    for (step, (again, amended, credibility, note, citations)) in [
        (said("a", 7), false, None, None, "one"),
        (said("a", 7).with_citation(cited("one")), false, None, None, "one"),
        (said("a", 7).with_citation(cited("two")).with_citation(cited("one")), true, None, None, "one two"),
        (said("a", 7).with_credibility(rated(2)), true, Some(2), None, "one two"),
        (said("a", 7).with_credibility(rated(2)).with_note("n"), true, Some(2), Some("n"), "one two"),
        (said("a", 7).with_note("n").with_citation(cited("two")), false, Some(2), Some("n"), "one two"),
        (said("a", 7).with_credibility(rated(6)).with_note("m"), true, Some(6), Some("m"), "one two"),
        (
            said("a", 7).with_citation(cited("three")).with_citation(cited("three")),
            true,
            Some(6),
            Some("m"),
            "one two three",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let before = ledger.len();
        let hour = 2 + u32::try_from(step).unwrap();
        ledger.append(Entry::from(again).with_recorded(time(hour))).unwrap();
        assert_eq!(ledger.len() - before, usize::from(amended), "{step}");
        let claim = ledger.claim(ClaimId::new(0)).unwrap();
        assert_eq!(claim.credibility().map(Credibility::rating), credibility, "{step}");
        assert_eq!(claim.note(), note, "{step}");
        let titles: Vec<_> = claim.citations().iter().filter_map(Citation::title).collect();
        assert_eq!(titles.join(" "), citations, "{step}");
        assert!(claim.is_repeated());
        assert_eq!(claim.last_repeated(), Some(time(hour)));
    }
    assert_eq!(ledger.claims().len(), 1);
    assert_eq!(ledger.len() - length, 5);
    // Another basis is another claim.
    assert!(ledger.record(said("a", 7).with_basis(Basis::Told)).unwrap().is_new());
    assert!(!ledger.claim(ClaimId::new(1)).unwrap().is_repeated());
}

#[test]
fn a_name_that_two_sources_have_is_told_apart_until_one_is_renamed() {
    let mut ledger = Ledger::new();
    for source in ["a", "b"] {
        ledger.add_source(Source::new(source, "The Paper").unwrap()).unwrap();
    }
    ledger.record(said("a", 7)).unwrap();
    let told = |ledger: &Ledger| ledger.claim(ClaimId::new(0)).unwrap().to_string();
    assert_eq!(told(&ledger), "The Paper (a) affirmed 7");
    ledger.amend(SourceAmendment::new(&id("b")).with_name("The Gazette")).unwrap();
    assert_eq!(told(&ledger), "The Paper affirmed 7");
    ledger.amend(SourceAmendment::new(&id("a")).with_name("The Gazette")).unwrap();
    assert_eq!(told(&ledger), "The Gazette (a) affirmed 7");
}

fn predicate_of(part: &[&Topic]) -> String {
    part.iter().map(|topic| topic.predicate()).collect::<Vec<_>>().join(" ")
}

#[test]
fn parts_are_what_constraints_tie_together() {
    let mut ledger = ledger("a");
    for predicate in ["e", "d", "c", "b", "a", "f"] {
        ledger.record(Claim::new(topic(predicate), Figure::exactly(1), id("a"))).unwrap();
    }
    let parts = |ledger: &Ledger| ledger.parts().iter().map(|part| predicate_of(part.topics())).collect::<Vec<_>>();
    assert_eq!(parts(&ledger), ["e", "d", "c", "b", "a", "f"]);
    ledger.add_constraint(Constraint::AtMost { part: topic("a"), whole: topic("d") }).unwrap();
    assert_eq!(parts(&ledger), ["e", "d a", "c", "b", "f"]);
    // Through a topic without a claim too.
    ledger.add_constraint(Constraint::Sum { parts: vec![topic("x"), topic("b")], whole: topic("y") }).unwrap();
    ledger.add_constraint(Constraint::AtMost { part: topic("x"), whole: topic("e") }).unwrap();
    ledger.add_constraint(Constraint::AtMost { part: topic("v"), whole: topic("w") }).unwrap();
    assert_eq!(parts(&ledger), ["e b x y", "d a", "c", "f", "v w"]);
    assert_eq!(ledger.parts()[0].claim_count(), 2);
    let constraints = |ledger: &Ledger| ledger.constraints().len();
    assert_eq!(ledger.parts().iter().map(|part| constraints(&part.to_ledger())).collect::<Vec<_>>(), [2, 1, 0, 0, 1]);
    for many in [0, 1, 2, 3, 4, 5, 9] {
        let split = ledger.split(many);
        assert_eq!(split.len(), many.clamp(1, 5));
        assert_eq!(split.iter().map(constraints).sum::<usize>(), 4, "{many}");
        assert_eq!(split.iter().map(|part| part.claims().len()).sum::<usize>(), 6, "{many}");
    }
    assert_eq!(ledger.split(1), [ledger]);
    assert_eq!(Ledger::new().split(3), [Ledger::new()]);
}

#[test]
fn merging_takes_what_was_amended_later() {
    let base = || {
        let mut ledger = ledger("a b");
        ledger.append(Entry::from(said("a", 7)).with_recorded(time(1))).unwrap();
        ledger
    };
    let with = |amendments: &[(u32, SourceAmendment)]| {
        let mut ledger = base();
        for (hour, of) in amendments {
            ledger.append(amendment(of.clone()).with_recorded(time(*hour))).unwrap();
        }
        ledger
    };
    let rating = |reliability| SourceAmendment::new(&id("a")).with_reliability(reliability);
    let name = |name: &str| SourceAmendment::new(&id("a")).with_name(name);
    let state = |ledger: &Ledger| ledger.source("a").unwrap().clone();
    let both = |one: &Ledger, other: &Ledger| {
        let mut merged = one.clone();
        merged.merge(other).map(|_| merged)
    };
    // A part is taken from the one that wrote it later.
    let one = with(&[(3, rating(Reliability::B)), (6, name("One"))]);
    let other = with(&[(4, rating(Reliability::E)), (5, name("Other"))]);
    let (there, back) = (both(&one, &other).unwrap(), both(&other, &one).unwrap());
    assert_eq!(state(&there), state(&back));
    assert_eq!((state(&there).reliability(), state(&there).name()), (Some(Reliability::E), "One"));
    assert_eq!(both(&there, &other).unwrap(), there);
    assert_eq!(both(&there, &back).unwrap(), there);
    // A history that goes on from where the other ends is all that the merged one says.
    let longer = with(&[(3, rating(Reliability::B)), (6, name("One")), (6, name("Two"))]);
    assert_eq!(both(&one, &longer).unwrap(), longer);
    assert_eq!(both(&longer, &one).unwrap(), longer);
    // A third that wrote in between has the say on what it wrote, whenever it comes.
    let third = with(&[(2, name("Third")), (5, rating(Reliability::A))]);
    let states = [
        both(&both(&one, &other).unwrap(), &third),
        both(&one, &both(&other, &third).unwrap()),
        both(&both(&third, &one).unwrap(), &other),
        both(&third, &both(&other, &one).unwrap()),
    ];
    for merged in states {
        let state = state(&merged.unwrap());
        assert_eq!((state.reliability(), state.name()), (Some(Reliability::A), "One"));
    }
    // At one time, neither is later.
    let same = with(&[(6, name("Same"))]);
    for (own, other) in [(&one, &same), (&same, &one)] {
        let mut merged = own.clone();
        let error = merged.merge(other).unwrap_err();
        assert_eq!(
            error.to_string(),
            "source.name: \"a\" is not the same in both ledgers, and was amended in neither after it was in the other"
        );
        assert_eq!(&merged, own);
    }
}

#[test]
fn merging_takes_what_was_last_held_of_a_claim() {
    let with = |claims: &[(u32, Claim)]| {
        let mut ledger = ledger("a b");
        for (hour, claim) in claims {
            ledger.append(Entry::from(claim.clone()).with_recorded(time(*hour))).unwrap();
        }
        ledger
    };
    let told = |ledger: &Ledger| {
        let told = |claim: ClaimRef<'_>| {
            let mut titles: Vec<_> = claim.citations().iter().filter_map(Citation::title).collect();
            titles.sort_unstable();
            let rating = claim.credibility().map_or(0, Credibility::rating);
            format!("{claim}, {rating}, {}, {}", claim.note().unwrap_or("-"), titles.join(" "))
        };
        let mut told: Vec<String> = ledger.claims().map(told).collect();
        told.sort();
        told
    };
    let one = with(&[
        (2, said("a", 7).with_credibility(rated(2)).with_citation(cited("one"))),
        (5, said("a", 7).with_note("late")),
        (5, said("a", 8)),
    ]);
    let other = with(&[
        (3, said("a", 7).with_credibility(rated(3)).with_citation(cited("two")).with_note("early")),
        (4, said("a", 8).with_note("n")),
        (4, said("b", 9).with_note("n")),
    ]);
    for (own, other) in [(&one, &other), (&other, &one)] {
        let mut merged = own.clone();
        let tally = merged.merge(other).unwrap();
        assert!(tally.amendments().added > 0);
        assert_eq!(told(&merged), ["A affirmed 7, 3, late, one two", "A affirmed 8, 0, n, ", "B affirmed 9, 0, n, "]);
        let before = merged.clone();
        merged.merge(other).unwrap();
        merged.merge(own).unwrap();
        assert_eq!(merged, before);
    }
    let (mut own, untimed) = (ledger("a"), ledger("a"));
    let mut other = untimed;
    own.record(said("a", 7).with_credibility(rated(1))).unwrap();
    other.record(said("a", 7).with_credibility(rated(2))).unwrap();
    assert_eq!(
        refused(own.merge(&other)),
        "claim.credibility: \"A affirmed 7\" is not the same in both ledgers, and was amended in neither after it was in \
         the other"
    );
}

#[test]
fn merging_refuses_owners_that_close_a_circle_together() {
    let with = |source: &str, whole: &str| {
        let mut ledger = ledger("a b");
        ledger.amend(SourceAmendment::new(&id(source)).with_part_of(&id(whole))).unwrap();
        ledger
    };
    let (one, other) = (with("a", "b"), with("b", "a"));
    for (own, other) in [(&one, &other), (&other, &one)] {
        let mut merged = own.clone();
        assert!(refused(merged.merge(other)).ends_with("is a part of the source itself"));
        assert_eq!(&merged, own);
    }
}

#[cfg(feature = "serde")]
mod lines {
    use testimony::{Label, jsonl};

    use super::*;

    /// Reads lines behind two sources; gives what is refused.
    fn read(lines: &[&str]) -> (Ledger, Vec<String>) {
        let sources = [r#"{"source":{"id":"a","name":"A"}}"#, r#"{"source":{"id":"b","name":"B"}}"#];
        let text = sources.iter().chain(lines).copied().flat_map(|line| [line, "\n"]).collect::<String>();
        let mut refused = Vec::new();
        let loaded = jsonl::read_into(Ledger::new(), text.as_bytes(), |error| {
            refused.push(error.to_string());
            std::ops::ControlFlow::Continue(())
        });
        (loaded.unwrap().ledger, refused)
    }

    fn claim(figure: u64) -> String {
        format!(
            r#"{{"claim":{{"topic":{{"subject":"tunnel fire","predicate":"deaths"}},"value":{{"figure":{{"exactly":{figure}}}}},"origin":"a"}}}}"#
        )
    }

    #[test]
    fn a_line_that_is_written_is_read_as_it_was() {
        let text = [
            claim(7).as_str(),
            r#"{"amendment":{"source":"a","name":"N","kind":"outlet","part_of":"b","reliability":"C","url":"u","reason":"r"}}"#,
            r#"{"amendment":{"source":"a","kind":null,"part_of":null,"reliability":null,"url":null}}"#,
            r#"{"amendment":{"claim":0,"credibility":4,"note":"n","citations":[{"title":"t"}],"reason":"r"}}"#,
            r#"{"amendment":{"claim":0,"credibility":null,"note":null}}"#,
            r#"{"retraction":{"claim":0,"by":"a"}}"#,
        ]
        .join("\n");
        let (ledger, refused) = read(&text.lines().collect::<Vec<_>>());
        assert_eq!(refused, [""; 0]);
        let written = jsonl::to_string(&ledger).unwrap();
        assert!(written.ends_with(&format!("{text}\n")), "{written}");
        assert_eq!(jsonl::read(written.as_bytes()).unwrap(), ledger);
    }

    #[test]
    fn an_amendment_that_is_none_says_why() {
        for (line, message) in [
            (r#"{"amendment":{}}"#, "amendment: an amendment names one thing: a source, a claim or a subject"),
            (
                r#"{"amendment":{"source":"a","claim":0,"note":"n"}}"#,
                "amendment: an amendment names one thing: a source, a claim or a subject",
            ),
            (
                r#"{"amendment":{"source":"a","credibility":2}}"#,
                "amendment: `credibility` is no part of a source that an amendment changes",
            ),
            (
                r#"{"amendment":{"claim":0,"reliability":"A"}}"#,
                "amendment: `reliability` is no part of a claim that an amendment changes",
            ),
            (
                r#"{"amendment":{"subject":"s","aliases":["t"],"name":"n"}}"#,
                "amendment: `name` is no part of a subject that an amendment changes",
            ),
            (r#"{"amendment":{"source":"a","name":null}}"#, "amendment: `name` cannot be taken away: a source has one"),
            (r#"{"amendment":{"claim":0}}"#, "amendment is missing: an amendment changes something"),
            (
                r#"{"amendment":{"claim":-1,"note":"n"}}"#,
                "amendment.claim: invalid value: integer `-1`, expected a whole number from 0",
            ),
            (
                r#"{"amendment":{"claim":0.5,"note":"n"}}"#,
                "amendment.claim: invalid type: floating point `0.5`, expected the number of a claim or its label",
            ),
            (r#"{"amendment":{"claim":"7D","note":"n"}}"#, r#"amendment.claim: "7D" is not a label"#),
            (
                r#"{"amendment":{"claim":"00000000000000000000000000000000","note":"n"}}"#,
                r#"amendment.claim: "00000000000000000000000000000000" is the label of no claim so far"#,
            ),
            (
                r#"{"retraction":{"claim":"00000000000000000000000000000000"}}"#,
                r#"retraction.claim: "00000000000000000000000000000000" is the label of no claim so far"#,
            ),
            (
                r#"{"amendment":["a"]}"#,
                "amendment: invalid type: sequence, expected an amendment, as a record with named fields",
            ),
            (r#"{"amendment":{"claim":0,"citations":null}}"#, "amendment is missing: an amendment changes something"),
        ] {
            let (_, refused) = read(&[&claim(7), line]);
            assert_eq!(refused, [format!("line 4: {message}")], "{line}");
        }
    }

    #[test]
    fn numbers_are_those_of_the_file_and_labels_hit_the_last() {
        let label = said("a", 7).label();
        let refused_claim = claim(1).replace("\"a\"", "\"nobody\"");
        let (ledger, refused) = read(&[
            &refused_claim,
            &claim(7),
            &claim(7),
            &claim(8),
            r#"{"amendment":{"claim":3,"note":"eight"}}"#,
            r#"{"amendment":{"claim":2,"note":"seven"}}"#,
            r#"{"amendment":{"claim":0,"note":"none"}}"#,
            r#"{"amendment":{"claim":4,"note":"none"}}"#,
            &format!(r#"{{"retraction":{{"claim":"{label}"}}}}"#),
            &claim(7),
            &format!(r#"{{"amendment":{{"claim":"{label}","note":"again"}}}}"#),
        ]);
        assert_eq!(
            refused,
            [
                "line 3: claim.origin: \"nobody\" is no source defined so far",
                "line 9: amendment.claim: \"0\" is the number of a claim that was refused",
                "line 10: amendment.claim: \"4\" is the number of no claim so far",
            ]
        );
        let notes: Vec<_> = ledger.claims().map(|claim| (claim.note(), claim.is_retracted())).collect();
        assert_eq!(notes, [(Some("seven"), true), (Some("eight"), false), (Some("again"), false)]);
        assert_eq!(ledger.claim(label).unwrap().id(), ClaimId::new(2));
    }

    #[test]
    fn a_label_is_of_what_was_said() {
        let seven = || said("a", 7);
        let label = seven().label();
        let spelt: Claim = serde_json::from_str(
            r#"{"origin":"a","value":{"figure":"7"},"topic":{"predicate":"deaths","subject":"tunnel fire"},"stance":"affirms"}"#,
        )
        .unwrap();
        for same in
            [seven().with_note("n"), seven().with_credibility(rated(1)), seven().with_citation(cited("t")), spelt]
        {
            assert_eq!(same.label(), label);
        }
        for other in [
            said("b", 7),
            said("a", 8),
            seven().with_relay(id("b")),
            seven().with_basis(Basis::Told),
            seven().with_scope("confirmed"),
            seven().with_stated("2025-05-04".parse::<testimony::Moment>().unwrap()),
            Claim::new(topic("deaths"), Value::text("7"), id("a")),
        ] {
            assert_ne!(other.label(), label, "{other:?}");
        }
        let mut ledger = ledger("a b");
        ledger.record(seven().with_note("n")).unwrap();
        assert_eq!(ledger.claim(ClaimId::new(0)).unwrap().label(), label);
        ledger.amend(ClaimAmendment::new(label).with_note("m")).unwrap();
        assert_eq!(ledger.claim(label).unwrap().label(), label);
        // A claim recorded after labels were asked for has one too.
        ledger.record(said("b", 9)).unwrap();
        assert_eq!(ledger.claim(said("b", 9).label()).unwrap().id(), ClaimId::new(1));
        assert!(ledger.claim(said("b", 10).label()).is_none());
    }

    #[test]
    fn a_label_is_written_as_it_is_read() {
        let text = "7d390b6e087fbfd37da040bdbf58068c";
        let label: Label = text.parse().unwrap();
        assert_eq!(label.to_string(), text);
        assert_eq!(serde_json::to_string(&ClaimKey::from(label)).unwrap(), format!("\"{text}\""));
        assert_eq!(serde_json::from_str::<ClaimKey>("7").unwrap(), ClaimId::new(7).into());
        for wrong in ["", "7d39", &text[1..], &text.to_uppercase(), &format!("{text}0"), &"é".repeat(16)] {
            let error = wrong.parse::<Label>().unwrap_err();
            assert_eq!(error.to_string(), format!("\"{wrong}\" is not a label"));
            assert_eq!(error.help(), Some("a label has 32 hexadecimal digits in lower case"));
        }
    }
}

#[cfg(feature = "proptest")]
mod laws {
    #[path = "../cases/mod.rs"]
    mod cases;

    use std::collections::BTreeSet;

    use proptest::collection::vec;
    use proptest::prelude::*;
    use testimony::testing::strategies;

    use self::cases::cases;
    use super::*;

    /// An act of a recorder: rating a source, renaming it, or recording a claim of it with what is held of that.
    type Deed = (usize, u8, u8);

    fn deed((source, what, how): Deed) -> Entry {
        let name = ["a", "b", "c"][source % 3];
        let amend = SourceAmendment::new(&id(name));
        match what % 6 {
            0 => amendment(amend.with_reliability(Reliability::ALL[usize::from(how) % 6])),
            1 => amendment(amend.without_reliability()),
            2 => amendment(amend.with_name(format!("Name {how}"))),
            3 => amendment(amend.with_url(format!("u{how}")).with_name(format!("Name {how}"))),
            4 => said(name, 7).with_credibility(rated(1 + how % 6)).into(),
            _ => said(name, 7).with_citation(cited(&how.to_string())).with_note(format!("n{how}")).into(),
        }
    }

    /// A ledger of deeds at the seconds that one of several recorders writes at, so that no two write at the same.
    fn recorded(deeds: &[(Deed, u32)], recorder: u32) -> Ledger {
        let mut ledger = ledger("a b c");
        let mut deeds = deeds.to_vec();
        deeds.sort_by_key(|(_, second)| *second);
        deeds.dedup_by_key(|(_, second)| *second);
        for (step, second) in deeds {
            let time = format!("2025-03-27T09:{second:02}:{recorder:02}Z").parse().unwrap();
            ledger.append(deed(step).with_recorded(time)).unwrap();
        }
        ledger
    }

    fn deeds() -> impl Strategy<Value = Vec<(Deed, u32)>> {
        vec(((0..3_usize, any::<u8>(), 0..4_u8), 0..60_u32), 0..8)
    }

    /// The record but for order, numbers and times.
    fn known(ledger: &Ledger) -> (Vec<Source>, BTreeSet<String>) {
        let claims = ledger.claims().map(|claim| {
            let mut titles: Vec<_> = claim.citations().iter().filter_map(Citation::title).collect();
            titles.sort_unstable();
            format!("{:?} {:?} {:?} {titles:?}", claim.origin().id(), claim.credibility(), claim.note())
        });
        (ledger.sources().cloned().collect(), claims.collect())
    }

    fn merged(one: &Ledger, other: &Ledger) -> Ledger {
        let mut merged = one.clone();
        merged.merge(other).unwrap();
        merged
    }

    fn found(ledger: &Ledger) -> Vec<String> {
        let conflicts = ledger.conflicts().map(|conflict| conflict.because());
        let circles = ledger.circles().map(|circle| circle.because());
        let violations = ledger.violations().map(|violation| violation.because());
        let topics = ledger.topics().map(|topic| format!("{} {}", topic.topic(), topic.standing().count()));
        conflicts.chain(circles).chain(violations).chain(topics).collect()
    }

    proptest! {
        #![proptest_config(cases(128))]

        #[test]
        fn merging_amendments_is_commutative_idempotent_and_associative(a in deeds(), b in deeds(), c in deeds()) {
            let [a, b, c] = [recorded(&a, 1), recorded(&b, 2), recorded(&c, 3)];
            let (ab, ba) = (merged(&a, &b), merged(&b, &a));
            prop_assert_eq!(known(&ab), known(&ba));
            prop_assert_eq!(&merged(&ab, &b), &ab);
            prop_assert_eq!(&merged(&ab, &a), &ab);
            prop_assert_eq!(&merged(&a, &a), &a);
            prop_assert_eq!(known(&merged(&ab, &c)), known(&merged(&a, &merged(&b, &c))));
            prop_assert_eq!(known(&merged(&c, &ab)), known(&merged(&merged(&c, &b), &a)));
        }

        #[test]
        fn one_that_goes_on_from_another_is_what_both_come_to(all in deeds(), at in any::<prop::sample::Index>()) {
            let whole = recorded(&all, 1);
            let mut before = Ledger::new();
            let entries: Vec<_> = whole.entries().map(|entry| entry.to_entry()).collect();
            before.extend(entries[..3 + at.index(entries.len() - 2)].iter().cloned()).unwrap();
            prop_assert_eq!(&merged(&before, &whole), &whole);
            prop_assert_eq!(&merged(&whole, &before), &whole);
        }

        #[test]
        fn what_is_found_in_the_parts_is_what_is_found_in_the_whole(ledger in strategies::ledgers(), many in 1..4_usize) {
            let mut whole = found(&ledger);
            whole.sort();
            let mut split: Vec<_> = ledger.split(many).iter().flat_map(found).collect();
            split.sort();
            prop_assert_eq!(&split, &whole);
            let mut parts: Vec<_> = ledger.parts().iter().flat_map(|part| found(&part.to_ledger())).collect();
            parts.sort();
            prop_assert_eq!(&parts, &whole);
        }
    }
}
