//! Two claims and how they relate, told in plain words.

mod explain;

use std::fmt;

use crate::ledger::{ClaimId, ClaimRef};
use crate::relation::{Relation, RelationKind, Side};
use crate::report::{Written, attribution, dating, paragraph, statement, two_sided};

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

    /// Why they relate so, in plain words: whole sentences on one line.
    #[must_use]
    pub fn because(&self) -> String {
        explain::because(self)
    }
}

/// Two claims that stand and that cannot both be true, or not for certain, with the reasons.
///
/// [`Display`](fmt::Display) writes a report for a reader, in lines of at most 80 columns; with the feature `serde` a
/// conflict is serialised for machines, as a record with the fields `relation`, `claims` (the two numbers, the smaller
/// first), `topic`, `timing`, `certain`, `later` (the number of the claim about the later time) where there is one,
/// `gap` and `because`.
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

    /// The two claims with their relation.
    #[must_use]
    pub fn related(&self) -> Related<'a> {
        self.0
    }

    /// The claim recorded first.
    #[must_use]
    pub fn older(&self) -> ClaimRef<'a> {
        self.0.older
    }

    /// The claim recorded last.
    #[must_use]
    pub fn newer(&self) -> ClaimRef<'a> {
        self.0.newer
    }

    /// What kind of conflict it is.
    #[must_use]
    pub fn kind(&self) -> RelationKind {
        self.0.relation.kind()
    }

    /// Whether it is certain, or only possible because the two may be about different times.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.0.relation.is_certain()
    }

    /// How the two claims relate.
    #[must_use]
    pub fn relation(&self) -> Relation {
        self.0.relation
    }

    /// Why the two cannot both be true, in plain words: whole sentences on one line.
    #[must_use]
    pub fn because(&self) -> String {
        self.0.because()
    }

    /// The report with other numbers for the claims, such as those of the file that they were read from.
    pub fn numbered(&self, number: impl Fn(ClaimId) -> u64) -> impl fmt::Display {
        Written(move |f: &mut fmt::Formatter<'_>| self.write(f, &number))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, number: &dyn Fn(ClaimId) -> u64) -> fmt::Result {
        paragraph(f, &format!("{}: {}", self.title(), self.older().topic()), 0, 2)?;
        for claim in [self.older(), self.newer()] {
            let numbered = format!("[{}] {}", number(claim.id()), statement(&claim));
            two_sided(f, &numbered, &dating(&claim), 2, 6)?;
            paragraph(f, &attribution(&claim), 6, 6)?;
        }
        paragraph(f, &self.because(), 2, 2)
    }

    /// What to call it: `Dispute`, `Possible misreport`.
    pub(crate) fn title(&self) -> &'static str {
        match (self.kind(), self.is_certain()) {
            (RelationKind::Misreports, true) => "Misreport",
            (RelationKind::Misreports, false) => "Possible misreport",
            (RelationKind::ContradictsItself, true) => "Self-contradiction",
            (RelationKind::ContradictsItself, false) => "Possible self-contradiction",
            (_, true) => "Dispute",
            (_, false) => "Possible dispute",
        }
    }
}

impl fmt::Display for Conflict<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, &ClaimId::number)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Related<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;

        let relation = &self.relation;
        let mut record = serializer.serialize_map(None)?;
        record.serialize_entry("relation", &relation.kind())?;
        record.serialize_entry("claims", &[self.older.id(), self.newer.id()])?;
        record.serialize_entry("topic", self.older.topic())?;
        record.serialize_entry("timing", &relation.timing())?;
        record.serialize_entry("certain", &relation.is_certain())?;
        if let Some(later) = self.later() {
            record.serialize_entry("later", &later.id())?;
        }
        if let Some(superseding) = self.superseding() {
            record.serialize_entry("supersedes", &superseding.id())?;
        }
        record.serialize_entry("gap", &relation.gap())?;
        record.serialize_entry("because", &self.because())?;
        record.end()
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Conflict<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
