//! The parts of a ledger that are in no claim, and which of them a format loses: sources, predicates, names,
//! constraints, the past.

use testimony::{ContentRef, Ledger, Policy, Predicate, Source, SourceId};

use crate::law::{Loss, LossKind, Of, Reasons};

/// The losses of all that is no claim, given the sources and predicates that a reader would find.
///
/// A claim that was taken back is not in what is written; its retraction is the loss.
pub(crate) fn losses<'a>(
    ledger: &Ledger,
    source: impl Fn(&SourceId) -> Option<&'a Source>,
    predicate: impl Fn(&str) -> Option<&'a Predicate>,
    reasons: Reasons,
) -> Vec<Loss> {
    let mut losses = Vec::new();
    let mut add = |of, field| losses.push(Loss::new(of, field, LossKind::Dropped, reasons(field)));
    if ledger.policy() != &Policy::default() {
        add(Of::Ledger, "policy");
    }
    if ledger.entries().any(|entry| entry.recorded().is_some()) {
        add(Of::Ledger, "recorded");
    }
    for entry in ledger.entries() {
        let field = match entry.content() {
            ContentRef::Subject(_) => "subject",
            ContentRef::Unit(_) => "unit",
            ContentRef::Scope(_) => "scope names",
            ContentRef::Constraint(_) => "constraint",
            ContentRef::Retraction(_) => "retraction",
            ContentRef::Amendment(_) => "amendment",
            ContentRef::Source(_) | ContentRef::Predicate(_) | ContentRef::Claim(_) => continue,
        };
        add(Of::Entry(entry.sequence()), field);
    }
    for mine in ledger.sources() {
        let of = || Of::Source(mine.id().clone());
        match source(mine.id()) {
            None => add(of(), "source"),
            Some(read) => source_differs(mine, read).into_iter().for_each(|field| add(of(), field)),
        }
    }
    for mine in ledger.predicates() {
        if predicate(mine.name()) != Some(mine) {
            add(Of::Predicate(mine.name().to_owned()), "predicate");
        }
    }
    losses
}

/// Why most formats have no place for a part of a ledger; a format that has another reason gives that.
pub(crate) fn usual(field: &str) -> Option<&'static str> {
    Some(match field {
        "subject" | "unit" | "scope names" => "other names have no place",
        "constraint" => "what ties topics together has no place",
        "policy" => "the policy is the ledger's, and of no claim",
        "recorded" => "when a claim was recorded has no place",
        "amendment" => "what is written is on record now, not what was before",
        _ => return None,
    })
}

fn source_differs(mine: &Source, read: &Source) -> Vec<&'static str> {
    let mut fields = Vec::new();
    let mut differs = |field, is: bool| {
        if is {
            fields.push(field);
        }
    };
    differs("name", mine.name() != read.name());
    differs("kind", mine.kind() != read.kind());
    differs("part_of", mine.part_of() != read.part_of());
    differs("reliability", mine.reliability() != read.reliability());
    differs("url", mine.url() != read.url());
    fields
}
