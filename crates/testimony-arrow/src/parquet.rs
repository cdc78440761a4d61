//! Tables as files of Parquet.

use std::fs::File;
use std::io::{self, Write};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use parquet::arrow::ArrowWriter;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowColumnWriter, compute_leaves};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::metadata::SortingColumn;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use testimony::Ledger;

use crate::budget::Budget;
use crate::error::TableError;
use crate::findings::find_in_ledger;
use crate::guard::guarded;
use crate::kept::Kept;
use crate::pages;
use crate::rows::RowColumns;
use crate::schema::{LAYOUT, LAYOUT_KEY, TABLE_KEY, Table};
use crate::tables::{Groups, ROWS, each_table};

/// How many rows of a file are read at a time: of the longest lines there can be, a gigabyte.
const AT_A_TIME: usize = 1024;

/// How many rows a page has at most: what a reader of one part reads more than it needs.
const ROWS_OF_PAGE: usize = 4096;

/// How many rows are laid out in columns at a time before they are packed: whole pages, few enough to be still at hand.
const ROWS_AT_A_TIME: usize = 2 * ROWS_OF_PAGE;

/// The most threads that write or read.
const MOST_THREADS: NonZero<usize> = NonZero::new(4).unwrap();

impl Table {
    /// The name of the file, `claims.parquet` and the like.
    #[must_use]
    pub fn file_name(self) -> String {
        format!("{}.parquet", self.name())
    }
}

/// Writes the tables of a ledger as Parquet, each into what `create` gives for it, and gives these back. The same ledger
/// is the same bytes.
///
/// Rows are sorted by `part` and then by `seq`; a part is in one row group, if it has no more rows than a group. Groups
/// are made by up to four threads, and beside the ledger as many of them are held.
///
/// # Errors
///
/// A failure to create or to write; and an entry whose line would be longer than a line can be.
///
/// ```
/// use std::fs::File;
/// use testimony::{Ledger, Source};
/// use testimony_arrow::{read_parquet, write_parquet};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let folder = folder.path();
/// let mut ledger = Ledger::new();
/// ledger.add_source(Source::new("nis", "NIS")?)?;
/// write_parquet(&ledger, |table| File::create(folder.join(table.file_name())))?;
/// assert_eq!(read_parquet(|table| File::open(folder.join(table.file_name())))?, ledger);
/// # Ok(())
/// # }
/// ```
pub fn write_parquet<W: Write + Send>(
    ledger: &Ledger,
    create: impl FnMut(Table) -> io::Result<W>,
) -> Result<Vec<(Table, W)>, TableError> {
    write_in_groups(ledger, ROWS, threads(), create)
}

/// Writes the tables in row groups of so many rows at most.
fn write_in_groups<W: Write + Send>(
    ledger: &Ledger,
    most: usize,
    threads: NonZero<usize>,
    mut create: impl FnMut(Table) -> io::Result<W>,
) -> Result<Vec<(Table, W)>, TableError> {
    let mut written = Vec::new();
    each_table(ledger, most, |table, groups| {
        written.push((table, write_table(table, create(table)?, &groups, threads)?));
        Ok(())
    })?;
    Ok(written)
}

/// Writes a table. Its row groups are made by several threads, which they are dealt out to, and written in their order:
/// what is written does not depend on how many threads there are.
fn write_table<W: Write + Send>(
    table: Table,
    output: W,
    groups: &Groups<'_>,
    threads: NonZero<usize>,
) -> Result<W, TableError> {
    let (mut file, packers) = writer(table, output)?.into_serialized_writer()?;
    let pack = |place: usize| packed(groups, place, packers.create_column_writers(place)?);
    let threads = threads.get().min(groups.count);
    thread::scope(|scope| {
        let workers: Vec<Receiver<Result<Vec<ArrowColumnChunk>, TableError>>> = (0..threads)
            .map(|first| {
                // A worker begins its next group when the last one is taken.
                let (sender, taken) = sync_channel(0);
                scope.spawn(move || {
                    (first..groups.count).step_by(threads).try_for_each(|place| sender.send(pack(place)))
                });
                taken
            })
            .collect();
        for place in 0..groups.count {
            // A worker that is gone has panicked, which the end of the scope hands on.
            let Ok(columns) = workers[place % threads].recv() else { break };
            let columns = columns?;
            if columns.is_empty() {
                continue;
            }
            let mut group = file.next_row_group()?;
            for column in columns {
                column.append_to_row_group(&mut group)?;
            }
            group.close()?;
        }
        Ok::<_, TableError>(())
    })?;
    Ok(file.into_inner()?)
}

