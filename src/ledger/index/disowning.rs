//! Where those claims of one origin lie that it disowns, and where those lie that disown one; as geometry once more,
//! and held against the rule by the tests of `boxes`.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use super::compared::{Compared, sharing};
use super::point::{ClaimPoint, Class, LEAST, MOST, NO_DAYS, TimedPoint, class, ends, lane, last_id};
use super::rtree::{Region, Tree};
use crate::rules::comparable::{Comparable, ComparedValue, Taken};
use crate::rules::timing::SaidAt;

/// A claim that disowns, or that its origin may disown, and where those lie on the other side.
#[derive(Clone, Debug)]
pub(in crate::ledger) struct Attribution {
    /// Where the claim lies itself.
    pub(in crate::ledger) timed: TimedPoint,
    /// Whether the claim is the one that disowns.
    pub(in crate::ledger) disowns: bool,
    /// Where the claims on the other side lie: boxes that do not overlap.
    pub(in crate::ledger) across: Vec<Region<TimedPoint>>,
}

/// The claims of one origin on a topic that are not retracted, as far as they disown or may be disowned.
#[derive(Clone, Debug, Default)]
pub(in crate::ledger) struct Attributed {
    pub(in crate::ledger) handed_on: Tree<TimedPoint>,
    pub(in crate::ledger) disowning: Tree<TimedPoint>,
}

/// The claims of each origin on a topic that disown or may be disowned, once one of them disowns something.
pub(in crate::ledger) type AttributedClaims = HashMap<u32, Attributed>;

impl Attributed {
    /// The claims on the side of one that disowns or does not.
    pub(in crate::ledger) fn side_mut(&mut self, disowns: bool) -> &mut Tree<TimedPoint> {
        if disowns { &mut self.disowning } else { &mut self.handed_on }
    }

    /// The claims on the other side.
    pub(in crate::ledger) fn across(&self, disowns: bool) -> &Tree<TimedPoint> {
        if disowns { &self.handed_on } else { &self.disowning }
    }
}

impl Attribution {
    /// The attribution of a claim, for whose unit or text as it is compared `id` stands; `None` if it neither disowns
    /// nor can be disowned.
    pub(in crate::ledger) fn new(claim: u32, reading: &Comparable<'_>, id: u32) -> Option<Self> {
        let disowns = reading.taken() == Taken::Disowned;
        if !disowns && !reading.is_attributed() {
            return None;
        }
        let said = reading.said();
        let mut values = sharing_values(reading, id);
        let times = if disowns {
            // Claims that were not said later.
            let outside = match said.first_after() {
                None => vec![SaidAt::NEVER..=SaidAt::FOREVER],
                Some([from, to]) => vec![SaidAt::NEVER..=from - 1, to + 1..=SaidAt::FOREVER],
            };
            outside.into_iter().map(|firsts| [firsts, SaidAt::NEVER..=SaidAt::FOREVER]).collect::<Vec<_>>()
        } else {
            // A claim that disowns without a value disowns all that was not said later than itself.
            values.push((lane(Class::Silent, false, &(0..=0)), [LEAST..=MOST, LEAST..=MOST]));
            let outside = match said.last_before() {
                None => vec![SaidAt::NEVER..=SaidAt::FOREVER],
                Some([from, to]) => vec![SaidAt::NEVER..=from - 1, to + 1..=SaidAt::FOREVER],
            };
            outside.into_iter().map(|lasts| [SaidAt::NEVER..=SaidAt::FOREVER, lasts]).collect()
        };
        let region = |lane: &RangeInclusive<u32>, values: &Values, [firsts, lasts]: &Values| {
            let corner = |[low, high]: [i128; 2], lane, claim, [first, last]: [i128; 2]| TimedPoint {
                point: ClaimPoint { values: [low, high], days: NO_DAYS, lane, claim },
                said: SaidAt { first, last },
            };
            let [low, high] = values;
            Region {
                min: corner([*low.start(), *high.start()], *lane.start(), 0, [*firsts.start(), *lasts.start()]),
                max: corner([*low.end(), *high.end()], *lane.end(), u32::MAX, [*firsts.end(), *lasts.end()]),
            }
        };
        let times = times.iter().filter(|times| !times.iter().any(RangeInclusive::is_empty));
        let across = times.flat_map(|times| values.iter().map(move |(lane, values)| region(lane, values, times)));
        let across = across.collect();
        Some(Self { timed: TimedPoint { point: ClaimPoint::of_value(claim, reading, id), said }, disowns, across })
    }
}

/// Where the least and the greatest of some values, or the first and the last of some times, may lie.
type Values = [RangeInclusive<i128>; 2];

/// Where the values lie that agree with a claim's, whatever stance is taken on them; everywhere, if it has none.
fn sharing_values(reading: &Comparable<'_>, id: u32) -> Vec<(RangeInclusive<u32>, Values)> {
    let anything = [LEAST..=MOST, LEAST..=MOST];
    match reading.value() {
        None => vec![(0..=u32::MAX, anything)],
        Some(ComparedValue::Text(_)) => vec![(lane(Class::Text, false, &(id..=id)), anything)],
        Some(ComparedValue::Period(days)) => {
            let values = [days.first, days.last].map(i128::from);
            vec![(lane(Class::Period, false, &(0..=0)), [LEAST..=values[1], values[0]..=MOST])]
        }
        Some(ComparedValue::Figure(extent)) => {
            let values =
                |class, ids: RangeInclusive<u32>, compared: &Compared| (lane(class, false, &ids), sharing(compared));
            let ends = ends(&extent.values);
            let (reals, wholes) = (Compared::of_ends(ends), Compared::wholes(extent, ends));
            match (class(extent), id) {
                (Class::Count, 0) => {
                    vec![values(Class::Count, 0..=last_id(), &wholes), values(Class::Real, 0..=0, &reals)]
                }
                (Class::Count, id) => vec![
                    values(Class::Count, 0..=0, &wholes),
                    values(Class::Count, id..=id, &wholes),
                    values(Class::Real, id..=id, &reals),
                ],
                (_, id) => vec![values(Class::Count, id..=id, &reals), values(Class::Real, id..=id, &reals)],
            }
        }
    }
}
