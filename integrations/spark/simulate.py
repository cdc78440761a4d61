"""Foretells how long a job takes and how much memory, for parts of very different sizes; no cluster is needed.

python simulate.py                                  the table of docs/beyond_one_machine.md
python simulate.py --claims 1e10 --largest 1e9      another row of it
python simulate.py --check --testimony COMMAND      measures what it reckons with, and a run that it foretold
python simulate.py --beside --testimony COMMAND     measures a job beside one process, and what a worker takes
"""

import argparse
import heapq
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class Costs(NamedTuple):
    """The costs of one claim; `--check` measures these."""

    core: float = 20e-6  # seconds of a core, all processes together
    heap: float = 10e-6  # seconds that pass for a claim of one partition, whose processes work side by side
    kept: float = 650.0  # bytes of memory for a claim of the largest part
    row: float = 250.0  # bytes of a row on its way from one worker to another


def sizes(rng: random.Random, claims: int, parts: int, largest: int) -> list[int]:
    """The claims in each of the largest parts: behind the first, sizes fall as 1/k."""
    listed = min(parts, 100_000)
    top = [largest / k * rng.uniform(0.8, 1.2) if k > 1 else largest for k in range(1, listed + 1)]
    scale = min(1.0, max(0.0, (claims - largest) / max(1.0, sum(top[1:]))))
    return [largest, *(int(size * scale) for size in top[1:])]


def heaps(rng: random.Random, parts: list[int], claims: int, partitions: int) -> list[float]:
    """The claims in each of Spark's partitions: listed parts fall anywhere, and all others evenly."""
    dealt = [(claims - sum(parts)) / partitions] * partitions
    for size in parts:
        dealt[rng.randrange(partitions)] += size
    return dealt


def makespan(heaps: list[float], slots: int, costs: Costs) -> float:
    """Seconds until all heaps are done, each slot taking the next one when it is free, as Spark does."""
    free = [0.0] * slots
    for heap in heaps:
        heapq.heapreplace(free, free[0] + heap * costs.heap)
    return max(max(free), sum(heaps) * costs.core / slots)


def foretold(seed: int, claims: int, parts: int, largest: int, slots: int, costs: Costs) -> str:
    """A row of the table."""
    rng = random.Random(seed)
    seconds = makespan(heaps(rng, sizes(rng, claims, parts, largest), claims, slots * 4), slots, costs)
    even = claims * costs.core / slots
    columns = (
        f"{claims:.0e}",
        f"{largest:.0e}",
        f"{slots:,}",
        f"{even / 60:,.1f} min",
        f"{seconds / 60:,.1f} min",
        f"{largest * costs.kept / 2**30:,.1f} GiB",
        f"{claims * costs.row / slots / 2**30:,.2f} GiB",
    )
    return f"| {' | '.join(columns)} |"


