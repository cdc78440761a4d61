//! A table of words made ready for looking up.

use std::sync::LazyLock;

use super::Vague;
use super::english::ENGLISH;
use super::token::Token;

/// A hedge that stands before its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    Exactly,
    MoreThan,
    AtLeast,
    LessThan,
    AtMost,
    About,
    Nearly,
    JustOver,
    Between,
    From,
}

/// A hedge that stands after its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    AtLeast,
    AtMost,
    About,
    JustOver,
    /// Closes the end that a hedge before the number left open: "less than 5,000 or equal".
    OrEqual,
}

/// The words of a language that figures are made of; [`ENGLISH`] says what each list is for.
#[derive(Debug)]
pub(super) struct Language {
    pub(super) cardinals: &'static [(&'static str, u8)],
    pub(super) scales: &'static [(&'static str, u8, u8)],
    pub(super) suffixes: &'static [(&'static str, u8)],
    pub(super) denominators: &'static [(&'static str, u64)],
    pub(super) half: &'static [&'static str],
    pub(super) ordinals: &'static [(&'static str, u8)],
    pub(super) articles: &'static [&'static str],
    pub(super) ands: &'static [&'static str],
    pub(super) point: &'static [&'static str],
    pub(super) negatives: &'static [&'static str],
    pub(super) before: &'static [(&'static str, Before)],
    pub(super) after: &'static [(&'static str, After)],
    pub(super) ranges: &'static [&'static str],
    pub(super) joins: &'static [&'static str],
    pub(super) give_or_take: &'static [&'static str],
    pub(super) fillers: &'static [&'static str],
    pub(super) vague: &'static [(&'static str, &'static str)],
    pub(super) noughts: &'static [&'static str],
    pub(super) no: &'static [&'static str],
    pub(super) twos: &'static [&'static str],
    pub(super) out_of: &'static [&'static str],
    pub(super) in_: &'static [&'static str],
    pub(super) percent: &'static [&'static str],
    pub(super) points: &'static [&'static str],
    pub(super) currencies: &'static [(&'static str, &'static str)],
    pub(super) large_currencies: &'static [(&'static str, &'static str)],
    pub(super) minors: &'static [&'static str],
    pub(super) measures: &'static [&'static str],
    pub(super) durations: &'static [&'static str],
    pub(super) plurals: &'static [&'static str],
    pub(super) others: &'static [&'static str],
    pub(super) stops: &'static [&'static str],
    pub(super) months: &'static [&'static str],
    pub(super) labels: &'static [&'static str],
    pub(super) streets: &'static [&'static str],
    pub(super) sports: &'static [&'static str],
    pub(super) year_before: &'static [&'static str],
    pub(super) clocks: &'static [&'static str],
    pub(super) before_one: &'static [&'static str],
    pub(super) after_one: &'static [&'static str],
    pub(super) one: &'static str,
}

/// A word that the lexicon knows by its number; nought is every other word.
pub(super) type WordId = u16;

/// What a number may be multiplied by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    pub(super) factor: u8,
    pub(super) power: u8,
}

/// What one word by itself means to the reader.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Meaning {
    pub(super) cardinal: Option<u8>,
    pub(super) scale: Option<Scale>,
    /// As a multiplier written against digits.
    pub(super) suffix: Option<u8>,
    /// As the name of a part, and whether in the plural.
    pub(super) part: Option<(u64, bool)>,
    /// As the last word of a compound ordinal, twenty-first, and whether in the plural.
    pub(super) ordinal: Option<(u8, bool)>,
    flags: u32,
}

macro_rules! flags {
    ($($flag:ident = $bit:literal),+ $(,)?) => {
        $(pub(super) const $flag: u32 = 1 << $bit;)+
    };
}
flags!(
    ORDINAL = 0,
    ARTICLE = 1,
    AND = 2,
    POINT = 3,
    NEGATIVE = 4,
    NOUGHT = 5,
    NO = 6,
    IN = 7,
    MINOR = 8,
    PLURAL = 9,
    STOP = 10,
    MONTH = 11,
    LABEL = 12,
    SPORT = 13,
    YEAR_BEFORE = 14,
    BEFORE_ONE = 15,
    AFTER_ONE = 16,
    // May begin a figure.
    STARTS = 17,
    HALF = 18,
    DURATION = 19,
    STREET = 20,
    OTHER = 21,
);

impl Meaning {
    pub(super) fn is(&self, flag: u32) -> bool {
        self.flags & flag != 0
    }
}

