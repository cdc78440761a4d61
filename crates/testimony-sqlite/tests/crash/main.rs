//! The power goes at any moment: a disk that loses, keeps or tears what nobody waited for, and a store that has to have
//! each transaction that it said was done, the one that was under way or not, and nothing else.
//!
//! A script is run once, with each change to the disk noted. Then for every number of changes the disk is what it was after
//! so many, without what it was not made to keep. `TESTIMONY_CASES` says how many scripts there are, `TESTIMONY_STEPS` how
//! long these are, and `TESTIMONY_SEED` which is the first:
//!
//! ```text
//! TESTIMONY_CASES=20 TESTIMONY_STEPS=60 cargo test --release -p testimony-sqlite --test crash
//! ```

mod disk;
#[path = "../store/draw.rs"]
mod draw;
mod vfs;

use testimony::{Entry, Ledger, Policy, Source};
use testimony_sqlite::{Store, StoreError};

use crate::disk::{Disk, Loss};
use crate::draw::Dice;
use crate::vfs::Machine;

const NAME: &str = "claims.db";

/// The steps of the script: each is done all or not at all.
enum Step {
    Append(Vec<Entry>),
    OpenAgain,
    Rebuild,
}

struct Script {
    policy: Policy,
    steps: Vec<Step>,
    /// The lines on record before the first step, and after each.
    states: Vec<Ledger>,
}

fn setting(name: &str, few: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(few)
}

impl Script {
    fn draw(seed: u64, length: u64) -> Self {
        let dice = &mut Dice::new(seed);
        let policy = draw::policy(dice);
        let mut ledger = Ledger::with_policy(policy.clone());
        let mut begin = draw::beginning();
        let (mut steps, mut states) = (Vec::new(), vec![ledger.clone()]);
        for step in 0..length {
            steps.push(match step % 7 {
                3 => Step::OpenAgain,
                6 if dice.one_in(2) => Step::Rebuild,
                _ => {
                    let mut entries = std::mem::take(&mut begin);
                    entries.retain(|entry| ledger.append(entry.clone()).is_ok());
                    for _ in 0..=dice.roll(3) {
                        let entry = draw::entry(dice, &ledger);
                        if ledger.append(entry.clone()).is_ok() {
                            entries.push(entry);
                        }
                    }
                    Step::Append(entries)
                }
            });
            states.push(ledger.clone());
        }
        Self { policy, steps, states }
    }

    fn open(&self) -> Result<Store, StoreError> {
        let mut store = Store::open(NAME)?;
        store.set_policy(self.policy.clone())?;
        Ok(store)
    }

    /// Does a step. A store that cannot be opened again is none.
    fn step(&self, step: usize, store: &mut Option<Store>) -> Result<(), StoreError> {
        if store.is_none() || matches!(self.steps[step], Step::OpenAgain) {
            // One connection at a time.
            *store = None;
            *store = Some(self.open()?);
        }
        match (&self.steps[step], store) {
            (Step::Append(entries), Some(store)) => store.append(entries).map(|_| ()),
            (Step::Rebuild, Some(store)) => store.rebuild(),
            _ => Ok(()),
        }
    }

    /// Runs all of it, and gives after how many changes each step was done.
    fn run(&self) -> (Vec<usize>, Machine) {
        vfs::on(Machine::default(), || {
            let mut store = None;
            let done = (0..self.steps.len()).map(|step| {
                self.step(step, &mut store).expect("nothing fails");
                vfs::changes()
            });
            done.collect()
        })
    }

