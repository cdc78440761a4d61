//! The ledger as a plain list of entries, from which every question is answered anew.

use testimony::{Dependence, Measure, RelationKind, Side, Stance};

use super::day::{Moment, Period};
use super::number::{Figure, Hedge, NoFigure, Widths, unit_named};
use super::rules::{Reading, Sense, Terms, Verdict, Word, disowns, relate};

/// A source, by its number; `s3` is the id of the one with the number 3.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Source {
    pub(crate) id: usize,
    /// Which of its names it is given.
    pub(crate) name: usize,
    pub(crate) anonymous: bool,
    pub(crate) part_of: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Predicate {
    pub(crate) name: usize,
    pub(crate) measure: Measure,
    pub(crate) unit: Option<&'static str>,
    pub(crate) continuous: bool,
    pub(crate) single_valued: bool,
    /// Whether the texts of [`OPPOSITES`] exclude each other.
    pub(crate) opposites: bool,
    /// Whether the groups of [`SAME`] mean the same.
    pub(crate) same: bool,
}

/// Texts in groups of those that are equal after normalising.
pub(crate) const TEXTS: [&[&str]; 4] = [
    &["decisive", "Decisive", " DECISIVE\n"],
    &["marginal", "MARGINAL"],
    &["not at all", "Not \t at\u{a0}all "],
    &["Stra\u{df}e im Caf\u{e9}", "STRASSE IM CAFE\u{301}", "strasse im caf\u{e9}"],
];
/// The subject that may be another name, and that of which.
pub(crate) const ALIAS: (usize, usize) = (2, 0);
/// The groups that a predicate may say mean the same, and how it spells them.
pub(crate) const SAME: (usize, usize) = (2, 0);
pub(crate) const SAME_SPELT: [&str; 2] = ["not at ALL", "Decisive"];
/// The groups that a predicate with opposites names, in the way in which it spells them.
pub(crate) const OPPOSITES: (usize, usize) = (1, 0);
pub(crate) const OPPOSITES_SPELT: (&str, &str) = (" Marginal", "DECISIVE");

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value {
    Figure(Hedge, Option<&'static str>),
    /// The group in [`TEXTS`], and the place in it.
    Text(usize, usize),
    Period(Period),
}

/// Scopes in groups of those that are equal after normalising.
pub(crate) const SCOPES: [&[&str]; 2] = [&["confirmed", " Confirmed"], &["confirmed and probable"]];

/// Likelihoods, with their bands in hundredths.
pub(crate) const LIKELIHOODS: [(&str, Option<(i64, i64)>); 8] = [
    ("0.1", Some((10, 10))),
    ("0.45", Some((45, 45))),
    ("0.46", Some((46, 46))),
    ("0.3..0.6", Some((30, 60))),
    ("0.55", Some((55, 55))),
    ("icd203:unlikely", Some((20, 45))),
    ("phia:likely", Some((55, 75))),
    ("almost certainly not", None),
];

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Claim {
    /// The number of the subject, and that of the predicate.
    pub(crate) topic: (usize, usize),
    pub(crate) value: Option<Value>,
    pub(crate) stance: Stance,
    /// The group in [`SCOPES`], and the place in it.
    pub(crate) scope: Option<(usize, usize)>,
    /// The place in [`LIKELIHOODS`].
    pub(crate) likelihood: Option<usize>,
    pub(crate) origin: usize,
    pub(crate) relays: Vec<usize>,
    pub(crate) as_of: Option<Period>,
    pub(crate) stated: Option<Moment>,
    /// The recorder's, and so no part of what is said.
    pub(crate) credibility: Option<u8>,
    /// The numbers of what is cited, which is the recorder's too.
    pub(crate) cited: Vec<usize>,
}

impl Claim {
    /// The claim without credibility and citations, which are the recorder's.
    fn said(&self) -> Self {
        let mut line = self.clone();
        (line.credibility, line.cited) = (None, vec![]);
        line
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    Source(Source),
    Predicate(Predicate),
    /// The one subject is another name of the other, as [`ALIAS`] has it: defined beforehand, or joined later.
    Alias,
    Join,
    /// The one of [`CONSTRAINTS`](super::tied::CONSTRAINTS) with this number.
    Constraint(usize),
    Claim(Claim),
    Retraction {
        claim: Key,
        by: Option<usize>,
    },
    /// Of the source of this number: what is given is changed.
    AmendSource {
        id: usize,
        name: Option<usize>,
        anonymous: Option<bool>,
        part_of: Option<Option<usize>>,
    },
    AmendClaim {
        claim: Key,
        credibility: Option<Option<u8>>,
        cited: Vec<usize>,
    },
}

/// How an entry names a claim.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Key {
    Number(usize),
    /// By the label of what this claim says.
    LabelOf(Box<Claim>),
}

/// Why an entry is refused. Where there are several reasons the contract does not say which is named.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Refusal {
    UnknownSource,
    NamedTwice,
    MissingValue,
    NoValue,
    VagueRatio,
    Redefined,
    DefinedTooLate,
    UnknownClaim,
    AlreadyRetracted,
    TimeGoesBack,
    NotEntitled,
    UnknownLabel,
    OwnsItself,
    NamedTooLate,
}

