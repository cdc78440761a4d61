//! The one error of the crate: what was refused, where, and what was expected.
//!
//! # Through a parser and back
//!
//! A refusal deep inside a line comes out of serde as the parser's error, which can carry a text and nothing else:
//! kind, value and help would be lost. Packing them into the text would show them to everybody who reads a claim with
//! `serde_json` directly, so they wait on this thread instead (`LATEST`), until the reader of lines asks for them with
//! the text in hand. Two refusals cannot be mixed up: what waits is handed out only to somebody who has its whole text,
//! which names the value and the reason, and only once. Whoever never asks leaves one refusal waiting on each thread.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::sync::Arc;

use crate::shown::Shown;

/// Why something was refused.
///
/// An error reads as a sentence: the place, the value as it was given, and the reason. [`field`](Error::field),
/// [`refused_value`](Error::refused_value) and [`line`](Error::line) give its parts, [`kind`](Error::kind) is for a
/// `match`, [`code`](Error::code) is a short name that stays the same from release to release, and
/// [`help`](Error::help) says what to do where there is something to say. Where reading or writing failed,
/// [`source`](StdError::source) is the [`io::Error`] behind it.
///
/// # Equality
///
/// By what an error says; two failures of the system that read alike are equal.
///
/// ```
/// use testimony::{ErrorKind, Period};
///
/// let error = "2025-02-30".parse::<Period>().unwrap_err();
/// assert_eq!(error.kind(), &ErrorKind::NoSuchDate);
/// assert_eq!(error.code(), "no-such-date");
/// assert_eq!(error.refused_value(), Some("2025-02-30"));
/// assert_eq!(error.to_string(), "\"2025-02-30\" names a date that does not exist");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    kind: ErrorKind,
    line: Option<u64>,
    field: String,
    value: Option<String>,
    cause: Option<Cause>,
}

/// The failure of the system behind an error.
#[derive(Clone)]
struct Cause(Arc<io::Error>);

/// Two causes always count as equal: the text of the error has what the system said, and that text is compared.
impl PartialEq for Cause {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Cause {}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.cause.as_ref().map(|Cause(cause)| &**cause as _)
    }
}

/// A value longer than this many characters is cut where an error quotes it.
const QUOTED: usize = 80;
/// The path of a field, or a message, is cut after this many characters, since either may repeat a key of a megabyte.
const TOLD: usize = 400;

impl Error {
    #[cold]
    pub(crate) fn new(mut kind: ErrorKind) -> Self {
        match &mut kind {
            ErrorKind::Malformed { message } | ErrorKind::Io { message } => cut(message, TOLD),
            ErrorKind::UnitsDiffer { unit } => cut(unit, QUOTED),
            _ => {}
        }
        Error(Box::new(Inner { kind, line: None, field: String::new(), value: None, cause: None }))
    }

    /// A failure of the system while something was being done to the input or the output: `read`, `written`.
    #[cfg(feature = "serde")]
    #[cold]
    pub(crate) fn io(done: &str, cause: io::Error) -> Self {
        let mut error = Self::new(ErrorKind::Io { message: format!("could not be {done}: {cause}") });
        error.0.cause = Some(Cause(Arc::new(cause)));
        error
    }

    /// Names the value that was refused.
    #[cold]
    pub(crate) fn value(mut self, value: impl fmt::Display) -> Self {
        let mut text = value.to_string();
        cut(&mut text, QUOTED);
        self.0.value = Some(text);
        self
    }

    /// Names the field, or the field around the one already named: `relays[1]`, then `claim`, is `claim.relays[1]`.
    #[cold]
    pub(crate) fn at(mut self, field: &str) -> Self {
        if self.0.field.is_empty() {
            field.clone_into(&mut self.0.field);
        } else if !field.is_empty() {
            self.0.field = format!("{field}.{}", self.0.field);
        }
        cut(&mut self.0.field, TOLD);
        self
    }

    /// Names the line of the input.
    #[cfg(feature = "serde")]
    pub(crate) fn on_line(mut self, line: u64) -> Self {
        self.0.line = Some(line);
        self
    }

    /// The error of the parser that reads what is refused. The parser keeps the text alone; the whole is to be had from
    /// [`behind`](Self::behind) until something else is refused on this thread.
    #[cfg(feature = "serde")]
    pub(crate) fn into_custom<E: serde::de::Error>(self) -> E {
        let custom = E::custom(&self);
        LATEST.set(Some(self));
        custom
    }