    /// Whether a store on a disk is what it was after so many steps, or one more, and can be written.
    fn is_kept(&self, disk: Disk, done: usize) -> Result<(), String> {
        let (kept, _) = vfs::on(Machine::new(disk), || {
            let mut store = self.open()?;
            let ledger = store.ledger()?;
            let states = &self.states[done..(done + 2).min(self.states.len())];
            if !states.contains(&ledger) {
                let lengths: Vec<usize> = states.iter().map(Ledger::len).collect();
                return Ok(Err(format!("{} entries, and not one of {lengths:?}", ledger.len())));
            }
            let lines = store.verify()?;
            for topic in draw::topics().take(8) {
                let conflicts = ledger.topic(&topic).map_or(0, |topic| topic.conflict_count());
                let part = store.topic(&topic)?;
                let found = part.and_then(|part| part.topic(&topic).map(|topic| topic.conflict_count()));
                assert_eq!(found.unwrap_or_default(), conflicts, "{topic}");
            }
            let written = store.append(&[Source::new("afterwards", "Said afterwards").expect("an id").into()])?;
            assert_eq!(written.lines(), lines.max(1) + 1);
            Ok(Ok(()))
        });
        kept.unwrap_or_else(|error: StoreError| Err(error.to_string()))
    }
}

/// The disk after the first changes.
fn after(changes: &[disk::Change]) -> Disk {
    let mut disk = Disk::default();
    for change in changes {
        disk.apply(change);
    }
    disk
}

#[test]
fn what_was_done_is_kept_whenever_the_power_goes() {
    for case in 0..setting("TESTIMONY_CASES", 1) {
        let seed = setting("TESTIMONY_SEED", 0) * 1_000_000 + case;
        let script = Script::draw(seed, setting("TESTIMONY_STEPS", 12));
        let (done, machine) = script.run();
        let mut disk = Disk::default();
        for cut in 0..=machine.log.len() {
            let steps = done.partition_point(|changes| *changes <= cut);
            let torn = 2 * cut as u64;
            for loss in [Loss::All, Loss::Nothing, Loss::Some(torn), Loss::Some(torn + 1)] {
                if let Err(error) = script.is_kept(disk.clone().after(loss), steps) {
                    panic!("seed {seed}, cut after change {cut} and step {steps}, {loss:?} lost: {error}");
                }
            }
            if let Some(change) = machine.log.get(cut) {
                disk.apply(change);
            }
        }
        println!("seed {seed}: {} moments of {} steps", machine.log.len() + 1, script.steps.len());
    }
}

/// A disk that says that all is safe and has not kept it loses steps, or nothing would be tried here.
#[test]
fn a_disk_that_lies_is_found_out() {
    let script = Script::draw(0, 6);
    let (done, machine) = script.run();
    let kept: Vec<disk::Change> =
        machine.log.into_iter().filter(|change| !matches!(change, disk::Change::Sync { .. })).collect();
    assert!(script.is_kept(after(&kept).after(Loss::Nothing), done.len()).is_ok());
    for loss in [Loss::All, Loss::Some(1), Loss::Some(2)] {
        assert!(script.is_kept(after(&kept).after(loss), done.len()).is_err(), "{loss:?}");
    }
}

/// One change fails, the writer is told, tries again and goes on; then the power goes.
#[test]
fn what_is_done_after_a_failure_is_kept_too() {
    for case in 0..setting("TESTIMONY_CASES", 1) {
        let seed = setting("TESTIMONY_SEED", 0) * 1_000_000 + case;
        let script = Script::draw(seed, setting("TESTIMONY_STEPS", 8));
        let all = script.run().1.log.len();
        let mut told = 0;
        for fails_at in 0..all {
            let machine = Machine::failing_at(fails_at);
            let (failures, machine) = vfs::on(machine, || {
                let (mut store, mut failures) = (None, 0);
                for step in 0..script.steps.len() {
                    let state = &script.states[step + 1];
                    while let Err(error) = script.step(step, &mut store) {
                        failures += 1;
                        assert!(failures == 1, "seed {seed}, change {fails_at}, step {step}: {error}");
                        // A step that failed after the commit is done.
                        if store.as_ref().is_some_and(|store| store.ledger().is_ok_and(|ledger| ledger == *state)) {
                            break;
                        }
                    }
                }
                failures
            });
            told += failures;
            if let Err(error) = script.is_kept(machine.disk.after(Loss::All), script.steps.len()) {
                panic!("seed {seed}, change {fails_at} failed: {error}");
            }
        }
        assert!(told > 0);
        println!("seed {seed}: {told} of {all} failures were told");
    }
}
