//! Laying text out for a reader: lines of at most 80 columns, or as many as the format's width says (`{:100}`),
//! whatever the script.

use std::fmt;

use textwrap::Options;
use textwrap::core::display_width;
use unicode_width::UnicodeWidthStr as _;

use crate::claim::{Stance, Value};
use crate::figure::is_ratio;
use crate::ledger::{ClaimRef, TopicRef};
use crate::number::{Bound, Interval, Number};
use crate::shown::{Quoted, Shown};

/// How wide a report is, in columns, unless the format says otherwise.
const WIDTH: usize = 80;
/// The most characters of a text that a report quotes.
const QUOTED: usize = 200;

/// How many columns the format gives a report.
fn width(f: &fmt::Formatter<'_>) -> usize {
    f.width().unwrap_or(WIDTH)
}

/// Writes a paragraph, its first line indented by `first` columns and the others by `rest`.
pub(crate) fn paragraph(f: &mut fmt::Formatter<'_>, text: &str, first: usize, rest: usize) -> fmt::Result {
    // Most fit on one line. To lay out several takes ten times as long.
    let is_plain = !text.is_empty() && text.trim_ascii_end().len() == text.len() && !text.contains('\n');
    if is_plain && first + display_width(text) <= width(f) {
        return writeln!(f, "{:first$}{text}", "");
    }
    let (first, rest) = (" ".repeat(first), " ".repeat(rest));
    let options = Options::new(width(f)).initial_indent(&first).subsequent_indent(&rest);
    writeln!(f, "{}", textwrap::fill(text, options))
}

/// Writes a line with `right` at its end; on a line of its own where there is no room.
pub(crate) fn two_sided(f: &mut fmt::Formatter<'_>, left: &str, right: &str, first: usize, rest: usize) -> fmt::Result {
    let taken = first + left.width() + right.width();
    let width = width(f);
    if right.is_empty() || taken + 2 > width {
        paragraph(f, left, first, rest)?;
        return if right.is_empty() { Ok(()) } else { paragraph(f, right, rest, rest) };
    }
    writeln!(f, "{:first$}{left}{:gap$}{right}", "", "", gap = width - taken)
}

/// The value of a claim in few words, a figure with the unit that its predicate lends it; `None` if it has no value.
pub(crate) fn brief(claim: &ClaimRef<'_>) -> Option<String> {
    Some(match claim.value()? {
        Value::Text(text) => match text.char_indices().nth(QUOTED) {
            Some((cut, _)) => format!("“{}…”", Shown(&text[..cut])),
            None => Quoted(text).to_string(),
        },
        Value::Figure(figure) => match claim.unit() {
            Some(unit) if figure.unit().is_none() => figure.clone().with_unit(unit).to_string(),
            _ => figure.to_string(),
        },
        Value::Period(period) => period.in_words(),
    })
}

/// The statement of a claim, without who made it: `more than 4,000 persons`, `denied: “decisive”`.
pub(crate) fn statement(claim: &ClaimRef<'_>) -> String {
    let said = match claim.stance() {
        Stance::Affirms => "",
        Stance::Denies => "denied",
        Stance::Suggests => "suggested",
        Stance::Declines => "declined to say",
        Stance::Disowns => "disowned",
    };
    let value = brief(claim).map(|value| match claim.scope() {
        Some(scope) => format!("{value} ({})", Shown(scope)),
        None => value,
    });
    match value {
        None => said.to_owned(),
        Some(value) if said.is_empty() => value,
        Some(value) => format!("{said}: {value}"),
    }
}

/// The origin and the relays of a claim: `NIS, through Rep. Lee, then The Korea Herald`.
pub(crate) fn attribution(claim: &ClaimRef<'_>) -> String {
    let ledger = claim.ledger();
    let mut line = ledger.name_of(claim.origin());
    if claim.origin().is_anonymous() {
        line.push_str(" (anonymous)");
    }
    for (i, relay) in claim.relays().enumerate() {
        line.push_str(if i == 0 { ", through " } else { ", then " });
        line.push_str(&ledger.name_of(relay));
    }
    line
}

