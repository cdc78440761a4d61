//! Many claims on a topic taken together: voices, circles and positions (R15 to R17), by trying everything.

use std::collections::{BTreeMap, BTreeSet};

use testimony::{Agreement, Dependence, Fit, Measure, Stance, Timing};

use super::day::{Moment, Period};
use super::ledger::{Answers, Ledger, Pair};
use super::rules::{Reading, Sense, Word, days, is_forecast, timing_of_days};
use super::set::Set;

/// Who counts as one: known origins together, an anonymous one alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Voice {
    /// By the first of the origins.
    Known(usize),
    Anonymous(usize),
}

/// Known voices, and anonymous ones.
pub(crate) type Count = (usize, usize);

/// The kind of values that a position, or the exclusion of a denial, is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stand {
    Figures(Option<String>),
    Days,
    Text(usize, Stance),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Position {
    pub(crate) stand: Stand,
    pub(crate) scope: Option<usize>,
    /// The numbers or days that all of it allow.
    pub(crate) values: Option<Set>,
    pub(crate) claims: Vec<usize>,
    pub(crate) voices: Count,
}

/// Where the voices stand.
#[derive(Debug, Default)]
pub(crate) struct Positions {
    /// With voices, those with most first.
    pub(crate) held: Vec<Position>,
    /// Without voices.
    pub(crate) exclusions: Vec<Position>,
    pub(crate) uncommitted: Vec<usize>,
    pub(crate) forecasts: Vec<usize>,
}

/// A ledger with what its claims come to.
pub(crate) struct Many<'a> {
    pub(crate) ledger: &'a Ledger,
    pub(crate) answers: &'a Answers<'a>,
    pub(crate) readings: Vec<&'a Reading>,
    pub(crate) standing: Vec<bool>,
}

impl<'a> Many<'a> {
    pub(crate) fn new(ledger: &'a Ledger, answers: &'a Answers<'a>) -> Self {
        let readings: Vec<&Reading> = ledger.readings();
        let standing = (0..readings.len()).map(|number| answers.stands(number)).collect();
        Self { ledger, answers, readings, standing }
    }

    /// The standing claims on a topic, by number.
    pub(crate) fn standing_on(&self, topic: (usize, usize)) -> Vec<usize> {
        let named = |number: usize| self.ledger.first_named(self.answers.claims[number].topic);
        let topic = self.ledger.first_named(topic);
        (0..self.readings.len()).filter(|number| self.standing[*number] && named(*number) == topic).collect()
    }

    pub(crate) fn measure(&self, topic: (usize, usize)) -> Measure {
        self.ledger.terms(topic).measure
    }

    fn is_forecast(&self, topic: (usize, usize), number: usize) -> bool {
        is_forecast(self.readings[number], self.measure(topic))
    }

    /// Whether it is somebody's word: neither disowned nor disowning.
    fn is_word(&self, number: usize) -> bool {
        !self.answers.disowned[number] && self.readings[number].word != Word::Disowns
    }

    /// The affirmed ones of some claims, but for what is disowned.
    pub(crate) fn affirmed(&self, claims: &[usize]) -> Vec<usize> {
        let affirms = |number: &usize| self.is_word(*number) && self.readings[*number].word == Word::Affirms;
        claims.iter().copied().filter(affirms).collect()
    }

    // Times (R17).

    /// Each origin's last word on a topic.
    pub(crate) fn last_words(&self, topic: (usize, usize)) -> Vec<usize> {
        let mut words = self.standing_on(topic);
        words.retain(|number| self.is_word(*number) && !self.is_forecast(topic, *number));
        let when = |number: usize| {
            let claim = self.readings[number];
            let last_day = claim.as_of.map(Period::days).or(claim.stated.map(Moment::days)).map(|days| days.last());
            // The end of a day is after its last second.
            let stated = claim.stated.map(|stated| (stated.seconds().1, matches!(stated, Moment::Period(_))));
            (last_day, stated, number)
        };
        let is_last = |number: &usize| {
            words.iter().all(|other| {
                self.readings[*other].origin != self.readings[*number].origin || when(*other) <= when(*number)
            })
        };
        words.iter().copied().filter(is_last).collect()
    }

