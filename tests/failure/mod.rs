//! The message of a failing assertion, for tests of what fails.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::sync::Once;

thread_local! {
    /// Where the last panic of this thread was, while one is expected.
    static PANICKED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The whole of what a failure says, which has to be said to be in the file of the caller and in no other.
#[track_caller]
pub(crate) fn failure(assertion: impl FnOnce()) -> String {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let other = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let expected = PANICKED.with_borrow_mut(|place| {
                place.as_mut().map(|place| *place = panic.location().map(ToString::to_string).unwrap_or_default())
            });
            if expected.is_none() {
                other(panic);
            }
        }));
    });
    PANICKED.set(Some(String::new()));
    let outcome = catch_unwind(AssertUnwindSafe(assertion));
    let place = PANICKED.take().unwrap();
    let panic = outcome.expect_err("it passed");
    assert!(place.starts_with(Location::caller().file()), "the failure is said to be at {place}");
    *panic.downcast::<String>().expect("a message")
}

/// Asserts the whole of what a failure says.
#[track_caller]
pub(crate) fn fails(assertion: impl FnOnce(), said: &str) {
    assert_eq!(failure(assertion), said);
}
