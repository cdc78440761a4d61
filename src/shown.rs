//! Showing texts: as they are, but for what could break a line, hide a letter or turn the reading order.

use std::fmt::{self, Write as _};

/// Shows a text with everything escaped that could break a line, hide a letter or turn the reading order.
///
/// Names and texts come from anybody: shown so, they cannot forge a line of a report or drive a terminal. A joiner or a
/// variation selector is shown as it is where it shapes the letter before it: without them, Persian and the scripts of
/// India are misspelt, and some pictures and Japanese names become others.
///
/// ```
/// use testimony::Shown;
///
/// assert_eq!(Shown::new("the army").to_string(), "the army");
/// assert_eq!(Shown::new("fish\u{202e}ymra").to_string(), "fish\\u{202e}ymra");
/// assert_eq!(Shown::new("\u{1b}[31mred").to_string(), "\\u{1b}[31mred");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a>(pub(crate) &'a str);

impl<'a> Shown<'a> {
    /// The text as it is to be shown.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// Whether a character has no look of its own: control characters, separators of lines, marks of direction,
    /// joiners, fillers and tags. Spaces are seen by the gap that they leave.
    ///
    /// ```
    /// use testimony::Shown;
    ///
    /// assert!(Shown::hides('\u{200b}'));
    /// assert!(!Shown::hides(' '));
    /// ```
    #[must_use]
    pub fn hides(c: char) -> bool {
        misleads(c)
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Most texts are plain, and a report shows thousands.
        if self.0.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
            return f.write_str(self.0);
        }
        let mut before = None;
        let mut chars = self.0.chars().peekable();
        while let Some(c) = chars.next() {
            let hidden = misleads(c) && !shapes(before, c, chars.peek().copied());
            if hidden {
                write!(f, "{}", c.escape_unicode())?;
            } else {
                f.write_char(c)?;
            }
            before = Some(c).filter(|_| !hidden);
        }
        Ok(())
    }
}

/// A text shown as by [`Shown`], in typographic quotation marks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}”", Shown(self.0))
    }
}

/// Whether a character has no look of its own: control characters, separators of lines, what Unicode lets a font leave
/// out (the property `Default_Ignorable_Code_Point`: fillers, joiners, selectors, marks of direction, tags),
/// annotations, and the empty pattern of braille. Spaces are seen by the gap that they leave.
pub(crate) fn misleads(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{17b4}'
                | '\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Whether a character without a look of its own changes the look of the letters around it, because they are of the
/// kind that it is made for. `before` is the character before it, if that one is shown as it is. Marks of direction
/// change nothing.
fn shapes(before: Option<char>, c: char, after: Option<char>) -> bool {
    // Arabic, Syriac, Thaana and their neighbours, and the scripts of India up to Sinhala.
    let joining = |c: Option<char>| matches!(c, Some('\u{600}'..='\u{dff}')) && !c.is_some_and(misleads);
    let picture = |c: Option<char>| {
        matches!(c, Some('\u{2190}'..='\u{27ff}' | '\u{2900}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}'))
    };
    let ideograph = |c: Option<char>| {
        matches!(c, Some('\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'))
    };
    match c {
        '\u{200c}' => joining(before) && joining(after),
        // Between two pictures the first may have a selector of its own behind it.
        '\u{200d}' => joining(before) || (picture(before) || before == Some('\u{fe0f}')) && picture(after),
        '\u{fe0e}' | '\u{fe0f}' => picture(before),
        '\u{e0100}'..='\u{e01ef}' => ideograph(before),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_mislead_a_reader_is_escaped() {
        let shown = Shown("a\nb\u{202e}c\u{200b}\u{1b}[31m é 한국").to_string();
        assert_eq!(shown, "a\\u{a}b\\u{202e}c\\u{200b}\\u{1b}[31m é 한국");
    }

    #[test]
    fn what_shapes_the_letters_around_it_is_shown_with_them() {
        for text in [
            "می\u{200c}خواهم",           // Persian
            "क्\u{200d}ष",                // Hindi: half a letter
            "ශ්\u{200d}රී",                // Sri, as Sinhala writes it
            "👩\u{200d}🚒 👩🏽\u{200d}🚒", // firefighters
            "❤\u{fe0f}",
            "❤\u{fe0f}\u{200d}🔥",
            "辻\u{e0100}",
        ] {
            assert_eq!(Shown(text).to_string(), text);
        }
        for (text, shown) in [
            ("a\u{200d}b", "a\\u{200d}b"),
            ("a\u{200c}b", "a\\u{200c}b"),
            ("می\u{200c}", "می\\u{200c}"),
            ("می\u{200c}\u{200c}خ", "می\\u{200c}\\u{200c}خ"),
            ("م\u{61c}\u{200d}خ", "م\\u{61c}\\u{200d}خ"),
            ("\u{200d}م", "\\u{200d}م"),
            ("👩\u{200d}", "👩\\u{200d}"),
            ("👩\u{200d}x", "👩\\u{200d}x"),
            ("a\u{fe0f}\u{200d}🔥", "a\\u{fe0f}\\u{200d}🔥"),
            ("❤\u{fe0f}\u{fe0f}", "❤\u{fe0f}\\u{fe0f}"),
            ("a\u{fe0f}", "a\\u{fe0f}"),
            ("a\u{fe00}", "a\\u{fe00}"),
            ("辻\u{e0100}\u{e0101}", "辻\u{e0100}\\u{e0101}"),
            ("b\u{e0100}", "b\\u{e0100}"),
            ("\u{2800}", "\\u{2800}"),
        ] {
            assert_eq!(Shown(text).to_string(), shown);
        }
    }
}
