//! How two claims on one topic relate: can both be true, are they about the same time, whose word is it.
//!
//! Pure rules: nothing here knows of a ledger.

use super::comparable::{Comparable, ComparedValue, Extent};
use super::timing::{Side, Timing, timing};
use crate::claim::{Claim, Stance};
use crate::date::Days;
use crate::error::Error;
use crate::number::{Interval, Number};
use crate::policy::Policy;
use crate::topic::{Measure, Predicate};
use crate::words::vocabulary;

vocabulary! {
    /// What two claims on one topic are to each other.
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
pub enum Origins {
    /// One origin.
    Same {
        /// Whether it reached the recorder through the same relays, in the same order.
        same_relays: bool,
    },
    /// Two origins.
    Two(Dependence),
}

/// How the values of two claims that agree lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Agreement {
    /// The same values.
    Equal,
    /// Every value of this side is one of the other's, and not the other way round.
    Within(Side),
    /// Some values in common, and some of each side's own.
    Overlapping,
}

/// Why two values cannot both be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Clash {
    /// Two figures or periods have no value in common.
    NothingShared,
    /// A running total is below what it was at an earlier time; this side is the earlier one.
    TotalFell(Side),
    /// Within a part of the time more happened than in the whole of it; this side is the part.
    PartAboveWhole(Side),
    /// Every value that this side affirms is one that the other denies.
    AllDenied(Side),
    /// As above, with the affirmed running total carried to the time of the denial.
    CarriedAllDenied(Side),
    /// Two texts where only one can be true.
    SingleValued,
    /// Two texts that the predicate names as opposites.
    Opposites,
    /// The text that this side affirms, the other denies.
    TextDenied(Side),
}

/// Why a claim says nothing about the value of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Silence {
    /// This side only suggests its value, or declines to answer.
    Uncommitted(Side),
    /// Both do.
    BothUncommitted,
    /// Two texts that may both be true.
    DifferentTexts,
    /// Both deny, and not the same.
    DifferentDenials,
    /// The affirmed has values that are not denied.
    NotAllDenied,
    /// What happened in two different periods.
    DifferentPeriods,
}

/// Why two values cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mismatch {
    /// A figure, a text and a period are three kinds of value.
    Kinds,
    /// Two figures in different units.
    Units,
}

/// Whether both values can be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fit {
    /// They can: they share values.
    Agrees(Agreement),
    /// They can: each is true of its own time.
    Fits,
    /// They cannot.
    Clashes(Clash),
    /// The one has nothing to say to the other.
    Silent(Silence),
    /// There is no telling.
    Incomparable(Mismatch),
}

/// How far two affirmed figures that clash lie apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Gap {
    /// Between their nearest values, or the ends where these are open; in the unit of the figures.
    pub amount: Number,
    /// The same as a share of the smaller of these in magnitude, rounded to 28 digits; `None` where that is nought.
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
    apart: Option<Apart>,
    chosen_widths: [bool; 2],
}

/// How far two figures lie apart, before it is worked out as a share: few ask for that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Apart {
    amount: Number,
    /// The magnitude of which it is a share.
    of: Number,
}

