//! The Humanitarian Exchange Language: a row of tags under the header that says what each column means.

use csv::StringRecord;

use super::mapping::{ClaimColumns, Mapping, TableError};
use super::template::{Piece, Template, Templates};

/// Whether a row has tags: one at least, and nothing else.
pub(super) fn is_tags(row: &StringRecord) -> bool {
    let mut cells = row.iter().map(str::trim).filter(|cell| !cell.is_empty()).peekable();
    cells.peek().is_some()
        && cells.all(|cell| cell.strip_prefix('#').is_some_and(|tag| tag.starts_with(char::is_alphabetic)))
}

/// The tags of numbers: what is counted of whom.
const COUNTED: [&str; 7] = ["#affected", "#population", "#reached", "#targeted", "#inneed", "#indicator", "#value"];
/// The tags that say together what a row is about, from the large to the small.
const SUBJECT: [&str; 9] = ["#country", "#region", "#adm1", "#adm2", "#adm3", "#adm4", "#loc", "#crisis", "#event"];

/// The mapping that a row of HXL tags is.
///
/// A column is a claim of its own if it has a tag such as `#affected+killed`, which is then the predicate; `#date` or
/// `#date+start` and `#date+end` say as of when, `#meta+source` who says so, `#meta+url` where; the subject is
/// what `#country`, `#adm1`, `#loc`, `#event` and the like say together.
///
/// # Errors
///
/// Without a column for the date, one for the source and one with numbers there is no claim, and the error names what is
/// missing.
///
/// ```
/// use testimony_exchange::table::from_hxl;
///
/// let header = ["Pays", "Date", "Tués", "Source"];
/// let mapping = from_hxl(&header, &["#country+name", "#date", "#affected+killed", "#meta+source"])?;
/// assert_eq!(mapping.claims[0].predicate.to_string(), "affected+killed");
/// # Ok::<(), testimony_exchange::table::TableError>(())
/// ```
pub fn from_hxl(header: &[impl AsRef<str>], tags: &[impl AsRef<str>]) -> Result<Mapping, TableError> {
    let columns: Vec<(&str, Vec<&str>)> = header
        .iter()
        .zip(tags)
        .map(|(name, tag)| (name.as_ref().trim(), tag.as_ref().trim().split('+').map(str::trim).collect()))
        .collect();
    let with = |tag: &str, attribute: Option<&str>| {
        let is = |tags: &Vec<&str>| tags[0] == tag && attribute.is_none_or(|attribute| tags.contains(&attribute));
        columns.iter().find(|(_, tags)| is(tags)).map(|(name, _)| *name)
    };
    let missing = |what: &str| {
        TableError(format!(
            "the tags have no {what}; a claim needs #date, #meta+source, and a column such as #affected+killed"
        ))
    };
    let source = with("#meta", Some("source")).ok_or_else(|| missing("#meta+source"))?;
    let date = with("#date", Some("start")).or_else(|| with("#date", None)).ok_or_else(|| missing("#date"))?;
    let end = with("#date", Some("end")).filter(|end| *end != date);
    let mut pieces = Vec::new();
    for tag in SUBJECT {
        let Some(name) = with(tag, Some("name")).or_else(|| with(tag, None)) else { continue };
        if !pieces.is_empty() {
            pieces.push(Piece::Text(" · ".to_owned()));
        }
        pieces.push(Piece::Column(name.to_owned()));
    }
    if pieces.is_empty() {
        return Err(missing("#country, #adm1, #loc or #event"));
    }
    let column = |name: &str| Templates::from(Template::column(name));
    let url = with("#meta", Some("url"));
    let counted = columns.iter().filter(|(_, tags)| COUNTED.contains(&tags[0]));
    let claims: Vec<ClaimColumns> = counted
        .map(|(name, tags)| {
            let attributes: Vec<&str> = tags.iter().copied().filter(|tag| *tag != "num").collect();
            ClaimColumns {
                subject: Templates::from(Template { pieces: pieces.clone() }),
                predicate: Template::constant(attributes.join("+").trim_start_matches('#')).into(),
                number: column(name),
                origin: column(source),
                as_of: column(date),
                as_of_end: end.map(column).unwrap_or_default(),
                url: url.map(column).unwrap_or_default(),
                ..ClaimColumns::default()
            }
        })
        .collect();
    if claims.is_empty() {
        return Err(missing("column of numbers"));
    }
    Ok(Mapping { claims, ..Mapping::default() })
}
