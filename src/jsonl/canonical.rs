//! The line of a claim as the ledger lays it out, read and written field by field: nearly every line of a file is one,
//! and the parser of any JSON takes longer. A line that is laid out otherwise is left to that parser, and so are the
//! parts that few claims have. Both ways of reading mean the same, and both ways of writing give the same bytes: the
//! tests hold each against the other.

use std::ops::Range;

use serde::Serialize;

use crate::claim::draft::{Draft, DraftId, DraftTopic, DraftValue};
use crate::claim::{Details, Stance};
use crate::figure::{DraftFigure, Figure, Hedge, hedge_of_one};
use crate::ledger::format::{DraftContent, DraftEntry};
use crate::ledger::{ContentRef, EntryRef};
use crate::number::{JSON_DIGITS, Number};
use crate::source::Source;

/// Reads the line of a claim; `None` if it is another line, is laid out otherwise, or has anything wrong with it.
pub(super) fn read(line: &str) -> Option<DraftEntry<'_>> {
    let mut rest = Rest(line.strip_suffix('\r').unwrap_or(line));
    rest.pass("{")?;
    let mut recorded = None;
    if rest.passes("\"recorded\":") {
        recorded = Some(rest.string()?.parse().ok()?);
        rest.pass(",")?;
    }
    rest.pass("\"claim\":")?;
    let claim = rest.claim()?;
    Some(DraftEntry { recorded, content: DraftContent::Claim(claim) })
}

/// The rest of a line, behind what was read.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    /// Goes past a text, which has to stand next.
    #[inline]
    fn pass(&mut self, text: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(text)?;
        Some(())
    }

    /// Goes past a text if it stands next.
    #[inline]
    fn passes(&mut self, text: &str) -> bool {
        self.pass(text).is_some()
    }

    /// A string without escapes.
    fn string(&mut self) -> Option<&'a str> {
        let inside = self.0.strip_prefix('"')?;
        let end = inside.bytes().position(is_special)?;
        let (text, rest) = inside.split_at_checked(end)?;
        self.0 = rest.strip_prefix('"')?;
        Some(text)
    }

    /// A whole number of no more digits than a JSON number may have, or any number in a string.
    fn number(&mut self) -> Option<Number> {
        if self.0.starts_with('"') {
            return self.string()?.parse().ok();
        }
        let length = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at_checked(length)?;
        if length > JSON_DIGITS as usize || (length > 1 && digits.starts_with('0')) {
            return None;
        }
        self.0 = rest;
        digits.parse::<u64>().ok().map(Number::from)
    }

    fn id(&mut self) -> Option<DraftId<'a>> {
        DraftId::new(self.string()?).ok()
    }

    /// A claim with what ends its line.
    fn claim(&mut self) -> Option<Draft<'a>> {
        self.pass("{\"topic\":{\"subject\":")?;
        let subject = self.string()?.into();
        self.pass(",\"predicate\":")?;
        let predicate = self.string()?.into();
        self.pass("}")?;
        let value = if self.passes(",\"value\":{") { Some(self.value()?) } else { None };
        let stance = if self.passes(",\"stance\":") { self.string()?.parse().ok()? } else { Stance::Affirms };
        let scope = if self.passes(",\"scope\":") { Some(Box::new(self.string()?.into())) } else { None };
        self.pass(",\"origin\":")?;
        let origin = self.id()?;
        let relays = if self.passes(",\"relays\":[") { self.relays()? } else { Vec::new() };
        let as_of = if self.passes(",\"as_of\":") { Some(self.string()?.parse().ok()?) } else { None };
        let details = match self.0 {
            "}}" => None,
            // The other fields are those of a record, which serde reads.
            others => {
                let fields = others.strip_prefix(",\"")?.strip_suffix('}')?;
                Some(serde_json::from_str(&format!("{{\"{fields}")).ok()?)
            }
        };
        Some(Draft { topic: DraftTopic { subject, predicate }, value, stance, scope, origin, relays, as_of, details })
    }

    /// A figure or a text, with the end of the record that it stands in.
    fn value(&mut self) -> Option<DraftValue<'a>> {
        let value = if self.passes("\"figure\":{") {
            DraftValue::Figure(self.figure()?)
        } else {
            self.pass("\"text\":")?;
            DraftValue::Text(self.string()?.into())
        };
        self.pass("}")?;
        Some(value)
    }

    /// A figure with one hedge.
    fn figure(&mut self) -> Option<DraftFigure<'a>> {
        let field = self.string()?;
        self.pass(":")?;
        let hedge = match field {
            "between" => {
                self.pass("[")?;
                let low = self.number()?;
                self.pass(",")?;
                let high = self.number()?;
                self.pass("]")?;
                Hedge::Between(low, high)
            }
            "vague" => Hedge::Vague(self.string()?.parse().ok()?),
            "rounded" => {
                let number = self.number()?;
                self.pass(",\"to\":")?;
                Hedge::Rounded { number, to: self.number()? }
            }
            _ => hedge_of_one(field)?(self.number()?.into()),
        };
        let hedge = *Figure::new(hedge).ok()?.hedge();
        let unit = if self.passes(",\"unit\":") { Some(self.string()?.into()) } else { None };
        self.pass("}")?;
        Some(DraftFigure { hedge, unit })
    }

    /// One or more ids, with the end of their list.
    fn relays(&mut self) -> Option<Vec<DraftId<'a>>> {
        let mut relays = vec![self.id()?];
        while self.passes(",") {
            relays.push(self.id()?);
        }
        self.pass("]")?;
        Some(relays)
    }
}

