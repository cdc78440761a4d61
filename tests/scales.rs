//! The published scales against tables written by hand from the publications, word by word and number by number, and
//! conversions against brute force over every quarter of a per cent.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use testimony::scales::{BandFit, Conversion, ConversionLoss, Placement, Scale, ScaleWord, StixConfidence};
use testimony::{AnalyticConfidence, Bound, Commitment, Confidence, Credibility, Interval, Likelihood, Number};

/// Every half per cent from 0 to 100, as a number from 0 to 1. All published ends are whole per cents, so that these
/// tell any two bands apart, open ends included.
fn half_percents() -> impl Iterator<Item = (u32, Number)> {
    (0..=200).map(|n| (n, format!("{}.{:03}", n * 5 / 1000, n * 5 % 1000).parse().unwrap()))
}

fn names(reading: &Placement) -> Vec<&'static str> {
    reading.words().iter().map(|word| word.name()).collect()
}

#[track_caller]
fn word(text: &str) -> ScaleWord {
    text.parse().unwrap()
}

/// Checks every half per cent. A row is the first and the last of a run, in per cent, and the words they have; the
/// rows go from 0 to 100 without a hole.
#[track_caller]
fn assert_reads(scale: Scale, rows: &[(f64, f64, &[&str])]) {
    let mut checked = 0;
    for (n, number) in half_percents() {
        let percent = f64::from(n) / 2.0;
        let row: Vec<_> = rows.iter().filter(|(first, last, _)| (*first..=*last).contains(&percent)).collect();
        let [(_, _, expected)] = row[..] else { panic!("{scale}: {percent} has {} rows", row.len()) };
        let reading = scale.words_for(number).unwrap();
        assert_eq!(names(&reading), *expected, "{scale}: {percent}");
        assert_eq!(reading.is_gap(), expected.is_empty());
        checked += 1;
    }
    assert_eq!(checked, 201);
}

/// Checks every word of a scale, in order, in each of its wordings, and its band.
#[track_caller]
fn assert_bands(scale: Scale, rows: &[(&[&str], Option<&str>)]) {
    assert_eq!(scale.words().count(), rows.len());
    for (word, (wordings, band)) in scale.words().zip(rows) {
        assert_eq!(word.wordings(), *wordings);
        assert_eq!(word.name(), wordings[0]);
        assert_eq!(word.band().map(|band| band.to_string()).as_deref(), *band, "{word}");
        for wording in *wordings {
            let spaced = format!("  {} ", wording.replace(' ', " \t "));
            for text in [(*wording).to_owned(), wording.to_uppercase(), spaced] {
                assert_eq!(scale.word(&text), Some(word), "{scale}: {text:?}");
                assert_eq!(scale.band(&text), word.band());
                assert_eq!(format!("{scale}:{text}").parse::<ScaleWord>().unwrap(), word);
                let likelihood: Likelihood = format!("{scale}:{text}").parse().unwrap();
                assert_eq!(likelihood.word(), Some(word));
                assert!(!likelihood.is_off_scale());
            }
        }
        assert_eq!(word.to_string().parse::<ScaleWord>().unwrap(), word);
        assert_eq!(Likelihood::from(word).word(), Some(word));
    }
}

