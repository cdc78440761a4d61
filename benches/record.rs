//! Recording claims and finding at once what each of them conflicts with.
//!
//! Topics of about five claims, seven in ten of them figures, as of periods within a year. The floor is the
//! insertion of an id for each claim into a growing `IndexMap`, in the same run.

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use indexmap::IndexMap;
use testimony::{Claim, Date, Figure, Ledger, Period, Source, SourceId, Stance, Topic, Value};

/// Pseudo-random numbers that are the same in every run (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }
}

/// A ledger with a thousand sources, and so many claims to record in it.
fn workload(claims: u64) -> (Ledger, Vec<Claim>) {
    let mut random = Random(42);
    let mut ledger = Ledger::new();
    let sources: Vec<SourceId> = (0..1000)
        .map(|i| ledger.add_source(Source::new(format!("source-{i}"), format!("Source {i}")).unwrap()).unwrap())
        .collect();
    let claims = (0..claims)
        .map(|_| {
            let topic = random.below(claims / 5);
            let origin = &sources[usize::try_from(random.below(1000)).unwrap()];
            let topic = Topic::new(format!("event {topic}"), "toll");
            let mut small = |n| u8::try_from(1 + random.below(n)).unwrap();
            let mut day = || Date::new(2022, small(12), small(28)).unwrap();
            let (a, b) = (day(), day());
            let as_of = Period::days(a.min(b), a.max(b)).unwrap();
            let claim = if random.below(10) < 7 {
                let dissent = random.below(20) == 0;
                let n = if dissent { 1000 + random.below(100) } else { 100 };
                let figure = match random.below(3) {
                    0 => Figure::at_least(n),
                    1 => Figure::about(n),
                    _ => Figure::exactly(n),
                };
                Claim::new(topic, figure, origin)
            } else {
                let stance = if random.below(20) == 0 { Stance::Denies } else { Stance::Affirms };
                Claim::new(topic, Value::text("decisive"), origin).with_stance(stance)
            };
            claim.with_as_of(as_of)
        })
        .collect();
    (ledger, claims)
}

fn record(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("record");
    group.sample_size(10);
    for size in [10_000_u64, 100_000] {
        let (ledger, claims) = workload(size);
        group.throughput(Throughput::Elements(size));
        group.bench_function(BenchmarkId::new("record and detect", size), |bencher| {
            bencher.iter_batched(
                || (ledger.clone(), claims.clone()),
                |(mut ledger, claims)| {
                    let mut conflicts = 0;
                    for claim in claims {
                        conflicts += ledger.record(claim).unwrap().conflicts();
                    }
                    black_box(conflicts)
                },
                BatchSize::PerIteration,
            );
        });
        group.bench_function(BenchmarkId::new("floor: insert an id", size), |bencher| {
            bencher.iter_batched(
                || (0..size).map(|i| format!("claim-{i:016}")).collect::<Vec<_>>(),
                |ids| {
                    let mut map = IndexMap::new();
                    for (place, id) in ids.into_iter().enumerate() {
                        map.insert(id, place);
                    }
                    black_box(map.len())
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, record);
criterion_main!(benches);
