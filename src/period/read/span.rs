//! A date, or the two ends of a span.

use chrono::NaiveDate;

use super::reader::{Reader, not_a_period};
use super::token::{DASH, Token};
use super::written::Written;
use crate::date::Date;
use crate::error::{Error, ErrorKind};
use crate::period::stamp::Stamp;
use crate::period::{End, Period, Shape};

impl Reader<'_> {
    pub(super) fn period(&mut self) -> Result<Period, Error> {
        if self.word(&["between"]) {
            let from = self.date()?;
            return if self.word(&["and"]) { self.span_from(from) } else { Err(not_a_period()) };
        }
        if self.word(&["since"]) {
            return Period::span(End::At(self.date()?.stamps()?.0), End::Open);
        }
        if self.word(&["after"]) {
            let next = NaiveDate::from(self.date()?.stamps()?.1.last()).succ_opt();
            return Period::span(End::At(day(next)?), End::Open);
        }
        if self.word(&["before"]) {
            let previous = NaiveDate::from(self.date()?.stamps()?.0.first()).pred_opt();
            return Period::span(End::Open, End::At(day(previous)?));
        }
        if self.words(&["up", "to"]) || self.word(&["until", "till", "through"]) {
            return Period::span(End::Open, End::At(self.date()?.stamps()?.1));
        }
        if self.word(&["to"]) {
            let to = self.date()?.stamps()?.1;
            let unknown = self.mark(',') && self.words(&["start", "unknown"]);
            return if unknown { Period::span(End::Unknown, End::At(to)) } else { Err(not_a_period()) };
        }
        let is_span = self.word(&["from"]);
        let from = self.date()?;
        if is_span && self.word(&["on", "onward", "onwards"]) {
            return Period::span(End::At(from.stamps()?.0), End::Open);
        }
        if is_span && self.rest.first() == Some(&Token::Mark(',')) {
            self.mark(',');
            let unknown = self.words(&["end", "unknown"]);
            return if unknown { Period::span(End::At(from.stamps()?.0), End::Unknown) } else { Err(not_a_period()) };
        }
        if self.mark('-') || self.mark(DASH) || self.word(&["to", "until", "till", "through"]) {
            return self.span_from(from);
        }
        let (first, last) = from.stamps()?;
        match (is_span, first == last) {
            (true, _) => Err(not_a_period()),
            (_, true) => Ok(Period(Shape::One(first))),
            _ => Period::span(End::At(first), End::At(last)),
        }
    }

    fn span_from(&mut self, from: Written) -> Result<Period, Error> {
        let to = self.date()?;
        if let (Written { year: Some(_), month: None, .. }, Written { year: None, month: None, day: Some(_), .. }) =
            (from, to)
        {
            // "2022–25"
            return Err(Error::new(ErrorKind::ShortYear));
        }
        // "March 11–20, 2025" gives the month first, "11–20 March 2025" last.
        let to = if to.day.is_some() { Written { month: to.month.or(from.month), ..to } } else { to };
        Period::span(End::At(from.completed_by(to).stamps()?.0), End::At(to.stamps()?.1))
    }
}

fn day(date: Option<NaiveDate>) -> Result<Stamp, Error> {
    let out = || Error::new(ErrorKind::YearOutOfRange);
    date.and_then(|date| Date::try_from(date).ok()).map(Stamp::from).ok_or_else(out)
}
