//! The arguments of the command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};
use testimony::{Error, Moment, Number, Policy, Timestamp};

/// Audits ledgers of claims: who says what, on whose word, and which of it truly conflicts.
///
/// A ledger is a file of JSON Lines, one entry a line; `-` stands for standard input, and files packed with gzip or
/// Zstandard are unpacked. Several ledgers are merged.
#[derive(Debug, Parser)]
#[command(name = "testimony", version, max_term_width = 100)]
#[command(
    after_help = "Examples:\n  testimony audit claims.jsonl\n  testimony show claims.jsonl --topic casualties\n  \
        testimony figures \"Over 4,000 of about 11,000 troops\"\n\nExit status: 0; 1 if a line was refused; 2 if \
        something cannot be read or written, or an argument is wrong; 3 if --fail-on found what it names."
)]
pub(crate) struct Cli {
    /// When to use colour: auto, always or never; `NO_COLOR` is heeded.
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true, value_parser = color)]
    pub(crate) color: anstream::ColorChoice,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Reports what conflicts, who quotes each other in a circle, and what does not add up.
    Audit(Audit),
    /// Lays out all that is on record about topics.
    Show(Show),
    /// Writes pages for people into a folder.
    Page(Page),
    /// Draws the picture of a topic.
    Plot(Plot),
    /// Counts for each source what it said, and what became of it.
    Sources(Sources),
    /// Tells what changed between two ledgers, or between two times of one.
    Diff(Diff),
    /// Reads every figure in a text: a line of JSON for each line of it.
    Figures(Figures),
    /// Holds claims that were extracted from a text against that text.
    Check(Check),
    /// Prints a JSON Schema.
    Schema(Schema),
    /// Merges ledgers into one.
    Merge(Merge),
    /// Splits a ledger into parts that can be looked at apart.
    Split(Split),
    /// Finds what is in the parts of a ledger that come on standard input, for engines that spread them.
    ///
    /// Reads a stream of Arrow IPC and writes one. A row is a line of the ledger, with the columns `part`, `seq` (its
    /// place in the ledger), `line`, and `number` (that of a claim) where lines name claims by their numbers. Rows come
    /// sorted by part, with those first that have none and go to every part. What is found names claims by their labels.
    #[command(after_help = "Exit status: 0; 2 if something cannot be read.\n\nExample:\n  \
            testimony findings < parts.arrows > findings.arrows")]
    Findings,
    /// Gives a line for each claim, with its number and its label.
    Label(LabelClaims),
    /// Keeps a ledger in a file of a database, durably and with proofs of what is in it.
    #[command(subcommand)]
    Store(Store),
    /// Reads claims from files of another format, and prints them as a ledger.
    Import(crate::exchange::Import),
    /// Prints the claims of a ledger in another format.
    Export(crate::exchange::Export),
    /// Prints a script that completes the command in a shell.
    #[command(
        after_help = "Example:\n  testimony completions bash > ~/.local/share/bash-completion/completions/testimony"
    )]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Writes the manual pages into a folder.
    #[command(after_help = "Example:\n  testimony man ~/.local/share/man/man1")]
    Man {
        /// The folder.
        folder: PathBuf,
    },
}

/// Keeps a ledger in a file of a database. Such a store is taken wherever a ledger is.
#[derive(Debug, Subcommand)]
pub(crate) enum Store {
    /// Makes a store.
    #[command(after_help = "Example:\n  testimony store init claims.db")]
    Init {
        /// The file.
        store: PathBuf,
    },
    /// Appends ledgers, each as a whole; a store that is missing is made.
    #[command(after_help = "Exit status: 0; 1 if a line was refused; 2 if something cannot be read or written.\n\n\
            Example:\n  testimony store append claims.db claims.jsonl")]
    Append {
        /// The store.
        store: PathBuf,
        /// The ledgers.
        #[arg(value_name = "LEDGER", required = true)]
        ledgers: Vec<PathBuf>,
    },
    /// Prints the lines of a store, as a ledger.
    #[command(after_help = "Example:\n  testimony store export claims.db > claims.jsonl")]
    Export {
        /// The store.
        store: PathBuf,
    },
    /// Looks at every line: whether it is what was recorded.
    #[command(after_help = "Exit status: 0; 1 if a line is not what was recorded; 2 if something cannot be read.\n\n\
            Example:\n  testimony store verify claims.db --checkpoint published.txt")]
    Verify {
        /// The store.
        store: PathBuf,
        /// Whether the lines that this checkpoint was made of are still the first ones.
        #[arg(long, value_name = "FILE")]
        checkpoint: Option<PathBuf>,
    },
    /// Prints the number of lines and the root of the Merkle tree over them.
    #[command(
        after_help = "Example:\n  testimony store root claims.db --checkpoint example.org/claims > published.txt"
    )]
    Root {
        /// The store.
        store: PathBuf,
        /// As a checkpoint (C2SP) that can be signed and published, with this name for the store.
        #[arg(long = "checkpoint", value_name = "ORIGIN")]
        origin: Option<String>,
    },
}

