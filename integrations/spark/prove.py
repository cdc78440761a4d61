"""Proves that what Spark finds in a ledger is what one process finds in it; `prove` runs this."""

import argparse
import json
import logging
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

import findings as job
import ledgers
from simulate import most_memory

HERE = Path(__file__).parent
# What a finding is, apart from where it was found: its kind, the labels of its claims, and why.
Batches = Iterator[pa.RecordBatch]
Finding = tuple[str, tuple[str, ...], str]


class Proof:
    """Checks, and how many of them passed."""

    def __init__(self, testimony: str) -> None:
        self.testimony = testimony
        self.passed = self.failed = 0

    def check(self, what: str, right: bool, why: object = "") -> None:
        self.passed += right
        self.failed += not right
        print(f"{'ok  ' if right else 'FAIL'} {what}{f': {why}' if why != '' else ''}", flush=True)

    def same(self, what: str, found: Counter[Finding], whole: Counter[Finding]) -> None:
        self.check(what, found == whole and whole.total() > 0, compared(found, whole))

    def differs(self, what: str, find: Callable[[], Counter[Finding]], whole: Counter[Finding]) -> None:
        found = find()
        self.check(what, found != whole, compared(found, whole))

    def refused(self, what: str, find: Callable[[], object], why: str) -> None:
        try:
            find()
        except Exception as error:
            self.check(what, why in str(error), f"refused, {why!r} is said")
        else:
            self.check(what, False, "taken")

    def command(self, *args: str | Path, lines: list[str] | None = None) -> str:
        given = None if lines is None else "".join(f"{line}\n" for line in lines)
        return subprocess.run([self.testimony, *args], input=given, capture_output=True, text=True, check=True).stdout

    def labels(self, lines: list[str]) -> dict[int, str]:
        claims = map(json.loads, self.command("label", "--json", "-", lines=lines).splitlines())
        return {claim["claim"]: claim["label"] for claim in claims}

    def whole(self, ledger: Path) -> Counter[Finding]:
        """The findings of one process."""
        found = map(json.loads, self.command("audit", "--json", ledger).splitlines())
        return Counter((kind_of(one), tuple(one["labels"]), one["because"]) for one in found)


def kind_of(finding: dict[str, object]) -> str:
    kinds = {"relation": "conflict", "circle": "circle", "violation": "violation"}
    return next((kind for key, kind in kinds.items() if key in finding), "unconfirmed")


def collected(found: DataFrame) -> Counter[Finding]:
    rows = found.select("kind", "labels", "because").collect()
    return Counter((row.kind, tuple(row.labels), row.because) for row in rows)


def written(folder: Path) -> Counter[Finding]:
    rows = pq.read_table(folder, columns=["kind", "labels", "because"]).to_pylist()
    return Counter((row["kind"], tuple(row["labels"]), row["because"]) for row in rows)


def of_job(process: subprocess.Popen[str], out: Path) -> Counter[Finding]:
    """The findings that a job wrote; nothing if it failed."""
    return written(out) if process.returncode == 0 else Counter()


def compared(found: Counter[Finding], whole: Counter[Finding]) -> str:
    missing, extra = (whole - found).total(), (found - whole).total()
    return f"{whole.total():,} in the whole, {missing:,} missing, {extra:,} extra"


def session() -> SparkSession:
    """Two threads of this machine, and blocks of text so small that a small ledger has several."""
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.files.maxPartitionBytes": "20000",
        "spark.sql.files.openCostInBytes": "0",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "50",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
    }
    builder = SparkSession.builder.master("local[2]").appName("prove")
    for key, value in settings.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    logging.disable(logging.ERROR)
    return spark


def shuffle(folder: Path, seed: int) -> None:
    """Puts the rows of each table into a random order, and one in ten of them there twice."""
    rng = random.Random(seed)
    for file in folder.glob("*.parquet"):
        table = pq.read_table(file)
        places = [*range(len(table)), *(place for place in range(len(table)) if rng.random() < 0.1)]
        rng.shuffle(places)
        pq.write_table(table.take(pa.array(places, pa.int64())), file)


def drawn(proof: Proof, scratch: Path, seed: int, claims: int, *, takes_back: bool = True) -> tuple[Path, Path]:
    """A random ledger, as a file and as tables that were shuffled."""
    file, folder = scratch / f"{seed}.jsonl", scratch / f"{seed}.tables"
    lines = ledgers.draw(seed, claims, proof.labels, takes_back=takes_back)
    file.write_text("".join(f"{line}\n" for line in lines))
    proof.command("export", "parquet", file, "--out", folder)
    shuffle(folder, seed)
    return file, folder


