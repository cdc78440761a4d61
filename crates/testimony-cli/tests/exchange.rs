//! `import` and `export`, as a user meets them.

use std::fs;
use std::path::Path;

use snapbox::cmd::{Command, cargo_bin};
use snapbox::str;

const EVENTS: &str =
    "country,event,date,killed,source\nMali,e1,2024-03-01,\"over 40\",ACLED\nNiger,e2,2024-03-02,many,AFP\n";
const MAPPING: &str = "[[claim]]\nsubject = \"{country} · {event}\"\npredicate = \"deaths\"\nfigure = \"{killed}\"\n\
    origin = \"{source}\"\nas_of = \"{date}\"\n";

/// The command, run in a folder with these files.
fn testimony<const N: usize>(folder: &Path, arguments: [&str; N]) -> Command {
    Command::new(cargo_bin!("testimony")).current_dir(folder).args(arguments).env_remove("NO_COLOR")
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[test]
fn a_table_is_imported_by_a_mapping() {
    let folder = folder(&[("events.csv", EVENTS), ("events.toml", MAPPING)]);
    testimony(folder.path(), ["import", "table", "events.csv", "--mapping", "events.toml"])
        .assert()
        .code(1)
        .stdout_eq(str![[r#"
{"format":"testimony/1"}
{"source":{"id":"acled","name":"ACLED"}}
{"claim":{"topic":{"subject":"Mali · e1","predicate":"deaths"},"value":{"figure":{"more_than":40}},"origin":"acled","as_of":"2024-03-01"}}

"#]])
        .stderr_eq(str![[r#"
events.csv: row 3, column killed: "many" is not a figure; write a number with or without a hedge and a unit, such as over 4,000 troops or about 30%

"#]]);
    testimony(folder.path(), ["import", "table", "events.csv"]).assert().code(2).stderr_eq(str![[r"
testimony: a table needs a mapping; print a first one with --propose, edit it, and name it with --mapping

"]]);
}

#[test]
fn a_first_mapping_is_proposed_and_works() {
    let folder = folder(&[("events.csv", &EVENTS.replace("\"over 40\"", "40").replace("many", "7"))]);
    let proposed = testimony(folder.path(), ["import", "table", "events.csv", "--propose"]).assert().success();
    fs::write(folder.path().join("m.toml"), &proposed.get_output().stdout).unwrap();
    let imported =
        testimony(folder.path(), ["import", "table", "events.csv", "--mapping", "m.toml"]).assert().success();
    assert_eq!(String::from_utf8_lossy(&imported.get_output().stdout).lines().count(), 5);
}

#[test]
fn snapshots_add_what_changed_to_a_ledger() {
    let mapping =
        format!("[snapshot]\ntable = \"t\"\npublisher = \"acled\"\nkey = \"{{event}}\"\nwhole = true\n{MAPPING}");
    let folder = folder(&[("events.csv", &EVENTS.replace("many", "7")), ("events.toml", &mapping)]);
    let import = |at: &str| {
        let arguments =
            ["import", "table", "events.csv", "--mapping", "events.toml", "--into", "ledger.jsonl", "--at", at];
        testimony(folder.path(), arguments).assert().success().stdout_eq("")
    };
    import("2024-03-03").stderr_eq("events.csv: 2 new, 0 revised, 0 withdrawn, 0 unchanged\n");
    let before = fs::read_to_string(folder.path().join("ledger.jsonl")).unwrap();
    import("2024-03-04").stderr_eq("events.csv: 0 new, 0 revised, 0 withdrawn, 2 unchanged\n");
    assert_eq!(fs::read_to_string(folder.path().join("ledger.jsonl")).unwrap(), before);
    fs::write(
        folder.path().join("events.csv"),
        EVENTS.replace("over 40", "over 50").replace("Niger,e2,2024-03-02,many,AFP\n", ""),
    )
    .unwrap();
    import("2024-03-05").stderr_eq("events.csv: 0 new, 1 revised, 1 withdrawn, 0 unchanged\n");
    let after = fs::read_to_string(folder.path().join("ledger.jsonl")).unwrap();
    assert!(after.starts_with(&before));
    testimony(folder.path(), ["audit", "ledger.jsonl", "--at", "2024-03-04"]).assert().success();
    testimony(folder.path(), ["audit", "ledger.jsonl"])
        .assert()
        .success()
        .stdout_eq("0 conflicts among 3 claims on 2 topics.\n");
}

#[test]
fn statements_go_out_as_they_came_in() {
    let statements = "canonical_id,entity_id,prop,prop_type,schema,value,dataset,origin,lang,original_value,external,first_seen,last_seen,id\n\
        org1,org1,name,name,Company,Example Ltd,reuters,,eng,EXAMPLE LTD.,f,2026-01-02T03:04:05,2026-01-02T03:04:05,0f27671fb9f52b8a6f5b2d0d2cdec0588f94e8a2\n";
    let folder = folder(&[("s.csv", statements)]);
    let imported = testimony(folder.path(), ["import", "ftm", "s.csv"]).assert().success().stderr_eq("");
    fs::write(folder.path().join("l.jsonl"), &imported.get_output().stdout).unwrap();
    testimony(folder.path(), ["export", "ftm", "l.jsonl"]).assert().success().stdout_eq(statements).stderr_eq("");
}

#[test]
fn what_is_lost_is_told_and_kept_as_data() {
    let ledger = "{\"source\":{\"id\":\"a\",\"name\":\"A\"}}\n{\"claim\":{\"topic\":{\"subject\":\"s\",\"predicate\":\"deaths\"},\
        \"value\":{\"figure\":{\"at_least\":4}},\"origin\":\"a\",\"credibility\":2}}\n";
    let mapping = "[[claim]]\nsubject = \"{s}\"\npredicate = \"deaths\"\nnumber = \"{n}\"\norigin = \"{o}\"\n";
    let folder = folder(&[("l.jsonl", ledger), ("m.toml", mapping)]);
    let arguments = ["export", "table", "l.jsonl", "--mapping", "m.toml", "--losses", "losses.jsonl"];
    testimony(folder.path(), arguments).assert().code(1).stdout_eq("s,n,o\n").stderr_eq(str![[r"
      1 × source  dropped  no row names the source, and the mapping does not define it
      1 × value   refused  the mapping's columns do not hold the hedge of the figure; allow value.narrowed to write it so

"]]);
    let losses = fs::read_to_string(folder.path().join("losses.jsonl")).unwrap();
    assert!(
        losses.starts_with("{\"of\":{\"claim\":\"") && losses.contains("\"field\":\"value\",\"kind\":\"refused\""),
        "{losses}"
    );
    testimony(folder.path(), arguments)
        .args(["--allow", "value.narrowed"])
        .assert()
        .success()
        .stdout_eq("s,n,o\ns,4,A\n");
    for format in ["wikibase", "quickstatements", "stix", "claimreview", "nanopub", "prov"] {
        let ended = testimony(folder.path(), ["export", format, "l.jsonl"]).assert();
        assert!(matches!(ended.get_output().status.code(), Some(0 | 1)), "{format}");
    }
}

#[test]
fn tables_that_are_not_those_exported_are_refused() {
    let ledger = "{\"format\":\"testimony/1\"}\n{\"source\":{\"id\":\"moh\",\"name\":\"Ministry\"}}\n";
    let folder = folder(&[("ledger.jsonl", ledger)]);
    testimony(folder.path(), ["export", "parquet", "ledger.jsonl", "--out", "tables", "--findings"]).assert().success();
    let tables = folder.path().join("tables");
    let sums = fs::read_to_string(tables.join("SHA256SUMS")).unwrap();
    let names: Vec<&str> = sums.lines().map(|line| &line[66..]).collect();
    assert_eq!((names.len(), names[1], names[8]), (9, "sources.parquet", "findings.parquet"));
    let read = || testimony(folder.path(), ["import", "parquet", "tables"]).assert();
    read().success().stdout_eq(ledger);
    // As `sha256sum --binary` writes them.
    fs::write(tables.join("SHA256SUMS"), sums.replace("  ", " *")).unwrap();
    read().success().stdout_eq(ledger);
    fs::write(tables.join("SHA256SUMS"), sums.replace("sources", "sourced")).unwrap();
    read().code(2).stderr_eq("testimony: tables/SHA256SUMS: has no sum of sources.parquet\n");
    fs::write(tables.join("SHA256SUMS"), &sums).unwrap();

    let path = tables.join("sources.parquet");
    let (whole, other) = (fs::read(&path).unwrap(), fs::read(tables.join("names.parquet")).unwrap());
    fs::write(&path, &other).unwrap();
    let [was, is] = [sums.lines().nth(1), sums.lines().nth(3)].map(|line| line.unwrap()[..64].to_owned());
    read().code(2).stderr_eq(format!(
        "testimony: tables/sources.parquet: is not the file that was exported: its SHA-256 is {is}, and SHA256SUMS has \
         {was}; copy the folder again, or remove SHA256SUMS if the change is meant\n"
    ));
    fs::write(&path, whole).unwrap();
    // An engine that writes the tables anew leaves no sums.
    fs::remove_file(tables.join("SHA256SUMS")).unwrap();
    read().success().stdout_eq(ledger);
}
