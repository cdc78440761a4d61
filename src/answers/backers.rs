//! The affirmed claims on a topic, laid out by time and by value, so that those that bear one of them out are found
//! without looking at all others.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::word::affirms;
use crate::date::Days;
use crate::ledger::{ClaimRef, TopicRef};
use crate::names::Unit;
use crate::rules::comparable::{Comparable, ComparedValue};
use crate::rules::fit::Agreement;
use crate::rules::moments::{Moment, Span, Then, each_moment};
use crate::rules::relation::agreement;
use crate::rules::timeline::{Piece, Time, Timeline};
use crate::rules::voices::{Chains, Dependents, Joining, Statement, Voice, Voices};
use crate::topic::Measure;

/// The affirmed claims on a topic that stand.
#[derive(Debug)]
pub(super) struct AffirmedClaims<'a> {
    topic: TopicRef<'a>,
    claims: Vec<ClaimRef<'a>>,
    values: Vec<Compared<'a>>,
    kinds: HashMap<Kind<'a>, u32>,
    /// Where sets of values begin and end, in order.
    cuts: Vec<i128>,
    untimed: Vec<u32>,
    timed: Vec<u32>,
    timeline: Timeline,
    /// The last days of all that have a time, in order.
    lasts: Vec<i32>,
    /// Who says them and passes them on; nothing where one of them is anonymous.
    chains: Option<Chains>,
    of_all_times: OnceLock<Backers>,
}

/// A value as it is held against others: which share one with it is decided by whole numbers.
#[derive(Debug)]
struct Compared<'a> {
    comparable: Comparable<'a>,
    /// By their numbers, the kinds under which it is found.
    kinds: [u32; 4],
    range: Range,
}

/// A set of values by the places of its two ends among all ends.
#[derive(Clone, Copy, Debug)]
struct Range {
    from: u32,
    to: u32,
}

/// The number of no kind.
const NO_KIND: u32 = u32::MAX;

/// The numbers of kinds, of which nothing has more than four.
fn four(numbers: impl Iterator<Item = u32>) -> [u32; 4] {
    let mut kinds = [NO_KIND; 4];
    for (kind, number) in kinds.iter_mut().zip(numbers) {
        *kind = number;
    }
    kinds
}

/// A class of values that can share one: figures in one unit, equal texts, or periods; each within one scope.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Kind<'a> {
    value: ValueKind<'a>,
    scope: Of<Cow<'a, str>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum ValueKind<'a> {
    Figure(Of<String>),
    Text(Cow<'a, str>),
    Period,
}

/// A unit or a scope: none, one, or whichever.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Of<T> {
    None,
    One(T),
    Any,
}

impl<T: Clone> Of<T> {
    fn new(one: Option<T>) -> Self {
        one.map_or(Self::None, Self::One)
    }

    /// The keys under which it is kept: one with a name also under `Any`, where one without a name looks for all.
    fn found_under(&self) -> Vec<Self> {
        match self {
            Self::One(one) => vec![Self::One(one.clone()), Self::Any],
            _ => vec![Self::None],
        }
    }

    /// The keys under which whatever goes with it is kept.
    fn goes_with(&self) -> [Self; 2] {
        match self {
            Self::One(one) => [Self::One(one.clone()), Self::None],
            _ => [Self::None, Self::Any],
        }
    }
}

impl<'a> Kind<'a> {
    pub(super) fn of(comparable: &Comparable<'a>) -> Option<Self> {
        let value = match comparable.value()? {
            ComparedValue::Figure(extent) => {
                ValueKind::Figure(Of::new(extent.unit.as_ref().map(|unit| Unit::name(unit).to_owned())))
            }
            ComparedValue::Text(text) => ValueKind::Text(text.clone()),
            ComparedValue::Period(_) => ValueKind::Period,
        };
        Some(Self { value, scope: Of::new(comparable.scope().cloned()) })
    }

