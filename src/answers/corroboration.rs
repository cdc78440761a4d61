//! Who bears a claim out: the voices behind it.

use std::collections::{HashMap, HashSet};
use std::fmt;

use indexmap::IndexMap;

use super::backers::{AffirmedClaims, Backers};
use super::numbered::{Answer, Numbered, Numbers};
use crate::confidence::Credibility;
use crate::entry::ClaimId;
use crate::ledger::{ClaimRef, Ledger};
use crate::report::{attribution, paragraph, statement, voice_count};
use crate::rules::fit::{Agreement, Fit};
use crate::rules::timing::Side;
use crate::rules::voices::{Statement, Voice, Voices};
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
    pub(crate) claim: ClaimRef<'a>,
    pub(crate) backings: Vec<Backing<'a>>,
    pub(crate) confirmed: bool,
}

impl<'a> Corroboration<'a> {
    /// The claim that is borne out.
    #[must_use]
    pub fn claim(&self) -> ClaimRef<'a> {
        self.claim
    }

    /// The voices by the first claim of each, the claim's own among them if it stands.
    #[must_use]
    pub fn backings(&self) -> &[Backing<'a>] {
        &self.backings
    }

    /// How many independent voices with a name say so.
    #[must_use]
    pub fn known(&self) -> usize {
        self.backings.iter().filter(|voice| !voice.anonymous).count()
    }

    /// How many more say so that are anonymous.
    #[must_use]
    pub fn anonymous(&self) -> usize {
        self.backings.len() - self.known()
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
        format!("{} by {voices}.", if self.backings.is_empty() { "It is borne out" } else { "It is said" })
    }

    /// The same with other numbers for the claims, such as those of the file that they were read from.
    pub fn numbered<F: Fn(ClaimId) -> u64>(&self, number: F) -> Numbered<'_, Self, F> {
        Numbered::new(self, number)
    }
}

impl Answer for Corroboration<'_> {
    fn write(&self, f: &mut fmt::Formatter<'_>, number: &Numbers<'_>) -> fmt::Result {
        let line = format!(
            "[{}] {}: {}",
            number(self.claim.id()),
            statement(&self.claim),
            voice_count(self.known(), self.anonymous())
        );
        paragraph(f, &line, 0, 4)?;
        for voice in &self.backings {
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
    fn serialize<S: serde::Serializer>(&self, serializer: S, number: &Numbers<'_>) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(&super::data::CorroborationForm::new(self, number), serializer)
    }
}

impl<'a> ClaimRef<'a> {
    /// How many voices stand behind it: the standing affirmed claims that agree with it, of its own time, by voice.
    #[must_use]
    pub fn corroboration(&self) -> Corroboration<'a> {
        let backers = AffirmedClaims::new(self.topic_ref()).at(self.comparable().days());
        self.corroboration_by(&backers)
    }

    fn corroboration_by(self, backers: &Backers<'a>) -> Corroboration<'a> {
        let mut backings: IndexMap<Voice, Backing<'a>> = IndexMap::new();
        for (claim, voice) in backers.candidates(self) {
            let Some(agreement) = self.agreement_of(claim) else { continue };
            let anonymous = matches!(voice, Voice::Anonymous(_));
            let new = || Backing { anonymous, witnesses: Vec::new() };
            backings.entry(voice).or_insert_with(new).witnesses.push(Witness { claim, agreement });
        }
        let confirmed = self.is_confirmed_by(backers);
        Corroboration { claim: self, backings: backings.into_values().collect(), confirmed }
    }

    /// How the value of a claim of its time lies to its own, if the two agree.
    pub(super) fn agreement_of(self, claim: ClaimRef<'a>) -> Option<Agreement> {
        if claim.id() == self.id() {
            return Some(Agreement::Equal);
        }
        match self.ledger().relation_of(claim, self).fit() {
            // A total that has risen since is of another time.
            Fit::Agrees(Agreement::Risen(_)) => None,
            Fit::Agrees(agreement) => Some(agreement),
            _ => None,
        }
    }

    /// Whether a voice with a name bears it out that does not depend on its origin. An anonymous origin joins no voice,
    /// and yet some are known to depend on it.
    fn is_confirmed_by(self, backers: &Backers<'a>) -> bool {
        let agrees = |claim| self.agreement_of(claim).is_some();
        if backers.has(self) {
            return backers.is_confirmed(self, &backers.own_voices(self), agrees);
        }
        // It does not stand, and so it is in no voice: what depends on its origin is known once it is put beside them.
        let own = self.statement();
        let as_named = |statement: Statement<'a>| Statement {
            anonymous: statement.anonymous && statement.origin != own.origin,
            ..statement
        };
        let with_it: Vec<_> = backers.statements().chain([own]).map(as_named).collect();
        let joined = Voices::of(&with_it);
        let is_other = |claim: ClaimRef<'a>| joined.voice(claim.statement().origin) != joined.voice(own.origin);
        backers.is_confirmed(self, &HashSet::new(), |claim| is_other(claim) && agrees(claim))
    }
}

impl Ledger {
    /// The standing claims that the recorder holds to be confirmed by other independent sources (credibility 1), and
    /// that no other independent voice on record bears out. Nothing is corrected.
    ///
    /// # Order
    ///
    /// By number.
    pub fn unconfirmed(&self) -> impl Iterator<Item = Corroboration<'_>> {
        let confirmed = |claim: &ClaimRef<'_>| claim.credibility().is_some_and(|credibility| credibility.rating() == 1);
        let rated = self.claims().filter(move |claim| claim.stands() && confirmed(claim));
        // What one claim of a topic needs to know, the next one needs again.
        let mut topics: HashMap<u32, AffirmedClaims<'_>> = HashMap::new();
        rated.filter_map(move |claim| {
            let topic = topics.entry(claim.topic_ref().number());
            let topic = topic.or_insert_with(|| AffirmedClaims::new(claim.topic_ref()));
            let backers = topic.at(claim.comparable().days());
            (!claim.is_confirmed_by(&backers)).then(|| claim.corroboration_by(&backers))
        })
    }
}
