//! A first mapping of a table that nobody has mapped yet, from its header and some rows.

use std::fmt::Write as _;
use std::io::Read;

use csv::StringRecord;
use testimony::Figure;

use super::cells;
use super::hxl;
use super::layout;
use super::mapping::{ClaimColumns, Dates, Encoding, Mapping, Numbers, TableError};
use super::read::Rows;
use super::template::{Piece, Template, Templates};

/// How many rows are looked at.
const ROWS: usize = 200;
/// How many bytes of it show how it is laid out.
const SAMPLE: u64 = 64 * 1024;

/// A mapping to edit, and what it was guessed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The mapping. What could not be guessed is there as a constant that begins with `TODO`.
    pub mapping: Mapping,
    /// The guesses that somebody should look at, a sentence each.
    pub remarks: Vec<String>,
}

impl Proposal {
    /// The mapping as TOML, with the remarks as comments above it.
    ///
    /// # Errors
    ///
    /// As [`Mapping::to_toml`].
    pub fn to_toml(&self) -> Result<String, TableError> {
        let mut text = String::new();
        for remark in &self.remarks {
            let _ = writeln!(text, "# {}", remark.replace('\n', " "));
        }
        text.push_str(&self.mapping.to_toml()?);
        Ok(text)
    }
}

/// A column with what its cells look like.
struct Column {
    name: String,
    /// The cells that say something, of so many rows.
    cells: Vec<String>,
    rows: usize,
    distinct: usize,
}

impl Column {
    fn is_named(&self, words: &[&str]) -> bool {
        let name = self.name.to_lowercase();
        name.split(|c: char| !c.is_alphanumeric()).any(|part| words.contains(&part)) || words.contains(&name.as_str())
    }

    fn most(&self, is: impl Fn(&str) -> bool) -> bool {
        !self.cells.is_empty() && self.cells.iter().filter(|cell| is(cell)).count() * 10 >= self.cells.len() * 9
    }

    /// Whether it tells each row from all others, and is not their number alone.
    fn is_key(&self) -> bool {
        let is_counting = || {
            let numbers: Option<Vec<i64>> = self.cells.iter().map(|cell| cell.parse().ok()).collect();
            numbers.is_some_and(|numbers| numbers.is_sorted_by(|one, next| one.checked_add(1) == Some(*next)))
        };
        self.distinct == self.rows && self.rows > 1 && !is_counting()
    }

    /// Whether it has words, and not what is counted or when.
    fn is_text(&self) -> bool {
        !self.cells.is_empty() && !self.is_number() && !self.is_date() && !self.is_figure()
    }

    fn is_number(&self) -> bool {
        self.most(is_number)
    }

    /// Whether it has numbers of which some are in words, such as `over 40` and `7 or 8`.
    fn is_figure(&self) -> bool {
        self.cells.iter().any(|cell| is_number(cell))
            && !self.is_number()
            && !self.is_date()
            && self.most(|cell| cell.parse::<Figure>().is_ok())
    }

    fn is_date(&self) -> bool {
        // A number alone is a year only where the column says so.
        let is_date = |cell: &str| {
            [Dates::DayFirst, Dates::MonthFirst].iter().any(|dates| cells::period(cell, Some(*dates)).is_ok())
        };
        self.most(is_date) && (!self.is_number() || self.is_named(&["year", "date", "day"])) || self.is_serial()
    }

    /// Whether it has days as a spreadsheet keeps them, of the years 1954 to 2119.
    fn is_serial(&self) -> bool {
        let is_serial = |cell: &str| cell.len() == 5 && cell.parse().is_ok_and(|day| (20_000..80_000).contains(&day));
        self.is_named(&["date", "day", "datum", "fecha", "data", "start", "end", "reported"]) && self.most(is_serial)
    }
}

/// Whether a cell is a number, however it is written.
fn is_number(cell: &str) -> bool {
    [Numbers::Point, Numbers::Comma].iter().any(|numbers| cells::number(cell, Some(*numbers)).is_ok())
}

