//! The form in which an excerpt is looked for, and the way back to the text as it is.

use caseless::Caseless as _;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;

use crate::shown::misleads;
use crate::words::vocabulary;

vocabulary! {
    /// A way in which an excerpt may differ from its text and still be found.
    #[derive(PartialOrd, Ord)]
    Variation, "unicode_form, quotes, dashes, ellipses, white_space, invisible and case" {
        /// The same letters composed in another way: é as one code point or as two.
        UnicodeForm = "unicode_form",
        /// Straight and curly quotation marks, and guillemets.
        Quotes = "quotes",
        /// Hyphens, dashes and minus signs.
        Dashes = "dashes",
        /// An ellipsis as one character or as three full stops.
        Ellipses = "ellipses",
        /// Line breaks, no-break spaces, and how many there are.
        WhiteSpace = "white_space",
        /// Characters that are not seen: soft hyphens, control characters, marks of direction.
        Invisible = "invisible",
        /// Capital and small letters.
        Case = "case",
    }
}

impl Variation {
    /// The variation in words, for a reader.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::UnicodeForm => "the Unicode form",
            Self::Quotes => "quotation marks",
            Self::Dashes => "dashes",
            Self::Ellipses => "ellipses",
            Self::WhiteSpace => "white space",
            Self::Invisible => "characters that are not seen",
            Self::Case => "capital letters",
        }
    }
}

/// The most marks that are taken with a letter, as in the stream-safe text format of Unicode (UAX 15): a text of marks
/// alone is not one letter.
const MARKS: usize = 30;

/// Stands before and after each number, so that "4,000" is not found in "14,000". No other stands in the form, because
/// control characters are left out.
const EDGE: char = '\u{1}';

/// A text in normal form.
#[derive(Debug, Default)]
pub(super) struct Normal {
    text: String,
    /// The runs that form and text fall into: where each begins in the form, and in the text. A run is as long in both
    /// if the next one is as far away in both.
    runs: Vec<(usize, usize)>,
    /// Whether the last run goes on.
    open: bool,
    /// The length of the text.
    length: usize,
}

impl Normal {
    pub(super) fn new(text: &str) -> Self {
        Self::except(text, None)
    }

    /// The normal form, in which one thing is left as it is.
    pub(super) fn except(text: &str, kept: Option<Variation>) -> Self {
        let mut normal = Self { text: String::with_capacity(text.len()), length: text.len(), ..Self::default() };
        let mut at = 0;
        let mut number_ends = 0;
        while let Some(c) = text[at..].chars().next() {
            if at >= number_ends && c.is_numeric() {
                number_ends = at + number_length(&text[at..]);
                normal.mark(at);
            }
            let end = at + segment_length(&text[at..], kept);
            normal.push(at, &text[at..end], kept);
            at = end;
            if at == number_ends {
                normal.mark(at);
            }
        }
        normal
    }

