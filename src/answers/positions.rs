//! Where the voices on a topic stand: the values that most of them allow at once, and so on for the rest.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use indexmap::IndexMap;

use super::numbered::{Answer, Numbered, Numbering};
use super::word::{Word, affirms, is_forecast};
use crate::claim::{Stance, Value};
use crate::entry::ClaimId;
use crate::ledger::{ClaimRef, TopicRef, statements};
use crate::period::Period;
use crate::report::{dating, figure_set, paragraph, statement, two_sided, voice_count};
use crate::rules::comparable::ComparedValue;
use crate::rules::position::{self, Cluster, Held, Stand};
use crate::rules::voices::{Voice, Voices};
use crate::shown::{Quoted, Shown};
use crate::topic::Topic;

/// Values that several claims allow at once, with those claims.
#[derive(Clone, Debug)]
pub struct Position<'a> {
    pub(crate) stand: Stand<'a>,
    pub(crate) claims: Vec<ClaimRef<'a>>,
    pub(crate) known: usize,
    pub(crate) anonymous: usize,
}

impl<'a> Position<'a> {
    /// The values that it holds to be true.
    #[must_use]
    pub fn stand(&self) -> &Stand<'a> {
        &self.stand
    }

    /// The scope of its claims, which says what exactly they count, in the words of the first; `None` without one.
    #[must_use]
    pub fn scope(&self) -> Option<&'a str> {
        self.claims.first().and_then(ClaimRef::scope)
    }

    /// The claims that allow it, in the order in which they were recorded.
    #[must_use]
    pub fn claims(&self) -> &[ClaimRef<'a>] {
        &self.claims
    }

    /// How many independent voices with a name are behind it.
    #[must_use]
    pub fn known(&self) -> usize {
        self.known
    }

    /// How many more are behind it that are anonymous.
    #[must_use]
    pub fn anonymous(&self) -> usize {
        self.anonymous
    }
}

/// Values that somebody denies, or calls unlikely.
#[derive(Clone, Debug)]
pub struct Exclusion<'a> {
    pub(crate) stand: Stand<'a>,
    pub(crate) claims: Vec<ClaimRef<'a>>,
}

impl<'a> Exclusion<'a> {
    /// The scope of its claims, which says what exactly they count, in the words of the first; `None` without one.
    #[must_use]
    pub fn scope(&self) -> Option<&'a str> {
        self.claims.first().and_then(ClaimRef::scope)
    }

    /// The values that are denied.
    #[must_use]
    pub fn stand(&self) -> &Stand<'a> {
        &self.stand
    }

    /// The claims that deny it, in the order in which they were recorded.
    #[must_use]
    pub fn claims(&self) -> &[ClaimRef<'a>] {
        &self.claims
    }
}

/// Where the voices on a topic stand. It lays the positions out, and declares no winner.
///
/// # Order
///
/// Positions with more known voices come first, then with more anonymous ones, then of the lower value, then of the
/// claim recorded first.
///
/// ```
/// use testimony::{Claim, Figure, Ledger, Source, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// let deaths = Topic::new("market bombing", "deaths");
/// for (id, figure) in [("a", Figure::between(30, 40)?), ("b", Figure::more_than(35)), ("c", Figure::exactly(12))] {
///     let source = ledger.add_source(Source::new(id, id.to_uppercase())?)?;
///     ledger.record(Claim::new(deaths.clone(), figure, &source))?;
/// }
/// let positions = ledger.topic(&deaths).expect("it was just used").positions();
/// let lines: Vec<String> = positions.to_string().lines().map(str::to_owned).collect();
/// assert_eq!(lines[0], "  36 to 40                                                 2 independent origins");
/// assert_eq!(lines[1], "      A, B: [0] [1]");
/// assert_eq!(lines[2], "  12                                                        1 independent origin");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Positions<'a> {
    pub(crate) topic: TopicRef<'a>,
    pub(crate) held: Vec<Position<'a>>,
    pub(crate) exclusions: Vec<Exclusion<'a>>,
    pub(crate) uncommitted: Vec<ClaimRef<'a>>,
    pub(crate) forecasts: Vec<ClaimRef<'a>>,
}

