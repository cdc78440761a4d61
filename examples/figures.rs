//! Every figure in a text: phrases or sentences on standard input, one a line; a line of JSON for each on standard
//! output.
//!
//! ```text
//! $ echo 'Over 4,000 of about 11,000 troops' | cargo run --example figures
//! $ echo '북한군 4,000명 이상' | cargo run --example figures -- --korean
//! ```

use std::io::{self, BufRead, BufWriter, Write as _};

use serde::Serialize;
use testimony::{Bound, Fate, Figure, FigureReader, FoundFigure, Language, Number, Policy, Role, Seen, WhyUnread};

#[derive(Serialize)]
struct Line<'a> {
    text: &'a str,
    figures: Vec<Found<'a>>,
    /// What was seen and is not read as a figure.
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

fn main() -> io::Result<()> {
    let policy = Policy::default();
    let mut reader = FigureReader::new();
    if std::env::args().nth(1).as_deref() == Some("--korean") {
        reader = reader.with_language(Language::Korean);
    }
    let mut input = io::stdin().lock();
    let mut output = BufWriter::new(io::stdout().lock());
    let mut line = Vec::new();
    for number in 1u64.. {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let line = line.strip_suffix(b"\n").unwrap_or(&line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match std::str::from_utf8(line) {
            Ok(text) => write_line(text, reader, &policy, &mut output)?,
            Err(error) => eprintln!("line {number} is not UTF-8 and was passed over: {error}"),
        }
    }
    output.flush()
}

fn write_line(text: &str, reader: FigureReader, policy: &Policy, output: &mut impl io::Write) -> io::Result<()> {
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
    serde_json::to_writer(&mut *output, &line)?;
    writeln!(output)
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
