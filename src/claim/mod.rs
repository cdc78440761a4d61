//! Claims: who says what, on whose word, as of when, and how surely.

#[cfg(feature = "serde")]
pub(crate) mod draft;
#[cfg(feature = "serde")]
pub(crate) mod format;
#[cfg(feature = "serde")]
mod label;
pub(crate) mod parts;

use std::fmt;
use std::sync::Arc;

#[cfg(feature = "serde")]
pub use self::label::Label;
use crate::confidence::{Confidence, Credibility};
use crate::date::Date;
use crate::error::{Error, ErrorKind};
use crate::figure::Figure;
use crate::number::JSON_DIGITS;
use crate::period::Period;
#[cfg(feature = "serde")]
use crate::shape::Whole;
use crate::shown::{Quoted, Shown};
use crate::source::SourceId;
use crate::text;
use crate::time::Moment;
use crate::topic::Topic;
use crate::words::{record_form, vocabulary};

/// The most relays of a claim.
pub(crate) const MAX_RELAYS: usize = 64;
/// The most citations of a claim.
pub(crate) const MAX_CITATIONS: usize = 64;

vocabulary! {
    /// How an origin stands to the value of its claim.
    #[derive(PartialOrd, Ord)]
    Stance, "affirms, denies, suggests, declines and disowns" {
        /// Says that it is so. The default.
        Affirms = "affirms",
        /// Says that it is not so.
        Denies = "denies",
        /// Raises it as possible and commits to nothing: "may", "speculates".
        Suggests = "suggests",
        /// Neither confirms nor denies, or does not acknowledge: no denial.
        Declines = "declines",
        /// Says that it never said this: of the attribution, not of the value.
        Disowns = "disowns",
    }
}

impl Stance {
    /// Whether a claim with this stance may be without a value: no answer has none, and who never said anything of the
    /// kind disowns whatever is attributed to them.
    pub(crate) fn needs_no_value(self) -> bool {
        matches!(self, Self::Declines | Self::Disowns)
    }
}

vocabulary! {
    /// How an origin knows what it says.
    #[derive(PartialOrd, Ord)]
    Basis, "witnessed, told, induced and deduced" {
        /// The origin saw or measured it.
        Witnessed = "witnessed",
        /// Somebody told it.
        Told = "told",
        /// The origin generalises from cases.
        Induced = "induced",
        /// The origin concludes it from other things that it knows.
        Deduced = "deduced",
    }
}

/// The value of a claim: a figure, a text or a period.
///
/// ```
/// use testimony::{Figure, Period, Value};
///
/// # fn main() -> Result<(), testimony::Error> {
/// assert_eq!(Value::from(Figure::more_than(4000)).to_string(), "more than 4,000");
/// assert_eq!(Value::text("decisive").to_string(), "“decisive”");
/// assert_eq!(Value::from(Period::day(2025, 3, 15)?).to_string(), "15 March 2025");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A reported quantity.
    Figure(Figure),
    /// Words.
    Text(Arc<str>),
    /// A time.
    Period(Period),
}

impl Value {
    /// A text, word for word; for a figure in words, parse a [`Figure`].
    #[must_use]
    pub fn text(text: impl Into<Arc<str>>) -> Self {
        Self::Text(text.into())
    }

    /// The figure, if it is one.
    #[must_use]
    pub fn as_figure(&self) -> Option<&Figure> {
        if let Self::Figure(figure) = self { Some(figure) } else { None }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The period, if it is one.
    #[must_use]
    pub fn as_period(&self) -> Option<Period> {
        if let Self::Period(period) = self { Some(*period) } else { None }
    }
}

impl From<Figure> for Value {
    fn from(figure: Figure) -> Self {
        Self::Figure(figure)
    }
}

impl From<Period> for Value {
    fn from(period: Period) -> Self {
        Self::Period(period)
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Period(date.into())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Figure(figure) => figure.fmt(f),
            Self::Text(text) => Quoted(text).fmt(f),
            Self::Period(period) => f.write_str(&period.in_words()),
        }
    }
}

