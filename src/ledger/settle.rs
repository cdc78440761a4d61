//! Settling a claim: what then stands on its topic, and how much of that conflicts.
//!
//! A claim that stands conflicts with every standing claim that it clashes with: of one origin's, any that could be put
//! in order of saying would have revised the other. So conflicts are counted among the standing claims alone, and only
//! revisions look at whose word it is and when it was said.

use std::collections::HashSet;
use std::ops::{ControlFlow, RangeInclusive};

use super::index::boxes::ClashBoxes;
use super::index::disowning::Attribution;
use super::index::point::ClaimPoint;
use super::index::scoped::NO_SCOPE;
use super::index::topic::{Index, OriginClaims};
use super::tables::{Assertion, Tables, small};
use crate::period::Period;
use crate::policy::Policy;
use crate::rules::comparable::{Comparable, ComparedValue, Taken};
use crate::rules::timing::SaidAt;

impl Tables {
    /// The hash by which what a claim says is found, where its topic has many claims.
    pub(super) fn hash_of(&self, said: &Assertion<'_>) -> Option<u64> {
        self.standing(said.topic).index.is_some().then(|| self.hash(said))
    }

    /// The claim that says the same and is not retracted. `point` is where such a claim lies, and `hash` is that of
    /// what it says.
    pub(super) fn find_same(&self, said: &Assertion<'_>, point: &ClaimPoint, hash: Option<u64>) -> Option<u32> {
        let is_same = |claim: u32| self.said(claim) == *said && !self.is_retracted(claim);
        let standing = self.standing(said.topic);
        if let (Some(index), Some(hash)) = (&standing.index, hash) {
            return index.said.find(hash, is_same);
        }
        let beside = standing.all().filter(|other| other.is_beside(point));
        beside.map(|other| other.claim).find(|&claim| is_same(claim))
    }

    /// Adds a claim to those on a topic: works out what it revises and what revises it, and gives the number of
    /// conflicts that it brings. `hash` is that of what it says.
    pub(super) fn settle(
        &mut self,
        topic: u32,
        claim: u32,
        boxes: &ClashBoxes,
        hash: Option<u64>,
        policy: &Policy,
    ) -> usize {
        let standing = self.standing(topic);
        if boxes.disowns() && standing.index.as_ref().is_some_and(|index| index.attributed.is_none()) {
            self.build_attributed(topic, policy);
        }
        let may_clash = boxes.attribution.is_some()
            || self.standing(topic).index.is_some()
            || self.points(topic).any(|point| self.clashes(boxes, point));
        let conflicts = if may_clash {
            self.place(topic, claim, boxes, policy)
        } else {
            // Most claims on most topics clash with nothing.
            0
        };
        self.insert_attributed(topic, boxes);
        let scan_limit = self.scan_limit.0;
        let standing = self.standing_mut(topic);
        standing.push(boxes.timed.point);
        if let (Some(index), Some(hash)) = (&mut standing.index, hash) {
            index.said.insert(hash, claim);
        } else if standing.points.len() > scan_limit {
            self.build_index(topic, policy);
        }
        conflicts
    }

    /// Works out what a new claim revises or disowns, and what revises or disowns it; gives the number of its
    /// conflicts.
    fn place(&mut self, topic: u32, claim: u32, boxes: &ClashBoxes, policy: &Policy) -> usize {
        if boxes.disowns() {
            self.disown(topic, boxes, policy);
        } else if self.count_across(topic, boxes, policy) > 0 {
            self.claims[claim as usize].disowned = true;
            return self.stand(topic, claim, &ClashBoxes { in_order: false, ..boxes.clone() }, policy);
        }
        if !boxes.in_order {
            return self.stand(topic, claim, boxes, policy);
        }
        self.revise_before(topic, claim, boxes, policy);
        let Some(reviser) = self.find_reviser(topic, claim, boxes) else {
            return self.stand(topic, claim, boxes, policy);
        };
        self.keep_revised(topic, claim, reviser, boxes);
        0
    }

    /// Takes the claims that a claim revises from among those that stand.
    pub(super) fn revise_before(&mut self, topic: u32, claim: u32, boxes: &ClashBoxes, policy: &Policy) {
        for revised in self.standing_said_before(topic, claim, boxes) {
            let boxes = self.boxes(revised, policy);
            self.fall(topic, revised, &boxes, policy);
            self.keep_revised(topic, revised, claim, &boxes);
        }
    }

