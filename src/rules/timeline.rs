//! Claims in the order of the days that they are about, so that those of a time, the latest before it and the earliest
//! after it are found without looking at the others.

use std::ops::Range;

use crate::date::Days;

/// The rows of one node at the bottom of the tree.
const LEAF: usize = 8;

/// Days in order, under a tree that knows the least and the greatest last day of each part.
#[derive(Clone, Debug, Default)]
pub(crate) struct Timeline {
    /// By the first day, then the last.
    days: Vec<Days>,
    /// The least and the greatest last day of each node: the root, then the two halves of each one after the other.
    nodes: Vec<(i32, i32)>,
}

/// Some of the rows of a timeline: a whole node of its tree, or one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Node(usize),
    Row(usize),
}

/// A time that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Time {
    pub(crate) days: Days,
    /// How many days apart two periods may be and still overlap.
    pub(crate) apart: u32,
    /// Whether running totals are compared: of those that begin on one day, the last days count.
    pub(crate) totals: bool,
}

impl Timeline {
    /// A timeline of these days, which have to be in order.
    pub(crate) fn new(days: Vec<Days>) -> Self {
        debug_assert!(days.is_sorted_by_key(|days| (days.first, days.last)));
        let mut timeline = Self { days, nodes: Vec::new() };
        timeline.build(0, 0..timeline.days.len());
        timeline
    }

    fn build(&mut self, node: usize, rows: Range<usize>) -> (i32, i32) {
        if self.nodes.len() <= node {
            self.nodes.resize(node + 1, (i32::MAX, i32::MIN));
        }
        let ends = match halves(node, &rows) {
            None => {
                let ends = || self.days[rows.clone()].iter().map(|days| days.last);
                (ends().min().unwrap_or(i32::MAX), ends().max().unwrap_or(i32::MIN))
            }
            Some([(left, first), (right, second)]) => {
                let (one, other) = (self.build(left, first), self.build(right, second));
                (one.0.min(other.0), one.1.max(other.1))
            }
        };
        self.nodes[node] = ends;
        ends
    }

    pub(crate) fn len(&self) -> usize {
        self.days.len()
    }

    /// The days of a row.
    pub(crate) fn days(&self, row: usize) -> Days {
        self.days[row]
    }

    /// How many rows begin on a day or before it; they are the first.
    pub(crate) fn begun(&self, day: i64) -> usize {
        self.days.partition_point(|row| i64::from(row.first) <= day)
    }

    /// How many nodes the tree has.
    pub(crate) fn nodes(&self) -> usize {
        self.nodes.len()
    }

    /// Each node of the tree with its rows, a node before its halves.
    pub(crate) fn each_node(&self, mut visit: impl FnMut(usize, Range<usize>)) {
        let mut open = vec![(0, 0..self.days.len())];
        while let Some((node, rows)) = open.pop() {
            if let Some(parts) = halves(node, &rows) {
                open.extend(parts);
            }
            visit(node, rows);
        }
    }

    /// The rows of a node, one after another for as long as the visitor wants to go on.
    pub(crate) fn each_row_of(&self, node: usize, mut visit: impl FnMut(usize) -> bool) {
        // The bits of the number of a node are the way down to it.
        let depth = (node + 1).ilog2();
        let mut rows = 0..self.days.len();
        for level in (0..depth).rev() {
            let middle = usize::midpoint(rows.start, rows.end);
            rows = if (node + 1) >> level & 1 == 0 { rows.start..middle } else { middle..rows.end };
        }
        let _ = rows.all(&mut visit);
    }

    /// The rows of a range that last until a day or longer.
    fn lasting(&self, range: Range<usize>, until: i64, visit: &mut impl FnMut(Piece)) {
        if range.is_empty() {
            return;
        }
        let mut open = vec![(0, 0..self.days.len())];
        while let Some((node, rows)) = open.pop() {
            let (least, greatest) = self.nodes[node];
            if rows.end <= range.start || range.end <= rows.start || i64::from(greatest) < until {
                continue;
            }
            if range.start <= rows.start && rows.end <= range.end && i64::from(least) >= until {
                visit(Piece::Node(node));
            } else if let Some(parts) = halves(node, &rows) {
                open.extend(parts);
            } else {
                let fits = |row: &usize| range.contains(row) && i64::from(self.days[*row].last) >= until;
                rows.filter(fits).for_each(|row| visit(Piece::Row(row)));
            }
        }
    }

    /// All rows.
    pub(crate) fn all(&self, visit: &mut impl FnMut(Piece)) {
        self.lasting(0..self.len(), i64::MIN, visit);
    }

    /// The rows of exactly these days.
    pub(crate) fn same(&self, days: Days) -> Range<usize> {
        let key = |days: &Days| (days.first, days.last);
        self.days.partition_point(|row| key(row) < key(&days))..self.days.partition_point(|row| key(row) <= key(&days))
    }

    pub(crate) fn rows(&self, range: Range<usize>, visit: &mut impl FnMut(Piece)) {
        self.lasting(range, i64::MIN, visit);
    }

    /// The rows that begin on the first day of a time, if that makes two totals comparable.
    fn beginning_with(&self, time: Time) -> Range<usize> {
        let first = time.days.first;
        if !time.totals || first == Days::NO_FIRST {
            return 0..0;
        }
        self.days.partition_point(|row| row.first < first)..self.days.partition_point(|row| row.first <= first)
    }

