//! Who bears a claim out: the voices behind it.

use std::collections::HashSet;
use std::fmt;
use std::sync::{Arc, OnceLock};

use indexmap::IndexMap;

use super::backers::{AffirmedClaims, Asked, Backers};
use super::numbered::{Answer, Numbered, Numbering};
use crate::confidence::Credibility;
use crate::entry::ClaimId;
use crate::ledger::{ClaimRef, Ledger, TopicRef};
use crate::report::{attribution, paragraph, statement, voice_count};
use crate::rules::comparable::Taken;
use crate::rules::fit::Agreement;
use crate::rules::moments::Moment;
use crate::rules::relation::agreement;
use crate::rules::timing::Side;
use crate::rules::voices::{Joining, Statement, Voice, Voices};
use crate::source::Source;

/// A claim that bears another one out, and how their values lie to each other.
#[derive(Clone, Copy, Debug)]
pub struct Witness<'a> {
    pub(crate) claim: ClaimRef<'a>,
    pub(crate) agreement: Agreement,
}

impl<'a> Witness<'a> {
    /// The claim.
    #[must_use]
    pub fn claim(&self) -> ClaimRef<'a> {
        self.claim
    }

    /// How its value, the first side, lies to that of the claim it bears out, the second: "at least 1" agrees with
    /// 11,000, and says little.
    #[must_use]
    pub fn agreement(&self) -> Agreement {
        self.agreement
    }
}

/// One voice: an origin, or several that count as one, with the claims of theirs that bear a claim out.
#[derive(Clone, Debug)]
pub struct Backing<'a> {
    pub(crate) anonymous: bool,
    pub(crate) witnesses: Vec<Witness<'a>>,
}

impl<'a> Backing<'a> {
    /// Whether it is somebody who is not named, of whom nobody knows whether they are independent.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        self.anonymous
    }

    /// The claims, in the order in which they were recorded.
    #[must_use]
    pub fn witnesses(&self) -> &[Witness<'a>] {
        &self.witnesses
    }

    /// The origins, each once.
    #[must_use]
    pub fn origins(&self) -> Vec<&'a Source> {
        let mut origins: Vec<&Source> = Vec::new();
        for witness in &self.witnesses {
            if origins.iter().all(|origin| origin.id() != witness.claim.origin().id()) {
                origins.push(witness.claim.origin());
            }
        }
        origins
    }
}

/// How many voices stand behind a claim, and which.
///
/// A voice is one origin, or several that depend on each other or quote each other in a circle. Relays are listed with
/// each claim and are not counted; anonymous origins are counted apart, because nobody knows whether they are
/// independent.
///
/// ```
/// use testimony::{Claim, Figure, Ledger, Source, SourceKind, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// let agency = ledger.add_source(Source::new("agency", "Agency")?.with_kind(SourceKind::OUTLET))?;
/// let ministry = ledger.add_source(Source::new("moh", "Ministry of Health")?)?;
/// let deaths = Topic::new("market bombing", "deaths");
/// let first = ledger.record(Claim::new(deaths.clone(), Figure::exactly(40), &agency))?.id();
/// for i in 0..10 {
///     let outlet = ledger.add_source(Source::new(format!("outlet-{i}"), format!("Outlet {i}"))?)?;
///     ledger.record(Claim::new(deaths.clone(), Figure::exactly(40), &agency).with_relay(&outlet))?;
/// }
/// let claim = ledger.claim(first).expect("it was recorded");
/// assert_eq!(claim.corroboration().known(), 1, "ten outlets that quote one agency are one witness");
/// ledger.record(Claim::new(deaths, Figure::more_than(30), &ministry))?;
/// # let claim = ledger.claim(first).expect("it was recorded");
/// assert_eq!(claim.corroboration().known(), 2);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Corroboration<'a> {
    claim: ClaimRef<'a>,
    all: Arc<AffirmedClaims<'a>>,
    known: usize,
    anonymous: usize,
    confirmed: bool,
    /// Listed when they are asked for: they may be many, where only their number is wanted.
    backings: OnceLock<Vec<Backing<'a>>>,
}

impl<'a> Corroboration<'a> {
    fn of(claim: ClaimRef<'a>, all: &Arc<AffirmedClaims<'a>>, voices: &HashSet<Voice>, confirmed: bool) -> Self {
        let known = voices.iter().filter(|voice| matches!(voice, Voice::Known(_))).count();
        let anonymous = voices.len() - known;
        Self { claim, all: all.clone(), known, anonymous, confirmed, backings: OnceLock::new() }
    }

