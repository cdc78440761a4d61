//! Figures in words: one phrase, or all that a running text has.

mod amount;
mod change;
mod context;
mod count;
mod digits;
mod estimate;
mod fate;
mod found;
mod hedged;
mod korean;
mod numeral;
mod options;
mod quantity;
mod range;
mod relative;
mod telling;
mod token;
mod vague;

use std::str::FromStr;

use self::count::{Outcome, Reader};
pub use self::found::{FoundFigure, Role, Seen, Unread, WhyUnread};
use self::hedged::Read;
pub use self::options::{FigureReader, FiguresIn, SeenIn, figures_in};
use self::quantity::Unit;
use self::telling::Telling;
use self::token::{Token, TokenKind, Tokens};
use crate::error::{Error, ErrorKind};
use crate::figure::{Figure, Vague};
use crate::language::english;
use crate::language::lexicon;
use crate::number::{self, Number, NumberStyle};

/// Figures and what was seen and is not read, from the beginning of a text in English to its end.
#[derive(Clone, Debug)]
struct SeenInEnglish<'t> {
    tokens: Tokens<'t>,
    window: Vec<Token>,
    at: usize,
    more: bool,
    /// Where the first token starts, and where the last figure ended.
    first: usize,
    last: usize,
    telling: Telling,
}

/// The most tokens that a figure takes, or looks ahead for.
const AHEAD: usize = 160;
/// How many tokens before a figure matter to it.
const BEHIND: usize = 12;
/// How many tokens are read at once.
const BATCH: usize = 1024;
/// The longest text of which the reader looks for the reason why it is no figure.
const LONGEST_TOLD: usize = 1024;

impl<'t> SeenInEnglish<'t> {
    fn new(text: &'t str, style: Option<NumberStyle>) -> Self {
        let first = text.len() - text.trim_start().len();
        let tokens = Tokens::new(text, english(), style);
        Self { tokens, window: Vec::new(), at: 0, more: true, first, last: 0, telling: Telling::default() }
    }

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

    /// Goes on to a token, past words that are no part of a figure.
    fn pass(&mut self, next: usize) {
        let next = next.max(self.at + 1);
        for token in &self.window[self.at..next.min(self.window.len())] {
            self.telling.pass(token, self.tokens.lexicon.meaning(token.word));
        }
        self.at = next;
    }

    /// The figure that a stretch of tokens was read as, or why it was not.
    fn seen(&mut self, read: Read) -> Seen<'t> {
        let (first, last) = (&self.window[read.start], &self.window[read.next - 1]);
        let (text, span) = (self.tokens.text, first.start..last.end);
        if read.figure.is_err() {
            self.pass(read.next);
        }
        self.at = read.next.max(self.at);
        self.last = span.end;
        let currency = if let Unit::Currency(code) = read.unit { Some(code) } else { None };
        let verb = read.start.checked_sub(1).and_then(|k| self.tokens.lexicon.meaning(self.window[k].word).met);
        let met = verb.or(self.telling.met()).filter(|met| read.fate == Some(*met));
        self.telling.figure(read.role, currency, met);
        match read.figure {
            Ok(figure) => Seen::Figure(FoundFigure { text, span, figure, role: read.role, fate: read.fate }),
            Err(error) => Seen::Unread(Unread { text, span, why: WhyUnread::of(error.kind()) }),
        }
    }
}

impl<'t> Iterator for SeenInEnglish<'t> {
    type Item = Seen<'t>;

