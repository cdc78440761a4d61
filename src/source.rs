//! Sources: who can say something, or pass it on.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use smol_str::SmolStr;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::error::{Error, ErrorKind};
use crate::shown::Shown;
use crate::text;
use crate::words::{record_form, text_form, vocabulary};

/// The id of a source: a short name that stays the same, such as `nis` or `korea-herald`.
///
/// # Errors
///
/// Refuses an empty id, one longer than 128 bytes, and one with white space or a control character in it. Other
/// characters that do not show (a soft hyphen, a mark of direction) are taken, and escaped wherever the id is shown.
///
/// ```
/// use testimony::SourceId;
///
/// # fn main() -> Result<(), testimony::Error> {
/// let id = SourceId::new("korea-herald")?;
/// assert_eq!(id.as_str(), "korea-herald");
/// assert!(SourceId::new("korea herald").is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(SmolStr);

impl SourceId {
    /// An id.
    ///
    /// # Errors
    ///
    /// Refuses an empty id, one longer than 128 bytes, and one with white space or a control character in it.
    pub fn new(id: impl AsRef<str>) -> Result<Self, Error> {
        Self::check(id.as_ref())?;
        Ok(Self(id.as_ref().into()))
    }

    /// An id made of a name: its letters and digits, lower-case and without accents, with a hyphen in place of all
    /// else.
    ///
    /// Letters of every script are kept, and any name gives an id: one without a letter or digit gives `source`. What
    /// is beyond 128 bytes is cut off. Two names can give one id: whoever makes ids from names has to look whether it
    /// is taken.
    ///
    /// ```
    /// use testimony::SourceId;
    ///
    /// assert_eq!(SourceId::slug("The Korea Herald").as_str(), "the-korea-herald");
    /// assert_eq!(SourceId::slug("  Süddeutsche Zeitung (SZ)").as_str(), "suddeutsche-zeitung-sz");
    /// assert_eq!(SourceId::slug("국가정보원").as_str(), "국가정보원");
    /// assert_eq!(SourceId::slug("???").as_str(), "source");
    /// ```
    #[must_use]
    pub fn slug(name: &str) -> Self {
        let is_accent = |c: &char| matches!(c, '\u{300}'..='\u{36f}');
        let letters = name.nfkd().filter(|c| !is_accent(c)).nfc().flat_map(char::to_lowercase);
        let mut slug = String::new();
        for c in letters {
            // A vowel sign of an Indian script is no letter of its own, and belongs to the one before it.
            let kept = c.is_alphanumeric() || is_combining_mark(c) && !slug.is_empty();
            let c = if kept { c } else { '-' };
            if slug.len() + c.len_utf8() > text::MAX_ID {
                break;
            }
            if kept || !slug.is_empty() && !slug.ends_with('-') {
                slug.push(c);
            }
        }
        let slug = slug.trim_end_matches('-');
        Self(if slug.is_empty() { "source" } else { slug }.into())
    }

    /// An id that [`check`](Self::check) has let pass.
    #[cfg(feature = "serde")]
    pub(crate) fn checked(id: impl AsRef<str>) -> Self {
        Self(id.as_ref().into())
    }

    /// Refuses what is no id.
    pub(crate) fn check(id: &str) -> Result<(), Error> {
        // Most ids are of plain letters, which are told quickly.
        if (1..=text::MAX_ID).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Ok(());
        }
        text::check("", id, text::MAX_ID)?;
        if id.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(Error::new(ErrorKind::NotAnId).value(id));
        }
        Ok(())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl FromStr for SourceId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::new(text)
    }
}

impl Borrow<str> for SourceId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<&SourceId> for SourceId {
    fn from(id: &SourceId) -> Self {
        id.clone()
    }
}

impl From<&Source> for SourceId {
    fn from(source: &Source) -> Self {
        source.id().clone()
    }
}

impl AsRef<str> for SourceId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

text_form!(SourceId, "the id of a source", as_str);

/// The kind of a source.
///
/// The world has more kinds than are named here: a word that is none of them is kept as it is.
///
/// ```
/// use testimony::SourceKind;
///
/// # fn main() -> Result<(), testimony::Error> {
/// assert_eq!("outlet".parse::<SourceKind>()?, SourceKind::OUTLET);
/// assert_eq!("satellite".parse::<SourceKind>()?.as_str(), "satellite");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourceKind(KnownOrOther);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum KnownOrOther {
    Person,
    Organization,
    Government,
    Outlet,
    Document,
    Anonymous,
    Other(Arc<str>),
}

impl SourceKind {
    /// A human being.
    pub const PERSON: Self = Self(KnownOrOther::Person);
    /// A body of people; the default.
    pub const ORGANIZATION: Self = Self(KnownOrOther::Organization);
    /// A state, or a body that speaks for one.
    pub const GOVERNMENT: Self = Self(KnownOrOther::Government);
    /// A publisher: a newspaper, an agency, a channel.
    pub const OUTLET: Self = Self(KnownOrOther::Outlet);
    /// A text, a recording or a data set.
    pub const DOCUMENT: Self = Self(KnownOrOther::Document);
    /// Somebody who is not named; it belongs to the outlet that carries it, and is never counted as independent.
    pub const ANONYMOUS: Self = Self(KnownOrOther::Anonymous);

    /// The word for it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            KnownOrOther::Person => "person",
            KnownOrOther::Organization => "organization",
            KnownOrOther::Government => "government",
            KnownOrOther::Outlet => "outlet",
            KnownOrOther::Document => "document",
            KnownOrOther::Anonymous => "anonymous",
            KnownOrOther::Other(word) => word,
        }
    }
}

impl Default for SourceKind {
    fn default() -> Self {
        Self::ORGANIZATION
    }
}

