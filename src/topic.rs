//! Topics: the questions that claims answer, and what kind of quantity they ask for.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, OnceLock};

use smol_str::SmolStr;

use crate::error::{Error, ErrorKind};
use crate::names;
#[cfg(feature = "serde")]
use crate::shape::{List, Two};
use crate::shown::{Quoted, Shown};
use crate::text;
use crate::words::{record_form, vocabulary};

/// A subject and a predicate: the question that a claim answers.
///
/// # Equality
///
/// By the texts as they are: "casualties" and "Casualties" are two predicates.
///
/// ```
/// use testimony::Topic;
///
/// let topic = Topic::new("North Korean troops in Ukraine", "casualties");
/// assert_eq!(topic.to_string(), "North Korean troops in Ukraine · casualties");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Topic {
    subject: SmolStr,
    predicate: SmolStr,
}

impl Topic {
    /// A topic. Its texts are checked when it is recorded.
    #[must_use]
    pub fn new(subject: impl AsRef<str>, predicate: impl AsRef<str>) -> Self {
        Self::from_texts(subject.as_ref().into(), predicate.as_ref().into())
    }

    pub(crate) fn from_texts(subject: SmolStr, predicate: SmolStr) -> Self {
        Self { subject, predicate }
    }

    /// The subject: whom or what the question is about.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The predicate: what is asked of the subject.
    #[must_use]
    pub fn predicate(&self) -> &str {
        &self.predicate
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        text::check("subject", &self.subject, text::MAX_NAME)?;
        text::check("predicate", &self.predicate, text::MAX_NAME)
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} · {}", Shown(&self.subject), Shown(&self.predicate))
    }
}

impl fmt::Debug for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} · {:?}", self.subject, self.predicate)
    }
}

vocabulary! {
    /// The kind of quantity that a predicate asks for, which decides what time does to two of its values.
    #[derive(PartialOrd, Ord)]
    Measure, "stock, cumulative, flow and fixed" {
        /// A level at a time, free to rise and fall: troops deployed. The default.
        Stock = "stock",
        /// A running total, which does not fall: casualties so far.
        Cumulative = "cumulative",
        /// An amount within a period: casualties in January.
        Flow = "flow",
        /// One value for all time: the toll of a past event, a place of birth.
        Fixed = "fixed",
    }
}

/// A predicate as a ledger knows it: how its values behave.
///
/// A predicate that is never defined has the defaults: a stock, counted in whole things, without a unit, with any
/// number of texts true at once.
///
/// ```
/// use testimony::{Measure, Predicate};
///
/// let casualties = Predicate::new("casualties").with_measure(Measure::Cumulative).with_unit("persons");
/// assert_eq!(casualties.measure(), Measure::Cumulative);
/// let weight = Predicate::new("weight in the battle").with_opposites("decisive", "marginal");
/// assert!(weight.are_opposites("Marginal", "decisive"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(remote = "Self", deny_unknown_fields)
)]
pub struct Predicate {
    name: Arc<str>,
    #[cfg_attr(feature = "serde", serde(default = "stock", skip_serializing_if = "is_stock"))]
    measure: Measure,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    unit: Option<Arc<str>>,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "std::ops::Not::not"))]
    continuous: bool,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "std::ops::Not::not"))]
    single_valued: bool,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Opposites::is_empty"))]
    opposites: Opposites,
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Same::is_empty"))]
    same: Same,
}

record_form!(Predicate, "a predicate, as a record with named fields");

#[cfg(feature = "serde")]
fn stock() -> Measure {
    Measure::Stock
}

#[cfg(feature = "serde")]
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_stock(measure: &Measure) -> bool {
    *measure == Measure::Stock
}

