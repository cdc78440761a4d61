//! How two claims on one topic relate: can both be true, are they about the same time, whose word is it.
//!
//! Pure rules: nothing here knows of a ledger.

use super::certainty::{Uncertainties, Uncertainty, uncertainties};
use super::comparable::Comparable;
use super::fit::{Agreement, Apart, Clash, Fit, Setting, Verdict, disowning_side, fit};
use super::timing::{Side, Timing};
use crate::claim::Claim;
use crate::error::Error;
use crate::number::Number;
use crate::policy::Policy;
use crate::topic::{Measure, Predicate};
use crate::words::vocabulary;

vocabulary! {
    /// The kinds of relation between two claims on one topic.
    #[derive(PartialOrd, Ord)]
    RelationKind, "repeats, echoes, concurs, corroborates, updates, succeeds, disputes, revises, misreports, \
        contradicts_itself, silent and incomparable" {
        /// The same origin says what it said before.
        Repeats = "repeats",
        /// Two origins that depend on each other agree.
        Echoes = "echoes",
        /// Two origins agree, and whether they are independent is not known.
        Concurs = "concurs",
        /// Two independent origins agree.
        Corroborates = "corroborates",
        /// The same origin says how it was at a later time.
        Updates = "updates",
        /// Another origin says how it was at a later time.
        Succeeds = "succeeds",
        /// Two origins say what cannot both be true: a conflict.
        Disputes = "disputes",
        /// The same origin takes back what it said, by saying otherwise later.
        Revises = "revises",
        /// Two chains of relays disagree on what one origin said: a conflict.
        Misreports = "misreports",
        /// One origin says what cannot both be true, through the same relays: a conflict.
        ContradictsItself = "contradicts_itself",
        /// The one says nothing about the value of the other.
        Silent = "silent",
        /// The two values cannot be compared.
        Incomparable = "incomparable",
    }
}

impl RelationKind {
    /// Whether two claims that stand, related so, are in conflict.
    #[must_use]
    pub fn is_conflict(self) -> bool {
        matches!(self, Self::Disputes | Self::Misreports | Self::ContradictsItself)
    }
}

vocabulary! {
    /// Whether two different origins are independent of each other.
    #[derive(PartialOrd, Ord)]
    Dependence, "dependent, unknown and independent" {
        /// Parts of one whole, or the one relays the other's claim.
        Dependent = "dependent",
        /// One of them is anonymous: it cannot be known.
        Unknown = "unknown",
        /// Neither.
        Independent = "independent",
    }
}

/// Whose word the two claims are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Origins {
    /// One origin.
    Same {
        /// Whether it reached the recorder through the same relays, in the same order.
        same_relays: bool,
    },
    /// Two origins.
    Two(Dependence),
}

/// How far two affirmed figures that clash lie apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Gap {
    /// The distance between the nearest values, or the ends where these are open; in the unit of the figures.
    pub amount: Number,
    /// The distance as a share of the smaller of the two values in magnitude, rounded to 28 digits; `None` where that
    /// is nought.
    pub relative: Option<Number>,
}

/// How two claims on one topic relate, with the reasons.
///
/// ```
/// use testimony::{Claim, Dependence, Figure, Policy, Predicate, Relation, RelationKind, Source, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let (moh, army) = (Source::new("moh", "Ministry of Health")?, Source::new("army", "Army")?);
/// let topic = Topic::new("market bombing of 3 May", "deaths");
/// let many = Claim::new(topic.clone(), Figure::at_least(40), moh.id());
/// let few = Claim::new(topic, Figure::exactly(12), army.id());
///
/// let deaths = Predicate::new("deaths");
/// let relation = Relation::between(&many, &few, &deaths, &Policy::default(), Dependence::Independent)?;
/// assert_eq!(relation.kind(), RelationKind::Disputes);
/// assert_eq!(relation.gap().map(|gap| gap.amount), Some(28.into()));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Relation {
    kind: RelationKind,
    fit: Fit,
    timing: Timing,
    origins: Origins,
    later: Option<Side>,
    supersedes: Option<Side>,
    certain: bool,
    uncertainties: Uncertainties,
    apart: Option<Apart>,
    chosen_widths: [bool; 2],
}

