//! The kinds of entry.

use serde_json::{Value, json};

use super::values::{confidence, figure, moment, period, time};
use super::{Form, list, one_of, position, record, text, words};
use crate::claim::{Basis, MAX_CITATIONS, MAX_RELAYS, Stance};
use crate::source::Reliability;
use crate::text::{MAX_ID, MAX_NAME, MAX_TEXT};
use crate::topic::Measure;

/// A record for each kind of entry, in the order of the format.
pub(super) fn kinds(form: Form) -> Vec<Value> {
    [
        ("source", "Defines somebody who says something or passes it on.", source(form)),
        ("predicate", "Defines how the values of a predicate behave.", predicate(form)),
        ("subject", "Gives a subject other names.", names("What claims are about: \"Kyiv\".")),
        ("unit", "Gives a unit other names.", names("What figures are in: \"persons\". Nothing is converted.")),
        ("scope", "Gives a scope other names.", names("What exactly is counted: \"laboratory-confirmed\".")),
        ("claim", "Records one assertion.", claim(form)),
        ("constraint", "Ties topics together by arithmetic that the document itself states.", constraint()),
        (
            "retraction",
            "Takes an earlier claim back, because the document says that it was withdrawn.",
            retraction(form),
        ),
        (
            "amendment",
            "Changes what is on record of a source or an earlier claim, because the document says that it is otherwise now.",
            amendment(form),
        ),
    ]
    .into_iter()
    .map(|(kind, description, schema)| {
        let recorded =
            time(form, "When this was put on record. Leave it out: the program that keeps the record adds it.");
        record(description, &[kind], [("recorded", recorded), (kind, schema)])
    })
    .collect()
}

fn id(description: &str) -> Value {
    json!({
        "type": "string",
        "description": description,
        "maxLength": MAX_ID,
        "pattern": r"^[^\s\u0000-\u001f\u007f-\u009f]+$",
    })
}

fn source(form: Form) -> Value {
    let kind = words(
        "What it is: person, organization, government, outlet (a newspaper, an agency, a channel), document or \
         anonymous; another word if none of them fits. Left out, it is an organization. An unnamed source (\"an \
         official\", \"reports\") is anonymous, and each unnamed one is a source of its own.",
        MAX_NAME,
    );
    let part_of = id("The id of the source that this one is a part of: of a ministry its government, of an unnamed \
                      source the outlet that carries it. That source has to be defined before.");
    let reliability = one_of(
        "How reliable the source is by the Admiralty code, as whoever keeps the record rates it. Leave it out: the \
         document does not say.",
        Reliability::ALL.iter().map(|rating| rating.as_str()),
    );
    record(
        "Somebody or something that says things or passes them on. One who speaks under two names is one source.",
        &["id", "name"],
        [
            ("id", id("A short name for it without spaces, by which claims name it: \"nis\", \"korea-herald\".")),
            ("name", words("Its name, as the document has it in full.", MAX_NAME)),
            ("kind", kind),
            ("part_of", form.optional(part_of)),
            ("reliability", form.optional(reliability)),
            ("url", form.optional(text("Its address, if the document gives one.", MAX_TEXT))),
        ],
    )
}

fn predicate(form: Form) -> Value {
    let measure = one_of(
        "What time does to it. stock: a level that rises and falls (troops deployed), which it is if this is left out. \
         cumulative: a running total (casualties so far). flow: what happened within a period (casualties in \
         January). fixed: one value for all time (the toll of a past event).",
        Measure::ALL.iter().map(|measure| measure.as_str()),
    );
    let opposite = words("One of two texts that exclude each other.", MAX_TEXT);
    let alike = words("One of the texts that mean one thing.", MAX_TEXT);
    let group = json!({ "type": "array", "items": alike, "minItems": 2 });
    let pair = json!({ "type": "array", "items": opposite, "minItems": 2, "maxItems": 2 });
    record(
        "How the values of a predicate behave. Define it before the first claim that uses it, or leave it out.",
        &["name"],
        [
            ("name", words("The predicate, as the topics of claims have it.", MAX_NAME)),
            ("measure", measure),
            ("unit", form.optional(words("The unit of its figures where they have none of their own.", MAX_NAME))),
            (
                "continuous",
                json!({ "type": "boolean", "description": "Whether it is measured (tonnes, degrees) and not counted." }),
            ),
            (
                "single_valued",
                json!({ "type": "boolean", "description": "Whether only one text can be true of it at a time." }),
            ),
            (
                "opposites",
                json!({ "type": "array", "description": "Pairs of texts that cannot both be true.", "items": pair }),
            ),
            ("same", json!({ "type": "array", "description": "Groups of texts that mean one thing.", "items": group })),
        ],
    )
}

