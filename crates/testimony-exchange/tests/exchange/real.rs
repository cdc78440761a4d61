//! Real files, where they are at hand: `TESTIMONY_DATA` names their folder. A test says aloud that it was skipped.

use std::path::{Path, PathBuf};

use testimony_exchange::Allowed;

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
    assert_eq!(ledger.circles().count(), 0);
    let Some(independence) = file("ucdp-ged-sample/independence.csv") else { return };
    let independence = String::from_utf8(independence).unwrap();
    for line in independence.lines().skip(1) {
        let id = line.split(',').next().unwrap();
        let topic = ledger.topics().find(|topic| topic.topic().subject().ends_with(&format!(" {id}")));
        // Two of them are of the rows that are refused.
        let Some(topic) = topic else { continue };
        for claim in topic.claims() {
            let corroboration = claim.corroboration();
            assert!(corroboration.known() <= 1, "{id}: {}", corroboration.because());
        }
    }
}

#[test]
fn revisions_of_published_totals_are_what_was_known_when() {
    use std::collections::BTreeMap;
    use std::fmt::Write as _;
    use testimony_exchange::table::{Mapping, Snapshots};
    let Some(revisions) = file("gaza-westbank/gaza_revisions.csv") else { return };
    let revisions = String::from_utf8(revisions).unwrap();
    let rows: Vec<Vec<&str>> = revisions.lines().skip(1).map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 255);
    let mapping = Mapping::from_toml(include_str!("../../examples/ministry.toml")).unwrap();
    // Before the first change, each cell had its first old value.
    let mut state: BTreeMap<(String, String), String> = BTreeMap::new();
    for row in &rows {
        state.entry((row[0].to_owned(), row[1].to_owned())).or_insert_with(|| row[2].to_owned());
    }
    let table = |state: &BTreeMap<(String, String), String>| {
        let mut text = String::from("report_date,field,value,said by\n");
        for ((date, field), value) in state.iter().filter(|(_, value)| !value.is_empty()) {
            let who = if field.starts_with("ext_") { "tech for palestine" } else { "ministry of health" };
            writeln!(text, "{date},{field},{value},{who}").unwrap();
        }
        text
    };
    let mut order: Vec<(testimony::Timestamp, &Vec<&str>)> =
        rows.iter().map(|row| (row[5].parse::<testimony::Timestamp>().unwrap().to_utc(), row)).collect();
    order.sort_by_key(|(time, _)| time.to_string());
    let mut ledger = testimony::Ledger::new();
    let mut snapshots = Snapshots::new(&ledger, &mapping).unwrap();
    snapshots.record(&mut ledger, table(&state).as_bytes(), "2024-01-01T00:00:00Z".parse().unwrap()).unwrap();
    let mut known = Vec::new();
    for changes in order.chunk_by(|one, other| one.0 == other.0) {
        for (_, row) in changes {
            state.insert((row[0].to_owned(), row[1].to_owned()), row[3].to_owned());
        }
        let recorded = snapshots.record(&mut ledger, table(&state).as_bytes(), changes[0].0).unwrap();
        assert_eq!(recorded.refused, []);
        known.push((changes[0].0, table(&state).lines().count() - 1, state.clone()));
    }
    assert!(known.len() >= 34);
    for (time, rows, state) in known {
        let then = ledger.at(time);
        let standing: Vec<_> = then.claims().filter(|claim| !claim.is_retracted()).collect();
        assert_eq!(standing.len(), rows, "at {time}");
        for claim in standing {
            let key = (claim.as_of().unwrap().to_string(), claim.topic().predicate().to_owned());
            assert_eq!(claim.value().unwrap().as_text(), state.get(&key).map(String::as_str), "{key:?} at {time}");
        }
    }
}

