//! One form for an English noun and its regular plural.

use std::borrow::Cow;

/// Words that end in a single "s" and take "es" for their plural.
const SINGULAR: &[&str] = &["gas", "lens", "bias", "atlas", "canvas", "alias"];
/// Words that end in "s" and have no other plural.
const UNCHANGED: &[&str] =
    &["corps", "series", "species", "news", "means", "barracks", "headquarters", "crossroads", "gallows", "chaos"];

/// The form in which each word of a text and its regular plural are the same, for a text that is folded already:
/// "explosions" and "explosion", "cities" and "city", "boxes" and "box". The form itself need not be a word.
pub(crate) fn singular(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => each_word(text),
        Cow::Owned(text) => each_word(&text).into_owned().into(),
    }
}

fn each_word(text: &str) -> Cow<'_, str> {
    // Mostly there is one word, or only the last is a plural, and then nothing is copied.
    let (front, last) = text.rsplit_once(' ').map_or(("", text), |(front, last)| (front, last));
    let is_singular = |word: &str| matches!(stem(word), (stem, "") if stem.len() == word.len());
    let (stem_of_last, ending) = stem(last);
    if ending.is_empty() && front.split(' ').all(is_singular) {
        return text[..text.len() - (last.len() - stem_of_last.len())].into();
    }
    let words = text.split(' ').map(stem).map(|(stem, ending)| format!("{stem}{ending}"));
    words.collect::<Vec<_>>().join(" ").into()
}

/// The beginning that the singular and the plural of a word share, and an ending that stands for those of both.
fn stem(word: &str) -> (&str, &'static str) {
    if SINGULAR.contains(&word) || UNCHANGED.contains(&word) {
        return (word, "");
    }
    if let Some(one) = word.strip_suffix("es").filter(|one| SINGULAR.contains(one)) {
        return (one, "");
    }
    let without = |ending: &str, least: usize| word.strip_suffix(ending).filter(|front| front.len() >= least);
    // city, cities; movie, movies.
    if let Some(front) = without("ies", 2).or_else(|| without("ie", 2)) {
        return (front, "y");
    }
    // quiz, quizzes; buzz, buzzes.
    if let Some(front) = without("zzes", 2).or_else(|| without("zz", 2)) {
        return (front, "z");
    }
    // box, boxes; cache, caches; bus, buses; house, houses; hero, heroes; shoe, shoes: nothing tells those that end in
    // "e" from the others once they are plural, so that "e" is left out everywhere.
    for end in ["ss", "x", "z", "ch", "sh", "us", "o"] {
        let least = if end == "o" { 2 } else { 1 };
        for plural in ["es", "e"] {
            let front = word.strip_suffix(plural).filter(|front| front.ends_with(end) && front.len() > least + 1);
            if let Some(front) = front {
                return (front, "");
            }
        }
    }
    if ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        return (word, "");
    }
    let plural = word.strip_suffix('s').filter(|front| front.len() > 1 && front.ends_with(char::is_alphanumeric));
    let word = plural.unwrap_or(word);
    // policeman, policemen.
    match word.strip_suffix("men").filter(|front| !front.is_empty()) {
        Some(_) => (&word[..word.len() - 2], "an"),
        None if word == "men" => ("m", "an"),
        None => (word, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> String {
        singular(text.into()).into_owned()
    }

    #[test]
    fn a_noun_and_its_regular_plural_have_one_form() {
        for (one, several) in [
            ("explosion", "explosions"),
            ("city", "cities"),
            ("movie", "movies"),
            ("tie", "ties"),
            ("key", "keys"),
            ("box", "boxes"),
            ("axe", "axes"),
            ("church", "churches"),
            ("cache", "caches"),
            ("clash", "clashes"),
            ("class", "classes"),
            ("bus", "buses"),
            ("virus", "viruses"),
            ("house", "houses"),
            ("nurse", "nurses"),
            ("base", "bases"),
            ("lens", "lenses"),
            ("gas", "gases"),
            ("hero", "heroes"),
            ("photo", "photos"),
            ("shoe", "shoes"),
            ("toe", "toes"),
            ("prize", "prizes"),
            ("quiz", "quizzes"),
            ("mp", "mps"),
            ("t-72", "t-72s"),
            ("café", "cafés"),
            ("policeman", "policemen"),
            ("man", "men"),
            ("specimen", "specimens"),
            ("18-year-old", "18-year-olds"),
            ("member of parliament", "members of parliament"),
            ("military vehicle", "military vehicles"),
        ] {
            assert_eq!(form(one), form(several), "{one}, {several}");
            assert_eq!(form(&form(one)), form(one), "{one}: it is the form of itself");
        }
    }

    #[test]
    fn other_words_have_forms_of_their_own() {
        let words = [
            "corps", "corpse", "lap", "lapse", "cop", "copse", "ship", "shop", "species", "spec", "as", "us", "is",
            "s", "m/s", "m/", "class", "clas", "crisis", "news", "new", "man", "manse", "bas", "bus",
        ];
        let mut forms: Vec<_> = words.iter().map(|word| form(word)).collect();
        forms.sort_unstable();
        let all = forms.len();
        forms.dedup();
        assert_eq!(forms.len(), all, "{forms:?}");
    }

    #[test]
    fn nothing_is_copied_for_a_word_or_a_last_word() {
        for text in ["explosions", "explosion", "military vehicles", "box", "boxes"] {
            assert!(matches!(singular(text.into()), Cow::Borrowed(_)), "{text}");
        }
    }
}
