//! Machine tags of MISP, for the Admiralty scale and for estimative language.

use std::fmt;
use std::str::FromStr;

use super::admiralty::reliability_of;
use super::scale::{Scale, ScaleWord};
use crate::confidence::{AnalyticConfidence, Credibility};
use crate::error::{Error, ErrorKind};
use crate::source::Reliability;
use crate::words::text_form;

/// A machine tag of the MISP taxonomies `admiralty-scale` and `estimative-language` (version 5 of each).
///
/// # Syntax
///
/// | tag | |
/// | --- | --- |
/// | `admiralty-scale:source-reliability="b"` | a [`Reliability`], `a` to `f` |
/// | `admiralty-scale:information-credibility="2"` | a [`Credibility`], `1` to `6` |
/// | `estimative-language:likelihood-probability="very-likely"` | a word of [`Scale::Icd203`], in its first wording |
/// | `estimative-language:confidence-in-analytic-judgment="low"` | an [`AnalyticConfidence`] |
///
/// Tags are read in any case, and written in lower case.
///
/// # No numbers
///
/// MISP also gives each tag a number from 0 to 100, and gives `f` and `6`, which say that nothing can be judged, the
/// 50 of the middle. None of these numbers is taken over: a tag stands for the judgement that it names.
///
/// # Errors
///
/// Parsing refuses every other tag. Among them is `admiralty-scale:source-reliability="g"` ("deliberately
/// deceptive"), which MISP added and the Admiralty code does not have.
///
/// ```
/// use testimony::Reliability;
/// use testimony::scales::{MispTag, ScaleWord};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let tag: MispTag = r#"admiralty-scale:source-reliability="b""#.parse()?;
/// assert_eq!(tag.reliability(), Some(Reliability::B));
///
/// let word: ScaleWord = "icd203:highly probable".parse()?;
/// let tag = MispTag::try_from(word)?;
/// assert_eq!(tag.to_string(), r#"estimative-language:likelihood-probability="very-likely""#);
/// assert_eq!(tag.word(), Some(word));
///
/// assert!(MispTag::try_from("phia:unlikely".parse::<ScaleWord>()?).is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MispTag(Tagged);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Tagged {
    Reliability(Reliability),
    Credibility(Credibility),
    Word(ScaleWord),
    Level(AnalyticConfidence),
}

const RELIABILITY: &str = "admiralty-scale:source-reliability";
const CREDIBILITY: &str = "admiralty-scale:information-credibility";
const LIKELIHOOD: &str = "estimative-language:likelihood-probability";
const LEVEL: &str = "estimative-language:confidence-in-analytic-judgment";

const EXPECTED: &str = "the tags of the MISP taxonomies admiralty-scale (a to f, 1 to 6) and estimative-language";

impl MispTag {
    /// The reliability of a source that the tag names, if it names one.
    #[must_use]
    pub fn reliability(self) -> Option<Reliability> {
        if let Tagged::Reliability(reliability) = self.0 { Some(reliability) } else { None }
    }

    /// The credibility of a claim that the tag names, if it names one.
    #[must_use]
    pub fn credibility(self) -> Option<Credibility> {
        if let Tagged::Credibility(credibility) = self.0 { Some(credibility) } else { None }
    }

    /// The word of [`Scale::Icd203`] that the tag names, if it names one.
    #[must_use]
    pub fn word(self) -> Option<ScaleWord> {
        if let Tagged::Word(word) = self.0 { Some(word) } else { None }
    }

    /// The confidence in an analysis that the tag names, if it names one.
    #[must_use]
    pub fn level(self) -> Option<AnalyticConfidence> {
        if let Tagged::Level(level) = self.0 { Some(level) } else { None }
    }
}

impl From<Reliability> for MispTag {
    fn from(reliability: Reliability) -> Self {
        Self(Tagged::Reliability(reliability))
    }
}

impl From<Credibility> for MispTag {
    fn from(credibility: Credibility) -> Self {
        Self(Tagged::Credibility(credibility))
    }
}