/// Phrases under the word that they begin with, the longest first.
#[derive(Debug)]
pub(super) struct Phrases<T>(Vec<Vec<(Box<[WordId]>, T)>>);

impl<T: Copy> Phrases<T> {
    /// The longest phrase that the tokens begin with, and how many tokens it takes.
    pub(super) fn find(&self, tokens: &[Token]) -> Option<(T, usize)> {
        let first = tokens.first()?;
        let candidates = self.0.get(usize::from(first.word))?;
        candidates.iter().find_map(|(words, meaning)| {
            let mut length = 0;
            for word in words {
                // "at-least": a hyphen joins two words as a space does.
                if tokens.get(length)?.word != *word && tokens[length].is_hyphen() {
                    length += usize::from(tokens.get(length + 1).is_some_and(|token| !token.spaced));
                }
                if tokens.get(length)?.word != *word {
                    return None;
                }
                length += 1;
            }
            Some((*meaning, length))
        })
    }
}

/// A [`Language`] made ready.
#[derive(Debug)]
pub(super) struct Lexicon {
    slots: Vec<(&'static str, WordId)>,
    meanings: Vec<Meaning>,
    pub(super) before: Phrases<Before>,
    pub(super) after: Phrases<After>,
    pub(super) ranges: Phrases<()>,
    pub(super) joins: Phrases<()>,
    pub(super) give_or_take: Phrases<()>,
    pub(super) fillers: Phrases<()>,
    pub(super) vague: Phrases<Vague>,
    pub(super) twos: Phrases<()>,
    pub(super) out_of: Phrases<()>,
    pub(super) percent: Phrases<()>,
    pub(super) points: Phrases<()>,
    pub(super) currencies: Phrases<&'static str>,
    pub(super) large_currencies: Phrases<&'static str>,
    pub(super) measures: Phrases<()>,
    pub(super) clocks: Phrases<()>,
    pub(super) labels: Phrases<()>,
    one: WordId,
}

/// The lexicon of English.
pub(super) fn english() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&ENGLISH));
    &LEXICON
}

/// No word of the lexicon is longer, in bytes.
const LONGEST: usize = 24;

impl Lexicon {
    fn new(language: &'static Language) -> Self {
        let mut words = Words { slots: vec![("", 0); 4096], meanings: vec![Meaning::default()] };
        for &(word, value) in language.cardinals {
            let meaning = words.meaning(word);
            meaning.cardinal = Some(value);
            meaning.flags |= STARTS;
        }
        for &(word, factor, power) in language.scales {
            words.meaning(word).scale = Some(Scale { factor, power });
        }
        for &(word, power) in language.suffixes {
            words.meaning(word).suffix = Some(power);
        }
        for &(word, parts) in language.denominators {
            words.meaning(word).part = Some((parts, false));
            // Leaked once for the life of the program: the lexicon itself lives as long.
            let plural: &'static str = Box::leak(format!("{word}s").into_boxed_str());
            words.meaning(plural).part = Some((parts, true));
            for (word, plural) in [(word, false), (plural, true)] {
                if !word.starts_with("quarter") {
                    let meaning = words.meaning(word);
                    meaning.flags |= ORDINAL;
                    meaning.ordinal = u8::try_from(parts).ok().filter(|n| *n < 10).map(|n| (n, plural));
                }
            }
        }
        for &(word, value) in language.ordinals {
            let meaning = words.meaning(word);
            meaning.ordinal = Some((value, word.ends_with('s')));
            meaning.flags |= ORDINAL;
        }
        for (n, &word) in language.half.iter().enumerate() {
            words.meaning(word).part = Some((2, n > 0));
        }
        let flagged = [
            (language.half, STARTS | HALF),
            (&["quarter", "hundred"], STARTS),
            (language.articles, ARTICLE | STARTS),
            (language.ands, AND),
            (language.point, POINT),
            (language.negatives, NEGATIVE | STARTS),
            (language.noughts, NOUGHT),
            (language.no, NO | STARTS),
            (language.in_, IN),
            (language.minors, MINOR),
            (language.plurals, PLURAL),
            (language.stops, STOP),
            (language.months, MONTH),
            (language.durations, DURATION),
            (language.streets, STREET),
            (language.others, OTHER),
            (language.sports, SPORT),
            (language.year_before, YEAR_BEFORE),
            (language.before_one, BEFORE_ONE),
            (language.after_one, AFTER_ONE),
            (&["-", "−", "½", "⅓", "⅔", "¼", "¾", "⅕", "⅖", "⅗", "⅘", "⅙", "⅚", "⅛", "⅜", "⅝", "⅞"], STARTS),
        ];
        for (list, flags) in flagged {
            for word in list {
                words.meaning(word).flags |= flags;
            }
        }
        let plain = |words: &mut Words, list: &[&'static str], flags| {
            words.phrases(list.iter().map(|phrase| (*phrase, ())), flags)
        };
        let vague = language.vague.iter().filter_map(|(phrase, word)| Some((*phrase, word.parse().ok()?)));
        Self {
            before: words.phrases(language.before.iter().copied(), STARTS),
            after: words.phrases(language.after.iter().copied(), 0),
            ranges: plain(&mut words, language.ranges, 0),
            joins: plain(&mut words, language.joins, 0),
            give_or_take: plain(&mut words, language.give_or_take, STARTS),
            fillers: plain(&mut words, language.fillers, 0),
            vague: words.phrases(vague, STARTS),
            twos: plain(&mut words, language.twos, STARTS),
            out_of: plain(&mut words, language.out_of, 0),
            percent: plain(&mut words, language.percent, 0),
            points: plain(&mut words, language.points, 0),
            currencies: words.phrases(language.currencies.iter().copied(), STARTS),
            large_currencies: words.phrases(language.large_currencies.iter().copied(), 0),
            measures: plain(&mut words, language.measures, 0),
            clocks: plain(&mut words, language.clocks, 0),
            labels: plain(&mut words, language.labels, LABEL),
            one: words.id(language.one),
            slots: words.slots,
            meanings: words.meanings,
        }
    }

