//! Proofs of what is in a store: roots, checkpoints, and whether the lines are what was recorded.

use super::Store;
use crate::checkpoint::Checkpoint;
use crate::error::StoreError;
use crate::tree::{self, Hash};
use crate::{lines, verify};

impl Store {
    /// The root of the Merkle tree over the lines (RFC 6962): it changes if any line does. Each line is a leaf, without its
    /// end, the one that names the format included, so that anybody can work it out from an exported file.
    ///
    /// # Errors
    ///
    /// The failure to read.
    pub fn root(&self) -> Result<Hash, StoreError> {
        let reading = self.read_tables()?;
        let size = lines::size(&reading)?;
        tree::subtree(&*reading, 0, size)
    }

    /// The number of lines and the root, as a text that can be signed and kept elsewhere; `origin` names the store.
    ///
    /// # Errors
    ///
    /// The failure to read.
    pub fn checkpoint(&self, origin: &str) -> Result<Checkpoint, StoreError> {
        let reading = self.read_tables()?;
        let size = lines::size(&reading)?;
        Ok(Checkpoint { origin: origin.to_owned(), size, root: tree::subtree(&*reading, 0, size)? })
    }

    /// The hashes that show that a line is among the first `size`, for [`verify_inclusion`](crate::verify_inclusion).
    ///
    /// # Errors
    ///
    /// Refuses a line that is not among them, and more lines than there are.
    pub fn inclusion_proof(&self, line: u64, size: u64) -> Result<Vec<Hash>, StoreError> {
        let reading = self.read_tables()?;
        let has = lines::size(&reading)?;
        if size > has || line >= size {
            let why = format!("cannot be of line {line} among the first {size}: the store has {has} lines");
            return Err(StoreError::Checkpoint { why });
        }
        tree::inclusion(&*reading, line, size)
    }

    /// The hashes that show that the first `old` lines are the beginning of the first `new`, for
    /// [`verify_consistency`](crate::verify_consistency).
    ///
    /// # Errors
    ///
    /// Refuses more lines than there are.
    pub fn consistency_proof(&self, old: u64, new: u64) -> Result<Vec<Hash>, StoreError> {
        let reading = self.read_tables()?;
        let has = lines::size(&reading)?;
        if new > has || old > new {
            let why = format!("cannot be of {old} lines and {new}: the store has {has}");
            return Err(StoreError::Checkpoint { why });
        }
        tree::consistency(&*reading, old, new)
    }

    /// Looks at every line, and gives their number: none is missing, each is what was recorded, and they are what the tree
    /// is over. Whoever can write into the file can make all of that fit to other lines; against that helps a checkpoint
    /// that is kept elsewhere.
    ///
    /// # Errors
    ///
    /// The first line that is not what was recorded ([`StoreError::Damaged`]).
    pub fn verify(&self) -> Result<u64, StoreError> {
        verify::verify(&*self.read_tables()?)
    }

    /// Looks at every line as [`verify`](Self::verify) does, and whether the first of them are those that a checkpoint was
    /// made of.
    ///
    /// # Errors
    ///
    /// As for [`verify`](Self::verify), and a checkpoint with another root or more lines ([`StoreError::Checkpoint`]).
    pub fn verify_since(&self, checkpoint: &Checkpoint) -> Result<u64, StoreError> {
        let reading = self.read_tables()?;
        let lines = verify::verify(&reading)?;
        verify::holds(&reading, checkpoint)?;
        Ok(lines)
    }
}
