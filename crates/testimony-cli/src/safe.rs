//! Texts that anybody may have written, made safe to show: control characters, marks of direction and whatever else
//! has no look of its own come out escaped, in text and in JSON alike.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};
use testimony::Shown;

/// A text with everything escaped that could mislead a reader or drive a terminal.
pub(crate) fn escaped(text: &str) -> String {
    Shown::new(text).to_string()
}

/// Writes JSON in which no character is hidden: those that [`Shown`] escapes are written as `\u…`, which a parser reads
/// back as they were.
#[derive(Default)]
struct Escaping(CompactFormatter);

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, hidden)) = rest.char_indices().find(|(_, c)| Shown::hides(*c)) {
            self.0.write_string_fragment(writer, &rest[..at])?;
            for unit in hidden.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + hidden.len_utf8()..];
        }
        self.0.write_string_fragment(writer, rest)
    }
}

/// Lines of JSON with everything escaped that a terminal had better not get: hidden characters can only be in strings.
pub(crate) fn json_shown(lines: &str) -> String {
    let mut shown = String::with_capacity(lines.len());
    for c in lines.chars() {
        if c != '\n' && Shown::hides(c) {
            shown.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// A value as one line of JSON, without the end of the line.
pub(crate) fn json(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut line, Escaping::default()))?;
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_hides_nothing_and_is_read_back() {
        for (text, written) in [
            ("a", "\"a\""),
            ("한국 é", "\"한국 é\""),
            ("a\u{202e}b", "\"a\\u202eb\""),
            ("\u{7f}x\u{7f}", "\"\\u007fx\\u007f\""),
            ("\u{200b}\u{7f}\u{feff}", "\"\\u200b\\u007f\\ufeff\""),
            ("tag \u{e0041}", "\"tag \\udb40\\udc41\""),
            ("\u{85}\u{1b}", "\"\\u0085\\u001b\""),
            ("\"\\\n", "\"\\\"\\\\\\n\""),
        ] {
            let line = String::from_utf8(json(&text).unwrap()).unwrap();
            assert_eq!(line, written);
            assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
            assert_eq!(json_shown(&serde_json::to_string(text).unwrap()), written);
        }
    }
}
