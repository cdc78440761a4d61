//! Figures in words: one phrase, or all that a running text has.

mod amount;
mod context;
mod count;
mod korean;
mod options;
mod quantity;
mod reading;
mod token;

use std::ops::Range;
use std::str::FromStr;

use self::count::{Outcome, Reader};
pub use self::options::{FigureReader, FiguresIn, figures_in};
use self::quantity::Unit;
use self::reading::Read;
use self::token::{Token, TokenKind, Tokens};
use crate::error::{Error, ErrorKind};
use crate::figure::{Figure, Vague};
use crate::language::english;
use crate::language::lexicon::Lexicon;
use crate::number::Number;

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
    text: &'t str,
    span: Range<usize>,
    figure: Figure,
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

    /// What they mean.
    #[must_use]
    pub fn figure(&self) -> &Figure {
        &self.figure
    }

    /// What they mean, without the rest.
    #[must_use]
    pub fn into_figure(self) -> Figure {
        self.figure
    }
}

/// The figures of a text in English, by its tokens.
#[derive(Clone, Debug)]
struct EnglishFigures<'t> {
    text: &'t str,
    tokens: Tokens<'t>,
    window: Vec<Token>,
    at: usize,
    more: bool,
    /// Where the first token starts, and where the last figure ended.
    first: usize,
    last: usize,
}

impl<'t> EnglishFigures<'t> {
    fn new(text: &'t str) -> Self {
        let first = text.len() - text.trim_start().len();
        Self { text, tokens: Tokens::new(text, english()), window: Vec::new(), at: 0, more: true, first, last: 0 }
    }
}

/// No figure takes more tokens than this, nor looks further ahead.
const AHEAD: usize = 160;
/// How many tokens before a figure matter to it.
const BEHIND: usize = 8;
/// How many tokens are read at once.
const BATCH: usize = 1024;

impl EnglishFigures<'_> {
    /// Sees to it that enough tokens are in the window, before and after the place.
    fn refill(&mut self) {
        if !self.more || self.window.len() - self.at >= AHEAD {
            return;
        }
        if self.at > BEHIND {
            self.window.drain(..self.at - BEHIND);
            self.at = BEHIND;
        }
        while self.window.len() < self.at + BATCH {
            if let Some(token) = self.tokens.next() {
                self.window.push(token);
            } else {
                self.more = false;
                break;
            }
        }
    }
}

impl<'t> Iterator for EnglishFigures<'t> {
    type Item = FoundFigure<'t>;

    fn next(&mut self) -> Option<FoundFigure<'t>> {
        loop {
            self.refill();
            if self.at >= self.window.len() {
                return None;
            }
            let end = self.window.len().min(self.at + AHEAD);
            let tokens = &self.window[..end];
            let (first, last) = (self.first, self.last);
            let reader = Reader { text: self.text, tokens, lexicon: english(), whole: false, first, last };
            let outcome = if reader.starts(self.at) { reader.figure(self.at) } else { Outcome::Nothing };
            match outcome {
                Outcome::Found(found) => {
                    let (first, last) = (&self.window[found.start], &self.window[found.next - 1]);
                    let span = first.start..last.end;
                    self.at = found.next.max(self.at + 1);
                    self.last = span.end;
                    if let Ok(figure) = found.figure {
                        return Some(FoundFigure { text: self.text, span, figure });
                    }
                }
                Outcome::Pass(next) => self.at = next.max(self.at + 1),
                Outcome::Nothing => self.at += 1,
            }
        }
    }
}

impl FromStr for Figure {
    type Err = Error;

    /// Reads a phrase as a newspaper has it: a hedge, a number, a unit.
    ///
    /// Everything behind the number is the unit, word for word; "of" between them is left out. What follows a
    /// proportion ("30% of voters") says what it is of, which is for the topic to say, and is left out too. A unit in
    /// typographic quotation marks is taken as it is, with `\u{…}` for characters that would not show: so
    /// [`Display`](std::fmt::Display) writes a unit that would otherwise be read as something else.
    ///
    /// # Errors
    ///
    /// Refuses a phrase that is no figure or more than one, a date, a time or an ordinal, and a number that cannot be
    /// held exactly.
    ///
    /// ```
    /// use testimony::{Figure, Vague};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let figure: Figure = "no fewer than three thousand nine hundred and sixty-five troops".parse()?;
    /// assert_eq!(figure, Figure::at_least(3965).with_unit("troops"));
    /// assert_eq!("about 10–12 thousand".parse::<Figure>()?, Figure::about_between(10_000, 12_000)?);
    /// assert_eq!("nearly 30 per cent".parse::<Figure>()?.to_string(), "nearly 30%");
    /// assert_eq!("dozens of people".parse::<Figure>()?, Figure::vague(Vague::Dozens).with_unit("people"));
    /// # Ok(())
    /// # }
    /// ```
    fn from_str(text: &str) -> Result<Self, Error> {
        if let Ok(number) = text.parse::<Number>() {
            return Ok(Self::exactly(number));
        }
        phrase(text, english()).map_err(|error| Error::new(error.kind().clone()).value(text))
    }
}

/// No phrase has more tokens; its unit may be longer if it is in quotation marks.
const PHRASE: usize = 600;