    /// Itself with another value kind and another scope, for each unit and scope that these give.
    fn each(&self, units: impl Fn(&Of<String>) -> Vec<Of<String>>, scopes: &[Of<Cow<'a, str>>]) -> Vec<Self> {
        let values = match &self.value {
            ValueKind::Figure(unit) => units(unit).into_iter().map(ValueKind::Figure).collect(),
            other => vec![other.clone()],
        };
        let with = |value: &ValueKind<'a>| {
            let value = value.clone();
            scopes.iter().map(move |scope| Self { value: value.clone(), scope: scope.clone() })
        };
        values.iter().flat_map(with).collect()
    }

    /// The kinds under which a value of this one is found.
    pub(super) fn found_under(&self) -> Vec<Self> {
        self.each(Of::found_under, &self.scope.found_under())
    }

    /// The kinds under which is found what may share a value with this one.
    pub(super) fn goes_with(&self) -> Vec<Self> {
        self.each(|unit| unit.goes_with().into(), &self.scope.goes_with())
    }
}

impl<'a> AffirmedClaims<'a> {
    pub(super) fn new(topic: TopicRef<'a>) -> Self {
        let (mut claims, mut values, mut untimed, mut timed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut kinds = HashMap::new();
        let mut reaches = Vec::new();
        for claim in topic.standing().filter(affirms) {
            let comparable = claim.comparable();
            let (Some(kind), Some(value)) = (Kind::of(&comparable), comparable.value()) else { continue };
            let place = u32::try_from(claims.len()).expect("a ledger has fewer than 2³² claims");
            match comparable.days() {
                Some(days) => timed.push((days, place)),
                None => untimed.push(place),
            }
            let mut number = |kind| {
                let next = u32::try_from(kinds.len()).expect("each claim has few");
                *kinds.entry(kind).or_insert(next)
            };
            let kinds = four(kind.found_under().into_iter().map(&mut number));
            reaches.push(value.reach());
            claims.push(claim);
            values.push(Compared { comparable, kinds, range: Range { from: 0, to: 0 } });
        }
        let mut cuts: Vec<i128> = reaches.as_flattened().to_vec();
        cuts.sort_unstable();
        cuts.dedup();
        for (value, reach) in values.iter_mut().zip(reaches) {
            value.range = Range::of(reach, &cuts);
        }
        timed.sort_by_key(|(days, _)| (days.first, days.last));
        let timeline = Timeline::new(timed.iter().map(|(days, _)| *days).collect());
        let mut lasts: Vec<i32> = timed.iter().map(|(days, _)| days.last).collect();
        lasts.sort_unstable();
        let timed = timed.into_iter().map(|(_, place)| place).collect();
        let statements: Vec<_> = claims.iter().map(|claim: &ClaimRef<'a>| claim.statement()).collect();
        let is_named = statements.iter().all(|statement| !statement.anonymous);
        let chains = is_named.then(|| Chains::new(&statements));
        let of_all_times = OnceLock::new();
        Self { topic, claims, values, kinds, cuts, untimed, timed, timeline, lasts, chains, of_all_times }
    }

    /// How many of them may be together with some days, at the most.
    pub(super) fn at_most(&self, days: Option<Days>) -> usize {
        let [begun, ended] = self.around(days);
        self.untimed.len() + begun.saturating_sub(ended) as usize
    }

    /// How many of them have begun when some days end, and how many ended before these begin: where that is the same,
    /// the same claims are together with them. All are together with a time that is not known.
    pub(super) fn around(&self, days: Option<Days>) -> Moment {
        let small = |count: usize| u32::try_from(count).expect("a ledger has fewer than 2³² claims");
        let Some(days) = days.filter(|_| self.topic.predicate().measure() != Measure::Fixed) else {
            return [small(self.lasts.len()), 0];
        };
        let apart = i64::from(self.topic.ledger().policy().days_apart());
        let first = i64::from(days.first) - apart;
        let ended = self.lasts.partition_point(|last| i64::from(*last) < first);
        [small(self.timeline.begun(i64::from(days.last) + apart)), small(ended)]
    }

    /// Visits each of some moments, which differ, with who is one voice then: see [`each_moment`]. `None` where one of
    /// the claims is anonymous.
    pub(super) fn each_moment(
        &self,
        moments: &[Moment],
        steps: &mut usize,
        mut visit: impl FnMut(usize, Option<&Then<'_>>, &mut usize) -> bool,
    ) {
        let Some(chains) = &self.chains else {
            let _ = (0..moments.len()).all(|place| visit(place, None, steps));
            return;
        };
        let mut spans: Vec<Span> = vec![[0, u32::MAX]; self.claims.len()];
        let mut by_last: Vec<(i32, u32)> =
            self.timed.iter().enumerate().map(|(row, place)| (self.timeline.days(row).last, *place)).collect();
        by_last.sort_unstable();
        for (begun, place) in (1..).zip(&self.timed) {
            spans[*place as usize][0] = begun;
        }
        for (ended, (_, place)) in (0..).zip(by_last) {
            spans[place as usize][1] = ended;
        }
        each_moment(chains, &spans, moments, steps, &mut |place, then, steps| visit(place, Some(then), steps));
    }

    /// Those that are together with some days.
    pub(super) fn at(&self, days: Option<Days>, joining: &mut Joining) -> Backers {
        let mut places = self.untimed.clone();
        match days.filter(|_| self.topic.predicate().measure() != Measure::Fixed) {
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
        Backers::new(self, places, joining)
    }

    /// All of them. Those that are one voice at some time are one of these.
    pub(super) fn of_all_times(&self) -> &Backers {
        self.of_all_times.get_or_init(|| self.at(None, &mut Joining::default()).laid_out(self))
    }

    pub(super) fn claim(&self, place: u32) -> ClaimRef<'a> {
        self.claims[place as usize]
    }

    /// Where a claim is among them, if it is one of them.
    pub(super) fn place(&self, claim: ClaimRef<'a>) -> Option<u32> {
        let place = self.claims.binary_search_by_key(&claim.id(), ClaimRef::id).ok()?;
        u32::try_from(place).ok()
    }

    /// Whether another voice than its own bears one of them out at a moment; `None` if that does not show without
    /// looking for circles, or the steps do not suffice. Takes from them what it costs.
    pub(super) fn is_confirmed(&self, own: u32, asked: &Asked<'a>, then: &Then<'_>, steps: &mut usize) -> Option<bool> {
        if then.is_one_voice() {
            return Some(false);
        }
        let (known, possible) = (then.known(own), then.possible(own));
        let mut is_open = false;
        for other in then.claims().iter().copied() {
            *steps = steps.saturating_sub(1);
            if *steps == 0 {
                return None;
            }
            let is_apart = then.possible(other) != possible;
            if !is_apart && (is_open || then.known(other) == known) {
                continue;
            }
            if self.may_agree(other, asked) && self.agreement(other, asked).is_some() {
                if is_apart {
                    return Some(true);
                }
                is_open = true;
            }
        }
        (!is_open).then_some(false)
    }

    /// Whether one of them shares a value with a claim, so that they may agree.
    fn may_agree(&self, place: u32, asked: &Asked<'a>) -> bool {
        let Compared { kinds, range, .. } = &self.values[place as usize];
        let is_found = |kind: &u32| *kind != NO_KIND && kinds.contains(kind);
        range.from < asked.range.to && asked.range.from < range.to && asked.kinds.iter().any(is_found)
    }

    /// How the value of one of them lies to that of a claim, if they agree.
    pub(super) fn agreement(&self, place: u32, asked: &Asked<'a>) -> Option<Agreement> {
        if self.claim(place).id() == asked.claim.id() {
            return Some(Agreement::Equal);
        }
        let (predicate, policy) = (self.topic.predicate(), self.topic.ledger().policy());
        agreement(&self.values[place as usize].comparable, &asked.comparable, predicate, policy)
    }

    /// A claim on the topic, with the places at which claims that agree with it are found: none if it has no value.
    pub(super) fn asked(&self, claim: ClaimRef<'a>) -> Asked<'a> {
        let comparable = claim.comparable();
        let kinds = Kind::of(&comparable).map_or_else(Vec::new, |kind| kind.goes_with());
        let kinds = four(kinds.iter().filter_map(|kind| self.kinds.get(kind)).copied());
        let nothing = Range { from: 0, to: 0 };
        let range = comparable.value().map_or(nothing, |value| Range::of(value.reach(), &self.cuts));
        Asked { claim, comparable, kinds, range }
    }
}

impl Range {
    /// A set with this reach, which shares a value with others of which the ends are these places.
    fn of([from, to]: [i128; 2], cuts: &[i128]) -> Self {
        // Where it begins between two of them, it begins as of the lower one, and where it ends so, as of the upper one.
        let place = |place: usize| u32::try_from(place).expect("each claim has two");
        let first = cuts.partition_point(|cut| *cut <= from).saturating_sub(1);
        Self { from: place(first), to: place(cuts.partition_point(|cut| *cut < to)) }
    }
}

/// A claim that is to be borne out.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    pub(super) claim: ClaimRef<'a>,
    comparable: Comparable<'a>,
    /// The numbers of the kinds under which whatever goes with it is found.
    kinds: [u32; 4],
    range: Range,
}

impl Asked<'_> {
    pub(super) fn days(&self) -> Option<Days> {
        self.comparable.days()
    }
}

/// The affirmed claims of one time on a topic.
#[derive(Debug)]
pub(super) struct Backers {
    /// In the order of recording.
    places: Vec<u32>,
    voices: Vec<Voice>,
    dependents: Dependents,
    /// Their values by kind, if many are to be looked for.
    lines: Option<HashMap<u32, Line>>,
}

/// Sets of values of one kind in the order in which they begin, under a tree.
#[derive(Debug, Default)]
struct Line {
    /// Each with where its claim is among the backers.
    sets: Vec<(Range, u32)>,
    nodes: Vec<Node>,
}

/// A part of a line, summed up so that a search can pass over it.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// Where the last of its sets ends.
    to: u32,
    voice: Those<Voice>,
    /// The voices with a name.
    known: Those<Voice>,
}

/// Nobody, one or several of those whose claims some are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Those<T> {
    Nobody,
    Of(T),
    Several,
}