    /// The standing claims on a topic together with some days, those without days among them.
    pub(crate) fn together_with(&self, topic: (usize, usize), time: Option<&Set>) -> Vec<usize> {
        let measure = self.measure(topic);
        let mut together = self.standing_on(topic);
        together.retain(|number| {
            let own = days(self.readings[*number], measure);
            let (Some(own), Some(time)) = (own, time) else { return true };
            measure == Measure::Fixed || timing_of_days(&own, time, self.ledger.days_apart).0 != Timing::Later
        });
        together.retain(|number| !self.answers.disowned[*number]);
        together
    }

    // Voices and circles (R15, R16).

    /// The sources that attribute to each other among some affirmed claims, with the claims in which they do.
    pub(crate) fn circles(&self, affirmed: &[usize]) -> Vec<(BTreeSet<usize>, BTreeSet<usize>)> {
        let mut arrows = vec![];
        for number in affirmed {
            let claim = self.readings[*number];
            let chain: Vec<usize> = std::iter::once(claim.origin).chain(claim.relays.iter().copied()).collect();
            arrows.extend(chain.windows(2).map(|pair| (pair[1], pair[0], *number)));
        }
        let mut reach: BTreeSet<(usize, usize)> = arrows.iter().map(|(from, to, _)| (*from, *to)).collect();
        loop {
            let steps = reach
                .iter()
                .flat_map(|(a, b)| reach.iter().filter(move |(from, _)| from == b).map(move |(_, to)| (*a, *to)));
            let longer: BTreeSet<(usize, usize)> = steps.collect();
            let before = reach.len();
            reach.extend(longer);
            if reach.len() == before {
                break;
            }
        }
        let mut circles = vec![];
        for source in 0..16 {
            let both = |other: &usize| reach.contains(&(source, *other)) && reach.contains(&(*other, source));
            let members: BTreeSet<usize> = (0..16).filter(both).collect();
            if members.len() > 1 && members.first() == Some(&source) {
                let within = arrows.iter().filter(|(from, to, _)| members.contains(from) && members.contains(to));
                let claims = within.map(|(_, _, number)| *number).collect();
                circles.push((members, claims));
            }
        }
        circles
    }

    /// The circles on a topic: among the last words, and among the claims of the time of each affirmed claim.
    pub(crate) fn circles_on(&self, topic: (usize, usize)) -> BTreeMap<BTreeSet<usize>, BTreeSet<usize>> {
        let mut views = vec![self.last_words(topic)];
        for number in self.affirmed(&self.standing_on(topic)) {
            views.push(self.together_with(topic, days(self.readings[number], self.measure(topic)).as_ref()));
        }
        let mut circles: BTreeMap<BTreeSet<usize>, BTreeSet<usize>> = BTreeMap::new();
        for view in views {
            for (members, claims) in self.circles(&self.affirmed(&view)) {
                circles.entry(members).or_default().extend(claims);
            }
        }
        circles
    }

    fn is_anonymous(&self, source: usize) -> bool {
        self.ledger.source(source).is_some_and(|source| source.anonymous)
    }

    /// The voice of the origin of each of some affirmed claims.
    pub(crate) fn voices(&self, affirmed: &[usize]) -> BTreeMap<usize, Voice> {
        self.voices_but(affirmed, None)
    }