/// Reads the text as one phrase.
fn phrase(text: &str, lexicon: &'static Lexicon) -> Result<Figure, Error> {
    let no_figure = || Error::new(ErrorKind::NotAFigure);
    let (front, quoted) = match text.split_once('“') {
        Some((front, rest)) => (front, Some(rest.strip_suffix('”').ok_or_else(no_figure)?)),
        None => (text, None),
    };
    let tokens: Vec<Token> = Tokens::new(front, lexicon).take(PHRASE + 1).collect();
    if tokens.is_empty() || tokens.len() > PHRASE {
        return Err(no_figure());
    }
    let reader = Reader { text: front, tokens: &tokens, lexicon, whole: true, first: tokens[0].start, last: 0 };
    let Outcome::Found(read) = reader.figure(0) else { return Err(no_figure()) };
    if read.start != 0 {
        return Err(no_figure());
    }
    let figure = read.figure.clone()?;
    if let Some(quoted) = quoted {
        let bare = read.next == tokens.len() && read.unit == Unit::Absent;
        return if bare { Ok(figure.with_unit(unescaped(quoted).ok_or_else(no_figure)?)) } else { Err(no_figure()) };
    }
    reader.with_rest(&read, figure).ok_or_else(no_figure)
}

/// What a unit is called if it measures, as a currency or a kilogram does; `None` if it only names what is counted.
pub(crate) fn measure(unit: &str) -> Option<String> {
    // In the lexicon among the measures, because "one person" is a figure too.
    const COUNTED: [&str; 3] = ["people", "person", "persons"];
    let two = format!("2 {unit}");
    let tokens: Vec<Token> = Tokens::new(&two, english()).take(PHRASE).collect();
    let lexicon = english();
    let reader = Reader { text: &two, tokens: &tokens, lexicon, whole: true, first: 0, last: 0 };
    let Outcome::Found(read) = reader.figure(0) else { return None };
    match read.unit {
        Unit::Absent | Unit::Noun(..) => None,
        Unit::Ratio | Unit::Points | Unit::Currency(_) | Unit::Measure(..) => {
            let figure = read.figure.ok()?;
            let unit = crate::names::unit(figure.unit()?)?.name().to_owned();
            Some(unit).filter(|unit| !COUNTED.contains(&unit.as_str()))
        }
    }
}

/// Undoes the escapes of [`super::display`].
fn unescaped(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((front, escaped)) = rest.split_once('\\') {
        let (code, after) = escaped.strip_prefix("u{")?.split_once('}')?;
        out.push_str(front);
        out.push(char::from_u32(u32::from_str_radix(code, 16).ok()?)?);
        rest = after;
    }
    if rest.contains('”') {
        return None;
    }
    out.push_str(rest);
    Some(out)
}

impl Reader<'_> {
    /// Whether white space stands between a place and the end of the token before another.
    fn is_spaced(&self, from: usize, next: usize) -> bool {
        let to = self.at(next - 1).map_or(from, |token| token.end);
        self.text.get(from..to).is_some_and(|between| between.contains(char::is_whitespace))
    }

    /// The figure with what is left of the phrase as its unit.
    fn with_rest(&self, read: &Read, figure: Figure) -> Option<Figure> {
        let mut next = read.next;
        let ends = |i: usize| self.at(i).is_none() || (self.is_sign(i, &['.']) && self.at(i + 1).is_none());
        if ends(next) {
            return Some(figure);
        }
        let from = match read.unit {
            // Behind "an hour and a half" the unit does not go on.
            Unit::Measure(from, to) | Unit::Noun(from, to) if !read.closed && !self.is_spaced(to, next) => from,
            Unit::Absent => {
                if self.said(next) == "of" {
                    next += 1;
                }
                let dashed = self.hyphen(next) && !self.spaced(next);
                self.at(next + usize::from(dashed))?.start
            }
            Unit::Ratio if self.said(next) == "of" => self.at(next + 1)?.start,
            _ => return None,
        };
        let mut last = 0;
        for i in next..self.tokens.len() {
            if ends(i) {
                break;
            }
            let token = self.at(i)?;
            let number = matches!(token.kind, TokenKind::Numeral(_) | TokenKind::Fraction(..)) && token.spaced;
            let word = self.meaning(i).cardinal.is_some() && token.start > from;
            let first_sign = token.start == from
                && matches!(token.kind, TokenKind::Sign(c) if !matches!(c, '°' | '℃' | '℉' | '"' | '\''));
            if number
                || word
                || first_sign
                || self.is_sign(i, &[',', ';', '!', '?', ':', '“', '”', '~', '±', '<', '>', '+'])
            {
                return None;
            }
            last = token.end;
        }
        let unit = self.text.get(from..last).filter(|unit| !unit.is_empty())?;
        if read.unit == Unit::Ratio {
            return Some(figure);
        }
        Some(figure.with_unit(unit))
    }
}

/// What a vague magnitude is called, in words that are read back.
pub(super) fn vague_name(magnitude: Vague) -> &'static str {
    match magnitude {
        Vague::Handful => "a handful",
        Vague::Several => "several",
        Vague::Dozens => "dozens",
        Vague::Scores => "scores",
        Vague::Hundreds => "hundreds",
        Vague::Thousands => "thousands",
        Vague::TensOfThousands => "tens of thousands",
        Vague::HundredsOfThousands => "hundreds of thousands",
        Vague::Millions => "millions",
        Vague::TensOfMillions => "tens of millions",
        Vague::HundredsOfMillions => "hundreds of millions",
        Vague::Billions => "billions",
    }
}
