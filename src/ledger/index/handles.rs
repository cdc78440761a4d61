//! A hash table of handles, which are found by what stands behind them.

use hashbrown::HashTable;

/// Handles by the hash of what stands behind each. Half of the hash is kept, so that the table grows without looking at
/// what it holds.
#[derive(Clone, Default)]
pub(in crate::ledger) struct Handles(HashTable<(u32, u32)>);

impl Handles {
    /// A handle with this hash of which `is_it` is true.
    pub(in crate::ledger) fn find(&self, hash: u64, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        let half = half(hash);
        let found = self.0.find(spread(half), |&(other, handle)| other == half && is_it(handle));
        found.map(|&(_, handle)| handle)
    }

    pub(in crate::ledger) fn insert(&mut self, hash: u64, handle: u32) {
        let half = half(hash);
        self.0.insert_unique(spread(half), (half, handle), |&(half, _)| spread(half));
    }

    /// Those of the handles that are below one.
    pub(in crate::ledger) fn below(&self, end: u32) -> Self {
        let mut below = self.0.clone();
        below.retain(|&mut (_, handle)| handle < end);
        Self(below)
    }

    pub(in crate::ledger) fn remove(&mut self, hash: u64, handle: u32) {
        if let Ok(found) = self.0.find_entry(spread(half(hash)), |&(_, other)| other == handle) {
            found.remove();
        }
    }
}

/// Half of a hash: enough to tell most things apart.
#[expect(clippy::cast_possible_truncation, reason = "half of it is meant")]
fn half(hash: u64) -> u32 {
    hash as u32
}

/// Half of a hash spread over all its bits, as a table wants it.
fn spread(half: u32) -> u64 {
    u64::from(half).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[cfg(test)]
mod tests {
    use super::Handles;

    #[test]
    fn what_has_the_same_hash_is_told_apart() {
        let mut handles = Handles::default();
        // Half of a 64-bit hash is kept.
        for (hash, handle) in [(7, 0), (7, 1), (7 + (1 << 32), 2), (8, 3)] {
            handles.insert(hash, handle);
        }
        let found = |handles: &Handles| [0, 1, 2, 3].map(|wanted| handles.find(7, |handle| handle == wanted));
        assert_eq!(found(&handles), [Some(0), Some(1), Some(2), None]);
        assert_eq!(found(&handles.below(2)), [Some(0), Some(1), None, None]);
        for handle in [1, 1, 3] {
            handles.remove(7, handle);
        }
        assert_eq!(found(&handles), [Some(0), None, Some(2), None]);
        assert_eq!(handles.find(8, |_| true), Some(3));
    }
}
