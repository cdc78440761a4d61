//! Figures on several topics that break the arithmetic declared between them.

use std::fmt;

use super::numbered::{Answer, Numbered, Numbering};
use super::tied::{Nothing, Row};
use crate::constraint::Constraint;
use crate::entry::ClaimId;
use crate::ledger::ClaimRef;
use crate::number::Interval;
use crate::report::{
    attribution, brief, capital, count, dating, figure_set, list, outward, paragraph, statement, two_sided,
};
use crate::rules::arithmetic::Allowed;
use crate::rules::comparable::{ComparedValue, Extent};
use crate::shown::Shown;
use crate::topic::Topic;
use crate::words::vocabulary;

vocabulary! {
    /// Whose figures break a constraint.
    #[derive(PartialOrd, Ord)]
    ViolationScope, "own_word and across_origins" {
        /// One origin's own figures do not add up.
        OwnWord = "own_word",
        /// An origin's figure does not go with the first position on each of the other topics.
        AcrossOrigins = "across_origins",
    }
}

/// The most parts of a sum that a sentence names.
const NAMED: usize = 12;

/// A figure that is not what a constraint makes of others.
///
/// [`Display`](fmt::Display) writes a report for a reader, in lines of at most 80 columns.
///
/// ```
/// use testimony::{Claim, Constraint, Figure, Ledger, Source, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// let paper = ledger.add_source(Source::new("paper", "The paper")?)?;
/// let [lost, sent, share] = ["lost", "sent", "share lost"].map(|predicate| Topic::new("troops", predicate));
/// for (topic, said) in [(&lost, "more than 4,000"), (&sent, "11,000"), (&share, "nearly one-third")] {
///     ledger.record(Claim::new(topic.clone(), said.parse::<Figure>()?, &paper))?;
/// }
/// ledger.add_constraint(Constraint::Ratio { part: lost, whole: sent, ratio: share })?;
/// let violation = ledger.violations().next().expect("more than 4,000 of 11,000 is no third");
/// assert_eq!(
///     violation.because(),
///     "More than 4,000 (lost) of 11,000 (sent) is more than 36.37%, and The paper says nearly one-third (share lost)."
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Violation<'a> {
    constraint: &'a Constraint,
    scope: ViolationScope,
    certain: bool,
    by_default: bool,
    result: ClaimRef<'a>,
    inputs: Vec<Input<'a>>,
    implied: Interval,
    stated: Interval,
    unit: Option<&'a str>,
}

/// One of the topics that a result is made of, with the claims that speak for it.
#[derive(Clone, Debug)]
pub(super) struct Input<'a> {
    topic: &'a Topic,
    /// As many as a report lists.
    pub(super) claims: Vec<ClaimRef<'a>>,
    /// How many there are.
    count: usize,
    said: String,
}

impl<'a> Input<'a> {
    /// Some claims on a topic and what they allow together. One alone is quoted, unless it was carried to another time.
    pub(super) fn new(
        topic: &'a Topic,
        claims: Vec<ClaimRef<'a>>,
        count: usize,
        allowed: Allowed,
        unit: Option<&str>,
        carried: bool,
    ) -> Self {
        let quoted = claims.first().filter(|_| count == 1 && !carried).and_then(brief);
        let said = quoted.unwrap_or_else(|| figure_set(&allowed.values, unit));
        Self { topic, claims, count, said }
    }
}

