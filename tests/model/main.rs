//! The rules said a second time, as plainly as they can be, and the library held against that.
//!
//! Ledgers are drawn at random from few sources, topics, days and numbers, so that much of it collides. After every
//! step the two have to agree on what became of it, and in the end on every relation, every conflict, what stands, and
//! what was known when. `TESTIMONY_CASES` sets how many ledgers are drawn, `TESTIMONY_SEED` which.
#![cfg(feature = "testing")]
#![allow(
    clippy::large_enum_variant,
    clippy::option_option,
    clippy::struct_excessive_bools,
    clippy::too_many_lines,
    reason = "the model is to be plain, and neither quick nor small"
)]

mod bytes;
mod day;
mod draw;
mod laid_out;
mod ledger;
mod many;
mod number;
mod real;
#[path = "../regressions/replay.rs"]
mod replay;
mod rules;
mod set;
mod tied;
mod views;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Debug;

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use testimony::testing::with_scan_limit;
use testimony::{
    Agreement, Appended, Bound, ClaimId, Clash, Error, Figure, Fit, Ledger, Measure, Mismatch, Predicate, Relation,
    RelationKind, Side, Silence, Source, Stance, Timestamp, Timing, Topic, TopicRef, Uncertainty,
};

use self::day::{Moment, Period, SEOUL, Shape};
use self::draw::{Deed, Step, Story};
use self::ledger::{Content, Key, Outcome, Pair, Refusal};
use self::rules::Verdict;
use self::views::Selected;

/// How many ledgers are drawn unless the environment says otherwise.
const CASES: u32 = 400;

#[test]
fn the_library_says_what_the_model_says() {
    let tally = RefCell::new(Seen::default());
    run(CASES, &draw::story(), told, |story| play(story, &mut tally.borrow_mut()));
    tally.into_inner().check();
}

#[test]
fn the_library_finds_what_the_model_finds_not_to_add_up() {
    let found = RefCell::new([0; tied::CONSTRAINTS.len()]);
    let told = |(number, story): &(usize, Story)| format!("{:?} {}", tied::CONSTRAINTS[*number], told(story));
    run(CASES / 2, &draw::tied_story(), told, |(number, story)| {
        let (model, library) = recorded_by_both(story, &mut Seen::default())?;
        let count = laid_out::violations(*number, &model, &model.answers(), &library)?;
        found.borrow_mut()[*number] += count;
        Ok(())
    });
    assert!(found.borrow().iter().all(|count| *count > 0), "some constraints are never broken: {found:?}");
}

/// Draws stories by the seed that the environment gives, and plays them.
fn run<T: Debug>(
    cases: u32,
    story: &impl proptest::strategy::Strategy<Value = T>,
    told: impl Fn(&T) -> String,
    play: impl Fn(&T) -> Result<(), TestCaseError>,
) {
    let from_environment = |name| std::env::var(name).ok().map(|text| text.parse::<u32>().expect(name));
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&from_environment("TESTIMONY_SEED").unwrap_or(0).to_le_bytes());
    let config = Config {
        cases: from_environment("TESTIMONY_CASES").unwrap_or(cases),
        failure_persistence: None,
        max_shrink_iters: from_environment("PROPTEST_MAX_SHRINK_ITERS").unwrap_or(20_000),
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    match runner.run(story, |story| play(&story)) {
        Ok(()) => {}
        Err(TestError::Fail(reason, story)) => panic!("{reason}\nin the story {}", told(&story)),
        Err(error) => panic!("{error}"),
    }
}

/// Each seed of the fuzz target `ledger`, and each input of it that once failed.
#[test]
fn the_library_says_what_the_model_says_of_what_was_fuzzed() {
    replay::replay("ledger", check);
}

/// Found by the model, and too rare to be drawn every time: a count above −1 starts at 0, so it has no negative value.
#[test]
fn a_count_above_minus_one_is_never_negative() -> Result<(), Error> {
    let mut library = Ledger::new();
    let flow = Predicate::new("shells fired").with_measure(Measure::Flow);
    library.add_predicate(flow)?;
    let battery = library.add_source(Source::new("battery", "The battery")?)?;
    let none = Figure::within(Bound::open(-1), Bound::closed(0))?;
    for (figure, period) in [(none, "2025-02"), (Figure::more_than(0), "2025-02-01")] {
        let topic = Topic::new("the siege", "shells fired");
        library.record(testimony::Claim::new(topic, figure, &battery).with_as_of(period.parse()?))?;
    }
    let fits = library.relations().map(|pair| pair.relation().fit()).collect::<Vec<_>>();
    assert_eq!(fits, [Fit::Clashes(Clash::PartAboveWhole(Side::Second))]);
    Ok(())
}

