//! Two claims and how they relate, told in plain words.

use std::fmt;
use std::ops::Deref;

use super::numbered::{Answer, Numbered, Numbering};
use crate::entry::ClaimId;
use crate::ledger::{ClaimRef, Ledger, TopicRef};
use crate::report::{attribution, capital, dating, paragraph, statement, two_sided};
use crate::rules::relation::{Relation, RelationKind};
use crate::rules::timing::Side;

/// Two claims on one topic, and how they relate.
///
/// The older claim, which was recorded first, is the first side of the [`Relation`].
#[derive(Clone, Copy, Debug)]
pub struct Related<'a> {
    older: ClaimRef<'a>,
    newer: ClaimRef<'a>,
    relation: Relation,
}

impl<'a> Related<'a> {
    pub(crate) fn new(older: ClaimRef<'a>, newer: ClaimRef<'a>, relation: Relation) -> Self {
        Self { older, newer, relation }
    }

    /// The claim recorded first.
    #[must_use]
    pub fn older(&self) -> ClaimRef<'a> {
        self.older
    }

    /// The claim recorded last.
    #[must_use]
    pub fn newer(&self) -> ClaimRef<'a> {
        self.newer
    }

    /// How they relate.
    #[must_use]
    pub fn relation(&self) -> Relation {
        self.relation
    }

    /// The kind of their relation.
    #[must_use]
    pub fn kind(&self) -> RelationKind {
        self.relation.kind()
    }

    /// Whether that is certain, or only possible.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.relation.is_certain()
    }

    /// The claim of this side of the relation.
    #[must_use]
    pub fn side(&self, side: Side) -> ClaimRef<'a> {
        match side {
            Side::First => self.older,
            Side::Second => self.newer,
        }
    }

    /// The claim about the later time, if one is.
    #[must_use]
    pub fn later(&self) -> Option<ClaimRef<'a>> {
        self.relation.later().map(|side| self.side(side))
    }

    /// The claim that supersedes the other, if one does.
    #[must_use]
    pub fn superseding(&self) -> Option<ClaimRef<'a>> {
        self.relation.supersedes().map(|side| self.side(side))
    }

    /// The same with other numbers for the claims, such as those of the file that they were read from.
    pub fn numbered<F: Fn(ClaimId) -> u64>(&self, number: F) -> Numbered<'_, Self, F> {
        Numbered::new(self, number)
    }

    /// The title of a report on it: `Dispute`, `Possible misreport`, `Updates`.
    pub(crate) fn title(&self) -> String {
        let name = match self.kind() {
            RelationKind::Disputes => "Dispute",
            RelationKind::Misreports => "Misreport",
            RelationKind::ContradictsItself => "Self-contradiction",
            kind => return capital(&kind.to_string().replace('_', " ")),
        };
        if self.is_certain() { name.to_owned() } else { format!("Possible {}", name.to_lowercase()) }
    }
}

/// Two claims that stand and that cannot both be true, or not for certain, with the reasons.
///
/// [`Display`](fmt::Display) writes a report for a reader, in lines of at most 80 columns; with the feature `serde` a
/// conflict is serialised for machines, as a record with the fields `relation`, `claims` (the two numbers, the one
/// recorded first being first) and their `labels`, `topic`, `timing`, `certain`, `later` (the number of the claim about the
/// later time) and `supersedes` (of the one that takes the other's place) where there is one, `gap` and `because`.
///
/// ```
/// use testimony::{Claim, Ledger, Source, Stance, Topic, Value};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// let kyiv = ledger.add_source(Source::new("kyiv", "Ukrainian authorities")?)?;
/// let nis = ledger.add_source(Source::new("nis", "National Intelligence Service")?)?;
/// let weight = Topic::new("North Korean troops at Kursk", "weight in the battles");
/// ledger.record(Claim::new(weight.clone(), Value::text("decisive"), &kyiv).with_as_of("2025-02".parse()?))?;
/// ledger.record(
///     Claim::new(weight, Value::text("decisive"), &nis).with_stance(Stance::Denies).with_as_of("2025-02".parse()?),
/// )?;
///
/// let conflict = ledger.conflicts().next().expect("one affirms it and the other denies it");
/// assert_eq!(
///     conflict.to_string(),
///     "\
/// Dispute: North Korean troops at Kursk · weight in the battles
///   [0] “decisive”                                             as of February 2025
///       Ukrainian authorities
///   [1] denied: “decisive”                                     as of February 2025
///       National Intelligence Service
///   Ukrainian authorities affirmed “decisive”, and National Intelligence Service
///   denied it. Both are about the same days.
/// "
/// );
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Conflict<'a>(Related<'a>);

impl<'a> Conflict<'a> {
    /// The pair as a conflict, if it is one.
    pub(crate) fn new(related: Related<'a>) -> Option<Self> {
        related.relation.kind().is_conflict().then_some(Self(related))
    }

    /// The same with other numbers for the claims, such as those of the file that they were read from.
    pub fn numbered<F: Fn(ClaimId) -> u64>(&self, number: F) -> Numbered<'_, Self, F> {
        Numbered::new(self, number)
    }
}

/// A conflict is a pair of claims with their relation.
impl<'a> Deref for Conflict<'a> {
    type Target = Related<'a>;

