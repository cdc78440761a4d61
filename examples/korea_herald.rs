//! A newspaper's report on North Korean losses in the war in Ukraine, claim by claim: who says what, through whom, what
//! of it changed with time, who commits to nothing, the one thing that is truly in dispute, and the one figure that does not add up.

use std::io::Write as _;

use testimony::{
    Citation, Claim, ClaimId, Constraint, Error, Figure, Ledger, Likelihood, Measure, Period, Predicate, Source,
    SourceKind, Stance, Topic, Value,
};

fn main() -> Result<(), Error> {
    let report = report(&korea_herald()?)?;
    // Whoever has seen enough may close the pipe.
    let _ = std::io::stdout().write_all(report.as_bytes());
    Ok(())
}

/// The report, a topic at a time, and what is wrong in it.
fn report(ledger: &Ledger) -> Result<String, Error> {
    let mut parts = vec![format!("What The Korea Herald reports, as {} claims\n", ledger.claims().len())];
    parts.extend(ledger.topics().map(|topic| topic.dossier().to_string()));
    parts.extend(ledger.violations().iter().map(ToString::to_string));
    parts.push(rate_before_kursk(ledger)?);
    let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let conflicts = count(ledger.conflicts().count(), "conflict", "conflicts");
    let violations = count(ledger.violations().len(), "figure that does not add up", "figures that do not add up");
    parts.push(format!("{conflicts}, and {violations}.\n"));
    Ok(parts.join("\n"))
}

/// Whether the rate before the troops left Kursk goes with the losses of January and the number deployed.
fn rate_before_kursk(ledger: &Ledger) -> Result<String, Error> {
    let figure = |number| {
        let claim = ledger.claim(ClaimId::new(number));
        claim.and_then(|claim| claim.value()?.as_figure().cloned()).unwrap_or_else(|| Figure::exactly(0))
    };
    let (lost, deployed, rate) = (figure(0), figure(3), figure(4));
    let share = lost.share_of(&deployed, ledger.policy())?;
    let fits = if rate.values(ledger.policy())?.shares_with(&share) { "fits" } else { "does not fit" };
    Ok(format!("The rate of {rate} {fits} {lost} of {deployed}.\n"))
}

