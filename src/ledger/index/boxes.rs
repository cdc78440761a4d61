//! Where a claim lies among the others on its topic, and where those lie that it clashes with.
//!
//! The rules of `relation.rs` once more, as geometry: which claims cannot be true together with a given one is a union
//! of boxes over the ends of their values, the ends of their days and what they are compared as, so that an index can
//! count and find them without looking at each. What a clash is, is said there; that both agree is tested.

use std::ops::RangeInclusive;

use super::rtree::{Choice, Point, Region};
use crate::claim::Stance;
use crate::date::Days;
use crate::number::{Bound, Interval, Number};
use crate::rules::comparable::{Comparable, ComparedValue, Extent};
use crate::time::Instants;
use crate::topic::{Measure, Predicate};

/// A claim as a point among those on its topic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ledger) struct ClaimPoint {
    /// The least and the greatest value.
    values: [i128; 2],
    /// The first and the last day that it is about.
    days: [i32; 2],
    /// What it is compared as; see [`lane`].
    lane: u32,
    pub(in crate::ledger) claim: u32,
}

/// A claim as a point among those of its origin: also when it was said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ledger) struct TimedPoint {
    pub(in crate::ledger) point: ClaimPoint,
    pub(in crate::ledger) said: SaidAt,
}

/// From when to when a claim was said. What is taken from "as of" is moved away from what is stated, and what is not
/// known at all is endless, so that only what can be ordered is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ledger) struct SaidAt([i128; 2]);

/// Below and above the place of every number, day and time.
const LEAST: i128 = -(1 << 106);
const MOST: i128 = 1 << 106;
/// How far times taken from "as of" are moved; stated ones lie nearer to 0 than half of it.
const AS_OF: i128 = 1 << 100;

/// The days of a claim that does not say: together with all others. Days that are known lie between.
const NO_DAYS: [i32; 2] = [i32::MIN, i32::MAX];

/// The bits that a lane has for a unit or a text.
pub(in crate::ledger) const ID_BITS: u32 = 28;
/// How many units and texts can be told apart.
pub(in crate::ledger) const MAX_IDS: usize = 1 << ID_BITS;

/// What a value is compared as.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Class {
    Count,
    Real,
    Text,
    Period,
    /// Nothing: it is only suggested, or not given.
    Silent,
}

/// Claims of one class and stance, whose units or texts have these ids, lie next to each other.
fn lane(class: Class, denies: bool, ids: &RangeInclusive<u32>) -> RangeInclusive<u32> {
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

    fn have(self, lane: u32) -> bool {
        self.0 & (1 << (lane >> ID_BITS)) != 0
    }
}

impl Point for ClaimPoint {
    // All but the number of the claim.
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
            among.by(|word| word.said.0[end]);
            among.by(|word| word.point.values[end]);
            among.by(|word| word.point.days[end]);
        }
        among.by(|word| word.point.lane);
        among.by(|word| word.point.claim);
    }

    #[inline]
    fn is_at_most(&self, other: &Self) -> bool {
        self.point.is_at_most(&other.point) && self.said.0[0] <= other.said.0[0] && self.said.0[1] <= other.said.0[1]
    }

    #[inline]
    fn lowered(&self, other: &Self) -> Self {
        let said = [self.said.0[0].min(other.said.0[0]), self.said.0[1].min(other.said.0[1])];
        Self { point: self.point.lowered(&other.point), said: SaidAt(said) }
    }

    #[inline]
    fn raised(&self, other: &Self) -> Self {
        let said = [self.said.0[0].max(other.said.0[0]), self.said.0[1].max(other.said.0[1])];
        Self { point: self.point.raised(&other.point), said: SaidAt(said) }
    }

    fn place(&self, axis: usize) -> f64 {
        axis.checked_sub(ClaimPoint::AXES).map_or_else(|| self.point.place(axis), |end| place(self.said.0[end]))
    }
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "about right, and below 2⁶³")]
fn place(value: i128) -> f64 {
    (value >> 44) as i64 as f64
}

impl SaidAt {
    pub(in crate::ledger) fn new(stated: Option<Instants>, as_of: Option<Days>) -> Self {
        let [first, last] = match (stated, as_of) {
            (Some(stated), _) => stated.ends(),
            (None, Some(as_of)) => Instants::from(as_of).ends().map(|end| end + AS_OF),
            (None, None) => [LEAST, MOST],
        };
        Self([first, last])
    }

    /// Whether all of it is known to be before all of the other.
    pub(in crate::ledger) fn is_before(self, other: Self) -> bool {
        other.before().is_some_and(|times| times.min.0[1] <= self.0[1] && self.0[1] <= times.max.0[1])
    }

