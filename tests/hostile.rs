//! Input from somebody who means harm: damaged files, limits, texts that hide something, and more than memory holds.
#![cfg(feature = "serde")]
#![allow(clippy::too_many_lines, reason = "tables of cases are better in one piece")]

#[path = "regressions/lines.rs"]
mod lines;
#[path = "regressions/shown.rs"]
mod shown;

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use testimony::jsonl::{self, Loaded};
use testimony::{
    Basis, Citation, Claim, Constraint, Credibility, Date, Entry, Error, ErrorKind, Figure, Ledger, Likelihood, Period,
    Policy, Predicate, Retraction, Source, SourceId, SourceKind, Topic, Value, figures_in,
};

use self::shown::assert_shows_all;

/// Every kind of entry, each of which names one before it.
const FILE: &str = r#"{"format":"testimony/1"}
{"source":{"id":"rok","name":"South Korea","kind":"government"}}
{"source":{"id":"nis","name":"Intelligence Service","part_of":"rok","reliability":"B"}}
{"predicate":{"name":"losses","measure":"cumulative","unit":"persons"}}
{"claim":{"topic":{"subject":"T","predicate":"losses"},"value":{"figure":{"more_than":4000}},"origin":"nis","as_of":"2025-03"}}
{"recorded":"2025-03-27T09:00:00Z","claim":{"topic":{"subject":"T","predicate":"losses"},"value":{"figure":"about 3,000"},"origin":"rok","relays":["nis"],"confidence":"likely","citations":[{"excerpt":"3,000"}]}}
{"claim":{"topic":{"subject":"T","predicate":"role"},"value":{"text":"décisif"},"stance":"denies","origin":"rok"}}
{"constraint":{"at_most":{"part":{"subject":"T","predicate":"losses"},"whole":{"subject":"T","predicate":"sent"}}}}
{"retraction":{"claim":1,"by":"nis","reason":"a slip"}}
"#;

/// Reads on over what is refused.
#[track_caller]
fn load(bytes: &[u8]) -> (Loaded, Vec<Error>) {
    let mut refused = Vec::new();
    let loaded = jsonl::read_into(Ledger::new(), bytes, |error| {
        refused.push(error);
        ControlFlow::Continue(())
    });
    (loaded.unwrap(), refused)
}

fn line_of(byte: usize) -> u64 {
    FILE.as_bytes()[..byte].split(|byte| *byte == b'\n').count() as u64
}

#[test]
fn a_file_cut_anywhere_is_read_up_to_there() {
    let whole = jsonl::read(FILE.as_bytes()).unwrap();
    let header = FILE.find('\n').unwrap() + 1;
    for cut in 0..FILE.len() {
        let bytes = &FILE.as_bytes()[..cut];
        lines::check(bytes);
        let (loaded, refused) = load(bytes);
        let entries = loaded.ledger.entries().map(|entry| entry.to_entry());
        assert!(entries.eq(whole.entries().take(loaded.ledger.len()).map(|entry| entry.to_entry())), "{cut}");
        assert!(refused.iter().all(|error| error.line() == Some(line_of(cut)) && error.code() == "malformed"), "{cut}");
        if cut >= header {
            let lines = bytes[header..].split_inclusive(|byte| *byte == b'\n').count();
            assert_eq!(loaded.ledger.len() + refused.len(), lines, "{cut}");
        }
    }
}

#[test]
fn a_bit_that_is_flipped_does_no_harm_to_the_lines_before() {
    for place in 0..FILE.len() {
        let mut bytes = FILE.as_bytes().to_vec();
        bytes[place] ^= 1 << (place % 8);
        lines::check(&bytes);
        let mut refused = Vec::new();
        let read = jsonl::read_into(Ledger::new(), bytes.as_slice(), |error| {
            refused.push(error);
            ControlFlow::Continue(())
        });
        for error in refused.iter().chain(read.as_ref().err()) {
            assert!(error.line().unwrap() >= line_of(place), "{place}: {error}");
        }
    }
}

