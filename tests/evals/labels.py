"""The labelled questions, as they stand in `questions/*.jsonl`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "questions"
SPLITS = ("dev", "test")
UNANSWERABLE = "unanswerable"


@dataclass(frozen=True)
class Gold:
    """A place that answers a question: a document's file name (for an interview its beginning) and words of its text."""

    document: str
    quote: str


@dataclass(frozen=True)
class Question:
    """One labelled question.

    `groups` are the answers that a complete reply needs: one for most questions, several for cross-document ones, none when the
    documents do not answer. Any member of a group will do. `value` is what a number question is after; `kind` the sort of an
    unanswerable question (off_topic, absent, near_miss), `absent` words that no line of any document has together.
    """

    id: str
    query: str
    type: str
    split: str
    earlier: tuple[str, ...]
    groups: tuple[tuple[Gold, ...], ...]
    value: str
    kind: str
    absent: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Whether the documents hold the answer."""
        return bool(self.groups)


def read(split: str = "all") -> list[Question]:
    """The questions of `split` ("dev", "test" or "all"), in the order of their files."""
    wanted = SPLITS if split == "all" else (split,)
    return [question for name in wanted for question in _file(FOLDER / f"{name}.jsonl")]


def _file(path: Path) -> list[Question]:
    return [_question(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _question(row: dict[str, Any]) -> Question:
    groups: Sequence[Sequence[dict[str, str]]] = row.get("all_of") or ([row["gold"]] if row["gold"] else [])
    return Question(
        id=row["id"],
        query=row["query"],
        type=row["type"],
        split=row["split"],
        earlier=tuple(row.get("earlier", ())),
        groups=tuple(tuple(Gold(**gold) for gold in group) for group in groups),
        value=row.get("value", ""),
        kind=row.get("kind", ""),
        absent=tuple(row.get("absent", ())),
    )
