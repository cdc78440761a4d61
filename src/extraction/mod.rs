//! Checking claims that were extracted from a text against that text.
//!
//! [`check`] holds a ledger against a document and gives a [`Report`]: whether each excerpt is in the text, whether the
//! figure of each claim is in its excerpt and with the hedge that it has there, which figures of the text no claim
//! covers, and what else looks wrong. It reads the text and the claims as they are, and knows no more about the world:
//! a report is short of what a careful reader would find.
//!
//! ```
//! use testimony::{Citation, Claim, Figure, Ledger, Source, Topic, extraction};
//!
//! # fn main() -> Result<(), testimony::Error> {
//! let text = "The Harbour Office said on Monday that over 4,000 people had left the town in 12 ferries.";
//! let mut ledger = Ledger::new();
//! let office = ledger.add_source(Source::new("office", "Harbour Office")?)?;
//! let left = Topic::new("the town", "people who left");
//! let citation = Citation::new().with_excerpt("over 4,000 people had left");
//! ledger.record(Claim::new(left, Figure::exactly(4000), &office).with_citation(citation))?;
//!
//! assert_eq!(
//!     extraction::check(&ledger, text).to_string(),
//!     "\
//! 1 claim, held against a text of 89 characters. 1 claim has something wrong.
//! The one excerpt is in the text word for word.
//!
//! [0] the town · people who left: 4,000
//!     Harbour Office
//!     Wrong: the text says “over 4,000 people” (at 39), with “more than”; the
//!     claim has no hedge.
//!
//! Of 2 figures in the text, 1 is in no claim:
//!   “12 ferries” at 78: people had left the town in 12 ferries.
//! 1 is in a claim, and not as the text has it:
//!   “over 4,000 people” at 39: [0]
//! "
//! );
//! # Ok(())
//! # }
//! ```

mod display;
mod figures;
mod normal;
mod passage;
mod suspicion;

pub use figures::{CheckedFigure, Coverage, Discrepancy, Grounding};
pub use normal::Variation;
pub use passage::{CheckedExcerpt, Finding, Passage};
pub use suspicion::Suspicion;

use crate::claim::Citation;
use crate::entry::ClaimId;
use crate::ledger::{ClaimRef, Ledger};
use figures::Matcher;
use passage::Searched;

/// A text, and what tells the claims that are about it.
///
/// ```
/// use testimony::extraction::Document;
///
/// let bulletin = Document::new("Over 4,000 people left.").with_url("https://radio.example/1");
/// assert_eq!(Document::from("Over 4,000 people left."), Document::new("Over 4,000 people left."));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Document<'a> {
    text: &'a str,
    url: Option<&'a str>,
}

impl<'a> Document<'a> {
    /// A text that all claims of a ledger were extracted from.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, url: None }
    }

    /// Sets the address that the text is from: of a ledger with claims from several documents, those that cite this
    /// address or none are held against it.
    #[must_use]
    pub fn with_url(mut self, url: &'a str) -> Self {
        self.url = Some(url);
        self
    }

    /// The citations of a claim that are about this text; `None` if all it has are about others.
    fn citations<'c>(&self, claim: &ClaimRef<'c>) -> Option<Vec<&'c Citation>> {
        let here = |citation: &&Citation| self.url.is_none_or(|url| citation.url().is_none_or(|cited| cited == url));
        let citations: Vec<_> = claim.citations().iter().filter(here).collect();
        (claim.citations().is_empty() || !citations.is_empty()).then_some(citations)
    }
}

impl<'a> From<&'a str> for Document<'a> {
    fn from(text: &'a str) -> Self {
        Self::new(text)
    }
}

/// A claim, and what was found of it in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CheckedClaim<'a> {
    claim: ClaimId,
    excerpts: Vec<CheckedExcerpt<'a>>,
    figure: Option<Grounding>,
    suspicions: Vec<Suspicion>,
}

impl<'a> CheckedClaim<'a> {
    /// The number of the claim.
    #[must_use]
    pub fn id(&self) -> ClaimId {
        self.claim
    }

    /// The excerpts that the claim cites from this text.
    #[must_use]
    pub fn excerpts(&self) -> &[CheckedExcerpt<'a>] {
        &self.excerpts
    }

    /// The place of the claim's figure in the text, if the claim has a figure.
    #[must_use]
    pub fn figure(&self) -> Option<Grounding> {
        self.figure
    }

