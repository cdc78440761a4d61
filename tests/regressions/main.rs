//! The checks of the fuzz targets, on what they have found: each seed and each input that once failed is checked as the
//! fuzzer does it. `fuzz/` has both; the target `ledger` is checked by the tests of the model.
#![cfg(feature = "serde")]

mod lines;
mod periods;
mod phrases;
mod shown;

use std::fs;
use std::path::Path;

/// Checks every file of a target, and says which one it was if a check fails.
fn replay(target: &str, check: fn(&[u8])) {
    for kind in ["seeds", "regressions"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(kind).join(target);
        for file in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = file.unwrap().path();
            println!("{}", path.display());
            check(&fs::read(&path).unwrap());
        }
    }
}

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
