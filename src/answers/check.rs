//! Holding figures against the constraints, one result after another, so that who has seen enough can stop.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};

use super::leading::{Leading, Stands, When};
use super::tied::{Figures, Keys, Row, Wanted};
use super::violations::{Input, Obstacle, Unchecked, Violation, ViolationScope};
use crate::constraint::Constraint;
use crate::date::Days;
use crate::ledger::{ClaimRef, Ledger, TopicRef};
use crate::rules::arithmetic::{Allowed, broken, implied};
use crate::rules::timeline::Time;
use crate::topic::{Measure, Topic};

/// The most steps that one pass over the constraints takes: some seconds. A file of ten megabytes can ask for a hundred
/// thousand times as many; what is left then is listed as not checked.
const STEPS: usize = 1 << 24;

impl Ledger {
    /// The standing figures that break a constraint: each by its origin's own figures on the other topics, then by the
    /// first position on each. What several figures on one topic allow is taken together, so that no choice among them
    /// mends what is reported.
    ///
    /// Each is found only when it is asked for, so that whoever has seen enough can stop.
    ///
    /// # Order
    ///
    /// By constraint, then by the number of the claim on the result (the ratio, the whole of a sum, the part, what
    /// happened).
    pub fn violations(&self) -> impl Iterator<Item = Violation<'_>> {
        Findings::new(self, STEPS).filter_map(|finding| match finding {
            Finding::Broken(violation) => Some(violation),
            Finding::Unchecked(_) => None,
        })
    }

    /// The standing figures that could not be held against a constraint, and why, in the order of
    /// [`violations`](Self::violations). A constraint on a topic about which nothing is on record is left out.
    ///
    /// ```
    /// use testimony::{Claim, Constraint, Figure, Ledger, Obstacle, Source, Topic};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let mut ledger = Ledger::new();
    /// let [army, radio] = [Source::new("army", "The army")?, Source::new("radio", "Radio")?];
    /// let (army, radio) = (ledger.add_source(army)?, ledger.add_source(radio)?);
    /// let [lost, sent] = ["lost", "sent"].map(|predicate| Topic::new("troops", predicate));
    /// ledger.record(Claim::new(lost.clone(), Figure::exactly(40), &army))?;
    /// ledger.record(Claim::new(sent.clone(), Figure::exactly(100), &radio))?;
    /// ledger.add_constraint(Constraint::AtMost { part: lost, whole: sent })?;
    ///
    /// assert_eq!(ledger.violations().count(), 0);
    /// let unchecked: Vec<_> = ledger.unchecked().collect();
    /// assert_eq!(unchecked[0].obstacle(), Obstacle::NoFigure);
    /// let told = unchecked[0].to_string();
    /// assert!(told.ends_with("for The army affirmed 40: nothing on troops · sent is known of its time."), "{told}");
    /// # Ok(())
    /// # }
    /// ```
    pub fn unchecked(&self) -> impl Iterator<Item = Unchecked<'_>> {
        Findings::new(self, STEPS).filter_map(|finding| match finding {
            Finding::Unchecked(unchecked) => Some(unchecked),
            Finding::Broken(_) => None,
        })
    }
}

/// A result that does not go with a constraint, or that could not be held against it.
#[derive(Debug)]
pub(super) enum Finding<'a> {
    Broken(Violation<'a>),
    Unchecked(Unchecked<'a>),
}

/// Everything that constraints find, by constraint, then by the number of the result.
pub(super) struct Findings<'a> {
    ledger: &'a Ledger,
    constraints: Box<dyn Iterator<Item = &'a Constraint> + 'a>,
    current: Option<Results<'a>>,
    tables: Tables<'a>,
    found: VecDeque<Finding<'a>>,
}

/// The tables that are laid out once because all constraints ask for them.
struct Tables<'a> {
    keys: Keys,
    figures: HashMap<(&'a Topic, bool), Arc<Figures<'a>>>,
    stands: IndexMap<(&'a Topic, bool), Stands<'a>>,
    steps: usize,
    /// After how many steps the rest is left out.
    limit: usize,
}

/// The results of one constraint.
struct Results<'a> {
    constraint: &'a Constraint,
    figures: Arc<Figures<'a>>,
    /// The inputs, one for each topic; a change has its total twice, at the end and before the start.
    inputs: Vec<TiedTopic<'a>>,
    next: usize,
    own: HashMap<(Wanted, Option<Days>), Result<Made, Unmade>>,
    across: HashMap<Class, Result<Across, Unmade>>,
}

