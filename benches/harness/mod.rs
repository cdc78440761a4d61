//! Two sides timed in turn, and rows of what came out.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts, times and places in a plot, none of which is near the limits"
)]

pub(crate) mod plot;
pub(crate) mod table;

use std::fs::{File, OpenOptions};
use std::hint::black_box;
use std::io::{self, Write as _};
use std::time::Duration;

use cpu_time::ProcessTime;
use serde::{Deserialize, Serialize};

/// A measurement, as a line of a file of measurements. A later line replaces an earlier one of the same name, shape and
/// size.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Row {
    /// The work that was done.
    pub(crate) what: String,
    pub(crate) shape: String,
    /// How many claims there were.
    pub(crate) size: usize,
    pub(crate) unit: String,
    /// The cost of the work, in the unit.
    pub(crate) ours: f64,
    /// The cost of the least that one would have to do anyway, in the same run.
    pub(crate) floor: f64,
    /// The least and the greatest ratio of a round.
    pub(crate) range: [f64; 2],
    /// The target that must not be exceeded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) must: Option<Must>,
}

/// The quantity that a target is set for.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Must {
    Ratio(f64),
    Ours(f64),
}

impl Row {
    pub(crate) fn ratio(&self) -> f64 {
        self.ours / self.floor
    }

    /// The target and whether it is met.
    pub(crate) fn verdict(&self) -> Option<(f64, bool)> {
        self.must.map(|must| match must {
            Must::Ratio(most) => (most, self.ratio() <= most),
            Must::Ours(most) => (most, self.ours <= most),
        })
    }

    fn is_for_the_same(&self, other: &Self) -> bool {
        (&self.what, &self.shape, self.size) == (&other.what, &other.shape, other.size)
    }
}

/// The times that the rounds took, in seconds of processor time.
pub(crate) struct Rounds {
    pub(crate) ours: Vec<f64>,
    pub(crate) floor: Vec<f64>,
}

impl Rounds {
    /// A row of nanoseconds for each of so many things.
    pub(crate) fn row(&self, what: &str, shape: &str, size: usize, things: usize) -> Row {
        let scale = 1e9 / things as f64;
        let ratios: Vec<f64> = self.ours.iter().zip(&self.floor).map(|(ours, floor)| ours / floor).collect();
        Row {
            what: what.to_owned(),
            shape: shape.to_owned(),
            size,
            unit: "ns".to_owned(),
            ours: median(&self.ours) * scale,
            floor: median(&self.floor) * scale,
            range: [ratios.iter().copied().fold(f64::INFINITY, f64::min), ratios.iter().copied().fold(0.0, f64::max)],
            must: None,
        }
    }
}

/// Lets two sides work in turn, the one that begins changing each time. In a round each of them works so often that
/// short work is not lost in the noise.
pub(crate) fn alternate(
    rounds: usize,
    times: usize,
    mut ours: impl FnMut() -> Duration,
    mut floor: impl FnMut() -> Duration,
) -> Rounds {
    let mut taken = Rounds { ours: Vec::new(), floor: Vec::new() };
    for round in 0..rounds {
        let (mut by_ours, mut by_floor) = (Duration::ZERO, Duration::ZERO);
        for time in 0..times {
            if (round + time) % 2 == 0 {
                by_ours += ours();
                by_floor += floor();
            } else {
                by_floor += floor();
                by_ours += ours();
            }
        }
        taken.ours.push(by_ours.as_secs_f64() / times as f64);
        taken.floor.push(by_floor.as_secs_f64() / times as f64);
    }
    taken
}

/// The processor time, user and system, that work on an input takes. What it gives is dropped after that.
pub(crate) fn timed<I, O>(input: I, work: impl FnOnce(I) -> O) -> Duration {
    let input = black_box(input);
    let start = ProcessTime::now();
    let output = black_box(work(input));
    let taken = start.elapsed();
    drop(output);
    taken
}

pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[middle] } else { f64::midpoint(sorted[middle - 1], sorted[middle]) }
}

/// Where rows go: to a reader as they come, and to a file.
pub(crate) struct Report {
    file: Option<File>,
    rows: Vec<Row>,
}

impl Report {
    /// Rows are added to the end of the file.
    pub(crate) fn new(path: Option<&str>) -> io::Result<Self> {
        let file = path.map(|path| OpenOptions::new().create(true).append(true).open(path)).transpose()?;
        println!("{}", table::heading());
        Ok(Self { file, rows: Vec::new() })
    }

    pub(crate) fn add(&mut self, row: Row) -> io::Result<()> {
        println!("{}", table::line(&row));
        if let Some(file) = &mut self.file {
            writeln!(file, "{}", serde_json::to_string(&row)?)?;
        }
        self.rows.push(row);
        Ok(())
    }

    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }
}

/// The rows of a file, the last of each name, shape and size.
pub(crate) fn read_rows(path: &str) -> io::Result<Vec<Row>> {
    let mut rows: Vec<Row> = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let row: Row = serde_json::from_str(line)?;
        match rows.iter_mut().find(|earlier| earlier.is_for_the_same(&row)) {
            Some(earlier) => *earlier = row,
            None => rows.push(row),
        }
    }
    Ok(rows)
}
