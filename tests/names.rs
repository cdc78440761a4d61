//! R7 and R23: which names mean one thing.

use testimony::{
    Claim, ClaimId, Error, Figure, Ledger, Names, Predicate, RelationKind, Source, SourceId, SubjectAmendment, Topic,
    Value,
};

fn id(source: &str) -> SourceId {
    SourceId::new(source).unwrap()
}

fn ledger() -> Ledger {
    let mut ledger = Ledger::new();
    for source in ["city", "army"] {
        ledger.add_source(Source::new(source, source).unwrap()).unwrap();
    }
    ledger
}

fn deaths(subject: &str, count: u32, source: &str) -> Claim {
    Claim::new(Topic::new(subject, "deaths"), Figure::exactly(count), id(source))
}

fn in_unit(unit: &str, count: u32, source: &str) -> Claim {
    Claim::new(Topic::new("camp", "fed"), Figure::exactly(count).with_unit(unit), id(source))
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, Error>, expected: &str) {
    assert_eq!(result.unwrap_err().to_string(), expected);
}

fn kind(ledger: &Ledger, one: u64, other: u64) -> Option<RelationKind> {
    ledger.related(ClaimId::new(one), ClaimId::new(other)).map(|pair| pair.kind())
}

#[test]
fn claims_on_any_name_of_a_subject_are_on_one_topic_and_keep_their_words() {
    let mut ledger = ledger();
    ledger.add_subject(Names::new("Kyiv", ["Kiev", "Київ"])).unwrap();
    for (subject, count, source) in [("Kiev", 40, "city"), (" Київ ", 12, "army"), ("Kyiv", 12, "city")] {
        ledger.record(deaths(subject, count, source)).unwrap();
    }
    assert_eq!(ledger.topics().map(|topic| topic.topic().to_string()).collect::<Vec<_>>(), ["Kyiv · deaths"]);
    let words: Vec<_> = ledger.claims().map(|claim| claim.topic().subject().to_owned()).collect();
    assert_eq!(words, ["Kiev", " Київ ", "Kyiv"]);
    assert_eq!(kind(&ledger, 0, 1), Some(RelationKind::Disputes));
    assert_eq!(ledger.topic(&Topic::new("Kiev", "deaths")).map(|topic| topic.claims().len()), Some(3));
    // In other words it is another claim, in the same it is the same.
    assert!(!ledger.record(deaths("Kiev", 40, "city")).unwrap().is_new());
    assert!(ledger.record(deaths("Kyiv", 40, "city")).unwrap().is_new());
}

#[test]
fn topics_that_differ_in_white_space_and_composition_are_one() {
    let mut ledger = ledger();
    ledger.add_predicate(Predicate::new("deaths ").single_valued()).unwrap();
    ledger.add_predicate(Predicate::new("deaths").single_valued()).unwrap();
    for subject in ["Café  de Flore", " Cafe\u{301} de\tFlore"] {
        ledger.record(deaths(subject, 3, "city")).unwrap();
    }
    ledger.record(deaths("café de Flore", 3, "city")).unwrap();
    assert_eq!(ledger.topics().len(), 2);
    assert_eq!(ledger.topics().next().unwrap().topic().subject(), "Café de Flore");
    assert_eq!(ledger.predicates().count(), 1);
    assert!(ledger.topics().all(|topic| topic.predicate().is_single_valued()));
}

