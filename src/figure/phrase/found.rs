//! Finds in a text: figures, and numbers that were seen and not read.

use std::ops::Range;

use crate::error::ErrorKind;
use crate::figure::Figure;
use crate::language::Fate;
use crate::words::vocabulary;

vocabulary! {
    /// The part that a figure has in a change that its text tells of: "rose by 3 from 40 to 43".
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    Role, "was, is and change" {
        /// The number before the change.
        Was = "was",
        /// The number after it.
        Is = "is",
        /// By how much it changed, which is no total.
        Change = "change",
    }
}

vocabulary! {
    /// Why a number that was seen in a text is not read as a figure.
    #[derive(PartialOrd, Ord)]
    #[non_exhaustive]
    WhyUnread, "relative, ambiguous, unknown_hedge and not_held" {
        /// An increment or a multiple, whose value rests on another number: "40 more", "twice the 750,000".
        Relative = "relative",
        /// A number that can be read in two ways: "3.000", "3m containers".
        Ambiguous = "ambiguous",
        /// A number said with a hedge that no figure can hold: "nowhere near 500", "up to 30 or more".
        UnknownHedge = "unknown_hedge",
        /// A number that cannot be held exactly, or a magnitude without a name here: "a few people", "trillions".
        NotHeld = "not_held",
    }
}

/// A figure found in a text, and where.
///
/// ```
/// use testimony::figures_in;
///
/// let text = "Over 4,000 of about 11,000 troops were killed or wounded in 2025.";
/// let said: Vec<&str> = figures_in(text).map(|found| found.said()).collect();
/// assert_eq!(said, ["Over 4,000", "about 11,000 troops"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFigure<'t> {
    pub(super) text: &'t str,
    pub(super) span: Range<usize>,
    pub(super) figure: Figure,
    pub(super) role: Option<Role>,
    pub(super) fate: Option<Fate>,
}

impl<'t> FoundFigure<'t> {
    /// Where it stands in the text, in bytes: the hedge, the number and the unit.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The words of the text.
    #[must_use]
    pub fn said(&self) -> &'t str {
        &self.text[self.span.clone()]
    }

    /// The figure that they mean.
    #[must_use]
    pub fn figure(&self) -> &Figure {
        &self.figure
    }

    /// The figure alone, without the text and its place.
    #[must_use]
    pub fn into_figure(self) -> Figure {
        self.figure
    }

    /// The part that it has in a change that the text tells of; `None` where it has none.
    ///
    /// ```
    /// use testimony::{Role, figures_in};
    ///
    /// let roles: Vec<_> = figures_in("The toll rose by 3 from 40 to 43").map(|found| found.role()).collect();
    /// assert_eq!(roles, [Some(Role::Change), Some(Role::Was), Some(Role::Is)]);
    /// ```
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        self.role
    }

    /// The fate of those who are counted, where the text tells it beside the number.
    #[must_use]
    pub fn fate(&self) -> Option<Fate> {
        self.fate
    }
}

/// A number that was seen in a text and is no figure, and why.
///
/// ```
/// use testimony::{FigureReader, Seen, WhyUnread};
///
/// let seen: Vec<_> = FigureReader::new().seen_in("Another 40 people, twice the 20 of May.").collect();
/// let Seen::Unread(first) = &seen[0] else { panic!("{seen:?}") };
/// assert_eq!((first.said(), first.why()), ("Another 40 people", WhyUnread::Relative));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread<'t> {
    pub(super) text: &'t str,
    pub(super) span: Range<usize>,
    pub(super) why: WhyUnread,
}

impl<'t> Unread<'t> {
    /// Where it stands in the text, in bytes.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The words of the text.
    #[must_use]
    pub fn said(&self) -> &'t str {
        &self.text[self.span.clone()]
    }

    /// Why it is not read.
    #[must_use]
    pub fn why(&self) -> WhyUnread {
        self.why
    }
}

/// One of the numbers that are seen in a text: a figure, or a number that is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Seen<'t> {
    /// A figure.
    Figure(FoundFigure<'t>),
    /// A number that is not read.
    Unread(Unread<'t>),
}

impl WhyUnread {
    /// The reason to give for a figure that was refused with this error.
    pub(super) fn of(kind: &ErrorKind) -> Self {
        match kind {
            ErrorKind::AmbiguousNumber => Self::Ambiguous,
            ErrorKind::UnknownHedge => Self::UnknownHedge,
            ErrorKind::Relative => Self::Relative,
            _ => Self::NotHeld,
        }
    }
}