/// Proposes a mapping for a table, from its header and its first rows. It is a guess to be edited, and says what it
/// could not tell.
///
/// # Errors
///
/// A table without a header, and one in UTF-16.
///
/// The sign between cells is told from the table, unless it is given.
///
/// ```
/// use testimony_exchange::table::propose;
///
/// let table = "country,date,killed,source\nMali,2024-03-01,12,ACLED\nNiger,2024-03-02,7,AFP\n";
/// let proposal = propose(table.as_bytes(), None)?;
/// let claim = &proposal.mapping.claims[0];
/// assert_eq!((claim.subject.to_string(), claim.number.to_string()), ("{country}".to_owned(), "{killed}".to_owned()));
/// # Ok::<(), testimony_exchange::table::TableError>(())
/// ```
pub fn propose(mut input: impl Read, delimiter: Option<char>) -> Result<Proposal, TableError> {
    let mut sample = Vec::new();
    let failed = |error: std::io::Error| TableError(error.to_string());
    input.by_ref().take(SAMPLE).read_to_end(&mut sample).map_err(failed)?;
    let layout = layout::of(&sample, delimiter)?;
    let mut rows = Rows::new(sample.as_slice().chain(input), &layout)?;
    let mut names: Vec<(String, usize)> = rows.header.0.iter().map(|(name, i)| (name.clone(), *i)).collect();
    names.sort_by_key(|(_, i)| *i);
    let header: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
    if let Some(tags) = &rows.tags {
        let tags: Vec<&str> = names.iter().map(|(_, i)| tags.get(*i).unwrap_or_default()).collect();
        if let Ok(mapping) = hxl::from_hxl(&header, &tags) {
            let remarks = vec!["From the HXL tags under the header.".to_owned()];
            let Mapping { delimiter, encoding, skip_rows, header_rows, .. } = layout;
            return Ok(Proposal {
                mapping: Mapping { delimiter, encoding, skip_rows, header_rows, ..mapping },
                remarks,
            });
        }
    }
    let mut columns: Vec<Column> =
        names.iter().map(|(name, _)| Column { name: name.clone(), cells: Vec::new(), rows: 0, distinct: 0 }).collect();
    let mut record = StringRecord::new();
    let mut absent = Vec::new();
    for _ in 0..ROWS {
        let Some(Ok(())) = rows.next(&mut record) else { break };
        for (column, (_, i)) in columns.iter_mut().zip(&names) {
            let cell = record.get(*i).unwrap_or_default().trim();
            column.rows += 1;
            if ["NA", "N/A", "n/a", "NaN", "-", "–", "NULL", "null", "none"].contains(&cell) {
                if !absent.iter().any(|known| known == cell) {
                    absent.push(cell.to_owned());
                }
            } else if !cell.is_empty() {
                column.cells.push(cell.to_owned());
            }
        }
    }
    for column in &mut columns {
        let mut cells = column.cells.clone();
        cells.sort_unstable();
        cells.dedup();
        column.distinct = cells.len();
    }
    Ok(guess(&columns, absent, layout))
}

