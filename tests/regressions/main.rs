//! The checks of the fuzz targets, on what they have found: each seed and each input that once failed is checked as the
//! fuzzer does it. `fuzz/` has both; the target `ledger` is checked by the tests of the model.
#![cfg(all(feature = "serde", feature = "testing"))]

mod lines;
mod periods;
mod phrases;
mod replay;
mod shown;

use self::replay::replay;

#[test]
fn any_bytes_are_read_or_refused_as_lines() {
    replay("lines", lines::check);
}

#[test]
fn any_bytes_are_read_or_refused_as_phrases() {
    replay("phrases", phrases::check);
}

#[test]
fn any_bytes_are_read_or_refused_as_periods() {
    replay("periods", periods::check);
}
