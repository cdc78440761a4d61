//! Tables out: each claim a row, written so that it is read back.

use std::collections::BTreeMap;
use std::io::Write;

use csv::StringRecord;
use testimony::{Claim, Figure, Hedge, Ledger, Number, Source, SourceId, Stance, Value};

use super::cells;
use super::mapping::{ClaimColumns, Encoding, Mapping, Numbers, TableError};
use super::row::{Header, Row};
use super::template::Templates;
use crate::law::{Allowed, Export, Verdict, compare};
use crate::sources::Sources;
use crate::whole;

/// Writes the claims of a ledger that are not retracted as a table, a row each.
///
/// A row is read back before it is written, and what is read then is held against the claim: the losses are what
/// differs. [`Mapping::of`] is the mapping that loses least. A cell that a spreadsheet would take for a formula gets an
/// apostrophe, which reading takes away.
///
/// # Errors
///
/// A failure to write, and a mapping without claims.
///
/// ```
/// use testimony::{Claim, Figure, Ledger, Source, Topic};
/// use testimony_exchange::Allowed;
/// use testimony_exchange::table::{self, Mapping};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut ledger = Ledger::new();
/// let nis = ledger.add_source(Source::new("nis", "NIS")?)?;
/// ledger.record(Claim::new(Topic::new("troops", "dead"), Figure::more_than(4000), nis))?;
/// let mapping = Mapping::from_toml(
///     "[[claim]]\nsubject = \"{what}\"\npredicate = \"dead\"\nfigure = \"{dead}\"\norigin = \"{source}\"",
/// )?;
/// let mut table = Vec::new();
/// let export = table::write(&ledger, &mapping, &Allowed::nothing(), &mut table)?;
/// assert_eq!(String::from_utf8(table)?, "what,dead,source\ntroops,\"more than 4,000\",NIS\n");
/// assert!(export.losses.is_empty());
/// # Ok(())
/// # }
/// ```
pub fn write(ledger: &Ledger, mapping: &Mapping, allowed: &Allowed, output: impl Write) -> Result<Export, TableError> {
    let failed = |error: csv::Error| TableError(format!("could not be written: {error}"));
    if mapping.claims.is_empty() {
        return Err(TableError("the mapping has no [[claim]]".to_owned()));
    }
    let delimiter = u8::try_from(mapping.delimiter).unwrap_or(b',');
    let mut csv = csv::WriterBuilder::new().delimiter(delimiter).from_writer(output);
    let mut writer = Writer::new(ledger, mapping, allowed);
    if mapping.encoding != Encoding::Utf8 {
        return Err(TableError("a table is written in UTF-8; take encoding out of the mapping".to_owned()));
    }
    let blank = StringRecord::from(vec![""; writer.names.len()]);
    (0..mapping.skip_rows).try_for_each(|_| csv.write_record(&blank)).map_err(failed)?;
    csv.write_record(&writer.names).map_err(failed)?;
    (1..mapping.header_rows).try_for_each(|_| csv.write_record(&blank)).map_err(failed)?;
    let mut export = Export::default();
    for claim in ledger.claims().filter(|claim| !claim.is_retracted()) {
        let claim = claim.to_claim();
        let (row, mut verdict) = writer.row(&claim);
        if verdict.is_written {
            csv.write_record(&row).map_err(failed)?;
            export.claims.push(claim.label());
        }
        export.losses.append(&mut verdict.losses);
    }
    csv.flush().map_err(|error| TableError(format!("could not be written: {error}")))?;
    let predicate = |name: &str| mapping.predicates.iter().find(|predicate| predicate.name() == name);
    export.losses.extend(whole::losses(ledger, |id| writer.sources.get(id), predicate, because));
    Ok(export)
}

struct Writer<'a> {
    ledger: &'a Ledger,
    mapping: &'a Mapping,
    allowed: &'a Allowed,
    /// The columns in their order.
    names: Vec<String>,
    header: Header,
    /// The sources as a reader of the table would know them.
    sources: Sources,
}

impl<'a> Writer<'a> {
    fn new(ledger: &'a Ledger, mapping: &'a Mapping, allowed: &'a Allowed) -> Self {
        let mut names: Vec<String> = Vec::new();
        for column in mapping.claims.iter().flat_map(ClaimColumns::columns) {
            if !names.iter().any(|name| name == column) {
                names.push(column.to_owned());
            }
        }
        let header = Header(names.iter().cloned().zip(0..).collect());
        let mut sources = Sources::default();
        mapping.sources.iter().cloned().for_each(|source| sources.define(source));
        sources.take_new();
        Self { ledger, mapping, allowed, names, header, sources }
    }

