//! Tables, case by case.

use testimony::{Content, Figure, Value};
use testimony_exchange::table::{self, Mapping, from_hxl, propose};
use testimony_exchange::{Allowed, Import, LossKind};

use crate::laws::ledger_of;

fn import(mapping: &str, table: &str) -> Import {
    table::read(table.as_bytes(), &Mapping::from_toml(mapping).unwrap()).unwrap()
}

fn values(import: &Import) -> Vec<String> {
    let claims = import.entries.iter().filter_map(|entry| match entry.content() {
        Content::Claim(claim) => Some(claim.value().map_or_else(|| claim.stance().to_string(), ToString::to_string)),
        _ => None,
    });
    claims.collect()
}

fn refusals(import: &Import) -> Vec<String> {
    import.refused.iter().map(ToString::to_string).collect()
}

const BASE: &str = "subject = \"{place}\"\npredicate = \"deaths\"\norigin = \"{source}\"\n";

#[test]
fn a_number_is_read_as_the_mapping_says_and_never_guessed() {
    let table = "place;source;n\nA;x;1.200\nA;x;1,200\nA;x;1200\nA;x;1.234.567\nA;x;1 234,5\nA;x;-3\nA;x;0.125\n";
    let mapping = |style: &str| format!("delimiter = \";\"\n{style}\n[[claim]]\n{BASE}number = \"{{n}}\"");
    let none = import(&mapping(""), table);
    assert_eq!(values(&none), ["1,200", "1,234,567", "1,234.5", "-3", "0.125"]);
    assert_eq!(
        refusals(&none),
        [
            "row 2, column n: \"1.200\" has a number that can be read in two ways; write numbers = \"point\" (1,234.5) or \
             \"comma\" (1.234,5) into the mapping",
            "row 3, column n: \"1,200\" has a number that can be read in two ways; write numbers = \"point\" (1,234.5) or \
             \"comma\" (1.234,5) into the mapping",
        ]
    );
    let point = import(&mapping("numbers = \"point\""), table);
    assert_eq!(values(&point), ["1.2", "1,200", "1,200", "-3", "0.125"]);
    assert_eq!(
        refusals(&point),
        ["row 5, column n: \"1.234.567\" is no number", "row 6, column n: \"1 234,5\" is no number"]
    );
    let comma = import(&mapping("numbers = \"comma\""), table);
    assert_eq!(values(&comma), ["1,200", "1.2", "1,200", "1,234,567", "1,234.5", "-3"]);
    assert_eq!(refusals(&comma), ["row 8, column n: \"0.125\" is no number"]);
}

#[test]
fn nothing_not_available_declined_and_none_are_four_things() {
    let table = "place,source,n\nA,x,\nA,x,NA\nA,x,-\nA,x,0\nA,x,refused\n";
    let plain = import(&format!("[[claim]]\n{BASE}number = \"{{n}}\""), table);
    assert_eq!(values(&plain), ["0"]);
    assert_eq!(
        refusals(&plain),
        [
            "row 3, column n: \"NA\" is no number",
            "row 4, column n: \"-\" is no number",
            "row 6, column n: \"refused\" is no number"
        ]
    );
    let told = "absent = [\"\", \"NA\", \"-\"]\ndeclined = [\"refused\"]\nzero = \"absent\"\n";
    let told = import(&format!("{told}[[claim]]\n{BASE}number = \"{{n}}\""), table);
    assert_eq!((values(&told), refusals(&told)), (vec!["declines".to_owned()], vec![]));
}

#[test]
fn a_best_estimate_stands_within_its_range() {
    let mapping =
        format!("[[claim]]\n{BASE}low = \"{{low}}\"\nbest = \"{{best}}\"\nhigh = \"{{high}}\"\nunit = \"persons\"");
    let read =
        import(&mapping, "place,source,low,best,high\nA,x,10,25,80\nA,x,5,5,5\nA,x,9,5,12\nA,x,9,,4\nA,x,,3,4\n");
    let figure = Figure::estimate(10, 80, 25).unwrap().with_unit("persons");
    assert!(matches!(read.entries[1].content(), Content::Claim(claim) if claim.value() == Some(&Value::from(figure))));
    assert_eq!(values(&read)[1], "5 persons");
    assert_eq!(
        refusals(&read),
        [
            "row 4, column best: best 5 is outside of low 9 to high 12",
            "row 5, column low: low 9 is above high 4",
            "row 6, column low: says nothing, and is the low end of a range",
        ]
    );
}

