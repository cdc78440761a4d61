//! Differences between two ledgers, or between two states of one.

use std::collections::HashMap;
use std::fmt;

use indexmap::IndexMap;

use super::conflict::Conflict;
use crate::claim::Label;
use crate::entry::ClaimId;
use crate::ledger::{ClaimRef, ContentRef, EntryRef, Ledger};
use crate::report::{attribution, count, dating, paragraph, statement, two_sided};
use crate::shown::Shown;
use crate::source::Source;

/// The most conflicts that are listed as new, or as settled.
const MOST_CONFLICTS: usize = 10_000;

/// The most conflicts of changed claims that are looked at for these: where topics were joined all of theirs are.
const MOST_LOOKED_AT: usize = 100_000;

/// The changes from one ledger to another, such as from what was known in January to what is known now.
///
/// Claims are told by what they say (their [labels](crate::Label)), so that the two ledgers may number them as they
/// like. [`Display`](fmt::Display) writes a digest for a reader.
///
/// # Cost
///
/// Both ledgers are gone through once, and the conflicts of those claims that changed: up to a hundred thousand of them, of which
/// no more than 10,000 are listed as new, and as many as settled.
///
/// ```
/// use testimony::{Claim, Figure, Ledger, Retraction, Source, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// let ministry = ledger.add_source(Source::new("moh", "Ministry of Health")?)?;
/// let army = ledger.add_source(Source::new("army", "The army")?)?;
/// let deaths = Topic::new("market bombing", "deaths");
/// let first = ledger.record(Claim::new(deaths.clone(), Figure::at_least(40), &ministry))?.id();
/// let before = ledger.clone();
///
/// ledger.record(Claim::new(deaths, Figure::exactly(12), &army))?;
/// let diff = before.diff(&ledger);
/// assert_eq!((diff.new_claims().len(), diff.newly_disputed().len()), (1, 1));
/// assert!(before.diff(&before).is_empty());
///
/// ledger.retract(Retraction::new(first).with_reason("counted twice"))?;
/// assert_eq!(before.diff(&ledger).withdrawn()[0].id(), first);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Diff<'a> {
    new_claims: Vec<ClaimRef<'a>>,
    missing: Vec<ClaimRef<'a>>,
    withdrawn: Vec<ClaimRef<'a>>,
    reinstated: Vec<ClaimRef<'a>>,
    revised: Vec<ClaimRef<'a>>,
    amended_claims: Vec<(ClaimRef<'a>, ClaimRef<'a>)>,
    new_sources: Vec<&'a Source>,
    amended_sources: Vec<(&'a Source, &'a Source)>,
    newly_disputed: Vec<Conflict<'a>>,
    more_disputed: bool,
    settled: Vec<Conflict<'a>>,
    more_settled: bool,
}

impl<'a> Diff<'a> {
    /// The claims that only the second ledger has, in its order.
    #[must_use]
    pub fn new_claims(&self) -> &[ClaimRef<'a>] {
        &self.new_claims
    }

    /// The claims that only the first ledger has, in its order; a ledger that grew from the first has all of them.
    #[must_use]
    pub fn missing(&self) -> &[ClaimRef<'a>] {
        &self.missing
    }

    /// The claims that are taken back in the second ledger and not in the first, as the second has them.
    #[must_use]
    pub fn withdrawn(&self) -> &[ClaimRef<'a>] {
        &self.withdrawn
    }

    /// The claims that were taken back in the first ledger and are on record anew in the second.
    #[must_use]
    pub fn reinstated(&self) -> &[ClaimRef<'a>] {
        &self.reinstated
    }

    /// The claims that a later one of their origin revises in the second ledger and none did in the first.
    #[must_use]
    pub fn revised(&self) -> &[ClaimRef<'a>] {
        &self.revised
    }

    /// The claims of which the recorder holds something else (credibility, note, citations), in both states.
    #[must_use]
    pub fn amended_claims(&self) -> &[(ClaimRef<'a>, ClaimRef<'a>)] {
        &self.amended_claims
    }

    /// The sources that only the second ledger has.
    #[must_use]
    pub fn new_sources(&self) -> &[&'a Source] {
        &self.new_sources
    }