def prove_parts(proof: Proof, spark: SparkSession, file: Path, folder: Path, heaps: list[int]) -> None:
    """However many heaps the parts are dealt into, the findings are those of one process."""
    whole = proof.whole(file)
    kinds = Counter(kind for kind, _, _ in whole.elements())
    proof.check(f"{file.name} has findings of every kind", len(kinds) == 4, dict(kinds))
    ledger = job.tables(spark, str(folder))
    for n in heaps:
        found = collected(job.findings(ledger, proof.testimony, n))
        proof.same(f"{file.name}, tables, shuffled, rows twice, {n} partitions", found, whole)


def prove_lines(proof: Proof, spark: SparkSession, file: Path, folder: Path) -> None:
    """The parts that the job works out for JSON Lines are those that the command writes into tables."""
    ledger = job.lines(spark, str(file), proof.testimony)
    proof.same(f"{file.name}, JSON Lines", collected(job.findings(ledger, proof.testimony)), proof.whole(file))
    claims = pq.read_table(folder / "claims.parquet", columns=["part", "line"]).to_pylist()
    ours = parts_of_topics(row.asDict() for row in ledger.of_parts.where("number is not null").collect())
    theirs = parts_of_topics(claims)
    proof.check(f"{file.name}, parts of JSON Lines", ours == theirs, f"{len(theirs)} topics as they are written")


