//! The least that finds conflicts: claims whose values are numbers already are put beside the others of their topic.

use std::collections::HashMap;

use testimony::{Bound, Claim, Date, Policy, Stance, Topic, Value};

use super::Workload;

/// A value as the detector compares it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numeric {
    origin: u32,
    ends: [i64; 2],
    /// Of a text its number, which only the same text has.
    text: Option<u32>,
    days: [i32; 2],
    denies: bool,
}

/// The values of claims as numbers, made before the clock starts.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    texts: HashMap<String, u32>,
}

impl Numbers {
    pub(crate) fn of(&mut self, claim: &Claim) -> Numeric {
        let day = |day: Option<Date>, open: i32| {
            day.map_or(open, |day| day.year() * 400 + i32::from(day.month()) * 32 + i32::from(day.day()))
        };
        let as_of = claim.as_of();
        let days = [
            day(as_of.and_then(|period| period.first_day()), i32::MIN),
            day(as_of.and_then(|period| period.last_day()), i32::MAX),
        ];
        let new = u32::try_from(self.texts.len()).unwrap();
        let (ends, text) = match claim.value() {
            Some(Value::Figure(figure)) => {
                let values = figure.values(&Policy::default()).unwrap();
                let end = |end: Option<Bound>, open: i64| end.map_or(open, |end| end.value().floor().to_i64().unwrap());
                ([end(values.low(), i64::MIN), end(values.high(), i64::MAX)], None)
            }
            Some(Value::Text(text)) => ([0; 2], Some(*self.texts.entry(text.to_string()).or_insert(new))),
            _ => ([i64::MIN, i64::MAX], None),
        };
        Numeric { origin: 0, ends, text, days, denies: claim.stance() == Stance::Denies }
    }
}

impl Numeric {
    fn clashes_with(&self, other: &Self) -> bool {
        let meet = |a: [i32; 2], b: [i32; 2]| a[0] <= b[1] && b[0] <= a[1];
        let apart = self.ends[0] > other.ends[1] || other.ends[0] > self.ends[1];
        let against = self.denies != other.denies && self.text == other.text;
        self.origin != other.origin && meet(self.days, other.days) && (apart || against)
    }
}

/// Finds the source and the topic of each claim by hash, compares its value with those on the topic, and keeps it; the
/// claims are dropped as they are gone through.
#[derive(Debug, Default)]
pub(crate) struct Detector {
    sources: HashMap<String, u32>,
    topics: HashMap<Topic, Vec<Numeric>>,
    conflicts: u64,
}

impl Detector {
    pub(crate) fn add(&mut self, claim: &Claim, numeric: Numeric) {
        let new = u32::try_from(self.sources.len()).unwrap();
        let origin = match self.sources.get(claim.origin().as_str()) {
            Some(origin) => *origin,
            None => *self.sources.entry(claim.origin().as_str().to_owned()).or_insert(new),
        };
        let numeric = Numeric { origin, ..numeric };
        match self.topics.get_mut(claim.topic()) {
            Some(others) => {
                self.conflicts += others.iter().filter(|other| numeric.clashes_with(other)).count() as u64;
                others.push(numeric);
            }
            None => {
                self.topics.insert(claim.topic().clone(), vec![numeric]);
            }
        }
    }
}

/// The claims of a workload with their values as numbers.
pub(crate) fn claims(workload: &Workload) -> Vec<(Claim, Numeric)> {
    let mut numbers = Numbers::default();
    let with_numbers = |claim: Claim| {
        let numeric = numbers.of(&claim);
        (claim, numeric)
    };
    workload.claims().map(with_numbers).collect()
}

/// Takes claims one after another.
pub(crate) fn detect(claims: Vec<(Claim, Numeric)>) -> Detector {
    let mut detector = Detector::default();
    for (claim, numeric) in claims {
        detector.add(&claim, numeric);
    }
    detector
}