    /// The refusal that a parser's error with this text was made of, if the error was made on this thread and none
    /// after it.
    #[cfg(feature = "serde")]
    pub(crate) fn behind(text: &str) -> Option<Self> {
        LATEST.take().filter(|latest| latest.to_string() == text)
    }

    /// The kind of refusal.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The line of the input, counted from 1, where a file was being read.
    #[must_use]
    pub fn line(&self) -> Option<u64> {
        self.0.line
    }

    /// The field that was refused, as a path such as `claim.relays[1]`, where there is one.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        Some(self.0.field.as_str()).filter(|field| !field.is_empty())
    }

    /// The value that was refused, as it was given, where there is one; cut after 80 characters.
    #[must_use]
    pub fn refused_value(&self) -> Option<&str> {
        self.0.value.as_deref()
    }

    /// A short name for the kind of refusal, the same from release to release.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.kind.code()
    }

    /// Advice on what to do, where there is any.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        self.0.kind.help()
    }
}

#[cfg(feature = "serde")]
thread_local! {
    /// The last refusal that became the error of a parser.
    static LATEST: std::cell::Cell<Option<Error>> = const { std::cell::Cell::new(None) };
}

/// Cuts a text after so many characters, and says so with an ellipsis.
fn cut(text: &mut String, characters: usize) {
    if let Some((end, _)) = text.char_indices().nth(characters) {
        text.truncate(end);
        text.push('…');
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({}: {self})", self.code())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, line, field, value, cause: _ } = &*self.0;
        if let Some(line) = line {
            write!(f, "line {line}: ")?;
        }
        match (field.as_str(), value) {
            ("", None) => {}
            ("", Some(value)) => write!(f, "\"{}\" ", Shown(value))?,
            (field, None) if matches!(kind, ErrorKind::Malformed { .. }) => write!(f, "{}: ", Shown(field))?,
            (field, None) => write!(f, "{} ", Shown(field))?,
            (field, Some(value)) => write!(f, "{}: \"{}\" ", Shown(field), Shown(value))?,
        }
        match kind {
            ErrorKind::Malformed { message } => Shown(message).fmt(f),
            kind => kind.fmt(f),
        }
    }
}

