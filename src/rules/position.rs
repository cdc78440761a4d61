//! Where voices stand: the values that most of them allow at once, and so on for the rest. Claims are known by their
//! places in the view that is asked about, which is in the order of recording.

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeSet, HashMap, HashSet};

use indexmap::IndexMap;

use super::comparable::{ComparedValue, Extent};
use super::voices::{Voice, Voices};
use crate::claim::Stance;
use crate::date::{Date, Days};
use crate::names::Unit;
use crate::number::{Bound, ExactBound, Interval, Number, Rational};

/// The values that a position holds to be true, or that a denial excludes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stand<'a> {
    /// Numbers, all of which are possible.
    Figures {
        /// The numbers; whole ones if only counts were compared.
        values: Interval,
        /// The unit of the numbers, as it was given or lent by the predicate.
        unit: Option<&'a str>,
    },
    /// Days, all of which are possible.
    Days {
        /// The first day, if there is one.
        first: Option<Date>,
        /// The last day, if there is one.
        last: Option<Date>,
    },
    /// One text.
    Text {
        /// The text as it was said first.
        text: &'a str,
        /// Whether it is affirmed or denied.
        stance: Stance,
    },
}

/// Values that several claims allow at once, with those claims.
#[derive(Clone, Debug)]
pub(crate) struct Cluster<'a> {
    pub(crate) stand: Stand<'a>,
    /// The places of the claims in the view.
    pub(crate) claims: Vec<usize>,
    pub(crate) known: usize,
    pub(crate) anonymous: usize,
}

/// A claim of a view, as positions look at it.
pub(crate) struct Held<'a> {
    /// The place of the claim in the view.
    pub(crate) claim: usize,
    pub(crate) origin: u32,
    pub(crate) value: ComparedValue<'a>,
    pub(crate) unit: Option<&'a str>,
    /// The scope, as it is compared.
    pub(crate) scope: Option<Cow<'a, str>>,
}

/// Whether the value is a figure, and its unit as it is compared.
type Key<'a> = (bool, Option<&'a str>);

impl Held<'_> {
    fn key(&self) -> Key<'_> {
        match &self.value {
            ComparedValue::Figure(extent) => (true, extent.unit.as_ref().map(Unit::name)),
            ComparedValue::Text(_) | ComparedValue::Period(_) => (false, None),
        }
    }

    fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }

    fn is_count(&self) -> bool {
        matches!(&self.value, ComparedValue::Figure(Extent { count: true, .. }))
    }
}

/// The positions of affirmed figures and periods.
pub(crate) fn of_values<'a>(held: Vec<Held<'a>>, voices: &Voices) -> Vec<Cluster<'a>> {
    let mut positions = Vec::new();
    for mut left in apart(held) {
        while !left.is_empty() {
            let best = best(&left, voices);
            let members: HashSet<usize> = best.iter().flat_map(|best| &best.claims).copied().collect();
            if members.is_empty() {
                break;
            }
            left.retain(|held| !members.contains(&held.claim));
            positions.extend(best);
        }
    }
    positions
}

