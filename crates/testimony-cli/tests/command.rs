//! Output and exit status of the command, against golden files and as texts. `SNAPSHOTS=overwrite cargo test -p
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

/// Every line that a command prints as JSON is what `testimony schema findings` says.
#[test]
fn what_is_printed_as_json_is_of_the_schema() {
    let schema = testimony(["schema", "findings"]).output().unwrap().stdout;
    let validator = jsonschema::draft202012::new(&serde_json::from_slice(&schema).unwrap()).unwrap();
    let example = "../../docs/command.in/bombing.jsonl";
    let mut lines = 0;
    for arguments in [
        vec!["audit", "--json", "conflicts.jsonl"],
        vec!["audit", "--json", "voices.jsonl"],
        vec!["audit", "--json", "violations.jsonl"],
        vec!["audit", "--json", "--relations", "--positions", "conflicts.jsonl"],
        vec!["audit", "--json", "--count", "conflicts.jsonl"],
        vec!["show", "--json", "conflicts.jsonl"],
        vec!["sources", "--json", example],
        vec!["diff", "--json", example, "--from", "2025-05-04"],
        vec!["label", "--json", example],
        vec!["figures", "Over 4,000 of about 11,000 troops, twice the 750; deaths rose from 40 to 43"],
        vec!["check", "--json", "../../docs/command.in/article.txt", "../../docs/command.in/extracted.jsonl"],
    ] {
        let output = testimony([]).args(&arguments).output().unwrap();
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            let line = serde_json::from_str(line).unwrap();
            let errors: Vec<String> = validator.iter_errors(&line).map(|error| error.to_string()).collect();
            assert_eq!(errors, Vec::<String>::new(), "{arguments:?}: {line}");
            lines += 1;
        }
    }
    assert!(lines > 60, "{lines}");
    assert!(!validator.is_valid(&serde_json::json!({ "relation": "disputes" })));
}

#[test]
fn what_fails_a_pipeline_is_chosen() {
    for (file, kinds, status) in [
        ("conflicts.jsonl", "disputes", 3),
        ("conflicts.jsonl", "misreports,circles", 3),
        ("conflicts.jsonl", "circles,violations", 1),
        ("voices.jsonl", "disputes", 0),
        ("voices.jsonl", "unconfirmed", 3),
        ("voices.jsonl", "circles", 3),
        ("violations.jsonl", "violations", 3),
        ("violations.jsonl", "any", 3),
    ] {
        for form in ["--json", "--count", "--positions"] {
            testimony(["audit", file, form, "--fail-on", kinds]).assert().code(status);
        }
    }
}

#[test]
fn what_was_said_by_a_day_is_asked_for_by_it() {
    let claim = |origin: &str, value: u8, stated: &str| {
        format!(
            r#"{{"claim":{{"topic":{{"subject":"s","predicate":"p"}},"value":{{"figure":{value}}},"origin":"{origin}","as_of":"2025-03-01","stated":"{stated}"}}}}"#
        )
    };
    let sources = "{\"source\":{\"id\":\"a\",\"name\":\"A\"}}\n{\"source\":{\"id\":\"b\",\"name\":\"B\"}}\n";
    let lines = format!("{sources}{}\n{}\n", claim("a", 1, "2025-03-02"), claim("b", 2, "2025-04-02"));
    for (day, conflicts, said) in [
        ("2025-04-02", 1, ""),
        ("2025-04-01", 0, ""),
        ("2025-03", 0, ""),
        ("2024", 0, "nothing was said yet by 2024\n"),
    ] {
        let asked = testimony(["audit", "--json", "--said-by", day, "-"]).stdin(lines.clone());
        let output = asked.assert().success().stderr_eq(said);
        let stdout = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
        assert_eq!(stdout.lines().count(), conflicts, "{day}");
    }
    let late = THEN.replace("{\"source\"", "{\"recorded\":\"2025-03-26T00:00:00Z\",\"source\"");
    testimony(["audit", "--at", "2020-01-01", "-"])
        .stdin(late)
        .assert()
        .success()
        .stdout_eq("0 conflicts among 0 claims on 0 topics.\n")
        .stderr_eq("nothing was on record yet at 2020-01-01T23:59:59.999999999Z\n");
}

