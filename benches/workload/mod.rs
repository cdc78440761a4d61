//! Claims to measure with, the same in every run: a shape, a size and a seed decide all of them.
#![allow(clippy::too_many_lines, reason = "each shape is a table of choices")]

pub(crate) mod detector;
pub(crate) mod plain;
mod shape;

use chrono::{DateTime, Days, NaiveDate};
pub(crate) use shape::Shape;
use testimony::{
    Claim, Date, Entry, Figure, Hedge, Ledger, Measure, Number, Period, Predicate, Source, SourceId, Stance, Timestamp,
    Topic, Value, jsonl,
};

use self::shape::{Times, Topics, Values};

const SEED: u64 = 42;
const SOURCES: u64 = 1000;
const CLAIMS_A_TOPIC: u64 = 5;
/// How many topics of a thousand are disputed; their dissenters leave about a tenth of all topics in conflict.
const DISPUTED: u64 = 380;
/// The days of three years.
const DAYS: usize = 1096;
/// The number that the figures of a hot topic lie about, so large that two of them are seldom the same by chance.
const TRUTH: i64 = 1_000_000;
const COUNTED: [&str; 7] = ["killed", "wounded", "captured", "strength", "tonnes", "cost", "distance"];
const JUDGED: [&str; 3] = ["outcome", "responsibility", "legality"];
const TEXTS: [&str; 3] = ["decisive", "confirmed", "deliberate"];

/// Claims of a shape.
#[derive(Clone, Debug)]
pub(crate) struct Workload {
    shape: Shape,
    size: usize,
    sources: Vec<SourceId>,
    /// A number that grows by about 1.2 % a day.
    growth: Vec<i64>,
}

impl Workload {
    pub(crate) fn new(shape: Shape, size: usize) -> Self {
        let sources = (0..SOURCES).map(|i| SourceId::new(format!("source-{i:04}")).unwrap()).collect();
        let growth = std::iter::successors(Some(TRUTH), |total| Some(total * 10_123 / 10_000)).take(DAYS).collect();
        Self { shape, size, sources, growth }
    }

    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// A ledger with what the claims name, and none of them.
    pub(crate) fn ledger(&self) -> Ledger {
        let mut ledger = Ledger::new();
        for entry in self.definitions() {
            ledger.append(entry).unwrap();
        }
        ledger
    }

    /// The claims, each with texts of its own, as if each had been read from a file.
    pub(crate) fn claims(&self) -> impl Iterator<Item = Claim> {
        let mut random = Random(SEED);
        (0..self.size).map(move |place| self.claim(place, &mut random))
    }

    /// The claims on record.
    pub(crate) fn recorded(&self) -> Ledger {
        let mut ledger = self.ledger();
        for claim in self.claims() {
            ledger.record(claim).unwrap();
        }
        ledger
    }

    /// The same as a file, in which one claim was recorded each second.
    pub(crate) fn jsonl(&self) -> Vec<u8> {
        let mut file = format!("{{\"format\":\"{}\"}}\n", jsonl::FORMAT).into_bytes();
        let midnight = 1_767_225_600;
        let claims = (midnight..).zip(self.claims()).map(|(second, claim)| {
            let time = DateTime::from_timestamp(second, 0).unwrap();
            Entry::from(claim).with_recorded(Timestamp::try_from(time).unwrap())
        });
        for entry in self.definitions().chain(claims) {
            serde_json::to_writer(&mut file, &entry).unwrap();
            file.push(b'\n');
        }
        file
    }

    fn definitions(&self) -> impl Iterator<Item = Entry> {
        let measure = self.shape.measure;
        let sources = self.sources.iter().map(|id| Source::new(id.as_str(), format!("The {id}")).unwrap().into());
        let defined = COUNTED.iter().filter(move |_| measure != Measure::Stock);
        sources.chain(defined.map(move |name| Predicate::new(*name).with_measure(measure).into()))
    }