/// The kinds of refusal, each with the reason as its text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A text that must say something is empty or white space.
    #[error("is blank")]
    Blank,
    /// A text is longer than its limit in bytes.
    #[error("is longer than {limit} bytes")]
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// A list is longer than its limit.
    #[error("has more than {limit} entries")]
    TooMany {
        /// The most that are taken.
        limit: usize,
    },
    /// An id has white space or a control character in it.
    #[error("has white space or a control character, which an id may not have")]
    NotAnId,
    /// A word is none of a fixed vocabulary.
    #[error("is none of {expected}")]
    NotOneOf {
        /// The words of the vocabulary.
        expected: &'static str,
    },
    /// A unit that stands for hundredths, where a proportion has the unit "ratio".
    #[error("is no unit: a proportion has the unit \"ratio\", in which 0.3 is 30%")]
    PercentUnit,
    /// A name that is already another name of something else.
    #[error("is already another name of \"{}\"", Shown(of))]
    NameTaken {
        /// The first name of what it names already; cut after 80 characters.
        of: String,
    },
    /// A name that is to become another name of something, and has other names itself.
    #[error("has other names of its own")]
    HasOtherNames,
    /// A name that is to become another name of something after claims have used it.
    #[error("is made another name after a claim has already used it")]
    NamedTooLate,
    /// A name that no unit can have beside others.
    #[error("is no name that a unit can have beside others")]
    NoOtherName,
    /// A number is not written as one.
    #[error("is not a number")]
    NotANumber,
    /// A number needs more than 28 significant digits.
    #[error("needs more than 28 significant digits")]
    TooPrecise,
    /// A number is too large, or too small a fraction, to be held exactly.
    #[error("is a number too large or too small to be held exactly")]
    OutOfRange,
    /// A number has a fraction or does not fit into the integer named.
    #[error("is no whole number that fits into {0}")]
    NotAnInteger(&'static str),
    /// A place in a text has more digits than the interchange format carries.
    #[error("has more than {limit} digits")]
    TooManyDigits {
        /// The most that are taken.
        limit: u32,
    },
    /// A divisor may be nought.
    #[error("is divided by what may be 0")]
    DivisionByZero,
    /// Two figures that are reckoned with have different units.
    #[error("is reckoned with a figure in another unit, \"{}\"", Shown(unit))]
    UnitsDiffer {
        /// The unit of the other figure; cut after 80 characters.
        unit: String,
    },
    /// A probability is below 0 or above 1.
    #[error("is not a probability from 0 to 1")]
    NotAProbability,
    /// A share of a whole is below 0 or above 1.
    #[error("is not a share from 0 to 1")]
    NotAShare,
    /// The lower bound is above the upper.
    #[error("has a lower bound above the upper")]
    BoundsReversed,
    /// A best estimate is outside the range that it is given with.
    #[error("is a best estimate outside its range, {range}")]
    OutsideRange {
        /// The range.
        range: String,
    },
    /// A number is said to be rounded to something that is not the unit of one of its digits.
    #[error(
        "is not the unit of the last digit of {number}: 1, 10, 0.1 or another power of ten, and {number} so many of them"
    )]
    NotAStep {
        /// The number.
        number: String,
    },
    /// A figure allows no value at all.
    #[error("allows no value at all")]
    NoValue,
    /// A vague magnitude cannot be a proportion.
    #[error("is a vague magnitude, which a ratio cannot have")]
    VagueRatio,
    /// A phrase is no figure.
    #[error("is not a figure")]
    NotAFigure,
    /// A number can be read in two ways: a lone point before three digits may group them or part them off, and a letter
    /// behind digits may stand for millions or be a unit.
    #[error("has a number that can be read in two ways")]
    AmbiguousNumber,
    /// A number is said with a hedge that no figure can hold.
    #[error("has a hedge that no figure can hold")]
    UnknownHedge,
    /// A number only says how much more or how many times as much something is.
    #[error("is an increment or a multiple, whose value rests on another number")]
    Relative,
    /// A period is not written as one.
    #[error("is not a period")]
    NotAPeriod,
    /// Day and month are numbers, and nothing says which of them comes first.
    #[error("gives day and month in an order that nobody named")]
    DayOrderUnknown,
    /// A date has a month or a day, and no year.
    #[error("names no year")]
    NoYear,
    /// A year is written with its last two digits.
    #[error("has a year of two digits")]
    ShortYear,
    /// A season, or a quarter or half of a year by its EDTF number.
    #[error("names a season or another part of a year, and not its months")]
    Season,
    /// A century, or a decade that is written as one: the 1900s.
    #[error("may be a century or a decade, and starts with another year for some than for others")]
    Century,
    /// A set of dates, as EDTF writes it.
    #[error("is a set of dates")]
    SetOfDates,
    /// A date is not on the day of the week that it names.
    #[error("is a {weekday}")]
    OtherWeekday {
        /// The day of the week of that date.
        weekday: &'static str,
    },
    /// The year of a date is outside −9999 to 9999.
    #[error("has a year outside −9999 to 9999")]
    YearOutOfRange,
    /// A date is written as one, and has a month or a day that there is not.
    #[error("names a date that does not exist")]
    NoSuchDate,
    /// A period ends before it starts.
    #[error("ends before it starts")]
    EndsBeforeItStarts,
    /// A time is not written as one.
    #[error("is not an RFC 3339 time")]
    NotATime,
    /// A part that has to be there is not.
    #[error("is missing: {why}")]
    Missing {
        /// Why it has to be there.
        why: &'static str,
    },
    /// A source id that no source has.
    #[error("is no source defined so far")]
    UnknownSource,
    /// A source id that already names another source.
    #[error("is already defined, and differently")]
    Redefined,
    /// A predicate is defined after a claim has used it.
    #[error("is defined after a claim has already used it")]
    DefinedTooLate,
    /// Of two ledgers one gives a predicate a meaning, and the other uses it without.
    #[error("is defined in one of the ledgers, and used without that definition in the other")]
    DefinedInOne,
    /// Two ledgers have different policies.
    #[error("is not the same in both ledgers")]
    PoliciesDiffer,
    /// A file has another policy than the one that it is to be read under.
    #[error("is the policy of the file, and it is to be read under another, {}", Shown(chosen))]
    PolicyOfFile {
        /// The policy that the caller chose.
        chosen: String,
    },
    /// A chain of attribution names one source twice.
    #[error("is named twice in one chain of attribution")]
    NamedTwice,
    /// A chain of `part_of` is too deep.
    #[error("is part of a chain more than {limit} sources deep")]
    TooDeep {
        /// The deepest chain that is taken.
        limit: usize,
    },
    /// A constraint names one topic twice.
    #[error("is named twice in one constraint")]
    SameTopic,
    /// The number that the next claim is to have is not above those of the claims before it, or beyond the limit.
    #[error("is not above the numbers of the claims before it and below 2^32")]
    NumberTaken,
    /// A claim number that no claim has.
    #[error("is the number of no claim so far")]
    UnknownClaim,
    /// A label that no claim has.
    #[error("is the label of no claim so far")]
    UnknownLabel,
    /// A text is no label.
    #[error("is not a label")]
    NotALabel,
    /// The claim that a retraction or an amendment names was itself refused.
    #[error("is the number of a claim that was refused")]
    RefusedClaim,
    /// A source takes a claim back that is not its own, has not passed through it, and is not of a part of it.
    #[error(
        "may not take the claim back: it is neither its origin, nor one of its relays, nor an owner of one of these"
    )]
    NotEntitled,
    /// A source would be a part of itself.
    #[error("is a part of the source itself")]
    OwnsItself,
    /// Two ledgers that are merged amend the same part differently, and neither of the amendments is the later one.
    #[error("is not the same in both ledgers, and was amended in neither after it was in the other")]
    AmendedTwice,
    /// A claim that is already retracted.
    #[error("is already retracted")]
    AlreadyRetracted,
    /// A time of recording before the one of the entry before.
    #[error("is before the time of the entry before it, {before}")]
    TimeGoesBack {
        /// The time of the entry before.
        before: String,
    },
    /// A format version that this release does not know.
    #[error("is no format that this release reads, which is testimony/1")]
    UnknownFormat,
    /// A line that is not as the interchange format has it.
    #[error("{message}")]
    Malformed {
        /// The reason.
        message: String,
    },
    /// Reading or writing itself failed.
    #[error("{message}")]
    Io {
        /// Whether reading or writing failed, and what the system said.
        message: String,
    },
}

