//! The two schemas of the interchange format, held against its reader and writer.
#![cfg(feature = "schema")]
#![allow(clippy::too_many_lines, reason = "tables of cases are better in one piece")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jsonschema::Validator;
use serde_json::{Value, json};
use testimony::{Ledger, jsonl, schema};

/// The lines before one that is tried: sources, and a claim to take back.
const BEFORE: &str = r#"{"source":{"id":"a","name":"A"}}
{"source":{"id":"b","name":"B"}}
{"claim":{"topic":{"subject":"t","predicate":"q"},"value":{"text":"x"},"origin":"a"}}
"#;

fn validator(schema: &schemars::Schema) -> Validator {
    jsonschema::draft202012::new(schema.as_value()).unwrap()
}

fn line() -> Validator {
    validator(&schema::line())
}

fn extraction() -> Validator {
    validator(&schema::extraction())
}

fn allows(validator: &Validator, line: &str) -> bool {
    serde_json::from_str::<Value>(line).is_ok_and(|line| validator.is_valid(&line))
}

/// The line as it is written again, or why it is refused.
fn read(line: &str) -> Result<String, String> {
    let ledger = if line.contains("\"format\"") {
        jsonl::read(line.as_bytes())
    } else {
        jsonl::read(format!("{BEFORE}{line}\n").as_bytes())
    };
    let mut written = Vec::new();
    jsonl::write(&ledger.map_err(|error| error.to_string())?, &mut written).unwrap();
    Ok(String::from_utf8(written).unwrap().lines().last().unwrap().to_owned())
}