#[test]
fn icd_203_is_as_published() {
    assert_bands(
        Scale::Icd203,
        &[
            (&["almost no chance", "remote"], Some("[0.01, 0.05]")),
            (&["very unlikely", "highly improbable"], Some("[0.05, 0.2]")),
            (&["unlikely", "improbable"], Some("[0.2, 0.45]")),
            (&["roughly even chance", "roughly even odds"], Some("[0.45, 0.55]")),
            (&["likely", "probable"], Some("[0.55, 0.8]")),
            (&["very likely", "highly probable"], Some("[0.8, 0.95]")),
            (&["almost certain", "nearly certain"], Some("[0.95, 0.99]")),
        ],
    );
    assert_reads(
        Scale::Icd203,
        &[
            (0.0, 0.5, &[]),
            (1.0, 4.5, &["almost no chance"]),
            (5.0, 5.0, &["almost no chance", "very unlikely"]),
            (5.5, 19.5, &["very unlikely"]),
            (20.0, 20.0, &["very unlikely", "unlikely"]),
            (20.5, 44.5, &["unlikely"]),
            (45.0, 45.0, &["unlikely", "roughly even chance"]),
            (45.5, 54.5, &["roughly even chance"]),
            (55.0, 55.0, &["roughly even chance", "likely"]),
            (55.5, 79.5, &["likely"]),
            (80.0, 80.0, &["likely", "very likely"]),
            (80.5, 94.5, &["very likely"]),
            (95.0, 95.0, &["very likely", "almost certain"]),
            (95.5, 99.0, &["almost certain"]),
            (99.5, 100.0, &[]),
        ],
    );
}

#[test]
fn the_phia_yardstick_is_as_published() {
    assert_bands(
        Scale::Phia,
        &[
            (&["remote chance"], Some("(0, 0.05]")),
            (&["highly unlikely"], Some("[0.1, 0.2]")),
            (&["unlikely"], Some("[0.25, 0.35]")),
            (&["realistic possibility"], Some("[0.4, 0.5)")),
            (&["likely or probable", "likely", "probable"], Some("[0.55, 0.75]")),
            (&["highly likely"], Some("[0.8, 0.9]")),
            (&["almost certain"], Some("[0.95, 1)")),
        ],
    );
    assert_reads(
        Scale::Phia,
        &[
            (0.0, 0.0, &[]),
            (0.5, 5.0, &["remote chance"]),
            (5.5, 9.5, &[]),
            (10.0, 20.0, &["highly unlikely"]),
            (20.5, 24.5, &[]),
            (25.0, 35.0, &["unlikely"]),
            (35.5, 39.5, &[]),
            (40.0, 49.5, &["realistic possibility"]),
            (50.0, 54.5, &[]),
            (55.0, 75.0, &["likely or probable"]),
            (75.5, 79.5, &[]),
            (80.0, 90.0, &["highly likely"]),
            (90.5, 94.5, &[]),
            (95.0, 99.5, &["almost certain"]),
            (100.0, 100.0, &[]),
        ],
    );
}

#[test]
fn kents_words_are_as_published() {
    assert_bands(
        Scale::Kent,
        &[
            (&["impossible"], Some("[0, 0]")),
            (&["almost certainly not"], Some("[0.02, 0.12]")),
            (&["probably not"], Some("[0.2, 0.4]")),
            (&["chances about even"], Some("[0.4, 0.6]")),
            (&["probable"], Some("[0.63, 0.87]")),
            (&["almost certain"], Some("[0.87, 0.99]")),
            (&["certain"], Some("[1, 1]")),
            (&["possible"], None),
        ],
    );
    assert_reads(
        Scale::Kent,
        &[
            (0.0, 0.0, &["impossible"]),
            (0.5, 1.5, &[]),
            (2.0, 12.0, &["almost certainly not"]),
            (12.5, 19.5, &[]),
            (20.0, 39.5, &["probably not"]),
            (40.0, 40.0, &["probably not", "chances about even"]),
            (40.5, 60.0, &["chances about even"]),
            (60.5, 62.5, &[]),
            (63.0, 86.5, &["probable"]),
            (87.0, 87.0, &["probable", "almost certain"]),
            (87.5, 99.0, &["almost certain"]),
            (99.5, 99.5, &[]),
            (100.0, 100.0, &["certain"]),
        ],
    );
}

