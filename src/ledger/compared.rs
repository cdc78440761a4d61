//! How many claims on a topic a new one can be compared with, counted by what they are compared as: nothing is looked
//! through, however many claims and units a topic has.

use std::collections::HashMap;

use crate::rules::comparable::{Comparable, ComparedValue};

/// The scope and the kind of value by which a claim is compared: with claims of the same scope or without one, and of
/// the same kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ComparedAs {
    /// The number of the text of its scope as it is compared, 0 for none.
    scope: u32,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Text,
    Period,
    /// The number of the text of its unit as it is compared, 0 for none.
    Figure {
        unit: u32,
        count: bool,
    },
    /// Counts in any unit and without.
    AnyCount,
}

/// Stands for all scopes, and for none.
const ANY: u32 = u32::MAX;

/// The claims on a topic that are not retracted and affirm or deny something, by what they are compared as.
#[derive(Clone, Default)]
pub(super) enum ComparedCounts {
    #[default]
    None,
    /// The claims are counted when that is next needed.
    Uncounted,
    /// On most topics all can be compared with each other.
    Alike(ComparedAs, u32),
    Several(Box<Several>),
}

#[derive(Clone, Default)]
pub(super) struct Several {
    all: u32,
    counts: HashMap<ComparedAs, u32>,
}

impl ComparedCounts {
    /// How many claims cannot be compared with one.
    pub(super) fn not_compared(&self, claim: ComparedAs) -> usize {
        let not_compared = match self {
            Self::None | Self::Uncounted => 0,
            Self::Alike(other, _) if *other == claim => 0,
            Self::Alike(other, claims) => {
                let mut several = Several::default();
                several.add(*other, *claims);
                several.all - several.comparable(claim)
            }
            Self::Several(several) => several.all - several.comparable(claim),
        };
        not_compared as usize
    }

    pub(super) fn add(&mut self, claim: ComparedAs) {
        match self {
            Self::None => *self = Self::Alike(claim, 1),
            Self::Uncounted => {}
            Self::Alike(other, claims) if *other == claim => *claims += 1,
            Self::Alike(other, claims) => {
                let mut several = Several::default();
                several.add(*other, *claims);
                several.add(claim, 1);
                *self = Self::Several(Box::new(several));
            }
            Self::Several(several) => several.add(claim, 1),
        }
    }

    pub(super) fn remove(&mut self, claim: ComparedAs) {
        match self {
            Self::None | Self::Uncounted => {}
            Self::Alike(_, claims) => *claims -= 1,
            Self::Several(several) => several.remove(claim),
        }
    }
}

impl Several {
    /// The sums that a claim is part of.
    fn sums(claim: ComparedAs) -> impl Iterator<Item = ComparedAs> {
        let any_count = matches!(claim.kind, Kind::Figure { count: true, .. }).then_some(Kind::AnyCount);
        let scopes = [claim.scope, ANY];
        scopes.into_iter().flat_map(move |scope| {
            [Some(claim.kind), any_count].into_iter().flatten().map(move |kind| ComparedAs { scope, kind })
        })
    }

    fn add(&mut self, claim: ComparedAs, claims: u32) {
        self.all += claims;
        for sum in Self::sums(claim) {
            *self.counts.entry(sum).or_default() += claims;
        }
    }

    fn remove(&mut self, claim: ComparedAs) {
        self.all -= 1;
        for sum in Self::sums(claim) {
            *self.counts.entry(sum).or_default() -= 1;
        }
    }

    /// How many claims can be compared with one.
    fn comparable(&self, claim: ComparedAs) -> u32 {
        let of = |scope: u32, kind: Kind| self.counts.get(&ComparedAs { scope, kind }).copied().unwrap_or_default();
        let in_scope = |scope: u32| match claim.kind {
            Kind::Figure { unit, count } => {
                let figures = |unit, count| of(scope, Kind::Figure { unit, count });
                let in_its_unit = figures(unit, true) + figures(unit, false);
                // A count without a unit is compared with counts in any.
                in_its_unit
                    + match (unit, count) {
                        (_, false) => 0,
                        (0, true) => of(scope, Kind::AnyCount) - figures(0, true),
                        (_, true) => figures(0, true),
                    }
            }
            kind => of(scope, kind),
        };
        if claim.scope == 0 { in_scope(ANY) } else { in_scope(claim.scope) + in_scope(0) }
    }
}

impl ComparedAs {
    /// The scope and kind that a claim is compared as; `scope` and `key` stand for its scope and its unit or text as
    /// they are compared. `None` if it commits to nothing.
    pub(super) fn new(reading: &Comparable<'_>, scope: u32, key: u32) -> Option<Self> {
        let kind = match reading.committed()? {
            ComparedValue::Text(_) => Kind::Text,
            ComparedValue::Period(_) => Kind::Period,
            ComparedValue::Figure(extent) => Kind::Figure { unit: key, count: extent.count },
        };
        Some(Self { scope, kind })
    }
}
