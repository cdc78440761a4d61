//! What a table of words says of a language.

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
}

/// The words of a language that figures are made of; [`ENGLISH`] says what each list is for.
#[derive(Debug)]
pub(crate) struct Language {
    pub(crate) cardinals: &'static [(&'static str, u8)],
    pub(crate) scales: &'static [(&'static str, u8, u8)],
    pub(crate) suffixes: &'static [(&'static str, u8)],
    pub(crate) denominators: &'static [(&'static str, u64)],
    pub(crate) half: &'static [&'static str],
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
    pub(crate) noughts: &'static [&'static str],
    pub(crate) no: &'static [&'static str],
    pub(crate) twos: &'static [&'static str],
    pub(crate) out_of: &'static [&'static str],
    pub(crate) in_: &'static [&'static str],
    pub(crate) percent: &'static [&'static str],
    pub(crate) points: &'static [&'static str],
    pub(crate) currencies: &'static [(&'static str, &'static str)],
    pub(crate) large_currencies: &'static [(&'static str, &'static str)],
    pub(crate) minors: &'static [&'static str],
    pub(crate) measures: &'static [&'static str],
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