/// The fate of an entry that was not refused.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Outcome {
    Added,
    AlreadyThere,
    Claim { number: usize, is_new: bool, is_amended: bool, conflicts: usize },
}

#[derive(Clone, Debug)]
struct Entry {
    recorded: Option<i64>,
    content: Content,
    /// The reading of a claim, worked out once: its predicate and the policy never change.
    reading: Option<Reading>,
    /// The number of the claim that is taken back or amended.
    target: Option<usize>,
}

/// Changes a part of something on record, if there is a new one.
fn change<T: Clone>(part: &mut T, to: Option<&T>) {
    if let Some(to) = to {
        part.clone_from(to);
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    /// The widths that the policy allows figures.
    pub(crate) widths: Widths,
    pub(crate) days_apart: usize,
    entries: Vec<Entry>,
}

impl Ledger {
    pub(crate) fn new(widths: Widths, days_apart: usize) -> Self {
        Self { widths, days_apart, entries: vec![] }
    }

    // Questions about the record.

    fn contents(&self) -> impl DoubleEndedIterator<Item = &Content> {
        self.entries.iter().map(|entry| &entry.content)
    }

    fn defined(&self, id: usize) -> Option<&Source> {
        let mut sources = self.contents().filter_map(|content| match content {
            Content::Source(source) => Some(source),
            _ => None,
        });
        sources.find(|source| source.id == id)
    }

    /// A source as it is after all amendments.
    pub(crate) fn source(&self, id: usize) -> Option<Source> {
        let mut now = *self.defined(id)?;
        for content in self.contents() {
            match content {
                Content::AmendSource { id: amended, name, anonymous, part_of } if *amended == id => {
                    change(&mut now.name, name.as_ref());
                    change(&mut now.anonymous, anonymous.as_ref());
                    change(&mut now.part_of, part_of.as_ref());
                }
                _ => {}
            }
        }
        Some(now)
    }

    /// How far the recorder believes a claim, and what is cited for it, after all amendments.
    pub(crate) fn record(&self, number: usize) -> (Option<u8>, Vec<usize>) {
        let claim = self.claims()[number];
        let (mut believed, mut known) = (claim.credibility, claim.cited.clone());
        for entry in self.entries.iter().filter(|entry| entry.target == Some(number)) {
            if let Content::AmendClaim { credibility, cited, .. } = &entry.content {
                change(&mut believed, credibility.as_ref());
                for citation in cited {
                    if !known.contains(citation) {
                        known.push(*citation);
                    }
                }
            }
        }
        (believed, known)
    }

    /// The claim that a number or a label names: with a label the last that says so.
    fn named(&self, key: &Key) -> Result<usize, Refusal> {
        let claims = self.claims();
        match key {
            Key::Number(number) if *number < claims.len() => Ok(*number),
            Key::Number(_) => Err(Refusal::UnknownClaim),
            Key::LabelOf(claim) => {
                claims.iter().rposition(|other| other.said() == claim.said()).ok_or(Refusal::UnknownLabel)
            }
        }
    }

    /// Whether the one subject is another name of the other by now (R23).
    fn is_aliased(&self) -> bool {
        self.contents().any(|content| matches!(content, Content::Alias | Content::Join))
    }

    /// A topic by the first name of its subject.
    pub(crate) fn first_named(&self, (subject, predicate): (usize, usize)) -> (usize, usize) {
        (if subject == ALIAS.0 && self.is_aliased() { ALIAS.1 } else { subject }, predicate)
    }

    fn predicate(&self, name: usize) -> Option<&Predicate> {
        let mut predicates = self.contents().filter_map(|content| match content {
            Content::Predicate(predicate) => Some(predicate),
            _ => None,
        });
        predicates.find(|predicate| predicate.name == name)
    }

    pub(crate) fn claims(&self) -> Vec<&Claim> {
        let claims = self.contents().filter_map(|content| match content {
            Content::Claim(claim) => Some(claim),
            _ => None,
        });
        claims.collect()
    }

    /// The reading of each claim.
    pub(crate) fn readings(&self) -> Vec<&Reading> {
        self.entries.iter().filter_map(|entry| entry.reading.as_ref()).collect()
    }

    pub(crate) fn recorded(&self) -> Vec<Option<i64>> {
        self.entries.iter().map(|entry| entry.recorded).collect()
    }

    pub(crate) fn last_time(&self) -> Option<i64> {
        self.entries.last().and_then(|entry| entry.recorded)
    }

    // Recording (R20 to R22).

    pub(crate) fn append(&mut self, recorded: Option<i64>, content: &Content) -> Result<Outcome, Vec<Refusal>> {
        let mut refusals = vec![];
        let before = self.last_time();
        if before.is_some() && recorded.is_some() && recorded < before {
            refusals.push(Refusal::TimeGoesBack);
        }
        let entry = |reading| Entry { recorded: recorded.or(before), content: content.clone(), reading, target: None };
        let (entry, already) = match content {
            Content::Source(source) => {
                let known = [self.defined(source.id).copied(), self.source(source.id)];
                let same = known[0].map(|_| known.contains(&Some(*source)));
                if same == Some(false) {
                    refusals.push(Refusal::Redefined);
                }
                if source.part_of.is_some_and(|whole| self.source(whole).is_none()) {
                    refusals.push(Refusal::UnknownSource);
                }
                (entry(None), same.map(|_| Outcome::AlreadyThere))
            }
            Content::Predicate(predicate) => {
                let same = self.predicate(predicate.name).map(|defined| defined == predicate);
                if same == Some(false) {
                    refusals.push(Refusal::Redefined);
                }
                if same != Some(true) && self.claims().iter().any(|claim| claim.topic.1 == predicate.name) {
                    refusals.push(Refusal::DefinedTooLate);
                }
                (entry(None), same.map(|_| Outcome::AlreadyThere))
            }
            Content::Alias => {
                let named = self.is_aliased();
                if !named && self.claims().iter().any(|claim| claim.topic.0 == ALIAS.0) {
                    refusals.push(Refusal::NamedTooLate);
                }
                (entry(None), named.then_some(Outcome::AlreadyThere))
            }
            Content::Constraint(_) => {
                let known = self.contents().any(|known| known == content);
                (entry(None), known.then_some(Outcome::AlreadyThere))
            }
            Content::Join => (entry(None), self.is_aliased().then_some(Outcome::AlreadyThere)),
            Content::Claim(claim) => {
                refusals.extend(self.chain_refusals(claim));
                let reading = self.read(claim).map_err(|refusal| refusals.push(refusal)).ok();
                let on_record =
                    |number: &usize| !self.is_retracted(*number) && self.claims()[*number].said() == claim.said();
                let already = (0..self.claims().len()).find(on_record);
                if let Some(number) = already.filter(|_| refusals.is_empty()) {
                    return Ok(self.repeat(number, claim, recorded.or(before)));
                }
                (entry(reading), None)
            }
            Content::Retraction { claim, by } => {
                let target = self.named(claim).map_err(|refusal| refusals.push(refusal)).ok();
                if target.is_some_and(|number| self.is_retracted(number)) {
                    refusals.push(Refusal::AlreadyRetracted);
                }
                if by.is_some_and(|by| self.source(by).is_none()) {
                    refusals.push(Refusal::UnknownSource);
                }
                if let (Some(by), Some(number)) = (by, target)
                    && !self.may_take_back(*by, self.claims()[number])
                {
                    refusals.push(Refusal::NotEntitled);
                }
                (Entry { target, ..entry(None) }, None)
            }
            Content::AmendSource { id, name, anonymous, part_of } => {
                if name.is_none() && anonymous.is_none() && part_of.is_none() {
                    refusals.push(Refusal::MissingValue);
                }
                let whole = part_of.flatten();
                if [Some(*id), whole].iter().flatten().any(|source| self.source(*source).is_none()) {
                    refusals.push(Refusal::UnknownSource);
                }
                if whole.is_some_and(|whole| self.owners(whole).contains(id)) {
                    refusals.push(Refusal::OwnsItself);
                }
                let before = self.source(*id);
                self.entries.push(entry(None));
                let changed = self.source(*id) != before;
                self.entries.pop();
                (entry(None), (!changed).then_some(Outcome::AlreadyThere))
            }
            Content::AmendClaim { claim, credibility, cited } => {
                if credibility.is_none() && cited.is_empty() {
                    refusals.push(Refusal::MissingValue);
                }
                let target = self.named(claim).map_err(|refusal| refusals.push(refusal)).ok();
                let amended = Entry { target, ..entry(None) };
                let changed = target.is_none_or(|number| self.changes(number, amended.clone()));
                (amended, (!changed).then_some(Outcome::AlreadyThere))
            }
        };
        if !refusals.is_empty() {
            return Err(refusals);
        }
        if let Some(already) = already {
            return Ok(already);
        }
        self.entries.push(entry);
        Ok(if let Content::Claim(_) = content {
            let number = self.claims().len() - 1;
            let conflicts = self.answers().conflicts().iter().filter(|pair| pair.newer == number).count();
            Outcome::Claim { number, is_new: true, is_amended: false, conflicts }
        } else {
            Outcome::Added
        })
    }

    /// Whether an entry changes what is on record of a claim.
    fn changes(&mut self, number: usize, entry: Entry) -> bool {
        let before = self.record(number);
        self.entries.push(entry);
        let changed = self.record(number) != before;
        self.entries.pop();
        changed
    }

    /// Records a claim again: what the recorder adds to it is an amendment.
    fn repeat(&mut self, number: usize, claim: &Claim, recorded: Option<i64>) -> Outcome {
        let credibility = claim.credibility.map(Some);
        let content = Content::AmendClaim { claim: Key::Number(number), credibility, cited: claim.cited.clone() };
        let entry = Entry { recorded, content, reading: None, target: Some(number) };
        let is_amended = self.changes(number, entry.clone());
        if is_amended {
            self.entries.push(entry);
        }
        Outcome::Claim { number, is_new: false, is_amended, conflicts: 0 }
    }

    fn chain_refusals(&self, claim: &Claim) -> Vec<Refusal> {
        let chain: Vec<usize> = std::iter::once(claim.origin).chain(claim.relays.iter().copied()).collect();
        let mut refusals = vec![];
        if chain.iter().any(|source| self.source(*source).is_none()) {
            refusals.push(Refusal::UnknownSource);
        }
        if (1..chain.len()).any(|place| chain[..place].contains(&chain[place])) {
            refusals.push(Refusal::NamedTwice);
        }
        refusals
    }

    fn read(&self, claim: &Claim) -> Result<Reading, Refusal> {
        let predicate = self.predicate(claim.topic.1);
        let sense = match claim.value {
            None if matches!(claim.stance, Stance::Declines | Stance::Disowns) => None,
            None => return Err(Refusal::MissingValue),
            Some(Value::Text(group, _)) if group == SAME.0 && predicate.is_some_and(|it| it.same) => {
                Some(Sense::Text(SAME.1))
            }
            Some(Value::Text(group, _)) => Some(Sense::Text(group)),
            Some(Value::Period(period)) => Some(Sense::Days { days: period.days(), qualified: period.is_qualified() }),
            Some(Value::Figure(hedge, unit)) => {
                let lent = predicate.and_then(|predicate| predicate.unit).and_then(unit_named);
                let unit = unit.and_then(unit_named).or(lent);
                let continuous = predicate.is_some_and(|predicate| predicate.continuous);
                let figure = Figure::new(hedge, unit, continuous, self.widths).map_err(|no| match no {
                    NoFigure::AllowsNoValue => Refusal::NoValue,
                    NoFigure::VagueRatio => Refusal::VagueRatio,
                })?;
                Some(Sense::Figure(figure))
            }
        };
        Ok(Reading {
            word: Word::new(claim.stance, claim.likelihood.and_then(|place| LIKELIHOODS[place].1)),
            scope: claim.scope.map(|(group, _)| group),
            sense,
            origin: claim.origin,
            relays: claim.relays.clone(),
            as_of: claim.as_of,
            stated: claim.stated,
        })
    }

    fn is_retracted(&self, number: usize) -> bool {
        let takes_back = |entry: &&Entry| matches!(entry.content, Content::Retraction { .. });
        self.entries.iter().filter(takes_back).any(|entry| entry.target == Some(number))
    }

    /// Whether a source is in the chain of a claim, or owns one that is.
    fn may_take_back(&self, by: usize, claim: &Claim) -> bool {
        let chain = std::iter::once(claim.origin).chain(claim.relays.iter().copied());
        chain.into_iter().any(|source| self.owners(source).contains(&by))
    }

    /// A source and what it is a part of, however far up.
    fn owners(&self, source: usize) -> Vec<usize> {
        let above = self.source(source).and_then(|source| source.part_of);
        let above = above.map_or_else(Vec::new, |whole| self.owners(whole));
        std::iter::once(source).chain(above).collect()
    }

    // How two claims relate (R12, R15).

    fn root(&self, source: usize) -> usize {
        self.source(source).and_then(|source| source.part_of).map_or(source, |whole| self.root(whole))
    }

    pub(crate) fn dependence(&self, one: &Claim, other: &Claim) -> Dependence {
        let anonymous = |claim: &Claim| self.source(claim.origin).is_some_and(|source| source.anonymous);
        if self.root(one.origin) == self.root(other.origin)
            || one.relays.contains(&other.origin)
            || other.relays.contains(&one.origin)
        {
            Dependence::Dependent
        } else if anonymous(one) || anonymous(other) {
            Dependence::Unknown
        } else {
            Dependence::Independent
        }
    }

    pub(crate) fn terms(&self, topic: (usize, usize)) -> Terms {
        let predicate = self.predicate(topic.1);
        Terms {
            measure: predicate.map_or(Measure::Stock, |predicate| predicate.measure),
            single_valued: predicate.is_some_and(|predicate| predicate.single_valued),
            opposites: predicate.filter(|predicate| predicate.opposites).map(|_| OPPOSITES),
            days_apart: self.days_apart,
        }
    }

    // Answers.

    /// Every claim, and every two of them set side by side.
    pub(crate) fn answers(&self) -> Answers<'_> {
        let claims = self.claims();
        let readings = self.readings();
        let retracted: Vec<bool> = (0..claims.len()).map(|number| self.is_retracted(number)).collect();
        let is_disowned = |number: usize| {
            (0..claims.len()).any(|other| {
                !retracted[other]
                    && self.first_named(claims[other].topic) == self.first_named(claims[number].topic)
                    && claims[other].origin == claims[number].origin
                    && disowns(readings[other], readings[number])
            })
        };
        let disowned: Vec<bool> = (0..claims.len()).map(is_disowned).collect();
        let mut pairs = vec![];
        for newer in 0..claims.len() {
            for older in (0..newer)
                .filter(|older| self.first_named(claims[*older].topic) == self.first_named(claims[newer].topic))
            {
                let terms = self.terms(claims[newer].topic);
                let dependence = self.dependence(claims[older], claims[newer]);
                let disowned = disowned[older] || disowned[newer];
                let verdict = relate(readings[older], readings[newer], dependence, disowned, terms);
                pairs.push(Pair { newer, older, measure: terms.measure, verdict });
            }
        }
        Answers { claims, retracted, disowned, pairs, aliased: self.is_aliased() }
    }

    /// The ledger as it was known at a time (R20).
    pub(crate) fn at(&self, time: i64) -> Self {
        let mut then = self.clone();
        then.entries.retain(|entry| entry.recorded.is_none_or(|recorded| recorded <= time));
        then
    }
}

