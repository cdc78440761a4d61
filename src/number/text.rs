//! Numbers as text: how they are read, written, and printed.

use std::fmt;
use std::str::FromStr;

use super::Number;
use crate::error::{Error, ErrorKind};

impl FromStr for Number {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        parse(text).map_err(|kind| Error::new(kind).value(text))
    }
}

fn parse(text: &str) -> Result<Number, ErrorKind> {
    let (coefficient, exponent) = parts(text)?;
    Number::from_parts(coefficient, exponent)
}

/// Reads a number in one pass, however many digits it has; only those up to the last that is not nought count. Gives
/// a coefficient and the power of ten that it is taken by.
pub(crate) fn parts(text: &str) -> Result<(i128, i64), ErrorKind> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((_, "")) => return Err(ErrorKind::NotANumber),
        Some(parts) => parts,
        None => (mantissa, ""),
    };
    if whole.is_empty() {
        return Err(ErrorKind::NotANumber);
    }
    let mut coefficient: i128 = 0;
    let mut noughts: u32 = 0; // passed over since the last digit that counts
    let mut last_place: i64 = 0; // the power of ten of the last digit that counts
    let mut too_precise = false;
    let mut place = i64::try_from(whole.len()).unwrap_or(i64::MAX);
    for digit in whole.bytes().chain(fraction.bytes()) {
        place -= 1;
        match digit {
            b'0' => noughts = noughts.saturating_add(1),
            b'1'..=b'9' => {
                let shift = if coefficient == 0 { 1 } else { noughts.saturating_add(1) };
                let widened = 10i128
                    .checked_pow(shift)
                    .and_then(|power| coefficient.checked_mul(power))
                    .and_then(|n| n.checked_add(i128::from(digit - b'0')));
                match widened {
                    Some(n) => (coefficient, noughts, last_place) = (n, 0, place),
                    None => too_precise = true,
                }
            }
            _ => return Err(ErrorKind::NotANumber),
        }
    }
    if too_precise {
        return Err(ErrorKind::TooPrecise);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    Ok((sign * coefficient, last_place.saturating_add(exponent)))
}

/// Reads the digits of an exponent; one too long for an `i64` is as good as the longest.
fn parse_exponent(text: &str) -> Result<i64, ErrorKind> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ErrorKind::NotANumber);
    }
    let magnitude = digits.parse::<i64>().unwrap_or(i64::MAX / 4).min(i64::MAX / 4);
    Ok(if text.starts_with('-') { -magnitude } else { magnitude })
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Number {
    /// The number as a newspaper prints it, with a comma between thousands; `percent` times a hundred if asked.
    pub(crate) fn grouped(self, percent: bool) -> String {
        self.grouped_from(if percent { 2 } else { 0 }, i64::MIN)
    }

    /// The number times a power of ten as a newspaper prints it, up to the digit with this unit: noughts show to which
    /// digit it is rounded.
    pub(crate) fn grouped_to(self, unit: Self, power: i64) -> String {
        let (_, exponent) = unit.parts();
        self.grouped_from(power, (-exponent - power).max(0))
    }

    /// The number times a power of ten with a comma between thousands, and with so many decimal places at least.
    fn grouped_from(self, power: i64, least_places: i64) -> String {
        let (coefficient, exponent) = self.parts();
        // Nought times any power of ten has no places of its own.
        let exponent = if coefficient == 0 { 0 } else { exponent + power };
        let mut digits = coefficient.unsigned_abs().to_string();
        let mut places = 0;
        if let Ok(zeros) = usize::try_from(exponent) {
            if coefficient != 0 {
                digits.extend(std::iter::repeat_n('0', zeros));
            }
        } else {
            places = usize::try_from(-exponent).unwrap_or(0);
            if digits.len() <= places {
                digits.insert_str(0, &"0".repeat(places + 1 - digits.len()));
            }
        }
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let mut out = String::new();
        if coefficient < 0 {
            out.push('-');
        }
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        let noughts = usize::try_from(least_places).unwrap_or(0).saturating_sub(places);
        if places + noughts > 0 {
            out.push('.');
            out.push_str(fraction);
            out.extend(std::iter::repeat_n('0', noughts));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn number(text: &str) -> Number {
        text.parse().unwrap()
    }

    #[track_caller]
    fn refused(text: &str) -> ErrorKind {
        text.parse::<Number>().unwrap_err().kind().clone()
    }

    #[test]
    fn a_number_is_read_exactly_and_written_shortest() {
        for (text, shown) in [
            ("0", "0"),
            ("-0", "0"),
            ("-0.00", "0"),
            ("007", "7"),
            ("+5", "5"),
            ("3.0", "3"),
            ("-12.50", "-12.5"),
            ("1.15e6", "1150000"),
            ("25E-1", "2.5"),
            ("0e999999999999999999999", "0"),
            ("9999999999999999999999999999", "9999999999999999999999999999"),
            ("0.0000000000000000000000000001", "0.0000000000000000000000000001"),
            ("79228162514264000000000000000", "79228162514264000000000000000"),
            ("100e-2", "1"),
        ] {
            assert_eq!(number(text).to_string(), shown, "{text}");
            assert_eq!(number(shown), number(text), "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_and_never_rounded() {
        for text in
            ["12345678901234567890123456789", "0.12345678901234567890123456789", "1.00000000000000000000000000001"]
        {
            assert_eq!(refused(text), ErrorKind::TooPrecise, "{text}");
        }
        for text in ["1e400", "1e29", "8e28", "1e-29", "1e-99999999999999999999", "5e99999999999999999999"] {
            assert_eq!(refused(text), ErrorKind::OutOfRange, "{text}");
        }
        let long = format!("1{}1", "0".repeat(1_000_000));
        assert_eq!(refused(&long), ErrorKind::TooPrecise);
        assert_eq!(refused(&format!("1{}", "0".repeat(1_000_000))), ErrorKind::OutOfRange);
        assert_eq!(number(&format!("{}1", "0".repeat(1_000_000))), Number::ONE);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "", "-", ".5", "5.", "1,000", "1_000", "NaN", "inf", "0x10", "1e", "1e+", "--1", " 1", "1 ", "١", "1.2.3",
            "1e1.5",
        ] {
            assert_eq!(refused(text), ErrorKind::NotANumber, "{text:?}");
        }
    }

    #[test]
    fn thousands_are_grouped_as_in_print() {
        for (text, shown) in
            [("0", "0"), ("999", "999"), ("4000", "4,000"), ("-1234567.25", "-1,234,567.25"), ("0.05", "0.05")]
        {
            assert_eq!(number(text).grouped(false), shown);
        }
        for (text, shown) in [
            ("0.3", "30"),
            ("0.005", "0.5"),
            ("12.5", "1,250"),
            ("1e28", "1,000,000,000,000,000,000,000,000,000,000"),
            ("0", "0"),
        ] {
            assert_eq!(number(text).grouped(true), shown);
        }
        for (text, unit, power, shown) in [
            ("0.27", "0.01", 2, "27"),
            ("0.27", "0.0001", 2, "27.00"),
            ("0", "0.001", 2, "0.0"),
            ("-4700000", "100000", -6, "-4.7"),
            ("4700000", "1000", -6, "4.700"),
            ("1234000000", "1000000", -6, "1,234"),
            ("40", "10", -3, "0.04"),
        ] {
            assert_eq!(number(text).grouped_to(number(unit), power), shown);
        }
    }
}
