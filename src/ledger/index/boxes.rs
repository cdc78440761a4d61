//! Where those claims lie that one clashes with.
//!
//! The rules of `fit.rs` once more, as geometry: which claims cannot be true together with a given one is a union of
//! boxes over the ends of their values, the ends of their days, what they are compared as and when they were said, so
//! that an index can count and find them without looking at each. That both agree is tested. Scopes are no matter of
//! boxes: claims with different scopes lie in different trees.

use std::ops::RangeInclusive;

use super::compared::{Compared, Range};
use super::disowning::Attribution;
use super::point::{
    ClaimPoint, Class, Classes, LEAST, MOST, NO_DAYS, NO_DAYS_OF_TOTAL, TimedPoint, at, clamped, lane, last_id,
};
use super::rtree::{Point, Region};
use super::scoped::NO_SCOPE;
use crate::number::Number;
use crate::rules::comparable::{Comparable, ComparedValue, Extent};
use crate::rules::timing::SaidAt;
use crate::topic::{Measure, Predicate};

/// Where a claim lies, and where those lie that it clashes with: the boxes do not overlap.
#[derive(Clone, Debug)]
pub(in crate::ledger) struct ClashBoxes {
    pub(in crate::ledger) timed: TimedPoint,
    pub(in crate::ledger) clashing: Vec<Region<TimedPoint>>,
    /// Whether something that the claim clashes with may have been said before or after it.
    pub(in crate::ledger) in_order: bool,
    /// The number that stands for the scope, or [`NO_SCOPE`].
    pub(in crate::ledger) scope: u32,
    /// Where the claims lie that it disowns, or that disown it, where a claim on its topic disowns something.
    pub(in crate::ledger) attribution: Option<Box<Attribution>>,
}

impl ClashBoxes {
    /// Where a claim lies and what it clashes with: `point` is its place, `classes` are those of the claims on its
    /// topic, and `opposites` stand for the opposites of its text.
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
            instant: reading.instant(),
            measure: predicate.measure(),
            classes,
            found: Vec::new(),
        };
        let denies = reading.taken().denies();
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
        let said = reading.said();
        // Where "as of" stands in for when it was said, what is said before it or after it is about other days.
        let on_other_days = apart > 0 || matches!(predicate.measure(), Measure::Cumulative | Measure::Fixed);
        let in_order =
            point.can_clash() && (reading.stated().is_some() || (reading.as_of().is_some() && on_other_days));
        let timed = TimedPoint { point, said };
        Self { timed, clashing: Vec::new(), in_order, scope: NO_SCOPE, attribution: None }
    }

    /// Whether the claim says that its origin never said what others hand on.
    pub(in crate::ledger) fn disowns(&self) -> bool {
        self.attribution.as_ref().is_some_and(|attribution| attribution.disowns)
    }

    /// Whether the claim clashes with the one at this place, said at that time.
    #[inline]
    pub(in crate::ledger) fn clashes_with(&self, point: &ClaimPoint, said: impl FnOnce() -> SaidAt) -> bool {
        let is_around =
            |region: &Region<TimedPoint>| region.min.point.is_at_most(point) && point.is_at_most(&region.max.point);
        // Most claims that clash do so whenever they were said.
        self.clashing.iter().any(is_around) && (!point.is_at_instant() || self.clashes_when_said(*point, said()))
    }

    fn clashes_when_said(&self, point: ClaimPoint, said: SaidAt) -> bool {
        let timed = TimedPoint { point, said };
        self.clashing.iter().any(|region| region.contains(&timed))
    }

    /// Where the claims lie that clash with this one and were said before it. Where "as of" stands in for that, they
    /// are about days before its own: most often that leaves no box, because what clashes is about the same days.
    pub(in crate::ledger) fn clashing_before(&self) -> impl Iterator<Item = Region<TimedPoint>> {
        let TimedPoint { point, said } = self.timed;
        let before =
            said.last_before().into_iter().flat_map(|ends| self.clashing.iter().map(move |region| (*region, ends)));
        before.filter_map(move |(mut region, [from, to])| {
            region.min.said.last = region.min.said.last.max(from);
            region.max.said.last = region.max.said.last.min(to);
            if said.is_taken_from_as_of() {
                region.max.point.days[1] = region.max.point.days[1].min(point.days[0] - 1);
            }
            is_possible(&region).then_some(region)
        })
    }

    /// Where the claims lie that clash with this one and were said after it; see
    /// [`clashing_before`](Self::clashing_before).
    pub(in crate::ledger) fn clashing_after(&self) -> impl Iterator<Item = Region<TimedPoint>> {
        let TimedPoint { point, said } = self.timed;
        let after =
            said.first_after().into_iter().flat_map(|ends| self.clashing.iter().map(move |region| (*region, ends)));
        after.filter_map(move |(mut region, [from, to])| {
            region.min.said.first = region.min.said.first.max(from);
            region.max.said.first = region.max.said.first.min(to);
            if said.is_taken_from_as_of() {
                region.min.point.days[0] = region.min.point.days[0].max(point.days[1] + 1);
            }
            is_possible(&region).then_some(region)
        })
    }
}

