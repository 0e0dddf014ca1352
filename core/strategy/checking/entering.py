"""What people write about an item of a check, and what cannot be written."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date

from core.errors import BadInput
from core.i18n import Message

_LONGEST = {"source": 200, "action": 300, "owner": 80}


@dataclass(frozen=True)
class Entered:
    """An item as somebody filled it in; `version` is the one that they saw. None is unknown."""

    id: int
    version: int
    baseline: float | None = None
    baseline_on: date | None = None
    deadline: date | None = None
    milestone: float | None = None
    actual: float | None = None
    source: str = ""
    action: str = ""
    owner: str = ""
    due: date | None = None


def checked(one: Entered, name: str) -> Entered:
    """The item without stray blanks. Raises `BadInput`, naming it: a figure needs its source."""
    texts = {field: " ".join(getattr(one, field).split()) for field in _LONGEST}
    for field, most in _LONGEST.items():
        if len(texts[field]) > most:
            raise BadInput(Message("“{name}”有一格超过 {most} 个字。", name=name, most=str(most)))
    for value in (one.baseline, one.milestone, one.actual):
        if value is not None and not math.isfinite(value):
            raise BadInput(Message("“{name}”有一格不是数字。", name=name))
    if one.actual is not None and not texts["source"]:
        raise BadInput(Message("“{name}”填了实际值，还缺来源：哪个系统或报表、截至哪一天。", name=name))
    if one.baseline_on and one.deadline and one.baseline_on >= one.deadline:
        raise BadInput(Message("“{name}”的基线日应早于到期日。", name=name))
    return replace(one, source=texts["source"], action=texts["action"], owner=texts["owner"])