/// A topic that a result is made of.
#[derive(Clone)]
struct TiedTopic<'a> {
    figures: Arc<Figures<'a>>,
    /// The place of its positions in the tables.
    stands: usize,
    measure: Measure,
}

/// All that decides which positions a result is held against.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Class {
    days: Option<Days>,
    scope: u32,
    unit: u32,
    count: bool,
}

/// The numbers that an origin's own figures leave to a result.
#[derive(Clone, Copy)]
struct Made {
    implied: Allowed,
    certain: bool,
}

/// The numbers that the first positions leave to a result.
#[derive(Clone, Copy)]
struct Across {
    implied: Allowed,
    by_default: bool,
    /// Whose word it all is, if it is that of one origin alone.
    only_origin: Option<u32>,
}

/// Why nothing was made of it, and for the lack of which input.
type Unmade = (Obstacle, Option<usize>);

impl<'a> Findings<'a> {
    fn new(ledger: &'a Ledger, limit: usize) -> Self {
        let (figures, stands) = (HashMap::new(), IndexMap::new());
        let tables = Tables { keys: Keys::default(), figures, stands, steps: 0, limit };
        let constraints = Box::new(ledger.constraints());
        Self { ledger, constraints, current: None, tables, found: VecDeque::new() }
    }
}

impl<'a> Iterator for Findings<'a> {
    type Item = Finding<'a>;

    fn next(&mut self) -> Option<Finding<'a>> {
        loop {
            if let Some(found) = self.found.pop_front() {
                return Some(found);
            }
            match &mut self.current {
                Some(results) if results.next < results.figures.rows.len() => {
                    results.check_next(&mut self.tables, &mut self.found);
                }
                _ => {
                    let constraint = self.constraints.next()?;
                    self.current = Results::new(self.ledger, constraint, &mut self.tables);
                }
            }
        }
    }
}

