//! The first positions on a topic, at one time after another, as constraints ask for them.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::positions::positions_of;
use super::tied::{Keys, LISTED};
use crate::date::Days;
use crate::ledger::{ClaimRef, TopicRef};
use crate::names::Unit;
use crate::rules::arithmetic::Allowed;
use crate::rules::position::Stand;
use crate::rules::timeline::{Piece, Time, Timeline};

/// The first position of figures of one scope and unit.
#[derive(Clone, Debug)]
pub(super) struct Leading<'a> {
    pub(super) scope: u32,
    pub(super) unit: u32,
    pub(super) unit_as_said: Option<&'a str>,
    pub(super) allowed: Allowed,
    /// Whose word it is, if it is that of one origin alone.
    pub(super) only_origin: Option<u32>,
    pub(super) claims: Vec<ClaimRef<'a>>,
    /// How many claims there are, listed or not.
    pub(super) count: usize,
}

/// The choice of claims that make the positions.
#[derive(Clone, Copy, Debug)]
pub(super) enum When {
    /// The last word of each origin.
    ByDefault,
    /// Those together with a time.
    Together(Time),
    /// Those of exactly these days.
    Same(Days),
}

/// The most claims of times of their own that positions are kept of.
const KEPT: usize = 1 << 16;

type Positions<'a> = Arc<[Leading<'a>]>;

/// The standing claims on a topic by their time, with the positions that were asked for.
#[derive(Debug)]
pub(super) struct Stands<'a> {
    topic: TopicRef<'a>,
    claims: Vec<ClaimRef<'a>>,
    untimed: Vec<u32>,
    timed: Vec<u32>,
    timeline: Timeline,
    by_default: OnceCell<Positions<'a>>,
    by_claims: HashMap<Vec<u32>, Positions<'a>>,
    kept: usize,
}

impl<'a> Stands<'a> {
    /// The claims on a topic; `by_last_day` has each count as of its last day, and leaves those without one out.
    pub(super) fn new(topic: TopicRef<'a>, by_last_day: bool) -> Self {
        let (mut claims, mut untimed, mut timed) = (Vec::new(), Vec::new(), Vec::new());
        for claim in topic.standing() {
            let number = u32::try_from(claims.len()).expect("a ledger has fewer than 2³² claims");
            match claim.days() {
                Some(days) if !by_last_day => timed.push((days, number)),
                Some(Days { last, .. }) if last != Days::NO_LAST => timed.push((Days { first: last, last }, number)),
                None if !by_last_day => untimed.push(number),
                _ => continue,
            }
            claims.push(claim);
        }
        timed.sort_by_key(|(days, _)| (days.first, days.last));
        let timeline = Timeline::new(timed.iter().map(|(days, _)| *days).collect());
        let timed = timed.into_iter().map(|(_, number)| number).collect();
        let by_default = OnceCell::new();
        Self { topic, claims, untimed, timed, timeline, by_default, by_claims: HashMap::new(), kept: 0 }
    }

    /// The first positions of figures, one of each scope and unit, in order. Adds what it cost to `work`.
    pub(super) fn positions(&mut self, when: When, keys: &mut Keys, work: &mut usize) -> Positions<'a> {
        let mut found: Vec<u32> = Vec::new();
        let mut take = |piece| match piece {
            Piece::Row(place) => found.push(self.timed[place]),
            Piece::Node(node) => self.timeline.each_row_of(node, |place| {
                found.push(self.timed[place]);
                true
            }),
        };
        match when {
            When::ByDefault => {
                *work += 1;
                let topic = self.topic;
                return self.by_default.get_or_init(|| first_of_each(&topic.positions(), keys)).clone();
            }
            When::Together(time) => {
                self.timeline.together(time, &mut take);
                found.extend(&self.untimed);
            }
            When::Same(days) => self.timeline.rows(self.timeline.same(days), &mut take),
        }
        *work += 1;
        found.sort_unstable();
        if let Some(positions) = self.by_claims.get(&found) {
            return positions.clone();
        }
        *work += 8 * found.len();
        let claims = found.iter().map(|number| self.claims[*number as usize]);
        let positions = first_of_each(&positions_of(self.topic, claims), keys);
        self.kept += found.len() + 1;
        if self.kept > KEPT {
            self.by_claims.clear();
            self.kept = found.len() + 1;
        }
        self.by_claims.insert(found, positions.clone());
        positions
    }
}

/// The first position of each scope and unit.
fn first_of_each<'a>(positions: &super::Positions<'a>, keys: &mut Keys) -> Positions<'a> {
    let mut first: Vec<Leading<'a>> = Vec::new();
    for position in positions.positions() {
        let Stand::Figures { values, unit } = position.stand() else { continue };
        let claims = position.claims();
        let extents = || claims.iter().filter_map(|claim| claim.extent());
        let count = extents().all(|(extent, _)| extent.count);
        let unit_key = extents().find_map(|(extent, _)| extent.unit);
        let (scope, unit_number) = (keys.scope(claims[0]), keys.number(unit_key.as_ref().map(Unit::name)));
        let is_same =
            |other: &Leading<'_>| (other.scope, other.unit, other.allowed.count) == (scope, unit_number, count);
        if first.iter().any(is_same) {
            continue;
        }
        let origin = claims[0].statement().origin;
        first.push(Leading {
            scope,
            unit: unit_number,
            unit_as_said: *unit,
            allowed: Allowed::new(*values, count),
            only_origin: claims.iter().all(|claim| claim.statement().origin == origin).then_some(origin),
            claims: claims.iter().copied().take(LISTED).collect(),
            count: claims.len(),
        });
    }
    first.into()
}