/// How many threads there is work for: as many as the machine has, but each holds a row group.
fn threads() -> NonZero<usize> {
    thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN).min(MOST_THREADS)
}

/// The columns of a row group as they are in the file; none of no rows.
fn packed(
    groups: &Groups<'_>,
    place: usize,
    mut writers: Vec<ArrowColumnWriter>,
) -> Result<Vec<ArrowColumnChunk>, TableError> {
    let mut rows = 0;
    (groups.rows)(place, ROWS_AT_A_TIME, &mut |batch| {
        rows += batch.num_rows();
        let mut leaves = Vec::with_capacity(writers.len());
        for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
            leaves.extend(compute_leaves(field, column)?);
        }
        Ok(writers.iter_mut().zip(&leaves).try_for_each(|(writer, leaf)| writer.write(leaf))?)
    })?;
    if rows == 0 {
        return Ok(Vec::new());
    }
    Ok(writers.into_iter().map(ArrowColumnWriter::close).collect::<Result<_, _>>()?)
}

/// Writes what is found in a ledger as Parquet, sorted by `part`.
///
/// # Errors
///
/// A failure to write.
pub fn write_findings<W: Write + Send>(ledger: &Ledger, output: W) -> Result<W, TableError> {
    let mut writer = writer(Table::Findings, output)?;
    find_in_ledger(ledger, |batch| Ok(writer.write(&batch)?))?;
    Ok(writer.into_inner()?)
}

fn writer<W: Write + Send>(table: Table, output: W) -> Result<ArrowWriter<W>, TableError> {
    Ok(ArrowWriter::try_new(output, table.schema(), Some(properties(table)?))?)
}