/// The ledgers that a question is asked of, and as of when.
#[derive(Args, Debug)]
pub(crate) struct Ledgers {
    /// Ledgers; several are merged.
    #[arg(value_name = "LEDGER", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// As known at that time: RFC 3339, or a date for the end of that day in UTC.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) at: Option<Timestamp>,
    /// As far as it was said by that day or time: by when claims were stated, else published.
    #[arg(long, value_name = "DATE", value_parser = parsed::<Moment>)]
    pub(crate) said_by: Option<Moment>,
    /// How wide “about” is, as a share of the number, such as 0.05; as the file says, or a tenth.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    about: Option<Number>,
    /// Takes numbers as written, also those that their writing shows to be rounded.
    #[arg(long)]
    no_rounding: bool,
    /// Counts periods as overlapping that are at most so many days apart.
    #[arg(long, value_name = "DAYS")]
    days_apart: Option<u32>,
}

impl Ledgers {
    /// The policy that was asked for, if one was; what is not said of it is the default.
    pub(crate) fn policy(&self) -> Option<Policy> {
        if self.about.is_none() && self.days_apart.is_none() && !self.no_rounding {
            return None;
        }
        let policy = Policy::default().with_days_apart(self.days_apart.unwrap_or_default());
        let policy = policy.with_rounding(!self.no_rounding);
        // A share was checked as it was read.
        Some(match self.about.map(|share| policy.clone().with_tolerance(share)) {
            Some(Ok(policy)) => policy,
            _ => policy,
        })
    }
}

/// Reports what conflicts, who quotes each other in a circle, and what does not add up.
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 0; 1 if a line was refused (see standard error); 2 if something cannot be read; \
        3 if --fail-on found what it names.\n\nExample:\n  testimony audit --fail-on disputes,violations claims.jsonl")]
#[expect(clippy::struct_excessive_bools, reason = "each is an option that may be given or not")]
pub(crate) struct Audit {
    #[command(flatten)]
    pub(crate) ledgers: Ledgers,
    /// One JSON object a line, for programs; `testimony schema findings` describes them.
    #[arg(long)]
    pub(crate) json: bool,
    /// Every pair of claims on one topic that are not retracted, whatever the relation.
    #[arg(long)]
    pub(crate) relations: bool,
    /// Where the voices on each topic stand; as JSON where nobody looks.
    #[arg(long)]
    pub(crate) positions: bool,
    /// Numbers alone: how many of each.
    #[arg(long, conflicts_with_all = ["relations", "positions"])]
    pub(crate) count: bool,
    /// Ends with status 3 if there is any of these.
    #[arg(long, value_name = "WHAT,…", value_delimiter = ',')]
    pub(crate) fail_on: Vec<Kind>,
}

/// What an audit finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Two origins say what cannot both be true.
    Disputes,
    /// Relays disagree on what one origin said.
    Misreports,
    /// One origin says what cannot both be true.
    Contradictions,
    /// Figures that break the arithmetic declared between topics.
    Violations,
    /// Sources that quote each other.
    Circles,
    /// Claims rated as confirmed that nobody else bears out.
    Unconfirmed,
    /// Any of these.
    Any,
}

/// Reads every figure in a text: a line of JSON for each line of it.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  testimony figures \"Over 4,000 of about 11,000 troops\"")]
pub(crate) struct Figures {
    /// The text; standard input where there is none, or -.
    pub(crate) text: Vec<String>,
    /// The language that it is in.
    #[arg(long, value_enum, default_value_t, value_name = "LANGUAGE")]
    pub(crate) language: Language,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Language {
    #[default]
    English,
    Korean,
}

impl From<Language> for testimony::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::English => Self::English,
            Language::Korean => Self::Korean,
        }
    }
}

/// Holds claims that were extracted from a text against that text.
#[derive(Args, Debug)]
#[command(after_help = "Exit status: 0; 1 if something is wrong; 2 if something cannot be read.\n\nExample:\n  \
        testimony check article.txt claims.jsonl")]
