//! "Did you mean": the name nearest to one that is not there.

/// How alike two names have to be, from 0 to 1.
const ALIKE: f64 = 0.7;

/// The name most like the one that was asked for, if any is like it; of equals the first.
pub(crate) fn nearest<'a>(asked: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let folded = asked.to_lowercase();
    let likeness = |name: &str| {
        let name = name.to_lowercase();
        // Half a name that was typed is meant more often than another of the same length.
        if name.contains(&folded) {
            return 1.0;
        }
        // Short names have too few letters for a likeness: in those a slip counts.
        let slips = strsim::osa_distance(&name, &folded);
        let slip = if slips <= 1 + folded.chars().count() / 5 { ALIKE } else { 0.0 };
        strsim::jaro_winkler(&name, &folded).max(slip)
    };
    let mut best = None;
    for name in names {
        let like = likeness(name);
        if like >= ALIKE && best.is_none_or(|(_, before)| like > before) {
            best = Some((name, like));
        }
    }
    best.map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_found_and_a_strange_one_has_none() {
        let names = ["North Korean troops in Ukraine", "casualties", "share of the troops first deployed"];
        for (asked, found) in [
            ("casualtes", Some("casualties")),
            ("north korean troops", Some("North Korean troops in Ukraine")),
            ("deployed", Some("share of the troops first deployed")),
            ("casulties", Some("casualties")),
            ("zzz", None),
        ] {
            assert_eq!(nearest(asked, names.into_iter()), found, "{asked}");
        }
        assert_eq!(nearest("mho", ["army", "moh"].into_iter()), Some("moh"));
    }
}
