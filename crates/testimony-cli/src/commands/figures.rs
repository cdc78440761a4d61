//! `testimony figures`.

use std::io::BufRead as _;
use std::path::Path;

use serde::Serialize;
use testimony::{Bound, Figure, Number, Policy, figures_in};

use crate::args::Figures;
use crate::input;
use crate::output::{Failure, Output};

#[derive(Serialize)]
struct Line<'a> {
    text: &'a str,
    figures: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Found<'a> {
    span: [usize; 2],
    said: &'a str,
    figure: &'a Figure,
    low: Option<Number>,
    low_open: bool,
    high: Option<Number>,
    high_open: bool,
    unit: Option<&'a str>,
}

pub(crate) fn run(asked: &Figures, output: &mut Output) -> Result<u8, Failure> {
    let policy = Policy::default();
    if !asked.text.is_empty() {
        write_line(&asked.text.join(" "), &policy, output)?;
        return Ok(0);
    }
    let failed = |error: std::io::Error| Failure::Unreadable(format!("standard input: {error}"));
    let mut input = input::open(Path::new("-"), &output.interrupt())?;
    let mut line = Vec::new();
    for number in 1u64.. {
        line.clear();
        if input.read_until(b'\n', &mut line).map_err(failed)? == 0 {
            break;
        }
        let line = line.strip_suffix(b"\n").unwrap_or(&line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match std::str::from_utf8(line) {
            Ok(text) => write_line(text, &policy, output)?,
            Err(error) => eprintln!("line {number} is not UTF-8 and was passed over: {error}"),
        }
    }
    Ok(0)
}

fn write_line(text: &str, policy: &Policy, output: &mut Output) -> Result<(), Failure> {
    let found: Vec<_> = figures_in(text).collect();
    let figures = found.iter().map(|found| {
        let figure = found.figure();
        // A figure that allows nothing ("fewer than 0") is shown as it was said, without ends.
        let values = figure.values(policy).ok();
        let low = values.and_then(|values| values.low());
        let high = values.and_then(|values| values.high());
        Found {
            span: [found.span().start, found.span().end],
            said: found.said(),
            figure,
            low: low.map(Bound::value),
            low_open: low.is_some_and(Bound::is_open),
            high: high.map(Bound::value),
            high_open: high.is_some_and(Bound::is_open),
            unit: figure.unit(),
        }
    });
    output.json(&Line { text, figures: figures.collect() })
}
