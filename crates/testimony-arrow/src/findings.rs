//! Findings of whole parts, as a table.

use std::collections::HashMap;

use arrow_array::RecordBatch;
use arrow_array::builder::{BooleanBuilder, ListBuilder, StringBuilder};
use testimony::{Circle, ClaimId, ClaimRef, Conflict, Corroboration, Label, SourceId, Topic, Violation};

use crate::columns::{append_texts, array, batch, lists};
use crate::error::TableError;
use crate::kept::{Kept, Made, is_claim};
use crate::rows::{Columns, Row};
use crate::schema::Table;

/// How many findings a batch has at most.
const AT_A_TIME: usize = 8192;

/// The findings of one or more whole parts, which come in batches with the columns `part`, `seq` and `line`, and
/// `number` where a line names a claim by its number. Rows without a part go to every part. The order of the rows does
/// not matter: they are sorted by `seq`.
///
/// What comes out are batches of [`Table::Findings`]. The findings of the parts of a ledger are those of the ledger,
/// however the parts are grouped; those of a part that is not whole are other ones, and more or fewer of them.
///
/// # Errors
///
/// A column that is missing or of another type; a row that is no line of a ledger; and parts that share a topic, or that
/// a constraint ties.
///
/// ```
/// use testimony::{Claim, Figure, Ledger, Source, Topic};
/// use testimony_arrow::{Table, findings, to_batches};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut ledger = Ledger::new();
/// for (id, dead) in [("moh", 40), ("army", 12)] {
///     let source = ledger.add_source(Source::new(id, id)?)?;
///     ledger.record(Claim::new(Topic::new("market bombing", "deaths"), Figure::exactly(dead), &source))?;
/// }
/// let batches = to_batches(&ledger)?;
/// let found = findings(batches.iter().map(|(_, batch)| batch))?;
/// assert_eq!(found.len(), 1);
/// assert_eq!((found[0].num_rows(), found[0].schema()), (1, Table::Findings.schema()));
/// # Ok(())
/// # }
/// ```
pub fn findings<'a>(batches: impl IntoIterator<Item = &'a RecordBatch>) -> Result<Vec<RecordBatch>, TableError> {
    let (mut every, mut kept) = (Kept::default(), Kept::default());
    for batch in batches {
        for row in Columns::new(batch)?.rows() {
            let row = row?;
            if row.part.is_none() { push_to_every(&mut every, row)? } else { kept.push(row) }
        }
    }
    let mut found = Vec::new();
    find(&kept, &every, |batch| {
        found.push(batch);
        Ok(())
    })?;
    Ok(found)
}

/// Keeps a row that goes to every part. A claim is none: it would be in each of them.
pub(crate) fn push_to_every(every: &mut Kept, row: Row<'_>) -> Result<(), TableError> {
    if is_claim(row.line) {
        return Err(TableError::row(row.seq, None, "is a claim, and has no part"));
    }
    every.push(row);
    Ok(())
}

/// Finds what there is in the parts that are kept, and hands it on in batches.
pub(crate) fn find(
    kept: &Kept,
    every: &Kept,
    hand_on: impl FnMut(RecordBatch) -> Result<(), TableError>,
) -> Result<(), TableError> {
    if kept.is_empty() {
        return Ok(());
    }
    let made = kept.ledger(every)?;
    are_apart(&made)?;
    let ledger = &made.loaded.ledger;
    let mut table = Findings { made: &made, labels: HashMap::new(), columns: FindingColumns::new(), hand_on };
    for conflict in ledger.conflicts() {
        table.conflict(&conflict)?;
    }
    for circle in ledger.circles() {
        table.circle(&circle)?;
    }
    for violation in ledger.violations() {
        table.violation(&violation)?;
    }
    for corroboration in ledger.unconfirmed() {
        table.unconfirmed(&corroboration)?;
    }
    if table.columns.rows > 0 {
        let batch = table.columns.finish()?;
        (table.hand_on)(batch)?;
    }
    Ok(())
}

