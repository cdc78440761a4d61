//! Names that look like one.

use std::fmt;

use indexmap::IndexMap;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::claim::Value;
use crate::ledger::{Ledger, TopicRef};
use crate::names::singular;
use crate::report::paragraph;
use crate::shown::Quoted;
use crate::text;

/// The topics and units of a ledger that look like one and are not: they differ in case, punctuation, an accent, or in
/// singular and plural only. [`Ledger::look_alikes`] finds them.
///
/// # Order
///
/// Groups, and what is in them, by the first claim of each.
///
/// ```
/// use testimony::{Claim, Figure, Ledger, Source, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// let city = ledger.add_source(Source::new("city", "City council")?)?;
/// for (subject, unit) in [("Café Flore, Paris", "T-72s"), ("Cafe Flore (Paris)", "T72")] {
///     ledger.record(Claim::new(Topic::new(subject, "lost"), Figure::exactly(2).with_unit(unit), &city))?;
/// }
/// let found = ledger.look_alikes();
/// assert_eq!(found.topics().count(), 1);
/// assert_eq!(
///     found.to_string(),
///     "\
/// Topics that look like one: “Café Flore, Paris · lost” and “Cafe Flore (Paris) ·
///   lost”.
/// Units that look like one: “T-72s” and “T72”.
/// "
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct LookAlikes<'a> {
    topics: Vec<Vec<TopicRef<'a>>>,
    units: Vec<Vec<&'a str>>,
}

impl<'a> LookAlikes<'a> {
    /// The groups of topics, each of two or more.
    #[must_use]
    pub fn topics(&self) -> impl ExactSizeIterator<Item = &[TopicRef<'a>]> {
        self.topics.iter().map(Vec::as_slice)
    }

    /// The groups of units, each of two or more, in the words of the first claim that has each.
    #[must_use]
    pub fn units(&self) -> impl ExactSizeIterator<Item = &[&'a str]> {
        self.units.iter().map(Vec::as_slice)
    }

    /// Whether nothing looks like something else.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.topics.is_empty() && self.units.is_empty()
    }
}

impl fmt::Display for LookAlikes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut group = |what: &str, names: Vec<String>| {
            let (last, others) = names.split_last().map_or(("", &[][..]), |(last, others)| (last.as_str(), others));
            paragraph(f, &format!("{what} that look like one: {} and {last}.", others.join(", ")), 0, 2)
        };
        for topics in &self.topics {
            group("Topics", topics.iter().map(|topic| Quoted(&topic.topic().to_string()).to_string()).collect())?;
        }
        for units in &self.units {
            group("Units", units.iter().map(|unit| Quoted(unit).to_string()).collect())?;
        }
        Ok(())
    }
}

impl Ledger {
    /// The topics and units that look like one and are not: most likely somebody wrote one name in two ways. Another
    /// name ([`add_subject`](Self::add_subject), [`add_unit`](Self::add_unit)) or an amendment makes them one.
    ///
    /// One pass over the topics and the claims finds them all.
    #[must_use]
    pub fn look_alikes(&self) -> LookAlikes<'_> {
        let mut topics: IndexMap<(String, String), Vec<TopicRef<'_>>> = IndexMap::new();
        for topic in self.topics() {
            let looks = (looks_of(topic.topic().subject()), looks_of(topic.topic().predicate()));
            topics.entry(looks).or_default().push(topic);
        }
        // The units in use, by how they look, and then by how they are compared.
        let mut units: IndexMap<String, IndexMap<u32, &str>> = IndexMap::new();
        let mut met = std::collections::HashSet::new();
        for claim in self.claims().filter(|claim| matches!(claim.value(), Some(Value::Figure(_)))) {
            if let (Some(number), Some(unit)) = (claim.unit_number(), claim.unit())
                && met.insert(number)
            {
                units.entry(looks_of(unit)).or_default().insert(number, unit);
            }
        }
        LookAlikes {
            topics: topics.into_values().filter(|topics| topics.len() > 1).collect(),
            units: units
                .into_values()
                .filter(|units| units.len() > 1)
                .map(|units| units.into_values().collect())
                .collect(),
        }
    }
}

/// A name without case, accents, punctuation and the plural; the whole name, where nothing else is left.
fn looks_of(name: &str) -> String {
    let plain: String = text::normal(name).nfd().filter(|c| !is_combining_mark(*c)).collect();
    let words = plain.split_whitespace().map(|word| {
        let letters: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        singular(letters.into()).into_owned()
    });
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    if words.is_empty() { plain } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::looks_of;

    #[test]
    fn names_look_alike_without_case_accents_punctuation_and_plural() {
        for (one, other) in [
            ("Kyiv", "KYIV"),
            ("São Tomé", "sao tome"),
            ("U.S. troops", "US troop"),
            ("T-72", "t72s"),
            ("market bombing (3 May)", "Market Bombing, 3 May"),
            ("homes - destroyed", "Homes destroyed"),
        ] {
            assert_eq!(looks_of(one), looks_of(other), "{one}, {other}");
        }
        for (one, other) in [("Kyiv", "Kiev"), ("3 May", "4 May"), ("?", "!"), ("Київ", "Київ область"), ("C", "C3")]
        {
            assert_ne!(looks_of(one), looks_of(other), "{one}, {other}");
        }
    }
}
