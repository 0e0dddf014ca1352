"""Documents that disagree on a target: the same thing, by the same date, in the same unit, at different values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.documents.tables import Document
from core.strategy.findings import OPERATOR_SIGNS
from core.strategy.letters import letters
from core.strategy.tables import FindingRow


@dataclass(frozen=True)
class Disagreement:
    """Targets on one thing, those of the newer document first, by the day it was written on, or else added."""

    metric: str
    deadline: str
    unit: str
    rows: tuple[FindingRow, ...]


def disagreements(targets: Sequence[FindingRow], documents: Mapping[int, Document]) -> list[Disagreement]:
    """What the documents of `targets` put at different values. One document that states two values (a tightened target and its
    stretch) does not disagree with itself. A target without a date or without a value is compared with none."""
    groups: dict[tuple[str, str, str, str], list[FindingRow]] = {}
    for row in targets:
        measure = row.measure
        if measure and measure["deadline"] and row.document_id in documents:
            # An increase and a level are different statements on one metric.
            kind = "change" if measure["operator"] in "+-" else "level"
            key = (letters(measure["metric"]), measure["deadline"], measure["unit"], kind)
            groups.setdefault(key, []).append(row)
    found = []
    for rows in groups.values():
        values = {row.document_id: set[float]() for row in rows}
        for row in rows:
            values[row.document_id].add((row.measure or {})["value"])
        if len(values) > 1 and len({frozenset(one) for one in values.values()}) > 1:
            newest_first = sorted(rows, key=lambda row: _age(documents[row.document_id]), reverse=True)
            measure = newest_first[0].measure or {}
            found.append(Disagreement(measure["metric"], measure["deadline"], measure["unit"], tuple(newest_first)))
    return found


def in_words(measure: Mapping[str, object]) -> str:
    """A measure as a line: 零售AUM ≥ 9,200 亿元 (2027-12-31)."""
    value = measure["value"]
    number = f"{value:,.10g}" if isinstance(value, int | float) else str(value)
    line = f"{measure['metric']} {OPERATOR_SIGNS.get(str(measure['operator']), '=')} {number}{measure['unit']}"
    return f"{line} ({measure['deadline']})" if measure["deadline"] else line


def _age(document: Document) -> tuple[date, datetime, int]:
    return document.dated or document.added_at.date(), document.added_at, document.id or 0