    /// The rows that are together with a time.
    pub(crate) fn together(&self, time: Time, visit: &mut impl FnMut(Piece)) {
        let apart = i64::from(time.apart);
        let begun = |row: &Days| i64::from(row.first) - i64::from(time.days.last) <= apart;
        let end = self.days.partition_point(begun);
        let until = i64::from(time.days.first) - apart;
        let apart = self.beginning_with(time);
        if apart.is_empty() {
            self.lasting(0..end, until, visit);
        } else {
            self.lasting(0..apart.start, until, visit);
            self.rows(self.same(time.days), visit);
            self.lasting(apart.end..end, until, visit);
        }
    }

    /// The rows that are the latest before a time: the last day of all, and which they are, as a range of `by_last`.
    pub(crate) fn latest_before(&self, time: Time, by_last: &[usize]) -> Option<(i32, Range<usize>)> {
        let last = |place: &usize| self.days[*place].last;
        let same_start = self.beginning_with(time);
        let of_one_start = self.days[same_start.clone()].partition_point(|row| row.last < time.days.last);
        let before = if of_one_start > 0 {
            self.days[same_start.start + of_one_start - 1].last
        } else {
            let until = i64::from(time.days.first) - i64::from(time.apart);
            let count = by_last.partition_point(|place| i64::from(last(place)) < until);
            last(by_last.get(count.checked_sub(1)?)?)
        };
        let range =
            by_last.partition_point(|place| last(place) < before)..by_last.partition_point(|p| last(p) <= before);
        Some((before, range))
    }

    /// The rows that are the earliest after a time, with the day from which they count.
    pub(crate) fn earliest_after(&self, time: Time) -> Option<(i32, Range<usize>)> {
        let same_start = self.beginning_with(time);
        let of_one_start = self.days[same_start.clone()].partition_point(|row| row.last <= time.days.last);
        let mut found = self.days[same_start.clone()].get(of_one_start).map(|row| (row.last, self.same(*row)));
        let after = |row: &Days| i64::from(row.first) - i64::from(time.days.last) <= i64::from(time.apart);
        let start = self.days.partition_point(after).max(same_start.end);
        if let Some(row) = self.days.get(start)
            && found.as_ref().is_none_or(|(day, _)| row.first < *day)
        {
            let end = self.days.partition_point(|other| other.first <= row.first);
            found = Some((row.first, start..end));
        }
        found
    }
}

/// The two halves of a node with their rows; none of a node at the bottom.
fn halves(node: usize, rows: &Range<usize>) -> Option<[(usize, Range<usize>); 2]> {
    let middle = usize::midpoint(rows.start, rows.end);
    (rows.len() > LEAF).then(|| [(2 * node + 1, rows.start..middle), (2 * node + 2, middle..rows.end)])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws a few days, some without a first or a last.
    fn drawn(seed: u64) -> Vec<Days> {
        let mut state = seed;
        let mut below = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        };
        let mut days: Vec<Days> = (0..below(40))
            .map(|_| {
                let first = i32::try_from(below(12)).unwrap();
                let last = first + i32::try_from(below(5)).unwrap();
                match below(8) {
                    0 => Days { first: Days::NO_FIRST, last },
                    1 => Days { first, last: Days::NO_LAST },
                    _ => Days { first, last },
                }
            })
            .collect();
        days.sort_by_key(|days| (days.first, days.last));
        days
    }

    #[test]
    fn rows_are_found_as_by_looking_at_each() {
        for seed in 0..300 {
            let days = drawn(seed);
            let timeline = Timeline::new(days.clone());
            let mut of_node = vec![0..0; timeline.nodes()];
            timeline.each_node(|node, rows| of_node[node] = rows);
            let mut by_last: Vec<usize> = (0..days.len()).collect();
            by_last.sort_by_key(|row| days[*row].last);
            for time in drawn(seed + 1000) {
                for (apart, totals) in [(0, false), (0, true), (2, false)] {
                    let asked = Time { days: time, apart, totals };
                    let mut found: Vec<usize> = Vec::new();
                    timeline.together(asked, &mut |piece| match piece {
                        Piece::Node(node) => {
                            let before = found.len();
                            timeline.each_row_of(node, |row| {
                                found.push(row);
                                true
                            });
                            assert!(found[before..].iter().copied().eq(of_node[node].clone()));
                        }
                        Piece::Row(row) => found.push(row),
                    });
                    found.sort_unstable();
                    let one_start = |row: &Days| totals && row.first == time.first && row.first != Days::NO_FIRST;
                    let is_together =
                        |row: &Days| *row == time || !one_start(row) && row.days_apart(time) <= i64::from(apart);
                    let together: Vec<usize> = (0..days.len()).filter(|row| is_together(&days[*row])).collect();
                    assert_eq!(found, together, "{days:?} at {asked:?}");
                    let others = |is: &dyn Fn(&Days) -> bool| -> Vec<Days> {
                        days.iter().copied().filter(|row| !is_together(row) && is(row)).collect()
                    };
                    let is_before =
                        |row: &Days| if one_start(row) { row.last < time.last } else { time.is_after(*row) };
                    let before = others(&is_before).iter().map(|row| row.last).max();
                    assert_eq!(timeline.latest_before(asked, &by_last).map(|(day, _)| day), before);
                    let counts_from = |row: &Days| if one_start(row) { row.last } else { row.first };
                    let after = others(&|row| !is_before(row)).iter().map(counts_from).min();
                    assert_eq!(timeline.earliest_after(asked).map(|(day, _)| day), after, "{days:?} at {asked:?}");
                }
            }
        }
    }
}