#[test]
fn the_statements_of_followthemoney_go_out_as_they_came_in() {
    use testimony_exchange::ftm::{self, Form};
    let Some(statements) = file("ftm-statements/donations_statements.csv") else { return };
    let import = ftm::read(statements.as_slice()).unwrap();
    assert_eq!((import.refused.len(), import.losses.len(), import.entries.len()), (0, 0, 1168 + 1));
    let ledger = crate::laws::ledger_of(&import);
    let mut written = Vec::new();
    let export = ftm::write(&ledger, Form::Csv, &Allowed::nothing(), &mut written).unwrap();
    assert_eq!(export.claims.len(), 1168);
    assert!(written == statements, "byte for byte");
    let mut lines = Vec::new();
    ftm::write(&ledger, Form::JsonLines, &Allowed::nothing(), &mut lines).unwrap();
    assert_eq!(ftm::read(lines.as_slice()).unwrap(), import);
}

#[test]
fn karlsruhe_has_56_populations() {
    use testimony_exchange::wikibase::{self, Mapping};
    let Some(entity) = file("wikidata-entities/Q1040-karlsruhe.json") else { return };
    let import = wikibase::read(entity.as_slice(), &Mapping::default()).unwrap();
    assert_eq!(import.refused, []);
    let ledger = crate::laws::ledger_of(&import);
    let of = |property: &str| ledger.claims().filter(|claim| claim.topic().predicate() == property).count();
    assert_eq!((of("P1082"), of("P2046"), of("P2044")), (56, 15, 2));
    let conflicts: Vec<String> = ledger
        .topic(&testimony::Topic::new("Q1040", "P1082"))
        .unwrap()
        .conflicts()
        .map(|conflict| format!("{} {}", conflict.older().value().unwrap(), conflict.newer().value().unwrap()))
        .collect();
    assert_eq!(conflicts.len(), 1, "{conflicts:?}");
    let mut written = Vec::new();
    let export = wikibase::write(&ledger, &Mapping::default(), &Allowed::nothing(), &mut written).unwrap();
    let again = wikibase::read(written.as_slice(), &Mapping::default()).unwrap();
    crate::laws::holds(&ledger, &export, &again);
    assert_eq!(export.claims.len(), ledger.claims().len());
    let Some(item) = file("wikidata-entities/wdtk-item.json") else { return };
    let import = wikibase::read(item.as_slice(), &Mapping::default()).unwrap();
    crate::laws::ledger_of(&import);
}

#[test]
fn bundles_of_others_are_read_whole() {
    use testimony_exchange::stix;
    for (name, relationships) in [("stix21/apt1.json", 30), ("stix21/indicator-to-campaign-relationship.json", 1)] {
        let Some(bundle) = file(name) else { continue };
        let import = stix::read(bundle.as_slice()).unwrap();
        assert_eq!(import.refused, []);
        let ledger = crate::laws::ledger_of(&import);
        let is_relation = |claim: &testimony::ClaimRef<'_>| {
            claim.value().and_then(testimony::Value::as_text).is_some_and(|text| text.contains("--"))
                && claim.topic().subject().contains("--")
        };
        assert!(ledger.claims().filter(is_relation).count() >= relationships);
        let mut written = Vec::new();
        let export = stix::write(&ledger, &Allowed::nothing(), &mut written).unwrap();
        crate::laws::holds(&ledger, &export, &stix::read(written.as_slice()).unwrap());
    }
}

#[test]
fn the_example_of_schema_org_is_a_claim_and_a_verdict() {
    use testimony_exchange::claimreview::{self, VERDICT};
    let Some(example) = file("schemaorg-claimreview/example-1.json") else { return };
    let import = claimreview::read(example.as_slice()).unwrap();
    assert_eq!(import.refused, []);
    let ledger = crate::laws::ledger_of(&import);
    let said: Vec<String> =
        ledger.claims().map(|claim| format!("{} {}", claim.origin().name(), claim.value().unwrap())).collect();
    assert!(said[0].starts_with("Rich Perry “More than 3,000 homicides"), "{said:?}");
    assert_eq!(said[1], "http://www.politifact.com/ “True”");
    assert_eq!(ledger.claims().last().unwrap().topic().predicate(), VERDICT);
    assert!(import.losses.iter().any(|loss| loss.field() == "ratingValue"));
    assert!(ledger.claims().all(|claim| claim.credibility().is_none()));
}
