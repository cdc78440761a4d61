//! Whose word claims are at each of many times.
//!
//! The times are halved again and again. What joins two origins at all times of a part is joined there once and undone
//! when the part is left, so that a claim costs little however long it lasts.

use std::ops::Range;

use super::voices::{Chains, Joining, Voice};

/// A time: how many claims have begun when it ends, and how many have ended before it begins.
pub(crate) type Moment = [u32; 2];

/// A claim takes part at the moments that have at least the first of these, and at most the second.
pub(crate) type Span = [u32; 2];

fn takes_part([from, to]: Span, [begun, ended]: Moment) -> bool {
    from <= begun && ended <= to
}

/// Sources that are joined, and come apart again in the opposite order.
#[derive(Debug)]
struct Joined {
    parents: Vec<u32>,
    sizes: Vec<u32>,
    order: Vec<u32>,
}

impl Joined {
    fn new(sources: usize) -> Self {
        let parents = (0..).take(sources).collect();
        Self { parents, sizes: vec![1; sources], order: Vec::new() }
    }

    fn find(&self, mut source: u32) -> u32 {
        while self.parents[source as usize] != source {
            source = self.parents[source as usize];
        }
        source
    }

    /// Joins two sources; whether they were apart before.
    fn join(&mut self, one: u32, other: u32) -> bool {
        let (one, other) = (self.find(one), self.find(other));
        if one == other {
            return false;
        }
        let is_smaller = self.sizes[one as usize] < self.sizes[other as usize];
        let (small, large) = if is_smaller { (one, other) } else { (other, one) };
        self.parents[small as usize] = large;
        self.sizes[large as usize] += self.sizes[small as usize];
        self.order.push(small);
        true
    }

    /// Undoes all joins but the first so many.
    fn undo(&mut self, left: usize) {
        while self.order.len() > left {
            let Some(small) = self.order.pop() else { return };
            let large = self.parents[small as usize];
            self.sizes[large as usize] -= self.sizes[small as usize];
            self.parents[small as usize] = small;
        }
    }
}

/// Who is one voice at a moment, as far as that shows without looking for circles: two origins are one, or they are
/// apart, or neither is known.
#[derive(Debug)]
pub(crate) struct Then<'c> {
    chains: &'c Chains,
    /// The claims that take part.
    claims: Vec<u32>,
    /// Origins that depend on each other.
    dependent: Joined,
    /// The same, with all sources that a circle may join.
    linked: Joined,
    /// The sources that are origins, and in which order they became so.
    is_origin: Vec<bool>,
    origins: Vec<u32>,
    /// The first origin of each root, and the roots in the order in which they were given one.
    first: Vec<Option<u32>>,
    roots: Vec<u32>,
}

/// How far something has come, to go back there.
#[derive(Clone, Copy)]
struct Mark([usize; 5]);

impl<'c> Then<'c> {
    fn new(chains: &'c Chains) -> Self {
        let sources = chains.sources();
        Self {
            chains,
            claims: Vec::new(),
            dependent: Joined::new(sources),
            linked: Joined::new(sources),
            is_origin: vec![false; sources],
            origins: Vec::new(),
            first: vec![None; sources],
            roots: Vec::new(),
        }
    }

    /// The claims that take part.
    pub(crate) fn claims(&self) -> &[u32] {
        &self.claims
    }

    /// Whether all are one voice.
    pub(crate) fn is_one_voice(&self) -> bool {
        // Each join leaves one voice less.
        self.origins.len() <= self.dependent.order.len() + 1
    }

    /// The source that stands for all those that the origin of a claim is known to be one voice with.
    pub(crate) fn known(&self, claim: u32) -> u32 {
        self.dependent.find(self.chains.origin_and_root(claim)[0])
    }

    /// The voice of each of the claims that take part, in their order, circles looked for.
    pub(crate) fn voices(&self, claims: &[u32], joining: &mut Joining) -> Vec<Voice> {
        self.chains.voices_of_dependent(claims, joining, |claim| self.known(claim))
    }

    /// The source that stands for all those that the origin of a claim may be one voice with.
    pub(crate) fn possible(&self, claim: u32) -> u32 {
        self.linked.find(self.chains.origin_and_root(claim)[0])
    }

    fn join(&mut self, one: u32, other: u32) {
        self.dependent.join(one, other);
        self.linked.join(one, other);
    }

