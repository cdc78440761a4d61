//! The law for all formats: what comes in, what goes out, and what a format could not hold.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;
use testimony::{Claim, Entry, Figure, Hedge, Label, Moment, Period, Policy, Shown, SourceId, Value};

/// The fate of a part that a format does not hold as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LossKind {
    /// The part is not there.
    Dropped,
    /// The part says less: more values or more days than before.
    Widened,
    /// The part says more than was said.
    Narrowed,
    /// The whole was not taken, since it would have said something else without the part.
    Refused,
}

impl LossKind {
    /// The word for it, as it is in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dropped => "dropped",
            Self::Widened => "widened",
            Self::Narrowed => "narrowed",
            Self::Refused => "refused",
        }
    }
}

impl fmt::Display for LossKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The thing that lost a part: a claim, a source, an entry or something of the input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// A claim, by its label: that of the ledger which is written, or of the claim as it was read.
    Claim(Label),
    /// A source.
    Source(SourceId),
    /// A predicate, by its name.
    Predicate(String),
    /// An entry of the ledger, by its sequence number.
    Entry(u64),
    /// Something of the input that no claim came of, as the input names it.
    Input(String),
    /// The ledger.
    Ledger,
}

impl fmt::Display for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Claim(label) => write!(f, "claim {label}"),
            Self::Source(id) => write!(f, "source {id}"),
            Self::Predicate(name) => write!(f, "predicate {}", Shown::new(name)),
            Self::Entry(sequence) => write!(f, "entry {sequence}"),
            Self::Input(name) => write!(f, "{}", Shown::new(name)),
            Self::Ledger => f.write_str("the ledger"),
        }
    }
}

/// Something that one of the two sides could not hold.
///
/// ```
/// use testimony_exchange::{Loss, LossKind, Of};
///
/// let loss = Loss::new(Of::Ledger, "recorded", LossKind::Dropped, "a table has no times of recording");
/// assert_eq!(loss.to_string(), "the ledger: recorded dropped: a table has no times of recording");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Loss {
    of: Of,
    field: Cow<'static, str>,
    kind: LossKind,
    because: Cow<'static, str>,
}

impl Loss {
    /// A loss.
    #[must_use]
    pub fn new(
        of: Of,
        field: impl Into<Cow<'static, str>>,
        kind: LossKind,
        because: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { of, field: field.into(), kind, because: because.into() }
    }

    /// The thing that lost a part: a claim, a source, an entry or something of the input.
    #[must_use]
    pub fn of(&self) -> &Of {
        &self.of
    }

    /// The part that was lost, named as in the interchange format: `value`, `relays`.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// The fate of the part.
    #[must_use]
    pub fn kind(&self) -> LossKind {
        self.kind
    }

    /// Why, in words.
    #[must_use]
    pub fn because(&self) -> &str {
        &self.because
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}: {}", self.of, self.field, self.kind, self.because)
    }
}

/// A message without its middle where that is long: what it quotes may be a whole book.
pub(crate) fn cut(message: &str) -> Cow<'_, str> {
    const BEGINNING: usize = 400;
    const END: usize = 200;
    let after = |signs: usize| message.char_indices().nth(signs).map(|(at, _)| at);
    match (after(BEGINNING), message.char_indices().rev().nth(END - 1)) {
        (Some(beginning), Some((end, _))) if beginning < end => {
            Cow::Owned(format!("{} … {}", &message[..beginning], &message[end..]))
        }
        _ => Cow::Borrowed(message),
    }
}

/// A part of the input that no claim was made of, and why.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Refusal {
    /// The row of the table as a spreadsheet shows it: the first line is row 1, and an empty line is a row; of JSON Lines
    /// the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u64>,
    /// The column of the table, or the place in the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The reason, in words for a reader.
    pub message: String,
}

impl Refusal {
    pub(crate) fn at(column: impl Into<String>, message: impl fmt::Display) -> Self {
        Self { row: None, column: Some(column.into()), message: message.to_string() }
    }

    /// For the output, whose reader or disk fails.
    #[expect(clippy::needless_pass_by_value, reason = "an error is mapped by it")]
    pub(crate) fn unwritable(error: std::io::Error) -> Self {
        Self::at("the output", format!("could not be written: {error}"))
    }

    #[cfg(any(feature = "table", feature = "ftm"))]
    pub(crate) fn in_row(mut self, row: u64) -> Self {
        self.row = Some(row);
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.row, &self.column) {
            (Some(row), Some(column)) => write!(f, "row {row}, {}: ", Shown::new(column))?,
            (Some(row), None) => write!(f, "row {row}: ")?,
            (None, Some(column)) => write!(f, "{}: ", Shown::new(column))?,
            (None, None) => {}
        }
        write!(f, "{}", Shown::new(&cut(&self.message)))
    }
}

impl std::error::Error for Refusal {}