    /// The row that loses least, by whichever group of columns it is written.
    fn row(&mut self, claim: &Claim) -> (StringRecord, Verdict) {
        let mut best: Option<(StringRecord, Verdict, Vec<Source>)> = None;
        for columns in &self.mapping.claims {
            let row = self.cells(claim, columns);
            let read = Row { header: &self.header, cells: &row, mapping: self.mapping };
            let read = read.claims(columns, &mut self.sources);
            let met = self.sources.forget_new();
            let read = read.ok().filter(|claims| claims.len() == 1).and_then(|mut claims| claims.pop());
            let verdict = compare(claim, read.as_ref(), self.ledger.policy(), self.allowed, because);
            let is_better = best.as_ref().is_none_or(|(_, best, _)| {
                (verdict.is_written, best.losses.len()) > (best.is_written, verdict.losses.len())
            });
            if is_better {
                best = Some((row, verdict, met));
            }
        }
        // The mapping has a group of columns: this was looked at.
        let Some((row, verdict, met)) = best else { return (StringRecord::new(), Verdict::refused()) };
        if verdict.is_written {
            for source in met {
                self.sources.define(source);
            }
            self.sources.take_new();
        }
        (row, verdict)
    }

    fn cells(&self, claim: &Claim, columns: &ClaimColumns) -> StringRecord {
        let mut cells = Cells::default();
        for (column, cell) in &columns.only {
            cells.0.insert(column.clone(), cell.clone());
        }
        cells.put(&columns.subject, Some(claim.topic().subject().to_owned()));
        cells.put(&columns.predicate, Some(claim.topic().predicate().to_owned()));
        self.value(claim, columns, &mut cells);
        let stance = Some(claim.stance()).filter(|stance| *stance != Stance::Affirms);
        cells.put(&columns.stance, stance.map(|stance| stance.to_string()));
        cells.put(&columns.scope, claim.scope().map(str::to_owned));
        cells.put(&columns.origin, Some(self.source(claim.origin())));
        let sign = columns.relays_split.as_deref().unwrap_or(" ");
        let relays: Vec<String> = claim.relays().iter().map(|relay| self.source(relay)).collect();
        cells.put(&columns.relays, (!relays.is_empty()).then(|| relays.join(sign)));
        Self::times(claim, columns, &mut cells);
        if let Some(confidence) = claim.confidence() {
            cells.put(&columns.likelihood, confidence.likelihood().map(ToString::to_string));
            cells.put(&columns.level, confidence.level().map(|level| level.to_string()));
            cells.put(&columns.stix, confidence.stix().map(|stix| stix.to_string()));
        }
        cells.put(&columns.basis, claim.basis().map(|basis| basis.to_string()));
        cells.put(&columns.credibility, claim.credibility().map(|credibility| credibility.rating().to_string()));
        cells.put(&columns.note, claim.note().map(str::to_owned));
        let absent = self.mapping.absent.first().map_or("", String::as_str);
        let cell = |name: &String| cells::defused(cells.0.get(name).map_or(absent, String::as_str));
        self.names.iter().map(cell).collect()
    }

    fn times(claim: &Claim, columns: &ClaimColumns, cells: &mut Cells) {
        let text = |text: Option<&str>| text.map(str::to_owned);
        let as_of = claim.as_of().map(|as_of| as_of.to_string());
        match as_of.as_deref().and_then(|as_of| as_of.split_once('/')) {
            Some((first, last)) if !columns.as_of_end.is_empty() => {
                cells.put(&columns.as_of, Some(first.to_owned()));
                cells.put(&columns.as_of_end, Some(last.to_owned()));
            }
            _ => cells.put(&columns.as_of, as_of),
        }
        cells.put(&columns.stated, claim.stated().map(|stated| stated.to_string()));
        if let [citation, ..] = claim.citations() {
            cells.put(&columns.url, text(citation.url()));
            cells.put(&columns.title, text(citation.title()));
            cells.put(&columns.published, citation.published().map(|moment| moment.to_string()));
            cells.put(&columns.accessed, citation.accessed().map(|moment| moment.to_string()));
            cells.put(&columns.excerpt, text(citation.excerpt()));
            cells.put(&columns.prefix, text(citation.prefix()));
            cells.put(&columns.suffix, text(citation.suffix()));
            cells.put(&columns.start, citation.start().map(|start| start.to_string()));
            cells.put(&columns.end, citation.end().map(|end| end.to_string()));
            cells.put(&columns.digest, text(citation.digest()));
        }
    }

    fn value(&self, claim: &Claim, columns: &ClaimColumns, cells: &mut Cells) {
        match claim.value() {
            Some(Value::Text(text)) => cells.put(&columns.text, Some(text.to_string())),
            Some(Value::Period(period)) => cells.put(&columns.period, Some(period.to_string())),
            Some(Value::Figure(figure)) => self.figure(figure, columns, cells),
            None => {
                let declined = self.mapping.declined.first().filter(|_| columns.stance.is_empty());
                let whole = [&columns.figure, &columns.number, &columns.text, &columns.period, &columns.low];
                if let Some(templates) = whole.into_iter().find(|templates| !templates.is_empty()) {
                    cells.put(templates, declined.cloned());
                }
            }
        }
    }

