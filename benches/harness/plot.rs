//! How cost grows with the size of a topic, drawn as an SVG: both axes logarithmic, a line a shape.
#![allow(clippy::too_many_lines, reason = "a drawing is better in one piece")]

use std::fmt::Write as _;

use super::table::{HOT, hot_shapes, power};
use super::{Row, median};

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 480.0;
/// Where the axes are: left, right, top and bottom.
const FRAME: [f64; 4] = [70.0, 590.0, 20.0, 430.0];
/// Neither black nor white, to be read on both.
const INK: &str = "#7d7d7d";
const COLOURS: [&str; 7] = ["#3b82d0", "#d9822b", "#2f9e62", "#c2528b", "#8b6fd1", "#b0892f", "#3a9aa8"];
const DASHES: [&str; 3] = ["none", "7 3", "2 3"];
const LINE_HEIGHT: f64 = 15.0;

/// A named line through points of size and cost.
struct Line<'a> {
    name: &'a str,
    points: Vec<(f64, f64)>,
}

/// An axis of powers of ten.
struct Axis {
    least: i32,
    most: i32,
    start: f64,
    end: f64,
}

impl Axis {
    /// Over every power of ten that the values lie between.
    fn over(values: impl Iterator<Item = f64> + Clone, start: f64, end: f64) -> Self {
        let least = values.clone().fold(f64::INFINITY, f64::min).log10().floor();
        let most = values.fold(0.0, f64::max).log10().ceil();
        Self { least: least as i32, most: (most as i32).max(least as i32 + 1), start, end }
    }

    fn at(&self, value: f64) -> f64 {
        let share = (value.log10() - f64::from(self.least)) / f64::from(self.most - self.least);
        self.start + share * (self.end - self.start)
    }

    fn powers(&self) -> impl Iterator<Item = f64> {
        (self.least..=self.most).map(|exponent| 10_f64.powi(exponent))
    }
}

/// The plot of the hot shapes under their own measures, with the insertion beside them.
pub(crate) fn svg(rows: &[Row]) -> String {
    let hot: Vec<&Row> = rows.iter().filter(|row| row.what == HOT && !row.shape.contains('/')).collect();
    let mut lines = vec![Line { name: "an insertion", points: floor(&hot) }];
    for name in hot_shapes(rows).into_iter().filter(|name| !name.contains('/')) {
        let mut points: Vec<_> =
            hot.iter().filter(|row| row.shape == name).map(|row| (row.size as f64, row.ours / 1000.0)).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        lines.push(Line { name, points });
    }
    let [left, right, top, bottom] = FRAME;
    let points = || lines.iter().flat_map(|line| &line.points);
    let across = Axis::over(points().map(|point| point.0), left, right);
    let up = Axis::over(points().map(|point| point.1), bottom, top);

    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"100%\" role=\"img\" \
         aria-label=\"Cost of recording one claim, by the number of claims\" font-family=\"sans-serif\" \
         font-size=\"13\" fill=\"{INK}\">\n"
    );
    for size in across.powers() {
        let x = across.at(size);
        grid(&mut svg, [x, top, x, bottom]);
        text(&mut svg, x, bottom + 20.0, "middle", &power(size as usize));
    }
    for cost in up.powers() {
        let y = up.at(cost);
        grid(&mut svg, [left, y, right, y]);
        text(&mut svg, left - 8.0, y + 4.0, "end", &format!("{cost} µs"));
    }
    text(&mut svg, f64::midpoint(left, right), bottom + 42.0, "middle", "claims (both scales logarithmic)");
    let middle = f64::midpoint(top, bottom);
    let turned = "text-anchor=\"middle\" transform=\"rotate(-90)\"";
    let _ = writeln!(svg, "<text x=\"{:.0}\" y=\"14\" {turned}>processor time of recording one claim</text>", -middle);

    let mut labels = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let (colour, dashes, width) = match i.checked_sub(1) {
            None => (INK, "none", 3),
            Some(i) => (COLOURS[i % COLOURS.len()], DASHES[i / COLOURS.len() % DASHES.len()], 2),
        };
        let path: Vec<String> =
            line.points.iter().map(|(size, cost)| format!("{:.1},{:.1}", across.at(*size), up.at(*cost))).collect();
        let stroke = format!("stroke=\"{colour}\" stroke-width=\"{width}\" stroke-dasharray=\"{dashes}\"");
        let _ = writeln!(svg, "<polyline fill=\"none\" {stroke} points=\"{}\"/>", path.join(" "));
        if let Some((size, cost)) = line.points.last() {
            labels.push((up.at(*cost), across.at(*size), line.name, colour, stroke));
        }
    }
    // Each name stands beside the end of its line, moved up where it would cover the one below, and down again from
    // the top of the plot.
    labels.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut free = bottom;
    let mut places: Vec<f64> = Vec::new();
    for (end, ..) in &labels {
        places.push(end.min(free));
        free = end.min(free) - LINE_HEIGHT;
    }
    free = top;
    for place in places.iter_mut().rev() {
        *place = place.max(free);
        free = *place + LINE_HEIGHT;
    }
    let from = right + 14.0;
    for ((end, x, name, colour, stroke), y) in labels.into_iter().zip(places) {
        let lead = format!("opacity=\"0.5\" d=\"M{x:.1} {end:.1}L{from} {y:.1}\"");
        let _ = writeln!(svg, "<path fill=\"none\" stroke=\"{colour}\" {lead}/>");
        let _ = writeln!(svg, "<path fill=\"none\" {stroke} d=\"M{from} {y:.1}h24\"/>");
        text(&mut svg, from + 30.0, y + 4.0, "start", name);
    }
    svg + "</svg>\n"
}

/// The median cost of the insertion at each size.
fn floor(rows: &[&Row]) -> Vec<(f64, f64)> {
    let mut sizes: Vec<usize> = rows.iter().map(|row| row.size).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let cost = |size| {
        let costs: Vec<f64> = rows.iter().filter(|row| row.size == size).map(|row| row.floor / 1000.0).collect();
        (size as f64, median(&costs))
    };
    sizes.into_iter().map(cost).collect()
}

fn grid(svg: &mut String, [x1, y1, x2, y2]: [f64; 4]) {
    let _ = writeln!(svg, "<path stroke=\"{INK}\" opacity=\"0.35\" d=\"M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}\"/>");
}

fn text(svg: &mut String, x: f64, y: f64, anchor: &str, text: &str) {
    let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{text}</text>");
}
