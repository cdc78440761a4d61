//! Snapshots: a table as its publisher had it at a time, and what changed since the last one.

use std::collections::{HashMap, HashSet};
use std::io::Read;

use csv::StringRecord;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use testimony::{
    Citation, Claim, ClaimId, ClaimRef, Date, Entry, Label, Ledger, Period, Retraction, SourceId, Timestamp,
};

use super::mapping::{Mapping, SnapshotOf, TableError};
use super::read::Rows;
use super::row::Row;
use crate::law::Refusal;
use crate::sources::Sources;

/// The changes that a snapshot made to a ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// The entries that were added to the ledger, each with its time; retractions name claims by label.
    pub entries: Vec<Entry>,
    /// Rows that were not there before, by claims.
    pub added: usize,
    /// Rows that read otherwise than before, by claims.
    pub revised: usize,
    /// Rows that are gone, by claims taken back.
    pub withdrawn: usize,
    /// Rows as they were, by claims.
    pub unchanged: usize,
    /// The rows that were not read, each with the reason. Their claims of before stand.
    pub refused: Vec<Refusal>,
}

/// Records what changed in a table since its last snapshot.
///
/// For many snapshots use [`Snapshots`], which does not look for the last one each time.
///
/// # Errors
///
/// A mapping without `[snapshot]`, a table that cannot be read at all, a time before the last entry's, and what the
/// ledger refuses.
pub fn read_snapshot(
    ledger: &mut Ledger,
    input: impl Read,
    mapping: &Mapping,
    at: Timestamp,
) -> Result<Recorded, TableError> {
    Snapshots::new(ledger, mapping)?.record(ledger, input, at)
}

/// The rows of a table as the last snapshot had them.
///
/// ```
/// use testimony::Ledger;
/// use testimony_exchange::table::{Mapping, Snapshots};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mapping = Mapping::from_toml(
///     r#"
///     [snapshot]
///     table = "https://health.example/daily.csv"
///     publisher = "ministry"
///     key = "{date}"
///     whole = true
///     [[claim]]
///     subject = "the strip"
///     predicate = "killed"
///     number = "{killed}"
///     origin = "ministry"
///     as_of = "{date}"
///     "#,
/// )?;
/// let mut ledger = Ledger::new();
/// let mut snapshots = Snapshots::new(&ledger, &mapping)?;
/// snapshots.record(&mut ledger, "date,killed\n2024-01-01,10\n".as_bytes(), "2024-01-02T00:00:00Z".parse()?)?;
/// let second = snapshots.record(&mut ledger, "date,killed\n2024-01-01,12\n".as_bytes(), "2024-02-01T00:00:00Z".parse()?)?;
/// assert_eq!((second.revised, ledger.claims().len()), (1, 2));
/// let then = ledger.at("2024-01-31T00:00:00Z".parse()?);
/// assert_eq!(then.claims().filter(|claim| claim.stands()).count(), 1);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Snapshots<'m> {
    mapping: &'m Mapping,
    of: &'m SnapshotOf,
    publisher: SourceId,
    sources: Sources,
    rows: HashMap<Place, Kept>,
    /// On how many rows a claim is.
    uses: HashMap<Label, usize>,
    /// The cells of the last snapshot's rows, so that a row which is as it was is not read again.
    raw: HashMap<String, Seen>,
    number: u64,
}

/// A claim of a row: the row's key, which of its claims, and as of when.
type Place = (String, usize, Option<Period>);

#[derive(Debug)]
struct Kept {
    label: Label,
    id: ClaimId,
    /// The last snapshot that had it.
    snapshot: u64,
}

#[derive(Debug)]
struct Seen {
    cells: StringRecord,
    places: Vec<Place>,
    snapshot: u64,
}

/// The times for which a snapshot lists a key.
#[derive(Debug, Default)]
struct Listed {
    is_undated: bool,
    dated: Option<Days>,
}

/// The days from the first of any period to the last of any; none is an open end.
#[derive(Debug, Clone, Copy)]
struct Days {
    first: Option<Date>,
    last: Option<Date>,
}

