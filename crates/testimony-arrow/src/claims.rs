//! The table of claims.

use std::collections::HashMap;

use arrow_array::RecordBatch;
use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Decimal128Builder, Int8Builder, Int64Builder, ListBuilder, StringBuilder,
    StructBuilder,
};
use arrow_schema::DataType;
use testimony::{
    AnalyticConfidence, Basis, Bound, Citation, ClaimRef, Confidence, Credibility, Figure, Interval, Ledger, Period,
    Policy, Source, Value,
};

use crate::columns::{append_day, append_displayed, append_texts, array, batch, decimal, decimals, lists};
use crate::error::TableError;
use crate::schema::{Table, citation_fields, item};
use crate::tables::{Common, Place};

/// The columns of claims as they grow.
pub(crate) struct Claims<'a> {
    ledger: &'a Ledger,
    common: Common,
    number: Int64Builder,
    label: StringBuilder,
    subject: StringBuilder,
    predicate: StringBuilder,
    stance: StringBuilder,
    origin: StringBuilder,
    relays: ListBuilder<StringBuilder>,
    kind: StringBuilder,
    value: StringBuilder,
    unit: StringBuilder,
    /// The figures that have come. Most ledgers say few different ones, and one in print is read back each time.
    figures: HashMap<&'a Figure, InColumns>,
    low: End,
    high: End,
    days: Days,
    scope: StringBuilder,
    as_of: StringBuilder,
    as_of_days: Days,
    stated: StringBuilder,
    stated_days: Days,
    likelihood: StringBuilder,
    level: StringBuilder,
    basis: StringBuilder,
    credibility: Int8Builder,
    citations: ListBuilder<StructBuilder>,
    note: StringBuilder,
    retracted: BooleanBuilder,
    stands: BooleanBuilder,
}

/// A figure as the columns have it: as it is said, and its ends.
struct InColumns {
    said: String,
    low: Option<EndInColumns>,
    high: Option<EndInColumns>,
}

struct EndInColumns {
    text: String,
    decimal: Option<i128>,
    open: bool,
}

impl InColumns {
    fn of(figure: &Figure, policy: &Policy) -> Self {
        // A figure that was recorded has values under the policy of the ledger.
        let values = figure.values(policy).ok();
        let end = |bound: Bound| {
            let text = bound.value().to_string();
            EndInColumns { decimal: decimal(&text), text, open: bound.is_open() }
        };
        let (low, high) = (values.as_ref().and_then(Interval::low), values.as_ref().and_then(Interval::high));
        Self { said: figure.to_string(), low: low.map(end), high: high.map(end) }
    }
}

/// An end of a value: as an exact text, as a decimal, and whether it does not belong to it.
struct End {
    text: StringBuilder,
    decimal: Decimal128Builder,
    open: BooleanBuilder,
}

impl End {
    fn new() -> Self {
        Self { text: StringBuilder::new(), decimal: decimals(), open: BooleanBuilder::new() }
    }

    fn add(&mut self, end: Option<&EndInColumns>) {
        self.text.append_option(end.map(|end| &end.text));
        self.decimal.append_option(end.and_then(|end| end.decimal));
        self.open.append_option(end.map(|end| end.open));
    }
}

/// The first and the last day of something.
struct Days {
    first: Date32Builder,
    last: Date32Builder,
}

impl Days {
    fn new() -> Self {
        Self { first: Date32Builder::new(), last: Date32Builder::new() }
    }

    fn add(&mut self, first: Option<testimony::Date>, last: Option<testimony::Date>) {
        append_day(&mut self.first, first);
        append_day(&mut self.last, last);
    }

    fn add_period(&mut self, period: Option<Period>) {
        self.add(period.and_then(|period| period.first_day()), period.and_then(|period| period.last_day()));
    }
}

impl<'a> Claims<'a> {
    pub(crate) fn new(ledger: &'a Ledger) -> Self {
        let text = StringBuilder::new;
        let citation = StructBuilder::from_fields(citation_fields(), 0);
        let citations = ListBuilder::new(citation).with_field(item(DataType::Struct(citation_fields())));
        Self {
            ledger,
            common: Common::new(),
            number: Int64Builder::new(),
            label: text(),
            subject: text(),
            predicate: text(),
            stance: text(),
            origin: text(),
            relays: lists(),
            kind: text(),
            value: text(),
            unit: text(),
            figures: HashMap::new(),
            low: End::new(),
            high: End::new(),
            days: Days::new(),
            scope: text(),
            as_of: text(),
            as_of_days: Days::new(),
            stated: text(),
            stated_days: Days::new(),
            likelihood: text(),
            level: text(),
            basis: text(),
            credibility: Int8Builder::new(),
            citations,
            note: text(),
            retracted: BooleanBuilder::new(),
            stands: BooleanBuilder::new(),
        }
    }

