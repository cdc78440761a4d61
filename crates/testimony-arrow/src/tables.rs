//! A ledger as tables.

use std::borrow::Cow;
use std::io;

use arrow_array::RecordBatch;
use arrow_array::builder::{Int64Builder, StringBuilder, TimestampMicrosecondBuilder};
use chrono::{DateTime, FixedOffset};
use testimony::{ContentRef, EntryRef, Label, Ledger, Policy, Timestamp, jsonl};

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
    each_table(ledger, ROWS, |table, groups| {
        for place in 0..groups.count {
            (groups.rows)(place, ROWS, &mut |batch| {
                batches.push((table, batch));
                Ok(())
            })?;
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

/// A table in groups of rows.
pub(crate) struct Groups<'a> {
    pub(crate) count: usize,
    pub(crate) rows: &'a RowsOfGroup<'a>,
}

/// Hands on the rows of the group at a place, in a batch or more: of so many rows each, where they are yet to be made.
type RowsOfGroup<'a> = dyn Fn(usize, usize, &mut HandOn<'_>) -> Result<(), TableError> + Sync + 'a;
type HandOn<'a> = dyn FnMut(RecordBatch) -> Result<(), TableError> + 'a;

/// Hands on the tables of a ledger, one at a time, in groups of so many rows at most.
pub(crate) fn each_table(
    ledger: &Ledger,
    most: usize,
    mut hand_on: impl FnMut(Table, Groups<'_>) -> Result<(), TableError>,
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
    in_slices(&mut hand_on, most, Table::Format, &format(ledger.policy())?)?;
    in_slices(&mut hand_on, most, Table::Sources, &tables.sources.finish()?)?;
    in_slices(&mut hand_on, most, Table::Predicates, &tables.predicates.finish()?)?;
    in_slices(&mut hand_on, most, Table::Names, &tables.names.finish()?)?;
    claims.sort_by_key(|(part, _)| *part);
    let groups = groups(&claims, most);
    let rows = |place: usize, at_a_time: usize, hand_on: &mut HandOn<'_>| {
        rows_of_claims(ledger, &parts, groups[place], at_a_time, hand_on)
    };
    hand_on(Table::Claims, Groups { count: groups.len(), rows: &rows })?;
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
    in_slices(&mut hand_on, most, Table::Constraints, &constraints.finish()?)?;
    in_slices(&mut hand_on, most, Table::Retractions, &retractions.finish()?)?;
    in_slices(&mut hand_on, most, Table::Amendments, &amendments.finish()?)
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
    hand_on: &mut impl FnMut(Table, Groups<'_>) -> Result<(), TableError>,
    most: usize,
    table: Table,
    batch: &RecordBatch,
) -> Result<(), TableError> {
    let rows = |place: usize, _: usize, hand_on: &mut HandOn<'_>| {
        hand_on(batch.slice(place * most, most.min(batch.num_rows() - place * most)))
    };
    hand_on(table, Groups { count: batch.num_rows().div_ceil(most).max(1), rows: &rows })
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

fn rows_of_claims(
    ledger: &Ledger,
    parts: &Parts<'_>,
    claims: &[(u32, Place<'_>)],
    at_a_time: usize,
    hand_on: &mut HandOn<'_>,
) -> Result<(), TableError> {
    let mut columns = Claims::new(ledger);
    for (row, (part, place)) in claims.iter().enumerate() {
        if row > 0 && row % at_a_time == 0 {
            hand_on(columns.finish()?)?;
        }
        if let ContentRef::Claim(claim) = place.entry.content() {
            columns.add(parts.name(*part), place, claim)?;
        }
    }
    hand_on(columns.finish()?)
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
        let part_of_claim = |claim| ledger.claim(claim).map(|claim| self.parts.place_of_claim(claim));
        match place.entry.content() {
            ContentRef::Source(source) => self.sources.add(&place, source, ledger)?,
            ContentRef::Predicate(predicate) => self.predicates.add(&place, predicate)?,
            ContentRef::Subject(names) => self.names.add(&place, "subject", names)?,
            ContentRef::Unit(names) => self.names.add(&place, "unit", names)?,
            ContentRef::Scope(names) => self.names.add(&place, "scope", names)?,
            ContentRef::Claim(claim) => claims.push((self.parts.place_of_claim(claim), place)),
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

    /// Adds a row. Gives the label of the claim, if the row is one.
    pub(crate) fn add(&mut self, part: Option<&str>, place: &Place<'_>) -> Result<Option<Label>, TableError> {
        self.text.clear();
        let before = place.recorded.filter(|_| !place.is_timed);
        let label = jsonl::add_line_with_label(&mut self.text, &place.entry, before)?;
        // The line that names the format stands before the first entry.
        self.add_line(part, place.entry.sequence() + 1, place.recorded)?;
        Ok(label)
    }

    fn add_line(&mut self, part: Option<&str>, seq: u64, recorded: Option<Timestamp>) -> Result<(), TableError> {
        self.part.append_option(part);
        self.seq.append_value(seq.cast_signed());
        self.recorded.append_option(recorded.map(|time| DateTime::<FixedOffset>::from(time).timestamp_micros()));
        self.line.append_value(str::from_utf8(self.text.trim_ascii_end()).map_err(io::Error::other)?);
        Ok(())
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
    common.add_line(None, 0, None)?;
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