    /// The same where one of them is taken for a known one.
    fn voices_but(&self, affirmed: &[usize], named: Option<usize>) -> BTreeMap<usize, Voice> {
        let is_anonymous = |source: usize| self.is_anonymous(source) && named != Some(source);
        let origin = |number: usize| self.readings[number].origin;
        let known: BTreeSet<usize> =
            affirmed.iter().map(|number| origin(*number)).filter(|origin| !is_anonymous(*origin)).collect();
        let mut voice: BTreeMap<usize, usize> = known.iter().map(|origin| (*origin, *origin)).collect();
        let mut join = |one: usize, other: usize| {
            let (Some(a), Some(b)) = (voice.get(&one).copied(), voice.get(&other).copied()) else { return };
            voice.values_mut().filter(|voice| **voice == a.max(b)).for_each(|voice| *voice = a.min(b));
        };
        for one in affirmed {
            for other in affirmed {
                let claims = [one, other].map(|number| self.answers.claims[*number]);
                if self.ledger.dependence(claims[0], claims[1]) == Dependence::Dependent {
                    join(origin(*one), origin(*other));
                }
            }
        }
        for (members, _) in self.circles(affirmed) {
            for one in &members {
                for other in &members {
                    join(*one, *other);
                }
            }
        }
        let of = |number: &usize| match origin(*number) {
            anonymous if is_anonymous(anonymous) => (anonymous, Voice::Anonymous(anonymous)),
            known => (known, Voice::Known(voice[&known])),
        };
        affirmed.iter().map(of).collect()
    }

    fn count(&self, claims: &[usize], voices: &BTreeMap<usize, Voice>) -> Count {
        let said: BTreeSet<Voice> = claims.iter().map(|number| voices[&self.readings[*number].origin]).collect();
        let known = said.iter().filter(|voice| matches!(voice, Voice::Known(_))).count();
        (known, said.len() - known)
    }

    // Corroboration (R15).

    /// The claims that agree with a claim, of its own time, with how the value of each lies to that of the claim, and
    /// how many voices they are.
    pub(crate) fn corroboration(&self, number: usize) -> (Vec<(usize, Agreement)>, Count) {
        let topic = self.answers.claims[number].topic;
        let time = days(self.readings[number], self.measure(topic));
        let view = self.affirmed(&self.together_with(topic, time.as_ref()));
        let voices = self.voices(&view);
        let agreement = |other: usize| {
            if other == number {
                return Some(Agreement::Equal);
            }
            let (older, newer) = (other.min(number), other.max(number));
            let Pair { verdict, .. } =
                self.answers.pairs.iter().find(|pair| (pair.older, pair.newer) == (older, newer))?;
            let Fit::Agrees(agreement) = verdict.fit else { return None };
            let together = verdict.timing != Timing::Later || self.measure(topic) == Measure::Fixed;
            // The first side is the older one.
            let agreement = match agreement {
                Agreement::Within(side) if other == newer => Agreement::Within(side.other()),
                agreement => agreement,
            };
            together.then_some(agreement)
        };
        let agreeing: Vec<(usize, Agreement)> =
            view.iter().filter_map(|other| Some((*other, agreement(*other)?))).collect();
        let claims: Vec<usize> = agreeing.iter().map(|(other, _)| *other).collect();
        let count = self.count(&claims, &voices);
        (agreeing, count)
    }

    /// Whether a known voice that does not depend on its origin has a claim that agrees with it, of its own time.
    pub(crate) fn is_confirmed(&self, number: usize) -> bool {
        let origin = self.readings[number].origin;
        let (agreeing, _) = self.corroboration(number);
        let topic = self.answers.claims[number].topic;
        let time = days(self.readings[number], self.measure(topic));
        let mut view = self.affirmed(&self.together_with(topic, time.as_ref()));
        view.push(number);
        // Its own origin is taken for a known one, so that those who depend on it are found.
        let voices = self.voices_but(&view, Some(origin));
        let is_anonymous = |other: usize| self.is_anonymous(self.readings[other].origin);
        agreeing
            .iter()
            .any(|(other, _)| !is_anonymous(*other) && voices[&self.readings[*other].origin] != voices[&origin])
    }

