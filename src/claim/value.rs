//! The value of a claim, how its origin stands to that, and how the origin knows.

use std::fmt;
use std::sync::Arc;

use crate::date::Date;
use crate::figure::Figure;
use crate::period::Period;
use crate::shown::Quoted;
use crate::words::vocabulary;

vocabulary! {
    /// How an origin stands to the value of its claim.
    #[derive(PartialOrd, Ord)]
    Stance, "affirms, denies, suggests, declines and disowns" {
        /// Says that it is so. The default.
        Affirms = "affirms",
        /// Says that it is not so.
        Denies = "denies",
        /// Raises it as possible and commits to nothing: "may", "speculates".
        Suggests = "suggests",
        /// Neither confirms nor denies, or does not acknowledge: no denial.
        Declines = "declines",
        /// Says that it never said this: of the attribution, not of the value.
        Disowns = "disowns",
    }
}

impl Stance {
    /// Whether a claim with this stance may be without a value: an origin that declines gives none, and one that never
    /// said anything of the kind disowns whatever is attributed to it.
    pub(crate) fn needs_no_value(self) -> bool {
        matches!(self, Self::Declines | Self::Disowns)
    }
}

vocabulary! {
    /// How an origin knows what it says.
    #[derive(PartialOrd, Ord)]
    Basis, "witnessed, told, induced and deduced" {
        /// The origin saw or measured it.
        Witnessed = "witnessed",
        /// Somebody told it.
        Told = "told",
        /// The origin generalises from cases.
        Induced = "induced",
        /// The origin concludes it from other things that it knows.
        Deduced = "deduced",
    }
}

/// The value of a claim: a figure, a text or a period.
///
/// ```
/// use testimony::{Figure, Period, Value};
///
/// # fn main() -> Result<(), testimony::Error> {
/// assert_eq!(Value::from(Figure::more_than(4000)).to_string(), "more than 4,000");
/// assert_eq!(Value::text("decisive").to_string(), "“decisive”");
/// assert_eq!(Value::from(Period::day(2025, 3, 15)?).to_string(), "15 March 2025");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A reported quantity.
    Figure(Figure),
    /// Words.
    Text(Arc<str>),
    /// A time.
    Period(Period),
}

impl Value {
    /// A text, word for word; for a figure in words, parse a [`Figure`].
    #[must_use]
    pub fn text(text: impl Into<Arc<str>>) -> Self {
        Self::Text(text.into())
    }

    /// The figure, if the value is one.
    #[must_use]
    pub fn as_figure(&self) -> Option<&Figure> {
        if let Self::Figure(figure) = self { Some(figure) } else { None }
    }

    /// The text, if the value is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The period, if the value is one.
    #[must_use]
    pub fn as_period(&self) -> Option<Period> {
        if let Self::Period(period) = self { Some(*period) } else { None }
    }
}

impl From<Figure> for Value {
    fn from(figure: Figure) -> Self {
        Self::Figure(figure)
    }
}

impl From<Period> for Value {
    fn from(period: Period) -> Self {
        Self::Period(period)
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Period(date.into())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Figure(figure) => figure.fmt(f),
            Self::Text(text) => Quoted(text).fmt(f),
            Self::Period(period) => f.write_str(&period.in_words()),
        }
    }
}
