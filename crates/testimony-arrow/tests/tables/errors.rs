//! Wrong tables end in a message, whoever wrote them.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader};
use parquet::file::page_index::column_index::ColumnIndexMetaData;
use testimony::{Ledger, jsonl};
use testimony_arrow::{Table, findings, findings_of_stream, from_batches, read_parquet, write_findings, write_parquet};

use crate::drawn::{Row, batch, rows};
use crate::parts::stream;

/// A ledger with a row in every table.
pub(crate) fn of_everything() -> Ledger {
    let lines = r#"{"format":"testimony/1","policy":{"about":"0.2","rounding":false,"days_apart":3}}
{"source":{"id":"army","name":"The army","reliability":"B","url":"https://army.example"}}
{"source":{"id":"post","name":"The Post","kind":"outlet","part_of":"army"}}
{"predicate":{"name":"dead","measure":"cumulative","unit":"persons","opposites":[["some","none"]],"same":[["a","b"]]}}
{"subject":{"name":"siege","aliases":["the siege"]}}
{"unit":{"name":"persons","aliases":["souls"]}}
{"recorded":"2025-05-02T09:00:00.250+09:00","claim":{"topic":{"subject":"the siege","predicate":"dead"},"value":{"figure":{"between":["0.00000000001",12]}},"scope":"by name","origin":"army","relays":["post"],"as_of":"2025-05~","stated":"2025-05-02T08:00:00Z","confidence":{"likelihood":"icd203:likely","level":"low"},"basis":"told","credibility":1,"citations":[{"url":"https://post.example","excerpt":"twelve","start":3,"end":9}],"note":"as heard"}}
{"claim":{"topic":{"subject":"siege","predicate":"began"},"value":{"period":"-0044-03-15/.."},"origin":"post"}}
{"claim":{"topic":{"subject":"siege","predicate":"dead"},"value":{"figure":{"exactly":40}},"origin":"post","as_of":"2025-05"}}
{"claim":{"topic":{"subject":"siege","predicate":"why"},"stance":"declines","origin":"post"}}
{"constraint":{"at_most":{"part":{"subject":"the siege","predicate":"dead"},"whole":{"subject":"siege","predicate":"present"}}}}
{"retraction":{"claim":1,"by":"post","reason":"a slip"}}
{"recorded":"2025-05-03T00:00:00Z","amendment":{"claim":0,"credibility":4,"reason":"seen"}}
{"amendment":{"source":"army","reliability":"C"}}
"#;
    let ledger = jsonl::read(lines.as_bytes()).unwrap();
    assert_eq!(jsonl::to_string(&ledger).unwrap(), lines);
    ledger
}

fn written(ledger: &Ledger, folder: &Path) {
    write_parquet(ledger, |table| File::create(folder.join(table.file_name()))).unwrap();
}

fn read(folder: &Path) -> Result<Ledger, String> {
    read_parquet(|table| File::open(folder.join(table.file_name()))).map_err(|error| error.to_string())
}

#[test]
fn files_come_back_and_are_the_same_bytes_each_time() {
    let ledger = of_everything();
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    for folder in &folders {
        written(&ledger, folder.path());
        write_findings(&ledger, File::create(folder.path().join("findings.parquet")).unwrap()).unwrap();
        assert_eq!(read(folder.path()).unwrap(), ledger);
    }
    for table in Table::OF_LEDGER.into_iter().chain([Table::Findings]) {
        let [one, other] = folders.each_ref().map(|folder| fs::read(folder.path().join(table.file_name())).unwrap());
        assert!(one == other, "{table:?}");
    }
}

#[test]
fn a_part_of_a_ledger_is_written_by_its_own_numbers() {
    let ledger = of_everything();
    let part = ledger.view().of_topic(testimony::Topic::new("siege", "began")).into_ledger();
    let folder = tempfile::tempdir().unwrap();
    written(&part, folder.path());
    let again = read(folder.path()).unwrap();
    assert_eq!(jsonl::to_string(&again).unwrap(), jsonl::to_string(&part).unwrap());
    assert!(again.claims().next().unwrap().is_retracted());
}

fn columns(columns: &[(&str, ArrayRef)]) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.iter().map(|(name, array)| (*name, Arc::clone(array), true)))
        .unwrap()
}

