//! Workbooks, made here by hand so that each part of them can be wrong.

use std::io::{Cursor, Write as _};

use testimony::{Content, Figure, Number};
use testimony_exchange::table::{self, Mapping, Numbers, propose};
use testimony_exchange::workbook::Workbook;
use zip::write::SimpleFileOptions;

const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with these texts, these cells on its first sheet, and a second sheet that may be hidden.
fn workbook(texts: &str, rows: &str, second: &str) -> Vec<u8> {
    let root = format!(
        r#"<Relationships><Relationship Id="r1" Type="{TYPES}/officeDocument" Target="/xl/workbook.xml"/></Relationships>"#
    );
    let relations = format!(
        r#"<Relationships><Relationship Id="a" Type="{TYPES}/worksheet" Target="worksheets/one.xml"/><Relationship Id="b" Type="{TYPES}/worksheet" Target="worksheets/two.xml"/><Relationship Id="c" Type="{TYPES}/styles" Target="styles.xml"/><Relationship Id="d" Type="{TYPES}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#
    );
    let book = format!(
        r#"<workbook xmlns:r="x"><sheets><sheet name="Deaths &amp; more" sheetId="1" r:id="a"/><sheet name="Notes" sheetId="2" {second} r:id="b"/></sheets></workbook>"#
    );
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="mmm yyyy"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;
    packed(&[
        ("_rels/.rels", &root),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &relations),
        ("xl/styles.xml", styles),
        ("xl/sharedStrings.xml", &format!(r#"<sst count="9" uniqueCount="99999999999999999">{texts}</sst>"#)),
        ("xl/worksheets/one.xml", &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
        ("xl/worksheets/two.xml", "<worksheet><sheetData/></worksheet>"),
    ])
}

const TEXTS: &str = "<si><t>place</t></si><si><t>day</t></si><si><t>dead</t></si><si><t>share</t></si>\
    <si><r><t>Al</t></r><r><t xml:space=\"preserve\">eppo &lt;city&gt;</t></r><rPh><t>x</t></rPh></si>";
const ROWS: &str = r#"<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c><c r="E2" t="s"><v>3</v></c></row>
    <row r="3"><c r="A3" t="s"><v>4</v></c><c r="B3" s="1"><v>45292</v></c><c r="C3"><f>1+2</f><v>1.234</v></c><c r="E3" s="2"><v>0.125</v></c></row>
    <row r="5"><c r="A5" t="inlineStr"><is><t>Homs; "x"</t></is></c><c r="B5" s="3"><v>4.5292E4</v></c><c r="C5" t="str"><v>many</v></c></row>"#;

const MAPPING: &str = "skip_rows = 1\n[[claim]]\nsubject = \"{place}\"\npredicate = \"dead\"\nnumber = \"{dead}\"\norigin = \"o\"\n\
    as_of = \"{day}\"\n[[claim]]\nsubject = \"{place}\"\npredicate = \"share\"\nfigure = \"{share}\"\norigin = \"o\"\n";

#[test]
fn a_sheet_is_read_as_a_table_whatever_its_mapping_says_of_tables() {
    let bytes = workbook(TEXTS, ROWS, "state=\"hidden\"");
    let mut workbook = Workbook::new(bytes.as_slice()).unwrap();
    assert_eq!(workbook.sheets().collect::<Vec<_>>(), ["Deaths & more", "Notes"]);
    for (delimiter, numbers) in [(',', None), (';', Some(Numbers::Comma)), ('\t', Some(Numbers::Point))] {
        let mapping = Mapping { delimiter, numbers, ..Mapping::from_toml(MAPPING).unwrap() };
        let import = table::read(workbook.sheet(None, &mapping).unwrap(), &mapping).unwrap();
        let claims: Vec<_> = import
            .entries
            .iter()
            .filter_map(|entry| if let Content::Claim(claim) = entry.content() { Some(claim) } else { None })
            .collect();
        assert_eq!(claims[0].topic().subject(), "Aleppo <city>");
        let number: Number = "1.234".parse().unwrap();
        assert_eq!(claims[0].value(), Some(&Figure::exactly(number).into()));
        assert_eq!(claims[0].as_of().unwrap().to_string(), "2024-01-01");
        assert_eq!(claims[1].value().unwrap().to_string(), "12.5%");
        let refused: Vec<String> = import.refused.iter().map(ToString::to_string).collect();
        assert_eq!(refused, ["row 5, column dead: \"many\" is no number"]);
    }
}

#[test]
fn a_mapping_is_proposed_for_a_sheet() {
    let bytes = workbook(TEXTS, ROWS, "state=\"hidden\"");
    let mut workbook = Workbook::new(bytes.as_slice()).unwrap();
    let sheet = workbook.sheet(None, &Mapping::default()).unwrap();
    let mapping = propose(sheet, Some(',')).unwrap().mapping;
    assert_eq!(mapping.skip_rows, 1);
    assert_eq!(mapping.claims[0].subject.to_string(), "{place}");
}

#[test]
fn sheets_are_chosen_and_never_guessed() {
    let bytes = workbook(TEXTS, ROWS, "");
    let mut workbook = Workbook::new(bytes.as_slice()).unwrap();
    let mapping = Mapping::default();
    let mut error = |name| workbook.sheet(name, &mapping).unwrap_err().to_string();
    assert_eq!(
        error(None),
        "the workbook has several sheets, and none is named; name one of \"Deaths & more\", \"Notes\""
    );
    assert_eq!(error(Some("x")), "no sheet is named \"x\"; the workbook has \"Deaths & more\", \"Notes\"");
    assert!(workbook.sheet(Some("Notes"), &mapping).is_ok());
}

#[test]
fn what_is_wrong_ends_in_a_message() {
    let mapping = Mapping::from_toml(MAPPING).unwrap();
    let refused = |texts: &str, rows: &str| {
        let bytes = workbook(texts, rows, "state=\"veryHidden\"");
        let mut workbook = Workbook::new(bytes.as_slice()).map_err(|error| error.to_string())?;
        let sheet = workbook.sheet(None, &mapping).map_err(|error| error.to_string())?;
        let import = table::read(sheet, &mapping).map_err(|error| error.to_string())?;
        Ok::<_, String>(import.refused.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    };
    let head = &ROWS[..ROWS.find("</row>").unwrap() + 6];
    for (rows, message) in [
        (r#"<row r="9"><c r="A9"><v>1</v></c></row><row r="4"><c r="A4"><v>1</v></c></row>"#, "row 4 is out of order"),
        (r#"<row r="9"><c r="B9"><v>1</v></c><c r="A9"><v>1</v></c></row>"#, "row 9 has its cells out of order"),
        (r#"<row r="4294967295"><c><v>1</v></c></row>"#, "row 4294967295 is out of order"),
        (r#"<row r="0"><c><v>1</v></c></row>"#, "rows begin with 1"),
        (r#"<row r="9"><c r="ZZZZ9"><v>1</v></c></row>"#, "\"ZZZZ9\" is no place of a cell"),
        (r#"<row r="9"><c t="s"><v>77</v></c></row>"#, "no text has the number \"77\""),
        (r#"<row r="9"><c t="str"><v>&unknown;</v></c></row>"#, "a sign is named that XML has not"),
    ] {
        let told = refused(TEXTS, &format!("{head}{rows}"));
        assert!(told.as_ref().is_ok_and(|told| told.contains(message)), "{message}: {told:?}");
    }
    // Cells that share a long text are many bytes in few.
    let long = format!("<si><t>{}</t></si>", "x".repeat(100_000));
    let row = format!(r#"<row r="9">{}</row>"#, r#"<c t="s"><v>0</v></c>"#.repeat(12));
    assert!(refused(&long, &row).unwrap_err().contains("row 9 has more than 1048576 bytes"));
    let deep = "<a>".repeat(100);
    assert!(refused(&deep, "").unwrap_err().contains("elements stand too deep in each other"));
    let long = format!("<si><t>{}</t></si>", "x".repeat(2_000_000));
    assert!(refused(&long, "").unwrap_err().contains("a cell has more than 1,048,576 bytes"));
    let long = format!("<si {}=\"\"/>", "x".repeat(5_000_000));
    assert!(refused(&long, "").unwrap_err().contains("a part of it has a longer piece than it may have"));
    for (bytes, message) in [
        (&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], "it is of the old kind (.xls), or has a password"),
        (b"PK\x03\x04", "the workbook cannot be read"),
        (&packed(&[("mimetype", "x")]), "it has no sheets; a workbook is an .xlsx file"),
    ] {
        let told = Workbook::new(bytes).unwrap_err().to_string();
        assert!(told.contains(message), "{told}");
    }
}

#[test]
fn no_byte_that_is_changed_makes_it_panic() {
    let bytes = workbook(TEXTS, ROWS, "state=\"hidden\"");
    let mapping = Mapping::from_toml(MAPPING).unwrap();
    for (i, with) in (0..bytes.len()).flat_map(|i| [(i, 0_u8), (i, b'9'), (i, b'<'), (i, 0xff)]) {
        let mut bytes = bytes.clone();
        bytes[i] = with;
        if let Ok(mut workbook) = Workbook::new(bytes.as_slice())
            && let Ok(sheet) = workbook.sheet(None, &mapping)
        {
            let _ = table::read(sheet, &mapping);
        }
    }
}

/// A file of a few kilobytes, in which one thing is named many times over.
#[test]
fn what_is_named_again_and_again_is_neither_looked_for_nor_kept_each_time() {
    let started = std::time::Instant::now();
    let folder = "f".repeat(60_000);
    let root = format!(
        r#"<Relationships><Relationship Id="r" Type="{TYPES}/officeDocument" Target="{folder}/book.xml"/></Relationships>"#
    );
    let others = format!(r#"<Relationship Id="z" Type="{TYPES}/worksheet" Target="two.xml"/>"#).repeat(30_000);
    let relations = format!(
        r#"<Relationships>{others}<Relationship Id="a" Type="{TYPES}/worksheet" Target="one.xml"/><Relationship Id="c" Type="{TYPES}/styles" Target="styles.xml"/></Relationships>"#
    );
    let sheets = r#"<sheet name="x" id="a"/>"#.repeat(30_000);
    let format = "e".repeat(2 << 20);
    let bytes = packed(&[
        ("_rels/.rels", &root),
        (&format!("{folder}/_rels/book.xml.rels"), &relations),
        (&format!("{folder}/book.xml"), &format!("<workbook><sheets>{sheets}</sheets></workbook>")),
        (
            &format!("{folder}/styles.xml"),
            &format!(r#"<styleSheet><numFmt numFmtId="164" formatCode="{format}"/></styleSheet>"#),
        ),
    ]);
    assert!(bytes.len() < 1 << 20, "{}", bytes.len());
    assert_eq!(Workbook::new(bytes.as_slice()).unwrap().sheets().count(), 30_000);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn a_cell_has_its_last_value_and_not_all() {
    let head = &ROWS[..ROWS.find("</row>").unwrap() + 6];
    let row = r#"<row r="3"><c t="str"><v>Homs</v></c><c r="C3"><v>1</v><v>2</v></c></row>"#;
    let bytes = workbook(TEXTS, &format!("{head}{row}"), "state=\"hidden\"");
    let mut workbook = Workbook::new(bytes.as_slice()).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut workbook.sheet(None, &Mapping::default()).unwrap(), &mut text).unwrap();
    assert_eq!(text, "\"\"\n\"place\",\"day\",\"dead\",,\"share\"\n\"Homs\",,\"2\"\n");
}
