"""What the units of the sample branch ask for, as it stands in `data/demo/needs.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.goals.needs.draft import NeedDraft
from core.goals.needs.terms import Layer, Via
from core.strategy.ideas.terms import ProjectKind, Urgency

_SOURCE = Path(__file__).parents[2] / "data" / "demo" / "needs.toml"
_KEPT = ("problem", "post", "people", "behaviour", "competency", "level", "evidence", "quarter")


@dataclass(frozen=True)
class NeedSource:
    """A need of a unit: who wrote it and which way it came, the project that it became part of ("" for none), why it was put aside."""

    unit: str
    filer: str
    via: Via
    draft: NeedDraft
    into: str
    aside: str


@dataclass(frozen=True)
class CallSource:
    """The round in which units are asked, open for some days after the sample was loaded; `none` are units that need nothing."""

    title: str
    note: str
    days: int
    none: frozenset[str]


@dataclass(frozen=True)
class NeedsSource:
    """The round and what came in."""

    call: CallSource
    needs: tuple[NeedSource, ...]


@cache
def needs() -> NeedsSource:
    """The round and its needs, in the order in which they came in."""
    content = tomllib.loads(_SOURCE.read_text(encoding="utf-8"))
    call = content["call"]
    asked = CallSource(call["title"], call["note"], call["days"], frozenset(call["none"]))
    return NeedsSource(asked, tuple(_need(row) for row in content["needs"]))


def _need(row: dict[str, Any]) -> NeedSource:
    draft = NeedDraft(
        **{name: row[name] for name in _KEPT if name in row},
        layer=Layer(row["layer"]) if "layer" in row else None,
        urgency=Urgency(row["urgency"]),
        kind=ProjectKind(row["kind"]),
    )
    return NeedSource(row["unit"], row["filer"], Via(row["via"]), draft, row.get("into", ""), row.get("aside", ""))
