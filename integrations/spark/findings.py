"""Finds what conflicts in a ledger that has outgrown a machine: a job for Apache Spark.

    spark-submit --files testimony findings.py LEDGER OUT

The ledger is a folder of tables, as `testimony export parquet` writes it, or JSON Lines. What is found in a ledger is
what is found in its parts together, so rows are brought together by part, sorted, and handed to `testimony findings`,
one process for each of Spark's partitions. The answer is in OUT, as Parquet.
"""

import argparse
import io
import json
import re
import shutil
import subprocess
import tempfile
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
from pyspark import SparkFiles
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

Batches = Iterator[pa.RecordBatch]

# The columns of a ledger's tables that decide. A row without a part goes to every part.
ROWS = pa.schema([("part", pa.string()), ("seq", pa.int64()), ("number", pa.int64()), ("line", pa.string())])
ROWS_IN_SPARK = "part string, seq bigint, number bigint, line string"
TABLES = ("format", "sources", "predicates", "names", "claims", "constraints", "retractions", "amendments")
FINDINGS = """
    part string, kind string, subject string, predicate string, labels array<string>, sources array<string>,
    relation string, timing string, certain boolean, later string, supersedes string, gap string, constraint string,
    scope string, implied string, stated string, unit string, because string
"""


class Ledger(NamedTuple):
    """The rows of a ledger: those that go to every part, and those that belong to one."""

    every: DataFrame
    of_parts: DataFrame


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes what is found in a ledger as Parquet.")
    parser.add_argument("ledger", help="a folder of tables, or JSON Lines (a file, a folder or a pattern)")
    parser.add_argument("out", help="the folder that is made for what is found")
    parser.add_argument("--format", choices=["parquet", "jsonl"], help="what the ledger is, if its name does not tell")
    parser.add_argument("--testimony", default="testimony", help="the command: a name from --files, or a path")
    parser.add_argument("--partitions", type=int, help="how many heaps the parts are dealt into; else as Spark has it")
    args = parser.parse_args()
    spark = SparkSession.builder.appName("testimony").getOrCreate()
    is_lines = args.format == "jsonl" if args.format else re.search(r"\.jsonl(\.\w+)?$", args.ledger) is not None
    ledger = lines(spark, args.ledger, args.testimony) if is_lines else tables(spark, args.ledger)
    findings(ledger, args.testimony, args.partitions).write.parquet(args.out)
    print(f"{args.out}: {spark.read.schema(FINDINGS).parquet(args.out).count():,} findings")
    spark.stop()


def findings(ledger: Ledger, command: str, partitions: int | None = None) -> DataFrame:
    """The findings of the parts of a ledger, each of them whole and in one process."""
    key = [partitions, "part"] if partitions else ["part"]
    by_part = ledger.of_parts.repartition(*key).sortWithinPartitions("part")
    return by_part.mapInArrow(finder(command, ledger.every), FINDINGS)


def finder(command: str, every: DataFrame) -> Callable[[Batches], Batches]:
    """Makes the function that runs the command on one of Spark's partitions, whose rows are sorted by part.

    A batch that Spark hands over ends anywhere, within a part too. So all of them go to one process, which takes a part
    for whole when the next one begins, and keeps no more than that.
    """
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, ROWS) as stream:
        stream.write_table(every.toArrow().cast(ROWS))
    shared = every.sparkSession.sparkContext.broadcast(sink.getvalue())

    def find(batches: Batches) -> Batches:
        first = next((batch for batch in batches if batch.num_rows), None)
        if first is not None:
            with pa.ipc.open_stream(shared.value) as to_every:
                yield from run([place_of(command), "findings"], chain(to_every, [first], batches))

    return find


