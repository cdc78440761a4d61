//! The output of the examples, against golden files. `BLESS=1 cargo test --test examples` writes the files anew, once
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
    for line in String::from_utf8(run("korea_herald", &[], b"").stdout).unwrap().lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn the_conflicts_of_a_file_are_told_and_where_the_voices_stand() {
    let output = run("conflicts_of_a_file", &[], b"");
    assert!(output.status.success());
    is_as_golden(&output.stdout, "conflicts_of_a_file.txt");
}

#[test]
fn extraction_reports_what_a_model_got_wrong() {
    let output = run("extraction", &[], b"");
    assert!(output.status.success(), "what is wrong is in the extraction, and showing it is no failure");
    is_as_golden(&output.stdout, "extraction.txt");
}
