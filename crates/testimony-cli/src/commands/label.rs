//! `testimony label`: a line for each claim, with its number and its label.

use serde::Serialize;
use testimony::{ClaimRef, Label};

use crate::args::LabelClaims;
use crate::input;
use crate::output::{Failure, Output};

#[derive(Serialize)]
struct Line<'a> {
    claim: u64,
    label: Label,
    topic: &'a testimony::Topic,
    said: String,
}

pub(crate) fn run(asked: &LabelClaims, output: &mut Output) -> Result<u8, Failure> {
    let read = input::ledger(&asked.ledgers, &output.interrupt())?;
    let last = read.ledger.claims().next_back().map_or(0, |claim| read.number(claim.id()));
    let width = last.to_string().len();
    for claim in read.ledger.claims() {
        let (number, label) = (read.number(claim.id()), claim.label());
        if asked.json {
            output.json(&Line { claim: number, label, topic: topic(&claim), said: claim.to_string() })?;
        } else {
            output.write(format_args!("{number:>width$}  {label}  {}: {claim}\n", topic(&claim)))?;
        }
    }
    Ok(read.status())
}

fn topic<'a>(claim: &ClaimRef<'a>) -> &'a testimony::Topic {
    claim.topic_ref().topic()
}