fn guess(columns: &[Column], absent: Vec<String>, layout: Mapping) -> Proposal {
    let mut remarks = vec!["A first guess: read it against the table, then import with --mapping.".to_owned()];
    if layout.encoding == Encoding::Windows1252 {
        remarks.push("It is not in UTF-8: look whether letters with accents are right.".to_owned());
    }
    if layout.skip_rows > 0 || layout.header_rows > 1 {
        remarks.push("Its header is taken to be where skip_rows and header_rows say.".to_owned());
    }
    let mut mapping = layout;
    if !absent.is_empty() {
        remarks.push(format!(
            "Cells with {} are taken to say nothing; name those that mean \"declined to say\" in `declined`.",
            absent.join(", ")
        ));
        mapping.absent.extend(absent);
    }
    mapping.numbers = numbers(columns, &mut remarks);
    mapping.dates = dates(columns, &mut remarks);
    let find = |words: &[&str], is: &dyn Fn(&Column) -> bool| {
        words.iter().find_map(|word| columns.iter().find(|column| column.is_named(&[word]) && is(column)))
    };
    let date = find(&["start", "date", "day", "reported", "year"], &Column::is_date)
        .or_else(|| columns.iter().find(|column| column.is_date()));
    let end = find(&["end", "until"], &Column::is_date).filter(|end| date.is_some_and(|date| date.name != end.name));
    let origins = origins(columns);
    let url =
        columns.iter().find(|column| column.most(|cell| cell.starts_with("http://") || cell.starts_with("https://")));
    let column = |column: &Column| Templates::from(Template::column(&column.name));
    let todo = |what: &str| Templates::from(Template::constant(format!("TODO {what}")));
    let taken = |name: &str| [date, end, url].iter().flatten().chain(&origins).any(|column| column.name == name);
    let base = ClaimColumns {
        subject: subject(columns, &taken).unwrap_or_else(|| {
            remarks.push("No column says what a row is about: write the subject.".to_owned());
            todo("what the rows are about")
        }),
        origin: origin_of(&origins, &mut remarks),
        as_of: date.map(column).unwrap_or_default(),
        as_of_end: end.map(column).unwrap_or_default(),
        url: url.map(column).unwrap_or_default(),
        ..ClaimColumns::default()
    };
    if let Some(id) = columns.iter().find(|column| column.is_named(&["id"]) && column.is_key()) {
        remarks.push(format!(
            "Each row has its own {{{}}}: put it into the subject if each row is about something else.",
            id.name
        ));
    }
    mapping.claims = claims(columns, &base, &taken);
    if mapping.claims.is_empty() {
        remarks.push("No column has numbers: give text, period or figure a column.".to_owned());
        mapping.claims.push(ClaimColumns { predicate: todo("what is said"), text: todo("the value"), ..base });
    }
    Proposal { mapping, remarks }
}

/// The columns that may say who says so: the first, and those that say it where it says nothing.
fn origins(columns: &[Column]) -> Vec<&Column> {
    const NAMES: [&str; 9] =
        ["original", "origin", "source", "publisher", "reporter", "author", "outlet", "by", "office"];
    // A column with the text of a source, or its address, does not name the source.
    const SAID: [&str; 8] = ["article", "headline", "title", "text", "url", "link", "note", "notes"];
    let is_text = |column: &&Column| column.is_text() && !column.is_named(&SAID);
    let mut origins: Vec<&Column> = Vec::new();
    for name in NAMES {
        for column in columns.iter().filter(|column| column.is_named(&[name])).filter(is_text) {
            let is_known = origins.iter().any(|known| known.name == column.name);
            if !is_known && origins.last().is_none_or(|last| last.cells.len() < last.rows) {
                origins.push(column);
            }
        }
    }
    origins
}

/// Who says so: of several columns the first that says something.
fn origin_of(origins: &[&Column], remarks: &mut Vec<String>) -> Templates {
    let todo = || Template::constant("TODO who says so");
    let Some(last) = origins.last() else {
        remarks.push("No column says who says so: write the publisher of the table as origin.".to_owned());
        return todo().into();
    };
    let mut templates: Vec<Template> = origins.iter().map(|column| Template::column(&column.name)).collect();
    if last.cells.len() < last.rows {
        let names: Vec<String> = origins.iter().map(|column| format!("{{{}}}", column.name)).collect();
        let names = names.join(", ");
        remarks.push(format!("Where {names} say nothing it is the publisher of the table: write who that is."));
        templates.push(todo());
    }
    Templates(templates)
}

