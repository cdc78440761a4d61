//! Any bytes as running text, and as one phrase.

use testimony::{Figure, Policy, figures_in};

use super::shown::assert_shows_all;

/// Finds the figures in the text, whose places have to be in it and in order, and reads it as a phrase.
pub(crate) fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut end = 0;
    for found in figures_in(&text) {
        let span = found.span();
        assert!(end <= span.start && span.start < span.end, "{span:?} after {end}");
        assert_eq!(Some(found.said()), text.get(span.clone()));
        end = span.end;
        comes_back(found.figure());
    }
    match text.parse::<Figure>() {
        Ok(figure) => comes_back(&figure),
        Err(error) => assert_shows_all(&error.to_string(), false),
    }
}

/// A figure in print is read as the same figure, and so is one in JSON.
fn comes_back(figure: &Figure) {
    let shown = figure.to_string();
    assert_shows_all(&shown, false);
    assert_eq!(shown.parse().as_ref(), Ok(figure), "printed as {shown:?}");
    let json = serde_json::to_string(figure).expect("it can be written");
    assert_eq!(serde_json::from_str::<Figure>(&json).expect("it is read"), *figure, "{json}");
    if let Ok(values) = figure.values(&Policy::default()) {
        assert!(values.low().zip(values.high()).is_none_or(|(low, high)| low.value() <= high.value()), "{values}");
    }
}
