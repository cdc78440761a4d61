//! A Merkle tree over lines, by RFC 6962: hashes of leaves and nodes, and proofs. Whole subtrees of 256 leaves, of 256 of
//! these and so on are kept by the store, so that no question about a large tree reads all of its leaves.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// A SHA-256 hash of a line or of a part of the tree.
///
/// Prints as 64 hexadecimal digits in lower case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The hash of a line, without its end: SHA-256 over a zero byte and the line.
#[must_use]
pub fn leaf_hash(line: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update([0]).chain_update(line).finalize().into())
}

/// The hash of two parts beside each other: SHA-256 over a one byte and both.
#[must_use]
pub fn node_hash(left: Hash, right: Hash) -> Hash {
    Hash(Sha256::new().chain_update([1]).chain_update(left.0).chain_update(right.0).finalize().into())
}

/// The hash of a tree without leaves.
pub(crate) fn empty() -> Hash {
    Hash(Sha256::digest([]).into())
}

/// How many levels a kept subtree has: 256 leaves, or 256 kept subtrees of the level below.
pub(crate) const LEVELS: u32 = 8;
/// How many leaves or kept subtrees lie in one of the next level.
pub(crate) const WIDTH: u64 = 1 << LEVELS;

/// Where hashes are looked up.
pub(crate) trait Hashes {
    /// The failure to look them up.
    type Error;

    /// The hashes of some leaves (level 0), or of kept subtrees of 256 to the power of `level` leaves, by their places.
    fn hashes(&self, level: u32, places: std::ops::Range<u64>) -> Result<Vec<Hash>, Self::Error>;
}

/// The root of hashes beside each other, the largest power of two that leaves something on the right going left.
pub(crate) fn root_of(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => empty(),
        [one] => *one,
        _ => {
            let (left, right) = hashes.split_at(hashes.len().next_power_of_two() / 2);
            node_hash(root_of(left), root_of(right))
        }
    }
}

/// The largest power of two below a number of leaves, which is more than one.
fn split(leaves: u64) -> u64 {
    1 << (leaves - 1).ilog2()
}

/// The root of the leaves from `first` on, so many of them: a subtree of the tree, so that `first` is a multiple of the
/// power of two that holds them.
pub(crate) fn subtree<H: Hashes>(hashes: &H, first: u64, leaves: u64) -> Result<Hash, H::Error> {
    if leaves == 0 {
        return Ok(empty());
    }
    // The highest level at which whole kept subtrees lie in it, which may be that of the leaves.
    let mut level = 0;
    while leaves >= WIDTH.pow(level + 1) {
        level += 1;
    }
    let size = WIDTH.pow(level);
    let whole = leaves / size;
    let kept = hashes.hashes(level, first / size..first / size + whole)?;
    let rest = leaves % size;
    if rest == 0 {
        return Ok(root_of(&kept));
    }
    join(hashes, &kept, first + whole * size, rest, size)
}

/// The root of kept subtrees of `size` leaves with `rest` leaves behind them.
fn join<H: Hashes>(hashes: &H, kept: &[Hash], rest_at: u64, rest: u64, size: u64) -> Result<Hash, H::Error> {
    if kept.is_empty() {
        return subtree(hashes, rest_at, rest);
    }
    let left = split(kept.len() as u64 * size + rest) / size;
    let (left, right) = kept.split_at(usize::try_from(left).map_or(kept.len(), |left| left.min(kept.len())));
    Ok(node_hash(root_of(left), join(hashes, right, rest_at, rest, size)?))
}

/// The hashes beside the path from a leaf to the root of the first `size` leaves, from the leaf up.
pub(crate) fn inclusion<H: Hashes>(hashes: &H, leaf: u64, size: u64) -> Result<Vec<Hash>, H::Error> {
    let (mut first, mut leaves) = (0, size);
    let mut path = Vec::new();
    while leaves > 1 {
        let left = split(leaves);
        if leaf < first + left {
            path.push(subtree(hashes, first + left, leaves - left)?);
            leaves = left;
        } else {
            path.push(subtree(hashes, first, left)?);
            (first, leaves) = (first + left, leaves - left);
        }
    }
    path.reverse();
    Ok(path)
}

/// The hashes that show that the tree of the first `old` leaves is the beginning of that of the first `new`.
pub(crate) fn consistency<H: Hashes>(hashes: &H, old: u64, new: u64) -> Result<Vec<Hash>, H::Error> {
    if old == 0 || old == new {
        return Ok(Vec::new());
    }
    let (mut first, mut leaves, mut beginning) = (0, new, old);
    let mut path = Vec::new();
    // Whether what is left of the old tree begins where it began.
    let mut is_whole = true;
    while beginning < leaves {
        let left = split(leaves);
        if beginning <= left {
            path.push(subtree(hashes, first + left, leaves - left)?);
            leaves = left;
        } else {
            path.push(subtree(hashes, first, left)?);
            (first, leaves, beginning) = (first + left, leaves - left, beginning - left);
            is_whole = false;
        }
    }
    if !is_whole {
        path.push(subtree(hashes, first, leaves)?);
    }
    path.reverse();
    Ok(path)
}

