//! The floors of the house: a file uses its own floor and those below it, and no two files use each other in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up; what stands on one floor are the files and folders of `src` with these names.
const FLOORS: &[&[&str]] = &[
    &["shown"],
    &["error"],
    &["text", "words", "shape"],
    &["number", "names"],
    &["policy", "date"],
    &["period"],
    &["time"],
    &["language", "figure"],
    &["source", "topic"],
    &["constraint"],
    &["scales", "confidence"],
    &["claim"],
    &["rules"],
    &["entry"],
    &["ledger"],
    &["report"],
    &["answers"],
    &["extraction"],
    &["jsonl"],
    &["schema", "testing"],
];

/// A file by its module path, such as `ledger::tables`, with the modules that it takes names from.
type Imports = BTreeMap<String, BTreeSet<String>>;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn module_of(path: &Path, src: &Path) -> String {
    let path = path.strip_prefix(src).unwrap().with_extension("");
    let parts: Vec<_> = path.iter().map(|part| part.to_str().unwrap()).filter(|part| *part != "mod").collect();
    parts.join("::")
}

/// The source without comments, and without the tests at its end.
fn code_of(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The items between braces, cut at the commas outside of inner ones.
fn split_list(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (i, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(list[start..i].trim());
                start = i + 1;
            }
            _ => {}
        }
    }
    parts.push(list[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Every path that a `use` names, each in full: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn flatten(path: &str, before: &str, found: &mut Vec<String>) {
    let path = path.trim();
    match path.split_once('{') {
        Some((prefix, list)) => {
            let list = &list[..list.rfind('}').unwrap()];
            for part in split_list(list) {
                flatten(part, &format!("{before}{}", prefix.trim()), found);
            }
        }
        None => found.push(format!("{before}{path}")),
    }
}

/// The paths that a file takes names from, from the root of the crate; what it only hands on (`pub use`) is left out.
fn paths_in(code: &str, module: &str, is_folder: bool) -> Vec<String> {
    let mut paths = Vec::new();
    for (at, _) in code.match_indices("use ") {
        let line = code[..at].rfind('\n').map_or(0, |end| end + 1);
        if code[line..at].trim().is_empty() {
            let end = at + code[at..].find(';').unwrap();
            flatten(&code[at + "use ".len()..end], "", &mut paths);
        }
    }
    for (at, _) in code.match_indices("crate::") {
        let path: String = code[at..].chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect();
        let line = code[..at].rfind('\n').map_or(0, |end| end + 1);
        if !code[line..at].contains("use ") && !code[line..at].contains("pub(in") {
            paths.push(path);
        }
    }
    let parts: Vec<&str> = module.split("::").collect();
    let own = if is_folder { &parts[..] } else { &parts[..parts.len() - 1] };
    let absolute = |path: String| {
        let (first, rest) = path.split_once("::")?;
        match first {
            "crate" => Some(rest.to_owned()),
            "super" if is_folder => {
                Some(own[..own.len() - 1].iter().copied().chain([rest]).collect::<Vec<_>>().join("::"))
            }
            "self" | "super" => Some(own.iter().copied().chain([rest]).collect::<Vec<_>>().join("::")),
            _ => None,
        }
    };
    paths.into_iter().filter_map(absolute).collect()
}

fn imports() -> Imports {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&src, &mut paths);
    let is_test = |path: &PathBuf| path.ends_with("lib.rs") || path.ends_with("tests.rs");
    paths.retain(|path| !is_test(path));
    let modules: BTreeSet<String> = paths.iter().map(|path| module_of(path, &src)).collect();
    let mut imports = Imports::new();
    for path in &paths {
        let module = module_of(path, &src);
        let named = paths_in(&code_of(path), &module, path.ends_with("mod.rs"));
        let file = |path: &String| {
            let parts: Vec<&str> = path.split("::").collect();
            (1..=parts.len()).rev().map(|n| parts[..n].join("::")).find(|prefix| modules.contains(prefix))
        };
        let mut from: BTreeSet<String> = named.iter().filter_map(file).collect();
        from.remove(&module);
        imports.insert(module, from);
    }
    imports
}

fn floor(module: &str) -> usize {
    let room = module.split("::").next().unwrap();
    FLOORS.iter().position(|floor| floor.contains(&room)).unwrap_or_else(|| panic!("{room} has no floor"))
}

#[test]
fn no_file_uses_a_higher_floor() {
    let imports = imports();
    assert!(imports.len() > 60, "the files are read: {}", imports.len());
    let arrows: usize = imports.values().map(BTreeSet::len).sum();
    assert!(arrows > 200, "their imports are read: {arrows}");
    for (module, used) in &imports {
        for other in used {
            assert!(floor(other) <= floor(module), "{module} uses {other}, which stands on a higher floor");
        }
    }
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let mut left = imports();
    loop {
        let done: Vec<String> = left.iter().filter(|(_, used)| used.is_empty()).map(|(name, _)| name.clone()).collect();
        if done.is_empty() {
            break;
        }
        for name in done {
            left.remove(&name);
            for used in left.values_mut() {
                used.remove(&name);
            }
        }
    }
    assert!(left.is_empty(), "in a circle, or above one: {left:#?}");
}

#[test]
fn paths_are_read_from_use_lines_of_every_form() {
    let code =
        "use std::fmt;\nuse crate::{a, b::{self, C}};\nuse super::d::E;\npub use self::f::G;\nlet x = crate::h::I;\n";
    let paths = paths_in(code, "room::file", false);
    assert_eq!(paths, ["a", "b::self", "b::C", "room::d::E", "h::I"]);
    assert_eq!(paths_in("use super::d::E;\nuse self::f::G;\n", "room", true), ["d::E", "room::f::G"]);
}
