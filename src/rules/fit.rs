//! Can both values be true? The answer has the reason in it, so that nothing has to be worked out again to tell it.

use super::comparable::{Comparable, ComparedValue, Extent, Taken};
use super::timing::{Side, Timing};
use crate::date::Days;
use crate::number::{Interval, Number};
use crate::policy::Policy;
use crate::topic::{Measure, Predicate};

/// How the values of two claims that agree lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Agreement {
    /// Both sides allow the same values.
    Equal,
    /// Every value of this side is one of the other's, and not the other way round.
    Within(Side),
    /// The two have some values in common, and each has some of its own.
    Overlapping,
    /// A running total can rise from what this side says to what the other says of a later time.
    Risen(Side),
}

/// Why two values cannot both be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
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
    /// Every value that this side affirms is one that the other denies, once this running total is carried to the time
    /// of the denial.
    CarriedAllDenied(Side),
    /// Two texts where only one can be true.
    SingleValued,
    /// Two texts that the predicate names as opposites.
    Opposites,
    /// The text that this side affirms, the other denies.
    TextDenied(Side),
    /// The origin on this side says that it never said what others hand on as its word.
    Disowned(Side),
}

/// Why a claim says nothing about the value of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Silence {
    /// One side commits to nothing: it only suggests its value, declines to answer, or disowns something else.
    Uncommitted(Side),
    /// Both sides commit to nothing.
    BothUncommitted,
    /// Two texts that may both be true.
    DifferentTexts,
    /// Both sides deny, and not the same.
    DifferentDenials,
    /// The affirmed value has possibilities that are not denied.
    NotAllDenied,
    /// Amounts within two different periods.
    DifferentPeriods,
    /// A running total may have grown from what this side says to what the other says, within the time of the two.
    MayHaveGrown(Side),
}

/// Why two values cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Mismatch {
    /// Two scopes, which count different things.
    Scopes,
    /// Values of two kinds, of which there are three: figures, texts and periods.
    Kinds,
    /// Two figures in different units.
    Units,
}

/// Whether both values can be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Fit {
    /// Both can be true: they share values.
    Agrees(Agreement),
    /// Both can be true: each of its own time.
    Fits,
    /// The two cannot both be true.
    Clashes(Clash),
    /// The one has nothing to say to the other.
    Silent(Silence),
    /// Nobody can tell, because the two cannot be compared.
    Incomparable(Mismatch),
}

impl Fit {
    /// The fit with the sides exchanged.
    pub(super) fn mirrored(mut self) -> Self {
        match &mut self {
            Self::Agrees(Agreement::Within(side) | Agreement::Risen(side))
            | Self::Clashes(
                Clash::TotalFell(side)
                | Clash::PartAboveWhole(side)
                | Clash::AllDenied(side)
                | Clash::CarriedAllDenied(side)
                | Clash::TextDenied(side)
                | Clash::Disowned(side),
            )
            | Self::Silent(Silence::Uncommitted(side) | Silence::MayHaveGrown(side)) => *side = side.other(),
            _ => {}
        }
        self
    }
}

/// A fit with what it rests on.
pub(super) struct Verdict {
    pub(super) fit: Fit,
    pub(super) apart: Option<Apart>,
    pub(super) chosen_widths: [bool; 2],
}

/// How far two figures lie apart, before it is worked out as a share: few ask for that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Apart {
    pub(super) amount: Number,
    /// The magnitude of which it is a share.
    pub(super) of: Number,
}

impl From<Fit> for Verdict {
    fn from(fit: Fit) -> Self {
        Self { fit, apart: None, chosen_widths: [false; 2] }
    }
}

/// The setting that decides, beside the two values, whether both can be true.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) predicate: &'a Predicate,
    pub(super) timing: Timing,
    pub(super) later: Option<Side>,
}

/// The side, of two claims of one origin, that says that the origin never said the other, if one does. The other was
/// handed on as affirmed or suggested, agrees with the value that is disowned, if one is named, and was not said later.
pub(super) fn disowning_side(first: &Comparable<'_>, second: &Comparable<'_>) -> Option<Side> {
    if disowns(first, second) { Some(Side::First) } else { disowns(second, first).then_some(Side::Second) }
}

