//! Any bytes as a period, and as a time.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use testimony::{Error, Moment, Period, Timestamp};

use super::shown::assert_shows_all;

/// Reads the text as each; what is accepted has to come back, and what is refused to be explained.
pub(crate) fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Some(period) = read::<Period>(&text) {
        assert_eq!(period.to_string(), text, "a period is written in one way");
        let (first, last) = (period.first_day(), period.last_day());
        assert!(first.is_some() || last.is_some(), "{text}");
        if let (Some(first), Some(last)) = (first, last) {
            assert!(first <= last, "{text}");
            let days = Period::days(first, last).expect("they are in order");
            assert_eq!((days.first_day(), days.last_day()), (Some(first), Some(last)));
        }
        assert_shows_all(&period.in_words(), false);
        assert_eq!(read::<Moment>(&text), Some(Moment::from(period)));
    }
    if let Some(time) = read::<Timestamp>(&text) {
        assert_eq!(read::<Moment>(&text), Some(Moment::from(time)));
        assert!(time.to_string().starts_with(&time.day().to_string()), "{time}");
    }
    if let Some(moment) = read::<Moment>(&text) {
        assert_shows_all(&moment.in_words(), false);
    }
}

/// The text as a scalar, if it is one.
fn read<T: FromStr<Err = Error> + Display + Debug + PartialEq>(text: &str) -> Option<T> {
    match text.parse::<T>() {
        Ok(scalar) => {
            let shown = scalar.to_string();
            assert_eq!(shown.parse().as_ref(), Ok(&scalar), "written as {shown:?}");
            Some(scalar)
        }
        Err(error) => {
            assert_shows_all(&error.to_string(), false);
            None
        }
    }
}