def run(command: list[str], batches: Iterable[pa.RecordBatch]) -> Batches:
    """Runs a command with a stream of batches on its standard input, and gives those that it writes meanwhile."""
    failed: list[BaseException] = []
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said)
        feeder = threading.Thread(target=feed, args=(process, batches, failed), daemon=True)
        feeder.start()
        try:
            with process.stdout, pa.ipc.open_stream(process.stdout) as found:
                yield from found
        except pa.ArrowInvalid:
            pass  # It ended amid its answer or before, and its status tells why.
        except GeneratorExit:
            process.kill()
            raise
        status = process.wait()
        feeder.join()
        if failed:
            raise failed[0]
        if status != 0:
            said.seek(0)
            why = said.read(64 * 1024).decode(errors="replace").strip() or f"ended with status {status}"
            raise RuntimeError(f"{' '.join(command)}: {why}")


def feed(process: subprocess.Popen[bytes], batches: Iterable[pa.RecordBatch], failed: list[BaseException]) -> None:
    """Writes batches to a process. One that was not told everything may not end as if it had been."""
    try:
        with process.stdin, pa.ipc.new_stream(process.stdin, ROWS) as stream:
            for batch in batches:
                stream.write_batch(pa.RecordBatch.from_arrays(batch.columns, schema=ROWS))
    except BrokenPipeError:
        pass  # It has ended, and its status tells why.
    except BaseException as error:
        failed.append(error)
        process.kill()


def place_of(command: str) -> str:
    """The command on this machine: among the files that came with the job, or on the search path."""
    came_with_job = SparkFiles.get(command)
    found = came_with_job if Path(came_with_job).is_file() else shutil.which(command)
    if found is None:
        raise FileNotFoundError(f"{command}: not among --files, and not on the search path of this worker")
    return found


def tables(spark: SparkSession, folder: str) -> Ledger:
    """The ledger that tables hold. Of a row only a claim's number matters beside its place, its part and its line."""
    rows = None
    for table in TABLES:
        number = "number" if table == "claims" else "cast(null as bigint) as number"
        one = spark.read.parquet(f"{folder.rstrip('/')}/{table}.parquet").selectExpr("part", "seq", number, "line")
        rows = one if rows is None else rows.unionAll(one)
    return Ledger(rows.where("part is null"), rows.where("part is not null"))


# How a claim is mostly laid out; every other line is read as JSON.
CLAIM = re.compile(r'\{(?:"recorded":"[^"\\]*",)?"claim":\{"topic":\{"subject":"([^"\\]*)","predicate":"([^"\\]*)"\}')
# White space as Unicode has it; Python's own notion is wider.
SPACE = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
# A line that is no claim, and the claim that it is about; or a block of lines, and how many claims are in it.
OTHERS = pa.schema(
    [("kind", pa.string()), ("seq", pa.int64()), ("number", pa.int64()), ("label", pa.string()), ("line", pa.string())]
)
OTHERS_IN_SPARK = "kind string, seq bigint, number bigint, label string, line string"
AT_A_TIME = 4096


def lines(spark: SparkSession, path: str, command: str) -> Ledger:
    """The ledger that JSON Lines hold, whose lines have neither a place nor a part before they are counted and tied.

    Several files are one ledger, in the order of their names. The `seq` of a line is made of the rank of its file and
    of where in the file its block begins, plus how many lines of the block come before it. A line takes a byte or more:
    so no two lines have one, and they are in the order of the ledger.
    """
    # Each time that the text is read it has to fall into the same blocks, however many workers there are by then.
    spark.conf.set("spark.sql.files.minPartitionNum", 8)
    files = spark.read.format("binaryFile").load(path).select("_metadata.file_path").sort("file_path").collect()
    ranks = spark.createDataFrame(
        [(file.file_path, rank) for rank, file in enumerate(files)], "file string, rank bigint"
    )
    text = spark.read.option("lineSep", "\n").text(path)
    text = text.join(f.broadcast(ranks), f.col("_metadata.file_path") == ranks.file)
    text = text.selectExpr("value", "shiftleft(rank, 40) + _metadata.file_block_start as block")

    others = text.mapInArrow(read_others, OTHERS_IN_SPARK).persist()
    first_numbers, number = {}, 0
    for block in others.where("kind = 'block'").sort("seq").collect():
        first_numbers[block.seq] = number
        number += block.number
    entries = others.where("kind in ('every', 'ties')").sort("seq").collect()
    parts = Parts(loaded(entry.line) for entry in entries)
    claims = text.mapInArrow(reader_of_claims(first_numbers, parts), ROWS_IN_SPARK)

    ties = [(parts.of_constraint(loaded(e.line)), e.seq, None, e.line) for e in entries if e.kind == "ties"]
    of_parts = claims.unionAll(spark.createDataFrame(ties, ROWS_IN_SPARK))
    about = others.where("kind = 'about'")
    for key in ("number", "label"):
        if (by_key := about.where(f"{key} is not null")).isEmpty():
            continue
        if key == "number":
            named = claims.select("number", "part")
        else:
            sources = [entry.line for entry in entries if "source" in loaded(entry.line)]
            named = claims.mapInArrow(labeller(command, sources), "label string, part string").distinct()
        # What names no claim that there is gets a part of its own, so that the command says so.
        by_key = by_key.join(named, key, "left")
        of_parts = of_parts.unionAll(
            by_key.selectExpr("coalesce(part, '') as part", "seq", "cast(null as bigint) as number", "line")
        )
    every = others.where("kind = 'every'").selectExpr("cast(null as string) as part", "seq", "number", "line")
    return Ledger(every, of_parts)


