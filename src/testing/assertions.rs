//! Assertions that fail with the whole story: what is on record, and why it is not as expected.

use std::fmt::{self, Display, Write as _};

use crate::answers::Related;
use crate::answers::Violation;
use crate::entry::ClaimId;
use crate::figure::{Figure, Hedge, is_ratio};
use crate::ledger::{ClaimRef, Ledger, TopicRef};
use crate::number::{Interval, Number};
use crate::policy::Policy;
use crate::report::{count, figure_set, outward, paragraph, statement, voice_count};
use crate::rules::relation::RelationKind;
use crate::topic::Topic;

/// The most topics that a failure tells the whole story of.
const TOPICS: usize = 5;
/// The most pairs of claims, violations or names of topics that a failure lists.
const LISTED: usize = 10;

/// Asserts that two claims about the topic that stand are in conflict, or may be.
///
/// ```should_panic
/// use testimony::testing::{affirms, assert_in_conflict, figure, ledger_of};
/// use testimony::Topic;
///
/// let deaths = Topic::new("market bombing of 3 May", "deaths");
/// let (ledger, _) = ledger_of([
///     affirms("ministry", &deaths, figure("at least 40")).as_of("2025-05-04"),
///     affirms("army", &deaths, figure("52")).as_of("2025-05-06"),
/// ]);
/// // expected a conflict about market bombing of 3 May · deaths, found none
/// assert_in_conflict(&ledger, &deaths);
/// ```
///
/// # Panics
///
/// If none are, with the dossier of the topic and how its claims relate; and if no claim is about the topic.
#[track_caller]
pub fn assert_in_conflict(ledger: &Ledger, topic: &Topic) {
    let topic = on_record(ledger, topic);
    if topic.conflicts().next().is_none() {
        Failure::new(format!("expected a conflict about {}, found none", topic.topic()))
            .with(topic.dossier())
            .with(Relations::of_topic(topic))
            .raise();
    }
}

/// Asserts that no two claims about the topic that stand are in conflict, not even possibly.
///
/// ```
/// use testimony::testing::{assert_not_in_conflict, korea_herald};
/// use testimony::Topic;
///
/// // A later total is no conflict.
/// assert_not_in_conflict(&korea_herald(), &Topic::new("North Korean troops in Ukraine", "casualties"));
/// ```
///
/// # Panics
///
/// If some are, with the dossier of the topic; and if no claim is about the topic, so that a misspelt one does not
/// pass.
#[track_caller]
pub fn assert_not_in_conflict(ledger: &Ledger, topic: &Topic) {
    let topic = on_record(ledger, topic);
    let pairs: Vec<_> = topic.conflicts().map(|c| format!("[{}] and [{}]", c.older().id(), c.newer().id())).collect();
    if !pairs.is_empty() {
        let more = pairs.len().saturating_sub(LISTED);
        let listed = pairs[..pairs.len() - more].join(", ");
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let what = format!("expected no conflict about {}, found {}: {listed}{more}", topic.topic(), pairs.len());
        Failure::new(what).with(topic.dossier()).raise();
    }
}

