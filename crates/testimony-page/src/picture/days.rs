//! The axis of time.

use chrono::{Datelike as _, Days, Months, NaiveDate};
use testimony::Date;

/// A place on the axis, with its name in one line and, where that changes, the year below it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DayTick {
    pub(crate) day: f64,
    pub(crate) name: String,
    pub(crate) year: Option<String>,
}

/// Days as places between two edges.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DayAxis {
    first: f64,
    last: f64,
    left: f64,
    right: f64,
}

/// The time between two ticks.
#[derive(Clone, Copy, Debug)]
enum Step {
    Days(u64),
    Months(u32),
    Years(i32),
}

/// From the finest to the coarsest, with about how many days each takes.
const STEPS: [(Step, f64); 20] = [
    (Step::Days(1), 1.0),
    (Step::Days(2), 2.0),
    (Step::Days(7), 7.0),
    (Step::Days(14), 14.0),
    (Step::Months(1), 30.4),
    (Step::Months(2), 60.9),
    (Step::Months(3), 91.3),
    (Step::Months(6), 182.6),
    (Step::Years(1), 365.2),
    (Step::Years(2), 730.5),
    (Step::Years(5), 1826.2),
    (Step::Years(10), 3652.4),
    (Step::Years(20), 7304.8),
    (Step::Years(50), 18_262.0),
    (Step::Years(100), 36_524.0),
    (Step::Years(200), 73_048.0),
    (Step::Years(500), 182_621.0),
    (Step::Years(1000), 365_242.0),
    (Step::Years(2000), 730_485.0),
    (Step::Years(5000), 1_826_212.0),
];

/// The number of a day on the axis.
pub(crate) fn day_number(date: Date) -> f64 {
    f64::from(NaiveDate::from(date).num_days_from_ce())
}

/// When a period begins and when it ends, as far as it does: at the end of its last day.
pub(crate) fn ends(first: Option<Date>, last: Option<Date>) -> (Option<f64>, Option<f64>) {
    (first.map(day_number), last.map(|day| day_number(day) + 1.0))
}

impl DayAxis {
    /// The axis from one day to the end of another between two edges, with some air at both ends.
    pub(crate) fn new(first: f64, last: f64, left: f64, right: f64) -> Self {
        let air = ((last - first) * 0.04).max(0.5);
        Self { first: first - air, last: last + air, left, right }
    }

    pub(crate) fn x(&self, day: f64) -> f64 {
        self.left + (day - self.first) / (self.last - self.first) * (self.right - self.left)
    }

    /// The days that are named: as many as fit side by side.
    pub(crate) fn ticks(&self, width_of_one: f64) -> Vec<DayTick> {
        let most = ((self.right - self.left) / width_of_one).max(1.0);
        let span = self.last - self.first;
        let fitting = STEPS.iter().find(|(_, days)| span / days <= most);
        let (step, _) = fitting.unwrap_or(&STEPS[STEPS.len() - 1]);
        // Months are easier on the eye than every other Monday, where there are enough of them.
        let step = if matches!(step, Step::Days(7 | 14)) && span > 70.0 { &Step::Months(1) } else { step };
        let mut ticks = Vec::new();
        let mut year = None;
        let mut day = self.start(*step);
        while let Some(date) = day {
            let number = f64::from(date.num_days_from_ce());
            if number > self.last {
                break;
            }
            if number >= self.first {
                let name = match step {
                    Step::Days(_) => date.format("%-d %b").to_string(),
                    Step::Months(_) => date.format("%b").to_string(),
                    Step::Years(_) => year_name(date.year()),
                };
                let new = !matches!(step, Step::Years(_)) && year != Some(date.year());
                year = Some(date.year());
                ticks.push(DayTick { day: number, name, year: new.then(|| year_name(date.year())) });
            }
            day = match step {
                Step::Days(n) => date.checked_add_days(Days::new(*n)),
                Step::Months(n) => date.checked_add_months(Months::new(*n)),
                Step::Years(n) => NaiveDate::from_ymd_opt(date.year() + n, 1, 1),
            };
        }
        ticks
    }

    /// The last day of its kind before the axis begins.
    fn start(&self, step: Step) -> Option<NaiveDate> {
        #[expect(clippy::cast_possible_truncation, reason = "a year has four digits, so that its days have seven")]
        let first = NaiveDate::from_num_days_from_ce_opt(self.first.floor() as i32)?;
        match step {
            Step::Days(n) => {
                // Weeks begin on Mondays.
                let over = u64::from(first.weekday().num_days_from_monday());
                if n >= 7 { first.checked_sub_days(Days::new(over)) } else { Some(first) }
            }
            Step::Months(n) => NaiveDate::from_ymd_opt(first.year(), first.month0() / n * n + 1, 1),
            Step::Years(n) => NaiveDate::from_ymd_opt(first.year().div_euclid(n) * n, 1, 1),
        }
    }
}

/// `2025`, `44 BC`.
fn year_name(year: i32) -> String {
    if year > 0 { year.to_string() } else { format!("{} BC", 1 - year) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(first: &str, last: &str, most: f64) -> Vec<String> {
        let day = |text: &str| day_number(text.parse::<testimony::Period>().unwrap().first_day().unwrap());
        let axis = DayAxis::new(day(first), day(last), 0.0, most * 50.0);
        let name = |tick: DayTick| tick.name + &tick.year.map(|year| format!(" {year}")).unwrap_or_default();
        axis.ticks(50.0).into_iter().map(name).collect()
    }

    #[test]
    fn days_are_named_as_finely_as_there_is_room() {
        assert_eq!(ticks("2025-03-10", "2025-03-13", 5.0), ["10 Mar 2025", "11 Mar", "12 Mar", "13 Mar"]);
        assert_eq!(ticks("2024-12-01", "2025-03-20", 5.0), ["Dec 2024", "Jan 2025", "Feb", "Mar"]);
        assert_eq!(ticks("2001-01-01", "2025-01-01", 6.0), ["2005", "2010", "2015", "2020", "2025"]);
        assert_eq!(ticks("-0099-01-01", "0201-01-01", 4.0), ["101 BC", "1 BC", "100", "200"]);
    }

    #[test]
    fn all_of_time_has_few_ticks() {
        assert!(ticks("-9999-01-01", "9999-12-31", 8.0).len() <= 9);
        assert!(!ticks("-9999-01-01", "-9999-01-02", 8.0).is_empty());
        assert!(!ticks("9999-12-31", "9999-12-31", 8.0).is_empty());
    }
}
