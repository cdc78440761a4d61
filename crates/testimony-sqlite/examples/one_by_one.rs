//! Appends one claim at a time, and after each says how many lines the store holds and waits for a line of input.
//!
//! `tests/power_cut` cuts the power while it waits. With `count` it verifies the store instead, and says how many lines
//! are there.
//!
//! ```text
//! cargo run --package testimony-sqlite --example one_by_one -- STORE [count]
//! ```

use std::error::Error;
use std::io::{self, Write as _};

use testimony::{Claim, Figure, Source, Topic};
use testimony_sqlite::Store;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let mut store = Store::open(args.next().ok_or("name a store")?)?;
    if args.next().is_some_and(|what| what == "count") {
        println!("{}", store.verify()?);
        return Ok(());
    }
    let ministry = Source::new("moh", "Ministry of Health")?;
    let topic = Topic::new("market bombing", "deaths");
    store.append(&[ministry.clone().into()])?;
    for figure in 1..=1000 {
        store.append(&[Claim::new(topic.clone(), Figure::exactly(figure), ministry.id()).into()])?;
        // The line that names the format, and the one of the source, come before the claims.
        println!("{}", figure + 2);
        io::stdout().flush()?;
        if io::stdin().read_line(&mut String::new())? == 0 {
            break;
        }
    }
    Ok(())
}