/// Asserts how the first claim relates to the second: `assert_relation(&ledger, march, RelationKind::Updates,
/// january)`.
///
/// "Updates" and "succeeds" are said of the claim about the later time, "revises" of the one that supersedes the other.
/// The other relations have no direction.
///
/// ```
/// use testimony::testing::{affirms, assert_relation, figure, ledger_of};
/// use testimony::{RelationKind, Topic};
///
/// let troops = Topic::new("troops", "deployed");
/// let (ledger, [january, march]) = ledger_of([
///     affirms("nis", &troops, figure("11,000")).as_of("2025-01"),
///     affirms("nis", &troops, figure("about 9,000")).as_of("2025-03"),
/// ]);
/// assert_relation(&ledger, march, RelationKind::Updates, january);
/// ```
///
/// # Panics
///
/// If they relate otherwise, with the reasons and the dossier of their topic; if they are about two topics or are one
/// claim; and if the ledger has not both.
#[track_caller]
pub fn assert_relation(ledger: &Ledger, first: ClaimId, kind: RelationKind, second: ClaimId) {
    let (one, other) = (claim(ledger, first), claim(ledger, second));
    let Some(related) = one.ledger().related(one.id(), other.id()) else {
        let (why, topics) = if first == second {
            ("they are one claim".to_owned(), vec![one.topic_ref()])
        } else {
            let topics = [one, other].map(|claim| claim.topic_ref());
            (
                format!(
                    "[{first}] is about {}, and [{second}] about {}",
                    one.topic_ref().topic(),
                    other.topic_ref().topic()
                ),
                topics.to_vec(),
            )
        };
        let what = format!("expected the relation “{kind}” from [{first}] to [{second}], but {why}");
        Failure::new(what).with_dossiers(topics).raise()
    };
    let found = related.relation().kind();
    let subject = match found {
        RelationKind::Updates | RelationKind::Succeeds => related.later(),
        RelationKind::Revises => related.superseding(),
        _ => None,
    };
    let reversed = subject.is_some_and(|subject| subject.id() == second);
    if found != kind || reversed {
        let found = if found == kind { format!("it from [{second}] to [{first}]") } else { format!("“{found}”") };
        Failure::new(format!("expected the relation “{kind}” from [{first}] to [{second}], found {found}"))
            .with(Relations { pairs: vec![related], more: 0 })
            .with(one.topic_ref().dossier())
            .raise();
    }
}

/// Asserts that nothing changed from one ledger to another, such as by reading it anew or by a change of what reads it,
/// as [`Ledger::diff`] tells.
///
/// ```should_panic
/// use testimony::testing::{affirms, assert_unchanged, figure, ledger_of};
/// use testimony::Topic;
///
/// let deaths = Topic::new("market bombing of 3 May", "deaths");
/// let (before, _) = ledger_of([affirms("ministry", &deaths, figure("at least 40"))]);
/// let (after, _) = ledger_of([affirms("ministry", &deaths, figure("40"))]);
/// // expected nothing to change
/// assert_unchanged(&before, &after);
/// ```
///
/// # Panics
///
/// If something did, with the digest of it.
#[cfg(feature = "serde")]
#[track_caller]
pub fn assert_unchanged(before: &Ledger, after: &Ledger) {
    let diff = before.diff(after);
    if !diff.is_empty() {
        Failure::new("expected nothing to change".to_owned()).with(diff).raise();
    }
}

/// Asserts that at least so many independent origins stand behind a claim, its own included, as
/// [`Corroboration::known`](crate::Corroboration::known) counts them: relays and anonymous origins are left out, and
/// origins that depend on each other are one.
///
/// ```
/// use testimony::testing::{affirms, assert_corroborated_by, figure, ledger_of};
/// use testimony::Topic;
///
/// let deaths = Topic::new("market bombing of 3 May", "deaths");
/// let (ledger, [ministry, _]) = ledger_of([
///     affirms("ministry", &deaths, figure("at least 40")).through("agency"),
///     affirms("red-cross", &deaths, figure("about 45")),
/// ]);
/// assert_corroborated_by(&ledger, ministry, 2);
/// ```
///
/// # Panics
///
/// If there are fewer, with those there are, how the claim relates to the others, and the dossier of its topic; and if
/// the ledger has no such claim.
#[track_caller]
pub fn assert_corroborated_by(ledger: &Ledger, claim: ClaimId, origins: usize) {
    let claim = self::claim(ledger, claim);
    let corroboration = claim.corroboration();
    if corroboration.known() < origins {
        let expected = count(origins, "independent origin", "independent origins");
        let found = voice_count(corroboration.known(), corroboration.anonymous());
        Failure::new(format!("expected [{}] to be corroborated by at least {expected}, found {found}", claim.id()))
            .with(corroboration)
            .with(Relations::of_claim(claim))
            .with(claim.topic_ref().dossier())
            .raise();
    }
}

/// Asserts that no two claims that stand are in conflict, on any topic.
///
/// ```
/// use testimony::testing::{affirms, assert_no_conflicts, figure, ledger_of};
/// use testimony::Topic;
///
/// let deployed = Topic::new("troops", "deployed");
/// let (ledger, _) = ledger_of([
///     affirms("nis", &deployed, figure("11,000")),
///     affirms("un", &deployed, figure("over 10,000")),
/// ]);
/// assert_no_conflicts(&ledger);
/// ```
///
/// # Panics
///
/// If some are, with the dossiers of their topics.
#[track_caller]
pub fn assert_no_conflicts(ledger: &Ledger) {
    let found = ledger.conflicts().count();
    if found > 0 {
        let topics: Vec<_> = ledger.topics().filter(|topic| topic.conflicts().next().is_some()).collect();
        let on = count(topics.len(), "topic", "topics");
        Failure::new(format!("expected no conflicts, found {found} on {on}")).with_dossiers(topics).raise();
    }
}

