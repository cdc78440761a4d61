//! A name with its other names.

use std::fmt;
use std::sync::Arc;

use crate::error::{Error, ErrorKind};
#[cfg(feature = "serde")]
use crate::shape::List;
use crate::shown::Quoted;
use crate::words::record_form;

/// A name and its other names: of a subject ("Kyiv", "Kiev"), a unit ("persons", "heads") or a scope.
///
/// A ledger that is given them takes claims that use any of the names as claims about one thing, and each claim keeps
/// the words that it came with.
///
/// ```
/// use testimony::{Claim, Figure, Ledger, Names, Source, Topic};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let mut ledger = Ledger::new();
/// let city = ledger.add_source(Source::new("city", "City council")?)?;
/// let army = ledger.add_source(Source::new("army", "The army")?)?;
/// ledger.add_subject(Names::new("Kyiv", ["Kiev", "Київ"]))?;
///
/// ledger.record(Claim::new(Topic::new("Kyiv", "deaths"), Figure::at_least(40), &city))?;
/// let receipt = ledger.record(Claim::new(Topic::new("Kiev", "deaths"), Figure::exactly(12), &army))?;
/// assert_eq!(receipt.conflicts(), 1);
/// assert_eq!(ledger.topics().len(), 1);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(remote = "Self", deny_unknown_fields)
)]
pub struct Names {
    name: Arc<str>,
    #[cfg_attr(feature = "serde", serde(deserialize_with = "list"))]
    aliases: Vec<Arc<str>>,
}

record_form!(Names, "a name with its aliases, as a record with named fields");

#[cfg(feature = "serde")]
fn list<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Arc<str>>, D::Error> {
    serde::Deserialize::deserialize(deserializer).map(|List(aliases)| aliases)
}

impl Names {
    /// A name with its aliases. The texts are checked when they are added to a ledger.
    #[must_use]
    pub fn new(name: impl Into<Arc<str>>, aliases: impl IntoIterator<Item = impl Into<Arc<str>>>) -> Self {
        Self { name: name.into(), aliases: aliases.into_iter().map(Into::into).collect() }
    }

    /// The name that reports print.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The other names.
    #[must_use]
    pub fn aliases(&self) -> impl ExactSizeIterator<Item = &str> {
        self.aliases.iter().map(|alias| &**alias)
    }

    /// Refuses a list without an alias, and names that `check` refuses.
    pub(crate) fn check(&self, check: impl Fn(&str, &str) -> Result<(), Error>) -> Result<(), Error> {
        check("name", &self.name)?;
        if self.aliases.is_empty() {
            return Err(Error::new(ErrorKind::Missing { why: "a name has to have another one" }).at("aliases"));
        }
        self.aliases().enumerate().try_for_each(|(i, alias)| check(&format!("aliases[{i}]"), alias))
    }
}

/// The name with its other names: `“Kyiv”, also “Kiev” and “Київ”`.
impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Quoted(&self.name))?;
        for (i, alias) in self.aliases().enumerate() {
            let before = match i {
                0 => ", also",
                _ if i + 1 == self.aliases.len() => " and",
                _ => ",",
            };
            write!(f, "{before} {}", Quoted(alias))?;
        }
        Ok(())
    }
}