impl Relation {
    /// How two claims on one topic relate, whatever topic each of them names.
    ///
    /// `dependence` says whether two different origins are independent; for one origin it means nothing.
    ///
    /// # Errors
    ///
    /// Refuses a claim that no ledger would take: without a value although it does not decline, or with a figure that
    /// allows no value under the predicate.
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
        Ok(relate(&first, &second, predicate, policy, origins))
    }

    /// What the two claims are to each other.
    #[must_use]
    pub fn kind(&self) -> RelationKind {
        self.kind
    }

    /// Whether both values can be true, and why.
    #[must_use]
    pub fn fit(&self) -> Fit {
        self.fit
    }

    /// How the times that they are about lie to each other.
    #[must_use]
    pub fn timing(&self) -> Timing {
        self.timing
    }

    /// Whose word they are.
    #[must_use]
    pub fn origins(&self) -> Origins {
        self.origins
    }

    /// Which of them is about the later time, where the timing is [`Timing::Later`].
    #[must_use]
    pub fn later(&self) -> Option<Side> {
        self.later
    }

    /// Which of them supersedes the other, where one revises the other: the one said later.
    #[must_use]
    pub fn supersedes(&self) -> Option<Side> {
        self.supersedes
    }

    /// Whether the relation is certain, or only possible because the two may be about different times.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.certain
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

    /// The same relation with its sides exchanged.
    #[must_use]
    pub fn mirrored(mut self) -> Self {
        let flip = |side: &mut Side| *side = side.other();
        match &mut self.fit {
            Fit::Agrees(Agreement::Within(side))
            | Fit::Clashes(
                Clash::TotalFell(side)
                | Clash::PartAboveWhole(side)
                | Clash::AllDenied(side)
                | Clash::CarriedAllDenied(side)
                | Clash::TextDenied(side),
            )
            | Fit::Silent(Silence::Uncommitted(side)) => flip(side),
            _ => {}
        }
        self.later = self.later.map(Side::other);
        self.supersedes = self.supersedes.map(Side::other);
        self.chosen_widths.reverse();
        self
    }
}

/// How two claims relate.
pub(crate) fn relate(
    first: &Comparable<'_>,
    second: &Comparable<'_>,
    predicate: &Predicate,
    policy: &Policy,
    origins: Origins,
) -> Relation {
    let (timing, later) = timing(first.days, second.days, policy);
    let fixed = predicate.measure() == Measure::Fixed;
    let together = timing != Timing::Later || fixed;
    let Verdict { fit, apart, chosen_widths } = fit(first, second, predicate, timing, later);
    let mut supersedes = None;
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
        Fit::Clashes(_) => match origins {
            Origins::Two(_) => RelationKind::Disputes,
            Origins::Same { same_relays } => {
                supersedes = first.said_later(second);
                match supersedes {
                    Some(_) => RelationKind::Revises,
                    None if same_relays => RelationKind::ContradictsItself,
                    None => RelationKind::Misreports,
                }
            }
        },
    };
    let certain = fixed || matches!(timing, Timing::Same | Timing::Later);
    Relation { kind, fit, timing, origins, later, supersedes, certain, apart, chosen_widths }
}

/// A fit with what it rests on.
struct Verdict {
    fit: Fit,
    apart: Option<Apart>,
    chosen_widths: [bool; 2],
}

impl From<Fit> for Verdict {
    fn from(fit: Fit) -> Self {
        Self { fit, apart: None, chosen_widths: [false; 2] }
    }
}

/// How two sets of values lie to each other.
#[derive(Clone, Copy)]
struct Overlap {
    shares: bool,
    first_within: bool,
    second_within: bool,
}

impl Overlap {
    fn of_intervals(first: &Interval, second: &Interval) -> Self {
        Self {
            shares: first.shares_with(second),
            first_within: first.is_within(second),
            second_within: second.is_within(first),
        }
    }

    fn of_days(first: Days, second: Days) -> Self {
        Self {
            shares: first.shares_with(second),
            first_within: first.is_within(second),
            second_within: second.is_within(first),
        }
    }

    fn is_within(self, side: Side) -> bool {
        match side {
            Side::First => self.first_within,
            Side::Second => self.second_within,
        }
    }

    fn agreement(self) -> Agreement {
        match (self.first_within, self.second_within) {
            (true, true) => Agreement::Equal,
            (true, false) => Agreement::Within(Side::First),
            (false, true) => Agreement::Within(Side::Second),
            (false, false) => Agreement::Overlapping,
        }
    }
}

/// Which sides affirm, of two that each affirm or deny.
enum Stances {
    BothAffirm,
    OneAffirms(Side),
    BothDeny,
}