#[test]
fn a_hedge_has_a_column_of_its_own() {
    let mapping =
        format!("[[claim]]\n{BASE}number = \"{{n}}\"\nhedge = \"{{h}}\"\nhedges = {{ \"rund\" = \"about\" }}");
    let read = import(&mapping, "place,source,n,h\nA,x,4000,more\nA,x,300,rund\nA,x,7,\nA,x,7,loads\n");
    assert_eq!(values(&read), ["more than 4,000", "about 300", "7"]);
    assert_eq!(
        refusals(&read),
        ["row 5, column h: \"loads\" is no hedge that is known; write it into the mapping: hedges = { \"the word\" = \
          \"about\" }, or more_than, at_least, less_than, at_most, nearly, just_over, exactly"]
    );
}

#[test]
fn one_row_makes_several_claims_by_several_sources() {
    let mapping = "[[claim]]\nsubject = \"{country} · {event}\"\npredicate = \"deaths\"\nnumber = \"{killed}\"\n\
        origin = \"{said by}\"\norigin_split = \";\"\nroles = [\"police\"]\nroles_of = \"{event}\"\n\
        relays = \"{outlets}\"\nrelays_split = \";\"\nrelays_each = true\nas_of = \"{date}\"\n\
        [[claim]]\nsubject = \"{country} · {event}\"\npredicate = \"injured\"\nfigure = \"{injured}\"\norigin = \"{said by}\"\n";
    let read = import(
        mapping,
        "country,event,killed,injured,said by,outlets,date\nMali,e1,3,dozens,police; MSF,AFP;Reuters;MSF,2024-03-01\n",
    );
    let claims: Vec<String> = read
        .entries
        .iter()
        .filter_map(|entry| match entry.content() {
            Content::Claim(claim) => {
                let relays: Vec<&str> = claim.relays().iter().map(testimony::SourceId::as_str).collect();
                Some(format!("{} {} via {}", claim.topic(), claim.origin(), relays.join(" ")))
            }
            _ => None,
        })
        .collect();
    assert_eq!(claims[0], "Mali · e1 · deaths police-e1-afp via afp");
    assert_eq!(claims[2], "Mali · e1 · deaths msf via afp");
    assert_eq!(claims[4], "Mali · e1 · deaths msf via ");
    assert_eq!(claims.len(), 6);
    ledger_of(&read);
}

#[test]
fn a_mapping_says_what_is_wrong_with_it() {
    for (mapping, error) in [
        (
            "[[claim]]\nsubject = \"x\"",
            "claim 1 of the mapping: no predicate; write predicate = \"{column}\", or words that are the same in each row",
        ),
        (
            "[[claim]]\nsubject = \"x\"\npredicate = \"x\"\norigin = \"x\"",
            "claim 1 of the mapping: no value; write figure, number, low and high, text, or period",
        ),
    ] {
        assert_eq!(Mapping::from_toml(mapping).unwrap_err().to_string(), error);
    }
    assert!(
        Mapping::from_toml("[[claim]]\nsubjct = \"x\"").unwrap_err().to_string().contains("unknown field `subjct`")
    );
    let mapping = Mapping::from_toml(&format!("[[claim]]\n{BASE}number = \"{{n}}\"")).unwrap();
    let error = table::read("place,deaths\nA,1\n".as_bytes(), &mapping).unwrap_err();
    assert_eq!(
        error.to_string(),
        "claim 1 of the mapping names the column \"n\", and the table has these: deaths, place"
    );
    assert!(table::read("".as_bytes(), &mapping).is_err());
    assert_eq!(
        table::read("place,place\n".as_bytes(), &mapping).unwrap_err().to_string(),
        "claim 1 of the mapping names the column \"place\", and the table has these: place (1), place (2)"
    );
}

