//! Is a clash certain? The reasons that make it only possible are listed, so that they can be told.

use super::comparable::{Comparable, Taken};
use super::fit::{Clash, Setting, clashes_however_wide};
use super::timing::{Side, Timing};
use crate::policy::Policy;
use crate::topic::Measure;

/// A reason why a clash is possible and not certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Uncertainty {
    /// The two are about times that overlap, or one of them gives no time that it is about.
    Times,
    /// Both are about the same several days, in which both values may have been true.
    SeveralDays,
    /// The time that this side is about is marked as approximate, uncertain or unspecified.
    QualifiedTime(Side),
    /// The time that is the value of this side is marked so.
    QualifiedValue(Side),
    /// Only this side says at which instant of the day it counted.
    OneInstant(Side),
    /// The claim on this side does not say what time it is about: the day on which it was stated stands in.
    StatedStandsIn(Side),
    /// Only this side says what exactly it counts.
    OneScope(Side),
    /// The claim on this side is a forecast.
    Forecast(Side),
    /// The claim on this side only calls its value unlikely.
    Doubted(Side),
    /// Both could be true if every width that somebody chose were twice as wide, and each number that ends in noughts a
    /// rounded one.
    Widths,
}

/// A set of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Uncertainties(u32);

/// All of them, in the order in which they are told; each is the bit of its place.
const ALL: [Uncertainty; 17] = {
    use Side::{First, Second};
    use Uncertainty as U;
    [
        U::Times,
        U::SeveralDays,
        U::QualifiedTime(First),
        U::QualifiedTime(Second),
        U::QualifiedValue(First),
        U::QualifiedValue(Second),
        U::OneInstant(First),
        U::OneInstant(Second),
        U::StatedStandsIn(First),
        U::StatedStandsIn(Second),
        U::OneScope(First),
        U::OneScope(Second),
        U::Forecast(First),
        U::Forecast(Second),
        U::Doubted(First),
        U::Doubted(Second),
        U::Widths,
    ]
};

impl Uncertainties {
    pub(super) fn iter(self) -> impl Iterator<Item = Uncertainty> {
        ALL.into_iter().enumerate().filter(move |(bit, _)| self.0 & (1 << bit) != 0).map(|(_, one)| one)
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The reasons with the sides exchanged.
    pub(super) fn mirrored(self) -> Self {
        self.iter().map(Uncertainty::mirrored).collect()
    }
}

impl FromIterator<Uncertainty> for Uncertainties {
    fn from_iter<I: IntoIterator<Item = Uncertainty>>(all: I) -> Self {
        let mut bits = 0;
        for one in all {
            if let Some(place) = ALL.iter().position(|known| *known == one) {
                bits |= 1 << place;
            }
        }
        Self(bits)
    }
}

impl Uncertainty {
    fn mirrored(self) -> Self {
        match self {
            Self::QualifiedTime(side) => Self::QualifiedTime(side.other()),
            Self::QualifiedValue(side) => Self::QualifiedValue(side.other()),
            Self::OneInstant(side) => Self::OneInstant(side.other()),
            Self::StatedStandsIn(side) => Self::StatedStandsIn(side.other()),
            Self::OneScope(side) => Self::OneScope(side.other()),
            Self::Forecast(side) => Self::Forecast(side.other()),
            Self::Doubted(side) => Self::Doubted(side.other()),
            Self::Times | Self::SeveralDays | Self::Widths => self,
        }
    }
}

/// The reasons why the clash of two claims is possible and not certain; none where one origin disowns the other claim.
pub(super) fn uncertainties(
    first: &Comparable<'_>,
    second: &Comparable<'_>,
    clash: Clash,
    setting: Setting<'_>,
    policy: &Policy,
) -> Uncertainties {
    if matches!(clash, Clash::Disowned(_)) {
        return Uncertainties::default();
    }
    let claims = [first, second];
    let measure = setting.predicate.measure();
    let fixed = measure == Measure::Fixed;
    let mut found = Vec::new();
    if !fixed {
        found.extend(of_times(claims, clash, setting));
    }
    if first.is_total_of_a_day() && second.is_total_of_a_day() && first.days == second.days {
        match claims.map(|claim| claim.instant().is_some()) {
            [true, false] => found.push(Uncertainty::OneInstant(Side::First)),
            [false, true] => found.push(Uncertainty::OneInstant(Side::Second)),
            _ => {}
        }
    }
    match claims.map(|claim| claim.scope.is_some()) {
        [true, false] => found.push(Uncertainty::OneScope(Side::First)),
        [false, true] => found.push(Uncertainty::OneScope(Side::Second)),
        _ => {}
    }
    for (claim, side) in claims.into_iter().zip(Side::BOTH) {
        let own = [
            (!fixed && claim.is_qualified(), Uncertainty::QualifiedTime(side)),
            (claim.has_qualified_value(), Uncertainty::QualifiedValue(side)),
            (claim.is_dated_by_stating(), Uncertainty::StatedStandsIn(side)),
            (claim.is_forecast(measure), Uncertainty::Forecast(side)),
            (claim.taken == Taken::Doubted, Uncertainty::Doubted(side)),
        ];
        found.extend(own.into_iter().filter(|(holds, _)| *holds).map(|(_, one)| one));
    }
    if !clashes_however_wide(first, second, setting, policy) {
        found.push(Uncertainty::Widths);
    }
    found.into_iter().collect()
}

/// The doubt that the days of two claims leave, of a quantity that changes with time.
fn of_times(claims: [&Comparable<'_>; 2], clash: Clash, setting: Setting<'_>) -> Option<Uncertainty> {
    match setting.timing {
        Timing::Later => None,
        Timing::Same => {
            let is_a_day = claims[0].days.is_some_and(|days| days.first == days.last);
            let denied = claims.iter().any(|claim| claim.taken.denies());
            let flow = setting.predicate.measure() == Measure::Flow;
            (!is_a_day && !denied && !flow).then_some(Uncertainty::SeveralDays)
        }
        // Such clashes look at the days already: no two days of the two claims could be reconciled.
        Timing::Overlapping if matches!(clash, Clash::PartAboveWhole(_) | Clash::TotalFell(_)) => None,
        Timing::Overlapping | Timing::Unknown => Some(Uncertainty::Times),
    }
}
