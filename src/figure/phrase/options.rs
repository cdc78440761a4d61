//! Who reads figures, and in which language.

use super::{EnglishFigures, FoundFigure, korean};
use crate::error::Error;
use crate::figure::Figure;
use crate::language::Language;

/// A reader of figures, with what has to be known of a text before it is read.
///
/// [`figures_in`] and [`Figure`]'s [`FromStr`](std::str::FromStr) are what one without any options does.
///
/// ```
/// use testimony::{Figure, FigureReader, Language};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let korean = FigureReader::new().with_language(Language::Korean);
/// assert_eq!(korean.read("4천여 명")?, Figure::just_over(4000).with_unit("persons"));
/// let text = "북한군 1만1천 명 가운데 4,000명 이상이 죽거나 다쳤다.";
/// let said: Vec<&str> = korean.figures_in(text).map(|found| found.said()).collect();
/// assert_eq!(said, ["1만1천 명", "4,000명 이상"]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FigureReader {
    language: Language,
}

impl FigureReader {
    /// A reader of English.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the language that it reads.
    #[must_use]
    pub fn with_language(mut self, language: Language) -> Self {
        self.language = language;
        self
    }

    /// Reads a phrase as one figure.
    ///
    /// # Errors
    ///
    /// Refuses a phrase that is no figure or more than one, a date, a time or an ordinal, and a number that cannot be
    /// held exactly.
    pub fn read(&self, phrase: &str) -> Result<Figure, Error> {
        match self.language {
            Language::English => phrase.parse(),
            Language::Korean => korean::phrase(phrase).map_err(|error| Error::new(error.kind().clone()).value(phrase)),
        }
    }

    /// Finds every figure in running text.
    #[must_use]
    pub fn figures_in<'t>(&self, text: &'t str) -> FiguresIn<'t> {
        FiguresIn(match self.language {
            Language::English => Figures::English(EnglishFigures::new(text)),
            Language::Korean => Figures::Korean(text, korean::Figures::new(text)),
        })
    }
}

/// The figures of a text, from its beginning to its end.
///
/// This is what [`figures_in`] returns.
#[derive(Clone, Debug)]
pub struct FiguresIn<'t>(Figures<'t>);

#[derive(Clone, Debug)]
enum Figures<'t> {
    English(EnglishFigures<'t>),
    Korean(&'t str, korean::Figures<'t>),
}

impl<'t> Iterator for FiguresIn<'t> {
    type Item = FoundFigure<'t>;

    fn next(&mut self) -> Option<FoundFigure<'t>> {
        match &mut self.0 {
            Figures::English(figures) => figures.next(),
            Figures::Korean(text, figures) => {
                let (span, figure) = figures.next()?;
                Some(FoundFigure { text, span, figure })
            }
        }
    }
}

/// Finds every figure in running text in English; [`FigureReader`] reads other languages.
///
/// Numbers that name or order something are left alone: dates, years, times, ordinals, scores, versions, and names
/// such as "Boeing 747" or "G20". The unit is a proportion, a currency (as its ISO 4217 code), a measure, or the
/// plural noun that follows close behind, and is otherwise absent. A number that does not fit into a [`Number`] is
/// passed over.
///
/// The time it takes grows with the length of the text, whatever is in it.
///
/// ```
/// use testimony::{Figure, figures_in};
///
/// let text = "On 11 September 2015 at least 107 people died; repairs may cost $1.2–1.5bn.";
/// let found: Vec<Figure> = figures_in(text).map(|found| found.into_figure()).collect();
/// assert_eq!(found[0], Figure::at_least(107).with_unit("people"));
/// assert_eq!(found[1].to_string(), "1,200,000,000–1,500,000,000 USD");
/// ```
#[must_use]
pub fn figures_in(text: &str) -> FiguresIn<'_> {
    FigureReader::new().figures_in(text)
}
