//! `testimony page`: pages for people, in a folder.

use std::collections::HashSet;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;
use std::{fs, iter, thread};

use testimony_page::{Page, Site};

use crate::args;
use crate::input;
use crate::open::{is_standard_input, named, unreadable};
use crate::output::{Failure, Interrupt, Output, grouped};

pub(crate) fn run(asked: &args::Page, output: &mut Output) -> Result<u8, Failure> {
    let read = input::ledger(&asked.ledgers, &output.interrupt())?;
    let before = asked.since.map(|time| read.ledger.at(time));
    let mut site = Site::new(&read.ledger).with_title(title(asked));
    if let (Some(before), Some(since)) = (&before, asked.since) {
        site = site.with_before(before, testimony::Moment::from(since.day()).in_words());
    }
    let (interrupt, threads) = (output.interrupt(), thread::available_parallelism().map_or(1, NonZero::get));
    let write_share = |share| write(site.share_of_pages(share, threads), &asked.out, &interrupt);
    let pages: u64 = thread::scope(|scope| {
        let shares: Vec<_> = (1..threads).map(|share| scope.spawn(move || write_share(share))).collect();
        let first = write_share(0);
        let others = shares.into_iter().map(|share| share.join().unwrap_or_else(|panic| resume_unwind(panic)));
        iter::once(first).chain(others).sum::<Result<_, Failure>>()
    })?;
    output.write(format_args!("{} pages; begin with {}\n", grouped(pages), named(&asked.out.join("index.html"))))?;
    Ok(read.status())
}

/// Writes pages into a folder, and says how many there were.
fn write(pages: impl Iterator<Item = Page>, out: &Path, interrupt: &Interrupt) -> Result<u64, Failure> {
    let mut folders = HashSet::new();
    let mut written = 0;
    for page in pages {
        if interrupt.is_pressed() {
            return Err(Failure::Interrupted);
        }
        let path = out.join(&page.path);
        let folder = path.parent().unwrap_or(out);
        if !folders.contains(folder) {
            fs::create_dir_all(folder).map_err(|error| unreadable(folder, error))?;
            folders.insert(folder.to_owned());
        }
        fs::write(&path, &page.html).map_err(|error| unreadable(&path, error))?;
        written += 1;
    }
    Ok(written)
}

/// The title of the site: the one that was asked for, or the name of the file.
fn title(asked: &args::Page) -> String {
    let file = asked.ledgers.files.first().filter(|path| !is_standard_input(path));
    let stem = file.and_then(|path| path.file_name()).map(|name| name.to_string_lossy());
    let stem = stem.and_then(|name| name.split('.').next().filter(|stem| !stem.is_empty()).map(str::to_owned));
    asked.title.clone().or(stem).unwrap_or_else(|| "What is on record".to_owned())
}
