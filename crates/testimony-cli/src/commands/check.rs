//! `testimony check`.

use testimony::extraction::{self, Document};

use crate::args::Check;
use crate::input;
use crate::output::{Failure, Output, REFUSED};

pub(crate) fn run(asked: &Check, output: &mut Output) -> Result<u8, Failure> {
    input::reads_standard_input_once(&[asked.text.clone(), asked.claims.clone()])?;
    let text = input::text(&asked.text, &output.interrupt())?;
    let read = input::one(&asked.claims, &output.interrupt())?;
    let mut document = Document::new(&text);
    if let Some(url) = &asked.url {
        document = document.with_url(url);
    }
    let report = extraction::check(&read.ledger, document);
    if asked.json {
        output.json(&report)?;
    } else {
        output.write(&report)?;
    }
    Ok(if read.refused == 0 && report.is_clean() { 0 } else { REFUSED })
}
