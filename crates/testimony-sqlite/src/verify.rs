//! Whether what is on record is what was recorded.

use rusqlite::Connection;

use crate::checkpoint::Checkpoint;
use crate::error::StoreError;
use crate::lines::{self, Line};
use crate::tree::{self, Hash, Hashes as _, WIDTH};

/// Looks at every line: that none is missing, that each is what was recorded, and that the tree is the one over them.
pub(crate) fn verify(connection: &Connection) -> Result<u64, StoreError> {
    let sound: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    lines::policy(connection)?;
    let mut statement = connection.prepare("SELECT seq, line, crc, kind, leaf FROM entry NOT INDEXED ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let mut next = 0;
    // The hashes of the subtrees that are not whole yet, by level.
    let mut open: Vec<Vec<Hash>> = vec![Vec::new()];
    while let Some(row) = rows.next()? {
        let line = Line::from_row(row)?;
        let damaged = |what| StoreError::Damaged { seq: next, what };
        if line.seq != next {
            return Err(damaged("it is missing"));
        }
        let hash = tree::leaf_hash(line.text.as_bytes());
        if row.get::<_, [u8; 32]>(4).ok() != Some(hash.0) {
            return Err(damaged("its line is not what was recorded"));
        }
        let kind: String = row.get(3).map_err(|_| damaged("its kind is not that of its line"))?;
        if line.kind() != Some(&kind) {
            return Err(damaged("its kind is not that of its line"));
        }
        next += 1;
        open[0].push(hash);
        for level in 1.. {
            if (open[level - 1].len() as u64) < WIDTH {
                break;
            }
            let whole = tree::root_of(&std::mem::take(&mut open[level - 1]));
            let (place, depth) = ((next >> (8 * level)) - 1, u32::try_from(level).unwrap_or(u32::MAX));
            if connection.hashes(depth, place..place + 1)? != [whole] {
                return Err(StoreError::Damaged {
                    seq: next - (1 << (8 * level)),
                    what: "the tree from it on is not that of the lines",
                });
            }
            if open.len() == level {
                open.push(Vec::new());
            }
            open[level].push(whole);
        }
    }
    if lines::size(connection)? != next {
        return Err(StoreError::Damaged { seq: next, what: "it is missing" });
    }
    if sound != "ok" {
        return Err(StoreError::Derived { what: "the database says that the file is damaged" });
    }
    Ok(next)
}

/// Holds the store against what it was when a checkpoint was made.
pub(crate) fn holds(connection: &Connection, checkpoint: &Checkpoint) -> Result<(), StoreError> {
    let size = lines::size(connection)?;
    let refused = |why: String| Err(StoreError::Checkpoint { why });
    if checkpoint.size > size {
        let (had, has) = (checkpoint.size, size);
        return refused(format!("is of {had} lines, and the store has {has}: lines that were on record are gone"));
    }
    let root = tree::subtree(connection, 0, checkpoint.size)?;
    if root != checkpoint.root {
        let of = checkpoint.size;
        return refused(format!(
            "has another root than the first {of} lines of the store: they are not what they were"
        ));
    }
    Ok(())
}
