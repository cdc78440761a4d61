//! Ledgers to test with.

use super::builders::{affirms, declines, denies, figure, parsed, suggests};
use crate::claim::{Citation, Claim, Value};
use crate::confidence::Likelihood;
use crate::constraint::Constraint;
use crate::error::Error;
use crate::ledger::Ledger;
use crate::source::{Source, SourceId, SourceKind};
use crate::topic::{Measure, Predicate, Topic};

/// A newspaper's report on North Korean losses in the war in Ukraine, as fifteen claims: a ledger with a bit of
/// everything.
///
/// All but the last two are about the subject "North Korean troops in Ukraine".
///
/// | claim | predicate | who says what |
/// | --- | --- | --- |
/// | 0 | casualties | the service (`nis`), through a member of parliament (`lee`) and the paper (`korea-herald`): about 3,000 persons as of January 2025 |
/// | 1 | casualties | the same, by mid-March: more than 4,000 persons, an update |
/// | 2 | share of the first deployed lost | the paper itself: nearly one-third, which 1 and 3 do not come to |
/// | 3 | first deployed | the paper: 11,000 persons |
/// | 4 | casualty rate before leaving Kursk | `lee`: about 30% as of January 2025, which 0 and 3 go with |
/// | 5 | sent later | `lee`: 3,000 to 4,000 persons, "likely" |
/// | 6 | weight in the battles of Kursk | Ukrainian authorities (`kyiv`): "decisive" |
/// | 7 | weight in the battles of Kursk | the service denies it: the one conflict |
/// | 8 | use | `lee`: "expendable" |
/// | 9 | among the casualties | the service suggests: "senior officers" |
/// | 10 | bodies | `lee`: "brought home in secret" |
/// | 11 | orders in case of capture | unnamed reports (`reports-on-capture`): "to kill themselves" |
/// | 12 | presence | North Korea (`dprk`) declines to say: "present" |
/// | 13 | way out of the draft, of "young North Koreans" | other unnamed reports (`reports-on-draft`): "injuring themselves" |
/// | 14 | readiness for a nuclear test, of "North Korea" | the service: "fully prepared" |
///
/// ```
/// use testimony::testing::{assert_in_conflict, assert_not_in_conflict, assert_relation, korea_herald};
/// use testimony::{ClaimId, RelationKind, Topic};
///
/// let ledger = korea_herald();
/// let troops = |predicate: &str| Topic::new("North Korean troops in Ukraine", predicate);
/// assert_in_conflict(&ledger, &troops("weight in the battles of Kursk"));
/// assert_not_in_conflict(&ledger, &troops("casualties"));
/// assert_relation(&ledger, ClaimId::new(1), RelationKind::Updates, ClaimId::new(0));
/// ```
#[must_use]
pub fn korea_herald() -> Ledger {
    let mut ledger = Ledger::new();
    if let Err(error) = define(&mut ledger) {
        unreachable!("the fixture's own definitions are in order: {error}");
    }
    let troops = |predicate: &str| Topic::new("North Korean troops in Ukraine", predicate);
    let (casualties, weight) = (troops("casualties"), troops("weight in the battles of Kursk"));
    let cites = |words: &'static str| {
        move |claim: Claim| {
            claim.with_citation(Citation::new().with_url("https://www.koreaherald.com/").with_excerpt(words))
        }
    };
    let likely: Likelihood = parsed("likely");
    let claims = [
        // The service on the losses, as the member of parliament passed it on.
        affirms("nis", &casualties, figure("about 3,000 persons"))
            .through("lee")
            .through("korea-herald")
            .as_of("2025-01"),
        affirms("nis", &casualties, figure("over 4,000 persons"))
            .through("lee")
            .through("korea-herald")
            .as_of("2025-03-11/2025-03-20")
            .with(cites("over 4,000")),
        // The paper in its own words.
        affirms("korea-herald", &troops("share of the first deployed lost"), figure("nearly one-third"))
            .with(cites("nearly one-third")),
        affirms("korea-herald", &troops("first deployed"), figure("11,000 persons")),
        // The member of parliament himself.
        affirms("lee", &troops("casualty rate before leaving Kursk"), figure("about 30%"))
            .through("korea-herald")
            .as_of("2025-01"),
        affirms("lee", &troops("sent later"), figure("3,000 to 4,000 persons"))
            .through("korea-herald")
            .with(|claim| claim.with_confidence(likely)),
        // Did they decide the battles? The one says so, the other denies it.
        affirms("kyiv", &weight, Value::text("decisive")).through("korea-herald"),
        denies("nis", &weight, Value::text("decisive")).through("lee").through("korea-herald"),
        affirms("lee", &troops("use"), Value::text("expendable")).through("korea-herald"),
        suggests("nis", &troops("among the casualties"), Value::text("senior officers")).through("korea-herald"),
        affirms("lee", &troops("bodies"), Value::text("brought home in secret")).through("korea-herald"),
        affirms("reports-on-capture", &troops("orders in case of capture"), Value::text("to kill themselves"))
            .through("korea-herald"),
        declines("dprk", &troops("presence"), Value::text("present")).through("korea-herald"),
        affirms(
            "reports-on-draft",
            &Topic::new("young North Koreans", "way out of the draft"),
            Value::text("injuring themselves"),
        )
        .through("korea-herald"),
        affirms("nis", &Topic::new("North Korea", "readiness for a nuclear test"), Value::text("fully prepared"))
            .through("lee")
            .through("korea-herald")
            .with(|claim| claim.with_note("only the moment is open")),
    ];
    for claim in claims {
        claim.record(&mut ledger);
    }
    ledger
}