/// Whether one origin's claim says that it never said the other.
pub(crate) fn disowns(disowning: &Comparable<'_>, other: &Comparable<'_>) -> bool {
    disowning.taken == Taken::Disowned
        && other.is_attributed()
        && disowning.value.as_ref().is_none_or(|named| other.value.as_ref().is_some_and(|value| agree(named, value)))
        && disowning.said_later(other) != Some(Side::Second)
}

fn agree(one: &ComparedValue<'_>, other: &ComparedValue<'_>) -> bool {
    match (one, other) {
        (ComparedValue::Figure(a), ComparedValue::Figure(b)) => {
            let (one, other) = a.as_compared(b);
            a.is_comparable_with(b) && one.shares_with(&other)
        }
        (ComparedValue::Text(a), ComparedValue::Text(b)) => a == b,
        (ComparedValue::Period(a), ComparedValue::Period(b)) => a.shares_with(*b),
        _ => false,
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

/// The sides that affirm, of two that each affirm or deny.
enum Stances {
    BothAffirm,
    OneAffirms(Side),
    BothDeny,
}

/// Whether both values can be true, disowning left aside.
pub(super) fn fit(first: &Comparable<'_>, second: &Comparable<'_>, setting: Setting<'_>) -> Verdict {
    let stances = match stances(first.taken, second.taken) {
        Ok(stances) => stances,
        Err(silence) => return Fit::Silent(silence).into(),
    };
    if first.scope.as_ref().zip(second.scope.as_ref()).is_some_and(|(one, other)| one != other) {
        return Fit::Incomparable(Mismatch::Scopes).into();
    }
    match (&first.value, &second.value) {
        (Some(ComparedValue::Figure(a)), Some(ComparedValue::Figure(b))) => {
            if a.is_comparable_with(b) {
                fit_figures(a, b, [first.days, second.days], &stances, setting)
            } else {
                Fit::Incomparable(Mismatch::Units).into()
            }
        }
        (Some(ComparedValue::Text(a)), Some(ComparedValue::Text(b))) => {
            at_their_time(fit_texts(a, b, &stances, setting.predicate), setting).into()
        }
        (Some(ComparedValue::Period(a)), Some(ComparedValue::Period(b))) => {
            at_their_time(fit_sets(Overlap::of_days(*a, *b), &stances), setting).into()
        }
        _ => Fit::Incomparable(Mismatch::Kinds).into(),
    }
}

/// Whether two claims that clash would still do so if every width that somebody chose were twice as wide. Values that
/// are no figures would.
pub(super) fn clashes_however_wide(
    first: &Comparable<'_>,
    second: &Comparable<'_>,
    setting: Setting<'_>,
    policy: &Policy,
) -> bool {
    let (Some(ComparedValue::Figure(a)), Some(ComparedValue::Figure(b))) = (&first.value, &second.value) else {
        return true;
    };
    let (a, b) = (a.doubtful(first.figure(), policy), b.doubtful(second.figure(), policy));
    stances(first.taken, second.taken).is_ok_and(|stances| {
        let fit = fit_figures(&a, &b, [first.days, second.days], &stances, setting).fit;
        matches!(fit, Fit::Clashes(_))
    })
}

/// The sides that affirm, where both commit to something.
fn stances(first: Taken, second: Taken) -> Result<Stances, Silence> {
    match (first.commits(), second.commits()) {
        (false, false) => Err(Silence::BothUncommitted),
        (false, true) => Err(Silence::Uncommitted(Side::First)),
        (true, false) => Err(Silence::Uncommitted(Side::Second)),
        (true, true) => Ok(match (first.denies(), second.denies()) {
            (false, false) => Stances::BothAffirm,
            (false, true) => Stances::OneAffirms(Side::First),
            (true, false) => Stances::OneAffirms(Side::Second),
            (true, true) => Stances::BothDeny,
        }),
    }
}

/// Makes agreement and clash a fit where the two are about different times: each is true of its own, unless the
/// quantity never changes.
fn at_their_time(fit: Fit, setting: Setting<'_>) -> Fit {
    let changes = setting.timing == Timing::Later && setting.predicate.measure() != Measure::Fixed;
    match fit {
        Fit::Agrees(_) | Fit::Clashes(_) if changes => Fit::Fits,
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
    setting: Setting<'_>,
) -> Verdict {
    let measure = setting.predicate.measure();
    if let (Measure::Cumulative, Some(later), Stances::BothAffirm | Stances::OneAffirms(_)) =
        (measure, setting.later, stances)
    {
        return fit_carried(first, second, stances, later);
    }
    let (a, b) = first.as_compared(second);
    let together = || fit_sets(Overlap::of_intervals(&a, &b), stances);
    let overlapping = (setting.timing == Timing::Overlapping).then_some(days);
    let fit = match (measure, stances, overlapping) {
        (Measure::Flow, Stances::BothAffirm | Stances::OneAffirms(_), Some(days)) => {
            match (inner_side(days), stances) {
                (Some(inner), Stances::BothAffirm) if is_part_above_whole([first, second], [&a, &b], inner) => {
                    Fit::Clashes(Clash::PartAboveWhole(inner))
                }
                _ => Fit::Silent(Silence::DifferentPeriods),
            }
        }
        (Measure::Cumulative, Stances::BothAffirm, Some(days)) => match together() {
            Fit::Clashes(_) => {
                let greater = if a.is_above(&b) { Side::First } else { Side::Second };
                if ends_before_the_other(days, greater) {
                    Fit::Clashes(Clash::TotalFell(greater))
                } else {
                    Fit::Silent(Silence::MayHaveGrown(greater.other()))
                }
            }
            fit => fit,
        },
        (Measure::Cumulative, ..) => together(),
        _ => at_their_time(together(), setting),
    };
    let chosen_widths = chosen_widths(first, second, &a, &b, fit, stances);
    Verdict { fit, apart: apart(&a, &b, fit, stances), chosen_widths }
}

/// The side whose days lie within the other's, of two that are not the same.
fn inner_side(days: [Option<Days>; 2]) -> Option<Side> {
    match days {
        [Some(a), Some(b)] if a.is_within(b) => Some(Side::First),
        [Some(a), Some(b)] if b.is_within(a) => Some(Side::Second),
        _ => None,
    }
}

/// Whether more happened within a part of the time than in the whole of it, where nothing can have been undone.
fn is_part_above_whole(extents: [&Extent<'_>; 2], [a, b]: [&Interval; 2], inner: Side) -> bool {
    let above = if inner == Side::First { a.is_above(b) } else { b.is_above(a) };
    above && extents.iter().all(|extent| extent.is_never_negative())
}

/// Whether the days of one side end no later than the other's begin.
fn ends_before_the_other(days: [Option<Days>; 2], side: Side) -> bool {
    let [Some(own), Some(other)] = [days[side as usize], days[side.other() as usize]] else { return false };
    own.last <= other.first
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
        Fit::Agrees(_) => Fit::Agrees(Agreement::Risen(carried_side)),
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
    let (amount, of) = below.distance_below(above)?;
    Some(Apart { amount, of })
}

/// Whether each of the two figures has an end that somebody chose and that the verdict depends on.
fn chosen_widths(
    first: &Extent<'_>,
    second: &Extent<'_>,
    a: &Interval,
    b: &Interval,
    fit: Fit,
    stances: &Stances,
) -> [bool; 2] {
    if a == b && first.chosen == second.chosen {
        // Two figures that are the same stay the same however wide they are.
        return [false; 2];
    }
    let (low, high) = match (fit, stances) {
        // Two sets apart: what counts is the end of each that faces the other.
        (Fit::Clashes(_) | Fit::Silent(Silence::MayHaveGrown(_)), Stances::BothAffirm) if a.is_below(b) => {
            return [first.chosen.1, second.chosen.0];
        }
        (Fit::Clashes(_) | Fit::Silent(Silence::MayHaveGrown(_)), Stances::BothAffirm) => {
            return [first.chosen.0, second.chosen.1];
        }
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