#[test]
fn the_words_of_the_ipcc_are_as_published() {
    assert_bands(
        Scale::Ipcc,
        &[
            (&["exceptionally unlikely"], Some("[0, 0.01)")),
            (&["very unlikely"], Some("[0, 0.1)")),
            (&["unlikely"], Some("[0, 0.33)")),
            (&["about as likely as not"], Some("[0.33, 0.66]")),
            (&["likely"], Some("(0.66, 1]")),
            (&["very likely"], Some("(0.9, 1]")),
            (&["virtually certain"], Some("(0.99, 1]")),
        ],
    );
    assert_reads(
        Scale::Ipcc,
        &[
            (0.0, 0.5, &["exceptionally unlikely", "very unlikely", "unlikely"]),
            (1.0, 9.5, &["very unlikely", "unlikely"]),
            (10.0, 32.5, &["unlikely"]),
            (33.0, 66.0, &["about as likely as not"]),
            (66.5, 90.0, &["likely"]),
            (90.5, 99.0, &["likely", "very likely"]),
            (99.5, 100.0, &["likely", "very likely", "virtually certain"]),
        ],
    );
}

/// Checks a scale of STIX both ways: each word with its wordings, the value written, and the range read.
#[track_caller]
fn assert_stix(scale: Scale, rows: &[(&[&str], u8, u8, u8)]) {
    assert!(scale.is_stix());
    let hundredths = |n: u8| Number::from(n).checked_mul("0.01".parse().unwrap()).unwrap();
    for (wordings, value, low, high) in rows {
        for wording in *wordings {
            let word = scale.word(wording).unwrap();
            assert_eq!(word.name(), wordings[0]);
            assert_eq!(word.stix_confidence().map(StixConfidence::value), Some(*value), "{scale}: {wording}");
            let band = word.band().unwrap();
            assert_eq!(band.low(), Some(Bound::closed(hundredths(*low))));
            assert_eq!(band.high(), Some(Bound::closed(hundredths(*high))));
        }
    }
    for value in 0..=100 {
        let row: Vec<_> = rows.iter().filter(|(_, _, low, high)| (*low..=*high).contains(&value)).collect();
        let [(wordings, ..)] = row[..] else { panic!("{scale}: {value} has {} rows", row.len()) };
        let read = StixConfidence::new(value).unwrap().word(scale).unwrap();
        assert_eq!(read.name(), wordings[0], "{scale}: {value}");
        assert_eq!(scale.words_for(hundredths(value)).unwrap().words(), [read]);
    }
    // Between two neighbouring values there is no word, unless it is the word of both.
    for (n, number) in half_percents().filter(|(n, _)| n % 2 == 1) {
        let [below, above] = [n / 2, n / 2 + 1].map(|n| StixConfidence::new(n.try_into().unwrap()).unwrap());
        let expected = below.word(scale).filter(|word| above.word(scale) == Some(*word));
        assert_eq!(scale.words_for(number).unwrap().words().first().copied(), expected);
    }
}

