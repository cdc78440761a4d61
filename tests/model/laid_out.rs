//! The library's answers about many claims together, held against those of the model.

use std::collections::{BTreeMap, BTreeSet};

use proptest::test_runner::TestCaseError;
use testimony::{Bound, ClaimRef, Ledger, Position as Found, Positions, Stand as Stands, TopicRef};

use super::ledger::{Answers, SAME, TEXTS};
use super::many::{Many, Position, Stand};
use super::number::{ONE, ends, unit_named};
use super::set::Set;
use super::{draw, index, ledger, real, require, same, tied};

/// Every topic of a ledger, as both have it.
pub(crate) const TOPICS: [(usize, usize); 5] = [(0, 0), (0, 1), (1, 0), (2, 0), (2, 1)];

/// Everything that does not add up.
pub(crate) fn violations(
    number: usize,
    model: &ledger::Ledger,
    answers: &Answers<'_>,
    library: &Ledger,
) -> Result<usize, TestCaseError> {
    let many = Many::new(model, answers);
    let constraint = tied::CONSTRAINTS[number];
    let expected = many.violations(constraint);
    let declared = real::constraint(constraint);
    let found: Vec<_> = library.violations().filter(|it| *it.constraint() == declared).collect();
    let row = |it: &testimony::Violation<'_>| {
        let across = it.scope() == testimony::ViolationScope::AcrossOrigins;
        (index(it.result().id()), across, numbers(&it.claims()), it.is_certain(), it.is_by_last_words())
    };
    let mut ours: Vec<_> = expected
        .iter()
        .map(|it| ((it.result, it.across, it.claims.clone(), it.certain, it.by_default), it.implied))
        .collect();
    let mut theirs: Vec<_> = found.iter().map(|it| (row(it), it.implied())).collect();
    ours.sort_by(|one, other| one.0.cmp(&other.0));
    theirs.sort_by(|one, other| one.0.cmp(&other.0));
    let told = || {
        let claims = answers.claims.iter().enumerate().map(|(number, claim)| format!("{number}: {claim:?}"));
        let claims = claims.collect::<Vec<_>>().join("\n  ");
        let unchecked = library.unchecked().map(|it| it.to_string()).collect::<Vec<_>>().join("\n  ");
        format!(
            "of {constraint:?}: expected {ours:?}, and came to {theirs:?} of\n  {claims}\nunchecked:\n  {unchecked}"
        )
    };
    require(ours.iter().map(|it| &it.0).eq(theirs.iter().map(|it| &it.0)), told)?;
    for ((_, own), (_, other)) in ours.iter().zip(&theirs) {
        // A part that is at most a whole is told down to nought only where that leaves something.
        let low = matches!(constraint, tied::Constraint::AtMost { .. }) || tied::is_end(own.low, other.low());
        require(low && tied::is_end(own.high, other.high()), told)?;
    }
    Ok(ours.len())
}

/// Everything that can be asked of several claims at once.
pub(crate) fn compare(model: &ledger::Ledger, answers: &Answers<'_>, library: &Ledger) -> Result<(), TestCaseError> {
    let many = Many::new(model, answers);
    for topic in TOPICS {
        let Some(found) = library.topic(&real::topic(topic)) else { continue };
        let what = format!("of {:?}: positions on {topic:?}", answers.claims);
        positions(&what, &many.positions(topic), &found.positions())?;
        for period in draw::asked() {
            let expected = many.positions_at(topic, &period.days());
            positions(&format!("{what} at {period:?}"), &expected, &found.positions_at(real::period(period)))?;
        }
        circles(&many, topic, found)?;
        for told in found.corroborations() {
            let number = index(told.claim().id());
            let expected = (many.corroboration(number).1, many.is_confirmed(number));
            same(&what, &expected, &((told.known(), told.anonymous()), told.is_confirmed()))?;
        }
    }
    let mut unconfirmed = vec![];
    for claim in library.claims() {
        let number = index(claim.id());
        let (expected, voices) = many.corroboration(number);
        let found = claim.corroboration();
        let mut witnesses = vec![];
        for backing in found.backings() {
            witnesses.extend(backing.witnesses().iter().map(|it| (index(it.claim().id()), it.agreement())));
        }
        witnesses.sort_unstable_by_key(|(number, _)| *number);
        let what = format!("claim {number} of {:?} is borne out by", answers.claims);
        same(&what, &(expected, voices), &(witnesses, (found.known(), found.anonymous())))?;
        same(&format!("{what} another"), &many.is_confirmed(number), &found.is_confirmed())?;
        if answers.stands(number) && model.record(number).0 == Some(1) && !many.is_confirmed(number) {
            unconfirmed.push((number, voices));
        }
    }
    let found = library.unconfirmed().map(|it| (index(it.claim().id()), (it.known(), it.anonymous())));
    same("unconfirmed", &unconfirmed, &found.collect())
}