    /// The times that end before this one begins.
    fn before(self) -> Option<Region<SaidAt>> {
        let from = if self.0[0] > AS_OF / 2 { AS_OF / 2 } else { LEAST };
        let known = self.0[0] > LEAST;
        known.then(|| Region { min: Self([LEAST, from]), max: Self([MOST, self.0[0] - 1]) })
    }

    /// The times that begin after this one ends.
    fn after(self) -> Option<Region<SaidAt>> {
        let to = if self.0[1] < AS_OF / 2 { AS_OF / 2 } else { MOST };
        let known = self.0[1] < MOST;
        known.then(|| Region { min: Self([self.0[1] + 1, LEAST]), max: Self([to, MOST]) })
    }
}

/// Where a claim lies, and where those lie that it clashes with: the boxes do not overlap.
#[derive(Clone, Debug)]
pub(in crate::ledger) struct ClashBoxes {
    pub(in crate::ledger) timed: TimedPoint,
    pub(in crate::ledger) clashing: Vec<Region<ClaimPoint>>,
    /// Whether something that it clashes with may have been said before or after it.
    pub(in crate::ledger) in_order: bool,
}

impl ClashBoxes {
    /// `point` is where the claim of the reading lies; `classes` are those of the claims on its topic, and `opposites`
    /// stand for the opposites of its text.
    pub(in crate::ledger) fn new(
        point: ClaimPoint,
        reading: &Comparable<'_>,
        classes: Classes,
        opposites: &[u32],
        predicate: &Predicate,
        apart: u32,
    ) -> Self {
        let id = point.lane & last_id();
        let days = reading.days().map(|days| clamped(days).map(i64::from));
        let mut boxes = Boxes {
            values: point.values,
            days,
            apart: apart.into(),
            measure: predicate.measure(),
            classes,
            found: Vec::new(),
        };
        let denies = reading.stance() == Stance::Denies;
        match reading.committed() {
            None => {}
            Some(ComparedValue::Text(_)) => boxes.texts(id, denies, opposites, predicate.is_single_valued()),
            Some(ComparedValue::Period(_)) => boxes.periods(denies),
            Some(ComparedValue::Figure(extent)) => boxes.figures(extent, id, denies),
        }
        Self { clashing: boxes.found, ..Self::of_only(point, reading, predicate, apart) }
    }

    /// Where the only claim on a topic lies.
    pub(in crate::ledger) fn of_only(
        point: ClaimPoint,
        reading: &Comparable<'_>,
        predicate: &Predicate,
        apart: u32,
    ) -> Self {
        let said = SaidAt::new(reading.stated(), reading.as_of());
        // Where "as of" stands in for when it was said, what is said before it or after it is about other days.
        let on_other_days = apart > 0 || matches!(predicate.measure(), Measure::Cumulative | Measure::Fixed);
        let in_order =
            point.can_clash() && (reading.stated().is_some() || (reading.as_of().is_some() && on_other_days));
        Self { timed: TimedPoint { point, said }, clashing: Vec::new(), in_order }
    }

    /// Whether it clashes with the claim at this place.
    pub(in crate::ledger) fn clashes_with(&self, point: &ClaimPoint) -> bool {
        self.clashing.iter().any(|region| region.contains(point))
    }

    /// Where those lie that clash with it and were said before it.
    pub(in crate::ledger) fn clashing_before(&self) -> impl Iterator<Item = Region<TimedPoint>> {
        let last = self.timed.point.days[0].saturating_sub(1);
        self.said_in(self.timed.said.before(), move |region| region.max.days[1] = region.max.days[1].min(last))
    }

    /// Where those lie that clash with it and were said after it.
    pub(in crate::ledger) fn clashing_after(&self) -> impl Iterator<Item = Region<TimedPoint>> {
        let first = self.timed.point.days[1].saturating_add(1);
        self.said_in(self.timed.said.after(), move |region| region.min.days[0] = region.min.days[0].max(first))
    }

    /// The boxes of those that were said in some times. Where "as of" stands in for these, `narrow` says what that means
    /// for the days: most often it leaves no box, because what clashes is about the same days.
    fn said_in(
        &self,
        said: Option<Region<SaidAt>>,
        narrow: impl Fn(&mut Region<ClaimPoint>),
    ) -> impl Iterator<Item = Region<TimedPoint>> {
        let by_as_of = self.timed.said.0[0] > AS_OF / 2;
        let times = said.into_iter().flat_map(|said| self.clashing.iter().map(move |region| (*region, said)));
        times.filter_map(move |(mut region, said)| {
            if by_as_of {
                narrow(&mut region);
            }
            let (min, max) = (region.min, region.max);
            let days = min.days[0] <= max.days[0] && min.days[1] <= max.days[1];
            let with = |point, said| TimedPoint { point, said };
            days.then_some(Region { min: with(min, said.min), max: with(max, said.max) })
        })
    }
}

