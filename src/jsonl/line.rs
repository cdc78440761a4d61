//! One line of the interchange format.

use std::cell::Cell;
use std::fmt;
use std::ops::Range;

use serde::de::{self, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer as _};
use serde_path_to_error::Segment;

use super::{FORMAT, canonical};
use crate::entry::Entry;
use crate::error::{Error, ErrorKind};
use crate::ledger::format::DraftEntry;
use crate::number::{JSON_DIGITS, floats_read};
use crate::policy::Policy;

/// The first line of a file.
pub(super) struct Header {
    pub(super) format: String,
    /// The policy that the file was written under, if it says so.
    pub(super) policy: Option<Policy>,
}

/// Reads the line that names the format; `None` if it is another line. A later version may say more in it; whatever
/// stands beside this version and its policy is for the reader of entries to refuse.
pub(super) fn header(line: &[u8]) -> Option<Result<Header, Error>> {
    #[derive(Deserialize)]
    struct Fields {
        format: serde_json::Value,
        policy: Option<serde_json::Value>,
        #[serde(flatten)]
        others: serde_json::Map<String, serde_json::Value>,
    }
    let Fields { format, policy, others } = serde_json::from_slice(line).ok()?;
    let format = match format {
        serde_json::Value::String(format) if format == FORMAT && !others.is_empty() => return None,
        serde_json::Value::String(format) => format,
        other => other.to_string(),
    };
    if format != FORMAT {
        return Some(Ok(Header { format, policy: None }));
    }
    let policy = match policy.map(serde_json::from_value).transpose() {
        Ok(policy) => policy,
        Err(error) => return Some(Err(explained(&error.to_string()).at("policy"))),
    };
    Some(Ok(Header { format, policy }))
}

/// The refusal behind a parser's error, or what the parser says.
fn explained(message: &str) -> Error {
    Error::behind(message).unwrap_or_else(|| malformed(message.to_owned()))
}

/// Reads an entry: quickly as long as nothing is wrong, and once more to say what is.
pub(super) fn parse(line: &[u8]) -> Result<DraftEntry<'_>, Error> {
    let Ok(text) = str::from_utf8(line) else {
        let valid = line.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
        return Err(malformed(format!("not UTF-8 after {valid} bytes")).at("the line"));
    };
    let floats = floats_read();
    let read = match canonical::read(text).map_or_else(|| serde_json::from_str(text), Ok) {
        Ok(entry) if floats_read() == floats => return Ok(entry),
        read => read,
    };
    let numbers = exacting_numbers(text);
    match read {
        Ok(entry) if !numbers.iter().any(|range| may_lose_digits(&text[range.clone()])) => Ok(entry),
        Err(error) if numbers.is_empty() => Err(explain(text, &error)),
        _ => parse_exactly(text, &numbers).map(DraftEntry::from),
    }
}

/// Whether a JSON number may be another once it was a binary float, which is written in its shortest form again.
fn may_lose_digits(number: &str) -> bool {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    digits > JSON_DIGITS as usize || number.contains(['e', 'E'])
}

/// Reads an entry with these numbers in it, whose digits are to be looked at.
fn parse_exactly(text: &str, numbers: &[Range<usize>]) -> Result<Entry, Error> {
    for range in numbers {
        if significant_digits(&text[range.clone()]) > JSON_DIGITS as usize {
            return Err(overlong(text, range));
        }
    }
    // The parser makes a binary float of each of these. As strings their digits are read exactly; whether a number may
    // stand in their place at all is asked of the text as it is.
    let quoted = replaced(text, numbers, |number| format!("\"{number}\""));
    let misplaced = serde_json::from_str::<Entry>(text)
        .err()
        .filter(|error| !error.is_data() || error.to_string().starts_with("invalid type"));
    match (serde_json::from_str(&quoted), misplaced) {
        (Ok(entry), None) => Ok(entry),
        (Err(error), Some(other)) if !other.is_data() && error.is_data() => Err(explain(&quoted, &error)),
        (_, Some(error)) => Err(explain(text, &error)),
        (Err(error), None) => Err(explain(&quoted, &error)),
    }
}

/// A text with some parts of it replaced.
fn replaced(text: &str, parts: &[Range<usize>], with: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len() + 2 * parts.len());
    let mut at = 0;
    for part in parts {
        out.push_str(&text[at..part.start]);
        out.push_str(&with(&text[part.clone()]));
        at = part.end;
    }
    out.push_str(&text[at..]);
    out
}

fn malformed(message: String) -> Error {
    Error::new(ErrorKind::Malformed { message })
}

/// Says where in a line its reading failed, and why.
fn explain(text: &str, error: &serde_json::Error) -> Error {
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = error.to_string();
    let message = message.strip_suffix(&place).unwrap_or(&message);
    let field = failing_field(text);
    if let Some(refusal) = Error::behind(message) {
        return refusal.at(&field);
    }
    // The parser names an "ident" where it expects true, false or null, which is no word for whoever writes lines.
    let message = if message == "expected ident" { "expected value" } else { message };
    let message = match error.classify() {
        serde_json::error::Category::Data => message.to_owned(),
        serde_json::error::Category::Syntax if serde_json::from_str::<IgnoredAny>(text).is_ok() => {
            format!("{message}, at {}", excerpt(text, error.column()))
        }
        serde_json::error::Category::Eof => format!("cut short, {message} after {}", excerpt(text, error.column())),
        _ => format!("not JSON, {message} at {}", excerpt(text, error.column())),
    };
    malformed(message).at(&field)
}

/// The path of the field at which reading a line fails.
fn failing_field(text: &str) -> String {
    match serde_path_to_error::deserialize::<_, Entry>(&mut serde_json::Deserializer::from_str(text)) {
        Err(located) if !matches!(located.path().iter().next(), None | Some(Segment::Unknown)) => {
            located.path().to_string()
        }
        _ => "the line".to_owned(),
    }
}

