//! The tables and their columns.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef, TimeUnit};

/// The version of the tables, which each has in its metadata.
pub const LAYOUT: u32 = 1;

/// The key of [`LAYOUT`] in the metadata of a schema.
pub(crate) const LAYOUT_KEY: &str = "testimony.layout";
/// The key of a table's name.
pub(crate) const TABLE_KEY: &str = "testimony.table";

/// How many digits of a number a decimal has in all, and behind the point.
pub(crate) const PRECISION: u8 = 38;
pub(crate) const SCALE: i8 = 10;

/// A table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// One row: the line that names the format and the policy.
    Format,
    /// Sources as they were defined.
    Sources,
    /// Predicates.
    Predicates,
    /// Other names of subjects, units and scopes.
    Names,
    /// Claims.
    Claims,
    /// Constraints.
    Constraints,
    /// Retractions.
    Retractions,
    /// Amendments.
    Amendments,
    /// Findings, which are no entries: they are worked out.
    Findings,
}

impl Table {
    /// Those that a ledger is made of, without [`Findings`](Self::Findings).
    pub const OF_LEDGER: [Self; 8] = [
        Self::Format,
        Self::Sources,
        Self::Predicates,
        Self::Names,
        Self::Claims,
        Self::Constraints,
        Self::Retractions,
        Self::Amendments,
    ];

    /// The name, which is that of its file too.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Sources => "sources",
            Self::Predicates => "predicates",
            Self::Names => "names",
            Self::Claims => "claims",
            Self::Constraints => "constraints",
            Self::Retractions => "retractions",
            Self::Amendments => "amendments",
            Self::Findings => "findings",
        }
    }

    /// The columns, with the version and the name of the table in the metadata.
    ///
    /// ```
    /// use testimony_arrow::Table;
    ///
    /// let schema = Table::Claims.schema();
    /// assert_eq!(schema.metadata()["testimony.layout"], "1");
    /// assert_eq!(schema.field(0).name(), "part");
    /// ```
    #[must_use]
    pub fn schema(self) -> SchemaRef {
        let mut fields = match self {
            Self::Findings => Vec::new(),
            _ => common(),
        };
        fields.extend(match self {
            Self::Format => format(),
            Self::Sources => sources(),
            Self::Predicates => predicates(),
            Self::Names => vec![text("kind"), text("name"), must(list("aliases", DataType::Utf8))],
            Self::Claims => claims(),
            Self::Constraints => vec![text("kind"), must(list("topics", DataType::Struct(topic_fields())))],
            Self::Retractions => vec![must(number()), text("label"), maybe("by"), maybe("reason")],
            Self::Amendments => amendments(),
            Self::Findings => findings(),
        });
        let metadata = [(LAYOUT_KEY, LAYOUT.to_string()), (TABLE_KEY, self.name().to_owned())];
        let metadata: HashMap<String, String> =
            metadata.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        Arc::new(Schema::new_with_metadata(fields, metadata))
    }
}

/// A text that every row has.
fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, false)
}

fn maybe(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn of(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, true)
}

fn must(field: Field) -> Field {
    field.with_nullable(false)
}

pub(crate) fn item(data_type: DataType) -> Arc<Field> {
    Arc::new(Field::new("item", data_type, false))
}

fn list(name: &str, data_type: DataType) -> Field {
    of(name, DataType::List(item(data_type)))
}

fn number() -> Field {
    of("number", DataType::Int64)
}

pub(crate) fn microseconds() -> DataType {
    DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()))
}

/// The columns that every table of a ledger begins with.
fn common() -> Vec<Field> {
    vec![maybe("part"), must(of("seq", DataType::Int64)), of("recorded", microseconds()), text("line")]
}

fn format() -> Vec<Field> {
    vec![
        text("format"),
        text("about"),
        must(of("rounding", DataType::Boolean)),
        must(of("days_apart", DataType::Int64)),
    ]
}

fn sources() -> Vec<Field> {
    vec![text("id"), text("name"), text("kind"), maybe("part_of"), maybe("reliability"), maybe("url")]
}

fn predicates() -> Vec<Field> {
    let texts = DataType::List(item(DataType::Utf8));
    vec![
        text("name"),
        text("measure"),
        maybe("unit"),
        must(of("continuous", DataType::Boolean)),
        must(of("single_valued", DataType::Boolean)),
        must(list("opposites", texts.clone())),
        must(list("same", texts)),
    ]
}

fn claims() -> Vec<Field> {
    let decimal = DataType::Decimal128(PRECISION, SCALE);
    vec![
        must(number()),
        text("label"),
        text("subject"),
        text("predicate"),
        text("stance"),
        text("origin"),
        must(list("relays", DataType::Utf8)),
        maybe("kind"),
        maybe("value"),
        maybe("unit"),
        maybe("low_text"),
        of("low", decimal.clone()),
        of("low_open", DataType::Boolean),
        maybe("high_text"),
        of("high", decimal),
        of("high_open", DataType::Boolean),
        of("first_day", DataType::Date32),
        of("last_day", DataType::Date32),
        maybe("scope"),
        maybe("as_of"),
        of("as_of_from", DataType::Date32),
        of("as_of_to", DataType::Date32),
        maybe("stated"),
        of("stated_from", DataType::Date32),
        of("stated_to", DataType::Date32),
        maybe("likelihood"),
        maybe("level"),
        maybe("basis"),
        of("credibility", DataType::Int8),
        must(list("citations", DataType::Struct(citation_fields()))),
        maybe("note"),
        must(of("retracted", DataType::Boolean)),
        must(of("stands", DataType::Boolean)),
    ]
}

pub(crate) fn citation_fields() -> Fields {
    let positions = ["start", "end"].map(|name| of(name, DataType::Int64));
    let texts = ["url", "title", "published", "accessed", "excerpt", "prefix", "suffix"].map(maybe);
    texts.into_iter().chain(positions).chain([maybe("digest")]).collect()
}

pub(crate) fn topic_fields() -> Fields {
    ["role", "subject", "predicate"].map(text).into_iter().collect()
}

fn amendments() -> Vec<Field> {
    vec![text("kind"), maybe("source"), number(), maybe("label"), maybe("subject"), maybe("reason")]
}

fn findings() -> Vec<Field> {
    vec![
        text("part"),
        text("kind"),
        text("subject"),
        text("predicate"),
        must(list("labels", DataType::Utf8)),
        must(list("sources", DataType::Utf8)),
        maybe("relation"),
        maybe("timing"),
        of("certain", DataType::Boolean),
        maybe("later"),
        maybe("supersedes"),
        maybe("gap"),
        maybe("constraint"),
        maybe("scope"),
        maybe("implied"),
        maybe("stated"),
        maybe("unit"),
        text("because"),
    ]
}
