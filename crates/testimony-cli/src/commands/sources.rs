//! `testimony sources`: for each source what it said, and what became of it.

use std::fmt::Write as _;

use testimony::Scorecard;
use unicode_width::UnicodeWidthStr as _;

use crate::args::Sources;
use crate::input;
use crate::output::{Failure, Output, grouped};

/// The heads of the columns, in two lines so that ten of them fit a terminal of 80 columns.
const HEADS: [[&str; 2]; 10] = [
    ["", "claims"],
    ["", "topics"],
    ["", "alone"],
    ["", "first"],
    ["by", "days"],
    ["borne", "out"],
    ["dis-", "puted"],
    ["re-", "vised"],
    ["taken", "back"],
    ["passed", "on"],
];

pub(crate) fn run(asked: &Sources, output: &mut Output) -> Result<u8, Failure> {
    let read = input::ledger(&asked.ledgers, &output.interrupt())?;
    let cards = read.ledger.scorecards();
    if asked.json {
        cards.iter().try_for_each(|card| output.json(card))?;
        return Ok(read.status());
    }
    let rows: Vec<_> = cards.iter().map(|card| (read.ledger.name_of(card.source()), cells(card))).collect();
    if rows.is_empty() {
        output.write("No sources.\n")?;
        return Ok(read.status());
    }
    let widths: [usize; 10] = std::array::from_fn(|i| {
        let cells = rows.iter().map(|(_, cells)| cells[i].width());
        cells.chain(HEADS[i].map(str::len)).max().unwrap_or_default()
    });
    let numbers: usize = widths.iter().map(|width| 1 + width).sum();
    let longest = rows.iter().map(|(name, _)| name.width()).max().unwrap_or_default();
    let name_width = longest.min(output.columns().saturating_sub(numbers)).max("source".len());
    for (i, name) in ["", "source"].into_iter().enumerate() {
        output.heading(row(name, name_width, &HEADS.map(|head| head[i].to_owned()), &widths))?;
    }
    for (name, cells) in &rows {
        let mut name = name.as_str();
        if name.width() > name_width {
            // A name that has no room beside the numbers has a line of its own, because a cut one may be another's.
            output.write(format_args!("{name}\n"))?;
            name = "";
        }
        output.write(format_args!("{}\n", row(name, name_width, cells, &widths)))?;
    }
    Ok(read.status())
}

fn cells(card: &Scorecard<'_>) -> [String; 10] {
    let number = |n: usize| grouped(n as u64);
    [
        number(card.claims()),
        number(card.topics()),
        number(card.sole_topics()),
        number(card.first_topics()),
        card.lead().map_or_else(|| "–".to_owned(), |lead| grouped(lead.median_days())),
        number(card.corroborated()),
        number(card.disputed()),
        number(card.revised()),
        number(card.retracted()),
        number(card.passed_on()),
    ]
}

/// A name and ten numbers under each other.
fn row(name: &str, name_width: usize, cells: &[String; 10], widths: &[usize; 10]) -> String {
    let padding = name_width.saturating_sub(name.width());
    let mut row = format!("{name}{:padding$}", "");
    for (cell, width) in cells.iter().zip(widths) {
        let _ = write!(row, " {cell:>width$}");
    }
    row.truncate(row.trim_end().len());
    row
}