#[test]
fn the_scales_of_stix_are_as_published() {
    assert_stix(
        Scale::StixNoneLowMedHigh,
        &[(&["none"], 0, 0, 0), (&["low"], 15, 1, 29), (&["med"], 50, 30, 69), (&["high"], 85, 70, 100)],
    );
    assert_stix(
        Scale::StixZeroToTen,
        &[
            (&["0"], 0, 0, 4),
            (&["1"], 10, 5, 14),
            (&["2"], 20, 15, 24),
            (&["3"], 30, 25, 34),
            (&["4"], 40, 35, 44),
            (&["5"], 50, 45, 54),
            (&["6"], 60, 55, 64),
            (&["7"], 70, 65, 74),
            (&["8"], 80, 75, 84),
            (&["9"], 90, 85, 94),
            (&["10"], 100, 95, 100),
        ],
    );
    assert_stix(
        Scale::StixAdmiralty,
        &[
            (&["5", "improbable", "5 - Improbable"], 10, 0, 19),
            (&["4", "doubtful", "4 - Doubtful"], 30, 20, 39),
            (&["3", "possibly true", "3 - Possibly True"], 50, 40, 59),
            (&["2", "probably true", "2 - Probably True"], 70, 60, 79),
            (&["1", "confirmed by other sources", "1 - Confirmed by other sources"], 90, 80, 100),
        ],
    );
    assert_stix(
        Scale::StixWep,
        &[
            (&["impossible"], 0, 0, 0),
            (&["highly unlikely", "Highly Unlikely/Almost Certainly Not"], 10, 1, 19),
            (&["unlikely", "Unlikely/Probably Not"], 30, 20, 39),
            (&["even chance"], 50, 40, 59),
            (&["likely", "Likely/Probable"], 70, 60, 79),
            (&["highly likely", "Highly likely/Almost Certain"], 90, 80, 99),
            (&["certain"], 100, 100, 100),
        ],
    );
    assert_stix(
        Scale::StixDni,
        &[
            (&["almost no chance", "Almost No Chance / Remote"], 5, 0, 9),
            (&["very unlikely", "Very Unlikely / Highly Improbable"], 15, 10, 19),
            (&["unlikely", "Unlikely / Improbable"], 30, 20, 39),
            (&["roughly even chance", "Roughly Even Chance / Roughly Even Odds"], 50, 40, 59),
            (&["likely", "Likely / Probable"], 70, 60, 79),
            (&["very likely", "Very Likely / Highly Probable"], 85, 80, 89),
            (&["almost certain", "Almost Certain / Nearly Certain"], 95, 90, 100),
        ],
    );
    for scale in [Scale::Icd203, Scale::Phia, Scale::Kent, Scale::Ipcc] {
        assert_eq!(StixConfidence::new(70).unwrap().word(scale), None);
        assert!(scale.words().all(|word| word.stix_confidence().is_none()));
    }
}

#[test]
fn what_cannot_be_judged_is_never_a_number() {
    let six = word("stix-admiralty:6");
    assert_eq!(six, word("stix-admiralty:6 - Truth cannot be judged"));
    assert_eq!((six.band(), six.stix_confidence()), (None, None));
    assert_eq!(Credibility::new(6).unwrap().stix_confidence(), None);
    for (_, number) in half_percents() {
        assert!(!Scale::StixAdmiralty.words_for(number).unwrap().words().contains(&six));
    }
    for scale in Scale::ALL {
        let conversion = six.convert(*scale);
        assert!(conversion.matches().is_empty());
        assert!(conversion.losses().contains(&ConversionLoss::NoBand));
    }
    // The rating itself goes to STIX and back as the scale of STIX does.
    for value in 0..=100 {
        let value = StixConfidence::new(value).unwrap();
        assert_eq!(value.word(Scale::StixAdmiralty).unwrap().name(), value.credibility().to_string());
        assert_ne!(value.credibility().rating(), 6);
    }
    for rating in 1..=6 {
        let credibility = Credibility::new(rating).unwrap();
        let word = word(&format!("stix-admiralty:{rating}"));
        assert_eq!(credibility.stix_confidence(), word.stix_confidence());
    }
    for value in ["", "-1", "101", "256", "1e1", "70.5", "x"] {
        assert_eq!(value.parse::<StixConfidence>().unwrap_err().code(), "not-one-of");
    }
}