def read(batches: Batches) -> Iterator[tuple[int, int, str]]:
    """The lines that are not blank, each with its block and its place there."""
    block, place = None, 0
    for batch in batches:
        for line, of in zip(batch["value"].to_pylist(), batch["block"].to_pylist(), strict=True):
            if of != block:
                block, place = of, 0
            if line and not line.isspace():
                yield block, place, line.removeprefix("\ufeff") if place == 0 else line
            place += 1


def loaded(line: str) -> dict[str, Any]:
    """An entry; nothing if the line holds none, which the command will say."""
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return entry if isinstance(entry, dict) else {}


def read_others(batches: Batches) -> Batches:
    """The lines that are no claims, and how many claims there are in each block."""

    def rows() -> Iterator[tuple[Any, ...]]:
        counts: dict[int, int] = {}
        for block, place, line in read(batches):
            counts.setdefault(block, 0)
            if CLAIM.match(line) or "claim" in (entry := loaded(line)):
                counts[block] += 1
                continue
            about = entry.get("retraction") or entry.get("amendment")
            key = about.get("claim") if isinstance(about, dict) else None
            if "constraint" in entry:
                yield "ties", block + place, None, None, line
            elif type(key) is int and 0 <= key < 2**63:
                yield "about", block + place, key, None, line
            elif isinstance(key, str):
                yield "about", block + place, None, key.lower(), line
            else:
                yield "every", block + place, None, None, line
        for block, count in counts.items():
            yield "block", block, count, None, None

    return in_batches(rows(), OTHERS)


def reader_of_claims(first_numbers: dict[int, int], parts: "Parts") -> Callable[[Batches], Batches]:
    """Makes the function that reads claims with their places, numbers and parts."""
    # A broadcast is unpacked where nobody has imported a class of this file, so it holds what the parts know.
    shared = SparkSession.active().sparkContext.broadcast((first_numbers, vars(parts)))

    def read_claims(batches: Batches) -> Batches:
        first_numbers, known = shared.value
        parts = Parts([])
        vars(parts).update(known)

        def rows() -> Iterator[tuple[Any, ...]]:
            at, number = None, 0
            for block, place, line in read(batches):
                if block != at:
                    at, number = block, first_numbers[block]
                if topic := CLAIM.match(line):
                    yield parts.of(*topic.groups()), block + place, number, line
                elif "claim" in (entry := loaded(line)):
                    yield parts.of_topic(entry["claim"]), block + place, number, line
                else:
                    continue
                number += 1

        return in_batches(rows(), ROWS)

    return read_claims