    /// The claim that is borne out.
    #[must_use]
    pub fn claim(&self) -> ClaimRef<'a> {
        self.claim
    }

    /// The voices by the first claim of each, the claim's own among them if it stands.
    #[must_use]
    pub fn backings(&self) -> &[Backing<'a>] {
        self.backings.get_or_init(|| {
            let asked = self.all.asked(self.claim);
            backings(&self.all, &self.all.at(asked.days(), &mut Joining::default()), &asked)
        })
    }

    /// How many independent voices with a name say so.
    #[must_use]
    pub fn known(&self) -> usize {
        self.known
    }

    /// How many more say so that are anonymous.
    #[must_use]
    pub fn anonymous(&self) -> usize {
        self.anonymous
    }

    /// Whether another independent voice with a name than the claim's own says so. Of an anonymous origin, the outlet
    /// that it belongs to and those that pass the claim on are none.
    #[must_use]
    pub fn is_confirmed(&self) -> bool {
        self.confirmed
    }

    /// How many voices there are, in plain words; of a claim that is rated as confirmed and is not, that it is so.
    #[must_use]
    pub fn because(&self) -> String {
        let rating = self.claim.credibility().map(Credibility::rating);
        if rating == Some(1) && !self.confirmed {
            return "It is rated as confirmed by other independent sources, and none on record says so.".to_owned();
        }
        let voices = voice_count(self.known(), self.anonymous());
        format!("{} by {voices}.", if self.known + self.anonymous == 0 { "It is borne out" } else { "It is said" })
    }

    /// The same with other numbers for the claims, such as those of the file that they were read from.
    pub fn numbered<F: Fn(ClaimId) -> u64>(&self, number: F) -> Numbered<'_, Self, F> {
        Numbered::new(self, number)
    }
}

impl Answer for Corroboration<'_> {
    fn write(&self, f: &mut fmt::Formatter<'_>, number: &Numbering<'_>) -> fmt::Result {
        let line = format!(
            "[{}] {}: {}",
            number(self.claim.id()),
            statement(&self.claim),
            voice_count(self.known(), self.anonymous())
        );
        paragraph(f, &line, 0, 4)?;
        for voice in self.backings() {
            for (i, witness) in voice.witnesses.iter().enumerate() {
                let agreement = match witness.agreement {
                    Agreement::Equal => "the same",
                    Agreement::Within(Side::First) => "within it",
                    Agreement::Within(Side::Second) => "around it",
                    Agreement::Overlapping | Agreement::Risen(_) => "overlapping it",
                };
                let claim = &witness.claim;
                let line =
                    format!("[{}] {}, {agreement}: {}", number(claim.id()), statement(claim), attribution(claim));
                paragraph(f, &line, if i == 0 { 2 } else { 4 }, 6)?;
            }
        }
        Ok(())
    }

    #[cfg(feature = "serde")]
    fn serialize<S: serde::Serializer>(&self, serializer: S, number: &Numbering<'_>) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(&super::data::CorroborationForm::new(self, number), serializer)
    }
}

impl<'a> ClaimRef<'a> {
    /// How many voices stand behind it: the standing affirmed claims that agree with it, of its own time, by voice.
    ///
    /// Each call looks at the whole topic: ask [`corroborations`](TopicRef::corroborations) for all claims on it.
    #[must_use]
    pub fn corroboration(&self) -> Corroboration<'a> {
        let all = Arc::new(AffirmedClaims::new(self.topic_ref()));
        let asked = all.asked(*self);
        let backers = all.at(asked.days(), &mut Joining::default());
        let confirmed = is_confirmed(&all, &backers, &asked, &mut { usize::MAX }) == Some(true);
        let backings = backings(&all, &backers, &asked);
        let known = backings.iter().filter(|voice| !voice.anonymous).count();
        let anonymous = backings.len() - known;
        Corroboration { claim: *self, all, known, anonymous, confirmed, backings: backings.into() }
    }

    /// How the value of an affirmed claim of its time lies to its own, if the two agree.
    pub(super) fn agreement_of(self, claim: ClaimRef<'a>) -> Option<Agreement> {
        if claim.id() == self.id() {
            return Some(Agreement::Equal);
        }
        let (predicate, policy) = (self.topic_ref().predicate(), self.ledger().policy());
        agreement(&claim.comparable(), &self.comparable(), predicate, policy)
    }
}