    /// The sources of which something else is on record, in both states.
    #[must_use]
    pub fn amended_sources(&self) -> &[(&'a Source, &'a Source)] {
        &self.amended_sources
    }

    /// The conflicts that the second ledger has and the first has not.
    #[must_use]
    pub fn newly_disputed(&self) -> &[Conflict<'a>] {
        &self.newly_disputed
    }

    /// The conflicts that the first ledger has and the second no longer has.
    #[must_use]
    pub fn settled(&self) -> &[Conflict<'a>] {
        &self.settled
    }

    /// Whether there may be more new conflicts than are listed.
    #[must_use]
    pub fn has_more_disputed(&self) -> bool {
        self.more_disputed
    }

    /// Whether there may be more settled conflicts than are listed.
    #[must_use]
    pub fn has_more_settled(&self) -> bool {
        self.more_settled
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self {
            new_claims,
            missing,
            withdrawn,
            reinstated,
            revised,
            amended_claims,
            new_sources,
            amended_sources,
            newly_disputed,
            more_disputed,
            settled,
            more_settled,
        } = self;
        [new_claims, missing, withdrawn, reinstated, revised].iter().all(|claims| claims.is_empty())
            && (amended_claims.is_empty() && new_sources.is_empty() && amended_sources.is_empty())
            && [newly_disputed, settled].iter().all(|conflicts| conflicts.is_empty())
            && !(*more_disputed || *more_settled)
    }
}

impl Ledger {
    /// Compares this ledger with a later one; see [`Diff`].
    ///
    /// # Order
    ///
    /// Claims and conflicts in the order of the ledger that has them, sources likewise.
    #[must_use]
    pub fn diff<'a>(&'a self, later: &'a Self) -> Diff<'a> {
        let (before, after) = (by_label(self), by_label(later));
        let mut diff = Diff::default();
        for (label, claim) in in_order(&after) {
            match before.get(&label).copied() {
                None => diff.new_claims.push(claim),
                Some(earlier) => diff.compare(earlier, claim),
            }
        }
        let missing = in_order(&before).into_iter().filter(|(label, _)| !after.contains_key(label));
        diff.missing = missing.map(|(_, claim)| claim).collect();
        diff.sources(self, later);
        let names = |ledger: &Self| -> Vec<_> {
            let is_name = |entry: &EntryRef<'_>| {
                matches!(entry.content(), ContentRef::Predicate(_) | ContentRef::Unit(_) | ContentRef::Scope(_))
            };
            ledger.entries().filter(is_name).map(|entry| entry.to_entry().content().clone()).collect()
        };
        // Under other rules or names any two claims may have come to conflict. Names that are added come before their
        // first use, and change nothing for claims before them.
        let (names, later_names) = (names(self), names(later));
        let has_grown = later_names.starts_with(&names) || names.starts_with(&later_names);
        let compared_anew = self.policy() != later.policy() || !has_grown;
        (diff.newly_disputed, diff.more_disputed) = only_in(&after, &before, compared_anew);
        (diff.settled, diff.more_settled) = only_in(&before, &after, compared_anew);
        diff
    }
}

impl<'a> Diff<'a> {
    /// Compares the two states of one claim.
    fn compare(&mut self, before: ClaimRef<'a>, after: ClaimRef<'a>) {
        match (before.is_retracted(), after.is_retracted()) {
            (false, true) => self.withdrawn.push(after),
            (true, false) => self.reinstated.push(after),
            (false, false) if before.stands() && !after.stands() => self.revised.push(after),
            _ => {}
        }
        let record = |claim: &ClaimRef<'a>| (claim.credibility(), claim.note(), claim.citations());
        if record(&before) != record(&after) {
            self.amended_claims.push((before, after));
        }
    }

    fn sources(&mut self, before: &'a Ledger, after: &'a Ledger) {
        for source in after.sources() {
            match before.source(source.id()) {
                None => self.new_sources.push(source),
                Some(earlier) if earlier != source => self.amended_sources.push((earlier, source)),
                Some(_) => {}
            }
        }
    }
}

