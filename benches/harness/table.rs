//! Measurements for a reader: lines as they come, and the tables of the page on performance.

use super::{Must, Row};

/// The measurement that costs on hot topics are worked out from.
pub(crate) const HOT: &str = "record on a hot topic";
/// The same, of the claims that came last.
pub(crate) const LAST_TENTH: &str = "the last tenth of them";

/// The sizes between which growth is measured, and the one at which shapes are compared with `hot`.
const GROWTH: (usize, usize) = (10_000, 1_000_000);
const COMPARED: usize = 100_000;
const MOST_GROWTH: f64 = 0.6;
const MOST_COMPARED: f64 = 10.0;

pub(crate) fn heading() -> String {
    let [ours, floor, ratio, rounds, must] = ["ours", "floor", "ratio", "rounds", "must"];
    format!(
        "{:<24} {:<20} {:>8} {ours:>11}       {floor:>11} {ratio:>8} {rounds:>15}  {must}",
        "what", "shape", "claims"
    )
}

pub(crate) fn line(row: &Row) -> String {
    format!(
        "{:<24} {:<20} {:>8} {:>11} {:<5} {:>11} {:>8} {:>15}  {}",
        row.what,
        row.shape,
        row.size,
        number(row.ours),
        row.unit,
        number(row.floor),
        number(row.ratio()),
        range(row),
        verdict(row)
    )
}

/// How fast the cost of a claim grows on each hot shape, and how it compares with `hot`.
pub(crate) fn growth_lines(rows: &[Row]) -> Vec<String> {
    let (from, to) = GROWTH;
    let mut lines = Vec::new();
    for shape in hot_shapes(rows) {
        if let Some(exponent) = exponent(rows, shape) {
            let verdict = judged(exponent, MOST_GROWTH);
            lines.push(format!("{shape}: grows with the power {exponent:.2} from {from} to {to} claims; {verdict}"));
        }
        if let Some(ratio) = against_hot(rows, shape) {
            let verdict = judged(ratio, MOST_COMPARED);
            lines.push(format!("{shape}: {} times what hot costs at {COMPARED} claims; {verdict}", number(ratio)));
        }
    }
    lines
}

/// Both tables, in Markdown.
pub(crate) fn markdown(rows: &[Row]) -> String {
    let mut lines = vec![
        "## Beside the floors".to_owned(),
        String::new(),
        "| what | claims | ours | the floor | ratio | rounds | must |".to_owned(),
        "| --- | ---: | ---: | ---: | ---: | ---: | --- |".to_owned(),
    ];
    for row in rows.iter().filter(|row| row.what != HOT && row.what != LAST_TENTH) {
        lines.push(cells(&[
            format!("{}, `{}`", row.what, row.shape),
            power(row.size),
            format!("{} {}", number(row.ours), row.unit),
            format!("{} {}", number(row.floor), row.unit),
            number(row.ratio()),
            range(row),
            verdict(row),
        ]));
    }
    let mut sizes: Vec<usize> = rows.iter().filter(|row| row.what == HOT).map(|row| row.size).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let greatest = sizes.last().copied().unwrap_or_default();
    let mut heads = vec!["shape".to_owned()];
    heads.extend(sizes.iter().map(|size| power(*size)));
    heads.extend([format!("last tenth of {}", power(greatest)), "growth".to_owned(), "÷ `hot`".to_owned()]);
    lines.extend([
        String::new(),
        "## Hot topics".to_owned(),
        String::new(),
        cells(&heads),
        format!("| --- |{}", " ---: |".repeat(heads.len() - 1)),
    ]);
    for shape in hot_shapes(rows) {
        let ratio = |row: &Row| emphasised(number(row.ratio()), row.verdict().is_some_and(|(_, met)| !met));
        let mut line = vec![format!("`{shape}`")];
        line.extend(sizes.iter().map(|size| find(rows, HOT, shape, *size).map(ratio).unwrap_or_default()));
        line.push(find(rows, LAST_TENTH, shape, greatest).map(ratio).unwrap_or_default());
        let growth = exponent(rows, shape).map(|power| emphasised(format!("{power:.2}"), power > MOST_GROWTH));
        let compared = against_hot(rows, shape).map(|ratio| emphasised(number(ratio), ratio > MOST_COMPARED));
        line.extend([growth, compared].map(Option::unwrap_or_default));
        lines.push(cells(&line));
    }
    lines.join("\n") + "\n"
}

fn cells(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | "))
}

/// The hot shapes that were measured, in the order in which they were.
pub(super) fn hot_shapes(rows: &[Row]) -> Vec<&str> {
    let mut shapes: Vec<&str> = Vec::new();
    for row in rows.iter().filter(|row| row.what == HOT) {
        if !shapes.contains(&row.shape.as_str()) {
            shapes.push(&row.shape);
        }
    }
    shapes
}

fn find<'a>(rows: &'a [Row], what: &str, shape: &str, size: usize) -> Option<&'a Row> {
    rows.iter().find(|row| row.what == what && row.shape == shape && row.size == size)
}

/// The power of the number of claims with which the cost of one grows.
fn exponent(rows: &[Row], shape: &str) -> Option<f64> {
    let (from, to) = GROWTH;
    let cost = |size| find(rows, HOT, shape, size).map(|row| row.ours);
    Some((cost(to)? / cost(from)?).ln() / (to as f64 / from as f64).ln())
}

fn against_hot(rows: &[Row], shape: &str) -> Option<f64> {
    let cost = |shape| find(rows, HOT, shape, COMPARED).map(|row| row.ours);
    Some(cost(shape)? / cost("hot")?)
}

fn range(row: &Row) -> String {
    let [least, most] = row.range.map(number);
    if least == most { String::new() } else { format!("{least}–{most}") }
}

fn verdict(row: &Row) -> String {
    let Some((must, met)) = row.verdict() else {
        return String::new();
    };
    let unit = if matches!(row.must, Some(Must::Ours(_))) { format!(" {}", row.unit) } else { String::new() };
    format!("{must}{unit}: {}", if met { "met" } else { "missed" })
}

fn judged(value: f64, must: f64) -> String {
    format!("must {must}: {}", if value <= must { "met" } else { "missed" })
}

fn emphasised(text: String, emphasis: bool) -> String {
    if emphasis { format!("**{text}**") } else { text }
}

/// Three digits, or all of those before the point.
fn number(value: f64) -> String {
    match value.abs() {
        0.0..10.0 => format!("{value:.2}"),
        10.0..100.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}

/// A size as a power of ten, where it is one.
pub(super) fn power(size: usize) -> String {
    let exponent = size.max(1).ilog10();
    match exponent {
        3..=7 if size == 10_usize.pow(exponent) => format!("10{}", ["³", "⁴", "⁵", "⁶", "⁷"][exponent as usize - 3]),
        _ => size.to_string(),
    }
}
