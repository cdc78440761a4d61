//! Claims in one line each, for the ledgers of tests.

use std::str::FromStr;

use crate::claim::{Claim, Stance, Value};
use crate::entry::ClaimId;
use crate::error::Error;
use crate::figure::Figure;
use crate::ledger::Ledger;
use crate::number::Number;
use crate::period::Period;
use crate::source::{Source, SourceId};
use crate::time::Moment;
use crate::topic::Topic;

/// A claim in the making, by [`affirms`], [`denies`], [`suggests`], [`declines`],
/// [`declines_to_say`] or [`disowns`].
///
/// The builder takes texts where a [`Claim`] takes ids and periods, and panics where one of them is wrong, since in a
/// test there is nobody to hand an error to.
///
/// ```
/// use testimony::testing::{affirms, figure};
/// use testimony::{Claim, Confidence, Likelihood, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let likely: Likelihood = "likely".parse()?;
/// let claim: Claim = affirms("nis", &Topic::new("troops", "casualties"), figure("over 4,000"))
///     .through("lee")
///     .through("korea-herald")
///     .as_of("2025-03")
///     .with(|claim| claim.with_confidence(likely))
///     .into();
/// assert_eq!(claim.to_string(), "nis affirms more than 4,000");
/// assert_eq!(claim.relays().len(), 2);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "it is not on record yet"]
pub struct Said(Claim);

/// The origin says that it is so.
///
/// # Panics
///
/// If the origin is no id: blank, too long, or with white space in it.
#[track_caller]
pub fn affirms(origin: &str, topic: &Topic, value: impl Into<Value>) -> Said {
    said(origin, topic, value, Stance::Affirms)
}

/// The origin says that it is not so.
///
/// # Panics
///
/// As [`affirms`] does.
#[track_caller]
pub fn denies(origin: &str, topic: &Topic, value: impl Into<Value>) -> Said {
    said(origin, topic, value, Stance::Denies)
}

/// The origin raises it as possible and commits to nothing.
///
/// # Panics
///
/// As [`affirms`] does.
#[track_caller]
pub fn suggests(origin: &str, topic: &Topic, value: impl Into<Value>) -> Said {
    said(origin, topic, value, Stance::Suggests)
}

/// The origin neither confirms nor denies it.
///
/// # Panics
///
/// As [`affirms`] does.
#[track_caller]
pub fn declines(origin: &str, topic: &Topic, value: impl Into<Value>) -> Said {
    said(origin, topic, value, Stance::Declines)
}

/// The origin will not answer the question at all.
///
/// # Panics
///
/// As [`affirms`] does.
#[track_caller]
pub fn declines_to_say(origin: &str, topic: &Topic) -> Said {
    Said(Claim::declined(topic.clone(), parsed::<SourceId>(origin)))
}

/// The origin says that it never said this.
///
/// # Panics
///
/// As [`affirms`] does.
#[track_caller]
pub fn disowns(origin: &str, topic: &Topic, value: impl Into<Value>) -> Said {
    said(origin, topic, value, Stance::Disowns)
}

#[track_caller]
fn said(origin: &str, topic: &Topic, value: impl Into<Value>, stance: Stance) -> Said {
    Said(Claim::new(topic.clone(), value, parsed::<SourceId>(origin)).with_stance(stance))
}

impl Said {
    /// Adds one that passed it on; the one nearest the origin is added first.
    ///
    /// # Panics
    ///
    /// If it is no id.
    #[track_caller]
    pub fn through(self, relay: &str) -> Self {
        Self(self.0.with_relay(parsed::<SourceId>(relay)))
    }

    /// Says what exactly is counted, such as `laboratory-confirmed`.
    pub fn counting(self, scope: &str) -> Self {
        Self(self.0.with_scope(scope))
    }

    /// Says of which time the value is said to hold, such as `2025-03`.
    ///
    /// # Panics
    ///
    /// If the text is no [`Period`].
    #[track_caller]
    pub fn as_of(self, period: &str) -> Self {
        Self(self.0.with_as_of(parsed(period)))
    }

    /// Says when the origin said it, such as `2025-03-26`.
    ///
    /// # Panics
    ///
    /// If the text is no [`Moment`].
    #[track_caller]
    pub fn stated(self, moment: &str) -> Self {
        Self(self.0.with_stated(parsed::<Moment>(moment)))
    }

