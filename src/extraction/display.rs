//! The report for a reader.

use std::fmt;

use super::figures::hedge_name;
use super::passage::CONTEXT;
use super::{
    CheckedClaim, CheckedExcerpt, CheckedFigure, Coverage, Discrepancy, Finding, Grounding, Passage, Report, Suspicion,
    Variation,
};
use crate::ledger::ClaimRef;
use crate::number::Number;
use crate::report::list;
use crate::report::{attribution, count, dating, paragraph, statement, two_sided};
use crate::shown::{Quoted, Shown};

/// The most characters of a passage that a report quotes.
const QUOTED: usize = 120;

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wrong = self.claims.iter().filter(|claim| claim.is_wrong()).count();
        let doubtful = self.claims.iter().filter(|claim| !claim.is_wrong() && has_remarks(claim)).count();
        let claims = count(self.claims.len(), "claim", "claims");
        let length = usize::try_from(self.length).unwrap_or(usize::MAX);
        let mut head = vec![format!("{claims}, held against a text of {}.", count(length, "character", "characters"))];
        let has = |n: usize| format!("{} {}", count(n, "claim", "claims"), if n == 1 { "has" } else { "have" });
        if wrong > 0 {
            head.push(format!("{} something wrong.", has(wrong)));
        }
        if doubtful > 0 {
            head.push(format!("{} something to look at.", has(doubtful)));
        }
        if wrong + doubtful == 0 && !self.claims.is_empty() {
            head.push("Nothing looks wrong.".to_owned());
        }
        paragraph(f, &head.join(" "), 0, 0)?;
        self.write_excerpt_counts(f)?;
        for claim in self.claims.iter().filter(|claim| claim.is_wrong() || has_remarks(claim)) {
            writeln!(f)?;
            self.write_claim(f, claim)?;
        }
        self.write_figures(f)
    }
}

/// Whether something is to be said about a claim that is not wrong.
fn has_remarks(claim: &CheckedClaim<'_>) -> bool {
    !claim.suspicions().is_empty()
        || matches!(claim.figure(), Some(Grounding::Differs(_, Discrepancy::AddedHedge)))
        || claim.excerpts().iter().any(|excerpt| excerpt.is_ambiguous() || excerpt.is_placed() == Some(false))
}

