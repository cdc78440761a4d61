//! The store against the ledger in memory, and against whatever may happen to a file.

mod draw;
mod harm;
mod histories;
mod many;

use std::path::PathBuf;

use tempfile::TempDir;

/// A folder in memory where the system has one: a commit waits for the disk.
pub(crate) fn folder() -> (TempDir, PathBuf) {
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.unwrap();
    let path = folder.path().join("claims.db");
    (folder, path)
}

/// How many cases are drawn: `TESTIMONY_CASES`, or a few.
pub(crate) fn cases(few: u64) -> u64 {
    std::env::var("TESTIMONY_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(few)
}

/// The first seed.
pub(crate) fn seed() -> u64 {
    std::env::var("TESTIMONY_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0)
}
