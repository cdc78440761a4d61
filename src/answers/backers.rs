//! The affirmed claims on a topic, laid out by time and by value, so that those that bear one of them out are found
//! without looking at all others.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::word::affirms;
use crate::date::Days;
use crate::ledger::{ClaimRef, TopicRef};
use crate::names::Unit;
use crate::rules::comparable::{Comparable, ComparedValue};
use crate::rules::position::{Cut, Set};
use crate::rules::timeline::{Piece, Time, Timeline};
use crate::rules::voices::{Dependents, Statement, Voice, Voices};
use crate::topic::Measure;

/// The affirmed claims on a topic that stand.
#[derive(Debug)]
pub(super) struct AffirmedClaims<'a> {
    topic: TopicRef<'a>,
    claims: Vec<ClaimRef<'a>>,
    values: Vec<(Kind, Set)>,
    untimed: Vec<u32>,
    timed: Vec<u32>,
    timeline: Timeline,
    at: HashMap<Vec<u32>, Arc<Backers<'a>>>,
}

/// What values can share one: figures of a unit, or without one, texts that are equal, periods.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Figure(Option<String>),
    Text(String),
    Period,
}

impl Kind {
    pub(super) fn of(comparable: &Comparable<'_>) -> Option<(Self, Set)> {
        let value = comparable.value()?;
        let kind = match value {
            ComparedValue::Figure(extent) => Self::Figure(extent.unit.as_ref().map(|unit| Unit::name(unit).to_owned())),
            ComparedValue::Text(text) => Self::Text(text.clone().into_owned()),
            ComparedValue::Period(_) => Self::Period,
        };
        Some((kind, Set::of(value, false)))
    }

    /// Whether values of the two kinds may share one: those without a unit with those of any.
    pub(super) fn goes_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Figure(one), Self::Figure(other)) => one.is_none() || other.is_none() || one == other,
            _ => self == other,
        }
    }
}

impl<'a> AffirmedClaims<'a> {
    pub(super) fn new(topic: TopicRef<'a>) -> Self {
        let (mut claims, mut values, mut untimed, mut timed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for claim in topic.standing().filter(affirms) {
            let comparable = claim.comparable();
            let Some(value) = Kind::of(&comparable) else { continue };
            let place = u32::try_from(claims.len()).expect("a ledger has fewer than 2³² claims");
            match comparable.days() {
                Some(days) => timed.push((days, place)),
                None => untimed.push(place),
            }
            claims.push(claim);
            values.push(value);
        }
        timed.sort_by_key(|(days, _)| (days.first, days.last));
        let timeline = Timeline::new(timed.iter().map(|(days, _)| *days).collect());
        let timed = timed.into_iter().map(|(_, place)| place).collect();
        Self { topic, claims, values, untimed, timed, timeline, at: HashMap::new() }
    }

    /// Those that are together with some days.
    pub(super) fn at(&mut self, days: Option<Days>) -> Arc<Backers<'a>> {
        let is_fixed = self.topic.predicate().measure() == Measure::Fixed;
        let mut places = self.untimed.clone();
        match days.filter(|_| !is_fixed) {
            None => places.extend(&self.timed),
            Some(days) => {
                let time = Time { days, apart: self.topic.ledger().policy().days_apart(), totals: false };
                self.timeline.together(time, &mut |piece| match piece {
                    Piece::Row(place) => places.push(self.timed[place]),
                    Piece::Node(node) => self.timeline.each_row_of(node, |place| {
                        places.push(self.timed[place]);
                        true
                    }),
                });
            }
        }
        places.sort_unstable();
        if let Some(backers) = self.at.get(&places) {
            return backers.clone();
        }
        let backers = Arc::new(Backers::new(self, &places));
        self.at.insert(places, backers.clone());
        backers
    }
}

/// The affirmed claims of one time on a topic.
#[derive(Debug)]
pub(super) struct Backers<'a> {
    claims: Vec<ClaimRef<'a>>,
    voices: Vec<Voice>,
    dependents: Dependents,
    lines: HashMap<Kind, Line>,
}

/// Sets of values in the order in which they begin, under a tree that knows where the last of each part ends.
#[derive(Debug, Default)]
struct Line {
    /// Each with the place of its claim.
    sets: Vec<(Set, u32)>,
    ends: Vec<Cut>,
}

impl Line {
    fn new(mut sets: Vec<(Set, u32)>) -> Self {
        sets.sort_by_key(|(set, place)| (set.from, *place));
        let mut line = Self { sets, ends: Vec::new() };
        line.build(0, 0, line.sets.len());
        line
    }

