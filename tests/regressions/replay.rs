//! The inputs of the fuzz targets.

use std::fs;
use std::path::Path;

/// Checks every seed of a target and every input of it that once failed. The last path that is printed is the one that
/// failed, if one does.
pub(crate) fn replay(target: &str, check: fn(&[u8])) {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    if !fuzz.exists() {
        // A published package comes without it.
        return;
    }
    for kind in ["seeds", "regressions"] {
        let folder = fuzz.join(kind).join(target);
        for file in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = file.unwrap().path();
            println!("{}", path.display());
            check(&fs::read(&path).unwrap());
        }
    }
}
