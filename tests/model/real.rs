//! Stories of the model, told to the library.

use testimony::{
    Amendment, Bound, Citation, Claim, ClaimAmendment, ClaimId, ClaimKey, Constraint, Content, Credibility, Entry,
    Error, ErrorKind, Figure, Hedge, Moment, Names, Number, Period, Policy, Predicate, Rational, Retraction, Source,
    SourceAmendment, SourceId, SourceKind, SubjectAmendment, Timestamp, Topic, Value,
};

use super::ledger::ALIAS;
use super::number::{ONE, Widths};
use super::{day, ledger, number, tied};

/// A number in parts of one, as a number; whole ones partly as text with a fraction of nought.
pub(crate) fn number(parts: i64) -> Number {
    if parts % (2 * ONE) == 0 {
        return Number::from(parts / ONE);
    }
    let sign = if parts < 0 { "-" } else { "" };
    let thousandths = parts.abs() * 1000 / ONE;
    format!("{sign}{}.{:03}", thousandths / 1000, thousandths % 1000).parse().expect("a number")
}

pub(crate) fn source_id(id: usize) -> SourceId {
    SourceId::new(format!("s{id}")).expect("an id")
}

pub(crate) fn topic((subject, predicate): (usize, usize)) -> Topic {
    Topic::new(self::subject(subject), format!("predicate {predicate}"))
}

/// A number that may be said as a fraction.
fn rational(parts: i64) -> Rational {
    if parts % (ONE / 1000) == 0 {
        return number(parts).into();
    }
    Rational::fraction(parts, ONE.unsigned_abs()).expect("a fraction")
}

pub(crate) fn policy(widths: Widths, days_apart: usize) -> Policy {
    let tolerance = number(widths.tolerance * ONE / 100);
    let policy = Policy::default().with_tolerance(tolerance).expect("a share").with_rounding(widths.rounding);
    policy.with_days_apart(u32::try_from(days_apart).expect("few days"))
}

pub(crate) fn timestamp(second: i64, seoul: bool) -> Timestamp {
    day::time(second, seoul).parse().expect("a time")
}

pub(crate) fn period(period: day::Period) -> Period {
    period.text().parse().expect("a period")
}

fn moment(moment: day::Moment) -> Moment {
    moment.text().parse().expect("a moment")
}

fn figure(hedge: number::Hedge, unit: Option<&str>) -> Result<Figure, Error> {
    let bound = |n, open| if open { Bound::open(number(n)) } else { Bound::closed(number(n)) };
    let hedge = match hedge {
        number::Hedge::Exactly(n) => Hedge::Exactly(rational(n)),
        number::Hedge::MoreThan(n) => Hedge::MoreThan(rational(n)),
        number::Hedge::AtLeast(n) => Hedge::AtLeast(rational(n)),
        number::Hedge::LessThan(n) => Hedge::LessThan(rational(n)),
        number::Hedge::AtMost(n) => Hedge::AtMost(rational(n)),
        number::Hedge::Between(low, high) => Hedge::Between(number(low), number(high)),
        number::Hedge::Within { low, low_open, high, high_open } => {
            Hedge::Within(bound(low, low_open), bound(high, high_open))
        }
        number::Hedge::About(n) => Hedge::About(rational(n)),
        number::Hedge::AboutBetween(low, high) => Hedge::AboutBetween(number(low), number(high)),
        number::Hedge::Nearly(n) => Hedge::Nearly(rational(n)),
        number::Hedge::JustOver(n) => Hedge::JustOver(rational(n)),
        number::Hedge::Vague(vague) => Hedge::Vague(vague),
        number::Hedge::Rounded { number: n, to } => Hedge::Rounded { number: number(n), to: number(to) },
        number::Hedge::Fraction(n) => Hedge::RoundedFraction(rational(n)),
        number::Hedge::Estimate { low, high, best } => {
            Hedge::Estimate { low: number(low), high: number(high), best: number(best) }
        }
    };
    let figure = Figure::new(hedge)?;
    Ok(if let Some(unit) = unit { figure.with_unit(unit) } else { figure })
}

pub(crate) fn rating(credibility: u8) -> Credibility {
    Credibility::new(credibility).expect("a rating")
}

pub(crate) fn citation(number: usize) -> Citation {
    Citation::new().with_title(format!("Document {number}"))
}

fn key(key: &ledger::Key) -> Result<ClaimKey, Error> {
    match key {
        ledger::Key::Number(number) => Ok(ClaimId::new(*number as u64).into()),
        #[cfg(feature = "serde")]
        ledger::Key::LabelOf(said) => Ok(claim(said)?.label().into()),
        #[cfg(not(feature = "serde"))]
        ledger::Key::LabelOf(_) => unreachable!("without the format there are no labels, and none is drawn"),
    }
}

fn claim(claim: &ledger::Claim) -> Result<Claim, Error> {
    let (topic, origin) = (topic(claim.topic), source_id(claim.origin));
    let mut built = match claim.value {
        None => Claim::declined(topic, &origin),
        Some(ledger::Value::Figure(hedge, unit)) => Claim::new(topic, figure(hedge, unit)?, &origin),
        Some(ledger::Value::Text(group, place)) => Claim::new(topic, Value::text(ledger::TEXTS[group][place]), &origin),
        Some(ledger::Value::Period(value)) => Claim::new(topic, period(value), &origin),
    };
    built = built.with_stance(claim.stance);
    if let Some((group, place)) = claim.scope {
        built = built.with_scope(ledger::SCOPES[group][place]);
    }
    if let Some(place) = claim.likelihood {
        let likelihood: testimony::Likelihood = ledger::LIKELIHOODS[place].0.parse().expect("a likelihood");
        built = built.with_confidence(likelihood);
    }
    for relay in &claim.relays {
        built = built.with_relay(source_id(*relay));
    }
    if let Some(as_of) = claim.as_of {
        built = built.with_as_of(period(as_of));
    }
    if let Some(stated) = claim.stated {
        built = built.with_stated(moment(stated));
    }
    if let Some(credibility) = claim.credibility {
        built = built.with_credibility(rating(credibility));
    }
    for number in &claim.cited {
        built = built.with_citation(citation(*number));
    }
    Ok(built)
}

