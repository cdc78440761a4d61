//! Cells with numbers: the text that they show.

use crate::table::Numbers;
use crate::table::cells::day_of_serial;

/// How many digits of a number a spreadsheet keeps; those behind them are of its arithmetic.
const DIGITS: usize = 15;

/// The meaning of a number in a cell, which its number format tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Format {
    /// A number.
    #[default]
    Number,
    /// A hundredth of what is shown.
    Percent,
    /// Days since the beginning of the calendar, of which these are shown.
    Date(Parts),
    /// A part of a day.
    Time,
}

/// The least part of a date that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parts {
    Year,
    Month,
    Day,
    Time,
}

impl Format {
    /// The format that a number stands for in every workbook.
    pub(super) fn of_id(id: &str) -> Self {
        match id {
            "9" | "10" => Self::Percent,
            "14" | "15" | "16" | "27" | "28" | "29" | "30" | "31" | "36" | "50" | "51" | "52" | "53" | "54" | "57"
            | "58" => Self::Date(Parts::Day),
            "17" => Self::Date(Parts::Month),
            "18" | "19" | "20" | "21" | "32" | "33" | "34" | "35" | "45" | "46" | "47" | "55" | "56" => Self::Time,
            "22" => Self::Date(Parts::Time),
            _ => Self::Number,
        }
    }

    /// The format that a code such as `dd/mm/yyyy` or `0.0%` is: its first section, that of positive numbers.
    pub(super) fn of_code(code: &str) -> Self {
        let (mut has_year, mut has_month, mut has_day, mut has_time, mut has_percent) =
            (false, false, false, false, false);
        // An e is a year, but where there are digits it is an exponent.
        let has_digits = code.contains('0');
        let mut signs = code.chars();
        while let Some(sign) = signs.next() {
            match sign {
                ';' => break,
                '\\' | '_' | '*' => drop(signs.next()),
                '"' => drop(signs.by_ref().find(|sign| *sign == '"')),
                '[' => {
                    let inside: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                    // Hours, minutes or seconds that go on beyond a day; else a colour, a condition or a language.
                    has_time |= !inside.is_empty()
                        && inside.chars().all(|sign| matches!(sign, 'h' | 'm' | 's' | 'H' | 'M' | 'S'));
                }
                'y' | 'Y' => has_year = true,
                'e' => has_year |= !has_digits,
                'd' | 'D' => has_day = true,
                'm' | 'M' => has_month = true,
                'h' | 'H' | 's' | 'S' => has_time = true,
                '%' => has_percent = true,
                // "General" has letters, none of which is a part of a date.
                'G' | 'g' => return Self::Number,
                _ => {}
            }
        }
        match (has_year || has_day, has_time) {
            (true, true) => Self::Date(Parts::Time),
            (true, false) if has_day => Self::Date(Parts::Day),
            (true, false) if has_month => Self::Date(Parts::Month),
            (true, false) => Self::Date(Parts::Year),
            (false, true) => Self::Time,
            // A month without its year, or minutes: nobody can tell which, and the day is in the cell.
            (false, false) if has_month => Self::Date(Parts::Day),
            (false, false) if has_percent => Self::Percent,
            (false, false) => Self::Number,
        }
    }
}

/// The text of a cell with this number, written as the mapping says that numbers are.
pub(super) fn shown(written: &str, format: Format, is_1904: bool, numbers: Option<Numbers>) -> String {
    let Some(number) = Decimal::read(written) else { return written.to_owned() };
    match format {
        Format::Number => number.styled(numbers),
        Format::Percent => {
            let hundredfold = Decimal { point: number.point + 2, ..number };
            format!("{}%", hundredfold.styled(numbers))
        }
        Format::Date(parts) => number.date(parts, is_1904).unwrap_or_else(|| number.styled(numbers)),
        Format::Time => match number.day_and_second() {
            Some((0, second)) => time(second),
            _ => number.styled(numbers),
        },
    }
}

fn time(second: u64) -> String {
    format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
}

/// A number as its digits and the place of the point among them.
struct Decimal {
    is_negative: bool,
    /// Without zeros at either end.
    digits: String,
    /// Before which digit the point is; below 0 there are zeros between.
    point: i32,
}

