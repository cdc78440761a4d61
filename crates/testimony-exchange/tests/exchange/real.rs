//! Real files, where they are at hand: `TESTIMONY_DATA` names their folder. A test says aloud that it was skipped.

use std::path::{Path, PathBuf};

/// The file, or `None` with a line on standard error.
pub(crate) fn file(name: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("TESTIMONY_DATA").map(PathBuf::from);
    let path = folder.as_deref().map(|folder: &Path| folder.join(name));
    let read = path.and_then(|path| std::fs::read(path).ok());
    if read.is_none() {
        eprintln!("SKIPPED: {name} is not at hand; TESTIMONY_DATA names the folder that has it");
    }
    read
}

#[test]
fn the_events_of_ucdp_are_many_outlets_and_one_origin() {
    use testimony_exchange::table::{self, Mapping};
    let Some(table) = file("ucdp-ged-sample/ucdp_ged_sample.csv") else { return };
    let mapping = Mapping::from_toml(include_str!("../../examples/ucdp.toml")).unwrap();
    let import = table::read(table.as_slice(), &mapping).unwrap();
    let rows: Vec<u64> = import.refused.iter().filter_map(|refusal| refusal.row).collect();
    assert_eq!(rows.len(), 5, "{:?}", import.refused);
    let ledger = crate::laws::ledger_of(&import);
    assert_eq!(ledger.topics().len(), 495);
}