#[test]
fn numbers_just_beside_an_edge_are_read_exactly() {
    for (scale, number, expected) in [
        (Scale::Icd203, "0.1999999999999999999999999999", &["very unlikely"][..]),
        (Scale::Icd203, "0.2000000000000000000000000001", &["unlikely"]),
        (Scale::Icd203, "0.0099999999999999999999999999", &[]),
        (Scale::Icd203, "0.9900000000000000000000000001", &[]),
        (Scale::Phia, "0.0000000000000000000000000001", &["remote chance"]),
        (Scale::Phia, "0.4999999999999999999999999999", &["realistic possibility"]),
        (Scale::Phia, "0.9999999999999999999999999999", &["almost certain"]),
        (Scale::Phia, "0.0500000000000000000000000001", &[]),
        (Scale::Kent, "0.0000000000000000000000000001", &[]),
        (Scale::Kent, "0.8700000000000000000000000001", &["almost certain"]),
        (Scale::Ipcc, "0.9900000000000000000000000001", &["likely", "very likely", "virtually certain"]),
        (Scale::Ipcc, "0.6600000000000000000000000001", &["likely"]),
        (Scale::Ipcc, "0.3299999999999999999999999999", &["unlikely"]),
        (Scale::StixDni, "0.195", &[]),
    ] {
        let reading = scale.words_for(number.parse().unwrap()).unwrap();
        assert_eq!(names(&reading), expected, "{scale}: {number}");
    }
}

#[test]
fn numbers_and_bands_that_are_no_probability_are_refused() {
    for scale in Scale::ALL {
        for number in ["-0.01", "1.01", "55"] {
            let error = scale.words_for(number.parse().unwrap()).unwrap_err();
            assert_eq!(error.code(), "not-a-probability");
        }
        for band in [Interval::ALL, Interval::point(2), Interval::new(None, Some(Bound::closed(1))).unwrap()] {
            assert_eq!(scale.words_for_band(band).unwrap_err().code(), "not-a-probability");
        }
    }
}

#[test]
fn words_that_their_scale_does_not_have_are_kept_and_can_be_seen() {
    for (text, scale, off_scale) in [
        ("icd203:maybe", Some(Scale::Icd203), true),
        ("icd203:", Some(Scale::Icd203), true),
        ("phia:likely or unlikely", Some(Scale::Phia), true),
        ("ICD203: Likely", Some(Scale::Icd203), false),
        ("foo:likely", None, false),
        (":likely", None, false),
        ("likely", None, false),
        ("kent:possible", Some(Scale::Kent), false),
    ] {
        let likelihood: Likelihood = text.parse().unwrap();
        assert_eq!(likelihood.to_string(), text);
        assert_eq!((likelihood.scale(), likelihood.is_off_scale()), (scale, off_scale), "{text}");
    }
    assert_eq!("foo:likely".parse::<ScaleWord>().unwrap_err().refused_value(), Some("foo"));
    assert_eq!("likely".parse::<ScaleWord>().unwrap_err().refused_value(), Some("likely"));
}

/// The quarters of a per cent that a band holds: between any two whole per cents there are three, so that what shares
/// just one of them shares just one number.
fn members(band: &Interval) -> Vec<u32> {
    static QUARTERS: LazyLock<Vec<(u32, Number)>> = LazyLock::new(|| {
        (0..=400).map(|n| (n, Number::from(n * 25).checked_mul("0.0001".parse().unwrap()).unwrap())).collect()
    });
    thread_local!(static KNOWN: RefCell<HashMap<Interval, Vec<u32>>> = RefCell::default());
    let count = || QUARTERS.iter().filter(|(_, number)| band.contains(*number)).map(|(n, _)| *n).collect();
    KNOWN.with_borrow_mut(|known| known.entry(*band).or_insert_with(count).clone())
}

