//! See `tests/regressions/periods.rs`, which says what is checked.
#![no_main]

#[path = "../../tests/regressions/periods.rs"]
mod periods;
#[path = "../../tests/regressions/shown.rs"]
mod shown;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| periods::check(bytes));