#[test]
fn columns_that_are_wrong_are_named() {
    let (texts, numbers): (ArrayRef, ArrayRef) =
        (Arc::new(StringArray::from(vec!["x"])), Arc::new(Int64Array::from(vec![0])));
    let of = |part: &ArrayRef, seq: &ArrayRef, line: &ArrayRef| {
        columns(&[("part", Arc::clone(part)), ("seq", Arc::clone(seq)), ("line", Arc::clone(line))])
    };
    for (batch, message) in [
        (columns(&[("line", Arc::clone(&texts))]), "the column \"seq\" is missing"),
        (columns(&[("seq", Arc::clone(&numbers))]), "the column \"line\" is missing"),
        (of(&numbers, &numbers, &texts), "the column \"part\" holds Int64; make it a column of texts"),
        (of(&texts, &texts, &texts), "the column \"seq\" holds Utf8; make it a column of whole numbers"),
        (of(&texts, &numbers, &numbers), "the column \"line\" holds Int64; make it a column of texts"),
    ] {
        assert_eq!(findings([&batch]).unwrap_err().to_string(), message);
    }
}

fn row(part: Option<&str>, seq: i64, line: &str) -> Row {
    Row { part: part.map(str::to_owned), seq, number: None, line: line.to_owned() }
}

#[test]
fn rows_that_are_wrong_are_named() {
    let source = row(None, 1, "{\"source\":{\"id\":\"a\",\"name\":\"A\"}}");
    let claim = r#"{"claim":{"topic":{"subject":"s","predicate":"p"},"value":{"text":"x"},"origin":"a"}}"#;
    for (rows, message) in [
        (
            vec![row(Some("p"), -1, claim)],
            "a row of the part \"p\": has no seq, which is its place in the ledger, from 0",
        ),
        (vec![row(None, 2, claim)], "seq 2: is a claim, and has no part"),
        (vec![row(Some("p"), 2, &format!("{claim}\n{claim}"))], "seq 2 of the part \"p\": its line is more than one"),
        (
            vec![row(Some("p"), 2, &" ".repeat(jsonl::MAX_LINE + 1))],
            "seq 2 of the part \"p\": its line is longer than a line can be",
        ),
        (
            vec![row(Some("p"), 2, claim), row(Some("p"), 2, &claim.replace("\"x\"", "\"y\""))],
            "seq 2 of the part \"p\": another row has the same seq; a seq is one place in the ledger",
        ),
        (vec![row(Some("p"), 2, "hello")], "seq 2 of the part \"p\": the line: not JSON, expected value"),
        (
            vec![row(Some("p"), 2, &claim.replace("\"a\"", "\"b\""))],
            "seq 2 of the part \"p\": claim.origin: \"b\" is no source",
        ),
        (
            vec![row(Some("p"), 2, claim), row(Some("p"), 3, "{\"retraction\":{\"claim\":0}}")],
            "seq 3 of the part \"p\": is about claim 0 by its number, which no row before it has as its `number`; name the \
             claim by its label, or give the column `number`",
        ),
        (
            vec![row(Some("p"), 2, claim), row(Some("q"), 3, &claim.replace("\"x\"", "\"y\""))],
            "the parts \"p\" and \"q\" are one: ",
        ),
    ] {
        let rows: Vec<Row> = std::iter::once(source.clone()).chain(rows).collect();
        let refused = findings([&batch(&rows)]).unwrap_err().to_string();
        assert!(refused.starts_with(message), "{refused:?} / {message:?}");
    }
}

#[test]
fn a_stream_has_each_part_in_one_piece() {
    let all = rows(&of_everything());
    let (every, mut parts): (Vec<Row>, Vec<Row>) = all.into_iter().partition(|row| row.part.is_none());
    parts.sort();
    let streamed = |rows: Vec<Row>| findings_of_stream(stream(&[batch(&rows)]).as_slice(), Vec::new());
    assert!(streamed([every.clone(), parts.clone()].concat()).is_ok());
    let late = [every.clone(), parts.clone(), parts[..1].to_vec()].concat();
    let message = streamed(late).unwrap_err().to_string();
    assert!(message.contains("comes too late: rows come sorted by part"), "{message}");
    let message = streamed([parts, every].concat()).unwrap_err().to_string();
    assert!(message.starts_with("seq 0: comes too late"), "{message}");
}

