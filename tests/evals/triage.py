"""How well content is triaged: `python -m tests.evals.triage [--split dev|test|all] [--show]`.

Nothing of a test half is ever shown one by one.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from core.delivery.content.item import ItemFacts
from core.delivery.content.terms import Way
from core.delivery.content.triage import Ability, triage
from core.delivery.content.words import told
from core.people.competencies import seeds
from core.sheets.reading import folded
from tests.evals.measures import Estimate, estimate
from tests.evals.report import Report, Table

FOLDER = Path(__file__).parent / "triage"
COURSES = Path(__file__).parents[2] / "data" / "demo" / "courses.toml"
SPLITS = ("dev", "test")


@dataclass(frozen=True)
class Labelled:
    """An item with its label. `source`: written for the purpose, a course of the sample catalogue, or a level of the starter library."""

    id: str
    source: str
    split: str
    facts: ItemFacts
    way: Way


def labels(split: str = "all") -> list[Labelled]:
    """The items written for the purpose, labelled by hand."""
    rows = [json.loads(line) for line in (FOLDER / "items.jsonl").read_text(encoding="utf-8").splitlines()]
    facts = [ItemFacts(row["name"], row["learnt"], 1.0, row["competency"], row["level"], row["use"]) for row in rows]
    found = [Labelled(row["id"], "items", row["split"], one, Way(row["way"])) for row, one in zip(rows, facts, strict=True)]
    return [one for one in found if split in ("all", one.split)]


def courses(split: str = "all") -> list[Labelled]:
    """Courses of the sample catalogue, another hand's: an online course is knowledge, practice, a mentor or a task is not."""
    rows = tomllib.loads(COURSES.read_text(encoding="utf-8"))["courses"]
    found = [
        Labelled(code, "courses", _half(code), ItemFacts(name), Way.SELF_STUDY if form == "course" else Way.FACE_TO_FACE)
        for code, name, form, method, *_ in rows
        if form != "course" or method == "online"
    ]
    return [one for one in found if split in ("all", one.split)]


def levels(split: str = "all") -> list[Labelled]:
    """What the starter library says is done at each level, by its words alone: L1 is assessed online, the others by practice."""
    found = [
        Labelled(
            f"{one.code}-{level}-{language}",
            "levels",
            _half(one.code),
            ItemFacts(one.facts.name, text),
            _assessed(one.facts.assessed_by[level - 1]),
        )
        for language in ("zh", "en")
        for one in seeds(language)
        for level, text in enumerate(one.facts.levels, 1)
    ]
    return [one for one in found if split in ("all", one.split)]


def measure(some: Iterable[Labelled], *, with_level: bool = True) -> list[tuple[Labelled, Way]]:
    """Each item with the way that the rule advises; without its level, the words alone decide."""
    known = {folded(one.facts.name): Ability(0, one.facts.name, one.facts.dimension, one.facts.assessed_by) for one in seeds("zh")}
    found = []
    for one in some:
        facts = one.facts if with_level else replace(one.facts, level=None)
        found.append((one, triage(facts, known.get(folded(facts.competency)) if with_level else None).way))
    return found


def errors(judged: Sequence[tuple[Labelled, Way]]) -> list[str]:
    """Where the rule says otherwise than the label."""
    return [f"{one.id} {one.way.value}: {one.facts.name} — {one.facts.learnt}" for one, said in judged if said is not one.way]


def table(split: str = "all") -> Table:
    """By source and half: how often the rule says what the label says, and of each way how much of it is found."""
    rows: dict[str, dict[str, Estimate]] = {}
    for name, source, with_level in _SOURCES:
        for half in SPLITS if split == "all" else (split,):
            judged = measure(source(half), with_level=with_level)
            rows[f"{half} {name}"] = {
                "accuracy": estimate([said is one.way for one, said in judged]),
                "self-study found": estimate([said is one.way for one, said in judged if one.way is Way.SELF_STUDY]),
                "face to face found": estimate([said is one.way for one, said in judged if one.way is Way.FACE_TO_FACE]),
            }
    return Table("triage", rows)


def run(report: Report, split: str, *, show: bool) -> None:
    """Measure, add the table to `report`, and list the errors of the dev half when asked."""
    report.add(table(split))
    if show and split != "test":
        for _, source, with_level in _SOURCES:
            print("\n".join(errors(measure(source("dev"), with_level=with_level))), end="\n\n")


def main() -> int:
    """The program alone."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.triage", description="Measure triage on labelled content.")
    parser.add_argument("--split", choices=(*SPLITS, "all"), default="all")
    parser.add_argument("--show", action="store_true", help="list what went wrong, never in the test half")
    options = parser.parse_args()
    run(Report(), options.split, show=options.show)
    return 0


def _half(code: str) -> str:
    return SPLITS[sha256(code.encode()).digest()[0] % 2]


def _assessed(how: str) -> Way:
    return Way.SELF_STUDY if told("machine_test", how) else Way.FACE_TO_FACE


_SOURCES: tuple[tuple[str, Callable[[str], list[Labelled]], bool], ...] = (
    ("items", labels, True),
    ("items, words alone", labels, False),
    ("courses, names alone", courses, False),
    ("levels, words alone", levels, False),
)


if __name__ == "__main__":
    raise SystemExit(main())
