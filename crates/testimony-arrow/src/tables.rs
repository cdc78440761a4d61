//! A ledger as tables.

use std::borrow::Cow;

use arrow_array::RecordBatch;
use arrow_array::builder::{Int64Builder, StringBuilder, TimestampMicrosecondBuilder};
use chrono::{DateTime, FixedOffset};
use testimony::{ContentRef, EntryRef, Ledger, Policy, Timestamp, jsonl};

use crate::claims::Claims;
use crate::columns::array;
use crate::entries::{Amendments, Constraints, Format, Names, Predicates, Retractions, Sources};
use crate::error::TableError;
use crate::kept::Kept;
use crate::parts::{Parts, topics};
use crate::rows::RowColumns;
use crate::schema::Table;

/// How many claims a batch has at most, and a row group with it. A part goes into one if it is not larger.
pub(crate) const ROWS: usize = 64 * 1024;

/// The tables of a ledger, as batches: those of one table together, in the order of [`Table::OF_LEDGER`]. Each table has
/// one batch at least, and rows sorted by `part` and then by `seq`.
///
/// # Errors
///
/// An entry whose line would be longer than a line can be.
///
/// ```
/// use testimony::{Ledger, Source};
/// use testimony_arrow::{Table, from_batches, to_batches};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut ledger = Ledger::new();
/// ledger.add_source(Source::new("nis", "NIS")?)?;
/// let batches = to_batches(&ledger)?;
/// let sources = batches.iter().find(|(table, _)| *table == Table::Sources).expect("each table has a batch");
/// assert_eq!(sources.1.num_rows(), 1);
/// let again = from_batches(batches.iter().map(|(_, batch)| batch))?;
/// assert_eq!(again.sources().len(), 1);
/// # Ok(())
/// # }
/// ```
pub fn to_batches(ledger: &Ledger) -> Result<Vec<(Table, RecordBatch)>, TableError> {
    let mut batches = Vec::new();
    each_table(ledger, |table, of_table| {
        for place in 0..of_table.count {
            batches.push((table, (of_table.make)(place)?));
        }
        Ok(())
    })?;
    Ok(batches)
}

/// The ledger of which these batches are the tables, in any order; those without the columns `seq` and `line` are no
/// tables of a ledger. All that is not in `line` is passed over: it was worked out.
///
/// # Errors
///
/// A column that is missing or of another type; a row that is no line of a ledger.
pub fn from_batches<'a>(batches: impl IntoIterator<Item = &'a RecordBatch>) -> Result<Ledger, TableError> {
    let mut kept = Kept::default();
    for batch in batches {
        for row in RowColumns::new(batch)?.rows() {
            kept.push(row?);
        }
    }
    Ok(kept.ledger(&Kept::default())?.loaded.ledger)
}

/// A table in batches: how many there are, and what makes each of them.
pub(crate) struct Batches<'a> {
    pub(crate) count: usize,
    pub(crate) make: &'a (dyn Fn(usize) -> Result<RecordBatch, TableError> + Sync),
}