/// A claim for low, best and high, if there are such columns, and one for every other column of numbers or figures that is no code.
fn claims(columns: &[Column], base: &ClaimColumns, taken: &dyn Fn(&str) -> bool) -> Vec<ClaimColumns> {
    const CODES: [&str; 12] =
        ["id", "code", "lat", "lon", "latitude", "longitude", "year", "month", "prec", "clarity", "type", "number"];
    let named = |words: &[&str]| columns.iter().find(|column| column.is_number() && column.is_named(words));
    let (low, high) = (named(&["low", "lower", "min", "minimum"]), named(&["high", "upper", "max", "maximum"]));
    let best = named(&["best", "central", "estimate"]);
    let name = |column: &Column| Templates::from(Template::column(&column.name));
    let mut claims = Vec::new();
    let mut ranged: Vec<&str> = Vec::new();
    if let (Some(low), Some(high)) = (low, high) {
        ranged.extend([Some(low), best, Some(high)].iter().flatten().map(|column| column.name.as_str()));
        claims.push(ClaimColumns {
            predicate: Template::constant("TODO what is counted from low to high").into(),
            low: name(low),
            best: best.map(name).unwrap_or_default(),
            high: name(high),
            ..base.clone()
        });
    }
    let counted = columns.iter().filter(|column| {
        (column.is_number() || column.is_figure())
            && !column.is_named(&CODES)
            && !taken(&column.name)
            && !ranged.contains(&column.name.as_str())
    });
    claims.extend(counted.map(|column| {
        let predicate = Template::constant(column.name.replace('_', " ")).into();
        let (number, figure) = if column.is_number() {
            (name(column), Templates::default())
        } else {
            (Templates::default(), name(column))
        };
        ClaimColumns { predicate, figure, number, ..base.clone() }
    }));
    claims
}

/// The subject of the rows: the columns whose names say so, or the first with words.
fn subject(columns: &[Column], taken: &dyn Fn(&str) -> bool) -> Option<Templates> {
    const ABOUT: [&str; 13] = [
        "country", "region", "province", "state", "adm", "city", "location", "place", "conflict", "event", "subject",
        "name", "title",
    ];
    let is_text = |column: &&Column| column.is_text() && !taken(&column.name);
    let mut about: Vec<&Column> =
        columns.iter().filter(is_text).filter(|column| column.is_named(&ABOUT)).take(3).collect();
    if about.is_empty() {
        about.extend(columns.iter().find(is_text));
    }
    let mut pieces = Vec::new();
    for column in about {
        if !pieces.is_empty() {
            pieces.push(Piece::Text(" · ".to_owned()));
        }
        pieces.push(Piece::Column(column.name.clone()));
    }
    (!pieces.is_empty()).then(|| Template { pieces }.into())
}

/// How numbers are written, where the cells show it.
fn numbers(columns: &[Column], remarks: &mut Vec<String>) -> Option<Numbers> {
    let is_counted = |column: &&Column| column.is_number() && !column.is_date();
    let cells = || columns.iter().filter(is_counted).flat_map(|column| &column.cells);
    let fails = |numbers| cells().any(|cell| cells::number(cell, Some(numbers)).is_err());
    let is_ambiguous = cells().any(|cell| cells::number(cell, None).is_err());
    match (fails(Numbers::Point), fails(Numbers::Comma)) {
        (false, true) => Some(Numbers::Point),
        (true, false) => Some(Numbers::Comma),
        _ => {
            if is_ambiguous {
                remarks.push(
                    "Numbers such as 1.200 can be read in two ways: write numbers = \"point\" or \"comma\".".to_owned(),
                );
            }
            None
        }
    }
}

/// Whether the day or the month comes first, where a day above twelve shows it.
fn dates(columns: &[Column], remarks: &mut Vec<String>) -> Option<Dates> {
    let cells = || columns.iter().filter(|column| column.is_date()).flat_map(|column| &column.cells);
    if columns.iter().any(Column::is_serial) {
        remarks.push("Dates such as 45292 are taken to be days as a spreadsheet keeps them.".to_owned());
        return Some(Dates::Serial);
    }
    if cells().all(|cell| cells::period(cell, None).is_ok()) {
        return None;
    }
    let fails = |dates| cells().any(|cell| cells::period(cell, Some(dates)).is_err());
    match (fails(Dates::DayFirst), fails(Dates::MonthFirst)) {
        (false, true) => Some(Dates::DayFirst),
        (true, false) => Some(Dates::MonthFirst),
        _ => {
            remarks.push(
                "Dates such as 05/06/2024 can be read in two ways: write dates = \"day_first\" or \"month_first\"."
                    .to_owned(),
            );
            None
        }
    }
}
