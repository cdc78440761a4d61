//! The answers that a ledger gives, each in its one JSON form.

use serde_json::{Value, json};

use super::{one_of, position, record};
use crate::answers::{Obstacle, ViolationScope};
use crate::rules::relation::RelationKind;
use crate::rules::timing::Timing;

/// The forms, in the order in which an audit gives them, and then the others.
pub(super) fn forms() -> Vec<Value> {
    vec![
        related(),
        circle(),
        violation(),
        unchecked(),
        corroboration(),
        positions(),
        dossier(),
        scorecard(),
        diff(),
        look_alikes(),
    ]
}

/// A number, exact: an integer of up to 15 digits, and any other as a string.
fn number(description: &str) -> Value {
    json!({
        "description": description,
        "anyOf": [{ "type": "integer" }, { "type": "string", "pattern": r"^-?\d+(\.\d+)?$" }, { "type": "null" }],
    })
}

fn list(description: &str, items: &Value) -> Value {
    json!({ "type": "array", "description": description, "items": items })
}

fn truth(description: &str) -> Value {
    json!({ "type": "boolean", "description": description })
}

fn sentence(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn topic(description: &str) -> Value {
    let fields = [("subject", sentence("What the claims are about.")), ("predicate", sentence("What is said of it."))];
    record(description, &["subject", "predicate"], fields)
}

fn label() -> Value {
    json!({ "type": "string", "description": "The label of a claim.", "pattern": "^[0-9a-f]{32}$" })
}

fn claims(description: &str) -> Value {
    list(description, &position("The number of a claim."))
}

fn labels() -> Value {
    list("The labels of these claims, in their order.", &label())
}

fn source(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn nullable(schema: &Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

fn because() -> Value {
    sentence("Why, in plain words.")
}

fn related() -> Value {
    let gap = record(
        "How far two affirmed figures lie apart.",
        &["amount", "relative"],
        [
            ("amount", number("The distance between the nearest values, in the unit of the figures.")),
            ("relative", number("The distance as a share of the smaller of the two.")),
        ],
    );
    record(
        "Two claims and how they relate; in an audit two that stand and cannot both be true.",
        &["relation", "claims", "labels", "topic", "timing", "certain", "gap", "because"],
        [
            ("relation", one_of("How they relate.", RelationKind::ALL.iter().map(|kind| kind.as_str()))),
            ("claims", claims("The two, the one recorded first being first.")),
            ("labels", labels()),
            ("topic", topic("What both are about.")),
            ("timing", one_of("How their times lie to each other.", Timing::ALL.iter().map(|timing| timing.as_str()))),
            ("certain", truth("Whether it is certain, or only possible.")),
            ("later", position("The number of the one about the later time, if one is.")),
            ("supersedes", position("The number of the one that supersedes the other, if one does.")),
            ("gap", nullable(&gap)),
            ("because", because()),
        ],
    )
}

fn circle() -> Value {
    record(
        "Sources that attribute to each other what none of them is the origin of.",
        &["circle", "topic", "claims", "labels", "because"],
        [
            ("circle", list("The ids of the sources.", &source("The id of a source."))),
            ("topic", topic("The topic.")),
            ("claims", claims("The claims in which they do.")),
            ("labels", labels()),
            ("because", because()),
        ],
    )
}

fn constraint(description: &str) -> Value {
    one_of(description, ["at_most", "sum", "ratio", "change"])
}

fn scope() -> Value {
    let scopes = ViolationScope::ALL.iter().map(|scope| scope.as_str());
    one_of("Whether one origin's own figures are meant, or those of several.", scopes)
}

fn violation() -> Value {
    record(
        "A figure that others rule out by a constraint.",
        &["violation", "scope", "certain", "topic", "claims", "labels", "implied", "stated", "because"],
        [
            ("violation", constraint("The kind of the constraint.")),
            ("scope", scope()),
            ("certain", truth("Whether the constraint is broken for certain.")),
            ("topic", topic("The topic of the figure.")),
            ("claims", claims("The claims involved.")),
            ("labels", labels()),
            ("implied", figures("The numbers that the others leave.")),
            ("stated", figures("The numbers that are stated.")),
            ("because", because()),
            ("positions", one_of("Which positions of several origins were taken.", ["by_last_words", "at_its_time"])),
            ("more_claims", position("How many more claims are involved.")),
        ],
    )
}

fn unchecked() -> Value {
    record(
        "A figure that could not be held against a constraint.",
        &["unchecked", "scope", "topic", "claims", "labels", "obstacle", "because"],
        [
            ("unchecked", constraint("The kind of the constraint.")),
            ("scope", scope()),
            ("topic", topic("The topic of the figure.")),
            ("claims", claims("The claim with the figure.")),
            ("labels", labels()),
            ("obstacle", one_of("What stood in the way.", Obstacle::ALL.iter().map(|obstacle| obstacle.as_str()))),
            ("missing", topic("The topic on which something was missing.")),
            ("because", because()),
        ],
    )
}

fn figures(description: &str) -> Value {
    record(
        description,
        &["low", "low_open", "high", "high_open", "unit"],
        [
            ("low", number("The lower end, null if there is none.")),
            ("low_open", truth("Whether the lower end does not belong to it.")),
            ("high", number("The upper end, null if there is none.")),
            ("high_open", truth("Whether the upper end does not belong to it.")),
            ("unit", nullable(&sentence("The unit."))),
        ],
    )
}

fn value() -> Value {
    let day = |description: &str| nullable(&sentence(description));
    json!({
        "description": "The values that are held to be true, or excluded.",
        "anyOf": [
            figures("Numbers, any of which may be true."),
            record("Days, any of which may be true.", &["first", "last"], [("first", day("The first.")), ("last", day("The last."))]),
            record("A text.", &["text", "stance"], [
                ("text", sentence("The text as it was said first.")),
                ("stance", one_of("Whether it is affirmed or denied.", ["affirms", "denies"])),
            ]),
        ],
    })
}

fn corroboration() -> Value {
    let voice = record(
        "One voice: an origin, or several that count as one.",
        &["origins", "anonymous", "claims", "labels", "values"],
        [
            ("origins", list("The ids of the origins.", &source("The id of a source."))),
            ("anonymous", truth("Whether nobody knows whether it is independent.")),
            ("claims", claims("Its claims.")),
            ("labels", labels()),
            (
                "values",
                list(
                    "How the value of each lies to that of the claim.",
                    &one_of(
                        "The same values, some of them, more, or only some in common.",
                        ["equal", "within", "around", "overlapping"],
                    ),
                ),
            ),
        ],
    );
    record(
        "A claim and the voices behind it; in an audit one that is rated as confirmed and is not.",
        &["topic", "claims", "labels", "independent_origins", "anonymous_origins", "confirmed", "voices", "because"],
        [
            ("credibility", position("How far the recorder believes it, from 1 to 6.")),
            ("topic", topic("What it is about.")),
            ("claims", claims("The claim.")),
            ("labels", labels()),
            ("independent_origins", position("How many independent voices with a name say so.")),
            ("anonymous_origins", position("How many more are anonymous.")),
            ("confirmed", truth("Whether another independent voice with a name says so.")),
            ("voices", list("The voices.", &voice)),
            ("because", because()),
        ],
    )
}

fn positions() -> Value {
    let held = record(
        "Values that several claims allow at once.",
        &["value", "claims", "labels", "independent_origins", "anonymous_origins"],
        [
            ("value", value()),
            ("scope", sentence("What exactly is counted.")),
            ("claims", claims("The claims that allow it.")),
            ("labels", labels()),
            ("independent_origins", position("How many independent voices with a name are behind it.")),
            ("anonymous_origins", position("How many more are anonymous.")),
        ],
    );
    let excluded = record(
        "Values that somebody denies or doubts.",
        &["value", "claims", "labels"],
        [
            ("value", value()),
            ("scope", sentence("What exactly is counted.")),
            ("claims", claims("The claims that deny it.")),
            ("labels", labels()),
        ],
    );
    record(
        "Where the voices on a topic stand.",
        &["topic", "positions", "excludes", "silent", "silent_labels", "forecasts", "forecast_labels"],
        [
            ("topic", topic("The topic.")),
            ("positions", list("The positions, those with most voices first.", &held)),
            ("excludes", list("What is denied or doubted.", &excluded)),
            ("silent", claims("The claims that commit to nothing.")),
            ("silent_labels", labels()),
            ("forecasts", claims("The claims about what was still to come.")),
            ("forecast_labels", labels()),
        ],
    )
}

/// A claim as the interchange format has it.
fn said() -> Value {
    json!({ "type": "object", "description": "The claim, as the interchange format has it." })
}

fn retraction() -> Value {
    json!({ "type": "object", "description": "How it was taken back, as the interchange format has it." })
}

fn dossier() -> Value {
    let claim = record(
        "A claim and what became of it.",
        &["claim", "label", "said", "stands"],
        [
            ("claim", position("Its number.")),
            ("label", label()),
            ("said", said()),
            ("stands", truth("Whether it stands.")),
            ("superseded_by", claims("The claims that revise it, a hundred of them at most.")),
            ("disowned", truth("Whether its origin says that it never said so.")),
            ("retraction", retraction()),
        ],
    );
    let unit = nullable(&sentence("A unit, null for none."));
    record(
        "All that is on record about a topic.",
        &["topic", "claims", "positions", "circles", "conflicts", "not_compared"],
        [
            ("topic", topic("The topic.")),
            ("claims", list("The claims as time went by, those taken back last.", &claim)),
            ("positions", positions()),
            ("circles", list("The circles, a hundred of them at most.", &circle())),
            ("more_circles", position("How many more were found.")),
            ("conflicts", list("The conflicts, a hundred of them at most.", &related())),
            ("more_conflicts", position("How many more there are.")),
            ("not_compared", list("The units of figures that could not be compared.", &unit)),
        ],
    )
}

fn diff() -> Value {
    let claim = record(
        "A claim that changed.",
        &["claim", "label", "said"],
        [
            ("claim", position("Its number in the ledger that has it, the later one if both do.")),
            ("label", label()),
            ("said", said()),
            ("retraction", retraction()),
        ],
    );
    let whole = |description: &str| json!({ "type": "object", "description": description });
    let amended_claim = record(
        "A claim of which the recorder holds something else now.",
        &["claim", "label", "before", "after"],
        [
            ("claim", position("Its number in the later ledger.")),
            ("label", label()),
            ("before", whole("The claim as it was on record.")),
            ("after", whole("The claim as it is on record.")),
        ],
    );
    let amended_source = record(
        "A source of which the recorder holds something else now.",
        &["before", "after"],
        [("before", whole("The source as it was on record.")), ("after", whole("The source as it is on record."))],
    );
    let pairs = |description: &str| list(description, &related());
    let changed = |description: &str| list(description, &claim);
    record(
        "What changed from one ledger to another.",
        &[
            "newly_disputed",
            "settled",
            "new",
            "withdrawn",
            "reinstated",
            "revised",
            "missing",
            "amended",
            "new_sources",
            "amended_sources",
        ],
        [
            ("newly_disputed", pairs("The pairs that conflict now.")),
            ("more_disputed", truth("Whether more pairs may do than are listed.")),
            ("settled", pairs("The pairs that no longer do.")),
            ("more_settled", truth("Whether more pairs may no longer do than are listed.")),
            ("new", changed("The claims that are new.")),
            ("withdrawn", changed("The claims that were taken back.")),
            ("reinstated", changed("The claims that are on record anew.")),
            ("revised", changed("The claims that a later one of their origin revises now.")),
            ("missing", changed("The claims that only the first ledger has.")),
            ("amended", list("The claims that were amended.", &amended_claim)),
            ("new_sources", list("The sources that are new.", &whole("A source, as the interchange format has it."))),
            ("amended_sources", list("The sources that were amended.", &amended_source)),
        ],
    )
}

fn scorecard() -> Value {
    let lead = record(
        "By how many days it was first, over the topics on which it was.",
        &["least_days", "median_days", "most_days"],
        [
            ("least_days", position("The least.")),
            ("median_days", position("The one in the middle.")),
            ("most_days", position("The greatest.")),
        ],
    );
    record(
        "What a source has put on record and what became of it.",
        &[
            "source",
            "name",
            "claims",
            "passed_on",
            "topics",
            "sole_topics",
            "first_topics",
            "lead",
            "corroborated",
            "disputed",
            "revised",
            "retracted",
        ],
        [
            ("source", source("The id of the source.")),
            ("name", sentence("Its name.")),
            ("claims", position("How many claims are its word.")),
            ("passed_on", position("How many claims of others it passed on.")),
            ("topics", position("On how many topics it has a claim that is not retracted.")),
            ("sole_topics", position("On how many of these nobody else has one.")),
            ("first_topics", position("On how many topics it was surely the first to say something.")),
            ("lead", nullable(&lead)),
            ("corroborated", position("How many of its claims another independent voice with a name agrees with.")),
            ("disputed", position("How many of its standing claims are in a conflict.")),
            ("revised", position("How many of its claims a later one of its own revises.")),
            ("retracted", position("How many of its claims were taken back.")),
        ],
    )
}

fn look_alikes() -> Value {
    let topics = list("Topics that look like one.", &topic("A topic."));
    let units = list("Units that look like one.", &sentence("A unit."));
    record(
        "Names that look like one.",
        &["topics", "units"],
        [("topics", list("Groups of topics.", &topics)), ("units", list("Groups of units.", &units))],
    )
}
