//! Writes the pages of a ledger into a folder: `site_of_a_file LEDGER FOLDER`.

use std::error::Error;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

use testimony::jsonl;
use testimony_page::Site;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("name a ledger and a folder".into());
    };
    let ledger = jsonl::read(BufReader::new(File::open(&file)?))?;
    let site = Site::new(&ledger).with_title(file);
    let (mut pages, mut largest) = (0, (0, String::new()));
    for page in site.pages() {
        let path = Path::new(&folder).join(&page.path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
        fs::write(path, &page.html)?;
        pages += 1;
        largest = largest.max((page.html.len(), page.path));
    }
    println!("{pages} pages, the largest {} with {} bytes", largest.1, largest.0);
    Ok(())
}