    fn build(&mut self, node: usize, start: usize, end: usize) -> Cut {
        if self.ends.len() <= node {
            self.ends.resize(node + 1, Cut::BEFORE_ALL);
        }
        let last = if end - start <= 1 {
            self.sets[start..end].first().map_or(Cut::BEFORE_ALL, |(set, _)| set.to)
        } else {
            let middle = usize::midpoint(start, end);
            self.build(2 * node + 1, start, middle).max(self.build(2 * node + 2, middle, end))
        };
        self.ends[node] = last;
        last
    }

    /// Visits the claims whose values share one with a set, until the visitor has seen enough; whether it has.
    fn sharing(&self, set: Set, visit: &mut impl FnMut(u32) -> bool) -> bool {
        let begun = self.sets.partition_point(|(other, _)| other.from < set.to);
        let mut open = vec![(0, 0, self.sets.len())];
        while let Some((node, start, end)) = open.pop() {
            if start >= begun.min(end) || self.ends[node] <= set.from {
                continue;
            }
            if end - start == 1 {
                if visit(self.sets[start].1) {
                    return true;
                }
            } else {
                let middle = usize::midpoint(start, end);
                open.extend([(2 * node + 2, middle, end), (2 * node + 1, start, middle)]);
            }
        }
        false
    }
}

impl<'a> Backers<'a> {
    fn new(all: &AffirmedClaims<'a>, places: &[u32]) -> Self {
        let claims: Vec<ClaimRef<'a>> = places.iter().map(|place| all.claims[*place as usize]).collect();
        let statements: Vec<Statement<'a>> = claims.iter().map(|claim| claim.statement()).collect();
        let of_origins = Voices::of(&statements);
        let dependents = Dependents::of(&statements, &of_origins);
        let voices = statements.iter().map(|statement| of_origins.voice(statement.origin)).collect();
        let mut sets: HashMap<&Kind, Vec<(Set, u32)>> = HashMap::new();
        for (own, place) in (0..).zip(places) {
            let (kind, set) = &all.values[*place as usize];
            sets.entry(kind).or_default().push((*set, own));
        }
        let lines = sets.into_iter().map(|(kind, sets)| (kind.clone(), Line::new(sets))).collect();
        Self { claims, voices, dependents, lines }
    }

    /// Visits the claims that may agree with one, in no order, until the visitor has seen enough; whether it has.
    fn near(&self, claim: ClaimRef<'a>, mut visit: impl FnMut(u32) -> bool) -> bool {
        let Some((kind, set)) = Kind::of(&claim.comparable()) else { return false };
        // Texts are equal or not, and all periods are of one kind: only units are looked through.
        if let Kind::Figure(_) = kind {
            let lines = self.lines.iter().filter(|(other, _)| kind.goes_with(other));
            lines.into_iter().any(|(_, line)| line.sharing(set, &mut visit))
        } else if let Kind::Text(_) = kind {
            let same = self.lines.get(&kind).into_iter().flat_map(|line| &line.sets);
            same.into_iter().any(|(_, place)| visit(*place))
        } else {
            self.lines.get(&kind).is_some_and(|line| line.sharing(set, &mut visit))
        }
    }

    /// Those that may agree with a claim, with the voice of each, in the order in which they were recorded.
    pub(super) fn candidates(&self, claim: ClaimRef<'a>) -> Vec<(ClaimRef<'a>, Voice)> {
        let mut places = Vec::new();
        self.near(claim, |place| {
            places.push(place);
            false
        });
        places.sort_unstable();
        places.into_iter().map(|place| (self.claims[place as usize], self.voices[place as usize])).collect()
    }

    /// Who says them, and who relays them.
    pub(super) fn statements(&self) -> impl Iterator<Item = Statement<'a>> {
        self.claims.iter().map(|claim| claim.statement())
    }

    /// Whether a claim is one of them.
    pub(super) fn has(&self, claim: ClaimRef<'a>) -> bool {
        self.claims.binary_search_by_key(&claim.id(), ClaimRef::id).is_ok()
    }

    /// The voices that a claim of theirs depends on: its own and, of an anonymous origin, those that it is known to
    /// depend on although it joins none.
    pub(super) fn own_voices(&self, claim: ClaimRef<'a>) -> HashSet<Voice> {
        let Statement { origin, root, .. } = claim.statement();
        let own = self.claims.binary_search_by_key(&claim.id(), ClaimRef::id).ok().map(|place| self.voices[place]);
        match own {
            Some(Voice::Anonymous(_)) => self.dependents.of_origin(origin, root).collect(),
            own => own.into_iter().collect(),
        }
    }

    /// Whether a claim with a name agrees with one of theirs, and is of none of some voices.
    pub(super) fn is_confirmed(
        &self,
        claim: ClaimRef<'a>,
        own: &HashSet<Voice>,
        agrees: impl Fn(ClaimRef<'a>) -> bool,
    ) -> bool {
        self.near(claim, |place| {
            let voice = self.voices[place as usize];
            matches!(voice, Voice::Known(_)) && !own.contains(&voice) && agrees(self.claims[place as usize])
        })
    }
}
