//! Figures as sets of points on a fixed row of numbers, fine enough to be exact for the numbers that are drawn.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use testimony::Vague;

use super::set::Set;

/// Numbers are counted in parts of this size, so that every end of what is drawn is an even number of them: halves and
/// thirds, hundredths of these, and halves of those.
pub(crate) const ONE: i64 = 48_000;
/// Numbers said are halves of a whole between these, and thirds.
const SAID: RangeInclusive<i64> = -8..=30;
/// Below every end of what is drawn.
const LEAST: i64 = -12;
/// Above every end of the vague magnitudes that are drawn, and twice that.
const GREATEST: i64 = 410;
/// How wide "about" is, in hundredths, in the stories.
pub(crate) const TOLERANCES: [i64; 4] = [10, 0, 20, 50];
/// The units that a rounded figure may be rounded to.
pub(crate) const ROUNDED_TO: [i64; 4] = [10 * ONE, ONE, ONE / 10, ONE / 100];

/// The row of numbers. Those at even places can be the end of a figure, those at odd places stand for what lies
/// between two ends.
static ROW: LazyLock<Vec<i64>> = LazyLock::new(|| {
    let mut ends: BTreeSet<i64> = (LEAST..=GREATEST).map(|n| n * ONE).collect();
    for said in SAID.map(|n| n * ONE / 2).chain([-ONE / 3, ONE / 3, 2 * ONE / 3, 4 * ONE / 3]) {
        let shares = TOLERANCES.into_iter().chain([5]).map(|share| said.abs() * share / 100);
        let widths = shares.chain([ONE, ONE / 100]).chain(ROUNDED_TO.map(|step| step / 2));
        for width in widths.flat_map(|width| [0, width, 2 * width]) {
            ends.extend([said - width, said + width]);
        }
    }
    let ends: Vec<i64> = ends.into_iter().filter(|end| (LEAST * ONE..=GREATEST * ONE).contains(end)).collect();
    let between = ends.windows(2).flat_map(|pair| [pair[0], i64::midpoint(pair[0], pair[1])]);
    between.chain(ends.last().copied()).collect()
});

/// The widths that the policy allows figures.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Widths {
    /// In hundredths.
    pub(crate) tolerance: i64,
    pub(crate) rounding: bool,
}

/// The words about a number or two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Hedge {
    Exactly(i64),
    MoreThan(i64),
    AtLeast(i64),
    LessThan(i64),
    AtMost(i64),
    Between(i64, i64),
    Within { low: i64, low_open: bool, high: i64, high_open: bool },
    About(i64),
    AboutBetween(i64, i64),
    Nearly(i64),
    JustOver(i64),
    Vague(Vague),
    Rounded { number: i64, to: i64 },
    Fraction(i64),
    Estimate { low: i64, high: i64, best: i64 },
}

impl Hedge {
    /// Those that decide what it allows.
    fn numbers(self) -> Vec<i64> {
        match self {
            Self::Exactly(n)
            | Self::MoreThan(n)
            | Self::AtLeast(n)
            | Self::LessThan(n)
            | Self::AtMost(n)
            | Self::About(n)
            | Self::Nearly(n)
            | Self::JustOver(n)
            | Self::Rounded { number: n, .. }
            | Self::Fraction(n) => vec![n],
            Self::Between(low, high)
            | Self::AboutBetween(low, high)
            | Self::Within { low, high, .. }
            | Self::Estimate { low, high, .. } => vec![low, high],
            Self::Vague(_) => vec![],
        }
    }