    /// Adds a claim: the line as it was recorded, and all else with the amendments made.
    pub(crate) fn add(&mut self, part: &str, place: &Place<'_>, claim: ClaimRef<'a>) -> Result<(), TableError> {
        let claim = self.ledger.claim(claim.id()).unwrap_or(claim);
        append_displayed(&mut self.label, self.common.add(Some(part), place)?);
        self.number.append_value(claim.id().number().cast_signed());
        let topic = claim.topic_ref().topic();
        self.subject.append_value(topic.subject());
        self.predicate.append_value(topic.predicate());
        self.stance.append_value(claim.stance().as_str());
        self.origin.append_value(claim.origin().id());
        append_texts(&mut self.relays, claim.relays().map(Source::id));
        self.add_value(claim);
        self.scope.append_option(claim.scope());
        append_displayed(&mut self.as_of, claim.as_of());
        self.as_of_days.add_period(claim.as_of());
        let stated = claim.stated();
        append_displayed(&mut self.stated, stated);
        self.stated_days.add(stated.and_then(|at| at.first_day()), stated.and_then(|at| at.last_day()));
        let confidence = claim.confidence();
        append_displayed(&mut self.likelihood, confidence.and_then(|confidence| confidence.likelihood()));
        self.level.append_option(confidence.and_then(Confidence::level).map(AnalyticConfidence::as_str));
        self.basis.append_option(claim.basis().map(Basis::as_str));
        let rating = claim.credibility().map(Credibility::rating);
        self.credibility.append_option(rating.and_then(|rating| i8::try_from(rating).ok()));
        for citation in claim.citations() {
            add_citation(self.citations.values(), citation);
        }
        self.citations.append(true);
        self.note.append_option(claim.note());
        self.retracted.append_value(claim.is_retracted());
        self.stands.append_value(claim.stands());
        Ok(())
    }

    fn add_value(&mut self, claim: ClaimRef<'a>) {
        let value = claim.value();
        let figure = value.and_then(Value::as_figure);
        let lent = claim.topic_ref().predicate().unit();
        self.unit.append_option(figure.and_then(|figure| figure.unit().or(lent)));
        let policy = self.ledger.policy();
        let figure = figure.map(|figure| &*self.figures.entry(figure).or_insert_with(|| InColumns::of(figure, policy)));
        self.kind.append_option(value.map(|value| match value {
            Value::Figure(_) => "figure",
            Value::Text(_) => "text",
            Value::Period(_) => "period",
        }));
        match value {
            Some(Value::Text(text)) => self.value.append_value(text),
            Some(Value::Period(period)) => append_displayed(&mut self.value, Some(period)),
            _ => self.value.append_option(figure.map(|figure| &figure.said)),
        }
        self.low.add(figure.and_then(|figure| figure.low.as_ref()));
        self.high.add(figure.and_then(|figure| figure.high.as_ref()));
        self.days.add_period(value.and_then(Value::as_period));
    }

    /// The batch of what was added; the next one begins empty.
    pub(crate) fn finish(&mut self) -> Result<RecordBatch, TableError> {
        let mut columns = self.common.finish();
        columns.extend([
            array(self.number.finish()),
            array(self.label.finish()),
            array(self.subject.finish()),
            array(self.predicate.finish()),
            array(self.stance.finish()),
            array(self.origin.finish()),
            array(self.relays.finish()),
            array(self.kind.finish()),
            array(self.value.finish()),
            array(self.unit.finish()),
            array(self.low.text.finish()),
            array(self.low.decimal.finish()),
            array(self.low.open.finish()),
            array(self.high.text.finish()),
            array(self.high.decimal.finish()),
            array(self.high.open.finish()),
            array(self.days.first.finish()),
            array(self.days.last.finish()),
            array(self.scope.finish()),
            array(self.as_of.finish()),
            array(self.as_of_days.first.finish()),
            array(self.as_of_days.last.finish()),
            array(self.stated.finish()),
            array(self.stated_days.first.finish()),
            array(self.stated_days.last.finish()),
            array(self.likelihood.finish()),
            array(self.level.finish()),
            array(self.basis.finish()),
            array(self.credibility.finish()),
            array(self.citations.finish()),
            array(self.note.finish()),
            array(self.retracted.finish()),
            array(self.stands.finish()),
        ]);
        batch(Table::Claims, columns)
    }
}

fn add_citation(row: &mut StructBuilder, citation: &Citation) {
    for (field, moment) in [(2, citation.published()), (3, citation.accessed())] {
        if let Some(column) = row.field_builder::<StringBuilder>(field) {
            append_displayed(column, moment);
        }
    }
    let texts = [
        (0, citation.url()),
        (1, citation.title()),
        (4, citation.excerpt()),
        (5, citation.prefix()),
        (6, citation.suffix()),
        (9, citation.digest()),
    ];
    for (field, text) in texts {
        if let Some(column) = row.field_builder::<StringBuilder>(field) {
            column.append_option(text);
        }
    }
    for (field, position) in [(7, citation.start()), (8, citation.end())] {
        if let Some(column) = row.field_builder::<Int64Builder>(field) {
            column.append_option(position.and_then(|position| i64::try_from(position).ok()));
        }
    }
    row.append(true);
}
