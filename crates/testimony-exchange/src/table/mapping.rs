//! Mappings: which column of a table says which part of a claim.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use testimony::{Ledger, Period, Predicate, Source, SourceKind};

use super::template::{Template, Templates};
use crate::law::cut;

/// How numbers are written in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Numbers {
    /// 1,234.5
    Point,
    /// 1.234,5
    Comma,
}

/// Which comes first in a date such as 05/06/2024.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dates {
    /// The day.
    DayFirst,
    /// The month.
    MonthFirst,
    /// Neither: a number is a day as spreadsheets keep it, 45292 for 2024-01-01. Four digits are a year all the same.
    Serial,
}

/// How the letters of a table are written as bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8.
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// Windows-1252, which has Latin-1 in it.
    #[serde(rename = "windows-1252", alias = "latin-1", alias = "iso-8859-1")]
    Windows1252,
}

/// The meaning of a cell with the number 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zero {
    /// The number 0: there were none.
    #[default]
    Number,
    /// Nothing is said, as in an empty cell.
    Absent,
}

/// Says how a table is read and written.
///
/// # Syntax
///
/// TOML or JSON with these fields; those of [`ClaimColumns`] are in `[[claim]]`, once for each claim that a row makes.
///
/// | field | |
/// | --- | --- |
/// | `delimiter` | the sign between cells; a comma |
/// | `numbers` | `point` for 1,234.5 and `comma` for 1.234,5; without it a number that can be read in two ways is refused |
/// | `dates` | `day_first` or `month_first` for 05/06/2024, without which such a date is refused; `serial` for 45292 |
/// | `encoding` | `windows-1252` for what is not in UTF-8 |
/// | `skip_rows` | how many rows stand above the header, empty lines of a text not counted; none |
/// | `header_rows` | how many rows are the header; one. Names of several are joined, and a blank one over others is the one before it |
/// | `absent` | cells that say nothing; the empty one. `NA` and `-` are refused unless they are named |
/// | `declined` | cells in a value's column that say that the origin declined to answer |
/// | `zero` | `absent` where 0 stands for nothing; else it is the number |
/// | `[[source]]`, `[[predicate]]` | sources and predicates, as in the interchange format |
/// | `[snapshot]` | see [`SnapshotOf`] |
///
/// ```
/// use testimony_exchange::table::Mapping;
///
/// let mapping = Mapping::from_toml(
///     r#"
///     numbers = "point"
///     [[claim]]
///     subject = "{country} · {event}"
///     predicate = "deaths"
///     low = "{low}"
///     best = "{best}"
///     high = "{high}"
///     origin = "{source}"
///     as_of = "{date}"
///     "#,
/// )?;
/// assert_eq!(mapping.claims.len(), 1);
/// # Ok::<(), testimony_exchange::table::TableError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The sign between cells.
    #[serde(default = "comma", skip_serializing_if = "is_comma")]
    pub delimiter: char,
    /// How its letters are written as bytes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub encoding: Encoding,
    /// How many rows stand above the header, at most a thousand. Empty lines of a text are not counted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skip_rows: u64,
    /// How many rows the header has.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub header_rows: u64,
    /// How numbers are written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers: Option<Numbers>,
    /// Which comes first in a date of numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<Dates>,
    /// Cells that say nothing.
    #[serde(default = "empty_cell", skip_serializing_if = "is_empty_cell")]
    pub absent: Vec<String>,
    /// Cells that say that the origin declined to answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub declined: Vec<String>,
    /// The meaning of a cell with the number 0.
    #[serde(default, skip_serializing_if = "is_default")]
    pub zero: Zero,
    /// The address, publisher and key of a table that is published again and again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<SnapshotOf>,
    /// The sources that are known.
    #[serde(default, rename = "source", skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// The predicates that are known.
    #[serde(default, rename = "predicate", skip_serializing_if = "Vec::is_empty")]
    pub predicates: Vec<Predicate>,
    /// The claims that a row makes.
    #[serde(default, rename = "claim")]
    pub claims: Vec<ClaimColumns>,
}

/// Says what makes a table a snapshot (R27).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SnapshotOf {
    /// The address of the table, or another name that stays the same; citations of its rows begin with it.
    pub table: String,
    /// Who publishes it: the id of a source. A claim of which it is not the origin has it as its last relay.
    pub publisher: String,
    /// The columns by which a row is known again in the next snapshot.
    pub key: Templates,
    /// Whether a row that is gone was taken back.
    #[serde(default)]
    pub whole: bool,
    /// The time that a whole table covers: a row as of another time may be gone without having been taken back. Without
    /// it that is, for each key that is listed, from the first to the last "as of" listed with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covers: Option<Period>,
}

