//! A picture of a topic in letters, for a terminal: a line for each claim, with the values that it allows.

use std::fmt;

use testimony::{ClaimId, ClaimRef, Policy, TopicRef, Value};

use crate::picture::{DayAxis, Extent, Reach, Said, ValueAxis, day_number};
use crate::text::{columns, count, dating, short, unit};

/// The most claims that are drawn.
const LINES: usize = 40;
/// How many columns there are where the format says nothing.
const WIDTH: usize = 80;
/// How many columns the name of a line takes at most, and how many a scale at least.
const NAME: usize = 28;
const LEAST: usize = 24;

/// A topic as a picture in letters: a line for each claim, with the values that it allows along a scale.
///
/// [`Display`](fmt::Display) writes as many columns as the format's width says (`{:100}`), else 80. Nothing is written
/// where there are no two figures, or two periods, to see side by side.
///
/// A full dot is a number that was said, a hollow one what was only suggested, forecast or revised since. Shades are a width
/// that somebody chose (about, nearly, rounded), a line is what was said to be possible, and an arrow goes on without an
/// end. What is denied is struck.
///
/// ```
/// use testimony::testing::korea_herald;
/// use testimony_page::Sketch;
///
/// let ledger = korea_herald();
/// let casualties = ledger.topics().next().expect("the report has topics");
/// let sketch = format!("{:72}", Sketch::of(casualties));
/// let lines: Vec<&str> = sketch.lines().collect();
/// assert_eq!(lines[0], "  persons               2,500     3,000       3,500      4,000     4,500");
/// assert_eq!(lines[1], "  [0] January 2025           ░░░░░░░●░░░░░░░");
/// assert_eq!(lines[2], "  [1] 11–20 March 2025                                     ●───────────▶");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Sketch<'a, F = fn(ClaimId) -> u64> {
    topic: TopicRef<'a>,
    number: F,
}

impl<'a> Sketch<'a> {
    /// The sketch of a topic, with the numbers that claims have in the ledger.
    #[must_use]
    pub fn of(topic: TopicRef<'a>) -> Self {
        Self { topic, number: |claim: ClaimId| claim.number() }
    }

    /// The same with other numbers for the claims, such as those of the file that they were read from.
    pub fn numbered<F: Fn(ClaimId) -> u64>(self, number: F) -> Sketch<'a, F> {
        Sketch { topic: self.topic, number }
    }
}

/// A line before it is drawn.
struct Line<'a> {
    claim: ClaimRef<'a>,
    said: Said,
    name: String,
}

impl<F: Fn(ClaimId) -> u64> fmt::Display for Sketch<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let timeline = self.topic.timeline();
        let of = |is: fn(&Value) -> bool| -> Vec<Line<'_>> {
            let claims = timeline.iter().copied().filter(|claim| claim.value().is_some_and(is));
            claims.map(|claim| Line { claim, said: Said::of(&claim), name: self.name(&claim) }).collect()
        };
        let width = f.width().unwrap_or(WIDTH);
        let figures = of(|value| value.as_figure().is_some());
        let periods = of(|value| value.as_period().is_some());
        write_figures(f, &figures, width, self.topic.ledger().policy())?;
        write_periods(f, &periods, width)
    }
}

impl<F: Fn(ClaimId) -> u64> Sketch<'_, F> {
    /// `[3] January 2025`.
    fn name(&self, claim: &ClaimRef<'_>) -> String {
        let dating = dating(claim).map(|dating| format!(" {dating}")).unwrap_or_default();
        format!("[{}]{}", (self.number)(claim.id()), short(&dating, NAME))
    }
}

/// A row of letters, each of one column.
struct Row(Vec<char>);

impl Row {
    fn new(columns: usize) -> Self {
        Self(vec![' '; columns])
    }

    /// Fills the columns from one place to another, both included.
    fn fill(&mut self, from: f64, to: f64, c: char) {
        let (from, to) = (self.column(from), self.column(to));
        self.0[from..=to.max(from)].fill(c);
    }

    fn put(&mut self, at: f64, c: char) {
        let at = self.column(at);
        self.0[at] = c;
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place is a column, or is moved to one"
    )]
    fn column(&self, at: f64) -> usize {
        (at.round().max(0.0) as usize).min(self.0.len() - 1)
    }

    /// Writes a name about a place, unless something is in its way.
    fn name(&mut self, at: f64, name: &str) {
        let middle = self.column(at);
        let from =
            middle.saturating_sub(name.chars().count() / 2).min(self.0.len().saturating_sub(name.chars().count()));
        let to = from + name.chars().count();
        if to <= self.0.len() && self.0[from.saturating_sub(1)..(to + 1).min(self.0.len())].iter().all(|c| *c == ' ') {
            self.0.splice(from..to, name.chars());
        }
    }

    fn text(self) -> String {
        self.0.into_iter().collect::<String>().trim_end().to_owned()
    }
}

