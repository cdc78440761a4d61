"""Random ledgers with everything that may tie what is in them: constraints, other names, retractions, amendments."""

import json
import random
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyarrow as pa

from findings import ROWS

# The labels of the claims of a ledger, by their numbers.
Labels = Callable[[list[str]], dict[int, str]]

PREDICATES: list[dict[str, Any]] = [
    {"name": "deaths", "measure": "cumulative", "unit": "persons"},
    {"name": "new deaths", "measure": "flow", "unit": "persons"},
    {"name": "injured", "measure": "cumulative", "unit": "persons"},
    {"name": "casualties", "measure": "cumulative", "unit": "persons"},
    {"name": "present", "unit": "persons"},
    {"name": "share killed", "unit": "ratio"},
    {
        "name": "state of the dam",
        "single_valued": True,
        "opposites": [["intact", "broken"]],
        "same": [["broken", "burst"]],
    },
]
FIGURES = ["deaths", "new deaths", "injured", "casualties", "present"]
HEDGES = ["exactly", "at_least", "more_than", "at_most", "about", "nearly"]


def sources() -> pa.RecordBatch:
    """The rows of sources, which go to every part."""
    lines = [f'{{"source":{{"id":"s{i}","name":"s{i}"}}}}' for i in range(50)]
    return pa.RecordBatch.from_arrays([[None] * 50, range(50), [None] * 50, lines], schema=ROWS)


def parts(sizes: Iterable[int]) -> Iterator[pa.RecordBatch]:
    """The rows of plain parts, sorted, with so many claims in each; the first claim of a part conflicts with the others."""
    number = 0
    for part, size in enumerate(sizes):
        for begin in range(0, size, 10_000):
            first = number - begin
            numbers = range(number, number := number + min(10_000, size - begin))
            lines = [
                f'{{"claim":{{"topic":{{"subject":"Town {part}","predicate":"deaths"}},"value":{{"figure":'
                f'{40 + (i == first)}}},"origin":"s{i % 50}","stated":"2024-05-{1 + i % 28:02}","note":"{i:080}"}}}}'
                for i in numbers
            ]
            names = [f"{part:09}"] * len(numbers)
            seqs = [50 + i for i in numbers]
            yield pa.RecordBatch.from_arrays([names, seqs, list(numbers), lines], schema=ROWS)


def draw(seed: int, claims: int, labels: Labels, *, subjects: int = 12, takes_back: bool = True) -> list[str]:
    """The lines of a ledger of so many claims, the same for the same seed."""
    return Draw(random.Random(seed), subjects, takes_back).ledger(claims, labels)