    /// Says anything else that a claim can have.
    pub fn with(self, more: impl FnOnce(Claim) -> Claim) -> Self {
        Self(more(self.0))
    }

    /// Puts it on record, and gives its number.
    ///
    /// Sources that the ledger does not have are added, with their id as their name. One that is to have another name,
    /// to be anonymous or to be part of another is added beforehand, with [`Ledger::add_source`].
    ///
    /// ```
    /// use testimony::testing::{affirms, assert_relation, figure};
    /// use testimony::{Ledger, Measure, Predicate, RelationKind, Topic};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let mut ledger = Ledger::new();
    /// ledger.add_predicate(Predicate::new("deaths").with_measure(Measure::Cumulative))?;
    /// let deaths = Topic::new("market bombing of 3 May", "deaths");
    /// let first = affirms("ministry", &deaths, figure("12")).as_of("2025-05-03").record(&mut ledger);
    /// let second = affirms("ministry", &deaths, figure("44")).as_of("2025-05-04").record(&mut ledger);
    /// assert_relation(&ledger, second, RelationKind::Updates, first);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// If the ledger refuses it.
    #[track_caller]
    pub fn record(self, ledger: &mut Ledger) -> ClaimId {
        let said = self.0.to_string();
        match record(ledger, self.0) {
            Ok(id) => id,
            Err(error) => panic!("“{said}” is refused: {}", advised(&error)),
        }
    }
}

fn record(ledger: &mut Ledger, claim: Claim) -> Result<ClaimId, Error> {
    for id in std::iter::once(claim.origin()).chain(claim.relays()) {
        if ledger.source(id).is_none() {
            ledger.add_source(Source::new(id.as_str(), id.as_str())?)?;
        }
    }
    Ok(ledger.record(claim)?.id())
}

impl From<Claim> for Said {
    fn from(claim: Claim) -> Self {
        Self(claim)
    }
}

impl From<Said> for Claim {
    fn from(said: Said) -> Self {
        said.0
    }
}

/// A new ledger of some claims, with their numbers, so that a test can name them.
///
/// The sources have their ids as names. A ledger that is to have others, a predicate or a policy is made first, and each
/// claim put on record with [`Said::record`].
///
/// ```
/// use testimony::testing::{affirms, assert_relation, figure, ledger_of};
/// use testimony::{RelationKind, Topic};
///
/// let deaths = Topic::new("market bombing of 3 May", "deaths");
/// let (ledger, [ministry, hospital]) = ledger_of([
///     affirms("ministry", &deaths, figure("at least 40")),
///     affirms("hospital", &deaths, figure("44")),
/// ]);
/// assert_relation(&ledger, hospital, RelationKind::Corroborates, ministry);
/// ```
///
/// # Panics
///
/// If one of them is refused.
#[must_use]
#[track_caller]
pub fn ledger_of<const N: usize>(claims: [impl Into<Claim>; N]) -> (Ledger, [ClaimId; N]) {
    let mut ledger = Ledger::new();
    // A loop and no closure, so that a panic names the place of the caller.
    let mut ids = [ClaimId::new(0); N];
    for (id, claim) in ids.iter_mut().zip(claims) {
        *id = Said(claim.into()).record(&mut ledger);
    }
    (ledger, ids)
}

/// A figure in words, such as "over 4,000" or "nearly one-third".
///
/// # Panics
///
/// If the text is no figure.
#[must_use]
#[track_caller]
pub fn figure(phrase: &str) -> Figure {
    parsed(phrase)
}

/// A period, such as `2025-03`.
///
/// # Panics
///
/// If the text is no period.
#[must_use]
#[track_caller]
pub fn period(text: &str) -> Period {
    parsed(text)
}

/// A number with a fraction, such as `0.36`; whole ones need no text.
///
/// # Panics
///
/// If the text is no number.
#[must_use]
#[track_caller]
pub fn number(text: &str) -> Number {
    parsed(text)
}

/// Reads a text of a test, which is wrong if it cannot be read.
#[track_caller]
pub(super) fn parsed<T: FromStr<Err = Error>>(text: &str) -> T {
    match text.parse() {
        Ok(value) => value,
        Err(error) => panic!("{}", advised(&error)),
    }
}

/// An error with what to do about it.
fn advised(error: &Error) -> String {
    match error.help() {
        Some(help) => format!("{error}; {help}"),
        None => error.to_string(),
    }
}
