//! What stands on a topic, and how much of it conflicts.
//!
//! A claim that stands conflicts with every standing claim that it clashes with: of one origin's, any that could be put
//! in order of saying would have revised the other. So conflicts are counted among the standing claims alone, and only
//! revisions look at whose word it is and when it was said.

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::clash::{Classes, Sight, Spot, Word};
use super::handles::Handles;
use super::store::{Said, Store};
use super::tree::{Point, Region, Tree};
use crate::policy::Policy;

/// A topic of up to so many claims is looked through one by one; above, an index is quicker.
#[derive(Clone, Copy)]
pub(super) struct Few(pub(super) usize);

impl Default for Few {
    fn default() -> Self {
        Self(256)
    }
}

/// The claims on a topic.
#[derive(Clone, Default)]
pub(super) struct Standing {
    /// All, in the order in which they were recorded.
    spots: Vec<Spot>,
    classes: Classes,
    /// How many pairs that stand conflict.
    conflicts: u64,
    index: Option<Box<Index>>,
}

/// The claims that are not retracted, of a topic that has many.
#[derive(Clone, Default)]
struct Index {
    standing: Tree<Spot>,
    origins: HashMap<u32, Words>,
    /// The claims that each is known to revise, and some that it did once.
    revised_by: HashMap<u32, Vec<u32>>,
    /// All of them by what they say.
    said: Handles,
}

/// Those of one origin that may be said before or after others that they clash with.
#[derive(Clone, Default)]
struct Words {
    standing: Tree<Word>,
    revised: Tree<Word>,
}

impl Standing {
    fn push(&mut self, spot: Spot) {
        self.classes.add(&spot);
        if self.spots.len() == self.spots.capacity() {
            // Most topics have few claims, and no room for as many again.
            self.spots.reserve_exact(self.spots.len() / 4 + 2);
        }
        self.spots.push(spot);
    }

    pub(super) fn classes(&self) -> Classes {
        self.classes
    }

    pub(super) fn all(&self) -> impl ExactSizeIterator<Item = &Spot> + DoubleEndedIterator {
        self.spots.iter()
    }
}

impl Store {
    /// The hash by which what a claim says is found, where its topic has many claims.
    pub(super) fn hash_of(&self, said: &Said<'_>) -> Option<u64> {
        self.standing(said.topic).index.is_some().then(|| self.hash(said))
    }

    /// The claim that says the same and is not retracted. `spot` is where one that says so lies, `hash` is its hash.
    pub(super) fn find_same(&self, said: &Said<'_>, spot: &Spot, hash: Option<u64>) -> Option<u32> {
        let is_same = |claim: u32| self.said(claim) == *said && !self.is_retracted(claim);
        let standing = self.standing(said.topic);
        if let (Some(index), Some(hash)) = (&standing.index, hash) {
            return index.said.find(hash, is_same);
        }
        let beside = standing.all().filter(|other| other.is_beside(spot));
        beside.map(|other| other.claim).find(|&claim| is_same(claim))
    }

    /// Adds a claim to those on a topic: works out what it revises and what revises it, and gives the number of conflicts
    /// that it brings. `hash` is that of what it says.
    pub(super) fn settle(
        &mut self,
        topic: u32,
        claim: u32,
        sight: &Sight,
        hash: Option<u64>,
        policy: &Policy,
    ) -> usize {
        let conflicts =
            if self.standing(topic).index.is_some() || self.spots(topic).any(|spot| sight.clashes_with(spot)) {
                self.place(topic, claim, sight, policy)
            } else {
                // Most claims on most topics clash with nothing.
                0
            };
        let few = self.few.0;
        let standing = self.standing_mut(topic);
        standing.push(sight.word.spot);
        if let (Some(index), Some(hash)) = (&mut standing.index, hash) {
            index.said.insert(hash, claim);
        } else if standing.spots.len() > few {
            self.build_index(topic, policy);
        }
        conflicts
    }

