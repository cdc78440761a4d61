//! How fast figures are found in running text, and phrases read and printed.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use testimony::{Figure, figures_in};

/// Sentences as newspapers have them, most words of which belong to no figure.
const TEXT: &str = "At least 107 people were killed and more than 230 injured when a crane fell on 11 September 2015, \
    officials said. Some 30 per cent of the victims had not been identified by Sunday evening, and the minister would \
    not say how many were missing. Nearly one-third of the 11,000 troops, about 3,000 to 4,000 of them, had been \
    withdrawn before the winter, according to the report, which the ministry called premature. The damage is put at \
    between $1.2bn and $1.5bn, and dozens of families have left the town, a spokesman told reporters in the capital \
    after the second meeting of the committee in two days. ";

const PHRASES: [&str; 8] = [
    "over 4,000 persons",
    "about 30%",
    "between $1.2bn and $1.5bn",
    "three thousand nine hundred and sixty-five",
    "nearly one-third",
    "at least 20 and at most 100",
    "tens of thousands of refugees",
    "11,000",
];

fn benches(criterion: &mut Criterion) {
    let text = TEXT.repeat(1000);
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
    group.bench_function("figures in a text", |bencher| bencher.iter(|| figures_in(black_box(&text)).count()));
    group.finish();

    let figures: Vec<Figure> = PHRASES.iter().filter_map(|phrase| phrase.parse().ok()).collect();
    assert_eq!(figures.len(), PHRASES.len());
    let mut group = criterion.benchmark_group("phrases");
    group.throughput(Throughput::Elements(PHRASES.len() as u64));
    group.bench_function("read", |bencher| {
        bencher.iter(|| PHRASES.iter().filter(|phrase| black_box(phrase).parse::<Figure>().is_ok()).count());
    });
    group.bench_function("print", |bencher| {
        bencher.iter(|| black_box(&figures).iter().map(|figure| figure.to_string().len()).sum::<usize>());
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
