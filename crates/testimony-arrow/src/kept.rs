//! Rows that are kept until a part is whole, and the ledger that they make.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, BufReader, Read};
use std::num::NonZero;
use std::ops::ControlFlow;

use testimony::jsonl::{self, Loaded};
use testimony::{Amendment, ClaimKey, Content, Entry, Ledger};

use crate::error::TableError;
use crate::rows::Row;

/// How much of the lines is handed to the reader at a time, in bytes.
const HANDFUL: usize = 256 * 1024;

/// The part of a row that goes to every part.
const EVERY: u32 = u32::MAX;

/// Rows, in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    parts: Vec<String>,
    /// The lines, one behind the other.
    text: String,
    places: Vec<Place>,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    seq: i64,
    part: u32,
    number: Option<i64>,
    start: usize,
    end: usize,
}

/// A ledger that was made of rows.
pub(crate) struct Made<'a> {
    pub(crate) loaded: Loaded,
    /// The part of each claim, by its place among the claims that were read.
    parts: Vec<u32>,
    kept: &'a Kept,
}

impl Made<'_> {
    /// The part of a claim.
    pub(crate) fn part(&self, claim: testimony::ClaimId) -> Option<&str> {
        let place = usize::try_from(self.loaded.number_in_file(claim)?).ok()?;
        let part = *self.parts.get(place)?;
        self.kept.parts.get(part as usize).map(String::as_str)
    }
}

impl Kept {
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// How long the lines are together.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    pub(crate) fn clear(&mut self) {
        self.parts.clear();
        self.text.clear();
        self.places.clear();
    }

    /// Keeps a row.
    pub(crate) fn push(&mut self, row: Row<'_>) {
        let part = match row.part {
            None => EVERY,
            Some(part) => {
                if self.parts.last().is_none_or(|last| last != part) {
                    self.parts.push(part.to_owned());
                }
                // As many parts as there are rows at most, of which 2³² fit no memory.
                u32::try_from(self.parts.len() - 1).unwrap_or(EVERY)
            }
        };
        let start = self.text.len();
        self.text.push_str(row.line);
        self.places.push(Place { seq: row.seq, part, number: row.number, start, end: self.text.len() });
    }

    fn line(&self, place: &Place) -> &str {
        &self.text[place.start..place.end]
    }

    fn part_of(&self, place: &Place) -> Option<&str> {
        self.parts.get(place.part as usize).map(String::as_str)
    }

    /// The first place of a ledger that no row has, if the last one is not that of the last row.
    pub(crate) fn first_missing(&self) -> Option<i64> {
        let mut places: Vec<i64> = self.places.iter().map(|place| place.seq).collect();
        places.sort_unstable();
        places.dedup();
        (0..).zip(places).find(|(expected, seq)| expected != seq).map(|(expected, _)| expected)
    }

    /// The ledger of these rows and of those that go to every part: all lines in the order of their places. A row that
    /// came twice counts once.
    pub(crate) fn ledger(&self, every: &Self) -> Result<Made<'_>, TableError> {
        self.ledger_with_threads(every, NonZero::<usize>::MIN)
    }

    /// The same ledger, by up to so many threads.
    pub(crate) fn ledger_with_threads(&self, every: &Self, threads: NonZero<usize>) -> Result<Made<'_>, TableError> {
        let mut order: Vec<(&Self, &Place)> = every.places.iter().map(|place| (every, place)).collect();
        order.extend(self.places.iter().map(|place| (self, place)));
        order.sort_by_key(|(_, place)| place.seq);
        without_repeats(&mut order)?;

        let mut lines = Vec::with_capacity(order.len());
        let (mut parts, mut places_of_numbers) = (Vec::new(), HashMap::new());
        for (kept, place) in &order {
            let line = kept.line(place);
            let line = match kind(line) {
                Kind::Claim => {
                    if let Some(number) = place.number {
                        places_of_numbers.insert(number, parts.len());
                    }
                    parts.push(place.part);
                    Cow::Borrowed(line)
                }
                Kind::About(number) => {
                    let Some(position) = i64::try_from(number).ok().and_then(|n| places_of_numbers.get(&n)) else {
                        let why = format!(
                            "is about claim {number} by its number, which no row before it has as its `number`; \
                             name the claim by its label, or give the column `number`"
                        );
                        return Err(TableError::row(place.seq, kept.part_of(place), why));
                    };
                    Cow::Owned(about(line, *position))
                }
                Kind::Other => Cow::Borrowed(line),
            };
            lines.push(line);
        }
        let mut refused = None;
        let input =
            BufReader::with_capacity(HANDFUL, Lines { left: lines.into_iter(), current: Cow::Borrowed(""), at: 1 });
        let loaded = jsonl::read_with_threads(Ledger::new(), input, threads, |error| {
            refused = Some(error);
            ControlFlow::Break(())
        });
        match (loaded, refused) {
            (Ok(loaded), None) => Ok(Made { loaded, parts, kept: self }),
            (Ok(_), Some(error)) | (Err(error), _) => {
                let place = error.line().and_then(|line| order.get(usize::try_from(line).ok()?.checked_sub(1)?));
                Err(match place {
                    Some((kept, place)) => {
                        TableError::Refused { seq: place.seq, part: kept.part_of(place).map(str::to_owned), error }
                    }
                    None => error.into(),
                })
            }
        }
    }
}