/// Plays the story that bytes spell, for the fuzzer.
pub(crate) fn check(bytes: &[u8]) {
    let story = bytes::story(bytes);
    play(&story, &mut Seen::default()).unwrap_or_else(|reason| panic!("{reason}\nin the story {}", told(&story)));
}

/// A story that failed, a step a line.
fn told(story: &Story) -> String {
    let steps = story.steps.iter().enumerate().map(|(number, step)| format!("\n{number}: {step:?}"));
    format!("under {:?}, {} days apart:{}", story.widths, story.days_apart, steps.collect::<String>())
}

/// Does one thing after another to the model and to the library, and compares what comes of each.
fn recorded_by_both(story: &Story, seen: &mut Seen) -> Result<(ledger::Ledger, Ledger), TestCaseError> {
    let mut model = ledger::Ledger::new(story.widths, story.days_apart);
    // Small ledgers would never use the index for topics with many claims: some of them are told to.
    let limit = [0, 4, 1000][story.steps.len() % 3];
    let mut library = with_scan_limit(Ledger::with_policy(real::policy(story.widths, story.days_apart)), limit);
    for (number, step) in story.steps.iter().enumerate() {
        let Some(content) = content(&step.deed, &model) else { continue };
        let recorded = recorded(step, &model);
        let expected = model.append(recorded, &content);
        let before = library.clone();
        // Where it is written changes nothing about when it was.
        let time = recorded.map(|second| real::timestamp(second, number % 3 == 0));
        let result = real::entry(&content, time).and_then(|entry| library.append(entry));
        let what = format!("step {number}, {content:?}");
        match (&expected, &result) {
            (Err(refusals), Err(error)) => {
                let named = real::refusal(error).filter(|refusal| refusals.contains(refusal));
                require(named.is_some(), || format!("{what}: refused because of {refusals:?}, and not: {error}"))?;
                require(library == before, || format!("{what}: was refused, and yet changed the ledger"))?;
                seen.refusals(refusals);
            }
            (Ok(outcome), Ok(appended)) => {
                same(&what, outcome, &outcome_of(*appended))?;
                let changed = matches!(outcome, Outcome::Added | Outcome::Claim { is_new: true, .. })
                    || matches!(outcome, Outcome::Claim { is_amended: true, .. });
                require((library != before) == changed, || format!("{what}: changed the ledger, or should have"))?;
                seen.outcome(outcome);
            }
            _ => {
                let told = format!("{what}: expected {expected:?}, and came to {result:?}");
                return Err(TestCaseError::fail(told));
            }
        }
    }
    Ok((model, library))
}

/// Plays a story, and compares everything that can be asked of what it comes to.
fn play(story: &Story, seen: &mut Seen) -> Result<(), TestCaseError> {
    let (model, library) = recorded_by_both(story, seen)?;
    compare(&model, &library)?;
    laid_out::compare(&model, &model.answers(), &library)?;
    #[cfg(feature = "schema")]
    fits_the_schemas(&library)?;
    seen.pairs(&model);
    let times = model.recorded();
    let mut moments: Vec<i64> = times.iter().flatten().flat_map(|time| [time - 1, *time]).collect();
    moments.dedup();
    for time in moments.iter().step_by(1 + moments.len() / 4) {
        let then = library.at(real::timestamp(*time, false));
        compare(&model.at(*time), &then)?;
        let mut since = then.into_ledger();
        for entry in library.entries().skip(since.len()) {
            let receipt = since.append(entry.to_entry());
            require(receipt.is_ok_and(|appended| appended != Appended::AlreadyThere), || {
                format!("since {time}: {entry:?}")
            })?;
        }
        require(since == library, || format!("what was recorded since {time} comes to another ledger"))?;
        same("conflicts since", &library.conflict_count(), &since.conflict_count())?;
    }
    views::agree(&library, &selected(story, &moments))?;
    Ok(())
}

