//! How the names of sources look: a source is told by its name where no other looks the same.

use std::collections::HashMap;

use crate::text;

/// The look of the name of each source, by its number.
#[derive(Clone, Default)]
pub(super) struct Looks {
    /// The place of each look among the counts.
    places: HashMap<String, usize>,
    /// How many sources have each.
    counts: Vec<u32>,
    of: Vec<usize>,
}

impl Looks {
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut looks = Self::default();
        names.enumerate().for_each(|(source, name)| looks.name(source, name));
        looks
    }

    /// Notes that a source has this name from now on; it is the next one, or one that had another.
    pub(super) fn name(&mut self, source: usize, name: &str) {
        let look = *self.places.entry(text::look(name)).or_insert(self.counts.len());
        if look == self.counts.len() {
            self.counts.push(0);
        }
        self.counts[look] += 1;
        match self.of.get_mut(source) {
            Some(before) => self.counts[std::mem::replace(before, look)] -= 1,
            None => self.of.push(look),
        }
    }

    /// Whether no other source has a name that looks like that of this one.
    pub(super) fn is_alone(&self, source: usize) -> bool {
        self.counts[self.of[source]] == 1
    }

    /// Whether one source at the most has a name that looks like this one.
    pub(super) fn is_unshared(&self, name: &str) -> bool {
        self.places.get(&text::look(name)).is_none_or(|look| self.counts[*look] <= 1)
    }
}

#[cfg(test)]
mod tests {
    use super::Looks;

    /// The second name begins with a Cyrillic letter.
    #[test]
    fn a_source_is_alone_as_long_as_no_other_looks_the_same() {
        let alone = |looks: &Looks| [0, 1, 2].map(|source| looks.is_alone(source));
        let mut looks = Looks::of(["Agency Press", "Аgency Press", "The army"].into_iter());
        assert_eq!(alone(&looks), [false, false, true]);
        assert_eq!(["Agency  Press", "The army", "Nobody"].map(|name| looks.is_unshared(name)), [false, true, true]);
        looks.name(1, "The arrny");
        assert_eq!(alone(&looks), [true, false, false]);
        looks.name(2, "The navy");
        assert_eq!(alone(&looks), [true; 3]);
        looks.name(3, "The navy");
        assert_eq!(alone(&looks), [true, true, false]);
    }
}
