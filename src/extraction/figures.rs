//! Figures of a text held against the figures of claims, both ways.

use std::collections::HashMap;
use std::ops::Range;

use super::passage::Passage;
use crate::claim::Value;
use crate::entry::ClaimId;
use crate::figure::{Figure, FoundFigure, Hedge, figures_in, is_ratio, measure};
use crate::ledger::ClaimRef;
use crate::number::{Interval, Rational};
use crate::policy::Policy;

/// How a figure of the text and one of a claim differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Discrepancy {
    /// The same number, said with a hedge that the other does not have.
    Hedge,
    /// The same number, which the text says with no hedge that can be read; it may be in a verb ("losses passed
    /// 4,000").
    AddedHedge,
    /// The same values, in another unit.
    Unit,
}

/// Whether a figure of the text is in a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Coverage {
    /// A claim has the figure, and cites this place or no place.
    Covered(ClaimId),
    /// A claim has the figure, and cites another place.
    Elsewhere(ClaimId),
    /// A claim cites this place, and has a figure close to the one here.
    Near(ClaimId, Discrepancy),
    /// No claim has the figure.
    Uncovered,
}

/// A figure of the text, and whether it is in a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CheckedFigure<'t> {
    passage: Passage<'t>,
    figure: Figure,
    coverage: Coverage,
}

impl<'t> CheckedFigure<'t> {
    /// The place and the words of the figure in the text.
    #[must_use]
    pub fn passage(&self) -> &Passage<'t> {
        &self.passage
    }

    /// The meaning of the words.
    #[must_use]
    pub fn figure(&self) -> &Figure {
        &self.figure
    }

    /// Whether the figure is in a claim.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        self.coverage
    }

    /// Whether no claim has the figure, at this place or at another.
    #[must_use]
    pub fn is_uncovered(&self) -> bool {
        match self.coverage {
            Coverage::Covered(_) | Coverage::Elsewhere(_) | Coverage::Near(_, Discrepancy::AddedHedge) => false,
            Coverage::Near(_, Discrepancy::Hedge | Discrepancy::Unit) | Coverage::Uncovered => true,
        }
    }
}

/// Where the figure of a claim is in the text. A figure of the text is given as its number in
/// [`Report::figures`](super::Report::figures).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Grounding {
    /// The text has the figure, in the excerpt if that was found.
    Said(usize),
    /// The text has something close to the figure instead.
    Differs(usize, Discrepancy),
    /// The text has the figure elsewhere than in the excerpt.
    Elsewhere(usize),
    /// The text does not have the figure.
    Absent,
}

/// Units that are taken for one another. Nouns are all of one class, because the topic says what is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum UnitClass {
    Counted,
    Ratio,
    Measure(String),
}

/// The values of a figure and the class of its unit, whatever the words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Meaning {
    values: Option<Interval>,
    class: UnitClass,
}

/// A claim with a figure, and the passages of it that were found, in bytes.
pub(super) struct Claimed {
    pub(super) claim: ClaimId,
    figure: Figure,
    said: Meaning,
    /// Whether the unit makes it no proportion though it reads as one: "30 percent" with "percent" for its unit.
    misnamed: bool,
    pub(super) passages: Vec<Range<usize>>,
}

/// The figures of a text against those of claims.
pub(super) struct Matcher<'t> {
    policy: Policy,
    found: Vec<FoundFigure<'t>>,
    said: Vec<Meaning>,
    classes: HashMap<String, UnitClass>,
}

impl<'t> Matcher<'t> {
    pub(super) fn new(text: &'t str, policy: &Policy) -> Self {
        let found: Vec<_> = figures_in(text).collect();
        let mut matcher = Self { policy: policy.clone(), found: Vec::new(), said: Vec::new(), classes: HashMap::new() };
        matcher.said = found.iter().map(|found| matcher.said(found.figure())).collect();
        matcher.found = found;
        matcher
    }

    /// Whether there is a figure in these bytes.
    pub(super) fn has_figure_at(&self, bytes: &Range<usize>) -> bool {
        !self.within(bytes).is_empty()
    }

    fn class(&mut self, unit: Option<&str>) -> UnitClass {
        let Some(unit) = unit else { return UnitClass::Counted };
        if is_ratio(unit) {
            return UnitClass::Ratio;
        }
        if let Some(class) = self.classes.get(unit) {
            return class.clone();
        }
        let class = match measure(unit) {
            None => UnitClass::Counted,
            Some(unit) if is_ratio(&unit) => UnitClass::Ratio,
            Some(unit) => UnitClass::Measure(unit),
        };
        self.classes.insert(unit.to_owned(), class.clone());
        class
    }

    fn said(&mut self, figure: &Figure) -> Meaning {
        let values = figure.values(&self.policy).ok();
        let counted = figure.is_count();
        let values = values.map(|values| values.whole().filter(|_| counted).unwrap_or(values));
        Meaning { values, class: self.class(figure.unit()) }
    }