/// A view of what a story comes to: every kind of selection now and then, alone and with others.
fn selected(story: &Story, moments: &[i64]) -> Selected {
    let size = story.steps.len();
    let day = |n: usize| ["2025-01-28", "2025-01-30", "2025-01-31", "2025-02-01", "2025-02-02"][n % 5];
    let all = Selected {
        at: moments.get(moments.len() / 2).map(|time| real::timestamp(*time, false)),
        said_by: day(size).parse().ok(),
        topic: Some(real::topic((size % 3, size % 2))),
        subject: Some(real::topic((size % 3, 0)).subject().to_owned()),
        source: Some(real::source_id(size % draw::SOURCES).to_string()),
        about: format!("{}/..", day(size / 2)).parse().ok(),
    };
    let none = Selected::default();
    match size % 7 {
        0 => Selected { said_by: all.said_by, ..none },
        1 => Selected { topic: all.topic, ..none },
        2 => Selected { at: all.at, subject: all.subject, ..none },
        3 => Selected { source: all.source, ..none },
        4 => Selected { at: all.at, about: all.about, ..none },
        5 => Selected { at: all.at, said_by: all.said_by, topic: all.topic, ..none },
        _ => all,
    }
}

/// Every line that is written is one of the format, and every entry one to extract.
#[cfg(feature = "schema")]
fn fits_the_schemas(library: &Ledger) -> Result<(), TestCaseError> {
    use testimony::{jsonl, schema};
    thread_local! {
        static SCHEMAS: [jsonschema::Validator; 2] = [schema::line(), schema::extraction()]
            .map(|schema| jsonschema::draft202012::new(schema.as_value()).expect("it is a schema"));
    }
    let mut written = Vec::new();
    jsonl::write(library, &mut written).expect("nothing fails to be written to memory");
    let written = String::from_utf8(written).expect("JSON is UTF-8");
    let mut refused = vec![];
    let read = jsonl::read_into(Ledger::with_policy(library.policy().clone()), written.as_bytes(), |error| {
        refused.push(error.to_string());
        std::ops::ControlFlow::Continue(())
    });
    same("what was refused of what was written", &vec![], &refused)?;
    require(&read.expect("it is of this format").ledger == library, || format!("is read as another: {written}"))?;
    SCHEMAS.with(|[line, extraction]| {
        for (number, text) in written.lines().enumerate() {
            let entry = serde_json::from_str(text).expect("what is written is JSON");
            let fits = line.is_valid(&entry) && (number == 0 || extraction.is_valid(&entry));
            require(fits, || format!("does not fit the schemas: {text}"))?;
        }
        Ok(())
    })
}

/// The entry that a deed makes on this ledger, if there is a claim to do it to.
fn content(deed: &Deed, model: &ledger::Ledger) -> Option<Content> {
    let claims = model.claims();
    let like = |number: usize, change: &dyn Fn(&mut ledger::Claim)| {
        let mut claim = claims[number.checked_rem(claims.len())?].clone();
        change(&mut claim);
        Some(Content::Claim(claim))
    };
    match deed {
        Deed::Append(content) => Some(content.clone()),
        Deed::Repeat(number, credibility, cited) => like(*number, &|claim| {
            claim.credibility = *credibility;
            claim.cited.clone_from(cited);
        }),
        Deed::Elsewhere(number) => like(*number, &|claim| {
            if let Some(Moment::Time { seoul, .. }) = &mut claim.stated {
                *seoul = !*seoul;
            }
        }),
        Deed::Echo(number, origin) => like(*number, &|claim| claim.origin = *origin),
        Deed::Relay(number, relays) => like(*number, &|claim| claim.relays.clone_from(relays)),
        Deed::Restate(number, stated) => like(*number, &|claim| claim.stated = *stated),
        Deed::Count(number, hedge, day, second) => like(*number, &|claim| {
            claim.value = Some(ledger::Value::Figure(*hedge, None));
            claim.stance = Stance::Affirms;
            claim.as_of = Some(Period { shape: Shape::Day(*day), mark: "" });
            // Of this day where it is written.
            let seoul = number % 2 == 0;
            let midnight = day * 86_400 - if seoul { SEOUL } else { 0 };
            claim.stated = second.map(|second| Moment::Time { second: midnight + second, seoul });
        }),
        Deed::Hold(number, origin, likelihood) => like(*number, &|claim| {
            claim.origin = *origin;
            claim.likelihood = Some(*likelihood);
        }),
        Deed::Disown(number, bare) => like(*number, &|claim| {
            claim.stance = Stance::Disowns;
            claim.value = claim.value.filter(|_| !bare);
        }),
        Deed::Redate(number, as_of, stance) => like(*number, &|claim| {
            claim.as_of = *as_of;
            claim.stance = *stance;
        }),
        Deed::Retract(number, label, by) => Some(Content::Retraction { claim: key(*number, *label, &claims), by: *by }),
        Deed::Amend(number, label, credibility, cited) => {
            let claim = key(*number, *label, &claims);
            Some(Content::AmendClaim { claim, credibility: *credibility, cited: cited.clone() })
        }
    }
}

