//! Templates: a text with the names of columns in braces.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text in which `{name}` stands for the cell of that column, and `{{` and `}}` for braces.
///
/// ```
/// use testimony_exchange::table::Template;
///
/// let template: Template = "{country} · {event}".parse()?;
/// assert_eq!(template.columns().collect::<Vec<_>>(), ["country", "event"]);
/// assert!("{country".parse::<Template>().is_err());
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pub(super) pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Column(String),
}

impl Template {
    /// The cell of one column.
    #[must_use]
    pub fn column(name: impl Into<String>) -> Self {
        Self { pieces: vec![Piece::Column(name.into())] }
    }

    /// A text that is the same in every row.
    #[must_use]
    pub fn constant(text: impl Into<String>) -> Self {
        Self { pieces: vec![Piece::Text(text.into())] }
    }

    /// The columns that it names, in their order.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Column(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// Fills it in; `None` if a cell of it says nothing.
    pub(super) fn fill<'r>(&self, cell: impl Fn(&str) -> Option<&'r str>) -> Option<String> {
        let mut text = String::new();
        for piece in &self.pieces {
            text.push_str(match piece {
                Piece::Text(text) => text,
                Piece::Column(name) => cell(name)?,
            });
        }
        Some(text)
    }

    /// Finds cells with which it gives this text: each column takes what stands before the text behind it.
    pub(super) fn solve<'t>(&'t self, text: &'t str) -> Option<Vec<(&'t str, &'t str)>> {
        let mut cells = Vec::new();
        let mut rest = text;
        let mut open: Option<&str> = None;
        for piece in &self.pieces {
            match piece {
                Piece::Column(_) if open.is_some() => return None,
                Piece::Column(name) => open = Some(name),
                Piece::Text(text) => match open.take() {
                    Some(name) => {
                        let (cell, after) = rest.split_once(text.as_str())?;
                        cells.push((name, cell));
                        rest = after;
                    }
                    None => rest = rest.strip_prefix(text.as_str())?,
                },
            }
        }
        match open {
            Some(name) => cells.push((name, rest)),
            None if rest.is_empty() => {}
            None => return None,
        }
        Some(cells)
    }
}

impl FromStr for Template {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            literal.push_str(&rest[..at]);
            let brace = &rest[at..];
            if let Some(after) = brace.strip_prefix("{{").or_else(|| brace.strip_prefix("}}")) {
                literal.push_str(&brace[..1]);
                rest = after;
                continue;
            }
            let named = brace.strip_prefix('{').and_then(|inside| inside.split_once('}'));
            let (name, after) =
                named.ok_or_else(|| format!("{text:?} has a brace alone; write {{{{ or }}}} for one"))?;
            if !literal.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut literal)));
            }
            pieces.push(Piece::Column(name.to_owned()));
            rest = after;
        }
        literal.push_str(rest);
        if !literal.is_empty() || pieces.is_empty() {
            pieces.push(Piece::Text(literal));
        }
        Ok(Self { pieces })
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| match piece {
            Piece::Text(text) => f.write_str(&text.replace('{', "{{").replace('}', "}}")),
            Piece::Column(name) => write!(f, "{{{name}}}"),
        })
    }
}

/// Templates of which the first counts whose cells all say something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Templates(pub(super) Vec<Template>);

impl Templates {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn fill<'r>(&self, cell: impl Fn(&str) -> Option<&'r str>) -> Option<String> {
        self.0.iter().find_map(|template| template.fill(&cell))
    }

    /// How messages name it.
    pub(super) fn named(&self) -> String {
        let columns: Vec<&str> = self.0.iter().flat_map(Template::columns).collect();
        match columns.as_slice() {
            [] => "a constant of the mapping".to_owned(),
            [one] => format!("column {one}"),
            several => format!("columns {}", several.join(", ")),
        }
    }
}

impl fmt::Display for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().enumerate().try_for_each(|(i, template)| {
            f.write_str(if i == 0 { "" } else { " | " })?;
            template.fmt(f)
        })
    }
}

impl From<Template> for Templates {
    fn from(template: Template) -> Self {
        Self(vec![template])
    }
}

impl<'de> Deserialize<'de> for Templates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMore;
        impl<'de> Visitor<'de> for OneOrMore {
            type Value = Templates;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text such as \"{column}\", or a list of them")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Templates, E> {
                text.parse().map(|template| Templates(vec![template])).map_err(E::custom)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Templates, A::Error> {
                let mut templates = Vec::new();
                while let Some(text) = list.next_element::<String>()? {
                    templates.push(text.parse().map_err(de::Error::custom)?);
                }
                Ok(Templates(templates))
            }
        }
        deserializer.deserialize_any(OneOrMore)
    }
}

impl Serialize for Templates {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [one] => serializer.collect_str(one),
            several => serializer.collect_seq(several.iter().map(ToString::to_string)),
        }
    }
}
