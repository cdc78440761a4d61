//! The sessions in the Markdown that readers see.

#[test]
fn sessions_are_as_written() {
    trycmd::TestCases::new().case("docs/*.md");
}
