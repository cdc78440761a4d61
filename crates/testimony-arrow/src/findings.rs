//! Findings of whole parts, as a table.

use std::collections::{BTreeMap, HashMap};

use arrow_array::RecordBatch;
use arrow_array::builder::{BooleanBuilder, ListBuilder, StringBuilder};
use testimony::{
    Circle, ClaimId, ClaimRef, Conflict, Corroboration, Label, Ledger, SourceId, Topic, TopicRef, Violation,
};

use crate::columns::{append_texts, array, batch, lists};
use crate::error::TableError;
use crate::kept::{Kept, Made, is_claim};
use crate::parts::name_of;
use crate::rows::{Row, RowColumns};
use crate::schema::Table;

/// How many findings a batch has at most.
const AT_A_TIME: usize = 8192;

/// The findings of one or more whole parts, which come in batches with the columns `part`, `seq` and `line`, and
/// `number` where a line names a claim by its number. Rows without a part go to every part. The order of the rows does
/// not matter: they are sorted by `seq`.
///
/// The answer is batches of [`Table::Findings`]. The findings of the parts of a ledger are those of the ledger,
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
        for row in RowColumns::new(batch)?.rows() {
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
    find_in_parts(&made.loaded.ledger, parts_of(&made)?, hand_on)
}

/// Finds what there is in a ledger, sorted by the names of its parts.
pub(crate) fn find_in_ledger(
    ledger: &Ledger,
    hand_on: impl FnMut(RecordBatch) -> Result<(), TableError>,
) -> Result<(), TableError> {
    let mut parts: Vec<(String, Vec<TopicRef<'_>>)> = Vec::new();
    for part in ledger.parts() {
        let topics = part.topics().iter().filter_map(|topic| ledger.topic(topic));
        parts.push((name_of(part.topics()), topics.collect()));
    }
    parts.sort_by(|(one, _), (other, _)| one.cmp(other));
    find_in_parts(ledger, parts, hand_on)
}

/// The parts that rows say, each with its topics, sorted by their names; refused if what belongs to one part has two.
fn parts_of<'a>(made: &'a Made<'_>) -> Result<Vec<(&'a str, Vec<TopicRef<'a>>)>, TableError> {
    let ledger = &made.loaded.ledger;
    let mut parts: BTreeMap<&str, Vec<TopicRef<'_>>> = BTreeMap::new();
    for tied in ledger.parts() {
        let topics: Vec<TopicRef<'_>> = tied.topics().iter().filter_map(|topic| ledger.topic(topic)).collect();
        let mut names = topics.iter().flat_map(TopicRef::claims).filter_map(|claim| made.part(claim.id()));
        let Some(one) = names.next() else { continue };
        if let Some(other) = names.find(|other| *other != one) {
            return Err(TableError::NotApart { one: one.to_owned(), other: other.to_owned() });
        }
        parts.entry(one).or_default().extend(topics);
    }
    Ok(parts.into_iter().collect())
}

/// Finds what there is about the topics of parts, one after the other.
fn find_in_parts<'a>(
    ledger: &'a Ledger,
    parts: Vec<(impl AsRef<str>, Vec<TopicRef<'a>>)>,
    mut hand_on: impl FnMut(RecordBatch) -> Result<(), TableError>,
) -> Result<(), TableError> {
    let mut violations: HashMap<&Topic, Vec<Violation<'_>>> = HashMap::new();
    for violation in ledger.violations() {
        violations.entry(violation.result().topic_ref().topic()).or_default().push(violation);
    }
    let mut table =
        Findings { part: String::new(), labels: HashMap::new(), columns: Columns::new(), hand_on: &mut hand_on };
    for (part, topics) in parts {
        part.as_ref().clone_into(&mut table.part);
        for topic in topics {
            for conflict in topic.conflicts() {
                table.conflict(&conflict)?;
            }
            let mut circles = topic.circles();
            for circle in circles.by_ref() {
                table.circle(&circle)?;
            }
            if !circles.is_whole() {
                table.unfinished(topic, "there are more circles than were looked for")?;
            }
            for violation in violations.get(topic.topic()).into_iter().flatten() {
                table.violation(violation)?;
            }
            let mut unconfirmed = topic.unconfirmed();
            for corroboration in unconfirmed.by_ref() {
                table.unconfirmed(&corroboration)?;
            }
            if !unconfirmed.is_whole() {
                table.unfinished(topic, "not all claims that are rated as confirmed were looked at")?;
            }
        }
        // No claim is in two parts.
        table.labels.clear();
    }
    table.finish()
}