    /// Keeps a claim among those that are revised.
    pub(super) fn keep_revised(&mut self, topic: u32, claim: u32, reviser: u32, boxes: &ClashBoxes) {
        self.revise(topic, claim, reviser);
        if let Some(own) = self.origin_claims_mut(topic, claim, boxes) {
            own.revised.insert(boxes.timed, boxes.scope);
        }
    }

    /// Lets a claim stand that nothing revises; gives the number of conflicts that this makes.
    pub(super) fn stand(&mut self, topic: u32, claim: u32, boxes: &ClashBoxes, policy: &Policy) -> usize {
        let conflicts = self.count_clashing(topic, boxes, policy);
        self.conflicts += conflicts as u64;
        let standing = self.standing_mut(topic);
        standing.conflicts += conflicts as u64;
        if let Some(index) = &mut standing.index
            && boxes.timed.point.can_clash()
        {
            index.standing.insert(boxes);
        }
        if let Some(own) = self.origin_claims_mut(topic, claim, boxes) {
            own.standing.insert(boxes.timed, boxes.scope);
        }
        conflicts
    }

    /// Takes a claim that stood from among those that do.
    pub(super) fn fall(&mut self, topic: u32, claim: u32, boxes: &ClashBoxes, policy: &Policy) {
        let conflicts = self.count_clashing(topic, boxes, policy);
        self.conflicts -= conflicts as u64;
        let standing = self.standing_mut(topic);
        standing.conflicts -= conflicts as u64;
        if let Some(index) = &mut standing.index
            && boxes.timed.point.can_clash()
        {
            index.standing.remove(boxes);
        }
        if let Some(own) = self.origin_claims_mut(topic, claim, boxes) {
            own.standing.remove(&boxes.timed, boxes.scope);
        }
    }

    /// Takes a claim out that was just marked as retracted, and lets what it alone revised stand again.
    pub(super) fn withdraw(&mut self, claim: u32, stood: bool, policy: &Policy) {
        let topic = self.claim_topic(claim);
        let boxes = self.boxes(claim, policy);
        let hash = self.hash_of(&self.said(claim));
        if let (Some(index), Some(hash)) = (&mut self.standing_mut(topic).index, hash) {
            index.said.remove(hash, claim);
        }
        if stood {
            self.fall(topic, claim, &boxes, policy);
        } else if let Some(own) = self.origin_claims_mut(topic, claim, &boxes) {
            own.revised.remove(&boxes.timed, boxes.scope);
        }
        self.remove_attributed(topic, &boxes);
        self.claims[claim as usize].disowned = false;
        if boxes.disowns() {
            self.own_again(topic, &boxes, policy);
        }
        self.free_revised_by(topic, claim, policy);
    }

    /// Lets the claims that a claim revises no longer be revised by another, or stand again.
    pub(super) fn free_revised_by(&mut self, topic: u32, claim: u32, policy: &Policy) {
        for orphan in self.revised_by(topic, claim) {
            let boxes = self.boxes(orphan, policy);
            if let Some(reviser) = self.find_reviser(topic, orphan, &boxes) {
                self.revise(topic, orphan, reviser);
                continue;
            }
            if let Some(own) = self.origin_claims_mut(topic, orphan, &boxes) {
                own.revised.remove(&boxes.timed, boxes.scope);
            }
            self.stand(topic, orphan, &boxes, policy);
            self.set_reviser(orphan, None);
        }
    }

    /// Where a claim lies, and where those lie that it clashes with.
    pub(super) fn boxes(&self, claim: u32, policy: &Policy) -> ClashBoxes {
        let topic = self.claim_topic(claim);
        let predicate = self.topic_predicate(topic);
        let reading = self.reading(claim, predicate, policy);
        let key = self.key(claim);
        let point = ClaimPoint::new(claim, &reading, key);
        let mut boxes = self.boxes_from(topic, point, key, self.scope_key(claim), &reading, policy);
        // A disowned claim was said by nobody, and so neither before nor after anything.
        boxes.in_order &= !self.claims[claim as usize].disowned;
        boxes
    }

