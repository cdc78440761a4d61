//! Hostile input, which nobody would send by mistake: it ends in a message with its place, soon, and never in a panic.

use std::time::{Duration, Instant};

use testimony_exchange::table::{self, Mapping};
use testimony_exchange::{Import, Refusal, claimreview, ftm, stix, wikibase};

/// Enough to tell what grows with the square.
const MANY: usize = 50_000;

fn mapping() -> Mapping {
    Mapping::from_toml(
        "[[claim]]\nsubject = \"{place}\"\npredicate = \"dead\"\nnumber = \"{dead}\"\norigin = \"{by}\"\nas_of = \"{day}\"\n",
    )
    .unwrap()
}

/// The message of every reader about an input, each within its time.
fn told(name: &str, input: &[u8]) -> Vec<String> {
    type Read = fn(&[u8]) -> Result<Import, Refusal>;
    let readers: [(&str, Read); 5] = [
        ("table", |input| {
            let column = None;
            table::read(input, &mapping()).map_err(|error| Refusal { row: None, column, message: error.to_string() })
        }),
        ("wikibase", |input| wikibase::read(input, &wikibase::Mapping::default())),
        ("stix", |input| stix::read(input)),
        ("ftm", |input| ftm::read(input)),
        ("claimreview", |input| claimreview::read(input)),
    ];
    let mut told = Vec::new();
    for (reader, read) in readers {
        let started = Instant::now();
        match read(input) {
            Ok(import) => told.extend(import.refused.iter().map(|refusal| format!("{reader}: {refusal}"))),
            Err(error) => told.push(format!("{reader}: {error}")),
        }
        assert!(started.elapsed() < Duration::from_secs(20), "{reader} took {:?} for {name}", started.elapsed());
    }
    let started = Instant::now();
    let _ = table::propose(input, None);
    assert!(started.elapsed() < Duration::from_secs(20), "a proposal took {:?} for {name}", started.elapsed());
    told
}

#[test]
fn bytes_of_all_kinds_end_in_messages() {
    let head = "place,dead,by,day\n";
    let object = |fields: &str| format!("{{\"type\":\"bundle\",\"objects\":[{{\"type\":\"note\"{fields}}}]}}");
    let of_many = |part: &str| part.repeat(MANY);
    let utf16: Vec<u8> = "place,dead\nHoms,1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let inputs: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", Vec::new()),
        ("a byte order mark", b"\xef\xbb\xbf".to_vec()),
        ("NULs", vec![0; MANY]),
        ("no UTF-8", [head.as_bytes(), b"Homs,\xff,x,2024\n", &[0xff; 99]].concat()),
        ("UTF-16", [b"\xff\xfe".as_slice(), &utf16].concat()),
        ("carriage returns", format!("{head}{}", of_many("Homs,1,x,2024\n")).replace('\n', "\r").into_bytes()),
        ("a long cell", format!("{head}{}", "x".repeat(4 << 20)).into_bytes()),
        ("many cells", format!("{head}{}", of_many(",")).into_bytes()),
        ("many columns", of_many("place,").into_bytes()),
        ("an open quotation", format!("{head}\"{}", of_many("Homs,1\n")).into_bytes()),
        ("quotation marks", of_many("\"").into_bytes()),
        ("arrays in arrays", of_many("[").into_bytes()),
        ("objects in objects", of_many("{\"a\":").into_bytes()),
        ("arrays in an object", object(&format!(",\"x\":{}{}", of_many("["), of_many("]"))).into_bytes()),
        ("one key many times", object(&of_many(",\"id\":\"a\"")).into_bytes()),
        ("a huge number", object(&format!(",\"count\":1{}", "0".repeat(MANY))).into_bytes()),
        ("a huge exponent", object(",\"count\":1e999999999").into_bytes()),
        ("half a surrogate", object(",\"name\":\"\\ud800\"").into_bytes()),
        ("scripts without an end", of_many("<script type=\"application/ld+json\">").into_bytes()),
        ("tags without an end", of_many("<script").into_bytes()),
        ("graphs in graphs", of_many("{\"@graph\":[").into_bytes()),
    ];
    for (name, input) in inputs {
        for message in told(name, &input) {
            assert!(message.len() < 1000, "{name}: {message}");
        }
    }
}

