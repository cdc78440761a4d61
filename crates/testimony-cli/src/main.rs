//! `testimony`: audits ledgers of claims, shows what is on record, reads figures and checks extractions.

mod args;
mod commands;
mod exchange;
mod input;
mod open;
mod output;
mod safe;
mod spool;
mod stored;
mod suggest;
mod sums;
mod write;

use std::process::ExitCode;

use anstream::adapter::strip_str;
use clap::Parser as _;
use clap::error::ErrorKind;

use crate::args::Cli;
use crate::output::{Failure, Output, UNREADABLE, warn};
use crate::safe::escaped;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    cli.color.write_global();
    let output = match Output::new() {
        Ok(output) => output,
        Err(error) => return tell(&Failure::Unreadable(error.to_string())),
    };
    match commands::run(cli.command, output) {
        Ok(status) => ExitCode::from(status),
        Err(failure) => tell(&failure),
    }
}

/// Prints help, or what is wrong with the arguments; these may hold anything, and are shown escaped.
fn usage(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // Whoever has seen enough may close the pipe.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let mut text = error.render().to_string();
    for argument in std::env::args_os() {
        let argument = argument.to_string_lossy();
        // Of `--option=value`, messages name the value alone.
        for said in [argument.split_once('=').map_or("", |(_, value)| value), &argument] {
            // A line break in an argument would begin a line of its own. The message has no colours, its own or others.
            if said.contains('\n') {
                text = text.replace(&*strip_str(said).to_string(), &escaped(said));
            }
        }
    }
    let lines: Vec<String> = text.lines().map(escaped).collect();
    warn(lines.join("\n"));
    ExitCode::from(UNREADABLE)
}

fn tell(failure: &Failure) -> ExitCode {
    if let Some(message) = failure.message() {
        warn(format_args!("testimony: {message}"));
    }
    ExitCode::from(failure.status())
}
