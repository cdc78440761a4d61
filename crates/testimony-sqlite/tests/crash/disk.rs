//! A disk that may lose what it was not made to keep.

use std::collections::BTreeMap;

use crate::Dice;

/// How much of a file reaches the disk in one piece.
const SECTOR: usize = 512;

/// One thing that a program asks of a disk.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Create {
        file: String,
    },
    Write {
        file: String,
        at: usize,
        bytes: Vec<u8>,
    },
    Resize {
        file: String,
        length: usize,
    },
    /// Waits until the contents of a file are safe; with `names`, those of the folder are too.
    Sync {
        file: String,
        names: bool,
    },
    /// Removes a name; if it is not `synced`, the file may be there again.
    Delete {
        file: String,
        synced: bool,
    },
}

/// The fate of what was not safe when the power went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loss {
    /// All of it is gone.
    All,
    /// All of it is there.
    Nothing,
    /// Of each write some sectors are there, in any order, and of the names some; by a seed.
    Some(u64),
}

#[derive(Clone, Debug)]
enum Part {
    Write { at: usize, bytes: Vec<u8> },
    Resize { length: usize },
}

#[derive(Clone, Debug, Default)]
struct File {
    /// The bytes that are there whatever happens.
    safe: Vec<u8>,
    /// Whether the name is there whatever happens.
    is_named: bool,
    /// The changes since.
    since: Vec<Part>,
    /// The bytes that the program reads.
    now: Vec<u8>,
}

/// Files by their names, all in one folder.
#[derive(Clone, Debug, Default)]
pub(crate) struct Disk {
    files: BTreeMap<String, File>,
    /// Files that were removed, and may be there again.
    removed: BTreeMap<String, File>,
}

fn write(to: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    if to.len() < at + bytes.len() {
        to.resize(at + bytes.len(), 0);
    }
    to[at..at + bytes.len()].copy_from_slice(bytes);
}

impl Part {
    fn apply(&self, to: &mut Vec<u8>) {
        match self {
            Self::Write { at, bytes } => write(to, *at, bytes),
            Self::Resize { length } => to.resize(*length, 0),
        }
    }

    fn apply_some(&self, to: &mut Vec<u8>, dice: &mut Dice) {
        match self {
            Self::Write { at, bytes } => {
                let mut from = 0;
                while from < bytes.len() {
                    let until = ((at + from) / SECTOR * SECTOR + SECTOR - at).min(bytes.len());
                    if dice.one_in(2) {
                        write(to, at + from, &bytes[from..until]);
                    }
                    from = until;
                }
            }
            Self::Resize { .. } => {
                if dice.one_in(2) {
                    self.apply(to);
                }
            }
        }
    }
}

impl File {
    fn change(&mut self, part: Part) {
        part.apply(&mut self.now);
        self.since.push(part);
    }

    fn after(self, loss: Loss, dice: &mut Dice) -> Self {
        let mut left = self.safe;
        match loss {
            Loss::All => {}
            Loss::Nothing => left = self.now,
            Loss::Some(_) => self.since.iter().for_each(|part| part.apply_some(&mut left, dice)),
        }
        Self { safe: left.clone(), is_named: true, since: Vec::new(), now: left }
    }
}

impl Disk {
    pub(crate) fn apply(&mut self, change: &Change) {
        match change {
            Change::Create { file } => {
                self.files.entry(file.clone()).or_default();
            }
            Change::Write { file, at, bytes } => self.change(file, Part::Write { at: *at, bytes: bytes.clone() }),
            Change::Resize { file, length } => self.change(file, Part::Resize { length: *length }),
            Change::Sync { file, names } => {
                if let Some(file) = self.files.get_mut(file) {
                    // Changes that a wait that failed has lost are not among these.
                    for part in std::mem::take(&mut file.since) {
                        part.apply(&mut file.safe);
                    }
                }
                if *names {
                    self.sync_names();
                }
            }
            Change::Delete { file, synced } => {
                if let Some(removed) = self.files.remove(file)
                    && removed.is_named
                {
                    self.removed.insert(file.clone(), removed);
                }
                if *synced {
                    self.sync_names();
                }
            }
        }
    }

    fn change(&mut self, file: &str, part: Part) {
        if let Some(file) = self.files.get_mut(file) {
            file.change(part);
        }
    }

    fn sync_names(&mut self) {
        self.files.values_mut().for_each(|file| file.is_named = true);
        self.removed.clear();
    }

    /// Forgets what a file was not safe with, though the program still reads it: so do systems where a wait fails.
    pub(crate) fn fail_to_sync(&mut self, file: &str) {
        if let Some(file) = self.files.get_mut(file) {
            file.since.clear();
        }
    }

    /// The disk when the power is back.
    pub(crate) fn after(mut self, loss: Loss) -> Self {
        let mut dice = Dice::new(if let Loss::Some(seed) = loss { seed } else { 0 });
        let mut left = Self::default();
        for (name, file) in self.files {
            let was = self.removed.remove(&name);
            let is_there = file.is_named || loss == Loss::Nothing || matches!(loss, Loss::Some(_)) && dice.one_in(2);
            if let Some(file) = if is_there { Some(file) } else { was } {
                left.files.insert(name, file.after(loss, &mut dice));
            }
        }
        for (name, file) in self.removed {
            if loss == Loss::All || matches!(loss, Loss::Some(_)) && dice.one_in(2) {
                left.files.insert(name, file.after(loss, &mut dice));
            }
        }
        left
    }

    pub(crate) fn has(&self, file: &str) -> bool {
        self.files.contains_key(file)
    }

    pub(crate) fn read(&self, file: &str) -> &[u8] {
        self.files.get(file).map_or(&[], |file| &file.now)
    }
}