mod whatever_the_input {
    use std::fs;
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    use std::process::Stdio;

    use snapbox::IntoData as _;
    use snapbox::cmd::cargo_bin;

    use super::{THEN, testimony};

    /// A ledger of so many claims of as many sources that dispute each other.
    fn many(claims: usize) -> String {
        let source = |i| format!(r#"{{"source":{{"id":"s{i}","name":"S {i}"}}}}"#) + "\n";
        let topic = r#""topic":{"subject":"event","predicate":"dead"}"#;
        let claim = |i| {
            format!(r#"{{"claim":{{{topic},"value":{{"figure":{i}}},"origin":"s{i}","as_of":"2025-05-04"}}}}"#) + "\n"
        };
        (0..claims).map(|i| source(i) + &claim(i)).collect()
    }

    #[test]
    fn packed_files_are_read_by_what_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let plain = testimony(["audit", "--json", "-"]).stdin(THEN).output().unwrap().stdout;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(THEN.as_bytes()).unwrap();
        let gzip = gzip.finish().unwrap();
        let zstandard = ruzstd::encoding::compress_to_vec(THEN.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
        // One packed part after the other is one file.
        let (head, tail) = THEN.split_at(THEN.len() / 2);
        let level = ruzstd::encoding::CompressionLevel::Fastest;
        let parts = [head, tail].map(|part| ruzstd::encoding::compress_to_vec(part.as_bytes(), level)).concat();
        for packed in [gzip, zstandard, parts] {
            let path = folder.path().join("claims.txt");
            fs::write(&path, &packed).unwrap();
            let read = testimony(["audit", "--json"]).arg(&path).assert().success().stderr_eq("");
            assert_eq!(read.get_output().stdout, plain);
            let read = testimony(["audit", "--json", "-"]).stdin(packed.clone()).assert().success();
            assert_eq!(read.get_output().stdout, plain);
            fs::write(&path, &packed[..packed.len() - 5]).unwrap();
            testimony(["audit"]).arg(&path).assert().code(2);
        }
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_utf_8_are_read_and_shown_escaped() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(OsStr::from_bytes(b"a\xff\xe2\x80\xae.jsonl"));
        let shown = format!("{}/a\\xff\\u{{202e}}.jsonl", folder.path().display());
        testimony(["audit"])
            .arg(&path)
            .assert()
            .code(2)
            .stderr_eq(format!("testimony: {shown}: No such file or directory (os error 2)\n").raw());
        fs::write(&path, THEN.to_owned() + "{}\n").unwrap();
        let output = testimony(["audit"]).arg(&path).assert().code(1);
        let said = String::from_utf8(output.get_output().stderr.clone()).unwrap();
        assert!(said.starts_with(&format!("{shown}: line 6: ")), "{said}");
    }

    #[test]
    fn arguments_are_echoed_escaped() {
        for argument in ["--color=\u{1b}[31m\nred", "--bla\u{202e}\nfoo", "au\u{202e}dit\ntestimony: all is well"] {
            let output = testimony([argument, "audit", "x"]).assert().code(2);
            let said = String::from_utf8(output.get_output().stderr.clone()).unwrap();
            assert!(!said.contains(['\u{1b}', '\u{202e}']) && said.contains("\\u{a}"), "{said}");
        }
    }

    #[test]
    fn nothing_hidden_comes_out() {
        let hidden = "\u{202e}\u{200b}\u{1b}[2J\u{9b}\u{3164}\u{7f}";
        let escaped: String = hidden
            .chars()
            .map(|c| match c {
                '\u{1b}' => "\\u001b".to_owned(),
                c => c.to_string(),
            })
            .collect();
        let standing: String = THEN.lines().take(4).map(|line| line.to_owned() + "\n").collect();
        let lines = standing
            .replace("\"name\":\"A\"", &format!("\"name\":\"A{escaped}\""))
            .replace("\"s\"", &format!("\"s{escaped}\""));
        for asked in [
            vec!["audit"],
            vec!["audit", "--json"],
            vec!["audit", "--relations"],
            vec!["audit", "--positions"],
            vec!["show"],
            vec!["show", "--json"],
            vec!["sources"],
            vec!["sources", "--json"],
            vec!["label"],
            vec!["label", "--json"],
        ] {
            let output = testimony([]).args(&asked).arg("-").stdin(lines.clone()).output().unwrap();
            let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            assert!(
                !text.contains(|c: char| hidden.contains(c) && c != '[' && !c.is_alphanumeric()),
                "{asked:?}: {text:?}"
            );
            assert!(text.contains("202e") || asked == ["audit", "--relations"], "{asked:?}: {text}");
        }
    }

    #[test]
    fn a_cut_pipe_ends_it_quietly() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("many.jsonl");
        fs::write(&path, many(2000)).unwrap();
        let mut child = std::process::Command::new(cargo_bin!("testimony"))
            .args(["audit", "--json"])
            .arg(&path)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdout.read_line(&mut first).unwrap();
        drop(stdout);
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
        assert!(serde_json::from_str::<serde_json::Value>(&first).is_ok(), "{first}");
    }

    #[cfg(unix)]
    #[test]
    fn ctrl_c_ends_it_with_whole_lines() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("many.jsonl");
        fs::write(&path, many(3000)).unwrap();
        let mut child = std::process::Command::new(cargo_bin!("testimony"))
            .args(["audit", "--json"])
            .arg(&path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut text = String::new();
        stdout.read_line(&mut text).unwrap();
        let id = child.id().to_string();
        assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        stdout.read_to_string(&mut text).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(130));
        assert!(text.ends_with("}\n") && text.lines().count() < 4_498_500, "{}", text.len());
        assert!(text.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
    }

    #[test]
    fn a_file_is_whole_at_any_time() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (folder.path().join("old.jsonl"), folder.path().join("new.jsonl"));
        fs::write(&old, THEN).unwrap();
        testimony(["merge"]).arg(&old).arg("-o").arg(&new).assert().success().stdout_eq("");
        let written = fs::read_to_string(&new).unwrap();
        assert_eq!(testimony(["merge"]).arg(&old).output().unwrap().stdout, written.as_bytes());
        // Its own input is read before it is written over.
        testimony(["merge"]).arg(&new).arg(&old).arg("-o").arg(&new).assert().success();
        assert_eq!(fs::read_to_string(&new).unwrap(), written);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left beside");
        testimony(["merge"]).arg(&old).args(["-o", "/does/not/exist/x"]).assert().code(2);
    }

