//! `testimony`: audits ledgers of claims, shows what is on record, reads figures and checks extractions.

mod args;
mod commands;
mod findings;
mod input;
mod output;
mod safe;
mod suggest;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use clap::error::ErrorKind;

use crate::args::Cli;
use crate::output::{Failure, Output};
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
    let text = error.render().to_string();
    let lines: Vec<String> = text.lines().map(escaped).collect();
    let _ = writeln!(io::stderr(), "{}", lines.join("\n"));
    ExitCode::from(2)
}

fn tell(failure: &Failure) -> ExitCode {
    if let Some(message) = failure.message() {
        let _ = writeln!(anstream::stderr(), "testimony: {message}");
    }
    ExitCode::from(failure.status())
}