impl<'a> Tables<'a> {
    fn figures(&mut self, topic: TopicRef<'a>, by_last_day: bool) -> Arc<Figures<'a>> {
        let new = || Arc::new(Figures::new(topic, by_last_day, &mut self.keys));
        self.figures.entry((topic.topic(), by_last_day)).or_insert_with(new).clone()
    }

    fn tied(&mut self, topic: TopicRef<'a>, by_last_day: bool) -> TiedTopic<'a> {
        let entry = self.stands.entry((topic.topic(), by_last_day));
        let stands = entry.index();
        entry.or_insert_with(|| Stands::new(topic, by_last_day));
        TiedTopic { figures: self.figures(topic, by_last_day), stands, measure: topic.predicate().measure() }
    }

    fn positions(&mut self, stands: usize, when: When) -> Arc<[Leading<'a>]> {
        self.stands[stands].positions(when, &mut self.keys, &mut self.steps)
    }
}

impl<'a> Results<'a> {
    /// The results of a constraint, if anything is on record about each of its topics.
    fn new(ledger: &'a Ledger, constraint: &'a Constraint, tables: &mut Tables<'a>) -> Option<Self> {
        let (inputs, result) = constraint.sides();
        let result = ledger.topic(result)?;
        let inputs = inputs.into_iter().map(|topic| ledger.topic(topic)).collect::<Option<Vec<_>>>()?;
        let figures = tables.figures(result, false);
        let is_change = matches!(constraint, Constraint::Change { .. });
        let mut inputs: Vec<_> = inputs.into_iter().map(|topic| tables.tied(topic, is_change)).collect();
        if is_change {
            inputs.extend(inputs.clone());
        }
        Some(Self { constraint, figures, inputs, next: 0, own: HashMap::new(), across: HashMap::new() })
    }

    fn is_change(&self) -> bool {
        matches!(self.constraint, Constraint::Change { .. })
    }

    fn is_ratio(&self) -> bool {
        matches!(self.constraint, Constraint::Ratio { .. })
    }

    fn unchecked(&self, scope: ViolationScope, row: &Row<'a>, (obstacle, input): Unmade) -> Finding<'a> {
        let topic = input.map(|input| self.inputs[input].figures.topic.topic());
        Finding::Unchecked(Unchecked { constraint: self.constraint, scope, result: row.claim, obstacle, topic })
    }

    fn check_next(&mut self, tables: &mut Tables<'a>, found: &mut VecDeque<Finding<'a>>) {
        let figures = self.figures.clone();
        let row = &figures.rows[self.next];
        self.next += 1;
        let is_whole = |days: &Days| days.first != Days::NO_FIRST && days.last != Days::NO_LAST;
        let obstacle = if self.is_change() && !row.days.as_ref().is_some_and(is_whole) {
            Obstacle::NoTime
        } else if tables.steps > tables.limit {
            Obstacle::Limit
        } else if self.is_ratio() && !row.is_ratio {
            Obstacle::Units
        } else {
            self.check_own_word(row, tables, found);
            self.check_across(row, tables, found);
            return;
        };
        found.push_back(self.unchecked(ViolationScope::OwnWord, row, (obstacle, None)));
        found.push_back(self.unchecked(ViolationScope::AcrossOrigins, row, (obstacle, None)));
    }

    /// The time for which an input is asked, of a result with these days.
    fn time(&self, input: usize, days: Days) -> Time {
        let apart = self.figures.topic.ledger().policy().days_apart();
        if self.is_change() {
            let day = if input == 0 { days.last } else { days.first - 1 };
            return Time { days: Days { first: day, last: day }, apart, totals: false };
        }
        let totals = self.figures.topic.predicate().measure() == Measure::Cumulative
            && self.inputs[input].measure == Measure::Cumulative;
        Time { days, apart, totals }
    }

    fn check_own_word(&mut self, row: &Row<'a>, tables: &mut Tables<'a>, found: &mut VecDeque<Finding<'a>>) {
        let scope = ViolationScope::OwnWord;
        let mut seen = HashSet::new();
        for wanted in self.wanted(row) {
            let key = (wanted, row.days);
            let made = self.own.get(&key).copied().unwrap_or_else(|| {
                let made = self.make(wanted, row.days, &mut tables.steps);
                self.own.insert(key, made);
                made
            });
            let Made { implied, certain } = match made {
                Ok(made) => made,
                Err(unmade) => {
                    found.push_back(self.unchecked(scope, row, unmade));
                    continue;
                }
            };
            let Some(left) = broken(self.constraint, implied, row.stated, row.count) else { continue };
            let inputs: Vec<Input<'a>> =
                (0..self.inputs.len()).filter_map(|input| self.own_input(input, wanted, row.days)).collect();
            // The same figures are found once more for another scope, if none of theirs has it.
            let claims = inputs.iter().flat_map(|input| &input.claims).map(ClaimRef::id);
            if seen.insert(claims.collect::<Vec<_>>()) {
                let violation = Violation::new(self.constraint, scope, row, inputs, left).with_certainty(certain);
                found.push_back(Finding::Broken(violation));
            }
        }
    }

    /// The ways to take the figures of an origin together: each scope by itself, with those that have none, and the same
    /// of units.
    fn wanted(&self, row: &Row<'a>) -> Vec<Wanted> {
        let (mut scopes, mut units) = (vec![row.scope], vec![row.unit]);
        if row.scope == 0 || row.unit == 0 || self.is_ratio() {
            let (mut of_scope, mut of_unit) = (IndexSet::new(), IndexSet::new());
            for tied in &self.inputs {
                for (scope, unit, count) in tied.figures.classes(row.origin) {
                    of_scope.extend(Some(scope).filter(|scope| *scope != 0));
                    // A number without a unit that is no count goes with others without one alone.
                    let is_apart = if unit == 0 { !count } else { count || self.is_ratio() };
                    of_unit.extend(Some(unit).filter(|_| is_apart));
                }
            }
            if row.scope == 0 && !of_scope.is_empty() {
                scopes = of_scope.into_iter().collect();
            }
            if self.is_ratio() {
                units = if of_unit.is_empty() { vec![0] } else { of_unit.into_iter().collect() };
            } else if row.unit == 0 && row.count && !of_unit.is_empty() {
                units = of_unit.into_iter().collect();
            }
        }
        let counts_only = !self.is_ratio() && row.unit == 0 && row.count;
        let without_unit = self.is_ratio() || row.count;
        let of_scope = |scope: u32| {
            let counts_only = |unit| unit != 0 && counts_only;
            let wanted =
                move |&unit| Wanted { origin: row.origin, scope, unit, without_unit, counts_only: counts_only(unit) };
            units.iter().map(wanted)
        };
        scopes.into_iter().flat_map(of_scope).collect()
    }

    /// The numbers that an origin's own figures leave to a result with these days.
    fn make(&self, wanted: Wanted, days: Option<Days>, steps: &mut usize) -> Result<Made, Unmade> {
        let (mut certain, mut unitless, mut counts) = (true, false, true);
        let mut parts = Vec::with_capacity(self.inputs.len());
        for (place, input) in self.inputs.iter().enumerate() {
            let time = days.map(|days| self.time(place, days));
            let answer =
                input.figures.at(wanted, time, None, steps).map_err(|nothing| (nothing.into(), Some(place)))?;
            certain &= answer.certain;
            unitless |= answer.has_unitless;
            counts &= answer.allowed.count;
            parts.push(answer.allowed);
        }
        // A figure without a unit goes with one that has a unit only if both are counts.
        if unitless && wanted.unit != 0 && !counts {
            return Err((Obstacle::Units, None));
        }
        let implied = implied(self.constraint, parts).ok_or((Obstacle::NotComputed, None))?;
        Ok(Made { implied, certain })
    }

    /// The input as a report shows it.
    fn own_input(&self, place: usize, wanted: Wanted, days: Option<Days>) -> Option<Input<'a>> {
        let figures = &self.inputs[place].figures;
        let mut rows = Vec::new();
        let time = days.map(|days| self.time(place, days));
        let answer = figures.at(wanted, time, Some(&mut rows), &mut 0).ok()?;
        rows.sort_unstable();
        rows.dedup();
        let claims: Vec<_> = rows.into_iter().map(|row| figures.rows[row as usize].claim).collect();
        let unit = claims.iter().find_map(|claim| claim.unit());
        Some(Input::new(figures.topic.topic(), claims, answer.claims, answer.allowed, unit, answer.carried))
    }

    fn check_across(&mut self, row: &Row<'a>, tables: &mut Tables<'a>, found: &mut VecDeque<Finding<'a>>) {
        let scope = ViolationScope::AcrossOrigins;
        let class = Class { days: row.days, scope: row.scope, unit: row.unit, count: row.count };
        let made = self.across.get(&class).copied().unwrap_or_else(|| {
            let made = self.make_across(class, tables);
            self.across.insert(class, made);
            made
        });
        let Across { implied, by_default, only_origin } = match made {
            Ok(made) => made,
            Err(unmade) => {
                found.push_back(self.unchecked(scope, row, unmade));
                return;
            }
        };
        // Where nobody else has a say, it is the origin's own word again.
        if only_origin == Some(row.origin) {
            return;
        }
        let Some(left) = broken(self.constraint, implied, row.stated, row.count) else { return };
        let Ok(positions) = self.positions(class, tables) else { return };
        let input = |(tied, leading): (&TiedTopic<'a>, &Leading<'a>)| {
            let Leading { claims, count, allowed, unit_as_said, .. } = leading;
            Input::new(tied.figures.topic.topic(), claims.clone(), *count, *allowed, *unit_as_said, false)
        };
        let inputs = self.inputs.iter().zip(&positions).map(input).collect();
        let violation = Violation::new(self.constraint, scope, row, inputs, left).by_default(by_default);
        found.push_back(Finding::Broken(violation));
    }

    /// The numbers that the first positions leave to a result.
    fn make_across(&self, class: Class, tables: &mut Tables<'a>) -> Result<Across, Unmade> {
        let positions = self.positions(class, tables)?;
        let implied = implied(self.constraint, positions.iter().map(|position| position.allowed));
        let implied = implied.ok_or((Obstacle::NotComputed, None))?;
        let origins: HashSet<Option<u32>> = positions.iter().map(|position| position.only_origin).collect();
        let only_origin = if origins.len() == 1 { origins.into_iter().next().flatten() } else { None };
        let by_default = (0..self.inputs.len()).any(|input| matches!(self.when(input, class), Some(When::ByDefault)));
        Ok(Across { implied, by_default, only_origin })
    }

    /// The time whose positions an input is asked for; `None` for a flow where the result has no time.
    fn when(&self, input: usize, class: Class) -> Option<When> {
        match (self.inputs[input].measure, class.days) {
            (Measure::Flow, days) => Some(When::Same(self.time(input, days?).days)),
            (_, Some(days)) if self.is_change() => Some(When::Together(self.time(input, days))),
            (Measure::Fixed, _) | (_, None) => Some(When::ByDefault),
            (_, Some(days)) => Some(When::Together(self.time(input, days))),
        }
    }

    /// The first position on each input that goes with the result and with those on the inputs before it.
    fn positions(&self, class: Class, tables: &mut Tables<'a>) -> Result<Vec<Leading<'a>>, Unmade> {
        let mut all = Vec::with_capacity(self.inputs.len());
        for (place, input) in self.inputs.iter().enumerate() {
            let when = self.when(place, class).ok_or((Obstacle::NoTime, Some(place)))?;
            all.push(tables.positions(input.stands, when));
        }
        // A ratio says nothing of the unit of its part and its whole.
        let unit = if self.is_ratio() { 0 } else { class.unit };
        let mut kept = Known { scope: class.scope, unit, has_unit: !self.is_ratio(), counts: class.count };
        let mut positions = Vec::with_capacity(all.len());
        for (place, of_topic) in all.iter().enumerate() {
            let fitting = || of_topic.iter().filter_map(|position| Some((position, kept.with(position)?)));
            // One unit for part and whole: of the first position on the part that has one to go with on the whole.
            let next = if self.is_ratio() { all.get(place + 1) } else { None };
            let goes_on = |known: Known| next.is_none_or(|next| next.iter().any(|after| known.with(after).is_some()));
            let first = fitting().find(|(_, known)| goes_on(*known)).or_else(|| fitting().next());
            let Some((position, known)) = first else {
                let obstacle = if of_topic.is_empty() { Obstacle::NoFigure } else { Obstacle::Units };
                return Err((obstacle, Some(place)));
            };
            kept = known;
            positions.push(position.clone());
        }
        Ok(positions)
    }
}

/// The scope and the unit in which a constraint is held, as far as they are settled.
#[derive(Clone, Copy)]
struct Known {
    scope: u32,
    unit: u32,
    /// Whether a unit is settled, be it that there is none.
    has_unit: bool,
    /// Whether all so far are counts.
    counts: bool,
}

impl Known {
    /// The same with a position, if it goes with what is known.
    fn with(self, position: &Leading<'_>) -> Option<Self> {
        let scope = self.scope.max(position.scope);
        let of_scope = self.scope == 0 || position.scope == 0 || self.scope == position.scope;
        let counts = position.allowed.count && (self.counts || !self.has_unit);
        let of_unit = !self.has_unit || self.unit == position.unit || counts && self.unit.min(position.unit) == 0;
        (of_scope && of_unit).then_some(Self { scope, unit: self.unit.max(position.unit), has_unit: true, counts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Claim;
    use crate::figure::Figure;
    use crate::source::Source;

    #[test]
    fn what_is_too_much_to_check_is_listed() {
        let mut ledger = Ledger::new();
        let source = ledger.add_source(Source::new("a", "A").unwrap()).unwrap();
        let [part, whole] = ["part", "whole"].map(|predicate| Topic::new("s", predicate));
        ledger.add_constraint(Constraint::AtMost { part: part.clone(), whole: whole.clone() }).unwrap();
        ledger.record(Claim::new(whole, Figure::exactly(1), &source)).unwrap();
        for n in 0..100 {
            let day = format!("20{n:02}").parse::<crate::period::Period>().unwrap();
            ledger.record(Claim::new(part.clone(), Figure::exactly(2), &source).with_as_of(day)).unwrap();
        }
        let (mut broken, mut left_out) = (0, 0);
        for finding in Findings::new(&ledger, 200) {
            match finding {
                Finding::Broken(_) => broken += 1,
                Finding::Unchecked(unchecked) => left_out += usize::from(unchecked.obstacle == Obstacle::Limit),
            }
        }
        assert!(broken > 10 && left_out > 20, "{broken} and {left_out}");
        assert_eq!(2 * broken + left_out, 200, "each is checked in both ways, or in none");
        assert_eq!(ledger.violations().count(), 100);
    }
}