impl ClaimPoint {
    /// `id` stands for the unit or the text as it is compared, 0 for none.
    pub(in crate::ledger) fn new(claim: u32, reading: &Comparable<'_>, id: u32) -> Self {
        let (class, values) = match reading.committed() {
            None => (Class::Silent, [0, 0]),
            Some(ComparedValue::Text(_)) => (Class::Text, [0, 0]),
            Some(ComparedValue::Period(days)) => (Class::Period, [days.first, days.last].map(i128::from)),
            Some(ComparedValue::Figure(extent)) => (class(extent), ends(&extent.values)),
        };
        let lane = *lane(class, reading.stance() == Stance::Denies, &(id..=id)).start();
        Self { values, days: reading.days().map_or(NO_DAYS, clamped), lane, claim }
    }

    /// What stands for its text, if it has one that is compared.
    pub(in crate::ledger) fn text(&self) -> Option<u32> {
        (self.lane >> (ID_BITS + 1) == Class::Text as u32).then_some(self.lane & last_id())
    }

    /// Whether anything can clash with it: it affirms or denies something.
    pub(in crate::ledger) fn can_clash(&self) -> bool {
        self.lane >> (ID_BITS + 1) != Class::Silent as u32
    }

    /// Whether it has the same values as another, compared as the same.
    pub(in crate::ledger) fn is_like(&self, other: &Self) -> bool {
        self.values == other.values && self.lane == other.lane
    }

    /// Whether it is also about the same days: it is where the other is.
    pub(in crate::ledger) fn is_beside(&self, other: &Self) -> bool {
        self.is_like(other) && self.days == other.days
    }
}

fn class(extent: &Extent<'_>) -> Class {
    if extent.count { Class::Count } else { Class::Real }
}

/// Days that are known, told apart from [`NO_DAYS`] where they have no end.
fn clamped(days: Days) -> [i32; 2] {
    [days.first, days.last].map(|day| day.clamp(i32::MIN + 1, i32::MAX - 1))
}

/// The place of a number among all numbers; those beside it are no number's, and where an open end stops short.
fn at(number: Number) -> i128 {
    number.order()
}

fn ends(values: &Interval) -> [i128; 2] {
    let end = |end: Option<(i128, bool)>, without: i128, short: i128| {
        end.map_or(without, |(place, open)| if open { place + short } else { place })
    };
    let [low, high] = values.places();
    [end(low, LEAST, 1), end(high, MOST, -1)]
}

/// The values of a claim as those in one lane are compared with them.
#[derive(Clone, Copy)]
struct Compared {
    values: [i128; 2],
    /// Whether the sets are compared as whole numbers; the ends of the others are as they were said all the same.
    wholes: bool,
}

impl Compared {
    /// The least low end and the greatest high end that a set inside of these values has. A set has no whole number
    /// below another if it begins above the one before that.
    fn inner(&self, values: &Interval) -> [i128; 2] {
        let [low, high] = self.values;
        let whole = values.whole().filter(|_| self.wholes);
        // An end is still open where the next whole number is too long to be held: then it is the one beside.
        let beside = |end: Bound, next: Option<Number>| if end.is_open() { Some(end.value()) } else { next };
        let before =
            whole.and_then(|whole| whole.low()).and_then(|low| beside(low, low.value().checked_sub(Number::ONE)));
        let after =
            whole.and_then(|whole| whole.high()).and_then(|high| beside(high, high.value().checked_add(Number::ONE)));
        [before.map_or(low, |before| at(before) + 1), after.map_or(high, |after| at(after) - 1)]
    }
}

/// Some of the pairs of a first and a last, of values or of days: where each of the two may lie.
type Range<T> = [RangeInclusive<T>; 2];

/// The boxes in which the claims lie that clash with one.
struct Boxes {
    /// The least and the greatest value of the claim.
    values: [i128; 2],
    /// The first and the last day that it is about, if they are known.
    days: Option<[i64; 2]>,
    apart: i64,
    measure: Measure,
    classes: Classes,
    found: Vec<Region<ClaimPoint>>,
}