    fn deref(&self) -> &Related<'a> {
        &self.0
    }
}

impl Answer for Related<'_> {
    fn write(&self, f: &mut fmt::Formatter<'_>, number: &Numbering<'_>) -> fmt::Result {
        paragraph(f, &format!("{}: {}", self.title(), self.older().topic_ref().topic()), 0, 2)?;
        for claim in [self.older(), self.newer()] {
            let numbered = format!("[{}] {}", number(claim.id()), statement(&claim));
            two_sided(f, &numbered, &dating(&claim), 2, 6)?;
            paragraph(f, &attribution(&claim), 6, 6)?;
        }
        paragraph(f, &self.because(), 2, 2)
    }

    #[cfg(feature = "serde")]
    fn serialize<S: serde::Serializer>(&self, serializer: S, number: &Numbering<'_>) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(&super::data::RelatedForm::new(self, number), serializer)
    }
}

impl Answer for Conflict<'_> {
    fn write(&self, f: &mut fmt::Formatter<'_>, number: &Numbering<'_>) -> fmt::Result {
        self.0.write(f, number)
    }

    #[cfg(feature = "serde")]
    fn serialize<S: serde::Serializer>(&self, serializer: S, number: &Numbering<'_>) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer, number)
    }
}

impl Ledger {
    /// Every conflict between two claims that stand.
    ///
    /// # Order
    ///
    /// By the claim recorded last, then by the other.
    pub fn conflicts(&self) -> impl Iterator<Item = Conflict<'_>> {
        self.claims().flat_map(ClaimRef::conflicts_with_older)
    }

    /// Every conflict of one claim; none if it does not stand, or is not in the ledger.
    ///
    /// # Order
    ///
    /// By the number of the other claim.
    pub fn conflicts_of(&self, id: ClaimId) -> impl Iterator<Item = Conflict<'_>> {
        self.claim(id).into_iter().flat_map(move |claim| {
            claim.clashing().filter_map(move |other| {
                if other.id() < id { self.conflict(other, claim) } else { self.conflict(claim, other) }
            })
        })
    }

    fn conflict<'a>(&'a self, older: ClaimRef<'a>, newer: ClaimRef<'a>) -> Option<Conflict<'a>> {
        let conflict = Conflict::new(Related::new(older, newer, self.relation_of(older, newer)));
        debug_assert!(conflict.is_some(), "what stands and clashes conflicts: {older:?}, {newer:?}");
        conflict
    }

    /// Two claims with how they relate and why, whether they stand or not; `None` if they are about different topics, are
    /// one claim, or are not both in the ledger.
    ///
    /// ```
    /// use testimony::{Claim, Figure, Ledger, Source, Topic};
    ///
    /// # fn main() -> Result<(), testimony::Error> {
    /// let mut ledger = Ledger::new();
    /// let ministry = ledger.add_source(Source::new("moh", "Ministry of Health")?)?;
    /// let army = ledger.add_source(Source::new("army", "The army")?)?;
    /// let deaths = Topic::new("market bombing", "deaths");
    /// let many = ledger.record(Claim::new(deaths.clone(), Figure::more_than(4000), &ministry))?.id();
    /// let more = ledger.record(Claim::new(deaths, Figure::exactly(4700), &army))?.id();
    /// let related = ledger.related(more, many).expect("they are about one topic");
    /// assert_eq!(related.older().id(), many);
    /// assert_eq!(
    ///     related.because(),
    ///     "Every value of 4,700 is one of more than 4,000. Neither says what time it is about. The two origins are independent of each other."
    /// );
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn related(&self, one: ClaimId, other: ClaimId) -> Option<Related<'_>> {
        let (older, newer) = (self.claim(one.min(other))?, self.claim(one.max(other))?);
        let related = older.topic_ref().topic() == newer.topic_ref().topic() && one != other;
        related.then(|| Related::new(older, newer, self.relation_of(older, newer)))
    }

    /// Every pair of claims on one topic that are not retracted, with how they relate.
    ///
    /// # Order
    ///
    /// By the claim recorded last, then by the other.
    pub fn relations(&self) -> impl Iterator<Item = Related<'_>> {
        self.claims().filter(|newer| !newer.is_retracted()).flat_map(move |newer| {
            let earlier = newer.topic_ref().claims().take_while(move |older| older.id() < newer.id());
            earlier
                .filter(|older| !older.is_retracted())
                .map(move |older| Related::new(older, newer, self.relation_of(older, newer)))
        })
    }
}

impl<'a> TopicRef<'a> {
    /// The conflicts about it.
    ///
    /// # Order
    ///
    /// By the claim recorded last, then by the other.
    pub fn conflicts(&self) -> impl Iterator<Item = Conflict<'a>> + use<'a> {
        self.claims().flat_map(ClaimRef::conflicts_with_older)
    }
}

impl<'a> ClaimRef<'a> {
    /// Its conflicts with claims recorded before it, in their order.
    fn conflicts_with_older(self) -> impl Iterator<Item = Conflict<'a>> + use<'a> {
        let ledger = self.ledger();
        self.clashing_before().filter_map(move |older| ledger.conflict(older, self))
    }
}