/// Says which columns make one claim of a row. Each field is a [`Template`], or a list of which the first counts whose
/// cells all say something.
///
/// The value is one of `figure` (a phrase: "over 4,000 persons"), `number` (with a word in `hedge`), `low` and `high`
/// (with `best`), `text` and `period`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "the fields of a claim in the interchange format, and of its citation")]
pub struct ClaimColumns {
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub subject: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub predicate: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub figure: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub number: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub hedge: Templates,
    /// Words of the hedge's column that are not among the usual ones: `{ ca = "about" }`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub hedges: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub low: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub best: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub high: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub unit: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub text: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub period: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub stance: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub scope: Templates,
    /// The name or id of the origin.
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub origin: Templates,
    /// The sign between several origins in one cell: the row makes a claim of each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin_split: Option<String>,
    /// The kind of an origin that is met for the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin_kind: Option<SourceKind>,
    /// Names that are roles, such as "police": each row has an anonymous source of its own for one, which belongs to
    /// whoever carries it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// The columns that tell the role of one row from that of another.
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub roles_of: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub relays: Templates,
    /// The sign between relays in one cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relays_split: Option<String>,
    /// Whether each relay had it from the origin itself: the row makes a claim through each. Else they are a chain.
    #[serde(skip_serializing_if = "is_default")]
    pub relays_each: bool,
    /// The time for which the value holds, or its beginning where `as_of_end` has the end.
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub as_of: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub as_of_end: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub stated: Templates,
    /// A word, a probability, or a range of them (`0.55..0.8`).
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub likelihood: Templates,
    /// The scale of words that name none: `icd203`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<String>,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub level: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub stix: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub basis: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub credibility: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub note: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub url: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub title: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub published: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub accessed: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub excerpt: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub prefix: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub suffix: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub start: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub end: Templates,
    #[serde(skip_serializing_if = "Templates::is_empty")]
    pub digest: Templates,
    /// Takes only rows in which these columns have these cells: `{ type = "killed" }`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub only: BTreeMap<String, String>,
}

