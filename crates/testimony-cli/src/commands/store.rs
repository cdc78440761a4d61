//! `testimony store`: ledgers that are kept in a file of a database.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use testimony_sqlite::{Checkpoint, Store, StoreError};

use crate::args;
use crate::input::reads_standard_input_once;
use crate::open::{named, open, unreadable};
use crate::output::{Failure, Lines, Output, REFUSED, grouped, warn, with_help};
use crate::stored::{self, failed, for_reading};

pub(crate) fn run(asked: &args::Store, output: &mut Output) -> Result<u8, Failure> {
    match asked {
        args::Store::Init { store } => {
            let is_new = !store.exists();
            let made = Store::open(store).map_err(|error| failed(store, error))?;
            let lines = made.lines().map_err(|error| failed(store, error))?;
            let what = if is_new { "a new store".to_owned() } else { format!("a store of {} lines", grouped(lines)) };
            output.write(format_args!("{}: {what}\n", named(store)))?;
            Ok(0)
        }
        args::Store::Append { store, ledgers } => append(store, ledgers, output),
        args::Store::Export { store } => {
            let opened = for_reading(store)?;
            let mut lines = Lines::new(output);
            match opened.export(&mut lines) {
                Ok(()) => Ok(0),
                Err(error) => Err(lines.failure().unwrap_or_else(|| failed(store, error))),
            }
        }
        args::Store::Verify { store, checkpoint } => verify(store, checkpoint.as_deref(), output),
        args::Store::Root { store, origin } => {
            let opened = for_reading(store)?;
            let checkpoint = opened.checkpoint(origin.as_deref().unwrap_or_default());
            let checkpoint = checkpoint.map_err(|error| failed(store, error))?;
            match origin {
                Some(_) => output.write(checkpoint)?,
                None => output.write(format_args!("{} {}\n", checkpoint.size, checkpoint.root))?,
            }
            Ok(0)
        }
    }
}

fn append(store: &Path, ledgers: &[PathBuf], output: &mut Output) -> Result<u8, Failure> {
    reads_standard_input_once(ledgers)?;
    let mut into = Store::open(store).map_err(|error| failed(store, error))?;
    let mut status = 0;
    for path in ledgers {
        let tell = |error| {
            warn(format_args!("{}: {}", named(path), with_help(&error)));
            ControlFlow::Continue(())
        };
        let imported = if stored::is_store(path) {
            into.import(stored::lines(path)?.as_slice(), tell)
        } else {
            let mut opened = open(path, &output.interrupt())?;
            let imported = into.import(&mut opened.lines, tell);
            opened.was_whole(path)?;
            imported
        };
        let imported = imported.map_err(|error| match error {
            StoreError::Lines(error) => unreadable(path, with_help(&error)),
            error => failed(store, error),
        })?;
        let [added, there, conflicts] = [imported.added, imported.already_there, imported.conflicts].map(grouped);
        let brought = if imported.conflicts == 1 { "conflict" } else { "conflicts" };
        output.write(format_args!(
            "{}: {added} added, {there} already there, {conflicts} {brought} brought\n",
            named(path)
        ))?;
        if imported.refused > 0 {
            status = REFUSED;
        }
    }
    Ok(status)
}

fn verify(store: &Path, checkpoint: Option<&Path>, output: &mut Output) -> Result<u8, Failure> {
    let opened = for_reading(store)?;
    let checkpoint: Option<Checkpoint> = match checkpoint {
        Some(path) => {
            let text = fs::read_to_string(path).map_err(|error| unreadable(path, error))?;
            Some(text.parse().map_err(|error: StoreError| unreadable(path, error))?)
        }
        None => None,
    };
    let verified = match &checkpoint {
        Some(checkpoint) => opened.verify_since(checkpoint),
        None => opened.verify(),
    };
    match verified {
        Ok(lines) => {
            let what = if lines == 1 { "line is" } else { "lines are" };
            output.write(format_args!("{}: {} {what} what was recorded\n", named(store), grouped(lines)))?;
            Ok(0)
        }
        Err(error @ (StoreError::Damaged { .. } | StoreError::Checkpoint { .. } | StoreError::Derived { .. })) => {
            warn(format_args!("{}: {error}", named(store)));
            Ok(REFUSED)
        }
        Err(error) => Err(failed(store, error)),
    }
}
