//! A table of words made ready for looking up.

use super::fate::Fate;
use super::table::{After, Before, Change, Language, Leads};
use crate::figure::Vague;

/// A word that the lexicon knows by its number; nought is every other word.
pub(crate) type WordId = u16;

/// A multiplier of a number: a factor and a power of ten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scale {
    pub(crate) factor: u8,
    pub(crate) power: u8,
}

/// The meaning of one word by itself.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Meaning {
    pub(crate) cardinal: Option<u8>,
    pub(crate) scale: Option<Scale>,
    /// As a multiplier written against digits.
    pub(crate) suffix: Option<u8>,
    /// As the name of a part, and whether in the plural.
    pub(crate) part: Option<(u64, bool)>,
    /// As the last word of a compound ordinal, twenty-first, and whether in the plural.
    pub(crate) ordinal: Option<(u8, bool)>,
    /// As a word that tells of a change.
    pub(crate) change: Option<Change>,
    /// As a word that leads to a number of a change.
    pub(crate) leads: Option<Leads>,
    /// As what happened to those counted before it, and to those counted behind it.
    pub(crate) fate: Option<Fate>,
    pub(crate) met: Option<Fate>,
    flags: u64,
}

macro_rules! flags {
    ($($flag:ident = $bit:literal),+ $(,)?) => {
        $(pub(crate) const $flag: u64 = 1 << $bit;)+
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
    CLOCK = 22,
    NOTE = 23,
    // Ends whatever was told of a change.
    BREAK = 24,
    CHANGED = 25,
    MORE = 26,
    NEGATION = 27,
    NEITHER = 28,
    AUXILIARY = 29,
    COUNTED = 31,
    NOT_COUNTED = 32,
    OF = 33,
    EVERY = 34,
    THE = 35,
    // Says how remarkable the number behind it is.
    FILLER = 36,
    // May begin what has no number of its own.
    UNNUMBERED = 30,
    PERSON = 37,
    // May begin what leads to a number that was.
    COMPARED = 38,
    // May begin what joins two figures of one fate.
    SHARED = 39,
    // May stand before the subject of a clause.
    CLAUSE = 40,
    THAN = 41,
    POINTS = 42,
    PLURAL_END = 43,
    // Names the digits of a number.
    DIGITS = 44,
    RANKED = 45,
    ORDINAL_END = 46,
    OVER = 47,
    PER = 48,
    // A hedge that is written against its number.
    AGAINST = 49,
    // No unit behind a number and a hyphen.
    NO_UNIT = 50,
);

impl Meaning {
    pub(crate) fn is(&self, flag: u64) -> bool {
        self.flags & flag != 0
    }
}

/// Phrases under the word that they begin with, the longest first.
#[derive(Debug)]
pub(crate) struct Phrases<T>(Vec<Vec<(Box<[WordId]>, T)>>);

impl<T: Copy> Phrases<T> {
    /// The phrases that begin with a word, the longest first.
    pub(crate) fn starting_with(&self, word: WordId) -> &[(Box<[WordId]>, T)] {
        self.0.get(usize::from(word)).map_or(&[], Vec::as_slice)
    }
}

/// A [`Language`] made ready.
#[derive(Debug)]
pub(crate) struct Lexicon {
    slots: Vec<(Key, WordId)>,
    meanings: Vec<Meaning>,
    pub(crate) before: Phrases<Before>,
    pub(crate) after: Phrases<After>,
    pub(crate) ranges: Phrases<()>,
    pub(crate) joins: Phrases<()>,
    pub(crate) give_or_take: Phrases<()>,
    pub(crate) fillers: Phrases<()>,
    pub(crate) vague: Phrases<Vague>,
    pub(crate) unnamed: Phrases<()>,
    pub(crate) few: Phrases<()>,
    pub(crate) compared: Phrases<()>,
    pub(crate) earlier: Phrases<()>,
    pub(crate) shared: Phrases<()>,
    pub(crate) twos: Phrases<()>,
    pub(crate) nobody: Phrases<()>,
    pub(crate) none: Phrases<()>,
    pub(crate) not_one: Phrases<()>,
    pub(crate) increments: Phrases<()>,
    pub(crate) multiples: Phrases<()>,
    pub(crate) times: Phrases<()>,
    pub(crate) times_what: Phrases<()>,
    pub(crate) as_many_as: Phrases<()>,
    pub(crate) certainties: Phrases<()>,
    pub(crate) spans: Phrases<()>,
    pub(crate) levels: Phrases<()>,
    pub(crate) people: &'static [&'static str],
    pub(crate) adverb_ends: &'static [&'static str],
    pub(crate) past_ends: &'static [&'static str],
    pub(crate) no_plural_ends: &'static [&'static str],
    pub(crate) small_currencies: &'static [&'static str],
    pub(crate) of_age: Phrases<()>,
    pub(crate) out_of: Phrases<()>,
    pub(crate) percent: Phrases<()>,
    pub(crate) points: Phrases<()>,
    pub(crate) currencies: Phrases<&'static str>,
    pub(crate) large_currencies: Phrases<&'static str>,
    pub(crate) measures: Phrases<()>,
    pub(crate) clocks: Phrases<()>,
    pub(crate) labels: Phrases<()>,
    one: WordId,
}