/// Asserts that no sources attribute to each other what none of them says first.
///
/// ```
/// use testimony::testing::{affirms, assert_no_circles, figure, ledger_of};
/// use testimony::Topic;
///
/// let deaths = Topic::new("market bombing of 3 May", "deaths");
/// let (ledger, _) = ledger_of([
///     affirms("ministry", &deaths, figure("40")).through("post"),
///     affirms("ministry", &deaths, figure("40")).through("times"),
/// ]);
/// assert_no_circles(&ledger);
/// ```
///
/// # Panics
///
/// If some do, with the dossiers of the topics.
#[track_caller]
pub fn assert_no_circles(ledger: &Ledger) {
    let found = ledger.circles().count();
    if found > 0 {
        let topics: Vec<_> = ledger.topics().filter(|topic| topic.circles().next().is_some()).collect();
        let on = count(topics.len(), "topic", "topics");
        Failure::new(format!("expected no circles, found {found} on {on}")).with_dossiers(topics).raise();
    }
}

/// Asserts that no figure breaks a constraint of the ledger.
///
/// ```
/// use testimony::testing::{affirms, assert_no_violations, figure};
/// use testimony::{Constraint, Ledger, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let [lost, sent] = ["lost", "sent"].map(|predicate| Topic::new("troops", predicate));
/// let mut ledger = Ledger::new();
/// ledger.add_constraint(Constraint::AtMost { part: lost.clone(), whole: sent.clone() })?;
/// affirms("nis", &lost, figure("over 4,000")).record(&mut ledger);
/// affirms("herald", &sent, figure("11,000")).record(&mut ledger);
/// assert_no_violations(&ledger);
/// # Ok(())
/// # }
/// ```
///
/// # Panics
///
/// If one does, with each violation and the dossiers of the topics involved.
#[track_caller]
pub fn assert_no_violations(ledger: &Ledger) {
    let violations: Vec<Violation<'_>> = ledger.violations().collect();
    if !violations.is_empty() {
        let mut failure = Failure::new(format!("expected no violations, found {}", violations.len()));
        for violation in violations.iter().take(LISTED) {
            failure = failure.with(violation);
        }
        let mut topics: Vec<TopicRef<'_>> = Vec::new();
        for topic in violations.iter().flat_map(Violation::claims).map(|claim| claim.topic_ref()) {
            if topics.iter().all(|other| other.topic() != topic.topic()) {
                topics.push(topic);
            }
        }
        failure.with_dossiers(topics).raise();
    }
}

/// Asserts that a figure, a claim's figure or a set of numbers has a number among its possible values.
///
/// A figure is taken by itself and under the default [`Policy`]; the figure of a claim as its ledger takes it, under
/// the ledger's policy and with what the predicate says of it. A count allows whole numbers only. A proportion is given
/// as a share: `number("0.36")` is 36 %.
///
/// ```
/// use testimony::testing::{assert_allows, assert_excludes, figure, number};
///
/// assert_allows(&figure("over 4,000"), 4700);
/// assert_allows(&figure("nearly one-third"), number("0.32"));
/// assert_excludes(&figure("about 3,000"), 4000);
/// ```
///
/// # Panics
///
/// If it does not allow it, with the values that it allows, and for a claim with the dossier of its topic; if it allows
/// none at all; and if a claim has no figure.
#[track_caller]
pub fn assert_allows<'a>(figure: impl Into<Allowed<'a>>, value: impl Into<Number>) {
    figure.into().assert(true, value.into());
}

