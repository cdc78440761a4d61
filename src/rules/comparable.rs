//! What a relation looks at in a claim: its stance, its values and its times, as its predicate and the policy have them.

use std::borrow::Cow;

use super::timing::{Side, Timing, timing};
use crate::claim::{Claim, Stance, Value};
use crate::date::Days;
use crate::error::Error;
use crate::figure::FigureParts;
use crate::names::{self, Unit};
use crate::number::{Interval, Number};
use crate::period::Period;
use crate::policy::Policy;
use crate::time::{Instants, Moment};
use crate::topic::{Measure, Predicate};

/// What a relation looks at in a claim, as its predicate and the policy have it.
#[derive(Clone, Debug)]
pub(crate) struct Comparable<'a> {
    pub(super) stance: Stance,
    pub(super) value: Option<ComparedValue<'a>>,
    /// The days it is about, with the days on which it was stated standing in where the rules let them.
    pub(super) days: Option<Days>,
    /// The days that it says it is about.
    pub(super) as_of: Option<Days>,
    stated: Option<Instants>,
}

/// A value as it is compared.
#[derive(Clone, Debug)]
pub(crate) enum ComparedValue<'a> {
    Figure(Extent<'a>),
    /// A normal text.
    Text(Cow<'a, str>),
    Period(Days),
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
    /// What the figure allows under the predicate, which may lend it a unit and say that it is no count.
    pub(crate) fn new(figure: FigureParts<'a>, predicate: &'a Predicate, policy: &Policy) -> Result<Self, Error> {
        Self::in_unit(figure, names::unit_of(figure.unit, predicate.unit()), predicate, policy)
    }

    /// The same in a unit that was named before.
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

    /// The same with the values that the figure would allow if all that was chosen about it were twice as wide
    /// ([`FigureParts::doubtful_extent`]): a conflict that vanishes between such values is possible, and not certain.
    #[allow(dead_code, reason = "certainty comes to rest on it")]
    pub(crate) fn doubtful(&self, figure: FigureParts<'_>, policy: &Policy) -> Result<Self, Error> {
        let ratio = self.unit.as_ref().is_some_and(Unit::is_ratio);
        Ok(Self { values: figure.doubtful_extent(policy, ratio, self.count)?, ..self.clone() })
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

    /// What a running total says of a later time: at least its least value.
    pub(super) fn upward(&self) -> Self {
        Self { values: self.values.upward(), chosen: (self.chosen.0, false), ..self.clone() }
    }

    /// What a running total says of an earlier time: at most its greatest value.
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
        let value = match claim.value() {
            Some(Value::Figure(figure)) => Some(ComparedValue::Figure(
                Extent::new(figure.parts(), predicate, policy).map_err(|error| error.at("value.figure"))?,
            )),
            Some(Value::Text(text)) => Some(ComparedValue::Text(predicate.compared(text))),
            Some(Value::Period(period)) => Some(ComparedValue::Period(period.to_days())),
            None => None,
        };
        Ok(Self::from_parts(claim.stance(), value, claim.as_of(), claim.stated(), predicate.measure()))
    }

    pub(crate) fn from_parts(
        stance: Stance,
        value: Option<ComparedValue<'a>>,
        as_of: Option<Period>,
        stated: Option<Moment>,
        measure: Measure,
    ) -> Self {
        let as_of = as_of.map(Period::to_days);
        let stands_in = measure == Measure::Cumulative
            && stance == Stance::Affirms
            && matches!(value, Some(ComparedValue::Figure(_)));
        let days = as_of.or_else(|| stated.filter(|_| stands_in).map(Moment::to_days));
        Self { stance, value, days, as_of, stated: stated.map(Moment::to_instants) }
    }

    pub(crate) fn stance(&self) -> Stance {
        self.stance
    }

    /// What it affirms or denies, if it does.
    pub(crate) fn committed(&self) -> Option<&ComparedValue<'a>> {
        self.value().filter(|_| matches!(self.stance, Stance::Affirms | Stance::Denies))
    }

    /// The days that it says it is about.
    pub(crate) fn as_of(&self) -> Option<Days> {
        self.as_of
    }

    /// When it says that it was said.
    pub(crate) fn stated(&self) -> Option<Instants> {
        self.stated
    }

    /// What it puts forward, whatever its stance.
    pub(crate) fn value(&self) -> Option<&ComparedValue<'a>> {
        self.value.as_ref()
    }

    /// The days it is about, with the days on which it was stated standing in where the rules let them.
    pub(crate) fn days(&self) -> Option<Days> {
        self.days
    }

    /// Whether it is about the same time as the given one, as far as is known.
    pub(crate) fn is_together_with(&self, days: Option<Days>, predicate: &Predicate, policy: &Policy) -> bool {
        predicate.measure() == Measure::Fixed || timing(self.days, days, policy).0 != Timing::Later
    }

    /// The side that is wholly said after the other, where that is known.
    pub(super) fn said_later(&self, other: &Self) -> Option<Side> {
        let (first, second) = match (self.stated, other.stated) {
            (Some(first), Some(second)) => (first, second),
            (None, None) => (self.as_of?.into(), other.as_of?.into()),
            _ => return None,
        };
        if first.is_after(second) {
            Some(Side::First)
        } else if second.is_after(first) {
            Some(Side::Second)
        } else {
            None
        }
    }
}
