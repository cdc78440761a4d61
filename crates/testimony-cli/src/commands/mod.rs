//! The subcommands, each in a file of its own.

mod audit;
mod check;
mod diff;
mod export;
mod figures;
mod findings;
mod import;
mod label;
mod merge;
mod page;
mod plot;
mod schema;
mod show;
mod sources;
mod split;
pub(crate) mod store;
mod tables;

use std::fs;

use clap::CommandFactory as _;

use crate::args::{Cli, Command};
use crate::output::{Failure, Output};

/// Does what was asked for, and gives the exit status.
pub(crate) fn run(command: Command, mut output: Output) -> Result<u8, Failure> {
    let status = match command {
        Command::Audit(asked) => audit::run(&asked, &mut output)?,
        Command::Show(asked) => show::run(&asked, &mut output)?,
        Command::Page(asked) => page::run(&asked, &mut output)?,
        Command::Plot(asked) => plot::run(&asked, &mut output)?,
        Command::Sources(asked) => sources::run(&asked, &mut output)?,
        Command::Diff(asked) => diff::run(&asked, &mut output)?,
        Command::Split(asked) => split::run(&asked, &mut output)?,
        Command::Label(asked) => label::run(&asked, &mut output)?,
        Command::Store(asked) => store::run(&asked, &mut output)?,
        Command::Import(asked) => import::run(&asked, &mut output)?,
        Command::Export(asked) => export::run(&asked, &mut output)?,
        Command::Figures(asked) => figures::run(&asked, &mut output)?,
        Command::Findings => findings::run(&mut output)?,
        Command::Check(asked) => check::run(&asked, &mut output)?,
        Command::Schema(asked) => schema::run(&asked, &mut output)?,
        Command::Merge(asked) => merge::run(&asked, &mut output)?,
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "testimony", &mut script);
            output.write(String::from_utf8_lossy(&script))?;
            0
        }
        Command::Man { folder } => {
            let made = fs::create_dir_all(&folder).and_then(|()| clap_mangen::generate_to(Cli::command(), &folder));
            made.map_err(|error| Failure::Unreadable(format!("{}: {error}", folder.display())))?;
            0
        }
    };
    output.flush()?;
    Ok(status)
}