/// A name for the claim of this number, counted round and one beyond the last, for which there may be a label too.
fn key(number: usize, label: bool, claims: &[&ledger::Claim]) -> Key {
    let number = number % (claims.len() + 1);
    let named = claims.get(number).copied().cloned().or_else(|| {
        let first = (*claims.first()?).clone();
        Some(ledger::Claim { stance: Stance::Denies, as_of: None, ..first })
    });
    match named {
        // A label is of the line that is written, and there without the format is none.
        Some(claim) if label && cfg!(feature = "serde") => Key::LabelOf(Box::new(claim)),
        _ => Key::Number(number),
    }
}

/// The second at which a step is recorded, if it says one.
fn recorded(step: &Step, model: &ledger::Ledger) -> Option<i64> {
    step.after.map(|after| model.last_time().unwrap_or(1000) + after)
}

/// Everything that can be asked of the two.
fn compare(model: &ledger::Ledger, library: &Ledger) -> Result<(), TestCaseError> {
    let recorded = library.entries().map(|entry| entry.recorded().map(Timestamp::to_utc)).collect::<Vec<_>>();
    let expected =
        model.recorded().iter().map(|time| time.map(|second| real::timestamp(second, false))).collect::<Vec<_>>();
    same("times of recording", &expected, &recorded)?;

    for id in 0..draw::SOURCES + 2 {
        let expected = model.source(id).map(|source| real::source(&source).expect("it is on record"));
        same(&format!("source {id}"), &expected.as_ref(), &library.source(real::source_id(id)))?;
    }

    let answers = model.answers();
    same("number of claims", &answers.claims.len(), &library.claims().len())?;
    for claim in library.claims() {
        let number = index(claim.id());
        let (believed, cited) = model.record(number);
        let expected: (_, Vec<_>) = (believed.map(real::rating), cited.into_iter().map(real::citation).collect());
        same(&format!("the record of claim {number}"), &expected, &(claim.credibility(), claim.citations().to_vec()))?;
        let recorded = claim.as_recorded().credibility();
        same(&format!("claim {number} as recorded"), &answers.claims[number].credibility.map(real::rating), &recorded)?;
        same(&format!("claim {number} is retracted"), &answers.retracted[number], &claim.is_retracted())?;
        same(&format!("claim {number} is disowned"), &answers.disowned[number], &claim.is_disowned())?;
        same(&format!("claim {number} stands"), &answers.stands(number), &claim.stands())?;
        let superseding = claim.superseded_by().map(|claim| index(claim.id())).collect();
        same(&format!("claim {number} is superseded by"), &answers.superseded_by(number), &superseding)?;
        let conflicts = answers.conflicts().into_iter().filter_map(|pair| match number {
            _ if pair.newer == number => Some(pair.older),
            _ if pair.older == number => Some(pair.newer),
            _ => None,
        });
        let mut expected = conflicts.collect::<Vec<_>>();
        expected.sort_unstable();
        let others = library
            .conflicts_of(claim.id())
            .map(|conflict| index(conflict.older().id()) + index(conflict.newer().id()) - number);
        same(&format!("claim {number} conflicts with"), &expected, &others.collect())?;
    }

    for pair in &answers.pairs {
        let (older, newer) = (ClaimId::new(pair.older as u64), ClaimId::new(pair.newer as u64));
        let what = || {
            format!(
                "claims {} and {}: {:?}",
                pair.older,
                pair.newer,
                [answers.claims[pair.older], answers.claims[pair.newer]]
            )
        };
        let relation = library.related(older, newer).ok_or_else(|| TestCaseError::fail(what()))?.relation();
        agree(&pair.verdict, &relation).or_else(|difference| fail(format!("{}: {difference}", what())))?;
        let asked_otherwise = library.related(newer, older).map(|pair| pair.relation());
        same(&what(), &Some(relation), &asked_otherwise)?;
    }
    let numbers = |pairs: Vec<&Pair>| pairs.iter().map(|pair| (pair.newer, pair.older)).collect::<Vec<_>>();
    let relations = library.relations().map(|pair| (index(pair.newer().id()), index(pair.older().id())));
    same("relations", &numbers(answers.relations()), &relations.collect())?;
    let conflicts = library.conflicts().map(|conflict| {
        (index(conflict.newer().id()), index(conflict.older().id()), conflict.kind(), conflict.is_certain())
    });
    let expected =
        answers.conflicts().into_iter().map(|pair| (pair.newer, pair.older, pair.verdict.kind, pair.verdict.certain));
    same("conflicts", &expected.collect::<Vec<_>>(), &conflicts.collect())?;

    same("number of conflicts", &(answers.conflicts().len() as u64), &library.conflict_count())?;

    for topic in [(0, 0), (0, 1), (1, 0), (2, 0), (2, 1)] {
        let timeline = library.topic(&real::topic(topic)).map(|topic| TopicRef::timeline(&topic)).unwrap_or_default();
        let timeline = timeline.iter().map(|claim| index(claim.id())).collect();
        same(&format!("timeline of {topic:?}"), &answers.timeline(topic), &timeline)?;
    }
    Ok(())
}

