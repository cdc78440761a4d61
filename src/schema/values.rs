//! Numbers, figures, times and confidence.

use serde_json::{Value, json};

use super::{Form, one_of, record, words};
use crate::confidence::AnalyticConfidence;
use crate::figure::Vague;
use crate::text::MAX_NAME;

/// The largest integer that is written as a JSON number.
const LARGEST: i64 = 999_999_999_999_999;

/// A number. One that is read may have a plus, an exponent and noughts that say nothing; one that is written has the
/// shortest form, as an integer of up to 15 digits or else as a string.
fn number(form: Form, description: &str) -> Value {
    match form {
        Form::Read => json!({
            "type": ["number", "string"],
            "description": description,
            "pattern": r"^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$",
        }),
        Form::Written => json!({
            "type": ["integer", "string"],
            "description": description,
            "minimum": -LARGEST,
            "maximum": LARGEST,
            "pattern": r"^-?([1-9][0-9]{15,28}|(0|[1-9][0-9]{0,27})\.[0-9]{1,28})$",
        }),
    }
}

/// A number, or a fraction in a string.
fn rational(form: Form, description: &str) -> Value {
    let mut schema = number(form, description);
    let fraction = match form {
        Form::Read => r"^([+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?|-?[0-9]+/[0-9]+)$",
        Form::Written => r"^-?([1-9][0-9]{15,28}|(0|[1-9][0-9]{0,27})\.[0-9]{1,28}|(0|[1-9][0-9]*)/[1-9][0-9]*)$",
    };
    schema["pattern"] = fraction.into();
    schema
}

/// A lower and an upper number.
fn range(form: Form, description: &str) -> Value {
    json!({
        "type": "array",
        "description": description,
        "items": number(form, "A number; the lower one comes first."),
        "minItems": 2,
        "maxItems": 2,
    })
}

/// The hedges that may stand alone, with what each stands for.
fn hedges(form: Form) -> Vec<(&'static str, Value)> {
    let mut about = rational(
        form,
        "\"About\", \"around\", \"some\", \"roughly\" so many; two numbers in a list for \"about 10,000 to 12,000\".",
    );
    let pair = range(form, "");
    for keyword in ["items", "minItems", "maxItems"] {
        about[keyword] = pair[keyword].clone();
    }
    about["type"] = match form {
        Form::Read => json!(["number", "string", "array"]),
        Form::Written => json!(["integer", "string", "array"]),
    };
    vec![
        (
            "exactly",
            rational(
                form,
                "A number written out and said without any hedge: \"11,000\". Not for \"over\", \"about\", \"nearly\" or \"up to\": \
                 those have fields of their own, and the hedge is part of what was said.",
            ),
        ),
        ("more_than", more_than(form)),
        ("at_least", at_least(form)),
        ("less_than", less_than(form)),
        ("at_most", at_most(form)),
        ("between", range(form, "\"3,000 to 4,000\", \"between 3,000 and 4,000\": two numbers.")),
        ("about", about),
        ("nearly", rational(form, "\"Nearly\", \"almost\": below the number and close to it.")),
        ("just_over", rational(form, "\"Just over\", \"slightly more than\": above the number and close to it.")),
        (
            "vague",
            one_of(
                "A magnitude said without a number: \"dozens\", \"tens of thousands\".",
                Vague::ALL.iter().map(|magnitude| magnitude.as_str()),
            ),
        ),
    ]
}

fn more_than(form: Form) -> Value {
    rational(form, "\"More than\", \"over\", \"above\": the number itself is left out.")
}

fn at_least(form: Form) -> Value {
    rational(form, "\"At least\", \"no fewer than\", \"or more\": the number itself belongs to it.")
}

fn less_than(form: Form) -> Value {
    rational(form, "\"Fewer than\", \"less than\", \"under\": the number itself is left out.")
}

fn at_most(form: Form) -> Value {
    rational(form, "\"At most\", \"up to\", \"as many as\": the number itself belongs to it.")
}

/// Figures that are made of two numbers of different meaning, or of a fraction.
fn rounded_and_estimated(form: Form, unit: &Value) -> [Value; 3] {
    let rounded = record(
        "A number that its writing shows to be rounded: \"4.7 million\" is 4700000 to 100000, and \"27%\" is 0.27 to \
         0.01 with the unit \"ratio\".",
        &["rounded", "to"],
        [
            ("rounded", number(form, "The number: 4700000 for \"4.7 million\".")),
            ("to", number(form, "The unit of its last written digit, a power of ten: 100000 for \"4.7 million\".")),
            ("unit", unit.clone()),
        ],
    );
    let fraction = json!({
        "type": "string",
        "description": "The fraction: \"2/3\".",
        "pattern": match form {
            Form::Read => "^-?[0-9]+/[0-9]+$",
            Form::Written => "^-?(0|[1-9][0-9]*)/[1-9][0-9]*$",
        },
    });
    let rounded_fraction = record(
        "A fraction in words or signs, said without any hedge: \"two-thirds\", \"one in five\".",
        &["rounded"],
        [("rounded", fraction), ("unit", unit.clone())],
    );
    let estimate = record(
        "A range with a best estimate within it: \"25, at least 10 and at most 80\".",
        &["between", "best"],
        [
            ("between", range(form, "The low and the high end of the range.")),
            ("best", number(form, "The best estimate, within the range.")),
            ("unit", unit.clone()),
        ],
    );
    [rounded, rounded_fraction, estimate]
}

