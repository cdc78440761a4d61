//! See `tests/regressions/lines.rs`, which says what is checked.
#![no_main]

#[path = "../../tests/regressions/lines.rs"]
mod lines;
#[path = "../../tests/regressions/shown.rs"]
mod shown;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| lines::check(bytes));