/// Hands on the tables of a ledger, one at a time.
pub(crate) fn each_table(
    ledger: &Ledger,
    mut hand_on: impl FnMut(Table, Batches<'_>) -> Result<(), TableError>,
) -> Result<(), TableError> {
    let ledger = numbered_by_place(ledger)?;
    let ledger = ledger.as_ref();
    let parts = Parts::of(ledger);
    let mut tables = Tables::new(&parts);
    let mut claims = Vec::with_capacity(ledger.claims().len());
    let mut before = None;
    for entry in ledger.entries() {
        let place = Place { recorded: entry.recorded(), is_timed: entry.recorded() != before, entry };
        before = entry.recorded();
        tables.add(place, ledger, &mut claims)?;
    }
    in_slices(&mut hand_on, Table::Format, &format(ledger.policy())?)?;
    in_slices(&mut hand_on, Table::Sources, &tables.sources.finish()?)?;
    in_slices(&mut hand_on, Table::Predicates, &tables.predicates.finish()?)?;
    in_slices(&mut hand_on, Table::Names, &tables.names.finish()?)?;
    claims.sort_by_key(|(part, _)| *part);
    let groups = groups(&claims, ROWS);
    let make = |place: usize| batch_of_claims(ledger, &parts, groups[place]);
    hand_on(Table::Claims, Batches { count: groups.len(), make: &make })?;
    tables.about.sort_by_key(|(part, _)| *part);
    let mut constraints = Constraints::new();
    let (mut retractions, mut amendments) = (Retractions::new(), Amendments::new());
    for (part, place) in &tables.about {
        let part = part.map(|part| parts.name(part));
        match place.entry.content() {
            ContentRef::Constraint(constraint) => constraints.add(part, place, constraint, ledger)?,
            ContentRef::Retraction(retraction) => retractions.add(part, place, retraction, ledger)?,
            ContentRef::Amendment(amendment) => amendments.add(part, place, amendment, ledger)?,
            _ => {}
        }
    }
    in_slices(&mut hand_on, Table::Constraints, &constraints.finish()?)?;
    in_slices(&mut hand_on, Table::Retractions, &retractions.finish()?)?;
    in_slices(&mut hand_on, Table::Amendments, &amendments.finish()?)
}

/// The same ledger with claims that have the numbers that its file gives them: those of a part have others.
fn numbered_by_place(ledger: &Ledger) -> Result<Cow<'_, Ledger>, TableError> {
    if (0..).zip(ledger.claims()).all(|(place, claim)| claim.id().number() == place) {
        return Ok(Cow::Borrowed(ledger));
    }
    let mut lines = Vec::new();
    jsonl::write(ledger, &mut lines)?;
    Ok(Cow::Owned(jsonl::read(lines.as_slice())?))
}

/// Hands on a table that is made already.
fn in_slices(
    hand_on: &mut impl FnMut(Table, Batches<'_>) -> Result<(), TableError>,
    table: Table,
    batch: &RecordBatch,
) -> Result<(), TableError> {
    let make = |place| Ok(batch.slice(place * ROWS, ROWS.min(batch.num_rows() - place * ROWS)));
    hand_on(table, Batches { count: batch.num_rows().div_ceil(ROWS).max(1), make: &make })
}

/// The claims of each batch: those of whole parts, and of one that is larger than a batch as many as there is room for.
fn groups<T>(claims: &[(u32, T)], most: usize) -> Vec<&[(u32, T)]> {
    let mut groups = Vec::new();
    let (mut start, mut end) = (0, 0);
    for part in claims.chunk_by(|(one, _), (other, _)| one == other) {
        if end > start && end - start + part.len() > most {
            groups.push(&claims[start..end]);
            start = end;
        }
        end += part.len();
        while end - start > most {
            groups.push(&claims[start..start + most]);
            start += most;
        }
    }
    if end > start || claims.is_empty() {
        groups.push(&claims[start..end]);
    }
    groups
}

fn batch_of_claims(ledger: &Ledger, parts: &Parts<'_>, claims: &[(u32, Place<'_>)]) -> Result<RecordBatch, TableError> {
    let mut columns = Claims::new(ledger);
    for (part, place) in claims {
        if let ContentRef::Claim(claim) = place.entry.content() {
            columns.add(parts.name(*part), place, claim)?;
        }
    }
    columns.finish()
}

/// An entry, with what its line has of the time.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) entry: EntryRef<'a>,
    recorded: Option<Timestamp>,
    /// Whether its line has the time: the entry before was recorded at another.
    is_timed: bool,
}

/// The tables of what is not about a claim, and the entries that are about one or tie topics.
struct Tables<'a> {
    parts: &'a Parts<'a>,
    sources: Sources,
    predicates: Predicates,
    names: Names,
    about: Vec<(Option<u32>, Place<'a>)>,
}

impl<'a> Tables<'a> {
    fn new(parts: &'a Parts<'a>) -> Self {
        let (sources, predicates, names) = (Sources::new(), Predicates::new(), Names::new());
        Self { parts, sources, predicates, names, about: Vec::new() }
    }

