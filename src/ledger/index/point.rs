//! Claims as points among those on their topic: their values, their days, what they are compared as, and when they were
//! said. Where those lie that a claim clashes with is said in `boxes`.

use std::ops::RangeInclusive;

use super::rtree::{Choice, Point, Region};
use crate::date::Days;
use crate::number::{Interval, Number};
use crate::rules::comparable::{Comparable, ComparedValue, Extent, Taken};
use crate::rules::timing::SaidAt;

/// A claim as a point among those on its topic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ledger) struct ClaimPoint {
    /// The least and the greatest value.
    pub(super) values: [i128; 2],
    /// The first and the last day that it is about.
    pub(super) days: [i32; 2],
    /// The lane: what the claim is compared as; see [`lane`].
    pub(super) lane: u32,
    pub(in crate::ledger) claim: u32,
}

/// A claim as a point among those of its origin: also when it was said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ledger) struct TimedPoint {
    pub(in crate::ledger) point: ClaimPoint,
    pub(in crate::ledger) said: SaidAt,
}

/// Below and above the place of every number, day and time.
pub(super) const LEAST: i128 = -(1 << 106);
pub(super) const MOST: i128 = 1 << 106;
/// The days of a claim that gives none: together with all others. Days that are known lie between.
pub(super) const NO_DAYS: [i32; 2] = [i32::MIN, i32::MAX];
/// The days of an affirmed running total that gives none. Others may clash with it if they begin after its end or end
/// before its beginning: turned round, an unknown time does both.
pub(super) const NO_DAYS_OF_TOTAL: [i32; 2] = [i32::MAX, i32::MIN];

/// The bits that a lane has for a unit or a text.
pub(in crate::ledger) const ID_BITS: u32 = 28;
/// How many units and texts can be told apart.
pub(in crate::ledger) const MAX_IDS: usize = 1 << ID_BITS;

/// The class of a value: what it is compared as.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Class {
    Count,
    Real,
    /// A running total as of an instant of its day: it is kept apart, since its days do not tell it from others.
    CountAtInstant,
    RealAtInstant,
    Text,
    Period,
    /// Nothing: its origin commits to nothing, or gives no value.
    Silent,
    /// Nothing, and its origin says that it never said what others hand on.
    Disowning,
}

impl Class {
    /// The figures of this class that are as of an instant.
    pub(super) fn at_instants(self) -> Self {
        if self == Self::Count { Self::CountAtInstant } else { Self::RealAtInstant }
    }
}

/// Claims of one class and stance, whose units or texts have these ids, lie next to each other.
pub(super) fn lane(class: Class, denies: bool, ids: &RangeInclusive<u32>) -> RangeInclusive<u32> {
    let base = ((class as u32) << (ID_BITS + 1)) | (u32::from(denies) << ID_BITS);
    base | *ids.start()..=base | *ids.end()
}

/// The classes and stances of some claims.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::ledger) struct Classes(u16);

impl Classes {
    pub(in crate::ledger) fn add(&mut self, point: &ClaimPoint) {
        self.0 |= 1 << (point.lane >> ID_BITS);
    }

    pub(super) fn have(self, lane: u32) -> bool {
        self.0 & (1 << (lane >> ID_BITS)) != 0
    }

    /// Whether one of them disowns something.
    pub(in crate::ledger) fn disown(self) -> bool {
        self.have(*lane(Class::Disowning, false, &(0..=0)).start())
    }
}

impl Point for ClaimPoint {
    // All coordinates but the number of the claim.
    const AXES: usize = 5;

    #[inline]
    fn choose(among: &mut Choice<'_, Self>) {
        for end in 0..2 {
            among.by(|point| point.values[end]);
            among.by(|point| point.days[end]);
        }
        among.by(|point| point.lane);
        among.by(|point| point.claim);
    }

    #[inline]
    fn is_at_most(&self, other: &Self) -> bool {
        self.lane <= other.lane
            && self.days[0] <= other.days[0]
            && self.days[1] <= other.days[1]
            && self.values[0] <= other.values[0]
            && self.values[1] <= other.values[1]
            && self.claim <= other.claim
    }

    #[inline]
    fn lowered(&self, other: &Self) -> Self {
        Self {
            values: [self.values[0].min(other.values[0]), self.values[1].min(other.values[1])],
            days: [self.days[0].min(other.days[0]), self.days[1].min(other.days[1])],
            lane: self.lane.min(other.lane),
            claim: self.claim.min(other.claim),
        }
    }

    #[inline]
    fn raised(&self, other: &Self) -> Self {
        Self {
            values: [self.values[0].max(other.values[0]), self.values[1].max(other.values[1])],
            days: [self.days[0].max(other.days[0]), self.days[1].max(other.days[1])],
            lane: self.lane.max(other.lane),
            claim: self.claim.max(other.claim),
        }
    }

    fn place(&self, axis: usize) -> f64 {
        match axis {
            0 | 1 => place(self.values[axis]),
            2 | 3 => self.days[axis - 2].into(),
            _ => self.lane.into(),
        }
    }
}

impl Point for TimedPoint {
    const AXES: usize = ClaimPoint::AXES + 2;

    fn choose(among: &mut Choice<'_, Self>) {
        for end in 0..2 {
            among.by(|word| word.said.ends()[end]);
            among.by(|word| word.point.values[end]);
            among.by(|word| word.point.days[end]);
        }
        among.by(|word| word.point.lane);
        among.by(|word| word.point.claim);
    }

