//! A clock that stands still until it is told otherwise.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, FixedOffset};

use super::builders::parsed;
use crate::time::Timestamp;

/// A clock that a test sets, for [`Ledger::with_clock`](crate::Ledger::with_clock) and for code that is given a clock.
///
/// The clock stands still until it is set or moved on. A clone is the same clock.
///
/// ```
/// use std::time::Duration;
///
/// use testimony::testing::{ManualClock, affirms, figure};
/// use testimony::{Ledger, Topic};
///
/// let clock = ManualClock::at("2025-05-04T09:00:00Z");
/// let mut ledger = Ledger::new().with_clock(clock.handle());
/// let deaths = Topic::new("market bombing of 3 May", "deaths");
/// affirms("ministry", &deaths, figure("at least 40")).record(&mut ledger);
/// let morning = clock.now();
///
/// clock.advance(Duration::from_secs(6 * 3600));
/// affirms("army", &deaths, figure("12")).record(&mut ledger);
/// assert_eq!(ledger.conflicts().count(), 1);
/// assert_eq!(ledger.at(morning).conflicts().count(), 0, "the army had not spoken yet");
/// ```
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<Mutex<Timestamp>>);

impl ManualClock {
    /// A clock that shows this time, as RFC 3339 has it.
    ///
    /// # Panics
    ///
    /// If the text is no such time.
    #[must_use]
    #[track_caller]
    pub fn at(time: &str) -> Self {
        Self(Arc::new(Mutex::new(parsed(time))))
    }

    /// The time that the clock shows.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the clock, forwards or back. A ledger refuses to record at a time before that of its last entry.
    ///
    /// # Panics
    ///
    /// If the text is no time as RFC 3339 has it.
    #[track_caller]
    pub fn set(&self, time: &str) {
        self.show(parsed(time));
    }

    /// Moves the clock on.
    ///
    /// # Panics
    ///
    /// If that leads beyond the year 9999.
    #[track_caller]
    pub fn advance(&self, by: Duration) {
        let now = self.now();
        let later = chrono::TimeDelta::from_std(by)
            .ok()
            .and_then(|by| DateTime::<FixedOffset>::from(now).checked_add_signed(by));
        let Some(later) = later.and_then(|later| Timestamp::try_from(later).ok()) else {
            panic!("{by:?} after {now} is beyond the year 9999");
        };
        self.show(later);
    }

    /// A function that gives the time shown, for a ledger or other code that asks a clock.
    pub fn handle(&self) -> impl Fn() -> Timestamp + Send + Sync + 'static {
        let clock = self.clone();
        move || clock.now()
    }

    fn show(&self, time: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = time;
    }
}