/// Takes out the rows that came twice; two different ones cannot have one place.
fn without_repeats(order: &mut Vec<(&Kept, &Place)>) -> Result<(), TableError> {
    let mut clash = None;
    order.dedup_by(|(kept, place), (before, at)| {
        if place.seq != at.seq {
            return false;
        }
        if kept.line(place) != before.line(at) || kept.part_of(place) != before.part_of(at) {
            clash.get_or_insert_with(|| {
                let why = "another row has the same seq; a seq is one place in the ledger";
                TableError::row(place.seq, kept.part_of(place), why)
            });
        }
        true
    });
    clash.map_or(Ok(()), Err)
}

/// A line, as far as it matters to the numbers of claims.
enum Kind {
    /// A claim, which has a number.
    Claim,
    /// A line that takes back or amends the claim of that number.
    About(u64),
    Other,
}

fn kind(line: &str) -> Kind {
    if is_laid_out_as_claim(line) {
        return Kind::Claim;
    }
    let entry = jsonl::Reader::new(line.as_bytes()).next().and_then(Result::ok).map(Entry::into_content);
    let key = match entry {
        Some(Content::Claim(_)) => return Kind::Claim,
        Some(Content::Retraction(retraction)) => retraction.claim(),
        Some(Content::Amendment(Amendment::Claim(amendment))) => amendment.claim(),
        _ => return Kind::Other,
    };
    match key {
        ClaimKey::Number(number) => Kind::About(number.number()),
        _ => Kind::Other,
    }
}

/// Whether a line is laid out as nearly all lines of claims are; the others are read as a whole.
fn is_laid_out_as_claim(line: &str) -> bool {
    let behind_time = line.strip_prefix("{\"recorded\":\"").and_then(|rest| rest.split_once("\",\"claim\":"));
    line.starts_with("{\"claim\":") || behind_time.is_some_and(|(time, _)| !time.contains('"'))
}

/// Whether a line is that of a claim.
pub(crate) fn is_claim(line: &str) -> bool {
    matches!(kind(line), Kind::Claim)
}

/// The line of a retraction or an amendment with another number for its claim.
fn about(line: &str, number: usize) -> String {
    let Ok(mut entry) = serde_json::from_str::<serde_json::Value>(line) else { return line.to_owned() };
    for kind in ["retraction", "amendment"] {
        if let Some(claim) = entry.get_mut(kind).and_then(|about| about.get_mut("claim")) {
            *claim = number.into();
        }
    }
    entry.to_string()
}

/// Lines as a stream.
struct Lines<'a> {
    left: std::vec::IntoIter<Cow<'a, str>>,
    /// The line that is being read, and how much of it was; its end is read behind it.
    current: Cow<'a, str>,
    at: usize,
}

impl Lines<'_> {
    /// The rest of the line, with its end.
    fn rest(&self) -> &[u8] {
        let line = self.current.as_bytes();
        line.get(self.at..).filter(|rest| !rest.is_empty()).unwrap_or(b"\n")
    }
}

impl Read for Lines<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut read = 0;
        while read < buffer.len() {
            if self.at > self.current.len() {
                let Some(line) = self.left.next() else { break };
                (self.current, self.at) = (line, 0);
            }
            let rest = self.rest();
            let taken = rest.len().min(buffer.len() - read);
            buffer[read..read + taken].copy_from_slice(&rest[..taken]);
            read += taken;
            self.at += taken;
        }
        Ok(read)
    }
}