    fn add(&mut self, claim: u32) {
        self.claims.push(claim);
        let [origin, root] = self.chains.origin_and_root(claim);
        if !self.is_origin[origin as usize] {
            self.is_origin[origin as usize] = true;
            self.origins.push(origin);
        }
        if let Some(first) = self.first[root as usize] {
            self.join(origin, first);
        } else {
            self.first[root as usize] = Some(origin);
            self.roots.push(root);
        }
        for (relay, before) in self.chains.attributions_of(claim as usize) {
            self.linked.join(*relay, *before);
        }
    }

    fn mark(&self) -> Mark {
        let (dependent, linked) = (self.dependent.order.len(), self.linked.order.len());
        Mark([self.claims.len(), dependent, linked, self.origins.len(), self.roots.len()])
    }

    fn go_back(&mut self, Mark([claims, dependent, linked, origins, roots]): Mark) {
        self.claims.truncate(claims);
        self.dependent.undo(dependent);
        self.linked.undo(linked);
        self.origins.drain(origins..).for_each(|origin| self.is_origin[origin as usize] = false);
        self.roots.drain(roots..).for_each(|root| self.first[root as usize] = None);
    }
}

/// A relay of a claim, whose word the claim may be.
#[derive(Clone, Copy)]
struct Relayed {
    claim: u32,
    relay: u32,
}

struct Search<'c, 's> {
    spans: &'s [Span],
    moments: Vec<(Moment, usize)>,
    then: Then<'c>,
    /// The part of the times at which each source was last seen to be an origin at some.
    seen: Vec<usize>,
    looks: usize,
}

