//! The shapes of data that are measured.

use testimony::Measure;

/// The traits that the claims of a workload share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) topics: Topics,
    pub(crate) times: Times,
    pub(crate) values: Values,
    /// How many claims of a thousand dissent, on a topic that is disputed at all.
    pub(crate) dissent: u64,
    pub(crate) one_origin: bool,
    pub(crate) measure: Measure,
}

/// How claims spread over topics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topics {
    /// About five claims a topic by a bounded power law; 38 % of the topics are disputed.
    Many,
    /// Five claims a topic.
    OfFive,
    /// One topic for all.
    One,
}

/// Of which time claims are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Times {
    /// A day, a month, half a year or a year within three years and one.
    Periods,
    /// A day of three years.
    Days,
    /// The same day for all.
    OneDay,
    Unknown,
}

/// The kinds of value that claims put forward.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Values {
    /// On seven topics of ten figures, on three texts.
    Mixed,
    /// Figures that hold the topic's true number; those that dissent are two to six times as high.
    Figures,
    /// Texts, which those that dissent deny.
    Texts,
    /// Figures that hold the true number; those that dissent deny the numbers about it.
    Denials,
    /// Figures about a number that grows by the day.
    Growing,
    /// Figures about a number that falls by the day.
    Falling,
    /// Another number in each claim.
    Distinct,
}

const HOT: Shape = Shape {
    name: "hot",
    topics: Topics::One,
    times: Times::Periods,
    values: Values::Figures,
    dissent: 1,
    one_origin: false,
    measure: Measure::Stock,
};

/// Every shape. All but the first are hot: a topic in them has far more claims than usual, or far more conflicts.
const SHAPES: [Shape; 13] = [
    Shape { name: "typical", topics: Topics::Many, values: Values::Mixed, dissent: 250, ..HOT },
    HOT,
    Shape { name: "hotdense", dissent: 250, ..HOT },
    Shape { name: "series", times: Times::Days, values: Values::Growing, ..HOT },
    Shape { name: "one-day", times: Times::OneDay, ..HOT },
    Shape { name: "unknown-time", times: Times::Unknown, ..HOT },
    Shape { name: "one-origin", one_origin: true, ..HOT },
    Shape { name: "all-conflict", topics: Topics::OfFive, times: Times::OneDay, values: Values::Distinct, ..HOT },
    Shape { name: "every-pair", times: Times::OneDay, values: Values::Distinct, ..HOT },
    Shape { name: "falling", times: Times::Days, values: Values::Falling, measure: Measure::Cumulative, ..HOT },
    Shape {
        name: "falling-own",
        times: Times::Days,
        values: Values::Falling,
        measure: Measure::Cumulative,
        one_origin: true,
        ..HOT
    },
    Shape { name: "texts", values: Values::Texts, dissent: 250, ..HOT },
    Shape { name: "denials", values: Values::Denials, dissent: 250, ..HOT },
];

/// The measures under which the first three hot shapes are measured as well.
const OTHER_MEASURES: [Measure; 3] = [Measure::Cumulative, Measure::Flow, Measure::Fixed];

impl Shape {
    /// The shape of this name, with another measure if one is given after a slash: `hot`, `hot/flow`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let (name, measure) = name.split_once('/').map_or((name, None), |(name, measure)| (name, Some(measure)));
        let shape = SHAPES.into_iter().find(|shape| shape.name == name)?;
        let measure = measure.map_or(Ok(shape.measure), str::parse).ok()?;
        Some(Self { measure, ..shape })
    }

    /// The name by which it is found again.
    pub(crate) fn full_name(&self) -> String {
        match SHAPES.iter().find(|shape| shape.name == self.name) {
            Some(shape) if shape.measure != self.measure => format!("{}/{}", self.name, self.measure),
            _ => self.name.to_owned(),
        }
    }

    /// Every hot shape, and the first three with each measure.
    pub(crate) fn hot() -> Vec<Self> {
        let hot = &SHAPES[1..];
        let varied = hot[..3].iter().flat_map(|shape| OTHER_MEASURES.map(|measure| Self { measure, ..*shape }));
        hot.iter().copied().chain(varied).collect()
    }
}
