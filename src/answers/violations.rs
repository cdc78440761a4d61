//! Figures on several topics that break the arithmetic declared between them.

use std::collections::HashMap;
use std::fmt;

use crate::claim::Stance;
use crate::constraint::Constraint;
use crate::date::Days;
use crate::entry::ClaimId;
use crate::figure::is_ratio;
use crate::ledger::{ClaimRef, Ledger, TopicRef};
use crate::number::{Bound, Interval, Number};
use crate::report::list;
use crate::report::{Printed, attribution, brief, capital, dating, figure_set, paragraph, statement, two_sided};
use crate::rules::comparable::{ComparedValue, Extent};
use crate::rules::position::Stand;
use crate::shown::Shown;
use crate::source::SourceId;
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

/// The most combinations of one origin's figures that are tried for one of its results.
const COMBINATIONS: usize = 4096;

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
///     "More than 4,000 (lost) of 11,000 (sent) is more than 36.36%, and The paper says nearly one-third (share lost)."
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Violation<'a> {
    constraint: &'a Constraint,
    scope: ViolationScope,
    result: ClaimRef<'a>,
    inputs: Vec<Input<'a>>,
    implied: Interval,
    stated: Interval,
    unit: Option<&'a str>,
}

/// What stands for one of the topics that a result is made of.
#[derive(Clone, Debug)]
struct Input<'a> {
    topic: &'a Topic,
    claims: Vec<ClaimRef<'a>>,
    extent: Extent<'a>,
    said: String,
}

impl<'a> Violation<'a> {
    /// The constraint that is broken.
    #[must_use]
    pub fn constraint(&self) -> &'a Constraint {
        self.constraint
    }

    /// Whether one origin's own figures break it, or those of several.
    #[must_use]
    pub fn scope(&self) -> ViolationScope {
        self.scope
    }

    /// The claim on the ratio, the whole of a sum, or the part that is to be at most the whole.
    #[must_use]
    pub fn result(&self) -> ClaimRef<'a> {
        self.result
    }

    /// All claims involved, by number.
    #[must_use]
    pub fn claims(&self) -> Vec<ClaimRef<'a>> {
        let mut claims: Vec<_> = self.inputs.iter().flat_map(|input| input.claims.iter().copied()).collect();
        claims.push(self.result);
        claims.sort_by_key(ClaimRef::id);
        claims.dedup_by_key(|claim| claim.id());
        claims
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
            _ => format!("{} come to {implied}", list(self.inputs.iter().map(input))),
        };
        format!("{}, and {name} says {said} ({asked}).", capital(&sentence))
    }

    /// The report with other numbers for the claims, such as those of the file that they were read from.
    pub fn numbered(&self, number: impl Fn(ClaimId) -> u64) -> impl fmt::Display {
        Printed(move |f: &mut fmt::Formatter<'_>| self.write(f, &number))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, number: &dyn Fn(ClaimId) -> u64) -> fmt::Result {
        let scope = match self.scope {
            ViolationScope::OwnWord => "Does not add up, by one origin's own figures",
            ViolationScope::AcrossOrigins => "Does not add up, across origins",
        };
        paragraph(f, &format!("{scope}: {}", self.constraint), 0, 2)?;
        for claim in self.claims() {
            let line = format!("[{}] {}: {}", number(claim.id()), Shown(claim.topic().predicate()), statement(&claim));
            two_sided(f, &line, &dating(&claim), 2, 6)?;
            paragraph(f, &attribution(&claim), 6, 6)?;
        }
        paragraph(f, &self.because(), 2, 2)
    }
}

impl fmt::Display for Violation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, &ClaimId::number)
    }
}

/// The same with its ends at four decimal places at most, moved outward where they have more.
pub(crate) fn outward(values: &Interval) -> Interval {
    const PLACES: u32 = 4;
    let moved = |end: Bound, to: Number| if to == end.value() { end } else { Bound::open(to) };
    let low = values.low().map(|end| moved(end, end.value().rounded_down(PLACES)));
    let high = values.high().map(|end| moved(end, -(-end.value()).rounded_down(PLACES)));
    Interval::new(low, high).unwrap_or(*values)
}