impl Report<'_> {
    /// How many excerpts are in the text, and how nearly.
    fn write_excerpt_counts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let findings = || self.claims.iter().flat_map(CheckedClaim::excerpts).map(CheckedExcerpt::finding);
        let (all, found) =
            (findings().count(), findings().filter(|finding| matches!(finding, Finding::Found(_))).count());
        let varied = findings().filter(|finding| matches!(finding, Finding::Varied(..))).count();
        match all {
            0 => return Ok(()),
            1 if found == 1 => return paragraph(f, "The one excerpt is in the text word for word.", 0, 0),
            2 if found == 2 => return paragraph(f, "Both excerpts are in the text word for word.", 0, 0),
            _ if found == all => {
                return paragraph(f, &format!("All {} excerpts are in the text word for word.", number(all)), 0, 0);
            }
            _ => {}
        }
        let mut parts = Vec::new();
        if found > 0 {
            parts.push(format!("{} in the text word for word", are(found)));
        }
        if varied > 0 {
            let differs = |variation| {
                findings().any(|finding| matches!(finding, Finding::Varied(_, all) if all.contains(variation)))
            };
            let named = Variation::ALL.iter().filter(|variation| differs(variation));
            let named = named.map(|variation| variation.in_words().to_owned());
            parts.push(format!("{} there but for {}", are(varied), list(named)));
        }
        if all > found + varied {
            parts.push(format!("{} not there", are(all - found - varied)));
        }
        paragraph(f, &format!("Of {}, {}.", count(all, "excerpt", "excerpts"), list(parts.into_iter())), 0, 0)
    }

    fn write_claim(&self, f: &mut fmt::Formatter<'_>, checked: &CheckedClaim<'_>) -> fmt::Result {
        let Some(claim) = self.ledger.claim(checked.id()) else { return Ok(()) };
        two_sided(f, &format!("[{}] {}: {}", claim.id(), claim.topic(), statement(&claim)), &dating(&claim), 0, 4)?;
        paragraph(f, &attribution(&claim), 4, 4)?;
        let figure = checked.figure().and_then(|grounding| self.about_figure(&claim, grounding));
        let remarks: Vec<_> = checked.excerpts().iter().filter_map(about_excerpt).chain(figure).collect();
        let (wrong, minor): (Vec<_>, Vec<_>) = remarks.into_iter().partition(|remark| remark.starts_with("Wrong"));
        for remark in wrong.iter().chain(&minor) {
            paragraph(f, remark, 4, 4)?;
        }
        for suspicion in checked.suspicions() {
            paragraph(f, &format!("Doubt: {}.", self.about_suspicion(&claim, suspicion)), 4, 4)?;
        }
        Ok(())
    }

    fn about_figure(&self, claim: &ClaimRef<'_>, grounding: Grounding) -> Option<String> {
        let said = |place: usize| {
            self.figures.get(place).map(|figure| format!("{} (at {})", quoted(figure.passage().exact()), at(figure)))
        };
        Some(match grounding {
            Grounding::Said(_) => return None,
            Grounding::Differs(place, Discrepancy::Hedge) => {
                let hedge = hedge_name(self.figures.get(place)?.figure().hedge());
                let claimed = hedge_name(claim.value()?.as_figure()?.hedge());
                let differ = if hedge == claimed {
                    "and not the same".to_owned()
                } else {
                    format!("with {hedge}; the claim has {claimed}")
                };
                format!("Wrong: the text says {}, {differ}.", said(place)?)
            }
            Grounding::Differs(place, Discrepancy::AddedHedge) => {
                let claimed = hedge_name(claim.value()?.as_figure()?.hedge());
                format!(
                    "Look at: the text says {}, with no hedge that can be read; the claim has {claimed}.",
                    said(place)?
                )
            }
            Grounding::Differs(place, Discrepancy::Unit) => {
                let unit = |unit: Option<&str>| {
                    unit.map_or("has no unit".to_owned(), |unit| format!("is in {}", Quoted(unit)))
                };
                let text = unit(self.figures.get(place)?.figure().unit());
                format!("Wrong: the text says {}, which {text}; the claim {}.", said(place)?, unit(claim.unit()))
            }
            Grounding::Elsewhere(place) => {
                format!("Wrong: its figure is not in the excerpt. The text says {}, elsewhere.", said(place)?)
            }
            Grounding::Absent => "Wrong: its figure is nowhere in the text.".to_owned(),
        })
    }

    fn about_suspicion(&self, claim: &ClaimRef<'_>, suspicion: &Suspicion) -> String {
        let name = |id| self.ledger.source(id).map_or_else(String::new, |source| self.ledger.name_of(source));
        let origin = self.ledger.name_of(claim.origin());
        match suspicion {
            Suspicion::OutletPassedOnBy(relay) => {
                format!(
                    "{origin} is an outlet, and {} is said to have passed on its word; they may be swapped",
                    name(relay)
                )
            }
            Suspicion::OtherWayRound(other) => format!(
                "[{other}] has the origin and the relay the other way round; they may be swapped in one of the two"
            ),
            Suspicion::NotNamed(source) => format!("the text does not name {}", name(source)),
            Suspicion::AboutTheFuture(stated) => {
                format!("it was stated on {}, before the time it is about", stated.in_words())
            }
            Suspicion::AboutAfterPublication(published) => {
                format!("the document was published on {}, before the time it is about", published.in_words())
            }
            Suspicion::StatedAfterPublication(published) => {
                format!("the document was published on {}, before that was stated", published.in_words())
            }
            Suspicion::OtherTimeNamed(named) => {
                format!("the excerpt names {}, which the claim is not about", list(named.iter().cloned()))
            }
            Suspicion::NoExcerpt => "it cites no words of the text".to_owned(),
        }
    }

    fn write_figures(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A figure that only lacks a hedge was told with its claim.
        let of = |wanted: fn(&Coverage) -> bool| -> Vec<&CheckedFigure<'_>> {
            self.figures.iter().filter(|figure| wanted(&figure.coverage())).collect()
        };
        let uncovered = of(|coverage| matches!(coverage, Coverage::Uncovered));
        let near = of(|coverage| matches!(coverage, Coverage::Near(_, Discrepancy::Hedge | Discrepancy::Unit)));
        let elsewhere = of(|coverage| matches!(coverage, Coverage::Elsewhere(_)));
        let all = count(self.figures.len(), "figure", "figures");
        writeln!(f)?;
        if self.figures.is_empty() {
            return paragraph(f, "There is no figure in the text.", 0, 0);
        }
        if uncovered.len() + near.len() + elsewhere.len() == 0 {
            let line = match self.figures.len() {
                1 => "The one figure of the text is in a claim.".to_owned(),
                _ => format!("The {all} of the text are all in claims."),
            };
            return paragraph(f, &line, 0, 0);
        }
        let mut lead = format!("Of {all} in the text, ");
        for (figures, one, many) in [
            (&uncovered, "is in no claim", "are in no claim"),
            (&near, "is in a claim, and not as the text has it", "are in claims, and not as the text has them"),
            (&elsewhere, "is in a claim that cites another place", "are in claims that cite other places"),
        ] {
            if figures.is_empty() {
                continue;
            }
            let these = if figures.len() == 1 { one } else { many };
            paragraph(f, &format!("{lead}{} {these}:", number(figures.len())), 0, 0)?;
            for figure in figures {
                let passage = figure.passage();
                let said = format!("{} at {}", quoted(passage.exact()), at(figure));
                let line = match figure.coverage() {
                    Coverage::Near(claim, _) | Coverage::Elsewhere(claim) => format!("{said}: [{claim}]"),
                    Coverage::Covered(_) | Coverage::Uncovered => format!("{said}: {}", around(passage)),
                };
                paragraph(f, &line, 2, 4)?;
            }
            lead = String::new();
        }
        Ok(())
    }
}

