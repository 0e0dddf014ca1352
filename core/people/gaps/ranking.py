"""Which gaps come first, and what they come to together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.people.gaps.gap import GapKey, GroupGap


@dataclass(frozen=True)
class Summary:
    """Gaps together, counted by person and competency; `below` None: it may not be told of some of them."""

    required: int
    measured: int
    missing: int
    below: int | None


def ranked(groups: Sequence[GroupGap]) -> list[GroupGap]:
    """The most severe first, then where the most are missing."""
    return sorted(groups, key=lambda one: (-one.severity, -one.lacking, -one.missing, _order(one.key)))


def summary(groups: Sequence[GroupGap]) -> Summary:
    """All of these together."""
    below = [one.below for one in groups]
    return Summary(
        sum(one.required for one in groups),
        sum(one.measured for one in groups),
        sum(one.missing for one in groups),
        None if None in below else sum(one or 0 for one in below),
    )


def competencies_first(groups: Sequence[GroupGap]) -> list[int]:
    """The competencies of these, the one of which the most levels lack first."""
    return _first((one.key.competency_id, one.lacking) for one in groups)


def groups_first(groups: Sequence[GroupGap]) -> list[int]:
    """The units or posts of these, the one where the most levels lack first."""
    return _first((_group(one.key), one.lacking) for one in groups)


def _first(amounts: Iterable[tuple[int, float]]) -> list[int]:
    total: dict[int, float] = {}
    for name, amount in amounts:
        total[name] = total.get(name, 0.0) + amount
    return sorted(total, key=lambda name: (-total[name], name))


def _group(key: GapKey) -> int:
    return key.unit_id if key.unit_id is not None else key.post_id or 0


def _order(key: GapKey) -> tuple[int, int]:
    return key.competency_id, _group(key)