    // Positions (R17).

    pub(crate) fn positions(&self, topic: (usize, usize)) -> Positions {
        let mut found = self.laid_out(&self.last_words(topic));
        let standing = self.standing_on(topic);
        let disowning = |number: &&usize| self.readings[**number].word == Word::Disowns;
        found.uncommitted.extend(standing.iter().filter(disowning));
        found.uncommitted.sort_unstable();
        let forecast = |number: &usize| self.is_forecast(topic, *number) && self.is_word(*number);
        found.forecasts = standing.into_iter().filter(forecast).collect();
        found
    }

    pub(crate) fn positions_at(&self, topic: (usize, usize), time: &Set) -> Positions {
        self.positions_of(topic, &self.together_with(topic, Some(time)))
    }

    /// Where the voices of some claims about one time stand; forecasts apart, unless there is nothing else.
    pub(crate) fn positions_of(&self, topic: (usize, usize), view: &[usize]) -> Positions {
        let view: Vec<usize> = view.iter().copied().filter(|number| !self.answers.disowned[*number]).collect();
        let is_forecast = |number: &usize| self.is_forecast(topic, *number);
        let (forecasts, others): (Vec<usize>, Vec<usize>) = view.iter().copied().partition(is_forecast);
        if others.iter().any(|number| self.is_word(*number)) {
            let forecasts = forecasts.into_iter().filter(|number| self.is_word(*number)).collect();
            Positions { forecasts, ..self.laid_out(&others) }
        } else {
            self.laid_out(&view)
        }
    }

    fn laid_out(&self, view: &[usize]) -> Positions {
        let of = |words: &[Word]| -> Vec<usize> {
            view.iter().copied().filter(|number| words.contains(&self.readings[*number].word)).collect()
        };
        let affirmed = of(&[Word::Affirms]);
        let denied = of(&[Word::Denies, Word::Doubts]);
        let voices = self.voices(&affirmed);
        let mut positions = vec![];
        let mut left = affirmed.clone();
        left.retain(|number| !matches!(self.readings[*number].sense, Some(Sense::Text(_))));
        while !left.is_empty() {
            let best = self.best(&left, &voices);
            left.retain(|number| !best.claims.contains(number));
            positions.push(best);
        }
        positions.extend(self.texts(&affirmed, Stance::Affirms, &voices));
        positions.extend(self.texts(&denied, Stance::Denies, &self.voices(&denied)));
        let mut exclusions: Vec<Position> = vec![];
        for number in denied {
            let Some((stand, values)) = self.stand_alone(number) else { continue };
            let scope = self.readings[number].scope;
            let same = |it: &&mut Position| it.stand == stand && it.scope == scope && it.values == values;
            match exclusions.iter_mut().find(same) {
                Some(exclusion) => exclusion.claims.push(number),
                None => exclusions.push(Position { stand, scope, values, claims: vec![number], voices: (0, 0) }),
            }
        }
        Positions {
            held: positions,
            exclusions,
            uncommitted: of(&[Word::Suggests, Word::Nothing, Word::Disowns]),
            forecasts: vec![],
        }
    }

    fn stand_alone(&self, number: usize) -> Option<(Stand, Option<Set>)> {
        match self.readings[number].sense.as_ref()? {
            Sense::Figure(figure) => Some((Stand::Figures(figure.unit.clone()), Some(figure.own().clone()))),
            Sense::Days { days, .. } => Some((Stand::Days, Some(days.clone()))),
            Sense::Text(_) => None,
        }
    }

    fn texts(&self, claims: &[usize], stance: Stance, voices: &BTreeMap<usize, Voice>) -> Vec<Position> {
        let mut groups: BTreeMap<(usize, Option<usize>), Vec<usize>> = BTreeMap::new();
        for number in claims {
            if let Some(Sense::Text(text)) = self.readings[*number].sense {
                groups.entry((text, self.readings[*number].scope)).or_default().push(*number);
            }
        }
        let position = |((text, scope), claims): ((usize, Option<usize>), Vec<usize>)| {
            let voices = self.count(&claims, voices);
            Position { stand: Stand::Text(text, stance), scope, values: None, claims, voices }
        };
        groups.into_iter().map(position).collect()
    }