/// The claims that share no position whatever is taken first, by scope, kind and unit. A count without a unit can share
/// one with the counts of each unit, and so all of these stay together if there is one of their scope.
fn apart(held: Vec<Held<'_>>) -> Vec<Vec<Held<'_>>> {
    let unitless = held.iter().filter(|held| held.is_count() && held.key().1.is_none());
    let shared: HashSet<Option<&str>> = unitless.map(|held| held.scope.as_deref()).collect();
    let with_counts: HashSet<(Option<&str>, Key<'_>)> =
        held.iter().filter(|held| held.is_count()).map(|held| (held.scope.as_deref(), held.key())).collect();
    let mut numbers = HashMap::new();
    let part = |held| {
        let (scope, key) = (Held::scope(held), Held::key(held));
        let is_shared = shared.contains(&scope) && with_counts.contains(&(scope, key));
        let next = numbers.len();
        *numbers.entry((scope, Some(key).filter(|_| !is_shared))).or_insert(next)
    };
    let places: Vec<usize> = held.iter().map(part).collect();
    let mut parts: Vec<Vec<Held<'_>>> = Vec::new();
    for (held, place) in held.into_iter().zip(places) {
        if place == parts.len() {
            parts.push(Vec::new());
        }
        parts[place].push(held);
    }
    parts
}

/// Puts positions in order: more known voices first, then more anonymous ones, then the lower value, then the claim
/// recorded first.
///
/// Between positions of different kinds no value is the lower one, and the claims decide alone. So that the order never
/// goes round in a circle (a figure before a text before a lower figure), a position that comes behind one of its own
/// kind because of its value counts as recorded no earlier than that one.
pub(crate) fn put_in_order(positions: &mut Vec<Cluster<'_>>) {
    let kind = |position: &Cluster<'_>| match position.stand {
        Stand::Figures { .. } => 0,
        Stand::Days { .. } => 1,
        Stand::Text { .. } => 2,
    };
    let group = |position: &Cluster<'_>| (most_voices(position), kind(position));
    positions.sort_by(|a, b| {
        group(a).cmp(&group(b)).then_with(|| lower(&a.stand, &b.stand)).then_with(|| first(a).cmp(&first(b)))
    });
    let mut before = None;
    let mut placed = Vec::with_capacity(positions.len());
    for position in std::mem::take(positions) {
        let mut recorded = first(&position);
        if let Some((of, no_earlier)) = before
            && of == group(&position)
        {
            recorded = recorded.max(no_earlier);
        }
        before = Some((group(&position), recorded));
        placed.push(((most_voices(&position), recorded), position));
    }
    placed.sort_by_key(|(place, _)| *place);
    positions.extend(placed.into_iter().map(|(_, position)| position));
}

/// Orders positions by their voices, those with the most first.
fn most_voices(position: &Cluster<'_>) -> Reverse<(usize, usize)> {
    Reverse((position.known, position.anonymous))
}

/// The claim of a position that was recorded first.
fn first(position: &Cluster<'_>) -> Option<usize> {
    position.claims.first().copied()
}

/// The order of two stands by where they begin, of figures by the number whatever its unit. Stands of different kinds
/// are equal.
fn lower(a: &Stand<'_>, b: &Stand<'_>) -> Ordering {
    match (a, b) {
        (Stand::Figures { values: a, .. }, Stand::Figures { values: b, .. }) => low_key(a.low()).cmp(&low_key(b.low())),
        (Stand::Days { first: a, .. }, Stand::Days { first: b, .. }) => a.cmp(b),
        _ => Ordering::Equal,
    }
}

/// A low end as it is ordered: none before all, closed before open.
fn low_key(end: Option<Bound>) -> Option<(Number, bool)> {
    end.map(|end| (end.value(), end.is_open()))
}

/// The values that most voices allow at once, over all groups of claims that can be compared. Where there is one group,
/// these are all positions of as many voices, each among the claims that those before it leave.
fn best<'a>(left: &[Held<'a>], voices: &Voices) -> Vec<Cluster<'a>> {
    let groups = groups(left);
    if let [group] = groups.as_slice() {
        return best_of_group(group, voices);
    }
    let order = |one: &Cluster<'_>, other: &Cluster<'_>| {
        let order = most_voices(one).cmp(&most_voices(other)).then_with(|| lower(&one.stand, &other.stand));
        order.then_with(|| first(one).cmp(&first(other)))
    };
    let firsts = groups.iter().filter_map(|group| best_of_group(group, voices).into_iter().next());
    firsts.reduce(|best, other| if order(&other, &best) == Ordering::Less { other } else { best }).into_iter().collect()
}

/// The claims that can be compared with each other, by kind and unit. A count without a unit can be compared with
/// counts of any unit, and is in every such group.
fn groups<'a, 'b>(left: &'b [Held<'a>]) -> Vec<Vec<&'b Held<'a>>> {
    let mut groups: IndexMap<Key<'b>, Vec<&'b Held<'a>>> = IndexMap::new();
    for held in left {
        groups.entry(held.key()).or_default().push(held);
    }
    for (key, group) in &mut groups {
        if key.1.is_some() && group.iter().all(|held| held.is_count()) {
            group.extend(left.iter().filter(|held| held.is_count() && held.key().1.is_none()));
            group.sort_by_key(|held| held.claim);
        }
    }
    groups.into_values().collect()
}

/// Marzullo's algorithm: pass over the ends of all sets from the lowest up, to find how many voices allow a value at
/// most, and once more, to take each place where so many do together with the claims that allow it.
fn best_of_group<'a>(group: &[&Held<'a>], voices: &Voices) -> Vec<Cluster<'a>> {
    let mut others = group.iter().filter(|held| !held.is_count()).count();
    let whole = others == 0;
    let sets: Vec<Set> = group.iter().map(|held| Set::of(&held.value, whole)).collect();
    // At one place the sets that end come before those that begin.
    let mut ends: Vec<(Cut, bool, usize)> = Vec::with_capacity(2 * sets.len());
    for (i, set) in sets.iter().enumerate() {
        ends.push((set.from, true, i));
        ends.push((set.to, false, i));
    }
    ends.sort_unstable();
    // The most voices are at a place where a set begins, behind which no other does.
    let complete = |i: usize, place: Cut| ends.get(i + 1).is_none_or(|&(next, ..)| next > place);
    let mut tally = Support::default();
    let mut most = (0, 0);
    for (i, &(place, begins, set)) in ends.iter().enumerate() {
        tally.change(voices.voice(group[set].origin), begins);
        if complete(i, place) {
            most = most.max(tally.count());
        }
    }
    let mut tally = Support::default();
    let mut open = BTreeSet::new();
    let mut positions = Vec::new();
    for (i, &(place, begins, set)) in ends.iter().enumerate() {
        if begins {
            open.insert(set);
        } else if !open.remove(&set) {
            // The claim was taken with a position before.
            continue;
        }
        tally.change(voices.voice(group[set].origin), begins);
        if begins && complete(i, place) && tally.count() == most {
            let members: Vec<usize> = std::mem::take(&mut open).into_iter().collect();
            tally = Support::default();
            positions.extend(position(group, &sets, &members, most));
            others -= members.iter().filter(|&&member| !group[member].is_count()).count();
            if others == 0 && !whole {
                // Only counts are left, and these are to be taken as whole numbers.
                break;
            }
        }
    }
    positions
}

