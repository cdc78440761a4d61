//! Answers as data: the one JSON form of each, which `schema::findings` describes. A claim goes by its number and its
//! label, wherever it is named.

use serde::{Serialize, Serializer};

use super::circles::Circle;
use super::conflict::{Conflict, Related};
use super::corroboration::{Backing, Corroboration, Witness};
use super::diff::Diff;
use super::dossier::{Dossier, LISTED};
use super::look_alikes::LookAlikes;
use super::numbered::Numbering;
use super::positions::{Exclusion, Position, Positions};
use super::violations::{Obstacle, Unchecked, Violation, ViolationScope};
use crate::claim::{Label, Stance};
use crate::confidence::Credibility;
use crate::date::Date;
use crate::entry::{ClaimId, Retraction};
use crate::ledger::{ClaimRef, Part, TopicRef};
use crate::number::{Bound, Interval, Number};
use crate::rules::certainty::Uncertainty;
use crate::rules::fit::{Agreement, Fit};
use crate::rules::position::Stand;
use crate::rules::relation::{Gap, Origins, Relation, RelationKind};
use crate::rules::timing::{Side, Timing};
use crate::source::{Source, SourceId};
use crate::topic::Topic;

/// Claims by their numbers and labels, in one order.
fn named(claims: &[ClaimRef<'_>], number: &Numbering<'_>) -> (Vec<u64>, Vec<Label>) {
    claims.iter().map(|claim| (number(claim.id()), claim.label())).unzip()
}

/// Two claims and how they relate.
#[derive(Serialize)]
pub(super) struct RelatedForm<'a> {
    relation: RelationKind,
    claims: [u64; 2],
    labels: [Label; 2],
    topic: &'a Topic,
    timing: Timing,
    certain: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    later: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    supersedes: Option<u64>,
    gap: Option<Gap>,
    because: String,
}

impl<'a> RelatedForm<'a> {
    pub(super) fn new(related: &Related<'a>, number: &Numbering<'_>) -> Self {
        let (claims, relation) = ([related.older(), related.newer()], related.relation());
        let of = |claim: ClaimRef<'_>| number(claim.id());
        Self {
            relation: relation.kind(),
            claims: claims.map(of),
            labels: claims.map(|claim| claim.label()),
            topic: related.older().topic_ref().topic(),
            timing: relation.timing(),
            certain: relation.is_certain(),
            later: related.later().map(of),
            supersedes: related.superseding().map(of),
            gap: relation.gap(),
            because: related.because(),
        }
    }
}

/// Sources that attribute to each other in a circle.
#[derive(Serialize)]
pub(super) struct CircleForm<'a> {
    circle: Vec<&'a SourceId>,
    topic: &'a Topic,
    claims: Vec<u64>,
    labels: Vec<Label>,
    because: String,
}

impl<'a> CircleForm<'a> {
    pub(super) fn new(circle: &Circle<'a>, number: &Numbering<'_>) -> Self {
        let (claims, labels) = named(circle.claims(), number);
        let sources = circle.sources().iter().map(|source| source.id()).collect();
        Self { circle: sources, topic: circle.topic(), claims, labels, because: circle.because() }
    }
}

/// A figure that is not what a constraint makes of others.
#[derive(Serialize)]
pub(super) struct ViolationForm<'a> {
    violation: &'static str,
    scope: ViolationScope,
    certain: bool,
    topic: &'a Topic,
    claims: Vec<u64>,
    labels: Vec<Label>,
    implied: Values<'a>,
    stated: Values<'a>,
    because: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    positions: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    more_claims: Option<usize>,
}

impl<'a> ViolationForm<'a> {
    pub(super) fn new(violation: &Violation<'a>, number: &Numbering<'_>) -> Self {
        let (claims, labels) = named(&violation.claims(), number);
        let across = violation.scope() == ViolationScope::AcrossOrigins;
        let by = if violation.is_by_last_words() { "by_last_words" } else { "at_its_time" };
        Self {
            violation: violation.constraint().kind(),
            scope: violation.scope(),
            certain: violation.is_certain(),
            topic: violation.result().topic_ref().topic(),
            claims,
            labels,
            implied: Values::new(&violation.implied(), violation.unit()),
            stated: Values::new(&violation.stated(), violation.unit()),
            because: violation.because(),
            positions: across.then_some(by),
            more_claims: Some(violation.left_out()).filter(|more| *more > 0),
        }
    }
}

