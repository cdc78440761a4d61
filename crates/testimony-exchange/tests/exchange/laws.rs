//! Round trips of ledgers of all kinds, both ways: all is read back but for the losses that are listed.

use std::collections::BTreeMap;

use proptest::prelude::*;
use testimony::testing::strategies;
use testimony::{
    AnalyticConfidence, Basis, Citation, Claim, Content, Credibility, Entry, Ledger, Likelihood, Source, SourceId,
    Stance, Topic, Value,
};
use testimony_exchange::{Allowed, Export, Import, Of};

/// A ledger whose claims have all parts that a claim can have, with texts that trip formats.
pub(crate) fn rich() -> impl Strategy<Value = Ledger> {
    let text = prop_oneof![
        Just("=1+1".to_owned()),
        Just("'=x".to_owned()),
        Just("a,\"b\"\nc".to_owned()),
        Just("NA".to_owned()),
        Just("{brace} <script>".to_owned()),
        "[a-z \u{e9}\u{5d0}\\-+@;|\t]{1,12}".prop_filter("blank", |text| !text.trim().is_empty()),
    ];
    let value = prop_oneof![
        3 => strategies::figures().prop_map(Value::from),
        1 => strategies::periods().prop_map(Value::from),
        2 => text.clone().prop_map(Value::text),
    ];
    let stance = prop_oneof![3 => Just(Stance::Affirms), 1 => Just(Stance::Denies), 1 => Just(Stance::Suggests),
        1 => Just(Stance::Declines), 1 => Just(Stance::Disowns)];
    let claim = (value, stance, text, any::<[bool; 10]>(), 0..4_usize, strategies::periods(), strategies::periods());
    proptest::collection::vec(claim, 1..8).prop_map(|claims| {
        let mut ledger = Ledger::new();
        let ids: Vec<SourceId> = (0..4)
            .map(|i| ledger.add_source(Source::new(format!("source-{i}"), format!("Source {i}")).unwrap()).unwrap())
            .collect();
        for (value, stance, text, has, i, as_of, stated) in claims {
            let topic = Topic::new(format!("subject {i}"), "deaths");
            let claim = Claim::new(topic.clone(), value, &ids[i]).with_stance(stance);
            let claim = if has[0] && stance == Stance::Declines { Claim::declined(topic, &ids[i]) } else { claim };
            let claim = if has[1] { claim.with_scope(text.trim()) } else { claim };
            let claim = if has[2] { claim.with_relay(&ids[(i + 1) % 4]) } else { claim };
            let claim = if has[2] && has[3] { claim.with_relay(&ids[(i + 2) % 4]) } else { claim };
            let claim = if has[4] { claim.with_as_of(as_of) } else { claim };
            let claim = if has[5] { claim.with_stated(stated) } else { claim };
            let claim = if has[6] { claim.with_note(text.clone()) } else { claim };
            let claim = if has[7] {
                claim.with_citation(Citation::new().with_url("https://a.example/?a=1").with_excerpt(text.clone()))
            } else {
                claim
            };
            let claim = if has[7] && has[8] { claim.with_citation(Citation::new().with_title(text)) } else { claim };
            let claim = if has[8] {
                claim.with_basis(Basis::Told).with_credibility(Credibility::new(2).unwrap())
            } else {
                claim
            };
            let likely: Likelihood = "icd203:likely".parse().unwrap();
            let claim = if has[9] {
                claim.with_confidence(testimony::Confidence::from(likely).with_level(AnalyticConfidence::Low))
            } else {
                claim
            };
            let _ = ledger.record(claim);
        }
        ledger
    })
}

/// The same claims about other subjects, of one predicate.
fn renamed(ledger: &Ledger, subject: impl Fn(usize) -> String, predicate: &str) -> Ledger {
    let mut renamed = Ledger::new();
    ledger.sources().for_each(|source| drop(renamed.add_source(source.clone())));
    for claim in ledger.claims() {
        let mut json = serde_json::to_value(claim.to_claim()).unwrap();
        let i = claim.topic().subject().bytes().last().unwrap_or_default() - b'0';
        json["topic"] = serde_json::json!({ "subject": subject(i.into()), "predicate": predicate });
        renamed.record(serde_json::from_value(json).unwrap()).unwrap();
    }
    renamed
}