fn names(description: &str) -> Value {
    let alias = words("Another name of it.", MAX_NAME);
    let aliases = json!({ "type": "array", "description": "Its other names.", "items": alias, "minItems": 1 });
    record(
        "A name with its other names. Define them before the first claim that uses one of the others, or leave it out.",
        &["name", "aliases"],
        [("name", words(description, MAX_NAME)), ("aliases", aliases)],
    )
}

fn topic(description: &str) -> Value {
    record(
        description,
        &["subject", "predicate"],
        [
            ("subject", words("What it is about: \"North Korean troops in Ukraine\".", MAX_NAME)),
            (
                "predicate",
                words(
                    "What is asked of it: \"casualties\". The same question has the same words in every claim, whoever \
                     answers it and however.",
                    MAX_NAME,
                ),
            ),
        ],
    )
}

fn value(form: Form) -> Value {
    let record = |name, schema| record("What the claim puts forward.", &[name], [(name, schema)]);
    json!({
        "description": "What the claim puts forward: a quantity, words or a time.",
        "anyOf": [
            record("figure", figure(form)),
            record("text", words("Words of the document where the answer is neither a quantity nor a time.", MAX_TEXT)),
            record("period", period("A time where the question is when: 2025-03-15.")),
        ],
    })
}

fn stance() -> Value {
    one_of(
        "How the origin stands to the value; left out, it affirms. affirms: says that it is so. denies: says that it is \
         not so, and the value is what it denies. suggests: raises it as possible and commits to nothing (\"may\", \
         \"could\", \"is feared\", \"speculates\"). declines: neither confirms nor denies, does not acknowledge, will \
         not comment; that is no denial. disowns: says that it never said what is attributed to it.",
        Stance::ALL.iter().map(|stance| stance.as_str()),
    )
}

fn relays() -> Value {
    list(
        "The ids of the sources that passed the assertion on, the one nearest the origin first and whoever published \
         the document last: in \"the agency says, as a member of parliament told the paper\", the member and then the \
         paper. A relay only repeats, and is not a second witness. Never the origin itself.",
        &id("The id of a source that is defined before."),
        MAX_RELAYS,
    )
}

fn basis() -> Value {
    one_of(
        "How the origin says it knows: witnessed (saw or measured it), told (heard it), induced (generalises from \
         cases), deduced (concludes it). Leave it out where the document does not say.",
        Basis::ALL.iter().map(|basis| basis.as_str()),
    )
}

fn credibility() -> Value {
    json!({
        "type": "integer",
        "description": "How far whoever keeps the record believes it, by the Admiralty code. Leave it out: the \
                        document does not say.",
        "minimum": 1,
        "maximum": 6,
    })
}

