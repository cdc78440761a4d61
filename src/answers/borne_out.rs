//! Which of the affirmed claims on a topic somebody else bears out, for all of them at once.

use std::collections::HashMap;

use super::backers::Kind;
use super::word::affirms;
use crate::ledger::{ClaimRef, TopicRef};
use crate::rules::position::{Cut, Set};
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
    let mut rows: HashMap<Kind, Vec<Row<'_>>> = HashMap::new();
    for (claim, statement) in claims.into_iter().zip(&statements) {
        let comparable = claim.comparable();
        let Some((kind, set)) = Kind::of(&comparable) else { continue };
        let days = comparable.days().filter(|_| !is_fixed);
        let days = days.map_or([i64::MIN, i64::MAX], |days| [days.first.into(), days.last.into()]);
        rows.entry(kind).or_default().push(Row { set, days, voice: voices.voice(statement.origin), claim });
    }
    let trees: HashMap<Kind, Tree<'_>> = rows.into_iter().map(|(kind, rows)| (kind, Tree::new(rows))).collect();
    let apart = i64::from(topic.ledger().policy().days_apart());
    let is_borne_out = |kind: &Kind, row: &Row<'_>| {
        let own: Vec<Voice> = match row.voice {
            known @ Voice::Known(_) => vec![known],
            // It joins no voice, and yet some are known to depend on it.
            Voice::Anonymous(origin) => dependents.of_origin(origin, row.claim.statement().root).collect(),
        };
        let asked =
            Asked { set: row.set, days: [row.days[0].saturating_sub(apart), row.days[1].saturating_add(apart)], own };
        let mut with = trees.iter().filter(|(other, _)| kind.goes_with(other));
        with.any(|(_, tree)| tree.any(&asked, |other| row.claim.agreement_of(other).is_some()))
    };
    let mut found: Vec<ClaimRef<'_>> = Vec::new();
    for (kind, tree) in &trees {
        found.extend(tree.rows.iter().filter(|row| is_borne_out(kind, row)).map(|row| row.claim));
    }
    found.into_iter()
}

#[derive(Debug)]
struct Row<'a> {
    set: Set,
    /// The first and the last day, from and to any where it does not say.
    days: [i64; 2],
    voice: Voice,
    claim: ClaimRef<'a>,
}

/// What is looked for: a value and days that meet these, of a voice with a name that is none of its own.
struct Asked {
    set: Set,
    days: [i64; 2],
    own: Vec<Voice>,
}

/// Claims by value and time: halves of halves, by each of the four ends in turn.
struct Tree<'a> {
    rows: Vec<Row<'a>>,
    nodes: Vec<Bounds>,
}

/// Between which ends the rows of a node lie, and whose they are.
#[derive(Clone, Copy)]
struct Bounds {
    from: Cut,
    to: Cut,
    days: [i64; 2],
    whose: Whose,
}

/// Which voices with a name there are among some claims.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Nobody,
    One(Voice),
    Several,
}

impl Whose {
    fn of(voice: Voice) -> Self {
        match voice {
            Voice::Known(_) => Self::One(voice),
            Voice::Anonymous(_) => Self::Nobody,
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nobody, whose) | (whose, Self::Nobody) => whose,
            (Self::One(one), Self::One(other)) if one == other => self,
            _ => Self::Several,
        }
    }
}

impl Asked {
    fn may_be_among(&self, bounds: &Bounds) -> bool {
        let is_other = match bounds.whose {
            Whose::Nobody => false,
            Whose::One(voice) => !self.own.contains(&voice),
            Whose::Several => true,
        };
        let in_time = bounds.days[0] <= self.days[1] && self.days[0] <= bounds.days[1];
        // Equal texts share no stretch of a line, and are all at the same place.
        let meets = bounds.from <= self.set.to && self.set.from <= bounds.to;
        is_other && in_time && meets
    }
}

impl<'a> Tree<'a> {
    fn new(rows: Vec<Row<'a>>) -> Self {
        let mut tree = Self { rows, nodes: Vec::new() };
        let end = tree.rows.len();
        tree.build(0, 0, end, 0);
        tree
    }

    fn build(&mut self, node: usize, start: usize, end: usize, depth: usize) -> Bounds {
        let bounds = if end - start <= LEAF {
            let of_row = |row: &Row<'_>| Bounds {
                from: row.set.from,
                to: row.set.to,
                days: row.days,
                whose: Whose::of(row.voice),
            };
            let all = self.rows[start..end].iter().map(of_row);
            all.reduce(Bounds::around).expect("a node has a row")
        } else {
            let middle = usize::midpoint(start, end);
            let rows = &mut self.rows[start..end];
            match depth % 4 {
                0 => rows.select_nth_unstable_by_key(middle - start, |row| row.set.from),
                1 => rows.select_nth_unstable_by_key(middle - start, |row| row.days[0]),
                2 => rows.select_nth_unstable_by_key(middle - start, |row| row.set.to),
                _ => rows.select_nth_unstable_by_key(middle - start, |row| row.days[1]),
            };
            let left = self.build(2 * node + 1, start, middle, depth + 1);
            left.around(self.build(2 * node + 2, middle, end, depth + 1))
        };
        if self.nodes.len() <= node {
            self.nodes.resize(node + 1, bounds);
        }
        self.nodes[node] = bounds;
        bounds
    }

    /// Whether a claim that may be meant is.
    fn any(&self, asked: &Asked, is_meant: impl Fn(ClaimRef<'a>) -> bool) -> bool {
        let mut open = vec![(0, 0, self.rows.len())];
        while let Some((node, start, end)) = open.pop() {
            if !asked.may_be_among(&self.nodes[node]) {
                continue;
            }
            if end - start > LEAF {
                let middle = usize::midpoint(start, end);
                open.extend([(2 * node + 2, middle, end), (2 * node + 1, start, middle)]);
                continue;
            }
            let may_be = |row: &&Row<'a>| matches!(row.voice, Voice::Known(_)) && !asked.own.contains(&row.voice);
            if self.rows[start..end].iter().filter(may_be).any(|row| is_meant(row.claim)) {
                return true;
            }
        }
        false
    }
}

impl Bounds {
    fn around(self, other: Self) -> Self {
        Self {
            from: self.from.min(other.from),
            to: self.to.max(other.to),
            days: [self.days[0].min(other.days[0]), self.days[1].max(other.days[1])],
            whose: self.whose.and(other.whose),
        }
    }
}