    /// Where a claim lies among those that disown or may be disowned, if it is one of them.
    pub(super) fn attribution(&self, claim: u32, policy: &Policy) -> Option<Attribution> {
        let reading = self.reading(claim, self.topic_predicate(self.claim_topic(claim)), policy);
        Attribution::new(claim, &reading, self.key(claim))
    }

    pub(super) fn boxes_from(
        &self,
        topic: u32,
        point: ClaimPoint,
        key: u32,
        scope: u32,
        reading: &Comparable<'_>,
        policy: &Policy,
    ) -> ClashBoxes {
        let predicate = self.topic_predicate(topic);
        let classes = self.standing(topic).classes();
        let named = match reading.committed() {
            Some(ComparedValue::Text(text)) => predicate.normal_opposites_of(text),
            _ => None,
        };
        let opposites = named.map_or_else(Vec::new, |named| self.texts_among(named, topic));
        let attribution = if classes.disown() || reading.taken() == Taken::Disowned {
            Attribution::new(point.claim, reading, key).map(Box::new)
        } else {
            None
        };
        let boxes = ClashBoxes::new(point, reading, classes, &opposites, predicate, policy.days_apart());
        ClashBoxes { scope, attribution, ..boxes }
    }

    /// The numbers of the texts of some that may be on a topic: whichever are fewer are looked through, the texts or
    /// the claims.
    fn texts_among(&self, named: &HashSet<String>, topic: u32) -> Vec<u32> {
        let claims = self.standing(topic).all();
        if named.len() <= claims.len() {
            let known = |text: &String| self.texts.get_index_of(text.as_str()).map(|index| 1 + small(index));
            return named.iter().filter_map(known).collect();
        }
        let is_named = |id: &u32| named.contains(&*self.texts[*id as usize - 1]);
        let mut found: Vec<u32> = claims.filter_map(ClaimPoint::text).filter(is_named).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// When a claim was said.
    pub(super) fn said_at(&self, claim: u32) -> SaidAt {
        let as_of = self.claims[claim as usize].as_of;
        SaidAt::new(self.details(claim).stated, as_of.map(Period::to_days))
    }

    /// Whether two claims count the same, as far as both say what they count.
    fn scopes_meet(&self, scope: u32, other: u32) -> bool {
        scope == NO_SCOPE || matches!(self.scope_key(other), other if other == NO_SCOPE || other == scope)
    }

    /// Whether a claim clashes with the value of another.
    #[inline]
    fn clashes(&self, boxes: &ClashBoxes, point: &ClaimPoint) -> bool {
        boxes.clashes_with(point, || self.said_at(point.claim)) && self.scopes_meet(boxes.scope, point.claim)
    }

    pub(super) fn build_index(&mut self, topic: u32, policy: &Policy) {
        let mut index = Index::default();
        for claim in self.points(topic).map(|point| point.claim).filter(|&claim| !self.is_retracted(claim)) {
            let boxes = self.boxes(claim, policy);
            index.said.insert(self.hash(&self.said(claim)), claim);
            if self.stands(claim) && boxes.timed.point.can_clash() {
                index.standing.insert(&boxes);
            }
            if boxes.in_order {
                let own = index.origins.entry(self.origin_handle(claim)).or_default();
                if self.stands(claim) { &mut own.standing } else { &mut own.revised }.insert(boxes.timed, boxes.scope);
            }
            if let Some(reviser) = self.reviser(claim) {
                index.revised_by.entry(reviser).or_default().push(claim);
            }
        }
        self.standing_mut(topic).index = Some(Box::new(index));
        if self.standing(topic).classes().disown() {
            self.build_attributed(topic, policy);
        }
    }

    /// How many standing claims clash with one.
    fn count_clashing(&self, topic: u32, boxes: &ClashBoxes, policy: &Policy) -> usize {
        let across = self.count_across(topic, boxes, policy);
        if let Some(index) = &self.standing(topic).index {
            return across + index.standing.count_clashing(boxes);
        }
        let clashing = self.points(topic).filter(|point| self.clashes(boxes, point));
        across + clashing.filter(|point| self.stands(point.claim)).count()
    }

    /// Whether a claim stands and clashes with another that does.
    pub(super) fn is_in_conflict(&self, claim: u32, policy: &Policy) -> bool {
        let topic = self.claim_topic(claim);
        let may = self.standing(topic).conflicts > 0 && self.stands(claim);
        may && self.count_clashing(topic, &self.boxes(claim, policy), policy) > 0
    }

    /// The claims among some that stand and clash with one, in the order in which they were recorded; none clashes with
    /// itself.
    pub(super) fn clashing(&self, claim: u32, among: &RangeInclusive<u32>, policy: &Policy) -> Vec<u32> {
        let topic = self.claim_topic(claim);
        if self.standing(topic).conflicts == 0 || !self.stands(claim) {
            return Vec::new();
        }
        let boxes = self.boxes(claim, policy);
        let mut clashing = if let Some(index) = &self.standing(topic).index {
            index.standing.clashing(&boxes, among)
        } else {
            let among_them = self.points(topic).filter(|point| among.contains(&point.claim));
            let standing = among_them.filter(|point| self.clashes(&boxes, point) && self.stands(point.claim));
            standing.map(|point| point.claim).collect()
        };
        clashing.extend(self.across(topic, &boxes, policy).into_iter().filter(|other| among.contains(other)));
        clashing.sort_unstable();
        clashing
    }

    /// The standing claims of the same origin that clash with one and were said before it: it revises them.
    fn standing_said_before(&self, topic: u32, claim: u32, boxes: &ClashBoxes) -> Vec<u32> {
        let mut before = Vec::new();
        if let Some(index) = &self.standing(topic).index {
            if let Some(own) = index.origins.get(&self.origin_handle(claim)) {
                for region in boxes.clashing_before() {
                    let _ = own.standing.each(boxes.scope, &region, &mut |timed| {
                        before.push(timed.point.claim);
                        ControlFlow::Continue(())
                    });
                }
            }
        } else {
            let own = self.own_clashing(self.points(topic), claim, boxes).filter(|&other| self.stands(other));
            before.extend(own.filter(|&other| self.said_at(other).is_before(boxes.timed.said)));
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
            None => self.points(topic).map(|point| point.claim).collect(),
        };
        revised.retain(|&other| self.reviser(other) == Some(claim));
        revised
    }

    /// The claims for whose fate a claim is the reason on record, in the order in which they were recorded.
    pub(super) fn superseded(&self, claim: u32) -> Vec<u32> {
        let topic = self.claim_topic(claim);
        let mut superseded = match &self.standing(topic).index {
            Some(index) => index.revised_by.get(&claim).cloned().unwrap_or_default(),
            None => self.points(topic).map(|point| point.claim).collect(),
        };
        superseded.retain(|&other| self.reviser(other) == Some(claim));
        superseded.sort_unstable();
        superseded.dedup();
        superseded
    }

    /// Goes through the claims of the same origin that clash with one, were said after it and are not retracted, until
    /// told to stop: they revise it.
    fn each_said_after(
        &self,
        topic: u32,
        claim: u32,
        boxes: &ClashBoxes,
        act: &mut impl FnMut(u32) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        if let Some(index) = &self.standing(topic).index {
            if let Some(own) = index.origins.get(&self.origin_handle(claim)) {
                for region in boxes.clashing_after() {
                    own.standing.each(boxes.scope, &region, &mut |timed| act(timed.point.claim))?;
                    own.revised.each(boxes.scope, &region, &mut |timed| act(timed.point.claim))?;
                }
            }
            ControlFlow::Continue(())
        } else {
            self.own_said_after(self.points(topic), claim, boxes).try_for_each(act)
        }
    }

    /// A claim that revises one and is not retracted.
    pub(super) fn find_reviser(&self, topic: u32, claim: u32, boxes: &ClashBoxes) -> Option<u32> {
        let mut reviser = None;
        let _ = self.each_said_after(topic, claim, boxes, &mut |other| {
            reviser = Some(other);
            ControlFlow::Break(())
        });
        reviser
    }

    /// The claims that revise one and are not retracted, in any order.
    pub(super) fn revisers(&self, claim: u32, policy: &Policy) -> Vec<u32> {
        let mut revisers = Vec::new();
        if !self.stands(claim) && !self.is_disowned(claim, policy) {
            let boxes = self.boxes(claim, policy);
            let _ = self.each_said_after(self.claim_topic(claim), claim, &boxes, &mut |other| {
                revisers.push(other);
                ControlFlow::Continue(())
            });
        }
        revisers
    }

    /// The first few of the claims that revise one and are not retracted, in order, and how many more there are: a claim
    /// can have thousands, which the index counts without looking at each.
    pub(super) fn first_revisers(&self, claim: u32, few: usize, policy: &Policy) -> (Vec<u32>, usize) {
        let index = self.standing(self.claim_topic(claim)).index.as_ref();
        let Some(own) = index.and_then(|index| index.origins.get(&self.origin_handle(claim))) else {
            let mut all = self.revisers(claim, policy);
            all.sort_unstable();
            let more = all.len().saturating_sub(few);
            all.truncate(few);
            return (all, more);
        };
        if self.stands(claim) || self.is_disowned(claim, policy) {
            return (Vec::new(), 0);
        }
        let (topic, boxes) = (self.claim_topic(claim), self.boxes(claim, policy));
        let regions: Vec<_> = boxes.clashing_after().collect();
        let of_all = regions.iter().flat_map(|region| [&own.standing, &own.revised].map(|tree| (tree, *region)));
        let count: usize = of_all.clone().map(|(tree, region)| tree.count(boxes.scope, &region)).sum();
        // Most often they are among the first claims on the topic, which are quickly looked at one by one; if not they are
        // sought among ever more.
        let mut looked_at = 64;
        let points = self.points(topic).take(looked_at);
        let mut first: Vec<u32> = self.own_said_after(points, claim, &boxes).take(few).collect();
        while first.len() < few.min(count) {
            looked_at *= 4;
            let end = self.nth_claim(topic, looked_at).map_or(u32::MAX, |beyond| beyond - 1);
            first.clear();
            for (tree, mut region) in of_all.clone() {
                region.max.point.claim = end;
                let _ = tree.each(boxes.scope, &region, &mut |timed| {
                    first.push(timed.point.claim);
                    ControlFlow::Continue(())
                });
            }
            first.sort_unstable();
            first.truncate(few);
        }
        let more = count - first.len();
        (first, more)
    }

    /// The claims of the same origin that clash with one, but for those that it disowns.
    fn own_clashing<'a>(
        &self,
        points: impl Iterator<Item = &'a ClaimPoint>,
        claim: u32,
        boxes: &ClashBoxes,
    ) -> impl Iterator<Item = u32> {
        let origin = self.origin_handle(claim);
        let clashing = points.filter(|point| self.clashes(boxes, point)).map(|point| point.claim);
        clashing.filter(move |&other| self.origin_handle(other) == origin && !self.claims[other as usize].disowned)
    }