#[test]
fn tables_that_do_not_fit_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = |table: Table| folder.path().join(table.file_name());
    let again = || written(&of_everything(), folder.path());
    again();
    fs::copy(file(Table::Sources), file(Table::Names)).unwrap();
    assert_eq!(read(folder.path()).unwrap_err(), "names: is a table of sources");
    again();
    fs::remove_file(file(Table::Names)).unwrap();
    assert!(read(folder.path()).unwrap_err().starts_with("names: No such file"));
    fs::write(file(Table::Names), "").unwrap();
    assert!(read(folder.path()).unwrap_err().starts_with("names: parquet: "));
    // A table of another time: what it lacks is seen.
    let other = tempfile::tempdir().unwrap();
    written(&Ledger::new(), other.path());
    fs::copy(other.path().join("names.parquet"), file(Table::Names)).unwrap();
    assert_eq!(read(folder.path()).unwrap_err(), "seq 4: is in none of the tables");
}

/// Flips bits all over, and cuts: whatever comes out is a ledger or a message, and no panic.
#[test]
fn damaged_files_end_in_a_message() {
    let folder = tempfile::tempdir().unwrap();
    written(&of_everything(), folder.path());
    for table in [Table::Format, Table::Claims, Table::Constraints] {
        let path = folder.path().join(table.file_name());
        let whole = fs::read(&path).unwrap();
        for (place, mask) in (0..whole.len()).step_by(29).zip([1_u8, 0x80, 0xff, 0x10, 0x7f].into_iter().cycle()) {
            let mut damaged = whole.clone();
            damaged[place] ^= mask;
            fs::write(&path, damaged).unwrap();
            let _ = read(folder.path());
        }
        for length in (0..whole.len()).step_by(611) {
            fs::write(&path, &whole[..length]).unwrap();
            assert!(read(folder.path()).is_err(), "{table:?} cut to {length}");
        }
        fs::write(&path, whole).unwrap();
    }
    assert!(read(folder.path()).is_ok());
}

fn metadata(path: &Path) -> ParquetMetaData {
    let reader = ParquetMetaDataReader::new().with_page_index_policy(PageIndexPolicy::Required);
    reader.parse_and_finish(&File::open(path).unwrap()).unwrap()
}

#[test]
fn a_page_that_says_it_is_a_gigabyte_is_not_unpacked() {
    let folder = tempfile::tempdir().unwrap();
    written(&of_everything(), folder.path());
    let path = folder.path().join("claims.parquet");
    let metadata = metadata(&path);
    let columns = metadata.row_group(0).columns();
    let line = columns.iter().find(|column| column.column_path().string() == "line").unwrap();
    let at = usize::try_from(line.byte_range().0).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    // A page of data, of 2^30 bytes unpacked and one packed, and no more fields.
    let header = [0x15, 0x00, 0x15, 0x80, 0x80, 0x80, 0x80, 0x08, 0x15, 0x02, 0x00];
    bytes[at..at + header.len()].copy_from_slice(&header);
    fs::write(&path, bytes).unwrap();
    let message = read(folder.path()).unwrap_err();
    assert!(message.starts_with("claims: "), "{message}");
    assert!(message.ends_with("a page unpacks to more than 256 MiB"), "{message}");
}

#[test]
fn a_reader_of_one_part_passes_over_the_pages_of_others() {
    const OF_PAGE: usize = 4096;
    let mut lines = vec!["{\"source\":{\"id\":\"army\",\"name\":\"The army\"}}".to_owned()];
    for n in 0..3 * OF_PAGE {
        let (subject, value) = (["first", "second", "third"][n % 3], n / 3);
        lines.push(format!(
            "{{\"claim\":{{\"topic\":{{\"subject\":\"{subject}\",\"predicate\":\"dead\"}},\"value\":{{\"figure\":\
             {{\"exactly\":{value}}}}},\"origin\":\"army\"}}}}"
        ));
    }
    let folder = tempfile::tempdir().unwrap();
    written(&jsonl::read(lines.join("\n").as_bytes()).unwrap(), folder.path());
    let metadata = metadata(&folder.path().join("claims.parquet"));
    let columns = metadata.row_group(0).columns();
    let index = |name: &str| columns.iter().position(|column| column.column_path().string() == name).unwrap();
    let statistics = columns[index("part")].statistics().unwrap();
    assert_eq!(statistics.min_bytes_opt().unwrap(), b"[\"first\",\"dead\"]");
    assert_eq!(statistics.max_bytes_opt().unwrap(), b"[\"third\",\"dead\"]");
    let of_pages = metadata.page_index_for_row_group(0);
    for (column, expected) in [("part", "[\"second\",\"dead\"]"), ("subject", "second")] {
        let ColumnIndexMetaData::BYTE_ARRAY(pages) = of_pages.column_index(index(column)).unwrap() else {
            panic!("{column} has no index of texts")
        };
        let may_have = |page: &usize| {
            pages.min_value(*page).unwrap() <= expected.as_bytes()
                && expected.as_bytes() <= pages.max_value(*page).unwrap()
        };
        let pages: Vec<usize> = (0..pages.min_values_iter().count()).filter(may_have).collect();
        assert_eq!(pages, [1], "{column}");
    }
}

