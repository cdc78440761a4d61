//! The words of languages: a table for each, and a lexicon made of it.

mod english;
pub(crate) mod lexicon;
mod table;

pub(crate) use self::english::english;
pub(crate) use self::table::{After, Before};
