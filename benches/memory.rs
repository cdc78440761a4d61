//! How many bytes a claim takes, by an allocator that counts.
//!
//! ```text
//! cargo bench --bench memory -- [--sizes N,N...] [--json FILE]
//! ```
//!
//! The bench is a program of its own, so that counting slows nothing that is timed. The file read is not counted; what
//! the system's allocator keeps beside the bytes that it was asked for is not, either. At the peak, a vector that grows
//! counts twice, old and new.
#![allow(clippy::cast_precision_loss, reason = "counts are printed to three digits")]

#[allow(dead_code, reason = "shared with the other benchmarks, each of which needs a part of it")]
mod harness;
#[allow(dead_code, reason = "shared with the other benchmarks, each of which needs a part of it")]
mod workload;

use std::error::Error;

use peak_alloc::PeakAlloc;
use testimony::jsonl;

use self::harness::{Must, Report, Row};
use self::workload::{Shape, Workload, plain};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let measuring = args.iter().any(|arg| arg == "--bench");
    args.retain(|arg| arg != "--bench");
    let option = |name: &str| args.iter().skip_while(|arg| *arg != name).nth(1);
    let sizes = option("--sizes").map_or("100000,1000000", String::as_str);
    let sizes: Vec<usize> = sizes.split(',').map(str::parse).collect::<Result<_, _>>()?;
    let sizes = if measuring { sizes } else { vec![200] };

    let shape = Shape::named("typical").ok_or("no typical shape")?;
    let mut report = Report::new(option("--json").map(String::as_str))?;
    for size in sizes {
        let file = Workload::new(shape, size).jsonl();
        let lines: Vec<&[u8]> = file.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
        let ours = bytes(|| jsonl::read(file.as_slice()).unwrap());
        let floor = bytes(|| plain::read(&lines));
        for (i, what) in ["bytes a claim", "bytes a claim at peak"].into_iter().enumerate() {
            let each = |bytes: [usize; 2]| bytes[i] as f64 / size as f64;
            let ratio = each(ours) / each(floor);
            report.add(Row {
                what: what.to_owned(),
                shape: shape.full_name(),
                size,
                unit: "B".to_owned(),
                ours: each(ours),
                floor: each(floor),
                range: [ratio, ratio],
                must: (i == 0 && size >= 1_000_000).then_some(Must::Ours(200.0)),
            })?;
        }
    }
    Ok(())
}

/// The bytes that a value holds, and the most that were held while it was made.
fn bytes<T>(make: impl FnOnce() -> T) -> [usize; 2] {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let value = make();
    let (held, peak) = (ALLOCATOR.current_usage(), ALLOCATOR.peak_usage());
    drop(value);
    [held - before, peak - before]
}