#[test]
fn damaged_streams_end_in_a_message() {
    let whole = stream(&[batch(&rows(&of_everything()))]);
    assert!(findings_of_stream(&b""[..], Vec::new()).is_err());
    assert!(findings_of_stream(&b"{\"format\":\"testimony/1\"}\n"[..], Vec::new()).is_err());
    for place in (0..whole.len()).step_by(13) {
        for mask in [1_u8, 0x80, 0xff] {
            let mut damaged = whole.clone();
            damaged[place] ^= mask;
            let _ = findings_of_stream(damaged.as_slice(), Vec::new());
        }
        let _ = findings_of_stream(&whole[..place], Vec::new());
    }
}

#[test]
fn all_columns_have_what_the_ledger_knows() {
    use arrow_array::Array as _;
    use arrow_array::cast::AsArray as _;
    let batches = testimony_arrow::to_batches(&of_everything()).unwrap();
    let table = |of| &batches.iter().find(|(table, _)| *table == of).unwrap().1;
    let text = |of, column: &str, row| {
        let column = table(of).column_by_name(column).unwrap();
        column.is_valid(row).then(|| column.as_string::<i32>().value(row).to_owned())
    };
    // Sorted by part: ["siege","began"], the two of ["siege","dead"], and ["siege","why"].
    for (of, column, row, expected) in [
        (Table::Format, "about", 0, Some("0.2")),
        (Table::Sources, "reliability", 0, Some("C")),
        (Table::Sources, "part_of", 1, Some("army")),
        (Table::Names, "kind", 1, Some("unit")),
        (Table::Claims, "part", 1, Some("[\"siege\",\"dead\"]")),
        (Table::Claims, "subject", 1, Some("siege")),
        (Table::Claims, "low_text", 1, Some("0.00000000001")),
        (Table::Claims, "high_text", 1, Some("12")),
        (Table::Claims, "unit", 1, Some("persons")),
        (Table::Claims, "as_of", 1, Some("2025-05~")),
        (Table::Claims, "likelihood", 1, Some("icd203:likely")),
        (Table::Claims, "kind", 3, None),
        (Table::Constraints, "part", 0, Some("[\"siege\",\"dead\"]")),
        (Table::Retractions, "part", 0, Some("[\"siege\",\"began\"]")),
        (Table::Retractions, "reason", 0, Some("a slip")),
        (Table::Amendments, "part", 0, None),
        (Table::Amendments, "part", 1, Some("[\"siege\",\"dead\"]")),
    ] {
        assert_eq!(text(of, column, row).as_deref(), expected, "{of:?} {column} {row}");
    }
    let claims = table(Table::Claims);
    let decimals = |column| claims.column_by_name(column).unwrap().as_primitive::<arrow_array::types::Decimal128Type>();
    assert!(decimals("low").is_null(1));
    assert_eq!(decimals("high").value(1), 120_000_000_000);
    let day = |column, row| {
        let days = claims.column_by_name(column).unwrap().as_primitive::<arrow_array::types::Date32Type>();
        days.is_valid(row).then(|| days.value(row))
    };
    assert_eq!((day("as_of_from", 1), day("as_of_to", 1)), (Some(20_209), Some(20_239)));
    // 15 March of the year -44, and no end.
    assert_eq!((day("first_day", 0), day("last_day", 0)), (Some(-735_525), None));
    let recorded =
        claims.column_by_name("recorded").unwrap().as_primitive::<arrow_array::types::TimestampMicrosecondType>();
    assert_eq!(recorded.value(3), 1_746_144_000_250_000);
    let credibility = claims.column_by_name("credibility").unwrap().as_primitive::<arrow_array::types::Int8Type>();
    assert_eq!(credibility.value(1), 4);
    let again = from_batches(batches.iter().map(|(_, batch)| batch)).unwrap();
    assert_eq!(again, of_everything());
}