#[test]
fn every_word_commits_as_far_as_its_whole_band() {
    use Commitment::{AsSaid, Doubts, Open};
    let commitments =
        |scale: Scale| -> Vec<Commitment> { scale.words().map(|word| Likelihood::from(word).commitment()).collect() };
    for (scale, expected) in [
        (Scale::Icd203, vec![Doubts, Doubts, Doubts, Open, AsSaid, AsSaid, AsSaid]),
        (Scale::Phia, vec![Doubts, Doubts, Doubts, Open, AsSaid, AsSaid, AsSaid]),
        // "Possible" has no band.
        (Scale::Kent, vec![Doubts, Doubts, Doubts, Open, AsSaid, AsSaid, AsSaid, AsSaid]),
        (Scale::Ipcc, vec![Doubts, Doubts, Doubts, Open, AsSaid, AsSaid, AsSaid]),
        (Scale::StixWep, vec![Doubts, Doubts, Doubts, Open, AsSaid, AsSaid, AsSaid]),
        (Scale::StixDni, vec![Doubts, Doubts, Doubts, Open, AsSaid, AsSaid, AsSaid]),
        // A confidence and a credibility are no likelihood, least of all a low one.
        (Scale::StixNoneLowMedHigh, vec![AsSaid; 4]),
        (Scale::StixZeroToTen, vec![AsSaid; 11]),
        (Scale::StixAdmiralty, vec![AsSaid; 6]),
    ] {
        assert_eq!(commitments(scale), expected, "{scale}");
    }
    for (text, expected) in [
        ("0", Doubts),
        ("0.45", Doubts),
        ("0.450000001", Open),
        ("0.549999999", Open),
        ("0.55", AsSaid),
        ("1", AsSaid),
        ("0.1..0.45", Doubts),
        ("0.1..0.46", Open),
        ("0..1", Open),
        ("0.54..0.9", Open),
        ("0.55..0.9", AsSaid),
        ("unlikely", AsSaid),
        ("icd203:hardly", AsSaid),
        ("house-style:unlikely", AsSaid),
        ("30%", AsSaid),
    ] {
        assert_eq!(text.parse::<Likelihood>().unwrap().commitment(), expected, "{text}");
    }
    for stix in [0, 5, 30, 50, 100] {
        let confidence = Confidence::from(StixConfidence::new(stix).unwrap());
        assert_eq!(confidence.commitment(), AsSaid, "{stix}");
        let unlikely = confidence.with_likelihood("0.2".parse().unwrap());
        assert_eq!(unlikely.commitment(), Doubts, "{stix}");
    }
    assert!(AnalyticConfidence::ALL.iter().all(|level| Confidence::from(*level).commitment() == AsSaid));
}

/// Checks a conversion against sets of quarters of a per cent. Where STIX is on one side, only whole per cents count as lost.
#[track_caller]
fn assert_as_brute_force(conversion: &Conversion, band: &[u32], whole_values: bool) {
    let counts = |n: &u32| !whole_values || n.is_multiple_of(4);
    let union = |parts: &[Interval]| {
        let mut all: Vec<u32> = parts.iter().flat_map(members).filter(counts).collect();
        let parts = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), parts, "the parts of a loss are disjoint");
        all
    };
    let minus = |a: &[u32], b: &[u32]| -> Vec<u32> {
        let b: BTreeSet<_> = b.iter().collect();
        a.iter().copied().filter(|n| !b.contains(n)).collect()
    };
    let mut expected = Vec::new();
    let mut wordless = band.to_vec();
    for word in conversion.scale().words() {
        let Some(other) = word.band().as_ref().map(members) else { continue };
        let common = minus(band, &minus(band, &other));
        wordless = minus(&wordless, &other);
        expected.extend(match common.len() {
            0 => None,
            n if n == band.len() && n == other.len() => Some((word, BandFit::Equal)),
            n if n == band.len() => Some((word, BandFit::Within)),
            n if n == other.len() => Some((word, BandFit::Covers)),
            1 => Some((word, BandFit::Touches)),
            _ => Some((word, BandFit::Overlaps)),
        });
    }
    let found: Vec<_> = conversion.matches().iter().map(|m| (m.word(), m.fit())).collect();
    assert_eq!(found, expected, "{conversion}");
    for m in conversion.matches() {
        let other = members(&m.word().band().unwrap());
        let only = |a: &[u32], b: &[u32]| minus(a, b).into_iter().filter(counts).collect::<Vec<_>>();
        assert_eq!(union(m.added()), only(&other, band), "{conversion}");
        assert_eq!(union(m.dropped()), only(band, &other), "{conversion}");
    }
    let equal = expected.iter().any(|(_, fit)| *fit == BandFit::Equal);
    let lost: Vec<Interval> = conversion
        .losses()
        .iter()
        .filter_map(|l| if let ConversionLoss::NoWord(b) = l { Some(*b) } else { None })
        .collect();
    assert_eq!(union(&lost), wordless.into_iter().filter(counts).collect::<Vec<_>>(), "{conversion}");
    let sharing: Vec<_> = expected.iter().filter(|(_, fit)| *fit != BandFit::Touches).map(|(word, _)| *word).collect();
    for m in conversion.matches() {
        let reported = conversion
            .losses()
            .iter()
            .any(|l| matches!(l, ConversionLoss::Added { word, numbers } if *word == m.word() && numbers == m.added()));
        assert_eq!(reported, sharing.contains(&m.word()) && !m.added().is_empty() && !equal, "{conversion}");
    }
    let choice =
        conversion.losses().iter().find_map(|l| if let ConversionLoss::Choice(w) = l { Some(w) } else { None });
    assert_eq!(choice, Some(&sharing).filter(|words| words.len() > 1 && !equal), "{conversion}");
}

