//! Much of one kind: what the store leaves out, and what must not take a time that grows with its square.

use std::ops::ControlFlow;
use std::path::Path;

use rusqlite::Connection;
use testimony::{
    Appended, Claim, ClaimId, Constraint, Content, Entry, Figure, Ledger, Measure, Moment, Names, Policy, Predicate,
    Retraction, Source, SourceAmendment, SourceId, SubjectAmendment, Topic, jsonl,
};
use testimony_sqlite::{Store, StoreError};

use crate::folder;

fn deaths() -> Topic {
    Topic::new("flood", "deaths")
}

fn source(n: usize) -> SourceId {
    SourceId::new(format!("source-{n}")).unwrap()
}

fn claim(n: usize) -> Entry {
    Claim::new(deaths(), Figure::exactly(n), source(n)).into()
}

fn sources(count: usize) -> Vec<Entry> {
    (0..count).map(|n| Source::new(format!("source-{n}"), format!("Source {n}")).unwrap().into()).collect()
}

/// The conflicts on the topic as other programs read them: how many there are, and how many rows there are of them.
fn conflicts(path: &Path) -> (i64, bool, i64) {
    let sql = "SELECT conflicts, listed, (SELECT count(*) FROM conflict) FROM topic";
    let connection = Connection::open(path).unwrap();
    connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap()
}

#[test]
fn more_pairs_than_are_listed_are_counted() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store.append(&sources(143)).unwrap();
    store.append(&(0..141).map(claim).collect::<Vec<_>>()).unwrap();
    assert_eq!(conflicts(&path), (141 * 140 / 2, true, 9_870));
    store.append(&[claim(141)]).unwrap();
    assert_eq!(conflicts(&path), (142 * 141 / 2, false, 0));
    store.append(&[claim(142)]).unwrap();
    let told = (143 * 142 / 2, false, 0);
    assert_eq!(conflicts(&path), told);
    assert_eq!(store.topic(&deaths()).unwrap().unwrap().conflict_count(), 10_153);
    store.rebuild().unwrap();
    assert_eq!(conflicts(&path), told);
}

/// A source that disowns a claim and takes that back ends all of its conflicts and begins them again, each time.
#[test]
fn rows_of_conflicts_that_end_and_begin_again_are_as_few() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store.append(&sources(110)).unwrap();
    let relayed = |n: usize| {
        let stated: Moment = format!("2025-{:02}-{:02}", 1 + n / 28, 1 + n % 28).parse().unwrap();
        let claim = Claim::new(deaths(), Figure::exactly(n), source(0));
        Entry::from(claim.with_relay(source(n)).with_stated(stated))
    };
    store.append(&(1..110).map(relayed).collect::<Vec<_>>()).unwrap();
    for _ in 0..2 {
        let written = store.append(&[Claim::disowned(deaths(), source(0)).into()]).unwrap();
        let Appended::Claim(disowning) = written.outcomes()[0] else { panic!("{written:?}") };
        store.append(&[Retraction::new(disowning.id()).into()]).unwrap();
        assert!(conflicts(&path).2 <= 10_000);
    }
    let before = conflicts(&path);
    store.rebuild().unwrap();
    assert_eq!(conflicts(&path), before);
}

/// Each time is ended by itself, without a look at all those before it.
#[test]
fn a_claim_falls_and_rises_thousands_of_times() {
    const MANY: usize = 2_000;
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store.append(&sources(1)).unwrap();
    let said = |n: usize, day: &str| {
        Entry::from(Claim::new(deaths(), Figure::exactly(n), source(0)).with_stated(day.parse::<Moment>().unwrap()))
    };
    let mut entries = vec![said(0, "2025-01-01")];
    for n in 1..=MANY {
        entries.push(said(n, "2025-01-02"));
        entries.push(Retraction::new(ClaimId::new(n as u64)).into());
    }
    entries.push(said(MANY + 1, "2025-01-02"));
    store.append(&entries).unwrap();
    let sql = "SELECT count(*), count(until_seq), sum(until_seq = from_seq + 1), max(by) FROM revised WHERE number = 0";
    let connection = Connection::open(&path).unwrap();
    let times = connection.query_row(sql, [], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?])).unwrap();
    assert_eq!(times.map(i64::unsigned_abs), [MANY as u64 + 1, MANY as u64, MANY as u64, MANY as u64 + 1]);
}