/// Whether a relation is the one that the model came to.
fn agree(verdict: &Verdict, relation: &Relation) -> Result<(), String> {
    let clash = matches!(verdict.fit, Fit::Clashes(_));
    let found = Verdict {
        kind: relation.kind(),
        fit: relation.fit(),
        timing: relation.timing(),
        voice: relation.origins(),
        later: relation.later(),
        supersedes: relation.supersedes(),
        // R10 says when a clash is certain, and of nothing else.
        certain: if clash { relation.is_certain() } else { verdict.certain },
        doubts: relation.uncertainties().collect(),
        gap: verdict.gap,
    };
    if found != *verdict {
        return Err(format!("expected {verdict:?}, and came to {found:?}"));
    }
    let gap = relation.gap();
    // The end at a third is in print the decimal outside of it.
    let is_decimal = |(amount, _): &(i64, i64)| amount % (number::ONE / 1000) == 0;
    let amount = verdict.gap.map(|(amount, _)| real::number(amount));
    if verdict.gap.is_some() != gap.is_some()
        || verdict.gap.as_ref().is_some_and(is_decimal) && gap.map(|gap| gap.amount) != amount
    {
        return Err(format!("expected a gap of {amount:?}, and came to {gap:?}"));
    }
    // A share is rounded, and so compared as a float, which rounds elsewhere.
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let expected = verdict.gap.filter(|(_, of)| *of != 0).map(|(amount, of)| amount as f64 / of as f64);
    let relative = gap
        .and_then(|gap| gap.relative)
        .map(|share| share.to_string().replace(',', "").parse::<f64>().expect("a number"));
    let close = match (expected, relative) {
        (Some(expected), Some(relative)) => (expected - relative).abs() < 1e-9,
        (expected, relative) => expected == relative,
    };
    if close { Ok(()) } else { Err(format!("expected a relative gap of {expected:?}, and came to {relative:?}")) }
}

fn outcome_of(appended: Appended) -> Outcome {
    match appended {
        Appended::Added => Outcome::Added,
        Appended::AlreadyThere => Outcome::AlreadyThere,
        Appended::Claim(receipt) => Outcome::Claim {
            number: index(receipt.id()),
            is_new: receipt.is_new(),
            is_amended: receipt.is_amended(),
            conflicts: receipt.conflicts(),
        },
    }
}

fn index(id: ClaimId) -> usize {
    usize::try_from(id.number()).expect("few claims")
}

fn fail(message: String) -> Result<(), TestCaseError> {
    Err(TestCaseError::fail(message))
}

fn require(holds: bool, message: impl FnOnce() -> String) -> Result<(), TestCaseError> {
    if holds { Ok(()) } else { fail(message()) }
}

fn same<T: PartialEq + Debug>(what: &str, expected: &T, found: &T) -> Result<(), TestCaseError> {
    require(expected == found, || format!("{what}: expected {expected:?}, and came to {found:?}"))
}

/// How often each row of the rules came up: a test that draws nothing of a kind says nothing about it.
#[derive(Default)]
struct Seen(BTreeMap<String, usize>);

impl Seen {
    fn count(&mut self, what: impl Debug) {
        *self.0.entry(format!("{what:?}")).or_default() += 1;
    }

