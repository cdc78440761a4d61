//! The pages as a browser has them: at three widths, in light and in dark, on paper, and as axe-core reads them.
//!
//! `TESTIMONY_CHROMIUM=chromium TESTIMONY_AXE=axe.min.js cargo test -p testimony-page --test browser -- --ignored`, the
//! second only where axe-core is at hand; `.ci/run` fetches both if it can.

use std::env;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::Command;

use testimony::jsonl;
use testimony::testing::korea_herald;
use testimony_page::{Page, Site};

/// A folder that is gone when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("testimony-page-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs Chromium without a window, and gives what it prints.
fn chromium(folder: &Folder, arguments: &[&str]) -> String {
    let program = env::var("TESTIMONY_CHROMIUM").unwrap_or_else(|_| "chromium".to_owned());
    let profile = format!("--user-data-dir={}", folder.0.join("profile").display());
    let out = Command::new(program)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", &profile])
        .args(arguments)
        .output()
        .expect("TESTIMONY_CHROMIUM names a browser");
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// A page of each kind, of an article and of a ledger with every kind of mark.
fn pages() -> Vec<Page> {
    let herald = korea_herald();
    let flood = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/flood.jsonl");
    let flood = jsonl::read(BufReader::new(File::open(flood).unwrap())).unwrap();
    let (herald_site, flood_site) = (Site::new(&herald), Site::new(&flood));
    let mut pages = vec![herald_site.front(), flood_site.front(), flood_site.graph()];
    pages.extend(flood.topics().filter_map(|topic| flood_site.topic(topic)));
    pages.extend(herald.topics().take(2).filter_map(|topic| herald_site.topic(topic)));
    pages.extend(herald.source("nis").and_then(|source| herald_site.source(source)));
    pages
}

#[test]
#[ignore = "asks for Chromium; .ci/run has it"]
fn pages_are_read_at_any_width_in_light_and_in_dark() {
    let folder = Folder::new("widths");
    let axe = env::var_os("TESTIMONY_AXE").map(|path| fs::read_to_string(path).expect("TESTIMONY_AXE names axe-core"));
    let pages: Vec<_> =
        pages().into_iter().map(|page| serde_json::json!({ "name": page.path, "html": page.html })).collect();
    let pages = serde_json::to_string(&pages).unwrap().replace("</", "<\\/");
    let harness = format!(
        "<!DOCTYPE html><meta charset=utf-8><script type=\"application/json\" id=pages>{pages}</script>\
         <script type=\"text/plain\" id=axe>{}</script><body><script>{}</script>",
        axe.unwrap_or_default().replace("</script", "<\\/script"),
        include_str!("harness.js"),
    );
    let path = folder.0.join("harness.html");
    fs::write(&path, harness).unwrap();
    let address = format!("file://{}", path.display());
    for (scheme, number) in [("dark", 0), ("light", 1)] {
        let setting = format!("--blink-settings=preferredColorScheme={number}");
        let dom = chromium(
            &folder,
            &[&setting, "--window-size=1400,1000", "--virtual-time-budget=600000", "--dump-dom", &address],
        );
        let result = dom.split_once("<pre id=\"result\">").and_then(|(_, rest)| rest.split_once("</pre>"));
        let (result, _) =
            result.unwrap_or_else(|| panic!("the browser gave no answer: {}", &dom[..dom.len().min(500)]));
        assert_eq!(result, "[]", "in {scheme}");
    }
}

#[test]
#[ignore = "asks for Chromium; .ci/run has it"]
fn the_front_of_an_article_is_two_sides_of_paper() {
    let folder = Folder::new("paper");
    let (page, pdf) = (folder.0.join("index.html"), folder.0.join("index.pdf"));
    fs::write(&page, Site::new(&korea_herald()).with_title("The Korea Herald").front().html).unwrap();
    let print = format!("--print-to-pdf={}", pdf.display());
    chromium(&folder, &[&print, "--no-pdf-header-footer", &format!("file://{}", page.display())]);
    let pdf = fs::read(pdf).expect("the browser has printed");
    let sides = pdf.windows(11).filter(|bytes| *bytes == b"/Type /Page").count();
    let lists = pdf.windows(12).filter(|bytes| *bytes == b"/Type /Pages").count();
    assert_eq!(sides - lists, 2);
}
