//! The axis of values.

use crate::text::group;

/// Values as places between two edges, the greater above.
#[derive(Clone, Debug)]
pub(crate) struct ValueAxis {
    low: f64,
    high: f64,
    /// Whether a step up is a multiple.
    multiples: bool,
    step: f64,
    /// Where the least and the greatest value lie: `from` may be the greater, since pictures count downward.
    from: f64,
    to: f64,
    percent: bool,
}

/// From how many times the least the greatest number has steps that are multiples.
const MANY_TIMES: f64 = 400.0;

impl ValueAxis {
    /// The axis that has room for these numbers, and for arrows above and below them.
    pub(crate) fn new(numbers: impl Iterator<Item = f64>, open: (bool, bool), ticks: f64, percent: bool) -> Self {
        let numbers: Vec<f64> = numbers.filter(|n| n.is_finite()).collect();
        let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
        let greatest = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (least, greatest) = if numbers.is_empty() { (0.0, 1.0) } else { (least, greatest) };
        let least_positive = numbers.iter().copied().filter(|n| *n > 0.0).fold(f64::INFINITY, f64::min);
        if least >= 0.0 && greatest / least_positive >= MANY_TIMES && least_positive.is_finite() {
            let low = 10f64.powf(least_positive.log10().floor() - if least == 0.0 { 1.0 } else { 0.0 });
            let high = 10f64.powf((greatest * if open.1 { 3.0 } else { 1.0 }).log10().ceil());
            return Self { low, high, multiples: true, step: 10.0, from: 0.0, to: 1.0, percent };
        }
        let span = if greatest > least { greatest - least } else { (greatest.abs() * 0.4).max(1e-12) };
        let from_nought = least >= 0.0 && least <= 0.6 * greatest;
        let margin = |open: bool| if open { 0.22 * span } else { 0.05 * span };
        let low = if from_nought { 0.0 } else { least - margin(open.0) };
        let low = if least >= 0.0 { low.max(0.0) } else { low };
        let high = if numbers.iter().all(|n| *n <= 0.0) && !open.1 { 0.0 } else { greatest + margin(open.1) };
        let high = if high > low { high } else { low + 1.0 };
        let step = nice((high - low) / ticks);
        let (low, high) = ((low / step).floor() * step, (high / step).ceil() * step);
        Self { low, high, multiples: false, step, from: 0.0, to: 1.0, percent }
    }

    /// The same between two edges, the first for the least value.
    pub(crate) fn between(self, from: f64, to: f64) -> Self {
        Self { from, to, ..self }
    }

    /// Where a value lies; one beyond the edges lies on them.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let share = if self.multiples {
            let value = value.max(self.low);
            (value / self.low).log10() / (self.high / self.low).log10()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.from + share.clamp(0.0, 1.0) * (self.to - self.from)
    }

    pub(crate) fn is_in_multiples(&self) -> bool {
        self.multiples
    }

    /// The values that are named, from the least up.
    pub(crate) fn ticks(&self) -> Vec<(f64, String)> {
        let mut ticks = Vec::new();
        if self.multiples {
            let (first, last) = (self.low.log10().round(), self.high.log10().round());
            let every = ((last - first) / 6.0).ceil().max(1.0);
            let mut power = first;
            while power <= last {
                let value = 10f64.powf(power);
                ticks.push((value, self.name(value, -power)));
                power += every;
            }
            return ticks;
        }
        let places = -(self.step.log10().floor());
        let mut n = (self.low / self.step).round();
        while n * self.step <= self.high + self.step / 2.0 && ticks.len() < 20 {
            let value = n * self.step;
            ticks.push((value, self.name(value, places)));
            n += 1.0;
        }
        ticks
    }

    /// A value in print, with so many places behind the point.
    fn name(&self, value: f64, places: f64) -> String {
        let (value, places) = if self.percent { (value * 100.0, places - 2.0) } else { (value, places) };
        let sign = if self.percent { "%" } else { "" };
        let magnitude = value.abs();
        if magnitude >= 1e15 || places > 9.0 {
            return if magnitude == 0.0 { format!("0{sign}") } else { format!("{value:.1e}{sign}") };
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between nought and nine")]
        let digits = format!("{magnitude:.*}", places.max(0.0) as usize);
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let point = if fraction.is_empty() { "" } else { "." };
        let minus = if value < 0.0 { "−" } else { "" };
        format!("{minus}{}{point}{fraction}{sign}", group(whole))
    }
}

/// The round number next to this one and not below it: 1, 2 or 5 and noughts.
fn nice(step: f64) -> f64 {
    let power = 10f64.powf(step.log10().floor());
    let times = [1.0, 2.0, 5.0, 10.0].into_iter().find(|times| times * power >= step * 0.999);
    times.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(numbers: &[f64], open: (bool, bool), percent: bool) -> Vec<String> {
        let axis = ValueAxis::new(numbers.iter().copied(), open, 5.0, percent);
        axis.ticks().into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn ticks_are_round_and_have_separators() {
        assert_eq!(
            names(&[1700.0, 3300.0, 4000.0], (false, true), false),
            ["0", "1,000", "2,000", "3,000", "4,000", "5,000"]
        );
        assert_eq!(names(&[0.27, 0.33], (false, false), true), ["26%", "28%", "30%", "32%", "34%"]);
        assert_eq!(names(&[5.0], (false, false), false), ["4.90", "4.95", "5.00", "5.05", "5.10"]);
        assert_eq!(
            names(&[1.0, 1e6], (false, false), false),
            ["1", "10", "100", "1,000", "10,000", "100,000", "1,000,000"]
        );
        assert_eq!(names(&[-40.0, -10.0], (false, false), false), ["−50", "−40", "−30", "−20", "−10", "0"]);
    }

    #[test]
    fn every_number_has_a_place() {
        for numbers in [&[0.0][..], &[1e27, -1e27], &[1e-27], &[7.9e28], &[], &[7.0, 7.0]] {
            let axis = ValueAxis::new(numbers.iter().copied(), (true, true), 5.0, false).between(300.0, 10.0);
            for n in numbers {
                assert!((10.0..=300.0).contains(&axis.at(*n)), "{n}");
            }
            assert!(axis.ticks().len() <= 20);
        }
    }
}
