//! The affirmed figures on a topic as constraints ask for them: what one origin said of a time is found at once, as the
//! bounds of all that it allows, and which claims these are only where a report wants to know.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::word::affirms;
use crate::date::Days;
use crate::ledger::{ClaimRef, TopicRef};
use crate::names::Unit;
use crate::number::Interval;
use crate::rules::arithmetic::{Allowed, carried};
use crate::rules::comparable::ComparedValue;
use crate::rules::timeline::{Piece, Time, Timeline};
use crate::topic::Measure;

/// The most claims that a report lists for one topic.
pub(super) const LISTED: usize = 16;

/// Numbers for scopes and units as they are compared; 0 is none.
#[derive(Debug, Default)]
pub(super) struct Keys(HashMap<String, u32>);

impl Keys {
    pub(super) fn number(&mut self, name: Option<&str>) -> u32 {
        let Some(name) = name else { return 0 };
        let next = u32::try_from(self.0.len() + 1).unwrap_or(u32::MAX);
        self.0.get(name).copied().unwrap_or_else(|| *self.0.entry(name.to_owned()).or_insert(next))
    }

    pub(super) fn scope(&mut self, claim: ClaimRef<'_>) -> u32 {
        let scope = claim.scope_compared();
        self.number(scope.as_deref())
    }
}

/// An affirmed figure that stands.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    pub(super) claim: ClaimRef<'a>,
    pub(super) origin: u32,
    pub(super) days: Option<Days>,
    pub(super) scope: u32,
    pub(super) unit: u32,
    /// The values that it allows as it was said, before they are narrowed to whole numbers.
    pub(super) stated: Interval,
    pub(super) count: bool,
    pub(super) is_ratio: bool,
}

/// All that some figures allow together, and the rows at the two ends of it.
#[derive(Clone, Copy, Debug)]
struct Reach {
    allowed: Allowed,
    least: u32,
    greatest: u32,
    claims: usize,
}

impl Reach {
    fn of(rows: &[Row<'_>], row: u32) -> Self {
        let Row { stated, count, .. } = rows[row as usize];
        Self { allowed: Allowed::new(stated, count), least: row, greatest: row, claims: 1 }
    }

    fn and(self, other: Self) -> Self {
        Self {
            allowed: self.allowed.or(other.allowed),
            least: if other.allowed.begins_below(&self.allowed) { other.least } else { self.least },
            greatest: if other.allowed.ends_above(&self.allowed) { other.greatest } else { self.greatest },
            claims: self.claims + other.claims,
        }
    }
}

/// The figures of one origin that are of one scope and of one unit, all of them counts or none.
#[derive(Debug)]
struct Group {
    scope: u32,
    unit: u32,
    count: bool,
    untimed: Vec<u32>,
    /// By their days.
    timed: Vec<u32>,
    timeline: Timeline,
    /// Of each node of the timeline.
    nodes: Vec<Option<Reach>>,
    /// Places among those with a time, by the last day.
    by_last: Vec<usize>,
}

/// The figures on a topic.
#[derive(Debug)]
pub(super) struct Figures<'a> {
    pub(super) topic: TopicRef<'a>,
    /// In the order in which they were recorded.
    pub(super) rows: Vec<Row<'a>>,
    groups: Vec<Group>,
    by_origin: HashMap<u32, Vec<u32>>,
}

/// The figures of an origin that are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Wanted {
    pub(super) origin: u32,
    /// Those of this scope, and those without one.
    pub(super) scope: u32,
    pub(super) unit: u32,
    /// Whether counts without a unit go with those of the unit.
    pub(super) without_unit: bool,
    /// Whether only counts do.
    pub(super) counts_only: bool,
}

/// The numbers that figures allow at a time.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) allowed: Allowed,
    /// Whether it is known to hold at that time.
    pub(super) certain: bool,
    /// Whether it was carried there from another time.
    pub(super) carried: bool,
    /// Whether a figure without a unit is among them.
    pub(super) has_unitless: bool,
    pub(super) claims: usize,
}

/// Why figures say nothing of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nothing {
    /// There are none.
    NoFigure,
    /// The running totals before and after leave no number between them.
    TotalsDisagree,
}

/// Gathers what is found: its bounds, and the rows if somebody wants to know them.
struct Gathered<'b> {
    reach: Option<Reach>,
    has_unitless: bool,
    listed: Option<&'b mut Vec<u32>>,
    work: usize,
}