impl<'a> Positions<'a> {
    /// The topic.
    #[must_use]
    pub fn topic(&self) -> &'a Topic {
        self.topic.topic()
    }

    /// The positions, in order.
    #[must_use]
    pub fn positions(&self) -> &[Position<'a>] {
        &self.held
    }

    /// The figures and periods that somebody denies or doubts, by the claim recorded first.
    #[must_use]
    pub fn exclusions(&self) -> &[Exclusion<'a>] {
        &self.exclusions
    }

    /// The claims that only suggest, that decline to say, or that disown what was attributed to their origin.
    #[must_use]
    pub fn uncommitted(&self) -> &[ClaimRef<'a>] {
        &self.uncommitted
    }

    /// The claims about days more than one day after that on which they were stated, which are nobody's last word.
    #[must_use]
    pub fn forecasts(&self) -> &[ClaimRef<'a>] {
        &self.forecasts
    }

    /// The same with other numbers for the claims, such as those of the file that they were read from.
    pub fn numbered<F: Fn(ClaimId) -> u64>(&self, number: F) -> Numbered<'_, Self, F> {
        Numbered::new(self, number)
    }
}

impl<'a> Position<'a> {
    /// A cluster of claims of a view.
    fn new(cluster: Cluster<'a>, view: &[ClaimRef<'a>]) -> Self {
        let Cluster { stand, claims, known, anonymous } = cluster;
        Self { stand, claims: claims.into_iter().map(|place| view[place]).collect(), known, anonymous }
    }
}

impl fmt::Display for Stand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Figures { values, unit } => f.write_str(&figure_set(values, *unit)),
            Self::Days { first, last } => match (first, last) {
                (Some(first), Some(last)) if first == last => first.fmt(f),
                (Some(first), Some(last)) => write!(f, "{first} to {last}"),
                (Some(first), None) => write!(f, "from {first}"),
                (None, Some(last)) => write!(f, "until {last}"),
                (None, None) => f.write_str("any day"),
            },
            Self::Text { text, stance: Stance::Denies } => write!(f, "not {}", Quoted(text)),
            Self::Text { text, .. } => Quoted(text).fmt(f),
        }
    }
}

impl Answer for Positions<'_> {
    fn write(&self, f: &mut fmt::Formatter<'_>, number: &Numbering<'_>) -> fmt::Result {
        let scoped = |stand: &Stand<'_>, scope: Option<&str>| match scope {
            Some(scope) => format!("{stand} ({})", Shown(scope)),
            None => stand.to_string(),
        };
        for position in &self.held {
            let stand = scoped(&position.stand, position.scope());
            two_sided(f, &stand, &voice_count(position.known, position.anonymous), 2, 6)?;
            write_claims(f, &position.claims, number)?;
        }
        for exclusion in &self.exclusions {
            let is_doubt = |claim: &ClaimRef<'_>| claim.stance() == Stance::Affirms;
            let how = match exclusion.claims.iter().filter(|claim| is_doubt(claim)).count() {
                0 => "denied",
                doubts if doubts == exclusion.claims.len() => "doubted",
                _ => "denied or doubted",
            };
            two_sided(f, &format!("not: {}", scoped(&exclusion.stand, exclusion.scope())), how, 2, 6)?;
            write_claims(f, &exclusion.claims, number)?;
        }
        for (words, title) in [
            (&[Word::Suggests, Word::Declines][..], "silent:"),
            (&[Word::Disowns], "disowning what was attributed to them:"),
        ] {
            let claims: Vec<_> =
                self.uncommitted.iter().copied().filter(|claim| words.contains(&Word::of(*claim))).collect();
            if !claims.is_empty() {
                paragraph(f, title, 2, 6)?;
                write_claims(f, &claims, number)?;
            }
        }
        for claim in &self.forecasts {
            two_sided(f, &format!("forecast: {}", statement(claim)), &dating(claim), 2, 6)?;
            write_claims(f, &[*claim], number)?;
        }
        Ok(())
    }

    #[cfg(feature = "serde")]
    fn serialize<S: serde::Serializer>(&self, serializer: S, number: &Numbering<'_>) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(&super::data::PositionsForm::new(self, number), serializer)
    }
}