/// Two claims on one topic; the older is the first side of the verdict.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) newer: usize,
    pub(crate) older: usize,
    pub(crate) measure: Measure,
    pub(crate) verdict: Verdict,
}

/// The answers of a ledger at one moment.
#[derive(Debug)]
pub(crate) struct Answers<'a> {
    pub(crate) claims: Vec<&'a Claim>,
    pub(crate) retracted: Vec<bool>,
    /// Whether a claim that is not retracted disowns it.
    pub(crate) disowned: Vec<bool>,
    /// By the newer claim, then the older; retracted ones among them.
    pub(crate) pairs: Vec<Pair>,
    /// Whether the subject of [`ALIAS`] is another name.
    aliased: bool,
}

impl Answers<'_> {
    /// The claims that are not retracted and revise this one (R13).
    pub(crate) fn superseded_by(&self, number: usize) -> Vec<usize> {
        let revisions = self.pairs.iter().filter_map(|pair| match pair.verdict.supersedes? {
            Side::First => Some((pair.older, pair.newer)),
            Side::Second => Some((pair.newer, pair.older)),
        });
        let of_it = revisions.filter(|(later, revised)| *revised == number && !self.retracted[*later]);
        let mut later: Vec<usize> = of_it.map(|(later, _)| later).collect();
        later.sort_unstable();
        later
    }

    pub(crate) fn stands(&self, number: usize) -> bool {
        !self.retracted[number] && self.superseded_by(number).is_empty()
    }

    /// Every pair of claims that are not retracted.
    pub(crate) fn relations(&self) -> Vec<&Pair> {
        self.pairs.iter().filter(|pair| !self.retracted[pair.newer] && !self.retracted[pair.older]).collect()
    }

    /// Every pair that is in conflict (R12, R13).
    pub(crate) fn conflicts(&self) -> Vec<&Pair> {
        let kinds = [RelationKind::Disputes, RelationKind::Misreports, RelationKind::ContradictsItself];
        let mut conflicts = self.relations();
        conflicts.retain(|pair| kinds.contains(&pair.verdict.kind));
        conflicts.retain(|pair| self.stands(pair.newer) && self.stands(pair.older));
        conflicts
    }

    /// The claims on a topic that are not retracted, by the last day that they are about, then the first; the day
    /// stated stands in, and those without either come last.
    pub(crate) fn timeline(&self, topic: (usize, usize)) -> Vec<usize> {
        let days = |number: usize| {
            let claim = self.claims[number];
            claim.as_of.map(Period::days).or(claim.stated.map(Moment::days))
        };
        let named = |(subject, predicate): (usize, usize)| {
            (if self.aliased && subject == ALIAS.0 { ALIAS.1 } else { subject }, predicate)
        };
        let current = |number: &usize| named(self.claims[*number].topic) == named(topic) && !self.retracted[*number];
        let mut line: Vec<usize> = (0..self.claims.len()).filter(current).collect();
        line.sort_by_key(|number| days(*number).map_or((1, 0, 0), |days| (0, days.last(), days.first())));
        line
    }
}