impl<'a> Violation<'a> {
    /// The constraint that is broken.
    #[must_use]
    pub fn constraint(&self) -> &'a Constraint {
        self.constraint
    }

    pub(super) fn new(
        constraint: &'a Constraint,
        scope: ViolationScope,
        result: &Row<'a>,
        inputs: Vec<Input<'a>>,
        implied: Interval,
    ) -> Self {
        let Row { claim: result, stated, .. } = *result;
        let unit = result.unit();
        Self { constraint, scope, certain: true, by_default: false, result, inputs, implied, stated, unit }
    }

    pub(super) fn with_certainty(self, certain: bool) -> Self {
        Self { certain, ..self }
    }

    pub(super) fn by_default(self, by_default: bool) -> Self {
        Self { by_default, ..self }
    }

    /// Whether one origin's own figures break it, or those of several.
    #[must_use]
    pub fn scope(&self) -> ViolationScope {
        self.scope
    }

    /// The claim on the ratio, the whole of a sum, the part that is to be at most the whole, or what happened.
    #[must_use]
    pub fn result(&self) -> ClaimRef<'a> {
        self.result
    }

    /// Whether it cannot be otherwise. Where a stock is known of an earlier time alone it may have changed since, and the
    /// constraint is possibly broken.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.certain
    }

    /// Whether the positions of each origin's last word were taken, because the result has no time or the other topic
    /// never changes; else they are those at the time of the result.
    #[must_use]
    pub fn is_by_last_words(&self) -> bool {
        self.by_default
    }

    /// The claims involved, by number: of each topic 16 at most, those with the least and the greatest value among them.
    #[must_use]
    pub fn claims(&self) -> Vec<ClaimRef<'a>> {
        let mut claims: Vec<_> = self.inputs.iter().flat_map(|input| input.claims.iter().copied()).collect();
        claims.push(self.result);
        claims.sort_by_key(ClaimRef::id);
        claims.dedup_by_key(|claim| claim.id());
        claims
    }

    /// How many more claims are involved than [`claims`](Self::claims) has.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.inputs.iter().map(|input| input.count.saturating_sub(input.claims.len())).sum()
    }

    /// The values that the others make of it.
    #[must_use]
    pub fn implied(&self) -> Interval {
        self.implied
    }

    /// The values that the claim states.
    #[must_use]
    pub fn stated(&self) -> Interval {
        self.stated
    }

    /// The unit of both.
    #[must_use]
    pub fn unit(&self) -> Option<&'a str> {
        self.unit
    }

    /// Why they do not go together, in plain words: one sentence on one line.
    #[must_use]
    pub fn because(&self) -> String {
        let input = |input: &Input<'_>| format!("{} ({})", input.said, Shown(input.topic.predicate()));
        let implied = figure_set(&outward(&self.implied), self.unit);
        let said = brief(&self.result).unwrap_or_default();
        let name = self.result.ledger().name_of(self.result.origin());
        let asked = Shown(self.result.topic().predicate());
        let sentence = match (self.constraint, self.inputs.as_slice()) {
            (Constraint::Ratio { .. }, [part, whole]) => format!("{} of {} is {implied}", input(part), input(whole)),
            (Constraint::AtMost { .. }, [whole]) => format!("{} is the most it can be", input(whole)),
            (Constraint::Change { .. }, [end, before]) => {
                format!("from {} to {} is a change of {implied}", input(before), input(end))
            }
            (_, [only]) => format!("{} comes to {implied}", input(only)),
            (_, inputs) => {
                let (named, others) = inputs.split_at(inputs.len().min(NAMED));
                let more = (!others.is_empty()).then(|| format!("{} more parts", others.len()));
                format!("{} come to {implied}", list(named.iter().map(input).chain(more)))
            }
        };
        format!("{}, and {name} says {said} ({asked}).", capital(&sentence))
    }

    /// The same with other numbers for the claims, such as those of the file that they were read from.
    pub fn numbered<F: Fn(ClaimId) -> u64>(&self, number: F) -> Numbered<'_, Self, F> {
        Numbered::new(self, number)
    }
}

impl Answer for Violation<'_> {
    fn write(&self, f: &mut fmt::Formatter<'_>, number: &Numbering<'_>) -> fmt::Result {
        let verdict = if self.certain { "Does not add up" } else { "Possibly does not add up" };
        let scope = match self.scope {
            ViolationScope::OwnWord => "by one origin's own figures",
            ViolationScope::AcrossOrigins if self.by_default => "across origins, by the last word of each",
            ViolationScope::AcrossOrigins => "across origins, at the time of the claim",
        };
        paragraph(f, &format!("{verdict}, {scope}: {}", self.constraint), 0, 2)?;
        for claim in self.claims() {
            let line = format!("[{}] {}: {}", number(claim.id()), Shown(claim.topic().predicate()), statement(&claim));
            two_sided(f, &line, &dating(&claim), 2, 6)?;
            paragraph(f, &attribution(&claim), 6, 6)?;
        }
        if self.left_out() > 0 {
            paragraph(f, &format!("and {}", count(self.left_out(), "more claim", "more claims")), 2, 6)?;
        }
        paragraph(f, &self.because(), 2, 2)
    }

    #[cfg(feature = "serde")]
    fn serialize<S: serde::Serializer>(&self, serializer: S, number: &Numbering<'_>) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(&super::data::ViolationForm::new(self, number), serializer)
    }
}

