//! The form of the table of words that each language has.

use super::fate::Fate;

/// A hedge that stands before its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Before {
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
    /// "passed 500": more than that where a level is meant, and no hedge of "passed 3 bills".
    Passed,
    /// Says something of the number that no figure can hold, so that the number is not read: "nowhere near 500".
    Unheld,
}

/// A hedge that stands after its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum After {
    AtLeast,
    AtMost,
    About,
    JustOver,
    /// Closes the end that a hedge before the number left open: "less than 5,000 or equal".
    OrEqual,
    /// As before the number.
    Unheld,
}

/// A word that tells of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Has a subject that changes by the amount behind the word: "rose 3".
    Rises,
    /// Has an object, which the amount behind it may be: "cut 300 jobs", "cut by 3 to 40".
    Cuts,
    /// Has the amount behind "of": "an increase of 3".
    Noun,
    /// Is also a part of other verbs: "up 3 per cent", "set up 3 firms".
    Up,
    /// Says by how many times, and has no amount behind it: "doubled to 40".
    Multiplies,
}

/// A word that leads to a number of a change, by the part that the number has in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leads {
    From,
    To,
    By,
    Of,
}

/// The words of a language that figures are made of; [`ENGLISH`] says what each list is for.
#[derive(Debug)]
pub(crate) struct Language {
    pub(crate) cardinals: &'static [(&'static str, u8)],
    pub(crate) scales: &'static [(&'static str, u8, u8)],
    pub(crate) suffixes: &'static [(&'static str, u8)],
    pub(crate) denominators: &'static [(&'static str, u64)],
    pub(crate) half: &'static [&'static str],
    pub(crate) quarter: &'static [&'static str],
    pub(crate) ordinals: &'static [(&'static str, u8)],
    pub(crate) articles: &'static [&'static str],
    pub(crate) ands: &'static [&'static str],
    pub(crate) point: &'static [&'static str],
    pub(crate) negatives: &'static [&'static str],
    pub(crate) before: &'static [(&'static str, Before)],
    pub(crate) after: &'static [(&'static str, After)],
    pub(crate) ranges: &'static [&'static str],
    pub(crate) joins: &'static [&'static str],
    pub(crate) give_or_take: &'static [&'static str],
    pub(crate) fillers: &'static [&'static str],
    pub(crate) vague: &'static [(&'static str, &'static str)],
    pub(crate) unnamed: &'static [&'static str],
    pub(crate) few: &'static [&'static str],
    pub(crate) noughts: &'static [&'static str],
    pub(crate) no: &'static [&'static str],
    pub(crate) twos: &'static [&'static str],
    pub(crate) nobody: &'static [&'static str],
    pub(crate) none: &'static [&'static str],
    pub(crate) not_one: &'static [&'static str],
    pub(crate) negations: &'static [&'static str],
    pub(crate) neither: &'static [&'static str],
    pub(crate) changes: &'static [(&'static str, Change)],
    pub(crate) leads: &'static [(&'static str, Leads)],
    pub(crate) compared: &'static [&'static str],
    pub(crate) earlier: &'static [&'static str],
    pub(crate) breaks: &'static [&'static str],
    pub(crate) changed: &'static [&'static str],
    pub(crate) remarks: &'static [&'static str],
    pub(crate) increments: &'static [&'static str],
    pub(crate) index_points: &'static [&'static str],
    pub(crate) than: &'static [&'static str],
    pub(crate) more: &'static [&'static str],
    pub(crate) multiples: &'static [&'static str],
    pub(crate) times: &'static [&'static str],
    pub(crate) times_what: &'static [&'static str],
    pub(crate) as_many_as: &'static [&'static str],
    pub(crate) fates: &'static [(&'static str, Fate)],
    pub(crate) met: &'static [(&'static str, Fate)],
    pub(crate) clauses: &'static [&'static str],
    pub(crate) shared: &'static [&'static str],
    pub(crate) auxiliaries: &'static [&'static str],
    pub(crate) certainties: &'static [&'static str],
    pub(crate) spans: &'static [&'static str],
    pub(crate) levels: &'static [&'static str],
    pub(crate) counted: &'static [&'static str],
    pub(crate) people: &'static [&'static str],
    pub(crate) adverb_ends: &'static [&'static str],
    pub(crate) past_ends: &'static [&'static str],
    pub(crate) plural_ends: &'static [&'static str],
    pub(crate) no_plural_ends: &'static [&'static str],
    pub(crate) ordinal_ends: &'static [&'static str],
    pub(crate) digits: &'static [&'static str],
    pub(crate) ranked: &'static [&'static str],
    pub(crate) over: &'static [&'static str],
    pub(crate) of_age: &'static [&'static str],
    pub(crate) per: &'static [&'static str],
    pub(crate) against: &'static [&'static str],
    pub(crate) no_units: &'static [&'static str],
    pub(crate) small_currencies: &'static [&'static str],
    pub(crate) not_counted: &'static [&'static str],
    pub(crate) notes: &'static [&'static str],
    pub(crate) of: &'static [&'static str],
    pub(crate) every: &'static [&'static str],
    pub(crate) the: &'static [&'static str],
    pub(crate) out_of: &'static [&'static str],
    pub(crate) in_: &'static [&'static str],
    pub(crate) percent: &'static [&'static str],
    pub(crate) points: &'static [&'static str],
    pub(crate) currencies: &'static [(&'static str, &'static str)],
    pub(crate) large_currencies: &'static [(&'static str, &'static str)],
    pub(crate) minors: &'static [&'static str],
    pub(crate) measures: &'static [&'static str],
    pub(crate) persons: &'static [&'static str],
    pub(crate) durations: &'static [&'static str],
    pub(crate) plurals: &'static [&'static str],
    pub(crate) others: &'static [&'static str],
    pub(crate) stops: &'static [&'static str],
    pub(crate) months: &'static [&'static str],
    pub(crate) labels: &'static [&'static str],
    pub(crate) streets: &'static [&'static str],
    pub(crate) sports: &'static [&'static str],
    pub(crate) year_before: &'static [&'static str],
    pub(crate) clocks: &'static [&'static str],
    pub(crate) before_one: &'static [&'static str],
    pub(crate) after_one: &'static [&'static str],
    pub(crate) one: &'static str,
}
