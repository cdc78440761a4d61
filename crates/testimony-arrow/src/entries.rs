//! The tables of what is no claim.

use arrow_array::RecordBatch;
use arrow_array::builder::{BooleanBuilder, Int64Builder, ListBuilder, StringBuilder, StructBuilder};
use arrow_array::{BooleanArray, Int64Array, StringArray};
use arrow_schema::DataType;
use testimony::{Amendment, ClaimKey, ClaimRef, Constraint, Ledger, Policy, Predicate, Retraction, Source, jsonl};

use crate::columns::{append_texts, array, batch, lists};
use crate::error::TableError;
use crate::parts::topics;
use crate::schema::{Table, item, topic_fields};
use crate::tables::{Common, Place};

/// The one row of the format.
pub(crate) struct Format;

impl Format {
    pub(crate) fn batch(mut common: Common, policy: &Policy) -> Result<RecordBatch, TableError> {
        let mut columns = common.finish();
        columns.extend([
            array(StringArray::from(vec![jsonl::FORMAT])),
            array(StringArray::from(vec![policy.tolerance().to_string()])),
            array(BooleanArray::from(vec![policy.rounding()])),
            array(Int64Array::from(vec![i64::from(policy.days_apart())])),
        ]);
        batch(Table::Format, columns)
    }
}

/// Sources: the line as each was defined, and all else with the amendments made.
pub(crate) struct Sources {
    common: Common,
    texts: [StringBuilder; 6],
}

impl Sources {
    pub(crate) fn new() -> Self {
        Self { common: Common::new(), texts: Default::default() }
    }

    pub(crate) fn add(&mut self, place: &Place<'_>, source: &Source, ledger: &Ledger) -> Result<(), TableError> {
        self.common.add(None, place)?;
        let source = ledger.source(source.id()).unwrap_or(source);
        let reliability = source.reliability().map(|reliability| reliability.to_string());
        let texts = [
            Some(source.id().as_str()),
            Some(source.name()),
            Some(source.kind().as_str()),
            source.part_of().map(testimony::SourceId::as_str),
            reliability.as_deref(),
            source.url(),
        ];
        for (column, text) in self.texts.iter_mut().zip(texts) {
            column.append_option(text);
        }
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<RecordBatch, TableError> {
        let mut columns = self.common.finish();
        columns.extend(self.texts.iter_mut().map(|column| array(column.finish())));
        batch(Table::Sources, columns)
    }
}

/// Predicates.
pub(crate) struct Predicates {
    common: Common,
    name: StringBuilder,
    measure: StringBuilder,
    unit: StringBuilder,
    continuous: BooleanBuilder,
    single_valued: BooleanBuilder,
    opposites: ListBuilder<ListBuilder<StringBuilder>>,
    same: ListBuilder<ListBuilder<StringBuilder>>,
}

impl Predicates {
    pub(crate) fn new() -> Self {
        let groups = || ListBuilder::new(lists()).with_field(item(DataType::List(item(DataType::Utf8))));
        Self {
            common: Common::new(),
            name: StringBuilder::new(),
            measure: StringBuilder::new(),
            unit: StringBuilder::new(),
            continuous: BooleanBuilder::new(),
            single_valued: BooleanBuilder::new(),
            opposites: groups(),
            same: groups(),
        }
    }

    pub(crate) fn add(&mut self, place: &Place<'_>, predicate: &Predicate) -> Result<(), TableError> {
        self.common.add(None, place)?;
        self.name.append_value(predicate.name());
        self.measure.append_value(predicate.measure().as_str());
        self.unit.append_option(predicate.unit());
        self.continuous.append_value(predicate.is_continuous());
        self.single_valued.append_value(predicate.is_single_valued());
        for (one, other) in predicate.opposites() {
            append_texts(self.opposites.values(), [one, other]);
        }
        self.opposites.append(true);
        for group in predicate.same() {
            append_texts(self.same.values(), group);
        }
        self.same.append(true);
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<RecordBatch, TableError> {
        let mut columns = self.common.finish();
        columns.extend([
            array(self.name.finish()),
            array(self.measure.finish()),
            array(self.unit.finish()),
            array(self.continuous.finish()),
            array(self.single_valued.finish()),
            array(self.opposites.finish()),
            array(self.same.finish()),
        ]);
        batch(Table::Predicates, columns)
    }
}

/// Other names of subjects, units and scopes.
pub(crate) struct Names {
    common: Common,
    kind: StringBuilder,
    name: StringBuilder,
    aliases: ListBuilder<StringBuilder>,
}

impl Names {
    pub(crate) fn new() -> Self {
        Self { common: Common::new(), kind: StringBuilder::new(), name: StringBuilder::new(), aliases: lists() }
    }

