//! `testimony diff`: what changed between two ledgers, or between two times of one.

use crate::args::Diff;
use crate::input;
use crate::output::{Failure, Output, REFUSED};

pub(crate) fn run(asked: &Diff, output: &mut Output) -> Result<u8, Failure> {
    let interrupt = output.interrupt();
    input::reads_standard_input_once(&[std::slice::from_ref(&asked.before), asked.after.as_slice()].concat())?;
    let first = input::one(&asked.before, &interrupt)?;
    let second = asked.after.as_ref().map(|after| input::one(after, &interrupt)).transpose()?;
    if second.is_none() && asked.from.is_none() && asked.to.is_none() {
        return Err(Failure::Unreadable("one ledger alone: name a second, or --from a time".to_owned()));
    }
    let later = second.as_ref().map_or(&first.ledger, |read| &read.ledger);
    let before = asked.from.map_or_else(|| first.ledger.view(), |time| first.ledger.at(time));
    let after = asked.to.map_or_else(|| later.view(), |time| later.at(time));
    for (ledger, time, whole) in [(&before, asked.from, &first.ledger), (&after, asked.to, later)] {
        input::tell_if_empty(ledger, whole, time);
    }
    let diff = before.diff(&after);
    if asked.json {
        output.json(&diff)?;
    } else {
        output.write(format_args!("{diff:width$}", width = output.width()))?;
    }
    let refused = first.refused + second.map_or(0, |read| read.refused);
    Ok(if refused == 0 { 0 } else { REFUSED })
}
