//! Rows of events as a casualty database has them: many outlets, and one origin.

use testimony::{Ledger, Topic};
use testimony_exchange::table::{self, Mapping};

const EVENTS: &str = "\
id,conflict,low,best,high,quoted,outlets,from,to
23308,Burundi,100,150,200,Oxfam,The Globe and Mail;The Guardian;UN report,1994-02-06,1994-02-07
64952,India,3,3,3,police,Indian Express;PTI,1999-05-01,1999-05-01
64953,India,5,9,7,police,PTI,1999-05-02,1999-05-02
";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mapping = Mapping::from_toml(
        r#"
        [[claim]]
        subject = "{conflict} · {id}"
        predicate = "deaths"
        low = "{low}"
        best = "{best}"
        high = "{high}"
        unit = "persons"
        origin = "{quoted}"
        roles = ["police"]
        roles_of = "{id}"
        relays = "{outlets}"
        relays_split = ";"
        relays_each = true
        as_of = "{from}"
        as_of_end = "{to}"
        "#,
    )?;
    let import = table::read(EVENTS.as_bytes(), &mapping)?;
    for refusal in &import.refused {
        println!("refused: {refusal}");
    }
    let mut ledger = Ledger::new();
    for entry in import.entries {
        ledger.append(entry)?;
    }
    let burundi = ledger.topic(&Topic::new("Burundi · 23308", "deaths")).ok_or("no such topic")?;
    for claim in burundi.claims() {
        let relays: Vec<&str> = claim.relays().map(testimony::Source::name).collect();
        println!("{} through {}: {}", claim.origin().name(), relays.join(", "), claim.corroboration().because());
        assert_eq!(claim.corroboration().known(), 1, "three outlets are one origin");
    }
    assert_eq!(import.refused.len(), 1, "a best estimate above the range");
    Ok(())
}