#[test]
fn what_a_spreadsheet_would_run_is_defused_and_read_back() {
    let mapping =
        Mapping::from_toml("[[claim]]\nsubject = \"{s}\"\npredicate = \"says\"\ntext = \"{t}\"\norigin = \"{o}\"")
            .unwrap();
    let mut ledger = testimony::Ledger::new();
    let o = ledger.add_source(testimony::Source::new("o", "o").unwrap()).unwrap();
    for text in ["=HYPERLINK(\"x\")", "+1", "-1", "@x", "'=1", "''=1", "'plain", "plain", "\t=1"] {
        ledger.record(testimony::Claim::new(testimony::Topic::new("=s", "says"), Value::text(text), &o)).unwrap();
    }
    let mut written = Vec::new();
    let export = table::write(&ledger, &mapping, &Allowed::nothing(), &mut written).unwrap();
    assert_eq!(export.losses, []);
    let text = String::from_utf8(written).unwrap();
    for cell in text.lines().skip(1).flat_map(|line| line.split(',')) {
        assert!(!cell.trim_start_matches('"').starts_with(['=', '+', '-', '@', '\t']), "{text}");
    }
    assert_eq!(
        values(&table::read(text.as_bytes(), &mapping).unwrap()),
        ledger.claims().map(|claim| claim.value().unwrap().to_string()).collect::<Vec<_>>()
    );
}

#[test]
fn what_would_change_a_figure_is_refused_unless_it_is_allowed_by_name() {
    let mapping =
        Mapping::from_toml("[[claim]]\nsubject = \"{s}\"\npredicate = \"dead\"\nnumber = \"{n}\"\norigin = \"{o}\"")
            .unwrap();
    let mut ledger = testimony::Ledger::new();
    let o = ledger.add_source(testimony::Source::new("o", "o").unwrap()).unwrap();
    let topic = testimony::Topic::new("s", "dead");
    ledger.record(testimony::Claim::new(topic.clone(), Figure::at_least(4), &o)).unwrap();
    let mut written = Vec::new();
    let export = table::write(&ledger, &mapping, &Allowed::nothing(), &mut written).unwrap();
    assert_eq!(written, b"s,n,o\n");
    assert_eq!(export.losses[0].kind(), LossKind::Refused);
    assert_eq!(
        export.losses[0].because(),
        "the mapping's columns do not hold the hedge of the figure; allow value.narrowed to write it so"
    );
    let mut written = Vec::new();
    let export = table::write(&ledger, &mapping, &Allowed::nothing().and("value.narrowed"), &mut written).unwrap();
    assert_eq!((written.as_slice(), export.losses[0].kind()), (b"s,n,o\ns,4,o\n".as_slice(), LossKind::Narrowed));
}

#[test]
fn tags_are_a_mapping() {
    let table = "Pays,Province,Date,Tués,Source\n#country+name,#adm1+name,#date+reported,#affected+killed+num,#meta+source\nMali,Gao,2024-03-01,12,OCHA\n";
    let proposal = propose(table.as_bytes(), None).unwrap();
    let read = table::read(table.as_bytes(), &proposal.mapping).unwrap();
    assert_eq!(values(&read), ["12"]);
    let Content::Claim(claim) = read.entries[1].content() else { panic!() };
    assert_eq!(claim.topic().to_string(), "Mali · Gao · affected+killed");
    assert!(from_hxl(&["a"], &["#date"]).unwrap_err().to_string().contains("#meta+source"));
}

#[test]
fn a_first_mapping_is_proposed_from_what_is_seen() {
    let table = "Land;Datum;Tote;Verletzte;Quelle;Link\nMali;05.03.2024;1.200;3;AFP;https://a.example\nNiger;25.03.2024;7;NA;AFP;https://b.example\n";
    let proposal = propose(table.as_bytes(), None).unwrap();
    let toml = proposal.to_toml().unwrap();
    assert!(toml.contains("dates = \"day_first\""), "{toml}");
    assert!(toml.contains("Numbers such as 1.200 can be read in two ways"), "{toml}");
    assert_eq!(Mapping::from_toml(&toml).unwrap(), proposal.mapping);
    assert!(table::read(table.as_bytes(), &proposal.mapping).is_ok());
}

