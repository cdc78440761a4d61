//! Periods as people write them in English or in Korean, which is more than the interchange format takes.

mod date;
mod korean;
mod reader;
mod span;
mod token;
mod written;

use std::str::FromStr as _;

use super::Period;
use crate::error::{Error, ErrorKind};

pub use self::reader::DayOrder;
use self::reader::Reader;
use self::token::{Token, tokens};

const SEASONS: [&str; 5] = ["spring", "summer", "autumn", "fall", "winter"];

/// Longest text that is looked at, in bytes: no period takes more words than fit.
const LONGEST: usize = 256;

impl Period {
    /// Reads a period as people write it in English or Korean; [`FromStr`](std::str::FromStr) and files take EDTF alone.
    ///
    /// One text form is enough for what is stored, compared and exchanged, and two programs that differ in how much English
    /// they know must not differ in what a file says. So reading words is a step of its own, and its result is written
    /// as EDTF.
    ///
    /// # Syntax
    ///
    /// EDTF, whatever [`in_words`](Self::in_words) gives, and the usual forms that have one meaning only:
    ///
    /// | written | read as |
    /// | --- | --- |
    /// | `5 June 2024`, `June 5th, 2024`, `Wednesday, 5 Jun 2024`, `2024/6/5`, `20240605`, `2024-06-05 14:30` | the day |
    /// | `Sept. 2024`, `09/2024`; `2024`, `44 BC`, `AD 79` | the month; the year |
    /// | `early March 2025`, `mid-March 2025`, `late March 2025` | the days 1 to 10, 11 to 20, 21 to the last |
    /// | `early 2024`, `mid-2024`, `late 2024` | January to April, May to August, September to December |
    /// | `the 1990s`, `early 1990s`, `mid-1990s`, `late 1990s` | the ten years; the years 0 to 3, 4 to 6, 7 to 9 of them |
    /// | `Q1 2025`, `third quarter of 2025`, `H2 2025`, `first half of 2025` | the months; half a month ends with the 15th |
    /// | `5 to 8 June 2024`, `between May and July 2024`, `2022–2025` | the days of both and all between |
    /// | `since 2024`, `from May 2024 on`, `after 2024`, `until May 2024`, `before 2024` | a span with an open end; until includes, before and after do not |
    /// | `about 2024`, `circa 2024`, `perhaps June 2024` | the same with `~` or `?` |
    /// | `2025년 3월 15일`, `2025년 3월`, `2025년 3월 중순`, `2025년 상반기`, `2025년 1월부터 3월까지` | the same in Korean |
    ///
    /// # Errors
    ///
    /// Refuses a text with two meanings and says what to write: numbers for day and month in an order that nobody named
    /// ([`read_with`](Self::read_with) names it), a year of two digits, a date without a year, a season, a century (which
    /// starts with a year 0 or 1) and a decade that is written like one (the 1900s). Refuses also a weekday that is not
    /// that of the date, and whatever [`FromStr`](std::str::FromStr) refuses in a date that it can read.
    ///
    /// ```
    /// use testimony::Period;
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// assert_eq!(Period::read("June 5, 2024")?, Period::day(2024, 6, 5)?);
    /// assert_eq!(Period::read("mid-March 2025")?, Period::mid_month(2025, 3)?);
    /// assert_eq!(Period::read("first half of 2025")?.to_string(), "2025-01/2025-06");
    /// let refused = Period::read("05/06/2024").unwrap_err();
    /// assert_eq!(refused.to_string(), "\"05/06/2024\" gives day and month in an order that nobody named");
    /// assert_eq!(refused.help(), Some("write 2024-06-05 or 5 June 2024, or name the order (`Period::read_with`)"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn read(text: &str) -> Result<Self, Error> {
        read(text, None)
    }

    /// Does as [`read`](Self::read) does, and takes dates in numbers in this order: `05/06/2024`, `5.6.2024`, `5-6-2024`.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read), and refuses a month above 12.
    ///
    /// ```
    /// use testimony::{DayOrder, Period};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// assert_eq!(Period::read_with("05/06/2024", DayOrder::DayFirst)?, Period::day(2024, 6, 5)?);
    /// assert_eq!(Period::read_with("05/06/2024", DayOrder::MonthFirst)?, Period::day(2024, 5, 6)?);
    /// # Ok(())
    /// # }
    /// ```
    pub fn read_with(text: &str, order: DayOrder) -> Result<Self, Error> {
        read(text, Some(order))
    }
}