/// Asserts that a figure, a claim's figure or a set of numbers does not have a number among its possible values.
///
/// Figures are taken as [`assert_allows`] takes them.
///
/// ```
/// use testimony::testing::{assert_excludes, figure};
///
/// assert_excludes(&figure("over 4,000"), 4000);
/// ```
///
/// # Panics
///
/// If it allows it, with the values that it allows, and for a claim with the dossier of its topic; if it allows none at
/// all; and if a claim has no figure.
#[track_caller]
pub fn assert_excludes<'a>(figure: impl Into<Allowed<'a>>, value: impl Into<Number>) {
    figure.into().assert(false, value.into());
}

/// Something that allows some values and not others: a [`Figure`], an [`Interval`], or a claim with a figure.
///
/// [`assert_allows`] and [`assert_excludes`] take any of them.
///
/// ```
/// use testimony::testing::{assert_allows, assert_excludes, figure, korea_herald, number};
/// use testimony::{ClaimId, Policy};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let share = figure("over 4,000").share_of(&figure("11,000"), &Policy::default())?;
/// assert_excludes(share, number("0.33"));
///
/// let ledger = korea_herald();
/// let march = ledger.claim(ClaimId::new(1)).expect("the fixture has it");
/// assert_allows(march, 4700);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Allowed<'a>(Giver<'a>);

#[derive(Clone, Debug)]
enum Giver<'a> {
    Figure(&'a Figure),
    Claim(ClaimRef<'a>),
    Set(Interval),
}

impl<'a> From<&'a Figure> for Allowed<'a> {
    fn from(figure: &'a Figure) -> Self {
        Self(Giver::Figure(figure))
    }
}

impl<'a> From<ClaimRef<'a>> for Allowed<'a> {
    fn from(claim: ClaimRef<'a>) -> Self {
        Self(Giver::Claim(claim))
    }
}

impl From<Interval> for Allowed<'_> {
    fn from(values: Interval) -> Self {
        Self(Giver::Set(values))
    }
}

/// The values that something allows, and how it is called.
struct Values<'a> {
    set: Interval,
    count: bool,
    unit: Option<&'a str>,
    said: String,
    width: String,
}

impl<'a> Allowed<'a> {
    /// The values, or why there are none.
    fn values(&self) -> Result<Values<'a>, String> {
        let default = Policy::default();
        match self.0 {
            Giver::Figure(figure) => {
                let set = figure.values(&default).map_err(|error| error.to_string())?;
                let count = figure.is_count();
                let width = width(figure, &default, figure.is_ratio(), count);
                Ok(Values { set, count, unit: figure.unit(), said: figure.to_string(), width })
            }
            Giver::Claim(claim) => {
                let said = format!("[{}] {}", claim.id(), statement(&claim));
                let figure = claim.value().and_then(|value| value.as_figure());
                let Some(((extent, unit), figure)) = claim.extent().zip(figure) else {
                    return Err(format!("{said} is no figure"));
                };
                let ratio = unit.is_some_and(is_ratio);
                let width = width(figure, claim.ledger().policy(), ratio, extent.count);
                Ok(Values { set: extent.values, count: extent.count, unit, said, width })
            }
            Giver::Set(set) => {
                let said = figure_set(&outward(&set), None);
                Ok(Values { set, count: false, unit: None, said, width: String::new() })
            }
        }
    }

    #[track_caller]
    fn assert(&self, allowed: bool, value: Number) {
        let what = match self.values() {
            Err(why) => why,
            Ok(Values { set, count, unit, said, width }) => {
                if (set.contains(value) && (!count || value.is_whole())) == allowed {
                    return;
                }
                let set = if count { set.whole().unwrap_or(set) } else { outward(&set) };
                let (set, value) = (figure_set(&set, unit), figure_set(&Interval::point(value), unit));
                let expected = if allowed { "allow" } else { "exclude" };
                let values = if said == set { "it does not".to_owned() } else { format!("it allows {set}{width}") };
                format!("expected {said} to {expected} {value}, but {values}")
            }
        };
        let failure = Failure::new(what);
        match self.0 {
            Giver::Claim(claim) => failure.with(claim.topic_ref().dossier()),
            _ => failure,
        }
        .raise();
    }
}

/// The width of "about" and the like, as `, by a width of 10%`; nothing for an exact figure.
fn width(figure: &Figure, policy: &Policy, ratio: bool, count: bool) -> String {
    let parts = figure.parts();
    match figure.hedge() {
        _ if parts.chosen_ends(policy) == (false, false) => String::new(),
        Hedge::Vague(_) | Hedge::Rounded { .. } | Hedge::RoundedFraction(_) => {
            format!(", {}", parts.width_in_words(policy, ratio, count))
        }
        _ => format!(", by {}", parts.width_in_words(policy, ratio, count)),
    }
}