    /// Whether it allows a number (the table of R5); with all that somebody chose twice as wide (R10), if `doubled`.
    fn allows(self, v: i64, kind: Kind, widths: Widths, doubled: bool) -> bool {
        let times = if doubled { 2 } else { 1 };
        let width = |n: i64| {
            let share = n.abs() * widths.tolerance / 100;
            let is_decimal = n % (ONE / 2) == 0;
            times
                * match kind {
                    Kind::Count => share.max(ONE),
                    // Halves are whole percentages.
                    Kind::Ratio if widths.rounding && is_decimal => share.max(ONE / 200),
                    Kind::Ratio | Kind::Real => share,
                }
        };
        let rounds = |n: i64, half: i64| match n {
            _ if half == 0 => v == n,
            0 => -half < v && v < half,
            1.. => n - half <= v && v < n + half,
            _ => n - half < v && v <= n + half,
        };
        let twentieth = |n: i64| n.abs() / 20;
        let half = |n: i64, to: i64| if kind == Kind::Ratio { to / 2 } else { twentieth(n).min(to / 2) };
        let noughts = |n: i64| rounds(n, if doubled && n != 0 && n % (10 * ONE) == 0 { half(n, 10 * ONE) } else { 0 });
        let first_to = |low: i64, end: i64| match kind {
            _ if !doubled => low * ONE <= v && v < end * ONE,
            Kind::Count => low * ONE <= 2 * v && v <= 2 * (end - 1) * ONE,
            Kind::Ratio | Kind::Real => low * ONE <= 2 * v && v < 2 * end * ONE,
        };
        let said = match self {
            Self::Exactly(n) => noughts(n),
            Self::Rounded { number, .. } if !widths.rounding => noughts(number),
            Self::Rounded { number, to } => rounds(number, times * half(number, to)),
            Self::Fraction(n) if !widths.rounding => v == n,
            Self::Fraction(n) if kind == Kind::Ratio => rounds(n, times * twentieth(n).min(ONE / 100)),
            Self::Fraction(n) => rounds(n, times * twentieth(n)),
            Self::MoreThan(n) => v > n,
            Self::AtLeast(n) => v >= n,
            Self::LessThan(n) => v < n,
            Self::AtMost(n) => v <= n,
            Self::Between(low, high) | Self::Estimate { low, high, .. } => low <= v && v <= high,
            Self::Within { low, low_open, high, high_open } => {
                (low < v || (low == v && !low_open)) && (v < high || (v == high && !high_open))
            }
            Self::About(n) => n - width(n) <= v && v <= n + width(n),
            Self::AboutBetween(low, high) => low - width(low) <= v && v <= high + width(high),
            Self::Nearly(n) => n - width(n) <= v && v < n,
            Self::JustOver(n) => n < v && v <= n + width(n),
            Self::Vague(Vague::Handful) => first_to(3, 10),
            Self::Vague(Vague::Several) => first_to(3, 20),
            Self::Vague(Vague::Dozens) => first_to(24, 200),
            Self::Vague(Vague::Scores) => first_to(40, 200),
            Self::Vague(other) => unreachable!("{other} is beyond the row, and not drawn"),
        };
        let rounded = matches!(self, Self::Rounded { .. } | Self::Fraction(_));
        let floor = (kind == Kind::Count || rounded) && self.numbers().iter().all(|n| *n >= 0);
        said && (v >= 0 || !floor)
    }
}

/// The kind of values that a figure has.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Count,
    Ratio,
    Real,
}

/// One name for the names of a unit that are drawn; none for what only says what happened to those counted (R7).
pub(crate) fn unit_named(unit: &str) -> Option<&'static str> {
    match unit {
        "persons" | " Persons " | "people" => Some("persons"),
        "soldiers" => Some("soldiers"),
        "tonnes" | "T." => Some("t"),
        "shell" | "Shells" => Some("shell"),
        "ratio" | "Ratio" => Some("ratio"),
        "killed" | "dead or missing" => None,
        other => unreachable!("{other} is not drawn"),
    }
}

/// A figure read under its predicate and the policy.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    /// By the name that [`unit_named`] gives it; the predicate's where the figure has none.
    pub(crate) unit: Option<String>,
    count: bool,
    /// Every number that the words allow, whole or not.
    reals: Set,
    /// The whole ones among them.
    wholes: Set,
    /// The same where it is taken to be less exact.
    doubtful: Option<Box<Self>>,
}

/// A figure that cannot be recorded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum NoFigure {
    AllowsNoValue,
    VagueRatio,
}

