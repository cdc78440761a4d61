//! Whole pages as they are, in `tests/golden`. Where they are meant to change: `BLESS=1 cargo test -p testimony-page --test
//! golden`, and read the diff.

use std::fs;
use std::path::Path;

use testimony::testing::korea_herald;
use testimony::{Ledger, TopicRef, jsonl};
use testimony_page::{Site, Sketch, picture};

/// A page as people read a diff of it: an element a line, and without the style that all have.
fn readable(html: &str) -> String {
    let (head, rest) = html.split_once("<style>").expect("a page has its style");
    let (_, rest) = rest.split_once("</style>").expect("it is closed");
    let rest = match rest.split_once("<script>") {
        Some((body, script)) => {
            format!("{body}<script>…{}", &script[script.find("</script>").expect("it is closed")..])
        }
        None => rest.to_owned(),
    };
    // The digest of the style changes with it.
    let head = head.split("sha256-").enumerate().map(|(i, part)| if i == 0 { part } else { &part[44..] });
    format!("{}<style>…</style>{rest}", head.collect::<Vec<_>>().join("sha256-…")).replace("><", ">\n<")
}

fn assert_golden(name: &str, is: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, is).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let differs = kept.lines().zip(is.lines()).enumerate().find(|(_, (kept, is))| kept != is);
    assert!(kept == is, "{name} differs, first at {differs:?}; BLESS=1 writes it anew");
}

/// Every kind of mark, on three topics.
fn flood() -> Ledger {
    jsonl::read(
        fs::File::open(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/flood.jsonl"))
            .map(std::io::BufReader::new)
            .unwrap(),
    )
    .unwrap()
}

fn topic<'a>(ledger: &'a Ledger, predicate: &str) -> TopicRef<'a> {
    ledger.topics().find(|topic| topic.topic().predicate() == predicate).expect("the ledger has it")
}

#[test]
fn pages_are_as_they_were() {
    let ledger = korea_herald();
    let site = Site::new(&ledger).with_title("The Korea Herald");
    assert_golden("front.html", &readable(&site.front().html));
    assert_golden("casualties.html", &readable(&site.topic(topic(&ledger, "casualties")).unwrap().html));
    let weight = site.topic(topic(&ledger, "weight in the battles of Kursk")).unwrap();
    assert_golden("weight.html", &readable(&weight.html));
    assert_golden("source.html", &readable(&site.source(ledger.source("nis").unwrap()).unwrap().html));
    assert_golden("graph.html", &readable(&site.graph().html));
}

#[test]
fn pictures_are_as_they_were() {
    let ledger = flood();
    for (predicate, name) in [("deaths", "deaths.svg"), ("cause", "cause.svg"), ("days of rain", "rain.svg")] {
        assert_golden(name, &picture(topic(&ledger, predicate)).replace("><", ">\n<"));
    }
}

#[test]
fn sketches_are_as_they_were() {
    let ledger = flood();
    let sketches =
        ["deaths", "cause", "days of rain"].map(|predicate| Sketch::of(topic(&ledger, predicate)).to_string());
    assert_golden("flood.txt", &sketches.join("\n"));
}
