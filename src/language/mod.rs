//! The words of languages: a table for each, and a lexicon made of it.

mod english;
mod fate;
pub(crate) mod korean;
pub(crate) mod lexicon;
pub(crate) mod table;

pub(crate) use self::english::english;
pub use self::fate::Fate;
pub(crate) use self::table::{After, Before};

/// The language that figures are read in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Korean, in Hangul or with digits, with or without spaces.
    Korean,
}