    /// Those of them that were said after the claim and are not retracted.
    fn own_said_after<'a>(
        &self,
        points: impl Iterator<Item = &'a ClaimPoint>,
        claim: u32,
        boxes: &ClashBoxes,
    ) -> impl Iterator<Item = u32> {
        let own = self.own_clashing(points, claim, boxes).filter(|&other| !self.is_retracted(other));
        own.filter(|&other| boxes.timed.said.is_before(self.said_at(other)))
    }

    fn points(&self, topic: u32) -> impl Iterator<Item = &ClaimPoint> {
        self.standing(topic).all()
    }

    /// The claims of one origin, where the index has this claim among them; `None` where the topic has few claims.
    pub(super) fn origin_claims_mut(
        &mut self,
        topic: u32,
        claim: u32,
        boxes: &ClashBoxes,
    ) -> Option<&mut OriginClaims> {
        let origin = self.origin_handle(claim);
        let index = self.standing_mut(topic).index.as_mut().filter(|_| boxes.in_order)?;
        Some(index.origins.entry(origin).or_default())
    }
}

#[cfg(test)]
mod tests {
    use Measure::{Cumulative, Fixed, Stock};

    use crate::claim::{Claim, Stance};
    use crate::entry::Retraction;
    use crate::figure::Figure;
    use crate::ledger::Ledger;
    use crate::ledger::index::topic::{ScanLimit, Standing};
    use crate::source::Source;
    use crate::topic::{Measure, Predicate, Topic};

