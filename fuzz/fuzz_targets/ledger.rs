//! See `tests/model/main.rs`, which says what is compared with what.
#![no_main]

#[allow(dead_code, unused_imports, reason = "its tests are left out")]
#[path = "../../tests/model/main.rs"]
mod model;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| model::check(bytes));
