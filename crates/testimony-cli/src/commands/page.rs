//! `testimony page`: pages for people, in a folder.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use testimony_page::Site;

use crate::args::Page;
use crate::input;
use crate::open::{is_standard_input, named};
use crate::output::{Failure, Output, grouped};

pub(crate) fn run(asked: &Page, output: &mut Output) -> Result<u8, Failure> {
    let read = input::ledger(&asked.ledgers, &output.interrupt())?;
    let before = asked.since.map(|time| read.ledger.at(time));
    let mut site = Site::new(&read.ledger).with_title(title(asked));
    if let (Some(before), Some(since)) = (&before, asked.since) {
        site = site.with_before(before, testimony::Moment::from(since.day()).in_words());
    }
    let mut folders = HashSet::new();
    let mut pages = 0;
    for page in site.pages() {
        output.go_on()?;
        let path = asked.out.join(&page.path);
        let folder = path.parent().unwrap_or(&asked.out);
        if !folders.contains(folder) {
            fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
            folders.insert(folder.to_owned());
        }
        fs::write(&path, &page.html).map_err(|error| failed(&path, &error))?;
        pages += 1;
    }
    output.write(format_args!("{} pages; begin with {}\n", grouped(pages), named(&asked.out.join("index.html"))))?;
    Ok(read.status())
}

/// What the whole is called: as was asked for, or as the file is.
fn title(asked: &Page) -> String {
    let file = asked.ledgers.files.first().filter(|path| !is_standard_input(path));
    let stem = file.and_then(|path| path.file_name()).map(|name| name.to_string_lossy());
    let stem = stem.and_then(|name| name.split('.').next().filter(|stem| !stem.is_empty()).map(str::to_owned));
    asked.title.clone().or(stem).unwrap_or_else(|| "What is on record".to_owned())
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Unreadable(format!("{}: {error}", named(path)))
}