impl Predicate {
    /// A predicate with the defaults. Its texts are checked when it is added to a ledger.
    #[must_use]
    pub fn new(name: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            measure: Measure::Stock,
            unit: None,
            continuous: false,
            single_valued: false,
            opposites: Opposites::default(),
            same: Same::default(),
        }
    }

    /// Sets the kind of quantity that the predicate asks for.
    #[must_use]
    pub fn with_measure(mut self, measure: Measure) -> Self {
        self.measure = measure;
        self
    }

    /// Sets the unit of figures that come without one.
    #[must_use]
    pub fn with_unit(mut self, unit: impl Into<Arc<str>>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// Says that the quantity is measured and not counted: tonnes, degrees.
    #[must_use]
    pub fn continuous(mut self) -> Self {
        self.continuous = true;
        self
    }

    /// Says that only one text can be true at a time.
    #[must_use]
    pub fn single_valued(mut self) -> Self {
        self.single_valued = true;
        self
    }

    /// Names two texts that cannot both be true.
    #[must_use]
    pub fn with_opposites(mut self, one: impl Into<Arc<str>>, other: impl Into<Arc<str>>) -> Self {
        self.opposites.pairs.push((one.into(), other.into()));
        self.opposites.normal.take();
        self
    }

    /// Names texts that mean one thing: they agree, and what is an opposite of one is an opposite of all.
    ///
    /// ```
    /// use testimony::Predicate;
    ///
    /// let outcome = Predicate::new("outcome").with_same(["draw", "tie"]).with_opposites("victory", "draw");
    /// assert!(outcome.are_same("Tie", "draw"));
    /// assert!(outcome.are_opposites("tie", "victory"));
    /// ```
    #[must_use]
    pub fn with_same(mut self, texts: impl IntoIterator<Item = impl Into<Arc<str>>>) -> Self {
        self.same.groups.push(texts.into_iter().map(Into::into).collect());
        self.same.first.take();
        self.opposites.normal.take();
        self
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The kind of quantity that is asked for.
    #[must_use]
    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// The unit of figures that come without one, if that is defined.
    #[must_use]
    pub fn unit(&self) -> Option<&str> {
        self.unit.as_deref()
    }

    /// Whether the quantity is measured and not counted.
    #[must_use]
    pub fn is_continuous(&self) -> bool {
        self.continuous
    }

    /// Whether only one text can be true at a time.
    #[must_use]
    pub fn is_single_valued(&self) -> bool {
        self.single_valued
    }

    /// The pairs of texts that cannot both be true.
    #[must_use]
    pub fn opposites(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.opposites.pairs.iter().map(|(one, other)| (&**one, &**other))
    }

    /// Whether the predicate names the two texts as opposites, in either order, whatever their case and spacing.
    #[must_use]
    pub fn are_opposites(&self, one: &str, other: &str) -> bool {
        !self.opposites.pairs.is_empty() && self.are_normal_opposites(&self.compared(one), &self.compared(other))
    }

    /// The groups of texts that mean one thing.
    #[must_use]
    pub fn same(&self) -> impl ExactSizeIterator<Item = impl ExactSizeIterator<Item = &str>> {
        self.same.groups.iter().map(|group| group.iter().map(|text| &**text))
    }

    /// Whether two texts mean one thing: they are equal whatever their case and spacing, or the predicate names them as
    /// the same.
    #[must_use]
    pub fn are_same(&self, one: &str, other: &str) -> bool {
        self.compared(one) == self.compared(other)
    }

    /// A text in the form in which it is compared: the first, in its normal form, of those that mean the same.
    pub(crate) fn compared<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let normal = text::normal(text);
        match self.same.first_of(&normal) {
            Some(first) if *first != *normal => first.to_owned().into(),
            _ => normal,
        }
    }

    /// Whether another predicate defines the same; the two names may differ in white space.
    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        *self == Self { name: Arc::clone(&self.name), ..other.clone() }
    }

    /// [`are_opposites`](Self::are_opposites) of two texts that are in the form in which they are compared.
    pub(crate) fn are_normal_opposites(&self, one: &str, other: &str) -> bool {
        self.normal_opposites_of(one).is_some_and(|opposites| opposites.contains(other))
    }

    /// The texts that the predicate names as opposites of a text, if there are any; all are in the form in which they
    /// are compared.
    pub(crate) fn normal_opposites_of(&self, text: &str) -> Option<&HashSet<String>> {
        if self.opposites.pairs.is_empty() { None } else { self.opposites.normal(|text| self.compared(text)).get(text) }
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        text::check("name", &self.name, text::MAX_NAME)?;
        if let Some(unit) = &self.unit {
            names::check_unit("unit", unit)?;
        }
        for (i, (one, other)) in self.opposites.pairs.iter().enumerate() {
            let field = format!("opposites[{i}]");
            text::check(&field, one, text::MAX_TEXT)?;
            text::check(&field, other, text::MAX_TEXT)?;
            if self.are_same(one, other) {
                return Err(Error::new(ErrorKind::Malformed { message: "is its own opposite".to_owned() })
                    .value(other)
                    .at(&field));
            }
        }
        self.same.check()
    }
}