#[track_caller]
fn on_record<'a>(ledger: &'a Ledger, topic: &Topic) -> TopicRef<'a> {
    if let Some(topic) = ledger.topic(topic) {
        return topic;
    }
    let what = format!("no claim is about {topic}");
    if ledger.topics().len() == 0 {
        Failure::new(format!("{what}: the ledger has no claims")).raise();
    }
    let mut story = "The ledger has claims about".to_owned();
    for topic in ledger.topics().take(LISTED) {
        let _ = write!(story, "\n  {}", topic.topic());
    }
    let more = ledger.topics().len().saturating_sub(LISTED);
    if more > 0 {
        let _ = write!(story, "\n  and {}", count(more, "more topic", "more topics"));
    }
    Failure::new(what).with(story).raise()
}

#[track_caller]
fn claim(ledger: &Ledger, id: ClaimId) -> ClaimRef<'_> {
    match ledger.claim(id) {
        Some(claim) => claim,
        None => Failure::new(format!("no claim is [{id}]: the ledger has {}, numbered from 0", ledger.claims().len()))
            .raise(),
    }
}

/// How some pairs of claims relate, and why.
struct Relations<'a> {
    pairs: Vec<Related<'a>>,
    more: usize,
}

impl<'a> Relations<'a> {
    fn of_topic(topic: TopicRef<'a>) -> Self {
        let claims: Vec<_> = topic.claims().filter(|claim| !claim.is_retracted()).collect();
        let pairs = claims.iter().enumerate().flat_map(|(i, newer)| claims[..i].iter().map(|older| (*older, *newer)));
        Self::new(pairs)
    }

    fn of_claim(claim: ClaimRef<'a>) -> Self {
        let others = claim.topic_ref().claims().filter(|other| !other.is_retracted() && other.id() != claim.id());
        Self::new(others.map(|other| (other, claim)))
    }

    fn new(mut pairs: impl Iterator<Item = (ClaimRef<'a>, ClaimRef<'a>)>) -> Self {
        let shown =
            pairs.by_ref().take(LISTED).filter_map(|(one, other)| one.ledger().related(one.id(), other.id())).collect();
        Self { pairs: shown, more: pairs.count() }
    }
}

impl Display for Relations<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for related in &self.pairs {
            let (older, newer, kind) = (related.older(), related.newer(), related.relation().kind());
            let mut told = format!("[{}] and [{}], “{kind}”: {}", older.id(), newer.id(), related.because());
            if let Some(fallen) = [older, newer].iter().find(|claim| !claim.stands() && kind.is_conflict()) {
                let _ = write!(told, " That does not count, since [{}] does not stand.", fallen.id());
            }
            paragraph(f, &told, 0, 2)?;
        }
        if self.more > 0 {
            writeln!(f, "and {}", count(self.more, "more pair", "more pairs"))?;
        }
        Ok(())
    }
}

/// The failure message: what was expected and found, and then the story behind it.
pub(super) struct Failure {
    what: String,
    story: Vec<String>,
}

impl Failure {
    pub(super) fn new(what: String) -> Self {
        Self { what, story: Vec::new() }
    }

    pub(super) fn with(mut self, part: impl Display) -> Self {
        let part = part.to_string();
        if !part.is_empty() {
            self.story.push(part);
        }
        self
    }

    fn with_dossiers(mut self, topics: Vec<TopicRef<'_>>) -> Self {
        let more = topics.len().saturating_sub(TOPICS);
        for topic in topics.into_iter().take(TOPICS) {
            self = self.with(topic.dossier());
        }
        if more == 0 { self } else { self.with(format!("and {}", count(more, "more topic", "more topics"))) }
    }

    #[track_caller]
    pub(super) fn raise(self) -> ! {
        panic!("{}", self.to_string().trim_end())
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        paragraph(f, &self.what, 0, 2)?;
        for part in &self.story {
            write!(f, "\n{}\n", part.trim_end())?;
        }
        Ok(())
    }
}
