//! How much is drawn at random.

/// So many cases, or as many times more as the environment asks for: `TESTIMONY_CASES` is 256 if it is not set.
pub(crate) fn cases(ordinarily: u32) -> u32 {
    let asked = std::env::var("TESTIMONY_CASES").map_or(256, |text| text.parse().expect("TESTIMONY_CASES is a number"));
    u32::try_from(u64::from(ordinarily) * asked / 256).expect("TESTIMONY_CASES is not that large").max(1)
}