/// The position of some claims of a group, which all allow a value.
fn position<'a>(
    group: &[&Held<'a>],
    sets: &[Set],
    members: &[usize],
    (known, anonymous): (usize, usize),
) -> Option<Cluster<'a>> {
    let common = members.iter().map(|&member| sets[member]).reduce(Set::and)?;
    let stand = match &group[*members.first()?].value {
        ComparedValue::Period(_) => {
            let (first, last) = common.days().ends();
            Stand::Days { first, last }
        }
        _ => Stand::Figures { values: common.interval()?, unit: members.iter().find_map(|&member| group[member].unit) },
    };
    Some(Cluster { stand, claims: members.iter().map(|&member| group[member].claim).collect(), known, anonymous })
}

/// The voices that allow the place reached so far.
#[derive(Default)]
struct Support {
    claims: HashMap<Voice, usize>,
    known: usize,
    anonymous: usize,
}

impl Support {
    fn change(&mut self, voice: Voice, begins: bool) {
        let claims = self.claims.entry(voice).or_insert(0);
        let before = *claims > 0;
        if begins {
            *claims += 1;
        } else {
            *claims -= 1;
        }
        let voices = if matches!(voice, Voice::Known(_)) { &mut self.known } else { &mut self.anonymous };
        match (before, *claims > 0) {
            (false, true) => *voices += 1,
            (true, false) => *voices -= 1,
            _ => {}
        }
    }

    fn count(&self) -> (usize, usize) {
        (self.known, self.anonymous)
    }
}

/// A place on the line of numbers: before all of them, at one, just after one, or after all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cut {
    /// −1 before all numbers, 1 after all, 0 at or just after the one.
    outside: i8,
    number: Rational,
    just_after: bool,
}

impl Cut {
    const BEFORE_ALL: Self = Self { outside: -1, number: Rational::ZERO, just_after: false };
    const AFTER_ALL: Self = Self { outside: 1, number: Rational::ZERO, just_after: false };

    fn at(number: Rational) -> Self {
        Self { outside: 0, number, just_after: false }
    }

    fn just_after(number: Rational) -> Self {
        Self { outside: 0, number, just_after: true }
    }

    fn number(self) -> Option<Rational> {
        (self.outside == 0).then_some(self.number)
    }
}

/// All places from one up to another, that one not included.
#[derive(Clone, Copy, Debug)]
struct Set {
    from: Cut,
    to: Cut,
}

impl Set {
    fn of(sense: &ComparedValue<'_>, whole: bool) -> Self {
        match sense {
            ComparedValue::Figure(extent) => {
                let values = extent.values.whole().filter(|_| whole).unwrap_or(extent.values);
                let from = |end: ExactBound| {
                    if end.is_open() { Cut::just_after(end.value()) } else { Cut::at(end.value()) }
                };
                let to = |end: ExactBound| {
                    if end.is_open() { Cut::at(end.value()) } else { Cut::just_after(end.value()) }
                };
                let (low, high) = values.ends();
                Self { from: low.map_or(Cut::BEFORE_ALL, from), to: high.map_or(Cut::AFTER_ALL, to) }
            }
            ComparedValue::Period(days) => Self {
                from: if days.first == Days::NO_FIRST { Cut::BEFORE_ALL } else { Cut::at(days.first.into()) },
                to: if days.last == Days::NO_LAST { Cut::AFTER_ALL } else { Cut::just_after(days.last.into()) },
            },
            // Texts are equal or not.
            ComparedValue::Text(_) => Self { from: Cut::BEFORE_ALL, to: Cut::AFTER_ALL },
        }
    }

    fn and(self, other: Self) -> Self {
        Self { from: self.from.max(other.from), to: self.to.min(other.to) }
    }

    fn interval(self) -> Option<Interval> {
        let low =
            self.from.number().map(|n| if self.from.just_after { ExactBound::open(n) } else { ExactBound::closed(n) });
        let high =
            self.to.number().map(|n| if self.to.just_after { ExactBound::closed(n) } else { ExactBound::open(n) });
        Interval::exactly(low, high).ok()
    }

    fn days(self) -> Days {
        let day = |place: Cut, none| {
            place
                .number()
                .and_then(Rational::to_number)
                .and_then(Number::to_i64)
                .and_then(|day| i32::try_from(day).ok())
                .unwrap_or(none)
        };
        Days { first: day(self.from, Days::NO_FIRST), last: day(self.to, Days::NO_LAST) }
    }
}