#[test]
fn two_entries_that_are_swapped_are_read_or_refused() {
    let lines: Vec<&str> = FILE.lines().skip(1).collect();
    for one in 0..lines.len() {
        for other in 0..one {
            let mut swapped = lines.clone();
            swapped.swap(one, other);
            let text = swapped.join("\n");
            lines::check(text.as_bytes());
            let (loaded, refused) = load(text.as_bytes());
            assert_eq!(loaded.ledger.len() + refused.len(), lines.len());
            for error in refused {
                let codes = ["unknown-source", "defined-too-late", "unknown-claim", "refused-claim", "not-entitled"];
                assert!(codes.contains(&error.code()), "{error}");
                assert!(error.line().unwrap() > other as u64, "{error}");
            }
        }
    }
}

/// A field, its limit in bytes, and an entry that has a text there.
type Case<'a> = (&'a str, usize, &'a dyn Fn(&str) -> Entry);

/// The refusal of an entry by a ledger with the source `a` and one claim.
fn refusal(entry: impl Into<Entry>) -> Option<(String, ErrorKind)> {
    let mut ledger = Ledger::new();
    let a = ledger.add_source(Source::new("a", "A").unwrap()).unwrap();
    ledger.record(Claim::new(Topic::new("s", "p"), Value::text("x"), &a)).unwrap();
    let error = ledger.append(entry.into()).err()?;
    assert!(error.to_string().len() < 1000, "{} bytes", error.to_string().len());
    Some((error.field().unwrap().to_owned(), error.kind().clone()))
}

#[test]
fn each_limit_holds_at_its_edge_and_one_past_it() {
    const NAME: usize = 1024;
    const TEXT: usize = 64 * 1024;
    fn claim(topic: Topic) -> Claim {
        Claim::new(topic, Value::text("x"), SourceId::new("a").unwrap())
    }
    fn cited(citation: Citation) -> Entry {
        claim(Topic::new("s", "p")).with_citation(citation).into()
    }
    let source = || Source::new("b", "B").unwrap();
    let topic = |subject: &str, predicate: &str| Topic::new(subject, predicate);
    let cases: [Case; 18] = [
        ("source.name", NAME, &|x| Source::new("b", x).unwrap().into()),
        ("source.url", TEXT, &|x| source().with_url(x).into()),
        ("predicate.name", NAME, &|x| Predicate::new(x).into()),
        ("predicate.unit", NAME, &|x| Predicate::new("q").with_unit(x).into()),
        ("predicate.opposites[0]", TEXT, &|x| Predicate::new("q").with_opposites(x, "y").into()),
        ("predicate.opposites[0]", TEXT, &|x| Predicate::new("q").with_opposites("y", x).into()),
        ("claim.topic.subject", NAME, &|x| claim(topic(x, "p")).into()),
        ("claim.topic.predicate", NAME, &|x| claim(topic("s", x)).into()),
        ("claim.note", TEXT, &|x| claim(topic("s", "p")).with_note(x).into()),
        ("claim.citations[0].url", TEXT, &|x| cited(Citation::new().with_url(x))),
        ("claim.citations[0].title", TEXT, &|x| cited(Citation::new().with_title(x))),
        ("claim.citations[0].excerpt", TEXT, &|x| cited(Citation::new().with_excerpt(x))),
        ("claim.citations[0].prefix", TEXT, &|x| cited(Citation::new().with_context(x, "y"))),
        ("claim.citations[0].suffix", TEXT, &|x| cited(Citation::new().with_context("y", x))),
        ("claim.citations[0].digest", TEXT, &|x| cited(Citation::new().with_digest(x))),
        ("retraction.reason", TEXT, &|x| Retraction::new(testimony::ClaimId::new(0)).with_reason(x).into()),
        ("constraint.at_most.part.subject", NAME, &|x| {
            Constraint::AtMost { part: topic(x, "p"), whole: topic("s", "p") }.into()
        }),
        ("constraint.sum.parts[0].predicate", NAME, &|x| {
            Constraint::Sum { parts: vec![topic("s", x)], whole: topic("s", "p") }.into()
        }),
    ];
    for (field, limit, entry) in cases {
        assert_eq!(refusal(entry(&"x".repeat(limit))), None, "{field}");
        let refused = Some((field.to_owned(), ErrorKind::TooLong { limit }));
        assert_eq!(refusal(entry(&"x".repeat(limit + 1))), refused);
        assert_eq!(refusal(entry(&"é".repeat(limit / 2 + 1))), refused, "bytes count, and not characters");
        assert_eq!(refusal(entry(&"x".repeat(1 << 20))), refused);
    }

    let scalar = |word: &str| [word.parse::<SourceKind>().err(), word.parse::<Likelihood>().err()];
    assert_eq!(scalar(&"x".repeat(NAME)), [None, None]);
    for error in scalar(&"x".repeat(NAME + 1)) {
        assert_eq!(error.unwrap().kind(), &ErrorKind::TooLong { limit: NAME });
    }
    // As many digits as a JSON number may have.
    let place = 999_999_999_999_999;
    assert_eq!(refusal(cited(Citation::new().with_position(place, place))), None);
    for (start, end, field) in [(place + 1, u64::MAX, "start"), (place, place + 1, "end")] {
        let refused = Some((format!("claim.citations[0].{field}"), ErrorKind::TooManyDigits { limit: 15 }));
        assert_eq!(refusal(cited(Citation::new().with_position(start, end))), refused);
    }
    for (year, valid) in [(-10_000, false), (-9999, true), (9999, true), (10_000, false)] {
        assert_eq!(Date::new(year, 1, 1).is_ok(), valid);
        assert_eq!(Period::year(year).is_ok(), valid);
        assert_eq!(format!("{year}").parse::<Period>().is_ok(), valid);
    }
}

