//! The tables of the published scales, each as its publication has it.

use crate::words::vocabulary;

vocabulary! {
    /// The judgement that the words of a [`Scale`](super::Scale) express.
    ///
    /// A word moved from a scale of one kind to a scale of another changes its meaning, whatever the numbers say, and
    /// a [`Conversion`](super::Conversion) reports that as a loss.
    ///
    /// ```
    /// use testimony::scales::{Judgement, Scale};
    ///
    /// assert_eq!(Scale::Icd203.judgement(), Judgement::Likelihood);
    /// assert_eq!(Scale::StixAdmiralty.judgement(), Judgement::Credibility);
    /// ```
    #[derive(PartialOrd, Ord)]
    Judgement, "likelihood, confidence and credibility" {
        /// How likely something is.
        Likelihood = "likelihood",
        /// How sure somebody is of what they say, in general terms.
        Confidence = "confidence",
        /// How far a piece of information is to be believed.
        Credibility = "credibility",
    }
}

/// One scale as published.
pub(super) struct Table {
    pub(super) publication: &'static str,
    /// The words, as an error that refuses another one calls them.
    pub(super) expected: &'static str,
    pub(super) judgement: Judgement,
    /// The words from the least to the greatest, those without a band at the end.
    pub(super) rows: &'static [Row],
}

/// One row of a scale.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Row {
    /// The wordings, as [`normal`](crate::text::normal) leaves them; the first is the one that is shown.
    pub(super) wordings: &'static [&'static str],
    pub(super) band: Option<Band>,
    /// The value that STIX writes for the word.
    pub(super) stix: Option<u8>,
}

/// A band in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Band {
    pub(super) low: u8,
    pub(super) low_open: bool,
    pub(super) high: u8,
    pub(super) high_open: bool,
}

/// The band from one number to another, both included.
const fn closed(low: u8, high: u8) -> Band {
    Band { low, low_open: false, high, high_open: false }
}

/// The band above a number, up to 100.
const fn over(low: u8) -> Band {
    Band { low, low_open: true, high: 100, high_open: false }
}

/// The band from 0 to below a number.
const fn under(high: u8) -> Band {
    Band { low: 0, low_open: false, high, high_open: true }
}

/// The band of so much, give or take so much.
const fn about(middle: u8, give: u8) -> Band {
    closed(middle - give, middle + give)
}

const fn row(wordings: &'static [&'static str], band: Band) -> Row {
    Row { wordings, band: Some(band), stix: None }
}

const fn without_band(wordings: &'static [&'static str]) -> Row {
    Row { wordings, band: None, stix: None }
}

/// A row of STIX: the value written, and the range read.
const fn stix(wordings: &'static [&'static str], value: u8, low: u8, high: u8) -> Row {
    Row { wordings, band: Some(closed(low, high)), stix: Some(value) }
}

pub(super) static ICD_203: Table = Table {
    publication: "Intelligence Community Directive 203, Analytic Standards (Office of the Director of National \
                  Intelligence, 2015)",
    expected: "the words of ICD 203",
    judgement: Judgement::Likelihood,
    rows: &[
        row(&["almost no chance", "remote"], closed(1, 5)),
        row(&["very unlikely", "highly improbable"], closed(5, 20)),
        row(&["unlikely", "improbable"], closed(20, 45)),
        row(&["roughly even chance", "roughly even odds"], closed(45, 55)),
        row(&["likely", "probable"], closed(55, 80)),
        row(&["very likely", "highly probable"], closed(80, 95)),
        row(&["almost certain", "nearly certain"], closed(95, 99)),
    ],
};

pub(super) static PHIA: Table = Table {
    publication: "Probability Yardstick (Professional Head of Intelligence Assessment, United Kingdom, 2025)",
    expected: "the words of the PHIA yardstick",
    judgement: Judgement::Likelihood,
    rows: &[
        row(&["remote chance"], Band { low_open: true, ..closed(0, 5) }),
        row(&["highly unlikely"], closed(10, 20)),
        row(&["unlikely"], closed(25, 35)),
        row(&["realistic possibility"], Band { high_open: true, ..closed(40, 50) }),
        row(&["likely or probable", "likely", "probable"], closed(55, 75)),
        row(&["highly likely"], closed(80, 90)),
        row(&["almost certain"], Band { high_open: true, ..closed(95, 100) }),
    ],
};

