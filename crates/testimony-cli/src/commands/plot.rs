//! `testimony plot`: the picture of a topic, as SVG.

use std::fs;

use testimony::{Shown, TopicRef};

use super::show::unknown;
use crate::args::Plot;
use crate::input;
use crate::open::unreadable;
use crate::output::{Failure, Output};
use crate::suggest::nearest;

/// How many topics are named where several have what was asked for.
const NAMED: usize = 5;

pub(crate) fn run(asked: &Plot, output: &mut Output) -> Result<u8, Failure> {
    let read = input::ledger(&asked.ledgers, &output.interrupt())?;
    let sought = asked.topic.to_lowercase();
    let name = |topic: &TopicRef<'_>| topic.topic().to_string();
    let mut found: Vec<_> = read.ledger.topics().filter(|topic| name(topic).to_lowercase().contains(&sought)).collect();
    // A name that is meant whole is not a part of another.
    let is_whole = |topic: &TopicRef<'_>| {
        let names = [topic.topic().predicate(), topic.topic().subject(), &name(topic)].map(str::to_lowercase);
        names.contains(&sought)
    };
    let whole: Vec<_> = found.iter().copied().filter(is_whole).collect();
    if whole.len() == 1 {
        found = whole;
    }
    let topic = match found.as_slice() {
        [] => {
            let names = read.ledger.topics().map(|topic| topic.topic());
            let names = names.flat_map(|topic| [topic.subject(), topic.predicate()]);
            return Err(unknown("topic", &asked.topic, nearest(&asked.topic, names)));
        }
        [topic] => *topic,
        several => {
            let names: Vec<String> = several.iter().take(NAMED).map(|topic| format!("“{}”", name(topic))).collect();
            let more = several.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let sought = Shown::new(&asked.topic);
            let names = names.join(", ");
            return Err(Failure::Unreadable(format!(
                "several topics have “{sought}”: {names}{more}; name one of them"
            )));
        }
    };
    let svg = testimony_page::picture(topic);
    match &asked.out {
        None => output.write(svg)?,
        Some(path) => {
            let written = output.uncut(|| fs::write(path, svg));
            written.map_err(|error| unreadable(path, error))?;
        }
    }
    Ok(read.status())
}