/// The sources, what the predicates measure, and the arithmetic that ties them.
fn define(ledger: &mut Ledger) -> Result<(), Error> {
    let add = |ledger: &mut Ledger, id: &str, name: &str, kind: SourceKind, part_of: Option<&SourceId>| {
        let mut source = Source::new(id, name)?.with_kind(kind);
        if let Some(whole) = part_of {
            source = source.with_part_of(whole);
        }
        ledger.add_source(source)
    };
    let seoul = add(ledger, "rok", "South Korea", SourceKind::GOVERNMENT, None)?;
    add(ledger, "nis", "National Intelligence Service", SourceKind::default(), Some(&seoul))?;
    add(ledger, "lee", "Rep. Lee Seong-kweun", SourceKind::PERSON, None)?;
    let herald = add(ledger, "korea-herald", "The Korea Herald", SourceKind::OUTLET, None)?;
    add(ledger, "kyiv", "Ukrainian authorities", SourceKind::GOVERNMENT, None)?;
    add(ledger, "dprk", "North Korea", SourceKind::GOVERNMENT, None)?;
    // Nobody knows whether the two are one, so they are two; both belong to the paper that carries them.
    add(ledger, "reports-on-capture", "Unnamed reports on capture", SourceKind::ANONYMOUS, Some(&herald))?;
    add(ledger, "reports-on-draft", "Unnamed reports on the draft", SourceKind::ANONYMOUS, Some(&herald))?;

    ledger.add_predicate(Predicate::new("casualties").with_measure(Measure::Cumulative).with_unit("persons"))?;
    ledger.add_predicate(Predicate::new("first deployed").with_measure(Measure::Fixed).with_unit("persons"))?;
    // The weight that somebody had in a battle of the past does not change any more.
    ledger.add_predicate(Predicate::new("weight in the battles of Kursk").with_measure(Measure::Fixed))?;

    // Both the share and the rate are losses divided by the number deployed.
    let troops = |predicate: &str| Topic::new("North Korean troops in Ukraine", predicate);
    for ratio in ["share of the first deployed lost", "casualty rate before leaving Kursk"] {
        let (part, whole) = (troops("casualties"), troops("first deployed"));
        ledger.add_constraint(Constraint::Ratio { part, whole, ratio: troops(ratio) })?;
    }
    Ok(())
}