/// How a table is laid out. Nothing in it depends on when or where it is written.
fn properties(table: Table) -> Result<WriterProperties, TableError> {
    let mut properties = WriterProperties::builder()
        .set_created_by(concat!("testimony-arrow ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_data_page_row_count_limit(ROWS_OF_PAGE)
        .set_write_batch_size(ROWS_OF_PAGE)
        .set_max_row_group_row_count(Some(ROWS));
    let schema = table.schema();
    // No two rows have one of these: a dictionary would be as long as the column.
    for (column, encoding) in [
        ("line", Encoding::PLAIN),
        ("label", Encoding::PLAIN),
        ("seq", Encoding::DELTA_BINARY_PACKED),
        ("number", Encoding::DELTA_BINARY_PACKED),
        ("recorded", Encoding::DELTA_BINARY_PACKED),
    ] {
        if schema.column_with_name(column).is_some() {
            let path = ColumnPath::from(column);
            properties =
                properties.set_column_dictionary_enabled(path.clone(), false).set_column_encoding(path, encoding);
        }
    }
    for column in ["line", "because"] {
        properties = properties.set_column_statistics_enabled(ColumnPath::from(column), EnabledStatistics::None);
    }
    let sorted = ["part", "seq"].iter().filter_map(|column| schema.index_of(column).ok());
    let sorted = sorted.filter_map(|column| i32::try_from(column).ok()).map(|column_idx| SortingColumn {
        column_idx,
        descending: false,
        nulls_first: true,
    });
    Ok(properties.set_sorting_columns(Some(sorted.collect())).build())
}

/// Reads the tables of a ledger from what `open` gives for each, as [`write_parquet`] or an engine wrote them.
///
/// All that is not in `line` is passed over: it was worked out. The rows may be in any order, but have to be all there.
///
/// # Errors
///
/// A failure to open or to read; a file that is no table of a ledger, or of a later layout; a row that is no line of a
/// ledger, or is missing.
pub fn read_parquet(mut open: impl FnMut(Table) -> io::Result<File>) -> Result<Ledger, TableError> {
    let (mut kept, mut budget) = (Kept::default(), Budget::new());
    for table in Table::OF_LEDGER {
        let in_table = |error: TableError| TableError::Table { table: table.name(), error: Box::new(error) };
        let file = open(table).map_err(|error| in_table(error.into()))?;
        read_table(table, file, &mut kept, &mut budget).map_err(in_table)?;
    }
    if let Some(seq) = kept.first_missing() {
        return Err(TableError::Row { seq: Some(seq), part: None, why: "is in none of the tables".to_owned() });
    }
    Ok(kept.ledger_with_threads(&Kept::default(), threads())?.loaded.ledger)
}

fn read_table(table: Table, file: File, kept: &mut Kept, budget: &mut Budget) -> Result<(), TableError> {
    let metadata = guarded(|| ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()))?;
    let said = metadata.schema().metadata();
    if let Some(layout) = said.get(LAYOUT_KEY)
        && layout.parse::<u32>().is_ok_and(|layout| layout > LAYOUT)
    {
        return Err(TableError::NewerLayout { found: layout.clone() });
    }
    if let Some(other) = said.get(TABLE_KEY).filter(|other| *other != table.name()) {
        return Err(TableError::OtherTable { found: other.clone() });
    }
    let columns = ["seq", "number", "line"];
    guarded(|| pages::check(&file, metadata.metadata(), &columns))?;
    budget.add(file.metadata()?.len());
    let columns = ProjectionMask::columns(metadata.parquet_schema(), columns);
    let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata);
    let mut reader = guarded(|| reader.with_projection(columns).with_batch_size(AT_A_TIME).build())?;
    while let Some(batch) = guarded(|| reader.next().transpose())? {
        for row in RowColumns::new(&batch)?.rows() {
            let row = row?;
            budget.take(&row)?;
            kept.push(row);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use parquet::file::metadata::RowGroupMetaData;

    use super::*;

    /// Claims on five topics in turn, of which one has three times as many as each of the others; every third is taken
    /// back.
    fn ledger() -> Ledger {
        let mut lines = vec![r#"{"source":{"id":"army","name":"The army"}}"#.to_owned()];
        for claim in 0..28 {
            let topic = [4, 0, 4, 1, 4, 2, 3][claim % 7];
            let topic = format!(r#"{{"subject":"siege of {topic}","predicate":"deaths"}}"#);
            let value = format!(r#"{{"figure":{{"about":{claim},"unit":"persons"}}}}"#);
            lines.push(format!(r#"{{"claim":{{"topic":{topic},"value":{value},"origin":"army"}}}}"#));
            if claim % 3 == 0 {
                lines.push(format!(r#"{{"retraction":{{"claim":{claim}}}}}"#));
            }
        }
        testimony::jsonl::read(lines.join("\n").as_bytes()).unwrap()
    }

    /// Seven groups of claims, which go round by threes and sevens, and do not by twos.
    #[test]
    fn groups_are_the_same_bytes_however_many_threads_make_them() {
        let (ledger, folder) = (ledger(), tempfile::tempdir().unwrap());
        let write = |threads| write_in_groups(&ledger, 5, NonZero::new(threads).unwrap(), |_| Ok(Vec::new())).unwrap();
        let written = write(1);
        for threads in [2, 3, 7] {
            assert!(write(threads) == written, "{threads} threads write other bytes");
        }
        let path = |table: Table| folder.path().join(table.file_name());
        for (table, bytes) in &written {
            std::fs::write(path(*table), bytes).unwrap();
        }
        let open = |table| File::open(path(table));
        assert_eq!(read_parquet(open).unwrap(), ledger);
        let rows = |table| {
            let metadata = ArrowReaderMetadata::load(&open(table).unwrap(), ArrowReaderOptions::new()).unwrap();
            metadata.metadata().row_groups().iter().map(RowGroupMetaData::num_rows).collect::<Vec<_>>()
        };
        assert_eq!(rows(Table::Claims), [4, 4, 4, 4, 5, 5, 2]);
        assert_eq!(rows(Table::Retractions), [5, 5]);
    }
}