/// Each claim by its label: the last recorded of those that say the same.
fn by_label(ledger: &Ledger) -> HashMap<Label, ClaimRef<'_>> {
    ledger.claims().map(|claim| (claim.label(), claim)).collect()
}

/// The claims of a table of labels, in the order in which they were recorded.
fn in_order<'a>(labels: &HashMap<Label, ClaimRef<'a>>) -> Vec<(Label, ClaimRef<'a>)> {
    let mut claims: Vec<_> = labels.iter().map(|(label, claim)| (*label, *claim)).collect();
    claims.sort_unstable_by_key(|(_, claim)| claim.id());
    claims
}

/// The conflicts of the one ledger whose claims do not conflict in the other, and whether there may be more than are
/// listed. Only a claim that is new, that stands again or that came to another topic can bring one, unless all claims are
/// compared anew.
fn only_in<'a>(
    these: &HashMap<Label, ClaimRef<'a>>,
    others: &HashMap<Label, ClaimRef<'a>>,
    compared_anew: bool,
) -> (Vec<Conflict<'a>>, bool) {
    let twins: HashMap<ClaimId, ClaimRef<'a>> =
        these.iter().filter_map(|(label, claim)| Some((claim.id(), *others.get(label)?))).collect();
    let is_changed = |claim: ClaimRef<'a>| {
        let topic = |claim: ClaimRef<'a>| claim.topic_ref().topic();
        let twin = twins.get(&claim.id());
        compared_anew || twin.is_none_or(|twin| !twin.stands() || topic(*twin) != topic(claim))
    };
    let conflicts_there = |conflict: &Conflict<'a>| {
        let [Some(one), Some(other)] = [conflict.older(), conflict.newer()].map(|claim| twins.get(&claim.id())) else {
            return false;
        };
        let related = one.ledger().related(one.id(), other.id());
        one.stands() && other.stands() && related.is_some_and(|related| related.kind().is_conflict())
    };
    let claims = in_order(these).into_iter().map(|(_, claim)| claim);
    let changed: IndexMap<ClaimId, ClaimRef<'a>> =
        claims.filter(|claim| claim.stands() && is_changed(*claim)).map(|claim| (claim.id(), claim)).collect();
    let (mut found, mut looked_at) = (Vec::new(), 0);
    for claim in changed.values() {
        for conflict in claim.ledger().conflicts_of(claim.id()) {
            looked_at += 1;
            if found.len() == MOST_CONFLICTS || looked_at > MOST_LOOKED_AT {
                return (in_their_order(found), true);
            }
            // A pair of which both are changed is met twice.
            let is_met_later = conflict.newer().id() != claim.id() && changed.contains_key(&conflict.newer().id());
            if !is_met_later && !conflicts_there(&conflict) {
                found.push(conflict);
            }
        }
    }
    (in_their_order(found), false)
}

fn in_their_order(mut conflicts: Vec<Conflict<'_>>) -> Vec<Conflict<'_>> {
    conflicts.sort_unstable_by_key(|conflict| (conflict.newer().id(), conflict.older().id()));
    conflicts
}

/// A digest: what is new, what was taken back, revised or amended, what is in dispute now and what no longer is.
impl fmt::Display for Diff<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return writeln!(f, "Nothing changed.");
        }
        write_conflicts(f, "newly in conflict", &self.newly_disputed, self.more_disputed)?;
        write_conflicts(f, "no longer in conflict", &self.settled, self.more_settled)?;
        for (claims, what) in [
            (&self.new_claims, "new"),
            (&self.withdrawn, "taken back"),
            (&self.reinstated, "on record anew"),
            (&self.revised, "revised by a later one of its origin"),
            (&self.missing, "missing"),
        ] {
            heading(f, claims.len(), "claim", "claims", what)?;
            claims.iter().try_for_each(|claim| write_claim(f, claim))?;
        }
        heading(f, self.amended_claims.len(), "claim", "claims", "amended by the recorder")?;
        for (before, after) in &self.amended_claims {
            write_claim(f, after)?;
            for change in changes_of_claim(before, after) {
                paragraph(f, &change, 6, 8)?;
            }
        }
        heading(f, self.new_sources.len(), "source", "sources", "new")?;
        for source in &self.new_sources {
            paragraph(f, &with_id(source), 2, 4)?;
        }
        heading(f, self.amended_sources.len(), "source", "sources", "amended")?;
        for (before, after) in &self.amended_sources {
            paragraph(f, &with_id(after), 2, 4)?;
            for change in changes_of_source(before, after) {
                paragraph(f, &change, 6, 8)?;
            }
        }
        Ok(())
    }
}

