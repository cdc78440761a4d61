//! Claims in and out of the formats that people have.
//!
//! Nobody's claims are in one format: they are in spreadsheets that a publisher overwrites, in Wikidata, in STIX bundles,
//! in statements of FollowTheMoney, on pages with ClaimReview. This crate brings them in and takes them out, and says
//! what each format *cannot* hold.
//!
//! # The law
//!
//! Reading gives an [`Import`]: entries for a ledger, [losses](Loss), and what was [refused](Refusal), by row and column.
//! Writing gives an [`Export`] with its losses. A loss is data: of which claim, which field, dropped, widened, narrowed or
//! refused, and why. What would change the values that a figure allows is refused unless the caller [allows](Allowed)
//! that loss by name. What is written and read back is what it was but for exactly the losses listed: they are found by
//! reading each claim back before it is written.
//!
//! | feature, all on by default | |
//! | --- | --- |
//! | `table` | CSV and TSV by a mapping, and snapshots of them |
//! | `workbook` | sheets of XLSX, as tables |
//! | `wikibase` | entity JSON in and out, QuickStatements out |
//! | `stix` | STIX 2.1 bundles in and out |
//! | `ftm` | statements of FollowTheMoney in and out |
//! | `claimreview` | pages, feeds and documents of ClaimReview in, JSON-LD out |
//! | `rdf` | nanopublications and PROV-JSON out |
//!
//! There is no network here, and no clock. Of tables, sheets, statements and dumps of entities a row is kept at a time
//! (`table::Reader`, `ftm::read_to`, `wikibase::read_to`). Of a bundle, a page, a feed and any other document of JSON the text
//! is kept, at most 1 GiB, since what stands first in it may name what stands last; and of what it says a part at a time
//! (`stix::read_to`, `claimreview::read_to`).
#![cfg_attr(
    not(all(
        feature = "claimreview",
        feature = "ftm",
        feature = "rdf",
        feature = "stix",
        feature = "table",
        feature = "wikibase",
        feature = "workbook"
    )),
    allow(dead_code, unused_imports, reason = "what the formats share is used by all of them together")
)]

#[cfg(any(feature = "claimreview", feature = "ftm", feature = "stix", feature = "wikibase"))]
mod json;
mod law;
#[cfg(any(feature = "ftm", feature = "table"))]
mod numbered;
mod sources;
#[cfg(any(feature = "ftm", feature = "stix", feature = "wikibase"))]
mod uuid;
mod whole;

pub use self::law::{Allowed, Export, Import, Item, Loss, LossKind, Of, Refusal};

#[cfg(feature = "claimreview")]
pub mod claimreview;
#[cfg(feature = "ftm")]
pub mod ftm;
#[cfg(feature = "rdf")]
pub mod rdf;
#[cfg(feature = "stix")]
pub mod stix;
#[cfg(feature = "table")]
pub mod table;
#[cfg(feature = "wikibase")]
pub mod wikibase;
#[cfg(feature = "workbook")]
pub mod workbook;

/// The README's program, as a test.
#[cfg(all(doctest, feature = "table"))]
#[doc = include_str!("../README.md")]
struct Readme;