impl Gathered<'_> {
    fn add(&mut self, reach: Reach, unit: u32) {
        self.work += 1;
        self.has_unitless |= unit == 0;
        self.reach = Some(self.reach.map_or(reach, |before| before.and(reach)));
    }
}

impl Group {
    fn take_row(&self, rows: &[Row<'_>], row: u32, gathered: &mut Gathered<'_>) {
        gathered.add(Reach::of(rows, row), self.unit);
        if let Some(listed) = gathered.listed.as_mut().filter(|listed| listed.len() < LISTED) {
            listed.push(row);
        }
    }

    fn take(&self, rows: &[Row<'_>], piece: Piece, gathered: &mut Gathered<'_>) {
        match piece {
            Piece::Row(place) => self.take_row(rows, self.timed[place], gathered),
            Piece::Node(node) => {
                let Some(reach) = self.nodes[node] else { return };
                gathered.add(reach, self.unit);
                if let Some(listed) = gathered.listed.as_mut() {
                    self.timeline.each_row_of(node, |place| {
                        listed.push(self.timed[place]);
                        listed.len() < LISTED
                    });
                }
            }
        }
    }

    fn take_untimed(&self, rows: &[Row<'_>], gathered: &mut Gathered<'_>) {
        self.untimed.iter().for_each(|row| self.take_row(rows, *row, gathered));
    }
}

impl<'a> Figures<'a> {
    /// The figures on a topic; `by_last_day` has each count as of its last day, and leaves those without one out.
    pub(super) fn new(topic: TopicRef<'a>, by_last_day: bool, keys: &mut Keys) -> Self {
        let mut rows: Vec<Row<'a>> = Vec::new();
        for claim in topic.standing() {
            let comparable = claim.comparable();
            let Some(ComparedValue::Figure(extent)) = comparable.value().filter(|_| affirms(&claim)) else {
                continue;
            };
            let mut days = comparable.days();
            if by_last_day {
                days =
                    days.filter(|days| days.last != Days::NO_LAST).map(|Days { last, .. }| Days { first: last, last });
                if days.is_none() {
                    continue;
                }
            }
            rows.push(Row {
                claim,
                origin: claim.statement().origin,
                days,
                scope: keys.scope(claim),
                unit: keys.number(extent.unit.as_ref().map(Unit::name)),
                stated: extent.values,
                count: extent.count,
                is_ratio: extent.unit.as_ref().is_some_and(Unit::is_ratio),
            });
        }
        let mut figures = Self { topic, rows, groups: Vec::new(), by_origin: HashMap::new() };
        figures.group();
        figures
    }

    fn group(&mut self) {
        let mut members: HashMap<(u32, u32, u32, bool), usize> = HashMap::new();
        for (number, row) in self.rows.iter().enumerate() {
            let number = u32::try_from(number).expect("a ledger has fewer than 2³² claims");
            let place = match members.entry((row.origin, row.scope, row.unit, row.count)) {
                Entry::Occupied(place) => *place.get(),
                Entry::Vacant(place) => {
                    let group = self.groups.len();
                    let of_origin = self.by_origin.entry(row.origin).or_default();
                    of_origin.push(u32::try_from(group).expect("there are no more groups than claims"));
                    self.groups.push(Group {
                        scope: row.scope,
                        unit: row.unit,
                        count: row.count,
                        untimed: Vec::new(),
                        timed: Vec::new(),
                        timeline: Timeline::default(),
                        nodes: Vec::new(),
                        by_last: Vec::new(),
                    });
                    *place.insert(group)
                }
            };
            let group = &mut self.groups[place];
            if row.days.is_some() { &mut group.timed } else { &mut group.untimed }.push(number);
        }
        for group in &mut self.groups {
            let days = |row: &u32| self.rows[*row as usize].days;
            group.timed.sort_by_key(|row| days(row).map(|days| (days.first, days.last)));
            group.timeline = Timeline::new(group.timed.iter().filter_map(days).collect());
            group.by_last = (0..group.timed.len()).collect();
            group.by_last.sort_by_key(|place| days(&group.timed[*place]).map(|days| days.last));
            let mut nodes = vec![None; group.timeline.nodes()];
            group.timeline.each_node(|node, places| {
                let reach = |row: &u32| Reach::of(&self.rows, *row);
                nodes[node] = group.timed[places].iter().map(reach).reduce(Reach::and);
            });
            group.nodes = nodes;
        }
    }

    /// The scopes, the units and whether these are counts, of an origin's figures.
    pub(super) fn classes(&self, origin: u32) -> impl Iterator<Item = (u32, u32, bool)> {
        let groups = self.by_origin.get(&origin).into_iter().flatten().map(|group| &self.groups[*group as usize]);
        groups.map(|group| (group.scope, group.unit, group.count))
    }

    fn wanted(&self, wanted: Wanted) -> impl Iterator<Item = &Group> + Clone {
        let groups =
            self.by_origin.get(&wanted.origin).into_iter().flatten().map(|group| &self.groups[*group as usize]);
        groups.filter(move |group| {
            let of_unit = group.unit == wanted.unit && (group.count || !wanted.counts_only);
            let goes_with = group.unit == 0 && group.count && wanted.without_unit;
            (group.scope == 0 || group.scope == wanted.scope) && (of_unit || goes_with)
        })
    }

    /// The numbers that the wanted figures allow at a time, by the measure of the topic. Where no time is asked for, a
    /// flow has none, and all others have those of any time. Adds a few rows to `listed`, and the cost to `work`.
    pub(super) fn at(
        &self,
        wanted: Wanted,
        time: Option<Time>,
        listed: Option<&mut Vec<u32>>,
        work: &mut usize,
    ) -> Result<Answer, Nothing> {
        let measure = self.topic.predicate().measure();
        let mut gathered = Gathered { reach: None, has_unitless: false, listed, work: 1 };
        let (mut certain, mut is_carried) = (true, false);
        for group in self.wanted(wanted) {
            match (measure, time) {
                (Measure::Flow, None) => {}
                (Measure::Flow, Some(time)) => {
                    let same = group.timeline.same(time.days);
                    group.timeline.rows(same, &mut |piece| group.take(&self.rows, piece, &mut gathered));
                }
                (_, None) => {
                    group.take_untimed(&self.rows, &mut gathered);
                    group.timeline.all(&mut |piece| group.take(&self.rows, piece, &mut gathered));
                }
                (_, Some(time)) => {
                    group.take_untimed(&self.rows, &mut gathered);
                    group.timeline.together(time, &mut |piece| group.take(&self.rows, piece, &mut gathered));
                }
            }
        }
        let mut before = None;
        if let (None, Some(time)) = (gathered.reach, time) {
            match measure {
                Measure::Flow => {}
                Measure::Fixed => {
                    for group in self.wanted(wanted) {
                        group.timeline.all(&mut |piece| group.take(&self.rows, piece, &mut gathered));
                    }
                }
                Measure::Stock => {
                    self.before(wanted, time, &mut gathered);
                    certain = false;
                }
                Measure::Cumulative => {
                    self.before(wanted, time, &mut gathered);
                    before = gathered.reach.take();
                    self.after(wanted, time, &mut gathered);
                    is_carried = true;
                }
            }
        }
        *work += gathered.work;
        let reaches = [before, gathered.reach];
        if let Some(listed) = gathered.listed {
            listed.extend(reaches.iter().flatten().flat_map(|reach| [reach.least, reach.greatest]));
        }
        let [first, second] = reaches.map(|reach| reach.map(|reach| reach.allowed));
        let allowed = if is_carried { carried(first, second) } else { second };
        let claims: usize = reaches.iter().flatten().map(|reach| reach.claims).sum();
        let nothing = if claims > 0 { Nothing::TotalsDisagree } else { Nothing::NoFigure };
        let allowed = allowed.ok_or(nothing)?;
        Ok(Answer { allowed, certain, carried: is_carried, has_unitless: gathered.has_unitless, claims })
    }

    /// The latest figures before a time.
    fn before(&self, wanted: Wanted, time: Time, gathered: &mut Gathered<'_>) {
        let found = self.wanted(wanted).filter_map(|group| {
            let (day, range) = group.timeline.latest_before(time, &group.by_last)?;
            Some((day, range, group))
        });
        let Some(latest) = found.clone().map(|(day, ..)| day).max() else { return };
        for (_, range, group) in found.filter(|(day, ..)| *day == latest) {
            for place in &group.by_last[range] {
                group.take_row(&self.rows, group.timed[*place], gathered);
            }
        }
    }

    /// The earliest figures after a time.
    fn after(&self, wanted: Wanted, time: Time, gathered: &mut Gathered<'_>) {
        let found = self.wanted(wanted).filter_map(|group| {
            let (day, range) = group.timeline.earliest_after(time)?;
            Some((day, range, group))
        });
        let Some(earliest) = found.clone().map(|(day, ..)| day).min() else { return };
        for (_, range, group) in found.filter(|(day, ..)| *day == earliest) {
            group.timeline.rows(range, &mut |piece| group.take(&self.rows, piece, gathered));
        }
    }
}
