//! `testimony export`: a ledger in other people's formats.

use testimony_exchange::table::{self, Mapping};
use testimony_exchange::{Allowed, LossKind, Of, claimreview, ftm, rdf, stix, wikibase};

use crate::commands::tables;
use crate::exchange::{Export, Losses, To, table_mapping, wikibase_mapping};
use crate::input;
use crate::output::{Failure, Output, REFUSED};
use crate::spool::Spool;

pub(crate) fn run(asked: &Export, output: &mut Output) -> Result<u8, Failure> {
    let read = input::ledger(&asked.ledgers, &output.interrupt())?;
    let ledger = &read.ledger;
    if asked.propose {
        let mapping = Mapping::of(ledger).to_toml();
        output.write(mapping.map_err(|error| Failure::Unreadable(error.to_string()))?)?;
        return Ok(read.status());
    }
    match (asked.format, &asked.out) {
        (To::Parquet, Some(out)) => {
            tables::export(ledger, out, asked.findings, output)?;
            return Ok(read.status());
        }
        (_, Some(_)) => {
            let why = "only Parquet goes to a folder, and the other formats to standard output; leave --out out";
            return Err(Failure::Unreadable(why.to_owned()));
        }
        (_, None) => {}
    }
    let allowed = asked.allow.iter().fold(Allowed::nothing(), Allowed::and);
    let mapping = asked.mapping.as_deref();
    let mut losses = Losses::new(asked.losses.as_deref())?;
    let mut written = Spool::new();
    let export = match asked.format {
        To::Table => {
            let mapping = mapping.map_or_else(|| Ok(Mapping::of(ledger)), table_mapping)?;
            let export = table::write(ledger, &mapping, &allowed, &mut written);
            export.map_err(|error| Failure::Unreadable(error.to_string()))?
        }
        format => {
            let export = match format {
                To::Wikibase => wikibase::write(ledger, &wikibase_mapping(mapping)?, &allowed, &mut written),
                To::Quickstatements => {
                    wikibase::write_quickstatements(ledger, &wikibase_mapping(mapping)?, &allowed, &mut written)
                }
                To::Stix => stix::write(ledger, &allowed, &mut written),
                To::Ftm => {
                    let form = if asked.lines { ftm::Form::JsonLines } else { ftm::Form::Csv };
                    ftm::write(ledger, form, &allowed, &mut written)
                }
                To::Claimreview => claimreview::write(ledger, &allowed, &mut written),
                To::Nanopub => rdf::write_nanopubs(ledger, &mut written),
                To::Table | To::Prov | To::Parquet => rdf::write_prov(ledger, &mut written),
            };
            export.map_err(|error| Failure::Unreadable(error.to_string()))?
        }
    };
    export.losses.iter().for_each(|loss| losses.add(loss));
    losses.tell()?;
    written.print(output)?;
    let is_refused =
        |loss: &testimony_exchange::Loss| loss.kind() == LossKind::Refused && matches!(loss.of(), Of::Claim(_));
    Ok(if export.losses.iter().any(is_refused) { REFUSED } else { read.status() })
}