impl Ledger {
    /// The standing figures that break a constraint: each origin's own figures first, then each figure against the first
    /// position on the other topics. Where an origin gave a topic several figures that go with its result, each
    /// combination of them is tried, up to 4,096 for one result.
    ///
    /// # Order
    ///
    /// By constraint, then by the number of the claim on the result (the ratio, the whole of a sum, the part).
    pub fn violations(&self) -> impl Iterator<Item = Violation<'_>> {
        violations(self).into_iter()
    }
}

/// Every violation, by constraint, then by the number of the result, the origin's own figures first.
pub(crate) fn violations(ledger: &Ledger) -> Vec<Violation<'_>> {
    let mut found = Vec::new();
    for constraint in ledger.constraints() {
        let (inputs, result) = constraint.sides();
        let Some(result) = ledger.topic(result) else { continue };
        let inputs = inputs.into_iter().map(|topic| ledger.topic(topic).map(Asked::new)).collect::<Option<Vec<_>>>();
        let Some(mut inputs) = inputs else { continue };
        for claim in result.standing().filter(|claim| claim.stance() == Stance::Affirms) {
            let own: Vec<_> = inputs.iter().map(|asked| asked.own_figures(claim)).collect();
            for choice in combinations(&own) {
                found.extend(check(constraint, claim, choice, ViolationScope::OwnWord));
            }
            let across: Option<Vec<_>> = inputs.iter_mut().map(|asked| asked.first_position(claim.days())).collect();
            let Some(across) = across else { continue };
            let others = across.iter().flat_map(|input| &input.claims);
            // Where nobody else has a say, it is the origin's own word again.
            if others.into_iter().any(|other| other.origin().id() != claim.origin().id()) {
                found.extend(check(constraint, claim, across, ViolationScope::AcrossOrigins));
            }
        }
    }
    found
}

/// A topic that a result is made of, laid out so that each of many results asks it quickly.
struct Asked<'a> {
    topic: TopicRef<'a>,
    /// The affirmed claims that stand, by origin.
    said: HashMap<&'a SourceId, Vec<ClaimRef<'a>>>,
    /// The first position at each time that was asked for.
    first: HashMap<Option<Days>, Option<Input<'a>>>,
}

impl<'a> Asked<'a> {
    fn new(topic: TopicRef<'a>) -> Self {
        let mut said: HashMap<_, Vec<_>> = HashMap::new();
        for claim in topic.standing().filter(|claim| claim.stance() == Stance::Affirms) {
            said.entry(claim.origin().id()).or_default().push(claim);
        }
        Self { topic, said, first: HashMap::new() }
    }

    /// An origin's own figures that are together with its claim in time, else the latest before it.
    fn own_figures(&self, claim: ClaimRef<'a>) -> Vec<Input<'a>> {
        let own = || self.said.get(claim.origin().id()).into_iter().flatten().filter(|other| other.id() != claim.id());
        let days = claim.days();
        let (predicate, policy) = (self.topic.predicate(), claim.ledger().policy());
        let together = own().filter(|other| other.comparable().is_together_with(days, predicate, policy));
        let together: Vec<_> = together.filter_map(|other| input(*other)).collect();
        if !together.is_empty() {
            return together;
        }
        let before = own().filter(|other| days.zip(other.days()).is_some_and(|(day, other)| day.is_after(other)));
        let latest = before.max_by_key(|other| (other.days().map(|days| days.last), other.id()));
        latest.and_then(|latest| input(*latest)).into_iter().collect()
    }

    /// The first position at a time, or by default where there is none, if it is of figures.
    fn first_position(&mut self, days: Option<Days>) -> Option<Input<'a>> {
        let topic = self.topic;
        self.first.entry(days).or_insert_with(|| first_position(topic, days)).clone()
    }
}