#[test]
fn each_message_names_the_place() {
    let told = |input: &[u8]| told("a place", input).join("\n");
    let with = |input: &[u8], part: &str| {
        let told = told(input);
        assert!(told.contains(part), "{part}: {told}");
    };
    with(b"place,dead,by,day\nHoms,1,x,2024\nHoms,\xff,x,2024\n", "table: row 3: cell 2 is not UTF-8");
    with(b"{\"objects\":[\n\n\xff]}", "stix: the document: is not UTF-8 on its line 3");
    with(b"\xff\xfe{\0", "claimreview: the document: is in UTF-16; save it as UTF-8");
    with(
        b"{\"objects\":[\n{\"type\":}]}",
        "stix: the document: cannot be read as JSON: expected value at line 2 column 9",
    );
    let deep = format!("{{\"objects\":[{{}},{{\"id\":{}{}}}]}}", "[".repeat(200), "]".repeat(200));
    with(deep.as_bytes(), "stix: objects[1]: cannot be read: recursion limit exceeded");
    let huge = b"{\"objects\":[{\"type\":\"sighting\",\"count\":1e400}]}";
    with(huge, "stix: objects[0]: cannot be read: number out of range");
    with(
        b"{\"entity_id\":\"a\"}\n{\"entity_id\":\xff}\n",
        "ftm: row 2: is no statement: expected value at line 1 column 14",
    );
    with(b"[\n{\"id\":\"Q1\"},\n{\"id\":\xff},\n", "wikibase: row 3: is no entity: expected value at line 1 column 7");
}

/// A quotation mark that is not closed makes all behind it one cell, however long: reading it stops.
#[test]
fn a_quotation_that_does_not_end_does_not_take_all_memory() {
    struct Endless(u64);
    impl std::io::Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            self.0 += buffer.len() as u64;
            assert!(self.0 < 1 << 28, "it reads on");
            buffer.fill(b'x');
            Ok(buffer.len())
        }
    }
    use std::io::Read as _;
    let begin = "place,dead,by,day\nHoms,1,x,2024\n\"";
    let import = table::read(begin.as_bytes().chain(Endless(0)), &mapping()).unwrap();
    let told: Vec<String> = import.refused.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["row 3: has more than 67108864 bytes; is a quotation mark not closed?"]);
}

/// A feed that is too long to be parsed at once gives what it gives in parts.
#[test]
fn a_long_feed_is_read_by_its_parts() {
    let review = |i: usize| {
        format!(
            r#"{{"@type":"ClaimReview","url":"https://check.example/{i}","claimReviewed":"claim {i}","author":{{"name":"Check"}},
            "reviewRating":{{"alternateName":"False"}},"itemReviewed":{{"@type":"Claim","author":{{"name":"Mayor"}}}}}}"#
        )
    };
    let feed = |n: usize| {
        let reviews: Vec<String> = (0..n).map(review).collect();
        format!(r#"{{"@type":"DataFeed","dataFeedElement":[{{"item":[{}]}}],"x":[[[1]]]}}"#, reviews.join(","))
    };
    for n in [1, 6000] {
        let import = claimreview::read(feed(n).as_bytes()).unwrap();
        assert_eq!((import.entries.len(), import.refused.len()), (2 * n + 2, 0));
    }
    let broken =
        feed(6000).replace("claim 5999\"", &format!("claim 5999\",\"y\":{}{}", "[".repeat(200), "]".repeat(200)));
    let import = claimreview::read(broken.as_bytes()).unwrap();
    assert_eq!((import.entries.len(), import.refused.len()), (2 * 5999 + 2, 1));
    let told = import.refused[0].to_string();
    assert!(told.starts_with("$.dataFeedElement[0].item[5999]: cannot be read: recursion limit exceeded"), "{told}");
}
