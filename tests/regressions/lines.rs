//! Any bytes as a file in the interchange format.

use std::ops::ControlFlow;

use testimony::testing::with_scan_limit;
use testimony::{ClaimId, Entry, Ledger, jsonl};

use super::shown::assert_shows_all;

/// The longest that an error may read.
const MESSAGE: usize = 8192;

/// Reads the bytes; what is refused has to be explained, and what is accepted has to come back.
pub(crate) fn check(bytes: &[u8]) {
    let mut refused = Vec::new();
    let read = jsonl::read_into(with_scan_limit(Ledger::new(), 0), bytes, |error| {
        refused.push(error);
        ControlFlow::Continue(())
    });
    let lines = bytes.split(|byte| *byte == b'\n').count() as u64;
    let mut before = 0;
    for error in refused.iter().chain(read.as_ref().err()) {
        let line = error.line().expect("a line");
        assert!(before < line && line <= lines, "line {line} of {lines}, after line {before}");
        before = line;
        let message = error.to_string();
        assert!(message.starts_with(&format!("line {line}: ")), "{message}");
        assert!(message.len() <= MESSAGE, "{} bytes: {message}", message.len());
        assert_shows_all(&message, false);
        assert!(!error.code().is_empty() && error.code().bytes().all(|b| matches!(b, b'a'..=b'z' | b'-')));
    }
    bytes.split(|byte| *byte == b'\n').for_each(check_line);
    let Ok(loaded) = read else { return };

    let ledger = &loaded.ledger;
    for claim in ledger.claims() {
        let number = loaded.number_in_file(claim.id()).expect("it came from the file");
        assert_eq!(loaded.claim_numbered(number), Some(claim.id()));
    }
    assert_eq!(loaded.number_in_file(ClaimId::new(ledger.claims().len() as u64)), None);

    let text = written(ledger);
    let again = jsonl::read(text.as_slice()).expect("what was written is read");
    assert_eq!(again, *ledger);
    assert_eq!(written(&again), text);
    assert_eq!(String::from_utf8_lossy(&text), printed(ledger));

    // The one has looked through every topic claim by claim, the other has used its index.
    let conflicts = |ledger: &Ledger| ledger.conflicts().map(|conflict| conflict.to_string()).collect::<Vec<_>>();
    let expected = conflicts(&again);
    assert_eq!(conflicts(ledger), expected);
    assert_eq!(ledger.conflict_count(), expected.len() as u64);

    for report in expected {
        assert_shows_all(&report, true);
    }
    for topic in ledger.topics() {
        assert_shows_all(&topic.dossier().to_string(), true);
        assert_shows_all(&topic.positions().to_string(), true);
    }
    for entry in ledger.entries() {
        assert_shows_all(&shown(&entry.to_entry()), false);
    }
    for circle in ledger.circles() {
        assert_shows_all(&circle.to_string(), true);
    }
    for violation in ledger.violations() {
        assert_shows_all(&violation.to_string(), true);
    }
}

/// Asserts that a line is read as serde reads it, which says less of what is wrong.
fn check_line(line: &[u8]) {
    if let Some(Ok(entry)) = jsonl::Reader::new(line).next() {
        let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
        assert_eq!(serde_json::from_slice::<Entry>(line).expect("what is read is an entry"), entry);
    }
}

/// The lines of a ledger, each entry printed by itself.
fn printed(ledger: &Ledger) -> String {
    let mut lines = format!("{{\"format\":\"{}\"}}\n", jsonl::FORMAT);
    let mut before = None;
    for entry in ledger.entries() {
        let recorded = entry.recorded().filter(|time| Some(*time) != before);
        let untimed = Entry::from(entry.to_entry().into_content());
        let entry = recorded.into_iter().fold(untimed, Entry::with_recorded);
        before = recorded.or(before);
        lines += &serde_json::to_string(&entry).expect("memory takes all");
        lines.push('\n');
    }
    lines
}

fn written(ledger: &Ledger) -> Vec<u8> {
    let mut bytes = Vec::new();
    jsonl::write(ledger, &mut bytes).expect("memory takes all");
    bytes
}

/// An entry as it shows itself.
fn shown(entry: &testimony::Entry) -> String {
    use testimony::Content;
    match entry.content() {
        Content::Source(source) => source.to_string(),
        Content::Predicate(predicate) => predicate.to_string(),
        Content::Subject(names) | Content::Unit(names) | Content::Scope(names) => names.to_string(),
        Content::Claim(claim) => claim.to_string(),
        Content::Constraint(constraint) => constraint.to_string(),
        Content::Retraction(retraction) => retraction.claim().to_string(),
        Content::Amendment(amendment) => amendment.reason().unwrap_or_default().to_owned(),
    }
}