fn claim(form: Form) -> Value {
    let scope = words(
        "What exactly is counted, where sources count differently, in the origin's words: \"laboratory-confirmed\", \
         \"since January\". Figures of different scopes are never compared. Left out where the document names none.",
        MAX_NAME,
    );
    let mut claim = record(
        "One assertion by one source. Attribute to a source only what it said: a figure worked out from others, carried \
         over to another time or place, or put together from two statements is nobody's word, and no claim. An author \
         who does such a thing in the document is the origin of it.",
        &["topic", "origin"],
        [
            ("topic", topic("The question that the claim answers.")),
            ("value", form.optional(value(form))),
            ("stance", stance()),
            ("scope", form.optional(scope)),
            (
                "origin",
                id(
                    "The id of the source answerable for the assertion: who said it first, not who repeats or prints it. \
                    What a paper writes in its own words, and attributes to nobody, has the paper as its origin.",
                ),
            ),
            ("relays", relays()),
            (
                "as_of",
                form.optional(period(
                    "The time for which the value is said to hold, not the time of writing: 2025, 2025-03, 2025-03-15, \
                     2025-01-10/2025-03-20, ../2025-03 with an open end, and ~ after a date that is approximate. Leave \
                     it out where the document does not say.",
                )),
            ),
            ("stated", form.optional(moment(form, "When the origin said so, as a date or a time: 2025-03-27."))),
            ("confidence", form.optional(confidence(form))),
            ("basis", form.optional(basis())),
            ("credibility", form.optional(credibility())),
            (
                "citations",
                list("Where the assertion is found. Give one with an excerpt.", &citation(form), MAX_CITATIONS),
            ),
            (
                "note",
                form.optional(text("A remark for whoever reads the record, which is no part of the claim.", MAX_TEXT)),
            ),
        ],
    );
    // Only a claim that declines or disowns may be without a value.
    claim["anyOf"] = match form {
        Form::Read => json!([
            { "required": ["value"], "properties": { "value": { "type": "object" } } },
            { "required": ["stance"], "properties": { "stance": { "enum": without_value() } } },
        ]),
        Form::Written => return valueless_apart(&claim),
    };
    claim
}

/// The claim as two closed records: one that has a value, and one whose stance lets it be without.
fn valueless_apart(claim: &Value) -> Value {
    let (mut valued, mut valueless) = (claim.clone(), claim.clone());
    valued["required"] = json!(["topic", "value", "origin"]);
    valueless["required"] = json!(["topic", "stance", "origin"]);
    valueless["properties"]["stance"]["enum"] = json!(without_value());
    json!({ "description": claim["description"], "anyOf": [valued, valueless] })
}

/// The stances of the claims that may be without a value.
fn without_value() -> Vec<&'static str> {
    Stance::ALL.iter().filter(|stance| stance.needs_no_value()).map(|stance| stance.as_str()).collect()
}

fn citation(form: Form) -> Value {
    let part = |description| form.optional(text(description, MAX_TEXT));
    let place = |description| form.optional(position(description));
    let mut citation = record(
        "Where the assertion is found.",
        &[],
        [
            ("url", part("The address of the document.")),
            ("title", part("The title of the document.")),
            ("published", form.optional(moment(form, "When the document was published: 2025-03-27."))),
            ("accessed", form.optional(moment(form, "When the document was read. Leave it out."))),
            (
                "excerpt",
                part(
                    "The words of the document that make the assertion, copied letter for letter: one passage, without \
                     leaving anything out or joining two places, long enough to hold the figure with its hedge.",
                ),
            ),
            ("prefix", part("The words just before the excerpt, where it occurs more than once.")),
            ("suffix", part("The words just after the excerpt, where it occurs more than once.")),
            ("start", place("Where the excerpt starts, in code points. Leave it out: it is easily counted wrong.")),
            ("end", place("Where the excerpt ends, in code points. Leave it out.")),
            ("digest", part("A digest of the document, sha256: and hexadecimal digits. Leave it out.")),
        ],
    );
    citation["minProperties"] = 1.into();
    citation
}