/// A figure that could not be held against a constraint.
#[derive(Serialize)]
pub(super) struct UncheckedForm<'a> {
    unchecked: &'static str,
    scope: ViolationScope,
    topic: &'a Topic,
    claims: [u64; 1],
    labels: [Label; 1],
    obstacle: Obstacle,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<&'a Topic>,
    because: String,
}

impl<'a> UncheckedForm<'a> {
    pub(super) fn new(unchecked: &Unchecked<'a>, number: &Numbering<'_>) -> Self {
        let result = unchecked.result();
        Self {
            unchecked: unchecked.constraint().kind(),
            scope: unchecked.scope(),
            topic: result.topic_ref().topic(),
            claims: [number(result.id())],
            labels: [result.label()],
            obstacle: unchecked.obstacle(),
            missing: unchecked.topic(),
            because: unchecked.because(),
        }
    }
}

/// A claim and the voices behind it.
#[derive(Serialize)]
pub(super) struct CorroborationForm<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    credibility: Option<u8>,
    topic: &'a Topic,
    claims: [u64; 1],
    labels: [Label; 1],
    independent_origins: usize,
    anonymous_origins: usize,
    confirmed: bool,
    voices: Vec<VoiceForm<'a>>,
    because: String,
}

#[derive(Serialize)]
struct VoiceForm<'a> {
    origins: Vec<&'a SourceId>,
    anonymous: bool,
    claims: Vec<u64>,
    labels: Vec<Label>,
    /// How the value of each claim lies to that of the one borne out.
    values: Vec<&'static str>,
}

impl<'a> CorroborationForm<'a> {
    pub(super) fn new(corroboration: &Corroboration<'a>, number: &Numbering<'_>) -> Self {
        let claim = corroboration.claim();
        Self {
            credibility: claim.credibility().map(Credibility::rating),
            topic: claim.topic_ref().topic(),
            claims: [number(claim.id())],
            labels: [claim.label()],
            independent_origins: corroboration.known(),
            anonymous_origins: corroboration.anonymous(),
            confirmed: corroboration.is_confirmed(),
            voices: corroboration.backings().iter().map(|backing| VoiceForm::new(backing, number)).collect(),
            because: corroboration.because(),
        }
    }
}

impl<'a> VoiceForm<'a> {
    fn new(backing: &Backing<'a>, number: &Numbering<'_>) -> Self {
        let witnesses = backing.witnesses();
        let (claims, labels) = named(&witnesses.iter().map(Witness::claim).collect::<Vec<_>>(), number);
        Self {
            origins: backing.origins().into_iter().map(Source::id).collect(),
            anonymous: backing.is_anonymous(),
            claims,
            labels,
            values: witnesses.iter().map(value).collect(),
        }
    }
}

/// How the value of a witness lies to that of the claim it bears out.
fn value(witness: &Witness<'_>) -> &'static str {
    match witness.agreement() {
        Agreement::Equal => "equal",
        Agreement::Within(Side::First) => "within",
        Agreement::Within(Side::Second) => "around",
        Agreement::Overlapping | Agreement::Risen(_) => "overlapping",
    }
}

/// Where the voices on a topic stand.
#[derive(Serialize)]
pub(super) struct PositionsForm<'a> {
    topic: &'a Topic,
    positions: Vec<PositionForm<'a>>,
    excludes: Vec<ExclusionForm<'a>>,
    silent: Vec<u64>,
    silent_labels: Vec<Label>,
    forecasts: Vec<u64>,
    forecast_labels: Vec<Label>,
}

#[derive(Serialize)]
struct PositionForm<'a> {
    value: ValueForm<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'a str>,
    claims: Vec<u64>,
    labels: Vec<Label>,
    independent_origins: usize,
    anonymous_origins: usize,
}

#[derive(Serialize)]
struct ExclusionForm<'a> {
    value: ValueForm<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'a str>,
    claims: Vec<u64>,
    labels: Vec<Label>,
}

impl<'a> PositionsForm<'a> {
    pub(super) fn new(positions: &Positions<'a>, number: &Numbering<'_>) -> Self {
        let (silent, silent_labels) = named(positions.uncommitted(), number);
        let (forecasts, forecast_labels) = named(positions.forecasts(), number);
        Self {
            topic: positions.topic(),
            positions: positions.positions().iter().map(|position| PositionForm::new(position, number)).collect(),
            excludes: positions.exclusions().iter().map(|excluded| ExclusionForm::new(excluded, number)).collect(),
            silent,
            silent_labels,
            forecasts,
            forecast_labels,
        }
    }
}

