//! Arithmetic that ties topics together.

#[cfg(feature = "serde")]
mod format;

use std::fmt;

use crate::error::{Error, ErrorKind};
use crate::topic::Topic;

/// A rule of arithmetic that a user declares for the values of several topics.
///
/// ```
/// use testimony::{Constraint, Topic};
///
/// let share = Constraint::Ratio {
///     part: Topic::new("troops", "casualties"),
///     whole: Topic::new("troops", "deployed"),
///     ratio: Topic::new("troops", "share lost"),
/// };
/// assert_eq!(share.to_string(), "troops · share lost = troops · casualties ÷ troops · deployed");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Constraint {
    /// The ratio is the part divided by the whole.
    Ratio {
        /// The topic of the dividend.
        part: Topic,
        /// The topic of the divisor.
        whole: Topic,
        /// The topic of the quotient.
        ratio: Topic,
    },
    /// The part is not above the whole.
    AtMost {
        /// The topic whose value is not above that of the other.
        part: Topic,
        /// The topic whose value is not below that of the other.
        whole: Topic,
    },
    /// The parts add up to the whole.
    Sum {
        /// The topics that are added up.
        parts: Vec<Topic>,
        /// The topic of the sum.
        whole: Topic,
    },
    /// The amount within a time is the total at its end less the total before it began.
    Change {
        /// The topic of the amounts, each within the time that it is about.
        flow: Topic,
        /// The topic of the running total; the last day that a claim on it is about counts.
        total: Topic,
    },
}

impl Constraint {
    /// The name of the kind of constraint, as the interchange format has it.
    ///
    /// ```
    /// use testimony::{Constraint, Topic};
    ///
    /// let change = Constraint::Change { flow: Topic::new("fever", "new deaths"), total: Topic::new("fever", "deaths") };
    /// assert_eq!(change.kind(), "change");
    /// assert_eq!(change.to_string(), "fever · new deaths = the change of fever · deaths");
    /// ```
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Ratio { .. } => "ratio",
            Self::AtMost { .. } => "at_most",
            Self::Sum { .. } => "sum",
            Self::Change { .. } => "change",
        }
    }

    /// The topics that the result is made of, and the topic of the result.
    pub(crate) fn sides(&self) -> (Vec<&Topic>, &Topic) {
        match self {
            Self::Ratio { part, whole, ratio } => (vec![part, whole], ratio),
            Self::AtMost { part, whole } => (vec![whole], part),
            Self::Sum { parts, whole } => (parts.iter().collect(), whole),
            Self::Change { flow, total } => (vec![total], flow),
        }
    }

    /// The topics that the constraint ties together, with the name of the field of each.
    pub(crate) fn topics(&self) -> Vec<(String, &Topic)> {
        let named = |name: &str, topic| (name.to_owned(), topic);
        match self {
            Self::Ratio { part, whole, ratio } => {
                vec![named("ratio.part", part), named("ratio.whole", whole), named("ratio.ratio", ratio)]
            }
            Self::AtMost { part, whole } => vec![named("at_most.part", part), named("at_most.whole", whole)],
            Self::Sum { parts, whole } => {
                let parts = parts.iter().enumerate().map(|(i, part)| (format!("sum.parts[{i}]"), part));
                parts.chain([named("sum.whole", whole)]).collect()
            }
            Self::Change { flow, total } => vec![named("change.flow", flow), named("change.total", total)],
        }
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        let topics = self.topics();
        if topics.len() < 2 {
            return Err(Error::new(ErrorKind::Missing { why: "a sum has at least one part" }).at("sum.parts"));
        }
        let mut seen = std::collections::HashSet::new();
        for (field, topic) in topics {
            topic.check().map_err(|error| error.at(&field))?;
            if !seen.insert(topic) {
                return Err(Error::new(ErrorKind::SameTopic).value(topic).at(&field));
            }
        }
        Ok(())
    }
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ratio { part, whole, ratio } => write!(f, "{ratio} = {part} ÷ {whole}"),
            Self::AtMost { part, whole } => write!(f, "{part} ≤ {whole}"),
            Self::Change { flow, total } => write!(f, "{flow} = the change of {total}"),
            Self::Sum { parts, whole } => {
                write!(f, "{whole} = ")?;
                for (i, part) in parts.iter().enumerate() {
                    write!(f, "{}{part}", if i == 0 { "" } else { " + " })?;
                }
                Ok(())
            }
        }
    }
}