    /// The figure of a claim, in the unit of its predicate where it has none.
    pub(super) fn claimed(&mut self, claim: &ClaimRef<'_>, passages: Vec<Range<usize>>) -> Option<Claimed> {
        let mut figure = claim.value().and_then(Value::as_figure)?.clone();
        if let Some(unit) = claim.unit() {
            figure = figure.with_unit(unit);
        }
        let misnamed = !figure.is_ratio() && self.class(figure.unit()) == UnitClass::Ratio;
        if misnamed && let Ok(read) = figure.plain().parse() {
            figure = read;
        }
        let said = self.said(&figure);
        Some(Claimed { claim: claim.id(), figure, said, misnamed, passages })
    }

    /// The figures of the text that a passage has a part of.
    fn within(&self, passage: &Range<usize>) -> Range<usize> {
        let first = self.found.partition_point(|found| found.span().end <= passage.start);
        let last = self.found.partition_point(|found| found.span().start < passage.end);
        first..last.max(first)
    }

    /// Whether a claim says what a figure of the text says, or else how the two differ; `None` if they have nothing in
    /// common.
    fn compare(&self, claimed: &Claimed, index: usize) -> Option<Result<(), Discrepancy>> {
        let (said, figure) = (&self.said[index], self.found[index].figure());
        let same_values = said.values.is_some() && said.values == claimed.said.values;
        if said.class == claimed.said.class {
            if same_values {
                return Some(if claimed.misnamed { Err(Discrepancy::Unit) } else { Ok(()) });
            }
            let mut numbers = figure.hedge().said();
            let shared = numbers.any(|n| claimed.figure.hedge().said().any(|other| n == other));
            return shared.then(|| Err(of_hedge(figure)));
        }
        same_values.then_some(Err(Discrepancy::Unit))
    }

    /// Finds the figures of the claims in the text, and the claims that cover the figures of the text.
    pub(super) fn run(&self, claims: &[Claimed]) -> (Vec<Grounding>, Vec<Coverage>) {
        let mut coverage = vec![Coverage::Uncovered; self.found.len()];
        let index = FigureIndex::new(self);
        let mut others = ClaimIndex::default();
        let mut groundings = Vec::with_capacity(claims.len());
        for claimed in claims {
            let cited = self.cover_cited(claimed, &mut coverage);
            groundings.push(index.ground(claimed, cited));
            others.add(claimed, cited);
        }
        for ((coverage, meaning), found) in coverage.iter_mut().zip(&self.said).zip(&self.found) {
            *coverage = others.cover(*coverage, meaning, found.figure());
        }
        (groundings, coverage)
    }

    /// Covers the figures in the passages that a claim cites, and gives what was found there.
    fn cover_cited(&self, claimed: &Claimed, coverage: &mut [Coverage]) -> Cited {
        let mut cited = Cited { said: None, near: None };
        for place in claimed.passages.iter().flat_map(|passage| self.within(passage)) {
            match self.compare(claimed, place) {
                Some(Ok(())) => {
                    cited.said = cited.said.or(Some(place));
                    if !matches!(coverage[place], Coverage::Covered(_)) {
                        coverage[place] = Coverage::Covered(claimed.claim);
                    }
                }
                Some(Err(discrepancy)) => {
                    cited.near = cited.near.or(Some((place, discrepancy)));
                    if coverage[place] == Coverage::Uncovered {
                        coverage[place] = Coverage::Near(claimed.claim, discrepancy);
                    }
                }
                None => {}
            }
        }
        cited
    }

    pub(super) fn checked(
        self,
        coverage: &[Coverage],
        passage: impl Fn(Range<usize>) -> Passage<'t>,
    ) -> Vec<CheckedFigure<'t>> {
        let checked = |(found, coverage): (FoundFigure<'t>, &Coverage)| CheckedFigure {
            passage: passage(found.span()),
            figure: found.into_figure(),
            coverage: *coverage,
        };
        self.found.into_iter().zip(coverage).map(checked).collect()
    }
}

/// The figures of the text in the passages that a claim cites: the first that is the claim's, and the first that is
/// close to it.
#[derive(Clone, Copy)]
struct Cited {
    said: Option<usize>,
    near: Option<(usize, Discrepancy)>,
}

/// The first claim with each figure, for figures of the text that no claim cites.
#[derive(Default)]
struct ClaimIndex<'c> {
    /// Claims that cite no place in the text, by what they say; below, by their numbers and by their values.
    unplaced: HashMap<&'c Meaning, &'c Claimed>,
    numbers: HashMap<(Rational, &'c UnitClass), ClaimId>,
    values: HashMap<Interval, ClaimId>,
    /// Claims whose figure is in the place that they cite.
    placed: HashMap<&'c Meaning, ClaimId>,
}

impl<'c> ClaimIndex<'c> {
    fn add(&mut self, claimed: &'c Claimed, cited: Cited) {
        if claimed.passages.is_empty() {
            self.unplaced.entry(&claimed.said).or_insert(claimed);
            if let Some(values) = claimed.said.values {
                self.values.entry(values).or_insert(claimed.claim);
            }
            for number in claimed.figure.hedge().said() {
                self.numbers.entry((number, &claimed.said.class)).or_insert(claimed.claim);
            }
        } else if cited.said.is_some() {
            self.placed.entry(&claimed.said).or_insert(claimed.claim);
        }
    }