fn fit(
    first: &Comparable<'_>,
    second: &Comparable<'_>,
    predicate: &Predicate,
    timing: Timing,
    later: Option<Side>,
) -> Verdict {
    let stances = match (first.stance, second.stance) {
        (
            Stance::Suggests | Stance::Declines | Stance::Disowns,
            Stance::Suggests | Stance::Declines | Stance::Disowns,
        ) => {
            return Fit::Silent(Silence::BothUncommitted).into();
        }
        (Stance::Suggests | Stance::Declines | Stance::Disowns, _) => {
            return Fit::Silent(Silence::Uncommitted(Side::First)).into();
        }
        (_, Stance::Suggests | Stance::Declines | Stance::Disowns) => {
            return Fit::Silent(Silence::Uncommitted(Side::Second)).into();
        }
        (Stance::Affirms, Stance::Affirms) => Stances::BothAffirm,
        (Stance::Affirms, Stance::Denies) => Stances::OneAffirms(Side::First),
        (Stance::Denies, Stance::Affirms) => Stances::OneAffirms(Side::Second),
        (Stance::Denies, Stance::Denies) => Stances::BothDeny,
    };
    match (&first.value, &second.value) {
        (Some(ComparedValue::Figure(a)), Some(ComparedValue::Figure(b))) => {
            if a.is_comparable_with(b) {
                fit_figures(a, b, [first.days, second.days], &stances, predicate.measure(), timing, later)
            } else {
                Fit::Incomparable(Mismatch::Units).into()
            }
        }
        (Some(ComparedValue::Text(a)), Some(ComparedValue::Text(b))) => {
            let fit = fit_texts(a, b, &stances, predicate);
            at_their_time(fit, predicate.measure(), timing).into()
        }
        (Some(ComparedValue::Period(a)), Some(ComparedValue::Period(b))) => {
            let fit = fit_sets(Overlap::of_days(*a, *b), &stances);
            at_their_time(fit, predicate.measure(), timing).into()
        }
        _ => Fit::Incomparable(Mismatch::Kinds).into(),
    }
}

/// What is true of its own time does not clash with what is true of another, unless it never changes.
fn at_their_time(fit: Fit, measure: Measure, timing: Timing) -> Fit {
    match fit {
        Fit::Agrees(_) | Fit::Clashes(_) if timing == Timing::Later && measure != Measure::Fixed => Fit::Fits,
        fit => fit,
    }
}

fn fit_texts(first: &str, second: &str, stances: &Stances, predicate: &Predicate) -> Fit {
    let equal = first == second;
    match stances {
        Stances::BothAffirm | Stances::BothDeny if equal => Fit::Agrees(Agreement::Equal),
        Stances::BothAffirm if predicate.is_single_valued() => Fit::Clashes(Clash::SingleValued),
        Stances::BothAffirm if predicate.are_normal_opposites(first, second) => Fit::Clashes(Clash::Opposites),
        Stances::OneAffirms(side) if equal => Fit::Clashes(Clash::TextDenied(*side)),
        Stances::BothAffirm | Stances::OneAffirms(_) => Fit::Silent(Silence::DifferentTexts),
        Stances::BothDeny => Fit::Silent(Silence::DifferentDenials),
    }
}

/// Two sets of values of one time.
fn fit_sets(sets: Overlap, stances: &Stances) -> Fit {
    match *stances {
        Stances::BothAffirm if sets.shares => Fit::Agrees(sets.agreement()),
        Stances::BothAffirm => Fit::Clashes(Clash::NothingShared),
        Stances::OneAffirms(side) if sets.is_within(side) => Fit::Clashes(Clash::AllDenied(side)),
        Stances::OneAffirms(_) => Fit::Silent(Silence::NotAllDenied),
        Stances::BothDeny if sets.first_within && sets.second_within => Fit::Agrees(Agreement::Equal),
        Stances::BothDeny => Fit::Silent(Silence::DifferentDenials),
    }
}