impl Days {
    fn of(period: Period) -> Self {
        Self { first: period.first_day(), last: period.last_day() }
    }

    fn and(self, other: Self) -> Self {
        // An open beginning sorts before every day.
        Self { first: self.first.min(other.first), last: self.last.zip(other.last).map(|(one, two)| one.max(two)) }
    }

    fn cover(self, other: Self) -> bool {
        self.first <= other.first && self.last.is_none_or(|last| other.last.is_some_and(|other| other <= last))
    }
}

impl Listed {
    fn add(&mut self, as_of: Option<Period>) {
        match as_of.map(Days::of) {
            Some(days) => self.dated = Some(self.dated.map_or(days, |before| before.and(days))),
            None => self.is_undated = true,
        }
    }
}

impl<'m> Snapshots<'m> {
    /// Finds the claims of the table that stand in a ledger.
    ///
    /// # Errors
    ///
    /// A mapping without `[snapshot]`, and a publisher that is no id.
    pub fn new(ledger: &Ledger, mapping: &'m Mapping) -> Result<Self, TableError> {
        let missing = || TableError("the mapping has no [snapshot] with table, publisher and key".to_owned());
        let of = mapping.snapshot.as_ref().ok_or_else(missing)?;
        let publisher = SourceId::new(&of.publisher).map_err(|error| TableError(format!("publisher: {error}")))?;
        let mut sources = Sources::default();
        ledger.sources().cloned().for_each(|source| sources.define(source));
        sources.take_new();
        mapping.sources.iter().cloned().for_each(|source| sources.define(source));
        let mut snapshots = Self {
            mapping,
            of,
            publisher,
            sources,
            rows: HashMap::new(),
            uses: HashMap::new(),
            raw: HashMap::new(),
            number: 0,
        };
        for claim in ledger.claims().filter(|claim| !claim.is_retracted()) {
            let places: Vec<_> = claim.citations().iter().filter_map(|citation| snapshots.place_of(citation)).collect();
            for (key, group) in places {
                snapshots.keep((key, group, claim.as_of()), &claim);
            }
        }
        Ok(snapshots)
    }

    /// Records what changed between the last snapshot and this one, of the time `at`.
    ///
    /// # Errors
    ///
    /// A table that cannot be read at all, a time before the last entry's, and what the ledger refuses.
    pub fn record(&mut self, ledger: &mut Ledger, input: impl Read, at: Timestamp) -> Result<Recorded, TableError> {
        let mut rows = Rows::new(input, self.mapping)?;
        rows.knows(self.of.key.0.iter().flat_map(super::Template::columns), "key")?;
        self.number += 1;
        let mut recorded = Recorded::default();
        if self.number == 1 {
            self.define(ledger, at, &mut recorded)?;
        }
        let mut record = StringRecord::new();
        let mut is_whole = self.of.whole;
        let mut unread = HashSet::new();
        while let Some(read) = rows.next(&mut record) {
            if let Err(refusal) = read {
                // Which row this was is not known, so that none is known to be gone.
                is_whole = false;
                recorded.refused.push(refusal);
                continue;
            }
            let row = Row { header: &rows.header, cells: &record, mapping: self.mapping };
            if row.is_blank() {
                continue;
            }
            is_whole &= self.row(ledger, row, rows.number(), at, &mut unread, &mut recorded)?;
        }
        if is_whole {
            // A row that cannot be read is there, whatever it says: what it said before is not gone.
            let number = self.number;
            let is_unread = |((key, ..), _): &(&Place, &mut Kept)| unread.contains(key);
            self.rows.iter_mut().filter(is_unread).for_each(|(_, kept)| kept.snapshot = number);
            self.withdraw(ledger, at, &mut recorded)?;
        }
        let number = self.number;
        self.raw.retain(|_, seen| seen.snapshot == number);
        Ok(recorded)
    }

