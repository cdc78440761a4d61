//! Units under one name, whichever of their names was used.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::plural::singular;
use super::table::{CODES_IN_CAPITALS, CURRENCIES, FATES, PERCENT, Row, UNITS, UnitKind};
use crate::error::{Error, ErrorKind};
use crate::text;

/// A unit as it is compared: under the first of its names, with what its numbers are like.
#[derive(Clone, Debug)]
pub(crate) struct Unit<'a> {
    name: Cow<'a, str>,
    kind: UnitKind,
}

impl<'a> Unit<'a> {
    /// A unit by the name under which it is compared.
    pub(crate) fn from_name(name: impl Into<Cow<'a, str>>, kind: UnitKind) -> Self {
        Self { name: name.into(), kind }
    }

    /// The name by which the unit is compared: that of the table, or else its words in the singular, without case.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The name that a report prints, if the table has one.
    pub(crate) fn to_print(&self) -> Option<&'static str> {
        known(&self.name).map(|row| row.names[0])
    }

    pub(crate) fn kind(&self) -> UnitKind {
        self.kind
    }

    /// Whether the unit counts whole things.
    pub(crate) fn is_counted(&self) -> bool {
        self.kind == UnitKind::Counted
    }

    /// Whether the unit is that of proportions.
    pub(crate) fn is_ratio(&self) -> bool {
        self.kind == UnitKind::Ratio
    }
}

/// Two units are the same if their names are: what their numbers are like follows from that.
impl PartialEq for Unit<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Unit<'_> {}

/// The unit that some words name, compared without case, a final full stop, white space or number; `None` if they only
/// say what happened to those counted ("killed", "dead or missing"), which is for the predicate to say.
///
/// Units and currencies of the table come under the first of their names: `persons` for "People", `kg` for "kilograms",
/// `USD` for "US dollars". Nothing is allocated for those that are written as the table has them.
pub(crate) fn unit(words: &str) -> Option<Unit<'_>> {
    if let Some(row) = known(words) {
        return Some(of(row));
    }
    let folded = folded(words);
    if is_fate(&folded) {
        return None;
    }
    if let Some(row) = TABLE.codes.get(&*folded) {
        return Some(of(row));
    }
    let name = singular(folded);
    Some(match TABLE.forms.get(&*name) {
        Some(row) => of(row),
        None => Unit { name, kind: UnitKind::Counted },
    })
}

/// The unit of a figure: the one that it names, or else the one that its predicate lends it.
pub(crate) fn unit_of<'a>(own: Option<&'a str>, lent: Option<&'a str>) -> Option<Unit<'a>> {
    own.and_then(unit).or_else(|| lent.and_then(unit))
}

/// Whether the words name the unit of proportions.
pub(crate) fn is_ratio(words: &str) -> bool {
    unit(words).is_some_and(|unit| unit.is_ratio())
}

/// Whether the words only say what happened to those counted, and so are no unit.
pub(crate) fn is_fate_only(words: &str) -> bool {
    known(words).is_none() && is_fate(&folded(words))
}

/// Refuses what is no unit because it stands for hundredths.
pub(crate) fn check_unit(field: &str, words: &str) -> Result<(), Error> {
    text::check(field, words, text::MAX_NAME)?;
    if known(words).is_none() && PERCENT.contains(&&*folded(words)) {
        return Err(Error::new(ErrorKind::PercentUnit).value(words).at(field));
    }
    Ok(())
}

/// Refuses a name of a unit beside others that is none: one that stands for hundredths, the unit of proportions, which
/// has no other name, and what happened to those counted.
pub(crate) fn check_other_name(field: &str, words: &str) -> Result<(), Error> {
    check_unit(field, words)?;
    if unit(words).is_none_or(|unit| unit.is_ratio()) {
        return Err(Error::new(ErrorKind::NoOtherName).value(words).at(field));
    }
    Ok(())
}

