//! Views, made the long way: everything is recorded again but for what is not selected.

use std::collections::HashMap;

use proptest::test_runner::TestCaseError;
use testimony::{
    Amendment, ClaimId, ClaimKey, ClaimRef, ContentRef, Entry, Ledger, Moment, Period, Timestamp, Topic, View,
};

use super::{fail, same};

/// The selection that a view makes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selected {
    pub(crate) at: Option<Timestamp>,
    pub(crate) said_by: Option<Moment>,
    pub(crate) topic: Option<Topic>,
    pub(crate) subject: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) about: Option<Period>,
}

impl Selected {
    fn view<'a>(&self, library: &'a Ledger) -> View<'a> {
        let mut view = library.view();
        if let Some(time) = self.at {
            view = view.at(time);
        }
        if let Some(last) = self.said_by {
            view = view.said_by(last);
        }
        if let Some(topic) = &self.topic {
            view = view.of_topic(topic.clone());
        }
        if let Some(subject) = &self.subject {
            view = view.of_subject(subject.clone());
        }
        if let Some(source) = &self.source {
            view = view.of_source(source.parse::<testimony::SourceId>().expect("it is an id"));
        }
        if let Some(period) = self.about {
            view = view.about(period);
        }
        view
    }

    fn has_topics(&self) -> bool {
        self.topic.is_some() || self.subject.is_some() || self.source.is_some()
    }

    fn has_topic(&self, claim: ClaimRef<'_>) -> bool {
        let topic = claim.topic_ref();
        let is_source = |id: &str| {
            let of = |claim: &ClaimRef<'_>| {
                claim.origin().id().as_str() == id || claim.relays().any(|relay| relay.id().as_str() == id)
            };
            topic.claims().any(|other| of(&other))
        };
        let ledger = claim.ledger();
        let named = |other: &Topic| ledger.topic(other).is_some_and(|other| other.topic() == topic.topic());
        let of_subject = |subject: &String| named(&Topic::new(subject, claim.topic().predicate()));
        !self.has_topics()
            || self.topic.as_ref().is_some_and(named)
            || self.subject.as_ref().is_some_and(of_subject)
            || self.source.as_ref().is_some_and(|source| is_source(source))
    }

    fn has(&self, claim: ClaimRef<'_>) -> bool {
        let end = |moment: Moment| match moment {
            Moment::Time(time) => (time.to_utc().day(), Some(time.to_utc())),
            Moment::Period(period) => {
                (period.last_day().unwrap_or(testimony::Date::new(9999, 12, 31).expect("a day")), None)
            }
        };
        // Of one day the end of the day is the last.
        let is_by = |said: Moment, last: Moment| {
            let ((day, time), (last_day, last_time)) = (end(said), end(last));
            (day, time.is_none(), time) <= (last_day, last_time.is_none(), last_time)
        };
        let published = claim.citations().iter().filter_map(testimony::Citation::published);
        let said = claim.stated().or_else(|| {
            published.min_by_key(|moment| {
                let (day, time) = end(*moment);
                (day, time.is_none(), time)
            })
        });
        let about = claim.as_of().or(match claim.stated() {
            Some(Moment::Time(time)) => Some(time.day().into()),
            Some(Moment::Period(period)) => Some(period),
            None => None,
        });
        let meets = |period: Period| {
            about.is_some_and(|about| {
                let before = |one: Period, other: Period| match (one.last_day(), other.first_day()) {
                    (Some(last), Some(first)) => last < first,
                    _ => false,
                };
                !before(about, period) && !before(period, about)
            })
        };
        self.said_by.is_none_or(|last| said.is_some_and(|said| is_by(said, last))) && self.about.is_none_or(meets)
    }
}

/// Holds a view against what is recorded again.
pub(crate) fn agree(library: &Ledger, selected: &Selected) -> Result<(), TestCaseError> {
    let view = selected.view(library);
    let then = then(library, selected.at);
    let (part, numbers) = part(&then, |claim| selected.has_topic(claim) && selected.has(claim));
    let expected = told(&part, &|claim| numbers[usize::try_from(claim.number()).expect("it is small")]);
    let what = format!("the view {selected:?}");
    same(&what, &expected, &told(&view, &|claim| claim))?;
    for claim in view.claims() {
        let again = view.claim(claim.id()).map(|claim| claim.id());
        same("a claim by its number", &Some(claim.id()), &again)?;
        match library.claim(claim.id()) {
            Some(own) if own.as_recorded() == claim.as_recorded() => {}
            _ => return fail(format!("{what}: {claim:?} is another")),
        }
    }
    #[cfg(feature = "serde")]
    {
        let mut written = Vec::new();
        testimony::jsonl::write(&view, &mut written).expect("nothing fails to be written to memory");
        let empty = Ledger::with_policy(library.policy().clone());
        let read =
            testimony::jsonl::read_into(empty, &*written, |error| panic!("{error}")).expect("it was written").ledger;
        let ids: Vec<ClaimId> = view.claims().map(|claim| claim.id()).collect();
        let number = |claim: ClaimId| ids[usize::try_from(claim.number()).expect("it is small")];
        same(&format!("{what}, written"), &expected, &told(&read, &number))?;
    }
    Ok(())
}

