//! Texts as a page shows them: nothing that misleads, no longer than a line has room for, and each name with a reading
//! order of its own.

use std::fmt;

use maud::{Markup, html};
use testimony::{Circle, ClaimRef, Figure, Ledger, Shown, Source, Stance, TopicRef, Value};
use unicode_width::UnicodeWidthChar as _;

/// How many characters of a name are shown.
pub(crate) const NAME: usize = 80;
/// How many characters of a text, an excerpt or a note are shown.
pub(crate) const TEXT: usize = 280;
/// How many characters a sentence about two claims may have.
const SENTENCE: usize = 700;

/// A text with everything escaped that could mislead, cut after so many characters, those of the escapes included.
pub(crate) fn short(text: &str, most: usize) -> String {
    let front = text.char_indices().nth(most + 1).map_or(text, |(cut, _)| &text[..cut]);
    let mut shown = Shown::new(front).to_string();
    if let Some((cut, _)) = shown.char_indices().nth(most) {
        shown.truncate(cut);
        shown.push('…');
    }
    shown
}

/// Whether [`short`] leaves something out.
pub(crate) fn is_cut(text: &str, most: usize) -> bool {
    text.len() > most && short(text, most).chars().count() > most
}

/// A source by its name, with its id where another source looks like it.
pub(crate) fn name(ledger: &Ledger, source: &Source) -> String {
    let named = ledger.name_of(source);
    if named.len() <= NAME { named } else { short(&named, NAME) }
}

/// A text in the reading order that it has by itself.
pub(crate) fn bdi(text: &str) -> Markup {
    html! { bdi { (text) } }
}

/// A text within a picture, isolated by characters, since SVG has no element for that.
pub(crate) fn isolated(text: &str) -> String {
    format!("\u{2068}{text}\u{2069}")
}

/// `1 claim`, `2,000 claims`.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// `12,345`, of whole numbers of any size.
pub(crate) fn grouped(n: impl fmt::Display) -> String {
    group(&n.to_string())
}

/// Digits with a comma between thousands.
pub(crate) fn group(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// How many columns a text takes, each about half as wide as it is high.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// A value in print, with the unit that its predicate lends it.
pub(crate) fn value(claim: &ClaimRef<'_>) -> Option<String> {
    Some(match claim.value()? {
        Value::Text(text) => format!("“{}”", short(text, TEXT)),
        Value::Figure(figure) => in_unit(figure, unit(claim)),
        Value::Period(period) => period.in_words(),
    })
}

fn in_unit(figure: &Figure, unit: Option<&str>) -> String {
    match unit {
        Some(unit) if figure.unit().is_none() => short(&figure.clone().with_unit(unit).to_string(), TEXT),
        _ => short(&figure.to_string(), TEXT),
    }
}

/// The unit of a figure: its own, or the one that its predicate lends it.
pub(crate) fn unit<'a>(claim: &ClaimRef<'a>) -> Option<&'a str> {
    let figure = claim.value().and_then(Value::as_figure)?;
    figure.unit().or(claim.topic_ref().predicate().unit())
}

/// The statement of a claim, with its stance where it does not simply affirm, and the scope that it counts.
pub(crate) fn statement(claim: &ClaimRef<'_>) -> String {
    let said = match claim.stance() {
        Stance::Denies => "denied",
        Stance::Suggests => "suggested",
        Stance::Declines => "declined to say",
        Stance::Disowns => "disowned",
        Stance::Affirms => "",
    };
    let value = value(claim).map(|value| match claim.scope() {
        Some(scope) => format!("{value} ({})", short(scope, NAME)),
        None => value,
    });
    match value {
        None => said.to_owned(),
        Some(value) if said.is_empty() => value,
        Some(value) => format!("{said}: {value}"),
    }
}

/// When a claim is about, or when it was stated; nothing where neither is known.
pub(crate) fn dating(claim: &ClaimRef<'_>) -> Option<String> {
    let as_of = claim.as_of().map(|period| period.in_words());
    as_of.or_else(|| claim.stated().map(|stated| format!("stated {}", stated.in_words())))
}

/// The name of a topic, cut to what a line has room for.
pub(crate) fn topic_name(topic: &TopicRef<'_>) -> String {
    let topic = topic.topic();
    format!("{} · {}", short(topic.subject(), NAME), short(topic.predicate(), NAME))
}

/// A sentence about claims, in which the names of their sources have a reading order of their own.
pub(crate) fn sentence(text: &str, claims: &[ClaimRef<'_>]) -> Markup {
    let Some(first) = claims.first() else { return html! { (text) } };
    let sources = claims.iter().flat_map(|claim| std::iter::once(claim.origin()).chain(claim.relays()));
    naming(text, first.ledger(), sources)
}

/// Why sources form a circle.
pub(crate) fn why(circle: &Circle<'_>) -> Markup {
    naming(&circle.because(), circle.topic_ref().ledger(), circle.sources().iter().copied())
}

/// A sentence that may name any of these sources.
fn naming<'s>(text: &str, ledger: &Ledger, sources: impl Iterator<Item = &'s Source>) -> Markup {
    /// How many names are told apart; a sentence has no room for more.
    const NAMED: usize = 16;
    // A claim may have passed through thousands, most of whom are read from left to right like the rest.
    let is_plain = |source: &Source| source.name().is_ascii() && source.id().as_str().is_ascii();
    let turned = sources.filter(|source| !is_plain(source)).take(NAMED);
    let mut names: Vec<String> = turned.map(|source| ledger.name_of(source)).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let text = if is_cut(text, SENTENCE) { short(text, SENTENCE) } else { text.to_owned() };
    let mut rest = text.as_str();
    let mut pieces = Vec::new();
    while let Some((at, name)) = names.iter().filter_map(|name| Some((rest.find(name.as_str())?, name))).min() {
        pieces.push((rest[..at].to_owned(), name.clone()));
        rest = &rest[at + name.len()..];
    }
    html! {
        @for (before, name) in &pieces { (before) bdi { (name) } }
        (rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters_and_says_so() {
        assert_eq!(short("한국어", 2), "한국…");
        assert_eq!(short("한국", 2), "한국");
        assert_eq!(short("a\u{202e}b", 20), "a\\u{202e}b");
    }

    #[test]
    fn digits_are_grouped_by_three() {
        for (n, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (12_345_678, "12,345,678")] {
            assert_eq!(grouped(n), text);
        }
    }

    #[test]
    fn a_wide_letter_takes_two_columns() {
        assert_eq!(columns("ab한"), 4);
    }
}
