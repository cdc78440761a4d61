//! Disowned claims, which their origin says it never made: they revise nothing, nothing revises them, and they conflict
//! with the claims that disown them.

use std::ops::ControlFlow;

use super::index::boxes::ClashBoxes;
use super::index::disowning::{AttributedClaims, Attribution};
use super::tables::Tables;
use crate::policy::Policy;

impl Tables {
    /// The claims of the same origin that are not retracted and that a claim disowns, or that disown it.
    pub(super) fn across(&self, topic: u32, boxes: &ClashBoxes, policy: &Policy) -> Vec<u32> {
        let mut found = Vec::new();
        let Some(attribution) = &boxes.attribution else { return found };
        let claim = attribution.timed.point.claim;
        let origin = self.origin_handle(claim);
        if let Some(index) = &self.standing(topic).index {
            if let Some(own) = index.attributed.as_ref().and_then(|attributed| attributed.get(&origin)) {
                for region in &attribution.across {
                    let _ = own.across(attribution.disowns).each(region, &mut |timed| {
                        found.push(timed.point.claim);
                        ControlFlow::Continue(())
                    });
                }
            }
        } else {
            let own = self.topic_claims(topic).filter(|&other| self.origin_handle(other) == origin && other != claim);
            found.extend(own.filter(|&other| !self.is_retracted(other) && self.is_across(attribution, other, policy)));
        }
        found
    }

    /// How many of these there are.
    pub(super) fn count_across(&self, topic: u32, boxes: &ClashBoxes, policy: &Policy) -> usize {
        let Some(attribution) = &boxes.attribution else { return 0 };
        let Some(index) = &self.standing(topic).index else { return self.across(topic, boxes, policy).len() };
        let origin = self.origin_handle(attribution.timed.point.claim);
        let own = index.attributed.as_ref().and_then(|attributed| attributed.get(&origin));
        own.map_or(0, |own| {
            let across = own.across(attribution.disowns);
            attribution.across.iter().map(|region| across.count(region)).sum()
        })
    }

    fn is_across(&self, attribution: &Attribution, other: u32, policy: &Policy) -> bool {
        let other = self.attribution(other, policy);
        other.is_some_and(|other| {
            other.disowns != attribution.disowns
                && attribution.across.iter().any(|region| region.contains(&other.timed))
        })
    }

    /// Whether the origin of a claim says that it never made it, in a claim that is not retracted.
    pub(super) fn is_disowned(&self, claim: u32, policy: &Policy) -> bool {
        if !self.is_retracted(claim) {
            return self.claims[claim as usize].disowned;
        }
        let topic = self.claim_topic(claim);
        self.standing(topic).classes().disown() && {
            let boxes = self.boxes(claim, policy);
            !boxes.disowns() && self.count_across(topic, &boxes, policy) > 0
        }
    }

    /// Takes the claims that a claim disowns, and that nothing disowned so far, out of the order of saying: they stand,
    /// and so do those that they alone revised.
    pub(super) fn disown(&mut self, topic: u32, boxes: &ClashBoxes, policy: &Policy) {
        let mut disowned = self.across(topic, boxes, policy);
        disowned.retain(|&claim| !self.claims[claim as usize].disowned);
        for &claim in &disowned {
            let boxes = self.boxes(claim, policy);
            let stood = self.stands(claim);
            if let Some(own) = self.origin_claims_mut(topic, claim, &boxes) {
                let tree = if stood { &mut own.standing } else { &mut own.revised };
                tree.remove(&boxes.timed, boxes.scope);
            }
            self.claims[claim as usize].disowned = true;
        }
        for &claim in &disowned {
            if !self.stands(claim) {
                self.set_reviser(claim, None);
                let boxes = self.boxes(claim, policy);
                self.stand(topic, claim, &boxes, policy);
            }
        }
        for &claim in &disowned {
            self.free_revised_by(topic, claim, policy);
        }
    }

    /// Puts the claims that a claim disowned, which was just taken out, back in the order of saying, where nothing else
    /// disowns them.
    pub(super) fn own_again(&mut self, topic: u32, boxes: &ClashBoxes, policy: &Policy) {
        for claim in self.across(topic, boxes, policy) {
            let boxes = self.boxes(claim, policy);
            if self.count_across(topic, &boxes, policy) > 0 {
                continue;
            }
            self.claims[claim as usize].disowned = false;
            let boxes = self.boxes(claim, policy);
            if let Some(own) = self.origin_claims_mut(topic, claim, &boxes) {
                own.standing.insert(boxes.timed, boxes.scope);
            }
            if boxes.in_order {
                self.revise_before(topic, claim, &boxes, policy);
                if let Some(reviser) = self.find_reviser(topic, claim, &boxes) {
                    self.fall(topic, claim, &boxes, policy);
                    self.keep_revised(topic, claim, reviser, &boxes);
                }
            }
        }
    }

    /// Adds a claim to the index of those that disown or may be disowned.
    pub(super) fn insert_attributed(&mut self, topic: u32, boxes: &ClashBoxes) {
        let Some(attribution) = &boxes.attribution else { return };
        let origin = self.origin_handle(attribution.timed.point.claim);
        let attributed = self.standing_mut(topic).index.as_mut().and_then(|index| index.attributed.as_mut());
        if let Some(attributed) = attributed {
            attributed.entry(origin).or_default().side_mut(attribution.disowns).insert(attribution.timed);
        }
    }

    /// Takes a claim out of the index of those that disown or may be disowned.
    pub(super) fn remove_attributed(&mut self, topic: u32, boxes: &ClashBoxes) {
        let Some(attribution) = &boxes.attribution else { return };
        let origin = self.origin_handle(attribution.timed.point.claim);
        let attributed = self.standing_mut(topic).index.as_mut().and_then(|index| index.attributed.as_mut());
        if let Some(own) = attributed.and_then(|attributed| attributed.get_mut(&origin)) {
            own.side_mut(attribution.disowns).remove(&attribution.timed);
        }
    }

    /// Finds those that disown or may be disowned among the claims on a topic that has an index.
    pub(super) fn build_attributed(&mut self, topic: u32, policy: &Policy) {
        let mut found = AttributedClaims::new();
        for claim in self.topic_claims(topic).filter(|&claim| !self.is_retracted(claim)) {
            if let Some(attribution) = self.attribution(claim, policy) {
                let own = found.entry(self.origin_handle(claim)).or_default();
                own.side_mut(attribution.disowns).insert(attribution.timed);
            }
        }
        if let Some(index) = &mut self.standing_mut(topic).index {
            index.attributed = Some(Box::new(found));
        }
    }
}