    fn figure(&self, figure: &Figure, columns: &ClaimColumns, cells: &mut Cells) {
        let bare = Figure::new(*figure.hedge()).unwrap_or_else(|_| figure.clone());
        if !columns.figure.is_empty() {
            let is_apart = !columns.unit.is_empty() && !figure.is_ratio();
            cells.put(&columns.figure, Some(if is_apart { &bare } else { figure }.to_string()));
            cells.put(&columns.unit, figure.unit().filter(|_| is_apart).map(str::to_owned));
            return;
        }
        let written = |number: Number| match self.mapping.numbers {
            Some(Numbers::Comma) => number.to_string().replace('.', ","),
            _ => number.to_string(),
        };
        cells.put(&columns.unit, figure.unit().map(str::to_owned));
        let (word, numbers) = numbers(figure.hedge());
        match numbers {
            [Some(number), None, None] if !columns.number.is_empty() => {
                cells.put(&columns.number, Some(written(number)));
                cells.put(&columns.hedge, word.map(str::to_owned));
            }
            [Some(number), None, None] => {
                for templates in [&columns.low, &columns.best, &columns.high] {
                    cells.put(templates, Some(written(number)));
                }
            }
            [low, best, high] => {
                cells.put(&columns.low, low.map(written));
                cells.put(&columns.best, best.map(written));
                cells.put(&columns.high, high.map(written));
            }
        }
    }

    /// A source as a reader finds it: by its name where that gives its id, and else by its id.
    fn source(&self, id: &SourceId) -> String {
        let by_name = |source: &&Source| self.sources.get(id).is_none() && SourceId::slug(source.name()) == *id;
        self.ledger.source(id).filter(by_name).map_or_else(|| id.to_string(), |source| source.name().to_owned())
    }
}

/// The word and the numbers of a hedge: one, or low, best and high.
fn numbers(hedge: &Hedge) -> (Option<&'static str>, [Option<Number>; 3]) {
    let (word, number) = match hedge {
        Hedge::Exactly(number) => (None, number),
        Hedge::MoreThan(number) => (Some("more_than"), number),
        Hedge::AtLeast(number) => (Some("at_least"), number),
        Hedge::LessThan(number) => (Some("less_than"), number),
        Hedge::AtMost(number) => (Some("at_most"), number),
        Hedge::About(number) => (Some("about"), number),
        Hedge::Nearly(number) => (Some("nearly"), number),
        Hedge::JustOver(number) => (Some("just_over"), number),
        Hedge::Rounded { number, .. } => return (None, [Some(*number), None, None]),
        Hedge::Between(low, high) => return (None, [Some(*low), None, Some(*high)]),
        Hedge::Estimate { low, high, best } => return (None, [Some(*low), Some(*best), Some(*high)]),
        _ => return (None, [None; 3]),
    };
    (word, [number.to_number(), None, None])
}

/// Cells by the names of their columns.
#[derive(Default)]
struct Cells(BTreeMap<String, String>);

impl Cells {
    /// Fills cells so that one of the templates gives this text, if there are such.
    fn put(&mut self, templates: &Templates, text: Option<String>) {
        let Some(text) = text else { return };
        for template in &templates.0 {
            let Some(solved) = template.solve(&text) else { continue };
            if solved.iter().all(|(name, cell)| self.0.get(*name).is_none_or(|other| other == cell)) {
                self.0.extend(solved.into_iter().map(|(name, cell)| (name.to_owned(), cell.to_owned())));
                return;
            }
        }
    }
}

/// Why a table with this mapping does not hold a part.
fn because(field: &str) -> &'static str {
    match field {
        "claim" => {
            "no columns of the mapping take it: a part that is needed has no column, or a cell would read otherwise"
        }
        "topic" => "the mapping's subject and predicate are others",
        "origin" => "the source would be read as another one",
        "stance" => "the mapping has no column for the stance",
        "value" | "value.hedge" => "the mapping's columns do not hold the hedge of the figure",
        "value.unit" => "the mapping has no column for the unit",
        "citations" => "a row has one citation, with the parts that the mapping has columns for",
        "retraction" => "a table has what stands; a row that is gone is a retraction only in a snapshot",
        "recorded" => "a table has no time of recording but that of its snapshot",
        "source" => "no row names the source, and the mapping does not define it",
        "name" | "kind" | "part_of" | "reliability" | "url" => "the mapping does not define the source so",
        "predicate" => "the mapping does not define the predicate",
        _ => whole::usual(field).unwrap_or("the mapping has no column for it, or a cell would read otherwise"),
    }
}
