//! `testimony audit`.

use crate::args::Audit;
use crate::input;
use crate::output::{Failure, Output, REFUSED};

pub(crate) fn run(asked: &Audit, output: &mut Output) -> Result<u8, Failure> {
    let read = input::ledger(&asked.ledgers.files, asked.ledgers.policy().as_ref(), &output.interrupt())?;
    for conflict in read.ledger.conflicts() {
        output.write(conflict.numbered(|claim| read.number(claim)))?;
    }
    Ok(if read.refused == 0 { 0 } else { REFUSED })
}
