//! See `tests/regressions/phrases.rs`, which says what is checked.
#![no_main]

#[path = "../../tests/regressions/phrases.rs"]
mod phrases;
#[path = "../../tests/regressions/shown.rs"]
mod shown;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| phrases::check(bytes));