/// Looks whether what belongs to one part has one.
fn are_apart(made: &Made<'_>) -> Result<(), TableError> {
    let ledger = &made.loaded.ledger;
    for tied in ledger.parts() {
        let topics = tied.topics().iter().filter_map(|topic| ledger.topic(topic));
        let mut parts = topics.flat_map(|topic| topic.claims()).filter_map(|claim| made.part(claim.id()));
        let Some(one) = parts.next() else { continue };
        if let Some(other) = parts.find(|other| *other != one) {
            return Err(TableError::NotApart { one: one.to_owned(), other: other.to_owned() });
        }
    }
    Ok(())
}

/// The table of findings as it grows.
struct Findings<'a, F> {
    made: &'a Made<'a>,
    /// A label costs a digest, and a claim may be in many findings.
    labels: HashMap<ClaimId, Label>,
    columns: FindingColumns,
    hand_on: F,
}

impl<F: FnMut(RecordBatch) -> Result<(), TableError>> Findings<'_, F> {
    fn label(&mut self, claim: ClaimRef<'_>) -> String {
        self.labels.entry(claim.id()).or_insert_with(|| claim.label()).to_string()
    }

    fn labels(&mut self, claims: &[ClaimRef<'_>]) -> Vec<String> {
        claims.iter().map(|claim| self.label(*claim)).collect()
    }

    fn conflict(&mut self, conflict: &Conflict<'_>) -> Result<(), TableError> {
        let (claims, relation) = ([conflict.older(), conflict.newer()], conflict.relation());
        let labels = self.labels(&claims);
        let later = conflict.later().map(|claim| self.label(claim));
        let supersedes = conflict.superseding().map(|claim| self.label(claim));
        self.add(&Finding {
            kind: "conflict",
            topic: claims[0].topic_ref().topic(),
            of: claims[0],
            labels,
            sources: claims.iter().map(|claim| claim.origin().id()).collect(),
            relation: Some(relation.kind().as_str()),
            timing: Some(relation.timing().as_str()),
            certain: Some(conflict.is_certain()),
            later,
            supersedes,
            gap: relation.gap().map(|gap| gap.amount.to_string()),
            constraint: None,
            scope: None,
            implied: None,
            stated: None,
            unit: None,
            because: conflict.because(),
        })
    }

    fn circle(&mut self, circle: &Circle<'_>) -> Result<(), TableError> {
        let Some(first) = circle.claims().first() else { return Ok(()) };
        let labels = self.labels(circle.claims());
        let sources = circle.sources().iter().map(|source| source.id()).collect();
        self.add(&Finding::new("circle", *first, labels, sources, circle.because()))
    }

    fn violation(&mut self, violation: &Violation<'_>) -> Result<(), TableError> {
        let claims = violation.claims();
        let labels = self.labels(&claims);
        let sources = claims.iter().map(|claim| claim.origin().id()).collect();
        self.add(&Finding {
            certain: Some(violation.is_certain()),
            constraint: Some(violation.constraint().kind()),
            scope: Some(violation.scope().as_str()),
            implied: Some(violation.implied().to_string()),
            stated: Some(violation.stated().to_string()),
            unit: violation.unit(),
            ..Finding::new("violation", violation.result(), labels, sources, violation.because())
        })
    }

    fn unconfirmed(&mut self, corroboration: &Corroboration<'_>) -> Result<(), TableError> {
        let claim = corroboration.claim();
        let labels = vec![self.label(claim)];
        let sources = vec![claim.origin().id()];
        self.add(&Finding::new("unconfirmed", claim, labels, sources, corroboration.because()))
    }

    fn add(&mut self, finding: &Finding<'_>) -> Result<(), TableError> {
        // A claim without a part was refused before.
        let part = self.made.part(finding.of.id()).unwrap_or_default();
        self.columns.add(part, finding);
        if self.columns.rows == AT_A_TIME {
            let batch = self.columns.finish()?;
            (self.hand_on)(batch)?;
        }
        Ok(())
    }
}

