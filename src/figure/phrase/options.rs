//! Who reads figures, in which language, and how its numbers are written.

use super::found::{FoundFigure, Seen, Unread, WhyUnread};
use super::{SeenInEnglish, korean, read_english};
use crate::error::Error;
use crate::figure::Figure;
use crate::language::Language;
use crate::number::NumberStyle;

/// A reader of figures, with what has to be known of a text before it is read.
///
/// [`figures_in`] and [`Figure`]'s [`FromStr`](std::str::FromStr) are what one without any options does.
///
/// ```
/// use testimony::{Figure, FigureReader, Language, NumberStyle};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let korean = FigureReader::new().with_language(Language::Korean);
/// assert_eq!(korean.read("4천여 명")?, Figure::just_over(4000).with_unit("persons"));
/// let text = "북한군 1만1천 명 가운데 4,000명 이상이 죽거나 다쳤다.";
/// let said: Vec<&str> = korean.figures_in(text).map(|found| found.said()).collect();
/// assert_eq!(said, ["1만1천 명", "4,000명 이상"]);
///
/// let comma = FigureReader::new().with_number_style(NumberStyle::DecimalComma);
/// assert_eq!(comma.read("about 1.500 refugees")?, Figure::about(1500).with_unit("refugees"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FigureReader {
    language: Language,
    style: Option<NumberStyle>,
}

impl FigureReader {
    /// A reader of English, to which a text shows itself how it writes its numbers.
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

    /// Sets how numbers are written, for those of a text that can be read in two ways.
    #[must_use]
    pub fn with_number_style(mut self, style: NumberStyle) -> Self {
        self.style = Some(style);
        self
    }

    /// Reads a phrase as one figure.
    ///
    /// # Errors
    ///
    /// Refuses a phrase that is no figure or more than one, a date, a time or an ordinal, and a number that cannot be
    /// held exactly or can be read in two ways.
    pub fn read(&self, phrase: &str) -> Result<Figure, Error> {
        match self.language {
            Language::English => read_english(phrase, self.style),
            Language::Korean => {
                korean::phrase(phrase, self.style).map_err(|error| Error::new(error.kind().clone()).value(phrase))
            }
        }
    }

    /// Finds every figure in running text.
    #[must_use]
    pub fn figures_in<'t>(&self, text: &'t str) -> FiguresIn<'t> {
        FiguresIn(self.seen_in(text))
    }

    /// Finds every figure in running text, and what was seen and is not read as one.
    ///
    /// ```
    /// use testimony::{FigureReader, Seen, WhyUnread};
    ///
    /// let seen: Vec<_> = FigureReader::new().seen_in("some 3.000 of 12.500 soldiers").collect();
    /// assert!(seen.iter().all(|seen| matches!(seen, Seen::Unread(unread) if unread.why() == WhyUnread::Ambiguous)));
    /// ```
    #[must_use]
    pub fn seen_in<'t>(&self, text: &'t str) -> SeenIn<'t> {
        SeenIn(match self.language {
            Language::English => InLanguage::English(SeenInEnglish::new(text, self.style)),
            Language::Korean => InLanguage::Korean(text, korean::Figures::new(text, self.style)),
        })
    }
}

/// Figures and what was seen and is not read, from the beginning of a text to its end.
///
/// [`FigureReader::seen_in`] returns it.
#[derive(Clone, Debug)]
pub struct SeenIn<'t>(InLanguage<'t>);

#[derive(Clone, Debug)]
enum InLanguage<'t> {
    English(SeenInEnglish<'t>),
    Korean(&'t str, korean::Figures<'t>),
}

impl<'t> Iterator for SeenIn<'t> {
    type Item = Seen<'t>;

    fn next(&mut self) -> Option<Seen<'t>> {
        match &mut self.0 {
            InLanguage::English(seen) => seen.next(),
            InLanguage::Korean(text, figures) => {
                let korean::Found { span, figure, role, fate } = figures.next()?;
                Some(match figure {
                    Ok(figure) => Seen::Figure(FoundFigure { text, span, figure, role, fate }),
                    Err(error) => Seen::Unread(Unread { text, span, why: WhyUnread::of(error.kind()) }),
                })
            }
        }
    }
}

/// The figures of a text, from its beginning to its end.
///
/// [`figures_in`] and [`FigureReader::figures_in`] return it.
#[derive(Clone, Debug)]
pub struct FiguresIn<'t>(SeenIn<'t>);

impl<'t> Iterator for FiguresIn<'t> {
    type Item = FoundFigure<'t>;

    fn next(&mut self) -> Option<FoundFigure<'t>> {
        self.0.find_map(|seen| match seen {
            Seen::Figure(found) => Some(found),
            Seen::Unread(_) => None,
        })
    }
}

/// Finds every figure in running text in English; [`FigureReader`] reads other languages.
///
/// Numbers that name or order something are left alone: dates, years, times, ordinals, scores, versions, and names
/// such as "Boeing 747" or "G20". So are increments and multiples ("40 more", "twice the 20"), whose value rests on
/// another number; [`FigureReader::seen_in`] lists them. The unit is a proportion, a currency (as its ISO 4217 code), a
/// measure, or the plural noun that follows close behind, and is otherwise absent. A number that does not fit into a
/// [`Number`](crate::Number) is passed over.
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