#[test]
fn every_word_converted_to_every_scale_agrees_with_brute_force() {
    for from in Scale::ALL {
        for word in from.words() {
            let Some(band) = word.band() else { continue };
            for to in Scale::ALL {
                let conversion = word.convert(*to);
                assert_eq!((conversion.word(), conversion.band()), (Some(word), Some(band)));
                assert_as_brute_force(&conversion, &members(&band), from.is_stix() || to.is_stix());
                let meaning = conversion.losses().iter().any(|l| matches!(l, ConversionLoss::Meaning { .. }));
                assert_eq!(meaning, from.judgement() != to.judgement());
            }
        }
    }
}

#[test]
fn any_band_converted_to_any_scale_agrees_with_brute_force() {
    let percents = [0, 1, 5, 10, 20, 33, 40, 45, 55, 66, 80, 95, 99, 100];
    let ends: Vec<Number> =
        half_percents().filter(|(n, _)| percents.map(|p| 2 * p).contains(n)).map(|(_, n)| n).collect();
    let bound = |number: Number, open| Some(if open { Bound::open(number) } else { Bound::closed(number) });
    for (low, high) in ends.iter().flat_map(|low| ends.iter().map(move |high| (*low, *high))) {
        for (low_open, high_open) in [(false, false), (false, true), (true, false), (true, true)] {
            let Ok(band) = Interval::new(bound(low, low_open), bound(high, high_open)) else { continue };
            let band_members = members(&band);
            for scale in [Scale::Icd203, Scale::Phia, Scale::Kent, Scale::Ipcc, Scale::StixDni] {
                assert_as_brute_force(&scale.words_for_band(band).unwrap(), &band_members, scale.is_stix());
            }
        }
    }
}

#[test]
fn a_word_converted_to_its_own_scale_is_itself_and_loses_nothing() {
    for word in Scale::ALL.iter().flat_map(|scale| scale.words()) {
        let conversion = word.convert(word.scale());
        if word.band().is_none() {
            assert_eq!(conversion.losses(), [ConversionLoss::NoBand]);
            continue;
        }
        let equal: Vec<_> = conversion.matches().iter().filter(|m| m.fit() == BandFit::Equal).collect();
        assert_eq!(equal.len(), 1);
        assert_eq!(equal[0].word(), word);
        assert!(equal[0].added().is_empty() && equal[0].dropped().is_empty());
        assert!(conversion.is_exact(), "{conversion}");
    }
}