/// The ledger as it was known at a time, recorded again.
fn then(library: &Ledger, at: Option<Timestamp>) -> Ledger {
    let mut then = Ledger::with_policy(library.policy().clone());
    let is_known = |recorded: Timestamp| at.is_none_or(|at| recorded.to_utc() <= at.to_utc());
    for entry in library.entries().take_while(|entry| entry.recorded().is_none_or(is_known)) {
        then.append(entry.to_entry()).expect("what is on record can be recorded");
    }
    then
}

/// A ledger with some of the claims, and the numbers that they had.
fn part(library: &Ledger, has: impl Fn(ClaimRef<'_>) -> bool) -> (Ledger, Vec<ClaimId>) {
    let mut part = Ledger::with_policy(library.policy().clone());
    let (mut numbers, mut news, mut labels) = (Vec::new(), HashMap::new(), HashMap::new());
    for entry in library.entries() {
        let entry = match (entry.content(), entry.to_entry()) {
            (ContentRef::Claim(claim), entry) => {
                labels.insert(label(claim), claim.id());
                let claim = library.claim(claim.id()).expect("it is on record");
                if !has(claim) {
                    continue;
                }
                news.insert(claim.id(), ClaimId::new(numbers.len() as u64));
                numbers.push(claim.id());
                entry
            }
            (ContentRef::Retraction(retraction), entry) => {
                let Some(new) = news.get(&named(retraction.claim(), &labels)) else { continue };
                let mut again = testimony::Retraction::new(*new);
                if let Some(by) = retraction.by() {
                    again = again.with_by(by.clone());
                }
                timed(again.into(), &entry)
            }
            (ContentRef::Amendment(Amendment::Claim(amendment)), entry) => {
                let Some(new) = news.get(&named(amendment.claim(), &labels)) else { continue };
                let mut again = testimony::ClaimAmendment::new(*new);
                match amendment.credibility() {
                    testimony::Patch::Set(credibility) => again = again.with_credibility(*credibility),
                    testimony::Patch::Remove => again = again.without_credibility(),
                    testimony::Patch::Keep => {}
                }
                for citation in amendment.citations() {
                    again = again.with_citation(citation.clone());
                }
                timed(Amendment::from(again).into(), &entry)
            }
            (_, entry) => entry,
        };
        part.append(entry).expect("what is on record can be recorded");
    }
    (part, numbers)
}

/// An entry that was recorded when another was.
fn timed(entry: Entry, when: &Entry) -> Entry {
    when.recorded().into_iter().fold(entry, Entry::with_recorded)
}

fn named(key: ClaimKey, labels: &HashMap<String, ClaimId>) -> ClaimId {
    match key {
        ClaimKey::Number(number) => number,
        #[cfg(feature = "serde")]
        ClaimKey::Label(label) => labels[&label.to_string()],
        _ => unreachable!("a claim has a number and a label: {key}"),
    }
}

#[cfg(feature = "serde")]
fn label(claim: ClaimRef<'_>) -> String {
    claim.label().to_string()
}

#[cfg(not(feature = "serde"))]
fn label(claim: ClaimRef<'_>) -> String {
    claim.id().to_string()
}

/// All that is told of a ledger, with other numbers for its claims.
fn told(ledger: &Ledger, number: &dyn Fn(ClaimId) -> ClaimId) -> Vec<String> {
    let id = |claim: &ClaimRef<'_>| number(claim.id());
    let ids = |claims: &[ClaimRef<'_>]| claims.iter().map(id).collect::<Vec<_>>();
    let mut told: Vec<String> = ledger
        .claims()
        .map(|claim| {
            let by: Vec<ClaimId> = claim.superseded_by().map(|claim| id(&claim)).collect();
            let topic = claim.topic_ref();
            format!(
                "{:?} on {} by {}: {:?} {:?} retracted {} disowned {} stands {} superseded by {by:?}",
                id(&claim),
                topic.topic(),
                claim.origin().name(),
                claim.credibility(),
                claim.citations(),
                claim.is_retracted(),
                claim.is_disowned(),
                claim.stands()
            )
        })
        .collect();
    for topic in ledger.topics() {
        told.push(format!(
            "{} {:?} {:?}",
            topic.topic(),
            topic.predicate().measure(),
            ids(&topic.claims().collect::<Vec<_>>())
        ));
        let positions = topic.positions();
        for position in positions.positions() {
            let (stand, known, anonymous) = (position.stand(), position.known(), position.anonymous());
            told.push(format!("{stand:?} {:?} {known} {anonymous}", ids(position.claims())));
        }
        told.push(format!("{:?} {:?}", ids(positions.uncommitted()), ids(positions.forecasts())));
    }
    let pair =
        |older: &ClaimRef<'_>, newer: &ClaimRef<'_>, relation| format!("{:?} {:?} {relation:?}", id(older), id(newer));
    told.extend(ledger.relations().map(|pair_of| pair(&pair_of.older(), &pair_of.newer(), pair_of.relation())));
    told.extend(ledger.conflicts().map(|conflict| pair(&conflict.older(), &conflict.newer(), conflict.relation())));
    told.push(format!("{} conflicts", ledger.conflict_count()));
    told.extend(ledger.circles().map(|circle| format!("circle {:?}", ids(circle.claims()))));
    told.extend(ledger.unconfirmed().map(|backing| format!("unconfirmed {:?}", id(&backing.claim()))));
    told.extend(
        ledger.violations().map(|violation| {
            format!("{:?} {:?} {:?}", ids(&violation.claims()), violation.implied(), violation.stated())
        }),
    );
    told
}
