//! A ledger of claims as pages and pictures for people who look rather than read JSON.
//!
//! [`Site`] gives the pages: a front with what is in dispute, a page for each topic with a picture first, one for each
//! source, and one of who quotes whom. [`picture`] gives the picture of a topic alone, as SVG, and [`Sketch`] one in letters,
//! for a terminal.
//!
//! ```
//! use testimony::testing::korea_herald;
//! use testimony_page::Site;
//!
//! let ledger = korea_herald();
//! let site = Site::new(&ledger);
//! let front = site.front();
//! assert!(front.html.contains("In dispute now"));
//! for page in site.pages() {
//!     // `std::fs::write(folder.join(&page.path), &page.html)?`, once its folder is there
//!     assert!(page.html.len() < 300_000);
//! }
//! ```
//!
//! # What a picture shows
//!
//! Time goes across and value up. Each claim is a mark at each number that was said, in the colour and the shape of its
//! origin, with the values that it allows: an arrow where they have no end, a bar that fades where "about" makes them as
//! wide as they are, a bar with an outline where a range was said, a round one where the number is rounded. What is denied
//! is hatched, a forecast is hollow, what was retracted is struck. A dotted line leads from a claim to the one that updates
//! it, a full one to the one that revises it.
//!
//! # Safety
//!
//! Whatever a ledger has in its texts is shown and never run: it is escaped, letters that hide or that turn the reading
//! order are written out, and a Content-Security-Policy in each page forbids all but its own style. Only addresses that
//! begin with `http` become links.

mod address;
mod claims;
mod frame;
mod front;
mod graph;
mod lists;
mod look;
mod picture;
mod site;
mod sketch;
mod source;
mod text;
mod topic;

pub use self::picture::picture;
pub use self::site::{Page, Site};
pub use self::sketch::Sketch;

/// The program of the README, as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