#[test]
fn hostile_tables_end_in_a_message() {
    let mapping = Mapping::from_toml(&format!("[[claim]]\n{BASE}figure = \"{{n}}\"")).unwrap();
    for table in [
        b"place,source,n\nA,\xff,1\n".as_slice(),
        b"place,source,n\n\"A,x,1\n",
        b"place,source,n\nA\nA,x\n",
        b"place,source,n\nA,x,1,2,3,4\n",
        b"\xef\xbb\xbfplace,source,n\nA,\x00\x1b[31m,99999999999999999999999999999999999999\n",
    ] {
        let read = table::read(table, &mapping).unwrap();
        ledger_of(&Import { refused: Vec::new(), ..read });
    }
    let long = format!("place,source,n\nA,x,{}\nA,x,1\n", "9".repeat(2_000_000));
    let read = table::read(long.as_bytes(), &mapping).unwrap();
    assert_eq!(
        (refusals(&read), values(&read)),
        (vec!["row 2: has more than 1048576 bytes".to_owned()], vec!["1".to_owned()])
    );
}

#[test]
fn tables_of_all_sorts_get_a_mapping_that_works() {
    // Semicolons, a byte order mark, decimal commas and points between thousands, and days first.
    let first = "\u{feff}Gemeinde;Stand;Einwohner;Anteil;Quelle\nAhlen;31.12.2023;52.503;12,5;IT.NRW\nBeckum;31.12.2022;36.646;8,25;IT.NRW\n";
    // Latin-1, a title above the header, and a blank column.
    let second: Vec<u8> = "Víctimas por municipio\n\nMunicipio\tFecha\tMuertos\tHeridos\tFuente\nCórdoba\t2024-03-05 14:30\t3\t-\tPolicía\nÚbeda\t2024-03-06 08:00\t1\t2\tPolicía\n"
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    // A header of two lines, and dates as a spreadsheet keeps them.
    let third = ",,Civilians,,Soldiers,\nRegion,Date,Killed,Injured,Killed,Injured\nNorth,45292,4,10,1,2\nSouth,45293,0,3,2,7\n";
    for (table, expected, claims) in [
        (first.as_bytes(), "delimiter = \";\"\nnumbers = \"comma\"", 4),
        (second.as_slice(), "delimiter = \"\\t\"\nencoding = \"windows-1252\"\nskip_rows = 1", 3),
        (third.as_bytes(), "header_rows = 2\ndates = \"serial\"", 8),
    ] {
        let mut proposed = propose(table, None).unwrap().to_toml().unwrap();
        assert!(proposed.contains(expected), "{proposed}");
        proposed = proposed.replace("TODO who says so", "ministry");
        assert!(!proposed.contains("TODO"), "{proposed}");
        let mapping = Mapping::from_toml(&proposed).unwrap();
        let import = table::read(table, &mapping).unwrap();
        assert_eq!(import.refused, [], "{proposed}");
        let read: Vec<testimony::Claim> = import
            .entries
            .iter()
            .filter_map(|entry| match entry.content() {
                testimony::Content::Claim(claim) => Some(claim.clone()),
                _ => None,
            })
            .collect();
        assert_eq!(read.len(), claims, "{proposed}");
        assert!(read.iter().all(|claim| claim.as_of().is_some()), "{proposed}");
    }
}

#[test]
fn rows_in_messages_are_those_that_a_spreadsheet_shows() {
    let mapping = |layout: &str| {
        let claim = "[[claim]]\nsubject = \"{place}\"\npredicate = \"dead\"\nnumber = \"{dead}\"\norigin = \"o\"\n";
        Mapping::from_toml(&format!("{layout}{claim}")).unwrap()
    };
    let refused = |table: &str, mapping: &Mapping| -> Vec<Option<u64>> {
        table::read(table.as_bytes(), mapping).unwrap().refused.iter().map(|refusal| refusal.row).collect()
    };
    let mapping_of_one = mapping("");
    let table = "place,dead\n\nHoms,x\n\n\n\"two\n\nlines\",x\nHama,x\n";
    assert_eq!(refused(table, &mapping_of_one), [Some(3), Some(6), Some(7)]);
    assert_eq!(refused(&table.replace('\n', "\r\n"), &mapping_of_one), [Some(3), Some(6), Some(7)]);
    assert_eq!(refused("\nTitle\n\nplace,dead\n\nHoms,x", &mapping("skip_rows = 1\n")), [Some(6)]);
    let statements = "entity_id,prop,schema,value,dataset\n\n,name,Company,A,x\n";
    let import = testimony_exchange::ftm::read(statements.as_bytes()).unwrap();
    assert_eq!(import.refused[0].row, Some(3));
}