    fn ledger(scan_limit: ScanLimit) -> Ledger {
        let mut ledger = Ledger::new().with_scan_limit(scan_limit.0);
        ledger.add_source(Source::new("army", "The army").unwrap()).unwrap();
        ledger
    }

    /// Has the army give another figure, on a day of May if one is given; gives what stands.
    fn say(ledger: &mut Ledger, figure: usize, day: Option<u8>) -> &Standing {
        let army = ledger.sources().next().unwrap().id();
        let mut claim = Claim::new(Topic::new("the siege", "deaths"), Figure::exactly(figure as u64), army);
        if let Some(day) = day {
            claim = claim.with_stated(format!("2025-05-{day:02}").parse::<crate::Moment>().unwrap());
        }
        ledger.record(claim).unwrap();
        ledger.tables.standing(0)
    }

    /// No answer shows it: without an index each claim would be compared with all others on its topic.
    #[test]
    fn a_topic_of_more_than_a_few_claims_has_an_index() {
        for scan_limit in [ScanLimit(0), ScanLimit(4), ScanLimit::default()] {
            let mut ledger = ledger(scan_limit);
            for claims in 1..=scan_limit.0 + 2 {
                assert_eq!(
                    say(&mut ledger, claims, None).index.is_some(),
                    claims > scan_limit.0,
                    "{claims} of {}",
                    scan_limit.0
                );
            }
        }
    }