/// Whether anything can lie in a region whose days and times of saying were narrowed.
fn is_possible(region: &Region<TimedPoint>) -> bool {
    let Region { min, max } = region;
    let days = min.point.days[0] <= max.point.days[0] && min.point.days[1] <= max.point.days[1];
    days && min.said.first <= max.said.first && min.said.last <= max.said.last
}

/// One or two of something: no list is made of them, since each claim on a topic has several.
type UpToTwo<T> = [Option<T>; 2];

/// The boxes in which the claims lie that clash with one.
struct Boxes {
    /// The least and the greatest value of the claim.
    values: [i128; 2],
    /// The first and the last day that it is about, if they are known.
    days: Option<[i64; 2]>,
    /// The instant of its day that it is as of, if it says.
    instant: Option<i128>,
    apart: i64,
    measure: Measure,
    classes: Classes,
    found: Vec<Region<TimedPoint>>,
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
        let compared = Compared::of_ends(self.values);
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
        let reals = Compared::of_ends(self.values);
        if !extent.count {
            for class in [Class::Count, Class::Real] {
                self.figures_in(class, &(id..=id), &reals, extent, denies);
            }
            return;
        }
        let wholes = Compared::wholes(extent, self.values);
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
        let at_instants = lane(class.at_instants(), false, ids);
        if ![&affirming, &denying, &at_instants].iter().any(|lane| self.classes.have(*lane.start())) {
            return;
        }
        let inner = if denies { compared.inner(&extent.values) } else { compared.values };
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
                for lane in [&affirming, &at_instants] {
                    self.totals_denied(class, lane, compared, inner);
                }
            }
            Measure::Cumulative => {
                self.totals(&affirming, &at_instants, compared);
                let [low, high] = compared.values;
                let floor = if extent.count && extent.is_never_negative() { at(Number::ZERO) } else { LEAST };
                self.add(&denying, around(compared), self.together());
                self.add(&denying, [LEAST..=low, MOST..=MOST], self.after());
                self.add(&denying, [LEAST..=floor, high..=MOST], self.before());
            }
            Measure::Flow => {
                for days in self.same_or_unknown().into_iter().flatten() {
                    if denies {
                        self.add(&affirming, within(inner), days);
                    } else {
                        self.add(&affirming, below(compared), days.clone());
                        self.add(&affirming, above(compared), days.clone());
                        self.add(&denying, around(compared), days);
                    }
                }
                if !denies && extent.is_never_negative() {
                    self.parts_and_wholes(class, &affirming, compared);
                }
            }
        }
    }

    /// The affirmed totals that a denial leaves no value of, at its time or carried to it.
    fn totals_denied(&mut self, class: Class, lane: &RangeInclusive<u32>, compared: &Compared, inner: [i128; 2]) {
        for days in self.together_with_totals().into_iter().flatten() {
            self.add(lane, within(inner), days);
        }
        // A total of an earlier time says: at least its least; one of a later time: at most its greatest.
        let [low, high] = compared.values;
        if high == MOST {
            self.add(lane, [inner[0]..=MOST, LEAST..=MOST], self.before());
        }
        let never_negative = class == Class::Count && low <= at(Number::ZERO);
        let floor = if low == LEAST { Some(LEAST) } else { never_negative.then(|| from_nought(class)) };
        if let Some(floor) = floor {
            self.add(lane, [floor..=MOST, LEAST..=inner[1]], self.after());
        }
    }

    /// The affirmed totals that an affirmed one would have fallen from or to.
    fn totals(&mut self, affirming: &RangeInclusive<u32>, at_instants: &RangeInclusive<u32>, compared: &Compared) {
        for days in self.not_earlier().into_iter().flatten() {
            self.add(affirming, below(compared), days);
        }
        for days in self.not_later().into_iter().flatten() {
            self.add(affirming, above(compared), days);
        }
        if !self.classes.have(*at_instants.start()) {
            return;
        }
        for (days, said) in self.not_earlier_instants().into_iter().flatten() {
            self.add_said(at_instants, &below(compared), &days, &said);
        }
        for (days, said) in self.not_later_instants().into_iter().flatten() {
            self.add_said(at_instants, &above(compared), &days, &said);
        }
    }

    /// The amounts within a part of the time that are more, and those within a time around it that are less.
    fn parts_and_wholes(&mut self, class: Class, affirming: &RangeInclusive<u32>, compared: &Compared) {
        for days in self.inside().into_iter().flatten() {
            self.add(affirming, above(compared), days);
        }
        for days in self.outside().into_iter().flatten() {
            let [low, high] = below(compared);
            self.add(affirming, [*low.start().max(&from_nought(class))..=*low.end(), high], days);
        }
    }

    #[expect(clippy::needless_pass_by_value, reason = "each is made for this call")]
    fn add(&mut self, lane: &RangeInclusive<u32>, values: Range<i128>, days: impl Into<Option<Range<i32>>>) {
        if let Some(days) = days.into() {
            self.add_said(lane, &values, &days, &ever());
        }
    }

    fn add_said(&mut self, lane: &RangeInclusive<u32>, values: &Range<i128>, days: &Range<i32>, said: &Range<i128>) {
        if !self.classes.have(*lane.start())
            || values.iter().chain(said).any(RangeInclusive::is_empty)
            || days.iter().any(RangeInclusive::is_empty)
        {
            return;
        }
        let corner = |values, days, lane, claim, [first, last]: [i128; 2]| TimedPoint {
            point: ClaimPoint { values, days, lane, claim },
            said: SaidAt { first, last },
        };
        self.found.push(Region {
            min: corner(
                values.each_ref().map(|end| *end.start()),
                days.each_ref().map(|end| *end.start()),
                *lane.start(),
                0,
                said.each_ref().map(|end| *end.start()),
            ),
            max: corner(
                values.each_ref().map(|end| *end.end()),
                days.each_ref().map(|end| *end.end()),
                *lane.end(),
                u32::MAX,
                said.each_ref().map(|end| *end.end()),
            ),
        });
    }

    /// Any time for what never changes, else the same as [`together`](Self::together).
    fn together_or_fixed(&self) -> Range<i32> {
        if self.measure == Measure::Fixed { always() } else { self.together() }
    }

    /// The days that are not wholly before or after those of the claim, and the unknown ones of whatever is no affirmed
    /// running total.
    fn together(&self) -> Range<i32> {
        let Some([first, last]) = self.days else { return always() };
        [i32::MIN..=saturated(last + self.apart), saturated(first - self.apart)..=i32::MAX]
    }

    /// The days among affirmed running totals that are not wholly before or after those of the claim, with the unknown
    /// ones.
    fn together_with_totals(&self) -> UpToTwo<Range<i32>> {
        [Some(self.together()), self.days.map(|_| exactly(NO_DAYS_OF_TOTAL))]
    }

    fn after(&self) -> Option<Range<i32>> {
        let first = i32::try_from(self.days?[1] + self.apart + 1).ok()?;
        Some([first..=i32::MAX, i32::MIN + 1..=i32::MAX])
    }

    fn before(&self) -> Option<Range<i32>> {
        let last = i32::try_from(self.days?[0] - self.apart - 1).ok()?;
        Some([i32::MIN..=i32::MAX - 1, i32::MIN..=last])
    }

    /// The days at which an affirmed running total below the claim's clashes with it: it begins no earlier than the
    /// claim's days end, or on the same day and ends no earlier; or its days are unknown.
    fn not_earlier(&self) -> UpToTwo<Range<i32>> {
        let Some(days) = self.days else { return [Some(always()), None] };
        let [first, last] = days.map(saturated);
        let on_the_same_day = if is_open_beginning(first) {
            Some(exactly([first, last]))
        } else {
            (first < last).then_some([first..=first, last..=i32::MAX])
        };
        [Some([last..=i32::MAX, i32::MIN..=i32::MAX]), on_the_same_day]
    }

    /// The days at which an affirmed running total above the claim's clashes with it: it ends no later than the claim's
    /// days begin, or begins on the same day and ends no later; or its days are unknown.
    fn not_later(&self) -> UpToTwo<Range<i32>> {
        let Some(days) = self.days else { return [Some(always()), None] };
        let [first, last] = days.map(saturated);
        let on_the_same_day = if is_open_beginning(first) {
            Some(exactly([first, last]))
        } else {
            (first < last).then(|| [first..=first, first + 1..=last])
        };
        [Some([i32::MIN..=i32::MAX, i32::MIN..=first]), on_the_same_day]
    }

    /// The days and times of the running totals as of an instant that are not earlier than the claim.
    fn not_earlier_instants(&self) -> UpToTwo<(Range<i32>, Range<i128>)> {
        let Some(days) = self.days else { return [Some((always(), ever())), None] };
        let [_, last] = days.map(saturated);
        match self.instant {
            None => [Some(([last..=i32::MAX, i32::MIN..=i32::MAX], ever())), None],
            Some(instant) => [
                Some(([last + 1..=i32::MAX, i32::MIN..=i32::MAX], ever())),
                Some((exactly([last, last]), [instant..=SaidAt::FOREVER, SaidAt::NEVER..=SaidAt::FOREVER])),
            ],
        }
    }

    /// The days and times of the running totals as of an instant that are not later than the claim.
    fn not_later_instants(&self) -> UpToTwo<(Range<i32>, Range<i128>)> {
        let Some(days) = self.days else { return [Some((always(), ever())), None] };
        let [first, _] = days.map(saturated);
        match self.instant {
            None => [Some(([i32::MIN..=i32::MAX, i32::MIN..=first], ever())), None],
            Some(instant) => [
                Some(([i32::MIN..=i32::MAX, i32::MIN..=first - 1], ever())),
                Some((exactly([first, first]), [SaidAt::NEVER..=SaidAt::FOREVER, SaidAt::NEVER..=instant])),
            ],
        }
    }

    /// The days of the claim and the unknown ones; all days, where its own are unknown.
    fn same_or_unknown(&self) -> UpToTwo<Range<i32>> {
        match self.days {
            None => [Some(always()), None],
            Some(days) => [Some(exactly(days.map(saturated))), Some(exactly(NO_DAYS))],
        }
    }

    /// The days inside those of the claim that are not the same.
    fn inside(&self) -> UpToTwo<Range<i32>> {
        let Some(days) = self.days else { return [None, None] };
        let [first, last] = days.map(saturated);
        [[first + 1..=i32::MAX, i32::MIN..=last], [first..=first, i32::MIN..=last - 1]].map(Some)
    }

    /// The known days around those of the claim that are not the same.
    fn outside(&self) -> UpToTwo<Range<i32>> {
        let Some(days) = self.days else { return [None, None] };
        let [first, last] = days.map(saturated);
        [[i32::MIN + 1..=first - 1, last..=i32::MAX], [first..=first, last + 1..=i32::MAX]].map(Some)
    }
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

fn ever() -> Range<i128> {
    [SaidAt::NEVER..=SaidAt::FOREVER, SaidAt::NEVER..=SaidAt::FOREVER]
}

fn exactly([first, last]: [i32; 2]) -> Range<i32> {
    [first..=first, last..=last]
}

/// Whether these days have no beginning, as [`clamped`] has them.
fn is_open_beginning(first: i32) -> bool {
    first == i32::MIN + 1
}

/// Sets wholly below the values.
fn below(compared: &Compared) -> Range<i128> {
    [LEAST..=MOST, LEAST..=compared.values[0] - 1]
}

/// Sets wholly above the values.
fn above(compared: &Compared) -> Range<i128> {
    [compared.values[1] + 1..=MOST, LEAST..=MOST]
}

/// The least low end of a set without a negative number.
fn from_nought(class: Class) -> i128 {
    if class == Class::Count { at(-Number::ONE) + 1 } else { at(Number::ZERO) }
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