/// A place where a claim is found: an address, a title, a passage. At least one of its parts is given.
///
/// The passage is selected as in the W3C Web Annotation Data Model (2017): the exact words with what stands before and
/// after them, or their position in code points.
///
/// ```
/// use testimony::Citation;
///
/// let citation = Citation::new().with_url("https://www.koreaherald.com/").with_excerpt("over 4,000");
/// assert_eq!(citation.excerpt(), Some("over 4,000"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(remote = "Self", deny_unknown_fields)
)]
pub struct Citation {
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    url: Option<Arc<str>>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    title: Option<Arc<str>>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    published: Option<Moment>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    accessed: Option<Moment>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    excerpt: Option<Arc<str>>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    prefix: Option<Arc<str>>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    suffix: Option<Arc<str>>,
    #[cfg_attr(
        feature = "serde",
        serde(default, deserialize_with = "Whole::optional", skip_serializing_if = "Option::is_none")
    )]
    start: Option<u64>,
    #[cfg_attr(
        feature = "serde",
        serde(default, deserialize_with = "Whole::optional", skip_serializing_if = "Option::is_none")
    )]
    end: Option<u64>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    digest: Option<Arc<str>>,
}

record_form!(Citation, "a citation, as a record with named fields");

impl Citation {
    /// A citation that has no part yet; a claim with such a one is refused.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the address of the document.
    #[must_use]
    pub fn with_url(mut self, url: impl Into<Arc<str>>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Adds the title of the document.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<Arc<str>>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Adds when the document was published.
    #[must_use]
    pub fn with_published(mut self, published: impl Into<Moment>) -> Self {
        self.published = Some(published.into());
        self
    }

    /// Adds when the document was read.
    #[must_use]
    pub fn with_accessed(mut self, accessed: impl Into<Moment>) -> Self {
        self.accessed = Some(accessed.into());
        self
    }

    /// Adds the words of the document, to the letter.
    #[must_use]
    pub fn with_excerpt(mut self, excerpt: impl Into<Arc<str>>) -> Self {
        self.excerpt = Some(excerpt.into());
        self
    }

    /// Adds what stands just before and just after the excerpt.
    #[must_use]
    pub fn with_context(mut self, prefix: impl Into<Arc<str>>, suffix: impl Into<Arc<str>>) -> Self {
        self.prefix = Some(prefix.into());
        self.suffix = Some(suffix.into());
        self
    }

    /// Adds where the excerpt starts and ends in the document, in code points from its beginning. A ledger takes at most
    /// 15 digits, as many as the interchange format carries.
    #[must_use]
    pub fn with_position(mut self, start: u64, end: u64) -> Self {
        self.start = Some(start);
        self.end = Some(end);
        self
    }

    /// Adds a digest of the document, `sha256:` and hexadecimal digits. It is kept as it is given, and not checked.
    #[must_use]
    pub fn with_digest(mut self, digest: impl Into<Arc<str>>) -> Self {
        self.digest = Some(digest.into());
        self
    }

    /// The address of the document.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// The title of the document.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// When the document was published.
    #[must_use]
    pub fn published(&self) -> Option<Moment> {
        self.published
    }

    /// When the document was read.
    #[must_use]
    pub fn accessed(&self) -> Option<Moment> {
        self.accessed
    }

    /// The words of the document.
    #[must_use]
    pub fn excerpt(&self) -> Option<&str> {
        self.excerpt.as_deref()
    }

    /// The words just before the excerpt.
    #[must_use]
    pub fn prefix(&self) -> Option<&str> {
        self.prefix.as_deref()
    }

    /// The words just after the excerpt.
    #[must_use]
    pub fn suffix(&self) -> Option<&str> {
        self.suffix.as_deref()
    }

    /// The start of the excerpt in the document, in code points.
    #[must_use]
    pub fn start(&self) -> Option<u64> {
        self.start
    }

    /// The end of the excerpt in the document, in code points.
    #[must_use]
    pub fn end(&self) -> Option<u64> {
        self.end
    }

    /// The digest of the document.
    #[must_use]
    pub fn digest(&self) -> Option<&str> {
        self.digest.as_deref()
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        if *self == Self::default() {
            return Err(Error::new(ErrorKind::Missing { why: "a citation has at least one part" }));
        }
        for (field, text) in [
            ("url", self.url()),
            ("title", self.title()),
            ("excerpt", self.excerpt()),
            ("prefix", self.prefix()),
            ("suffix", self.suffix()),
            ("digest", self.digest()),
        ] {
            text::check_length(field, text.unwrap_or_default(), text::MAX_TEXT)?;
        }
        for (field, place) in [("start", self.start), ("end", self.end)] {
            // A longer JSON number is not read, and so must not be written.
            if let Some(place) = place.filter(|place| *place >= 10_u64.pow(JSON_DIGITS)) {
                return Err(Error::new(ErrorKind::TooManyDigits { limit: JSON_DIGITS }).value(place).at(field));
            }
        }
        if let (Some(start), Some(end)) = (self.start, self.end)
            && start > end
        {
            return Err(Error::new(ErrorKind::BoundsReversed).value(format!("{start} to {end}")).at("start"));
        }
        Ok(())
    }
}

/// An origin takes a stance on a value for a topic, as of a period, handed on by relays.
///
/// A claim is what somebody wants to put on record; a [`Ledger`](crate::Ledger) decides whether it can, and gives it a
/// number. The origin is the one answerable, who said it first; relays passed it on and are never second witnesses.
///
/// ```
/// use testimony::{Claim, Figure, Period, Source, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let nis = Source::new("nis", "National Intelligence Service")?;
/// let lee = Source::new("lee", "Rep. Lee Seong-kweun")?;
/// let claim = Claim::new(
///     Topic::new("North Korean troops in Ukraine", "casualties"),
///     Figure::more_than(4000).with_unit("persons"),
///     nis.id(),
/// )
/// .with_relay(lee.id())
/// .with_as_of(Period::mid_month(2025, 3)?);
/// assert_eq!(claim.to_string(), "nis affirms more than 4,000 persons");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Claim {
    pub(crate) topic: Topic,
    pub(crate) value: Option<Value>,
    pub(crate) stance: Stance,
    pub(crate) scope: Option<Arc<str>>,
    pub(crate) origin: SourceId,
    pub(crate) relays: Vec<SourceId>,
    pub(crate) as_of: Option<Period>,
    pub(crate) details: Details,
}