class Draw:
    """A ledger as it grows."""

    def __init__(self, rng: random.Random, subjects: int, takes_back: bool) -> None:
        self.rng = rng
        self.takes_back = takes_back
        self.lines: list[str] = []
        # What was claimed, by its number, and the numbers of the claims that stand, by what they say.
        self.claims: list[dict[str, Any]] = []
        self.standing: dict[str, int] = {}
        self.sources = [f"s{i}" for i in range(14)]
        self.owners: dict[str, str] = {}
        self.names = {f"Town {i}": [f"Town {i}"] for i in range(subjects)}

    def add(self, **entry: Any) -> None:
        self.lines.append(json.dumps(entry, ensure_ascii=False, separators=(",", ":")))

    def ledger(self, claims: int, labels: Labels) -> list[str]:
        self.add(format="testimony/1")
        for i, source in enumerate(self.sources):
            kind = {"kind": "anonymous"} if i % 5 == 4 else {}
            if i > 2 and self.rng.random() < 0.3:
                self.owners[source] = self.rng.choice(self.sources[:i])
            owner = {"part_of": self.owners[source]} if source in self.owners else {}
            self.add(
                source={"id": source, "name": f"Source {i}", **kind, **owner, "reliability": self.rng.choice("ABCDE")}
            )
        for predicate in PREDICATES:
            self.add(predicate=predicate)
        self.add(unit={"name": "persons", "aliases": ["souls"]})
        for i, (subject, names) in enumerate(self.names.items()):
            if i % 3 == 0:
                # As typists and other alphabets have it, down to how an accent is put together.
                names += [f"Gor\u0301d {i}", f"the  {subject}"]
                self.add(subject={"name": subject, "aliases": names[1:]})
        for constraint in self.constraints():
            self.add(constraint=constraint)
        late = [subject for i, subject in enumerate(self.names) if i % 3 == 1]
        while len(self.claims) < claims:
            self.claim()
            if self.takes_back and self.rng.random() < 0.06:
                self.about("retraction", self.one_of_standing())
            if self.takes_back and self.rng.random() < 0.04:
                self.about("amendment", self.one_of_standing())
            if self.rng.random() < 0.01:
                self.amend_source()
            if late and len(self.claims) > claims // 3 and self.rng.random() < 0.1:
                self.join(late.pop())
        if self.takes_back:
            label = labels(self.lines)
            for i in range(30):
                number = self.one_of_standing()
                self.about("retraction" if i % 2 else "amendment", number, label[number])
        return self.lines

    def topic(self, subject: str, predicate: str) -> dict[str, str]:
        return {"subject": self.rng.choice(self.names[subject]), "predicate": predicate}

    def one_of_standing(self) -> int:
        return self.rng.choice(list(self.standing.values()))

    def constraints(self) -> Iterator[dict[str, Any]]:
        """Constraints within a subject, and some that tie one subject to the next."""
        for i, (subject, after) in enumerate(zip(self.names, list(self.names)[1:], strict=False)):
            of = {predicate: self.topic(subject, predicate) for predicate in [*FIGURES, "share killed"]}
            if i % 4 == 0:
                yield {"sum": {"parts": [of["deaths"], of["injured"]], "whole": of["casualties"]}}
                yield {"at_most": {"part": of["casualties"], "whole": of["present"]}}
            if i % 4 == 1:
                yield {"ratio": {"part": of["deaths"], "whole": of["casualties"], "ratio": of["share killed"]}}
            if i % 4 == 2:
                yield {"change": {"flow": of["new deaths"], "total": of["deaths"]}}
            if i % 5 == 0:
                yield {"at_most": {"part": of["injured"], "whole": self.topic(after, "injured")}}

    def claim(self) -> None:
        rng = self.rng
        if self.claims and rng.random() < 0.05:
            self.record(rng.choice(self.claims))
            return
        subject = rng.choice(list(self.names))
        predicate = rng.choice([*FIGURES, "deaths", "share killed", "state of the dam"])
        claim: dict[str, Any] = {"topic": self.topic(subject, predicate)}
        if predicate == "state of the dam":
            claim["value"] = {"text": rng.choice(["intact", "broken", "burst", "leaking"])}
        elif predicate == "share killed":
            claim["value"] = {"figure": {rng.choice(HEDGES): f"0.{rng.randint(1, 9)}", "unit": "ratio"}}
        else:
            unit = rng.choice([{}, {"unit": "persons"}, {"unit": "souls"}])
            claim["value"] = {
                "figure": {rng.choice(HEDGES): rng.choice([20, 40, 60, 80, 100]) + rng.randint(0, 4), **unit}
            }
        stance = rng.choice(["affirms"] * 8 + ["denies", "suggests", "disowns"])
        if stance != "affirms":
            claim["stance"] = stance
        origin, *relays = rng.sample(self.sources, rng.choice([1, 1, 2, 2, 3]))
        claim["origin"] = origin
        if relays:
            claim["relays"] = relays
        if rng.random() < 0.7:
            claim["as_of"] = f"2024-05-{rng.randint(1, 9):02}"
        if rng.random() < 0.7:
            claim["stated"] = f"2024-05-{rng.randint(10, 19)}"
        if rng.random() < 0.2:
            claim["credibility"] = rng.randint(1, 6)
        self.record(claim)

    def record(self, claim: dict[str, Any]) -> None:
        said = json.dumps({key: value for key, value in claim.items() if key != "credibility"})
        self.standing.setdefault(said, len(self.claims))
        self.claims.append(claim)
        self.add(claim=claim)

    def about(self, kind: str, number: int, label: str | None = None) -> None:
        """Takes back or amends a claim that stands."""
        claim = self.claims[number]
        entry: dict[str, Any] = {"claim": number if label is None else label}
        if kind == "retraction":
            self.standing = {said: other for said, other in self.standing.items() if other != number}
            by = self.rng.choice([None, claim["origin"], *claim.get("relays", [])])
            entry |= {"by": by} if by else {}
        else:
            entry["credibility"] = self.rng.randint(1, 6)
        self.add(**{kind: {**entry, "reason": f"as found out on day {len(self.lines)}"}})

    def amend_source(self) -> None:
        i = self.rng.randrange(3, len(self.sources))
        change = self.rng.choice(
            [{"reliability": self.rng.choice("ABCDE")}, {"part_of": self.sources[self.rng.randrange(3)]}]
        )
        self.add(amendment={"source": self.sources[i], **change, "reason": "as found out later"})

    def join(self, subject: str) -> None:
        """Makes a subject that is in use another name of one that has others."""
        into = self.rng.choice([name for i, name in enumerate(self.names) if i % 3 == 0])
        self.add(amendment={"subject": into, "aliases": [subject], "reason": "one town"})