/// Visits each of some moments, which differ, by its place among them, with who is one voice then, until the visitor has
/// seen enough or there are no steps left, from which the cost is taken; whether all were visited.
pub(crate) fn each_moment(
    chains: &Chains,
    spans: &[Span],
    moments: &[Moment],
    steps: &mut usize,
    visit: &mut impl FnMut(usize, &Then<'_>, &mut usize) -> bool,
) -> bool {
    let claims: Vec<u32> = (0..).take(spans.len()).collect();
    let relays = |claim: &u32| {
        let claim = *claim;
        chains.relays_of(claim as usize).iter().map(move |relay| Relayed { claim, relay: *relay })
    };
    let relayed: Vec<Relayed> = claims.iter().flat_map(relays).collect();
    let moments: Vec<(Moment, usize)> = moments.iter().copied().zip(0..).collect();
    let all = 0..moments.len();
    let seen = vec![0; chains.sources()];
    Search { spans, moments, then: Then::new(chains), seen, looks: 0 }.look(all, &claims, &relayed, steps, visit)
}

impl Search<'_, '_> {
    /// Visits a part of the moments, where these claims take part at some of them and others at all of them.
    fn look(
        &mut self,
        part: Range<usize>,
        claims: &[u32],
        relayed: &[Relayed],
        steps: &mut usize,
        visit: &mut impl FnMut(usize, &Then<'_>, &mut usize) -> bool,
    ) -> bool {
        *steps = steps.saturating_sub(part.len() + claims.len() + relayed.len());
        let Some((one, _)) = self.moments[part.clone()].first() else { return true };
        if *steps == 0 {
            return false;
        }
        let (mut least, mut most) = (*one, *one);
        for (moment, _) in &self.moments[part.clone()] {
            for axis in 0..2 {
                least[axis] = least[axis].min(moment[axis]);
                most[axis] = most[axis].max(moment[axis]);
            }
        }
        let at_some = |claim: u32| takes_part(self.spans[claim as usize], [most[0], least[1]]);
        let at_all = |claim: u32| takes_part(self.spans[claim as usize], [least[0], most[1]]);
        let mark = self.then.mark();
        self.looks += 1;
        let mut open = Vec::new();
        for claim in claims.iter().copied().filter(|claim| at_some(*claim)) {
            if at_all(claim) {
                self.then.add(claim);
            } else {
                self.seen[self.then.chains.origin_and_root(claim)[0] as usize] = self.looks;
                open.push(claim);
            }
        }
        let mut open_relayed = Vec::new();
        for Relayed { claim, relay } in relayed.iter().copied().filter(|relayed| at_some(relayed.claim)) {
            let origin = self.then.chains.origin_and_root(claim)[0];
            if !self.then.is_origin[relay as usize] {
                if self.seen[relay as usize] == self.looks {
                    open_relayed.push(Relayed { claim, relay });
                }
            } else if at_all(claim) {
                self.then.join(origin, relay);
            } else if self.then.dependent.find(origin) != self.then.dependent.find(relay) {
                open_relayed.push(Relayed { claim, relay });
            }
        }
        let goes_on = if part.len() == 1 {
            visit(self.moments[part.start].1, &self.then, steps)
        } else {
            let axis = usize::from(most[1] - least[1] > most[0] - least[0]);
            let middle = part.len() / 2;
            self.moments[part.clone()].select_nth_unstable_by_key(middle, |(moment, _)| moment[axis]);
            let (first, second) = (part.start..part.start + middle, part.start + middle..part.end);
            self.look(first, &open, &open_relayed, steps, visit)
                && self.look(second, &open, &open_relayed, steps, visit)
        };
        self.then.go_back(mark);
        goes_on
    }
}

#[cfg(test)]
mod tests {
    use super::{Moment, Span, each_moment, takes_part};
    use crate::rules::voices::tests::chain;
    use crate::rules::voices::{Chains, Joining, Statement, Voice};

    #[test]
    fn what_is_known_of_each_moment_holds_then() {
        let mut seed = 5_u64;
        let mut below = |limit: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            u32::try_from((seed >> 33) % limit).unwrap()
        };
        let mut known = [0_u32; 3];
        for _ in 0..2000 {
            let chains: Vec<Vec<u32>> = (0..=below(12)).map(|_| chain(&mut below, 9)).collect();
            // Two of the sources are parts of another.
            let root = |source: u32| if source < 2 { 7 } else { source };
            let statement = |chain| {
                let [origin, relays @ ..]: &[u32] = chain else { unreachable!("each has an origin") };
                Statement { origin: *origin, root: root(*origin), anonymous: false, relays }
            };
            let statements: Vec<Statement<'_>> = chains.iter().map(|chain| statement(chain.as_slice())).collect();
            let spans: Vec<Span> = statements.iter().map(|_| [below(8), below(8)]).collect();
            let mut moments: Vec<Moment> = (0..=below(10)).map(|_| [below(8), below(8)]).collect();
            moments.sort_unstable();
            moments.dedup();
            let chains = Chains::new(&statements);
            let mut visited = Vec::new();
            let mut joining = Joining::default();
            let all = each_moment(&chains, &spans, &moments, &mut { usize::MAX }, &mut |place, then, _| {
                visited.push(place);
                let part: Vec<u32> = (0..)
                    .take(spans.len())
                    .filter(|claim| takes_part(spans[*claim as usize], moments[place]))
                    .collect();
                let mut claims = then.claims().to_vec();
                claims.sort_unstable();
                assert_eq!(claims, part);
                let voices: Vec<Voice> = chains.voices(&part, &mut joining);
                let first_alike = |voices: &[Voice]| -> Vec<usize> {
                    voices.iter().filter_map(|voice| voices.iter().position(|other| other == voice)).collect()
                };
                assert_eq!(first_alike(&then.voices(&part, &mut joining)), first_alike(&voices));
                for (one, voice) in part.iter().zip(&voices) {
                    for (other, other_voice) in part.iter().zip(&voices) {
                        let are_one = then.known(*one) == then.known(*other);
                        let are_apart = then.possible(*one) != then.possible(*other);
                        assert!(!are_one || voice == other_voice);
                        assert!(!are_apart || voice != other_voice);
                        known[usize::from(are_one) + 2 * usize::from(are_apart)] += 1;
                    }
                }
                assert!(!then.is_one_voice() || voices.windows(2).all(|pair| pair[0] == pair[1]));
                true
            });
            assert!(all);
            visited.sort_unstable();
            assert_eq!(visited, (0..moments.len()).collect::<Vec<_>>());
        }
        let [unknown, one, apart] = known;
        assert!(unknown > 0 && unknown * 4 < one + apart, "{known:?}");
    }

    #[test]
    fn a_look_without_steps_left_ends() {
        let statement = Statement { origin: 0, root: 0, anonymous: false, relays: &[] };
        let chains = Chains::new(&[statement; 4]);
        let (spans, moments) = ([[0, 9]; 4], [[1, 1], [2, 2], [3, 3]]);
        let mut visited = 0;
        let mut visit = |_: usize, _: &super::Then<'_>, _: &mut usize| {
            visited += 1;
            true
        };
        assert!(!each_moment(&chains, &spans, &moments, &mut 9, &mut visit));
        assert!(visited < 3);
    }
}