/// No word of the lexicon is longer, in bytes.
const LONGEST: usize = 24;

/// A word in small letters, with noughts behind it: all are of one length, so that they are compared at once.
type Key = [u8; LONGEST];

/// How many places the table of words has: several for each word, so that most are found at the first.
const SLOTS: usize = 8192;

impl Lexicon {
    pub(crate) fn new(language: &'static Language) -> Self {
        let mut words = Words { slots: vec![([0; LONGEST], 0); SLOTS], meanings: vec![Meaning::default()] };
        words.numbers(language);
        words.changes_and_fates(language);
        words.flags(language);
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
            vague: words.phrases(vague, STARTS | UNNUMBERED),
            unnamed: plain(&mut words, language.unnamed, STARTS | UNNUMBERED),
            few: plain(&mut words, language.few, STARTS | UNNUMBERED),
            compared: plain(&mut words, language.compared, COMPARED),
            earlier: plain(&mut words, language.earlier, 0),
            shared: plain(&mut words, language.shared, SHARED),
            twos: plain(&mut words, language.twos, STARTS | UNNUMBERED),
            nobody: plain(&mut words, language.nobody, STARTS | UNNUMBERED),
            none: plain(&mut words, language.none, STARTS | UNNUMBERED),
            not_one: plain(&mut words, language.not_one, STARTS | UNNUMBERED),
            increments: plain(&mut words, language.increments, STARTS | UNNUMBERED),
            multiples: plain(&mut words, language.multiples, STARTS | UNNUMBERED),
            times: plain(&mut words, language.times, 0),
            times_what: plain(&mut words, language.times_what, 0),
            as_many_as: plain(&mut words, language.as_many_as, 0),
            certainties: plain(&mut words, language.certainties, 0),
            spans: plain(&mut words, language.spans, 0),
            levels: plain(&mut words, language.levels, 0),
            people: language.people,
            adverb_ends: language.adverb_ends,
            past_ends: language.past_ends,
            no_plural_ends: language.no_plural_ends,
            small_currencies: language.small_currencies,
            of_age: plain(&mut words, language.of_age, 0),
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
    pub(crate) fn id(&self, word: &str) -> WordId {
        key(word).map_or(0, |key| find_slot(&self.slots, &key).1)
    }

    /// The meaning of a word by itself.
    pub(crate) fn meaning(&self, word: WordId) -> &Meaning {
        &self.meanings[usize::from(word)]
    }

    pub(crate) fn is_one(&self, word: WordId) -> bool {
        word == self.one
    }
}

/// The form in which a word is kept; none is as long as that of a word that is too long.
fn key(word: &str) -> Option<Key> {
    let mut key = [0; LONGEST];
    key.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    if key.is_ascii() {
        key.make_ascii_lowercase();
        return Some(key);
    }
    let mut end = 0;
    for c in word.chars().flat_map(char::to_lowercase) {
        let next = end + c.len_utf8();
        c.encode_utf8(key.get_mut(end..next)?);
        end = next;
    }
    // A word that is shorter in small letters is no word of any table.
    (end == word.len()).then_some(key)
}

/// Where a word is kept, and its number there.
fn find_slot(slots: &[(Key, WordId)], word: &Key) -> (usize, WordId) {
    let (parts, _) = word.as_chunks::<8>();
    let hash = parts.iter().fold(0_u64, |hash, part| {
        (hash ^ u64::from_le_bytes(*part)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
    });
    let mut at = usize::try_from(hash).unwrap_or(0) % SLOTS;
    loop {
        let (kept, id) = &slots[at];
        if *id == 0 || kept == word {
            return (at, *id);
        }
        at = (at + 1) % SLOTS;
    }
}

/// The words of a lexicon in the making.
struct Words {
    slots: Vec<(Key, WordId)>,
    meanings: Vec<Meaning>,
}

impl Words {
    fn id(&mut self, word: &'static str) -> WordId {
        let key = key(word);
        debug_assert!(key.is_some(), "{word}");
        let Some(key) = key else { return 0 };
        let (at, id) = find_slot(&self.slots, &key);
        if id != 0 {
            return id;
        }
        let id = WordId::try_from(self.meanings.len()).unwrap_or(0);
        self.slots[at] = (key, id);
        self.meanings.push(Meaning::default());
        id
    }

    fn meaning(&mut self, word: &'static str) -> &mut Meaning {
        let id = self.id(word);
        &mut self.meanings[usize::from(id)]
    }

    /// The words of numbers.
    fn numbers(&mut self, language: &'static Language) {
        for &(word, value) in language.cardinals {
            let meaning = self.meaning(word);
            meaning.cardinal = Some(value);
            meaning.flags |= STARTS;
        }
        for &(word, factor, power) in language.scales {
            let meaning = self.meaning(word);
            meaning.scale = Some(Scale { factor, power });
            if (factor, power) == (1, 2) {
                meaning.flags |= STARTS;
            }
        }
        for &(word, power) in language.suffixes {
            self.meaning(word).suffix = Some(power);
        }
        for &(word, parts) in language.denominators {
            self.meaning(word).part = Some((parts, false));
            // Leaked once for the life of the program: the lexicon itself lives as long.
            let plural: &'static str = Box::leak(format!("{word}s").into_boxed_str());
            self.meaning(plural).part = Some((parts, true));
            for (word, plural) in [(word, false), (plural, true)] {
                if !language.quarter.contains(&word.trim_end_matches('s')) {
                    let meaning = self.meaning(word);
                    meaning.flags |= ORDINAL;
                    meaning.ordinal = u8::try_from(parts).ok().filter(|n| *n < 10).map(|n| (n, plural));
                }
            }
        }
        for &(word, value) in language.ordinals {
            let meaning = self.meaning(word);
            meaning.ordinal = Some((value, word.ends_with('s')));
            meaning.flags |= ORDINAL;
        }
        for (n, &word) in language.half.iter().enumerate() {
            self.meaning(word).part = Some((2, n > 0));
        }
    }

    /// The words of changes, and what happens to those who are counted.
    fn changes_and_fates(&mut self, language: &'static Language) {
        for &(word, change) in language.changes {
            let meaning = self.meaning(word);
            meaning.change = Some(change);
            if change == Change::Multiplies {
                meaning.flags |= STARTS | UNNUMBERED;
            }
        }
        for &(word, leads) in language.leads {
            self.meaning(word).leads = Some(leads);
        }
        for &(word, fate) in language.fates {
            self.meaning(word).fate = Some(fate);
        }
        for &(word, met) in language.met {
            self.meaning(word).met = Some(met);
        }
    }

    /// The words that are only told apart.
    fn flags(&mut self, language: &'static Language) {
        let flagged = [
            (language.half, STARTS | HALF),
            (language.quarter, STARTS),
            (language.clocks, CLOCK),
            (language.notes, NOTE),
            (language.breaks, BREAK),
            (language.changed, CHANGED),
            (language.more, MORE),
            (language.negations, NEGATION),
            (language.neither, NEITHER),
            (language.auxiliaries, AUXILIARY),
            (language.counted, COUNTED),
            (language.not_counted, NOT_COUNTED),
            (language.of, OF),
            (language.every, EVERY),
            (language.the, THE),
            (language.remarks, FILLER),
            (language.articles, ARTICLE | STARTS),
            (language.ands, AND),
            (language.point, POINT),
            (language.negatives, NEGATIVE | STARTS),
            (language.noughts, NOUGHT),
            (language.no, NO | STARTS | UNNUMBERED),
            (language.in_, IN),
            (language.minors, MINOR),
            (language.plurals, PLURAL),
            (language.stops, STOP),
            (language.months, MONTH),
            (language.durations, DURATION),
            (language.streets, STREET),
            (language.persons, PERSON),
            (language.clauses, CLAUSE),
            (language.than, THAN),
            (language.index_points, POINTS),
            (language.plural_ends, PLURAL_END),
            (language.digits, DIGITS),
            (language.ranked, RANKED),
            (language.ordinal_ends, ORDINAL_END),
            (language.over, OVER),
            (language.per, PER),
            (language.against, AGAINST),
            (language.no_units, NO_UNIT),
            (language.others, OTHER),
            (language.sports, SPORT),
            (language.year_before, YEAR_BEFORE),
            (language.before_one, BEFORE_ONE),
            (language.after_one, AFTER_ONE),
            (&["-", "−", "½", "⅓", "⅔", "¼", "¾", "⅕", "⅖", "⅗", "⅘", "⅙", "⅚", "⅛", "⅜", "⅝", "⅞"], STARTS),
        ];
        for (list, flags) in flagged {
            for word in list {
                self.meaning(word).flags |= flags;
            }
        }
    }

    fn phrases<T>(&mut self, list: impl Iterator<Item = (&'static str, T)>, flags: u64) -> Phrases<T> {
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