    /// The number of a word, whatever its case.
    pub(super) fn id(&self, word: &str) -> WordId {
        let mut folded = [0; LONGEST];
        let Some(folded) = folded.get_mut(..word.len()) else { return 0 };
        if word.is_ascii() {
            for (to, from) in folded.iter_mut().zip(word.bytes()) {
                *to = from.to_ascii_lowercase();
            }
        } else {
            let lower = word.to_lowercase();
            if lower.len() != word.len() {
                return 0;
            }
            folded.copy_from_slice(lower.as_bytes());
        }
        let (_, slot) = find_slot(&self.slots, folded);
        slot
    }

    /// What a word by itself means.
    pub(super) fn meaning(&self, word: WordId) -> &Meaning {
        &self.meanings[usize::from(word)]
    }

    pub(super) fn is_one(&self, word: WordId) -> bool {
        word == self.one
    }
}

/// Where a word is kept, and its number there.
fn find_slot(slots: &[(&'static str, WordId)], word: &[u8]) -> (usize, WordId) {
    let hash = word
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    let mut at = usize::try_from(hash >> 52).unwrap_or(0) % slots.len();
    loop {
        let (kept, id) = slots[at];
        if id == 0 || kept.as_bytes() == word {
            return (at, id);
        }
        at = (at + 1) % slots.len();
    }
}

/// The words of a lexicon in the making.
struct Words {
    slots: Vec<(&'static str, WordId)>,
    meanings: Vec<Meaning>,
}

impl Words {
    fn id(&mut self, word: &'static str) -> WordId {
        debug_assert!(word.len() <= LONGEST, "{word}");
        let (at, id) = find_slot(&self.slots, word.as_bytes());
        if id != 0 {
            return id;
        }
        let id = WordId::try_from(self.meanings.len()).unwrap_or(0);
        self.slots[at] = (word, id);
        self.meanings.push(Meaning::default());
        id
    }

    fn meaning(&mut self, word: &'static str) -> &mut Meaning {
        let id = self.id(word);
        &mut self.meanings[usize::from(id)]
    }

    fn phrases<T>(&mut self, list: impl Iterator<Item = (&'static str, T)>, flags: u32) -> Phrases<T> {
        let mut by_first = Vec::new();
        for (phrase, meaning) in list {
            let words: Box<[WordId]> = phrase.split_whitespace().map(|word| self.id(word)).collect();
            let Some(&first) = words.first() else { continue };
            self.meanings[usize::from(first)].flags |= flags;
            let first = usize::from(first);
            if by_first.len() <= first {
                by_first.resize_with(first + 1, Vec::new);
            }
            by_first[first].push((words, meaning));
        }
        for list in &mut by_first {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Phrases(by_first)
    }
}