pub(super) static KENT: Table = Table {
    publication: "Sherman Kent, Words of Estimative Probability (Studies in Intelligence, 1964)",
    expected: "the words of Kent",
    judgement: Judgement::Likelihood,
    rows: &[
        row(&["impossible"], closed(0, 0)),
        row(&["almost certainly not"], about(7, 5)),
        row(&["probably not"], about(30, 10)),
        row(&["chances about even"], about(50, 10)),
        row(&["probable"], about(75, 12)),
        row(&["almost certain"], about(93, 6)),
        row(&["certain"], closed(100, 100)),
        without_band(&["possible"]),
    ],
};

pub(super) static IPCC: Table = Table {
    publication: "Guidance Notes for Lead Authors of the Fourth Assessment Report on Addressing Uncertainties \
                  (Intergovernmental Panel on Climate Change, 2005)",
    expected: "the words of the IPCC",
    judgement: Judgement::Likelihood,
    rows: &[
        row(&["exceptionally unlikely"], under(1)),
        row(&["very unlikely"], under(10)),
        row(&["unlikely"], under(33)),
        row(&["about as likely as not"], closed(33, 66)),
        row(&["likely"], over(66)),
        row(&["very likely"], over(90)),
        row(&["virtually certain"], over(99)),
    ],
};

const STIX_PUBLICATION: &str = "STIX Version 2.1, confidence scales (OASIS, 2021)";

pub(super) static STIX_NONE_LOW_MED_HIGH: Table = Table {
    publication: STIX_PUBLICATION,
    expected: "none, low, med and high",
    judgement: Judgement::Confidence,
    rows: &[
        stix(&["none"], 0, 0, 0),
        stix(&["low"], 15, 1, 29),
        stix(&["med"], 50, 30, 69),
        stix(&["high"], 85, 70, 100),
    ],
};

pub(super) static STIX_0_10: Table = Table {
    publication: STIX_PUBLICATION,
    expected: "the whole numbers from 0 to 10",
    judgement: Judgement::Confidence,
    rows: &[
        stix(&["0"], 0, 0, 4),
        stix(&["1"], 10, 5, 14),
        stix(&["2"], 20, 15, 24),
        stix(&["3"], 30, 25, 34),
        stix(&["4"], 40, 35, 44),
        stix(&["5"], 50, 45, 54),
        stix(&["6"], 60, 55, 64),
        stix(&["7"], 70, 65, 74),
        stix(&["8"], 80, 75, 84),
        stix(&["9"], 90, 85, 94),
        stix(&["10"], 100, 95, 100),
    ],
};

pub(super) static STIX_ADMIRALTY: Table = Table {
    publication: STIX_PUBLICATION,
    expected: "the credibilities of the Admiralty code, 1 to 6",
    judgement: Judgement::Credibility,
    rows: &[
        stix(&["5", "improbable"], 10, 0, 19),
        stix(&["4", "doubtful"], 30, 20, 39),
        stix(&["3", "possibly true"], 50, 40, 59),
        stix(&["2", "probably true"], 70, 60, 79),
        stix(&["1", "confirmed by other sources", "confirmed by other independent sources"], 90, 80, 100),
        without_band(&["6", "truth cannot be judged", "cannot be judged"]),
    ],
};

pub(super) static STIX_WEP: Table = Table {
    publication: STIX_PUBLICATION,
    expected: "the words of estimative probability of STIX",
    judgement: Judgement::Likelihood,
    rows: &[
        stix(&["impossible"], 0, 0, 0),
        stix(&["highly unlikely", "almost certainly not"], 10, 1, 19),
        stix(&["unlikely", "probably not"], 30, 20, 39),
        stix(&["even chance"], 50, 40, 59),
        stix(&["likely", "probable"], 70, 60, 79),
        stix(&["highly likely", "almost certain"], 90, 80, 99),
        stix(&["certain"], 100, 100, 100),
    ],
};

pub(super) static STIX_DNI: Table = Table {
    publication: STIX_PUBLICATION,
    expected: "the words of the DNI scale of STIX",
    judgement: Judgement::Likelihood,
    rows: &[
        stix(&["almost no chance", "remote"], 5, 0, 9),
        stix(&["very unlikely", "highly improbable"], 15, 10, 19),
        stix(&["unlikely", "improbable"], 30, 20, 39),
        stix(&["roughly even chance", "roughly even odds"], 50, 40, 59),
        stix(&["likely", "probable"], 70, 60, 79),
        stix(&["very likely", "highly probable"], 85, 80, 89),
        stix(&["almost certain", "nearly certain"], 95, 90, 100),
    ],
};