fn comma() -> char {
    ','
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_comma(sign: &char) -> bool {
    *sign == ','
}

fn one() -> u64 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_one(rows: &u64) -> bool {
    *rows == 1
}

fn empty_cell() -> Vec<String> {
    vec![String::new()]
}

fn is_empty_cell(cells: &[String]) -> bool {
    cells == [""]
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Default for Mapping {
    fn default() -> Self {
        Self {
            delimiter: ',',
            encoding: Encoding::Utf8,
            skip_rows: 0,
            header_rows: 1,
            numbers: None,
            dates: None,
            absent: empty_cell(),
            declined: Vec::new(),
            zero: Zero::Number,
            snapshot: None,
            sources: Vec::new(),
            predicates: Vec::new(),
            claims: Vec::new(),
        }
    }
}

impl ClaimColumns {
    /// Every template with the name of its field.
    pub(super) fn templates(&self) -> [(&'static str, &Templates); 32] {
        [
            ("subject", &self.subject),
            ("predicate", &self.predicate),
            ("figure", &self.figure),
            ("number", &self.number),
            ("hedge", &self.hedge),
            ("low", &self.low),
            ("best", &self.best),
            ("high", &self.high),
            ("unit", &self.unit),
            ("text", &self.text),
            ("period", &self.period),
            ("stance", &self.stance),
            ("scope", &self.scope),
            ("origin", &self.origin),
            ("roles_of", &self.roles_of),
            ("relays", &self.relays),
            ("as_of", &self.as_of),
            ("as_of_end", &self.as_of_end),
            ("stated", &self.stated),
            ("likelihood", &self.likelihood),
            ("level", &self.level),
            ("stix", &self.stix),
            ("basis", &self.basis),
            ("credibility", &self.credibility),
            ("note", &self.note),
            ("url", &self.url),
            ("title", &self.title),
            ("published", &self.published),
            ("accessed", &self.accessed),
            ("excerpt", &self.excerpt),
            ("prefix", &self.prefix),
            ("suffix", &self.suffix),
        ]
    }

    /// The rest of [`templates`](Self::templates).
    pub(super) fn more_templates(&self) -> [(&'static str, &Templates); 3] {
        [("start", &self.start), ("end", &self.end), ("digest", &self.digest)]
    }

    /// The names of the columns that it needs.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        let templates = self.templates().into_iter().chain(self.more_templates());
        let named = templates.flat_map(|(_, templates)| templates.0.iter().flat_map(Template::columns));
        named.chain(self.only.keys().map(String::as_str))
    }
}

impl Mapping {
    /// Reads a mapping from TOML.
    ///
    /// # Errors
    ///
    /// Text that is no TOML, an unknown field, and a claim without a subject, a predicate, an origin or a value.
    pub fn from_toml(text: &str) -> Result<Self, TableError> {
        let mapping: Self =
            toml::from_str(text).map_err(|error| TableError(error.to_string().trim_end().to_owned()))?;
        mapping.checked()
    }

    /// Reads a mapping from JSON.
    ///
    /// # Errors
    ///
    /// As [`from_toml`](Self::from_toml).
    pub fn from_json(text: &str) -> Result<Self, TableError> {
        let mapping: Self = serde_json::from_str(text).map_err(|error| TableError(error.to_string()))?;
        mapping.checked()
    }

    /// The mapping of a table with a column for each part of a claim, and with the sources and predicates of this
    /// ledger: what [`write`](super::write) writes by it, [`read`](super::read) reads back.
    #[must_use]
    pub fn of(ledger: &Ledger) -> Self {
        let named = |name: &str| Templates::from(Template::column(name));
        let claim = ClaimColumns {
            subject: named("subject"),
            predicate: named("predicate"),
            figure: named("figure"),
            text: named("text"),
            period: named("period"),
            stance: named("stance"),
            scope: named("scope"),
            origin: named("origin"),
            relays: named("relays"),
            relays_split: Some(" ".to_owned()),
            as_of: named("as_of"),
            stated: named("stated"),
            likelihood: named("likelihood"),
            level: named("level"),
            stix: named("stix"),
            basis: named("basis"),
            credibility: named("credibility"),
            note: named("note"),
            url: named("url"),
            title: named("title"),
            published: named("published"),
            accessed: named("accessed"),
            excerpt: named("excerpt"),
            prefix: named("prefix"),
            suffix: named("suffix"),
            start: named("start"),
            end: named("end"),
            digest: named("digest"),
            ..ClaimColumns::default()
        };
        Self {
            numbers: Some(Numbers::Point),
            sources: ledger.sources().cloned().collect(),
            predicates: ledger.predicates().cloned().collect(),
            claims: vec![claim],
            ..Self::default()
        }
    }

    /// The mapping as TOML, to be edited.
    ///
    /// # Errors
    ///
    /// None that is known: every mapping can be written.
    pub fn to_toml(&self) -> Result<String, TableError> {
        toml::to_string(self).map_err(|error| TableError(error.to_string()))
    }

    fn checked(self) -> Result<Self, TableError> {
        for (i, claim) in self.claims.iter().enumerate() {
            let refuse = |what: &str| Err(TableError(format!("claim {} of the mapping: {what}", i + 1)));
            for (field, templates) in
                [("subject", &claim.subject), ("predicate", &claim.predicate), ("origin", &claim.origin)]
            {
                if templates.is_empty() {
                    return refuse(&format!(
                        "no {field}; write {field} = \"{{column}}\", or words that are the same in each row"
                    ));
                }
            }
            let has_range = !claim.low.is_empty() && !claim.high.is_empty();
            let whole = [&claim.figure, &claim.number, &claim.text, &claim.period];
            if whole.iter().all(|templates| templates.is_empty()) && !has_range {
                return refuse("no value; write figure, number, low and high, text, or period");
            }
            if claim.number.is_empty() && !claim.hedge.is_empty() {
                return refuse("a hedge is a word for a number; write number = \"{column}\" beside it");
            }
        }
        if self.skip_rows > 1000 {
            return Err(TableError(format!(
                "skip_rows is {}; write how many rows stand above the header",
                self.skip_rows
            )));
        }
        if !(1..=9).contains(&self.header_rows) {
            return Err(TableError(format!(
                "header_rows is {}; write 1, or how many rows name the columns",
                self.header_rows
            )));
        }
        if !self.delimiter.is_ascii() {
            return Err(TableError(format!("{:?} is no delimiter; write one ASCII sign", self.delimiter)));
        }
        Ok(self)
    }
}

/// Why a table or a mapping is not read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError(pub(super) String);

impl TableError {
    #[cfg(feature = "workbook")]
    pub(crate) fn new(message: String) -> Self {
        Self(message)
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&cut(&self.0))
    }
}

impl std::error::Error for TableError {}
