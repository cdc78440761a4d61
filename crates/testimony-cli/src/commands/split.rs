//! `testimony split`: a ledger in parts that can be looked at apart.

use std::fs;

use crate::args::Split;
use crate::input;
use crate::open::{named, unreadable};
use crate::output::{Failure, Output};
use crate::write::write_beside;

pub(crate) fn run(asked: &Split, output: &mut Output) -> Result<u8, Failure> {
    let read = input::one(&asked.ledger, &output.interrupt())?;
    fs::create_dir_all(&asked.out).map_err(|error| unreadable(&asked.out, error))?;
    let parts = read.ledger.split(asked.parts.get());
    let digits = asked.parts.to_string().len();
    for (i, part) in parts.iter().enumerate() {
        let path = asked.out.join(format!("part-{:0digits$}.jsonl", i + 1));
        write_beside(part, &path, output)?;
        let claims = part.claims().len();
        output.write(format_args!("{}: {claims} {}\n", named(&path), if claims == 1 { "claim" } else { "claims" }))?;
    }
    Ok(read.status())
}