/// The rows of the table by their names.
struct Table {
    /// Names as they are mostly written.
    names: HashMap<&'static str, &'static Row>,
    /// Codes in small letters.
    codes: HashMap<Cow<'static, str>, &'static Row>,
    /// All names but codes, by the form in which a name is looked up that is written otherwise.
    forms: HashMap<Cow<'static, str>, &'static Row>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let names_of = |row: &'static Row| row.names.iter().map(move |name| (*name, row));
    let all = || UNITS.iter().flat_map(names_of).chain(CURRENCIES.iter().flat_map(move |row| names_of(row).skip(1)));
    let all_codes = || CURRENCIES.iter().map(|row| (row.names[0], row));
    let in_any_case = all_codes().filter(|(code, _)| !CODES_IN_CAPITALS.contains(code));
    Table {
        names: all().chain(all_codes()).collect(),
        codes: in_any_case.map(|(code, row)| (folded(code), row)).collect(),
        forms: all().map(|(name, row)| (singular(folded(name)), row)).collect(),
    }
});

fn known(words: &str) -> Option<&'static Row> {
    TABLE.names.get(words).copied()
}

fn of(row: &'static Row) -> Unit<'static> {
    Unit { name: row.names[0].into(), kind: row.kind }
}

/// The words without case, white space that says nothing, and a full stop at the end.
fn folded(words: &str) -> Cow<'_, str> {
    fn without_stop(text: &str) -> &str {
        text.strip_suffix('.').map(str::trim_end).filter(|rest| !rest.is_empty()).unwrap_or(text)
    }
    match text::normal(words) {
        Cow::Borrowed(text) => without_stop(text).into(),
        Cow::Owned(text) => match without_stop(&text) {
            rest if rest.len() == text.len() => text.into(),
            rest => rest.to_owned().into(),
        },
    }
}