impl<T: Copy + PartialEq> Those<T> {
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nobody, one) | (one, Self::Nobody) => one,
            (one, other) if one == other => one,
            _ => Self::Several,
        }
    }
}

impl Those<Voice> {
    /// A voice with a name, and of others nobody.
    pub(super) fn known(voice: Voice) -> Self {
        if matches!(voice, Voice::Known(_)) { Self::Of(voice) } else { Self::Nobody }
    }

    /// Whether there is one that is none of some.
    pub(super) fn is_another(self, own: &[Voice]) -> bool {
        match self {
            Self::Nobody => false,
            Self::Of(voice) => !own.contains(&voice),
            Self::Several => true,
        }
    }
}

impl Line {
    fn build(&mut self, node: usize, start: usize, end: usize, voices: &[Voice]) -> Node {
        const EMPTY: Node = Node { to: 0, voice: Those::Nobody, known: Those::Nobody };
        if self.nodes.len() <= node {
            self.nodes.resize(node + 1, EMPTY);
        }
        let found = if end - start <= 1 {
            self.sets[start..end].first().map_or(EMPTY, |(range, place)| {
                let voice = voices[*place as usize];
                Node { to: range.to, voice: Those::Of(voice), known: Those::known(voice) }
            })
        } else {
            let middle = usize::midpoint(start, end);
            let one = self.build(2 * node + 1, start, middle, voices);
            let other = self.build(2 * node + 2, middle, end, voices);
            Node { to: one.to.max(other.to), voice: one.voice.and(other.voice), known: one.known.and(other.known) }
        };
        self.nodes[node] = found;
        found
    }

