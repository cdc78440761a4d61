//! QuickStatements out: commands that editors paste, a line for each claim.

use std::collections::HashSet;
use std::io::Write;

use serde_json::Value as Json;
use testimony::{Label, Ledger, Value};

use super::Mapping;
use super::write::statements;
use crate::json::text;
use crate::law::{Allowed, Export, Loss, LossKind, Of, Refusal};

/// Writes the claims of a ledger that are not retracted as commands of QuickStatements (version 1, separated by tabs).
///
/// Its quantities have an amount and one width for both sides: an estimate that is not in the middle of its range is
/// refused. Its texts cannot hold a quotation mark, a tab or the end of a line. It sets no ranks.
///
/// # Errors
///
/// As [`write`](super::write()).
pub fn write_quickstatements(
    ledger: &Ledger,
    mapping: &Mapping,
    allowed: &Allowed,
    mut output: impl Write,
) -> Result<Export, Refusal> {
    let (mut export, statements) = statements(ledger, mapping, allowed)?;
    export.claims.clear();
    let of_claim = |loss: &Loss| if let Of::Claim(label) = loss.of() { Some(*label) } else { None };
    let without_note: HashSet<Label> =
        export.losses.iter().filter(|loss| loss.field() == "note").filter_map(of_claim).collect();
    let (mut refused, mut losses) = (HashSet::new(), Vec::new());
    for (claim, statement) in statements {
        let label = claim.label();
        let Some(line) = command(&statement.entity, &statement.property, &statement.json) else {
            let (field, because) = match claim.value() {
                Some(Value::Figure(_)) => ("value", "a quantity has one width for both sides"),
                _ => ("claim", "a text cannot hold a quotation mark, a tab or the end of a line"),
            };
            refused.insert(label);
            losses.push(Loss::new(Of::Claim(label), field, LossKind::Refused, because));
            continue;
        };
        if claim.note().is_some_and(|note| note.starts_with("rank: ")) && !without_note.contains(&label) {
            losses.push(Loss::new(Of::Claim(label), "note", LossKind::Dropped, "a command sets no rank"));
        }
        let written = writeln!(output, "{line}");
        written.map_err(Refusal::unwritable)?;
        export.claims.push(label);
    }
    export.losses.retain(|loss| of_claim(loss).is_none_or(|label| !refused.contains(&label)));
    export.losses.append(&mut losses);
    Ok(export)
}

fn command(entity: &str, property: &str, statement: &Json) -> Option<String> {
    let mut parts = vec![entity.to_owned(), property.to_owned(), value(statement.get("mainsnak")?)?];
    for (property, snaks) in statement.get("qualifiers").and_then(Json::as_object).into_iter().flatten() {
        for snak in snaks.as_array().into_iter().flatten() {
            parts.extend([property.clone(), value(snak)?]);
        }
    }
    for (property, snaks) in statement.pointer("/references/0/snaks").and_then(Json::as_object).into_iter().flatten() {
        for snak in snaks.as_array().into_iter().flatten() {
            parts.extend([property.replacen('P', "S", 1), value(snak)?]);
        }
    }
    Some(parts.join("\t"))
}

fn value(snak: &Json) -> Option<String> {
    let value = snak.pointer("/datavalue/value")?;
    let quoted = |text: &str| (!text.contains(['"', '\t', '\n', '\r'])).then(|| format!("\"{text}\""));
    Some(match snak.pointer("/datavalue/type")?.as_str()? {
        "quantity" => quantity(value)?,
        "time" => format!("{}/{}", text(value, "time")?, value.get("precision")?.as_u64()?),
        "wikibase-entityid" => text(value, "id")?.to_owned(),
        "monolingualtext" => format!("{}:{}", text(value, "language")?, quoted(text(value, "text")?)?),
        _ => quoted(value.as_str()?)?,
    })
}

fn quantity(value: &Json) -> Option<String> {
    let number = |field: &str| text(value, field)?.parse::<testimony::Number>().ok();
    let amount = number("amount")?;
    let unit = text(value, "unit")
        .and_then(|unit| unit.rsplit_once("/Q"))
        .map_or_else(String::new, |(_, id)| format!("U{id}"));
    let width = match (number("lowerBound"), number("upperBound")) {
        (Some(low), Some(high)) => {
            let (below, above) = (amount.checked_sub(low)?, high.checked_sub(amount)?);
            if below != above {
                return None;
            }
            format!("~{below}")
        }
        _ => String::new(),
    };
    Some(format!("{amount}{width}{unit}"))
}
