//! A claim as relations look at it: how its stance is taken, its value and its times, under its predicate and the
//! policy.

use std::borrow::Cow;

use super::timing::{SaidAt, Side, Timing, TotalTime, timing, timing_of_totals};
use crate::claim::parts::{Parts, ValueParts};
use crate::claim::{Claim, Stance};
use crate::confidence::{Commitment, Confidence};
use crate::date::Days;
use crate::error::Error;
use crate::figure::FigureParts;
use crate::names::{self, Unit};
use crate::number::{Interval, Number};
use crate::period::Period;
use crate::policy::Policy;
use crate::text;
use crate::time::Moment;
use crate::topic::{Measure, Predicate};

/// How the rules take a stance, together with how likely the origin called the value.
///
/// Decided in one place for all rules: whoever calls a thing almost certain affirms it, whoever calls it almost
/// impossible denies it, and whoever calls it as likely as not has committed to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Taken {
    /// Says that it is so.
    Affirmed,
    /// Says that it is not so.
    Denied,
    /// Puts it forward as unlikely, at most 45 %: a denial that makes no conflict certain.
    Doubted,
    /// Raises it as possible: in so many words, or by calling it neither likely nor unlikely.
    Suggested,
    /// Commits to nothing: declines to say, or denies without calling the denial likely.
    Open,
    /// Says that it never said so.
    Disowned,
}

impl Taken {
    pub(crate) fn new(stance: Stance, confidence: Option<&Confidence>) -> Self {
        let commitment = confidence.map_or(Commitment::AsSaid, Confidence::commitment);
        match (stance, commitment) {
            (Stance::Affirms, Commitment::AsSaid) => Self::Affirmed,
            (Stance::Affirms, Commitment::Doubts) => Self::Doubted,
            (Stance::Affirms, Commitment::Open) | (Stance::Suggests, _) => Self::Suggested,
            (Stance::Denies, Commitment::AsSaid) => Self::Denied,
            (Stance::Denies, Commitment::Doubts | Commitment::Open) | (Stance::Declines, _) => Self::Open,
            (Stance::Disowns, _) => Self::Disowned,
        }
    }

    /// Whether the claim is taken as a denial, which a doubt is.
    #[must_use]
    pub fn denies(self) -> bool {
        matches!(self, Self::Denied | Self::Doubted)
    }

    /// Whether the claim says anything of the value.
    #[must_use]
    pub fn commits(self) -> bool {
        matches!(self, Self::Affirmed | Self::Denied | Self::Doubted)
    }
}

/// A claim as relations look at it, under its predicate and the policy.
#[derive(Clone, Debug)]
pub(crate) struct Comparable<'a> {
    pub(super) taken: Taken,
    pub(super) value: Option<ComparedValue<'a>>,
    /// The value as it was given.
    given: Option<ValueParts<'a>>,
    /// The scope, as it is compared.
    pub(super) scope: Option<Cow<'a, str>>,
    /// Whether somebody passed the claim on.
    pub(super) relayed: bool,
    /// Whether the value is an affirmed running total.
    total: bool,
    /// The days it is about, with the days on which it was stated standing in where the rules let them.
    pub(super) days: Option<Days>,
    /// The days that it says it is about.
    as_of: Option<Days>,
    /// Whether the time that it says it is about is marked as doubtful.
    qualified: bool,
    stated: Option<Moment>,
    said: SaidAt,
}

/// The parts of a claim that relations look at, wherever they are held.
#[derive(Clone, Debug)]
pub(crate) struct Saying<'a> {
    pub(crate) value: Option<ValueParts<'a>>,
    pub(crate) stance: Stance,
    pub(crate) confidence: Option<&'a Confidence>,
    /// The scope, as it is compared.
    pub(crate) scope: Option<Cow<'a, str>>,
    pub(crate) relayed: bool,
    pub(crate) as_of: Option<Period>,
    pub(crate) stated: Option<Moment>,
}

impl<'a, I> From<&Parts<'a, I>> for Saying<'a> {
    fn from(claim: &Parts<'a, I>) -> Self {
        Self {
            value: claim.value,
            stance: claim.stance,
            confidence: claim.details.confidence.as_ref(),
            scope: claim.scope.map(text::normal),
            relayed: !claim.relays.is_empty(),
            as_of: claim.as_of,
            stated: claim.details.stated,
        }
    }
}

impl Saying<'_> {
    /// Whether the value is an affirmed running total, where the predicate has this measure.
    fn is_total(&self, measure: Measure) -> bool {
        measure == Measure::Cumulative
            && Taken::new(self.stance, self.confidence) == Taken::Affirmed
            && matches!(self.value, Some(ValueParts::Figure(_)))
    }

    /// The days that the claim is about ([`Comparable::days`]), for whoever needs nothing else of it.
    pub(crate) fn days(&self, measure: Measure) -> Option<Days> {
        days_about(self.as_of.map(Period::to_days), self.stated.filter(|_| self.is_total(measure)))
    }
}

/// The days that a claim is about; those on which a running total was stated stand in where it gives none.
fn days_about(as_of: Option<Days>, total_stated: Option<Moment>) -> Option<Days> {
    as_of.or_else(|| total_stated.map(Moment::to_days))
}