impl From<AnalyticConfidence> for MispTag {
    fn from(level: AnalyticConfidence) -> Self {
        Self(Tagged::Level(level))
    }
}

/// MISP has tags for the words of ICD 203 alone; those of another scale are refused, and not converted on the way.
impl TryFrom<ScaleWord> for MispTag {
    type Error = Error;

    fn try_from(word: ScaleWord) -> Result<Self, Error> {
        if word.scale() == Scale::Icd203 {
            Ok(Self(Tagged::Word(word)))
        } else {
            Err(Error::new(ErrorKind::NotOneOf { expected: "the words of ICD 203" }).value(word))
        }
    }
}

impl fmt::Display for MispTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Tagged::Reliability(reliability) => {
                write!(f, "{RELIABILITY}=\"{}\"", reliability.as_str().to_ascii_lowercase())
            }
            Tagged::Credibility(credibility) => write!(f, "{CREDIBILITY}=\"{credibility}\""),
            Tagged::Word(word) => write!(f, "{LIKELIHOOD}=\"{}\"", slug(word)),
            Tagged::Level(level) => write!(f, "{LEVEL}=\"{level}\""),
        }
    }
}

/// A word as it stands in a tag: its first wording, hyphenated.
fn slug(word: ScaleWord) -> String {
    word.name().replace(' ', "-")
}

impl FromStr for MispTag {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        parse(&text.to_ascii_lowercase())
            .map(Self)
            .ok_or_else(|| Error::new(ErrorKind::NotOneOf { expected: EXPECTED }).value(text))
    }
}

fn parse(tag: &str) -> Option<Tagged> {
    let (name, value) = tag.split_once('=')?;
    let value = value.strip_prefix('"')?.strip_suffix('"')?;
    match name {
        RELIABILITY => reliability_of(value).map(Tagged::Reliability),
        CREDIBILITY => value.parse().ok().map(Tagged::Credibility),
        LIKELIHOOD => Scale::Icd203.words().find(|word| slug(*word) == value).map(Tagged::Word),
        LEVEL => value.parse().ok().map(Tagged::Level),
        _ => None,
    }
}

text_form!(MispTag, "a machine tag such as \"admiralty-scale:source-reliability=\\\"b\\\"\"");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_is_read_back_and_no_other_is_read() {
        let tags: Vec<MispTag> = Reliability::ALL
            .iter()
            .map(|r| MispTag::from(*r))
            .chain((1..=6).map(|n| Credibility(n).into()))
            .chain(AnalyticConfidence::ALL.iter().map(|level| (*level).into()))
            .chain(Scale::Icd203.words().map(|word| MispTag(Tagged::Word(word))))
            .collect();
        assert_eq!(tags.len(), 6 + 6 + 3 + 7);
        for tag in tags {
            assert_eq!(tag.to_string().parse::<MispTag>().unwrap(), tag);
            assert_eq!(tag.to_string().to_uppercase().parse::<MispTag>().unwrap(), tag);
        }
        for tag in [
            "",
            "admiralty-scale:source-reliability",
            "admiralty-scale:source-reliability=b",
            "admiralty-scale:source-reliability=\"\"",
            "admiralty-scale:source-reliability=\"g\"",
            "admiralty-scale:source-reliability=\"2\"",
            "admiralty-scale:source-reliability=\"usually reliable\"",
            "admiralty-scale:information-credibility=\"0\"",
            "admiralty-scale:information-credibility=\"7\"",
            "admiralty-scale:information-credibility=\"b\"",
            "admiralty-scale:information-credibility=\"probably true\"",
            "admiralty-scale:information-credibility=\"2\"x",
            "admiralty-scale:information-credibility=\"",
            "estimative-language:likelihood-probability=\"probable\"",
            "estimative-language:likelihood-probability=\"very likely\"",
            "estimative-language:confidence-in-analytic-judgment=\"medium\"",
            "tlp:amber",
        ] {
            let error = tag.parse::<MispTag>().unwrap_err();
            assert_eq!(error.code(), "not-one-of", "{tag}");
        }
    }
}
