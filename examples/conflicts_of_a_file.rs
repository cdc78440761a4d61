//! The conflicts of a file of claims: read it line by line, go on after a line that is refused, say what clashes and
//! why.
//!
//! ```text
//! $ cargo run --example conflicts_of_a_file
//! $ cargo run --example conflicts_of_a_file -- FILE
//! ```
//!
//! The command `testimony audit` (`crates/testimony-cli`) does this and more.

use std::error::Error;
use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;

use testimony::{Ledger, jsonl};

fn main() -> Result<(), Box<dyn Error>> {
    let in_tests = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/korea_herald.jsonl");
    let path = std::env::args().nth(1).unwrap_or_else(|| in_tests.to_owned());
    let mut refused = 0;
    let loaded = jsonl::read_into(Ledger::new(), BufReader::new(File::open(path)?), |error| {
        refused += 1;
        eprintln!("{error}");
        ControlFlow::Continue(())
    })?;

    let ledger = &loaded.ledger;
    for conflict in ledger.conflicts() {
        // A claim is known to the reader by its number in the file, which counts the refused ones too.
        println!("{}", conflict.numbered(|claim| loaded.number_in_file(claim).unwrap_or(claim.number())));
    }
    let (claims, conflicts) = (ledger.claims().len(), ledger.conflict_count());
    println!("{claims} claims, {conflicts} in conflict, {refused} lines refused.");
    for topic in ledger.topics().filter(|topic| topic.positions().positions().len() > 1) {
        println!("\n{}", topic.topic());
        println!("{}", topic.positions());
    }
    Ok(())
}