    /// Visits the claims whose values share one with a set, but for the parts that are of no interest, until the visitor
    /// has seen enough; whether it has.
    fn sharing(&self, range: Range, visit: &mut impl Visit) -> bool {
        let begun = self.sets.partition_point(|(other, _)| other.from < range.to);
        let mut open = vec![(0, 0, self.sets.len())];
        while let Some((node, start, end)) = open.pop() {
            if start >= begun.min(end) || self.nodes[node].to <= range.from || visit.passes_over(&self.nodes[node]) {
                continue;
            }
            if end - start == 1 {
                if visit.claim(self.sets[start].1) {
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

/// A search for claims along a line.
trait Visit {
    /// Whether a part has nothing to look for.
    fn passes_over(&mut self, part: &Node) -> bool;

    /// Looks at a claim; whether that is enough.
    fn claim(&mut self, own: u32) -> bool;
}

/// Looks for claims that agree with one, of voices that were not met yet: of those with a name, or of all.
struct Voiced<'v, 'a> {
    all: &'v AffirmedClaims<'a>,
    backers: &'v Backers,
    asked: &'v Asked<'a>,
    met: HashSet<Voice>,
    /// The one of them that was come to last, to which its claims next to each other are held first.
    last: Option<Voice>,
    /// Whether the first voice with a name is enough.
    until_known: bool,
    steps: &'v mut usize,
}

impl Voiced<'_, '_> {
    fn has_met(&mut self, voice: Voice) -> bool {
        if self.last != Some(voice) {
            self.last = self.met.get(&voice).copied();
        }
        self.last == Some(voice)
    }
}

impl Visit for Voiced<'_, '_> {
    fn passes_over(&mut self, part: &Node) -> bool {
        match if self.until_known { part.known } else { part.voice } {
            Those::Nobody => true,
            Those::Of(voice) => self.has_met(voice),
            Those::Several => false,
        }
    }

    fn claim(&mut self, own: u32) -> bool {
        if *self.steps == 0 {
            return true;
        }
        *self.steps -= 1;
        let voice = self.backers.voices[own as usize];
        let is_wanted = !self.has_met(voice) && (!self.until_known || matches!(voice, Voice::Known(_)));
        if is_wanted && self.all.agreement(self.backers.places[own as usize], self.asked).is_some() {
            self.met.insert(voice);
            return self.until_known;
        }
        false
    }
}

/// Takes all.
struct Taking(Vec<u32>);

impl Visit for Taking {
    fn passes_over(&mut self, _: &Node) -> bool {
        false
    }

    fn claim(&mut self, own: u32) -> bool {
        self.0.push(own);
        false
    }
}

impl Backers {
    fn new<'a>(all: &AffirmedClaims<'a>, places: Vec<u32>, joining: &mut Joining) -> Self {
        let (voices, dependents) = if let Some(chains) = &all.chains {
            (chains.voices(&places, joining), Dependents::default())
        } else {
            let statements: Vec<Statement<'a>> = places.iter().map(|place| all.claim(*place).statement()).collect();
            let of_origins = Voices::of(&statements);
            let voices = statements.iter().map(|statement| of_origins.voice(statement.origin)).collect();
            (voices, Dependents::of(&statements, &of_origins))
        };
        Self { places, voices, dependents, lines: None }
    }

    /// Those that take part at a moment.
    pub(super) fn then(then: &Then<'_>, joining: &mut Joining) -> Self {
        let mut places = then.claims().to_vec();
        places.sort_unstable();
        let voices = then.voices(&places, joining);
        Self { places, voices, dependents: Dependents::default(), lines: None }
    }

    /// The same, laid out by value, so that each is found sooner.
    pub(super) fn laid_out(mut self, all: &AffirmedClaims<'_>) -> Self {
        let mut lines: HashMap<u32, Line> = HashMap::new();
        for (own, place) in (0..).zip(&self.places) {
            let Compared { kinds, range, .. } = &all.values[*place as usize];
            for kind in kinds.iter().filter(|kind| **kind != NO_KIND) {
                lines.entry(*kind).or_default().sets.push((*range, own));
            }
        }
        for line in lines.values_mut() {
            line.sets.sort_unstable_by_key(|(range, own)| (range.from, *own));
            line.build(0, 0, line.sets.len(), &self.voices);
        }
        self.lines = Some(lines);
        self
    }

    /// Visits the claims whose values share one with that of a claim, until the visitor has seen enough; whether it has.
    fn near<'a>(&self, all: &AffirmedClaims<'a>, asked: &Asked<'a>, visit: &mut impl Visit) -> bool {
        if let Some(lines) = &self.lines {
            let kinds = asked.kinds.iter().filter(|kind| **kind != NO_KIND);
            return kinds.filter_map(|kind| lines.get(kind)).any(|line| line.sharing(asked.range, visit));
        }
        (0..).zip(&self.places).any(|(own, place)| all.may_agree(*place, asked) && visit.claim(own))
    }

    /// Those that share a value with a claim by their places among all, with the voice of each, in the order in which
    /// they were recorded.
    pub(super) fn candidates<'a>(
        &self,
        all: &AffirmedClaims<'a>,
        asked: &Asked<'a>,
    ) -> impl Iterator<Item = (u32, Voice)> {
        let mut taking = Taking(Vec::new());
        self.near(all, asked, &mut taking);
        taking.0.sort_unstable();
        taking.0.into_iter().map(|own| (self.places[own as usize], self.voices[own as usize]))
    }

    /// Who says them, and who relays them.
    pub(super) fn statements<'a>(&self, all: &AffirmedClaims<'a>) -> impl Iterator<Item = Statement<'a>> {
        self.places.iter().map(|place| all.claim(*place).statement())
    }