pub(super) fn figure(form: Form) -> Value {
    let unit = words(
        "What is counted or measured, as the document has it: \"persons\", \"tonnes\". Money has its ISO 4217 code. A \
         proportion has the unit \"ratio\", in which 30% is 0.3. Leave it out where the predicate has a unit already.",
        MAX_NAME,
    );
    let mut forms: Vec<Value> = hedges(form)
        .into_iter()
        .map(|(name, schema)| {
            record("A quantity with the hedge it was said with.", &[name], [(name, schema), ("unit", unit.clone())])
        })
        .collect();
    forms.extend(rounded_and_estimated(form, &unit));
    for (lower, low) in [("more_than", more_than(form)), ("at_least", at_least(form))] {
        for (upper, high) in [("less_than", less_than(form)), ("at_most", at_most(form))] {
            forms.push(record(
                "A quantity with a lower and an upper hedge: \"more than 100 but fewer than 300\".",
                &[lower, upper],
                [(lower, low.clone()), (upper, high), ("unit", unit.clone())],
            ));
        }
    }
    if form == Form::Read {
        forms.push(json!({ "type": "number", "description": "Exactly so many." }));
        forms.push(words("A quantity as a newspaper has it: \"over 4,000 troops\".", 1024 * 1024));
    }
    described_figure(&forms)
}

fn described_figure(forms: &[Value]) -> Value {
    json!({
        "description": "A quantity as it was said. Keep the hedge, and keep the number: do not round it, add it up \
                        or work it out.",
        "anyOf": forms,
    })
}

/// Year, month and day, the last two as far as they are known, with X for unspecified digits, and how sure they are.
const STAMP: &str =
    r"-?[0-9]{2}(XX|[0-9]X|[0-9]{2}(-(XX(-XX)?|(0[1-9]|1[0-2])(-(XX|0[1-9]|[12][0-9]|3[01]))?))?)[?~%]?";

/// A time as it is read, and as it is written: with three, six or nine places of a second if any, and `Z` for an offset
/// of zero.
fn instant(form: Form) -> &'static str {
    match form {
        Form::Read => {
            r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]{1,9})?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
        }
        Form::Written => {
            r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.([0-9]{3}|[0-9]{6}|[0-9]{9}))?(Z|[+-](0[1-9]|1[0-9]|2[0-3]):[0-5][0-9]|[+-]00:(0[1-9]|[1-5][0-9]))"
        }
    }
}

fn spans() -> String {
    format!(r"{STAMP}|{STAMP}/({STAMP}|\.\.)?|(\.\.)?/{STAMP}")
}

pub(super) fn period(description: &str) -> Value {
    json!({ "type": "string", "description": description, "pattern": format!("^({})$", spans()) })
}

pub(super) fn moment(form: Form, description: &str) -> Value {
    json!({ "type": "string", "description": description, "pattern": format!("^({}|{})$", spans(), instant(form)) })
}

pub(super) fn time(form: Form, description: &str) -> Value {
    json!({ "type": "string", "description": description, "pattern": format!("^{}$", instant(form)) })
}

/// The words of a scale, a probability, or two of them.
fn likelihood(form: Form, description: &str) -> Value {
    let probability = |types: &[&str]| {
        let mut schema = number(form, "A probability from 0 to 1; the lower one comes first.");
        schema["type"] = types.into();
        schema["minimum"] = 0.into();
        schema["maximum"] = 1.into();
        schema
    };
    let (number, one) = match form {
        Form::Read => ("number", probability(&["number", "string"])),
        Form::Written => ("integer", probability(&["integer", "string"])),
    };
    json!({
        "type": ["string", number, "array"],
        "description": description,
        "pattern": r"\S",
        "minimum": 0,
        "maximum": 1,
        "items": one,
        "minItems": 2,
        "maxItems": 2,
    })
}

pub(super) fn confidence(form: Form) -> Value {
    let description = "How sure the origin itself said it was. Only what the origin expressed: leave it out where it \
                       said nothing of the kind, and never put your own confidence here.";
    let likely = likelihood(
        form,
        "How likely the origin called it: its words (\"likely\"), with the scale in front where it names one \
         (\"icd203:likely\", \"phia:highly likely\"), or its probability as text (\"0.7\"), or two of them in a list.",
    );
    let level = one_of(
        "How much confidence the origin said it has in its analysis, which is another matter than how likely it \
         calls the thing.",
        AnalyticConfidence::ALL.iter().map(|level| level.as_str()),
    );
    let stix = json!({
        "type": "integer",
        "description": "The number that the origin wrote as the confidence of a STIX object, as it stands there.",
        "minimum": 0,
        "maximum": 100,
    });
    let optional = [("likelihood", likely), ("level", level), ("stix", stix)];
    let mut parts = record(description, &[], optional.map(|(name, part)| (name, form.optional(part))));
    parts["minProperties"] = 1.into();
    match form {
        Form::Read => {
            let alone = likelihood(form, "How likely the origin called it, or a level, without other parts.");
            json!({ "description": description, "anyOf": [parts, alone] })
        }
        Form::Written => parts,
    }
}

/// The choices that verdicts rest on, in the first line of a file.
pub(super) fn policy() -> Value {
    let mut policy = record(
        "The choices that verdicts rest on; one that is left out is the default.",
        &[],
        [
            (
                "about",
                number(Form::Read, "How wide \"about\" is, as a share of the number from 0 to 1; 0.1 by default."),
            ),
            (
                "rounding",
                json!({
                    "type": ["boolean", "null"],
                    "description": "Whether a number that its writing shows to be rounded stands for all that rounds to \
                                    it; true by default.",
                }),
            ),
            (
                "days_apart",
                json!({
                    "type": ["integer", "null"],
                    "description": "How many days apart two periods may be and still count as overlapping; 0 by default.",
                    "minimum": 0,
                    "maximum": u32::MAX,
                }),
            ),
        ],
    );
    policy["properties"]["about"]["type"] = json!(["number", "string", "null"]);
    policy["type"] = json!(["object", "null"]);
    policy
}
