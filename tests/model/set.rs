//! Sets by brute force: one truth value a point, and no interval arithmetic anywhere.

/// Which of a fixed row of points belong to it; the first and the last stand for all that lies beyond them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Set(Vec<u64>);

impl Set {
    pub(crate) fn of(points: usize, belongs: impl Fn(usize) -> bool) -> Self {
        let mut words = vec![0; points.div_ceil(64)];
        for point in (0..points).filter(|point| belongs(*point)) {
            words[point / 64] |= 1 << (point % 64);
        }
        Self(words)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(crate) fn is_within(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(own, others)| own & !others == 0)
    }

    pub(crate) fn shares_with(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(own, others)| own & others != 0)
    }

    pub(crate) fn contains(&self, point: usize) -> bool {
        self.0[point / 64] >> (point % 64) & 1 == 1
    }

    pub(crate) fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(own, others)| own & others).collect())
    }

    fn points(&self) -> impl DoubleEndedIterator<Item = usize> {
        (0..self.0.len() * 64).filter(|point| self.contains(*point))
    }

    /// Its first point; a set that is asked for it has one.
    pub(crate) fn first(&self) -> usize {
        self.points().next().expect("the set is not empty")
    }

    /// Its last point; a set that is asked for it has one.
    pub(crate) fn last(&self) -> usize {
        self.points().next_back().expect("the set is not empty")
    }
}
