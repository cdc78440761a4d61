//! Intervals and periods, held against the sets of numbers and days that they stand for.

use proptest::prelude::*;
use testimony::testing::strategies;
use testimony::{Bound, Date, Interval, Number, Period};

use super::cases::cases;

/// A number in quarters.
fn quarters(n: i32) -> Number {
    format!("{}e-2", n * 25).parse().unwrap()
}

/// Every interval whose ends are halves from −1 to 1½, open, closed or absent, with its numbers among the quarters
/// from −2½ to 3: enough to tell any two of them apart.
fn intervals() -> Vec<(Interval, Vec<i32>)> {
    let halves = || (-2..=3).map(|half| quarters(2 * half));
    let ends = || halves().map(Bound::closed).chain(halves().map(Bound::open)).map(Some).chain([None]);
    let mut intervals = vec![];
    for (low, high) in ends().flat_map(|low| ends().map(move |high| (low, high))) {
        let numbers = (-10..=12).filter(|&n| {
            let above =
                low.is_none_or(|low| quarters(n) > low.value() || (quarters(n) == low.value() && !low.is_open()));
            above
                && high
                    .is_none_or(|high| quarters(n) < high.value() || (quarters(n) == high.value() && !high.is_open()))
        });
        let numbers: Vec<i32> = numbers.collect();
        let interval = Interval::new(low, high);
        assert_eq!(interval.is_ok(), !numbers.is_empty(), "{low:?} {high:?}");
        intervals.extend(interval.ok().map(|interval| (interval, numbers)));
    }
    assert_eq!(intervals.len(), 13 * 13 - (2 * 2 * 15 + 3 * 6));
    intervals
}

#[test]
fn an_interval_is_its_set_of_numbers() {
    for (interval, numbers) in intervals() {
        for n in -10..=12 {
            assert_eq!(interval.contains(quarters(n)), numbers.contains(&n), "{interval} {n}");
        }
        assert_eq!(
            (interval.low().is_none(), interval.high().is_none()),
            (numbers[0] == -10, numbers.ends_with(&[12]))
        );
        let wholes: Vec<i32> = numbers.iter().copied().filter(|n| n % 4 == 0).collect();
        let end = |n: &i32| Some(Bound::closed(quarters(*n)));
        let whole = match (wholes.first(), wholes.last()) {
            (Some(first), Some(last)) => {
                Interval::new(interval.low().and(end(first)), interval.high().and(end(last))).ok()
            }
            _ => None,
        };
        assert_eq!(interval.whole(), whole, "{interval}");
    }
}

#[test]
fn an_open_end_stays_where_the_next_whole_number_is_too_long() {
    let n = |text: &str| text.parse::<Number>().unwrap();
    for (end, whole) in [
        (Bound::open(n("9999999999999999999999999999")), Bound::closed(n("1e28"))),
        (Bound::open(n("1e28")), Bound::open(n("1e28"))),
        (Bound::closed(n("1e28")), Bound::closed(n("1e28"))),
    ] {
        assert_eq!(Interval::new(Some(end), None).unwrap().whole(), Interval::new(Some(whole), None).ok());
        let [end, whole] = [end, whole].map(|end| {
            let value = -end.value();
            Some(if end.is_open() { Bound::open(value) } else { Bound::closed(value) })
        });
        assert_eq!(Interval::new(None, end).unwrap().whole(), Interval::new(None, whole).ok());
    }
}

#[test]
fn two_intervals_lie_to_each_other_as_their_sets_do() {
    let intervals = intervals();
    for (one, ones) in &intervals {
        for (other, others) in &intervals {
            let shared = ones.iter().any(|n| others.contains(n));
            let within = ones.iter().all(|n| others.contains(n));
            let below = ones.last() < others.first();
            assert_eq!(one.shares_with(other), shared, "{one} {other}");
            assert_eq!(one.is_within(other), within, "{one} {other}");
            assert_eq!(one.is_below(other), below, "{one} {other}");
            assert_eq!(other.is_above(one), below, "{one} {other}");
            assert_eq!(one == other, ones == others, "{one} {other}");
        }
    }
}

/// As a calendar on the wall has it.
fn next_day(year: i32, month: u8, day: u8) -> (i32, u8, u8) {
    let leap = if year % 100 == 0 { year % 400 == 0 } else { year % 4 == 0 };
    let long = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][usize::from(month) - 1];
    match (day < long, month < 12) {
        (true, _) => (year, month, day + 1),
        (false, true) => (year, month + 1, 1),
        (false, false) => (year + 1, 1, 1),
    }
}

#[test]
fn days_follow_each_other_as_in_the_calendar() {
    for from in [-9999, -401, -1, 1896, 1999, 2023] {
        let mut date = (from, 1, 1);
        let mut days = 0;
        while date.0 < from + 6 {
            let next = next_day(date.0, date.1, date.2);
            let [today, tomorrow] = [date, next].map(|(year, month, day)| Date::new(year, month, day).unwrap());
            assert!(today < tomorrow, "{today} {tomorrow}");
            assert_eq!((tomorrow.year(), tomorrow.month(), tomorrow.day()), next);
            if next.2 == 1 {
                assert_eq!(Date::new(date.0, date.1, date.2 + 1).ok(), None, "{today}");
                let month = Period::month(date.0, date.1).unwrap();
                assert_eq!((month.first_day().map(Date::day), month.last_day()), (Some(1), Some(today)));
                let thirds = [Period::early_month, Period::mid_month, Period::late_month];
                let thirds = thirds.map(|third| third(date.0, date.1).unwrap());
                let ends = thirds.map(|third| (third.first_day().unwrap().day(), third.last_day().unwrap().day()));
                assert_eq!(ends, [(1, 10), (11, 20), (21, today.day())]);
            }
            date = next;
            days += 1;
        }
        let leaps = (from..from + 6).filter(|year| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)).count();
        assert_eq!(days, 6 * 365 + leaps);
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_period_is_its_days_and_its_text(period in strategies::periods()) {
        prop_assert_eq!(period.to_string().parse::<Period>(), Ok(period));
        if let (Some(first), Some(last)) = (period.first_day(), period.last_day()) {
            prop_assert!(first <= last);
            let days = Period::days(first, last).unwrap();
            prop_assert_eq!((days.first_day(), days.last_day()), (Some(first), Some(last)));
            prop_assert_eq!(Period::days(last, first).is_ok(), first == last);
        } else {
            let text = period.to_string();
            prop_assert_eq!(period.first_day().is_none(), text.starts_with('/') || text.starts_with("../"), "{}", text);
            prop_assert_eq!(period.last_day().is_none(), text.ends_with('/') || text.ends_with("/.."), "{}", text);
        }
    }
}
