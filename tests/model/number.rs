//! Figures as sets of points on a fixed row of numbers, fine enough to be exact for the numbers that are drawn.

use std::sync::LazyLock;

use testimony::Vague;

use super::set::Set;

/// Numbers are counted in fortieths: halves are drawn, and a half of them, a fifth or a tenth is a whole number of
/// twentieths, so that between any two ends that differ there is a point that is neither.
pub(crate) const ONE: i64 = 40;
/// Where the fine part of the row ends. What is drawn, with what the widest "about" adds, stays below.
const FINE: i64 = 32 * ONE;
const LEAST: i64 = -12 * ONE;
/// Above every end of the vague magnitudes that are drawn.
const GREATEST: i64 = 210 * ONE;

/// The row of numbers. Those at even places can be the end of a figure, those at odd places stand for what lies
/// between two ends; above the fine part only whole numbers are ends.
static ROW: LazyLock<Vec<i64>> =
    LazyLock::new(|| (LEAST..FINE).chain((FINE..=GREATEST).step_by(usize::try_from(ONE / 2).unwrap())).collect());

/// What was said of a number or two.
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
}

impl Hedge {
    fn numbers(self) -> Vec<i64> {
        match self {
            Self::Exactly(n)
            | Self::MoreThan(n)
            | Self::AtLeast(n)
            | Self::LessThan(n)
            | Self::AtMost(n)
            | Self::About(n)
            | Self::Nearly(n)
            | Self::JustOver(n) => vec![n],
            Self::Between(low, high) | Self::AboutBetween(low, high) | Self::Within { low, high, .. } => {
                vec![low, high]
            }
            Self::Vague(_) => vec![],
        }
    }

    /// Whether it allows a number (the table of R5); `doubtful` if all that somebody chose about it were twice as wide,
    /// and a number that ends in noughts a rounded one (R10).
    fn allows(self, v: i64, count: bool, tolerance: i64, doubtful: bool) -> bool {
        let width = |n: i64| {
            let share = n.abs() * tolerance / 100;
            (if count { share.max(ONE) } else { share }) * if doubtful { 2 } else { 1 }
        };
        let said = match self {
            // Of 10, which alone is drawn, 5 % are less than half of ten.
            Self::Exactly(n) if doubtful && n == 10 * ONE => n - n / 20 <= v && v < n + n / 20,
            Self::Exactly(n) => v == n,
            Self::MoreThan(n) => v > n,
            Self::AtLeast(n) => v >= n,
            Self::LessThan(n) => v < n,
            Self::AtMost(n) => v <= n,
            Self::Between(low, high) => low <= v && v <= high,
            Self::Within { low, low_open, high, high_open } => {
                (low < v || (low == v && !low_open)) && (v < high || (v == high && !high_open))
            }
            Self::About(n) => n - width(n) <= v && v <= n + width(n),
            Self::AboutBetween(low, high) => low - width(low) <= v && v <= high + width(high),
            Self::Nearly(n) => n - width(n) <= v && v < n,
            Self::JustOver(n) => n < v && v <= n + width(n),
            Self::Vague(Vague::Dozens) if doubtful => v >= 12 * ONE,
            Self::Vague(Vague::Scores) if doubtful => v >= 20 * ONE,
            Self::Vague(Vague::Dozens) => (24 * ONE..200 * ONE).contains(&v),
            Self::Vague(Vague::Scores) => (40 * ONE..200 * ONE).contains(&v),
            Self::Vague(other) => unreachable!("{other} is beyond the row, and not drawn"),
        };
        let floor = count && self.numbers().iter().all(|n| *n >= 0);
        said && (v >= 0 || !floor)
    }
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

/// What a figure comes to under its predicate and the policy.
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
    pub(crate) fn new(hedge: Hedge, unit: Option<&str>, continuous: bool, tolerance: i64) -> Result<Self, NoFigure> {
        let ratio = unit == Some("ratio");
        let measured = unit == Some("t");
        if ratio && matches!(hedge, Hedge::Vague(_)) {
            return Err(NoFigure::VagueRatio);
        }
        let count = !ratio && !measured && !continuous && hedge.numbers().iter().all(|n| n % ONE == 0);
        let of =
            |doubtful| Self::allowing(unit.map(str::to_owned), count, |v| hedge.allows(v, count, tolerance, doubtful));
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

    /// Its values, seen alone.
    fn own(&self) -> &Set {
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

    /// What a running total of one time allows at a later one (R11).
    pub(crate) fn carried_forward(&self) -> Self {
        let least = ROW[self.reals.first()];
        Self::allowing(self.unit.clone(), self.count, |v| v >= least)
    }

    /// What a running total of one time allows at an earlier one (R11).
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
