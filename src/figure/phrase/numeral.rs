//! A numeral as it is read from a text.

use super::amount::Amount;
use crate::error::ErrorKind;
use crate::number::NumberStyle;

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