/// How many columns names take, and how many are left for the scale.
fn room(lines: &[Line<'_>], width: usize) -> (usize, usize) {
    let widest = lines.iter().map(|line| columns(&line.name)).max().unwrap_or(0);
    let names = widest.min(NAME).min(width.saturating_sub(LEAST + 6)).max(8);
    (names, width.saturating_sub(names + 4).max(LEAST))
}

fn write_row(f: &mut fmt::Formatter<'_>, name: &str, names: usize, row: Row) -> fmt::Result {
    let mut name = name.to_owned();
    while columns(&name) > names {
        name.pop();
    }
    let gap = names + 2 - columns(&name);
    let text = format!("  {name}{:gap$}{}", "", row.text());
    writeln!(f, "{}", text.trim_end())
}

fn write_figures(f: &mut fmt::Formatter<'_>, lines: &[Line<'_>], width: usize, policy: &Policy) -> fmt::Result {
    let folded = |line: &Line<'_>| unit(&line.claim).map(|unit| unit.trim().to_lowercase());
    let Some(first) = lines.first() else { return Ok(()) };
    let unit = unit(&first.claim);
    // Figures in other units have no place on this scale.
    let of_unit = folded(first);
    let extents: Vec<(&Line<'_>, Extent)> = lines
        .iter()
        .filter(|line| folded(line) == of_unit)
        .filter_map(|line| Some((line, Extent::of(line.claim.value()?.as_figure()?, policy)?)))
        .collect();
    if extents.len() < 2 {
        return Ok(());
    }
    let shown = &extents[..extents.len().min(LINES)];
    let (names, columns) = room(lines, width);
    let open = (shown.iter().any(|(_, e)| e.low.is_none()), shown.iter().any(|(_, e)| e.high.is_none()));
    #[expect(clippy::cast_precision_loss, reason = "a terminal has few columns")]
    let (last, ticks) = ((columns - 1) as f64, (columns / 12).clamp(2, 6) as f64);
    let numbers = shown.iter().flat_map(|(_, extent)| extent.numbers());
    let axis = ValueAxis::new(numbers, open, ticks, unit == Some("ratio")).between(0.0, last);
    let mut scale = Row::new(columns);
    for (value, name) in axis.ticks() {
        scale.name(axis.at(value), &name);
    }
    let unit = unit.filter(|unit| *unit != "ratio").map(|unit| short(unit, NAME)).unwrap_or_default();
    write_row(f, &unit, names, scale)?;
    for (line, extent) in shown {
        write_row(f, &line.name, names, drawn(extent, line.said, &axis, columns))?;
    }
    write_more(f, extents.len() - shown.len())
}

/// The values that a figure allows, along a scale.
fn drawn(extent: &Extent, said: Said, axis: &ValueAxis, columns: usize) -> Row {
    #[expect(clippy::cast_precision_loss, reason = "a terminal has few columns")]
    let edge = (columns - 1) as f64;
    let mut row = Row::new(columns);
    let (low, high) = (extent.low.map_or(0.0, |low| axis.at(low)), extent.high.map_or(edge, |high| axis.at(high)));
    if said == Said::Denied {
        row.fill(low, high, '╱');
    } else {
        match extent.reach {
            Reach::Point => {}
            Reach::Range | Reach::Up | Reach::Down => row.fill(low, high, '─'),
            Reach::Rounded | Reach::About | Reach::Below | Reach::Above => row.fill(low, high, '░'),
        }
        if extent.high.is_none() {
            row.put(edge, '▶');
        }
        if extent.low.is_none() {
            row.put(0.0, '◀');
        }
    }
    let dot = match said {
        Said::Held => '●',
        Said::Denied => '╳',
        _ => '○',
    };
    for point in &extent.points {
        row.put(axis.at(*point), dot);
    }
    row
}

fn write_periods(f: &mut fmt::Formatter<'_>, lines: &[Line<'_>], width: usize) -> fmt::Result {
    if lines.len() < 2 {
        return Ok(());
    }
    let days = |line: &Line<'_>| {
        let period = line.claim.value().and_then(Value::as_period);
        let ends = period.map(|period| (period.first_day(), period.last_day()));
        ends.map_or((None, None), |(first, last)| (first.map(day_number), last.map(day_number)))
    };
    let shown = &lines[..lines.len().min(LINES)];
    let (names, columns) = room(lines, width);
    let ends: Vec<f64> = shown.iter().map(days).flat_map(|(first, last)| first.into_iter().chain(last)).collect();
    let first = ends.iter().copied().fold(f64::INFINITY, f64::min);
    let last = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if !first.is_finite() {
        return Ok(());
    }
    #[expect(clippy::cast_precision_loss, reason = "a terminal has few columns")]
    let edge = (columns - 1) as f64;
    let axis = DayAxis::new(first, last, 0.0, edge);
    let mut scale = Row::new(columns);
    for tick in axis.ticks(14.0) {
        let year = tick.year.map(|year| format!(" {year}")).unwrap_or_default();
        scale.name(axis.x(tick.day), &format!("{}{year}", tick.name));
    }
    write_row(f, "", names, scale)?;
    for line in shown {
        let (from, to) = days(line);
        let mut row = Row::new(columns);
        let bar = match line.said {
            Said::Held => '█',
            Said::Denied => '╱',
            _ => '░',
        };
        row.fill(from.map_or(0.0, |day| axis.x(day)), to.map_or(edge, |day| axis.x(day)), bar);
        if from.is_none() {
            row.put(0.0, '◀');
        }
        if to.is_none() {
            row.put(edge, '▶');
        }
        write_row(f, &line.name, names, row)?;
    }
    write_more(f, lines.len() - shown.len())
}

fn write_more(f: &mut fmt::Formatter<'_>, more: usize) -> fmt::Result {
    if more == 0 { Ok(()) } else { writeln!(f, "  and {}", count(more, "more claim", "more claims")) }
}