#[allow(clippy::too_many_lines, reason = "tables, with a line for each kind")]
impl ErrorKind {
    fn code(&self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::TooLong { .. } => "too-long",
            Self::TooMany { .. } => "too-many",
            Self::NotAnId => "not-an-id",
            Self::NotOneOf { .. } => "not-one-of",
            Self::PercentUnit => "percent-unit",
            Self::NameTaken { .. } => "name-taken",
            Self::HasOtherNames => "has-other-names",
            Self::NamedTooLate => "named-too-late",
            Self::NoOtherName => "no-other-name",
            Self::NotANumber => "not-a-number",
            Self::TooPrecise => "too-precise",
            Self::OutOfRange => "out-of-range",
            Self::NotAnInteger(_) => "not-an-integer",
            Self::TooManyDigits { .. } => "too-many-digits",
            Self::DivisionByZero => "division-by-zero",
            Self::UnitsDiffer { .. } => "units-differ",
            Self::NotAProbability => "not-a-probability",
            Self::NotAShare => "not-a-share",
            Self::BoundsReversed => "bounds-reversed",
            Self::OutsideRange { .. } => "outside-range",
            Self::NotAStep { .. } => "not-a-step",
            Self::NoValue => "no-value",
            Self::VagueRatio => "vague-ratio",
            Self::NotAFigure => "not-a-figure",
            Self::AmbiguousNumber => "ambiguous-number",
            Self::UnknownHedge => "unknown-hedge",
            Self::Relative => "relative",
            Self::NotAPeriod => "not-a-period",
            Self::DayOrderUnknown => "day-order-unknown",
            Self::NoYear => "no-year",
            Self::ShortYear => "short-year",
            Self::Season => "season",
            Self::Century => "century",
            Self::SetOfDates => "set-of-dates",
            Self::OtherWeekday { .. } => "other-weekday",
            Self::YearOutOfRange => "year-out-of-range",
            Self::NoSuchDate => "no-such-date",
            Self::EndsBeforeItStarts => "ends-before-it-starts",
            Self::NotATime => "not-a-time",
            Self::Missing { .. } => "missing",
            Self::UnknownSource => "unknown-source",
            Self::Redefined => "redefined",
            Self::DefinedTooLate => "defined-too-late",
            Self::DefinedInOne => "defined-in-one",
            Self::PoliciesDiffer => "policies-differ",
            Self::PolicyOfFile { .. } => "policy-of-file",
            Self::NamedTwice => "named-twice",
            Self::TooDeep { .. } => "too-deep",
            Self::SameTopic => "same-topic",
            Self::NumberTaken => "number-taken",
            Self::UnknownClaim => "unknown-claim",
            Self::UnknownLabel => "unknown-label",
            Self::NotALabel => "not-a-label",
            Self::RefusedClaim => "refused-claim",
            Self::NotEntitled => "not-entitled",
            Self::OwnsItself => "owns-itself",
            Self::AmendedTwice => "amended-twice",
            Self::AlreadyRetracted => "already-retracted",
            Self::TimeGoesBack { .. } => "time-goes-back",
            Self::UnknownFormat => "unknown-format",
            Self::Malformed { .. } => "malformed",
            Self::Io { .. } => "io",
        }
    }

    fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::PercentUnit => {
                "write the share as a number with the unit \"ratio\": {\"exactly\":\"0.3\",\"unit\":\"ratio\"} for 30%"
            }
            Self::NameTaken { .. } | Self::HasOtherNames => {
                "a name belongs to one thing, and an alias has no alias: give all other names to the first name"
            }
            Self::NamedTooLate => {
                "define other names before the first claim that uses them; two subjects in use are joined by an amendment"
            }
            Self::NoOtherName => {
                "a ratio has one name, and what happened to those counted (killed, missing) is no unit"
            }
            Self::AmbiguousNumber => {
                "write 1,500 or 1500 for thousands, 1.5 or 1.5000 for decimal places, and a word for a letter: 4 million"
            }
            Self::UnknownHedge => {
                "write one of the hedges of a figure: \"fewer than 500\", \"about 500\", \"30 or more\""
            }
            Self::Relative => "write the total that it comes to, or leave it out",
            Self::NotANumber => "write digits, with an optional sign, fraction and exponent: -1250, 0.5, 1.2e6",
            Self::TooPrecise | Self::OutOfRange => {
                "numbers are exact, with at most 28 significant digits and 28 decimal places; give fewer"
            }
            Self::DivisionByZero => "divide by a figure whose values leave out 0, such as \"more than 0\"",
            Self::UnitsDiffer { .. } => "give both figures the same unit, or leave it out of one",
            Self::NotAFigure => {
                "write a number with or without a hedge and a unit, such as over 4,000 troops or about 30%"
            }
            Self::BoundsReversed => "give the smaller number first",
            Self::OutsideRange { .. } => "give a best estimate from the low end to the high end, or leave it out",
            Self::NotAStep { .. } => {
                "\"4.7 million\" is 4700000 rounded to 100000, and \"27%\" is 0.27 rounded to 0.01"
            }
            Self::NotAPeriod => {
                "write 2025, 2025-03, 2025-03-15, a span such as 2025-01/2025-03, .. for an open end, and ? ~ or % after a date in doubt"
            }
            Self::DayOrderUnknown => "write 2024-06-05 or 5 June 2024, or name the order (`Period::read_with`)",
            Self::NoYear => "write the year too: 5 June 2024, June 2024",
            Self::ShortYear => "write all four digits of the year: 2024",
            Self::Season => "write the months, such as 2025-03/2025-05",
            Self::Century => "write the years, such as 1801/1900, 1800/1899 or 1900/1909",
            Self::SetOfDates => "write one claim for each, or the span from the first to the last, such as 1667/1668",
            Self::OtherWeekday { .. } => "leave out the day of the week, or mend the date",
            Self::NoSuchDate => "months go from 01 to 12, and days to the last of the month in that year",
            Self::NotATime => "write 2025-03-27T09:00:00Z, or with an offset such as +09:00",
            Self::UnknownSource => "define a source before anything that names it",
            Self::Redefined => {
                "give the second one a name of its own, or leave it out; what is on record of a source is changed by an amendment: {\"amendment\":{\"source\":\"…\",…}}"
            }
            Self::DefinedTooLate => "define a predicate before the first claim that uses it, or never",
            Self::DefinedInOne => "define it before the first claim in both: the claims mean different things now",
            Self::PoliciesDiffer => "read the one again under the policy of the other, with `Ledger::extend`",
            Self::PolicyOfFile { .. } => "leave the choice to the file, or take `policy` out of its first line",
            Self::NamedTwice => "name the origin once, and each relay once, the one nearest the origin first",
            Self::UnknownClaim | Self::RefusedClaim => {
                "claims are numbered from 0 in their order: those of a file with the refused and repeated ones, those of a ledger without"
            }
            Self::NotALabel => "a label has 32 hexadecimal digits in lower case",
            Self::UnknownLabel => {
                "the label is of the claim's canonical line, without its citations, credibility and note"
            }
            Self::NotEntitled => "record what it says as a claim of its own, or leave out `by` to mend the record",
            Self::OwnsItself => "amend the owner first, so that no source is a part of itself",
            Self::AmendedTwice => {
                "amend one of the two so that they are the same, or give the amendments the times at which they were recorded"
            }
            Self::UnknownFormat => "a newer release of testimony may read it",
            _ => return None,
        })
    }
}