    pub(crate) fn add(&mut self, place: &Place<'_>, kind: &str, names: &testimony::Names) -> Result<(), TableError> {
        self.common.add(None, place)?;
        self.kind.append_value(kind);
        self.name.append_value(names.name());
        append_texts(&mut self.aliases, names.aliases());
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<RecordBatch, TableError> {
        let mut columns = self.common.finish();
        columns.extend([array(self.kind.finish()), array(self.name.finish()), array(self.aliases.finish())]);
        batch(Table::Names, columns)
    }
}

/// Constraints, with their topics by the names that claims on them have.
pub(crate) struct Constraints {
    common: Common,
    kind: StringBuilder,
    topics: ListBuilder<StructBuilder>,
}

impl Constraints {
    pub(crate) fn new() -> Self {
        let topic = StructBuilder::from_fields(topic_fields(), 0);
        let topics = ListBuilder::new(topic).with_field(item(DataType::Struct(topic_fields())));
        Self { common: Common::new(), kind: StringBuilder::new(), topics }
    }

    pub(crate) fn add(
        &mut self,
        part: Option<&str>,
        place: &Place<'_>,
        constraint: &Constraint,
        ledger: &Ledger,
    ) -> Result<(), TableError> {
        self.common.add(part, place)?;
        self.kind.append_value(constraint.kind());
        for (role, topic) in topics(constraint) {
            let topic = ledger.topic(topic).map_or(topic, |known| known.topic());
            let row = self.topics.values();
            for (field, text) in [role, topic.subject(), topic.predicate()].into_iter().enumerate() {
                if let Some(column) = row.field_builder::<StringBuilder>(field) {
                    column.append_value(text);
                }
            }
            row.append(true);
        }
        self.topics.append(true);
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<RecordBatch, TableError> {
        let mut columns = self.common.finish();
        columns.extend([array(self.kind.finish()), array(self.topics.finish())]);
        batch(Table::Constraints, columns)
    }
}

/// Retractions.
pub(crate) struct Retractions {
    common: Common,
    number: Int64Builder,
    label: StringBuilder,
    by: StringBuilder,
    reason: StringBuilder,
}

impl Retractions {
    pub(crate) fn new() -> Self {
        let text = StringBuilder::new;
        Self { common: Common::new(), number: Int64Builder::new(), label: text(), by: text(), reason: text() }
    }

    pub(crate) fn add(
        &mut self,
        part: Option<&str>,
        place: &Place<'_>,
        retraction: &Retraction,
        ledger: &Ledger,
    ) -> Result<(), TableError> {
        self.common.add(part, place)?;
        let (number, label) = named(ledger.claim(retraction.claim()), retraction.claim());
        self.number.append_value(number.unwrap_or_default());
        self.label.append_value(label.unwrap_or_default());
        self.by.append_option(retraction.by());
        self.reason.append_option(retraction.reason());
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<RecordBatch, TableError> {
        let mut columns = self.common.finish();
        columns.extend([
            array(self.number.finish()),
            array(self.label.finish()),
            array(self.by.finish()),
            array(self.reason.finish()),
        ]);
        batch(Table::Retractions, columns)
    }
}

/// The number and the label of a claim that an entry names.
fn named(claim: Option<ClaimRef<'_>>, key: ClaimKey) -> (Option<i64>, Option<String>) {
    // Of several claims with one label, a number names the one that is meant.
    let number = match key {
        ClaimKey::Number(number) => Some(number),
        _ => claim.map(|claim| claim.id()),
    };
    (number.map(|number| number.number().cast_signed()), claim.map(|claim| claim.label().to_string()))
}

/// Amendments: what each is of, and why. What it changes is in its line.
pub(crate) struct Amendments {
    common: Common,
    kind: StringBuilder,
    source: StringBuilder,
    number: Int64Builder,
    label: StringBuilder,
    subject: StringBuilder,
    reason: StringBuilder,
}

impl Amendments {
    pub(crate) fn new() -> Self {
        let text = StringBuilder::new;
        Self {
            common: Common::new(),
            kind: text(),
            source: text(),
            number: Int64Builder::new(),
            label: text(),
            subject: text(),
            reason: text(),
        }
    }

    pub(crate) fn add(
        &mut self,
        part: Option<&str>,
        place: &Place<'_>,
        amendment: &Amendment,
        ledger: &Ledger,
    ) -> Result<(), TableError> {
        self.common.add(part, place)?;
        let (mut source, mut subject, mut number, mut label) = (None, None, None, None);
        let kind = match amendment {
            Amendment::Source(amendment) => {
                source = Some(amendment.source().as_str());
                "source"
            }
            Amendment::Claim(amendment) => {
                (number, label) = named(ledger.claim(amendment.claim()), amendment.claim());
                "claim"
            }
            Amendment::Subject(amendment) => {
                subject = Some(amendment.subject());
                "subject"
            }
        };
        self.kind.append_value(kind);
        self.source.append_option(source);
        self.number.append_option(number);
        self.label.append_option(label);
        self.subject.append_option(subject);
        self.reason.append_option(amendment.reason());
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<RecordBatch, TableError> {
        let mut columns = self.common.finish();
        columns.extend([
            array(self.kind.finish()),
            array(self.source.finish()),
            array(self.number.finish()),
            array(self.label.finish()),
            array(self.subject.finish()),
            array(self.reason.finish()),
        ]);
        batch(Table::Amendments, columns)
    }
}
