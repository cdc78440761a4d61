//! What is known of a numeral, and the digits of all scripts.

use super::amount::Amount;
use crate::error::ErrorKind;

/// Which sign stands before the places of a number, where its digits are grouped by the other one.
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

/// Digits with what belongs to them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Numeral {
    /// Its value, or why it cannot be held.
    pub(super) value: Result<Amount, ErrorKind>,
    /// Nothing but digits.
    pub(super) plain: bool,
    pub(super) digits: usize,
    /// How many digits stand behind the point.
    pub(super) places: usize,
    /// The power of ten of its last digit, as it is written: -1 of 2.5, and -3 of 2500e-3.
    pub(super) last: i64,
    /// The notation that its own signs show.
    pub(super) shows: Option<NumberStyle>,
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

/// What a decimal digit of any script is worth.
pub(super) fn digit(c: char) -> Option<u8> {
    let code = u32::from(c);
    let nought = NOUGHTS.partition_point(|nought| *nought <= code).checked_sub(1)?;
    u8::try_from(code - NOUGHTS[nought]).ok().filter(|digit| *digit < 10)
}