/// The table of findings as it grows.
struct Findings<'f> {
    /// The name of the part that is looked at.
    part: String,
    /// A label costs a digest, and a claim may be in many findings.
    labels: HashMap<ClaimId, Label>,
    columns: Columns,
    hand_on: &'f mut dyn FnMut(RecordBatch) -> Result<(), TableError>,
}

impl Findings<'_> {
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
        let sources = claims.iter().map(|claim| claim.origin().id()).collect();
        self.add(&Finding {
            relation: Some(relation.kind().as_str()),
            timing: Some(relation.timing().as_str()),
            certain: Some(conflict.is_certain()),
            later,
            supersedes,
            gap: relation.gap().map(|gap| gap.amount.to_string()),
            ..Finding::new("conflict", claims[0].topic_ref().topic(), labels, sources, conflict.because())
        })
    }

    fn circle(&mut self, circle: &Circle<'_>) -> Result<(), TableError> {
        let labels = self.labels(circle.claims());
        let sources = circle.sources().iter().map(|source| source.id()).collect();
        self.add(&Finding::new("circle", circle.topic(), labels, sources, circle.because()))
    }

    fn violation(&mut self, violation: &Violation<'_>) -> Result<(), TableError> {
        let claims = violation.claims();
        let labels = self.labels(&claims);
        let sources = claims.iter().map(|claim| claim.origin().id()).collect();
        let topic = violation.result().topic_ref().topic();
        self.add(&Finding {
            certain: Some(violation.is_certain()),
            constraint: Some(violation.constraint().kind()),
            scope: Some(violation.scope().as_str()),
            implied: Some(violation.implied().to_string()),
            stated: Some(violation.stated().to_string()),
            unit: violation.unit(),
            ..Finding::new("violation", topic, labels, sources, violation.because())
        })
    }

    fn unconfirmed(&mut self, corroboration: &Corroboration<'_>) -> Result<(), TableError> {
        let claim = corroboration.claim();
        let labels = vec![self.label(claim)];
        let (topic, sources) = (claim.topic_ref().topic(), vec![claim.origin().id()]);
        self.add(&Finding::new("unconfirmed", topic, labels, sources, corroboration.because()))
    }

    /// Says that a search on a topic ended before everything was found.
    fn unfinished(&mut self, topic: TopicRef<'_>, because: &str) -> Result<(), TableError> {
        self.add(&Finding::new("unfinished", topic.topic(), Vec::new(), Vec::new(), because.to_owned()))
    }

    fn add(&mut self, finding: &Finding<'_>) -> Result<(), TableError> {
        self.columns.add(&self.part, finding);
        if self.columns.rows < AT_A_TIME { Ok(()) } else { self.finish() }
    }

    /// Hands on what is there.
    fn finish(&mut self) -> Result<(), TableError> {
        if self.columns.rows == 0 {
            return Ok(());
        }
        let batch = self.columns.finish()?;
        (self.hand_on)(batch)
    }
}

/// A finding, as its row has it.
struct Finding<'a> {
    kind: &'static str,
    topic: &'a Topic,
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
    /// A finding about a topic, of which nothing else is said.
    fn new(
        kind: &'static str,
        topic: &'a Topic,
        labels: Vec<String>,
        sources: Vec<&'a SourceId>,
        because: String,
    ) -> Self {
        Self {
            kind,
            topic,
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

struct Columns {
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

impl Columns {
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