/// Whether a byte ends a string, or is written otherwise within one.
fn is_special(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | ..b' ')
}

/// Writes the line of an entry, without its end. Gives the place of the record of a claim, up to what is the recorder's:
/// its label is of that.
pub(super) fn write(entry: &EntryRef<'_>, out: &mut Vec<u8>) -> serde_json::Result<Option<Range<usize>>> {
    let ContentRef::Claim(claim) = entry.content() else {
        return serde_json::to_writer(out, entry).map(|()| None);
    };
    out.push(b'{');
    if let Some(time) = entry.recorded() {
        out.extend_from_slice(b"\"recorded\":");
        string(time.text().as_ref(), out)?;
        out.push(b',');
    }
    out.extend_from_slice(b"\"claim\":");
    let start = out.len();
    out.extend_from_slice(b"{\"topic\":{\"subject\":");
    let topic = claim.topic();
    string(topic.subject(), out)?;
    out.extend_from_slice(b",\"predicate\":");
    string(topic.predicate(), out)?;
    out.push(b'}');
    if let Some(value) = claim.value() {
        out.extend_from_slice(b",\"value\":");
        serde_json::to_writer(&mut *out, value)?;
    }
    if claim.stance() != Stance::Affirms {
        out.extend_from_slice(b",\"stance\":");
        string(claim.stance().as_str(), out)?;
    }
    if let Some(scope) = claim.scope() {
        out.extend_from_slice(b",\"scope\":");
        string(scope, out)?;
    }
    out.extend_from_slice(b",\"origin\":");
    string(claim.origin().id().as_str(), out)?;
    for (i, relay) in claim.relays().map(Source::id).enumerate() {
        out.extend_from_slice(if i == 0 { b",\"relays\":[" } else { b"," });
        string(relay.as_str(), out)?;
    }
    if claim.relays().len() > 0 {
        out.push(b']');
    }
    if let Some(period) = claim.as_of() {
        out.extend_from_slice(b",\"as_of\":");
        string(period.text().as_ref(), out)?;
    }
    let Details { stated, confidence, basis, credibility, citations, note } = claim.details();
    field("stated", stated.as_ref(), out)?;
    field("confidence", confidence.as_ref(), out)?;
    field("basis", basis.as_ref(), out)?;
    let said = start..out.len();
    field("credibility", credibility.as_ref(), out)?;
    field("citations", Some(citations).filter(|citations| !citations.is_empty()), out)?;
    field("note", note.as_ref(), out)?;
    out.extend_from_slice(b"}}");
    Ok(Some(said))
}

/// Writes one of the fields that few claims have.
fn field(name: &str, value: Option<&impl Serialize>, out: &mut Vec<u8>) -> serde_json::Result<()> {
    let Some(value) = value else { return Ok(()) };
    out.extend_from_slice(b",\"");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
    serde_json::to_writer(out, value)
}