/// Each constraint ties one more topic to those before it, and each line defines a predicate that is in use.
#[test]
fn a_thousand_topics_are_tied_one_after_another() {
    const MANY: usize = 1_000;
    let (_folder, path) = folder();
    let mut ledger = Ledger::new();
    let moh = ledger.add_source(Source::new("moh", "MOH").unwrap()).unwrap();
    let topic = |n: usize| Topic::new(format!("town {n}"), "deaths");
    for n in 0..MANY {
        let constraint = Constraint::AtMost { part: topic(n), whole: topic(n + 1) };
        ledger.append(Content::Constraint(constraint).into()).unwrap();
    }
    for n in 0..MANY {
        ledger.record(Claim::new(topic(n), Figure::exactly(4), &moh)).unwrap();
    }
    let lines = [
        "\n".repeat(100 * MANY),
        jsonl::to_string(&ledger).unwrap(),
        "{\"predicate\":{\"name\":\"deaths\",\"measure\":\"flow\"}}\n".repeat(MANY),
    ]
    .concat();
    let imported = Store::open(&path).unwrap().import(lines.as_bytes(), |_| ControlFlow::Continue(())).unwrap();
    assert_eq!((imported.added, imported.refused), (1 + 2 * MANY as u64, MANY as u64));
    let part = Store::open(&path).unwrap().topic(&topic(7)).unwrap().unwrap();
    assert_eq!(part.constraints().len(), MANY);
}

/// As many names as topics, a subject that is named again and again, and a source whose owner changes: if each topic at
/// hand had all of the names, or were loaded anew with each change, this would take as many steps as both multiplied.
#[test]
fn as_many_names_as_topics_are_no_square() {
    const MANY: usize = 1_000;
    let (_folder, path) = folder();
    let mut ledger = Ledger::new();
    let mut append = |entry: Entry| ledger.append(entry).map(|_| ()).unwrap();
    for id in ["moh", "ministry", "army"] {
        append(Source::new(id, id).unwrap().into());
    }
    let [moh, ministry, army] = ["moh", "ministry", "army"].map(|id| SourceId::new(id).unwrap());
    for n in 0..MANY {
        append(Content::Unit(Names::new(format!("sacks of {n}"), [format!("bags of {n}")])).into());
        append(Content::Scope(Names::new(format!("seen {n}"), [format!("met {n}")])).into());
    }
    for n in 0..MANY {
        let claim = |origin: &SourceId, unit: String, scope: String| {
            let figure = Figure::exactly(4 + usize::from(*origin == army)).with_unit(unit);
            Claim::new(Topic::new(format!("town {n}"), "stock"), figure, origin).with_scope(scope)
        };
        append(claim(&moh, format!("bags of {n}"), format!("seen {n}")).into());
        append(claim(&army, format!("sacks of {n}"), format!("met {n}")).into());
    }
    for n in 0..MANY {
        let alias = SubjectAmendment::new("flood").with_alias(format!("flood {n}"));
        append(Content::Amendment(alias.into()).into());
        let owner = SourceAmendment::new(&moh).with_part_of(if n % 2 == 0 { &ministry } else { &army });
        append(Content::Amendment(owner.into()).into());
        append(
            Claim::new(Topic::new(format!("flood {n}"), format!("deaths {}", n % 97)), Figure::exactly(n), &moh).into(),
        );
        if n % 2 == 0 {
            let last = ClaimId::new((2 * MANY + n) as u64);
            append(Retraction::new(last).with_by(ministry.clone()).into());
        }
    }
    let lines = jsonl::to_string(&ledger).unwrap();
    let mut store = Store::open(&path).unwrap();
    store.import(lines.as_bytes(), |refusal| panic!("{refusal}")).unwrap();
    assert_eq!(store.ledger().unwrap(), ledger);
    for topic in [Topic::new("town 7", "stock"), Topic::new("flood 9", "deaths 9")] {
        let conflicts = ledger.topic(&topic).unwrap().conflicts().count();
        assert!(conflicts > 0, "{topic}");
        assert_eq!(store.topic(&topic).unwrap().unwrap().topic(&topic).unwrap().conflicts().count(), conflicts);
    }
    let sql = "SELECT count(*), sum(conflicts), (SELECT count(*) FROM conflicts_now) FROM topic";
    let connection = Connection::open(&path).unwrap();
    let counted = connection.query_row(sql, [], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?])).unwrap();
    assert_eq!(counted.map(i64::unsigned_abs), [MANY as u64 + 97, ledger.conflict_count(), ledger.conflict_count()]);
}

#[test]
fn a_file_has_the_policy_that_was_chosen() {
    let (_folder, path) = folder();
    let file = |policy: Policy| jsonl::to_string(&Ledger::with_policy(policy)).unwrap();
    let other = Policy::default().with_days_apart(2);
    let import = |store: &mut Store, file: &str| store.import(file.as_bytes(), |refusal| panic!("{refusal}"));
    let mut store = Store::open(&path).unwrap();
    store.set_policy(Policy::default().with_days_apart(3)).unwrap();
    assert!(matches!(import(&mut store, &file(other.clone())), Err(StoreError::PoliciesDiffer { .. })));
    store.set_policy(other.clone()).unwrap();
    import(&mut store, &file(other.clone())).unwrap();
    assert_eq!(store.policy().unwrap(), other);
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    import(&mut store, &file(other.clone())).unwrap();
    assert_eq!(store.policy().unwrap(), other);
    assert!(matches!(
        import(&mut store, &file(Policy::default().with_days_apart(3))),
        Err(StoreError::PoliciesDiffer { .. })
    ));
}

