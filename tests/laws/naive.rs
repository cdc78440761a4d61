//! Standing claims and conflicts, found by setting every claim beside every other.

use proptest::test_runner::TestCaseError;
use testimony::{ClaimId, Conflict, Ledger, Relation, Side};

/// The claims of a ledger as they came in, with how each relates to those before it.
#[derive(Default)]
pub(crate) struct Naive {
    claims: Vec<Row>,
}

#[derive(Default)]
struct Row {
    /// The older claims that it would be in conflict with, if both stood.
    clashing: Vec<usize>,
    revisers: Vec<usize>,
    retracted: bool,
}

impl Naive {
    /// All of a ledger.
    pub(crate) fn of(ledger: &Ledger) -> Self {
        let mut naive = Self::default();
        naive.follow(ledger);
        naive
    }

    /// Takes note of what was recorded and taken back since.
    pub(crate) fn follow(&mut self, ledger: &Ledger) {
        for newer in self.claims.len()..ledger.claims().len() {
            self.claims.push(Row::default());
            for older in 0..newer {
                let Some(pair) = ledger.related(id(older), id(newer)) else { continue };
                let relation = pair.relation();
                if relation.kind().is_conflict() {
                    self.claims[newer].clashing.push(older);
                }
                match relation.supersedes() {
                    Some(Side::First) => self.claims[newer].revisers.push(older),
                    Some(Side::Second) => self.claims[older].revisers.push(newer),
                    None => {}
                }
            }
        }
        for (row, claim) in self.claims.iter_mut().zip(ledger.claims()) {
            row.retracted = claim.is_retracted();
        }
    }

    fn revisers(&self, claim: usize) -> Vec<usize> {
        let mut revisers = self.claims[claim].revisers.clone();
        revisers.retain(|&reviser| !self.claims[reviser].retracted);
        revisers.sort_unstable();
        revisers
    }

    fn standing(&self) -> Vec<bool> {
        (0..self.claims.len()).map(|claim| !self.claims[claim].retracted && self.revisers(claim).is_empty()).collect()
    }

    /// The conflicts, by the newer claim, then the older.
    fn conflicts(&self) -> Vec<(usize, usize)> {
        let standing = self.standing();
        let pairs = self.claims.iter().enumerate().filter(|(newer, _)| standing[*newer]);
        pairs
            .flat_map(|(newer, row)| row.clashing.iter().map(move |&older| (newer, older)))
            .filter(|(_, older)| standing[*older])
            .collect()
    }

    /// How many conflicts the newest claim has.
    pub(crate) fn newest(&self) -> usize {
        let standing = self.standing();
        match (self.claims.last(), standing.last()) {
            (Some(newest), Some(true)) => newest.clashing.iter().filter(|&&older| standing[older]).count(),
            _ => 0,
        }
    }

    pub(crate) fn count(&self) -> u64 {
        self.conflicts().len() as u64
    }

    /// Whether the ledger says the same, whichever way it is asked.
    pub(crate) fn agrees_with(&self, ledger: &Ledger) -> Result<(), TestCaseError> {
        let conflicts = self.conflicts();
        let pair = |conflict: &Conflict<'_>| (number(conflict.newer().id()), number(conflict.older().id()));
        same("conflicts", &conflicts, &ledger.conflicts().map(|conflict| pair(&conflict)).collect())?;
        same("number of conflicts", &self.count(), &ledger.conflict_count())?;
        let standing = ledger.claims().map(|claim| claim.stands()).collect();
        same("standing", &self.standing(), &standing)?;
        for claim in ledger.claims() {
            let at = number(claim.id());
            let revisers = claim.superseded_by().map(|claim| number(claim.id())).collect();
            same(&format!("claim {at} is superseded by"), &self.revisers(at), &revisers)?;
        }
        let mut of_each = vec![vec![]; self.claims.len()];
        for &(newer, older) in &conflicts {
            of_each[newer].push(older);
            of_each[older].push(newer);
        }
        for (at, mut others) in of_each.into_iter().enumerate() {
            others.sort_unstable();
            let found = ledger.conflicts_of(id(at)).map(|conflict| pair(&conflict));
            let found = found.map(|(newer, older)| newer + older - at).collect();
            same(&format!("claim {at} conflicts with"), &others, &found)?;
        }
        Ok(())
    }
}

/// Whether a relation is the same from its other side.
pub(crate) fn mirrors(one: &Relation, other: &Relation) -> Result<(), TestCaseError> {
    same("mirrored", one, &other.mirrored())?;
    same("mirrored twice", other, &other.mirrored().mirrored())?;
    same("certainty", &one.is_certain(), &other.is_certain())?;
    same("gap", &one.gap(), &other.gap())
}

fn id(number: usize) -> ClaimId {
    ClaimId::new(number as u64)
}

fn number(id: ClaimId) -> usize {
    usize::try_from(id.number()).expect("few claims")
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, expected: &T, found: &T) -> Result<(), TestCaseError> {
    let differs = || TestCaseError::fail(format!("{what}: expected {expected:?}, and came to {found:?}"));
    if expected == found { Ok(()) } else { Err(differs()) }
}