    /// Reasons to look at the claim again; each may turn out to be nothing.
    #[must_use]
    pub fn suspicions(&self) -> &[Suspicion] {
        &self.suspicions
    }

    /// Whether the claim says something that the text does not: an excerpt or the figure is not there, or is another.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        self.excerpts.iter().any(|excerpt| excerpt.finding().passage().is_none())
            || match self.figure {
                None | Some(Grounding::Said(_) | Grounding::Differs(_, Discrepancy::AddedHedge)) => false,
                Some(Grounding::Differs(..) | Grounding::Elsewhere(_) | Grounding::Absent) => true,
            }
    }
}

/// The findings of holding claims against a text, as data; [`Display`](std::fmt::Display) writes it for a reader.
///
/// A figure of the text is *covered* by a claim that allows the same values in the same unit, and cites the place or no
/// place that is in the text. What is counted is for the topic to say, so "troops" and "persons" are the same unit, and
/// so is none; "kg" and "tonnes", dollars and euros, and a proportion are not. Any stance will do: to deny a figure is
/// to record it. A hedge that the text does not have, as far as it can be read, leaves it covered and is something to
/// look at. Claims that were taken back are passed over.
///
/// # Order
///
/// Claims by number, figures by their place in the text.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Report<'a> {
    #[cfg_attr(feature = "serde", serde(skip))]
    ledger: &'a Ledger,
    /// The length of the text, in code points.
    length: u64,
    claims: Vec<CheckedClaim<'a>>,
    figures: Vec<CheckedFigure<'a>>,
}

impl<'a> Report<'a> {
    /// The claims that were held against the text.
    #[must_use]
    pub fn claims(&self) -> &[CheckedClaim<'a>] {
        &self.claims
    }

    /// The figures of the text.
    #[must_use]
    pub fn figures(&self) -> &[CheckedFigure<'a>] {
        &self.figures
    }

    /// The figures of the text that no claim says, at their place or at another.
    pub fn uncovered(&self) -> impl Iterator<Item = &CheckedFigure<'a>> {
        self.figures.iter().filter(|figure| figure.is_uncovered())
    }

    /// Whether nothing is wrong and no figure is left out. There may be suspicions.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        !self.claims.iter().any(CheckedClaim::is_wrong) && self.uncovered().next().is_none()
    }
}

/// Holds the claims of a ledger against the text that they were extracted from.
///
/// The time it takes grows with the length of the text, and with that times the number of different excerpts, whatever
/// is in them.
///
/// ```
/// use testimony::{Ledger, extraction};
///
/// let ledger = Ledger::new();
/// let report = extraction::check(&ledger, "Between 3,000 and 4,000 more were sent.");
/// let left_out: Vec<&str> = report.uncovered().map(|figure| figure.passage().exact()).collect();
/// assert_eq!(left_out, ["Between 3,000 and 4,000"]);
/// ```
#[must_use]
pub fn check<'a>(ledger: &'a Ledger, document: impl Into<Document<'a>>) -> Report<'a> {
    let document = document.into();
    let mut searched = Searched::new(document.text);
    let mut matcher = Matcher::new(document.text, ledger.policy());
    let mut claims = Vec::new();
    let mut claimed = Vec::new();
    let mut figure_of = Vec::new();
    let mut attributions = suspicion::Attributions::new(ledger, &document);
    for claim in ledger.claims().filter(|claim| !claim.is_retracted()) {
        let Some(citations) = document.citations(&claim) else { continue };
        let excerpts: Vec<_> =
            citations.iter().filter_map(|citation| Some(searched.excerpt(citation, citation.excerpt()?))).collect();
        let passages: Vec<_> =
            excerpts.iter().filter_map(|excerpt| excerpt.finding().passage()).map(Passage::span).collect();
        let suspicions = attributions.about(&claim, &citations, &passages, &searched, &matcher);
        let figure = matcher.claimed(&claim, passages);
        figure_of.push(figure.is_some().then_some(claimed.len()));
        claimed.extend(figure);
        claims.push(CheckedClaim { claim: claim.id(), excerpts, figure: None, suspicions });
    }
    let (groundings, coverage) = matcher.run(&claimed);
    for (claim, figure) in claims.iter_mut().zip(figure_of) {
        claim.figure = figure.map(|index| groundings[index]);
    }
    let figures = matcher.checked(&coverage, |span| searched.passage(span.start, span.end));
    Report { ledger, length: searched.code_points(document.text.len()) as u64, claims, figures }
}