    /// Puts the sources and predicates of the mapping on record.
    fn define(&mut self, ledger: &mut Ledger, at: Timestamp, recorded: &mut Recorded) -> Result<(), TableError> {
        let publisher = &self.publisher;
        let source = || testimony::Source::new(publisher, publisher.as_str());
        if self.sources.get(publisher).is_none() {
            self.sources.define(source().map_err(|error| TableError(error.to_string()))?);
        }
        self.append_sources(ledger, at, recorded)?;
        for predicate in &self.mapping.predicates {
            append(ledger, predicate.clone(), at, recorded)?;
        }
        Ok(())
    }

    fn append_sources(
        &mut self,
        ledger: &mut Ledger,
        at: Timestamp,
        recorded: &mut Recorded,
    ) -> Result<(), TableError> {
        self.sources.take_new().into_iter().try_for_each(|source| append(ledger, source, at, recorded))
    }

    /// Records a row; gives whether it has a key, so that it is known which rows are there. The key of one that cannot be
    /// read goes to the unread ones.
    fn row(
        &mut self,
        ledger: &mut Ledger,
        row: Row<'_>,
        number: u64,
        at: Timestamp,
        unread: &mut HashSet<String>,
        recorded: &mut Recorded,
    ) -> Result<bool, TableError> {
        let Some(key) = self.of.key.fill(|column| row.cell(column)) else {
            let refusal = Refusal::at(self.of.key.named(), "says nothing, and is the key of the row");
            recorded.refused.push(refusal.in_row(number));
            return Ok(false);
        };
        if let Some(seen) = self.raw.get_mut(&key) {
            if seen.snapshot == self.number {
                // Rows with one key are told apart by their as-of, and are not kept as they were.
                seen.cells.clear();
            } else if seen.cells == *row.cells {
                seen.snapshot = self.number;
                for place in &seen.places {
                    self.rows.get_mut(place).into_iter().for_each(|kept| kept.snapshot = self.number);
                }
                recorded.unchanged += seen.places.len();
                return Ok(true);
            }
        }
        let (mut places, mut is_read) = (Vec::new(), true);
        let mapping = self.mapping;
        for (group, columns) in mapping.claims.iter().enumerate() {
            let read = row.claims(columns, &mut self.sources);
            self.append_sources(ledger, at, recorded)?;
            match read {
                Ok(claims) => {
                    for (i, claim) in claims.into_iter().enumerate() {
                        let group = group + i * mapping.claims.len();
                        let place = (key.clone(), group, claim.as_of());
                        self.claim(ledger, place.clone(), claim, at, recorded)?;
                        places.push(place);
                    }
                }
                Err(refusal) => {
                    recorded.refused.push(refusal.in_row(number));
                    is_read = false;
                }
            }
        }
        if !is_read {
            unread.insert(key);
        } else if self.raw.get(&key).is_none_or(|seen| seen.snapshot != self.number) {
            self.raw.insert(key, Seen { cells: row.cells.clone(), places, snapshot: self.number });
        }
        Ok(true)
    }

    fn claim(
        &mut self,
        ledger: &mut Ledger,
        place: Place,
        claim: Claim,
        at: Timestamp,
        recorded: &mut Recorded,
    ) -> Result<(), TableError> {
        let claim = self.complete(&place, claim);
        let label = claim.label();
        if let Some(kept) = self.rows.get_mut(&place) {
            if kept.label == label {
                kept.snapshot = self.number;
                recorded.unchanged += 1;
                return Ok(());
            }
            recorded.revised += 1;
            self.release(ledger, &place, format!("reads otherwise in the snapshot of {at}"), false, at, recorded)?;
        } else {
            recorded.added += 1;
        }
        append(ledger, claim, at, recorded)?;
        if let Some(claim) = ledger.claim(label) {
            self.keep(place, &claim);
        }
        Ok(())
    }

    /// The claim with the publisher in its chain and the row in its citation.
    fn complete(&self, place: &Place, claim: Claim) -> Claim {
        let is_there = *claim.origin() == self.publisher || claim.relays().contains(&self.publisher);
        let claim = if is_there { claim } else { claim.with_relay(&self.publisher) };
        let (key, group, _) = place;
        let key = utf8_percent_encode(key, NON_ALPHANUMERIC);
        claim.with_citation(Citation::new().with_url(format!("{}#row={key}&claim={group}", self.of.table)))
    }