/// An affirmed figure as an input.
fn input(claim: ClaimRef<'_>) -> Option<Input<'_>> {
    let (extent, _) = claim.extent()?;
    let said = brief(&claim).unwrap_or_default();
    Some(Input { topic: claim.topic_ref().topic(), claims: vec![claim], extent, said })
}

/// The first position on a topic at a time, or by default where there is none, if it is of figures.
fn first_position(topic: TopicRef<'_>, days: Option<Days>) -> Option<Input<'_>> {
    let positions = match days {
        Some(days) => topic.positions_of(&topic.together_with(Some(days))),
        None => topic.positions(),
    };
    let first = positions.positions().first()?;
    let Stand::Figures { values, unit } = first.stand() else {
        return None;
    };
    // One claim alone is quoted as it was said, and taken as it was said.
    if let [only] = first.claims() {
        return input(*only);
    }
    let count = first.claims().iter().all(|claim| claim.extent().is_some_and(|(extent, _)| extent.count));
    let said = figure_set(values, *unit);
    let extent = Extent::of_values(*values, count, *unit);
    Some(Input { topic: topic.topic(), claims: first.claims().to_vec(), extent, said })
}

/// Every way to take one input of each list, up to a limit; none if a list is empty.
fn combinations<'a>(lists: &[Vec<Input<'a>>]) -> Vec<Vec<Input<'a>>> {
    let mut choices = vec![Vec::new()];
    for list in lists {
        let longer = choices.iter().flat_map(|choice: &Vec<Input<'a>>| {
            list.iter().map(|input| choice.iter().chain([input]).cloned().collect())
        });
        choices = longer.take(COMBINATIONS).collect();
    }
    choices
}

/// The violation, if what the inputs make of the result shares no value with what the claim states. What cannot be
/// computed or compared (other units, a division by what may be nought) is no violation.
fn check<'a>(
    constraint: &'a Constraint,
    result: ClaimRef<'a>,
    inputs: Vec<Input<'a>>,
    scope: ViolationScope,
) -> Option<Violation<'a>> {
    let (extent, unit) = result.extent()?;
    let first = inputs.first()?;
    let alike = inputs.iter().all(|input| input.extent.is_comparable_with(&first.extent));
    let (implied, comparable, counts) = match (constraint, inputs.as_slice()) {
        (Constraint::Ratio { .. }, [part, whole]) => {
            (part.extent.values.quotient(&whole.extent.values).ok()?, unit.is_some_and(is_ratio), false)
        }
        (Constraint::AtMost { .. }, [whole]) => {
            let counts = whole.extent.count && extent.count;
            let floor = counts
                .then_some(Number::ZERO)
                .filter(|_| extent.values.low().is_some_and(|low| !low.value().is_negative()));
            (whole.extent.values.downward(floor), extent.is_comparable_with(&whole.extent), counts)
        }
        (Constraint::Sum { .. }, [first, others @ ..]) => {
            let total =
                others.iter().try_fold(first.extent.values, |total, part| total.sum(&part.extent.values)).ok()?;
            let counts = extent.count && inputs.iter().all(|input| input.extent.count);
            (total, extent.is_comparable_with(&first.extent), counts)
        }
        _ => return None,
    };
    let whole = |values: Interval| values.whole().filter(|_| counts).unwrap_or(values);
    if !alike || !comparable || whole(implied).shares_with(&whole(extent.values)) {
        return None;
    }
    let stated = extent.values;
    Some(Violation { constraint, scope, result, inputs, implied, stated, unit })
}

impl<'a> ClaimRef<'a> {
    /// The values of its figure with its unit, its own or lent, if it has one.
    pub(crate) fn extent(self) -> Option<(Extent<'a>, Option<&'a str>)> {
        let Some(ComparedValue::Figure(extent)) = self.comparable().value().cloned() else {
            return None;
        };
        Some((extent, self.unit_to_print()))
    }

    /// The days it is about, as a relation has it.
    fn days(self) -> Option<Days> {
        self.comparable().days()
    }
}
