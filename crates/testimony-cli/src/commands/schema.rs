//! `testimony schema`.

use crate::args::{Schema, SchemaOf};
use crate::output::{Failure, Output};

pub(crate) fn run(asked: &Schema, output: &mut Output) -> Result<u8, Failure> {
    let schema = match asked.of {
        SchemaOf::Line => testimony::schema::line(),
        SchemaOf::Extraction => testimony::schema::extraction(),
    };
    let text = serde_json::to_string_pretty(&schema).map_err(std::io::Error::other)?;
    output.write(format_args!("{text}\n"))?;
    Ok(0)
}