    /// The first few revisers, with the number of the others, are those of all of them, with an index and without.
    #[test]
    fn the_first_revisers_are_those_of_all() {
        let mut seed = 11_u64;
        let mut below = |limit: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % limit
        };
        let rounds = [(0, Stock), (0, Stock), (40, Stock), (256, Stock), (0, Cumulative), (40, Cumulative), (0, Fixed)];
        for (round, (scan_limit, measure)) in rounds.into_iter().enumerate() {
            let mut ledger = ledger(ScanLimit(scan_limit));
            let army = ledger.sources().next().unwrap().clone();
            let post = ledger.add_source(Source::new("post", "The Post").unwrap()).unwrap();
            ledger.add_predicate(Predicate::new("deaths").with_measure(measure)).unwrap();
            for _ in 0..200 {
                let mut claim = Claim::new(Topic::new("the siege", "deaths"), Figure::exactly(below(12)), &army);
                if below(8) > 0 {
                    let instant = if below(4) == 0 { format!("T{:02}:00:00Z", below(24)) } else { String::new() };
                    let day = format!("2025-05-{:02}{instant}", 1 + below(28));
                    claim = claim.with_stated(day.parse::<crate::Moment>().unwrap());
                }
                if round > 3 && below(2) == 0 {
                    claim = claim.with_as_of(format!("2025-05-{:02}", 1 + below(28)).parse().unwrap());
                }
                if round > 3 && below(5) == 0 {
                    claim = if below(9) == 0 { claim.with_stance(Stance::Disowns) } else { claim.with_relay(&post) };
                }
                if round > 0 && below(4) == 0 {
                    claim = claim.with_scope(["soldiers", "civilians"][usize::from(below(2) == 0)]);
                }
                ledger.record(claim).unwrap();
                let last = ledger.claims().next_back().unwrap();
                let (last, is_retracted) = (last.id(), last.is_retracted());
                if below(6) == 0 && !is_retracted {
                    ledger.retract(Retraction::new(last)).unwrap();
                }
            }
            let mut most = 0;
            for claim in ledger.claims() {
                let all: Vec<_> = claim.superseded_by().map(|claim| claim.id()).collect();
                most = most.max(all.len());
                for few in [0, 1, 3, 8, 1000] {
                    let (first, more) = claim.first_superseded_by(few);
                    let first: Vec<_> = first.map(|claim| claim.id()).collect();
                    assert_eq!(first, all[..few.min(all.len())], "{few} of {}", claim.id().number());
                    assert_eq!(more, all.len() - first.len(), "{few} of {}", claim.id().number());
                }
            }
            assert!(most > 20, "{most} of {scan_limit} and {measure:?}");
        }
    }

    /// No answer shows it: a topic without a conflict is not looked through for one.
    #[test]
    fn a_topic_knows_how_many_conflicts_it_has() {
        for scan_limit in [ScanLimit(0), ScanLimit(10)] {
            let mut ledger = ledger(scan_limit);
            for (figure, day, conflicts) in [(1, 1, 0), (2, 1, 1), (3, 1, 3), (4, 2, 0), (5, 2, 1)] {
                assert_eq!(say(&mut ledger, figure, Some(day)).conflicts, conflicts, "{figure}");
            }
        }
    }
}