def parts_of_topics(claims: Iterable[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """The part of each topic that claims name, in their own words."""
    topics = ((json.loads(claim["line"])["claim"]["topic"], claim["part"]) for claim in claims)
    return {(topic["subject"], topic["predicate"]): part for topic, part in topics}


def prove_controls(proof: Proof, spark: SparkSession, file: Path, folder: Path) -> None:
    """Whoever cuts a ledger elsewhere gets another answer. No claim is taken back, or many cuts would be refused."""
    whole = proof.whole(file)
    ledger = job.tables(spark, str(folder))
    find = job.finder(proof.testimony, ledger.every)
    by_part = ledger.of_parts.repartition(7, "part")
    in_order = by_part.sortWithinPartitions("part")
    seqs = spark.read.parquet(f"{folder}/claims.parquet").selectExpr(
        "seq", "to_json(array(subject, predicate)) as topic"
    )
    by_topic = ledger.of_parts.join(f.broadcast(seqs.distinct()), "seq", "left")
    by_topic = by_topic.selectExpr("coalesce(topic, part) as part", "seq", "number", "line")
    shuffled = in_order.selectExpr(
        "part", "if(number is null, seq, 1000 + pmod(xxhash64(seq), 1000) * 1000 + number) as seq", "number", "line"
    )

    def of_each_batch(batches: Batches) -> Batches:
        for batch in batches:
            yield from find(iter([batch]))

    def of_each_topic(batches: Batches) -> Batches:
        rows = pa.Table.from_batches(batches, job.ROWS)
        for topic in rows["part"].unique():
            yield from find(iter(rows.filter(pc.equal(rows["part"], topic)).to_batches()))

    def answer(rows: DataFrame, by: Callable[[Batches], Batches] = find) -> Callable[[], Counter[Finding]]:
        return lambda: collected(rows.mapInArrow(by, job.FINDINGS))

    proof.same(f"{file.name}, beside the controls", answer(in_order)(), whole)
    proof.differs("control, each batch by itself", answer(in_order, of_each_batch), whole)
    proof.differs("control, by topic", answer(by_topic.repartition(4, "part"), of_each_topic), whole)
    proof.differs("control, no key", answer(ledger.of_parts.repartition(7).sortWithinPartitions("part")), whole)
    proof.differs("control, order of claims lost", answer(shuffled), whole)
    proof.refused("control, unsorted", answer(by_part), "sorted by part")


def submit(proof: Proof, master: str, ledger: Path, out: Path, testimony: str, *more: str) -> subprocess.Popen[str]:
    """The whole job as the README has it."""
    spark = Path(sys.executable).parent / "spark-submit"
    quiet = ["--conf", "spark.ui.enabled=false", "--conf", "spark.driver.host=127.0.0.1"]
    files = ["--files", testimony] if "/" in testimony else []
    args = [HERE / "findings.py", ledger, out, "--testimony", Path(testimony).name, *more]
    command = [spark, "--master", master, *quiet, *files, *args]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def prove_job(proof: Proof, file: Path, folder: Path, scratch: Path) -> None:
    """The job as it is started, and what it says when something is wrong."""
    whole = proof.whole(file)
    for ledger in (file, folder):
        out = scratch / f"{ledger.name}.found"
        said, _ = (process := submit(proof, "local[2]", ledger, out, proof.testimony)).communicate()
        proof.same(f"{ledger.name}, the job as a whole", of_job(process, out), whole)
    before = sorted(out.iterdir())
    said, _ = (process := submit(proof, "local[2]", folder, out, proof.testimony)).communicate()
    kept = process.returncode != 0 and sorted(out.iterdir()) == before
    proof.check("a second job does not write over the first", kept and "already exists" in said)

    broken = scratch / "broken.jsonl"
    broken.write_text(
        file.read_text()
        + '{"claim":{"topic":{"subject":"T","predicate":"p"},"value":{"text":"x"},"origin":"nobody"}}\n'
    )
    process = submit(proof, "local[2]", broken, scratch / "broken.found", proof.testimony)
    said, _ = process.communicate()
    wrong = subprocess.run([proof.testimony, "audit", broken], capture_output=True, text=True).stderr
    reason = next((line.split(": ", 1)[1] for line in wrong.splitlines() if "nobody" in line), "nothing")
    why = next((line for line in said.splitlines() if "nobody" in line), said[-300:])
    told = process.returncode != 0 and not (scratch / "broken.found" / "_SUCCESS").exists() and '"nobody"' in said
    proof.check(
        "what the command says of a line that is refused is passed on", told, f"{why.strip()} [alone: {reason}]"
    )


def prove_killed(proof: Proof, file: Path, folder: Path, scratch: Path) -> None:
    """One of two workers is killed when it has handed on what it found in a heap, but has not said that it was all."""
    calls, hung = scratch / "calls", scratch / "hung"
    calls.mkdir()
    wrapper = scratch / "testimony-watched"
    wrapper.write_text(
        f"""#!/bin/sh
touch {calls}/$$
"{proof.testimony}" "$@" || exit
# The fourth call has answered by now, and does not end.
if [ $(ls {calls} | wc -l) -ge 4 ] && mkdir {hung} 2>/dev/null; then
  echo $$ >{hung}/new && mv {hung}/new {hung}/pid && exec sleep 600
fi
"""
    )
    wrapper.chmod(0o755)
    out = scratch / "killed.found"
    process = submit(proof, "local-cluster[2,1,1024]", folder, out, str(wrapper), "--partitions", "16")
    with ThreadPoolExecutor(1) as reader:
        said = reader.submit(process.communicate)
        until = time.monotonic() + 300
        while not (hung / "pid").exists() and not said.done() and time.monotonic() < until:
            time.sleep(0.1)
        killed = kill_worker(int((hung / "pid").read_text())) if (hung / "pid").exists() else None
        told, _ = said.result()
    proof.check("one of two workers was killed while it ran", killed is not None, f"process {killed}")
    lost = [line for line in told.splitlines() if "Lost executor" in line or "Lost task" in line]
    proof.check("Spark missed it, and what it had begun", "Lost executor" in told and "Lost task" in told, len(lost))
    proof.same(f"{folder.name}, a worker killed", of_job(process, out), proof.whole(file))


def kill_worker(command: int) -> int | None:
    """Kills the worker that a command runs for, and the command."""
    above = command
    while above > 1:
        stat = Path(f"/proc/{above}/stat").read_text().rpartition(")")[2].split()
        above = int(stat[1])
        if "CoarseGrainedExecutorBackend" in Path(f"/proc/{above}/cmdline").read_text():
            os.kill(above, signal.SIGKILL)
            os.kill(command, signal.SIGKILL)
            return above
    return None


def prove_memory(proof: Proof) -> None:
    """The memory of a worker grows with the largest part, and not with the ledger."""

    few, many, large = (most_memory(proof.testimony, *of) for of in ((40, 1000), (160, 1000), (1, 80_000)))
    told = ", ".join(f"{mine >> 20} + {its >> 20} MiB" for mine, its in (few, many, large))
    flat = all(later < first * 1.1 for first, later in zip(few, many, strict=True))
    proof.check("four times the parts take no more memory, Python's and the command's", flat, told)
    proof.check("control, a larger part takes more", large[1] > many[1] * 1.3, told)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--testimony", required=True, help="the command")
    parser.add_argument("--scratch", type=Path, required=True, help="where to put what is thrown away")
    parser.add_argument("--quick", action="store_true", help="one small ledger and the killed worker")
    args = parser.parse_args()
    proof = Proof(str(Path(args.testimony).resolve()))
    with tempfile.TemporaryDirectory(dir=args.scratch) as scratch:
        prove(proof, Path(scratch), args.quick)
    print(f"{proof.passed} passed, {proof.failed} failed")
    sys.exit(1 if proof.failed else 0)


def prove(proof: Proof, scratch: Path, quick: bool) -> None:
    seeds, claims, heaps = (range(1, 2), 300, [1, 2, 7]) if quick else (range(1, 5), 600, [1, 2, 7, 64])
    drawn_ledgers = [drawn(proof, scratch, seed, claims) for seed in seeds]
    spark = session()
    for file, folder in drawn_ledgers:
        prove_parts(proof, spark, file, folder, heaps)
        prove_lines(proof, spark, file, folder)
    prove_controls(proof, spark, *drawn(proof, scratch, 100, claims, takes_back=False))
    spark.stop()
    file, folder = drawn_ledgers[0]
    prove_killed(proof, file, folder, scratch)
    if not quick:
        prove_job(proof, file, folder, scratch)
        prove_memory(proof)


if __name__ == "__main__":
    main()