impl<'a> PositionForm<'a> {
    fn new(position: &Position<'a>, number: &Numbering<'_>) -> Self {
        let (claims, labels) = named(position.claims(), number);
        Self {
            value: ValueForm::new(position.stand()),
            scope: position.scope(),
            claims,
            labels,
            independent_origins: position.known(),
            anonymous_origins: position.anonymous(),
        }
    }
}

impl<'a> ExclusionForm<'a> {
    fn new(exclusion: &Exclusion<'a>, number: &Numbering<'_>) -> Self {
        let (claims, labels) = named(exclusion.claims(), number);
        Self { value: ValueForm::new(exclusion.stand()), scope: exclusion.scope(), claims, labels }
    }
}

/// A set of numbers.
#[derive(Serialize)]
struct Ends {
    low: Option<Number>,
    low_open: bool,
    high: Option<Number>,
    high_open: bool,
}

impl Ends {
    fn new(values: &Interval) -> Self {
        let open = |end: Option<Bound>| end.is_some_and(Bound::is_open);
        Self {
            low: values.low().map(Bound::value),
            low_open: open(values.low()),
            high: values.high().map(Bound::value),
            high_open: open(values.high()),
        }
    }
}

/// A set of numbers with its unit.
#[derive(Serialize)]
struct Values<'a> {
    #[serde(flatten)]
    ends: Ends,
    unit: Option<&'a str>,
}

impl<'a> Values<'a> {
    fn new(values: &Interval, unit: Option<&'a str>) -> Self {
        Self { ends: Ends::new(values), unit }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum ValueForm<'a> {
    Figures(Values<'a>),
    Days { first: Option<String>, last: Option<String> },
    Text { text: &'a str, stance: Stance },
}

impl<'a> ValueForm<'a> {
    fn new(stand: &Stand<'a>) -> Self {
        match stand {
            Stand::Figures { values, unit } => Self::Figures(Values::new(values, *unit)),
            Stand::Days { first, last } => {
                let text = |day: &Option<Date>| day.as_ref().map(Date::to_string);
                Self::Days { first: text(first), last: text(last) }
            }
            Stand::Text { text, stance } => Self::Text { text, stance: *stance },
        }
    }
}

/// All that is on record about a topic.
#[derive(Serialize)]
pub(super) struct DossierForm<'a> {
    topic: &'a Topic,
    /// As time went by, those taken back last.
    claims: Vec<ClaimForm<'a>>,
    positions: PositionsForm<'a>,
    circles: Vec<CircleForm<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    more_circles: Option<usize>,
    conflicts: Vec<RelatedForm<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    more_conflicts: Option<usize>,
    /// The units of figures that could not be compared with each other, null for none.
    not_compared: Vec<Option<&'a str>>,
}

#[derive(Serialize)]
struct ClaimForm<'a> {
    claim: u64,
    label: Label,
    said: ClaimRef<'a>,
    stands: bool,
    /// A hundred at most.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    superseded_by: Vec<u64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    disowned: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    retraction: Option<&'a Retraction>,
}

impl<'a> DossierForm<'a> {
    pub(super) fn new(dossier: &Dossier<'a>, number: &Numbering<'_>) -> Self {
        let topic = dossier.topic_ref();
        let claim = |claim: ClaimRef<'a>| ClaimForm {
            claim: number(claim.id()),
            label: claim.label(),
            said: claim,
            stands: claim.stands(),
            superseded_by: claim.superseded_by().take(LISTED).map(|other| number(other.id())).collect(),
            disowned: claim.is_disowned(),
            retraction: claim.retraction(),
        };
        let claims = topic.timeline().into_iter().chain(topic.claims().filter(ClaimRef::is_retracted));
        let mut circles = topic.circles();
        Self {
            topic: topic.topic(),
            claims: claims.map(claim).collect(),
            positions: PositionsForm::new(&topic.positions(), number),
            circles: circles.by_ref().take(LISTED).map(|circle| CircleForm::new(&circle, number)).collect(),
            more_circles: Some(circles.count()).filter(|more| *more > 0),
            more_conflicts: dossier.more_conflicts(),
            conflicts: topic.conflicts().take(LISTED).map(|conflict| RelatedForm::new(&conflict, number)).collect(),
            not_compared: topic.unmatched_units(),
        }
    }
}