/// The parts of a claim that say nothing about its value, and that most claims have few of.
///
/// They are fields of the claim where it is read and written (`draft`, `format`); as a record of their own, with the same
/// names, they are what follows the others in a line (`jsonl::canonical`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
pub(crate) struct Details {
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub(crate) stated: Option<Moment>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub(crate) confidence: Option<Confidence>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub(crate) basis: Option<Basis>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub(crate) credibility: Option<Credibility>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub(crate) citations: Vec<Citation>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub(crate) note: Option<Arc<str>>,
}

/// Those of the details that the origin said. The others are what the recorder holds of the claim, and make it no other.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SaidDetails<'a> {
    pub(crate) stated: Option<Moment>,
    pub(crate) confidence: Option<&'a Confidence>,
    pub(crate) basis: Option<Basis>,
}

impl Details {
    /// Whether nothing is the recorder's.
    pub(crate) fn is_said_only(&self) -> bool {
        let Self { stated: _, confidence: _, basis: _, credibility, citations, note } = self;
        credibility.is_none() && citations.is_empty() && note.is_none()
    }

    /// Without what is the recorder's.
    pub(crate) fn said(&self) -> SaidDetails<'_> {
        let Self { stated, confidence, basis, credibility: _, citations: _, note: _ } = self;
        SaidDetails { stated: *stated, confidence: confidence.as_ref(), basis: *basis }
    }
}

impl SaidDetails<'_> {
    /// Details of their own, with nothing of the recorder's.
    pub(crate) fn to_details(self) -> Details {
        let Self { stated, confidence, basis } = self;
        let confidence = confidence.cloned();
        Details { stated, confidence, basis, credibility: None, citations: Vec::new(), note: None }
    }
}

/// The details of most claims: none.
pub(crate) const NO_DETAILS: &Details =
    &Details { stated: None, confidence: None, basis: None, credibility: None, citations: Vec::new(), note: None };

impl Claim {
    /// The origin affirms the value; [`with_stance`](Self::with_stance) says otherwise.
    #[must_use]
    pub fn new(topic: Topic, value: impl Into<Value>, origin: impl Into<SourceId>) -> Self {
        Self { value: Some(value.into()), ..Self::without_value(topic, Stance::Affirms, origin.into()) }
    }

    /// The origin would not answer the question at all; a claim that declines needs no value.
    #[must_use]
    pub fn declined(topic: Topic, origin: impl Into<SourceId>) -> Self {
        Self::without_value(topic, Stance::Declines, origin.into())
    }

    /// The origin says that it never said anything of what is attributed to it; a claim that disowns needs no value.
    #[must_use]
    pub fn disowned(topic: Topic, origin: impl Into<SourceId>) -> Self {
        Self::without_value(topic, Stance::Disowns, origin.into())
    }

