//! A change, as far as a sentence has told of it.

use super::found::Role;
use super::token::{Token, TokenKind};
use crate::language::Fate;
use crate::language::lexicon::{self, Meaning};
use crate::language::table::Change;

/// A change that the words before tell of, as far as it was told.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Telling {
    /// The word that tells of it, in this sentence.
    pub(super) change: Option<Change>,
    /// How many words ago that was, or a number of it was given; those of a figure do not count.
    pub(super) age: u8,
    /// Whether something broke in since: another verb, a clause of its own.
    pub(super) broken: bool,
    /// The parts of the change that were given since the last "and".
    given: [bool; 3],
    /// The fate of those counted last, if a verb before them told it and little was said since.
    met: Option<Fate>,
    /// The currency of what was.
    currency: Option<&'static str>,
}

/// The most words between a change and a number of it: one further off belongs to something else.
const FAR: u8 = 12;

impl Telling {
    /// Takes note of a token that is no part of a figure.
    pub(super) fn pass(&mut self, token: &Token, meaning: &Meaning) {
        match token.kind {
            TokenKind::Sign('.' | '!' | '?' | ';' | '\n') => *self = Self::default(),
            TokenKind::Word(_) => {
                if !meaning.is(lexicon::SHARED | lexicon::ARTICLE) {
                    self.met = None;
                }
                if let Some(change) = meaning.change {
                    let stays = change == Change::Up && self.change.is_some() && self.age < 2;
                    if !stays {
                        *self = Self { change: Some(change), ..Self::default() };
                    }
                } else if meaning.is(lexicon::BREAK) {
                    self.broken = true;
                } else if meaning.is(lexicon::AND) {
                    self.given = [false; 3];
                } else {
                    self.age = self.age.saturating_add(1);
                }
            }
            _ => {}
        }
    }

    /// Takes note of a figure.
    pub(super) fn figure(&mut self, role: Option<Role>, currency: Option<&'static str>, met: Option<Fate>) {
        self.met = met;
        let Some(role) = role else { return };
        self.given[role as usize] = true;
        if role == Role::Was {
            self.currency = currency;
        }
        self.age = 0;
    }

    /// The fate of those counted last, for those that are joined to them.
    pub(super) fn met(self) -> Option<Fate> {
        self.met
    }

    /// The currency of the number before the change, for the one after it.
    pub(super) fn currency(self) -> Option<&'static str> {
        self.currency
    }

    pub(super) fn without_currency(self) -> Self {
        Self { currency: None, ..self }
    }

    /// Whether the number with this part in the change was given.
    pub(super) fn has(self, role: Role) -> bool {
        self.given[role as usize]
    }

    /// Whether a number of the change was given.
    pub(super) fn has_number(self) -> bool {
        self.given.contains(&true)
    }

    pub(super) fn is_near(self) -> bool {
        self.change.is_some() && !self.broken && self.age <= FAR
    }
}