    fn add(
        &mut self,
        place: Place<'a>,
        ledger: &'a Ledger,
        claims: &mut Vec<(u32, Place<'a>)>,
    ) -> Result<(), TableError> {
        let part_of_claim = |claim| {
            ledger
                .claim(claim)
                .map(|claim: testimony::ClaimRef<'_>| self.parts.place_of_known(claim.topic_ref().topic()))
        };
        match place.entry.content() {
            ContentRef::Source(source) => self.sources.add(&place, source, ledger)?,
            ContentRef::Predicate(predicate) => self.predicates.add(&place, predicate)?,
            ContentRef::Subject(names) => self.names.add(&place, "subject", names)?,
            ContentRef::Unit(names) => self.names.add(&place, "unit", names)?,
            ContentRef::Scope(names) => self.names.add(&place, "scope", names)?,
            ContentRef::Claim(claim) => claims.push((self.parts.place_of_known(claim.topic_ref().topic()), place)),
            ContentRef::Constraint(constraint) => {
                let part = topics(constraint).first().map(|(_, topic)| self.parts.place(topic));
                self.about.push((part, place));
            }
            ContentRef::Retraction(retraction) => self.about.push((part_of_claim(retraction.claim()), place)),
            ContentRef::Amendment(testimony::Amendment::Claim(amendment)) => {
                self.about.push((part_of_claim(amendment.claim()), place));
            }
            ContentRef::Amendment(_) => self.about.push((None, place)),
        }
        Ok(())
    }
}

/// The columns that every table of a ledger begins with.
pub(crate) struct Common {
    part: StringBuilder,
    seq: Int64Builder,
    recorded: TimestampMicrosecondBuilder,
    line: StringBuilder,
    /// The line that is being written.
    text: Vec<u8>,
}

impl Common {
    pub(crate) fn new() -> Self {
        Self {
            part: StringBuilder::new(),
            seq: Int64Builder::new(),
            recorded: TimestampMicrosecondBuilder::new().with_timezone("UTC"),
            line: StringBuilder::new(),
            text: Vec::new(),
        }
    }

    /// Adds a row.
    pub(crate) fn add(&mut self, part: Option<&str>, place: &Place<'_>) -> Result<(), TableError> {
        self.text.clear();
        let before = place.recorded.filter(|_| !place.is_timed);
        jsonl::add_line(&mut self.text, &place.entry, before)?;
        // The line that names the format stands before the first entry.
        self.add_line(part, place.entry.sequence() + 1, place.recorded);
        Ok(())
    }

    fn add_line(&mut self, part: Option<&str>, seq: u64, recorded: Option<Timestamp>) {
        self.part.append_option(part);
        self.seq.append_value(seq.cast_signed());
        self.recorded.append_option(recorded.map(|time| DateTime::<FixedOffset>::from(time).timestamp_micros()));
        self.line.append_value(String::from_utf8_lossy(self.text.trim_ascii_end()));
    }

    pub(crate) fn finish(&mut self) -> Vec<arrow_array::ArrayRef> {
        vec![
            array(self.part.finish()),
            array(self.seq.finish()),
            array(self.recorded.finish()),
            array(self.line.finish()),
        ]
    }
}

/// The table of the line that names the format.
fn format(policy: &Policy) -> Result<RecordBatch, TableError> {
    let mut common = Common::new();
    jsonl::write(&Ledger::with_policy(policy.clone()), &mut common.text)?;
    common.add_line(None, 0, None);
    Format::batch(common, policy)
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn a_part_is_in_one_group_if_it_fits() {
        // So many claims in each part, and so many in each group of four at most.
        for (parts, expected) in [
            (&[][..], &[0][..]),
            (&[1, 2, 1, 1], &[4, 1]),
            (&[3, 2], &[3, 2]),
            (&[4, 4], &[4, 4]),
            (&[1, 9, 1, 3], &[1, 4, 4, 2, 3]),
            (&[8, 1], &[4, 4, 1]),
        ] {
            let claims: Vec<(u32, ())> = (0..)
                .zip(parts)
                .flat_map(|(part, many): (u32, &usize)| std::iter::repeat_n((part, ()), *many))
                .collect();
            let groups = groups(&claims, 4);
            assert_eq!(groups.iter().map(|group| group.len()).collect::<Vec<_>>(), expected, "{parts:?}");
            assert_eq!(groups.concat(), claims);
        }
    }
}