fn numbers(claims: &[ClaimRef<'_>]) -> Vec<usize> {
    claims.iter().map(|claim| index(claim.id())).collect()
}

fn circles(many: &Many<'_>, topic: (usize, usize), found: TopicRef<'_>) -> Result<(), TestCaseError> {
    let ids = |sources: &BTreeSet<usize>| -> BTreeSet<String> {
        sources.iter().map(|source| real::source_id(*source).to_string()).collect()
    };
    let expected = many.circles_on(topic);
    let expected: BTreeMap<_, Vec<usize>> =
        expected.iter().map(|(sources, claims)| (ids(sources), claims.iter().copied().collect())).collect();
    let sources = |circle: &testimony::Circle<'_>| circle.sources().iter().map(|it| it.id().to_string()).collect();
    let found = found.circles().map(|circle| (sources(&circle), numbers(circle.claims()))).collect();
    same(&format!("circles on {topic:?} of {:?}", many.answers.claims), &expected, &found)
}

fn positions(what: &str, expected: &super::many::Positions, found: &Positions<'_>) -> Result<(), TestCaseError> {
    same(&format!("{what}, uncommitted"), &expected.uncommitted, &numbers(found.uncommitted()))?;
    same(&format!("{what}, forecasts"), &expected.forecasts, &numbers(found.forecasts()))?;
    // The order of two of different kinds is the library's own choice.
    for kind in 0..3 {
        let of_kind = |stand: &Stand| match stand {
            Stand::Figures(_) => 0,
            Stand::Days => 1,
            Stand::Text(..) => 2,
        };
        let mut ours: Vec<&Position> = expected.held.iter().filter(|it| of_kind(&it.stand) == kind).collect();
        ours.sort_by_key(|it| (std::cmp::Reverse(it.voices), it.values.as_ref().map(Set::first), it.claims[0]));
        let theirs = found.positions().iter().filter(|it| of_kind(&stand(it.stand())) == kind);
        let theirs: Vec<&Found<'_>> = theirs.collect();
        let told = || format!("{what}: expected {ours:?}, and came to {theirs:?}");
        require(ours.len() == theirs.len(), told)?;
        for (own, other) in ours.iter().zip(&theirs) {
            let alike = is_stand(&own.stand, other.stand())
                && numbers(other.claims()) == own.claims
                && (other.known(), other.anonymous()) == own.voices
                && scope(other.scope()) == own.scope
                && is_of(other.stand(), own.values.as_ref());
            require(alike, || format!("{what}: expected {own:?}, and came to {other:?}"))?;
        }
    }
    let voices: Vec<_> = found.positions().iter().map(|it| (it.known(), it.anonymous())).collect();
    require(voices.is_sorted_by(|one, other| one >= other), || format!("{what} in the order {voices:?}"))?;
    same(&format!("{what}, exclusions"), &expected.exclusions.len(), &found.exclusions().len())?;
    for (own, other) in expected.exclusions.iter().zip(found.exclusions()) {
        let alike = is_stand(&own.stand, other.stand())
            && numbers(other.claims()) == own.claims
            && scope(other.scope()) == own.scope
            && is_of(other.stand(), own.values.as_ref());
        require(alike, || format!("{what}: expected to exclude {own:?}, and came to {other:?}"))?;
    }
    Ok(())
}

/// The number of the group of a scope.
fn scope(scope: Option<&str>) -> Option<usize> {
    let scope = scope?;
    ledger::SCOPES.iter().position(|group| group.contains(&scope))
}

fn stand(stand: &Stands<'_>) -> Stand {
    match stand {
        Stands::Figures { unit, .. } => Stand::Figures(unit.and_then(unit_named).map(str::to_owned)),
        Stands::Days { .. } => Stand::Days,
        Stands::Text { text, stance } => {
            let group = TEXTS.iter().position(|group| group.contains(text)).expect("it was drawn");
            Stand::Text(group, *stance)
        }
        _ => unreachable!("there is no other stand"),
    }
}

/// Whether a stand is about what the model has it about: a text may be spelt as one that means the same.
fn is_stand(own: &Stand, other: &Stands<'_>) -> bool {
    match (own, stand(other)) {
        (Stand::Text(text, stance), Stand::Text(spelt, said)) if spelt == SAME.0 => {
            [SAME.0, SAME.1].contains(text) && *stance == said
        }
        (own, other) => *own == other,
    }
}

/// Whether the values of a stand are those of a set.
fn is_of(stand: &Stands<'_>, values: Option<&Set>) -> bool {
    match (stand, values) {
        (Stands::Figures { values, .. }, Some(set)) => {
            ends(set).into_iter().zip([values.low(), values.high()]).all(|(own, other)| is_end(own, other))
        }
        (Stands::Days { first, last }, Some(set)) => {
            let text = |day: &testimony::Date| day.to_string();
            super::day::ends(set) == [first.as_ref().map(text), last.as_ref().map(text)]
        }
        (Stands::Text { .. }, None) => true,
        _ => false,
    }
}

pub(crate) fn is_end(own: Option<(i64, bool)>, other: Option<Bound>) -> bool {
    match (own, other) {
        (None, None) => true,
        // The end at a third is in print the decimal outside of it.
        (Some((end, open)), Some(bound)) => {
            let is_decimal = end % (ONE / 1000) == 0;
            !is_decimal || (bound.value(), bound.is_open()) == (real::number(end), open)
        }
        _ => false,
    }
}