    fn claim(&self, place: usize, random: &mut Random) -> Claim {
        let shape = &self.shape;
        let number = place as u64;
        let topics = (self.size as u64 / CLAIMS_A_TOPIC).max(1);
        let topic = match shape.topics {
            // The square of a uniform number: the chance of a rank falls with its square root.
            Topics::Many => {
                let uniform = random.below(1 << 32);
                (((uniform * uniform) >> 32) * topics) >> 32
            }
            Topics::OfFive => number % topics,
            Topics::One => 0,
        };
        // The nature of a topic follows from its number, and not from how popular it is.
        let mut nature = Random(SEED ^ (topic << 20));
        let disputed = nature.below(1000) < DISPUTED || shape.topics != Topics::Many;
        let dissents = random.below(1000) < shape.dissent && disputed;
        let counted = nature.below(10) < 7;
        let day = usize::try_from(random.below(DAYS as u64)).unwrap();

        let number = match shape.values {
            Values::Mixed => 50 + nature.number(20_000),
            Values::Figures | Values::Denials | Values::Texts => TRUTH,
            Values::Growing => self.growth[day],
            Values::Falling => self.growth[DAYS - 1 - day],
            Values::Distinct => TRUTH + i64::try_from(place).unwrap(),
        };
        let (value, stance) = match shape.values {
            Values::Texts => text(&mut nature, random, dissents),
            Values::Mixed if !counted => text(&mut nature, random, dissents),
            Values::Mixed => {
                let tenths = nature.below(5) == 0;
                (figure(random, number, dissents, tenths).into(), Stance::Affirms)
            }
            Values::Denials if dissents => {
                let about = Figure::between(random.share(number, 60, 90), random.share(number, 110, 140));
                (about.unwrap().into(), Stance::Denies)
            }
            Values::Denials => (figure(random, number, false, false).into(), Stance::Affirms),
            Values::Distinct => (Figure::exactly(number).into(), Stance::Affirms),
            Values::Figures | Values::Growing | Values::Falling => {
                (figure(random, number, dissents, false).into(), Stance::Affirms)
            }
        };
        let predicate = if value.as_text().is_some() { nature.pick(&JUDGED) } else { nature.pick(&COUNTED) };
        let topic = Topic::new(format!("event-{topic:07}"), *predicate);

        let origin = if shape.one_origin { &self.sources[0] } else { random.pick(&self.sources) };
        let repeatable = value.as_text().is_some() || value.as_figure().is_some_and(is_exact);
        let relays = match random.below(10) {
            // A claim that says what is on record already is not recorded again, and would measure nothing. On a hot
            // topic, where nothing else may keep two of them apart, the chains do.
            _ if repeatable && shape.topics == Topics::One => 2,
            0..5 => 0,
            5..8 => 1,
            8 => 2,
            _ => 3,
        };
        let mut claim = Claim::new(topic, value, origin).with_stance(stance);
        while claim.relays().len() < relays {
            let relay = random.pick(&self.sources);
            if relay != origin && !claim.relays().contains(relay) {
                claim = claim.with_relay(relay);
            }
        }
        match shape.times {
            Times::Periods => {
                let more_days = match random.below(10) {
                    0..3 => 0,
                    3..7 => 29,
                    7..9 => 179,
                    _ => 364,
                };
                claim.with_as_of(period(day, more_days))
            }
            Times::Days => claim.with_as_of(period(day, 0)),
            Times::OneDay => claim.with_as_of(period(DAYS / 2, 0)),
            Times::Unknown => claim,
        }
    }
}

/// So many days from the day of this number.
fn period(day: usize, more_days: u64) -> Period {
    let first = NaiveDate::from_ymd_opt(2023, 1, 1).unwrap() + Days::new(day as u64);
    let [first, last] = [first, first + Days::new(more_days)].map(|day| Date::try_from(day).unwrap());
    if more_days == 0 { first.into() } else { Period::days(first, last).unwrap() }
}

/// A figure that holds the number, or, if it dissents, only what is higher.
fn figure(random: &mut Random, number: i64, dissents: bool, tenths: bool) -> Figure {
    let number = if dissents { random.share(number, 250, 600) } else { number };
    let tenth: Number = "0.1".parse().unwrap();
    let whole = |n: i64| if tenths { Number::from(n).checked_mul(tenth).unwrap() } else { n.into() };
    match random.below(100) {
        0..40 => Figure::exactly(whole(number)),
        40..60 if dissents => Figure::at_least(whole(number)),
        40..60 => Figure::at_least(whole(random.share(number, 30, 100))),
        60..65 if !dissents => Figure::at_most(whole(random.share(number, 100, 150))),
        60..85 => Figure::between(whole(random.share(number, 80, 100)), whole(random.share(number, 100, 120))).unwrap(),
        // Taken as ten per cent wide, which reaches the number from either side.
        _ => Figure::about(whole(random.share(number, 95, 105))),
    }
}

/// The topic's text, or now and then another one; who dissents denies it.
fn text(nature: &mut Random, random: &mut Random, dissents: bool) -> (Value, Stance) {
    let usual = nature.below(3) + u64::from(random.below(10) == 0);
    let text = TEXTS[usize::try_from(usual % 3).unwrap()];
    (Value::text(text), if dissents { Stance::Denies } else { Stance::Affirms })
}

fn is_exact(figure: &Figure) -> bool {
    matches!(figure.hedge(), Hedge::Exactly(_))
}

/// Pseudo-random numbers (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % limit
    }

    fn number(&mut self, limit: u64) -> i64 {
        i64::try_from(self.below(limit)).unwrap()
    }

    /// From so many per cent of a number to so many.
    fn share(&mut self, number: i64, least: i64, most: i64) -> i64 {
        let (least, most) = (number * least / 100, number * most / 100);
        least + self.number(most.abs_diff(least) + 1)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }
}