#[test]
fn a_conversion_reads_as_a_sentence() {
    for (text, scale, expected) in [
        (
            "icd203:probable",
            Scale::Phia,
            "icd203 likely (55–80%) covers phia likely or probable (55–75%) and touches phia highly likely (80–90%); \
             lost: >75–<80% has no word on phia",
        ),
        (
            "icd203:likely",
            Scale::StixDni,
            "icd203 likely (55–80%) overlaps stix-dni roughly even chance (40–59), covers stix-dni likely (60–79) and \
             touches stix-dni very likely (80–89); lost: which of roughly even chance, likely is not known, roughly even \
             chance adds 40–<55%",
        ),
        (
            "phia:remote chance",
            Scale::Icd203,
            "phia remote chance (>0–5%) covers icd203 almost no chance (1–5%) and touches icd203 very unlikely (5–20%); \
             lost: >0–<1% has no word on icd203",
        ),
        ("kent:certain", Scale::Icd203, "kent certain (100%) has no word on icd203"),
        ("kent:possible", Scale::Ipcc, "kent possible has no band to compare with ipcc"),
        (
            "stix-admiralty:2",
            Scale::StixWep,
            "stix-admiralty 2 (60–79) is equal to stix-wep likely (60–79); lost: credibility is not likelihood",
        ),
        ("stix-wep:certain", Scale::Kent, "stix-wep certain (100) is equal to kent certain (100%)"),
    ] {
        assert_eq!(word(text).convert(scale).to_string(), expected);
    }
    let numbers: Likelihood = "0.7".parse().unwrap();
    assert_eq!(
        numbers.convert(Scale::StixAdmiralty).unwrap().to_string(),
        "70% is within stix-admiralty 2 (60–79); lost: likelihood is not credibility, 2 adds 60–<70% and >70–79%"
    );
}

#[cfg(feature = "serde")]
#[test]
fn serde_writes_what_display_does() -> Result<(), serde_json::Error> {
    use testimony::scales::{AdmiraltyRating, MispTag};

    fn text<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(json: &str) {
        let value: T = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), json);
        assert_eq!(serde_json::from_str::<T>(&serde_json::to_string(&value).unwrap()).unwrap(), value);
    }
    text::<AdmiraltyRating>(r#""B2""#);
    text::<AdmiraltyRating>(r#""F""#);
    text::<AdmiraltyRating>(r#""6""#);
    text::<Scale>(r#""stix-0-10""#);
    text::<ScaleWord>(r#""phia:likely or probable""#);
    text::<StixConfidence>("70");
    text::<MispTag>(r#""admiralty-scale:source-reliability=\"f\"""#);
    text::<Likelihood>(r#""icd203:maybe""#);
    assert_eq!(serde_json::from_str::<ScaleWord>(r#""icd203:probable""#)?, word("icd203:likely"));
    for refused in ["101", "-1", "70.5", r#""70""#, "null"] {
        assert!(serde_json::from_str::<StixConfidence>(refused).is_err(), "{refused}");
    }
    assert_eq!(serde_json::from_str::<Option<StixConfidence>>("null")?, None);
    Ok(())
}

/// R6: a number that does not fit is refused, and is no word either.
#[test]
fn a_likelihood_in_numbers_is_exact_or_refused() {
    let long = "0.12345678901234567890123456789";
    for (text, refused) in [
        (long, format!("\"{long}\" needs more than 28 significant digits")),
        (&*format!("0.1..{long}"), format!("\"{long}\" needs more than 28 significant digits")),
        ("1e-40", "\"1e-40\" is a number too large or too small to be held exactly".to_owned()),
        ("1.5", "\"1.5\" is not a probability from 0 to 1".to_owned()),
        ("0.8..0.3", "\"0.8 to 0.3\" has a lower bound above the upper".to_owned()),
    ] {
        assert_eq!(text.parse::<Likelihood>().unwrap_err().to_string(), refused);
    }
    let words: Likelihood = "0.1..perhaps".parse().unwrap();
    assert_eq!((words.words(), words.probabilities()), (Some("0.1..perhaps"), None));
}