impl Relation {
    /// How two claims on one topic relate, whatever topic each of them names.
    ///
    /// `dependence` says whether two different origins are independent; for one origin it means nothing. That a third
    /// claim disowns one of them is known to a [`Ledger`](crate::Ledger) alone.
    ///
    /// # Errors
    ///
    /// Refuses a claim that no ledger would take: without a value although it neither declines nor disowns, or with a
    /// figure that allows no value under the predicate.
    pub fn between(
        first: &Claim,
        second: &Claim,
        predicate: &Predicate,
        policy: &Policy,
        dependence: Dependence,
    ) -> Result<Self, Error> {
        first.check()?;
        second.check()?;
        let origins = if first.origin() == second.origin() {
            Origins::Same { same_relays: first.relays() == second.relays() }
        } else {
            Origins::Two(dependence)
        };
        let first = Comparable::new(first, predicate, policy)?;
        let second = Comparable::new(second, predicate, policy)?;
        Ok(relate(&first, &second, predicate, policy, Whose { origins, disowned: false }))
    }

    /// The kind of relation.
    #[must_use]
    pub fn kind(&self) -> RelationKind {
        self.kind
    }

    /// Whether both values can be true, and why.
    #[must_use]
    pub fn fit(&self) -> Fit {
        self.fit
    }

    /// How the times that the two claims are about lie to each other.
    #[must_use]
    pub fn timing(&self) -> Timing {
        self.timing
    }

    /// Whose word the two claims are.
    #[must_use]
    pub fn origins(&self) -> Origins {
        self.origins
    }

    /// The side that is about the later time, where the timing is [`Timing::Later`].
    #[must_use]
    pub fn later(&self) -> Option<Side> {
        self.later
    }

    /// The side that supersedes the other, where one revises the other: the one said later.
    #[must_use]
    pub fn supersedes(&self) -> Option<Side> {
        self.supersedes
    }

    /// Whether the relation is certain. A clash is, unless something makes it only possible, which
    /// [`uncertainties`](Self::uncertainties) lists; any other relation is, where the two are known to be about one
    /// time or about one after the other.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.certain
    }

    /// The reasons why a clash is possible and not certain; none where it is certain, or where nothing clashes.
    ///
    /// ```
    /// use testimony::{Claim, Dependence, Figure, Policy, Predicate, Relation, Side, Source, Topic, Uncertainty};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let (moh, army) = (Source::new("moh", "Ministry of Health")?, Source::new("army", "Army")?);
    /// let topic = Topic::new("market bombing of 3 May", "deaths");
    /// let many = Claim::new(topic.clone(), Figure::exactly(41), moh.id()).with_as_of("2025-05-03".parse()?);
    /// let few = Claim::new(topic, Figure::exactly(12), army.id()).with_as_of("2025-05-03~".parse()?);
    ///
    /// let deaths = Predicate::new("deaths");
    /// let relation = Relation::between(&many, &few, &deaths, &Policy::default(), Dependence::Independent)?;
    /// assert!(!relation.is_certain());
    /// let reasons: Vec<Uncertainty> = relation.uncertainties().collect();
    /// assert_eq!(reasons, [Uncertainty::QualifiedTime(Side::Second)]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Order
    ///
    /// By the order of the variants, then of the sides.
    pub fn uncertainties(&self) -> impl Iterator<Item = Uncertainty> + use<> {
        self.uncertainties.iter()
    }

    /// How far apart two affirmed figures that clash are.
    #[must_use]
    pub fn gap(&self) -> Option<Gap> {
        self.apart.map(|Apart { amount, of }| Gap { amount, relative: amount.rounded_ratio(of) })
    }

    /// Whether the verdict rests on the width of a hedge that somebody chose ("about", "nearly", "just over", a vague
    /// magnitude) in the figure of this side.
    #[must_use]
    pub fn rests_on_chosen_width(&self, side: Side) -> bool {
        self.chosen_widths[side as usize]
    }

    /// The relation with its sides exchanged.
    #[must_use]
    pub fn mirrored(mut self) -> Self {
        self.fit = self.fit.mirrored();
        self.uncertainties = self.uncertainties.mirrored();
        self.later = self.later.map(Side::other);
        self.supersedes = self.supersedes.map(Side::other);
        self.chosen_widths.reverse();
        self
    }
}