/// The fifteen claims, with who said them and who passed them on.
pub(crate) fn korea_herald() -> Result<Ledger, Error> {
    let mut ledger = Ledger::new();

    let seoul = ledger.add_source(Source::new("rok", "South Korea")?.with_kind(SourceKind::GOVERNMENT))?;
    let nis = ledger.add_source(Source::new("nis", "National Intelligence Service")?.with_part_of(&seoul))?;
    let lee = ledger.add_source(Source::new("lee", "Rep. Lee Seong-kweun")?.with_kind(SourceKind::PERSON))?;
    let herald = ledger.add_source(Source::new("korea-herald", "The Korea Herald")?.with_kind(SourceKind::OUTLET))?;
    let kyiv = ledger.add_source(Source::new("kyiv", "Ukrainian authorities")?.with_kind(SourceKind::GOVERNMENT))?;
    let pyongyang = ledger.add_source(Source::new("dprk", "North Korea")?.with_kind(SourceKind::GOVERNMENT))?;
    // Nobody knows whether the two are one, so they are two; both belong to the paper that carries them.
    let unnamed = |id: &str, name: &str| -> Result<Source, Error> {
        Ok(Source::new(id, name)?.with_kind(SourceKind::ANONYMOUS).with_part_of(&herald))
    };
    let on_capture = ledger.add_source(unnamed("reports-on-capture", "Unnamed reports on capture")?)?;
    let on_draft = ledger.add_source(unnamed("reports-on-draft", "Unnamed reports on the draft")?)?;

    ledger.add_predicate(Predicate::new("casualties").with_measure(Measure::Cumulative).with_unit("persons"))?;
    ledger.add_predicate(Predicate::new("first deployed").with_measure(Measure::Fixed).with_unit("persons"))?;

    // What a battle turned on does not change any more.
    ledger.add_predicate(Predicate::new("weight in the battles of Kursk").with_measure(Measure::Fixed))?;

    let troops = |predicate: &str| Topic::new("North Korean troops in Ukraine", predicate);
    let excerpt = |words: &str| Citation::new().with_url("https://www.koreaherald.com/").with_excerpt(words);

    // Both the share and the rate are losses divided by the number deployed.
    for ratio in ["share of the first deployed lost", "casualty rate before leaving Kursk"] {
        let (part, whole) = (troops("casualties"), troops("first deployed"));
        ledger.add_constraint(Constraint::Ratio { part, whole, ratio: troops(ratio) })?;
    }

    // What the service says of the losses, as the member of parliament passed it on.
    ledger.record(
        Claim::new(troops("casualties"), Figure::about(3000).with_unit("persons"), &nis)
            .with_relay(&lee)
            .with_relay(&herald)
            .with_as_of(Period::month(2025, 1)?),
    )?;
    ledger.record(
        Claim::new(troops("casualties"), Figure::more_than(4000).with_unit("persons"), &nis)
            .with_relay(&lee)
            .with_relay(&herald)
            .with_as_of(Period::mid_month(2025, 3)?)
            .with_citation(excerpt("over 4,000")),
    )?;
    // What the paper says in its own words.
    ledger.record(
        Claim::new(troops("share of the first deployed lost"), "nearly one-third".parse::<Figure>()?, &herald)
            .with_citation(excerpt("nearly one-third")),
    )?;
    ledger.record(Claim::new(troops("first deployed"), Figure::exactly(11_000).with_unit("persons"), &herald))?;
    // What the member of parliament says himself.
    ledger.record(
        Claim::new(troops("casualty rate before leaving Kursk"), "about 30%".parse::<Figure>()?, &lee)
            .with_relay(&herald)
            .with_as_of(Period::month(2025, 1)?),
    )?;
    ledger.record(
        Claim::new(troops("sent later"), Figure::between(3000, 4000)?.with_unit("persons"), &lee)
            .with_relay(&herald)
            .with_confidence("likely".parse::<Likelihood>()?),
    )?;
    // Did they decide the battles? The one says so, the other denies it.
    let weight = troops("weight in the battles of Kursk");
    ledger.record(Claim::new(weight.clone(), Value::text("decisive"), &kyiv).with_relay(&herald))?;
    ledger.record(
        Claim::new(weight, Value::text("decisive"), &nis)
            .with_stance(Stance::Denies)
            .with_relay(&lee)
            .with_relay(&herald),
    )?;
    ledger.record(Claim::new(troops("use"), Value::text("expendable"), &lee).with_relay(&herald))?;
    ledger.record(
        Claim::new(troops("among the casualties"), Value::text("senior officers"), &nis)
            .with_stance(Stance::Suggests)
            .with_relay(&herald),
    )?;
    ledger.record(Claim::new(troops("bodies"), Value::text("brought home in secret"), &lee).with_relay(&herald))?;
    ledger.record(
        Claim::new(troops("orders in case of capture"), Value::text("to kill themselves"), &on_capture)
            .with_relay(&herald),
    )?;
    ledger.record(
        Claim::new(troops("presence"), Value::text("present"), &pyongyang)
            .with_stance(Stance::Declines)
            .with_relay(&herald),
    )?;
    let young = Topic::new("young North Koreans", "way out of the draft");
    ledger.record(Claim::new(young, Value::text("injuring themselves"), &on_draft).with_relay(&herald))?;
    let test = Topic::new("North Korea", "readiness for a nuclear test");
    ledger.record(
        Claim::new(test, Value::text("fully prepared"), &nis)
            .with_relay(&lee)
            .with_relay(&herald)
            .with_note("only the moment is open"),
    )?;
    Ok(ledger)
}