pub(crate) struct Check {
    /// The text.
    pub(crate) text: PathBuf,
    /// The claims, as a ledger.
    pub(crate) claims: PathBuf,
    /// Where the text is from: claims that cite another address are left out.
    #[arg(long)]
    pub(crate) url: Option<String>,
    /// One JSON object, for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Lays out all that is on record about topics.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  testimony show claims.jsonl --topic casualties")]
pub(crate) struct Show {
    #[command(flatten)]
    pub(crate) ledgers: Ledgers,
    /// Topics whose subject or predicate has this in it.
    #[arg(long, value_name = "TEXT")]
    pub(crate) topic: Vec<String>,
    /// Topics on which this source, by its id, says something or passes it on.
    #[arg(long, value_name = "ID")]
    pub(crate) source: Vec<String>,
    /// One JSON object a topic, for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Writes pages for people into a folder: they open from a file, load nothing, and are read without a script.
///
/// A front with what is in dispute, what does not add up and what changed; a page for each topic, with a picture; one for
/// each source; and one of who quotes whom. Begin with `index.html`.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  testimony page claims.jsonl --out site --since 2025-03-01")]
pub(crate) struct Page {
    #[command(flatten)]
    pub(crate) ledgers: Ledgers,
    /// The folder that they go to; pages of another time that are in it stay there.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Tells on the front what was recorded since: RFC 3339, or a date for the end of that day in UTC.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) since: Option<Timestamp>,
    /// The name of the whole; the name of the ledger's file where there is none.
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
}

/// Draws the picture of a topic as SVG: time across and value up, who stands where, or the days that are named.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  testimony plot claims.jsonl --topic casualties -o casualties.svg")]
pub(crate) struct Plot {
    #[command(flatten)]
    pub(crate) ledgers: Ledgers,
    /// The topic whose subject or predicate has this in it.
    #[arg(long, value_name = "TEXT")]
    pub(crate) topic: String,
    /// Writes into this file; standard output if there is none.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// Counts for each source what it said, and what became of it: counts, and no score.
///
/// Claims are its word; "alone" are topics on which nobody else says anything; "first" are topics on which it was surely
/// the first to say something, by so many days in the middle; "borne out" are standing claims that another independent
/// source agrees with; "disputed" those that conflict with another claim.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  testimony sources claims.jsonl")]
pub(crate) struct Sources {
    #[command(flatten)]
    pub(crate) ledgers: Ledgers,
    /// One JSON object a line, for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Tells what changed between two ledgers, or between two times of one.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  testimony diff claims.jsonl --from 2025-03-01")]
pub(crate) struct Diff {
    /// The ledger before.
    #[arg(value_name = "LEDGER")]
    pub(crate) before: PathBuf,
    /// The ledger after; the same where there is none.
    #[arg(value_name = "LEDGER")]
    pub(crate) after: Option<PathBuf>,
    /// The first ledger as known at that time.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) from: Option<Timestamp>,
    /// The second as known at that time.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) to: Option<Timestamp>,
    /// One JSON object, for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Splits a ledger into parts that can be looked at apart: what is found in all of them is what is found in the whole.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  testimony split claims.jsonl --parts 4 --out parts")]
pub(crate) struct Split {
    /// The ledger.
    pub(crate) ledger: PathBuf,
    /// Into how many at most.
    #[arg(long, value_name = "N")]
    pub(crate) parts: NonZeroUsize,
    /// The folder that they go to.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

/// Gives a line for each claim, with its number and its label.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  testimony label claims.jsonl | grep casualties")]
pub(crate) struct LabelClaims {
    #[command(flatten)]
    pub(crate) ledgers: Ledgers,
    /// One JSON object a line, for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Prints a JSON Schema.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  testimony schema extraction > schema.json")]
pub(crate) struct Schema {
    /// Of what.
    pub(crate) of: SchemaOf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SchemaOf {
    /// A line of a ledger, in every form that is read.
    Line,
    /// A line of a ledger in the one form that is written, to ask a language model for.
    Extraction,
    /// A line of what `--json` prints.
    Findings,
}

/// Merges ledgers into one.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  testimony merge january.jsonl february.jsonl.gz -o both.jsonl")]
pub(crate) struct Merge {
    #[arg(value_name = "LEDGER", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Writes into this file, which is whole at any time; standard output if there is none.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

fn color(word: &str) -> Result<anstream::ColorChoice, String> {
    match word {
        "auto" => Ok(anstream::ColorChoice::Auto),
        "always" => Ok(anstream::ColorChoice::Always),
        "never" => Ok(anstream::ColorChoice::Never),
        _ => Err("write auto, always or never".to_owned()),
    }
}

fn share(text: &str) -> Result<Number, String> {
    let share: Number = parsed(text)?;
    Policy::default().with_tolerance(share).map_err(|error| error.to_string())?;
    Ok(share)
}

/// A value with what to write where it is none.
fn parsed<T: FromStr<Err = Error>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: Error| match error.help() {
        Some(help) => format!("{error}; {help}"),
        None => error.to_string(),
    })
}

/// A time, or the end of a day.
pub(crate) fn time(text: &str) -> Result<Timestamp, String> {
    let end_of_day = format!("{text}T23:59:59.999999999Z");
    end_of_day.parse().or_else(|_: Error| parsed(text))
}