/// The text up to a column, in bytes from 1.
fn excerpt(text: &str, column: usize) -> String {
    const LENGTH: usize = 20;
    let end = (column..text.len()).find(|&end| text.is_char_boundary(end)).unwrap_or(text.len());
    let start = text[..end].char_indices().rev().nth(LENGTH - 1).map_or(0, |(start, _)| start);
    format!("“{}{}” (column {column})", if start > 0 { "…" } else { "" }, &text[start..end])
}

/// Says which number has too many digits, and of which field it is.
fn overlong(text: &str, range: &Range<usize>) -> Error {
    // A number that no float can hold, in its place, fails just there.
    let failing = replaced(text, std::slice::from_ref(range), |_| "1e999".to_owned());
    let in_a_string = replaced(text, std::slice::from_ref(range), |number| format!("\"{number}\""));
    let is_no_string = serde_json::from_str::<Entry>(&in_a_string).is_err_and(|error| {
        let refused = error.to_string();
        // The number of a claim is no label.
        refused.starts_with("invalid type: string") || refused.contains(" is not a label")
    });
    let advice = if is_no_string { "" } else { ": write it as a string" };
    let message =
        format!("has more than {JSON_DIGITS} significant digits, which a JSON number cannot carry exactly{advice}");
    malformed(message).value(&text[range.clone()]).at(&failing_field(&failing))
}

/// Whether a line, which may be refused, holds a claim: `claim` is the first of its keys that names a kind of entry.
pub(super) fn is_claim(line: &[u8]) -> bool {
    struct FirstKind<'a>(&'a Cell<bool>);

    impl<'de> Visitor<'de> for FirstKind<'_> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an entry")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            while let Some(key) = map.next_key::<String>()? {
                let kinds = [
                    "claim",
                    "source",
                    "predicate",
                    "subject",
                    "unit",
                    "scope",
                    "constraint",
                    "retraction",
                    "amendment",
                ];
                if kinds.contains(&key.as_str()) {
                    self.0.set(key == "claim");
                    return Err(de::Error::custom("seen enough"));
                }
                map.next_value::<IgnoredAny>()?;
            }
            Ok(())
        }
    }

    let claim = Cell::new(false);
    // The result does not matter: the key that is looked for is seen on the way.
    let _ = serde_json::Deserializer::from_str(&String::from_utf8_lossy(line)).deserialize_map(FirstKind(&claim));
    claim.get()
}

/// The numbers outside of strings that a binary float might not hold exactly: those with a fraction or an exponent, or
/// with many digits. A sign in front is part of the number.
fn exacting_numbers(json: &str) -> Vec<Range<usize>> {
    let bytes = json.as_bytes();
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = end_of_string(bytes, at + 1),
            b'-' | b'0'..=b'9' => {
                let number = |b: &&u8| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-');
                let length = bytes[at..].iter().take_while(number).count();
                let integer = bytes[at + 1..at + length].iter().all(u8::is_ascii_digit);
                if !integer || length > JSON_DIGITS as usize {
                    numbers.push(at..at + length);
                }
                at += length;
            }
            _ => at += 1,
        }
    }
    numbers
}

/// The place after the quotation mark that ends a string.
fn end_of_string(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        match bytes[at] {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    at
}

/// How many digits a JSON number has, not counting noughts before the first or after the last that counts.
fn significant_digits(number: &str) -> usize {
    let mantissa = number.split(['e', 'E']).next().unwrap_or(number).trim_start_matches('-');
    if mantissa.len() <= JSON_DIGITS as usize {
        return mantissa.len();
    }
    let digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    let first = digits.iter().position(|&digit| digit != b'0').unwrap_or(digits.len());
    let last = digits.iter().rposition(|&digit| digit != b'0').map_or(first, |last| last + 1);
    last - first
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line whose claim has this figure.
    fn line(figure: &str) -> String {
        format!(
            "{{\"claim\":{{\"topic\":{{\"subject\":\"s\",\"predicate\":\"p\"}},\"value\":{{\"figure\":{{\"exactly\":{figure}}}}},\"origin\":\"a\"}}}}"
        )
    }

    #[track_caller]
    fn entry(figure: &str) -> Entry {
        parse(line(figure).as_bytes()).unwrap().into_entry()
    }

    #[test]
    fn a_number_is_read_as_the_same_in_a_string() {
        for digits in ["999999999999999", "123456789012345", "100000000000001", "900719925474099", "314159265358979"] {
            for length in 2..=15 {
                for places in 1..length {
                    let (whole, fraction) = digits[..length].split_at(length - places);
                    for number in
                        [format!("-{whole}{fraction}"), format!("{whole}.{fraction}"), format!("-0.{fraction}")]
                    {
                        assert_eq!(entry(&number), entry(&format!("\"{number}\"")), "{number}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_number_that_a_float_may_not_carry_is_looked_at() {
        for (number, may) in [
            ("1.5", false),
            ("-0.12345", false),
            ("12345678901234.5", false),
            ("1e3", true),
            ("2.5E-7", true),
            ("123456789012345.0", true),
            ("0.1234567890123456", true),
        ] {
            assert_eq!(may_lose_digits(number), may, "{number}");
        }
        // As a float it would be nought.
        let small = format!("0.{}1", "0".repeat(400));
        let refused = parse(line(&small).as_bytes()).unwrap_err();
        let shown = format!("0.{}…", "0".repeat(78));
        let message =
            format!("claim.value.figure.exactly: \"{shown}\" is a number too large or too small to be held exactly");
        assert_eq!(refused.to_string(), message);
    }
}