/// Whether the recorder holds it to be confirmed by other independent sources.
fn is_rated_confirmed(claim: &ClaimRef<'_>) -> bool {
    claim.credibility().is_some_and(|credibility| credibility.rating() == 1)
}

/// The voices behind a claim, each with its witnesses.
fn backings<'a>(all: &AffirmedClaims<'a>, backers: &Backers, asked: &Asked<'a>) -> Vec<Backing<'a>> {
    let mut backings: IndexMap<Voice, Backing<'a>> = IndexMap::new();
    for (place, voice) in backers.candidates(all, asked) {
        let Some(agreement) = all.agreement(place, asked) else { continue };
        let anonymous = matches!(voice, Voice::Anonymous(_));
        let new = || Backing { anonymous, witnesses: Vec::new() };
        let witness = Witness { claim: all.claim(place), agreement };
        backings.entry(voice).or_insert_with(new).witnesses.push(witness);
    }
    backings.into_values().collect()
}

/// Whether a claim is borne out by a voice with a name that does not depend on its origin; `None` if the steps do not
/// suffice to tell. An anonymous origin joins no voice, and yet some voices are known to depend on it.
fn is_confirmed<'a>(all: &AffirmedClaims<'a>, backers: &Backers, asked: &Asked<'a>, steps: &mut usize) -> Option<bool> {
    if let Some(own) = backers.own_voices(all, asked.claim) {
        return backers.confirm(all, asked, own, steps);
    }
    // A claim that does not stand is in no voice: put beside the others, it shows which of them depend on its origin.
    let own = asked.claim.statement();
    let as_named = |statement: Statement<'a>| Statement {
        anonymous: statement.anonymous && statement.origin != own.origin,
        ..statement
    };
    let with_it: Vec<_> = backers.statements(all).chain([own]).map(as_named).collect();
    let joined = Voices::of(&with_it);
    let mut others = backers.candidates(all, asked).filter(|(place, voice)| {
        let origin = all.claim(*place).statement().origin;
        matches!(voice, Voice::Known(_)) && joined.voice(origin) != joined.voice(own.origin)
    });
    Some(others.any(|(place, _)| all.agreement(place, asked).is_some()))
}

