//! How much is drawn at random.

use proptest::test_runner::Config;

/// Draws so many cases, or as many times more as the environment asks for: `TESTIMONY_CASES` is 256 if it is not set.
/// A case that fails is not kept in a file: it becomes a test of its own.
pub(crate) fn cases(ordinarily: u32) -> Config {
    let asked = std::env::var("TESTIMONY_CASES").map_or(256, |text| text.parse().expect("TESTIMONY_CASES is a number"));
    let cases = u32::try_from(u64::from(ordinarily) * asked / 256).expect("TESTIMONY_CASES is not that large");
    Config { cases: cases.max(1), failure_persistence: None, ..Config::default() }
}
