//! How long ten years of daily snapshots of a thousand rows take: `cargo run --release -p testimony-exchange --example ten_years`.
//!
//! Each day ten rows are revised, one is gone and one is new. Prints the seconds and what was recorded.

use std::fmt::Write as _;
use std::time::Instant;

use testimony::{Ledger, Timestamp};
use testimony_exchange::table::{Mapping, Snapshots};

const MAPPING: &str = r#"
[snapshot]
table = "https://health.example/places.csv"
publisher = "ministry"
key = "{place}"
whole = true
[[claim]]
subject = "{place}"
predicate = "killed"
number = "{killed}"
origin = "ministry"
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let days: u64 = std::env::args().nth(1).map_or(Ok(3650), |days| days.parse())?;
    let mapping = Mapping::from_toml(MAPPING)?;
    let mut ledger = Ledger::new();
    let mut snapshots = Snapshots::new(&ledger, &mapping)?;
    let mut rows: Vec<(u64, u64)> = (0..1000).map(|place| (place, 0)).collect();
    let (mut table, mut changed) = (String::new(), 0);
    let begun = Instant::now();
    for day in 0..days {
        for i in 0..10 {
            let at = usize::try_from((day * 97 + i * 101) % 1000)?;
            rows[at].1 += 1;
        }
        let at = usize::try_from(day * 31 % 1000)?;
        rows[at] = (1000 + day, 0);
        table.clear();
        table.push_str("place,killed\n");
        for (place, killed) in &rows {
            writeln!(table, "place {place},{killed}")?;
        }
        let (year, month, day) = (2010 + day / 336, day / 28 % 12 + 1, day % 28 + 1);
        let at: Timestamp = format!("{year}-{month:02}-{day:02}T00:00:00Z").parse()?;
        let recorded = snapshots.record(&mut ledger, table.as_bytes(), at)?;
        assert!(recorded.refused.is_empty());
        changed += recorded.added + recorded.revised + recorded.withdrawn;
    }
    println!(
        "{days} snapshots of 1,000 rows: {:.1} s, {changed} changes, {} claims, {} entries",
        begun.elapsed().as_secs_f64(),
        ledger.claims().len(),
        ledger.len()
    );
    Ok(())
}
