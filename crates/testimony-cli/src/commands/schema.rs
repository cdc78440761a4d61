//! `testimony schema`.

use serde_json::{Value, json};

use crate::args::{Schema, SchemaOf};
use crate::output::{Failure, Output};

pub(crate) fn run(asked: &Schema, output: &mut Output) -> Result<u8, Failure> {
    let schema = match asked.of {
        SchemaOf::Line => testimony::schema::line().to_value(),
        SchemaOf::Extraction => testimony::schema::extraction().to_value(),
        SchemaOf::Findings => findings()?,
    };
    let text = serde_json::to_string_pretty(&schema).map_err(std::io::Error::other)?;
    output.write(format_args!("{text}\n"))?;
    Ok(0)
}

/// The schema of the findings of the library, and of what the command counts, labels and reads besides.
fn findings() -> Result<Value, Failure> {
    let mut schema = testimony::schema::findings().to_value();
    let forms: Vec<Value> = serde_json::from_str(include_str!("../forms.json")).map_err(std::io::Error::other)?;
    schema["title"] = "A line of what testimony --json prints".into();
    if let Some(all) = schema["anyOf"].as_array_mut() {
        all.extend(forms);
    }
    schema["$defs"] = json!({
        "count": { "type": "integer", "minimum": 0 },
        "end": { "type": ["integer", "string", "null"], "description": "A number, exact, or no end." },
        "span": {
            "type": "array",
            "description": "From which byte of the text to which.",
            "items": { "$ref": "#/$defs/count" },
            "minItems": 2,
            "maxItems": 2,
        },
    });
    Ok(schema)
}