    fn refusals(&mut self, refusals: &[Refusal]) {
        for refusal in refusals {
            self.count(refusal);
        }
    }

    fn outcome(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Added | Outcome::AlreadyThere => self.count(outcome),
            Outcome::Claim { is_new, is_amended, conflicts, .. } => {
                self.count(("Claim", is_new, conflicts.min(&2)));
                self.count(("amended", is_amended));
            }
        }
    }

    fn pairs(&mut self, model: &ledger::Ledger) {
        for Pair { measure, verdict, .. } in &model.answers().pairs {
            self.count((measure, verdict.timing));
            self.count(verdict.kind);
            self.count(verdict.fit);
            self.count((verdict.kind.is_conflict(), verdict.certain));
            for doubt in &verdict.doubts {
                self.count(doubt);
            }
            if let Some(side) = verdict.supersedes {
                self.count(("supersedes", side));
            }
            if let Some((_, of)) = verdict.gap {
                self.count(("gap", of != 0));
            }
        }
    }

    /// Asserts that every row came up.
    fn check(&self) {
        let mut missing = Self::expected();
        missing.retain(|row| self.0.get(row).copied().unwrap_or(0) == 0);
        assert!(missing.is_empty(), "never drawn: {missing:?} of {:#?}", self.0);
    }

    fn expected() -> Vec<String> {
        let mut rows = vec![];
        let mut expect = |row: &dyn Debug| rows.push(format!("{row:?}"));
        for measure in Measure::ALL {
            for timing in Timing::ALL {
                expect(&(measure, timing));
            }
        }
        for kind in RelationKind::ALL {
            expect(kind);
        }
        for side in [Side::First, Side::Second] {
            expect(&("supersedes", side));
            expect(&Fit::Agrees(Agreement::Within(side)));
            expect(&Fit::Agrees(Agreement::Risen(side)));
            expect(&Fit::Clashes(Clash::Disowned(side)));
            expect(&Fit::Silent(Silence::MayHaveGrown(side)));
            for doubt in [
                Uncertainty::QualifiedTime,
                Uncertainty::QualifiedValue,
                Uncertainty::OneInstant,
                Uncertainty::StatedStandsIn,
                Uncertainty::OneScope,
                Uncertainty::Forecast,
                Uncertainty::Doubted,
            ] {
                expect(&doubt(side));
            }
            for clash in
                [Clash::TotalFell, Clash::PartAboveWhole, Clash::AllDenied, Clash::CarriedAllDenied, Clash::TextDenied]
            {
                expect(&Fit::Clashes(clash(side)));
            }
            expect(&Fit::Silent(Silence::Uncommitted(side)));
        }
        expect(&Fit::Fits);
        for agreement in [Agreement::Equal, Agreement::Overlapping] {
            expect(&Fit::Agrees(agreement));
        }
        for clash in [Clash::NothingShared, Clash::SingleValued, Clash::Opposites] {
            expect(&Fit::Clashes(clash));
        }
        for silence in
            [Silence::DifferentTexts, Silence::DifferentDenials, Silence::NotAllDenied, Silence::DifferentPeriods]
        {
            expect(&Fit::Silent(silence));
        }
        for doubt in [Uncertainty::Times, Uncertainty::SeveralDays, Uncertainty::Widths] {
            expect(&doubt);
        }
        for mismatch in [Mismatch::Scopes, Mismatch::Kinds, Mismatch::Units] {
            expect(&Fit::Incomparable(mismatch));
        }
        for refusal in [
            Refusal::UnknownSource,
            Refusal::NamedTwice,
            Refusal::MissingValue,
            Refusal::NoValue,
            Refusal::VagueRatio,
            Refusal::Redefined,
            Refusal::DefinedTooLate,
            Refusal::NamedTooLate,
            Refusal::UnknownClaim,
            Refusal::AlreadyRetracted,
            Refusal::TimeGoesBack,
            Refusal::NotEntitled,
            Refusal::OwnsItself,
        ] {
            expect(&refusal);
        }
        for outcome in [Outcome::Added, Outcome::AlreadyThere] {
            expect(&outcome);
        }
        for claim in [(true, 0), (true, 1), (true, 2), (false, 0)] {
            expect(&("Claim", claim.0, claim.1));
        }
        for given in [true, false] {
            expect(&("amended", given));
            expect(&("gap", given));
            expect(&(true, given));
        }
        rows
    }
}