    fn next(&mut self) -> Option<Seen<'t>> {
        loop {
            self.refill();
            let next = self.window.get(self.at + 1);
            if !self.window.get(self.at)?.begins(next, self.tokens.lexicon) {
                self.pass(self.at + 1);
                continue;
            }
            let end = self.window.len().min(self.at + AHEAD);
            let reader = Reader {
                text: self.tokens.text,
                tokens: &self.window[..end],
                lexicon: self.tokens.lexicon,
                whole: false,
                money: false,
                first: self.first,
                last: self.last,
                telling: self.telling,
            };
            match reader.figure(self.at) {
                Outcome::Found(read) => return Some(self.seen(read)),
                Outcome::Pass(next) => self.pass(next),
                Outcome::Nothing => self.pass(self.at + 1),
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
        read_english(text, None)
    }
}

/// No phrase has more tokens; its unit may be longer if it is in quotation marks.
const PHRASE: usize = 600;

/// Reads a phrase in English as one figure.
fn read_english(text: &str, style: Option<NumberStyle>) -> Result<Figure, Error> {
    if let Some(number) = number(text, style) {
        return Ok(Figure::exactly(number));
    }
    let error = match phrase(text, style) {
        Ok(figure) => return Ok(figure),
        Err(error) => error,
    };
    // A number that was seen and cannot be read says why.
    let seen = || {
        let mut seen = SeenInEnglish::new(text, style).take(2);
        match (seen.next()?, seen.next()) {
            (Seen::Unread(unread), None) => Some(unread.why),
            _ => None,
        }
    };
    let kind = match error.kind() {
        ErrorKind::NotAFigure if text.len() <= LONGEST_TOLD => match seen() {
            Some(WhyUnread::Relative) => ErrorKind::Relative,
            Some(WhyUnread::UnknownHedge) => ErrorKind::UnknownHedge,
            Some(WhyUnread::Ambiguous) => ErrorKind::AmbiguousNumber,
            _ => ErrorKind::NotAFigure,
        },
        kind => kind.clone(),
    };
    Err(Error::new(kind).value(text))
}

/// The number, where the text is nothing but one that can be read in one way.
fn number(text: &str, style: Option<NumberStyle>) -> Option<Number> {
    let (_, places) = text.split_once('.').unwrap_or_default();
    let lone = places.len() == 3 && !text.trim_start_matches(['-', '+']).starts_with('0');
    if lone || style == Some(NumberStyle::DecimalComma) {
        return None;
    }
    let (coefficient, exponent) = number::parts(text).ok()?;
    Number::from_parts(coefficient, exponent).ok()
}

/// Reads the text as one phrase.
fn phrase(text: &str, style: Option<NumberStyle>) -> Result<Figure, Error> {
    let no_figure = || Error::new(ErrorKind::NotAFigure);
    let (front, quoted) = match text.split_once('“') {
        Some((front, rest)) => (front, Some(rest.strip_suffix('”').ok_or_else(no_figure)?)),
        None => (text, None),
    };
    // Enough for most phrases.
    let mut tokens: Vec<Token> = Vec::with_capacity(16);
    tokens.extend(Tokens::new(front, english(), style).take(PHRASE + 1));
    if tokens.is_empty() || tokens.len() > PHRASE {
        return Err(no_figure());
    }
    let reader = Reader {
        text: front,
        tokens: &tokens,
        lexicon: english(),
        whole: true,
        money: false,
        first: tokens[0].start,
        last: 0,
        telling: Telling::default(),
    };
    let Outcome::Found(read) = reader.figure(0) else { return Err(no_figure()) };
    if read.start != 0 {
        return Err(no_figure());
    }
    let figure = read.figure.clone()?;
    if let Some(quoted) = quoted {
        // "1/2" is no proportion with a unit of its own.
        let fraction = read.unit == Unit::Ratio && front.trim_end().ends_with(|c: char| c.is_ascii_digit());
        let bare = read.next == tokens.len() && (read.unit == Unit::Absent || fraction);
        return if bare { Ok(figure.with_unit(unescaped(quoted).ok_or_else(no_figure)?)) } else { Err(no_figure()) };
    }
    reader.with_rest(&read, figure).ok_or_else(no_figure)
}

/// The name of a unit that measures, as a currency or a kilogram does; `None` if it only names what is counted.
pub(crate) fn measure(unit: &str) -> Option<String> {
    let two = format!("2 {unit}");
    let tokens: Vec<Token> = Tokens::new(&two, english(), None).take(PHRASE).collect();
    let telling = Telling::default();
    let reader = Reader {
        text: &two,
        tokens: &tokens,
        lexicon: english(),
        whole: true,
        money: false,
        first: 0,
        last: 0,
        telling,
    };
    let Outcome::Found(read) = reader.figure(0) else { return None };
    match read.unit {
        Unit::Absent | Unit::Noun(..) => None,
        // Among the measures, because "one person" is a figure too.
        Unit::Measure(..) if reader.is_of_persons(0, read.next, read.unit) => None,
        Unit::Ratio | Unit::Points | Unit::Currency(_) | Unit::Measure(..) => {
            let figure = read.figure.ok()?;
            Some(crate::names::unit(figure.unit()?)?.name().to_owned())
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
        // The fate of those counted is no unit.
        if ends(next) || self.past_fate(next).is_some_and(ends) {
            return Some(figure);
        }
        let from = match read.unit {
            // Behind "an hour and a half" the unit does not go on.
            Unit::Measure(from, to) | Unit::Noun(from, to) if !read.closed && !self.is_spaced(to, next) => from,
            Unit::Absent => {
                if self.is(next, lexicon::OF) {
                    next += 1;
                }
                // "5G network", "4B": a name with a number in it.
                if self.case(next).is_some() && !self.spaced(next) && self.numeral(next - 1).is_some() {
                    return None;
                }
                let dashed = self.hyphen(next) && !self.spaced(next);
                self.at(next + usize::from(dashed))?.start
            }
            Unit::Ratio if self.is(next, lexicon::OF) => self.at(next + 1)?.start,
            // "nine in ten voters", "5 out of 13 seats"
            Unit::Ratio if self.spaced(next) && self.number_at(next - 1) => self.at(next)?.start,
            _ => return None,
        };
        let mut last = 0;
        let end = (next..self.tokens.len()).find(|i| ends(*i)).unwrap_or(self.tokens.len());
        for i in next..self.fate_at_end(next, end) {
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

/// The name of a vague magnitude, in words that are read back.
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