fn about_excerpt(excerpt: &CheckedExcerpt<'_>) -> Option<String> {
    let said = quoted(excerpt.excerpt());
    Some(match excerpt.finding() {
        Finding::Blank => "Wrong: its excerpt has no words.".to_owned(),
        Finding::Missing => format!("Wrong: {said} is not in the text."),
        Finding::Altered(passage) => format!(
            "Wrong: {said} is not in the text, which has {} (at {}).",
            quoted(passage.exact()),
            number_at(passage.start())
        ),
        Finding::Joined(first, last) => format!(
            "Wrong: {said} is no passage of the text, but two of them joined: {} (at {}) and {} (at {}).",
            quoted(first.exact()),
            number_at(first.start()),
            quoted(last.exact()),
            number_at(last.start())
        ),
        Finding::Found(passage) | Finding::Varied(passage, _) if excerpt.is_placed() == Some(false) => {
            format!("Look at: {said} is at {}, and not where the citation says.", number_at(passage.start()))
        }
        Finding::Found(passage) | Finding::Varied(passage, _) if excerpt.is_ambiguous() => format!(
            "Look at: {said} is in the text {}; this takes the one at {}.",
            count(excerpt.occurrences(), "time", "times"),
            number_at(passage.start())
        ),
        Finding::Found(_) | Finding::Varied(..) => return None,
    })
}

/// A passage with the words before and after it.
fn around(passage: &Passage<'_>) -> String {
    let (mut before, mut after) = (passage.prefix(), passage.suffix());
    // Words that the context cuts in two are left out.
    if passage.start() > before.chars().count() as u64 {
        before = before.split_once(char::is_whitespace).map_or("", |(_, rest)| rest);
    }
    if after.chars().count() == CONTEXT {
        after = after.rsplit_once(char::is_whitespace).map_or("", |(rest, _)| rest);
    }
    let line = format!("{before}{}{after}", passage.exact());
    Shown(&line.split_whitespace().collect::<Vec<_>>().join(" ")).to_string()
}

fn are(n: usize) -> String {
    format!("{} {}", number(n), if n == 1 { "is" } else { "are" })
}

/// A passage in quotation marks, on one line, and cut if it is long.
fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTED) {
        Some((cut, _)) => format!("“{}…”", Shown(&line[..cut])),
        None => Quoted(&line).to_string(),
    }
}

fn at(figure: &CheckedFigure<'_>) -> String {
    number_at(figure.passage().start())
}

fn number_at(place: u64) -> String {
    Number::from(place).grouped(false)
}

fn number(n: usize) -> String {
    Number::from(n).grouped(false)
}
