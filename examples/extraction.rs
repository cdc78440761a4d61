//! Holds a language model's claims against the news text that they were made from, and shows lines that are refused,
//! claims that say what the text does not, and figures that were left out.
//!
//! ```text
//! $ cargo run --example extraction
//! $ cargo run --example extraction -- TEXT CLAIMS
//! ```

use std::fs;
use std::io::{self, BufReader, Write};
use std::ops::ControlFlow;

use testimony::{Error, Ledger, extraction, jsonl};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut path = |default: &str| arguments.next().unwrap_or_else(|| in_examples(default));
    let (text, claims) = (path("extraction.txt"), path("extraction.jsonl"));
    run(&text, &claims, &mut io::stdout().lock())
}

fn in_examples(name: &str) -> String {
    format!("{}/examples/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Reads the text and the claims, and reports on them.
fn run(text: &str, claims: &str, output: &mut impl Write) -> io::Result<()> {
    let text = fs::read_to_string(text)?;
    let (ledger, refused) = read(claims)?;
    for error in &refused {
        // To the model, if it is to try again: the line, the field, the value and the reason.
        writeln!(output, "Refused: {error}.")?;
    }
    if !refused.is_empty() {
        writeln!(output)?;
    }
    let report = extraction::check(&ledger, text.as_str());
    write!(output, "{report}")
}

/// The ledger, and the lines that it would not take.
fn read(claims: &str) -> io::Result<(Ledger, Vec<Error>)> {
    let mut refused = Vec::new();
    let loaded = jsonl::read_into(Ledger::new(), BufReader::new(fs::File::open(claims)?), |error| {
        refused.push(error);
        ControlFlow::Continue(())
    });
    Ok((loaded.map_err(io::Error::other)?.ledger, refused))
}