impl Boxes {
    fn texts(&mut self, id: u32, denies: bool, opposites: &[u32], single_valued: bool) {
        let days = self.together_or_fixed();
        let mut texts = |denies, ids: RangeInclusive<u32>| {
            if !ids.is_empty() {
                self.add(&lane(Class::Text, denies, &ids), anything(), days.clone());
            }
        };
        texts(!denies, id..=id);
        match (denies, single_valued) {
            (true, _) => {}
            (false, true) => {
                texts(false, 1..=id - 1);
                texts(false, id + 1..=last_id());
            }
            (false, false) => opposites.iter().for_each(|&opposite| texts(false, opposite..=opposite)),
        }
    }

    fn periods(&mut self, denies: bool) {
        let compared = Compared { values: self.values, wholes: false };
        let lane = |denies| lane(Class::Period, denies, &(0..=0));
        let days = self.together_or_fixed();
        if denies {
            self.add(&lane(false), within(self.values), days);
        } else {
            self.add(&lane(false), below(&compared), days.clone());
            self.add(&lane(false), above(&compared), days.clone());
            self.add(&lane(true), around(&compared), days);
        }
    }

    fn figures(&mut self, extent: &Extent<'_>, id: u32, denies: bool) {
        let reals = Compared { values: self.values, wholes: false };
        if !extent.count {
            for class in [Class::Count, Class::Real] {
                self.figures_in(class, &(id..=id), &reals, extent, denies);
            }
            return;
        }
        let whole = extent.values.whole().filter(|_| !extent.values.is_whole());
        let wholes = Compared { values: whole.map_or(self.values, |whole| ends(&whole)), wholes: true };
        // Counts are compared where one of the two has no unit, whatever the other's is.
        if id == 0 {
            self.figures_in(Class::Count, &(0..=last_id()), &wholes, extent, denies);
        } else {
            self.figures_in(Class::Count, &(0..=0), &wholes, extent, denies);
            self.figures_in(Class::Count, &(id..=id), &wholes, extent, denies);
        }
        self.figures_in(Class::Real, &(id..=id), &reals, extent, denies);
    }

    /// The figures of one class and these units; `compared` is what they are compared with.
    fn figures_in(
        &mut self,
        class: Class,
        ids: &RangeInclusive<u32>,
        compared: &Compared,
        extent: &Extent<'_>,
        denies: bool,
    ) {
        let (affirming, denying) = (lane(class, false, ids), lane(class, true, ids));
        if !self.classes.have(*affirming.start()) && !self.classes.have(*denying.start()) {
            return;
        }
        let inner = if denies { compared.inner(&extent.values) } else { compared.values };
        // The low ends of sets without a negative number.
        let from_nought = || if class == Class::Count { at(-Number::ONE) + 1 } else { at(Number::ZERO) };
        let nought = at(Number::ZERO);
        match self.measure {
            Measure::Stock | Measure::Fixed => {
                let days = self.together_or_fixed();
                if denies {
                    self.add(&affirming, within(inner), days);
                } else {
                    self.add(&affirming, below(compared), days.clone());
                    self.add(&affirming, above(compared), days.clone());
                    self.add(&denying, around(compared), days);
                }
            }
            Measure::Cumulative if denies => {
                self.add(&affirming, within(inner), self.together());
                // A total of an earlier time says: at least its least; one of a later time: at most its greatest.
                let [low, high] = compared.values;
                if high == MOST {
                    self.add(&affirming, [inner[0]..=MOST, LEAST..=MOST], self.before());
                }
                let floor =
                    if low == LEAST { Some(LEAST) } else { (class == Class::Count && low <= nought).then(from_nought) };
                if let Some(floor) = floor {
                    self.add(&affirming, [floor..=MOST, LEAST..=inner[1]], self.after());
                }
            }
            Measure::Cumulative => {
                self.add(&affirming, below(compared), self.not_before());
                self.add(&affirming, above(compared), self.not_after());
                let [low, high] = compared.values;
                let floor = if extent.count && extent.is_never_negative() { nought } else { LEAST };
                self.add(&denying, around(compared), self.together());
                self.add(&denying, [LEAST..=low, MOST..=MOST], self.after());
                self.add(&denying, [LEAST..=floor, high..=MOST], self.before());
            }
            Measure::Flow => {
                for days in self.same_or_unknown() {
                    if denies {
                        self.add(&affirming, within(inner), days);
                    } else {
                        self.add(&affirming, below(compared), days.clone());
                        self.add(&affirming, above(compared), days.clone());
                        self.add(&denying, around(compared), days);
                    }
                }
                if !denies && extent.is_never_negative() {
                    for days in self.inside() {
                        self.add(&affirming, above(compared), days);
                    }
                    for days in self.outside() {
                        let [low, high] = below(compared);
                        self.add(&affirming, [*low.start().max(&from_nought())..=*low.end(), high], days);
                    }
                }
            }
        }
    }

