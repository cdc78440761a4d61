//! What the command prints and how it ends, against golden files and as texts. `SNAPSHOTS=overwrite cargo test -p
//! testimony-cli` writes the files anew; read what changed before you commit it.

use std::path::PathBuf;

use snapbox::cmd::{Command, cargo_bin};
use snapbox::{file, str};

/// The command, run in the folder of the golden files.
fn testimony<const N: usize>(arguments: [&str; N]) -> Command {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    Command::new(cargo_bin!("testimony")).current_dir(folder).args(arguments).env_remove("NO_COLOR")
}

#[test]
fn audit_reports_conflicts_and_every_relation() {
    let refused = str![[r#"
conflicts.jsonl: line 34: claim.origin: "nobody" is no source defined so far; define a source before anything that names it

"#]];
    for (arguments, printed) in [
        (vec!["audit", "conflicts.jsonl"], file!["golden/conflicts.txt": Text]),
        (vec!["audit", "conflicts.jsonl", "--json"], file!["golden/conflicts.findings.jsonl": Text]),
        (vec!["audit", "conflicts.jsonl", "--relations"], file!["golden/conflicts.relations.txt": Text]),
        (vec!["audit", "conflicts.jsonl", "--relations", "--json"], file!["golden/conflicts.relations.jsonl": Text]),
    ] {
        testimony([]).args(arguments).assert().code(1).stdout_eq(printed.raw()).stderr_eq(refused.clone());
    }
}

#[test]
fn audit_lays_positions_out_and_finds_circles() {
    for (arguments, printed) in [
        (vec!["audit", "voices.jsonl"], file!["golden/voices.txt": Text]),
        (vec!["audit", "voices.jsonl", "--json"], file!["golden/voices.findings.jsonl": Text]),
        (vec!["audit", "voices.jsonl", "--positions"], file!["golden/voices.positions.jsonl": Text]),
    ] {
        testimony([]).args(arguments).assert().success().stdout_eq(printed.raw()).stderr_eq("");
    }
}

#[test]
fn audit_finds_what_does_not_add_up() {
    for (arguments, printed) in [
        (vec!["audit", "violations.jsonl"], file!["golden/violations.txt": Text]),
        (vec!["audit", "violations.jsonl", "--json"], file!["golden/violations.findings.jsonl": Text]),
    ] {
        testimony([]).args(arguments).assert().success().stdout_eq(printed.raw()).stderr_eq("");
    }
}

#[test]
fn audit_says_with_its_status_what_became_of_the_file() {
    let source = "{\"source\":{\"id\":\"a\",\"name\":\"A\"}}\n";
    testimony(["audit", "-"]).stdin(source).assert().success().stdout_eq("0 conflicts among 0 claims on 0 topics.\n");
    testimony(["audit", "/does/not/exist"]).assert().code(2).stderr_eq(str![[r"
testimony: /does/not/exist: No such file or directory (os error 2)

"]]);
    testimony(["audit"]).assert().code(2);
    testimony(["audit", "--at", "yesterday", "-"]).assert().code(2);
    testimony(["audit", "-"]).stdin("{\"format\":\"testimony/9\"}\n").assert().code(2).stdout_eq("").stderr_eq(str![[r#"
testimony: standard input: line 1: format: "testimony/9" is no format that this release reads, which is testimony/1; a newer release of testimony may read it

"#]]);
}

/// Two sources, a claim of each at one and at two o'clock on 27 March, and the first taken back on the 28th.
const THEN: &str = r#"{"source":{"id":"a","name":"A"}}
{"source":{"id":"b","name":"B"}}
{"recorded":"2025-03-27T01:00:00Z","claim":{"topic":{"subject":"s","predicate":"p"},"value":{"figure":5},"origin":"a","as_of":"2025"}}
{"recorded":"2025-03-27T02:00:00Z","claim":{"topic":{"subject":"s","predicate":"p"},"value":{"figure":6},"origin":"b","as_of":"2025"}}
{"recorded":"2025-03-28T01:00:00Z","retraction":{"claim":0}}
"#;

#[test]
fn audit_knows_what_was_known_then() {
    for (time, conflicts) in
        [("2025-03-27T01:59:59Z", 0), ("2025-03-27T02:00:00Z", 1), ("2025-03-27", 1), ("2025-03-28", 0)]
    {
        let output = testimony(["audit", "--json", "--at", time, "-"]).stdin(THEN).output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), conflicts, "{time}");
    }
}

#[test]
fn every_line_fits_a_terminal() {
    let output = testimony(["audit", "conflicts.jsonl"]).output().unwrap();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}
