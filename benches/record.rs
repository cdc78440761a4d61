//! Recording claims and finding at once what each of them conflicts with, beside the insertion of an id for each.
//!
//! The run is quick and watches for changes; the ratios of the documentation are from `ratios`.

#[allow(dead_code, reason = "shared with the other benchmarks, each of which needs a part of it")]
mod workload;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use indexmap::IndexMap;
use testimony::Claim;

use self::workload::{Shape, Workload};

const CLAIMS: usize = 10_000;

fn record(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("record");
    group.sample_size(10).throughput(Throughput::Elements(CLAIMS as u64));
    for name in ["typical", "hot"] {
        let workload = Workload::new(Shape::named(name).unwrap(), CLAIMS);
        group.bench_function(name, |bencher| {
            bencher.iter_batched(
                || (workload.ledger(), workload.claims().collect::<Vec<Claim>>()),
                |(mut ledger, claims)| {
                    let conflicts: usize = claims.into_iter().map(|it| ledger.record(it).unwrap().conflicts()).sum();
                    black_box(conflicts);
                    ledger
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.bench_function("floor: insert an id", |bencher| {
        bencher.iter_batched(
            || (0..CLAIMS).map(|place| format!("claim-{place:016}")).collect::<Vec<String>>(),
            |ids| {
                let mut map = IndexMap::new();
                for (place, id) in ids.into_iter().enumerate() {
                    map.insert(id, place);
                }
                map
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, record);
criterion_main!(benches);
