//! The interchange format: what is written, what is read, and what is refused with which words.
#![cfg(feature = "serde")]
#![allow(clippy::too_many_lines, reason = "tables of cases are better in one piece")]

use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;

use testimony::jsonl::{self, Loaded};
use testimony::{
    Citation, Claim, ClaimAmendment, ClaimId, Content, Entry, Error, ErrorKind, Figure, Ledger, Policy, Retraction,
    Source, SourceId, Topic, Value,
};

const SOURCES: &str = r#"{"source":{"id":"a","name":"A"}}
{"source":{"id":"b","name":"B"}}
{"source":{"id":"r","name":"R"}}
"#;

/// A claim line about topic s · p, with these fields after the topic.
fn claim(fields: &str) -> String {
    format!("{{\"claim\":{{\"topic\":{{\"subject\":\"s\",\"predicate\":\"p\"}},{fields}}}}}\n")
}

/// Reads on over what is refused.
#[track_caller]
fn load(lines: &[u8]) -> (Loaded, Vec<String>) {
    let mut refused = Vec::new();
    let loaded = jsonl::read_into(Ledger::new(), lines, |error| {
        refused.push(error.to_string());
        ControlFlow::Continue(())
    });
    (loaded.unwrap(), refused)
}

#[track_caller]
fn written(ledger: &Ledger) -> String {
    let mut bytes = Vec::new();
    jsonl::write(ledger, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The fields of a claim with these fields as they are written again.
#[track_caller]
fn canonical(fields: &str) -> String {
    let ledger = jsonl::read(format!("{SOURCES}{}", claim(fields)).as_bytes()).unwrap();
    let text = written(&ledger);
    let again = jsonl::read(text.as_bytes()).unwrap();
    assert_eq!(again, ledger);
    assert_eq!(written(&again), text);
    let line = text.lines().last().unwrap();
    line.strip_prefix(r#"{"claim":{"topic":{"subject":"s","predicate":"p"},"#)
        .unwrap()
        .strip_suffix("}}")
        .unwrap()
        .to_owned()
}

/// Why a claim with these fields is refused, without the line number.
#[track_caller]
fn refused(fields: &str) -> String {
    let (loaded, refused) = load(format!("{SOURCES}{}", claim(fields)).as_bytes());
    assert_eq!(loaded.ledger, jsonl::read(SOURCES.as_bytes()).unwrap(), "the ledger is as it was");
    assert_eq!(refused.len(), 1, "{refused:?}");
    refused[0].strip_prefix("line 4: ").unwrap().to_owned()
}

#[test]
fn every_entry_comes_back_byte_for_byte() {
    let lines = r#"{"format":"testimony/1"}
{"source":{"id":"rok","name":"South Korea","kind":"government"}}
{"source":{"id":"nis","name":"National Intelligence Service","part_of":"rok","reliability":"B","url":"https://nis.example"}}
{"recorded":"2025-03-27T09:00:00Z","source":{"id":"sat","name":"Satellite 7","kind":"satellite"}}
{"source":{"id":"anon","name":"An official","kind":"anonymous","part_of":"nis"}}
{"predicate":{"name":"casualties","measure":"cumulative","unit":"persons"}}
{"predicate":{"name":"weight","continuous":true,"single_valued":true,"opposites":[["decisive","marginal"],["a","b"]]}}
{"predicate":{"name":"plain"}}
{"recorded":"2025-03-27T09:00:00.500Z","claim":{"topic":{"subject":"T","predicate":"casualties"},"value":{"figure":{"more_than":4000,"unit":"persons"}},"stance":"suggests","origin":"nis","relays":["anon","sat"],"as_of":"2025-03-11/2025-03-20","stated":"2025-03-27T08:00:00Z","confidence":{"likelihood":"icd203:likely","level":"low"},"basis":"told","credibility":2,"citations":[{"url":"https://x.example","title":"t","published":"2025-03-27","accessed":"2025-03-27T10:00:00Z","excerpt":"over 4,000","prefix":"p","suffix":"s","start":3,"end":13,"digest":"sha256:00"},{"title":"u"}],"note":"n"}}
{"claim":{"topic":{"subject":"T","predicate":"casualties"},"stance":"declines","origin":"rok"}}
{"constraint":{"ratio":{"part":{"subject":"T","predicate":"a"},"whole":{"subject":"T","predicate":"b"},"ratio":{"subject":"T","predicate":"c"}}}}
{"constraint":{"at_most":{"part":{"subject":"T","predicate":"a"},"whole":{"subject":"T","predicate":"b"}}}}
{"constraint":{"sum":{"parts":[{"subject":"T","predicate":"a"},{"subject":"T","predicate":"b"}],"whole":{"subject":"T","predicate":"c"}}}}
{"recorded":"2025-03-28T09:00:00Z","retraction":{"claim":0,"by":"nis","reason":"a slip"}}
{"retraction":{"claim":1}}
"#;
    assert_eq!(written(&jsonl::read(lines.as_bytes()).unwrap()), lines);
}

#[test]
fn figures_are_written_in_one_way() {
    for (given, written) in [
        ("4000", r#"{"exactly":4000}"#),
        ("-5", r#"{"exactly":-5}"#),
        ("3.0", r#"{"exactly":3}"#),
        ("0.3", r#"{"exactly":"0.3"}"#),
        ("1e3", r#"{"exactly":1000}"#),
        // Numbers that a binary float would get wrong.
        ("1e-28", r#"{"exactly":"0.0000000000000000000000000001"}"#),
        ("1.2345e-20", r#"{"exactly":"0.000000000000000000012345"}"#),
        ("5.83e25", r#"{"exactly":"58300000000000000000000000"}"#),
        ("-0.0", r#"{"exactly":0}"#),
        ("\"4000\"", r#"{"exactly":4000}"#),
        (r#"{"exactly":"3.00"}"#, r#"{"exactly":3}"#),
        (r#"{"exactly":999999999999999}"#, r#"{"exactly":999999999999999}"#),
        (r#"{"exactly":"1000000000000000"}"#, r#"{"exactly":"1000000000000000"}"#),
        (r#"{"exactly":1000000000000000}"#, r#"{"exactly":"1000000000000000"}"#),
        (r#"{"exactly":100000000000000000000}"#, r#"{"exactly":"100000000000000000000"}"#),
        (r#"{"unit":"kg","at_least":5}"#, r#"{"at_least":5,"unit":"kg"}"#),
        (r#"{"less_than":5}"#, r#"{"less_than":5}"#),
        (r#"{"at_most":5}"#, r#"{"at_most":5}"#),
        (r#"{"between":[3000,"4000"]}"#, r#"{"between":[3000,4000]}"#),
        (r#"{"about":3000}"#, r#"{"about":3000}"#),
        (r#"{"about":[10000,12000]}"#, r#"{"about":[10000,12000]}"#),
        (r#"{"nearly":3000}"#, r#"{"nearly":3000}"#),
        (r#"{"just_over":3000}"#, r#"{"just_over":3000}"#),
        (r#"{"less_than":300,"more_than":100}"#, r#"{"more_than":100,"less_than":300}"#),
        (r#"{"at_least":100,"at_most":100}"#, r#"{"at_least":100,"at_most":100}"#),
        (r#"{"vague":"tens_of_thousands"}"#, r#"{"vague":"tens_of_thousands"}"#),
        (r#"{"about":"0.3","unit":"ratio"}"#, r#"{"about":"0.3","unit":"ratio"}"#),
    ] {
        let value = |figure: &str| format!("\"value\":{{\"figure\":{figure}}},\"origin\":\"a\"");
        assert_eq!(canonical(&value(given)), value(written));
    }
}

#[test]
fn confidence_is_written_in_one_way() {
    for (given, written) in [
        (r#""icd203:likely""#, r#"{"likelihood":"icd203:likely"}"#),
        (r#""likely""#, r#"{"likelihood":"likely"}"#),
        (r#""low""#, r#"{"level":"low"}"#),
        ("0.7", r#"{"likelihood":"0.7"}"#),
        (r#""0.70""#, r#"{"likelihood":"0.7"}"#),
        ("1", r#"{"likelihood":1}"#),
        (r#"{"level":"high","likelihood":0.5}"#, r#"{"likelihood":"0.5","level":"high"}"#),
        (r#"{"likelihood":["0.55",0.8]}"#, r#"{"likelihood":["0.55","0.8"]}"#),
        (r#"{"likelihood":"low"}"#, r#"{"likelihood":"low"}"#),
        (r#""moderate""#, r#"{"level":"moderate"}"#),
        (r#""med""#, r#"{"likelihood":"med"}"#),
        (r#"{"stix":55}"#, r#"{"stix":55}"#),
        (r#"{"stix":0}"#, r#"{"stix":0}"#),
        (r#"{"stix":5,"level":"low","likelihood":null}"#, r#"{"level":"low","stix":5}"#),
        (r#"{"stix":100,"likelihood":0.55}"#, r#"{"likelihood":"0.55","stix":100}"#),
    ] {
        let fields = |confidence: &str| format!(r#""value":{{"text":"x"}},"origin":"a","confidence":{confidence}"#);
        assert_eq!(canonical(&fields(given)), fields(written));
    }
}

#[test]
fn a_default_is_not_written() {
    let given =
        r#""value":{"text":"x"},"stance":"affirms","origin":"a","relays":[],"as_of":null,"citations":[],"note":null"#;
    assert_eq!(canonical(given), r#""value":{"text":"x"},"origin":"a""#);
    let lines = concat!(
        r#"{"source":{"id":"a","name":"A","kind":"organization"}}"#,
        "\n",
        r#"{"predicate":{"name":"p","measure":"stock","continuous":false,"single_valued":false,"opposites":[]}}"#,
    );
    let ledger = jsonl::read(lines.as_bytes()).unwrap();
    let shortest =
        "{\"format\":\"testimony/1\"}\n{\"source\":{\"id\":\"a\",\"name\":\"A\"}}\n{\"predicate\":{\"name\":\"p\"}}\n";
    assert_eq!(written(&ledger), shortest);
}

#[test]
fn what_a_claim_may_not_hold_is_refused_by_field_value_and_reason() {
    let x = r#""value":{"text":"x"}"#;
    for (fields, message) in [
        (format!(r#"{x},"origin":"z""#), r#"claim.origin: "z" is no source defined so far"#),
        (format!(r#"{x},"origin":"a","relays":["b","z"]"#), r#"claim.relays[1]: "z" is no source defined so far"#),
        (
            format!(r#"{x},"origin":"a","relays":["b","r","b"]"#),
            r#"claim.relays[2]: "b" is named twice in one chain of attribution"#,
        ),
        (
            format!(r#"{x},"origin":"a","relays":["a"]"#),
            r#"claim.relays[0]: "a" is named twice in one chain of attribution"#,
        ),
        (
            format!(r#"{x},"origin":"a","as_of":"2025-13""#),
            r#"claim.as_of: "2025-13" names a date that does not exist"#,
        ),
        (
            format!(r#"{x},"origin":"a","as_of":"2025-03/2025-01""#),
            r#"claim.as_of: "2025-03/2025-01" ends before it starts"#,
        ),
        (
            format!(r#"{x},"origin":"a","stated":"2025-03-27T9""#),
            r#"claim.stated: "2025-03-27T9" is not an RFC 3339 time"#,
        ),
        (
            r#""value":{"figure":{"between":[4000,3000]}},"origin":"a""#.to_owned(),
            r#"claim.value.figure: "4000 to 3000" has a lower bound above the upper"#,
        ),
        (
            r#""value":{"figure":{"more_than":300,"less_than":100}},"origin":"a""#.to_owned(),
            r#"claim.value.figure: "from 300 to 100" has a lower bound above the upper"#,
        ),
        (
            r#""value":{"figure":{"nearly":0}},"origin":"a""#.to_owned(),
            r#"claim.value.figure: "nearly 0" allows no value at all"#,
        ),
        (
            r#""value":{"figure":{"vague":"dozens","unit":"ratio"}},"origin":"a""#.to_owned(),
            r#"claim.value.figure: "dozens “ratio”" is a vague magnitude, which a ratio cannot have"#,
        ),
        (
            r#""value":{"figure":"over 4,000 or so, they say"},"origin":"a""#.to_owned(),
            r#"claim.value.figure: "over 4,000 or so, they say" is not a figure"#,
        ),
        (
            r#""value":{"figure":1e400},"origin":"a""#.to_owned(),
            r#"claim.value.figure: "1e400" is a number too large or too small to be held exactly"#,
        ),
        (
            r#""value":{"figure":"1e400"},"origin":"a""#.to_owned(),
            r#"claim.value.figure: "1e400" is a number too large or too small to be held exactly"#,
        ),
        (
            r#""value":{"figure":NaN},"origin":"a""#.to_owned(),
            r#"claim.value.figure: not JSON, expected value at “…,"value":{"figure":N” (column 69)"#,
        ),
        (r#""value":{"figure":"NaN"},"origin":"a""#.to_owned(), r#"claim.value.figure: "NaN" is not a figure"#),
        (
            r#""value":{"figure":{"exactly":1234567890123456}},"origin":"a""#.to_owned(),
            "claim.value.figure.exactly: \"1234567890123456\" has more than 15 significant digits, which a JSON number cannot carry exactly: write it as a string",
        ),
        (
            r#""value":{"figure":{"exactly":0.1000000000000000055}},"origin":"a""#.to_owned(),
            r#"claim.value.figure.exactly: "0.1000000000000000055" has more than 15 significant digits, which a JSON number cannot carry exactly: write it as a string"#,
        ),
        (
            r#""value":{"figure":{"exactly":"12345678901234567890123456789"}},"origin":"a""#.to_owned(),
            r#"claim.value.figure.exactly: "12345678901234567890123456789" needs more than 28 significant digits"#,
        ),
        (
            r#""value":{"figure":{"exactly":5,"about":5}},"origin":"a""#.to_owned(),
            "claim.value.figure: `about` cannot stand beside another hedge: a figure has one, or a lower (more_than, at_least) and an upper (less_than, at_most)",
        ),
        (
            r#""value":{"figure":{"unit":"kg"}},"origin":"a""#.to_owned(),
            "claim.value.figure: a figure without a number: one of exactly, rounded, more_than, at_least, less_than, at_most, between, about, nearly, just_over or vague is expected",
        ),
        (
            r#""value":{"figure":{"exactly":5,"unit":" "}},"origin":"a""#.to_owned(),
            r#"claim.value.figure.unit: " " is blank"#,
        ),
        (
            r#""origin":"a""#.to_owned(),
            "claim.value is missing: only a claim that declines or disowns may be without one",
        ),
        (format!(r#"{x},"origin":"a","credibility":7"#), r#"claim.credibility: "7" is none of 1, 2, 3, 4, 5 and 6"#),
        (
            format!(r#"{x},"origin":"a","stance":"admits""#),
            r#"claim.stance: "admits" is none of affirms, denies, suggests, declines and disowns"#,
        ),
        (
            format!(r#"{x},"origin":"a","confidence":1.5"#),
            r#"claim.confidence: "1.5" is not a probability from 0 to 1"#,
        ),
        (
            format!(r#"{x},"origin":"a","confidence":{{}}"#),
            "claim.confidence: a confidence without a likelihood, a level or a number of STIX says nothing",
        ),
        (
            format!(r#"{x},"origin":"a","confidence":{{"stix":101}}"#),
            r#"claim.confidence.stix: "101" is none of the whole numbers from 0 to 100"#,
        ),
        (
            format!(r#"{x},"origin":"a","confidence":{{"stix":300}}"#),
            r#"claim.confidence.stix: "300" is none of the whole numbers from 0 to 100"#,
        ),
        (
            format!(r#"{x},"origin":"a","confidence":{{"stix":-1}}"#),
            "claim.confidence.stix: invalid value: integer `-1`, expected a whole number from 0",
        ),
        (
            format!(r#"{x},"origin":"a","confidence":{{"stix":"high"}}"#),
            r#"claim.confidence.stix: invalid type: string "high", expected a whole number"#,
        ),
        (
            format!(r#"{x},"origin":"a","citations":[{{}}]"#),
            "claim.citations[0] is missing: a citation has at least one part",
        ),
        (
            format!(r#"{x},"origin":"a","citations":[{{"start":5,"end":4}}]"#),
            r#"claim.citations[0].start: "5 to 4" has a lower bound above the upper"#,
        ),
        (
            format!(r#"{x},"origin":"a","certainty":1"#),
            "claim.certainty: unknown field `certainty`, expected one of `topic`, `value`, `stance`, `scope`, `origin`, `relays`, `as_of`, `stated`, `confidence`, `basis`, `credibility`, `citations`, `note`",
        ),
        (format!(r#"{x},"origin":"a","origin":"b""#), "claim: duplicate field `origin`"),
        (r#""value":{"text":"  "},"origin":"a""#.to_owned(), r#"claim.value.text: "  " is blank"#),
        (
            r#""value":{"figure":1e-400},"origin":"a""#.to_owned(),
            r#"claim.value.figure: "1e-400" is a number too large or too small to be held exactly"#,
        ),
        (
            r#""value":{"text":1.5},"origin":"a""#.to_owned(),
            "claim.value.text: invalid type: floating point `1.5`, expected a string",
        ),
        (
            r#""value":{"text":1e400},"origin":"a""#.to_owned(),
            r#"claim.value.text: number out of range, at “…value":{"text":1e400” (column 71)"#,
        ),
        (
            r#""value":{"figure":1,"text":"x"},"origin":"a""#.to_owned(),
            "claim.value: a claim has one value: a figure, a text or a period",
        ),
        (
            r#""value":{},"origin":"a""#.to_owned(),
            "claim.value: no value in it: a figure, a text or a period is expected",
        ),
        (
            r#""value":{"figure":{"about":[1,2,3]}},"origin":"a""#.to_owned(),
            "claim.value.figure.about: invalid length 3, expected a list of two",
        ),
        (
            r#""value":{"text":"\ud800"},"origin":"a""#.to_owned(),
            r#"claim.value.text: unexpected end of hex escape, at “…ue":{"text":"\ud800"” (column 74)"#,
        ),
        (
            format!(r#"{x},"origin":"a","credibility":300"#),
            r#"claim.credibility: "300" is none of 1, 2, 3, 4, 5 and 6"#,
        ),
        (
            format!(r#"{x},"origin":"a","citations":[["u"]]"#),
            "claim.citations[0]: invalid type: sequence, expected a citation, as a record with named fields",
        ),
        (
            format!(r#"{x},"origin":"a b""#),
            r#"claim.origin: "a b" has white space or a control character, which an id may not have"#,
        ),
    ] {
        assert_eq!(refused(&fields), message, "{fields}");
    }
}

#[test]
fn what_has_another_shape_is_told_in_plain_words() {
    let topic = r#"{"subject":"s","predicate":"p"}"#;
    let claim =
        |fields: &str| format!(r#"{{"claim":{{"topic":{topic},"value":{{"text":"x"}},"origin":"a",{fields}}}}}"#);
    let cited = |citation: &str| claim(&format!(r#""citations":[{{{citation}}}]"#));
    let figure =
        |figure: &str| format!(r#"{{"claim":{{"topic":{topic},"value":{{"figure":{figure}}},"origin":"a"}}}}"#);
    let predicate = |fields: &str| format!(r#"{{"predicate":{{"name":"q",{fields}}}}}"#);
    let constraint = |constraint: &str| format!(r#"{{"constraint":{constraint}}}"#);
    for (line, message) in [
        (claim(r#""relays":"r""#), r#"claim.relays: invalid type: string "r", expected a list"#),
        (claim(r#""citations":{}"#), "claim.citations: invalid type: map, expected a list"),
        (claim(r#""credibility":"2""#), r#"claim.credibility: invalid type: string "2", expected a whole number"#),
        (
            claim(r#""credibility":-1"#),
            "claim.credibility: invalid value: integer `-1`, expected a whole number from 0",
        ),
        (
            cited(r#""start":1.5"#),
            "claim.citations[0].start: invalid type: floating point `1.5`, expected a whole number",
        ),
        (
            cited(r#""start":1,"end":"2""#),
            r#"claim.citations[0].end: invalid type: string "2", expected a whole number"#,
        ),
        (claim(r#""confidence":["0.5"]"#), "claim.confidence: invalid length 1, expected a list of two"),
        (
            claim(r#""confidence":{"likelihood":[]}"#),
            "claim.confidence.likelihood: invalid length 0, expected a list of two",
        ),
        (figure(r#"{"between":5}"#), "claim.value.figure.between: invalid type: integer `5`, expected a list of two"),
        (figure(r#"{"between":[1,2,3,4]}"#), "claim.value.figure.between: invalid length 4, expected a list of two"),
        (predicate(r#""opposites":{"a":"b"}"#), "predicate.opposites: invalid type: map, expected a list"),
        (
            predicate(r#""opposites":["a","b"]"#),
            r#"predicate.opposites[0]: invalid type: string "a", expected a list of two"#,
        ),
        (
            predicate(r#""opposites":[["a","b","c"]]"#),
            "predicate.opposites[0]: invalid length 3, expected a list of two",
        ),
        (r#"{"retraction":{"claim":"0"}}"#.to_owned(), r#"retraction.claim: "0" is not a label"#),
        (
            constraint(r#""sum""#),
            r#"constraint: invalid type: string "sum", expected a constraint, as {"ratio":{…}}, {"at_most":{…}}, {"sum":{…}} or {"change":{…}}"#,
        ),
        (constraint("{}"), "constraint: no constraint in it: ratio, at_most, sum or change is expected"),
        (
            constraint(&format!(r#"{{"sum":{{"parts":{topic},"whole":{topic}}}}}"#)),
            "constraint.sum.parts: invalid type: map, expected a list",
        ),
        (
            constraint(&format!(r#"{{"at_most":[{topic},{topic}]}}"#)),
            "constraint.at_most: invalid type: sequence, expected a record with named fields",
        ),
        (
            constraint(&format!(
                r#"{{"at_most":{{"part":{topic},"whole":{topic}}},"sum":{{"parts":[{topic}],"whole":{topic}}}}}"#
            )),
            "constraint: an entry has one constraint: a ratio, at_most, a sum or a change",
        ),
        (
            constraint(&format!(r#"{{"at_most":{{"part":{topic},"whole":{topic},"ratio":{topic}}}}}"#)),
            "constraint.at_most.ratio: unknown field `ratio`, expected `part` or `whole`",
        ),
    ] {
        let (_, refused) = load(format!("{SOURCES}{line}\n").as_bytes());
        assert_eq!(refused, [format!("line 4: {message}")], "{line}");
    }
}

#[test]
fn a_line_that_is_no_entry_is_refused() {
    for (line, message) in [
        ("{", "the line: cut short, EOF while parsing an object after “{” (column 1)"),
        ("nonsense", "the line: not JSON, expected value at “no” (column 2)"),
        ("é", "the line: not JSON, expected value at “é” (column 1)"),
        ("\u{feff}{}", "the line: not JSON, expected value at “\\u{feff}” (column 1)"),
        (
            r#"{"retraction":{"claim":99999999999999999999}}"#,
            r#"retraction.claim: "99999999999999999999" has more than 15 significant digits, which a JSON number cannot carry exactly"#,
        ),
        (
            "[1]",
            "the line: invalid type: sequence, expected an entry such as {\"source\":{…}} or {\"recorded\":\"…\",\"claim\":{…}}",
        ),
        (
            "{}",
            "the line: no entry: one of source, predicate, subject, unit, scope, claim, constraint, retraction or amendment is expected",
        ),
        (
            r#"{"opinion":{}}"#,
            "opinion: unknown field `opinion`, expected one of `format`, `recorded`, `source`, `predicate`, `subject`, `unit`, `scope`, `claim`, `constraint`, `retraction`, `amendment`",
        ),
        (
            r#"{"source":{"id":"x","name":"X"},"predicate":{"name":"p"}}"#,
            "the line: a second kind of entry: a line holds one entry",
        ),
        (r#"{"source":{"id":"a","name":"Another"}}"#, r#"source.id: "a" is already defined, and differently"#),
        (r#"{"source":{"id":"x","name":"X","part_of":"x"}}"#, r#"source.part_of: "x" is no source defined so far"#),
        (r#"{"source":{"id":"x"}}"#, "source: missing field `name`"),
        (r#"{"source":["x","X"]}"#, "source: invalid type: sequence, expected a source, as a record with named fields"),
        (r#"{"claim":5}"#, "claim: invalid type: integer `5`, expected a claim, as a record with named fields"),
        (r#"{"format":"testimony/1"}"#, "the line: the format is named once, on a first line of its own"),
        (r#"{"source":{"id":"","name":"X"}}"#, r#"source.id: "" is blank"#),
        (
            r#"{"source":{"id":"x","name":"X","reliability":"b"}}"#,
            r#"source.reliability: "b" is none of A, B, C, D, E and F"#,
        ),
        (
            r#"{"predicate":{"name":"p","measure":"heap"}}"#,
            r#"predicate.measure: "heap" is none of stock, cumulative, flow and fixed"#,
        ),
        (r#"{"recorded":"now","source":{"id":"x","name":"X"}}"#, r#"recorded: "now" is not an RFC 3339 time"#),
        (r#"{"retraction":{"claim":0}}"#, r#"retraction.claim: "0" is the number of no claim so far"#),
        (
            r#"{"constraint":{"sum":{"parts":[],"whole":{"subject":"s","predicate":"p"}}}}"#,
            "constraint.sum.parts is missing: a sum has at least one part",
        ),
        (
            r#"{"constraint":{"at_most":{"part":{"subject":"s","predicate":"p"},"whole":{"subject":"s","predicate":"p"}}}}"#,
            r#"constraint.at_most.whole: "s · p" is named twice in one constraint"#,
        ),
    ] {
        let (_, refused) = load(format!("{SOURCES}{line}").as_bytes());
        assert_eq!(refused, [format!("line 4: {message}")], "{line}");
    }
}

/// A value that the parser hands over is refused with as much to go by as one that the ledger refuses.
#[test]
fn what_is_refused_while_a_line_is_parsed_keeps_its_kind_value_and_help() {
    let date = "write 2025, 2025-03, 2025-03-15, a span such as 2025-01/2025-03, .. for an open end, and ? ~ or % after a date in doubt";
    for (fields, code, field, value, help) in [
        (r#""origin":"a","as_of":"March 2025""#, "not-a-period", "as_of", "March 2025", Some(date)),
        (r#""origin":"""#, "blank", "origin", "", None),
        (r#""origin":"a","relays":["b","c d"]"#, "not-an-id", "relays[1]", "c d", None),
        (r#""origin":"a","stance":"admits""#, "not-one-of", "stance", "admits", None),
        (
            r#""origin":"a","value":{"figure":{"between":[5,"3.5"]}}"#,
            "bounds-reversed",
            "value.figure",
            "5 to 3.5",
            Some("give the smaller number first"),
        ),
        (
            r#""origin":"a","value":{"figure":{"exactly":"4,000"}}"#,
            "not-a-number",
            "value.figure.exactly",
            "4,000",
            Some("write digits, with an optional sign, fraction and exponent: -1250, 0.5, 1.2e6"),
        ),
        (r#""origin":"a","confidence":1.5"#, "not-a-probability", "confidence", "1.5", None),
    ] {
        let error = jsonl::read(format!("{SOURCES}{}", claim(fields)).as_bytes()).unwrap_err();
        let field = format!("claim.{field}");
        assert_eq!(
            (error.line(), error.code(), error.field(), error.refused_value(), error.help()),
            (Some(4), code, Some(field.as_str()), Some(value), help),
            "{fields}"
        );
    }
    // A value refused before is not taken for that of a refusal by the parser itself.
    let error = jsonl::read(format!("{SOURCES}{}", claim(r#""origin":"a","origin":"b""#)).as_bytes()).unwrap_err();
    assert_eq!((error.code(), error.refused_value()), ("malformed", None));
}

#[test]
fn the_first_bad_line_stops_a_strict_reading() {
    let lines = format!("{SOURCES}{{}}\n{}", claim(r#""value":{"text":"x"},"origin":"z""#));
    let error = jsonl::read(lines.as_bytes()).unwrap_err();
    assert_eq!(error.line(), Some(4));
    assert_eq!(error.code(), "malformed");
    let error = jsonl::read(lines.replace("{}\n", "").as_bytes()).unwrap_err();
    assert_eq!((error.line(), error.field(), error.refused_value()), (Some(4), Some("claim.origin"), Some("z")));
    assert_eq!(error.kind(), &ErrorKind::UnknownSource);
    assert_eq!(error.help(), Some("define a source before anything that names it"));
}

#[test]
fn the_format_line_comes_first_and_may_be_missing() {
    let source = "{\"source\":{\"id\":\"a\",\"name\":\"A\"}}\n";
    let expected = jsonl::read(source.as_bytes()).unwrap();
    for start in
        ["", "{\"format\":\"testimony/1\"}\n", "\u{feff}", "\u{feff}{\"format\":\"testimony/1\"}\r\n", "\n \t\r\n"]
    {
        assert_eq!(jsonl::read(format!("{start}{source}").as_bytes()).unwrap(), expected, "{start:?}");
    }
    for header in ["{\"format\":\"testimony/2\",\"by\":\"x\"}", "{\"recorded\":1,\"format\":2}"] {
        let error = jsonl::read(format!("{header}\n{source}").as_bytes()).unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::UnknownFormat, "a later version may say more in its first line");
    }
    let error = jsonl::read(format!("\n{{\"format\":\"testimony/2\"}}\n{source}").as_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 2: format: \"testimony/2\" is no format that this release reads, which is testimony/1"
    );
    let (_, refused) = load(format!("{source}{{\"format\":\"testimony/1\"}}\n").as_bytes());
    assert_eq!(refused, ["line 2: the line: the format is named once, on a first line of its own"]);
    for (other, field) in [
        (r#""recorded":"2025-03-27T09:00:00Z""#, "recorded"),
        (r#""source":{"id":"b","name":"B"}"#, "source"),
        (r#""made by":"hand""#, "made by"),
    ] {
        let header = format!("{{\"format\":\"testimony/1\",{other}}}\n");
        let (loaded, refused) = load(format!("{header}{source}").as_bytes());
        let message = "the format is named once, on a first line of its own";
        assert_eq!(refused, [format!("line 1: the line: `{field}` beside it: {message}")]);
        assert_eq!(loaded.ledger, expected);
    }
    assert_eq!(jsonl::read(&b""[..]).unwrap(), Ledger::new());
}

#[test]
fn a_line_cut_in_half_is_refused_and_one_without_an_end_is_not() {
    let lines = format!("{SOURCES}{}", claim(r#""value":{"text":"é"},"origin":"a""#));
    let whole = jsonl::read(lines.as_bytes()).unwrap();
    for cut in 0..lines.len() {
        let (loaded, refused) = load(&lines.as_bytes()[..cut]);
        let lines_whole = lines.as_bytes()[..cut].split(|byte| *byte == b'\n').count() - 1;
        assert!(refused.len() <= 1, "{cut}: {refused:?}");
        assert!(loaded.ledger.len() >= lines_whole && loaded.ledger.len() <= lines_whole + 1);
    }
    assert_eq!(jsonl::read(lines.trim_end().as_bytes()).unwrap(), whole);
    let bytes = [lines.as_bytes(), b"{\"source\":{\"id\":\"x\",\"name\":\"\xff\"}}\n"].concat();
    assert_eq!(load(&bytes).1, ["line 5: the line: not UTF-8 after 28 bytes"]);
}

#[test]
fn claims_are_numbered_as_the_file_has_them() {
    let lines = [
        SOURCES.to_owned(),
        claim(r#""value":{"text":"x"},"origin":"z""#), // 0, refused
        claim(r#""value":{"text":"x"},"origin":"a""#), // 1
        claim(r#""value":{"text":"x"},"origin":"a","relays":[]"#), // 2, repeats 1
        "{\"claim\":{\"topic\":\n".to_owned(),         // 3, cut short
        "{\"x\":1,\"claim\":7}\n".to_owned(),          // 4, no claim at all
        claim(r#""value":{"text":"y"},"origin":"a""#), // 5
        "{\"retraction\":{\"claim\":5}}\n{\"retraction\":{\"claim\":2}}\n".to_owned(),
        "{\"retraction\":{\"claim\":1}}\n{\"retraction\":{\"claim\":3}}\n".to_owned(),
    ]
    .concat();
    let (loaded, refused) = load(lines.as_bytes());
    assert_eq!(refused[0], "line 4: claim.origin: \"z\" is no source defined so far");
    assert_eq!(refused[3], "line 12: retraction.claim: \"1\" is already retracted");
    assert_eq!(refused[4], "line 13: retraction.claim: \"3\" is the number of a claim that was refused");
    assert_eq!(refused.len(), 5);
    assert!(loaded.ledger.claims().all(|claim| claim.is_retracted()));
    let known = |number| loaded.claim_numbered(number).map(ClaimId::number);
    assert_eq!([0, 1, 2, 3, 4, 5, 6].map(known), [None, Some(0), Some(0), None, None, Some(1), None]);
    assert_eq!([0, 1, 2].map(|id| loaded.number_in_file(ClaimId::new(id))), [Some(1), Some(5), None]);
}

#[test]
fn a_refused_line_has_the_number_of_a_claim_if_that_is_the_first_kind_it_names() {
    let numbers = |refused: &str| {
        let lines = [SOURCES.to_owned(), refused.to_owned(), claim(r#""value":{"text":"x"},"origin":"a""#)].concat();
        let (loaded, _) = load(lines.as_bytes());
        [0, 1].map(|number| loaded.claim_numbered(number).map(ClaimId::number))
    };
    for kind in ["source", "predicate", "subject", "unit", "scope", "constraint", "retraction", "amendment"] {
        assert_eq!(numbers(&format!("{{\"{kind}\":7,\"claim\":8}}\n")), [Some(0), None], "{kind}");
        assert_eq!(numbers(&format!("{{\"claim\":8,\"{kind}\":7}}\n")), [None, Some(0)], "{kind}");
    }
}

#[test]
fn an_entry_without_a_time_was_recorded_with_the_line_before_it() {
    let time = |hour: u32| format!("{{\"recorded\":\"2025-01-01T{hour:02}:00:00Z\",");
    let line = |hour, fields: &str| claim(fields).replacen('{', &time(hour), 1);
    let lines = [
        SOURCES.to_owned(),
        line(1, r#""value":{"text":"x"},"origin":"a""#),
        line(2, r#""value":{"text":"x"},"origin":"a""#), // repeated: changes nothing, but it was at two
        claim(r#""value":{"text":"y"},"origin":"a""#),
        line(3, r#""value":{"text":"z"},"origin":"z""#), // refused: as if it were not there
        claim(r#""value":{"text":"z"},"origin":"a""#),
        line(2, r#""value":{"text":"v"},"origin":"a""#), // says so itself
        line(1, r#""value":{"text":"w"},"origin":"a""#), // goes back
    ]
    .concat();
    let (loaded, refused) = load(lines.as_bytes());
    assert_eq!(refused.len(), 2);
    assert_eq!(
        refused[1],
        "line 10: recorded: \"2025-01-01T01:00:00Z\" is before the time of the entry before it, 2025-01-01T02:00:00Z"
    );
    let times: Vec<_> = loaded.ledger.entries().map(|entry| entry.recorded().map(|time| time.to_string())).collect();
    let at = |hour| Some(format!("2025-01-01T0{hour}:00:00Z"));
    assert_eq!(times, [None, None, None, at(1), at(2), at(2), at(2)]);
    let text = written(&loaded.ledger);
    assert_eq!(text.matches("recorded").count(), 2);
    assert_eq!(written(&jsonl::read(text.as_bytes()).unwrap()), text);
}

#[test]
fn limits_hold_at_the_edge_and_one_past_it() {
    let text = |n| "x".repeat(n);
    let source = |id: &str, name: &str| format!("{{\"source\":{{\"id\":\"{id}\",\"name\":\"{name}\"}}}}\n");
    assert!(jsonl::read(source(&text(128), &text(1024)).as_bytes()).is_ok());
    let message = |lines: String| jsonl::read(lines.as_bytes()).unwrap_err().to_string();
    let long = |n| format!("{}…", text(n));
    assert_eq!(
        message(source(&text(129), "X")),
        format!("line 1: source.id: \"{}\" is longer than 128 bytes", long(80))
    );
    assert_eq!(
        message(source("x", &text(1025))),
        format!("line 1: source.name: \"{}\" is longer than 1024 bytes", long(80))
    );
    assert_eq!(
        message(source("x", &"é".repeat(513))),
        format!("line 1: source.name: \"{}…\" is longer than 1024 bytes", "é".repeat(80))
    );

    let with = |fields: String| format!("{SOURCES}{}", claim(&fields));
    for (field, limit, fields) in [
        ("claim.value.text", 65536, [r#""value":{"text":"#, r#"},"origin":"a""#]),
        ("claim.note", 65536, [r#""value":{"text":"x"},"origin":"a","note":"#, ""]),
        ("claim.citations[0].excerpt", 65536, [r#""value":{"text":"x"},"origin":"a","citations":[{"excerpt":"#, "}]"]),
        ("claim.value.figure.unit", 1024, [r#""value":{"figure":{"exactly":1,"unit":"#, r#"}},"origin":"a""#]),
    ] {
        let fields = |n| format!("{}\"{}\"{}", fields[0], text(n), fields[1]);
        assert!(jsonl::read(with(fields(limit)).as_bytes()).is_ok(), "{field}");
        let error = jsonl::read(with(fields(limit + 1)).as_bytes()).unwrap_err();
        assert_eq!((error.field(), error.kind()), (Some(field), &ErrorKind::TooLong { limit }));
    }
    for (field, predicate) in [("claim.topic.subject", "p".to_owned()), ("claim.topic.predicate", text(1025))] {
        let subject = if field.ends_with("subject") { text(1025) } else { "s".to_owned() };
        let line = format!(
            "{SOURCES}{{\"claim\":{{\"topic\":{{\"subject\":\"{subject}\",\"predicate\":\"{predicate}\"}},\"value\":{{\"text\":\"x\"}},\"origin\":\"a\"}}}}\n"
        );
        let error = jsonl::read(line.as_bytes()).unwrap_err();
        assert_eq!((error.field(), error.kind()), (Some(field), &ErrorKind::TooLong { limit: 1024 }));
    }

    let sources: String = (0..65).map(|i| source(&format!("s{i}"), "S")).collect();
    let relayed = |n: usize| {
        let relays: Vec<_> = (0..n).map(|i| format!("\"s{i}\"")).collect();
        format!(
            "{SOURCES}{sources}{}",
            claim(&format!(r#""value":{{"text":"x"}},"origin":"a","relays":[{}]"#, relays.join(",")))
        )
    };
    assert!(jsonl::read(relayed(64).as_bytes()).is_ok());
    assert_eq!(message(relayed(65)), "line 69: claim.relays has more than 64 entries");
    let cited = |n: usize| {
        with(format!(r#""value":{{"text":"x"}},"origin":"a","citations":[{}]"#, vec![r#"{"url":"u"}"#; n].join(",")))
    };
    assert!(jsonl::read(cited(64).as_bytes()).is_ok());
    assert_eq!(message(cited(65)), "line 4: claim.citations has more than 64 entries");

    let chain = |n: usize| -> String {
        (0..n)
            .map(|i| match i {
                0 => source("s0", "S"),
                _ => format!("{{\"source\":{{\"id\":\"s{i}\",\"name\":\"S\",\"part_of\":\"s{}\"}}}}\n", i - 1),
            })
            .collect()
    };
    assert!(jsonl::read(chain(64).as_bytes()).is_ok());
    assert_eq!(message(chain(65)), "line 65: source.part_of: \"s63\" is part of a chain more than 64 sources deep");
    assert_eq!(load(chain(10_000).as_bytes()).1.len(), 10_000 - 64);

    // As the first line, and as one that is at hand with the one before it.
    for (number, before) in [(1, String::new()), (2, source("w", "W"))] {
        let last = |length: usize| {
            let line = source("x", "X");
            format!("{before}{}{}", line.trim_end(), " ".repeat(length - line.trim_end().len()))
        };
        assert_eq!(jsonl::read(last(jsonl::MAX_LINE).as_bytes()).unwrap().len(), number);
        let line = |length| format!("{}\n{}", last(length), source("y", "Y"));
        assert_eq!(jsonl::read(line(jsonl::MAX_LINE).as_bytes()).unwrap().len(), number + 1);
        let (loaded, refused) = load(line(jsonl::MAX_LINE + 1).as_bytes());
        assert_eq!(refused, [format!("line {number}: the line is longer than 1048576 bytes")]);
        assert!(loaded.ledger.source("y").is_some(), "reading goes on with the next line");
    }
}

#[test]
fn hostile_lines_are_refused_and_the_rest_is_kept() {
    let brackets = "[".repeat(10_000);
    for bad in [
        brackets.clone(),
        format!("{{\"claim\":{brackets}"),
        claim(&format!("\"value\":{{\"figure\":{brackets}")),
        "{\"a\":".repeat(10_000),
        "\u{0}".to_owned(),
        "\"".to_owned(),
        "null".to_owned(),
        "{\"claim\":null}".to_owned(),
        "{\"source\":{\"id\":\"\\ud800\",\"name\":\"x\"}}".to_owned(),
    ] {
        let lines = format!("{}{bad}\n{}", &SOURCES[..33], &SOURCES[33..]);
        let (loaded, refused) = load(lines.as_bytes());
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert!(refused[0].starts_with("line 2: "), "{refused:?}");
        assert!(refused[0].len() < 300, "{}", refused[0].len());
        assert_eq!(loaded.ledger, jsonl::read(SOURCES.as_bytes()).unwrap());
    }
}

#[test]
fn errors_show_hostile_values_escaped() {
    let error = jsonl::read("{\"source\":{\"id\":\"a\\u202eb\\n\",\"name\":\"x\"}}".as_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 1: source.id: \"a\\u{202e}b\\u{a}\" has white space or a control character, which an id may not have"
    );
}

#[test]
fn json_and_cbor_carry_the_same_entries() {
    let lines = [
        r#"{"recorded":"2025-03-27T09:00:00Z","claim":{"topic":{"subject":"s","predicate":"p"},"value":{"figure":{"between":[3000,"4000.5"],"unit":"kg"}},"stance":"denies","origin":"a","relays":["b"],"as_of":"2025-03~/..","stated":"2025-03-27","confidence":{"likelihood":["0.55","0.8"],"level":"high"},"basis":"induced","credibility":6,"citations":[{"start":0,"end":5}],"note":"n"}}"#,
        r#"{"source":{"id":"a","name":"A","kind":"person","part_of":"b","reliability":"F","url":"u"}}"#,
        r#"{"predicate":{"name":"p","measure":"flow","unit":"kg","continuous":true,"opposites":[["x","y"]]}}"#,
        r#"{"constraint":{"at_most":{"part":{"subject":"s","predicate":"p"},"whole":{"subject":"s","predicate":"q"}}}}"#,
        r#"{"retraction":{"claim":3,"by":"a","reason":"r"}}"#,
    ];
    for line in lines {
        let entry: Entry = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_string(&entry).unwrap(), line);
        let mut cbor = Vec::new();
        ciborium::into_writer(&entry, &mut cbor).unwrap();
        assert_eq!(ciborium::from_reader::<Entry, _>(cbor.as_slice()).unwrap(), entry);
    }
    let claim: Claim =
        serde_json::from_str(r#"{"topic":{"subject":"s","predicate":"p"},"value":{"figure":5},"origin":"a"}"#).unwrap();
    assert_eq!(claim.to_string(), "a affirms 5");
}

#[test]
fn what_is_read_into_a_ledger_goes_on_from_it() {
    let first = jsonl::read(format!("{SOURCES}{}", claim(r#""value":{"text":"x"},"origin":"a""#)).as_bytes()).unwrap();
    let more = [
        claim(r#""value":{"text":"x"},"stance":"denies","origin":"b""#),
        "{\"retraction\":{\"claim\":0}}\n".to_owned(),
    ]
    .concat();
    let loaded = jsonl::read_into(first, more.as_bytes(), |error| panic!("{error}")).unwrap();
    let standing: Vec<_> = loaded.ledger.claims().map(|claim| claim.stands()).collect();
    assert_eq!(standing, [true, false], "the retraction means the first claim of its own file");
    assert_eq!(loaded.number_in_file(ClaimId::new(1)), Some(0));
    assert_eq!(loaded.number_in_file(ClaimId::new(0)), None);
    assert_eq!(loaded.ledger.policy(), &Policy::default());
}

#[test]
fn what_is_taken_back_in_a_file_never_conflicted_with_what_was_there_before() {
    let figure = |n: u32| claim(&format!(r#""value":{{"figure":{n}}},"origin":"{}""#, if n == 1 { "a" } else { "b" }));
    let (before, refused) = load(format!("{SOURCES}{}", figure(1)).as_bytes());
    assert_eq!(refused, [""; 0]);
    let more = format!("{}{{\"retraction\":{{\"claim\":0}}}}\n{}", figure(2), figure(3));
    let loaded = jsonl::read_into(before.ledger, more.as_bytes(), |error| panic!("{error}")).unwrap();
    let conflicts = loaded.ledger.conflicts().map(|it| (it.older().id().number(), it.newer().id().number()));
    assert_eq!((conflicts.collect::<Vec<_>>(), loaded.ledger.conflict_count()), (vec![(0, 2)], 1));
    let standing = loaded.ledger.claims().map(|claim| claim.stands());
    assert_eq!(standing.collect::<Vec<_>>(), [true, false, true]);
}

/// Claims on a few topics, with lines between them that are blank, refused, or end otherwise; the last has no end.
fn mixed_lines() -> String {
    let line = |n: u32| {
        let subject = format!("s{}", n % 7);
        let topic = format!("\"topic\":{{\"subject\":\"{subject}\",\"predicate\":\"p\"}}");
        match n % 20 {
            3 => "\n \t\r\n".to_owned(),
            7 => format!("{{\"claim\":{{{topic},\"origin\":\"nobody\",\"value\":{{\"text\":\"x\"}}}}}}\n"),
            11 => format!("{{\"retraction\":{{\"claim\":{}}}}}\r\n", n / 2),
            13 => "{\n".to_owned(),
            _ => format!("{{\"claim\":{{{topic},\"origin\":\"a\",\"value\":{{\"figure\":{{\"exactly\":{n}}}}}}}}}\n"),
        }
    };
    let lines: Vec<String> = (0..200).map(line).collect();
    let lines = format!("\u{feff}{{\"format\":\"testimony/1\"}}\r\n{SOURCES}{}", lines.concat());
    lines.trim_end().to_owned()
}

/// The result of [`load`], from any input: the ledger as it is written, the numbers of its claims, and the refusals.
#[track_caller]
fn loaded_from(input: impl BufRead) -> (String, Vec<Option<ClaimId>>, Vec<String>) {
    let mut refused = Vec::new();
    let loaded = jsonl::read_into(Ledger::new(), input, |error| {
        refused.push(error.to_string());
        ControlFlow::Continue(())
    });
    let loaded = loaded.unwrap();
    let numbers = (0..200).map(|number| loaded.claim_numbered(number)).collect();
    (written(&loaded.ledger), numbers, refused)
}

#[test]
fn it_makes_no_difference_how_much_of_a_file_is_at_hand() {
    let lines = mixed_lines();
    let expected = loaded_from(BufReader::with_capacity(1, lines.as_bytes()));
    assert_eq!(expected.2.len(), 20, "{:?}", expected.2);
    assert_eq!(expected.2[0], "line 13: claim.origin: \"nobody\" is no source defined so far");
    // One line after another, as the iterator gives them.
    let mut one_by_one = Ledger::new();
    let entries = jsonl::Reader::new(lines.as_bytes()).filter_map(Result::ok);
    let appended = entries.filter(|entry| one_by_one.append(entry.clone()).is_ok()).count();
    assert_eq!((appended, one_by_one.claims().len()), (173, 160));
    let claims =
        |text: &str| text.lines().filter(|line| line.contains("\"claim\":{")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(claims(&expected.0), claims(&written(&one_by_one)));

    for capacity in [2, 3, 61, 64, 97, 500, 4096, 1 << 20] {
        assert_eq!(loaded_from(BufReader::with_capacity(capacity, lines.as_bytes())), expected, "{capacity}");
    }
    assert_eq!(loaded_from(lines.as_bytes()), expected);
}

#[test]
fn nothing_is_taken_up_behind_the_line_at_which_reading_stops() {
    let lines = mixed_lines();
    for input in [&mut lines.as_bytes() as &mut dyn BufRead, &mut BufReader::with_capacity(16, lines.as_bytes())] {
        let mut refused = Vec::new();
        let loaded = jsonl::read_into(Ledger::new(), input, |error| {
            refused.push(error.to_string());
            ControlFlow::Break(())
        });
        assert_eq!(refused, ["line 13: claim.origin: \"nobody\" is no source defined so far"]);
        assert_eq!(loaded.unwrap().ledger.claims().len(), 6);
    }
}

/// Gives some bytes, and then fails in this way; after that it is at its end.
struct Failing<'a> {
    bytes: &'a [u8],
    failure: Option<io::ErrorKind>,
}

impl Read for Failing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.failure.filter(|_| self.bytes.is_empty()) {
            Some(kind) => {
                self.failure = None;
                Err(kind.into())
            }
            None => self.bytes.read(buffer),
        }
    }
}

/// The failure of the system behind an error.
fn system_failure(error: &testimony::Error) -> Option<io::ErrorKind> {
    use std::error::Error as _;
    error.source()?.downcast_ref::<io::Error>().map(io::Error::kind)
}

#[test]
fn a_failure_to_write_is_told_with_what_the_system_said() {
    struct Full;
    impl io::Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let error = jsonl::write(&Ledger::new(), Full).unwrap_err();
    assert_eq!(error.to_string(), "the output could not be written: no storage space");
    assert_eq!((error.code(), system_failure(&error)), ("io", Some(io::ErrorKind::StorageFull)));
    let refused = jsonl::read("{}".as_bytes()).unwrap_err();
    assert_eq!(system_failure(&refused), None);
}

#[test]
fn a_failure_to_read_is_told_and_an_interruption_is_not() {
    let lines = mixed_lines();
    let lines = &lines[..=lines.rfind('\n').unwrap()];
    // Whether lines lie ready or a part of one does when it fails.
    for capacity in [10, 300, 1 << 20] {
        let failing =
            |kind| BufReader::with_capacity(capacity, Failing { bytes: lines.as_bytes(), failure: Some(kind) });
        let error = jsonl::read_into(Ledger::new(), failing(io::ErrorKind::TimedOut), |_| ControlFlow::Continue(()));
        let error = error.unwrap_err();
        assert_eq!(error.to_string(), "the input could not be read: timed out", "{capacity}");
        assert_eq!(system_failure(&error), Some(io::ErrorKind::TimedOut), "{capacity}");
        assert_eq!(loaded_from(failing(io::ErrorKind::Interrupted)), loaded_from(lines.as_bytes()), "{capacity}");
    }
}
#[test]
fn what_no_reader_would_take_is_not_written() {
    let mut ledger = jsonl::read(SOURCES.as_bytes()).unwrap();
    let before = jsonl::to_string(&ledger).unwrap();
    let excerpt = "x".repeat(64 * 1024);
    let claim = |text: &str, citations: usize| {
        let claim = Claim::new(Topic::new("s", "p"), Value::text(text), SourceId::new("a").unwrap());
        (0..citations).fold(claim, |claim, _| claim.with_citation(Citation::new().with_excerpt(excerpt.as_str())))
    };
    ledger.record(claim("x", 15)).unwrap();
    let longest = jsonl::to_string(&ledger).unwrap();
    assert_eq!(jsonl::read(longest.as_bytes()).unwrap(), ledger);
    ledger.record(claim("y", 16)).unwrap();
    let mut written = Vec::new();
    let error = jsonl::write(&ledger, &mut written).unwrap_err();
    let entry = ledger.len() - 1;
    assert_eq!(error.code(), "too-long");
    assert_eq!(error.to_string(), format!("the line of entry {entry} is longer than 1048576 bytes"));
    assert_eq!(written, longest.as_bytes(), "what stands before it");
    assert!(longest.starts_with(&before));
}

#[test]
fn a_file_names_its_policy_where_it_is_not_the_default() {
    let policy = Policy::default().with_rounding(false);
    let mut ledger = Ledger::with_policy(policy.clone());
    ledger.add_source(Source::new("a", "A").unwrap()).unwrap();
    let text = jsonl::to_string(&ledger).unwrap();
    let header = r#"{"format":"testimony/1","policy":{"about":"0.1","rounding":false,"days_apart":0}}"#;
    assert_eq!(text.lines().next(), Some(header));
    assert_eq!(jsonl::read(text.as_bytes()).unwrap(), ledger);
    assert_eq!(jsonl::to_string(&jsonl::read(text.as_bytes()).unwrap()).unwrap(), text);

    // A file that holds nothing else has one too, and what is left out of it is the default.
    for (header, policy) in [
        (r#"{"format":"testimony/1","policy":{}}"#, Policy::default()),
        (r#"{"policy":{"days_apart":3},"format":"testimony/1"}"#, Policy::default().with_days_apart(3)),
        (
            r#"{"format":"testimony/1","policy":{"about":0.2}}"#,
            Policy::default().with_tolerance("0.2".parse().unwrap()).unwrap(),
        ),
        (r#"{"format":"testimony/1","policy":null}"#, Policy::default()),
    ] {
        assert_eq!(jsonl::read(header.as_bytes()).unwrap().policy(), &policy, "{header}");
    }
}

#[test]
fn a_file_is_not_read_under_another_policy_than_its_own() {
    let file =
        "\n{\"format\":\"testimony/1\",\"policy\":{\"about\":\"0.2\"}}\n{\"source\":{\"id\":\"a\",\"name\":\"A\"}}\n";
    let read = |ledger: Ledger| jsonl::read_into(ledger, file.as_bytes(), |error| panic!("{error}"));
    let error = read(Ledger::with_policy(Policy::default())).unwrap_err();
    assert_eq!(error.code(), "policy-of-file");
    assert_eq!(
        error.to_string(),
        "line 2: policy: \"{\"about\":\"0.2\",\"rounding\":true,\"days_apart\":0}\" is the policy of the file, and it is to be read under another, {\"about\":\"0.1\",\"rounding\":true,\"days_apart\":0}"
    );
    // The claims in a ledger were judged under its policy, chosen or not.
    let mut used = Ledger::new();
    used.add_source(Source::new("b", "B").unwrap()).unwrap();
    assert_eq!(read(used).unwrap_err().code(), "policy-of-file");
    // The same policy, or a ledger for which none was chosen.
    let same = Policy::default().with_tolerance("0.2".parse().unwrap()).unwrap();
    assert_eq!(read(Ledger::with_policy(same.clone())).unwrap().ledger, read(Ledger::new()).unwrap().ledger);
    assert_eq!(read(Ledger::new()).unwrap().ledger.policy(), &same);
    // A file that names none is read under any.
    let strict = Ledger::with_policy(same.clone());
    let loaded = jsonl::read_into(strict, &b"{\"format\":\"testimony/1\"}\n"[..], |error| panic!("{error}"));
    assert_eq!(loaded.unwrap().ledger.policy(), &same);
}

#[test]
fn a_policy_that_is_none_ends_the_reading_of_a_file() {
    for (policy, reason) in [
        (r#"{"about":"2"}"#, "line 1: policy.about: \"2\" is not a share from 0 to 1"),
        (
            r#"{"abuot":"0.2"}"#,
            "line 1: policy: unknown field `abuot`, expected one of `about`, `rounding`, `days_apart`",
        ),
        (r#"{"days_apart":-1}"#, "line 1: policy: invalid value: integer `-1`, expected u32"),
        ("[]", "line 1: policy: invalid type: sequence, expected a record with named fields"),
    ] {
        let file = format!(
            "{{\"format\":\"testimony/1\",\"policy\":{policy}}}\n{{\"source\":{{\"id\":\"a\",\"name\":\"A\"}}}}\n"
        );
        let error = jsonl::read_into(Ledger::new(), file.as_bytes(), |error| panic!("{error}")).unwrap_err();
        assert_eq!(error.to_string(), reason);
    }
}

/// The figure of a claim, read from its JSON and written again.
#[track_caller]
fn rewritten(figure: &str) -> String {
    serde_json::to_string(&serde_json::from_str::<Figure>(figure).unwrap()).unwrap()
}

#[test]
fn what_is_rounded_a_fraction_or_a_best_estimate_is_written_as_it_was_said() {
    for figure in [
        r#"{"rounded":4700000,"to":100000}"#,
        r#"{"rounded":"0.27","to":"0.01","unit":"ratio"}"#,
        r#"{"rounded":"2/3","unit":"ratio"}"#,
        r#"{"rounded":"1/2","unit":"ratio"}"#,
        r#"{"between":[10,80],"best":25}"#,
        r#"{"between":[10,80],"best":25,"unit":"persons"}"#,
        r#"{"exactly":"1/3","unit":"ratio"}"#,
        r#"{"nearly":"1/3","unit":"ratio"}"#,
        r#"{"about":"-1/7"}"#,
        r#"{"vague":"a_handful"}"#,
        r#"{"vague":"hundreds_of_millions"}"#,
    ] {
        assert_eq!(rewritten(figure), figure);
        // The quick reader of canonical lines reads the same.
        let line = format!(
            r#"{{"claim":{{"topic":{{"subject":"s","predicate":"p"}},"value":{{"figure":{figure}}},"origin":"a"}}}}"#
        );
        let entry = jsonl::Reader::new(line.as_bytes()).next().unwrap().unwrap();
        let Content::Claim(claim) = entry.content() else { panic!("{entry:?}") };
        let read = claim.value().unwrap().as_figure().unwrap();
        assert_eq!(*read, serde_json::from_str::<Figure>(figure).unwrap(), "{figure}");
    }
    for (read, written) in [
        (r#"{"to":100000,"rounded":4.7e6}"#, r#"{"rounded":4700000,"to":100000}"#),
        (r#"{"best":"25","between":[10,80]}"#, r#"{"between":[10,80],"best":25}"#),
        (r#"{"rounded":"4/6","unit":"ratio"}"#, r#"{"rounded":"2/3","unit":"ratio"}"#),
        (r#"{"rounded":"0/5","unit":"ratio"}"#, r#"{"rounded":"0/1","unit":"ratio"}"#),
        (r#"{"nearly":"1/2","unit":"ratio"}"#, r#"{"nearly":"0.5","unit":"ratio"}"#),
    ] {
        assert_eq!(rewritten(read), written);
    }
}

#[test]
fn what_cannot_be_rounded_or_estimated_so_is_refused() {
    for (figure, reason) in [
        (
            r#"{"rounded":4700000}"#,
            "`rounded` without `to`, the unit of its last written digit: \"4.7 million\" is {\"rounded\":4700000,\"to\":100000}",
        ),
        (r#"{"to":100000}"#, "`to` without `rounded`, whose last written digit it is the unit of"),
        (r#"{"exactly":5,"to":1}"#, "`to` without `rounded`, whose last written digit it is the unit of"),
        (r#"{"rounded":"2/3","to":"0.1"}"#, "`to` cannot stand beside a fraction, which has no last digit"),
        (
            r#"{"rounded":4712300,"to":1000000}"#,
            "\"1000000\" is not the unit of the last digit of 4712300: 1, 10, 0.1 or another power of ten, and 4712300 so many of them",
        ),
        (
            r#"{"rounded":10,"to":0}"#,
            "\"0\" is not the unit of the last digit of 10: 1, 10, 0.1 or another power of ten, and 10 so many of them",
        ),
        (
            r#"{"rounded":10,"to":1,"about":3}"#,
            "`rounded` cannot stand beside another hedge: a figure has one, or a lower (more_than, at_least) and an upper (less_than, at_most)",
        ),
        (r#"{"between":[10,80],"best":90}"#, "\"90\" is a best estimate outside its range, 10 to 80"),
        (r#"{"exactly":10,"best":10}"#, "`best` stands beside `between` alone: {\"between\":[10,80],\"best\":25}"),
        (r#"{"best":10}"#, "`best` stands beside `between` alone: {\"between\":[10,80],\"best\":25}"),
        (r#"{"between":[10,80],"best":25,"best":26}"#, "duplicate field `best`"),
        (r#"{"nearly":"1/0"}"#, "\"1/0\" is divided by what may be 0"),
        (r#"{"between":["1/3","1/2"]}"#, "\"1/3\" is not a number"),
    ] {
        let error = serde_json::from_str::<Figure>(figure).unwrap_err().to_string();
        assert!(error.starts_with(reason), "{figure}: {error}");
    }
}

/// The numbers of a file are places, and those of a part are not.
#[test]
fn a_part_names_claims_by_their_labels_in_a_file() -> Result<(), Error> {
    let mut part = Ledger::new();
    let army = part.add_source(Source::new("army", "The army")?)?;
    part.number_next_claim(ClaimId::new(7))?;
    let id = part.record(Claim::new(Topic::new("siege", "deaths"), Figure::exactly(12), &army))?.id();
    part.amend(ClaimAmendment::new(id).with_note("seen"))?;
    part.retract(Retraction::new(id))?;
    let label = part.claim(id).map(|claim| claim.label());
    let read = jsonl::read(jsonl::to_string(&part)?.as_bytes())?;
    let claim = read.claims().next().expect("it was written");
    assert_eq!((Some(claim.label()), claim.is_retracted(), claim.note()), (label, true, Some("seen")));
    // Line by line, claims go by the keys that they were named by.
    let mut lines = Vec::new();
    for entry in part.entries() {
        jsonl::add_line(&mut lines, &entry, None)?;
    }
    assert!(String::from_utf8_lossy(&lines).ends_with("{\"retraction\":{\"claim\":7}}\n"));
    assert!(part.number_next_claim(ClaimId::new(7)).is_err());
    Ok(())
}