#[test]
fn names_over_many_columns_are_not_written_over_each_without_end() {
    let table = format!("{}{}\nplace,dead\n", "x".repeat(60_000), ",".repeat(60_000));
    let mapping = Mapping { header_rows: 2, ..Mapping::default() };
    let told = table::read(table.as_bytes(), &mapping).unwrap_err().to_string();
    assert_eq!(told, "the names of the columns have more than 1048576 bytes");
}

#[test]
fn a_cell_that_is_wrong_is_told_once_for_all_claims_of_it() {
    let claim = "[[claim]]\nsubject = \"{place}\"\npredicate = \"PREDICATE\"\nnumber = \"{dead}\"\norigin = \"{by}\"\n";
    let mapping = Mapping::from_toml(&["dead", "hurt"].map(|name| claim.replace("PREDICATE", name)).join("")).unwrap();
    let import = table::read(&b"place,dead,by\nHoms,1,\nHama,2,\n"[..], &mapping).unwrap();
    let told: Vec<String> = import.refused.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["row 2, column by: says nothing, and is the origin", "row 3, column by: says nothing, and is the origin"]
    );
}

#[test]
fn a_proposal_has_an_origin_for_rows_that_name_none() {
    let table = "id,event,date,dead,source_original,source_headline,source_office\n\
        7,Homs,2024-03-01,3,police,Three dead,AFP\n9,Homs,2024-03-01,4,,Four dead,\n12,Homs,2024-03-02,1,,One dead,AP\n";
    let proposal = table::propose(table.as_bytes(), None).unwrap();
    let toml = proposal.to_toml().unwrap();
    let claim = &proposal.mapping.claims[0];
    assert_eq!(claim.origin.to_string(), "{source_original} | {source_office} | TODO who says so", "{toml}");
    for remark in [
        "# Where {source_original}, {source_office} say nothing it is the publisher of the table: write who that is.\n",
        "# Each row has its own {id}: put it into the subject if each row is about something else.\n",
    ] {
        assert!(toml.contains(remark), "{toml}");
    }
    assert_eq!(table::read(table.as_bytes(), &proposal.mapping).unwrap().refused, []);
    // Rows that are only counted, and a column that always says it.
    let table = table.replace("\n7,", "\n1,").replace("\n9,", "\n2,").replace("\n12,", "\n3,").replace(",,", ",UN,");
    let proposal = table::propose(table.as_bytes(), None).unwrap();
    assert_eq!(proposal.mapping.claims[0].origin.to_string(), "{source_original}");
    assert_eq!(proposal.remarks.len(), 1, "{:?}", proposal.remarks);
}

#[test]
fn a_proposal_takes_numbers_in_words_for_figures() {
    let table = "town,day,killed,address,source\nHoms,2024-03-01,over 40,12 Main Street,AFP\n\
        Hama,2024-03-02,7 or 8,3 Mill Lane,AP\nHoms,2024-03-02,12,The Mill,AP\n";
    let proposal = table::propose(table.as_bytes(), None).unwrap();
    let claims: Vec<String> = proposal
        .mapping
        .claims
        .iter()
        .map(|claim| format!("{} {} {}", claim.subject, claim.predicate, claim.figure))
        .collect();
    assert_eq!(claims, ["{town} killed {killed}"]);
    let table_of_ids = "id,town,killed\n9223372036854775806,Homs,1\n9223372036854775807,Hama,2\n1,Homs,3\n";
    let proposal_of_ids = table::propose(table_of_ids.as_bytes(), None).unwrap();
    assert!(proposal_of_ids.remarks.iter().any(|remark| remark.starts_with("Each row has its own {id}")));
    let import = table::read(table.as_bytes(), &proposal.mapping).unwrap();
    assert_eq!((import.entries.len(), import.refused.len()), (5, 0));
}