    fn place(&mut self, topic: u32, claim: u32, sight: &Sight, policy: &Policy) -> usize {
        if !sight.in_order {
            return self.stand(topic, claim, sight);
        }
        for revised in self.standing_said_before(topic, claim, sight) {
            let sight = self.sight(revised, policy);
            self.fall(topic, revised, &sight);
            self.revise(topic, revised, claim);
            if let Some(words) = self.words_mut(topic, revised, &sight) {
                words.revised.insert(sight.word);
            }
        }
        let Some(reviser) = self.find_reviser(topic, claim, sight) else {
            return self.stand(topic, claim, sight);
        };
        self.revise(topic, claim, reviser);
        if let Some(words) = self.words_mut(topic, claim, sight) {
            words.revised.insert(sight.word);
        }
        0
    }

    /// Lets a claim stand that nothing revises; gives the number of conflicts that this makes.
    fn stand(&mut self, topic: u32, claim: u32, sight: &Sight) -> usize {
        let conflicts = self.count_clashing(topic, sight);
        self.conflicts += conflicts as u64;
        let standing = self.standing_mut(topic);
        standing.conflicts += conflicts as u64;
        if let Some(index) = &mut standing.index
            && sight.word.spot.can_clash()
        {
            index.standing.insert(sight.word.spot);
        }
        if let Some(words) = self.words_mut(topic, claim, sight) {
            words.standing.insert(sight.word);
        }
        conflicts
    }

    /// Takes a claim that stood from among those that do.
    fn fall(&mut self, topic: u32, claim: u32, sight: &Sight) {
        let conflicts = self.count_clashing(topic, sight);
        self.conflicts -= conflicts as u64;
        let standing = self.standing_mut(topic);
        standing.conflicts -= conflicts as u64;
        if let Some(index) = &mut standing.index
            && sight.word.spot.can_clash()
        {
            index.standing.remove(&sight.word.spot);
        }
        if let Some(words) = self.words_mut(topic, claim, sight) {
            words.standing.remove(&sight.word);
        }
    }

    /// Takes a claim out that was just marked as retracted, and lets what it alone revised stand again.
    pub(super) fn withdraw(&mut self, claim: u32, stood: bool, policy: &Policy) {
        let topic = self.claim_topic(claim);
        let sight = self.sight(claim, policy);
        let hash = self.hash_of(&self.said(claim));
        if let (Some(index), Some(hash)) = (&mut self.standing_mut(topic).index, hash) {
            index.said.remove(hash, claim);
        }
        if stood {
            self.fall(topic, claim, &sight);
        } else if let Some(words) = self.words_mut(topic, claim, &sight) {
            words.revised.remove(&sight.word);
        }
        for orphan in self.revised_by(topic, claim) {
            let sight = self.sight(orphan, policy);
            if let Some(reviser) = self.find_reviser(topic, orphan, &sight) {
                self.revise(topic, orphan, reviser);
                continue;
            }
            if let Some(words) = self.words_mut(topic, orphan, &sight) {
                words.revised.remove(&sight.word);
            }
            self.stand(topic, orphan, &sight);
            self.set_reviser(orphan, None);
        }
    }

    fn build_index(&mut self, topic: u32, policy: &Policy) {
        let mut index = Index::default();
        for claim in self.spots(topic).map(|spot| spot.claim).filter(|&claim| !self.is_retracted(claim)) {
            let Sight { word, in_order, .. } = self.sight(claim, policy);
            index.said.insert(self.hash(&self.said(claim)), claim);
            if self.stands(claim) && word.spot.can_clash() {
                index.standing.insert(word.spot);
            }
            if in_order {
                let words = index.origins.entry(self.origin_handle(claim)).or_default();
                if self.stands(claim) { &mut words.standing } else { &mut words.revised }.insert(word);
            }
            if let Some(reviser) = self.reviser(claim) {
                index.revised_by.entry(reviser).or_default().push(claim);
            }
        }
        self.standing_mut(topic).index = Some(Box::new(index));
    }