    /// The voices with a name whose origins all come to one root, and so are one voice at any time.
    pub(super) fn voices_of_one_root(&self, all: &AffirmedClaims<'_>) -> HashSet<Voice> {
        let mut roots: HashMap<Voice, Those<u32>> = HashMap::new();
        for (statement, voice) in self.statements(all).zip(&self.voices) {
            let of = roots.entry(*voice).or_insert(Those::Nobody);
            *of = of.and(Those::Of(statement.root));
        }
        let of_one = roots.into_iter().filter(|(_, root)| matches!(root, Those::Of(_)));
        of_one.map(|(voice, _)| voice).collect()
    }

    fn own<'a>(&self, all: &AffirmedClaims<'a>, claim: ClaimRef<'a>) -> Option<usize> {
        self.places.binary_search_by_key(&claim.id(), |place| all.claim(*place).id()).ok()
    }

    /// The voices that a claim of theirs depends on: its own and, of an anonymous origin, those that it is known to
    /// depend on although it joins none; `None` if it is not theirs.
    pub(super) fn own_voices<'a>(&self, all: &AffirmedClaims<'a>, claim: ClaimRef<'a>) -> Option<HashSet<Voice>> {
        let own = self.own(all, claim)?;
        let Statement { origin, root, .. } = claim.statement();
        match self.voices[own] {
            Voice::Anonymous(_) => Some(self.dependents.of_origin(origin, root).collect()),
            voice @ Voice::Known(_) => Some(HashSet::from([voice])),
        }
    }

    /// Whether a claim with a name agrees with one, and is of none of some voices; `None` if the steps do not suffice to
    /// tell. Takes from them what it costs.
    pub(super) fn confirm<'a>(
        &self,
        all: &AffirmedClaims<'a>,
        asked: &Asked<'a>,
        own: HashSet<Voice>,
        steps: &mut usize,
    ) -> Option<bool> {
        let before = own.len();
        let mut looking = Voiced { all, backers: self, asked, met: own, last: None, until_known: true, steps };
        let ended = self.near(all, asked, &mut looking);
        if looking.met.len() > before { Some(true) } else { (!ended).then_some(false) }
    }

    /// The voices of the claims that agree with one; `None` if the steps do not suffice. Takes from them what it costs.
    pub(super) fn voices_behind<'a>(
        &self,
        all: &AffirmedClaims<'a>,
        asked: &Asked<'a>,
        steps: &mut usize,
    ) -> Option<HashSet<Voice>> {
        let mut looking =
            Voiced { all, backers: self, asked, met: HashSet::new(), last: None, until_known: false, steps };
        (!self.near(all, asked, &mut looking)).then_some(looking.met)
    }
}