impl Figure {
    pub(crate) fn new(hedge: Hedge, unit: Option<&str>, continuous: bool, widths: Widths) -> Result<Self, NoFigure> {
        let ratio = unit == Some("ratio");
        let measured = unit == Some("t");
        if ratio && matches!(hedge, Hedge::Vague(_)) {
            return Err(NoFigure::VagueRatio);
        }
        let count = !ratio && !measured && !continuous && hedge.numbers().iter().all(|n| n % ONE == 0);
        let kind = if count {
            Kind::Count
        } else if ratio {
            Kind::Ratio
        } else {
            Kind::Real
        };
        let of = |doubled| Self::allowing(unit.map(str::to_owned), count, |v| hedge.allows(v, kind, widths, doubled));
        let figure = Self { doubtful: Some(Box::new(of(true))), ..of(false) };
        if figure.own().is_empty() { Err(NoFigure::AllowsNoValue) } else { Ok(figure) }
    }

    fn allowing(unit: Option<String>, count: bool, allows: impl Fn(i64) -> bool) -> Self {
        let reals = Set::of(ROW.len(), |point| allows(ROW[point]));
        let wholes = Set::of(ROW.len(), |point| ROW[point] % ONE == 0 && allows(ROW[point]));
        Self { unit, count, reals, wholes, doubtful: None }
    }

    /// The same where it is taken to be less exact.
    pub(crate) fn doubtful(&self) -> &Self {
        self.doubtful.as_deref().unwrap_or(self)
    }

    pub(crate) fn is_count(&self) -> bool {
        self.count
    }

    /// Its values as whole numbers, or as reals.
    pub(crate) fn as_counts(&self, whole: bool) -> &Set {
        if whole { &self.wholes } else { &self.reals }
    }

    /// Its values, seen alone.
    pub(crate) fn own(&self) -> &Set {
        if self.count { &self.wholes } else { &self.reals }
    }

    /// Whether two units can be compared (R7).
    pub(crate) fn has_unit_of(&self, other: &Self) -> bool {
        match (&self.unit, &other.unit) {
            (None, None) => true,
            (Some(unit), Some(others)) => unit == others,
            _ => self.count && other.count,
        }
    }

    /// The values of the two, as whole numbers if both are counts, else as reals (R5).
    pub(crate) fn compared<'a>(&'a self, other: &'a Self) -> [&'a Set; 2] {
        if self.count && other.count { [&self.wholes, &other.wholes] } else { [&self.reals, &other.reals] }
    }

    pub(crate) fn is_never_negative(&self) -> bool {
        ROW[self.own().first()] >= 0
    }

    /// The values that a running total of one time allows at a later one (R11).
    pub(crate) fn carried_forward(&self) -> Self {
        let least = ROW[self.reals.first()];
        Self::allowing(self.unit.clone(), self.count, |v| v >= least)
    }

    /// The values that a running total of one time allows at an earlier one (R11).
    pub(crate) fn carried_back(&self) -> Self {
        let greatest = ROW[self.reals.last()];
        let floor = self.count && self.is_never_negative();
        Self::allowing(self.unit.clone(), self.count, |v| v <= greatest && (v >= 0 || !floor))
    }
}

/// How far two sets without a number in common lie apart, and the smaller magnitude of the two nearest values; an end
/// that does not belong to its set is as good as a value here (R14).
pub(crate) fn gap(one: &Set, other: &Set) -> (i64, i64) {
    let (lower, upper) = if one.first() < other.first() { (one, other) } else { (other, one) };
    // A point at an odd place is what lies next to an end, on the far side of it.
    let low = ROW[lower.last().next_multiple_of(2)];
    let high = ROW[upper.first() / 2 * 2];
    (high - low, high.abs().min(low.abs()))
}

/// The ends of a set of numbers, where it has them, each with whether it is open.
pub(crate) fn ends(set: &Set) -> [Option<(i64, bool)>; 2] {
    // A point at an odd place is what lies next to an end.
    let low = (set.first() != 0).then(|| (ROW[set.first() / 2 * 2], set.first() % 2 == 1));
    let high = (set.last() != ROW.len() - 1).then(|| (ROW[set.last().next_multiple_of(2)], set.last() % 2 == 1));
    [low, high]
}