    /// How many standing claims clash with one.
    fn count_clashing(&self, topic: u32, sight: &Sight) -> usize {
        if let Some(index) = &self.standing(topic).index {
            return sight.clashing.iter().map(|region| index.standing.count(region)).sum();
        }
        let clashing = self.spots(topic).filter(|spot| sight.clashes_with(spot));
        clashing.filter(|spot| self.stands(spot.claim)).count()
    }

    /// The claims up to `last` that stand and clash with one, in the order in which they were recorded; none clashes with
    /// itself.
    pub(super) fn clashing(&self, claim: u32, last: u32, policy: &Policy) -> Vec<u32> {
        let topic = self.claim_topic(claim);
        let mut clashing = Vec::new();
        if self.standing(topic).conflicts == 0 || !self.stands(claim) {
            return clashing;
        }
        let sight = self.sight(claim, policy);
        if let Some(index) = &self.standing(topic).index {
            for mut region in sight.clashing {
                region.max.claim = last;
                listed(&index.standing, &region, |spot| spot.claim, &mut clashing);
            }
            clashing.sort_unstable();
        } else {
            let up_to_it = self.spots(topic).take_while(|spot| spot.claim <= last);
            let standing = up_to_it.filter(|spot| sight.clashes_with(spot) && self.stands(spot.claim));
            clashing.extend(standing.map(|spot| spot.claim));
        }
        clashing
    }

    /// The standing claims of the same origin that clash with one and were said before it: it revises them.
    fn standing_said_before(&self, topic: u32, claim: u32, sight: &Sight) -> Vec<u32> {
        let mut before = Vec::new();
        if let Some(index) = &self.standing(topic).index {
            if let Some(words) = index.origins.get(&self.origin_handle(claim)) {
                for region in sight.clashing_before() {
                    listed(&words.standing, &region, |word| word.spot.claim, &mut before);
                }
            }
        } else {
            let own = self.own_clashing(topic, claim, sight).filter(|&other| self.stands(other));
            before.extend(own.filter(|&other| self.said_at(other).is_before(sight.word.said)));
        }
        before
    }

    /// Keeps that a claim is revised by another.
    fn revise(&mut self, topic: u32, claim: u32, reviser: u32) {
        self.set_reviser(claim, Some(reviser));
        if let Some(index) = &mut self.standing_mut(topic).index {
            index.revised_by.entry(reviser).or_default().push(claim);
        }
    }

    /// The claims of which it is known that this one revises them; it is asked once, when the claim is retracted.
    fn revised_by(&mut self, topic: u32, claim: u32) -> Vec<u32> {
        let mut revised = match &mut self.standing_mut(topic).index {
            Some(index) => index.revised_by.remove(&claim).unwrap_or_default(),
            None => self.spots(topic).map(|spot| spot.claim).collect(),
        };
        revised.retain(|&other| self.reviser(other) == Some(claim));
        revised
    }

    /// Goes through the claims of the same origin that clash with one, were said after it and are not retracted, until
    /// told to stop: they revise it.
    fn each_said_after(
        &self,
        topic: u32,
        claim: u32,
        sight: &Sight,
        act: &mut impl FnMut(u32) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        if let Some(index) = &self.standing(topic).index {
            if let Some(words) = index.origins.get(&self.origin_handle(claim)) {
                for region in sight.clashing_after() {
                    words.standing.each(&region, &mut |word| act(word.spot.claim))?;
                    words.revised.each(&region, &mut |word| act(word.spot.claim))?;
                }
            }
            ControlFlow::Continue(())
        } else {
            let own = self.own_clashing(topic, claim, sight).filter(|&other| !self.is_retracted(other));
            own.filter(|&other| sight.word.said.is_before(self.said_at(other))).try_for_each(act)
        }
    }

