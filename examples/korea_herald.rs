//! A newspaper's report on North Korean losses in the war in Ukraine, claim by claim: who says what, through whom, what
//! of it changed with time, who commits to nothing, the one thing that is truly in dispute, and the one figure that
//! does not add up.
//!
//! The fifteen claims are the fixture of that name in `src/testing/fixtures.rs`, so that tests can use them too.

use std::io::Write as _;

use testimony::testing::korea_herald;
use testimony::{ClaimId, Error, Ledger};

fn main() -> Result<(), Error> {
    let report = report(&korea_herald())?;
    // Whoever has seen enough may close the pipe.
    let _ = std::io::stdout().write_all(report.as_bytes());
    Ok(())
}

/// The report, a topic at a time, and what is wrong in it.
fn report(ledger: &Ledger) -> Result<String, Error> {
    let mut parts = vec![format!("What The Korea Herald reports, as {} claims\n", ledger.claims().len())];
    parts.extend(ledger.topics().map(|topic| topic.dossier().to_string()));
    parts.extend(ledger.violations().map(|violation| violation.to_string()));
    parts.push(rate_before_kursk(ledger)?);
    let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let conflicts = count(ledger.conflicts().count(), "conflict", "conflicts");
    let violations = count(ledger.violations().count(), "figure that does not add up", "figures that do not add up");
    parts.push(format!("{conflicts}, and {violations}.\n"));
    Ok(parts.join("\n"))
}

/// Whether the rate before the troops left Kursk goes with the losses of January and the number deployed.
fn rate_before_kursk(ledger: &Ledger) -> Result<String, Error> {
    let figure = |number| {
        let claim = ledger.claim(ClaimId::new(number));
        claim.and_then(|claim| claim.value()?.as_figure()).expect("the fixture has a figure there")
    };
    let (lost, deployed, rate) = (figure(0), figure(3), figure(4));
    let share = lost.share_of(deployed, ledger.policy())?;
    let fits = if rate.values(ledger.policy())?.shares_with(&share) { "fits" } else { "does not fit" };
    Ok(format!("The rate of {rate} {fits} {lost} of {deployed}.\n"))
}