fn string(text: &str, out: &mut Vec<u8>) -> serde_json::Result<()> {
    if text.bytes().any(is_special) {
        return serde_json::to_writer(out, text);
    }
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::*;
    use crate::claim::Label;
    use crate::entry::Entry;
    use crate::ledger::Ledger;

    /// A part of a line: mostly one as the ledger writes it.
    fn part(usual: &'static [&str], odd: &'static [&str]) -> impl Strategy<Value = &'static str> {
        prop_oneof![8 => select(usual), 1 => select(odd)]
    }

    fn numbers() -> impl Strategy<Value = &'static str> {
        let usual = &["0", "5", "4000", "999999999999999", "\"0.5\"", "\"-25\"", "\"1000000000000000\""];
        let odd = &[
            "1000000000000000",
            "1234567890123456",
            "18446744073709551616",
            "007",
            "-5",
            "-0",
            "1.5",
            "1e3",
            "\"5\"",
            "\"five\"",
            "",
        ];
        prop_oneof![2 => select(&usual[..]), 1 => select(&odd[..])]
    }

    fn figures() -> impl Strategy<Value = String> {
        let hedges = [
            "exactly",
            "more_than",
            "at_least",
            "less_than",
            "at_most",
            "between",
            "between",
            "about",
            "nearly",
            "just_over",
            "vague",
            "several",
        ];
        let units = part(
            &["", "", r#","unit":"persons""#, r#","unit":"m\u00b2""#],
            &[r#","unit":null"#, r#","less_than":9000"#, r#","between":[1,2]"#],
        );
        (select(hedges.to_vec()), numbers(), numbers(), units).prop_map(|(hedge, one, other, unit)| {
            let said = match hedge {
                "between" => format!("[{one},{other}]"),
                "vague" => "\"dozens\"".to_owned(),
                _ => one.to_owned(),
            };
            format!(r#"{{"{hedge}":{said}{unit}}}"#)
        })
    }

    fn texts() -> impl Strategy<Value = &'static str> {
        part(
            &["deaths", "Донбас", "", "\u{7f}", r#"a\"b"#, r"\u0041", r"\ud83d\ude00", r"\u0000"],
            &[r"\ud83d", "\t", "\u{0}", "\u{1f}", "\\"],
        )
    }

    fn values() -> impl Strategy<Value = String> {
        let others = part(
            &["", r#","value":{"period":"2025"}"#, r#","value":{"figure":"about 3,000"}"#, r#","value":{"figure":5}"#],
            &[r#","value":null"#, r#","value":{}"#, r#","value":{"text":"x","text":"y"}"#],
        );
        prop_oneof![
            6 => figures().prop_map(|figure| format!(r#","value":{{"figure":{figure}}}"#)),
            2 => texts().prop_map(|text| format!(r#","value":{{"text":"{text}"}}"#)),
            1 => others.prop_map(str::to_owned),
        ]
    }

    fn details() -> impl Strategy<Value = &'static str> {
        part(
            &[
                "",
                "",
                "",
                r#","stated":"2025-03-27T08:00:00Z""#,
                r#","stated":"2025-03-27T00:30:00+09:00""#,
                r#","stated":"2025-03","note":"a \"note\"""#,
                r#","confidence":"likely""#,
                r#","confidence":0.75"#,
                r#","confidence":{"likelihood":"icd203:likely","level":"low"},"basis":"told","credibility":2"#,
                r#","citations":[{"url":"https://x.example","start":3,"end":13},{"title":"u"}],"note":"n""#,
            ],
            &[
                ",",
                r#","citations":[]"#,
                r#","citations":[{}]"#,
                r#","note":null"#,
                r#","note":"n","stated":"2025""#,
                r#","note":"n","note":"m""#,
                r#","note":"n","stance":"denies""#,
                r#","note":"n"},"x":{"y":"z""#,
            ],
        )
    }

    /// The line of a claim, or nearly one.
    fn lines() -> impl Strategy<Value = String> {
        let recorded = part(
            &[
                "",
                r#""recorded":"2026-01-01T00:00:00Z","#,
                r#""recorded":"2026-01-01T09:00:00+09:00","#,
                r#""recorded":"2026-01-01T09:00:00.5+09:00","#,
            ],
            &[r#""recorded":"2026","#, r#""recorded":null,"#],
        );
        let stances = part(
            &[
                "",
                r#","stance":"affirms""#,
                r#","stance":"denies""#,
                r#","stance":"suggests""#,
                r#","stance":"declines""#,
                r#","stance":"disowns""#,
                r#","scope":"Confirmed""#,
                r#","stance":"denies","scope":"laboratory-\u0063onfirmed""#,
            ],
            &[
                r#","stance":"Denies""#,
                r#","stance":null"#,
                r#","scope":null"#,
                r#","scope":" ""#,
                r#","scope":"x","stance":"denies""#,
            ],
        );
        let origins = part(&["a", "a", "b"], &["nobody", "a b", ""]);
        let relays = part(
            &["", r#","relays":["c"]"#, r#","relays":["c","d"]"#],
            &[
                r#","relays":[]"#,
                r#","relays":["c",]"#,
                r#","relays":["c" ,"d"]"#,
                r#","relays":["c","c"]"#,
                r#","relays":null"#,
            ],
        );
        let times = part(
            &["", r#","as_of":"2025-03-11/2025-03-20""#, r#","as_of":"2025-03/..""#],
            &[r#","as_of":"2025-02-30""#, r#","as_of":null"#, r#", "as_of":"2025""#],
        );
        let ends = part(&["}}"], &["} }", "}} ", "}}\r", "}}}", "}"]);
        let slips = ["", "\"", "\\", "{", "}", "[", "]", ",", ":", " ", "0", "-", ".", "e", "\u{1}", "é"];
        let slip = proptest::option::weighted(0.2, (any::<Index>(), select(slips.to_vec()), any::<bool>()));
        (recorded, (texts(), texts()), values(), stances, (origins, relays), (times, details(), ends), slip).prop_map(
            |(recorded, (subject, predicate), value, stance, (origin, relays), (as_of, details, end), slip)| {
                let topic = format!(r#"{{"subject":"{subject}","predicate":"{predicate}"}}"#);
                let rest = format!(r#"{value}{stance},"origin":"{origin}"{relays}{as_of}{details}{end}"#);
                let mut line = format!(r#"{{{recorded}"claim":{{"topic":{topic}{rest}"#);
                if let Some((at, slip, over)) = slip {
                    let (start, c) = line.char_indices().nth(at.index(line.chars().count())).unwrap();
                    line.replace_range(start..start + if over { c.len_utf8() } else { 0 }, slip);
                }
                line
            },
        )
    }

    fn ledger() -> Ledger {
        let mut ledger = Ledger::new();
        for id in ["a", "b", "c", "d"] {
            ledger.add_source(Source::new(id, id).unwrap()).unwrap();
        }
        ledger
    }

    /// The line that is written for an entry, field by field and by `serde_json`.
    fn written(entry: Entry) -> Option<[String; 2]> {
        let mut ledger = ledger();
        ledger.append(entry).ok()?;
        let entry = ledger.entries().next_back().unwrap();
        let mut line = Vec::new();
        let said = write(&entry, &mut line).unwrap();
        if let ContentRef::Claim(claim) = entry.content() {
            assert_eq!(said.map(|said| Label::of_said(&line[said])), Some(claim.label()));
        }
        Some([String::from_utf8(line).unwrap(), serde_json::to_string(&entry).unwrap()])
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 8000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_read_or_written_is_what_serde_json_reads_or_writes(line in lines()) {
            let expected = serde_json::from_str::<Entry>(&line).ok();
            if let Some(entry) = read(&line) {
                prop_assert_eq!(Some(entry.into_entry()), expected.clone());
            }
            if let Some([ours, theirs]) = expected.and_then(written) {
                prop_assert_eq!(&ours, &theirs);
            }
        }
    }

    #[test]
    fn what_is_written_is_read_field_by_field() {
        let claim = |rest: &str| {
            format!(
                r#"{{"recorded":"2026-01-01T00:00:00Z","claim":{{"topic":{{"subject":"s","predicate":"p"}},{rest}}}}}"#
            )
        };
        for rest in [
            r#""value":{"figure":{"exactly":0}},"origin":"a""#,
            r#""value":{"figure":{"more_than":4000}},"origin":"a""#,
            r#""value":{"figure":{"at_least":"0.5","unit":"km"}},"origin":"a""#,
            r#""value":{"figure":{"less_than":999999999999999}},"origin":"a""#,
            r#""value":{"figure":{"at_most":5}},"origin":"a""#,
            r#""value":{"figure":{"between":[3000,4000]}},"origin":"a""#,
            r#""value":{"figure":{"about":5}},"origin":"a""#,
            r#""value":{"figure":{"nearly":5}},"origin":"a""#,
            r#""value":{"figure":{"just_over":5}},"origin":"a""#,
            r#""value":{"figure":{"vague":"dozens"}},"origin":"a""#,
            r#""value":{"text":"Україна"},"stance":"denies","origin":"a","relays":["b","c"]"#,
            r#""stance":"disowns","origin":"a","relays":["b"]"#,
            r#""value":{"text":"x"},"scope":"laboratory-confirmed","origin":"a""#,
            r#""value":{"text":"x"},"stance":"denies","scope":"since January","origin":"a""#,
            r#""stance":"declines","origin":"a","as_of":"2025-03-11/..","stated":"2025","note":"said \"no\"""#,
            r#""stance":"declines","origin":"a","stated":"2025-03-11T00:30:00.500-03:30""#,
        ] {
            let line = claim(rest);
            let entry = read(&line).expect(&line).into_entry();
            assert_eq!(written(entry), Some([line.clone(), line]));
        }
        let untimed = claim(r#""stance":"declines","origin":"a""#).replace(r#""recorded":"2026-01-01T00:00:00Z","#, "");
        assert!(read(&untimed).is_some());
    }
}
