//! Claims on one topic in a line each, for tables of cases.

use testimony::{Claim, Figure, Likelihood, Moment, Period, SourceId, Stance, Topic, Value};

/// `[denies|suggests|declines|disowns] VALUE [counting SCOPE] [held LIKELIHOOD] [@ AS-OF] [said STATED]`, where a value
/// is a figure, a 'text' or a period in [], or `declines` or `disowns` instead of a value. How figures are written is the
/// table's own.
pub(crate) fn claim(text: &str, origin: &SourceId, figure: impl Fn(&str) -> Figure) -> Claim {
    let (text, stated) = text.split_once(" said ").map_or((text, None), |(text, stated)| (text, Some(stated)));
    let (text, as_of) = text.split_once(" @ ").map_or((text, None), |(text, as_of)| (text, Some(as_of)));
    let (text, likelihood) = text.split_once(" held ").map_or((text, None), |(text, held)| (text, Some(held)));
    let (text, scope) = text.split_once(" counting ").map_or((text, None), |(text, scope)| (text, Some(scope)));
    let topic = Topic::new("s", "p");
    let mut claim = if text == "declines" {
        Claim::declined(topic, origin)
    } else if text == "disowns" {
        Claim::disowned(topic, origin)
    } else {
        let (stance, text) = match text.split_once(' ') {
            Some((word, rest)) if word.parse::<Stance>().is_ok() => (word.parse().unwrap(), rest),
            _ => (Stance::Affirms, text),
        };
        let value = if let Some(quoted) = text.strip_prefix('\'') {
            Value::text(quoted.trim_end_matches('\''))
        } else if let Some(period) = text.strip_prefix('[') {
            period.trim_end_matches(']').parse::<Period>().unwrap().into()
        } else {
            figure(text).into()
        };
        Claim::new(topic, value, origin).with_stance(stance)
    };
    if let Some(scope) = scope {
        claim = claim.with_scope(scope);
    }
    if let Some(likelihood) = likelihood {
        claim = claim.with_confidence(likelihood.parse::<Likelihood>().unwrap());
    }
    if let Some(as_of) = as_of {
        claim = claim.with_as_of(as_of.parse::<Period>().unwrap());
    }
    if let Some(stated) = stated {
        claim = claim.with_stated(stated.parse::<Moment>().unwrap());
    }
    claim
}
