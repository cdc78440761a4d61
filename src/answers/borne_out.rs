//! The affirmed claims on a topic that somebody else bears out, found for all of them at once.

use std::collections::HashMap;

use super::backers::{Kind, Those};
use super::word::affirms;
use crate::ledger::{ClaimRef, TopicRef};
use crate::rules::voices::{Dependents, Statement, Voice, Voices};
use crate::topic::Measure;

/// The rows of one node at the bottom of a tree.
const LEAF: usize = 8;

/// The standing affirmed claims on a topic that a claim of another voice with a name agrees with, of their own time.
/// Voices are joined over all affirmed claims on the topic.
pub(super) fn borne_out(topic: TopicRef<'_>) -> impl Iterator<Item = ClaimRef<'_>> {
    let is_fixed = topic.predicate().measure() == Measure::Fixed;
    let claims: Vec<ClaimRef<'_>> = topic.standing().filter(affirms).collect();
    let statements: Vec<Statement<'_>> = claims.iter().map(|claim| claim.statement()).collect();
    let voices = Voices::of(&statements);
    let dependents = Dependents::of(&statements, &voices);
    let rows = claims.into_iter().zip(&statements).filter_map(|(claim, statement)| {
        let comparable = claim.comparable();
        let (kind, reach) = (Kind::of(&comparable)?, comparable.value()?.reach());
        let days = comparable.days().filter(|_| !is_fixed);
        let days = days.map_or([i64::MIN, i64::MAX], |days| [days.first.into(), days.last.into()]);
        Some((kind, Row { reach, days, extent: Extent::default(), voice: voices.voice(statement.origin), claim }))
    });
    let rows: Vec<(Kind<'_>, Row<'_>)> = rows.collect();
    let mut by_kind: HashMap<Kind<'_>, Vec<Row<'_>>> = HashMap::new();
    for (kind, row) in &rows {
        for kind in kind.found_under() {
            by_kind.entry(kind).or_default().push(*row);
        }
    }
    let trees: HashMap<Kind<'_>, Tree<'_>> = by_kind.into_iter().map(|(kind, rows)| (kind, Tree::new(rows))).collect();
    let apart = i64::from(topic.ledger().policy().days_apart());
    let is_borne_out = move |(kind, row): &(Kind<'_>, Row<'_>)| {
        let own: Vec<Voice> = match row.voice {
            known @ Voice::Known(_) => vec![known],
            // An anonymous origin joins no voice, and yet some are known to depend on it.
            Voice::Anonymous(origin) => dependents.of_origin(origin, row.claim.statement().root).collect(),
        };
        let days = [row.days[0].saturating_sub(apart), row.days[1].saturating_add(apart)];
        let agrees = |other| row.claim.agreement_of(other).is_some();
        kind.goes_with().iter().filter_map(|kind| trees.get(kind)).any(|tree| tree.any(row.reach, days, &own, agrees))
    };
    rows.into_iter().filter(is_borne_out).map(|(_, row)| row.claim)
}

/// A claim with its values and days; those that do not say have all.
#[derive(Clone, Copy)]
struct Row<'a> {
    reach: [i128; 2],
    days: [i64; 2],
    extent: Extent,
    voice: Voice,
    claim: ClaimRef<'a>,
}

/// How far values and days reach, the values as places among the ends of all values of a tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Extent {
    from: [i64; 2],
    to: [i64; 2],
}

impl Extent {
    fn meets(&self, other: &Self) -> bool {
        (0..2).all(|i| self.from[i] <= other.to[i] && other.from[i] <= self.to[i])
    }

    fn around(&self, other: &Self) -> Self {
        Self { from: [0, 1].map(|i| self.from[i].min(other.from[i])), to: [0, 1].map(|i| self.to[i].max(other.to[i])) }
    }

    /// One of its four ends, in turn.
    fn end(&self, turn: usize) -> i64 {
        if turn & 2 == 0 { self.from[turn & 1] } else { self.to[turn & 1] }
    }
}

/// Claims by value and time: halves of halves, by each of the four ends in turn.
struct Tree<'a> {
    /// The ends of all values in order.
    cuts: Vec<i128>,
    rows: Vec<Row<'a>>,
    /// How far the rows of each node reach, and whose they are.
    nodes: Vec<(Extent, Those<Voice>)>,
}

impl<'a> Tree<'a> {
    fn new(rows: Vec<Row<'a>>) -> Self {
        let mut cuts: Vec<i128> = rows.iter().flat_map(|row| row.reach).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let mut tree = Self { cuts, rows, nodes: Vec::new() };
        let extents: Vec<Extent> = tree.rows.iter().map(|row| tree.extent(row.reach, row.days)).collect();
        for (row, extent) in tree.rows.iter_mut().zip(extents) {
            row.extent = extent;
        }
        tree.build(0, 0, tree.rows.len(), 0);
        tree
    }

    /// The places of the ends of its values that lie between those of some, and the days. Sets that touch are taken to meet.
    fn extent(&self, [from, to]: [i128; 2], [first, last]: [i64; 2]) -> Extent {
        let place = |place: usize| i64::try_from(place).unwrap_or(i64::MAX);
        let first_cut = place(self.cuts.partition_point(|cut| *cut < from));
        let last_cut = place(self.cuts.partition_point(|cut| *cut <= to)) - 1;
        Extent { from: [first_cut, first], to: [last_cut, last] }
    }

    fn build(&mut self, node: usize, start: usize, end: usize, depth: usize) -> (Extent, Those<Voice>) {
        let around = |(one, whose): (Extent, Those<Voice>), (other, others)| (one.around(&other), whose.and(others));
        let reach = if end - start <= LEAF {
            let rows = self.rows[start..end].iter().map(|row| (row.extent, Those::known(row.voice)));
            rows.reduce(around).unwrap_or((Extent::default(), Those::Nobody))
        } else {
            let middle = usize::midpoint(start, end);
            let rows = &mut self.rows[start..end];
            // By an end that not all have in common, where there is one.
            let differ = |turn: &usize| rows.iter().any(|row| row.extent.end(*turn) != rows[0].extent.end(*turn));
            let turn = (depth..depth + 4).find(differ).unwrap_or(depth);
            rows.select_nth_unstable_by_key(middle - start, |row| row.extent.end(turn));
            let left = self.build(2 * node + 1, start, middle, depth + 1);
            around(left, self.build(2 * node + 2, middle, end, depth + 1))
        };
        if self.nodes.len() <= node {
            self.nodes.resize(node + 1, reach);
        }
        self.nodes[node] = reach;
        reach
    }

    /// Whether a claim with values and days that meet these, of a voice with a name that is none of some, is meant.
    fn any(&self, reach: [i128; 2], days: [i64; 2], own: &[Voice], is_meant: impl Fn(ClaimRef<'a>) -> bool) -> bool {
        let asked = self.extent(reach, days);
        let mut open = vec![(0, 0, self.rows.len())];
        while let Some((node, start, end)) = open.pop() {
            let (extent, whose) = &self.nodes[node];
            if !extent.meets(&asked) || !whose.is_another(own) {
                continue;
            }
            if end - start > LEAF {
                let middle = usize::midpoint(start, end);
                open.extend([(2 * node + 2, middle, end), (2 * node + 1, start, middle)]);
                continue;
            }
            let may_be = |row: &&Row<'a>| Those::known(row.voice).is_another(own) && row.extent.meets(&asked);
            if self.rows[start..end].iter().filter(may_be).any(|row| is_meant(row.claim)) {
                return true;
            }
        }
        false
    }
}