/// The date of a claim in words: `as of January 2025`, `stated 27 March 2025`.
pub(crate) fn dating(claim: &ClaimRef<'_>) -> String {
    let as_of = claim.as_of().map(|period| format!("as of {}", period.in_words()));
    let stated = claim.stated().map(|moment| format!("stated {}", moment.in_words()));
    match (as_of, stated) {
        (Some(as_of), Some(stated)) => format!("{as_of}, {stated}"),
        (as_of, stated) => as_of.or(stated).unwrap_or_default(),
    }
}

/// Says which units met on a topic and were not compared; `None` if all could be.
pub(crate) fn unmatched_units(topic: &TopicRef<'_>) -> Option<String> {
    let units: Vec<String> = topic
        .unmatched_units()
        .iter()
        .map(|unit| unit.map_or_else(|| "without a unit".to_owned(), |unit| format!("in {}", Quoted(unit))))
        .collect();
    let (last, others) = units.split_last()?;
    Some(format!("Not compared: figures {} and {last}.", others.join(", ")))
}

/// A set of numbers in plain words: `36 to 40 persons`, `more than 30%`.
pub(crate) fn figure_set(values: &Interval, unit: Option<&str>) -> String {
    let ratio = unit.is_some_and(is_ratio);
    let number = |end: Bound| format!("{}{}", end.value().grouped(ratio), if ratio { "%" } else { "" });
    let above = |end: Bound| format!("{} {}", if end.is_open() { "more than" } else { "at least" }, number(end));
    let below = |end: Bound| format!("{} {}", if end.is_open() { "less than" } else { "at most" }, number(end));
    let set = match (values.low(), values.high()) {
        (Some(low), Some(high)) if low.value() == high.value() => number(low),
        (Some(low), Some(high)) if !low.is_open() && !high.is_open() => format!("{} to {}", number(low), number(high)),
        (Some(low), Some(high)) => format!("{} and {}", above(low), below(high)),
        (Some(low), None) => above(low),
        (None, Some(high)) => below(high),
        (None, None) => "any number".to_owned(),
    };
    match unit {
        Some(unit) if !ratio => format!("{set} {}", Shown(unit)),
        _ => set,
    }
}

/// The set with its ends at four decimal places at most, moved outward where they have more.
pub(crate) fn outward(values: &Interval) -> Interval {
    const PLACES: u32 = 4;
    let moved = |end: Bound, to: Number| if to == end.value() { end } else { Bound::open(to) };
    let low = values.low().map(|end| moved(end, end.value().rounded_down(PLACES)));
    let high = values.high().map(|end| moved(end, -(-end.value()).rounded_down(PLACES)));
    Interval::new(low, high).unwrap_or(*values)
}

/// The text with its first letter as at the start of a sentence.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A word for so many things: `1 claim`, `3,000 claims`.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", Number::from(n).grouped(false), if n == 1 { one } else { many })
}

/// How many voices there are, in words: `2 independent origins and 1 anonymous`.
pub(crate) fn voice_count(known: usize, anonymous: usize) -> String {
    match (known, anonymous) {
        (known, 0) => count(known, "independent origin", "independent origins"),
        (0, anonymous) => count(anonymous, "anonymous origin", "anonymous origins"),
        (known, anonymous) => {
            format!("{} and {anonymous} anonymous", count(known, "independent origin", "independent origins"))
        }
    }
}

/// Items as a list in a sentence, of which a reader gets ten at most: `a, b and 7 more sources`.
pub(crate) fn list_of_many(items: impl ExactSizeIterator<Item = String>, one: &str, many: &str) -> String {
    const LISTED: usize = 10;
    let more = items.len().saturating_sub(LISTED);
    let more_in_words = (more > 0).then(|| count(more, one, many));
    list(items.take(LISTED).chain(more_in_words))
}

/// Items as a list in a sentence: `a, b and c`.
pub(crate) fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    match items.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}