fn read(text: &str, order: Option<DayOrder>) -> Result<Period, Error> {
    let trimmed = text.trim();
    let strict = Period::from_str(trimmed);
    match strict.as_ref().map_err(Error::kind) {
        Err(ErrorKind::NotAPeriod | ErrorKind::YearOutOfRange) if trimmed.len() <= LONGEST => {}
        _ => return strict,
    }
    let named = |kind| Error::new(kind).value(text);
    let tokens = tokens(trimmed);
    let mut reader = Reader { rest: &tokens, order };
    let period = if reader.is_korean() { reader.korean_period() } else { reader.period() };
    match period {
        Ok(period) if reader.rest.is_empty() => Ok(period),
        Ok(_) => Err(named(why_not(&tokens).unwrap_or(ErrorKind::NotAPeriod))),
        Err(error) => Err(named(why_not(&tokens).unwrap_or_else(|| error.kind().clone()))),
    }
}

/// The reason to refuse a text for one of its words that has several meanings, whatever the other words are.
fn why_not(tokens: &[Token<'_>]) -> Option<ErrorKind> {
    tokens.iter().find_map(|token| match token {
        Token::Word(word) if word == "century" || word == "centuries" => Some(ErrorKind::Century),
        Token::Word(word) if SEASONS.contains(&word.as_str()) => Some(ErrorKind::Season),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_read_as_one_period() {
        for (text, written) in [
            // Days.
            ("2024-06-05", "2024-06-05"),
            ("5 June 2024", "2024-06-05"),
            (" 5th of June, 2024 ", "2024-06-05"),
            ("the 5th of June 2024", "2024-06-05"),
            ("05 JUN 2024", "2024-06-05"),
            ("5-Jun-2024", "2024-06-05"),
            ("June 5, 2024", "2024-06-05"),
            ("Jun. 5th 2024", "2024-06-05"),
            ("Sept 5 2024", "2024-09-05"),
            ("2024 June 5", "2024-06-05"),
            ("Wednesday, 5 June 2024", "2024-06-05"),
            ("Wed Jun 5, 2024", "2024-06-05"),
            ("2024-6-5", "2024-06-05"),
            ("2024/06/05", "2024-06-05"),
            ("2024.6.5", "2024-06-05"),
            ("20240605", "2024-06-05"),
            ("15 March 44 BC", "-0043-03-15"),
            ("24 August AD 79", "0079-08-24"),
            // Times are those of a day, the one there.
            ("2024-06-05 14:30:00", "2024-06-05"),
            ("2024-06-05T23:30:00Z", "2024-06-05"),
            ("2024-06-05T23:30:00.25-05:00", "2024-06-05"),
            ("2024-06-05 23:59:60+0900", "2024-06-05"),
            ("5 June 2024, 09:00 UTC", "2024-06-05"),
            ("June 5, 2024 at 2:30 pm", "2024-06-05"),
            ("Wed, 05 Jun 2024 14:30:00 +0000", "2024-06-05"),
            // Months and years.
            ("June 2024", "2024-06"),
            ("Sept. 2024", "2024-09"),
            ("June, 2024", "2024-06"),
            ("June of 2024", "2024-06"),
            ("2024 June", "2024-06"),
            ("06/2024", "2024-06"),
            ("6/2024", "2024-06"),
            ("2024-6", "2024-06"),
            ("May 2024", "2024-05"),
            ("2024", "2024"),
            ("44 BC", "-0043"),
            ("1 bce", "0000"),
            ("10000 BC", "-9999"),
            ("AD 79", "0079"),
            ("79 CE", "0079"),
            // Parts of them.
            ("early March 2025", "2025-03-01/2025-03-10"),
            ("mid-March 2025", "2025-03-11/2025-03-20"),
            ("Mid March, 2025", "2025-03-11/2025-03-20"),
            ("mid\u{2010}March 2025", "2025-03-11/2025-03-20"),
            ("late February 2024", "2024-02-21/2024-02-29"),
            ("early 2024", "2024-01/2024-04"),
            ("mid-2024", "2024-05/2024-08"),
            ("late 2024", "2024-09/2024-12"),
            ("late in 2024", "2024-09/2024-12"),
            ("first half of 2025", "2025-01/2025-06"),
            ("the second half of 2025", "2025-07/2025-12"),
            ("2nd half of 2025", "2025-07/2025-12"),
            ("first half of March 2025", "2025-03-01/2025-03-15"),
            ("second half of February 2025", "2025-02-16/2025-02-28"),
            ("H1 2025", "2025-01/2025-06"),
            ("2H 2025", "2025-07/2025-12"),
            ("Q1 2025", "2025-01/2025-03"),
            ("q4, 2025", "2025-10/2025-12"),
            ("2025 Q2", "2025-04/2025-06"),
            ("2025-Q2", "2025-04/2025-06"),
            ("3Q2025", "2025-07/2025-09"),
            ("third quarter of 2025", "2025-07/2025-09"),
            ("the 1990s", "1990/1999"),
            ("1990's", "1990/1999"),
            ("early 1990s", "1990/1993"),
            ("the mid-1990s", "1994/1996"),
            ("late 1990s", "1997/1999"),
            // Spans.
            ("11–20 March 2025", "2025-03-11/2025-03-20"),
            ("11 to 20 March 2025", "2025-03-11/2025-03-20"),
            ("March 11-20, 2025", "2025-03-11/2025-03-20"),
            ("March 11 to March 20, 2025", "2025-03-11/2025-03-20"),
            ("between 5 and 8 June 2024", "2024-06-05/2024-06-08"),
            ("between June 5, 2024 and June 8, 2024", "2024-06-05/2024-06-08"),
            ("between May and July 2024", "2024-05/2024-07"),
            ("January–March 2025", "2025-01/2025-03"),
            ("January through March 2025", "2025-01/2025-03"),
            ("10 January – 20 March 2025", "2025-01-10/2025-03-20"),
            ("from 30 December 2024 to 2 January 2025", "2024-12-30/2025-01-02"),
            ("from 2024-12-30 to 2025-01-02", "2024-12-30/2025-01-02"),
            ("2024-12-30 – 2025-01-02", "2024-12-30/2025-01-02"),
            ("2024-12 - 2025-01", "2024-12/2025-01"),
            ("2022–2025", "2022/2025"),
            ("2022-2025", "2022/2025"),
            ("44 BC – 41 BC", "-0043/-0040"),
            ("mid-March to early April 2025", "2025-03-11/2025-04-10"),
            ("late 1990s to mid-2004", "1997/2004-08"),
            ("since 2024", "2024/.."),
            ("since mid-March 2025", "2025-03-11/.."),
            ("from May 2024 onwards", "2024-05/.."),
            ("from May 2024 on", "2024-05/.."),
            ("after 31 December 2024", "2025-01-01/.."),
            ("after March 2025", "2025-04-01/.."),
            ("before 2025", "../2024-12-31"),
            ("until May 2024", "../2024-05"),
            ("up to mid-May 2024", "../2024-05-20"),
            ("from May 2024, end unknown", "2024-05/"),
            ("to May 2024, start unknown", "/2024-05"),
            // Doubt.
            ("about 2024", "2024~"),
            ("circa March 2025", "2025-03~"),
            ("c. 1850", "1850~"),
            ("ca 1850", "1850~"),
            ("perhaps 5 June 2024", "2024-06-05?"),
            ("perhaps about 2024", "2024%"),
            ("about mid-March 2025", "2025-03-11~/2025-03-20~"),
            ("since about June 2024", "2024-06~/.."),
            ("some year from 1990 to 1999", "199X"),
            ("perhaps some year from 1900 to 1999", "19XX?"),
            // Korean.
            ("2025년 3월 15일", "2025-03-15"),
            ("2025년3월15일", "2025-03-15"),
            ("2025년 3월 15일(토)", "2025-03-15"),
            ("2025년 3월 15일 토요일", "2025-03-15"),
            ("2024년 12월 3일 오후 10시 30분", "2024-12-03"),
            ("2025년 3월", "2025-03"),
            ("2025년", "2025"),
            ("2025년도", "2025"),
            ("2025년 3월 중순", "2025-03-11/2025-03-20"),
            ("2025년 3월 초", "2025-03-01/2025-03-10"),
            ("2025년 2월 하순", "2025-02-21/2025-02-28"),
            ("2025년 상반기", "2025-01/2025-06"),
            ("2025년 3분기", "2025-07/2025-09"),
            ("1990년대", "1990/1999"),
            ("1990년대 후반", "1997/1999"),
            ("2025년 1월부터 3월까지", "2025-01/2025-03"),
            ("2025년 3월 11일부터 20일까지", "2025-03-11/2025-03-20"),
            ("2025년 3월 11일~20일", "2025-03-11/2025-03-20"),
            ("2024년 12월 30일 ~ 2025년 1월 2일", "2024-12-30/2025-01-02"),
            ("2025년 3월부터", "2025-03/.."),
            ("2025년 3월까지", "../2025-03"),
            ("2025년 3월 15일경", "2025-03-15~"),
            ("some year from 20 BC to 11 BC", "-001X"),
            ("some month of 2004", "2004-XX"),
            ("some day of May 2004", "2004-05-XX"),
            ("some day of 2004", "2004-XX-XX"),
        ] {
            match Period::read(text) {
                Ok(period) => assert_eq!(period.to_string(), written, "{text:?}"),
                Err(error) => panic!("{error}"),
            }
        }
    }

    #[test]
    fn dates_in_numbers_are_read_in_the_order_that_the_caller_names() {
        use DayOrder::{DayFirst, MonthFirst};
        for (text, order, written) in [
            ("05/06/2024", DayFirst, "2024-06-05"),
            ("05/06/2024", MonthFirst, "2024-05-06"),
            ("5.6.2024", DayFirst, "2024-06-05"),
            ("5-6-2024", MonthFirst, "2024-05-06"),
            ("31/12/2024 23:00", DayFirst, "2024-12-31"),
            ("5.6.2024 – 8.6.2024", DayFirst, "2024-06-05/2024-06-08"),
            ("since 05/06/2024", DayFirst, "2024-06-05/.."),
            ("2024/05/06", DayFirst, "2024-05-06"),
            ("5 June 2024", MonthFirst, "2024-06-05"),
        ] {
            assert_eq!(Period::read_with(text, order).unwrap().to_string(), written, "{text}");
        }
        for (text, order) in [("31/12/2024", MonthFirst), ("12/31/2024", DayFirst), ("30.2.2024", DayFirst)] {
            let error = Period::read_with(text, order).unwrap_err();
            assert_eq!(error.to_string(), format!("\"{text}\" names a date that does not exist"));
        }
    }

    #[test]
    fn what_is_no_one_period_is_refused_with_what_to_write() {
        let written = "write 2025, 2025-03, 2025-03-15, a span such as 2025-01/2025-03, .. for an open end, and ? ~ or % after a date in doubt";
        let order = "write 2024-06-05 or 5 June 2024, or name the order (`Period::read_with`)";
        let year = "write the year too: 5 June 2024, June 2024";
        let digits = "write all four digits of the year: 2024";
        let months = "write the months, such as 2025-03/2025-05";
        let years = "write the years, such as 1801/1900, 1800/1899 or 1900/1909";
        let calendar = "months go from 01 to 12, and days to the last of the month in that year";
        for (text, reason, help) in [
            ("05/06/2024", "gives day and month in an order that nobody named", Some(order)),
            ("25.12.2024", "gives day and month in an order that nobody named", Some(order)),
            ("since 5-6-2024", "gives day and month in an order that nobody named", Some(order)),
            ("05/06/24", "has a year of two digits", Some(digits)),
            ("5 June 24", "has a year of two digits", Some(digits)),
            ("June '24", "has a year of two digits", Some(digits)),
            ("2022–25", "has a year of two digits", Some(digits)),
            ("5 June", "names no year", Some(year)),
            ("March", "names no year", Some(year)),
            ("since mid-March", "names no year", Some(year)),
            ("from May 2024 to June", "names no year", Some(year)),
            ("3월 15일", "names no year", Some(year)),
            ("3월 중순", "names no year", Some(year)),
            ("25년 3월", "has a year of two digits", Some(digits)),
            ("2025년 3월 15일(월)", "is a Saturday", Some("leave out the day of the week, or mend the date")),
            ("2025년 2월 30일", "names a date that does not exist", Some(calendar)),
            ("2025년 말", "is not a period", Some(written)),
            ("2025년 3월 이후", "is not a period", Some(written)),
            ("2025년 3월 15일 25시", "is not a period", Some(written)),
            ("spring 2025", "names a season or another part of a year, and not its months", Some(months)),
            ("the winter of 2024/25", "names a season or another part of a year, and not its months", Some(months)),
            ("2001-21", "names a season or another part of a year, and not its months", Some(months)),
            (
                "the 19th century",
                "may be a century or a decade, and starts with another year for some than for others",
                Some(years),
            ),
            (
                "late nineteenth century",
                "may be a century or a decade, and starts with another year for some than for others",
                Some(years),
            ),
            (
                "the 1900s",
                "may be a century or a decade, and starts with another year for some than for others",
                Some(years),
            ),
            ("Monday, 5 June 2024", "is a Wednesday", Some("leave out the day of the week, or mend the date")),
            ("30 February 2024", "names a date that does not exist", Some(calendar)),
            ("June 0, 2024", "names a date that does not exist", Some(calendar)),
            ("20241301", "names a date that does not exist", Some(calendar)),
            ("June 2024 to May 2024", "ends before it starts", None),
            ("November–March 2025", "ends before it starts", None),
            ("5 June 12024", "has a year outside −9999 to 9999", None),
            ("12000 BC", "has a year outside −9999 to 9999", None),
            ("before 10000 BC", "has a year outside −9999 to 9999", None),
            ("after 9999", "has a year outside −9999 to 9999", None),
            ("", "is not a period", Some(written)),
            ("yesterday", "is not a period", Some(written)),
            ("last week", "is not a period", Some(written)),
            ("Wednesday", "is not a period", Some(written)),
            ("Wednesday June 2024", "is not a period", Some(written)),
            ("the end of March 2025", "is not a period", Some(written)),
            ("2024/25", "is not a period", Some(written)),
            ("2024 25", "is not a period", Some(written)),
            ("5 2024", "is not a period", Some(written)),
            ("202406", "is not a period", Some(written)),
            ("24", "names no year", Some(year)),
            ("1995s", "is not a period", Some(written)),
            ("Q5 2025", "is not a period", Some(written)),
            ("third half of 2025", "is not a period", Some(written)),
            ("Q1 of March 2025", "is not a period", Some(written)),
            ("mid-5 June 2024", "is not a period", Some(written)),
            ("between May 2024", "is not a period", Some(written)),
            ("from May 2024", "is not a period", Some(written)),
            ("5 June 2024 and 8 June 2024", "is not a period", Some(written)),
            ("5 June 2024 25:00", "is not a period", Some(written)),
            ("5 June 2024 13:00 pm", "is not a period", Some(written)),
            ("some year from 1990 to 1998", "is not a period", Some(written)),
            ("some month of May 2024", "is not a period", Some(written)),
            ("June 2024!", "is not a period", Some(written)),
            ("0 BC", "is not a period", Some(written)),
        ] {
            match Period::read(text) {
                Ok(period) => panic!("{text:?} is read as {period}"),
                Err(error) => {
                    assert_eq!(error.to_string().replacen(&format!("\"{text}\" "), "", 1), reason, "{text}");
                    assert_eq!(error.help(), help, "{text}");
                }
            }
        }
        let long = "5 ".repeat(1_000_000);
        assert_eq!(Period::read(&long).unwrap_err().kind(), &ErrorKind::NotAPeriod);
    }
}