    /// A claim that revises one and is not retracted.
    fn find_reviser(&self, topic: u32, claim: u32, sight: &Sight) -> Option<u32> {
        let mut reviser = None;
        let _ = self.each_said_after(topic, claim, sight, &mut |other| {
            reviser = Some(other);
            ControlFlow::Break(())
        });
        reviser
    }

    /// The claims that revise one and are not retracted, in the order in which they were recorded.
    pub(super) fn revisers(&self, claim: u32, policy: &Policy) -> Vec<u32> {
        let mut revisers = Vec::new();
        if !self.stands(claim) {
            let sight = self.sight(claim, policy);
            let _ = self.each_said_after(self.claim_topic(claim), claim, &sight, &mut |other| {
                revisers.push(other);
                ControlFlow::Continue(())
            });
            revisers.sort_unstable();
        }
        revisers
    }

    fn own_clashing(&self, topic: u32, claim: u32, sight: &Sight) -> impl Iterator<Item = u32> {
        let origin = self.origin_handle(claim);
        let clashing = self.spots(topic).filter(|spot| sight.clashes_with(spot)).map(|spot| spot.claim);
        clashing.filter(move |&other| self.origin_handle(other) == origin)
    }

    fn spots(&self, topic: u32) -> impl Iterator<Item = &Spot> {
        self.standing(topic).all()
    }

    /// Those of its origin, where the index has a claim among them; `None` where the topic has few claims.
    fn words_mut(&mut self, topic: u32, claim: u32, sight: &Sight) -> Option<&mut Words> {
        let origin = self.origin_handle(claim);
        let index = self.standing_mut(topic).index.as_mut().filter(|_| sight.in_order)?;
        Some(index.origins.entry(origin).or_default())
    }
}

/// Adds the numbers of the points in a region to a list.
fn listed<P: Point>(tree: &Tree<P>, region: &Region<P>, number: impl Fn(&P) -> u32, list: &mut Vec<u32>) {
    let _ = tree.each(region, &mut |point| {
        list.push(number(point));
        ControlFlow::Continue(())
    });
}

#[cfg(test)]
mod tests {
    use super::{Few, Standing};
    use crate::claim::Claim;
    use crate::figure::Figure;
    use crate::ledger::Ledger;
    use crate::source::Source;
    use crate::topic::Topic;

    fn ledger(few: Few) -> Ledger {
        let mut ledger = Ledger::new().with_scan_limit(few.0);
        ledger.add_source(Source::new("army", "The army").unwrap()).unwrap();
        ledger
    }

    /// Has the army give another figure, on a day of May if one is given; gives what stands.
    fn say(ledger: &mut Ledger, figure: usize, day: Option<u8>) -> &Standing {
        let army = ledger.sources().next().unwrap().id();
        let claim = Claim::new(Topic::new("the siege", "deaths"), Figure::exactly(figure as u64), army);
        let stated = day.map(|day| format!("2025-05-{day:02}").parse::<crate::Moment>().unwrap());
        let claim = stated.into_iter().fold(claim, Claim::with_stated);
        ledger.record(claim).unwrap();
        ledger.store.standing(0)
    }

    /// No answer shows it: without an index each claim would be compared with all others on its topic.
    #[test]
    fn a_topic_of_more_than_a_few_claims_has_an_index() {
        for few in [Few(0), Few(4), Few::default()] {
            let mut ledger = ledger(few);
            for claims in 1..=few.0 + 2 {
                assert_eq!(say(&mut ledger, claims, None).index.is_some(), claims > few.0, "{claims} of {}", few.0);
            }
        }
    }

    /// No answer shows it: a topic without a conflict is not looked through for one.
    #[test]
    fn a_topic_knows_how_many_conflicts_it_has() {
        for few in [Few(0), Few(10)] {
            let mut ledger = ledger(few);
            for (figure, day, conflicts) in [(1, 1, 0), (2, 1, 1), (3, 1, 3), (4, 2, 0), (5, 2, 1)] {
                assert_eq!(say(&mut ledger, figure, Some(day)).conflicts, conflicts, "{figure}");
            }
        }
    }
}
