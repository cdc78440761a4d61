//! Room for letters: how wide a text is, where its lines break, and where a label hides nothing.

use crate::text::columns;

/// How wide a column of letters is, as a share of their size; a little more than most letters take.
const COLUMN: f64 = 0.58;

/// How wide a text is in letters of a size.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "texts in pictures are short")]
    let columns = columns(text) as f64;
    columns * size * COLUMN
}

/// A text in so many lines at most, cut where it does not fit.
pub(crate) fn wrapped(text: &str, room: f64, size: f64, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut chars = text.chars().peekable();
    let mut word = String::new();
    let mut is_cut = false;
    while !is_cut && chars.peek().is_some() {
        word.clear();
        // A word that is wider than a line is broken.
        while let Some(c) = chars.next_if(|c| word.is_empty() || !c.is_whitespace()) {
            word.push(c);
            if width(&word, size) > room * 0.9 {
                break;
            }
        }
        let is_last = lines.len() == most;
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word.trim_start()),
            Some(line) if width(&format!("{line}{word}"), size) <= room => line.push_str(&word),
            Some(line) if is_last => {
                line.push('…');
                is_cut = true;
            }
            _ => lines.push(word.trim_start().to_owned()),
        }
    }
    lines
}

/// A rectangle that something takes up: left, top, right, bottom.
pub(crate) type Area = [f64; 4];

/// The areas that are taken up already.
#[derive(Debug, Default)]
pub(crate) struct Taken(Vec<Area>);

impl Taken {
    pub(crate) fn take(&mut self, area: Area) {
        self.0.push(area);
    }

    pub(crate) fn is_free(&self, area: Area) -> bool {
        !self.0.iter().any(|other| area[0] < other[2] && other[0] < area[2] && area[1] < other[3] && other[1] < area[3])
    }
}

/// Places as near as can be to those that are wanted, in their order, `apart` from each other and within two edges. Where
/// there is not so much room they are as far apart as it allows.
pub(crate) fn spread(wanted: &[f64], apart: f64, edges: (f64, f64)) -> Vec<f64> {
    let (left, right) = edges;
    #[expect(clippy::cast_precision_loss, reason = "a picture has few marks")]
    let gaps = wanted.len().saturating_sub(1) as f64;
    let apart = if gaps * apart > right - left { (right - left) / gaps } else { apart };
    // Neighbours that come too near each other form a group, which is centred where its members want to be.
    // Each has the sum of where its members would have the first of it, and how many they are.
    let mut groups: Vec<(f64, f64)> = Vec::new();
    let first_of = |group: &(f64, f64)| {
        let end = right - (group.1 - 1.0) * apart;
        (group.0 / group.1).min(end).max(left)
    };
    for place in wanted {
        groups.push((*place, 1.0));
        while let [.., before, last] = groups.as_mut_slice() {
            if first_of(before) + before.1 * apart <= first_of(last) {
                break;
            }
            let joined = (before.0 + last.0 - last.1 * before.1 * apart, before.1 + last.1);
            groups.pop();
            *groups.last_mut().expect("two were there") = joined;
        }
    }
    let mut places = Vec::with_capacity(wanted.len());
    for group in &groups {
        let mut nth = 0.0;
        while nth < group.1 {
            places.push((first_of(group) + nth * apart).min(right));
            nth += 1.0;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_near_is_spread_about_its_middle() {
        assert_eq!(spread(&[10.0, 50.0], 16.0, (0.0, 100.0)), [10.0, 50.0]);
        assert_eq!(spread(&[50.0, 50.0], 16.0, (0.0, 100.0)), [42.0, 58.0]);
        assert_eq!(spread(&[0.0, 0.0], 16.0, (0.0, 100.0)), [0.0, 16.0]);
        assert_eq!(spread(&[100.0, 100.0], 16.0, (0.0, 100.0)), [84.0, 100.0]);
        assert_eq!(spread(&[5.0; 5], 50.0, (0.0, 100.0)), [0.0, 25.0, 50.0, 75.0, 100.0]);
        assert_eq!(spread(&[], 50.0, (0.0, 100.0)), [0.0; 0]);
    }

    #[test]
    fn lines_break_between_words_and_say_that_they_were_cut() {
        let ten = width("mmmmmmmmmm", 10.0);
        assert_eq!(wrapped("one two three", ten, 10.0, 3), ["one two", "three"]);
        assert_eq!(wrapped("one two three four five", ten, 10.0, 2), ["one two", "three four…"]);
        assert_eq!(wrapped(&"x".repeat(40), ten, 10.0, 2).len(), 2);
        assert_eq!(wrapped("", ten, 10.0, 2), [""]);
    }

    #[test]
    fn an_area_that_touches_another_is_free() {
        let mut taken = Taken::default();
        taken.take([0.0, 0.0, 10.0, 10.0]);
        assert!(taken.is_free([10.0, 0.0, 20.0, 10.0]));
        assert!(!taken.is_free([9.0, 9.0, 20.0, 20.0]));
    }
}