impl Decimal {
    fn read(written: &str) -> Option<Self> {
        let (is_negative, rest) = match written.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, written),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (rest, 0),
        };
        let (whole, places) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() && places.is_empty() || !is_digits(whole) || !is_digits(places) || mantissa.len() > 400 {
            return None;
        }
        let all = format!("{whole}{places}");
        let kept = all.trim_start_matches('0');
        let mut point = i32::try_from(whole.len()).ok()?.checked_add(exponent)?;
        point = point.checked_sub(i32::try_from(all.len() - kept.len()).ok()?)?;
        if point.abs() > 400 {
            return None;
        }
        let mut digits: Vec<u8> = kept.bytes().take(DIGITS).collect();
        if kept.as_bytes().get(DIGITS).is_some_and(|next| *next >= b'5') {
            // Rounded up, with a digit more where all were nines.
            if let Some(last) = digits.iter().rposition(|digit| *digit != b'9') {
                digits.truncate(last + 1);
                digits[last] += 1;
            } else {
                digits = vec![b'1'];
                point += 1;
            }
        }
        let digits = String::from_utf8(digits).ok()?.trim_end_matches('0').to_owned();
        if digits.is_empty() {
            point = 0;
        }
        Some(Self { is_negative: is_negative && !digits.is_empty(), digits, point })
    }

    /// The digits before the point and behind it.
    fn sides(&self) -> (String, String) {
        let count = i32::try_from(self.digits.len()).unwrap_or(0);
        let zeros = |n: i32| "0".repeat(usize::try_from(n).unwrap_or(0));
        if self.point <= 0 {
            return ("0".to_owned(), format!("{}{}", zeros(-self.point), self.digits));
        }
        if self.point >= count {
            return (format!("{}{}", self.digits, zeros(self.point - count)), String::new());
        }
        let (whole, places) = self.digits.split_at(usize::try_from(self.point).unwrap_or(0));
        (whole.to_owned(), places.to_owned())
    }

    fn styled(&self, numbers: Option<Numbers>) -> String {
        let (whole, mut places) = self.sides();
        let point = if numbers == Some(Numbers::Comma) { ',' } else { '.' };
        if numbers.is_none() && places.len() == 3 && whole != "0" {
            // As figures are shown: so its point cannot be taken for one between thousands.
            places.push('0');
        }
        let sign = if self.is_negative { "-" } else { "" };
        if places.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}{point}{places}") }
    }

    /// The day and the second of it, rounded; `None` before the first and after the last that a spreadsheet has.
    fn day_and_second(&self) -> Option<(i64, u64)> {
        if self.is_negative || self.point > 7 {
            return None;
        }
        let (whole, places) = self.sides();
        let day: i64 = whole.parse().ok()?;
        let places: String = places.chars().chain(std::iter::repeat('0')).take(DIGITS).collect();
        let fraction: u128 = places.parse().ok()?;
        let unit = 10_u128.pow(15);
        let second = (fraction * 86_400 + unit / 2) / unit;
        // Half a second before midnight is midnight.
        Some(if second == 86_400 { (day + 1, 0) } else { (day, u64::try_from(second).ok()?) })
    }

    fn date(&self, parts: Parts, is_1904: bool) -> Option<String> {
        let (day, second) = self.day_and_second()?;
        let (year, month, day) = day_of_serial(day, is_1904)?;
        Some(match parts {
            Parts::Year => format!("{year:04}"),
            Parts::Month => format!("{year:04}-{month:02}"),
            Parts::Day => format!("{year:04}-{month:02}-{day:02}"),
            Parts::Time => format!("{year:04}-{month:02}-{day:02} {}", time(second)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_they_are_shown() {
        for (written, numbers, text) in [
            ("12", None, "12"),
            ("0.30000000000000004", None, "0.3"),
            ("0.1", None, "0.1"),
            ("1.234", None, "1.2340"),
            ("1.234", Some(Numbers::Point), "1.234"),
            ("1234.5", Some(Numbers::Comma), "1234,5"),
            ("9.9999999999999995E-3", None, "0.01"),
            ("999999999999999.9", None, "1000000000000000"),
            ("1E+20", None, "100000000000000000000"),
            ("-0.0", None, "0"),
            ("-5.5E-3", None, "-0.0055"),
            ("123456789.12345679", None, "123456789.123457"),
            ("x", None, "x"),
            ("1e99999999999", None, "1e99999999999"),
        ] {
            assert_eq!(shown(written, Format::Number, false, numbers), text, "{written}");
        }
        assert_eq!(shown("0.125", Format::Percent, false, None), "12.5%");
        assert_eq!(shown("1", Format::Percent, false, None), "100%");
    }

    #[test]
    fn dates_are_as_they_are_shown() {
        let day = Format::Date(Parts::Day);
        for (written, format, is_1904, text) in [
            ("1", day, false, "1900-01-01"),
            ("59", day, false, "1900-02-28"),
            ("60", day, false, "60"),
            ("61", day, false, "1900-03-01"),
            ("45292", day, false, "2024-01-01"),
            ("45351", day, false, "2024-02-29"),
            ("43830", day, true, "2024-01-01"),
            ("0", day, true, "1904-01-01"),
            ("2958465", day, false, "9999-12-31"),
            ("2958466", day, false, "2958466"),
            ("-1", day, false, "-1"),
            ("45292", Format::Date(Parts::Month), false, "2024-01"),
            ("45292", Format::Date(Parts::Year), false, "2024"),
            ("45292.604166666664", Format::Date(Parts::Time), false, "2024-01-01 14:30:00"),
            ("45292.999999", Format::Date(Parts::Time), false, "2024-01-02 00:00:00"),
            ("0.5", Format::Time, false, "12:00:00"),
            ("1.5", Format::Time, false, "1.5"),
        ] {
            assert_eq!(shown(written, format, is_1904, None), text, "{written}");
        }
    }

    #[test]
    fn formats_are_read_from_their_codes() {
        for (code, format) in [
            ("General", Format::Number),
            ("0.00", Format::Number),
            ("#,##0;[Red]-#,##0", Format::Number),
            ("0.0%", Format::Percent),
            ("dd/mm/yyyy", Format::Date(Parts::Day)),
            ("[$-409]d\\-mmm\\-yy;@", Format::Date(Parts::Day)),
            ("mmm yyyy", Format::Date(Parts::Month)),
            ("yyyy", Format::Date(Parts::Year)),
            ("yyyy-mm-dd hh:mm", Format::Date(Parts::Time)),
            ("h:mm AM/PM", Format::Time),
            ("[h]:mm", Format::Time),
            ("0 \"days\"", Format::Number),
            ("0.00E+00", Format::Number),
            ("[Red]0", Format::Number),
            ("_-* #,##0.00\\ \"€\"_-", Format::Number),
            ("\"", Format::Number),
            ("\\", Format::Number),
            ("[", Format::Number),
        ] {
            assert_eq!(Format::of_code(code), format, "{code}");
        }
    }
}