    /// How a figure of the text is covered, given how the claims that cite its place cover it.
    fn cover(&self, cited: Coverage, meaning: &Meaning, figure: &Figure) -> Coverage {
        match (cited, self.unplaced.get(meaning), self.placed.get(meaning)) {
            (Coverage::Covered(claim), ..) => Coverage::Covered(claim),
            (_, Some(claimed), _) if claimed.misnamed => Coverage::Near(claimed.claim, Discrepancy::Unit),
            (_, Some(claimed), _) => Coverage::Covered(claimed.claim),
            (Coverage::Near(claim, discrepancy), ..) => Coverage::Near(claim, discrepancy),
            (_, _, Some(claim)) => Coverage::Elsewhere(*claim),
            (other, None, None) => {
                let mut numbers = figure.hedge().said();
                let hedged = numbers.find_map(|number| self.numbers.get(&(number, &meaning.class)));
                let in_another_unit = || self.values.get(&meaning.values?);
                match (hedged, in_another_unit()) {
                    (Some(claim), _) => Coverage::Near(*claim, of_hedge(figure)),
                    (None, Some(claim)) => Coverage::Near(*claim, Discrepancy::Unit),
                    (None, None) => other,
                }
            }
        }
    }
}

/// The first figure of the text with these values, or with this number.
struct FigureIndex<'m> {
    same: HashMap<&'m Meaning, usize>,
    values: HashMap<Interval, usize>,
    numbers: HashMap<(Rational, &'m UnitClass), usize>,
    /// How each figure of the text differs from the same number with another hedge.
    hedges: Vec<Discrepancy>,
}

impl<'m> FigureIndex<'m> {
    fn new(matcher: &'m Matcher<'_>) -> Self {
        let hedges = matcher.found.iter().map(|found| of_hedge(found.figure())).collect();
        let mut index = Self { same: HashMap::new(), values: HashMap::new(), numbers: HashMap::new(), hedges };
        for (place, said) in matcher.said.iter().enumerate() {
            index.same.entry(said).or_insert(place);
            if let Some(values) = said.values {
                index.values.entry(values).or_insert(place);
            }
            for number in matcher.found[place].figure().hedge().said() {
                index.numbers.entry((number, &said.class)).or_insert(place);
            }
        }
        index
    }

    /// Where the figure of a claim is in the text, given what is in the passages that it cites.
    fn ground(&self, claimed: &Claimed, cited: Cited) -> Grounding {
        match (cited.said, cited.near) {
            (Some(place), _) => Grounding::Said(place),
            (None, Some((place, discrepancy))) => Grounding::Differs(place, discrepancy),
            (None, None) if claimed.passages.is_empty() => match (self.same(claimed), self.near(claimed)) {
                (Some(place), _) if claimed.misnamed => Grounding::Differs(place, Discrepancy::Unit),
                (Some(place), _) => Grounding::Said(place),
                (None, Some((place, discrepancy))) => Grounding::Differs(place, discrepancy),
                (None, None) => Grounding::Absent,
            },
            (None, None) => self.same(claimed).map_or(Grounding::Absent, Grounding::Elsewhere),
        }
    }

    fn same(&self, claimed: &Claimed) -> Option<usize> {
        self.same.get(&claimed.said).copied()
    }

    fn near(&self, claimed: &Claimed) -> Option<(usize, Discrepancy)> {
        let of_number = |n: Rational| self.numbers.get(&(n, &claimed.said.class));
        if let Some(place) = claimed.figure.hedge().said().find_map(of_number) {
            return Some((*place, self.hedges[*place]));
        }
        let place = self.values.get(&claimed.said.values?)?;
        Some((*place, Discrepancy::Unit))
    }
}

/// How a figure of the text differs from the same number with another hedge.
fn of_hedge(figure: &Figure) -> Discrepancy {
    if matches!(figure.hedge(), Hedge::Exactly(_)) { Discrepancy::AddedHedge } else { Discrepancy::Hedge }
}

/// A hedge as a reader would name it.
pub(super) fn hedge_name(hedge: &Hedge) -> &'static str {
    match hedge {
        Hedge::Exactly(_) => "no hedge",
        Hedge::Rounded { .. } | Hedge::RoundedFraction(_) => "a rounded number",
        Hedge::MoreThan(_) => "“more than”",
        Hedge::AtLeast(_) => "“at least”",
        Hedge::LessThan(_) => "“less than”",
        Hedge::AtMost(_) => "“at most”",
        Hedge::Between(..) | Hedge::Within(..) | Hedge::Estimate { .. } => "a range",
        Hedge::About(_) | Hedge::AboutBetween(..) => "“about”",
        Hedge::Nearly(_) => "“nearly”",
        Hedge::JustOver(_) => "“just over”",
        Hedge::Vague(_) => "a vague magnitude",
    }
}