    #[test]
    fn what_is_no_ledger_is_given_up_soon() {
        let table = "day,dead\n".to_owned() + &"1,2\n".repeat(1000);
        let output = testimony(["audit", "-"]).stdin(table).assert().code(2).stdout_eq("");
        let said = String::from_utf8(output.get_output().stderr.clone()).unwrap();
        assert_eq!(said.lines().count(), 11);
        assert!(said.ends_with(
            "testimony: standard input: is no ledger: no line of it is an entry, as far as it was read; a ledger is JSON Lines \
             (testimony schema line)\n"
        ));
    }

    /// Files of others, where they lie beside the checkout: news is read line by line, and a table is no ledger.
    #[test]
    fn real_files_are_read_or_refused_with_a_reason() {
        let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
        let Ok(news) = fs::read_dir(data.join("wiki-current-events-2015-09")) else {
            eprintln!("not tried: there is no {}", data.display());
            return;
        };
        for file in news.map(|file| file.unwrap().path()) {
            let text = fs::read(&file).unwrap();
            let lines = text.split_inclusive(|byte| *byte == b'\n').count();
            let output = testimony(["figures"]).stdin(text).assert().success();
            let read = String::from_utf8(output.get_output().stdout.clone()).unwrap();
            assert_eq!(read.lines().count(), lines, "{}", file.display());
        }
        for table in
            ["ru-losses/cumulative_drops.csv", "ru-losses/personnel.jsonl", "schemaorg-claimreview/example-1.json"]
        {
            let output = testimony(["audit"]).arg(data.join(table)).assert().code(2).stdout_eq("");
            let said = String::from_utf8(output.get_output().stderr.clone()).unwrap();
            assert!(said.contains("is no ledger"), "{said}");
        }
    }
}