    fn without_value(topic: Topic, stance: Stance, origin: SourceId) -> Self {
        Self {
            topic,
            value: None,
            stance,
            scope: None,
            origin,
            relays: Vec::new(),
            as_of: None,
            details: Details::default(),
        }
    }

    /// Says how the origin stands to the value.
    #[must_use]
    pub fn with_stance(mut self, stance: Stance) -> Self {
        self.stance = stance;
        self
    }

    /// Says what exactly is counted, where sources count differently: "laboratory-confirmed". Claims with different
    /// scopes are not compared.
    #[must_use]
    pub fn with_scope(mut self, scope: impl Into<Arc<str>>) -> Self {
        self.scope = Some(scope.into());
        self
    }

    /// Adds one that passed it on; the one nearest the origin is added first.
    #[must_use]
    pub fn with_relay(mut self, relay: impl Into<SourceId>) -> Self {
        self.relays.push(relay.into());
        self
    }

    /// Says of which time the value is said to hold.
    #[must_use]
    pub fn with_as_of(mut self, as_of: Period) -> Self {
        self.as_of = Some(as_of);
        self
    }

    /// Says when the origin said it; when a relay published it belongs into the citation.
    #[must_use]
    pub fn with_stated(mut self, stated: impl Into<Moment>) -> Self {
        self.details.stated = Some(stated.into());
        self
    }

    /// Says how sure the origin said it was.
    #[must_use]
    pub fn with_confidence(mut self, confidence: impl Into<Confidence>) -> Self {
        self.details.confidence = Some(confidence.into());
        self
    }

    /// Says how the origin knows.
    #[must_use]
    pub fn with_basis(mut self, basis: Basis) -> Self {
        self.details.basis = Some(basis);
        self
    }

    /// Says how far the recorder believes it.
    #[must_use]
    pub fn with_credibility(mut self, credibility: Credibility) -> Self {
        self.details.credibility = Some(credibility);
        self
    }

    /// Adds where it is found.
    #[must_use]
    pub fn with_citation(mut self, citation: Citation) -> Self {
        self.details.citations.push(citation);
        self
    }

    /// Adds a remark of the recorder's.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<Arc<str>>) -> Self {
        self.details.note = Some(note.into());
        self
    }

    /// The question that it answers.
    #[must_use]
    pub fn topic(&self) -> &Topic {
        &self.topic
    }

    /// The value put forward; a claim that declines or disowns may have none.
    #[must_use]
    pub fn value(&self) -> Option<&Value> {
        self.value.as_ref()
    }

    /// How the origin stands to the value.
    #[must_use]
    pub fn stance(&self) -> Stance {
        self.stance
    }

    /// The scope: what exactly is counted, in the origin's words.
    #[must_use]
    pub fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }

    /// The source that is answerable for the claim.
    #[must_use]
    pub fn origin(&self) -> &SourceId {
        &self.origin
    }

    /// The sources that passed the claim on, the one nearest the origin first.
    #[must_use]
    pub fn relays(&self) -> &[SourceId] {
        &self.relays
    }

    /// Of which time the value is said to hold.
    #[must_use]
    pub fn as_of(&self) -> Option<Period> {
        self.as_of
    }

    /// When the origin said it.
    #[must_use]
    pub fn stated(&self) -> Option<Moment> {
        self.details.stated
    }

    /// How sure the origin said it was.
    #[must_use]
    pub fn confidence(&self) -> Option<&Confidence> {
        self.details.confidence.as_ref()
    }

    /// How the origin knows.
    #[must_use]
    pub fn basis(&self) -> Option<Basis> {
        self.details.basis
    }

    /// How far the recorder believes it.
    #[must_use]
    pub fn credibility(&self) -> Option<Credibility> {
        self.details.credibility
    }

    /// The places where the claim is found.
    #[must_use]
    pub fn citations(&self) -> &[Citation] {
        &self.details.citations
    }

    /// A remark of the recorder's.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.details.note.as_deref()
    }

    /// The same without what is the recorder's: two claims are one if this is equal.
    pub(crate) fn said(mut self) -> Self {
        self.details = self.details.said().to_details();
        self
    }

    /// Refuses what no ledger would take, whatever else is in it.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.parts().check()
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", Shown(self.origin.as_str()), self.stance)?;
        self.value.as_ref().map_or(Ok(()), |value| write!(f, " {value}"))
    }
}