    /// The row and the group of columns that a citation of this table names.
    fn place_of(&self, citation: &Citation) -> Option<(String, usize)> {
        let fragment = citation.url()?.strip_prefix(&self.of.table)?.strip_prefix("#row=")?;
        let (key, group) = fragment.rsplit_once("&claim=")?;
        Some((percent_decode_str(key).decode_utf8().ok()?.into_owned(), group.parse().ok()?))
    }

    fn keep(&mut self, place: Place, claim: &ClaimRef<'_>) {
        let label = claim.label();
        *self.uses.entry(label).or_default() += 1;
        self.rows.insert(place, Kept { label, id: claim.id(), snapshot: self.number });
    }

    /// Takes the claim of a row back, unless another row makes it too. What came from elsewhere as well is not taken back
    /// for being gone.
    fn release(
        &mut self,
        ledger: &mut Ledger,
        place: &Place,
        reason: String,
        is_gone: bool,
        at: Timestamp,
        recorded: &mut Recorded,
    ) -> Result<(), TableError> {
        let Some(kept) = self.rows.remove(place) else { return Ok(()) };
        let uses = self.uses.entry(kept.label).or_default();
        *uses = uses.saturating_sub(1);
        if *uses > 0 {
            return Ok(());
        }
        self.uses.remove(&kept.label);
        let Some(claim) = ledger.claim(kept.id).filter(|claim| !claim.is_retracted()) else { return Ok(()) };
        if is_gone && !self.is_ours_alone(&claim) {
            return Ok(());
        }
        recorded.withdrawn += usize::from(is_gone);
        append(ledger, Retraction::new(kept.label).with_by(&self.publisher).with_reason(reason), at, recorded)
    }

    /// Whether a claim was recorded from this table, and since then cited from nowhere else.
    fn is_ours_alone(&self, claim: &ClaimRef<'_>) -> bool {
        let first = claim.as_recorded();
        let is_row = |citation: &Citation| self.place_of(citation).is_some();
        let mut later = claim.citations().iter().filter(|citation| !first.citations().contains(citation));
        first.citations().iter().any(is_row) && later.all(is_row)
    }

    /// Whether a snapshot would list a row as of then if there were one: one that it lists the key of for other times
    /// alone says nothing of that time.
    fn covers(&self, as_of: Option<Period>, listed: Option<&Listed>) -> bool {
        let Some(listed) = listed else { return true };
        let Some(as_of) = as_of else { return listed.is_undated };
        let days = self.of.covers.map(Days::of).or(listed.dated);
        days.is_some_and(|days| days.cover(Days::of(as_of)))
    }

    fn withdraw(&mut self, ledger: &mut Ledger, at: Timestamp, recorded: &mut Recorded) -> Result<(), TableError> {
        let mut gone: Vec<(ClaimId, Place)> = self
            .rows
            .iter()
            .filter(|(_, kept)| kept.snapshot != self.number)
            .map(|(place, kept)| (kept.id, place.clone()))
            .collect();
        gone.sort_by_key(|(id, _)| *id);
        let mut listed: HashMap<&String, Listed> = HashMap::new();
        if !gone.is_empty() {
            for ((key, _, as_of), kept) in &self.rows {
                if kept.snapshot == self.number {
                    listed.entry(key).or_default().add(*as_of);
                }
            }
        }
        gone.retain(|(_, (key, _, as_of))| self.covers(*as_of, listed.get(key)));
        for (_, place) in gone {
            self.release(ledger, &place, format!("no longer listed in the snapshot of {at}"), true, at, recorded)?;
        }
        Ok(())
    }
}

/// Appends an entry with its time, and keeps it if the ledger had not had it already.
fn append(
    ledger: &mut Ledger,
    content: impl Into<Entry>,
    at: Timestamp,
    recorded: &mut Recorded,
) -> Result<(), TableError> {
    let entry = content.into().with_recorded(at);
    let before = ledger.len();
    ledger.append(entry.clone()).map_err(|error| TableError(super::cells::told(&error)))?;
    if ledger.len() > before {
        recorded.entries.push(entry);
    }
    Ok(())
}