/// Whose word two claims are.
#[derive(Clone, Copy)]
pub(crate) struct Whose {
    pub(crate) origins: Origins,
    /// Whether one of them is disowned by its origin, in these two or in another claim: then it is as if nobody knew
    /// which was said later.
    pub(crate) disowned: bool,
}

/// How two claims relate.
pub(crate) fn relate(
    first: &Comparable<'_>,
    second: &Comparable<'_>,
    predicate: &Predicate,
    policy: &Policy,
    Whose { origins, disowned }: Whose,
) -> Relation {
    let (timing, later) = first.timing(second, policy);
    let setting = Setting { predicate, timing, later };
    let disowning = matches!(origins, Origins::Same { .. }).then(|| disowning_side(first, second)).flatten();
    let Verdict { fit, apart, chosen_widths } = match disowning {
        Some(side) => Fit::Clashes(Clash::Disowned(side)).into(),
        None => fit(first, second, setting),
    };
    let fixed = predicate.measure() == Measure::Fixed;
    let together = timing != Timing::Later || fixed;
    let mut supersedes = None;
    let mut found = Uncertainties::default();
    let kind = match fit {
        Fit::Silent(_) => RelationKind::Silent,
        Fit::Incomparable(_) => RelationKind::Incomparable,
        Fit::Agrees(_) | Fit::Fits => match origins {
            Origins::Same { .. } if together => RelationKind::Repeats,
            Origins::Same { .. } => RelationKind::Updates,
            Origins::Two(_) if !together => RelationKind::Succeeds,
            Origins::Two(Dependence::Dependent) => RelationKind::Echoes,
            Origins::Two(Dependence::Unknown) => RelationKind::Concurs,
            Origins::Two(Dependence::Independent) => RelationKind::Corroborates,
        },
        Fit::Clashes(clash) => {
            found = uncertainties(first, second, clash, setting, policy);
            supersedes = superseding_side(first, second, origins).filter(|_| !disowned && disowning.is_none());
            match origins {
                Origins::Two(_) => RelationKind::Disputes,
                Origins::Same { .. } if supersedes.is_some() => RelationKind::Revises,
                Origins::Same { same_relays: true } if disowning.is_none() => RelationKind::ContradictsItself,
                Origins::Same { .. } => RelationKind::Misreports,
            }
        }
    };
    let certain = match fit {
        Fit::Clashes(_) => found.is_empty(),
        _ => fixed || matches!(timing, Timing::Same | Timing::Later),
    };
    Relation { kind, fit, timing, origins, later, supersedes, certain, uncertainties: found, apart, chosen_widths }
}

/// How the value of an affirmed claim lies to that of another, if the two agree of one time.
pub(crate) fn agreement(
    first: &Comparable<'_>,
    second: &Comparable<'_>,
    predicate: &Predicate,
    policy: &Policy,
) -> Option<Agreement> {
    let (timing, later) = first.timing(second, policy);
    match fit(first, second, Setting { predicate, timing, later }).fit {
        // A total that has risen since is of another time.
        Fit::Agrees(Agreement::Risen(_)) => None,
        Fit::Agrees(agreement) => Some(agreement),
        _ => None,
    }
}

/// The side that one origin said later, of two that clash.
fn superseding_side(first: &Comparable<'_>, second: &Comparable<'_>, origins: Origins) -> Option<Side> {
    matches!(origins, Origins::Same { .. }).then(|| first.said_later(second)).flatten()
}
