//! `testimony figures`: every figure in a text.

use std::io::{BufRead as _, IsTerminal as _};
use std::path::Path;

use serde::Serialize;
use testimony::{Bound, Fate, Figure, FigureReader, FoundFigure, Number, Policy, Role, Seen, WhyUnread};

use crate::args::Figures;
use crate::open::open;
use crate::output::{Failure, Output, REFUSED, warn};

#[derive(Serialize)]
struct Line<'a> {
    text: &'a str,
    figures: Vec<Found<'a>>,
    /// Numbers that were seen and are not read as a figure.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unread: Vec<Unread<'a>>,
}

#[derive(Serialize)]
struct Unread<'a> {
    span: [usize; 2],
    said: &'a str,
    why: WhyUnread,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<Role>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fate: Option<Fate>,
}

pub(crate) fn run(asked: &Figures, output: &mut Output) -> Result<u8, Failure> {
    let reader = FigureReader::new().with_language(asked.language.into());
    let policy = Policy::default();
    if !asked.text.is_empty() && asked.text != ["-"] {
        write_line(&asked.text.join(" "), reader, &policy, output)?;
        return Ok(0);
    }
    let failed = |error: std::io::Error| Failure::Unreadable(format!("standard input: {error}"));
    let mut input = open(Path::new("-"), &output.interrupt())?.lines;
    let is_typed = std::io::stdin().is_terminal();
    let mut line = Vec::new();
    let mut status = 0;
    for number in 1u64.. {
        line.clear();
        if input.read_until(b'\n', &mut line).map_err(failed)? == 0 {
            break;
        }
        let line = line.strip_suffix(b"\n").unwrap_or(&line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match std::str::from_utf8(line) {
            Ok(text) => write_line(text, reader, &policy, output)?,
            Err(error) => {
                status = REFUSED;
                warn(format_args!("standard input: line {number}: is not UTF-8 and was passed over: {error}"));
            }
        }
        if is_typed {
            // Whoever types line by line waits for the answer to each.
            output.flush()?;
        }
    }
    Ok(status)
}

fn write_line(text: &str, reader: FigureReader, policy: &Policy, output: &mut Output) -> Result<(), Failure> {
    let seen: Vec<_> = reader.seen_in(text).collect();
    let mut line = Line { text, figures: Vec::new(), unread: Vec::new() };
    for seen in &seen {
        match seen {
            Seen::Figure(found) => line.figures.push(described(found, policy)),
            Seen::Unread(unread) => {
                let span = [unread.span().start, unread.span().end];
                line.unread.push(Unread { span, said: unread.said(), why: unread.why() });
            }
            _ => {}
        }
    }
    output.json(&line)
}

fn described<'a>(found: &'a FoundFigure<'a>, policy: &Policy) -> Found<'a> {
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
        role: found.role(),
        fate: found.fate(),
    }
}
