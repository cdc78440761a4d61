//! What the examples print, against golden files. `BLESS=1 cargo test --test examples` writes the files anew, once
//! `cargo build --examples` has built the examples anew; read what changed before you commit it.
#![cfg(all(feature = "serde", feature = "testing"))]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use testimony::testing::korea_herald;

/// Where cargo puts the examples: beside the folder of this test.
fn example(name: &str) -> PathBuf {
    let this = std::env::current_exe().unwrap();
    let folder = this.parent().and_then(Path::parent).unwrap().join("examples");
    let program = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        program.exists(),
        "{} is not built: run `cargo test`, or `cargo build --examples` first",
        program.display()
    );
    program
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

#[track_caller]
fn run(name: &str, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(example(name))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

#[track_caller]
fn is_as_golden(printed: &[u8], name: &str) {
    let path = golden(name);
    let printed = String::from_utf8(printed.to_vec()).unwrap();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &printed).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap();
    assert_eq!(printed, expected, "not as in {}", path.display());
}

#[test]
fn korea_herald_tells_its_story() {
    let output = run("korea_herald", &[], b"");
    assert!(output.status.success());
    is_as_golden(&output.stdout, "korea_herald.txt");
}

#[test]
fn korea_herald_is_a_file_too() {
    let ledger = korea_herald();
    let mut written = Vec::new();
    testimony::jsonl::write(&ledger, &mut written).unwrap();
    is_as_golden(&written, "korea_herald.jsonl");
    assert_eq!(testimony::jsonl::read(written.as_slice()).unwrap(), ledger);
    assert_eq!((ledger.claims().len(), ledger.conflicts().count()), (15, 1));
}

#[test]
fn every_line_fits_a_terminal() {
    for printed in
        [run("korea_herald", &[], b"").stdout, run("audit", &[golden("conflicts.jsonl").to_str().unwrap()], b"").stdout]
    {
        for line in String::from_utf8(printed).unwrap().lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}

#[test]
fn audit_reports_conflicts_and_every_relation() {
    let file = golden("conflicts.jsonl");
    let file = file.to_str().unwrap();
    for (arguments, name) in [
        (vec![file], "audit.txt"),
        (vec!["--json", file], "audit.jsonl"),
        (vec!["--relations", file], "relations.txt"),
        (vec!["--json", "--relations", file], "relations.jsonl"),
    ] {
        let output = run("audit", &arguments, b"");
        assert_eq!(output.status.code(), Some(1), "a line is refused");
        let refused = "line 34: claim.origin: \"nobody\" is no source defined so far; \
            define a source before anything that names it\n";
        assert_eq!(String::from_utf8(output.stderr).unwrap(), refused);
        is_as_golden(&output.stdout, name);
    }
}

#[test]
fn audit_lays_positions_out_and_finds_circles() {
    let file = golden("voices.jsonl");
    let file = file.to_str().unwrap();
    for (arguments, name) in [
        (vec![file], "voices.txt"),
        (vec!["--json", file], "voices.json.txt"),
        (vec!["--positions", file], "positions.txt"),
    ] {
        let output = run("audit", &arguments, b"");
        assert_eq!(output.status.code(), Some(0));
        is_as_golden(&output.stdout, name);
    }
}

#[test]
fn audit_finds_what_does_not_add_up() {
    let file = golden("violations.jsonl");
    let file = file.to_str().unwrap();
    for (arguments, name) in [(vec![file], "violations.txt"), (vec!["--json", file], "violations.json.txt")] {
        is_as_golden(&run("audit", &arguments, b"").stdout, name);
    }
}

#[test]
fn extraction_reports_what_a_model_got_wrong() {
    let output = run("extraction", &[], b"");
    assert_eq!(output.status.code(), Some(1), "something is wrong");
    is_as_golden(&output.stdout, "extraction.txt");
}

#[test]
fn audit_says_with_its_status_what_became_of_the_file() {
    let two = "{\"source\":{\"id\":\"a\",\"name\":\"A\"}}\n";
    let output = run("audit", &["-"], two.as_bytes());
    assert_eq!((output.status.code(), output.stdout), (Some(0), b"0 conflicts among 0 claims on 0 topics.\n".to_vec()));
    assert_eq!(run("audit", &["/does/not/exist"], b"").status.code(), Some(2));
    assert_eq!(run("audit", &[], b"").status.code(), Some(2));
    assert_eq!(run("audit", &["--at", "yesterday", "-"], b"").status.code(), Some(2));
    let output = run("audit", &["-"], b"{\"format\":\"testimony/9\"}\n");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "audit: line 1: format: \"testimony/9\" is no format that this release reads, which is testimony/1\n"
    );
}

#[test]
fn audit_knows_what_was_known_then() {
    let claim = |hour, figure, origin| {
        format!(
            "{{\"recorded\":\"2025-03-27T{hour}:00:00Z\",\"claim\":{{\"topic\":{{\"subject\":\"s\",\"predicate\":\"p\"}},\"value\":{{\"figure\":{figure}}},\"origin\":\"{origin}\",\"as_of\":\"2025\"}}}}\n"
        )
    };
    let lines = [
        "{\"source\":{\"id\":\"a\",\"name\":\"A\"}}\n{\"source\":{\"id\":\"b\",\"name\":\"B\"}}\n".to_owned(),
        claim("01", 5, "a"),
        claim("02", 6, "b"),
        "{\"recorded\":\"2025-03-28T01:00:00Z\",\"retraction\":{\"claim\":0}}\n".to_owned(),
    ]
    .concat();
    let at = |time: &str| {
        let output = run("audit", &["--json", "--at", time, "-"], lines.as_bytes());
        String::from_utf8(output.stdout).unwrap().lines().count()
    };
    assert_eq!(["2025-03-27T01:59:59Z", "2025-03-27T02:00:00Z", "2025-03-27", "2025-03-28"].map(at), [0, 1, 1, 0]);
}
