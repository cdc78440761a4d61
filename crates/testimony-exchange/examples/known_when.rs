//! The table of a health ministry, overwritten again and again: what was known when.

use testimony::{Ledger, Topic};
use testimony_exchange::table::{Mapping, Snapshots};

const SNAPSHOTS: [(&str, &str); 3] = [
    ("2024-01-02T08:00:00Z", "date,killed\n2024-01-01,207\n"),
    ("2024-01-03T08:00:00Z", "date,killed\n2024-01-01,207\n2024-01-02,128\n"),
    ("2024-02-01T08:00:00Z", "date,killed\n2024-01-01,215\n"),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mapping = Mapping::from_toml(
        r#"
        [snapshot]
        table = "https://health.example/daily.csv"
        publisher = "ministry"
        key = "{date}"
        whole = true
        [[predicate]]
        name = "killed"
        measure = "flow"
        unit = "persons"
        [[claim]]
        subject = "the strip"
        predicate = "killed"
        number = "{killed}"
        origin = "ministry"
        as_of = "{date}"
        "#,
    )?;
    let mut ledger = Ledger::new();
    let mut snapshots = Snapshots::new(&ledger, &mapping)?;
    for (time, table) in SNAPSHOTS {
        let recorded = snapshots.record(&mut ledger, table.as_bytes(), time.parse()?)?;
        println!("{time}: {} new, {} revised, {} withdrawn", recorded.added, recorded.revised, recorded.withdrawn);
    }
    let killed = Topic::new("the strip", "killed");
    let mut known = Vec::new();
    for time in ["2024-01-02T12:00:00Z", "2024-01-15T00:00:00Z", "2024-02-02T00:00:00Z"] {
        let then = ledger.at(time.parse()?);
        let topic = then.topic(&killed).ok_or("nothing known")?;
        let said: Vec<String> = topic.standing().map(|claim| claim.to_string()).collect();
        println!("known on {time}: {}", said.join("; "));
        known.push(said.len());
    }
    assert_eq!(known, [1, 2, 1]);
    Ok(())
}