/// Visits some claims with the voices behind them, confirmed ones only if they are wanted. Those that the same claims
/// are together with come one after another, since they share who is one voice then: each time costs what is said of it.
///
/// Takes that from `steps`, and ends when there are none left.
fn each_at_its_time<'a>(
    all: &Arc<AffirmedClaims<'a>>,
    mut asked: Vec<(usize, Asked<'a>)>,
    with_confirmed: bool,
    steps: &mut usize,
    mut visit: impl FnMut(usize, Corroboration<'a>),
) {
    const FEW: usize = 8;
    let mut joining = Joining::default();
    asked.retain(|(order, Asked { claim, .. })| {
        // Nothing that is affirmed agrees with a claim that is not.
        let is_affirmed = claim.taken() == Taken::Affirmed;
        if !is_affirmed {
            visit(*order, Corroboration::of(*claim, all, &HashSet::new(), false));
        }
        is_affirmed
    });
    let mut by_moment: IndexMap<Moment, Vec<(usize, Asked<'a>)>> = IndexMap::new();
    for (order, asked) in asked {
        by_moment.entry(all.around(asked.days())).or_default().push((order, asked));
    }
    let moments: Vec<Moment> = by_moment.keys().copied().collect();
    all.each_moment(&moments, steps, |moment, then, steps| {
        let mut open: Vec<(usize, &Asked<'a>)> = Vec::new();
        for (order, asked) in &by_moment[moment] {
            let told = then.zip(all.place(asked.claim)).filter(|(then, _)| !with_confirmed || then.is_one_voice());
            match told.and_then(|(then, own)| all.is_confirmed(own, asked, then, steps)) {
                Some(true) => {}
                Some(false) => {
                    let own = HashSet::from([Voice::Known(asked.claim.statement().origin as usize)]);
                    visit(*order, Corroboration::of(asked.claim, all, &own, false));
                }
                None => open.push((*order, asked)),
            }
        }
        let Some((_, first)) = open.first() else { return true };
        *steps = steps.saturating_sub(all.at_most(first.days()));
        if *steps == 0 {
            return false;
        }
        let mut backers = match then {
            Some(then) => Backers::then(then, &mut joining),
            None => all.at(first.days(), &mut joining),
        };
        if open.len() > FEW {
            backers = backers.laid_out(all);
        }
        for (order, asked) in open {
            let Some(confirmed) = is_confirmed(all, &backers, asked, steps) else { return false };
            if confirmed && !with_confirmed {
                continue;
            }
            let Some(voices) = backers.voices_behind(all, asked, steps) else { return false };
            visit(order, Corroboration::of(asked.claim, all, &voices, confirmed));
        }
        true
    });
}

impl<'a> TopicRef<'a> {
    /// How many voices stand behind each of its standing claims, in the order in which they were recorded. To ask each
    /// claim by itself is to lay the whole topic out for each.
    ///
    /// ```
    /// use testimony::{Claim, Figure, Ledger, Source, Topic};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let mut ledger = Ledger::new();
    /// let deaths = Topic::new("market bombing", "deaths");
    /// for (id, said) in [("a", Figure::exactly(40)), ("b", Figure::more_than(30)), ("c", Figure::exactly(12))] {
    ///     let source = ledger.add_source(Source::new(id, id)?)?;
    ///     ledger.record(Claim::new(deaths.clone(), said, &source))?;
    /// }
    /// let topic = ledger.topic(&deaths).expect("it was just used");
    /// assert_eq!(topic.corroborations().iter().map(|it| it.known()).collect::<Vec<_>>(), [2, 2, 1]);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn corroborations(&self) -> Vec<Corroboration<'a>> {
        let all = Arc::new(AffirmedClaims::new(*self));
        let asked = self.standing().map(|claim| all.asked(claim)).enumerate().collect();
        let mut found = Vec::new();
        let take = |order, corroboration| found.push((order, corroboration));
        each_at_its_time(&all, asked, true, &mut { usize::MAX }, take);
        found.sort_by_key(|(order, _)| *order);
        found.into_iter().map(|(_, corroboration)| corroboration).collect()
    }

    /// Those of [`Ledger::unconfirmed`] that are on this topic: its standing claims that are rated as confirmed
    /// (credibility 1), and that no other independent voice on record bears out.
    ///
    /// # Order
    ///
    /// By number.
    ///
    /// ```
    /// use testimony::{Claim, Credibility, Figure, Ledger, Source, Topic};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let mut ledger = Ledger::new();
    /// let ministry = ledger.add_source(Source::new("ministry", "Ministry")?)?;
    /// let deaths = Topic::new("tunnel fire", "deaths");
    /// let claim = Claim::new(deaths.clone(), Figure::exactly(7), &ministry).with_credibility(Credibility::new(1)?);
    /// ledger.record(claim)?;
    /// let topic = ledger.topic(&deaths).expect("it was just used");
    /// assert_eq!(topic.unconfirmed().count(), 1);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn unconfirmed(&self) -> Unconfirmed<'a> {
        let rated: Vec<ClaimRef<'a>> = self.standing().filter(is_rated_confirmed).collect();
        Unconfirmed::of(std::iter::once(rated).filter(|rated| !rated.is_empty()))
    }

    /// Those of some standing claims on it that no other independent voice bears out, in the order in which they come.
    ///
    /// Most are told at once: those that somebody confirms who depends on their origin at no time at all, and those that
    /// nobody else agrees with. Only the others need to know who is one voice at their time.
    fn unconfirmed_of(self, claims: &[ClaimRef<'a>], steps: &mut usize) -> Vec<Corroboration<'a>> {
        const FEW: usize = 64;
        let all = Arc::new(AffirmedClaims::new(self));
        let ever = all.of_all_times();
        let of_one_root = ever.voices_of_one_root(&all);
        let mut found: Vec<(usize, Corroboration<'a>)> = Vec::new();
        let mut open: Vec<(usize, Asked<'a>)> = Vec::new();
        let unconfirmed = |claim, voices| Corroboration::of(claim, &all, &voices, false);
        for (order, claim) in claims.iter().enumerate() {
            let asked = all.asked(*claim);
            if let Some(own) = ever.own_voices(&all, *claim) {
                let is_told = own.is_subset(&of_one_root) && !claim.statement().anonymous;
                match ever.confirm(&all, &asked, own, &mut { FEW }) {
                    Some(true) => continue,
                    Some(false) if is_told => {
                        if let Some(voices) = ever.voices_behind(&all, &asked, &mut { FEW }) {
                            found.push((order, unconfirmed(*claim, voices)));
                            continue;
                        }
                    }
                    _ => {}
                }
            }
            open.push((order, asked));
        }
        each_at_its_time(&all, open, false, steps, |order, corroboration| found.push((order, corroboration)));
        found.sort_by_key(|(order, _)| *order);
        found.into_iter().map(|(_, corroboration)| corroboration).collect()
    }
}

/// The most steps that the look at the ratings on a topic takes, and how many more for each claim there: some seconds for
/// ten megabytes, which can hold so many claims, each of a time of its own, that who is one voice then has to be worked out
/// from a billion of them. What is found on a topic depends on no other topic.
const STEPS: usize = 50_000;
const STEPS_A_CLAIM: usize = 400;

/// Claims that are rated as confirmed, and that no other independent voice bears out, by number.
#[derive(Clone, Debug)]
pub struct Unconfirmed<'a> {
    found: std::vec::IntoIter<Corroboration<'a>>,
    is_whole: bool,
}

impl<'a> Unconfirmed<'a> {
    /// Of claims that are rated so, those on one topic together, because each needs what the one before it needed.
    fn of(topics: impl Iterator<Item = Vec<ClaimRef<'a>>>) -> Self {
        let (mut found, mut is_whole) = (Vec::new(), true);
        for claims in topics {
            let topic = claims[0].topic_ref();
            let mut steps = STEPS + STEPS_A_CLAIM * topic.claims().count();
            found.extend(topic.unconfirmed_of(&claims, &mut steps));
            is_whole &= steps > 0;
        }
        found.sort_by_key(|corroboration: &Corroboration<'_>| corroboration.claim.id());
        Self { found: found.into_iter(), is_whole }
    }

    /// Whether all claims that are rated so were looked at. Where a topic has tens of thousands of them, which nearly all
    /// depend on each other and are of times of their own, the look at them ends after some seconds.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }
}

impl<'a> Iterator for Unconfirmed<'a> {
    type Item = Corroboration<'a>;

    fn next(&mut self) -> Option<Corroboration<'a>> {
        self.found.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.found.size_hint()
    }
}

impl Ledger {
    /// The standing claims that the recorder holds to be confirmed by other independent sources (credibility 1), and
    /// that no other independent voice on record bears out. Nothing is corrected.
    ///
    /// # Order
    ///
    /// By number.
    #[must_use]
    pub fn unconfirmed(&self) -> Unconfirmed<'_> {
        let mut topics: IndexMap<u32, Vec<ClaimRef<'_>>> = IndexMap::new();
        for claim in self.claims().filter(|claim| claim.stands() && is_rated_confirmed(claim)) {
            topics.entry(claim.topic_ref().number()).or_default().push(claim);
        }
        Unconfirmed::of(topics.into_values())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Claim;
    use crate::figure::Figure;
    use crate::period::Period;
    use crate::topic::Topic;

    /// Each relays the next, so all are one voice, of times of their own that meet half of the others.
    #[test]
    fn a_look_without_steps_left_tells_of_some_claims_and_says_so() {
        const CLAIMS: usize = 40;
        let mut ledger = Ledger::new();
        let add = |i| ledger.add_source(Source::new(format!("s{i}"), format!("S{i}")).unwrap()).unwrap();
        let sources: Vec<_> = (0..=CLAIMS).map(add).collect();
        for i in 0..CLAIMS {
            let days: Period = format!("{}-01-01/{}-01-01", 1900 + i, 1920 + i).parse().unwrap();
            let claim = Claim::new(Topic::new("s", "p"), Figure::exactly(40), &sources[i]);
            let rated = claim.with_credibility(Credibility::new(1).unwrap());
            ledger.record(rated.with_relay(&sources[i + 1]).with_as_of(days)).unwrap();
        }
        let claims: Vec<ClaimRef<'_>> = ledger.claims().collect();
        let topic = claims[0].topic_ref();
        let told = |mut steps: usize| {
            let found = topic.unconfirmed_of(&claims, &mut steps);
            (found.iter().map(|found| found.claim().id()).collect::<Vec<_>>(), steps)
        };
        let (all, left) = told(1_000_000);
        assert_eq!(all, claims.iter().map(ClaimRef::id).collect::<Vec<_>>());
        assert!(left > 0);
        let costs = 1_000_000 - left;
        let (some, left) = told(costs / 2);
        assert!((1..CLAIMS).contains(&some.len()), "{}", some.len());
        assert!(some.iter().all(|claim| all.contains(claim)));
        assert_eq!(left, 0);
        assert!(ledger.unconfirmed().is_whole());
    }
}
