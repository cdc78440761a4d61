//! Scorecards counted one claim after the other, by what is asked of each alone.

use std::collections::BTreeSet;

use testimony::{Agreement, ClaimRef, Fit, Ledger, Moment, Source, SourceId, Stance, Taken, TopicRef};

/// The counts of a card, in the order of its fields, and the days that it was first by.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Card {
    pub(crate) counts: [usize; 8],
    pub(crate) leads: Option<[i64; 3]>,
    pub(crate) first_topics: usize,
}

pub(crate) fn plainly(ledger: &Ledger, source: &Source) -> Card {
    let own: Vec<_> = ledger.claims().filter(|claim| claim.origin().id() == source.id()).collect();
    let kept = |claim: &&ClaimRef<'_>| !claim.is_retracted();
    let relayed = |claim: &ClaimRef<'_>| claim.relays().any(|relay| relay.id() == source.id());
    let topics: Vec<_> =
        ledger.topics().filter(|topic| topic.claims().any(|c| kept(&&c) && is_by(&c, source))).collect();
    let alone = |topic: &&TopicRef<'_>| topic.claims().all(|claim| claim.is_retracted() || is_by(&claim, source));
    let mut leads: Vec<i64> = topics.iter().filter_map(|topic| lead(topic, source)).collect();
    leads.sort_unstable();
    Card {
        counts: [
            own.len(),
            ledger.claims().filter(|claim| !claim.is_retracted() && relayed(claim)).count(),
            topics.len(),
            topics.iter().filter(alone).count(),
            own.iter().filter(|claim| is_borne_out(**claim)).count(),
            own.iter().filter(|claim| ledger.conflicts_of(claim.id()).next().is_some()).count(),
            own.iter().filter(kept).filter(|claim| !claim.stands()).count(),
            own.len() - own.iter().filter(kept).count(),
        ],
        leads: (!leads.is_empty()).then(|| [leads[0], leads[leads.len() / 2], leads[leads.len() - 1]]),
        first_topics: leads.len(),
    }
}

/// Whether a claim is affirmed and stands.
fn is_affirmed(claim: &ClaimRef<'_>) -> bool {
    claim.stands() && !claim.is_disowned() && claim.taken() == Taken::Affirmed && claim.value().is_some()
}

/// Whether somebody with a name agrees who, over all affirmed claims on the topic, does not depend on its origin.
fn is_borne_out(claim: ClaimRef<'_>) -> bool {
    let affirmed: Vec<_> = claim.topic_ref().claims().filter(is_affirmed).collect();
    let agrees = |other: &&ClaimRef<'_>| {
        let related = claim.ledger().related(other.id(), claim.id());
        matches!(related.map(|it| it.relation().fit()), Some(Fit::Agrees(agreement)) if !matches!(agreement, Agreement::Risen(_)))
    };
    let named = |other: &&ClaimRef<'_>| !other.origin().is_anonymous();
    let own = voice(&affirmed, claim.origin());
    is_affirmed(&claim)
        && affirmed
            .iter()
            .filter(|other| other.id() != claim.id())
            .filter(named)
            .filter(agrees)
            .any(|other| !own.contains(other.origin().id().as_str()))
}

/// The origins that depend on one: of one with a name, directly or through others with a name; of an anonymous one,
/// those that it depends on and all of their voices.
fn voice(affirmed: &[ClaimRef<'_>], origin: &Source) -> BTreeSet<String> {
    let mut voice = BTreeSet::from([origin.id().to_string()]);
    loop {
        let may_join = |one: &&ClaimRef<'_>| !one.origin().is_anonymous() || one.origin().id() == origin.id();
        let inside = |id: &SourceId| voice.contains(id.as_str());
        let joins = |one: &ClaimRef<'_>| {
            affirmed.iter().filter(may_join).filter(|other| inside(other.origin().id())).any(|other| {
                let relays = |of: &ClaimRef<'_>, who: &Source| of.relays().any(|relay| relay.id() == who.id());
                root(one) == root(other)
                    || relays(one, other.origin())
                    || relays(other, one.origin())
                    || in_one_circle(affirmed, one.origin(), other.origin())
            })
        };
        let new: Vec<_> =
            affirmed.iter().filter(may_join).filter(|one| !inside(one.origin().id()) && joins(one)).collect();
        if new.is_empty() {
            return voice;
        }
        voice.extend(new.iter().map(|claim| claim.origin().id().to_string()));
    }
}

/// The source that the origin of a claim is part of in the end.
fn root(claim: &ClaimRef<'_>) -> String {
    let mut source = claim.origin();
    while let Some(whole) = source.part_of() {
        source = claim.ledger().source(whole).unwrap();
    }
    source.id().to_string()
}

/// Whether two sources reach each other by the chains of attribution.
fn in_one_circle(affirmed: &[ClaimRef<'_>], one: &Source, other: &Source) -> bool {
    let reaches = |from: &Source, to: &Source| {
        let mut reached = BTreeSet::from([from.id().to_string()]);
        loop {
            let before = reached.len();
            for claim in affirmed {
                let chain: Vec<_> = std::iter::once(claim.origin()).chain(claim.relays()).collect();
                for pair in chain.windows(2).filter(|pair| reached.contains(pair[1].id().as_str())).collect::<Vec<_>>()
                {
                    reached.insert(pair[0].id().to_string());
                }
            }
            if reached.len() == before {
                return reached.contains(to.id().as_str());
            }
        }
    };
    one.id() != other.id() && reaches(one, other) && reaches(other, one)
}

fn is_by(claim: &ClaimRef<'_>, source: &Source) -> bool {
    claim.origin().id() == source.id()
}

/// By how many days it was the first to say something on a topic: no claim of anybody else's is before, and all that tell
/// when are after one of its own.
fn lead(topic: &TopicRef<'_>, source: &Source) -> Option<i64> {
    let says = |claim: &ClaimRef<'_>| {
        !claim.is_retracted() && !claim.is_disowned() && !matches!(claim.stance(), Stance::Declines | Stance::Disowns)
    };
    let said: Vec<_> = topic.claims().filter(says).filter_map(|claim| Some((claim, claim.stated()?))).collect();
    let (own, others): (Vec<_>, Vec<_>) = said.into_iter().partition(|(claim, _)| is_by(claim, source));
    if others.is_empty() {
        return None;
    }
    let is_first = |own: &Moment| others.iter().all(|(_, other)| is_before(*own, *other));
    let days = |own: &Moment| {
        let apart = others.iter().map(|(_, other)| day(*other, true).saturating_sub(day(*own, false)));
        apart.min().unwrap_or_default().max(0)
    };
    own.iter().map(|(_, stated)| stated).filter(|stated| is_first(stated)).map(days).max()
}

/// The first day or the last, in UTC.
fn day(moment: Moment, first: bool) -> i64 {
    use chrono::Datelike as _;

    let (date, open) = match moment {
        Moment::Time(time) => return i64::from(chrono::DateTime::<chrono::Utc>::from(time).num_days_from_ce()),
        Moment::Period(_) if first => (moment.first_day(), i64::MIN),
        Moment::Period(_) => (moment.last_day(), i64::MAX),
    };
    date.map_or(open, |date| i64::from(chrono::NaiveDate::from(date).num_days_from_ce()))
}

fn is_before(one: Moment, other: Moment) -> bool {
    match (one, other) {
        (Moment::Time(one), Moment::Time(other)) => one.to_utc() < other.to_utc(),
        _ => day(one, false) < day(other, true),
    }
}