/// The ids in a Wikibase of the subjects, units and sources of [`rich`] ledgers.
pub(crate) fn wikibase_mapping() -> testimony_exchange::wikibase::Mapping {
    testimony_exchange::wikibase::Mapping {
        entities: (0..4).map(|i| (format!("Q{}", i + 1), format!("subject {i}"))).collect(),
        properties: [("P1120".to_owned(), "deaths".to_owned())].into(),
        units: [("Q828224".to_owned(), "km".to_owned()), ("Q5".to_owned(), "persons".to_owned())].into(),
        sources: (0..4).map(|i| (format!("Q{}", i + 100), format!("source-{i}"))).collect(),
        ..testimony_exchange::wikibase::Mapping::default()
    }
}

/// The ledger that an import makes; every entry of it is taken.
pub(crate) fn ledger_of(import: &Import) -> Ledger {
    let mut ledger = Ledger::new();
    for entry in &import.entries {
        ledger.append(entry.clone()).unwrap_or_else(|error| panic!("{error}: {entry:?}"));
    }
    ledger
}

/// The fields in which two claims differ, by their names in the interchange format.
fn differing(one: &Claim, other: &Claim) -> Vec<&'static str> {
    let mut fields = Vec::new();
    let mut field = |name, differs: bool| {
        if differs {
            fields.push(name);
        }
    };
    field("topic", one.topic() != other.topic());
    field("value", one.value() != other.value());
    field("stance", one.stance() != other.stance());
    field("scope", one.scope() != other.scope());
    field("origin", one.origin() != other.origin());
    field("relays", one.relays() != other.relays());
    field("as_of", one.as_of() != other.as_of());
    field("stated", one.stated() != other.stated());
    field("confidence", one.confidence() != other.confidence());
    field("basis", one.basis() != other.basis());
    field("credibility", one.credibility() != other.credibility());
    field("citations", one.citations() != other.citations());
    field("note", one.note() != other.note());
    fields
}

/// The law: of each claim written the listed losses are what is different, and no claim is left out without a loss.
pub(crate) fn holds(ledger: &Ledger, export: &Export, import: &Import) {
    assert_eq!(import.refused, [], "what was written is read");
    let read: Vec<&Claim> = import
        .entries
        .iter()
        .filter_map(|entry: &Entry| if let Content::Claim(claim) = entry.content() { Some(claim) } else { None })
        .collect();
    assert_eq!(read.len(), export.claims.len(), "each claim written is one claim read");
    let mut listed: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for loss in &export.losses {
        if let Of::Claim(label) = loss.of() {
            let field = loss.field().split('.').next().unwrap();
            listed.entry(label.to_string()).or_default().push(field);
        }
    }
    for (label, read) in export.claims.iter().zip(read) {
        let claim = ledger.claim(*label).unwrap().to_claim();
        let mut fields = listed.remove(&label.to_string()).unwrap_or_default();
        fields.sort_unstable();
        fields.dedup();
        let mut differing = differing(&claim, read);
        differing.sort_unstable();
        assert_eq!(fields, differing, "of {claim:?} read as {read:?}");
    }
    let unretracted = ledger.claims().filter(|claim| !claim.is_retracted()).count();
    assert_eq!(unretracted, export.claims.len() + listed.len(), "what is not written is told");
}