def session() -> "SparkSession":
    """Two threads of this machine, which say nothing."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.ui.showConsoleProgress", "false").config("spark.driver.host", "127.0.0.1")
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    return spark


def beside(testimony: str, scratch: str, claims: int) -> bool:
    """Measures a job on tables beside `audit --count` on their lines, and the memory for ten times the parts."""
    import findings as job
    import ledgers

    file, tables, size = Path(scratch) / "ledger.jsonl", Path(scratch) / "tables", 1000
    with file.open("w") as lines:
        for batch in chain([ledgers.sources()], ledgers.parts([size] * (claims // size))):
            lines.writelines(f"{line}\n" for line in batch["line"].to_pylist())
    subprocess.run([testimony, "export", "parquet", file, "--out", tables], capture_output=True, check=True)

    def seconds(act: Callable[[], object]) -> float:
        began = time.monotonic()
        act()
        return time.monotonic() - began

    def count() -> None:
        status = subprocess.run([testimony, "audit", "--count", file], capture_output=True).returncode
        assert status in (0, 1), status

    spark = session()

    def run() -> None:
        job.findings(job.tables(spark, str(tables)), testimony, 8).write.mode("overwrite").parquet(f"{scratch}/found")

    # The first run of a JVM is compiled as it goes; a job is one run, so that counts.
    pairs = [(seconds(run), seconds(count)) for _ in range(2)]
    spark.stop()
    for ours, alone in pairs:
        print(f"{claims:,} claims: the job {ours:.1f} s, audit --count {alone:.1f} s, ratio {ours / alone:.2f}")
    taken = [most_memory(testimony, claims // size // less, size) for less in (10, 1)]
    for less, (python, command) in zip((10, 1), taken, strict=True):
        told = f"{python >> 20} MiB of Python, {command >> 20} of the command"
        print(f"{claims // less:,} claims in parts of {size:,}: {told}")
    return pairs[0][0] / pairs[0][1] < 3 and all(many < few * 1.1 for few, many in zip(*taken, strict=True))


def check(testimony: str, scratch: str) -> bool:
    """Measures the costs on even parts, and compares a job on skewed ones with what they foretell."""
    import pyarrow.parquet as pq

    import findings as job
    import ledgers

    spark = session()

    def seconds(name: str, parts: list[int], partitions: int) -> float:
        """How long the job takes, the best of two times."""
        folder = Path(scratch) / name
        folder.mkdir()
        with pq.ParquetWriter(folder / "rows.parquet", job.ROWS) as file:
            for batch in chain([ledgers.sources()], ledgers.parts(parts)):
                file.write_batch(batch)
        rows = spark.read.parquet(str(folder))
        ledger = job.Ledger(rows.where("part is null"), rows.where("part is not null"))
        times = []
        for _ in range(2):
            began = time.monotonic()
            job.findings(ledger, testimony, partitions).write.format("noop").mode("overwrite").save()
            times.append(time.monotonic() - began)
        return min(times)

    many = 200_000
    fixed = seconds("few", [10] * 10, 8)
    even = seconds("even", [500] * (many // 500), 8) - fixed
    single = seconds("single", [500] * (many // 500), 1) - fixed
    kept = [most_memory(testimony, 1, size)[1] for size in (many, 2 * many)]
    costs = Costs(core=2 * even / many, heap=single / many, kept=(kept[1] - kept[0]) / many)
    print(f"measured: {fixed:.2f} s for a job, then {costs.core * 1e6:.1f} µs of a core a claim,")
    print(f"{costs.heap * 1e6:.1f} µs a claim of one partition, {costs.kept:.0f} bytes a claim of the largest part")
    skewed = [many, *[500] * (many // 500)]
    rng = random.Random(1)
    expected = fixed + makespan(heaps(rng, skewed, sum(skewed), 8), 2, costs)
    took = seconds("skewed", skewed, 8)
    spark.stop()
    print(f"half of {sum(skewed):,} claims in one part: foretold {expected:.1f} s, took {took:.1f} s")
    return 0.5 < took / expected < 2


# Runs a command and writes down the most memory that it took. A process counts that of its parent until it is another
# program, so the parent has to be small.
WATCH = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[2:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024, file=open(sys.argv[1], "w"))
sys.exit(status)
"""
FEED = """
import resource, sys
from itertools import chain
import findings, ledgers
parts, size, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
for _ in findings.run(command, chain([ledgers.sources()], ledgers.parts([size] * parts))):
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def most_memory(testimony: str, parts: int, size: int) -> tuple[int, int]:
    """The most memory that Python and the command take for so many parts with so many claims each, in bytes."""
    with tempfile.NamedTemporaryFile() as told:
        watched = [sys.executable, "-S", "-c", WATCH, told.name, testimony, "findings"]
        command = [sys.executable, "-c", FEED, str(parts), str(size), *watched]
        done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True)
        return int(done.stdout), int(Path(told.name).read_text())


def main() -> None:
    parser = argparse.ArgumentParser(description="Foretells how long a job takes and how much memory.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--claims", type=float)
    parser.add_argument("--largest", type=float, default=1e8, help="claims in the largest part")
    parser.add_argument("--parts", type=float, default=1e7)
    parser.add_argument("--slots", type=int, default=64, help="tasks at a time, in all")
    parser.add_argument("--check", action="store_true", help="measure, and compare with a job")
    parser.add_argument("--beside", action="store_true", help="measure a job beside one process")
    parser.add_argument("--testimony", default="testimony", help="the command, for --check and --beside")
    args = parser.parse_args()
    if args.check or args.beside:
        command = str(Path(args.testimony).resolve()) if "/" in args.testimony else args.testimony
        with tempfile.TemporaryDirectory() as scratch:
            right = check(command, scratch) if args.check else beside(command, scratch, int(args.claims or 1e6))
        print(f"{int(right)} passed, {int(not right)} failed")
        sys.exit(0 if right else 1)
    asked = [(args.claims, args.largest, args.slots)]
    if args.claims is None:
        asked = [(1e7, 1e5, 8), (1e9, 1e5, 64), (1e9, 1e8, 64), (1e11, 1e6, 2048), (1e11, 1e8, 2048)]
    print("| claims | in the largest part | slots | evenly | with it | its memory | shuffled, a slot |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for claims, largest, slots in asked:
        print(foretold(args.seed, int(claims), int(args.parts), int(largest), slots, Costs()))


if __name__ == "__main__":
    main()
