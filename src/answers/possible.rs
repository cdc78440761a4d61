//! The part that the times of two claims have in their relation, and the reasons why a conflict is only possible.

use super::conflict::Related;
use super::told::{name, value};
use crate::report::list;
use crate::rules::certainty::Uncertainty;
use crate::rules::fit::{Clash, Fit};
use crate::rules::relation::RelationKind;
use crate::rules::timing::{Side, Timing};
use crate::shown::Quoted;
use crate::topic::Measure;

const POSSIBLE: &str = ", so the conflict is possible and not certain";

/// The sentence on how the times of the two bear on their relation.
pub(super) fn times(related: &Related<'_>) -> Option<String> {
    let (a, b) = (related.older(), related.newer());
    let relation = related.relation();
    // The reasons of these relations name their times already, or need none.
    let is_told = matches!(relation.fit(), Fit::Clashes(Clash::Disowned(_) | Clash::PartAboveWhole(_)));
    if is_told || matches!(relation.fit(), Fit::Silent(_) | Fit::Incomparable(_)) {
        return None;
    }
    if a.topic_ref().predicate().measure() == Measure::Fixed {
        return Some("What it asks for is the same at any time.".to_owned());
    }
    let is = |one| relation.kind().is_conflict() && relation.uncertainties().any(|other| other == one);
    let possible = if is(Uncertainty::Times) { POSSIBLE } else { "" };
    Some(match relation.timing() {
        Timing::Same if is(Uncertainty::SeveralDays) => {
            format!("Both are about the same days, and each may have been true on some of them{POSSIBLE}.")
        }
        Timing::Same => "Both are about the same days.".to_owned(),
        Timing::Overlapping if a.ledger().policy().days_apart() > 0 => {
            format!("They are about times that overlap, or are as near as the policy allows{possible}.")
        }
        Timing::Overlapping => format!("They are about times that overlap and are not the same{possible}."),
        Timing::Later => return later(related),
        Timing::Unknown => match (a.as_of(), b.as_of()) {
            (None, None) => format!("Neither says what time it is about{possible}."),
            (None, _) => format!("The older does not say what time it is about{possible}."),
            _ => format!("The newer does not say what time it is about{possible}."),
        },
    })
}

/// The other reasons why a conflict is possible and not certain, in one sentence.
pub(super) fn doubts(related: &Related<'_>) -> Option<String> {
    let relation = related.relation();
    if !relation.kind().is_conflict() {
        return None;
    }
    let told: Vec<String> = relation.uncertainties().filter_map(|doubt| told(related, doubt)).collect();
    if told.is_empty() {
        return None;
    }
    let is_told = relation.uncertainties().any(|doubt| matches!(doubt, Uncertainty::Times | Uncertainty::SeveralDays));
    let also = if is_told { "It is also only possible" } else { "The conflict is possible and not certain" };
    Some(format!("{also} because {}.", list(told.into_iter())))
}

/// One reason why a conflict is only possible; `None` for those that [`times`] has told.
fn told(related: &Related<'_>, doubt: Uncertainty) -> Option<String> {
    let which = |side| if side == Side::First { "older" } else { "newer" };
    Some(match doubt {
        Uncertainty::Times | Uncertainty::SeveralDays => return None,
        Uncertainty::QualifiedTime(side) => {
            let time = related.side(side).as_of()?.in_words();
            format!("the time of the {}, {time}, is not given for sure", which(side))
        }
        Uncertainty::QualifiedValue(side) => format!("{} is not given for sure", value(related.side(side))),
        Uncertainty::OneInstant(side) => {
            format!("only the {} says at which instant of the day it counted", which(side))
        }
        Uncertainty::StatedStandsIn(side) => {
            format!("the {} does not say what time it is about, and the time of saying stands in", which(side))
        }
        Uncertainty::OneScope(side) => {
            let scope = related.side(side).scope()?;
            format!("only the {} says what exactly it counts, {}", which(side), Quoted(scope))
        }
        Uncertainty::Forecast(side) => {
            let stated = related.side(side).stated()?.in_words();
            format!("the {} is a forecast, made on {stated}", which(side))
        }
        Uncertainty::Doubted(side) => {
            let claim = related.side(side);
            let likelihood = claim.confidence().map(ToString::to_string).unwrap_or_default();
            format!(
                "{} only calls {} unlikely ({likelihood}), which is a doubt and no denial",
                name(claim),
                value(claim)
            )
        }
        Uncertainty::Widths => "both could be true if numbers were taken less exactly".to_owned(),
    })
}

fn later(related: &Related<'_>) -> Option<String> {
    let later = related.later()?;
    let said = match related.relation().kind() {
        RelationKind::Updates => format!("{} brings its own word up to a later time", name(later)),
        RelationKind::Succeeds => format!("{} speaks of a later time", name(later)),
        _ => return None,
    };
    let (one, other) = (related.older().as_of(), related.newer().as_of());
    Some(match (later.as_of(), later.stated()) {
        (Some(period), _) if one != other => format!("{said}, {}.", period.in_words()),
        (_, Some(stated)) => format!("{said}, {}.", stated.in_words()),
        _ => format!("{said}."),
    })
}