/// One thing that reading gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// An entry for a ledger. Sources and predicates come before what names them.
    Entry(Box<Entry>),
    /// Something of the input that the entries do not hold.
    Loss(Loss),
    /// Something that was not read.
    Refused(Refusal),
}

/// The result of reading another format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// Entries for a ledger, in an order in which it takes them.
    pub entries: Vec<Entry>,
    /// The parts of the input that no entry holds.
    pub losses: Vec<Loss>,
    /// The parts of the input that were not read, each with the reason.
    pub refused: Vec<Refusal>,
}

impl Extend<Item> for Import {
    fn extend<I: IntoIterator<Item = Item>>(&mut self, items: I) {
        for item in items {
            match item {
                Item::Entry(entry) => self.entries.push(*entry),
                Item::Loss(loss) => self.losses.push(loss),
                Item::Refused(refusal) => self.refused.push(refusal),
            }
        }
    }
}

impl IntoIterator for Import {
    type Item = Item;
    type IntoIter = std::vec::IntoIter<Item>;

    /// The entries, then the losses, then what was refused.
    fn into_iter(self) -> Self::IntoIter {
        let entries = self.entries.into_iter().map(|entry| Item::Entry(Box::new(entry)));
        let losses = self.losses.into_iter().map(Item::Loss);
        let items = entries.chain(losses).chain(self.refused.into_iter().map(Item::Refused));
        items.collect::<Vec<_>>().into_iter()
    }
}

impl FromIterator<Item> for Import {
    fn from_iter<I: IntoIterator<Item = Item>>(items: I) -> Self {
        let mut import = Self::default();
        import.extend(items);
        import
    }
}

/// The result of writing another format.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Export {
    /// The claims that were written, in their order.
    pub claims: Vec<Label>,
    /// The parts of the ledger that the format could not hold.
    pub losses: Vec<Loss>,
}

/// The losses that a caller allows although they change what a claim says, by name: `value.widened`.
///
/// Without leave, a claim that a format would make say something else is not written, and a loss says so.
///
/// ```
/// use testimony_exchange::Allowed;
///
/// let allowed = Allowed::nothing().and("value.widened");
/// assert!(allowed.allows("value.widened") && !allowed.allows("value.narrowed"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowed(BTreeSet<String>);