#[test]
fn what_is_of_a_megabyte_is_told_in_few_words() {
    let megabyte = "x".repeat(1_000_000);
    let digits = "7".repeat(1_000_000);
    let error = |line: String| {
        let error = jsonl::read(line.as_bytes()).unwrap_err();
        let field = error.field().unwrap_or_default().len();
        assert!(field < 500 && error.refused_value().unwrap_or_default().len() < 500, "{field}");
        error.to_string()
    };
    let cut = |n| format!("{}…", &megabyte[..n]);
    assert_eq!(
        error(format!(r#"{{"source":{{"id":"{megabyte}","name":"A"}}}}"#)),
        format!("line 1: source.id: \"{}\" is longer than 128 bytes", cut(80))
    );
    assert_eq!(
        error(format!(r#"{{"{megabyte}":1}}"#)),
        format!("line 1: {}: unknown field `{}", cut(400), cut(400 - "unknown field `".len()))
    );
    assert_eq!(
        error(format!(r#"{{"source":{{"id":"a","name":{digits}}}}}"#)),
        format!(
            "line 1: source.name: \"{}…\" has more than 15 significant digits, which a JSON number cannot carry exactly: write it as a string",
            &digits[..80]
        )
    );
    assert_eq!(
        error(format!(r#"{{"format":"{megabyte}"}}"#)),
        format!("line 1: format: \"{}\" is no format that this release reads, which is testimony/1", cut(80))
    );
    let share = |part: &str, whole: &str| {
        let of = |unit| Figure::exactly(1).with_unit(unit);
        of(part).share_of(&of(whole), &Policy::default()).unwrap_err()
    };
    for error in [
        megabyte.parse::<Figure>().unwrap_err(),
        digits.parse::<Figure>().unwrap_err(),
        megabyte.parse::<Period>().unwrap_err(),
        share(&megabyte, &digits),
    ] {
        assert!(error.to_string().len() < 500, "{} bytes", error.to_string().len());
    }
    assert_eq!(figures_in(&digits).count(), 0);
}

/// Characters that have no look of their own, or turn the reading order.
const HIDDEN: &str = "\u{0}\u{7}\u{8}\t\r\n\u{1b}\u{7f}\u{85}\u{9b}\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{17b4}\u{17b5}\
    \u{180b}\u{180e}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\
    \u{2060}\u{2061}\u{2062}\u{2063}\u{2064}\u{2066}\u{2067}\u{2068}\u{2069}\u{206a}\u{206f}\u{2800}\u{3164}\u{fe00}\
    \u{fe0f}\u{feff}\u{ffa0}\u{fff9}\u{fffa}\u{fffb}\u{1d173}\u{e0001}\u{e0020}\u{e007f}\u{e0100}";

#[test]
fn what_would_not_show_is_shown_wherever_a_text_is() {
    let escaped: String = HIDDEN.chars().map(|c| c.escape_unicode().to_string()).collect();
    let hidden = |text: &str| format!("{text}{HIDDEN}z");
    // A long line is broken at its spaces, of which there are none here.
    let shows = |report: String, text: &str| {
        assert_shows_all(&report, true);
        assert!(!report.contains(['\u{200c}', '\u{200d}', '\u{fe00}', '\u{fe0f}', '\u{e0100}']), "{report}");
        let joined: String = report.split('\n').map(str::trim).collect();
        // A topic goes by its name, in which white space is collapsed; a line may be broken there.
        let name: String =
            HIDDEN.chars().filter(|c| !c.is_whitespace()).map(|c| c.escape_unicode().to_string()).collect();
        let is_name = ["Subject", "predicate"].contains(&text);
        let named = is_name && joined.replace(' ', "").contains(&format!("{text}{name}z"));
        assert!(named || joined.contains(&format!("{text}{escaped}z")), "{text}: {report}");
    };

    let mut ledger = Ledger::new();
    let name = hidden("Name");
    let a = ledger.add_source(Source::new("a", &*name).unwrap()).unwrap();
    let b = ledger.add_source(Source::new("b", "B").unwrap()).unwrap();
    let relay = ledger.add_source(Source::new("r", hidden("Relay")).unwrap()).unwrap();
    let predicate = Predicate::new(hidden("predicate")).single_valued();
    ledger.add_predicate(predicate.clone()).unwrap();
    let topic = Topic::new(hidden("Subject"), hidden("predicate"));
    let claim = |value: Value, origin: &SourceId| Claim::new(topic.clone(), value, origin).with_relay(&relay);
    let text = claim(Value::text(hidden("text")), &a).with_note(hidden("note"));
    let text = text.with_confidence(hidden("surely").parse::<Likelihood>().unwrap());
    let first = ledger.record(text.clone()).unwrap().id();
    ledger.record(claim(Value::text("another"), &b)).unwrap();
    ledger.record(claim(Figure::exactly(4).with_unit(hidden("unit")).into(), &a)).unwrap();
    ledger.record(claim(Figure::exactly(5).with_unit("tonnes").into(), &b)).unwrap();
    let slip = ledger.record(claim(Value::text("a slip"), &b)).unwrap().id();
    ledger.retract(Retraction::new(slip).with_by(&b).with_reason(hidden("reason"))).unwrap();

    let conflict = ledger.conflicts().next().unwrap();
    for text in ["Name", "Relay", "Subject", "predicate", "text"] {
        shows(conflict.to_string(), text);
    }
    let topic_ref = ledger.topic(&topic).unwrap();
    let dossier = topic_ref.dossier().to_string();
    for text in ["Name", "Relay", "Subject", "predicate", "text", "note", "surely", "unit", "reason"] {
        shows(dossier.clone(), text);
    }
    shows(topic_ref.positions().to_string(), "unit");
    shows(topic.to_string(), "Subject");
    shows(predicate.to_string(), "predicate");
    shows(text.to_string(), "text");
    shows(ledger.source("a").unwrap().to_string(), "Name");
    shows(ledger.claim(first).unwrap().to_string(), "Name");
    shows(Value::text(hidden("text")).to_string(), "text");
    shows(Figure::exactly(4).with_unit(hidden("unit")).to_string(), "unit");
    shows(hidden("surely").parse::<Likelihood>().unwrap().to_string(), "surely");
    shows(Constraint::AtMost { part: topic.clone(), whole: topic.clone() }.to_string(), "Subject");

    // In errors too: values are cut, so a few at a time.
    for c in HIDDEN.chars() {
        let id = SourceId::new(format!("x{c}y"));
        if c.is_whitespace() || c.is_control() {
            let because = "has white space or a control character, which an id may not have";
            assert_eq!(id.unwrap_err().to_string(), format!("\"x{}y\" {because}", c.escape_unicode()));
        } else {
            let error = Ledger::new().record(Claim::new(topic.clone(), Figure::exactly(1), id.unwrap())).unwrap_err();
            let expected = format!("claim.origin: \"x{}y\" is no source defined so far", c.escape_unicode());
            assert_eq!(error.to_string(), expected);
            let origin = SourceId::new(format!("x{c}y")).unwrap();
            let claim = Claim::new(topic.clone(), Figure::exactly(1), &origin).to_string();
            assert_eq!(claim, format!("x{}y affirms 1", c.escape_unicode()));
        }
        let line = serde_json::json!({ format!("x{c}y"): 1 }).to_string();
        let error = jsonl::read(line.as_bytes()).unwrap_err().to_string();
        let key = format!("x{}y", c.escape_unicode());
        assert!(error.starts_with(&format!("line 1: {key}: unknown field `{key}`, expected one of ")), "{error}");
        let figure = Figure::exactly(1).with_unit("kg");
        let error = figure.share_of(&Figure::exactly(1).with_unit(format!("x{c}y")), &Policy::default()).unwrap_err();
        assert_eq!(error.to_string(), format!("\"1 kg\" is reckoned with a figure in another unit, \"{key}\""));
    }
}

/// One line of so many bytes, of which it holds one piece.
struct Line {
    left: u64,
    piece: Vec<u8>,
}

impl Line {
    fn new(left: u64) -> Self {
        Self { left, piece: vec![b' '; 1 << 16] }
    }
}

impl Read for Line {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut piece = self.fill_buf()?;
        let read = piece.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Line {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let length = usize::try_from(self.left).unwrap_or(usize::MAX).min(self.piece.len());
        Ok(&self.piece[..length])
    }

    fn consume(&mut self, amount: usize) {
        self.left -= amount as u64;
    }
}

/// The most memory that this process has held, in kilobytes, where the system tells.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

#[test]
fn a_line_that_does_not_end_is_refused_and_not_held() {
    const GIGABYTE: u64 = 1 << 30;
    let end = &b"\n{\"source\":{\"id\":\"a\",\"name\":\"A\"}}\n"[..];
    let mut refused = Vec::new();
    let loaded = jsonl::read_into(Ledger::new(), Line::new(GIGABYTE).chain(end), |error| {
        refused.push(error.to_string());
        ControlFlow::Continue(())
    });
    assert_eq!(loaded.unwrap().ledger.len(), 1);
    assert_eq!(refused, ["line 1: the line is longer than 1048576 bytes"]);
    if let Some(kilobytes) = most_memory() {
        assert!(kilobytes < GIGABYTE / 1024 / 2, "{kilobytes} kB");
    }
}

/// CBOR says how long a list is before it comes.
#[test]
fn a_length_that_is_announced_is_not_believed() {
    let mut bytes = Vec::new();
    ciborium::into_writer(&Entry::from(Predicate::new("p").with_opposites("x", "y")), &mut bytes).unwrap();
    let list = bytes.windows(4).position(|window| window == [0x81, 0x82, 0x61, b'x']).expect("a list of one pair");
    let announced = [0x9b, 0x3f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    bytes.splice(list..=list, announced);
    assert!(matches!(ciborium::from_reader::<Entry, _>(bytes.as_slice()), Err(ciborium::de::Error::Io(_))));
}

/// Figures go by value and texts do not, so that three of them can go round in a circle; sorting that used to panic.
#[test]
fn positions_of_figures_and_texts_together_have_an_order() {
    let shown = |values: Vec<Value>| -> Vec<String> {
        let mut ledger = Ledger::new();
        let topic = Topic::new("s", "p");
        for (i, value) in values.into_iter().enumerate() {
            let source = ledger.add_source(Source::new(format!("s{i}"), "S").unwrap()).unwrap();
            ledger.record(Claim::new(topic.clone(), value, &source)).unwrap();
        }
        let positions = ledger.topic(&topic).unwrap().positions();
        positions.positions().iter().map(|position| position.stand().to_string()).collect()
    };
    let figure = |n: i64| Value::from(Figure::exactly(n));
    assert_eq!(shown(vec![figure(5), Value::text("x"), figure(2)]), ["“x”", "2", "5"]);
    assert_eq!(shown(vec![figure(2), Value::text("x"), figure(5)]), ["2", "“x”", "5"]);
    assert_eq!(shown(vec![Value::text("x"), figure(2), figure(5)]), ["“x”", "2", "5"]);
    let day: Period = "2025".parse().unwrap();
    assert_eq!(
        shown(vec![day.into(), figure(5), figure(2), Value::text("x")]),
        ["2025-01-01 to 2025-12-31", "2", "5", "“x”"]
    );

    let mixed = |i: i64| if i % 2 == 0 { figure(i * 7919 % 1009) } else { Value::text(format!("x{i:03}")) };
    let order = shown((0..400).map(mixed).collect());
    let figures: Vec<i64> = order.iter().filter_map(|stand| stand.replace(',', "").parse().ok()).collect();
    assert!(figures.len() == 200 && figures.is_sorted(), "{figures:?}");
    let texts: Vec<&String> = order.iter().filter(|stand| stand.starts_with('“')).collect();
    assert!(texts.len() == 200 && texts.is_sorted(), "{texts:?}");
}

/// A ledger with so many sources `s0`, `s1` …
fn with_sources(count: usize) -> (Ledger, Vec<SourceId>) {
    let mut ledger = Ledger::new();
    let sources = (0..count).map(|i| ledger.add_source(Source::new(format!("s{i}"), "S").unwrap()).unwrap()).collect();
    (ledger, sources)
}

/// A day of 2020 and after, by its number.
fn day(number: usize) -> Period {
    let (year, month, day) = (2020 + number / 336, 1 + number / 28 % 12, 1 + number % 28);
    format!("{year}-{month:02}-{day:02}").parse().unwrap()
}

/// Looking at all pairs of these, or at all claims for each of them, takes minutes.
#[test]
fn ratings_of_a_hot_topic_are_held_against_the_record_together() {
    const CLAIMS: usize = 4000;
    let rated = |claim: Claim| claim.with_credibility(Credibility::new(1).unwrap());
    let topic = Topic::new("s", "p");
    for (figure, unconfirmed) in [
        (&(|i| Figure::at_least(i64::try_from(i).unwrap())) as &dyn Fn(usize) -> Figure, 0),
        (&|i| Figure::exactly(i64::try_from(i).unwrap()), CLAIMS),
    ] {
        let (mut ledger, sources) = with_sources(CLAIMS);
        for (i, source) in sources.iter().enumerate() {
            ledger.record(rated(Claim::new(topic.clone(), figure(i), source))).unwrap();
        }
        assert_eq!(ledger.unconfirmed().count(), unconfirmed);
    }
}

/// All of these agree, and are of one voice: looking for another one among them takes minutes.
#[test]
fn ratings_that_one_voice_bears_out_itself_are_told_together() {
    const CLAIMS: usize = 4000;
    let (mut ledger, sources) = with_sources(2);
    for i in 0..CLAIMS {
        let figure = Figure::at_least(i64::try_from(i).unwrap());
        let claim = Claim::new(Topic::new("s", "p"), figure, &sources[0]).with_relay(&sources[1]);
        ledger.record(claim.with_credibility(Credibility::new(1).unwrap())).unwrap();
    }
    let unconfirmed: Vec<_> = ledger.unconfirmed().collect();
    assert_eq!(unconfirmed.len(), CLAIMS);
    assert_eq!((unconfirmed[0].known(), unconfirmed[0].anonymous()), (1, 0));
    assert_eq!(unconfirmed[0].backings()[0].witnesses().len(), CLAIMS);
}

/// Looking for circles at each of the days looks at all claims for each of them.
#[test]
fn circles_of_a_hot_topic_are_looked_for_among_few_claims() {
    const CLAIMS: usize = 4000;
    let (mut ledger, sources) = with_sources(CLAIMS);
    let topic = Topic::new("s", "p");
    let relayed =
        |by: usize, i: usize| Claim::new(topic.clone(), Figure::at_least(1), &sources[i]).with_relay(&sources[by]);
    for i in 0..CLAIMS - 1 {
        let until = day(i + 400).last_day().unwrap();
        ledger.record(relayed(i + 1, i).with_as_of(Period::days(day(i).first_day().unwrap(), until).unwrap())).unwrap();
    }
    assert_eq!(ledger.circles().count(), 0);
    ledger.record(relayed(10, 11).with_as_of(day(11))).unwrap();
    let circles: Vec<_> = ledger.circles().collect();
    assert_eq!((circles.len(), circles[0].claims().len()), (1, 2));
}

/// Going round the circle at each of the times takes minutes.
#[test]
fn a_large_circle_of_many_times_is_gone_round_few_times() {
    const CLAIMS: usize = 4000;
    let (mut ledger, sources) = with_sources(CLAIMS);
    let topic = Topic::new("s", "p");
    // All sources are in one circle, whose last link is there at the last day alone.
    for i in 0..CLAIMS {
        let link = Claim::new(topic.clone(), Figure::at_least(1), &sources[i]).with_relay(&sources[(i + 1) % CLAIMS]);
        let until = day(CLAIMS - 1).last_day().unwrap();
        ledger.record(link.with_as_of(Period::days(day(i).first_day().unwrap(), until).unwrap())).unwrap();
    }
    let circles: Vec<_> = ledger.circles().collect();
    assert_eq!((circles.len(), circles[0].sources().len(), circles[0].claims().len()), (1, CLAIMS, CLAIMS));
}

/// Nobody means harm here: the bound on the search is for others.
#[test]
fn the_circles_of_a_plain_topic_of_many_periods_are_all_found() {
    const CLAIMS: usize = 1500;
    const SOURCES: usize = 300;
    let mut seed = 3_u64;
    let mut below = |limit: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(seed >> 33).unwrap() % limit
    };
    let (mut ledger, sources) = with_sources(SOURCES);
    for _ in 0..CLAIMS {
        let (origin, first) = (below(SOURCES), below(1000));
        let last = first + [0, 29, 179, 364][below(4)];
        let period = Period::days(day(first).first_day().unwrap(), day(last).last_day().unwrap()).unwrap();
        let claim = Claim::new(Topic::new("s", "p"), Figure::at_least(1), &sources[origin]).with_as_of(period);
        let relay = (origin + 1 + below(SOURCES - 1)) % SOURCES;
        ledger.record(claim.with_relay(&sources[relay])).unwrap();
    }
    let mut circles = ledger.circles();
    let found = circles.by_ref().count();
    assert!(circles.is_whole() && found > 100, "{found}");
}

/// What is found on a topic hangs on no other, however early the look at that one ends.
#[test]
fn a_topic_that_is_looked_at_in_part_leaves_another_as_it_is_r26() {
    const CLAIMS: usize = 1000;
    let rated = |claim: Claim| claim.with_credibility(Credibility::new(1).unwrap());
    let relayed = |subject: &str, [origin, relay]: [&SourceId; 2]| {
        rated(Claim::new(Topic::new(subject, "p"), Figure::at_least(1), origin).with_relay(relay))
    };
    let add_plain = |ledger: &mut Ledger, sources: &[SourceId]| {
        // Not among the last words, which are looked at without a bound.
        for [origin, relay] in [[0, 1], [1, 0]] {
            let circular = relayed("plain", [&sources[origin], &sources[relay]]).with_as_of(day(0));
            ledger.record(circular).unwrap();
            let last = Claim::new(Topic::new("plain", "p"), Figure::at_least(1), &sources[origin]);
            ledger.record(last.with_as_of(day(9))).unwrap();
        }
    };
    let add_hostile = |ledger: &mut Ledger, sources: &[SourceId]| {
        for i in 0..CLAIMS {
            // A chain of links that is closed at another place each day.
            ledger.record(relayed("chain", [&sources[i], &sources[i + 1]])).unwrap();
            ledger.record(relayed("chain", [&sources[i + 1], &sources[0]]).with_as_of(day(i))).unwrap();
            // Each of a time of its own that meets many others, where it is not known who somebody is.
            let ends = [day(i).first_day().unwrap(), day(i + CLAIMS / 2).last_day().unwrap()];
            let lasting = relayed("times", [&sources[i], &sources[i + 1]]);
            ledger.record(lasting.with_as_of(Period::days(ends[0], ends[1]).unwrap())).unwrap();
        }
        let nobody = Source::new("nobody", "A caller").unwrap().with_kind(SourceKind::ANONYMOUS);
        let nobody = ledger.add_source(nobody).unwrap();
        ledger.record(Claim::new(Topic::new("times", "p"), Figure::at_least(1), &nobody)).unwrap();
    };
    // What is found on the plain topic, and whether all was looked at.
    let found = |ledger: &Ledger| {
        let plain = Topic::new("plain", "p");
        let (mut circles, mut unconfirmed) = (ledger.circles(), ledger.unconfirmed());
        let of_plain = circles.by_ref().filter(|circle| *circle.topic() == plain);
        let told_circles: Vec<_> = of_plain.map(|circle| (circle.because(), circle.claims().len())).collect();
        let of_plain = unconfirmed.by_ref().filter(|found| *found.claim().topic() == plain);
        let told: Vec<_> = of_plain.map(|found| (found.claim().label(), found.known(), found.anonymous())).collect();
        ((told_circles, told), [circles.is_whole(), unconfirmed.is_whole()])
    };
    let (mut alone, sources) = with_sources(CLAIMS + 1);
    add_plain(&mut alone, &sources);
    let (expected, is_whole) = found(&alone);
    assert_eq!((expected.0.len(), expected.1.len(), is_whole), (1, 2, [true; 2]));
    let (mut beside, sources) = with_sources(CLAIMS + 1);
    add_hostile(&mut beside, &sources);
    add_plain(&mut beside, &sources);
    assert_eq!(found(&beside), (expected, [false; 2]));
}

/// Each combination of the parts' figures would be one of 2¹⁰⁰⁰; each part looked through for each whole, a billion.
#[test]
fn a_sum_costs_what_its_parts_cost() {
    const PARTS: usize = 1000;
    let (mut ledger, sources) = with_sources(1);
    let part = |i: usize| Topic::new("s", format!("p{i}"));
    let whole = Topic::new("s", "whole");
    let parts = (0..PARTS).map(part).collect();
    ledger.add_constraint(Constraint::Sum { parts, whole: whole.clone() }).unwrap();
    for i in 0..PARTS {
        for n in 1..=2 {
            ledger.record(Claim::new(part(i), Figure::exactly(n), &sources[0]).with_basis(Basis::Told)).unwrap();
        }
    }
    for n in 0..PARTS {
        let figure = Figure::at_least(i64::try_from(n + 1500).unwrap());
        ledger.record(Claim::new(whole.clone(), figure, &sources[0])).unwrap();
    }
    let mut violations = ledger.violations();
    let first = violations.next().unwrap();
    assert_eq!(
        (first.implied().to_string().as_str(), first.stated().to_string().as_str()),
        ("[1000, 2000]", "[2001, ∞)")
    );
    assert!(first.because().contains("and 988 more parts come to 1,000 to 2,000"), "{}", first.because());
    assert_eq!(1 + violations.count(), 499);
    assert_eq!(ledger.unchecked().count(), 0);
}

/// Each claim has a unit or a scope that one other has, and one has none: they are not looked through for each other.
#[test]
fn sources_are_counted_however_many_units_and_scopes_a_topic_has() {
    const PAIRS: usize = 10_000;
    let (mut ledger, sources) = with_sources(2);
    for pair in 0..PAIRS {
        for source in &sources {
            let figure = Figure::exactly(7);
            let figure = if pair % 2 == 0 { figure.with_unit(format!("unit {pair}")) } else { figure };
            let claim = Claim::new(Topic::new("s", "p"), figure, source);
            let claim = if pair % 2 == 1 { claim.with_scope(format!("scope {pair}")) } else { claim };
            ledger.record(claim).unwrap();
        }
    }
    let cards = ledger.scorecards();
    assert_eq!(cards.iter().map(testimony::Scorecard::corroborated).collect::<Vec<_>>(), [PAIRS; 2]);
}
