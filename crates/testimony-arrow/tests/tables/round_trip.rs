//! A ledger goes into tables and comes out of them again.

use arrow_array::cast::AsArray as _;
use arrow_array::types::Int64Type;
use proptest::prelude::*;
use testimony::{ClaimId, jsonl};
use testimony_arrow::{Table, from_batches, to_batches};

use crate::drawn::{ledgers, rows};

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_ledger_comes_back_byte_for_byte(ledger in ledgers()) {
        let batches = to_batches(&ledger).unwrap();
        for (table, batch) in &batches {
            prop_assert_eq!(&batch.schema(), &table.schema());
            if *table == Table::Claims {
                let numbers = batch["number"].as_primitive::<Int64Type>().values();
                let claim = |number: &i64| ledger.claim(ClaimId::new(number.unsigned_abs())).unwrap();
                let labels: Vec<String> = numbers.iter().map(|number| claim(number).label().to_string()).collect();
                prop_assert!(batch["label"].as_string::<i32>().iter().flatten().eq(&labels));
            }
        }
        let again = from_batches(batches.iter().map(|(_, batch)| batch)).unwrap();
        let file = jsonl::to_string(&ledger).unwrap();
        prop_assert_eq!(jsonl::to_string(&again).unwrap(), file.as_str());
        // Sorted by their places the lines are the file, without any of it being read.
        let mut rows = rows(&ledger);
        rows.sort_by_key(|row| row.seq);
        let lines: Vec<&str> = rows.iter().map(|row| row.line.as_str()).collect();
        prop_assert_eq!(lines, file.lines().collect::<Vec<_>>());
        prop_assert!(rows.iter().zip(0..).all(|(row, seq)| row.seq == seq));
    }
}

#[test]
fn every_table_has_a_batch_and_its_name() {
    let batches = to_batches(&testimony::Ledger::new()).unwrap();
    assert_eq!(batches.iter().map(|(table, _)| *table).collect::<Vec<_>>(), Table::OF_LEDGER);
    for (table, batch) in batches {
        assert_eq!(batch.schema().metadata()["testimony.table"], table.name());
        assert_eq!(batch.num_rows(), usize::from(table == Table::Format), "{table:?}");
    }
}