    /// The groups of claims that are compared: of one scope and kind, figures of one unit. A count without a unit is
    /// in the group of each unit of which there are nothing but counts.
    fn groups(&self, left: &[usize]) -> Vec<Vec<usize>> {
        let figure = |number: usize| match &self.readings[number].sense {
            Some(Sense::Figure(figure)) => Some(figure),
            _ => None,
        };
        let key = |number: usize| (self.readings[number].scope, figure(number).map(|figure| figure.unit.clone()));
        let keys: BTreeSet<(Option<usize>, Option<Option<String>>)> = left.iter().map(|number| key(*number)).collect();
        let is_count = |number: usize| figure(number).is_some_and(super::number::Figure::is_count);
        let group = |key_of: (Option<usize>, Option<Option<String>>)| {
            let own: Vec<usize> = left.iter().copied().filter(|number| key(*number) == key_of).collect();
            let joined = matches!(key_of.1, Some(Some(_))) && own.iter().all(|number| is_count(*number));
            let joins = |number: &usize| joined && is_count(*number) && key(*number) == (key_of.0, Some(None));
            left.iter().copied().filter(|number| own.contains(number) || joins(number)).collect()
        };
        keys.into_iter().map(group).collect()
    }

    /// The values that most voices allow at once: of equals the lower one, then that of the claim recorded first.
    fn best(&self, left: &[usize], voices: &BTreeMap<usize, Voice>) -> Position {
        let mut found: Vec<Position> = vec![];
        for group in self.groups(left) {
            let figures = group.iter().filter_map(|number| match &self.readings[*number].sense {
                Some(Sense::Figure(figure)) => Some(figure),
                _ => None,
            });
            let figures: Vec<_> = figures.collect();
            let whole = figures.iter().all(|figure| figure.is_count());
            let set = |number: usize| match self.readings[number].sense.as_ref().expect("it has a value") {
                Sense::Figure(figure) => figure.as_counts(whole).clone(),
                Sense::Days { days, .. } => days.clone(),
                Sense::Text(_) => unreachable!("texts are grouped"),
            };
            let sets: Vec<(usize, Set)> = group.iter().map(|number| (*number, set(*number))).collect();
            let unit = figures.iter().find_map(|figure| figure.unit.clone());
            let stand = if figures.is_empty() { Stand::Days } else { Stand::Figures(unit) };
            for point in sets.iter().flat_map(|(_, set)| [set.first()]) {
                let allowing: Vec<&(usize, Set)> = sets.iter().filter(|(_, set)| set.contains(point)).collect();
                let claims: Vec<usize> = allowing.iter().map(|(number, _)| *number).collect();
                let values = allowing.iter().map(|(_, set)| set.clone()).reduce(|one, other| one.and(&other));
                let stand = match &stand {
                    // A unit that none of its own claims has is not of it.
                    Stand::Figures(_) => {
                        Stand::Figures(allowing.iter().find_map(|(number, _)| match &self.readings[*number].sense {
                            Some(Sense::Figure(figure)) => figure.unit.clone(),
                            _ => None,
                        }))
                    }
                    other => other.clone(),
                };
                let voices = self.count(&claims, voices);
                found.push(Position { stand, scope: self.readings[claims[0]].scope, values, claims, voices });
            }
        }
        let place = |position: &Position| {
            let low = position.values.as_ref().map(Set::first);
            (std::cmp::Reverse(position.voices), low, position.claims[0])
        };
        found.into_iter().reduce(|best, other| if place(&other) < place(&best) { other } else { best }).expect("claims")
    }
}