#[test]
fn a_name_belongs_to_one_thing_and_an_alias_has_none() {
    let mut ledger = ledger();
    ledger.record(deaths("Lvov", 1, "city")).unwrap();
    ledger.add_subject(Names::new("Kyiv", ["Kiev"])).unwrap();
    let before = ledger.clone();
    for (names, expected) in [
        (Names::new("Kiev", ["Київ"]), r#"subject.name: "Kiev" is already another name of "Kyiv""#),
        (Names::new("Paris", ["Lutetia", "Kiev"]), r#"subject.aliases[1]: "Kiev" is already another name of "Kyiv""#),
        (Names::new("Rus", ["Kyiv"]), r#"subject.aliases[0]: "Kyiv" has other names of its own"#),
        (
            Names::new("Lviv", ["Lemberg", "Lvov "]),
            r#"subject.aliases[1]: "Lvov " is made another name after a claim has already used it"#,
        ),
        (Names::new(" ", ["x"]), r#"subject.name: " " is blank"#),
        (Names::new("x", [""]), r#"subject.aliases[0]: "" is blank"#),
        (Names::new("x", [""; 0]), "subject.aliases is missing: a name has to have another one"),
    ] {
        refused(ledger.add_subject(names), expected);
        assert_eq!(ledger, before);
    }
    // Of the refused ones nothing stays.
    ledger.record(deaths("Lutetia", 1, "city")).unwrap();
    ledger.record(deaths("Lemberg", 1, "city")).unwrap();
    assert_eq!(ledger.topics().len(), 3);
    // The same again changes nothing, and more may be added.
    ledger.add_subject(Names::new(" Kyiv", ["Kiev "])).unwrap();
    ledger.add_subject(Names::new("Kyiv", ["Київ", "Kiev"])).unwrap();
    assert_eq!(ledger.len(), before.len() + 3);
}

#[test]
fn units_have_other_names_and_join_those_that_everybody_knows() {
    let mut ledger = ledger();
    ledger.add_unit(Names::new("heads", ["people", "Mouths"])).unwrap();
    ledger.add_unit(Names::new("lorry", ["truck"])).unwrap();
    for (unit, count) in [("persons", 4), ("mouth", 5), ("head", 6), ("Trucks", 7), ("lorries", 8)] {
        ledger.record(in_unit(unit, count, "city")).unwrap();
    }
    assert_eq!(kind(&ledger, 0, 1), Some(RelationKind::ContradictsItself));
    assert_eq!(kind(&ledger, 0, 2), Some(RelationKind::ContradictsItself));
    assert_eq!(kind(&ledger, 3, 4), Some(RelationKind::ContradictsItself));
    assert_eq!(kind(&ledger, 2, 3), Some(RelationKind::Incomparable));
    let topic = ledger.topics().next().unwrap();
    assert_eq!(topic.unmatched_units(), [Some("persons"), Some("lorry")]);
}

#[test]
fn names_that_no_unit_has_are_refused() {
    let mut ledger = ledger();
    ledger.record(in_unit("boxes", 4, "city")).unwrap();
    for (names, expected) in [
        (
            Names::new("%", ["share"]),
            r#"unit.name: "%" is no unit: a proportion has the unit "ratio", in which 0.3 is 30%"#,
        ),
        (Names::new("share", ["ratio"]), r#"unit.aliases[0]: "ratio" is no name that a unit can have beside others"#),
        (
            Names::new("persons", ["killed"]),
            r#"unit.aliases[0]: "killed" is no name that a unit can have beside others"#,
        ),
        (Names::new("persons", ["soldiers"]), r#"unit.aliases[0]: "soldiers" is already another name of "soldiers""#),
        (
            Names::new("crate", ["Box"]),
            r#"unit.aliases[0]: "Box" is made another name after a claim has already used it"#,
        ),
    ] {
        refused(ledger.add_unit(names), expected);
    }
    for unit in ["%", "Percent", "per cent"] {
        let expected = format!(
            r#"claim.value.figure.unit: "{unit}" is no unit: a proportion has the unit "ratio", in which 0.3 is 30%"#
        );
        refused(ledger.record(in_unit(unit, 30, "city")), &expected);
        let expected =
            format!(r#"predicate.unit: "{unit}" is no unit: a proportion has the unit "ratio", in which 0.3 is 30%"#);
        refused(ledger.add_predicate(Predicate::new("share").with_unit(unit)), &expected);
    }
}

#[test]
fn texts_that_mean_the_same_agree_and_share_their_opposites() {
    let mut ledger = ledger();
    let place = Predicate::new("birthplace").single_valued().with_same(["Redhaven, USSR", "Redhaven, former USSR"]);
    ledger.add_predicate(place).unwrap();
    let outcome = Predicate::new("outcome").with_same(["draw", "Tie"]).with_opposites("victory", "tie");
    ledger.add_predicate(outcome).unwrap();
    for (predicate, text, source) in [
        ("birthplace", "Redhaven, USSR", "city"),
        ("birthplace", "redhaven, FORMER USSR", "army"),
        ("birthplace", "Bluehaven", "army"),
        ("outcome", "a tie", "city"),
        ("outcome", "Draw", "city"),
        ("outcome", "VICTORY", "army"),
    ] {
        ledger.record(Claim::new(Topic::new("a", predicate), Value::text(text), id(source))).unwrap();
    }
    assert_eq!(kind(&ledger, 0, 1), Some(RelationKind::Corroborates));
    assert_eq!(kind(&ledger, 0, 2), Some(RelationKind::Disputes));
    assert_eq!(kind(&ledger, 3, 5), Some(RelationKind::Silent));
    assert_eq!(kind(&ledger, 4, 5), Some(RelationKind::Disputes));
    for (predicate, expected) in [
        (Predicate::new("p").with_same(["a"]), "predicate.same[0] is missing: a group has at least two texts"),
        (
            Predicate::new("p").with_same(["a", "b"]).with_same(["c", "B "]),
            r#"predicate.same[1]: "B " is in two groups"#,
        ),
        (
            Predicate::new("p").with_same(["a", "b"]).with_opposites("A", "b"),
            r#"predicate.opposites[0]: "b" is its own opposite"#,
        ),
    ] {
        refused(ledger.add_predicate(predicate), expected);
    }
}

#[cfg(feature = "testing")]
#[test]
fn two_subjects_in_use_are_joined_from_then_on() {
    for scan_limit in [0, 1000] {
        let mut ledger = testimony::testing::with_scan_limit(ledger(), scan_limit);
        ledger.record(deaths("Kiev", 40, "city")).unwrap();
        ledger.record(deaths("Lviv", 1, "city")).unwrap();
        ledger.record(deaths("Kyiv", 12, "army")).unwrap();
        ledger.record(deaths("Kiev", 40, "army")).unwrap();
        ledger.record(Claim::new(Topic::new("Kiev", "injured"), Figure::exactly(5), id("army"))).unwrap();
        assert_eq!(ledger.conflict_count(), 0);
        let apart = ledger.clone();
        let joined = SubjectAmendment::new("Kyiv").with_alias("Kiev");
        ledger.amend(joined.clone()).unwrap();
        let topics: Vec<_> = ledger.topics().map(|topic| topic.topic().to_string()).collect();
        assert_eq!(topics, ["Kyiv · deaths", "Lviv · deaths", "Kyiv · injured"]);
        assert_eq!(ledger.conflict_count(), 2);
        assert_eq!(ledger.conflicts().count(), 2);
        let words: Vec<_> = ledger.claims().map(|claim| claim.topic().subject().to_owned()).collect();
        assert_eq!(words, ["Kiev", "Lviv", "Kyiv", "Kiev", "Kiev"]);
        // The claims on it come in the order in which they were recorded, and what was said is still known.
        let order: Vec<_> = ledger.topics().next().unwrap().claims().map(|claim| claim.id().number()).collect();
        assert_eq!(order, [0, 2, 3]);
        assert!(!ledger.record(deaths("Kiev", 40, "city")).unwrap().is_new());
        assert!(ledger.record(deaths("Kiev", 41, "city")).unwrap().is_new());
        assert!(ledger.record(deaths("Odesa", 1, "city")).unwrap().is_new());
        assert_eq!(ledger.topics().len(), 4);
        let length = ledger.len();
        ledger.amend(joined).unwrap();
        assert_eq!(ledger.len(), length, "the same again changes nothing");
        assert_eq!(apart.topics().len(), 4);
        refused(
            ledger.amend(SubjectAmendment::new("Kiev").with_alias("Lviv")),
            r#"amendment.subject: "Kiev" is already another name of "Kyiv""#,
        );
        refused(
            ledger.amend(SubjectAmendment::new("Lviv").with_alias("Odesa").with_alias("Kyiv")),
            r#"amendment.aliases[1]: "Kyiv" has other names of its own"#,
        );
        assert_eq!(ledger.topics().len(), 4);
    }
}

#[test]
fn names_are_merged_unless_one_ledger_uses_what_is_another_name_in_the_other() {
    let named = |names: [(&str, &str); 1]| {
        let mut ledger = ledger();
        for (name, alias) in names {
            ledger.add_subject(Names::new(name, [alias])).unwrap();
        }
        ledger
    };
    let mut ours = named([("Kyiv", "Kiev")]);
    let mut theirs = ledger();
    theirs.record(deaths("Kiev", 1, "city")).unwrap();
    refused(
        ours.clone().merge(&theirs),
        r#"subject: "Kiev" is defined in one of the ledgers, and used without that definition in the other"#,
    );
    refused(
        theirs.clone().merge(&ours),
        r#"subject: "Kiev" is defined in one of the ledgers, and used without that definition in the other"#,
    );
    // Where it joins the two itself, nothing is in the way.
    theirs.record(deaths("Kyiv", 2, "army")).unwrap();
    theirs.amend(SubjectAmendment::new("Kyiv").with_alias("Kiev")).unwrap();
    assert_eq!(theirs.clone().merge(&ours).unwrap().claims().added, 0);
    assert_eq!(ours.merge(&theirs).unwrap().claims().added, 2);
    assert_eq!((ours.topics().len(), ours.conflict_count()), (1, 1));
    for (name, alias) in [("Rus", "Kyiv"), ("Kiev", "x"), ("y", "Kiev")] {
        assert!(ours.clone().merge(&named([(name, alias)])).is_err(), "{name}, {alias}");
        assert!(named([(name, alias)]).merge(&ours).is_err(), "{name}, {alias}");
    }
}

#[cfg(feature = "serde")]
#[test]
fn names_are_written_as_they_were_read() {
    let lines = r#"{"format":"testimony/1"}
{"source":{"id":"city","name":"city"}}
{"predicate":{"name":"outcome","same":[["draw","tie"]]}}
{"subject":{"name":"Kyiv","aliases":["Kiev","Київ"]}}
{"unit":{"name":"persons","aliases":["souls"]}}
{"scope":{"name":"laboratory-confirmed","aliases":["confirmed by a laboratory"]}}
{"claim":{"topic":{"subject":"Kiev","predicate":" deaths"},"value":{"figure":{"exactly":40,"unit":"Souls "}},"origin":"city"}}
{"claim":{"topic":{"subject":"Lviv","predicate":"deaths"},"value":{"figure":{"exactly":40}},"origin":"city"}}
{"amendment":{"subject":"Kyiv","aliases":["Lviv"]}}
"#;
    let read = testimony::jsonl::read(lines.as_bytes()).unwrap();
    assert_eq!(read.topics().len(), 1);
    assert_eq!(testimony::jsonl::to_string(&read).unwrap(), lines);
    let error = testimony::jsonl::read(r#"{"subject":{"name":"Kyiv"}}"#.as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "line 1: subject: missing field `aliases`");
}

/// A topic that is looked up for many lines at once is looked up again where a line among them joins it to another.
#[cfg(feature = "serde")]
#[test]
fn names_joined_in_the_middle_of_a_file_count_from_there() {
    let line = |subject: &str, count: u32| {
        format!(
            r#"{{"claim":{{"topic":{{"subject":"{subject}","predicate":"p"}},"value":{{"figure":{count}}},"origin":"city"}}}}"#
        )
    };
    let lines = [
        r#"{"source":{"id":"city","name":"city"}}"#.to_owned(),
        line("a", 1),
        line("b", 2),
        r#"{"amendment":{"subject":"b","aliases":["a"]}}"#.to_owned(),
        line("a", 3),
        line("b", 4),
        r#"{"subject":{"name":"b","aliases":["c"]}}"#.to_owned(),
        line("c", 5),
    ];
    let read = testimony::jsonl::read(lines.join("\n").as_bytes()).unwrap();
    assert_eq!(read.topics().map(|topic| topic.claims().len()).collect::<Vec<_>>(), [5]);
    assert_eq!(read.conflict_count(), 10);
}
