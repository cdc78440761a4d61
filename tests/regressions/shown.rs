//! Texts as a reader is shown them.

/// Asserts that a text shows all that is in it: nothing that moves the cursor, turns the reading order or has no look
/// of its own. Joiners and variation selectors are left out, which are shown where they shape the letters around them.
pub(crate) fn assert_shows_all(text: &str, lines: bool) {
    let hidden = |c: char| {
        (c.is_control() && !(lines && c == '\n'))
            || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}')
            || matches!(c, '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
    };
    assert!(!text.contains(hidden), "not all of it shows: {text:?}");
}