/// The changes from one ledger to another.
#[derive(Serialize)]
struct DiffForm<'a> {
    newly_disputed: Vec<RelatedForm<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    more_disputed: bool,
    settled: Vec<RelatedForm<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    more_settled: bool,
    new: Vec<ChangedForm<'a>>,
    withdrawn: Vec<ChangedForm<'a>>,
    reinstated: Vec<ChangedForm<'a>>,
    revised: Vec<ChangedForm<'a>>,
    missing: Vec<ChangedForm<'a>>,
    amended: Vec<AmendedForm<ClaimRef<'a>>>,
    new_sources: Vec<&'a Source>,
    amended_sources: Vec<AmendedForm<&'a Source>>,
}

/// A claim by its number in the ledger that has it, the later one if both do.
#[derive(Serialize)]
struct ChangedForm<'a> {
    claim: ClaimId,
    label: Label,
    said: ClaimRef<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retraction: Option<&'a Retraction>,
}

#[derive(Serialize)]
struct AmendedForm<T> {
    #[serde(skip_serializing_if = "Option::is_none")]
    claim: Option<ClaimId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<Label>,
    before: T,
    after: T,
}

impl<'a> DiffForm<'a> {
    fn new(diff: &Diff<'a>) -> Self {
        let pairs = |conflicts: &[Conflict<'a>]| {
            conflicts.iter().map(|conflict| RelatedForm::new(conflict, &ClaimId::number)).collect()
        };
        let claims = |claims: &[ClaimRef<'a>]| {
            let changed = |claim: &ClaimRef<'a>| ChangedForm {
                claim: claim.id(),
                label: claim.label(),
                said: *claim,
                retraction: claim.retraction(),
            };
            claims.iter().map(changed).collect()
        };
        let amended = |&(before, after): &(ClaimRef<'a>, ClaimRef<'a>)| AmendedForm {
            claim: Some(after.id()),
            label: Some(after.label()),
            before,
            after,
        };
        let source =
            |&(before, after): &(&'a Source, &'a Source)| AmendedForm { claim: None, label: None, before, after };
        Self {
            newly_disputed: pairs(diff.newly_disputed()),
            more_disputed: diff.has_more_disputed(),
            settled: pairs(diff.settled()),
            more_settled: diff.has_more_settled(),
            new: claims(diff.new_claims()),
            withdrawn: claims(diff.withdrawn()),
            reinstated: claims(diff.reinstated()),
            revised: claims(diff.revised()),
            missing: claims(diff.missing()),
            amended: diff.amended_claims().iter().map(amended).collect(),
            new_sources: diff.new_sources().to_vec(),
            amended_sources: diff.amended_sources().iter().map(source).collect(),
        }
    }
}

impl Serialize for Diff<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        DiffForm::new(self).serialize(serializer)
    }
}

impl Serialize for LookAlikes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Form<'a> {
            topics: Vec<Vec<&'a Topic>>,
            units: Vec<&'a [&'a str]>,
        }
        let topics = self.topics().map(|topics| topics.iter().map(TopicRef::topic).collect()).collect();
        Form { topics, units: self.units().collect() }.serialize(serializer)
    }
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Form<'a> {
            topics: &'a [&'a Topic],
            claims: usize,
        }
        Form { topics: self.topics(), claims: self.claim_count() }.serialize(serializer)
    }
}

impl Serialize for Stand<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ValueForm::new(self).serialize(serializer)
    }
}

impl Serialize for Position<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        PositionForm::new(self, &ClaimId::number).serialize(serializer)
    }
}

impl Serialize for Exclusion<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ExclusionForm::new(self, &ClaimId::number).serialize(serializer)
    }
}

impl Serialize for Backing<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        VoiceForm::new(self, &ClaimId::number).serialize(serializer)
    }
}

impl Serialize for Witness<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Form {
            claim: ClaimId,
            label: Label,
            value: &'static str,
        }
        Form { claim: self.claim().id(), label: self.claim().label(), value: value(self) }.serialize(serializer)
    }
}

impl Serialize for Interval {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Ends::new(self).serialize(serializer)
    }
}

impl Serialize for Relation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Form {
            relation: RelationKind,
            fit: Fit,
            timing: Timing,
            origins: Origins,
            certain: bool,
            uncertainties: Vec<Uncertainty>,
            #[serde(skip_serializing_if = "Option::is_none")]
            later: Option<Side>,
            #[serde(skip_serializing_if = "Option::is_none")]
            supersedes: Option<Side>,
            gap: Option<Gap>,
        }
        let form = Form {
            relation: self.kind(),
            fit: self.fit(),
            timing: self.timing(),
            origins: self.origins(),
            certain: self.is_certain(),
            uncertainties: self.uncertainties().collect(),
            later: self.later(),
            supersedes: self.supersedes(),
            gap: self.gap(),
        };
        form.serialize(serializer)
    }
}