/// A finding, as its row has it.
struct Finding<'a> {
    kind: &'static str,
    topic: &'a Topic,
    /// A claim of the part that it was found in.
    of: ClaimRef<'a>,
    labels: Vec<String>,
    sources: Vec<&'a SourceId>,
    relation: Option<&'static str>,
    timing: Option<&'static str>,
    certain: Option<bool>,
    later: Option<String>,
    supersedes: Option<String>,
    gap: Option<String>,
    constraint: Option<&'static str>,
    scope: Option<&'static str>,
    implied: Option<String>,
    stated: Option<String>,
    unit: Option<&'a str>,
    because: String,
}

impl<'a> Finding<'a> {
    /// A finding about the topic of a claim, of which nothing else is said.
    fn new(
        kind: &'static str,
        of: ClaimRef<'a>,
        labels: Vec<String>,
        sources: Vec<&'a SourceId>,
        because: String,
    ) -> Self {
        Self {
            kind,
            topic: of.topic_ref().topic(),
            of,
            labels,
            sources,
            relation: None,
            timing: None,
            certain: None,
            later: None,
            supersedes: None,
            gap: None,
            constraint: None,
            scope: None,
            implied: None,
            stated: None,
            unit: None,
            because,
        }
    }
}

struct FindingColumns {
    rows: usize,
    part: StringBuilder,
    kind: StringBuilder,
    subject: StringBuilder,
    predicate: StringBuilder,
    labels: ListBuilder<StringBuilder>,
    sources: ListBuilder<StringBuilder>,
    relation: StringBuilder,
    timing: StringBuilder,
    certain: BooleanBuilder,
    later: StringBuilder,
    supersedes: StringBuilder,
    gap: StringBuilder,
    constraint: StringBuilder,
    scope: StringBuilder,
    implied: StringBuilder,
    stated: StringBuilder,
    unit: StringBuilder,
    because: StringBuilder,
}

impl FindingColumns {
    fn new() -> Self {
        let text = StringBuilder::new;
        Self {
            rows: 0,
            part: text(),
            kind: text(),
            subject: text(),
            predicate: text(),
            labels: lists(),
            sources: lists(),
            relation: text(),
            timing: text(),
            certain: BooleanBuilder::new(),
            later: text(),
            supersedes: text(),
            gap: text(),
            constraint: text(),
            scope: text(),
            implied: text(),
            stated: text(),
            unit: text(),
            because: text(),
        }
    }

    fn add(&mut self, part: &str, finding: &Finding<'_>) {
        self.rows += 1;
        self.part.append_value(part);
        self.kind.append_value(finding.kind);
        self.subject.append_value(finding.topic.subject());
        self.predicate.append_value(finding.topic.predicate());
        append_texts(&mut self.labels, &finding.labels);
        append_texts(&mut self.sources, finding.sources.iter().map(|id| id.as_str()));
        self.relation.append_option(finding.relation);
        self.timing.append_option(finding.timing);
        self.certain.append_option(finding.certain);
        self.later.append_option(finding.later.as_deref());
        self.supersedes.append_option(finding.supersedes.as_deref());
        self.gap.append_option(finding.gap.as_deref());
        self.constraint.append_option(finding.constraint);
        self.scope.append_option(finding.scope);
        self.implied.append_option(finding.implied.as_deref());
        self.stated.append_option(finding.stated.as_deref());
        self.unit.append_option(finding.unit);
        self.because.append_value(&finding.because);
    }

    fn finish(&mut self) -> Result<RecordBatch, TableError> {
        self.rows = 0;
        let columns = vec![
            array(self.part.finish()),
            array(self.kind.finish()),
            array(self.subject.finish()),
            array(self.predicate.finish()),
            array(self.labels.finish()),
            array(self.sources.finish()),
            array(self.relation.finish()),
            array(self.timing.finish()),
            array(self.certain.finish()),
            array(self.later.finish()),
            array(self.supersedes.finish()),
            array(self.gap.finish()),
            array(self.constraint.finish()),
            array(self.scope.finish()),
            array(self.implied.finish()),
            array(self.stated.finish()),
            array(self.unit.finish()),
            array(self.because.finish()),
        ];
        batch(Table::Findings, columns)
    }
}
