//! A strict reader of pages, for tests: whatever is not closed is an error.

use std::collections::{HashMap, HashSet};

use testimony_page::{Page, Site};

/// The parts of a page that tests ask for.
#[derive(Debug, Default)]
pub(crate) struct Scanned {
    pub(crate) ids: Vec<String>,
    pub(crate) links: Vec<String>,
    /// The elements by name, in their order.
    pub(crate) elements: Vec<String>,
    /// Each attribute with its element.
    pub(crate) attributes: Vec<(String, String, String)>,
}

const VOID: [&str; 3] = ["meta", "input", "br"];

/// Reads a page; panics where it is not well formed.
pub(crate) fn scan(html: &str) -> Scanned {
    let mut scanned = Scanned::default();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html.strip_prefix("<!DOCTYPE html>").expect("a page says what it is");
    while let Some(at) = rest.find('<') {
        assert!(!rest[..at].contains('>'), "a sign that is not escaped: {:?}", &rest[..at]);
        rest = &rest[at + 1..];
        if let Some(closing) = rest.strip_prefix('/') {
            let end = closing.find('>').expect("a tag is closed");
            assert_eq!(open.pop().as_deref(), Some(&closing[..end]), "what is opened last is closed first");
            rest = &closing[end + 1..];
            continue;
        }
        let end = rest.find('>').expect("a tag is closed");
        let (tag, after) = (&rest[..end], &rest[end + 1..]);
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(name.chars().all(char::is_alphanumeric), "the name of an element: {name:?}");
        attribute_list(name, attributes, &mut scanned);
        scanned.elements.push(name.to_owned());
        rest = after;
        if name == "style" || name == "script" {
            let end = rest.find(&format!("</{name}>")).expect("it is closed");
            rest = &rest[end..];
        }
        if !VOID.contains(&name) {
            open.push(name.to_owned());
        }
    }
    assert_eq!(open, [""; 0], "what is opened is closed");
    scanned
}

fn attribute_list(element: &str, text: &str, scanned: &mut Scanned) {
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let name = &rest[..end];
        let mut value = String::new();
        rest = &rest[end..];
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let end = quoted.find('"').expect("a value is closed");
            value = quoted[..end].replace("&amp;", "&");
            rest = &quoted[end + 1..];
        }
        rest = rest.trim_start();
        match name {
            "id" => scanned.ids.push(value.clone()),
            "href" => scanned.links.push(value.clone()),
            _ => {}
        }
        scanned.attributes.push((element.to_owned(), name.to_owned(), value));
    }
}

/// Holds all pages of a site against what each has to be; gives them.
pub(crate) fn check_site(site: &Site<'_>) -> Vec<Page> {
    let pages: Vec<Page> = site.pages().collect();
    let mut ids: HashMap<String, HashSet<String>> = HashMap::new();
    let mut links = Vec::new();
    for page in &pages {
        check_page(page);
        let scanned = scan(&page.html);
        let unique: HashSet<String> = scanned.ids.iter().cloned().collect();
        assert_eq!(unique.len(), scanned.ids.len(), "an address twice on {}: {:?}", page.path, scanned.ids);
        links.extend(scanned.links.into_iter().map(|link| (page.path.as_str(), link)));
        for (element, name, value) in &scanned.attributes {
            assert!(!name.starts_with("on"), "{element} {name} on {}", page.path);
            let refers = ["aria-labelledby", "aria-describedby", "for"].contains(&name.as_str());
            assert!(!refers || value.split(' ').all(|id| unique.contains(id)), "{name}={value} on {}", page.path);
        }
        assert!(ids.insert(page.path.clone(), unique).is_none(), "two pages at {}", page.path);
    }
    for (from, link) in links {
        if link.starts_with("https://") || link.starts_with("http://") {
            continue;
        }
        let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
        let folder = from.split_once('/').map_or("", |(folder, _)| folder);
        let target = match path.strip_prefix("../") {
            _ if path.is_empty() => from.to_owned(),
            Some(above) => above.to_owned(),
            None if folder.is_empty() => path.to_owned(),
            None => format!("{folder}/{path}"),
        };
        let there = ids.get(&target).unwrap_or_else(|| panic!("{from} leads to {link}, which is no page"));
        assert!(anchor.is_empty() || there.contains(anchor), "{from} leads to {link}, where nothing is");
    }
    pages
}

/// Holds a page against what every page has to be.
fn check_page(Page { path, html }: &Page) {
    let is_safe = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '-' | '/' | '.');
    assert!(
        path.chars().all(is_safe)
            && path.len() < 120
            && !path.contains("..")
            && path.rsplit('.').next() == Some("html"),
        "{path}"
    );
    assert!(html.len() < 300_000, "{path} has {} bytes", html.len());
    for part in ["<html lang=\"en\"", "<main id=\"main\"", "<h1>", "http-equiv=\"Content-Security-Policy\""] {
        assert_eq!(html.matches(part).count(), 1, "{part} in {path}");
    }
    let hidden = html.chars().find(|c| testimony::Shown::hides(*c) && !matches!(c, '\n' | '\u{2068}' | '\u{2069}'));
    assert!(hidden.is_none() || html.contains('\u{200d}'), "{path} has a hidden {hidden:?}");
}