/// A claim by source a about topic s · p, with these fields too.
fn claim(fields: &str) -> String {
    format!(r#"{{"claim":{{"topic":{{"subject":"s","predicate":"p"}},{fields},"origin":"a"}}}}"#)
}

fn figure(figure: &str) -> String {
    claim(&format!(r#""value":{{"figure":{figure}}}"#))
}

fn with(fields: &str) -> String {
    claim(&format!(r#""value":{{"text":"x"}},{fields}"#))
}

fn confidence(confidence: &str) -> String {
    with(&format!(r#""confidence":{confidence}"#))
}

fn cited(citation: &str) -> String {
    with(&format!(r#""citations":[{citation}]"#))
}

fn lines<const N: usize>(make: fn(&str) -> String, given: [&str; N]) -> Vec<String> {
    given.into_iter().map(make).collect()
}

/// Lines that are read, in every form that there is.
fn good() -> Vec<String> {
    let topic = |predicate: &str| format!(r#"{{"subject":"s","predicate":"{predicate}"}}"#);
    let (p, q, r) = (topic("p"), topic("q"), topic("r"));
    [
        lines(
            str::to_owned,
            [
                r#"{"format":"testimony/1"}"#,
                r#"{"format":"testimony/1","policy":{"about":"0.1","rounding":false,"days_apart":0}}"#,
                r#"{"format":"testimony/1","policy":{"about":0.2}}"#,
                r#"{"format":"testimony/1","policy":null}"#,
                r#"{"source":{"id":"c","name":"C"}}"#,
                r#"{"source":{"id":"c","name":"C","kind":"satellite","part_of":"a","reliability":"F","url":""}}"#,
                r#"{"source":{"id":"c","name":"C","kind":"organization","part_of":null,"reliability":null,"url":null}}"#,
                r#"{"source":{"id":"ü-1.é/한","name":" C "}}"#,
                r#"{"predicate":{"name":"p"}}"#,
                r#"{"predicate":{"name":"p","measure":"flow","unit":"kg","continuous":true,"single_valued":true,"opposites":[["x","y"]]}}"#,
                r#"{"predicate":{"name":"p","measure":"stock","unit":null,"continuous":false,"single_valued":false,"opposites":[]}}"#,
                r#"{"predicate":{"name":"p","same":[["x","y"],["z","u","v"]]}}"#,
                r#"{"subject":{"name":"Kyiv","aliases":["Kiev","Київ"]}}"#,
                r#"{"unit":{"name":"persons","aliases":["heads"]}}"#,
                r#"{"scope":{"aliases":["confirmed by a laboratory"],"name":"laboratory-confirmed"}}"#,
                r#"{"retraction":{"claim":0}}"#,
                r#"{"retraction":{"claim":0,"by":"a","reason":""}}"#,
                r#"{"retraction":{"claim":0,"by":null,"reason":null}}"#,
                r#"{"amendment":{"source":"a","name":"N","kind":"outlet","part_of":"b","reliability":"C","url":"u","reason":"r"}}"#,
                r#"{"amendment":{"source":"a","kind":null,"part_of":null,"reliability":null,"url":null,"reason":null}}"#,
                r#"{"amendment":{"claim":0,"credibility":4,"note":"n","citations":[{"title":"t"}]}}"#,
                r#"{"amendment":{"claim":0,"credibility":null,"note":"n"}}"#,
                r#"{"recorded":"2025-03-27T09:00:00Z","retraction":{"claim":0}}"#,
                r#"{"retraction":{"claim":0},"recorded":"2025-03-27t18:00:00.123456789+09:00"}"#,
                r#"{"claim":{"origin":"a","stance":"declines","topic":{"predicate":"p","subject":"s"}}}"#,
                r#"{"claim":{"origin":"a","stance":"declines","topic":{"predicate":"p","subject":"s"},"value":null}}"#,
                r#"{"claim":{"origin":"a","stance":"disowns","topic":{"predicate":"p","subject":"s"}}}"#,
            ],
        ),
        vec![
            format!(r#"{{"constraint":{{"ratio":{{"part":{p},"whole":{q},"ratio":{r}}}}}}}"#),
            format!(r#"{{"constraint":{{"at_most":{{"part":{p},"whole":{q}}}}}}}"#),
            format!(r#"{{"constraint":{{"sum":{{"parts":[{p},{q}],"whole":{r}}}}}}}"#),
        ],
        lines(
            figure,
            [
                "4000",
                "-5",
                "3.0",
                "0.3",
                "1e3",
                "1e-28",
                r#""4000""#,
                r#""over 4,000 persons""#,
                r#""nearly one-third""#,
                r#"{"exactly":4000}"#,
                r#"{"exactly":-4000,"unit":"kg"}"#,
                r#"{"exactly":"0.3","unit":"ratio"}"#,
                r#"{"exactly":0.3}"#,
                r#"{"exactly":3.0}"#,
                r#"{"exactly":"+3.00"}"#,
                r#"{"exactly":"1.2e6"}"#,
                r#"{"exactly":"1000000000000000"}"#,
                r#"{"exactly":1000000000000000}"#,
                r#"{"exactly":999999999999999}"#,
                r#"{"more_than":4000}"#,
                r#"{"at_least":4000}"#,
                r#"{"less_than":4000}"#,
                r#"{"at_most":4000}"#,
                r#"{"between":[3000,4000]}"#,
                r#"{"between":["3000",4e3]}"#,
                r#"{"about":3000}"#,
                r#"{"about":"3000"}"#,
                r#"{"about":[10000,12000]}"#,
                r#"{"nearly":3000}"#,
                r#"{"nearly":"2/3","unit":"ratio"}"#,
                r#"{"about":"1/3","unit":"ratio"}"#,
                r#"{"rounded":4700000,"to":100000}"#,
                r#"{"rounded":"0.27","to":"0.01","unit":"ratio"}"#,
                r#"{"rounded":"2/3","unit":"ratio"}"#,
                r#"{"between":[10,80],"best":25,"unit":"persons"}"#,
                r#"{"vague":"a_handful"}"#,
                r#"{"just_over":3000}"#,
                r#"{"more_than":100,"less_than":300}"#,
                r#"{"more_than":100,"at_most":300,"unit":"kg"}"#,
                r#"{"less_than":300,"at_least":100}"#,
                r#"{"at_most":300,"at_least":100}"#,
                r#"{"vague":"tens_of_thousands"}"#,
            ],
        ),
        lines(
            |period| claim(&format!(r#""value":{{"period":"{period}"}}"#)),
            [
                "2025",
                "2025-03",
                "2025-03-15",
                "2025-01-10/2025-03-20",
                "../2025-03",
                "2025-03/..",
                "2025-03/",
                "/2025-03",
                "2025-03~",
                "1984?/2004%",
                "-0044-03-15",
                "0000",
                "199X",
                "19XX?",
                "2004-XX",
                "2004-XX-XX~",
                "199X/2004-05-XX",
            ],
        ),
        lines(
            with,
            [
                r#""stance":"affirms""#,
                r#""stance":"denies""#,
                r#""stance":"suggests""#,
                r#""stance":"declines""#,
                r#""stance":"disowns""#,
                r#""scope":"laboratory-confirmed""#,
                r#""scope":null"#,
                r#""relays":[]"#,
                r#""relays":["b"]"#,
                r#""as_of":"2025-03""#,
                r#""stated":"2025-03""#,
                r#""stated":"2025-03-27T09:00:00Z""#,
                r#""stated":"2025-03-27T09:00:00.5-00:30""#,
                r#""stated":"2025-03-27 09:00:00z""#,
                r#""stated":"2025-03-27T00:30:00.5+09:00""#,
                r#""stated":"2025-03-27T09:00:00+00:00""#,
                r#""stated":"2025-03-27T09:00:00-00:00""#,
                r#""stated":"2025-03-27T09:00:00+23:59""#,
                r#""stated":"2016-12-31T23:59:60Z""#,
                r#""basis":"witnessed","credibility":6,"note":"""#,
                r#""as_of":null,"stated":null,"confidence":null,"basis":null,"credibility":null,"citations":[],"note":null"#,
            ],
        ),
        lines(
            confidence,
            [
                r#""icd203:likely""#,
                r#""quite probably""#,
                r#""low""#,
                "0.7",
                "1",
                r#""0.70""#,
                r#"["0.55",0.8]"#,
                r#"{"likelihood":"likely"}"#,
                r#"{"likelihood":0.5,"level":"high"}"#,
                r#"{"likelihood":["0.55","0.8"]}"#,
                r#"{"level":"moderate"}"#,
                r#"{"level":"moderate","likelihood":null}"#,
                r#"{"stix":0}"#,
                r#"{"likelihood":"0.55","level":null,"stix":100}"#,
            ],
        ),
        lines(
            cited,
            [
                r#"{"url":"u"}"#,
                r#"{"url":"u","title":"t","published":"2025-03","accessed":"2025-03-27T09:00:00Z","excerpt":"e","prefix":"p","suffix":"s","start":3,"end":3,"digest":"sha256:00"}"#,
                r#"{"excerpt":"","title":null}"#,
            ],
        ),
    ]
    .concat()
}

/// Lines that are refused, and by the schema too.
fn bad() -> Vec<String> {
    let topic = r#"{"subject":"s","predicate":"p"}"#;
    let long = |bytes: usize| "x".repeat(bytes);
    [
        lines(
            str::to_owned,
            [
                "",
                "{",
                "[]",
                "{}",
                "null",
                r#"{"format":"testimony/2"}"#,
                r#"{"format":1}"#,
                r#"{"format":"testimony/1","recorded":"2025-03-27T09:00:00Z"}"#,
                r#"{"format":"testimony/1","source":{"id":"c","name":"C"}}"#,
                r#"{"recorded":"2025-03-27T09:00:00Z"}"#,
                r#"{"recorded":null,"retraction":{"claim":0}}"#,
                r#"{"recorded":"2025-03-27","retraction":{"claim":0}}"#,
                r#"{"rumour":{"id":"c"}}"#,
                r#"{"source":{"id":"c","name":"C"},"retraction":{"claim":0}}"#,
                r#"{"source":["c","C"]}"#,
                r#"{"source":{"id":"c"}}"#,
                r#"{"source":{"name":"C"}}"#,
                r#"{"source":{"id":"","name":"C"}}"#,
                r#"{"source":{"id":"c d","name":"C"}}"#,
                r#"{"source":{"id":"c\u0007","name":"C"}}"#,
                r#"{"source":{"id":"c","name":" "}}"#,
                r#"{"source":{"id":"c","name":"C","kind":""}}"#,
                r#"{"source":{"id":"c","name":"C","kind":null}}"#,
                r#"{"source":{"id":"c","name":"C","reliability":"G"}}"#,
                r#"{"source":{"id":"c","name":"C","trust":1}}"#,
                r#"{"predicate":{"name":"p","measure":"level"}}"#,
                r#"{"predicate":{"name":"p","measure":null}}"#,
                r#"{"predicate":{"name":"p","unit":""}}"#,
                r#"{"predicate":{"name":"p","continuous":"yes"}}"#,
                r#"{"predicate":{"name":"p","opposites":[["x"]]}}"#,
                r#"{"predicate":{"name":"p","opposites":[["x"," "]]}}"#,
                r#"{"predicate":{"name":"p","same":[["x"]]}}"#,
                r#"{"predicate":{"name":"p","same":["x","y"]}}"#,
                r#"{"subject":{"name":"Kyiv"}}"#,
                r#"{"subject":{"name":"Kyiv","aliases":[]}}"#,
                r#"{"subject":{"name":"Kyiv","aliases":"Kiev"}}"#,
                r#"{"unit":{"name":" ","aliases":["heads"]}}"#,
                r#"{"scope":["a",["b"]]}"#,
                r#"{"retraction":{}}"#,
                r#"{"retraction":{"claim":-1}}"#,
                r#"{"retraction":{"claim":"0"}}"#,
                r#"{"retraction":{"claim":"7D390B6E087FBFD37DA040BDBF58068C"}}"#,
                r#"{"amendment":{}}"#,
                r#"{"amendment":{"name":"N"}}"#,
                r#"{"amendment":{"source":"a","name":null}}"#,
                r#"{"amendment":{"source":"a","credibility":4}}"#,
                r#"{"amendment":{"source":"a","reliability":"G"}}"#,
                r#"{"amendment":{"claim":0,"reliability":"A"}}"#,
                r#"{"amendment":{"claim":0,"credibility":7}}"#,
                r#"{"amendment":{"claim":"0","note":"n"}}"#,
                r#"{"amendment":{"subject":"s"}}"#,
                r#"{"amendment":{"subject":"s","aliases":[]}}"#,
                r#"{"retraction":{"claim":0.5}}"#,
                r#"{"constraint":{}}"#,
                r#"{"constraint":{"at_most":{"part":{"subject":"s","predicate":"p"}}}}"#,
                r#"{"constraint":{"sum":{"parts":[],"whole":{"subject":"s","predicate":"p"}}}}"#,
                r#"{"claim":{"value":{"text":"x"},"origin":"a"}}"#,
                r#"{"claim":{"topic":{"subject":"s","predicate":" "},"value":{"text":"x"},"origin":"a"}}"#,
                r#"{"claim":{"topic":{"subject":"s"},"value":{"text":"x"},"origin":"a"}}"#,
            ],
        ),
        vec![
            format!(r#"{{"claim":{{"topic":{topic},"value":{{"text":"x"}}}}}}"#),
            format!(r#"{{"claim":{{"topic":{topic},"origin":"a"}}}}"#),
            format!(r#"{{"claim":{{"topic":{topic},"value":null,"origin":"a"}}}}"#),
            format!(r#"{{"claim":{{"topic":{topic},"stance":"denies","origin":"a"}}}}"#),
            format!(r#"{{"source":{{"id":"{}","name":"C"}}}}"#, long(129)),
            format!(r#"{{"source":{{"id":"c","name":"{}"}}}}"#, long(1025)),
            figure(&format!(r#"{{"exactly":1,"unit":"{}"}}"#, long(1025))),
            with(&format!(r#""note":"{}""#, long(65537))),
            cited(&format!(r#"{{"excerpt":"{}"}}"#, long(65537))),
            with(&format!(r#""relays":[{}]"#, vec![r#""b""#; 65].join(","))),
            with(&format!(r#""citations":[{}]"#, vec![r#"{"url":"u"}"#; 65].join(","))),
        ],
        lines(
            figure,
            [
                "null",
                "true",
                "[4000]",
                r#""""#,
                "{}",
                r#"{"unit":"kg"}"#,
                r#"{"exactly":"four"}"#,
                r#"{"exactly":".5"}"#,
                r#"{"exactly":"1,000"}"#,
                r#"{"exactly":null}"#,
                r#"{"exactly":5,"about":5}"#,
                r#"{"more_than":5,"at_least":5}"#,
                r#"{"more_than":1,"less_than":5,"at_most":5}"#,
                r#"{"between":4000}"#,
                r#"{"between":[1,2,3]}"#,
                r#"{"about":[1]}"#,
                r#"{"exactly":[1,2]}"#,
                r#"{"vague":"lots"}"#,
                r#"{"rounded":4700000}"#,
                r#"{"to":100000}"#,
                r#"{"exactly":5,"to":1}"#,
                r#"{"rounded":"2/3","to":"0.1"}"#,
                r#"{"exactly":5,"best":5}"#,
                r#"{"between":["1/3","1/2"]}"#,
                r#"{"nearly":"1/3/5"}"#,
                r#"{"exactly":5,"unit":" "}"#,
                r#"{"exactly":5,"unit":null}"#,
                r#"{"approximately":5}"#,
            ],
        ),
        lines(
            |value| claim(&format!(r#""value":{value}"#)),
            [
                "{}",
                "4000",
                r#"{"figure":1,"text":"x"}"#,
                r#"{"text":""}"#,
                r#"{"text":1}"#,
                r#"{"number":1}"#,
                r#"{"period":"../.."}"#,
                r#"{"period":"/"}"#,
                r#"{"period":"2025-13"}"#,
                r#"{"period":"2025-3"}"#,
                r#"{"period":"2XXX"}"#,
                r#"{"period":"20X5"}"#,
                r#"{"period":"199X-03"}"#,
                r#"{"period":"2004-XX-05"}"#,
                r#"{"period":"2004-05-1X"}"#,
                r#"{"period":"spring 2025"}"#,
                r#"{"period":2025}"#,
                r#"{"period":"2025/2026/2027"}"#,
            ],
        ),
        lines(
            with,
            [
                r#""stance":"admits""#,
                r#""stance":null"#,
                r#""relays":null"#,
                r#""relays":"b""#,
                r#""relays":[["b"]]"#,
                r#""as_of":"2025-03-27T09:00:00Z""#,
                r#""stated":"2025-03-27T09:00""#,
                r#""stated":"2025-03-27T25:00:00Z""#,
                r#""stated":"2025-03-27T09:00:00""#,
                r#""stated":"2025-03-27T09:00:00.0123456789Z""#,
                r#""basis":"guessed""#,
                r#""credibility":0"#,
                r#""credibility":7"#,
                r#""credibility":"2""#,
                r#""certainty":1"#,
                r#""note":1"#,
            ],
        ),
        lines(
            confidence,
            [
                "1.5",
                "-0.1",
                "{}",
                r#""""#,
                "[0.5]",
                "[0.2,1.2]",
                r#"["low","high"]"#,
                r#"{"level":"certain"}"#,
                r#"{"stix":101}"#,
                r#"{"stix":"high"}"#,
            ],
        ),
        lines(
            cited,
            [
                "{}",
                r#"["u"]"#,
                r#"{"published":"yesterday"}"#,
                r#"{"start":-1}"#,
                r#"{"start":1.5}"#,
                r#"{"quote":"x"}"#,
            ],
        ),
    ]
    .concat()
}

/// Lines that the reader refuses and a schema cannot: they depend on other lines or other fields, the calendar, how a
/// number is spelled, or on the meaning of words. With the reason that the reader gives.
fn beyond() -> Vec<(String, &'static str)> {
    let topic = r#"{"subject":"s","predicate":"p"}"#;
    vec![
        (claim(r#""value":{"text":"x"},"relays":["z"]"#), r#"claim.relays[0]: "z" is no source defined so far"#),
        (with(r#""relays":["a"]"#), r#"claim.relays[0]: "a" is named twice in one chain of attribution"#),
        (with(r#""relays":["b","b"]"#), r#"claim.relays[1]: "b" is named twice in one chain of attribution"#),
        (r#"{"source":{"id":"a","name":"Another"}}"#.into(), r#"source.id: "a" is already defined, and differently"#),
        (
            r#"{"predicate":{"name":"q","measure":"flow"}}"#.into(),
            r#"predicate.name: "q" is defined after a claim has already used it"#,
        ),
        (
            r#"{"predicate":{"name":"p","opposites":[["x","X"]]}}"#.into(),
            r#"predicate.opposites[0]: "X" is its own opposite"#,
        ),
        (r#"{"retraction":{"claim":1}}"#.into(), r#"retraction.claim: "1" is the number of no claim so far"#),
        (
            format!(r#"{{"constraint":{{"at_most":{{"part":{topic},"whole":{topic}}}}}}}"#),
            r#"constraint.at_most.whole: "s · p" is named twice in one constraint"#,
        ),
        (with(r#""as_of":"2025-02-30""#), r#"claim.as_of: "2025-02-30" names a date that does not exist"#),
        (with(r#""as_of":"-0000""#), r#"claim.as_of: "-0000" is not a period"#),
        (with(r#""as_of":"2025-03/2025-01""#), r#"claim.as_of: "2025-03/2025-01" ends before it starts"#),
        (
            with(r#""stated":"2025-02-30T09:00:00Z""#),
            r#"claim.stated: "2025-02-30T09:00:00Z" names a date that does not exist"#,
        ),
        (
            figure(r#"{"between":[4000,3000]}"#),
            r#"claim.value.figure: "4000 to 3000" has a lower bound above the upper"#,
        ),
        (figure(r#"{"nearly":0}"#), r#"claim.value.figure: "nearly 0" allows no value at all"#),
        (
            figure(r#"{"vague":"dozens","unit":"ratio"}"#),
            r#"claim.value.figure: "dozens “ratio”" is a vague magnitude, which a ratio cannot have"#,
        ),
        (figure(r#""a great many""#), r#"claim.value.figure: "a great many" is not a figure"#),
        (
            figure(r#"{"exactly":0.1234567890123456}"#),
            r#"claim.value.figure.exactly: "0.1234567890123456" has more than 15 significant digits, which a JSON number cannot carry exactly: write it as a string"#,
        ),
        (
            figure(r#"{"exactly":"12345678901234567890123456789"}"#),
            r#"claim.value.figure.exactly: "12345678901234567890123456789" needs more than 28 significant digits"#,
        ),
        (
            figure(r#"{"exactly":1e-29}"#),
            r#"claim.value.figure.exactly: "1e-29" is a number too large or too small to be held exactly"#,
        ),
        (confidence("[0.8,0.5]"), r#"claim.confidence: "0.8 to 0.5" has a lower bound above the upper"#),
        (confidence(r#""1.5""#), r#"claim.confidence: "1.5" is not a probability from 0 to 1"#),
        (
            with(r#""credibility":2.0"#),
            "claim.credibility: invalid type: floating point `2.0`, expected a whole number",
        ),
        (with(r#""note":"x","note":"y""#), "claim: duplicate field `note`"),
        (cited(r#"{"excerpt":null}"#), "claim.citations[0] is missing: a citation has at least one part"),
        (cited(r#"{"start":5,"end":4}"#), r#"claim.citations[0].start: "5 to 4" has a lower bound above the upper"#),
    ]
}

#[test]
fn what_is_read_fits_the_schema() {
    let line = line();
    for good in good() {
        assert_eq!(read(&good).err(), None, "{good}");
        assert!(allows(&line, &good), "{good}");
    }
}

#[test]
fn what_is_refused_does_not_fit() {
    let (line, extraction) = (line(), extraction());
    for bad in bad() {
        // A blank line is no entry, and yet no error.
        assert!(bad.is_empty() || read(&bad).is_err(), "{bad}");
        assert!(!allows(&line, &bad), "{bad}");
        assert!(!allows(&extraction, &bad), "{bad}");
    }
}

#[test]
fn what_a_schema_cannot_say_the_reader_does() {
    let line = line();
    for (beyond, reason) in beyond() {
        assert_eq!(read(&beyond).unwrap_err(), format!("line 4: {reason}"));
        assert!(allows(&line, &beyond), "{beyond}: list it among the bad ones");
    }
}

/// The written form fits the schema, and of the other forms those that only spell a default out.
#[test]
fn an_extraction_has_one_form_for_each_thing() {
    let extraction = extraction();
    let mut spelled_out = BTreeSet::new();
    for good in good().into_iter().filter(|good| !good.contains("\"format\"")) {
        let written = read(&good).unwrap();
        assert!(allows(&extraction, &written), "{written}");
        let (given, canonical): (Value, Value) =
            (serde_json::from_str(&good).unwrap(), serde_json::from_str(&written).unwrap());
        if given != canonical && allows(&extraction, &good) {
            spelled_out.insert(good);
        }
    }
    // To JSON Schema, 3.0 is an integer.
    let expected = [figure(r#"{"exactly":3.0}"#), with(r#""relays":[]"#), with(r#""stance":"affirms""#)];
    assert_eq!(spelled_out.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn every_golden_line_is_told_as_the_reader_tells_it() {
    let (line, extraction) = (line(), extraction());
    let files = ["tests/golden", "examples"].into_iter().flat_map(|folder| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path())
    });
    let mut tally = [0, 0];
    for file in files {
        if file.extension().is_none_or(|extension| extension != "jsonl") {
            continue;
        }
        for given in fs::read_to_string(file).unwrap().lines() {
            // An entry by itself, without the ledger: sources may be defined in other lines.
            let entry = jsonl::Reader::new(given.as_bytes()).next();
            let is_read = entry.as_ref().is_none_or(Result::is_ok);
            assert_eq!(allows(&line, given), is_read, "{given}");
            if let Some(Ok(entry)) = entry {
                assert!(extraction.is_valid(&serde_json::to_value(&entry).unwrap()), "{given}");
            }
            tally[usize::from(is_read)] += 1;
        }
    }
    assert!(tally[0] > 0 && tally[1] > 10, "{tally:?}");
}

/// Every field that a model may fill says what it is for.
#[test]
fn every_field_is_described() {
    fn check(schema: &Value, path: &str) {
        // A record; what has fields and no type is a condition on one.
        if schema["type"] == json!("object") && schema["properties"].get("format").is_none() {
            assert_eq!(schema["additionalProperties"], json!(false), "{path}");
            for (name, field) in schema["properties"].as_object().unwrap() {
                let told = field.get("description").or_else(|| field.pointer("/anyOf/0/description"));
                assert!(told.is_some_and(|told| told.as_str().unwrap().ends_with('.')), "{path}.{name}");
                check(field, &format!("{path}.{name}"));
            }
        }
        for key in ["anyOf", "items"] {
            match schema.get(key) {
                Some(Value::Array(forms)) => forms.iter().for_each(|form| check(form, path)),
                Some(form) => check(form, path),
                None => {}
            }
        }
    }
    check(schema::line().as_value(), "line");
    check(schema::extraction().as_value(), "extraction");
}

#[test]
fn a_file_begins_with_a_line_that_fits() {
    let mut written = Vec::new();
    jsonl::write(&Ledger::new(), &mut written).unwrap();
    assert!(allows(&line(), String::from_utf8(written).unwrap().trim_end()));
}