/// Whether folded words only say what happened to those counted: "killed", "dead or missing", "killed, wounded and
/// missing".
fn is_fate(folded: &str) -> bool {
    let mut words =
        folded.split([' ', ',', '/']).filter(|word| !matches!(*word, "" | "and" | "or" | "and/or")).peekable();
    words.peek().is_some() && words.all(|word| FATES.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(words: &str) -> String {
        unit(words).unwrap_or_else(|| panic!("{words} is no unit")).name().to_owned()
    }

    #[test]
    fn the_names_of_one_unit_come_to_the_first() {
        for (first, names) in [
            (
                "persons",
                &["persons", "Person", " people ", "PEOPLE.", "individuals", "individual", "soul", "souls"][..],
            ),
            ("soldiers", &["soldier", "troops", "Troop", "servicemen", "serviceman"]),
            ("children", &["child", "minors", "minor"]),
            ("families", &["family", "Families"]),
            ("aircraft", &["plane", "planes"]),
            ("km", &["KM", "km.", "kms", "kilometres", "kilometer"]),
            ("ft", &["foot", "feet", "Ft."]),
            ("in", &["inch", "inches"]),
            ("m2", &["m²", "square  metres", "sq. m", "sq m", "Square Meter"]),
            ("t", &["tonne", "tonnes", "metric tons", "Metric ton", "T"]),
            ("tons", &["ton", "tons", "Ton."]),
            ("lb", &["lbs", "pounds of weight"]),
            ("kW", &["kw", "KW", "kilowatts"]),
            ("MWh", &["mwh", "megawatt hours", "megawatt-hours"]),
            ("°C", &["° c", "degrees Celsius", "degree celsius", "℃"]),
            ("km/h", &["kilometres per hour", "kph", "kilometer per hour"]),
            ("USD", &["usd", "US dollars", "U.S. dollar", "United States dollars"]),
            ("EUR", &["euros", "€", "Euro"]),
            ("GBP", &["pounds sterling", "British pounds"]),
            ("SEK", &["Swedish kronor", "swedish krona"]),
            ("ratio", &["Ratio", " RATIO ", "ratios"]),
        ] {
            for other in names {
                assert_eq!(name(other), first, "{other}");
                assert_eq!(unit(other).and_then(|unit| unit.to_print()), Some(first), "{other}");
            }
        }
    }

    #[test]
    fn a_unit_that_no_table_has_is_its_singular() {
        for (one, other) in
            [("explosion", "Explosions"), ("bus", "buses"), (" air  raids ", "air raid"), ("É", "e\u{301}s")]
        {
            assert_eq!(unit(one).map(|unit| unit.name().to_owned()), unit(other).map(|unit| unit.name().to_owned()));
            assert!(unit(one).is_some_and(|unit| unit.is_counted() && unit.to_print().is_none()));
        }
    }

    #[test]
    fn units_that_are_not_one_are_told_apart() {
        let apart = [
            "persons",
            "soldiers",
            "civilians",
            "children",
            "families",
            "households",
            "t",
            "tons",
            "lb",
            "pounds",
            "GBP",
            "m",
            "mi",
            "min",
            "months",
            "dollars",
            "USD",
            "km",
            "km2",
            "explosions",
            "corps",
            "corpses",
            "percentage points",
            "won",
        ];
        for (i, one) in apart.iter().enumerate() {
            for other in &apart[i + 1..] {
                assert_ne!(name(one), name(other), "{one}, {other}");
            }
        }
    }

    #[test]
    fn codes_are_not_taken_for_words_and_their_plurals() {
        for (code, one, several) in
            [("CUP", "cup", "cups"), ("COP", "Cop", "cops"), ("PEN", "pen", "Pens"), ("KGS", "kg", "kgs")]
        {
            assert_eq!(unit(code).map(|unit| unit.kind()), Some(UnitKind::Currency), "{code}");
            assert_eq!(unit(one), unit(several));
            assert_ne!(unit(one), unit(code));
        }
        assert_eq!(name("uah"), "UAH");
        assert_ne!(name("uahs"), "UAH");
    }

    #[test]
    fn what_is_measured_is_no_count() {
        for (words, kind) in [
            ("days", UnitKind::Measured),
            ("ton", UnitKind::Measured),
            ("euros", UnitKind::Currency),
            ("US dollars", UnitKind::Currency),
            ("homes", UnitKind::Counted),
            ("goats", UnitKind::Counted),
            ("ratio", UnitKind::Ratio),
        ] {
            assert_eq!(unit(words).map(|unit| unit.kind()), Some(kind), "{words}");
        }
    }

    #[test]
    fn what_happened_to_those_counted_is_no_unit() {
        for words in ["dead", "Killed", "wounded.", "dead or missing", "killed, wounded and missing", "killed/wounded"]
        {
            assert_eq!(unit(words), None, "{words}");
            assert!(is_fate_only(words), "{words}");
        }
        for words in ["and", "killed soldiers", "deaths", "seriously", "", "dead persons"] {
            assert!(unit(words).is_some(), "{words}");
        }
        assert_eq!(
            unit_of(Some("killed"), Some("people")).map(|unit| unit.name().to_owned()),
            Some("persons".to_owned())
        );
        assert_eq!(unit_of(Some("killed"), None), None);
    }

    #[test]
    fn hundredths_are_no_unit() {
        for words in ["%", " Percent", "per  cent", "PER CENT."] {
            let error = check_unit("unit", words).unwrap_err();
            assert_eq!(error.code(), "percent-unit", "{words}");
            assert!(error.to_string().contains("\"ratio\""), "{error}");
        }
        for words in ["ratio", "percentage points", "cents", "."] {
            check_unit("unit", words).unwrap_or_else(|error| panic!("{error}"));
        }
    }

    /// A name that came under two rows would be one or the other by chance.
    #[test]
    fn each_name_is_in_one_row() {
        let mut forms: HashMap<_, &str> = HashMap::new();
        for row in UNITS.iter().chain(CURRENCIES) {
            for (i, name) in row.names.iter().enumerate() {
                if i > 0 || row.kind != UnitKind::Currency {
                    let first = *forms.entry(singular(folded(name))).or_insert(row.names[0]);
                    assert_eq!(first, row.names[0], "{name}");
                }
                assert_eq!(unit(name).map(|unit| unit.name().to_owned()).as_deref(), Some(row.names[0]), "{name}");
            }
        }
    }

    #[test]
    fn nothing_is_copied_for_the_names_of_the_table() {
        for words in ["persons", "people", "USD", "km", "explosion", "explosions", "air raids"] {
            assert!(matches!(unit(words).map(|unit| unit.name), Some(Cow::Borrowed(_))), "{words}");
        }
    }
}