def labeller(command: str, sources: list[str]) -> Callable[[Batches], Batches]:
    """Makes the function that has the command work out the labels of claims."""

    def label(batches: Batches) -> Batches:
        parts: list[str] = []
        with tempfile.TemporaryFile() as ledger:
            ledger.writelines(f"{line}\n".encode() for line in sources)
            for batch in batches:
                parts += batch["part"].to_pylist()
                ledger.writelines(f"{line}\n".encode() for line in batch["line"].to_pylist())
            ledger.seek(0)
            said = subprocess.run([place_of(command), "label", "--json", "-"], stdin=ledger, capture_output=True)
        if said.returncode != 0:
            raise RuntimeError(f"{command} label: {said.stderr.decode(errors='replace').strip()}")
        claims = (json.loads(line) for line in said.stdout.splitlines())
        schema = pa.schema([("label", pa.string()), ("part", pa.string())])
        return in_batches(((claim["label"], parts[claim["claim"]]) for claim in claims), schema)

    return label


def in_batches(rows: Iterator[tuple[Any, ...]], schema: pa.Schema) -> Batches:
    """Rows as batches."""
    while some := list(islice(rows, AT_A_TIME)):
        columns = zip(*some, strict=True)
        yield pa.RecordBatch.from_arrays(
            [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
        )


class Parts:
    """Which part a topic is in: topics that constraints tie are in one, under whatever names their subjects go."""

    def __init__(self, entries: Iterable[dict[str, Any]]) -> None:
        self.first: dict[str, str] = {}
        entries = list(entries)
        for entry in entries:
            self.take_names(entry.get("subject") or entry.get("amendment"))
        # Each topic has a lesser one that it is tied to, and the least of them itself.
        self.least: dict[str, str] = {}
        for topics in map(self.topics, entries):
            for topic in topics[1:]:
                lesser, greater = sorted((self.find(topics[0]), self.find(topic)))
                self.least[greater] = lesser
        for topic in self.least:
            self.least[topic] = self.find(topic)

    def take_names(self, names: Any) -> None:
        """Takes the other names of a subject, as they are given or joined."""
        try:
            first = name(names.get("name") or names["subject"])
            self.first |= {name(alias): first for alias in names["aliases"]}
        except (AttributeError, KeyError, TypeError, UnicodeError):
            pass  # It gives a subject no names, or the command will say what is wrong with it.

    def find(self, topic: str) -> str:
        """The least topic that is known to be tied to one."""
        self.least.setdefault(topic, topic)
        while self.least[topic] != topic:
            self.least[topic] = self.least[self.least[topic]]
            topic = self.least[topic]
        return topic

    def topics(self, entry: dict[str, Any]) -> list[str]:
        """The topics of a constraint, each by its name; none of what is no constraint."""
        try:
            (roles,) = entry["constraint"].values()
            found = [topic for role in roles.values() for topic in (role if isinstance(role, list) else [role])]
            return [self.name(topic["subject"], topic["predicate"]) for topic in found]
        except (AttributeError, KeyError, TypeError, ValueError):
            return []  # If it is one, the command will say what is wrong with it.

    def of_constraint(self, entry: dict[str, Any]) -> str:
        """The part that a constraint is in."""
        topics = self.topics(entry)
        return self.least.get(topics[0], topics[0]) if topics else ""

    def of_topic(self, claim: Any) -> str:
        """The part that a claim is in."""
        try:
            return self.of(claim["topic"]["subject"], claim["topic"]["predicate"])
        except (KeyError, TypeError, UnicodeError):
            return ""  # The command will say what is wrong with it.

    def of(self, subject: str, predicate: str) -> str:
        """The part that a topic is in: the least name of those that are tied to it."""
        topic = self.name(subject, predicate)
        return self.least.get(topic, topic)

    def name(self, subject: str, predicate: str) -> str:
        """The name of a topic: both texts as JSON, the subject by its first name."""
        subject = name(subject)
        topic = [self.first.get(subject, subject), name(predicate)]
        return json.dumps(topic, ensure_ascii=False, separators=(",", ":"))


def name(text: str) -> str:
    """The form in which two names are compared."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text.encode()  # Half of a pair of surrogates is no text.
    return SPACE.sub(" ", text).strip(" ")


if __name__ == "__main__":
    main()
