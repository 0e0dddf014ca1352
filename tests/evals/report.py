"""Results as tables on the terminal and as JSON on request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from core import clock
from tests.evals.labels import Question
from tests.evals.measures import Estimate, estimate

RESULTS = Path(__file__).parent / "results"
TYPES = ("literal", "paraphrase", "follow_up", "table", "cross_document", "english_on_chinese", "unanswerable")


@dataclass(frozen=True)
class Table:
    """One measured table: a row per split and type, an estimate per column."""

    title: str
    rows: dict[str, dict[str, Estimate]]
    remarks: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """The table as text: per cent with the 95 % interval."""
        columns = list(dict.fromkeys(name for row in self.rows.values() for name in row))
        head = f"{'':<26}{'n':>5}" + "".join(f"{name:>24}" for name in columns)
        body = [_line(name, row, columns) for name, row in self.rows.items()]
        return [self.title, head, *body, *self.remarks, ""]


@dataclass
class Report:
    """All tables of one run."""

    tables: list[Table] = field(default_factory=list)

    def add(self, table: Table) -> None:
        """Keep a table and show it."""
        self.tables.append(table)
        print("\n".join(table.lines()), flush=True)

    def save(self, split: str) -> Path:
        """Write everything to `results/<today>.json` beside what is there for other splits."""
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"{clock.today().isoformat()}.json"
        known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        known[split] = {**known.get(split, {}), **{table.title: asdict(table) for table in self.tables}}
        path.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return path


def by_type(questions: Sequence[Question], figures: Mapping[str, Callable[[Question], float | None]]) -> dict[str, dict[str, Estimate]]:
    """Per split and type, and for each split as a whole, the estimate of every figure over the questions it applies to (not None)."""
    rows: dict[str, dict[str, Estimate]] = {}
    for split in dict.fromkeys(question.split for question in questions):
        own = [question for question in questions if question.split == split]
        for name in TYPES:
            _row(rows, f"{split} {name}", (question for question in own if question.type == name), figures)
        _row(rows, f"{split} all", own, figures)
    return rows


def _row(
    rows: dict[str, dict[str, Estimate]],
    name: str,
    questions: Iterable[Question],
    figures: Mapping[str, Callable[[Question], float | None]],
) -> None:
    asked = list(questions)
    row = {}
    for title, figure in figures.items():
        values = [value for question in asked if (value := figure(question)) is not None]
        if values:
            row[title] = estimate(values)
    if row:
        rows[name] = row


def _line(name: str, row: Mapping[str, Estimate], columns: Sequence[str]) -> str:
    return f"{name:<26}{_n(row):>5}" + "".join(f"{_cell(row.get(column)):>24}" for column in columns)


def _n(row: Mapping[str, Estimate]) -> int:
    return max(cell.n for cell in row.values())


def _cell(cell: Estimate | None) -> str:
    return "" if cell is None else f"{100 * cell.value:5.1f} [{100 * cell.low:.1f}, {100 * cell.high:.1f}]"