/// `The army, BBC: [1] [4]`.
fn write_claims(f: &mut fmt::Formatter<'_>, claims: &[ClaimRef<'_>], number: &Numbering<'_>) -> fmt::Result {
    let mut names: Vec<String> = Vec::new();
    for claim in claims {
        let name = claim.ledger().name_of(claim.origin());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let numbers: Vec<String> = claims.iter().map(|claim| format!("[{}]", number(claim.id()))).collect();
    paragraph(f, &format!("{}: {}", names.join(", "), numbers.join(" ")), 6, 8)
}

impl<'a> TopicRef<'a> {
    /// Where the voices stand by the last word of each origin: of its standing claims the one about the latest time, by
    /// the last day, the day stated standing in where there is none; of equals the one stated last, then the one recorded
    /// last. A forecast is nobody's last word.
    #[must_use]
    pub fn positions(&self) -> Positions<'a> {
        let mut positions = laid_out(*self, &self.last_words());
        positions.forecasts = self.standing().filter(|claim| is_word(claim) && is_forecast(claim)).collect();
        positions.uncommitted.extend(self.standing().filter(|claim| Word::of(*claim) == Word::Disowns));
        positions.uncommitted.sort_unstable_by_key(ClaimRef::id);
        positions
    }

    /// Where the voices stand at a time, by the standing claims about it and those without a time; by forecasts only
    /// where nobody says anything else.
    #[must_use]
    pub fn positions_at(&self, time: Period) -> Positions<'a> {
        let (days, predicate, policy) = (Some(time.to_days()), self.predicate(), self.ledger().policy());
        let together = |claim: &ClaimRef<'a>| claim.comparable().is_together_with(days, predicate, policy);
        positions_of(*self, self.standing().filter(together))
    }

    /// The last word of each origin.
    pub(crate) fn last_words(self) -> Vec<ClaimRef<'a>> {
        let mut last: BTreeMap<u32, ((i64, i128), ClaimRef<'a>)> = BTreeMap::new();
        for claim in self.standing().filter(|claim| is_word(claim) && !is_forecast(claim)) {
            let day = claim.as_of_or_stated().map_or(i64::MIN, |days| days.last.into());
            let stated = claim.stated().map_or(i128::MIN, |stated| stated.to_instants().ends()[1]);
            let word = last.entry(claim.statement().origin).or_insert(((day, stated), claim));
            if (day, stated) >= word.0 {
                *word = ((day, stated), claim);
            }
        }
        let mut words: Vec<_> = last.into_values().map(|(_, claim)| claim).collect();
        words.sort_unstable_by_key(ClaimRef::id);
        words
    }
}

/// Where the voices of some claims about one time stand; forecasts apart, unless there is nothing else.
pub(super) fn positions_of<'a>(topic: TopicRef<'a>, claims: impl Iterator<Item = ClaimRef<'a>>) -> Positions<'a> {
    // A claim that its origin disowns is nobody's word.
    let claims: Vec<ClaimRef<'a>> = claims.filter(|claim| !claim.is_disowned()).collect();
    let (forecasts, others): (Vec<_>, Vec<_>) = claims.iter().copied().partition(is_forecast);
    if !others.iter().any(is_word) {
        return laid_out(topic, &claims);
    }
    Positions { forecasts: forecasts.into_iter().filter(is_word).collect(), ..laid_out(topic, &others) }
}

