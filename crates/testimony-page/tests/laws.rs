//! Laws that hold of the pages of any ledger.

mod scan;

use proptest::prelude::*;
use testimony::testing::{korea_herald, strategies};
use testimony::{Citation, Claim, Figure, Ledger, Retraction, Source, Stance, Topic, Value};
use testimony_page::{Site, Sketch, picture};

use scan::{check_site, scan};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Every link leads somewhere, no address is there twice, and the HTML is well formed.
    #[test]
    fn the_pages_of_any_ledger_hang_together(ledger in strategies::ledgers()) {
        let before = Ledger::new();
        check_site(&Site::new(&ledger).with_before(&before, "ever"));
    }

    /// The picture of any topic is one well formed element, and a sketch is as wide as it may be.
    #[test]
    fn any_topic_can_be_drawn(ledger in strategies::ledgers(), width in 20usize..140) {
        for topic in ledger.topics() {
            let svg = picture(topic);
            scan(&format!("<!DOCTYPE html>{}", svg.split_once('\n').map_or("", |(_, svg)| svg)));
            let sketch = format!("{:width$}", Sketch::of(topic));
            for line in sketch.lines() {
                prop_assert!(line.chars().count() <= width.max(44), "{line:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Any figure and any period has a place in a picture: no number in it is infinite or none.
    #[test]
    fn any_value_has_a_place(
        figures in proptest::collection::vec((strategies::figures(), proptest::option::of(strategies::periods())), 1..6),
        periods in proptest::collection::vec(strategies::periods(), 1..6),
    ) {
        let mut ledger = Ledger::new();
        let source = ledger.add_source(Source::new("a", "A")?)?;
        let topics = [Topic::new("s", "figures"), Topic::new("s", "days")];
        for (figure, as_of) in figures {
            let claim = Claim::new(topics[0].clone(), figure, &source);
            // A predicate without a unit takes figures with any.
            let _ = ledger.record(as_of.into_iter().fold(claim, Claim::with_as_of));
        }
        for period in periods {
            let _ = ledger.record(Claim::new(topics[1].clone(), period, &source));
        }
        for topic in ledger.topics() {
            let svg = picture(topic);
            prop_assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
            let _ = Sketch::of(topic).to_string();
        }
        check_site(&Site::new(&ledger));
    }
}

/// A ledger of somebody who means harm: marks of HTML, turned reading orders, hidden letters, and texts as long as they may
/// be, wherever there is a text.
fn hostile() -> Ledger {
    let mut ledger = Ledger::new();
    let script = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;\u{202e}evil\u{2066}\u{0}";
    let long = |letters: &str, most: usize| letters.chars().cycle().take(most).collect::<String>();
    let names = [
        script.replace('\u{0}', ""),
        long("&", 1024),
        long("<", 1000),
        long("x", 1024),
        long("م", 512),
        "\u{202e}\u{2067}rtl".to_owned(),
        "javascript:alert(1)".to_owned(),
    ];
    let mut sources = Vec::new();
    for (n, name) in names.iter().enumerate() {
        let id = format!("{}{n}", ["<b>", "\"", "&", "../..", "%2e", "א", "c:"][n]);
        sources.push(ledger.add_source(Source::new(id, name.as_str()).unwrap()).unwrap());
    }
    for (n, name) in names.iter().enumerate() {
        let topic = Topic::new(name, &names[(n + 1) % names.len()]);
        for m in 0..12 {
            let origin = &sources[(n + m) % sources.len()];
            let letters = ["&", "<", "\u{202e}", "x", "한"][m % 5];
            // As long as it may be now and then, and else just longer than a page shows.
            let text = long(letters, if m == n { 60_000 / letters.len() } else { 700 });
            let citation = Citation::new()
                .with_url(["javascript:alert(1)", "https://example.org/\"><script>", "data:text/html,x"][m % 3])
                .with_title(text.as_str())
                .with_excerpt(text.as_str());
            let value = if m % 2 == 0 {
                Value::text(format!("{m}{text}"))
            } else {
                Value::Figure(Figure::exactly(i64::try_from(m).unwrap()))
            };
            let mut claim = Claim::new(topic.clone(), value, origin).with_note(text.as_str()).with_citation(citation);
            if m % 7 == 0 {
                claim = claim.with_stance(Stance::Denies);
            }
            for relay in sources.iter().filter(|relay| *relay != origin) {
                claim = claim.with_relay(relay);
            }
            let id = ledger.record(claim).unwrap().id();
            if m % 11 == 0 {
                ledger.retract(Retraction::new(id).with_reason(text)).unwrap();
            }
        }
    }
    ledger
}

#[test]
fn what_means_harm_is_shown_and_never_run() {
    let ledger = hostile();
    let site = Site::new(&ledger).with_title("</title><script>");
    let pages = check_site(&site);
    assert!(pages.len() > 100);
    for page in pages {
        let scanned = scan(&page.html);
        let scripts = scanned.elements.iter().filter(|element| *element == "script").count();
        assert!(scripts <= 1, "{}", page.path);
        assert!(!scanned.elements.iter().any(|element| element == "img"), "{}", page.path);
        for link in &scanned.links {
            let scheme = link.split_once(':').map(|(scheme, _)| scheme);
            assert!(matches!(scheme, None | Some("https")), "{link} on {}", page.path);
        }
    }
    for topic in ledger.topics() {
        assert!(!picture(topic).contains("<script"));
    }
}

/// The text as a reader finds it again, piece by piece.
#[test]
fn a_long_text_is_there_whole() {
    let mut ledger = Ledger::new();
    let source = ledger.add_source(Source::new("a", "A").unwrap()).unwrap();
    let text = "one & two < three ".repeat(3000);
    ledger.record(Claim::new(Topic::new("s", "p"), Value::text(text.as_str()), &source)).unwrap();
    let site = Site::new(&ledger);
    let whole: String = site
        .pages()
        .filter(|page| page.path.starts_with("claim/"))
        .flat_map(|page| {
            let pieces = page.html.split("<h2>What it says</h2><p class=\"whole\"><bdi>").skip(1);
            pieces.map(|piece| piece.split("</bdi>").next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(whole.replace("&lt;", "<").replace("&amp;", "&"), text);
}

#[test]
fn a_claim_keeps_its_address_while_the_ledger_grows() {
    let mut ledger = Ledger::new();
    let source = ledger.add_source(Source::new("a", "A").unwrap()).unwrap();
    let topic = Topic::new("s", "p");
    let mut addresses = Vec::new();
    for n in 0..100i64 {
        ledger.record(Claim::new(topic.clone(), Figure::exactly(n), &source)).unwrap();
        if n % 33 != 0 {
            continue;
        }
        let site = Site::new(&ledger);
        let now: Vec<(String, String)> = site
            .pages()
            .filter(|page| page.path.starts_with("topic/"))
            .flat_map(|page| {
                let ids = scan(&page.html).ids.into_iter().filter(|id| id.len() == 32);
                ids.map(|id| (page.path.clone(), id)).collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(now.len(), usize::try_from(n).unwrap() + 1);
        assert!(addresses.iter().all(|address| now.contains(address)));
        addresses = now;
    }
}

#[test]
fn a_claim_that_was_taken_back_and_said_again_has_two_addresses() {
    let mut ledger = Ledger::new();
    let source = ledger.add_source(Source::new("a", "A").unwrap()).unwrap();
    let claim = Claim::new(Topic::new("s", "p"), Figure::exactly(3), &source);
    let first = ledger.record(claim.clone()).unwrap().id();
    ledger.retract(Retraction::new(first)).unwrap();
    let label = claim.label().to_string();
    ledger.record(claim).unwrap();
    let site = Site::new(&ledger);
    check_site(&site);
    let page = site.topic(ledger.topics().next().unwrap()).unwrap();
    assert!(page.html.contains(&format!("id=\"{label}\"")) && page.html.contains(&format!("id=\"{label}-0\"")));
}

#[test]
fn an_empty_ledger_has_a_front() {
    let ledger = Ledger::new();
    assert_eq!(check_site(&Site::new(&ledger)).len(), 5);
}

#[test]
fn a_source_that_is_not_on_record_has_no_page() {
    let ledger = korea_herald();
    assert!(Site::new(&ledger).source(&Source::new("nobody", "Nobody").unwrap()).is_none());
}

/// A hundred thousand claims on ten thousand topics, in under ten seconds, and no page above 300 KB:
/// `cargo test --release -p testimony-page --test laws -- --ignored --nocapture`.
#[test]
#[ignore = "takes a release build to mean anything"]
fn a_large_ledger_is_written_in_seconds() {
    let mut ledger = Ledger::new();
    let sources: Vec<_> = (0..200)
        .map(|n| ledger.add_source(Source::new(format!("s{n}"), format!("Source {n}")).unwrap()).unwrap())
        .collect();
    for n in 0..100_000usize {
        // One topic has a tenth of all.
        let topic = if n % 10 == 0 { 0 } else { n % 10_000 };
        let topic = Topic::new(format!("place {topic}"), "deaths");
        let figure = if n % 3 == 0 {
            Figure::about(i64::try_from(n % 97 + 20).unwrap())
        } else {
            Figure::at_least(i64::try_from(n % 89).unwrap())
        };
        let claim = Claim::new(topic, figure, &sources[n * 7 % 200]).with_relay(&sources[(n * 7 + 1 + n % 5) % 200]);
        let day = format!("2025-{:02}-{:02}", n % 12 + 1, n / 12 % 28 + 1);
        let citation = Citation::new().with_url("https://example.org/a").with_excerpt("the ministry said so on Sunday");
        ledger.record(claim.with_as_of(day.parse().unwrap()).with_citation(citation)).unwrap();
    }
    let start = std::time::Instant::now();
    let site = Site::new(&ledger);
    let folder = std::env::temp_dir().join(format!("testimony-page-{}", std::process::id()));
    let (mut pages, mut bytes, mut largest) = (0, 0, 0);
    for page in site.pages() {
        let path = folder.join(&page.path);
        if pages < 1 || !path.parent().unwrap().exists() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        }
        std::fs::write(path, &page.html).unwrap();
        pages += 1;
        bytes += page.html.len();
        largest = largest.max(page.html.len());
    }
    let took = start.elapsed();
    std::fs::remove_dir_all(&folder).unwrap();
    println!("{pages} pages, {bytes} bytes, the largest {largest}, in {took:?}");
    assert!(largest < 300_000 && took.as_secs() < 10);
}