/// A value as it is compared.
#[derive(Clone, Debug)]
pub(crate) enum ComparedValue<'a> {
    Figure(Extent<'a>),
    /// A normal text.
    Text(Cow<'a, str>),
    Period(Days),
}

impl ComparedValue<'_> {
    /// From where to short of where it lies in an order of all numbers: two values that share one meet there. An end that
    /// it stops short of is taken in, so that others may meet too.
    pub(crate) fn reach(&self) -> [i128; 2] {
        match self {
            Self::Figure(extent) => {
                let [low, high] = extent.values.places();
                [low.map_or(i128::MIN, |(place, _)| place), high.map_or(i128::MAX, |(place, _)| place + 1)]
            }
            Self::Period(days) => [days.first.into(), i128::from(days.last) + 1],
            // Texts are equal or not.
            Self::Text(_) => [i128::MIN, i128::MAX],
        }
    }
}

/// The values of a figure, and what decides how they are compared.
#[derive(Clone, Debug)]
pub(crate) struct Extent<'a> {
    pub(crate) values: Interval,
    pub(crate) count: bool,
    pub(crate) unit: Option<Unit<'a>>,
    pub(super) chosen: (bool, bool),
}

impl<'a> Extent<'a> {
    /// The extent of a figure under its predicate, which may lend it a unit and say that it is no count.
    pub(crate) fn new(figure: FigureParts<'a>, predicate: &'a Predicate, policy: &Policy) -> Result<Self, Error> {
        Self::in_unit(figure, names::unit_of(figure.unit, predicate.unit()), predicate, policy)
    }

    /// The extent of a figure whose unit was looked up before.
    pub(crate) fn in_unit(
        figure: FigureParts<'_>,
        unit: Option<Unit<'a>>,
        predicate: &Predicate,
        policy: &Policy,
    ) -> Result<Self, Error> {
        let ratio = unit.as_ref().is_some_and(Unit::is_ratio);
        let counted = unit.as_ref().is_none_or(Unit::is_counted);
        let count = counted && !predicate.is_continuous() && figure.is_of_whole_numbers();
        let values = figure.extent(policy, ratio, count)?;
        Ok(Self { values, count, unit, chosen: figure.chosen_ends(policy) })
    }

    /// The extent with the values that the figure would allow if all that was chosen about it were twice as wide
    /// ([`FigureParts::doubtful_extent`]): a conflict that vanishes between such values is possible, and not certain.
    pub(super) fn doubtful(&self, figure: Option<FigureParts<'_>>, policy: &Policy) -> Self {
        let ratio = self.unit.as_ref().is_some_and(Unit::is_ratio);
        let values = figure.and_then(|figure| figure.doubtful_extent(policy, ratio, self.count).ok());
        Self { values: values.unwrap_or(self.values), ..self.clone() }
    }

    pub(crate) fn is_comparable_with(&self, other: &Self) -> bool {
        match (&self.unit, &other.unit) {
            (Some(a), Some(b)) => a == b,
            (None, None) => true,
            _ => self.count && other.count,
        }
    }

    pub(crate) fn is_never_negative(&self) -> bool {
        // The values of a count are whole: "more than −1" starts at 0.
        let values = self.values.whole().filter(|_| self.count).unwrap_or(self.values);
        values.low().is_some_and(|low| !low.value().is_negative())
    }

    /// The extent of a running total at a later time: at least its least value.
    pub(super) fn upward(&self) -> Self {
        Self { values: self.values.upward(), chosen: (self.chosen.0, false), ..self.clone() }
    }

    /// The extent of a running total at an earlier time: at most its greatest value.
    pub(super) fn downward(&self) -> Self {
        let floor = (self.count && self.is_never_negative()).then_some(Number::ZERO);
        Self { values: self.values.downward(floor), chosen: (false, self.chosen.1), ..self.clone() }
    }

    /// The two sets as they are compared: whole numbers if both are counts, else as they are.
    pub(super) fn as_compared(&self, other: &Self) -> (Interval, Interval) {
        let whole = self.count && other.count;
        let set = |extent: &Self| extent.values.whole().filter(|_| whole).unwrap_or(extent.values);
        (set(self), set(other))
    }
}

impl<'a> Comparable<'a> {
    pub(crate) fn new(claim: &'a Claim, predicate: &'a Predicate, policy: &Policy) -> Result<Self, Error> {
        let parts = claim.parts();
        let value = match parts.value {
            Some(ValueParts::Figure(figure)) => Some(ComparedValue::Figure(
                Extent::new(figure, predicate, policy).map_err(|error| error.at("value.figure"))?,
            )),
            Some(ValueParts::Text(text)) => Some(ComparedValue::Text(predicate.compared(text))),
            Some(ValueParts::Period(period)) => Some(ComparedValue::Period(period.to_days())),
            None => None,
        };
        Ok(Self::from_parts((&parts).into(), value, predicate.measure()))
    }