/// A source by its name and its id: it may have another name in the other ledger.
fn with_id(source: &Source) -> String {
    format!("{source} ({})", Shown(source.id().as_str()))
}

/// `3 claims taken back:`, or nothing where there are none.
fn heading(f: &mut fmt::Formatter<'_>, n: usize, one: &str, many: &str, what: &str) -> fmt::Result {
    if n == 0 { Ok(()) } else { writeln!(f, "{} {what}:", count(n, one, many)) }
}

fn write_conflicts(f: &mut fmt::Formatter<'_>, what: &str, conflicts: &[Conflict<'_>], are_more: bool) -> fmt::Result {
    match conflicts.len() {
        0 if are_more => writeln!(f, "Pairs of claims may be {what}: there are too many to look at.")?,
        n if are_more => writeln!(f, "At least {} {what}:", count(n, "pair of claims", "pairs of claims"))?,
        n => heading(f, n, "pair of claims", "pairs of claims", what)?,
    }
    for conflict in conflicts {
        paragraph(f, &conflict.older().topic().to_string(), 2, 4)?;
        for claim in [conflict.older(), conflict.newer()] {
            two_sided(f, &statement(&claim), &dating(&claim), 4, 8)?;
            paragraph(f, &attribution(&claim), 8, 8)?;
        }
    }
    Ok(())
}

fn write_claim(f: &mut fmt::Formatter<'_>, claim: &ClaimRef<'_>) -> fmt::Result {
    two_sided(f, &format!("{}: {}", claim.topic(), statement(claim)), &dating(claim), 2, 6)?;
    paragraph(f, &attribution(claim), 6, 6)?;
    match claim.retraction().and_then(|retraction| retraction.reason()) {
        Some(reason) => paragraph(f, &format!("reason: {}", Shown(reason)), 6, 8),
        None => Ok(()),
    }
}

/// `credibility: 2, probably true, and was 4, doubtful`: what is on record now and was before.
fn changes_of_claim(before: &ClaimRef<'_>, after: &ClaimRef<'_>) -> Vec<String> {
    let rating = |claim: &ClaimRef<'_>| claim.credibility().map(|rating| format!("{rating}, {}", rating.in_words()));
    let note = |claim: &ClaimRef<'_>| claim.note().map(|note| Shown(note).to_string());
    let mut changes = Vec::new();
    changes.extend(change("credibility", rating(before), rating(after)));
    changes.extend(change("note", note(before), note(after)));
    let (were, are) = (before.citations().len(), after.citations().len());
    if before.citations() != after.citations() {
        changes.push(format!("{}, and had {were}", count(are, "citation", "citations")));
    }
    changes
}

fn changes_of_source(before: &Source, after: &Source) -> Vec<String> {
    let owner = |source: &Source| source.part_of().map(|id| Shown(id.as_str()).to_string());
    let reliability = |source: &Source| source.reliability().map(|letter| format!("{letter}, {}", letter.in_words()));
    let url = |source: &Source| source.url().map(|url| Shown(url).to_string());
    let name = |source: &Source| Some(Shown(source.name()).to_string());
    let kind = |source: &Source| Some(Shown(source.kind().as_str()).to_string());
    [
        change("name", name(before), name(after)),
        change("kind", kind(before), kind(after)),
        change("part of", owner(before), owner(after)),
        change("reliability", reliability(before), reliability(after)),
        change("address", url(before), url(after)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn change(field: &str, before: Option<String>, after: Option<String>) -> Option<String> {
    if before == after {
        return None;
    }
    Some(match (before, after) {
        (Some(before), Some(after)) => format!("{field}: {after}, and was {before}"),
        (None, Some(after)) => format!("{field}: {after}, and was not on record"),
        (before, None) => format!("{field}: no longer on record, and was {}", before.unwrap_or_default()),
    })
}