pub(crate) fn source(source: &ledger::Source) -> Result<Source, Error> {
    let mut built = Source::new(format!("s{}", source.id), format!("Name {}", source.name))?;
    if source.anonymous {
        built = built.with_kind(SourceKind::ANONYMOUS);
    }
    if let Some(whole) = source.part_of {
        built = built.with_part_of(&source_id(whole));
    }
    Ok(built)
}

fn predicate(predicate: &ledger::Predicate) -> Predicate {
    let mut built = Predicate::new(format!("predicate {}", predicate.name)).with_measure(predicate.measure);
    if let Some(unit) = predicate.unit {
        built = built.with_unit(unit);
    }
    if predicate.continuous {
        built = built.continuous();
    }
    if predicate.single_valued {
        built = built.single_valued();
    }
    if predicate.opposites {
        let (one, other) = ledger::OPPOSITES_SPELT;
        built = built.with_opposites(one, other);
    }
    if predicate.same {
        built = built.with_same(ledger::SAME_SPELT);
    }
    built
}

fn subject(subject: usize) -> String {
    format!("subject {subject}")
}

pub(crate) fn constraint(constraint: tied::Constraint) -> Constraint {
    match constraint {
        tied::Constraint::Sum { parts, whole } => {
            Constraint::Sum { parts: parts.map(topic).into(), whole: topic(whole) }
        }
        tied::Constraint::AtMost { part, whole } => Constraint::AtMost { part: topic(part), whole: topic(whole) },
        tied::Constraint::Ratio { part, whole, ratio } => {
            Constraint::Ratio { part: topic(part), whole: topic(whole), ratio: topic(ratio) }
        }
        tied::Constraint::Change { flow, total } => Constraint::Change { flow: topic(flow), total: topic(total) },
    }
}

pub(crate) fn entry(content: &ledger::Content, recorded: Option<Timestamp>) -> Result<Entry, Error> {
    let entry: Entry = match content {
        ledger::Content::Source(defined) => source(defined)?.into(),
        ledger::Content::Predicate(defined) => predicate(defined).into(),
        ledger::Content::Alias => Content::Subject(Names::new(subject(ALIAS.1), [subject(ALIAS.0)])).into(),
        ledger::Content::Join => {
            Amendment::from(SubjectAmendment::new(subject(ALIAS.1)).with_alias(subject(ALIAS.0))).into()
        }
        ledger::Content::Constraint(number) => constraint(tied::CONSTRAINTS[*number]).into(),
        ledger::Content::Claim(made) => claim(made)?.into(),
        ledger::Content::Retraction { claim, by } => {
            let retraction = Retraction::new(key(claim)?);
            if let Some(by) = by { retraction.with_by(source_id(*by)) } else { retraction }.into()
        }
        ledger::Content::AmendSource { id, name, anonymous, part_of } => {
            let mut amendment = SourceAmendment::new(&source_id(*id));
            if let Some(name) = name {
                amendment = amendment.with_name(format!("Name {name}"));
            }
            if let Some(anonymous) = anonymous {
                amendment = amendment.with_kind(if *anonymous { SourceKind::ANONYMOUS } else { SourceKind::default() });
            }
            amendment = match part_of {
                None => amendment,
                Some(None) => amendment.without_part_of(),
                Some(Some(whole)) => amendment.with_part_of(&source_id(*whole)),
            };
            Amendment::from(amendment).into()
        }
        ledger::Content::AmendClaim { claim, credibility, cited } => {
            let amendment = ClaimAmendment::new(key(claim)?);
            let amendment = match credibility {
                None => amendment,
                Some(None) => amendment.without_credibility(),
                Some(Some(credibility)) => amendment.with_credibility(rating(*credibility)),
            };
            let amendment = cited.iter().map(|number| citation(*number)).fold(amendment, ClaimAmendment::with_citation);
            Amendment::from(amendment).into()
        }
    };
    Ok(if let Some(time) = recorded { entry.with_recorded(time) } else { entry })
}

/// The model's name for the reason of an error.
pub(crate) fn refusal(error: &Error) -> Option<ledger::Refusal> {
    Some(match error.kind() {
        ErrorKind::UnknownSource => ledger::Refusal::UnknownSource,
        ErrorKind::NamedTwice => ledger::Refusal::NamedTwice,
        ErrorKind::Missing { .. } => ledger::Refusal::MissingValue,
        ErrorKind::NoValue => ledger::Refusal::NoValue,
        ErrorKind::VagueRatio => ledger::Refusal::VagueRatio,
        ErrorKind::Redefined => ledger::Refusal::Redefined,
        ErrorKind::DefinedTooLate => ledger::Refusal::DefinedTooLate,
        ErrorKind::UnknownClaim => ledger::Refusal::UnknownClaim,
        ErrorKind::UnknownLabel => ledger::Refusal::UnknownLabel,
        ErrorKind::OwnsItself => ledger::Refusal::OwnsItself,
        ErrorKind::NotEntitled => ledger::Refusal::NotEntitled,
        ErrorKind::NamedTooLate => ledger::Refusal::NamedTooLate,
        ErrorKind::AlreadyRetracted => ledger::Refusal::AlreadyRetracted,
        ErrorKind::TimeGoesBack { .. } => ledger::Refusal::TimeGoesBack,
        _ => return None,
    })
}
