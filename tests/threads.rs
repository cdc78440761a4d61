//! Reading with several threads gives what reading with one does.
#![cfg(feature = "serde")]

use std::io::{self, BufRead, BufReader, Read};
use std::num::NonZero;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use testimony::jsonl::{self, MAX_LINE};
use testimony::{ClaimId, Error, Ledger};

const CLAIMS: u64 = 4000;

/// A file of some blocks: claims on a few topics, with lines between them that are blank, refused, too long, or end
/// otherwise. `more` shifts all that follows it, so that other lines lie where one block ends.
fn lines(more: usize) -> String {
    let claim = |n: u64, note: &str| {
        let topic = format!("\"topic\":{{\"subject\":\"s{}\",\"predicate\":\"p\"}}", n % 7);
        let value = format!("\"value\":{{\"figure\":{{\"exactly\":{n}}}}}");
        format!("{{\"claim\":{{{topic},{value},\"origin\":\"a\",\"note\":\"{note}\"}}}}\n")
    };
    let line = |n: u64| match n % 40 {
        3 => "\n \t\r\n".to_owned(),
        7 => claim(n, "").replace("\"a\"", "\"nobody\""),
        11 => format!("{{\"retraction\":{{\"claim\":{}}}}}\r\n", n / 2),
        13 => "{\n".to_owned(),
        _ if n == 2002 => claim(n, &"x".repeat(MAX_LINE)),
        _ if n == 2004 => format!("{}{}\n", " ".repeat(MAX_LINE - claim(n, "").len() + 1), claim(n, "").trim_end()),
        _ if n == 2006 => format!("{}\n", " ".repeat(MAX_LINE + 1)),
        _ => claim(n, ""),
    };
    let mut lines = "{\"format\":\"testimony/1\"}\n{\"source\":{\"id\":\"a\",\"name\":\"A\"}}\n".to_owned();
    lines.push_str(&" ".repeat(more));
    lines.extend((0..CLAIMS).map(line));
    lines
}

/// The outcome of reading: the ledger as it is written and the number of each claim, or the failure; and the refusals.
type Outcome = (Result<(String, Vec<Option<ClaimId>>), String>, Vec<String>);

/// Reads up to so many refusals, with the function for one thread or with so many.
fn outcome(input: impl BufRead + Send, threads: Option<usize>, refusals: usize) -> Outcome {
    let mut refused = Vec::new();
    let on_refusal = |error: Error| {
        refused.push(error.to_string());
        if refused.len() < refusals { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let loaded = match threads {
        None => jsonl::read_into(Ledger::new(), input, on_refusal),
        Some(threads) => jsonl::read_with_threads(Ledger::new(), input, NonZero::new(threads).unwrap(), on_refusal),
    };
    let read = loaded.map(|loaded| {
        let numbers = (0..CLAIMS).map(|number| loaded.claim_numbered(number)).collect();
        (jsonl::to_string(&loaded.ledger).unwrap(), numbers)
    });
    (read.map_err(|error| error.to_string()), refused)
}

#[test]
fn any_number_of_threads_reads_the_same() {
    for more in [0, 1, 100] {
        let lines = lines(more);
        let expected = outcome(lines.as_bytes(), None, usize::MAX);
        assert_eq!(expected.1.len(), 205);
        for threads in [1, 2, 3, 8] {
            assert_eq!(
                outcome(lines.as_bytes(), Some(threads), usize::MAX),
                expected,
                "{threads} threads, {more} more"
            );
        }
        let slowly = BufReader::with_capacity(7, lines.as_bytes());
        assert_eq!(outcome(slowly, Some(2), usize::MAX), expected);
    }
}

#[test]
fn a_file_ends_anywhere() {
    let lines = lines(0);
    for end in (0..200).step_by(9).chain((65_400..65_800).step_by(7)).chain([lines.len() - 1]) {
        let lines = &lines.as_bytes()[..end];
        assert_eq!(outcome(lines, Some(2), usize::MAX), outcome(lines, None, usize::MAX), "{end} bytes");
    }
    let unending = [lines.as_bytes(), "x".repeat(MAX_LINE + 1).as_bytes()].concat();
    let told = outcome(unending.as_slice(), Some(2), usize::MAX);
    assert_eq!(told, outcome(unending.as_slice(), None, usize::MAX));
    assert_eq!(told.1.last().unwrap(), "line 4103: the line is longer than 1048576 bytes");
}

#[test]
fn nothing_behind_the_line_at_which_reading_stops_is_taken_up() {
    let lines = lines(0);
    for refusals in [1, 30, 200] {
        let expected = outcome(lines.as_bytes(), None, refusals);
        assert_eq!(expected.1.len(), refusals);
        for threads in [1, 2, 4] {
            assert_eq!(outcome(lines.as_bytes(), Some(threads), refusals), expected, "{threads} threads");
        }
    }
}

/// Gives some bytes, and then fails.
struct Failing<'a>(&'a [u8]);

impl Read for Failing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.0.is_empty() { Err(io::ErrorKind::TimedOut.into()) } else { self.0.read(buffer) }
    }
}

#[test]
fn a_failure_to_read_is_told_behind_what_was_refused_before_it() {
    let lines = lines(0);
    for end in [30, 500, 70_000, 140_001, 500_000] {
        let failing = || BufReader::new(Failing(&lines.as_bytes()[..end]));
        let expected = outcome(failing(), None, usize::MAX);
        assert_eq!(expected.0, Err("the input could not be read: timed out".to_owned()));
        for threads in [1, 2, 3] {
            assert_eq!(outcome(failing(), Some(threads), usize::MAX), expected, "{threads} threads, {end} bytes");
        }
    }
}

#[test]
fn a_panic_of_the_caller_is_the_callers() {
    let lines = lines(0);
    let two = NonZero::new(2).unwrap();
    for at in [1, 20] {
        let mut refused = 0;
        let reading = || {
            jsonl::read_with_threads(Ledger::new(), lines.as_bytes(), two, |_| {
                refused += 1;
                assert_ne!(refused, at, "seen enough");
                ControlFlow::Continue(())
            })
        };
        assert!(catch_unwind(AssertUnwindSafe(reading)).is_err());
        assert_eq!(refused, at, "nothing comes after a panic");
    }
}