impl Allowed {
    /// The losses that can be allowed.
    pub const NAMES: [&'static str; 6] =
        ["value.widened", "value.narrowed", "value.unit", "value.best", "value.replaced", "stance"];

    /// Allows none.
    #[must_use]
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Allows this one too.
    #[must_use]
    pub fn and(mut self, name: impl Into<String>) -> Self {
        self.0.insert(name.into());
        self
    }

    /// Whether a loss is allowed.
    #[must_use]
    pub fn allows(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}

/// Says why a format does not hold a part.
pub(crate) type Reasons = fn(&str) -> &'static str;

/// A part that differs, as it is found before a caller had a say in it.
struct Difference {
    field: &'static str,
    kind: LossKind,
    /// The name by which it has to be allowed, where it changes what the claim says.
    name: Option<&'static str>,
    /// Whether nobody can allow it.
    is_final: bool,
}

/// Whether a claim goes out, and what it loses by that.
pub(crate) struct Verdict {
    pub(crate) is_written: bool,
    pub(crate) losses: Vec<Loss>,
}

impl Verdict {
    /// Of a claim for which there is no place.
    pub(crate) fn refused() -> Self {
        Self { is_written: false, losses: Vec::new() }
    }
}

/// Holds a claim against what a reader would make of it as it is written.
///
/// So no format can lose something without saying so, or say so without losing it: its losses are what is seen to be
/// different, and `reasons` says why that is.
pub(crate) fn compare(
    claim: &Claim,
    read: Option<&Claim>,
    policy: &Policy,
    allowed: &Allowed,
    reasons: Reasons,
) -> Verdict {
    let of = || Of::Claim(claim.label());
    let Some(read) = read else {
        return Verdict {
            is_written: false,
            losses: vec![Loss::new(of(), "claim", LossKind::Refused, reasons("claim"))],
        };
    };
    let differences = differences(claim, read, policy);
    let may_not = |d: &&Difference| d.is_final || d.name.is_some_and(|name| !allowed.allows(name));
    let refused: Vec<&Difference> = differences.iter().filter(may_not).collect();
    if refused.is_empty() {
        let losses = differences.iter().map(|d| Loss::new(of(), d.field, d.kind, reasons(d.field))).collect();
        return Verdict { is_written: true, losses };
    }
    let losses = refused.into_iter().map(|d| {
        let because = match d.name.filter(|_| !d.is_final) {
            Some(name) => Cow::Owned(format!("{}; allow {name} to write it so", reasons(d.field))),
            None => Cow::Borrowed(reasons(d.field)),
        };
        Loss::new(of(), d.field, LossKind::Refused, because)
    });
    Verdict { is_written: false, losses: losses.collect() }
}

fn differences(claim: &Claim, read: &Claim, policy: &Policy) -> Vec<Difference> {
    let mut found = Vec::new();
    let is_final = |field| Difference { field, kind: LossKind::Refused, name: None, is_final: true };
    if claim.topic() != read.topic() {
        found.push(is_final("topic"));
    }
    if claim.origin() != read.origin() {
        found.push(is_final("origin"));
    }
    if claim.stance() != read.stance() {
        let kind = LossKind::Dropped;
        found.push(Difference { field: "stance", kind, name: Some("stance"), is_final: false });
    }
    found.extend(value_differs(claim.value(), read.value(), policy));
    let mut part = |field, kind: Option<LossKind>| {
        found.extend(kind.map(|kind| Difference { field, kind, name: None, is_final: false }));
    };
    part("scope", changed(claim.scope(), read.scope()));
    part(
        "relays",
        (claim.relays() != read.relays())
            .then(|| if read.relays().len() > claim.relays().len() { LossKind::Narrowed } else { LossKind::Dropped }),
    );
    part("as_of", days_differ(claim.as_of(), read.as_of()));
    part("stated", moment_differs(claim.stated(), read.stated()));
    part("confidence", changed(claim.confidence(), read.confidence()));
    part("basis", changed(claim.basis(), read.basis()));
    part("credibility", changed(claim.credibility(), read.credibility()));
    part(
        "citations",
        (claim.citations() != read.citations()).then(|| {
            if read.citations().len() > claim.citations().len() { LossKind::Narrowed } else { LossKind::Dropped }
        }),
    );
    part("note", changed(claim.note(), read.note()));
    found
}

/// A part that is there or not: one that was not there and is now says more than was said.
fn changed<T: PartialEq>(before: Option<T>, after: Option<T>) -> Option<LossKind> {
    match (before, after) {
        (None, None) => None,
        (Some(before), Some(after)) if before == after => None,
        (None, Some(_)) => Some(LossKind::Narrowed),
        (Some(_), _) => Some(LossKind::Dropped),
    }
}

/// A day before all others stands for an open beginning, and one after all for an open end.
fn days(period: &Period) -> (Option<testimony::Date>, Option<testimony::Date>) {
    (period.first_day(), period.last_day())
}

fn days_differ(before: Option<Period>, after: Option<Period>) -> Option<LossKind> {
    let (Some(before), Some(after)) = (before, after) else { return changed(before, after) };
    if before == after {
        return None;
    }
    let (outer, inner) = (days(&after), days(&before));
    if outer == inner {
        return Some(LossKind::Dropped);
    }
    let begins = outer.0.is_none_or(|outer| inner.0.is_some_and(|inner| outer <= inner));
    let ends = outer.1.is_none_or(|outer| inner.1.is_some_and(|inner| inner <= outer));
    Some(if begins && ends { LossKind::Widened } else { LossKind::Narrowed })
}

fn moment_differs(before: Option<Moment>, after: Option<Moment>) -> Option<LossKind> {
    match (before, after) {
        (Some(Moment::Period(before)), Some(Moment::Period(after))) => days_differ(Some(before), Some(after)),
        (Some(before), Some(after)) if before != after => Some(match after {
            Moment::Time(_) => LossKind::Narrowed,
            Moment::Period(_) => LossKind::Widened,
        }),
        (before, after) => changed(before, after),
    }
}

fn value_differs(before: Option<&Value>, after: Option<&Value>, policy: &Policy) -> Vec<Difference> {
    let one = |field, kind, name: &'static str| vec![Difference { field, kind, name: Some(name), is_final: false }];
    match (before, after) {
        (Some(Value::Figure(before)), Some(Value::Figure(after))) => figures_differ(before, after, policy),
        (before, after) if before == after => Vec::new(),
        (Some(_), None) => one("value", LossKind::Dropped, "value.replaced"),
        _ => one("value", LossKind::Narrowed, "value.replaced"),
    }
}

fn figures_differ(before: &Figure, after: &Figure, policy: &Policy) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut push = |field, kind, name| found.push(Difference { field, kind, name, is_final: false });
    if before.unit() != after.unit() {
        push("value.unit", LossKind::Dropped, Some("value.unit"));
    }
    if before.hedge() == after.hedge() {
        return found;
    }
    let has_best = |figure: &Figure| matches!(figure.hedge(), Hedge::Estimate { .. });
    if has_best(after) && !has_best(before) {
        push("value.best", LossKind::Narrowed, Some("value.best"));
    }
    match (before.values(policy), after.values(policy)) {
        (Ok(said), Ok(read)) if said == read => {
            if !has_best(after) {
                push("value.hedge", LossKind::Dropped, None);
            }
        }
        (Ok(said), Ok(read)) if said.is_within(&read) => push("value", LossKind::Widened, Some("value.widened")),
        (Ok(said), Ok(read)) if read.is_within(&said) => push("value", LossKind::Narrowed, Some("value.narrowed")),
        _ => push("value", LossKind::Narrowed, Some("value.replaced")),
    }
    found
}
