"""A goal that two people have written: compared text by text and indicator by indicator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from core.editing.comparing import Comparison, Field, compare
from core.goals.draft import Draft, Line
from core.i18n import Message

_LINE = "line "
_TEXTS = {
    "pain_point": Field(Message("业务痛点")),
    "behaviour": Field(Message("行为目标")),
    "headcount": Field(Message("参训人数")),
    "due_days": Field(Message("训后多少天达成")),
}
Values = Mapping[str, Any]


def compare_drafts(seen: Draft, mine: Draft, theirs: Draft, said: Callable[[Line], str]) -> tuple[Comparison[Values], dict[str, Field]]:
    """What became of a goal, and what its parts are called; `said` puts an indicator into words. An indicator is known by kind and name."""
    parts = [_parts(draft) for draft in (seen, mine, theirs)]
    names = list(dict.fromkeys(name for one in parts for name in one))
    before, written, stored = ({name: one.get(name) for name in names} for one in parts)
    named = dict(_TEXTS)
    for name in names:
        if name.startswith(_LINE):
            line: Line = next(one[name] for one in parts if one.get(name) is not None)
            named[name] = Field(line.indicator.name or Message("指标"), lambda one: "" if one is None else said(one))
    return compare(before, written, stored, named), named


def together(values: Values, like: Draft) -> Draft:
    """A goal out of its parts; the rest is that of `like`."""
    lines = tuple(line for name, line in values.items() if name.startswith(_LINE) and line is not None)
    texts: dict[str, Any] = {name: values[name] for name in _TEXTS}
    return replace(like, lines=lines, **texts)


def _parts(draft: Draft) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(draft, name) for name in _TEXTS}
    met: Counter[str] = Counter()
    for line in draft.lines:
        name = f"{_LINE}{line.kind} {line.indicator.name}"
        met[name] += 1
        found[name if met[name] == 1 else f"{name} {met[name]}"] = line
    return found
