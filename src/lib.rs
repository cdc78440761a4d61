//! Claim provenance: who says what, on whose word, as of when, and how surely.
//!
//! A [`Ledger`] records claims, keeps those that disagree side by side, and says which of them truly conflict and why.
//! Two sources that disagree:
//!
//! ```
//! use testimony::{Claim, Error, Figure, Ledger, Source, Topic};
//!
//! fn main() -> Result<(), Error> {
//!     let mut ledger = Ledger::new();
//!     let ministry = ledger.add_source(Source::new("moh", "Ministry of Health")?)?;
//!     let army = ledger.add_source(Source::new("army", "The army")?)?;
//!
//!     let deaths = Topic::new("market bombing of 3 May", "deaths");
//!     ledger.record(Claim::new(deaths.clone(), Figure::at_least(40), &ministry).with_as_of("2025-05-04".parse()?))?;
//!     ledger.record(Claim::new(deaths, Figure::exactly(12), &army).with_as_of("2025-05-04".parse()?))?;
//!
//!     let conflict = ledger.conflicts().next().expect("the two cannot both be true");
//!     assert_eq!(
//!         conflict.to_string(),
//!         "\
//! Dispute: market bombing of 3 May · deaths
//!   [0] at least 40                                               as of 4 May 2025
//!       Ministry of Health
//!   [1] 12                                                        as of 4 May 2025
//!       The army
//!   At least 40 and 12 have no value in common. They lie 28 apart, 233% of the
//!   smaller. Both are about the same days.
//! "
//!     );
//!     Ok(())
//! }
//! ```
//!
//! # What it knows
//!
//! - "Over 4,000" agrees with 4,700: a [`Figure`] is a set of possible values, and keeps the words it was said with.
//! - A later total is an update and no conflict: what time does to two values depends on what is measured
//!   ([`Measure`]).
//! - Ten outlets that quote one agency are one witness: a [`Claim`] has an origin, who answers for it, and relays, who
//!   passed it on.
//! - "Not acknowledged" is no denial: a [`Stance`] affirms, denies, suggests, declines or disowns.
//! - How reliable a source is, how credible a claim, how likely the origin called it and how much confidence it has in
//!   that are four judgements, and are never mixed into one number.
//! - What was known when: a claim is about one time, was said at another and recorded at a third.
//!
//! The chapters of the [`guide`] say more: [rules](guide::rules) what each word means, rule by rule, with examples that
//! are tests, [scales](guide::scales) the published scales of likelihood and confidence,
//! [extraction](guide::extraction) how to get claims out of a text with a language model, and to find what it got
//! wrong, [performance](guide::performance) what it all costs, [design](guide::design) how the pieces fit; and
//! [`testing`] how to test code that works on ledgers.
//!
//! # What it does not do
//!
//! The library does not say who is right, weigh sources, or average figures. It does not read the news: claims come
//! from people or from the programs they write. It holds a ledger in memory, and reads and writes it as text; it is no
//! database.
//!
//! # Features
//!
//! `serde`, on by default: serialisation of every type, and [`jsonl`], the interchange format. Without it the crate
//! has everything else.
//!
//! `schema`: [`schema`], the interchange format as JSON Schema, to ask a language model for, and the forms of answers.
//!
//! `testing`, for `[dev-dependencies]`: assertions, builders and fixtures for tests ([`testing`]).
//!
//! `proptest`, likewise: `testing` with strategies for property tests.
#![cfg_attr(
    not(all(feature = "schema", feature = "testing")),
    allow(rustdoc::broken_intra_doc_links, reason = "`jsonl`, `schema` and `testing` need their features")
)]
#![cfg_attr(test, allow(clippy::too_many_lines, reason = "tables of cases are better in one piece"))]

mod answers;
mod claim;
mod confidence;
mod constraint;
mod date;
mod entry;
mod error;
pub mod extraction;
mod figure;
#[cfg(feature = "serde")]
pub mod jsonl;
mod language;
mod ledger;
mod names;
mod number;
mod period;
mod policy;
mod report;
mod rules;
pub mod scales;
#[cfg(feature = "schema")]
pub mod schema;
#[cfg(feature = "serde")]
mod shape;
mod shown;
mod source;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
mod time;
mod topic;
mod words;

#[cfg(feature = "serde")]
pub use answers::Diff;
pub use answers::{
    Backing, Circle, Circles, Conflict, Corroboration, Dossier, Exclusion, Lead, LookAlikes, Numbered, Obstacle,
    Position, Positions, Related, Scorecard, Unchecked, Unconfirmed, Violation, ViolationScope, Witness,
};
#[cfg(feature = "serde")]
pub use claim::Label;
pub use claim::{Basis, Citation, Claim, Stance, Value};
pub use confidence::{AnalyticConfidence, Commitment, Confidence, Credibility, Likelihood};
pub use constraint::Constraint;
pub use date::Date;
pub use entry::{
    Amendment, ClaimAmendment, ClaimId, ClaimKey, Content, Entry, Patch, Retraction, SourceAmendment, SubjectAmendment,
};
pub use error::{Error, ErrorKind};
pub use figure::{
    Figure, FigureReader, FiguresIn, FoundFigure, Hedge, Role, Seen, SeenIn, Unread, Vague, WhyUnread, figures_in,
};
pub use language::{Fate, Language};
pub use ledger::{Appended, ClaimRef, ContentRef, EntryRef, Ledger, Merged, Part, Receipt, Tally, TopicRef, View};
pub use names::Names;
pub use number::{Bound, Interval, Number, NumberStyle, Rational};
pub use period::{DayOrder, Period};
pub use policy::Policy;
pub use rules::{
    Agreement, Clash, Dependence, Fit, Gap, Mismatch, Origins, Relation, RelationKind, Side, Silence, Stand, Taken,
    Timing, Uncertainty,
};
pub use shown::Shown;
pub use source::{Reliability, Source, SourceId, SourceKind};
pub use time::{Moment, Timestamp};
pub use topic::{Measure, Predicate, Topic};

/// The chapters: what the words mean, how claims are got out of texts, what it all costs, how the pieces fit.
pub mod guide {
    #[doc = include_str!("../docs/rules.md")]
    pub mod rules {}

    #[doc = include_str!("../docs/design.md")]
    pub mod design {}

    #[doc = include_str!("../docs/scales.md")]
    pub mod scales {}

    #[doc = include_str!("../docs/extraction.md")]
    pub mod extraction {}

    #[doc = include_str!("../docs/performance.md")]
    #[doc = ""]
    #[doc = include_str!("../docs/measured.md")]
    #[doc = "\n## How the cost grows\n"]
    #[doc = include_str!("../docs/growth.svg")]
    pub mod performance {}
}

/// The README's programs, as tests.
#[cfg(all(doctest, feature = "testing"))]
#[doc = include_str!("../README.md")]
struct Readme;
