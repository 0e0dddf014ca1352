"""A unit's row beside those of its own parts: 滨海分行 beside its 支行, 城东支行 beside its people. Counted too, all count twice. Pure.

Whether a row is the whole of others nobody says; it is told from the figures. A sum is the whole where it is what its parts add up to, a
mean or a share where it lies among them; what the branch at the top of the tree reports is always the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isclose

from core.review.results.found import Found
from core.review.results.terms import Aggregation, Moment

_NEAR = 0.005
"""Parts that were rounded add up to so much of the whole."""
Group = tuple[str, date, Moment]


@dataclass(frozen=True)
class Wholes:
    """Results without wholes: `kept`; `sums` are those that are the whole of others, `doubtful` those that may be, and may not."""

    kept: list[Found] = field(default_factory=list)
    sums: list[Found] = field(default_factory=list)
    doubtful: list[Found] = field(default_factory=list)


def parted(results: Sequence[Found], ways: Mapping[str, Aggregation], parents: Mapping[int, int | None]) -> Wholes:
    """The results, each unit's own row apart where what belongs to it has rows too. `parents`: above each unit, None at the top."""
    own: dict[Group, dict[int, Found]] = {}
    for one in results:
        if one.employee_id is None and one.unit_id is not None:
            own.setdefault(_group(one), {})[one.unit_id] = one
    if not own:
        return Wholes(list(results))
    parts: dict[Found, list[float]] = {}
    for one in results:
        whole = _whole_of(one, own.get(_group(one), {}), parents)
        if whole is not None:
            parts.setdefault(whole, []).append(one.value)
    found = Wholes()
    tops = {parent for parent in parents.values() if parent is not None and parents.get(parent) is None}
    for one in results:
        _place(found, one, parts.get(one, ()), ways[one.measure], top=one.unit_id in tops)
    return found


def _place(found: Wholes, one: Found, parts: Sequence[float], way: Aggregation, *, top: bool) -> None:
    if one.employee_id is not None or not parts:
        found.kept.append(one)
    elif top or _is_whole(one.value, parts, way):
        found.sums.append(one)
    elif way is Aggregation.SUM and min(parts) >= 0 and one.value > sum(parts):
        # The whole of which some parts are missing, or what the unit's own office did.
        found.doubtful.append(one)
    else:
        found.kept.append(one)


def _is_whole(value: float, parts: Sequence[float], way: Aggregation) -> bool:
    if way is Aggregation.SUM:
        return isclose(value, sum(parts), rel_tol=_NEAR, abs_tol=1e-9)
    return min(parts) - 1e-9 <= value <= max(parts) + 1e-9


def _whole_of(one: Found, own: Mapping[int, Found], parents: Mapping[int, int | None]) -> Found | None:
    """The row of the next unit above that has one: somebody's own unit, or one that holds it."""
    passed = set[int]()
    at = one.unit_id if one.employee_id is not None else parents.get(one.unit_id or 0)
    while at is not None and at not in passed:
        if at in own:
            return own[at]
        passed.add(at)
        at = parents.get(at)
    return None


def _group(one: Found) -> Group:
    return one.measure, one.on, one.moment


def rows_of(some: Iterable[Found]) -> list[int]:
    """The numbers of the rows that hold them, each once."""
    return sorted({one.row for one in some})
