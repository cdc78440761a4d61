//! The extent of a figure as it is drawn: its numbers as marks, and how far its values reach.

use testimony::{Figure, Hedge, Number, Policy};

/// How the values beyond the numbers that were said are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Reach {
    /// There are none: a point.
    Point,
    /// A range between ends that were said.
    Range,
    /// A width that follows from how the number is written.
    Rounded,
    /// A width that somebody chose, on both sides.
    About,
    /// A width that somebody chose, below the number.
    Below,
    /// A width that somebody chose, above the number.
    Above,
    /// All that is more.
    Up,
    /// All that is less.
    Down,
}

/// A figure as it is drawn. Lengths on paper need no exact numbers.
#[derive(Clone, Debug)]
pub(crate) struct Extent {
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    /// The numbers that were said.
    pub(crate) points: Vec<f64>,
    pub(crate) reach: Reach,
}

impl Extent {
    pub(crate) fn of(figure: &Figure, policy: &Policy) -> Option<Self> {
        let values = figure.values(policy).ok()?;
        let low = values.low().map(|end| end.value().to_f64());
        let high = values.high().map(|end| end.value().to_f64());
        let rational = |n: testimony::Rational| n.to_number().map_or_else(|| fraction(&n.to_string()), Number::to_f64);
        let (points, reach) = match *figure.hedge() {
            Hedge::Exactly(n) => (vec![rational(n)], Reach::Point),
            Hedge::Rounded { number: n, .. } => (vec![n.to_f64()], Reach::Rounded),
            Hedge::RoundedFraction(n) => (vec![rational(n)], Reach::Rounded),
            Hedge::MoreThan(n) | Hedge::AtLeast(n) => (vec![rational(n)], Reach::Up),
            Hedge::LessThan(n) | Hedge::AtMost(n) => (vec![rational(n)], Reach::Down),
            Hedge::Between(low, high) => (vec![low.to_f64(), high.to_f64()], Reach::Range),
            Hedge::Estimate { best, .. } => (vec![best.to_f64()], Reach::Range),
            Hedge::Within(low, high) => (vec![low.value().to_f64(), high.value().to_f64()], Reach::Range),
            Hedge::About(n) => (vec![rational(n)], Reach::About),
            Hedge::AboutBetween(low, high) => (vec![low.to_f64(), high.to_f64()], Reach::About),
            Hedge::Nearly(n) => (vec![rational(n)], Reach::Below),
            Hedge::JustOver(n) => (vec![rational(n)], Reach::Above),
            _ => (low.into_iter().chain(high).collect(), Reach::About),
        };
        // With rounding off, what is written with a scale word is a point.
        let reach = if low.is_some() && low == high { Reach::Point } else { reach };
        Some(Self { low, high, points, reach })
    }

    /// Every number that a scale must have room for.
    pub(crate) fn numbers(&self) -> impl Iterator<Item = f64> {
        self.points.iter().copied().chain(self.low).chain(self.high)
    }

    /// The number that a label stands beside.
    pub(crate) fn beside(&self) -> f64 {
        self.points.first().copied().unwrap_or(0.0)
    }
}

/// `1/3`.
fn fraction(text: &str) -> f64 {
    let (over, under) = text.split_once('/').unwrap_or((text, "1"));
    let parsed = |text: &str| text.trim().parse::<f64>().ok();
    match (parsed(over), parsed(under)) {
        (Some(over), Some(under)) if under != 0.0 => over / under,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_a_point_and_what_is_chosen_a_width() {
        for (said, points, low, high, reach) in [
            ("11,000", vec![11_000.0], Some(11_000.0), Some(11_000.0), Reach::Point),
            ("about 3,000", vec![3000.0], Some(2700.0), Some(3300.0), Reach::About),
            ("more than 4,000", vec![4000.0], Some(4000.0), None, Reach::Up),
            ("at most 40", vec![40.0], Some(0.0), Some(40.0), Reach::Down),
            ("3,000 to 4,000", vec![3000.0, 4000.0], Some(3000.0), Some(4000.0), Reach::Range),
            ("4.7 million", vec![4_700_000.0], Some(4_650_000.0), Some(4_750_000.0), Reach::Rounded),
            ("dozens", vec![24.0, 200.0], Some(24.0), Some(200.0), Reach::About),
        ] {
            let extent = Extent::of(&said.parse().unwrap(), &Policy::default()).unwrap();
            assert_eq!((extent.points, extent.low, extent.high, extent.reach), (points, low, high, reach), "{said}");
        }
        let third = Extent::of(&"nearly one-third".parse().unwrap(), &Policy::default()).unwrap();
        assert!((third.points[0] - 1.0 / 3.0).abs() < 1e-9);
    }
}
