//! Numbers as people write them: what groups their digits, and in which script these are.

use super::Number;
use crate::error::{Error, ErrorKind};

/// The sign that stands before the places of a number, where its digits are grouped by the other one.
///
/// Only numbers that can be read in two ways depend on it: a single point between one to three digits and exactly
/// three, as in "3.000".
///
/// ```
/// use testimony::{Figure, FigureReader, NumberStyle};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let reader = FigureReader::new().with_number_style(NumberStyle::DecimalComma);
/// assert_eq!(reader.read("3.000 soldiers")?, Figure::exactly(3000).with_unit("soldiers"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NumberStyle {
    /// 1,234.5, as in English and Korean.
    DecimalPoint,
    /// 1.234,5, as in most of Europe and South America. A comma before three digits is a decimal one too.
    DecimalComma,
}

/// The noughts of the scripts that count in tens, each followed by its nine other digits.
#[rustfmt::skip]
const NOUGHTS: [u32; 68] = [
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0,
    0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620,
    0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0,
    0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x11F50,
    0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E950,
    0x1FBF0,
];

/// The worth of a decimal digit of any script.
pub(crate) fn digit(c: char) -> Option<u8> {
    let code = u32::from(c);
    let nought = NOUGHTS.partition_point(|nought| *nought <= code).checked_sub(1)?;
    u8::try_from(code - NOUGHTS[nought]).ok().filter(|digit| *digit < 10)
}

/// The signs that may stand between groups of digits, besides the comma or the point.
const SPACES: [char; 6] = [' ', '\u{a0}', '\u{2009}', '\u{202f}', '\'', '’'];

impl Number {
    /// Reads a number as people write it: in the digits of any script, with its digits in groups, in the notation given.
    ///
    /// [`FromStr`](std::str::FromStr) and files take digits and a point alone, because "3.000" is three for one reader
    /// and three thousand for another.
    ///
    /// # Syntax
    ///
    /// An optional sign (`-`, `−` or `+`), digits, an optional fraction behind the sign of the notation, and an optional
    /// exponent. The digits before the fraction may be in groups of three with one and the same sign between any two:
    /// the notation's other one, a space or an apostrophe; with commas also in twos before the last three, as in India.
    ///
    /// # Errors
    ///
    /// Refuses what is written otherwise, and a number that cannot be held exactly.
    ///
    /// ```
    /// use testimony::{Number, NumberStyle};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// assert_eq!(Number::read("1,234,567.5", NumberStyle::DecimalPoint)?, "1234567.5".parse()?);
    /// assert_eq!(Number::read("1.234.567,5", NumberStyle::DecimalComma)?, "1234567.5".parse()?);
    /// assert_eq!(Number::read("−12 500", NumberStyle::DecimalComma)?, Number::from(-12_500));
    /// assert_eq!(Number::read("12,34,567", NumberStyle::DecimalPoint)?, Number::from(1_234_567));
    /// assert!(Number::read("1,23", NumberStyle::DecimalPoint).is_err());
    /// # Ok(())
    /// # }
    /// ```
    pub fn read(text: &str, style: NumberStyle) -> Result<Self, Error> {
        let read = plain(text.trim(), style).ok_or(ErrorKind::NotANumber);
        let parts = read.and_then(|plain| super::parts(&plain));
        let number = parts.and_then(|(coefficient, exponent)| Self::from_parts(coefficient, exponent));
        number.map_err(|kind| Error::new(kind).value(text))
    }
}

/// The number as a file has it: without what groups its digits, and with a point.
fn plain(text: &str, style: NumberStyle) -> Option<String> {
    let ascii = |c: char| digit(c).map_or(c, |digit| char::from(b'0' + digit));
    let text: String = text.chars().map(ascii).collect();
    let (point, comma) = match style {
        NumberStyle::DecimalPoint => ('.', ','),
        NumberStyle::DecimalComma => (',', '.'),
    };
    let unsigned = text.strip_prefix(['-', '−', '+']).unwrap_or(&text);
    let sign = if text.starts_with(['-', '−']) { "-" } else { "" };
    let (mantissa, exponent) = unsigned.find(['e', 'E']).map_or((unsigned, ""), |at| unsigned.split_at(at));
    let (whole, places) = mantissa.find(point).map_or((mantissa, ""), |at| mantissa.split_at(at));
    let places = places.replacen(point, ".", 1);
    Some(format!("{sign}{}{places}{exponent}", ungrouped(whole, comma)?))
}

/// The digits without what stands between their groups.
fn ungrouped(whole: &str, comma: char) -> Option<String> {
    let Some(separator) = whole.chars().find(|c| !c.is_ascii_digit()) else { return Some(whole.to_owned()) };
    if separator != comma && !SPACES.contains(&separator) {
        return None;
    }
    let groups: Vec<&str> = whole.split(separator).collect();
    let (first, rest) = groups.split_first()?;
    let (last, middle) = rest.split_last()?;
    let of = |length: usize| last.len() == 3 && middle.iter().all(|group| group.len() == length);
    let by_threes = (1..=3).contains(&first.len()) && of(3);
    let by_twos = separator == ',' && (1..=2).contains(&first.len()) && of(2);
    (by_threes || by_twos).then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_the_notation_given() {
        use NumberStyle::{DecimalComma, DecimalPoint};
        for (text, style, number) in [
            ("0", DecimalPoint, Some("0")),
            (" 12 ", DecimalPoint, Some("12")),
            ("3.000", DecimalPoint, Some("3")),
            ("3.000", DecimalComma, Some("3000")),
            ("3,000", DecimalPoint, Some("3000")),
            ("3,000", DecimalComma, Some("3")),
            ("-1,234,567.25", DecimalPoint, Some("-1234567.25")),
            ("+1.234.567,25", DecimalComma, Some("1234567.25")),
            ("1 234 567,25", DecimalComma, Some("1234567.25")),
            ("1\u{202f}234.5", DecimalPoint, Some("1234.5")),
            ("1'234'567.5", DecimalPoint, Some("1234567.5")),
            ("12,34,567", DecimalPoint, Some("1234567")),
            ("1.5e6", DecimalPoint, Some("1500000")),
            ("1,5e6", DecimalComma, Some("1500000")),
            ("٤٬٠٠٠", DecimalPoint, None),
            ("٤٠٠٠", DecimalPoint, Some("4000")),
            ("３,０００", DecimalPoint, Some("3000")),
            ("12,34", DecimalPoint, None),
            ("1234,567", DecimalPoint, None),
            ("1,234 567", DecimalPoint, None),
            ("12.34.567", DecimalComma, None),
            ("1,,234", DecimalPoint, None),
            (",234", DecimalPoint, None),
            (".5", DecimalPoint, None),
            ("5.", DecimalPoint, None),
            ("1.2.3", DecimalPoint, None),
            ("", DecimalPoint, None),
            ("-", DecimalPoint, None),
            ("--5", DecimalPoint, None),
            ("12 km", DecimalPoint, None),
        ] {
            assert_eq!(Number::read(text, style).ok(), number.map(|n| n.parse().unwrap()), "{text:?} {style:?}");
        }
        let long = Number::read(&"123,".repeat(20), DecimalPoint).unwrap_err();
        assert_eq!(long.kind(), &ErrorKind::NotANumber);
        let long = Number::read(&format!("1{}", ",234".repeat(20)), DecimalPoint).unwrap_err();
        assert_eq!(long.kind(), &ErrorKind::TooPrecise);
    }
}