    /// The form of a text to look for, without white space at its ends.
    pub(super) fn needle(text: &str) -> String {
        Self::new(text).text.trim_matches(' ').to_owned()
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Marks an edge of a number.
    fn mark(&mut self, at: usize) {
        self.runs.push((self.text.len(), at));
        self.open = false;
        self.text.push(EDGE);
    }

    fn push(&mut self, at: usize, segment: &str, kept: Option<Variation>) {
        let start = self.text.len();
        append(&mut self.text, segment, kept);
        let as_long = self.text.len() - start == segment.len();
        if !(as_long && self.open) {
            self.runs.push((start, at));
            self.open = as_long;
        }
    }

    /// The place in the text of a place in the form that begins something.
    pub(super) fn start(&self, place: usize) -> usize {
        let run = self.runs.partition_point(|(normal, _)| *normal <= place).saturating_sub(1);
        let Some(((normal, original), even)) = self.run(run) else { return 0 };
        if even { original + (place - normal) } else { original }
    }

    /// The place in the text of a place in the form that ends something.
    pub(super) fn end(&self, place: usize) -> usize {
        let run = self.runs.partition_point(|(normal, _)| *normal < place).saturating_sub(1);
        let Some(((normal, original), even)) = self.run(run) else { return 0 };
        if even { original + (place - normal) } else { self.after(run).1 }
    }

    fn run(&self, run: usize) -> Option<((usize, usize), bool)> {
        let (normal, original) = *self.runs.get(run)?;
        let next = self.after(run);
        Some(((normal, original), next.0 - normal == next.1 - original))
    }

    fn after(&self, run: usize) -> (usize, usize) {
        self.runs.get(run + 1).copied().unwrap_or((self.text.len(), self.length))
    }
}

/// How long the number is that the text begins with: digits, and points and commas between them.
fn number_length(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let between = matches!(c, '.' | ',') && chars.peek().is_some_and(|(_, next)| next.is_numeric());
        if !c.is_numeric() && !between {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// How long the part is that is normalised at once: white space, or a letter with all that is put on it.
fn segment_length(text: &str, kept: Option<Variation>) -> usize {
    let Some(first) = text.chars().next() else { return 0 };
    let rest = text[first.len_utf8()..].chars();
    let length: usize = if first.is_whitespace() {
        let all = kept != Some(Variation::WhiteSpace);
        rest.take_while(|c| all && c.is_whitespace()).map(char::len_utf8).sum()
    } else {
        // The vowels and finals of Hangul join what stands before them, and are no marks.
        let joins =
            |c: &char| !c.is_ascii() && (canonical_combining_class(*c) != 0 || matches!(c, '\u{1160}'..='\u{11ff}'));
        rest.take(MARKS).take_while(joins).map(char::len_utf8).sum()
    };
    first.len_utf8() + length
}

fn append(out: &mut String, segment: &str, kept: Option<Variation>) {
    let folds = |variation| kept != Some(variation);
    let Some(c) = segment.chars().next() else { return };
    if c.is_whitespace() {
        out.push_str(if folds(Variation::WhiteSpace) { " " } else { segment });
        return;
    }
    if misleads(c) {
        out.push_str(if folds(Variation::Invisible) { "" } else { segment });
        return;
    }
    let sign = match c {
        '‘' | '’' | '‚' | '‛' | '′' | '‹' | '›' if folds(Variation::Quotes) => "'",
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' if folds(Variation::Quotes) => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' if folds(Variation::Dashes) => "-",
        '…' if folds(Variation::Ellipses) => "...",
        _ => {
            match (folds(Variation::UnicodeForm), folds(Variation::Case)) {
                _ if segment.is_ascii() && folds(Variation::Case) => out.push(c.to_ascii_lowercase()),
                (true, true) => out.extend(segment.chars().nfc().default_case_fold().nfc()),
                (true, false) => out.extend(segment.chars().nfc()),
                (false, true) => out.extend(segment.chars().default_case_fold()),
                (false, false) => out.push_str(segment),
            }
            return;
        }
    };
    out.push_str(sign);
}

/// The ways in which two texts of one normal form differ.
pub(super) fn variations(one: &str, other: &str) -> Vec<Variation> {
    let differ = |variation: &Variation| {
        let form = |text| Normal::except(text, Some(*variation)).text;
        form(one).trim() != form(other).trim()
    };
    Variation::ALL.iter().copied().filter(differ).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_has_one_form() {
        for (one, other) in [
            ("it’s “so”", "it's \"so\""),
            ("e\u{301}", "É"),
            ("a \u{a0}\n b", "a b"),
            ("so\u{ad}lid\u{200b}", "solid"),
            ("1914–18 … end", "1914-18 ... end"),
            ("각", "\u{1100}\u{1161}\u{11a8}"),
            ("x\u{7}y\u{1}", "xy"),
        ] {
            assert_eq!(Normal::needle(one), Normal::needle(other));
        }
        for (one, other) in [("4,000", "14,000"), ("4,000", "4,000,000"), ("4", "4.5"), ("cafe", "café")] {
            assert!(!Normal::needle(other).contains(&Normal::needle(one)), "{one} in {other}");
        }
    }

    #[test]
    fn every_place_leads_back() {
        let text = "A  “é”\u{ad}… 14,000\u{301}x\n";
        let normal = Normal::new(text);
        for (found, original) in
            [("a", "A"), ("\"é\"", "“é”"), ("...", "…"), ("é\"...", "é”\u{ad}…"), ("14,000", "14,000"), ("x", "x")]
        {
            let start = normal.as_str().find(found).unwrap();
            let (start, end) = (normal.start(start), normal.end(start + found.len()));
            assert_eq!(&text[start..end], original);
        }
    }

    #[test]
    fn only_what_differs_is_named() {
        assert_eq!(variations("“A” b", "\"a\" b"), [Variation::Quotes, Variation::Case]);
        assert_eq!(variations("a\u{a0}b", "a b"), [Variation::WhiteSpace]);
        assert_eq!(variations("e\u{301}", "é"), [Variation::UnicodeForm]);
        assert_eq!(variations("a", "a"), []);
    }
}