    #[inline]
    fn is_at_most(&self, other: &Self) -> bool {
        self.point.is_at_most(&other.point) && self.said.first <= other.said.first && self.said.last <= other.said.last
    }

    #[inline]
    fn lowered(&self, other: &Self) -> Self {
        let said = SaidAt { first: self.said.first.min(other.said.first), last: self.said.last.min(other.said.last) };
        Self { point: self.point.lowered(&other.point), said }
    }

    #[inline]
    fn raised(&self, other: &Self) -> Self {
        let said = SaidAt { first: self.said.first.max(other.said.first), last: self.said.last.max(other.said.last) };
        Self { point: self.point.raised(&other.point), said }
    }

    fn place(&self, axis: usize) -> f64 {
        axis.checked_sub(ClaimPoint::AXES).map_or_else(|| self.point.place(axis), |end| place(self.said.ends()[end]))
    }
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "about right, and below 2⁶³")]
fn place(value: i128) -> f64 {
    (value >> 44) as i64 as f64
}

impl ClaimPoint {
    /// The point of a claim; `id` stands for its unit or text as it is compared, 0 for none.
    pub(in crate::ledger) fn new(claim: u32, reading: &Comparable<'_>, id: u32) -> Self {
        let (class, values) = match reading.committed() {
            Some(value) => placed(value, reading.instant().is_some()),
            None if reading.taken() == Taken::Disowned => (Class::Disowning, [0, 0]),
            None => (Class::Silent, [0, 0]),
        };
        let lane = *lane(class, reading.taken().denies(), &(id..=id)).start();
        let unknown = if reading.is_total() { NO_DAYS_OF_TOTAL } else { NO_DAYS };
        Self { values, days: reading.days().map_or(unknown, clamped), lane, claim }
    }

    /// Where the value lies that a claim puts forward, whatever its stance: what may be disowned, and what disowns it.
    pub(in crate::ledger) fn of_value(claim: u32, reading: &Comparable<'_>, id: u32) -> Self {
        let (class, values) = reading.value().map_or((Class::Silent, [0, 0]), |value| placed(value, false));
        Self { values, days: NO_DAYS, lane: *lane(class, false, &(id..=id)).start(), claim }
    }

    /// The number that stands for the text, if there is one that is compared.
    pub(in crate::ledger) fn text(&self) -> Option<u32> {
        self.is_of(Class::Text).then_some(self.lane & last_id())
    }

    fn is_of(&self, class: Class) -> bool {
        self.lane >> (ID_BITS + 1) == class as u32
    }

    /// Whether anything can clash with the value: the claim affirms or denies one.
    pub(in crate::ledger) fn can_clash(&self) -> bool {
        !self.is_of(Class::Silent) && !self.is_of(Class::Disowning)
    }

    /// Whether the claim is a running total as of an instant.
    pub(in crate::ledger) fn is_at_instant(&self) -> bool {
        self.is_of(Class::CountAtInstant) || self.is_of(Class::RealAtInstant)
    }

    /// Whether the claim has the same values as another, compared as the same.
    pub(in crate::ledger) fn is_like(&self, other: &Self) -> bool {
        self.values == other.values && self.lane == other.lane
    }

    /// Whether the claim is also about the same days, and so lies where the other does.
    pub(in crate::ledger) fn is_beside(&self, other: &Self) -> bool {
        self.is_like(other) && self.days == other.days
    }
}

impl Region<TimedPoint> {
    /// The region without the times of saying.
    pub(in crate::ledger) fn points(&self) -> Region<ClaimPoint> {
        Region { min: self.min.point, max: self.max.point }
    }

    /// Whether the points in the region are running totals as of instants.
    pub(in crate::ledger) fn is_at_instants(&self) -> bool {
        self.min.point.is_at_instant()
    }
}

/// The class of a value, and its least and greatest place.
fn placed(value: &ComparedValue<'_>, at_instant: bool) -> (Class, [i128; 2]) {
    match value {
        ComparedValue::Text(_) => (Class::Text, [0, 0]),
        ComparedValue::Period(days) => (Class::Period, [days.first, days.last].map(i128::from)),
        ComparedValue::Figure(extent) if at_instant => (class(extent).at_instants(), ends(&extent.values)),
        ComparedValue::Figure(extent) => (class(extent), ends(&extent.values)),
    }
}

pub(super) fn class(extent: &Extent<'_>) -> Class {
    if extent.count { Class::Count } else { Class::Real }
}

/// Days that are known, told apart from [`NO_DAYS`] where they have no end.
pub(super) fn clamped(days: Days) -> [i32; 2] {
    [days.first, days.last].map(|day| day.clamp(i32::MIN + 1, i32::MAX - 1))
}

/// The place of a number among all numbers. The places just beside it belong to no number: an open end stops short
/// there.
pub(super) fn at(number: Number) -> i128 {
    number.order()
}

pub(super) fn ends(values: &Interval) -> [i128; 2] {
    let end = |end: Option<(i128, bool)>, without: i128, short: i128| {
        end.map_or(without, |(place, open)| if open { place + short } else { place })
    };
    let [low, high] = values.places();
    [end(low, LEAST, 1), end(high, MOST, -1)]
}

pub(super) fn last_id() -> u32 {
    (1 << ID_BITS) - 1
}