    /// A claim as relations look at it; `value` is its value as it is compared.
    pub(crate) fn from_parts(saying: Saying<'a>, value: Option<ComparedValue<'a>>, measure: Measure) -> Self {
        let total = saying.is_total(measure);
        let Saying { value: given, stance, confidence, scope, relayed, as_of, stated } = saying;
        let taken = Taken::new(stance, confidence);
        let qualified = as_of.is_some_and(|as_of| as_of.is_qualified());
        let as_of = as_of.map(Period::to_days);
        let days = days_about(as_of, stated.filter(|_| total));
        let said = SaidAt::new(stated, as_of);
        Self { taken, value, given, scope, relayed, total, days, as_of, qualified, stated, said }
    }

    /// How the rules take the stance.
    pub(crate) fn taken(&self) -> Taken {
        self.taken
    }

    /// The value that is affirmed or denied, if one is.
    pub(crate) fn committed(&self) -> Option<&ComparedValue<'a>> {
        self.value().filter(|_| self.taken.commits())
    }

    /// The value that is put forward, whatever the stance.
    pub(crate) fn value(&self) -> Option<&ComparedValue<'a>> {
        self.value.as_ref()
    }

    /// The scope, as it is compared.
    pub(crate) fn scope(&self) -> Option<&Cow<'a, str>> {
        self.scope.as_ref()
    }

    /// When the claim was said.
    pub(crate) fn said(&self) -> SaidAt {
        self.said
    }

    /// The days that it says it is about.
    pub(crate) fn as_of(&self) -> Option<Days> {
        self.as_of
    }

    /// When the claim says that it was said.
    pub(crate) fn stated(&self) -> Option<Moment> {
        self.stated
    }

    /// The days it is about, with the days on which it was stated standing in where the rules let them.
    pub(crate) fn days(&self) -> Option<Days> {
        self.days
    }

    /// Whether the claim may be one that its origin never made: it came through others, and it affirms or suggests.
    pub(crate) fn is_attributed(&self) -> bool {
        self.relayed && matches!(self.taken, Taken::Affirmed | Taken::Suggested)
    }

    /// The parts of the figure, if the value is one.
    pub(super) fn figure(&self) -> Option<FigureParts<'a>> {
        if let Some(ValueParts::Figure(figure)) = self.given { Some(figure) } else { None }
    }

    /// Whether the value is a time that is marked as doubtful.
    pub(super) fn has_qualified_value(&self) -> bool {
        matches!(self.given, Some(ValueParts::Period(period)) if period.is_qualified())
    }

    /// Whether the time that it says it is about is marked as doubtful.
    pub(super) fn is_qualified(&self) -> bool {
        self.qualified
    }

    /// Whether the value is an affirmed running total.
    pub(crate) fn is_total(&self) -> bool {
        self.total
    }

    /// Whether the claim is a running total about one day, given without a mark of doubt.
    pub(super) fn is_total_of_a_day(&self) -> bool {
        let is_a_day = self.days.is_some_and(|days| days.first == days.last);
        let qualified = match (self.as_of, self.stated) {
            (Some(_), _) => self.qualified,
            (None, Some(Moment::Period(stated))) => stated.is_qualified(),
            (None, _) => false,
        };
        self.total && is_a_day && !qualified
    }

    /// The instant of its day that a running total is as of, where it was stated at one.
    pub(crate) fn instant(&self) -> Option<i128> {
        let stated = self.stated.filter(|stated| matches!(stated, Moment::Time(_)))?;
        (self.is_total_of_a_day() && self.days == Some(stated.to_days())).then_some(self.said.first)
    }

    /// Whether the day on which it was stated stands in for the one that it is about.
    pub(super) fn is_dated_by_stating(&self) -> bool {
        self.days.is_some() && self.as_of.is_none()
    }

    /// Whether the claim is about days more than one day after that on which it was stated; of an amount within a
    /// period the last day counts, where there is one.
    pub(crate) fn is_forecast(&self, measure: Measure) -> bool {
        let (Some(as_of), Some(stated)) = (self.as_of(), self.stated) else {
            return false;
        };
        let day = if measure == Measure::Flow && as_of.last != Days::NO_LAST { as_of.last } else { as_of.first };
        i64::from(day) > i64::from(stated.to_days().last) + 1
    }

    /// How the time of the claim lies to that of another, and which of the two is later.
    pub(crate) fn timing(&self, other: &Self, policy: &Policy) -> (Timing, Option<Side>) {
        if self.total && other.total {
            let time = |total: &Self| TotalTime { days: total.days, instant: total.instant() };
            return timing_of_totals(&time(self), &time(other), policy);
        }
        timing(self.days, other.days, policy)
    }

    /// Whether the claim goes together in time with the given days, as far as is known.
    pub(crate) fn is_together_with(&self, days: Option<Days>, predicate: &Predicate, policy: &Policy) -> bool {
        predicate.measure() == Measure::Fixed || timing(self.days, days, policy).0 != Timing::Later
    }

    /// The side that is wholly said after the other, where that is known.
    pub(super) fn said_later(&self, other: &Self) -> Option<Side> {
        if other.said.is_before(self.said) {
            Some(Side::First)
        } else if self.said.is_before(other.said) {
            Some(Side::Second)
        } else {
            None
        }
    }
}
