//! Where a claim is found.

use std::sync::Arc;

use crate::error::{Error, ErrorKind};
use crate::number::JSON_DIGITS;
#[cfg(feature = "serde")]
use crate::shape::Whole;
use crate::text;
use crate::time::Moment;
use crate::words::record_form;

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

    /// Adds where the excerpt starts and ends in the document, in code points from its beginning. A ledger takes at
    /// most 15 digits, as many as the interchange format carries.
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