impl fmt::Display for SourceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for SourceKind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(match text {
            "person" => Self::PERSON,
            "organization" => Self::ORGANIZATION,
            "government" => Self::GOVERNMENT,
            "outlet" => Self::OUTLET,
            "document" => Self::DOCUMENT,
            "anonymous" => Self::ANONYMOUS,
            other => {
                text::check("", other, text::MAX_NAME)?;
                Self(KnownOrOther::Other(other.into()))
            }
        })
    }
}

text_form!(SourceKind, "a kind of source such as \"outlet\"", as_str);

vocabulary! {
    /// How reliable a source is, apart from what it says.
    ///
    /// The source reliability of the Admiralty code (NATO STANAG 2511), A to F.
    ///
    /// # No order
    ///
    /// F stands beside the others and not at their end, and so there is no order of all six:
    ///
    /// ```compile_fail,E0369
    /// assert!(testimony::Reliability::E < testimony::Reliability::F);
    /// ```
    Reliability, "A, B, C, D, E and F" {
        /// Completely reliable.
        A = "A",
        /// Usually reliable.
        B = "B",
        /// Fairly reliable.
        C = "C",
        /// Not usually reliable.
        D = "D",
        /// Unreliable.
        E = "E",
        /// Cannot be judged: no rating, and not the least.
        F = "F",
    }
}

impl Reliability {
    /// The meaning of the rating.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::A => "completely reliable",
            Self::B => "usually reliable",
            Self::C => "fairly reliable",
            Self::D => "not usually reliable",
            Self::E => "unreliable",
            Self::F => "cannot be judged",
        }
    }
}

/// Somebody or something that can say a thing, or pass it on.
///
/// ```
/// use testimony::{Reliability, Source, SourceKind};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let lee = Source::new("lee", "Rep. Lee Seong-kweun")?
///     .with_kind(SourceKind::PERSON)
///     .with_reliability(Reliability::C);
/// assert_eq!(lee.id().as_str(), "lee");
/// assert_eq!(lee.name(), "Rep. Lee Seong-kweun");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(remote = "Self", deny_unknown_fields)
)]
pub struct Source {
    id: SourceId,
    pub(crate) name: Arc<str>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_default"))]
    pub(crate) kind: SourceKind,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub(crate) part_of: Option<SourceId>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub(crate) reliability: Option<Reliability>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub(crate) url: Option<Arc<str>>,
}

record_form!(Source, "a source, as a record with named fields");

#[cfg(feature = "serde")]
fn is_default(kind: &SourceKind) -> bool {
    *kind == SourceKind::default()
}

impl Source {
    /// A source with this id and name; an organization unless [`with_kind`](Self::with_kind) says otherwise.
    ///
    /// # Errors
    ///
    /// Refuses what [`SourceId::new`] does. The name is checked when the source is added to a ledger.
    pub fn new(id: impl AsRef<str>, name: impl Into<Arc<str>>) -> Result<Self, Error> {
        Ok(Self {
            id: SourceId::new(id).map_err(|error| error.at("id"))?,
            name: name.into(),
            kind: SourceKind::default(),
            part_of: None,
            reliability: None,
            url: None,
        })
    }

    /// Sets the kind of the source.
    #[must_use]
    pub fn with_kind(mut self, kind: SourceKind) -> Self {
        self.kind = kind;
        self
    }

    /// Sets the whole that the source is a part of: for a ministry its government, for an anonymous official the outlet
    /// that carries them. Parts of one whole are not independent of each other.
    #[must_use]
    pub fn with_part_of(mut self, whole: &SourceId) -> Self {
        self.part_of = Some(whole.clone());
        self
    }

    /// Rates the source.
    #[must_use]
    pub fn with_reliability(mut self, reliability: Reliability) -> Self {
        self.reliability = Some(reliability);
        self
    }

    /// Sets the address at which the source is found.
    #[must_use]
    pub fn with_url(mut self, url: impl Into<Arc<str>>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// The id that everything else names it by.
    #[must_use]
    pub fn id(&self) -> &SourceId {
        &self.id
    }

    /// The name that a reader knows it by.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The kind of source.
    #[must_use]
    pub fn kind(&self) -> &SourceKind {
        &self.kind
    }

    /// Whether the source is somebody who is not named.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        self.kind == SourceKind::ANONYMOUS
    }

    /// The source that this one is a part of, if any.
    #[must_use]
    pub fn part_of(&self) -> Option<&SourceId> {
        self.part_of.as_ref()
    }

    /// How reliable the source was rated, if it was.
    #[must_use]
    pub fn reliability(&self) -> Option<Reliability> {
        self.reliability
    }

    /// The address of the source, if that is known.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        text::check("name", &self.name, text::MAX_NAME)?;
        text::check_length("url", self.url().unwrap_or_default(), text::MAX_TEXT)
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Shown(&self.name).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::SourceId;

    #[test]
    fn any_name_gives_an_id_that_is_one() {
        let long = "ü가 ".repeat(100);
        for (name, slug) in [
            ("", "source"),
            ("\u{301}\u{200b} \n", "source"),
            ("U.N. -- OCHA", "u-n-ocha"),
            ("Ελλάδα", "ελλαδα"),
            ("İstanbul", "istanbul"),
            ("हिन्दी समाचार", "हिन्दी-समाचार"),
            ("٣ ﷺ", "٣-صلى-الله-عليه-وسلم"),
            ("𝕋he 2nd", "the-2nd"),
        ] {
            assert_eq!(SourceId::slug(name).as_str(), slug, "{name}");
            assert_eq!(SourceId::new(slug).unwrap(), SourceId::slug(name));
        }
        assert!((120..=128).contains(&SourceId::slug(&long).as_str().len()));
    }
}