    fn add(&mut self, lane: &RangeInclusive<u32>, values: Range<i128>, days: impl Into<Option<Range<i32>>>) {
        let Some(days) = days.into().filter(|_| self.classes.have(*lane.start())) else {
            return;
        };
        if values.iter().any(RangeInclusive::is_empty) || days.iter().any(RangeInclusive::is_empty) {
            return;
        }
        let ([low, high], [first, last]) = (values, days);
        self.found.push(Region {
            min: ClaimPoint {
                values: [*low.start(), *high.start()],
                days: [*first.start(), *last.start()],
                lane: *lane.start(),
                claim: 0,
            },
            max: ClaimPoint {
                values: [*low.end(), *high.end()],
                days: [*first.end(), *last.end()],
                lane: *lane.end(),
                claim: u32::MAX,
            },
        });
    }

    /// Any time for what never changes, else the same as [`together`](Self::together).
    fn together_or_fixed(&self) -> Range<i32> {
        if self.measure == Measure::Fixed { always() } else { self.together() }
    }

    /// The days that are not wholly before or after those of the claim, and the unknown ones.
    fn together(&self) -> Range<i32> {
        let ([first, _], [_, last]) = (self.not_after(), self.not_before());
        [first, last]
    }

    fn not_after(&self) -> Range<i32> {
        let last = self.days.map_or(i64::MAX, |[_, last]| last + self.apart);
        [i32::MIN..=saturated(last), i32::MIN..=i32::MAX]
    }

    fn not_before(&self) -> Range<i32> {
        let first = self.days.map_or(i64::MIN, |[first, _]| first - self.apart);
        [i32::MIN..=i32::MAX, saturated(first)..=i32::MAX]
    }

    fn after(&self) -> Option<Range<i32>> {
        let first = i32::try_from(self.days?[1] + self.apart + 1).ok()?;
        Some([first..=i32::MAX, i32::MIN..=i32::MAX])
    }

    fn before(&self) -> Option<Range<i32>> {
        let last = i32::try_from(self.days?[0] - self.apart - 1).ok()?;
        Some([i32::MIN..=i32::MAX, i32::MIN..=last])
    }

    /// The days of the claim and the unknown ones; all days, where its own are unknown.
    fn same_or_unknown(&self) -> Vec<Range<i32>> {
        match self.days {
            None => vec![always()],
            Some(days) => {
                let [first, last] = days.map(saturated);
                vec![[first..=first, last..=last], [i32::MIN..=i32::MIN, i32::MAX..=i32::MAX]]
            }
        }
    }

    /// The days inside those of the claim that are not the same.
    fn inside(&self) -> Vec<Range<i32>> {
        self.days.map_or_else(Vec::new, |days| {
            let [first, last] = days.map(saturated);
            vec![[first + 1..=i32::MAX, i32::MIN..=last], [first..=first, i32::MIN..=last - 1]]
        })
    }

    /// The known days around those of the claim that are not the same.
    fn outside(&self) -> Vec<Range<i32>> {
        self.days.map_or_else(Vec::new, |days| {
            let [first, last] = days.map(saturated);
            vec![[i32::MIN + 1..=first - 1, last..=i32::MAX], [first..=first, last + 1..=i32::MAX]]
        })
    }
}

fn last_id() -> u32 {
    (1 << ID_BITS) - 1
}

fn saturated(day: i64) -> i32 {
    i32::try_from(day).unwrap_or(if day < 0 { i32::MIN } else { i32::MAX })
}

fn anything() -> Range<i128> {
    [LEAST..=MOST, LEAST..=MOST]
}

fn always() -> Range<i32> {
    [i32::MIN..=i32::MAX, i32::MIN..=i32::MAX]
}

/// Sets wholly below the values.
fn below(compared: &Compared) -> Range<i128> {
    [LEAST..=MOST, LEAST..=compared.values[0] - 1]
}

/// Sets wholly above the values.
fn above(compared: &Compared) -> Range<i128> {
    [compared.values[1] + 1..=MOST, LEAST..=MOST]
}

/// Sets that hold all of the values.
fn around(compared: &Compared) -> Range<i128> {
    [LEAST..=compared.values[0], compared.values[1]..=MOST]
}

/// Sets with both ends between these.
fn within([low, high]: [i128; 2]) -> Range<i128> {
    [low..=MOST, LEAST..=high]
}

#[cfg(test)]
mod tests;