fn constraint() -> Value {
    let kind = |name, schema| record("What is declared.", &[name], [(name, schema)]);
    let ratio = record(
        "One topic is the quotient of two others.",
        &["part", "whole", "ratio"],
        [("part", topic("The dividend.")), ("whole", topic("The divisor.")), ("ratio", topic("The quotient."))],
    );
    let at_most = record(
        "One topic is never above another.",
        &["part", "whole"],
        [
            ("part", topic("The topic that is not above the other.")),
            ("whole", topic("The topic that is not below the other.")),
        ],
    );
    let parts = json!({
        "type": "array",
        "description": "The topics that are added up.",
        "items": topic("One of the parts."),
        "minItems": 1,
    });
    let sum = record(
        "Some topics add up to another.",
        &["parts", "whole"],
        [("parts", parts), ("whole", topic("The topic of their sum."))],
    );
    let change = record(
        "The amount within a time is the total at its end less the total before it began.",
        &["flow", "total"],
        [
            ("flow", topic("The topic of the amount, such as the new cases of a week.")),
            ("total", topic("The running total, such as all cases so far.")),
        ],
    );
    json!({
        "description": "Arithmetic that holds between the values of several topics, each of them a different one.",
        "anyOf": [kind("ratio", ratio), kind("at_most", at_most), kind("sum", sum), kind("change", change)],
    })
}

fn retraction(form: Form) -> Value {
    record(
        "Takes an earlier claim back.",
        &["claim"],
        [
            ("claim", claim_key("The number of the claim: claims count from 0 in the order in which they are given.")),
            (
                "by",
                form.optional(id(
                    "The id of the source that takes it back, which is defined before: the origin of the claim, one of \
                     its relays, or what one of these is a part of. Who contradicts a claim of somebody else makes one.",
                )),
            ),
            ("reason", form.optional(text("Why, as far as it was said.", MAX_TEXT))),
        ],
    )
}

/// The number of a claim, or its label.
fn claim_key(description: &str) -> Value {
    let label = json!({
        "type": "string",
        "description": "The label of the claim, where that is known.",
        "pattern": "^[0-9a-f]{32}$",
    });
    json!({ "anyOf": [position(description), label] })
}

/// A record for each thing that is amended. What is left out stays as it is, so null has a meaning of its own, and both
/// forms have it.
fn amendment(form: Form) -> Value {
    let or_none = |schema: Value| json!({ "anyOf": [schema, { "const": null }] });
    let reason = || ("reason", form.optional(text("Why, as far as it was said.", MAX_TEXT)));
    let part = |description| or_none(text(description, MAX_TEXT));
    let source = record(
        "Changes what is on record of a source: the fields that are given, and no others.",
        &["source"],
        [
            ("source", id("The id of the source, which is defined before.")),
            ("name", words("Its name from now on.", MAX_NAME)),
            ("kind", or_none(words("What it is from now on.", MAX_NAME))),
            ("part_of", or_none(id("The id of what it is a part of from now on; null if of nothing."))),
            (
                "reliability",
                or_none(one_of(
                    "How reliable it is from now on by the Admiralty code; null to take the rating away.",
                    Reliability::ALL.iter().map(|rating| rating.as_str()),
                )),
            ),
            ("url", part("Its address from now on; null to take it away.")),
            reason(),
        ],
    );
    let credibility = json!({
        "type": "integer",
        "description": "How far whoever keeps the record believes it from now on, by the Admiralty code.",
        "minimum": 1,
        "maximum": 6,
    });
    let claim = record(
        "Changes what whoever keeps the record holds of a claim. What the origin said is never amended.",
        &["claim"],
        [
            ("claim", claim_key("The number of the claim: claims count from 0 in the order in which they are given.")),
            ("credibility", or_none(credibility)),
            ("note", part("A remark in the place of the one before; null to take it away.")),
            ("citations", list("Where else the assertion is found.", &citation(form), MAX_CITATIONS)),
            reason(),
        ],
    );
    let aliases = json!({
        "type": "array",
        "description": "Other names of the subject, which were taken for others before.",
        "items": words("Another name.", MAX_NAME),
        "minItems": 1,
    });
    let subject = record(
        "Joins names that were taken for several subjects.",
        &["subject", "aliases"],
        [("subject", words("The name of the subject.", MAX_NAME)), ("aliases", aliases), reason()],
    );
    json!({ "anyOf": [source, claim, subject] })
}