fn fit_figures(
    first: &Extent<'_>,
    second: &Extent<'_>,
    days: [Option<Days>; 2],
    stances: &Stances,
    measure: Measure,
    timing: Timing,
    later: Option<Side>,
) -> Verdict {
    if let (Measure::Cumulative, Some(later), Stances::BothAffirm | Stances::OneAffirms(_)) = (measure, later, stances)
    {
        return fit_carried(first, second, stances, later);
    }
    let (a, b) = first.as_compared(second);
    let fit = match (measure, stances) {
        (Measure::Flow, Stances::BothAffirm | Stances::OneAffirms(_)) if timing == Timing::Overlapping => {
            let inner = match days {
                [Some(a), Some(b)] if a.is_within(b) => Some(Side::First),
                [Some(a), Some(b)] if b.is_within(a) => Some(Side::Second),
                _ => None,
            };
            let above = match inner {
                Some(Side::First) => a.is_above(&b),
                Some(Side::Second) => b.is_above(&a),
                None => false,
            };
            let positive = first.is_never_negative() && second.is_never_negative();
            match (inner, stances) {
                (Some(inner), Stances::BothAffirm) if above && positive => Fit::Clashes(Clash::PartAboveWhole(inner)),
                _ => Fit::Silent(Silence::DifferentPeriods),
            }
        }
        (Measure::Cumulative, _) => fit_sets(Overlap::of_intervals(&a, &b), stances),
        _ => at_their_time(fit_sets(Overlap::of_intervals(&a, &b), stances), measure, timing),
    };
    let chosen_widths = chosen_widths(first, second, &a, &b, fit, stances);
    Verdict { fit, apart: apart(&a, &b, fit, stances), chosen_widths }
}

/// Two running totals, the affirmed one carried to the time of the other.
fn fit_carried(first: &Extent<'_>, second: &Extent<'_>, stances: &Stances, later: Side) -> Verdict {
    let carried_side = match stances {
        Stances::OneAffirms(side) => *side,
        Stances::BothAffirm | Stances::BothDeny => later.other(),
    };
    let mut carried = [first.clone(), second.clone()];
    let affirmed = &mut carried[carried_side as usize];
    *affirmed = if carried_side == later { affirmed.downward() } else { affirmed.upward() };
    let [first, second] = &carried;
    let (a, b) = first.as_compared(second);
    let fit = match fit_sets(Overlap::of_intervals(&a, &b), stances) {
        Fit::Clashes(Clash::NothingShared) => Fit::Clashes(Clash::TotalFell(carried_side)),
        Fit::Clashes(Clash::AllDenied(side)) => Fit::Clashes(Clash::CarriedAllDenied(side)),
        fit => fit,
    };
    let chosen_widths = chosen_widths(first, second, &a, &b, fit, stances);
    Verdict { fit, apart: apart(&a, &b, fit, stances), chosen_widths }
}

/// The distance between two affirmed figures that clash.
fn apart(a: &Interval, b: &Interval, fit: Fit, stances: &Stances) -> Option<Apart> {
    let (Fit::Clashes(_), Stances::BothAffirm) = (fit, stances) else {
        return None;
    };
    let (below, above) = if a.is_below(b) { (a, b) } else { (b, a) };
    let (low, high) = (below.high()?.value(), above.low()?.value());
    // Two hedges of one fraction meet at it, and the decimals that stand for it lie just outside.
    let amount = high.checked_sub(low)?.max(Number::ZERO);
    Some(Apart { amount, of: low.abs().min(high.abs()) })
}

/// Which of the two figures has an end that somebody chose and that the verdict depends on.
fn chosen_widths(
    first: &Extent<'_>,
    second: &Extent<'_>,
    a: &Interval,
    b: &Interval,
    fit: Fit,
    stances: &Stances,
) -> [bool; 2] {
    if a == b && first.chosen == second.chosen {
        // The same was said twice, and is the same however wide it is.
        return [false; 2];
    }
    let (low, high) = match (fit, stances) {
        // Two sets apart: what counts is the end of each that faces the other.
        (Fit::Clashes(_), Stances::BothAffirm) if a.is_below(b) => return [first.chosen.1, second.chosen.0],
        (Fit::Clashes(_), Stances::BothAffirm) => return [first.chosen.0, second.chosen.1],
        // One set inside another: the ends that the outer one has.
        (Fit::Clashes(_) | Fit::Fits, Stances::OneAffirms(side)) => {
            let denied = if *side == Side::First { b } else { a };
            (denied.low().is_some(), denied.high().is_some())
        }
        (Fit::Incomparable(_) | Fit::Fits | Fit::Silent(Silence::DifferentPeriods), _) => (false, false),
        _ => (true, true),
    };
    let rests = |extent: &Extent<'_>| (extent.chosen.0 && low) || (extent.chosen.1 && high);
    [rests(first), rests(second)]
}