vocabulary! {
    /// Why a figure could not be held against a constraint.
    #[derive(PartialOrd, Ord)]
    Obstacle, "no_figure, units, totals_disagree, not_computed, no_time and limit" {
        /// Nothing on another topic is known of its time.
        NoFigure = "no_figure",
        /// The units do not match, or the figure on the ratio is no proportion.
        Units = "units",
        /// The totals before and after it leave no value between them.
        TotalsDisagree = "totals_disagree",
        /// The divisor may be nought, or a number has too many digits.
        NotComputed = "not_computed",
        /// The time of what happened has no beginning or no end.
        NoTime = "no_time",
        /// So much was to be held against so much that the rest was left out.
        Limit = "limit",
    }
}

/// A figure that could not be held against a constraint, and why.
#[derive(Clone, Copy, Debug)]
pub struct Unchecked<'a> {
    pub(super) constraint: &'a Constraint,
    pub(super) scope: ViolationScope,
    pub(super) result: ClaimRef<'a>,
    pub(super) obstacle: Obstacle,
    pub(super) topic: Option<&'a Topic>,
}

impl<'a> Unchecked<'a> {
    /// The constraint.
    #[must_use]
    pub fn constraint(&self) -> &'a Constraint {
        self.constraint
    }

    /// Whether it is about one origin's own figures, or those of several.
    #[must_use]
    pub fn scope(&self) -> ViolationScope {
        self.scope
    }

    /// The claim on the ratio, the whole of a sum, the part that is to be at most the whole, or what happened.
    #[must_use]
    pub fn result(&self) -> ClaimRef<'a> {
        self.result
    }

    /// The obstacle that stood in the way.
    #[must_use]
    pub fn obstacle(&self) -> Obstacle {
        self.obstacle
    }

    /// The topic on which something was missing, where it is one.
    #[must_use]
    pub fn topic(&self) -> Option<&'a Topic> {
        self.topic
    }

    /// The obstacle in plain words.
    #[must_use]
    pub fn because(&self) -> String {
        let on = self.topic.map(|topic| format!(" on {topic}")).unwrap_or_default();
        match self.obstacle {
            Obstacle::NoFigure => format!("nothing{on} is known of its time."),
            Obstacle::Units => format!("the units{on} do not match."),
            Obstacle::TotalsDisagree => format!("the totals{on} before and after it leave no value between them."),
            Obstacle::NotComputed => "what it comes to cannot be computed.".to_owned(),
            Obstacle::NoTime => "when it began or ended is not known.".to_owned(),
            Obstacle::Limit => "there is too much to hold against each other.".to_owned(),
        }
    }

    /// The same with another number for the claim, such as that of the file that it was read from.
    pub fn numbered<F: Fn(ClaimId) -> u64>(&self, number: F) -> Numbered<'_, Self, F> {
        Numbered::new(self, number)
    }
}

impl From<Nothing> for Obstacle {
    fn from(nothing: Nothing) -> Self {
        match nothing {
            Nothing::NoFigure => Self::NoFigure,
            Nothing::TotalsDisagree => Self::TotalsDisagree,
        }
    }
}

/// Written in one line: `Not checked: troops · lost ≤ troops · sent, by its origin's own figures, for The army affirmed
/// 40: nothing on troops · sent is known of its time.`
impl Answer for Unchecked<'_> {
    fn write(&self, f: &mut fmt::Formatter<'_>, _: &Numbering<'_>) -> fmt::Result {
        write!(f, "Not checked: {}", self.constraint)?;
        match self.scope {
            ViolationScope::OwnWord => f.write_str(", by its origin's own figures")?,
            ViolationScope::AcrossOrigins => f.write_str(", across origins")?,
        }
        write!(f, ", for {}: {}", self.result, self.because())
    }

    #[cfg(feature = "serde")]
    fn serialize<S: serde::Serializer>(&self, serializer: S, number: &Numbering<'_>) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(&super::data::UncheckedForm::new(self, number), serializer)
    }
}

impl<'a> ClaimRef<'a> {
    /// The values of its figure with its unit, its own or lent, if it has one.
    pub(crate) fn extent(self) -> Option<(Extent<'a>, Option<&'a str>)> {
        let Some(ComparedValue::Figure(extent)) = self.comparable().value().cloned() else {
            return None;
        };
        Some((extent, self.unit_to_print()))
    }
}