/// Where the voices of some claims stand.
fn laid_out<'a>(topic: TopicRef<'a>, view: &[ClaimRef<'a>]) -> Positions<'a> {
    let of = |words: &[Word]| -> Vec<ClaimRef<'a>> {
        view.iter().copied().filter(|claim| words.contains(&Word::of(*claim))).collect()
    };
    let (affirmed, denied) = (of(&[Word::Affirms]), of(&[Word::Denies]));
    let voices = Voices::of(&statements(&affirmed));
    let held = view.iter().enumerate().filter(|(_, claim)| affirms(claim));
    let held: Vec<Held<'a>> = held.filter_map(|(place, claim)| held_value(place, *claim)).collect();
    let mut clusters = position::of_values(held, &voices);
    clusters.extend(texts(view, Word::Affirms, &voices));
    clusters.extend(texts(view, Word::Denies, &Voices::of(&statements(&denied))));
    position::put_in_order(&mut clusters);
    let positions = clusters.into_iter().map(|cluster| Position::new(cluster, view)).collect();
    let uncommitted = of(&[Word::Suggests, Word::Declines, Word::Disowns]);
    Positions { topic, held: positions, exclusions: exclusions(&denied), uncommitted, forecasts: Vec::new() }
}

/// Whether it is its origin's word on the topic: who disowns says nothing of it.
fn is_word(claim: &ClaimRef<'_>) -> bool {
    Word::of(*claim) != Word::Disowns && !claim.is_disowned()
}

/// A figure or a period as positions look at it.
fn held_value(place: usize, claim: ClaimRef<'_>) -> Option<Held<'_>> {
    let value = claim.comparable().value()?.clone();
    let (origin, unit, scope) = (claim.statement().origin, claim.unit(), claim.scope_compared());
    (!matches!(value, ComparedValue::Text(_))).then_some(Held { claim: place, origin, value, unit, scope })
}

/// The texts that claims affirm, or deny, each with those that say it of one scope.
fn texts<'a>(view: &[ClaimRef<'a>], word: Word, voices: &Voices) -> Vec<Cluster<'a>> {
    let mut groups: IndexMap<(String, Option<Cow<'a, str>>), Vec<usize>> = IndexMap::new();
    for (place, claim) in view.iter().enumerate().filter(|(_, claim)| Word::of(**claim) == word) {
        if let Some(ComparedValue::Text(normal)) = claim.comparable().value() {
            groups.entry((normal.clone().into_owned(), claim.scope_compared())).or_default().push(place);
        }
    }
    let stance = if word == Word::Denies { Stance::Denies } else { Stance::Affirms };
    let cluster = |claims: Vec<usize>| {
        let text = view[claims[0]].value().and_then(Value::as_text).unwrap_or_default();
        let said: BTreeSet<Voice> = claims.iter().map(|&place| voices.voice(view[place].statement().origin)).collect();
        let known = said.iter().filter(|voice| matches!(voice, Voice::Known(_))).count();
        Cluster { stand: Stand::Text { text, stance }, claims, known, anonymous: said.len() - known }
    };
    groups.into_values().map(cluster).collect()
}

/// The sets that some denials of figures and periods exclude, equal sets together.
fn exclusions<'a>(denied: &[ClaimRef<'a>]) -> Vec<Exclusion<'a>> {
    let mut exclusions: IndexMap<(Stand<'a>, Option<Cow<'a, str>>), Vec<ClaimRef<'a>>> = IndexMap::new();
    for (claim, held) in denied.iter().filter_map(|claim| Some((*claim, held_value(0, *claim)?))) {
        let stand = match &held.value {
            ComparedValue::Figure(extent) => {
                let values = extent.values.whole().filter(|_| extent.count).unwrap_or(extent.values);
                Stand::Figures { values, unit: held.unit }
            }
            ComparedValue::Period(days) => {
                let (first, last) = days.ends();
                Stand::Days { first, last }
            }
            ComparedValue::Text(_) => continue,
        };
        exclusions.entry((stand, held.scope)).or_default().push(claim);
    }
    exclusions.into_iter().map(|((stand, _), claims)| Exclusion { stand, claims }).collect()
}