/// A line that is as long as one may be, and longer as the store writes it.
#[test]
fn a_line_that_is_too_long_takes_nothing_from_its_topic() {
    let (_folder, path) = folder();
    let line = |value: &str, excerpts: &str| {
        format!(
            "{{\"claim\":{{\"topic\":{{\"subject\":\"flood\",\"predicate\":\"deaths\"}},\"value\":{{\"figure\":{value}}},\
             \"origin\":\"source-0\",\"citations\":[{excerpts}]}}}}\n"
        )
    };
    let excerpt = format!("{{\"excerpt\":\"{}\"}}", "x".repeat(60_000));
    let excerpts = vec![excerpt; 17].join(",");
    let left = jsonl::MAX_LINE - line("{\"exactly\":1e20}", &excerpts).len();
    let excerpts = excerpts + ",{\"excerpt\":\"" + &"y".repeat(left - 14) + "\"}";
    let lines = [
        "{\"source\":{\"id\":\"source-0\",\"name\":\"Source\"}}\n".to_owned(),
        line("{\"exactly\":1}", ""),
        line("{\"exactly\":1e20}", &excerpts),
        line("{\"exactly\":1234}", &excerpts),
        line("{\"exactly\":2}", ""),
    ];
    let mut refused = Vec::new();
    let mut store = Store::open(&path).unwrap();
    let imported = store.import(lines.concat().as_bytes(), |refusal| {
        refused.push(refusal.to_string());
        ControlFlow::Continue(())
    });
    assert_eq!(imported.unwrap().added, 4, "{refused:?}");
    assert_eq!(refused, ["line 3: the line is longer than 1048576 bytes"]);
    assert_eq!(store.topic(&deaths()).unwrap().unwrap().claims().len(), 3);
    assert_eq!(store.verify().unwrap(), 5);
}

/// Names that are also those by which a store might keep to itself that other names are in use.
#[test]
fn no_name_stands_for_another_kind_of_name() {
    let names = ["unit persons", "scope confirmed", "predicate deaths", "persons", "in use", "nobody", "-", "before"];
    let source = |id: &str| Content::Source(Source::new(id, id).unwrap());
    let topics = names.iter().flat_map(|subject| ["deaths", "in use", "-"].map(|name| Topic::new(*subject, name)));
    let claims = topics.map(|topic| {
        let figure = Figure::exactly(4).with_unit("persons");
        Content::Claim(Claim::new(topic, figure, SourceId::new("moh").unwrap()).with_scope("confirmed"))
    });
    let mut contents = vec![source("nobody"), source("moh")];
    let claim = Claim::new(
        Topic::new("flood", "deaths"),
        Figure::exactly(4).with_unit("persons"),
        SourceId::new("moh").unwrap(),
    );
    contents.push(Content::Claim(claim.with_scope("confirmed")));
    // Each definition makes the store look at what is in use.
    for name in names {
        contents.extend([
            Content::Unit(Names::new("heads", [format!("{name} (unit)")])),
            Content::Scope(Names::new("counted", [format!("{name} (scope)")])),
            Content::Subject(Names::new(format!("the {name}"), [name])),
        ]);
    }
    for name in ["in use", "-", "a predicate"] {
        contents.push(Content::Predicate(Predicate::new(name).with_measure(Measure::Flow).with_unit("persons")));
    }
    contents.extend(claims);
    for name in names {
        contents.extend([
            Content::Subject(Names::new(name, ["flood"])),
            Content::Unit(Names::new(name, ["persons"])),
            Content::Scope(Names::new(name, ["confirmed"])),
            Content::Predicate(Predicate::new(name)),
        ]);
    }
    let (_folder, path) = folder();
    let mut ledger = Ledger::new();
    let mut store = Store::open(&path).unwrap();
    let mut refused = 0;
    for content in contents {
        let entry = Entry::from(content);
        let said = store.append(std::slice::from_ref(&entry)).map(|written| written.outcomes()[0]);
        match (ledger.append(entry.clone()), said) {
            (Ok(outcome), Ok(said)) => assert_eq!(said, outcome, "{entry:?}"),
            (Err(error), Err(StoreError::Refused { error: said, .. })) => {
                assert_eq!(said.to_string(), error.to_string(), "{entry:?}");
                refused += 1;
            }
            (outcome, said) => panic!("{outcome:?} and {said:?} of {entry:?}"),
        }
        if ledger.len().is_multiple_of(7) {
            store = Store::open(&path).unwrap();
        }
    }
    assert!(refused > 10, "{refused}");
    assert_eq!(store.ledger().unwrap(), ledger);
}
