//! How fast figures are found in running text, phrases read and printed, and periods read.

use std::hint::black_box;

use chrono::NaiveDate;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use testimony::{Figure, Period, figures_in};

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

const DAYS: [&str; 4] = ["2025-03-15", "1999-12-31", "2024-02-29", "0476-09-04"];
const PERIODS: [&str; 4] = ["2025", "2025-03~", "2025-01-10/2025-03-20", "../2025-03"];

fn benches(criterion: &mut Criterion) {
    let text = TEXT.repeat(1000);
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
    group.bench_function("figures in a text", |bencher| bencher.iter(|| figures_in(black_box(&text)).count()));
    group.bench_function("floor: split it into words", |bencher| {
        bencher.iter(|| black_box(&text).split_whitespace().count());
    });
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

    let mut group = criterion.benchmark_group("periods");
    group.throughput(Throughput::Elements(DAYS.len() as u64));
    let read = |texts: [&str; 4]| texts.iter().filter(|text| black_box(text).parse::<Period>().is_ok()).count();
    assert_eq!(read(DAYS) + read(PERIODS), DAYS.len() + PERIODS.len());
    group.bench_function("read days", |bencher| bencher.iter(|| read(black_box(DAYS))));
    group.bench_function("read months, years and spans", |bencher| bencher.iter(|| read(black_box(PERIODS))));
    group.bench_function("floor: read days with chrono", |bencher| {
        bencher.iter(|| black_box(DAYS).iter().filter(|day| black_box(day).parse::<NaiveDate>().is_ok()).count());
    });
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