/// Whether a path shows that a leaf is in the tree of `size` leaves with this root.
///
/// ```
/// use testimony_sqlite::{leaf_hash, node_hash, verify_inclusion};
///
/// let [a, b, c] = [b"a", b"b", b"c"].map(|line| leaf_hash(line));
/// let root = node_hash(node_hash(a, b), c);
/// assert!(verify_inclusion(a, 0, 3, &[b, c], root));
/// assert!(!verify_inclusion(b, 0, 3, &[b, c], root));
/// ```
#[must_use]
pub fn verify_inclusion(leaf: Hash, index: u64, size: u64, path: &[Hash], root: Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut node, mut last, mut hash) = (index, size - 1, leaf);
    for beside in path {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(*beside, hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(hash, *beside);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && hash == root
}

/// Whether a path shows that the tree of `old` leaves is the beginning of that of `new`.
#[must_use]
pub fn verify_consistency(old: u64, old_root: Hash, new: u64, new_root: Hash, path: &[Hash]) -> bool {
    if old > new {
        return false;
    }
    if old == 0 {
        return path.is_empty() && old_root == empty();
    }
    if old == new {
        return path.is_empty() && old_root == new_root;
    }
    let (mut node, mut last) = (old - 1, new - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let mut path = path.iter();
    // A tree that is a power of two is a node of the new one as it is.
    let first = if old.is_power_of_two() { Some(old_root) } else { path.next().copied() };
    let Some(first) = first else { return false };
    let (mut old_hash, mut new_hash) = (first, first);
    for beside in path {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            old_hash = node_hash(*beside, old_hash);
            new_hash = node_hash(*beside, new_hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node_hash(new_hash, *beside);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && old_hash == old_root && new_hash == new_root
}

#[cfg(test)]
#[expect(clippy::cast_possible_truncation, reason = "the trees are small")]
mod tests {
    use std::convert::Infallible;
    use std::ops::Range;

    use super::*;

    /// Leaves, from which kept subtrees are worked out each time.
    struct Leaves(Vec<Hash>);

    impl Hashes for Leaves {
        type Error = Infallible;

        fn hashes(&self, level: u32, places: Range<u64>) -> Result<Vec<Hash>, Infallible> {
            let size = WIDTH.pow(level) as usize;
            Ok(places.map(|place| root_of(&self.0[place as usize * size..][..size])).collect())
        }
    }

    fn leaves(count: u64) -> Leaves {
        Leaves((0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect())
    }

    /// The hashes of the reference trees of RFC 6962's authors.
    #[test]
    fn roots_are_those_of_the_published_trees() {
        let inputs: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        let hashes: Vec<Hash> = inputs.iter().map(|line| leaf_hash(line)).collect();
        assert_eq!(root_of(&[]).to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (size, root) in [
            (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
            (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
            (7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
            (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
        ] {
            assert_eq!(root_of(&hashes[..size]).to_string(), root, "{size}");
        }
    }

    #[test]
    fn a_root_from_kept_subtrees_is_that_of_all_leaves() {
        let leaves = leaves(65_795);
        for size in [0, 1, 2, 255, 256, 257, 511, 512, 513, 1000, 65_795] {
            let Ok(root) = subtree(&leaves, 0, size);
            assert_eq!(root, root_of(&leaves.0[..size as usize]), "{size}");
        }
    }

    #[test]
    fn every_proof_holds_and_no_other_does() {
        for size in 1..=40 {
            let leaves = leaves(size);
            let root = root_of(&leaves.0);
            for leaf in 0..size {
                let Ok(path) = inclusion(&leaves, leaf, size);
                let hash = leaves.0[leaf as usize];
                assert!(verify_inclusion(hash, leaf, size, &path, root), "{leaf} of {size}");
                assert!(!verify_inclusion(leaf_hash(b"other"), leaf, size, &path, root));
                assert!(!verify_inclusion(hash, leaf + 1, size, &path, root) || size == 1 && leaf + 1 < size);
                assert!(!verify_inclusion(hash, leaf, size, &[path, vec![root]].concat(), root));
            }
            for old in 0..=size {
                let Ok(path) = consistency(&leaves, old, size);
                let old_root = root_of(&leaves.0[..old as usize]);
                assert!(verify_consistency(old, old_root, size, root, &path), "{old} of {size}");
                assert!(!verify_consistency(old, leaf_hash(b"other"), size, root, &path), "{old} of {size}");
                if old > 0 {
                    assert!(!verify_consistency(old, old_root, size, leaf_hash(b"other"), &path));
                }
            }
        }
    }
}