/// Pairs of texts as they were given, and the forms in which they are compared, which are made when first needed.
#[derive(Clone, Default)]
struct Opposites {
    pairs: Vec<(Arc<str>, Arc<str>)>,
    normal: OnceLock<HashMap<String, HashSet<String>>>,
}

impl fmt::Debug for Opposites {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pairs.fmt(f)
    }
}

impl Opposites {
    #[cfg(feature = "serde")]
    fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The opposites of each text, in the form in which they are `compared`.
    fn normal<'a>(&'a self, compared: impl Fn(&'a str) -> Cow<'a, str>) -> &'a HashMap<String, HashSet<String>> {
        self.normal.get_or_init(|| {
            let mut normal: HashMap<String, HashSet<String>> = HashMap::new();
            for (one, other) in &self.pairs {
                let (one, other) = (compared(one).into_owned(), compared(other).into_owned());
                normal.entry(one.clone()).or_default().insert(other.clone());
                normal.entry(other).or_default().insert(one);
            }
            normal
        })
    }
}

impl PartialEq for Opposites {
    fn eq(&self, other: &Self) -> bool {
        self.pairs == other.pairs
    }
}

impl Eq for Opposites {}

#[cfg(feature = "serde")]
impl serde::Serialize for Opposites {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.pairs.serialize(serializer)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Opposites {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let List(pairs) = List::deserialize(deserializer)?;
        Ok(Self { pairs: pairs.into_iter().map(|Two(one, other)| (one, other)).collect(), normal: OnceLock::new() })
    }
}

/// Groups of texts as they were given, and the first of each in its normal form, which is made when first needed.
#[derive(Clone, Default)]
struct Same {
    groups: Vec<Vec<Arc<str>>>,
    first: OnceLock<HashMap<String, String>>,
}

impl fmt::Debug for Same {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.groups.fmt(f)
    }
}

impl Same {
    #[cfg(feature = "serde")]
    fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The first of the texts that mean the same as a normal text.
    fn first_of(&self, text: &str) -> Option<&str> {
        if self.groups.is_empty() {
            return None;
        }
        let firsts = self.first.get_or_init(|| {
            let normal = |group: &[Arc<str>]| group.iter().map(|text| text::normal(text).into_owned()).collect();
            let groups = self.groups.iter().map(|group| normal(group));
            let pairs = groups.flat_map(|group: Vec<String>| {
                let first = group.first().cloned().unwrap_or_default();
                group.into_iter().map(move |text| (text, first.clone()))
            });
            pairs.collect()
        });
        firsts.get(text).map(String::as_str)
    }

    fn check(&self) -> Result<(), Error> {
        let mut met = HashMap::new();
        for (i, group) in self.groups.iter().enumerate() {
            let field = format!("same[{i}]");
            if group.len() < 2 {
                return Err(Error::new(ErrorKind::Missing { why: "a group has at least two texts" }).at(&field));
            }
            for text in group {
                text::check(&field, text, text::MAX_TEXT)?;
                if *met.entry(text::normal(text)).or_insert(i) != i {
                    return Err(Error::new(ErrorKind::Malformed { message: "is in two groups".to_owned() })
                        .value(text)
                        .at(&field));
                }
            }
        }
        Ok(())
    }
}

impl PartialEq for Same {
    fn eq(&self, other: &Self) -> bool {
        self.groups == other.groups
    }
}

impl Eq for Same {}

#[cfg(feature = "serde")]
impl serde::Serialize for Same {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.groups.serialize(serializer)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Same {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let List(groups) = List::deserialize(deserializer)?;
        Ok(Self { groups: groups.into_iter().map(|List(group)| group).collect(), first: OnceLock::new() })
    }
}

impl fmt::Display for Predicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}", Quoted(&self.name), self.measure)?;
        if let Some(unit) = self.unit() {
            write!(f, ", in {}", Shown(unit))?;
        }
        f.write_str(")")
    }
}