/// The law for all that is no claim: what is listed as lost is not there again, and what is not there again is listed.
pub(crate) fn holds_of_the_rest(ledger: &Ledger, export: &Export, import: &Import) {
    let contents: Vec<&Content> = import.entries.iter().map(Entry::content).collect();
    let listed =
        |of: &Of, field: &str| export.losses.iter().filter(|loss| loss.of() == of && loss.field() == field).count();
    let mut expected = 0;
    let mut is_listed_if = |of: Of, field: &str, is_lost: bool| {
        assert_eq!(listed(&of, field), usize::from(is_lost), "{of}: {field}");
        expected += usize::from(is_lost);
    };
    for entry in ledger.entries() {
        let content = entry.to_entry();
        let field = match content.content() {
            Content::Subject(_) => "subject",
            Content::Unit(_) => "unit",
            Content::Scope(_) => "scope names",
            Content::Constraint(_) => "constraint",
            Content::Retraction(_) => "retraction",
            Content::Amendment(_) => "amendment",
            _ => continue,
        };
        is_listed_if(Of::Entry(entry.sequence()), field, !contents.contains(&content.content()));
    }
    for mine in ledger.sources() {
        let of = || Of::Source(mine.id().clone());
        let read = contents.iter().find_map(|content| match content {
            Content::Source(source) if source.id() == mine.id() => Some(source),
            _ => None,
        });
        is_listed_if(of(), "source", read.is_none());
        let differs = |differs: fn(&Source, &Source) -> bool| read.is_some_and(|read| differs(mine, read));
        is_listed_if(of(), "name", differs(|one, two| one.name() != two.name()));
        is_listed_if(of(), "kind", differs(|one, two| one.kind() != two.kind()));
        is_listed_if(of(), "part_of", differs(|one, two| one.part_of() != two.part_of()));
        is_listed_if(of(), "reliability", differs(|one, two| one.reliability() != two.reliability()));
        is_listed_if(of(), "url", differs(|one, two| one.url() != two.url()));
    }
    for mine in ledger.predicates() {
        let is_there = contents.iter().any(|content| matches!(content, Content::Predicate(read) if read == mine));
        is_listed_if(Of::Predicate(mine.name().to_owned()), "predicate", !is_there);
    }
    is_listed_if(Of::Ledger, "policy", ledger.policy() != &testimony::Policy::default());
    let is_timed = ledger.entries().any(|entry| entry.recorded().is_some());
    let is_kept = import.entries.iter().any(|entry| entry.recorded().is_some());
    is_listed_if(Of::Ledger, "recorded", is_timed && !is_kept);
    let all = export.losses.iter().filter(|loss| !matches!(loss.of(), Of::Claim(_))).count();
    assert_eq!(all, expected, "{:?}", export.losses);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn a_table_loses_what_it_says(ledger in rich()) {
        use testimony_exchange::table::{self, Mapping};
        let mapping = Mapping::of(&ledger);
        let mut written = Vec::new();
        let export = table::write(&ledger, &mapping, &Allowed::nothing(), &mut written).unwrap();
        holds(&ledger, &export, &table::read(written.as_slice(), &mapping).unwrap());
        // The mapping itself is written and read back.
        prop_assert_eq!(&Mapping::from_toml(&mapping.to_toml().unwrap()).unwrap(), &mapping);
        prop_assert_eq!(&Mapping::from_json(&serde_json::to_string(&mapping).unwrap()).unwrap(), &mapping);
    }

    #[test]
    fn a_table_with_few_columns_loses_what_it_says(ledger in rich(), allow in any::<bool>()) {
        use testimony_exchange::table::{self, Mapping};
        let mapping = Mapping::from_toml(
            "[[claim]]\nsubject=\"{s}\"\npredicate=\"deaths\"\nnumber=\"{n}\"\nunit=\"{u}\"\norigin=\"{o}\"\nas_of=\"{a}\"\nas_of_end=\"{b}\"",
        ).unwrap();
        let mut allowed = Allowed::nothing();
        if allow {
            allowed = Allowed::NAMES.into_iter().fold(allowed, Allowed::and);
        }
        let mut written = Vec::new();
        let export = table::write(&ledger, &mapping, &allowed, &mut written).unwrap();
        holds(&ledger, &export, &table::read(written.as_slice(), &mapping).unwrap());
    }

    #[test]
    fn a_bundle_keeps_claims_whole(ledger in rich()) {
        use testimony_exchange::stix;
        let (mut written, mut again) = (Vec::new(), Vec::new());
        let export = stix::write(&ledger, &Allowed::nothing(), &mut written).unwrap();
        stix::write(&ledger, &Allowed::nothing(), &mut again).unwrap();
        prop_assert_eq!(&written, &again);
        prop_assert_eq!(export.losses.len(), export.losses.iter().filter(|loss| !matches!(loss.of(), Of::Claim(_))).count());
        let import = stix::read(written.as_slice()).unwrap();
        holds(&ledger, &export, &import);
        ledger_of(&import);
    }

    #[test]
    fn statements_lose_what_they_say(ledger in rich(), lines in any::<bool>()) {
        use testimony_exchange::ftm::{self, Form};
        let ledger = renamed(&ledger, |i| format!("entity-{i}"), "Company:name");
        let form = if lines { Form::JsonLines } else { Form::Csv };
        let mut written = Vec::new();
        let export = ftm::write(&ledger, form, &Allowed::nothing(), &mut written).unwrap();
        let import = ftm::read(written.as_slice()).unwrap();
        holds(&ledger, &export, &import);
        ledger_of(&import);
    }

    #[test]
    fn reviews_lose_what_they_say(ledger in rich(), verdict in any::<bool>()) {
        use testimony_exchange::claimreview::{self, SAYS, VERDICT};
        let ledger = renamed(&ledger, |i| format!("subject {i}"), if verdict { VERDICT } else { SAYS });
        let mut written = Vec::new();
        let export = claimreview::write(&ledger, &Allowed::nothing(), &mut written).unwrap();
        prop_assert!(!written.contains(&b'<'));
        if !export.claims.is_empty() {
            let import = claimreview::read(written.as_slice()).unwrap();
            holds(&ledger, &export, &import);
            ledger_of(&import);
        }
    }

    #[test]
    fn a_wikibase_loses_what_it_says(ledger in rich(), allow in any::<bool>()) {
        use testimony_exchange::wikibase;
        let mapping = wikibase_mapping();
        let mut allowed = Allowed::nothing();
        if allow {
            allowed = Allowed::NAMES.into_iter().fold(allowed, Allowed::and);
        }
        let mut written = Vec::new();
        let export = wikibase::write(&ledger, &mapping, &allowed, &mut written).unwrap();
        if !export.claims.is_empty() {
            let import = wikibase::read(written.as_slice(), &mapping).unwrap();
            holds(&ledger, &export, &import);
            ledger_of(&import);
        }
    }

    #[test]
    fn ledgers_with_a_past_are_written_as_they_stand(ledger in strategies::ledgers()) {
        use testimony_exchange::table::{self, Mapping};
        let mapping = Mapping::of(&ledger);
        let mut written = Vec::new();
        let export = table::write(&ledger, &mapping, &Allowed::nothing(), &mut written).unwrap();
        let import = table::read(written.as_slice(), &mapping).unwrap();
        ledger_of(&import);
        let stand = ledger.claims().filter(|claim| !claim.is_retracted()).count();
        let refused = export.losses.iter().filter(|loss| loss.kind() == testimony_exchange::LossKind::Refused).count();
        prop_assert!(export.claims.len() + refused >= stand);
        holds_of_the_rest(&ledger, &export, &import);
    }

    #[test]
    fn bundles_statements_and_reviews_list_what_else_they_lose(ledger in strategies::ledgers()) {
        use testimony_exchange::{claimreview, ftm, stix, wikibase};
        let mut written = Vec::new();
        let export = stix::write(&ledger, &Allowed::nothing(), &mut written).unwrap();
        holds_of_the_rest(&ledger, &export, &stix::read(written.as_slice()).unwrap());
        let mut written = Vec::new();
        let export = ftm::write(&ledger, ftm::Form::Csv, &Allowed::nothing(), &mut written).unwrap();
        holds_of_the_rest(&ledger, &export, &ftm::read(written.as_slice()).unwrap());
        let mut written = Vec::new();
        let export = claimreview::write(&ledger, &Allowed::nothing(), &mut written).unwrap();
        let import = claimreview::read(written.as_slice()).unwrap_or_default();
        holds_of_the_rest(&ledger, &export, &import);
        let mapping = wikibase::Mapping::default();
        let mut written = Vec::new();
        let export = wikibase::write(&ledger, &mapping, &Allowed::nothing(), &mut written).unwrap();
        let import = wikibase::read(written.as_slice(), &mapping).unwrap_or_default();
        holds_of_the_rest(&ledger, &export, &import);
    }
}
