//! `testimony show`: all that is on record about topics, laid out for a reader.

use testimony::{Shown, SourceId, TopicRef};
use testimony_page::Sketch;

use crate::args::Show;
use crate::input;
use crate::output::{Failure, Output};
use crate::suggest::nearest;

pub(crate) fn run(asked: &Show, output: &mut Output) -> Result<u8, Failure> {
    let read = input::ledger(&asked.ledgers, &output.interrupt())?;
    let ledger = &read.ledger;
    for asked in &asked.source {
        if ledger.source(asked).is_none() {
            let names = ledger.sources().flat_map(|source| [source.id().as_str(), source.name()]);
            return Err(unknown("source", asked, nearest(asked, names)));
        }
    }
    let has = |text: &str, asked: &str| text.to_lowercase().contains(&asked.to_lowercase());
    for asked in &asked.topic {
        if !ledger.topics().any(|topic| has(&topic.topic().to_string(), asked)) {
            let names = ledger.topics().map(|topic| topic.topic());
            let names = names.flat_map(|topic| [topic.subject(), topic.predicate()]);
            return Err(unknown("topic", asked, nearest(asked, names)));
        }
    }
    let said_by = |topic: &TopicRef<'_>, id: &String| {
        let named = |source: &SourceId| source.as_str() == id;
        topic.claims().any(|claim| named(claim.origin().id()) || claim.relays().any(|relay| named(relay.id())))
    };
    for topic in ledger.topics() {
        let wanted = asked.topic.is_empty() || asked.topic.iter().any(|part| has(&topic.topic().to_string(), part));
        if wanted && (asked.source.is_empty() || asked.source.iter().any(|id| said_by(&topic, id))) {
            let dossier = topic.dossier();
            let dossier = dossier.numbered(|claim| read.number(claim));
            if asked.json {
                output.json(&dossier)?;
            } else {
                let sketch = Sketch::of(topic).numbered(|claim| read.number(claim));
                let sketch = format!("{sketch:width$}", width = output.width());
                let gap = if sketch.is_empty() { "" } else { "\n" };
                output.finding(format_args!("{dossier:width$}{gap}{sketch}", width = output.width()))?;
            }
        }
    }
    Ok(read.status())
}

pub(super) fn unknown(kind: &str, asked: &str, near: Option<&str>) -> Failure {
    let near = near.map_or_else(String::new, |near| format!("; did you mean “{}”?", Shown::new(near)));
    Failure::Unreadable(format!("no {kind} “{}” is on record{near}", Shown::new(asked)))
}
